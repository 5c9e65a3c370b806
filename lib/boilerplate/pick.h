/*
 * Which blocks of a page are its content.
 *
 * Three models are asked: whether the page is an article (of the features that
 * all its rows have in common), and of each block whether it is content, once
 * as a block of a news page and once as one of any page.  The answers are
 * mixed by how sure the first is.
 *
 * Where the page is surely an article, blocks with somewhat better than even
 * odds are kept.  Elsewhere so many of the likeliest blocks are kept that the
 * F1 to be expected is best: where all is doubtful that is more than those with
 * even odds, so that a page is not lost because nothing on it is certain.
 */
#ifndef DESK_BOILERPLATE_PICK_H
#define DESK_BOILERPLATE_PICK_H

#include "boilerplate/features.h"
#include "model/trees.h"

struct desk_page_models {
	const struct desk_trees *news;	/* needed */
	const struct desk_trees *other; /* NULL: news serves */
	const struct desk_trees *type;	/* NULL: what the head says */
};

struct desk_pick {
	int32_t score; /* log odds in 1/1024 */
	const char *reason;
	bool keep;
};

/* How likely it is that the page is an article, of 65536. */
uint32_t desk_page_is_article(
    const struct desk_view *view, const struct desk_page_models *models);

/* Why a block is kept, by its kind; prose: it is one of running text. */
const char *desk_pick_reason(const struct desk_page_block *block, bool prose);

/* Why a block is not content, where it is a paragraph that the rules for plain
 * text know for what stands around one (a byline, a credit, a contact line):
 * its words tell where markup does not.  Else NULL. */
const char *desk_pick_furniture(
    const struct desk_page_block *block, const struct desk_text_block *words);

/* A verdict on each block; picks is in the arena.  *empty: nothing is kept,
 * also where only an article was asked for and there is none. */
int desk_page_pick(const struct desk_view *view,
    const struct desk_page_models *models,
    const struct desk_boilerplate_options *options, struct desk_arena *arena,
    struct desk_pick **picks, bool *empty, struct desk_error *error);

#endif
