/*
 * link.c - settles the edges of what the passes found.
 *
 * A part that fills its marks is what stands inside them; where it goes beyond
 * them it takes them in whole.  Stretches in marks that no finding claims are
 * speech where the first pass says so.
 */
#include "quotes/link.h"

#include <string.h>

#include "core/error.h"
#include "quotes/phrases.h"
#include "quotes/edges.h"
#include "quotes/joins.h"
#include "quotes/overlaps.h"
#include "quotes/scraps.h"
#include "quotes/sources.h"

enum { OWNER_WORDS = 6, SOURCE_REACH = 60, SENTENCE_WORDS = 4 };

struct linker {
	struct desk_passes *x;
	struct desk_passage *g;
	struct desk_speeches *to;
	struct desk_arena *arena;
	struct desk_error *error;
	struct desk_scraps scraps;
};

static const struct desk_cell *
cell(const struct linker *l, uint32_t i)
{
	return &l->g->cells[i];
}

static const struct desk_region *
region_of(const struct linker *l, const struct desk_cell *c)
{
	return &l->g->p->marks.regions[c->region - 1];
}

/* The bytes of a part, with the marks that belong to it. */
static struct desk_span
span_of(const struct linker *l, struct desk_cells r)
{
	bool whole = true;
	for (uint32_t i = r.a; i < r.b; i++)
		whole &= cell(l, i)->region || cell(l, i)->kind == K_OPEN ||
			 cell(l, i)->kind == K_CLOSE;
	while (whole && r.b > r.a + 1 && !cell(l, r.a)->region)
		r.a++;
	while (whole && r.b > r.a + 1 && !cell(l, r.b - 1)->region)
		r.b--;
	const struct desk_cell *a = cell(l, r.a), *b = cell(l, r.b - 1);
	struct desk_span s = {a->start, b->end};
	if (a->region) {
		const struct desk_region *q = region_of(l, a);
		const struct desk_frame_of *f = &l->g->frames[a->region - 1];
		if (r.b - r.a == 1 && !desk_cell_word(a))
			return s;
		if (desk_cells_signs(l->g, f->first, r.a) &&
		    (whole || b->end > q->in_end))
			s.start = whole ? q->in_start : q->start;
	}
	if (b->region) {
		const struct desk_region *q = region_of(l, b);
		const struct desk_frame_of *f = &l->g->frames[b->region - 1];
		if (desk_cells_signs(l->g, r.b, f->last) &&
		    (whole || a->start < q->in_start))
			s.end = whole ? q->in_end : q->end;
	}
	return s;
}

static struct desk_span
bytes_of(const struct linker *l, struct desk_cells r)
{
	struct desk_span none = {0, 0};
	return r.a < r.b ? (struct desk_span){cell(l, r.a)->start,
			       cell(l, r.b - 1)->end}
			 : none;
}

static enum desk_quote_kind
kind_of(const struct linker *l, const struct desk_cells *parts, size_t count)
{
	size_t all = 0, marked = 0;
	for (size_t k = 0; k < count; k++)
		for (uint32_t i = parts[k].a; i < parts[k].b; i++) {
			const struct desk_cell *c = cell(l, i);
			if (!desk_cell_word(c))
				continue;
			all++;
			marked += c->region != 0;
		}
	return !marked	      ? DESK_INDIRECT
	       : all > marked ? DESK_MIXED
			      : DESK_DIRECT;
}

struct desk_range
desk_items_of(const struct desk_paragraph *p, struct desk_span span)
{
	size_t a = 0, b = p->item_count;
	while (a < b) {
		size_t mid = a + (b - a) / 2;
		if (p->items[mid].end <= span.start)
			a = mid + 1;
		else
			b = mid;
	}
	while (b < p->item_count && p->items[b].start < span.end)
		b++;
	return (struct desk_range){a, b};
}

static struct desk_speech *
add(struct linker *l)
{
	struct desk_speeches *to = l->to;
	if (!DESK_RESERVE(l->arena, to->list, to->count, to->room)) {
		desk_fail_memory(l->error);
		return NULL;
	}
	struct desk_speech *s = &to->list[to->count++];
	*s = (struct desk_speech){.part_count = 0};
	return s;
}

static bool
ends_head(const struct desk_item *i)
{
	return i->region || i->word & DESK_W_REL ||
	       (i->shape == DESK_SHAPE_SIGN &&
		   (i->sign == ',' || i->sign == '(' || i->sign == ';' ||
		       (i->sign == '-' && i->spaced)));
}

/* Whether the items before b end in a person's name that no preposition
 * governs: "Secretary of State Anna Brook". */
