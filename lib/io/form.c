/* form.c - the table of forms, and what they share. */
#include "io/form.h"

const struct desk_form desk_forms[DESK_FORM_COUNT] = {
    [DESK_FORM_TEXT] = {"text", desk_text_read, desk_text_write},
    [DESK_FORM_JSONL] = {"jsonl", desk_jsonl_read, desk_jsonl_write},
    [DESK_FORM_TSV] = {"tsv", NULL, desk_tsv_write},
    [DESK_FORM_HTML] = {"html", desk_html_read, desk_view_write},
    [DESK_FORM_WARC] = {"warc", desk_warc_read, NULL},
    [DESK_FORM_MARKDOWN] = {"markdown", NULL, desk_markdown_write},
    [DESK_FORM_CONLL] = {"conll", desk_conll_read, desk_conll_write},
    [DESK_FORM_BRAT] = {"brat", NULL, desk_brat_write},
};

enum desk_form_id
desk_form_of(enum desk_from from)
{
	static const enum desk_form_id forms[] = {
	    [DESK_FROM_AUTO] = DESK_FORM_TEXT,
	    [DESK_FROM_TEXT] = DESK_FORM_TEXT,
	    [DESK_FROM_JSONL] = DESK_FORM_JSONL,
	    [DESK_FROM_HTML] = DESK_FORM_HTML,
	    [DESK_FROM_WARC] = DESK_FORM_WARC,
	    [DESK_FROM_CONLL] = DESK_FORM_CONLL,
	};
	return forms[from];
}

uint64_t
desk_offset(
    struct desk_doc *doc, const struct desk_io_options *options, size_t byte)
{
	return options->bytes
		   ? doc->base_bytes + byte
		   : doc->base_codepoints + desk_doc_codepoint(doc, byte);
}

void
desk_label_write(const char *label, struct desk_buffer *out)
{
	if (!*label)
		desk_buffer_byte(out, '_');
	for (; *label; label++)
		desk_buffer_byte(
		    out, *label == ' ' || (*label >= '\t' && *label <= '\r')
			     ? '_'
			     : *label);
}

void
desk_thousandths_write(uint64_t n, struct desk_buffer *out)
{
	desk_buffer_number(out, n / 1000);
	desk_buffer_byte(out, '.');
	for (uint64_t unit = 100; unit; unit /= 10)
		desk_buffer_byte(out, (char)('0' + n / unit % 10));
}

const char *
desk_quote_kind_name(enum desk_quote_kind kind)
{
	static const char names[][9] = {"direct", "mixed", "indirect", "scare"};
	return names[kind];
}

const char *
desk_block_kind_name(enum desk_block_kind kind)
{
	static const char names[][13] = {"paragraph", "heading", "item",
	    "quotation", "row", "preformatted", "caption"};
	return names[kind];
}
