/*
 * The reader's window, for the files that cut it into documents.
 *
 * [start, end) are bytes that are ready and not handed out yet; cut.c finds
 * the documents of text and JSON Lines in them, crawl.c those of pages and
 * WARC files.  Each is asked for the next frame, and answers with an event:
 * DESK_EVENT_IDLE where it needs more bytes.
 */
#ifndef DESK_IO_WINDOW_H
#define DESK_IO_WINDOW_H

#include "core/memory.h"
#include "io/reader.h"
#include "io/source.h"

enum { DESK_WINDOW_BLOCK = 64 << 10 };

struct desk_reader {
	struct desk_reader_options options;
	size_t limit; /* of a document, in this form */
	struct desk_source *source;
	struct desk_buffer window; /* len is not used */
	struct desk_buffer scratch;
	size_t start, end, carry;
	size_t seen;	/* bytes after start that hold no border */
	size_t handed;	/* bytes of the last frame and its border */
	size_t counted; /* bytes after start whose lines are in lines */
	size_t lines;
	size_t offered; /* of a stream: bytes of it when last handed out */
	bool named;	/* the input is a file: a document, be it empty */
	bool page_name; /* and is called as a page is */
	bool at_start;	/* no byte of this input was read yet */
	bool at_end;	/* no more will be */
	bool may_wait;
	bool skipping;	 /* the rest of a record over the limit */
	bool line_start; /* what a document's parts so far end in is LF */
	bool failed; /* reading did; said when what came before is handed out */
	struct desk_error failure;
	enum desk_from form;
	bool raw;  /* bytes are not put right, or not yet */
	bool page; /* it is read as text, but looks like one */

	/* Of a WARC file, in crawl.c. */
	uint64_t passing; /* bytes of a record that are passed over */
	bool begun;	  /* the record at start was counted */
	bool astray;	  /* no record begins here: looks for the next one */

	uint64_t line;
	uint32_t number, part;
	uint64_t base_bytes, base_codepoints;
};

/* Drops what the last frame held. */
void desk_window_drop(struct desk_reader *r);

/* Hands out n bytes of the window, and drops border bytes behind them. */
int desk_window_hand_out(struct desk_reader *r, struct desk_frame *f, size_t n,
    size_t border, bool last);

/* The next frame of each form. */
int desk_cut_record(struct desk_reader *r, struct desk_frame *f);
int desk_cut_text(struct desk_reader *r, struct desk_frame *f);
int desk_cut_page(struct desk_reader *r, struct desk_frame *f);
int desk_cut_warc(struct desk_reader *r, struct desk_frame *f);

/* Behind a damaged stretch of a WARC file: drops what it left half.  A frame
 * that says so, or DESK_EVENT_IDLE where that was said. */
int desk_cut_damaged(struct desk_reader *r, struct desk_frame *f);

#endif
