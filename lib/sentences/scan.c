/*
 * scan.c - the search for what may end a sentence.
 *
 * Most of a text ends none, so a block of it is looked at together, sixteen
 * bytes at a time where the machine can, and remembered as bits: a place where
 * nothing ends costs no jump that goes astray.  All marks beyond ASCII have
 * lead bytes from 0xD6 on, and no byte inside a character is as large: letters
 * of the Latin, Greek and Cyrillic scripts do not stop the search.
 */
#include "sentences/scan.h"

#include <stdbool.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "sentences/words.h"

enum { LANES = 16 };

/* Bytes to stop at: ASCII marks, line ends, and the lead bytes of others.  A
 * colon or a semicolon is a mark in two scripts. */
static const bool stops[256] = {['\n'] = true,
    ['.'] = true,
    ['!'] = true,
    ['?'] = true,
    [')'] = true,
    [':'] = true,
    [';'] = true,
    [0xD6] = true,
    [0xD8] = true,
    [0xDB] = true,
    [0xDC] = true,
    [0xDF] = true,
    [0xE0] = true,
    [0xE1] = true,
    [0xE2] = true,
    [0xE3] = true,
    [0xEA] = true,
    [0xEF] = true};

/* Whether a stop is none after all: quotes and dashes share their lead byte
 * with the ellipsis, letters theirs with marks. */
static bool
stops_here(const char *text, size_t len, size_t at)
{
	const char *s = text + at;
	unsigned char c = (unsigned char)s[0];
	if (c == ':' || c == ';')
		return at && text[at - 1] & 0x80;
	if (c < 0x80)
		return true;
	if (!stops[c])
		return false;
	size_t size = c >= 0xE0 ? 3 : 2;
	if (size > len - at)
		return false;
	if (c == 0xE2 && (unsigned char)s[1] == 0x80 &&
	    (unsigned char)s[2] < 0xA0)
		return false;
	return desk_mark_find(s, size) & (DESK_MARK_END | DESK_MARK_BULLET);
}

#ifdef __SSE2__
static inline uint64_t
lanes_of(__m128i b, int shift)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(b) << shift;
}

static inline uint64_t
lanes_like(__m128i b, char c, int shift)
{
	return lanes_of(_mm_cmpeq_epi8(b, _mm_set1_epi8(c)), shift);
}

/* The marks among sixteen bytes; *high gets those that are not ASCII. */
static inline uint64_t
marks_of(__m128i b, int shift, uint64_t *high)
{
	__m128i marks =
	    _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(b, _mm_set1_epi8('.')),
			     _mm_cmpeq_epi8(b, _mm_set1_epi8('\n'))),
		_mm_or_si128(_mm_cmpeq_epi8(b, _mm_set1_epi8(')')),
		    _mm_or_si128(_mm_cmpeq_epi8(b, _mm_set1_epi8('!')),
			_mm_cmpeq_epi8(b, _mm_set1_epi8('?')))));
	*high |= lanes_of(b, shift);
	return lanes_of(marks, shift);
}

static inline __m128i
load(const char *s)
{
	return _mm_loadu_si128((const void *)s);
}

/* The candidates beyond ASCII, and colons behind such a byte. */
static uint64_t
read_wide(const char *s, uint64_t high, bool before)
{
	const __m128i lead = _mm_set1_epi8(-43);
	uint64_t colons = 0, wide = 0;
	for (int i = 0; i < DESK_SCAN_BLOCK; i += LANES) {
		__m128i b = load(s + i);
		colons |= lanes_like(b, ':', i) | lanes_like(b, ';', i);
		wide |= lanes_of(_mm_and_si128(b, _mm_cmpgt_epi8(b, lead)), i);
	}
	return wide | (colons & (high << 1 | before));
}

/* The candidates of a whole block.  Few blocks hold more than ASCII: only there
 * a colon can be a mark, and lead bytes are looked for. */
static uint64_t
read_block(const char *text, size_t at)
{
	const char *s = text + at;
	uint64_t high = 0, bits = marks_of(load(s), 0, &high);
	bits |= marks_of(load(s + LANES), LANES, &high);
	bits |= marks_of(load(s + 2 * LANES), 2 * LANES, &high);
	bits |= marks_of(load(s + 3 * LANES), 3 * LANES, &high);
	bool before = at && text[at - 1] & 0x80;
	return high || before ? bits | read_wide(s, high, before) : bits;
}
#else
static uint64_t
read_block(const char *text, size_t at)
{
	uint64_t bits = 0;
	for (int i = 0; i < DESK_SCAN_BLOCK; i++)
		bits |= (uint64_t)stops[(unsigned char)text[at + i]] << i;
	return bits;
}
#endif

/* The lowest bit that is set. */
static inline size_t
lowest(uint64_t bits)
{
#ifdef __GNUC__
	return (size_t)__builtin_ctzll(bits);
#else
	size_t n = 0;
	for (; !(bits & 1); bits >>= 1)
		n++;
	return n;
#endif
}

/* The text's last bytes are no whole block. */
static size_t
candidate_of_rest(const char *text, size_t len, size_t at)
{
	while (at < len &&
	       !(stops[(unsigned char)text[at]] && stops_here(text, len, at)))
		at++;
	return at;
}

size_t
desk_candidate(struct desk_scan *scan, const char *text, size_t len, size_t at)
{
	uint64_t bits = 0;
	if (at < scan->base || at - scan->base >= scan->len)
		*scan = (struct desk_scan){.base = at};
	else
		bits = scan->bits & ~UINT64_C(0) << (at - scan->base);
	for (;;) {
		for (; bits; bits &= bits - 1) {
			size_t found = scan->base + lowest(bits);
			if ((unsigned char)text[found] < ':' ||
			    stops_here(text, len, found))
				return found;
		}
		size_t next = scan->base + scan->len;
		if (len - next < DESK_SCAN_BLOCK)
			return candidate_of_rest(text, len, next);
		bits = read_block(text, next);
		*scan = (struct desk_scan){next, bits, DESK_SCAN_BLOCK};
	}
}

size_t
desk_small_letters(const char *text, size_t start, size_t at)
{
	size_t n = 0, max = at - start < LANES ? at - start : LANES;
#if defined(__SSE2__) && defined(__GNUC__)
	if (at >= LANES) {
		__m128i b = _mm_loadu_si128((const void *)(text + at - LANES));
		__m128i small =
		    _mm_and_si128(_mm_cmpgt_epi8(b, _mm_set1_epi8('a' - 1)),
			_mm_cmplt_epi8(b, _mm_set1_epi8('z' + 1)));
		unsigned others = ~(unsigned)_mm_movemask_epi8(small) << 16;
		n = others ? (size_t)__builtin_clz(others) : LANES;
		return n < max ? n : max;
	}
#endif
	while (n < max && (unsigned char)(text[at - n - 1] - 'a') < 26)
		n++;
	return n;
}
