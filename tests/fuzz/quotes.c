/*
 * Fuzz target for quotations: whatever the text, spans lie in it, parts are in
 * order and inside their hull, and what came before changes nothing.  With a
 * plain main it replays the files named on the command line.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "copydesk.h"
#include "doc/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct desk_quote *q, size_t len)
{
	assert(q->part_count > 0);
	assert(q->start <= q->end && q->end <= len);
	assert(q->cue.start <= q->cue.end && q->cue.end <= len);
	assert(q->speaker.start <= q->speaker.end && q->speaker.end <= len);
	for (size_t i = 0; i < q->part_count; i++) {
		assert(q->parts[i].start < q->parts[i].end);
		assert(q->parts[i].start >= q->start);
		assert(q->parts[i].end <= q->end);
		assert(!i || q->parts[i - 1].end <= q->parts[i].start);
	}
}

static bool
same_span(struct desk_span a, struct desk_span b)
{
	return a.start == b.start && a.end == b.end;
}

static void
check_same(const struct desk_quote *a, const struct desk_quote *b)
{
	assert(a->start == b->start && a->end == b->end && a->kind == b->kind);
	assert(a->part_count == b->part_count && a->sure == b->sure);
	for (size_t i = 0; i < a->part_count; i++)
		assert(same_span(a->parts[i], b->parts[i]));
	assert(same_span(a->cue, b->cue) && same_span(a->speaker, b->speaker));
	/* of hard-wrapped text each has a copy */
	assert(!a->name.data == !b->name.data && a->name.len == b->name.len);
	assert(
	    !a->name.data || !memcmp(a->name.data, b->name.data, a->name.len));
	assert(a->label == b->label || !strcmp(a->label, b->label));
	assert(a->repaired == b->repaired);
}

/* By a quoter that has read all inputs before, and by one that has not. */
static void
annotate(struct desk_doc *doc, bool scare)
{
	static struct desk_quoter *quoters[2];
	struct desk_quotes_options options = {.scare = scare};
	struct desk_error error;
	struct desk_quoter **q = &quoters[scare];
	if (!*q)
		*q = desk_quoter_new(&options, &error);
	assert(*q && !desk_quoter_annotate(*q, doc, &error));
	size_t n, fresh, len = desk_doc_text(doc).len;
	const struct desk_quote *old = desk_doc_quotes(doc, &n);
	assert(!desk_quotes_annotate(doc, &options, &error));
	const struct desk_quote *list = desk_doc_quotes(doc, &fresh);
	assert(n == fresh);
	for (size_t i = 0; i < n; i++) {
		check(&list[i], len);
		check_same(&list[i], &old[i]);
	}
}

/* Entities wherever the text's own bytes put them, inside words too. */
static size_t
scatter(struct desk_slice text, struct desk_ent *ents, size_t room)
{
	static const char *const labels[] = {"PER", "ORG", "LOC", "DATE"};
	size_t n = 0, at = 0;
	while (n < room && at < text.len) {
		unsigned char c = (unsigned char)text.data[at];
		size_t end = at + 1 + c % 13;
		while (end < text.len && (text.data[end] & 0xC0) == 0x80)
			end++;
		if (end > text.len)
			break;
		if (c % 3)
			ents[n++] = (struct desk_ent){
			    (uint32_t)at, (uint32_t)end, labels[c % 4], 0};
		at = end;
	}
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct desk_doc *doc = desk_doc_new();
	struct desk_error error;
	struct desk_ent ents[64];
	if (!desk_doc_set_text(doc, (const char *)data, size, &error)) {
		/* A block of its own size: reads beyond it are seen. */
		struct desk_slice text = desk_doc_text(doc);
		char *tight = malloc(text.len ? text.len : 1);
		assert(tight);
		if (text.len)
			memcpy(tight, text.data, text.len);
		desk_doc_borrow(doc, (struct desk_slice){tight, text.len});
		annotate(doc, size % 2);
		size_t n = scatter(desk_doc_text(doc), ents, 64);
		desk_doc_set_ents(doc, ents, n);
		annotate(doc, true);
		free(tight);
	}
	desk_doc_free(doc);
	return 0;
}
