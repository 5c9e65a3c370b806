/*
 * Features: what the sequence models see of a token, as hashes.
 *
 * The first pass sees the token and its surroundings; the second sees it from a
 * cue, and asks whether it belongs to what is said there or to who says it.
 * lib/quotes/templates.h has all that they look at.
 */
#ifndef DESK_QUOTES_FEATURES_H
#define DESK_QUOTES_FEATURES_H

#include "quotes/packs.h"

/* Features of one token, and numbers that a model gives it, at most. */
enum { DESK_QUOTE_FEATURES = 128, DESK_QUOTE_WIDTH = 16 };

/* Where the weights of a feature lie in the packs. */
struct desk_slot {
	uint64_t key; /* or the number of the row */
	uint16_t pack, offset;
};

/* The features of a token. */
struct desk_features {
	size_t count;
	uint32_t keys[DESK_QUOTE_FEATURES];
	struct desk_slot slots[DESK_QUOTE_FEATURES];
};

static inline void
desk_features_add(struct desk_features *f, uint32_t key, struct desk_slot slot)
{
	f->keys[f->count] = key;
	f->slots[f->count++] = slot;
}

enum { DESK_SIGN_REACH = 12, DESK_PATH = 5 /* cells, at most */ };

/* What is known of a cell beyond itself. */
struct desk_sight {
	const unsigned char *rows[CELL_PACKS]; /* when scoring */
	uint8_t in;   /* 0 outside marks, else at their begin, end, between */
	uint8_t ends; /* 2: the first of its sentence, 1: the last */
	uint8_t left_sign, right_sign; /* cells to the next sign, if near */
};

/* A cue as the second pass sees it. */
struct desk_view {
	uint32_t a, b;		      /* its cells */
	uint32_t phrase, head, after; /* words */
	uint8_t kind_before, kind_after;
	uint32_t left, right; /* kinds of three cells on a side */
	uint32_t marks;	      /* how far the next marks are, on both sides */
	uint32_t lead, rest;  /* of its sentence: how long they are */
	const unsigned char *rows[CUE_PACKS]; /* when scoring */
};

/* What stands between a cell and the cue, in few steps. */
struct desk_seen {
	uint32_t step; /* how far away it is */
	uint32_t side; /* 0 before the cue, 1 in it, 2 behind it */
	uint32_t sentences, commas, verbs, turns, cands, sources;
	uint32_t place, ends; /* as in its sight */
	uint32_t sign;	      /* on the way: its kind, 1: none, 2: none near */
	uint32_t number, reach; /* of the side and of how far it reaches */
	uint64_t path;		/* kinds of the cells between, if few */
	/* when scoring */
	const unsigned char *path_row, *phrase_row, *head_row;
};

enum { DESK_SIGHT_PAD = 2 };

/* Room for the sights of so many cells, or NULL where memory ran out. */
struct desk_sight *desk_sights_new(size_t count, struct desk_arena *arena);

/* Looks round at all cells; some outside are there on both sides. */
void desk_sights_set(struct desk_sight *sights, const struct desk_passage *g);

/* Looks at the cue in cells [a, b). */
void desk_view_set(
    struct desk_view *v, const struct desk_passage *g, size_t a, size_t b);

/* The kinds of the cells from i to the cue, where they are few; else 1. */
uint64_t desk_path(
    const struct desk_passage *g, const struct desk_view *v, size_t i);

/* The frame of a cell; outside marks one of zeros. */
const struct desk_frame_of *desk_frame_at(
    const struct desk_passage *g, size_t i);

/* The features of cell i, for the first pass, or as seen from a cue. */
void desk_features_first(struct desk_features *to, const struct desk_passage *g,
    const struct desk_sight *sights, size_t i);
void desk_features_second(struct desk_features *to,
    const struct desk_passage *g, const struct desk_sight *sights,
    const struct desk_view *v, size_t i);

/* Those of a stretch in marks as a whole; the first pass has marked cells. */
size_t desk_features_marked(
    const struct desk_passage *g, size_t frame, uint32_t *features);

/* Those of a stretch and the one before it: is it the same speech that goes on?
 * None for the first. */
size_t desk_features_joined(
    const struct desk_passage *g, size_t frame, uint32_t *features);

#endif
