/*
 * What the bytes of JSON are, for the scanner and for strings.
 *
 * Most bytes of a record of text are in strings: 16 of them (SSE2) or 8 (any
 * machine) are tested together for the three things that end a plain run: a
 * quote, a backslash, a control character.  -DDESK_PORTABLE leaves SSE2 out,
 * for tests.
 */
#ifndef DESK_CORE_JSONBYTES_H
#define DESK_CORE_JSONBYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__) && !defined(DESK_PORTABLE)
#include <emmintrin.h>
#endif

static inline bool
desk_json_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

/* The value of a hexadecimal digit, or 16. */
static inline unsigned
desk_json_hex(char c)
{
	if (desk_json_digit(c))
		return (unsigned)(c - '0');
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

static inline bool
desk_json_special(char c)
{
	return c == '"' || c == '\\' || (unsigned char)c < 0x20;
}

#if defined(__SSE2__) && !defined(DESK_PORTABLE)

enum { DESK_JSON_STEP = 16 };

/* A bit for each of the 16 bytes that is special. */
static inline uint64_t
desk_json_specials(const char *p)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i top = _mm_set1_epi8(0x1F);
	__m128i control = _mm_cmpeq_epi8(_mm_max_epu8(v, top), top);
	__m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
	__m128i slash = _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'));
	return (uint64_t)_mm_movemask_epi8(
	    _mm_or_si128(control, _mm_or_si128(quote, slash)));
}

static inline const char *
desk_json_first(const char *p, uint64_t bits)
{
	return p + __builtin_ctzll(bits);
}

#else

enum { DESK_JSON_STEP = 8 };

#define DESK_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Not zero where any of the 8 bytes is special.  A borrow may set the bit of
 * a byte after a special one, never without one, so that the bits say whether
 * but not where. */
static inline uint64_t
desk_json_specials(const char *p)
{
	uint64_t w;
	memcpy(&w, p, sizeof w);
	uint64_t quote = w ^ DESK_EACH('"'), slash = w ^ DESK_EACH('\\');
	return ((w - DESK_EACH(0x20)) & ~w & DESK_EACH(0x80)) |
	       ((quote - DESK_EACH(1)) & ~quote & DESK_EACH(0x80)) |
	       ((slash - DESK_EACH(1)) & ~slash & DESK_EACH(0x80));
}

static inline const char *
desk_json_first(const char *p, uint64_t bits)
{
	(void)bits;
	while (!desk_json_special(*p))
		p++;
	return p;
}

#endif

/* The first special byte, or end. */
static inline const char *
desk_json_plain(const char *p, const char *end)
{
	while (end - p >= DESK_JSON_STEP) {
		uint64_t bits = desk_json_specials(p);
		if (bits)
			return desk_json_first(p, bits);
		p += DESK_JSON_STEP;
	}
	while (p < end && !desk_json_special(*p))
		p++;
	return p;
}

#endif
