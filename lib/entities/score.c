/*
 * score.c - adds up what the features of each token say.
 *
 * The sum is the same whatever way it is made; most of it is never looked up
 * again.  What a form of a word says in a role is kept with the form, what
 * hangs on shapes and clusters alone in small tables by these.  For the rest,
 * mostly pairs of words that the model has not seen, a screen of bits tells
 * most of those that are not there without a look at the model; the others are
 * asked for together, those of several tokens at a time, so that memory need
 * not be waited for.
 */
#include "entities/features.h"

#include <string.h>

#include "model/lanes.h"

enum {
	SHAPES = 1 << 11,
	LOOKS = 1 << 10,
	CLUSTERS = 1 << 12,
	SCREEN_MIN = 12, /* 2 to this many bits */
	SCREEN_MAX = 23,
	PLACES_EACH = 4,		/* bits for a place of the table */
	SUMS_MAX = ROLES + DESK_BAG + 3 /* two of neighbours, looks */
};

/* -- shortcuts ----------------------------------------------------------- */

static bool
make_memo(
    struct desk_memo *memo, size_t size, size_t width, struct desk_arena *arena)
{
	memo->keys = desk_arena_alloc(arena, size * sizeof *memo->keys);
	memo->scores =
	    desk_arena_alloc(arena, size * width * sizeof *memo->scores);
	if (!memo->keys || !memo->scores)
		return false;
	memset(memo->keys, 0xFF, size * sizeof *memo->keys);
	memo->mask = size - 1;
	memo->width = width;
	return true;
}

static bool
make_screen(struct desk_shortcuts *s, const struct desk_table *table,
    struct desk_arena *arena)
{
	size_t places = (size_t)table->groups * DESK_TABLE_GROUP;
	unsigned bits = SCREEN_MIN;
	while (bits < SCREEN_MAX && (size_t)1 << bits < places * PLACES_EACH)
		bits++;
	s->shift = 32 - bits;
	s->screen = desk_arena_alloc(arena, (size_t)1 << (bits - 3));
	if (!s->screen)
		return false;
	memset(s->screen, 0, (size_t)1 << (bits - 3));
	for (size_t i = 0; i < places; i++)
		if (table->keys[i]) {
			uint32_t bit = table->keys[i] >> s->shift;
			s->screen[bit / 8] |= (uint8_t)(1u << bit % 8);
		}
	return true;
}

bool
desk_shortcuts_make(struct desk_shortcuts *s, const struct desk_crf *crf,
    struct desk_arena *arena)
{
	return make_memo(&s->shapes, SHAPES, 3 * crf->width, arena) &&
	       make_memo(&s->looks, LOOKS, crf->width, arena) &&
	       make_memo(&s->clusters, CLUSTERS, 2 * crf->width, arena) &&
	       make_screen(s, &crf->weights, arena);
}

/* Leaves out features that are not there. */
static size_t
screened(const struct desk_shortcuts *s, const uint32_t *features, size_t count,
    uint32_t *to)
{
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		uint32_t bit = features[i] >> s->shift;
		to[n] = features[i];
		n += s->screen[bit / 8] >> bit % 8 & 1;
	}
	return n;
}

/* Where the sum of a key is or will be; it is asked for. */
static size_t
place_of(const struct desk_memo *memo, uint64_t key)
{
	uint64_t mixed = key * UINT64_C(0x9E3779B97F4A7C15);
	size_t at = (size_t)(mixed >> 40) & memo->mask;
	__builtin_prefetch(memo->keys + at);
	__builtin_prefetch(memo->scores + at * memo->width);
	__builtin_prefetch(memo->scores + (at + 1) * memo->width - 1);
	return at;
}

/* The sum of a key; *there tells whether it is there or has to be made. */
static int16_t *
recall(struct desk_memo *memo, size_t at, uint64_t key, bool *there)
{
	*there = memo->keys[at] == key;
	memo->keys[at] = key;
	return memo->scores + at * memo->width;
}

/* Makes a sum of features. */
static void
make_sum(const struct desk_crf *crf, const struct desk_feature_list *l,
    int16_t *scores)
{
	memset(scores, 0, crf->width * sizeof *scores);
	desk_crf_add(crf, l->features, l->count, scores);
}

/* -- sums ---------------------------------------------------------------- */

struct sums {
	const int16_t *of[SUMS_MAX];
	size_t count;
};

