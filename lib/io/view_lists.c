/*
 * view_lists.c - the lists of a document: who said what, and who is named.
 *
 * They stand behind the text and lead to places in it, those that are there;
 * what they quote of it is cut, so that quotations over one another do not make
 * the page longer than the text and its layers are.
 */
#include "io/view.h"

#include <stdlib.h>

#include "core/slice.h"
#include "core/unicode.h"

enum { SAID_MAX = 2000, SAID_LEAST = 100, SPEAKER_MAX = 200 };

/* -- names ---------------------------------------------------------------- */

static int
by_label(const void *a, const void *b)
{
	const struct desk_name *x = a, *y = b;
	unsigned k = desk_view_label_order(x->label);
	unsigned n = desk_view_label_order(y->label);
	int order = k != n ? (k < n ? -1 : 1) : strcmp(x->label, y->label);
	if (order)
		return order;
	if (x->mentions != y->mentions)
		return x->mentions > y->mentions ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

void
desk_view_find_names(struct desk_view_writer *w)
{
	struct desk_name *names = NULL;
	size_t count = 0;
	w->ents = desk_view_alloc(w, w->doc->ent_count, sizeof *w->ents);
	if (!w->ents)
		return;
	if (!desk_names_list(w->record, &names, &count)) {
		w->failed = true;
		return;
	}
	if (count)
		qsort(names, count, sizeof *names, by_label);
	for (size_t i = 0; i < count; i++)
		w->ents[names[i].first] |= DESK_SHOWN_WANTED;
	w->names = names;
	w->name_count = count;
}

/* The names of one label, from number i: how many, and their mentions. */
static size_t
group(const struct desk_view_writer *w, size_t i, uint64_t *mentions)
{
	size_t end = i;
	*mentions = 0;
	for (; end < w->name_count &&
	       !strcmp(w->names[end].label, w->names[i].label);
	     end++)
		*mentions += w->names[end].mentions;
	return end;
}

static void
write_label(struct desk_view_writer *w, const char *label)
{
	const char *name = desk_view_label_name(label);
	desk_view_line(w->out, name, strlen(name), 40);
}

/* How many, and of what: "6 mentions"; or the figure alone. */
static void
write_count(struct desk_view_writer *w, uint64_t n, const char *of)
{
	desk_buffer_string(w->out, " <span class=\"n\"");
	if (of)
		desk_view_ours(w);
	desk_buffer_byte(w->out, '>');
	desk_buffer_number(w->out, n);
	if (of)
		desk_view_put(w->out, " ", of, n == 1 ? "" : "s", NULL);
	desk_buffer_string(w->out, "</span>");
}

static void
write_name(struct desk_view_writer *w, const struct desk_name *name)
{
	bool placed = w->ents[name->first] & DESK_SHOWN_PLACE;
	desk_buffer_string(w->out, "<li>");
	if (placed) {
		desk_buffer_string(w->out, "<a href=\"#");
		desk_view_place(w, 'e', name->first + 1);
		desk_buffer_string(w->out, "\">");
	}
	desk_view_text(w->out, name->text.data, name->text.len);
	desk_buffer_string(w->out, placed ? "</a>" : "");
	write_count(w, name->mentions, NULL);
	desk_buffer_string(w->out, "</li>\n");
}

void
desk_view_names(struct desk_view_writer *w)
{
	uint64_t mentions;
	if (!w->name_count)
		return;
	desk_buffer_string(w->out, "<aside class=\"names\"><h3>Names</h3>\n");
	for (size_t i = 0, end; i < w->name_count; i = end) {
		const char *label = w->names[i].label;
		end = group(w, i, &mentions);
		desk_buffer_string(w->out, "<section><h4 class=\"");
		desk_view_put(
		    w->out, desk_view_label_class(label), "\" id=\"", NULL);
		desk_view_place(w, 'l', i + 1);
		desk_buffer_string(w->out, "\">");
		write_label(w, label);
		write_count(w, mentions, "mention");
		desk_buffer_string(w->out, "</h4>\n<ul role=\"list\"");
		desk_view_theirs(w);
		desk_buffer_string(w->out, ">\n");
		for (; i < end; i++)
			write_name(w, &w->names[i]);
		desk_buffer_string(w->out, "</ul></section>\n");
	}
	desk_buffer_string(w->out, "</aside>\n");
}

/* -- speakers ------------------------------------------------------------- */

struct said {
	struct desk_slice name;
	size_t quote;
};

static int
by_name(const void *a, const void *b)
{
	const struct said *x = a, *y = b;
	size_t n = x->name.len < y->name.len ? x->name.len : y->name.len;
	int order = n ? memcmp(x->name.data, y->name.data, n) : 0;
	if (order)
		return order;
	if (x->name.len != y->name.len)
		return x->name.len < y->name.len ? -1 : 1;
	return x->quote < y->quote ? -1 : x->quote > y->quote;
}

static int
by_first(const void *a, const void *b)
{
	const struct desk_view_speaker *x = a, *y = b;
	/* Nobody comes last. */
	if (!x->name.data != !y->name.data)
		return x->name.data ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

/* The name that a quotation is listed under. */
static struct desk_slice
speaker_of(const struct desk_doc *doc, const struct desk_quote *quote)
{
	struct desk_slice name = quote->name;
	if (quote->kind == DESK_SCARE)
		return desk_slice(NULL, 0);
	if (!name.data && quote->speaker.start < quote->speaker.end)
		name = desk_slice(doc->text.data + quote->speaker.start,
		    quote->speaker.end - quote->speaker.start);
	return name.len ? name : desk_slice(NULL, 0);
}

void
desk_view_find_speakers(struct desk_view_writer *w)
{
	const struct desk_doc *doc = w->doc;
	size_t count = doc->quote_count, n = 0;
	struct said *said = desk_view_alloc(w, count, sizeof *said);
	w->quotes = desk_view_alloc(w, count, sizeof *w->quotes);
	w->said_by = desk_view_alloc(w, count, sizeof *w->said_by);
	w->speakers = desk_view_alloc(w, count, sizeof *w->speakers);
	size_t *rank = desk_view_alloc(w, count, sizeof *rank);
	if (w->failed)
		return;
	for (size_t i = 0; i < count; i++) {
		said[i] = (struct said){speaker_of(doc, &doc->quotes[i]), i};
		w->quotes[i] = DESK_SHOWN_WANTED;
	}
	if (count)
		qsort(said, count, sizeof *said, by_name);
	for (size_t i = 0; i < count; i++) {
		if (!i || !desk_slice_equal(said[i].name, said[i - 1].name))
			w->speakers[n++] = (struct desk_view_speaker){
			    said[i].name, said[i].quote, 0};
		w->speakers[n - 1].count++;
	}
	if (n)
		qsort(w->speakers, n, sizeof *w->speakers, by_first);
	/* Which speaker begins with a quotation, then with all of the same. */
	for (size_t i = 0; i < n; i++)
		rank[w->speakers[i].first] = i;
	for (size_t i = 0, first = 0; i < count; i++) {
		if (!i || !desk_slice_equal(said[i].name, said[i - 1].name))
			first = said[i].quote;
		w->said_by[said[i].quote] = (uint32_t)rank[first];
	}
	w->speaker_count = n;
}

/* -- quotations ----------------------------------------------------------- */

/* Together quotations show twice the text at most, and then their beginnings
 * only. */
static void
write_parts(struct desk_view_writer *w, const struct desk_quote *quote)
{
	size_t room = w->said < SAID_MAX ? w->said : SAID_MAX;
	bool direct = quote->kind == DESK_DIRECT || quote->kind == DESK_SCARE;
	if (room < SAID_LEAST)
		room = SAID_LEAST;
	for (size_t p = 0; p < quote->part_count && room; p++) {
		struct desk_span part = quote->parts[p];
		size_t len = part.end - part.start;
		size_t cost = len + 8 < room ? len + 8 : room;
		if (p)
			desk_buffer_string(w->out, " … ");
		desk_buffer_string(w->out, direct ? "<q>" : "");
		desk_view_line(
		    w->out, w->doc->text.data + part.start, len, room);
		desk_buffer_string(w->out, direct ? "</q>" : "");
		room -= cost;
		w->said -= cost < w->said ? cost : w->said;
	}
}

static void
write_quote(struct desk_view_writer *w, size_t i)
{
	const struct desk_quote *quote = &w->doc->quotes[i];
	const char *kind = desk_quote_kind_name(quote->kind);
	desk_buffer_string(w->out, "<li id=\"");
	desk_view_place(w, 'w', i + 1);
	desk_view_put(w->out, "\"><blockquote class=\"", kind, "\"", NULL);
	desk_view_theirs(w);
	desk_buffer_string(w->out, "><p>");
	write_parts(w, quote);
	desk_view_put(
	    w->out, "</p></blockquote>\n<p class=\"how\">", kind, NULL);
	if (quote->cue.start < quote->cue.end) {
		desk_buffer_string(w->out, ", <span class=\"cue\"");
		desk_view_theirs(w);
		desk_buffer_byte(w->out, '>');
		desk_view_line(w->out, w->doc->text.data + quote->cue.start,
		    quote->cue.end - quote->cue.start, SPEAKER_MAX);
		desk_buffer_string(w->out, "</span>");
	}
	if (w->quotes[i] & DESK_SHOWN_PLACE) {
		desk_buffer_string(w->out, ", <a href=\"#");
		desk_view_place(w, 'q', i + 1);
		desk_buffer_string(w->out, "\" aria-label=\"Quotation ");
		desk_buffer_number(w->out, i + 1);
		desk_buffer_string(w->out, " in the text\">");
		desk_buffer_number(w->out, i + 1);
		desk_buffer_string(w->out, " in the text</a>");
	}
	desk_buffer_string(w->out, "</p></li>\n");
}

static void
write_speaker(
    struct desk_view_writer *w, const struct desk_view_speaker *speaker)
{
	desk_buffer_string(w->out, "<section><h4");
	if (speaker->name.data)
		desk_view_theirs(w);
	desk_buffer_byte(w->out, '>');
	if (speaker->name.data)
		desk_view_line(
		    w->out, speaker->name.data, speaker->name.len, SPEAKER_MAX);
	else
		desk_buffer_string(w->out, "Nobody named");
	write_count(w, speaker->count, "quotation");
	desk_buffer_string(w->out, "</h4>\n");
}

void
desk_view_quotes(struct desk_view_writer *w)
{
	size_t count = w->doc->quote_count;
	/* Quotations by speaker, in order: places where each begins. */
	size_t *order = desk_view_alloc(w, count, sizeof *order);
	size_t *at = desk_view_alloc(w, w->speaker_count, sizeof *at);
	if (!order || !at || !count)
		return;
	w->said = 2 * w->doc->text.len;
	for (size_t i = 1; i < w->speaker_count; i++)
		at[i] = at[i - 1] + w->speakers[i - 1].count;
	for (size_t i = 0; i < count; i++)
		order[at[w->said_by[i]]++] = i;
	desk_buffer_string(w->out, "<section class=\"said\">\n<h3 id=\"");
	desk_view_place(w, 'w', 0);
	desk_buffer_string(w->out, "\">Who said what</h3>\n");
	for (size_t s = 0, q = 0; s < w->speaker_count; s++) {
		const struct desk_view_speaker *speaker = &w->speakers[s];
		write_speaker(w, speaker);
		desk_buffer_string(w->out, "<ol role=\"list\">\n");
		for (size_t n = speaker->count; n; n--)
			write_quote(w, order[q++]);
		desk_buffer_string(w->out, "</ol></section>\n");
	}
	desk_buffer_string(w->out, "</section>\n");
}

/* -- the key -------------------------------------------------------------- */

static void
key_quotes(struct desk_view_writer *w)
{
	for (int kind = DESK_DIRECT; kind <= DESK_SCARE; kind++) {
		const char *name =
		    desk_quote_kind_name((enum desk_quote_kind)kind);
		uint64_t count = 0;
		for (size_t i = 0; i < w->doc->quote_count; i++)
			count += (int)w->doc->quotes[i].kind == kind;
		if (!count)
			continue;
		desk_buffer_string(w->out, "<li><a href=\"#");
		desk_view_place(w, 'w', 0);
		desk_view_put(w->out, "\"><span class=\"q ", name, "\">", name,
		    " quotations</span>", NULL);
		write_count(w, count, NULL);
		desk_buffer_string(w->out, "</a></li>\n");
	}
}

void
desk_view_key(struct desk_view_writer *w)
{
	uint64_t mentions;
	if (!w->name_count && !w->doc->quote_count)
		return;
	desk_buffer_string(w->out,
	    "<ul class=\"key\" role=\"list\" "
	    "aria-label=\"What is marked, and how often\">\n");
	key_quotes(w);
	for (size_t i = 0, end; i < w->name_count; i = end) {
		const char *label = w->names[i].label;
		end = group(w, i, &mentions);
		desk_buffer_string(w->out, "<li><a href=\"#");
		desk_view_place(w, 'l', i + 1);
		desk_view_put(w->out, "\"><span class=\"e ",
		    desk_view_label_class(label), "\" data-l=\"", NULL);
		desk_view_line(w->out, label, strlen(label), 40);
		desk_buffer_string(w->out, "\">");
		write_label(w, label);
		desk_buffer_string(w->out, "</span>");
		write_count(w, mentions, NULL);
		desk_buffer_string(w->out, "</a></li>\n");
	}
	desk_buffer_string(w->out, "</ul>\n");
}
