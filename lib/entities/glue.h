/* Words that lost the blank between them: cutting a name from what follows. */
#ifndef DESK_ENTITIES_GLUE_H
#define DESK_ENTITIES_GLUE_H

#include "entities/features.h"

/* Cuts the tokens of a segment ("Jinpingon" in a text that has "Jinping"):
 * each part is a token, of which the form is to be found; nothing is lost.
 * Before desk_segment_note(). */
int desk_glue_cut(struct desk_segment *segment,
    const struct desk_context *context, const struct desk_knowledge *knowledge,
    const struct desk_lexeme *lexemes, struct desk_error *error);

#endif
