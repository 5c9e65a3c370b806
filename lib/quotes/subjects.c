/*
 * subjects.c - how far the phrase of who says something reaches.
 *
 * The passes find a part of it at times: the head without what hangs on it,
 * what hangs on it without the head, or nothing, where it stands behind
 * "according to" and a comma ends it.
 */
#include "quotes/sources.h"

#include "core/slice.h"
#include "quotes/words.h"

/* Cells of a phrase with others in it. */
enum { WIDE = 2 * SOURCE_CELLS };

static const struct desk_cell *
cell(const struct desk_passes *x, uint32_t i)
{
	return &x->passage.cells[i];
}

/* Whether a cell joins what hangs on a noun to it. */
static bool
joins(const struct desk_passes *x, uint32_t i)
{
	static const char *const words[] = {"at", "for", "in", "to"};
	const struct desk_cell *c = cell(x, i);
	return !c->region && (c->kind == K_OF || DESK_CELL_ANY(x, i, words));
}

/* Whether a cue is what the phrase right before it does, and neither a noun nor
 * a clause of its own: "calling", "that suggested", "called". */
static bool
predicate(const struct desk_passes *x, const struct desk_finding *f)
{
	const struct desk_cell *c = cell(x, f->cue.a);
	const struct desk_cell *s = cell(x, f->source.b - 1);
	return c->kind != K_THAT && c->kind != K_WH && c->kind != K_NOUN &&
	       c->kind != K_COLON && c->kind != K_SAY_ING &&
	       !(c->cue & (DESK_C_ING | DESK_C_LABEL)) && s->kind != K_POSS &&
	       s->kind != K_WH && s->kind != K_OWN && s->kind != K_HE &&
	       s->kind != K_DET && s->kind != K_PRON;
}

/* "text found on a phone suggested": the phrase begins before what the
 * preposition governs. */
static void
take_head(const struct desk_passes *x, struct desk_finding *f)
{
	static const char *const governing[] = {
	    "at", "from", "in", "of", "on", "to", "with"};
	uint32_t a = f->source.a, first;
	if (a == f->source.b || !a || f->source.b > f->cue.a ||
	    !predicate(x, f))
		return;
	/* "with party spokesman NAME" */
	while (a > 1 && cell(x, f->source.a)->kind == K_ROLE &&
	       f->source.a - a < 3 && cell(x, a - 1)->kind == K_LOWER &&
	       !cell(x, a - 1)->owner)
		a--;
	first = a;
	if (!DESK_CELL_ANY(x, a - 1, governing))
		return;
	for (uint32_t i = a; i > 0 && a - i < WIDE; i--) {
		const struct desk_cell *c = cell(x, i - 1);
		if (c->region || c->owner ||
		    (c->kind != K_PREP && c->kind != K_TO &&
			!desk_cell_of_phrase(c)))
			break;
		first = i - 1;
	}
	if (first + 1 < a && desk_cell_of_phrase(cell(x, first)) &&
	    cell(x, first)->kind != K_OF)
		f->source.a = first;
}

/* "Hill praised the crew": a verb behind a name, with its object. */
static bool
deed(const struct desk_passes *x, const struct desk_finding *f, uint32_t i)
{
	return i > f->source.a && i + 1 < f->source.b &&
	       cell(x, i)->kind == K_ED && desk_cell_capital(cell(x, i - 1)) &&
	       cell(x, i - 1)->kind != K_POSS &&
	       cell(x, i - 1)->kind != K_DET &&
	       (cell(x, i + 1)->kind == K_DET ||
		   cell(x, i + 1)->kind == K_OWN ||
		   desk_cell_capital(cell(x, i + 1)));
}

/* "Hill was at the port calling for calm": a source ends before its own verb.
 */
