/*
 * edges.c - where the parts of findings begin and end.
 *
 * A cue outside of marks governs all that stands inside them; what is said ends
 * where the same speaker's next cue begins, and does not go on behind a
 * sentence that has nothing of it.
 */
#include "quotes/edges.h"

#include <string.h>

#include "quotes/sources.h"

enum { LIST_CELLS = 32 };

static const struct desk_cell *
cell(const struct desk_passes *x, uint32_t i)
{
	return &x->passage.cells[i];
}

/* Whether cells of a stretch are another finding's. */
static bool
shared(
    const struct desk_passes *x, const struct desk_frame_of *f, uint16_t owner)
{
	for (uint32_t i = f->first; i < f->last; i++)
		if (cell(x, i)->owner && cell(x, i)->owner != owner)
			return true;
	return false;
}

/* Makes a part hold the stretches that it begins or ends in, where the cue is
 * outside of them: who speaks in marks says all of it. */
static void
fill(struct desk_passes *x, const struct desk_finding *of,
    struct desk_cells *part)
{
	uint16_t owner = (uint16_t)(of - x->found + 1);
	for (int end = 0; end < 2; end++) {
		const struct desk_cell *c =
		    cell(x, end ? part->b - 1 : part->a);
		if (!c->region)
			continue;
		const struct desk_frame_of *f =
		    &x->passage.frames[c->region - 1];
		if ((of->cue.a < f->last && of->cue.b > f->first) ||
		    shared(x, f, owner))
			continue;
		part->a = part->a < f->first ? part->a : f->first;
		part->b = part->b > f->last ? part->b : f->last;
		for (uint32_t i = part->a; i < part->b; i++) {
			x->passage.cells[i].owner = owner;
			x->passage.cells[i].said |= DESK_SAID;
		}
	}
}

static void
disown(struct desk_passes *x, struct desk_cells part)
{
	for (uint32_t i = part.a; i < part.b; i++) {
		struct desk_cell *c = &x->passage.cells[i];
		c->owner = 0;
		c->said &= (uint8_t)~DESK_SAID;
		c->said |= c->region ? DESK_SAID_FIRST : 0;
	}
}

/* Whether a part lies in marks, all of it in one stretch. */
static uint32_t
region_of(const struct desk_passes *x, struct desk_cells part)
{
	uint32_t region = cell(x, part.a)->region;
	return region == cell(x, part.b - 1)->region ? region : 0;
}

/* Two stretches that do not look like one speech: the one away from the cue is
 * left to itself. */
static void
cut_apart(struct desk_passes *x, struct desk_finding *f)
{
	size_t from = 0, to = f->part_count;
	for (size_t k = 1; k < f->part_count; k++) {
		uint32_t a = region_of(x, f->parts[k - 1]);
		uint32_t b = region_of(x, f->parts[k]);
		if (!a || b != a + 1 || !desk_passes_apart(x, b - 1))
			continue;
		if (f->cue.a > f->parts[k].a)
			from = k;
		else if (to > k)
			to = k;
	}
	for (size_t k = 0; k < f->part_count; k++)
		if (k < from || k >= to)
			disown(x, f->parts[k]);
	f->part_count = to - from;
	memmove(f->parts, f->parts + from, f->part_count * sizeof *f->parts);
}

/* Whether a part is a stretch in marks that ends like speech before a cue. */
static bool
complete(const struct desk_passes *x, struct desk_cells part)
{
	uint32_t region = region_of(x, part);
	if (!region)
		return false;
	const struct desk_frame_of *f = &x->passage.frames[region - 1];
	const struct desk_cell *z = cell(x, f->last - 1);
	return z->kind == K_COMMA || z->kind == K_ASK || z->kind == K_STOP;
}

/* The stretch that ends right before a cue, like speech; or NULL. */
static const struct desk_frame_of *
stretch_before(const struct desk_passes *x, uint32_t cue)
{
	while (cue > 0 && cell(x, cue - 1)->kind == K_CLOSE)
		cue--;
	uint32_t region = cue > 0 ? cell(x, cue - 1)->region : 0;
	if (!region)
		return NULL;
	const struct desk_frame_of *f = &x->passage.frames[region - 1];
	struct desk_cells part = {f->first, f->last};
	return f->last == cue && complete(x, part) ? f : NULL;
}

