/*
 * The packs of the two passes: which features lie in one row, and where.
 *
 * A row has parts of the first pass and behind them parts of the second, each
 * of one weight for each label but O.  lib/quotes/templates.h says what each
 * part stands for.  Rows of a pack of no number are found by key.
 */
#ifndef DESK_QUOTES_PACKS_H
#define DESK_QUOTES_PACKS_H

#include "model/pack.h"
#include "quotes/passage.h"

/* How many values there are of what packs look at. */
enum {
	FIRST_LABELS = 12,
	SECOND_LABELS = 8,
	INS = 5,      /* in marks: no, and at the begin and end or not */
	STEPS = 12,   /* of a distance */
	AWAYS = 6,    /* sentences to the next cue, and in marks or not */
	AROUNDS = 20, /* in marks, and the cells beside it */
	LENGTHS = 11, /* of a stretch in marks */
	SIDES = 5,    /* of the cue, in its sentence or not */
	REACHES = 9,  /* sides, by sentences away */
	STATES = 18,  /* reaches, in marks or not */
	SIGNS = 19,   /* next to a cell, on its way to the cue */
	TURNS = 6,    /* marks between */
	COMMAS = 4,   /* commas between; verbs */
	FOUND = 3,    /* cues between; sources; few verbs */
	ENDS = 4      /* first of its sentence, last of it */
};

/* Name, rows (0: by key), parts of the first and of the second pass. */
#define DESK_QUOTE_PACKS(P)                                                    \
	/* by cell: at it and in front, at it, behind */                       \
	P(WORD, 0, 5, 7)                                                       \
	P(TAIL, 0, 1, 1)                                                       \
	P(WORDS, 0, 2, 2)                                                      \
	P(KINDS3, 0, 3, 3)                                                     \
	P(KINDS5, 0, 1, 1)                                                     \
	P(KINDS_WORD, 0, 1, 1)                                                 \
	P(WORD_KINDS, 0, 1, 1)                                                 \
	P(AROUND_KINDS, 0, 1, 0)                                               \
	P(WORD_FAR, 0, 0, 3)                                                   \
	/* by kind */                                                          \
	P(ANY, 1, 1, 1)                                                        \
	P(KIND_MARKED, 2 * K_KINDS, 1, 1)                                      \
	P(KINDS2, K_KINDS *K_KINDS, 2, 2)                                      \
	P(KIND_AROUND, AROUNDS *K_KINDS, 1, 0)                                 \
	P(KIND_ENDS, ENDS *K_KINDS, 1, 0)                                      \
	/* by what stands to the left and right */                             \
	P(LEFT, 0, STEPS, 0)                                                   \
	P(LEFT_KINDS, 0, K_KINDS, 0)                                           \
	P(LEFT_WORDS, 0, 1, 0)                                                 \
	P(RIGHT, 0, STEPS, 0)                                                  \
	P(RIGHT_KINDS, 0, K_KINDS, 0)                                          \
	P(RIGHT_WORDS, 0, 1, 0)                                                \
	P(KIND_LEFT, AWAYS *STEPS *K_KINDS, 1, 0)                              \
	P(KIND_RIGHT, AWAYS *STEPS *K_KINDS, 1, 0)                             \
	/* by marks round it */                                                \
	P(LENGTH, INS *LENGTHS, 1, 0)                                          \
	P(LENGTH_BEFORE, 0, INS, 0)                                            \
	P(BEFORE, 0, INS, 0)                                                   \
	P(AFTER, 0, INS, 0)                                                    \
	P(BEFORE_AFTER, 0, INS, 0)                                             \
	P(LENGTH_SIDES, 0, INS, 0)                                             \
	P(BEGIN, 4 * INS, 1, 0)                                                \
	P(SENTENCE, 6 * INS, 1, 0)                                             \
	/* by cue */                                                           \
	P(PHRASE, 0, 0, SIDES)                                                 \
	P(HEAD, 0, 0, SIDES + STATES)                                          \
	P(HEAD_AFTER, 0, 0, SIDES)                                             \
	P(HEAD_KIND, 0, 0, SIDES * 2)                                          \
	P(BESIDE, 0, 0, SIDES)                                                 \
	P(LEFT3, 0, 0, SIDES * 2)                                              \
	P(RIGHT3, 0, 0, SIDES * 2)                                             \
	P(MARKS, 0, 0, SIDES *(1 + INS + 2 * TURNS))                           \
	/* by cue and side */                                                  \
	P(PHRASE_STEP, 0, 0, STEPS)                                            \
	P(HEAD_CLAUSE, 0, 0, COMMAS *FOUND)                                    \
	P(FAR, STATES, 0, 1)                                                   \
	P(REST_FAR, STEPS *STATES, 0, 1)                                       \
	P(LEAD_FAR, STEPS *STEPS *STATES, 0, 1)                                \
	/* by the way to the cue */                                            \
	P(DISTANCE, SIDES *STEPS *K_KINDS, 0, 1)                               \
	P(SIGN, SIDES *SIGNS *K_KINDS, 0, 1)                                   \
	P(SIGN_TURN, SIDES *SIGNS *TURNS *INS, 0, 1)                           \
	P(PATH, 0, 0, SIDES)                                                   \
	P(KIND_REST, SIDES *STEPS *K_KINDS, 0, 1)                              \
	P(KIND_LEAD, SIDES *STEPS *K_KINDS, 0, 1)                              \
	P(KIND_SIDE, SIDES *ENDS *K_KINDS, 0, 1)                               \
	P(KIND_COMMAS, SIDES *COMMAS *K_KINDS, 0, 1)                           \
	P(KIND_CUES, SIDES *FOUND *K_KINDS, 0, 1)                              \
	P(KIND_VERBS, SIDES *COMMAS *K_KINDS, 0, 1)                            \
	P(KIND_SOURCES, SIDES *FOUND *K_KINDS, 0, 1)                           \
	P(KIND_CLAUSE, SIDES *COMMAS *COMMAS *K_KINDS, 0, 1)                   \
	P(TURN, SIDES *TURNS *INS, 0, 1)                                       \
	P(TURN_LENGTH, SIDES *TURNS *LENGTHS * 2, 0, 1)                        \
	P(TURN_AFTER, 0, 0, SIDES *TURNS)                                      \
	P(TURN_BEFORE, 0, 0, SIDES *TURNS)                                     \
	P(TURN_ENDS, REACHES *ENDS *TURNS, 0, 1)                               \
	P(CLAUSE, REACHES *COMMAS *FOUND, 0, 1)                                \
	P(FOUND_SIDE, SIDES *FOUND *FOUND * 2, 0, 1)                           \
	P(STEP, SIDES *STEPS, 0, 1)

