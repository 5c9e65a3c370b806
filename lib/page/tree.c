/*
 * tree.c - the stack of open elements.
 *
 * Each name has a chain of its open elements, the newest first, and each
 * element knows the nearest block element and the nearest border of a scope
 * below it, so that all questions about the stack are answered at once.  An
 * element over the depth cap is only counted, so that its end tag does not
 * end another; the counts go when what they stand in is closed.
 */
#include "page/build.h"

#include <string.h>

#include "core/error.h"

uint32_t
desk_name_hash(struct desk_slice name)
{
	uint32_t h = 1;
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.data[i];
		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		h = (h ^ c) * UINT32_C(16777619);
	}
	return h ^ h >> 13;
}

static size_t
bucket(enum desk_tag tag, uint32_t name)
{
	return tag ? (size_t)tag : DESK_TAG_COUNT + name % DESK_NAMES;
}

size_t
desk_open_find(const struct desk_builder *b, enum desk_tag tag, uint32_t name)
{
	size_t at = b->last[bucket(tag, name)];
	while (at && !tag && b->stack[at - 1].name != name)
		at = b->stack[at - 1].before;
	return at;
}

static bool
is_barrier(enum desk_tag tag)
{
	return tag == DESK_TAG_TABLE || tag == DESK_TAG_TD ||
	       tag == DESK_TAG_TH || tag == DESK_TAG_CAPTION ||
	       tag == DESK_TAG_TEMPLATE;
}

static void
set_context(struct desk_context *c, enum desk_tag tag)
{
	switch (tag) {
	case DESK_TAG_H1:
	case DESK_TAG_H2:
	case DESK_TAG_H3:
	case DESK_TAG_H4:
	case DESK_TAG_H5:
	case DESK_TAG_H6:
		c->heading = (uint8_t)(tag - DESK_TAG_H1 + 1);
		break;
	case DESK_TAG_UL:
	case DESK_TAG_OL:
	case DESK_TAG_MENU:
	case DESK_TAG_DIR:
		if (c->lists < UINT8_MAX)
			c->lists++;
		c->ordered = tag == DESK_TAG_OL;
		c->item = false;
		break;
	case DESK_TAG_LI:
		c->item = true;
		break;
	case DESK_TAG_PRE:
	case DESK_TAG_LISTING:
	case DESK_TAG_XMP:
	case DESK_TAG_PLAINTEXT:
		c->pre = true;
		break;
	case DESK_TAG_BLOCKQUOTE:
		c->quote = true;
		break;
	case DESK_TAG_FIGCAPTION:
	case DESK_TAG_CAPTION:
		c->caption = true;
		break;
	default:
		break;
	}
}

static int
add_node(struct desk_builder *b, struct desk_open *open,
    const struct desk_element_words *words, struct desk_error *error)
{
	struct desk_page *page = b->page;
	struct desk_open *above = &b->stack[b->depth - 1];
	struct desk_open *outer = &b->stack[above->special - 1];
	if (!DESK_RESERVE(
		b->arena, page->nodes, page->node_count, b->node_room))
		return desk_fail_memory(error);
	struct desk_page_node *parent = &page->nodes[outer->node];
	open->node = (uint32_t)page->node_count;
	page->nodes[page->node_count++] = (struct desk_page_node){
	    .parent = outer->node,
	    .first = (uint32_t)page->block_count,
	    .last = (uint32_t)page->block_count,
	    .kinds = words->kinds | above->kinds,
	    .own = words->own,
	    .path = (parent->path ^ words->own) * UINT32_C(0x9E3779B1),
	    .index = outer->children < UINT16_MAX ? (uint16_t)outer->children
						  : UINT16_MAX,
	    .depth = (uint16_t)(parent->depth + 1),
	    .tag = open->tag,
	    .flags =
		(uint8_t)(words->flags | above->marks |
			  (open->tag == DESK_TAG_OL ? DESK_NODE_ORDERED : 0))};
	outer->children++;
	return 0;
}

