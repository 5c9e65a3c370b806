/*
 * view_marks.c - text with its marks: sentences, quotations, names, styles.
 *
 * Marks of several layers lie over one another as they like; elements of HTML
 * must nest.  So a mark is cut where one that was opened before it ends, or
 * where a paragraph does, and goes on behind.  The marks that are open at a
 * place are few: what would lie deeper is left out.  How often marks are cut
 * has a limit, too, that follows the length of the text, so that the page grows
 * with the text and the layers, whatever they are.
 */
#include "io/view.h"

#include <stdlib.h>

#include "core/slice.h"
#include "core/utf8.h"

enum { AGAIN = 1000 };

/* -- gathering ------------------------------------------------------------ */

static int
by_place(const void *a, const void *b)
{
	const struct desk_mark *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

struct list {
	struct desk_mark *items;
	size_t count;
	bool sorted;
};

static void
add(struct list *list, enum desk_mark_kind kind, size_t index, uint32_t start,
    uint32_t end)
{
	if (start >= end)
		return;
	struct desk_mark *mark = &list->items[list->count];
	*mark = (struct desk_mark){
	    start, end, (uint32_t)index, (uint8_t)kind, false};
	if (list->count && by_place(mark - 1, mark) > 0)
		list->sorted = false;
	list->count++;
}

static bool
is_mark(uint32_t c)
{
	return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) ||
	       c == 0xAB || c == 0xBB || c == 0x2039 || c == 0x203A ||
	       (c >= 0x300C && c <= 0x300F);
}

/* A part with the marks right before and behind it, which it is without. */
static struct desk_span
with_marks(const struct desk_doc *doc, struct desk_span part)
{
	const char *s = doc->text.data;
	size_t before, behind;
	if (part.start && part.end < doc->text.len && part.start < part.end &&
	    is_mark(desk_utf8_before(s, s + part.start, &before)) &&
	    is_mark(desk_utf8_decode(s + part.end, &behind))) {
		part.start -= (uint32_t)before;
		part.end += (uint32_t)behind;
	}
	return part;
}

static void
add_quote(struct list *list, const struct desk_doc *doc, size_t i)
{
	const struct desk_quote *quote = &doc->quotes[i];
	size_t last = 0;
	for (size_t p = 0; p < quote->part_count; p++) {
		size_t before = list->count;
		struct desk_span part = with_marks(doc, quote->parts[p]);
		add(list, DESK_MARK_QUOTE, i, part.start, part.end);
		if (list->count > before)
			last = list->count;
	}
	if (last)
		list->items[last - 1].ends = true;
	add(list, DESK_MARK_SPEAKER, i, quote->speaker.start,
	    quote->speaker.end);
	add(list, DESK_MARK_CUE, i, quote->cue.start, quote->cue.end);
}

static void
add_styles(struct list *list, const struct desk_view_writer *w)
{
	static const uint8_t kinds[] = {[DESK_STYLE_LINK] = DESK_MARK_LINK,
	    [DESK_STYLE_STRONG] = DESK_MARK_STRONG,
	    [DESK_STYLE_EMPHASIS] = DESK_MARK_EMPHASIS,
	    [DESK_STYLE_CODE] = DESK_MARK_CODE};
	for (size_t i = 0; i < w->doc->style_count; i++) {
		const struct desk_style *style = &w->doc->styles[i];
		bool link = style->kind == DESK_STYLE_LINK;
		/* No link inside a link: those of quotations go first. */
		if (link && (!w->options->links || w->doc->quote_count ||
				!desk_view_linkable(style->href)))
			continue;
		add(list, (enum desk_mark_kind)kinds[style->kind], i,
		    style->start, style->end);
	}
}

void
desk_view_find_marks(struct desk_view_writer *w)
{
	const struct desk_doc *doc = w->doc;
	size_t room = doc->sent_count + doc->ent_count + doc->style_count;
	for (size_t i = 0; i < doc->quote_count; i++)
		room += doc->quotes[i].part_count + 2;
	struct list list = {
	    desk_view_alloc(w, room, sizeof *list.items), 0, true};
	if (!list.items)
		return;
	for (size_t i = 0; i < doc->sent_count; i++)
		add(&list, DESK_MARK_SENT, i, doc->sents[i].start,
		    doc->sents[i].end);
	for (size_t i = 0; i < doc->ent_count; i++)
		add(&list, DESK_MARK_ENT, i, doc->ents[i].start,
		    doc->ents[i].end);
	for (size_t i = 0; i < doc->quote_count; i++)
		add_quote(&list, doc, i);
	add_styles(&list, w);
	if (!list.sorted)
		qsort(list.items, list.count, sizeof *list.items, by_place);
	w->marks = list.items;
	w->mark_count = list.count;
	w->again = AGAIN + doc->text.len / 16;
}

