/*
 * sources.c - who says what a finding has, by the words round its cue.
 *
 * The passes take the phrase beside a cue for its source.  It is none where it
 * is asked, told or called something, where a preposition governs it, or where
 * another clause has it.
 */
#include "quotes/sources.h"

#include <string.h>

#include "core/slice.h"
#include "quotes/words.h"

static const struct desk_cell *
cell(const struct desk_passes *x, uint32_t i)
{
	return &x->passage.cells[i];
}

bool
desk_cell_of_phrase(const struct desk_cell *c)
{
	switch (c->kind) {
	case K_LOWER:
	case K_CAP:
	case K_UPPER:
	case K_NUMBER:
	case K_HYPHEN:
	case K_SOURCE:
	case K_HE:
	case K_IT:
	case K_THEY:
	case K_ROLE:
	case K_ORG:
	case K_ANON:
	case K_TITLE:
	case K_DET:
	case K_OWN:
	case K_POSS:
	case K_OF:
		return !c->region;
	default:
		return false;
	}
}

bool
desk_cell_any(const struct desk_passes *x, uint32_t i, const char *const *words,
    size_t count)
{
	const struct desk_cell *c = cell(x, i);
	return desk_slice_any(
	    desk_slice(x->passage.p->text.data + c->start, c->end - c->start),
	    words, count);
}

bool
desk_cell_clause(const struct desk_cell *c)
{
	switch (c->kind) {
	case K_AUX:
	case K_VERB:
	case K_SAY:
	case K_SAY_BASE:
	case K_COLON:
	case K_SEMI:
	case K_DASH:
	case K_STOP:
		return true;
	default:
		return false;
	}
}

static const char *const forms_of_be[] = {
    "am", "are", "be", "been", "being", "is", "was", "were"};
static const char *const by[] = {"by"};

/* The word of a cue that takes whom it is said to as object, "told", or the end
 * of the cue. */
static uint32_t
object_cue(const struct desk_passes *x, const struct desk_finding *f)
{
	uint32_t i = f->cue.b - 1;
	while (i > f->cue.a && !(cell(x, i)->cue & DESK_C_OBJ))
		i--;
	unsigned c = cell(x, i)->cue;
	return c & DESK_C_OBJ && !(c & (DESK_C_ING | DESK_C_PRES | DESK_C_BASE))
		   ? i
		   : f->cue.b;
}

/* Who "was asked", or told, or spoke "when asked", is not who asks: that is
 * behind "by". */
static void
drop_hearer(const struct desk_passes *x, struct desk_finding *f)
{
	static const char *const when[] = {
	    "If", "Once", "When", "if", "once", "when"};
	static const char *const means[] = {
	    "e-mail", "email", "mail", "phone", "telephone", "text"};
	uint32_t i = object_cue(x, f), end = i + 2;
	if (i == f->cue.b)
		return;
	bool question = f->part_count && f->parts[0].a == f->cue.b &&
			!cell(x, f->cue.b)->region;
	bool passive = i && (DESK_CELL_ANY(x, i - 1, forms_of_be) ||
				(question && DESK_CELL_ANY(x, i - 1, when)));
	bool agent = end < x->passage.count && DESK_CELL_ANY(x, i + 1, by) &&
		     !DESK_CELL_ANY(x, i + 2, means);
	if ((passive || agent) && (f->source.b <= i || (question && !agent)))
		f->source = (struct desk_cells){0, 0};
	while (agent && end < i + 2 + SOURCE_CELLS &&
	       desk_cell_of_phrase(cell(x, end)))
		end++;
	if (!agent || end == i + 2)
		return;
	f->source = (struct desk_cells){i + 2, end};
	struct desk_cells *part = &f->parts[0];
	if (f->part_count && part->a > i && part->a < end && part->b > end)
		part->a = end;
}

/* Whether a cue calls its subject something, "was accused of", and does not say
 * what it said, "was cited as saying". */
static bool
passive_label(const struct desk_passes *x, const struct desk_finding *f)
{
	bool label = false;
	for (uint32_t i = f->cue.a; i < f->cue.b; i++) {
		uint32_t be = i;
		while (be > 0 && i - be < 3 && cell(x, be - 1)->kind == K_ADV)
			be--;
		unsigned cue = cell(x, i)->cue;
		label |= cue & DESK_C_LABEL && be > 0 &&
			 DESK_CELL_ANY(x, be - 1, forms_of_be);
		/* "people accused of theft" */
		label |= cue & DESK_C_OF && cue & DESK_C_LABEL &&
			 !(cue & (DESK_C_ING | DESK_C_PRES | DESK_C_BASE)) &&
			 cell(x, i + 1)->kind == K_OF;
		if (cell(x, i)->cue & DESK_C_ING)
			return false;
	}
	return label;
}

/* Whether its subject "was", or is, one of some words: "was officially named".
 */
