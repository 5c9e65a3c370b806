/*
 * names.c - the names of a document, each once, with how often it stands there.
 *
 * Mentions are sorted to find equal ones.  Persons named by one word are looked
 * up, in any case, among the first and last words of the others; "Jr." and the
 * like are no last words.
 */
#include <stdlib.h>

#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "io/tally.h"

/* A name of a label, or a word that leads to one. */
struct name {
	const char *label;
	struct desk_slice text;
	size_t first; /* mention of it, or the name that a word is of */
	size_t words;
	uint64_t mentions, joined;
	size_t target; /* the name that it counts for, and one; 0: itself */
};

struct names {
	struct desk_doc *doc;
	struct name *items, *keys;
	size_t count, room, key_count, key_room;
};

static int
compare(struct desk_slice a, struct desk_slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.data, b.data, n) : 0;
	return order ? order : a.len < b.len ? -1 : a.len > b.len;
}

static int
by_name(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int order = strcmp(x->label, y->label);
	order = order ? order : compare(x->text, y->text);
	return order ? order : x->first < y->first ? -1 : x->first > y->first;
}

static int
by_word(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int order = compare(x->text, y->text);
	return order ? order : x->first < y->first ? -1 : x->first > y->first;
}

/* The next word of s from *at: false where there is none. */
static bool
next_word(struct desk_slice s, size_t *at, struct desk_slice *word)
{
	size_t size, from;
	while (*at < s.len &&
	       desk_class(desk_utf8_decode(s.data + *at, &size)) & DESK_SPACE)
		*at += size;
	for (from = *at; *at < s.len; *at += size)
		if (desk_class(desk_utf8_decode(s.data + *at, &size)) &
		    DESK_SPACE)
			break;
	*word = desk_slice(s.data + from, *at - from);
	return word->len != 0;
}

/* Adds a mention, white space in it made one blank; false: no memory. */
static bool
add_mention(struct names *names, size_t number)
{
	const struct desk_ent *ent = &names->doc->ents[number];
	struct desk_arena *arena = &names->doc->arena;
	struct desk_slice raw = {
	    names->doc->text.data + ent->start, ent->end - ent->start};
	struct name name = {.label = ent->label, .first = number};
	struct desk_slice word;
	if (raw.len > DESK_NAME_MAX)
		return true;
	char *text = desk_arena_alloc(arena, raw.len + 1);
	if (!text)
		return false;
	size_t len = 0;
	for (size_t at = 0; next_word(raw, &at, &word); name.words++) {
		if (len)
			text[len++] = ' ';
		memcpy(text + len, word.data, word.len);
		len += word.len;
	}
	name.text = desk_slice(text, len);
	name.mentions = 1;
	if (!len)
		return true;
	if (!DESK_RESERVE(arena, names->items, names->count, names->room))
		return false;
	names->items[names->count++] = name;
	return true;
}

static void
merge_equal(struct names *names)
{
	size_t n = 0;
	if (names->count)
		qsort(
		    names->items, names->count, sizeof *names->items, by_name);
	for (size_t i = 0; i < names->count; i++) {
		const struct name *name = &names->items[i];
		struct name *last = n ? &names->items[n - 1] : NULL;
		if (last && !strcmp(last->label, name->label) &&
		    desk_slice_equal(last->text, name->text))
			last->mentions++;
		else
			names->items[n++] = *name;
	}
	names->count = n;
}

static bool
is_person(const struct name *name)
{
	return !strcmp(name->label, "PER") || !strcmp(name->label, "PERSON");
}

/* "Jr.", "III": part of a name, but not what one is called by. */
static bool
is_suffix(struct desk_slice word)
{
	static const char *const words[] = {
	    "Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (desk_slice_is(word, words[i]))
			return true;
	return false;
}

/* The word in lower case, in room that is its own; data == NULL: no memory. */
static struct desk_slice
folded(struct names *names, struct desk_slice word)
{
	size_t max = word.len * 3 + 4;
	char *to = desk_arena_alloc(&names->doc->arena, max);
	return desk_slice(to, to ? desk_fold(word.data, word.len, to, max) : 0);
}

static bool
add_key(struct names *names, struct desk_slice word, size_t of)
{
	struct name key = {.text = folded(names, word), .first = of};
	if (!key.text.data || !DESK_RESERVE(&names->doc->arena, names->keys,
				  names->key_count, names->key_room))
		return false;
	names->keys[names->key_count++] = key;
	return true;
}

/* The first and the last word of a full name lead to it. */
static bool
add_keys(struct names *names, size_t of)
{
	struct desk_slice word, first = {NULL, 0}, last = {NULL, 0};
	size_t at = 0;
	while (next_word(names->items[of].text, &at, &word)) {
		if (!first.data)
			first = word;
		else if (!is_suffix(word))
			last = word;
	}
	return add_key(names, first, of) &&
	       (!last.data || add_key(names, last, of));
}

/* Whether name a is more likely than b what a single word stands for. */
static bool
better(const struct name *a, const struct name *b)
{
	if (a->mentions != b->mentions)
		return a->mentions > b->mentions;
	if (a->text.len != b->text.len)
		return a->text.len > b->text.len;
	return a->first < b->first;
}

/* Finds what a name of one word counts for. */
static bool
join(struct names *names, struct name *name)
{
	struct desk_slice word = folded(names, name->text);
	size_t low = 0, high = names->key_count;
	if (!word.data)
		return false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare(names->keys[middle].text, word) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < names->key_count &&
	       desk_slice_equal(names->keys[low].text, word);
	     low++) {
		size_t i = names->keys[low].first;
		struct name *full = &names->items[i];
		if (!strcmp(full->label, name->label) &&
		    (!name->target ||
			better(full, &names->items[name->target - 1])))
			name->target = i + 1;
	}
	return true;
}

static bool
join_persons(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		if (is_person(&names->items[i]) && names->items[i].words > 1 &&
		    !add_keys(names, i))
			return false;
	if (names->key_count)
		qsort(names->keys, names->key_count, sizeof *names->keys,
		    by_word);
	for (size_t i = 0; i < names->count; i++) {
		struct name *name = &names->items[i];
		if (!is_person(name) || name->words > 1)
			continue;
		if (!join(names, name))
			return false;
		if (name->target)
			names->items[name->target - 1].joined += name->mentions;
	}
	return true;
}

bool
desk_names_list(
    struct desk_record *record, struct desk_name **list, size_t *count)
{
	struct names names = {.doc = record->doc};
	for (size_t i = 0; i < record->doc->ent_count; i++)
		if (!add_mention(&names, i))
			return false;
	merge_equal(&names);
	*list = desk_arena_alloc(
	    &record->doc->arena, names.count * sizeof **list + 1);
	*count = 0;
	if (!*list || !join_persons(&names))
		return false;
	for (size_t i = 0; i < names.count; i++) {
		const struct name *name = &names.items[i];
		if (!name->target && strlen(name->label) <= DESK_NAME_MAX)
			(*list)[(*count)++] =
			    (struct desk_name){name->label, name->text,
				name->first, name->mentions + name->joined};
	}
	return true;
}

void
desk_names_write(struct desk_record *record, struct desk_buffer *out)
{
	struct desk_name *names;
	size_t count;
	if (!desk_names_list(record, &names, &count)) {
		out->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const struct desk_name *name = &names[i];
		desk_tsv_cell(out, name->label, strlen(name->label));
		desk_buffer_byte(out, '\t');
		desk_tsv_cell(out, name->text.data, name->text.len);
		desk_buffer_byte(out, '\t');
		desk_buffer_number(out, name->mentions);
		desk_buffer_byte(out, '\n');
	}
}
