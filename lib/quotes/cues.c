/*
 * cues.c - from cues to claims.
 *
 * A sentence is read from left to right.  At each cue its subject is looked
 * for before it or, inverted, behind it; then the content (content.c).  What a
 * claim has taken is not looked at again.
 */
#include "quotes/cues.h"

#include <string.h>

#include "core/error.h"
#include "quotes/dateline.h"
#include "quotes/phrases.h"
#include "quotes/reading.h"

enum { LABEL_REACH = 12, SUBJECT_REACH = 60 };

/* Whether a cue at i is one, by its neighbours. */
static bool
usable(const struct reading *r, size_t i)
{
	const struct desk_item *it = item(r, i);
	if (it->region || !it->cue || it->cue_len == 0)
		return false;
	if (i > r->s) {
		const struct desk_item *b = item(r, i - 1);
		/* "the report", "his claims", "to say" */
		if (b->word & (DESK_W_DET | DESK_W_POSS_DET | DESK_W_POSS) &&
		    !(b->word & DESK_W_PRON) && it->cue & DESK_C_NOUN)
			return false;
		if (desk_reading_is(r, i - 1, "to", 2) ||
		    (b->sign == '-' && !it->spaced && !b->region))
			return false;
		if (it->shape != DESK_SHAPE_LOWER && !(it->cue & DESK_C_ACC) &&
		    !quoted(r, i - 1))
			return false;
	}
	/* the passive: "is said to", "was asked" */
	if (i > r->s && !(it->cue & (DESK_C_ING | DESK_C_QUOTED)) &&
	    (desk_reading_is(r, i - 1, "was", 3) ||
		desk_reading_is(r, i - 1, "is", 2) ||
		desk_reading_is(r, i - 1, "been", 4) ||
		desk_reading_is(r, i - 1, "be", 2) ||
		desk_reading_is(r, i - 1, "were", 4) ||
		desk_reading_is(r, i - 1, "are", 3)))
		return false;
	return true;
}

/* The subject of a participle: that of the sentence. */
static struct desk_range
sentence_subject(struct reading *r, size_t c)
{
	if (r->subject.a < r->subject.b)
		return r->subject;
	size_t a = r->s;
	if (c > r->s + SUBJECT_REACH)
		c = r->s + SUBJECT_REACH;
	/* "When X went there and said": the clause's subject */
	if (a < c && item(r, a)->word & DESK_W_SUB && !item(r, a)->name)
		a++;
	for (int n = 0; n < 3 && a < c; n++) {
		struct desk_range np =
		    desk_phrase_first(r->p, (struct desk_range){a, c});
		if (np.a < np.b)
			return np;
		while (a < c && !sign(r, a, ','))
			a++;
		a++;
	}
	return (struct desk_range){r->s, r->s};
}

/* "was quoted by the agency as saying": the verb of the subject, or c. */
static size_t
quoted_as(const struct reading *r, size_t c)
{
	if (c <= r->s || !desk_reading_is(r, c - 1, "as", 2))
		return c;
	for (size_t i = c - 1; i > r->s && c - i < LABEL_REACH; i--)
		if (desk_reading_is(r, i, "quoted", 6) ||
		    desk_reading_is(r, i, "cited", 5))
			return i;
	return c;
}

/* Finds subject and extent of the cue. */
static bool
find_speaker(struct reading *r, struct cue *c)
{
	size_t to;
	size_t verb = c->classes & DESK_C_ING ? quoted_as(r, c->at) : c->at;
	c->from = c->at;
	c->to = c->end;
	if (c->classes & DESK_C_ING && verb == c->at) {
		c->speaker = sentence_subject(r, c->at);
		return c->speaker.a < c->speaker.b;
	}
	bool after_marks =
	    c->at > r->s &&
	    (quoted(r, c->at - 1) ||
		((sign(r, c->at - 1, ',') || sign(r, c->at - 1, '-')) &&
		    quoted(r, c->at - 2)));
	bool after_comma = c->at > r->s && sign(r, c->at - 1, ',');
	if (c->at == r->s || after_marks || after_comma) {
		struct desk_range np =
		    desk_phrase_after(r->p, c->end, r->e, &to);
		bool clean = np.a < np.b && np.a <= c->end + 2 &&
			     (after_marks || c->at == r->s ||
				 full_stop(r, to) || sign(r, to, ','));
		/* "Hill's lawyer, NAME, told the agency": she is told nothing
		 */
		clean &= after_marks || !(c->classes & DESK_C_OBJ);
		if (clean &&
		    (after_marks || item(r, np.a)->name ||
			item(r, np.a)->word & (DESK_W_TITLE | DESK_W_DET) ||
			c->at == r->s)) {
			c->speaker = np;
			c->inverted = true;
			c->to = to;
			return true;
		}
	}
	c->speaker = desk_phrase_before(r->p, r->free, verb, &c->from);
	if (c->speaker.a < c->speaker.b)
		return true;
	/* "X did this and said": the subject goes on */
	if (verb > r->s && (item(r, verb - 1)->word & DESK_W_CONJ ||
			       desk_is(item(r, verb - 1), DESK_W_ADV))) {
		c->speaker = sentence_subject(r, c->at);
		return c->speaker.a < c->speaker.b;
	}
	return false;
}

