/*
 * grow.c - the boosting.
 *
 * Every tree is fitted to what the trees before it leave open: the slope of
 * each row's loss at its score, and its curvature.  Scores are whole numbers,
 * as the model will give them, so each tree also corrects the rounding of those
 * before it.  Slopes and curvatures are made whole numbers too, as fine as 32
 * bits for the sum of all allow: sums are then exact in any order, and of the
 * arithmetic of the machine only plain operations on doubles remain.
 */
#include "model/grow.h"

#include <float.h>

#include "core/error.h"
#include "model/grow_parts.h"

/* Scores beyond this are as good as certain. */
enum { SCORE_MAX = 16 * DESK_TREES_ONE };

struct boost {
	struct desk_grow_options options;
	const struct desk_rows *rows;
	struct desk_grow_bins bins;
	struct desk_grow_tree tree;
	desk_grow_pull *pulls;
	int32_t *scores;
	double *odds; /* the likelihood of yes at scores from 0 */
	uint64_t dice;
};

static double
likelihood(const struct boost *boost, int32_t score)
{
	int32_t size = score < 0 ? -score : score;
	double p = boost->odds[size > SCORE_MAX ? SCORE_MAX : size];
	return score < 0 ? 1 - p : p;
}

/* 1 / (1 + exp(-score)), by products of exp(-1 / 1024) alone. */
static void
fill_odds(double *odds)
{
	double step = 1, power = 1;
	for (int k = 8; k > 0; k--)
		step = 1 - step / k / DESK_TREES_ONE;
	for (int i = 0; i <= SCORE_MAX; i++) {
		odds[i] = 1 / (1 + power);
		power *= step;
	}
}

/* The next of a row of numbers below 2^53 that look thrown (xorshift). */
static double throw(struct boost * boost)
{
	boost->dice ^= boost->dice << 13;
	boost->dice ^= boost->dice >> 7;
	boost->dice ^= boost->dice << 17;
	return (double)(boost->dice >> 11) / 9007199254740992.0;
}

/* The score that all rows begin with: the odds of yes among all. */
static int
begin(struct boost *boost, int32_t *base, struct desk_error *error)
{
	double yes = 0, all = 0;
	for (size_t i = 0; i < boost->bins.row_count; i++) {
		uint32_t row = boost->bins.rows[i];
		all += boost->rows->weights[row];
		if (boost->rows->labels[row])
			yes += boost->rows->weights[row];
	}
	if (!(yes > 0 && yes < all && all <= FLT_MAX))
		return desk_fail(
		    error, DESK_EDATA, "there is nothing to learn from");
	int32_t low = -SCORE_MAX, high = SCORE_MAX;
	while (low < high) {
		int32_t middle = low + (high - low) / 2;
		if (likelihood(boost, middle) < yes / all)
			low = middle + 1;
		else
			high = middle;
	}
	*base = low;
	for (size_t i = 0; i < boost->bins.row_count; i++)
		boost->scores[i] = low;
	return 0;
}

/* Fills in the pulls of the rows at their scores; returns the mean square of
 * what is wrong. */
static double
pull(struct boost *boost)
{
	size_t n = boost->bins.row_count;
	double slopes = 0, curves = 0, wrong = 0, all = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t row = boost->bins.rows[i];
		double weight = boost->rows->weights[row];
		double p = likelihood(boost, boost->scores[i]);
		double off = boost->rows->labels[row] ? 1 - p : p;
		slopes += weight * off;
		curves += weight * p * (1 - p);
		wrong += weight * off * off;
		all += weight;
	}
	boost->tree.slope_unit = slopes / 1073741824.0;
	boost->tree.curve_unit = curves / 2147483648.0;
	for (size_t i = 0; i < n; i++) {
		uint32_t row = boost->bins.rows[i];
		double weight = boost->rows->weights[row];
		double p = likelihood(boost, boost->scores[i]);
		double off = boost->rows->labels[row] ? 1 - p : p;
		uint64_t slope =
		    (uint64_t)(weight * off / boost->tree.slope_unit + 0.5);
		uint64_t curve =
		    (uint64_t)(weight * p * (1 - p) / boost->tree.curve_unit +
			       0.5);
		if (boost->rows->labels[row])
			slope = 0 - slope;
		boost->pulls[i] = (slope << 32) + curve;
	}
	return wrong / all;
}

/* Which rows a tree sees: those without pull are as good as not there. */
static void
choose(struct boost *boost)
{
	if (boost->options.rows < 1)
		for (size_t i = 0; i < boost->bins.row_count; i++)
			if (throw(boost) >= boost->options.rows)
				boost->pulls[i] = 0;
}

