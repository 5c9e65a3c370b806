/* strip-boilerplate - the content of a web page, or of what a scraper left. */
#include "cli/cli.h"

enum {
	TYPE,
	PRECISION,
	RECALL,
	COMMENTS,
	TABLES,
	LINKS,
	META,
	MARK,
	ON_EMPTY,
	DROP_HTML,
	WRAP
};

struct settings {
	struct desk_boilerplate_options options;
	struct desk_output output;
};

static const struct desk_option options[] = {
    [TYPE] = {"type", 0, "WHAT",
	"of a page: auto (default), article or nothing"},
    [PRECISION] = {"precision", 0, NULL, "rather too little than too much"},
    [RECALL] = {"recall", 0, NULL, "rather too much than too little"},
    [COMMENTS] = {"comments", 0, NULL, "keep readers' comments"},
    [TABLES] = {"tables", 0, "WHAT", "keep tables: yes (default), no"},
    [LINKS] = {"links", 0, NULL, "say where links lead (markdown, jsonl)"},
    [META] = {"meta", 0, NULL, "begin with title, author, date, ... of a page"},
    [MARK] = {"mark", 0, NULL,
	"show every block with its verdict and the reason"},
    [ON_EMPTY] = {"on-empty", 0, "WHAT",
	"where nothing is found: error (default), ok"},
    [DROP_HTML] = {"drop-html", 0, NULL, "leave out the html of jsonl"},
    [WRAP] = {"wrap", 0, "WHEN",
	"lines are hard-wrapped: auto (default), yes, no"},
};

/* Options without a value. */
static void
set_flag(struct settings *s, size_t i)
{
	s->options.comments |= i == COMMENTS;
	s->output.links |= i == LINKS;
	s->output.meta |= i == META;
	s->output.mark = s->options.mark |= i == MARK;
	s->output.drop_html |= i == DROP_HTML;
	if (i == PRECISION || i == RECALL)
		s->options.focus = i == RECALL ? DESK_RECALL : DESK_PRECISION;
}

static int
set(void *own, size_t i, const char *value, struct desk_error *error)
{
	static const char *const values[][4] = {
	    [TYPE] = {"auto", "article"},
	    [TABLES] = {"yes", "no"},
	    [ON_EMPTY] = {"ok", "error"},
	    [WRAP] = {"auto", "yes", "no"},
	};
	struct settings *s = own;
	if (!options[i].argument) {
		set_flag(s, i);
		return 0;
	}
	int n = desk_cli_choose(value, values[i], options[i].name, error);
	if (n < 0)
		return DESK_EUSAGE;
	if (i == TYPE)
		s->options.type = (enum desk_page_type)n;
	else if (i == TABLES)
		s->options.no_tables = n == 1;
	else if (i == ON_EMPTY)
		s->output.on_empty = n ? DESK_ON_EMPTY_ERROR : DESK_ON_EMPTY_OK;
	else
		s->options.wrap = (enum desk_wrap)n;
	return 0;
}

static void
output(void *own, struct desk_output *to)
{
	struct settings *s = own;
	*to = s->output;
	to->empty = s->options.type == DESK_TYPE_ARTICLE ? "no article found"
							 : "no content found";
}

static int
annotate(void *own, void *worker, struct desk_doc *doc, bool final,
    size_t *consumed, struct desk_error *error)
{
	struct settings *s = own;
	(void)worker, (void) final, (void)consumed;
	return desk_boilerplate_annotate(doc, &s->options, error);
}

int
main(int argc, char **argv)
{
	static const char *const forms[] = {
	    "text", "markdown", "jsonl", "html", NULL};
	static const struct desk_tool tool = {
	    .name = "strip-boilerplate",
	    .summary = "Keeps the content of a web page or a scraped text.",
	    .makes = DESK_BLOCKS,
	    .needs = DESK_SENTS | DESK_ENTS | DESK_QUOTES,
	    .forms = forms,
	    .pages = true,
	    .options = options,
	    .option_count = sizeof options / sizeof *options,
	    .set = set,
	    .annotate = annotate,
	    .output = output,
	};
	struct settings settings = {0};
	return desk_cli_main(&tool, &settings, argc, argv);
}
