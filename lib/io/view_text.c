/*
 * view_text.c - text as HTML, and small words of the view.
 *
 * Everything that comes from a document goes through here, so nothing of it is
 * ever read as markup.  What HTML does not allow (control characters, code
 * points that are no characters) is shown as a picture of it.
 */
#include "io/view.h"

#include <stdarg.h>

#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"

/* Bytes that cannot be copied as they are: 1 is escaped, 2 may begin a code
 * point that is none to be shown. */
static const uint8_t special[256] = {
    /* All controls but tab and line feed. */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, ['"'] = 1, ['&'] = 1, ['\''] = 1, ['<'] = 1, ['>'] = 1,
    [0x7F] = 1, [0xC2] = 2, [0xEF] = 2, [0xF0] = 2, [0xF1] = 2, [0xF2] = 2,
    [0xF3] = 2, [0xF4] = 2};

/* What stands for a byte; picture has room for it. */
static const char *
escaped(unsigned char c, char picture[4])
{
	switch (c) {
	case '"':
		return "&quot;";
	case '&':
		return "&amp;";
	case '\'':
		return "&#39;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '\v':
	case '\f':
	case '\r':
		return " ";
	default:
		/* U+2400 and what follows are pictures of controls. */
		picture[0] = '\xE2';
		picture[1] = '\x90';
		picture[2] = (char)(c == 0x7F ? 0xA1 : 0x80 + c);
		picture[3] = '\0';
		return picture;
	}
}

/* Whether a code point is a control character or no character at all. */
static bool
hidden(uint32_t c)
{
	return (c >= 0x80 && c < 0xA0) || (c >= 0xFDD0 && c < 0xFDF0) ||
	       (c & 0xFFFE) == 0xFFFE;
}

void
desk_view_text(struct desk_buffer *out, const char *s, size_t len)
{
	const char *end = s + len, *from = s;
	char picture[4];
	while (s < end) {
		size_t size = 1;
		uint8_t kind = special[(unsigned char)*s];
		if (kind == 2)
			kind = hidden(desk_utf8_decode(s, &size)) ? 2 : 0;
		if (kind) {
			desk_buffer_append(out, from, (size_t)(s - from));
			desk_buffer_string(out,
			    kind == 2 ? DESK_REPLACEMENT
				      : escaped((unsigned char)*s, picture));
			from = s + size;
		}
		s += size;
	}
	desk_buffer_append(out, from, (size_t)(end - from));
}

void
desk_view_line(struct desk_buffer *out, const char *s, size_t len, size_t most)
{
	size_t at = 0, stop = len, size;
	desk_trim(s, &at, &stop);
	bool over = stop - at > most;
	if (over) {
		for (stop = at + most; (s[stop] & 0xC0) == 0x80;)
			stop--;
		desk_trim(s, &at, &stop);
	}
	for (size_t from; at < stop;) {
		for (from = at; at < stop; at += size)
			if (desk_class(desk_utf8_decode(s + at, &size)) &
			    DESK_SPACE)
				break;
		desk_view_text(out, s + from, at - from);
		if (at == stop)
			break;
		desk_buffer_byte(out, ' ');
		while (desk_class(desk_utf8_decode(s + at, &size)) & DESK_SPACE)
			at += size;
	}
	if (over)
		desk_buffer_string(out, " …");
}

void
desk_view_place(const struct desk_view_writer *w, char letter, size_t number)
{
	const struct desk_frame *frame = &w->record->frame;
	desk_buffer_byte(w->out, 'd');
	desk_buffer_number(w->out, frame->document);
	if (frame->part) {
		desk_buffer_byte(w->out, '-');
		desk_buffer_number(w->out, frame->part);
	}
	if (!letter)
		return;
	desk_buffer_byte(w->out, letter);
	desk_buffer_number(w->out, number);
}

void
desk_view_lang(const struct desk_view_writer *w)
{
	desk_buffer_string(w->out, " lang=\"");
	desk_buffer_append(w->out, w->lang.data, w->lang.len);
	desk_buffer_string(w->out, "\" dir=\"auto\"");
}

void
desk_view_theirs(const struct desk_view_writer *w)
{
	if (w->foreign)
		desk_view_lang(w);
}

void
desk_view_ours(const struct desk_view_writer *w)
{
	desk_buffer_string(
	    w->out, w->foreign ? " lang=\"en\" dir=\"ltr\"" : "");
}

void
desk_view_put(struct desk_buffer *out, ...)
{
	va_list list;
	va_start(list, out);
	for (const char *s; (s = va_arg(list, const char *));)
		desk_buffer_string(out, s);
	va_end(list);
}

void *
desk_view_alloc(struct desk_view_writer *w, size_t count, size_t size)
{
	void *p = count > SIZE_MAX / 4 / size
		      ? NULL
		      : desk_arena_alloc(w->arena, count * size + 1);
	if (p)
		memset(p, 0, count * size);
	w->failed |= !p;
	return p;
}

/* Whether text begins with a word in lower case, whatever its own. */
static bool
begins(struct desk_slice text, const char *word)
{
	for (size_t i = 0; word[i]; i++)
		if (i == text.len ||
		    (text.data[i] | (word[i] >= 'a' ? 0x20 : 0)) != word[i])
			return false;
	return true;
}

bool
desk_view_linkable(struct desk_slice href)
{
	for (size_t i = 0; i < href.len; i++)
		if ((unsigned char)href.data[i] <= ' ')
			return false;
	return href.len < 4096 &&
	       (begins(href, "http://") || begins(href, "https://"));
}

/* Labels that have a name and a colour of their own. */
static const struct {
	char label[8], class[6];
	const char *name;
} labels[] = {
    {"PER", "per", "Persons"},
    {"PERSON", "per", "Persons"},
    {"ORG", "org", "Organisations"},
    {"LOC", "loc", "Places"},
    {"GPE", "loc", "Countries and cities"},
    {"MISC", "misc", "Other names"},
    {"DATE", "date", "Dates"},
    {"TIME", "date", "Times"},
    {"MONEY", "sum", "Amounts of money"},
    {"PERCENT", "sum", "Percentages"},
};

enum { LABELS = sizeof labels / sizeof *labels };

unsigned
desk_view_label_order(const char *label)
{
	for (unsigned i = 0; i < LABELS; i++)
		if (!strcmp(label, labels[i].label))
			return i;
	return LABELS;
}

const char *
desk_view_label_name(const char *label)
{
	unsigned i = desk_view_label_order(label);
	return i < LABELS ? labels[i].name : label;
}

const char *
desk_view_label_class(const char *label)
{
	unsigned i = desk_view_label_order(label);
	return i < LABELS ? labels[i].class : "any";
}
