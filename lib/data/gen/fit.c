/*
 * fit TRAIN.jsonl... --dev DEV.jsonl... > evidence.weights
 *
 * Fits the weights of the tagger's evidence to annotated documents: records
 * with "text" and "ents" (start, end, label; in code points).  The tagger hands
 * out its candidates, each with its evidence; the gold spans say what each of
 * them is; the weights are those that make these answers most likely (softmax,
 * a penalty on large weights).  What a candidate's neighbours and namesakes are
 * taken for is evidence too and comes from weights, so this is done in rounds,
 * the first with weights of zero.
 *
 * The result depends on the input alone: additions are in a fixed order, exp()
 * is our own, and no product is fused into a sum (-ffp-contract=off), so that
 * machines agree to the last bit.
 *
 * Run by `make models` only, so it may give up at the first fault.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "entities/tagger.h"
#include "core/json.h"
#include "io/reader.h"

#define DESK_KIND_NAMES
#include "evidence.inc"

enum { ROUNDS = 4, STEPS = 40, SCALE = 16, WEIGHT_MAX = 127 };

static const double penalty = 3.0; /* half of it times the squared weights */

_Static_assert(FLT_EVAL_METHOD == 0, "double arithmetic in double");
_Static_assert(E_COUNT <= 255, "kinds of evidence fit in a byte");

static const char *const labels[LABELS] = {NULL, "PER", "ORG", "LOC", "MISC"};

/* Where the corpora are from, and under which terms. */
static const struct corpus {
	const char *name, *terms;
} corpora[] = {
    {"gum_train_open",
	"GUM, open genres; text CC BY, CC BY-SA, public domain; CC BY 4.0"},
    {"wikigold_a", "Wikigold, half of it; CC BY 4.0, text CC BY-SA"},
    {"redocred_dev", "Re-DocRED, its dev part; MIT, text CC BY-SA"},
    {"ww_train", "Worldwide newswire; no licence"},
    {"ww_dev", "Worldwide newswire"},
    {"ww_dev_noise", "the same, damaged as scraped pages are"},
    {"gum_dev_open", "GUM, other documents of those genres"},
    {"uner_ewt_dev", "Universal NER, English Web Treebank"},
};

/* A candidate: what it is, and where its evidence lies in the pool. */
struct example {
	uint8_t label, count;
	uint32_t first;
};

struct gold {
	size_t start, end;
	int label; /* -1: one that the tagger decides by rules */
};

static struct example *examples;
static size_t example_count, example_room;
static uint8_t *pool;
static size_t pool_len, pool_room;

static struct gold *golds; /* of the document at hand */
static size_t gold_count, gold_room;

static double weights[E_COUNT][LABELS];

static void
die(const char *where, const char *why)
{
	fprintf(stderr, "fit: %s: %s\n", where, why);
	exit(1);
}

/* Room for more items in an array that lives as long as the program. */
static void *
room_for(void *items, size_t need, size_t *room, size_t size)
{
	if (need <= *room)
		return items;
	*room = need + need / 2 + 64;
	items = realloc(items, *room * size);
	if (!items)
		die("memory", "there is no more");
	return items;
}

/* Reading. */

static void
read_ent(struct desk_slice value, struct desk_doc *doc, const char *path)
{
	struct desk_json walk = desk_json_open(value);
	struct desk_json_member m;
	uint64_t start = 0, end = 0;
	int label = -1;
	while (desk_json_next(&walk, &m)) {
		if (desk_json_key_is(m.key, "start"))
			desk_json_number(m.value, &start);
		else if (desk_json_key_is(m.key, "end"))
			desk_json_number(m.value, &end);
		else if (desk_json_key_is(m.key, "label"))
			for (int k = 1; k < LABELS; k++)
				if (m.value.len == strlen(labels[k]) + 2 &&
				    !memcmp(m.value.data + 1, labels[k],
					m.value.len - 2))
					label = k;
	}
	if (start >= end || end > desk_doc_codepoint(doc, doc->text.len))
		die(path, "an entity that is no span of its text");
	golds = room_for(golds, gold_count + 1, &gold_room, sizeof *golds);
	golds[gold_count++] = (struct gold){
	    desk_doc_byte(doc, start), desk_doc_byte(doc, end), label};
}

