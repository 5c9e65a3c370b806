/*
 * gates.c - which tokens the model is asked about.
 *
 * Most words of a text are in lower case, say of themselves that they are in no
 * name, and have no neighbour that might be in one: the model would find the
 * same, at some cost.  How much a word must say of itself is learned with the
 * model (learn.c).
 */
#include <limits.h>
#include <string.h>

#include "entities/features.h"

/* What a capital is worth where any word may have one, as a logarithm of odds;
 * chosen on polnear-train. */
static const float worth = 0.9f;

enum desk_mark
desk_gates_mark(const struct desk_segment *segment, size_t i)
{
	uint32_t bits = segment->words[i].bits;
	if (segment->tokens[i].shape == DESK_SHAPE_NUMBER)
		return MARK_SURE;
	return !(bits & WORD_CAP)  ? MARK_NONE
	       : bits & WORD_START ? MARK_START
				   : MARK_SURE;
}

int
desk_gates_look(enum desk_mark mark, int alone, float unit)
{
	return mark == MARK_SURE    ? INT_MAX
	       : mark == MARK_START ? alone + (int)(worth / unit)
				    : alone;
}

/* Whether a token is inside a listed name of several words. */
static bool
in_listed(const struct desk_describer *d, size_t i)
{
	return d->listed[i] && d->places[i] & 3;
}

void
desk_gates_set(struct desk_describer *d, size_t from, size_t to)
{
	const struct desk_lexeme *items = d->lexemes.items;
	const struct desk_segment *seg = &d->segment;
	float unit = d->lexemes.crf->unit;
	uint8_t *gates = d->gates;
	memset(gates + from, GATE_SHUT, to - from);
	for (size_t i = from; i < to; i++) {
		int look = desk_gates_look(desk_gates_mark(seg, i),
		    items[seg->words[i].form].alone, unit);
		if (look < d->knowledge->least && !in_listed(d, i))
			continue;
		if (i > from + 1 && !gates[i - 2])
			gates[i - 2] = GATE_BESIDE;
		if (i > from)
			gates[i - 1] = GATE_OPEN;
		gates[i] = GATE_OPEN;
		if (i + 1 < to)
			gates[i + 1] = GATE_OPEN;
		if (i + 2 < to)
			gates[i + 2] = GATE_BESIDE;
	}
}
