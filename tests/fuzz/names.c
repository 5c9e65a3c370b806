/*
 * Records of JSON Lines counted by name, with limits from the first byte: each
 * row has its columns and stands there once, the most mentions come first, and
 * what is in the rows and what was forgotten make up all that came in.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "io/tally.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
need(bool good)
{
	if (!good)
		abort();
}

/* The number in a column of a row; columns lie between tabs. */
static uint64_t
column(struct desk_slice row, size_t wanted)
{
	uint64_t n = 0;
	size_t at = 0, tabs = 0;
	for (; at < row.len && tabs < wanted; at++)
		tabs += row.data[at] == '\t';
	need(tabs == wanted && at < row.len);
	for (; at < row.len && row.data[at] != '\t'; at++) {
		need(row.data[at] >= '0' && row.data[at] <= '9');
		n = n * 10 + (uint64_t)(row.data[at] - '0');
	}
	return n;
}

/* The sum of a column over rows that end in newlines, of so many columns. */
static uint64_t
sum(struct desk_slice rows, size_t wanted, size_t columns)
{
	uint64_t all = 0;
	while (rows.len) {
		const char *lf = memchr(rows.data, '\n', rows.len);
		need(lf != NULL);
		struct desk_slice row = {rows.data, (size_t)(lf - rows.data)};
		size_t tabs = 0;
		for (size_t i = 0; i < row.len; i++)
			tabs += row.data[i] == '\t';
		need(tabs + 1 == columns);
		uint64_t n = column(row, wanted);
		need(n > 0);
		all += n;
		rows.data += row.len + 1;
		rows.len -= row.len + 1;
	}
	return all;
}

/* Adds the names of one record, where it is one. */
static uint64_t
add(struct desk_tally *tally, struct desk_slice json, uint64_t number)
{
	struct desk_record record = {.doc = desk_doc_new(), .input = "-"};
	struct desk_io_options options = {.needs = DESK_ENTS};
	struct desk_buffer rows = {0};
	uint64_t mentions = 0;
	need(record.doc != NULL);
	record.frame = (struct desk_frame){
	    .bytes = json, .form = DESK_FROM_JSONL, .last = true};
	if (!desk_jsonl_read(&record, &options, NULL) && record.has_text) {
		desk_names_write(&record, &rows);
		need(!rows.failed);
		struct desk_slice s = {rows.data ? rows.data : "", rows.len};
		need(desk_utf8_valid(s.data, s.len) == s.len);
		mentions = sum(s, 2, 3);
		need(mentions <= record.doc->ent_count);
		need(!desk_tally_add(tally, s, number, NULL));
	}
	desk_buffer_release(&rows);
	desk_doc_free(record.doc);
	return mentions;
}

static void
check(const struct desk_tally *tally, uint64_t all)
{
	struct desk_buffer row = {0}, before = {0};
	uint64_t shown = 0, last = UINT64_MAX;
	for (size_t i = 0; desk_tally_row(tally, i, &row); i++) {
		struct desk_slice s = {row.data, row.len};
		uint64_t mentions = sum(s, 2, 4), documents = sum(s, 3, 4);
		need(mentions <= last && documents <= mentions);
		need(row.len != before.len ||
		     memcmp(row.data, before.data, row.len) != 0);
		last = mentions;
		shown += mentions;
		before.len = 0;
		desk_buffer_append(&before, row.data, row.len);
		row.len = 0;
	}
	need(shown + desk_tally_lost(tally) == all);
	desk_buffer_release(&row);
	desk_buffer_release(&before);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2 || size > 1 << 16)
		return 0;
	struct desk_tally_limits limits = {
	    data[0] & 1 ? 1 + data[0] % 16 : 0, data[0] & 2 ? 4096 : 0};
	struct desk_tally *tally = desk_tally_new(&limits);
	struct desk_buffer text = {0};
	uint64_t all = 0, number = 0;
	need(tally != NULL);
	desk_utf8_repair(&text, (const char *)data + 1, size - 1);
	need(!text.failed);
	for (size_t at = 0; at < text.len;) {
		const char *s = text.data + at;
		const char *lf = memchr(s, '\n', text.len - at);
		size_t len = lf ? (size_t)(lf - s) : text.len - at;
		all += add(tally, (struct desk_slice){s, len}, ++number);
		at += len + 1;
	}
	need(!desk_tally_finish(tally, NULL));
	check(tally, all);
	desk_tally_free(tally);
	desk_buffer_release(&text);
	return 0;
}
