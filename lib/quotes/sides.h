/* Characters that are quotation marks, and the side on which each can stand. */
#ifndef DESK_QUOTES_SIDES_H
#define DESK_QUOTES_SIDES_H

#include "core/slice.h"
#include "copydesk.h"

enum desk_family {
	MARK_CURLY,
	MARK_STRAIGHT,
	MARK_ANGLE,
	MARK_CORNER,
	MARK_TICKS,
	MARK_SINGLE,	/* curly and straight: news mixes them */
	MARK_ANGLE_THIN /* single guillemets */
};

enum desk_side { MARK_OPEN = 1, MARK_CLOSE = 2, MARK_EITHER = 3 };

enum { MARK_NONE = -1 };

/* The family and side of a code point, or MARK_NONE. */
int desk_mark_kind(uint32_t c, enum desk_side *side);

/* Whether a word at s drops its first letters: 'em, 'til, '90s. */
bool desk_elision(const char *s, size_t len);

/* Each of these tells what the mark text[at, at + len) can be in the line or
 * paragraph at span.  A single mark; 0: an apostrophe. */
unsigned desk_single_side(struct desk_slice text, struct desk_span span,
    size_t at, size_t len, unsigned side);

/* A straight double mark; 0: inches. */
unsigned desk_straight_side(
    struct desk_slice text, struct desk_span span, size_t at, size_t len);

/* A curly mark: the side of its form, unless its neighbours show that it was
 * turned: "he said, ”Go” and “no“ ". */
unsigned desk_curly_side(struct desk_slice text, struct desk_span span,
    size_t at, size_t len, unsigned side);

#endif
