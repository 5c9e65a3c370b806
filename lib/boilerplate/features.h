/*
 * What the trees are told of a block of a page.
 *
 * A view is made of a page once: what its blocks are by their words, and what
 * its elements hold.  A row of features is then read off for each block.
 * Shares are in 1/1000, counts in steps of an eighth of a doubling, distances
 * to ancestors in levels.
 */
#ifndef DESK_BOILERPLATE_FEATURES_H
#define DESK_BOILERPLATE_FEATURES_H

#include "boilerplate/measure.h"

enum {
	DESK_VIEW_TAGS = 21,  /* groups of tags, see view.c */
	DESK_VIEW_FLAGS = 7,  /* enum desk_page_node_flag, but ORDERED */
	DESK_VIEW_KINDS = 31, /* classes of lib/data/page_words.tsv */
	DESK_VIEW_FAR = 15,   /* the greatest distance to an ancestor */
	DESK_VIEW_LEVELS = 5, /* containers of a block that are looked at */
	DESK_VIEW_PATHS = 4   /* own, with parent, with grandparent, all */
};

/* Which convention the content follows: that of the news pages (0) or of
 * another set of pages; the trainer tells which, and the filter asks for 0. */
enum desk_page_set {
	DESK_SET_NEWS,
	DESK_SET_ARTICLE,
	DESK_SET_OTHER,
	DESK_SET_READER,
	DESK_SET_SEGMENTS
};

/* Name and how many features have it. */
#define DESK_FEATURE_LIST(F)                                                   \
	F(SET, 1)                                                              \
	F(WORDS, 1)                                                            \
	F(WORD_LENGTH, 1)                                                      \
	F(LONGEST, 1)                                                          \
	F(STOPS, 1)                                                            \
	F(CAPITALS, 1)                                                         \
	F(UPPER, 1)                                                            \
	F(NUMBERS, 1)                                                          \
	F(DIGITS, 1)                                                           \
	F(COMMAS, 1)                                                           \
	F(ENDS, 2)                                                             \
	F(QUESTIONS, 1)                                                        \
	F(MARKS, 1)                                                            \
	F(END, 1)                                                              \
	F(FLAG, 9)                                                             \
	F(PRICES, 1)                                                           \
	F(YEARS, 1)                                                            \
	F(CLOCKS, 1)                                                           \
	F(CUE, 14)                                                             \
	F(HITS, 1)                                                             \
	F(SELLERS, 1)                                                          \
	F(LINK, 1)                                                             \
	F(LINKS, 1)                                                            \
	F(BOLD, 1)                                                             \
	F(ITALIC, 1)                                                           \
	F(IMAGES, 1)                                                           \
	F(KIND, 1)                                                             \
	F(LEVEL, 1)                                                            \
	F(ORDERED, 1)                                                          \
	F(PART, 1)                                                             \
	F(INLINE, 4)                                                           \
	F(DEPTH, 1)                                                            \
	F(IN_TAG, DESK_VIEW_TAGS)                                              \
	F(IN_FLAG, DESK_VIEW_FLAGS)                                            \
	F(IN_KIND, DESK_VIEW_KINDS)                                            \
	F(BOX_PROSE, DESK_VIEW_LEVELS)                                         \
	F(BOX_WORDS, DESK_VIEW_LEVELS)                                         \
	F(BOX_DENSITY, DESK_VIEW_LEVELS)                                       \
	F(BOX_LINK, DESK_VIEW_LEVELS)                                          \
	F(BOX_BLOCKS, DESK_VIEW_LEVELS)                                        \
	F(BOX_SAME, DESK_VIEW_LEVELS)                                          \
	F(BOX_MEAN, DESK_VIEW_LEVELS)                                          \
	F(BOX_INDEX, DESK_VIEW_LEVELS)                                         \
	F(BEST, 2)                                                             \
	F(LONG, 2)                                                             \
	F(HEAD, 2)                                                             \
	F(PATH_PROSE, DESK_VIEW_PATHS)                                         \
	F(PATH_COUNT, DESK_VIEW_PATHS)                                         \
	F(NEAR_WORDS, 6)                                                       \
	F(NEAR_LINK, 6)                                                        \
	F(NEAR_STOPS, 6)                                                       \
	F(NEAR_PROSE, 6)                                                       \
	F(NEAR_SAME, 6)                                                        \
	F(NEAR_KIND, 6)                                                        \
	F(WINDOW, 6)                                                           \
	F(WINDOW_LINK, 2)                                                      \
	F(PLACE, 4)                                                            \
	F(HEADLINE, 2)                                                         \
	F(PROSE_FIRST, 1)                                                      \
	F(PROSE_LAST, 1)                                                       \
	F(PROSE_BEFORE, 2)                                                     \
	F(PROSE_AFTER, 2)                                                      \
	F(SECTION, 3)                                                          \
	F(SINCE, 4)                                                            \
	F(UNTIL, 4)                                                            \
	F(COPIES, 2)                                                           \
	F(TITLE, 2)                                                            \
	F(DESCRIPTION, 2)                                                      \
	F(AUTHOR, 1)                                                           \
	F(BODY, 1)                                                             \
	F(PAGE_SIZE, 5)                                                        \
	F(PAGE_SHARE, 5)                                                       \
	F(PAGE_TAGS, 12)                                                       \
	F(PAGE_HINTS, 5)                                                       \
	F(PAGE_KINDS, DESK_VIEW_KINDS)                                         \
	F(PAGE_MAIN, 3)                                                        \
	F(PAGE_COMMENTS, 1)                                                    \
	F(PAGE_PRICES, 1)

