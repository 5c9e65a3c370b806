/*
 * page.c - from tokens to blocks: which tags open and close what.
 *
 * After the standard's tree construction as far as it decides where text
 * stands: implied end tags, scopes that end at cells and tables, end tags that
 * match nothing left alone.  Formatting elements are not reopened.  What is
 * never text (select, svg, video, ...) is read over up to its end tag; where
 * that is missing, up to the end tag of what it stands in, and where the page
 * ends before, it is read again as if it could be seen.
 */
#include "page/page.h"

#include <string.h>

#include "page/meta.h"
#include "page/build.h"
#include "core/error.h"
#include "core/slice.h"

enum { SCRIPTED = 160 /* bytes of text of a page that scripts make */ };

static size_t
max(size_t a, size_t b)
{
	return a > b ? a : b;
}

static const struct desk_open *
top(const struct desk_builder *b)
{
	return &b->stack[b->depth - 1];
}

/* Closes an open element that lies above a border. */
static int
close_above(struct desk_builder *b, size_t place, size_t border,
    struct desk_error *error)
{
	return place > border ? desk_open_pop(b, place, error) : 0;
}

static size_t
innermost_list(const struct desk_builder *b)
{
	return max(max(b->last[DESK_TAG_UL], b->last[DESK_TAG_OL]),
	    max(b->last[DESK_TAG_MENU], b->last[DESK_TAG_DIR]));
}

static size_t
innermost_heading(const struct desk_builder *b)
{
	size_t place = 0;
	for (int i = DESK_TAG_H1; i <= DESK_TAG_H6; i++)
		place = max(place, b->last[i]);
	return place;
}

static int
push_row(struct desk_builder *b, struct desk_error *error)
{
	struct desk_html_token row = {.tag = DESK_TAG_TR};
	return desk_open_push(b, &row, 0, true, error);
}

/* What belongs to the table around it. */
static bool
part_of_table(enum desk_tag tag)
{
	switch (tag) {
	case DESK_TAG_TD:
	case DESK_TAG_TH:
	case DESK_TAG_TR:
	case DESK_TAG_TBODY:
	case DESK_TAG_THEAD:
	case DESK_TAG_TFOOT:
	case DESK_TAG_CAPTION:
	case DESK_TAG_COLGROUP:
		return true;
	default:
		return false;
	}
}

/* What a part of a table closes; *lost where there is no table. */
static int
close_for_table(struct desk_builder *b, enum desk_tag tag, bool *lost,
    struct desk_error *error)
{
	size_t table = b->last[DESK_TAG_TABLE], row = b->last[DESK_TAG_TR];
	size_t cell = max(b->last[DESK_TAG_TD], b->last[DESK_TAG_TH]);
	int code = 0;
	*lost = !table;
	if (!table)
		return 0;
	if (tag == DESK_TAG_TD || tag == DESK_TAG_TH) {
		code = close_above(b, cell, table, error);
		if (!code && row <= table)
			code = push_row(b, error);
	} else if (tag == DESK_TAG_TR) {
		code = close_above(b, row > table ? row : cell, table, error);
	} else {
		code = close_above(
		    b, b->depth > table ? table + 1 : 0, table, error);
	}
	return code;
}

static int
close_implied(struct desk_builder *b, enum desk_tag tag, bool *lost,
    struct desk_error *error)
{
	size_t barrier = top(b)->barrier, place = 0, border = barrier;
	*lost = false;
	if (desk_tags[tag].flags & DESK_TAG_CLOSES_P) {
		int code = close_above(b, b->last[DESK_TAG_P], barrier, error);
		if (code)
			return code;
	}
	if (part_of_table(tag))
		return close_for_table(b, tag, lost, error);
	switch (tag) {
	case DESK_TAG_LI:
		place = b->last[DESK_TAG_LI];
		border = max(barrier, innermost_list(b));
		break;
	case DESK_TAG_DD:
	case DESK_TAG_DT:
		place = max(b->last[DESK_TAG_DD], b->last[DESK_TAG_DT]);
		border = max(barrier, b->last[DESK_TAG_DL]);
		break;
	case DESK_TAG_H1:
	case DESK_TAG_H2:
	case DESK_TAG_H3:
	case DESK_TAG_H4:
	case DESK_TAG_H5:
	case DESK_TAG_H6:
		place = innermost_heading(b);
		border = max(barrier, top(b)->special - 1u);
		break;
	case DESK_TAG_A:
		place = b->last[DESK_TAG_A];
		border = top(b)->special;
		if (place && place <= border)
			desk_open_kill(b, place);
		break;
	case DESK_TAG_BUTTON:
		place = b->last[DESK_TAG_BUTTON];
		break;
	default:
		break;
	}
	return close_above(b, place, border, error);
}

