/*
 * warc.c - the headers of WARC records and of the HTTP messages in them.
 *
 * Both are a first line and fields, `name: value`, each to the end of a line,
 * up to an empty one.  A line that begins with white space goes on the one
 * before; nothing that is wanted here is ever so long, so it is passed over.
 */
#include "io/warc.h"

#include <string.h>
#include <strings.h>

#include "core/slice.h"

/* Lines of a header, one after the other. */
struct lines {
	const char *at, *end;
};

/* The next line without its end; false: the header's end is not there. */
static bool
next_line(struct lines *l, struct desk_slice *line)
{
	const char *lf = memchr(l->at, '\n', (size_t)(l->end - l->at));
	if (!lf)
		return false;
	size_t n = (size_t)(lf - l->at);
	*line = desk_slice(l->at, n && lf[-1] == '\r' ? n - 1 : n);
	l->at = lf + 1;
	return true;
}

static struct desk_slice
trim(struct desk_slice s)
{
	while (s.len && (*s.data == ' ' || *s.data == '\t'))
		s = desk_slice(s.data + 1, s.len - 1);
	while (s.len && (s.data[s.len - 1] == ' ' || s.data[s.len - 1] == '\t'))
		s.len--;
	return s;
}

/* Takes `name: value` apart; false for anything else. */
static bool
field(struct desk_slice line, struct desk_slice *name, struct desk_slice *value)
{
	const char *colon = line.len ? memchr(line.data, ':', line.len) : NULL;
	if (!colon || colon == line.data || *line.data == ' ' ||
	    *line.data == '\t')
		return false;
	*name = trim(desk_slice(line.data, (size_t)(colon - line.data)));
	*value = trim(
	    desk_slice(colon + 1, line.len - (size_t)(colon + 1 - line.data)));
	return true;
}

/* Whether it begins with a word, in any case. */
static bool
begins(struct desk_slice s, const char *word)
{
	size_t n = strlen(word);
	return s.len >= n && !strncasecmp(s.data, word, n);
}

static bool
is(struct desk_slice s, const char *word)
{
	return s.len == strlen(word) && begins(s, word);
}

/* Digits alone, as a number that fits. */
static bool
number(struct desk_slice s, uint64_t *n)
{
	*n = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned digit = (unsigned)(unsigned char)s.data[i] - '0';
		if (digit > 9 || *n > (UINT64_MAX - digit) / 10)
			return false;
		*n = *n * 10 + digit;
	}
	return s.len > 0;
}

/* A media type: whether what stands before its parameters is this one. */
static bool
media(struct desk_slice value, const char *type)
{
	size_t n = strlen(type);
	return begins(value, type) &&
	       (value.len == n || strchr("; \t", value.data[n]));
}

static struct desk_slice
no_brackets(struct desk_slice s)
{
	if (s.len >= 2 && s.data[0] == '<' && s.data[s.len - 1] == '>')
		return desk_slice(s.data + 1, s.len - 2);
	return s;
}

static void
warc_field(struct desk_warc_head *head, struct desk_slice name,
    struct desk_slice value, bool *measured)
{
	if (is(name, "WARC-Type")) {
		if (is(value, "response"))
			head->type = DESK_WARC_RESPONSE;
		else if (is(value, "conversion"))
			head->type = DESK_WARC_CONVERSION;
	} else if (is(name, "WARC-Record-ID")) {
		head->id = no_brackets(value);
	} else if (is(name, "WARC-Target-URI")) {
		head->url = no_brackets(value);
	} else if (is(name, "WARC-Date")) {
		head->date = value;
	} else if (is(name, "Content-Type")) {
		head->http = media(value, "application/http");
		head->text = media(value, "text/plain");
	} else if (is(name, "Content-Length")) {
		*measured = number(value, &head->length);
	}
}

/* What a header that has no end yet comes to. */
static int64_t
unfinished(struct desk_slice s, bool end)
{
	return end || s.len >= DESK_WARC_HEAD ? DESK_EDATA : 0;
}

/* "WARC/1." and a digit: whether s begins so, or may once there is more. */
static bool
warc_version(struct desk_slice s)
{
	static const char version[] = "WARC/1.";
	size_t n = sizeof version - 1;
	if (memcmp(s.data, version, s.len < n ? s.len : n))
		return false;
	return s.len <= n || (unsigned)(s.data[n] - '0') < 10;
}

