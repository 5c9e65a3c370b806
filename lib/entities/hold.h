/*
 * What lists and spelling say of a sequence before the model decides: which
 * labels tokens may not take, and which are likelier than the model thinks, who
 * has not met many names.
 */
#ifndef DESK_ENTITIES_HOLD_H
#define DESK_ENTITIES_HOLD_H

#include "entities/words.h"
#include "model/crf.h"

struct desk_hold {
	const struct desk_crf *crf;
	const struct desk_segment *segment;
	size_t from, count;		 /* of the sequence in the segment */
	const struct desk_token *tokens; /* of the sequence */
	uint64_t *allowed;	  /* labels of each, as bits; NULL: all */
	struct desk_arena *arena; /* for these */
};

/* Keeps tokens [from, to) out of the model's hands. */
int desk_hold_close(
    struct desk_hold *h, size_t from, size_t to, struct desk_error *error);

/* Whether one of them is kept so. */
bool desk_hold_closed(const struct desk_hold *h, size_t from, size_t to);

/* Parts names between which a blank was lost. */
int desk_hold_parts(struct desk_hold *h, struct desk_error *error);

/* Holds listed names together, and parts those that only stand side by side. */
int desk_hold_lists(struct desk_hold *h, struct desk_error *error);

/* Raises the scores of listed names. */
void desk_hold_favour(const struct desk_hold *h, int16_t *scores);

#endif