static int
line_break(struct desk_builder *b, struct desk_error *error)
{
	if (top(b)->context.pre && b->begun) {
		static const char end[] = "\n";
		struct desk_html_token line = {.text = {end, 1},
		    .plain = true,
		    .start = b->block.src_end,
		    .end = b->block.src_end};
		return desk_block_text(b, &line, error);
	}
	bool begun = b->begun;
	int code = desk_block_cut(b, error);
	b->breaks = begun ? 1 : 2;
	return code;
}

static int
void_tag(struct desk_builder *b, enum desk_tag tag, struct desk_error *error)
{
	switch (tag) {
	case DESK_TAG_BR:
		return line_break(b, error);
	case DESK_TAG_HR:
		b->breaks = 2;
		return desk_block_cut(b, error);
	case DESK_TAG_IMG:
		if (b->block.images < UINT16_MAX)
			b->block.images++;
		return 0;
	default:
		return 0;
	}
}

static bool
is_block(const struct desk_html_token *token)
{
	if (token->tag)
		return desk_tags[token->tag].flags & DESK_TAG_BLOCK;
	return memchr(token->name.data, '-', token->name.len) != NULL;
}

/* In other XML, such as a newswire's, an element that is none of ours is a
 * block where no text has begun in what is around it: a headline, a byline, but
 * not a name in a paragraph. */
static bool
begins_block(const struct desk_builder *b, const struct desk_html_token *token)
{
	enum desk_tag around = b->stack[top(b)->special - 1].tag;
	return is_block(token) ||
	       (b->xml && !token->tag && !b->begun &&
		   (around == DESK_TAG_OTHER || around == DESK_TAG_HTML));
}

/* An end tag's element is what its start tag began. */
static bool
ends_block(const struct desk_builder *b, const struct desk_html_token *token,
    size_t place)
{
	return is_block(token) ||
	       (b->xml && place && b->stack[place - 1].special == place);
}

/* Whether an element is read over; a template with a shadow root is shown. */
static bool
is_hidden(struct desk_builder *b, const struct desk_html_token *token)
{
	enum desk_tag tag = token->tag;
	if (!tag)
		return token->name.len == 10 &&
		       desk_name_hash(token->name) ==
			   desk_name_hash(desk_slice("annotation", 10));
	if (!(desk_tags[tag].flags & DESK_TAG_HIDDEN) || b->forgiven[tag])
		return false;
	return tag != DESK_TAG_TEMPLATE ||
	       !desk_html_find(token, "shadowrootmode", 14);
}

static void
begin_skip(struct desk_builder *b, const struct desk_html_token *token)
{
	b->skipping = true;
	b->skip = token->tag;
	b->skip_name = token->tag ? 0 : desk_name_hash(token->name);
	b->skip_depth = 1;
	b->skip_inner = 0;
	b->skip_inside = 0;
	b->skip_from = b->html;
	b->html.foreign = token->tag == DESK_TAG_SVG;
}

static void
end_skip(struct desk_builder *b)
{
	b->skipping = false;
	b->html.foreign = false;
}

static void
note_base(struct desk_builder *b, const struct desk_html_token *token)
{
	struct desk_element_words words;
	desk_element_read(b, token, &words);
	b->page->base = words.href;
}

static int
start_tag(struct desk_builder *b, const struct desk_html_token *token,
    struct desk_error *error)
{
	enum desk_tag tag = token->tag;
	unsigned flags = desk_tags[tag].flags;
	b->page->tags[tag]++;
	int code = desk_meta_note(b->page->notes, token, error);
	if (code)
		return code;
	if (tag == DESK_TAG_BASE && !b->page->base.data)
		note_base(b, token);
	if (flags & DESK_TAG_VOID)
		return void_tag(b, tag, error);
	bool block = begins_block(b, token), lost;
	if (is_hidden(b, token)) {
		if (block && tag != DESK_TAG_TITLE)
			code = desk_block_cut(b, error);
		if (!(flags & DESK_TAG_RAW) &&
		    !(token->closed && (flags & DESK_TAG_FOREIGN)))
			begin_skip(b, token);
		return code;
	}
	if (tag == DESK_TAG_NOSCRIPT)
		b->html.mode = DESK_HTML_DATA;
	if (tag == DESK_TAG_HTML || tag == DESK_TAG_HEAD_ELEMENT ||
	    (tag == DESK_TAG_BODY && top(b)->special > 1))
		return 0;
	code = close_implied(b, tag, &lost, error);
	if (code || lost)
		return code ? code : desk_block_cut(b, error);
	uint32_t name = tag ? 0 : desk_name_hash(token->name);
	return desk_open_push(b, token, name, block, error);
}

