/* Entities for a document without: runs of capitalised words. */
#ifndef DESK_QUOTES_GUESS_H
#define DESK_QUOTES_GUESS_H

#include "quotes/words.h"

struct desk_guess {
	struct desk_ent *ents;
	size_t count, room;
};

/* Appends the names that the paragraph's words look like.  DESK_ENOMEM. */
int desk_guess_names(struct desk_guess *g, const struct desk_paragraph *p,
    struct desk_arena *arena, struct desk_error *error);

#endif
