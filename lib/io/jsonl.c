/*
 * jsonl.c - documents as JSON Lines, one object a line.
 *
 * A record's bytes stay as they came: what is written is the record itself with
 * the members that the filter made or changed put in their places, or behind
 * the others where they are new.  Offsets count code points (or bytes, by
 * option) on both sides.
 */
#include "core/error.h"
#include "core/slice.h"
#include "io/form.h"
#include "io/layers.h"

/* Reading the record. */

static int
read_id(struct desk_record *record, struct desk_error *error)
{
	struct desk_doc *doc = record->doc;
	const struct desk_json_member *m = desk_layers_member(record, "id");
	size_t room = strlen(record->input) + 24;
	if (m && m->value.len + 1 > room)
		room = m->value.len + 1;
	char *id = desk_arena_alloc(&doc->arena, room);
	if (!id)
		return desk_fail_memory(error);
	doc->id.data = id;
	if (m && m->kind == DESK_JSON_STRING) {
		doc->id.len = desk_json_unescape(m->value, id);
	} else if (m && m->kind == DESK_JSON_NUMBER) {
		memcpy(id, m->value.data, m->value.len);
		doc->id.len = m->value.len;
	} else {
		struct desk_buffer name = {0};
		desk_buffer_string(&name, record->input);
		desk_buffer_byte(&name, ':');
		desk_buffer_number(&name, record->frame.line);
		if (!name.failed)
			memcpy(id, name.data, name.len);
		doc->id.len = name.failed ? 0 : name.len;
		desk_buffer_release(&name);
	}
	return 0;
}

int
desk_jsonl_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error)
{
	struct desk_doc *doc = record->doc;
	enum desk_json_kind kind;
	desk_doc_clear(doc);
	record->member_count = 0;
	int err = desk_json_scan(record->frame.bytes, &doc->arena,
	    &record->members, &record->member_count, &kind, error);
	err = err ? err : read_id(record, error);
	if (err)
		return err;
	const struct desk_json_member *m = desk_layers_member(record, "text");
	if (!m || m->kind != DESK_JSON_STRING)
		return 0;
	record->has_text = true;
	doc->text = desk_slice(m->value.data + 1, m->value.len - 2);
	if (desk_json_escaped(m->value)) {
		char *text = desk_arena_alloc(&doc->arena, m->value.len);
		if (!text)
			return desk_fail_memory(error);
		doc->text =
		    desk_slice(text, desk_json_unescape(m->value, text));
	}
	if (doc->text.len > DESK_TEXT_MAX)
		return desk_fail(error, DESK_ELIMIT, "text too long");
	return desk_layers_read(record, options, error);
}

/* Writing. */

struct layer_writer {
	struct desk_doc *doc;
	const struct desk_io_options *options;
	struct desk_buffer *out;
};

static void
write_span(const struct layer_writer *w, size_t start, size_t end)
{
	char *to = desk_buffer_reserve(w->out, 64);
	if (!to)
		return;
	memcpy(to, "\"start\":", 8);
	w->out->len += 8;
	desk_buffer_number(w->out,
	    w->options->bytes ? start : desk_doc_codepoint(w->doc, start));
	desk_buffer_append(w->out, ",\"end\":", 7);
	desk_buffer_number(
	    w->out, w->options->bytes ? end : desk_doc_codepoint(w->doc, end));
}

static void
write_block(const struct layer_writer *w, const struct desk_block *block)
{
	write_span(w, block->start, block->end);
	desk_buffer_string(w->out, ",\"src\":[");
	desk_buffer_number(w->out, block->src_start);
	desk_buffer_byte(w->out, ',');
	desk_buffer_number(w->out, block->src_end);
	desk_buffer_byte(w->out, ']');
	if (w->options->mark) {
		desk_buffer_string(
		    w->out, block->keep ? ",\"keep\":true" : ",\"keep\":false");
		desk_buffer_string(w->out, ",\"reason\":\"");
		desk_buffer_string(w->out, block->reason);
		desk_buffer_byte(w->out, '"');
	}
}

static void
write_ent(const struct layer_writer *w, const struct desk_ent *ent)
{
	write_span(w, ent->start, ent->end);
	desk_buffer_string(w->out, ",\"label\":");
	desk_json_quote(w->out, desk_slice(ent->label, strlen(ent->label)));
}

static void
write_parts(const struct layer_writer *w, const struct desk_quote *quote)
{
	desk_buffer_string(w->out, ",\"parts\":[");
	for (size_t i = 0; i < quote->part_count; i++) {
		const struct desk_span *part = &quote->parts[i];
		desk_buffer_string(w->out, i ? ",[" : "[");
		desk_buffer_number(
		    w->out, w->options->bytes
				? part->start
				: desk_doc_codepoint(w->doc, part->start));
		desk_buffer_byte(w->out, ',');
		desk_buffer_number(w->out,
		    w->options->bytes ? part->end
				      : desk_doc_codepoint(w->doc, part->end));
		desk_buffer_byte(w->out, ']');
	}
	desk_buffer_byte(w->out, ']');
}

static void
write_speaker(const struct layer_writer *w, const struct desk_quote *quote)
{
	const char *comma = "";
	desk_buffer_string(w->out, ",\"speaker\":{");
	if (quote->speaker.start < quote->speaker.end) {
		write_span(w, quote->speaker.start, quote->speaker.end);
		comma = ",";
	}
	desk_buffer_string(w->out, comma);
	desk_buffer_string(w->out, "\"name\":");
	if (quote->name.data)
		desk_json_quote(w->out, quote->name);
	else
		desk_buffer_string(w->out, "null");
	if (quote->label) {
		desk_buffer_string(w->out, ",\"label\":");
		desk_json_quote(
		    w->out, desk_slice(quote->label, strlen(quote->label)));
	}
	desk_buffer_byte(w->out, '}');
}

