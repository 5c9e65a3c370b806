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

/* The first pass, trained on all documents, or on the odd or even ones. */
static void
train_first(struct fit *f, int which, struct made *to)
{
	static const char *const names[] = {"half 0", "half 1", "first"};
	struct desk_error error;
	struct desk_crf_trainer *t = trainer_of(LEARN_FIRST, &f->set.first);
	for (size_t i = 0; i < f->count; i++)
		if (which == 2 || i % 2 == (size_t)which)
			check(desk_quotes_learn(
				  t, LEARN_FIRST, NULL, &f->docs[i], &error),
			    &error);
	train(t, to, names[which]);
}

/* What comes behind the first pass. */
static void
train_rest(struct fit *f, enum desk_lesson_kind kind,
    const struct desk_crf_options *options, const struct made half[2],
    struct made *to)
{
	static const char *const names[] = {
	    "first", "second", "marked", "joined"};
	struct desk_error error;
	struct desk_crf_trainer *t = trainer_of(kind, options);
	for (size_t i = 0; i < f->count; i++) {
		struct desk_quote_models models = {
		    .first = half[1 - i % 2].crf};
		check(desk_quotes_learn(t, kind, &models, &f->docs[i], &error),
		    &error);
	}
	train(t, to, names[kind]);
}

/* What is attributed in any way, from all quotations. */
static void
train_wide(struct fit *f, struct made *to)
{
	struct desk_error error;
	struct desk_crf_trainer *t = trainer_of(LEARN_WIDE, &f->set.wide);
	for (size_t i = 0; i < f->count; i++)
		check(
		    desk_quotes_learn(t, LEARN_WIDE, NULL, &f->docs[i], &error),
		    &error);
	train(t, to, "wide");
}

static void
write_model(const struct made *first, const struct made *second,
    const struct made *marked, const struct made *joined,
    const struct made *wide)
{
	struct desk_error error;
	struct desk_buffer out = {0};
	struct desk_modelfile_section sections[] = {
	    {"first", {first->bytes.data, first->bytes.len}},
	    {"second", {second->bytes.data, second->bytes.len}},
	    {"marked", {marked->bytes.data, marked->bytes.len}},
	    {"joined", {joined->bytes.data, joined->bytes.len}},
	    {"wide", {wide->bytes.data, wide->bytes.len}}};
	check(desk_modelfile_build(sections, 5, &out, &error), &error);
	if (fwrite(out.data, 1, out.len, stdout) != out.len || fflush(stdout))
		die("output", "cannot write");
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
		    {.epochs = 8, .least = 3, .rate = 0.01f, .prune = 0.04f},
		.every = 1}};
	static struct made half[2], first, second, marked, joined, wide;
	for (int i = 1; i < argc; i++)
		option(&f.set, argv[i]);
	if (!f.set.path)
		die("usage", "fit_quotes TRAIN.jsonl > quotes.model");
	read_docs(&f);
	train_first(&f, 0, &half[0]);
	train_first(&f, 1, &half[1]);
	train_first(&f, 2, &first);
	train_rest(&f, LEARN_SECOND, &f.set.second, half, &second);
	train_rest(&f, LEARN_MARKED, &f.set.marked, half, &marked);
	train_rest(&f, LEARN_JOINED, &f.set.marked, half, &joined);
	train_wide(&f, &wide);
	write_model(&first, &second, &marked, &joined, &wide);
	return 0;
}
