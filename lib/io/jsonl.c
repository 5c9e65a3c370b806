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

/* A string value as it is meant. */
static int
read_string(struct desk_doc *doc, const struct desk_json_member *m,
    struct desk_slice *to, struct desk_error *error)
{
	*to = desk_slice(m->value.data + 1, m->value.len - 2);
	if (!desk_json_escaped(m->value))
		return 0;
	char *s = desk_arena_alloc(&doc->arena, m->value.len);
	if (!s)
		return desk_fail_memory(error);
	*to = desk_slice(s, desk_json_unescape(m->value, s));
	return 0;
}

/* A record that has a page and no text: its text is to be found. */
static int
read_page(struct desk_record *record, const struct desk_json_member *html,
    struct desk_error *error)
{
	struct desk_doc *doc = record->doc;
	const struct desk_json_member *url = desk_layers_member(record, "url");
	int err = read_string(doc, html, &doc->page.html, error);
	if (!err && url && url->kind == DESK_JSON_STRING)
		err = read_string(doc, url, &doc->page.url, error);
	/* Whatever the page says: it came as JSON. */
	doc->page.encoding = "UTF-8";
	record->has_text = true;
	return err;
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
	const struct desk_json_member *html =
	    desk_layers_member(record, "html");
	if (!m && html && html->kind == DESK_JSON_STRING &&
	    options->makes == DESK_BLOCKS)
		return read_page(record, html, error);
	if (!m || m->kind != DESK_JSON_STRING)
		return 0;
	record->has_text = true;
	err = read_string(doc, m, &doc->text, error);
	if (err)
		return err;
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

/* A score in 1/1024 as a number with three digits behind the point. */
static void
write_score(struct desk_buffer *out, int32_t score)
{
	uint64_t n = (uint64_t)(score < 0 ? -(int64_t)score : score);
	n = (n * 1000 + 512) / 1024;
	if (score < 0 && n)
		desk_buffer_byte(out, '-');
	desk_thousandths_write(n, out);
}

/* What a block of a page is; of plain text all are paragraphs. */
static void
write_kind(const struct layer_writer *w, const struct desk_block *block)
{
	desk_buffer_string(w->out, ",\"kind\":\"");
	desk_buffer_string(w->out, desk_block_kind_name(block->kind));
	desk_buffer_byte(w->out, '"');
	if (block->level) {
		desk_buffer_string(w->out, ",\"level\":");
		desk_buffer_number(w->out, block->level);
	}
	if (block->ordered)
		desk_buffer_string(w->out, ",\"ordered\":true");
}

static void
write_block(const struct layer_writer *w, const struct desk_block *block)
{
	write_span(w, block->start, block->end);
	if (w->doc->page.html.data)
		write_kind(w, block);
	desk_buffer_string(w->out, ",\"src\":[");
	desk_buffer_number(w->out, block->src_start);
	desk_buffer_byte(w->out, ',');
	desk_buffer_number(w->out, block->src_end);
	desk_buffer_byte(w->out, ']');
	if (!w->options->mark)
		return;
	desk_buffer_string(
	    w->out, block->keep ? ",\"keep\":true" : ",\"keep\":false");
	desk_buffer_string(w->out, ",\"reason\":\"");
	desk_buffer_string(w->out, block->reason);
	desk_buffer_byte(w->out, '"');
	if (block->score) {
		desk_buffer_string(w->out, ",\"score\":");
		write_score(w->out, block->score);
	}
}

static void
write_ent(const struct layer_writer *w, const struct desk_ent *ent)
{
	write_span(w, ent->start, ent->end);
	desk_buffer_string(w->out, ",\"label\":");
	desk_json_quote(w->out, desk_slice(ent->label, strlen(ent->label)));
	if (ent->score) {
		desk_buffer_string(w->out, ",\"score\":");
		desk_thousandths_write(ent->score, w->out);
	}
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
write_hundredths(struct desk_buffer *out, unsigned n)
{
	desk_buffer_number(out, n / 100);
	desk_buffer_byte(out, '.');
	desk_buffer_number(out, n / 10 % 10);
	desk_buffer_number(out, n % 10);
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
	if (quote->sure) {
		desk_buffer_string(w->out, ",\"confidence\":");
		write_hundredths(w->out, quote->sure);
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
	if (quote->repaired)
		desk_buffer_string(w->out, ",\"repaired\":true");
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

/* Where links lead. */
static void
write_links(const struct layer_writer *w)
{
	const struct desk_doc *doc = w->doc;
	const char *before = "[{";
	for (size_t i = 0; i < doc->style_count; i++) {
		const struct desk_style *style = &doc->styles[i];
		if (style->kind != DESK_STYLE_LINK)
			continue;
		desk_buffer_string(w->out, before);
		write_span(w, style->start, style->end);
		desk_buffer_string(w->out, ",\"href\":");
		desk_json_quote(w->out, style->href);
		desk_buffer_byte(w->out, '}');
		before = ",{";
	}
	desk_buffer_string(w->out, *before == '[' ? "[]" : "]");
}

/* A member that is new or changed.  layer 0: value, or where that has no data
 * the links. */
struct fresh {
	const char *name;
	unsigned layer;
	struct desk_slice value;
	bool known; /* what the record says itself counts, unless null */
	bool done;
};

enum { FRESH_MAX = 2 + DESK_META_COUNT + DESK_LAYER_COUNT };

static void
write_value(const struct layer_writer *w, const struct fresh *f)
{
	if (f->layer)
		write_layer(w, (enum desk_layer)f->layer);
	else if (f->value.data)
		desk_json_quote(w->out, f->value);
	else
		write_links(w);
}

static size_t
list_fresh(const struct desk_record *record,
    const struct desk_io_options *options, struct fresh *list)
{
	struct desk_meta_item items[DESK_META_COUNT];
	unsigned layers = fresh_layers(record, options);
	size_t n = 0;
	if (record->rewritten || record->frame.form != DESK_FROM_JSONL)
		list[n++] =
		    (struct fresh){.name = "text", .value = record->doc->text};
	desk_meta_list(record, items);
	for (size_t i = 0; i < DESK_META_COUNT; i++)
		if (items[i].value.data)
			list[n++] = (struct fresh){.name = items[i].name,
			    .value = items[i].value,
			    .known = true};
	for (size_t i = 0; i < DESK_LAYER_COUNT; i++)
		if (layers & desk_layer_names[i].bit)
			list[n++] =
			    (struct fresh){.name = desk_layer_names[i].name,
				.layer = desk_layer_names[i].bit};
	if (options->links && record->doc->page.html.data)
		list[n++] = (struct fresh){.name = "links", .known = true};
	return n;
}

/* Those that were not written, each with a comma before it; the first of an
 * empty record without. */
static void
write_rest(
    const struct layer_writer *w, const struct fresh *list, size_t n, bool any)
{
	for (size_t i = 0; i < n; i++) {
		if (list[i].done)
			continue;
		desk_buffer_string(w->out, any ? ",\"" : "\"");
		desk_buffer_string(w->out, list[i].name);
		desk_buffer_string(w->out, "\":");
		write_value(w, &list[i]);
		any = true;
	}
}

/* A record made from a text or a page. */
static void
write_new(struct desk_record *record, const struct layer_writer *w)
{
	struct desk_buffer *out = w->out;
	struct fresh list[FRESH_MAX];
	size_t n = list_fresh(record, w->options, list);
	desk_buffer_string(out, "{\"id\":");
	desk_json_quote(out, w->doc->id);
	if (w->doc->part) {
		desk_buffer_string(out, ",\"part\":");
		desk_buffer_number(out, w->doc->part);
	}
	if (record->url.data) {
		desk_buffer_string(out, ",\"url\":");
		desk_json_quote(out, record->url);
	}
	if (record->captured.data) {
		desk_buffer_string(out, ",\"captured\":");
		desk_json_quote(out, record->captured);
	}
	for (size_t i = 0; i < n; i++)
		list[i].done = record->url.data && !strcmp(list[i].name, "url");
	write_rest(w, list, n, true);
	desk_buffer_byte(out, '}');
}

/* What stands for a member of the record: NULL for itself. */
static struct fresh *
instead(const struct desk_json_member *m, struct fresh *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!desk_json_key_is(m->key, list[i].name))
			continue;
		list[i].done = true;
		return list[i].known && m->kind != DESK_JSON_NULL ? NULL
								  : &list[i];
	}
	return NULL;
}

/* The record as it came, with fresh values in the places of old ones. */
static void
write_changed(struct desk_record *record, const struct layer_writer *w)
{
	struct desk_buffer *out = w->out;
	const struct desk_json_member *m = record->members;
	const char *from = record->frame.bytes.data;
	const char *end = from + record->frame.bytes.len;
	size_t count = record->member_count;
	struct fresh list[FRESH_MAX];
	size_t n = list_fresh(record, w->options, list), left = n;
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		const char *behind = m[i].value.data + m[i].value.len;
		if (w->options->drop_html &&
		    desk_json_key_is(m[i].key, "html")) {
			/* With the comma before it, or behind it. */
			const char *to =
			    any ? m[i - 1].value.data + m[i - 1].value.len
				: m[i].key.data - 1;
			desk_buffer_append(out, from, (size_t)(to - from));
			from = !any && i + 1 < count ? m[i + 1].key.data - 1
						     : behind;
			continue;
		}
		const struct fresh *f = instead(&m[i], list, n);
		any = true;
		if (!f)
			continue;
		desk_buffer_append(out, from, (size_t)(m[i].value.data - from));
		write_value(w, f);
		from = behind;
	}
	for (size_t i = 0; i < n; i++)
		left -= list[i].done;
	while (left && end[-1] != '}')
		end--;
	end -= left != 0;
	desk_buffer_append(out, from, (size_t)(end - from));
	write_rest(w, list, n, any);
	if (left)
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
