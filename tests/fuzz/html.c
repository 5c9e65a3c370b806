/*
 * html.c - any bytes as a page.
 *
 * Shown for each input, outside svg and inside: tokens lie in the page, in
 * order, and what they hold lies in them; a tag or comment is the same when
 * read by itself; no attribute is listed twice and each is found; what is
 * undone fits its room, is valid where the page is, and is the same where the
 * token says so.
 */
#include "html/tokenizer.h"

#include <stdlib.h>

#include "core/slice.h"
#include "core/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool good)
{
	if (!good)
		abort();
}

/* Where a token must lie, and whether its page is valid. */
struct place {
	const char *start, *end;
	bool valid;
};

static void
check_undone(const struct place *in, struct desk_slice s,
    enum desk_html_mode mode, bool value, bool plain)
{
	if (!s.data)
		return;
	must(s.data >= in->start && s.data + s.len <= in->end);
	char *out = malloc(desk_html_room(s.len));
	must(out);
	size_t len =
	    value ? desk_html_value(s, out) : desk_html_text(s, mode, out);
	must(len <= desk_html_room(s.len));
	must(!in->valid || desk_utf8_valid(out, len) == len);
	if (plain)
		must(desk_slice_equal(s, desk_slice(out, len)));
	for (size_t i = 0; i < len; i++)
		must(out[i]); /* NULs are gone */
	free(out);
}

static void
check_attributes(const struct place *in, const struct desk_html_token *t)
{
	must(t->attribute_count <= DESK_HTML_ATTRIBUTES);
	for (size_t i = 0; i < t->attribute_count; i++) {
		const struct desk_html_attribute *a = &t->attributes[i];
		char name[64];
		must(a->name.len && a->value.data);
		check_undone(in, a->name, DESK_HTML_RAWTEXT, false, false);
		check_undone(in, a->value, DESK_HTML_DATA, true, false);
		if (a->name.len > sizeof name)
			continue;
		for (size_t j = 0; j < a->name.len; j++) {
			char c = a->name.data[j];
			name[j] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
		}
		must(desk_html_find(t, name, a->name.len) == a);
	}
}

/* Markup does not depend on what stood before it. */
static void
check_alone(const struct desk_html *html, const struct desk_html_token *t)
{
	static struct desk_html_token again;
	struct desk_html other;
	desk_html_open(
	    &other, desk_slice(html->page + t->start,
			(size_t)(html->end - html->page) - t->start));
	other.foreign = html->foreign;
	must(desk_html_next(&other, &again));
	must(again.kind == t->kind && again.tag == t->tag);
	must(again.start == 0 && again.end == t->end - t->start);
	must(again.attribute_count == t->attribute_count);
	must(again.closed == t->closed && again.quirks == t->quirks);
}

static void
check_token(
    const struct desk_html *html, const struct desk_html_token *t, bool valid)
{
	struct place in = {html->page + t->start, html->page + t->end, valid};
	bool tag = t->kind == DESK_HTML_OPEN || t->kind == DESK_HTML_CLOSE;
	must(tag == (t->name.len && t->kind != DESK_HTML_DOCTYPE));
	must((t->kind == DESK_HTML_TEXT || t->kind == DESK_HTML_COMMENT) ==
	     (t->text.data != NULL));
	must(t->kind != DESK_HTML_TEXT || t->text.len);
	must(t->kind == DESK_HTML_OPEN || (!t->attribute_count && !t->closed));
	check_undone(&in, t->name, DESK_HTML_RAWTEXT, false, false);
	check_undone(&in, t->text, t->mode, false, t->plain);
	check_undone(&in, t->public_id, DESK_HTML_RAWTEXT, false, false);
	check_undone(&in, t->system_id, DESK_HTML_RAWTEXT, false, false);
	check_attributes(&in, t);
	if (t->kind != DESK_HTML_TEXT)
		check_alone(html, t);
}

static void
check_page(struct desk_slice page, bool valid, bool foreign)
{
	static struct desk_html_token t;
	struct desk_html html;
	size_t at = 0;
	desk_html_open(&html, page);
	html.foreign = foreign;
	while (desk_html_next(&html, &t)) {
		must(t.start >= at && t.end > t.start && t.end <= page.len);
		at = t.end;
		check_token(&html, &t, valid);
	}
	must(t.kind == DESK_HTML_NOTHING && t.start == page.len);
	must(!desk_html_next(&html, &t));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct desk_slice page = desk_slice((const char *)data, size);
	bool valid = desk_utf8_valid(page.data, size) == size;
	check_page(page, valid, false);
	check_page(page, valid, true);
	return 0;
}
