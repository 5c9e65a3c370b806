/* split-sentences - one sentence a line. */
#include "cli/cli.h"

enum { WRAP, ABBREVIATIONS };

struct settings {
	struct desk_sentences_options options;
	const char *abbreviations;
};

static const struct desk_option options[] = {
    [WRAP] = {"wrap", 0, "WHEN",
	"lines are hard-wrapped: auto (default), yes, no"},
    [ABBREVIATIONS] = {"abbreviations", 0, "FILE",
	"know these abbreviations too, one a line"},
};

static int
set(void *own, size_t i, const char *value, struct desk_error *error)
{
	static const char *const words[] = {"auto", "yes", "no", NULL};
	struct settings *s = own;
	if (i == ABBREVIATIONS) {
		s->abbreviations = value;
		return 0;
	}
	int wrap = desk_cli_choose(value, words, "wrap", error);
	s->options.wrap = (enum desk_wrap)wrap;
	return wrap < 0 ? DESK_EUSAGE : 0;
}

/* To tell hard-wrapped text apart one must wait for more of it. */
static void
line_buffered(void *own)
{
	struct settings *s = own;
	if (s->options.wrap == DESK_WRAP_AUTO)
		s->options.wrap = DESK_WRAP_NO;
}

static int
load(void *own, struct desk_error *error)
{
	struct settings *s = own;
	return s->abbreviations ? desk_cli_load(s->abbreviations,
				      &s->options.abbreviations, error)
				: 0;
}

static void
unload(void *own)
{
	desk_cli_unload(&((struct settings *)own)->options.abbreviations);
}

static void *
worker_new(void *own, struct desk_error *error)
{
	return desk_splitter_new(&((struct settings *)own)->options, error);
}

static void
worker_free(void *worker)
{
	desk_splitter_free(worker);
}

static int
annotate(void *own, void *worker, struct desk_doc *doc, bool final,
    size_t *consumed, struct desk_error *error)
{
	(void)own;
	return desk_splitter_annotate(worker, doc, final, consumed, error);
}

int
main(int argc, char **argv)
{
	static const char *const forms[] = {"text", "tsv", "jsonl", NULL};
	static const struct desk_tool tool = {
	    .name = "split-sentences",
	    .summary = "Writes text with one sentence a line.",
	    .makes = DESK_SENTS,
	    .forms = forms,
	    .streams = true,
	    .options = options,
	    .option_count = sizeof options / sizeof *options,
	    .set = set,
	    .line_buffered = line_buffered,
	    .open = load,
	    .close = unload,
	    .worker_new = worker_new,
	    .worker_free = worker_free,
	    .annotate = annotate,
	};
	struct settings settings = {0};
	return desk_cli_main(&tool, &settings, argc, argv);
}
