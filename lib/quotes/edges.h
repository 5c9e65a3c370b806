/* The edges of what the passes found. */
#ifndef DESK_QUOTES_EDGES_H
#define DESK_QUOTES_EDGES_H

#include "quotes/passes.h"

/* Settles the parts of all findings of a paragraph. */
void desk_quotes_settle(struct desk_passes *x);

/* Who is accused, or called something, does not say so: who stands behind "by"
 * does, where there is one.  Settles a finding so. */
void desk_quotes_agent(const struct desk_passes *x, struct desk_finding *f);

#endif
