/*
 * features.c - rows of features, read off a view.
 *
 * Nothing here looks at text; all is counted before (measure.c, view.c).
 */
#include "boilerplate/features.h"

#include <string.h>

#include "boilerplate/blocks.h"
#include "boilerplate/tells.h"
#include "core/error.h"

enum {
	FAR = 999,	 /* a distance in blocks to nothing */
	COMMENT_KIND = 6 /* bit of DESK_KIND_COMMENT */
};

_Static_assert(DESK_KIND_COMMENT == 1 << COMMENT_KIND, "kinds have moved");

static int16_t
least(uint64_t n, int16_t most)
{
	return n < (uint64_t)most ? (int16_t)n : most;
}

/* What the block's words say. */
static void
text_row(const struct desk_page_measure *m, int16_t *row)
{
	static const uint32_t flags[9] = {DESK_BLOCK_QUOTED,
	    DESK_BLOCK_BRACKETED, DESK_BLOCK_CREDIT, DESK_BLOCK_URL,
	    DESK_BLOCK_MAIL, DESK_BLOCK_LOWER, DESK_BLOCK_BARS,
	    DESK_BLOCK_LEAD_COLON, DESK_BLOCK_UPPER};
	uint32_t seen = m->words < 400 ? m->words : 400;
	row[DESK_F_WORDS] = desk_steps(m->words);
	row[DESK_F_WORD_LENGTH] =
	    m->words ? least((m->letters + m->digits) * 10ull / m->words, 999)
		     : 0;
	row[DESK_F_LONGEST] = least(m->longest, 99);
	row[DESK_F_STOPS] = desk_share(m->stops, seen);
	row[DESK_F_CAPITALS] = desk_share(m->capitals, seen);
	row[DESK_F_UPPER] = desk_share(m->upper, m->words);
	row[DESK_F_NUMBERS] = desk_share(m->numbers, seen);
	row[DESK_F_DIGITS] = desk_share(m->digits, m->digits + m->letters);
	row[DESK_F_COMMAS] =
	    m->words ? least(m->commas * 1000ull / m->words, 1000) : 0;
	row[DESK_F_ENDS] = least(m->ends, 20);
	row[DESK_F_ENDS + 1] =
	    m->words ? least(m->ends * 1000ull / m->words, 1000) : 0;
	row[DESK_F_QUESTIONS] = least(m->questions, 5);
	row[DESK_F_MARKS] = least(m->marks, 9);
	row[DESK_F_END] = m->flags & DESK_BLOCK_FINAL	   ? 3
			  : m->flags & DESK_BLOCK_ELLIPSIS ? 2
			  : m->flags & DESK_BLOCK_COLON	   ? 1
							   : 0;
	for (int i = 0; i < 9; i++)
		row[DESK_F_FLAG + i] = (m->flags & flags[i]) != 0;
	row[DESK_F_PRICES] = least(m->prices, 9);
	row[DESK_F_YEARS] = least(m->years, 9);
	row[DESK_F_CLOCKS] = least(m->clocks, 9);
	for (int i = 0; i < 14; i++)
		row[DESK_F_CUE + i] = m->cues >> (i + 1) & 1;
	row[DESK_F_HITS] = least(m->hits, 9);
	row[DESK_F_SELLERS] = least(m->sellers, 9);
}

