/*
 * Templates: what the sequence models look at, said once for learning and for
 * scoring.
 *
 * Each call of see() is a template: its number, the value that it looks at,
 * which tells one feature from another, and where the weights of that feature
 * lie: the part of a row of a pack.  When a model is learned, or its packs are
 * made, the features are written down with their places; when it scores, the
 * parts are added up and nothing of the rest is worked out.  All is inlined
 * into the one or the other.
 *
 * Groups of templates are added in the order of their numbers only when they
 * are learned.
 */
#ifndef DESK_QUOTES_TEMPLATES_H
#define DESK_QUOTES_TEMPLATES_H

#include "model/lanes.h"
#include "quotes/features.h"
#include "quotes/hashing.h"
#include "quotes/packs.h"

#define INLINE static inline __attribute__((always_inline))

/* Who looks. */
struct desk_look {
	struct desk_features *out; /* learning; else NULL */
	const struct desk_table *packs;
	bool second; /* pass */
	lanes a, b;  /* the sum; one is enough for the second pass */
};

/* A row of a pack. */
struct desk_spot {
	enum desk_quote_pack pack;
	uint64_t key;		  /* when learning */
	const unsigned char *row; /* when scoring */
};

INLINE uint64_t
two(uint64_t a, uint64_t b)
{
	return with(a + 1, b);
}

INLINE uint64_t
three(uint64_t a, uint64_t b, uint64_t c)
{
	return with(with(a + 1, b), c);
}

INLINE void
see(struct desk_look *l, unsigned template, uint64_t value, struct desk_spot s,
    size_t part)
{
	if (l->out) {
		size_t labels = l->second ? SECOND_LABELS : FIRST_LABELS;
		desk_features_add(l->out, desk_feature_key(value, template),
		    (struct desk_slot){s.key, (uint16_t)s.pack,
			(uint16_t)(part * labels +
				   (l->second ? desk_pack_first[s.pack] : 0))});
	} else if (l->second) {
		l->a = plus(l->a, widen(s.row + desk_pack_first[s.pack] +
					part * SECOND_LABELS));
	} else {
		l->a = plus(l->a, widen(s.row + part * FIRST_LABELS));
		l->b = plus(l->b, widen(s.row + part * FIRST_LABELS + LANES));
	}
}

/* A row by its number: those packs lie one behind the other. */
INLINE struct desk_spot
numbered(const struct desk_look *l, enum desk_quote_pack pack, size_t number)
{
	struct desk_spot s = {pack, number, NULL};
	if (!l->out)
		s.row = l->packs[PACK_ANY].rows + desk_pack_begins[pack] +
			number * desk_pack_strides[pack];
	return s;
}

/* A row that was found already, when scoring. */
INLINE struct desk_spot
found(const struct desk_look *l, enum desk_quote_pack pack, uint64_t key,
    const unsigned char *row)
{
	return (struct desk_spot){pack, l->out ? key : 0, l->out ? NULL : row};
}

/* Words and kinds of cells in a row: either pass. */

INLINE uint64_t
around(const struct desk_cell *c, const struct desk_sight *s)
{
	return s->in * 4u + (c[-1].region != 0) * 2u + (c[1].region != 0);
}

INLINE uint64_t
cell_key(const struct desk_cell *c, const struct desk_sight *s, unsigned pack)
{
	uint64_t k1 = (uint64_t)c[-1].kind << 8 | c->kind;
	uint64_t k2 = (uint64_t)c->kind << 8 | c[1].kind;
	switch (pack) {
	case PACK_WORD:
	case PACK_WORD_FAR:
		return c->hash;
	case PACK_TAIL:
		return c->tail;
	case PACK_WORDS:
		return two(c->hash, c[1].hash);
	case PACK_KINDS3:
		return k1 << 8 | c[1].kind;
	case PACK_KINDS5:
		return (k1 << 8 | c[1].kind) << 16 | c[-2].kind << 8 |
		       c[2].kind;
	case PACK_KINDS_WORD:
		return two(k1, c[1].hash);
	case PACK_WORD_KINDS:
		return two(k2, c[-1].hash);
	default:
		return around(c, s) << 16 | c[-1].kind << 8 | c[1].kind;
	}
}

INLINE struct desk_spot
at_cell(const struct desk_look *l, const struct desk_cell *c,
    const struct desk_sight *s, int step, enum desk_quote_pack pack)
{
	return found(
	    l, pack, cell_key(c + step, s + step, pack), s[step].rows[pack]);
}

