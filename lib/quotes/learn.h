/*
 * Learning quotations: documents with known ones become the sequences of the
 * two passes.
 */
#ifndef DESK_QUOTES_LEARN_H
#define DESK_QUOTES_LEARN_H

#include "model/crf_train.h"
#include "quotes/passes.h"

enum { DESK_GOLD_PARTS = 12 };

/* A span in up to so many parts, in bytes. */
struct desk_gold_span {
	struct desk_span parts[DESK_GOLD_PARTS];
	size_t count;
};

struct desk_gold {
	struct desk_gold_span content, cue, source;
	bool core; /* else it is left out, and so are its cues */
};

struct desk_gold_doc {
	struct desk_slice text; /* with a NUL behind it */
	struct desk_gold *quotes;
	size_t count, room;
};

/* Reads a record: {"text", "quotes": [{"start", "end", "parts", "cue",
 * "speaker", "core"}]}, offsets in code points.  What it needs lies in the
 * arena.  DESK_EDATA, DESK_ENOMEM. */
int desk_gold_read(struct desk_gold_doc *doc, struct desk_slice record,
    struct desk_arena *arena, struct desk_error *error);

/* What is learned. */
enum desk_lesson_kind {
	LEARN_FIRST,
	LEARN_SECOND,
	LEARN_MARKED,
	LEARN_JOINED,
	/* As the first, of all quotations, in paragraphs with marks. */
	LEARN_WIDE
};

/* What is done with the paragraphs of a document: they go to a trainer, or what
 * was learned of their features (that of the first or second pass) goes into
 * packs. */
struct desk_lesson {
	enum desk_lesson_kind kind;
	/* For all but the first pass they have a first pass, which finds the
	 * candidates, and its packs. */
	const struct desk_quote_models *models;
	struct desk_crf_trainer *trainer;
	struct desk_packer *packer; /* or NULL */
	const struct desk_crf *learned;
};

int desk_quotes_learn(const struct desk_lesson *lesson,
    const struct desk_gold_doc *doc, struct desk_error *error);

#endif
