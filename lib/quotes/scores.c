/*
 * scores.c - sums of features.
 *
 * Look-ups wait for memory: those of a few cells are asked for together.  What
 * holds for some cells in a row is kept until it changes.
 */
#include "quotes/scores.h"

#include <string.h>

#include "quotes/templates.h"

enum { BLOCK = 8 };

static const unsigned char *
row_of(const struct desk_table *packs, unsigned pack, uint64_t key)
{
	return desk_pack_find(&packs[pack], desk_table_key(key));
}

struct block {
	size_t count;
	uint32_t keys[BLOCK][CELL_PACKS];
};

/* Asks for what look-ups of some cells will read. */
static void
ask(struct block *b, const struct desk_table *packs, const struct desk_cell *c,
    const struct desk_sight *s, size_t count)
{
	b->count = count < BLOCK ? count : BLOCK;
	for (size_t i = 0; i < b->count; i++)
#pragma GCC unroll 16
		for (unsigned k = 0; k < CELL_PACKS; k++) {
			b->keys[i][k] =
			    desk_table_key(cell_key(c + i, s + i, k));
			desk_table_ask(&packs[k], b->keys[i][k]);
		}
}

static void
find(
    const struct block *b, const struct desk_table *packs, struct desk_sight *s)
{
	for (size_t i = 0; i < b->count; i++)
#pragma GCC unroll 16
		for (unsigned k = 0; k < CELL_PACKS; k++) {
			const unsigned char *row =
			    desk_pack_find(&packs[k], b->keys[i][k]);
			s[i].rows[k] = row;
			__builtin_prefetch(row);
			if (k == PACK_WORD)
				__builtin_prefetch(row + 64);
			if (k == PACK_WORDS)
				__builtin_prefetch(row + 32);
		}
}

void
desk_scores_begin(const struct desk_table *packs, const struct desk_passage *g,
    struct desk_sight *sights)
{
	struct block blocks[2];
	/* one cell more on either side, which others look at */
	const struct desk_cell *c = g->cells - 1;
	struct desk_sight *s = sights - 1;
	size_t count = g->count + 2;
	desk_sights_set(sights, g);
	ask(&blocks[0], packs, c, s, count);
	for (size_t i = 0, n = 0; i < count; i += BLOCK, n ^= 1) {
		size_t next = i + BLOCK;
		if (next < count)
			ask(&blocks[n ^ 1], packs, c + next, s + next,
			    count - next);
		find(&blocks[n], packs, s + i);
	}
	/* words two cells away are looked at, too */
	sights[-2].rows[PACK_WORD] =
	    row_of(packs, PACK_WORD, g->cells[-2].hash);
	sights[g->count + 1].rows[PACK_WORD] =
	    row_of(packs, PACK_WORD, g->cells[g->count + 1].hash);
}

/* Takes the rows of the next cue on a side, where it is another one. */
static void
renew(struct desk_near *kept, struct desk_near now,
    const struct desk_table *packs, enum desk_quote_pack first, int step)
{
	if (kept->row && kept->c == now.c && kept->away == now.away)
		return;
	*kept = now;
	kept->row = row_of(packs, first, two(near_word(&now), now.away));
	kept->kinds =
	    row_of(packs, first + 1, two(near_kinds(&now, step), now.away));
	kept->words =
	    row_of(packs, first + 2, two(near_words(&now, step), now.away));
}

/* What the marks round a cell say. */
struct framed {
	uint64_t key;
	lanes a, b;
};

static void
renew_frame(struct framed *kept, const struct desk_table *packs,
    const struct desk_frame_of *f, unsigned region, unsigned in)
{
	struct desk_look l = {
	    .packs = packs, .second = false, .a = all(0), .b = all(0)};
	const unsigned char *rows[FRAME_PACKS];
	uint64_t key = (uint64_t)region << 8 | in;
	if (kept->key == key)
		return;
	for (unsigned k = 0; k < FRAME_PACKS; k++)
		rows[k] = row_of(packs, PACK_LENGTH_BEFORE + k,
		    frame_key(f, PACK_LENGTH_BEFORE + k));
	see_frame(&l, f, in, rows);
	*kept = (struct framed){key, l.a, l.b};
}

void
desk_scores_first(const struct desk_table *packs, const struct desk_passage *g,
    const struct desk_sight *sights, int16_t *scores)
{
	struct desk_near left = {.c = NULL}, right = {.c = NULL};
	struct framed frame = {.key = UINT64_MAX};
	for (size_t i = 0; i < g->count; i++, scores += DESK_QUOTE_WIDTH) {
		const struct desk_cell *c = &g->cells[i];
		const struct desk_sight *s = &sights[i];
		renew(&left, near_left(c), packs, PACK_LEFT, 1);
		renew(&right, near_right(c), packs, PACK_RIGHT, -1);
		renew_frame(
		    &frame, packs, desk_frame_at(g, i), c->region, s->in);
		struct desk_look l = {.packs = packs,
		    .second = false,
		    .a = frame.a,
		    .b = frame.b};
		see_words(&l, c, s);
		see_kinds(&l, c, s);
		see_place(&l, c, s, &left, &right);
		see_start(&l, g, c, s);
		see_beside(&l, &left, &right);
		give(scores, l.a);
		give(scores + LANES, l.b);
	}
}

