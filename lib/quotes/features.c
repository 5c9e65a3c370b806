/*
 * features.c - features of tokens.
 *
 * A feature is a number for its template, which is its place in the order
 * here, mixed with what the template looks at.  Each template is always
 * there, so that the order does not depend on the text.
 */
#include "quotes/features.h"

#include "model/table.h"

enum { WORDS = 0, PLACE = 64, SEEN = 128, MARKED = 192 };

struct out {
	uint32_t *to;
	size_t count;
	unsigned first;
};

static inline uint64_t
with(uint64_t h, uint64_t value)
{
	return (h ^ h >> 31) * UINT64_C(0xD6E8FEB86659FD93) + value;
}

static inline void
put(struct out *o, uint64_t value)
{
	uint64_t h = with(value, o->first + o->count);
	o->to[o->count++] = desk_table_key(h ^ h >> 32);
}

static inline void
put2(struct out *o, uint64_t a, uint64_t b)
{
	put(o, with(a + 1, b));
}

static inline void
put3(struct out *o, uint64_t a, uint64_t b, uint64_t c)
{
	put(o, with(with(a + 1, b), c));
}

/* A distance, in few steps. */
static inline uint64_t
steps(size_t n)
{
	static const uint8_t near[16] = {
	    0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 8};
	return n < 16 ? near[n] : n < 26 ? 9 : n < 41 ? 10 : 11;
}

static inline unsigned
few(unsigned n, unsigned most)
{
	return n < most ? n : most;
}

/* Whether a cell is inside marks: at their begin, end, or between. */
static unsigned
inside(const struct desk_passage *g, const struct desk_cell *c, size_t i)
{
	if (!c->region)
		return 0;
	const struct desk_frame_of *f = &g->frames[c->region - 1];
	return 1 + (i == f->first) + 2 * (i + 1 == f->last);
}

size_t
desk_features_words(const struct desk_passage *g, size_t i, uint32_t *features)
{
	struct out o = {features, 0, WORDS};
	const struct desk_cell *c = &g->cells[i];
	unsigned in = c->region != 0;
	uint64_t k1 = (uint64_t)c[-1].kind << 8 | c->kind;
	uint64_t k2 = (uint64_t)c->kind << 8 | c[1].kind;
	put(&o, 0);
	put(&o, c->hash);
	put(&o, c[-1].hash);
	put(&o, c[1].hash);
	put(&o, c[-2].hash);
	put(&o, c[2].hash);
	put2(&o, c[-1].hash, c->hash);
	put2(&o, c->hash, c[1].hash);
	put2(&o, c[-2].hash, c[-1].hash);
	put2(&o, c[1].hash, c[2].hash);
	put(&o, c->tail);
	put2(&o, c->shape, c[-1].shape * 8u + c[1].shape);
	put2(&o, c->kind, in);
	put(&o, k1);
	put(&o, k2);
	put2(&o, k1, c[1].kind);
	put2(&o, k1, c[-2].kind);
	put2(&o, k2, c[2].kind);
	put3(&o, k1, c[-2].kind, (uint64_t)c[1].kind << 8 | c[2].kind);
	put2(&o, k1, c[1].hash);
	put2(&o, k2, c[-1].hash);
	return o.count;
}

