/*
 * jsonl.c - documents as JSON Lines, one object a line.
 *
 * A record's bytes stay as they came: what is written is the record itself with
 * the members that the filter made or changed put in their places, or behind
 * the others where they are new.  Offsets count code points (or bytes, by
 * option) on both sides.
 */
#include <stdlib.h>

#include "core/error.h"
#include "core/slice.h"
#include "core/utf8.h"
#include "doc/layout.h"
#include "io/form.h"

static const struct layer {
	const char *name;
	enum desk_layer bit;
} layers[] = {
    {"blocks", DESK_BLOCKS},
    {"sents", DESK_SENTS},
    {"ents", DESK_ENTS},
    {"quotes", DESK_QUOTES},
};

enum { LAYER_COUNT = sizeof layers / sizeof *layers };

/* The last member of a name, as other readers take it; NULL: none, or null. */
static const struct desk_json_member *
member(const struct desk_record *record, const char *name)
{
	for (size_t i = record->member_count; i; i--)
		if (desk_json_key_is(record->members[i - 1].key, name))
			return record->members[i - 1].kind == DESK_JSON_NULL
				   ? NULL
				   : &record->members[i - 1];
	return NULL;
}

/* Reading layers. */

struct layer_reader {
	struct desk_doc *doc;
	const struct desk_io_options *options;
	const char *name; /* of the layer, for messages */
	size_t length;	  /* of the text, as offsets count */
	struct desk_error *error;
};

static int
bad_layer(const struct layer_reader *r, const char *why)
{
	return desk_fail(r->error, DESK_EDATA, "\"%s\": %s", r->name, why);
}

/* A pair of offsets as a span of bytes. */
static int
read_pair(const struct layer_reader *r, const struct desk_slice number[2],
    struct desk_span *span)
{
	uint64_t at[2];
	for (int i = 0; i < 2; i++)
		if (!number[i].data || !desk_json_number(number[i], &at[i]))
			return bad_layer(r, "start or end is missing");
	if (at[0] > at[1] || at[1] > r->length)
		return bad_layer(r, "offsets do not fit the text");
	for (int i = 0; i < 2; i++) {
		if (!r->options->bytes)
			at[i] = desk_doc_byte(r->doc, at[i]);
		else if (at[i] < r->length &&
			 (r->doc->text.data[at[i]] & 0xC0) == 0x80)
			return bad_layer(r, "offset inside a character");
	}
	span->start = (uint32_t)at[0];
	span->end = (uint32_t)at[1];
	return 0;
}

static int
read_span(const struct layer_reader *r, struct desk_slice object,
    struct desk_span *span)
{
	struct desk_slice number[2] = {{NULL, 0}, {NULL, 0}};
	struct desk_json walk = desk_json_open(object);
	for (struct desk_json_member m; desk_json_next(&walk, &m);) {
		if (m.kind != DESK_JSON_NUMBER)
			continue;
		if (desk_json_key_is(m.key, "start"))
			number[0] = m.value;
		else if (desk_json_key_is(m.key, "end"))
			number[1] = m.value;
	}
	return read_pair(r, number, span);
}

/* A string value as text in the arena, with a NUL behind it. */
static int
read_string(const struct layer_reader *r, const struct desk_json_member *m,
    struct desk_slice *to)
{
	if (m->kind != DESK_JSON_STRING)
		return 0;
	char *copy = desk_arena_alloc(&r->doc->arena, m->value.len + 1);
	if (!copy)
		return desk_fail_memory(r->error);
	to->len = desk_json_unescape(m->value, copy);
	to->data = copy;
	copy[to->len] = '\0';
	return 0;
}

static int
read_ent(const struct layer_reader *r, struct desk_slice object,
    struct desk_ent *ent)
{
	struct desk_slice label = {NULL, 0};
	struct desk_json walk = desk_json_open(object);
	for (struct desk_json_member m; desk_json_next(&walk, &m);) {
		int err = desk_json_key_is(m.key, "label")
			      ? read_string(r, &m, &label)
			      : 0;
		if (err)
			return err;
	}
	if (!label.data || memchr(label.data, '\0', label.len))
		return bad_layer(r, "label is missing");
	ent->label = label.data;
	return 0;
}

