/*
 * The layout of running text: lines and paragraphs.
 *
 * A line of text is a paragraph, unless the text is hard-wrapped (mail, RFCs,
 * books): then lines up to a blank line make one.  Line ends are LF; a CR
 * before one is white space like any other.
 */
#ifndef DESK_DOC_LAYOUT_H
#define DESK_DOC_LAYOUT_H

#include "copydesk.h"

/* How much of a text's start the layout is told from, in bytes. */
enum { DESK_LAYOUT_SAMPLE = 16 << 10 };

/* A line with more columns than this is no wrapped one. */
enum { DESK_LAYOUT_LONG = 120 };

/* A line of text, as far as it was read; columns are code points. */
struct desk_layout_line {
	uint32_t columns; /* all of them, and up to the last that is no blank */
	uint32_t length;
	uint32_t word;	/* of the first word */
	bool word_over; /* a blank came after it */
	bool spaced;	/* two words or more, or no ASCII */
	bool wide;	/* a character that is not ASCII */
	bool ended;	/* ends with a terminator, marks behind it or not */
	uint8_t first;	/* DESK_LOWER, DESK_UPPER, ... of its first letter */
};

/*
 * What is known of the layout of a text that comes in parts.  Of zeros: nothing
 * read yet.  wrap stays DESK_WRAP_AUTO until the layout is known; that happens
 * at the same place of the text however it was cut.
 */
struct desk_layout {
	enum desk_wrap wrap;
	/* Where it is DESK_WRAP_YES: a line that with a blank and the first
	 * word of the next line has at most so many columns was ended on
	 * purpose. */
	uint32_t limit;
	bool tight; /* and such an end ends a paragraph: few blank lines do */

	uint32_t seen; /* bytes */
	struct desk_layout_line line, before;
	uint32_t widest; /* of the lines with more than one word */
	/* Pairs of lines without a blank one between; those whose first ends
	 * with no terminator and whose second goes on in lower case; those
	 * that wrapping does not explain. */
	uint32_t pairs, lower, odd, blanks;
	/* How many lower ones, and ones whose first ends with a terminator, by
	 * the columns that the first line and the first word of the second
	 * need. */
	uint16_t lower_need[DESK_LAYOUT_LONG + 2];
	uint16_t ended_need[DESK_LAYOUT_LONG + 2];
};

/* Reads on: the text comes after what was read before.  final: it is the end.
 * Does nothing once the layout is known; reads whole code points only. */
void desk_layout_read(
    struct desk_layout *layout, struct desk_slice text, bool final);

/* Whether lines end where the width did and not where a paragraph does, told
 * from the first DESK_LAYOUT_SAMPLE bytes. */
bool desk_layout_wrapped(struct desk_slice text);

/* The next line at *at: true, *line gets its span without LF and without white
 * space at both ends (start == end for a blank one), *at moves behind its LF;
 * false at the end of the text. */
bool desk_line_next(struct desk_slice text, size_t *at, struct desk_span *line);

/* The next paragraph at *at: a line that is not blank, or with wrapped all
 * lines up to the next blank one, trimmed like a line. */
bool desk_paragraph_next(struct desk_slice text, bool wrapped, size_t *at,
    struct desk_span *paragraph);

/* Fills in the paragraph numbers of sentences that came without. */
void desk_number_paragraphs(
    struct desk_slice text, struct desk_sent *sents, size_t count);

#endif
