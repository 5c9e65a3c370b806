/*
 * text.c - documents as text, for people and for grep.
 *
 * What is written follows from the layer that the filter adds: kept blocks,
 * one sentence a line, entities in line, or quotations by speaker.
 */
#include "core/slice.h"
#include "io/form.h"
#include "io/marks.h"
#include "io/sayings.h"

#include "core/error.h"

int
desk_name_document(struct desk_record *record, struct desk_error *error)
{
	struct desk_slice name =
	    desk_slice(record->input, strlen(record->input));
	record->doc->id = name;
	if (record->frame.number < 2)
		return 0;
	char digits[12];
	size_t at = sizeof digits;
	for (uint32_t n = record->frame.number; n; n /= 10)
		digits[--at] = (char)('0' + n % 10);
	digits[--at] = '#';
	char *id = desk_arena_alloc(
	    &record->doc->arena, name.len + sizeof digits - at);
	if (!id)
		return desk_fail_memory(error);
	memcpy(id, name.data, name.len);
	memcpy(id + name.len, digits + at, sizeof digits - at);
	record->doc->id = desk_slice(id, name.len + sizeof digits - at);
	return 0;
}

int
desk_text_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error)
{
	struct desk_doc *doc = record->doc;
	const struct desk_frame *frame = &record->frame;
	int err = 0;
	desk_doc_borrow(doc, frame->bytes);
	record->has_text = true;
	doc->base_bytes = frame->base_bytes;
	doc->base_codepoints = frame->base_codepoints;
	doc->part = frame->part;
	/* To the others, whose output is this text, marks are text. */
	if (options->makes & (DESK_ENTS | DESK_QUOTES) &&
	    desk_marks_found(doc->text))
		err = desk_marks_read(doc, doc->text, error);
	record->came = doc->layers;
	return err ? err : desk_name_document(record, error);
}

/* A CR at the end would with the LF become another line end when read. */
static void
end_line(struct desk_buffer *out, size_t before)
{
	while (out->len > before && out->data[out->len - 1] == '\r')
		out->len--;
	if (out->len && out->data[out->len - 1] != '\n')
		desk_buffer_byte(out, '\n');
}

/* How many line ends a text holds.  The steps have one size, so that compilers
 * take them at one go. */
static size_t
count_lines(const char *s, size_t len)
{
	enum { STEP = 64 };
	size_t lines = 0, i = 0;
	for (; len - i >= STEP; i += STEP) {
		unsigned char some = 0;
		for (size_t j = 0; j < STEP; j++)
			some = (unsigned char)(some + (s[i + j] == '\n'));
		lines += some;
	}
	for (; i < len; i++)
		lines += s[i] == '\n';
	return lines;
}

/* Whether as much is between two sentences as will be written there. */
static inline bool
fits(const struct desk_sent *sent)
{
	return sent[1].start - sent[0].end ==
	       1u + (sent[1].paragraph != sent[0].paragraph);
}

/* The line ends between two sentences. */
static inline size_t
lines_between(const struct desk_doc *doc, const struct desk_sent *sent)
{
	const char *gap = doc->text.data + sent[0].end;
	size_t len = sent[1].start - sent[0].end;
	if (len - 1 > 1)
		return count_lines(gap, len);
	return (size_t)(gap[0] == '\n') + ((gap[1] == '\n') & (len == 2));
}

/* Whether a sentence goes over a line end: there are more of these than
 * between the sentences.  Those of a record may overlap. */
static bool
must_fold(const struct desk_doc *doc)
{
	size_t first = doc->sents[0].start;
	size_t end = doc->sents[doc->sent_count - 1].end;
	size_t lines = 0;
	if (first < end)
		lines = count_lines(doc->text.data + first, end - first);
	for (size_t i = 0; i + 1 < doc->sent_count; i++) {
		if (doc->sents[i + 1].start < doc->sents[i].end)
			return true;
		lines -= lines_between(doc, &doc->sents[i]);
	}
	return lines > 0;
}

/* Sentences of whole lines: a run of them that stand as far apart as they will
 * is copied at one go.  The buffer has the room. */
static void
write_runs(const struct desk_doc *doc, struct desk_buffer *out)
{
	const struct desk_sent *sents = doc->sents;
	for (size_t i = 0, next; i < doc->sent_count; i = next) {
		char *to = out->data + out->len;
		size_t from = sents[i].start;
		for (next = i + 1; next < doc->sent_count; next++)
			if (!fits(&sents[next - 1]))
				break;
		memcpy(to, doc->text.data + from, sents[next - 1].end - from);
		for (size_t k = i; k + 1 < next; k++) {
			to[sents[k].end - from] = '\n';
			to[sents[k + 1].start - 1 - from] = '\n';
		}
		out->len += sents[next - 1].end - from;
		out->data[out->len++] = '\n';
		if (next < doc->sent_count &&
		    sents[next].paragraph != sents[next - 1].paragraph)
			out->data[out->len++] = '\n';
	}
}

