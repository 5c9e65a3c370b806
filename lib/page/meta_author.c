/*
 * meta_author.c - who wrote the page.
 *
 * The head and JSON-LD name the author, or whoever runs the site; the byline
 * beside the headline names the author, where one can be found.  Full names
 * come before single words and teams, from wherever they are.
 */
#include <string.h>

#include "page/dates.h"
#include "page/meta_choose.h"
#include "page/meta_words.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"

enum { BEFORE = 6, AFTER = 14, BYLINE = 240, LED = 12 };

/* The names that meta elements give. */
static struct desk_slice
from_meta(const struct desk_meta_chooser *c, unsigned flags)
{
	const struct desk_meta_notes *notes = c->notes;
	struct desk_slice names[DESK_META_AUTHORS];
	size_t count = 0, len = 0;
	bool turn = notes->author_count > 0;
	for (size_t i = 0; i < notes->author_count; i++) {
		struct desk_slice a = notes->authors[i];
		const char *comma = memchr(a.data, ',', a.len);
		turn = turn && comma && notes->author_count > 1 &&
		       !memchr(comma + 1, ',',
			   a.len - (size_t)(comma + 1 - a.data));
	}
	for (size_t i = 0; i < notes->author_count; i++) {
		struct desk_slice got = desk_meta_names_in(c, notes->authors[i],
		    flags | (turn ? DESK_NAMES_TURNED : 0));
		bool again = false;
		for (size_t j = 0; j < count; j++)
			again |= desk_slice_equal(names[j], got);
		/* Several elements of the same page, not of one author. */
		if (!got.len || again || (count && !turn && i > 3))
			continue;
		names[count++] = got;
		len += got.len + 2;
	}
	char *out = count ? desk_arena_alloc(c->arena, len) : NULL, *to = out;
	if (!out)
		return desk_slice(NULL, 0);
	for (size_t i = 0; i < count; i++) {
		memcpy(to, names[i].data, names[i].len);
		memcpy(to + names[i].len, ", ", 2);
		to += names[i].len + 2;
	}
	return desk_slice(out, len - 2);
}

/* twitter:data1 where its label says that it is the author. */
static struct desk_slice
from_label(const struct desk_meta_chooser *c, unsigned flags)
{
	static const uint8_t labels[] = {DESK_KEY_LABEL1, DESK_KEY_LABEL2};
	static const uint8_t values[] = {DESK_KEY_DATA1, DESK_KEY_DATA2};
	for (size_t i = 0; i < 2; i++) {
		struct desk_slice label = c->notes->values[labels[i]];
		size_t end = 0;
		while (end < label.len && label.data[end] != ' ')
			end++;
		if (label.len && desk_meta_word(desk_slice(label.data, end)) &
				     (DESK_META_LABEL | DESK_META_BY))
			return desk_meta_names_in(
			    c, c->notes->values[values[i]], flags);
	}
	return desk_slice(NULL, 0);
}

static struct desk_slice
from_json(const struct desk_meta_chooser *c, bool article, unsigned flags)
{
	const struct desk_meta_record *r =
	    desk_meta_json_main(c->notes, article);
	if (!r)
		return desk_slice(NULL, 0);
	return desk_meta_names_in(
	    c, desk_meta_json_authors(c->notes, c->arena, r), flags);
}

/* The only person whom JSON-LD tells of. */
static struct desk_slice
only_person(const struct desk_meta_chooser *c)
{
	struct desk_slice only = {0};
	for (size_t i = 0; i < c->notes->record_count; i++) {
		const struct desk_meta_record *r = c->notes->records + i;
		if (!(r->types & (UINT32_C(1) << DESK_KEY_TYPE_PERSON)) ||
		    !r->name.len)
			continue;
		if (only.len && !desk_slice_equal(only, r->name))
			return desk_slice(NULL, 0);
		only = r->name;
	}
	return desk_meta_names_in(
	    c, desk_meta_json_text(c->arena, only, DESK_META_BYTES), 0);
}

