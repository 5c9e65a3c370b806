/*
 * decode.c - what a page is written in, and its bytes as UTF-8.
 *
 * The order is that of decode.h.  A page that is not UTF-8 throughout is taken
 * for UTF-8 all the same where most of its sequences are good ones: one bad
 * byte in an advertisement must not turn every apostrophe into three letters.
 */
#include "html/decode.h"

#include <string.h>

#include "core/error.h"
#include "core/slice.h"
#include "core/utf8.h"
#include "html/convert.h"
#include "html/encodings.h"

enum { PRESCAN = 1024, HEAD = 64 << 10 };

/* The byte order mark: its encoding and length. */
static const struct desk_encoding *
byte_order(struct desk_slice page, size_t *len)
{
	*len = 3;
	if (page.len >= 3 && !memcmp(page.data, "\xEF\xBB\xBF", 3))
		return &desk_encoding_utf8;
	*len = 2;
	if (page.len >= 2 && !memcmp(page.data, "\xFE\xFF", 2))
		return &desk_encoding_utf16be;
	if (page.len >= 2 && !memcmp(page.data, "\xFF\xFE", 2))
		return &desk_encoding_utf16le;
	*len = 0;
	return NULL;
}

/* UTF-16 without a mark: markup begins a page, so that its first pairs are
 * mostly ASCII with a NUL on one side and none on the other. */
static const struct desk_encoding *
utf16_pattern(struct desk_slice page)
{
	size_t pairs = page.len / 2, big = 0, little = 0;
	if (pairs > 256)
		pairs = 256;
	for (size_t i = 0; i < pairs; i++) {
		bool first = !page.data[2 * i], second = !page.data[2 * i + 1];
		big += first && !second;
		little += second && !first;
	}
	if (pairs < 4)
		return NULL;
	if (little * 3 >= pairs * 2 && big * 20 < pairs)
		return &desk_encoding_utf16le;
	if (big * 3 >= pairs * 2 && little * 20 < pairs)
		return &desk_encoding_utf16be;
	return NULL;
}

/* Whether a page with some bad sequences is UTF-8 by its good ones. */
static bool
mostly_utf8(struct desk_slice page, const struct desk_encoding *declared)
{
	size_t good = 0, bad = 0;
	page.len -= desk_utf8_tail(page.data, page.len);
	for (size_t at = 0; at < page.len;) {
		const char *s = page.data + at;
		size_t valid = desk_utf8_valid(s, page.len - at);
		for (size_t i = 0; i < valid; i++)
			good += (unsigned char)s[i] >= 0xC0;
		at += valid;
		if (at < page.len) {
			at += desk_utf8_bad(page.data + at, page.len - at);
			bad++;
		}
	}
	if (declared == &desk_encoding_utf8)
		return bad <= good;
	if (declared)
		return good >= 16 && bad <= good / 16;
	return good && bad <= good / 4;
}

/* What the page is written in, by its bytes and by its own word. */
static const struct desk_encoding *
choose(struct desk_slice page)
{
	const struct desk_encoding *e = utf16_pattern(page);
	if (e)
		return e;
	bool valid = desk_utf8_valid(page.data, page.len) == page.len;
	/* ISO-2022-JP is all ASCII, with escapes. */
	if (valid && !memchr(page.data, 0x1B, page.len))
		return &desk_encoding_utf8;
	e = desk_encoding_declared(page, PRESCAN);
	if (!e)
		e = desk_encoding_declared(page, HEAD);
	if (valid)
		return e && e->kind == DESK_ENCODING_JIS7 ? e
							  : &desk_encoding_utf8;
	if (e && e->kind == DESK_ENCODING_JIS7)
		return e;
	if (mostly_utf8(page, e))
		return &desk_encoding_utf8;
	return e && e != &desk_encoding_utf8 ? e : &desk_encoding_windows1252;
}

/* The caller's word: a label, or a Content-Type with one, or a name that only
 * iconv knows (it is copied to *other). */