static void
drop_verb(const struct desk_passes *x, struct desk_finding *f)
{
	uint32_t i = f->source.a;
	if (f->source.b > f->cue.a)
		return;
	while (i < f->source.b && cell(x, i)->kind != K_AUX && !deed(x, f, i))
		switch (cell(x, i++)->kind) {
		case K_COMMA:
		case K_CONJ:
		case K_PAREN:
		case K_THAT:
		case K_WH:
			return;
		}
	if (i > f->source.a && i < f->source.b &&
	    cell(x, i - 1)->kind != K_ME &&
	    (desk_cell_capital(cell(x, i - 1)) ||
		cell(x, i - 1)->kind == K_ROLE))
		f->source.b = i;
}

/* "the sailor, who grew up in Gweru, Zimbabwe said": no place says it, but whom
 * "who" stands behind. */
static void
take_antecedent(const struct desk_passes *x, struct desk_finding *f)
{
	uint32_t a = f->source.a, i = f->source.b;
	while (i > a && desk_cell_capital(cell(x, i - 1)))
		i--;
	if (i > a || a < 4 || f->source.b == a || f->source.b > f->cue.a ||
	    cell(x, a - 1)->kind != K_COMMA ||
	    !desk_cell_capital(cell(x, a - 2)) ||
	    cell(x, a - 3)->kind != K_PREP)
		return;
	uint32_t sentence = cell(x, a)->sentence;
	for (i = a - 3; i > 1 && cell(x, i)->kind != K_COMMA; i--)
		if (a - i > WIDE || cell(x, i)->sentence != sentence ||
		    cell(x, i)->region)
			return;
	uint32_t b = i;
	if (b < 2 || cell(x, b + 1)->kind != K_WH)
		return;
	while (i > 0 && desk_cell_of_phrase(cell(x, i - 1)) &&
	       cell(x, i - 1)->sentence == sentence)
		i--;
	if (i < b)
		f->source = (struct desk_cells){i, b};
}

/* "the Governor of Hill, Anna Brook, said": what hangs on a noun by "of" is of
 * its phrase, and the name behind it. */
static void
take_rest(const struct desk_passes *x, struct desk_finding *f)
{
	uint32_t b = f->source.b, end = (uint32_t)x->passage.count;
	uint32_t limit = f->source.b <= f->cue.a ? f->cue.a : end;
	if (f->source.a == b || b >= limit || cell(x, b)->region ||
	    cell(x, b)->kind != K_OF)
		return;
	while (b < limit && b < f->source.b + WIDE && !cell(x, b)->owner &&
	       (joins(x, b) || desk_cell_of_phrase(cell(x, b))))
		b++;
	if (b < f->source.b + 2)
		return;
	f->source.b = b;
	if (b + 2 < limit && cell(x, b)->kind == K_COMMA) {
		uint32_t name = b + 1;
		while (name < limit && name < b + 5 &&
		       desk_cell_capital(cell(x, name)) &&
		       !cell(x, name)->owner &&
		       desk_cell_of_phrase(cell(x, name)))
			name++;
		if (name > b + 2 &&
		    (name == limit || cell(x, name)->kind == K_COMMA))
			f->source.b = name;
	}
}

/* The cell behind the bracket that closes one at a cell; or the end. */
static uint32_t
behind_bracket(const struct desk_passes *x, uint32_t i, uint32_t end)
{
	uint32_t open = i;
	while (i < end && i < open + WIDE &&
	       (i == open || cell(x, i)->kind != K_PAREN))
		i++;
	return i < end ? i + 1 : end;
}

/* Behind a name at the beginning of a part: where another phrase begins without
 * a comma, "According to Brook the port is open"; or the part's beginning. */
static uint32_t
behind_name(const struct desk_passes *x, struct desk_cells part)
{
	uint32_t i = part.a;
	while (i < part.b && desk_cell_capital(cell(x, i)) &&
	       cell(x, i)->kind != K_DET)
		i++;
	return i + 2 < part.b && cell(x, i)->kind == K_DET ? i : part.a;
}

