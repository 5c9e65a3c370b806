/*
 * Hashing of features: a feature is a number for its template, which is its
 * place in the order of its group, mixed with what the template looks at.
 * Each template is always there, so that the order does not depend on the text.
 */
#ifndef DESK_QUOTES_HASHING_H
#define DESK_QUOTES_HASHING_H

#include <stddef.h>
#include <stdint.h>

#include "model/table.h"

/* Where the numbers of each group begin. */
enum desk_feature_group {
	WORDS = 0,
	KINDS = 24,
	PLACE = 32,
	FRAME = 48,
	BESIDE = 60,
	SEEN = 64,
	SEEN_CUE = 96,
	SEEN_TURN = 128,
	SEEN_CLAUSE = 144,
	SEEN_COUNTS = 160,
	SEEN_SENTENCE = 170,
	MARKED = 192,
	JOINED = 232
};

struct out {
	uint32_t *to;
	size_t count;
	unsigned first;
};

static inline uint64_t
with(uint64_t h, uint64_t value)
{
	return (h ^ h >> 31) * UINT64_C(0xD6E8FEB86659FD93) + value;
}

/* The hash of a feature: a template and what it looks at. */
static inline uint32_t
desk_feature_key(uint64_t value, unsigned template)
{
	uint64_t h = with(value, template);
	return desk_table_key(h ^ h >> 32);
}

static inline void
put(struct out *o, uint64_t value)
{
	o->to[o->count] =
	    desk_feature_key(value, o->first + (unsigned)o->count);
	o->count++;
}

static inline void
put2(struct out *o, uint64_t a, uint64_t b)
{
	put(o, with(a + 1, b));
}

static inline void
put3(struct out *o, uint64_t a, uint64_t b, uint64_t c)
{
	put(o, with(with(a + 1, b), c));
}

/* A distance, in few steps. */
static inline uint64_t
steps(size_t n)
{
	static const uint8_t near[16] = {
	    0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 8};
	return n < 16 ? near[n] : n < 26 ? 9 : n < 41 ? 10 : 11;
}

static inline unsigned
few(unsigned n, unsigned most)
{
	return n < most ? n : most;
}

#endif
