/*
 * Context: what a segment of a document says of its words, taken together.
 *
 * A table of bounded size: in a text with more words than it holds, those that
 * come late are judged without it.
 */
#ifndef DESK_ENTITIES_CONTEXT_H
#define DESK_ENTITIES_CONTEXT_H

#include "entities/words.h"

struct desk_fact {
	uint64_t key;
	uint16_t lower; /* how often the word stands in lower case */
	uint16_t mid;	/* capitalised inside a sentence */
	uint16_t start; /* capitalised where all words may be */
};

struct desk_context {
	struct desk_fact *facts;
	size_t mask, count;
};

/* Room for a text of so many bytes. */
int desk_context_init(struct desk_context *context, struct desk_arena *arena,
    size_t text_len, struct desk_error *error);

/* The fact of a key, or NULL. */
const struct desk_fact *desk_context_find(
    const struct desk_context *context, uint64_t key);

/* The same, made where there is none; NULL where the table is full. */
struct desk_fact *desk_context_make(struct desk_context *context, uint64_t key);

/* Counts the words of a segment. */
void desk_context_count(
    struct desk_context *context, const struct desk_segment *segment);

/* Adds to a counter that stays at its top. */
static inline void
desk_count(uint16_t *counter, unsigned n)
{
	unsigned sum = *counter + n;
	*counter = (uint16_t)(sum < UINT16_MAX ? sum : UINT16_MAX);
}

#endif
