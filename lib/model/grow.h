/*
 * Growing boosted trees from rows with labels: gradient boosting on the
 * logistic loss, over histograms of binned features, leaf by leaf (J. Friedman
 * 2001; G. Ke et al. 2017).  The same rows and options give the same trees on
 * every machine and with any number of threads: what is summed over rows are
 * whole numbers, and ties go to the lower feature and the lower threshold.
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
	unsigned trees;	  /* at most [60] */
	unsigned leaves;  /* of a tree at most [15] */
	unsigned depth;	  /* of a tree at most [5] */
	unsigned bins;	  /* of a feature at most, up to 255 [255] */
	double rate;	  /* what of each tree's advice is taken [0.1] */
	double weight;	  /* of hessians in a leaf at least [1] */
	double ridge;	  /* L2 on leaves [1] */
	double rows;	  /* share of the rows that each tree sees [1] */
	double features;  /* share of them that each split is chosen from [1] */
	uint64_t seed;	  /* of the choice of these */
	unsigned threads; /* [1]; does not change the result */
	/* Called after each tree, may be NULL; error is the mean square of
	 * label less likelihood before it. */
	void (*grown)(void *context, unsigned trees, double error);
	void *context;
};

/* The model's arrays are in the arena.  Fewer trees come out where no more
 * split helps.  DESK_EDATA where labels are all alike or nothing has weight,
 * DESK_ELIMIT where nodes or rows are more than the model can number,
 * DESK_ENOMEM. */
int desk_trees_grow(const struct desk_rows *rows,
    const struct desk_grow_options *options, struct desk_arena *arena,
    struct desk_trees *trees, struct desk_error *error);

#endif