static bool
is_according(const struct desk_passes *x, uint32_t i)
{
	static const char *const words[] = {"According", "according"};
	return DESK_CELL_ANY(x, i, words);
}

/* "according to posts that Brook wrote": behind "to" begins who says it. */
static void
end_according(const struct desk_passes *x, struct desk_finding *f)
{
	uint32_t i = f->cue.a + 2;
	if (f->cue.b <= i || !is_according(x, f->cue.a) || !f->part_count)
		return;
	for (uint32_t k = i; k < f->cue.b; k++)
		if (cell(x, k)->kind == K_COMMA)
			return;
	struct desk_cells *last = &f->parts[f->part_count - 1];
	f->source = (struct desk_cells){i, f->cue.b};
	f->cue.b = i;
	if (last->a != f->source.b)
		return;
	uint32_t whole = f->cue.a;
	while (whole > 0 && !cell(x, whole - 1)->owner &&
	       cell(x, whole - 1)->sentence == cell(x, i)->sentence)
		whole--;
	if (f->part_count < 2 && whole + 2 < f->cue.a) {
		f->parts[1] = *last;
		*last = (struct desk_cells){whole, f->cue.a - 1};
		last = &f->parts[f->part_count++];
	}
	while (last->a < last->b && cell(x, last->a)->kind != K_COMMA)
		last->a++;
	f->source.b = last->a;
	if (last->a + 2 < last->b)
		last->a++;
	else
		f->part_count--;
}

/* "According to the report, X": what stands up to the comma is who says it. */
static void
take_according(const struct desk_passes *x, struct desk_finding *f)
{
	struct desk_cells *part = &f->parts[0];
	end_according(x, f);
	uint32_t i = f->cue.b;
	if (i < f->cue.a + 2 || !f->part_count || part->a != i ||
	    !is_according(x, i - 2))
		return;
	while (i < part->b && i < f->cue.b + WIDE &&
	       cell(x, i)->kind != K_COMMA && !cell(x, i)->region &&
	       !desk_cell_clause(cell(x, i)))
		i = cell(x, i)->kind == K_PAREN ? behind_bracket(x, i, part->b)
						: i + 1;
	if (i >= part->b || cell(x, i)->kind != K_COMMA)
		i = behind_name(x, *part);
	if (i == f->cue.b || i + 2 >= part->b)
		return;
	f->source = (struct desk_cells){f->cue.b, i};
	part->a = i + (cell(x, i)->kind == K_COMMA);
}

static bool
has_role(const struct desk_passes *x, struct desk_cells r)
{
	for (uint32_t i = r.a; i < r.b; i++)
		if (cell(x, i)->kind == K_ROLE || cell(x, i)->kind == K_TITLE)
			return true;
	return false;
}

/* "According to Anna Hill, head of the port, X": the apposition is no part of
 * what she says. */
static void
take_apposition(const struct desk_passes *x, struct desk_finding *f)
{
	struct desk_cells *part = &f->parts[0];
	uint32_t a = f->source.b + 1, i = a;
	bool role = false, names = true;
	if (!f->part_count || f->source.a != f->cue.b || part->a != a ||
	    f->cue.b < f->cue.a + 2 || !is_according(x, f->cue.b - 2) ||
	    cell(x, a - 1)->kind != K_COMMA)
		return;
	while (i < part->b && i < a + WIDE && cell(x, i)->kind != K_COMMA) {
		const struct desk_cell *c = cell(x, i);
		if (c->region || desk_cell_clause(c) || c->kind == K_HE ||
		    c->kind == K_ED)
			return;
		role |= i < a + 5 && (c->kind == K_ROLE || c->kind == K_TITLE);
		names &= desk_cell_capital(c);
		i++;
	}
	/* "According to the mayor, Anna Hill, X" */
	bool whole = names && i > a + 1 && has_role(x, f->source);
	if (i + 3 >= part->b || cell(x, i)->kind != K_COMMA ||
	    !(role || whole) || cell(x, a)->kind == K_PREP)
		return;
	f->source.b = i;
	part->a = i + 1;
}

