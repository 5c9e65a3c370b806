/*
 * conll.c - documents in columns: a token and its label a line.
 *
 * Labels are read in any of the usual ways (IOB1, IOB2, BIOES and its like) and
 * written as IOB2.  What came in columns goes out line by line, its tokens as
 * they are, so that the two can be laid side by side; the tokens of any other
 * text are ours, and one in which an entity begins or ends is cut there.
 */
#include "io/conll.h"

#include "core/error.h"
#include "core/slice.h"
#include "core/utf8.h"
#include "doc/layout.h"
#include "doc/tokens.h"
#include "io/form.h"

/* Reading. */

struct reading {
	struct desk_doc *doc;
	char *text;
	size_t len;
	struct desk_ent *ents;
	struct desk_sent *sents;
	size_t ent_count, ent_room, sent_count, sent_room;
	bool labels; /* there is a column of them */
	bool open;   /* the last entity may go on */
};

/* A label as its letter and what it is of; false where it is none. */
static bool
split_label(struct desk_slice label, char *letter, struct desk_slice *type)
{
	*letter = 'O';
	if (!label.data || desk_slice_is(label, "O") ||
	    desk_slice_is(label, "_") || desk_slice_is(label, "-"))
		return true;
	if (label.len < 3 || label.data[1] != '-' ||
	    !memchr("BIESLUM", label.data[0], 7) ||
	    memchr(label.data, '\0', label.len))
		return false;
	*letter = label.data[0];
	*type = desk_slice(label.data + 2, label.len - 2);
	return true;
}

static int
add_ent(struct reading *r, size_t start, struct desk_slice type,
    struct desk_error *error)
{
	struct desk_arena *arena = &r->doc->arena;
	const struct desk_ent *last =
	    r->ent_count ? &r->ents[r->ent_count - 1] : NULL;
	const char *label = last ? last->label : NULL;
	if (!last || !desk_slice_is(type, label)) {
		char *copy = desk_arena_alloc(arena, type.len + 1);
		if (!copy)
			return desk_fail_memory(error);
		memcpy(copy, type.data, type.len);
		copy[type.len] = '\0';
		label = copy;
	}
	if (!DESK_RESERVE(arena, r->ents, r->ent_count, r->ent_room))
		return desk_fail_memory(error);
	r->ents[r->ent_count++] =
	    (struct desk_ent){(uint32_t)start, (uint32_t)r->len, label, 0};
	return 0;
}

/* Takes the token into the last entity or a new one. */
static int
read_label(struct reading *r, size_t start, struct desk_slice label,
    struct desk_error *error)
{
	struct desk_slice type;
	char letter;
	r->labels |= label.data != NULL;
	if (!split_label(label, &letter, &type)) {
		char shown[48];
		size_t n = label.len < 40 ? label.len : 40;
		n = desk_utf8_valid(label.data, n);
		memcpy(shown, label.data, n);
		shown[n] = '\0';
		return desk_fail(error, DESK_EDATA,
		    "not a label such as B-PER or O: '%s'", shown);
	}
	if (letter == 'O' || r->len == start) {
		r->open = r->open && letter != 'O';
		return 0;
	}
	struct desk_ent *last = r->open ? &r->ents[r->ent_count - 1] : NULL;
	bool goes_on = last && memchr("IELM", letter, 4) &&
		       desk_slice_is(type, last->label);
	r->open = memchr("BIM", letter, 3) != NULL;
	if (!goes_on)
		return add_ent(r, start, type, error);
	last->end = (uint32_t)r->len;
	return 0;
}

static int
read_token(struct reading *r, const struct desk_conll_line *line, bool fresh,
    struct desk_error *error)
{
	size_t gap = strlen(line->gap);
	memcpy(r->text + r->len, line->gap, gap);
	r->len += gap;
	size_t start = r->len;
	if (line->token.len)
		memcpy(r->text + start, line->token.data, line->token.len);
	r->len += line->token.len;
	if (fresh) {
		if (!DESK_RESERVE(
			&r->doc->arena, r->sents, r->sent_count, r->sent_room))
			return desk_fail_memory(error);
		r->sents[r->sent_count++] =
		    (struct desk_sent){(uint32_t)start, 0, 1};
	}
	if (r->sent_count)
		r->sents[r->sent_count - 1].end = (uint32_t)r->len;
	return read_label(r, start, line->label, error);
}

