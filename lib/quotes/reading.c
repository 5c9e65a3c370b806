/* reading.c - what the rules ask of a sentence's items. */
#include "quotes/reading.h"

#include "core/unicode.h"
#include "core/utf8.h"

bool
desk_reading_is(const struct reading *r, size_t i, const char *s, size_t len)
{
	if (i >= r->e || item(r, i)->end - item(r, i)->start != len)
		return false;
	const char *t = r->p->text.data + item(r, i)->start;
	for (size_t k = 0; k < len; k++)
		if ((t[k] | 0x20) != s[k])
			return false;
	return true;
}

/* The last sign inside a stretch. */
char
desk_inner_sign(const struct reading *r, size_t i)
{
	const struct desk_region *q =
	    &r->p->marks.regions[item(r, i)->region - 1];
	const char *s = r->p->text.data;
	uint32_t end = q->in_end;
	while (end > q->in_start &&
	       (s[end - 1] == ' ' || s[end - 1] == '\'' || s[end - 1] == '"'))
		end--;
	if (end >= q->in_start + 3 &&
	    ((unsigned char)s[end - 3] == 0xE2 && s[end - 2] == '\x80' &&
		(s[end - 1] == '\x99' || s[end - 1] == '\x9D')))
		end -= 3;
	return end > q->in_start ? s[end - 1] : 'x';
}

/* Whether a stretch begins like a sentence. */
bool
desk_capital_inside(const struct reading *r, size_t i)
{
	const struct desk_region *q =
	    &r->p->marks.regions[item(r, i)->region - 1];
	const char *s = r->p->text.data;
	for (uint32_t at = q->in_start; at < q->in_end;) {
		size_t n;
		unsigned c = desk_class(desk_utf8_decode(s + at, &n));
		if (c & DESK_WORD)
			return !(c & DESK_LOWER);
		at += (uint32_t)n;
	}
	return false;
}

size_t
desk_range_words(
    const struct desk_paragraph *p, struct desk_range r, bool marked)
{
	size_t count = 0;
	for (size_t i = r.a; i < r.b; i++) {
		const struct desk_item *it = &p->items[i];
		if (!it->region) {
			count += !marked && it->shape != DESK_SHAPE_SIGN;
			continue;
		}
		const struct desk_region *q = &p->marks.regions[it->region - 1];
		bool in = false;
		for (uint32_t at = q->in_start; at < q->in_end && count < 99;
		     at++) {
			unsigned char c = (unsigned char)p->text.data[at];
			bool word = c >= 0x80 ||
				    desk_ascii_classes[c] & DESK_WORD ||
				    (in && (c == '\'' || c == '-'));
			count += word && !in;
			in = word;
		}
	}
	return count;
}

/* Whether a stretch is a title or a term by what stands before it: "on ABC's
 * “This Week”". */
bool
desk_titled(const struct reading *r, size_t q)
{
	struct desk_range range = {q, q + 1};
	return q > r->s && !item(r, q - 1)->region &&
	       desk_range_words(r->p, range, true) < 4 &&
	       (item(r, q - 1)->word &
		       (DESK_W_POSS | DESK_W_PREP | DESK_W_DET) ||
		   item(r, q - 1)->name);
}

/* Stretches in a row from i on that belong to one turn of speech. */
size_t
desk_stretch_end(const struct reading *r, size_t i)
{
	while (i < r->e && quoted(r, i))
		i++;
	return i;
}

struct desk_claim *
desk_claim_add(struct reading *r, const struct cue *c)
{
	struct desk_claims *l = r->claims;
	if (!DESK_RESERVE(r->arena, l->list, l->count, l->room)) {
		r->failed = true;
		return NULL;
	}
	struct desk_claim *fresh = &l->list[l->count++];
	*fresh = (struct desk_claim){0};
	if (c) {
		fresh->cue = (struct desk_range){c->at, c->end};
		fresh->speaker = c->speaker;
		if (c->speaker.a < c->speaker.b)
			r->subject = c->speaker;
	}
	return fresh;
}

void
desk_claim_part(struct desk_claim *c, size_t a, size_t b)
{
	if (c && a < b && c->part_count < DESK_CLAIM_PARTS)
		c->parts[c->part_count++] = (struct desk_range){a, b};
}
