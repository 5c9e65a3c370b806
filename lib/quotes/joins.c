/* joins.c - stretches in marks that go on with what was found beside them. */
#include "quotes/joins.h"

enum { CLAUSE_CELLS = 16, SHORT_WORDS = 3, ROUND_WORDS = 9 };

static const struct desk_cell *
cell(const struct desk_passes *x, uint32_t i)
{
	return &x->passage.cells[i];
}

size_t
desk_stretch_words(
    const struct desk_passes *x, const struct desk_frame_of *f, unsigned bit)
{
	size_t n = 0;
	for (uint32_t i = f->first; i < f->last; i++)
		n += desk_cell_word(cell(x, i)) &&
		     (!bit || cell(x, i)->said & bit);
	return n;
}

/* Whether a stretch goes on with the clause of a part before it: "called it “a
 * mess” and, worse, “a shame”". */
static bool
same_clause(const struct desk_passes *x, const struct desk_finding *to,
    const struct desk_cells *part, const struct desk_frame_of *f)
{
	const struct desk_cell *a = cell(x, part->a), *z = cell(x, part->b - 1);
	bool clause = !a->region || a->region != z->region;
	return clause && to->cue.b <= part->a && part->b <= f->first &&
	       f->first - part->b < CLAUSE_CELLS &&
	       z->sentence == cell(x, f->first)->sentence;
}

/* Adds a stretch to a finding, in order. */
static void
join(struct desk_passes *x, struct desk_finding *to,
    const struct desk_frame_of *f)
{
	struct desk_cells r = {f->first, f->last};
	size_t k = to->part_count;
	if (k && same_clause(x, to, &to->parts[k - 1], f)) {
		r.a = to->parts[k - 1].b;
		to->parts[k - 1].b = r.b;
	} else if (k < DESK_FINDING_PARTS) {
		to->part_count++;
		for (; k > 0 && to->parts[k - 1].a > f->first; k--)
			to->parts[k] = to->parts[k - 1];
		to->parts[k] = r;
	} else {
		return;
	}
	for (uint32_t i = r.a; i < r.b; i++) {
		x->passage.cells[i].said |= DESK_SAID;
		x->passage.cells[i].owner = (uint16_t)(to - x->found + 1);
	}
}

bool
desk_stretch_left(const struct desk_passes *x, const struct desk_frame_of *f)
{
	size_t words = desk_stretch_words(x, f, 0);
	return words > 1 && !desk_stretch_words(x, f, DESK_SAID) &&
	       (2 * desk_stretch_words(x, f, DESK_SAID_FIRST) >= words ||
		   desk_passes_marked(
		       x, (size_t)(f - x->passage.frames), false));
}

/* The finding that a stretch belongs to. */
static uint16_t
owner_of(const struct desk_passes *x, size_t r)
{
	const struct desk_frame_of *f = &x->passage.frames[r];
	uint16_t by = 0;
	for (uint32_t i = f->first; i < f->last; i++) {
		if (!(cell(x, i)->said & DESK_SAID) || !cell(x, i)->region)
			continue;
		if (by && cell(x, i)->owner != by)
			return 0;
		by = cell(x, i)->owner;
	}
	return by;
}

/* Whether a sentence lies between a stretch and the one before it. */
static bool
apart(const struct desk_passes *x, size_t r)
{
	const struct desk_frame_of *f = &x->passage.frames[r];
	return f->first > f[-1].last &&
	       cell(x, f->first)->sentence > cell(x, f[-1].last)->sentence + 1;
}

/* Whether only a few words of one clause stand between two stretches, and a
 * comma or stop before the second. */
static bool
one_clause(const struct desk_passes *x, uint32_t a, uint32_t b)
{
	size_t words = 0;
	while (b > a && cell(x, b - 1)->kind == K_OPEN)
		b--;
	if (a == b ||
	    (cell(x, b - 1)->kind != K_COMMA && cell(x, b - 1)->kind != K_STOP))
		return false;
	for (uint32_t i = a; i < b; i++) {
		bool word = desk_cell_word(cell(x, i));
		if (cell(x, i)->kind == K_COLON ||
		    (word && words && cell(x, i - 1)->kind == K_STOP))
			return false;
		words += word;
	}
	return words <= ROUND_WORDS;
}

/* Whether a stretch that nobody claims and one beside it, a part of a finding,
 * stand round its cue, and the first of them is short, so that it looks like no
 * speech: "“No,” she said. “Never.”". */
static bool
round_cue(const struct desk_passes *x, size_t right,
    const struct desk_frame_of *f, const struct desk_finding *to)
{
	const struct desk_frame_of *b = &x->passage.frames[right], *a = b - 1;
	uint32_t begins = f == a ? b->first : a->first;
	size_t words = desk_stretch_words(x, a, 0), k = 0;
	while (k < to->part_count &&
	       (to->parts[k].a > begins ||
		   !desk_cells_signs(&x->passage, to->parts[k].a, begins)))
		k++;
	if (k == to->part_count || a->first >= a->last || !words ||
	    words > SHORT_WORDS || desk_stretch_words(x, f, DESK_SAID) ||
	    to->cue.a < a->last || to->cue.b > b->first)
		return false;
	unsigned end = cell(x, a->last - 1)->kind;
	return (end == K_COMMA || end == K_ASK) &&
	       one_clause(x, a->last, b->first);
}

void
desk_join_stretches(struct desk_passes *x)
{
	size_t count = x->passage.frame_count;
	for (int left = 1; left >= 0; left--)
		for (size_t k = 0; k + 1 < count; k++) {
			size_t r = left ? k + 1 : count - 2 - k;
			size_t beside = left ? r - 1 : r + 1;
			const struct desk_frame_of *f = &x->passage.frames[r];
			uint16_t to = owner_of(x, beside);
			size_t right = left ? r : beside;
			if (!to || apart(x, right))
				continue;
			struct desk_finding *by = &x->found[to - 1];
			if (round_cue(x, right, f, by) ||
			    (desk_stretch_left(x, f) &&
				desk_passes_joined(x, right)))
				join(x, by, f);
		}
}
