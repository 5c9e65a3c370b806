/*
 * fit_quotes [--epochs1=N] [--epochs2=N] [--rate1=X] [--rate2=X] [--least=N]
 *     [--prune1=X] [--prune2=X] [--prune3=X] [--every=N] [--without=N]
 *     TRAIN.jsonl[.gz] > quotes.model
 *
 * Trains the two passes of extract-quotes on records with "text" and "quotes".
 * The candidates that the second pass learns from come from first passes that
 * have not seen the document: of two, each trained on every other one.  The
 * same input gives the same bytes.  --every=N learns from one document of N,
 * --without=N leaves one of N out, to measure on.
 *
 * Run by `make models` only, so it gives up at the first fault.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "core/slice.h"
#include "quotes/learn.h"

struct settings {
	struct desk_crf_options first, second, marked, wide;
	const char *path;
	size_t every;	/* one document of so many is learned from */
	size_t without; /* one of so many is left out, 0: none */
};

struct fit {
	struct settings set;
	struct desk_arena arena;
	struct desk_gold_doc *docs;
	size_t count, room;
};

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "fit_quotes: %s: %s\n", what, why);
	exit(2);
}

static void
check(int rc, const struct desk_error *error)
{
	if (rc)
		die("failed", error->text);
}

static void
read_docs(struct fit *f)
{
	enum { LINE = 1 << 22 };
	struct desk_error error;
	gzFile file = gzopen(f->set.path, "rb");
	if (!file)
		die(f->set.path, "cannot open");
	for (size_t n = 0;; n++) {
		char *line = desk_arena_alloc(&f->arena, LINE);
		if (!line || !gzgets(file, line, LINE))
			break;
		size_t len = strlen(line);
		line = desk_arena_grow(&f->arena, line, LINE, len + 1);
		size_t without = f->set.without;
		if (n % f->set.every || (without && n % without == 0))
			continue;
		if (!DESK_RESERVE(&f->arena, f->docs, f->count, f->room))
			die("memory", "there is no more");
		check(desk_gold_read(&f->docs[f->count++],
			  desk_slice(line, len), &f->arena, &error),
		    &error);
	}
	gzclose(file);
}

/* A model in memory. */
struct made {
	struct desk_buffer bytes;
	struct desk_modelfile file;
	struct desk_crf crf;
};

/* What finds the candidates for one half of the documents, learned from the
 * other. */
struct half {
	struct made first;
	struct desk_buffer bytes; /* its packs */
	struct desk_modelfile file;
	struct desk_quote_models models;
};

static struct desk_crf_trainer *
trainer_of(enum desk_lesson_kind kind, const struct desk_crf_options *o)
{
	static const struct {
		const char *const *names;
		size_t count;
	} types[] = {{desk_first_names, FIRST_TYPES},
	    {desk_second_names, SECOND_TYPES}, {desk_marked_names, 1},
	    {desk_joined_names, 1}, {desk_first_names, FIRST_TYPES}};
	struct desk_error error;
	struct desk_crf_trainer *t = desk_crf_trainer_new(
	    types[kind].names, types[kind].count, o, &error);
	if (!t)
		die("trainer", error.text);
	return t;
}

static void
train(struct desk_crf_trainer *t, struct made *to, const char *name)
{
	struct desk_error error;
	struct desk_crf_epoch epoch;
	struct desk_crf_sections sections = {0};
	int rc;
	while ((rc = desk_crf_trainer_epoch(t, &epoch, &error)) > 0)
		fprintf(
		    stderr, "%s %u: %.4f\n", name, epoch.number, epoch.loss);
	check(rc, &error);
	check(desk_crf_trainer_write(t, &sections, &error), &error);
	check(desk_modelfile_build(sections.sections, 3, &to->bytes, &error),
	    &error);
	fprintf(stderr, "%s: %zu tokens, %u features, %zu bytes\n", name,
	    desk_crf_trainer_tokens(t), (unsigned)sections.rows, to->bytes.len);
	desk_crf_sections_release(&sections);
	desk_crf_trainer_free(t);
	check(desk_modelfile_use(
		  &to->file, desk_slice(to->bytes.data, to->bytes.len), &error),
	    &error);
	check(desk_crf_load(&to->crf, &to->file, &error), &error);
}

enum { ALL = 2 };

/* Goes through all documents, or the odd or even ones.  Candidates are found by
 * what has not learned from a document. */
static void
teach(struct fit *f, int which, const struct half half[2],
    struct desk_lesson *lesson)
{
	struct desk_error error;
	for (size_t i = 0; i < f->count; i++) {
		if (which != ALL && i % 2 != (size_t)which)
			continue;
		if (lesson->kind != LEARN_FIRST)
			lesson->models = &half[1 - i % 2].models;
		check(desk_quotes_learn(lesson, &f->docs[i], &error), &error);
	}
}

static void
learn(struct fit *f, enum desk_lesson_kind kind, int which,
    const struct desk_crf_options *options, const struct half half[2],
    struct made *to)
{
	static const char *const names[] = {
	    "first", "second", "marked", "joined", "wide"};
	struct desk_lesson lesson = {
	    .kind = kind, .trainer = trainer_of(kind, options)};
	teach(f, which, half, &lesson);
	train(lesson.trainer, to, names[kind]);
}