static void
add_up(const struct desk_crf *crf, const struct sums *sums, int16_t *scores)
{
	uint32_t k = 0;
	for (; k + 2 * LANES <= crf->width; k += 2 * LANES) {
		lanes a = take(scores + k), b = take(scores + k + LANES);
		for (size_t i = 0; i < sums->count; i++) {
			a = plus(a, take(sums->of[i] + k));
			b = plus(b, take(sums->of[i] + k + LANES));
		}
		give(scores + k, a);
		give(scores + k + LANES, b);
	}
	for (size_t i = 0; k < crf->width && i < sums->count; i++)
		give(scores + k, plus(take(scores + k), take(sums->of[i] + k)));
}

/* What a word says in roles [first, end). */
static void
score_word(struct desk_lexemes *l, uint32_t number, unsigned first,
    unsigned end, int16_t *scores)
{
	struct desk_crf_block block;
	uint32_t features[DESK_FEATURES_MAX];
	size_t width = l->crf->width;
	block.tokens = 0;
	for (unsigned role = first; role < end; role++) {
		struct desk_feature_list list = {features, 0};
		desk_put_word(&list, (enum desk_role)role, l, number);
		size_t n = screened(&l->shortcuts, features, list.count,
		    desk_crf_block_room(&block));
		desk_crf_block_take(&block, l->crf, n);
	}
	memset(
	    scores + first * width, 0, (end - first) * width * sizeof *scores);
	desk_crf_add_block(l->crf, &block, scores + first * width);
}

static int16_t
best_of(const int16_t *scores, uint32_t count)
{
	int16_t best = scores[0];
	for (uint32_t k = 1; k < count; k++)
		best = scores[k] > best ? scores[k] : best;
	return best;
}

/* The scores of a word in a role, made when they are first asked for: those for
 * itself, those for its neighbours, and those of each rare role. */
static const int16_t *
scores_of(struct desk_lexemes *l, uint32_t number, enum desk_role role)
{
	struct desk_lexeme *x = &l->items[number];
	size_t width = l->crf->width;
	int16_t *scores = l->scores + (size_t)number * ROLES_SCORED * width;
	bool beside = role > ROLE_HERE && role < ROLES;
	unsigned first = beside ? ROLE_HERE + 1 : role;
	if (!(x->scored >> first & 1)) {
		score_word(l, number, first, beside ? ROLES : role + 1, scores);
		if (role == ROLE_HERE)
			x->alone = best_of(scores, l->crf->labels - 1);
		x->scored |= (uint16_t)(1u << first);
	}
	return scores + role * width;
}

static void
add_roles(struct desk_lexemes *l, const uint32_t roles[ROLES], struct sums *to)
{
	for (unsigned role = 0; role < ROLES; role++)
		if (roles[role] != UINT32_MAX)
			to->of[to->count++] =
			    scores_of(l, roles[role], (enum desk_role)role);
}

static void
add_bag(struct desk_describer *d, size_t from, size_t to, size_t i,
    struct sums *sums)
{
	size_t bag[DESK_BAG], behind,
	    n = desk_bag_of(&d->segment, from, to, i, bag, &behind);
	for (size_t k = 0; k < n; k++)
		sums->of[sums->count++] =
		    scores_of(&d->lexemes, d->segment.words[bag[k]].form,
			k < behind ? ROLE_BAG_BEHIND : ROLE_BAG_BEFORE);
}

/* What is to be known of a token; found before its turn, so that memory has
 * time. */
struct ahead {
	uint32_t roles[ROLES];
	struct desk_looks looks;
	uint64_t look, shapes, clusters; /* keys, */
	size_t look_at, shapes_at, clusters_at;
};

/* Asks for the scores of a word, but for those of rare roles. */
static void
ask(const struct desk_lexemes *l, uint32_t number)
{
	enum { LINE = 64 / sizeof *l->scores };
	size_t width = l->crf->width;
	const int16_t *scores = l->scores + number * ROLES_SCORED * width;
	for (size_t k = 0; k < ROLES * width; k += LINE)
		__builtin_prefetch(scores + k);
}

/* What the shapes of three words say goes by all. */
static uint64_t
shapes_key(const struct desk_lexemes *l, uint32_t first, uint32_t second,
    uint32_t third)
{
	return (uint64_t)l->items[first].brief << 16 |
	       (uint64_t)l->items[second].brief << 8 | l->items[third].brief;
}

