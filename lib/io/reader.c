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
#include "core/utf8.h"
#include "io/sniff.h"
#include "io/window.h"

enum { BLOCK = DESK_WINDOW_BLOCK, BAD_BYTE = 0xFF };

struct desk_reader *
desk_reader_new(const struct desk_reader_options *options)
{
	struct desk_reader *r = desk_calloc(1, sizeof *r);
	if (!r)
		return NULL;
	r->options = *options;
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

static bool
is_raw(enum desk_from form)
{
	return form == DESK_FROM_HTML || form == DESK_FROM_WARC;
}

static void
set_form(struct desk_reader *r, enum desk_from form)
{
	r->form = form;
	r->limit = r->options.max_document;
	if (!r->limit && form == DESK_FROM_TEXT)
		r->limit = r->options.part;
	if (!r->limit)
		r->limit = is_raw(form) ? DESK_PAGE_LIMIT : DESK_TEXT_LIMIT;
	/* The line of a WARC file's frames counts records; none was seen. */
	r->line = form != DESK_FROM_WARC;
}

/* Whether a path ends as those of pages do, packed or not. */
static bool
names_page(const char *path)
{
	static const char *const ends[] = {".html", ".htm", ".xhtml"};
	static const char *const packed[] = {".gz", ".zst"};
	size_t len = strlen(path);
	for (size_t i = 0; i < sizeof packed / sizeof *packed; i++) {
		size_t n = strlen(packed[i]);
		if (len > n && !memcmp(path + len - n, packed[i], n)) {
			len -= n;
			break;
		}
	}
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t n = strlen(ends[i]);
		if (len > n && !memcmp(path + len - n, ends[i], n))
			return true;
	}
	return false;
}

int
desk_reader_open(
    struct desk_reader *r, const char *path, struct desk_error *error)
{
	desk_source_close(r->source);
	r->source = NULL;
	r->start = r->end = r->carry = r->seen = r->handed = r->offered = 0;
	r->counted = r->lines = 0;
	r->named = strcmp(path, "-") != 0;
	r->page_name = r->named && names_page(path);
	r->at_start = true;
	r->at_end = r->may_wait = r->skipping = false;
	r->line_start = true;
	r->form = DESK_FROM_AUTO;
	r->passing = 0;
	r->begun = r->astray = false;
	r->line = r->number = 1;
	r->part = 0;
	r->base_bytes = r->base_codepoints = 0;
	r->window.len = 0;
	if (!desk_buffer_reserve(&r->window, BLOCK)) {
		r->window.failed = false;
		return desk_fail_memory(error);
	}
	/* What is not to be converted is looked at as it comes first. */
	enum desk_from from = r->options.from;
	bool pages = from == DESK_FROM_AUTO && r->options.pages;
	r->raw = is_raw(from) || pages || !r->options.encoding;
	r->page = false;
	if (is_raw(from) || (from != DESK_FROM_AUTO && !r->raw))
		set_form(r, from);
	return desk_source_open(
	    &r->source, path, r->raw ? NULL : r->options.encoding, error);
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
		r->at_start = false; /* another one is text */
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
	/* While the form is not known, no more than can be given back. */
	bool unknown = r->raw && r->form == DESK_FROM_AUTO;
	size_t got, room = unknown ? BLOCK - held : BLOCK;
	if (desk_source_read(r->source, to, room, &got, &r->failure)) {
		r->failed = true;
		got = 0;
	}
	r->may_wait = false;
	r->at_end = !got;
	if (!r->raw)
		return clean(r, r->carry + got, error);
	r->end += got;
	return 0;
}

/* Pages and archives stay as they are.  Anything else was read raw only to
 * learn that, and is put right now; where it is to be converted, the source
 * gets it back. */
static int
leave_raw(struct desk_reader *r, struct desk_error *error)
{
	size_t n = r->end - r->start;
	const char *s = r->window.data + r->start;
	const char *encoding = r->options.encoding;
	r->raw = false;
	r->end = r->start;
	if (!encoding)
		encoding = desk_sniff_utf16((struct desk_slice){s, n});
	if (!encoding)
		return clean(r, n, error);
	r->at_end = false;
	return desk_source_convert(r->source, encoding, s, n, error);
}

