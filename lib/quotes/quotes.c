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
#include "doc/layout.h"
#include "quotes/guess.h"
#include "quotes/speakers.h"
#include "quotes/transcript.h"

enum { PARAGRAPH_MAX = 64 << 10, PAUSE = 160 };

/* Reads the paragraphs of a text one after the other. */
struct pages {
	struct desk_slice text;
	size_t at;
	size_t block_end; /* lines before it are paragraphs of their own */
};

struct quoter {
	struct desk_doc *doc;
	const struct desk_quotes_options *options;
	struct desk_paragraph p;
	struct desk_claims claims;
	struct desk_speakers who;
	struct desk_quote *quotes;
	size_t count, room;
	size_t first;		/* of the paragraph's quotations */
	uint32_t last_end;	/* of the paragraph before */
	uint32_t spoke;		/* number of its last sentence that has some */
	bool open;		/* the paragraph before ended inside marks */
	struct desk_quote next; /* cue and speaker that announced speech */
	bool transcript;
	struct desk_error *error;
};

/* Whether a sentence ends inside the line: then lines are not sentences. */
static bool
several_sentences(struct desk_slice text, struct desk_span line)
{
	if (line.end < line.start + 8)
		return false;
	const char *at = text.data + line.start + 4;
	const char *end = text.data + line.end - 2;
	/* blanks are fewer than letters, and found fast */
	while ((at = memchr(at + 1, ' ', (size_t)(end - at - 1)))) {
		char c = at[-1];
		if ((c != '.' && c != '?' && c != '!') || at[1] < 'A' ||
		    at[1] > 'Z')
			continue;
		bool word = true;
		for (const char *k = at - 5; k < at - 1; k++)
			word &= *k >= 'a' && *k <= 'z';
		if (word)
			return true;
	}
	return false;
}

/* Ends a paragraph that is too long at a blank. */
static uint32_t
cut(struct desk_slice text, struct desk_span span)
{
	if (span.end - span.start <= PARAGRAPH_MAX)
		return span.end;
	uint32_t end = span.start + PARAGRAPH_MAX;
	for (uint32_t i = end; i > span.start + PARAGRAPH_MAX / 2; i--)
		if (text.data[i - 1] == ' ' || text.data[i - 1] == '\n')
			return i;
	while ((text.data[end] & 0xC0) == 0x80)
		end--;
	return end;
}

/* The next paragraph: a line, or the lines up to a blank one where each of
 * them is a sentence. */
static bool
next_paragraph(struct pages *g, struct desk_span *span)
{
	size_t at = g->at;
	struct desk_span line;
	do {
		if (!desk_line_next(g->text, &at, &line))
			return false;
	} while (line.start == line.end);
	*span = line;
	size_t end = at;
	if (line.start >= g->block_end) {
		bool sentences = true;
		size_t next = at;
		while (desk_line_next(g->text, &next, &line) &&
		       line.start < line.end &&
		       line.end - span->start <= PARAGRAPH_MAX) {
			end = next;
			sentences &= !several_sentences(g->text, line);
			span->end = line.end;
		}
		line = *span;
		if (!sentences || several_sentences(g->text, *span)) {
			g->block_end = end;
			end = g->at;
			desk_line_next(g->text, &end, &line);
			while (line.start == line.end)
				desk_line_next(g->text, &end, &line);
			*span = line;
		}
	}
	g->at = end;
	uint32_t stop = cut(g->text, *span);
	if (stop < span->end) {
		span->end = stop;
		g->at = stop;
	}
	return true;
}

/* A sign at the end of a clause that is no part of it. */
static bool
closing(const struct desk_item *i)
{
	return !i->region && i->shape == DESK_SHAPE_SIGN &&
	       (i->sign == ',' || i->sign == ';' || i->sign == ':' ||
		   i->sign == '.');
}

/* The text of a part; the marks round it are left out where all of it stands
 * inside marks. */
