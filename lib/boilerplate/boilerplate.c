/*
 * boilerplate.c - the public entry: cut, decide, and make the text anew.
 *
 * The text is put together from the kept blocks, a blank line between.  A line
 * is then a paragraph again, and running over it cuts the same blocks; only
 * for hard-wrapped text this hangs on its being seen as wrapped again, so where
 * what is kept does not look wrapped, the text is cut by lines from the start.
 */
#include "copydesk.h"

#include <string.h>

#include "boilerplate/blocks.h"
#include "boilerplate/content.h"
#include "boilerplate/select.h"
#include "core/error.h"
#include "core/slice.h"
#include "doc/doc.h"
#include "doc/layout.h"
#include "html/mend.h"

enum { BIAS = 1024 };

/* The blocks of a text; after apply() also their places in the new text. */
struct work {
	struct desk_mended mended;
	struct desk_text_block *blocks;
	size_t count, kept;
	uint16_t *topics;
	struct desk_block *layer; /* of kept blocks, or of all when marking */
	size_t layer_count;
};

static size_t
count_kept(const struct desk_text_block *blocks, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		kept += blocks[i].verdict == DESK_VERDICT_KEEP;
	return kept;
}

/* Log odds, in 1/1024, that speak for keeping a block where that is asked. */
static int32_t
bias_of(enum desk_focus focus)
{
	return focus == DESK_PRECISION ? -BIAS
	       : focus == DESK_RECALL  ? BIAS
				       : 0;
}

static int
judge(struct desk_doc *doc, bool wrapped, enum desk_focus focus, struct work *w,
    struct desk_error *error)
{
	int code = desk_blocks_cut(doc->text, wrapped, &doc->arena, &w->blocks,
	    &w->count, &w->topics, error);
	if (!code)
		code = desk_blocks_match(
		    doc->text, w->blocks, w->count, &doc->arena, error);
	if (code)
		return code;
	struct desk_line_judge by = {.bias = bias_of(focus)};
	code = desk_blocks_select(
	    w->blocks, w->count, w->topics, &by, &doc->arena, error);
	if (code)
		return code;
	w->kept = count_kept(w->blocks, w->count);
	return 0;
}

/* The kept blocks joined, and behind the last one a line end that is not
 * counted; data == NULL where memory ran out.  A single line is not copied: it
 * may be all of a very long text. */
static struct desk_slice
join(struct desk_doc *doc, const struct work *w, bool wrapped)
{
	size_t len = 0;
	for (size_t i = 0; w->kept == 1 && !wrapped; i++)
		if (w->blocks[i].verdict == DESK_VERDICT_KEEP)
			return desk_slice(doc->text.data + w->blocks[i].start,
			    w->blocks[i].end - w->blocks[i].start);
	for (size_t i = 0; i < w->count; i++)
		if (w->blocks[i].verdict == DESK_VERDICT_KEEP)
			len += w->blocks[i].end - w->blocks[i].start + 2;
	char *text = desk_arena_alloc(&doc->arena, len + 1);
	if (!text)
		return desk_slice(NULL, 0);
	char *to = text;
	for (size_t i = 0; i < w->count; i++) {
		const struct desk_text_block *b = &w->blocks[i];
		if (b->verdict != DESK_VERDICT_KEEP)
			continue;
		if (to > text) {
			*to++ = '\n';
			*to++ = '\n';
		}
		memcpy(to, doc->text.data + b->start, b->end - b->start);
		to += b->end - b->start;
	}
	*to = '\n';
	return desk_slice(text, (size_t)(to - text));
}

/* Whether the next run sees a joined text as wrapped, be it given with a line
 * end (text) or without (JSON). */
static bool
stays_wrapped(struct desk_slice text)
{
	return desk_layout_wrapped(text) &&
	       desk_layout_wrapped(desk_slice(text.data, text.len + 1));
}

/* The blocks layer: of all blocks in place, or of the kept ones with their
 * places in the new text. */
static int
make_layer(
    struct desk_doc *doc, struct work *w, bool mark, struct desk_error *error)
{
	size_t n = mark ? w->count : w->kept, used = 0;
	struct desk_block *layer =
	    desk_arena_alloc(&doc->arena, n * sizeof *layer);
	if (!layer)
		return desk_fail_memory(error);
	uint32_t at = 0;
	size_t next = 0;
	for (size_t i = 0; i < w->count; i++) {
		const struct desk_text_block *b = &w->blocks[i];
		bool keep = b->verdict == DESK_VERDICT_KEEP;
		if (!keep && !mark)
			continue;
		uint32_t start = mark ? b->start : at;
		layer[used++] = (struct desk_block){.start = start,
		    .end = start + (b->end - b->start),
		    .src_start =
			doc->base_bytes +
			desk_mended_source(&w->mended, b->start, &next),
		    .src_end = doc->base_bytes +
			       desk_mended_source(&w->mended, b->end, &next),
		    .keep = keep,
		    .reason = desk_reason_word(b->reason),
		    .score = b->odds};
		at += b->end - b->start + 2;
	}
	w->layer = layer;
	w->layer_count = used;
	return 0;
}

/* Moves a span that lies in one kept block to the new text; *paragraph gets
 * the block's number from 1.  False for any other span. */
