/*
 * passes.c - scoring and decoding of the two passes.
 *
 * What a word says in the second pass without regard to the cue is scored once
 * for all candidates of a paragraph.  A candidate looks at a bounded number of
 * tokens on both sides, so that a long paragraph costs no more for its length.
 */
#include "quotes/passes.h"

#include <string.h>

#include "core/error.h"

const char *const desk_first_names[FIRST_TYPES] = {"source", "cue", "content"};
const char *const desk_second_names[SECOND_TYPES] = {"source", "content"};
const char *const desk_marked_names[1] = {"speech"};
const char *const desk_joined_names[1] = {"joined"};

/* As logarithms of odds: how much likelier a cue is made in the first pass, as
 * the second rejects some; a source where none was found, a content where there
 * is a source, and speech in marks, by itself, in a clause, and there with a
 * capital, as titles and names are; and from where on two stretches are one
 * speech, or surely not.  Chosen on articles left out of training. */
static const float more_cues = 1.2f, more_sources = 2.5f, more_contents = 0.5f,
		   more_marked = -1.25f, more_in_clause = 1.0f,
		   more_in_title = -0.7f, more_joined = 0, least_apart = -1.5f;

/* Sets of labels. */
enum { OTHER = 1, SOURCES = 0xF << 1, CONTENTS = 0xF << 5 };

/* Takes an edge over a sentence, and over the marks that it then lies in. */
static uint32_t
back(const struct desk_passage *g, uint32_t i)
{
	const struct desk_cell *c = g->cells;
	uint32_t sentence = i ? c[i - 1].sentence : 0;
	while (
	    i > 0 && (c[i - 1].sentence == sentence ||
			 (c[i - 1].region && c[i - 1].region == c[i].region)))
		i--;
	return i;
}

static uint32_t
ahead(const struct desk_passage *g, uint32_t i)
{
	const struct desk_cell *c = g->cells;
	uint32_t n = (uint32_t)g->count, sentence = i < n ? c[i].sentence : 0;
	while (i < n && (c[i].sentence == sentence ||
			    (c[i].region && c[i].region == c[i - 1].region)))
		i++;
	return i;
}

struct desk_cells
desk_window(const struct desk_passage *g, struct desk_cells cue, uint32_t reach)
{
	uint32_t lo = cue.a > reach ? cue.a - reach : 0;
	uint32_t hi = cue.b + reach;
	struct desk_cells w = {back(g, cue.a + 1), ahead(g, cue.b - 1)};
	for (int k = 0; k < DESK_WINDOW_SENTENCES; k++) {
		w.a = w.a > lo ? back(g, w.a) : w.a;
		w.b = w.b < hi ? ahead(g, w.b) : w.b;
	}
	w.a = w.a > lo ? w.a : lo;
	w.b = w.b < hi ? w.b : hi;
	return w;
}

void
desk_passes_count(struct desk_passes *x)
{
	struct desk_passage *g = &x->passage;
	unsigned cands = 0, sources = 0;
	size_t k = 0;
	for (size_t i = 0; i < g->count; i++) {
		while (k < x->marked_count && x->marked[k].to <= i)
			k++;
		if (k < x->marked_count && x->marked[k].from == i) {
			cands += x->marked[k].type == FIRST_CUE;
			sources += x->marked[k].type == FIRST_SOURCE;
		}
		g->cells[i].cands = (uint16_t)cands;
		g->cells[i].sources = (uint16_t)sources;
	}
}

static void
mark(struct desk_passage *g, struct desk_cells r, uint8_t bit)
{
	for (uint32_t i = r.a; i < r.b; i++)
		g->cells[i].said |= bit;
}

void
desk_passes_raise(const struct desk_crf *crf, int16_t *scores, size_t count,
    unsigned type, float by)
{
	int step = (int)(by / crf->unit);
	unsigned begin = desk_crf_label(type, CRF_BEGIN) - 1;
	unsigned single = desk_crf_label(type, CRF_SINGLE) - 1;
	for (size_t i = 0; i < count; i++) {
		int16_t *s = scores + i * crf->width;
		s[begin] =
		    (int16_t)(s[begin] < 30000 ? s[begin] + step : s[begin]);
		s[single] =
		    (int16_t)(s[single] < 30000 ? s[single] + step : s[single]);
	}
}

