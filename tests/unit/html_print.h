/*
 * html_print.h - tokens as one line, for tests to compare.
 *
 * T[text] S[name]{[key]=[value]} (a "/" behind it for "/>") E[name]
 * C[comment] D[name][public][system] (a missing one is "-", "q" behind them
 * for quirks).  Everything is undone, names are in lower case, texts side by
 * side are one; ']' and '\' in a field have a '\' before them.
 */
#ifndef HTML_PRINT_H
#define HTML_PRINT_H

#include <stdlib.h>

#include "core/memory.h"
#include "core/slice.h"
#include "html/tokenizer.h"

static struct desk_buffer shown, shown_text;

static inline void
put_field(struct desk_buffer *to, const char *s, size_t len)
{
	desk_buffer_byte(to, '[');
	for (size_t i = 0; i < len; i++) {
		if (s[i] == ']' || s[i] == '\\')
			desk_buffer_byte(to, '\\');
		desk_buffer_byte(to, s[i]);
	}
	desk_buffer_byte(to, ']');
}

/* Text goes to the line when something else comes. */
static inline void
put_text(struct desk_buffer *to)
{
	if (shown_text.len) {
		desk_buffer_byte(to, 'T');
		put_field(to, shown_text.data, shown_text.len);
	}
	shown_text.len = 0;
}

/* How a field is undone. */
enum field { NAME, VALUE, RAW_TEXT };

static inline void
put_undone(struct desk_buffer *to, struct desk_slice s, enum field field)
{
	char *room = malloc(desk_html_room(s.len));
	if (!room)
		abort();
	size_t n = field == VALUE ? desk_html_value(s, room)
				  : desk_html_text(s, DESK_HTML_RAWTEXT, room);
	for (size_t i = 0; i < n && field == NAME; i++)
		if (room[i] >= 'A' && room[i] <= 'Z')
			room[i] |= 0x20;
	put_field(to, room, n);
	free(room);
}

static inline void
put_maybe(struct desk_buffer *to, struct desk_slice s, enum field field)
{
	if (s.data)
		put_undone(to, s, field);
	else
		desk_buffer_byte(to, '-');
}

static inline void
put_token(struct desk_buffer *to, const struct desk_html_token *t)
{
	if (t->kind == DESK_HTML_TEXT) {
		char *room = desk_buffer_reserve(
		    &shown_text, desk_html_room(t->text.len));
		if (room)
			shown_text.len +=
			    desk_html_text(t->text, t->mode, room);
		return;
	}
	put_text(to);
	if (t->kind == DESK_HTML_DOCTYPE) {
		desk_buffer_byte(to, 'D');
		put_maybe(to, t->name, NAME);
		put_maybe(to, t->public_id, RAW_TEXT);
		put_maybe(to, t->system_id, RAW_TEXT);
		desk_buffer_string(to, t->quirks ? "q" : "");
	} else if (t->kind == DESK_HTML_COMMENT) {
		desk_buffer_byte(to, 'C');
		put_undone(to, t->text, RAW_TEXT);
	} else {
		bool open = t->kind == DESK_HTML_OPEN;
		desk_buffer_byte(to, open ? 'S' : 'E');
		put_undone(to, t->name, NAME);
		desk_buffer_string(to, open ? "{" : "");
		for (size_t i = 0; i < t->attribute_count; i++) {
			put_undone(to, t->attributes[i].name, NAME);
			desk_buffer_byte(to, '=');
			put_undone(to, t->attributes[i].value, VALUE);
		}
		desk_buffer_string(to, !open ? "" : t->closed ? "}/" : "}");
	}
}

/*
 * Puts the tokens of a page to `shown`; mode, last and foreign are as html
 * has them.  The page is read in a copy that ends where its block does, so
 * that the sanitizer sees a read beyond it.  Without modes a start tag leaves
 * the mode as it is.  False where a token
 * has no place in the page, or the end is not told.
 */
static inline bool
read_page(struct desk_html *html, struct desk_slice page, bool modes)
{
	static struct desk_html_token t;
	struct desk_html before = *html;
	uint32_t at = 0;
	bool good = true;
	char *copy = malloc(page.len ? page.len : 1);
	if (!copy)
		abort();
	if (page.len)
		memcpy(copy, page.data, page.len);
	desk_html_open(html, desk_slice(copy, page.len));
	html->mode = before.mode;
	html->last = before.last;
	html->foreign = before.foreign;
	shown.len = 0;
	while (desk_html_next(html, &t)) {
		good = good && t.start >= at && t.end > t.start &&
		       t.end <= page.len;
		at = t.end;
		put_token(&shown, &t);
		if (!modes && t.kind == DESK_HTML_OPEN)
			html->mode = DESK_HTML_DATA;
	}
	put_text(&shown);
	good = good && t.kind == DESK_HTML_NOTHING && t.start == page.len &&
	       t.end == page.len && !desk_html_next(html, &t);
	free(copy);
	return good;
}

static inline void
release_lines(void)
{
	desk_buffer_release(&shown);
	desk_buffer_release(&shown_text);
}

#endif