static int
read_parts(const struct layer_reader *r, struct desk_slice array,
    struct desk_quote *quote)
{
	struct desk_span *parts = NULL;
	size_t count = 0, room = 0;
	struct desk_json walk = desk_json_open(array);
	for (struct desk_json_member m; desk_json_next(&walk, &m);) {
		struct desk_slice number[2] = {{NULL, 0}, {NULL, 0}};
		struct desk_json pair = desk_json_open(m.value);
		struct desk_json_member n;
		for (int i = 0; m.kind == DESK_JSON_ARRAY && i < 2 &&
				desk_json_next(&pair, &n);
		     i++)
			number[i] = n.value;
		if (!DESK_RESERVE(&r->doc->arena, parts, count, room))
			return desk_fail_memory(r->error);
		int err = read_pair(r, number, &parts[count]);
		if (err)
			return err;
		if (parts[count].start < quote->start ||
		    parts[count].end > quote->end)
			return bad_layer(r, "part outside its quotation");
		count++;
	}
	quote->parts = parts;
	quote->part_count = count;
	return 0;
}

static int
read_speaker(const struct layer_reader *r, struct desk_slice object,
    struct desk_quote *quote)
{
	struct desk_slice label = {NULL, 0};
	bool placed = false;
	int err = 0;
	struct desk_json walk = desk_json_open(object);
	for (struct desk_json_member m; !err && desk_json_next(&walk, &m);) {
		if (desk_json_key_is(m.key, "name"))
			err = read_string(r, &m, &quote->name);
		else if (desk_json_key_is(m.key, "label"))
			err = read_string(r, &m, &label);
		placed |= desk_json_key_is(m.key, "start");
	}
	quote->label = label.data;
	return err || !placed ? err : read_span(r, object, &quote->speaker);
}

static int
read_quote(const struct layer_reader *r, struct desk_slice object,
    struct desk_quote *quote)
{
	int err = 0;
	struct desk_json walk = desk_json_open(object);
	for (struct desk_json_member m; !err && desk_json_next(&walk, &m);) {
		if (m.kind == DESK_JSON_OBJECT &&
		    desk_json_key_is(m.key, "cue"))
			err = read_span(r, m.value, &quote->cue);
		else if (m.kind == DESK_JSON_OBJECT &&
			 desk_json_key_is(m.key, "speaker"))
			err = read_speaker(r, m.value, quote);
		else if (m.kind == DESK_JSON_ARRAY &&
			 desk_json_key_is(m.key, "parts"))
			err = read_parts(r, m.value, quote);
		else if (desk_json_key_is(m.key, "kind"))
			for (int k = DESK_DIRECT; k <= DESK_INDIRECT; k++) {
				const char *name = desk_quote_kind_name(
				    (enum desk_quote_kind)k);
				size_t n = strlen(name);
				if (m.value.len == n + 2 &&
				    !memcmp(m.value.data + 1, name, n))
					quote->kind = (enum desk_quote_kind)k;
			}
	}
	if (err || quote->part_count)
		return err;
	struct desk_span *whole =
	    desk_arena_alloc(&r->doc->arena, sizeof *whole);
	if (!whole)
		return desk_fail_memory(r->error);
	*whole = (struct desk_span){quote->start, quote->end};
	quote->parts = whole;
	quote->part_count = 1;
	return 0;
}

/* The start and end that all items of layers begin with. */
static int
by_place(const void *a, const void *b)
{
	const struct desk_span *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end == y->end ? 0 : x->end > y->end ? -1 : 1;
}

/* Other tools may list a layer in any order; filters want that of the text,
 * the longer of two that start together first. */
static void
sort_items(void *items, size_t count, size_t size)
{
	const char *p = items;
	for (size_t i = 1; i < count; i++, p += size)
		if (by_place(p, p + size) > 0) {
			qsort(items, count, size, by_place);
			return;
		}
}

/* One reader for all layers: their items begin alike and differ in size. */
#define READ_LAYER(function, type, set, more)                                  \
	static int function(                                                   \
	    const struct layer_reader *r, struct desk_slice array)             \
	{                                                                      \
		struct type *items = NULL;                                     \
		size_t count = 0, room = 0;                                    \
		struct desk_json walk = desk_json_open(array);                 \
		for (struct desk_json_member m; desk_json_next(&walk, &m);) {  \
			struct type item = {0};                                \
			struct desk_span span;                                 \
			if (m.kind != DESK_JSON_OBJECT)                        \
				return bad_layer(r, "not a list of objects");  \
			int err = read_span(r, m.value, &span);                \
			item.start = span.start;                               \
			item.end = span.end;                                   \
			err = err ? err : (more);                              \
			if (err)                                               \
				return err;                                    \
			if (!DESK_RESERVE(&r->doc->arena, items, count, room)) \
				return desk_fail_memory(r->error);             \
			items[count++] = item;                                 \
		}                                                              \
		sort_items(items, count, sizeof *items);                       \
		set(r->doc, items, count);                                     \
		return 0;                                                      \
	}

