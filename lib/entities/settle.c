/*
 * settle.c - decides a sequence.
 *
 * What the lists and rules find become claims; the model decodes with the
 * tokens of the user's names kept out of its hands; claims of rules and the
 * model's spans are compared, and where a claim stands against a span the
 * sequence is decoded again with that claim's tokens kept out, too.
 */
#include "entities/settle.h"

#include <string.h>

#include "core/error.h"

/* A span that is found: tokens [from, to) of the sequence. */
struct claim {
	uint32_t from, to;
	struct desk_ent ent;
	bool own;    /* the user's */
	bool yields; /* a name holds it */
};

struct sequence {
	struct desk_settler *settler;
	const struct desk_segment *segment;
	size_t from, count;
	const struct desk_token *tokens; /* of the sequence */
	struct claim *claims;		 /* in order */
	size_t claim_count, claim_room;
	uint64_t *allowed; /* labels of each token, as bits; NULL: all */
	int16_t *scores;
	struct desk_crf_span *spans;
	size_t span_count, span_room;
};

/* Sets of labels: bit 0 is the outside, then B, I, E, S of each type. */
#define ONLY_OUTSIDE ((uint64_t)1)
#define NO_GOING_ON ((uint64_t)0x3333333333333333)
#define GO_ON ((uint64_t)0xCCCCCCCCCCCCCCCC)	      /* I, E */
#define BEGIN_OR_GO_ON ((uint64_t)0x6666666666666666) /* B, I */

/* How much likelier, as a logarithm of odds; chosen on the development data. */
static const float favoured = 3;

/* -- claims -------------------------------------------------------------- */

/* Makes room for what is allowed; all is, to begin with. */
static int
allow_all(struct sequence *q, struct desk_error *error)
{
	size_t size = q->count * sizeof *q->allowed;
	if (q->allowed)
		return 0;
	q->allowed = desk_arena_alloc(&q->settler->work, size);
	if (!q->allowed)
		return desk_fail_memory(error);
	memset(q->allowed, 0xFF, size);
	return 0;
}

/* Keeps tokens out of the model's hands. */
static int
close_tokens(
    struct sequence *q, size_t from, size_t to, struct desk_error *error)
{
	int rc = allow_all(q, error);
	for (size_t i = from; i < to && !rc; i++)
		q->allowed[i] = ONLY_OUTSIDE;
	return rc;
}

/* The token at or behind a place of the text. */
static size_t
token_behind(const struct sequence *q, size_t i, uint32_t end)
{
	while (i < q->count && q->tokens[i].start < end)
		i++;
	return i;
}

static int
add_claim(
    struct sequence *q, const struct claim *claim, struct desk_error *error)
{
	if (!DESK_RESERVE(
		&q->settler->work, q->claims, q->claim_count, q->claim_room))
		return desk_fail_memory(error);
	q->claims[q->claim_count++] = *claim;
	return claim->own ? close_tokens(q, claim->from, claim->to, error) : 0;
}

/* The user's names. */
static int
find_own(struct sequence *q, struct desk_error *error)
{
	int rc = 0;
	size_t first = token_behind(q, 0, q->settler->done);
	if (first)
		rc = close_tokens(q, 0, first, error);
	for (size_t i = first, next; i < q->count && !rc; i = next) {
		struct claim c = {.from = (uint32_t)i, .own = true};
		c.ent.start = q->tokens[i].start;
		c.ent.label = desk_gazetteer_match(
		    q->settler->gazetteer, q->segment, q->from + i, &c.ent.end);
		next = i + 1;
		if (!c.ent.label)
			continue;
		next = token_behind(q, i + 1, c.ent.end);
		c.to = (uint32_t)next;
		rc = add_claim(q, &c, error);
	}
	return rc;
}

/* Whether the model has learned a label itself: rules have no say then. */
static bool
learned(const struct desk_crf *crf, const char *label)
{
	for (uint32_t i = 0; i < crf->types; i++)
		if (!strcmp(crf->names[i], label))
			return true;
	return false;
}

static bool
closed(const struct sequence *q, size_t from, size_t to)
{
	for (size_t i = from; q->allowed && i < to; i++)
		if (q->allowed[i] == ONLY_OUTSIDE)
			return true;
	return false;
}

