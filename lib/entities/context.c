/*
 * context.c - the facts of a document.
 *
 * Open addressing over 64-bit hashes; the hash stands for the word, so two
 * words that share one would share their facts.  The table is laid out once,
 * by the length of the text, and refuses new keys when three quarters full.
 */
#include "entities/context.h"

#include "core/error.h"

enum { TABLE_MIN = 256, TABLE_MAX = 1 << 18, BYTES_PER_FACT = 12 };

int
desk_context_init(struct desk_context *context, struct desk_arena *arena,
    size_t text_len, struct desk_error *error)
{
	size_t size = TABLE_MIN;
	while (size < TABLE_MAX && size < text_len / BYTES_PER_FACT)
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

/* Whether a head of a glued word is a name for itself. */
static bool
is_name(const struct desk_context *context, const char *s, size_t len)
{
	const struct desk_fact *fact =
	    desk_context_find(context, desk_word_key(s, len));
	if (fact && fact->mid && fact->mid > fact->lower)
		return true;
	return len > 4 && desk_word_bits(s, len) & (WORD_PLACE | WORD_FAMILY);
}

void
desk_context_unglue(
    const struct desk_context *context, struct desk_segment *segment)
{
	enum { SHORTEST = 4, LONGEST = 24, TAIL_MIN = 2, TAIL_MAX = 7 };
	for (size_t i = 0; i < segment->count; i++) {
		struct desk_token *t = &segment->tokens[i];
		struct desk_word *word = &segment->words[i];
		const char *s = segment->text.data + t->start;
		size_t len = t->end - t->start;
		if (t->shape != DESK_SHAPE_CAP || word->bits & WORD_KNOWN ||
		    word->phrase || len < SHORTEST + TAIL_MIN || len > LONGEST)
			continue;
		const struct desk_fact *whole =
		    desk_context_find(context, word->key);
		if (whole && whole->lower + whole->mid + whole->start > 2)
			continue; /* too frequent for an accident */
		for (size_t n = TAIL_MAX; n >= TAIL_MIN; n--) {
			if (n + SHORTEST > len || (s[len - n] & 0xC0) == 0x80 ||
			    !(desk_word_bits(s + len - n, n) & WORD_GLUE) ||
			    !is_name(context, s, len - n))
				continue;
			t->end -= (uint32_t)n;
			word->bits = (word->bits & 0x7F) | WORD_GLUED |
				     desk_word_bits(s, len - n);
			word->key = desk_word_key(s, len - n);
			break;
		}
	}
}
