/*
 * meta.c - notes of what a page says of itself, taken while it is read.
 *
 * Values are copied into the arena with references undone and cut to some
 * hundred bytes; JSON-LD stays where it lies and is read by meta_json.c.  What
 * the notes come to is decided in meta_choose.c.
 */
#include "page/meta.h"

#include <string.h>

#include "page/dates.h"
#include "page/meta_notes.h"
#include "core/error.h"
#include "core/lexicon.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "html/mend.h"
#include "meta_names.inc"

#define BIT(key) (UINT32_C(1) << (key))
_Static_assert(META_NAMES_AUTHOR == BIT(DESK_KEY_AUTHOR) &&
		   META_NAMES_PUBLISHED == BIT(DESK_KEY_PUBLISHED) &&
		   META_NAMES_TITLE_X == BIT(DESK_KEY_TITLE_X) &&
		   META_NAMES_TYPE_ARTICLE == BIT(DESK_KEY_TYPE_ARTICLE) &&
		   META_NAMES_URL == BIT(DESK_KEY_URL),
    "the classes are numbered in alphabetical order");

uint32_t
desk_meta_name(struct desk_slice name, bool type)
{
	char folded[64] = "@";
	size_t len;
	if (!name.len || name.len >= sizeof folded - 1)
		return 0;
	len =
	    desk_fold(name.data, name.len, folded + type, sizeof folded - type);
	return len ? desk_lexicon_find(&meta_names, folded, len + type) : 0;
}

struct desk_slice
desk_meta_tidy(struct desk_arena *arena, struct desk_slice text, size_t most)
{
	char *out = desk_arena_alloc(arena, text.len + 1);
	size_t len = 0, size;
	bool gap = false;
	if (!out)
		return desk_slice(NULL, 0);
	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c = desk_utf8_decode(text.data + at, &size);
		/* Joiners and marks of direction that nobody sees. */
		if (c == 0x200B || c == 0x200E || c == 0x200F || c == 0xFEFF ||
		    c == 0xAD)
			continue;
		if (desk_class(c) & DESK_SPACE || c < 0x20 || c == 0x7F) {
			gap = len > 0;
			continue;
		}
		if (len + gap + size > most)
			break;
		if (gap)
			out[len++] = ' ';
		gap = false;
		memcpy(out + len, text.data + at, size);
		len += size;
	}
	desk_arena_grow(arena, out, text.len + 1, len);
	return len ? desk_slice(out, len) : desk_slice(NULL, 0);
}

struct desk_meta_notes *
desk_meta_new(struct desk_arena *arena, bool as_is)
{
	struct desk_meta_notes *notes = desk_arena_alloc(arena, sizeof *notes);
	if (notes)
		*notes =
		    (struct desk_meta_notes){.arena = arena, .as_is = as_is};
	return notes;
}

/* The text of a value of the source, undone and tidy. */
static struct desk_slice
undo(struct desk_meta_notes *notes, struct desk_slice raw, bool attribute)
{
	char text[3 * 4 * DESK_META_BYTES + 8];
	size_t len;
	if (raw.len > 4 * DESK_META_BYTES)
		raw.len = 4 * DESK_META_BYTES -
			  desk_utf8_tail(raw.data, 4 * DESK_META_BYTES);
	len = attribute ? desk_html_value(raw, text)
			: desk_html_text(raw, DESK_HTML_RCDATA, text);
	if (!notes->as_is)
		len = desk_mend(text, len);
	return desk_meta_tidy(
	    notes->arena, desk_slice(text, len), DESK_META_BYTES);
}

static struct desk_slice
value_of(const struct desk_html_token *token, const char *name)
{
	const struct desk_html_attribute *a =
	    desk_html_find(token, name, strlen(name));
	return a ? a->value : desk_slice(NULL, 0);
}

static bool
same_word(struct desk_slice s, const char *word)
{
	if (s.len != strlen(word))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if ((s.data[i] | 0x20) != word[i])
			return false;
	return true;
}

/* Whether a list with blanks between holds a word. */
static bool
has_word(struct desk_slice s, const char *word)
{
	size_t start = 0;
	for (size_t i = 0; s.data && i <= s.len; i++)
		if (i == s.len || s.data[i] == ' ' || s.data[i] == '\t' ||
		    s.data[i] == '\n') {
			if (same_word(
				desk_slice(s.data + start, i - start), word))
				return true;
			start = i + 1;
		}
	return false;
}

static void
note_meta(struct desk_meta_notes *notes, const struct desk_html_token *token)
{
	static const char *const names[] = {
	    "property", "name", "itemprop", "http-equiv"};
	struct desk_slice raw = value_of(token, "content"), value;
	uint32_t keys = 0;
	for (size_t i = 0; !keys && i < sizeof names / sizeof *names; i++)
		keys = desk_meta_name(value_of(token, names[i]), false);
	if (!keys || !raw.len)
		return;
	unsigned key = (unsigned)__builtin_ctz(keys);
	bool more =
	    key == DESK_KEY_AUTHOR && notes->author_count < DESK_META_AUTHORS;
	if (notes->values[key].len && !more)
		return;
	value = undo(notes, raw, true);
	if (!value.len)
		return;
	if (more)
		notes->authors[notes->author_count++] = value;
	if (!notes->values[key].len)
		notes->values[key] = value;
}