/* "X accused Y of doing Z", "X urged Y to do Z": the content is all that
 * follows. */
static bool
charge(struct reading *r, struct cue *c)
{
	const char *link = c->classes & DESK_C_OF ? "of" : "to";
	size_t of = c->end;
	while (of < r->e && of < c->end + LABEL_REACH &&
	       !desk_reading_is(r, of, link, 2) && !quoted(r, of) &&
	       !(item(r, of)->word & DESK_W_AUX))
		of++;
	if (!desk_reading_is(r, of, link, 2) || of == c->end ||
	    !find_speaker(r, c) || c->inverted)
		return false;
	size_t end = desk_content_end(r, of);
	desk_claim_part(desk_claim_add(r, c), c->end, end);
	r->free = end;
	return true;
}

/* "X called Y “…”": content only where marks show that words are X's. */
static bool
label(struct reading *r, struct cue *c)
{
	if (!find_speaker(r, c) || c->inverted)
		return false;
	size_t i = c->end, last = 0;
	for (; i < r->e && i < c->end + LABEL_REACH; i++) {
		if (quoted(r, i))
			last = i + 1;
		else if (last || full_stop(r, i) || sign(r, i, ',') ||
			 (item(r, i)->cue & DESK_C_SAY &&
			     !(item(r, i)->cue & (DESK_C_NOUN | DESK_C_ING))))
			break;
	}
	if (!last)
		return false;
	/* "an “impartial” mediation": the noun is what is named */
	if (last - 1 > c->end && item(r, last - 2)->word & DESK_W_DET)
		while (last < r->e && last < i + LABEL_REACH &&
		       item(r, last)->shape == DESK_SHAPE_LOWER &&
		       !item(r, last)->cue &&
		       !(item(r, last)->word &
			   ~(unsigned)(DESK_W_ANON | DESK_W_DAT)))
			last++;
	desk_claim_part(desk_claim_add(r, c), c->end, last);
	r->free = last;
	return true;
}

/* "said while prices rose, wages did not", "said in recent years, fans came":
 * whether what opens a clause stands behind a cue, and after its comma a
 * subject and a verb. */
static bool
fronted(const struct reading *r, size_t i)
{
	static const uint32_t none =
	    DESK_W_SUB | DESK_W_REL | DESK_W_CONJ | DESK_W_PREP | DESK_W_WH;
	size_t k = i + 1, subject;
	if (i + 4 >= r->e || !desk_is(item(r, i), DESK_W_SUB | DESK_W_PREP) ||
	    desk_is(item(r, i), DESK_W_TIME) || desk_reading_is(r, i, "to", 2))
		return false;
	while (k < r->e && k < i + LABEL_REACH && !sign(r, k, ',')) {
		if (quoted(r, k) || full_stop(r, k))
			return false;
		k++;
	}
	subject = ++k;
	if (k + 1 >= r->e || !sign(r, k - 1, ',') || quoted(r, k) ||
	    desk_is(item(r, k), none) || item(r, k)->cue)
		return false;
	while (k < r->e && k < subject + LABEL_REACH &&
	       item(r, k)->shape != DESK_SHAPE_SIGN && !quoted(r, k) &&
	       !desk_is(item(r, k), none | DESK_W_AUX | DESK_W_VERB))
		k++;
	return k > subject && k < r->e &&
	       desk_is(item(r, k), DESK_W_AUX | DESK_W_VERB);
}

