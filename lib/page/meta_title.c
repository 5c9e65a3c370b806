/*
 * meta_title.c - the headline of a page.
 *
 * The head of a page has its title in several versions, often with the site's
 * name at one end; the page shows it as a heading.  The heading that is most
 * like one of the versions is the title as the page itself writes it; where
 * none is, it is the best version of the head.
 */
#include <string.h>

#include "page/meta_choose.h"
#include "core/lexicon.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"

enum { VERSIONS = 5, HEADINGS = 24, PARTS = 12, LIKE = 60, LONG = 5 };

void
desk_meta_words(struct desk_slice text, struct desk_meta_wordset *set)
{
	char word[64];
	size_t len = 0, size;
	set->count = 0;
	for (size_t at = 0; at <= text.len; at += size) {
		uint32_t c = 0;
		size = 1;
		if (at < text.len)
			c = desk_utf8_decode(text.data + at, &size);
		bool in = desk_class(c) & DESK_WORD;
		if (in && len + 4 <= sizeof word)
			len += desk_utf8_encode(desk_lower(c), word + len);
		/* A letter of East Asia is a word. */
		if ((!in || c >= 0x2E80) && len) {
			if (set->count == DESK_META_WORDS)
				return;
			set->words[set->count++] = desk_lexicon_hash(word, len);
			len = 0;
		}
	}
}

size_t
desk_meta_common(
    const struct desk_meta_wordset *a, const struct desk_meta_wordset *b)
{
	size_t common = 0;
	for (size_t i = 0; i < a->count; i++)
		for (size_t j = 0; j < b->count; j++)
			if (a->words[i] == b->words[j]) {
				common++;
				break;
			}
	return common;
}

/* The letters and digits of a text, folded, to out; 0 where it is longer. */
static size_t
squash(struct desk_slice text, char *out, size_t room)
{
	size_t len = 0, size;
	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c = desk_utf8_decode(text.data + at, &size);
		if (!(desk_class(c) & DESK_WORD))
			continue;
		if (len + 4 > room)
			return 0;
		len += desk_utf8_encode(desk_lower(c), out + len);
	}
	return len;
}

static bool
contains(const char *s, size_t len, const char *part, size_t part_len)
{
	for (size_t i = 0; part_len && i + part_len <= len; i++)
		if (!memcmp(s + i, part, part_len))
			return true;
	return false;
}

/* Whether one of two names is a part of the other; strictly, most of it. */
static bool
alike(const char *a, size_t a_len, const char *b, size_t b_len, bool strict)
{
	if (a_len < 2 || b_len < 2)
		return false;
	if (strict && (a_len * 10 < b_len * 6 || b_len * 10 < a_len * 6))
		return false;
	return contains(a, a_len, b, b_len) || contains(b, b_len, a, a_len);
}

bool
desk_meta_is_site(
    const struct desk_meta_chooser *c, struct desk_slice text, bool strict)
{
	char part[100], name[100];
	size_t len = squash(text, part, sizeof part), name_len;
	name_len = squash(c->site, name, sizeof name);
	if (alike(part, len, name, name_len, strict))
		return true;
	/* "The Daily Planet" of dailyplanet.example */
	struct desk_slice host = c->host;
	while (host.len && host.data[host.len - 1] != '.')
		host.len--;
	name_len = squash(host, name, sizeof name);
	size_t from = len > 6 && !memcmp(part, "the", 3) ? 3 : 0;
	return (len < name_len + 10 || contains(name, name_len, part, len)) &&
	       (alike(part, len, name, name_len, strict) ||
		   (from &&
		       alike(part + from, len - from, name, name_len, strict)));
}

/* A separator at a byte of a title: its length with blanks, or 0; *strong
 * where nothing else than parts of titles stands beside it. */
static size_t
separator(struct desk_slice t, size_t at, bool *strong)
{
	static const char *const marks[] = {
	    "|", "»", "·", "•", "::", "–", "—", "-", "<", "›", "/", ":", "~"};
	enum { STRONG = 5 };
	size_t start = at;
	while (at < t.len && t.data[at] == ' ')
		at++;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t len = strlen(marks[i]);
		if (t.len - at < len || memcmp(t.data + at, marks[i], len))
			continue;
		size_t after = at + len;
		bool left = at > start,
		     right = after < t.len && t.data[after] == ' ';
		if (!(left && right) && i && !(*marks[i] == ':' && right))
			continue;
		while (after < t.len && t.data[after] == ' ')
			after++;
		*strong = i < STRONG;
		return after - start;
	}
	return 0;
}

