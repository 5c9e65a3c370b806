/*
 * Training of linear-chain models (crf.h) from sequences with known labels.
 *
 * The likelihood of the labels is raised by stochastic gradient ascent, one
 * sequence at a time, with a step of its own for each weight (AdaGrad, J.
 * Duchi et al. 2011); the model's weights are the mean of those after each of
 * the last epochs, and of several runs if asked for.  Features may be left out
 * by chance, others each time, so that no weight relies on its neighbours
 * (S. Wang et al.: Feature Noising for Log-linear Structured Prediction, EMNLP
 * 2013).  The same sequences and options give the same bytes on every run and
 * machine.
 */
#ifndef DESK_MODEL_CRF_TRAIN_H
#define DESK_MODEL_CRF_TRAIN_H

#include "model/crf.h"

struct desk_crf_trainer;

/* Zeros mean the values in brackets. */
struct desk_crf_options {
	unsigned epochs;  /* how often all sequences are gone through [5] */
	unsigned average; /* of these, the last so many count [half] */
	unsigned runs;	  /* the mean of so many models, in other orders [1] */
	unsigned least;	  /* how often a feature must be seen [2] */
	float rate;	  /* [0.02] */
	float prune;	  /* weights this small are nothing [0.05] */
	float dropout;	  /* the share of features unseen at a time, below 1 */
	uint64_t seed;	  /* of the order of sequences */
	/* A model to go on from: its types must be the same, in order. */
	const struct desk_crf *start;
	/* Called now and then while it works; may be NULL. */
	void (*progress)(
	    void *context, unsigned epoch, size_t done, size_t all);
	void *context;
};

/* What an epoch was like. */
struct desk_crf_epoch {
	unsigned number; /* from 1 */
	double loss;	 /* per token: minus the logarithm of likelihood */
};

/* A trainer for types with these names, which are copied.  NULL with error:
 * DESK_EUSAGE (too many types, or not those of the model to go on from),
 * DESK_ENOMEM. */
struct desk_crf_trainer *desk_crf_trainer_new(const char *const *types,
    size_t count, const struct desk_crf_options *options,
    struct desk_error *error);
void desk_crf_trainer_free(struct desk_crf_trainer *trainer);

/* Adds a token to the sequence at hand; ends the sequence. */
int desk_crf_trainer_token(struct desk_crf_trainer *trainer,
    const uint32_t *features, size_t count, unsigned label,
    struct desk_error *error);
int desk_crf_trainer_end(
    struct desk_crf_trainer *trainer, struct desk_error *error);

/* Goes once through all sequences: 1 where that was done, 0 where all epochs
 * are over.  No sequences may be added once it was called. */
int desk_crf_trainer_epoch(struct desk_crf_trainer *trainer,
    struct desk_crf_epoch *epoch, struct desk_error *error);

size_t desk_crf_trainer_tokens(const struct desk_crf_trainer *trainer);

/* The model as it is now: sections "crf.types", "crf.steps", "crf.weights",
 * whose content is in the buffers, which the caller releases. */
struct desk_crf_sections {
	struct desk_buffer content[3];
	struct desk_modelfile_section sections[3];
	uint32_t rows; /* features that were kept */
};
int desk_crf_trainer_write(const struct desk_crf_trainer *trainer,
    struct desk_crf_sections *to, struct desk_error *error);
void desk_crf_sections_release(struct desk_crf_sections *sections);

#endif