/* Makes the packs of the two passes, or of the first one alone. */
static void
pack(struct fit *f, int which, const struct half half[2],
    const struct made *first, const struct made *second, struct desk_buffer *to)
{
	struct desk_error error;
	struct desk_lesson lesson = {.kind = LEARN_FIRST,
	    .packer = desk_packer_new(desk_quote_packs, DESK_PACKS),
	    .learned = &first->crf};
	if (!lesson.packer)
		die("memory", "there is no more");
	teach(f, which, half, &lesson);
	if (second) {
		lesson.kind = LEARN_SECOND;
		lesson.learned = &second->crf;
		teach(f, which, half, &lesson);
	}
	check(desk_packer_write(lesson.packer, to, &error), &error);
	desk_packer_free(lesson.packer);
}

static void
make_half(struct fit *f, int which, struct half *to)
{
	struct desk_error error;
	learn(f, LEARN_FIRST, which, &f->set.first, NULL, &to->first);
	pack(f, which, NULL, &to->first, NULL, &to->bytes);
	check(desk_modelfile_use(
		  &to->file, desk_slice(to->bytes.data, to->bytes.len), &error),
	    &error);
	to->models.first = to->first.crf;
	check(desk_packs_load(to->models.packs, desk_quote_packs, DESK_PACKS,
		  &to->file, &error),
	    &error);
}

/* A model whose weights are all in packs. */
static void
strip(const struct made *from, struct desk_buffer *to)
{
	struct desk_error error;
	struct desk_buffer none = {0};
	struct desk_modelfile_section sections[] = {
	    {"crf.types", desk_modelfile_find(&from->file, "crf.types")},
	    {"crf.steps", desk_modelfile_find(&from->file, "crf.steps")},
	    {"crf.weights", {NULL, 0}}};
	check(desk_table_build(
		  NULL, NULL, 0, from->crf.weights.stride, &none, &error),
	    &error);
	sections[2].content = desk_slice(none.data, none.len);
	check(desk_modelfile_build(sections, 3, to, &error), &error);
	desk_buffer_release(&none);
}

static void
write_model(const struct made *first, const struct made *second,
    const struct made *marked, const struct made *joined,
    const struct made *wide, const struct desk_buffer *packs)
{
	struct desk_error error;
	struct desk_buffer out = {0}, a = {0}, b = {0};
	strip(first, &a);
	strip(second, &b);
	struct desk_modelfile_section sections[] = {{"first", {a.data, a.len}},
	    {"second", {b.data, b.len}}, {"packs", {packs->data, packs->len}},
	    {"marked", {marked->bytes.data, marked->bytes.len}},
	    {"joined", {joined->bytes.data, joined->bytes.len}},
	    {"wide", {wide->bytes.data, wide->bytes.len}}};
	check(desk_modelfile_build(sections, 6, &out, &error), &error);
	if (fwrite(out.data, 1, out.len, stdout) != out.len || fflush(stdout))
		die("output", "cannot write");
	desk_buffer_release(&a);
	desk_buffer_release(&b);
	desk_buffer_release(&out);
}

static void
option(struct settings *s, const char *arg)
{
	const char *value = strchr(arg, '=');
	if (strncmp(arg, "--", 2)) {
		s->path = arg;
		return;
	}
	if (!value)
		die(arg, "no value");
	size_t n = (size_t)(value - arg);
	double x = atof(value + 1);
	if (!strncmp(arg, "--epochs1", n))
		s->first.epochs = (unsigned)x;
	else if (!strncmp(arg, "--epochs2", n))
		s->second.epochs = (unsigned)x;
	else if (!strncmp(arg, "--rate1", n))
		s->first.rate = (float)x;
	else if (!strncmp(arg, "--rate2", n))
		s->second.rate = (float)x;
	else if (!strncmp(arg, "--prune1", n))
		s->first.prune = (float)x;
	else if (!strncmp(arg, "--prune2", n))
		s->second.prune = (float)x;
	else if (!strncmp(arg, "--prune3", n))
		s->wide.prune = (float)x;
	else if (!strncmp(arg, "--least", n))
		s->first.least = s->second.least = s->marked.least =
		    s->wide.least = (unsigned)x;
	else if (!strncmp(arg, "--every", n))
		s->every = (size_t)x;
	else if (!strncmp(arg, "--without", n))
		s->without = (size_t)x;
	else
		die(arg, "unknown");
}

int
main(int argc, char **argv)
{
	static struct fit f = {
	    .set = {.first = {.epochs = 8, .least = 3, .rate = 0.01f},
		.second =
		    {.epochs = 16, .least = 3, .rate = 0.007f, .prune = 0.03f},
		.marked = {.epochs = 10, .least = 3, .rate = 0.02f},
		.wide =
		    {.epochs = 8, .least = 3, .rate = 0.01f, .prune = 0.043f},
		.every = 1}};
	static struct made first, second, marked, joined, wide;
	static struct half half[2];
	static struct desk_buffer packs;
	for (int i = 1; i < argc; i++)
		option(&f.set, argv[i]);
	if (!f.set.path)
		die("usage", "fit_quotes TRAIN.jsonl > quotes.model");
	read_docs(&f);
	make_half(&f, 0, &half[0]);
	make_half(&f, 1, &half[1]);
	learn(&f, LEARN_FIRST, ALL, &f.set.first, NULL, &first);
	learn(&f, LEARN_SECOND, ALL, &f.set.second, half, &second);
	learn(&f, LEARN_MARKED, ALL, &f.set.marked, half, &marked);
	learn(&f, LEARN_JOINED, ALL, &f.set.marked, half, &joined);
	learn(&f, LEARN_WIDE, ALL, &f.set.wide, half, &wide);
	pack(&f, ALL, half, &first, &second, &packs);
	write_model(&first, &second, &marked, &joined, &wide, &packs);
	return 0;
}