int64_t
desk_warc_head(struct desk_slice s, bool end, struct desk_warc_head *head)
{
	struct lines lines = {s.data, s.data + s.len};
	struct desk_slice line, name, value;
	bool measured = false;
	memset(head, 0, sizeof *head);
	if (!warc_version(s))
		return DESK_EDATA;
	if (!next_line(&lines, &line))
		return unfinished(s, end);
	while (next_line(&lines, &line)) {
		if (!line.len) {
			int64_t n = lines.at - s.data;
			return measured && n <= DESK_WARC_HEAD ? n : DESK_EDATA;
		}
		/* Where one is cut off, the next record's begins. */
		if (line.len > 7 &&
		    warc_version(desk_slice(line.data + line.len - 8, 8)))
			return DESK_EDATA;
		if (field(line, &name, &value))
			warc_field(head, name, value, &measured);
	}
	return unfinished(s, end);
}

/* A version with the end of its line, at p; what follows it, or NULL. */
static const char *
version_line(const char *p, const char *end)
{
	if (end - p < 9 || !warc_version(desk_slice(p, (size_t)(end - p))))
		return NULL;
	p += 8;
	if (*p == '\r')
		return end - p > 1 && p[1] == '\n' ? p + 2 : p + 1;
	return *p == '\n' ? p + 1 : NULL;
}

size_t
desk_warc_find(struct desk_slice s, bool line)
{
	static const char field[] = "WARC-";
	size_t n = sizeof field - 1;
	const char *end = s.data + s.len, *p = s.data;
	for (; p < end && (p = memchr(p, 'W', (size_t)(end - p))); p++) {
		const char *next = version_line(p, end);
		bool first = p > s.data ? p[-1] == '\n' : line;
		if (next && (first || ((size_t)(end - next) >= n &&
					  !memcmp(next, field, n))))
			return (size_t)(p - s.data);
	}
	return s.len;
}

/* A parameter of a header's value: `; charset="utf-8"`. */
static struct desk_slice
parameter(struct desk_slice value, const char *name)
{
	const char *at = value.data, *end = value.data + value.len;
	while (at < end && (at = memchr(at, ';', (size_t)(end - at)))) {
		struct desk_slice rest =
		    trim(desk_slice(at + 1, (size_t)(end - at - 1)));
		size_t n = strlen(name);
		at++;
		if (!begins(rest, name) || rest.len == n || rest.data[n] != '=')
			continue;
		rest = desk_slice(rest.data + n + 1, rest.len - n - 1);
		const char *stop = memchr(rest.data, ';', rest.len);
		if (stop)
			rest.len = (size_t)(stop - rest.data);
		rest = trim(rest);
		while (rest.len && strchr("\"'", rest.data[0]))
			rest.data++, rest.len--;
		while (rest.len && strchr("\"'", rest.data[rest.len - 1]))
			rest.len--;
		return rest;
	}
	return desk_slice(NULL, 0);
}

static void
http_field(struct desk_http_head *head, struct desk_slice name,
    struct desk_slice value)
{
	if (is(name, "Content-Type")) {
		head->html = media(value, "text/html") ||
			     media(value, "application/xhtml+xml");
		head->charset = parameter(value, "charset");
	} else if (is(name, "Transfer-Encoding")) {
		head->chunked |=
		    value.len >= 7 &&
		    is(desk_slice(value.data + value.len - 7, 7), "chunked");
	} else if (is(name, "Content-Encoding") && value.len &&
		   !is(value, "identity")) {
		head->coding = value;
	}
}

int64_t
desk_http_head(struct desk_slice s, bool end, struct desk_http_head *head)
{
	struct lines lines = {s.data, s.data + s.len};
	struct desk_slice line, name, value;
	uint64_t status;
	memset(head, 0, sizeof *head);
	if (memcmp(s.data, "HTTP/", s.len < 5 ? s.len : 5))
		return DESK_EDATA;
	if (!next_line(&lines, &line))
		return unfinished(s, end);
	const char *blank = memchr(line.data, ' ', line.len);
	if (!blank || line.data + line.len - blank < 4 ||
	    !number(desk_slice(blank + 1, 3), &status))
		return DESK_EDATA;
	head->status = (unsigned)status;
	while (next_line(&lines, &line)) {
		if (!line.len) {
			int64_t n = lines.at - s.data;
			return n <= DESK_WARC_HEAD ? n : DESK_EDATA;
		}
		if (field(line, &name, &value))
			http_field(head, name, value);
	}
	return unfinished(s, end);
}
