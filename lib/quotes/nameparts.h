/* The words of a name. */
#ifndef DESK_QUOTES_NAMEPARTS_H
#define DESK_QUOTES_NAMEPARTS_H

#include <stdbool.h>

#include "core/slice.h"

enum { DESK_NAME_WORDS = 12 };

/* In their order; what is beyond that many is left out. */
struct desk_name_words {
	struct desk_slice list[DESK_NAME_WORDS];
	size_t count;
};

/* Whether a byte may be part of a word of a name: of letters and figures, also
 * beyond ASCII, and signs such as in "O'Brien", "J.", "A&B". */
bool desk_name_char(unsigned char c);

/* The words of a text; a hard blank parts them as any other does. */
struct desk_name_words desk_name_split(struct desk_slice text);

#endif
