/*
 * features.c - features of tokens.
 *
 * A feature is a number for its template, which is its place in the order
 * here, mixed with what the template looks at.  Each template is always
 * there, so that the order does not depend on the text.
 */
#include "quotes/features.h"

#include "quotes/hashing.h"

/* Whether a cell is inside marks: at their begin, end, or between. */
static unsigned
inside(const struct desk_passage *g, const struct desk_cell *c, size_t i)
{
	if (!c->region)
		return 0;
	const struct desk_frame_of *f = &g->frames[c->region - 1];
	return 1 + (i == f->first) + 2 * (i + 1 == f->last);
}

/* The frame of a cell; outside marks one of zeros. */
static const struct desk_frame_of *
frame_at(const struct desk_passage *g, size_t i)
{
	static const struct desk_frame_of none;
	uint32_t region = g->cells[i].region;
	return region ? &g->frames[region - 1] : &none;
}

size_t
desk_features_kinds(const struct desk_passage *g, size_t i, uint32_t *features)
{
	struct out o = {features, 0, KINDS};
	const struct desk_cell *c = &g->cells[i];
	uint64_t k1 = (uint64_t)c[-1].kind << 8 | c->kind;
	put(&o, 0);
	put2(&o, c->kind, c->region != 0);
	put(&o, k1);
	put2(&o, c->kind, c[1].kind);
	put2(&o, k1, c[1].kind);
	return o.count;
}

uint64_t
desk_features_kinds_key(const struct desk_passage *g, size_t i)
{
	const struct desk_cell *c = &g->cells[i];
	return (uint64_t)c[-1].kind << 24 | c->kind << 16 | c[1].kind << 8 |
	       (c->region != 0);
}

size_t
desk_features_words(const struct desk_passage *g, size_t i, uint32_t *features)
{
	struct out o = {features, 0, WORDS};
	const struct desk_cell *c = &g->cells[i];
	uint64_t k1 = (uint64_t)c[-1].kind << 8 | c->kind;
	uint64_t k2 = (uint64_t)c->kind << 8 | c[1].kind;
	put(&o, c->hash);
	put(&o, c[-1].hash);
	put(&o, c[1].hash);
	put(&o, c[-2].hash);
	put(&o, c[2].hash);
	put2(&o, c[-1].hash, c->hash);
	put2(&o, c->hash, c[1].hash);
	put(&o, c->tail);
	put2(&o, k1, c[-2].kind);
	put2(&o, k2, c[2].kind);
	put3(&o, k1, c[-2].kind, (uint64_t)c[1].kind << 8 | c[2].kind);
	put2(&o, k1, c[1].hash);
	put2(&o, k2, c[-1].hash);
	return o.count;
}

/* What the marks round a cell say is the same for all cells in between. */
size_t
desk_features_frame(const struct desk_passage *g, size_t i, uint32_t *features)
{
	struct out o = {features, 0, FRAME};
	const struct desk_frame_of *f = frame_at(g, i);
	unsigned in = inside(g, &g->cells[i], i);
	put2(&o, in, f->length);
	put3(&o, in, f->length, f->before & 63);
	put3(&o, in, f->before, 0);
	put3(&o, in, f->after, 0);
	put3(&o, in, f->before & 0xFFF, f->after & 0xFFF);
	put3(&o, in, f->length, (f->before & 63) << 6 | (f->after & 63));
	put3(&o, i == 0, g->sentences == 1, in);
	put3(&o, few(g->cells[i].sentence, 2), g->frame_count ? 1 : 0, in);
	return o.count;
}

uint64_t
desk_features_frame_key(const struct desk_passage *g, size_t i)
{
	const struct desk_cell *c = &g->cells[i];
	return (uint64_t)c->region << 16 | inside(g, c, i) << 8 |
	       few(c->sentence, 2) << 1 | (unsigned)(i == 0);
}

/* The next word like a cue on either side. */
struct beside {
	const struct desk_cell *l, *r;
	unsigned sl, sr; /* sentences away, and whether the cell is in marks */
};

static struct beside
look_beside(const struct desk_passage *g, size_t i)
{
	const struct desk_cell *c = &g->cells[i];
	struct beside b = {
	    c->left ? c - c->left : NULL, c->right ? c + c->right : NULL, 3, 3};
	unsigned in = c->region != 0;
	b.sl = few(b.l ? c->sentence - b.l->sentence : 3, 2) << 1 | in;
	b.sr = few(b.r ? b.r->sentence - c->sentence : 3, 2) << 1 | in;
	return b;
}

