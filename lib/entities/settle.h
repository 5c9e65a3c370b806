/*
 * Settling: what becomes of each sequence of tokens, when the user's names, the
 * rules for dates and amounts, and the model each have a say.
 *
 * Spans never overlap.  The user's names win over all else.  A date or amount
 * wins over the model's names that it overlaps, unless one of them holds it
 * whole and is longer ("Sunday Telegraph"); the model then decides
 * again, so that a name may still end or begin beside the date.
 */
#ifndef DESK_ENTITIES_SETTLE_H
#define DESK_ENTITIES_SETTLE_H

#include "entities/gazetteer.h"
#include "entities/rules.h"
#include "entities/sequence.h"

/* A part of the result: it grows without a copy. */
enum { DESK_PIECE = 1024 };
struct desk_piece {
	struct desk_piece *next;
	size_t count;
	struct desk_ent ents[DESK_PIECE];
};

/* Work on one document; what stands before found is set by the caller. */
struct desk_settler {
	const struct desk_sequencer *sequencer;
	const struct desk_gazetteer *gazetteer; /* or NULL */
	struct desk_matcher *matcher;
	bool scores;		 /* say how sure the model is */
	bool plain;		 /* let the model decide alone */
	struct desk_arena work;	 /* for one sequence */
	struct desk_arena found; /* for the result */
	struct desk_piece *first, *last;
	size_t count;
	uint32_t done; /* where the last span ends */
};

/* Gets the sequences of desk_describe(); to is a settler. */
int desk_settle(void *to, struct desk_describer *describer, size_t from,
    size_t end, struct desk_error *error);

#endif
