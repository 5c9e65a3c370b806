/*
 * align.c - which blocks of a page are gold.
 *
 * The words of the page and those of the gold text are laid side by side, in
 * order.  First the runs of four words and more: every four words that both
 * have are a seed, and the best chain of seeds is sought, by the words it
 * covers less something for each new start, so that of several copies of a
 * paragraph the one counts that stands among its neighbours (dynamic
 * programming over a tree of prefix maxima).  Then, between the runs of that
 * chain, whole blocks that the gold has there too.  A block is gold where more
 * than half of its words are covered.
 *
 * Pages with pieces say of a few blocks only what they are: those that hold a
 * piece, or are part of one.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus.h"

enum {
	SEED = 4,	     /* words */
	WORD = 8,	     /* what a word counts */
	START = 8,	     /* what a new start costs */
	INSIDE = 8,	     /* and more where it is inside a block */
	MANY = 20000,	     /* pairs of the same four words */
	SEEDS_MAX = 1 << 22, /* of a page */
	GAP_MAX = 4000000,   /* comparisons in a gap */
	HITS_MAX = 3000	     /* blocks found in a gap, copies counted */
};

static const uint32_t none = UINT32_MAX;

/* The page's words with the blocks' first words (one more than blocks), and
 * the gold's with its lines. */
static struct corpus_words page_words, gold_words;
static size_t *firsts, firsts_room;
static bool *line_starts; /* of gold words, one more than them */
static size_t line_room;

static uint32_t *match; /* of page words: the gold word, or none */
static size_t match_room;

/* Seeds. */

struct seed {
	uint32_t page, gold;
	int32_t score;
	uint32_t before; /* seed, or none */
	bool extends;	 /* the one before is one word back on both sides */
};

static struct seed *seeds;
static size_t seed_count, seed_room;

static uint64_t
four(const struct corpus_words *w, size_t i)
{
	uint64_t hash = 0;
	for (size_t k = 0; k < SEED; k++) {
		hash = (hash ^ w->hashes[i + k]) * UINT64_C(0xD6E8FEB86659FD93);
		hash ^= hash >> 32;
	}
	return hash ? hash : 1;
}

/* The fours of the gold text: where each stands, the last place first. */
static struct table {
	uint64_t *keys;
	uint32_t *heads, *golds, *pages; /* first place; how often in each */
	size_t mask, room;
	uint32_t *next; /* of gold words */
	size_t next_room;
} table;

static size_t
slot_of(uint64_t key)
{
	size_t at = (size_t)(key >> 20) & table.mask;
	while (table.keys[at] && table.keys[at] != key)
		at = (at + 1) & table.mask;
	return at;
}

static void
fill_table(void)
{
	size_t n = gold_words.count, slots = 64, room = table.room;
	while (slots < 2 * n)
		slots *= 2;
	table.mask = slots - 1;
	table.keys = corpus_room(table.keys, slots, &room, sizeof *table.keys);
	room = table.room;
	table.heads =
	    corpus_room(table.heads, slots, &room, sizeof *table.heads);
	room = table.room;
	table.golds =
	    corpus_room(table.golds, slots, &room, sizeof *table.golds);
	table.pages =
	    corpus_room(table.pages, slots, &table.room, sizeof *table.pages);
	table.next =
	    corpus_room(table.next, n, &table.next_room, sizeof *table.next);
	memset(table.keys, 0, slots * sizeof *table.keys);
	memset(table.golds, 0, slots * sizeof *table.golds);
	memset(table.pages, 0, slots * sizeof *table.pages);
	for (size_t j = 0; j + SEED <= n; j++) {
		uint64_t key = four(&gold_words, j);
		size_t at = slot_of(key);
		table.next[j] = table.keys[at] ? table.heads[at] : none;
		table.keys[at] = key;
		table.heads[at] = (uint32_t)j;
		table.golds[at]++;
	}
	for (size_t i = 0; i + SEED <= page_words.count; i++) {
		size_t at = slot_of(four(&page_words, i));
		table.pages[at] += table.keys[at] != 0;
	}
}

/* The best seed that ends at or before a gold word: a tree of prefix maxima. */
static uint32_t *maxima;
static size_t maxima_room;

static void
raise_prefix(uint32_t seed)
{
	for (size_t k = seeds[seed].gold + SEED; k <= gold_words.count;
	     k += k & (0 - k))
		if (maxima[k] == none ||
		    seeds[maxima[k]].score < seeds[seed].score)
			maxima[k] = seed;
}

