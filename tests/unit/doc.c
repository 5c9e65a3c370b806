/* The document: its text, the conversion of offsets, its layers. */
#include "doc/doc.h"

#include "core/utf8.h"
#include "tap.h"

static struct desk_doc *doc;

static void
texts(void)
{
	struct desk_error why;
	struct desk_slice text = desk_doc_text(doc);
	is_int(text.len, 0, "a new document is empty");
	is_int(desk_doc_layers(doc), 0, "and has no layer");
	is_int(desk_doc_codepoint(doc, 0), 0, "offset 0 of nothing");
	is_int(desk_doc_byte(doc, 5), 0, "any code point of nothing");
	char mine[] = "caf\xC3\xA9";
	is_int(desk_doc_set_text(doc, mine, 5, &why), 0, "a text");
	memset(mine, 'x', 5);
	text = desk_doc_text(doc);
	is_str(text.data, text.len, "caf\xC3\xA9", "is copied");
	is_int(desk_doc_set_text(doc, "a\xC3(\xE2\x82", 5, &why), 0,
	    "one with bad sequences");
	text = desk_doc_text(doc);
	is_str(text.data, text.len, "a" DESK_REPLACEMENT "(" DESK_REPLACEMENT,
	    "is repaired");
	is_int(desk_doc_set_text(doc, "a\0b", 3, &why), 0, "one with a NUL");
	ok(desk_doc_text(doc).len == 3 &&
		!memcmp(desk_doc_text(doc).data, "a\0b", 3),
	    "keeps it");
	is_int(desk_doc_set_text(doc, NULL, 0, &why), 0, "no text");
	is_int(desk_doc_text(doc).len, 0, "is an empty one");
	is_int(desk_doc_set_text(doc, "", DESK_TEXT_MAX + 1, &why), DESK_ELIMIT,
	    "a text over the limit is refused unread");
	is_int(why.code, DESK_ELIMIT, "and the error tells");
	is_int(desk_doc_text(doc).len, 0, "and leaves none");
}

/* Both conversions against a count, at every offset or many of them. */
static void
offsets(const char *text, size_t len, size_t stride, const char *what)
{
	bool there = true, back = true, inside = true;
	size_t n = 0;
	if (desk_doc_set_text(doc, text, len, NULL)) {
		ok(false, "a text is taken");
		return;
	}
	for (size_t i = 0; i < len; i++) {
		bool first = (text[i] & 0xC0) != 0x80;
		if (first && n % stride == 0) {
			there = there && desk_doc_codepoint(doc, i) == n;
			back = back && desk_doc_byte(doc, n) == i;
		}
		if (!first && n % stride == 0)
			inside = inside && desk_doc_codepoint(doc, i) == n;
		n += first;
	}
	there = there && desk_doc_codepoint(doc, len) == n;
	back = back && desk_doc_byte(doc, n) == len;
	ok(there, what);
	ok(back, "... and from code points to bytes");
	ok(inside, "... inside a sequence: those that began before");
	is_int(desk_doc_codepoint(doc, len + 99), n, "... beyond the end");
	is_int(desk_doc_byte(doc, n + 99), len, "... in both directions");
	bool falling = true;
	for (size_t i = len; i-- > 0;) {
		n -= (text[i] & 0xC0) != 0x80;
		if (i % 997 == 0 && (text[i] & 0xC0) != 0x80)
			falling = falling && desk_doc_codepoint(doc, i) == n;
	}
	ok(falling, "... and from the end to the start");
}

static void
conversions(void)
{
	static const char *const parts[] = {"words ", "\xC3\xA9",
	    "\xE2\x82\xAC\xE4\xB8\xAD", "\xF0\x9F\x98\x80", "0123456789abc"};
	struct desk_buffer text = {0};
	uint32_t x = 3;
	while (text.len < 300000) {
		x = x * 1664525 + 1013904223;
		desk_buffer_string(&text, parts[(x >> 24) % 5]);
	}
	offsets(text.data, text.len, 1, "bytes to code points, mixed");
	/* The lengths about those that the table counts by. */
	static const size_t lens[] = {1, 1023, 1024, 1025, 2047, 2048, 2049};
	for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
		size_t len = desk_utf8_valid(text.data, lens[i]);
		offsets(text.data, len, 1, "bytes to code points, short");
	}
	for (size_t shift = 0; shift < 4; shift++) {
		struct desk_buffer wide = {0};
		desk_buffer_append(&wide, "aaa", shift);
		while (wide.len < 10000)
			desk_buffer_string(&wide, "\xF0\x9F\x98\x80");
		offsets(wide.data, wide.len, 1, "nothing but four bytes each");
		desk_buffer_release(&wide);
	}
	memset(text.data, 'a', text.len);
	offsets(text.data, text.len, 7, "ASCII");
	desk_buffer_release(&text);
}

static void
layers(void)
{
	static const struct desk_sent sents[] = {{0, 3, 1}, {4, 7, 1}};
	static const struct desk_ent ents[] = {{0, 3, "PER", 0}};
	size_t count = 99;
	desk_doc_set_text(doc, "One Two", 7, NULL);
	ok(!desk_doc_sents(doc, &count) && !count, "no sentences at first");
	ok(!desk_doc_ents(doc, &count) && !count, "nor entities");
	ok(!desk_doc_quotes(doc, &count) && !count, "nor quotations");
	ok(!desk_doc_blocks(doc, &count) && !count, "nor blocks");
	desk_doc_set_sents(doc, sents, 2);
	ok(desk_doc_sents(doc, &count) == sents && count == 2, "sentences");
	is_int(desk_doc_layers(doc), DESK_SENTS, "are a layer");
	desk_doc_set_quotes(doc, NULL, 0);
	is_int(desk_doc_layers(doc), DESK_SENTS | DESK_QUOTES,
	    "a layer may be there and empty");
	desk_doc_set_ents(doc, ents, 1);
	ok(desk_doc_ents(doc, &count) == ents && count == 1, "entities");
	desk_doc_set_blocks(doc, NULL, 0);
	is_int(desk_doc_layers(doc),
	    DESK_BLOCKS | DESK_SENTS | DESK_ENTS | DESK_QUOTES, "all of them");
	is_int(desk_doc_codepoint(doc, 7), 7, "offsets of the text");
	desk_doc_replace(doc, (struct desk_slice){"\xC3\xA9t\xC3\xA9", 5});
	is_int(desk_doc_layers(doc),
	    DESK_BLOCKS | DESK_SENTS | DESK_ENTS | DESK_QUOTES,
	    "a new text alone leaves them");
	is_int(desk_doc_codepoint(doc, 5), 3, "and has offsets of its own");
	static const char mine[] = "borrowed";
	desk_doc_borrow(doc, (struct desk_slice){mine, 8});
	ok(desk_doc_text(doc).data == mine, "a borrowed text is not copied");
	is_int(desk_doc_layers(doc), 0, "and begins without layers");
	desk_doc_set_sents(doc, sents, 2);
	desk_doc_clear(doc);
	is_int(desk_doc_layers(doc), 0, "a clear takes the layers");
	is_int(desk_doc_text(doc).len, 0, "and the text");
	desk_doc_free(NULL);
	ok(true, "freeing none is fine");
}

int
main(void)
{
	doc = desk_doc_new();
	if (!doc)
		return 1;
	texts();
	conversions();
	layers();
	desk_doc_free(doc);
	return done();
}
