/*
 * names.c - candidates for names: where they begin and end.
 *
 * First a run is gathered: capitalised words and what may stand between them
 * ("of" behind the head of an organisation, particles, hyphens).  Then the run
 * is cut up from the left: titles and small words fall away, a people or place
 * before a title is a name of its own, two known names side by side are two.
 */
#include "entities/names.h"

enum { RUN_MAX = 24 };

static bool
has(const struct desk_segment *seg, size_t i, uint32_t bits)
{
	return i < seg->count && seg->words[i].bits & bits;
}

static bool
listed(const struct desk_segment *seg, size_t i, enum desk_phrase phrase)
{
	return i < seg->count && seg->words[i].phrase == phrase;
}

static bool
known_place(const struct desk_segment *seg, size_t i)
{
	uint8_t phrase = seg->words[i].phrase;
	return (phrase >= PHRASE_CITY && phrase <= PHRASE_PLACE) ||
	       phrase == PHRASE_ACRONYM_PLACE;
}

/* Names that stand for themselves when glued or hyphened to another. */
static bool
whole_name(const struct desk_segment *seg, size_t i)
{
	return known_place(seg, i) || has(seg, i, WORD_NATION | WORD_GROUP) ||
	       listed(seg, i, PHRASE_ORG) || listed(seg, i, PHRASE_ACRONYM_ORG);
}

static bool
is_word(const struct desk_segment *seg, size_t i, const char *word)
{
	size_t n = 0;
	if (i >= seg->count)
		return false;
	const struct desk_token *t = &seg->tokens[i];
	for (const char *s = seg->text.data + t->start; word[n]; n++)
		if (t->start + n >= t->end || (s[n] | 0x20) != word[n])
			return false;
	return t->start + n == t->end;
}

/* A capitalised word that a run can go on with. */
static bool
goes_on(const struct desk_segment *seg, size_t i)
{
	return has(seg, i, WORD_CAP) && !(seg->words[i].bits & WORD_BREAK);
}

/* How a run goes on behind its last word, at token i: the token after the next
 * word, or i where it ends. */
static size_t
extend(const struct desk_segment *seg, size_t last, size_t i, bool *head_of)
{
	if (seg->words[last].bits & WORD_GLUED || i >= seg->count)
		return i;
	bool spaced = seg->tokens[i].spaced;
	if (goes_on(seg, i))
		return spaced || !(whole_name(seg, last) || whole_name(seg, i))
			   ? i + 1
			   : i;
	if (has(seg, i, WORD_BREAK))
		return i;
	if (!spaced && desk_token_is(seg, i, '-') && goes_on(seg, i + 1) &&
	    !seg->tokens[i + 1].spaced)
		return whole_name(seg, last) && whole_name(seg, i + 1) ? i
								       : i + 2;
	if (desk_token_is(seg, i, '&') && goes_on(seg, i + 1))
		return known_place(seg, last) && known_place(seg, i + 1)
			   ? i
			   : i + 2;
	uint32_t head =
	    WORD_ORG_HEAD | WORD_PLACE_HEAD | WORD_MISC_HEAD | WORD_PLACE_LEAD;
	bool of = is_word(seg, i, "of") && has(seg, last, head);
	bool to = (is_word(seg, i, "for") || is_word(seg, i, "on")) &&
		  has(seg, last, WORD_ORG_HEAD);
	if (of || to) {
		size_t next = i + 1 + is_word(seg, i + 1, "the");
		*head_of = true;
		return goes_on(seg, next) && !has(seg, next, WORD_CALENDAR)
			   ? next + 1
			   : i;
	}
	if (*head_of && is_word(seg, i, "and") && goes_on(seg, i + 1) &&
	    ((!whole_name(seg, i + 1) && !has(seg, i + 1, WORD_PERSON)) ||
		(has(seg, i + 1, WORD_NATION) && goes_on(seg, i + 2))))
		return i + 2;
	/* Particles: "Ursula von der Leyen", "Bashar al-Assad". */
	for (size_t n = i; n < i + 3 && has(seg, n, WORD_PARTICLE); n++) {
		size_t next = n + 1;
		if (desk_token_is(seg, next, '-') && !seg->tokens[next].spaced)
			next++;
		if (goes_on(seg, next) && !has(seg, next, WORD_CALENDAR))
			return next + 1;
	}
	return i;
}