static void
write_quote(const struct layer_writer *w, const struct desk_quote *quote)
{
	write_span(w, quote->start, quote->end);
	desk_buffer_string(w->out, ",\"kind\":\"");
	desk_buffer_string(w->out, desk_quote_kind_name(quote->kind));
	desk_buffer_byte(w->out, '"');
	if (quote->part_count > 1)
		write_parts(w, quote);
	if (quote->cue.start < quote->cue.end) {
		desk_buffer_string(w->out, ",\"cue\":{");
		write_span(w, quote->cue.start, quote->cue.end);
		desk_buffer_byte(w->out, '}');
	}
	if (quote->speaker.start < quote->speaker.end || quote->name.data)
		write_speaker(w, quote);
}

static void
write_layer(const struct layer_writer *w, enum desk_layer bit)
{
	const struct desk_doc *doc = w->doc;
	size_t count = desk_doc_count(doc, bit);
	desk_buffer_byte(w->out, '[');
	for (size_t i = 0; i < count; i++) {
		desk_buffer_append(w->out, ",{", 2);
		if (!i && !w->out->failed) {
			w->out->len -= 2;
			w->out->data[w->out->len++] = '{';
		}
		if (bit == DESK_BLOCKS)
			write_block(w, &doc->blocks[i]);
		else if (bit == DESK_SENTS)
			write_span(w, doc->sents[i].start, doc->sents[i].end);
		else if (bit == DESK_ENTS)
			write_ent(w, &doc->ents[i]);
		else
			write_quote(w, &doc->quotes[i]);
		desk_buffer_byte(w->out, '}');
	}
	desk_buffer_byte(w->out, ']');
}

/* The layers that go out from the document: what the filter made, and, where
 * it changed the text, what moved along. */
static unsigned
fresh_layers(
    const struct desk_record *record, const struct desk_io_options *options)
{
	const struct desk_doc *doc = record->doc;
	if (record->frame.form != DESK_FROM_JSONL)
		return doc->layers & (record->came | options->makes);
	unsigned fresh = options->makes & ~record->came;
	if (record->rewritten)
		fresh |= record->came;
	if (record->filtered)
		fresh |= options->makes;
	return doc->layers & fresh;
}

/* Layers as members, each with a comma before it. */
static void
write_members(const struct layer_writer *w, unsigned fresh)
{
	for (size_t i = 0; i < DESK_LAYER_COUNT; i++) {
		if (!(fresh & desk_layer_names[i].bit))
			continue;
		desk_buffer_string(w->out, ",\"");
		desk_buffer_string(w->out, desk_layer_names[i].name);
		desk_buffer_string(w->out, "\":");
		write_layer(w, desk_layer_names[i].bit);
	}
}

/* A record made from a text. */
static void
write_new(struct desk_record *record, const struct layer_writer *w)
{
	struct desk_buffer *out = w->out;
	desk_buffer_string(out, "{\"id\":");
	desk_json_quote(out, w->doc->id);
	if (w->doc->part) {
		desk_buffer_string(out, ",\"part\":");
		desk_buffer_number(out, w->doc->part);
	}
	desk_buffer_string(out, ",\"text\":");
	desk_json_quote(out, w->doc->text);
	write_members(w, fresh_layers(record, w->options));
	desk_buffer_byte(out, '}');
}

/* The layer of a key that is to be written anew, or 0. */
static unsigned
layer_of(struct desk_slice key, unsigned fresh)
{
	for (size_t i = 0; i < DESK_LAYER_COUNT; i++)
		if (fresh & desk_layer_names[i].bit &&
		    desk_json_key_is(key, desk_layer_names[i].name))
			return desk_layer_names[i].bit;
	return 0;
}

/* The record as it came, with fresh values in the places of old ones. */
static void
write_changed(struct desk_record *record, const struct layer_writer *w)
{
	struct desk_buffer *out = w->out;
	const char *from = record->frame.bytes.data;
	const char *end = from + record->frame.bytes.len;
	unsigned fresh = fresh_layers(record, w->options), written = 0;
	for (size_t i = 0; i < record->member_count; i++) {
		const struct desk_json_member *m = &record->members[i];
		unsigned bit = layer_of(m->key, fresh);
		bool text =
		    record->rewritten && desk_json_key_is(m->key, "text");
		if (!bit && !text)
			continue;
		desk_buffer_append(out, from, (size_t)(m->value.data - from));
		if (text)
			desk_json_quote(out, w->doc->text);
		else
			write_layer(w, (enum desk_layer)bit);
		written |= bit;
		from = m->value.data + m->value.len;
	}
	fresh &= ~written;
	while (fresh && end[-1] != '}')
		end--;
	end -= fresh != 0;
	desk_buffer_append(out, from, (size_t)(end - from));
	write_members(w, fresh);
	if (fresh)
		desk_buffer_byte(out, '}');
}

void
desk_jsonl_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out)
{
	struct layer_writer writer = {record->doc, options, out};
	if (record->frame.form == DESK_FROM_JSONL)
		write_changed(record, &writer);
	else
		write_new(record, &writer);
	desk_buffer_byte(out, '\n');
}

void
desk_jsonl_error(
    struct desk_record *record, const char *why, struct desk_buffer *out)
{
	const struct desk_json_member *id = desk_layers_member(record, "id");
	desk_buffer_string(out, "{\"id\":");
	if (id)
		desk_buffer_append(out, id->value.data, id->value.len);
	else
		desk_buffer_string(out, "null");
	desk_buffer_string(out, ",\"error\":");
	desk_json_quote(out, desk_slice(why, strlen(why)));
	desk_buffer_string(out, "}\n");
}
