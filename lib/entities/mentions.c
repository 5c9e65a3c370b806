/*
 * mentions.c - what the other occurrences of a capitalised word say of it.
 *
 * The first few occurrences of each word are kept, with what stands round
 * them; so work and memory are linear however often a word comes.
 */
#include <string.h>

#include "core/error.h"
#include "entities/features.h"
#include "entities/lists.h"

enum {
	KEPT = 6, /* occurrences of one word */
	MENTIONS_MAX = DESK_PIECES * DESK_PIECE_MENTIONS,
	FAR = 8, /* tokens to the nearest word in lower case */
	RUN_MAX = 8,
	BAG_FAR = 8, /* tokens to a content word */
	BAG_BEHIND = 4,
	CONTENT_MIN = 4 /* bytes: shorter words tell little */
};

enum template {
	BEFORE = 250,
	AFTER,
	LEFT,
	RIGHT,
	BEFORE_SHAPE,
	AFTER_SHAPE,
	PLACE,
	BAG,
	SEEN
};

/* A word, or the sign, as a number. */
static uint64_t
id_of(const struct desk_segment *segment, size_t i)
{
	const struct desk_token *t = &segment->tokens[i];
	if (segment->words[i].key)
		return segment->words[i].key;
	if (t->shape == DESK_SHAPE_NUMBER)
		return 1 + (t->end - t->start);
	return desk_hash_bytes(
	    segment->text.data + t->start, t->end - t->start);
}

static bool
capital(const struct desk_segment *segment, size_t i)
{
	return segment->words[i].bits & WORD_CAP;
}

void
desk_run_of(const struct desk_segment *segment, size_t from, size_t to,
    size_t i, size_t *first, size_t *last)
{
	*first = i;
	*last = i + 1;
	while (*first > from && i - *first < RUN_MAX &&
	       capital(segment, *first - 1))
		--*first;
	while (*last < to && *last - i < RUN_MAX && capital(segment, *last))
		++*last;
}

static bool
content(const struct desk_segment *seg, size_t i)
{
	const struct desk_token *t = &seg->tokens[i];
	return t->shape == DESK_SHAPE_LOWER && t->end - t->start >= CONTENT_MIN;
}

size_t
desk_run_bag(const struct desk_segment *seg, size_t from, size_t to,
    size_t first, size_t last, size_t bag[DESK_BAG], size_t *behind)
{
	size_t n = 0;
	for (size_t k = last; k < to && k < last + BAG_FAR && n < BAG_BEHIND;
	     k++)
		if (content(seg, k))
			bag[n++] = k;
	*behind = n;
	size_t most = n + DESK_BAG - BAG_BEHIND;
	for (size_t k = first; k > from && first - k < BAG_FAR && n < most; k--)
		if (content(seg, k - 1))
			bag[n++] = k - 1;
	return n;
}

size_t
desk_bag_of(const struct desk_segment *seg, size_t from, size_t to, size_t i,
    size_t bag[DESK_BAG], size_t *behind)
{
	size_t first, last;
	*behind = 0;
	if (!capital(seg, i))
		return 0;
	desk_run_of(seg, from, to, i, &first, &last);
	return desk_run_bag(seg, from, to, first, last, bag, behind);
}

/* The nearest word in lower case, going back or on. */
static uint32_t
nearest(
    const struct desk_segment *seg, size_t from, size_t to, size_t i, bool back)
{
	for (size_t n = 1; n <= FAR; n++) {
		if (back ? i < from + n : i + n >= to)
			return 0;
		size_t k = back ? i - n : i + n;
		if (seg->tokens[k].shape == DESK_SHAPE_LOWER)
			return (uint32_t)id_of(seg, k);
	}
	return 1;
}

static int
append(struct desk_describer *d, const struct desk_mention *mention,
    struct desk_error *error)
{
	uint32_t n = (uint32_t)d->mention_count;
	if (n % DESK_PIECE_MENTIONS == 0) {
		struct desk_mention *piece = desk_arena_alloc(
		    &d->arena, DESK_PIECE_MENTIONS * sizeof *piece);
		if (!piece)
			return desk_fail_memory(error);
		d->mentions[n / DESK_PIECE_MENTIONS] = piece;
	}
	*desk_mention_of(d, n) = *mention;
	d->mention_count++;
	return 0;
}

