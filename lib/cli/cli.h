/*
 * What all commands share: options, the read-annotate-write loop, threads,
 * progress, diagnostics.
 *
 * A command describes itself in a struct desk_tool and calls desk_cli_main().
 * The tool's functions get the command's own settings as their first argument.
 */
#ifndef DESK_CLI_CLI_H
#define DESK_CLI_CLI_H

#include "copydesk.h"

/* An option, as getopt_long and --help see it.  letter 0: it has none;
 * argument NULL: it takes none. */
struct desk_option {
	const char *name;
	char letter;
	const char *argument, *help;
};

/* A document in which nothing was found. */
enum desk_on_empty {
	DESK_ON_EMPTY_AUTO, /* an error, but of an archive */
	DESK_ON_EMPTY_OK,
	DESK_ON_EMPTY_ERROR
};

/* What a tool's output holds, beside its layer. */
struct desk_output {
	bool mark;	/* blocks with their verdicts */
	bool steps;	/* sentences with the rules that made them */
	bool meta;	/* text begins with what a page says of itself */
	bool links;	/* where links lead */
	bool drop_html; /* a record's html is left out */
	bool scores;	/* rows of entities tell how sure they are */
	bool sure;	/* that is asked for, be it written or not */
	bool count;	/* no documents, but the names in all of them */
	enum desk_on_empty on_empty;
	const char *empty; /* what is said then: "no content found" */
};

struct desk_tool {
	const char *name, *summary; /* the summary: one line for --help */
	enum desk_layer makes;
	unsigned needs; /* layers that it reads where they are there */
	const char *const *forms; /* for --to, the default first, then NULL */
	bool streams;		  /* text is worked on as it arrives */
	size_t part;  /* of text that need not be held whole: the longest part
			 where the user says nothing; 0: as all commands */
	bool pages;   /* web pages are read, too, and archives */
	bool columns; /* and tokens in columns (CoNLL) */

	const struct desk_option *options; /* its own */
	size_t option_count;

	/* Takes the value of its own option number i; an error is usage. */
	int (*set)(void *settings, size_t i, const char *value,
	    struct desk_error *error);

	/* Once, when all options are known.  May be NULL. */
	int (*open)(void *settings, struct desk_error *error);
	void (*close)(void *settings);

	/* Told where --line-buffered was given.  May be NULL. */
	void (*line_buffered)(void *settings);

	/* What a thread needs of its own.  May be NULL. */
	void *(*worker_new)(void *settings, struct desk_error *error);
	void (*worker_free)(void *worker);

	/* Adds the layer; final and consumed as desk_splitter_annotate(). */
	int (*annotate)(void *settings, void *worker, struct desk_doc *doc,
	    bool final, size_t *consumed, struct desk_error *error);

	/* Leaves out what the user did not ask for, of a layer that was made
	 * or came; *changed tells whether it did.  May be NULL. */
	int (*filter)(void *settings, struct desk_doc *doc, bool *changed,
	    struct desk_error *error);

	/* What else the output is to hold.  May be NULL: nothing special. */
	void (*output)(void *settings, struct desk_output *output);
};

/* The whole life of a command; returns its exit status. */
int desk_cli_main(
    const struct desk_tool *tool, void *settings, int argc, char **argv);

/* The life of train-entities; returns its exit status. */
int desk_train_main(int argc, char **argv);

/* For options: the number of the word in a list ended by NULL, or -1. */
int desk_cli_choose(const char *value, const char *const *words,
    const char *option, struct desk_error *error);

/* For options: yes or no; *no tells whether it is the latter.  DESK_EUSAGE. */
int desk_cli_no(
    const char *value, const char *option, bool *no, struct desk_error *error);

/* For options: a number from 0 to 1 in thousandths; more digits than three do
 * not count.  DESK_EUSAGE. */
int desk_cli_fraction(const char *value, const char *option,
    unsigned *thousandths, struct desk_error *error);

/* For options: a whole number up to max.  DESK_EUSAGE. */
int desk_cli_number(const char *value, const char *option, size_t max,
    size_t *number, struct desk_error *error);

/* For options: some words of a list ended by NULL, with commas between, as bits
 * that are added.  DESK_EUSAGE. */
int desk_cli_choose_some(const char *value, const char *const *words,
    const char *option, unsigned *bits, struct desk_error *error);

/* For options: a list with commas between, of which no item is empty; *list is
 * the value itself.  DESK_EUSAGE. */
int desk_cli_list(const char *value, const char *option,
    struct desk_slice *list, struct desk_error *error);

/* For options: a regular expression in the place of *pattern, which may be
 * NULL.  DESK_EUSAGE, DESK_ENOMEM. */
int desk_cli_pattern(const char *value, const char *option,
    struct desk_pattern **pattern, struct desk_error *error);

/* Where a model is: a name with a slash or a dot is a path as it stands, others
 * ("en", "en-open") are models of the installation; NULL means "en". */
struct desk_model_path {
	char text[4096];
};
int desk_cli_model(
    const char *name, struct desk_model_path *path, struct desk_error *error);

/* A tagger that is opened when the first document needs it, or at once where
 * the model is named; for many threads.  NULL: error tells. */
struct desk_late;
struct desk_late *desk_cli_late(const char *model, struct desk_error *error);
void desk_cli_late_free(struct desk_late *late);

/* Adds the entities of a document.  DESK_EUSAGE: the model cannot be used, and
 * error tells why. */
int desk_cli_late_tag(
    struct desk_late *late, struct desk_doc *doc, struct desk_error *error);

/* A whole file in memory (freed by desk_cli_unload()). */
int desk_cli_load(
    const char *path, struct desk_slice *content, struct desk_error *error);
void desk_cli_unload(struct desk_slice *content);

#endif
