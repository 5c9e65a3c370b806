/*
 * convert.c - bytes of an encoding as UTF-8, with the place of every character.
 *
 * Of encodings that hold ASCII, runs of it are copied.  The high half of one
 * with single bytes becomes a table, made by asking iconv for each byte; of
 * one with several bytes iconv is asked character by character, so that where
 * each begins is known, and a bad one is skipped as the WHATWG decoders do: an
 * ASCII byte is never part of it.
 */
#include "html/convert.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "core/error.h"
#include "core/slice.h"
#include "core/utf8.h"

enum { LEAD = 0x110000, BAD }; /* beside code points in a table */

struct maker {
	const char *source;
	size_t at, end; /* of the source */
	char *text;
	size_t len;
	struct desk_decoded_mark *marks;
	size_t marked; /* marks whose text is known */
	bool replaced;
	iconv_t converter;
	uint32_t table[256]; /* code point, LEAD or BAD of a byte */
};

/* Tells the marks up to the byte's own where the text is. */
static inline void
reach(struct maker *m, size_t at)
{
	while (m->marked <= at / DESK_MARK_BYTES)
		m->marks[m->marked++].text = (uint32_t)m->len;
}

/* A code point begins at this byte of the source. */
static inline void
begin(struct maker *m, size_t at)
{
	reach(m, at);
	m->marks[at / DESK_MARK_BYTES].begins[at / 64 % DESK_MARK_WORDS] |=
	    UINT64_C(1) << at % 64;
}

static void
put(struct maker *m, size_t at, uint32_t c)
{
	begin(m, at);
	m->len += desk_utf8_encode(c, m->text + m->len);
}

/* A bad sequence of size bytes. */
static void
put_bad(struct maker *m, size_t size)
{
	put(m, m->at, 0xFFFD);
	m->at += size;
	m->replaced = true;
}

static size_t
ascii_run(const char *s, size_t len)
{
	size_t i = 0;
	uint64_t w;
	for (; len - i >= sizeof w; i += sizeof w) {
		memcpy(&w, s + i, sizeof w);
		if (w & UINT64_C(0x8080808080808080))
			break;
	}
	while (i < len && !(s[i] & 0x80))
		i++;
	return i;
}

/* Copies ASCII, each byte a character. */
static void
put_ascii(struct maker *m, size_t size)
{
	for (size_t stop = m->at + size; m->at < stop;) {
		size_t n = 64 - m->at % 64;
		if (n > stop - m->at)
			n = stop - m->at;
		uint64_t bits = n < 64 ? (UINT64_C(1) << n) - 1 : ~UINT64_C(0);
		reach(m, m->at);
		m->marks[m->at / DESK_MARK_BYTES]
		    .begins[m->at / 64 % DESK_MARK_WORDS] |= bits << m->at % 64;
		memcpy(m->text + m->len, m->source + m->at, n);
		m->len += n;
		m->at += n;
	}
}

static void
read_utf8(struct maker *m)
{
	while (m->at < m->end) {
		size_t left = m->end - m->at;
		size_t run = ascii_run(m->source + m->at, left);
		put_ascii(m, run);
		if (run == left)
			break;
		const char *s = m->source + m->at;
		unsigned char lead = (unsigned char)*s;
		size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
		if (size > left - run)
			size = left - run;
		if (desk_utf8_valid(s, size) == size) {
			begin(m, m->at);
			memcpy(m->text + m->len, s, size);
			m->len += size;
			m->at += size;
		} else {
			put_bad(m, desk_utf8_bad(s, left - run));
		}
	}
}

static uint32_t
unit16(const struct maker *m, size_t at, bool big)
{
	const unsigned char *s = (const unsigned char *)m->source + at;
	return big ? (uint32_t)s[0] << 8 | s[1] : (uint32_t)s[1] << 8 | s[0];
}

static void
read_utf16(struct maker *m, bool big)
{
	while (m->end - m->at >= 2) {
		uint32_t c = unit16(m, m->at, big), low = 0;
		if (c >= 0xD800 && c < 0xDC00 && m->end - m->at >= 4)
			low = unit16(m, m->at + 2, big);
		if (low >= 0xDC00 && low < 0xE000) {
			c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
			put(m, m->at, c);
			m->at += 4;
		} else if (c >= 0xD800 && c < 0xE000) {
			put_bad(m, 2);
		} else {
			put(m, m->at, c);
			m->at += 2;
		}
	}
	if (m->at < m->end)
		put_bad(m, 1);
}

