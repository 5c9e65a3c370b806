/*
 * HTML tokens, after the WHATWG standard (section 13.2.5), pulled one by one.
 *
 * The page lies in memory as it was read: any bytes, by promise UTF-8.  Tokens
 * are slices of it, so nothing is copied and each token knows its place in the
 * source; character references are undone, CR and NUL put right and names
 * folded by the functions below, and only where someone asks.  Time is linear
 * in the page and nothing is allocated: of a tag's attributes the first
 * DESK_HTML_ATTRIBUTES are listed, the others are read over.
 *
 * A script, a style sheet and the like are one text token, as the standard's
 * tree construction would ask its tokenizer to read them.
 */
#ifndef DESK_HTML_TOKENIZER_H
#define DESK_HTML_TOKENIZER_H

#include <stdbool.h>

#include "copydesk.h"
#include "html/tags.h"

enum { DESK_HTML_ATTRIBUTES = 64 };

enum desk_html_kind {
	DESK_HTML_NOTHING, /* the page is at its end */
	DESK_HTML_TEXT,
	DESK_HTML_OPEN,	 /* a start tag */
	DESK_HTML_CLOSE, /* an end tag */
	DESK_HTML_COMMENT,
	DESK_HTML_DOCTYPE
};

/* How text is read: which references and which tags count in it. */
enum desk_html_mode {
	DESK_HTML_DATA,
	DESK_HTML_RCDATA,    /* title, textarea: references, no tags */
	DESK_HTML_RAWTEXT,   /* style, iframe, noframes, ...: neither */
	DESK_HTML_SCRIPT,    /* neither, and <!-- in it may hold </script> */
	DESK_HTML_PLAINTEXT, /* neither, up to the end of the page */
	DESK_HTML_CDATA	     /* neither, up to ]]>; not folded by references */
};

/* Name and value as they stand in the source, quotes left out. */
struct desk_html_attribute {
	struct desk_slice name, value;
};

struct desk_html_token {
	enum desk_html_kind kind;
	uint32_t start, end;	  /* all of it in the source */
	enum desk_tag tag;	  /* of OPEN and CLOSE */
	struct desk_slice name;	  /* of a tag or doctype, case as it stands */
	struct desk_slice text;	  /* of TEXT, COMMENT */
	enum desk_html_mode mode; /* what text is made of */
	bool plain;  /* TEXT known to hold no '&', CR or NUL: it is what it
			says (never looked for in raw text) */
	bool closed; /* OPEN that ends in "/>" */
	bool quirks; /* DOCTYPE that forces them */
	struct desk_slice public_id, system_id; /* DOCTYPE; data NULL: none */
	struct desk_html_attribute attributes[DESK_HTML_ATTRIBUTES];
	size_t attribute_count;
};

struct desk_html {
	const char *page, *at, *end;
	enum desk_html_mode mode;
	struct desk_slice last; /* the start tag that raw text ends with */
	bool foreign; /* set by the caller inside svg and math: CDATA counts,
			 and no tag there changes the mode */
};

/* A page of at most DESK_TEXT_MAX bytes, which must stay. */
void desk_html_open(struct desk_html *html, struct desk_slice page);

/* The next token; false at the end of the page. */
bool desk_html_next(struct desk_html *html, struct desk_html_token *token);

/* The attribute of a name in lower case, or NULL: the first of that name, as
 * the standard asks. */
const struct desk_html_attribute *desk_html_find(
    const struct desk_html_token *token, const char *name, size_t len);

/* Undoes what the standard undoes in text of a mode: references, CR LF and CR
 * as LF, NUL as U+FFFD (left out in DATA).  Writes to out, which has room for
 * desk_html_room(text.len) bytes; returns the length. */
size_t desk_html_text(
    struct desk_slice text, enum desk_html_mode mode, char *out);

/* The same for the value of an attribute, where fewer references count. */
size_t desk_html_value(struct desk_slice value, char *out);

/* Room for what a text can grow to. */
static inline size_t
desk_html_room(size_t len)
{
	return 3 * len + 8;
}

#endif
