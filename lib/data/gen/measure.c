/*
 * measure.c - how well a text agrees with what is wanted of its page.
 *
 * The measures are those of ../shared/eval/boilerplate/score_html.py: runs of
 * four words as sets with repeats, words in any order and case, pieces found.
 */
#include <stdlib.h>
#include <string.h>

#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "corpus.h"

enum { RUN = 4 };

static int
by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* How many two lists have in common; they get sorted. */
static size_t
common(uint64_t *a, size_t a_count, uint64_t *b, size_t b_count)
{
	size_t both = 0, i = 0, k = 0;
	qsort(a, a_count, sizeof *a, by_value);
	qsort(b, b_count, sizeof *b, by_value);
	while (i < a_count && k < b_count) {
		both += a[i] == b[k];
		if (a[i] == b[k])
			i++, k++;
		else if (a[i] < b[k])
			i++;
		else
			k++;
	}
	return both;
}

/* Makes runs of words out of words, in their place: all words are one run
 * where they are fewer. */
static size_t
runs(struct corpus_words *words)
{
	size_t n = words->count, run = n < RUN ? n : RUN;
	if (!n)
		return 0;
	for (size_t i = 0; i + run <= n; i++) {
		uint64_t hash = run;
		for (size_t k = 0; k < run; k++) {
			hash = (hash ^ words->hashes[i + k]) *
			       UINT64_C(0xD6E8FEB86659FD93);
			hash ^= hash >> 32;
		}
		words->hashes[i] = hash;
	}
	return n - run + 1;
}

static void
measure_gold(
    struct desk_slice gold, struct desk_slice text, struct corpus_score *score)
{
	static struct corpus_words g, t;
	g.count = t.count = 0;
	corpus_words(&g, gold, true);
	corpus_words(&t, text, true);
	size_t both = common(g.hashes, g.count, t.hashes, t.count);
	score->words = g.count + t.count
			   ? 2 * (double)both / (double)(g.count + t.count)
			   : 1;
	g.count = t.count = 0;
	corpus_words(&g, gold, false);
	corpus_words(&t, text, false);
	score->exact =
	    g.count == t.count && (!g.count || !memcmp(g.hashes, t.hashes,
						   g.count * sizeof *g.hashes));
	size_t wanted = runs(&g), found = runs(&t);
	both = common(g.hashes, wanted, t.hashes, found);
	score->recall = wanted ? (double)both / (double)wanted : -1;
	score->precision = found ? (double)both / (double)found : -1;
}

/* The text with one space for each stretch of white space, none at its ends. */
static struct desk_slice
flatten(struct desk_slice text, char **room, size_t *size)
{
	size_t len = 0, step;
	bool gap = false;
	*room = corpus_room(*room, text.len + 1, size, 1);
	for (size_t i = 0; i < text.len; i += step) {
		uint32_t c = desk_utf8_decode(text.data + i, &step);
		if (desk_class(c) & DESK_SPACE) {
			gap = len > 0;
			continue;
		}
		if (gap)
			(*room)[len++] = ' ';
		gap = false;
		memcpy(*room + len, text.data + i, step);
		len += step;
	}
	return desk_slice(*room, len);
}

static bool
holds(struct desk_slice text, struct desk_slice piece)
{
	const char *at = text.data, *end = text.data + text.len;
	if (!piece.len)
		return true;
	while ((size_t)(end - at) >= piece.len) {
		at = memchr(
		    at, piece.data[0], (size_t)(end - at) - piece.len + 1);
		if (!at)
			return false;
		if (!memcmp(at, piece.data, piece.len))
			return true;
		at++;
	}
	return false;
}

static size_t
count_pieces(
    struct desk_slice text, const struct desk_slice *pieces, size_t count)
{
	static char *room;
	static size_t size;
	size_t found = 0;
	for (size_t i = 0; i < count; i++)
		found += holds(text, flatten(pieces[i], &room, &size));
	return found;
}

void
corpus_measure(const struct corpus_page *page, struct desk_slice text,
    struct corpus_score *score)
{
	static char *room;
	static size_t size;
	*score = (struct corpus_score){0};
	struct desk_slice flat = flatten(text, &room, &size);
	score->empty = !flat.len;
	if (page->gold.data) {
		measure_gold(page->gold, text, score);
		return;
	}
	score->hits = count_pieces(flat, page->with, page->with_count);
	score->misses = page->with_count - score->hits;
	score->faults = count_pieces(flat, page->without, page->without_count);
	score->rejects = page->without_count - score->faults;
}