void
desk_scores_own(const struct desk_table *packs, const struct desk_passage *g,
    const struct desk_sight *sights, size_t from, size_t end, int16_t *scores)
{
	for (size_t i = from; i < end; i++, scores += SECOND_LABELS) {
		struct desk_look l = {
		    .packs = packs, .second = true, .a = all(0)};
		see_words(&l, &g->cells[i], &sights[i]);
		see_kinds(&l, &g->cells[i], &sights[i]);
		give(scores, l.a);
	}
}

/* Sums that hold for one cue. */
struct outlook {
	uint32_t known; /* a bit for each state */
	lanes states[STATES];
	uint64_t turn_key;
	lanes turn;
	const unsigned char *phrases[SIDES], *heads[SIDES];
};

static lanes
of_state(struct outlook *o, const struct desk_table *packs,
    const struct desk_view *v, const struct desk_seen *w)
{
	uint32_t state = w->reach * 2 + (w->place != 0);
	if (!(o->known >> state & 1)) {
		struct desk_look l = {
		    .packs = packs, .second = true, .a = all(0)};
		see_cue(&l, v, w);
		o->states[state] = l.a;
		o->known |= UINT32_C(1) << state;
	}
	return o->states[state];
}

static lanes
of_turn(struct outlook *o, const struct desk_table *packs,
    const struct desk_view *v, const struct desk_seen *w,
    const struct desk_passage *g, size_t i)
{
	uint64_t key = (uint64_t)g->cells[i].region << 32 | w->number << 16 |
		       w->turns << 8 | w->place;
	if (o->turn_key != key) {
		struct desk_look l = {
		    .packs = packs, .second = true, .a = all(0)};
		const struct desk_frame_of *f = desk_frame_at(g, i);
		const unsigned char *rows[2] = {
		    row_of(packs, PACK_TURN_AFTER,
			turn_key(f->after, w->place != 0)),
		    row_of(packs, PACK_TURN_BEFORE,
			turn_key(f->before, w->place != 0))};
		see_turn(&l, v, w, f, rows);
		o->turn = l.a;
		o->turn_key = key;
	}
	return o->turn;
}

/* The rows of the cue on a side. */
static void
take_side(struct outlook *o, const struct desk_table *packs,
    const struct desk_view *v, struct desk_seen *w)
{
	uint32_t n = w->number;
	if (!o->heads[n]) {
		o->phrases[n] =
		    row_of(packs, PACK_PHRASE_STEP, two(v->phrase, n));
		o->heads[n] = row_of(packs, PACK_HEAD_CLAUSE, two(v->head, n));
	}
	w->phrase_row = o->phrases[n];
	w->head_row = o->heads[n];
}

/* Finds the rows of a cue. */
static void
find_cue(const struct desk_table *packs, struct desk_view *v)
{
	uint32_t keys[CUE_PACKS];
	for (unsigned k = 0; k < CUE_PACKS; k++) {
		keys[k] = desk_table_key(cue_key(v, PACK_PHRASE + k));
		desk_table_ask(&packs[PACK_PHRASE + k], keys[k]);
	}
	for (unsigned k = 0; k < CUE_PACKS; k++)
		v->rows[k] = desk_pack_find(&packs[PACK_PHRASE + k], keys[k]);
}

void
desk_scores_seen(const struct desk_table *packs, const struct desk_passage *g,
    const struct desk_sight *sights, struct desk_view *v, size_t from,
    size_t end, const int16_t *own, int16_t *scores)
{
	struct outlook o = {.known = 0, .turn_key = UINT64_MAX};
	const unsigned char *far = row_of(packs, PACK_PATH, 1);
	find_cue(packs, v);
	for (size_t i = from; i < end; i++) {
		const struct desk_cell *c = &g->cells[i];
		const struct desk_sight *s = &sights[i];
		struct desk_seen w;
		look_back(&w, g, s, v, i);
		w.path_row = far;
		if (i + DESK_PATH >= v->a && i < v->b + DESK_PATH)
			w.path_row =
			    row_of(packs, PACK_PATH, desk_path(g, v, i));
		take_side(&o, packs, v, &w);
		struct desk_look l = {
		    .packs = packs, .second = true, .a = take(own)};
		see_way(&l, c, s, &w);
		see_sentence(&l, v, &w, c->kind);
		see_counts(&l, &w, c->kind);
		see_ends(&l, &w);
		see_clause(&l, v, &w);
		l.a = plus(l.a, of_state(&o, packs, v, &w));
		l.a = plus(l.a, of_turn(&o, packs, v, &w, g, i));
		give(scores, l.a);
		own += SECOND_LABELS;
		scores += SECOND_LABELS;
	}
}