/* What stands between a cue behind speech and the speech that goes on is who
 * says it: "“A,” said her brother, “b.”" */
static void
take_source(struct desk_passes *x, struct desk_finding *f)
{
	struct desk_cells *part = &f->parts[0];
	uint32_t i = part->a;
	if (f->source.a < f->source.b || i != f->cue.b ||
	    cell(x, f->cue.a)->kind != K_SAY)
		return;
	while (i < part->b && i < part->a + SOURCE_CELLS && !cell(x, i)->region)
		i++;
	if (i == part->b || !cell(x, i)->region)
		return;
	f->source = (struct desk_cells){part->a, i};
	part->a = i;
	while (f->source.b > f->source.a &&
	       !desk_cell_word(cell(x, f->source.b - 1)))
		f->source.b--;
}

/* Speech that a part begins with, where the part goes on to a cue behind it and
 * nobody says it: what stands between does, "“A,” one man, who ..., said". */
static void
cut_behind(struct desk_passes *x, struct desk_finding *f, size_t k)
{
	struct desk_cells *part = &f->parts[k];
	uint32_t a = part->a;
	while (a < part->b && cell(x, a)->kind == K_OPEN)
		a++;
	uint32_t region = a < part->b ? cell(x, a)->region : 0;
	if (!region || f->cue.a < part->b || f->source.a < f->source.b)
		return;
	const struct desk_frame_of *o = &x->passage.frames[region - 1];
	struct desk_cells inside = {o->first, o->last};
	uint32_t b = o->last;
	while (b < part->b && cell(x, b)->kind == K_CLOSE)
		b++;
	if (o->first != a || b == o->last || b >= part->b ||
	    !complete(x, inside))
		return;
	struct desk_cells behind = {b, part->b};
	for (uint32_t i = b; i < part->b; i++)
		if (cell(x, i)->region)
			return;
	disown(x, behind);
	*part = inside;
	while (b < behind.b && cell(x, b)->kind != K_COMMA)
		b++;
	f->source = (struct desk_cells){behind.a, b};
}

/* Speech that a cue right behind it goes on with behind its source, however
 * short it is. */
static void
take_before(struct desk_passes *x, struct desk_finding *f)
{
	const struct desk_frame_of *before = stretch_before(x, f->cue.a);
	if (!before || !f->part_count || f->part_count == DESK_FINDING_PARTS)
		return;
	take_source(x, f);
	if (f->parts[0].a < f->cue.b || !cell(x, f->parts[0].a)->region ||
	    shared(x, before, 0))
		return;
	memmove(f->parts + 1, f->parts, f->part_count * sizeof *f->parts);
	f->parts[0] = (struct desk_cells){before->first, before->last};
	f->part_count++;
	fill(x, f, &f->parts[0]);
}

static bool
unmarked(const struct desk_passes *x, struct desk_cells part)
{
	for (uint32_t i = part.a; i < part.b; i++)
		if (cell(x, i)->region)
			return false;
	return true;
}

/* What hangs on a cue behind complete speech tells of the saying: "“A,” X said
 * when asked", not of what was said. */
static void
cut_tail(struct desk_passes *x, struct desk_finding *f)
{
	size_t kept = 0;
	bool whole = false;
	for (size_t k = 0; k < f->part_count; k++) {
		struct desk_cells part = f->parts[k];
		if (whole && part.a >= f->cue.b && unmarked(x, part)) {
			disown(x, part);
			continue;
		}
		whole |= part.b <= f->cue.a && complete(x, part);
		f->parts[kept++] = part;
	}
	f->part_count = kept;
}

/* Drops the parts in marks behind a sentence that the finding has nothing of.
 */
