/*
 * body.c - articleBody as blocks of its page.
 *
 * Escapes are undone into a page of its own, which is read like any other: it
 * may have marks, references, or lines only, of which each is then a
 * paragraph; marks may themselves be written in references.  The bytes that
 * each byte came from are kept for the time, so that blocks know their place
 * in the source.
 */
#include "boilerplate/body.h"

#include <string.h>

#include "core/error.h"
#include "core/json.h"
#include "core/slice.h"

enum {
	LEAST = 25, /* words of a body */
	PROSE = 10, /* of running text */
	TIMES = 2,  /* as many as are kept of the page */
	ESCAPE = 6, /* bytes of \u0000 */
	GROWS = 3   /* bytes of "<p>" for a line end, or a lone half of two */
};

/* The body on its way to a page. */
struct writing {
	char *text;
	uint32_t *from; /* the bytes of the page that bytes are from */
	size_t len;
	struct desk_slice value; /* without its quotes */
	size_t base, beyond;	 /* its place in the page; see place_of() */
	bool sure;
};

static bool
holds(struct desk_slice s, const char *what)
{
	size_t len = strlen(what);
	for (size_t i = 0; i + len <= s.len; i++)
		if (s.data[i] == *what && !memcmp(s.data + i, what, len))
			return true;
	return false;
}

static bool
holds_any(struct desk_slice s, const char *const *what, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (holds(s, what[i]))
			return true;
	return false;
}

static void
put(struct writing *w, const char *s, size_t len, size_t at)
{
	memcpy(w->text + w->len, s, len);
	for (size_t i = 0; i < len; i++)
		w->from[w->len + i] = (uint32_t)at;
	w->len += len;
}

/* The length of the escape at i, a pair of halves as one. */
static size_t
escape_at(struct desk_slice s, size_t i)
{
	if (s.data[i + 1] != 'u')
		return 2;
	bool high =
	    (s.data[i + 2] | 0x20) == 'd' && strchr("89abAB", s.data[i + 3]);
	bool more = high && s.len - i >= 2 * ESCAPE &&
		    s.data[i + ESCAPE] == '\\' && s.data[i + ESCAPE + 1] == 'u';
	return more ? 2 * ESCAPE : ESCAPE;
}

/* Undoes the escapes. */
static void
unescape(struct writing *w)
{
	struct desk_slice s = w->value;
	for (size_t i = 0, n; i < s.len; i += n) {
		char quoted[2 * ESCAPE + 2] = "\"", out[2 * ESCAPE + 2];
		n = 1;
		if (s.data[i] != '\\') {
			put(w, s.data + i, 1, i);
			continue;
		}
		n = escape_at(s, i);
		memcpy(quoted + 1, s.data + i, n);
		quoted[n + 1] = '"';
		put(w, out, desk_json_unescape(desk_slice(quoted, n + 2), out),
		    i);
	}
}