static struct desk_span
part_span(const struct desk_paragraph *p, struct desk_range r)
{
	const struct desk_item *a = &p->items[r.a], *b = &p->items[r.b - 1];
	bool turn = r.a > 0 && p->items[r.a - 1].sign == ':';
	while (r.b > r.a + 1 && closing(b) && !(turn && b->sign == '.'))
		b = &p->items[--r.b - 1];
	struct desk_span span = {a->start, b->end};
	for (size_t i = r.a; i < r.b; i++)
		if (!p->items[i].region)
			return span;
	span.start = p->marks.regions[a->region - 1].in_start;
	span.end = p->marks.regions[b->region - 1].in_end;
	return span;
}

static struct desk_span
item_span(const struct desk_paragraph *p, struct desk_range r)
{
	struct desk_span none = {0, 0};
	if (r.a >= r.b)
		return none;
	return (struct desk_span){p->items[r.a].start, p->items[r.b - 1].end};
}

static enum desk_quote_kind
kind_of(const struct desk_paragraph *p, const struct desk_claim *c)
{
	size_t all = 0, marked = 0;
	for (size_t i = 0; i < c->part_count; i++) {
		all += desk_range_words(p, c->parts[i], false);
		marked += desk_range_words(p, c->parts[i], true);
	}
	return !marked	      ? DESK_INDIRECT
	       : all > marked ? DESK_MIXED
			      : DESK_DIRECT;
}

/* Adds a part to a quotation; the array doubles, so that this stays cheap. */
static int
add_part(struct quoter *q, struct desk_quote *quote, struct desk_span span)
{
	size_t n = quote->part_count;
	if ((n & (n - 1)) == 0) {
		struct desk_span *more = desk_arena_alloc(
		    &q->doc->arena, (n ? n * 2 : 1) * sizeof *more);
		if (!more)
			return desk_fail_memory(q->error);
		if (n)
			memcpy(more, quote->parts, n * sizeof *more);
		quote->parts = more;
	}
	struct desk_span *own = (struct desk_span *)(uintptr_t)quote->parts;
	own[n] = span;
	quote->part_count++;
	if (!n || span.start < quote->start)
		quote->start = span.start;
	if (span.end > quote->end)
		quote->end = span.end;
	return 0;
}

/* Whether marked speech without a cue goes on with the quotation before. */
static bool
goes_on(const struct quoter *q, const struct desk_claim *c, bool whole)
{
	if (!c->alone || !q->count)
		return false;
	const struct desk_quote *last = &q->quotes[q->count - 1];
	uint32_t start = q->p.items[c->parts[0].a].start;
	if (last->kind == DESK_INDIRECT || start < last->end)
		return false;
	/* not over a long stretch of other sentences */
	if (q->count > q->first)
		return q->who.sentence - q->spoke < 2 ||
		       start - last->end < PAUSE;
	return (whole || q->open) && q->last_end && last->end <= q->last_end &&
	       q->first == q->count && q->who.paragraph > 0;
}

/* Resolves the speaker of a claim into the quotation. */
static void
name_speaker(
    struct quoter *q, const struct desk_claim *c, struct desk_quote *quote)
{
	struct desk_who who =
	    desk_speakers_resolve(&q->who, q->doc, &q->p, c->speaker);
	quote->cue = item_span(&q->p, c->cue);
	quote->speaker = item_span(&q->p, c->speaker);
	quote->name = who.name;
	quote->label = who.label;
	q->who.last = who.number;
}

static void
same_speaker(struct desk_quote *quote, const struct desk_quote *as)
{
	quote->speaker = as->speaker;
	quote->name = as->name;
	quote->label = as->label;
}

