/*
 * learn.c - from known quotations to labels of tokens.
 *
 * In the first pass a cue stands over a source, and both stand over a content
 * that they lie in.  In the second a candidate that touches a known cue gets
 * that one's content and source; others get nothing, but for cues of
 * quotations that do not count, which are left out.
 */
#include "quotes/learn.h"

#include <string.h>

#include "core/error.h"
#include "core/json.h"
#include "core/slice.h"
#include "core/utf8.h"
#include "doc/doc.h"
#include "quotes/pages.h"

/* From code points to bytes, for the whole text. */
struct places {
	struct desk_slice text;
	uint32_t *bytes;
	size_t count;
};

static bool
find_places(struct places *at, struct desk_arena *arena)
{
	size_t n = desk_utf8_count(at->text.data, at->text.len), byte = 0;
	at->bytes = desk_arena_alloc(arena, (n + 1) * sizeof *at->bytes);
	at->count = n;
	for (size_t i = 0; at->bytes && i <= n; i++) {
		size_t size = 1;
		at->bytes[i] = (uint32_t)byte;
		if (i < n)
			desk_utf8_decode(at->text.data + byte, &size);
		byte += size;
	}
	return at->bytes;
}

static void
add_part(struct desk_gold_span *s, const struct places *at, uint64_t from,
    uint64_t to)
{
	if (from < to && to <= at->count && s->count < DESK_GOLD_PARTS)
		s->parts[s->count++] =
		    (struct desk_span){at->bytes[from], at->bytes[to]};
}

static void
read_parts(
    struct desk_gold_span *s, const struct places *at, struct desk_slice value)
{
	struct desk_json walk = desk_json_open(value);
	struct desk_json_member pair, number;
	s->count = 0;
	while (desk_json_next(&walk, &pair)) {
		struct desk_json two = desk_json_open(pair.value);
		uint64_t from, to;
		if (pair.kind == DESK_JSON_ARRAY &&
		    desk_json_next(&two, &number) &&
		    desk_json_number(number.value, &from) &&
		    desk_json_next(&two, &number) &&
		    desk_json_number(number.value, &to))
			add_part(s, at, from, to);
	}
}

/* A span with "start", "end" and perhaps "parts". */
static void
read_span(
    struct desk_gold_span *s, const struct places *at, struct desk_slice value)
{
	struct desk_json walk = desk_json_open(value);
	struct desk_json_member m;
	struct desk_slice parts = {NULL, 0};
	uint64_t from = 0, to = 0;
	s->count = 0;
	while (desk_json_next(&walk, &m))
		if (desk_json_key_is(m.key, "start"))
			desk_json_number(m.value, &from);
		else if (desk_json_key_is(m.key, "end"))
			desk_json_number(m.value, &to);
		else if (desk_json_key_is(m.key, "parts"))
			parts = m.value;
	add_part(s, at, from, to);
	if (parts.data)
		read_parts(s, at, parts);
}

static void
read_quote(
    struct desk_gold *q, const struct places *at, struct desk_slice value)
{
	struct desk_json walk = desk_json_open(value);
	struct desk_json_member m;
	*q = (struct desk_gold){.core = true};
	read_span(&q->content, at, value);
	while (desk_json_next(&walk, &m))
		if (m.kind == DESK_JSON_OBJECT &&
		    desk_json_key_is(m.key, "cue"))
			read_span(&q->cue, at, m.value);
		else if (m.kind == DESK_JSON_OBJECT &&
			 desk_json_key_is(m.key, "speaker"))
			read_span(&q->source, at, m.value);
		else if (desk_json_key_is(m.key, "core"))
			q->core = m.kind != DESK_JSON_FALSE;
}

int
desk_gold_read(struct desk_gold_doc *doc, struct desk_slice record,
    struct desk_arena *arena, struct desk_error *error)
{
	struct desk_json_member *members, m;
	enum desk_json_kind kind;
	size_t count;
	struct desk_slice quotes = {NULL, 0};
	struct places at = {.text = {NULL, 0}};
	if (desk_json_scan(record, arena, &members, &count, &kind, error))
		return error->code;
	*doc = (struct desk_gold_doc){.quotes = NULL};
	for (size_t i = 0; i < count; i++) {
		m = members[i];
		if (m.kind == DESK_JSON_ARRAY &&
		    desk_json_key_is(m.key, "quotes"))
			quotes = m.value;
		if (m.kind != DESK_JSON_STRING ||
		    !desk_json_key_is(m.key, "text"))
			continue;
		char *text = desk_arena_alloc(arena, m.value.len + 1);
		if (!text)
			return desk_fail_memory(error);
		at.text = desk_slice(text, desk_json_unescape(m.value, text));
		text[at.text.len] = '\0';
	}
	if (!at.text.data || !quotes.data)
		return desk_fail(error, DESK_EDATA, "no text and quotes");
	if (!find_places(&at, arena))
		return desk_fail_memory(error);
	doc->text = at.text;
	struct desk_json walk = desk_json_open(quotes);
	while (desk_json_next(&walk, &m)) {
		if (m.kind != DESK_JSON_OBJECT)
			continue;
		if (!DESK_RESERVE(arena, doc->quotes, doc->count, doc->room))
			return desk_fail_memory(error);
		read_quote(&doc->quotes[doc->count++], &at, m.value);
	}
	return 0;
}

