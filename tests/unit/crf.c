/* The sequence model: it learns what its features tell, keeps to what can be,
 * and gives the same bytes every time. */
#include "core/memory.h"
#include "model/crf.h"
#include "model/crf_train.h"
#include "tap.h"

enum { A, B, NONE = 9 };
static const char *const types[] = {"A", "B"};

/* A word of a small language: "begin", "inside" and "end" of a span, whose type
 * only the word before it tells. */
enum { PLAIN = 1, BEGIN, INSIDE, END, SINGLE, SAYS_A, SAYS_B };

static uint32_t
word(unsigned kind, unsigned place)
{
	return desk_table_key(kind * 16 + place);
}

/* A sequence: some plain words, a hint, a span, plain words. */
static size_t
sentence(unsigned n, uint8_t kinds[16])
{
	size_t count = 0;
	for (unsigned k = 0; k < n % 3; k++)
		kinds[count++] = PLAIN;
	kinds[count++] = n % 2 ? SAYS_B : SAYS_A;
	if (n % 5 == 0) {
		kinds[count++] = SINGLE;
	} else {
		kinds[count++] = BEGIN;
		for (unsigned k = 0; k < n % 4; k++)
			kinds[count++] = INSIDE;
		kinds[count++] = END;
	}
	kinds[count++] = PLAIN;
	return count;
}

static size_t
features_of(const uint8_t *kinds, size_t count, size_t i, uint32_t *features)
{
	size_t n = 0;
	features[n++] = word(kinds[i], 0);
	if (i)
		features[n++] = word(kinds[i - 1], 1);
	if (i + 1 < count)
		features[n++] = word(kinds[i + 1], 2);
	return n;
}

static unsigned
label_of(const uint8_t *kinds, size_t i)
{
	unsigned type = A;
	for (size_t k = 0; k < i; k++)
		type = kinds[k] == SAYS_B ? B : type;
	if (kinds[i] < BEGIN || kinds[i] > SINGLE)
		return 0;
	return desk_crf_label(
	    type, (enum desk_crf_place)(kinds[i] - BEGIN + 1));
}

static void
teach(struct desk_crf_trainer *t)
{
	uint8_t kinds[16];
	uint32_t features[4];
	for (unsigned n = 0; n < 200; n++) {
		size_t count = sentence(n, kinds);
		for (size_t i = 0; i < count; i++)
			desk_crf_trainer_token(t, features,
			    features_of(kinds, count, i, features),
			    label_of(kinds, i), NULL);
		desk_crf_trainer_end(t, NULL);
	}
}

/* Trains and gives the model's bytes. */
static struct desk_buffer
train(const struct desk_crf_options *options, double *loss)
{
	struct desk_buffer out = {0};
	struct desk_crf_sections sections;
	struct desk_crf_epoch epoch = {0, 0};
	struct desk_crf_trainer *t =
	    desk_crf_trainer_new(types, 2, options, NULL);
	teach(t);
	while (desk_crf_trainer_epoch(t, &epoch, NULL) > 0)
		;
	*loss = epoch.loss;
	desk_crf_trainer_write(t, &sections, NULL);
	desk_modelfile_build(sections.sections, 3, &out, NULL);
	desk_crf_sections_release(&sections);
	desk_crf_trainer_free(t);
	return out;
}

static void
score(const struct desk_crf *crf, const uint8_t *kinds, size_t count,
    int16_t *scores)
{
	uint32_t features[4];
	memset(scores, 0, count * crf->width * sizeof *scores);
	for (size_t i = 0; i < count; i++)
		desk_crf_add(crf, features,
		    features_of(kinds, count, i, features),
		    scores + i * crf->width);
}

static void
it_learns(const struct desk_crf *crf)
{
	struct desk_arena arena = {0};
	int16_t scores[16 * 16];
	uint8_t kinds[16], labels[16];
	size_t wrong = 0;
	for (unsigned n = 200; n < 260; n++) {
		size_t count = sentence(n, kinds);
		score(crf, kinds, count, scores);
		desk_crf_decode(crf, scores, count, NULL, &arena, labels, NULL);
		for (size_t i = 0; i < count; i++)
			wrong += labels[i] != label_of(kinds, i);
	}
	is_int(wrong, 0, "what the features tell is learned");
	desk_arena_release(&arena);
}