static bool
ends_in_person(const struct desk_paragraph *p, size_t a, size_t b)
{
	size_t i = b;
	if (a == b || !p->items[b - 1].person)
		return false;
	while (i > a && p->items[i - 1].ent == p->items[b - 1].ent)
		i--;
	while (i > a && p->items[i - 1].word & DESK_W_TITLE)
		i--;
	/* "the nephew of the late author NAME" */
	size_t k = i;
	while (k > a && p->items[k - 1].shape == DESK_SHAPE_LOWER &&
	       !desk_is(&p->items[k - 1], DESK_W_PREP | DESK_W_CONJ))
		k--;
	if (k < i && k > a + 1 && p->items[i - 1].role & DESK_R_ROLE &&
	    desk_is(&p->items[k - 1], DESK_W_PREP) &&
	    !desk_slice_is(desk_item_text(p, k - 1), "by"))
		return false;
	return i == a || !(p->items[i - 1].word &
			     (DESK_W_PREP | DESK_W_POSS | DESK_W_CONJ));
}

/* The end of an organisation's name that goes on over small words: "Committee
 * for a Fair Harbour". */
static size_t
long_name(const struct desk_paragraph *p, size_t i, size_t end)
{
	const struct desk_item *last = &p->items[i - 1];
	if (!last->name || last->person || last->role & DESK_R_ROLE)
		return i;
	while (i < end) {
		size_t k = i;
		while (k < end && k < i + 3 &&
		       (p->items[k].word & (DESK_W_PREP | DESK_W_DET) ||
			   (p->items[k].end - p->items[k].start == 2 &&
			       p->items[k].word & DESK_W_SUB)))
			k++;
		if (k == end || !p->items[k].name || p->items[k].person ||
		    p->items[k].region)
			return i;
		i = k + 1;
	}
	return i;
}

/* What stands behind the bracket that opens at item i, up to the end of the
 * head: "chairman Anna Brook" of "Port Party (PP) chairman Anna Brook". */
static struct desk_range
behind_bracket(const struct desk_paragraph *p, size_t i, size_t end)
{
	struct desk_range r = {i, i};
	if (i >= end || p->items[i].region || p->items[i].sign != '(')
		return r;
	while (i < end && p->items[i].sign != ')')
		i++;
	r.a = r.b = i < end ? i + 1 : end;
	while (r.b < end && !ends_head(&p->items[r.b]))
		r.b++;
	return r;
}

/* Whether items are a list of names: "Hill, Brook and Lind". */
static bool
list_of_names(const struct desk_paragraph *p, struct desk_range r)
{
	bool joined = false;
	for (size_t i = r.a; i < r.b; i++) {
		bool joins = desk_is(&p->items[i], DESK_W_CONJ);
		if (!joins && !p->items[i].name && p->items[i].sign != ',')
			return false;
		joined |= joins;
	}
	return joined;
}

/* The head of a speaker's phrase: "Anna Brook" of "Anna Brook, a clerk of the
 * court, who ...", "a clerk" of "a clerk of the court". */
static struct desk_range
head_of(const struct desk_paragraph *p, struct desk_range r)
{
	size_t end = r.a, whole = r.b;
	if (list_of_names(p, r))
		return r;
	while (end < r.b && !ends_head(&p->items[end]))
		end++;
	if (end > r.a)
		r.b = end;
	struct desk_range behind = behind_bracket(p, end, whole);
	if (ends_in_person(p, behind.a, behind.b))
		return behind;
	if (ends_in_person(p, r.a, r.b))
		return r;
	struct desk_range np = desk_phrase_first(p, r);
	if (np.a == np.b)
		return r;
	np.b = long_name(p, np.b, r.b);
	return np;
}

static void
set_speaker(struct linker *l, struct desk_speech *s, struct desk_cells source)
{
	s->speaker = bytes_of(l, source);
	s->who = (struct desk_range){0, 0};
	if (source.a < source.b)
		s->who = head_of(l->g->p, desk_items_of(l->g->p, s->speaker));
}

static int
take_finding(struct linker *l, const struct desk_finding *f)
{
	struct desk_speech *s = add(l);
	if (!s)
		return DESK_ENOMEM;
	for (size_t k = 0; k < f->part_count; k++)
		s->parts[s->part_count++] = span_of(l, f->parts[k]);
	s->kind = kind_of(l, f->parts, f->part_count);
	s->cue = bytes_of(l, f->cue);
	set_speaker(l, s, f->source);
	s->at = s->cue.start;
	return 0;
}