/* The end of the run that begins at token i. */
static size_t
run_end(const struct desk_segment *seg, size_t i)
{
	size_t at = i + 1;
	bool head_of = false;
	while (at - i < RUN_MAX) {
		const struct desk_word *last = &seg->words[at - 1];
		if (last->phrase_len > 1) {
			at += last->phrase_len - 1u;
			continue;
		}
		size_t next = extend(seg, at - 1, at, &head_of);
		if (next == at)
			break;
		at = next;
	}
	return at;
}

/* Whether a title at token i is one, and not the begin of an organisation's
 * name ("Justice Department"). */
static size_t
title_at(const struct desk_segment *seg, size_t i, size_t end)
{
	size_t len = 0;
	if (listed(seg, i, PHRASE_TITLE))
		len = seg->words[i].phrase_len;
	else if (has(seg, i, WORD_TITLE) && !listed(seg, i, PHRASE_ORG) &&
		 !known_place(seg, i))
		len = 1;
	if (!len)
		return 0;
	size_t next = i + len;
	if (next < end && has(seg, next, WORD_ORG_HEAD | WORD_MISC_HEAD) &&
	    !has(seg, next, WORD_TITLE | WORD_PERSON))
		return 0;
	return next <= end ? len : 0;
}

/* Whether the document or the lists know a word as a name: what counts in a
 * headline. */
static bool
known_name(const struct desk_name_reader *r, size_t i)
{
	const struct desk_segment *seg = r->segment;
	const struct desk_fact *fact =
	    desk_context_find(r->context, seg->words[i].key);
	if (fact && fact->mid > fact->lower)
		return true;
	if (has(seg, i, WORD_FUNCTION) || (fact && fact->lower))
		return false;
	return whole_name(seg, i) ||
	       has(seg, i, WORD_GIVEN | WORD_FAMILY | WORD_FIRST | WORD_LAST) ||
	       listed(seg, i, PHRASE_MISC);
}

/* Whether a token of a run cannot belong to a name. */
static bool
no_name(const struct desk_name_reader *r, size_t i)
{
	const struct desk_segment *seg = r->segment;
	uint32_t bits = seg->words[i].bits;
	if (!(bits & WORD_CAP) || seg->words[i].phrase_len > 1)
		return !(bits & WORD_CAP);
	if (bits & WORD_CALENDAR)
		return true;
	if (bits & WORD_FUNCTION && !known_place(seg, i))
		return true;
	return bits & WORD_HEADLINE && !known_name(r, i);
}

/* Where a name that begins at token i of a run ends. */
static size_t
name_end(const struct desk_name_reader *r, size_t i)
{
	const struct desk_segment *seg = r->segment;
	size_t at =
	    i + (seg->words[i].phrase_len > 1 ? seg->words[i].phrase_len : 1);
	bool single = at == i + 1;
	if (at >= r->run)
		return r->run;
	/* "Chinese President ...", "US Secretary of State ...": two names. */
	bool apart =
	    has(seg, i, WORD_NATION | WORD_GROUP) || known_place(seg, i);
	if (apart && title_at(seg, at, r->run))
		return at;
	if (apart && has(seg, i, WORD_NATION | WORD_GROUP) && single &&
	    has(seg, at, WORD_FIRST | WORD_GIVEN) &&
	    !has(seg, at, WORD_ORG_HEAD | WORD_MISC_HEAD))
		return at;
	while (at < r->run) {
		uint32_t bits = seg->words[at].bits;
		if (bits & WORD_CALENDAR && bits & WORD_CAP &&
		    !(at == i + 1 && has(seg, i, WORD_FIRST | WORD_GIVEN)))
			break;
		if (bits & WORD_HEADLINE && bits & WORD_CAP && no_name(r, at))
			break;
		size_t title = title_at(seg, at, r->run);
		if (title && at + title < r->run && title > 1)
			break;
		at += bits & WORD_CAP && seg->words[at].phrase_len > 1
			  ? seg->words[at].phrase_len
			  : 1;
	}
	if (at > r->run)
		at = r->run;
	/* What was joined on must be followed by a word. */
	while (at > i + 1 && !has(seg, at - 1, WORD_CAP) &&
	       seg->words[i].phrase_len < at - i)
		at--;
	return at;
}

