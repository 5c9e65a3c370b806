/*
 * Annotated records of JSON Lines as a corpus: a model is learned from them in
 * one epoch, or there is nothing to learn; the model is whole, its spans lie in
 * the text they were learned from, and learning again gives the same bytes.
 * The first two bytes pick the options.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "entities/learn.h"
#include "io/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 4096, LABELS = 4 };

static const char *const labels[LABELS] = {"LOC", "MISC", "ORG", "PER"};

static void
need(bool good)
{
	if (!good)
		abort();
}

typedef void visit(void *context, struct desk_doc *doc);

/* Hands the document of each line that is a record with a text to do. */
static void
each(struct desk_slice text, visit *todo, void *context)
{
	static const struct desk_io_options options = {.needs = DESK_ENTS};
	struct desk_record record = {.doc = desk_doc_new(), .input = "-"};
	need(record.doc != NULL);
	for (size_t at = 0; at < text.len;) {
		const char *s = text.data + at;
		const char *lf = memchr(s, '\n', text.len - at);
		size_t len = lf ? (size_t)(lf - s) : text.len - at;
		record.has_text = false;
		record.frame = (struct desk_frame){
		    .bytes = {s, len}, .form = DESK_FROM_JSONL, .last = true};
		if (!desk_jsonl_read(&record, &options, NULL) &&
		    record.has_text)
			todo(context, record.doc);
		at += len + 1;
	}
	desk_doc_free(record.doc);
}

static void
learn(void *context, struct desk_doc *doc)
{
	need(!desk_learner_add(context, doc, NULL));
}

/* A model of the corpus, or an empty buffer. */
static void
make(struct desk_slice text, const struct desk_crf_options *options,
    struct desk_buffer *out)
{
	static const struct desk_knowledge nothing;
	struct desk_learner learner = {
	    .knowledge = &nothing, .labels = labels, .label_count = LABELS};
	struct desk_crf_sections learned = {0};
	struct desk_crf_epoch epoch;
	struct desk_error error = {0};
	int rc;
	learner.trainer = desk_crf_trainer_new(labels, LABELS, options, &error);
	need(learner.trainer != NULL);
	each(text, learn, &learner);
	while (
	    (rc = desk_crf_trainer_epoch(learner.trainer, &epoch, &error)) > 0)
		need(epoch.loss >= 0);
	if (rc) {
		need(error.text[0]);
	} else {
		need(
		    !desk_crf_trainer_write(learner.trainer, &learned, &error));
		need(!desk_modelfile_build(learned.sections, 3, out, &error));
	}
	desk_crf_sections_release(&learned);
	desk_learner_release(&learner);
	desk_crf_trainer_free(learner.trainer);
}

struct trial {
	struct desk_sequencer model;
	struct desk_describer work;
};

static void
try(void *context, struct desk_doc *doc)
{
	struct trial *t = context;
	struct desk_agreement counts[LABELS] = {{0, 0, 0}};
	struct desk_ent *ents;
	size_t count, at = 0, found = 0;
	need(!desk_learner_compare(
	    &t->model, &t->work, doc, labels, LABELS, counts, NULL));
	need(
	    !desk_sequencer_tag(&t->model, &t->work, doc, &ents, &count, NULL));
	for (size_t i = 0; i < count; i++) {
		need(ents[i].start >= at && ents[i].end > ents[i].start);
		at = ents[i].end;
	}
	need(at <= doc->text.len);
	for (size_t i = 0; i < LABELS; i++) {
		need(counts[i].right <= counts[i].known);
		need(counts[i].right <= counts[i].found);
		found += counts[i].found;
	}
	need(found == count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2 || size > MOST)
		return 0;
	struct desk_crf_options options = {.epochs = 1 + data[0] % 3,
	    .average = data[0] >> 2 & 1,
	    .runs = 1 + (data[0] >> 3 & 1),
	    .least = 1 + (data[0] >> 4 & 1),
	    .seed = data[1]};
	struct desk_buffer text = {0}, model = {0}, again = {0};
	desk_utf8_repair(&text, (const char *)data + 2, size - 2);
	need(!text.failed);
	struct desk_slice s = {text.data ? text.data : "", text.len};
	make(s, &options, &model);
	make(s, &options, &again);
	need(model.len == again.len &&
	     (!model.len || !memcmp(model.data, again.data, model.len)));
	struct desk_modelfile file = {0};
	struct trial trial = {0};
	if (model.len) {
		struct desk_slice bytes = {model.data, model.len};
		need(!desk_modelfile_use(&file, bytes, NULL));
		need(!desk_sequencer_load(&trial.model, &file, NULL));
		each(s, try, &trial);
		desk_describer_release(&trial.work);
		desk_sequencer_release(&trial.model);
	}
	desk_buffer_release(&text);
	desk_buffer_release(&model);
	desk_buffer_release(&again);
	return 0;
}
