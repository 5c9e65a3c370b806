/*
 * tokenizer.c - HTML tokens, by one function for each construct in place of the
 * standard's states.
 *
 * Each reads its construct to the end in one pass; what is cut off by the end
 * of the page is what the standard makes of it there: tags are nothing,
 * comments and doctypes are what there was of them.  In text only '<' is of
 * interest, so that long runs go by in steps of many bytes; whether something
 * in it must be undone is seen in the same pass.
 *
 * Raw text is read up to its end tag, which is left for the next call: that
 * finds it at once, being the first thing there.
 */
#include "html/tokenizer.h"

#include "core/slice.h"
#include "html/scan.h"

/* What a byte is, as bits. */
enum {
	SPACE = 1,
	ENDS_NAME = 2, /* of a tag: white space, '/', '>' */
	ENDS_KEY = 4,  /* the name of an attribute: the same and '=' */
	ENDS_BARE = 8, /* a value without quotes: white space, '>' */
	BETWEEN = 16   /* what stands between attributes: white space, '/' */
};

#define SPACES (SPACE | ENDS_NAME | ENDS_KEY | ENDS_BARE | BETWEEN)

static const uint8_t kinds[256] = {
    ['\t'] = SPACES,
    ['\n'] = SPACES,
    ['\f'] = SPACES,
    ['\r'] = SPACES,
    [' '] = SPACES,
    ['/'] = ENDS_NAME | ENDS_KEY | BETWEEN,
    ['>'] = ENDS_NAME | ENDS_KEY | ENDS_BARE,
    ['='] = ENDS_KEY,
};

static const struct desk_scan in_text = {'<', '&', '\r', '\0'};

static inline bool
is(char c, unsigned kind)
{
	return kinds[(unsigned char)c] & kind;
}

/* The first byte of a kind, or end. */
static inline const char *
until(const char *p, const char *end, unsigned kind)
{
	while (p < end && !is(*p, kind)) {
		DESK_WORK(1);
		p++;
	}
	return p;
}

/* The first byte not of a kind, or end. */
static inline const char *
skip(const char *p, const char *end, unsigned kind)
{
	while (p < end && is(*p, kind)) {
		DESK_WORK(1);
		p++;
	}
	return p;
}

static inline struct desk_slice
between(const char *start, const char *end)
{
	return desk_slice(start, (size_t)(end - start));
}

void
desk_html_open(struct desk_html *html, struct desk_slice page)
{
	*html = (struct desk_html){.mode = DESK_HTML_DATA};
	html->page = html->at = page.data;
	html->end = page.len ? page.data + page.len : page.data;
}

/* Tags. */

/* Lists an attribute unless there is one of its name or no room. */
static inline void
add_attribute(struct desk_html_token *token, struct desk_slice name,
    struct desk_slice value)
{
	size_t n = token->attribute_count;
	if (n == DESK_HTML_ATTRIBUTES)
		return;
	for (size_t i = 0; i < n; i++) {
		struct desk_slice other = token->attributes[i].name;
		DESK_WORK(1);
		if (other.len == name.len &&
		    desk_scan_same(other.data, name.data, name.len))
			return;
	}
	token->attributes[n].name = name;
	token->attributes[n].value = value;
	token->attribute_count = n + 1;
}

/* The value behind a '=' and white space; NULL where the page ends in it. */
static inline const char *
read_value(const char *p, const char *end, struct desk_slice *value)
{
	const char *start = p;
	if (*p == '"' || *p == '\'') {
		p = desk_scan_byte(p + 1, end, *p);
		*value = between(start + 1, p);
		return p < end ? p + 1 : NULL;
	}
	p = until(p, end, ENDS_BARE);
	*value = between(start, p);
	return p < end ? p : NULL;
}

/* All between a tag's name and behind its '>'; NULL where the page ends. */
static const char *
read_attributes(const char *p, const char *end, struct desk_html_token *token)
{
	for (;;) {
		const char *start = p;
		p = skip(p, end, BETWEEN);
		if (p == end)
			return NULL;
		if (*p == '>') {
			token->closed = p > start && p[-1] == '/';
			return p + 1;
		}
		/* A '=' in first place is part of the name. */
		const char *name = p, *name_end = until(p + 1, end, ENDS_KEY);
		struct desk_slice value = {name_end, 0};
		p = skip(name_end, end, SPACE);
		if (p < end && *p == '=') {
			p = skip(p + 1, end, SPACE);
			p = p < end ? read_value(p, end, &value) : NULL;
		}
		if (!p)
			return NULL;
		add_attribute(token, between(name, name_end), value);
	}
}