static int
take_claim(struct quoter *q, const struct desk_claim *c, bool whole)
{
	const struct desk_paragraph *p = &q->p;
	enum desk_quote_kind kind = kind_of(p, c);
	if (!c->part_count) {
		name_speaker(q, c, &q->next);
		return 0;
	}
	if (kind == DESK_INDIRECT && q->options && q->options->no_indirect)
		return 0;
	bool announced = q->next.cue.end && c->alone;
	if (!announced && goes_on(q, c, whole)) {
		for (size_t i = 0; i < c->part_count; i++)
			if (add_part(q, &q->quotes[q->count - 1],
				part_span(p, c->parts[i])))
				return DESK_ENOMEM;
		return 0;
	}
	if (!DESK_RESERVE(&q->doc->arena, q->quotes, q->count, q->room))
		return desk_fail_memory(q->error);
	struct desk_quote *quote = &q->quotes[q->count];
	*quote = (struct desk_quote){.kind = kind};
	for (size_t i = 0; i < c->part_count; i++)
		if (add_part(q, quote, part_span(p, c->parts[i])))
			return DESK_ENOMEM;
	const struct desk_quote *before = quote - 1;
	if (c->speaker.a < c->speaker.b) {
		name_speaker(q, c, quote);
	} else if (announced) {
		quote->cue = q->next.cue;
		same_speaker(quote, &q->next);
	} else if (c->alone && q->count &&
		   (q->count > q->first || before->end <= q->last_end)) {
		same_speaker(quote, before);
	}
	q->next.cue.end = 0;
	q->count++;
	return 0;
}

static int
read_paragraph(struct quoter *q, struct desk_span span, size_t *ent)
{
	if (desk_paragraph_read(&q->p, q->doc, span, ent, q->error))
		return DESK_ENOMEM;
	const struct desk_paragraph *p = &q->p;
	q->first = q->count;
	q->who.paragraph++;
	struct desk_claim turn;
	if (q->transcript && desk_transcript_turn(p, &turn)) {
		q->who.sentence++;
		desk_speakers_note(&q->who, q->doc, p, 0, p->item_count);
		return take_claim(q, &turn, true);
	}
	for (size_t s = 0, e; s < p->item_count; s = e) {
		e = desk_sentence_end(p, s);
		q->who.sentence++;
		desk_speakers_note(&q->who, q->doc, p, s, e);
		q->claims.count = 0;
		if (desk_cues_find(
			&q->claims, p, s, e, &q->doc->arena, q->error))
			return DESK_ENOMEM;
		for (size_t i = 0; i < q->claims.count; i++) {
			if (take_claim(q, &q->claims.list[i],
				s == 0 && e == p->item_count))
				return DESK_ENOMEM;
			q->spoke = q->who.sentence;
		}
	}
	q->open = p->marks.region_count &&
		  !p->marks.regions[p->marks.region_count - 1].closed;
	q->last_end = q->count > q->first || q->open ? span.end : 0;
	return 0;
}

/* Makes a layer of entities where there is none. */
static int
guess_entities(struct quoter *q, struct desk_guess *guess)
{
	struct pages pages = {.text = q->doc->text};
	struct desk_span span;
	size_t ent = 0;
	while (next_paragraph(&pages, &span))
		if (desk_paragraph_read(&q->p, q->doc, span, &ent, q->error) ||
		    desk_guess_names(guess, &q->p, &q->doc->arena, q->error))
			return DESK_ENOMEM;
	return 0;
}

static int
read_document(struct quoter *q)
{
	if (desk_names_collect(&q->who.names, q->doc, q->error))
		return DESK_ENOMEM;
	q->p.names = &q->who.names;
	q->transcript = desk_transcript(q->doc->text);
	struct pages pages = {
	    .text = q->doc->text, .block_end = q->transcript ? SIZE_MAX : 0};
	struct desk_span span;
	size_t ent = 0;
	while (next_paragraph(&pages, &span))
		if (read_paragraph(q, span, &ent))
			return DESK_ENOMEM;
	return 0;
}

int
desk_quotes_annotate(struct desk_doc *doc,
    const struct desk_quotes_options *options, struct desk_error *error)
{
	struct quoter q = {.doc = doc, .options = options, .error = error};
	struct desk_guess guess = {0};
	const struct desk_ent *ents = doc->ents;
	size_t ent_count = doc->ent_count;
	q.who.last = DESK_NO_NAME;
	bool tagged = doc->layers & DESK_ENTS;
	int rc = tagged ? 0 : guess_entities(&q, &guess);
	if (!tagged) {
		doc->ents = guess.ents;
		doc->ent_count = guess.count;
	}
	if (!rc)
		rc = read_document(&q);
	doc->ents = ents;
	doc->ent_count = ent_count;
	if (!rc)
		desk_doc_set_quotes(doc, q.quotes, q.count);
	return rc;
}
