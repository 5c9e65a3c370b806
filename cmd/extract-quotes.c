/* extract-quotes - who said what. */
#include "cli/cli.h"

enum { KIND, SPEAKER, MIN_WORDS, SCARE, MODEL };

struct settings {
	struct desk_quotes_options options;
	struct desk_quotes_wanted wanted;
	struct desk_pattern *speaker;
	const char *model;
	struct desk_tagger *tagger;
};

static const struct desk_option options[] = {
    [KIND] = {"kind", 0, "LIST",
	"only these kinds: direct,mixed,indirect,scare"},
    [SPEAKER] = {"speaker", 0, "REGEX", "only speakers that match"},
    [MIN_WORDS] = {"min-words", 0, "N", "only quotations of N words or more"},
    [SCARE] = {"scare", 0, NULL, "also what is in marks and no speech"},
    [MODEL] = {"model", 'm', "FILE",
	"the model of names: en (default), en-open, a file"},
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
	struct desk_model_path model;
	if (desk_cli_model(s->model, &model, error))
		return error->code;
	s->wanted.speaker = s->speaker;
	if (s->wanted.kinds & 1u << DESK_SCARE)
		s->options.scare = true;
	if (s->wanted.kinds && s->options.scare)
		s->wanted.kinds |= 1u << DESK_SCARE;
	s->tagger = desk_tagger_new(
	    &(struct desk_entities_options){.model = model.text}, error);
	return s->tagger ? 0 : error->code;
}

static void
stop(void *own)
{
	struct settings *s = own;
	desk_tagger_free(s->tagger);
	desk_pattern_free(s->speaker);
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
	struct settings *s = own;
	(void) final, (void)consumed;
	bool tagged = desk_doc_layers(doc) & DESK_ENTS;
	int err = tagged ? 0 : desk_tagger_annotate(s->tagger, doc, error);
	return err ? err : desk_quoter_annotate(worker, doc, error);
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
