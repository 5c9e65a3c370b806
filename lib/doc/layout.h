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