/* Asks iconv for s[0, size): whether it is a whole character, which goes to
 * out (room for 32 bytes) and *len; *short_of where more bytes are asked for.
 */
static bool
ask(struct maker *m, const char *s, size_t size, char *out, size_t *len,
    bool *short_of)
{
	char in[8], *from = in, *to = out;
	size_t left = size, room = 32;
	memcpy(in, s, size);
	*short_of = false;
	if (iconv(m->converter, &from, &left, &to, &room) == (size_t)-1) {
		*short_of = errno == EINVAL;
		iconv(m->converter, NULL, NULL, NULL, NULL);
		return false;
	}
	/* What it keeps back to see what follows. */
	iconv(m->converter, NULL, NULL, &to, &room);
	*len = (size_t)(to - out);
	return true;
}

/* Puts what iconv made of size bytes at m->at: a second code point is told to
 * begin at the second byte. */
static void
put_made(struct maker *m, const char *made, size_t len, size_t size)
{
	size_t at = m->at, stop = m->at + size, step;
	for (size_t i = 0; i < len; i += step) {
		uint32_t c = desk_utf8_decode(made + i, &step);
		if (at < stop)
			put(m, at++, c);
	}
	m->at = stop;
}

/* A character of several bytes at s; bytes are or'ed with bits first. */
static bool
convert_one(struct maker *m, size_t first, size_t most, char bits)
{
	char bytes[8], made[32];
	size_t left = m->end - m->at, len = 0, size = first;
	bool short_of = true;
	if (most > left)
		most = left;
	for (size_t i = 0; i < most; i++)
		bytes[i] = (char)(m->source[m->at + i] | bits);
	for (; size <= most && short_of; size++)
		if (ask(m, bytes, size, made, &len, &short_of)) {
			put_made(m, made, len, size);
			return true;
		}
	/* Which bytes are bad together. */
	size_t tried = short_of ? most : size - 1;
	if (tried > 1 && !bits) {
		if (!(bytes[1] & 0x80))
			tried = 1;
		else if (!(bytes[tried - 1] & 0x80))
			tried--;
	}
	put_bad(m, tried ? tried : 1);
	return false;
}

/* By the table; a single-byte encoding has no LEAD there. */
static void
read_table(struct maker *m)
{
	while (m->at < m->end) {
		size_t run = ascii_run(m->source + m->at, m->end - m->at);
		put_ascii(m, run);
		if (m->at == m->end)
			break;
		uint32_t c = m->table[(unsigned char)m->source[m->at]];
		if (c < LEAD)
			put(m, m->at++, c);
		else if (c == BAD)
			put_bad(m, 1);
		else
			convert_one(m, 2, 4, 0);
	}
}

/* The set that an escape of ISO-2022-JP shifts to, as the letter of its own
 * here, and how long it is; 0 where it is none. */
static char
escape(const char *s, size_t left)
{
	if (left < 3)
		return 0;
	if (s[1] == '(' && (s[2] == 'B' || s[2] == 'J' || s[2] == 'I'))
		return s[2];
	if (s[1] == '$' && (s[2] == '@' || s[2] == 'B'))
		return '$';
	return 0;
}

/* Two bytes of seven bits are those of EUC-JP without their high bits; Roman
 * has a yen sign and an overline; katakana lie from U+FF61 on. */
static void
read_jis7(struct maker *m)
{
	char set = 'B';
	while (m->at < m->end) {
		const char *s = m->source + m->at;
		size_t left = m->end - m->at;
		unsigned char c = (unsigned char)*s;
		if (c == 0x1B && escape(s, left)) {
			set = escape(s, left);
			m->at += 3;
		} else if (c >= 0x80 || c == 0x0E || c == 0x0F || c == 0x1B) {
			put_bad(m, 1);
		} else if (c <= 0x20 || c == 0x7F || set == 'B') {
			put(m, m->at++, c);
			set = c == '\n' ? 'B' : set;
		} else if (set == 'J') {
			uint32_t as = c == 0x5C ? 0xA5 : c == 0x7E ? 0x203E : c;
			put(m, m->at++, as);
		} else if (set == 'I') {
			if (c <= 0x5F)
				put(m, m->at++, c + UINT32_C(0xFF40));
			else
				put_bad(m, 1);
		} else if (left < 2 || s[1] < 0x21 || s[1] == 0x7F) {
			put_bad(m, 1);
		} else {
			convert_one(m, 2, 2, (char)0x80);
		}
	}
}

/* An encoding that only iconv knows, read character by character: whether it
 * can be, which one that shifts by bytes of no character cannot. */
