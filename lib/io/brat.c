/*
 * brat.c - a layer as standoff annotations, the .ann file of brat.
 *
 * An annotation is a line: T with its type, place and text, R between two of
 * them, # a note on one.  A text that goes over a line end is one of several
 * fragments, as brat wants it.  Parts of a long document must not use a number
 * twice: a part counts on from its place in the document, which is more than
 * the annotations before it can be.
 */
#include <string.h>

#include "io/form.h"

struct brat {
	struct desk_record *record;
	const struct desk_io_options *options;
	struct desk_buffer *out;
	uint64_t texts, links, notes; /* the last numbers used */
};

/* The next fragment of a stretch: what stands between line ends and tabs,
 * without the blanks next to those. */
static bool
next_fragment(
    const struct desk_doc *doc, struct desk_span *rest, struct desk_span *span)
{
	const char *text = doc->text.data;
	uint32_t at = rest->start, stop = rest->end;
	while (at < stop && (text[at] == ' ' || text[at] == '\t' ||
				text[at] == '\n' || text[at] == '\r'))
		at++;
	span->start = span->end = at;
	for (; at < stop && text[at] != '\n' && text[at] != '\t'; at++)
		if (text[at] != ' ' && text[at] != '\r')
			span->end = at + 1;
	rest->start = at;
	return span->start < span->end;
}

static void
write_head(struct brat *b, char letter, uint64_t number)
{
	desk_buffer_byte(b->out, letter);
	desk_buffer_number(b->out, number);
	desk_buffer_byte(b->out, '\t');
}

/* The fragments of all parts, as places or as text; false: there are none. */
static bool
write_fragments(
    struct brat *b, const struct desk_span *parts, size_t count, bool places)
{
	struct desk_doc *doc = b->record->doc;
	struct desk_span span;
	bool any = false;
	for (size_t i = 0; i < count; i++)
		for (struct desk_span rest = parts[i];
		     next_fragment(doc, &rest, &span); any = true) {
			if (!places) {
				desk_buffer_string(b->out, any ? " " : "");
				desk_buffer_append(b->out,
				    doc->text.data + span.start,
				    span.end - span.start);
				continue;
			}
			desk_buffer_byte(b->out, any ? ';' : ' ');
			desk_buffer_number(
			    b->out, desk_offset(doc, b->options, span.start));
			desk_buffer_byte(b->out, ' ');
			desk_buffer_number(
			    b->out, desk_offset(doc, b->options, span.end));
		}
	return any;
}

/* Writes a T line and returns its number; 0 where it has no text. */
static uint64_t
write_text(struct brat *b, const char *type, const struct desk_span *parts,
    size_t count)
{
	size_t before = b->out->len;
	write_head(b, 'T', b->texts + 1);
	desk_label_write(type, b->out);
	if (!write_fragments(b, parts, count, true)) {
		b->out->len = before;
		return 0;
	}
	desk_buffer_byte(b->out, '\t');
	write_fragments(b, parts, count, false);
	desk_buffer_byte(b->out, '\n');
	return ++b->texts;
}

static void
write_link(struct brat *b, const char *type, uint64_t from, uint64_t to)
{
	if (!from || !to)
		return;
	write_head(b, 'R', ++b->links);
	desk_buffer_string(b->out, type);
	desk_buffer_string(b->out, " Arg1:T");
	desk_buffer_number(b->out, from);
	desk_buffer_string(b->out, " Arg2:T");
	desk_buffer_number(b->out, to);
	desk_buffer_byte(b->out, '\n');
}

/* The speaker's fullest name, where the text at the place is another. */
static void
write_name(struct brat *b, const struct desk_quote *quote, uint64_t of)
{
	const struct desk_span *at = &quote->speaker;
	struct desk_slice name = quote->name;
	if (!of || !name.data ||
	    (name.len == at->end - at->start &&
		!memcmp(name.data, b->record->doc->text.data + at->start,
		    name.len)))
		return;
	write_head(b, '#', ++b->notes);
	desk_buffer_string(b->out, "AnnotatorNotes T");
	desk_buffer_number(b->out, of);
	desk_buffer_byte(b->out, '\t');
	for (size_t i = 0; i < name.len; i++)
		desk_buffer_byte(
		    b->out, name.data[i] == '\n' || name.data[i] == '\t'
				? ' '
				: name.data[i]);
	desk_buffer_byte(b->out, '\n');
}

static void
write_quote(struct brat *b, const struct desk_quote *quote)
{
	static const char *const types[] = {[DESK_DIRECT] = "Direct",
	    [DESK_MIXED] = "Mixed",
	    [DESK_INDIRECT] = "Indirect",
	    [DESK_SCARE] = "Scare"};
	uint64_t said =
	    write_text(b, types[quote->kind], quote->parts, quote->part_count);
	uint64_t cue = write_text(b, "Cue", &quote->cue, 1);
	uint64_t speaker = write_text(b, "Speaker", &quote->speaker, 1);
	write_link(b, "HasCue", said, cue);
	write_link(b, "SaidBy", said, speaker);
	/* Of one who is not named beside the quotation, that is the place. */
	write_name(b, quote, speaker ? speaker : said);
}

void
desk_brat_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out)
{
	const struct desk_doc *doc = record->doc;
	/* A quotation has three texts, in bytes of its own or not. */
	uint64_t base = 4 * doc->base_bytes;
	struct brat brat = {record, options, out, base, base, base};
	if (options->makes == DESK_QUOTES)
		for (size_t i = 0; i < doc->quote_count; i++)
			write_quote(&brat, &doc->quotes[i]);
	else
		for (size_t i = 0; i < doc->ent_count; i++) {
			struct desk_span span = {
			    doc->ents[i].start, doc->ents[i].end};
			write_text(&brat, doc->ents[i].label, &span, 1);
		}
}
