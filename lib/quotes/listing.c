/*
 * listing.c - the quotations found so far, and at the end their order.
 *
 * What stands in marks and belongs to none of them is a title, a term or a
 * doubt of the writer's: it is told at the end, when all speech is known.
 */
#include "quotes/listing.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"

struct desk_quote *
desk_listing_add(struct desk_listing *l, enum desk_quote_kind kind)
{
	if (!DESK_RESERVE(l->arena, l->quotes, l->count, l->room)) {
		desk_fail_memory(l->error);
		return NULL;
	}
	struct desk_quote *quote = &l->quotes[l->count++];
	*quote = (struct desk_quote){.kind = kind};
	return quote;
}

/* The array doubles, so that this stays cheap.  What begins inside the part
 * before is of that part. */
int
desk_listing_part(
    struct desk_listing *l, struct desk_quote *quote, struct desk_span span)
{
	size_t n = quote->part_count;
	struct desk_span *last =
	    n ? (struct desk_span *)(uintptr_t)&quote->parts[n - 1] : NULL;
	if (last && span.start >= last->start && span.start < last->end) {
		if (span.end > last->end)
			last->end = span.end;
		if (span.end > quote->end)
			quote->end = span.end;
		return 0;
	}
	if ((n & (n - 1)) == 0) {
		struct desk_span *more =
		    desk_arena_alloc(l->arena, (n ? n * 2 : 1) * sizeof *more);
		if (!more)
			return desk_fail_memory(l->error);
		if (n)
			memcpy(more, quote->parts, n * sizeof *more);
		quote->parts = more;
	}
	struct desk_span *own = (struct desk_span *)(uintptr_t)quote->parts;
	own[n] = span;
	quote->part_count++;
	if (!n || span.start < quote->start)
		quote->start = span.start;
	if (span.end > quote->end)
		quote->end = span.end;
	return 0;
}

int
desk_listing_mark(struct desk_listing *l, const struct desk_marks *marks)
{
	for (size_t i = 0; i < marks->region_count; i++) {
		const struct desk_region *r = &marks->regions[i];
		if (!r->opened || !r->closed)
			continue;
		if (!DESK_RESERVE(
			l->arena, l->marked, l->marked_count, l->marked_room))
			return desk_fail_memory(l->error);
		l->marked[l->marked_count++] =
		    (struct desk_span){r->in_start, r->in_end};
	}
	return 0;
}

static int
by_start(const void *a, const void *b)
{
	const struct desk_span *x = a, *y = b;
	return x->start < y->start ? -1 : x->start > y->start;
}

/* All parts of all quotations, by start. */
static struct desk_span *
all_parts(struct desk_listing *l, size_t *count)
{
	size_t n = 0;
	for (size_t i = 0; i < l->count; i++)
		n += l->quotes[i].part_count;
	struct desk_span *all = desk_arena_alloc(l->arena, n * sizeof *all);
	*count = n;
	n = 0;
	for (size_t i = 0; all && i < l->count; i++)
		for (size_t k = 0; k < l->quotes[i].part_count; k++)
			all[n++] = l->quotes[i].parts[k];
	if (n)
		qsort(all, n, sizeof *all, by_start);
	return all;
}

int
desk_listing_scares(struct desk_listing *l)
{
	size_t count, k = 0;
	uint32_t said = 0; /* where the parts that begin before it end */
	struct desk_span *parts = all_parts(l, &count);
	if (!parts)
		return desk_fail_memory(l->error);
	for (size_t i = 0; i < l->marked_count; i++) {
		struct desk_span span = l->marked[i];
		for (; k < count && parts[k].start < span.end; k++)
			said = parts[k].end > said ? parts[k].end : said;
		if (said > span.start)
			continue;
		struct desk_quote *scare = desk_listing_add(l, DESK_SCARE);
		if (!scare || desk_listing_part(l, scare, span))
			return DESK_ENOMEM;
	}
	return 0;
}

static int
by_place(const void *a, const void *b)
{
	const struct desk_quote *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return x->cue.start < y->cue.start ? -1 : x->cue.start > y->cue.start;
}

void
desk_listing_sort(struct desk_listing *l)
{
	if (l->count > 1)
		qsort(l->quotes, l->count, sizeof *l->quotes, by_place);
}
