/*
 * sayings.c - quotations as text to read: a block for each speaker.
 *
 * Speakers come in the order of their first quotation: the name, or where
 * there is none the words that stand for a speaker.  Below it stands what was
 * said, a line each, in marks what stood in marks.
 */
#include "io/sayings.h"

#include <stdlib.h>
#include <string.h>

#include "core/slice.h"
#include "io/marks.h"

struct saying {
	struct desk_slice by;
	bool scare;
	size_t number; /* of the quotation */
	size_t first;  /* of the speaker's first */
};

static int
by_speaker(const void *a, const void *b)
{
	const struct saying *x = a, *y = b;
	size_t n = x->by.len < y->by.len ? x->by.len : y->by.len;
	int order = n ? memcmp(x->by.data, y->by.data, n) : 0;
	if (x->scare != y->scare)
		return x->scare ? 1 : -1;
	if (order)
		return order;
	if (x->by.len != y->by.len)
		return x->by.len < y->by.len ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

static int
by_first(const void *a, const void *b)
{
	const struct saying *x = a, *y = b;
	if (x->scare != y->scare)
		return x->scare ? 1 : -1;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

/* The quotations, those of one speaker together. */
static struct saying *
group(struct desk_doc *doc)
{
	struct saying *list =
	    desk_arena_alloc(&doc->arena, doc->quote_count * sizeof *list);
	for (size_t i = 0; list && i < doc->quote_count; i++) {
		const struct desk_quote *q = &doc->quotes[i];
		list[i].number = i;
		list[i].scare = q->kind == DESK_SCARE;
		list[i].by = q->name.data
				 ? q->name
				 : desk_slice(doc->text.data + q->speaker.start,
				       q->speaker.end - q->speaker.start);
	}
	if (!list)
		return NULL;
	qsort(list, doc->quote_count, sizeof *list, by_speaker);
	for (size_t i = 0; i < doc->quote_count; i++)
		list[i].first =
		    i && desk_slice_equal(list[i].by, list[i - 1].by)
			? list[i - 1].first
			: list[i].number;
	qsort(list, doc->quote_count, sizeof *list, by_first);
	return list;
}

static void
write_speaker(const struct saying *s, bool color, struct desk_buffer *out)
{
	if (color)
		desk_buffer_string(out, "\033[1m");
	for (size_t i = 0; i < s->by.len; i++)
		desk_buffer_byte(out,
		    (unsigned char)s->by.data[i] < ' ' ? ' ' : s->by.data[i]);
	if (!s->by.len)
		desk_buffer_string(out, s->scare ? "(not said)" : "?");
	desk_buffer_string(out, color ? "\033[0m\n" : "\n");
}

static void
write_said(const struct desk_doc *doc, const struct desk_quote *q,
    struct desk_buffer *out)
{
	struct desk_marker marker = {.doc = doc, .plain = true, .fold = true};
	bool marks = q->kind == DESK_DIRECT || q->kind == DESK_SCARE;
	for (size_t i = 0; i < q->part_count; i++) {
		desk_buffer_string(out, i ? " … " : "  ");
		desk_buffer_string(out, marks ? "“" : "");
		desk_marks_write(
		    &marker, q->parts[i].start, q->parts[i].end, out);
		desk_buffer_string(out, marks ? "”" : "");
	}
	desk_buffer_byte(out, '\n');
}

void
desk_sayings_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out)
{
	struct desk_doc *doc = record->doc;
	struct saying *list = doc->quote_count ? group(doc) : NULL;
	out->failed |= doc->quote_count && !list;
	for (size_t i = 0; list && i < doc->quote_count; i++) {
		bool fresh = !i || list[i].first != list[i - 1].first ||
			     list[i].scare != list[i - 1].scare;
		if (fresh && (i || record->frame.part))
			desk_buffer_byte(out, '\n');
		if (fresh)
			write_speaker(&list[i], options->color, out);
		write_said(doc, &doc->quotes[list[i].number], out);
	}
}