size_t
desk_features_beside(const struct desk_passage *g, size_t i, uint32_t *features)
{
	struct out o = {features, 0, BESIDE};
	struct beside b = look_beside(g, i);
	put3(&o, b.l ? with(b.l->hash, b.l[1].hash) : 0, b.sl, 0);
	put3(&o, b.r ? with(b.r->hash, b.r[-1].hash) : 0, b.sr, 0);
	return o.count;
}

uint64_t
desk_features_beside_key(const struct desk_passage *g, size_t i)
{
	struct beside b = look_beside(g, i);
	uint64_t l = b.l ? (uint64_t)(b.l - g->cells + 1) : 0;
	uint64_t r = b.r ? (uint64_t)(b.r - g->cells + 1) : 0;
	return l << 35 | r << 6 | b.sl << 3 | b.sr;
}

size_t
desk_features_place(const struct desk_passage *g, size_t i, uint32_t *features)
{
	struct out o = {features, 0, PLACE};
	const struct desk_cell *c = &g->cells[i];
	unsigned in = inside(g, c, i);
	uint64_t around = (uint64_t)in << 4 |
			  (unsigned)(c[-1].region != 0) << 1 |
			  (unsigned)(c[1].region != 0);
	put2(&o, around, c->kind);
	put3(&o, around, c[-1].kind, c[1].kind);
	struct beside b = look_beside(g, i);
	uint64_t dl = b.l ? steps(c->left) : 15,
		 dr = b.r ? steps(c->right) : 15;
	put3(&o, b.l ? b.l->hash : 0, dl, b.sl);
	put3(&o, b.r ? b.r->hash : 0, dr, b.sr);
	put3(&o, c->kind, dl, b.sl);
	put3(&o, c->kind, dr, b.sr);
	put3(&o, b.l ? with(b.l->kind, b.l[1].kind) : 0, b.sl, c->kind);
	put3(&o, b.r ? with(b.r->kind, b.r[-1].kind) : 0, b.sr, c->kind);
	bool first = c[-1].sentence != c->sentence || !i;
	bool last = i + 1 == g->count || c[1].sentence != c->sentence;
	put3(&o, c->kind, first, last);
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

void
desk_seen_set(struct desk_seen *w, const struct desk_passage *g,
    const struct desk_view *v, size_t i)
{
	const struct desk_cell *c = &g->cells[i], *x, *y;
	*w = (struct desk_seen){.side = 1, .place = (uint8_t)inside(g, c, i)};
	w->first = !i || c[-1].sentence != c->sentence;
	w->last = i + 1 == g->count || c[1].sentence != c->sentence;
	if (i >= v->a && i < v->b) {
		w->distance = (uint32_t)(i - v->a);
		return;
	}
	bool before = i < v->a;
	w->side = before ? 0 : 2;
	w->distance = (uint32_t)(before ? v->a - i : i - v->b + 1);
	/* in the cells behind x up to y */
	x = before ? c : &g->cells[v->b - 1];
	y = before ? &g->cells[v->a - 1] : c - 1;
	w->sentences = few((before ? g->cells[v->a].sentence : c->sentence) -
			       (before ? c->sentence : x->sentence),
	    3);
	w->commas = few((uint16_t)(y->commas - x->commas), 3);
	w->verbs = few((uint16_t)(y->verbs - x->verbs), 3);
	w->cands = few((uint16_t)(y->cands - x->cands), 2);
	w->sources = few((uint16_t)(y->sources - x->sources), 2);
	/* edges of marks up to the cell itself */
	w->turns = before ? (uint16_t)(g->cells[v->a].turns - c->turns)
			  : (uint16_t)(c->turns - x->turns);
	w->turns = few(w->turns, 5);
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

/* On which side of the cue, and whether in its sentence. */
static uint64_t
side_of(const struct desk_seen *w)
{
	return w->side | few(w->sentences, 1) << 2;
}

static uint64_t
marks_of(const struct desk_view *v)
{
	return (uint64_t)v->mark_left << 8 | v->mark_right;
}

size_t
desk_features_cue(
    const struct desk_view *v, const struct desk_seen *w, uint32_t *features)
{
	struct out o = {features, 0, SEEN_CUE};
	uint64_t side = side_of(w), in = w->place != 0;
	uint64_t far = (uint64_t)w->sentences << 1 | in;
	uint64_t beside = (uint64_t)v->kind_before << 8 | v->kind_after;
	uint64_t rest = steps(v->end - v->b), lead = steps(v->a - v->begin);
	put2(&o, side, v->phrase);
	put2(&o, side, v->head);
	put2(&o, side, beside);
	put3(&o, side, v->head, v->after);
	put3(&o, side, v->head, (uint64_t)v->kind_after << 1 | in);
	put3(&o, side, v->left, in);
	put3(&o, side, v->right, in);
	put2(&o, side, marks_of(v));
	put2(&o, side, far);
	put3(&o, side, v->head, far);
	put3(&o, side, rest, far);
	put3(&o, side, lead << 4 | rest, far);
	return o.count;
}

size_t
desk_features_turn(const struct desk_passage *g, const struct desk_view *v,
    const struct desk_seen *w, size_t i, uint32_t *features)
{
	struct out o = {features, 0, SEEN_TURN};
	const struct desk_frame_of *f = frame_at(g, i);
	uint64_t side = side_of(w), in = w->place != 0;
	put3(&o, side, w->turns, w->place);
	put3(&o, side, marks_of(v), w->place);
	put3(&o, side, marks_of(v), (uint64_t)w->turns << 3 | in);
	put3(&o, side, (uint64_t)w->turns << 8 | f->length, in);
	put3(
	    &o, side, w->turns, in ? (uint64_t)(f->after & 0xFFF) << 1 | 1 : 0);
	put3(&o, side, w->turns,
	    in ? (uint64_t)(f->before & 0xFFF) << 1 | 1 : 0);
	put3(&o, side, (uint64_t)w->first << 1 | w->last,
	    w->sentences << 4 | w->turns);
	return o.count;
}

uint64_t
desk_features_turn_key(
    const struct desk_passage *g, const struct desk_seen *w, size_t i)
{
	return (uint64_t)g->cells[i].region << 32 | w->side << 16 |
	       w->sentences << 14 | w->turns << 8 | w->place << 4 |
	       w->first << 1 | w->last;
}

size_t
desk_features_clause(
    const struct desk_view *v, const struct desk_seen *w, uint32_t *features)
{
	struct out o = {features, 0, SEEN_CLAUSE};
	uint64_t side = side_of(w), in = w->place != 0;
	put3(&o, side, (uint64_t)w->sentences << 4 | w->commas, w->cands);
	put3(&o, side, v->head, (uint64_t)w->commas << 2 | few(w->verbs, 2));
	put3(&o, side, (uint64_t)w->sources << 2 | w->cands, in);
	put2(&o, side, steps(w->distance));
	put3(&o, side, v->phrase, steps(w->distance));
	return o.count;
}

uint64_t
desk_features_clause_key(const struct desk_seen *w)
{
	return w->side | w->sentences << 2 | w->commas << 4 | w->cands << 6 |
	       few(w->verbs, 2) << 8 | w->sources << 10 |
	       (unsigned)(w->place != 0) << 12 | steps(w->distance) << 16;
}

size_t
desk_features_counts(
    const struct desk_seen *w, unsigned kind, uint32_t *features)
{
	struct out o = {features, 0, SEEN_COUNTS};
	uint64_t side = side_of(w);
	put3(&o, side, w->commas, kind);
	put3(&o, side, w->cands, kind);
	put3(&o, side, w->verbs, kind);
	put3(&o, side, w->sources, kind);
	put3(&o, side, (uint64_t)w->commas << 4 | w->verbs, kind);
	return o.count;
}

uint64_t
desk_features_counts_key(const struct desk_seen *w, unsigned kind)
{
	return (uint64_t)w->commas << 32 | w->cands << 28 | w->verbs << 24 |
	       w->sources << 20 | (uint32_t)side_of(w) << 8 | kind;
}

size_t
desk_features_sentence(const struct desk_view *v, const struct desk_seen *w,
    unsigned kind, uint32_t *features)
{
	struct out o = {features, 0, SEEN_SENTENCE};
	uint64_t side = side_of(w);
	put3(&o, side, steps(v->end - v->b), kind);
	put3(&o, side, steps(v->a - v->begin), kind);
	put3(&o, side, (uint64_t)w->first << 1 | w->last, kind);
	return o.count;
}

uint64_t
desk_features_sentence_key(
    const struct desk_view *v, const struct desk_seen *w, unsigned kind)
{
	return steps(v->end - v->b) << 40 | steps(v->a - v->begin) << 32 |
	       side_of(w) << 16 | w->first << 9 | w->last << 8 | kind;
}

size_t
desk_features_seen(const struct desk_passage *g, const struct desk_view *v,
    const struct desk_seen *w, size_t i, uint32_t *features)
{
	struct out o = {features, 0, SEEN};
	const struct desk_cell *c = &g->cells[i];
	uint64_t kind = c->kind, side = side_of(w);
	uint64_t edge = edge_of(g, v, i, w->side);
	put3(&o, side, steps(w->distance), kind);
	put2(&o, side, c->hash);
	put3(&o, side, edge, kind);
	put3(&o, side, edge, (uint64_t)w->turns << 3 | w->place);
	put2(&o, side, path_of(g, v, i, w->side));
	return o.count;
}
