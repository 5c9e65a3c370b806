/*
 * A record of JSON Lines as a page, for each of the filters: elements nest,
 * nothing of the record is markup, links lead to places that are there once,
 * and the page is not much longer than the record.  The
 * first byte picks the options.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "io/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DEEP = 64, NAMES = 1 << 16 };

static void
need(bool good)
{
	if (!good)
		abort();
}

struct names {
	struct desk_slice items[NAMES];
	size_t count;
};

static int
compare(const void *a, const void *b)
{
	const struct desk_slice *x = a, *y = b;
	size_t n = x->len < y->len ? x->len : y->len;
	int order = memcmp(x->data, y->data, n);
	return order ? order : x->len < y->len ? -1 : x->len > y->len;
}

/* Notes the value of an attribute where it begins so. */
static void
note(struct names *names, const char *s, size_t len, const char *what)
{
	size_t n = strlen(what);
	if (len <= n || memcmp(s, what, n) || names->count == NAMES)
		return;
	const char *end = memchr(s + n, '"', len - n);
	need(end != NULL);
	names->items[names->count++] =
	    (struct desk_slice){s + n, (size_t)(end - s) - n};
}

/* A tag: its attributes are in quotes, and none of them runs anything. */
static void
check_tag(const char *s, size_t len, struct names *ids, struct names *links)
{
	bool quoted = false;
	for (size_t i = 0; i < len; i++) {
		quoted ^= s[i] == '"';
		if (quoted || s[i] != ' ')
			continue;
		note(ids, s + i, len - i, " id=\"");
		note(links, s + i, len - i, " href=\"#");
		need(len - i > 4 && memcmp(s + i, " on", 3) != 0);
		if (len - i > 11 && !memcmp(s + i, " href=\"", 7))
			need(s[i + 7] == '#' || s[i + 7] == 'h' ||
			     s[i + 7] == 'H');
	}
	need(!quoted);
}

/* Elements nest, places are there once, links lead to them. */
static void
check_page(struct desk_slice page, struct names *ids, struct names *links)
{
	struct desk_slice open[DEEP];
	size_t depth = 0;
	const char *s = page.data, *end = s + page.len;
	while ((s = memchr(s, '<', (size_t)(end - s)))) {
		const char *tag = ++s,
			   *stop = memchr(s, '>', (size_t)(end - s));
		need(stop && !memchr(s, '<', (size_t)(stop - s)));
		bool closes = *tag == '/';
		tag += closes;
		size_t n = 0;
		while (tag + n < stop && tag[n] != ' ')
			n++;
		struct desk_slice name = {tag, n};
		if (closes) {
			need(depth && !compare(&open[--depth], &name));
		} else {
			need(depth < DEEP);
			open[depth++] = name;
			check_tag(tag, (size_t)(stop - tag), ids, links);
		}
		s = stop + 1;
	}
	need(!depth);
	if (ids->count)
		qsort(ids->items, ids->count, sizeof *ids->items, compare);
	for (size_t i = 1; i < ids->count; i++)
		need(compare(&ids->items[i - 1], &ids->items[i]) != 0);
	for (size_t i = 0; ids->count < NAMES && i < links->count; i++)
		need(bsearch(&links->items[i], ids->items, ids->count,
			 sizeof *ids->items, compare) != NULL);
}

static void
run(struct desk_slice json, unsigned makes, uint8_t flags,
    struct desk_buffer *out, struct names *names)
{
	struct desk_record record = {.doc = desk_doc_new(), .input = "-"};
	struct desk_io_options options = {.makes = makes,
	    .needs = DESK_BLOCKS | DESK_SENTS | DESK_ENTS | DESK_QUOTES,
	    .bytes = flags & 1,
	    .mark = flags & 2,
	    .links = true,
	    .to = DESK_FORM_HTML};
	struct desk_error error;
	need(record.doc != NULL);
	record.frame = (struct desk_frame){.bytes = json,
	    .form = DESK_FROM_JSONL,
	    .document = 7,
	    .part = flags >> 2 & 1,
	    .last = true};
	names[0].count = names[1].count = out->len = 0;
	if (!desk_jsonl_read(&record, &options, &error)) {
		struct desk_view view = {.makes = makes};
		desk_view_write(&record, &options, out);
		need(!out->failed && out->len < 200 * json.len + 65536);
		struct desk_slice page = {out->data, out->len};
		struct desk_buffer head = {0};
		desk_view_before(&view, &record.frame, &page, &head);
		desk_view_behind(&view, &record.frame, &head);
		desk_view_end(&view, &head);
		need(!head.failed);
		check_page(page, &names[0], &names[1]);
		desk_buffer_release(&head);
		desk_view_release(&view);
	}
	desk_doc_free(record.doc);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned makes[] = {
	    DESK_BLOCKS, DESK_SENTS, DESK_ENTS, DESK_QUOTES};
	static struct names names[2];
	struct desk_buffer json = {0}, out = {0};
	if (!size)
		return 0;
	desk_utf8_repair(&json, (const char *)data + 1, size - 1);
	need(!json.failed);
	for (size_t i = 0; i < 4; i++)
		run((struct desk_slice){json.data ? json.data : "", json.len},
		    makes[i], data[0], &out, names);
	desk_buffer_release(&json);
	desk_buffer_release(&out);
	return 0;
}
