/*
 * content.c - what is said, given the cue and its subject.
 *
 * Behind the cue ("X said that ...", "X said: “...”"), before the subject
 * ("..., X said") or beside a source ("according to X").  Ends are told from
 * what follows: another cue, a clause with a speaker of its own, the end of
 * the sentence.
 */
#include <string.h>

#include "quotes/phrases.h"
#include "quotes/reading.h"

enum { CONTENT_WORDS = 4 };

/* Whether a sentence begins at item i without a stop before it. */
static bool
restarts(const struct reading *r, size_t i)
{
	const struct desk_item *it = item(r, i);
	return it->shape == DESK_SHAPE_CAP && !it->name && !it->region;
}

/* Whether a cue with its own subject, and no more, ends the clause after the
 * comma at i: "CONTENT, he added." */
static bool
trailing(const struct reading *r, size_t i)
{
	for (size_t j = i + 1; j < r->e && j < i + 9; j++) {
		const struct desk_item *it = item(r, j);
		if (it->region)
			return false;
		if (it->cue & DESK_C_SAY && !(it->cue & DESK_C_ING)) {
			size_t next = j + it->cue_len;
			return j > i + 1 &&
			       (item(r, r->s)->word & DESK_W_SUB ||
				   full_stop(r, next) || sign(r, next, ',') ||
				   item(r, next)->word & DESK_W_TIME ||
				   restarts(r, next));
		}
		if (it->sign == ',' ||
		    it->word & (DESK_W_VERB | DESK_W_THAT | DESK_W_SUB))
			return false;
	}
	return false;
}

/* Whether a new clause was glued on at item j: "... a yearBrook said". */
static bool
glued_clause(const struct reading *r, size_t j)
{
	if (!desk_item_glued(r->p, j) || !item(r, j)->name)
		return false;
	for (size_t k = j + 1; k < r->e && k < j + 6; k++) {
		if (item(r, k)->cue & DESK_C_SAY && !item(r, k)->region)
			return true;
		if (!item(r, k)->name && !(item(r, k)->word & DESK_W_ADV))
			return false;
	}
	return false;
}

/* Where content that begins at i ends. */
size_t
desk_content_end(const struct reading *r, size_t i)
{
	for (size_t j = i + 1; j < r->e; j++) {
		const struct desk_item *it = item(r, j);
		if (sign(r, j, ';') || glued_clause(r, j))
			return j;
		if (sign(r, j, ',') && j + 1 < r->e) {
			if (desk_is(item(r, j + 1), DESK_W_TURN) &&
			    !item(r, j + 1)->region)
				return j;
			unsigned next =
			    item(r, j + 1)->region ? 0 : item(r, j + 1)->cue;
			if (next & (DESK_C_ACC | DESK_C_NOUN) ||
			    (next & DESK_C_ING &&
				next & (DESK_C_SAY | DESK_C_LABEL)) ||
			    trailing(r, j))
				return j;
		}
		if (it->word & DESK_W_CONJ && j + 1 < r->e && !it->region) {
			const struct desk_item *n = item(r, j + 1);
			unsigned next = n->region ? 0 : n->cue;
			if (desk_is(n, DESK_W_ADV) && j + 2 < r->e &&
			    !n->region)
				next = item(r, j + 2)->region
					   ? 0
					   : item(r, j + 2)->cue;
			bool own = desk_is(n, DESK_W_PRON) && !n->region &&
				   sign(r, j - 1, ',');
			if (own && j + 2 < r->e && !item(r, j + 2)->region)
				next = item(r, j + 2)->cue;
			if (next & (DESK_C_SAY | DESK_C_LABEL) &&
			    !(next & DESK_C_BASE))
				return sign(r, j - 1, ',') ? j - 1 : j;
		}
		if (it->cue & DESK_C_ACC && !it->region)
			return j;
	}
	return r->e;
}

