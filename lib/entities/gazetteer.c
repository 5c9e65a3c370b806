/*
 * gazetteer.c - the user's own names, matched as they are written.
 *
 * A name is a run of tokens; blanks between them may be of any kind.  The
 * table maps the hash of each name, and of each begin of one that ends with a
 * token, to its entry, so that the longest match is found by going on word by
 * word.  A hash of 64 bits stands for its name.
 */
#include "entities/gazetteer.h"

#include <string.h>

#include "core/error.h"
#include "core/slice.h"
#include "core/utf8.h"

enum { LABEL_MAX = 32, NAME_TOKENS = 32 };

struct entry {
	uint64_t hash;
	const char *label; /* NULL: only the begin of a longer name */
};

struct desk_gazetteer {
	struct desk_arena arena;
	struct entry *table;
	size_t mask, count;
};

static uint64_t
step(uint64_t hash, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)s[i]) * UINT64_C(0x100000001B3);
	return hash;
}

static struct entry *
find(const struct desk_gazetteer *g, uint64_t hash)
{
	hash += !hash;
	size_t at = (size_t)(hash ^ hash >> 32);
	struct entry *e;
	do
		e = &g->table[at++ & g->mask];
	while (e->hash && e->hash != hash);
	return e;
}

static const uint64_t HASH_START = UINT64_C(0xCBF29CE484222325);

/* The hash of a name that is gone on with by token i. */
static uint64_t
add_token(
    uint64_t hash, const char *text, const struct desk_token *t, bool first)
{
	if (!first && t->spaced)
		hash = step(hash, " ", 1);
	return step(hash, text + t->start, t->end - t->start);
}

static int
grow(struct desk_gazetteer *g, struct desk_error *error)
{
	size_t size = (g->mask + 1) * 2;
	struct desk_gazetteer to = *g;
	to.mask = size - 1;
	to.table = desk_calloc(size, sizeof *to.table);
	if (!to.table)
		return desk_fail_memory(error);
	for (size_t i = 0; i <= g->mask; i++)
		if (g->table[i].hash)
			*find(&to, g->table[i].hash) = g->table[i];
	desk_free(g->table);
	g->table = to.table;
	g->mask = to.mask;
	return 0;
}

static int
add_name(struct desk_gazetteer *g, struct desk_slice list, size_t start,
    size_t end, const char *label, size_t *tokens, struct desk_error *error)
{
	struct desk_token *t = NULL;
	size_t count = 0, room = 0;
	struct desk_arena scratch = {0};
	int rc =
	    desk_tokenize(list, start, end, &scratch, &t, &count, &room, error);
	*tokens = count;
	if (count > NAME_TOKENS)
		count = 0;
	uint64_t hash = HASH_START;
	for (size_t i = 0; i < count && !rc; i++) {
		if (g->count * 2 > g->mask && (rc = grow(g, error)))
			break;
		hash = add_token(hash, list.data, &t[i], !i);
		struct entry *e = find(g, hash);
		g->count += !e->hash;
		e->hash = hash + !hash;
		if (i + 1 == count)
			e->label = label;
	}
	desk_arena_release(&scratch);
	return rc;
}

static bool
good_label(const char *s, size_t len)
{
	if (!len || len > LABEL_MAX || s[0] < 'A' || s[0] > 'Z')
		return false;
	for (size_t i = 1; i < len; i++)
		if (!(s[i] >= 'A' && s[i] <= 'Z') &&
		    !(s[i] >= '0' && s[i] <= '9') && s[i] != '_')
			return false;
	return true;
}

static int
add_line(struct desk_gazetteer *g, struct desk_slice list, size_t start,
    size_t end, size_t number, struct desk_error *error)
{
	const char *line = list.data + start;
	const char *tab = memchr(line, '\t', end - start);
	if (!tab)
		return desk_fail(error, DESK_EDATA,
		    "gazetteer line %zu: no TAB between name and label",
		    number);
	size_t name_end = (size_t)(tab - list.data), len = end - name_end - 1;
	if (!good_label(tab + 1, len))
		return desk_fail(error, DESK_EDATA,
		    "gazetteer line %zu: a label is capitals, digits and _",
		    number);
	if (desk_utf8_valid(line, end - start) < end - start)
		return desk_fail(
		    error, DESK_EDATA, "gazetteer line %zu: not UTF-8", number);
	char *label = desk_arena_alloc(&g->arena, len + 1);
	if (!label)
		return desk_fail_memory(error);
	memcpy(label, tab + 1, len);
	label[len] = '\0';
	size_t tokens;
	int rc = add_name(g, list, start, name_end, label, &tokens, error);
	if (!rc && (!tokens || tokens > NAME_TOKENS))
		rc = desk_fail(error, DESK_EDATA, "gazetteer line %zu: %s",
		    number, tokens ? "a name too long" : "no name");
	return rc;
}

struct desk_gazetteer *
desk_gazetteer_new(struct desk_slice list, struct desk_error *error)
{
	struct desk_gazetteer *g = desk_calloc(1, sizeof *g);
	if (g && (g->table = desk_calloc(64, sizeof *g->table)))
		g->mask = 63;
	int rc = g && g->table ? 0 : desk_fail_memory(error);
	size_t number = 0;
	for (size_t at = 0; !rc && at < list.len; number++) {
		const char *nl = memchr(list.data + at, '\n', list.len - at);
		size_t end = nl ? (size_t)(nl - list.data) : list.len;
		size_t next = end + 1;
		if (end > at && list.data[end - 1] == '\r')
			end--;
		if (end > at && list.data[at] != '#')
			rc = add_line(g, list, at, end, number + 1, error);
		at = next;
	}
	if (!rc)
		return g;
	desk_gazetteer_free(g);
	return NULL;
}

void
desk_gazetteer_free(struct desk_gazetteer *g)
{
	if (!g)
		return;
	desk_free(g->table);
	desk_arena_release(&g->arena);
	desk_free(g);
}

bool
desk_gazetteer_has(const struct desk_gazetteer *g, struct desk_slice label)
{
	for (size_t i = 0; i <= g->mask; i++)
		if (g->table[i].label &&
		    desk_slice_is(label, g->table[i].label))
			return true;
	return false;
}

const char *
desk_gazetteer_match(const struct desk_gazetteer *g,
    const struct desk_segment *segment, size_t i, uint32_t *end)
{
	uint64_t hash = HASH_START;
	const char *label = NULL;
	for (size_t n = 0; n < NAME_TOKENS && i + n < segment->count; n++) {
		const struct desk_token *t = &segment->tokens[i + n];
		hash = add_token(hash, segment->text.data, t, !n);
		const struct entry *e = find(g, hash);
		if (!e->hash)
			break;
		if (e->label) {
			label = e->label;
			*end = t->end;
		}
	}
	return label;
}
