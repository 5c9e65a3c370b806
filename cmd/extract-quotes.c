/* extract-quotes - who said what. */
#include "cli/cli.h"

enum { KIND, SPEAKER, MIN_WORDS, SCARE, MODEL };

struct settings {
	struct desk_quotes_options options;
	struct desk_quotes_wanted wanted;
	struct desk_pattern *speaker;
	const char *model;
	struct desk_late *names; /* their tagger */
};

static const struct desk_option options[] = {
    [KIND] = {"kind", 0, "LIST",
	"only these kinds: direct,mixed,indirect,scare"},
    [SPEAKER] = {"speaker", 0, "REGEX", "only speakers that match"},
    [MIN_WORDS] = {"min-words", 0, "N", "only quotations of N words or more"},
    [SCARE] = {"scare", 0, NULL, "also what is in marks and no speech"},
    [MODEL] = {"model", 'm', "FILE", "of names: en (default), en-open, a file"},
};

static int
set(void *own, size_t i, const char *value, struct desk_error *error)
{
	static const char *const kinds[] = {
	    "direct", "mixed", "indirect", "scare", NULL};
	struct settings *s = own;
	switch (i) {
	case KIND:
		return desk_cli_choose_some(
		    value, kinds, "kind", &s->wanted.kinds, error);
	case SPEAKER:
		return desk_cli_pattern(value, "speaker", &s->speaker, error);
	case MIN_WORDS:
		return desk_cli_number(
		    value, "min-words", 1000000, &s->wanted.words, error);
	case SCARE:
		s->options.scare = true;
		return 0;
	default:
		s->model = value;
		return 0;
	}
}

static int
start(void *own, struct desk_error *error)
{
	struct settings *s = own;
	s->wanted.speaker = s->speaker;
	s->options.scare |= s->wanted.kinds >> DESK_SCARE & 1;
	if (s->wanted.kinds && s->options.scare)
		s->wanted.kinds |= 1u << DESK_SCARE;
	s->names = desk_cli_late(s->model, error);
	return s->names ? 0 : error->code;
}

static void
stop(void *own)
{
	desk_cli_late_free(((struct settings *)own)->names);
	desk_pattern_free(((struct settings *)own)->speaker);
}

static void *
worker_new(void *own, struct desk_error *error)
{
	return desk_quoter_new(&((struct settings *)own)->options, error);
}

static void
worker_free(void *worker)
{
	desk_quoter_free(worker);
}

static int
annotate(void *own, void *worker, struct desk_doc *doc, bool final,
    size_t *consumed, struct desk_error *error)
{
	(void) final, (void)consumed;
	if (!(desk_doc_layers(doc) & DESK_ENTS) &&
	    desk_cli_late_tag(((struct settings *)own)->names, doc, error))
		return error->code;
	return desk_quoter_annotate(worker, doc, error);
}

static int
filter(void *own, struct desk_doc *doc, bool *changed, struct desk_error *error)
{
	return desk_doc_keep_quotes(
	    doc, &((struct settings *)own)->wanted, changed, error);
}

int
main(int argc, char **argv)
{
	static const char *const forms[] = {
	    "tsv", "jsonl", "text", "brat", "html", NULL};
	static const struct desk_tool tool = {
	    .name = "extract-quotes",
	    .summary = "Lists the quotations of a text with their speakers.",
	    .makes = DESK_QUOTES,
	    .needs = DESK_ENTS,
	    .part = 5 << 20, /* names are sought in all of it */
	    .forms = forms,
	    .options = options,
	    .option_count = sizeof options / sizeof *options,
	    .set = set,
	    .open = start,
	    .close = stop,
	    .worker_new = worker_new,
	    .worker_free = worker_free,
	    .annotate = annotate,
	    .filter = filter,
	};
	struct settings settings = {0};
	return desk_cli_main(&tool, &settings, argc, argv);
}
