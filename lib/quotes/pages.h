/* The paragraphs of a text, as quotations see them. */
#ifndef DESK_QUOTES_PAGES_H
#define DESK_QUOTES_PAGES_H

#include "copydesk.h"

struct desk_arena;

/* Reads the paragraphs of a text one after the other. */
struct desk_pages {
	struct desk_slice text;
	size_t at;
	size_t block_end; /* lines before it are paragraphs of their own */
	bool turns;	  /* of a transcript: every line is one */
};

/* Of hard-wrapped text a copy in the arena, of the same length, in which a
 * paragraph is a line; any other stays.  False: DESK_ENOMEM. */
bool desk_pages_unwrap(struct desk_slice *text, struct desk_arena *arena,
    struct desk_error *error);

/* The next paragraph: a line, or the lines up to a blank one where each of
 * them is a sentence. */
bool desk_pages_next(struct desk_pages *g, struct desk_span *span);

#endif
