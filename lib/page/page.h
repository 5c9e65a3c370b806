/*
 * A web page as blocks of text under a light tree of elements.
 *
 * One pass over the tokens: a stack of open elements with implied end tags, no
 * adoption agency.  A block is cut at every start and end of a block element
 * and at br; inline elements only count and leave their class words on it.
 * What is no text of the page (scripts, styles, svg, forms' values) is
 * dropped.  A row of a data table is one block, its cells joined by TABs.
 * Elements that hold no block are no nodes.  Depth and sizes are capped, time
 * is linear.
 */
#ifndef DESK_PAGE_PAGE_H
#define DESK_PAGE_PAGE_H

#include "core/memory.h"
#include "doc/doc.h"
#include "html/decode.h"
#include "html/tags.h"

/* The classes of lib/data/page_words.tsv, as its compiler numbers them;
 * words.c checks that it does. */
enum desk_page_kind {
	DESK_KIND_AD = 1 << 0,
	DESK_KIND_ARTICLE = 1 << 1,
	DESK_KIND_AUTHOR = 1 << 2,
	DESK_KIND_BODY = 1 << 3,
	DESK_KIND_BUTTON = 1 << 4,
	DESK_KIND_CAPTION = 1 << 5,
	DESK_KIND_COMMENT = 1 << 6,
	DESK_KIND_CONSENT = 1 << 7,
	DESK_KIND_DATE = 1 << 8,
	DESK_KIND_DOCS = 1 << 9,
	DESK_KIND_FOOTER = 1 << 10,
	DESK_KIND_FORM = 1 << 11,
	DESK_KIND_GRID = 1 << 12,
	DESK_KIND_HEAD = 1 << 13,
	DESK_KIND_HIDDEN = 1 << 14,
	DESK_KIND_IMAGE = 1 << 15,
	DESK_KIND_LEAD = 1 << 16,
	DESK_KIND_MAIN = 1 << 17,
	DESK_KIND_META = 1 << 18,
	DESK_KIND_NAV = 1 << 19,
	DESK_KIND_NEWSLETTER = 1 << 20,
	DESK_KIND_PRODUCT = 1 << 21,
	DESK_KIND_QUOTE = 1 << 22,
	DESK_KIND_RELATED = 1 << 23,
	DESK_KIND_REVIEW = 1 << 24,
	DESK_KIND_SHARE = 1 << 25,
	DESK_KIND_SIDEBAR = 1 << 26,
	DESK_KIND_THREAD = 1 << 27,
	DESK_KIND_TITLE = 1 << 28,
	DESK_KIND_TOOL = 1 << 29,
	DESK_KIND_VIDEO = 1 << 30
};

/* An element that blocks stand in; number 0 is the document, a parent comes
 * before its children. */
struct desk_page_node {
	uint32_t parent;
	uint32_t first, last; /* blocks in it: [first, last) */
	uint32_t kinds;	      /* of its class and id words: the classes of
				 lib/data/page_words.tsv as bits */
	uint32_t own;	/* hash of tag and class words, figures left out */
	uint32_t path;	/* hash of that, and of those around it */
	uint16_t index; /* which child of its parent it is, from 0 */
	uint16_t depth;
	uint8_t tag;   /* enum desk_tag */
	uint8_t flags; /* enum desk_page_node_flag */
};

enum desk_page_node_flag {
	DESK_NODE_HIDDEN = 1,	/* hidden, display: none */
	DESK_NODE_AUTHOR = 2,	/* rel or itemprop says author */
	DESK_NODE_BODY = 4,	/* itemprop says articleBody or text */
	DESK_NODE_ORDERED = 8,	/* ol */
	DESK_NODE_TIME = 16,	/* itemprop says datePublished */
	DESK_NODE_MAIN = 32,	/* role says main or article */
	DESK_NODE_AROUND = 64,	/* role says navigation, banner, dialog, ... */
	DESK_NODE_COMMENT = 128 /* itemtype or itemprop says comment */
};

struct desk_page_block {
	uint32_t start, end;	     /* in the page's text */
	uint32_t src_start, src_end; /* in the decoded source */
	uint32_t node;		     /* the innermost block element around it */
	uint32_t kinds;		     /* of inline elements in it */
	uint32_t link_bytes, bold_bytes, italic_bytes;
	uint16_t links, images; /* images: in it, and between the block before
				   and it */
	uint8_t kind, level;	/* enum desk_block_kind */
	bool ordered;
	uint8_t marks; /* enum desk_page_node_flag, of inline elements in it */
	uint8_t flags; /* enum desk_page_block_flag */
		       /* The features of features.c are kept apart. */
};

enum desk_page_block_flag {
	DESK_PAGE_BR = 1,     /* a br alone stands between the one before and
				 it */
	DESK_PAGE_COPY = 2,   /* a second copy of other blocks (features.c) */
	DESK_PAGE_GOES_ON = 4 /* of an item: not its first block */
};

struct desk_page {
	struct desk_decoded decoded;
	struct desk_slice text; /* of all blocks, a line end between */
	struct desk_page_node *nodes;
	struct desk_page_block *blocks;
	struct desk_style *styles; /* over text; href as it is written,
				      references undone */
	size_t node_count, block_count, style_count;
	struct desk_slice base; /* what base says that references are seen
				   from */
	struct desk_meta_notes *notes; /* of the head (meta.h) */
	uint32_t tags[DESK_TAG_COUNT]; /* how many start tags */
	bool as_is;		       /* its text is not mended */
};

/* Reads a page; everything lies in the arena. */
int desk_page_read(struct desk_page *page,
    const struct desk_page_source *source, struct desk_arena *arena,
    struct desk_error *error);

/* The classes of the words of a class or id attribute (words.c). */
uint32_t desk_page_kinds(struct desk_slice words);

#endif
