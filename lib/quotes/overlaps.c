/*
 * overlaps.c - findings that contradict each other.
 *
 * Each cue was read by itself, so what one says may reach over the next cue:
 * "called for talks and said: “...”" is speech twice, by one speaker.  Cuts
 * such speech off before the other cue, and leaves out what is no speech at
 * all.
 */
#include "quotes/overlaps.h"

#include "core/slice.h"
#include "quotes/claims.h"
#include "quotes/names.h"
#include "quotes/phrases.h"
#include "quotes/unsaid.h"

enum { NEAR = 6, LEAST_BYTES = 8, MARK_BYTES = 4, BACK = 40 };

static bool
inside(struct desk_span a, struct desk_span b)
{
	return a.start >= b.start && a.end <= b.end && a.start < a.end;
}

/* The end of a part that is cut off before a place: signs go, and words like
 * "and". */
static uint32_t
cut_before(const struct desk_paragraph *p, uint32_t start, uint32_t at,
    unsigned joining)
{
	struct desk_range r = desk_items_of(p, (struct desk_span){start, at});
	while (
	    r.b > r.a && (p->items[r.b - 1].end > at ||
			     (!p->items[r.b - 1].region &&
				 (p->items[r.b - 1].shape == DESK_SHAPE_SIGN ||
				     p->items[r.b - 1].word & joining))))
		r.b--;
	return r.b > r.a ? p->items[r.b - 1].end : start;
}

/* Whether "and" stands before a cue: "and also said". */
static bool
coordinated(const struct desk_paragraph *p, uint32_t at)
{
	struct desk_range r = desk_items_of(p, (struct desk_span){at, at + 1});
	size_t i = r.a;
	while (i > 0 && p->items[i - 1].word & DESK_W_ADV &&
	       !(p->items[i - 1].word & DESK_W_CONJ))
		i--;
	return i > 0 && !p->items[i - 1].region &&
	       p->items[i - 1].word & DESK_W_CONJ;
}

/* Whether the sentence around a place begins with "while", "although". */
static bool
subordinate(const struct desk_paragraph *p, uint32_t at)
{
	size_t i = desk_items_of(p, (struct desk_span){at, at + 1}).a;
	for (int n = 0; n < BACK && i > 0 && i <= p->item_count; n++, i--) {
		const struct desk_item *b = &p->items[i - 1];
		if (b->region || b->sign == '.' || b->sign == '?' ||
		    b->sign == '!' || b->sign == ';')
			break;
	}
	return i < p->item_count && p->items[i].word & DESK_W_SUB &&
	       !p->items[i].name;
}

/* Whether a comma stands right before a place. */
static bool
after_comma(const struct desk_paragraph *p, uint32_t at)
{
	while (at > p->span.start && p->text.data[at - 1] == ' ')
		at--;
	return at > p->span.start && p->text.data[at - 1] == ',';
}

/* Whether a part has marked words. */
static bool
marked(const struct desk_paragraph *p, struct desk_span part)
{
	struct desk_range r = desk_items_of(p, part);
	for (size_t i = r.a; i < r.b; i++)
		if (p->items[i].region)
			return true;
	return false;
}

/* Speech that lost its marked words to another is indirect. */
static void
settle_kind(const struct desk_paragraph *p, struct desk_speech *s)
{
	for (size_t i = 0; i < s->part_count; i++)
		if (marked(p, s->parts[i]))
			return;
	s->kind = DESK_INDIRECT;
}

/* Whether two spans are the same words, capital or not: "He", "he". */
static bool
same_words(
    const struct desk_paragraph *p, struct desk_span a, struct desk_span b)
{
	return a.start < a.end &&
	       desk_names_same(
		   desk_slice(p->text.data + a.start, a.end - a.start),
		   desk_slice(p->text.data + b.start, b.end - b.start));
}

/* The items of a part of a's up to b's sentence, or its clause behind ", but",
 * or ", and" where both are said by "he". */
static size_t
clause_end(const struct desk_paragraph *p, struct desk_span part,
    const struct desk_speech *a, const struct desk_speech *b)
{
	uint32_t at =
	    inside(b->speaker, part) && b->speaker.start < b->cue.start
		? b->speaker.start
		: b->cue.start;
	struct desk_range r =
	    desk_items_of(p, (struct desk_span){part.start, at});
	size_t e = r.a;
	for (size_t i = r.a; i < r.b; i = desk_sentence_end(p, i))
		e = i;
	if (e > r.a)
		return e;
	size_t c = r.b;
	while (c > r.a && p->items[c - 1].word & DESK_W_ADV)
		c--;
	if (c < r.a + 2 || at != b->speaker.start ||
	    p->items[c - 2].sign != ',')
		return r.a;
	bool joined = desk_item_is(p, c - 1, "but") ||
		      (desk_item_is(p, c - 1, "and") &&
			  same_words(p, a->speaker, b->speaker));
	return joined ? c - 1 : r.a;
}