INLINE void
see_words(
    struct desk_look *l, const struct desk_cell *c, const struct desk_sight *s)
{
	uint64_t k1 = (uint64_t)c[-1].kind << 8 | c->kind;
	uint64_t k2 = (uint64_t)c->kind << 8 | c[1].kind;
	see(l, WORDS, c->hash, at_cell(l, c, s, 0, PACK_WORD), 0);
	see(l, WORDS + 1, c[-1].hash, at_cell(l, c, s, -1, PACK_WORD), 1);
	see(l, WORDS + 2, c[1].hash, at_cell(l, c, s, 1, PACK_WORD), 2);
	see(l, WORDS + 3, c[-2].hash, at_cell(l, c, s, -2, PACK_WORD), 3);
	see(l, WORDS + 4, c[2].hash, at_cell(l, c, s, 2, PACK_WORD), 4);
	see(l, WORDS + 5, two(c[-1].hash, c->hash),
	    at_cell(l, c, s, -1, PACK_WORDS), 0);
	see(l, WORDS + 6, two(c->hash, c[1].hash),
	    at_cell(l, c, s, 0, PACK_WORDS), 1);
	see(l, WORDS + 7, c->tail, at_cell(l, c, s, 0, PACK_TAIL), 0);
	see(l, WORDS + 8, two(k1, c[-2].kind),
	    at_cell(l, c, s, -1, PACK_KINDS3), 0);
	see(l, WORDS + 9, two(k2, c[2].kind), at_cell(l, c, s, 1, PACK_KINDS3),
	    1);
	see(l, WORDS + 10,
	    three(k1, c[-2].kind, (uint64_t)c[1].kind << 8 | c[2].kind),
	    at_cell(l, c, s, 0, PACK_KINDS5), 0);
	see(l, WORDS + 11, two(k1, c[1].hash),
	    at_cell(l, c, s, 0, PACK_KINDS_WORD), 0);
	see(l, WORDS + 12, two(k2, c[-1].hash),
	    at_cell(l, c, s, 0, PACK_WORD_KINDS), 0);
}

INLINE void
see_kinds(
    struct desk_look *l, const struct desk_cell *c, const struct desk_sight *s)
{
	uint64_t k1 = (uint64_t)c[-1].kind << 8 | c->kind;
	unsigned marked = c->region != 0;
	see(l, KINDS, 0, numbered(l, PACK_ANY, 0), 0);
	see(l, KINDS + 1, two(c->kind, marked),
	    numbered(l, PACK_KIND_MARKED, marked * K_KINDS + c->kind), 0);
	see(l, KINDS + 2, k1,
	    numbered(l, PACK_KINDS2, c[-1].kind * K_KINDS + c->kind), 0);
	see(l, KINDS + 3, two(c->kind, c[1].kind),
	    numbered(l, PACK_KINDS2, c->kind * K_KINDS + c[1].kind), 1);
	see(l, KINDS + 4, two(k1, c[1].kind), at_cell(l, c, s, 0, PACK_KINDS3),
	    2);
}

/* The first pass. */

/* The next word like a cue on a side. */
struct desk_near {
	const struct desk_cell *c; /* NULL: none */
	uint32_t away; /* sentences away, and whether the cell is in marks */
	const unsigned char *row, *kinds, *words; /* when scoring */
};

INLINE struct desk_near
near_left(const struct desk_cell *c)
{
	struct desk_near n = {
	    c->left ? c - c->left : NULL, 0, NULL, NULL, NULL};
	n.away = few(n.c ? c->sentence - n.c->sentence : 3, 2) << 1 |
		 (c->region != 0);
	return n;
}

INLINE struct desk_near
near_right(const struct desk_cell *c)
{
	struct desk_near n = {
	    c->right ? c + c->right : NULL, 0, NULL, NULL, NULL};
	n.away = few(n.c ? n.c->sentence - c->sentence : 3, 2) << 1 |
		 (c->region != 0);
	return n;
}

/* It alone, and with the cell beside it, one step on its other side. */
INLINE uint64_t
near_word(const struct desk_near *n)
{
	return n->c ? n->c->hash : 0;
}

INLINE uint64_t
near_words(const struct desk_near *n, int step)
{
	return n->c ? with(n->c->hash, n->c[step].hash) : 0;
}

INLINE uint64_t
near_kinds(const struct desk_near *n, int step)
{
	return n->c ? with(n->c->kind, n->c[step].kind) : 0;
}