static int
told(const char *encoding, struct desk_encoding *other,
    const struct desk_encoding **found, struct desk_arena *arena,
    struct desk_error *error)
{
	struct desk_slice label = desk_slice(encoding, strlen(encoding));
	struct desk_slice charset = desk_encoding_charset(label);
	*found = desk_encoding_find(charset.data ? charset : label);
	if (*found && (*found)->kind == DESK_ENCODING_NONE)
		*found = NULL; /* nothing can be read by it */
	else if (!*found && !charset.data && *encoding &&
		 !strpbrk(encoding, "/ \t;")) {
		char *name = desk_arena_alloc(arena, label.len + 1);
		if (!name)
			return desk_fail_memory(error);
		memcpy(name, encoding, label.len + 1);
		*other =
		    (struct desk_encoding){name, name, DESK_ENCODING_OTHER};
		*found = other;
	} else if (!*found) {
		return desk_fail(
		    error, DESK_EUSAGE, "unknown encoding '%s'", encoding);
	}
	return 0;
}

int
desk_decode(struct desk_slice page, const char *encoding,
    struct desk_arena *arena, struct desk_decoded *decoded,
    struct desk_error *error)
{
	struct desk_encoding other;
	const struct desk_encoding *e, *said = NULL;
	size_t start;
	if (!page.data)
		page = desk_slice("", 0);
	*decoded = (struct desk_decoded){.source = page};
	if (page.len > DESK_TEXT_MAX)
		return desk_fail(
		    error, DESK_ELIMIT, "page over %zu bytes", DESK_TEXT_MAX);
	int code = encoding ? told(encoding, &other, &said, arena, error) : 0;
	if (code)
		return code;
	e = byte_order(page, &start);
	if (!e)
		e = said ? said : choose(page);
	decoded->encoding = e->name;
	struct desk_slice rest = {page.data + start, page.len - start};
	if (e == &desk_encoding_utf8 &&
	    desk_utf8_valid(rest.data, rest.len) == rest.len) {
		decoded->text = rest;
		decoded->same = true;
		return 0;
	}
	code = desk_convert(decoded, start, e, arena, error);
	/* A page may declare what this machine's iconv lacks. */
	if (code == DESK_EUSAGE && e != said) {
		e = &desk_encoding_windows1252;
		decoded->encoding = e->name;
		code = desk_convert(decoded, start, e, arena, error);
	}
	return code;
}

/* Which bit of a word is its n-th that is set, from 0. */
static unsigned
nth_bit(uint64_t word, size_t n)
{
	while (n--)
		word &= word - 1;
	return (unsigned)__builtin_ctzll(word);
}

uint64_t
desk_decoded_source(const struct desk_decoded *decoded, size_t at)
{
	struct desk_slice text = decoded->text;
	if (at >= text.len)
		return decoded->source.len;
	while (at && (text.data[at] & 0xC0) == 0x80)
		at--;
	if (decoded->same)
		return (uint64_t)(text.data - decoded->source.data) + at;
	/* The last mark that is not after it. */
	size_t low = 0, high = decoded->mark_count;
	while (high - low > 1) {
		size_t mid = (low + high) / 2;
		if (decoded->marks[mid].text <= at)
			low = mid;
		else
			high = mid;
	}
	const struct desk_decoded_mark *mark = decoded->marks + low;
	size_t n = desk_utf8_count(text.data + mark->text, at - mark->text);
	for (size_t i = 0; i < DESK_MARK_WORDS; i++) {
		size_t set = (size_t)__builtin_popcountll(mark->begins[i]);
		if (n < set)
			return (uint64_t)low * DESK_MARK_BYTES + i * 64 +
			       nth_bit(mark->begins[i], n);
		n -= set;
	}
	return decoded->source.len;
}

const char *
desk_decode_declared(struct desk_slice page)
{
	const struct desk_encoding *e = desk_encoding_declared(page, PRESCAN);
	return e ? e->name : NULL;
}
