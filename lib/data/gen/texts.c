/*
 * texts.c - reading labelled texts, and making them of pages.
 */
#include "texts.h"

#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "core/lexicon.h"
#include "core/slice.h"
#include "page/page.h"

/* Words of a page's gold text, and how many in a thousand must be found. */
enum { LEAST_WORDS = 50, LEAST_FOUND = 920 };

const char *const variant_names[] = {"full", "crop", "thin", "clean"};
const char *const set_names[] = {"aeb", "readability", "wcxb-article", "traf"};

struct texts texts;

static void *
take(size_t count, size_t size)
{
	void *p = desk_arena_alloc(&texts.arena, count * size + 1);
	if (!p)
		corpus_die("memory", "there is no more");
	return p;
}

static void
add_text(const struct text *text)
{
	texts.of = corpus_room(
	    texts.of, texts.count + 1, &texts.room, sizeof *texts.of);
	texts.of[texts.count++] = *text;
}

static uint32_t
count_words(struct desk_slice line)
{
	static struct corpus_words words;
	words.count = 0;
	corpus_words(&words, line, false);
	return (uint32_t)words.count;
}

/* A copy of a line without line ends. */
static struct desk_slice
line_of(struct desk_slice text)
{
	char *to = take(text.len, 1);
	for (size_t i = 0; i < text.len; i++)
		to[i] = text.data[i];
	for (size_t i = 0; i < text.len; i++)
		if (to[i] == '\n' || !to[i])
			to[i] = ' ';
	return desk_slice(to, text.len);
}

/* The lines of a text that a variant of it has. */
static void
add_variant(const struct text *whole, enum variant variant)
{
	struct text t = *whole;
	uint32_t seed = desk_lexicon_hash(whole->id.data, whole->id.len);
	size_t first = whole->count, last = 0, low = 0, high;
	t.variant = variant;
	t.count = 0;
	t.lines = take(whole->count, sizeof *t.lines);
	t.labels = take(whole->count, 1);
	t.words = take(whole->count, sizeof *t.words);
	for (size_t i = 0; i < whole->count; i++)
		if (whole->labels[i] == LABEL_YES) {
			first = first < i ? first : i;
			last = i;
		}
	if (first > last)
		return;
	low = first > seed % 11 ? first - seed % 11 : 0;
	high = last + 1 + (seed >> 8) % 31;
	for (size_t i = low; i < whole->count && i < high; i++) {
		bool keep = whole->labels[i] == LABEL_YES;
		seed = seed * 1664525u + 1013904223u;
		if (!keep &&
		    (variant == CLEAN || (variant == THIN && (seed >> 16) % 3)))
			continue;
		t.lines[t.count] = whole->lines[i];
		t.words[t.count] = whole->words[i];
		t.labels[t.count++] = whole->labels[i];
	}
	add_text(&t);
}

/* From JSON Lines. */

static struct desk_slice
string_of(struct desk_slice value)
{
	char *to = take(value.len, 1);
	return desk_slice(to, desk_json_unescape(value, to));
}

static void
read_lines(struct text *t, struct desk_slice value)
{
	struct desk_json walk = desk_json_open(value), inside;
	struct desk_json_member line, m;
	size_t most = 0;
	while (desk_json_next(&walk, &line))
		most++;
	t->lines = take(most, sizeof *t->lines);
	t->labels = take(most, 1);
	t->words = take(most, sizeof *t->words);
	walk = desk_json_open(value);
	for (t->count = 0; desk_json_next(&walk, &line); t->count++) {
		inside = desk_json_open(line.value);
		while (desk_json_next(&inside, &m)) {
			if (desk_json_key_is(m.key, "text"))
				t->lines[t->count] =
				    line_of(string_of(m.value));
			if (desk_json_key_is(m.key, "keep"))
				t->labels[t->count] = m.value.data[0] == '1'
							  ? LABEL_YES
							  : LABEL_NO;
		}
		t->words[t->count] = count_words(t->lines[t->count]);
	}
}