/* "..., several unions said": what stands behind the last comma of what is said
 * without a source, and has no verb, says it. */
static void
take_tail(const struct desk_passes *x, struct desk_finding *f)
{
	struct desk_cells *part = &f->parts[0];
	if (f->part_count != 1 || f->source.a < f->source.b ||
	    part->b != f->cue.a || cell(x, f->cue.a)->kind != K_SAY)
		return;
	uint32_t i = part->b;
	while (i > part->a && desk_cell_of_phrase(cell(x, i - 1)))
		i--;
	if (i == part->b || i < part->a + 4 || part->b - i > SOURCE_CELLS ||
	    cell(x, i - 1)->kind != K_COMMA)
		return;
	f->source = (struct desk_cells){i, part->b};
	part->b = i - 1;
}

/* Whether a phrase may end before a cell. */
static bool
ends_phrase(const struct desk_passes *x, uint32_t i)
{
	switch (cell(x, i)->kind) {
	case K_NONE:
	case K_STOP:
	case K_COMMA:
	case K_SEMI:
	case K_DASH:
	case K_PREP:
	case K_TIME:
	case K_ADV:
	case K_ING:
	case K_SUB:
	case K_WH:
		return true;
	default:
		return false;
	}
}

/* Whether the cells of a part have a verb. */
static bool
has_verb(const struct desk_passes *x, struct desk_cells part)
{
	for (uint32_t i = part.a; i < part.b; i++)
		switch (cell(x, i)->kind) {
		case K_AUX:
		case K_VERB:
		case K_SAY:
		case K_ED:
			return true;
		}
	return false;
}

/* "Prices rose, said Minister of Ports Anna Brook": who says it stands behind.
 */
static void
take_inverted(const struct desk_passes *x, struct desk_finding *f)
{
	static const char *const text[] = {
	    "by", "note", "notice", "report", "statement"};
	uint32_t a = f->cue.b, b = a, end = (uint32_t)x->passage.count;
	bool taken = f->part_count == 2 && f->parts[1].a == a;
	if (f->source.a < f->source.b || (f->part_count != 1 && !taken) ||
	    f->cue.b != f->cue.a + 1 || cell(x, f->cue.a)->kind != K_SAY ||
	    f->parts[0].b + 1 < f->cue.a || f->parts[0].b > f->cue.a ||
	    f->cue.a < 1 || cell(x, f->cue.a - 1)->kind != K_COMMA || a >= end)
		return;
	unsigned first = cell(x, a)->kind;
	if (first == K_LOWER || first == K_OF || first == K_POSS ||
	    first == K_HYPHEN)
		return;
	while (b < end && b < a + WIDE &&
	       (desk_cell_of_phrase(cell(x, b)) ||
		   (b > a && DESK_CELL_ANY(x, b, text))))
		b++;
	if (b == a || (b < end && !ends_phrase(x, b)))
		return;
	/* all of "a man living in Hill" */
	if (taken && f->parts[1].b > b && cell(x, b)->kind == K_ING &&
	    !has_verb(x, f->parts[1]))
		b = f->parts[1].b;
	f->source = (struct desk_cells){a, b};
	f->part_count = 1;
}

/* "according to the poll, is low", "the Port Office (PO": a source ends before
 * the comma, and behind the bracket. */
