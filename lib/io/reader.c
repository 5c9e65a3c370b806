/*
 * reader.c - cuts an input into documents.
 *
 * One window slides over the input: [start, end) is clean and not handed out
 * yet, [end, end + carry) are raw bytes whose sequence or line end is not whole
 * yet.  A frame is handed out where it lies; the next call drops it.  The
 * window is only moved or grown when bytes are to be read, so memory follows
 * the largest document allowed and each byte is moved a bounded number of
 * times.
 *
 * With --invalid=error each bad sequence is left as one byte 0xFF, which valid
 * UTF-8 never holds; a frame with such a byte is an error.
 */
#include "io/reader.h"

#include <string.h>

#include "core/error.h"
#include "core/memory.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "io/source.h"

enum {
	BLOCK = 64 << 10,
	BAD_BYTE = 0xFF,
	DEFAULT_MAX = 16 << 20,
	LINES_MAX = 256 << 10
};

struct desk_reader {
	struct desk_reader_options options;
	struct desk_source *source;
	struct desk_buffer window; /* len is not used */
	struct desk_buffer scratch;
	size_t start, end, carry;
	size_t seen;	/* bytes after start that hold no border */
	size_t handed;	/* bytes of the last frame and its border */
	size_t counted; /* bytes after start whose lines are in lines */
	size_t lines;
	size_t offered; /* of a stream: bytes of it when last handed out */
	bool at_start;	/* no byte of this input was read yet */
	bool at_end;	/* no more will be */
	bool may_wait;
	bool skipping;	 /* the rest of a record over the limit */
	bool line_start; /* what a document's parts so far end in is LF */
	bool failed; /* reading did; said when what came before is handed out */
	struct desk_error failure;
	enum desk_from form;
	uint64_t line;
	uint32_t number, part;
	uint64_t base_bytes, base_codepoints;
};

struct desk_reader *
desk_reader_new(const struct desk_reader_options *options)
{
	struct desk_reader *r = desk_calloc(1, sizeof *r);
	if (!r)
		return NULL;
	r->options = *options;
	if (!r->options.max_document)
		r->options.max_document = DEFAULT_MAX;
	return r;
}

void
desk_reader_free(struct desk_reader *r)
{
	if (!r)
		return;
	desk_source_close(r->source);
	desk_buffer_release(&r->window);
	desk_buffer_release(&r->scratch);
	desk_free(r);
}

int
desk_reader_open(
    struct desk_reader *r, const char *path, struct desk_error *error)
{
	desk_source_close(r->source);
	r->source = NULL;
	r->start = r->end = r->carry = r->seen = r->handed = r->offered = 0;
	r->counted = r->lines = 0;
	r->at_start = true;
	r->at_end = r->may_wait = r->skipping = false;
	r->line_start = true;
	r->form = r->options.from;
	r->line = r->number = 1;
	r->part = 0;
	r->base_bytes = r->base_codepoints = 0;
	r->window.len = 0;
	if (!desk_buffer_reserve(&r->window, BLOCK)) {
		r->window.failed = false;
		return desk_fail_memory(error);
	}
	return desk_source_open(&r->source, path, r->options.encoding, error);
}

/* Puts n raw bytes at window + end right, by way of the scratch buffer.  What
 * is not whole yet stays behind them as carry. */
static int
clean_slowly(struct desk_reader *r, size_t n, struct desk_error *error)
{
	struct desk_buffer *to = &r->scratch;
	const char *s = r->window.data + r->end;
	size_t i = 0, tail = r->at_end ? 0 : desk_utf8_tail(s, n);
	if (!tail && !r->at_end && s[n - 1] == '\r')
		tail = 1;
	to->len = 0;
	for (n -= tail; i < n;) {
		size_t good = desk_utf8_valid(s + i, n - i), from = i;
		for (size_t stop = i + good; i < stop;) {
			const char *cr = memchr(s + i, '\r', stop - i);
			i = cr ? (size_t)(cr - s) + 1 : stop;
			if (cr && i < n && s[i] == '\n') {
				desk_buffer_append(to, s + from, i - 1 - from);
				from = i;
			}
		}
		desk_buffer_append(to, s + from, i - from);
		if (i == n)
			break;
		i += desk_utf8_bad(s + i, n - i);
		if (r->options.invalid == DESK_INVALID_REPLACE)
			desk_buffer_string(to, DESK_REPLACEMENT);
		else if (r->options.invalid == DESK_INVALID_ERROR)
			desk_buffer_byte(to, (char)BAD_BYTE);
	}
	size_t len = to->len;
	desk_buffer_append(to, s + n, tail);
	r->window.len = r->end;
	char *room = desk_buffer_reserve(&r->window, to->len);
	if (to->failed || !room)
		return desk_fail_memory(error);
	if (to->len)
		memcpy(room, to->data, to->len);
	r->end += len;
	r->carry = tail;
	return 0;
}

