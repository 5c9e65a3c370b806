/*
 * An input through the reader, with options from its first bytes, and each of
 * its frames through the form that it is of: frames are valid UTF-8, keep to
 * the limit and know what came before them; a record to which nothing is added
 * is written as the same bytes, and one with a new layer is JSON; a text that
 * is written, read and written again is the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/utf8.h"
#include "io/form.h"
#include "feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 3, MOST = 60000 /* what a pipe holds */ };

static void
check_record(struct desk_record *record, struct desk_buffer *out)
{
	struct desk_slice bytes = record->frame.bytes;
	struct desk_io_options options = {.makes = DESK_BLOCKS,
	    .needs = DESK_SENTS | DESK_ENTS | DESK_QUOTES,
	    .to = DESK_FORM_JSONL};
	struct desk_json_member *members;
	size_t count;
	enum desk_json_kind kind;
	record->rewritten = record->has_text = false;
	record->came = 0;
	if (desk_jsonl_read(record, &options, NULL))
		return;
	out->len = 0;
	desk_jsonl_write(record, &options, out);
	need(out->len == bytes.len + 1 &&
	     !memcmp(out->data, bytes.data, bytes.len));
	for (int form = 0; form < DESK_FORM_COUNT; form++)
		for (unsigned makes = DESK_SENTS; makes <= DESK_QUOTES;
		     makes *= 2) {
			options.makes = makes;
			if (desk_forms[form].write)
				desk_forms[form].write(record, &options, out);
		}
	if (!record->has_text || record->came & DESK_BLOCKS)
		return;
	options.makes = DESK_BLOCKS;
	desk_doc_set_blocks(record->doc, NULL, 0);
	record->rewritten = true;
	out->len = 0;
	desk_jsonl_write(record, &options, out);
	struct desk_slice line = {out->data, out->len};
	need(!desk_json_scan(
	    line, &record->doc->arena, &members, &count, &kind, NULL));
}

static void
check_text(struct desk_record *record, struct desk_buffer *out)
{
	struct desk_io_options options = {
	    .makes = DESK_ENTS, .to = DESK_FORM_TEXT};
	struct desk_buffer again = {0};
	out->len = 0;
	record->frame.last = true;
	record->rewritten = false;
	need(!desk_text_read(record, &options, NULL));
	if (!(record->doc->layers & DESK_ENTS))
		desk_doc_set_ents(record->doc, NULL, 0);
	desk_text_write(record, &options, out);
	record->frame.bytes = (struct desk_slice){out->data, out->len};
	need(!desk_text_read(record, &options, NULL));
	desk_doc_set_ents(
	    record->doc, record->doc->ents, record->doc->ent_count);
	desk_text_write(record, &options, &again);
	need(out->len == again.len &&
	     (!again.len || !memcmp(out->data, again.data, again.len)));
	desk_buffer_release(&again);
}

/* What the frames of the document so far came to; what a stream's last frame
 * held that was not consumed comes again in front of the next one. */
struct place {
	uint32_t number;
	uint64_t bytes, codepoints;
	size_t rest;
	char again[MOST];
};

static void
check_frame(const struct desk_frame *f, const struct place *place, size_t most)
{
	struct desk_slice s = f->bytes;
	if (f->error)
		return;
	need(s.len <= most);
	need(desk_utf8_valid(s.data, s.len) == s.len);
	need(f->number == place->number && f->line >= 1);
	need(f->base_bytes == place->bytes &&
	     f->base_codepoints == place->codepoints);
	need(f->form == DESK_FROM_TEXT || (f->last && !f->part));
	need(s.len >= place->rest &&
	     (!s.len || !memcmp(s.data, place->again, place->rest)));
}

static void
advance(struct place *place, const struct desk_frame *f, size_t consumed)
{
	place->rest = 0;
	if (f->last) {
		place->number++;
		place->bytes = place->codepoints = 0;
		return;
	}
	place->rest = f->bytes.len - consumed;
	if (place->rest)
		memcpy(place->again, f->bytes.data + consumed, place->rest);
	place->bytes += consumed;
	place->codepoints += desk_utf8_count(f->bytes.data, consumed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < HEAD || size > MOST)
		return 0;
	struct desk_reader_options options = {
	    .from = (enum desk_from)(data[0] % 3),
	    .invalid = (enum desk_invalid)(data[0] / 3 % 3),
	    .null = data[1] & 1,
	    .stream = data[1] & 2,
	    .encoding = data[1] & 4 ? "UTF-16LE" : NULL,
	    .max_document = (size_t)data[2] * 8 + 8};
	struct desk_reader *r = desk_reader_new(&options);
	struct desk_record record = {.doc = desk_doc_new(), .input = "-"};
	struct desk_buffer out = {0};
	static struct place place;
	place.number = 1;
	place.bytes = place.codepoints = place.rest = 0;
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
		size_t consumed = frame.bytes.len;
		check_frame(&frame, &place, options.max_document);
		if (!frame.error && frame.form == DESK_FROM_JSONL)
			check_record(&record, &out);
		else if (!frame.error)
			check_text(&record, &out);
		if (!frame.last && !frame.cut) {
			/* Half of a stream, between two characters. */
			consumed /= 2;
			while (consumed &&
			       (frame.bytes.data[consumed] & 0xC0) == 0x80)
				consumed--;
			desk_reader_consume(r, consumed);
		}
		advance(&place, &frame, consumed);
	}
	desk_reader_free(r);
	desk_doc_free(record.doc);
	desk_buffer_release(&out);
	return 0;
}