static void
markup_row(const struct desk_page_block *b, int16_t *row)
{
	uint32_t bytes = b->end - b->start;
	row[DESK_F_LINK] = desk_share(b->link_bytes, bytes);
	row[DESK_F_LINKS] = least(b->links, 20);
	row[DESK_F_BOLD] = desk_share(b->bold_bytes, bytes);
	row[DESK_F_ITALIC] = desk_share(b->italic_bytes, bytes);
	row[DESK_F_IMAGES] = least(b->images, 9);
	row[DESK_F_KIND] = b->kind;
	row[DESK_F_LEVEL] = least(b->level, 9);
	row[DESK_F_ORDERED] = b->ordered;
	row[DESK_F_PART] = b->flags & (DESK_PAGE_BR | DESK_PAGE_GOES_ON);
	row[DESK_F_INLINE] = (b->marks & DESK_NODE_HIDDEN) != 0;
	row[DESK_F_INLINE + 1] = (b->marks & DESK_NODE_AUTHOR) != 0;
	row[DESK_F_INLINE + 2] = (b->marks & DESK_NODE_TIME) != 0;
	row[DESK_F_INLINE + 3] = (b->marks & DESK_NODE_COMMENT) != 0;
}

/* Where it stands in the tree. */
static void
tree_row(const struct desk_view *view, size_t i, int16_t *row)
{
	const struct desk_page_block *b = &view->page->blocks[i];
	const struct desk_page_node *nodes = view->page->nodes;
	const struct desk_node_view *v = &view->nodes[b->node];
	row[DESK_F_DEPTH] = (int16_t)nodes[b->node].depth;
	for (int k = 0; k < DESK_VIEW_TAGS; k++)
		row[DESK_F_IN_TAG + k] = v->tags[k];
	for (int k = 0; k < DESK_VIEW_FLAGS; k++)
		row[DESK_F_IN_FLAG + k] = v->flags[k];
	for (int k = 0; k < DESK_VIEW_KINDS; k++)
		row[DESK_F_IN_KIND + k] =
		    b->kinds >> k & 1 ? 0 : (int16_t)(v->kinds[k] + 1);
	row[DESK_F_BEST] = v->best_up;
	row[DESK_F_BEST + 1] = v->best_down;
	row[DESK_F_HEAD] = v->head_up;
	row[DESK_F_HEAD + 1] = v->head_down;
	row[DESK_F_LONG] = v->long_up;
	row[DESK_F_LONG + 1] = v->long_down;
	uint32_t at = b->node;
	for (int k = 0; k < DESK_VIEW_LEVELS; k++) {
		const struct desk_node_view *box = &view->nodes[at];
		row[DESK_F_BOX_PROSE + k] = box->prose;
		row[DESK_F_BOX_WORDS + k] = box->words;
		row[DESK_F_BOX_DENSITY + k] = box->density;
		row[DESK_F_BOX_LINK + k] = box->link;
		row[DESK_F_BOX_BLOCKS + k] = box->blocks;
		row[DESK_F_BOX_SAME + k] = box->same;
		row[DESK_F_BOX_MEAN + k] = box->mean;
		row[DESK_F_BOX_INDEX + k] = box->index;
		at = nodes[at].parent;
	}
	uint32_t prose = view->prose[view->page->block_count];
	for (int k = 0; k < DESK_VIEW_PATHS; k++) {
		const struct desk_path_view *path =
		    &view->paths[view->blocks[i].paths[k]];
		row[DESK_F_PATH_PROSE + k] =
		    least(prose ? path->prose * 1000ull / prose : 0, 1000);
		row[DESK_F_PATH_COUNT + k] = desk_steps(path->count);
	}
}

/* The blocks before and after. */
static void
near_row(const struct desk_view *view, size_t i, int16_t *row)
{
	const struct desk_page *page = view->page;
	uint32_t path = page->nodes[page->blocks[i].node].path;
	for (int k = 0; k < 6; k++) {
		size_t at = k < 3 ? i - 3 + (size_t)k : i + (size_t)k - 2;
		row[DESK_F_NEAR_WORDS + k] = -1;
		row[DESK_F_NEAR_LINK + k] = -1;
		row[DESK_F_NEAR_STOPS + k] = -1;
		row[DESK_F_NEAR_KIND + k] = -1;
		row[DESK_F_NEAR_PROSE + k] = row[DESK_F_NEAR_SAME + k] = 0;
		if (at >= page->block_count)
			continue;
		const struct desk_page_block *b = &page->blocks[at];
		const struct desk_page_measure *m = &view->measures.of[at];
		uint32_t seen = m->words < 400 ? m->words : 400;
		row[DESK_F_NEAR_WORDS + k] = desk_steps(m->words);
		row[DESK_F_NEAR_LINK + k] =
		    desk_share(b->link_bytes, b->end - b->start);
		row[DESK_F_NEAR_STOPS + k] = desk_share(m->stops, seen);
		row[DESK_F_NEAR_PROSE + k] = m->prose;
		row[DESK_F_NEAR_KIND + k] = b->kind;
		row[DESK_F_NEAR_SAME + k] = b->node == page->blocks[i].node ? 2
					    : page->nodes[b->node].path == path
						? 1
						: 0;
	}
}

