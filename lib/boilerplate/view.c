/*
 * view.c - what the elements of a page hold, and where its blocks stand.
 *
 * Sums over the blocks before each make every element's contents a difference
 * of two of them.  All else is read in passes over nodes (parents come before
 * children) and blocks, each once.
 */
#include <string.h>

#include "boilerplate/blocks.h"
#include "boilerplate/features.h"
#include "boilerplate/tells.h"
#include "core/error.h"

enum { BEST_SHARE = 600 /* of 1000: what the best child holds at least */ };

/* Groups of tags, from 1. */
static const uint8_t groups[DESK_TAG_COUNT] = {
    [DESK_TAG_ARTICLE] = 1,
    [DESK_TAG_MAIN] = 2,
    [DESK_TAG_SECTION] = 3,
    [DESK_TAG_ASIDE] = 4,
    [DESK_TAG_NAV] = 5,
    [DESK_TAG_MENU] = 5,
    [DESK_TAG_HEADER] = 6,
    [DESK_TAG_FOOTER] = 7,
    [DESK_TAG_FORM] = 8,
    [DESK_TAG_FIELDSET] = 8,
    [DESK_TAG_TABLE] = 9,
    [DESK_TAG_TD] = 10,
    [DESK_TAG_TH] = 10,
    [DESK_TAG_UL] = 11,
    [DESK_TAG_OL] = 12,
    [DESK_TAG_LI] = 13,
    [DESK_TAG_BLOCKQUOTE] = 14,
    [DESK_TAG_FIGURE] = 15,
    [DESK_TAG_FIGCAPTION] = 16,
    [DESK_TAG_DETAILS] = 17,
    [DESK_TAG_SUMMARY] = 17,
    [DESK_TAG_DIALOG] = 17,
    [DESK_TAG_DL] = 18,
    [DESK_TAG_P] = 19,
    [DESK_TAG_PRE] = 20,
    [DESK_TAG_ADDRESS] = 20,
    [DESK_TAG_H1] = 21,
    [DESK_TAG_H2] = 21,
    [DESK_TAG_H3] = 21,
    [DESK_TAG_H4] = 21,
    [DESK_TAG_H5] = 21,
    [DESK_TAG_H6] = 21,
};

static const uint8_t flag_bits[DESK_VIEW_FLAGS] = {DESK_NODE_HIDDEN,
    DESK_NODE_AUTHOR, DESK_NODE_BODY, DESK_NODE_TIME, DESK_NODE_MAIN,
    DESK_NODE_AROUND, DESK_NODE_COMMENT};

static void
sum_blocks(struct desk_view *view)
{
	const struct desk_page *page = view->page;
	uint32_t words = 0, prose = 0, links = 0;
	for (size_t i = 0; i < page->block_count; i++) {
		const struct desk_page_block *b = &page->blocks[i];
		const struct desk_page_measure *m = &view->measures.of[i];
		view->words[i] = words;
		view->prose[i] = prose;
		view->links[i] = links;
		if (b->flags & DESK_PAGE_COPY)
			continue;
		words += m->words;
		prose += m->prose ? m->words : 0;
		links += (uint32_t)((uint64_t)m->words * b->link_bytes /
				    (b->end - b->start));
	}
	view->words[page->block_count] = words;
	view->prose[page->block_count] = prose;
	view->links[page->block_count] = links;
}

static uint32_t
in_node(const uint32_t *sums, const struct desk_page_node *node)
{
	return sums[node->last] - sums[node->first];
}

/* The element that most of the prose stands in, as deep as it goes; and that
 * of the longest block of prose. */
static void
find_best(struct desk_view *view)
{
	const struct desk_page *page = view->page;
	uint16_t words = 0;
	for (size_t i = 1; i < page->node_count; i++) {
		const struct desk_page_node *n = &page->nodes[i];
		if (n->parent != view->best)
			continue;
		uint64_t all = in_node(view->prose, &page->nodes[n->parent]);
		uint64_t own = in_node(view->prose, n);
		if (own && own * 1000 >= all * BEST_SHARE)
			view->best = (uint32_t)i;
	}
	for (size_t i = 0; i < page->block_count; i++) {
		const struct desk_page_measure *m = &view->measures.of[i];
		if (!m->prose || m->words <= words ||
		    (page->blocks[i].flags & DESK_PAGE_COPY))
			continue;
		words = m->words;
		view->longest = page->blocks[i].node;
	}
}