int
desk_conll_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error)
{
	struct desk_doc *doc = record->doc;
	const struct desk_frame *frame = &record->frame;
	struct reading r = {.doc = doc};
	struct desk_conll walk = desk_conll_open(frame->bytes);
	(void)options;
	desk_doc_clear(doc);
	r.text = desk_arena_alloc(&doc->arena, frame->bytes.len + 1);
	if (!r.text)
		return desk_fail_memory(error);
	bool fresh = true;
	for (struct desk_conll_line line; desk_conll_next(&walk, &line);) {
		int err = 0;
		if (line.kind != DESK_CONLL_TOKEN) {
			fresh = true;
			r.open = false;
		} else {
			err = read_token(
			    &r, &line, fresh && line.token.len, error);
			fresh = fresh && !line.token.len;
		}
		if (err)
			return err;
		record->line++;
	}
	record->line = 0;
	doc->text = desk_slice(r.text, r.len);
	doc->base_bytes = frame->base_bytes;
	doc->base_codepoints = frame->base_codepoints;
	doc->part = frame->part;
	desk_doc_set_sents(doc, r.sents, r.sent_count);
	if (r.labels)
		desk_doc_set_ents(doc, r.ents, r.ent_count);
	/* Labels that are all O are a form to be filled in. */
	record->came = DESK_SENTS | (r.ent_count ? DESK_ENTS : 0);
	record->has_text = true;
	return desk_name_document(record, error);
}

/* Writing. */

struct labeller {
	struct desk_doc *doc;
	size_t next; /* the first entity that does not end before here */
	size_t last; /* the entity that was written last, and one */
};

/* The entity at or behind a place, or NULL. */
static const struct desk_ent *
ent_from(struct labeller *l, size_t start)
{
	const struct desk_ent *ents = l->doc->ents;
	while (l->next < l->doc->ent_count &&
	       (ents[l->next].end <= start ||
		   ents[l->next].start == ents[l->next].end))
		l->next++;
	return l->next < l->doc->ent_count ? &ents[l->next] : NULL;
}

static void
write_line(
    struct labeller *l, size_t start, size_t end, struct desk_buffer *out)
{
	const struct desk_ent *ent = ent_from(l, start);
	desk_buffer_append(out, l->doc->text.data + start, end - start);
	bool inside = ent && ent->start < end;
	if (!inside) {
		desk_buffer_append(out, "\tO\n", 3);
		return;
	}
	desk_buffer_string(out, l->last == l->next + 1 ? "\tI-" : "\tB-");
	l->last = l->next + 1;
	desk_label_write(ent->label, out);
	desk_buffer_byte(out, '\n');
}

static void
write_given(struct desk_record *record, struct desk_buffer *out)
{
	struct labeller labeller = {.doc = record->doc};
	struct desk_conll walk = desk_conll_open(record->frame.bytes);
	size_t at = 0;
	for (struct desk_conll_line line; desk_conll_next(&walk, &line);) {
		if (line.kind == DESK_CONLL_BLANK) {
			desk_buffer_byte(out, '\n');
		} else if (line.kind == DESK_CONLL_BORDER) {
			desk_buffer_string(out, DESK_CONLL_BEGIN);
		} else {
			at += strlen(line.gap);
			write_line(&labeller, at, at + line.token.len, out);
			at += line.token.len;
		}
	}
}

struct tokens {
	struct desk_token *items;
	size_t count, room;
};

/* A sentence; nothing where there is no token in it. */
static void
write_sentence(struct labeller *l, struct tokens *tokens, size_t start,
    size_t end, struct desk_buffer *out)
{
	struct desk_doc *doc = l->doc;
	tokens->count = 0;
	if (desk_tokenize(doc->text, start, end, &doc->arena, &tokens->items,
		&tokens->count, &tokens->room, NULL))
		out->failed = true;
	for (size_t i = 0; i < tokens->count && !out->failed; i++) {
		size_t at = tokens->items[i].start, stop;
		for (; at < tokens->items[i].end; at = stop) {
			const struct desk_ent *ent = ent_from(l, at);
			stop = tokens->items[i].end;
			if (ent && ent->start > at && ent->start < stop)
				stop = ent->start;
			else if (ent && ent->start <= at && ent->end < stop)
				stop = ent->end;
			write_line(l, at, stop, out);
		}
	}
	if (tokens->count)
		desk_buffer_byte(out, '\n');
}

void
desk_conll_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out)
{
	struct desk_doc *doc = record->doc;
	struct labeller labeller = {.doc = doc};
	struct tokens tokens = {NULL, 0, 0};
	struct desk_span span;
	size_t at = 0;
	(void)options;
	if (record->frame.form == DESK_FROM_CONLL) {
		write_given(record, out);
		return;
	}
	/* What lies between two sentences is one, too. */
	for (size_t i = 0; i < doc->sent_count; i++) {
		const struct desk_sent *sent = &doc->sents[i];
		if (sent->start > at)
			write_sentence(
			    &labeller, &tokens, at, sent->start, out);
		at = sent->start > at ? sent->start : at;
		if (sent->end > at)
			write_sentence(&labeller, &tokens, at, sent->end, out);
		at = sent->end > at ? sent->end : at;
	}
	if (doc->layers & DESK_SENTS) {
		write_sentence(&labeller, &tokens, at, doc->text.len, out);
		return;
	}
	bool wrapped = desk_layout_wrapped(doc->text);
	while (desk_paragraph_next(doc->text, wrapped, &at, &span))
		write_sentence(&labeller, &tokens, span.start, span.end, out);
}
