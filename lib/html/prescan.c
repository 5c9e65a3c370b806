/*
 * prescan.c - the encoding that a page declares of itself.
 *
 * The WHATWG prescan (section 13.2.3.2): comments are skipped, tags are read
 * with their attributes, a meta counts by charset, or by content where
 * http-equiv says content-type.  Where the bytes run out inside a tag nothing
 * is declared.  Each byte is looked at once.
 */
#include <string.h>

#include "core/slice.h"
#include "html/encodings.h"

struct scan {
	const char *at, *end;
	bool over; /* ran out inside of something */
};

struct attribute {
	struct desk_slice name, value;
};

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool
letter(char c)
{
	c |= 0x20;
	return c >= 'a' && c <= 'z';
}

static bool
same(struct desk_slice s, const char *name)
{
	if (s.len != strlen(name))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.data[i];
		if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != name[i])
			return false;
	}
	return true;
}

static void
skip_blanks(struct scan *s)
{
	while (s->at < s->end && blank(*s->at))
		s->at++;
}

/* The value after '='. */
static struct desk_slice
read_value(struct scan *s)
{
	skip_blanks(s);
	if (s->at < s->end && (*s->at == '"' || *s->at == '\'')) {
		const char *start = s->at + 1;
		const char *close =
		    memchr(start, *s->at, (size_t)(s->end - start));
		s->at = close ? close + 1 : s->end;
		s->over = !close;
		return desk_slice(start, close ? (size_t)(close - start) : 0);
	}
	const char *start = s->at;
	while (s->at < s->end && !blank(*s->at) && *s->at != '>')
		s->at++;
	s->over = s->at == s->end;
	return desk_slice(start, (size_t)(s->at - start));
}

/* The next attribute of a tag; false at its end or where the bytes ran out. */
static bool
read_attribute(struct scan *s, struct attribute *a)
{
	while (s->at < s->end && (blank(*s->at) || *s->at == '/'))
		s->at++;
	if (s->at == s->end)
		s->over = true;
	if (s->over || *s->at == '>')
		return false;
	const char *start = s->at++;
	while (s->at < s->end && !blank(*s->at) && *s->at != '/' &&
	       *s->at != '>' && *s->at != '=')
		s->at++;
	a->name = desk_slice(start, (size_t)(s->at - start));
	a->value = desk_slice(s->at, 0);
	skip_blanks(s);
	if (s->at < s->end && *s->at == '=') {
		s->at++;
		a->value = read_value(s);
	}
	s->over = s->over || s->at == s->end;
	return !s->over;
}

struct desk_slice
desk_encoding_charset(struct desk_slice value)
{
	struct scan s = {value.data, value.data + value.len, false};
	bool found = false;
	for (; !found && s.end - s.at >= 7; s.at++) {
		if (!same(desk_slice(s.at, 7), "charset"))
			continue;
		s.at += 7;
		skip_blanks(&s);
		found = s.at < s.end && *s.at == '=';
		s.at -= !found;
	}
	if (!found)
		return desk_slice(NULL, 0);
	skip_blanks(&s);
	const char *start = s.at, *stop;
	if (s.at < s.end && (*s.at == '"' || *s.at == '\'')) {
		start++;
		stop = memchr(start, *s.at, (size_t)(s.end - start));
		if (!stop)
			return desk_slice(NULL, 0);
	} else {
		for (stop = start; stop < s.end; stop++)
			if (blank(*stop) || *stop == ';')
				break;
	}
	return desk_slice(start, (size_t)(stop - start));
}

/* A page that was read as bytes over ASCII is none of UTF-16. */
static const struct desk_encoding *
mend(const struct desk_encoding *e)
{
	if (!e || e->kind == DESK_ENCODING_NONE)
		return NULL;
	if (e->kind == DESK_ENCODING_UTF16LE ||
	    e->kind == DESK_ENCODING_UTF16BE)
		return &desk_encoding_utf8;
	return e->kind == DESK_ENCODING_USER ? &desk_encoding_windows1252 : e;
}

