/* split-sentences - one sentence a line. */
#include "cli/cli.h"

enum { LANG, WRAP, KEEP_QUOTES, ABBREVIATIONS, EXPLAIN };

struct settings {
	struct desk_sentences_options options;
	const char *abbreviations;
};

static const struct desk_option options[] = {
    [LANG] = {"lang", 0, "LANG", "language: auto (default), en, de, ru, ..."},
    [WRAP] = {"wrap", 0, "WHEN",
	"lines are hard-wrapped: auto (default), yes, no"},
    [KEEP_QUOTES] = {"keep-quotes", 0, NULL,
	"a quotation of several sentences is one"},
    [ABBREVIATIONS] = {"abbreviations", 0, "FILE",
	"know these abbreviations too, one a line"},
    [EXPLAIN] = {"explain", 0, NULL, "tell the rule behind each decision"},
};

static int
set(void *own, size_t i, const char *value, struct desk_error *error)
{
	static const char *const words[] = {"auto", "yes", "no", NULL};
	struct settings *s = own;
	if (i == WRAP) {
		int wrap = desk_cli_choose(value, words, "wrap", error);
		s->options.wrap = (enum desk_wrap)wrap;
		return wrap < 0 ? DESK_EUSAGE : 0;
	}
	if (i == LANG) {
		/* A splitter knows which tags are languages. */
		s->options.lang = value;
		struct desk_splitter *try =
		    desk_splitter_new(&s->options, error);
		desk_splitter_free(try);
		return try ? 0 : error->code;
	}
	if (i == ABBREVIATIONS)
		s->abbreviations = value;
	s->options.keep_quotes |= i == KEEP_QUOTES;
	s->options.explain |= i == EXPLAIN;
	return 0;
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
	struct desk_slice *list = &s->options.abbreviations;
	return s->abbreviations ? desk_cli_load(s->abbreviations, list, error)
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

static void
output(void *own, struct desk_output *output)
{
	output->steps = ((struct settings *)own)->options.explain;
}

int
main(int argc, char **argv)
{
	static const char *const to[] = {"text", "tsv", "jsonl", "html", NULL};
	static const struct desk_tool tool = {
	    .name = "split-sentences",
	    .summary = "Writes text with one sentence a line.",
	    .makes = DESK_SENTS,
	    .forms = to,
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
	    .output = output,
	};
	struct settings settings = {0};
	return desk_cli_main(&tool, &settings, argc, argv);
}