static void
note_time(struct desk_meta_notes *notes, const struct desk_html_token *token)
{
	if (notes->time_count == DESK_META_TIMES)
		return;
	struct desk_slice prop = value_of(token, "itemprop"),
			  class = value_of(token, "class"),
			  value = value_of(token, "datetime");
	struct desk_meta_time *t = notes->times + notes->time_count++;
	*t = (struct desk_meta_time){.at = token->start,
	    .published = has_word(prop, "datepublished") ||
			 has_word(class, "published") ||
			 has_word(class, "entry-date") ||
			 desk_html_find(token, "pubdate", 7),
	    .modified = has_word(prop, "datemodified") ||
			has_word(class, "updated") ||
			has_word(class, "modified")};
	/* WordPress gives one element both classes. */
	if (t->published && t->modified)
		t->modified = false;
	if (!value.len)
		value = value_of(token, "content");
	if (value.len)
		t->value = undo(notes, value, true);
}

static void
note_start(struct desk_meta_notes *notes, const struct desk_html_token *token)
{
	struct desk_slice value;
	switch (token->tag) {
	case DESK_TAG_META:
		note_meta(notes, token);
		break;
	case DESK_TAG_LINK:
		if (!notes->canonical.len &&
		    has_word(value_of(token, "rel"), "canonical"))
			notes->canonical =
			    undo(notes, value_of(token, "href"), true);
		break;
	case DESK_TAG_HTML:
		value = value_of(token, "lang");
		if (!value.len)
			value = value_of(token, "xml:lang");
		if (!notes->lang.len && value.len)
			notes->lang = undo(notes, value, true);
		break;
	case DESK_TAG_TITLE:
		notes->await =
		    notes->title.len ? DESK_AWAIT_NOTHING : DESK_AWAIT_TITLE;
		break;
	case DESK_TAG_SCRIPT:
		value = value_of(token, "type");
		if (value.len >= 19 && same_word(desk_slice(value.data, 19),
					   "application/ld+json"))
			notes->await = DESK_AWAIT_JSON;
		break;
	case DESK_TAG_TIME:
		note_time(notes, token);
		break;
	default:
		break;
	}
}

int
desk_meta_note(struct desk_meta_notes *notes,
    const struct desk_html_token *token, struct desk_error *error)
{
	int awaited = (int)notes->await;
	notes->await = DESK_AWAIT_NOTHING;
	if (token->kind == DESK_HTML_OPEN)
		note_start(notes, token);
	else if (token->kind == DESK_HTML_TEXT && awaited == DESK_AWAIT_TITLE)
		notes->title = undo(notes, token->text, false);
	else if (token->kind == DESK_HTML_TEXT && awaited == DESK_AWAIT_JSON)
		return desk_meta_json(notes, token->text, error);
	return 0;
}

void
desk_meta_hint(
    const struct desk_meta_notes *notes, struct desk_meta_hints *hints)
{
	const struct desk_meta_record *r = desk_meta_json_main(notes, true);
	uint32_t types = 0;
	*hints =
	    (struct desk_meta_hints){.title = notes->values[DESK_KEY_TITLE],
		.description = notes->values[DESK_KEY_DESCRIPTION],
		.author = notes->values[DESK_KEY_AUTHOR]};
	if (!hints->title.len)
		hints->title = notes->title;
	if (r) {
		hints->headline = desk_meta_json_text(
		    notes->arena, r->headline, DESK_META_BYTES);
		hints->body = desk_meta_json_text(
		    notes->arena, r->body, DESK_META_SCRIPT);
		hints->body_value = r->body;
		hints->body_script = r->script;
		if (!hints->author.len)
			hints->author =
			    desk_meta_json_authors(notes, notes->arena, r);
	}
	types = desk_meta_name(notes->values[DESK_KEY_TYPE], true);
	for (size_t i = 0; i < notes->record_count; i++)
		if (notes->records[i].depth < 3)
			types |= notes->records[i].types;
	hints->article = types & BIT(DESK_KEY_TYPE_ARTICLE);
	hints->product = types & BIT(DESK_KEY_TYPE_PRODUCT);
	hints->forum = types & BIT(DESK_KEY_TYPE_FORUM);
	hints->listing = types & BIT(DESK_KEY_TYPE_LISTING);
}

size_t
desk_meta_date(struct desk_slice text, char *out)
{
	struct desk_date date;
	return desk_date_find(text, DESK_DATE_SHORT_YEAR, &date)
		   ? desk_date_write(&date, out)
		   : 0;
}