static bool
passive(const struct desk_passes *x, const struct desk_finding *f,
    const char *const *words, size_t count)
{
	uint32_t i = f->cue.b - 1, be = i;
	while (be > 0 && (cell(x, be - 1)->kind == K_ADV ||
			     cell(x, be - 1)->kind == K_LY))
		be--;
	return be && f->source.b <= i && desk_cell_any(x, i, words, count) &&
	       DESK_CELL_ANY(x, be - 1, forms_of_be);
}

/* Whether its subject is declared to be something. */
static bool
passive_name(const struct desk_passes *x, const struct desk_finding *f)
{
	static const char *const named[] = {"declared", "dubbed", "named"};
	return passive_label(x, f) ||
	       passive(x, f, named, sizeof named / sizeof *named);
}

/* Whether its subject is ordered, or expected, to do something. */
static bool
passive_order(const struct desk_passes *x, const struct desk_finding *f)
{
	static const char *const ordered[] = {"alleged", "announced",
	    "believed", "expected", "forced", "ordered", "reported", "required",
	    "rumored", "rumoured", "said", "suspected", "thought", "urged"};
	return passive(x, f, ordered, sizeof ordered / sizeof *ordered);
}

/* The cell of a "by" that ends a cue, follows it, or begins a part; or the end
 * of the passage. */
static uint32_t
agent_before(const struct desk_passes *x, const struct desk_finding *f)
{
	if (DESK_CELL_ANY(x, f->cue.b - 1, by))
		return f->cue.b - 1;
	for (size_t k = 0; k < f->part_count; k++)
		if (DESK_CELL_ANY(x, f->parts[k].a, by))
			return f->parts[k].a;
	return (uint32_t)x->passage.count;
}

/* The same of one behind which nothing but a phrase stands in what is said. */
static uint32_t
agent_behind(const struct desk_passes *x, const struct desk_finding *f)
{
	struct desk_cells part = f->parts[f->part_count - 1];
	for (uint32_t n = 0, b = part.b; n < SOURCE_CELLS && b > part.a;
	     b--, n++) {
		if (n && DESK_CELL_ANY(x, b - 1, by))
			return b - 1;
		if (!desk_cell_of_phrase(cell(x, b - 1)))
			break;
	}
	return (uint32_t)x->passage.count;
}

/* The end of the phrase from a cell on; with `of`, before "of". */
static uint32_t
phrase_end(const struct desk_passes *x, uint32_t a, bool of)
{
	uint32_t b = a, end = (uint32_t)x->passage.count;
	while (b < end && b < a + SOURCE_CELLS) {
		unsigned kind = cell(x, b)->kind;
		bool joins = kind == K_CONJ && b > a && b + 1 < end &&
			     desk_cell_of_phrase(cell(x, b + 1));
		if ((of && kind == K_OF) ||
		    !(joins || desk_cell_of_phrase(cell(x, b))))
			break;
		b++;
	}
	return b;
}

void
desk_sources_agent(const struct desk_passes *x, struct desk_finding *f)
{
	bool name = f->part_count && passive_name(x, f);
	if (!f->part_count || f->source.b > f->cue.a ||
	    (!name && !passive_order(x, f)))
		return;
	struct desk_cells *last = &f->parts[f->part_count - 1];
	uint32_t agent = agent_before(x, f), count = (uint32_t)x->passage.count;
	f->source = (struct desk_cells){0, 0};
	if (agent < count) {
		bool of = false;
		for (uint32_t i = f->cue.a; i < f->cue.b; i++)
			of |= cell(x, i)->cue & DESK_C_OF;
		uint32_t end = phrase_end(x, agent + 1, of);
		f->source = (struct desk_cells){agent + 1, end};
		for (size_t k = 0; k < f->part_count; k++)
			if (f->parts[k].a <= end && end < f->parts[k].b)
				f->parts[k].a = end;
	} else if (name && (agent = agent_behind(x, f)) < count &&
		   agent > last->a) {
		f->source = (struct desk_cells){agent + 1, last->b};
		last->b = agent;
	}
}

/* The "that" soon behind a cell, with no verb before it; or the cell. */
static uint32_t
coming_that(const struct desk_passes *x, struct desk_cells part)
{
	enum { REACH = 12 };
	for (uint32_t i = part.a; i < part.b && i < part.a + REACH; i++)
		if (cell(x, i)->kind == K_THAT)
			return i;
		else if (desk_cell_clause(cell(x, i)))
			break;
	return part.a;
}

/* "told Reuters the port is closed": who is behind the cue is no part of what
 * was said. */
