/*
 * quotes.c - who said what in a document.
 *
 * The document is read twice.  First its names are collected, so that a
 * surname finds the full name that stands later.  Then it is read paragraph
 * by paragraph: sentences give claims (cues.c), claims become quotations with
 * speakers (speakers.c), and marked speech without a cue joins or follows the
 * quotation before it.  Only the words of one paragraph are kept at a time.
 */
#include <string.h>

#include "copydesk.h"
#include "core/error.h"
#include "core/slice.h"
#include "quotes/alone.h"
#include "quotes/claims.h"
#include "quotes/dateline.h"
#include "quotes/embedded.h"
#include "quotes/forms.h"
#include "quotes/guess.h"
#include "quotes/link.h"
#include "quotes/listing.h"
#include "quotes/overlaps.h"
#include "quotes/pages.h"
#include "quotes/speakers.h"
#include "quotes/titles.h"
#include "quotes/transcript.h"

enum { PAUSE = 160, HEADS = 3 };

/* What is known of one document at a time, and arrays that are used again for
 * the next. */
struct desk_quoter {
	struct desk_quotes_options options;
	struct desk_doc *doc;
	struct desk_paragraph p;
	struct desk_claims claims;
	struct desk_passes passes;
	struct desk_quote_models models;
	bool learned;
	struct desk_speeches speeches;
	struct desk_speakers who;
	struct desk_listing list;
	struct desk_arena lasts;       /* of the arrays */
	size_t first;		       /* of the paragraph's quotations */
	uint32_t last_start, last_end; /* of the paragraph before */
	size_t sentence, before;       /* first items of its sentences: of the
					  one at hand, and the one before */
	uint32_t spoke;		/* number of its last sentence that has some */
	bool open;		/* the paragraph before ended inside marks */
	size_t pending;		/* 1 + number of the quotation that did */
	struct desk_quote next; /* cue and speaker that announced speech */
	bool announces;		/* the paragraph before ended in a colon */
	bool transcript;
	struct desk_error *error;
};

/* Whether a paragraph is one stretch in marks. */
static bool
all_marked(const struct desk_paragraph *p)
{
	size_t n = p->item_count;
	while (n > 1 && desk_item_closing(&p->items[n - 1]))
		n--;
	return n == 1 && p->items[0].region;
}

/* Whether a paragraph that is nothing but marked goes on with the quotation of
 * the paragraph before: "“A,” she said.", "“B.”". */
static bool
paragraph_goes_on(const struct desk_quoter *q, const struct desk_quote *last)
{
	return q->last_end && last->end > q->last_start &&
	       last->kind == DESK_DIRECT && all_marked(&q->p);
}

/* Whether marked speech without a cue goes on with the quotation before. */
static bool
goes_on(const struct desk_quoter *q, const struct desk_speech *s)
{
	if (!s->alone || !q->list.count)
		return false;
	const struct desk_quote *last = &q->list.quotes[q->list.count - 1];
	uint32_t start = s->parts[0].start;
	if (last->kind == DESK_INDIRECT || start < last->end)
		return false;
	/* two stretches round who says them, whose verb was not seen */
	if (q->learned && q->list.count > q->first && !last->cue.end &&
	    s->speaker.start >= last->end && s->speaker.end <= start &&
	    s->speaker.start < s->speaker.end &&
	    last->speaker.start == s->speaker.start)
		return true;
	if (q->learned)
		return s->opens && q->first == q->list.count &&
		       (q->open ? last->end == q->last_end
				: paragraph_goes_on(q, last));
	/* not over a long stretch of other sentences */
	if (q->list.count > q->first)
		return q->who.sentence - q->spoke < 2 ||
		       start - last->end < PAUSE;
	return (s->opens || q->open) && q->last_end &&
	       last->end <= q->last_end && q->first == q->list.count &&
	       q->who.paragraph > 0;
}

/* Resolves the speaker of speech into the quotation. */
static void
name_speaker(struct desk_quoter *q, const struct desk_speech *s,
    struct desk_quote *quote)
{
	q->who.said = s->part_count ? s->parts[0] : (struct desk_span){0, 0};
	struct desk_who who =
	    desk_speakers_resolve(&q->who, q->doc, &q->p, s->who);
	quote->cue = s->cue;
	quote->speaker = s->speaker;
	quote->name = who.name;
	quote->label = who.label;
	if (s->alone && who.name.data)
		who.path = DESK_BY_SOURCE;
	quote->sure = (uint8_t)desk_path_share(who.path);
	q->who.last = who.number;
	q->who.told = q->who.said;
}

