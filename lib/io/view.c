/*
 * view.c - a document as an article of a web page.
 *
 * Title and byline, what is marked and how often, the text, who said what, and
 * the names.  A document that came in parts has the last four for each of them.
 */
#include "io/view.h"

#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "io/layers.h"

enum { TITLE_MAX = 300, BY_MAX = 200 };

/* A member of a record as text; false: memory ran out. */
static bool
read_member(struct desk_record *record, const char *name, struct desk_slice *to)
{
	const struct desk_json_member *m =
	    record->frame.form == DESK_FROM_JSONL
		? desk_layers_member(record, name)
		: NULL;
	if (!m || m->kind != DESK_JSON_STRING)
		return true;
	char *s = desk_arena_alloc(&record->doc->arena, m->value.len + 1);
	if (!s)
		return false;
	*to = desk_slice(s, desk_json_unescape(m->value, s));
	return true;
}

/* What is known of where the text is from: what a record says counts. */
static void
find_meta(struct desk_view_writer *w)
{
	struct desk_meta_item items[DESK_META_COUNT];
	struct desk_slice *const to[DESK_META_COUNT] = {
	    &w->title, &w->author, &w->date, &w->site, &w->lang, &w->url};
	desk_meta_list(w->record, items);
	for (size_t i = 0; i < DESK_META_COUNT; i++) {
		size_t start = 0, end;
		*to[i] = items[i].value;
		w->failed |= !read_member(w->record, items[i].name, to[i]);
		end = to[i]->len;
		if (end)
			desk_trim(to[i]->data, &start, &end);
		*to[i] = desk_slice(
		    to[i]->data ? to[i]->data + start : "", end - start);
	}
}

/* A tag of a language, as BCP 47 has them: letters, digits and hyphens. */
static bool
is_tag(struct desk_slice lang)
{
	for (size_t i = 0; i < lang.len; i++) {
		char c = lang.data[i], small = (char)(c | 0x20);
		if (!((small >= 'a' && small <= 'z') ||
			(i && ((c >= '0' && c <= '9') || c == '-'))))
			return false;
	}
	return lang.len > 1 && lang.len < 36 && lang.data[lang.len - 1] != '-';
}

/* The page's language is not said of what may be in another. */
static void
find_lang(struct desk_view_writer *w)
{
	struct desk_slice lang = w->lang;
	if (!is_tag(lang))
		w->lang = desk_slice("", 0);
	w->foreign = !w->lang.len || (lang.data[0] | 0x20) != 'e' ||
		     (lang.data[1] | 0x20) != 'n' ||
		     (lang.len > 2 && lang.data[2] != '-');
}

/* -- title and byline ----------------------------------------------------- */

static bool
is_stdin(struct desk_slice id)
{
	return id.len && id.data[0] == '-' &&
	       (id.len == 1 || id.data[1] == '#' || id.data[1] == ':');
}

/* The name of a file may be any bytes. */
static void
find_id(struct desk_view_writer *w)
{
	struct desk_buffer clean = {0};
	w->id = w->doc->id;
	if (desk_utf8_valid(w->id.data, w->id.len) == w->id.len)
		return;
	desk_utf8_repair(&clean, w->id.data, w->id.len);
	char *copy = desk_view_alloc(w, clean.len, 1);
	w->failed |= clean.failed;
	if (copy && clean.len)
		memcpy(copy, clean.data, clean.len);
	w->id = desk_slice(copy, copy ? clean.len : 0);
	desk_buffer_release(&clean);
}

/* On one line: the title, or what else a document can be called by. */
static void
write_title(struct desk_view_writer *w)
{
	struct desk_slice title = w->title, id = w->id;
	if (!title.len && w->headline)
		title = desk_slice(w->doc->text.data + w->pieces[0].start,
		    w->pieces[0].end - w->pieces[0].start);
	if (!title.len && id.len && !is_stdin(id))
		title = id;
	if (title.len)
		desk_view_line(w->out, title.data, title.len, TITLE_MAX);
	else
		desk_buffer_string(w->out, "Untitled");
}

/* Begins another part of the byline. */
static void
write_dot(struct desk_view_writer *w, bool *any)
{
	desk_buffer_string(w->out, *any ? " · " : "<p class=\"by\">");
	*any = true;
}

/* 2023-03-21, and maybe more. */
static bool
is_date(struct desk_slice date)
{
	static const char form[] = "0000-00-00";
	for (size_t i = 0; form[i]; i++) {
		char c = i < date.len ? date.data[i] : ' ';
		if (form[i] == '-' ? c != '-' : c < '0' || c > '9')
			return false;
	}
	int month = (date.data[5] - '0') * 10 + date.data[6] - '0';
	int day = (date.data[8] - '0') * 10 + date.data[9] - '0';
	int year = (date.data[2] - '0') * 10 + date.data[3] - '0';
	int century = (date.data[0] - '0') * 10 + date.data[1] - '0';
	bool leap = year ? year % 4 == 0 : century % 4 == 0;
	int last = month == 2 ? 28 + leap : 30 + (month + (month > 7)) % 2;
	return century + year > 0 && month > 0 && month < 13 && day > 0 &&
	       day <= last;
}