/* The form that the first bytes tell, where options do not; AUTO where more of
 * them are needed.  *why: they tell that it is none. */
static enum desk_from
look(struct desk_reader *r, const char **why)
{
	struct desk_slice first = {
	    r->window.data + r->start, r->end - r->start};
	enum desk_from form = r->options.from;
	bool end = r->at_end || first.len >= BLOCK, more = false;
	/* A document that ends in NUL may be all that comes. */
	const char *nul = r->options.null && !r->options.pages && first.len &&
				  !desk_sniff_utf16(first)
			      ? memchr(first.data, '\0', first.len)
			      : NULL;
	if (nul) {
		first.len = (size_t)(nul - first.data);
		end = true;
	}
	if (form == DESK_FROM_AUTO || form == DESK_FROM_JSONL)
		*why = desk_sniff_other(first, end, r->options.null, &more);
	if (form == DESK_FROM_AUTO)
		form = desk_sniff(first, end, r->options.pages);
	if (form == DESK_FROM_TEXT && r->options.from == DESK_FROM_AUTO &&
	    !r->options.pages)
		r->page = desk_sniff_page(first, end, &more);
	more |= !end && desk_sniff_short(first);
	return more ? DESK_FROM_AUTO : form;
}

/* Tells the form, where there are enough bytes for that. */
static int
detect(struct desk_reader *r, struct desk_error *error)
{
	const char *why = NULL;
	enum desk_from form = look(r, &why);
	if (why)
		return desk_fail(error, DESK_EDATA, "%s", why);
	if (form == DESK_FROM_AUTO)
		return 0;
	/* Where there are no first bytes, the name tells. */
	if (r->end == r->start && r->at_end && !r->failed && r->options.pages &&
	    r->page_name && r->options.from == DESK_FROM_AUTO)
		form = DESK_FROM_HTML;
	set_form(r, form);
	return r->raw && !is_raw(form) ? leave_raw(r, error) : 0;
}

/* What comes next of the bytes that are there. */
static int
cut(struct desk_reader *r, struct desk_frame *f)
{
	switch (r->form) {
	case DESK_FROM_TEXT:
	case DESK_FROM_CONLL:
		return desk_cut_text(r, f);
	case DESK_FROM_JSONL:
		return desk_cut_record(r, f);
	case DESK_FROM_HTML:
		return desk_cut_page(r, f);
	case DESK_FROM_WARC:
		return desk_cut_warc(r, f);
	default:
		return DESK_EVENT_IDLE;
	}
}

/* At the end of what could be read: the failure that ended it, if any.  Behind
 * damage an archive of records may go on. */
static int
end(struct desk_reader *r, struct desk_frame *f, struct desk_error *error)
{
	if (!r->failed)
		return DESK_EVENT_END;
	r->failed = false;
	if (r->form == DESK_FROM_WARC && desk_source_resume(r->source)) {
		r->at_end = false;
		return desk_cut_damaged(r, f);
	}
	if (error)
		*error = r->failure;
	return r->failure.code;
}

int
desk_reader_next(
    struct desk_reader *r, struct desk_frame *f, struct desk_error *error)
{
	desk_window_drop(r);
	for (;;) {
		int err = r->form == DESK_FROM_AUTO ? detect(r, error) : 0;
		if (err)
			return err;
		int event = cut(r, f);
		if (event == DESK_EVENT_END)
			event = end(r, f, error);
		if (event != DESK_EVENT_IDLE)
			return event;
		if (!r->may_wait && !desk_source_ready(r->source))
			return DESK_EVENT_IDLE;
		err = fill(r, error);
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

void
desk_reader_part(struct desk_reader *r, size_t part)
{
	r->options.part = part;
}

bool
desk_reader_page(const struct desk_reader *r)
{
	return r->page;
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
