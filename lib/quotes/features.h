/*
 * Features: what the sequence models see of a token, as hashes.
 *
 * The first pass sees the token and its surroundings; the second sees it from a
 * cue, and asks whether it belongs to what is said there or to who says it.
 */
#ifndef DESK_QUOTES_FEATURES_H
#define DESK_QUOTES_FEATURES_H

#include "quotes/passage.h"

/* Features of one token, and numbers that a model gives it, at most. */
enum { DESK_QUOTE_FEATURES = 128, DESK_QUOTE_WIDTH = 16 };

/* A cue as the second pass sees it. */
struct desk_view {
	uint32_t a, b;			      /* its cells */
	uint32_t phrase, head, before, after; /* words */
	uint8_t head_kind, kind_before, kind_after;
	uint32_t left, right;	       /* kinds of three cells on a side */
	uint8_t mark_left, mark_right; /* how far the next marks are */
	uint32_t end, begin;	       /* of its sentence */
};

/* What stands between a cell and the cue, in few steps. */
struct desk_seen {
	uint32_t distance;
	uint32_t side; /* 0 before the cue, 1 in it, 2 behind it */
	uint32_t sentences, commas, verbs, turns, cands, sources;
	uint32_t place; /* 0 outside marks, else at their begin, end, between */
	uint32_t first, last; /* of its sentence */
};

/*
 * Features lie in groups by what they look at.  What a group says is the same
 * wherever its key, made of all that it looks at, is the same.
 */

/* For either pass: the words round cell i; their kinds. */
size_t desk_features_words(
    const struct desk_passage *g, size_t i, uint32_t *features);
size_t desk_features_kinds(
    const struct desk_passage *g, size_t i, uint32_t *features);
uint64_t desk_features_kinds_key(const struct desk_passage *g, size_t i);

/* For the first pass: the cell's place; the marks it stands in; the next words
 * like a cue. */
size_t desk_features_place(
    const struct desk_passage *g, size_t i, uint32_t *features);
size_t desk_features_frame(
    const struct desk_passage *g, size_t i, uint32_t *features);
uint64_t desk_features_frame_key(const struct desk_passage *g, size_t i);
size_t desk_features_beside(
    const struct desk_passage *g, size_t i, uint32_t *features);
uint64_t desk_features_beside_key(const struct desk_passage *g, size_t i);

/* Looks at the cue in cells [a, b). */
void desk_view_set(
    struct desk_view *v, const struct desk_passage *g, size_t a, size_t b);
/* Looks from cell i at the cue. */
void desk_seen_set(struct desk_seen *w, const struct desk_passage *g,
    const struct desk_view *v, size_t i);

/* For the second pass: the cell as seen from the cue. */
size_t desk_features_seen(const struct desk_passage *g,
    const struct desk_view *v, const struct desk_seen *w, size_t i,
    uint32_t *features);

/* The cue, by side, sentences between and being in marks. */
size_t desk_features_cue(
    const struct desk_view *v, const struct desk_seen *w, uint32_t *features);

/* Its sentence, and a cell of a kind. */
size_t desk_features_sentence(const struct desk_view *v,
    const struct desk_seen *w, unsigned kind, uint32_t *features);
uint64_t desk_features_sentence_key(
    const struct desk_view *v, const struct desk_seen *w, unsigned kind);

/* What stands between, and a cell of a kind. */
size_t desk_features_counts(
    const struct desk_seen *w, unsigned kind, uint32_t *features);
uint64_t desk_features_counts_key(const struct desk_seen *w, unsigned kind);

/* The marks between, and the clauses between; the keys are for one cue. */
size_t desk_features_turn(const struct desk_passage *g,
    const struct desk_view *v, const struct desk_seen *w, size_t i,
    uint32_t *features);
uint64_t desk_features_turn_key(
    const struct desk_passage *g, const struct desk_seen *w, size_t i);
size_t desk_features_clause(
    const struct desk_view *v, const struct desk_seen *w, uint32_t *features);
uint64_t desk_features_clause_key(const struct desk_seen *w);

/* Those of a stretch in marks as a whole; the first pass has marked cells. */
size_t desk_features_marked(
    const struct desk_passage *g, size_t frame, uint32_t *features);

/* Those of a stretch and the one before it: is it the same speech that goes on?
 * None for the first. */
size_t desk_features_joined(
    const struct desk_passage *g, size_t frame, uint32_t *features);

#endif