static void
same_speaker(struct desk_quote *quote, const struct desk_quote *as)
{
	quote->speaker = as->speaker;
	quote->name = as->name;
	quote->label = as->label;
	quote->sure = as->sure;
}

/* Whether a part lies in marks of which the first was lost. */
static bool
lost_mark(const struct desk_marks *m, struct desk_span part)
{
	size_t a = 0, b = m->region_count;
	while (a < b) {
		size_t mid = a + (b - a) / 2;
		if (m->regions[mid].end <= part.start)
			a = mid + 1;
		else
			b = mid;
	}
	return a < m->region_count && m->regions[a].start < part.end &&
	       (!m->regions[a].opened || m->regions[a].told);
}

static int
add_parts(struct desk_quoter *q, struct desk_quote *quote,
    const struct desk_speech *s)
{
	for (size_t i = 0; i < s->part_count; i++) {
		if (desk_listing_part(&q->list, quote,
			desk_part_closed(q->p.text, s->parts[i])))
			return DESK_ENOMEM;
		quote->repaired |= lost_mark(&q->p.marks, s->parts[i]);
	}
	return 0;
}

/* Whether speech that opens a paragraph ends the quotation that the paragraph
 * before left open, and says whose it is: "“A.", "“B,” she said." */
static bool
completes(const struct desk_quoter *q, const struct desk_speech *s)
{
	if (!q->open || s->alone || !q->list.count || !q->p.item_count ||
	    q->first < q->list.count)
		return false;
	const struct desk_quote *last = &q->list.quotes[q->list.count - 1];
	uint32_t region = q->p.items[0].region;
	return region && last->kind == DESK_DIRECT && !last->cue.end &&
	       last->end == q->last_end && s->kind == DESK_DIRECT &&
	       s->parts[0].start == q->p.marks.regions[region - 1].in_start;
}

static int
add_speech(struct desk_quoter *q, const struct desk_speech *s)
{
	bool announced = q->next.cue.end && s->alone;
	bool ends = completes(q, s);
	if (!announced && (ends || goes_on(q, s))) {
		struct desk_quote *last = &q->list.quotes[q->list.count - 1];
		if (ends)
			name_speaker(q, s, last);
		return add_parts(q, last, s);
	}
	bool some = q->list.count > 0;
	struct desk_quote *quote = desk_listing_add(&q->list, s->kind);
	if (!quote || add_parts(q, quote, s))
		return DESK_ENOMEM;
	quote->cue = s->cue;
	const struct desk_quote *before = quote - 1;
	if (s->speaker.start < s->speaker.end) {
		name_speaker(q, s, quote);
	} else if (announced) {
		quote->cue = q->next.cue;
		same_speaker(quote, &q->next);
	} else if (s->alone && some &&
		   (q->list.count > q->first + 1 ||
		       before->end <= q->last_end)) {
		same_speaker(quote, before);
		uint8_t least = (uint8_t)desk_path_share(DESK_BY_SPEECH);
		quote->sure = quote->sure < least ? quote->sure : least;
	}
	q->next.cue.end = 0;
	return 0;
}

/* Marked words that the clause of the quotation before goes on to become part
 * of it: "called it “a mess” and, worse, “a shame”". */
static bool
join_clause(struct desk_quoter *q, const struct desk_speech *s)
{
	if (!s->alone || q->list.count <= q->first ||
	    q->spoke != q->who.sentence)
		return false;
	struct desk_quote *last = &q->list.quotes[q->list.count - 1];
	struct desk_span *part =
	    (struct desk_span *)(uintptr_t)&last->parts[last->part_count - 1];
	if (!last->cue.end || last->cue.start >= part->end ||
	    part->end > s->parts[0].start ||
	    !desk_alone_near(q->p.text, part->end, s->parts[0].start))
		return false;
	struct desk_range r = desk_items_of(&q->p, s->parts[0]);
	part->end = last->end =
	    r.a < r.b ? q->p.items[r.b - 1].end : s->parts[0].end;
	last->kind = DESK_MIXED;
	return true;
}

