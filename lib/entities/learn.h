/* Learning entities: from documents with known spans to a trainer's
 * sequences, and how well a model finds the spans of other documents. */
#ifndef DESK_ENTITIES_LEARN_H
#define DESK_ENTITIES_LEARN_H

#include "entities/sequence.h"
#include "model/crf_train.h"

/* Adds a document; of its entities those with the trainer's labels count.  A
 * text is read once, whatever its features. */
struct desk_learner {
	struct desk_crf_trainer *trainer;
	const struct desk_knowledge *knowledge;
	const char *const *labels;
	size_t label_count;
	struct desk_describer work;
	size_t documents, entities;
	/* For desk_learner_least(), the words of names that nothing near by
	 * marks as such.  Of each: whether a name begins, enum desk_mark, the
	 * number of its features for itself, and these. */
	struct desk_arena arena;
	uint32_t *plain;
	size_t count, room;
};

int desk_learner_add(struct desk_learner *learner, struct desk_doc *doc,
    struct desk_error *error);
void desk_learner_release(struct desk_learner *learner);

/* How likely a token must look (gates.c) for one name in a hundred to be lost,
 * at most 0: what would by itself be called a name is looked at. */
int desk_learner_least(struct desk_learner *learner, const struct desk_crf *crf,
    int16_t *least, struct desk_error *error);

/* Spans that agree in place and label. */
struct desk_agreement {
	size_t known, found, right;
};

/* Adds to the counts of each label (label_count of them). */
int desk_learner_compare(const struct desk_sequencer *sequencer,
    struct desk_describer *work, struct desk_doc *doc,
    const char *const *labels, size_t label_count,
    struct desk_agreement *counts, struct desk_error *error);

#endif