/* How the text behind a start tag is read. */
static enum desk_html_mode
mode_of(enum desk_tag tag)
{
	switch (tag) {
	case DESK_TAG_TITLE:
	case DESK_TAG_TEXTAREA:
		return DESK_HTML_RCDATA;
	case DESK_TAG_SCRIPT:
		return DESK_HTML_SCRIPT;
	case DESK_TAG_PLAINTEXT:
		return DESK_HTML_PLAINTEXT;
	default:
		return DESK_HTML_RAWTEXT;
	}
}

/* A tag whose name is at p.  False where the page ends in it. */
static bool
read_tag(struct desk_html *html, struct desk_html_token *token,
    enum desk_html_kind kind, const char *p)
{
	const char *name_end = until(p, html->end, ENDS_NAME);
	token->name = between(p, name_end);
	token->attribute_count = 0;
	p = read_attributes(name_end, html->end, token);
	if (!p) {
		html->at = html->end;
		return false;
	}
	html->at = p;
	token->kind = kind;
	token->tag = desk_tag_find(token->name.data, token->name.len);
	if (kind == DESK_HTML_CLOSE) {
		token->closed = false;
		token->attribute_count = 0;
	} else if (desk_tags[token->tag].flags & DESK_TAG_RAW &&
		   !html->foreign) {
		html->mode = mode_of(token->tag);
		html->last = token->name;
	}
	return true;
}

/* Comments and doctypes. */

static bool
take_comment(struct desk_html *html, struct desk_html_token *token,
    const char *start, const char *end, const char *behind)
{
	token->kind = DESK_HTML_COMMENT;
	token->mode = DESK_HTML_RAWTEXT;
	token->text = between(start, end);
	html->at = behind;
	return true;
}

/* A comment whose text is at p. */
static bool
read_comment(
    struct desk_html *html, struct desk_html_token *token, const char *p)
{
	const char *end = html->end, *start = p;
	for (; (p = desk_scan_byte(p, end, '>')) < end; p++) {
		size_t n = (size_t)(p - start);
		if (n < 2) { /* "<!-->" and "<!--->" */
			if (!n || *start == '-')
				return take_comment(
				    html, token, start, start, p + 1);
			continue;
		}
		if (p[-1] == '-' && p[-2] == '-')
			return take_comment(html, token, start, p - 2, p + 1);
		if (n > 2 && p[-1] == '!' && p[-2] == '-' && p[-3] == '-')
			return take_comment(html, token, start, p - 3, p + 1);
	}
	/* Cut off: what may have been the head of its end is none of it. */
	if (p - start > 2 && p[-1] == '!' && p[-2] == '-' && p[-3] == '-')
		p -= 3;
	else if (p - start > 1 && p[-1] == '-' && p[-2] == '-')
		p -= 2;
	else if (p > start && p[-1] == '-')
		p--;
	return take_comment(html, token, start, p, end);
}

/* Markup that is none goes up to the next '>'. */
static bool
read_bogus(struct desk_html *html, struct desk_html_token *token, const char *p)
{
	const char *close = desk_scan_byte(p, html->end, '>');
	return take_comment(
	    html, token, p, close, close < html->end ? close + 1 : close);
}

/* A public or system identifier at p, where white space is skipped; NULL
 * where there is none.  Where it has no end, quirks are forced and it ends at
 * '>', which is where the result points. */
static const char *
read_identifier(const char *p, const char *end, struct desk_slice *id,
    struct desk_html_token *token)
{
	p = skip(p, end, SPACE);
	if (p == end || (*p != '"' && *p != '\''))
		return NULL;
	char quote = *p++;
	const char *start = p;
	p = desk_scan_any((struct desk_scan){quote, '>', quote, '>'}, p, end);
	*id = between(start, p);
	if (p < end && *p == quote)
		return p + 1;
	token->quirks = true;
	return p;
}

