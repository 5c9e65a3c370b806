/*
 * grow_tree.c - one tree.
 *
 * The leaf whose best split gains most is split next, until there are leaves
 * enough or no split gains.  A split is found from the leaf's histogram: for
 * each feature and bin the sum of gradients and hessians of its rows.  Of two
 * new leaves only the smaller is counted; the other is what is left of their
 * parent.  Since these are whole numbers, that is exact.
 */
#include "model/grow_parts.h"

#include <string.h>

#include "core/error.h"

/* Under this many cells, threads cost more than they bring. */
enum { CELLS_WORTH_THREADS = 200000, AHEAD = 24 };

struct desk_grow_split {
	double gain; /* 0: none */
	size_t feature;
	unsigned bin; /* the last one that goes left */
	desk_grow_pull left;
};

struct desk_grow_leaf {
	size_t first, count; /* of order */
	desk_grow_pull sum, *histogram;
	struct desk_grow_split split;
	unsigned node, depth;
};

static double
slope_of(const struct desk_grow_tree *tree, desk_grow_pull sum)
{
	return (double)(int32_t)(uint32_t)(sum >> 32) * tree->slope_unit;
}

static double
curve_of(const struct desk_grow_tree *tree, desk_grow_pull sum)
{
	return (double)(uint32_t)sum * tree->curve_unit;
}

static size_t
histogram_size(const struct desk_grow_bins *bins)
{
	return bins->block_count * GROW_BLOCK * GROW_STRIDE;
}

int
desk_grow_tree_init(struct desk_grow_tree *tree, struct desk_error *error)
{
	size_t rows = tree->bins->row_count, leaves = tree->options->leaves;
	tree->nodes = desk_calloc(2 * leaves, sizeof *tree->nodes);
	tree->leaves = desk_calloc(leaves, sizeof *tree->leaves);
	tree->order = desk_calloc(rows, sizeof *tree->order);
	tree->spare = desk_calloc(rows, sizeof *tree->spare);
	tree->ordered = desk_calloc(rows, sizeof *tree->ordered);
	tree->histograms = desk_calloc(
	    leaves, histogram_size(tree->bins) * sizeof *tree->histograms);
	tree->splits =
	    desk_calloc(tree->bins->block_count, 2 * sizeof *tree->splits);
	if (tree->nodes && tree->leaves && tree->order && tree->spare &&
	    tree->ordered && tree->histograms && tree->splits)
		return 0;
	desk_grow_tree_release(tree);
	return desk_fail_memory(error);
}

void
desk_grow_tree_release(struct desk_grow_tree *tree)
{
	desk_free(tree->nodes);
	desk_free(tree->leaves);
	desk_free(tree->order);
	desk_free(tree->spare);
	desk_free(tree->ordered);
	desk_free(tree->histograms);
	desk_free(tree->splits);
	*tree = (struct desk_grow_tree){0};
}

/* What work on a leaf's blocks needs. */
struct job {
	struct desk_grow_tree *tree;
	struct desk_grow_leaf *leaf, *sister;
};

static void
count_block(const struct job *job, size_t block)
{
	const struct desk_grow_bins *bins = job->tree->bins;
	const struct desk_grow_leaf *leaf = job->leaf;
	const uint32_t *order = job->tree->order + leaf->first;
	const desk_grow_pull *pulls = job->tree->ordered + leaf->first;
	const uint8_t *cells =
	    bins->cells + block * bins->row_count * GROW_BLOCK;
	size_t size = (size_t)GROW_BLOCK * GROW_STRIDE;
	desk_grow_pull *h = leaf->histogram + block * size;
	memset(h, 0, size * sizeof *h);
	for (size_t i = 0; i < leaf->count; i++) {
		const uint8_t *c = cells + (size_t)order[i] * GROW_BLOCK;
		desk_grow_pull pull = pulls[i];
		if (i + AHEAD < leaf->count)
			__builtin_prefetch(
			    cells + (size_t)order[i + AHEAD] * GROW_BLOCK);
		for (size_t k = 0; k < GROW_BLOCK; k++)
			h[k * GROW_STRIDE + c[k]] += pull;
	}
	if (!job->sister)
		return;
	/* The sister has what was their parent's. */
	desk_grow_pull *rest = job->sister->histogram + block * size;
	for (size_t k = 0; k < size; k++)
		rest[k] -= h[k];
}