/* The sentences of a text without entities. */
static void
write_plain_sents(struct desk_record *record, struct desk_marker *marker,
    struct desk_buffer *out)
{
	const struct desk_doc *doc = record->doc;
	const struct desk_sent *sents = doc->sents;
	size_t room = 2;
	if (!doc->sent_count)
		return;
	for (size_t i = 0; i < doc->sent_count; i++)
		room += sents[i].end - sents[i].start + 2;
	if (!desk_buffer_reserve(out, room))
		return;
	uint32_t paragraph = record->paragraphs + sents[0].paragraph;
	if (record->paragraph && paragraph != record->paragraph)
		out->data[out->len++] = '\n';
	record->paragraph =
	    record->paragraphs + sents[doc->sent_count - 1].paragraph;
	if (!must_fold(doc)) {
		write_runs(doc, out);
		return;
	}
	for (size_t i = 0; i < doc->sent_count; i++) {
		if (i && sents[i].paragraph != sents[i - 1].paragraph)
			desk_buffer_byte(out, '\n');
		desk_marks_write(marker, sents[i].start, sents[i].end, out);
		desk_buffer_byte(out, '\n');
	}
}

static void
write_sents(struct desk_record *record, struct desk_marker *marker,
    struct desk_buffer *out)
{
	const struct desk_doc *doc = record->doc;
	marker->fold = true;
	if (marker->plain) {
		write_plain_sents(record, marker, out);
		return;
	}
	for (size_t i = 0; i < doc->sent_count; i++) {
		const struct desk_sent *sent = &doc->sents[i];
		uint32_t paragraph = record->paragraphs + sent->paragraph;
		if (record->paragraph && paragraph != record->paragraph)
			desk_buffer_byte(out, '\n');
		record->paragraph = paragraph;
		desk_marks_write(marker, sent->start, sent->end, out);
		desk_buffer_byte(out, '\n');
	}
}

/* Each step of the splitter, one a line: ends or goes on, rule, text. */
static void
write_steps(const struct desk_doc *doc, struct desk_buffer *out)
{
	struct desk_marker marker = {.doc = doc, .plain = true, .fold = true};
	size_t from = 0, sent = 0;
	for (size_t i = 0; i < doc->step_count; i++) {
		const struct desk_step *v = &doc->steps[i];
		if (sent < doc->sent_count && doc->sents[sent].start > from)
			from = doc->sents[sent].start;
		desk_buffer_string(out, v->splits ? "ends\t" : "goes on\t");
		desk_buffer_string(out, v->rule);
		desk_buffer_byte(out, '\t');
		if (from < v->end)
			desk_marks_write(&marker, from, v->end, out);
		desk_buffer_byte(out, '\n');
		from = v->end;
		sent += v->splits;
		while (!v->splits && from < doc->text.len &&
		       (doc->text.data[from] == ' ' ||
			   doc->text.data[from] == '\n'))
			from++;
	}
}

/* The verdict on every block, one a line: keep or drop, reason, block. */
static void
write_verdicts(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out)
{
	const struct desk_doc *doc = record->doc;
	struct desk_marker marker = {.doc = doc, .plain = true, .fold = true};
	for (size_t i = 0; i < doc->block_count; i++) {
		const struct desk_block *block = &doc->blocks[i];
		if (options->color)
			desk_buffer_string(
			    out, block->keep ? "\033[32m" : "\033[31m");
		desk_buffer_string(out, block->keep ? "keep\t" : "drop\t");
		desk_buffer_string(out, block->reason);
		if (options->color)
			desk_buffer_string(out, "\033[0m");
		desk_buffer_byte(out, '\t');
		desk_marks_write(&marker, block->start, block->end, out);
		desk_buffer_byte(out, '\n');
	}
}

void
desk_text_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out)
{
	const struct desk_doc *doc = record->doc;
	bool tagged = doc->layers & DESK_ENTS && options->makes == DESK_ENTS;
	struct desk_marker marker = {
	    .doc = doc, .plain = !tagged, .color = options->color};
	if (options->meta && !record->frame.part)
		desk_meta_write(record, out);
	if (options->makes == DESK_QUOTES) {
		desk_sayings_write(record, options, out);
	} else if (options->makes == DESK_BLOCKS && options->mark) {
		write_verdicts(record, options, out);
	} else if (options->makes == DESK_SENTS && options->mark &&
		   doc->steps) {
		write_steps(doc, out);
	} else if (doc->layers & DESK_SENTS) {
		write_sents(record, &marker, out);
	} else {
		size_t before = out->len;
		desk_marks_write(&marker, 0, doc->text.len, out);
		if (out->len > before &&
		    (record->frame.last || record->rewritten))
			end_line(out, before);
	}
}
