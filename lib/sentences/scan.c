/*
 * scan.c - the search for what may end a sentence.
 *
 * Most of a text ends none, so sixteen bytes are looked at together where the
 * machine can.  All marks beyond ASCII have lead bytes from 0xD6 on, and no
 * byte inside a character is as large: letters of the Latin, Greek and
 * Cyrillic scripts do not stop the search.
 */
#include "sentences/scan.h"

#include <stdbool.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "sentences/words.h"

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
	size_t size = c >= 0xE0 ? 3 : 2;
	if (size > len - at)
		return false;
	if (c == 0xE2 && (unsigned char)s[1] == 0x80 &&
	    (unsigned char)s[2] < 0xA0)
		return false;
	return desk_mark_find(s, size) & (DESK_MARK_END | DESK_MARK_BULLET);
}

/* How many bytes from at on are surely no stops. */
static size_t
plain_bytes(const char *text, size_t len)
{
	size_t n = 0;
#ifdef __SSE2__
	const __m128i stop = _mm_set1_epi8('.'), shout = _mm_set1_epi8('!'),
		      ask = _mm_set1_epi8('?'), close = _mm_set1_epi8(')'),
		      line = _mm_set1_epi8('\n'), colon = _mm_set1_epi8(';'),
		      one = _mm_set1_epi8(1), lead = _mm_set1_epi8(-43);
	for (; len - n >= 16; n += 16) {
		__m128i b = _mm_loadu_si128((const void *)(text + n));
		__m128i marks =
		    _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(b, stop),
				     _mm_cmpeq_epi8(b, shout)),
			_mm_or_si128(
			    _mm_cmpeq_epi8(b, ask), _mm_cmpeq_epi8(b, close)));
		__m128i others = _mm_or_si128(_mm_cmpeq_epi8(b, line),
		    _mm_cmpeq_epi8(_mm_or_si128(b, one), colon));
		__m128i wide = _mm_and_si128(b, _mm_cmpgt_epi8(b, lead));
		unsigned mask = (unsigned)_mm_movemask_epi8(
		    _mm_or_si128(_mm_or_si128(marks, others), wide));
		if (mask)
			return n + (size_t)__builtin_ctz(mask);
	}
#endif
	while (n < len && !stops[(unsigned char)text[n]])
		n++;
	return n;
}

size_t
desk_candidate(const char *text, size_t len, size_t at)
{
	for (;;) {
		at += plain_bytes(text + at, len - at);
		if (at == len)
			return at;
		if (stops[(unsigned char)text[at]] && stops_here(text, len, at))
			return at;
		at++;
	}
}