/* The style that a tag brings, + 1. */
static unsigned
style_of(enum desk_tag tag)
{
	switch (tag) {
	case DESK_TAG_A:
		return 1 + DESK_STYLE_LINK;
	case DESK_TAG_B:
	case DESK_TAG_STRONG:
		return 1 + DESK_STYLE_STRONG;
	case DESK_TAG_I:
	case DESK_TAG_EM:
	case DESK_TAG_CITE:
		return 1 + DESK_STYLE_EMPHASIS;
	case DESK_TAG_CODE:
	case DESK_TAG_TT:
		return 1 + DESK_STYLE_CODE;
	default:
		return 0;
	}
}

static void
open_inline(struct desk_builder *b, struct desk_open *open,
    const struct desk_element_words *words)
{
	const struct desk_open *above = &b->stack[b->depth - 1];
	open->node = DESK_NO_NODE;
	open->kinds = above->kinds | words->kinds;
	open->marks = above->marks | words->flags;
	open->special = above->special;
	b->block.kinds |= b->begun ? words->kinds : 0;
	b->inline_depth++;
	unsigned style = style_of(open->tag);
	if (style && !(open->tag == DESK_TAG_A && !words->href.data))
		desk_style_begin(
		    b, open, (enum desk_style_kind)(style - 1), words->href);
}

int
desk_open_push(struct desk_builder *b, const struct desk_html_token *token,
    uint32_t name, bool block, struct desk_error *error)
{
	size_t at = bucket(token->tag, name);
	if (block) {
		int code = desk_block_cut(b, error);
		if (code)
			return code;
		b->breaks = 0;
	}
	if (b->depth == DESK_DEPTH ||
	    (block && b->page->node_count >= DESK_NODES_MAX) ||
	    (!block && b->inline_depth == DESK_INLINE_DEPTH)) {
		b->over[at]++;
		b->over_count++;
		return 0;
	}
	struct desk_element_words words;
	desk_element_read(b, token, &words);
	struct desk_open *above = &b->stack[b->depth - 1];
	struct desk_open *open = &b->stack[b->depth];
	*open = (struct desk_open){.name = name,
	    .first = (uint32_t)b->page->block_count,
	    .bucket = (uint16_t)at,
	    .before = b->last[at],
	    .barrier = above->barrier,
	    .tag = (uint8_t)token->tag,
	    .context = above->context};
	uint16_t place = (uint16_t)(b->depth + 1);
	if (block) {
		int code = add_node(b, open, &words, error);
		if (code)
			return code;
		open->special = place;
		set_context(&open->context, token->tag);
		b->item_new |= token->tag == DESK_TAG_LI;
		b->drop_line = token->tag == DESK_TAG_PRE ||
			       token->tag == DESK_TAG_LISTING;
	} else {
		open_inline(b, open, &words);
	}
	if (is_barrier(token->tag))
		open->barrier = place;
	b->last[at] = place;
	b->depth++;
	return 0;
}

static int
close_node(
    struct desk_builder *b, struct desk_open *open, struct desk_error *error)
{
	struct desk_page *page = b->page;
	int code = desk_block_cut(b, error);
	b->breaks = 0;
	if (!code && open->tag == DESK_TAG_TR)
		code = desk_block_row(b, open, error);
	if (code)
		return code;
	if (open->tag == DESK_TAG_LI)
		b->item_new = false;
	page->nodes[open->node].last = (uint32_t)page->block_count;
	if (open->first == page->block_count && open->node)
		page->node_count = open->node;
	return 0;
}

int
desk_open_pop(struct desk_builder *b, size_t place, struct desk_error *error)
{
	if (b->over_count) {
		memset(b->over, 0, sizeof b->over);
		b->over_count = 0;
	}
	while (b->depth >= place) {
		struct desk_open *open = &b->stack[b->depth - 1];
		if (open->node == DESK_NO_NODE) {
			desk_style_end(b, open);
			b->inline_depth--;
		} else {
			int code = close_node(b, open, error);
			if (code)
				return code;
		}
		if (!open->dead)
			b->last[open->bucket] = open->before;
		b->depth--;
	}
	return 0;
}

void
desk_open_kill(struct desk_builder *b, size_t place)
{
	struct desk_open *open = &b->stack[place - 1];
	desk_style_end(b, open);
	open->dead = true;
	b->last[open->bucket] = open->before;
}
