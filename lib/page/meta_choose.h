/* What the parts of the choice share (meta_choose.c, _title, _author, _date).
 */
#ifndef DESK_PAGE_META_CHOOSE_H
#define DESK_PAGE_META_CHOOSE_H

#include "page/meta_notes.h"

struct desk_meta_chooser {
	const struct desk_page *page;
	const struct desk_meta_notes *notes;
	const bool *content;
	struct desk_slice url, host, site, lang;
	struct desk_arena *arena;
	size_t headline; /* the block that is, or where the article begins */
	bool headed;	 /* the block is a headline */
	struct desk_slice title;
};

/* Words of a text as hashes, for comparing: at most DESK_META_WORDS. */
enum { DESK_META_WORDS = 48 };
struct desk_meta_wordset {
	uint32_t words[DESK_META_WORDS];
	size_t count;
};

void desk_meta_words(struct desk_slice text, struct desk_meta_wordset *set);

/* How many words of a stand in b. */
size_t desk_meta_common(
    const struct desk_meta_wordset *a, const struct desk_meta_wordset *b);

/* Whether a text is the name of the site or of its host, or a part of it;
 * strictly, most of it. */
bool desk_meta_is_site(
    const struct desk_meta_chooser *c, struct desk_slice text, bool strict);

/* The text of a block, and the kinds of it and of the elements around it, up
 * to levels of them. */
struct desk_slice desk_meta_block(
    const struct desk_meta_chooser *c, size_t block);
uint32_t desk_meta_kinds(
    const struct desk_meta_chooser *c, size_t block, unsigned levels);

/* Whether a block stands where neither byline nor date of the page do: among
 * comments, related stories, menus.  Beside the headline nothing is such. */
bool desk_meta_elsewhere(const struct desk_meta_chooser *c, size_t block);

/* Sets title, headline, headed. */
void desk_meta_choose_title(struct desk_meta_chooser *c);

/* Fills *out where one is found. */
void desk_meta_choose_author(
    struct desk_meta_chooser *c, struct desk_slice *out);
void desk_meta_choose_date(struct desk_meta_chooser *c, struct desk_slice *out);

/* The names in a byline or in an attribute, with commas between: "" where
 * there is none.  weak: single words and teams count, too. */
enum desk_meta_names {
	DESK_NAMES_BYLINE = 1, /* of the text of the page */
	DESK_NAMES_WEAK = 2,
	DESK_NAMES_TURNED = 4,	/* "Doe, Jane" */
	DESK_NAMES_HANDLE = 16, /* a word in small letters counts, too */
	DESK_NAMES_ALL = 8	/* none where anything else but roles, dates and
				   degrees is there */
};
struct desk_slice desk_meta_names_in(
    const struct desk_meta_chooser *c, struct desk_slice text, unsigned flags);

#endif
