/*
 * fit_pages [OPTION]... FOLDER... - learns which blocks of a page are content.
 *
 * Reads the pages of the corpora (corpus.h), cuts and measures them as the
 * filter does, tells from the gold text which of their blocks are content
 * (align.c), and grows trees (lib/model/grow.h) on the blocks' features.
 *
 *	--out=FILE	writes the model, learned from all pages
 *	--cross=FILE	writes what models that have not seen any page of its
 *			site make of each page (JSON Lines of id and text)
 *	--NAME=NUMBER	for the options below; --SET=NUMBER for a set's weight
 *
 * With --cross or --scores a table of scores is printed: the sites are parted
 * into five folds, and each fold is decided by a model of the other four.
 *
 * The sets disagree about what belongs to an article, so the trees are told the
 * set of a page; the model that is written has the answer for news in its
 * place.  A page whose gold text is not to be found on it teaches nothing.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boilerplate/features.h"
#include "boilerplate/page.h"
#include "core/json.h"
#include "core/slice.h"
#include "corpus.h"
#include "model/grow.h"

static struct option {
	const char *name;
	double value;
} options[] = {
    {"trees", 100},
    {"leaves", 15},
    {"depth", 5},
    {"rate", 0.1},
    {"hessian", 5},  /* least weight of a leaf, in words */
    {"ridge", 5},    /* the same */
    {"features", 1}, /* shares that a tree sees */
    {"rows", 1},
    {"bins", 255},
    {"even", 0.5},	   /* 0: words weigh the same; 1: pages do */
    {"labels", 0.75},	   /* F1 that a page's own labels must reach */
    {"threshold", 0},	   /* of the score, in 1/1024 */
    {"as", DESK_SET_NEWS}, /* what is asked for; -1: each set its own */
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
	BINS,
	EVEN,
	LABELS,
	THRESHOLD,
	AS,
	THREADS,
	SCORES,
	OPTIONS
};

/* A page of so many words that are content weighs as its set does; pages of
 * fewer than the least are taken for as long as that. */
enum { USUAL_WORDS = 300, LEAST_WORDS = 30 };

/* The sets, what the trees are told of each, and what its pages weigh. */
static struct set {
	const char *name;
	enum desk_page_set told;
	double weight;
} sets[] = {
    {"aeb", DESK_SET_NEWS, 1}, {"wcxb-article", DESK_SET_ARTICLE, 0.5},
    {"wcxb-documentation", DESK_SET_OTHER, 0.3},
    {"wcxb-service", DESK_SET_OTHER, 0.3}, {"wcxb-forum", DESK_SET_OTHER, 0.3},
    {"wcxb-collection", DESK_SET_OTHER, 0.3},
    {"wcxb-listing", DESK_SET_OTHER, 0.3},
    {"wcxb-product", DESK_SET_OTHER, 0.3},
    {"readability", DESK_SET_READER, 0.3}, {"traf", DESK_SET_SEGMENTS, 0.3},
    {"traf-en", DESK_SET_SEGMENTS, 0}, /* a part of traf, for scores only */
    {"wcxb", DESK_SET_OTHER, 0},       /* all of WCXB, the same */
};

enum { SETS = sizeof sets / sizeof *sets, TRAF_EN = SETS - 2, WCXB = SETS - 1 };

/* Sums of the scores of each set's pages. */
static struct sums {
	size_t pages, exact, empty, with_precision, with_recall;
	size_t hits, misses, faults, rejects;
	double precision, recall, words;
} sums[SETS];

/* The rows of all pages, one page after the other. */
static struct {
	int16_t *features;
	uint8_t *labels, *folds;
	float *weights;
	size_t count, room;
} rows;

static double
option(size_t i)
{
	return options[i].value;
}

static struct set *
set_of(const struct corpus_page *page)
{
	for (size_t i = 0; i < TRAF_EN; i++)
		if (desk_slice_is(page->set, sets[i].name))
			return &sets[i];
	corpus_die(page->id.data, "its set is not known");
}

/* A page as the filter sees it. */
struct view {
	struct desk_page page;
	struct desk_slice *blocks; /* their texts; a second copy has none */
	int16_t *rows;
	struct desk_arena arena;
};