/* Whether "..., doing something" begins at item j behind a comma. */
static bool
participle(const struct reading *r, size_t j)
{
	const struct desk_item *it = item(r, j);
	const char *end = r->p->text.data + it->end;
	return sign(r, j - 1, ',') && !it->region && !it->name &&
	       it->shape == DESK_SHAPE_LOWER && it->end - it->start > 4 &&
	       !memcmp(end - 3, "ing", 3);
}

/* "that" within reach of i, before anything that ends the clause; or e. */
static size_t
find_that(const struct reading *r, size_t i)
{
	size_t commas = 0;
	for (size_t j = i; j < r->e && j < i + DESK_NEAR; j++) {
		const struct desk_item *it = item(r, j);
		if (it->region || full_stop(r, j) || sign(r, j, ':'))
			return r->e;
		if (it->word & DESK_W_THAT)
			return j;
		commas += sign(r, j, ',');
		if (commas > 2 || (j > i && participle(r, j)) ||
		    (it->word & (DESK_W_AUX | DESK_W_VERB | DESK_W_PRON) &&
			j > i && !it->name))
			return r->e;
	}
	return r->e;
}

/* Past the addressee of "told". */
static size_t
skip_addressee(const struct reading *r, size_t i)
{
	if (i >= r->e)
		return i;
	const struct desk_item *it = item(r, i);
	if (it->region || it->word & (DESK_W_WH | DESK_W_THAT))
		return i;
	if (it->word & (DESK_W_PRON | DESK_W_DAT | DESK_W_POSS_DET) &&
	    (it->word & DESK_W_PRON || it->word & DESK_W_DAT))
		return i + 1;
	if (it->name) {
		while (i < r->e && item(r, i)->name && !item(r, i)->region)
			i++;
		if (i < r->e && item(r, i)->word & DESK_W_POSS)
			while (++i < r->e && item(r, i)->name)
				;
		return i;
	}
	struct desk_range np = desk_phrase_first(
	    r->p, (struct desk_range){i, r->e < i + 6 ? r->e : i + 6});
	return np.a == i ? np.b : i;
}

/* "there is", which begins a clause. */
static bool
existential(const struct reading *r, size_t i)
{
	return desk_reading_is(r, i, "there", 5) && i + 1 < r->e &&
	       item(r, i + 1)->word & (DESK_W_AUX | DESK_W_POSS);
}

/* Past adverbs, times and phrases like "in a statement on Monday". */
static size_t
skip_adverbials(const struct reading *r, size_t i)
{
	size_t start = i;
	while (i < r->e && i < start + DESK_FAR && !quoted(r, i)) {
		const struct desk_item *it = item(r, i);
		if (existential(r, i))
			break;
		if (it->word & (DESK_W_TIME | DESK_W_ADV) && !it->name) {
			i++;
		} else if (it->word & DESK_W_PREP && !it->name &&
			   !(desk_reading_is(r, i, "to", 2) && i == start)) {
			i++;
			while (
			    i < r->e && i < start + DESK_FAR && !quoted(r, i) &&
			    item(r, i)->word & (DESK_W_DET | DESK_W_POSS_DET))
				i++;
			while (i < r->e && i < start + DESK_FAR &&
			       !quoted(r, i) &&
			       !(item(r, i)->word &
				   (DESK_W_DET | DESK_W_PREP | DESK_W_PRON |
				       DESK_W_AUX | DESK_W_VERB |
				       DESK_W_POSS_DET | DESK_W_CONJ)) &&
			       (item(r, i)->shape != DESK_SHAPE_SIGN ||
				   (item(r, i)->sign == '-' &&
				       !item(r, i)->spaced)))
				i++;
		} else {
			break;
		}
	}
	return i;
}

/* Whether a named speaker with a cue of his own stands right behind the marked
 * speech that ends before item i: "... and said: “...,” NAME said." */
static bool
spoken_for(const struct reading *r, size_t i)
{
	bool name = false;
	if (desk_inner_sign(r, i - 1) != ',')
		return false;
	for (size_t j = i; j < r->e && j < i + DESK_NEAR; j++) {
		const struct desk_item *it = item(r, j);
		if (it->region || full_stop(r, j) || sign(r, j, ':'))
			return false;
		if (it->cue & DESK_C_SAY && !(it->cue & DESK_C_ING))
			return name && !quoted(r, j + it->cue_len);
		name |= it->person;
	}
	return false;
}

