/*
 * sniff.c - what the first bytes of an input are.
 *
 * JSON Lines begin with a brace and a quotation mark, archives with "WARC/".
 * A page begins, after white space, comments and an XML declaration, with
 * <!doctype or the start tag of an element that pages begin with; so neither
 * an entity mark such as <PER> nor other XML is one.  UTF-16 is looked at by
 * the low bytes of its units.
 */
#include "io/sniff.h"

#include <string.h>

#include "core/unicode.h"

enum answer { NO, YES, MORE };

/* The first bytes, one a character: every second one of UTF-16. */
struct view {
	const unsigned char *s;
	size_t n, step;
	bool end; /* there is no more */
};

/* The character at a place, in lower case; 0 beyond the end. */
static unsigned char
at(const struct view *v, size_t i)
{
	if (i >= v->n)
		return 0;
	unsigned char c = v->s[i * v->step];
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

static bool
space(unsigned char c)
{
	return c < 128 && desk_ascii_classes[c] & DESK_SPACE;
}

static enum answer
begins(const struct view *v, size_t i, const char *word)
{
	for (size_t k = 0; word[k]; k++) {
		if (i + k >= v->n)
			return v->end ? NO : MORE;
		if (at(v, i + k) != (unsigned char)word[k])
			return NO;
	}
	return YES;
}

/* The place behind the next such word, or 0. */
static size_t
behind(const struct view *v, size_t i, const char *word)
{
	for (; i < v->n; i++)
		if (begins(v, i, word) == YES)
			return i + strlen(word);
	return 0;
}

static struct view
look(struct desk_slice first, bool end)
{
	const unsigned char *s = (const unsigned char *)first.data;
	struct view v = {s, first.len, 1, end};
	if (v.n >= 2 && ((s[0] == 0xFF && s[1] == 0xFE) ||
			    (s[0] == 0xFE && s[1] == 0xFF))) {
		v.s += 2 + (s[0] == 0xFE);
		v.n = (v.n - 2) / 2;
		v.step = 2;
	} else if (v.n >= 2 && !s[0] != !s[1]) {
		v.s += !s[0];
		v.n /= 2;
		v.step = 2;
	} else if (v.n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3)) {
		v.s += 3;
		v.n -= 3;
	}
	return v;
}

/* Elements that a page or a part of one begins with. */
static enum answer
page_tag(const struct view *v, size_t i)
{
	static const char *const names[] = {"html", "head", "body", "meta",
	    "script", "title", "style", "link", "base", "div", "p", "br", "h1",
	    "h2", "h3", "span", "a", "b", "table", "font", "center", "iframe",
	    "noscript", "template", "article", "main", "section", "header",
	    "footer", "nav", "ul", "ol", "form", "img", "figure", "blockquote",
	    "frameset"};
	enum answer answer = NO;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		enum answer is = begins(v, i, names[k]);
		size_t next = i + strlen(names[k]);
		if (is == YES && next >= v->n && !v->end)
			is = MORE;
		if (is == YES && (space(at(v, next)) || at(v, next) == '>' ||
				     at(v, next) == '/'))
			return YES;
		if (is == MORE)
			answer = MORE;
	}
	return answer;
}

static enum answer
page(const struct view *v)
{
	bool xml = false;
	for (size_t i = 0;;) {
		while (i < v->n && space(at(v, i)))
			i++;
		if (i >= v->n)
			return v->end ? NO : MORE;
		if (at(v, i) != '<')
			return NO;
		enum answer comment = begins(v, i, "<!--");
		enum answer order = begins(v, i, "<?");
		enum answer type = begins(v, i, "<!doctype");
		if (comment == YES || order == YES) {
			size_t next =
			    behind(v, i + 2, comment == YES ? "-->" : ">");
			if (!next)
				return !v->end ? MORE : comment;
			xml |= order == YES;
			i = next;
		} else if (type == YES) {
			return YES;
		} else if (comment == MORE || order == MORE || type == MORE) {
			return MORE;
		} else {
			/* Other XML has such names, but not as the first. */
			enum answer tag =
			    xml ? begins(v, i + 1, "html") : page_tag(v, i + 1);
			return tag;
		}
	}
}

static enum answer
archive(const struct view *v)
{
	enum answer is = begins(v, 0, "warc/");
	unsigned char digit = at(v, 5);
	if (is != YES)
		return is;
	if (v->n < 6)
		return v->end ? NO : MORE;
	return digit >= '0' && digit <= '9' ? YES : NO;
}

static enum answer
record(const struct view *v)
{
	size_t i = 0;
	while (i < v->n && space(at(v, i)))
		i++;
	if (i >= v->n)
		return v->end ? NO : MORE;
	if (at(v, i) != '{')
		return NO;
	for (i++; i < v->n && space(at(v, i));)
		i++;
	if (i >= v->n)
		return v->end ? NO : MORE;
	return at(v, i) == '"' || at(v, i) == '}' ? YES : NO;
}

enum desk_from
desk_sniff(struct desk_slice first, bool end, bool pages)
{
	struct view v = look(first, end);
	/* It may be a byte order mark, or half a character. */
	if (pages && !end && first.len && first.len < 4 &&
	    (!*first.data || (unsigned char)*first.data >= 0x80))
		return DESK_FROM_AUTO;
	enum answer is[3] = {
	    record(&v), pages ? archive(&v) : NO, pages ? page(&v) : NO};
	static const enum desk_from forms[3] = {
	    DESK_FROM_JSONL, DESK_FROM_WARC, DESK_FROM_HTML};
	bool more = false;
	for (int i = 0; i < 3; i++) {
		if (is[i] == YES)
			return forms[i];
		more |= is[i] == MORE;
	}
	return more ? DESK_FROM_AUTO : DESK_FROM_TEXT;
}