/* Whether the text begins as a byline does; alone where it is no more than
 * that. */
static bool
leads(struct desk_slice s, bool *alone)
{
	size_t at = 0, words = 0;
	bool by = false;
	*alone = false;
	if (s.len > 4 && !memcmp(s.data, "By", 2) && s.data[2] >= 'A' &&
	    s.data[2] <= 'Z')
		return true;
	while (at < s.len && words < 4) {
		size_t start = at, size;
		while (at < s.len) {
			uint32_t c = desk_utf8_decode(s.data + at, &size);
			if (!(desk_class(c) & DESK_LETTER))
				break;
			at += size;
		}
		uint32_t classes =
		    desk_meta_word(desk_slice(s.data + start, at - start));
		bool colon = at < s.len && s.data[at] == ':';
		bool label = classes & (DESK_META_LABEL | DESK_META_PUBLISHED);
		if (classes & DESK_META_BY)
			by = true;
		else if (label && (colon || at == s.len))
			by = by || classes & DESK_META_LABEL;
		else if (!label && !(words && classes & DESK_META_PARTICLE))
			return by;
		words++;
		while (at < s.len && (s.data[at] == ' ' || s.data[at] == ':'))
			at++;
	}
	*alone = by && at >= s.len;
	return by;
}

/* What follows "by" inside of a line: "Published May 2, 2023 by Jane Doe". */
static struct desk_slice
after_by(struct desk_slice s)
{
	for (size_t i = 1; i + 5 < s.len; i++)
		if ((s.data[i - 1] == ' ' || s.data[i - 1] == '\t') &&
		    (s.data[i] | 0x20) == 'b' &&
		    (s.data[i + 1] | 0x20) == 'y' &&
		    (s.data[i + 2] == ' ' || s.data[i + 2] == ':'))
			return desk_slice(s.data + i, s.len - i);
	return desk_slice(NULL, 0);
}

/* Whether a line has a date in it, and where: 0 none, 1 at its start. */
static int
dated(struct desk_slice text, size_t *end)
{
	struct desk_date date;
	if (text.len > BYLINE || !desk_date_find(text, 0, &date))
		return 0;
	*end = date.end;
	return date.start ? 2 : 1;
}

/* Whether a short line tells who someone is. */
static bool
says_role(struct desk_slice text)
{
	size_t start = 0;
	if (text.len > 60)
		return false;
	for (size_t i = 0; i <= text.len; i++)
		if (i == text.len || strchr(" ,:|", text.data[i])) {
			if (i > start && desk_meta_word(desk_slice(
					     text.data + start, i - start)) &
					     DESK_META_ROLE)
				return true;
			start = i + 1;
		}
	return false;
}

/* Whether an address leads to the page of an author. */
static bool
author_path(struct desk_slice href)
{
	size_t start = 0;
	for (size_t i = 0; i < href.len; i++)
		if (href.data[i] == '/' || href.data[i] == '?') {
			if (i > start && i + 1 < href.len &&
			    desk_meta_word(
				desk_slice(href.data + start, i - start)) &
				DESK_META_PATH)
				return true;
			start = i + 1;
		}
	return false;
}

/* The text of the first link in a block that leads to an author. */
static struct desk_slice
author_link(const struct desk_meta_chooser *c, size_t block)
{
	const struct desk_page *page = c->page;
	const struct desk_page_block *b = page->blocks + block;
	size_t low = 0, high = page->style_count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (page->styles[mid].start < b->start)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < page->style_count && page->styles[low].start < b->end;
	     low++) {
		const struct desk_style *s = page->styles + low;
		if (s->kind == DESK_STYLE_LINK && author_path(s->href) &&
		    s->end > s->start && s->end <= b->end)
			return desk_slice(
			    page->text.data + s->start, s->end - s->start);
	}
	return desk_slice(NULL, 0);
}

static unsigned
marks_of(const struct desk_meta_chooser *c, size_t block)
{
	const struct desk_page_block *b = c->page->blocks + block;
	unsigned marks = b->marks;
	uint32_t node = b->node;
	for (int i = 0; i < 3 && node; i++) {
		marks |= c->page->nodes[node].flags;
		node = c->page->nodes[node].parent;
	}
	return marks;
}