/* The best split of a feature, where it beats the one given. */
static void
try_feature(const struct desk_grow_tree *tree,
    const struct desk_grow_leaf *leaf, size_t feature,
    struct desk_grow_split *best)
{
	const desk_grow_pull *h = leaf->histogram + feature * GROW_STRIDE;
	unsigned count = tree->bins->counts[feature];
	double ridge = tree->options->ridge, least = tree->options->weight;
	double slope = slope_of(tree, leaf->sum);
	double curve = curve_of(tree, leaf->sum);
	double before = slope * slope / (curve + ridge);
	desk_grow_pull left = 0;
	for (unsigned b = 0; b + 1 < count; b++) {
		if (!h[b])
			continue;
		left += h[b];
		double curve_left = curve_of(tree, left);
		double curve_right = curve_of(tree, leaf->sum - left);
		if (curve_left < least)
			continue;
		if (curve_right < least)
			break;
		double slope_left = slope_of(tree, left);
		double slope_right = slope_of(tree, leaf->sum - left);
		double gain =
		    slope_left * slope_left / (curve_left + ridge) +
		    slope_right * slope_right / (curve_right + ridge) - before;
		if (gain > best->gain)
			*best =
			    (struct desk_grow_split){gain, feature, b, left};
	}
}

/* Whether a leaf may be split by a feature: by a hash of what is asked. */
static bool
seen(const struct desk_grow_tree *tree, const struct desk_grow_leaf *leaf,
    size_t feature)
{
	const struct desk_grow_options *o = tree->options;
	uint64_t hash = o->seed + 1;
	const uint64_t asked[3] = {tree->number, leaf->node, feature};
	if (o->features >= 1)
		return true;
	for (size_t i = 0; i < 3; i++) {
		hash = (hash ^ asked[i]) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 29;
	}
	return (double)(hash >> 11) < o->features * 9007199254740992.0;
}

static struct desk_grow_split
try_block(const struct desk_grow_tree *tree, const struct desk_grow_leaf *leaf,
    size_t block)
{
	struct desk_grow_split best = {0};
	size_t end = (block + 1) * GROW_BLOCK;
	if (end > tree->bins->feature_count)
		end = tree->bins->feature_count;
	for (size_t f = block * GROW_BLOCK; f < end; f++)
		if (seen(tree, leaf, f))
			try_feature(tree, leaf, f, &best);
	return best;
}

static void
study_block(void *context, size_t block)
{
	const struct job *job = context;
	struct desk_grow_split *splits = job->tree->splits + 2 * block;
	count_block(job, block);
	splits[0] = try_block(job->tree, job->leaf, block);
	if (job->sister)
		splits[1] = try_block(job->tree, job->sister, block);
}

/* Counts a leaf and finds its best split, and its sister's. */
static void
study(struct desk_grow_tree *tree, struct desk_grow_leaf *leaf,
    struct desk_grow_leaf *sister)
{
	size_t blocks = tree->bins->block_count;
	size_t cells = leaf->count * blocks * GROW_BLOCK;
	struct job job = {tree, leaf, sister};
	for (size_t i = leaf->first; i < leaf->first + leaf->count; i++)
		tree->ordered[i] = tree->pulls[tree->order[i]];
	desk_grow_share(study_block, &job, blocks,
	    cells < CELLS_WORTH_THREADS ? 1 : tree->options->threads);
	for (size_t i = 0; i < blocks; i++) {
		const struct desk_grow_split *splits = tree->splits + 2 * i;
		if (splits[0].gain > leaf->split.gain)
			leaf->split = splits[0];
		if (sister && splits[1].gain > sister->split.gain)
			sister->split = splits[1];
	}
}

/* Moves the rows that go left before those that go right; both stay in
 * order. */