/* Any scores give spans that are whole, and constraints are kept. */
static void
it_keeps_to_what_can_be(const struct desk_crf *crf)
{
	enum { COUNT = 400 };
	static int16_t scores[COUNT * 16];
	static uint8_t labels[COUNT];
	static uint64_t allowed[COUNT];
	struct desk_arena arena = {0};
	uint32_t state = 1;
	size_t broken = 0, outside = 0, spans = 0;
	for (size_t i = 0; i < COUNT * 16; i++) {
		state = state * 1664525 + 1013904223;
		scores[i] = (int16_t)((int)(state >> 22) - 512);
	}
	desk_crf_decode(crf, scores, COUNT, NULL, &arena, labels, NULL);
	uint32_t before = crf->labels;
	for (size_t i = 0; i < COUNT; i++) {
		broken += !desk_crf_may_follow(crf->labels, before, labels[i]);
		before = labels[i];
	}
	broken += !desk_crf_may_follow(crf->labels, before, crf->labels);
	is_int(broken, 0, "no span is left open or begun inside");
	struct desk_crf_span span;
	for (size_t at = 0; desk_crf_next(labels, COUNT, &at, &span); spans++)
		outside += span.to <= span.from || span.to > COUNT;
	ok(spans > 50 && !outside, "spans are found from labels");
	for (size_t i = 0; i < COUNT; i++)
		allowed[i] =
		    i % 7 ? UINT64_MAX
			  : UINT64_C(1) | 1 << desk_crf_label(B, CRF_SINGLE);
	desk_crf_decode(crf, scores, COUNT, allowed, &arena, labels, NULL);
	outside = 0;
	for (size_t i = 0; i < COUNT; i++)
		outside += !(allowed[i] >> labels[i] & 1);
	is_int(outside, 0, "only labels that are allowed are given");
	memset(allowed, 0, sizeof allowed);
	is_int(
	    desk_crf_decode(crf, scores, COUNT, allowed, &arena, labels, NULL),
	    0, "where none is allowed, some are given all the same");
	desk_arena_release(&arena);
}

static void
it_is_sure(const struct desk_crf *crf)
{
	struct desk_arena arena = {0};
	static const uint8_t kinds[] = {SAYS_A, BEGIN, END, PLAIN};
	int16_t scores[4 * 16];
	const struct desk_crf_span spans[] = {
	    {1, 3, A}, {1, 3, B}, {1, 2, A}, {3, 4, B}};
	float p[4];
	score(crf, kinds, 4, scores);
	desk_crf_confide(crf, scores, 4, 0, spans, 4, &arena, p, NULL);
	ok(p[0] > 0.9f && p[0] <= 1, "the right span is likely");
	ok(p[1] < 0.1f && p[2] < 0.1f && p[3] < 0.1f && p[1] >= 0,
	    "others are not");
	ok(p[0] + p[1] + p[2] <= 1.001f, "what excludes each other is one");
	desk_arena_release(&arena);
}

static struct desk_buffer
it_goes_on(const struct desk_crf *crf)
{
	static const char *const others[] = {"A", "C"};
	struct desk_crf_options options = {.epochs = 1, .start = crf};
	struct desk_error error;
	double loss;
	ok(!desk_crf_trainer_new(others, 2, &options, &error) &&
		error.code == DESK_EUSAGE,
	    "other types cannot go on from a model");
	struct desk_buffer more = train(&options, &loss);
	ok(loss < 0.05, "a model that goes on knows what it knew");
	return more;
}

static void
misuse(void)
{
	const char *many[DESK_CRF_TYPES + 1];
	struct desk_crf_options none = {0};
	struct desk_crf_epoch epoch;
	struct desk_error error;
	for (int i = 0; i <= DESK_CRF_TYPES; i++)
		many[i] = "X";
	ok(!desk_crf_trainer_new(many, DESK_CRF_TYPES + 1, &none, &error) &&
		error.code == DESK_EUSAGE,
	    "too many types are refused");
	struct desk_crf_trainer *t =
	    desk_crf_trainer_new(types, 2, &none, NULL);
	is_int(desk_crf_trainer_token(t, NULL, 0, NONE, &error), DESK_EUSAGE,
	    "so is a label that is none");
	is_int(desk_crf_trainer_epoch(t, &epoch, &error), DESK_EDATA,
	    "and learning from nothing");
	desk_crf_trainer_free(t);
}

int
main(void)
{
	struct desk_crf_options options = {.epochs = 12, .rate = 0.1f};
	struct desk_modelfile file = {0};
	static struct desk_crf crf;
	double loss, again;
	struct desk_buffer one = train(&options, &loss),
			   two = train(&options, &again);
	ok(loss == again && one.len == two.len &&
		!memcmp(one.data, two.data, one.len),
	    "the same bytes every time");
	desk_buffer_release(&two);
	options.runs = 3;
	two = train(&options, &loss);
	ok(one.len != two.len || memcmp(one.data, two.data, one.len),
	    "more runs are another model");
	is_int(desk_modelfile_use(
		   &file, (struct desk_slice){one.data, one.len}, NULL),
	    0, "the model is a model file");
	is_int(desk_crf_load(&crf, &file, NULL), 0, "it is loaded");
	is_str(crf.names[B], strlen(crf.names[B]), "B", "with its names");
	it_learns(&crf);
	it_keeps_to_what_can_be(&crf);
	it_is_sure(&crf);
	struct desk_buffer more = it_goes_on(&crf);
	desk_modelfile_use(
	    &file, (struct desk_slice){more.data, more.len}, NULL);
	is_int(desk_crf_load(&crf, &file, NULL), 0, "and so is its successor");
	it_learns(&crf);
	misuse();
	desk_buffer_release(&one);
	desk_buffer_release(&two);
	desk_buffer_release(&more);
	return done();
}