static uint32_t
best_prefix(size_t k)
{
	uint32_t best = none;
	for (; k > 0; k -= k & (0 - k))
		if (maxima[k] != none &&
		    (best == none ||
			seeds[best].score < seeds[maxima[k]].score))
			best = maxima[k];
	return best;
}

static void
add_seed(uint32_t i, uint32_t j, uint32_t extended, bool at_block)
{
	uint32_t before = best_prefix(j);
	struct seed s = {
	    i, j, SEED * WORD - START - (at_block ? 0 : INSIDE), before, false};
	if (before != none)
		s.score += seeds[before].score;
	if (extended != none && seeds[extended].score + WORD >= s.score) {
		s.score = seeds[extended].score + WORD;
		s.before = extended;
		s.extends = true;
	}
	seeds = corpus_room(seeds, seed_count + 1, &seed_room, sizeof *seeds);
	seeds[seed_count++] = s;
}

/* Finds all seeds with their scores; returns the last of the best chain. */
static uint32_t
chain_seeds(void)
{
	static uint32_t *newest; /* seed at a gold word */
	static size_t newest_room;
	size_t n = gold_words.count, raised = 0, block = 0;
	newest = corpus_room(newest, n, &newest_room, sizeof *newest);
	maxima = corpus_room(maxima, n + 1, &maxima_room, sizeof *maxima);
	memset(newest, 0xFF, n * sizeof *newest);
	memset(maxima, 0xFF, (n + 1) * sizeof *maxima);
	seed_count = 0;
	for (uint32_t i = 0; i + SEED <= page_words.count; i++) {
		while (firsts[block + 1] <= i)
			block++;
		while (raised < seed_count && seeds[raised].page + SEED <= i)
			raise_prefix((uint32_t)raised++);
		size_t at = slot_of(four(&page_words, i));
		if (!table.keys[at] || seed_count > SEEDS_MAX ||
		    (uint64_t)table.golds[at] * table.pages[at] > MANY)
			continue;
		/* From the last place to the first, so that a place's seed is
		 * still that of the word before. */
		for (uint32_t j = table.heads[at]; j != none;
		     j = table.next[j]) {
			uint32_t last = j ? newest[j - 1] : none;
			if (last != none && seeds[last].page + 1 != i)
				last = none;
			newest[j] = (uint32_t)seed_count;
			add_seed(i, j, last, firsts[block] == i);
		}
	}
	while (raised < seed_count)
		raise_prefix((uint32_t)raised++);
	return best_prefix(n);
}

static void
mark_chain(uint32_t seed)
{
	while (seed != none) {
		const struct seed *s = &seeds[seed];
		for (uint32_t k = s->extends ? SEED - 1 : 0; k < SEED; k++)
			match[s->page + k] = s->gold + k;
		seed = s->before;
	}
}

/* Lengthens runs to both sides: fours that are too frequent are no seeds. */
static void
lengthen(void)
{
	static uint32_t *bound; /* of the gold words that are still free */
	static size_t bound_room;
	size_t n = page_words.count;
	const uint64_t *p = page_words.hashes, *g = gold_words.hashes;
	bound = corpus_room(bound, n + 1, &bound_room, sizeof *bound);
	bound[n] = (uint32_t)gold_words.count;
	for (size_t i = n; i-- > 0;)
		bound[i] = match[i] != none ? match[i] : bound[i + 1];
	for (size_t i = 1; i < n; i++)
		if (match[i] == none && match[i - 1] != none &&
		    match[i - 1] + 1 < bound[i] && p[i] == g[match[i - 1] + 1])
			match[i] = match[i - 1] + 1;
	bound[0] = 0;
	for (size_t i = 0; i < n; i++)
		bound[i + 1] = match[i] != none ? match[i] + 1 : bound[i];
	for (size_t i = n; i-- > 1;)
		if (match[i - 1] == none && match[i] != none &&
		    match[i] > bound[i - 1] && p[i - 1] == g[match[i] - 1])
			match[i - 1] = match[i] - 1;
}

/* Gaps. */

/* A block that the gold has in a gap. */
struct hit {
	uint32_t block, gold, words, before;
	int32_t score;
};

static struct hit *hits;
static size_t hit_count, hit_room;

