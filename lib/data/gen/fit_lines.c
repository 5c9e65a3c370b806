/*
 * fit_lines [OPTION]... FOLDER... FILE... - learns which lines of a plain text
 * are an article's.
 *
 * FILEs are JSON Lines, gzipped or not, of texts whose lines are labelled: id,
 * set, variant, lines of text and keep.  The pages of the FOLDERs (corpus.h)
 * of some sets are made into such texts: a line for each block.  A text is also
 * taken cropped to the surroundings of its article, thinned out, and clean.
 * Lines are measured as the filter does (lib/boilerplate/lines.h), and trees
 * are grown on them (lib/model/grow.h).
 *
 *	--out=FILE	writes the model, learned from all texts
 *	--NAME=NUMBER	for the options below
 *
 * With --scores the sites are parted into five folds, each fold is decided by
 * a model of the other four, in rounds as the filter does it, and the words
 * that are kept rightly and wrongly are counted.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boilerplate/lines.h"
#include "boilerplate/select.h"
#include "core/slice.h"
#include "corpus.h"
#include "model/grow.h"
#include "texts.h"

static struct option {
	const char *name;
	double value;
} options[] = {
    {"trees", 150},
    {"leaves", 15},
    {"depth", 5},
    {"rate", 0.1},
    {"hessian", 5}, /* least weight of a leaf, in words */
    {"ridge", 5},
    {"features", 1}, /* shares that a tree sees */
    {"rows", 1},
    {"even", 0.5},   /* 0: words weigh the same on all pages; 1: pages do */
    {"power", 0.75}, /* of a line's words, for its weight */
    {"bias", 0},
    {"threads", 2},
    {"scores", 0},
};

enum {
	TREES,
	LEAVES,
	DEPTH,
	RATE,
	HESSIAN,
	RIDGE,
	FEATURES,
	ROWS,
	EVEN,
	POWER,
	BIAS,
	THREADS,
	SCORES,
	OPTIONS
};

enum { USUAL_WORDS = 300, LEAST_WORDS = 50 };

/* What a word weighs, by the sets and the variants. */
static double set_weights[SETS] = {1, 0.3, 0.4, 0.2};
static double variant_weights[VARIANTS] = {1, 1, 0.4, 0.3};

/* The rows of all texts, and how they are decided. */
static struct {
	int16_t *features;
	uint8_t *labels, *folds;
	float *weights;
	size_t count, room;
} rows;

enum { ROW = DESK_LINE_FEATURES + 1 };

static double
option(size_t i)
{
	return options[i].value;
}

/* Rows. */

/* A text as the filter has it, and which line each of its blocks is. */
struct view {
	struct desk_buffer joined;
	struct desk_text_block *blocks;
	size_t count;
	uint16_t *topics;
	uint32_t *line;
	struct desk_arena arena;
};

static void
cut_text(const struct text *t, struct view *view)
{
	struct desk_error error = {0};
	view->joined.len = 0;
	desk_arena_clear(&view->arena);
	for (size_t i = 0; i < t->count; i++) {
		desk_buffer_append(
		    &view->joined, t->lines[i].data, t->lines[i].len);
		desk_buffer_byte(&view->joined, '\n');
	}
	if (view->joined.failed)
		corpus_die("memory", "there is no more");
	struct desk_slice text =
	    desk_slice(view->joined.data, view->joined.len);
	if (desk_blocks_cut(text, false, &view->arena, &view->blocks,
		&view->count, &view->topics, &error) ||
	    desk_blocks_match(
		text, view->blocks, view->count, &view->arena, &error))
		corpus_die("a text", error.text);
	view->line = desk_arena_alloc(
	    &view->arena, (view->count + 1) * sizeof *view->line);
	if (!view->line)
		corpus_die("memory", "there is no more");
	size_t at = 0, end = 0;
	for (size_t i = 0; i < view->count; i++) {
		while (end + t->lines[at].len < view->blocks[i].start)
			end += t->lines[at++].len + 1;
		view->line[i] = (uint32_t)at;
	}
}

/* sqrt() is the same on all machines, pow() is not. */
static double
raised(double n, double power)
{
	if (power == 0.75)
		return sqrt(n) * sqrt(sqrt(n));
	return power == 1 ? n : power == 0.5 ? sqrt(n) : pow(n, power);
}

