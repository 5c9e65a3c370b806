/*
 * view_blocks.c - paragraphs, lists, tables as elements.
 *
 * Pieces of one kind with nothing but a line end between them make one list,
 * table or stretch of preformatted text.  What was dropped is folded away, a
 * run of it in one.
 */
#include "io/view.h"

#include "core/slice.h"

enum { LISTS_DEEP = 8, REASONS = 4 };

struct lists {
	bool ordered[LISTS_DEEP];
	size_t depth;
};

static void
write_reason(struct desk_view_writer *w, const struct desk_piece *piece)
{
	if (!piece->reason)
		return;
	desk_buffer_string(w->out, " data-why=\"");
	desk_view_line(w->out, piece->reason, strlen(piece->reason), 40);
	desk_buffer_byte(w->out, '"');
}

static void
write_piece(struct desk_view_writer *w, size_t i)
{
	desk_view_inline(
	    w, w->pieces[i].start, w->pieces[i].end, desk_view_next(w, i));
}

/* Whether piece i goes on with what the one before it began. */
static bool
goes_on(const struct desk_view_writer *w, size_t i)
{
	const struct desk_piece *p = &w->pieces[i];
	return i && p->tight && p->kind == p[-1].kind &&
	       p->keep == p[-1].keep &&
	       (p->kind == DESK_ITEM || p->kind == DESK_ROW ||
		   p->kind == DESK_PREFORMATTED);
}

static void
close_list(struct desk_view_writer *w, struct lists *lists)
{
	bool ordered = lists->ordered[--lists->depth];
	desk_buffer_string(w->out, ordered ? "</li></ol>" : "</li></ul>");
}

static void
write_item(struct desk_view_writer *w, struct lists *lists, size_t i)
{
	const struct desk_piece *p = &w->pieces[i];
	size_t level = p->level ? p->level : 1;
	if (level > lists->depth + 1)
		level = lists->depth + 1;
	if (level > LISTS_DEEP)
		level = LISTS_DEEP;
	while (lists->depth > level)
		close_list(w, lists);
	if (lists->depth == level && lists->ordered[level - 1] != p->ordered)
		close_list(w, lists);
	if (lists->depth == level)
		desk_buffer_string(w->out, "</li>\n");
	else
		desk_buffer_string(w->out, p->ordered ? "<ol>\n" : "<ul>\n");
	lists->ordered[level - 1] = p->ordered;
	lists->depth = level;
	desk_buffer_string(w->out, "<li");
	write_reason(w, p);
	desk_buffer_byte(w->out, '>');
	write_piece(w, i);
}

static size_t
write_list(struct desk_view_writer *w, size_t i, size_t end)
{
	struct lists lists = {.depth = 0};
	do
		write_item(w, &lists, i++);
	while (i < end && goes_on(w, i));
	while (lists.depth)
		close_list(w, &lists);
	desk_buffer_byte(w->out, '\n');
	return i;
}

/* A tab between the cells; the reason stands in the first, for it is none. */
static void
write_row(struct desk_view_writer *w, size_t i)
{
	const struct desk_piece *p = &w->pieces[i];
	const char *s = w->doc->text.data;
	desk_buffer_string(w->out, "<tr>");
	for (size_t at = p->start; at <= p->end;) {
		const char *tab = memchr(s + at, '\t', p->end - at);
		size_t stop = tab ? (size_t)(tab - s) : p->end;
		desk_buffer_string(w->out, "<td");
		if (at == p->start)
			write_reason(w, p);
		desk_buffer_byte(w->out, '>');
		if (at < stop)
			desk_view_inline(
			    w, at, stop, tab ? stop + 1 : desk_view_next(w, i));
		desk_buffer_string(w->out, "</td>");
		at = stop + 1;
	}
	desk_buffer_string(w->out, "</tr>\n");
}

static size_t
write_table(struct desk_view_writer *w, size_t i, size_t end)
{
	desk_buffer_string(w->out, "<div class=\"wide\" role=\"group\" "
				   "tabindex=\"0\" aria-label=\"Table\">"
				   "<table>\n");
	do
		write_row(w, i++);
	while (i < end && goes_on(w, i));
	desk_buffer_string(w->out, "</table></div>\n");
	return i;
}

