/*
 * fit_pages [OPTION]... FOLDER... - learns which blocks of a page are content.
 *
 * Reads the pages of the corpora (corpus.h), cuts and measures them as the
 * filter does, tells from the gold text which of their blocks are content
 * (align.c), and grows trees (lib/model/grow.h) on the blocks' features: three
 * models, for what lib/boilerplate/pick.h asks.
 *
 *	--out=FOLDER	writes the models there, learned from all pages
 *	--scores	decides each page by models that have not seen any page
 *			of its site, and prints a table of scores: the sites
 *			are parted into five folds, and each fold is decided
 *			by models of the other four
 *	--cross=FILE	the same, and writes the texts (JSON Lines of id, text)
 *	--threads=N	changes nothing but the time
 *
 * The sets disagree about what belongs to the content, so the trees are told
 * the set of a page; in a model that is written the answer that the filter
 * would give stands in its place.  A page whose gold text is not to be found on
 * it teaches nothing about blocks.
 *
 * Where the features have changed, the models in lib/data must be given their
 * new number before this program can be built again; it does not use them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boilerplate/features.h"
#include "page/page.h"
#include "boilerplate/pick.h"
#include "core/json.h"
#include "core/lexicon.h"
#include "core/slice.h"
#include "corpus.h"
#include "model/grow.h"

enum { NEWS, OTHER, TYPE, MODELS };

/* How each model is grown.  A leaf's least weight and the ridge are in words
 * (of TYPE, in pages), even tells how pages are made to weigh: 0 by the words
 * of their content, 1 the same, .5 between the two. */
static const struct recipe {
	const char *name;
	enum desk_page_set asked; /* what the filter asks it */
	double even;
	struct desk_grow_options grow;
} recipes[MODELS] = {
    [NEWS] = {"page_news", DESK_SET_NEWS, 0.5,
	{.trees = 100,
	    .leaves = 15,
	    .depth = 5,
	    .rate = 0.1,
	    .features = 0.3,
	    .weight = 5,
	    .ridge = 5}},
    [OTHER] = {"page_other", DESK_SET_OTHER, 0.7,
	{.trees = 100,
	    .leaves = 31,
	    .depth = 7,
	    .rate = 0.1,
	    .features = 0.3,
	    .weight = 5,
	    .ridge = 5}},
    [TYPE] = {"page_type", DESK_SET_NEWS, 0,
	{.trees = 60,
	    .leaves = 7,
	    .depth = 4,
	    .rate = 0.1,
	    .weight = 3,
	    .ridge = 1}},
};

/* F1 that keeping the gold blocks of a page must reach for it to teach.  A page
 * of so many words that are content weighs as its set does; pages of fewer than
 * the least are taken for as long as that. */
static const double least_f1 = 0.75;
enum { USUAL_WORDS = 300, LEAST_WORDS = 30 };

/* The sets, what the trees are told of each, what its pages weigh in each
 * model, and whether they are articles. */
static const struct set {
	const char *name;
	enum desk_page_set told;
	double weights[MODELS];
	bool article;
} sets[] = {
    {"aeb", DESK_SET_NEWS, {1, 0.1, 1}, true},
    {"wcxb-article", DESK_SET_ARTICLE, {0.5, 0.1, 1}, true},
    {"wcxb-documentation", DESK_SET_OTHER, {0.1, 1, 1}, false},
    {"wcxb-service", DESK_SET_OTHER, {0.1, 1, 1}, false},
    {"wcxb-forum", DESK_SET_OTHER, {0.1, 1, 1}, false},
    {"wcxb-collection", DESK_SET_OTHER, {0.1, 1, 1}, false},
    {"wcxb-listing", DESK_SET_OTHER, {0.1, 1, 1}, false},
    {"wcxb-product", DESK_SET_OTHER, {0.1, 1, 1}, false},
    {"readability", DESK_SET_READER, {0.4, 0.03, 1}, true},
    {"traf", DESK_SET_SEGMENTS, {0.3, 0.03, 0.5}, true},
    /* For scores only: a part of traf, all of WCXB. */
    {"traf-en", DESK_SET_SEGMENTS, {0}, true},
    {"wcxb", DESK_SET_OTHER, {0}, false},
};

enum { SETS = sizeof sets / sizeof *sets, TRAF_EN = SETS - 2, WCXB = SETS - 1 };

/* Sums of the scores of each set's pages. */
static struct sums {
	size_t pages, exact, empty, with_precision, with_recall;
	size_t hits, misses, faults, rejects;
	double precision, recall, words;
} sums[SETS];

/* What the models learn from, in the order of the pages: a row for each block
 * of each page, and for TYPE one for each page. */
static struct rows {
	int16_t *features;
	uint8_t *labels, *folds;
	float *weights[MODELS];
	size_t count, room;
} blocks, pages;

