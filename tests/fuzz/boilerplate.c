/*
 * Boilerplate on any text: what is kept is there in order, unchanged or, where
 * it was mended, shorter, and running on the output changes nothing.  The first
 * byte picks the options.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "copydesk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
need(bool good)
{
	if (!good)
		abort();
}

static void
run(struct desk_doc *doc, const struct desk_boilerplate_options *options,
    const char *text, size_t len)
{
	need(!desk_doc_set_text(doc, text, len, NULL));
	need(!desk_boilerplate_annotate(doc, options, NULL));
}

/* The blocks lie in the text one behind the other and equal their source, or
 * are shorter. */
static void
check_blocks(struct desk_doc *doc, struct desk_slice source, bool mark)
{
	size_t count, at = 0;
	uint64_t src = 0;
	const struct desk_block *blocks = desk_doc_blocks(doc, &count);
	struct desk_slice text = desk_doc_text(doc);
	for (size_t i = 0; i < count; i++) {
		const struct desk_block *b = &blocks[i];
		size_t len = b->end - b->start;
		need(b->start >= at && b->end > b->start && b->end <= text.len);
		need(b->src_start >= src && b->src_end - b->src_start >= len);
		need(b->src_end <= source.len && (mark || b->keep));
		need(b->reason && *b->reason);
		need(b->src_end - b->src_start > len ||
		     !memcmp(text.data + b->start, source.data + b->src_start,
			 len));
		at = b->end;
		src = b->src_end;
	}
	need(mark || at == text.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	struct desk_boilerplate_options options = {
	    .wrap = (enum desk_wrap)(data[0] % 3), .mark = data[0] & 4};
	struct desk_doc *first = desk_doc_new(), *second = desk_doc_new();
	struct desk_doc *plain = desk_doc_new();
	need(first && second && plain);
	need(!desk_doc_set_text(plain, (const char *)data + 1, size - 1, NULL));
	struct desk_slice source = desk_doc_text(plain);
	run(first, &options, source.data, source.len);
	check_blocks(first, source, options.mark);
	/* As the next program of a pipe gets it: from JSON, or as text with a
	 * line end behind it. */
	struct desk_slice text = desk_doc_text(first);
	char *line = malloc(text.len + 1);
	need(line != NULL);
	if (text.len)
		memcpy(line, text.data, text.len);
	line[text.len] = '\n';
	for (size_t more = 0; more < 2 && !options.mark; more++) {
		run(second, &options, line, text.len + more);
		check_blocks(
		    second, (struct desk_slice){line, text.len + more}, false);
		struct desk_slice again = desk_doc_text(second);
		need(text.len == again.len &&
		     (!text.len || !memcmp(text.data, again.data, text.len)));
	}
	free(line);
	desk_doc_free(first);
	desk_doc_free(second);
	desk_doc_free(plain);
	return 0;
}
