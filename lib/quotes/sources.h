/* Who says what was found. */
#ifndef DESK_QUOTES_SOURCES_H
#define DESK_QUOTES_SOURCES_H

#include "quotes/passes.h"

enum { SOURCE_CELLS = 9 };

/* Settles the source of a finding, and what of it got into what was said:
 * "told Reuters the port is closed". */
void desk_sources_settle(const struct desk_passes *x, struct desk_finding *f);

/* Who is accused, called something, or ordered to do it, does not say so: who
 * stands behind "by" does, where there is one. */
void desk_sources_agent(const struct desk_passes *x, struct desk_finding *f);

/* A clause of its own has a subject of its own: "..., Hill warned, while Brook
 * insisted that ...". */
void desk_sources_subject(const struct desk_passes *x, struct desk_finding *f);

/* Makes a source the whole phrase: "the Governor | of Hill, Anna Brook". */
void desk_subjects_settle(const struct desk_passes *x, struct desk_finding *f);

/* Whether a cell is one of some words, which are an array. */
bool desk_cell_any(const struct desk_passes *x, uint32_t i,
    const char *const *words, size_t count);
#define DESK_CELL_ANY(x, i, words)                                             \
	desk_cell_any(x, i, words, sizeof(words) / sizeof *(words))

/* Whether a verb of a clause, or the end of one, is at a cell. */
bool desk_cell_clause(const struct desk_cell *c);

/* Whether a cell may be within the phrase of who says something. */
bool desk_cell_of_phrase(const struct desk_cell *c);

#endif
