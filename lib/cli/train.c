/*
 * train.c - the life of train-entities: options, corpora, epochs, the model.
 *
 * Corpora are JSON Lines with "text" and "ents".  They are read once for their
 * labels, unless --labels names them, and once to learn from; files for --dev
 * are read again after each epoch.  Scores go to standard output, a line for
 * each file and epoch.
 */
#include "cli/train.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/internal.h"
#include "cli/sandbox.h"
#include "core/error.h"
#include "entities/learn.h"
#include "entities/lists.h"

enum { LABELS_MAX = DESK_CRF_TYPES };

struct train {
	struct desk_train_settings settings;
	const char *labels[LABELS_MAX];
	size_t label_count;
	bool scored[LABELS_MAX];
	struct desk_arena arena;
	struct desk_sequencer old; /* the model to go on from */
	struct desk_modelfile lists;
	struct desk_knowledge knowledge;
	struct desk_learner learner;
	struct desk_writer *writer;   /* of the model */
	struct desk_buffer tables[2]; /* clusters, names */
	struct desk_modelfile_section sections[8];
	size_t section_count;
	struct timespec shown;
};

/* -- reading ------------------------------------------------------------- */

typedef int visit_document(
    struct train *t, struct desk_doc *doc, struct desk_error *error);

static int
visit_frame(struct train *t, struct desk_record *record, const char *path,
    visit_document *visit)
{
	static const struct desk_io_options io = {.needs = DESK_ENTS};
	struct desk_error error = {0};
	int rc = record->frame.error ? desk_fail(&error, record->frame.error,
					   "%s", record->frame.why)
				     : desk_jsonl_read(record, &io, &error);
	if (!rc && record->has_text)
		rc = visit(t, record->doc, &error);
	if (rc)
		desk_cli_say(
		    &desk_train_tool, path, record->frame.line, error.text);
	return rc;
}

/* Hands all documents of a file to a function; says what went wrong. */
static int
each_document(struct train *t, const char *path, visit_document *visit)
{
	struct desk_reader_options how = {
	    .from = DESK_FROM_JSONL, .max_document = DESK_TEXT_MAX / 4};
	struct desk_error error = {0};
	struct desk_reader *reader = desk_reader_new(&how);
	struct desk_record record = {.doc = desk_doc_new(), .input = path};
	int rc = reader && record.doc ? desk_reader_open(reader, path, &error)
				      : desk_fail_memory(&error);
	if (rc)
		desk_cli_say(&desk_train_tool, path, 0, error.text);
	while (!rc) {
		int event = desk_reader_next(reader, &record.frame, &error);
		if (event == DESK_EVENT_END)
			break;
		if (event == DESK_EVENT_IDLE) {
			desk_reader_wait(reader);
		} else if (event < 0) {
			rc = event;
			desk_cli_say(&desk_train_tool, path, 0, error.text);
		} else {
			rc = visit_frame(t, &record, path, visit);
		}
	}
	desk_reader_free(reader);
	desk_doc_free(record.doc);
	return rc;
}

/* -- labels -------------------------------------------------------------- */

static bool
known_label(const struct train *t, const char *label)
{
	for (size_t i = 0; i < t->label_count; i++)
		if (!strcmp(t->labels[i], label))
			return true;
	return false;
}

/* Puts a label in its place by name. */
static int
add_label(struct train *t, const char *label, struct desk_error *error)
{
	if (!*label || known_label(t, label))
		return 0;
	if (t->label_count == LABELS_MAX)
		return desk_fail(error, DESK_ELIMIT,
		    "more than %d labels; --labels chooses some", LABELS_MAX);
	size_t size = strlen(label) + 1, at = t->label_count++;
	char *copy = desk_arena_alloc(&t->arena, size);
	if (!copy)
		return desk_fail_memory(error);
	memcpy(copy, label, size);
	for (; at && strcmp(t->labels[at - 1], copy) > 0; at--)
		t->labels[at] = t->labels[at - 1];
	t->labels[at] = copy;
	return 0;
}

static int
note_labels(struct train *t, struct desk_doc *doc, struct desk_error *error)
{
	int rc = 0;
	for (size_t i = 0; i < doc->ent_count && !rc; i++)
		rc = add_label(t, doc->ents[i].label, error);
	return rc;
}

