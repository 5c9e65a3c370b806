/*
 * Documents in columns, from a file through the reader, each frame through the
 * form: what is read fits its text, lines go out as they came in, what was
 * written is read as the same, and all other forms can write it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/utf8.h"
#include "io/conll.h"
#include "io/form.h"
#include "io/tally.h"
#include "feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 2, MOST = 60000 /* what a pipe holds */ };

static size_t
lines_of(struct desk_slice s)
{
	size_t lines = s.len && s.data[s.len - 1] != '\n';
	for (size_t i = 0; i < s.len; i++)
		lines += s.data[i] == '\n';
	return lines;
}

static bool
border(const struct desk_doc *doc, size_t at)
{
	return at == doc->text.len || (doc->text.data[at] & 0xC0) != 0x80;
}

static void
check_layers(const struct desk_doc *doc)
{
	size_t at = 0;
	need(desk_utf8_valid(doc->text.data, doc->text.len) == doc->text.len);
	for (size_t i = 0; i < doc->ent_count; i++) {
		const struct desk_ent *e = &doc->ents[i];
		need(at <= e->start && e->start < e->end && *e->label);
		need(border(doc, e->start) && border(doc, e->end));
		at = e->end;
	}
	need(at <= doc->text.len);
	at = 0;
	for (size_t i = 0; i < doc->sent_count; i++) {
		need(at <= doc->sents[i].start);
		need(doc->sents[i].start < doc->sents[i].end);
		at = doc->sents[i].end;
	}
	need(at <= doc->text.len);
}

static void
check_frame(struct desk_record *record)
{
	struct desk_io_options options = {.makes = DESK_ENTS};
	struct desk_buffer out = {0}, again = {0};
	uint64_t bytes, codepoints;
	if (desk_conll_read(record, &options, NULL))
		return;
	struct desk_doc *doc = record->doc;
	check_layers(doc);
	desk_conll_measure(record->frame.bytes, &bytes, &codepoints);
	need(bytes == doc->text.len &&
	     codepoints == desk_doc_codepoint(doc, doc->text.len));
	desk_conll_write(record, &options, &out);
	struct desk_slice lines = {out.data ? out.data : "", out.len};
	need(lines_of(lines) == lines_of(record->frame.bytes));
	for (int form = 0; form < DESK_FORM_COUNT; form++)
		if (desk_forms[form].write)
			desk_forms[form].write(record, &options, &again);
	desk_names_write(record, &again);
	record->frame.form = DESK_FROM_TEXT;
	desk_conll_write(record, &options, &again);
	record->frame.form = DESK_FROM_CONLL;
	again.len = 0;
	size_t ents = doc->ent_count;
	record->frame.bytes = lines;
	need(!desk_conll_read(record, &options, NULL));
	need(doc->ent_count == ents && doc->text.len == bytes);
	desk_conll_write(record, &options, &again);
	need(again.len == out.len &&
	     (!out.len || !memcmp(again.data, out.data, out.len)));
	desk_buffer_release(&out);
	desk_buffer_release(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < HEAD || size > MOST)
		return 0;
	struct desk_reader_options options = {.from = DESK_FROM_CONLL,
	    .invalid = (enum desk_invalid)(data[0] % 3),
	    .null = data[0] & 4,
	    .max_document = (size_t)data[1] * 8 + 8};
	struct desk_reader *r = desk_reader_new(&options);
	struct desk_record record = {.doc = desk_doc_new(), .input = "-"};
	uint64_t base = 0;
	need(r && record.doc);
	serve(data + HEAD, size - HEAD);
	need(!desk_reader_open(r, "-", NULL));
	for (int event = 0, limit = 10 * MOST;; need(limit-- > 0)) {
		event = desk_reader_next(r, &record.frame, NULL);
		if (event < 0 || event == DESK_EVENT_END)
			break;
		desk_reader_wait(r);
		if (event == DESK_EVENT_IDLE)
			continue;
		struct desk_frame frame = record.frame;
		need(frame.base_bytes >= base || !frame.part);
		base = frame.base_bytes;
		need(frame.bytes.len <= options.max_document);
		if (!frame.error)
			check_frame(&record);
	}
	desk_reader_free(r);
	desk_doc_free(record.doc);
	return 0;
}