/* What stands behind the name, up to what may be anything. */
static const char *
read_identifiers(const char *p, const char *end, struct desk_html_token *token)
{
	const char *next = NULL;
	if (end - p >= 6 && desk_scan_same(p, "public", 6)) {
		p += 6;
		next = read_identifier(p, end, &token->public_id, token);
		if (!next || token->quirks) {
			token->quirks = true;
			return next ? next : p;
		}
		p = skip(next, end, SPACE);
		if (p < end && *p == '>')
			return p;
	} else if (end - p >= 6 && desk_scan_same(p, "system", 6)) {
		p += 6;
	} else {
		token->quirks = true;
		return p;
	}
	next = read_identifier(p, end, &token->system_id, token);
	token->quirks |= !next;
	return next ? next : p;
}

/* p is behind "<!doctype". */
static bool
read_doctype(
    struct desk_html *html, struct desk_html_token *token, const char *p)
{
	const char *end = html->end, *name = skip(p, end, SPACE);
	token->kind = DESK_HTML_DOCTYPE;
	token->mode = DESK_HTML_RAWTEXT;
	p = until(name, end, ENDS_BARE);
	if (p > name)
		token->name = between(name, p);
	else
		token->quirks = true;
	p = skip(p, end, SPACE);
	if (p < end && *p != '>')
		p = read_identifiers(p, end, token);
	/* The page's end forces quirks where nothing unknown was read. */
	p = skip(p, end, SPACE);
	token->quirks |= p == end;
	p = desk_scan_byte(p, end, '>');
	html->at = p < end ? p + 1 : p;
	return true;
}

/* "<!" at p: what it begins. */
static bool
read_declaration(
    struct desk_html *html, struct desk_html_token *token, const char *p)
{
	size_t len = (size_t)(html->end - p);
	if (len >= 4 && p[2] == '-' && p[3] == '-')
		return read_comment(html, token, p + 4);
	if (len >= 9 && desk_scan_same(p + 2, "doctype", 7))
		return read_doctype(html, token, p + 9);
	if (html->foreign && len >= 9 && !memcmp(p + 2, "[CDATA[", 7)) {
		html->mode = DESK_HTML_CDATA;
		html->at = p + 9;
		return false;
	}
	return read_bogus(html, token, p + 2);
}

/* Text. */

/* Whether the '<' at p begins something that is not text. */
static inline bool
is_markup(const char *p, const char *end)
{
	if (end - p < 2)
		return false;
	char c = p[1];
	return desk_scan_alpha(c) || c == '!' || c == '?' ||
	       (c == '/' && end - p > 2);
}

/* The markup at html->at.  False where it is nothing. */
static bool
read_markup(struct desk_html *html, struct desk_html_token *token)
{
	const char *p = html->at;
	if (p[1] == '!')
		return read_declaration(html, token, p);
	if (p[1] == '?')
		return read_bogus(html, token, p + 1);
	if (p[1] != '/')
		return read_tag(html, token, DESK_HTML_OPEN, p + 1);
	if (desk_scan_alpha(p[2]))
		return read_tag(html, token, DESK_HTML_CLOSE, p + 2);
	if (p[2] != '>')
		return read_bogus(html, token, p + 2);
	html->at = p + 3;
	return false;
}

static bool
take_text(
    struct desk_html *html, struct desk_html_token *token, const char *end)
{
	token->kind = DESK_HTML_TEXT;
	token->mode = html->mode;
	token->text = between(html->at, end);
	html->at = end;
	return true;
}

/* Whether the end tag that ends raw text is at p. */
static inline bool
is_raw_end(const struct desk_html *html, const char *p)
{
	size_t len = html->last.len;
	return (size_t)(html->end - p) > len + 2 && len && p[1] == '/' &&
	       desk_scan_same(p + 2, html->last.data, len) &&
	       is(p[2 + len], ENDS_NAME);
}

/* Text with references, up to what ends it. */
static bool
read_text(struct desk_html *html, struct desk_html_token *token)
{
	const char *p = html->at, *end = html->end;
	bool plain = true, raw = html->mode == DESK_HTML_RCDATA;
	for (;; p++) {
		p = plain ? desk_scan_any(in_text, p, end)
			  : desk_scan_byte(p, end, '<');
		if (p == end)
			break;
		if (*p != '<')
			plain = false;
		else if (raw ? is_raw_end(html, p) : is_markup(p, end))
			break;
	}
	token->plain = plain;
	return take_text(html, token, p);
}

