/*
 * content.c - from the blocks of a page that are kept to a document.
 *
 * The text is the kept blocks, a blank line between; items of a list, rows of a
 * table, lines of preformatted text and of verse follow each other without one.
 * Styles of kept blocks move along.
 */
#include "boilerplate/content.h"

#include <string.h>

#include "page/meta.h"
#include "boilerplate/body.h"
#include "boilerplate/pick.h"
#include "core/error.h"
#include "core/slice.h"
#include "doc/doc.h"
#include "html/url.h"
#include "page_news.inc"
#include "page_other.inc"
#include "page_type.inc"

_Static_assert((int)PAGE_NEWS_FEATURES == (int)DESK_FEATURES &&
		   (int)PAGE_OTHER_FEATURES == (int)DESK_FEATURES &&
		   (int)PAGE_TYPE_FEATURES == (int)DESK_FEATURES,
    "the models are of other features: make models");

/* A page on its way to a document. */
struct work {
	struct desk_doc *doc;
	struct desk_page page;
	struct desk_view *view;
	struct desk_pick *picks; /* of its blocks */
	bool mark;		 /* all blocks are shown */
	uint32_t *places;	 /* of the blocks in the new text, one more */
	size_t shown;
};

static bool
shows(const struct work *w, size_t i)
{
	return w->mark || w->picks[i].keep;
}

/* Whether two blocks that follow each other stand on lines of one run: those of
 * a list, table or program, and lines that only a br parts. */
static bool
close_together(const struct desk_page_block *a, const struct desk_page_block *b)
{
	if (b == a + 1 && b->flags & DESK_PAGE_BR)
		return true;
	return a->kind == b->kind &&
	       (a->kind == DESK_ITEM || a->kind == DESK_ROW ||
		   a->kind == DESK_PREFORMATTED);
}

/* Finds the place of each shown block in the new text; returns its length. */
static size_t
place(struct work *w)
{
	const struct desk_page_block *last = NULL;
	size_t at = 0;
	for (size_t i = 0; i < w->page.block_count; i++) {
		const struct desk_page_block *b = &w->page.blocks[i];
		w->places[i] = (uint32_t)at;
		if (!shows(w, i))
			continue;
		if (last)
			at += close_together(last, b) ? 1 : 2;
		w->places[i] = (uint32_t)at;
		at += b->end - b->start;
		last = b;
		w->shown++;
	}
	return at;
}

/* Copies the shown blocks, line ends between, and one behind the last that is
 * not counted. */
static int
join(struct work *w, struct desk_error *error)
{
	struct desk_arena *arena = &w->doc->arena;
	w->places = desk_arena_alloc(
	    arena, (w->page.block_count + 1) * sizeof *w->places);
	if (!w->places)
		return desk_fail_memory(error);
	size_t len = place(w), at = 0;
	char *text = desk_arena_alloc(arena, len + 1);
	if (!text)
		return desk_fail_memory(error);
	for (size_t i = 0; i < w->page.block_count; i++) {
		const struct desk_page_block *b = &w->page.blocks[i];
		if (!shows(w, i))
			continue;
		while (at < w->places[i])
			text[at++] = '\n';
		memcpy(
		    text + at, w->page.text.data + b->start, b->end - b->start);
		at += b->end - b->start;
	}
	text[at] = '\n';
	desk_doc_replace(w->doc, desk_slice(text, len));
	return 0;
}

static int
make_blocks(struct work *w, struct desk_error *error)
{
	size_t used = 0;
	struct desk_block *layer =
	    desk_arena_alloc(&w->doc->arena, w->shown * sizeof *layer);
	if (!layer)
		return desk_fail_memory(error);
	for (size_t i = 0; i < w->page.block_count; i++) {
		const struct desk_page_block *b = &w->page.blocks[i];
		if (!shows(w, i))
			continue;
		layer[used++] = (struct desk_block){.start = w->places[i],
		    .end = w->places[i] + (b->end - b->start),
		    .src_start =
			desk_decoded_source(&w->page.decoded, b->src_start),
		    .src_end =
			desk_decoded_source(&w->page.decoded, b->src_end),
		    .keep = w->picks[i].keep,
		    .reason = w->picks[i].reason,
		    .kind = (enum desk_block_kind)b->kind,
		    .level = b->level,
		    .ordered = b->ordered,
		    .score = w->picks[i].score};
	}
	desk_doc_set_blocks(w->doc, layer, used);
	return 0;
}

/* Where the page's references are seen from. */
static struct desk_slice
base_of(const struct work *w)
{
	const struct desk_doc *doc = w->doc;
	struct desk_slice url =
	    doc->page.url.data ? doc->page.url : doc->meta.url;
	return desk_url_resolve(url, w->page.base, &w->doc->arena);
}

/* Styles lie inside of blocks and are sorted by their starts. */
static int
move_styles(struct work *w, struct desk_error *error)
{
	const struct desk_page *page = &w->page;
	size_t used = 0, b = 0;
	struct desk_style *styles = desk_arena_alloc(
	    &w->doc->arena, page->style_count * sizeof *styles);
	if (!styles)
		return desk_fail_memory(error);
	struct desk_slice base = base_of(w);
	for (size_t i = 0; i < page->style_count; i++) {
		struct desk_style s = page->styles[i];
		while (b < page->block_count && page->blocks[b].end <= s.start)
			b++;
		if (b == page->block_count)
			break;
		const struct desk_page_block *block = &page->blocks[b];
		if (s.start < block->start || s.end > block->end ||
		    !shows(w, b))
			continue;
		s.start = w->places[b] + (s.start - block->start);
		s.end = w->places[b] + (s.end - block->start);
		if (s.kind == DESK_STYLE_LINK)
			s.href = desk_url_resolve(base, s.href, &w->doc->arena);
		if (s.kind == DESK_STYLE_LINK && !s.href.data)
			return desk_fail_memory(error);
		styles[used++] = s;
	}
	w->doc->styles = styles;
	w->doc->style_count = used;
	return 0;
}

/* What the page says of itself, with an eye on where its content is. */
static int
choose_meta(struct work *w, struct desk_error *error)
{
	struct desk_doc *doc = w->doc;
	bool *content = desk_arena_alloc(
	    &doc->arena, w->page.block_count * sizeof *content);
	if (!content)
		return desk_fail_memory(error);
	for (size_t i = 0; i < w->page.block_count; i++)
		content[i] = w->picks[i].keep;
	return desk_meta_choose(
	    &w->page, content, doc->page.url, &doc->arena, &doc->meta, error);
}

static int
decide(struct work *w, const struct desk_boilerplate_options *options,
    struct desk_error *error)
{
	static const struct desk_page_models models = {
	    &page_news, &page_other, &page_type};
	struct desk_arena *arena = &w->doc->arena;
	bool empty;
	int code = desk_page_view(&w->page, arena, &w->view, error);
	if (!code)
		code = desk_page_pick(
		    w->view, &models, options, arena, &w->picks, &empty, error);
	return code;
}

int
desk_page_annotate(struct desk_doc *doc,
    const struct desk_boilerplate_options *options, struct desk_error *error)
{
	struct work w = {.doc = doc, .mark = options->mark};
	int code = desk_page_read(&w.page, &doc->page, &doc->arena, error);
	code = code ? code : decide(&w, options, error);
	code = code ? code : choose_meta(&w, error);
	code =
	    code ? code
		 : desk_body_add(&w.page, w.view, &w.picks, &doc->arena, error);
	code = code ? code : join(&w, error);
	code = code ? code : make_blocks(&w, error);
	return code ? code : move_styles(&w, error);
}
