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

enum { DESK_TREES_ONE = 1024, DESK_TREES_DEPTH_MAX = 64 };

/* Rows with features[feature] <= threshold go to the node left, others to the
 * one after it.  A leaf leads to itself: its feature is 0, its threshold
 * INT16_MAX, so that a walk may go on too long. */
struct desk_tree_node {
	uint16_t feature;
	int16_t threshold;
	uint16_t left;
	int16_t leaf; /* what a leaf adds to the score */
};

/* The trees stand in falling order of their depths. */
struct desk_trees {
	uint16_t feature_count, tree_count;
	uint32_t node_count;
	const uint16_t *roots; /* of each tree, its first node */
	const uint8_t *depths; /* of each tree, steps to its farthest leaf */
	const struct desk_tree_node *nodes;
	int32_t base; /* what all rows begin with */
};

/* The score of one row of feature_count features. */
int32_t desk_trees_score(
    const struct desk_trees *trees, const int16_t *features);

#endif