size_t
desk_features_place(const struct desk_passage *g, size_t i, uint32_t *features)
{
	struct out o = {features, 0, PLACE};
	const struct desk_cell *c = &g->cells[i], *l, *r;
	unsigned in = inside(g, c, i);
	uint64_t around = (uint64_t)in << 4 |
			  (unsigned)(c[-1].region != 0) << 1 |
			  (unsigned)(c[1].region != 0);
	put2(&o, around, c->kind);
	put3(&o, around, c[-1].kind, c[1].kind);
	static const struct desk_frame_of none;
	const struct desk_frame_of *f =
	    c->region ? &g->frames[c->region - 1] : &none;
	put2(&o, in, f->length);
	put3(&o, in, f->length, f->before & 63);
	put3(&o, in, f->before, 0);
	put3(&o, in, f->after, 0);
	put3(&o, in, f->before & 0xFFF, f->after & 0xFFF);
	put3(&o, in, f->length, (f->before & 63) << 6 | (f->after & 63));
	l = c->left ? c - c->left : NULL;
	r = c->right ? c + c->right : NULL;
	uint64_t dl = l ? steps(c->left) : 15, dr = r ? steps(c->right) : 15;
	unsigned sl = l ? c->sentence - l->sentence : 3;
	unsigned sr = r ? r->sentence - c->sentence : 3;
	sl = few(sl, 2) << 1 | (unsigned)(in != 0);
	sr = few(sr, 2) << 1 | (unsigned)(in != 0);
	put3(&o, l ? l->hash : 0, dl, sl);
	put3(&o, r ? r->hash : 0, dr, sr);
	put3(&o, c->kind, dl, sl);
	put3(&o, c->kind, dr, sr);
	put3(&o, l ? with(l->kind, l[1].kind) : 0, sl, c->kind);
	put3(&o, r ? with(r->kind, r[-1].kind) : 0, sr, c->kind);
	put3(&o, l ? with(l->hash, l[1].hash) : 0, sl, 0);
	put3(&o, r ? with(r->hash, r[-1].hash) : 0, sr, 0);
	bool first = c[-1].sentence != c->sentence || !i;
	bool last = i + 1 == g->count || c[1].sentence != c->sentence;
	put3(&o, c->kind, first, last);
	put3(&o, i == 0, g->sentences == 1, in);
	put3(&o, few(c->sentence, 2), g->frame_count ? 1 : 0, in);
	return o.count;
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
	v->head_kind = c[head].kind;
	v->before = a ? c[a - 1].hash : 0;
	v->after = c[b].hash;
	v->kind_before = a ? c[a - 1].kind : K_NONE;
	v->kind_after = b < g->count ? c[b].kind : K_NONE;
	for (int k = 1; k <= 3; k++) {
		v->left = v->left << 6 | (a >= (size_t)k ? c[a - k].kind : 0);
		v->right = v->right << 6 | c[b + k - 1].kind;
	}
	v->mark_left = (uint8_t)steps(mark_distance(g, a - 1, -1));
	v->mark_right = (uint8_t)steps(mark_distance(g, b, 1));
	v->begin = (uint32_t)a;
	/* how far they are counts up to a few dozen only */
	while (v->begin && a - v->begin < 45 &&
	       c[v->begin - 1].sentence == c[a].sentence)
		v->begin--;
	v->end = (uint32_t)b;
	while (v->end < g->count && v->end - b < 45 &&
	       c[v->end].sentence == c[b - 1].sentence)
		v->end++;
}

/* What stands between a cell and the cue. */
struct between {
	unsigned side; /* 0 before the cue, 1 in it, 2 behind it */
	size_t distance;
	unsigned sentences, commas, verbs, turns, cands, sources;
	uint8_t edge; /* the last sign on the way from the cue */
};

static struct between
look(const struct desk_passage *g, const struct desk_view *v, size_t i)
{
	const struct desk_cell *c = &g->cells[i], *x, *y;
	struct between w = {.side = 1};
	if (i >= v->a && i < v->b) {
		w.distance = i - v->a;
		return w;
	}
	w.side = i < v->a ? 0 : 2;
	w.distance = i < v->a ? v->a - i : i - v->b + 1;
	/* in the cells behind x up to y */
	x = i < v->a ? c : &g->cells[v->b - 1];
	y = i < v->a ? &g->cells[v->a - 1] : c - 1;
	w.sentences =
	    few((i < v->a ? g->cells[v->a].sentence : c->sentence) -
		    (i < v->a ? c->sentence : g->cells[v->b - 1].sentence),
		3);
	w.commas = few((uint16_t)(y->commas - x->commas), 3);
	w.verbs = few((uint16_t)(y->verbs - x->verbs), 3);
	w.cands = few((uint16_t)(y->cands - x->cands), 2);
	w.sources = few((uint16_t)(y->sources - x->sources), 2);
	/* edges of marks up to the cell itself */
	w.turns = i < v->a ? (uint16_t)(g->cells[v->a].turns - c->turns)
			   : (uint16_t)(c->turns - x->turns);
	w.turns = few(w.turns, 5);
	return w;
}

