/* strip-boilerplate - the article's own paragraphs. */
#include "cli/cli.h"

enum { WRAP, MARK };

static const struct desk_option options[] = {
    [WRAP] = {"wrap", 0, "WHEN",
	"lines are hard-wrapped: auto (default), yes, no"},
    [MARK] = {"mark", 0, NULL,
	"show every line with its verdict and the reason"},
};

static int
set(void *own, size_t i, const char *value, struct desk_error *error)
{
	static const char *const words[] = {"auto", "yes", "no", NULL};
	struct desk_boilerplate_options *s = own;
	if (i == MARK) {
		s->mark = true;
		return 0;
	}
	int wrap = desk_cli_choose(value, words, "wrap", error);
	s->wrap = (enum desk_wrap)wrap;
	return wrap < 0 ? DESK_EUSAGE : 0;
}

static int
annotate(void *own, void *worker, struct desk_doc *doc, bool final,
    size_t *consumed, struct desk_error *error)
{
	(void)worker, (void) final, (void)consumed;
	return desk_boilerplate_annotate(doc, own, error);
}

static bool
marks(void *own)
{
	return ((struct desk_boilerplate_options *)own)->mark;
}

int
main(int argc, char **argv)
{
	static const char *const forms[] = {"text", "jsonl", NULL};
	static const struct desk_tool tool = {
	    .name = "strip-boilerplate",
	    .summary = "Keeps the article's own paragraphs of a scraped page.",
	    .makes = DESK_BLOCKS,
	    .needs = DESK_SENTS | DESK_ENTS | DESK_QUOTES,
	    .forms = forms,
	    .options = options,
	    .option_count = sizeof options / sizeof *options,
	    .set = set,
	    .annotate = annotate,
	    .marks = marks,
	};
	struct desk_boilerplate_options settings = {0};
	return desk_cli_main(&tool, &settings, argc, argv);
}
