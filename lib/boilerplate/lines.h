/*
 * What is known of each line of a plain text, as rows of numbers for trees:
 * its own measures, what the rules say of it, its neighbours, the stretch that
 * the rules take for the article, and the words it shares with that.
 */
#ifndef DESK_BOILERPLATE_LINES_H
#define DESK_BOILERPLATE_LINES_H

#include "boilerplate/decide.h"

enum {
	DESK_LINE_OWN = 46,   /* features of the line itself */
	DESK_LINE_PLACE = 47, /* of its place, windows and the whole text */
	DESK_LINE_NEAR = 8,   /* of each neighbour */
	DESK_LINE_SIDE = 3,   /* neighbours on each side */
	DESK_LINE_FEATURES = DESK_LINE_OWN + DESK_LINE_PLACE +
			     2 * DESK_LINE_SIDE * DESK_LINE_NEAR
};

/* What rows are made from. */
struct desk_lines {
	const struct desk_text_block *blocks;
	size_t count;
	struct desk_stretch stretch;
	const uint16_t *topics;
	struct desk_line *lines; /* sums up to each line, one more than count */
	uint32_t *told; /* how often the stretch tells each content word */
};

/* Blocks that the rules have decided (decide.h). */
int desk_lines_prepare(struct desk_lines *lines,
    const struct desk_text_block *blocks, size_t count,
    const struct desk_stretch *stretch, const uint16_t *topics,
    struct desk_arena *arena, struct desk_error *error);

/* Whether a block is so much in the midst of prose that nothing need be asked:
 * a long paragraph, between others, with nothing but prose about. */
bool desk_lines_sure(const struct desk_lines *lines, size_t at);

/* The row of block at; it changes told and sets it right again. */
void desk_lines_row(
    const struct desk_lines *lines, size_t at, int16_t row[DESK_LINE_FEATURES]);

#endif