/* The attributes of a meta: what it declares, or NULL. */
static const struct desk_encoding *
read_meta(struct scan *s)
{
	struct attribute a;
	struct desk_slice charset = {0}, content = {0};
	bool seen_equiv = false, seen_content = false, seen_charset = false,
	     pragma = false;
	while (read_attribute(s, &a)) {
		if (same(a.name, "http-equiv") && !seen_equiv) {
			seen_equiv = true;
			pragma = same(a.value, "content-type");
		} else if (same(a.name, "content") && !seen_content) {
			seen_content = true;
			content = desk_encoding_charset(a.value);
		} else if (same(a.name, "charset") && !seen_charset) {
			seen_charset = true;
			charset = a.value;
		}
	}
	if (s->over)
		return NULL;
	if (seen_charset)
		return mend(desk_encoding_find(charset));
	if (content.data && pragma)
		return mend(desk_encoding_find(content));
	return NULL;
}

/* Past the next '>'. */
static void
skip_to_end(struct scan *s)
{
	const char *close = memchr(s->at, '>', (size_t)(s->end - s->at));
	s->at = close ? close + 1 : s->end;
}

/* Past a comment that begins at "<!--"; its dashes may be those of its end. */
static void
skip_comment(struct scan *s)
{
	const char *first = s->at + 2;
	for (s->at += 4; s->at < s->end; s->at++)
		if (*s->at == '>' && s->at - first >= 2 && s->at[-1] == '-' &&
		    s->at[-2] == '-') {
			s->at++;
			return;
		}
}

static bool
begins(const struct scan *s, const char *with)
{
	size_t len = strlen(with);
	return (size_t)(s->end - s->at) >= len &&
	       same(desk_slice(s->at, len), with);
}

/* At '<'.  What is declared there, or NULL after it was skipped. */
static const struct desk_encoding *
read_markup(struct scan *s)
{
	if (begins(s, "<!--")) {
		skip_comment(s);
		return NULL;
	}
	if (begins(s, "<meta") && s->end - s->at > 5 &&
	    (blank(s->at[5]) || s->at[5] == '/')) {
		s->at += 6;
		return read_meta(s);
	}
	const char *name = s->at + 1;
	if (name < s->end && *name == '/')
		name++;
	if (name < s->end && letter(*name)) {
		struct attribute a;
		s->at = name;
		while (s->at < s->end && !blank(*s->at) && *s->at != '>')
			s->at++;
		while (read_attribute(s, &a))
			;
	} else if (name < s->end &&
		   (name[-1] == '/' || *name == '!' || *name == '?')) {
		skip_to_end(s);
	} else {
		s->at++;
	}
	return NULL;
}

/* The encoding in an XML declaration. */
static const struct desk_encoding *
read_xml(struct desk_slice page)
{
	struct scan s = {page.data, page.data + page.len, false};
	if (!begins(&s, "<?xml"))
		return NULL;
	skip_to_end(&s);
	s.end = s.at;
	for (s.at = page.data; s.end - s.at > 8; s.at++) {
		if (!begins(&s, "encoding"))
			continue;
		s.at += 8;
		skip_blanks(&s);
		if (s.at < s.end && *s.at == '=') {
			s.at++;
			return mend(desk_encoding_find(read_value(&s)));
		}
		s.at--;
	}
	return NULL;
}

const struct desk_encoding *
desk_encoding_declared(struct desk_slice page, size_t limit)
{
	if (page.len > limit)
		page.len = limit;
	struct scan s = {page.data, page.data + page.len, false};
	while (page.len && s.at < s.end && !s.over) {
		const char *open = memchr(s.at, '<', (size_t)(s.end - s.at));
		if (!open)
			break;
		s.at = open;
		const struct desk_encoding *e = read_markup(&s);
		if (e)
			return e;
	}
	return page.len ? read_xml(page) : NULL;
}
