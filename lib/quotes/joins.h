/* Stretches in marks and the findings that they belong to. */
#ifndef DESK_QUOTES_JOINS_H
#define DESK_QUOTES_JOINS_H

#include "quotes/passes.h"

/* How many words of a stretch have a bit of DESK_SAID* set; 0: all. */
size_t desk_stretch_words(
    const struct desk_passes *x, const struct desk_frame_of *f, unsigned bit);

/* Whether a stretch is speech by the first pass and nobody's by the second. */
bool desk_stretch_left(
    const struct desk_passes *x, const struct desk_frame_of *f);

/* Makes stretches that go on with a finding beside them parts of it. */
void desk_join_stretches(struct desk_passes *x);

#endif
