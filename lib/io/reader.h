/*
 * The reader: cuts an input into documents.
 *
 * Bytes come from a source, are put right as they arrive (BOM dropped, UTF-16
 * that has one converted, CR LF made LF, bad UTF-8 repaired) and are handed out
 * as frames: a record of JSON Lines, a document of text, or a part of one.  A
 * web page or a record of a WARC file is handed out as its raw bytes.  A frame
 * points into the reader's window, which holds one document at most.
 */
#ifndef DESK_IO_READER_H
#define DESK_IO_READER_H

#include "copydesk.h"

enum desk_invalid {
	DESK_INVALID_REPLACE,
	DESK_INVALID_ERROR,
	DESK_INVALID_SKIP
};

enum desk_from {
	DESK_FROM_AUTO,
	DESK_FROM_TEXT,
	DESK_FROM_JSONL,
	DESK_FROM_HTML, /* an input is one page */
	DESK_FROM_WARC, /* an archive of pages, or of their text (WET) */
	DESK_FROM_CONLL /* a token a line, with its label */
};

/* The largest document where options say nothing: of text, and of pages. */
#define DESK_TEXT_LIMIT ((size_t)16 << 20)
#define DESK_PAGE_LIMIT ((size_t)64 << 20)

struct desk_reader_options {
	enum desk_from from;
	const char *encoding; /* an iconv name, or NULL for UTF-8; of pages
				 it is handed on with the frame */
	enum desk_invalid invalid;
	size_t max_document; /* in bytes; 0: the limits above */
	size_t part; /* the longest part of a text where max_document is 0;
			0: the limit above */
	bool pages;  /* auto may be a page or an archive, too */
	bool null;   /* documents end in NUL (those of WARC do not) */
	bool stream; /* hand out text as it arrives */
};

/* A document as it was read. */
struct desk_frame {
	struct desk_slice bytes; /* clean UTF-8 (but see error); of a page and
				    a WARC record the bytes as they came */
	enum desk_from form;	 /* never auto */
	const char *encoding;	 /* of a page, where options tell it */
	uint64_t line;	 /* of the input, from 1; with NUL and in WARC: the
			    record */
	uint32_t number; /* of the document in its input, from 1 */
	uint32_t part;	 /* of the document, from 0 */
	bool last;	 /* the document ends with this frame */
	bool cut;	 /* the limit ended this part, not its text */
	bool over;	 /* of a page: what is over the limit is left out */
	uint64_t base_bytes, base_codepoints; /* before it in its document */
	int error;	 /* not 0: bytes could not be read so */
	const char *why; /* then one line */

	/* Its number among all documents, from 1; whoever reads counts. */
	uint64_t document;
};

enum desk_event {
	DESK_EVENT_FRAME, /* a frame was filled in */
	DESK_EVENT_IDLE,  /* nothing more without waiting: write out, then wait
			   */
	DESK_EVENT_END	  /* the input is at its end */
};

struct desk_reader;

struct desk_reader *desk_reader_new(const struct desk_reader_options *options);
void desk_reader_free(struct desk_reader *reader);

/* Starts on an input, "-" for standard input; the one before is closed.
 * Errors are those of desk_source_open(). */
int desk_reader_open(
    struct desk_reader *reader, const char *path, struct desk_error *error);

/* What comes next: an event, or a negative DESK_E* code, after which the rest
 * of this input is lost.  The frame stays until the next call. */
int desk_reader_next(struct desk_reader *reader, struct desk_frame *frame,
    struct desk_error *error);

/* After DESK_EVENT_IDLE: the next call of desk_reader_next() may wait. */
void desk_reader_wait(struct desk_reader *reader);

/* Of a stream's frame that is not the last: how many of its bytes are done
 * with.  The others come again at the start of the next frame. */
void desk_reader_consume(struct desk_reader *reader, size_t bytes);

/* Changes options.stream and options.part, for the inputs opened from now
 * on. */
void desk_reader_stream(struct desk_reader *reader, bool stream);
void desk_reader_part(struct desk_reader *reader, size_t part);

/* Whether an input that is read as text looks like a web page; known with its
 * first frame. */
bool desk_reader_page(const struct desk_reader *reader);

/* Raw bytes read from this input, and its size (0: not known). */
uint64_t desk_reader_taken(const struct desk_reader *reader);
uint64_t desk_reader_size(const struct desk_reader *reader);

#endif
