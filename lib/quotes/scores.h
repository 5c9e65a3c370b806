/*
 * What the features of a cell add up to.
 *
 * Most features look at few things that repeat: kinds of words, marks, counts.
 * Their sums are kept, so that only words and what they stand beside are looked
 * up each time.
 */
#ifndef DESK_QUOTES_SCORES_H
#define DESK_QUOTES_SCORES_H

#include "model/crf.h"
#include "quotes/features.h"

enum { DESK_KEPT = 512 };

/* Sums by key; a newer one takes the place of an older. */
struct desk_kept {
	uint64_t keys[DESK_KEPT];
	int16_t scores[DESK_KEPT][DESK_QUOTE_WIDTH];
};

/* For both models; of zeros: nothing is kept yet. */
struct desk_scorer {
	struct desk_kept first_kinds, second_kinds, counts, sentence;
};

/* Scores all cells of a passage for the first pass, crf->width each, from
 * zeros. */
void desk_scores_first(struct desk_scorer *s, const struct desk_crf *crf,
    const struct desk_passage *g, int16_t *scores);

/* Scores cells [from, end) by themselves for the second pass, from zeros. */
void desk_scores_own(struct desk_scorer *s, const struct desk_crf *crf,
    const struct desk_passage *g, size_t from, size_t end, int16_t *scores);

/* Adds what cells [a, b) say as seen from a cue. */
void desk_scores_seen(struct desk_scorer *s, const struct desk_crf *crf,
    const struct desk_passage *g, const struct desk_view *view, size_t a,
    size_t b, int16_t *scores);

#endif
