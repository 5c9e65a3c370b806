/* tag-entities - the same text with its named entities marked. */
#include <string.h>

#include "cli/cli.h"

enum { LABELS, GAZETTEER, RELATIVE_DATES };

struct settings {
	struct desk_entities_options options;
	const char *labels, *gazetteer;
	struct desk_tagger *tagger;
};

static const struct desk_option options[] = {
    [LABELS] = {"labels", 0, "LIST",
	"only these labels, with commas between: PER,ORG"},
    [GAZETTEER] = {"gazetteer", 0, "FILE",
	"know these names too: name, TAB, label"},
    [RELATIVE_DATES] = {"relative-dates", 0, "WHAT",
	"'last week' is a DATE: yes (default), no"},
};

static int
set(void *own, size_t i, const char *value, struct desk_error *error)
{
	static const char *const words[] = {"yes", "no", NULL};
	struct settings *s = own;
	if (i == LABELS)
		s->labels = value;
	if (i == GAZETTEER)
		s->gazetteer = value;
	if (i != RELATIVE_DATES)
		return 0;
	int no = desk_cli_choose(value, words, "relative-dates", error);
	s->options.no_relative_dates = no == 1;
	return no < 0 ? DESK_EUSAGE : 0;
}

static int
load(void *own, struct desk_error *error)
{
	struct settings *s = own;
	int err = s->gazetteer ? desk_cli_load(
				     s->gazetteer, &s->options.gazetteer, error)
			       : 0;
	if (!err)
		s->tagger = desk_tagger_new(&s->options, error);
	return err || s->tagger ? err : error->code;
}

static void
unload(void *own)
{
	struct settings *s = own;
	desk_tagger_free(s->tagger);
	desk_cli_unload(&s->options.gazetteer);
}

static int
annotate(void *own, void *worker, struct desk_doc *doc, bool final,
    size_t *consumed, struct desk_error *error)
{
	(void)worker, (void) final, (void)consumed;
	return desk_tagger_annotate(
	    ((struct settings *)own)->tagger, doc, error);
}

static int
filter(void *own, struct desk_doc *doc, bool *changed, struct desk_error *error)
{
	const char *labels = ((struct settings *)own)->labels;
	if (!labels)
		return 0;
	return desk_doc_keep_ents(
	    doc, (struct desk_slice){labels, strlen(labels)}, changed, error);
}

int
main(int argc, char **argv)
{
	static const char *const forms[] = {"text", "tsv", "jsonl", NULL};
	static const struct desk_tool tool = {
	    .name = "tag-entities",
	    .summary = "Marks the named entities of a text.",
	    .makes = DESK_ENTS,
	    .forms = forms,
	    .options = options,
	    .option_count = sizeof options / sizeof *options,
	    .set = set,
	    .open = load,
	    .close = unload,
	    .annotate = annotate,
	    .filter = filter,
	};
	struct settings settings = {0};
	return desk_cli_main(&tool, &settings, argc, argv);
}
