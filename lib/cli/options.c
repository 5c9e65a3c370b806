/*
 * options.c - the command line: one table of shared options and one of the
 * tool's own make getopt's input and the text of --help.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/internal.h"
#include "core/error.h"
#include "tables.h"

enum option_id {
	OPT_FROM,
	OPT_TO,
	OPT_OUTPUT,
	OPT_JOBS,
	OPT_LINE_BUFFERED,
	OPT_NULL,
	OPT_ENCODING,
	OPT_INVALID,
	OPT_OFFSETS,
	OPT_ON_ERROR,
	OPT_MAX_DOCUMENT,
	OPT_COLOR,
	OPT_HEADER,
	OPT_NO_SANDBOX,
	OPT_QUIET,
	OPT_VERBOSE,
	OPT_HELP,
	OPT_VERSION,
	OPT_COUNT
};

static const struct desk_option shared[OPT_COUNT] = {
    [OPT_FROM] = {"from", 'f', "FORM", "input: auto (default), text, jsonl"},
    [OPT_TO] = {"to", 't', "FORM", "output: "},
    [OPT_OUTPUT] = {"output", 'o', "FILE",
	"write to FILE, which appears when all is done"},
    [OPT_JOBS] = {"jobs", 'j', "N",
	"use N threads (default 1; 0: one a processor)"},
    [OPT_LINE_BUFFERED] = {"line-buffered", 'l', NULL,
	"write out each line or record as it is decided"},
    [OPT_NULL] = {"null", '0', NULL,
	"documents end in NUL, in and out, written at once"},
    [OPT_ENCODING] = {"encoding", 0, "NAME",
	"character encoding of the input (default UTF-8)"},
    [OPT_INVALID] = {"invalid", 0, "WHAT",
	"bad UTF-8: replace (default), error, skip"},
    [OPT_OFFSETS] = {"offsets", 0, "UNIT",
	"offsets count codepoint (default) or byte"},
    [OPT_ON_ERROR] = {"on-error", 0, "WHAT",
	"a document that fails: skip (default), stop, record"},
    [OPT_MAX_DOCUMENT] = {"max-document", 0, "SIZE",
	"largest document, 1K-256M (default "},
    [OPT_COLOR] = {"color", 0, "WHEN", "auto (default), always, never"},
    [OPT_HEADER] = {"header", 0, NULL, "name the columns of tsv"},
    [OPT_NO_SANDBOX] = {"no-sandbox", 0, NULL,
	"keep the right to open files that are not needed"},
    [OPT_QUIET] = {"quiet", 'q', NULL,
	"say nothing of documents that fail; no progress line"},
    [OPT_VERBOSE] = {"verbose", 'v', NULL, "say at the end what was done"},
    [OPT_HELP] = {"help", 'h', NULL, "print this help"},
    [OPT_VERSION] = {"version", 'V', NULL, "print the version"},
};

enum { OWN_MAX = 20 };

struct parser {
	const struct desk_tool *tool;
	void *own;
	struct desk_settings *settings;
	struct desk_error error;
};

int
desk_cli_choose(const char *value, const char *const *words, const char *option,
    struct desk_error *error)
{
	char known[80] = "";
	for (int i = 0; words[i]; i++) {
		if (!strcmp(value, words[i]))
			return i;
		size_t len = strlen(known);
		snprintf(known + len, sizeof known - len, "%s%s", i ? ", " : "",
		    words[i]);
	}
	desk_fail(error, DESK_EUSAGE,
	    "--%s: unknown value '%.40s', not one of %s", option, value, known);
	return -1;
}

/* -- help and version ---------------------------------------------------- */

/* The largest document where nothing is said. */
static void
print_limit(const struct desk_tool *tool)
{
	printf("%zuM", DESK_TEXT_LIMIT >> 20);
	if (tool->pages)
		printf(", pages %zuM", DESK_PAGE_LIMIT >> 20);
	if (tool->part)
		printf(", text %zu%c",
		    tool->part >> (tool->part >> 20 ? 20 : 10),
		    tool->part >> 20 ? 'M' : 'K');
	putchar(')');
}