/* Fills the document and its gold spans from a record. */
static void
read_record(struct desk_slice bytes, struct desk_doc *doc, const char *path)
{
	static struct desk_arena arena;
	struct desk_error error = {0};
	struct desk_json_member *m;
	enum desk_json_kind kind;
	size_t count;
	desk_arena_clear(&arena);
	if (desk_json_scan(bytes, &arena, &m, &count, &kind, &error))
		die(path, error.text);
	const struct desk_json_member *text = NULL, *ents = NULL;
	for (size_t i = 0; i < count; i++) {
		if (desk_json_key_is(m[i].key, "text"))
			text = &m[i];
		else if (desk_json_key_is(m[i].key, "ents"))
			ents = &m[i];
	}
	if (!text || text->kind != DESK_JSON_STRING || !ents ||
	    ents->kind != DESK_JSON_ARRAY)
		die(path, "a record without text or ents");
	char *plain = desk_arena_alloc(&arena, text->value.len);
	if (!plain)
		die("memory", "there is no more");
	size_t len = desk_json_unescape(text->value, plain);
	if (desk_doc_set_text(doc, plain, len, &error))
		die(path, error.text);
	struct desk_json walk = desk_json_open(ents->value);
	struct desk_json_member ent;
	gold_count = 0;
	while (desk_json_next(&walk, &ent))
		if (ent.kind == DESK_JSON_OBJECT)
			read_ent(ent.value, doc, path);
}

typedef void visit_document(
    const struct desk_tagger *tagger, struct desk_doc *doc);

/* Calls a function for each document of a file; returns how many. */
static size_t
each_document(
    const char *path, const struct desk_tagger *tagger, visit_document *visit)
{
	struct desk_reader_options options = {.from = DESK_FROM_JSONL};
	struct desk_error error = {0};
	struct desk_reader *reader = desk_reader_new(&options);
	struct desk_doc *doc = desk_doc_new();
	struct desk_frame frame;
	size_t count = 0;
	int event;
	if (!reader || !doc)
		die("memory", "there is no more");
	if (desk_reader_open(reader, path, &error))
		die(path, error.text);
	while ((event = desk_reader_next(reader, &frame, &error)) !=
	       DESK_EVENT_END) {
		if (event < 0)
			die(path, error.text);
		if (event == DESK_EVENT_IDLE) {
			desk_reader_wait(reader);
			continue;
		}
		if (frame.error)
			die(path, frame.why);
		read_record(frame.bytes, doc, path);
		visit(tagger, doc);
		count++;
	}
	desk_reader_free(reader);
	desk_doc_free(doc);
	return count;
}

/* Gathering. */

/* What a span is: the gold span's label where they agree or where one label
 * covers more than half of it, else none. */
static uint8_t
label_of(size_t start, size_t end)
{
	size_t covered[LABELS] = {0};
	for (size_t i = 0; i < gold_count; i++) {
		const struct gold *g = &golds[i];
		if (g->end <= start || g->start >= end || g->label < 0)
			continue;
		if (g->start == start && g->end == end)
			return (uint8_t)g->label;
		covered[g->label] += (g->end < end ? g->end : end) -
				     (g->start > start ? g->start : start);
	}
	for (uint8_t k = 1; k < LABELS; k++)
		if (covered[k] * 2 > end - start)
			return k;
	return LABEL_NONE;
}

static void
keep_candidate(
    void *unused, const struct desk_segment *seg, const struct desk_name *name)
{
	(void)unused;
	examples = room_for(
	    examples, example_count + 1, &example_room, sizeof *examples);
	pool = room_for(pool, pool_len + E_COUNT, &pool_room, 1);
	struct example *x = &examples[example_count++];
	x->label = label_of(
	    seg->tokens[name->from].start, seg->tokens[name->to - 1].end);
	x->first = (uint32_t)pool_len;
	for (size_t k = 0; k < E_COUNT; k++)
		if (name->evidence[k])
			pool[pool_len++] = (uint8_t)k;
	x->count = (uint8_t)(pool_len - x->first);
}