static int
clean(struct desk_reader *r, size_t n, struct desk_error *error)
{
	char *s = r->window.data + r->end;
	if (r->at_start && n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3)) {
		n -= 3;
		memmove(s, s + 3, n);
	}
	if (r->at_start && n < 3 && !r->at_end &&
	    !memcmp(s, "\xEF\xBB\xBF", n)) {
		r->carry = n;
		return 0;
	}
	r->at_start = false;
	r->carry = 0;
	if (!n)
		return 0;
	size_t good = desk_utf8_valid(s, n);
	bool whole = good == n || (!r->at_end && desk_utf8_tail(s + good,
						     n - good) == n - good);
	if (!whole || memchr(s, '\r', n))
		return clean_slowly(r, n, error);
	r->end += good;
	r->carry = n - good;
	return 0;
}

/* Reads once.  Makes room by moving the window's content to its front where
 * that costs no more than what was handed out before, else by growing. */
static int
fill(struct desk_reader *r, struct desk_error *error)
{
	size_t held = r->end + r->carry - r->start;
	if (r->start && r->start >= held / 2) {
		memmove(r->window.data, r->window.data + r->start, held);
		r->end -= r->start;
		r->start = 0;
	}
	r->window.len = r->end + r->carry;
	char *to = desk_buffer_reserve(&r->window, BLOCK);
	if (!to)
		return desk_fail_memory(error);
	size_t got;
	if (desk_source_read(r->source, to, BLOCK, &got, &r->failure)) {
		r->failed = true;
		got = 0;
	}
	r->may_wait = false;
	r->at_end = !got;
	return clean(r, r->carry + got, error);
}

/* Tells text from JSON Lines by the first bytes that are not blank.  False:
 * more bytes are needed. */
static bool
detect(struct desk_reader *r)
{
	const char *s = r->window.data + r->start;
	size_t n = r->end - r->start, i = 0;
	while (i < n && desk_class((unsigned char)s[i]) & DESK_SPACE)
		i++;
	if (i < n && s[i] == '{') {
		for (i++;
		     i < n && desk_class((unsigned char)s[i]) & DESK_SPACE;)
			i++;
		if (i < n)
			r->form = s[i] == '"' || s[i] == '}' ? DESK_FROM_JSONL
							     : DESK_FROM_TEXT;
	} else if (i < n) {
		r->form = DESK_FROM_TEXT;
	}
	if (r->form == DESK_FROM_AUTO && (r->at_end || n >= BLOCK))
		r->form = DESK_FROM_TEXT;
	return r->form != DESK_FROM_AUTO;
}

static size_t
count_lines(const char *s, size_t n)
{
	size_t lines = 0;
	for (const char *p = s; (p = memchr(p, '\n', (size_t)(s + n - p)));)
		lines++, p++;
	return lines;
}

/* Drops what the last frame held. */
static void
drop(struct desk_reader *r)
{
	if (r->form == DESK_FROM_TEXT && r->handed && !r->options.null)
		r->line += count_lines(r->window.data + r->start, r->handed);
	if (r->handed)
		r->counted = r->lines = 0;
	r->start += r->handed;
	r->seen = r->seen > r->handed ? r->seen - r->handed : 0;
	r->handed = 0;
}

