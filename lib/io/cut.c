/*
 * cut.c - where documents end, in JSON Lines and in text.
 *
 * A record of JSON Lines is a line (or ends in NUL); one over the limit is an
 * error of its own.  A text ends at a line that holds only a form feed, or in
 * NUL; one over the limit is handed out in parts.  So are columns, which end
 * before a line -DOCSTART-.
 */
#include <string.h>

#include "core/unicode.h"
#include "core/utf8.h"
#include "io/conll.h"
#include "io/window.h"

enum { BAD_BYTE = 0xFF, LINES_MAX = 256 << 10 };

static size_t
count_lines(const char *s, size_t n)
{
	size_t lines = 0;
	for (const char *p = s; (p = memchr(p, '\n', (size_t)(s + n - p)));)
		lines++, p++;
	return lines;
}

void
desk_window_drop(struct desk_reader *r)
{
	bool lines = r->form == DESK_FROM_TEXT || r->form == DESK_FROM_CONLL;
	if (lines && r->handed && !r->options.null)
		r->line += count_lines(r->window.data + r->start, r->handed);
	if (r->handed)
		r->counted = r->lines = 0;
	r->start += r->handed;
	r->seen = r->seen > r->handed ? r->seen - r->handed : 0;
	r->handed = 0;
}

int
desk_window_hand_out(struct desk_reader *r, struct desk_frame *f, size_t n,
    size_t border, bool last)
{
	memset(f, 0, sizeof *f);
	f->bytes.data = r->window.data + r->start;
	f->bytes.len = n;
	f->form = r->form;
	bool count = r->options.null &&
		     (r->form == DESK_FROM_TEXT || r->form == DESK_FROM_HTML ||
			 r->form == DESK_FROM_CONLL);
	f->line = count ? r->number : r->line;
	f->number = r->number;
	f->part = r->part;
	f->last = last;
	f->base_bytes = r->base_bytes;
	f->base_codepoints = r->base_codepoints;
	if (r->options.invalid == DESK_INVALID_ERROR && n && !r->raw &&
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
	desk_window_hand_out(r, f, n, 0, true);
	f->error = DESK_ELIMIT;
	f->why = "record over --max-document";
	r->skipping = true;
	return DESK_EVENT_FRAME;
}

int
desk_cut_record(struct desk_reader *r, struct desk_frame *f)
{
	char border = r->options.null ? '\0' : '\n';
	for (;;) {
		const char *s = r->window.data + r->start;
		size_t n = r->end - r->start;
		const char *stop =
		    n > r->seen ? memchr(s + r->seen, border, n - r->seen)
				: NULL;
		size_t len = stop ? (size_t)(stop - s) : n;
		if (!stop && !r->at_end && len <= r->limit && !r->skipping) {
			r->seen = n;
			return DESK_EVENT_IDLE;
		}
		/* What reading failed in the middle of is no record. */
		if (!stop && r->at_end &&
		    (r->skipping || r->failed || blank(s, len)))
			return DESK_EVENT_END;
		if (!r->skipping && len > r->limit)
			return record_over_limit(r, f, len);
		if (!r->skipping && !blank(s, len)) {
			desk_window_hand_out(r, f, len, stop != NULL, true);
			r->line++;
			return DESK_EVENT_FRAME;
		}
		r->handed = len + (stop != NULL);
		r->seen = 0;
		desk_window_drop(r);
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

/* Looks for the line that begins the next document in columns, which is no
 * part of the border.  One that nothing but blank lines stand before begins
 * this document. */
static bool
find_docstart(struct desk_reader *r, size_t *len, size_t *border)
{
	const char *s = r->window.data + r->start;
	size_t n = r->end - r->start, size = sizeof DESK_CONLL_DOCSTART - 1;
	for (;;) {
		size_t at = r->seen, here = n - at < size ? n - at : size;
		bool like = !memcmp(s + at, DESK_CONLL_DOCSTART, here) &&
			    (at ? s[at - 1] == '\n' : r->line_start);
		if (here < size && (like || !here) && !r->at_end)
			return false;
		if (like && here == size && (r->part || !blank(s, at))) {
			*len = at;
			*border = 0;
			return true;
		}
		const char *lf = here ? memchr(s + at, '\n', n - at) : NULL;
		r->seen = lf ? (size_t)(lf - s) + 1 : n;
		if (!lf)
			return false;
	}
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
	if (r->form == DESK_FROM_CONLL) {
		uint64_t bytes, codepoints;
		desk_conll_measure(
		    (struct desk_slice){s, n}, &bytes, &codepoints);
		/* The next part's first sentence is a line of its own. */
		r->base_bytes += bytes + (bytes != 0);
		r->base_codepoints += codepoints + (bytes != 0);
	} else {
		r->base_bytes += n;
		r->base_codepoints += desk_utf8_count(s, n);
	}
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
	desk_window_hand_out(r, f, n, 0, false);
	r->seen = n;
	return DESK_EVENT_FRAME;
}

/* The longest part of a document that is worked on at once: so many bytes, or
 * where all of a document must be held, so many lines, since what is known of a
 * line may take more room than the line. */
static size_t
allowed(struct desk_reader *r, const char *s, size_t n)
{
	if (n > r->limit)
		n = r->limit;
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

int
desk_cut_text(struct desk_reader *r, struct desk_frame *f)
{
	const char *s = r->window.data + r->start;
	size_t n = r->end - r->start, len = n, border;
	bool found = r->form == DESK_FROM_CONLL && !r->options.null
			 ? find_docstart(r, &len, &border)
			 : find_border(r, &len, &border);
	/* What may be the beginning of a border is not counted yet. */
	if (!found)
		len = r->at_end ? n : r->seen;
	size_t limit = allowed(r, s, len);
	if (limit < len) {
		len = cut_at(s, limit);
		/* What a stream was shown stays. */
		len = len < r->offered ? r->offered : len;
		desk_window_hand_out(r, f, len, 0, false);
		f->cut = true;
		advance_base(r, s, len);
		return DESK_EVENT_FRAME;
	}
	if (found)
		return desk_window_hand_out(r, f, len, border, true);
	if (r->at_end) {
		if (!n && !r->part)
			return DESK_EVENT_END;
		return desk_window_hand_out(r, f, n, 0, true);
	}
	return r->options.stream ? next_stretch(r, f) : DESK_EVENT_IDLE;
}