/* Reads the cue at item i. */
static void
read_cue(struct reading *r, size_t i)
{
	struct cue c = {.at = i,
	    .end = i + item(r, i)->cue_len,
	    .classes = item(r, i)->cue};
	if (c.end > r->e)
		return;
	if (c.classes & DESK_C_ACC) {
		desk_content_source(r, &c);
		return;
	}
	bool request = c.classes & DESK_C_INF && c.classes & DESK_C_OBJ;
	if ((c.classes & DESK_C_OF || request) && charge(r, &c))
		return;
	if (c.classes & DESK_C_LABEL && label(r, &c))
		return;
	if (!(c.classes &
		(DESK_C_SAY | DESK_C_PUT | DESK_C_QUOTED | DESK_C_THAT)) ||
	    !find_speaker(r, &c))
		return;
	if (c.classes & (DESK_C_SAY | DESK_C_PUT | DESK_C_QUOTED) &&
	    (!(c.classes & DESK_C_ING) || quoted_as(r, c.at) != c.at))
		if (desk_content_before(r, &c))
			return;
	size_t before = r->claims->count;
	desk_content_after(r, &c);
	if (before == r->claims->count && c.classes & DESK_C_BARE &&
	    !c.inverted && fronted(r, c.end)) {
		size_t end = desk_content_end(r, c.end);
		desk_claim_part(desk_claim_add(r, &c), c.end, end);
		r->free = end;
	}
}

/* "The survey found that ...", "the judge ruled that ...": verbs that are cues
 * only before "that", which stands behind item i. */
static void
read_finding(struct reading *r, size_t i)
{
	static const char *const finds[] = {"advise", "advises", "agrees",
	    "boast", "boasts", "caution", "confirm", "confirms", "estimate",
	    "estimates", "fears", "finds", "found", "hint", "hints", "hopes",
	    "implies", "imply", "indicate", "lament", "mentioned", "recall",
	    "remark", "ruled", "showed", "shows", "speculate", "speculates",
	    "states", "suspect", "suspected", "suspects", "testifies",
	    "testify", "vow", "vows", "worried", "worries"};
	const struct desk_item *it = item(r, i);
	if (i == r->s || i + 2 >= r->e || it->region ||
	    !desk_slice_any(
		desk_item_text(r->p, i), finds, sizeof finds / sizeof *finds))
		return;
	/* "the states that voted" */
	struct desk_slice before = desk_item_text(r->p, i - 1);
	if (desk_reading_is(r, i, "states", 6) && !item(r, i - 1)->person &&
	    !desk_is(item(r, i - 1), DESK_W_HE | DESK_W_SHE | DESK_W_IT) &&
	    !desk_word_is_text(before.data, before.len))
		return;
	struct cue c = {
	    .at = i, .end = i + 1, .classes = DESK_C_SAY | DESK_C_THAT};
	if (!find_speaker(r, &c) || c.inverted)
		return;
	/* all of "the survey of towns published on Monday" */
	struct desk_range *by = &c.speaker;
	size_t end = i, k = by->b;
	while (
	    end > by->b && desk_is(item(r, end - 1), DESK_W_ADV | DESK_W_AUX))
		end--;
	while (k < end && item(r, k)->shape != DESK_SHAPE_SIGN)
		k++;
	struct desk_slice first = desk_item_text(r->p, by->a);
	bool verb = item(r, by->a)->shape == DESK_SHAPE_LOWER &&
		    first.len > 3 &&
		    !memcmp(first.data + first.len - 2, "ed", 2);
	if (verb ||
	    desk_is(item(r, by->a), DESK_W_REL | DESK_W_SUB | DESK_W_WH) ||
	    (by->a > r->s && desk_is(item(r, by->a - 1), DESK_W_REL)))
		return;
	by->b = k == end ? end : by->b;
	desk_content_after(r, &c);
}

/* "Rents rose by a third, official figures show." */
static void
read_shown(struct reading *r, size_t i)
{
	static const char *const shows[] = {
	    "indicate", "indicated", "show", "showed", "shows", "suggest"};
	static const char *const texts[] = {"data", "documents", "emails",
	    "figures", "filings", "records", "reports", "polls", "statistics",
	    "studies", "surveys"};
	const struct desk_item *it = item(r, i);
	if (i < r->s + 3 || !full_stop(r, i + 1) || it->region ||
	    !desk_slice_any(
		desk_item_text(r->p, i), shows, sizeof shows / sizeof *shows) ||
	    !desk_slice_any(desk_item_text(r->p, i - 1), texts,
		sizeof texts / sizeof *texts))
		return;
	struct cue c = {.at = i, .end = i + 1, .classes = DESK_C_SAY};
	if (find_speaker(r, &c) && !c.inverted)
		desk_content_before(r, &c);
}