static void
print_option(const struct desk_tool *tool, const struct desk_option *o)
{
	char left[64];
	snprintf(left, sizeof left, "  %c%c%s--%s%s%s", o->letter ? '-' : ' ',
	    o->letter ? o->letter : ' ', o->letter ? ", " : "  ", o->name,
	    o->argument ? "=" : "", o->argument ? o->argument : "");
	printf("%-28s%s", left, o->help);
	if (o == &shared[OPT_FROM] && tool->pages)
		printf(", html, warc");
	if (o == &shared[OPT_FROM] && tool->columns)
		printf(", conll");
	if (o == &shared[OPT_TO])
		for (size_t i = 0; tool->forms[i]; i++)
			printf("%s%s", i ? ", " : "", tool->forms[i]);
	if (o == &shared[OPT_MAX_DOCUMENT])
		print_limit(tool);
	putchar('\n');
}

static void
print_help(const struct desk_tool *tool)
{
	printf("Usage: %s [OPTION]... [FILE]...\n%s\n\nOptions:\n", tool->name,
	    tool->summary);
	for (size_t i = 0; i < tool->option_count; i++)
		print_option(tool, &tool->options[i]);
	for (size_t i = 0; i < OPT_COUNT; i++)
		print_option(tool, &shared[i]);
	printf("\nWithout FILE, or where FILE is -, standard input is read.\n"
	       "See %s(1), and copydesk(7) for the forms.\n",
	    tool->name);
}

static int
answered(const struct desk_tool *tool)
{
	if (fflush(stdout) || ferror(stdout)) {
		desk_cli_say(tool, NULL, 0, "cannot write");
		return DESK_MISUSED;
	}
	return DESK_DONE;
}

/* -- values -------------------------------------------------------------- */

static int
parse_number(
    const char *value, unsigned long max, unsigned long *n, const char **rest)
{
	char *end;
	errno = 0;
	*n = strtoul(value, &end, 10);
	*rest = end;
	return errno || end == value || *value == '-' || *value == '+' ||
		       *n > max
		   ? -1
		   : 0;
}

static int
set_jobs(struct parser *p, const char *value)
{
	unsigned long n;
	const char *rest;
	if (parse_number(value, 1024, &n, &rest) || *rest)
		return desk_fail(&p->error, DESK_EUSAGE,
		    "--jobs: not a number from 0 to 1024: '%.80s'", value);
	if (!n) {
		long online = sysconf(_SC_NPROCESSORS_ONLN);
		n = online > 0 ? (unsigned long)online : 1;
	}
	p->settings->jobs = (unsigned)n;
	return 0;
}

static int
set_max_document(struct parser *p, const char *value)
{
	static const char units[] = "KM";
	unsigned long n;
	const char *rest, *unit;
	size_t limit = DESK_TEXT_MAX / 4;
	bool bad = parse_number(value, limit, &n, &rest);
	if (!bad && *rest && (unit = strchr(units, *rest))) {
		unsigned shift = 10 * (unsigned)(unit - units + 1);
		bad = rest[1] || n > limit >> shift;
		n <<= shift;
	} else if (!bad) {
		bad = *rest;
	}
	if (bad || n < 1024)
		return desk_fail(&p->error, DESK_EUSAGE,
		    "--max-document: not a size from 1K to 256M: '%.80s'",
		    value);
	p->settings->reader.max_document = n;
	return 0;
}

static int
set_to(struct parser *p, const char *value)
{
	int form = desk_cli_choose(value, p->tool->forms, "to", &p->error);
	if (form < 0)
		return DESK_EUSAGE;
	for (int i = 0; i < DESK_FORM_COUNT; i++)
		if (!strcmp(desk_forms[i].name, value))
			p->settings->to = (enum desk_form_id)i;
	p->settings->to_known = true;
	return 0;
}

int
desk_cli_fraction(const char *value, const char *option, unsigned *thousandths,
    struct desk_error *error)
{
	const char *s = value;
	bool some = false;
	unsigned n = 0;
	for (; *s >= '0' && *s <= '9' && n <= 1; s++, some = true)
		n = n * 10 + (unsigned)(*s - '0');
	n *= 1000;
	if (*s == '.' && (some || s[1]))
		s++;
	for (unsigned unit = 100; *s >= '0' && *s <= '9' && n <= 1000; s++) {
		n += (unsigned)(*s - '0') * unit;
		unit /= 10;
	}
	*thousandths = n;
	return *value && !*s && n <= 1000
		   ? 0
		   : desk_fail(error, DESK_EUSAGE,
			 "--%s: not a number from 0 to 1: '%.80s'", option,
			 value);
}