struct part {
	size_t start, end;
	bool strong; /* the separator before it */
	bool colon;
};

static size_t
split(struct desk_slice t, struct part *parts)
{
	size_t n = 0, start = 0;
	bool strong = false, last = false, colon = false;
	for (size_t at = 0; at < t.len && n < PARTS - 1;) {
		size_t len = separator(t, at, &strong);
		if (!len || at == 0) {
			at++;
			continue;
		}
		parts[n++] = (struct part){start, at, last, colon};
		last = strong;
		colon = t.data[at] == ':';
		at += len;
		start = at;
	}
	parts[n++] = (struct part){start, t.len, last, colon};
	return n;
}

static size_t
word_count(struct desk_slice t)
{
	struct desk_meta_wordset set;
	desk_meta_words(t, &set);
	return set.count;
}

/* A title of the head without the site's name at its ends. */
static struct desk_slice
without_site(const struct desk_meta_chooser *c, struct desk_slice t)
{
	struct part parts[PARTS];
	size_t n = split(t, parts), first = 0, last = n;
	while (last - first > 1) {
		struct part *p = parts + last - 1;
		struct desk_slice tail = {t.data + p->start, p->end - p->start};
		struct desk_slice rest = {t.data + parts[first].start,
		    parts[last - 2].end - parts[first].start};
		size_t words = word_count(tail), before = word_count(rest);
		if (p->colon)
			break;
		if (!desk_meta_is_site(c, tail, false) &&
		    !(p->strong && words <= 4 && before >= 3))
			break;
		if (before < 1)
			break;
		last--;
	}
	if (last - first > 1) {
		struct part *p = parts + first;
		struct desk_slice head = {t.data + p->start, p->end - p->start};
		if (desk_meta_is_site(c, head, false) &&
		    word_count(head) <= 5 &&
		    word_count(desk_slice(t.data + p[1].start,
			parts[last - 1].end - p[1].start)) >= 2)
			first++;
	}
	return desk_slice(t.data + parts[first].start,
	    parts[last - 1].end - parts[first].start);
}

struct desk_slice
desk_meta_block(const struct desk_meta_chooser *c, size_t block)
{
	const struct desk_page_block *b = c->page->blocks + block;
	return desk_slice(c->page->text.data + b->start, b->end - b->start);
}

uint32_t
desk_meta_kinds(
    const struct desk_meta_chooser *c, size_t block, unsigned levels)
{
	const struct desk_page_block *b = c->page->blocks + block;
	uint32_t kinds = b->kinds, node = b->node;
	while (levels-- && node) {
		kinds |= c->page->nodes[node].kinds;
		node = c->page->nodes[node].parent;
	}
	return kinds;
}

bool
desk_meta_elsewhere(const struct desk_meta_chooser *c, size_t block)
{
	const uint32_t others = DESK_KIND_COMMENT | DESK_KIND_RELATED |
				DESK_KIND_FOOTER | DESK_KIND_NAV;
	bool beside =
	    c->headed && block >= c->headline && block <= c->headline + 6;
	return !beside && desk_meta_kinds(c, block, 4) & others;
}

/* A version of the title, and its words. */
struct version {
	struct desk_slice text;
	struct desk_meta_wordset words;
};

/* How like two titles are, in hundredths. */
static unsigned
likeness(const struct desk_meta_wordset *x, const struct desk_meta_wordset *y)
{
	if (!x->count || !y->count)
		return 0;
	size_t common = desk_meta_common(x, y);
	unsigned like = (unsigned)(200 * common / (x->count + y->count));
	/* One is the beginning of the other, or inside of it. */
	if (common >= 3 && (common == x->count || common == y->count) &&
	    like < 75)
		like = 75;
	return like;
}

/* The versions of the head, best first. */
static size_t
versions(struct desk_meta_chooser *c, struct version *out)
{
	const struct desk_meta_notes *notes = c->notes;
	const struct desk_meta_record *r = desk_meta_json_main(notes, true);
	struct desk_slice all[VERSIONS] = {notes->values[DESK_KEY_TITLE],
	    r ? desk_meta_json_text(c->arena, r->headline, DESK_META_BYTES)
	      : desk_slice(NULL, 0),
	    notes->values[DESK_KEY_TITLE_PAGE], notes->title,
	    notes->values[DESK_KEY_TITLE_X]};
	size_t n = 0;
	for (size_t i = 0; i < VERSIONS; i++) {
		if (!all[i].len)
			continue;
		struct desk_slice cut = without_site(c, all[i]);
		if (!cut.len ||
		    (desk_meta_is_site(c, cut, true) && i < VERSIONS - 1))
			continue;
		out[n].text = cut;
		desk_meta_words(cut, &out[n++].words);
	}
	return n;
}

