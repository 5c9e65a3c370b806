/* Scraps: marked words inside a clause that tells what somebody thinks, wants
 * or says. */
#ifndef DESK_QUOTES_SCRAPS_H
#define DESK_QUOTES_SCRAPS_H

#include "quotes/passes.h"

/* Of zeros but for x: no sentence of the paragraph was read yet. */
struct desk_scraps {
	struct desk_passes *x;
	struct desk_cells read; /* the sentences that labels are of */
	uint8_t *labels;
};

/* The clause, and what was seen beside it; a == b: none. */
struct desk_scrap {
	struct desk_cells clause, cue, source;
};

/* Finds the clause that a stretch in marks is a part of and that no finding
 * has.  DESK_ENOMEM. */
int desk_scraps_find(struct desk_scraps *s, size_t frame,
    struct desk_scrap *scrap, struct desk_error *error);

#endif