READ_LAYER(read_sents, desk_sent, desk_doc_set_sents, 0)
READ_LAYER(read_ents, desk_ent, desk_doc_set_ents, read_ent(r, m.value, &item))
READ_LAYER(
    read_quotes, desk_quote, desk_doc_set_quotes, read_quote(r, m.value, &item))

static int
read_layer(const struct layer_reader *r, enum desk_layer bit,
    const struct desk_json_member *m)
{
	if (m->kind != DESK_JSON_ARRAY)
		return bad_layer(r, "not a list of objects");
	switch (bit) {
	case DESK_SENTS:
		return read_sents(r, m->value);
	case DESK_ENTS:
		return read_ents(r, m->value);
	case DESK_QUOTES:
		return read_quotes(r, m->value);
	default:
		return 0;
	}
}

static int
read_layers(struct desk_record *record, const struct desk_io_options *options,
    struct desk_error *error)
{
	struct desk_doc *doc = record->doc;
	for (size_t i = 0; i < LAYER_COUNT; i++) {
		const struct desk_json_member *m =
		    member(record, layers[i].name);
		if (!m)
			continue;
		record->came |= layers[i].bit;
		if (!(options->needs & layers[i].bit))
			continue;
		struct layer_reader reader = {doc, options, layers[i].name,
		    options->bytes ? doc->text.len
				   : desk_doc_codepoint(doc, doc->text.len),
		    error};
		int err = read_layer(&reader, layers[i].bit, m);
		if (err)
			return err;
	}
	if (doc->sent_count) {
		/* The layer is ours: it was read just now. */
		struct desk_sent *sents = desk_arena_alloc(
		    &doc->arena, doc->sent_count * sizeof *sents);
		if (!sents)
			return desk_fail_memory(error);
		memcpy(sents, doc->sents, doc->sent_count * sizeof *sents);
		desk_number_paragraphs(doc->text, sents, doc->sent_count);
		desk_doc_set_sents(doc, sents, doc->sent_count);
	}
	return 0;
}

/* Reading the record. */

static int
read_id(struct desk_record *record, struct desk_error *error)
{
	struct desk_doc *doc = record->doc;
	const struct desk_json_member *m = member(record, "id");
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
	record->has_error = member(record, "error");
	const struct desk_json_member *m = member(record, "text");
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
	return read_layers(record, options, error);
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
	size_t count = bit == DESK_BLOCKS  ? doc->block_count
		       : bit == DESK_SENTS ? doc->sent_count
		       : bit == DESK_ENTS  ? doc->ent_count
					   : doc->quote_count;
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
	unsigned fresh = fresh_layers(record, w->options);
	for (size_t i = 0; i < LAYER_COUNT; i++) {
		if (!(fresh & layers[i].bit))
			continue;
		desk_buffer_string(out, ",\"");
		desk_buffer_string(out, layers[i].name);
		desk_buffer_string(out, "\":");
		write_layer(w, layers[i].bit);
	}
	desk_buffer_byte(out, '}');
}

/* The layer of a key that is to be written anew, or 0. */
static unsigned
layer_of(struct desk_slice key, unsigned fresh)
{
	for (size_t i = 0; i < LAYER_COUNT; i++)
		if (fresh & layers[i].bit &&
		    desk_json_key_is(key, layers[i].name))
			return layers[i].bit;
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
	for (size_t i = 0; i < LAYER_COUNT; i++) {
		if (!(fresh & layers[i].bit))
			continue;
		desk_buffer_string(out, ",\"");
		desk_buffer_string(out, layers[i].name);
		desk_buffer_string(out, "\":");
		write_layer(w, layers[i].bit);
	}
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
	const struct desk_json_member *id = member(record, "id");
	desk_buffer_string(out, "{\"id\":");
	if (id)
		desk_buffer_append(out, id->value.data, id->value.len);
	else
		desk_buffer_string(out, "null");
	desk_buffer_string(out, ",\"error\":");
	desk_json_quote(out, desk_slice(why, strlen(why)));
	desk_buffer_string(out, "}\n");
}
