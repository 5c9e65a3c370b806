/*
 * text.c - the text of blocks, and where they end.
 *
 * Text goes to one growing run of bytes, white space collapsed as it comes.
 * Styles that are open when a block ends go on in the next one as new ones;
 * they are made when they first have text, outer ones first.
 */
#include "page/build.h"

#include <string.h>

#include "core/error.h"
#include "html/mend.h"

enum {
	CELL_MAX = 240,	 /* bytes in a cell of a table of data */
	CELL_DEPTH = 4,	 /* elements between a cell and its text */
	EMPTY_CELLS = 32 /* of a row that leave a TAB */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static int
reserve(struct desk_builder *b, size_t more, struct desk_error *error)
{
	if (b->text_room - b->text_len >= more)
		return 0;
	size_t room = b->text_room + b->text_room / 2 + more + 64;
	if (room > UINT32_MAX)
		return desk_fail(error, DESK_ELIMIT, "page too long");
	char *fresh = desk_arena_grow(b->arena, b->text, b->text_len, room);
	if (!fresh)
		return desk_fail_memory(error);
	b->text = fresh;
	b->text_room = room;
	return 0;
}

void
desk_style_begin(struct desk_builder *b, struct desk_open *open,
    enum desk_style_kind kind, struct desk_slice href)
{
	if (b->style_open[kind])
		return;
	b->style_open[kind] = true;
	b->styles[b->style_depth++] =
	    (struct desk_open_style){.kind = kind, .href = href};
	open->style = (uint8_t)(kind + 1);
}

void
desk_style_end(struct desk_builder *b, struct desk_open *open)
{
	if (!open->style)
		return;
	size_t at = 0;
	while (b->styles[at].kind + 1u != open->style)
		at++;
	if (b->styles[at].slot)
		b->page->styles[b->styles[at].slot - 1].end =
		    (uint32_t)b->text_len;
	b->style_open[open->style - 1] = false;
	b->style_depth--;
	memmove(&b->styles[at], &b->styles[at + 1],
	    (b->style_depth - at) * sizeof *b->styles);
	open->style = 0;
}

/* Styles that are open have text from here on. */
static int
start_styles(struct desk_builder *b, struct desk_error *error)
{
	struct desk_page *page = b->page;
	for (size_t i = 0; i < b->style_depth; i++) {
		struct desk_open_style *style = &b->styles[i];
		if (style->slot)
			continue;
		if (!DESK_RESERVE(b->arena, page->styles, page->style_count,
			b->style_room))
			return desk_fail_memory(error);
		page->styles[page->style_count++] =
		    (struct desk_style){.start = (uint32_t)b->text_len,
			.end = (uint32_t)b->text_len,
			.kind = style->kind,
			.href = style->href};
		style->slot = (uint32_t)page->style_count;
		if (style->kind == DESK_STYLE_LINK &&
		    b->block.links < UINT16_MAX)
			b->block.links++;
	}
	return 0;
}

static void
begin(struct desk_builder *b, size_t source)
{
	struct desk_page_block *block = &b->block;
	if (b->page->block_count)
		b->text[b->text_len++] = '\n';
	uint16_t images = block->images;
	*block = (struct desk_page_block){.start = (uint32_t)b->text_len,
	    .src_start = (uint32_t)source,
	    .images = images,
	    .flags = b->breaks == 1 ? DESK_PAGE_BR : 0};
	b->begun = true;
	b->blank = false;
	b->breaks = 0;
}

/* Appends a run that has no white space but single blanks, and which room has
 * been made for. */
static int
put(struct desk_builder *b, const char *s, size_t len, struct desk_error *error)
{
	const struct desk_open *top = &b->stack[b->depth - 1];
	if (b->blank)
		b->text[b->text_len++] = ' ';
	b->blank = false;
	int code = b->style_depth ? start_styles(b, error) : 0;
	if (code)
		return code;
	memmove(b->text + b->text_len, s, len);
	b->text_len += len;
	b->block.kinds |= top->kinds;
	b->block.marks |= top->marks;
	uint32_t bytes = (uint32_t)len;
	if (b->style_open[DESK_STYLE_LINK])
		b->block.link_bytes += bytes;
	if (b->style_open[DESK_STYLE_STRONG])
		b->block.bold_bytes += bytes;
	if (b->style_open[DESK_STYLE_EMPHASIS])
		b->block.italic_bytes += bytes;
	return 0;
}

/* Where a run ends that may be put as it stands. */
static const char *
run_end(const char *s, const char *end)
{
	while (s < end &&
	       (!is_blank(*s) || (*s == ' ' && s + 1 < end && !is_blank(s[1]))))
		s++;
	return s;
}

/* No-break spaces and marks without width, which begin no block. */
static size_t
empty_sign(const char *s, const char *end)
{
	if (end - s >= 2 && !memcmp(s, "\xC2\xA0", 2))
		return 2;
	if (end - s >= 3 &&
	    (!memcmp(s, "\xE2\x80\x8B", 3) || !memcmp(s, "\xEF\xBB\xBF", 3)))
		return 3;
	return 0;
}

/* same: the text is as it stands in the source. */
static int
flow(struct desk_builder *b, const char *s, const char *end, bool same,
    const struct desk_html_token *token, struct desk_error *error)
{
	const char *from = s;
	while (s < end) {
		size_t skip = is_blank(*s);
		if (skip)
			b->blank = true;
		else if (!b->begun)
			skip = empty_sign(s, end);
		if (skip) {
			s += skip;
			continue;
		}
		if (!b->begun)
			begin(
			    b, token->start + (same ? (size_t)(s - from) : 0));
		const char *stop = run_end(s, end);
		int code = put(b, s, (size_t)(stop - s), error);
		if (code)
			return code;
		s = stop;
		b->block.src_end =
		    same ? token->start + (uint32_t)(s - from) : token->end;
	}
	return 0;
}

/* Preformatted: all of it, but no blank lines at the start. */
static int
preserve(struct desk_builder *b, const char *s, const char *end,
    const struct desk_html_token *token, struct desk_error *error)
{
	if (b->drop_line && s < end && *s == '\n')
		s++;
	b->drop_line = false;
	if (!b->begun) {
		const char *line = s;
		for (; s < end && is_blank(*s); s++)
			if (*s == '\n')
				line = s + 1;
		if (s == end)
			return 0;
		s = line;
		begin(b, token->start);
	}
	b->block.src_end = token->end;
	b->blank = false;
	return s < end ? put(b, s, (size_t)(end - s), error) : 0;
}

int
desk_block_text(struct desk_builder *b, const struct desk_html_token *token,
    struct desk_error *error)
{
	const char *s = token->text.data;
	size_t len = token->text.len;
	/* Two bytes more: the end of the block before, and a blank. */
	int code =
	    reserve(b, (token->plain ? len : desk_html_room(len)) + 2, error);
	if (code)
		return code;
	char *out = b->text + b->text_len + 2;
	if (!token->plain) {
		len = desk_html_text(token->text, token->mode, out);
		s = out;
	}
	if (b->stack[b->depth - 1].context.pre)
		return preserve(b, s, s + len, token, error);
	bool whole =
	    b->page->as_is || desk_mend_whole((struct desk_slice){s, len});
	if (!whole) {
		memmove(out, s, len);
		len = desk_mend(out, len);
		s = out;
	}
	return flow(b, s, s + len, token->plain && whole, token, error);
}

/* What the text ends in that is no text. */
static void
trim(struct desk_builder *b)
{
	while (b->text_len > b->block.start) {
		const char *end = b->text + b->text_len;
		size_t left = b->text_len - b->block.start;
		if (is_blank(end[-1]))
			b->text_len--;
		else if (left >= 2 && empty_sign(end - 2, end))
			b->text_len -= 2;
		else
			break;
	}
}

static void
end_styles(struct desk_builder *b)
{
	struct desk_page *page = b->page;
	for (size_t i = 0; i < b->style_depth; i++) {
		uint32_t slot = b->styles[i].slot;
		if (slot)
			page->styles[slot - 1].end = (uint32_t)b->text_len;
		b->styles[i].slot = 0;
	}
	/* What was trimmed may have had styles of its own. */
	while (page->style_count) {
		struct desk_style *last = &page->styles[page->style_count - 1];
		if (last->start >= b->text_len)
			page->style_count--;
		else if (last->end > b->text_len)
			last->end = (uint32_t)b->text_len;
		else
			break;
	}
}

static void
set_kind(struct desk_builder *b, struct desk_page_block *block)
{
	const struct desk_context *c = &b->stack[b->depth - 1].context;
	block->kind = DESK_PARAGRAPH;
	block->level = c->lists;
	block->ordered = c->ordered;
	if (c->heading) {
		block->kind = DESK_HEADING;
		block->level = c->heading;
	} else if (c->pre) {
		block->kind = DESK_PREFORMATTED;
	} else if (c->caption) {
		block->kind = DESK_CAPTION;
	} else if (c->item && b->item_new) {
		block->kind = DESK_ITEM;
	} else if (c->item) {
		block->flags |= DESK_PAGE_GOES_ON;
	} else if (c->quote) {
		block->kind = DESK_QUOTATION;
	}
	b->item_new = false;
}

/* There are too many blocks: a line end instead of a new one. */
static int
go_on(struct desk_builder *b, struct desk_error *error)
{
	int code = reserve(b, 1, error);
	b->blank = false;
	if (!code && b->text[b->text_len - 1] != '\n')
		b->text[b->text_len++] = '\n';
	return code;
}

int
desk_block_cut(struct desk_builder *b, struct desk_error *error)
{
	struct desk_page *page = b->page;
	if (!b->begun)
		return 0;
	if (page->block_count + 1 >= DESK_BLOCKS_MAX && !b->ending)
		return go_on(b, error);
	trim(b);
	end_styles(b);
	b->begun = b->blank = false;
	struct desk_page_block *block = &b->block;
	if (b->text_len == block->start) { /* it was but signs */
		b->text_len -= page->block_count > 0;
		return 0;
	}
	if (!DESK_RESERVE(
		b->arena, page->blocks, page->block_count, b->block_room))
		return desk_fail_memory(error);
	const struct desk_open *top = &b->stack[b->depth - 1];
	block->node = b->stack[top->special - 1].node;
	block->end = (uint32_t)b->text_len;
	set_kind(b, block);
	page->blocks[page->block_count++] = *block;
	block->images = 0;
	return 0;
}

/* The cell of a row that a block stands in, or 0 where it is no cell of data.
 */
static uint32_t
cell_of(const struct desk_page *page, const struct desk_page_block *block,
    uint32_t row)
{
	if (block->kind != DESK_PARAGRAPH ||
	    block->end - block->start > CELL_MAX)
		return 0;
	uint32_t node = block->node;
	for (int i = 0; i < CELL_DEPTH && node > row; i++) {
		const struct desk_page_node *n = &page->nodes[node];
		if (n->parent == row)
			return n->tag == DESK_TAG_TD || n->tag == DESK_TAG_TH
				   ? node
				   : 0;
		node = n->parent;
	}
	return 0;
}

/* Whether it is a row of data; *empty gets the number of cells without text
 * between others. */
static bool
is_row(const struct desk_page *page, size_t first, uint32_t row, size_t *empty)
{
	uint32_t before = 0;
	*empty = 0;
	for (size_t i = first; i < page->block_count; i++) {
		uint32_t cell = cell_of(page, &page->blocks[i], row);
		if (!cell || cell == before)
			return false;
		if (before)
			*empty += page->nodes[cell].index -
				  page->nodes[before].index - 1u;
		before = cell;
	}
	return page->block_count - first > 1;
}

/* Moves what begins at a place in the text, and the styles in it. */
static void
move_cell(struct desk_builder *b, struct desk_page_block *block, size_t by,
    size_t *styles)
{
	memmove(b->text + block->start + by, b->text + block->start,
	    block->end - block->start);
	while (*styles && b->page->styles[*styles - 1].start >= block->start) {
		struct desk_style *style = &b->page->styles[--*styles];
		style->start += (uint32_t)by;
		style->end += (uint32_t)by;
	}
}

static void
add_cell(struct desk_page_block *row, const struct desk_page_block *cell)
{
	row->kinds |= cell->kinds;
	row->marks |= cell->marks;
	row->link_bytes += cell->link_bytes;
	row->bold_bytes += cell->bold_bytes;
	row->italic_bytes += cell->italic_bytes;
	row->links += cell->links;
	row->images += cell->images;
	row->src_end = cell->src_end;
}

int
desk_block_row(struct desk_builder *b, const struct desk_open *open,
    struct desk_error *error)
{
	struct desk_page *page = b->page;
	size_t first = open->first, styles = page->style_count, empty;
	/* A block that goes on (there are too many) is not of the row alone. */
	if (b->begun || !is_row(page, first, open->node, &empty))
		return 0;
	bool gaps = empty <= EMPTY_CELLS;
	empty = gaps ? empty : 0;
	int code = reserve(b, empty, error);
	if (code)
		return code;
	b->text_len += empty;
	for (size_t i = page->block_count - 1; i > first; i--) {
		struct desk_page_block *block = &page->blocks[i];
		uint32_t cell = cell_of(page, block, open->node);
		uint32_t before = cell_of(page, block - 1, open->node);
		size_t tabs = 1;
		if (gaps)
			tabs = page->nodes[cell].index -
			       (size_t)page->nodes[before].index;
		if (empty)
			move_cell(b, block, empty, &styles);
		empty -= tabs - 1;
		memset(b->text + block[-1].end + empty, '\t', tabs);
	}
	struct desk_page_block *row = &page->blocks[first];
	for (size_t i = first + 1; i < page->block_count; i++)
		add_cell(row, &page->blocks[i]);
	row->end = (uint32_t)b->text_len;
	row->node = open->node;
	row->kind = DESK_ROW;
	row->level = 0;
	page->block_count = first + 1;
	page->node_count = open->node + 1;
	return 0;
}
