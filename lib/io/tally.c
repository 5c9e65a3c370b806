/*
 * tally.c - names of all documents, summed.
 *
 * New rows are put behind those that are sorted; when there are as many of
 * them, all are sorted and equal ones made one, so that the cost of a row is
 * that of sorting whatever comes, and memory follows the number of different
 * names.
 */
#include "io/tally.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"

enum {
	NAMES_LIMIT = 512 << 10,
	BYTES_LIMIT = 64 << 20,
	NAMES_NEW = 4096,
	BYTES_NEW = 1 << 20
};

struct row {
	const char *key; /* label TAB name */
	uint32_t len, documents;
	uint64_t mentions, document; /* the last one that it stood in */
};

struct desk_tally {
	struct desk_tally_limits limits;
	struct desk_arena arena; /* of the keys */
	struct row *rows;	 /* on the heap */
	size_t count, room, sorted;
	size_t bytes, sorted_bytes; /* of the keys */
	uint64_t lost;
};

struct desk_tally *
desk_tally_new(const struct desk_tally_limits *limits)
{
	struct desk_tally *tally = desk_calloc(1, sizeof *tally);
	if (!tally)
		return NULL;
	tally->limits = *limits;
	if (!tally->limits.names)
		tally->limits.names = NAMES_LIMIT;
	if (!tally->limits.bytes)
		tally->limits.bytes = BYTES_LIMIT;
	return tally;
}

void
desk_tally_free(struct desk_tally *tally)
{
	if (!tally)
		return;
	desk_arena_release(&tally->arena);
	desk_free(tally->rows);
	desk_free(tally);
}

static int
compare_keys(const struct row *x, const struct row *y)
{
	int order = memcmp(x->key, y->key, x->len < y->len ? x->len : y->len);
	return order ? order : x->len < y->len ? -1 : x->len > y->len;
}

static int
by_key(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = compare_keys(x, y);
	return order			   ? order
	       : x->document < y->document ? -1
					   : x->document > y->document;
}

/* Most mentions first; then by name, and only then by label. */
static int
by_mentions(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	if (x->mentions != y->mentions)
		return x->mentions > y->mentions ? -1 : 1;
	const char *p = memchr(x->key, '\t', x->len);
	const char *q = memchr(y->key, '\t', y->len);
	size_t n = x->len - (size_t)(p - x->key);
	size_t m = y->len - (size_t)(q - y->key);
	int order = memcmp(p, q, n < m ? n : m);
	order = order ? order : n < m ? -1 : n > m;
	return order ? order : compare_keys(x, y);
}

/* The largest number of mentions, of those tried, that a name must have more of
 * for names and bytes to come to half of what is allowed. */
static uint64_t
find_rare(const struct desk_tally *tally)
{
	for (uint64_t rare = 1;; rare *= 2) {
		size_t names = 0, bytes = 0;
		for (size_t i = 0; i < tally->count; i++)
			if (tally->rows[i].mentions > rare) {
				names++;
				bytes += tally->rows[i].len;
			}
		if (names <= tally->limits.names / 2 &&
		    bytes <= tally->limits.bytes / 2)
			return rare;
	}
}

/* Keeps the names with more mentions, and the keys of those only. */
static int
keep(struct desk_tally *tally, uint64_t rare, struct desk_error *error)
{
	struct desk_arena arena = {NULL, NULL};
	size_t n = 0;
	tally->bytes = 0;
	for (size_t i = 0; i < tally->count; i++) {
		struct row row = tally->rows[i];
		if (row.mentions <= rare) {
			tally->lost += row.mentions;
			continue;
		}
		char *key = desk_arena_alloc(&arena, row.len);
		if (!key) {
			desk_arena_release(&arena);
			return desk_fail_memory(error);
		}
		memcpy(key, row.key, row.len);
		row.key = key;
		tally->rows[n++] = row;
		tally->bytes += row.len;
	}
	desk_arena_release(&tally->arena);
	tally->arena = arena;
	tally->count = tally->sorted = n;
	tally->sorted_bytes = tally->bytes;
	return 0;
}

