/* lexicon.c - look-up in word lists; open addressing with linear probing. */
#include "core/lexicon.h"

#include <string.h>

uint32_t
desk_lexicon_hash(const char *s, size_t len)
{
	uint32_t h = UINT32_C(2166136261);
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * UINT32_C(16777619);
	h ^= h >> 15;
	return h * UINT32_C(0x2C1B3C6D) ^ h >> 12;
}

uint32_t
desk_lexicon_find(const struct desk_lexicon *lexicon, const char *s, size_t len)
{
	if (len > lexicon->longest)
		return 0;
	return desk_lexicon_find_at(lexicon, desk_lexicon_hash(s, len), s, len);
}

uint32_t
desk_lexicon_find_at(const struct desk_lexicon *lexicon, uint32_t hash,
    const char *s, size_t len)
{
	if (len > lexicon->longest)
		return 0;
	for (uint32_t at = hash;; at++) {
		uint32_t entry = lexicon->slots[at & lexicon->mask];
		if (!entry)
			return 0;
		entry--;
		uint32_t start = lexicon->starts[entry];
		if (lexicon->starts[entry + 1] - start == len &&
		    !memcmp(lexicon->pool + start, s, len))
			return lexicon->classes[entry];
	}
}
