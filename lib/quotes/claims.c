/* claims.c - what the rules found, as speech, and the edges of what is said. */
#include "quotes/claims.h"

bool
desk_item_closing(const struct desk_item *i)
{
	return !i->region && i->shape == DESK_SHAPE_SIGN &&
	       (i->sign == ',' || i->sign == ';' || i->sign == ':' ||
		   i->sign == '.');
}

/* The text of a part; the marks round it are left out where all of it stands
 * inside marks. */
static struct desk_span
part_span(const struct desk_paragraph *p, struct desk_range r)
{
	const struct desk_item *a = &p->items[r.a], *b = &p->items[r.b - 1];
	bool turn = r.a > 0 && p->items[r.a - 1].sign == ':';
	while (
	    r.b > r.a + 1 && desk_item_closing(b) && !(turn && b->sign == '.'))
		b = &p->items[--r.b - 1];
	struct desk_span span = {a->start, b->end};
	for (size_t i = r.a; i < r.b; i++)
		if (!p->items[i].region)
			return span;
	span.start = p->marks.regions[a->region - 1].in_start;
	span.end = p->marks.regions[b->region - 1].in_end;
	return span;
}

struct desk_span
desk_item_span(const struct desk_paragraph *p, struct desk_range r)
{
	struct desk_span none = {0, 0};
	if (r.a >= r.b)
		return none;
	return (struct desk_span){p->items[r.a].start, p->items[r.b - 1].end};
}

static enum desk_quote_kind
kind_of(const struct desk_paragraph *p, const struct desk_claim *c)
{
	size_t all = 0, marked = 0;
	for (size_t i = 0; i < c->part_count; i++) {
		all += desk_range_words(p, c->parts[i], false);
		marked += desk_range_words(p, c->parts[i], true);
	}
	return !marked	      ? DESK_INDIRECT
	       : all > marked ? DESK_MIXED
			      : DESK_DIRECT;
}

struct desk_speech
desk_claim_speech(
    const struct desk_paragraph *p, const struct desk_claim *c, bool whole)
{
	struct desk_speech s = {.part_count = 0};
	for (size_t i = 0; i < c->part_count; i++)
		s.parts[s.part_count++] = part_span(p, c->parts[i]);
	s.cue = desk_item_span(p, c->cue);
	s.speaker = desk_item_span(p, c->speaker);
	s.who = c->speaker;
	s.kind = kind_of(p, c);
	s.alone = c->alone;
	s.opens = whole;
	return s;
}

struct desk_span
desk_part_closed(struct desk_slice text, struct desk_span part)
{
	char next = part.end < text.len ? text.data[part.end] : 0;
	int open = 0;
	if (next != ')' && next != ']')
		return part;
	for (uint32_t i = part.start; i < part.end; i++) {
		open += text.data[i] == (next == ')' ? '(' : '[');
		open -= text.data[i] == next;
	}
	part.end += open > 0;
	return part;
}