static int
choose_labels(struct train *t)
{
	struct desk_error error;
	int rc = 0;
	if (t->settings.start && !t->settings.label_list) {
		for (uint32_t i = 0; i < t->old.crf.types; i++)
			t->labels[t->label_count++] = t->old.crf.names[i];
	} else if (t->settings.label_list) {
		for (char *at = t->settings.label_list, *next; at && !rc;
		     at = next) {
			next = strchr(at, ',');
			if (next)
				*next++ = '\0';
			rc = add_label(t, at, &error);
		}
		if (rc)
			desk_cli_say(&desk_train_tool, NULL, 0, error.text);
	} else {
		for (size_t i = 0; i < t->settings.file_count && !rc; i++)
			rc =
			    each_document(t, t->settings.files[i], note_labels);
	}
	if (!rc && !t->label_count) {
		desk_cli_say(
		    &desk_train_tool, NULL, 0, "no entities to learn from");
		return DESK_EDATA;
	}
	for (size_t i = 0; i < t->label_count; i++)
		t->scored[i] = !t->settings.score_list;
	for (char *at = t->settings.score_list, *next; at; at = next) {
		next = strchr(at, ',');
		if (next)
			*next++ = '\0';
		for (size_t i = 0; i < t->label_count; i++)
			t->scored[i] |= !strcmp(t->labels[i], at);
	}
	return rc;
}

/* -- lists --------------------------------------------------------------- */

static void
add_section(struct train *t, const char *name, struct desk_slice content)
{
	t->sections[t->section_count++] =
	    (struct desk_modelfile_section){name, content};
}

/* A section of the model to go on from, if it has it. */
static void
keep_section(struct train *t, const char *name)
{
	struct desk_slice own = desk_modelfile_find(&t->old.file, name);
	if (own.data)
		add_section(t, name, own);
}

static int
make_table(struct train *t, bool names, struct desk_error *error)
{
	struct desk_lister lister = {0};
	struct desk_slice list;
	struct desk_buffer *out = &t->tables[names];
	const char *const *paths =
	    names ? t->settings.gazetteers : &t->settings.clusters;
	size_t count = names ? t->settings.gazetteer_count : 1;
	int rc = 0;
	for (size_t i = 0; i < count && !rc; i++) {
		rc = desk_cli_load(paths[i], &list, error);
		if (rc)
			break;
		rc = names ? desk_lister_names(&lister, paths[i], list, error)
			   : desk_lister_clusters(&lister, list, error);
		desk_cli_unload(&list);
	}
	if (!rc)
		rc = desk_lister_write(
		    &lister, names ? NAME_STRIDE : CLUSTER_STRIDE, out, error);
	desk_lister_release(&lister);
	add_section(t, names ? "names" : "clusters",
	    (struct desk_slice){out->data, out->len});
	return rc;
}

/* The lists that the model brings along, as sections, and to learn with. */
static int
make_lists(struct train *t, struct desk_error *error)
{
	int rc = 0;
	struct desk_buffer whole = {0};
	if (t->settings.clusters)
		rc = make_table(t, false, error);
	else
		keep_section(t, "clusters");
	if (!rc && t->settings.gazetteer_count)
		rc = make_table(t, true, error);
	else
		keep_section(t, "names");
	if (!rc)
		rc = desk_modelfile_build(
		    t->sections, t->section_count, &whole, error);
	struct desk_slice bytes = {whole.data, whole.len};
	if (!rc)
		rc = desk_modelfile_use(&t->lists, bytes, error);
	if (!rc)
		rc = desk_knowledge_load(&t->knowledge, &t->lists, error);
	return rc; /* the lists stay until the end of the program */
}

/* -- learning ------------------------------------------------------------ */

static void
show_progress(void *context, unsigned epoch, size_t done, size_t all)
{
	struct train *t = context;
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (t->settings.quiet || now.tv_sec == t->shown.tv_sec)
		return;
	t->shown = now;
	fprintf(stderr, "\r%s: epoch %u, %u %%\033[K", desk_train_tool.name,
	    epoch, (unsigned)(done * 100 / (all ? all : 1)));
}

static void
end_progress(const struct train *t)
{
	if (!t->settings.quiet)
		fputs("\r\033[K", stderr);
}

static int
learn_document(struct train *t, struct desk_doc *doc, struct desk_error *error)
{
	return desk_learner_add(&t->learner, doc, error);
}

