/*
 * Forms: what documents look like on a pipe, one entry of one table each.
 *
 * A record is a document on its way through a filter: a frame is read into it,
 * the filter adds its layer, a form writes it.
 */
#ifndef DESK_IO_FORM_H
#define DESK_IO_FORM_H

#include "core/memory.h"
#include "doc/doc.h"
#include "core/json.h"
#include "io/reader.h"

enum desk_form_id {
	DESK_FORM_TEXT,
	DESK_FORM_JSONL,
	DESK_FORM_TSV,
	DESK_FORM_HTML,
	DESK_FORM_WARC,
	DESK_FORM_MARKDOWN,
	DESK_FORM_CONLL,
	DESK_FORM_BRAT,
	DESK_FORM_COUNT
};

/* What readers and writers must know of the filter and its options. */
struct desk_io_options {
	unsigned makes;	 /* the layer that the filter adds */
	unsigned needs;	 /* the layers that it wants to see */
	bool bytes;	 /* offsets count bytes, not code points */
	bool color;	 /* mark with terminal colours */
	bool mark;	 /* blocks are shown with their verdicts */
	bool meta;	 /* text begins with what a page says of itself */
	bool links;	 /* where links lead is written */
	bool drop_html;	 /* a record's html is left out */
	bool scores;	 /* rows of entities tell how sure they are */
	size_t max_page; /* of a page that is unpacked, in bytes */
	enum desk_form_id to;
};

struct desk_record {
	struct desk_doc *doc;
	struct desk_frame frame;
	const char *input;   /* its name: a FILE or "-" */
	unsigned came;	     /* layers that came with it */
	bool has_text;	     /* there is a text, or a page, to work on */
	bool over;	     /* a page was longer, and cut */
	bool told;	     /* its encoding, by the page's server */
	bool rewritten;	     /* the filter changed the text */
	bool filtered;	     /* the filter left out some of its layer */
	uint32_t paragraph;  /* of the last sentence that was written */
	uint32_t paragraphs; /* in the parts before, where a limit cut them */
	uint64_t line;	     /* of a frame, from 0, where reading it failed */

	/* WARC: what a record's header tells. */
	struct desk_slice url, captured;

	/* JSON Lines: the members as they stand in frame.bytes. */
	struct desk_json_member *members;
	size_t member_count;
};

struct desk_form {
	const char *name;

	/* Reads record->frame into record->doc, which is cleared.  Fills in
	 * came, has_text and the document's id.  NULL: is not read. */
	int (*read)(struct desk_record *record,
	    const struct desk_io_options *options, struct desk_error *error);

	/* Appends the record.  A failed buffer is left to the caller.  NULL: is
	 * not written. */
	void (*write)(struct desk_record *record,
	    const struct desk_io_options *options, struct desk_buffer *out);
};

extern const struct desk_form desk_forms[DESK_FORM_COUNT];

/* What a frame of each kind is read by. */
enum desk_form_id desk_form_of(enum desk_from from);

/* The readers and writers behind the table. */
int desk_text_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error);
void desk_text_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out);
int desk_jsonl_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error);
void desk_jsonl_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out);
void desk_tsv_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out);
int desk_html_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error);
int desk_warc_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error);
void desk_markdown_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out);
int desk_conll_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error);
void desk_conll_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out);
void desk_brat_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out);
void desk_view_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out);

/* Gives a document of text or a page the id of its input, numbered from the
 * second document on. */
int desk_name_document(struct desk_record *record, struct desk_error *error);

/* What a record's page says of itself, and the word that each is known by. */
enum { DESK_META_COUNT = 6 };
struct desk_meta_item {
	const char *name;
	struct desk_slice value; /* data == NULL: it does not */
};
void desk_meta_list(
    const struct desk_record *record, struct desk_meta_item *items);

/* The same as lines before a text, and an empty one. */
void desk_meta_write(struct desk_record *record, struct desk_buffer *out);

/* The line that names the columns of a filter's TSV. */
const char *desk_tsv_header(unsigned layer, bool scores);

/* A cell of TSV: tab, newline and backslash as \t \n \\. */
void desk_tsv_cell(struct desk_buffer *out, const char *s, size_t len);

/* A label where white space would end it: with _ instead, and never empty. */
void desk_label_write(const char *label, struct desk_buffer *out);

/* Thousandths as a number with three digits behind the point. */
void desk_thousandths_write(uint64_t n, struct desk_buffer *out);

/* Appends {"id":...,"error":...} for a record that could not be read. */
void desk_jsonl_error(
    struct desk_record *record, const char *why, struct desk_buffer *out);

/* An offset as users count it: in code points, or bytes by option, from the
 * start of the text that the document's part belongs to. */
uint64_t desk_offset(
    struct desk_doc *doc, const struct desk_io_options *options, size_t byte);

/* "direct", "mixed" or "indirect". */
const char *desk_quote_kind_name(enum desk_quote_kind kind);

/* "paragraph", "heading", ... */
const char *desk_block_kind_name(enum desk_block_kind kind);

#endif