enum { NOTHING = 255 };

/* A paragraph being labelled. */
struct lesson {
	const struct desk_lesson *to;
	const struct desk_gold_doc *gold;
	struct desk_passes *x;
	struct desk_arena arena;
	struct desk_sight *sights;
	uint8_t *types;	  /* of cells, or NOTHING */
	uint32_t *owners; /* the span that each belongs to */
	uint32_t spans;
};

/* Signs that no span begins or ends with. */
static bool
edge(const struct desk_cell *c)
{
	return (c->kind >= K_COMMA && c->kind <= K_PAREN &&
		   c->kind != K_HYPHEN) ||
	       (c->kind == K_SIGN && c->end - c->start == 3) || c->hash == 0;
}

/* The cells of a part, without signs at its edges. */
static struct desk_cells
cells_of(const struct desk_passage *g, struct desk_span part)
{
	size_t a = 0, b = g->count;
	while (a < b) {
		size_t mid = a + (b - a) / 2;
		if (g->cells[mid].end <= part.start)
			a = mid + 1;
		else
			b = mid;
	}
	while (b < g->count && g->cells[b].start < part.end)
		b++;
	struct desk_cells r = {(uint32_t)a, (uint32_t)b};
	while (r.a < r.b && edge(&g->cells[r.a]))
		r.a++;
	while (r.b > r.a && edge(&g->cells[r.b - 1]))
		r.b--;
	if (r.a == r.b)
		r = (struct desk_cells){(uint32_t)a, (uint32_t)b};
	return r;
}

static void
paint(struct lesson *l, const struct desk_gold_span *s, uint8_t type)
{
	const struct desk_passage *g = &l->x->passage;
	for (size_t k = 0; k < s->count; k++) {
		struct desk_cells r = cells_of(g, s->parts[k]);
		l->spans++;
		for (uint32_t i = r.a; i < r.b; i++) {
			l->types[i] = type;
			l->owners[i] = l->spans;
		}
	}
}

static int
start(struct lesson *l, struct desk_error *error)
{
	size_t n = l->x->passage.count;
	desk_arena_clear(&l->arena);
	l->types = desk_arena_alloc(&l->arena, n + 1);
	l->owners = desk_arena_alloc(&l->arena, (n + 1) * sizeof *l->owners);
	l->sights = desk_sights_new(n, &l->arena);
	if (!l->types || !l->owners || !l->sights)
		return desk_fail_memory(error);
	desk_sights_set(l->sights, &l->x->passage);
	memset(l->types, NOTHING, n + 1);
	memset(l->owners, 0, (n + 1) * sizeof *l->owners);
	return 0;
}

static unsigned
label_of(const struct lesson *l, struct desk_cells w, uint32_t i)
{
	if (l->types[i] == NOTHING)
		return 0;
	bool begins = i == w.a || l->owners[i - 1] != l->owners[i];
	bool ends = i + 1 == w.b || l->owners[i + 1] != l->owners[i];
	return desk_crf_label(l->types[i], begins
					       ? ends ? CRF_SINGLE : CRF_BEGIN
					   : ends ? CRF_END
						  : CRF_INSIDE);
}

/* Puts what a model says of a token into the packs. */
static int
pack(const struct desk_lesson *to, const struct desk_features *f,
    struct desk_error *error)
{
	const struct desk_table *weights = &to->learned->weights;
	for (size_t k = 0; k < f->count; k++) {
		const struct desk_slot *s = &f->slots[k];
		const unsigned char *row = desk_table_find(weights, f->keys[k]);
		if (!row)
			continue;
		uint32_t key = desk_quote_packs[s->pack].rows
				   ? (uint32_t)s->key
				   : desk_table_key(s->key);
		struct desk_slice bytes = {
		    (const char *)row, to->learned->weights.stride};
		int rc = desk_packer_put(
		    to->packer, s->pack, key, s->offset, bytes, error);
		if (rc)
			return rc;
	}
	return 0;
}