/* Marks that are written as references become marks. */
static void
undo_references(struct writing *w)
{
	static const struct {
		const char *name;
		char sign;
	} names[] = {
	    {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&amp;", '&'}};
	size_t len = 0;
	for (size_t i = 0, n; i < w->len; i += n) {
		char sign = w->text[i];
		uint32_t from = w->from[i];
		n = 1;
		for (size_t k = 0; sign == '&' && k < 4; k++) {
			size_t size = strlen(names[k].name);
			if (w->len - i < size ||
			    memcmp(w->text + i, names[k].name, size) != 0)
				continue;
			sign = names[k].sign;
			n = size;
			break;
		}
		w->text[len] = sign;
		w->from[len++] = from;
	}
	w->len = len;
}

/* Line ends become the beginnings of paragraphs; from the end, in place. */
static void
part_lines(struct writing *w)
{
	size_t lines = 0;
	for (size_t i = 0; i < w->len; i++)
		lines += w->text[i] == '\n' || w->text[i] == '\r';
	size_t to = w->len + 2 * lines;
	for (size_t i = w->len, end = to; i-- > 0; end = to) {
		bool line = w->text[i] == '\n' || w->text[i] == '\r';
		to -= line ? GROWS : 1;
		uint32_t from = w->from[i];
		if (line)
			memcpy(w->text + to, "<p>", GROWS);
		else
			w->text[to] = w->text[i];
		for (size_t k = to; k < end; k++)
			w->from[k] = from;
	}
	w->len += 2 * lines;
}

/* The body as HTML. */
static void
write_page(struct writing *w)
{
	static const char *const marks[] = {"<p", "</", "<br", "<div", "<li"};
	static const char *const blocks[] = {"<p>", "<p ", "</p>", "<br",
	    "</div>", "</li>", "<P>", "</P>", "<BR"};
	static const char *const coded[] = {"&lt;p", "&lt;/", "&lt;br"};
	unescape(w);
	if (!holds_any(desk_slice(w->text, w->len), marks, 5) &&
	    holds_any(desk_slice(w->text, w->len), coded, 3))
		undo_references(w);
	if (!holds_any(desk_slice(w->text, w->len), blocks, 9))
		part_lines(w);
}

/* The byte of the page that a byte of the body's page is from; where a script
 * had to be mended only its own place is known. */
static uint32_t
place_of(const struct writing *w, size_t at, bool end)
{
	if (!w->sure)
		return (uint32_t)(end ? w->beyond : w->base);
	if (end)
		return at < w->len ? (uint32_t)w->base + w->from[at]
				   : (uint32_t)w->beyond;
	return (uint32_t)w->base + w->from[at];
}

static bool
inside(struct desk_slice part, struct desk_slice of)
{
	return part.data >= of.data && part.data + part.len <= of.data + of.len;
}

/* Makes the page of the body. */
static int
read_body(const struct desk_page *page, const struct desk_meta_hints *hints,
    struct writing *w, struct desk_page *body, struct desk_arena *arena,
    struct desk_error *error)
{
	struct desk_slice all = page->decoded.text, value = hints->body_value;
	w->sure = inside(value, all);
	struct desk_slice at = w->sure ? value : hints->body_script;
	w->base = (size_t)(at.data - all.data) + w->sure;
	w->beyond = (size_t)(at.data - all.data) + at.len - w->sure;
	w->value = desk_slice(value.data + 1, value.len - 2);
	w->text = desk_arena_alloc(arena, GROWS * value.len);
	w->from = desk_arena_alloc(arena, GROWS * value.len * sizeof *w->from);
	if (!w->text || !w->from)
		return desk_fail_memory(error);
	write_page(w);
	struct desk_page_source source = {.html = desk_slice(w->text, w->len),
	    .encoding = "utf-8",
	    .as_is = page->as_is};
	return desk_page_read(body, &source, arena, error);
}

static void *
join(struct desk_arena *arena, const void *a, size_t a_size, const void *b,
    size_t b_size)
{
	char *all = desk_arena_alloc(arena, a_size + b_size + 1);
	if (!all)
		return NULL;
	if (a_size)
		memcpy(all, a, a_size);
	if (b_size)
		memcpy(all + a_size, b, b_size);
	return all;
}

/* Puts text, blocks and styles of the body behind those of the page. */
static int
append(struct desk_page *page, const struct desk_page *body,
    const struct writing *w, struct desk_arena *arena, struct desk_error *error)
{
	size_t blocks = page->block_count, styles = page->style_count;
	uint32_t by = (uint32_t)page->text.len;
	char *text = join(arena, page->text.data, page->text.len,
	    body->text.data, body->text.len);
	page->blocks = join(arena, page->blocks, blocks * sizeof *page->blocks,
	    body->blocks, body->block_count * sizeof *page->blocks);
	page->styles = join(arena, page->styles, styles * sizeof *page->styles,
	    body->styles, body->style_count * sizeof *page->styles);
	if (!text || !page->blocks || !page->styles)
		return desk_fail_memory(error);
	page->text = desk_slice(text, page->text.len + body->text.len);
	page->block_count += body->block_count;
	page->style_count += body->style_count;
	for (size_t i = blocks; i < page->block_count; i++) {
		struct desk_page_block *b = &page->blocks[i];
		b->start += by;
		b->end += by;
		b->src_start = place_of(w,
		    desk_decoded_source(&body->decoded, b->src_start), false);
		b->src_end = place_of(
		    w, desk_decoded_source(&body->decoded, b->src_end), true);
		b->node = 0;
	}
	for (size_t i = styles; i < page->style_count; i++) {
		page->styles[i].start += by;
		page->styles[i].end += by;
	}
	return 0;
}

static bool
is_due(const struct desk_view *view, const struct desk_pick *picks)
{
	const struct desk_measures *ms = &view->measures;
	size_t kept = 0;
	if (ms->body_words < LEAST || *ms->hints.body_value.data != '"')
		return false;
	for (size_t i = 0; i < view->page->block_count; i++)
		kept += picks[i].keep ? ms->of[i].words : 0;
	return ms->body_words > kept * TIMES;
}

static struct desk_pick
pick(const struct desk_page *body, const struct desk_page_block *block)
{
	struct desk_text_block b = {.start = block->start, .end = block->end};
	desk_block_measure(body->text.data, &b);
	const char *reason = desk_pick_furniture(block, &b);
	bool keep = !reason, final = b.flags & DESK_BLOCK_FINAL;
	if (keep)
		reason = desk_pick_reason(block, final && b.words >= PROSE);
	return (struct desk_pick){.keep = keep, .reason = reason};
}

int
desk_body_add(struct desk_page *page, const struct desk_view *view,
    struct desk_pick **picks, struct desk_arena *arena,
    struct desk_error *error)
{
	struct desk_page body;
	struct writing w = {0};
	size_t count = page->block_count;
	if (!is_due(view, *picks))
		return 0;
	int code =
	    read_body(page, &view->measures.hints, &w, &body, arena, error);
	if (code || !body.block_count)
		return code;
	struct desk_pick *all =
	    desk_arena_alloc(arena, (count + body.block_count) * sizeof *all);
	if (!all)
		return desk_fail_memory(error);
	memcpy(all, *picks, count * sizeof *all);
	for (size_t i = 0; i < count; i++)
		if (all[i].keep)
			all[i] =
			    (struct desk_pick){all[i].score, "other", false};
	for (size_t i = 0; i < body.block_count; i++)
		all[count + i] = pick(&body, &body.blocks[i]);
	*picks = all;
	return append(page, &body, &w, arena, error);
}
