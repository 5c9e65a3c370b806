/*
 * Sentences of any text: they lie one behind the other, hold every character
 * that is no white space, and are the same however the text was cut.  The
 * first byte picks the options, the second where to cut.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "copydesk.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "doc/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
need(bool good)
{
	if (!good)
		abort();
}

/* No characters but white space between two places. */
static void
check_gap(struct desk_slice text, size_t start, size_t end)
{
	for (size_t at = start, size; at < end; at += size)
		need(desk_class(desk_utf8_decode(text.data + at, &size)) &
		     DESK_SPACE);
}

static void
check_sents(struct desk_slice text, const struct desk_sent *sents, size_t count)
{
	size_t at = 0;
	uint32_t paragraph = 1;
	for (size_t i = 0; i < count; i++) {
		size_t start = sents[i].start, end = sents[i].end;
		need(start >= at && end > start && end <= text.len);
		check_gap(text, at, start);
		desk_trim(text.data, &start, &end);
		need(start == sents[i].start && end == sents[i].end);
		need(sents[i].paragraph == paragraph ||
		     sents[i].paragraph == paragraph + 1);
		paragraph = sents[i].paragraph;
		at = sents[i].end;
	}
	check_gap(text, at, text.len);
}

/* Steps ascend, and each sentence ends at one that says so. */
static void
check_steps(
    const struct desk_doc *doc, const struct desk_sent *sents, size_t count)
{
	size_t n, ends = 0;
	const struct desk_step *steps = desk_doc_steps(doc, &n);
	for (size_t i = 0; i < n; i++) {
		need(!i || steps[i].end >= steps[i - 1].end);
		if (steps[i].splits)
			need(ends < count && steps[i].end == sents[ends++].end);
	}
	need(!steps || ends == count);
}

/* The same text in steps: each sentence must be the next of the whole. */
static void
check_cuts(const struct desk_sentences_options *options, struct desk_slice text,
    const struct desk_sent *sents, size_t count, size_t step)
{
	struct desk_splitter *splitter = desk_splitter_new(options, NULL);
	struct desk_doc *doc = desk_doc_new();
	size_t start = 0, end = 0, used, n, seen = 0;
	need(splitter && doc);
	for (bool final = false; !final; start += used) {
		end = text.len - end > step ? end + step : text.len;
		while (end < text.len && (text.data[end] & 0xC0) == 0x80)
			end++;
		final = end == text.len;
		desk_doc_borrow(
		    doc, (struct desk_slice){text.data + start, end - start});
		need(
		    !desk_splitter_annotate(splitter, doc, final, &used, NULL));
		const struct desk_sent *part = desk_doc_sents(doc, &n);
		for (size_t i = 0; i < n; i++, seen++)
			need(seen < count &&
			     part[i].start + start == sents[seen].start &&
			     part[i].end + start == sents[seen].end &&
			     part[i].paragraph == sents[seen].paragraph);
	}
	need(seen == count);
	desk_doc_free(doc);
	desk_splitter_free(splitter);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	static const char *const langs[] = {NULL, "en", "de", "ru", "ar", "ja"};
	struct desk_sentences_options options = {
	    .wrap = (enum desk_wrap)(data[0] % 3),
	    .lang = langs[data[0] / 3 % 6],
	    .keep_quotes = data[0] / 18 % 2,
	    .explain = data[0] / 36 % 2};
	struct desk_doc *doc = desk_doc_new();
	struct desk_splitter *splitter = desk_splitter_new(&options, NULL);
	size_t used, count;
	need(doc && splitter);
	need(!desk_doc_set_text(doc, (const char *)data + 2, size - 2, NULL));
	need(!desk_splitter_annotate(splitter, doc, true, &used, NULL));
	need(used == doc->text.len);
	const struct desk_sent *sents = desk_doc_sents(doc, &count);
	check_sents(doc->text, sents, count);
	check_steps(doc, sents, count);
	check_cuts(&options, doc->text, sents, count, 1 + data[1] % 64);
	desk_doc_free(doc);
	desk_splitter_free(splitter);
	return 0;
}
