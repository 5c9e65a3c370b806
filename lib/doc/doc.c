/*
 * doc.c - the document and the conversion of its offsets.
 *
 * Offsets are bytes inside the library and code points outside.  The offsets of
 * a layer mostly ascend, so a look-up counts on from the place of the last one.
 * For one that lies before it a table is made: code points before every 1024th
 * byte, so that a look-up counts at most that.
 */
#include "doc/doc.h"

#include <string.h>

#include "core/error.h"
#include "core/utf8.h"

enum { STRETCH = 1024 };

struct desk_doc *
desk_doc_new(void)
{
	struct desk_doc *doc = desk_calloc(1, sizeof *doc);
	if (doc)
		doc->text.data = "";
	return doc;
}

void
desk_doc_free(struct desk_doc *doc)
{
	if (!doc)
		return;
	desk_arena_release(&doc->arena);
	desk_free(doc);
}

void
desk_doc_clear(struct desk_doc *doc)
{
	struct desk_arena arena = doc->arena;
	desk_arena_clear(&arena);
	memset(doc, 0, sizeof *doc);
	doc->arena = arena;
	doc->text.data = "";
}

void
desk_doc_borrow(struct desk_doc *doc, struct desk_slice text)
{
	desk_doc_clear(doc);
	if (text.data)
		doc->text = text;
}

void
desk_doc_set_page(struct desk_doc *doc, const struct desk_page_source *page)
{
	desk_doc_clear(doc);
	doc->page = *page;
}

const struct desk_step *
desk_doc_steps(const struct desk_doc *doc, size_t *count)
{
	*count = doc->step_count;
	return doc->steps;
}

const struct desk_meta *
desk_doc_meta(const struct desk_doc *doc)
{
	return &doc->meta;
}

void
desk_doc_replace(struct desk_doc *doc, struct desk_slice text)
{
	doc->text = text;
	doc->marked = false;
	doc->last_byte = doc->last_codepoint = 0;
}

int
desk_doc_set_text(struct desk_doc *doc, const char *text, size_t len,
    struct desk_error *error)
{
	desk_doc_clear(doc);
	if (len > DESK_TEXT_MAX / 3)
		return desk_fail(error, DESK_ELIMIT, "text too long");
	struct desk_buffer fixed = {0};
	if (desk_utf8_valid(text, len) < len) {
		desk_utf8_repair(&fixed, text, len);
		text = fixed.data;
		len = fixed.len;
	}
	char *copy = fixed.failed ? NULL : desk_arena_alloc(&doc->arena, len);
	if (copy) {
		if (len)
			memcpy(copy, text, len);
		doc->text = (struct desk_slice){copy, len};
	}
	desk_buffer_release(&fixed);
	return copy ? 0 : desk_fail_memory(error);
}

struct desk_slice
desk_doc_text(const struct desk_doc *doc)
{
	return doc->text;
}

unsigned
desk_doc_layers(const struct desk_doc *doc)
{
	return doc->layers;
}

/* Builds the table; non-zero where memory ran out. */
static int
make_marks(struct desk_doc *doc)
{
	if (doc->marked)
		return 0;
	struct desk_slice text = doc->text;
	doc->ascii = desk_ascii(text.data, text.len);
	if (!doc->ascii) {
		size_t n = text.len / STRETCH + 1;
		doc->marks =
		    desk_arena_alloc(&doc->arena, n * sizeof *doc->marks);
		if (!doc->marks)
			return DESK_ENOMEM;
		uint32_t sum = 0;
		for (size_t i = 0; i < n; i++) {
			doc->marks[i] = sum;
			size_t rest = text.len - i * STRETCH;
			sum +=
			    (uint32_t)desk_utf8_count(text.data + i * STRETCH,
				rest < STRETCH ? rest : STRETCH);
		}
	}
	doc->marked = true;
	return 0;
}

size_t
desk_doc_codepoint(struct desk_doc *doc, size_t byte)
{
	size_t from = doc->last_byte, n = doc->last_codepoint;
	if (byte > doc->text.len)
		byte = doc->text.len;
	if (byte < from && make_marks(doc))
		return desk_utf8_count(doc->text.data, byte);
	if (doc->marked && doc->ascii)
		return byte;
	if (doc->marked && (byte < from || byte - from > STRETCH)) {
		from = byte / STRETCH * STRETCH;
		n = doc->marks[byte / STRETCH];
	}
	n += desk_utf8_count(doc->text.data + from, byte - from);
	doc->last_byte = byte;
	doc->last_codepoint = n;
	return n;
}

size_t
desk_doc_byte(struct desk_doc *doc, size_t codepoint)
{
	struct desk_slice text = doc->text;
	if (make_marks(doc))
		return desk_utf8_advance(text.data, text.len, codepoint);
	if (doc->ascii)
		return codepoint < text.len ? codepoint : text.len;
	size_t from = doc->last_byte, n = doc->last_codepoint;
	if (codepoint >= n && codepoint - n < STRETCH) {
		from += desk_utf8_advance(
		    text.data + from, text.len - from, codepoint - n);
		if (from < text.len) {
			doc->last_byte = from;
			doc->last_codepoint = codepoint;
		}
		return from;
	}
	size_t low = 0, high = text.len / STRETCH + 1;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (doc->marks[middle] <= codepoint)
			low = middle;
		else
			high = middle;
	}
	size_t at = low * STRETCH;
	while (at < text.len && (text.data[at] & 0xC0) == 0x80)
		at++;
	at += desk_utf8_advance(
	    text.data + at, text.len - at, codepoint - doc->marks[low]);
	if (at < text.len) {
		doc->last_byte = at;
		doc->last_codepoint = codepoint;
	}
	return at;
}

#define LAYER(type, name, bit)                                                 \
	void desk_doc_set_##name##s(struct desk_doc *doc,                      \
	    const struct desk_##type *name##s, size_t count)                   \
	{                                                                      \
		doc->name##s = name##s;                                        \
		doc->name##_count = count;                                     \
		doc->layers |= (bit);                                          \
	}                                                                      \
	const struct desk_##type *desk_doc_##name##s(                          \
	    const struct desk_doc *doc, size_t *count)                         \
	{                                                                      \
		*count = doc->name##_count;                                    \
		return doc->name##s;                                           \
	}

LAYER(block, block, DESK_BLOCKS)
LAYER(sent, sent, DESK_SENTS)
LAYER(ent, ent, DESK_ENTS)
LAYER(quote, quote, DESK_QUOTES)

size_t
desk_doc_count(const struct desk_doc *doc, unsigned layer)
{
	switch (layer) {
	case DESK_BLOCKS:
		return doc->block_count;
	case DESK_SENTS:
		return doc->sent_count;
	case DESK_ENTS:
		return doc->ent_count;
	default:
		return doc->quote_count;
	}
}