/* Blocks [block, last) without a match, gold words [from, to) without one. */
struct gap {
	size_t block, last;
	uint32_t from, to;
};

/* Whether a block stands at a place of the gold.  A short one must be a line
 * of it, or fill the gap to its end. */
static bool
stands(const struct gap *gap, size_t block, uint32_t j)
{
	size_t first = firsts[block], words = firsts[block + 1] - first;
	uint32_t end = j + (uint32_t)words;
	if (words < SEED && !((line_starts[j] || j == gap->from) &&
				(line_starts[end] || end == gap->to)))
		return false;
	return !memcmp(page_words.hashes + first, gold_words.hashes + j,
	    words * sizeof *gold_words.hashes);
}

/* The best chain of hits that this one can go on with; neighbours on both
 * sides are worth a little, to choose among copies. */
static void
add_hit(const struct gap *gap, size_t block, uint32_t j)
{
	uint32_t words = (uint32_t)(firsts[block + 1] - firsts[block]);
	struct hit hit = {(uint32_t)block, j, words, none, 0};
	for (size_t k = 0; k < hit_count; k++) {
		const struct hit *h = &hits[k];
		if (h->block == block || h->gold + h->words > j)
			continue;
		int32_t score = h->score + 2 * (h->block + 1 == block &&
						   h->gold + h->words == j);
		if (score > hit.score) {
			hit.score = score;
			hit.before = (uint32_t)k;
		}
	}
	hit.score += (int32_t)words * WORD;
	hit.score += block == gap->block && j == gap->from;
	hit.score += 2 * (block + 1 == gap->last && j + words == gap->to);
	hits = corpus_room(hits, hit_count + 1, &hit_room, sizeof *hits);
	hits[hit_count++] = hit;
}

static void
fill_gap(const struct gap *gap)
{
	uint32_t best = none;
	size_t blocks = gap->last - gap->block;
	if (gap->from >= gap->to || (gap->to - gap->from) * blocks > GAP_MAX)
		return;
	hit_count = 0;
	for (size_t b = gap->block; b < gap->last; b++) {
		size_t words = firsts[b + 1] - firsts[b];
		for (uint32_t j = gap->from;
		     words && j + words <= gap->to && hit_count < HITS_MAX; j++)
			if (page_words.hashes[firsts[b]] ==
				gold_words.hashes[j] &&
			    stands(gap, b, j))
				add_hit(gap, b, j);
	}
	for (size_t k = 0; k < hit_count; k++)
		if (best == none || hits[k].score > hits[best].score)
			best = (uint32_t)k;
	for (; best != none; best = hits[best].before)
		for (uint32_t k = 0; k < hits[best].words; k++)
			match[firsts[hits[best].block] + k] =
			    hits[best].gold + k;
}

static void
fill_gaps(size_t blocks)
{
	struct gap gap = {0};
	for (size_t b = 0; b <= blocks; b++) {
		uint32_t low = none, high = 0;
		for (size_t i = firsts[b]; b < blocks && i < firsts[b + 1]; i++)
			if (match[i] != none) {
				low = low == none ? match[i] : low;
				high = match[i] + 1;
			}
		if (b < blocks && low == none)
			continue;
		gap.last = b;
		gap.to = b < blocks ? low : (uint32_t)gold_words.count;
		fill_gap(&gap);
		gap.block = b + 1;
		gap.from = high;
	}
}

/* Whole blocks that the gold has in another order than the page, in what is
 * left of it. */
static void
fill_rest(size_t blocks)
{
	static bool *used; /* gold words */
	static size_t used_room;
	size_t n = gold_words.count;
	used = corpus_room(used, n, &used_room, sizeof *used);
	memset(used, 0, n * sizeof *used);
	for (size_t i = 0; i < page_words.count; i++)
		if (match[i] != none)
			used[match[i]] = true;
	for (size_t b = 0; b < blocks; b++) {
		size_t first = firsts[b], words = firsts[b + 1] - first;
		if (words < SEED || match[first] != none)
			continue;
		size_t at = slot_of(four(&page_words, first));
		uint32_t j = table.keys[at] ? table.heads[at] : none;
		for (; j != none; j = table.next[j])
			if (!used[j] && j + words <= n &&
			    !memchr(used + j, true, words) &&
			    !memcmp(page_words.hashes + first,
				gold_words.hashes + j,
				words * sizeof *gold_words.hashes))
				break;
		for (uint32_t k = 0; j != none && k < words; k++) {
			match[first + k] = j + k;
			used[j + k] = true;
		}
	}
}