/* Whether a part of the claims from *k on holds item i.  Parts are in order, so
 * what lies before is passed for good. */
static bool
taken(const struct reading *r, size_t *k, size_t *n, size_t i)
{
	for (; *k < r->claims->count; ++*k, *n = 0)
		for (; *n < r->claims->list[*k].part_count; ++*n) {
			struct desk_range part = r->claims->list[*k].parts[*n];
			if (i < part.b)
				return i >= part.a;
		}
	return false;
}

/* "“...,” states the report": who says marked speech that ends before item i by
 * a verb that is a cue only there; or nothing. */
static struct desk_range
inverted(const struct reading *r, size_t i)
{
	static const char *const verbs[] = {"boasts", "jokes", "laments",
	    "marvels", "muses", "quips", "recalls", "recounts", "states",
	    "vows"};
	struct desk_range none = {r->s, r->s};
	size_t to;
	i += sign(r, i, ',');
	if (i + 1 >= r->e || !desk_slice_any(desk_item_text(r->p, i), verbs,
				 sizeof verbs / sizeof *verbs))
		return none;
	return desk_phrase_after(r->p, i + 1, r->e, &to);
}

/* The name that owns marked speech [i, end) without a verb: "NAME: “…”" or
 * "“…” - NAME". */
static struct desk_range
owner(const struct reading *r, size_t i, size_t end)
{
	struct desk_range name = {r->s, r->s};
	if (sign(r, i - 1, ':') && i > r->s + 1 && i < r->s + 8) {
		size_t a = i - 1;
		while (a > r->s && item(r, a - 1)->name)
			a--;
		if (a == r->s && a < i - 1)
			return (struct desk_range){a, i - 1};
	}
	if (sign(r, end, '-')) {
		size_t b = end + 1;
		while (sign(r, b, '-'))
			b++;
		size_t a = b;
		while (b < r->e && b < a + 6 &&
		       (item(r, b)->name || sign(r, b, '.')))
			b++;
		if (b > a && (b == r->e || sign(r, b, ',')))
			return (struct desk_range){a, b};
	}
	return name;
}

/* Speech in marks that no cue claimed. */
static void
leftovers(struct reading *r, size_t first)
{
	size_t k = first, n = 0, claimed = r->claims->count;
	for (size_t i = r->s; i < r->e; i++) {
		if (!quoted(r, i))
			continue;
		size_t end = desk_stretch_end(r, i);
		if (k < claimed && taken(r, &k, &n, i)) {
			i = end - 1;
			continue;
		}
		struct desk_range range = {i, end};
		size_t words = desk_range_words(r->p, range, true);
		bool sentence = i == r->s && full_stop(r, end);
		struct desk_range by = inverted(r, end);
		bool verb = by.a < by.b;
		struct desk_range name = verb ? by : owner(r, i, end);
		if (verb || (name.a < name.b && words > 2)) {
			struct desk_claim *fresh = desk_claim_add(r, NULL);
			desk_claim_part(fresh, i, end);
			if (fresh)
				fresh->speaker = name;
			if (fresh && verb)
				fresh->cue =
				    (struct desk_range){by.a - 1, by.a};
			i = end - 1;
			continue;
		}
		if (words >= (sentence ? 2 : 8) &&
		    (!sentence || stops(desk_inner_sign(r, end - 1)) ||
			words > 7)) {
			struct desk_claim *fresh = desk_claim_add(r, NULL);
			desk_claim_part(fresh, i, end);
			if (fresh)
				fresh->alone = i == r->s;
		}
		i = end - 1;
	}
}

int
desk_cues_find(struct desk_claims *claims, const struct desk_paragraph *p,
    size_t s, size_t e, struct desk_arena *arena, struct desk_error *error)
{
	size_t first = claims->count;
	struct reading r = {.p = p,
	    .claims = claims,
	    .s = s,
	    .e = e,
	    .free = s,
	    .arena = arena};
	r.s = r.free = s = desk_dateline(p, s, e);
	for (size_t i = s; i < e && !r.failed; i++)
		if (i >= r.free && usable(&r, i))
			read_cue(&r, i);
		else if (i >= r.free && i + 1 < e &&
			 p->items[i + 1].word & DESK_W_THAT)
			read_finding(&r, i);
		else if (i >= r.free && i + 2 >= e)
			read_shown(&r, i);
	leftovers(&r, first);
	return r.failed ? desk_fail_memory(error) : 0;
}