static bool
stateless(struct maker *m)
{
	char made[32];
	size_t len = 0;
	bool short_of, bytes = ask(m, "a", 1, made, &len, &short_of);
	for (const char *s = "\x0E\x0F\x1B+~"; *s; s++) {
		len = 0;
		bool whole = ask(m, s, 1, made, &len, &short_of);
		if ((whole && !len) || (bytes && short_of))
			return false;
	}
	return true;
}

static void
read_other(struct maker *m)
{
	while (m->at < m->end)
		convert_one(m, 1, 8, 0);
}

/* What iconv makes of a byte alone. */
static uint32_t
ask_byte(struct maker *m, unsigned char c)
{
	char byte = (char)c, made[32];
	size_t len = 0, size = 0;
	bool short_of;
	if (!ask(m, &byte, 1, made, &len, &short_of))
		return short_of ? LEAD : BAD;
	uint32_t got = len ? desk_utf8_decode(made, &size) : BAD;
	return size == len ? got : BAD;
}

static void
fill_table(struct maker *m, const struct desk_encoding *e)
{
	bool single = e->kind == DESK_ENCODING_SINGLE;
	for (unsigned c = 0x80; c <= 0xFF; c++) {
		uint32_t got = desk_encoding_patch(e, (unsigned char)c);
		if (!got)
			got = ask_byte(m, (unsigned char)c);
		/* Controls stand for themselves where nothing else does. */
		if (got >= LEAD && single)
			got = c < 0xA0 ? c : BAD;
		m->table[c] = got;
	}
}

static void
read_all(struct maker *m, const struct desk_encoding *e)
{
	switch (e->kind) {
	case DESK_ENCODING_UTF16LE:
	case DESK_ENCODING_UTF16BE:
		read_utf16(m, e->kind == DESK_ENCODING_UTF16BE);
		break;
	case DESK_ENCODING_SINGLE:
		fill_table(m, e);
		read_table(m);
		break;
	case DESK_ENCODING_USER:
		for (unsigned c = 0x80; c <= 0xFF; c++)
			m->table[c] = 0xF700 + c;
		read_table(m);
		break;
	case DESK_ENCODING_MULTI:
		fill_table(m, e);
		read_table(m);
		break;
	case DESK_ENCODING_JIS7:
		read_jis7(m);
		break;
	case DESK_ENCODING_OTHER:
		read_other(m);
		break;
	case DESK_ENCODING_UTF8:
	case DESK_ENCODING_NONE:
		read_utf8(m);
		break;
	}
}

int
desk_convert(struct desk_decoded *decoded, size_t at,
    const struct desk_encoding *encoding, struct desk_arena *arena,
    struct desk_error *error)
{
	struct desk_slice source = decoded->source;
	struct maker m = {.source = source.data, .at = at, .end = source.len};
	size_t count = source.len / DESK_MARK_BYTES + 1;
	if (encoding->iconv) {
		m.converter = iconv_open("UTF-8", encoding->iconv);
		if (m.converter == (iconv_t)-1)
			return errno == ENOMEM ? desk_fail_memory(error)
					       : desk_fail(error, DESK_EUSAGE,
						     "unknown encoding '%s'",
						     encoding->name);
	}
	if (encoding->kind == DESK_ENCODING_OTHER && !stateless(&m)) {
		iconv_close(m.converter);
		return desk_fail(error, DESK_EUSAGE,
		    "encoding '%s' is none of web pages", encoding->name);
	}
	/* No byte becomes more than three (of unknown ones, a code point). */
	size_t room = encoding->kind == DESK_ENCODING_OTHER ? 4 : 3;
	room = room * (m.end - at) + 4;
	m.marks = desk_arena_alloc(arena, count * sizeof *m.marks);
	m.text = m.marks ? desk_arena_alloc(arena, room) : NULL;
	if (m.text) {
		memset(m.marks, 0, count * sizeof *m.marks);
		read_all(&m, encoding);
		reach(&m, m.end);
	}
	if (encoding->iconv)
		iconv_close(m.converter);
	if (!m.text)
		return desk_fail_memory(error);
	if (m.len > DESK_TEXT_MAX)
		return desk_fail(
		    error, DESK_ELIMIT, "page over %zu bytes", DESK_TEXT_MAX);
	desk_arena_grow(arena, m.text, room, m.len);
	decoded->text = desk_slice(m.text, m.len);
	decoded->marks = m.marks;
	decoded->mark_count = count;
	decoded->replaced = m.replaced;
	return 0;
}
