/* mend.c - undoes what was done to a text before. */
#include "html/mend.h"

#include <string.h>

#include "core/error.h"
#include "core/utf8.h"
#include "html/encodings.h"
#include "html/references.h"
#include "html/scan.h"

/* The longest name of a reference is shorter. */
enum { LOOK_BACK = 40 };

static const struct desk_scan signs = {'&', '\xC3', '&', '\xC3'};

/* The byte that windows-1252 has for a character above U+007F, or 0. */
static unsigned
byte_of(uint32_t c)
{
	if (c >= 0x80 && c <= 0xFF)
		return c;
	for (unsigned i = 0; c > 0xFF && i < 32; i++)
		if (desk_windows_1252[i] == c)
			return 0x80 + i;
	return 0;
}

/* The byte that the character at p stands for, if it goes on a character, or
 * 0; *p moves behind it. */
static unsigned
going_on(const char **p, const char *end)
{
	size_t n;
	if (*p >= end || !(**p & 0x80))
		return 0;
	unsigned byte = byte_of(desk_utf8_decode(*p, &n));
	*p += n;
	return byte >= 0x80 && byte < 0xC0 ? byte : 0;
}

/* Whether what is behind "â€" shows that a mark stood there of which the last
 * byte, which has no character, was lost: ”. */
static bool
lost_byte(const char *p, const char *end)
{
	return p == end || desk_scan_space(*p) || strchr(".,;:!?)]'\"", *p);
}

/* The character that two or three at p stand for; how long these are, or 0. */
static size_t
garbled(const char *p, const char *end, uint32_t *c)
{
	const char *at = p + 2;
	bool three = p[1] == '\xA2'; /* U+00E2; else U+00C2 or U+00C3 */
	unsigned second = going_on(&at, end);
	if (!second || (!three && p[1] != '\x82' && p[1] != '\x83'))
		return 0;
	/* marks and dashes may well stand at the end of a word in capitals */
	bool sign = (second >= 0x91 && second <= 0x97) || second == 0x85;
	sign &= at == end || *at < 'a' || *at > 'z';
	if (!three) {
		*c = (p[1] == '\x82' ? 0x80u : 0xC0u) + (second & 0x3F);
		return sign || *c < 0xA0 ? 0 : (size_t)(at - p);
	}
	if (second != 0x80 && second != 0x82 && second != 0x84)
		return 0;
	const char *behind = at;
	unsigned third = going_on(&at, end);
	*c = 0x2000u + ((second & 0x3F) << 6) + (third & 0x3F);
	if (third)
		return (size_t)(at - p);
	*c = 0x201D;
	return second == 0x80 && lost_byte(behind, end) ? (size_t)(behind - p)
							: 0;
}

/* The text of a reference at p, however often its & was written as one; how
 * long that is, or 0. */
static size_t
unresolved(const char *p, const char *end, char *out, size_t *len)
{
	const char *name = p + 1;
	char reference[LOOK_BACK] = "&";
	while (end - name >= 4 && !memcmp(name, "amp;", 4))
		name += 4;
	size_t n =
	    end - name < LOOK_BACK - 1 ? (size_t)(end - name) : LOOK_BACK - 1;
	memcpy(reference + 1, name, n);
	n = desk_reference(reference, reference + 1 + n, false, out, len);
	if (!n || reference[n - 1] != ';' ||
	    (*len == 1 && (strchr("&<>", *out) || (unsigned char)*out < ' ')))
		return 0;
	return (size_t)(name - p) + n - 1;
}

/* What stands at p, damaged, becomes text in out; how long it is, or 0.  It
 * gets shorter. */
static size_t
damaged(const char *p, const char *end, char *out, size_t *len)
{
	uint32_t c;
	size_t n;
	if (*p == '&') {
		n = unresolved(p, end, out, len);
	} else {
		n = end - p > 2 ? garbled(p, end, &c) : 0;
		*len = n ? desk_utf8_encode(c, out) : 0;
	}
	return n > *len ? n : 0;
}

bool
desk_mend_whole(struct desk_slice text)
{
	const char *p = text.data, *end = p ? p + text.len : p;
	char out[DESK_REFERENCE_TEXT];
	size_t len;
	for (; p < end; p++) {
		p = desk_scan_any(signs, p, end);
		if (p < end && damaged(p, end, out, &len))
			return false;
	}
	return true;
}

/* Notes that at a place n bytes became len; what was noted inside of them goes.
 */
static bool
note(struct desk_mended *m, struct desk_arena *arena, size_t at, size_t n,
    size_t len)
{
	size_t gone = n - len + (m->count ? m->marks[m->count - 1].gone : 0);
	while (m->count && m->marks[m->count - 1].at > at)
		m->count--;
	if (!DESK_RESERVE(arena, m->marks, m->count, m->room))
		return false;
	m->marks[m->count++] =
	    (struct desk_mend_mark){(uint32_t)(at + len), (uint32_t)gone};
	return true;
}

/* What was mended may be part of what is damaged: it is put back in front of
 * what is still to be read, and so is a little before it. */
static bool
mend(char *text, size_t *size, struct desk_mended *m, struct desk_arena *arena)
{
	char *p = text, *end = text + *size, *to = text;
	while (p < end) {
		const char *stop = desk_scan_any(signs, p, end);
		size_t n = (size_t)(stop - p), len;
		char out[DESK_REFERENCE_TEXT];
		if (to != p)
			memmove(to, p, n);
		to += n;
		p += n;
		if (p == end)
			break;
		n = damaged(p, end, out, &len);
		if (!n) {
			*to++ = *p++;
			continue;
		}
		if (m && !note(m, arena, (size_t)(to - text), n, len))
			return false;
		p += n - len;
		memcpy(p, out, len);
		n = to - text < LOOK_BACK ? (size_t)(to - text) : LOOK_BACK;
		to -= n;
		p -= n;
		memmove(p, to, n);
	}
	*size = (size_t)(to - text);
	return true;
}

size_t
desk_mend(char *text, size_t len)
{
	(void)mend(text, &len, NULL, NULL);
	return len;
}

int
desk_mend_copy(struct desk_slice text, struct desk_arena *arena,
    struct desk_mended *mended, struct desk_error *error)
{
	*mended = (struct desk_mended){.text = text};
	if (desk_mend_whole(text))
		return 0;
	char *copy = desk_arena_alloc(arena, text.len);
	if (!copy)
		return desk_fail_memory(error);
	memcpy(copy, text.data, text.len);
	mended->text.data = copy;
	return mend(copy, &mended->text.len, mended, arena)
		   ? 0
		   : desk_fail_memory(error);
}

size_t
desk_mended_source(const struct desk_mended *m, size_t at, size_t *next)
{
	while (*next < m->count && m->marks[*next].at <= at)
		++*next;
	return at + (*next ? m->marks[*next - 1].gone : 0);
}
