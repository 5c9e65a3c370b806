/*
 * Cues and the shapes of clauses round them: what is said, by which words.
 *
 * A claim ties content, cue and speaker of one sentence together as ranges of
 * the paragraph's items.  Rules look at a bounded number of items round a cue.
 */
#ifndef DESK_QUOTES_CUES_H
#define DESK_QUOTES_CUES_H

#include "quotes/words.h"

/* Items from a up to b; empty where a == b. */
struct desk_range {
	size_t a, b;
};

enum { DESK_CLAIM_PARTS = 6 };

struct desk_claim {
	struct desk_range parts[DESK_CLAIM_PARTS];
	size_t part_count;
	struct desk_range cue, speaker;
	bool alone; /* marked speech that no cue of its sentence governs */
	/* without parts: what is said comes in the next paragraph */
};

/* What was found in a paragraph; the array lies in the arena. */
struct desk_claims {
	struct desk_claim *list;
	size_t count, room;
};

/* Appends the claims of the sentence of items s up to e. DESK_ENOMEM. */
int desk_cues_find(struct desk_claims *claims, const struct desk_paragraph *p,
    size_t s, size_t e, struct desk_arena *arena, struct desk_error *error);

/* Words in a range: in all, or only those inside marks. */
size_t desk_range_words(
    const struct desk_paragraph *p, struct desk_range r, bool marked);

#endif
