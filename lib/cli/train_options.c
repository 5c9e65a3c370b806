/* train_options.c - the command line of train-entities. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli/internal.h"
#include "cli/train.h"
#include "tables.h"

enum option_id {
	OPT_CLUSTERS,
	OPT_DEV,
	OPT_DROPOUT,
	OPT_EPOCHS,
	OPT_GAZETTEER,
	OPT_HELP,
	OPT_LABELS,
	OPT_NO_SANDBOX,
	OPT_NOTE,
	OPT_OUTPUT,
	OPT_PRUNE,
	OPT_QUIET,
	OPT_RATE,
	OPT_RUNS,
	OPT_SCORE,
	OPT_START,
	OPT_VERSION,
	OPT_COUNT
};

static const struct desk_option options[OPT_COUNT] = {
    [OPT_CLUSTERS] = {"clusters", 'c', "FILE",
	"classes of words: word, TAB, three numbers"},
    [OPT_DEV] = {"dev", 0, "FILE",
	"score each epoch on FILE (may be given again)"},
    [OPT_DROPOUT] = {"dropout", 0, "X",
	"leave out this share of features by chance (default 0)"},
    [OPT_EPOCHS] = {"epochs", 0, "N",
	"go through the corpora N times (default 5)"},
    [OPT_GAZETTEER] = {"gazetteer", 'g', "FILE",
	"a list of names (may be given again)"},
    [OPT_HELP] = {"help", 'h', NULL, "print this help"},
    [OPT_LABELS] = {"labels", 0, "LIST",
	"learn these labels only, with commas between"},
    [OPT_NO_SANDBOX] = {"no-sandbox", 0, NULL,
	"keep the right to open files that are not needed"},
    [OPT_NOTE] = {"note", 0, "TEXT", "a line to put into the model"},
    [OPT_OUTPUT] = {"output", 'o', "FILE",
	"write the model to FILE, which appears when done"},
    [OPT_PRUNE] = {"prune", 0, "X",
	"leave out weights this small (default 0.05)"},
    [OPT_QUIET] = {"quiet", 'q', NULL, "no progress line"},
    [OPT_RATE] = {"rate", 0, "X", "how far a step goes (default 0.02)"},
    [OPT_RUNS] = {"runs", 0, "N", "take the mean of N models (default 1)"},
    [OPT_SCORE] = {"score", 0, "LIST",
	"score these labels only (default: all)"},
    [OPT_START] = {"start", 0, "MODEL", "go on from a model"},
    [OPT_VERSION] = {"version", 'V', NULL, "print the version"},
};

const struct desk_tool desk_train_tool = {.name = "train-entities"};

static void
print_help(void)
{
	printf("Usage: %s [OPTION]... -o FILE CORPUS...\n"
	       "Makes a model for tag-entities from annotated text (JSON "
	       "Lines).\n\nOptions:\n",
	    desk_train_tool.name);
	for (size_t i = 0; i < OPT_COUNT; i++) {
		const struct desk_option *o = &options[i];
		char left[64];
		snprintf(left, sizeof left, "  %c%c%s--%s%s%s",
		    o->letter ? '-' : ' ', o->letter ? o->letter : ' ',
		    o->letter ? ", " : "  ", o->name, o->argument ? "=" : "",
		    o->argument ? o->argument : "");
		printf("%-28s%s\n", left, o->help);
	}
	printf("\nSee %s(1).\n", desk_train_tool.name);
}

static int
misused(const char *why)
{
	if (why)
		desk_cli_say(&desk_train_tool, NULL, 0, why);
	fprintf(stderr, "Try '%s --help' for more information.\n",
	    desk_train_tool.name);
	return 2;
}

static int
add_file(const char **files, size_t *count, const char *path)
{
	if (*count == DESK_TRAIN_FILES)
		return misused("too many files");
	files[(*count)++] = path;
	return 0;
}

/* A decimal number, with a point for its fraction whatever the locale says. */
static bool
read_number(const char *value, bool whole, double *x)
{
	double unit = 1;
	bool point = false, digits = false;
	for (const char *p = value; *p; p++) {
		if (*p == '.' && !point && !whole) {
			point = true;
			continue;
		}
		if (*p < '0' || *p > '9' || p - value > 15)
			return false;
		digits = true;
		*x = *x * 10 + (*p - '0');
		unit *= point ? 10 : 1;
	}
	*x /= unit;
	return digits;
}

