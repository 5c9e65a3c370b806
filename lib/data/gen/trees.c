/*
 * trees NAME < NAME.trees > NAME.inc - compiles boosted trees.
 *
 * The lines are `features N`, `base N` (what all rows begin with) and for each
 * tree `tree` with its nodes behind it, a node before what is under it: FEATURE
 * ':' THRESHOLD for one that parts the rows, where those up to the threshold
 * come first; a whole number for a leaf.  The result is `static const struct
 * desk_trees NAME` (lib/model/trees.h) and the constant NAME_FEATURES.
 *
 * Trees are put in falling order of depth and their nodes level by level, which
 * is what the walk wants.
 *
 * Run by the build only, so it may give up at the first fault.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>

#include "list.h"
#include "model/trees.h"

enum { MAX_TREES = 4096, MAX_TREE_NODES = 2048, MAX_NODES = 65536 };

struct node {
	long feature; /* -1: a leaf */
	long value;   /* the threshold, or what the leaf adds */
	int left, right;
};

/* A tree as it is laid out, its first node at 0. */
static struct tree {
	struct desk_tree_node *nodes;
	unsigned count, depth;
} trees[MAX_TREES];

static size_t tree_count, node_count;
static long feature_count = -1, base;
static bool has_base;

static long
read_number(char **at, long least, long most)
{
	char *end;
	long n = strtol(*at, &end, 10);
	if (end == *at || n < least || n > most)
		die("a number that is none or too large");
	*at = end;
	return n;
}

/* Reads nodes in the order of the line and ties them to their parents: open
 * holds those that still want a node, the innermost last. */
static int
read_nodes(char *at, struct node *nodes)
{
	static int open[MAX_TREE_NODES];
	int count = 0, depth = 0;
	do {
		if (count == MAX_TREE_NODES)
			die("a tree of too many nodes");
		struct node *node = &nodes[count];
		*node = (struct node){.feature = -1, .left = -1, .right = -1};
		node->value = read_number(&at, INT16_MIN, INT16_MAX);
		if (*at == ':') {
			at++;
			node->feature = node->value;
			if (node->feature < 0 || node->feature >= feature_count)
				die("a feature that there is not");
			node->value = read_number(&at, INT16_MIN, INT16_MAX);
		}
		if (*at && *at != ' ')
			die("something that is no node");
		if (depth) {
			struct node *parent = &nodes[open[depth - 1]];
			if (parent->left < 0)
				parent->left = count;
			else {
				parent->right = count;
				depth--;
			}
		}
		if (node->feature >= 0)
			open[depth++] = count;
		count++;
	} while (depth);
	if (*at)
		die("nodes left over");
	return count;
}

/* Lays a tree out level by level, the two nodes under one side by side. */
static void
lay_out(const struct node *nodes, int count, struct tree *tree)
{
	static int order[MAX_TREE_NODES];
	static unsigned depths[MAX_TREE_NODES];
	unsigned used = 1;
	tree->nodes = must(calloc((size_t)count, sizeof *tree->nodes));
	order[0] = 0;
	depths[0] = 0;
	for (unsigned i = 0; i < used; i++) {
		const struct node *from = &nodes[order[i]];
		struct desk_tree_node *to = &tree->nodes[i];
		if (depths[i] > tree->depth)
			tree->depth = depths[i];
		if (from->feature < 0) {
			to->threshold = INT16_MAX;
			to->left = (uint16_t)i;
			to->leaf = (int16_t)from->value;
			continue;
		}
		to->feature = (uint16_t)from->feature;
		to->threshold = (int16_t)from->value;
		to->left = (uint16_t)used;
		depths[used] = depths[used + 1] = depths[i] + 1;
		order[used++] = from->left;
		order[used++] = from->right;
	}
	tree->count = used;
	if (tree->depth > DESK_TREES_DEPTH_MAX)
		die("a tree that is too deep");
}

static void
read_line(char *line)
{
	static struct node nodes[MAX_TREE_NODES];
	if (!strncmp(line, "features ", 9) && feature_count < 0) {
		char *at = line + 9;
		feature_count = read_number(&at, 1, UINT16_MAX);
	} else if (!strncmp(line, "base ", 5) && !has_base) {
		char *at = line + 5;
		base = read_number(&at, INT32_MIN, INT32_MAX);
		has_base = true;
	} else if (!strncmp(line, "tree ", 5) && feature_count > 0) {
		if (tree_count == MAX_TREES)
			die("too many trees");
		int count = read_nodes(line + 5, nodes);
		lay_out(nodes, count, &trees[tree_count++]);
		node_count += (size_t)count;
		if (node_count > MAX_NODES)
			die("too many nodes");
	} else
		die("not features, base or tree, or in a wrong place");
}

/* The trees from deep to flat, otherwise as they came. */
static void
sort_trees(void)
{
	for (size_t i = 1; i < tree_count; i++) {
		struct tree tree = trees[i];
		size_t k = i;
		for (; k > 0 && trees[k - 1].depth < tree.depth; k--)
			trees[k] = trees[k - 1];
		trees[k] = tree;
	}
}

static void
print_trees(void)
{
	unsigned long first = 0;
	printf(
	    "static const struct desk_tree_node %s_nodes[] = {\n", list_name);
	for (size_t t = 0; t < tree_count; t++) {
		for (unsigned i = 0; i < trees[t].count; i++) {
			const struct desk_tree_node *n = &trees[t].nodes[i];
			printf("{%u, %d, %lu, %d},%s", n->feature, n->threshold,
			    first + n->left, n->leaf, i % 4 == 3 ? "\n" : " ");
		}
		printf("\n");
		first += trees[t].count;
	}
	printf("};\nstatic const uint16_t %s_roots[] = {", list_name);
	first = 0;
	for (size_t t = 0; t < tree_count; t++) {
		printf("%s%lu,", t % 10 ? " " : "\n", first);
		first += trees[t].count;
	}
	printf("\n};\nstatic const uint8_t %s_depths[] = {", list_name);
	for (size_t t = 0; t < tree_count; t++)
		printf("%s%u,", t % 20 ? " " : "\n", trees[t].depth);
	printf("\n};\n");
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: trees NAME < NAME.trees\n");
		return 2;
	}
	list_name = argv[1];
	list_kind = "trees";
	read_list(read_line);
	if (!has_base || !tree_count)
		die("no base, or no tree");
	sort_trees();
	printf("/* Made from lib/data/%s.trees by lib/data/gen/trees.c. */\n",
	    list_name);
	print_trees();
	printf("enum { ");
	for (const char *c = list_name; *c; c++)
		putchar(toupper((unsigned char)*c));
	printf("_FEATURES = %ld };\nstatic const struct desk_trees %s = {\n"
	       "    %ld, %zu, %zu, %s_roots, %s_depths, %s_nodes, %ld};\n",
	    feature_count, list_name, feature_count, tree_count, node_count,
	    list_name, list_name, list_name, base);
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