/* Takes marked speech at i as content: the stretch, or the clause that it is
 * a part of. */
static void
take_marked(struct reading *r, const struct cue *c, size_t i)
{
	size_t end = desk_stretch_end(r, i);
	bool whole = stops(desk_inner_sign(r, end - 1)) || full_stop(r, end) ||
		     (desk_capital_inside(r, i) && i > r->s &&
			 (sign(r, i - 1, ',') || sign(r, i - 1, ':')));
	struct desk_claim *fresh = desk_claim_add(r, c);
	if (!whole)
		end = desk_content_end(r, i);
	desk_claim_part(fresh, i, end);
	r->free = end;
}

static bool
clause_like(const struct reading *r, size_t a, size_t b)
{
	struct desk_range range = {a, b};
	return desk_range_words(r->p, range, false) >= CONTENT_WORDS &&
	       (item(r, a)->word & DESK_W_PRON ||
		   desk_range_words(r->p, range, true) > 1 ||
		   desk_phrase_verb(r->p, range));
}

/* Whether a clause without "that" may begin at i behind the cue: for verbs that
 * take one often, or where a subject and a verb are to be seen. */
static bool
bare(const struct reading *r, const struct cue *c, size_t i)
{
	if (c->classes & DESK_C_BARE)
		return true;
	if (!(c->classes & DESK_C_THAT))
		return false;
	if (item(r, i)->word & DESK_W_PRON)
		return true;
	for (size_t j = i + 1; j < r->e && j < i + 6; j++) {
		if (item(r, j)->word & DESK_W_AUX && !item(r, j)->region)
			return true;
		if (item(r, j)->word & (DESK_W_PREP | DESK_W_REL) ||
		    sign(r, j, ','))
			return false;
	}
	return false;
}

/* Speech is to follow in the next paragraph: "X said:". */
static bool
announced(struct reading *r, const struct cue *c, size_t i)
{
	if (i + 1 != r->e || !sign(r, i, ':') || c->inverted)
		return false;
	desk_claim_add(r, c);
	r->free = r->e;
	return true;
}

/* Whether the cue's subject stands right behind the last claim: then it has
 * its content there. */
static bool
behind(const struct reading *r, const struct cue *c)
{
	return r->free > r->s && c->from <= r->free + 1 &&
	       sign(r, r->free, ',');
}

/* "As X said, CONTENT", with the comma at item j. */
static bool
introduced(struct reading *r, const struct cue *c, size_t j)
{
	if (c->from != r->s + 1 || !desk_reading_is(r, r->s, "as", 2) ||
	    !sign(r, j, ',') || !clause_like(r, j + 1, r->e))
		return false;
	size_t end = desk_content_end(r, j + 1);
	desk_claim_part(desk_claim_add(r, c), j + 1, end);
	r->free = end;
	return true;
}

