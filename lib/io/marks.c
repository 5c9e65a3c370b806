/*
 * marks.c - entity marks in line, read and written.
 *
 * Whether a text is marked is told from all of it, so that what tag-entities
 * wrote is read back as it was, and a text that only looks a little like it
 * (a stray < or &) is taken as it stands.
 */
#include "io/marks.h"

#include <string.h>

#include "core/error.h"
#include "core/slice.h"
#include "html/scan.h"

enum { LABEL_MAX = 32 };

static const struct escape {
	char sign, len;
	const char *form;
} escapes[] = {{'&', 5, "&amp;"}, {'<', 4, "&lt;"}, {'>', 4, "&gt;"}};

static const struct escape *
escape_at(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
		if (n >= (size_t)escapes[i].len &&
		    !memcmp(s, escapes[i].form, (size_t)escapes[i].len))
			return &escapes[i];
	return NULL;
}

/* The next sign that marks or escapes are made of, or end. */
static const char *
next_sign(const char *s, const char *end)
{
	return desk_scan_any((struct desk_scan){'&', '<', '>', '>'}, s, end);
}

/* The label of a mark at s, <LABEL> or </LABEL>; *size gets its length. */
static bool
mark_at(const char *s, const char *end, bool close, struct desk_slice *label,
    size_t *size)
{
	const char *p = s + 1 + close;
	if (end - s < 3 || (close && s[1] != '/'))
		return false;
	const char *from = p;
	while (p < end && p - from < LABEL_MAX &&
	       ((*p >= 'A' && *p <= 'Z') ||
		   (p > from && ((*p >= '0' && *p <= '9') || *p == '_'))))
		p++;
	if (p == from || p == end || *p != '>')
		return false;
	*label = desk_slice(from, (size_t)(p - from));
	*size = (size_t)(p + 1 - s);
	return true;
}

bool
desk_marks_found(struct desk_slice text)
{
	const char *s = text.data, *end = s + text.len, *inside = NULL;
	struct desk_slice open = {NULL, 0}, label;
	bool found = false;
	size_t size;
	while (text.len && (s = next_sign(s, end)) < end) {
		const struct escape *e = escape_at(s, (size_t)(end - s));
		if (e) {
			size = (size_t)e->len;
		} else if (*s != '<') {
			return false;
		} else if (!inside) {
			if (!mark_at(s, end, false, &open, &size))
				return false;
			inside = s + size;
		} else {
			if (!mark_at(s, end, true, &label, &size) ||
			    !desk_slice_equal(label, open) || s == inside)
				return false;
			inside = NULL;
		}
		found = true;
		s += size;
	}
	return found && !inside;
}

/* The label as a string in the arena; the one before is used again where it is
 * the same, as it mostly is. */
static const char *
keep_label(struct desk_doc *doc, struct desk_slice label,
    const struct desk_ent *before)
{
	if (before && desk_slice_is(label, before->label))
		return before->label;
	char *copy = desk_arena_alloc(&doc->arena, label.len + 1);
	if (copy) {
		memcpy(copy, label.data, label.len);
		copy[label.len] = '\0';
	}
	return copy;
}

int
desk_marks_read(
    struct desk_doc *doc, struct desk_slice text, struct desk_error *error)
{
	struct desk_ent *ents = NULL;
	size_t count = 0, room = 0, len = 0, size = 0;
	char *plain = desk_arena_alloc(&doc->arena, text.len);
	const char *s = text.data, *end = s + text.len;
	if (!plain)
		return desk_fail_memory(error);
	while (s < end) {
		const char *sign = next_sign(s, end);
		memcpy(plain + len, s, (size_t)(sign - s));
		len += (size_t)(sign - s);
		if (sign == end)
			break;
		const struct escape *e = escape_at(sign, (size_t)(end - sign));
		struct desk_slice label;
		if (e) {
			plain[len++] = e->sign;
			size = (size_t)e->len;
		} else if (mark_at(sign, end, true, &label, &size)) {
			ents[count - 1].end = (uint32_t)len;
		} else if (mark_at(sign, end, false, &label, &size)) {
			if (!DESK_RESERVE(&doc->arena, ents, count, room))
				return desk_fail_memory(error);
			struct desk_ent ent = {(uint32_t)len, 0, NULL, 0};
			ent.label = keep_label(
			    doc, label, count ? &ents[count - 1] : NULL);
			if (!ent.label)
				return desk_fail_memory(error);
			ents[count++] = ent;
		}
		s = sign + size;
	}
	doc->text = desk_slice(plain, len);
	if (count)
		desk_doc_set_ents(doc, ents, count);
	return 0;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Text without marks. */
static void
write_text(const struct desk_marker *m, const char *s, const char *end,
    struct desk_buffer *out)
{
	while (s < end) {
		const char *stop = end;
		if (!m->plain)
			stop = next_sign(s, end);
		const char *line =
		    m->fold ? memchr(s, '\n', (size_t)(stop - s)) : NULL;
		if (line) {
			const char *p = line;
			while (p > s && is_space(p[-1]))
				p--;
			desk_buffer_append(out, s, (size_t)(p - s));
			desk_buffer_byte(out, ' ');
			for (s = line; s < end && is_space(*s);)
				s++;
			continue;
		}
		desk_buffer_append(out, s, (size_t)(stop - s));
		if (stop < end)
			desk_buffer_string(out, *stop == '&'   ? "&amp;"
						: *stop == '<' ? "&lt;"
							       : "&gt;");
		s = stop + (stop < end);
	}
}

static const char *
color_of(const char *label)
{
	static const char *const colors[][2] = {
	    {"PER", "\033[32m"}, {"ORG", "\033[34m"}, {"LOC", "\033[33m"}};
	for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
		if (!strcmp(label, colors[i][0]))
			return colors[i][1];
	return "\033[35m";
}

static void
write_mark(const char *open, const char *label, struct desk_buffer *out)
{
	desk_buffer_string(out, open);
	desk_buffer_string(out, label);
	desk_buffer_byte(out, '>');
}

void
desk_marks_write(
    struct desk_marker *m, size_t start, size_t end, struct desk_buffer *out)
{
	const struct desk_doc *doc = m->doc;
	const char *text = doc->text.data;
	if (start == end)
		return;
	while (!m->plain && m->next < doc->ent_count) {
		const struct desk_ent *ent = &doc->ents[m->next];
		if (ent->start >= end)
			break;
		m->next++;
		if (ent->start < start || ent->end > end ||
		    ent->start == ent->end)
			continue;
		write_text(m, text + start, text + ent->start, out);
		if (m->color)
			desk_buffer_string(out, color_of(ent->label));
		write_mark("<", ent->label, out);
		write_text(m, text + ent->start, text + ent->end, out);
		write_mark("</", ent->label, out);
		if (m->color)
			desk_buffer_string(out, "\033[0m");
		start = ent->end;
	}
	write_text(m, text + start, text + end, out);
}