/* Speech without marks ends where the next sentence, or a clause with "but",
 * has somebody say something else: "said the port was open, but Hill said ...".
 */
static void
cut_clause(const struct desk_paragraph *p, struct desk_speech *a,
    const struct desk_speech *b)
{
	if (a->cue.end && p->text.data[a->cue.end - 1] == ':')
		return;
	for (size_t k = 0; k < a->part_count && b->part_count; k++) {
		struct desk_span *part = &a->parts[k];
		if (!inside(b->cue, *part) || part->start < a->cue.end ||
		    part->start >= b->parts[0].start)
			continue;
		size_t e = clause_end(p, *part, a, b);
		struct desk_range r = desk_items_of(p, *part);
		if (e <= r.a)
			continue;
		uint32_t end = cut_before(p, part->start, p->items[e].start, 0);
		if (end <= part->start + LEAST_BYTES)
			continue;
		part->end = end;
		a->part_count = k + 1;
		settle_kind(p, a);
	}
}

/* Whether a cue opens its sentence: "Arguing that ..., Hill said ...", "After
 * noting ..., Hill said ...". */
static bool
opens_sentence(const struct desk_paragraph *p, struct desk_span cue)
{
	size_t i = desk_items_of(p, cue).a;
	if (i >= p->item_count || !(p->items[i].cue & DESK_C_ING))
		return false;
	if (i && p->items[i - 1].word & (DESK_W_PREP | DESK_W_SUB) &&
	    !p->items[i - 1].region)
		i--;
	return (!i || (!p->items[i - 1].region && p->items[i - 1].sign == '.'));
}

/* What opens a sentence is said by the subject behind it. */
static void
take_subject(const struct desk_paragraph *p, struct desk_speech *a,
    const struct desk_speech *b)
{
	size_t n = a->part_count;
	if (!n || a->speaker.start < a->speaker.end ||
	    b->speaker.start == b->speaker.end ||
	    b->speaker.start < a->parts[n - 1].end ||
	    b->cue.start < b->speaker.end || !opens_sentence(p, a->cue))
		return;
	size_t i = desk_items_of(p, a->cue).a;
	if (b->cue.start >= p->items[desk_sentence_end(p, i) - 1].end)
		return;
	a->speaker = b->speaker;
	a->who = b->who;
}

/* Cuts off a where b's clause begins in it. */
static void
cut(const struct desk_paragraph *p, struct desk_speech *a,
    const struct desk_speech *b)
{
	if (!a->part_count || !a->cue.end || a->cue.start >= b->cue.start)
		return;
	size_t n = a->part_count - 1;
	while (n > 0 && a->parts[n].start > b->cue.start)
		n--;
	struct desk_span *part = &a->parts[n];
	uint32_t at = b->cue.start;
	bool shared = b->speaker.end <= part->start ||
		      (a->speaker.start == b->speaker.start &&
			  a->speaker.end == b->speaker.end);
	if (part->start <= a->cue.start || (shared && !coordinated(p, at)))
		return;
	if (shared && n + 1 < a->part_count && at >= part->end)
		a->part_count = n + 1; /* what follows is b's */
	if (!inside(b->cue, *part)) {
		settle_kind(p, a);
		return;
	}
	if (!shared) {
		bool opens = opens_sentence(p, a->cue);
		if (!inside(b->speaker, *part) ||
		    b->speaker.start > b->cue.start ||
		    !after_comma(p, b->speaker.start) ||
		    !(opens || subordinate(p, a->cue.start)))
			return;
		at = b->speaker.start;
		if (opens && a->speaker.start == a->speaker.end) {
			a->speaker = b->speaker;
			a->who = b->who;
		}
	}
	uint32_t end = cut_before(p, part->start, at, DESK_W_CONJ | DESK_W_ADV);
	if (end > part->start + LEAST_BYTES) {
		part->end = end;
		a->part_count = n + 1;
		settle_kind(p, a);
	}
}

/* Whether an item is a verb of saying that is nothing else. */
static bool
says(const struct desk_item *i)
{
	return !i->region && i->cue & DESK_C_SAY &&
	       !(i->cue & (DESK_C_ING | DESK_C_NOUN | DESK_C_BASE));
}