/* What the clusters of two neighbours say goes by both. */
static uint64_t
cluster_key(const struct desk_lexemes *l, uint32_t first, uint32_t second)
{
	return (uint64_t)l->items[first].clusters[1] << 16 |
	       l->items[second].clusters[1];
}

static void
look_ahead(const struct desk_describer *d, size_t from, size_t to, size_t i,
    struct ahead *a)
{
	const struct desk_lexemes *l = &d->lexemes;
	enum { FAR_ON = 3 };
	if (i >= to)
		return;
	if (i + FAR_ON < to)
		ask(l, d->segment.words[i + FAR_ON].form);
	desk_roles_find(d, from, to, i, a->roles);
	a->looks = desk_looks_of(d, i);
	a->look = (uint64_t)a->looks.brief << 24 |
		  (uint64_t)a->looks.known << 16 |
		  (uint64_t)a->looks.line << 8 | a->looks.seen;
	a->look_at = place_of(&l->shortcuts.looks, a->look);
	a->shapes = shapes_key(l, a->roles[ROLE_BEFORE], a->roles[ROLE_HERE],
	    a->roles[ROLE_AFTER]);
	a->shapes_at = place_of(&l->shortcuts.shapes, a->shapes);
	a->clusters = cluster_key(l, a->roles[ROLE_HERE], a->roles[ROLE_AFTER]);
	a->clusters_at = place_of(&l->shortcuts.clusters, a->clusters);
}

static const int16_t *
looks_scores(struct desk_lexemes *l, const struct ahead *a)
{
	bool there;
	int16_t *scores =
	    recall(&l->shortcuts.looks, a->look_at, a->look, &there);
	if (!there) {
		uint32_t features[4];
		struct desk_feature_list list = {features, 0};
		desk_put_looks(&list, &a->looks);
		make_sum(l->crf, &list, scores);
	}
	return scores;
}

/* What the shapes of three words say of each, one after the other. */
static const int16_t *
shapes_scores(struct desk_lexemes *l, size_t at, uint64_t key)
{
	bool there;
	int16_t *scores = recall(&l->shortcuts.shapes, at, key, &there);
	for (unsigned of = 0; !there && of < 3; of++) {
		uint32_t features[3];
		struct desk_feature_list list = {features, 0};
		const uint8_t briefs[] = {
		    (uint8_t)(key >> 16), (uint8_t)(key >> 8), (uint8_t)key};
		desk_put_shapes(&list, of, briefs);
		make_sum(l->crf, &list, scores + of * l->crf->width);
	}
	return scores;
}

/* What the clusters of two neighbours say of each: of the first one, then of
 * the second one. */
static const int16_t *
cluster_scores(struct desk_lexemes *l, size_t at, uint64_t key)
{
	bool there;
	int16_t *scores = recall(&l->shortcuts.clusters, at, key, &there);
	if (!there) {
		uint32_t features[2];
		struct desk_feature_list list = {features, 0};
		unsigned first = (unsigned)(key >> 16), second = key & 0xFFFF;
		desk_put_cluster(&list, true, second, first);
		make_sum(l->crf, &list, scores);
		list.count = 0;
		desk_put_cluster(&list, false, first, second);
		make_sum(l->crf, &list, scores + l->crf->width);
	}
	return scores;
}

/* -- tokens -------------------------------------------------------------- */

/* Features that are asked for, of tokens in a row. */
struct batch {
	struct desk_crf_block block;
	int16_t *scores; /* of the first of the tokens */
};

static void
settle(struct batch *b, const struct desk_crf *crf)
{
	if (b->block.tokens)
		desk_crf_add_block(crf, &b->block, b->scores);
	b->block.tokens = 0;
}

static void
add_rest(struct desk_describer *d, size_t from, size_t to, size_t i,
    const uint32_t roles[ROLES], int16_t *scores, struct batch *b)
{
	uint32_t features[DESK_FEATURES_MAX];
	struct desk_feature_list l = {features, 0};
	const struct desk_lexemes *x = &d->lexemes;
	desk_put_rest(&l, d, from, to, i, roles);
	size_t used = b->block.tokens ? b->block.ends[b->block.tokens - 1] : 0;
	if (b->block.tokens == DESK_CRF_BLOCK_TOKENS ||
	    l.count > DESK_CRF_BLOCK - used)
		settle(b, x->crf);
	if (!b->block.tokens)
		b->scores = scores;
	size_t n = screened(
	    &x->shortcuts, features, l.count, desk_crf_block_room(&b->block));
	desk_crf_block_take(&b->block, x->crf, n);
}