/* Labels. */

/* The words of all blocks. */
static void
read_blocks(const struct desk_slice *blocks, size_t count, uint32_t *words)
{
	page_words.count = 0;
	firsts = corpus_room(firsts, count + 2, &firsts_room, sizeof *firsts);
	for (size_t b = 0; b < count; b++) {
		firsts[b] = page_words.count;
		corpus_words(&page_words, blocks[b], true);
		words[b] = (uint32_t)(page_words.count - firsts[b]);
	}
	firsts[count] = page_words.count;
	firsts[count + 1] = SIZE_MAX;
	match = corpus_room(
	    match, page_words.count + 1, &match_room, sizeof *match);
	memset(match, 0xFF, (page_words.count + 1) * sizeof *match);
}

static void
read_gold(struct desk_slice gold)
{
	gold_words.count = 0;
	corpus_words(&gold_words, gold, true);
	size_t n = gold_words.count, at = 0;
	line_starts =
	    corpus_room(line_starts, n + 1, &line_room, sizeof *line_starts);
	line_starts[0] = line_starts[n] = true;
	for (size_t j = 0; j < n; j++) {
		size_t start = gold_words.starts[j];
		if (j)
			line_starts[j] =
			    memchr(gold.data + at, '\n', start - at) != NULL;
		at = start;
	}
}

static void
label_by_gold(struct desk_slice gold, size_t count, uint8_t *labels)
{
	read_gold(gold);
	fill_table();
	if (gold_words.count && page_words.count) {
		mark_chain(chain_seeds());
		lengthen();
		fill_gaps(count);
		fill_rest(count);
	}
	for (size_t b = 0; b < count; b++) {
		size_t covered = 0;
		for (size_t i = firsts[b]; i < firsts[b + 1]; i++)
			covered += match[i] != none;
		labels[b] = covered * 2 > firsts[b + 1] - firsts[b] ? LABEL_YES
								    : LABEL_NO;
	}
}

/* Whether the words b of one text stand somewhere among the words a. */
static bool
contain(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count)
{
	for (size_t i = 0; b_count && i + b_count <= a_count; i++)
		if (a[i] == b[0] && !memcmp(a + i, b, b_count * sizeof *b))
			return true;
	return false;
}

/* Whether a piece is in a block, or a block that tells enough in a piece. */
static bool
told_by(const struct corpus_words *piece, size_t block)
{
	const uint64_t *words = page_words.hashes + firsts[block];
	size_t count = firsts[block + 1] - firsts[block], n = piece->count;
	return contain(words, count, piece->hashes, n) ||
	       (count >= SEED && contain(piece->hashes, n, words, count));
}

/* A short piece among many other words may stand there by chance, unless it is
 * wanted and stands nowhere else. */
static void
label_by_piece(const struct corpus_words *piece, size_t count, uint8_t label,
    uint8_t *labels)
{
	size_t places = 0;
	for (size_t b = 0; b < count; b++)
		places += told_by(piece, b);
	bool sure = piece->count >= SEED || (label == LABEL_YES && places == 1);
	for (size_t b = 0; places && b < count; b++)
		if (told_by(piece, b) &&
		    (sure || piece->count * 2 >= firsts[b + 1] - firsts[b]))
			labels[b] = label;
}

static void
label_by_pieces(const struct desk_slice *pieces, size_t piece_count,
    size_t count, uint8_t label, uint8_t *labels)
{
	static struct corpus_words piece;
	for (size_t k = 0; k < piece_count; k++) {
		piece.count = 0;
		corpus_words(&piece, pieces[k], true);
		label_by_piece(&piece, count, label, labels);
	}
}

void
corpus_label(const struct corpus_page *page, const struct desk_slice *blocks,
    size_t count, uint8_t *labels, uint32_t *words)
{
	read_blocks(blocks, count, words);
	if (page->gold.data) {
		label_by_gold(page->gold, count, labels);
		return;
	}
	memset(labels, LABEL_UNKNOWN, count);
	label_by_pieces(
	    page->without, page->without_count, count, LABEL_NO, labels);
	label_by_pieces(page->with, page->with_count, count, LABEL_YES, labels);
}