static void
cut_parts(struct desk_passes *x, struct desk_finding *f)
{
	size_t kept = 1;
	if (f->part_count < 2)
		return;
	for (size_t k = 1; k < f->part_count; k++) {
		const struct desk_cell *a = cell(x, f->parts[kept - 1].b - 1),
				       *b = cell(x, f->parts[k].a);
		const struct desk_cell *cue = cell(x, f->cue.a);
		uint32_t last = a->sentence > cue->sentence || b < cue
				    ? a->sentence
				    : cue->sentence;
		if (b->region && last + 1 < b->sentence) {
			disown(x, f->parts[k]);
			continue;
		}
		f->parts[kept++] = f->parts[k];
	}
	f->part_count = kept;
}

/* "X accused Y of this, and urged Z": what X says first ends where the next cue
 * with the same speaker begins. */
static void
cut_at_next(struct desk_passes *x, struct desk_finding *f)
{
	const struct desk_finding *end = x->found + x->found_count;
	for (const struct desk_finding *o = f + 1; o < end && o < f + 4; o++) {
		if (o->source.a != f->source.a || o->source.b != f->source.b ||
		    o->source.a == o->source.b || !f->part_count)
			continue;
		struct desk_cells *last = &f->parts[f->part_count - 1];
		if (o->cue.a <= last->a + 2 || o->cue.a >= last->b)
			continue;
		uint32_t b = o->cue.a;
		while (b > last->a + 1 && (!desk_cell_word(cell(x, b - 1)) ||
					      cell(x, b - 1)->kind == K_CONJ ||
					      cell(x, b - 1)->kind == K_ADV))
			b--;
		last->b = b;
	}
}

/* What is more than its marks has the article before them: "the “We can.”
 * campaign failed". */
static void
take_article(const struct desk_passes *x, struct desk_cells *part)
{
	uint32_t a = part->a, i = a;
	while (i < part->b && cell(x, i)->region == cell(x, a)->region)
		i++;
	while (i < part->b && cell(x, i)->kind == K_CLOSE)
		i++;
	while (a > 0 && cell(x, a - 1)->kind == K_OPEN)
		a--;
	if (cell(x, part->a)->region && i < part->b && a > 0 &&
	    cell(x, i)->shape == DESK_SHAPE_LOWER &&
	    cell(x, a - 1)->kind == K_DET && !cell(x, a - 1)->region &&
	    !cell(x, a - 1)->owner)
		part->a = a - 1;
}

static void
fill_parts(struct desk_passes *x, struct desk_finding *f)
{
	size_t count = 0;
	for (size_t k = 0; k < f->part_count; k++) {
		struct desk_cells part = f->parts[k];
		fill(x, f, &part);
		take_article(x, &part);
		if (count && part.a < f->parts[count - 1].b)
			f->parts[count - 1].b = part.b;
		else
			f->parts[count++] = part;
	}
	f->part_count = count;
}

/* What is said goes on behind brackets in its clause: "accused a member of the
 * Port Union (PU), Lars Hill, of sleeping". */
static void
go_on_behind(struct desk_passes *x, struct desk_finding *f)
{
	uint32_t end = (uint32_t)x->passage.count;
	if (!f->part_count)
		return;
	struct desk_cells *part = &f->parts[f->part_count - 1];
	if (part->a < f->cue.b || part->b >= end ||
	    cell(x, part->b)->kind != K_PAREN || cell(x, part->b - 1)->region)
		return;
	uint32_t i = part->b + 1, sentence = cell(x, part->a)->sentence;
	while (i < end && cell(x, i)->kind != K_PAREN &&
	       cell(x, i)->sentence == sentence)
		i++;
	if (++i >= end || cell(x, i)->sentence != sentence)
		return;
	switch (cell(x, i)->kind) {
	case K_AUX:
	case K_COMMA:
	case K_ED:
	case K_OF:
	case K_PREP:
	case K_TO:
	case K_VERB:
		break;
	default:
		return;
	}
	while (i < end && cell(x, i)->sentence == sentence &&
	       !cell(x, i)->owner && cell(x, i)->kind != K_STOP &&
	       !cell(x, i)->cue)
		i++;
	if (i < end && cell(x, i)->kind == K_STOP)
		part->b = i;
}