INLINE void
see_place(struct desk_look *l, const struct desk_cell *c,
    const struct desk_sight *s, const struct desk_near *left,
    const struct desk_near *right)
{
	uint64_t at = around(c, s);
	uint64_t place = at >> 2 << 4 | (at & 3);
	uint64_t dl = left->c ? steps(c->left) : 15;
	uint64_t dr = right->c ? steps(c->right) : 15;
	uint64_t pl = left->c ? dl - 1 : STEPS - 1;
	uint64_t pr = right->c ? dr - 1 : STEPS - 1;
	uint64_t sl = left->away, sr = right->away, kind = c->kind;
	see(l, PLACE, two(place, kind),
	    numbered(l, PACK_KIND_AROUND, at * K_KINDS + kind), 0);
	see(l, PLACE + 1, three(place, c[-1].kind, c[1].kind),
	    at_cell(l, c, s, 0, PACK_AROUND_KINDS), 0);
	see(l, PLACE + 2, three(near_word(left), dl, sl),
	    found(l, PACK_LEFT, two(near_word(left), sl), left->row), pl);
	see(l, PLACE + 3, three(near_word(right), dr, sr),
	    found(l, PACK_RIGHT, two(near_word(right), sr), right->row), pr);
	see(l, PLACE + 4, three(kind, dl, sl),
	    numbered(l, PACK_KIND_LEFT, (sl * STEPS + pl) * K_KINDS + kind), 0);
	see(l, PLACE + 5, three(kind, dr, sr),
	    numbered(l, PACK_KIND_RIGHT, (sr * STEPS + pr) * K_KINDS + kind),
	    0);
	see(l, PLACE + 6, three(near_kinds(left, 1), sl, kind),
	    found(
		l, PACK_LEFT_KINDS, two(near_kinds(left, 1), sl), left->kinds),
	    kind);
	see(l, PLACE + 7, three(near_kinds(right, -1), sr, kind),
	    found(l, PACK_RIGHT_KINDS, two(near_kinds(right, -1), sr),
		right->kinds),
	    kind);
	see(l, PLACE + 8, three(kind, s->ends >> 1, s->ends & 1),
	    numbered(l, PACK_KIND_ENDS, s->ends * K_KINDS + kind), 0);
}

/* What the marks round a cell say; the same for all cells in between. */
INLINE uint64_t
frame_key(const struct desk_frame_of *f, unsigned pack)
{
	uint64_t near = f->before & 63, length = f->length;
	switch (pack) {
	case PACK_LENGTH_BEFORE:
		return length << 6 | near;
	case PACK_BEFORE:
		return f->before;
	case PACK_AFTER:
		return f->after;
	case PACK_BEFORE_AFTER:
		return (uint64_t)(f->before & 0xFFF) << 12 | (f->after & 0xFFF);
	default:
		return length << 12 | near << 6 | (f->after & 63);
	}
}

INLINE struct desk_spot
of_frame(const struct desk_look *l, const struct desk_frame_of *f,
    const unsigned char *const rows[FRAME_PACKS], enum desk_quote_pack pack)
{
	return found(
	    l, pack, frame_key(f, pack), rows[pack - PACK_LENGTH_BEFORE]);
}

INLINE void
see_frame(struct desk_look *l, const struct desk_frame_of *f, unsigned in,
    const unsigned char *const rows[FRAME_PACKS])
{
	uint64_t near = f->before & 63, length = f->length;
	see(l, FRAME, two(in, length),
	    numbered(l, PACK_LENGTH, in * LENGTHS + length), 0);
	see(l, FRAME + 1, three(in, length, near),
	    of_frame(l, f, rows, PACK_LENGTH_BEFORE), in);
	see(l, FRAME + 2, three(in, f->before, 0),
	    of_frame(l, f, rows, PACK_BEFORE), in);
	see(l, FRAME + 3, three(in, f->after, 0),
	    of_frame(l, f, rows, PACK_AFTER), in);
	see(l, FRAME + 4, three(in, f->before & 0xFFF, f->after & 0xFFF),
	    of_frame(l, f, rows, PACK_BEFORE_AFTER), in);
	see(l, FRAME + 5, three(in, length, near << 6 | (f->after & 63)),
	    of_frame(l, f, rows, PACK_LENGTH_SIDES), in);
}

