/*
 * features.c - features of tokens, when they are learned, and what they look
 * at from farther away.
 */
#include "quotes/features.h"

#include <string.h>

#include "quotes/templates.h"

const struct desk_frame_of *
desk_frame_at(const struct desk_passage *g, size_t i)
{
	static const struct desk_frame_of none;
	uint32_t region = g->cells[i].region;
	return region ? &g->frames[region - 1] : &none;
}

/* Whether a cell is inside marks: at their begin, end, or between. */
static unsigned
inside(const struct desk_passage *g, size_t i)
{
	if (!g->cells[i].region)
		return 0;
	const struct desk_frame_of *f = desk_frame_at(g, i);
	return 1 + (i == f->first) + 2 * (i + 1 == f->last);
}

static bool
sign(const struct desk_cell *c)
{
	return c->kind >= K_COMMA && c->kind <= K_SIGN && c->kind != K_HYPHEN;
}

struct desk_sight *
desk_sights_new(size_t count, struct desk_arena *arena)
{
	struct desk_sight *sights = desk_arena_alloc(
	    arena, (count + 2 * DESK_SIGHT_PAD) * sizeof *sights);
	return sights ? sights + DESK_SIGHT_PAD : NULL;
}

void
desk_sights_set(struct desk_sight *sights, const struct desk_passage *g)
{
	const struct desk_cell *c = g->cells;
	uint8_t far = DESK_SIGN_REACH;
	memset(sights - DESK_SIGHT_PAD, 0,
	    (g->count + 2 * DESK_SIGHT_PAD) * sizeof *sights);
	for (size_t i = 0; i < g->count; i++) {
		struct desk_sight *s = &sights[i];
		bool first = !i || c[i - 1].sentence != c[i].sentence;
		bool last =
		    i + 1 == g->count || c[i + 1].sentence != c[i].sentence;
		s->in = (uint8_t)inside(g, i);
		s->ends = (uint8_t)(first << 1 | last);
		s->left_sign = far;
		far = sign(&c[i])	      ? 1
		      : far < DESK_SIGN_REACH ? far + 1
					      : DESK_SIGN_REACH;
	}
	far = DESK_SIGN_REACH;
	for (size_t i = g->count; i-- > 0;) {
		sights[i].right_sign = far;
		far = sign(&c[i])	      ? 1
		      : far < DESK_SIGN_REACH ? far + 1
					      : DESK_SIGN_REACH;
	}
}

static size_t
mark_distance(const struct desk_passage *g, size_t i, int step)
{
	size_t n = 0;
	while (n < 30 && i < g->count && !g->cells[i].region) {
		i = (size_t)((ptrdiff_t)i + step);
		n++;
	}
	return i < g->count ? n : 31;
}

void
desk_view_set(
    struct desk_view *v, const struct desk_passage *g, size_t a, size_t b)
{
	const struct desk_cell *c = g->cells;
	*v = (struct desk_view){.a = (uint32_t)a, .b = (uint32_t)b};
	uint64_t phrase = 0;
	size_t head = b - 1;
	for (size_t i = b; i-- > a;)
		if (c[i].cue)
			head = i;
	for (size_t i = a; i < b; i++)
		phrase = with(phrase, c[i].hash);
	v->phrase = desk_table_key(phrase);
	v->head = c[head].hash;
	v->after = c[b].hash;
	v->kind_before = a ? c[a - 1].kind : K_NONE;
	v->kind_after = b < g->count ? c[b].kind : K_NONE;
	for (int k = 1; k <= 3; k++) {
		v->left = v->left << 6 | (a >= (size_t)k ? c[a - k].kind : 0);
		v->right = v->right << 6 | c[b + k - 1].kind;
	}
	v->marks = (uint32_t)(steps(mark_distance(g, a - 1, -1)) << 8 |
			      steps(mark_distance(g, b, 1)));
	size_t begin = a, end = b;
	/* how far they are counts up to a few dozen only */
	while (
	    begin && a - begin < 45 && c[begin - 1].sentence == c[a].sentence)
		begin--;
	while (end < g->count && end - b < 45 &&
	       c[end].sentence == c[b - 1].sentence)
		end++;
	v->lead = (uint32_t)steps(a - begin);
	v->rest = (uint32_t)steps(end - b);
}

uint64_t
desk_path(const struct desk_passage *g, const struct desk_view *v, size_t i)
{
	size_t a = i < v->a ? i : v->b, b = i < v->a ? v->a : i + 1;
	uint64_t h = 0;
	if ((i >= v->a && i < v->b) || b - a > DESK_PATH)
		return 1;
	for (size_t k = a; k < b; k++)
		h = h << 6 | g->cells[k].kind;
	return h << 8 | (uint64_t)(b - a);
}

void
desk_features_first(struct desk_features *to, const struct desk_passage *g,
    const struct desk_sight *sights, size_t i)
{
	static const unsigned char *const no_rows[FRAME_PACKS];
	struct desk_look l = {.out = to};
	const struct desk_cell *c = &g->cells[i];
	const struct desk_sight *s = &sights[i];
	struct desk_near left = near_left(c), right = near_right(c);
	to->count = 0;
	see_words(&l, c, s);
	see_kinds(&l, c, s);
	see_place(&l, c, s, &left, &right);
	see_frame(&l, desk_frame_at(g, i), s->in, no_rows);
	see_start(&l, g, c, s);
	see_beside(&l, &left, &right);
}

void
desk_features_second(struct desk_features *to, const struct desk_passage *g,
    const struct desk_sight *sights, const struct desk_view *v, size_t i)
{
	static const unsigned char *const no_rows[2];
	struct desk_look l = {.out = to, .second = true};
	const struct desk_cell *c = &g->cells[i];
	const struct desk_sight *s = &sights[i];
	struct desk_seen w;
	look_back(&w, g, s, v, i);
	w.path = desk_path(g, v, i);
	to->count = 0;
	see_words(&l, c, s);
	see_kinds(&l, c, s);
	see_way(&l, c, s, &w);
	see_cue(&l, v, &w);
	see_sentence(&l, v, &w, c->kind);
	see_counts(&l, &w, c->kind);
	see_turn(&l, v, &w, desk_frame_at(g, i), no_rows);
	see_ends(&l, &w);
	see_clause(&l, v, &w);
}
