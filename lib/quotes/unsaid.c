/*
 * unsaid.c - findings that are no speech.
 *
 * A cue is a noun or an adjective there, what follows is something done, or a
 * word that stands for what was said elsewhere.
 */
#include "quotes/unsaid.h"

#include "core/slice.h"
#include "core/unicode.h"

/* "added 25 points": a number and no verb are a sum, and nobody adds what
 * stands before. */
static bool
sum(const struct desk_paragraph *p, const struct desk_speech *s)
{
	size_t i = desk_items_of(p, s->cue).b;
	if (s->kind != DESK_INDIRECT || !i || i >= p->item_count ||
	    p->items[i].shape != DESK_SHAPE_NUMBER ||
	    !desk_item_is(p, i - 1, "added"))
		return false;
	for (; i < p->item_count && p->items[i].sign != ',' &&
	       p->items[i].sign != '.';
	     i++)
		if (p->items[i].word & (DESK_W_AUX | DESK_W_VERB))
			return false;
	return true;
}

/* "continued to study": what somebody does. */
static bool
deed(const struct desk_paragraph *p, const struct desk_speech *s)
{
	size_t i = desk_items_of(p, s->cue).b;
	return s->kind == DESK_INDIRECT && i && i < p->item_count &&
	       s->parts[0].start == p->items[i].start &&
	       desk_item_is(p, i, "to") &&
	       (desk_item_is(p, i - 1, "continued") ||
		   desk_item_is(p, i - 1, "continues"));
}

/* Whether a part has a verb of its own, as far as can be told. */
static bool
clause(const struct desk_paragraph *p, struct desk_range r)
{
	for (size_t i = r.a; i < r.b; i++)
		if (p->items[i].word & (DESK_W_AUX | DESK_W_VERB | DESK_W_THAT))
			return true;
	return false;
}

/* Whether the phrase that items begin with has a verb behind it. */
static bool
subject(const struct desk_paragraph *p, struct desk_range r)
{
	static const uint32_t ends = DESK_W_SUB | DESK_W_PREP | DESK_W_CONJ;
	size_t i = r.a;
	while (i < r.b && p->items[i].shape != DESK_SHAPE_SIGN &&
	       !desk_is(&p->items[i], ends | DESK_W_AUX | DESK_W_VERB))
		i++;
	return i < r.b && desk_is(&p->items[i], DESK_W_AUX | DESK_W_VERB);
}

/* Whether a form of "be" stands right before item i. */
static bool
is_passive(const struct desk_paragraph *p, size_t i)
{
	static const char *const be[] = {
	    "are", "be", "been", "being", "is", "was", "were"};
	return i && desk_slice_any(
			desk_item_text(p, i - 1), be, sizeof be / sizeof *be);
}

/* "was denied entry", "said goodbye to the crew", "maintained his lead", "the
 * alleged attack": nothing that was said. */
static bool
unspoken(const struct desk_paragraph *p, const struct desk_speech *s)
{
	static const char *const said[] = {"said", "say", "saying", "says"};
	static const char *const empty[] = {
	    "farewell", "goodbye", "hello", "nothing"};
	static const char *const kept[] = {
	    "maintain", "maintained", "maintaining", "maintains"};
	static const char *const given[] = {"denied", "granted", "refused"};
	static const char *const articles[] = {
	    "A", "An", "The", "a", "an", "her", "his", "its", "the", "their"};
	static const char *const adjectives[] = {"alleged", "claimed",
	    "pledged", "promised", "reported", "said", "suggested"};
	struct desk_range cue = desk_items_of(p, s->cue);
	struct desk_range r = desk_items_of(p, s->parts[0]);
	if (s->kind != DESK_INDIRECT || cue.a >= cue.b || r.a != cue.b ||
	    r.a == r.b)
		return false;
	struct desk_slice word = desk_item_text(p, cue.b - 1);
	if (cue.a && cue.b == cue.a + 1 &&
	    desk_slice_any(desk_item_text(p, cue.a - 1), articles,
		sizeof articles / sizeof *articles) &&
	    desk_slice_any(
		word, adjectives, sizeof adjectives / sizeof *adjectives))
		return true;
	if (cue.b > 1 && is_passive(p, cue.b - 1) &&
	    desk_slice_any(word, given, sizeof given / sizeof *given))
		return true;
	if (desk_slice_any(word, said, sizeof said / sizeof *said))
		return desk_slice_any(desk_item_text(p, r.a), empty,
			   sizeof empty / sizeof *empty) &&
		       !subject(p, r);
	return desk_slice_any(word, kept, sizeof kept / sizeof *kept) &&
	       !clause(p, r) && !desk_item_is(p, r.b - 1, "innocence");
}

