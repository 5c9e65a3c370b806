/*
 * jsontext.c - JSON strings and numbers, to what they mean and back.
 *
 * All values have been checked by the scanner before.
 */
#include "core/json.h"

#include <string.h>

#include "core/utf8.h"
#include "core/jsonbytes.h"

/* The four digits of \uXXXX at p. */
static uint32_t
hex4(const char *p)
{
	return desk_json_hex(p[0]) << 12 | desk_json_hex(p[1]) << 8 |
	       desk_json_hex(p[2]) << 4 | desk_json_hex(p[3]);
}

/* Undoes the checked escape whose backslash is at *at: writes up to 4 bytes,
 * returns their number, moves *at behind it. */
static size_t
unescape_one(const char **at, const char *end, char *out)
{
	static const char letters[] = "bfnrt", means[] = "\b\f\n\r\t";
	const char *p = *at;
	if (p[1] != 'u') {
		const char *letter = strchr(letters, p[1]);
		*out = letter ? means[letter - letters] : p[1];
		*at = p + 2;
		return 1;
	}
	uint32_t c = hex4(p + 2);
	p += 6;
	if (c >> 10 == 0xD800 >> 10 && end - p >= 6 && p[0] == '\\' &&
	    p[1] == 'u' && hex4(p + 2) >> 10 == 0xDC00 >> 10) {
		c = 0x10000 + ((c & 0x3FF) << 10 | (hex4(p + 2) & 0x3FF));
		p += 6;
	}
	*at = p;
	return desk_utf8_encode(c, out);
}

bool
desk_json_key_is(struct desk_slice key, const char *name)
{
	size_t left = strlen(name);
	if (!key.data)
		return false;
	if (!memchr(key.data, '\\', key.len))
		return key.len == left && !memcmp(key.data, name, left);
	const char *p = key.data, *end = key.data + key.len;
	while (p < end) {
		char c[4];
		size_t n = 1;
		if (*p == '\\')
			n = unescape_one(&p, end, c);
		else
			*c = *p++;
		if (n > left || memcmp(c, name, n))
			return false;
		name += n;
		left -= n;
	}
	return !left;
}

/* 10^zeros * *n + digit, or false where it does not fit. */
static bool
shift_in(uint64_t *n, uint64_t zeros, unsigned digit)
{
	for (; *n && zeros; zeros--) {
		if (*n > UINT64_MAX / 10)
			return false;
		*n *= 10;
	}
	if (*n > UINT64_MAX - digit)
		return false;
	*n += digit;
	return true;
}

/* The exponent at p, where there is one; far beyond use it stays the same. */
static int64_t
exponent(const char *p, const char *end)
{
	int64_t n = 0;
	if (p == end)
		return 0;
	bool minus = p[1] == '-';
	for (p += 1 + (minus || p[1] == '+'); p < end; p++)
		if (n < INT64_C(1) << 40)
			n = n * 10 + (*p - '0');
	return minus ? -n : n;
}

bool
desk_json_number(struct desk_slice value, uint64_t *n)
{
	const char *p = value.data, *end = p + value.len;
	bool minus = *p == '-', fraction = false, fits = true;
	/* The digits without zeros at either end, and the power of ten that
	 * they are to be taken by. */
	uint64_t digit = 0, zeros = 0;
	int64_t power = 0;
	for (p += minus; p < end && (*p | 0x20) != 'e'; p++) {
		if (*p == '.') {
			fraction = true;
			continue;
		}
		power -= fraction;
		zeros++;
		if (*p == '0')
			continue;
		fits = fits && shift_in(&digit, zeros, (unsigned)(*p - '0'));
		zeros = 0;
	}
	*n = 0;
	if (!digit && fits)
		return true;
	power += (int64_t)zeros + exponent(p, end);
	if (minus || power < 0 || !fits ||
	    !shift_in(&digit, (uint64_t)power, 0))
		return false;
	*n = digit;
	return true;
}

size_t
desk_json_unescape(struct desk_slice value, char *out)
{
	const char *p = value.data + 1, *end = value.data + value.len - 1;
	char *to = out;
	while (p < end) {
		const char *slash = memchr(p, '\\', (size_t)(end - p));
		size_t run = (size_t)((slash ? slash : end) - p);
		memcpy(to, p, run);
		to += run;
		p += run;
		while (p < end && *p == '\\')
			to += unescape_one(&p, end, to);
	}
	return (size_t)(to - out);
}

bool
desk_json_escaped(struct desk_slice value)
{
	return memchr(value.data, '\\', value.len);
}

/* Appends the shortest escape of a byte that needs one. */
static void
quote_byte(struct desk_buffer *to, unsigned char c)
{
	static const char letters[] = "btn\0fr", hexes[] = "0123456789abcdef";
	char escape[6] = {'\\', (char)c, '0', '0'};
	size_t len = 2;
	if (c >= '\b' && c <= '\r' && letters[c - '\b']) {
		escape[1] = letters[c - '\b'];
	} else if (c < 0x20) {
		escape[1] = 'u';
		escape[4] = hexes[c >> 4];
		escape[5] = hexes[c & 15];
		len = 6;
	}
	desk_buffer_append(to, escape, len);
}

void
desk_json_quote(struct desk_buffer *to, struct desk_slice text)
{
	const char *p = text.len ? text.data : "", *end = p + text.len;
	desk_buffer_reserve(to, text.len + 2);
	desk_buffer_byte(to, '"');
	while (p < end) {
		const char *stop = desk_json_plain(p, end);
		if (stop > p)
			desk_buffer_append(to, p, (size_t)(stop - p));
		for (p = stop; p < end && desk_json_special(*p); p++)
			quote_byte(to, (unsigned char)*p);
	}
	desk_buffer_byte(to, '"');
}
