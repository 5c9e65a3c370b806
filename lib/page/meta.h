/*
 * What a page says of itself: title, author, date, site, language, address.
 *
 * While the page is read, notes are taken of its head: meta, title, link, html
 * lang, JSON-LD, time elements.  At the end the best of what was noted and of
 * what stands in the blocks (headline, byline, date line) is chosen.
 */
#ifndef DESK_PAGE_META_H
#define DESK_PAGE_META_H

#include "page/page.h"
#include "html/tokenizer.h"

struct desk_meta_notes;

/* Empty notes in the arena, or NULL where memory ran out. */
struct desk_meta_notes *desk_meta_new(struct desk_arena *arena, bool as_is);

/* Takes note of a token that may say something: every start tag, and the text
 * token after a start tag of title or of script (others are let go).  Bounded
 * in memory: what is too long is not noted.  DESK_ENOMEM. */
int desk_meta_note(struct desk_meta_notes *notes,
    const struct desk_html_token *token, struct desk_error *error);

/* For features, before any decision: the title as the head has it (og:title,
 * JSON-LD headline, title), the description, the author, and where JSON-LD
 * holds an articleBody that; references undone; data NULL: none. */
struct desk_meta_hints {
	struct desk_slice title, headline, description, author, body;
	struct desk_slice body_value, body_script; /* the JSON string, and the
						      script, of the page */
	bool article; /* JSON-LD or OpenGraph says that it is one */
	bool product, forum, listing; /* or another type */
};

void desk_meta_hint(
    const struct desk_meta_notes *notes, struct desk_meta_hints *hints);

/* Chooses.  content: for each block whether it was kept, or NULL where nothing
 * is known.  url: what the caller knows of the address.  Strings lie in the
 * arena, valid UTF-8, white space collapsed, at most some hundred bytes. */
int desk_meta_choose(const struct desk_page *page, const bool *content,
    struct desk_slice url, struct desk_arena *arena, struct desk_meta *meta,
    struct desk_error *error);

/* A date in any of the usual forms as ISO 8601, written to out (room for 32
 * bytes): its length, or 0 where there is none.  Words of a dozen languages. */
size_t desk_meta_date(struct desk_slice text, char *out);

#endif