/* -- tags ----------------------------------------------------------------- */

static const char *
quote_class(enum desk_quote_kind kind)
{
	return kind == DESK_DIRECT     ? "direct"
	       : kind == DESK_MIXED    ? "mixed"
	       : kind == DESK_INDIRECT ? "indirect"
				       : "scare";
}

/* The place of an item, where a link will lead to it and it has none yet. */
static void
write_id(struct desk_view_writer *w, uint8_t *shown, char letter, size_t i)
{
	if (!(*shown & DESK_SHOWN_WANTED) || *shown & DESK_SHOWN_PLACE)
		return;
	*shown |= DESK_SHOWN_PLACE;
	desk_buffer_string(w->out, " id=\"");
	desk_view_place(w, letter, i + 1);
	desk_buffer_byte(w->out, '"');
}

static void
open_sent(struct desk_view_writer *w, size_t i, bool first)
{
	desk_buffer_string(w->out, "<span class=\"s\"");
	if (w->options->makes == DESK_SENTS && first) {
		desk_buffer_string(w->out, " id=\"");
		desk_view_place(w, 's', i + 1);
		desk_buffer_string(w->out, "\" data-n=\"");
		desk_buffer_number(w->out, i + 1);
		desk_buffer_byte(w->out, '"');
	}
	desk_buffer_byte(w->out, '>');
}

/* No <mark>: at every name "highlight" would be spoken, and its end. */
static void
open_ent(struct desk_view_writer *w, size_t i, bool last)
{
	const char *label = w->doc->ents[i].label;
	desk_view_put(
	    w->out, "<span class=\"e ", desk_view_label_class(label), NULL);
	desk_buffer_byte(w->out, '"');
	write_id(w, &w->ents[i], 'e', i);
	if (last) {
		desk_buffer_string(w->out, " data-l=\"");
		desk_view_line(w->out, label, strlen(label), 40);
		desk_buffer_byte(w->out, '"');
	}
	desk_buffer_byte(w->out, '>');
}

/* Words of somebody else in marks are a quotation; what is told in other words
 * is none to HTML. */
static const char *
quote_element(const struct desk_doc *doc, size_t i)
{
	return doc->quotes[i].kind == DESK_INDIRECT ? "span" : "q";
}

/* last: the element goes to the end of its mark. */
static void
write_open(
    struct desk_view_writer *w, const struct desk_open_mark *open, bool last)
{
	const struct desk_mark *mark = open->mark;
	size_t i = mark->index;
	switch (mark->kind) {
	case DESK_MARK_SENT:
		open_sent(w, i, !open->begun);
		return;
	case DESK_MARK_LINK:
		desk_buffer_string(
		    w->out, "<a rel=\"nofollow noreferrer\" href=\"");
		desk_view_text(w->out, w->doc->styles[i].href.data,
		    w->doc->styles[i].href.len);
		desk_buffer_string(w->out, "\">");
		return;
	case DESK_MARK_QUOTE:
		desk_view_put(w->out, "<", quote_element(w->doc, i),
		    " class=\"q ", quote_class(w->doc->quotes[i].kind), "\"",
		    NULL);
		write_id(w, &w->quotes[i], 'q', i);
		desk_buffer_byte(w->out, '>');
		return;
	case DESK_MARK_SPEAKER:
		desk_buffer_string(w->out, "<span class=\"who\">");
		return;
	case DESK_MARK_CUE:
		desk_buffer_string(w->out, "<span class=\"cue\">");
		return;
	case DESK_MARK_ENT:
		open_ent(w, i, last);
		return;
	default:
		desk_buffer_string(
		    w->out, mark->kind == DESK_MARK_STRONG     ? "<strong>"
			    : mark->kind == DESK_MARK_EMPHASIS ? "<em>"
							       : "<code>");
	}
}

/* Behind the end of a quotation, a link to where it is listed. */
static void
write_reference(struct desk_view_writer *w, size_t i)
{
	uint8_t *shown = &w->quotes[i];
	const struct desk_quote *quote = &w->doc->quotes[i];
	struct desk_slice name = w->speakers[w->said_by[i]].name;
	if (!(*shown & DESK_SHOWN_PLACE) || *shown & DESK_SHOWN_LINK)
		return;
	*shown |= DESK_SHOWN_LINK;
	desk_buffer_string(w->out, "<a class=\"ref\" href=\"#");
	desk_view_place(w, 'w', i + 1);
	desk_buffer_string(w->out, "\" data-n=\"");
	desk_buffer_number(w->out, i + 1);
	desk_buffer_byte(w->out, '"');
	desk_view_ours(w);
	desk_buffer_string(w->out, " aria-label=\"Quotation ");
	desk_buffer_number(w->out, i + 1);
	desk_view_put(w->out, ", ", quote_class(quote->kind), NULL);
	if (name.data) {
		desk_buffer_string(w->out, ", by ");
		desk_view_line(w->out, name.data, name.len, 80);
	}
	desk_buffer_string(w->out, "\"></a>");
}

