/*
 * context.c - the facts of a segment.
 *
 * Open addressing over 64-bit hashes; the hash stands for the word, so two
 * words that share one would share their facts.  The table is laid out once,
 * by the length of the text, and refuses new keys when three quarters full.
 */
#include "entities/context.h"

#include "core/error.h"

enum { TABLE_MIN = 256, BYTES_PER_FACT = 12 };

int
desk_context_init(struct desk_context *context, struct desk_arena *arena,
    size_t text_len, struct desk_error *error)
{
	size_t size = TABLE_MIN;
	while (size < text_len / BYTES_PER_FACT)
		size *= 2;
	context->facts = desk_arena_alloc(arena, size * sizeof *context->facts);
	if (!context->facts)
		return desk_fail_memory(error);
	for (size_t i = 0; i < size; i++)
		context->facts[i] = (struct desk_fact){0};
	context->mask = size - 1;
	context->count = 0;
	return 0;
}

/* Where a key is or would be; 0 stands for an empty place. */
static struct desk_fact *
place(const struct desk_context *context, uint64_t key)
{
	size_t at = (size_t)(key ^ key >> 32);
	struct desk_fact *fact;
	do
		fact = &context->facts[at++ & context->mask];
	while (fact->key && fact->key != key);
	return fact;
}

const struct desk_fact *
desk_context_find(const struct desk_context *context, uint64_t key)
{
	const struct desk_fact *fact = place(context, key + !key);
	return fact->key ? fact : NULL;
}

struct desk_fact *
desk_context_make(struct desk_context *context, uint64_t key)
{
	struct desk_fact *fact = place(context, key + !key);
	if (fact->key)
		return fact;
	if (context->count > context->mask / 4 * 3)
		return NULL;
	context->count++;
	fact->key = key + !key;
	return fact;
}

void
desk_context_count(
    struct desk_context *context, const struct desk_segment *segment)
{
	for (size_t i = 0; i < segment->count; i++) {
		const struct desk_word *word = &segment->words[i];
		if (segment->tokens[i].shape >= DESK_SHAPE_NUMBER)
			continue;
		struct desk_fact *fact = desk_context_make(context, word->key);
		if (!fact)
			continue;
		if (!(word->bits & WORD_CAP))
			desk_count(&fact->lower, 1);
		else if (word->bits & (WORD_START | WORD_HEADLINE))
			desk_count(&fact->start, 1);
		else
			desk_count(&fact->mid, 1);
	}
}
