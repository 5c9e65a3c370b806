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
#include "entities/hold.h"

/* A span that is found: tokens [from, to) of the sequence. */
struct claim {
	uint32_t from, to;
	struct desk_ent ent;
	bool own;    /* the user's */
	bool yields; /* a name holds it */
};

struct sequence {
	struct desk_settler *settler;
	const struct desk_describer *describer;
	struct desk_hold hold;
	struct claim *claims; /* in order */
	size_t claim_count, claim_room;
	int16_t *scores;
	struct desk_crf_span *spans;
	size_t span_count, span_room;
};

/* -- claims -------------------------------------------------------------- */

/* The token at or behind a place of the text. */
static size_t
token_behind(const struct sequence *q, size_t i, uint32_t end)
{
	while (i < q->hold.count && q->hold.tokens[i].start < end)
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
	return claim->own
		   ? desk_hold_close(&q->hold, claim->from, claim->to, error)
		   : 0;
}

/* The user's names. */
static int
find_own(struct sequence *q, struct desk_error *error)
{
	int rc = 0;
	size_t first = token_behind(q, 0, q->settler->done);
	if (first)
		rc = desk_hold_close(&q->hold, 0, first, error);
	for (size_t i = first, next; i < q->hold.count && !rc; i = next) {
		struct claim c = {.from = (uint32_t)i, .own = true};
		c.ent.start = q->hold.tokens[i].start;
		c.ent.label = desk_gazetteer_match(q->settler->gazetteer,
		    q->hold.segment, q->hold.from + i, &c.ent.end);
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

/* Dates and amounts, where nothing of the user's stands. */
static int
find_ruled(struct sequence *q, struct desk_error *error)
{
	const struct desk_settler *s = q->settler;
	int rc = 0;
	for (size_t i = 0, next; i < q->hold.count && !rc; i = next) {
		struct claim c = {.from = (uint32_t)i};
		next = i + 1;
		if (!q->hold.segment->words[q->hold.from + i].triggers ||
		    desk_hold_closed(&q->hold, i, i + 1))
			continue;
		c.ent.start = q->hold.tokens[i].start;
		c.ent.label = desk_rules_match(
		    s->matcher, q->hold.segment, q->hold.from + i, &c.ent.end);
		if (!c.ent.label || learned(&s->sequencer->crf, c.ent.label))
			continue;
		size_t to = token_behind(q, i + 1, c.ent.end);
		if (desk_hold_closed(&q->hold, i, to))
			continue;
		c.to = (uint32_t)to;
		next = to;
		rc = add_claim(q, &c, error);
	}
	return rc;
}

/* Puts the user's claims, which were found first, and those of rules in order:
 * each kind is in order already, and none overlaps another. */
static int
merge_claims(struct sequence *q, size_t own, struct desk_error *error)
{
	if (!own || own == q->claim_count)
		return 0;
	struct claim *merged = desk_arena_alloc(
	    &q->settler->work, q->claim_count * sizeof *merged);
	if (!merged)
		return desk_fail_memory(error);
	for (size_t i = 0, k = own, n = 0; n < q->claim_count; n++) {
		bool first = k == q->claim_count ||
			     (i < own && q->claims[i].from < q->claims[k].from);
		merged[n] = q->claims[first ? i++ : k++];
	}
	q->claims = merged;
	q->claim_room = q->claim_count;
	return 0;
}

/* -- the model ----------------------------------------------------------- */

static int
decode(struct sequence *q, struct desk_error *error)
{
	struct desk_settler *s = q->settler;
	size_t at = 0;
	struct desk_crf_span span;
	uint8_t *labels = desk_arena_alloc(&s->work, q->hold.count);
	if (!labels)
		return desk_fail_memory(error);
	int rc = desk_sequencer_decode(s->sequencer, q->describer, q->hold.from,
	    q->hold.from + q->hold.count, q->scores, q->hold.allowed, &s->work,
	    labels, error);
	q->span_count = 0;
	while (!rc && desk_crf_next(labels, q->hold.count, &at, &span)) {
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
		uint32_t start = q->hold.tokens[span->from].start;
		uint32_t end = q->hold.tokens[span->to - 1].end;
		c->yields = start <= c->ent.start && end >= c->ent.end &&
			    end - start > c->ent.end - c->ent.start;
		against |= !c->yields;
	}
	return against;
}

/* Whether a title of several words is no part of the name in span k: it reaches
 * into it ("State Ana Lima" behind "Secretary of"), stands before the rest of a
 * person's ("House Speaker Ana Lima"), between something else and a person ("UN
 * Secretary-General Ana Lima"), or reaches out of the span ("White House Press"
 * for "White House Press Secretary"). */
static bool
no_part(const struct sequence *q, size_t k, size_t i)
{
	const struct desk_word *words = q->hold.segment->words + q->hold.from;
	const struct desk_crf_span *span = &q->spans[k];
	const char *const *names = q->settler->sequencer->crf.names;
	size_t behind = i + words[i].phrase_len;
	if (words[i].phrase != PHRASE_TITLE)
		return false;
	if (i < span->from)
		return behind > span->from && behind < span->to;
	if (!strcmp(names[span->type], "PER"))
		return i == span->from && behind < span->to && span->to > i + 2;
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
	const struct desk_word *words = q->hold.segment->words + q->hold.from;
	enum { BACK = 4 }; /* words of a title before its last */
	bool any = false;
	for (size_t k = 0; k < q->span_count && !*rc; k++) {
		size_t from = q->spans[k].from;
		for (size_t i = from > BACK ? from - BACK : 0;
		     i < q->spans[k].to; i++)
			if (no_part(q, k, i)) {
				*rc = desk_hold_close(&q->hold, i,
				    i + words[i].phrase_len, error);
				any = true;
				break;
			}
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
			rc = desk_hold_close(&q->hold, q->claims[i].from,
			    q->claims[i].to, error);
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
	return desk_sequencer_confide(s->sequencer, q->describer, q->hold.from,
	    q->hold.from + q->hold.count, q->scores, q->spans, q->span_count,
	    &s->work, *sure, error);
}

/* Where a span ends in the text: before the stop of what could be a day or a
 * month for short, since that is none in a name ("The Sun. He left"). */
static uint32_t
end_of(const struct sequence *q, const struct desk_crf_span *span)
{
	const struct desk_segment *segment = q->hold.segment;
	const char *label = q->settler->sequencer->crf.names[span->type];
	size_t last = q->hold.from + span->to - 1;
	const struct desk_token *t = &segment->tokens[last];
	bool stop = t->end > t->start + 1 &&
		    segment->text.data[t->end - 1] == '.' &&
		    segment->words[last].bits & WORD_CALENDAR &&
		    !q->settler->plain && strcmp(label, "DATE") != 0;
	return t->end - stop;
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
		struct desk_ent ent = {q->hold.tokens[span->from].start,
		    end_of(q, span),
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
	    .describer = d,
	    .hold = {.crf = &s->sequencer->crf,
		.segment = &d->segment,
		.from = from,
		.count = end - from,
		.tokens = d->segment.tokens + from,
		.arena = &s->work}};
	int rc = s->gazetteer ? find_own(&q, error) : 0;
	size_t own = q.claim_count;
	if (!rc)
		rc = find_ruled(&q, error);
	if (!rc)
		rc = merge_claims(&q, own, error);
	if (!rc)
		rc = desk_hold_parts(&q.hold, error);
	if (!rc && !s->plain)
		rc = desk_hold_lists(&q.hold, error);
	if (!rc)
		rc = desk_sequencer_score(
		    s->sequencer, d, from, end, &s->work, &q.scores, error);
	if (!rc && !s->plain)
		desk_hold_favour(&q.hold, q.scores);
	if (!rc)
		rc = find_learned(&q, error);
	return rc ? rc : put_all(&q, error);
}
