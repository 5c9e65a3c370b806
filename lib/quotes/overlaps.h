/* Speech that reaches into other speech. */
#ifndef DESK_QUOTES_OVERLAPS_H
#define DESK_QUOTES_OVERLAPS_H

#include "quotes/link.h"

/* Settles the speech of a paragraph, in the order of `at`. */
void desk_overlaps_settle(
    struct desk_speeches *speeches, const struct desk_paragraph *p);

/* Two cues round the same words: the longer speech stays, else the first. */
void desk_overlaps_repeats(struct desk_speeches *to);

#endif