INLINE void
see_start(struct desk_look *l, const struct desk_passage *g,
    const struct desk_cell *c, const struct desk_sight *s)
{
	uint64_t begin = c == g->cells, one = g->sentences == 1, in = s->in;
	uint64_t sentence = few(c->sentence, 2), marks = g->frame_count ? 1 : 0;
	see(l, FRAME + 6, three(begin, one, in),
	    numbered(l, PACK_BEGIN, (begin * 2 + one) * INS + in), 0);
	see(l, FRAME + 7, three(sentence, marks, in),
	    numbered(l, PACK_SENTENCE, (sentence * 2 + marks) * INS + in), 0);
}

INLINE void
see_beside(struct desk_look *l, const struct desk_near *left,
    const struct desk_near *right)
{
	uint64_t w = near_words(left, 1), v = near_words(right, -1);
	see(l, BESIDE, three(w, left->away, 0),
	    found(l, PACK_LEFT_WORDS, two(w, left->away), left->words), 0);
	see(l, BESIDE + 1, three(v, right->away, 0),
	    found(l, PACK_RIGHT_WORDS, two(v, right->away), right->words), 0);
}

/* The second pass: a cell as seen from a cue. */

INLINE uint64_t
cue_key(const struct desk_view *v, unsigned pack)
{
	switch (pack) {
	case PACK_PHRASE:
		return v->phrase;
	case PACK_HEAD:
		return v->head;
	case PACK_HEAD_AFTER:
		return two(v->head, v->after);
	case PACK_HEAD_KIND:
		return two(v->head, v->kind_after);
	case PACK_BESIDE:
		return (uint64_t)v->kind_before << 8 | v->kind_after;
	case PACK_LEFT3:
		return v->left;
	case PACK_RIGHT3:
		return v->right;
	default:
		return v->marks;
	}
}

INLINE struct desk_spot
of_cue(const struct desk_look *l, const struct desk_view *v,
    enum desk_quote_pack pack)
{
	return found(l, pack, cue_key(v, pack), v->rows[pack - PACK_PHRASE]);
}

/* The side as learned. */
INLINE uint64_t
side_of(const struct desk_seen *w)
{
	return w->side | few(w->sentences, 1) << 2;
}

/* The cell as seen from the cue, but for its path. */
INLINE void
look_back(struct desk_seen *w, const struct desk_passage *g,
    const struct desk_sight *s, const struct desk_view *v, size_t i)
{
	const struct desk_cell *c = &g->cells[i], *x, *y;
	w->side = 1;
	w->number = 4;
	w->reach = 8;
	w->place = s->in;
	w->ends = s->ends;
	w->path = 1;
	w->sentences = w->commas = w->verbs = w->turns = w->cands = w->sources =
	    w->sign = 0;
	if (i >= v->a && i < v->b) {
		w->step = (uint32_t)steps(i - v->a);
		return;
	}
	bool before = i < v->a;
	size_t room = before ? v->a - i : i - v->b + 1;
	size_t sign = before ? s->right_sign : s->left_sign;
	w->side = before ? 0 : 2;
	w->step = (uint32_t)steps(room);
	/* in the cells behind x up to y */
	x = before ? c : &g->cells[v->b - 1];
	y = before ? &g->cells[v->a - 1] : c - 1;
	w->sentences = few(before ? g->cells[v->a].sentence - c->sentence
				  : c->sentence - x->sentence,
	    3);
	w->number = w->side + few(w->sentences, 1);
	w->reach = w->side * 2 + w->sentences;
	w->commas = few((uint16_t)(y->commas - x->commas), 3);
	w->verbs = few((uint16_t)(y->verbs - x->verbs), 3);
	w->cands = few((uint16_t)(y->cands - x->cands), 2);
	w->sources = few((uint16_t)(y->sources - x->sources), 2);
	/* edges of marks up to the cell itself */
	w->turns = before ? (uint16_t)(g->cells[v->a].turns - c->turns)
			  : (uint16_t)(c->turns - x->turns);
	w->turns = few(w->turns, 5);
	/* the sign nearest to the cell on its way, within a few cells */
	w->sign = room < DESK_SIGN_REACH ? 1 : 2;
	if (sign < room && sign < DESK_SIGN_REACH)
		w->sign = before ? c[sign].kind : (c - sign)->kind;
}

