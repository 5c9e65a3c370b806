/*
 * layers.c - layers of a JSON Lines record, as documents hold them.
 *
 * A layer is a list of objects with start and end.  Other tools wrote it, so
 * all of it is checked: offsets lie in the text and between its characters,
 * and items are put in the order of the text.
 */
#include "io/layers.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "doc/layout.h"

const struct desk_layer_name desk_layer_names[DESK_LAYER_COUNT] = {
    {"blocks", DESK_BLOCKS},
    {"sents", DESK_SENTS},
    {"ents", DESK_ENTS},
    {"quotes", DESK_QUOTES},
};

const struct desk_json_member *
desk_layers_member(const struct desk_record *record, const char *name)
{
	for (size_t i = record->member_count; i; i--)
		if (desk_json_key_is(record->members[i - 1].key, name))
			return record->members[i - 1].kind == DESK_JSON_NULL
				   ? NULL
				   : &record->members[i - 1];
	return NULL;
}

struct layer_reader {
	struct desk_doc *doc;
	const struct desk_io_options *options;
	const char *name; /* of the layer, for messages */
	size_t length;	  /* of the text, as offsets count */
	struct desk_error *error;
	struct desk_slice labels[8]; /* some that were met */
};

static int
bad_layer(const struct layer_reader *r, const char *why)
{
	return desk_fail(r->error, DESK_EDATA, "\"%s\": %s", r->name, why);
}

