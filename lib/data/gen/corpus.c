/*
 * corpus.c - reading corpora of web pages, their words, and writing trees.
 */
#include "corpus.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>
#include <zlib.h>

#include "core/json.h"
#include "core/lexicon.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"

_Noreturn void
corpus_die(const char *where, const char *why)
{
	fprintf(stderr, "%s: %s\n", where, why);
	exit(1);
}

void *
corpus_room(void *items, size_t need, size_t *room, size_t size)
{
	if (need <= *room)
		return items;
	*room = need + need / 2 + 64;
	items = realloc(items, *room * size);
	if (!items)
		corpus_die("memory", "there is no more");
	return items;
}

static void *
take(struct desk_arena *arena, size_t size)
{
	void *p = desk_arena_alloc(arena, size);
	if (!p)
		corpus_die("memory", "there is no more");
	return p;
}

struct desk_slice
corpus_file(const char *path)
{
	static char *data;
	static size_t room;
	gzFile file = gzopen(path, "rb");
	size_t len = 0;
	int got = 1;
	if (!file)
		corpus_die(path, "cannot open");
	for (; got > 0; len += (size_t)got) {
		data = corpus_room(data, len + 65537, &room, 1);
		got = gzread(file, data + len, 65536);
		if (got < 0)
			corpus_die(path, "cannot be unpacked");
	}
	gzclose(file);
	data[len] = '\0';
	return desk_slice(data, len);
}

struct desk_slice
corpus_html(const struct corpus_page *page)
{
	return corpus_file(page->path);
}

/* Folds. */

static size_t
label_before(struct desk_slice host, size_t end)
{
	while (end > 0 && host.data[end - 1] != '.')
		end--;
	return end;
}

/* The name that a site goes by: the last two parts of its host, or three where
 * the last but one is as short as in co.uk. */
static struct desk_slice
site_of(struct desk_slice url)
{
	size_t at = 0;
	for (size_t i = 0; i + 2 < url.len && !at; i++)
		if (!memcmp(url.data + i, "://", 3))
			at = i + 3;
	if (!at)
		return url;
	struct desk_slice host = desk_slice(url.data + at, 0);
	while (
	    at + host.len < url.len && !memchr("/:?#", host.data[host.len], 4))
		host.len++;
	size_t last = label_before(host, host.len);
	size_t first = last ? label_before(host, last - 1) : 0;
	if (first && last - 1 - first <= 3)
		first = label_before(host, first - 1);
	return desk_slice(host.data + first, host.len - first);
}

/* Some pages of traf have a file's name for an address, NOTE::HOST-REST: the
 * parts of the host up to com, org or net, or two of them. */
static struct desk_slice
site_of_name(struct desk_slice url)
{
	size_t at = 0, parts = 0, start;
	for (size_t i = 0; i + 1 < url.len && !at; i++)
		if (url.data[i] == ':' && url.data[i + 1] == ':')
			at = i + 2;
	if (!at)
		return site_of(url);
	start = at;
	for (size_t from = at; at < url.len && url.data[at] != '-'; at++) {
		if (url.data[at] != '.')
			continue;
		struct desk_slice part = desk_slice(url.data + from, at - from);
		if (++parts == 2 || desk_slice_is(part, "com") ||
		    desk_slice_is(part, "org") || desk_slice_is(part, "net"))
			break;
		from = at + 1;
	}
	return desk_slice(url.data + start, at - start);
}

/* Records. */

static struct desk_slice
string_of(struct corpus *corpus, struct desk_slice value)
{
	char *to = take(&corpus->arena, value.len + 1);
	size_t len = desk_json_unescape(value, to);
	to[len] = '\0';
	return desk_slice(to, len);
}

static struct desk_slice *
strings_of(struct corpus *corpus, struct desk_slice value, size_t *count)
{
	struct desk_json walk = desk_json_open(value);
	struct desk_json_member m;
	struct desk_slice *list = NULL;
	size_t room = 0;
	*count = 0;
	while (desk_json_next(&walk, &m)) {
		if (m.kind != DESK_JSON_STRING)
			continue;
		struct desk_slice s = string_of(corpus, m.value);
		if (!DESK_RESERVE(&corpus->arena, list, *count, room))
			corpus_die("memory", "there is no more");
		list[(*count)++] = s;
	}
	return list;
}

