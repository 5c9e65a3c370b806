/*
 * Tables of a model: from 32-bit hashes to rows of bytes, mapped as they are.
 *
 * Keys lie in groups of 16, one line of the cache each; a key is looked for in
 * the group that its upper bits name and, only while groups are full, in those
 * behind it.  Rows lie apart, so that a key that is not there, as most of a
 * text's are, costs one line.  Key 0 is an empty place.
 */
#ifndef DESK_MODEL_TABLE_H
#define DESK_MODEL_TABLE_H

#if defined(__SSE2__) && !defined(DESK_PORTABLE)
#include <emmintrin.h>
#endif

#include "copydesk.h"
#include "core/memory.h"

enum {
	DESK_TABLE_GROUP = 16,
	DESK_TABLE_PAD = 16,
	DESK_TABLE_STRIDE = 1024 /* at most */
};

struct desk_table {
	const uint32_t *keys;
	const unsigned char *rows; /* DESK_TABLE_PAD bytes may be read behind */
	uint32_t groups, stride;
};

/* Takes a section as a table, checked.  DESK_EDATA. */
int desk_table_load(struct desk_table *table, struct desk_slice section,
    struct desk_error *error);

/* Appends a table, as desk_table_load() reads it, to an empty buffer.  Of keys
 * that are there twice the first counts. */
int desk_table_build(const uint32_t *keys, const unsigned char *rows,
    uint32_t count, uint32_t stride, struct desk_buffer *out,
    struct desk_error *error);

static inline uint32_t
desk_table_group(uint32_t key, uint32_t groups)
{
	return (uint32_t)((uint64_t)key * groups >> 32);
}

/* Asks for what a look-up of the key will read. */
static inline void
desk_table_ask(const struct desk_table *table, uint32_t key)
{
	size_t group = desk_table_group(key, table->groups);
	__builtin_prefetch(table->keys + group * DESK_TABLE_GROUP);
}

/* A bit for each place of a group that holds the key. */
static inline unsigned
desk_table_places(const uint32_t *group, uint32_t key)
{
#if defined(__SSE2__) && !defined(DESK_PORTABLE)
	const __m128i *p = (const __m128i *)(const void *)group;
	__m128i want = _mm_set1_epi32((int)key);
	__m128i a = _mm_cmpeq_epi32(_mm_loadu_si128(p), want);
	__m128i b = _mm_cmpeq_epi32(_mm_loadu_si128(p + 1), want);
	__m128i c = _mm_cmpeq_epi32(_mm_loadu_si128(p + 2), want);
	__m128i d = _mm_cmpeq_epi32(_mm_loadu_si128(p + 3), want);
	return (unsigned)_mm_movemask_epi8(
	    _mm_packs_epi16(_mm_packs_epi32(a, b), _mm_packs_epi32(c, d)));
#else
	unsigned bits = 0;
	for (unsigned k = 0; k < DESK_TABLE_GROUP; k++)
		bits |= (unsigned)(group[k] == key) << k;
	return bits;
#endif
}

/* The row of a key, or NULL.  Places of a group fill from the front, so that
 * its last one tells whether to look further. */
static inline const unsigned char *
desk_table_find(const struct desk_table *table, uint32_t key)
{
	uint32_t group = desk_table_group(key, table->groups);
	for (uint32_t n = 0; n < table->groups; n++) {
		size_t first = (size_t)group * DESK_TABLE_GROUP;
		unsigned bits = desk_table_places(table->keys + first, key);
		if (bits)
			return table->rows +
			       (first + (size_t)__builtin_ctz(bits)) *
				   table->stride;
		if (!table->keys[first + DESK_TABLE_GROUP - 1])
			return NULL;
		group = group + 1 < table->groups ? group + 1 : 0;
	}
	return NULL;
}

/* A key from a hash: any number but 0, its upper bits as good as the lower. */
static inline uint32_t
desk_table_key(uint64_t hash)
{
	hash *= UINT64_C(0x9E3779B97F4A7C15);
	uint32_t key = (uint32_t)(hash >> 32);
	return key ? key : 1;
}

#endif
