/*
 * Boosted trees: the sum of what each tree says of a row of features.
 *
 * Features and scores are whole numbers, so all machines agree.  A score above
 * 0 means yes; it is the logarithm of the odds times DESK_TREES_ONE.  Models
 * are tables made by the build from lib/data/NAME.trees (lib/data/gen/trees.c);
 * nothing is read or allocated at run time.
 */
#ifndef DESK_MODEL_TREES_H
#define DESK_MODEL_TREES_H

#include <stddef.h>
#include <stdint.h>

enum { DESK_TREES_ONE = 1024 };

/* An inner node: rows with features[feature] <= threshold go left.  A child
 * that is negative is a leaf: ~child is its place in leaves. */
struct desk_tree_node {
	uint16_t feature;
	int16_t threshold;
	int16_t left, right;
};

struct desk_trees {
	uint16_t feature_count, tree_count;
	const int16_t *roots; /* of the trees: a node, or a leaf as above */
	const struct desk_tree_node *nodes;
	const int16_t *leaves;
	int32_t base; /* what all rows begin with */
};

/* The score of one row of feature_count features. */
int32_t desk_trees_score(
    const struct desk_trees *trees, const int16_t *features);

#endif