static void
read_view(const struct corpus_page *page, struct view *view)
{
	struct desk_page_source source = {
	    .html = corpus_html(page), .url = page->url};
	struct desk_error error = {0};
	size_t features;
	desk_arena_clear(&view->arena);
	if (desk_page_read(&view->page, &source, &view->arena, &error) ||
	    desk_page_features(
		&view->page, &view->arena, &view->rows, &features, &error))
		corpus_die(page->path, error.text);
	if (features != DESK_FEATURES)
		corpus_die(page->path, "features are missing");
	view->blocks = desk_arena_alloc(
	    &view->arena, view->page.block_count * sizeof *view->blocks);
	if (!view->blocks)
		corpus_die("memory", "there is no more");
	for (size_t i = 0; i < view->page.block_count; i++) {
		const struct desk_page_block *b = &view->page.blocks[i];
		bool copy = b->flags & DESK_PAGE_COPY;
		view->blocks[i] = desk_slice(view->page.text.data + b->start,
		    copy ? 0 : b->end - b->start);
	}
}

/* The text of the blocks that are kept. */
static struct desk_slice
text_of(const struct view *view, const uint8_t *kept)
{
	static struct desk_buffer text;
	text.len = 0;
	for (size_t i = 0; i < view->page.block_count; i++) {
		if (kept[i] != LABEL_YES)
			continue;
		desk_buffer_append(
		    &text, view->blocks[i].data, view->blocks[i].len);
		desk_buffer_byte(&text, '\n');
	}
	if (text.failed)
		corpus_die("memory", "there is no more");
	return desk_slice(text.data ? text.data : "", text.len);
}

/* Gathering. */

static double
f1(double p, double r)
{
	return p + r > 0 ? 2 * p * r / (p + r) : 0;
}

/* Whether keeping what the labels say would give the gold text. */
static bool
teaches(const struct corpus_page *page, const struct view *view,
    const uint8_t *labels)
{
	struct corpus_score score;
	if (!page->gold.data)
		return true;
	corpus_measure(page, text_of(view, labels), &score);
	return score.precision >= 0 && score.recall >= 0 &&
	       f1(score.precision, score.recall) >= option(LABELS);
}

/* sqrt() is the same on all machines, pow() is not. */
static double
raised(double n, double power)
{
	return power == 1 ? n : power == 0.5 ? sqrt(n) : pow(n, power);
}

/* What a word of a page weighs: less on a long page. */
static double
page_weight(const struct corpus_page *page, const uint8_t *labels,
    const uint32_t *words, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += labels[i] == LABEL_YES ? words[i] : 0;
	if (!page->gold.data)
		sum = USUAL_WORDS;
	if (sum < LEAST_WORDS)
		sum = LEAST_WORDS;
	return set_of(page)->weight * raised(USUAL_WORDS / sum, option(EVEN));
}

static void
add_rows(const struct corpus_page *page, const struct view *view,
    const uint8_t *labels, const uint32_t *words)
{
	size_t n = view->page.block_count, need = rows.count + n, room;
	double weight = teaches(page, view, labels)
			    ? page_weight(page, labels, words, n)
			    : 0;
	room = rows.room;
	rows.features = corpus_room(
	    rows.features, need, &room, DESK_FEATURES * sizeof *rows.features);
	room = rows.room;
	rows.labels = corpus_room(rows.labels, need, &room, 1);
	room = rows.room;
	rows.folds = corpus_room(rows.folds, need, &room, 1);
	rows.weights =
	    corpus_room(rows.weights, need, &rows.room, sizeof *rows.weights);
	memcpy(rows.features + rows.count * DESK_FEATURES, view->rows,
	    n * DESK_FEATURES * sizeof *rows.features);
	for (size_t i = 0; i < n; i++) {
		size_t to = rows.count + i;
		rows.features[to * DESK_FEATURES + DESK_F_SET] =
		    (int16_t)set_of(page)->told;
		rows.labels[to] = labels[i];
		rows.folds[to] = (uint8_t)page->fold;
		rows.weights[to] = (float)(weight * words[i]);
		if (labels[i] == LABEL_UNKNOWN)
			rows.weights[to] = 0;
	}
	rows.count += n;
}