/* "Education: The town builds a school": what it is about, no speaker. */
static bool
label(const struct desk_paragraph *p, const struct desk_speech *s)
{
	struct desk_range cue = desk_items_of(p, s->cue);
	struct desk_range by = desk_items_of(p, s->speaker);
	if (s->kind != DESK_INDIRECT || by.a || by.b != cue.a ||
	    cue.b != cue.a + 1 || p->items[cue.a].sign != ':')
		return false;
	for (size_t i = by.a; i < by.b; i++) {
		const struct desk_item *it = &p->items[i];
		struct desk_slice w = desk_item_text(p, i);
		char word[16];
		size_t n = desk_fold(w.data, w.len, word, sizeof word);
		if (it->ent != DESK_NO_ENT || it->role ||
		    desk_is(it, DESK_W_ANON | DESK_W_PRON | DESK_W_TITLE) ||
		    w.data[w.len - 1] == 's' || desk_word_is_text(word, n) ||
		    it->shape == DESK_SHAPE_UPPER ||
		    (i > by.a && it->shape == DESK_SHAPE_CAP))
			return false;
	}
	return by.a < by.b;
}

/* "A gale warning is in place": a noun. */
static bool
noun(const struct desk_paragraph *p, const struct desk_speech *s)
{
	struct desk_range cue = desk_items_of(p, s->cue);
	return s->kind == DESK_INDIRECT && cue.b == cue.a + 1 &&
	       p->items[cue.a].cue & DESK_C_ING && cue.b < p->item_count &&
	       s->speaker.end && s->speaker.end <= s->cue.start &&
	       s->parts[0].start == p->items[cue.b].start &&
	       p->items[cue.b].word & DESK_W_AUX;
}

/* "stated this while opening the quay": what "this" is stands elsewhere. */
static bool
bare(const struct desk_paragraph *p, const struct desk_speech *s)
{
	struct desk_range r = desk_items_of(p, s->parts[0]);
	return s->kind == DESK_INDIRECT && s->part_count == 1 &&
	       r.b > r.a + 1 && desk_item_is(p, r.a, "this") &&
	       p->items[r.a + 1].word & (DESK_W_PREP | DESK_W_SUB);
}

/* "means what it says": one small word is nothing that was said. */
static bool
small(const struct desk_paragraph *p, const struct desk_speech *s)
{
	struct desk_range r = desk_items_of(p, s->parts[0]);
	if (s->part_count != 1 || r.a == r.b)
		return false;
	if (s->parts[0].end < s->cue.start && desk_item_is(p, r.b - 1, "what"))
		return true;
	return r.b == r.a + 1 &&
	       desk_is(&p->items[r.a],
		   DESK_W_WH | DESK_W_REL | DESK_W_SUB | DESK_W_CONJ);
}

/* "according to market needs": in line with them, and nobody says so. */
static bool
in_line(const struct desk_paragraph *p, const struct desk_speech *s)
{
	static const char *const rules[] = {"custom", "customs", "demand",
	    "demands", "law", "laws", "need", "needs", "plan", "procedure",
	    "protocol", "rule", "rules", "schedule", "size", "taste",
	    "tradition"};
	enum { PHRASE = 3 };
	struct desk_range cue = desk_items_of(p, s->cue);
	if (s->kind != DESK_INDIRECT || cue.a >= cue.b ||
	    !(p->items[cue.a].cue & DESK_C_ACC))
		return false;
	/* "according to how it was built" */
	if (cue.b < p->item_count && desk_is(&p->items[cue.b], DESK_W_WH))
		return true;
	if (s->parts[0].start > s->cue.start)
		return false;
	for (size_t i = cue.b; i < p->item_count && i < cue.b + PHRASE; i++)
		if (desk_slice_any(desk_item_text(p, i), rules,
			sizeof rules / sizeof *rules))
			return i + 1 == p->item_count ||
			       p->items[i + 1].shape == DESK_SHAPE_SIGN ||
			       desk_is(&p->items[i + 1], DESK_W_CLAUSE);
	return false;
}

bool
desk_unsaid(const struct desk_paragraph *p, const struct desk_speech *s)
{
	if (!s->part_count)
		return false;
	if (s->cue.start >= s->cue.end)
		return s->kind == DESK_INDIRECT;
	if (sum(p, s) || deed(p, s) || bare(p, s) || small(p, s) ||
	    in_line(p, s) || label(p, s) || noun(p, s) || unspoken(p, s))
		return true;
	struct desk_range cue = desk_items_of(p, s->cue);
	struct desk_range by = desk_items_of(p, s->speaker);
	return cue.b > cue.a + 1 && by.b == by.a + 1 &&
	       p->items[cue.a].word & DESK_W_DET &&
	       p->items[by.a].word & DESK_W_REL;
}