static double
text_weight(const struct text *t)
{
	double sum = 0;
	for (size_t i = 0; i < t->count; i++)
		sum += t->labels[i] == LABEL_YES ? t->words[i] : 0;
	if (sum < LEAST_WORDS)
		sum = LEAST_WORDS;
	if (t->set == SET_TRAF)
		sum = USUAL_WORDS;
	return set_weights[t->set] * variant_weights[t->variant] *
	       raised(USUAL_WORDS / sum, option(EVEN));
}

static void
make_room(size_t more)
{
	size_t need = rows.count + more, room;
	room = rows.room;
	rows.features = corpus_room(
	    rows.features, need, &room, ROW * sizeof *rows.features);
	room = rows.room;
	rows.labels = corpus_room(rows.labels, need, &room, 1);
	room = rows.room;
	rows.folds = corpus_room(rows.folds, need, &room, 1);
	rows.weights =
	    corpus_room(rows.weights, need, &rows.room, sizeof *rows.weights);
}

static void
add_rows(const struct text *t, struct view *view)
{
	struct desk_error error = {0};
	struct desk_stretch in;
	struct desk_lines known;
	double weight = text_weight(t);
	cut_text(t, view);
	desk_blocks_decide(view->blocks, view->count, &in);
	if (!in.article)
		return;
	if (desk_lines_prepare(&known, view->blocks, view->count, &in,
		view->topics, &view->arena, &error))
		corpus_die("a text", error.text);
	make_room(view->count);
	for (size_t i = 0; i < view->count; i++) {
		size_t line = view->line[i], to = rows.count;
		if (t->labels[line] == LABEL_UNKNOWN ||
		    desk_lines_sure(&known, i))
			continue;
		desk_lines_row(&known, i, rows.features + to * ROW);
		rows.features[to * ROW + DESK_LINE_FEATURES] = (int16_t)t->set;
		rows.labels[to] = t->labels[line] == LABEL_YES;
		rows.folds[to] = (uint8_t)t->fold;
		rows.weights[to] =
		    (float)(weight *
			    raised(t->words[line] ? t->words[line] : 0.5,
				option(POWER)));
		rows.count++;
	}
}

static struct desk_trees
learn(unsigned without, struct desk_arena *arena)
{
	struct desk_grow_options grow = {
	    .trees = (unsigned)option(TREES),
	    .leaves = (unsigned)option(LEAVES),
	    .depth = (unsigned)option(DEPTH),
	    .rate = option(RATE),
	    .weight = option(HESSIAN),
	    .ridge = option(RIDGE),
	    .rows = option(ROWS),
	    .features = option(FEATURES),
	    .threads = (unsigned)option(THREADS),
	};
	struct desk_error error = {0};
	struct desk_trees trees;
	float *weights = calloc(rows.count + 1, sizeof *weights);
	if (!weights)
		corpus_die("memory", "there is no more");
	for (size_t i = 0; i < rows.count; i++)
		weights[i] = rows.folds[i] == without ? 0 : rows.weights[i];
	struct desk_rows learned = {
	    rows.count, ROW, rows.features, rows.labels, weights};
	if (desk_trees_grow(&learned, &grow, arena, &trees, &error))
		corpus_die("trees", error.text);
	free(weights);
	return trees;
}

/* Scores. */

static struct sums {
	size_t texts, exact;
	double right, wrong, lost, f1;
} sums[SETS][VARIANTS];

static void
score_text(
    const struct text *t, const struct desk_trees *trees, struct view *view)
{
	struct desk_error error = {0};
	struct desk_line_judge by = {trees, (int32_t)option(BIAS)};
	struct sums *sum = &sums[t->set][t->variant];
	double right = 0, wrong = 0, lost = 0;
	bool exact = true;
	cut_text(t, view);
	if (desk_blocks_select(view->blocks, view->count, view->topics, &by,
		&view->arena, &error))
		corpus_die("a text", error.text);
	for (size_t i = 0; i < view->count; i++) {
		size_t line = view->line[i];
		bool kept = view->blocks[i].verdict == DESK_VERDICT_KEEP;
		bool gold = t->labels[line] == LABEL_YES;
		if (t->labels[line] == LABEL_UNKNOWN)
			continue;
		right += kept && gold ? t->words[line] : 0;
		wrong += kept && !gold ? t->words[line] : 0;
		lost += !kept && gold ? t->words[line] : 0;
		exact &= kept == gold || !t->words[line];
	}
	sum->texts++;
	sum->exact += exact;
	sum->right += right;
	sum->wrong += wrong;
	sum->lost += lost;
	if (right > 0)
		sum->f1 += 2 * right / (2 * right + wrong + lost);
}