/* The name behind a dash that follows the marks: "“...” - NAME". */
static struct desk_cells
owner(const struct linker *l, const struct desk_frame_of *f)
{
	struct desk_cells none = {0, 0};
	uint32_t n = (uint32_t)l->g->count, i = f->last;
	while (i < n && cell(l, i)->kind == K_CLOSE)
		i++;
	if (i >= n ||
	    (cell(l, i)->kind != K_DASH && cell(l, i)->kind != K_HYPHEN))
		return none;
	while (i < n &&
	       (cell(l, i)->kind == K_DASH || cell(l, i)->kind == K_HYPHEN))
		i++;
	struct desk_cells r = {i, i};
	while (r.b < n && r.b < i + OWNER_WORDS &&
	       (cell(l, r.b)->shape == DESK_SHAPE_CAP ||
		   cell(l, r.b)->shape == DESK_SHAPE_UPPER ||
		   cell(l, r.b)->kind == K_STOP))
		r.b++;
	bool over = r.b == n || cell(l, r.b)->kind == K_COMMA;
	return r.b > r.a && over ? r : none;
}

/* The source that the first pass saw nearest to a stretch. */
static struct desk_cells
nearest_source(const struct linker *l, const struct desk_frame_of *f)
{
	uint32_t n = (uint32_t)l->g->count;
	for (uint32_t k = 1; k < SOURCE_REACH; k++)
		for (int side = 0; side < 2; side++) {
			uint32_t i = side ? f->first - k : f->last + k - 1;
			if ((side && k > f->first) || i >= n ||
			    !(cell(l, i)->said & DESK_SAID_BY))
				continue;
			struct desk_cells r = {i, i + 1};
			while (r.a && cell(l, r.a - 1)->said & DESK_SAID_BY)
				r.a--;
			while (r.b < n && cell(l, r.b)->said & DESK_SAID_BY)
				r.b++;
			return r;
		}
	return (struct desk_cells){0, 0};
}

/* The cells of a range of items. */
static struct desk_cells
cells_of(const struct linker *l, struct desk_range items)
{
	struct desk_cells r = {0, 0};
	if (items.a >= items.b)
		return r;
	uint32_t start = l->g->p->items[items.a].start;
	uint32_t end = l->g->p->items[items.b - 1].end;
	size_t a = 0, b = l->g->count;
	while (a < b) {
		size_t mid = a + (b - a) / 2;
		if (l->g->cells[mid].end <= start)
			a = mid + 1;
		else
			b = mid;
	}
	r.a = r.b = (uint32_t)a;
	while (r.b < l->g->count && cell(l, r.b)->start < end)
		r.b++;
	return r;
}

/* Whether a claim is of stretches that are left over and nothing else; then
 * they are its parts. */
static bool
of_stretches(
    const struct linker *l, const struct desk_claim *c, struct desk_finding *f)
{
	for (size_t k = 0; k < c->part_count; k++)
		for (size_t i = c->parts[k].a; i < c->parts[k].b; i++) {
			const struct desk_item *item = &l->g->p->items[i];
			if (!item->region && item->shape == DESK_SHAPE_SIGN)
				continue;
			if (!item->region ||
			    f->part_count == DESK_FINDING_PARTS)
				return false;
			const struct desk_frame_of *r =
			    &l->g->frames[item->region - 1];
			if (!desk_stretch_left(l->x, r))
				return false;
			f->parts[f->part_count++] =
			    (struct desk_cells){r->first, r->last};
		}
	return f->part_count;
}

/* Whether nothing was found in a claim's parts; then they are the finding's. */
static bool
untouched(
    const struct linker *l, const struct desk_claim *c, struct desk_finding *f)
{
	f->part_count = 0;
	for (size_t k = 0; k < c->part_count; k++) {
		struct desk_cells r = cells_of(l, c->parts[k]);
		while (r.b > r.a && !desk_cell_word(cell(l, r.b - 1)))
			r.b--;
		for (uint32_t i = r.a; i < r.b; i++)
			if (cell(l, i)->owner)
				return false;
		if (r.a < r.b)
			f->parts[f->part_count++] = r;
	}
	return f->part_count;
}

/* Takes a claim of the rules as a finding where the passes found nothing. */
static int
take_claim(struct linker *l, const struct desk_claim *c)
{
	struct desk_finding f = {
	    .cue = cells_of(l, c->cue), .source = cells_of(l, c->speaker)};
	if (f.cue.a == f.cue.b || f.source.a == f.source.b ||
	    cell(l, f.cue.a)->owner)
		return 0;
	if (!of_stretches(l, c, &f) && !untouched(l, c, &f))
		return 0;
	desk_sources_agent(l->x, &f);
	return desk_passes_add(l->x, &f, l->error);
}

/* The rules look at sentences that the passes left alone, wholly or but for
 * stretches in marks. */