/* The sign nearest to the cell on its way to the cue, within a few cells. */
static unsigned
edge_of(const struct desk_passage *g, const struct desk_view *v, size_t i,
    unsigned side)
{
	const struct desk_cell *c = &g->cells[i];
	size_t room = side == 0 ? v->a - i : i - v->b + 1;
	if (side == 1)
		return 0;
	for (size_t k = 1; k < room && k < 12; k++) {
		const struct desk_cell *n = side == 0 ? c + k : c - k;
		if (n->kind >= K_COMMA && n->kind <= K_SIGN &&
		    n->kind != K_HYPHEN)
			return n->kind;
	}
	return room < 12 ? 1 : 2;
}

/* The kinds of the cells between, where they are few. */
static uint64_t
path_of(const struct desk_passage *g, const struct desk_view *v, size_t i,
    unsigned side)
{
	size_t a = side == 0 ? i : v->b, b = side == 0 ? v->a : i + 1;
	uint64_t h = 0;
	if (side == 1 || b - a > 5)
		return 1;
	for (size_t k = a; k < b; k++)
		h = h << 6 | g->cells[k].kind;
	return h << 8 | (uint64_t)(b - a);
}

static void
put_cue(struct out *o, const struct desk_view *v, uint64_t side, uint64_t d,
    unsigned in)
{
	uint64_t beside = (uint64_t)v->kind_before << 8 | v->kind_after;
	put2(o, side, v->phrase);
	put2(o, side, v->head);
	put3(o, side, v->phrase, d);
	put2(o, side, beside);
	put3(o, side, v->head, v->after);
	put3(o, side, v->head, (uint64_t)v->kind_after << 1 | in);
	put3(o, side, v->left, in);
	put3(o, side, v->right, in);
}

size_t
desk_features_seen(const struct desk_passage *g, const struct desk_view *v,
    size_t i, uint32_t *features)
{
	struct out o = {features, 0, SEEN};
	const struct desk_cell *c = &g->cells[i];
	struct between w = look(g, v, i);
	unsigned place = inside(g, c, i), in = place != 0;
	uint64_t d = steps(w.distance), kind = c->kind;
	uint64_t side = w.side | few(w.sentences, 1) << 2;
	uint64_t marks = (uint64_t)v->mark_left << 8 | v->mark_right;
	static const struct desk_frame_of none;
	const struct desk_frame_of *f =
	    c->region ? &g->frames[c->region - 1] : &none;
	put2(&o, side, d);
	put3(&o, side, d, kind);
	put3(&o, side, w.sentences, in);
	put3(&o, side, w.commas, kind);
	put3(&o, side, w.cands, kind);
	put3(&o, side, w.verbs, kind);
	put3(&o, side, w.turns, place);
	put_cue(&o, v, side, d, in);
	put2(&o, side, marks);
	put3(&o, side, marks, place);
	put3(&o, side, marks, (uint64_t)w.turns << 3 | in);
	put3(&o, side, (uint64_t)w.sentences << 4 | w.commas, w.cands);
	put3(&o, side, (uint64_t)w.commas << 4 | w.verbs, kind);
	put2(&o, side, c->hash);
	put3(&o, side, v->head, (uint64_t)w.sentences << 1 | in);
	put3(&o, side, v->head, (uint64_t)w.commas << 2 | few(w.verbs, 2));
	uint64_t edge = edge_of(g, v, i, w.side);
	put3(&o, side, edge, kind);
	put3(&o, side, edge, (uint64_t)w.turns << 3 | place);
	put3(&o, side, (uint64_t)w.turns << 8 | f->length, in);
	put3(&o, side, w.turns, in ? (uint64_t)(f->after & 0xFFF) << 1 | 1 : 0);
	put3(
	    &o, side, w.turns, in ? (uint64_t)(f->before & 0xFFF) << 1 | 1 : 0);
	put3(&o, side, w.sources, kind);
	put3(&o, side, (uint64_t)w.sources << 2 | w.cands, in);
	bool first = !i || c[-1].sentence != c->sentence;
	bool last = i + 1 == g->count || c[1].sentence != c->sentence;
	put3(&o, side, (uint64_t)first << 1 | last, kind);
	put3(&o, side, (uint64_t)first << 1 | last, w.sentences << 4 | w.turns);
	put2(&o, side, path_of(g, v, i, w.side));
	put3(&o, side, path_of(g, v, i, w.side), v->head);
	uint64_t rest = steps(v->end - v->b), lead = steps(v->a - v->begin);
	put3(&o, side, rest, (uint64_t)w.sentences << 1 | in);
	put3(&o, side, rest, kind);
	put3(&o, side, lead, kind);
	put3(&o, side, lead << 4 | rest, (uint64_t)w.sentences << 1 | in);
	return o.count;
}