/* Dates and amounts, where nothing of the user's stands. */
static int
find_ruled(struct sequence *q, struct desk_error *error)
{
	const struct desk_settler *s = q->settler;
	int rc = 0;
	for (size_t i = 0, next; i < q->count && !rc; i = next) {
		struct claim c = {.from = (uint32_t)i};
		next = i + 1;
		if (!q->segment->words[q->from + i].triggers ||
		    closed(q, i, i + 1))
			continue;
		c.ent.start = q->tokens[i].start;
		c.ent.label = desk_rules_match(
		    s->rules, s->matches, q->segment, q->from + i, &c.ent.end);
		if (!c.ent.label || learned(&s->sequencer->crf, c.ent.label))
			continue;
		size_t to = token_behind(q, i + 1, c.ent.end);
		if (closed(q, i, to))
			continue;
		c.to = (uint32_t)to;
		next = to;
		rc = add_claim(q, &c, error);
	}
	return rc;
}

/* Whether two names stand at a place where a blank was lost: what is written
 * as one word ("PeruChile") is no name then. */
static bool
two_names(const struct sequence *q, size_t i)
{
	const struct desk_token *t = &q->tokens[i];
	uint32_t first = q->segment->words[q->from + i - 1].bits;
	uint32_t second = q->segment->words[q->from + i].bits;
	if (t->spaced || t->shape != DESK_SHAPE_CAP || t[-1].end != t->start ||
	    t[-1].shape >= DESK_SHAPE_NUMBER)
		return false;
	return second & WORD_NATION ||
	       (second & WORD_PLACE && first & (WORD_PLACE | WORD_NATION));
}