static uint8_t
farther(uint8_t distance)
{
	return distance < DESK_VIEW_FAR ? distance + 1 : DESK_VIEW_FAR;
}

static void
see_above(struct desk_node_view *v, const struct desk_node_view *above,
    const struct desk_page_node *n)
{
	for (int i = 0; i < DESK_VIEW_TAGS; i++)
		v->tags[i] = farther(above->tags[i]);
	if (groups[n->tag])
		v->tags[groups[n->tag] - 1] = 0;
	for (int i = 0; i < DESK_VIEW_FLAGS; i++)
		v->flags[i] =
		    n->flags & flag_bits[i] ? 0 : farther(above->flags[i]);
	for (int i = 0; i < DESK_VIEW_KINDS; i++)
		v->kinds[i] = n->kinds >> i & 1 ? 0 : farther(above->kinds[i]);
	v->best_up = farther(above->best_up);
	v->long_up = farther(above->long_up);
	v->head_up = farther(above->head_up);
	v->head_depth = above->head_depth;
	v->best_depth = above->best_depth;
	v->long_depth = above->long_depth;
}

/* Climbs from a node to the root and sets the distance of its ancestors. */
static void
mark_line(struct desk_view *view, uint8_t *marks, uint32_t node, uint8_t mark)
{
	for (;; node = view->page->nodes[node].parent) {
		marks[node] |= mark;
		if (!node)
			break;
	}
}

static uint8_t
levels(uint32_t from, uint32_t to)
{
	uint32_t n = from - to;
	return n < DESK_VIEW_FAR ? (uint8_t)n : DESK_VIEW_FAR;
}

static void
see_node(struct desk_view *view, size_t i, const uint8_t *marks)
{
	const struct desk_page *page = view->page;
	const struct desk_page_node *n = &page->nodes[i];
	struct desk_node_view *v = &view->nodes[i];
	if (i) {
		see_above(v, &view->nodes[n->parent], n);
	} else {
		memset(v, 0, sizeof *v);
		memset(v->tags, DESK_VIEW_FAR, sizeof v->tags);
		memset(v->flags, DESK_VIEW_FAR, sizeof v->flags);
		memset(v->kinds, DESK_VIEW_FAR, sizeof v->kinds);
	}
	if (marks[i] & 1) {
		v->best_up = 0;
		v->best_depth = n->depth;
	}
	if (marks[i] & 2) {
		v->long_up = 0;
		v->long_depth = n->depth;
	}
	if (marks[i] & 4) {
		v->head_up = 0;
		v->head_depth = n->depth;
	}
	v->head_down = levels(view->head_depth, v->head_depth);
	v->best_down = levels(page->nodes[view->best].depth, v->best_depth);
	v->long_down = levels(page->nodes[view->longest].depth, v->long_depth);
	uint32_t words = in_node(view->words, n);
	uint32_t prose = in_node(view->prose, n);
	v->prose = desk_share(prose, view->prose[page->block_count]);
	v->words = desk_share(words, view->words[page->block_count]);
	v->density = desk_share(prose, words);
	v->link = desk_share(in_node(view->links, n), words);
	v->blocks = desk_steps(n->last - n->first);
	v->index = desk_steps(n->index);
}

/* The place of a key in a table with room. */
static uint32_t
find_path(struct desk_path_view *table, size_t mask, uint64_t key)
{
	key |= 1;
	size_t at = (key * UINT64_C(0x9E3779B97F4A7C15)) >> 32 & mask;
	while (table[at].key && table[at].key != key)
		at = (at + 1) & mask;
	table[at].key = key;
	return (uint32_t)at;
}

