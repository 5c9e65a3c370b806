/*
 * guess.c - names without a tagger.
 *
 * A run of capitalised words is a name; words of title and role at its front
 * are cut off and show that a person follows.  A lone word at the start of a
 * sentence may be any word, so it is a name only where it is in no list.
 */
#include "quotes/guess.h"

#include "core/error.h"

/* Where the name in the run of items [a, b) begins: after its last title,
 * role or nationality-like word before one. */
static size_t
cut_front(const struct desk_paragraph *p, size_t a, size_t b, bool *person)
{
	for (size_t i = b - 1; i-- > a;) {
		const struct desk_item *it = &p->items[i];
		if (it->word & DESK_W_TITLE || it->role & DESK_R_ROLE) {
			*person = true;
			return i + 1;
		}
	}
	return a;
}

static bool
part_of_name(const struct desk_paragraph *p, size_t i, size_t a)
{
	const struct desk_item *it = &p->items[i];
	if (it->region || (i > a && it->line))
		return false;
	if (it->name)
		return true;
	return i > a && it->sign == '-' && !it->spaced &&
	       i + 1 < p->item_count && p->items[i + 1].name &&
	       !p->items[i + 1].spaced;
}

/* Whether a lone word that begins a sentence is likelier any other word. */
static bool
doubtful(const struct desk_paragraph *p, size_t a)
{
	bool begins = p->items[a].line || p->items[a - 1].region ||
		      p->items[a - 1].sign == '.' ||
		      p->items[a - 1].sign == '?' ||
		      p->items[a - 1].sign == '!';
	if (!begins || p->items[a].shape == DESK_SHAPE_UPPER)
		return false;
	if (a + 1 == p->item_count)
		return true;
	const struct desk_item *next = &p->items[a + 1];
	return !(next->cue & DESK_C_SAY) && !(next->word & DESK_W_POSS);
}

int
desk_guess_names(struct desk_guess *g, const struct desk_paragraph *p,
    struct desk_arena *arena, struct desk_error *error)
{
	for (size_t a = 0, b; a < p->item_count; a = b) {
		b = a + 1;
		if (!part_of_name(p, a, a))
			continue;
		while (b < p->item_count && b < a + 8 && part_of_name(p, b, a))
			b++;
		if (b == a + 1 && doubtful(p, a))
			continue;
		bool person = a > 0 && p->items[a - 1].word & DESK_W_TITLE;
		bool org = false;
		size_t start = cut_front(p, a, b, &person);
		for (size_t i = start; i < b; i++)
			org |= (p->items[i].role & DESK_R_ORG) ||
			       p->items[i].shape == DESK_SHAPE_UPPER;
		person |= !org && b - start >= 2 && b - start <= 3;
		if (!DESK_RESERVE(arena, g->ents, g->count, g->room))
			return desk_fail_memory(error);
		g->ents[g->count++] = (struct desk_ent){p->items[start].start,
		    p->items[b - 1].end, person ? "PER" : "ORG", 0};
	}
	return 0;
}
