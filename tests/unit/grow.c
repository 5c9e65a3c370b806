/* Growing trees. */
#include <stdint.h>
#include <stdlib.h>

#include "core/memory.h"
#include "model/grow.h"
#include "tap.h"

enum { ROWS = 4000, FEATURES = 21 };

static int16_t features[ROWS * FEATURES];
static uint8_t labels[ROWS];
static float weights[ROWS];

static uint64_t dice = 7;

static unsigned
dice_throw(unsigned sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (unsigned)(dice >> 33) % sides;
}

/* Rows whose label is whether two features are on the same side, now and then
 * wrong; the other features are noise of many and few values. */
static struct desk_rows
make_rows(void)
{
	for (size_t i = 0; i < ROWS; i++) {
		int16_t *row = features + i * FEATURES;
		for (size_t f = 0; f < FEATURES; f++)
			row[f] = f % 3 ? (int16_t)(dice_throw(60000) - 30000)
				       : (int16_t)dice_throw(7);
		labels[i] = (row[1] > 500) == (row[17] > -2000);
		if (dice_throw(20) == 0)
			labels[i] = !labels[i];
		weights[i] = (float)(1 + dice_throw(9)) / 4;
	}
	return (struct desk_rows){ROWS, FEATURES, features, labels, weights};
}

static double
right(const struct desk_trees *trees)
{
	size_t n = 0;
	for (size_t i = 0; i < ROWS; i++)
		n += (desk_trees_score(trees, features + i * FEATURES) > 0) ==
		     labels[i];
	return (double)n / ROWS;
}

static bool
same_trees(const struct desk_trees *a, const struct desk_trees *b)
{
	return a->base == b->base && a->tree_count == b->tree_count &&
	       a->node_count == b->node_count &&
	       !memcmp(a->roots, b->roots, a->tree_count * sizeof *a->roots) &&
	       !memcmp(a->depths, b->depths, a->tree_count) &&
	       !memcmp(a->nodes, b->nodes, a->node_count * sizeof *a->nodes);
}

static struct desk_trees
grown(const struct desk_rows *rows, struct desk_grow_options options,
    struct desk_arena *arena)
{
	struct desk_trees trees = {0};
	struct desk_error error = {0};
	if (desk_trees_grow(rows, &options, arena, &trees, &error)) {
		printf("Bail out! %s\n", error.text);
		exit(1);
	}
	return trees;
}

static void
learns(struct desk_arena *arena)
{
	struct desk_rows rows = make_rows();
	struct desk_grow_options o = {.trees = 40};
	struct desk_trees trees = grown(&rows, o, arena);
	ok(right(&trees) > 0.94, "learns what no single feature tells");
	o.leaves = 4;
	o.depth = 2;
	struct desk_trees small = grown(&rows, o, arena);
	is_int(small.tree_count, 40, "as many trees as asked for");
	ok(small.node_count <= 40 * 7, "no more leaves than asked for");
	is_int(small.depths[0], 2, "and no deeper");
	ok(right(&small) < right(&trees), "smaller trees know less");
	uint32_t sum = 0;
	for (uint32_t i = 0; i < trees.node_count; i++)
		sum = sum * 31 + (uint16_t)trees.nodes[i].leaf +
		      (uint16_t)trees.nodes[i].threshold * 7u +
		      trees.nodes[i].feature * 13u;
	is_int(sum, 32347022, "the same trees on every machine");
}

/* What must not change a bit of the result. */
static void
agrees(struct desk_arena *arena)
{
	struct desk_rows rows = make_rows();
	struct desk_grow_options o = {.trees = 12, .weight = 4, .ridge = 2};
	struct desk_trees trees = grown(&rows, o, arena);
	o.threads = 5;
	struct desk_trees other = grown(&rows, o, arena);
	ok(same_trees(&trees, &other), "threads change nothing");
	o.threads = 0;
	for (size_t i = 0; i < ROWS; i++)
		weights[i] *= 8;
	o.weight *= 8;
	o.ridge *= 8;
	other = grown(&rows, o, arena);
	ok(same_trees(&trees, &other), "nor does the unit of weights");
	for (size_t i = ROWS / 2; i < ROWS; i++)
		weights[i] = 0;
	trees = grown(&rows, o, arena);
	rows.count = ROWS / 2;
	other = grown(&rows, o, arena);
	ok(same_trees(&trees, &other), "nor do rows without weight");
	o.rows = o.features = 0.5;
	trees = grown(&rows, o, arena);
	other = grown(&rows, o, arena);
	ok(same_trees(&trees, &other), "samples are the same each time");
	o.seed = 1;
	other = grown(&rows, o, arena);
	ok(!same_trees(&trees, &other), "another seed gives others");
}

/* A feature of few values: where it is cut, and what a leaf says. */
static void
cuts(struct desk_arena *arena)
{
	static const int16_t values[8] = {
	    INT16_MIN, INT16_MIN, -7, -7, -4, -4, INT16_MAX, INT16_MAX};
	static const uint8_t answers[8] = {0, 0, 0, 0, 1, 1, 1, 1};
	static const float ones[8] = {1, 1, 1, 1, 1, 1, 1, 1};
	struct desk_rows rows = {8, 1, values, answers, ones};
	struct desk_grow_options o = {
	    .trees = 1, .leaves = 2, .rate = 1, .weight = 0.5};
	struct desk_trees trees = grown(&rows, o, arena);
	is_int(trees.base, 0, "rows begin with the odds of all");
	is_int(trees.nodes[0].threshold, -6, "cut halfway between two values");
	/* A gradient of 4 * 1/2 over a hessian of 4 * 1/4 and the ridge. */
	is_int(trees.nodes[2].leaf, DESK_TREES_ONE, "a leaf is Newton's step");
	is_int(trees.nodes[1].leaf, -DESK_TREES_ONE, "on both sides");
	o.weight = 1.25;
	trees = grown(&rows, o, arena);
	is_int(trees.tree_count, 0, "no leaf lighter than asked for");
}

static void
refuses(struct desk_arena *arena)
{
	struct desk_rows rows = make_rows();
	struct desk_grow_options o = {0};
	struct desk_trees trees;
	struct desk_error error = {0};
	for (size_t i = 0; i < ROWS; i++)
		labels[i] = 1;
	is_int(desk_trees_grow(&rows, &o, arena, &trees, &error), DESK_EDATA,
	    "labels that are all alike");
	make_rows();
	for (size_t i = 0; i < ROWS; i++)
		weights[i] = 0;
	is_int(desk_trees_grow(&rows, &o, arena, &trees, &error), DESK_EDATA,
	    "rows without weight");
	rows.count = 0;
	is_int(desk_trees_grow(&rows, &o, arena, &trees, &error), DESK_EDATA,
	    "no rows");
	rows = make_rows();
	o.trees = o.leaves = 200;
	is_int(desk_trees_grow(&rows, &o, arena, &trees, &error), DESK_ELIMIT,
	    "more nodes than can be numbered");
	memset(features, 0, sizeof features);
	o = (struct desk_grow_options){0};
	trees = grown(&rows, o, arena);
	is_int(trees.tree_count, 0, "no trees where features tell nothing");
}

int
main(void)
{
	struct desk_arena arena = {0};
	learns(&arena);
	agrees(&arena);
	cuts(&arena);
	refuses(&arena);
	desk_arena_release(&arena);
	return done();
}
