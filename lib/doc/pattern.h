/* Expressions of users, for pattern.c and keep.c. */
#ifndef DESK_DOC_PATTERN_H
#define DESK_DOC_PATTERN_H

#include "copydesk.h"

/* Whether it matches somewhere in a text of valid UTF-8: 1, 0, or DESK_ENOMEM,
 * DESK_ELIMIT. */
int desk_pattern_match(const struct desk_pattern *pattern,
    struct desk_slice text, struct desk_error *error);

#endif