static int16_t *
make_scores(struct desk_arena *arena, const struct desk_crf *crf, size_t count,
    struct desk_error *error)
{
	int16_t *scores =
	    desk_arena_alloc(arena, count * crf->width * sizeof(int16_t));
	if (!scores)
		desk_fail_memory(error);
	return scores;
}

/* How likely a model of one decision is to say yes, as odds. */
static float
odds_of(const struct desk_crf *crf, const uint32_t *features, size_t count)
{
	int16_t scores[DESK_QUOTE_WIDTH] = {0};
	unsigned one = desk_crf_label(0, CRF_SINGLE);
	uint32_t end = crf->labels;
	desk_crf_add(crf, features, count, scores);
	return (float)(scores[one - 1] + crf->steps[end][one] +
		       crf->steps[one][end] - crf->steps[end][0] -
		       crf->steps[0][end]) *
	       crf->unit;
}

int
desk_passes_first(struct desk_passes *x, struct desk_error *error)
{
	const struct desk_crf *crf = &x->models->first;
	struct desk_passage *g = &x->passage;
	int16_t *scores = make_scores(&x->work, crf, g->count, error);
	uint8_t *labels = desk_arena_alloc(&x->work, g->count + 1);
	const struct desk_table *packs = x->models->packs;
	x->marked_count = 0;
	x->sights = desk_sights_new(g->count, &x->work);
	if (!scores || !labels || !x->sights)
		return desk_fail_memory(error);
	desk_scores_begin(packs, g, x->sights);
	desk_scores_first(packs, g, x->sights, scores);
	desk_passes_raise(crf, scores, g->count, FIRST_CUE, more_cues);
	int rc = desk_crf_decode(
	    crf, scores, g->count, NULL, &x->work, labels, error);
	struct desk_crf_span span;
	for (size_t at = 0;
	     !rc && desk_crf_next(labels, g->count, &at, &span);) {
		if (!DESK_RESERVE(
			&x->lasts, x->marked, x->marked_count, x->marked_room))
			return desk_fail_memory(error);
		x->marked[x->marked_count++] = span;
		if (span.type != FIRST_CUE)
			mark(g, (struct desk_cells){span.from, span.to},
			    span.type == FIRST_CONTENT ? DESK_SAID_FIRST
						       : DESK_SAID_BY);
	}
	desk_passes_count(x);
	return rc;
}

/* One candidate: its window, scores of it, and labels. */
struct trial {
	struct desk_cells cue, window;
	int16_t *scores;
	uint64_t *allowed;
	uint8_t *labels;
};

/* Decodes and takes up what the labels say. */
static int
decode(struct desk_passes *x, struct trial *t, struct desk_finding *f,
    struct desk_error *error)
{
	size_t count = t->window.b - t->window.a, at = 0;
	struct desk_crf_span span;
	int rc = desk_crf_decode(&x->models->second, t->scores, count,
	    t->allowed, &x->trial, t->labels, error);
	f->part_count = 0;
	while (!rc && desk_crf_next(t->labels, count, &at, &span)) {
		struct desk_cells r = {
		    t->window.a + span.from, t->window.a + span.to};
		if (span.type == SECOND_SOURCE) {
			if (f->source.a == f->source.b)
				f->source = r;
			continue;
		}
		if (f->part_count == DESK_FINDING_PARTS)
			f->parts[f->part_count - 1].b = r.b;
		else
			f->parts[f->part_count++] = r;
	}
	return rc;
}