/* Drops from the front of a run what cannot begin a name; true where one
 * begins. */
static bool
drop_front(struct desk_name_reader *r)
{
	const struct desk_segment *seg = r->segment;
	while (r->at < r->run) {
		size_t title = title_at(seg, r->at, r->run);
		const struct desk_word *word = &seg->words[r->at];
		bool capital = word->bits & WORD_CAP;
		if (title && capital && r->at + title < r->run) {
			r->titled = true;
			r->at += title;
		} else if (no_name(r, r->at)) {
			r->titled = false;
			r->before = LABEL_NONE;
			r->at++;
		} else if (word->bits & WORD_START && r->at + 1 < r->run &&
			   word->phrase_len < 2 &&
			   !(word->bits & (WORD_KNOWN | WORD_UPPER)) &&
			   word->phrase == PHRASE_NONE) {
			/* "Lawmaker John": lower case elsewhere; "Tiny
			 * Malta": what follows is all of a name. */
			const struct desk_fact *fact =
			    desk_context_find(r->context, word->key);
			const struct desk_word *next = word + 1;
			bool whole =
			    known_place(seg, r->at + 1) &&
			    r->at + 1 + next->phrase_len == r->run &&
			    !(word->bits & (WORD_PLACE_LEAD | WORD_DIRECTION));
			if (!fact || fact->mid || (!fact->lower && !whole))
				return true;
			r->at++;
		} else {
			return true;
		}
	}
	return false;
}

bool
desk_name_next(struct desk_name_reader *r, bool settled, struct desk_name *name)
{
	const struct desk_segment *seg = r->segment;
	for (;;) {
		if (r->at < r->run && drop_front(r))
			break;
		while (r->at < seg->count && !has(seg, r->at, WORD_CAP))
			r->at++;
		if (r->at >= seg->count)
			return false;
		r->run = run_end(seg, r->at);
		r->titled = false;
		r->before = LABEL_NONE;
	}
	name->from = r->at;
	name->to = name_end(r, r->at);
	name->titled = r->titled;
	name->of_place = r->before != LABEL_NONE;
	name->key = desk_name_key(seg, name->from, name->to);
	desk_name_weigh(r, settled, name);
	r->at = name->to;
	r->titled = false;
	r->before = name->label;
	return true;
}

uint64_t
desk_name_key(const struct desk_segment *segment, size_t from, size_t to)
{
	uint64_t key = UINT64_C(0x9E3779B97F4A7C15);
	for (size_t i = from; i < to; i++)
		if (segment->words[i].key)
			key = (key ^ segment->words[i].key) *
			      UINT64_C(0xD6E8FEB86659FD93);
	return key ^ key >> 31;
}

void
desk_name_vote(struct desk_context *context, const struct desk_segment *seg,
    const struct desk_name *name)
{
	if (name->label == LABEL_NONE)
		return;
	int best = name->score[name->label], second = 0;
	for (int k = 0; k < LABELS; k++)
		if (k != (int)name->label &&
		    (!second || name->score[k] > second))
			second = name->score[k];
	unsigned weight = best - second > 32 ? 3 : best - second > 12 ? 2 : 1;
	struct desk_fact *fact = desk_context_make(context, name->key);
	if (fact)
		desk_count(&fact->votes[name->label], weight);
	/* A short form in brackets is called what its long form is. */
	size_t at = name->to;
	if (name->to - name->from > 1 && desk_token_is(seg, at, '(') &&
	    desk_token_is(seg, at + 2, ')') && has(seg, at + 1, WORD_UPPER) &&
	    (fact = desk_context_make(
		 context, desk_name_key(seg, at + 1, at + 2))))
		desk_count(&fact->votes[name->label], 8);
	if (name->label != LABEL_PER || name->to - name->from < 2)
		return;
	if ((fact = desk_context_make(context, seg->words[name->from].key)))
		desk_count(&fact->part, weight);
	if ((fact = desk_context_make(context, seg->words[name->to - 1].key)))
		desk_count(&fact->part, weight);
}
