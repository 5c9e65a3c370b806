/*
 * Quotation marks: which stretches of a paragraph stand inside them.
 *
 * Apostrophes, elisions and inches are no marks.  A stretch ends at its line's
 * end at the latest, unless a later line of the same paragraph closes it before
 * any other mark opens, so that an odd mark costs its own quotation only.
 */
#ifndef DESK_QUOTES_MARKS_H
#define DESK_QUOTES_MARKS_H

#include "core/memory.h"
#include "doc/doc.h"

/* A stretch inside marks: with them, and without them and the white space
 * beside them. */
struct desk_region {
	uint32_t start, end;
	uint32_t in_start, in_end;
	bool opened, closed; /* the mark on that side is there */
	bool told;	     /* it is closed by the words of saying behind it */
	bool single;
};

struct desk_mark;

/* Scratch and result; zeros are ready for use.  Arrays lie in the arena and
 * are used again by the next scan. */
struct desk_marks {
	struct desk_mark *marks;
	size_t mark_count, mark_room;
	struct desk_region *regions;
	size_t region_count, region_room;
	bool apart; /* two single marks side by side stay two */
};

/* Finds the stretches of text[span], a paragraph of one or more lines.
 * DESK_ENOMEM. */
int desk_marks_scan(struct desk_marks *m, struct desk_slice text,
    struct desk_span span, struct desk_arena *arena, struct desk_error *error);

#endif
