/*
 * A web page as blocks of text under a light tree of elements.
 *
 * One pass over the tokens: a stack of open elements with implied end tags, no
 * adoption agency.  A block is cut at every start and end of a block element
 * and at br; inline elements only count and leave their class words on it.
 * What is no text of the page (scripts, styles, svg, forms' values) is
 * dropped.  Depth and sizes are capped, time is linear.
 */
#ifndef DESK_BOILERPLATE_PAGE_H
#define DESK_BOILERPLATE_PAGE_H

#include "core/memory.h"
#include "doc/doc.h"
#include "html/decode.h"
#include "html/tags.h"

/* An element that blocks stand in; number 0 is the document, a parent comes
 * before its children. */
struct desk_page_node {
	uint32_t parent;
	uint32_t first, last; /* blocks in it: [first, last) */
	uint32_t kinds;	      /* of its class and id words: the classes of
				 lib/data/page_words.tsv as bits */
	uint32_t path; /* hash of tag and class, and of those around it */
	uint8_t tag;   /* enum desk_tag */
	uint8_t flags; /* enum desk_page_node_flag */
	uint16_t depth;
};

enum desk_page_node_flag {
	DESK_NODE_HIDDEN = 1,  /* hidden, aria-hidden, display: none */
	DESK_NODE_AUTHOR = 2,  /* rel or itemprop says author */
	DESK_NODE_BODY = 4,    /* itemprop says articleBody or text */
	DESK_NODE_ORDERED = 8, /* ol */
	DESK_NODE_TIME = 16    /* itemprop says datePublished */
};

struct desk_page_block {
	uint32_t start, end;	     /* in the page's text */
	uint32_t src_start, src_end; /* in the decoded source */
	uint32_t node;		     /* the innermost block element around it */
	uint32_t kinds;		     /* of inline elements in it */
	uint32_t link_bytes, bold_bytes, italic_bytes;
	uint16_t links, images;
	uint8_t kind, level; /* enum desk_block_kind */
	bool ordered;
	/* The features of features.c are kept apart. */
};

struct desk_page {
	struct desk_decoded decoded;
	struct desk_slice text; /* of all blocks, a line end between */
	struct desk_page_node *nodes;
	struct desk_page_block *blocks;
	struct desk_style *styles; /* over text */
	size_t node_count, block_count, style_count;
	struct desk_meta_notes *notes; /* of the head (meta.h) */
};

/* Reads a page; everything lies in the arena. */
int desk_page_read(struct desk_page *page,
    const struct desk_page_source *source, struct desk_arena *arena,
    struct desk_error *error);

#endif