/* Speech that is a sentence of its own, the first of its paragraph, is of whom
 * the sentence before is about; what goes on with a sentence, of whom that is
 * about, or nobody. */
static void
tell_before(const struct desk_quoter *q, struct desk_speech *s)
{
	size_t i = desk_items_of(&q->p, s->parts[0]).a;
	bool own = i > q->sentence && i < q->p.item_count;
	if (own) {
		const struct desk_item *b = &q->p.items[i - 1];
		bool colon = b->sign == ':' && !b->region;
		s->alone = colon;
		if (!colon && !b->region)
			s->who = desk_alone_before(&q->p, q->sentence, i);
	} else if (q->list.count == q->first && i) {
		s->who = desk_alone_before(&q->p, q->before, q->sentence);
	}
	s->speaker = desk_item_span(&q->p, s->who);
}

static int
take_speech(struct desk_quoter *q, const struct desk_speech *s)
{
	if (!s->part_count) {
		name_speaker(q, s, &q->next);
		return 0;
	}
	if (join_clause(q, s) || desk_title(&q->p, s))
		return 0;
	if (s->alone && (desk_alone_aside(q->p.text, s->parts[0]) ||
			    desk_alone_scrap(&q->p, s->parts[0])))
		return 0;
	if (s->kind == DESK_INDIRECT && q->options.no_indirect)
		return 0;
	struct desk_speech told = *s;
	struct desk_range by = {0, 0};
	/* a headline, a byline, and the report */
	if (!q->transcript && q->who.paragraph <= HEADS &&
	    !desk_dateline_skip(&q->p, &told))
		return 0;
	if (s->alone)
		by =
		    desk_alone_announcer(&q->p, q->sentence, s->parts[0].start);
	else if (s->speaker.start == s->speaker.end)
		by = desk_alone_subject(&q->p, q->sentence, s->cue);
	if (by.a < by.b) {
		told.who = by;
		told.speaker = desk_item_span(&q->p, by);
		told.alone = false;
		while (
		    told.part_count > 1 &&
		    told.parts[told.part_count - 1].end > told.speaker.start &&
		    told.parts[told.part_count - 1].start < told.speaker.end)
			told.part_count--;
	}
	if (told.alone && told.speaker.start == told.speaker.end)
		tell_before(q, &told);
	return add_speech(q, &told);
}

/* "a good yearBrook said": where the words of a sentence run into who says
 * them, a comma, a mark and a blank were lost, so there were marks. */
static bool
ends_glued(const struct desk_paragraph *p, const struct desk_claim *c)
{
	return c->part_count == 1 && c->parts[0].b == c->speaker.a &&
	       c->speaker.a < c->cue.a && desk_item_glued(p, c->speaker.a);
}

/* The claims of the sentence of items s up to e by rules. */
static int
take_claims(struct desk_quoter *q, size_t s, size_t e)
{
	const struct desk_paragraph *p = &q->p;
	q->claims.count = 0;
	if (desk_cues_find(&q->claims, p, s, e, &q->lasts, q->error))
		return DESK_ENOMEM;
	for (size_t i = 0; i < q->claims.count; i++) {
		struct desk_speech speech = desk_claim_speech(
		    p, &q->claims.list[i], s == 0 && e == p->item_count);
		bool lost = ends_glued(p, &q->claims.list[i]);
		if (lost)
			speech.kind = DESK_DIRECT;
		if (take_speech(q, &speech))
			return DESK_ENOMEM;
		if (lost && q->list.count)
			q->list.quotes[q->list.count - 1].repaired = true;
		q->spoke = q->who.sentence;
	}
	return 0;
}

/* A turn is speech without marks, whoever stands round it. */
static int
take_turn(struct desk_quoter *q, const struct desk_turn *turn)
{
	const struct desk_paragraph *p = &q->p;
	struct desk_slice name = desk_slice(p->text.data + turn->speaker.start,
	    turn->speaker.end - turn->speaker.start);
	struct desk_speech s = {.parts = {turn->said},
	    .part_count = 1,
	    .cue = turn->cue,
	    .speaker = turn->speaker,
	    .kind = DESK_INDIRECT};
	for (size_t i = 0; i < p->marks.region_count; i++)
		if (p->marks.regions[i].in_start <= turn->said.start &&
		    p->marks.regions[i].in_end >= turn->said.end)
			s.kind = DESK_DIRECT;
		else if (s.kind == DESK_INDIRECT)
			s.kind = DESK_MIXED;
	size_t before = q->list.count;
	if (take_speech(q, &s))
		return DESK_ENOMEM;
	if (q->list.count == before)
		return 0;
	struct desk_who who = desk_speakers_named(&q->who, q->doc, name);
	struct desk_quote *quote = &q->list.quotes[q->list.count - 1];
	quote->name = who.name;
	quote->label = who.label;
	quote->sure = (uint8_t)desk_path_share(DESK_BY_TURN);
	q->who.last = who.number;
	return 0;
}