static void
end_source(const struct desk_passes *x, struct desk_finding *f)
{
	static const char *const from[] = {"from"};
	static const char *const when[] = {"during", "following"};
	uint32_t end = (uint32_t)x->passage.count;
	int open = 0;
	/* "Brook during a visit to Hill" */
	for (uint32_t i = f->source.a + 1;
	     i < f->source.b && cell(x, i)->kind != K_COMMA; i++)
		if (DESK_CELL_ANY(x, i, when) && !cell(x, i)->region &&
		    desk_cell_capital(cell(x, i - 1)))
			f->source.b = i;
	for (uint32_t i = f->source.a; i < f->source.b; i++) {
		const struct desk_cell *c = cell(x, i);
		const struct desk_cell *next = cell(x, i + 1);
		char sign = x->passage.p->text.data[c->start];
		open += c->kind == K_PAREN ? (sign == '(' ? 1 : -1) : 0;
		if (i > f->source.a && c->kind == K_COMMA && !open &&
		    is_according(x, f->cue.a) &&
		    (next->kind == K_AUX || next->kind == K_VERB ||
			DESK_CELL_ANY(x, i + 1, from))) {
			f->source.b = i;
			return;
		}
	}
	uint32_t b = f->source.b;
	b += open > 0 && b + 1 < end && cell(x, b)->kind == K_STOP;
	if (open > 0 && b < end && cell(x, b)->kind == K_PAREN)
		f->source.b = b + 1;
}

/* "The rate, according to the report, is low": the sentence goes on behind who
 * says it. */
static void
take_other_half(const struct desk_passes *x, struct desk_finding *f)
{
	uint32_t i = f->source.b + 1, end = (uint32_t)x->passage.count;
	if (!f->part_count)
		return;
	struct desk_cells *part = &f->parts[f->part_count - 1];
	if (f->part_count == DESK_FINDING_PARTS || f->cue.b < f->cue.a + 2 ||
	    !is_according(x, f->cue.b - 2) || part->b + 1 != f->cue.a ||
	    f->source.a != f->cue.b || i >= end ||
	    cell(x, i - 1)->kind != K_COMMA)
		return;
	unsigned kind = cell(x, i)->kind, last = cell(x, part->b - 1)->kind;
	bool broken = last == K_THAT || last == K_WH || last == K_SUB;
	if (!broken && kind != K_AUX && kind != K_VERB && has_verb(x, *part))
		return;
	uint32_t b = i, sentence = cell(x, f->cue.a)->sentence;
	uint16_t own = (uint16_t)(f - x->found + 1);
	while (b < end && cell(x, b)->sentence == sentence &&
	       cell(x, b)->kind != K_STOP &&
	       (!cell(x, b)->owner || cell(x, b)->owner == own))
		b++;
	if (b > i + 1)
		f->parts[f->part_count++] = (struct desk_cells){i, b};
}

/* "Hill, Brook and Lind said": all of them. */
static void
take_list(const struct desk_passes *x, struct desk_finding *f)
{
	uint32_t b = f->source.b, i = b;
	uint32_t end = b <= f->cue.a ? f->cue.a : (uint32_t)x->passage.count;
	bool joined = false;
	if (f->source.a == b || !desk_cell_capital(cell(x, b - 1)))
		return;
	for (; i + 1 < end && i < b + WIDE && !joined; i++) {
		const struct desk_cell *c = cell(x, i);
		joined = c->kind == K_CONJ;
		if (c->region || c->said & DESK_SAID ||
		    (!joined && c->kind != K_COMMA && !desk_cell_capital(c)))
			return;
	}
	if (!joined || cell(x, b)->kind != K_COMMA)
		return;
	b = i;
	while (i < end && desk_cell_capital(cell(x, i)) &&
	       !(cell(x, i)->said & DESK_SAID))
		i++;
	if (i > b)
		f->source.b = i;
}

void
desk_subjects_settle(const struct desk_passes *x, struct desk_finding *f)
{
	take_according(x, f);
	take_tail(x, f);
	take_inverted(x, f);
	while (f->source.a + 1 < f->source.b &&
	       cell(x, f->source.a)->kind == K_CONJ)
		f->source.a++;
	drop_verb(x, f);
	take_antecedent(x, f);
	take_head(x, f);
	take_rest(x, f);
	take_list(x, f);
	end_source(x, f);
	take_apposition(x, f);
	take_other_half(x, f);
}