/* A value out of a few words; to gets its number. */
#define CHOOSE(to, type, name, ...)                                            \
	do {                                                                   \
		static const char *const words[] = {__VA_ARGS__, NULL};        \
		int n = desk_cli_choose(value, words, name, &p->error);        \
		if (n < 0)                                                     \
			return DESK_EUSAGE;                                    \
		(to) = (type)n;                                                \
	} while (0)

static int
set_from(struct parser *p, const char *value)
{
	enum desk_from *from = &p->settings->reader.from;
	if (p->tool->pages)
		CHOOSE(*from, enum desk_from, "from", "auto", "text", "jsonl",
		    "html", "warc");
	else if (p->tool->columns && !strcmp(value, "conll"))
		*from = DESK_FROM_CONLL;
	else if (p->tool->columns)
		CHOOSE(*from, enum desk_from, "from", "auto", "text", "jsonl",
		    "conll");
	else
		CHOOSE(*from, enum desk_from, "from", "auto", "text", "jsonl");
	return 0;
}

static int
set_shared(struct parser *p, enum option_id id, const char *value)
{
	struct desk_settings *s = p->settings;
	switch (id) {
	case OPT_FROM:
		return set_from(p, value);
	case OPT_TO:
		return set_to(p, value);
	case OPT_OUTPUT:
		s->output = value;
		return 0;
	case OPT_JOBS:
		return set_jobs(p, value);
	case OPT_ENCODING:
		s->reader.encoding = value;
		return 0;
	case OPT_INVALID:
		CHOOSE(s->reader.invalid, enum desk_invalid, "invalid",
		    "replace", "error", "skip");
		return 0;
	case OPT_OFFSETS:
		CHOOSE(s->bytes, bool, "offsets", "codepoint", "byte");
		return 0;
	case OPT_ON_ERROR:
		CHOOSE(s->on_error, enum desk_on_error, "on-error", "skip",
		    "stop", "record");
		return 0;
	case OPT_MAX_DOCUMENT:
		return set_max_document(p, value);
	case OPT_COLOR:
		CHOOSE(s->color, unsigned, "color", "auto", "always", "never");
		return 0;
	default:
		s->line_buffered |= id == OPT_LINE_BUFFERED;
		s->null |= id == OPT_NULL;
		s->header |= id == OPT_HEADER;
		s->no_sandbox |= id == OPT_NO_SANDBOX;
		s->quiet |= id == OPT_QUIET;
		s->verbose |= id == OPT_VERBOSE;
		return 0;
	}
}

/* -- parsing ------------------------------------------------------------- */

static int
misused(const struct parser *p)
{
	if (p->error.code)
		desk_cli_say(p->tool, NULL, 0, p->error.text);
	fprintf(
	    stderr, "Try '%s --help' for more information.\n", p->tool->name);
	return DESK_MISUSED;
}

/* getopt's input from the tables: the value of long option number i is
 * 256 + i, the tool's own first. */
static void
make_tables(const struct desk_tool *tool, struct option *longs, char *letters)
{
	size_t n = 0;
	*letters++ = ':';
	for (size_t i = 0; i < tool->option_count + OPT_COUNT; i++) {
		const struct desk_option *o =
		    i < tool->option_count ? &tool->options[i]
					   : &shared[i - tool->option_count];
		longs[n++] = (struct option){o->name,
		    o->argument ? required_argument : no_argument, NULL,
		    256 + (int)i};
		if (o->letter) {
			*letters++ = o->letter;
			if (o->argument)
				*letters++ = ':';
		}
	}
	longs[n] = (struct option){NULL, 0, NULL, 0};
	*letters = '\0';
}

static size_t
option_number(const struct desk_tool *tool, int c)
{
	if (c >= 256)
		return (size_t)c - 256;
	for (size_t i = 0; i < tool->option_count; i++)
		if (tool->options[i].letter == c)
			return i;
	for (size_t i = 0; i < OPT_COUNT; i++)
		if (shared[i].letter == c)
			return tool->option_count + i;
	return tool->option_count + OPT_COUNT;
}