struct byline {
	struct desk_slice names;
	int score;
	bool weak; /* a single word, a team */
};

/* A line of a name beside the headline, a date or a role beside it. */
static struct desk_slice
bare_name(const struct desk_meta_chooser *c, size_t i, struct desk_slice text)
{
	size_t end = 0, count = c->page->block_count;
	struct desk_slice none = {0}, next = none;
	if (!c->headed || i + 2 < c->headline || i > c->headline + 5 ||
	    text.len > 90 || c->page->blocks[i].kind == DESK_HEADING)
		return none;
	if (i + 1 < count)
		next = desk_meta_block(c, i + 1);
	int here = dated(text, &end);
	if (here == 1) {
		text = desk_slice(text.data + end, text.len - end);
		return desk_meta_names_in(c, text, DESK_NAMES_BYLINE);
	}
	if (here || says_role(text) || dated(next, &end) || says_role(next) ||
	    (i && i - 1 != c->headline &&
		dated(desk_meta_block(c, i - 1), &end)))
		return desk_meta_names_in(
		    c, text, DESK_NAMES_BYLINE | DESK_NAMES_ALL);
	return none;
}

/* The names in a block that speaks of the author. */
static struct desk_slice
names_of(const struct desk_meta_chooser *c, size_t i, struct desk_slice text,
    struct desk_slice link, bool lead, bool alone, unsigned flags)
{
	struct desk_slice names = {0};
	size_t end;
	if (lead && !alone)
		names = desk_meta_names_in(c, text, flags);
	if (!names.len && link.len)
		names = desk_meta_names_in(c, link, flags);
	if (!names.len && lead && alone && i + 1 < c->page->block_count)
		names = desk_meta_names_in(c, desk_meta_block(c, i + 1), flags);
	if (!names.len && !lead && dated(text, &end) == 1)
		names = desk_meta_names_in(
		    c, desk_slice(text.data + end, text.len - end), flags);
	if (!names.len && !lead)
		names = desk_meta_names_in(c, text, flags);
	return names;
}

/* "Ferry Staff", "the Ferry Team" */
static bool
is_crew(struct desk_slice names)
{
	size_t start = names.len;
	while (start && names.data[start - 1] != ' ')
		start--;
	return names.len && desk_meta_word(desk_slice(
				names.data + start, names.len - start)) &
				DESK_META_CREW;
}

/* Whether the block after a name tells of its bearer: "Jane Doe is ..." */
static bool
has_bio(const struct desk_meta_chooser *c, size_t i, struct desk_slice names)
{
	size_t len = 0;
	if (i + 1 >= c->page->block_count)
		return false;
	struct desk_slice next = desk_meta_block(c, i + 1);
	while (len < names.len && names.data[len] != ' ')
		len++;
	return next.len > 60 && len > 1 && next.len > len &&
	       !memcmp(next.data, names.data, len) && next.data[len] == ' ';
}

