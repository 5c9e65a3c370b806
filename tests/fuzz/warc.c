/*
 * An input as a WARC file or a page, with options from its first bytes: frames
 * keep to the limit, a record that is handed out reads as a document, and what
 * comes of it as JSON, text and Markdown is what it should be; the same frames
 * come however the bytes arrive.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/utf8.h"
#include "io/form.h"
#include "io/warc.h"
#include "feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 2, MOST = 60000 /* what a pipe holds */ };

static void
check_record(struct desk_record *record, struct desk_buffer *out)
{
	static const struct desk_style styles[] = {
	    {0, 9, DESK_STYLE_STRONG, {0}}, {1, 5, DESK_STYLE_LINK, {"(", 1}},
	    {2, 3, DESK_STYLE_CODE, {0}}, {4, 12, DESK_STYLE_EMPHASIS, {0}}};
	struct desk_io_options options = {.makes = DESK_BLOCKS,
	    .links = true,
	    .meta = true,
	    .max_page = 4000,
	    .to = DESK_FORM_JSONL};
	struct desk_json_member *members;
	struct desk_doc *doc = record->doc;
	size_t count;
	enum desk_json_kind kind;
	record->rewritten = false;
	record->url = record->captured = (struct desk_slice){NULL, 0};
	record->came = 0;
	if (desk_forms[desk_form_of(record->frame.form)].read(
		record, &options, NULL))
		return;
	need(!doc->page.html.data || doc->page.html.len <= MOST);
	/* Some text with marks of all kinds, where it is ASCII. */
	struct desk_slice text =
	    doc->page.html.data ? doc->page.html : doc->text;
	text.len = desk_utf8_valid(text.data, text.len);
	size_t most = desk_ascii(text.data, text.len) ? text.len : 0;
	struct desk_block blocks[7] = {{0}};
	for (size_t i = 0; i < 7; i++)
		blocks[i] =
		    (struct desk_block){.start = (uint32_t)(most * i / 8),
			.end = (uint32_t)(most * (i + 1) / 8),
			.keep = true,
			.level = (uint8_t)i,
			.kind = (enum desk_block_kind)((i + most) % 7),
			.reason = ""};
	doc->text = text;
	desk_doc_set_blocks(doc, blocks, 7);
	doc->styles = styles;
	doc->style_count = most > 12 ? 4 : 0;
	out->len = 0;
	desk_jsonl_write(record, &options, out);
	struct desk_slice line = {out->data, out->len};
	need(desk_utf8_valid(line.data, line.len) == line.len);
	need(!desk_json_scan(line, &doc->arena, &members, &count, &kind, NULL));
	desk_text_write(record, &options, out);
	desk_markdown_write(record, &options, out);
	need(desk_utf8_valid(out->data, out->len) == out->len);
}

/* All frames of an input that comes so many bytes at a time; their sum. */
static uint64_t
run(struct desk_reader_options options, const uint8_t *data, size_t size,
    size_t step, bool check)
{
	struct desk_reader *r = desk_reader_new(&options);
	struct desk_record record = {.doc = desk_doc_new(), .input = "-"};
	struct desk_buffer out = {0};
	uint64_t sum = 0;
	size_t most = options.max_document + DESK_WARC_HEAD;
	int ends[2];
	need(r && record.doc && !pipe(ends) && dup2(ends[0], 0) >= 0);
	close(ends[0]);
	need(!desk_reader_open(r, "-", NULL));
	for (int limit = 10 * MOST; limit; limit--) {
		int event = desk_reader_next(r, &record.frame, NULL);
		if (event < 0 || event == DESK_EVENT_END)
			break;
		need(limit > 1);
		if (event == DESK_EVENT_IDLE) {
			size_t n = size < step ? size : step;
			need(!n || write(ends[1], data, n) == (ssize_t)n);
			data += n;
			size -= n;
			if (!size && ends[1] >= 0) {
				close(ends[1]);
				ends[1] = -1;
			}
			desk_reader_wait(r);
			continue;
		}
		struct desk_slice s = record.frame.bytes;
		need(s.len <= most);
		for (size_t i = 0; i < s.len; i++)
			sum = sum * 31 + (unsigned char)s.data[i];
		sum = sum * 31 + (record.frame.error ? 1 : 2);
		if (check && !record.frame.error &&
		    (record.frame.form == DESK_FROM_HTML ||
			record.frame.form == DESK_FROM_WARC))
			check_record(&record, &out);
	}
	if (ends[1] >= 0)
		close(ends[1]);
	desk_reader_free(r);
	desk_doc_free(record.doc);
	desk_buffer_release(&out);
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum desk_from forms[] = {
	    DESK_FROM_AUTO, DESK_FROM_HTML, DESK_FROM_WARC, DESK_FROM_WARC};
	if (size <= HEAD || size > MOST)
		return 0;
	struct desk_reader_options options = {.from = forms[data[0] % 4],
	    .pages = true,
	    .null = data[0] & 4,
	    .encoding = data[0] & 8 ? "ISO-8859-1" : NULL,
	    .max_document = data[1] ? (size_t)data[1] * 16 : 50000};
	uint64_t all = run(options, data + HEAD, size - HEAD, MOST, true);
	/* In steps as small as are worth the time; not where a read could
	 * wait for more than has been written. */
	unsigned char first = data[HEAD];
	bool packed = first == 0x1F || first == 0x28 || (first & 0xF0) == 0x50;
	size_t step = size / 100 + 1;
	if (!packed)
		need(
		    all == run(options, data + HEAD, size - HEAD, step, false));
	return 0;
}