static void
read_page(struct corpus *corpus, struct desk_slice line, const char *folder)
{
	struct desk_error error = {0};
	struct desk_json_member *m;
	enum desk_json_kind kind;
	struct desk_slice html = {0};
	struct corpus_page page = {0};
	size_t count;
	if (desk_json_scan(line, &corpus->arena, &m, &count, &kind, &error))
		corpus_die(folder, error.text);
	struct {
		const char *name;
		struct desk_slice *to;
	} strings[] = {{"id", &page.id}, {"set", &page.set},
	    {"lang", &page.lang}, {"url", &page.url}, {"html", &html},
	    {"gold", &page.gold}};
	for (size_t i = 0; i < count; i++) {
		if (desk_json_key_is(m[i].key, "with"))
			page.with =
			    strings_of(corpus, m[i].value, &page.with_count);
		if (desk_json_key_is(m[i].key, "without"))
			page.without =
			    strings_of(corpus, m[i].value, &page.without_count);
		for (size_t k = 0; k < sizeof strings / sizeof *strings; k++)
			if (m[i].kind == DESK_JSON_STRING &&
			    desk_json_key_is(m[i].key, strings[k].name))
				*strings[k].to = string_of(corpus, m[i].value);
	}
	if (!page.id.data || !page.set.data || !html.data)
		corpus_die(folder, "a page without id, set or html");
	size_t size = strlen(folder) + html.len + 2;
	char *path = take(&corpus->arena, size);
	snprintf(path, size, "%s/%s", folder, html.data);
	page.path = path;
	struct desk_slice site =
	    page.url.len ? site_of_name(page.url) : page.id;
	page.fold =
	    (desk_lexicon_hash(site.data, site.len) >> 13) % CORPUS_FOLDS;
	if (!DESK_RESERVE(
		&corpus->arena, corpus->pages, corpus->count, corpus->room))
		corpus_die("memory", "there is no more");
	corpus->pages[corpus->count++] = page;
}

void
corpus_read(struct corpus *corpus, const char *folder)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/pages.jsonl", folder);
	struct desk_slice rows = corpus_file(path);
	const char *at = rows.data, *end = at + rows.len;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		stop = stop ? stop : end;
		if (stop > at)
			read_page(corpus, desk_slice(at, (size_t)(stop - at)),
			    folder);
		at = stop + 1;
	}
}

/* Words. */

static bool
word_character(uint32_t c)
{
	if (c < 128)
		return c == '_' || (desk_ascii_classes[c] & DESK_WORD);
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}

static void
add_word(struct corpus_words *words, uint64_t hash, size_t start)
{
	size_t room = words->room;
	words->hashes = corpus_room(words->hashes, words->count + 1,
	    &words->room, sizeof *words->hashes);
	words->starts = corpus_room(
	    words->starts, words->count + 1, &room, sizeof *words->starts);
	words->hashes[words->count] = hash ^ hash >> 29;
	words->starts[words->count++] = (uint32_t)start;
}

void
corpus_words(struct corpus_words *words, struct desk_slice text, bool fold)
{
	const uint64_t seed = UINT64_C(0xCBF29CE484222325);
	uint64_t hash = seed;
	size_t start = 0, size;
	bool open = false;
	for (size_t i = 0; i < text.len; i += size) {
		uint32_t c = desk_utf8_decode(text.data + i, &size);
		if (!word_character(c)) {
			if (open)
				add_word(words, hash, start);
			open = false;
			continue;
		}
		if (!open) {
			hash = seed;
			start = i;
			open = true;
		}
		hash ^= fold ? desk_lower(c) : c;
		hash *= UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 32;
	}
	if (open)
		add_word(words, hash, start);
}

/* Trees. */

/* The node under at that rows with the known value come to. */
static uint16_t
beyond(
    const struct desk_trees *trees, uint16_t at, unsigned known, int16_t value)
{
	const struct desk_tree_node *node = &trees->nodes[at];
	while (node->left != at && node->feature == known) {
		at = (uint16_t)(node->left + (value > node->threshold));
		node = &trees->nodes[at];
	}
	return at;
}

void
corpus_print_trees(
    const struct desk_trees *trees, unsigned known, int16_t value, FILE *to)
{
	static uint16_t open[2 * DESK_TREES_DEPTH_MAX];
	fprintf(to, "features %u\nbase %d\n", trees->feature_count,
	    (int)trees->base);
	for (size_t i = 0; i < trees->tree_count; i++) {
		size_t depth = 0;
		open[depth++] = trees->roots[i];
		fprintf(to, "tree");
		while (depth) {
			uint16_t at =
			    beyond(trees, open[--depth], known, value);
			const struct desk_tree_node *node = &trees->nodes[at];
			if (node->left == at) {
				fprintf(to, " %d", node->leaf);
				continue;
			}
			fprintf(to, " %u:%d", node->feature, node->threshold);
			open[depth++] = (uint16_t)(node->left + 1);
			open[depth++] = node->left;
		}
		fprintf(to, "\n");
	}
}
