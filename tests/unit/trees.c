/* Scores of boosted trees, and the tables that the build makes of models. */
#include <stdint.h>

#include "boilerplate/features.h"
#include "model/trees.h"
#include "page_news.inc"
#include "page_other.inc"
#include "page_type.inc"
#include "tap.h"

enum { FEATURES = 9, TREES = 27, NODES_MAX = 1000 };

static uint64_t dice = 1;

static unsigned
dice_throw(unsigned sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (unsigned)(dice >> 33) % sides;
}

static struct desk_tree_node nodes[NODES_MAX];
static uint16_t roots[TREES];
static uint8_t depths[TREES];

/* Adds a tree in which each inner node has a leaf and, down to a depth, another
 * inner node under it. */
static uint32_t
add_tree(uint32_t count, size_t tree, unsigned depth)
{
	uint32_t at = count++;
	roots[tree] = (uint16_t)at;
	depths[tree] = (uint8_t)depth;
	for (unsigned d = 0; d < depth; d++) {
		nodes[at] = (struct desk_tree_node){
		    .feature = (uint16_t)dice_throw(FEATURES),
		    .threshold = (int16_t)(dice_throw(5) - 2),
		    .left = (uint16_t)count};
		uint32_t leaf = count + dice_throw(2);
		at = count + (leaf == count);
		nodes[leaf] = (struct desk_tree_node){.threshold = INT16_MAX,
		    .left = (uint16_t)leaf,
		    .leaf = (int16_t)dice_throw(UINT16_MAX)};
		count += 2;
	}
	nodes[at] = (struct desk_tree_node){.threshold = INT16_MAX,
	    .left = (uint16_t)at,
	    .leaf = (int16_t)(dice_throw(2) ? INT16_MAX : INT16_MIN)};
	return count;
}

/* One tree after the other, each to its leaf. */
static int32_t
plain_score(const struct desk_trees *t, const int16_t *row)
{
	int32_t score = t->base;
	for (size_t i = 0; i < t->tree_count; i++) {
		uint32_t at = t->roots[i];
		while (t->nodes[at].left != at)
			at = t->nodes[at].left + (row[t->nodes[at].feature] >
						     t->nodes[at].threshold);
		score += t->nodes[at].leaf;
	}
	return score;
}

static void
scores(void)
{
	uint32_t count = 0;
	for (size_t i = 0; i < TREES; i++)
		count = add_tree(count, i, (unsigned)(TREES - i) / 2);
	bool same = true;
	for (unsigned n = 0; n <= TREES; n++) {
		struct desk_trees t = {.feature_count = FEATURES,
		    .tree_count = (uint16_t)n,
		    .node_count = count,
		    .roots = roots,
		    .depths = depths,
		    .nodes = nodes,
		    .base = -100000};
		for (int round = 0; round < 100; round++) {
			int16_t row[FEATURES];
			for (size_t f = 0; f < FEATURES; f++)
				row[f] = (int16_t)(dice_throw(5) - 2);
			row[dice_throw(FEATURES)] = INT16_MAX;
			row[dice_throw(FEATURES)] = INT16_MIN;
			same = same && desk_trees_score(&t, row) ==
					   plain_score(&t, row);
		}
	}
	ok(same, "the sum of all trees' leaves, for any number of trees");
}

/* Whether a tree is as its header says: walks go on to later nodes and end in
 * leaves, the farthest of them at the depth that is told. */
static bool
sound(const struct desk_trees *t, size_t tree)
{
	static uint8_t depth[1 << 16];
	uint32_t from = t->roots[tree];
	uint32_t to = from + 1;
	unsigned deepest = 0;
	depth[from] = 0;
	for (uint32_t at = from; at < to; at++) {
		const struct desk_tree_node *n = &t->nodes[at];
		if (to > t->node_count || n->feature >= t->feature_count)
			return false;
		if (depth[at] > deepest)
			deepest = depth[at];
		if (n->left == at) {
			if (n->threshold != INT16_MAX || n->feature)
				return false;
			continue;
		}
		if (n->left != to || n->leaf)
			return false;
		depth[to] = depth[to + 1] = (uint8_t)(depth[at] + 1);
		to += 2;
	}
	return deepest == t->depths[tree] &&
	       (!tree || t->depths[tree] <= t->depths[tree - 1]);
}

/* A model of lib/data is as trees.h says, and for the features that are. */
static void
table(const struct desk_trees *t, const char *name)
{
	int16_t row[DESK_FEATURES] = {0};
	bool good = t->tree_count > 0;
	for (size_t i = 0; i < t->tree_count; i++)
		good = good && sound(t, i);
	ok(good, name);
	is_int(t->feature_count, DESK_FEATURES, "it has all features");
	is_int(
	    desk_trees_score(t, row), plain_score(t, row), "it gives scores");
}

int
main(void)
{
	scores();
	table(&page_news, "the model for news pages is sound");
	table(&page_other, "the model for other pages is sound");
	table(&page_type, "the model for the type of a page is sound");
	return done();
}