/* Tells the cells of a finding whose they are. */
static void
own(struct desk_passes *x, const struct desk_finding *f)
{
	struct desk_cell *cells = x->passage.cells;
	uint16_t number = (uint16_t)x->found_count;
	for (uint32_t i = f->cue.a; i < f->cue.b; i++)
		cells[i].owner = number;
	for (uint32_t i = f->source.a; i < f->source.b; i++)
		cells[i].owner = number;
	for (size_t k = 0; k < f->part_count; k++)
		for (uint32_t i = f->parts[k].a; i < f->parts[k].b; i++)
			cells[i].owner = number;
}

enum { RECENT = 8, NARROW = 24 };

/* Whether a cue without content announces what the next paragraph says. */
static bool
announces(const struct desk_passage *g, const struct desk_finding *f)
{
	const struct desk_cell *last = &g->cells[g->count - 1];
	return f->source.a < f->source.b && last->kind == K_COLON &&
	       g->cells[f->cue.a].sentence == last->sentence;
}

/* Whether a content is there already, for another cue.  A cue right behind
 * speech takes it from one before it. */
static bool
known(struct desk_passes *x, const struct desk_finding *f)
{
	size_t first = x->found_count > RECENT ? x->found_count - RECENT : 0;
	for (size_t i = first; i < x->found_count; i++) {
		struct desk_finding *o = &x->found[i];
		if (f->part_count && o->part_count == f->part_count &&
		    !memcmp(
			o->parts, f->parts, f->part_count * sizeof *f->parts)) {
			if (o->cue.b <= f->parts[0].a &&
			    f->cue.a >= f->parts[f->part_count - 1].b &&
			    f->source.a < f->source.b)
				*o = *f;
			return true;
		}
	}
	return false;
}

int
desk_passes_add(struct desk_passes *x, const struct desk_finding *f,
    struct desk_error *error)
{
	if (!DESK_RESERVE(&x->lasts, x->found, x->found_count, x->found_room))
		return desk_fail_memory(error);
	x->found[x->found_count++] = *f;
	for (size_t k = 0; k < f->part_count; k++)
		mark(&x->passage, f->parts[k], DESK_SAID);
	own(x, f);
	return 0;
}

/* Where cues stand close together over a long paragraph they see less of it, so
 * that the work is bounded by the text. */
static uint32_t
reach(const struct desk_passes *x)
{
	return x->spent > 2000 + 8 * x->passage.count ? NARROW : DESK_WINDOW;
}

/* What the cells of a window say in themselves, found once for all cues. */
static void
score_own(struct desk_passes *x, struct desk_cells w)
{
	for (size_t i = w.a, end; i < w.b; i = end) {
		bool known = x->own_known[i];
		for (end = i; end < w.b && x->own_known[end] == known; end++)
			x->own_known[end] = 1;
		if (!known)
			desk_scores_own(x->models->packs, &x->passage,
			    x->sights, i, end, x->own + i * SECOND_LABELS);
	}
}

/* Where no source was found one may be looked for: wherever there is nothing,
 * and behind the cue where what stands in marks before it is the content. */
static void
free_sources(const struct desk_passes *x, struct trial *t)
{
	const struct desk_cell *c = x->passage.cells + t->window.a;
	size_t count = t->window.b - t->window.a;
	bool before = false;
	for (size_t k = 0; k < count; k++) {
		bool behind = t->window.a + k >= t->cue.b;
		before |= t->labels[k] && c[k].region && !behind;
		bool open = !t->labels[k] || (behind && before && !c[k].region);
		t->allowed[k] = open ? OTHER | SOURCES : 1u << t->labels[k];
	}
	for (uint32_t i = t->cue.a; i < t->cue.b; i++)
		t->allowed[i - t->window.a] = OTHER;
}