enum desk_quote_pack {
#define P(name, rows, first, second) PACK_##name,
	DESK_QUOTE_PACKS(P)
#undef P
	    DESK_PACKS,
	CELL_PACKS = PACK_WORD_FAR + 1, /* each cell has rows of these */
	CUE_PACKS = PACK_MARKS + 1 - PACK_PHRASE, /* each cue of these */
	FRAME_PACKS = PACK_LENGTH_SIDES + 1 - PACK_LENGTH_BEFORE
};

/* Bytes of a row; where that is about a line of the cache, or two, it is whole
 * lines. */
#define DESK_PACK_BYTES(n)                                                     \
	((n) > 56 && (n) <= 64 ? 64 : (n) > 112 && (n) <= 128 ? 128 : (n))
#define DESK_PACK_STRIDE(first, second)                                        \
	DESK_PACK_BYTES((first)*FIRST_LABELS + (second)*SECOND_LABELS)

/* Bytes of a row, and of its parts of the first pass. */
static const uint16_t desk_pack_strides[DESK_PACKS] = {
#define P(name, rows, first, second) DESK_PACK_STRIDE(first, second),
    DESK_QUOTE_PACKS(P)
#undef P
};
/* Where those found by number begin, behind the first of them. */
enum {
#define P(name, rows, first, second)                                           \
	AT_##name,                                                             \
	    END_##name =                                                       \
		AT_##name + (rows)*DESK_PACK_STRIDE(first, second) - 1,
	DESK_QUOTE_PACKS(P)
#undef P
};
static const uint32_t desk_pack_begins[DESK_PACKS] = {
#define P(name, rows, first, second) AT_##name,
    DESK_QUOTE_PACKS(P)
#undef P
};
static const uint16_t desk_pack_first[DESK_PACKS] = {
#define P(name, rows, first, second) (first) * FIRST_LABELS,
    DESK_QUOTE_PACKS(P)
#undef P
};

extern const struct desk_pack_form desk_quote_packs[DESK_PACKS];

#endif
