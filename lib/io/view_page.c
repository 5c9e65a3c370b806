/*
 * view_page.c - what stands round the articles of a page: head, contents, end.
 *
 * Articles are written as they come, so the list of contents, which needs all
 * titles, stands behind them; the style puts it before.  It is cut short where
 * it would grow without bound.
 */
#include "io/view.h"

#include "core/slice.h"
#include "io/view_style.h"

enum { CONTENTS_MAX = 1 << 20 };

/* What a page of each tool is headed by, and the class of its body. */
static const char *
heading(unsigned makes, const char **class)
{
	*class = makes == DESK_BLOCKS  ? "blocks"
		 : makes == DESK_SENTS ? "sents"
		 : makes == DESK_ENTS  ? "ents"
				       : "quotes";
	return makes == DESK_BLOCKS  ? "The text"
	       : makes == DESK_SENTS ? "Sentence by sentence"
	       : makes == DESK_ENTS  ? "Names in the text"
				     : "Who said what";
}

static void
write_head(const struct desk_view *view, struct desk_slice title,
    struct desk_buffer *to)
{
	const char *class, *head = heading(view->makes, &class);
	desk_buffer_string(to,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\"/>\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; "
	    "base-uri &#39;none&#39;; form-action &#39;none&#39;\"/>\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\"/>\n"
	    "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
	    "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
	    "<meta name=\"generator\" content=\"copydesk " DESK_VERSION
	    "\"/>\n<title>");
	desk_buffer_append(to, title.data, title.len);
	desk_view_put(
	    to, title.len ? " – " : "", head, "</title>\n<style>\n", NULL);
	for (size_t i = 0; desk_view_style[i]; i++)
		desk_view_put(to, desk_view_style[i], "\n", NULL);
	desk_view_put(to, "</style>\n</head>\n<body class=\"", class,
	    "\">\n<header class=\"mast\">"
	    "<a class=\"skip\" href=\"#text\">Skip to the text</a><h1>",
	    head, "</h1></header>\n<main id=\"text\">\n", NULL);
}

static void
add_contents(struct desk_view *view, uint64_t document, struct desk_slice line)
{
	struct desk_buffer *list = &view->contents;
	if (list->len + line.len + 64 > CONTENTS_MAX) {
		view->unlisted++;
		return;
	}
	desk_buffer_string(list, "<li><a href=\"#d");
	desk_buffer_number(list, document);
	desk_buffer_byte(list, '"');
	desk_buffer_append(list, line.data, line.len);
	desk_buffer_string(list, "</a></li>\n");
}

static void
close_article(struct desk_view *view, struct desk_buffer *to)
{
	if (view->open)
		desk_buffer_string(to, "</article>\n");
	view->open = 0;
}

/* The article is named by its headline. */
static void
open_article(struct desk_view *view, uint64_t document, bool named,
    struct desk_buffer *to)
{
	view->open = document;
	view->count++;
	desk_buffer_string(to, "<article id=\"d");
	desk_buffer_number(to, document);
	if (named) {
		desk_buffer_string(to, "\" aria-labelledby=\"d");
		desk_buffer_number(to, document);
		desk_buffer_string(to, "t0");
	}
	desk_buffer_string(to, "\">\n");
}

/* A part whose first one failed begins the article, too, without a title. */
void
desk_view_before(struct desk_view *view, const struct desk_frame *frame,
    struct desk_slice *out, struct desk_buffer *to)
{
	const char *end = out->len ? memchr(out->data, '\n', out->len) : NULL;
	struct desk_slice line = {"", 0}, title = {"", 0};
	if (end) {
		line = desk_slice(out->data, (size_t)(end - out->data));
		out->data += line.len + 1;
		out->len -= line.len + 1;
	}
	if (line.len) {
		title.data = (const char *)memchr(line.data, '>', line.len) + 1;
		title.len = (size_t)(end - title.data);
	}
	if (!view->begun)
		write_head(view, title, to);
	view->begun = true;
	if (!end || view->open == frame->document)
		return;
	close_article(view, to);
	add_contents(view, frame->document,
	    line.len ? line : desk_slice(">Untitled", 9));
	open_article(view, frame->document, line.len, to);
}

void
desk_view_behind(struct desk_view *view, const struct desk_frame *frame,
    struct desk_buffer *to)
{
	if (frame->last && view->open == frame->document)
		close_article(view, to);
}

void
desk_view_end(struct desk_view *view, struct desk_buffer *to)
{
	struct desk_slice none = {"", 0};
	if (!view->begun)
		write_head(view, none, to);
	close_article(view, to);
	desk_buffer_string(to, "</main>\n");
	if (view->count > 1) {
		desk_buffer_string(to,
		    "<nav aria-labelledby=\"contents\">\n"
		    "<h2 id=\"contents\">Contents</h2>\n<ol>\n");
		desk_buffer_append(to, view->contents.data, view->contents.len);
		desk_buffer_string(to, "</ol>\n");
		if (view->unlisted) {
			desk_buffer_string(to, "<p>and ");
			desk_buffer_number(to, view->unlisted);
			desk_buffer_string(to, " more</p>\n");
		}
		desk_buffer_string(to, "</nav>\n");
	}
	desk_buffer_string(to,
	    "<footer class=\"end\"><p>Made with copydesk " DESK_VERSION
	    "</p></footer>\n</body>\n</html>\n");
	to->failed |= view->contents.failed;
	view->contents.len = 0;
	view->begun = false;
	view->count = view->unlisted = 0;
}

void
desk_view_release(struct desk_view *view)
{
	desk_buffer_release(&view->contents);
}