static void
drop_addressee(const struct desk_passes *x, struct desk_finding *f)
{
	static const char *const told[] = {
	    "assured", "informed", "reassured", "reminded", "told"};
	struct desk_cells *part = &f->parts[0];
	uint32_t i = object_cue(x, f), a = part->a;
	if (!f->part_count || part->a != f->cue.b || i + 1 != f->cue.b ||
	    !DESK_CELL_ANY(x, i, told))
		return;
	part->a = coming_that(x, *part);
	if (part->a > a)
		return;
	while (a < part->b && !cell(x, a)->region &&
	       (cell(x, a)->kind == K_SOURCE || cell(x, a)->kind == K_CAP ||
		   cell(x, a)->kind == K_UPPER))
		a++;
	if (a == part->a || a + 2 > part->b || cell(x, a)->region)
		return;
	switch (cell(x, a)->kind) {
	case K_DET:
	case K_THAT:
	case K_HE:
	case K_IT:
	case K_THEY:
	case K_ME:
	case K_OWN:
		part->a = a;
	}
}

/* "Reacting, Mr Lind said": who says it is behind the comma. */
static void
drop_opener(const struct desk_passes *x, struct desk_finding *f)
{
	const struct desk_cell *c = cell(x, f->source.a);
	const char *end = x->passage.p->text.data + c->end;
	uint32_t a = f->source.a + 2, b = f->source.b;
	bool first =
	    !f->source.a || cell(x, f->source.a - 1)->sentence != c->sentence;
	if (f->source.a == b || !first || a >= f->cue.a ||
	    c->end - c->start < 5 ||
	    (memcmp(end - 3, "ing", 3) && memcmp(end - 2, "ed", 2)) ||
	    cell(x, a - 1)->kind != K_COMMA)
		return;
	if (b < a)
		for (b = f->cue.a; b > a && !desk_cell_word(cell(x, b - 1));)
			b--;
	if (b > a && b - a <= 2 * SOURCE_CELLS)
		f->source = (struct desk_cells){a, b};
}

/* "In a letter to the mayor, Anna Hill said": who a preposition governs does
 * not say it, who stands behind the comma does. */
static void
drop_governed(const struct desk_passes *x, struct desk_finding *f)
{
	uint32_t a = f->source.a, b = f->source.b;
	if (a == b || !a || b > f->cue.a ||
	    (cell(x, a - 1)->kind != K_PREP && cell(x, a - 1)->kind != K_TO))
		return;
	while (a < b && cell(x, a)->kind != K_COMMA)
		a++;
	if (a + 1 < b && desk_cell_capital(cell(x, a + 1)))
		f->source.a = a + 1;
}

/* "Campaign funding: Hill left, saying ...": a label before a colon says
 * nothing. */
static void
drop_label(const struct desk_passes *x, struct desk_finding *f)
{
	uint32_t colon = f->source.b;
	if (f->source.a || !colon || f->cue.a < colon + 2 ||
	    cell(x, colon)->kind != K_COLON)
		return;
	uint32_t end = phrase_end(x, colon + 1, false);
	f->source = (struct desk_cells){0, 0};
	if (end > colon + 1 && end <= f->cue.a)
		f->source = (struct desk_cells){colon + 1, end};
}

/* "The paper quoted Brook as saying": Brook says it. */
static void
take_quoted(const struct desk_passes *x, struct desk_finding *f)
{
	static const char *const quotes[] = {
	    "cited", "quote", "quoted", "quotes", "quoting"};
	static const char *const as[] = {"as"};
	uint32_t end = (uint32_t)x->passage.count;
	for (uint32_t i = f->cue.a; i < f->cue.b; i++) {
		if (!DESK_CELL_ANY(x, i, quotes) ||
		    (i && DESK_CELL_ANY(x, i - 1, forms_of_be)))
			continue;
		uint32_t b = phrase_end(x, i + 1, false);
		if (b > i + 1 && b < end && b < f->cue.b &&
		    DESK_CELL_ANY(x, b, as))
			f->source = (struct desk_cells){i + 1, b};
		return;
	}
}

void
desk_sources_subject(const struct desk_passes *x, struct desk_finding *f)
{
	uint32_t b = f->cue.a, a;
	while (b > 0 && cell(x, b - 1)->kind == K_ADV)
		b--;
	for (a = b; a > 0 && b - a < SOURCE_CELLS; a--)
		if (!desk_cell_of_phrase(cell(x, a - 1)))
			break;
	if (a == b || !a || f->source.b >= a || f->source.a == f->source.b)
		return;
	const struct desk_cell *before = cell(x, a - 1);
	if (before->kind == K_SEMI ||
	    (before->kind == K_SUB && !before->region))
		f->source = (struct desk_cells){a, b};
}

void
desk_sources_settle(const struct desk_passes *x, struct desk_finding *f)
{
	drop_hearer(x, f);
	desk_sources_agent(x, f);
	drop_addressee(x, f);
	drop_opener(x, f);
	drop_governed(x, f);
	drop_label(x, f);
	take_quoted(x, f);
	desk_subjects_settle(x, f);
}
