/*
 * The document: an immutable text and its standoff layers.
 *
 * Filters read the text, build their layer in the document's arena and set it.
 * Readers and writers in io see the fields; nothing outside the library does.
 */
#ifndef DESK_DOC_DOC_H
#define DESK_DOC_DOC_H

#include "copydesk.h"
#include "core/memory.h"

/* A stretch of text that is more than text, of a page. */
enum desk_style_kind {
	DESK_STYLE_LINK,
	DESK_STYLE_STRONG,
	DESK_STYLE_EMPHASIS,
	DESK_STYLE_CODE
};

struct desk_style {
	uint32_t start, end;
	enum desk_style_kind kind;
	struct desk_slice href; /* of a link, as an absolute address where the
				   page's own is known */
};

struct desk_doc {
	struct desk_slice text; /* valid UTF-8, in the arena or borrowed; its
				   data is never NULL */
	struct desk_slice id;	/* data == NULL: none */
	unsigned layers;	/* DESK_BLOCKS | ...: which are there */

	const struct desk_block *blocks;
	const struct desk_sent *sents;
	const struct desk_ent *ents;
	const struct desk_quote *quotes;
	size_t block_count, sent_count, ent_count, quote_count;

	const struct desk_step *steps; /* of the splitter, where asked */
	size_t step_count;

	struct desk_page_source page; /* html.data == NULL: plain text */
	struct desk_meta meta;
	const struct desk_style *styles; /* by start; outer ones first */
	size_t style_count;

	/* What of this document's stream came before, where the text is a part
	 * of a longer one: offsets in TSV count from the start of the whole. */
	uint64_t base_bytes, base_codepoints;
	uint32_t part; /* 0: the whole or the first */

	bool unscored; /* nobody will see how sure its entities are */

	struct desk_arena arena;
	uint32_t *marks; /* code points before each stretch, see doc.c */
	bool marked, ascii;
	size_t last_byte, last_codepoint; /* the last place asked for */
};

/* Clears the document and lets it use a text that it does not own: valid
 * UTF-8, which must stay as long as the document uses it. */
void desk_doc_borrow(struct desk_doc *doc, struct desk_slice text);

/* Replaces the text only; layers and arena stay.  For filters that shorten
 * the text and have moved the layers themselves. */
void desk_doc_replace(struct desk_doc *doc, struct desk_slice text);

/* The number of items of a layer; 0 where it is not there. */
size_t desk_doc_count(const struct desk_doc *doc, unsigned layer);

/* Each sets a layer from an array in the document's arena. */
void desk_doc_set_blocks(
    struct desk_doc *doc, const struct desk_block *blocks, size_t count);
void desk_doc_set_sents(
    struct desk_doc *doc, const struct desk_sent *sents, size_t count);
void desk_doc_set_ents(
    struct desk_doc *doc, const struct desk_ent *ents, size_t count);
void desk_doc_set_quotes(
    struct desk_doc *doc, const struct desk_quote *quotes, size_t count);

#endif
