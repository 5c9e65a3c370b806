/*
 * trees.c - the score of a row.
 *
 * A step of a walk waits for two loads, one after the other, so eight trees are
 * walked side by side: each as many steps as the deepest of them needs, since a
 * leaf leads to itself.  There is no branch on a feature's value that could be
 * guessed wrongly.
 */
#include "model/trees.h"

enum { SIDE_BY_SIDE = 8 };

static inline uint32_t
step(const struct desk_tree_node *nodes, uint32_t at, const int16_t *features)
{
	const struct desk_tree_node *node = nodes + at;
	return node->left +
	       (uint32_t)(features[node->feature] > node->threshold);
}

/* What eight trees say. */
static inline int32_t
score_eight(const struct desk_tree_node *nodes, const uint16_t *roots,
    unsigned depth, const int16_t *features)
{
	uint32_t a = roots[0], b = roots[1], c = roots[2], d = roots[3],
		 e = roots[4], f = roots[5], g = roots[6], h = roots[7];
	for (; depth > 0; depth--) {
		a = step(nodes, a, features);
		b = step(nodes, b, features);
		c = step(nodes, c, features);
		d = step(nodes, d, features);
		e = step(nodes, e, features);
		f = step(nodes, f, features);
		g = step(nodes, g, features);
		h = step(nodes, h, features);
	}
	return nodes[a].leaf + nodes[b].leaf + nodes[c].leaf + nodes[d].leaf +
	       nodes[e].leaf + nodes[f].leaf + nodes[g].leaf + nodes[h].leaf;
}

int32_t
desk_trees_score(const struct desk_trees *trees, const int16_t *features)
{
	size_t count = trees->tree_count, i = 0;
	int32_t score = trees->base;
	for (; i + SIDE_BY_SIDE <= count; i += SIDE_BY_SIDE)
		score += score_eight(
		    trees->nodes, trees->roots + i, trees->depths[i], features);
	for (; i < count; i++) {
		uint32_t at = trees->roots[i];
		for (unsigned n = trees->depths[i]; n > 0; n--)
			at = step(trees->nodes, at, features);
		score += trees->nodes[at].leaf;
	}
	return score;
}
