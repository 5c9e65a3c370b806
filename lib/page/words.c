/*
 * words.c - what the attributes of an element say of it.
 *
 * Class and id are cut into words (at signs and figures, and where a capital
 * follows a small letter), which lib/data/page_words.tsv knows, alone, two
 * together, or one grown together of several.  A page repeats its class
 * attributes, so what was found is remembered by a hash of their bytes.
 */
#include "page/build.h"

#include <string.h>

#include "core/lexicon.h"
#include "core/slice.h"

#include "page_words.inc"

#define SAME(name)                                                             \
	_Static_assert(DESK_KIND_##name == PAGE_WORDS_##name,                  \
	    "enum desk_page_kind is out of step with page_words.tsv")

SAME(AD);
SAME(ARTICLE);
SAME(AUTHOR);
SAME(BODY);
SAME(BUTTON);
SAME(CAPTION);
SAME(COMMENT);
SAME(CONSENT);
SAME(DATE);
SAME(DOCS);
SAME(FOOTER);
SAME(FORM);
SAME(GRID);
SAME(HEAD);
SAME(HIDDEN);
SAME(IMAGE);
SAME(LEAD);
SAME(MAIN);
SAME(META);
SAME(NAV);
SAME(NEWSLETTER);
SAME(PRODUCT);
SAME(QUOTE);
SAME(RELATED);
SAME(REVIEW);
SAME(SHARE);
SAME(SIDEBAR);
SAME(THREAD);
SAME(TITLE);
SAME(TOOL);
SAME(VIDEO);

enum {
	WORD_MAX = 32,
	PART_MIN = 4,	/* letters of a part of a word grown together */
	VALUE_MAX = 512 /* bytes of an attribute that are read */
};

static uint32_t
find(const char *s, size_t len)
{
	return desk_lexicon_find(&page_words, s, len) & ~DESK_LEX_PREFIX;
}

/* The classes of a word, or of the two that it has grown together of, or of
 * one that it begins or ends with. */
static uint32_t
find_word(const char *s, size_t len)
{
	uint32_t kinds = find(s, len), one = 0;
	if (kinds || len > WORD_MAX)
		return kinds;
	for (size_t at = len; at-- > PART_MIN;) {
		uint32_t left = find(s, at);
		uint32_t right =
		    len - at < PART_MIN ? 0 : find(s + at, len - at);
		if (left && right)
			return left | right;
		if (!one)
			one = left | right;
	}
	return one;
}

struct words {
	char text[2 * WORD_MAX + 1]; /* the word before, a blank, this one */
	size_t before, len;	     /* of the word before; of both */
	uint32_t kinds;
};

static void
end_word(struct words *w)
{
	size_t start = w->before ? w->before + 1 : 0;
	size_t len = w->len - start;
	if (!len)
		return;
	w->kinds |= find_word(w->text + start, len);
	if (w->before)
		w->kinds |= find(w->text, w->len);
	memmove(w->text, w->text + start, len);
	w->text[len] = ' ';
	w->before = len;
	w->len = len + 1;
}

uint32_t
desk_page_kinds(struct desk_slice value)
{
	struct words w = {.kinds = 0};
	bool small = false;
	size_t end = value.len < VALUE_MAX ? value.len : VALUE_MAX;
	for (size_t i = 0; i < end; i++) {
		unsigned char c = (unsigned char)value.data[i];
		bool capital = c >= 'A' && c <= 'Z';
		if (!capital && (c < 'a' || c > 'z')) {
			end_word(&w);
			small = false;
			/* Words of two names do not stand together. */
			if (c == ' ')
				w.before = w.len = 0;
			continue;
		}
		if (capital && small)
			end_word(&w);
		small = !capital;
		if (w.len - (w.before ? w.before + 1 : 0) < WORD_MAX)
			w.text[w.len++] = (char)(c | 0x20);
	}
	end_word(&w);
	return w.kinds;
}

/* A hash of the letters of class names. */
static uint32_t
letters_hash(struct desk_slice value)
{
	uint32_t h = 7;
	size_t end = value.len < VALUE_MAX ? value.len : VALUE_MAX;
	for (size_t i = 0; i < end; i++) {
		unsigned char c = (unsigned char)value.data[i];
		if (c < '0' || c > '9')
			h = (h ^ c) * UINT32_C(16777619);
	}
	return h;
}

static const struct desk_memo *
remember(struct desk_builder *b, struct desk_slice value)
{
	uint64_t key = desk_slice_hash(value);
	struct desk_memo *memo = &b->memo[key % DESK_MEMO];
	if (memo->key != key) {
		memo->key = key;
		memo->kinds = desk_page_kinds(value);
		memo->own = letters_hash(value);
	}
	return memo;
}

static bool
name_is(struct desk_slice name, const char *want, size_t len)
{
	if (name.len != len)
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = name.data[i];
		c |= (unsigned char)(c - 'A') < 26 ? 0x20 : 0;
		if (c != want[i])
			return false;
	}
	return true;
}

#define IS(name, want) name_is(name, want, sizeof(want) - 1)

