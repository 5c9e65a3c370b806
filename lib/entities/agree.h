/* Agreement: a name has one label in a document. */
#ifndef DESK_ENTITIES_AGREE_H
#define DESK_ENTITIES_AGREE_H

#include "entities/settle.h"

/* Gives names that the model marked in different ways the label that most of
 * them have.  A document is a better judge of a name than one sentence, but a
 * name may well mean two things: so only where those are at least twice as
 * many.  What is found is the settler's. */
int desk_agree(struct desk_settler *settler, struct desk_slice text,
    struct desk_error *error);

#endif
