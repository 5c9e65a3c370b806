/* learn.c - gives the trainer documents, and compares. */
#include "entities/learn.h"

#include <string.h>

#include "core/error.h"

enum { NO_LABEL = -1 };

static int
number_of(const char *label, const char *const *labels, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(label, labels[i]))
			return (int)i;
	return NO_LABEL;
}

struct lesson {
	struct desk_learner *learner;
	const struct desk_doc *doc;
	size_t next; /* entity that may be met */
};

/* The entity that covers a part of a token; entities are in order. */
static const struct desk_ent *
entity_of(struct lesson *l, const struct desk_token *t)
{
	const struct desk_doc *doc = l->doc;
	const struct desk_learner *learner = l->learner;
	while (l->next < doc->ent_count &&
	       (doc->ents[l->next].end <= t->start ||
		   number_of(doc->ents[l->next].label, learner->labels,
		       learner->label_count) == NO_LABEL))
		l->next++;
	return l->next < doc->ent_count && doc->ents[l->next].start < t->end
		   ? &doc->ents[l->next]
		   : NULL;
}

static unsigned
label_of(const struct lesson *l, const struct desk_ent *before,
    const struct desk_ent *here, const struct desk_ent *after)
{
	if (!here)
		return 0;
	int type =
	    number_of(here->label, l->learner->labels, l->learner->label_count);
	bool begins = before != here, ends = after != here;
	return desk_crf_label(
	    (unsigned)type, begins ? ends ? CRF_SINGLE : CRF_BEGIN
			    : ends ? CRF_END
				   : CRF_INSIDE);
}

static int
learn(void *to, struct desk_describer *d, size_t from, size_t end,
    struct desk_error *error)
{
	struct lesson *l = to;
	const struct desk_token *tokens = d->segment.tokens;
	const struct desk_ent *before = NULL,
			      *here = entity_of(l, &tokens[from]);
	uint32_t features[DESK_FEATURES_MAX];
	for (size_t i = from; i < end; i++) {
		const struct desk_ent *after =
		    i + 1 < end ? entity_of(l, &tokens[i + 1]) : NULL;
		size_t n = desk_describe_token(d, from, end, i, features);
		int rc = desk_crf_trainer_token(l->learner->trainer, features,
		    n, label_of(l, before, here, after), error);
		if (rc)
			return rc;
		before = here;
		here = after;
	}
	return desk_crf_trainer_end(l->learner->trainer, error);
}

int
desk_learner_add(struct desk_learner *learner, struct desk_doc *doc,
    struct desk_error *error)
{
	struct lesson l = {.learner = learner, .doc = doc};
	learner->documents++;
	for (size_t i = 0; i < doc->ent_count; i++)
		learner->entities +=
		    number_of(doc->ents[i].label, learner->labels,
			learner->label_count) != NO_LABEL;
	return desk_describe(&learner->work, learner->knowledge, NULL,
	    doc->text, learn, &l, error);
}

void
desk_learner_release(struct desk_learner *learner)
{
	desk_describer_release(&learner->work);
}

int
desk_learner_compare(const struct desk_sequencer *sequencer,
    struct desk_describer *work, struct desk_doc *doc,
    const char *const *labels, size_t label_count,
    struct desk_agreement *counts, struct desk_error *error)
{
	struct desk_ent *ents;
	size_t count, at = 0;
	int rc = desk_sequencer_tag(sequencer, work, doc, &ents, &count, error);
	if (rc)
		return rc;
	for (size_t i = 0; i < doc->ent_count; i++) {
		int label = number_of(doc->ents[i].label, labels, label_count);
		if (label != NO_LABEL)
			counts[label].known++;
	}
	for (size_t i = 0; i < count; i++) {
		int label = number_of(ents[i].label, labels, label_count);
		if (label == NO_LABEL)
			continue;
		counts[label].found++;
		while (
		    at < doc->ent_count && doc->ents[at].start < ents[i].start)
			at++;
		for (size_t k = at;
		     k < doc->ent_count && doc->ents[k].start == ents[i].start;
		     k++)
			if (doc->ents[k].end == ents[i].end &&
			    !strcmp(doc->ents[k].label, ents[i].label)) {
				counts[label].right++;
				break;
			}
	}
	return 0;
}