/* Content behind the cue. */
bool
desk_content_after(struct reading *r, struct cue *c)
{
	size_t i = c->inverted ? c->to : c->end;
	if (c->classes & DESK_C_OBJ && !c->inverted)
		i = skip_addressee(r, i);
	if (quoted(r, i) && !desk_titled(r, i)) {
		take_marked(r, c, i);
		return true;
	}
	size_t that = find_that(r, i);
	if (that < r->e && c->classes & DESK_C_THAT &&
	    desk_range_words(r->p, (struct desk_range){that, r->e}, false) >
		3) {
		size_t end = desk_content_end(r, that);
		desk_claim_part(desk_claim_add(r, c), that, end);
		r->free = end;
		return true;
	}
	size_t j = skip_adverbials(r, i);
	bool pause = sign(r, j, ',') || sign(r, j, ':') || sign(r, j, '-');
	if (pause && quoted(r, j + 1)) {
		if (sign(r, j, ':') &&
		    spoken_for(r, desk_stretch_end(r, j + 1)))
			return false;
		take_marked(r, c, j + 1);
		return true;
	}
	if (quoted(r, j)) {
		take_marked(r, c, j);
		return true;
	}
	if (announced(r, c, j))
		return true;
	if (introduced(r, c, j))
		return true;
	if (j >= r->e || full_stop(r, j) || sign(r, j, ','))
		return false;
	bool colon = sign(r, j, ':');
	bool fits =
	    (bare(r, c, j) && !desk_reading_is(r, j, "to", 2) &&
		!(item(r, j)->word &
		    (DESK_W_AUX | DESK_W_CONJ | DESK_W_SUB | DESK_W_PREP))) ||
	    (c->classes & DESK_C_ASK && item(r, j)->word & DESK_W_WH) ||
	    (c->classes & DESK_C_INF && desk_reading_is(r, j, "to", 2)) ||
	    colon;
	if (!fits || c->inverted || (!colon && restarts(r, j) && behind(r, c)))
		return false;
	size_t start = colon ? j + 1 : j, end = desk_content_end(r, start);
	if (!(c->classes & (DESK_C_INF | DESK_C_BARE)) &&
	    !clause_like(r, start, end))
		return false;
	if (c->classes & DESK_C_BARE &&
	    desk_range_words(r->p, (struct desk_range){start, end}, false) <
		CONTENT_WORDS)
		return false;
	desk_claim_part(desk_claim_add(r, c), start, end);
	r->free = end;
	return true;
}

/* More speech of the same turn behind "…," X said, "…". */
static void
more_marked(struct reading *r, struct desk_claim *fresh, size_t i)
{
	for (size_t n = 0; i < r->e && n < DESK_FAR; i++, n++) {
		if (quoted(r, i)) {
			if (sign(r, i - 1, ',') || sign(r, i - 1, ':') ||
			    sign(r, i - 1, '-')) {
				size_t end = desk_stretch_end(r, i);
				desk_claim_part(fresh, i, end);
				r->free = end;
			}
			return;
		}
		if (item(r, i)->cue & DESK_C_SAY)
			return;
	}
}

/* The stretches before item end, with the clause that they end. */
static bool
marked_before(struct reading *r, struct cue *c, size_t a, size_t end)
{
	size_t q = end - 1;
	while (q > a && quoted(r, q - 1))
		q--;
	size_t words =
	    desk_range_words(r->p, (struct desk_range){q, end}, true);
	bool speech = (stops(desk_inner_sign(r, end - 1)) || end < c->from ||
			  words > 4) &&
		      !desk_titled(r, q);
	if (!speech)
		return false;
	bool lead = a < q && !desk_capital_inside(r, q) &&
		    !sign(r, q - 1, ':') && a == r->s;
	struct desk_claim *fresh = desk_claim_add(r, c);
	desk_claim_part(fresh, lead ? a : q, end);
	r->free = c->to;
	more_marked(r, fresh, c->to);
	return true;
}

/* The clause [a, end) before the subject, and what follows the cue: "CONTENT, X
 * said, CONTENT." */
