/*
 * Records of WARC files (ISO 28500): their headers, the HTTP message in them,
 * and its body with chunks and packing undone.
 *
 * These functions look at bytes and keep nothing, so that the thread that cuts
 * a file and the one that works on a record see the same.
 */
#ifndef DESK_IO_WARC_H
#define DESK_IO_WARC_H

#include "copydesk.h"
#include "core/memory.h"

/* The longest header that is believed, of a record or an HTTP message. */
enum { DESK_WARC_HEAD = 64 << 10 };

enum desk_warc_type {
	DESK_WARC_OTHER,
	DESK_WARC_RESPONSE,
	DESK_WARC_CONVERSION /* text of a page: WET */
};

struct desk_warc_head {
	enum desk_warc_type type;
	bool http, text;		 /* what the content is said to be */
	struct desk_slice id, url, date; /* id: without < > */
	uint64_t length;		 /* of the content */
};

/* What stands at s: the length of a record's header, up to the content; 0: more
 * bytes are needed; DESK_EDATA: it is none.  end: there are no more. */
int64_t desk_warc_head(
    struct desk_slice s, bool end, struct desk_warc_head *head);

/* Where the next header seems to begin, or s.len: at the start of a line, or
 * behind a record that was cut off if its first field is one of WARC's own.
 * line: the byte before s ended one.  DESK_WARC_SIGN bytes tell. */
enum { DESK_WARC_SIGN = 15 };
size_t desk_warc_find(struct desk_slice s, bool line);

/* The header of an HTTP response. */
struct desk_http_head {
	unsigned status;
	bool html, chunked;
	struct desk_slice charset, coding; /* data NULL: none */
};

/* The same of an HTTP response. */
int64_t desk_http_head(
    struct desk_slice s, bool end, struct desk_http_head *head);

/* Undoes chunks and packing of a body; what is damaged is given up to there.
 * *page is a part of body or lies in the arena; *over: it was cut at limit
 * bytes.  DESK_EDATA (a packing that is not known), DESK_ENOMEM. */
int desk_http_body(const struct desk_http_head *head, struct desk_slice body,
    size_t limit, struct desk_arena *arena, struct desk_slice *page, bool *over,
    struct desk_error *error);

#endif