static void
write_date(struct desk_view_writer *w)
{
	bool machine = is_date(w->date);
	if (machine) {
		desk_buffer_string(w->out, "<time datetime=\"");
		desk_buffer_append(w->out, w->date.data, 10);
		desk_buffer_string(w->out, "\">");
	}
	/* The time of day says little. */
	if (machine && w->date.len > 10 && w->date.data[10] == 'T')
		desk_buffer_append(w->out, w->date.data, 10);
	else
		desk_view_line(w->out, w->date.data, w->date.len, BY_MAX);
	desk_buffer_string(w->out, machine ? "</time>" : "");
}

/* The site, with its address; or the host's name. */
static void
write_site(struct desk_view_writer *w)
{
	struct desk_slice name = w->site, url = w->url;
	bool link = desk_view_linkable(url);
	if (link) {
		desk_buffer_string(
		    w->out, "<a rel=\"nofollow noreferrer\" href=\"");
		desk_view_text(w->out, url.data, url.len);
		desk_buffer_string(w->out, "\">");
	}
	if (!name.len && link) {
		const char *host = memchr(url.data, '/', url.len);
		size_t from = (size_t)(host + 2 - url.data), end = from;
		while (end < url.len && url.data[end] != '/')
			end++;
		name = desk_slice(url.data + from, end - from);
	}
	if (!name.len)
		name = url;
	desk_view_line(w->out, name.data, name.len, BY_MAX);
	desk_buffer_string(w->out, link ? "</a>" : "");
}

static void
write_byline(struct desk_view_writer *w)
{
	struct desk_slice id = w->id;
	bool any = false;
	if (w->author.len) {
		write_dot(w, &any);
		desk_buffer_string(w->out, "<span class=\"author\">");
		desk_view_line(w->out, w->author.data, w->author.len, BY_MAX);
		desk_buffer_string(w->out, "</span>");
	}
	if (w->date.len) {
		write_dot(w, &any);
		write_date(w);
	}
	if (w->site.len || w->url.len) {
		write_dot(w, &any);
		write_site(w);
	}
	if (id.len && !is_stdin(id) && (w->title.len || w->headline)) {
		write_dot(w, &any);
		desk_buffer_string(w->out, "<span class=\"id\">");
		desk_view_line(w->out, id.data, id.len, BY_MAX);
		desk_buffer_string(w->out, "</span>");
	}
	desk_buffer_string(w->out, any ? "</p>\n" : "");
}

static void
write_header(struct desk_view_writer *w)
{
	desk_buffer_string(w->out, "<header>\n<h2 id=\"");
	desk_view_place(w, 't', 0);
	desk_buffer_byte(w->out, '"');
	desk_view_lang(w);
	desk_buffer_byte(w->out, '>');
	if (w->headline)
		desk_view_inline(w, w->pieces[0].start, w->pieces[0].end,
		    desk_view_next(w, 0));
	else
		write_title(w);
	desk_buffer_string(w->out, "</h2>\n");
	write_byline(w);
	desk_buffer_string(w->out, "</header>\n");
}

void
desk_view_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out)
{
	struct desk_view_writer w = {.record = record,
	    .doc = record->doc,
	    .options = options,
	    .out = out,
	    .arena = &record->doc->arena};
	find_id(&w);
	find_meta(&w);
	find_lang(&w);
	desk_view_find_pieces(&w);
	desk_view_find_names(&w);
	desk_view_find_speakers(&w);
	desk_view_find_marks(&w);
	if (w.failed) {
		out->failed = true;
		return;
	}
	if (!record->frame.part) {
		desk_view_theirs(&w);
		desk_buffer_byte(out, '>');
		write_title(&w);
	}
	desk_buffer_byte(out, '\n');
	if (!record->frame.part)
		write_header(&w);
	desk_buffer_string(out, w.name_count ? "<div class=\"part two\">\n"
					     : "<div class=\"part\">\n");
	desk_view_key(&w);
	desk_buffer_string(out, "<div class=\"text\"");
	desk_view_lang(&w);
	desk_buffer_string(out, ">\n");
	if (w.piece_count)
		desk_view_blocks(&w);
	else
		desk_buffer_string(
		    out, "<p class=\"none\">There is no text.</p>\n");
	desk_buffer_string(out, "</div>\n");
	desk_view_quotes(&w);
	desk_view_names(&w);
	desk_buffer_string(out, "</div>\n");
	out->failed |= w.failed;
}
