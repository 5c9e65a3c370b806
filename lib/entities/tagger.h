/* The tagger from inside: what its trainer needs (lib/data/gen/fit.c). */
#ifndef DESK_ENTITIES_TAGGER_H
#define DESK_ENTITIES_TAGGER_H

#include "copydesk.h"
#include "entities/names.h"

/* Decides by other weights than those of lib/data/evidence.weights; they stay
 * the caller's and must live as long as the tagger. */
void desk_tagger_weigh_by(
    struct desk_tagger *tagger, const struct desk_weights *weights);

typedef void desk_name_seen(
    void *to, const struct desk_segment *segment, const struct desk_name *name);

/* Hands out the candidates of a document, in order, with their evidence, and
 * leaves the document as it is. */
int desk_tagger_show(const struct desk_tagger *tagger, struct desk_doc *doc,
    desk_name_seen *seen, void *to, struct desk_error *error);

#endif
