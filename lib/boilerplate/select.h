/* Which blocks of a plain text are the article's: rules first, then trees. */
#ifndef DESK_BOILERPLATE_SELECT_H
#define DESK_BOILERPLATE_SELECT_H

#include "boilerplate/decide.h"
#include "model/trees.h"

/* Trees, or NULL for those of lib/data/lines.trees, and what speaks for keeping
 * any block, in 1/1024 of log odds. */
struct desk_line_judge {
	const struct desk_trees *trees;
	int32_t bias;
};

/* Sets verdict, reason and score of every block; blocks have been cut and
 * matched, topics are theirs.  Deciding again over the kept blocks alone, cut
 * from a text that is made of them, keeps them all. */
int desk_blocks_select(struct desk_text_block *blocks, size_t count,
    const uint16_t *topics, const struct desk_line_judge *judge,
    struct desk_arena *arena, struct desk_error *error);

#endif