static bool
clause_before(
    struct reading *r, struct cue *c, size_t a, size_t end, bool glued)
{
	size_t next = c->to;
	bool comma_after = sign(r, next, ',');
	bool ends =
	    full_stop(r, next) ||
	    (next < r->e && item(r, next)->word &
				(DESK_W_TIME | DESK_W_PREP | DESK_W_DAT)) ||
	    (c->classes & DESK_C_OBJ && next < r->e &&
		(item(r, next)->word & DESK_W_POSS_DET ||
		    item(r, next)->name)) ||
	    comma_after;
	/* "It was, she said, a long winter." */
	bool inserted = comma_after && c->from > a &&
			sign(r, c->from - 1, ',') && !quoted(r, next + 1) &&
			c->from < a + DESK_NEAR &&
			desk_range_words(r->p,
			    (struct desk_range){next + 1, r->e}, false) > 2;
	if (!ends || a != r->s || (comma_after && quoted(r, next + 1)) ||
	    (!glued && !inserted && !clause_like(r, a, end) &&
		desk_range_words(r->p, (struct desk_range){a, end}, false) <=
		    CONTENT_WORDS))
		return false;
	if (item(r, a)->word & (DESK_W_PREP | DESK_W_SUB) &&
	    !(item(r, a)->word & DESK_W_PRON) && !comma_after &&
	    !full_stop(r, next))
		return false;
	if (find_that(r, next) < r->e && !comma_after)
		return false;
	struct desk_claim *fresh = desk_claim_add(r, c);
	desk_claim_part(fresh, a, end);
	r->free = next;
	if (comma_after && next + 2 < r->e && !c->inverted &&
	    !(item(r, next + 1)->cue & DESK_C_ING) &&
	    !(item(r, next + 1)->word & (DESK_W_REL | DESK_W_SUB)) &&
	    desk_range_words(r->p, (struct desk_range){next + 1, r->e}, false) >
		2) {
		size_t stop = desk_content_end(r, next + 1);
		desk_claim_part(fresh, next + 1, stop);
		r->free = stop;
	}
	return true;
}

/* Content before the subject: "CONTENT, X said." */
bool
desk_content_before(struct reading *r, struct cue *c)
{
	if (!c->inverted && c->from > r->free) {
		size_t from = desk_phrase_reach(r->p, r->free, c->from);
		if (from < c->from) {
			c->from = from;
			c->speaker = desk_phrase_first(
			    r->p, (struct desk_range){from, c->at});
		}
	}
	size_t end = c->from, a = r->free;
	while (end > a && (sign(r, end - 1, ',') || sign(r, end - 1, '-')))
		end--;
	bool glued = desk_item_glued(r->p, end);
	bool paused =
	    end < c->from || glued || (end > r->s && quoted(r, end - 1));
	while (a < end && (sign(r, a, ',') || sign(r, a, '-')))
		a++;
	if (end <= a || !paused)
		return false;
	return quoted(r, end - 1) ? marked_before(r, c, a, end)
				  : clause_before(r, c, a, end, glued);
}

/* Whether the clause at i tells what a person said: his words are wanted, not
 * that somebody reports them. */
static bool
relays(const struct reading *r, size_t i)
{
	for (bool name = false; i < r->e; i++) {
		const struct desk_item *it = item(r, i);
		if (it->cue & DESK_C_SAY && !it->region)
			return name && it->cue & DESK_C_BARE;
		if (it->region || !(it->name || it->word & DESK_W_TITLE))
			return false;
		name |= it->person;
	}
	return false;
}

/* "According to X, CONTENT" and "CONTENT, according to X". */
bool
desk_content_source(struct reading *r, struct cue *c)
{
	size_t to;
	c->speaker = desk_phrase_after(r->p, c->end, r->e, &to);
	if (c->speaker.a == c->speaker.b)
		return false;
	size_t end = c->at, a = r->free;
	while (end > a && (sign(r, end - 1, ',') || sign(r, end - 1, '-')))
		end--;
	while (a < end && (sign(r, a, ',') || sign(r, a, '-')))
		a++;
	bool first = end <= a || desk_range_words(r->p,
				     (struct desk_range){a, end}, false) < 3;
	if (!first) {
		if (r->free != r->s)
			return false;
		desk_claim_part(desk_claim_add(r, c), a, end);
		r->free = to;
		return true;
	}
	size_t i = to;
	while (i < r->e && !sign(r, i, ',') && i < to + DESK_FAR)
		i++;
	if (!sign(r, i, ','))
		return false;
	i++;
	if (quoted(r, i)) {
		take_marked(r, c, i);
		return true;
	}
	size_t stop = desk_content_end(r, i);
	if (r->e < i + CONTENT_WORDS)
		return false;
	if (relays(r, i)) {
		r->free = i;
		return true;
	}
	desk_claim_part(desk_claim_add(r, c), i, stop);
	r->free = stop;
	return true;
}
