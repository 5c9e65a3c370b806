/* The list of a document's quotations. */
#ifndef DESK_QUOTES_LISTING_H
#define DESK_QUOTES_LISTING_H

#include "quotes/marks.h"

struct desk_listing {
	struct desk_arena *arena;
	struct desk_error *error;
	struct desk_quote *quotes;
	size_t count, room;
	struct desk_span *marked; /* stretches that may be no speech */
	size_t marked_count, marked_room;
};

/* A fresh quotation at the end, of kind and nothing else; or NULL. */
struct desk_quote *desk_listing_add(
    struct desk_listing *l, enum desk_quote_kind kind);

/* Adds a part to a quotation of the list.  DESK_ENOMEM. */
int desk_listing_part(
    struct desk_listing *l, struct desk_quote *quote, struct desk_span span);

/* Takes note of the stretches in whole marks of a paragraph. */
int desk_listing_mark(struct desk_listing *l, const struct desk_marks *marks);

/* Lists the stretches in marks that no quotation touches, as DESK_SCARE. */
int desk_listing_scares(struct desk_listing *l);

/* Puts all in the order of the text, the longer of two that start together
 * first. */
void desk_listing_sort(struct desk_listing *l);

#endif
