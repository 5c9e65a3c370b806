/*
 * What the features of a cell add up to.
 *
 * Rows that many cells look at are found once: those of a word and its
 * neighbours for both passes, those of a cue for all cells that see it.
 */
#ifndef DESK_QUOTES_SCORES_H
#define DESK_QUOTES_SCORES_H

#include "quotes/features.h"

/* Looks round at all cells and finds their rows. */
void desk_scores_begin(const struct desk_table *packs,
    const struct desk_passage *g, struct desk_sight *sights);

/* Scores all cells for the first pass, DESK_QUOTE_WIDTH numbers each. */
void desk_scores_first(const struct desk_table *packs,
    const struct desk_passage *g, const struct desk_sight *sights,
    int16_t *scores);

/* Scores cells [from, end) by themselves for the second pass, SECOND_LABELS
 * numbers each. */
void desk_scores_own(const struct desk_table *packs,
    const struct desk_passage *g, const struct desk_sight *sights, size_t from,
    size_t end, int16_t *scores);

/* Scores cells [from, end) as seen from a cue, given what they say by
 * themselves. */
void desk_scores_seen(const struct desk_table *packs,
    const struct desk_passage *g, const struct desk_sight *sights,
    struct desk_view *view, size_t from, size_t end, const int16_t *own,
    int16_t *scores);

#endif
