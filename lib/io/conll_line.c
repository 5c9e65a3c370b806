/*
 * conll_line.c - the lines of a document in columns, and the blanks between
 * its tokens.
 *
 * A line with a TAB is cut at TABs alone, any other at blanks.  Which tokens
 * stand close to their neighbours is told from the two tokens and, for straight
 * quotation marks, from whether one is open in the sentence.
 */
#include "io/conll.h"

#include <string.h>

#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"

struct desk_conll
desk_conll_open(struct desk_slice bytes)
{
	return (struct desk_conll){
	    .at = bytes.data, .end = bytes.data + bytes.len};
}

static bool
is_space(char c)
{
	return (unsigned char)c < 128 &&
	       desk_ascii_classes[(unsigned char)c] & DESK_SPACE;
}

static struct desk_slice
trimmed(const char *s, const char *end)
{
	while (s < end && is_space(*s))
		s++;
	while (end > s && is_space(end[-1]))
		end--;
	return desk_slice(s, (size_t)(end - s));
}

/* Spacing. */

static bool
is_one_of(struct desk_slice token, const char *const *words)
{
	for (; *words; words++)
		if (desk_slice_is(token, *words))
			return true;
	return false;
}

/* Every sign of the token is one of these. */
static bool
all_of(struct desk_slice token, const char *signs)
{
	for (size_t i = 0; i < token.len; i++)
		if (!token.data[i] || !strchr(signs, token.data[i]))
			return false;
	return token.len != 0;
}

static bool
closes(struct desk_slice token)
{
	static const char *const words[] = {"''", "’", "”", "»", "…", NULL};
	return all_of(token, ",.;:!?)]}%") || is_one_of(token, words);
}

static bool
opens(struct desk_slice token)
{
	static const char *const words[] = {
	    "``", "`", "“", "‘", "„", "«", "¿", "¡", NULL};
	return all_of(token, "([{") || is_one_of(token, words);
}

/* 's, n't and the like. */
static bool
clitic(struct desk_slice token)
{
	static const char *const words[] = {"'s", "'re", "'ve", "'ll", "'d",
	    "'m", "n't", "’s", "’re", "’ve", "’ll", "’d", "’m", "n’t", NULL};
	char lower[8];
	if (token.len >= sizeof lower)
		return false;
	for (size_t i = 0; i < token.len; i++) {
		char c = token.data[i];
		lower[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
	}
	return is_one_of(desk_slice(lower, token.len), words);
}

/* A sign of money before an amount: "$ 5", "US$ 5". */
static bool
priced(struct desk_slice before, struct desk_slice token)
{
	static const char *const signs[] = {"$", "£", "€", "¥", NULL};
	if (!token.len || *token.data < '0' || *token.data > '9')
		return false;
	for (size_t i = 0; signs[i]; i++) {
		size_t n = strlen(signs[i]);
		if (before.len >= n &&
		    !memcmp(before.data + before.len - n, signs[i], n))
			return true;
	}
	return false;
}

/* Whether nothing stands before the token; walk->glue gets whether nothing
 * may stand behind it. */
static bool
joins(struct desk_conll *walk, struct desk_slice token)
{
	bool glued = walk->glue || priced(walk->before, token);
	bool doubled = desk_slice_is(token, "\"");
	bool ends_s = walk->before.len &&
		      (walk->before.data[walk->before.len - 1] | 0x20) == 's';
	walk->glue = false;
	if (doubled || desk_slice_is(token, "'")) {
		bool *open = doubled ? &walk->quoted : &walk->single;
		/* The workers' rights. */
		if (!*open && !doubled && ends_s)
			return true;
		*open = !*open;
		walk->glue = *open;
		return glued || !*open;
	}
	walk->glue = opens(token);
	return glued || closes(token) || clitic(token);
}

static const char *
gap_before(struct desk_conll *walk, struct desk_slice token)
{
	const char *gap = "";
	if (!token.len)
		return gap;
	if (!walk->inside) {
		gap = walk->begun ? "\n" : "";
		walk->glue = walk->quoted = walk->single = false;
		walk->before = desk_slice(NULL, 0);
		joins(walk, token);
	} else if (!joins(walk, token)) {
		gap = " ";
	}
	walk->begun = walk->inside = true;
	walk->before = token;
	return gap;
}

/* Columns. */

static void
cut_columns(const char *s, const char *end, struct desk_slice *token,
    struct desk_slice *label)
{
	const char *first = memchr(s, '\t', (size_t)(end - s)), *last = end;
	bool tabs = first;
	if (!tabs)
		while (is_space(*s))
			s++;
	for (first = s;
	     first < end && (tabs ? *first != '\t' : !is_space(*first));)
		first++;
	*token = trimmed(s, first);
	*label = desk_slice(NULL, 0);
	if (first == end)
		return;
	while (tabs ? last[-1] != '\t' : !is_space(last[-1]))
		last--;
	*label = trimmed(last, end);
}

static bool
begins(struct desk_slice s)
{
	size_t n = sizeof DESK_CONLL_DOCSTART - 1;
	return s.len >= n && !memcmp(s.data, DESK_CONLL_DOCSTART, n);
}

bool
desk_conll_next(struct desk_conll *walk, struct desk_conll_line *line)
{
	const char *s = walk->at;
	if (s == walk->end)
		return false;
	const char *lf = memchr(s, '\n', (size_t)(walk->end - s));
	const char *end = lf ? lf : walk->end;
	walk->at = lf ? lf + 1 : walk->end;
	while (end > s && is_space(end[-1]))
		end--;
	*line = (struct desk_conll_line){.gap = ""};
	line->kind = s == end ? DESK_CONLL_BLANK : DESK_CONLL_TOKEN;
	if (begins(desk_slice(s, (size_t)(end - s))))
		line->kind = DESK_CONLL_BORDER;
	if (line->kind == DESK_CONLL_TOKEN)
		cut_columns(s, end, &line->token, &line->label);
	/* With blanks before it, it begins no document, but is no token. */
	if (begins(line->token))
		*line = (struct desk_conll_line){
		    .kind = DESK_CONLL_BLANK, .gap = ""};
	if (line->kind != DESK_CONLL_TOKEN) {
		walk->inside = false;
		return true;
	}
	line->gap = gap_before(walk, line->token);
	return true;
}

void
desk_conll_measure(
    struct desk_slice bytes, uint64_t *text_bytes, uint64_t *codepoints)
{
	struct desk_conll walk = desk_conll_open(bytes);
	*text_bytes = *codepoints = 0;
	for (struct desk_conll_line line; desk_conll_next(&walk, &line);) {
		size_t gap = strlen(line.gap);
		*text_bytes += gap + line.token.len;
		*codepoints +=
		    gap + desk_utf8_count(line.token.data, line.token.len);
	}
}
