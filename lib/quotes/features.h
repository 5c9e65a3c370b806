/*
 * Features: what the sequence models see of a token, as hashes.
 *
 * The first pass sees the token and its surroundings; the second sees it from a
 * cue, and asks whether it belongs to what is said there or to who says it.
 */
#ifndef DESK_QUOTES_FEATURES_H
#define DESK_QUOTES_FEATURES_H

#include "quotes/passage.h"

enum { DESK_QUOTE_FEATURES = 128 }; /* of one token, at most */

/* A cue as the second pass sees it. */
struct desk_view {
	uint32_t a, b;			      /* its cells */
	uint32_t phrase, head, before, after; /* words */
	uint8_t head_kind, kind_before, kind_after;
	uint32_t left, right;	       /* kinds of three cells on a side */
	uint8_t mark_left, mark_right; /* how far the next marks are */
	uint32_t end, begin;	       /* of its sentence */
};

/* Features of the words round cell i, for either pass. */
size_t desk_features_words(
    const struct desk_passage *g, size_t i, uint32_t *features);

/* Those of the first pass besides. */
size_t desk_features_place(
    const struct desk_passage *g, size_t i, uint32_t *features);

/* Looks at the cue in cells [a, b). */
void desk_view_set(
    struct desk_view *v, const struct desk_passage *g, size_t a, size_t b);

/* Those of the second pass besides. */
size_t desk_features_seen(const struct desk_passage *g,
    const struct desk_view *v, size_t i, uint32_t *features);

/* Those of a stretch in marks as a whole; the first pass has marked cells. */
size_t desk_features_marked(
    const struct desk_passage *g, size_t frame, uint32_t *features);

#endif
