/*
 * references.c - what character references stand for.
 *
 * All names are letters and digits, so that one with a semicolon is looked up
 * as a whole; only the 106 that also count bare, of 6 bytes at most, can be a
 * prefix of something else, and the longest of them counts.
 */
#include "html/references.h"

#include <stdint.h>
#include <string.h>

#include "core/lexicon.h"
#include "core/utf8.h"
#include "html/encodings.h"
#include "html/scan.h"

/* As lib/data/gen/references.c lays it out: an entry's name and text lie
 * one behind the other in the pool. */
struct reference_table {
	const uint16_t *slots;	/* 1 + number of an entry, 0: free */
	const uint16_t *starts; /* of entries in the pool, one more than them */
	const uint8_t *lengths; /* of names; the top bit: counts bare */
	const char *pool;
	uint32_t mask; /* number of slots - 1 */
};

#include "character_references.inc"

enum { LONGEST = 31, LONGEST_BARE = 6, BARE = 0x80 };

static bool
is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

static bool
is_alnum(char c)
{
	return desk_scan_alpha(c) || is_digit(c);
}

/* The value of a hexadecimal digit, or 16. */
static unsigned
hex_value(char c)
{
	if (is_digit(c))
		return (unsigned)(c - '0');
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

/* The entry of a name, or -1. */
static int
find(const char *name, size_t len)
{
	const struct reference_table *t = &character_references;
	for (uint32_t at = desk_lexicon_hash(name, len);; at++) {
		int entry = t->slots[at & t->mask] - 1;
		if (entry < 0)
			return -1;
		if ((t->lengths[entry] & ~BARE) == len &&
		    !memcmp(t->pool + t->starts[entry], name, len))
			return entry;
	}
}

/* Writes what an entry stands for. */
static size_t
put(int entry, char *out)
{
	const struct reference_table *t = &character_references;
	size_t start = t->starts[entry] + (t->lengths[entry] & ~BARE);
	size_t len = t->starts[entry + 1] - start;
	memcpy(out, t->pool + start, len);
	return len;
}

/* p is behind "&#". */
static size_t
numeric(const char *p, const char *end, char *out, size_t *len)
{
	const char *start = p - 2;
	bool hex = p < end && (*p | 0x20) == 'x';
	unsigned base = hex ? 16 : 10, digit;
	uint32_t c = 0;
	p += hex;
	const char *digits = p;
	for (; p < end && (digit = hex_value(*p)) < base; p++)
		c = c > 0x10FFFF ? c : c * base + digit;
	DESK_WORK(p - start);
	if (p == digits)
		return 0;
	if (c >= 0x80 && c < 0xA0)
		c = desk_windows_1252[c - 0x80];
	*len = desk_utf8_encode(c ? c : 0xFFFD, out);
	return (size_t)(p - start) + (p < end && *p == ';');
}

size_t
desk_reference(
    const char *p, const char *end, bool attribute, char *out, size_t *len)
{
	const char *name = p + 1;
	if (name < end && *name == '#')
		return numeric(name + 1, end, out, len);
	size_t n = 0, most = (size_t)(end - name);
	while (n < most && n <= LONGEST && is_alnum(name[n]))
		n++;
	DESK_WORK(n + 1);
	if (n < most && name[n] == ';' && n <= LONGEST) {
		int entry = find(name, n);
		if (entry >= 0) {
			*len = put(entry, out);
			return n + 2;
		}
	}
	for (size_t i = n < LONGEST_BARE ? n : LONGEST_BARE; i > 1; i--) {
		int entry = find(name, i);
		if (entry < 0 || !(character_references.lengths[entry] & BARE))
			continue;
		if (attribute && i < most &&
		    (name[i] == '=' || is_alnum(name[i])))
			return 0;
		*len = put(entry, out);
		return i + 1;
	}
	return 0;
}
