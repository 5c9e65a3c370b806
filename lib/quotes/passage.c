/*
 * passage.c - tokens with their classes.
 *
 * Sentences end at a stop before a word that may begin one; marks that close
 * behind the stop still belong to the sentence.
 */
#include "quotes/passage.h"

#include <string.h>

#include "core/error.h"
#include "quotes/forms.h"

enum { NEAR = 60 };

/* Of each kind: whether it ends a sentence or what may; is like a cue; tells of
 * a quotation; is a verb, as far as a kind can. */
enum { STOP = 1, PAUSE = 2, CUE = 4, HINT = 8, VERB = 16 };

static const uint8_t traits[K_KINDS] = {[K_STOP] = STOP | PAUSE,
    [K_ASK] = STOP | PAUSE,
    [K_SIGN] = PAUSE,
    [K_COLON] = PAUSE | HINT,
    [K_SAY] = CUE | HINT | VERB,
    [K_SAY_BASE] = CUE | HINT,
    [K_SAY_ING] = CUE | HINT,
    [K_CUE] = CUE | HINT,
    [K_SOURCE] = CUE | HINT,
    [K_NOUN] = HINT,
    [K_AUX] = VERB,
    [K_VERB] = VERB,
    [K_ED] = VERB};

static uint32_t
context(const struct desk_cell *c, int step)
{
	uint32_t h = 0;
	for (int k = 1; k <= 3; k++)
		h = h * 64 + c[k * step].kind;
	return h;
}

/* Buckets for counts: fine where small. */
static uint8_t
bucket(size_t n)
{
	return (uint8_t)(n < 6	  ? n
			 : n < 9  ? 6
			 : n < 13 ? 7
			 : n < 20 ? 8
			 : n < 40 ? 9
				  : 10);
}

static void
mark_regions(struct desk_passage *g)
{
	const struct desk_marks *m = &g->p->marks;
	size_t i = 0;
	for (size_t r = 0; r < m->region_count; r++) {
		const struct desk_region *q = &m->regions[r];
		struct desk_frame_of *f = &g->frames[r];
		while (i < g->count && g->cells[i].end <= q->start)
			i++;
		for (; i < g->count && g->cells[i].start < q->in_start; i++)
			g->cells[i].kind = K_OPEN;
		f->first = (uint32_t)i;
		for (; i < g->count && g->cells[i].start < q->in_end; i++)
			g->cells[i].region = (uint32_t)r + 1;
		f->last = (uint32_t)i;
		for (; i < g->count && g->cells[i].start < q->end; i++)
			g->cells[i].kind = K_CLOSE;
		f->length = bucket(f->last - f->first);
	}
}

static bool
may_begin(const struct desk_cell *c)
{
	return c->kind == K_OPEN || c->shape == DESK_SHAPE_CAP ||
	       c->shape == DESK_SHAPE_UPPER || c->shape == DESK_SHAPE_NUMBER;
}

/* Numbers the sentences; commas, verbs and edges of marks are counted, and how
 * far behind the last cue a cell is. */
static void
count_on(struct desk_passage *g)
{
	uint32_t sentence = 0, commas = 0, verbs = 0, turns = 0, far = NEAR;
	uint32_t region = 0;
	unsigned hints = 0;
	bool stopped = false;
	for (struct desk_cell *c = g->cells, *end = c + g->count; c < end;
	     c++) {
		unsigned is = traits[c->kind];
		bool closes = c->kind == K_CLOSE;
		sentence += stopped && !closes && c->spaced && may_begin(c);
		stopped = closes ? stopped : is & STOP;
		commas += c->kind == K_COMMA;
		verbs += is & VERB || (c->kind == K_CUE && c->cue);
		turns += c->region != region;
		region = c->region;
		hints |= is;
		c->sentence = sentence;
		c->commas = (uint16_t)commas;
		c->verbs = (uint16_t)verbs;
		c->turns = (uint16_t)turns;
		c->left = (uint16_t)(far < NEAR ? far : 0);
		far = is & CUE ? 1 : far + 1;
	}
	g->sentences = sentence + 1;
	g->hints = g->frame_count || hints & HINT;
}

