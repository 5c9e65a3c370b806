/*
 * What the parts of the trainer share: bins (grow_bins.c), one tree over them
 * (grow_tree.c), and work shared out to threads.  grow.c puts them together.
 */
#ifndef DESK_MODEL_GROW_PARTS_H
#define DESK_MODEL_GROW_PARTS_H

#include <stdbool.h>

#include "model/grow.h"

enum {
	GROW_BLOCK = 16, /* features whose bins of a row lie together */
	GROW_BINS = 255,
	/* Slots between two features of a histogram: more than the bins, so
	 * that the same bin of all features is not the same line of a cache. */
	GROW_STRIDE = 264
};

/* The rows that count, their features as bins.  A value falls into the first
 * bin whose cut is not below it. */
struct desk_grow_bins {
	size_t row_count, feature_count, block_count;
	uint32_t *rows; /* their numbers among the caller's rows */
	uint8_t *cells; /* of block, row and feature, in this order */
	int16_t *cuts;	/* GROW_BINS of each feature; the last means nothing */
	uint16_t *counts; /* bins of each feature */
};

int desk_grow_bins_make(struct desk_grow_bins *bins,
    const struct desk_rows *rows, unsigned most, unsigned threads,
    struct desk_error *error);

void desk_grow_bins_release(struct desk_grow_bins *bins);

/* A row's gradient (upper half, signed) and hessian (lower half) as whole
 * numbers, scaled so that sums over all rows fit. */
typedef uint64_t desk_grow_pull;

/* What trees are grown with, and what one leaves behind. */
struct desk_grow_tree {
	const struct desk_grow_bins *bins;
	const struct desk_grow_options *options; /* no zeros */
	const desk_grow_pull *pulls;		 /* of each row */
	unsigned number;			 /* of the tree */
	double slope_unit, curve_unit;		 /* of the two halves */

	/* Room for 2 * leaves - 1 nodes. */
	struct desk_tree_node *nodes;
	unsigned node_count, depth;
	int32_t *scores; /* of each row; the tree's are added */

	/* Private. */
	struct desk_grow_leaf *leaves;
	unsigned leaf_count;
	uint32_t *order, *spare; /* rows, those of a leaf together */
	desk_grow_pull *ordered; /* their pulls */
	desk_grow_pull *histograms;
	struct desk_grow_split *splits; /* of each block, for two leaves */
};

int desk_grow_tree_init(struct desk_grow_tree *tree, struct desk_error *error);
void desk_grow_tree_run(struct desk_grow_tree *tree);
void desk_grow_tree_release(struct desk_grow_tree *tree);

/* Calls work for 0 to count - 1 in no certain order, in several threads. */
typedef void desk_grow_work(void *context, size_t i);
void desk_grow_share(
    desk_grow_work *work, void *context, size_t count, unsigned threads);

#endif
