/* Tagging by a sequence model: the model, and one document's way through it. */
#ifndef DESK_ENTITIES_SEQUENCE_H
#define DESK_ENTITIES_SEQUENCE_H

#include "doc/doc.h"
#include "entities/features.h"
#include "model/crf.h"

/* A model of entities, read-only once it is loaded. */
struct desk_sequencer {
	struct desk_modelfile file;
	struct desk_crf crf;
	struct desk_knowledge knowledge;
};

/* Takes over a file that is open; it is closed where there is an error. */
int desk_sequencer_load(struct desk_sequencer *sequencer,
    struct desk_modelfile *file, struct desk_error *error);
void desk_sequencer_release(struct desk_sequencer *sequencer);

/* The scores of a sequence's tokens, crf.width of each, in an arena. */
int desk_sequencer_score(const struct desk_sequencer *sequencer,
    struct desk_describer *describer, size_t from, size_t end,
    struct desk_arena *arena, int16_t **scores, struct desk_error *error);

/* The likeliest labels of a sequence with these scores; allowed as
 * desk_crf_decode() has it.  What stands behind shut gates is in no span. */
int desk_sequencer_decode(const struct desk_sequencer *sequencer,
    const struct desk_describer *describer, size_t from, size_t end,
    const int16_t *scores, const uint64_t *allowed, struct desk_arena *arena,
    uint8_t *labels, struct desk_error *error);

/* How likely spans of it are, which are in order; see desk_crf_confide(). */
int desk_sequencer_confide(const struct desk_sequencer *sequencer,
    const struct desk_describer *describer, size_t from, size_t end,
    const int16_t *scores, const struct desk_crf_span *spans, size_t span_count,
    struct desk_arena *arena, float *confidence, struct desk_error *error);

/* The spans of a document's text that the model marks, in order, as an array
 * in the document's arena; labels are the model's.  work is of zeros or was
 * used before. */
int desk_sequencer_tag(const struct desk_sequencer *sequencer,
    struct desk_describer *work, struct desk_doc *doc, struct desk_ent **ents,
    size_t *count, struct desk_error *error);

#endif