static uint32_t
between(const uint32_t *sums, size_t from, size_t to)
{
	return to > from ? sums[to] - sums[from] : 0;
}

static void
window_row(const struct desk_view *view, size_t i, int16_t *row)
{
	static const size_t widths[3] = {3, 10, 30};
	size_t count = view->page->block_count;
	for (int k = 0; k < 3; k++) {
		size_t from = i > widths[k] ? i - widths[k] : 0;
		size_t to =
		    i + widths[k] + 1 < count ? i + widths[k] + 1 : count;
		row[DESK_F_WINDOW + k] =
		    desk_steps(between(view->prose, from, i));
		row[DESK_F_WINDOW + 3 + k] =
		    desk_steps(between(view->prose, i + 1, to));
		if (k != 1)
			continue;
		row[DESK_F_WINDOW_LINK] =
		    desk_share(between(view->links, from, i),
			between(view->words, from, i));
		row[DESK_F_WINDOW_LINK + 1] =
		    desk_share(between(view->links, i + 1, to),
			between(view->words, i + 1, to));
	}
}

static int16_t
apart(int64_t from, int64_t to, size_t count)
{
	if (from == (int64_t)count)
		return FAR;
	int64_t n = to - from;
	return n > FAR - 1 ? FAR - 1 : n < 1 - FAR ? 1 - FAR : (int16_t)n;
}

static void
place_row(const struct desk_view *view, size_t i, int16_t *row)
{
	const struct desk_block_view *v = &view->blocks[i];
	size_t count = view->page->block_count;
	int64_t at = (int64_t)i;
	row[DESK_F_PLACE] = desk_steps(i);
	row[DESK_F_PLACE + 1] = desk_steps(count - 1 - i);
	row[DESK_F_PLACE + 2] = desk_share(view->words[i], view->words[count]);
	row[DESK_F_PLACE + 3] = desk_share(view->prose[i], view->prose[count]);
	row[DESK_F_HEADLINE] = apart(view->headline, at, count);
	row[DESK_F_HEADLINE + 1] = -1;
	if (view->headline <= i)
		row[DESK_F_HEADLINE + 1] =
		    desk_steps(view->prose[i] - view->prose[view->headline]);
	row[DESK_F_PROSE_FIRST] = apart(view->first_prose, at, count);
	row[DESK_F_PROSE_LAST] = apart(view->last_prose, at, count);
	row[DESK_F_PROSE_BEFORE] = apart(v->prose_before, at, count);
	row[DESK_F_PROSE_BEFORE + 1] = row[DESK_F_PROSE_AFTER + 1] = FAR;
	if (v->prose_before < count)
		row[DESK_F_PROSE_BEFORE + 1] =
		    desk_steps(between(view->words, v->prose_before + 1, i));
	row[DESK_F_PROSE_AFTER] =
	    v->prose_after < count ? apart(at, v->prose_after, count) : FAR;
	if (v->prose_after < count)
		row[DESK_F_PROSE_AFTER + 1] =
		    desk_steps(between(view->words, i + 1, v->prose_after));
	for (int k = 0; k < DESK_MARKS; k++) {
		row[DESK_F_SINCE + k] = least(v->since[k], FAR);
		row[DESK_F_UNTIL + k] = least(v->until[k], FAR);
	}
	row[DESK_F_SECTION] = FAR;
	row[DESK_F_SECTION + 1] = row[DESK_F_SECTION + 2] = -1;
	if (v->section == count)
		return;
	const struct desk_page_measure *head = &view->measures.of[v->section];
	row[DESK_F_SECTION] = apart(v->section, at, count);
	row[DESK_F_SECTION + 1] = view->page->blocks[v->section].level;
	row[DESK_F_SECTION + 2] =
	    (head->cues & (DESK_TELL_LINE_END | DESK_TELL_LINE_STOP |
			      DESK_TELL_LEAD_END | DESK_TELL_IN_PROMPT)) != 0;
}

