/*
 * Web pages of any bytes: what comes out is valid text, its blocks lie in it
 * one behind the other and in the source, styles in the text, and metadata is
 * text of one line.  The first byte picks the options.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "copydesk.h"
#include "core/utf8.h"
#include "doc/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
need(bool good)
{
	if (!good)
		abort();
}

static void
check_blocks(const struct desk_doc *doc, size_t source)
{
	size_t count, at = 0;
	const struct desk_block *blocks = desk_doc_blocks(doc, &count);
	for (size_t i = 0; i < count; i++) {
		const struct desk_block *b = &blocks[i];
		need(b->start >= at && b->end > b->start);
		need(b->end <= doc->text.len && b->reason);
		need(b->src_start < b->src_end && b->src_end <= source);
		at = b->end;
	}
	need(at == doc->text.len);
}

static void
check_styles(const struct desk_doc *doc)
{
	uint32_t last = 0;
	for (size_t i = 0; i < doc->style_count; i++) {
		const struct desk_style *s = &doc->styles[i];
		need(s->start >= last && s->end > s->start);
		need(s->end <= doc->text.len);
		need((s->kind == DESK_STYLE_LINK) == (s->href.data != NULL));
		last = s->start;
	}
}

static void
check_line(struct desk_slice s)
{
	need(desk_utf8_valid(s.data, s.len) == s.len);
	for (size_t i = 0; i < s.len; i++)
		need((unsigned char)s.data[i] >= ' ');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	struct desk_boilerplate_options options = {
	    .type = data[0] & 1 ? DESK_TYPE_ARTICLE : DESK_TYPE_AUTO,
	    .focus = (enum desk_focus)((data[0] >> 1) % 3),
	    .mark = data[0] & 8,
	    .comments = data[0] & 16,
	    .no_tables = data[0] & 32};
	struct desk_doc *doc = desk_doc_new();
	need(doc != NULL);
	struct desk_page_source page = {
	    .html = {(const char *)data + 1, size - 1},
	    .encoding = data[0] & 64 ? "utf-8" : NULL};
	desk_doc_set_page(doc, &page);
	need(!desk_boilerplate_annotate(doc, &options, NULL));
	need(desk_utf8_valid(doc->text.data, doc->text.len) == doc->text.len);
	check_blocks(doc, size - 1);
	check_styles(doc);
	const struct desk_meta *meta = desk_doc_meta(doc);
	check_line(meta->title);
	check_line(meta->author);
	check_line(meta->date);
	check_line(meta->site);
	check_line(meta->lang);
	check_line(meta->url);
	desk_doc_free(doc);
	return 0;
}