static struct desk_path_view *
make_table(size_t count, size_t *mask, struct desk_arena *arena)
{
	size_t room = 64;
	while (room < 2 * count)
		room *= 2;
	struct desk_path_view *table =
	    desk_arena_alloc(arena, room * sizeof *table);
	if (table)
		memset(table, 0, room * sizeof *table);
	*mask = room - 1;
	return table;
}

/* Counts siblings of the same tag and class, and their words. */
static int
see_groups(
    struct desk_view *view, struct desk_arena *arena, struct desk_error *error)
{
	const struct desk_page *page = view->page;
	size_t mask;
	view->groups = make_table(page->node_count, &mask, arena);
	if (!view->groups)
		return desk_fail_memory(error);
	for (size_t i = 0; i < page->node_count; i++) {
		const struct desk_page_node *n = &page->nodes[i];
		uint64_t key = ((uint64_t)n->parent << 32 | n->own) *
			       UINT64_C(0xC2B2AE3D27D4EB4F);
		view->nodes[i].group = find_path(view->groups, mask, key);
		struct desk_path_view *g = &view->groups[view->nodes[i].group];
		g->count++;
		g->prose += in_node(view->words, n);
	}
	for (size_t i = 0; i < page->node_count; i++) {
		const struct desk_path_view *g =
		    &view->groups[view->nodes[i].group];
		view->nodes[i].same = desk_steps(g->count);
		view->nodes[i].mean = desk_steps(g->prose / g->count);
	}
	return 0;
}

/* Counts blocks, and prose, under the same tags and classes. */
static int
see_paths(
    struct desk_view *view, struct desk_arena *arena, struct desk_error *error)
{
	const struct desk_page *page = view->page;
	size_t mask;
	view->paths =
	    make_table(page->block_count * DESK_VIEW_PATHS, &mask, arena);
	if (!view->paths)
		return desk_fail_memory(error);
	for (size_t i = 0; i < page->block_count; i++) {
		uint32_t node = page->blocks[i].node;
		uint64_t key = 0;
		for (int k = 0; k < DESK_VIEW_PATHS; k++) {
			const struct desk_page_node *n = &page->nodes[node];
			bool all = k == DESK_VIEW_PATHS - 1;
			key = (key ^ (all ? n->path : n->own) ^ (unsigned)k) *
			      UINT64_C(0xC2B2AE3D27D4EB4F);
			key ^= key >> 31;
			uint32_t at = find_path(view->paths, mask, key);
			view->blocks[i].paths[k] = at;
			view->paths[at].count++;
			if (view->measures.of[i].prose)
				view->paths[at].prose +=
				    view->measures.of[i].words;
			node = n->parent;
		}
	}
	return 0;
}

static unsigned
landmarks(const struct desk_page_measure *m)
{
	unsigned marks = 0;
	if (m->words > 24)
		return 0;
	if (m->cues &
	    (DESK_TELL_LINE_END | DESK_TELL_LINE_STOP | DESK_TELL_LEAD_END))
		marks |= 1u << DESK_MARK_END;
	if (m->cues & DESK_TELL_LEAD_BYLINE)
		marks |= 1u << DESK_MARK_BYLINE;
	if (m->cues & DESK_TELL_LEAD_LINK)
		marks |= 1u << DESK_MARK_LINK;
	if (m->cues & (DESK_TELL_IN_PROMPT | DESK_TELL_IN_CONTACT))
		marks |= 1u << DESK_MARK_PROMPT;
	return marks;
}

static void
count_on(uint16_t *to, const uint16_t *from, unsigned marks)
{
	for (unsigned k = 0; k < DESK_MARKS; k++) {
		uint16_t n = from ? from[k] : UINT16_MAX;
		to[k] = marks >> k & 1 ? 0 : n == UINT16_MAX ? n : n + 1u;
	}
}