static int
note(struct desk_describer *d, size_t from, size_t to, size_t i,
    struct desk_error *error)
{
	const struct desk_segment *seg = &d->segment;
	struct desk_fact *fact =
	    desk_context_make(&d->context, seg->words[i].key);
	if (!fact || d->mention_count >= MENTIONS_MAX)
		return 0;
	uint32_t *link = &d->first[fact - d->context.facts];
	unsigned kept = 0;
	for (; *link; link = &desk_mention_of(d, *link)->next)
		if (++kept == KEPT)
			return 0;
	struct desk_mention m = {.at = seg->tokens[i].start};
	size_t first, last;
	desk_run_of(seg, from, to, i, &first, &last);
	m.place = (uint8_t)(i - first);
	m.length = (uint8_t)(last - first);
	if (i > from) {
		m.before = (uint32_t)id_of(seg, i - 1);
		m.before_shape = seg->tokens[i - 1].shape + 1;
	}
	if (i + 1 < to) {
		m.after = (uint32_t)id_of(seg, i + 1);
		m.after_shape = seg->tokens[i + 1].shape + 1;
	}
	size_t bag[DESK_BAG], behind,
	    n = desk_run_bag(seg, from, to, first, last, bag, &behind);
	for (size_t k = 0; k < n; k++)
		m.bag[k] = (uint32_t)id_of(seg, bag[k]) ^
			   (k < behind ? 0 : UINT32_C(0x55555555));
	m.left = nearest(seg, from, to, i, true);
	m.right = nearest(seg, from, to, i, false);
	*link = (uint32_t)d->mention_count;
	return append(d, &m, error);
}

int
desk_mentions_note(struct desk_describer *d, struct desk_error *error)
{
	const struct desk_segment *seg = &d->segment;
	const struct desk_mention none = {0};
	/* Number 0 stands for none. */
	int rc = d->mention_count ? 0 : append(d, &none, error);
	for (size_t from = 0, to; from < seg->count && !rc; from = to) {
		for (to = from + 1; to < seg->count; to++)
			if (seg->words[to].bits & WORD_BREAK)
				break;
		if (seg->words[from].bits & (WORD_HEADLINE | WORD_SHOUT))
			continue;
		for (size_t i = from; i < to && !rc; i++)
			if (seg->words[i].bits & WORD_CAP)
				rc = note(d, from, to, i, error);
	}
	return rc;
}

/* A bit that says that there is more. */
enum { IS_SEEN = 1, IS_CAPITAL = 2, LOWER = 4, MID = 8, MORE = 16, START = 32 };

uint8_t
desk_mentions_seen(const struct desk_describer *d, size_t i)
{
	const struct desk_word *word = &d->segment.words[i];
	const struct desk_fact *fact =
	    desk_context_find(&d->context, word->key);
	if (!fact)
		return 0;
	unsigned often = word->bits & WORD_CAP &&
			 !(word->bits & (WORD_START | WORD_HEADLINE));
	unsigned seen =
	    IS_SEEN | (fact->lower ? LOWER : 0) | (fact->mid > often ? MID : 0);
	if (!(word->bits & WORD_CAP))
		return (uint8_t)(seen | (fact->mid > fact->lower ? MORE : 0));
	return (uint8_t)(seen | IS_CAPITAL |
			 (fact->lower > fact->mid ? MORE : 0) |
			 (word->bits & WORD_START ? START : 0));
}

void
desk_put_seen(struct desk_feature_list *l, uint8_t seen)
{
	unsigned lower = !!(seen & LOWER), mid = !!(seen & MID),
		 more = !!(seen & MORE), start = !!(seen & START);
	if (!(seen & IS_SEEN))
		return;
	if (!(seen & IS_CAPITAL)) {
		l->features[l->count++] =
		    desk_feature(SEEN, 16 + lower + 2 * mid + 4 * more);
		return;
	}
	l->features[l->count++] = desk_feature(SEEN, lower + 2 * mid);
	l->features[l->count++] =
	    desk_feature(SEEN, 32 + more + 2 * mid + 4 * start);
}

/* Features that are there but once; bits tell most of those that are new. */
struct set {
	struct desk_feature_list *list;
	size_t base;
	uint64_t bits[8];
};

static void
put(struct set *s, unsigned template, uint64_t value)
{
	uint32_t feature = desk_feature(template, value);
	struct desk_feature_list *l = s->list;
	uint64_t *bits = &s->bits[feature >> 29];
	uint64_t bit = UINT64_C(1) << (feature >> 23 & 63);
	if (*bits & bit)
		for (size_t k = s->base; k < l->count; k++)
			if (l->features[k] == feature)
				return;
	*bits |= bit;
	l->features[l->count++] = feature;
}

void
desk_put_mentions(
    struct desk_feature_list *l, const struct desk_describer *d, size_t i)
{
	const struct desk_segment *seg = &d->segment;
	struct set s = {.list = l, .base = l->count};
	if (!(seg->words[i].bits & WORD_CAP))
		return;
	const struct desk_fact *fact =
	    desk_context_find(&d->context, seg->words[i].key);
	if (!fact)
		return;
	for (uint32_t k = d->first[fact - d->context.facts]; k;
	     k = desk_mention_of(d, k)->next) {
		const struct desk_mention *m = desk_mention_of(d, k);
		if (m->at == seg->tokens[i].start)
			continue;
		put(&s, BEFORE, m->before);
		put(&s, AFTER, m->after);
		put(&s, LEFT, m->left);
		put(&s, RIGHT, m->right);
		put(&s, BEFORE_SHAPE, m->before_shape);
		put(&s, AFTER_SHAPE, m->after_shape);
		for (unsigned n = 0; n < DESK_BAG && m->bag[n]; n++)
			put(&s, BAG, m->bag[n]);
		put(&s, PLACE, m->place * 16u + m->length);
	}
}