static void
gather(const struct corpus *corpus)
{
	struct view view = {0};
	for (size_t i = 0; i < corpus->count; i++) {
		read_view(&corpus->pages[i], &view);
		size_t n = view.page.block_count;
		uint8_t *labels = desk_arena_alloc(&view.arena, n);
		uint32_t *words =
		    desk_arena_alloc(&view.arena, n * sizeof *words);
		if (!labels || !words)
			corpus_die("memory", "there is no more");
		corpus_label(&corpus->pages[i], view.blocks, n, labels, words);
		add_rows(&corpus->pages[i], &view, labels, words);
	}
	desk_arena_release(&view.arena);
}

/* Learning. */

static void
tell(void *context, unsigned trees, double error)
{
	(void)context;
	if (isatty(2))
		fprintf(stderr, "\r%4u trees, error %.4f ", trees, error);
}

/* A model of all rows but those of one fold. */
static struct desk_trees
learn(unsigned without, struct desk_arena *arena)
{
	struct desk_grow_options grow = {
	    .trees = (unsigned)option(TREES),
	    .leaves = (unsigned)option(LEAVES),
	    .depth = (unsigned)option(DEPTH),
	    .bins = (unsigned)option(BINS),
	    .rate = option(RATE),
	    .weight = option(HESSIAN),
	    .ridge = option(RIDGE),
	    .rows = option(ROWS),
	    .features = option(FEATURES),
	    .threads = (unsigned)option(THREADS),
	    .grown = tell,
	};
	struct desk_error error = {0};
	struct desk_trees trees;
	float *weights = calloc(rows.count + 1, sizeof *weights);
	if (!weights)
		corpus_die("memory", "there is no more");
	for (size_t i = 0; i < rows.count; i++)
		weights[i] = rows.folds[i] == without ? 0 : rows.weights[i];
	struct desk_rows learned = {
	    rows.count, DESK_FEATURES, rows.features, rows.labels, weights};
	if (desk_trees_grow(&learned, &grow, arena, &trees, &error))
		corpus_die("trees", error.text);
	free(weights);
	return trees;
}

/* Scoring. */

static void
decide(const struct corpus_page *page, const struct view *view,
    const struct desk_trees *trees, uint8_t *kept)
{
	int16_t as =
	    (int16_t)(option(AS) < 0 ? set_of(page)->told : option(AS));
	for (size_t i = 0; i < view->page.block_count; i++) {
		int16_t *row = view->rows + i * DESK_FEATURES;
		row[DESK_F_SET] = as;
		kept[i] = desk_trees_score(trees, row) > option(THRESHOLD)
			      ? LABEL_YES
			      : LABEL_NO;
	}
}

static void
add_score(struct sums *sum, const struct corpus_score *score)
{
	sum->pages++;
	sum->exact += score->exact;
	sum->empty += score->empty;
	sum->words += score->words;
	sum->hits += score->hits;
	sum->misses += score->misses;
	sum->faults += score->faults;
	sum->rejects += score->rejects;
	if (score->precision >= 0) {
		sum->with_precision++;
		sum->precision += score->precision;
	}
	if (score->recall >= 0) {
		sum->with_recall++;
		sum->recall += score->recall;
	}
}

static void
write_text(const struct corpus_page *page, struct desk_slice text, FILE *to)
{
	static struct desk_buffer line;
	line.len = 0;
	desk_buffer_string(&line, "{\"id\":");
	desk_json_quote(&line, page->id);
	desk_buffer_string(&line, ",\"text\":");
	desk_json_quote(&line, text);
	desk_buffer_string(&line, "}\n");
	if (line.failed || fwrite(line.data, 1, line.len, to) != line.len)
		corpus_die(page->id.data, "its text cannot be written");
}