static bool
move(const struct desk_doc *doc, const struct work *w, uint32_t *start,
    uint32_t *end, uint32_t *paragraph)
{
	uint64_t src = doc->base_bytes + *start;
	size_t low = 0, high = w->layer_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (w->layer[middle].src_start <= src)
			low = middle;
		else
			high = middle;
	}
	if (low == high)
		return false;
	const struct desk_block *b = &w->layer[low];
	if (src < b->src_start || doc->base_bytes + *end > b->src_end)
		return false;
	uint32_t len = *end - *start;
	*start = b->start + (uint32_t)(src - b->src_start);
	*end = *start + len;
	if (paragraph)
		*paragraph = (uint32_t)low + 1;
	return true;
}

static int
move_sents(struct desk_doc *doc, const struct work *w, struct desk_error *error)
{
	size_t n = doc->sent_count, used = 0;
	struct desk_sent *to = desk_arena_alloc(&doc->arena, n * sizeof *to);
	if (!to)
		return desk_fail_memory(error);
	for (size_t i = 0; i < n; i++) {
		struct desk_sent s = doc->sents[i];
		if (move(doc, w, &s.start, &s.end, &s.paragraph))
			to[used++] = s;
	}
	desk_doc_set_sents(doc, to, used);
	return 0;
}

static int
move_ents(struct desk_doc *doc, const struct work *w, struct desk_error *error)
{
	size_t n = doc->ent_count, used = 0;
	struct desk_ent *to = desk_arena_alloc(&doc->arena, n * sizeof *to);
	if (!to)
		return desk_fail_memory(error);
	for (size_t i = 0; i < n; i++) {
		struct desk_ent e = doc->ents[i];
		if (move(doc, w, &e.start, &e.end, NULL))
			to[used++] = e;
	}
	desk_doc_set_ents(doc, to, used);
	return 0;
}

/* A cue or speaker that was in a dropped block is there no more. */
static struct desk_span
move_span(const struct desk_doc *doc, const struct work *w, struct desk_span s)
{
	if (s.start < s.end && move(doc, w, &s.start, &s.end, NULL))
		return s;
	return (struct desk_span){0, 0};
}

static int
move_quotes(
    struct desk_doc *doc, const struct work *w, struct desk_error *error)
{
	size_t n = doc->quote_count, used = 0;
	struct desk_quote *to = desk_arena_alloc(&doc->arena, n * sizeof *to);
	if (!to)
		return desk_fail_memory(error);
	for (size_t i = 0; i < n; i++) {
		struct desk_quote q = doc->quotes[i];
		uint32_t from = q.start;
		if (!move(doc, w, &q.start, &q.end, NULL))
			continue;
		struct desk_span *parts =
		    desk_arena_alloc(&doc->arena, q.part_count * sizeof *parts);
		if (!parts)
			return desk_fail_memory(error);
		for (size_t k = 0; k < q.part_count; k++) {
			parts[k].start = q.start + (q.parts[k].start - from);
			parts[k].end = q.start + (q.parts[k].end - from);
		}
		q.parts = parts;
		q.cue = move_span(doc, w, q.cue);
		q.speaker = move_span(doc, w, q.speaker);
		to[used++] = q;
	}
	desk_doc_set_quotes(doc, to, used);
	return 0;
}

static int
move_layers(
    struct desk_doc *doc, const struct work *w, struct desk_error *error)
{
	int code = 0;
	if (doc->layers & DESK_SENTS)
		code = move_sents(doc, w, error);
	if (!code && (doc->layers & DESK_ENTS))
		code = move_ents(doc, w, error);
	if (!code && (doc->layers & DESK_QUOTES))
		code = move_quotes(doc, w, error);
	return code;
}

/* Mends a text, unless it brings layers along, which would not fit it. */
static int
mend(struct desk_doc *doc, struct work *w, struct desk_error *error)
{
	if (doc->layers)
		return 0;
	int code = desk_mend_copy(doc->text, &doc->arena, &w->mended, error);
	if (!code && w->mended.count)
		desk_doc_replace(doc, w->mended.text);
	return code;
}

int
desk_boilerplate_annotate(struct desk_doc *doc,
    const struct desk_boilerplate_options *options, struct desk_error *error)
{
	static const struct desk_boilerplate_options defaults;
	if (!options)
		options = &defaults;
	if (doc->page.html.data)
		return desk_page_annotate(doc, options, error);
	struct work w = {0};
	int code = mend(doc, &w, error);
	if (code)
		return code;
	bool sure = options->wrap != DESK_WRAP_AUTO;
	bool wrapped = sure ? options->wrap == DESK_WRAP_YES
			    : desk_layout_wrapped(doc->text);
	struct desk_slice text;
	for (;;) {
		code = judge(doc, wrapped, options->focus, &w, error);
		if (code)
			return code;
		text = join(doc, &w, wrapped);
		if (!text.data)
			return desk_fail_memory(error);
		if (sure || !wrapped || stays_wrapped(text))
			break;
		wrapped = false;
	}
	code = make_layer(doc, &w, options->mark, error);
	if (code)
		return code;
	if (!options->mark) {
		code = move_layers(doc, &w, error);
		if (code)
			return code;
		desk_doc_replace(doc, text);
	}
	desk_doc_set_blocks(doc, w.layer, w.layer_count);
	return 0;
}
