/*
 * Eight 16-bit numbers side by side: a register where the machine has such, an
 * array elsewhere.  Sums stop at the ends of their range.
 */
#ifndef DESK_MODEL_LANES_H
#define DESK_MODEL_LANES_H

#include <stdint.h>
#include <string.h>
#if defined(__SSE2__) && !defined(DESK_PORTABLE)
#include <emmintrin.h>
#endif

enum { LANES = 8 };

static inline int32_t
clip(int32_t x)
{
	return x < INT16_MIN ? INT16_MIN : x > INT16_MAX ? INT16_MAX : x;
}

#if defined(__SSE2__) && !defined(DESK_PORTABLE)

typedef __m128i lanes;

static inline lanes
take(const int16_t *from)
{
	return _mm_loadu_si128((const __m128i *)(const void *)from);
}

static inline void
give(int16_t *to, lanes x)
{
	_mm_storeu_si128((__m128i *)(void *)to, x);
}

static inline lanes
all(int16_t x)
{
	return _mm_set1_epi16(x);
}

static inline lanes
plus(lanes a, lanes b)
{
	return _mm_adds_epi16(a, b);
}

static inline lanes
minus(lanes a, lanes b)
{
	return _mm_subs_epi16(a, b);
}

static inline lanes
larger(lanes a, lanes b)
{
	return _mm_max_epi16(a, b);
}

static inline lanes
only(lanes a, lanes open)
{
	return _mm_or_si128(
	    _mm_and_si128(a, open), _mm_andnot_si128(open, all(INT16_MIN)));
}

static inline int16_t
largest(lanes a)
{
	a = larger(a, _mm_srli_si128(a, 8));
	a = larger(a, _mm_srli_si128(a, 4));
	a = larger(a, _mm_srli_si128(a, 2));
	return (int16_t)_mm_cvtsi128_si32(a);
}

/* The largest in all places. */
static inline lanes
peak(lanes a)
{
	a = larger(a, _mm_shuffle_epi32(a, 0x4E));
	a = larger(a, _mm_shuffle_epi32(a, 0xB1));
	return larger(
	    a, _mm_shufflehi_epi16(_mm_shufflelo_epi16(a, 0xB1), 0xB1));
}

/* The first, second, third or fourth of each four in all its places. */
#define FOURS(a, k)                                                            \
	_mm_shufflehi_epi16(_mm_shufflelo_epi16(a, (k)*0x55), (k)*0x55)

/* One half in both. */
static inline lanes
half(lanes a, unsigned upper)
{
	return upper ? _mm_unpackhi_epi64(a, a) : _mm_unpacklo_epi64(a, a);
}

/* All bits where one is set. */
static inline lanes
chosen(unsigned bits)
{
	lanes each = _mm_set_epi16(128, 64, 32, 16, 8, 4, 2, 1);
	return _mm_cmpeq_epi16(_mm_and_si128(all((int16_t)bits), each), each);
}

/* Eight signed bytes. */
static inline lanes
widen(const unsigned char *from)
{
	lanes x = _mm_loadl_epi64((const __m128i *)(const void *)from);
	return _mm_srai_epi16(_mm_unpacklo_epi8(x, x), 8);
}

#else

typedef struct {
	int16_t x[LANES];
} lanes;

#define EACH(expression)                                                       \
	lanes r;                                                               \
	for (int k = 0; k < LANES; k++)                                        \
		r.x[k] = (int16_t)(expression);                                \
	return r

static inline lanes
take(const int16_t *from)
{
	EACH(from[k]);
}

static inline void
give(int16_t *to, lanes a)
{
	memcpy(to, a.x, sizeof a.x);
}

static inline lanes
all(int16_t x)
{
	EACH(x);
}

static inline lanes
plus(lanes a, lanes b)
{
	EACH(clip(a.x[k] + b.x[k]));
}

static inline lanes
minus(lanes a, lanes b)
{
	EACH(clip(a.x[k] - b.x[k]));
}

static inline lanes
larger(lanes a, lanes b)
{
	EACH(a.x[k] > b.x[k] ? a.x[k] : b.x[k]);
}

static inline lanes
only(lanes a, lanes open)
{
	EACH(open.x[k] ? a.x[k] : INT16_MIN);
}

static inline int16_t
largest(lanes a)
{
	int16_t top = a.x[0];
	for (int k = 1; k < LANES; k++)
		top = a.x[k] > top ? a.x[k] : top;
	return top;
}

static inline lanes
peak(lanes a)
{
	return all(largest(a));
}

static inline lanes
fours(lanes a, int at)
{
	EACH(a.x[k / 4 * 4 + at]);
}

#define FOURS(a, k) fours(a, k)

static inline lanes
half(lanes a, unsigned upper)
{
	EACH(a.x[k % 4 + (upper ? 4 : 0)]);
}

static inline lanes
chosen(unsigned bits)
{
	EACH(bits >> k & 1 ? -1 : 0);
}

static inline lanes
widen(const unsigned char *from)
{
	EACH((int8_t)from[k]);
}

#undef EACH

#endif

#endif