/* Whether a blank was lost before a name: the rules see two clauses there, the
 * models have not met such. */
static bool
glued(const struct desk_paragraph *p)
{
	for (size_t i = 1; i < p->item_count; i++)
		if (!p->items[i].spaced && p->items[i].name &&
		    desk_item_glued(p, i))
			return true;
	return false;
}

/* A paragraph that ends in a colon announces what the next one says: "Hill
 * released a statement:". */
static void
announce(struct desk_quoter *q)
{
	const struct desk_paragraph *p = &q->p;
	size_t n = p->item_count;
	q->announces = n > 1 && !p->items[n - 1].region &&
		       p->items[n - 1].sign == ':' &&
		       q->spoke != q->who.sentence;
	if (!q->announces)
		return;
	struct desk_range by = desk_alone_before(p, q->sentence, n - 1);
	if (by.a == by.b)
		return;
	struct desk_speech s = {.who = by,
	    .speaker = desk_item_span(p, by),
	    .cue = desk_item_span(p, (struct desk_range){n - 1, n})};
	name_speaker(q, &s, &q->next);
}

static int
end_paragraph(struct desk_quoter *q)
{
	const struct desk_marks *m = &q->p.marks;
	announce(q);
	q->open = m->region_count && !m->regions[m->region_count - 1].closed;
	bool some = q->list.count &&
		    q->list.quotes[q->list.count - 1].end > q->p.span.start;
	q->last_end = some || q->open ? q->p.span.end : 0;
	q->last_start = q->p.span.start;
	if (q->open && q->list.count > q->first &&
	    q->list.quotes[q->list.count - 1].end >
		m->regions[m->region_count - 1].in_start)
		q->pending = q->list.count;
	return q->options.scare ? desk_listing_mark(&q->list, m) : 0;
}

/* Speech over paragraphs opens again in each: then nothing was lost. */
static void
settle_pending(struct desk_quoter *q, bool reopens)
{
	if (!q->pending)
		return;
	struct desk_quote *quote = &q->list.quotes[q->pending - 1];
	quote->repaired |= !reopens;
	q->pending = 0;
}

static int
read_paragraph(struct desk_quoter *q, struct desk_span span, size_t *ent)
{
	if (desk_paragraph_read(&q->p, q->doc, span, ent, q->error))
		return DESK_ENOMEM;
	const struct desk_paragraph *p = &q->p;
	q->first = q->list.count;
	q->who.paragraph++;
	settle_pending(q, p->item_count && p->items[0].region);
	if (q->announces && p->item_count && !p->items[0].region)
		q->next.cue.end = 0;
	q->before = q->sentence = 0;
	struct desk_turn turn;
	if (q->transcript && desk_transcript_turn(p->text, span, &turn)) {
		q->who.sentence++;
		desk_speakers_note(&q->who, q->doc, p, 0, p->item_count);
		return take_turn(q, &turn) ? DESK_ENOMEM : end_paragraph(q);
	}
	bool learned = q->learned && !glued(p);
	q->passes.open = q->open;
	if (learned &&
	    (desk_passes_read(&q->passes, p, q->error) ||
		desk_link(&q->speeches, &q->passes, &q->lasts, q->error)))
		return DESK_ENOMEM;
	if (learned)
		desk_overlaps_settle(&q->speeches, p);
	size_t next = 0;
	for (size_t s = 0, e; s < p->item_count; s = e) {
		e = desk_sentence_end(p, s);
		q->who.sentence++;
		q->before = q->sentence;
		q->sentence = s;
		desk_speakers_note(&q->who, q->doc, p, s, e);
		if (!learned) {
			if (take_claims(q, s, e))
				return DESK_ENOMEM;
			continue;
		}
		for (; next < q->speeches.count &&
		       q->speeches.list[next].at < p->items[e - 1].end;
		     next++) {
			if (take_speech(q, &q->speeches.list[next]))
				return DESK_ENOMEM;
			q->spoke = q->who.sentence;
		}
	}
	return end_paragraph(q);
}

