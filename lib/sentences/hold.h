/*
 * Holding quotations together (--keep-quotes).
 */
#ifndef DESK_SENTENCES_HOLD_H
#define DESK_SENTENCES_HOLD_H

#include "sentences/window.h"

/* The quotation that is open.  Of zeros: none, and nothing read yet. */
struct desk_hold {
	size_t at;	 /* read so far */
	uint32_t closer; /* of the open one, or 0 */
	size_t close;	 /* where it closes; 0: not known */
	/* Up to a place there is none of a closer. */
	uint32_t missing;
	size_t missing_to;
};

/* Whether a place is inside a quotation that began with the sentence and is
 * closed later in the paragraph, not too far away.  The window gets hungry
 * where that cannot be told yet. */
bool desk_is_held(struct desk_window *w, struct desk_hold *hold, size_t at);

/* Offsets move. */
void desk_hold_rebase(struct desk_hold *hold, size_t drop);

#endif