/* A pair of offsets as a span of bytes. */
static int
set_span(const struct layer_reader *r, uint64_t at[2], struct desk_span *span)
{
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
read_pair(const struct layer_reader *r, const struct desk_slice number[2],
    struct desk_span *span)
{
	uint64_t at[2];
	for (int i = 0; i < 2; i++)
		if (!number[i].data || !desk_json_number(number[i], &at[i]))
			return bad_layer(r, "start or end is missing");
	return set_span(r, at, span);
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

/* Whether a value is a string of this word. */
static bool
is_word(const struct desk_json_member *m, const char *word)
{
	size_t n = strlen(word);
	return m->kind == DESK_JSON_STRING && m->value.len == n + 2 &&
	       !memcmp(m->value.data + 1, word, n);
}

/* A number from 0 to 1 in thousandths, at least one: it was said. */
static uint16_t
read_score(const struct desk_json_member *m)
{
	const char *s = m->value.data, *end = s + m->value.len;
	uint64_t n = 0;
	int shift = 3, power = 0;
	bool behind = false, negative = false;
	if (m->kind != DESK_JSON_NUMBER)
		return 0;
	for (; s < end && *s != 'e' && *s != 'E'; s++) {
		behind |= *s == '.';
		if (*s < '0' || *s > '9' || n > UINT64_MAX / 20)
			continue;
		n = n * 10 + (uint64_t)(*s - '0');
		shift -= behind;
	}
	for (; s < end; s++) {
		negative |= *s == '-';
		if (*s >= '0' && *s <= '9' && power < 1000)
			power = power * 10 + (*s - '0');
	}
	for (shift += negative ? -power : power; n && shift < 0; shift++)
		n /= 10;
	for (; n && n < 1000 && shift > 0; shift--)
		n *= 10;
	return *m->value.data == '-' || !n ? 1 : n < 1000 ? (uint16_t)n : 1000;
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
		if (desk_json_key_is(m.key, "score"))
			ent->score = read_score(&m);
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
		else if (desk_json_key_is(m.key, "confidence"))
			quote->sure = (uint8_t)((read_score(&m) + 5) / 10);
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
		else if (desk_json_key_is(m.key, "repaired"))
			quote->repaired = m.kind == DESK_JSON_TRUE;
		else if (desk_json_key_is(m.key, "kind"))
			for (int k = DESK_DIRECT; k <= DESK_SCARE; k++)
				if (is_word(&m, desk_quote_kind_name(
						    (enum desk_quote_kind)k)))
					quote->kind = (enum desk_quote_kind)k;
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

/* A number in a member, or 0. */
static uint64_t
read_number(const struct desk_json_member *m)
{
	uint64_t n;
	return m->kind == DESK_JSON_NUMBER && desk_json_number(m->value, &n)
		   ? n
		   : 0;
}

/* A block's place in the source is not known any more: it is not needed. */
static int
read_block(const struct layer_reader *r, struct desk_slice object,
    struct desk_block *block)
{
	struct desk_slice reason = {"", 0};
	int err = 0;
	block->keep = true;
	struct desk_json walk = desk_json_open(object);
	for (struct desk_json_member m; !err && desk_json_next(&walk, &m);) {
		if (desk_json_key_is(m.key, "keep"))
			block->keep = m.kind != DESK_JSON_FALSE;
		else if (desk_json_key_is(m.key, "ordered"))
			block->ordered = m.kind == DESK_JSON_TRUE;
		else if (desk_json_key_is(m.key, "level"))
			block->level = (uint8_t)read_number(&m);
		else if (desk_json_key_is(m.key, "reason"))
			err = read_string(r, &m, &reason);
		else if (desk_json_key_is(m.key, "kind"))
			for (int k = DESK_PARAGRAPH; k <= DESK_CAPTION; k++)
				if (is_word(&m, desk_block_kind_name(
						    (enum desk_block_kind)k)))
					block->kind = (enum desk_block_kind)k;
	}
	block->reason = reason.data;
	return err;
}

/* Most items come as our own writers put them.  Such are read as they stand,
 * in one go; of any other form nothing is passed. */
#define PASS(p, end, word) pass((p), (end), "" word, sizeof(word) - 1)

/* Behind the word and a blank; NULL where something else is at p. */
static inline const char *
pass(const char *p, const char *end, const char *word, size_t len)
{
	if (!p || (size_t)(end - p) <= len || memcmp(p, word, len))
		return NULL;
	return p + len + (p[len] == ' ');
}

static inline const char *
pass_number(const char *p, const char *end, uint64_t *n)
{
	const char *start = p;
	*n = 0;
	while (p && p < end && (unsigned char)(*p - '0') < 10)
		*n = *n * 10 + (uint64_t)(*p++ - '0');
	return p > start && p < start + 10 && p < end ? p : NULL;
}

/* Behind the comma that separates two items. */
static inline const char *
next_item(const struct desk_json *walk)
{
	const char *p = walk->at;
	p += p < walk->end && *p == ',';
	return p + (p < walk->end && *p == ' ');
}

/* {"start":N,"end":N */
static inline const char *
pass_place(const char *p, const char *end, uint64_t at[2])
{
	p = PASS(p, end, "{");
	p = pass_number(PASS(p, end, "\"start\":"), end, &at[0]);
	p = PASS(p, end, ",");
	return pass_number(PASS(p, end, "\"end\":"), end, &at[1]);
}

/* 0.NNN, as read_score() has it. */
static inline const char *
pass_score(const char *p, const char *end, uint16_t *score)
{
	unsigned n = 0, power = 1000;
	p = PASS(p, end, "0.");
	for (; p && p < end && (unsigned char)(*p - '0') < 10; p++) {
		power /= 10;
		n += (unsigned)(*p - '0') * power;
	}
	*score = (uint16_t)(n ? n : 1);
	return power && power < 1000 ? p : NULL;
}

/* A label as a string of its own; few are different. */
static const char *
keep_label(struct layer_reader *r, const char *s, size_t len)
{
	enum { KEPT = sizeof r->labels / sizeof *r->labels };
	size_t i = 0;
	for (; i < KEPT && r->labels[i].data; i++)
		if (r->labels[i].len == len &&
		    !memcmp(r->labels[i].data, s, len))
			return r->labels[i].data;
	char *copy = desk_arena_alloc(&r->doc->arena, len + 1);
	if (!copy)
		return NULL;
	memcpy(copy, s, len);
	copy[len] = '\0';
	r->labels[i % KEPT] = (struct desk_slice){copy, len};
	return copy;
}

/* {"start":N,"end":N,"label":"...","score":0.NNN}, the score where it is known:
 * 1 where that is what follows, or an error. */
static int
quick_ent(struct layer_reader *r, struct desk_json *walk, struct desk_ent *ent)
{
	const char *end = walk->end, *label, *p = next_item(walk);
	uint64_t at[2];
	struct desk_span span;
	uint16_t score = 0;
	p = PASS(pass_place(p, end, at), end, ",");
	p = PASS(p, end, "\"label\":");
	if (!p || *p != '"')
		return 0;
	for (label = ++p; p < end && *p != '"'; p++)
		if (*p == '\\')
			return 0;
	size_t len = (size_t)(p - label);
	p = PASS(p, end, "\"");
	if (p && *p == ',')
		p = pass_score(
		    PASS(PASS(p, end, ","), end, "\"score\":"), end, &score);
	if (!p || p == end || *p != '}')
		return 0;
	int err = set_span(r, at, &span);
	if (err)
		return err;
	walk->at = p + 1;
	ent->start = span.start;
	ent->end = span.end;
	ent->score = score;
	ent->label = keep_label(r, label, len);
	return ent->label ? 1 : desk_fail_memory(r->error);
}

/* {"start":N,"end":N}, likewise. */
static int
quick_sent(
    struct layer_reader *r, struct desk_json *walk, struct desk_sent *sent)
{
	uint64_t at[2];
	struct desk_span span;
	const char *p = pass_place(next_item(walk), walk->end, at);
	if (!p || *p != '}')
		return 0;
	int err = set_span(r, at, &span);
	if (err)
		return err;
	walk->at = p + 1;
	sent->start = span.start;
	sent->end = span.end;
	return 1;
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
#define READ_LAYER(function, type, set, quick, more)                           \
	static int function(struct layer_reader *r, struct desk_slice array)   \
	{                                                                      \
		struct type *items = NULL;                                     \
		size_t count = 0, room = 0;                                    \
		struct desk_json walk = desk_json_open(array);                 \
		for (;;) {                                                     \
			struct type item = {0};                                \
			struct desk_json_member m;                             \
			struct desk_span span;                                 \
			int err = quick;                                       \
			if (!err) {                                            \
				if (!desk_json_next(&walk, &m))                \
					break;                                 \
				if (m.kind != DESK_JSON_OBJECT)                \
					return bad_layer(                      \
					    r, "not a list of objects");       \
				err = read_span(r, m.value, &span);            \
				item.start = span.start;                       \
				item.end = span.end;                           \
				err = err ? err : (more);                      \
			}                                                      \
			if (err < 0)                                           \
				return err;                                    \
			if (!DESK_RESERVE(&r->doc->arena, items, count, room)) \
				return desk_fail_memory(r->error);             \
			items[count++] = item;                                 \
		}                                                              \
		sort_items(items, count, sizeof *items);                       \
		set(r->doc, items, count);                                     \
		return 0;                                                      \
	}

READ_LAYER(read_blocks, desk_block, desk_doc_set_blocks, 0,
    read_block(r, m.value, &item))
READ_LAYER(
    read_sents, desk_sent, desk_doc_set_sents, quick_sent(r, &walk, &item), 0)
READ_LAYER(read_ents, desk_ent, desk_doc_set_ents, quick_ent(r, &walk, &item),
    read_ent(r, m.value, &item))
READ_LAYER(read_quotes, desk_quote, desk_doc_set_quotes, 0,
    read_quote(r, m.value, &item))

static int
read_layer(struct layer_reader *r, enum desk_layer bit,
    const struct desk_json_member *m)
{
	if (m->kind != DESK_JSON_ARRAY)
		return bad_layer(r, "not a list of objects");
	switch (bit) {
	case DESK_BLOCKS:
		return read_blocks(r, m->value);
	case DESK_SENTS:
		return read_sents(r, m->value);
	case DESK_ENTS:
		return read_ents(r, m->value);
	default:
		return read_quotes(r, m->value);
	}
}

int
desk_layers_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error)
{
	struct desk_doc *doc = record->doc;
	for (size_t i = 0; i < DESK_LAYER_COUNT; i++) {
		const struct desk_json_member *m =
		    desk_layers_member(record, desk_layer_names[i].name);
		if (!m)
			continue;
		record->came |= desk_layer_names[i].bit;
		if (!(options->needs & desk_layer_names[i].bit))
			continue;
		struct layer_reader reader = {.doc = doc,
		    .options = options,
		    .name = desk_layer_names[i].name,
		    .length = options->bytes
				  ? doc->text.len
				  : desk_doc_codepoint(doc, doc->text.len),
		    .error = error};
		int err = read_layer(&reader, desk_layer_names[i].bit, m);
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