/* Above which border an end tag finds its element. */
static size_t
scope_of(const struct desk_builder *b, enum desk_tag tag)
{
	if (part_of_table(tag))
		return max(b->last[DESK_TAG_TABLE], 1);
	switch (tag) {
	case DESK_TAG_TABLE:
		return 1;
	case DESK_TAG_LI:
		return max(top(b)->barrier, innermost_list(b));
	default:
		return top(b)->barrier;
	}
}

/* Elements that the standard ends across others. */
static bool
is_formatting(enum desk_tag tag)
{
	return tag == DESK_TAG_A || tag == DESK_TAG_B || tag == DESK_TAG_BIG ||
	       tag == DESK_TAG_CODE || tag == DESK_TAG_EM ||
	       tag == DESK_TAG_FONT || tag == DESK_TAG_I || tag == DESK_TAG_S ||
	       tag == DESK_TAG_SMALL || tag == DESK_TAG_STRIKE ||
	       tag == DESK_TAG_STRONG || tag == DESK_TAG_TT ||
	       tag == DESK_TAG_U;
}

static int
end_inline(struct desk_builder *b, enum desk_tag tag, size_t place,
    struct desk_error *error)
{
	if (place > top(b)->special)
		return desk_open_pop(b, place, error);
	if (is_formatting(tag) && place > top(b)->barrier)
		desk_open_kill(b, place);
	return 0;
}

static int
end_tag(struct desk_builder *b, const struct desk_html_token *token,
    struct desk_error *error)
{
	enum desk_tag tag = token->tag;
	uint32_t name = tag ? 0 : desk_name_hash(token->name);
	if (tag == DESK_TAG_BR)
		return line_break(b, error);
	size_t place = desk_open_find(b, tag, name);
	bool block = ends_block(b, token, place);
	uint32_t *over =
	    &b->over[tag ? (size_t)tag : DESK_TAG_COUNT + name % DESK_NAMES];
	if (*over) {
		--*over;
		b->over_count--;
		place = 0;
	} else if (tag >= DESK_TAG_H1 && tag <= DESK_TAG_H6) {
		place = innermost_heading(b);
	}
	if (!block)
		return place ? end_inline(b, tag, place, error) : 0;
	b->breaks = 0;
	if (place <= scope_of(b, tag) || tag == DESK_TAG_BODY ||
	    tag == DESK_TAG_HTML || tag == DESK_TAG_HEAD_ELEMENT)
		return desk_block_cut(b, error);
	if (tag == DESK_TAG_FORM && place < top(b)->special) {
		desk_open_kill(b, place);
		return desk_block_cut(b, error);
	}
	return desk_open_pop(b, place, error);
}

/* Elements that end with any tag that follows. */
static bool
ends_at_any(enum desk_tag tag)
{
	return tag == DESK_TAG_OPTION || tag == DESK_TAG_OPTGROUP ||
	       tag == DESK_TAG_RP;
}

static bool
is_named(const struct desk_html_token *token, const char *name)
{
	size_t len = strlen(name);
	return token->name.len == len &&
	       desk_name_hash(token->name) ==
		   desk_name_hash(desk_slice(name, len));
}

/* In svg: elements in which HTML goes on. */
static bool
holds_html(const struct desk_html_token *token)
{
	return token->tag == DESK_TAG_TITLE ||
	       (!token->tag && (is_named(token, "foreignobject") ||
				   is_named(token, "desc")));
}

/* A tag in what is read over: whether it ended there, and the tag counts. */
static bool
skip_tag(struct desk_builder *b, const struct desk_html_token *token)
{
	bool open = token->kind == DESK_HTML_OPEN;
	enum desk_tag tag = token->tag;
	if (ends_at_any(b->skip)) {
		end_skip(b);
		return true;
	}
	if (tag == b->skip &&
	    (tag || desk_name_hash(token->name) == b->skip_name)) {
		b->skip_depth +=
		    open ? !(token->closed && b->html.foreign) : -1u;
		if (!b->skip_depth)
			end_skip(b);
		return false;
	}
	if (b->skip == DESK_TAG_TEMPLATE)
		return false;
	bool block = is_block(token) && !(desk_tags[tag].flags & DESK_TAG_VOID);
	if (b->html.foreign && holds_html(token) && !token->closed)
		b->skip_inside += open ? 1 : b->skip_inside ? -1u : 0;
	else if (b->html.foreign && !b->skip_inside && block && open && tag) {
		end_skip(b);
		return true;
	}
	if (!block)
		return false;
	if (open) {
		b->skip_inner++;
	} else if (b->skip_inner) {
		b->skip_inner--;
	} else if (desk_open_find(
		       b, tag, tag ? 0 : desk_name_hash(token->name)) >
		   scope_of(b, tag)) {
		end_skip(b);
		return true;
	}
	return false;
}