static void
gather(const struct desk_tagger *tagger, struct desk_doc *doc)
{
	struct desk_error error = {0};
	if (desk_tagger_show(tagger, doc, keep_candidate, NULL, &error))
		die("tagger", error.text);
}

/* Fitting. */

/* e to the power of x <= 0, the same on every machine. */
static double
power(double x)
{
	if (x < -600)
		return 0;
	int n = (int)(x * 1.4426950408889634 - 0.5);
	double rest = x - n * 0.69314718036912382;
	rest -= n * 1.9082149292705877e-10;
	double sum = 1;
	for (int k = 14; k > 0; k--)
		sum = 1 + sum * rest / k;
	return ldexp(sum, n);
}

/* How likely each label is for a candidate, as weights are. */
static void
guess(const struct example *x, double p[LABELS])
{
	const uint8_t *f = pool + x->first;
	double sum = 0, most;
	for (size_t k = 0; k < LABELS; k++)
		p[k] = 0;
	for (size_t n = 0; n < x->count; n++)
		for (size_t k = 0; k < LABELS; k++)
			p[k] += weights[f[n]][k];
	most = p[0];
	for (size_t k = 1; k < LABELS; k++)
		most = p[k] > most ? p[k] : most;
	for (size_t k = 0; k < LABELS; k++)
		sum += p[k] = power(p[k] - most);
	for (size_t k = 0; k < LABELS; k++)
		p[k] /= sum;
}

/* The slope of what is to be made small, and its curvature (of which only the
 * lower triangle is right), with the weights in a row. */
enum { SIZE = E_COUNT * LABELS };
static double slope[SIZE], curve[SIZE][SIZE];

static void
add_example(const struct example *x)
{
	const uint8_t *f = pool + x->first;
	double p[LABELS], block[LABELS][LABELS];
	guess(x, p);
	for (size_t k = 0; k < LABELS; k++)
		for (size_t l = 0; l < LABELS; l++)
			block[k][l] = p[k] * ((k == l) - p[l]);
	for (size_t n = 0; n < x->count; n++)
		for (size_t k = 0; k < LABELS; k++) {
			size_t row = f[n] * (size_t)LABELS + k;
			slope[row] += p[k] - (k == x->label);
			for (size_t m = 0; m <= n; m++)
				for (size_t l = 0; l < LABELS; l++)
					curve[row][f[m] * LABELS + l] +=
					    block[k][l];
		}
}

/* Puts into slope what solves curve * x = slope (Cholesky). */
static void
solve(void)
{
	for (size_t i = 0; i < SIZE; i++) {
		for (size_t j = 0; j <= i; j++) {
			double sum = curve[i][j];
			for (size_t k = 0; k < j; k++)
				sum -= curve[i][k] * curve[j][k];
			curve[i][j] = i == j ? sqrt(sum) : sum / curve[j][j];
		}
		for (size_t j = 0; j < i; j++)
			slope[i] -= curve[i][j] * slope[j];
		slope[i] /= curve[i][i];
	}
	for (size_t i = SIZE; i-- > 0;) {
		for (size_t j = i + 1; j < SIZE; j++)
			slope[i] -= curve[j][i] * slope[j];
		slope[i] /= curve[i][i];
	}
}

/* Newton's method: down to the lowest point, of which there is one. */
static void
descend(void)
{
	double widest = 1;
	for (int n = 0; n < STEPS && widest > 1e-6; n++) {
		memset(curve, 0, sizeof curve);
		for (size_t i = 0; i < SIZE; i++) {
			slope[i] = penalty * weights[i / LABELS][i % LABELS];
			curve[i][i] = penalty;
		}
		for (size_t i = 0; i < example_count; i++)
			add_example(&examples[i]);
		solve();
		widest = 0;
		for (size_t i = 0; i < SIZE; i++) {
			weights[i / LABELS][i % LABELS] -= slope[i];
			widest = fmax(widest, fabs(slope[i]));
		}
	}
	if (!(widest <= 1e-6))
		die("weights", "they do not settle");
}

static int8_t
rounded(double weight)
{
	double n = floor(weight * SCALE + 0.5);
	return (int8_t)(n > WEIGHT_MAX	  ? WEIGHT_MAX
			: n < -WEIGHT_MAX ? -WEIGHT_MAX
					  : n);
}