#define DESK_FEATURE_ENUM_(name, n)                                            \
	DESK_F_##name, DESK_F_##name##_END_ = DESK_F_##name + (n)-1,

enum desk_feature { DESK_FEATURE_LIST(DESK_FEATURE_ENUM_) DESK_FEATURES };

/* What an element's place and contents are. */
struct desk_node_view {
	uint8_t tags[DESK_VIEW_TAGS], flags[DESK_VIEW_FLAGS],
	    kinds[DESK_VIEW_KINDS]; /* levels up to the nearest */
	uint8_t best_up, best_down, long_up, long_down, head_up, head_down;
	uint16_t best_depth, long_depth, head_depth; /* of the common ancestor
						      */
	int16_t prose, words, density, link, blocks, same, mean, index;
	uint32_t group; /* siblings of the same tag and class */
};

struct desk_path_view {
	uint64_t key;
	uint32_t prose, count;
};

/* Places of the page that others are told by. */
enum desk_landmark {
	DESK_MARK_END,	  /* a line after which the article is over */
	DESK_MARK_BYLINE, /* who wrote it, and when */
	DESK_MARK_LINK,	  /* read more */
	DESK_MARK_PROMPT, /* forms, comments, contact */
	DESK_MARKS
};

struct desk_block_view {
	uint32_t paths[DESK_VIEW_PATHS];
	uint32_t prose_before, prose_after; /* blocks; or self */
	uint32_t section;		    /* the heading before */
	uint16_t since[DESK_MARKS], until[DESK_MARKS];
};

struct desk_view {
	const struct desk_page *page;
	struct desk_measures measures;
	struct desk_node_view *nodes;
	struct desk_block_view *blocks;
	struct desk_path_view *paths, *groups;
	/* Sums over the blocks before; one more than blocks. */
	uint32_t *prose, *words, *links;
	uint32_t headline, first_prose, last_prose; /* blocks, or count */
	uint32_t best, longest;			    /* nodes */
	uint16_t head_depth;			    /* of the headline */
	int16_t page_row[DESK_FEATURES]; /* what all rows have in common */
};

/* A share in 1/1000; of nothing, 0. */
static inline int16_t
desk_share(uint64_t part, uint64_t all)
{
	return (int16_t)(all ? part * 1000 / all : 0);
}

/* A count in eight steps for each doubling. */
static inline int16_t
desk_steps(uint64_t n)
{
	int top = 0;
	if (n < 8)
		return (int16_t)(n * 4);
	while (n >> (top + 1))
		top++;
	return (int16_t)(top * 8 + (int)(n >> (top - 3) & 7) + 8);
}

/* Marks second copies among the page's blocks, and sees what it is. */
int desk_page_view(struct desk_page *page, struct desk_arena *arena,
    struct desk_view **view, struct desk_error *error);

/* The features of a block; row has room for DESK_FEATURES. */
void desk_view_row(const struct desk_view *view, size_t block, int16_t *row);

/* Fills in view->page_row, the last step of desk_page_view(). */
void desk_view_page(struct desk_view *view);

/* Both for all blocks: rows one after the other in the arena. */
int desk_page_features(struct desk_page *page, struct desk_arena *arena,
    int16_t **rows, size_t *feature_count, struct desk_error *error);

/* The name of a feature; *number gets which of those of that name it is. */
const char *desk_feature_name(size_t feature, size_t *number);

#endif