static unsigned
set_of(struct desk_slice name)
{
	unsigned i = 0;
	while (i < SETS && !desk_slice_is(name, set_names[i]))
		i++;
	return i;
}

static unsigned
fold_of(const struct corpus *corpus, struct desk_slice id)
{
	for (size_t i = 0; i < corpus->count; i++)
		if (desk_slice_equal(corpus->pages[i].id, id))
			return corpus->pages[i].fold;
	corpus_die("a text", "is of no page");
}

void
texts_read(const struct corpus *corpus, const char *path)
{
	struct desk_error error = {0};
	struct desk_json_member *m;
	enum desk_json_kind kind;
	size_t count;
	struct desk_slice rows = corpus_file(path);
	const char *at = rows.data, *end = at + rows.len;
	for (const char *stop; at < end; at = stop + 1) {
		struct text t = {0};
		stop = memchr(at, '\n', (size_t)(end - at));
		stop = stop ? stop : end;
		if (stop == at)
			continue;
		if (desk_json_scan(desk_slice(at, (size_t)(stop - at)),
			&texts.arena, &m, &count, &kind, &error))
			corpus_die(path, error.text);
		for (size_t i = 0; i < count; i++) {
			if (desk_json_key_is(m[i].key, "id"))
				t.id = string_of(m[i].value);
			if (desk_json_key_is(m[i].key, "set"))
				t.set = set_of(string_of(m[i].value));
			if (desk_json_key_is(m[i].key, "variant"))
				t.variant =
				    desk_slice_is(string_of(m[i].value), "crop")
					? CROP
					: FULL;
			if (desk_json_key_is(m[i].key, "lines"))
				read_lines(&t, m[i].value);
		}
		t.fold = fold_of(corpus, t.id);
		if (t.set >= SETS)
			corpus_die(path, "a set is not known");
		add_text(&t);
		if (t.variant == CROP) {
			add_variant(&t, THIN);
			add_variant(&t, CLEAN);
		}
	}
}

/* From pages. */

/* Whether the labels say for enough words of the gold text that they are
 * there. */
static bool
teaches(const struct corpus_page *page, const struct text *t)
{
	uint64_t found = 0, all;
	if (!page->gold.data)
		return true;
	all = count_words(page->gold);
	for (size_t i = 0; i < t->count; i++)
		found += t->labels[i] == LABEL_YES ? t->words[i] : 0;
	return all >= LEAST_WORDS && found * 1000 >= all * LEAST_FOUND;
}

static void
read_page(const struct corpus_page *page)
{
	static struct desk_arena arena;
	struct desk_page_source source = {
	    .html = corpus_html(page), .url = page->url, .as_is = true};
	struct desk_error error = {0};
	struct desk_page read;
	struct text t = {.id = page->id,
	    .set = set_of(page->set),
	    .fold = page->fold,
	    .variant = FULL};
	if (t.set != SET_WCXB && t.set != SET_TRAF)
		return;
	desk_arena_clear(&arena);
	memset(&read, 0, sizeof read);
	if (desk_page_read(&read, &source, &arena, &error))
		corpus_die(page->path, error.text);
	t.count = read.block_count;
	t.lines = take(t.count, sizeof *t.lines);
	t.labels = take(t.count, 1);
	t.words = take(t.count, sizeof *t.words);
	for (size_t i = 0; i < t.count; i++)
		t.lines[i] =
		    line_of(desk_slice(read.text.data + read.blocks[i].start,
			read.blocks[i].end - read.blocks[i].start));
	corpus_label(page, t.lines, t.count, t.labels, t.words);
	if (!teaches(page, &t))
		return;
	add_text(&t);
	if (page->gold.data)
		for (enum variant v = CROP; v < VARIANTS; v++)
			add_variant(&t, v);
}

void
texts_read_pages(const struct corpus *corpus)
{
	for (size_t i = 0; i < corpus->count; i++)
		read_page(&corpus->pages[i]);
}
