/*
 * lists.c - makes the tables of words and names that a model brings along.
 *
 * Lists are lines with columns between TABs, the first line naming them.  What
 * the names of a list are is told from its file's name and, where one file has
 * several kinds, from a column.
 */
#include "entities/lists.h"

#include <string.h>

#include "core/error.h"
#include "core/slice.h"
#include "core/utf8.h"

enum { COLUMNS = 4, CITY_PEOPLE = 300000, FREQUENT_RANK = 1000 };

struct line {
	struct desk_slice columns[COLUMNS];
	size_t count;
};

static bool
next_line(struct desk_slice *rest, struct line *line)
{
	if (!rest->len)
		return false;
	const char *lf = memchr(rest->data, '\n', rest->len);
	size_t len = lf ? (size_t)(lf - rest->data) : rest->len;
	const char *at = rest->data, *end = at + len;
	rest->data += len + (lf != NULL);
	rest->len -= len + (lf != NULL);
	for (line->count = 0; line->count < COLUMNS;) {
		const char *tab = memchr(at, '\t', (size_t)(end - at));
		const char *stop = tab ? tab : end;
		line->columns[line->count++] =
		    desk_slice(at, (size_t)(stop - at));
		if (!tab)
			break;
		at = tab + 1;
	}
	return true;
}

static uint32_t
number(struct desk_slice s)
{
	uint32_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned digit = (unsigned char)s.data[i] - '0';
		if (digit > 9)
			break;
		n = n < 100000000 ? n * 10 + digit : n;
	}
	return n;
}

static int
add(struct desk_lister *l, uint32_t key, const unsigned char *row,
    size_t stride, struct desk_error *error)
{
	struct desk_arena *a = &l->arena;
	if (!DESK_RESERVE(a, l->keys, l->count, l->room))
		return desk_fail_memory(error);
	while (l->row_room < (l->count + 1) * stride) {
		size_t room = l->row_room ? l->row_room * 2 : 1 << 16;
		unsigned char *more =
		    desk_arena_grow(a, l->rows, l->row_room, room);
		if (!more)
			return desk_fail_memory(error);
		l->rows = more;
		l->row_room = room;
	}
	memcpy(l->rows + l->count * stride, row, stride);
	l->keys[l->count++] = key;
	return 0;
}

int
desk_lister_clusters(
    struct desk_lister *l, struct desk_slice list, struct desk_error *error)
{
	struct line line;
	bool head = true;
	int rc = 0;
	while (!rc && next_line(&list, &line)) {
		if (head || line.count < 4) {
			head = false;
			continue;
		}
		uint32_t packed = (number(line.columns[1]) & 63) |
				  (number(line.columns[2]) & 255) << 6 |
				  (number(line.columns[3]) & 1023) << 14;
		unsigned char row[CLUSTER_STRIDE] = {(unsigned char)packed,
		    (unsigned char)(packed >> 8),
		    (unsigned char)(packed >> 16)};
		rc = add(l,
		    desk_cluster_key(line.columns[0].data, line.columns[0].len),
		    row, CLUSTER_STRIDE, error);
	}
	return rc;
}

/* What the names of a file are. */
static uint32_t
kind_of(const char *path, const struct line *line)
{
	static const struct kind {
		const char *file, *word;
		uint32_t listed;
	} kinds[] = {
	    {"cities", NULL, LISTED_TOWN},
	    {"territories", "capital", LISTED_CAPITAL},
	    {"territories", "country", LISTED_COUNTRY},
	    {"territories", NULL, LISTED_REGION},
	    {"subdivisions", NULL, LISTED_REGION},
	    {"us_states", NULL, LISTED_REGION},
	    {"timezone_places", NULL, LISTED_TOWN},
	    {"languages", NULL, LISTED_LANGUAGE},
	    {"first_names", NULL, LISTED_FIRST},
	    {"last_names", NULL, LISTED_FAMILY},
	    {"organisations", NULL, LISTED_ORG},
	    {"persons", NULL, LISTED_PER},
	    {"places", NULL, LISTED_LOC},
	};
	const char *slash = strrchr(path, '/');
	struct desk_slice name = desk_slice(slash ? slash + 1 : path, 0),
			  own = {NULL, 0};
	name.len = strcspn(name.data, ".");
	if (line->count > 1)
		own = line->columns[1];
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (desk_slice_is(name, kinds[i].file) &&
		    (!kinds[i].word || desk_slice_is(own, kinds[i].word))) {
			uint32_t listed = kinds[i].listed;
			if (listed == LISTED_TOWN && number(own) > CITY_PEOPLE)
				listed = LISTED_CITY;
			if (listed == LISTED_FAMILY && line->count > 2 &&
			    number(line->columns[2]) <= FREQUENT_RANK)
				listed = LISTED_LAST;
			return listed;
		}
	/* Any other list: name, TAB, label. */
	return desk_slice_is(own, "PER")    ? LISTED_PER
	       : desk_slice_is(own, "ORG")  ? LISTED_ORG
	       : desk_slice_is(own, "LOC")  ? LISTED_LOC
	       : desk_slice_is(own, "MISC") ? LISTED_MISC
					    : 0;
}