/* Hands a sequence to the trainer or the packer: that of the second pass with a
 * view. */
static int
hand_over(struct lesson *l, struct desk_cells w, const struct desk_view *view,
    struct desk_error *error)
{
	const struct desk_passage *g = &l->x->passage;
	const struct desk_lesson *to = l->to;
	struct desk_features f;
	for (uint32_t i = w.a; i < w.b; i++) {
		if (view)
			desk_features_second(&f, g, l->sights, view, i);
		else
			desk_features_first(&f, g, l->sights, i);
		int rc = to->packer
			     ? pack(to, &f, error)
			     : desk_crf_trainer_token(to->trainer, f.keys,
				   f.count, label_of(l, w, i), error);
		if (rc)
			return rc;
	}
	return to->packer ? 0 : desk_crf_trainer_end(to->trainer, error);
}

static int
first_pass(struct lesson *l, bool wide, struct desk_error *error)
{
	const struct desk_gold_doc *d = l->gold;
	if (start(l, error))
		return DESK_ENOMEM;
	for (size_t i = 0; i < d->count; i++)
		if (wide || d->quotes[i].core)
			paint(l, &d->quotes[i].content, FIRST_CONTENT);
	for (size_t i = 0; i < d->count; i++)
		if (wide || d->quotes[i].core)
			paint(l, &d->quotes[i].source, FIRST_SOURCE);
	for (size_t i = 0; i < d->count; i++)
		if (wide || d->quotes[i].core)
			paint(l, &d->quotes[i].cue, FIRST_CUE);
	struct desk_cells all = {0, (uint32_t)l->x->passage.count};
	return hand_over(l, all, NULL, error);
}

/* Whether a gold span has a cell of [a, b). */
static bool
touches(
    const struct lesson *l, const struct desk_gold_span *s, struct desk_cells r)
{
	for (size_t k = 0; k < s->count; k++) {
		struct desk_cells c = cells_of(&l->x->passage, s->parts[k]);
		if (c.a < r.b && r.a < c.b)
			return true;
	}
	return false;
}

/* A candidate with what is known of its cue. */
static int
candidate(struct lesson *l, struct desk_cells cue, bool *used,
    struct desk_error *error)
{
	const struct desk_gold_doc *d = l->gold;
	bool other = false, known = false;
	struct desk_view view;
	if (start(l, error))
		return DESK_ENOMEM;
	for (size_t i = 0; i < d->count; i++) {
		const struct desk_gold *q = &d->quotes[i];
		if (!touches(l, &q->cue, cue))
			continue;
		if (!q->core || used[i]) {
			other = true;
			continue;
		}
		used[i] = known = true;
		paint(l, &q->content, SECOND_CONTENT);
		paint(l, &q->source, SECOND_SOURCE);
	}
	if (other && !known)
		return 0;
	for (uint32_t i = cue.a; i < cue.b; i++)
		l->types[i] = NOTHING;
	desk_view_set(&view, &l->x->passage, cue.a, cue.b);
	return hand_over(
	    l, desk_window(&l->x->passage, cue, DESK_WINDOW), &view, error);
}

static int
second_pass(struct lesson *l, bool *used, struct desk_error *error)
{
	struct desk_passes *x = l->x;
	const struct desk_gold_doc *d = l->gold;
	for (size_t i = 0; i < x->marked_count; i++) {
		struct desk_cells cue = {x->marked[i].from, x->marked[i].to};
		if (x->marked[i].type == FIRST_CUE &&
		    candidate(l, cue, used, error))
			return error->code;
	}
	for (size_t i = 0; i < d->count; i++) {
		const struct desk_gold *q = &d->quotes[i];
		if (!q->core || used[i] || !q->cue.count)
			continue;
		struct desk_cells cue = cells_of(&x->passage, q->cue.parts[0]);
		if (cue.a < cue.b && candidate(l, cue, used, error))
			return error->code;
	}
	return 0;
}

/* Hands over one decision. */
static int
decide(struct lesson *l, const uint32_t *features, size_t count, bool yes,
    struct desk_error *error)
{
	int rc = desk_crf_trainer_token(l->to->trainer, features, count,
	    yes ? desk_crf_label(0, CRF_SINGLE) : 0, error);
	return rc ? rc : desk_crf_trainer_end(l->to->trainer, error);
}