static void
write_close(struct desk_view_writer *w, const struct desk_mark *mark)
{
	static const char *const tags[] = {[DESK_MARK_SENT] = "</span>",
	    [DESK_MARK_LINK] = "</a>",
	    [DESK_MARK_SPEAKER] = "</span>",
	    [DESK_MARK_CUE] = "</span>",
	    [DESK_MARK_ENT] = "</span>",
	    [DESK_MARK_STRONG] = "</strong>",
	    [DESK_MARK_EMPHASIS] = "</em>",
	    [DESK_MARK_CODE] = "</code>"};
	if (mark->kind == DESK_MARK_QUOTE)
		desk_view_put(w->out, "</", quote_element(w->doc, mark->index),
		    ">", NULL);
	else
		desk_buffer_string(w->out, tags[mark->kind]);
}

/* -- nesting -------------------------------------------------------------- */

/* The end of the innermost open mark that ends first, at most end. */
static size_t
nearest_end(const struct desk_view_writer *w, size_t end)
{
	for (size_t i = 0; i < w->depth; i++)
		if (w->open[i].mark->end < end)
			end = w->open[i].mark->end;
	return end;
}

/* Closes open marks down to number `from`; those that end at `done` or before
 * are over, the others stay to be opened again. */
static void
close_from(struct desk_view_writer *w, size_t from, size_t done)
{
	struct desk_open_mark kept[DESK_MARKS_DEEP];
	size_t count = 0;
	while (w->depth > from) {
		struct desk_open_mark open = w->open[--w->depth];
		write_close(w, open.mark);
		if (open.mark->end > done)
			kept[count++] = open;
		else if (open.mark->ends)
			write_reference(w, open.mark->index);
	}
	for (; count && w->again; w->again--)
		w->open[w->depth++] = kept[--count];
}

/* Opens again what was closed; limit is where the stretch ends. */
static void
open_from(struct desk_view_writer *w, size_t from, size_t limit)
{
	for (size_t i = from; i < w->depth; i++) {
		/* An outer mark that ends before cuts it once more. */
		size_t stop = limit;
		for (size_t k = 0; k < i; k++)
			if (w->open[k].mark->end < stop)
				stop = w->open[k].mark->end;
		write_open(w, &w->open[i], w->open[i].mark->end <= stop);
		w->open[i].begun = true;
	}
}

/* Closes what ends here; what lies over it goes on. */
static void
close_ended(struct desk_view_writer *w, size_t at, size_t limit)
{
	size_t from = 0;
	while (from < w->depth && w->open[from].mark->end > at)
		from++;
	if (from == w->depth)
		return;
	close_from(w, from, at);
	open_from(w, from, limit);
}

/* Marks of the same kind in one another say nothing, but of two layers. */
static bool
repeats(const struct desk_view_writer *w, const struct desk_mark *mark)
{
	if (mark->kind == DESK_MARK_QUOTE || mark->kind == DESK_MARK_ENT)
		return false;
	for (size_t i = 0; i < w->depth; i++)
		if (w->open[i].mark->kind == mark->kind)
			return true;
	return false;
}

static void
open_mark(
    struct desk_view_writer *w, const struct desk_mark *mark, size_t limit)
{
	if (w->depth == DESK_MARKS_DEEP || repeats(w, mark))
		return;
	w->open[w->depth++] = (struct desk_open_mark){mark, false};
	open_from(w, w->depth - 1, limit);
}

void
desk_view_inline(
    struct desk_view_writer *w, size_t start, size_t end, size_t next)
{
	const char *text = w->doc->text.data;
	size_t at = start;
	open_from(w, 0, end);
	while (at < end) {
		const struct desk_mark *mark = NULL;
		for (; w->next < w->mark_count; w->next++) {
			mark = &w->marks[w->next];
			if (mark->start > at)
				break;
			if (mark->end > at)
				open_mark(w, mark, end);
		}
		size_t stop = nearest_end(w, end);
		if (w->next < w->mark_count && mark->start < stop)
			stop = mark->start;
		desk_view_text(w->out, text + at, stop - at);
		at = stop;
		if (at < end)
			close_ended(w, at, end);
	}
	close_from(w, 0, next);
}
