/* Words that lost the blank between them: cutting a name from what follows. */
#ifndef DESK_ENTITIES_GLUE_H
#define DESK_ENTITIES_GLUE_H

#include "entities/features.h"

/* Cuts the tokens of a segment ("Jinpingon" in a text that has "Jinping"):
 * each part is a token; nothing is lost.  Before look-up. */
int desk_glue_cut(struct desk_segment *segment,
    const struct desk_context *context, const struct desk_knowledge *knowledge,
    struct desk_error *error);

#endif