/* Scoring: spans that agree in place and label, of PER, ORG and LOC. */

static struct score {
	size_t gold, found, right;
} score;

static void
count_right(const struct desk_tagger *tagger, struct desk_doc *doc)
{
	struct desk_error error = {0};
	size_t count;
	if (desk_tagger_annotate(tagger, doc, &error))
		die("tagger", error.text);
	const struct desk_ent *ents = desk_doc_ents(doc, &count);
	for (size_t i = 0; i < gold_count; i++)
		score.gold += golds[i].label > 0 && golds[i].label < LABEL_MISC;
	for (size_t i = 0; i < count; i++) {
		int label = 0;
		for (int k = 1; k < LABEL_MISC; k++)
			if (!strcmp(ents[i].label, labels[k]))
				label = k;
		score.found += label > 0;
		for (size_t g = 0; label && g < gold_count; g++)
			if (golds[g].label == label &&
			    golds[g].start == ents[i].start &&
			    golds[g].end == ents[i].end) {
				score.right++;
				break;
			}
	}
}

/* Writing. */

/* The name of a file without its folder and endings, and its terms. */
static void
print_corpus(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path, *terms = "terms unknown";
	size_t len = strcspn(name, ".");
	for (size_t i = 0; i < sizeof corpora / sizeof *corpora; i++)
		if (strlen(corpora[i].name) == len &&
		    !strncmp(corpora[i].name, name, len))
			terms = corpora[i].terms;
	printf("#   %-15.*s %s", (int)len, name, terms);
}

static void
print_score(void)
{
	double right = (double)score.right;
	printf("\n#     precision %.1f, recall %.1f, F1 %.1f\n",
	    100 * right / (double)(score.found ? score.found : 1),
	    100 * right / (double)(score.gold ? score.gold : 1),
	    200 * right /
		(double)(score.gold + score.found ? score.gold + score.found
						  : 1));
}

static void
print_weights(const struct desk_weights *fitted)
{
	for (size_t f = 0; f < E_COUNT; f++) {
		printf("%s\t", evidence_kinds[f]);
		for (size_t k = 0; k < LABELS; k++)
			printf("%s%d", k ? " " : "", fitted->of[f][k]);
		printf("\n");
	}
}

/* One round: candidates as the weights so far see them, then new weights. */
static void
fit(const struct desk_tagger *tagger, char **paths, int count,
    struct desk_weights *fitted)
{
	example_count = pool_len = 0;
	for (int i = 0; i < count; i++)
		each_document(paths[i], tagger, gather);
	descend();
	for (size_t f = 0; f < E_COUNT; f++)
		for (size_t k = 0; k < LABELS; k++)
			fitted->of[f][k] = rounded(weights[f][k]);
}

int
main(int argc, char **argv)
{
	static struct desk_weights fitted;
	int split = 1;
	while (split < argc && strcmp(argv[split], "--dev"))
		split++;
	struct desk_tagger *tagger = desk_tagger_new(NULL, NULL);
	if (split < 2 || !tagger) {
		fprintf(stderr, "usage: fit TRAIN... --dev DEV...\n");
		return 2;
	}
	desk_tagger_weigh_by(tagger, &fitted);
	for (int round = 0; round < ROUNDS; round++)
		fit(tagger, argv + 1, split - 1, &fitted);
	printf("# What each kind of evidence (lib/entities/names.h) says of a "
	       "candidate for a\n# name, in sixteenths of a natural logarithm: "
	       "no name, PER, ORG, LOC, MISC.\n#\n"
	       "# Learned by lib/data/gen/fit.c: `make models` makes this file "
	       "again.  A new\n# kind of evidence is given a line of zeros "
	       "first.\n#\n# Fitted to %zu candidates from\n",
	    example_count);
	for (int i = 1; i < split; i++) {
		print_corpus(argv[i]);
		printf("\n");
	}
	printf("# Scores for PER, ORG and LOC, spans and labels exact, on\n");
	for (int i = split + 1; i < argc; i++) {
		score = (struct score){0};
		each_document(argv[i], tagger, count_right);
		print_corpus(argv[i]);
		print_score();
	}
	print_weights(&fitted);
	desk_tagger_free(tagger);
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
