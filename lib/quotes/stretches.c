/*
 * stretches.c - features of stretches in marks as wholes: whether one is
 * speech, and whether it goes on with the one before.
 */
#include "quotes/features.h"
#include "quotes/hashing.h"

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
		bool cap = desk_cell_capital(c);
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

/* What stands between two stretches. */
struct gap {
	unsigned words, verbs, names, pronouns;
	bool stop; /* a sentence ends in it */
};

static struct gap
look_between(const struct desk_cell *a, const struct desk_cell *b)
{
	struct gap n = {.words = 0};
	for (const struct desk_cell *c = a; c < b; c++) {
		n.words += desk_cell_word(c);
		n.verbs += c->kind == K_AUX || c->kind == K_VERB ||
			   c->kind == K_SAY || c->kind == K_ED ||
			   c->kind == K_CUE;
		n.names += c->kind == K_CAP || c->kind == K_TITLE;
		n.pronouns += c->kind >= K_HE && c->kind <= K_PRON;
		n.stop |= c->kind == K_STOP || c->kind == K_ASK;
	}
	return n;
}

static unsigned
last_sign(const struct desk_passage *g, const struct desk_frame_of *f)
{
	const struct desk_cell *z = &g->cells[f->last - 1];
	return z->shape == DESK_SHAPE_SIGN ? z->kind : 0;
}

static bool
capital(const struct desk_passage *g, const struct desk_frame_of *f)
{
	const struct desk_cell *a = &g->cells[f->first];
	return a->shape == DESK_SHAPE_CAP || a->shape == DESK_SHAPE_UPPER;
}

size_t
desk_features_joined(
    const struct desk_passage *g, size_t frame, uint32_t *features)
{
	struct out o = {features, 0, JOINED};
	const struct desk_frame_of *p, *q = &g->frames[frame];
	if (!frame)
		return 0;
	p = q - 1;
	if (p->first >= p->last || q->first >= q->last || p->last > q->first)
		return 0;
	const struct desk_cell *a = &g->cells[p->last],
			       *b = &g->cells[q->first];
	while (a < b && a->kind == K_CLOSE)
		a++;
	while (b > a && b[-1].kind == K_OPEN)
		b--;
	struct gap n = look_between(a, b);
	unsigned words = n.words < 12 ? n.words : n.words < 20 ? 12 : 13;
	unsigned cues = few((uint16_t)(b[-1].cands - a[-1].cands), 2);
	unsigned sources = few((uint16_t)(b[-1].sources - a[-1].sources), 2);
	unsigned end = last_sign(g, p), cap = capital(g, q);
	unsigned over = few(b->sentence - a[-1].sentence, 3);
	uint64_t shape = (uint64_t)end << 8 | cap << 4 | (unsigned)n.stop;
	put(&o, 0);
	put2(&o, words, shape);
	put2(&o, cues, sources);
	put3(&o, cues, sources, shape);
	put3(&o, cues, over, shape);
	put2(&o, over, words);
	put2(&o, few(n.verbs, 3), cues);
	put3(&o, few(n.verbs, 3), few(n.names, 2), few(n.pronouns, 2));
	put2(&o, a->kind, shape);
	put2(&o, b[-1].kind, shape);
	put3(&o, a->kind, a[1].kind, end);
	put3(&o, b[-1].kind, b[-2].kind, cap);
	put2(&o, a->hash, end);
	put2(&o, b[-1].hash, cap);
	put3(&o, b[-1].hash, b[-2].hash, cap);
	put3(&o, a->hash, a[1].hash, 0);
	put2(&o, p->length, q->length);
	put3(&o, q->length, cap, last_sign(g, q));
	put3(&o, p->length, capital(g, p), end);
	put2(&o, few(n.words, 6), few((unsigned)g->frame_count, 5));
	put3(&o, few(n.words, 4), cues, last_sign(g, q));
	return o.count;
}
