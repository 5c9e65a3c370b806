/* tag-entities - the same text with its named entities marked. */
#include "cli/cli.h"

enum { MODEL, LABELS, MIN_SCORE, GAZETTEER, DATES, PLAIN, COUNT, SCORES };

struct settings {
	struct desk_entities_options options;
	struct desk_output output;
	struct desk_slice labels;
	unsigned least; /* score, of 1000 */
	const char *model, *gazetteer;
	struct desk_model_path path;
	struct desk_tagger *tagger;
	struct desk_error unknown; /* a label that it cannot give */
};

static const struct desk_option options[] = {
    [MODEL] = {"model", 'm', "FILE",
	"the model of names: en (default), en-open, a file"},
    [LABELS] = {"labels", 0, "LIST",
	"only these: PER,ORG,LOC,MISC,DATE,TIME,MONEY,PERCENT"},
    [MIN_SCORE] = {"min-score", 0, "N", "only those so sure, from 0 to 1"},
    [GAZETTEER] = {"gazetteer", 0, "FILE", "names of yours: name, TAB, label"},
    [DATES] = {"relative-dates", 0, "WHAT",
	"'last week' is a DATE: yes (default), no"},
    [PLAIN] = {"plain", 0, NULL, "names one by one, as the model has them"},
    [COUNT] = {"count", 0, NULL, "only the names, most frequent first"},
    [SCORES] = {"scores", 0, NULL, "a last column of tsv: how sure"},
};

static int
set(void *own, size_t i, const char *value, struct desk_error *error)
{
	struct settings *s = own;
	s->output.sure |= i == SCORES || i == MIN_SCORE;
	if (i == LABELS)
		return desk_cli_list(value, "labels", &s->labels, error);
	if (i == MODEL || i == GAZETTEER)
		*(i == MODEL ? &s->model : &s->gazetteer) = value;
	s->options.plain |= i == PLAIN;
	s->output.count |= i == COUNT;
	s->output.scores |= i == SCORES;
	if (i == MIN_SCORE)
		return desk_cli_fraction(value, "min-score", &s->least, error);
	bool *no_dates = &s->options.no_relative_dates;
	return i == DATES ? desk_cli_no(value, options[i].name, no_dates, error)
			  : 0;
}

static int
load(void *own, struct desk_error *error)
{
	struct settings *s = own;
	int err = desk_cli_model(s->model, &s->path, error);
	if (!err && s->gazetteer)
		err = desk_cli_load(s->gazetteer, &s->options.gazetteer, error);
	s->options.model = s->path.text;
	if (err || !(s->tagger = desk_tagger_new(&s->options, error)))
		return error->code;
	desk_tagger_check_labels(s->tagger, s->labels, &s->unknown);
	return 0;
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
	const struct settings *s = own;
	(void)worker, (void) final, (void)consumed;
	*error = s->unknown; /* what came with its entities may have others */
	int err = error->code;
	return err ? err : desk_tagger_annotate(s->tagger, doc, error);
}

static int
filter(void *own, struct desk_doc *doc, bool *changed, struct desk_error *error)
{
	const struct settings *s = own;
	return desk_doc_keep_ents(doc, s->labels, s->least, changed, error);
}

static void
output(void *own, struct desk_output *to)
{
	*to = ((struct settings *)own)->output;
}

int
main(int argc, char **argv)
{
	static const char *const forms[] = {
	    "text", "tsv", "jsonl", "conll", "brat", "html", NULL};
	static const struct desk_tool tool = {
	    .name = "tag-entities",
	    .summary = "Marks the named entities of a text.",
	    .makes = DESK_ENTS,
	    .forms = forms,
	    .part = 512 << 10, /* enough to know a text's words by */
	    .columns = true,
	    .options = options,
	    .option_count = sizeof options / sizeof *options,
	    .set = set,
	    .open = load,
	    .close = unload,
	    .annotate = annotate,
	    .filter = filter,
	    .output = output,
	};
	struct settings settings = {.options.scores = true};
	return desk_cli_main(&tool, &settings, argc, argv);
}