static void
see_blocks(struct desk_view *view)
{
	const struct desk_page *page = view->page;
	uint32_t count = (uint32_t)page->block_count;
	uint32_t prose = count, section = count;
	view->first_prose = view->last_prose = count;
	for (uint32_t i = 0; i < count; i++) {
		const struct desk_page_measure *m = &view->measures.of[i];
		struct desk_block_view *v = &view->blocks[i];
		v->prose_before = prose;
		v->section = section;
		if (m->prose)
			prose = i;
		if (m->prose && view->first_prose == count)
			view->first_prose = i;
		if (page->blocks[i].kind == DESK_HEADING)
			section = i;
		count_on(v->since, i ? v[-1].since : NULL, landmarks(m));
	}
	view->last_prose = prose;
	prose = count;
	for (uint32_t i = count; i-- > 0;) {
		const struct desk_page_measure *m = &view->measures.of[i];
		struct desk_block_view *v = &view->blocks[i];
		v->prose_after = prose;
		if (m->prose)
			prose = i;
		count_on(
		    v->until, i + 1 < count ? v[1].until : NULL, landmarks(m));
	}
}

/* The block that is the page's headline: a heading that has most of the title,
 * or else the first h1; of equals the one right before most prose. */
static void
find_headline(struct desk_view *view)
{
	const struct desk_page *page = view->page;
	uint32_t best = 0;
	view->headline = (uint32_t)page->block_count;
	for (size_t i = 0; i < page->block_count; i++) {
		const struct desk_page_block *b = &page->blocks[i];
		const struct desk_page_measure *m = &view->measures.of[i];
		uint32_t title = m->shared[DESK_SHARED_TITLE], score;
		uint32_t head = view->measures.head_words[DESK_SHARED_TITLE];
		if (!m->words || m->words > 40 || b->kind == DESK_ITEM)
			continue;
		score = (uint32_t)desk_share(2ull * title, m->words + head);
		score = score < 500 ? 0 : score;
		if (b->kind == DESK_HEADING)
			score += b->level == 1 ? 600 : score ? 200 : 0;
		if (b->link_bytes * 2 > b->end - b->start)
			score /= 2;
		if (score > best) {
			best = score;
			view->headline = (uint32_t)i;
		}
	}
}

static void *
take(struct desk_arena *arena, size_t count, size_t size)
{
	return desk_arena_alloc(arena, (count + 1) * size);
}

int
desk_page_view(struct desk_page *page, struct desk_arena *arena,
    struct desk_view **made, struct desk_error *error)
{
	size_t blocks = page->block_count, nodes = page->node_count;
	struct desk_view *view = take(arena, 0, sizeof *view);
	if (!view)
		return desk_fail_memory(error);
	memset(view, 0, sizeof *view);
	*made = view;
	view->page = page;
	int code = desk_page_measure(page, arena, &view->measures, error);
	if (!code)
		code =
		    desk_page_find_copies(page, &view->measures, arena, error);
	if (code)
		return code;
	view->nodes = take(arena, nodes, sizeof *view->nodes);
	view->blocks = take(arena, blocks, sizeof *view->blocks);
	view->prose = take(arena, blocks, sizeof *view->prose);
	view->words = take(arena, blocks, sizeof *view->words);
	view->links = take(arena, blocks, sizeof *view->links);
	uint8_t *marks = take(arena, nodes, 1);
	if (!view->nodes || !view->blocks || !view->prose || !view->words ||
	    !view->links || !marks)
		return desk_fail_memory(error);
	sum_blocks(view);
	find_best(view);
	find_headline(view);
	memset(marks, 0, nodes);
	mark_line(view, marks, view->best, 1);
	mark_line(view, marks, view->longest, 2);
	if (view->headline < blocks) {
		uint32_t node = page->blocks[view->headline].node;
		view->head_depth = page->nodes[node].depth;
		mark_line(view, marks, node, 4);
	}
	for (size_t i = 0; i < nodes; i++)
		see_node(view, i, marks);
	code = see_groups(view, arena, error);
	if (!code)
		code = see_paths(view, arena, error);
	if (code)
		return code;
	see_blocks(view);
	desk_view_page(view);
	return 0;
}
