/*
 * crawl.c - where pages and records of WARC files end.
 *
 * A page is all of an input, or with --null ends in NUL; what is over the limit
 * is left out.
 *
 * A record says how long it is, and is held until its end is seen to be one:
 * line ends, then another record or nothing.  Where that is not so, its length
 * is wrong; it is given up, and the next header after its own is looked for.
 * What nobody wants is held for that only up to a size, and passed over beyond
 * it; a boundary found on the way shows a length that cannot be right.
 */
#include <string.h>

#include "core/slice.h"
#include "io/warc.h"
#include "io/window.h"

enum {
	HELD = 1 << 20, /* of a record that is not wanted */
	TRAILER = 4,	/* CR LF CR LF */
	LOOK = 16,	/* behind a record, for what it can end with */
	AGAIN = 100	/* no event: what comes next was not looked at yet */
};

/* Pages. */

int
desk_cut_page(struct desk_reader *r, struct desk_frame *f)
{
	for (;;) {
		const char *s = r->window.data + r->start, *stop = NULL;
		size_t n = r->end - r->start;
		if (r->options.null && n > r->seen)
			stop = memchr(s + r->seen, '\0', n - r->seen);
		size_t len = stop ? (size_t)(stop - s) : n;
		bool over = len > r->limit;
		bool empty = r->named && !r->failed && !r->options.null &&
			     r->number == 1;
		if (!r->skipping &&
		    (stop || over || (r->at_end && (n || empty)))) {
			r->skipping = over;
			len = over ? r->limit : len;
			desk_window_hand_out(
			    r, f, len, !over && stop != NULL, true);
			f->encoding = r->options.encoding;
			f->over = over;
			return DESK_EVENT_FRAME;
		}
		if (r->skipping) {
			r->skipping = !stop;
			r->handed = len + (stop != NULL);
			desk_window_drop(r);
		} else {
			r->seen = n;
		}
		if (!stop)
			return r->at_end ? DESK_EVENT_END : DESK_EVENT_IDLE;
	}
}

/* WARC. */

static struct desk_slice
window(const struct desk_reader *r)
{
	return desk_slice(r->window.data + r->start, r->end - r->start);
}

static void
pass(struct desk_reader *r, size_t n)
{
	r->handed = n;
	desk_window_drop(r);
}

/* An error in the place of a record; n bytes are dropped. */
static int
say(struct desk_reader *r, struct desk_frame *f, size_t n, const char *why)
{
	desk_window_hand_out(r, f, 0, n, true);
	f->error = DESK_EDATA;
	f->why = why;
	r->begun = false;
	r->passing = 0;
	return DESK_EVENT_FRAME;
}

/* The record at start is none: the next header is behind its first byte. */
static int
give_up(struct desk_reader *r, struct desk_frame *f, const char *why)
{
	/* What reading failed in is told by that failure. */
	if (r->failed)
		return DESK_EVENT_END;
	int event = say(r, f, 1, why);
	r->astray = true;
	r->line_start = false;
	return event;
}

int
desk_cut_damaged(struct desk_reader *r, struct desk_frame *f)
{
	size_t n = r->end - r->start;
	bool said = r->astray;
	/* What was read of it is a record, too. */
	r->line += !said && !r->begun;
	r->astray = r->line_start = true;
	r->begun = false;
	r->passing = 0;
	if (!said)
		return say(r, f, n, "damaged gzip or zstd data");
	pass(r, n);
	return DESK_EVENT_IDLE;
}

static int
find_next(struct desk_reader *r)
{
	enum { TAIL = DESK_WARC_SIGN - 1 }; /* too short to be told */
	struct desk_slice s = window(r);
	size_t at = desk_warc_find(s, r->line_start);
	r->astray = at == s.len;
	if (!r->astray) {
		pass(r, at);
		return AGAIN;
	}
	if (r->at_end)
		at = s.len;
	else
		at = s.len > TAIL ? s.len - TAIL : 0;
	if (at)
		r->line_start = s.data[at - 1] == '\n';
	pass(r, at);
	return r->at_end ? DESK_EVENT_END : DESK_EVENT_IDLE;
}

/* Where in a record another one begins, as none can by chance: behind an end
 * of a record.  s.len: nowhere. */
static size_t
find_boundary(struct desk_slice s)
{
	for (size_t i = 0; i < s.len;) {
		struct desk_slice rest = desk_slice(s.data + i, s.len - i);
		i += desk_warc_find(rest, false);
		if (i < s.len && i >= TRAILER &&
		    !memcmp(s.data + i - TRAILER, "\r\n\r\n", TRAILER))
			return i;
		i += i < s.len;
	}
	return s.len;
}

/* Passes over a record or the rest of one. */
static int
pass_over(struct desk_reader *r, struct desk_frame *f)
{
	enum { TAIL = TRAILER + DESK_WARC_SIGN };
	struct desk_slice s = window(r);
	if (s.len > r->passing)
		s.len = (size_t)r->passing;
	size_t at = find_boundary(s), n = s.len;
	if (at < n)
		return say(r, f, at, "record of another length than it says");
	if (n < r->passing && r->at_end) {
		r->passing = 0;
		return give_up(r, f, "record ends too early");
	}
	if (n < r->passing)
		n = n > TAIL ? n - TAIL : 0;
	r->passing -= n;
	pass(r, n);
	return r->passing ? DESK_EVENT_IDLE : AGAIN;
}