/* A stretch in marks is speech where half its words are of any quotation. */
static int
marked(struct lesson *l, struct desk_error *error)
{
	const struct desk_gold_doc *d = l->gold;
	const struct desk_passage *g = &l->x->passage;
	uint32_t features[DESK_QUOTE_FEATURES];
	if (start(l, error))
		return DESK_ENOMEM;
	for (size_t i = 0; i < d->count; i++)
		paint(l, &d->quotes[i].content, 0);
	for (size_t r = 0; r < g->frame_count; r++) {
		size_t n = desk_features_marked(g, r, features);
		int words = 0, said = 0;
		for (uint32_t i = g->frames[r].first; i < g->frames[r].last;
		     i++) {
			words += desk_cell_word(&g->cells[i]);
			said += desk_cell_word(&g->cells[i]) &&
				l->types[i] != NOTHING;
		}
		if (n && words &&
		    decide(l, features, n, 2 * said >= words, error))
			return error->code;
	}
	return 0;
}

/* Gives the cells of a content to a quotation. */
static void
claim(struct lesson *l, const struct desk_gold_span *s, uint32_t quotation)
{
	for (size_t k = 0; k < s->count; k++) {
		struct desk_cells r = cells_of(&l->x->passage, s->parts[k]);
		for (uint32_t i = r.a; i < r.b; i++)
			l->owners[i] = quotation;
	}
}

/* The quotation that most words of a stretch are of, or 0: found by their vote
 * against each other (R. Boyer, J. Moore 1981), then counted. */
static uint32_t
owner_of(const struct lesson *l, size_t frame)
{
	const struct desk_passage *g = &l->x->passage;
	const struct desk_frame_of *f = &g->frames[frame];
	uint32_t owner = 0, count = 0, words = 0;
	for (uint32_t i = f->first; i < f->last; i++) {
		if (!desk_cell_word(&g->cells[i]))
			continue;
		words++;
		if (!count)
			owner = l->owners[i];
		count = l->owners[i] == owner ? count + 1 : count - 1;
	}
	count = 0;
	for (uint32_t i = f->first; i < f->last; i++)
		count += desk_cell_word(&g->cells[i]) && l->owners[i] == owner;
	return 2 * count > words ? owner : 0;
}

/* Two stretches in a row, one of which at least is speech: are they one? */
static int
joined(struct lesson *l, struct desk_error *error)
{
	const struct desk_gold_doc *d = l->gold;
	const struct desk_passage *g = &l->x->passage;
	uint32_t features[DESK_QUOTE_FEATURES];
	if (start(l, error))
		return DESK_ENOMEM;
	for (size_t i = 0; i < d->count; i++)
		claim(l, &d->quotes[i].content, (uint32_t)i + 1);
	for (size_t r = 1; r < g->frame_count; r++) {
		size_t n = desk_features_joined(g, r, features);
		uint32_t a = owner_of(l, r - 1), b = owner_of(l, r);
		if (n && (a || b) && decide(l, features, n, a == b, error))
			return error->code;
	}
	return 0;
}

int
desk_quotes_learn(const struct desk_lesson *lesson,
    const struct desk_gold_doc *gold, struct desk_error *error)
{
	enum desk_lesson_kind kind = lesson->kind;
	struct desk_passes x = {.models = lesson->models};
	struct lesson l = {.to = lesson, .gold = gold, .x = &x};
	/* Twins of marks stand in one article, by mistake; with them taken for
	 * one mark, what was learned from 840 was worse on the development set.
	 */
	struct desk_paragraph p = {.names = NULL, .marks = {.apart = true}};
	struct desk_doc *doc = desk_doc_new();
	struct desk_pages pages = {.text = gold->text};
	struct desk_span span;
	size_t ent = 0;
	struct desk_arena own = {0};
	bool *used = desk_arena_alloc(&own, (gold->count + 1) * sizeof *used);
	int rc = doc && used ? 0 : desk_fail_memory(error);
	if (!rc) {
		memset(used, 0, (gold->count + 1) * sizeof *used);
		desk_doc_borrow(doc, gold->text);
	}
	while (!rc && desk_pages_next(&pages, &span)) {
		rc = desk_paragraph_read(&p, doc, span, &ent, error);
		if (!rc)
			rc = desk_passage_read(&x.passage, &p, &x.lasts, error);
		if (rc || !x.passage.count)
			continue;
		if (kind == LEARN_WIDE && !x.passage.frame_count)
			continue;
		if (kind == LEARN_FIRST || kind == LEARN_WIDE) {
			rc = first_pass(&l, kind == LEARN_WIDE, error);
			continue;
		}
		rc = desk_passes_first(&x, error);
		if (!rc)
			rc = kind == LEARN_MARKED ? marked(&l, error)
			     : kind == LEARN_JOINED
				 ? joined(&l, error)
				 : second_pass(&l, used, error);
		desk_arena_clear(&x.work);
	}
	desk_arena_release(&own);
	desk_arena_release(&l.arena);
	desk_passes_release(&x);
	desk_doc_free(doc);
	return rc;
}
