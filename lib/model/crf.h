/*
 * A linear-chain conditional random field (J. Lafferty et al. 2001) that marks
 * spans of some types in a sequence of tokens.
 *
 * Labels are O (0) and for each type, in order, B, I, E, S: where a span
 * begins, goes on, ends, and where it is one token.  What a token is like comes
 * as hashes of its features; each known feature adds a row of weights, one
 * byte for each label but O, whose score is always 0.  All scores are whole
 * numbers, added in the order given, so that machines agree.
 */
#ifndef DESK_MODEL_CRF_H
#define DESK_MODEL_CRF_H

#include "core/memory.h"
#include "model/file.h"
#include "model/table.h"

enum {
	DESK_CRF_TYPES = 15, /* at most */
	DESK_CRF_LABELS = 1 + 4 * DESK_CRF_TYPES,
	DESK_CRF_NEVER = -30000 /* the score of a step that cannot be */
};

enum desk_crf_place { CRF_BEGIN = 1, CRF_INSIDE, CRF_END, CRF_SINGLE };

struct desk_crf {
	const char *names[DESK_CRF_TYPES]; /* in the model */
	uint32_t types, labels;
	uint32_t width; /* of the scores of a token: whole registers */
	struct desk_table weights;
	float unit; /* what a score of 1 is, as a logarithm of odds */
	/* Scores of steps: from O, E, S to O, B, S [from][to] and so on, with
	 * the start and end of the sequence as a label behind the others. */
	int16_t steps[DESK_CRF_LABELS + 1][DESK_CRF_LABELS + 1];
	int16_t go[DESK_CRF_LABELS + 1][DESK_CRF_LABELS + 8]; /* for decoding */
	float odds[DESK_CRF_LABELS + 1][DESK_CRF_LABELS + 1]; /* of steps */
};

struct desk_crf_span {
	uint32_t from, to; /* tokens, to exclusive */
	uint32_t type;
};

static inline unsigned
desk_crf_label(unsigned type, enum desk_crf_place place)
{
	return 4 * type + (unsigned)place;
}

/* Whether a label may follow another; the number of labels stands for the
 * start and the end. */
bool desk_crf_may_follow(uint32_t labels, uint32_t from, uint32_t to);

/* Takes the sections of a model, checked.  The file must stay open as long. */
int desk_crf_load(struct desk_crf *crf, const struct desk_modelfile *file,
    struct desk_error *error);

/* Adds what features say to the scores of a token (crf->width of them, for the
 * labels from 1 on; they stop at the ends of their range). */
void desk_crf_add(const struct desk_crf *crf, const uint32_t *features,
    size_t count, int16_t *scores);

/* The features of some tokens in a row, to be looked up together, so that one
 * need not wait for the other. */
enum { DESK_CRF_BLOCK_TOKENS = 8, DESK_CRF_BLOCK = 512 };
struct desk_crf_block {
	uint32_t features[DESK_CRF_BLOCK];
	uint32_t ends[DESK_CRF_BLOCK_TOKENS]; /* of each token's */
	uint32_t tokens;
};

/* Takes count features, which stand behind those of the last token, as the next
 * token's. */
static inline void
desk_crf_block_take(
    struct desk_crf_block *block, const struct desk_crf *crf, size_t count)
{
	uint32_t from = block->tokens ? block->ends[block->tokens - 1] : 0;
	for (size_t i = 0; i < count; i++)
		desk_table_ask(&crf->weights, block->features[from + i]);
	block->ends[block->tokens++] = from + (uint32_t)count;
}

/* Where the next token's features go; there is room for 64. */
static inline uint32_t *
desk_crf_block_room(struct desk_crf_block *block)
{
	return block->features +
	       (block->tokens ? block->ends[block->tokens - 1] : 0);
}

/* Adds what they say to the scores of the tokens, which lie in a row. */
void desk_crf_add_block(const struct desk_crf *crf,
    const struct desk_crf_block *block, int16_t *scores);

/* Adds one token's scores to another's. */
void desk_crf_sum(
    const struct desk_crf *crf, const int16_t *from, int16_t *scores);

/* The likeliest labels of a sequence, given the scores of its tokens one after
 * the other.  allowed, where it is not NULL, has a set of labels (1 << label)
 * for each token, others being taken only where nothing else can be.  The
 * arena is for work. */
int desk_crf_decode(const struct desk_crf *crf, const int16_t *scores,
    size_t count, const uint64_t *allowed, struct desk_arena *arena,
    uint8_t *labels, struct desk_error *error);

/* The span that begins at or after *at; false where there is none.  *at moves
 * behind it. */
bool desk_crf_next(const uint8_t *labels, size_t count, size_t *at,
    struct desk_crf_span *span);

/* How likely spans of a sequence are, each for itself, from 0 to 1.  Its first
 * token has the number first in the spans. */
int desk_crf_confide(const struct desk_crf *crf, const int16_t *scores,
    size_t count, size_t first, const struct desk_crf_span *spans,
    size_t span_count, struct desk_arena *arena, float *confidence,
    struct desk_error *error);

#endif