static void
set_speaker(const struct desk_paragraph *p, struct desk_speech *s,
    const struct desk_item *cue, struct desk_range by)
{
	s->cue = (struct desk_span){cue->start, cue->end};
	s->who = by;
	s->speaker = desk_item_span(p, by);
}

/* "Hill said: “...,” the agency reported": what stands in marks is by whoever
 * says it before them. */
static void
take_speaker_before(const struct desk_paragraph *p, struct desk_speech *s)
{
	size_t i, lo, from;
	if (s->kind != DESK_DIRECT || s->part_count != 1 ||
	    s->cue.start < s->parts[0].end ||
	    s->speaker.start == s->speaker.end)
		return;
	i = lo = desk_items_of(p, s->parts[0]).a;
	if (i < 2 || i >= p->item_count)
		return;
	i -= p->items[i - 1].sign == ':' || p->items[i - 1].sign == ',';
	const struct desk_item *cue = &p->items[--i];
	if (!says(cue))
		return;
	for (lo = i; lo > 0 && i - lo < BACK && !p->items[lo - 1].region &&
		     p->items[lo - 1].sign != '.';)
		lo--;
	if (lo > 0 && p->items[lo - 1].region)
		return;
	struct desk_range by = desk_phrase_before(p, lo, i, &from);
	if (by.a == by.b)
		return;
	set_speaker(p, s, cue, by);
}

/* A part behind a's cue that another's words of saying stand beside is his:
 * "“It is,” said Brook. “It is not,” said Hill." */
static void
give_up(struct desk_speech *a, const struct desk_speech *b)
{
	if (!b->part_count || b->speaker.start == b->speaker.end ||
	    b->speaker.start == a->speaker.start)
		return;
	for (size_t k = 1; k < a->part_count; k++)
		if (a->parts[k].start >= b->parts[0].start &&
		    (a->parts[k].start == b->parts[0].start ||
			(inside(a->parts[k], b->parts[0]) &&
			    b->cue.start >= b->parts[0].end)) &&
		    a->parts[k].start > a->cue.start) {
			a->part_count = k;
			return;
		}
}

/* A stretch at the end of what a says, with words of saying of its own right
 * behind it: "warned of a fall; “it is near,” she wrote". */
static void
give_up_tail(const struct desk_paragraph *p, struct desk_speech *a,
    const struct desk_speech *b)
{
	if (!a->part_count || b->part_count != 1 || b->kind != DESK_DIRECT)
		return;
	struct desk_span *last = &a->parts[a->part_count - 1];
	if (!inside(b->parts[0], *last) || last->start < a->cue.end ||
	    b->cue.start < last->end || b->cue.start > last->end + BACK ||
	    last->end > b->parts[0].end + MARK_BYTES)
		return;
	uint32_t end =
	    cut_before(p, last->start, b->parts[0].start, DESK_W_CONJ);
	if (end <= last->start + LEAST_BYTES)
		return;
	last->end = end;
	settle_kind(p, a);
}

/* Whether all that a says is who says b. */
static bool
introduces(const struct desk_speech *a, const struct desk_speech *b)
{
	return a->part_count == 1 && a->parts[0].start == b->speaker.start &&
	       a->parts[0].end == b->cue.end;
}

/* Whether a passes on all of b, words of saying included: "“...,” Brook said,
 * the agency reported." */
static bool
relays(const struct desk_speech *a, const struct desk_speech *b)
{
	if (a->part_count != 1 || !b->part_count || b->kind != DESK_DIRECT)
		return false;
	struct desk_span whole = {
	    b->parts[0].start, b->parts[b->part_count - 1].end};
	return inside(b->cue, a->parts[0]) && inside(b->speaker, a->parts[0]) &&
	       inside(whole, a->parts[0]) &&
	       whole.start <= a->parts[0].start + MARK_BYTES;
}

/* Whether a is what b is: found twice, by two cues. */
static bool
same_speech(const struct desk_speech *a, const struct desk_speech *b)
{
	return a->part_count == 1 && b->part_count == 1 &&
	       a->kind == DESK_DIRECT && b->kind == DESK_DIRECT &&
	       a->cue.start == b->cue.start &&
	       a->parts[0].start == b->parts[0].start &&
	       a->parts[0].end == b->parts[0].end;
}

/* Whether a is b without the one who says it. */
static bool
same_cue(const struct desk_speech *a, const struct desk_speech *b)
{
	return a->speaker.start == a->speaker.end &&
	       b->speaker.start < b->speaker.end && a->cue.start < a->cue.end &&
	       a->cue.start == b->cue.start &&
	       a->parts[0].start == b->parts[0].start;
}

