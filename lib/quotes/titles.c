/* titles.c - tells titles from speech by what stands before the marks. */
#include "quotes/titles.h"

#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"

enum { TITLE_WORDS = 12, SHOW_WORDS = 5, SMALL_BYTES = 4 };

/* How words in marks begin. */
struct look {
	unsigned words, capitals, large; /* all; of them; without "of", "the" */
	bool capital;			 /* the first one */
};

static struct look
look_at(struct desk_slice text, const struct desk_region *q)
{
	struct look k = {.words = 0};
	uint32_t word = 0; /* where it begins */
	bool in = false;
	for (uint32_t at = q->in_start; at <= q->in_end;) {
		size_t n = 1;
		unsigned c = 0;
		if (at < q->in_end)
			c = desk_class(desk_utf8_decode(text.data + at, &n));
		if (c & DESK_WORD && !in) {
			bool capital = !(c & DESK_LOWER);
			k.capital = k.words ? k.capital : capital;
			k.words++;
			k.capitals += capital;
			word = at;
		} else if (!(c & DESK_WORD) && in) {
			k.large += at - word >= SMALL_BYTES;
		}
		in = c & DESK_WORD;
		at += (uint32_t)n;
	}
	return k;
}

/* As titles are written: "The Road to Nowhere", but not "We do it". */
static bool
title_like(const struct look *k)
{
	return k->capital && k->words <= TITLE_WORDS &&
	       k->capitals >= k->large && (k->words == 1 || k->capitals > 1);
}

static bool
is_any(const struct desk_paragraph *p, size_t i, const char *const *words,
    size_t count)
{
	return i < p->item_count &&
	       desk_slice_any(desk_item_text(p, i), words, count);
}
#define IS_ANY(p, i, words) is_any(p, i, words, sizeof(words) / sizeof *(words))

/* Whether item i, a word of calling something so, says how it is called: "is
 * often called", but not "was called". */
static bool
in_general(const struct desk_paragraph *p, size_t i)
{
	static const char *const be[] = {"are", "be", "is", "what's"};
	while (i > 0 && desk_is(&p->items[i - 1], DESK_W_ADV))
		i--;
	return i > 0 && IS_ANY(p, i - 1, be);
}

/* The stretch that speech in one part begins with, or, of what is said to be
 * called so, that its cue stands right before; or the number of items. */
static size_t
stretch(const struct desk_paragraph *p, const struct desk_speech *s)
{
	struct desk_range cue = desk_items_of(p, s->cue);
	if (s->cue.start < s->cue.end && cue.b < p->item_count &&
	    p->items[cue.b].region && s->parts[0].start < s->cue.start)
		return cue.b;
	size_t q = desk_items_of(p, s->parts[0]).a;
	return s->part_count == 1 && q < p->item_count && p->items[q].region
		   ? q
		   : p->item_count;
}

bool
desk_title(const struct desk_paragraph *p, const struct desk_speech *s)
{
	size_t q = stretch(p, s);
	if (q == p->item_count || !q)
		return false;
	const struct desk_region *in =
	    &p->marks.regions[p->items[q].region - 1];
	size_t b = q - 1;
	bool pause = p->items[b].sign == ',' && !p->items[b].region && b;
	b -= pause;
	if (p->items[b].region || p->items[b].end > p->items[q].start)
		return false;
	static const char *const by[] = {"by"}, *const on[] = {"on"};
	bool work = desk_is(&p->items[b], DESK_W_WORK), show = IS_ANY(p, b, on);
	bool naming = desk_is(&p->items[b], DESK_W_NAMING);
	bool label = p->items[b].cue & DESK_C_LABEL && !pause && b;
	if (!(work || show || naming || label))
		return false;
	struct look k = look_at(p->text, in);
	if (work)
		return title_like(&k) || (s->alone && k.capital);
	if (show) /* “A,” she said on “Harbour Tonight.” */
		return !pause && title_like(&k) && k.words <= SHOW_WORDS &&
		       s->parts[0].end <= in->end;
	if (IS_ANY(p, q + 1, by))
		return false;
	if (naming)
		return k.capital;
	return (p->items[b - 1].sign == ',' && title_like(&k)) ||
	       in_general(p, b);
}