static int
part_names(struct sequence *q, struct desk_error *error)
{
	int rc = 0;
	for (size_t i = 1; i < q->count && !rc; i++)
		if (two_names(q, i)) {
			rc = allow_all(q, error);
			if (!rc)
				q->allowed[i] &= NO_GOING_ON;
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
in_capitals(const struct sequence *q, size_t from, size_t to)
{
	const struct desk_word *words = q->segment->words + q->from;
	if (to > q->count || words[from].bits & WORD_SHOUT)
		return false;
	for (size_t i = from; i < to; i++)
		if (q->tokens[i].shape == DESK_SHAPE_LOWER &&
		    !(words[i].bits & WORD_CONNECTOR))
			return false;
	return true;
}

/* A listed name of several words is marked as a whole or as part of a longer
 * one: "Newfoundland and Labrador Court of Appeal" is one name. */
static int
hold_names(struct sequence *q, struct desk_error *error)
{
	const unsigned kinds = 1 << PHRASE_CITY | 1 << PHRASE_COUNTRY |
			       1 << PHRASE_REGION | 1 << PHRASE_PLACE |
			       1 << PHRASE_ORG | 1 << PHRASE_MISC;
	const struct desk_word *words = q->segment->words + q->from;
	for (size_t i = 0, n; i < q->count; i += n) {
		n = words[i].phrase_len ? words[i].phrase_len : 1;
		if (n < 2 || !(kinds >> words[i].phrase & 1) ||
		    !in_capitals(q, i, i + n) || closed(q, i, i + n))
			continue;
		uint64_t all =
		    labels_for(&q->settler->sequencer->crf, words[i].phrase);
		int rc = all ? allow_all(q, error) : 0;
		if (rc)
			return rc;
		for (size_t k = 0; all && k < n; k++) {
			if (k + 1 < n)
				q->allowed[i + k] &= all & BEGIN_OR_GO_ON;
			if (k)
				q->allowed[i + k] &= all & GO_ON;
		}
	}
	return 0;
}

/* Whether a listed organisation of one word stands at token i. */
static bool
known_org(const struct sequence *q, size_t i)
{
	const struct desk_word *w = q->segment->words + q->from + i;
	return i < q->count && w->phrase == PHRASE_ORG && w->phrase_len == 1 &&
	       in_capitals(q, i, i + 1);
}

/* Whether a listed place stands at token i, before the hyphen of an adjective:
 * "UK-based". */
static bool
known_place(const struct sequence *q, size_t i)
{
	const unsigned kinds = 1 << PHRASE_CITY | 1 << PHRASE_COUNTRY |
			       1 << PHRASE_REGION | 1 << PHRASE_PLACE |
			       1 << PHRASE_ACRONYM_PLACE;
	const struct desk_word *w = q->segment->words + q->from + i;
	return i + 1 < q->count && kinds >> w->phrase & 1 &&
	       w->phrase_len == 1 && q->allowed &&
	       q->allowed[i + 1] == ONLY_OUTSIDE && in_capitals(q, i, i + 1) &&
	       q->segment->text.data[q->tokens[i + 1].start] == '-';
}

static void
favour(struct sequence *q, size_t i, uint64_t labels)
{
	const struct desk_crf *crf = &q->settler->sequencer->crf;
	int16_t *scores = q->scores + i * crf->width;
	for (uint32_t k = 1; k < crf->labels; k++)
		if (labels >> k & 1 && scores[k - 1] < 30000)
			scores[k - 1] = (int16_t)(scores[k - 1] +
						  (int)(favoured / crf->unit));
}

/* Listed names are likelier than the model thinks, who has not met many of
 * them. */
static void
favour_names(struct sequence *q)
{
	const struct desk_crf *crf = &q->settler->sequencer->crf;
	const struct desk_word *words = q->segment->words + q->from;
	uint64_t orgs = labels_of(crf, "ORG"), places = labels_of(crf, "LOC");
	for (size_t i = 0, n; i < q->count; i += n) {
		n = words[i].phrase_len ? words[i].phrase_len : 1;
		if (known_org(q, i))
			favour(q, i, orgs);
		else if (known_place(q, i))
			favour(q, i, places);
	}
}

/* Whether what stands at token i may be an organisation, of one word. */
static bool
maybe_org(const struct sequence *q, size_t i)
{
	const unsigned kinds =
	    1 << PHRASE_ORG | 1 << PHRASE_CITY | 1 << PHRASE_PLACE;
	const struct desk_word *w = q->segment->words + q->from + i;
	return i < q->count && kinds >> w->phrase & 1 && w->phrase_len == 1 &&
	       in_capitals(q, i, i + 1);
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
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == len && !memcmp(words[i], s, len))
			return true;
	return false;
}

/* In "a UK-based Acme" a name ends before the hyphen. */
static int
part_compounds(struct sequence *q, struct desk_error *error)
{
	const char *text = q->segment->text.data;
	for (size_t i = 2; i < q->count; i++) {
		const struct desk_token *t = &q->tokens[i];
		if (t->spaced || t->shape != DESK_SHAPE_LOWER ||
		    text[t[-1].start] != '-' || t[-1].spaced ||
		    closed(q, i - 1, i + 1) ||
		    !compounds(text + t->start, t->end - t->start))
			continue;
		if (close_tokens(q, i - 1, i + 1, error))
			return DESK_ENOMEM;
	}
	return 0;
}

/* "Uber and Toyota" are two, where both are listed. */
static int
part_orgs(struct sequence *q, struct desk_error *error)
{
	for (size_t i = 1; i + 1 < q->count; i++)
		if (q->tokens[i].shape == DESK_SHAPE_LOWER &&
		    maybe_org(q, i - 1) && maybe_org(q, i + 1) &&
		    (known_org(q, i - 1) || known_org(q, i + 1))) {
			if (allow_all(q, error))
				return DESK_ENOMEM;
			q->allowed[i] &= ONLY_OUTSIDE;
		}
	return 0;
}

/* Whether token i is behind "the island of". */
static bool
behind_area(const struct sequence *q, size_t i)
{
	const char *text = q->segment->text.data;
	const struct desk_token *of = &q->tokens[i - 1], *area = of - 1;
	return of->end - of->start == 2 && !memcmp(text + of->start, "of", 2) &&
	       area->shape == DESK_SHAPE_LOWER &&
	       desk_word_bits(text + area->start, area->end - area->start) &
		   WORD_AREA;
}

/* What "the island of" names is no person. */
static int
hold_areas(struct sequence *q, struct desk_error *error)
{
	const struct desk_crf *crf = &q->settler->sequencer->crf;
	const struct desk_word *words = q->segment->words + q->from;
	uint64_t person = labels_of(crf, "PER");
	for (size_t i = 2; person && i < q->count; i++) {
		if (!(words[i].bits & WORD_CAP) || words[i].bits & WORD_SHOUT ||
		    !behind_area(q, i))
			continue;
		int rc = allow_all(q, error);
		if (rc)
			return rc;
		for (; i < q->count && words[i].bits & WORD_CAP; i++)
			if (q->allowed[i] & ~person)
				q->allowed[i] &= ~person;
	}
	return 0;
}

/* -- the model ----------------------------------------------------------- */

static int
decode(struct sequence *q, struct desk_error *error)
{
	struct desk_settler *s = q->settler;
	size_t at = 0;
	struct desk_crf_span span;
	uint8_t *labels = desk_arena_alloc(&s->work, q->count);
	if (!labels)
		return desk_fail_memory(error);
	int rc = desk_crf_decode(&s->sequencer->crf, q->scores, q->count,
	    q->allowed, &s->work, labels, error);
	q->span_count = 0;
	while (!rc && desk_crf_next(labels, q->count, &at, &span)) {
		if (!DESK_RESERVE(
			&s->work, q->spans, q->span_count, q->span_room))
			return desk_fail_memory(error);
		q->spans[q->span_count++] = span;
	}
	return rc;
}

/* Compares claims of rules with the spans: what is held whole by a longer one
 * yields; the result tells whether others stand against a span. */
static bool
compare(struct sequence *q)
{
	bool against = false;
	size_t k = 0;
	for (size_t i = 0; i < q->claim_count; i++) {
		struct claim *c = &q->claims[i];
		if (c->own)
			continue;
		while (k < q->span_count && q->spans[k].to <= c->from)
			k++;
		c->yields = false;
		if (k == q->span_count || q->spans[k].from >= c->to)
			continue;
		const struct desk_crf_span *span = &q->spans[k];
		uint32_t start = q->tokens[span->from].start;
		uint32_t end = q->tokens[span->to - 1].end;
		c->yields = start <= c->ent.start && end >= c->ent.end &&
			    end - start > c->ent.end - c->ent.start;
		against |= !c->yields;
	}
	return against;
}

/* Whether a title of several words in span k is no part of the name: it stands
 * before the rest of a person's ("House Speaker Ana Lima"), between something
 * else and a person ("UN Secretary-General Ana Lima"), or reaches out of the
 * span ("White House Press" for "White House Press Secretary"). */
static bool
no_part(const struct sequence *q, size_t k, size_t i)
{
	const struct desk_word *words = q->segment->words + q->from;
	const struct desk_crf_span *span = &q->spans[k];
	const char *const *names = q->settler->sequencer->crf.names;
	size_t behind = i + words[i].phrase_len;
	if (words[i].phrase != PHRASE_TITLE)
		return false;
	if (!strcmp(names[span->type], "PER"))
		return i == span->from && behind > i + 1 && behind < span->to;
	if (behind + 1 < span->to)
		return i > span->from &&
		       words[behind].bits & (WORD_GIVEN | WORD_FIRST);
	return behind > i + 1 &&
	       (behind > span->to ||
		   (behind == span->to && k + 1 < q->span_count &&
		       span[1].from == behind &&
		       !strcmp(names[span[1].type], "PER")));
}

/* Takes titles out of names.  True: there were. */
static bool
part_titles(struct sequence *q, struct desk_error *error, int *rc)
{
	const struct desk_word *words = q->segment->words + q->from;
	bool any = false;
	for (size_t k = 0; k < q->span_count && !*rc; k++)
		for (size_t i = q->spans[k].from; i < q->spans[k].to; i++)
			if (no_part(q, k, i)) {
				*rc = close_tokens(
				    q, i, i + words[i].phrase_len, error);
				any = true;
				break;
			}
	return any;
}

/* The model's spans, once they agree with the claims. */
static int
find_learned(struct sequence *q, struct desk_error *error)
{
	int rc = decode(q, error);
	if (!rc && !q->settler->plain && part_titles(q, error, &rc) && !rc)
		rc = decode(q, error);
	if (rc || !compare(q))
		return rc;
	for (size_t i = 0; i < q->claim_count && !rc; i++)
		if (!q->claims[i].yields)
			rc = close_tokens(
			    q, q->claims[i].from, q->claims[i].to, error);
	rc = rc ? rc : decode(q, error);
	if (!rc && compare(q))
		/* A claim that had yielded stands against a part of a name. */
		for (size_t i = 0, k = 0; i < q->claim_count; i++) {
			struct claim *c = &q->claims[i];
			while (k < q->span_count && q->spans[k].to <= c->from)
				k++;
			if (k < q->span_count && q->spans[k].from < c->to)
				c->yields = true;
		}
	return rc;
}

/* -- the result ---------------------------------------------------------- */

static int
put(struct desk_settler *s, const struct desk_ent *ent,
    struct desk_error *error)
{
	if (!s->last || s->last->count == DESK_PIECE) {
		struct desk_piece *piece =
		    desk_arena_alloc(&s->found, sizeof *piece);
		if (!piece)
			return desk_fail_memory(error);
		piece->next = NULL;
		piece->count = 0;
		*(s->last ? &s->last->next : &s->first) = piece;
		s->last = piece;
	}
	s->last->ents[s->last->count++] = *ent;
	s->count++;
	s->done = ent->end;
	return 0;
}

/* How sure the model is of its spans. */
static int
confide(struct sequence *q, float **sure, struct desk_error *error)
{
	struct desk_settler *s = q->settler;
	if (!s->scores || !q->span_count)
		return 0;
	*sure = desk_arena_alloc(&s->work, q->span_count * sizeof **sure);
	if (!*sure)
		return desk_fail_memory(error);
	return desk_crf_confide(&s->sequencer->crf, q->scores, q->count,
	    q->spans, q->span_count, &s->work, *sure, error);
}

/* Claims and spans, in order. */
static int
put_all(struct sequence *q, struct desk_error *error)
{
	float *sure = NULL;
	size_t i = 0, k = 0;
	int rc = confide(q, &sure, error);
	while (!rc && (i < q->claim_count || k < q->span_count)) {
		const struct claim *c =
		    i < q->claim_count ? &q->claims[i] : NULL;
		if (c && c->yields) {
			i++;
			continue;
		}
		if (c && (k == q->span_count || c->from < q->spans[k].from)) {
			rc = put(q->settler, &c->ent, error);
			i++;
			continue;
		}
		const struct desk_crf_span *span = &q->spans[k];
		struct desk_ent ent = {q->tokens[span->from].start,
		    q->tokens[span->to - 1].end,
		    q->settler->sequencer->crf.names[span->type], 0};
		if (sure)
			ent.score = (uint16_t)(1 + (int)(sure[k] * 999));
		rc = put(q->settler, &ent, error);
		k++;
	}
	return rc;
}

int
desk_settle(void *to, struct desk_describer *d, size_t from, size_t end,
    struct desk_error *error)
{
	struct desk_settler *s = to;
	desk_arena_clear(&s->work);
	struct sequence q = {.settler = s,
	    .segment = &d->segment,
	    .from = from,
	    .count = end - from,
	    .tokens = d->segment.tokens + from};
	int rc = s->gazetteer ? find_own(&q, error) : 0;
	if (!rc)
		rc = find_ruled(&q, error);
	if (!rc)
		rc = part_names(&q, error);
	if (!rc && !s->plain)
		rc = hold_names(&q, error);
	if (!rc && !s->plain)
		rc = hold_areas(&q, error);
	if (!rc && !s->plain)
		rc = part_orgs(&q, error);
	if (!rc && !s->plain)
		rc = part_compounds(&q, error);
	if (!rc)
		rc = desk_sequencer_score(
		    s->sequencer, d, from, end, &s->work, &q.scores, error);
	if (!rc && !s->plain)
		favour_names(&q);
	if (!rc)
		rc = find_learned(&q, error);
	return rc ? rc : put_all(&q, error);
}
