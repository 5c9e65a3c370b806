/*
 * hold.c - what lists and spelling say of a sequence before the model decides.
 *
 * Labels that a token may not take are closed to it; those of a listed name are
 * made likelier.
 */
#include "entities/hold.h"

#include <string.h>

#include "core/error.h"
#include "core/slice.h"

/* Sets of labels: bit 0 is the outside, then B, I, E, S of each type. */
#define ONLY_OUTSIDE ((uint64_t)1)
#define NO_GOING_ON ((uint64_t)0x3333333333333333)
#define GO_ON ((uint64_t)0xCCCCCCCCCCCCCCCC)	      /* I, E */
#define BEGIN_OR_GO_ON ((uint64_t)0x6666666666666666) /* B, I */

/* How much likelier, as a logarithm of odds; chosen on the development data. */
static const float favoured = 3;

/* Makes room for what is allowed; all is, to begin with. */
static int
allow_all(struct desk_hold *h, struct desk_error *error)
{
	size_t size = h->count * sizeof *h->allowed;
	if (h->allowed)
		return 0;
	h->allowed = desk_arena_alloc(h->arena, size);
	if (!h->allowed)
		return desk_fail_memory(error);
	memset(h->allowed, 0xFF, size);
	return 0;
}

int
desk_hold_close(
    struct desk_hold *h, size_t from, size_t to, struct desk_error *error)
{
	int rc = allow_all(h, error);
	for (size_t i = from; i < to && !rc; i++)
		h->allowed[i] = ONLY_OUTSIDE;
	return rc;
}

bool
desk_hold_closed(const struct desk_hold *h, size_t from, size_t to)
{
	for (size_t i = from; h->allowed && i < to; i++)
		if (h->allowed[i] == ONLY_OUTSIDE)
			return true;
	return false;
}

/* Whether two names stand at a place where a blank was lost: what is written
 * as one word ("PeruChile") is no name then. */
static bool
two_names(const struct desk_hold *h, size_t i)
{
	const struct desk_token *t = &h->tokens[i];
	uint32_t first = h->segment->words[h->from + i - 1].bits;
	uint32_t second = h->segment->words[h->from + i].bits;
	if (t->spaced || t->shape != DESK_SHAPE_CAP || t[-1].end != t->start ||
	    t[-1].shape >= DESK_SHAPE_NUMBER)
		return false;
	return second & WORD_NATION ||
	       (second & WORD_PLACE && first & (WORD_PLACE | WORD_NATION));
}

int
desk_hold_parts(struct desk_hold *h, struct desk_error *error)
{
	int rc = 0;
	for (size_t i = 1; i < h->count && !rc; i++)
		if (two_names(h, i)) {
			rc = allow_all(h, error);
			if (!rc)
				h->allowed[i] &= NO_GOING_ON;
		}
	return rc;
}

/* The labels of a type; 0: the model has none. */
static uint64_t
labels_of(const struct desk_crf *crf, const char *type)
{
	for (unsigned i = 0; i < crf->types; i++)
		if (!strcmp(crf->names[i], type))
			return (uint64_t)15 << desk_crf_label(i, CRF_BEGIN);
	return 0;
}

/* What the model may make of a listed name; 0: it has no labels for such. */
static uint64_t
labels_for(const struct desk_crf *crf, unsigned phrase)
{
	if (phrase == PHRASE_ORG)
		return labels_of(crf, "ORG");
	return labels_of(crf, phrase == PHRASE_MISC ? "MISC" : "LOC")
		   ? UINT64_MAX
		   : 0;
}

/* Whether the words of a listed name are all capitalised, but for small words
 * between them, in a line where that means something. */
static bool
in_capitals(const struct desk_hold *h, size_t from, size_t to)
{
	const struct desk_word *words = h->segment->words + h->from;
	if (to > h->count || words[from].bits & WORD_SHOUT)
		return false;
	for (size_t i = from; i < to; i++)
		if (h->tokens[i].shape == DESK_SHAPE_LOWER &&
		    !(words[i].bits & WORD_CONNECTOR))
			return false;
	return true;
}

/* A listed name of several words is marked as a whole or as part of a longer
 * one: "Newfoundland and Labrador Court of Appeal" is one name. */
static int
hold_names(struct desk_hold *h, struct desk_error *error)
{
	const unsigned kinds = 1 << PHRASE_CITY | 1 << PHRASE_COUNTRY |
			       1 << PHRASE_REGION | 1 << PHRASE_PLACE |
			       1 << PHRASE_ORG | 1 << PHRASE_MISC;
	const struct desk_word *words = h->segment->words + h->from;
	for (size_t i = 0, n; i < h->count; i += n) {
		n = words[i].phrase_len ? words[i].phrase_len : 1;
		if (n < 2 || !(kinds >> words[i].phrase & 1) ||
		    !in_capitals(h, i, i + n) || desk_hold_closed(h, i, i + n))
			continue;
		uint64_t all = labels_for(h->crf, words[i].phrase);
		int rc = all ? allow_all(h, error) : 0;
		if (rc)
			return rc;
		for (size_t k = 0; all && k < n; k++) {
			if (k + 1 < n)
				h->allowed[i + k] &= all & BEGIN_OR_GO_ON;
			if (k)
				h->allowed[i + k] &= all & GO_ON;
		}
	}
	return 0;
}