/* Decides the pages of a fold. */
static void
score_fold(const struct corpus *corpus, unsigned fold,
    const struct desk_trees *trees, FILE *to)
{
	struct view view = {0};
	struct corpus_score score;
	for (size_t i = 0; i < corpus->count; i++) {
		const struct corpus_page *page = &corpus->pages[i];
		if (page->fold != fold)
			continue;
		read_view(page, &view);
		uint8_t *kept =
		    desk_arena_alloc(&view.arena, view.page.block_count);
		if (!kept)
			corpus_die("memory", "there is no more");
		decide(page, &view, trees, kept);
		struct desk_slice text = text_of(&view, kept);
		corpus_measure(page, text, &score);
		add_score(&sums[set_of(page) - sets], &score);
		if (desk_slice_is(page->set, "traf") &&
		    desk_slice_is(page->lang, "en"))
			add_score(&sums[TRAF_EN], &score);
		if (page->set.len > 5 && !memcmp(page->set.data, "wcxb-", 5))
			add_score(&sums[WCXB], &score);
		if (to)
			write_text(page, text, to);
	}
	desk_arena_release(&view.arena);
}

static double
ratio(double a, double b)
{
	return b > 0 ? a / b : 0;
}

static void
print_sums(const char *name, const struct sums *sum, FILE *to)
{
	double n = (double)sum->pages;
	if (sum->hits + sum->misses) {
		double p =
		    ratio((double)sum->hits, (double)(sum->hits + sum->faults));
		double r =
		    ratio((double)sum->hits, (double)(sum->hits + sum->misses));
		fprintf(to, "%-19s%5zu  P %.4f  R %.4f  F1 %.4f  empty %zu\n",
		    name, sum->pages, p, r, f1(p, r), sum->empty);
		return;
	}
	double p = ratio(sum->precision, (double)sum->with_precision);
	double r = ratio(sum->recall, (double)sum->with_recall);
	fprintf(to,
	    "%-19s%5zu  P %.4f  R %.4f  F1 %.4f  exact %.3f  wF1 %.4f"
	    "  empty %zu\n",
	    name, sum->pages, p, r, f1(p, r), ratio((double)sum->exact, n),
	    ratio(sum->words, n), sum->empty);
}

static void
cross_validate(const struct corpus *corpus, FILE *to)
{
	struct desk_arena arena = {0};
	for (unsigned fold = 0; fold < CORPUS_FOLDS; fold++) {
		desk_arena_clear(&arena);
		struct desk_trees trees = learn(fold, &arena);
		score_fold(corpus, fold, &trees, to);
	}
	desk_arena_release(&arena);
	if (isatty(2))
		fprintf(stderr, "\n");
	for (size_t i = 0; i < SETS; i++)
		if (sums[i].pages)
			print_sums(sets[i].name, &sums[i], stdout);
}

/* Options. */

static FILE *
open_for(const char *path)
{
	FILE *file = fopen(path, "w");
	if (!file)
		corpus_die(path, "cannot be written");
	return file;
}

static void
close_for(FILE *file)
{
	if (file && fclose(file))
		corpus_die("output", "cannot be written");
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
	for (size_t i = 0; i < TRAF_EN; i++)
		if (is_option(argument, sets[i].name, &value)) {
			sets[i].weight = strtod(value, NULL);
			return true;
		}
	return false;
}

static void
write_model(FILE *to)
{
	struct desk_arena arena = {0};
	struct desk_trees trees = learn(CORPUS_FOLDS, &arena);
	fprintf(to,
	    "# Which blocks of a web page are its content; "
	    "lib/boilerplate/features.h\n# tells the features.  Made by `make "
	    "models`; pages.md tells from what.\n");
	corpus_print_trees(&trees, DESK_F_SET, DESK_SET_NEWS, to);
	desk_arena_release(&arena);
}

int
main(int argc, char **argv)
{
	static struct corpus corpus;
	FILE *out = NULL, *cross = NULL;
	const char *path;
	for (int i = 1; i < argc; i++) {
		if (is_option(argv[i], "out", &path))
			out = open_for(path);
		else if (is_option(argv[i], "cross", &path))
			cross = open_for(path);
		else if (argv[i][0] != '-')
			corpus_read(&corpus, argv[i]);
		else if (!set_number(argv[i]))
			corpus_die(argv[i], "no such option");
	}
	if (!corpus.count)
		corpus_die("fit_pages", "no FOLDER of pages is given");
	gather(&corpus);
	if (cross || option(SCORES) > 0)
		cross_validate(&corpus, cross);
	if (out)
		write_model(out);
	close_for(out);
	close_for(cross);
	desk_arena_release(&corpus.arena);
	return 0;
}
