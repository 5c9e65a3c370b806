/*
 * url.c - references made absolute.
 *
 * Addresses are cut into scheme, authority, path and the rest by their first
 * ":", "//", "?" and "#"; nothing is checked or escaped, since browsers take
 * what pages write, and so may readers of the links.
 */
#include "html/url.h"

#include <string.h>

#include "core/slice.h"
#include "core/unicode.h"

/* Where the parts of an address end; scheme with its colon, authority with its
 * slashes.  Parts that are not there end where they begin. */
struct parts {
	size_t scheme, authority, path;
};

static bool
scheme_letter(char c, bool first)
{
	if ((unsigned char)c >= 0x80)
		return false;
	unsigned class = desk_ascii_classes[(unsigned char)c];
	return class & DESK_LETTER ||
	       (!first &&
		   (class & DESK_DIGIT || c == '+' || c == '-' || c == '.'));
}

static size_t
find_any(struct desk_slice s, size_t from, const char *signs)
{
	while (from < s.len && (!s.data[from] || !strchr(signs, s.data[from])))
		from++;
	return from;
}

static struct parts
cut(struct desk_slice s)
{
	struct parts p = {0};
	size_t n = 0;
	while (n < s.len && scheme_letter(s.data[n], !n))
		n++;
	if (n && n < s.len && s.data[n] == ':')
		p.scheme = n + 1;
	p.authority = p.scheme;
	if (s.len - p.scheme >= 2 && s.data[p.scheme] == '/' &&
	    s.data[p.scheme + 1] == '/')
		p.authority = find_any(s, p.scheme + 2, "/?#");
	p.path = find_any(s, p.authority, "?#");
	return p;
}

/* Takes "." and ".." out of a path that begins with a slash, in place; returns
 * its length. */
static size_t
flatten(char *path, size_t len)
{
	size_t to = 0;
	for (size_t at = 0; at < len;) {
		size_t end = at + 1;
		while (end < len && path[end] != '/')
			end++;
		size_t n = end - at - 1;
		bool one = n == 1 && path[at + 1] == '.';
		bool two = n == 2 && path[at + 1] == '.' && path[at + 2] == '.';
		if (two)
			while (to && path[--to] != '/')
				;
		if (one || two) {
			/* What is left of a last one is its slash. */
			if (end == len)
				path[to++] = '/';
		} else {
			memmove(path + to, path + at, end - at);
			to += end - at;
		}
		at = end;
	}
	return to;
}

struct desk_slice
desk_url_resolve(struct desk_slice base, struct desk_slice reference,
    struct desk_arena *arena)
{
	size_t from = 0, to = reference.len;
	if (!reference.data)
		return base;
	desk_trim(reference.data, &from, &to);
	reference = desk_slice(reference.data + from, to - from);
	struct parts r = cut(reference), b = cut(base);
	if (r.scheme || !b.scheme || b.authority == b.scheme)
		return reference;
	/* How much of the base goes in front. */
	size_t keep = b.authority;
	if (r.authority)
		keep = b.scheme;
	else if (!reference.len || reference.data[0] == '#')
		keep = find_any(base, b.authority, "#");
	else if (reference.data[0] == '?')
		keep = b.path;
	else if (reference.data[0] != '/')
		for (size_t i = b.authority; i < b.path; i++)
			keep = base.data[i] == '/' ? i + 1 : keep;
	bool slash = keep == b.authority && !r.authority && reference.len &&
		     reference.data[0] != '/';
	char *out = desk_arena_alloc(arena, keep + slash + reference.len + 1);
	if (!out)
		return desk_slice(NULL, 0);
	memcpy(out, base.data, keep);
	if (slash)
		out[keep] = '/';
	if (reference.len)
		memcpy(out + keep + slash, reference.data, reference.len);
	size_t len = keep + slash + reference.len;
	if (r.authority || !r.path)
		return desk_slice(out, len);
	size_t path = keep + slash + r.path - b.authority,
	       tail = reference.len - r.path;
	size_t flat = flatten(out + b.authority, path);
	memmove(out + b.authority + flat, out + len - tail, tail);
	return desk_slice(out, b.authority + flat + tail);
}