static int
set_number(struct desk_train_settings *t, enum option_id id, const char *value)
{
	char why[120];
	double x = 0;
	bool whole = id == OPT_EPOCHS || id == OPT_RUNS;
	bool known = read_number(value, whole, &x);
	if (!known || (id == OPT_DROPOUT ? x > 0.9 : !(x > 0 && x <= 1000))) {
		snprintf(why, sizeof why,
		    "--%s: not a number that makes sense"
		    ": '%.40s'",
		    options[id].name, value);
		return misused(why);
	}
	if (id == OPT_EPOCHS)
		t->options.epochs = (unsigned)x;
	else if (id == OPT_RUNS)
		t->options.runs = (unsigned)x;
	else if (id == OPT_DROPOUT)
		t->options.dropout = (float)x;
	else if (id == OPT_PRUNE)
		t->options.prune = (float)x;
	else
		t->options.rate = (float)x;
	return 0;
}

static int
set(struct desk_train_settings *t, enum option_id id, char *value)
{
	switch (id) {
	case OPT_DEV:
		return add_file(t->dev, &t->dev_count, value);
	case OPT_GAZETTEER:
		return add_file(t->gazetteers, &t->gazetteer_count, value);
	case OPT_DROPOUT:
	case OPT_EPOCHS:
	case OPT_PRUNE:
	case OPT_RATE:
	case OPT_RUNS:
		return set_number(t, id, value);
	case OPT_CLUSTERS:
		t->clusters = value;
		return 0;
	case OPT_LABELS:
		t->label_list = value;
		return 0;
	case OPT_SCORE:
		t->score_list = value;
		return 0;
	case OPT_NOTE:
		t->note = value;
		return 0;
	case OPT_OUTPUT:
		t->output = value;
		return 0;
	case OPT_START:
		t->start = value;
		return 0;
	case OPT_NO_SANDBOX:
		t->no_sandbox = true;
		return 0;
	default:
		t->quiet = true;
		return 0;
	}
}

static int
bad_option(int c, char **argv)
{
	char why[120];
	if (optopt && optopt < 256)
		snprintf(why, sizeof why,
		    c == ':' ? "-%c: a value is missing" : "unknown option -%c",
		    optopt);
	else
		snprintf(why, sizeof why, "%s%.80s%s",
		    c == ':' || optopt ? "" : "unknown option ",
		    argv[optind - 1],
		    c == ':' ? ": a value is missing"
		    : optopt ? ": takes no value"
			     : "");
	return misused(why);
}

int
desk_train_parse(struct desk_train_settings *t, int argc, char **argv)
{
	struct option longs[OPT_COUNT + 1] = {{0}};
	for (int i = 0; i < OPT_COUNT; i++)
		longs[i] = (struct option){options[i].name,
		    options[i].argument ? required_argument : no_argument, NULL,
		    256 + i};
	opterr = 0;
	for (int c;
	     (c = getopt_long(argc, argv, ":c:g:ho:qV", longs, NULL)) != -1;) {
		if (c == '?' || c == ':')
			return bad_option(c, argv);
		enum option_id id = OPT_HELP;
		for (int i = 0; i < OPT_COUNT; i++)
			if (c == 256 + i || c == options[i].letter)
				id = (enum option_id)i;
		if (id == OPT_HELP || id == OPT_VERSION) {
			if (id == OPT_HELP)
				print_help();
			else
				printf("%s (copydesk) %s, tables %s\n",
				    desk_train_tool.name, desk_version(),
				    DESK_TABLES);
			if (!fflush(stdout) && !ferror(stdout))
				return 0;
			desk_cli_say(&desk_train_tool, NULL, 0, "cannot write");
			return 2;
		}
		int rc = set(t, id, optarg);
		if (rc)
			return rc;
	}
	t->files = argv + optind;
	t->file_count = (size_t)(argc - optind);
	if (!t->output)
		return misused("-o: the model's file must be named");
	if (!t->file_count)
		return misused("no corpus to learn from");
	return -1;
}