INLINE void
see_way(struct desk_look *l, const struct desk_cell *c,
    const struct desk_sight *s, const struct desk_seen *w)
{
	uint64_t kind = c->kind, side = side_of(w), n = w->number,
		 step = w->step;
	see(l, SEEN, three(side, step, kind),
	    numbered(l, PACK_DISTANCE, (n * STEPS + step) * K_KINDS + kind), 0);
	/* few words say something of what is in another sentence */
	if (n == 0 || n == 2)
		see(l, SEEN + 1, two(side, c->hash),
		    at_cell(l, c, s, 0, PACK_WORD), 5 + n / 2);
	else
		see(l, SEEN + 1, two(side, c->hash),
		    at_cell(l, c, s, 0, PACK_WORD_FAR), n / 2);
	see(l, SEEN + 2, three(side, w->sign, kind),
	    numbered(l, PACK_SIGN, (n * SIGNS + w->sign) * K_KINDS + kind), 0);
	see(l, SEEN + 3,
	    three(side, w->sign, (uint64_t)w->turns << 3 | w->place),
	    numbered(l, PACK_SIGN_TURN,
		((n * SIGNS + w->sign) * TURNS + w->turns) * INS + w->place),
	    0);
	see(l, SEEN + 4, two(side, w->path),
	    found(l, PACK_PATH, w->path, w->path_row), n);
}

/* The cue, by side, sentences between and being in marks. */
INLINE void
see_cue(
    struct desk_look *l, const struct desk_view *v, const struct desk_seen *w)
{
	uint64_t side = side_of(w), n = w->number, in = w->place != 0;
	uint64_t far = (uint64_t)w->sentences << 1 | in;
	uint64_t state = w->reach * 2 + in;
	see(l, SEEN_CUE, two(side, v->phrase), of_cue(l, v, PACK_PHRASE), n);
	see(l, SEEN_CUE + 1, two(side, v->head), of_cue(l, v, PACK_HEAD), n);
	see(l, SEEN_CUE + 2,
	    two(side, (uint64_t)v->kind_before << 8 | v->kind_after),
	    of_cue(l, v, PACK_BESIDE), n);
	see(l, SEEN_CUE + 3, three(side, v->head, v->after),
	    of_cue(l, v, PACK_HEAD_AFTER), n);
	see(l, SEEN_CUE + 4,
	    three(side, v->head, (uint64_t)v->kind_after << 1 | in),
	    of_cue(l, v, PACK_HEAD_KIND), n * 2 + in);
	see(l, SEEN_CUE + 5, three(side, v->left, in), of_cue(l, v, PACK_LEFT3),
	    n * 2 + in);
	see(l, SEEN_CUE + 6, three(side, v->right, in),
	    of_cue(l, v, PACK_RIGHT3), n * 2 + in);
	see(l, SEEN_CUE + 7, two(side, v->marks), of_cue(l, v, PACK_MARKS), n);
	see(l, SEEN_CUE + 8, two(side, far), numbered(l, PACK_FAR, state), 0);
	see(l, SEEN_CUE + 9, three(side, v->head, far), of_cue(l, v, PACK_HEAD),
	    SIDES + state);
	see(l, SEEN_CUE + 10, three(side, v->rest, far),
	    numbered(l, PACK_REST_FAR, v->rest * STATES + state), 0);
	see(l, SEEN_CUE + 11, three(side, v->lead << 4 | v->rest, far),
	    numbered(
		l, PACK_LEAD_FAR, (v->lead * STEPS + v->rest) * STATES + state),
	    0);
}

/* Its sentence, and a cell of a kind. */
INLINE void
see_sentence(struct desk_look *l, const struct desk_view *v,
    const struct desk_seen *w, uint64_t kind)
{
	uint64_t side = side_of(w), n = w->number;
	see(l, SEEN_SENTENCE, three(side, v->rest, kind),
	    numbered(l, PACK_KIND_REST, (v->rest * SIDES + n) * K_KINDS + kind),
	    0);
	see(l, SEEN_SENTENCE + 1, three(side, v->lead, kind),
	    numbered(l, PACK_KIND_LEAD, (v->lead * SIDES + n) * K_KINDS + kind),
	    0);
	see(l, SEEN_SENTENCE + 2, three(side, w->ends, kind),
	    numbered(l, PACK_KIND_SIDE, (n * ENDS + w->ends) * K_KINDS + kind),
	    0);
}