/* What a listed name of one word may be. */
enum {
	ORGS = 1 << PHRASE_ORG,
	TOWNS = 1 << PHRASE_CITY | 1 << PHRASE_PLACE,
	PLACES = TOWNS | 1 << PHRASE_COUNTRY | 1 << PHRASE_REGION |
		 1 << PHRASE_ACRONYM_PLACE
};

/* Whether a listed name of one word stands at token i, of one of these kinds.
 */
static bool
known(const struct desk_hold *h, size_t i, unsigned kinds)
{
	const struct desk_word *w = h->segment->words + h->from + i;
	return i < h->count && kinds >> w->phrase & 1 && w->phrase_len == 1 &&
	       in_capitals(h, i, i + 1);
}

/* Whether a name ends at token i before the hyphen of an adjective. */
static bool
compounded(const struct desk_hold *h, size_t i)
{
	return i + 1 < h->count && h->allowed &&
	       h->allowed[i + 1] == ONLY_OUTSIDE &&
	       h->segment->text.data[h->tokens[i + 1].start] == '-';
}

static void
favour(const struct desk_hold *h, int16_t *scores, size_t i, uint64_t labels)
{
	const struct desk_crf *crf = h->crf;
	scores += i * crf->width;
	for (uint32_t k = 1; k < crf->labels; k++)
		if (labels >> k & 1 && scores[k - 1] < 30000)
			scores[k - 1] = (int16_t)(scores[k - 1] +
						  (int)(favoured / crf->unit));
}

void
desk_hold_favour(const struct desk_hold *h, int16_t *scores)
{
	const struct desk_crf *crf = h->crf;
	const struct desk_word *words = h->segment->words + h->from;
	uint64_t orgs = labels_of(crf, "ORG"), places = labels_of(crf, "LOC");
	for (size_t i = 0, n; i < h->count; i += n) {
		n = words[i].phrase_len ? words[i].phrase_len : 1;
		if (known(h, i, ORGS))
			favour(h, scores, i, orgs);
		else if (known(h, i, PLACES) && compounded(h, i))
			favour(h, scores, i, places);
	}
}

/* Whether a word makes an adjective of the name before its hyphen: "US-led". */
static bool
compounds(const char *s, size_t len)
{
	static const char *const words[] = {"affiliated", "aligned", "area",
	    "backed", "based", "born", "bound", "controlled", "dominated",
	    "educated", "era", "friendly", "funded", "held", "led", "linked",
	    "listed", "made", "occupied", "owned", "registered", "related",
	    "run", "sponsored", "style", "supported", "trained", "wide"};
	return desk_slice_any(
	    desk_slice(s, len), words, sizeof words / sizeof *words);
}

/* In "a UK-based Acme" a name ends before the hyphen. */
static int
part_compounds(struct desk_hold *h, struct desk_error *error)
{
	const char *text = h->segment->text.data;
	for (size_t i = 2; i < h->count; i++) {
		const struct desk_token *t = &h->tokens[i];
		if (t->spaced || t->shape != DESK_SHAPE_LOWER ||
		    text[t[-1].start] != '-' || t[-1].spaced ||
		    desk_hold_closed(h, i - 1, i + 1) ||
		    !compounds(text + t->start, t->end - t->start))
			continue;
		if (desk_hold_close(h, i - 1, i + 1, error))
			return DESK_ENOMEM;
	}
	return 0;
}

/* "Uber and Toyota" are two, where both are listed: a company may have the name
 * of its town. */
static int
part_orgs(struct desk_hold *h, struct desk_error *error)
{
	for (size_t i = 1; i + 1 < h->count; i++)
		if (h->tokens[i].shape == DESK_SHAPE_LOWER &&
		    known(h, i - 1, ORGS | TOWNS) &&
		    known(h, i + 1, ORGS | TOWNS) &&
		    (known(h, i - 1, ORGS) || known(h, i + 1, ORGS))) {
			if (allow_all(h, error))
				return DESK_ENOMEM;
			h->allowed[i] &= ONLY_OUTSIDE;
		}
	return 0;
}

/* Whether token i is behind "the island of". */
static bool
behind_area(const struct desk_hold *h, size_t i)
{
	const char *text = h->segment->text.data;
	const struct desk_token *of = &h->tokens[i - 1], *area = of - 1;
	return of->end - of->start == 2 && !memcmp(text + of->start, "of", 2) &&
	       area->shape == DESK_SHAPE_LOWER &&
	       desk_word_bits(text + area->start, area->end - area->start) &
		   WORD_AREA;
}

/* What "the island of" names is no person. */
static int
hold_areas(struct desk_hold *h, struct desk_error *error)
{
	const struct desk_crf *crf = h->crf;
	const struct desk_word *words = h->segment->words + h->from;
	uint64_t person = labels_of(crf, "PER");
	for (size_t i = 2; person && i < h->count; i++) {
		if (!(words[i].bits & WORD_CAP) || words[i].bits & WORD_SHOUT ||
		    !behind_area(h, i))
			continue;
		int rc = allow_all(h, error);
		if (rc)
			return rc;
		for (; i < h->count && words[i].bits & WORD_CAP; i++)
			if (h->allowed[i] & ~person)
				h->allowed[i] &= ~person;
	}
	return 0;
}

int
desk_hold_lists(struct desk_hold *h, struct desk_error *error)
{
	int rc = hold_names(h, error);
	if (!rc)
		rc = hold_areas(h, error);
	if (!rc)
		rc = part_orgs(h, error);
	return rc ? rc : part_compounds(h, error);
}