/* Whether a clause with "which" at a cell ends in a comma before a verb. */
static bool
verb_behind(const struct desk_passes *x, uint32_t i)
{
	uint32_t end = (uint32_t)x->passage.count, from = i;
	if (i + 2 >= end || cell(x, i)->kind != K_WH)
		return false;
	while (i + 1 < end && i < from + LIST_CELLS &&
	       cell(x, i)->kind != K_STOP && cell(x, i)->kind != K_COMMA)
		i++;
	return cell(x, i)->kind == K_COMMA &&
	       (cell(x, i + 1)->kind == K_AUX ||
		   cell(x, i + 1)->kind == K_VERB);
}

/* Whether what a part says has only begun where a comma follows it: "that when
 * the port is closed", "that the port". */
static bool
begun(const struct desk_passes *x, struct desk_cells part)
{
	static const char *const words[] = {"after", "although", "because",
	    "before", "even", "if", "once", "though", "unless", "until", "when",
	    "whenever", "while"};
	bool that = cell(x, part.a)->kind == K_THAT;
	uint32_t i = part.a + that;
	bool verb = false;
	bool sub = DESK_CELL_ANY(x, i, words) && cell(x, i + 1)->kind != K_TO;
	for (; i < part.b; i++) {
		unsigned kind = cell(x, i)->kind;
		if (kind == K_COMMA)
			return false;
		verb |= kind == K_AUX || kind == K_VERB || kind == K_ED ||
			kind == K_SAY || cell(x, i)->cue;
	}
	return sub || (that && !verb && verb_behind(x, part.b + 1));
}

/* Whether a list goes on from a comma to a stop: ", a boat, or a net." */
static bool
list_goes_on(const struct desk_passes *x, uint32_t i)
{
	uint32_t end = (uint32_t)x->passage.count, from = i;
	bool joined = false;
	for (; i < end && i < from + LIST_CELLS; i++) {
		unsigned kind = cell(x, i)->kind;
		if (kind == K_STOP)
			return joined;
		joined |= i > from + 1 && kind == K_CONJ &&
			  cell(x, i - 1)->kind == K_COMMA;
		if (cell(x, i)->region || cell(x, i)->owner ||
		    (kind != K_COMMA && kind != K_CONJ &&
			((kind != K_PREP && kind != K_ING) || i == from + 1) &&
			!desk_cell_of_phrase(cell(x, i))))
			return false;
	}
	return false;
}

/* What is said goes on behind a comma in its clause. */
static void
go_on_clause(struct desk_passes *x, struct desk_finding *f)
{
	uint32_t end = (uint32_t)x->passage.count;
	if (!f->part_count)
		return;
	struct desk_cells *part = &f->parts[f->part_count - 1];
	uint32_t i = part->b, sentence = cell(x, part->a)->sentence;
	if (part->a < f->cue.b || i + 1 >= end || cell(x, i)->kind != K_COMMA ||
	    !unmarked(x, *part) || !(begun(x, *part) || list_goes_on(x, i)))
		return;
	while (
	    i < end && cell(x, i)->sentence == sentence && !cell(x, i)->owner &&
	    !cell(x, i)->region &&
	    (!(cell(x, i)->cue & DESK_C_SAY) || cell(x, i - 1)->kind == K_TO) &&
	    cell(x, i)->kind != K_STOP)
		i++;
	if (i < end && cell(x, i)->kind == K_STOP)
		part->b = i;
}

void
desk_quotes_settle(struct desk_passes *x)
{
	for (size_t k = 0; k < x->found_count; k++) {
		desk_sources_settle(x, &x->found[k]);
		for (size_t i = 0; i < x->found[k].part_count; i++)
			cut_behind(x, &x->found[k], i);
		desk_sources_subject(x, &x->found[k]);
		take_before(x, &x->found[k]);
		cut_at_next(x, &x->found[k]);
		cut_apart(x, &x->found[k]);
		cut_tail(x, &x->found[k]);
		cut_parts(x, &x->found[k]);
		go_on_behind(x, &x->found[k]);
		go_on_clause(x, &x->found[k]);
		fill_parts(x, &x->found[k]);
	}
}