/* What stands between, and a cell of a kind. */
INLINE void
see_counts(struct desk_look *l, const struct desk_seen *w, uint64_t kind)
{
	uint64_t side = side_of(w), n = w->number;
	uint64_t commas = w->commas, verbs = w->verbs;
	see(l, SEEN_COUNTS, three(side, commas, kind),
	    numbered(
		l, PACK_KIND_COMMAS, (n * COMMAS + commas) * K_KINDS + kind),
	    0);
	see(l, SEEN_COUNTS + 1, three(side, w->cands, kind),
	    numbered(
		l, PACK_KIND_CUES, (n * FOUND + w->cands) * K_KINDS + kind),
	    0);
	see(l, SEEN_COUNTS + 2, three(side, verbs, kind),
	    numbered(l, PACK_KIND_VERBS, (n * COMMAS + verbs) * K_KINDS + kind),
	    0);
	see(l, SEEN_COUNTS + 3, three(side, w->sources, kind),
	    numbered(l, PACK_KIND_SOURCES,
		(n * FOUND + w->sources) * K_KINDS + kind),
	    0);
	see(l, SEEN_COUNTS + 4, three(side, commas << 4 | verbs, kind),
	    numbered(l, PACK_KIND_CLAUSE,
		((n * COMMAS + commas) * COMMAS + verbs) * K_KINDS + kind),
	    0);
}

/* What stands behind or before marks that a cell is in. */
INLINE uint64_t
turn_key(uint32_t context, uint64_t in)
{
	return in ? (uint64_t)(context & 0xFFF) << 1 | 1 : 0;
}

/* The marks between; rows are of what stands round the cell's own. */
INLINE void
see_turn(struct desk_look *l, const struct desk_view *v,
    const struct desk_seen *w, const struct desk_frame_of *f,
    const unsigned char *const rows[2])
{
	uint64_t side = side_of(w), in = w->place != 0, turns = w->turns;
	uint64_t at = w->number * TURNS + turns;
	uint64_t after = turn_key(f->after, in);
	uint64_t before = turn_key(f->before, in);
	see(l, SEEN_TURN, three(side, turns, w->place),
	    numbered(l, PACK_TURN, at * INS + w->place), 0);
	see(l, SEEN_TURN + 1, three(side, v->marks, w->place),
	    of_cue(l, v, PACK_MARKS), SIDES + w->number * INS + w->place);
	see(l, SEEN_TURN + 2, three(side, v->marks, turns << 3 | in),
	    of_cue(l, v, PACK_MARKS), SIDES + SIDES * INS + at * 2 + in);
	see(l, SEEN_TURN + 3, three(side, turns << 8 | f->length, in),
	    numbered(l, PACK_TURN_LENGTH, (at * LENGTHS + f->length) * 2 + in),
	    0);
	see(l, SEEN_TURN + 4, three(side, turns, after),
	    found(l, PACK_TURN_AFTER, after, rows[0]), at);
	see(l, SEEN_TURN + 5, three(side, turns, before),
	    found(l, PACK_TURN_BEFORE, before, rows[1]), at);
}

INLINE void
see_ends(struct desk_look *l, const struct desk_seen *w)
{
	see(l, SEEN_TURN + 6,
	    three(side_of(w), w->ends, (uint64_t)w->sentences << 4 | w->turns),
	    numbered(l, PACK_TURN_ENDS,
		(w->reach * ENDS + w->ends) * TURNS + w->turns),
	    0);
}

/* The clauses between. */
INLINE void
see_clause(
    struct desk_look *l, const struct desk_view *v, const struct desk_seen *w)
{
	uint64_t side = side_of(w), in = w->place != 0, n = w->number;
	uint64_t commas = w->commas, verbs = few(w->verbs, 2);
	see(l, SEEN_CLAUSE,
	    three(side, (uint64_t)w->sentences << 4 | commas, w->cands),
	    numbered(l, PACK_CLAUSE,
		(w->reach * COMMAS + commas) * FOUND + w->cands),
	    0);
	see(l, SEEN_CLAUSE + 1, three(side, v->head, commas << 2 | verbs),
	    found(l, PACK_HEAD_CLAUSE, two(v->head, n), w->head_row),
	    commas * FOUND + verbs);
	see(l, SEEN_CLAUSE + 2,
	    three(side, (uint64_t)w->sources << 2 | w->cands, in),
	    numbered(l, PACK_FOUND_SIDE,
		((n * FOUND + w->sources) * FOUND + w->cands) * 2 + in),
	    0);
	see(l, SEEN_CLAUSE + 3, two(side, w->step),
	    numbered(l, PACK_STEP, n * STEPS + w->step), 0);
	see(l, SEEN_CLAUSE + 4, three(side, v->phrase, w->step),
	    found(l, PACK_PHRASE_STEP, two(v->phrase, n), w->phrase_row),
	    w->step);
}

#endif
