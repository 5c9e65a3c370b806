/* The edges of what the passes found. */
#ifndef DESK_QUOTES_EDGES_H
#define DESK_QUOTES_EDGES_H

#include "quotes/passes.h"

/* Settles the parts of all findings of a paragraph. */
void desk_quotes_settle(struct desk_passes *x);

#endif