static unsigned threads = 2;

static const struct set *
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
	struct desk_view *view;
	struct desk_slice *texts; /* of blocks; a second copy has none */
	struct desk_arena arena;
};

static void *
take(struct desk_arena *arena, size_t size)
{
	void *p = desk_arena_alloc(arena, size);
	if (!p)
		corpus_die("memory", "there is no more");
	return p;
}

static void
read_view(const struct corpus_page *page, struct view *view)
{
	struct desk_page_source source = {
	    .html = corpus_html(page), .url = page->url, .as_is = true};
	struct desk_error error = {0};
	desk_arena_clear(&view->arena);
	if (desk_page_read(&view->page, &source, &view->arena, &error) ||
	    desk_page_view(&view->page, &view->arena, &view->view, &error))
		corpus_die(page->path, error.text);
	size_t n = view->page.block_count;
	view->texts = take(&view->arena, n * sizeof *view->texts);
	for (size_t i = 0; i < n; i++) {
		const struct desk_page_block *b = &view->page.blocks[i];
		bool copy = b->flags & DESK_PAGE_COPY;
		view->texts[i] = desk_slice(view->page.text.data + b->start,
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
		    &text, view->texts[i].data, view->texts[i].len);
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
	       f1(score.precision, score.recall) >= least_f1;
}

/* sqrt() is the same on all machines, pow() is not. */
static double
raised(double n, double power)
{
	return power == 1 ? n : power == 0.5 ? sqrt(n) : pow(n, power);
}

/* What a word of a page weighs, where its content has so many. */
static double
word_weight(const struct corpus_page *page, double words, size_t model)
{
	if (!page->gold.data)
		words = USUAL_WORDS;
	if (words < LEAST_WORDS)
		words = LEAST_WORDS;
	return set_of(page)->weights[model] *
	       raised(USUAL_WORDS / words, recipes[model].even);
}

/* Room for more rows; returns the number of the first new one. */
static size_t
more_rows(struct rows *rows, size_t n)
{
	size_t need = rows->count + n, was = rows->room, room = was;
	rows->features = corpus_room(rows->features, need, &room,
	    DESK_FEATURES * sizeof *rows->features);
	for (size_t k = 0; k < MODELS; k++) {
		room = was;
		rows->weights[k] = corpus_room(
		    rows->weights[k], need, &room, sizeof **rows->weights);
	}
	room = was;
	rows->labels = corpus_room(rows->labels, need, &room, 1);
	rows->folds = corpus_room(rows->folds, need, &rows->room, 1);
	rows->count = need;
	return need - n;
}

/* Of every second page of an article set the trees are told that it is news:
 * so its convention counts there, too, but for less. */
static enum desk_page_set
told(const struct corpus_page *page)
{
	const struct set *set = set_of(page);
	uint32_t hash = desk_lexicon_hash(page->id.data, page->id.len);
	return set->article && hash & 1 ? DESK_SET_NEWS : set->told;
}

static void
add_page(const struct corpus_page *page, const struct view *view,
    const uint8_t *labels, const uint32_t *words)
{
	size_t n = view->page.block_count, at = more_rows(&pages, 1);
	bool good = teaches(page, view, labels);
	double content = 0;
	memcpy(pages.features + at * DESK_FEATURES, view->view->page_row,
	    DESK_FEATURES * sizeof *pages.features);
	pages.features[at * DESK_FEATURES + DESK_F_SET] = DESK_SET_NEWS;
	pages.labels[at] = set_of(page)->article;
	pages.folds[at] = (uint8_t)page->fold;
	pages.weights[TYPE][at] = (float)set_of(page)->weights[TYPE];
	for (size_t i = 0; i < n; i++)
		content += labels[i] == LABEL_YES ? words[i] : 0;
	at = more_rows(&blocks, n);
	for (size_t i = 0; i < n; i++, at++) {
		int16_t *row = blocks.features + at * DESK_FEATURES;
		desk_view_row(view->view, i, row);
		row[DESK_F_SET] = (int16_t)told(page);
		blocks.labels[at] = labels[i];
		blocks.folds[at] = (uint8_t)page->fold;
		for (size_t k = 0; k < TYPE; k++) {
			double weight =
			    word_weight(page, content, k) * words[i];
			blocks.weights[k][at] = (float)weight;
			if (!good || labels[i] == LABEL_UNKNOWN)
				blocks.weights[k][at] = 0;
		}
	}
}

static void
gather(const struct corpus *corpus)
{
	struct view view = {0};
	for (size_t i = 0; i < corpus->count; i++) {
		read_view(&corpus->pages[i], &view);
		size_t n = view.page.block_count;
		uint8_t *labels = take(&view.arena, n);
		uint32_t *words = take(&view.arena, n * sizeof *words);
		corpus_label(&corpus->pages[i], view.texts, n, labels, words);
		add_page(&corpus->pages[i], &view, labels, words);
	}
	desk_arena_release(&view.arena);
}

/* Learning. */

static void
tell(void *context, unsigned trees, double error)
{
	const struct recipe *recipe = context;
	if (isatty(2))
		fprintf(stderr, "\r%s: %u trees, error %.4f ", recipe->name,
		    trees, error);
}

/* A model of all rows but those of one fold. */
static struct desk_trees
learn(size_t model, unsigned without, struct desk_arena *arena)
{
	const struct rows *rows = model == TYPE ? &pages : &blocks;
	struct recipe recipe = recipes[model];
	struct desk_error error = {0};
	struct desk_trees trees;
	float *weights = calloc(rows->count + 1, sizeof *weights);
	if (!weights)
		corpus_die("memory", "there is no more");
	for (size_t i = 0; i < rows->count; i++)
		if (rows->folds[i] != without)
			weights[i] = rows->weights[model][i];
	struct desk_rows learned = {
	    rows->count, DESK_FEATURES, rows->features, rows->labels, weights};
	recipe.grow.threads = threads;
	recipe.grow.grown = tell;
	recipe.grow.context = &recipe;
	if (desk_trees_grow(&learned, &recipe.grow, arena, &trees, &error))
		corpus_die(recipe.name, error.text);
	free(weights);
	return trees;
}

/* Scoring. */

static void
decide(struct view *view, const struct desk_page_models *models, uint8_t *kept)
{
	const struct desk_boilerplate_options options = {0};
	struct desk_error error = {0};
	struct desk_pick *picks;
	bool empty;
	if (desk_page_pick(view->view, models, &options, &view->arena, &picks,
		&empty, &error))
		corpus_die("pick", error.text);
	for (size_t i = 0; i < view->page.block_count; i++)
		kept[i] = picks[i].keep ? LABEL_YES : LABEL_NO;
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
    const struct desk_page_models *models, FILE *to)
{
	struct view view = {0};
	struct corpus_score score;
	for (size_t i = 0; i < corpus->count; i++) {
		const struct corpus_page *page = &corpus->pages[i];
		if (page->fold != fold)
			continue;
		read_view(page, &view);
		uint8_t *kept = take(&view.arena, view.page.block_count);
		decide(&view, models, kept);
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
		struct desk_trees trees[MODELS];
		desk_arena_clear(&arena);
		for (size_t k = 0; k < MODELS; k++)
			trees[k] = learn(k, fold, &arena);
		struct desk_page_models models = {
		    &trees[NEWS], &trees[OTHER], &trees[TYPE]};
		score_fold(corpus, fold, &models, to);
	}
	desk_arena_release(&arena);
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

static void
write_model(size_t model, const char *folder)
{
	char path[4096];
	struct desk_arena arena = {0};
	struct desk_trees trees = learn(model, CORPUS_FOLDS, &arena);
	snprintf(path, sizeof path, "%s/%s.trees", folder, recipes[model].name);
	FILE *to = open_for(path);
	fprintf(to,
	    "# What lib/boilerplate/pick.h asks of a page or of its blocks; "
	    "the features are\n# those of lib/boilerplate/features.h.  Made by "
	    "`make models`; pages.md tells from\n# what.\n");
	corpus_print_trees(
	    &trees, DESK_F_SET, (int16_t)recipes[model].asked, to);
	close_for(to);
	desk_arena_release(&arena);
}

/* Whether an argument is --name=value; *value gets what stands behind. */
static bool
is_option(const char *argument, const char *name, const char **value)
{
	size_t len = strlen(name);
	if (strncmp(argument, name, len) || argument[len] != '=')
		return false;
	*value = argument + len + 1;
	return true;
}

int
main(int argc, char **argv)
{
	static struct corpus corpus;
	const char *out = NULL, *value;
	FILE *cross = NULL;
	bool scores = false;
	for (int i = 1; i < argc; i++) {
		if (is_option(argv[i], "--out", &out))
			continue;
		else if (is_option(argv[i], "--cross", &value))
			cross = open_for(value);
		else if (is_option(argv[i], "--threads", &value))
			threads = (unsigned)atoi(value);
		else if (!strcmp(argv[i], "--scores"))
			scores = true;
		else if (argv[i][0] != '-')
			corpus_read(&corpus, argv[i]);
		else
			corpus_die(argv[i], "no such option");
	}
	if (!corpus.count)
		corpus_die("fit_pages", "no FOLDER of pages is given");
	gather(&corpus);
	if (cross || scores)
		cross_validate(&corpus, cross);
	for (size_t k = 0; out && k < MODELS; k++)
		write_model(k, out);
	close_for(cross);
	desk_arena_release(&corpus.arena);
	return 0;
}
