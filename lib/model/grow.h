/*
 * Growing boosted trees from rows with labels: gradient boosting on the
 * logistic loss, over histograms of binned features, leaf by leaf (J. Friedman
 * 2001; G. Ke et al. 2017).  The same rows and options give the same trees on
 * every machine: sums are made in one order, and ties go to the lower feature.
 */
#ifndef DESK_MODEL_GROW_H
#define DESK_MODEL_GROW_H

#include "core/memory.h"
#include "copydesk.h"
#include "model/trees.h"

/* Rows one after the other, feature_count values each. */
struct desk_rows {
	size_t count, feature_count;
	const int16_t *features;
	const uint8_t *labels; /* 0 or 1 */
	const float *weights;  /* not negative; 0: the row is left out */
};

/* Zeros mean the values in brackets. */
struct desk_grow_options {
	unsigned trees;	  /* [60] */
	unsigned leaves;  /* of a tree at most [15] */
	unsigned depth;	  /* of a tree at most [5] */
	double rate;	  /* what of each tree's advice is taken [0.1] */
	double weight;	  /* of hessians in a leaf at least [1] */
	double ridge;	  /* L2 on leaves [1] */
	unsigned threads; /* [1]; does not change the result */
	/* Called after each tree, may be NULL. */
	void (*grown)(void *context, unsigned trees, double loss);
	void *context;
};

/* The model's arrays are in the arena.  DESK_EDATA where labels are all alike
 * or nothing has weight; DESK_ENOMEM. */
int desk_trees_grow(const struct desk_rows *rows,
    const struct desk_grow_options *options, struct desk_arena *arena,
    struct desk_trees *trees, struct desk_error *error);

#endif