/* What the outside of a sequence says of its first and last words. */
static void
add_borders(struct desk_lexemes *l, uint32_t first, uint32_t last, size_t count,
    int16_t *scores)
{
	size_t width = l->crf->width;
	uint64_t key = cluster_key(l, 0, first);
	size_t at = place_of(&l->shortcuts.clusters, key);
	desk_crf_sum(l->crf, cluster_scores(l, at, key) + width, scores);
	key = shapes_key(l, 0, 0, first);
	at = place_of(&l->shortcuts.shapes, key);
	desk_crf_sum(l->crf, shapes_scores(l, at, key) + 2 * width, scores);
	key = shapes_key(l, last, 0, 0);
	at = place_of(&l->shortcuts.shapes, key);
	desk_crf_sum(
	    l->crf, shapes_scores(l, at, key), scores + (count - 1) * width);
}

/* What neighbours say of each other: of the token at hand in sums, of those
 * beside it at once. */
static void
add_neighbours(struct desk_lexemes *l, const struct ahead *a, bool first,
    bool last, int16_t *scores, struct sums *sums)
{
	const struct desk_crf *crf = l->crf;
	size_t width = crf->width;
	const int16_t *pair = cluster_scores(l, a->clusters_at, a->clusters);
	const int16_t *three = shapes_scores(l, a->shapes_at, a->shapes);
	sums->of[sums->count++] = pair;
	sums->of[sums->count++] = three + width;
	if (!first)
		desk_crf_sum(crf, three, scores - width);
	if (last)
		return;
	desk_crf_sum(crf, three + 2 * width, scores + width);
	desk_crf_sum(crf, pair + width, scores + width);
}

/* The scores of tokens [first, last), of which no gate is shut; what is beside
 * an open one speaks for that. */
static void
score_stretch(struct desk_describer *d, size_t from, size_t to, size_t first,
    size_t last, int16_t *scores)
{
	struct desk_lexemes *l = &d->lexemes;
	struct batch batch;
	struct ahead ahead[2];
	size_t width = l->crf->width;
	batch.block.tokens = 0;
	look_ahead(d, from, to, first, &ahead[first & 1]);
	for (size_t i = first; i < last; i++, scores += width) {
		const struct ahead *a = &ahead[i & 1];
		struct sums sums = {.count = 0};
		if (i + 1 < last)
			look_ahead(d, from, to, i + 1, &ahead[(i + 1) & 1]);
		add_neighbours(l, a, i == first, i + 1 == last, scores, &sums);
		if (d->gates[i] != GATE_OPEN) {
			settle(&batch, l->crf);
			continue;
		}
		sums.of[sums.count++] = looks_scores(l, a);
		add_roles(l, a->roles, &sums);
		add_bag(d, from, to, i, &sums);
		add_up(l->crf, &sums, scores);
		add_rest(d, from, to, i, a->roles, scores, &batch);
	}
	settle(&batch, l->crf);
}

/* Makes the scores of all forms for themselves, by which gates are set. */
static void
score_alone(struct desk_describer *d, size_t from, size_t to)
{
	const struct desk_word *words = d->segment.words;
	for (size_t i = from; i < to; i++)
		(void)scores_of(&d->lexemes, words[i].form, ROLE_HERE);
}

/* What the model is not asked about is no part of a name. */
static void
rule_out(
    const struct desk_describer *d, size_t from, size_t to, int16_t *scores)
{
	size_t width = d->lexemes.crf->width;
	for (size_t i = from; i < to; i++, scores += width)
		for (size_t k = 0; d->gates[i] != GATE_OPEN && k < width; k++)
			scores[k] = DESK_CRF_NEVER;
}

void
desk_describe_score(
    struct desk_describer *d, size_t from, size_t to, int16_t *scores)
{
	const struct desk_word *words = d->segment.words;
	size_t width = d->lexemes.crf->width;
	score_alone(d, from, to);
	desk_gates_set(d, from, to);
	memset(scores, 0, (to - from) * width * sizeof *scores);
	add_borders(&d->lexemes, words[from].form, words[to - 1].form,
	    to - from, scores);
	for (size_t first = from, last; first < to; first = last) {
		for (last = first; last < to && d->gates[last]; last++)
			;
		if (first < last)
			score_stretch(d, from, to, first, last,
			    scores + (first - from) * width);
		else
			last++;
	}
	rule_out(d, from, to, scores);
}