static int
boost_init(struct boost *boost, struct desk_error *error)
{
	const struct desk_grow_options *o = &boost->options;
	int code = desk_grow_bins_make(
	    &boost->bins, boost->rows, o->bins, o->threads, error);
	if (code)
		return code;
	size_t n = boost->bins.row_count;
	boost->pulls = desk_calloc(n, sizeof *boost->pulls);
	boost->scores = desk_calloc(n, sizeof *boost->scores);
	boost->odds = desk_calloc(SCORE_MAX + 1, sizeof *boost->odds);
	if (!boost->pulls || !boost->scores || !boost->odds)
		return desk_fail_memory(error);
	fill_odds(boost->odds);
	boost->dice = (2 * o->seed + 1) * UINT64_C(0x9E3779B97F4A7C15);
	boost->tree.bins = &boost->bins;
	boost->tree.options = o;
	boost->tree.pulls = boost->pulls;
	boost->tree.scores = boost->scores;
	return desk_grow_tree_init(&boost->tree, error);
}

static void
boost_release(struct boost *boost)
{
	desk_grow_tree_release(&boost->tree);
	desk_grow_bins_release(&boost->bins);
	desk_free(boost->pulls);
	desk_free(boost->scores);
	desk_free(boost->odds);
}

/* The trees as they grow, each in its place among the deeper and the flatter
 * ones; the model's arrays are const. */
struct forest {
	uint16_t *roots;
	uint8_t *depths;
	struct desk_tree_node *nodes;
	uint32_t node_count;
	uint16_t count;
};

static void
plant(struct forest *forest, const struct desk_grow_tree *tree)
{
	size_t at = forest->count++;
	for (; at > 0 && forest->depths[at - 1] < tree->depth; at--) {
		forest->depths[at] = forest->depths[at - 1];
		forest->roots[at] = forest->roots[at - 1];
	}
	forest->depths[at] = (uint8_t)tree->depth;
	forest->roots[at] = (uint16_t)forest->node_count;
	for (unsigned i = 0; i < tree->node_count; i++) {
		struct desk_tree_node *node =
		    &forest->nodes[forest->node_count + i];
		*node = tree->nodes[i];
		node->left = (uint16_t)(node->left + forest->node_count);
	}
	forest->node_count += tree->node_count;
}

static void
grow(struct boost *boost, struct forest *forest)
{
	for (unsigned i = 0; i < boost->options.trees; i++) {
		double error = pull(boost);
		choose(boost);
		boost->tree.number = i;
		desk_grow_tree_run(&boost->tree);
		if (boost->tree.leaf_count == 1)
			return;
		plant(forest, &boost->tree);
		if (boost->options.grown)
			boost->options.grown(
			    boost->options.context, i + 1, error);
	}
}

static struct desk_grow_options
completed(const struct desk_grow_options *options)
{
	struct desk_grow_options o = *options;
	o.trees = o.trees ? o.trees : 60;
	o.leaves = o.leaves ? o.leaves : 15;
	o.depth = o.depth ? o.depth : 5;
	o.bins = o.bins && o.bins < GROW_BINS ? o.bins : GROW_BINS;
	o.rate = o.rate > 0 ? o.rate : 0.1;
	o.weight = o.weight > 0 ? o.weight : 1;
	o.ridge = o.ridge > 0 ? o.ridge : 1;
	o.rows = o.rows > 0 ? o.rows : 1;
	o.features = o.features > 0 ? o.features : 1;
	o.threads = o.threads ? o.threads : 1;
	return o;
}

int
desk_trees_grow(const struct desk_rows *rows,
    const struct desk_grow_options *options, struct desk_arena *arena,
    struct desk_trees *trees, struct desk_error *error)
{
	struct boost boost = {.options = completed(options), .rows = rows};
	struct forest forest = {0};
	int32_t base = 0;
	size_t most = (size_t)boost.options.leaves * 2 * boost.options.trees;
	if (boost.options.depth > DESK_TREES_DEPTH_MAX || most > UINT16_MAX ||
	    rows->count > INT32_MAX || rows->feature_count > UINT16_MAX)
		return desk_fail(error, DESK_ELIMIT,
		    "more rows or nodes than can be numbered");
	forest.roots =
	    desk_arena_alloc(arena, boost.options.trees * sizeof *forest.roots);
	forest.depths = desk_arena_alloc(arena, boost.options.trees);
	forest.nodes = desk_arena_alloc(arena, most * sizeof *forest.nodes);
	int code = 0;
	if (!forest.roots || !forest.depths || !forest.nodes)
		code = desk_fail_memory(error);
	if (!code)
		code = boost_init(&boost, error);
	if (!code)
		code = begin(&boost, &base, error);
	if (!code)
		grow(&boost, &forest);
	*trees = (struct desk_trees){
	    .feature_count = (uint16_t)rows->feature_count,
	    .tree_count = forest.count,
	    .node_count = forest.node_count,
	    .roots = forest.roots,
	    .depths = forest.depths,
	    .nodes = forest.nodes,
	    .base = base,
	};
	boost_release(&boost);
	return code;
}
