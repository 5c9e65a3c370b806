/* What the parts of the trainer share: sequences, and weights in floats. */
#ifndef DESK_MODEL_CRF_DATA_H
#define DESK_MODEL_CRF_DATA_H

#include "model/crf_train.h"

/* Labels are padded to whole vectors of four. */
typedef float desk_four __attribute__((vector_size(16)));
enum { DESK_CRF_FOURS = (DESK_CRF_LABELS + 3) / 4 };

struct desk_crf_sequence {
	uint32_t count;	    /* tokens */
	uint32_t *starts;   /* of their features; one more than tokens */
	uint32_t *features; /* hashes, later numbers */
	uint8_t *labels;
};

/* From hashes to numbers: open addressing, key 0 is free. */
struct desk_crf_index {
	uint32_t *keys, *values;
	size_t mask, count;
};

struct desk_crf_trainer {
	struct desk_crf_options options;
	struct desk_arena arena;
	char *names[DESK_CRF_TYPES];
	uint32_t types, labels, fours;

	struct desk_crf_sequence *sequences;
	size_t sequence_count, sequence_room, tokens;
	/* the one at hand */
	uint32_t *features, *starts;
	uint8_t *given;
	size_t feature_count, feature_room, start_count, start_room,
	    given_count, given_room;

	struct desk_crf_index index;
	uint32_t feature_total; /* after rare ones went */
	uint32_t *keys;		/* of features */
	/* For each feature, fours of weights and then as many of sums of
	 * squared slopes; and the sums of weights over epochs. */
	desk_four *weights, *sums;
	float steps[DESK_CRF_LABELS + 1][DESK_CRF_LABELS + 1];
	float step_squares[DESK_CRF_LABELS + 1][DESK_CRF_LABELS + 1];
	float step_sums[DESK_CRF_LABELS + 1][DESK_CRF_LABELS + 1];
	unsigned epoch, summed;
	uint32_t *order;
	struct desk_crf_work *work;
	bool ready;
};

/* crf_index.c: numbers the features, leaving out rare ones. */
int desk_crf_number(struct desk_crf_trainer *trainer, struct desk_error *error);
/* The number of a feature, or UINT32_MAX. */
uint32_t desk_crf_number_of(const struct desk_crf_index *index, uint32_t key);

/* crf_step.c: one step, on one sequence; the loss is added to *loss.  work
 * is made at the first call. */
int desk_crf_step(struct desk_crf_trainer *trainer,
    const struct desk_crf_sequence *sequence, double *loss,
    struct desk_error *error);

/* The nth throw of the dice that begin with a seed (G. Steele, D. Lea, C.
 * Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
static inline uint64_t
desk_crf_dice(uint64_t seed, uint64_t n)
{
	uint64_t z = seed + n * UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static inline desk_four *
desk_crf_weights(const struct desk_crf_trainer *trainer, uint32_t feature)
{
	return trainer->weights + (size_t)feature * 2 * trainer->fours;
}

#endif