/* The line end behind the tag belongs to it. */
static size_t
write_preformatted(struct desk_view_writer *w, size_t i, size_t end)
{
	desk_buffer_string(w->out, "<pre role=\"group\" tabindex=\"0\" "
				   "aria-label=\"Preformatted text\"");
	write_reason(w, &w->pieces[i]);
	desk_buffer_byte(w->out, '>');
	do {
		desk_buffer_byte(w->out, '\n');
		write_piece(w, i++);
	} while (i < end && goes_on(w, i));
	desk_buffer_string(w->out, "</pre>\n");
	return i;
}

static void
write_heading(struct desk_view_writer *w, size_t i)
{
	const struct desk_piece *p = &w->pieces[i];
	char level = (char)(p->level < 1   ? '3'
			    : p->level > 4 ? '6'
					   : '2' + p->level);
	desk_buffer_string(w->out, "<h");
	desk_buffer_byte(w->out, level);
	write_reason(w, p);
	desk_buffer_byte(w->out, '>');
	write_piece(w, i);
	desk_buffer_string(w->out, "</h");
	desk_buffer_byte(w->out, level);
	desk_buffer_string(w->out, ">\n");
}

static size_t
write_paragraph(struct desk_view_writer *w, size_t i, size_t end)
{
	const struct desk_piece *p = &w->pieces[i];
	bool quoted = p->kind == DESK_QUOTATION;
	desk_view_put(w->out, quoted ? "<blockquote>" : "", "<p",
	    p->kind == DESK_CAPTION ? " class=\"caption\""
	    : p->tight		    ? " class=\"tight\""
				    : "",
	    NULL);
	write_reason(w, p);
	desk_buffer_byte(w->out, '>');
	write_piece(w, i++);
	for (; i < end && w->pieces[i].flows; i++) {
		desk_buffer_byte(w->out, '\n');
		write_piece(w, i);
	}
	desk_buffer_string(w->out, quoted ? "</p></blockquote>\n" : "</p>\n");
	return i;
}

static void
write_pieces(struct desk_view_writer *w, size_t i, size_t end)
{
	while (i < end) {
		switch (w->pieces[i].kind) {
		case DESK_ITEM:
			i = write_list(w, i, end);
			break;
		case DESK_ROW:
			i = write_table(w, i, end);
			break;
		case DESK_PREFORMATTED:
			i = write_preformatted(w, i, end);
			break;
		case DESK_HEADING:
			write_heading(w, i++);
			break;
		default:
			i = write_paragraph(w, i, end);
		}
	}
}

/* How many were dropped, and the first few reasons. */
static void
write_summary(struct desk_view_writer *w, size_t i, size_t end)
{
	const char *reasons[REASONS];
	size_t count = 0;
	desk_buffer_number(w->out, end - i);
	desk_buffer_string(
	    w->out, end - i == 1 ? " block dropped" : " blocks dropped");
	for (; i < end && count < REASONS; i++) {
		const char *reason = w->pieces[i].reason;
		size_t k = 0;
		while (reason && k < count && strcmp(reasons[k], reason))
			k++;
		if (!reason || !*reason || k < count)
			continue;
		desk_buffer_string(w->out, count ? ", " : ": ");
		desk_view_line(w->out, reason, strlen(reason), 40);
		reasons[count++] = reason;
	}
}

void
desk_view_blocks(struct desk_view_writer *w)
{
	for (size_t i = w->headline, end; i < w->piece_count; i = end) {
		bool keep = w->pieces[i].keep;
		for (end = i + 1; end < w->piece_count; end++)
			if (w->pieces[end].keep != keep)
				break;
		if (!keep) {
			desk_buffer_string(
			    w->out, "<details class=\"dropped\"><summary");
			desk_view_ours(w);
			desk_buffer_byte(w->out, '>');
			write_summary(w, i, end);
			desk_buffer_string(w->out, "</summary>\n");
		}
		write_pieces(w, i, end);
		if (!keep)
			desk_buffer_string(w->out, "</details>\n");
	}
}
