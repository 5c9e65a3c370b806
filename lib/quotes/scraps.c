/*
 * scraps.c - the clause that marked words are a part of: "prefers the term
 * “tidal fee”".
 *
 * The two passes know words of saying only, so that a scrap which somebody
 * thinks, wants or stands for is nobody's.  One more model, of the first pass's
 * kind, has learned what is attributed to anybody in any way.  It reads the
 * sentences only in which a stretch is left over, and of long ones what is
 * near, so that stretches in a row do not cost more than the text.
 */
#include "quotes/scraps.h"

#include <string.h>

#include "core/error.h"

enum { REACH = 120, CUE_REACH = 12, SCRAP_WORDS = 6 };

/* As logarithms of odds, chosen on articles left out of training. */
static const float more_cues = 0.5f, more_contents = 1.0f;

static const struct desk_cell *
cell(const struct desk_scraps *s, uint32_t i)
{
	return &s->x->passage.cells[i];
}

/* Looks at the paragraph, where the first pass has not. */
static bool
see_all(struct desk_passes *x)
{
	if (x->sights)
		return true;
	x->sights = desk_sights_new(x->passage.count, &x->work);
	if (x->sights)
		desk_sights_set(x->sights, &x->passage);
	return x->sights;
}

/* Labels the sentences that a stretch is in. */
static int
read_sentences(struct desk_scraps *s, const struct desk_frame_of *f,
    struct desk_error *error)
{
	const struct desk_crf *crf = &s->x->models->wide;
	const struct desk_passage *g = &s->x->passage;
	struct desk_arena *arena = &s->x->work;
	struct desk_features features;
	struct desk_cells w = {f->first, f->last};
	while (w.a > 0 && f->first - w.a < REACH &&
	       cell(s, w.a - 1)->sentence == cell(s, w.a)->sentence)
		w.a--;
	while (w.b < g->count && w.b - f->last < REACH &&
	       cell(s, w.b)->sentence == cell(s, w.b - 1)->sentence)
		w.b++;
	size_t count = w.b - w.a, size = count * crf->width * sizeof(int16_t);
	int16_t *scores = desk_arena_alloc(arena, size);
	s->read = w;
	s->labels = desk_arena_alloc(arena, count);
	if (!scores || !s->labels || !see_all(s->x))
		return desk_fail_memory(error);
	memset(scores, 0, size);
	for (uint32_t i = w.a; i < w.b; i++) {
		desk_features_first(&features, g, s->x->sights, i);
		desk_crf_add(crf, features.keys, features.count,
		    scores + (i - w.a) * crf->width);
	}
	desk_passes_raise(crf, scores, count, FIRST_CUE, more_cues);
	desk_passes_raise(crf, scores, count, FIRST_CONTENT, more_contents);
	return desk_crf_decode(
	    crf, scores, count, NULL, arena, s->labels, error);
}

static uint32_t
common(struct desk_cells a, struct desk_cells b)
{
	uint32_t from = a.a > b.a ? a.a : b.a, to = a.b < b.b ? a.b : b.b;
	return to > from ? to - from : 0;
}

static uint32_t
between(struct desk_cells a, struct desk_cells b)
{
	return a.a >= b.b ? a.a - b.b : b.a >= a.b ? b.a - a.b : 0;
}

/* The next labelled span of a type, as cells; false where there is none. */
static bool
next_span(const struct desk_scraps *s, enum desk_first_type type, size_t *at,
    struct desk_cells *r)
{
	struct desk_crf_span span;
	while (desk_crf_next(s->labels, s->read.b - s->read.a, at, &span))
		if (span.type == (uint32_t)type) {
			r->a = s->read.a + span.from;
			r->b = s->read.a + span.to;
			return true;
		}
	return false;
}

