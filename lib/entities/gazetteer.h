/* The user's own names. */
#ifndef DESK_ENTITIES_GAZETTEER_H
#define DESK_ENTITIES_GAZETTEER_H

#include "entities/words.h"

struct desk_gazetteer;

/* From lines "name TAB LABEL"; empty lines and those with '#' first do not
 * count.  DESK_EDATA where a line is bad.  The list may go afterwards. */
struct desk_gazetteer *desk_gazetteer_new(
    struct desk_slice list, struct desk_error *error);
void desk_gazetteer_free(struct desk_gazetteer *gazetteer);

/* Whether a name has this label. */
bool desk_gazetteer_has(
    const struct desk_gazetteer *gazetteer, struct desk_slice label);

/* The longest name that begins at token i: *end gets its end in the text, the
 * result is its label or NULL. */
const char *desk_gazetteer_match(const struct desk_gazetteer *gazetteer,
    const struct desk_segment *segment, size_t i, uint32_t *end);

#endif