static size_t
part(struct desk_grow_tree *tree, const struct desk_grow_leaf *leaf)
{
	const struct desk_grow_split *split = &leaf->split;
	const uint8_t *cells =
	    tree->bins->cells +
	    split->feature / GROW_BLOCK * tree->bins->row_count * GROW_BLOCK +
	    split->feature % GROW_BLOCK;
	uint32_t *rows = tree->order + leaf->first;
	size_t left = 0, right = 0;
	for (size_t i = 0; i < leaf->count; i++) {
		uint32_t row = rows[i];
		bool goes_left = cells[(size_t)row * GROW_BLOCK] <= split->bin;
		rows[left] = row;
		tree->spare[right] = row;
		left += goes_left;
		right += !goes_left;
	}
	memcpy(rows + left, tree->spare, right * sizeof *rows);
	return left;
}

/* Splits a leaf; the new one is the last. */
static void
split(struct desk_grow_tree *tree, struct desk_grow_leaf *leaf)
{
	struct desk_grow_leaf *right = &tree->leaves[tree->leaf_count++];
	struct desk_tree_node *node = &tree->nodes[leaf->node];
	const struct desk_grow_split s = leaf->split;
	size_t left_count = part(tree, leaf);
	node->feature = (uint16_t)s.feature;
	node->threshold = tree->bins->cuts[s.feature * GROW_BINS + s.bin];
	node->left = (uint16_t)tree->node_count;
	*right = (struct desk_grow_leaf){
	    .first = leaf->first + left_count,
	    .count = leaf->count - left_count,
	    .sum = leaf->sum - s.left,
	    .histogram = tree->histograms + (size_t)(right - tree->leaves) *
						histogram_size(tree->bins),
	    .node = tree->node_count + 1,
	    .depth = leaf->depth + 1,
	};
	leaf->count = left_count;
	leaf->sum = s.left;
	leaf->node = tree->node_count;
	leaf->depth++;
	leaf->split = (struct desk_grow_split){0};
	tree->node_count += 2;
	if (leaf->depth > tree->depth)
		tree->depth = leaf->depth;
	if (leaf->depth == tree->options->depth ||
	    tree->leaf_count == tree->options->leaves)
		return;
	if (leaf->count <= right->count) {
		/* The parent's histogram becomes the larger one's. */
		desk_grow_pull *h = right->histogram;
		right->histogram = leaf->histogram;
		leaf->histogram = h;
		study(tree, leaf, right);
	} else
		study(tree, right, leaf);
}

/* What a leaf adds to the scores of its rows. */
static void
settle(struct desk_grow_tree *tree, const struct desk_grow_leaf *leaf)
{
	struct desk_tree_node *node = &tree->nodes[leaf->node];
	double advice = -slope_of(tree, leaf->sum) /
			(curve_of(tree, leaf->sum) + tree->options->ridge) *
			tree->options->rate * DESK_TREES_ONE;
	int32_t value = (int32_t)(advice < -INT16_MAX  ? -INT16_MAX
				  : advice > INT16_MAX ? INT16_MAX
				  : advice < 0	       ? advice - 0.5
						       : advice + 0.5);
	*node = (struct desk_tree_node){.threshold = INT16_MAX,
	    .left = (uint16_t)leaf->node,
	    .leaf = (int16_t)value};
	for (size_t i = leaf->first; i < leaf->first + leaf->count; i++)
		tree->scores[tree->order[i]] += value;
}

void
desk_grow_tree_run(struct desk_grow_tree *tree)
{
	size_t rows = tree->bins->row_count;
	struct desk_grow_leaf *root = &tree->leaves[0];
	*root = (struct desk_grow_leaf){
	    .count = rows, .histogram = tree->histograms};
	for (size_t i = 0; i < rows; i++) {
		tree->order[i] = (uint32_t)i;
		root->sum += tree->pulls[i];
	}
	tree->leaf_count = tree->node_count = 1;
	tree->depth = 0;
	study(tree, root, NULL);
	while (tree->leaf_count < tree->options->leaves) {
		struct desk_grow_leaf *best = root;
		for (unsigned i = 1; i < tree->leaf_count; i++)
			if (tree->leaves[i].split.gain > best->split.gain)
				best = &tree->leaves[i];
		if (best->split.gain <= 0)
			break;
		split(tree, best);
	}
	for (unsigned i = 0; i < tree->leaf_count; i++)
		settle(tree, &tree->leaves[i]);
}
