/* dateline.c - the place and agency that a report opens with. */
#include "quotes/dateline.h"

#include <string.h>

enum { DATELINE = 14, PLACE_LETTERS = 3 };

/* Whether a sign ends what may be a dateline: a dash between blanks, or a colon
 * behind a place in capitals. */
static bool
ends(const struct desk_paragraph *p, size_t s, size_t i)
{
	const struct desk_item *it = &p->items[i], *first = &p->items[s];
	return (it->sign == '-' && it->spaced) ||
	       (it->sign == ':' && first->shape == DESK_SHAPE_UPPER &&
		   first->end - first->start > PLACE_LETTERS &&
		   first->ent != DESK_NO_ENT);
}

size_t
desk_dateline(const struct desk_paragraph *p, size_t s, size_t e)
{
	if (s >= e || !p->items[s].line || !p->items[s].name ||
	    p->items[s].person)
		return s;
	for (size_t i = s; i < e && i < s + DATELINE; i++) {
		const struct desk_item *it = &p->items[i];
		if (it->region)
			break;
		if (it->shape != DESK_SHAPE_SIGN) {
			if (it->shape == DESK_SHAPE_LOWER && i > s &&
			    p->items[i - 1].sign != '(')
				break;
			continue;
		}
		if (i > s && ends(p, s, i))
			return i + 1 < e && p->items[i + 1].spaced ? i + 1 : s;
		if (!it->sign || !strchr("(),/.-", it->sign))
			break;
	}
	return s;
}

bool
desk_dateline_skip(const struct desk_paragraph *p, struct desk_speech *s)
{
	size_t i = desk_dateline(p, 0, p->item_count);
	if (!i)
		return true;
	uint32_t start = p->items[i].start;
	if (s->speaker.start < s->speaker.end && s->speaker.end <= start) {
		s->speaker = (struct desk_span){0, 0};
		s->who = (struct desk_range){0, 0};
		if (s->cue.end <= start)
			return false;
	}
	if (s->parts[0].start < start && s->parts[0].end > start)
		s->parts[0].start = start;
	return true;
}