/* The blocks of one heading. */
static size_t
heading_end(const struct desk_meta_chooser *c, size_t block)
{
	const struct desk_page_block *b = c->page->blocks;
	size_t end = block + 1;
	while (end < c->page->block_count && b[end].node == b[block].node &&
	       b[end].kind == DESK_HEADING && end - block < 6)
		end++;
	return end;
}

static struct desk_slice
heading(const struct desk_meta_chooser *c, size_t block)
{
	const struct desk_page_block *b = c->page->blocks;
	size_t end = heading_end(c, block);
	return desk_slice(c->page->text.data + b[block].start,
	    b[end - 1].end - b[block].start);
}

struct found {
	size_t block;
	unsigned like;
	struct desk_slice text;
};

/* The heading that is most like a version; else the first h1. */
static struct found
find_heading(const struct desk_meta_chooser *c, const struct version *heads,
    size_t count)
{
	struct found best = {.block = SIZE_MAX}, first = best;
	size_t seen = 0;
	for (size_t i = 0; i < c->page->block_count && seen < HEADINGS;) {
		const struct desk_page_block *b = c->page->blocks + i;
		if (b->kind != DESK_HEADING || b->level > 2) {
			i++;
			continue;
		}
		struct desk_slice text = heading(c, i);
		struct desk_meta_wordset words;
		unsigned like = 0;
		desk_meta_words(text, &words);
		seen++;
		for (size_t h = 0; h < count; h++) {
			unsigned l = likeness(&words, &heads[h].words);
			like = l > like ? l : like;
		}
		/* A long h1 is the headline even where the head says
		 * otherwise; the name of the site is not. */
		if (b->level == 1 && desk_meta_is_site(c, text, true))
			like = like > 30 ? 30 : like;
		else if (b->level == 1 && like < LIKE && words.count >= LONG)
			like = LIKE;
		else if (b->level == 1)
			like += 10;
		if (text.len <= DESK_META_BYTES && like > best.like)
			best = (struct found){i, like, text};
		if (b->level == 1 && first.block == SIZE_MAX &&
		    !desk_meta_is_site(c, text, true))
			first = (struct found){i, like, text};
		i = heading_end(c, i);
	}
	return best.block != SIZE_MAX && best.like >= LIKE ? best : first;
}

/* A line that is a version word for word, though no heading. */
static size_t
find_line(const struct desk_meta_chooser *c, const struct version *heads,
    size_t count)
{
	for (size_t i = 0; i < c->page->block_count; i++) {
		struct desk_slice text = desk_meta_block(c, i);
		for (size_t h = 0; h < count; h++) {
			size_t len = heads[h].text.len;
			struct desk_meta_wordset words;
			if (text.len <= 8 || text.len >= len + 8 ||
			    text.len + 8 <= len)
				continue;
			desk_meta_words(text, &words);
			if (likeness(&words, &heads[h].words) > 90)
				return i;
		}
	}
	return SIZE_MAX;
}

/* Where the article begins, if no heading is its headline. */
static size_t
first_content(const struct desk_meta_chooser *c)
{
	size_t count = c->page->block_count;
	for (size_t i = 0; i < count; i++)
		if (c->content
			? c->content[i]
			: c->page->blocks[i].end - c->page->blocks[i].start >
			      200)
			return i;
	return 0;
}

void
desk_meta_choose_title(struct desk_meta_chooser *c)
{
	struct version heads[VERSIONS];
	size_t count = versions(c, heads);
	struct found h = find_heading(c, heads, count);
	bool like = h.block != SIZE_MAX && h.like >= LIKE;
	if (like || (h.block != SIZE_MAX && !count)) {
		c->title = h.text;
		c->headline = h.block;
		c->headed = true;
	} else {
		c->title = count ? heads[0].text : desk_slice(NULL, 0);
		c->headline = find_line(c, heads, count);
		c->headed = c->headline != SIZE_MAX;
		if (!c->headed)
			c->headline = first_content(c);
	}
	c->title = desk_meta_tidy(c->arena, c->title, DESK_META_BYTES);
}
