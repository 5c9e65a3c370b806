/* What page.c and its parts share: a page while it is being read. */
#ifndef DESK_PAGE_BUILD_H
#define DESK_PAGE_BUILD_H

#include "page/page.h"
#include "html/tokenizer.h"

enum {
	DESK_BLOCKS_MAX = 1 << 17, /* more text goes to the last of them */
	DESK_NODES_MAX = 1 << 18,  /* deeper or later ones are not kept */
	DESK_DEPTH = 512,	   /* open elements; deeper ones are not kept */
	DESK_INLINE_DEPTH = 96,	   /* of them, inline ones */
	DESK_NAMES = 64, /* buckets of names that are no tag of ours */
	DESK_MEMO = 512, /* class attributes whose words are known */
	DESK_STYLE_KINDS = DESK_STYLE_CODE + 1
};

#define DESK_NO_NODE UINT32_MAX

/* What the blocks in an element are, as its ancestors have it. */
struct desk_context {
	uint8_t heading; /* 1 to 6 */
	uint8_t lists;	 /* how many lists around it */
	bool ordered;	 /* the innermost of them */
	bool pre, quote, caption, item;
};

/* Places in the stack are given as number + 1; 0: none. */
struct desk_open {
	uint32_t node;	/* or DESK_NO_NODE for an inline element */
	uint32_t name;	/* hash of the name of one that is no tag of ours */
	uint32_t first; /* blocks before it */
	uint32_t kinds; /* of the inline elements around its text */
	uint32_t children;
	uint16_t bucket, before; /* the one before it in the bucket */
	uint16_t special;	 /* nearest block element, itself included */
	uint16_t barrier;	 /* nearest that ends a scope */
	uint8_t tag, marks;
	uint8_t style; /* 1 + enum desk_style_kind that it began; 0: none */
	bool dead;     /* its end tag has come out of turn */
	struct desk_context context;
};

/* A style that goes on; a slot in page->styles once it has text. */
struct desk_open_style {
	enum desk_style_kind kind;
	struct desk_slice href;
	uint32_t slot; /* + 1 */
};

struct desk_memo {
	uint64_t key;
	uint32_t kinds, own;
};

struct desk_builder {
	struct desk_page *page;
	struct desk_arena *arena;
	struct desk_html html;
	char *text;
	size_t text_len, text_room;
	size_t node_room, block_room, style_room;

	struct desk_open stack[DESK_DEPTH];
	size_t depth, inline_depth;
	uint16_t last[DESK_TAG_COUNT + DESK_NAMES]; /* in the stack */
	uint32_t over[DESK_TAG_COUNT + DESK_NAMES]; /* that did not fit */
	size_t over_count;

	/* The block that is being read. */
	struct desk_page_block block;
	bool begun;	/* it has text; text_len is its end */
	bool blank;	/* white space since */
	bool ending;	/* no more text will come */
	uint8_t breaks; /* br since the last block, and nothing else; to 2 */
	bool item_new;	/* an li has begun, and no block in it yet */
	bool xml;	/* its doctype names another language than HTML */
	bool drop_line; /* pre: the line end after the tag does not count */
	struct desk_open_style styles[DESK_STYLE_KINDS];
	size_t style_depth;
	bool style_open[DESK_STYLE_KINDS];

	/* What is read over: the element that it began with. */
	bool skipping;
	enum desk_tag skip;
	uint32_t skip_name;
	uint32_t skip_depth;  /* elements of the same name */
	uint32_t skip_inner;  /* block elements */
	uint32_t skip_inside; /* of svg: elements with HTML in them */
	struct desk_html skip_from;
	bool forgiven[DESK_TAG_COUNT]; /* skipped once up to the end: shown */
	struct desk_memo memo[DESK_MEMO];
};

/* tree.c: the stack. */

/* The element of a name that is open and not dead; 0: none. */
size_t desk_open_find(
    const struct desk_builder *b, enum desk_tag tag, uint32_t name);

/* Opens an element.  block: as a node. */
int desk_open_push(struct desk_builder *b, const struct desk_html_token *token,
    uint32_t name, bool block, struct desk_error *error);

/* Closes all from a place in the stack on (number + 1). */
int desk_open_pop(
    struct desk_builder *b, size_t place, struct desk_error *error);

/* Its end tag has come while others in it are open. */
void desk_open_kill(struct desk_builder *b, size_t place);

uint32_t desk_name_hash(struct desk_slice name);

/* text.c: blocks. */

int desk_block_text(struct desk_builder *b, const struct desk_html_token *token,
    struct desk_error *error);

/* Ends the block that is being read, if it has begun. */
int desk_block_cut(struct desk_builder *b, struct desk_error *error);

/* The blocks of a row that ends become one where it is a row of data. */
int desk_block_row(struct desk_builder *b, const struct desk_open *row,
    struct desk_error *error);

void desk_style_begin(struct desk_builder *b, struct desk_open *open,
    enum desk_style_kind kind, struct desk_slice href);
void desk_style_end(struct desk_builder *b, struct desk_open *open);

/* words.c: class words. */

/* What a start tag's attributes say of its element. */
struct desk_element_words {
	uint32_t kinds, own;
	uint8_t flags;
	struct desk_slice href;
};

void desk_element_read(struct desk_builder *b,
    const struct desk_html_token *token, struct desk_element_words *words);

#endif
