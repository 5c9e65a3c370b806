/* Where speech ended or began of which a mark was lost. */
#ifndef DESK_QUOTES_LOST_H
#define DESK_QUOTES_LOST_H

#include "core/slice.h"

/* Whether a subject and a verb of saying, or the verb and a subject, stand at
 * text[at), before `to`. */
bool desk_lost_saying(struct desk_slice text, uint32_t at, uint32_t to);

/* The end of speech that begins at `from` and goes on to `to` at most, told by
 * the words of saying behind a comma: "We go, Brook said."  Or 0. */
uint32_t desk_lost_end(struct desk_slice text, uint32_t from, uint32_t to);

/* Where the first sentence that begins in [from, to) does, or 0. */
uint32_t desk_lost_start(struct desk_slice text, uint32_t from, uint32_t to);

#endif