/* The content that has most of a stretch, if half of it. */
static struct desk_cells
content_of(const struct desk_scraps *s, struct desk_cells stretch)
{
	struct desk_cells best = {0, 0}, r;
	for (size_t at = 0; next_span(s, FIRST_CONTENT, &at, &r);)
		if (common(r, stretch) > common(best, stretch))
			best = r;
	return 2 * common(best, stretch) >= stretch.b - stretch.a
		   ? best
		   : (struct desk_cells){0, 0};
}

/* The span of a type that is nearest to a place. */
static struct desk_cells
nearest(const struct desk_scraps *s, enum desk_first_type type,
    struct desk_cells to)
{
	struct desk_cells best = {0, 0}, r;
	for (size_t at = 0; next_span(s, type, &at, &r);)
		if (!common(r, to) &&
		    (best.a == best.b || between(r, to) < between(best, to)))
			best = r;
	return best;
}

/* Takes a stretch as far as its clause goes, but for what is another finding's,
 * for signs at its edges, and for parts of other stretches. */
static struct desk_cells
widen(const struct desk_scraps *s, struct desk_cells r, struct desk_cells to)
{
	const struct desk_frame_of *frames = s->x->passage.frames;
	struct desk_cells w = r;
	while (w.a > to.a && !(cell(s, w.a - 1)->said & DESK_SAID))
		w.a--;
	while (w.b < to.b && !(cell(s, w.b)->said & DESK_SAID))
		w.b++;
	uint32_t left = cell(s, w.a)->region, right = cell(s, w.b - 1)->region;
	if (left && frames[left - 1].first < w.a)
		w.a = frames[left - 1].last;
	if (right && frames[right - 1].last > w.b)
		w.b = desk_cells_signs(
			  &s->x->passage, w.b, frames[right - 1].last)
			  ? frames[right - 1].last
			  : frames[right - 1].first;
	while (w.a < r.a && !desk_cell_word(cell(s, w.a)) &&
	       cell(s, w.a)->kind != K_OPEN)
		w.a++;
	while (w.b > r.b && !desk_cell_word(cell(s, w.b - 1)) &&
	       cell(s, w.b - 1)->kind != K_CLOSE)
		w.b--;
	return w;
}

/* Whether words stand in a clause outside of marks. */
static bool
unmarked(const struct desk_scraps *s, struct desk_cells r)
{
	for (uint32_t i = r.a; i < r.b; i++)
		if (desk_cell_word(cell(s, i)) && !cell(s, i)->region)
			return true;
	return false;
}

/* Whether a stretch may be part of a clause: it does not begin like a sentence,
 * or is short. */
static bool
fragment(const struct desk_scraps *s, struct desk_cells r)
{
	uint32_t words = 0;
	for (uint32_t i = r.a; i < r.b; i++)
		words += desk_cell_word(cell(s, i));
	return words <= SCRAP_WORDS || !desk_cell_capital(cell(s, r.a));
}

int
desk_scraps_find(struct desk_scraps *s, size_t frame, struct desk_scrap *scrap,
    struct desk_error *error)
{
	const struct desk_frame_of *f = &s->x->passage.frames[frame];
	struct desk_cells stretch = {f->first, f->last};
	*scrap = (struct desk_scrap){.clause = {0, 0}};
	if (f->first >= f->last || !fragment(s, stretch))
		return 0;
	if ((f->first < s->read.a || f->last > s->read.b) &&
	    read_sentences(s, f, error))
		return DESK_ENOMEM;
	struct desk_cells content = content_of(s, stretch);
	if (content.a == content.b)
		return 0;
	struct desk_cells clause = widen(s, stretch, content);
	if (!unmarked(s, clause))
		return 0;
	struct desk_cells cue = nearest(s, FIRST_CUE, clause);
	if (cue.a == cue.b || between(cue, clause) > CUE_REACH)
		return 0;
	scrap->clause = clause;
	scrap->cue = cue;
	scrap->source = nearest(s, FIRST_SOURCE, cue);
	return 0;
}
