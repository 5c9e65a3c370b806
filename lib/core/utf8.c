/*
 * utf8.c - checking, repairing, decoding and counting UTF-8.
 *
 * Eight bytes are looked at together where that is safe: most text is ASCII,
 * and a word without high bits is eight valid code points.
 */
#include "core/utf8.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define HIGH UINT64_C(0x8080808080808080)

static inline uint64_t
word_at(const char *s)
{
	uint64_t w;
	memcpy(&w, s, sizeof w);
	return w;
}

static size_t
ascii_prefix(const char *s, size_t len)
{
	size_t i = 0;
	while (
	    len - i >= 32 && !((word_at(s + i) | word_at(s + i + 8) |
				   word_at(s + i + 16) | word_at(s + i + 24)) &
				 HIGH))
		i += 32;
	while (len - i >= 8 && !(word_at(s + i) & HIGH))
		i += 8;
	while (i < len && !(s[i] & 0x80))
		i++;
	return i;
}

bool
desk_ascii(const char *s, size_t len)
{
	return ascii_prefix(s, len) == len;
}

/* The range that the second byte must be in after a lead byte; the length of
 * the sequence, or 0 for a byte that leads none. */
static unsigned
lead(unsigned char c, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xBF;
	if (c < 0x80)
		return 1;
	if (c < 0xC2 || c > 0xF4)
		return 0;
	if (c < 0xE0)
		return 2;
	if (c < 0xF0) {
		if (c == 0xE0)
			*low = 0xA0;
		if (c == 0xED)
			*high = 0x9F;
		return 3;
	}
	if (c == 0xF0)
		*low = 0x90;
	if (c == 0xF4)
		*high = 0x8F;
	return 4;
}

/* Bytes of s that fit one sequence; whole tells whether it is complete. */
static size_t
sequence(const char *s, size_t len, bool *whole)
{
	unsigned char low, high;
	unsigned need = lead((unsigned char)s[0], &low, &high);
	size_t n = 1;
	while (n < need && n < len) {
		unsigned char c = (unsigned char)s[n];
		if (c < low || c > high)
			break;
		low = 0x80;
		high = 0xBF;
		n++;
	}
	*whole = need && n == need;
	return n;
}

size_t
desk_utf8_valid(const char *s, size_t len)
{
	size_t i = 0;
	while (i < len) {
		i += ascii_prefix(s + i, len - i);
		while (i < len && (s[i] & 0x80)) {
			bool whole;
			size_t n = sequence(s + i, len - i, &whole);
			if (!whole)
				return i;
			i += n;
		}
	}
	return i;
}

size_t
desk_utf8_bad(const char *s, size_t len)
{
	bool whole;
	return sequence(s, len, &whole);
}

size_t
desk_utf8_tail(const char *s, size_t len)
{
	for (size_t n = 1; n <= 3 && n <= len; n++) {
		unsigned char low, high, c = (unsigned char)s[len - n];
		if ((c & 0xC0) == 0x80)
			continue;
		if (lead(c, &low, &high) <= n)
			return 0;
		bool whole;
		return sequence(s + len - n, n, &whole) == n ? n : 0;
	}
	return 0;
}

uint32_t
desk_utf8_decode(const char *s, size_t *size)
{
	const unsigned char *u = (const unsigned char *)s;
	if (u[0] < 0x80) {
		*size = 1;
		return u[0];
	}
	if (u[0] < 0xE0) {
		*size = 2;
		return (u[0] & 0x1Fu) << 6 | (u[1] & 0x3Fu);
	}
	if (u[0] < 0xF0) {
		*size = 3;
		return (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 |
		       (u[2] & 0x3Fu);
	}
	*size = 4;
	return (u[0] & 0x07u) << 18 | (u[1] & 0x3Fu) << 12 |
	       (u[2] & 0x3Fu) << 6 | (u[3] & 0x3Fu);
}

uint32_t
desk_utf8_before(const char *start, const char *end, size_t *size)
{
	const char *s = end - 1;
	while (s > start && (*s & 0xC0) == 0x80)
		s--;
	return desk_utf8_decode(s, size);
}

size_t
desk_utf8_encode(uint32_t c, char *s)
{
	if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		c = 0xFFFD;
	if (c < 0x80) {
		s[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		s[0] = (char)(0xC0 | c >> 6);
		s[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		s[0] = (char)(0xE0 | c >> 12);
		s[1] = (char)(0x80 | (c >> 6 & 0x3F));
		s[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	s[0] = (char)(0xF0 | c >> 18);
	s[1] = (char)(0x80 | (c >> 12 & 0x3F));
	s[2] = (char)(0x80 | (c >> 6 & 0x3F));
	s[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* Continuation bytes in a word: bit 7 set and bit 6 clear. */
static inline unsigned
continuations(uint64_t w)
{
	uint64_t bits = (w & HIGH) & ~(w << 1);
	return (unsigned)(((bits >> 7) * UINT64_C(0x0101010101010101)) >> 56);
}

#ifdef __SSE2__
/* The bytes of whole blocks of sixteen that begin a code point: each lane
 * counts at most 255 of them before the lanes are summed. */
static size_t
count_blocks(const char *s, size_t blocks)
{
	const __m128i zero = _mm_setzero_si128(), last = _mm_set1_epi8(-65);
	size_t n = 0;
	while (blocks) {
		size_t some = blocks < 255 ? blocks : 255;
		__m128i lanes = zero;
		blocks -= some;
		for (; some; some--, s += 16)
			lanes = _mm_sub_epi8(
			    lanes, _mm_cmpgt_epi8(
				       _mm_loadu_si128((const void *)s), last));
		lanes = _mm_sad_epu8(lanes, zero);
		n += (size_t)_mm_cvtsi128_si32(lanes) +
		     (size_t)_mm_extract_epi16(lanes, 4);
	}
	return n;
}
#endif

size_t
desk_utf8_count(const char *s, size_t len)
{
	size_t n = 0, i = 0;
#ifdef __SSE2__
	i = len / 16 * 16;
	n = count_blocks(s, len / 16);
#endif
	for (; len - i >= 8; i += 8)
		n += 8 - continuations(word_at(s + i));
	for (; i < len; i++)
		n += (s[i] & 0xC0) != 0x80;
	return n;
}

size_t
desk_utf8_advance(const char *s, size_t len, size_t n)
{
	size_t i = 0;
	while (len - i >= 8 && n >= 8) {
		n -= 8 - continuations(word_at(s + i));
		i += 8;
	}
	while (i < len && (n || (s[i] & 0xC0) == 0x80)) {
		n -= (s[i] & 0xC0) != 0x80;
		i++;
	}
	return i;
}

void
desk_utf8_repair(struct desk_buffer *to, const char *s, size_t len)
{
	size_t i = 0;
	while (i < len) {
		size_t good = desk_utf8_valid(s + i, len - i);
		desk_buffer_append(to, s + i, good);
		i += good;
		if (i < len) {
			desk_buffer_string(to, DESK_REPLACEMENT);
			i += desk_utf8_bad(s + i, len - i);
		}
	}
}