/* Sorts all rows and makes equal ones one. */
static int
settle(struct desk_tally *tally, struct desk_error *error)
{
	struct row *rows = tally->rows;
	size_t n = 0;
	if (tally->count)
		qsort(rows, tally->count, sizeof *rows, by_key);
	tally->bytes = 0;
	for (size_t i = 0; i < tally->count; i++) {
		struct row *last = n ? &rows[n - 1] : NULL;
		if (last && !compare_keys(last, &rows[i])) {
			/* Parts of one document are one. */
			last->documents += rows[i].documents -
					   (last->document == rows[i].document);
			last->document = rows[i].document;
			last->mentions += rows[i].mentions;
		} else {
			rows[n++] = rows[i];
			tally->bytes += rows[i].len;
		}
	}
	tally->count = n;
	uint64_t rare =
	    n > tally->limits.names || tally->bytes > tally->limits.bytes
		? find_rare(tally)
		: 0;
	return keep(tally, rare, error);
}

static int
add_row(
    struct desk_tally *tally, const struct row *row, struct desk_error *error)
{
	size_t fresh = tally->count - tally->sorted;
	size_t fresh_bytes = tally->bytes - tally->sorted_bytes;
	bool full = fresh >= NAMES_NEW && fresh >= tally->sorted;
	full |= fresh_bytes >= BYTES_NEW && fresh_bytes >= tally->sorted_bytes;
	if (full && settle(tally, error))
		return DESK_ENOMEM;
	if (tally->count == tally->room) {
		size_t room = tally->room ? tally->room * 2 : NAMES_NEW;
		struct row *rows = desk_calloc(room, sizeof *rows);
		if (!rows)
			return desk_fail_memory(error);
		if (tally->count)
			memcpy(rows, tally->rows, tally->count * sizeof *rows);
		desk_free(tally->rows);
		tally->rows = rows;
		tally->room = room;
	}
	char *key = desk_arena_alloc(&tally->arena, row->len);
	if (!key)
		return desk_fail_memory(error);
	memcpy(key, row->key, row->len);
	tally->rows[tally->count] = *row;
	tally->rows[tally->count++].key = key;
	tally->bytes += row->len;
	return 0;
}

int
desk_tally_add(struct desk_tally *tally, struct desk_slice rows,
    uint64_t document, struct desk_error *error)
{
	const char *s = rows.data, *end = s + rows.len;
	while (s < end) {
		struct row row = {
		    .key = s, .documents = 1, .document = document};
		const char *lf = memchr(s, '\n', (size_t)(end - s));
		const char *name = memchr(s, '\t', (size_t)(lf - s));
		const char *tab =
		    memchr(name + 1, '\t', (size_t)(lf - name - 1));
		row.len = (uint32_t)(tab - s);
		for (const char *p = tab + 1; p < lf; p++)
			row.mentions = row.mentions * 10 + (uint64_t)(*p - '0');
		int err = add_row(tally, &row, error);
		if (err)
			return err;
		s = lf + 1;
	}
	return 0;
}

int
desk_tally_finish(struct desk_tally *tally, struct desk_error *error)
{
	int err = settle(tally, error);
	if (!err && tally->count)
		qsort(tally->rows, tally->count, sizeof *tally->rows,
		    by_mentions);
	return err;
}

bool
desk_tally_row(
    const struct desk_tally *tally, size_t i, struct desk_buffer *out)
{
	if (i >= tally->count)
		return false;
	const struct row *row = &tally->rows[i];
	desk_buffer_append(out, row->key, row->len);
	desk_buffer_byte(out, '\t');
	desk_buffer_number(out, row->mentions);
	desk_buffer_byte(out, '\t');
	desk_buffer_number(out, row->documents);
	desk_buffer_byte(out, '\n');
	return true;
}

uint64_t
desk_tally_lost(const struct desk_tally *tally)
{
	return tally->lost;
}