/* Makes a layer of entities where there is none. */
static int
guess_entities(struct desk_quoter *q, struct desk_guess *guess)
{
	struct desk_pages pages = {.text = q->doc->text};
	struct desk_span span;
	size_t ent = 0;
	while (desk_pages_next(&pages, &span))
		if (desk_paragraph_read(&q->p, q->doc, span, &ent, q->error) ||
		    desk_guess_names(guess, &q->p, &q->doc->arena, q->error))
			return DESK_ENOMEM;
	return 0;
}

static int
read_document(struct desk_quoter *q)
{
	if (desk_names_collect(&q->who.names, q->doc, q->error))
		return DESK_ENOMEM;
	q->p.names = &q->who.names;
	q->transcript = desk_transcript(q->doc->text);
	struct desk_pages pages = {
	    .text = q->doc->text, .turns = q->transcript};
	struct desk_span span;
	size_t ent = 0;
	while (desk_pages_next(&pages, &span))
		if (read_paragraph(q, span, &ent))
			return DESK_ENOMEM;
	settle_pending(q, false);
	return 0;
}

/* Forgets the document before; what is long-lived stays. */
static void
renew(struct desk_quoter *q, struct desk_doc *doc, struct desk_error *error)
{
	q->doc = doc;
	q->error = error;
	q->list = (struct desk_listing){.arena = &doc->arena, .error = error};
	q->who.mentioned = q->who.sentence = q->who.paragraph = 0;
	q->who.last = DESK_NO_NAME;
	q->who.stranger.sentence = 0;
	q->who.told = (struct desk_span){0, 0};
	q->p.names = NULL;
	q->first = q->pending = 0;
	q->last_end = q->spoke = 0;
	q->open = q->announces = q->transcript = false;
	q->next = (struct desk_quote){.start = 0};
}

struct desk_quoter *
desk_quoter_new(
    const struct desk_quotes_options *options, struct desk_error *error)
{
	struct desk_quoter *q = desk_calloc(1, sizeof *q);
	if (!q) {
		desk_fail_memory(error);
		return NULL;
	}
	if (options)
		q->options = *options;
	q->learned = desk_quotes_embedded(&q->models);
	q->passes.models = &q->models;
	q->p.arena = q->who.names.arena = &q->lasts;
	q->p.forms = q->who.names.forms = desk_forms_new(&q->lasts);
	if (q->p.forms)
		return q;
	desk_fail_memory(error);
	desk_quoter_free(q);
	return NULL;
}

void
desk_quoter_free(struct desk_quoter *q)
{
	if (!q)
		return;
	desk_passes_release(&q->passes);
	desk_arena_release(&q->lasts);
	desk_free(q);
}

int
desk_quoter_annotate(
    struct desk_quoter *q, struct desk_doc *doc, struct desk_error *error)
{
	struct desk_guess guess = {0};
	const struct desk_ent *ents = doc->ents;
	size_t ent_count = doc->ent_count;
	struct desk_slice text = doc->text;
	bool tagged = doc->layers & DESK_ENTS;
	renew(q, doc, error);
	if (!desk_pages_unwrap(&doc->text, &doc->arena, error))
		return DESK_ENOMEM;
	int rc = tagged ? 0 : guess_entities(q, &guess);
	if (!tagged) {
		doc->ents = guess.ents;
		doc->ent_count = guess.count;
	}
	if (!rc)
		rc = read_document(q);
	doc->ents = ents;
	doc->ent_count = ent_count;
	doc->text = text;
	if (!rc && q->options.scare)
		rc = desk_listing_scares(&q->list);
	desk_listing_sort(&q->list);
	if (!rc)
		desk_doc_set_quotes(doc, q->list.quotes, q->list.count);
	return rc;
}

int
desk_quotes_annotate(struct desk_doc *doc,
    const struct desk_quotes_options *options, struct desk_error *error)
{
	struct desk_quoter *q = desk_quoter_new(options, error);
	int rc = q ? desk_quoter_annotate(q, doc, error) : DESK_ENOMEM;
	desk_quoter_free(q);
	return rc;
}