/* What it has in common with the page's head, and other blocks. */
static void
shared_row(const struct desk_view *view, size_t i, int16_t *row)
{
	const struct desk_measures *ms = &view->measures;
	const struct desk_page_measure *m = &ms->of[i];
	const uint16_t *all = ms->head_words;
	row[DESK_F_COPIES] = least(ms->of[m->same].copies, 20);
	row[DESK_F_COPIES + 1] = m->same != i;
	row[DESK_F_TITLE] = desk_share(m->shared[DESK_SHARED_TITLE], m->words);
	row[DESK_F_TITLE + 1] =
	    least(all[DESK_SHARED_TITLE] ? m->shared[DESK_SHARED_TITLE] *
					       1000ull / all[DESK_SHARED_TITLE]
					 : 0,
		2000);
	row[DESK_F_DESCRIPTION] =
	    desk_share(m->shared[DESK_SHARED_DESCRIPTION], m->words);
	row[DESK_F_DESCRIPTION + 1] =
	    least(all[DESK_SHARED_DESCRIPTION]
		      ? m->shared[DESK_SHARED_DESCRIPTION] * 1000ull /
			    all[DESK_SHARED_DESCRIPTION]
		      : 0,
		2000);
	row[DESK_F_AUTHOR] =
	    desk_share(m->shared[DESK_SHARED_AUTHOR], m->words);
	row[DESK_F_BODY] = (int16_t)m->body;
}

void
desk_view_row(const struct desk_view *view, size_t i, int16_t *row)
{
	memcpy(row, view->page_row, sizeof view->page_row);
	text_row(&view->measures.of[i], row);
	markup_row(&view->page->blocks[i], row);
	tree_row(view, i, row);
	near_row(view, i, row);
	window_row(view, i, row);
	place_row(view, i, row);
	shared_row(view, i, row);
}

/* The share of words that stand under each kind of element. */
static void
kinds_row(const struct desk_view *view, int16_t *row)
{
	const struct desk_page *page = view->page;
	uint64_t kinds[DESK_VIEW_KINDS] = {0}, in[3] = {0};
	for (size_t i = 0; i < page->block_count; i++) {
		uint32_t words = view->words[i + 1] - view->words[i];
		const struct desk_node_view *v =
		    &view->nodes[page->blocks[i].node];
		for (int k = 0; k < DESK_VIEW_KINDS; k++)
			kinds[k] += v->kinds[k] < DESK_VIEW_FAR ? words : 0;
		in[0] += v->tags[0] < DESK_VIEW_FAR ? words : 0;
		in[1] += v->tags[1] < DESK_VIEW_FAR ? words : 0;
		in[2] += v->flags[4] < DESK_VIEW_FAR ? words : 0;
	}
	uint32_t all = view->words[page->block_count];
	for (int k = 0; k < DESK_VIEW_KINDS; k++)
		row[DESK_F_PAGE_KINDS + k] = desk_share(kinds[k], all);
	for (int k = 0; k < 3; k++)
		row[DESK_F_PAGE_MAIN + k] = desk_share(in[k], all);
}

