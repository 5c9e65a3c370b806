/* Roles that stand beside names, for names.c. */
#ifndef DESK_QUOTES_ROLES_H
#define DESK_QUOTES_ROLES_H

#include "quotes/names.h"

/* Reads the roles beside a person's name at text[start, end); *gender gets what
 * a title tells. */
void desk_roles_read(struct desk_names *n, struct desk_slice text, size_t start,
    size_t end, int32_t name, uint8_t *gender);

/* The word behind a place, over blanks. */
struct desk_slice desk_roles_word_after(struct desk_slice text, size_t at);

/* Whether a word makes another role of the one behind it: "vice president". */
bool desk_role_deputy(struct desk_slice word);

#endif
