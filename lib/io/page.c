/*
 * page.c - web pages, by themselves and in records of WARC files.
 *
 * A page becomes the document's page as the bytes it is; the filter finds its
 * text.  What a record tells of it (address, time of capture, the server's
 * word on its encoding) goes with it.
 */
#include "core/error.h"
#include "core/slice.h"
#include "core/utf8.h"
#include "io/form.h"
#include "io/warc.h"

int
desk_html_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error)
{
	(void)options;
	struct desk_page_source page = {
	    .html = record->frame.bytes, .encoding = record->frame.encoding};
	desk_doc_set_page(record->doc, &page);
	record->has_text = true;
	record->over = record->frame.over;
	return desk_name_document(record, error);
}

/* The text of a record of a WET file, with line ends and bad bytes put right
 * as those of other texts are. */
static int
read_text(
    struct desk_doc *doc, struct desk_slice text, struct desk_error *error)
{
	const char *s = text.data;
	bool good = desk_utf8_valid(s, text.len) == text.len;
	doc->text = text;
	if (good && (!text.len || !memchr(s, '\r', text.len)))
		return 0;
	char *to = desk_arena_alloc(&doc->arena, text.len * (good ? 1 : 3));
	if (!to)
		return desk_fail_memory(error);
	size_t len = 0;
	for (size_t i = 0; i < text.len;) {
		size_t n = desk_utf8_valid(s + i, text.len - i);
		for (size_t stop = i + n; i < stop; i++)
			if (s[i] != '\r' || i + 1 == stop || s[i + 1] != '\n')
				to[len++] = s[i];
		if (i == text.len)
			break;
		i += desk_utf8_bad(s + i, text.len - i);
		memcpy(to + len, DESK_REPLACEMENT, 3);
		len += 3;
	}
	doc->text = desk_slice(to, len);
	return 0;
}

/* A string of a header as text: it may be anything. */
static int
read_value(struct desk_doc *doc, struct desk_slice value, struct desk_slice *to,
    struct desk_error *error)
{
	struct desk_slice text = doc->text;
	int err = value.data ? read_text(doc, value, error) : 0;
	*to = value.data ? doc->text : value;
	doc->text = text;
	return err;
}

/* The server's word as a string that ends in NUL; NULL: it has none that could
 * be a name. */
static const char *
label(struct desk_doc *doc, struct desk_slice charset)
{
	char *name = charset.len && charset.len < 64
			 ? desk_arena_alloc(&doc->arena, charset.len + 1)
			 : NULL;
	if (!name || memchr(charset.data, '\0', charset.len))
		return NULL;
	memcpy(name, charset.data, charset.len);
	name[charset.len] = '\0';
	return name;
}

static int
read_response(struct desk_record *record, struct desk_slice content,
    const struct desk_io_options *options, struct desk_error *error)
{
	struct desk_doc *doc = record->doc;
	struct desk_http_head http;
	size_t limit = options->max_page ? options->max_page : DESK_PAGE_LIMIT;
	bool over = false;
	int64_t n = desk_http_head(content, true, &http);
	if (n <= 0)
		return desk_fail(error, DESK_EDATA, "no HTTP response");
	content = desk_slice(content.data + n, content.len - (size_t)n);
	int err = desk_http_body(
	    &http, content, limit, &doc->arena, &doc->page.html, &over, error);
	record->over |= over;
	doc->page.url = record->url;
	doc->page.encoding = record->frame.encoding;
	if (!doc->page.encoding && http.charset.data) {
		doc->page.encoding = label(doc, http.charset);
		record->told = doc->page.encoding;
	}
	return err;
}

int
desk_warc_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error)
{
	struct desk_doc *doc = record->doc;
	struct desk_slice bytes = record->frame.bytes;
	struct desk_warc_head head;
	desk_doc_clear(doc);
	int64_t n = desk_warc_head(bytes, true, &head);
	if (n <= 0)
		return desk_fail(error, DESK_EDATA, "damaged record header");
	int err = read_value(doc, head.url, &record->url, error);
	if (!err)
		err = read_value(doc, head.date, &record->captured, error);
	if (!err)
		err = read_value(doc, head.id, &doc->id, error);
	if (!err && !doc->id.data)
		err = desk_name_document(record, error);
	if (err)
		return err;
	record->has_text = true;
	record->over = record->frame.over;
	bytes = desk_slice(bytes.data + n, bytes.len - (size_t)n);
	if (head.type == DESK_WARC_CONVERSION)
		return read_text(doc, bytes, error);
	return read_response(record, bytes, options, error);
}