/* Whether a lies in what b says and has no word of saying: "they said the town
 * depends on the ferry". */
static bool
unsaid(const struct desk_paragraph *p, const struct desk_speech *a,
    const struct desk_speech *b)
{
	if (a->kind != DESK_INDIRECT || a->part_count != 1)
		return false;
	struct desk_range cue = desk_items_of(p, a->cue);
	for (size_t i = cue.a; i < cue.b; i++)
		if (p->items[i].cue)
			return false;
	for (size_t k = 0; k < b->part_count; k++)
		if (inside(a->cue, b->parts[k]) &&
		    inside(a->parts[0], b->parts[k]))
			return true;
	return false;
}

/* "“...,” Hill said, according to the agency", where all up to the comma was
 * found to be the agency's: it passes on what Hill said. */
static void
take_speaker_behind(const struct desk_paragraph *p, struct desk_speech *s)
{
	struct desk_range r = desk_items_of(p, s->parts[0]);
	size_t end;
	if (s->kind != DESK_MIXED || s->part_count != 1 || r.b < r.a + 3 ||
	    s->cue.start < s->parts[0].end || !p->items[r.a].region)
		return;
	for (end = r.a + 1; end < r.b; end++)
		if (p->items[end].region)
			return;
	const struct desk_item *cue = &p->items[r.b - 1];
	struct desk_range by =
	    desk_phrase_first(p, (struct desk_range){r.a + 1, r.b - 1});
	if (!says(cue) || by.a != r.a + 1 || by.b != r.b - 1)
		return;
	const struct desk_region *marks =
	    &p->marks.regions[p->items[r.a].region - 1];
	s->kind = DESK_DIRECT;
	s->parts[0] = (struct desk_span){marks->in_start, marks->in_end};
	set_speaker(p, s, cue, by);
}

void
desk_overlaps_settle(
    struct desk_speeches *speeches, const struct desk_paragraph *p)
{
	struct desk_speech *list = speeches->list;
	size_t count = speeches->count, kept = 0;
	for (size_t i = 0; i < count; i++) {
		take_speaker_before(p, &list[i]);
		take_speaker_behind(p, &list[i]);
	}
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count && k < i + NEAR; k++) {
			take_subject(p, &list[i], &list[k]);
			cut(p, &list[i], &list[k]);
			cut_clause(p, &list[i], &list[k]);
			give_up(&list[i], &list[k]);
			give_up_tail(p, &list[i], &list[k]);
		}
	for (size_t i = 0; i < count; i++) {
		bool out = desk_unsaid(p, &list[i]);
		for (size_t k = i + 1; k < count && k < i + NEAR; k++)
			out |= relays(&list[i], &list[k]) ||
			       same_cue(&list[i], &list[k]) ||
			       same_speech(&list[i], &list[k]) ||
			       introduces(&list[i], &list[k]) ||
			       unsaid(p, &list[i], &list[k]);
		for (size_t k = kept; k > 0 && k + NEAR > kept; k--)
			out |= relays(&list[i], &list[k - 1]) ||
			       same_cue(&list[i], &list[k - 1]) ||
			       unsaid(p, &list[i], &list[k - 1]);
		if (!out)
			list[kept++] = list[i];
	}
	speeches->count = kept;
}

static uint32_t
end_of(const struct desk_speech *s)
{
	return s->parts[s->part_count - 1].end;
}

/* Whether b is a, or the beginning of it, said once more for another cue. */
static bool
repeats(const struct desk_speech *a, const struct desk_speech *b)
{
	return a->kind == DESK_DIRECT && b->kind == DESK_DIRECT &&
	       a->part_count && b->part_count &&
	       a->parts[0].start == b->parts[0].start && end_of(b) <= end_of(a);
}

void
desk_overlaps_repeats(struct desk_speeches *to)
{
	enum { REPEATS_NEAR = 4 };
	size_t kept = 0;
	for (size_t i = 0; i < to->count; i++) {
		bool again = false;
		for (size_t k = i + 1; k < to->count && k <= i + REPEATS_NEAR;
		     k++)
			again |= repeats(&to->list[k], &to->list[i]) &&
				 !repeats(&to->list[i], &to->list[k]);
		for (size_t k = kept; k > 0 && k + REPEATS_NEAR > kept; k--)
			again |= repeats(&to->list[k - 1], &to->list[i]);
		if (!again)
			to->list[kept++] = to->list[i];
	}
	to->count = kept;
}
