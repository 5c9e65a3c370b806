/* form.c - the table of forms, and what they share. */
#include "io/form.h"

const struct desk_form desk_forms[DESK_FORM_COUNT] = {
    [DESK_FORM_TEXT] = {"text", desk_text_read, desk_text_write},
    [DESK_FORM_JSONL] = {"jsonl", desk_jsonl_read, desk_jsonl_write},
    [DESK_FORM_TSV] = {"tsv", NULL, desk_tsv_write},
};

uint64_t
desk_offset(
    struct desk_doc *doc, const struct desk_io_options *options, size_t byte)
{
	return options->bytes
		   ? doc->base_bytes + byte
		   : doc->base_codepoints + desk_doc_codepoint(doc, byte);
}

const char *
desk_quote_kind_name(enum desk_quote_kind kind)
{
	static const char names[][9] = {"direct", "mixed", "indirect"};
	return names[kind];
}