static const char *
find_raw_end(const struct desk_html *html)
{
	const char *p = html->at, *end = html->end;
	while ((p = desk_scan_byte(p, end, '<')) < end && !is_raw_end(html, p))
		p++;
	return p;
}

/* Whether "script" is at p and the name ends there. */
static inline bool
is_script(const char *p, const char *end)
{
	return end - p > 6 && desk_scan_same(p, "script", 6) &&
	       is(p[6], ENDS_NAME);
}

/* In a script "<!--" makes "<script" hide the next "</script", up to "-->",
 * whose dashes may be those of "<!--". */
static const char *
find_script_end(const struct desk_html *html)
{
	static const struct desk_scan angles = {'<', '>', '<', '>'};
	const char *p = html->at, *end = html->end;
	bool escaped = false, hidden = false;
	for (;; p++) {
		p = escaped ? desk_scan_any(angles, p, end)
			    : desk_scan_byte(p, end, '<');
		if (p == end)
			return p;
		if (*p == '>') {
			if (p[-1] == '-' && p[-2] == '-')
				escaped = hidden = false;
		} else if (hidden) {
			hidden = !(end - p > 2 && p[1] == '/' &&
				   is_script(p + 2, end));
		} else if (is_raw_end(html, p)) {
			return p;
		} else if (escaped) {
			hidden = is_script(p + 1, end);
		} else if (end - p >= 4 && !memcmp(p, "<!--", 4)) {
			escaped = true;
			p += 3;
		}
	}
}

/* A CDATA section, whose start has been read. */
static bool
read_cdata(struct desk_html *html, struct desk_html_token *token)
{
	const char *p = html->at, *end = html->end;
	while ((p = desk_scan_byte(p, end, '>')) < end &&
	       !(p - html->at >= 2 && p[-1] == ']' && p[-2] == ']'))
		p++;
	const char *text_end = p < end ? p - 2 : p;
	bool some = text_end > html->at;
	if (some)
		take_text(html, token, text_end);
	html->at = p < end ? p + 1 : p;
	html->mode = DESK_HTML_DATA;
	return some;
}

/* Raw text, or the end tag behind it. */
static bool
read_raw(struct desk_html *html, struct desk_html_token *token)
{
	const char *p = html->end;
	if (html->mode == DESK_HTML_CDATA)
		return read_cdata(html, token);
	if (html->mode != DESK_HTML_PLAINTEXT && *html->at == '<' &&
	    is_raw_end(html, html->at)) {
		html->mode = DESK_HTML_DATA;
		return read_tag(html, token, DESK_HTML_CLOSE, html->at + 2);
	}
	if (html->mode == DESK_HTML_RCDATA)
		return read_text(html, token);
	if (html->mode == DESK_HTML_RAWTEXT)
		p = find_raw_end(html);
	else if (html->mode == DESK_HTML_SCRIPT)
		p = find_script_end(html);
	return take_text(html, token, p);
}

static void
clear(struct desk_html_token *token)
{
	token->tag = DESK_TAG_OTHER;
	token->name = token->text = desk_slice(NULL, 0);
	token->public_id = token->system_id = desk_slice(NULL, 0);
	token->mode = DESK_HTML_DATA;
	token->plain = token->closed = token->quirks = false;
	token->attribute_count = 0;
}

bool
desk_html_next(struct desk_html *html, struct desk_html_token *token)
{
	bool found = false;
	clear(token);
	const char *start = html->at;
	while (!found && html->at < html->end) {
		if (html->mode != DESK_HTML_CDATA)
			start = html->at;
		if (html->mode != DESK_HTML_DATA)
			found = read_raw(html, token);
		else if (*html->at == '<' && is_markup(html->at, html->end))
			found = read_markup(html, token);
		else
			found = read_text(html, token);
	}
	if (!found) {
		clear(token);
		token->kind = DESK_HTML_NOTHING;
		start = html->at;
	}
	token->start = (uint32_t)(start - html->page);
	token->end = (uint32_t)(html->at - html->page);
	return found;
}

const struct desk_html_attribute *
desk_html_find(
    const struct desk_html_token *token, const char *name, size_t len)
{
	for (size_t i = 0; i < token->attribute_count; i++) {
		const struct desk_html_attribute *a = &token->attributes[i];
		if (a->name.len == len &&
		    desk_scan_same(a->name.data, name, len))
			return a;
	}
	return NULL;
}
