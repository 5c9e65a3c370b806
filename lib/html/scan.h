/*
 * Where the next byte of interest is.
 *
 * All looking at long runs of a page goes through here: for one byte memchr
 * does it, for up to four 16 bytes (SSE2) or 8 (any machine) are tested
 * together.  -DDESK_PORTABLE leaves SSE2 out; -DDESK_HTML_WORK counts the
 * bytes looked at, in a variable that the test brings along.
 */
#ifndef DESK_HTML_SCAN_H
#define DESK_HTML_SCAN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__) && !defined(DESK_PORTABLE)
#include <emmintrin.h>
#endif

#ifdef DESK_HTML_WORK
extern uint64_t desk_html_work;
#define DESK_WORK(n) (desk_html_work += (uint64_t)(n))
#else
#define DESK_WORK(n) ((void)0)
#endif

static inline bool
desk_scan_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static inline bool
desk_scan_alpha(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline char
desk_scan_lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

/* Whether the bytes at p are the name, ASCII letters in any case. */
static inline bool
desk_scan_same(const char *p, const char *name, size_t len)
{
	size_t i = 0;
	while (i < len && desk_scan_lower(p[i]) == desk_scan_lower(name[i]))
		i++;
	DESK_WORK(i + 1);
	return i == len;
}

/* The first c, or end. */
static inline const char *
desk_scan_byte(const char *p, const char *end, char c)
{
	const char *found = p < end ? memchr(p, c, (size_t)(end - p)) : NULL;
	found = found ? found : end;
	DESK_WORK(found - p + 1);
	return found;
}

/* The four bytes that are looked for; one may stand there several times. */
struct desk_scan {
	char a, b, c, d;
};

static inline bool
desk_scan_hit(struct desk_scan set, char c)
{
	return c == set.a || c == set.b || c == set.c || c == set.d;
}

#if defined(__SSE2__) && !defined(DESK_PORTABLE)

enum { DESK_SCAN_STEP = 16 };

static inline uint64_t
desk_scan_bits(struct desk_scan set, const char *p)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i ab = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(set.a)),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8(set.b)));
	__m128i cd = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(set.c)),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8(set.d)));
	return (uint64_t)_mm_movemask_epi8(_mm_or_si128(ab, cd));
}

static inline const char *
desk_scan_first(struct desk_scan set, const char *p, uint64_t bits)
{
	(void)set;
	return p + __builtin_ctzll(bits);
}

#else

enum { DESK_SCAN_STEP = 8 };

/* Not zero where any of the 8 bytes is c; says whether, not where. */
static inline uint64_t
desk_scan_zeros(uint64_t w, char c)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	w ^= ones * (unsigned char)c;
	return (w - ones) & ~w & ones << 7;
}

static inline uint64_t
desk_scan_bits(struct desk_scan set, const char *p)
{
	uint64_t w;
	memcpy(&w, p, sizeof w);
	return desk_scan_zeros(w, set.a) | desk_scan_zeros(w, set.b) |
	       desk_scan_zeros(w, set.c) | desk_scan_zeros(w, set.d);
}

static inline const char *
desk_scan_first(struct desk_scan set, const char *p, uint64_t bits)
{
	(void)bits;
	while (!desk_scan_hit(set, *p))
		p++;
	return p;
}

#endif

/* The first byte that is one of the set, or end. */
static inline const char *
desk_scan_any(struct desk_scan set, const char *p, const char *end)
{
	while (end - p >= DESK_SCAN_STEP) {
		uint64_t bits = desk_scan_bits(set, p);
		DESK_WORK(DESK_SCAN_STEP);
		if (bits)
			return desk_scan_first(set, p, bits);
		p += DESK_SCAN_STEP;
	}
	while (p < end && !desk_scan_hit(set, *p)) {
		DESK_WORK(1);
		p++;
	}
	return p;
}

#endif