/* How likely a token must look for what was learned to be asked about it. */
static int
find_least(struct train *t, const struct desk_crf_sections *learned,
    int16_t *least, struct desk_error *error)
{
	struct desk_buffer whole = {0};
	struct desk_modelfile file = {0};
	struct desk_crf crf;
	int rc = desk_modelfile_build(learned->sections, 3, &whole, error);
	struct desk_slice bytes = {whole.data, whole.len};
	if (!rc)
		rc = desk_modelfile_use(&file, bytes, error);
	if (!rc)
		rc = desk_crf_load(&crf, &file, error);
	if (!rc)
		rc = desk_learner_least(&t->learner, &crf, least, error);
	desk_buffer_release(&whole);
	return rc;
}

/* The whole model as it is now; its sections end with the lists. */
static int
build(struct train *t, struct desk_crf_sections *learned,
    struct desk_buffer *out, struct desk_error *error)
{
	struct desk_modelfile_section all[16];
	size_t count = 0;
	int16_t least;
	int rc = desk_crf_trainer_write(t->learner.trainer, learned, error);
	if (!rc)
		rc = find_least(t, learned, &least, error);
	if (rc)
		return rc;
	for (size_t i = 0; i < 3; i++)
		all[count++] = learned->sections[i];
	all[count++] = (struct desk_modelfile_section){
	    "least", {(const char *)&least, sizeof least}};
	for (size_t i = 0; i < t->section_count; i++)
		all[count++] = t->sections[i];
	if (t->settings.note)
		all[count++] = (struct desk_modelfile_section){
		    "note", {t->settings.note, strlen(t->settings.note)}};
	return desk_modelfile_build(all, count, out, error);
}

/* -- scores -------------------------------------------------------------- */

/* What is scored at the moment. */
static struct scoring {
	struct desk_sequencer model;
	struct desk_describer work;
	struct desk_agreement counts[LABELS_MAX];
} scoring;

static int
score_document(struct train *t, struct desk_doc *doc, struct desk_error *error)
{
	return desk_learner_compare(&scoring.model, &scoring.work, doc,
	    t->labels, t->label_count, scoring.counts, error);
}

static void
print_percent(size_t part, size_t whole)
{
	size_t n = whole ? (part * 2000 + whole) / (2 * whole) : 0;
	printf("\t%zu.%zu", n / 10, n % 10);
}

static void
print_scores(const struct train *t, const char *path, unsigned epoch)
{
	struct desk_agreement all = {0, 0, 0};
	printf("%u\t%s", epoch, path);
	for (size_t i = 0; i < t->label_count; i++)
		if (t->scored[i]) {
			all.known += scoring.counts[i].known;
			all.found += scoring.counts[i].found;
			all.right += scoring.counts[i].right;
		}
	print_percent(all.right, all.found);
	print_percent(all.right, all.known);
	print_percent(2 * all.right, all.known + all.found);
	for (size_t i = 0; i < t->label_count; i++) {
		const struct desk_agreement *c = &scoring.counts[i];
		printf("\t%s", t->labels[i]);
		print_percent(2 * c->right, c->known + c->found);
	}
	putchar('\n');
	fflush(stdout);
}

/* Scores a model on all files for it. */
static int
score(struct train *t, struct desk_slice model, unsigned epoch,
    struct desk_error *error)
{
	struct desk_modelfile file = {0};
	memset(&scoring, 0, sizeof scoring);
	int rc = desk_modelfile_use(&file, model, error);
	if (!rc)
		rc = desk_sequencer_load(&scoring.model, &file, error);
	for (size_t i = 0; i < t->settings.dev_count && !rc; i++) {
		memset(scoring.counts, 0, sizeof scoring.counts);
		rc = each_document(t, t->settings.dev[i], score_document);
		if (!rc)
			print_scores(t, t->settings.dev[i], epoch);
		else
			error->code = 0; /* was told */
	}
	desk_describer_release(&scoring.work);
	desk_sequencer_release(&scoring.model);
	return rc;
}

/* -- the run ------------------------------------------------------------- */

/* Says which file it was that could not be written. */
static int
blame(const struct train *t, int rc, struct desk_error *error)
{
	if (rc && rc != DESK_ENOMEM) {
		desk_cli_say(
		    &desk_train_tool, t->settings.output, 0, error->text);
		error->code = 0;
	}
	return rc;
}