/* Hands out n bytes of the window, and drops border bytes behind them. */
static int
hand_out(struct desk_reader *r, struct desk_frame *f, size_t n, size_t border,
    bool last)
{
	memset(f, 0, sizeof *f);
	f->bytes.data = r->window.data + r->start;
	f->bytes.len = n;
	f->form = r->form;
	f->line =
	    r->options.null && r->form == DESK_FROM_TEXT ? r->number : r->line;
	f->number = r->number;
	f->part = r->part;
	f->last = last;
	f->base_bytes = r->base_bytes;
	f->base_codepoints = r->base_codepoints;
	if (r->options.invalid == DESK_INVALID_ERROR && n &&
	    memchr(f->bytes.data, BAD_BYTE, n)) {
		f->error = DESK_EUTF8;
		f->why = "bad UTF-8";
	}
	r->handed = n + border;
	r->seen = 0;
	r->offered = 0;
	if (last) {
		r->number++;
		r->part = 0;
		r->base_bytes = r->base_codepoints = 0;
		r->line_start = true;
	}
	return DESK_EVENT_FRAME;
}

/* JSON Lines. */

static bool
blank(const char *s, size_t n)
{
	while (n && desk_class((unsigned char)*s) & DESK_SPACE)
		s++, n--;
	return !n;
}

static int
record_over_limit(struct desk_reader *r, struct desk_frame *f, size_t n)
{
	hand_out(r, f, n, 0, true);
	f->error = DESK_ELIMIT;
	f->why = "record over --max-document";
	r->skipping = true;
	return DESK_EVENT_FRAME;
}

/* The next record, or DESK_EVENT_IDLE where more bytes are needed. */
static int
next_record(struct desk_reader *r, struct desk_frame *f)
{
	char border = r->options.null ? '\0' : '\n';
	for (;;) {
		const char *s = r->window.data + r->start;
		size_t n = r->end - r->start;
		const char *stop =
		    n > r->seen ? memchr(s + r->seen, border, n - r->seen)
				: NULL;
		size_t len = stop ? (size_t)(stop - s) : n;
		if (!stop && !r->at_end && len <= r->options.max_document &&
		    !r->skipping) {
			r->seen = n;
			return DESK_EVENT_IDLE;
		}
		/* What reading failed in the middle of is no record. */
		if (!stop && r->at_end &&
		    (r->skipping || r->failed || blank(s, len)))
			return DESK_EVENT_END;
		if (!r->skipping && len > r->options.max_document)
			return record_over_limit(r, f, len);
		if (!r->skipping && !blank(s, len)) {
			hand_out(r, f, len, stop != NULL, true);
			r->line++;
			return DESK_EVENT_FRAME;
		}
		r->handed = len + (stop != NULL);
		r->seen = 0;
		drop(r);
		if (stop) {
			r->line++;
			r->skipping = false;
		} else if (!r->at_end) {
			return DESK_EVENT_IDLE;
		}
	}
}

/* Text. */

/* Looks for the border after a document: NUL, or a line that is only a form
 * feed.  True: *len is the document's length, *border that of the border. */
static bool
find_border(struct desk_reader *r, size_t *len, size_t *border)
{
	const char *s = r->window.data + r->start;
	size_t n = r->end - r->start;
	char sign = r->options.null ? '\0' : '\f';
	while (r->seen < n) {
		const char *p = memchr(s + r->seen, sign, n - r->seen);
		size_t at = p ? (size_t)(p - s) : n;
		r->seen = at;
		if (!p)
			return false;
		*len = at;
		*border = 1;
		if (r->options.null)
			return true;
		bool alone = at ? s[at - 1] == '\n' : r->line_start;
		if (alone && at + 1 == n && !r->at_end)
			return false;
		if (alone && (at + 1 == n || s[at + 1] == '\n')) {
			*border = at + 1 == n ? 1 : 2;
			return true;
		}
		r->seen = at + 1;
	}
	return false;
}

/* The end of the last blank line in s, between two places, or 0. */
static size_t
last_blank_line(const char *s, size_t low, size_t high)
{
	for (size_t i = high; i > low && i > 1; i--)
		if (s[i - 1] == '\n' && s[i - 2] == '\n')
			return i;
	return 0;
}

/* Where to cut a document that is over the limit: after a blank line, else
 * after a line, else after a blank, else between two code points.  By half of
 * the limit where that will do, because what filters add takes memory, too;
 * not before a quarter, so that parts do not get small. */
