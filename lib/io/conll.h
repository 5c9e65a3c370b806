/*
 * Columns, as the CoNLL shared tasks have them: one token a line, its label in
 * the last column, a blank line behind each sentence, a line -DOCSTART- before
 * a document.
 *
 * The text of such a document is its tokens with ordinary spacing between: one
 * blank, but none before a comma or behind an opening bracket, and so on; each
 * sentence is a line.  It follows from the columns alone, so that whoever walks
 * them again finds every token at the same place.
 */
#ifndef DESK_IO_CONLL_H
#define DESK_IO_CONLL_H

#include <stdbool.h>

#include "copydesk.h"

enum desk_conll_kind {
	DESK_CONLL_TOKEN,
	DESK_CONLL_BLANK, /* ends a sentence */
	DESK_CONLL_BORDER /* -DOCSTART- */
};

struct desk_conll_line {
	enum desk_conll_kind kind;
	struct desk_slice token; /* the first column; may be empty */
	struct desk_slice label; /* the last one; data == NULL: the only one */
	const char *gap;	 /* what stands before the token in the text */
};

/* A walk over the lines of a document. */
struct desk_conll {
	const char *at, *end;
	bool begun;	     /* the text has begun */
	bool inside;	     /* and the token before is of the same sentence */
	bool glue;	     /* nothing may stand between that and the next */
	bool quoted, single; /* a straight mark has opened a quotation */
	struct desk_slice before;
};

#define DESK_CONLL_DOCSTART "-DOCSTART-"

/* The line that begins a document, as it is written. */
#define DESK_CONLL_BEGIN DESK_CONLL_DOCSTART "\tO\n"

struct desk_conll desk_conll_open(struct desk_slice bytes);

/* The next line: false at the end. */
bool desk_conll_next(struct desk_conll *walk, struct desk_conll_line *line);

/* The length of the text that the lines stand for. */
void desk_conll_measure(
    struct desk_slice bytes, uint64_t *text_bytes, uint64_t *codepoints);

#endif