static void
cross_validate(void)
{
	struct desk_arena arena = {0};
	struct view view = {0};
	for (unsigned fold = 0; fold < CORPUS_FOLDS; fold++) {
		desk_arena_clear(&arena);
		struct desk_trees trees = learn(fold, &arena);
		for (size_t i = 0; i < texts.count; i++)
			if (texts.of[i].fold == fold)
				score_text(&texts.of[i], &trees, &view);
	}
	for (size_t s = 0; s < SETS; s++)
		for (size_t v = 0; v < VARIANTS; v++) {
			const struct sums *n = &sums[s][v];
			if (!n->texts)
				continue;
			double p = n->right / (n->right + n->wrong);
			double r = n->right / (n->right + n->lost);
			printf("%-14s%-6s%5zu  P %.4f  R %.4f  F1 %.4f  "
			       "mean %.4f  exact %.3f\n",
			    set_names[s], variant_names[v], n->texts, p, r,
			    2 * p * r / (p + r), n->f1 / (double)n->texts,
			    (double)n->exact / (double)n->texts);
		}
}

static void
write_model(const char *path)
{
	struct desk_arena arena = {0};
	struct desk_trees trees = learn(CORPUS_FOLDS, &arena);
	FILE *to = fopen(path, "w");
	if (!to)
		corpus_die(path, "cannot be written");
	fprintf(to,
	    "# Which lines of a plain text are its article's; "
	    "lib/boilerplate/lines.c\n# makes the features.  Made by `make "
	    "models`; lines.md tells from what.\n");
	corpus_print_trees(&trees, DESK_LINE_FEATURES, 0, to);
	if (fclose(to))
		corpus_die(path, "cannot be written");
	desk_arena_release(&arena);
}

/* Whether an argument is --name=value; *value gets what stands behind. */
static bool
is_option(const char *argument, const char *name, const char **value)
{
	size_t len = strlen(name);
	if (strncmp(argument, "--", 2) || strncmp(argument + 2, name, len) ||
	    argument[2 + len] != '=')
		return false;
	*value = argument + 3 + len;
	return true;
}

static bool
set_number(const char *argument)
{
	const char *value;
	for (size_t i = 0; i < OPTIONS; i++)
		if (is_option(argument, options[i].name, &value)) {
			options[i].value = strtod(value, NULL);
			return true;
		}
	for (size_t i = 0; i < SETS; i++)
		if (is_option(argument, set_names[i], &value)) {
			set_weights[i] = strtod(value, NULL);
			return true;
		}
	for (size_t i = 0; i < VARIANTS; i++)
		if (is_option(argument, variant_names[i], &value)) {
			variant_weights[i] = strtod(value, NULL);
			return true;
		}
	return false;
}

static bool
is_file(const char *argument)
{
	size_t len = strlen(argument);
	return strstr(argument, ".jsonl") != NULL && len > 6;
}

int
main(int argc, char **argv)
{
	static struct corpus corpus;
	static struct view view;
	const char *out = NULL;
	for (int i = 1; i < argc; i++)
		if (argv[i][0] == '-') {
			if (!is_option(argv[i], "out", &out) &&
			    !set_number(argv[i]))
				corpus_die(argv[i], "no such option");
		} else if (!is_file(argv[i])) {
			corpus_read(&corpus, argv[i]);
		}
	for (int i = 1; i < argc; i++)
		if (argv[i][0] != '-' && is_file(argv[i]))
			texts_read(&corpus, argv[i]);
	texts_read_pages(&corpus);
	for (size_t i = 0; i < texts.count; i++)
		add_rows(&texts.of[i], &view);
	if (!rows.count)
		corpus_die("fit_lines", "there is no text to learn from");
	fprintf(stderr, "%zu texts, %zu rows\n", texts.count, rows.count);
	if (option(SCORES) > 0)
		cross_validate();
	if (out)
		write_model(out);
	return 0;
}
