/*
 * The view: documents as a web page that people read.
 *
 * A page is a head, an article for each document, and a tail; it needs no
 * script and no other file.  Documents are written one by one, each by itself
 * (view.c and its neighbours: possibly by several threads at once); what stands
 * between them is written by whoever puts them in order (view_page.c).
 *
 * What a document's part is written as is a line with the end of a tag and its
 * title, ` lang="de" dir="auto">Title`, and then what belongs between <article>
 * and </article>.  All of it is HTML and XML at once.
 *
 * What is heard of a page is looked after, too: the words of a document are in
 * its own language, ours in English, and what the style adds to the text is
 * not spoken within it.
 */
#ifndef DESK_IO_VIEW_H
#define DESK_IO_VIEW_H

#include "io/form.h"
#include "io/tally.h"

/* -- the page: view_page.c ------------------------------------------------ */

/* Of zeros, but makes: nothing is written yet. */
struct desk_view {
	unsigned makes; /* the layer that the filter adds */
	bool begun;	/* the head is written */
	uint64_t open;	/* the document whose article is open; 0: none */
	uint64_t count; /* of articles */
	struct desk_buffer contents; /* a list of them, as far as it may grow */
	uint64_t unlisted;
};

/* Appends what stands before a part of a document, and takes its title off
 * out. */
void desk_view_before(struct desk_view *view, const struct desk_frame *frame,
    struct desk_slice *out, struct desk_buffer *to);

/* Appends what stands behind it: the end of the article with the last part. */
void desk_view_behind(struct desk_view *view, const struct desk_frame *frame,
    struct desk_buffer *to);

/* Appends the end of the page; another may begin then. */
void desk_view_end(struct desk_view *view, struct desk_buffer *to);

void desk_view_release(struct desk_view *view);

/* -- a document: view.c --------------------------------------------------- */

enum desk_mark_kind { /* outer ones first, of those in the same place */
	DESK_MARK_SENT,
	DESK_MARK_LINK,
	DESK_MARK_QUOTE,
	DESK_MARK_SPEAKER,
	DESK_MARK_CUE,
	DESK_MARK_ENT,
	DESK_MARK_STRONG,
	DESK_MARK_EMPHASIS,
	DESK_MARK_CODE
};

/* A stretch of text that is to be marked.  index: of its item in the layer. */
struct desk_mark {
	uint32_t start, end;
	uint32_t index;
	uint8_t kind;
	bool ends; /* the last part of its quotation */
};

/* One that is open where the writer is. */
struct desk_open_mark {
	const struct desk_mark *mark;
	bool begun; /* what is written next goes on with it */
};

enum { DESK_MARKS_DEEP = 12 };

/* A paragraph or the like: a stretch of the text, and how it is shown. */
struct desk_piece {
	uint32_t start, end;
	enum desk_block_kind kind;
	uint8_t level;
	bool ordered, keep;
	bool flows;	    /* goes on with the paragraph before */
	bool tight;	    /* no blank line between that and this */
	const char *reason; /* of a verdict, or NULL */
};

/* Somebody who is quoted. */
struct desk_view_speaker {
	struct desk_slice name; /* data == NULL: nobody knows who */
	size_t first;		/* of the quotations */
	size_t count;
};

struct desk_view_writer {
	struct desk_record *record;
	const struct desk_doc *doc;
	const struct desk_io_options *options;
	struct desk_buffer *out;
	struct desk_arena *arena;
	bool failed; /* memory ran out */

	struct desk_slice id, title, author, date, site, lang, url;
	bool foreign; /* not known to be in English, as the page is */

	const struct desk_piece *pieces;
	size_t piece_count;
	bool headline; /* the first piece is the title */

	const struct desk_mark *marks; /* by start, outer ones first */
	size_t mark_count, next;
	struct desk_open_mark open[DESK_MARKS_DEEP];
	size_t depth;
	size_t again; /* how often a mark may still be cut and go on */

	/* Of entities and quotations: what was shown, so that links lead to
	 * places that are there. */
	uint8_t *ents, *quotes; /* enum desk_shown */

	const struct desk_name *names; /* in the order shown */
	size_t name_count;

	struct desk_view_speaker *speakers; /* by first quotation */
	size_t speaker_count;
	uint32_t *said_by; /* quotation to speaker */
	size_t said;	   /* bytes of quotations that may still be listed */
};

enum desk_shown {
	DESK_SHOWN_WANTED = 1, /* a link would lead here */
	DESK_SHOWN_PLACE = 2,  /* it can */
	DESK_SHOWN_LINK = 4    /* and a link leads back */
};

/* What is not free memory any more makes the writer fail. */
void *desk_view_alloc(struct desk_view_writer *w, size_t count, size_t size);

/* -- its parts ------------------------------------------------------------ */

/* view_text.c: text, also inside an attribute's quotes.  Control characters
 * become their pictures. */
void desk_view_text(struct desk_buffer *out, const char *s, size_t len);

/* The same on one line, a stretch of white space as a blank, cut behind so many
 * bytes. */
void desk_view_line(
    struct desk_buffer *out, const char *s, size_t len, size_t most);

/* The name of a place: id="d2-1q7"; letter 0: the document's part itself. */
void desk_view_place(
    const struct desk_view_writer *w, char letter, size_t number);

/* Inside a tag: the language and direction of the document's words; the same
 * where they are not those of the page; those of the page amid such words. */
void desk_view_lang(const struct desk_view_writer *w);
void desk_view_theirs(const struct desk_view_writer *w);
void desk_view_ours(const struct desk_view_writer *w);

/* Appends several strings, the last of them NULL. */
void desk_view_put(struct desk_buffer *out, ...);

/* Whether a link may lead there: an address of http or https. */
bool desk_view_linkable(struct desk_slice href);

/* What a label is called, and the class of its colour. */
const char *desk_view_label_name(const char *label);
const char *desk_view_label_class(const char *label);
unsigned desk_view_label_order(const char *label);

/* view_pieces.c: finds w->pieces and w->headline. */
void desk_view_find_pieces(struct desk_view_writer *w);

/* view_blocks.c: all pieces, but the headline. */
void desk_view_blocks(struct desk_view_writer *w);

/* view_marks.c: finds w->marks. */
void desk_view_find_marks(struct desk_view_writer *w);

/* The text from start to end with its marks; next is where more is to come. */
void desk_view_inline(
    struct desk_view_writer *w, size_t start, size_t end, size_t next);

/* Where the piece behind number i begins. */
size_t desk_view_next(const struct desk_view_writer *w, size_t i);

/* view_lists.c: who and what is named; a line with their numbers, and the
 * sections behind the text. */
void desk_view_find_names(struct desk_view_writer *w);
void desk_view_find_speakers(struct desk_view_writer *w);
void desk_view_key(struct desk_view_writer *w);
void desk_view_quotes(struct desk_view_writer *w);
void desk_view_names(struct desk_view_writer *w);

#endif
