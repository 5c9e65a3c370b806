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

#include "copydesk.h"
#include "core/memory.h"

enum { DESK_TABLE_GROUP = 16, DESK_TABLE_PAD = 16 };

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

/* The row of a key, or NULL. */
const unsigned char *desk_table_find(
    const struct desk_table *table, uint32_t key);

/* Asks for what a look-up of the key will read. */
static inline void
desk_table_ask(const struct desk_table *table, uint32_t key)
{
	size_t group = (size_t)((uint64_t)key * table->groups >> 32);
	__builtin_prefetch(table->keys + group * DESK_TABLE_GROUP);
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
