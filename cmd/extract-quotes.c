/* extract-quotes - who said what. */
#include <string.h>

#include "cli/cli.h"

enum { KIND, MODEL };

struct settings {
	unsigned kinds; /* 0: all */
	const char *model;
	struct desk_tagger *tagger;
};

static const struct desk_option options[] = {
    [KIND] = {"kind", 0, "LIST", "only these kinds: direct,mixed,indirect"},
    [MODEL] = {"model", 'm', "FILE",
	"the model of names: en (default), en-open, a file"},
};

static int
set(void *own, size_t i, const char *value, struct desk_error *error)
{
	static const char *const kinds[] = {
	    "direct", "mixed", "indirect", NULL};
	struct settings *s = own;
	char word[16];
	if (i == MODEL) {
		s->model = value;
		return 0;
	}
	for (const char *p = value; p;) {
		const char *comma = strchr(p, ',');
		size_t len = comma ? (size_t)(comma - p) : strlen(p);
		len = len < sizeof word ? len : sizeof word - 1;
		memcpy(word, p, len);
		word[len] = '\0';
		int kind = desk_cli_choose(word, kinds, "kind", error);
		if (kind < 0)
			return DESK_EUSAGE;
		s->kinds |= 1u << kind;
		p = comma ? comma + 1 : NULL;
	}
	return 0;
}

static int
start(void *own, struct desk_error *error)
{
	struct settings *s = own;
	struct desk_model_path model;
	if (desk_cli_model(s->model, &model, error))
		return error->code;
	s->tagger = desk_tagger_new(
	    &(struct desk_entities_options){.model = model.text}, error);
	return s->tagger ? 0 : error->code;
}

static void
stop(void *own)
{
	desk_tagger_free(((struct settings *)own)->tagger);
}

static int
annotate(void *own, void *worker, struct desk_doc *doc, bool final,
    size_t *consumed, struct desk_error *error)
{
	struct settings *s = own;
	(void)worker, (void) final, (void)consumed;
	int err = 0;
	if (!(desk_doc_layers(doc) & DESK_ENTS))
		err = desk_tagger_annotate(s->tagger, doc, error);
	return err ? err : desk_quotes_annotate(doc, NULL, error);
}

static int
filter(void *own, struct desk_doc *doc, bool *changed, struct desk_error *error)
{
	unsigned kinds = ((struct settings *)own)->kinds;
	return kinds ? desk_doc_keep_quotes(doc, kinds, changed, error) : 0;
}

int
main(int argc, char **argv)
{
	static const char *const forms[] = {
	    "tsv", "jsonl", "text", "brat", NULL};
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
	    .annotate = annotate,
	    .filter = filter,
	};
	struct settings settings = {0};
	return desk_cli_main(&tool, &settings, argc, argv);
}