/* How far before the next cue each cell is. */
static void
count_back(struct desk_passage *g)
{
	uint32_t far = NEAR;
	for (struct desk_cell *c = g->cells + g->count; c-- > g->cells;) {
		c->right = (uint16_t)(far < NEAR ? far : 0);
		far = traits[c->kind] & CUE ? 1 : far + 1;
	}
}

/* What stands beside the marks. */
static void
look_beside(struct desk_passage *g)
{
	for (size_t r = 0; r < g->frame_count; r++) {
		struct desk_frame_of *f = &g->frames[r];
		uint32_t a = f->first, b = f->last;
		while (a > 0 && g->cells[a - 1].kind == K_OPEN)
			a--;
		while (b < g->count && g->cells[b].kind == K_CLOSE)
			b++;
		f->before = context(&g->cells[a], -1);
		f->after = context(&g->cells[b] - 1, 1);
	}
}

/* Makes a cell of a token or a part of it, of the rest of which the fields are
 * zero; first: of what may be a sentence.  Tells whether another may begin
 * behind it. */
static inline bool
set_cell(struct desk_cell *c, const struct desk_form *f, uint32_t start,
    uint32_t end, uint8_t shape, uint8_t spaced, bool first)
{
	uint8_t kind = first ? f->first_kind : f->kind;
	if (kind == K_HYPHEN && spaced)
		kind = K_DASH;
	*c = (struct desk_cell){.start = start,
	    .end = end,
	    .hash = f->hash,
	    .tail = f->tail,
	    .cue = f->cell_cue,
	    .kind = kind,
	    .shape = shape,
	    .spaced = spaced};
	return traits[kind] & PAUSE;
}

/* Makes cells of the tokens, cut where the paragraph's items are. */
static void
add_cells(struct desk_passage *g)
{
	const struct desk_paragraph *p = g->p;
	const struct desk_item *item = p->items, *last = item + p->item_count;
	struct desk_cell *to = g->cells;
	struct desk_form own;
	bool first = true;
	for (size_t i = 0; i < p->token_count; i++) {
		const struct desk_token *t = &p->tokens[i];
		/* others were asked for as items */
		if (p->marks.region_count)
			desk_form_soon(p->forms, p->text, p->tokens,
			    i + DESK_FORM_AHEAD, p->token_count);
		uint8_t shape = t->shape, spaced = t->spaced;
		for (uint32_t at = t->start, end; at < t->end; at = end) {
			while (item < last && item->end <= at)
				item++;
			end = t->end;
			if (item < last && !item->region && item->end < end) {
				end = item->end;
				shape = item->shape;
			} else if (at > t->start && item < last) {
				shape = item->shape;
			}
			const struct desk_form *f = desk_form_of(
			    p->forms, &own, p->text.data + at, end - at, shape);
			first =
			    set_cell(to++, f, at, end, shape, spaced, first);
			spaced = 0;
		}
	}
	g->count = (size_t)(to - g->cells);
}

/* Room for the cells of the paragraph and what is on both sides, and for its
 * frames. */
static bool
make_room(struct desk_passage *g, struct desk_arena *arena)
{
	enum { PAD = DESK_PASSAGE_PAD };
	const struct desk_paragraph *p = g->p;
	size_t cells = p->token_count + p->item_count + 2 * PAD;
	while (g->room < cells)
		if (!DESK_RESERVE(arena, g->own, g->room, g->room))
			return false;
	while (g->frame_room < p->marks.region_count)
		if (!DESK_RESERVE(
			arena, g->frames, g->frame_room, g->frame_room))
			return false;
	return true;
}

int
desk_passage_read(struct desk_passage *g, const struct desk_paragraph *p,
    struct desk_arena *arena, struct desk_error *error)
{
	enum { PAD = DESK_PASSAGE_PAD };
	g->p = p;
	g->frame_count = p->marks.region_count;
	if (!make_room(g, arena))
		return desk_fail_memory(error);
	g->cells = g->own + PAD;
	add_cells(g);
	memset(g->own, 0, PAD * sizeof *g->own);
	memset(g->cells + g->count, 0, PAD * sizeof *g->own);
	if (g->frame_count)
		memset(g->frames, 0, g->frame_count * sizeof *g->frames);
	mark_regions(g);
	count_on(g);
	count_back(g);
	look_beside(g);
	return 0;
}