/* How much a block speaks of the author, and whom it names. */
static struct byline
read_block(const struct desk_meta_chooser *c, size_t i)
{
	struct desk_slice text = desk_meta_block(c, i), link, by;
	struct byline found = {.score = 0};
	uint32_t kinds = desk_meta_kinds(c, i, 4);
	unsigned marks = marks_of(c, i);
	bool alone, lead;
	size_t end;
	if (text.len > BYLINE || desk_meta_elsewhere(c, i) ||
	    marks & DESK_NODE_COMMENT)
		return found;
	if (c->headed && i >= c->headline &&
	    c->page->blocks[i].node == c->page->blocks[c->headline].node)
		return found;
	lead = leads(text, &alone);
	by = after_by(text);
	if (!lead && by.len && dated(text, &end)) {
		text = by;
		lead = true;
	}
	link = author_link(c, i);
	unsigned flags = DESK_NAMES_BYLINE;
	if (link.len || marks & DESK_NODE_AUTHOR)
		flags |= DESK_NAMES_HANDLE;
	found.score = 4 * lead + 3 * (link.len > 0) +
		      2 * ((kinds & DESK_KIND_AUTHOR) != 0) +
		      3 * ((marks & DESK_NODE_AUTHOR) != 0);
	if (found.score >= 2)
		found.names = names_of(c, i, text, link, lead, alone, flags);
	if (!found.names.len && found.score < 3) {
		found.names = bare_name(c, i, text);
		found.score = found.names.len ? 1 : found.score;
	}
	bool beside = c->headed && i + 2 >= c->headline &&
		      i <= c->headline + 3 && text.len <= 40;
	if (found.names.len && found.score == 2 && has_bio(c, i, found.names))
		found.score++;
	if (!found.names.len && found.score >= (beside ? 2 : 3)) {
		found.names = names_of(
		    c, i, text, link, lead, alone, flags | DESK_NAMES_WEAK);
		found.weak = true;
		if (found.score == 2 && !is_crew(found.names))
			found.names.len = 0;
	}
	return found;
}

/* The byline near the headline; or else, with late, behind the text. */
static struct byline
from_text(const struct desk_meta_chooser *c, bool late)
{
	struct byline best = {.score = 0};
	size_t first = c->headline > BEFORE ? c->headline - BEFORE : 0;
	size_t last = c->headline + AFTER, prose = 0;
	if (late) {
		first = last;
		last = c->page->block_count;
	}
	for (size_t i = first; i < last && i < c->page->block_count; i++) {
		struct byline b = read_block(c, i);
		b.score = b.score * 4 - (i < c->headline) - 3 * b.weak;
		if (late && (b.score < 12 || b.weak))
			continue;
		if (b.names.len && b.score > best.score)
			best = b;
		prose +=
		    !late && i > c->headline &&
		    c->page->blocks[i].end - c->page->blocks[i].start > 200;
		if (prose > 3 || (late && best.score))
			break;
	}
	return best;
}

static bool
full(struct desk_slice names)
{
	return names.len && memchr(names.data, ' ', names.len);
}

/* Where authors are named, best first: full names, then whatever is there. */
enum step {
	JSON,
	META,
	TEXT,
	LABEL,
	PAGE,
	PERSON,
	LED_TEXT, /* one word, but the page says "by" */
	LATE,
	WEAK_TEXT,
	WEAK_JSON,
	WEAK_META,
	WEAK_LABEL,
	HANDLE_META,
	HANDLE_JSON,
	STEPS
};

static struct desk_slice
take_step(const struct desk_meta_chooser *c, enum step step, struct byline text)
{
	unsigned weak = DESK_NAMES_WEAK, least = weak | DESK_NAMES_HANDLE;
	switch (step) {
	case JSON:
	case PAGE:
		return from_json(c, step == JSON, 0);
	case META:
		return from_meta(c, 0);
	case TEXT:
	case WEAK_TEXT:
		return text.names;
	case LED_TEXT:
		return text.score >= LED ? text.names : (struct desk_slice){0};
	case LABEL:
		return from_label(c, 0);
	case PERSON:
		return only_person(c);
	case LATE:
		return from_text(c, true).names;
	case WEAK_JSON:
		return from_json(c, true, weak);
	case WEAK_META:
		return from_meta(c, weak);
	case WEAK_LABEL:
		return from_label(c, weak);
	case HANDLE_META:
		return from_meta(c, least);
	default:
		return from_json(c, true, least);
	}
}

void
desk_meta_choose_author(struct desk_meta_chooser *c, struct desk_slice *out)
{
	struct byline text = {.score = 0};
	for (int step = 0; step < STEPS; step++) {
		if (step == TEXT)
			text = from_text(c, false);
		struct desk_slice found = take_step(c, (enum step)step, text);
		if (step < LED_TEXT || step == LATE ? full(found)
						    : found.len > 0) {
			*out = found;
			return;
		}
	}
}