/* Before anything is read: hours may pass until there is something to write. */
static int
open_model(struct train *t, struct desk_error *error)
{
	desk_cli_hold_signals(true);
	int rc = desk_writer_open(&t->writer, t->settings.output, error);
	const char *temporary = rc ? NULL : desk_writer_temporary(t->writer);
	if (temporary)
		desk_cli_unlink_on_signal(temporary);
	desk_cli_hold_signals(false);
	if (!rc && !t->settings.no_sandbox)
		desk_sandbox_enter(temporary);
	return blame(t, rc, error);
}

/* The file takes its name, or goes where the model was not made. */
static int
close_model(struct train *t, bool made, struct desk_error *error)
{
	int rc = 0;
	desk_cli_hold_signals(true);
	if (made)
		rc = desk_writer_commit(t->writer, error);
	else
		desk_writer_abort(t->writer);
	desk_cli_unlink_on_signal(NULL);
	desk_cli_hold_signals(false);
	return blame(t, rc, error);
}

/* All epochs, then the model. */
static int
learn(struct train *t, struct desk_error *error)
{
	struct desk_crf_epoch epoch;
	int rc;
	while ((rc = desk_crf_trainer_epoch(
		    t->learner.trainer, &epoch, error)) >= 0) {
		bool over = !rc;
		if (!over && !t->settings.dev_count)
			continue;
		struct desk_crf_sections learned = {0};
		struct desk_buffer out = {0};
		end_progress(t);
		rc = build(t, &learned, &out, error);
		struct desk_slice model = {out.data, out.len};
		if (!rc && !over)
			rc = score(t, model, epoch.number, error);
		else if (!rc)
			rc = blame(t,
			    desk_writer_put(
				t->writer, model.data, model.len, error),
			    error);
		desk_crf_sections_release(&learned);
		desk_buffer_release(&out);
		if (over || rc)
			break;
	}
	end_progress(t);
	return rc;
}

static int
prepare(struct train *t, struct desk_error *error)
{
	struct desk_modelfile old = {0};
	int rc = 0;
	if (t->settings.start) {
		rc = desk_modelfile_open(&old, t->settings.start, error);
		if (!rc)
			rc = desk_sequencer_load(&t->old, &old, error);
		if (!rc)
			t->settings.options.start = &t->old.crf;
		else
			desk_cli_say(&desk_train_tool, t->settings.start, 0,
			    error->text);
		error->code = 0;
	}
	rc = rc ? rc : choose_labels(t);
	if (rc)
		return rc;
	rc = make_lists(t, error);
	if (rc)
		return rc;
	t->settings.options.progress = show_progress;
	t->settings.options.context = t;
	t->learner.knowledge = &t->knowledge;
	t->learner.labels = t->labels;
	t->learner.label_count = t->label_count;
	t->learner.trainer = desk_crf_trainer_new(
	    t->labels, t->label_count, &t->settings.options, error);
	return t->learner.trainer ? 0 : error->code;
}

int
desk_train_main(int argc, char **argv)
{
	static struct train t;
	struct desk_error error = {0};
	int status = desk_train_parse(&t.settings, argc, argv);
	if (status >= 0)
		return status;
	t.settings.quiet |= !desk_cli_terminal(STDERR_FILENO);
	int rc = open_model(&t, &error);
	rc = rc ? rc : prepare(&t, &error);
	for (size_t i = 0; i < t.settings.file_count && !rc; i++)
		rc = each_document(&t, t.settings.files[i], learn_document);
	desk_describer_release(&t.learner.work);
	/* Files for --dev are opened after each epoch. */
	if (!t.settings.dev_count)
		desk_sandbox_seal();
	if (!rc)
		rc = learn(&t, &error);
	int unwritten = close_model(&t, !rc, &error);
	rc = rc ? rc : unwritten;
	desk_learner_release(&t.learner);
	if (rc && error.code)
		desk_cli_say(&desk_train_tool, NULL, 0, error.text);
	desk_crf_trainer_free(t.learner.trainer);
	desk_sequencer_release(&t.old);
	desk_buffer_release(&t.tables[0]);
	desk_buffer_release(&t.tables[1]);
	desk_arena_release(&t.arena);
	if (fflush(stdout) || ferror(stdout)) {
		desk_cli_say(&desk_train_tool, NULL, 0, "cannot write");
		return 2;
	}
	return rc ? 2 : 0;
}
