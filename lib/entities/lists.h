/* How words and names become keys of a model's tables. */
#ifndef DESK_ENTITIES_LISTS_H
#define DESK_ENTITIES_LISTS_H

#include "entities/knowledge.h"

enum {
	CLUSTER_STRIDE = 3, /* 6, 8 and 10 bits */
	NAME_STRIDE = 2,
	NAME_TOKENS = 12,
	WORD_LONGEST = 128
};

/* The hash of bytes (FNV-1a with a last stir). */
static inline uint64_t
desk_hash_bytes(const char *s, size_t len)
{
	uint64_t h = UINT64_C(0xCBF29CE484222325);
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001B3);
	return h ^ h >> 29;
}

static inline uint32_t
desk_cluster_key(const char *word, size_t len)
{
	return desk_table_key(desk_hash_bytes(word, len));
}

/* The hash of a name with one word more. */
static inline uint64_t
desk_name_chain(uint64_t chain, uint64_t key)
{
	chain = (chain + key) * UINT64_C(0xD6E8FEB86659FD93);
	return chain ^ chain >> 32;
}

#endif
