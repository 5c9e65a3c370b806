/*
 * sniff.c - what the first bytes of an input are.
 *
 * JSON Lines begin with a brace and a quotation mark, archives with "WARC/".
 * A page begins, after white space, comments and an XML declaration, with
 * <!doctype or the start tag of an element that pages begin with; so neither
 * an entity mark such as <PER> nor other XML is one.  UTF-16 is looked at by
 * the low bytes of its units.
 *
 * What no form is (packed files, documents of other programs, JSON in other
 * shapes) is told by the numbers that such files begin with, and named.
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
look(struct desk_slice first, bool end, bool pages)
{
	const unsigned char *s = (const unsigned char *)first.data;
	struct view v = {s, first.len, 1, end};
	if (v.n >= 2 && ((s[0] == 0xFF && s[1] == 0xFE) ||
			    (s[0] == 0xFE && s[1] == 0xFF))) {
		v.s += 2 + (s[0] == 0xFE);
		v.n = (v.n - 2) / 2;
		v.step = 2;
	} else if (pages && v.n >= 2 && !s[0] != !s[1]) {
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

/* What every whole page begins with, and nothing else does. */
static enum answer
whole_page(const struct view *v, size_t i)
{
	enum answer type = begins(v, i, "<!doctype html");
	enum answer tag = begins(v, i, "<html");
	size_t next = i + 5;
	if (tag == YES && next >= v->n)
		return v->end ? NO : MORE;
	if (tag == YES)
		return space(at(v, next)) || at(v, next) == '>' ? YES : NO;
	return type == NO ? tag : type;
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

bool
desk_sniff_short(struct desk_slice first)
{
	unsigned char c = first.len ? (unsigned char)*first.data : 0;
	return first.len < (c >= 0xFE ? 2 : c == 0xEF ? 3 : 1);
}

const char *
desk_sniff_utf16(struct desk_slice first)
{
	if (first.len < 2 || (first.data[0] ^ first.data[1]) != 1)
		return NULL;
	return (unsigned char)first.data[0] == 0xFF   ? "UTF-16LE"
	       : (unsigned char)first.data[0] == 0xFE ? "UTF-16BE"
						      : NULL;
}

enum desk_from
desk_sniff(struct desk_slice first, bool end, bool pages)
{
	struct view v = look(first, end, pages);
	/* It may be a byte order mark, or half a character. */
	if (pages && !end && first.len && first.len < 4 &&
	    (!*first.data || (unsigned char)*first.data >= 0x80))
		return DESK_FROM_AUTO;
	if (!end && desk_sniff_short(first))
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

/* The place of the next character that is no white space; *lines: whether a
 * line ended before it. */
static size_t
skip(const struct view *v, size_t i, bool *lines)
{
	for (; i < v->n && space(at(v, i)); i++)
		*lines |= at(v, i) == '\n';
	return i;
}

/* JSON, but not a record a line: an array of objects, or an object over
 * several lines. */
static enum answer
other_json(const struct view *v, bool null, const char **why)
{
	bool lines = false;
	size_t i = skip(v, 0, &lines);
	bool array = at(v, i) == '[';
	lines = false;
	if (array)
		i = skip(v, i + 1, &lines);
	if (i < v->n && at(v, i) != '{')
		return NO;
	lines = false;
	i = i < v->n ? skip(v, i + 1, &lines) : i;
	if (i >= v->n)
		return v->end ? NO : MORE;
	*why = array ? "looks like an array of JSON, not JSON Lines: run jq "
		       "-c '.[]' first"
		     : "looks like JSON over several lines, not JSON Lines: "
		       "run jq -c . first";
	return (array || (lines && !null)) &&
		       (at(v, i) == '"' || (array && at(v, i) == '}'))
		   ? YES
		   : NO;
}

/* What other files begin with. */
static enum answer
other_file(struct desk_slice first, bool end, const char **why)
{
#define PACKED(by, with) "looks packed by " by ", not text: run " with " first"
	static const struct {
		size_t len;
		const char *magic, *why;
	} files[] = {
	    {5, "%PDF-",
		"looks like a PDF document, not text: run pdftotext first"},
	    {4, "PK\3\4",
		"looks like a zip archive or an office document, not text"},
	    {6, "\3757zXZ", PACKED("xz", "xz -dc")},
	    {10, "BZh?1AY&SY", PACKED("bzip2", "bzip2 -dc")},
	    {6, "7z\274\257\047\034", "looks like a 7z archive, not text"},
	    {6, "Rar!\032\a", "looks like a rar archive, not text"},
	    {4, "\177ELF", "looks like a program, not text"},
	    {8, "\320\317\021\340\241\261\032\341",
		"looks like an office document, not text"},
	    {6, "{\\rtf1", "looks like an RTF document, not text"},
	    {8, "\211PNG\r\n\032\n", "looks like a picture, not text"},
	    {3, "\377\330\377", "looks like a picture, not text"},
	    {16, "SQLite format 3", "looks like a database, not text"},
	};
	enum answer answer = NO;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		const char *magic = files[i].magic;
		size_t n = 0;
		while (n < files[i].len && n < first.len &&
		       (magic[n] == first.data[n] || magic[n] == '?'))
			n++;
		*why = files[i].why;
		if (n == files[i].len)
			return YES;
		if (n && n == first.len && !end)
			answer = MORE;
	}
	return answer;
}

const char *
desk_sniff_other(struct desk_slice first, bool end, bool null, bool *more)
{
	const char *why = NULL;
	struct view v = look(first, end, false);
	enum answer is = other_file(first, end, &why);
	if (is == NO)
		is = other_json(&v, null, &why);
	*more |= is == MORE;
	return is == YES ? why : NULL;
}

bool
desk_sniff_page(struct desk_slice first, bool end, bool *more)
{
	struct view v = look(first, end, false);
	bool lines = false;
	size_t i = skip(&v, 0, &lines);
	enum answer xml = begins(&v, i, "<?xml");
	size_t next = xml == YES ? behind(&v, i, ">") : i;
	enum answer is = xml == MORE || (!next && xml == YES) ? MORE : NO;
	if (is == NO)
		is = whole_page(&v, skip(&v, next, &lines));
	*more |= is == MORE && !end;
	return is == YES;
}