static int
ask_rules(struct linker *l)
{
	const struct desk_paragraph *p = l->g->p;
	struct desk_claims *claims = &l->to->claims;
	for (size_t s = 0, e; s < p->item_count; s = e) {
		e = desk_sentence_end(p, s);
		claims->count = 0;
		if (desk_cues_find(claims, p, s, e, l->arena, l->error))
			return DESK_ENOMEM;
		for (size_t k = 0; k < claims->count; k++)
			if (take_claim(l, &claims->list[k]))
				return DESK_ENOMEM;
	}
	return 0;
}

/* Whether a stretch is speech by itself: it goes on from the paragraph before,
 * is a sentence of its own, or looks like it. */
static bool
likely_speech(const struct linker *l, size_t r, size_t words)
{
	const struct desk_frame_of *f = &l->g->frames[r];
	const struct desk_region *q = &l->g->p->marks.regions[r];
	const struct desk_cell *a = cell(l, f->first),
			       *z = cell(l, f->last - 1);
	bool begins = desk_cells_signs(l->g, 0, f->first);
	if (begins && l->x->open)
		return true;
	if (!q->closed && !begins)
		return 2 * desk_stretch_words(l->x, f, DESK_SAID_FIRST) >=
		       words;
	if (words >= SENTENCE_WORDS && !q->single &&
	    (z->kind == K_STOP || z->kind == K_ASK) &&
	    (begins || cell(l, f->first - 1)[-1].sentence != a->sentence))
		return true;
	return desk_passes_marked(l->x, r, false);
}

/* A stretch that is part of a clause somebody is told to say or think. */
static int
take_scrap(struct linker *l, size_t r, bool *taken)
{
	struct desk_scrap scrap;
	*taken = false;
	if (!desk_passes_marked(l->x, r, true))
		return 0;
	if (desk_scraps_find(&l->scraps, r, &scrap, l->error))
		return DESK_ENOMEM;
	if (scrap.clause.a == scrap.clause.b)
		return 0;
	struct desk_speech *s = add(l);
	if (!s)
		return DESK_ENOMEM;
	struct desk_finding f = {scrap.cue, scrap.source, {scrap.clause}, 1};
	if (f.cue.a < f.cue.b)
		desk_sources_agent(l->x, &f);
	s->parts[s->part_count++] = span_of(l, f.parts[0]);
	s->kind = DESK_MIXED;
	s->cue = bytes_of(l, f.cue);
	set_speaker(l, s, f.source);
	s->at = s->parts[0].start;
	for (uint32_t i = scrap.clause.a; i < scrap.clause.b; i++)
		l->g->cells[i].said |= DESK_SAID;
	*taken = true;
	return 0;
}

/* A stretch in marks that no finding claims. */
static int
take_stretch(struct linker *l, size_t r)
{
	const struct desk_frame_of *f = &l->g->frames[r];
	const struct desk_region *q = &l->g->p->marks.regions[r];
	size_t words = desk_stretch_words(l->x, f, 0);
	if (!words || 2 * desk_stretch_words(l->x, f, DESK_SAID) >= words)
		return 0;
	struct desk_cells name = owner(l, f);
	bool taken = false;
	if (name.a == name.b && take_scrap(l, r, &taken))
		return DESK_ENOMEM;
	if (taken)
		return 0;
	if (!likely_speech(l, r, words) && (name.a == name.b || words < 3))
		return 0;
	struct desk_speech *s = add(l);
	if (!s)
		return DESK_ENOMEM;
	s->parts[s->part_count++] = (struct desk_span){q->in_start, q->in_end};
	s->kind = DESK_DIRECT;
	s->at = q->start;
	s->opens = desk_cells_signs(l->g, 0, f->first);
	s->alone = name.a == name.b;
	set_speaker(l, s, s->alone ? nearest_source(l, f) : name);
	return 0;
}

/* A few at a time are out of order. */
static void
sort(struct desk_speeches *to)
{
	for (size_t i = 1; i < to->count; i++) {
		struct desk_speech s = to->list[i];
		size_t k = i;
		for (; k > 0 && to->list[k - 1].at > s.at; k--)
			to->list[k] = to->list[k - 1];
		to->list[k] = s;
	}
}

int
desk_link(struct desk_speeches *to, struct desk_passes *x,
    struct desk_arena *arena, struct desk_error *error)
{
	struct linker l = {x, &x->passage, to, arena, error, {.x = x}};
	to->count = 0;
	desk_quotes_settle(x);
	if (ask_rules(&l))
		return DESK_ENOMEM;
	desk_join_stretches(x);
	for (size_t k = 0; k < x->found_count; k++)
		if (take_finding(&l, &x->found[k]))
			return DESK_ENOMEM;
	for (size_t r = 0; r < l.g->frame_count; r++)
		if (take_stretch(&l, r))
			return DESK_ENOMEM;
	sort(to);
	desk_overlaps_repeats(to);
	return 0;
}