/* Whether a list of words has one. */
static bool
has_word(struct desk_slice value, const char *want)
{
	size_t len = strlen(want), i = 0;
	while (i < value.len) {
		size_t start = i;
		while (i < value.len && value.data[i] != ' ')
			i++;
		if (name_is(
			desk_slice(value.data + start, i - start), want, len))
			return true;
		i++;
	}
	return false;
}

static bool
ends_in(struct desk_slice value, const char *want)
{
	size_t len = strlen(want);
	return value.len >= len &&
	       name_is(
		   desk_slice(value.data + value.len - len, len), want, len);
}

static uint8_t
property_flags(struct desk_slice value)
{
	unsigned flags = 0;
	if (has_word(value, "author"))
		flags |= DESK_NODE_AUTHOR;
	if (has_word(value, "articlebody") || has_word(value, "text"))
		flags |= DESK_NODE_BODY;
	if (has_word(value, "datepublished"))
		flags |= DESK_NODE_TIME;
	if (has_word(value, "comment"))
		flags |= DESK_NODE_COMMENT;
	return (uint8_t)flags;
}

static uint8_t
role_flags(struct desk_slice value)
{
	static const char *const around[] = {"navigation", "banner",
	    "contentinfo", "complementary", "search", "dialog", "alertdialog",
	    "menu", "menubar", "toolbar", "tablist"};
	if (has_word(value, "main") || has_word(value, "article"))
		return DESK_NODE_MAIN;
	for (size_t i = 0; i < sizeof around / sizeof *around; i++)
		if (has_word(value, around[i]))
			return DESK_NODE_AROUND;
	return 0;
}

/* Whether a style says that nothing is shown, blanks or not in it. */
static bool
style_hides(struct desk_slice value)
{
	static const char *const hides[] = {
	    "display:none", "visibility:hidden"};
	char s[128];
	size_t len = 0;
	for (size_t i = 0; i < value.len && len < sizeof s; i++)
		if (value.data[i] != ' ')
			s[len++] = value.data[i] | 0x20;
	for (size_t k = 0; k < 2; k++) {
		size_t n = strlen(hides[k]);
		for (size_t i = 0; i + n <= len; i++)
			if (!memcmp(s + i, hides[k], n))
				return true;
	}
	return false;
}

static bool
tells_of_part(struct desk_slice name)
{
	return IS(name, "id") || IS(name, "data-testid") ||
	       IS(name, "data-component") || IS(name, "data-qa") ||
	       IS(name, "data-module") || IS(name, "data-type") ||
	       IS(name, "data-role") || IS(name, "data-test-id");
}

static void
read_attribute(struct desk_builder *b, struct desk_slice name,
    struct desk_slice value, struct desk_element_words *words)
{
	switch (name.len ? name.data[0] | 0x20 : 0) {
	case 'c':
		if (IS(name, "class")) {
			const struct desk_memo *memo = remember(b, value);
			words->kinds |= memo->kinds;
			words->own ^= memo->own;
		}
		break;
	case 'i':
		if (IS(name, "itemprop"))
			words->flags |= property_flags(value);
		else if (IS(name, "itemtype") &&
			 (ends_in(value, "/comment") ||
			     ends_in(value, "/usercomments")))
			words->flags |= DESK_NODE_COMMENT;
		else if (tells_of_part(name))
			words->kinds |= remember(b, value)->kinds;
		break;
	case 'd':
		if (tells_of_part(name))
			words->kinds |= remember(b, value)->kinds;
		break;
	case 'r':
		if (IS(name, "role"))
			words->flags |= role_flags(value);
		else if (IS(name, "rel") && has_word(value, "author"))
			words->flags |= DESK_NODE_AUTHOR;
		break;
	case 's':
		if (IS(name, "style") && style_hides(value))
			words->flags |= DESK_NODE_HIDDEN;
		break;
	case 'h':
		if (IS(name, "hidden"))
			words->flags |= DESK_NODE_HIDDEN;
		else if (IS(name, "href") && !words->href.data)
			words->href = value;
		break;
	case 'a':
		/* For eyes only, mostly icons. */
		if (IS(name, "aria-hidden") && IS(value, "true"))
			words->kinds |= DESK_KIND_HIDDEN;
		break;
	default:
		break;
	}
}

/* An address without references; as it stands where memory runs out. */
static struct desk_slice
undo(struct desk_builder *b, struct desk_slice href)
{
	if (!memchr(href.data, '&', href.len))
		return href;
	size_t room = desk_html_room(href.len);
	char *out = desk_arena_alloc(b->arena, room);
	if (!out)
		return href;
	size_t len = desk_html_value(href, out);
	desk_arena_grow(b->arena, out, room, len ? len : 1);
	return desk_slice(out, len);
}

void
desk_element_read(struct desk_builder *b, const struct desk_html_token *token,
    struct desk_element_words *words)
{
	*words = (struct desk_element_words){
	    .own = (uint32_t)(token->tag + 1) * UINT32_C(0x85EBCA6B)};
	if (!token->tag)
		words->own ^= desk_name_hash(token->name);
	for (size_t i = 0; i < token->attribute_count; i++)
		read_attribute(b, token->attributes[i].name,
		    token->attributes[i].value, words);
	bool leads = token->tag == DESK_TAG_A || token->tag == DESK_TAG_BASE;
	words->href = leads && words->href.data ? undo(b, words->href)
						: desk_slice(NULL, 0);
}