static size_t
cut_at(const char *s, size_t limit)
{
	size_t half = limit / 2, space = 0;
	size_t cut = last_blank_line(s, half / 2, half);
	if (!cut)
		cut = last_blank_line(s, half, limit);
	if (cut)
		return cut;
	for (size_t i = half; i > half / 2; i--) {
		if (s[i - 1] == '\n')
			return i;
		if (s[i - 1] == ' ' && !space)
			space = i;
	}
	if (space)
		return space;
	while (half > 1 && (s[half] & 0xC0) == 0x80)
		half--;
	return half;
}

/* Counts what of a document that goes on was handed out. */
static void
advance_base(struct desk_reader *r, const char *s, size_t n)
{
	r->base_bytes += n;
	r->base_codepoints += desk_utf8_count(s, n);
	if (n) {
		r->part++;
		r->line_start = s[n - 1] == '\n';
	}
}

void
desk_reader_consume(struct desk_reader *r, size_t n)
{
	advance_base(r, r->window.data + r->start, n);
	r->offered = r->handed - n;
	r->handed = n;
}

/* The text at hand as a part of a stream; a form feed at its end may yet turn
 * out to be a border. */
static int
next_stretch(struct desk_reader *r, struct desk_frame *f)
{
	size_t n = r->seen;
	if (n <= r->offered)
		return DESK_EVENT_IDLE;
	hand_out(r, f, n, 0, false);
	r->seen = n;
	return DESK_EVENT_FRAME;
}

/* The longest part of a document that is worked on at once: so many bytes, or
 * where all of a document must be held, so many lines, since what is known of a
 * line may take more room than the line. */
static size_t
allowed(struct desk_reader *r, const char *s, size_t n)
{
	if (n > r->options.max_document)
		n = r->options.max_document;
	if (r->options.stream || n <= LINES_MAX)
		return n;
	if (r->counted < n) {
		r->lines += count_lines(s + r->counted, n - r->counted);
		r->counted = n;
	}
	if (r->lines <= LINES_MAX)
		return n;
	const char *p = s;
	for (size_t i = 0; i < LINES_MAX && p < s + n; i++) {
		const char *line = memchr(p, '\n', (size_t)(s + n - p));
		p = line ? line + 1 : s + n;
	}
	return (size_t)(p - s);
}

static int
next_text(struct desk_reader *r, struct desk_frame *f)
{
	const char *s = r->window.data + r->start;
	size_t n = r->end - r->start, len = n, border;
	bool found = find_border(r, &len, &border);
	if (!found)
		len = n;
	size_t limit = allowed(r, s, len);
	if (limit < len) {
		len = cut_at(s, limit);
		/* What a stream was shown stays. */
		len = len < r->offered ? r->offered : len;
		hand_out(r, f, len, 0, false);
		f->cut = true;
		advance_base(r, s, len);
		return DESK_EVENT_FRAME;
	}
	if (found)
		return hand_out(r, f, len, border, true);
	if (r->at_end) {
		if (!n && !r->part)
			return DESK_EVENT_END;
		return hand_out(r, f, n, 0, true);
	}
	return r->options.stream ? next_stretch(r, f) : DESK_EVENT_IDLE;
}

int
desk_reader_next(
    struct desk_reader *r, struct desk_frame *f, struct desk_error *error)
{
	drop(r);
	for (;;) {
		int event = DESK_EVENT_IDLE;
		if (r->form != DESK_FROM_AUTO || detect(r))
			event = r->form == DESK_FROM_JSONL ? next_record(r, f)
							   : next_text(r, f);
		if (event == DESK_EVENT_END && r->failed) {
			r->failed = false;
			if (error)
				*error = r->failure;
			return r->failure.code;
		}
		if (event != DESK_EVENT_IDLE)
			return event;
		if (!r->may_wait && !desk_source_ready(r->source))
			return DESK_EVENT_IDLE;
		int err = fill(r, error);
		if (err)
			return err;
	}
}

void
desk_reader_wait(struct desk_reader *r)
{
	r->may_wait = true;
}

void
desk_reader_stream(struct desk_reader *r, bool stream)
{
	r->options.stream = stream;
}

uint64_t
desk_reader_taken(const struct desk_reader *r)
{
	return desk_source_taken(r->source);
}

uint64_t
desk_reader_size(const struct desk_reader *r)
{
	return desk_source_size(r->source);
}