static int
try_cue(struct desk_passes *x, struct desk_cells cue, struct desk_error *error)
{
	const struct desk_crf *crf = &x->models->second;
	struct desk_passage *g = &x->passage;
	struct trial t = {.cue = cue, .window = desk_window(g, cue, reach(x))};
	struct desk_view view;
	size_t count = t.window.b - t.window.a;
	x->spent += count;
	desk_arena_clear(&x->trial);
	t.scores = make_scores(&x->trial, crf, count, error);
	t.labels = desk_arena_alloc(&x->trial, count);
	t.allowed = desk_arena_alloc(&x->trial, count * sizeof *t.allowed);
	if (!t.scores || !t.labels || !t.allowed)
		return desk_fail_memory(error);
	score_own(x, t.window);
	desk_view_set(&view, g, cue.a, cue.b);
	desk_scores_seen(x->models->packs, g, x->sights, &view, t.window.a,
	    t.window.b, x->own + t.window.a * SECOND_LABELS, t.scores);
	for (size_t k = 0; k < count; k++) {
		size_t i = t.window.a + k;
		t.allowed[k] = i >= cue.a && i < cue.b
				   ? OTHER
				   : OTHER | SOURCES | CONTENTS;
	}
	struct desk_finding f = {.cue = cue};
	int rc = decode(x, &t, &f, error);
	if (!rc && !f.part_count && f.source.a < f.source.b) {
		/* who says something says it somewhere */
		desk_passes_raise(
		    crf, t.scores, count, SECOND_CONTENT, more_contents);
		f.source.b = f.source.a;
		rc = decode(x, &t, &f, error);
	}
	if (rc || (!f.part_count && !announces(g, &f)) || known(x, &f))
		return rc;
	if (f.source.a == f.source.b) {
		free_sources(x, &t);
		desk_passes_raise(
		    crf, t.scores, count, SECOND_SOURCE, more_sources);
		rc = decode(x, &t, &f, error);
	}
	return rc ? rc : desk_passes_add(x, &f, error);
}

int
desk_passes_second(struct desk_passes *x, struct desk_error *error)
{
	size_t n = x->passage.count;
	x->found_count = 0;
	x->spent = 0;
	x->own = NULL;
	for (size_t k = 0; k < x->marked_count; k++) {
		if (x->marked[k].type != FIRST_CUE)
			continue;
		if (!x->own) {
			x->own =
			    make_scores(&x->work, &x->models->second, n, error);
			x->own_known = desk_arena_alloc(&x->work, n);
			if (!x->own || !x->own_known)
				return desk_fail_memory(error);
			memset(x->own_known, 0, n);
		}
		struct desk_cells cue = {x->marked[k].from, x->marked[k].to};
		if (try_cue(x, cue, error))
			return DESK_ENOMEM;
	}
	return 0;
}

int
desk_passes_read(struct desk_passes *x, const struct desk_paragraph *p,
    struct desk_error *error)
{
	desk_arena_clear(&x->work);
	x->marked_count = x->found_count = 0;
	x->sights = NULL;
	int rc = desk_passage_read(&x->passage, p, &x->lasts, error);
	if (!rc && x->passage.hints)
		rc = desk_passes_first(x, error);
	return rc ? rc : desk_passes_second(x, error);
}

void
desk_passes_release(struct desk_passes *x)
{
	desk_arena_release(&x->work);
	desk_arena_release(&x->trial);
	desk_arena_release(&x->lasts);
}

bool
desk_passes_marked(const struct desk_passes *x, size_t frame, bool in_clause)
{
	uint32_t features[DESK_QUOTE_FEATURES];
	size_t n = desk_features_marked(&x->passage, frame, features);
	const struct desk_passage *g = &x->passage;
	float more = !in_clause ? more_marked
		     : desk_cell_capital(&g->cells[g->frames[frame].first])
			 ? more_in_title
			 : more_in_clause;
	return n && odds_of(&x->models->marked, features, n) > -more;
}

bool
desk_passes_joined(const struct desk_passes *x, size_t frame)
{
	uint32_t features[DESK_QUOTE_FEATURES];
	size_t n = desk_features_joined(&x->passage, frame, features);
	return n && odds_of(&x->models->joined, features, n) > -more_joined;
}

bool
desk_passes_apart(const struct desk_passes *x, size_t frame)
{
	uint32_t features[DESK_QUOTE_FEATURES];
	size_t n = desk_features_joined(&x->passage, frame, features);
	return n && odds_of(&x->models->joined, features, n) < least_apart;
}