/* What all rows of a page have in common. */
void
desk_view_page(struct desk_view *view)
{
	static const uint8_t tags[12] = {DESK_TAG_H1, DESK_TAG_H2, DESK_TAG_H3,
	    DESK_TAG_P, DESK_TAG_LI, DESK_TAG_FORM, DESK_TAG_INPUT,
	    DESK_TAG_TIME, DESK_TAG_TR, DESK_TAG_IMG, DESK_TAG_ARTICLE,
	    DESK_TAG_PRE};
	const struct desk_page *page = view->page;
	const struct desk_meta_hints *hints = &view->measures.hints;
	int16_t *row = view->page_row;
	size_t count = page->block_count;
	uint32_t words = view->words[count], prose = view->prose[count];
	uint32_t blocks = 0, longest = 0, prices = 0, comments = 0;
	for (size_t i = 0; i < count; i++) {
		const struct desk_page_measure *m = &view->measures.of[i];
		const struct desk_node_view *v =
		    &view->nodes[page->blocks[i].node];
		blocks += m->prose;
		longest = m->words > longest ? m->words : longest;
		prices += m->prices;
		comments += v->kinds[COMMENT_KIND] < 6 || v->flags[6] < 6;
	}
	row[DESK_F_PAGE_SIZE] = desk_steps(count);
	row[DESK_F_PAGE_SIZE + 1] = desk_steps(words);
	row[DESK_F_PAGE_SIZE + 2] = desk_steps(prose);
	row[DESK_F_PAGE_SIZE + 3] = desk_steps(blocks);
	row[DESK_F_PAGE_SIZE + 4] = desk_steps(longest);
	row[DESK_F_PAGE_SHARE] = desk_share(prose, words);
	row[DESK_F_PAGE_SHARE + 1] = desk_share(view->links[count], words);
	row[DESK_F_PAGE_SHARE + 2] = desk_share(blocks, count);
	row[DESK_F_PAGE_SHARE + 3] = view->nodes[view->best].prose;
	row[DESK_F_PAGE_SHARE + 4] = view->nodes[view->best].density;
	for (int k = 0; k < 12; k++)
		row[DESK_F_PAGE_TAGS + k] = desk_steps(page->tags[tags[k]]);
	row[DESK_F_PAGE_HINTS] = hints->article;
	row[DESK_F_PAGE_HINTS + 1] = hints->product;
	row[DESK_F_PAGE_HINTS + 2] = hints->forum;
	row[DESK_F_PAGE_HINTS + 3] = hints->listing;
	row[DESK_F_PAGE_HINTS + 4] = hints->body.data != NULL;
	kinds_row(view, row);
	row[DESK_F_PAGE_COMMENTS] = desk_share(comments, count);
	row[DESK_F_PAGE_PRICES] = desk_steps(prices);
}

int
desk_page_features(struct desk_page *page, struct desk_arena *arena,
    int16_t **rows, size_t *feature_count, struct desk_error *error)
{
	struct desk_view *view;
	int code = desk_page_view(page, arena, &view, error);
	if (code)
		return code;
	*feature_count = DESK_FEATURES;
	*rows = desk_arena_alloc(
	    arena, (page->block_count + 1) * DESK_FEATURES * sizeof **rows);
	if (!*rows)
		return desk_fail_memory(error);
	for (size_t i = 0; i < page->block_count; i++)
		desk_view_row(view, i, *rows + i * DESK_FEATURES);
	return 0;
}

const char *
desk_feature_name(size_t feature, size_t *number)
{
#define GROUP(name, n) {#name, n},
	static const struct {
		const char *name;
		size_t count;
	} list[] = {DESK_FEATURE_LIST(GROUP)};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		if (feature < list[i].count) {
			*number = feature;
			return list[i].name;
		}
		feature -= list[i].count;
	}
	*number = 0;
	return "?";
}