/* Whether a record's content makes a document: 1 or 0; -1: more is needed to
 * tell. */
static int
wanted(const struct desk_warc_head *head, struct desk_slice content, bool end)
{
	struct desk_http_head http;
	end |= content.len >= head->length;
	if (content.len > head->length)
		content.len = (size_t)head->length;
	if (head->type == DESK_WARC_CONVERSION)
		return head->text;
	if (head->type != DESK_WARC_RESPONSE || !head->http)
		return 0;
	int64_t n = desk_http_head(content, end, &http);
	if (!n)
		return -1;
	return n > 0 && http.status / 100 == 2 && http.html;
}

/* Whether a record can end where rest begins. */
static bool
ends(struct desk_slice rest, bool end)
{
	static const char next[] = "WARC/1.";
	size_t i = 0, n;
	while (i < rest.len && (rest.data[i] == '\r' || rest.data[i] == '\n'))
		i++;
	n = rest.len - i < sizeof next - 1 ? rest.len - i : sizeof next - 1;
	if (i >= TRAILER && !memcmp(rest.data, "\r\n\r\n", TRAILER))
		return true;
	return (n || end || i) && !memcmp(rest.data + i, next, n);
}

/* A record that is longer than what is held of it. */
static int
long_record(struct desk_reader *r, struct desk_frame *f, size_t head,
    uint64_t length, bool want)
{
	struct desk_slice s = window(r);
	if (!want) {
		r->passing = head + length;
		r->begun = false;
		return AGAIN;
	}
	if (s.len - head < r->limit)
		return r->at_end ? give_up(r, f, "record ends too early")
				 : DESK_EVENT_IDLE;
	s.len = head + r->limit;
	if (find_boundary(s) < s.len)
		return give_up(r, f, "record of another length than it says");
	desk_window_hand_out(r, f, s.len, 0, true);
	f->encoding = r->options.encoding;
	f->over = true;
	r->passing = length - r->limit;
	r->begun = false;
	return DESK_EVENT_FRAME;
}

/* A record that is held whole. */
static int
short_record(struct desk_reader *r, struct desk_frame *f, size_t len, bool want)
{
	struct desk_slice s = window(r);
	/* So much tells, however the bytes arrive. */
	struct desk_slice rest = {NULL, 0};
	if (s.len >= len)
		rest = desk_slice(s.data + len, s.len - len);
	bool whole =
	    rest.len >= TRAILER && !memcmp(rest.data, "\r\n\r\n", TRAILER);
	if (rest.len < LOOK && !whole && !r->at_end)
		return DESK_EVENT_IDLE;
	if (s.len < len)
		return give_up(r, f, "record ends too early");
	rest.len = rest.len < LOOK ? rest.len : LOOK;
	if (!ends(rest, r->at_end))
		return give_up(r, f, "record of another length than it says");
	r->begun = false;
	if (!want) {
		pass(r, len);
		return AGAIN;
	}
	desk_window_hand_out(r, f, len, 0, true);
	f->encoding = r->options.encoding;
	return DESK_EVENT_FRAME;
}

static int
next_record(struct desk_reader *r, struct desk_frame *f)
{
	struct desk_slice s = window(r);
	struct desk_warc_head head;
	size_t i = 0;
	while (i < s.len && (s.data[i] == '\r' || s.data[i] == '\n'))
		i++;
	pass(r, i);
	s = window(r);
	if (!s.len)
		return r->at_end ? DESK_EVENT_END : DESK_EVENT_IDLE;
	int64_t n = desk_warc_head(s, r->at_end, &head);
	if (!n)
		return DESK_EVENT_IDLE;
	if (!r->begun && *s.data == 'W' && !r->failed) {
		r->begun = true;
		r->line++;
	}
	if (n < 0)
		return give_up(r, f,
		    *s.data == 'W' ? "damaged record header"
				   : "bytes that belong to no record");
	size_t size = (size_t)n;
	struct desk_slice content = {s.data + size, s.len - size};
	int want =
	    wanted(&head, content, r->at_end || content.len >= DESK_WARC_HEAD);
	if (want < 0)
		return DESK_EVENT_IDLE;
	size_t hold = want || r->limit < HELD ? r->limit : HELD;
	if (head.length > UINT64_MAX - size)
		head.length = UINT64_MAX - size;
	if (head.length > hold)
		return long_record(r, f, size, head.length, want);
	return short_record(r, f, size + (size_t)head.length, want);
}

int
desk_cut_warc(struct desk_reader *r, struct desk_frame *f)
{
	for (;;) {
		int event = r->passing	? pass_over(r, f)
			    : r->astray ? find_next(r)
					: next_record(r, f);
		if (event != AGAIN)
			return event;
	}
}