/* What is in a stretch. */
struct content {
	unsigned words, said, verbs, people, caps, commas;
	bool capital; /* its first word is */
};

static struct content
look_inside(const struct desk_passage *g, const struct desk_frame_of *f)
{
	struct content n = {.words = 0};
	for (uint32_t i = f->first; i < f->last; i++) {
		const struct desk_cell *c = &g->cells[i];
		bool cap =
		    c->shape == DESK_SHAPE_CAP || c->shape == DESK_SHAPE_UPPER;
		n.commas += c->kind == K_COMMA;
		if (!desk_cell_word(c))
			continue;
		n.capital = n.words ? n.capital : cap;
		n.words++;
		n.caps += cap;
		n.said += (c->said & DESK_SAID_FIRST) != 0;
		n.verbs += c->kind == K_AUX || c->kind == K_VERB ||
			   c->kind == K_SAY || c->kind == K_ED;
		n.people += c->kind >= K_HE && c->kind <= K_PRON;
	}
	return n;
}

/* Cues of the first pass in the sentence of a stretch. */
static unsigned
cues_beside(const struct desk_passage *g, const struct desk_frame_of *f)
{
	const struct desk_cell *c = g->cells;
	uint32_t a = f->first, b = f->last - 1;
	while (a > 0 && f->first - a < 60 &&
	       c[a - 1].sentence == c[f->first].sentence)
		a--;
	while (b + 1 < g->count && b - f->last < 60 &&
	       c[b + 1].sentence == c[f->last - 1].sentence)
		b++;
	return few((uint16_t)(c[b].cands - (a ? c[a - 1].cands : 0)), 2);
}

size_t
desk_features_marked(
    const struct desk_passage *g, size_t frame, uint32_t *features)
{
	struct out o = {features, 0, MARKED};
	const struct desk_frame_of *f = &g->frames[frame];
	const struct desk_region *q = &g->p->marks.regions[frame];
	if (f->first >= f->last)
		return 0;
	const struct desk_cell *a = &g->cells[f->first],
			       *z = &g->cells[f->last - 1];
	const struct desk_cell *l = a - 1, *r = z + 1;
	while (l->kind == K_OPEN)
		l--;
	while (r->kind == K_CLOSE)
		r++;
	struct content n = look_inside(g, f);
	unsigned share = n.words ? (4 * n.said + n.words / 2) / n.words : 0;
	unsigned cues = cues_beside(g, f);
	bool begins = f->first == 0 || l->sentence != a->sentence;
	bool ends = r >= g->cells + g->count || r->sentence != z->sentence;
	uint64_t sides = (uint64_t)begins << 1 | ends;
	uint64_t sign = z->shape == DESK_SHAPE_SIGN ? z->kind : 0;
	uint64_t caps = n.caps == n.words ? 2 : n.caps * 2 >= n.words;
	put(&o, 0);
	put2(&o, f->length, share);
	put2(&o, f->length, n.capital);
	put2(&o, f->length, sides);
	put3(&o, f->length, sign, n.capital);
	put3(&o, f->length, cues, share);
	put2(&o, sign, sides);
	put2(&o, few(n.verbs, 2), few(n.people, 2));
	put3(&o, few(n.verbs, 1), few(n.people, 1), f->length);
	put2(&o, caps, f->length);
	put3(&o, caps, l->kind, r->kind);
	put(&o, l->hash);
	put(&o, r->hash);
	put2(&o, l[-1].hash, l->hash);
	put(&o, f->before);
	put(&o, f->after);
	put2(&o, l->kind, share);
	put2(&o, l->kind, f->length);
	put3(&o, l->kind, r->kind, share);
	put2(&o, r->kind, f->length);
	put2(&o, a->hash, few(n.words, 3));
	put2(&o, z->hash, few(n.words, 3));
	put2(&o, q->single, f->length);
	put3(&o, q->single, q->closed, q->opened);
	put2(&o, few(n.commas, 2), f->length);
	put2(&o, cues, sides);
	put3(&o, cues, l->kind, f->length);
	put2(&o, g->sentences == 1, sides);
	put2(&o, steps(a->left), l->kind);
	put2(&o, few((unsigned)g->frame_count, 4), f->length);
	return o.count;
}
