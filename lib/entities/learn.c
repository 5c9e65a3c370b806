/* learn.c - gives the trainer documents, and compares. */
#include "entities/learn.h"

#include <stdlib.h>
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
	const struct desk_ent *noted;
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

/* Whether neither a token nor one beside it is surely written as names are. */
static bool
plain(const struct desk_segment *segment, size_t from, size_t to, size_t i)
{
	size_t first = i > from ? i - 1 : i, last = i + 1 < to ? i + 2 : to;
	for (size_t k = first; k < last; k++)
		if (desk_gates_mark(segment, k) == MARK_SURE)
			return false;
	return true;
}

static int
keep(struct desk_learner *l, uint32_t number, struct desk_error *error)
{
	if (!DESK_RESERVE(&l->arena, l->plain, l->count, l->room))
		return desk_fail_memory(error);
	l->plain[l->count++] = number;
	return 0;
}

/* Notes a word of a name, the first one of it or another. */
static int
note(struct desk_learner *l, const struct desk_describer *d, size_t i,
    bool first, struct desk_error *error)
{
	uint32_t features[DESK_FEATURES_MAX];
	struct desk_feature_list list = {features, 0};
	desk_put_word(&list, ROLE_HERE, &d->lexemes, d->segment.words[i].form);
	int rc = keep(l, first, error);
	if (!rc)
		rc = keep(l, desk_gates_mark(&d->segment, i), error);
	if (!rc)
		rc = keep(l, (uint32_t)list.count, error);
	for (size_t k = 0; k < list.count && !rc; k++)
		rc = keep(l, features[k], error);
	return rc;
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
	int rc = 0;
	for (size_t i = from; i < end && !rc; i++) {
		const struct desk_ent *after =
		    i + 1 < end ? entity_of(l, &tokens[i + 1]) : NULL;
		size_t n = desk_describe_token(d, from, end, i, features);
		rc = desk_crf_trainer_token(l->learner->trainer, features, n,
		    label_of(l, before, here, after), error);
		if (!rc && here && plain(&d->segment, from, end, i)) {
			rc = note(l->learner, d, i, here != l->noted, error);
			l->noted = here;
		}
		before = here;
		here = after;
	}
	return rc ? rc : desk_crf_trainer_end(l->learner->trainer, error);
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
	desk_arena_release(&learner->arena);
}

/* How likely a word looks to be in a name, from its features alone. */
static int
look_of(const struct desk_crf *crf, const uint32_t *features, size_t count,
    enum desk_mark mark)
{
	int16_t scores[DESK_CRF_LABELS + 8] = {0}, best = INT16_MIN;
	desk_crf_add(crf, features, count, scores);
	for (uint32_t k = 0; k + 1 < crf->labels; k++)
		best = scores[k] > best ? scores[k] : best;
	return desk_gates_look(mark, best, crf->unit);
}

static int
by_size(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;
	return (x > y) - (x < y);
}

int
desk_learner_least(struct desk_learner *l, const struct desk_crf *crf,
    int16_t *least, struct desk_error *error)
{
	enum { LOST = 100 };
	size_t count = 0, lost = l->entities / LOST;
	int *looks =
	    desk_arena_alloc(&l->arena, (l->count + 1) * sizeof *looks);
	if (!looks)
		return desk_fail_memory(error);
	for (size_t i = 0; i < l->count;) {
		const uint32_t *word = l->plain + i;
		int look = look_of(crf, word + 3, word[2], word[1]);
		if (word[0])
			looks[count++] = look;
		else if (look < looks[count - 1])
			looks[count - 1] = look;
		i += 3 + word[2];
	}
	qsort(looks, count, sizeof *looks, by_size);
	int most = lost < count && looks[lost] < 0 ? looks[lost] : 0;
	*least = (int16_t)(most > INT16_MIN ? most : INT16_MIN);
	return 0;
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