static bool
shows(const struct desk_html_token *token, enum desk_tag last)
{
	return token->mode == DESK_HTML_DATA ||
	       token->mode == DESK_HTML_CDATA ||
	       token->mode == DESK_HTML_PLAINTEXT || last == DESK_TAG_XMP;
}

static int
text(struct desk_builder *b, const struct desk_html_token *token,
    enum desk_tag last, struct desk_error *error)
{
	if (shows(token, last))
		return desk_block_text(b, token, error);
	if (last == DESK_TAG_TITLE || last == DESK_TAG_SCRIPT)
		return desk_meta_note(b->page->notes, token, error);
	return 0;
}

/* The page is at its end: false where what was read over shows now. */
static bool
at_end(struct desk_builder *b)
{
	if (!b->skipping || !b->skip || b->forgiven[b->skip])
		return true;
	b->html = b->skip_from;
	b->forgiven[b->skip] = true;
	b->skipping = false;
	return false;
}

static int
read_tokens(struct desk_builder *b, struct desk_error *error)
{
	struct desk_html_token token;
	enum desk_tag last = DESK_TAG_OTHER;
	int code = 0;
	while (!code) {
		if (!desk_html_next(&b->html, &token)) {
			if (at_end(b))
				break;
			continue;
		}
		bool tag = token.kind == DESK_HTML_OPEN ||
			   token.kind == DESK_HTML_CLOSE;
		if (b->skipping && (!tag || !skip_tag(b, &token)))
			continue;
		if (token.kind == DESK_HTML_TEXT)
			code = text(b, &token, last, error);
		else if (token.kind == DESK_HTML_OPEN)
			code = start_tag(b, &token, error);
		else if (token.kind == DESK_HTML_CLOSE)
			code = end_tag(b, &token, error);
		else if (token.kind == DESK_HTML_DOCTYPE)
			b->xml = token.name.len && !is_named(&token, "html");
		last =
		    token.kind == DESK_HTML_OPEN ? token.tag : DESK_TAG_OTHER;
	}
	if (!code)
		code = desk_open_pop(b, 2, error);
	b->ending = true;
	return code ? code : desk_block_cut(b, error);
}

static int
build(struct desk_builder *b, bool noscript, struct desk_error *error)
{
	struct desk_page *page = b->page;
	struct desk_arena *arena = b->arena;
	struct desk_decoded decoded = page->decoded;
	memset(b, 0, sizeof *b);
	*page = (struct desk_page){.decoded = decoded, .as_is = page->as_is};
	b->page = page;
	b->arena = arena;
	b->forgiven[DESK_TAG_NOSCRIPT] = noscript;
	page->notes = desk_meta_new(arena, page->as_is);
	b->text_room = decoded.text.len + 64;
	b->text = desk_arena_alloc(arena, b->text_room);
	if (!page->notes || !b->text ||
	    !DESK_RESERVE(arena, page->nodes, page->node_count, b->node_room))
		return desk_fail_memory(error);
	page->nodes[page->node_count++] =
	    (struct desk_page_node){.tag = DESK_TAG_HTML};
	b->stack[0] = (struct desk_open){
	    .special = 1, .barrier = 1, .tag = DESK_TAG_HTML};
	b->depth = 1;
	desk_html_open(&b->html, decoded.text);
	int code = read_tokens(b, error);
	page->nodes[0].last = (uint32_t)page->block_count;
	page->text = desk_slice(b->text, b->text_len);
	return code;
}

int
desk_page_read(struct desk_page *page, const struct desk_page_source *source,
    struct desk_arena *arena, struct desk_error *error)
{
	memset(page, 0, sizeof *page);
	page->as_is = source->as_is;
	int code = desk_decode(
	    source->html, source->encoding, arena, &page->decoded, error);
	if (code)
		return code;
	struct desk_builder *b = desk_arena_alloc(arena, sizeof *b);
	if (!b)
		return desk_fail_memory(error);
	b->page = page;
	b->arena = arena;
	code = build(b, false, error);
	/* Where scripts would make the page, what it says without them. */
	if (!code && page->text.len < SCRIPTED && page->tags[DESK_TAG_NOSCRIPT])
		code = build(b, true, error);
	return code;
}