static void
bad_option(struct parser *p, int c, char **argv)
{
	if (c == ':' && optopt >= 256) {
		desk_fail(&p->error, DESK_EUSAGE, "%.80s: a value is missing",
		    argv[optind - 1]);
	} else if (c == ':') {
		desk_fail(
		    &p->error, DESK_EUSAGE, "-%c: a value is missing", optopt);
	} else if (optopt >= 256) {
		desk_fail(&p->error, DESK_EUSAGE, "%.80s: takes no value",
		    argv[optind - 1]);
	} else if (optopt) {
		desk_fail(&p->error, DESK_EUSAGE, "unknown option -%c", optopt);
	} else {
		desk_fail(&p->error, DESK_EUSAGE, "unknown option %.80s",
		    argv[optind - 1]);
	}
}

int
desk_cli_check_form(
    const struct desk_settings *settings, struct desk_error *error)
{
	if (!settings->to_known)
		return 0;
	if (settings->show.links && settings->to == DESK_FORM_TEXT)
		return desk_fail(error, DESK_EUSAGE,
		    "--links: text has no links, use --to=markdown or jsonl");
	if (settings->show.mark && settings->to == DESK_FORM_MARKDOWN)
		return desk_fail(error, DESK_EUSAGE,
		    "--mark: not in markdown, use --to=text, jsonl or html");
	if (settings->show.scores && settings->to != DESK_FORM_TSV &&
	    settings->to != DESK_FORM_JSONL)
		return desk_fail(error, DESK_EUSAGE,
		    "--scores: not in %s, use --to=tsv or jsonl",
		    desk_forms[settings->to].name);
	if (settings->show.steps && settings->to != DESK_FORM_TEXT)
		return desk_fail(error, DESK_EUSAGE,
		    "--explain: not in %s, use --to=text",
		    desk_forms[settings->to].name);
	return 0;
}

/* What a count is written as. */
static int
set_count(struct parser *p)
{
	struct desk_settings *s = p->settings;
	if (s->show.count && s->to_known && s->to != DESK_FORM_TSV)
		return desk_fail(&p->error, DESK_EUSAGE,
		    "--count: is tsv, not %s", desk_forms[s->to].name);
	if (s->show.count && s->show.scores)
		return desk_fail(&p->error, DESK_EUSAGE,
		    "--scores: not with --count, which has none");
	s->to_known |= s->show.count;
	s->to = s->show.count ? DESK_FORM_TSV : s->to;
	return 0;
}

int
desk_cli_parse(const struct desk_tool *tool, void *own,
    struct desk_settings *settings, int argc, char **argv)
{
	static char standard_input[] = "-";
	static char *no_files[] = {standard_input, NULL};
	struct parser p = {.tool = tool, .own = own, .settings = settings};
	struct option longs[OWN_MAX + OPT_COUNT + 1];
	char letters[2 * (OWN_MAX + OPT_COUNT) + 2];
	make_tables(tool, longs, letters);
	settings->jobs = 1;
	opterr = 0;
	for (int c;
	     (c = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
		if (c == '?' || c == ':') {
			bad_option(&p, c, argv);
			return misused(&p);
		}
		size_t i = option_number(tool, c);
		if (i == tool->option_count + OPT_HELP) {
			print_help(tool);
			return answered(tool);
		}
		if (i == tool->option_count + OPT_VERSION) {
			printf("%s (copydesk) %s, tables %s\n", tool->name,
			    desk_version(), DESK_TABLES);
			return answered(tool);
		}
		int err =
		    i < tool->option_count
			? tool->set(own, i, optarg, &p.error)
			: set_shared(&p,
			      (enum option_id)(i - tool->option_count), optarg);
		if (err)
			return misused(&p);
	}
	if (tool->output)
		tool->output(own, &settings->show);
	if (set_count(&p) || desk_cli_check_form(settings, &p.error))
		return misused(&p);
	settings->reader.null = settings->null;
	settings->reader.pages = tool->pages;
	settings->files = optind < argc ? argv + optind : no_files;
	settings->file_count = optind < argc ? argc - optind : 1;
	return DESK_PARSED;
}