/* Adds a name and what it begins with. */
static int
add_name(struct desk_lister *l, struct desk_slice name, uint32_t kind,
    struct desk_error *error)
{
	struct desk_arena scratch = {0};
	struct desk_token *tokens = NULL;
	size_t count = 0, room = 0;
	uint64_t chain = 0;
	int rc = desk_tokenize(
	    name, 0, name.len, &scratch, &tokens, &count, &room, error);
	while (count && tokens[count - 1].shape >= DESK_SHAPE_NUMBER)
		count--;
	for (size_t i = 0; !rc && i < count && count <= NAME_TOKENS; i++) {
		if (tokens[i].shape >= DESK_SHAPE_NUMBER)
			continue;
		chain = desk_name_chain(
		    chain, desk_word_key(name.data + tokens[i].start,
			       tokens[i].end - tokens[i].start));
		uint32_t bits = i + 1 < count ? LISTED_MORE : kind;
		unsigned char row[NAME_STRIDE] = {
		    (unsigned char)bits, (unsigned char)(bits >> 8)};
		rc = add(l, desk_table_key(chain), row, NAME_STRIDE, error);
	}
	desk_arena_release(&scratch);
	return rc;
}

int
desk_lister_names(struct desk_lister *l, const char *path,
    struct desk_slice list, struct desk_error *error)
{
	struct line line;
	size_t number = 0;
	int rc = 0;
	while (!rc && next_line(&list, &line)) {
		uint32_t kind = kind_of(path, &line);
		struct desk_slice name = line.columns[0];
		if (!number++ || !name.len || name.data[0] == '#' || !kind)
			continue;
		rc = desk_utf8_valid(name.data, name.len) == name.len
			 ? add_name(l, name, kind, error)
			 : desk_fail(error, DESK_EDATA, "%.160s:%zu: not UTF-8",
			       path, number);
	}
	return rc;
}

/* Joins rows of the same key: their bits are put together. */
static int
join(struct desk_lister *l, struct desk_error *error)
{
	size_t size = 1;
	while (size < l->count * 2)
		size *= 2;
	uint32_t *slots = desk_arena_alloc(&l->arena, size * sizeof *slots);
	if (!slots)
		return desk_fail_memory(error);
	memset(slots, 0, size * sizeof *slots);
	size_t kept = 0;
	for (size_t i = 0; i < l->count; i++) {
		size_t at = l->keys[i] & (size - 1);
		while (slots[at] && l->keys[slots[at] - 1] != l->keys[i])
			at = (at + 1) & (size - 1);
		unsigned char *row = l->rows + i * NAME_STRIDE;
		if (slots[at]) {
			unsigned char *to =
			    l->rows + (size_t)(slots[at] - 1) * NAME_STRIDE;
			to[0] |= row[0];
			to[1] |= row[1];
			continue;
		}
		l->keys[kept] = l->keys[i];
		memmove(l->rows + kept * NAME_STRIDE, row, NAME_STRIDE);
		slots[at] = (uint32_t)++kept;
	}
	l->count = kept;
	return 0;
}

int
desk_lister_write(struct desk_lister *l, uint32_t stride,
    struct desk_buffer *out, struct desk_error *error)
{
	if (stride == NAME_STRIDE && join(l, error))
		return DESK_ENOMEM;
	return desk_table_build(
	    l->keys, l->rows, (uint32_t)l->count, stride, out, error);
}

void
desk_lister_release(struct desk_lister *l)
{
	desk_arena_release(&l->arena);
	*l = (struct desk_lister){0};
}
