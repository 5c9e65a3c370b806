/*
 * tsv.c - a layer as rows: one sentence, entity or quotation a line.
 *
 * In a cell tab, newline and backslash are written \t \n \\.
 */
#include <string.h>

#include "io/form.h"

const char *
desk_tsv_header(unsigned layer, bool scores)
{
	switch (layer) {
	case DESK_SENTS:
		return "document\tparagraph\tstart\tend\tsentence\n";
	case DESK_ENTS:
		return scores ? "document\tstart\tend\tlabel\ttext\tscore\n"
			      : "document\tstart\tend\tlabel\ttext\n";
	case DESK_QUOTES:
		return "document\tstart\tend\tkind\tspeaker\tcue\tquotation\n";
	default:
		return "";
	}
}

void
desk_tsv_cell(struct desk_buffer *out, const char *s, size_t len)
{
	size_t from = 0;
	for (size_t i = 0; i < len; i++) {
		if (s[i] != '\t' && s[i] != '\n' && s[i] != '\\')
			continue;
		desk_buffer_append(out, s + from, i - from);
		desk_buffer_byte(out, '\\');
		desk_buffer_byte(out, s[i] == '\t'   ? 't'
				      : s[i] == '\n' ? 'n'
						     : '\\');
		from = i + 1;
	}
	desk_buffer_append(out, s + from, len - from);
}

static void
write_span(struct desk_buffer *out, const struct desk_doc *doc, size_t start,
    size_t end)
{
	desk_tsv_cell(out, doc->text.data + start, end - start);
}

static void
write_tab_number(struct desk_buffer *out, uint64_t n)
{
	desk_buffer_byte(out, '\t');
	desk_buffer_number(out, n);
}

static void
write_offsets(struct desk_record *record, const struct desk_io_options *options,
    struct desk_buffer *out, size_t start, size_t end)
{
	write_tab_number(out, desk_offset(record->doc, options, start));
	write_tab_number(out, desk_offset(record->doc, options, end));
	desk_buffer_byte(out, '\t');
}

static void
write_quote(struct desk_record *record, const struct desk_io_options *options,
    struct desk_buffer *out, const struct desk_quote *quote)
{
	const struct desk_doc *doc = record->doc;
	write_offsets(record, options, out, quote->start, quote->end);
	desk_buffer_string(out, desk_quote_kind_name(quote->kind));
	desk_buffer_byte(out, '\t');
	if (quote->name.data)
		desk_tsv_cell(out, quote->name.data, quote->name.len);
	else
		write_span(out, doc, quote->speaker.start, quote->speaker.end);
	desk_buffer_byte(out, '\t');
	write_span(out, doc, quote->cue.start, quote->cue.end);
	desk_buffer_byte(out, '\t');
	write_span(out, doc, quote->start, quote->end);
}

void
desk_tsv_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out)
{
	const struct desk_doc *doc = record->doc;
	size_t count = desk_doc_count(doc, options->makes);
	for (size_t i = 0; i < count; i++) {
		desk_tsv_cell(out, doc->id.data, doc->id.len);
		if (options->makes == DESK_SENTS) {
			const struct desk_sent *s = &doc->sents[i];
			write_tab_number(
			    out, record->paragraphs + s->paragraph);
			write_offsets(record, options, out, s->start, s->end);
			write_span(out, doc, s->start, s->end);
		} else if (options->makes == DESK_ENTS) {
			const struct desk_ent *e = &doc->ents[i];
			write_offsets(record, options, out, e->start, e->end);
			desk_tsv_cell(out, e->label, strlen(e->label));
			desk_buffer_byte(out, '\t');
			write_span(out, doc, e->start, e->end);
			if (options->scores)
				desk_buffer_byte(out, '\t');
			if (options->scores && e->score)
				desk_thousandths_write(e->score, out);
		} else {
			write_quote(record, options, out, &doc->quotes[i]);
		}
		desk_buffer_byte(out, '\n');
	}
}
