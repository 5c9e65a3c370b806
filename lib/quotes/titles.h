/* Marked words that name a work or an undertaking. */
#ifndef DESK_QUOTES_TITLES_H
#define DESK_QUOTES_TITLES_H

#include "quotes/link.h"

/* Whether what was taken for speech is a title, by the words before its marks:
 * "the spot, titled “Proud,”", "an exhibition, called “Women at Sea,”", "wrote
 * a memoir, “My Long Way Home,” in 1989". */
bool desk_title(const struct desk_paragraph *p, const struct desk_speech *s);

#endif
