/* paths.c - how sure each way to a speaker's name is. */
#include "quotes/speakers.h"

/* Measured on 30 articles whose speakers were named by hand (SOURCES.md of the
 * corpus), 298 names of quotations that were found: the right ones and one
 * more, of all and two more.  Ways with few examples are taken together.  Those
 * of the first group are alike, 232 right of 241, and stand in the order of how
 * much they ask of the text. */
unsigned
desk_path_share(enum desk_path path)
{
	static const uint8_t shares[DESK_PATHS] = {
	    [DESK_BY_FULL_NAME] = 96,
	    [DESK_BY_LONGER] = 96,
	    [DESK_BY_SURNAME] = 95,
	    [DESK_BY_TURN] = 93,
	    [DESK_BY_APPOSITION] = 93,
	    [DESK_BY_ROLE] = 93,
	    [DESK_BY_PRONOUN] = 92,
	    /* 19 of 20 */
	    [DESK_BY_ORG] = 91,
	    /* 18 of 20 */
	    [DESK_BY_WORD] = 86,
	    [DESK_BY_OWNER] = 86,
	    [DESK_BY_AUTHOR] = 86,
	    /* 12 of 16 */
	    [DESK_BY_DOUBTFUL] = 72,
	    /* 12 of 21 */
	    [DESK_BY_SOURCE] = 57,
	    [DESK_BY_LATEST] = 57,
	    [DESK_BY_SPEECH] = 57,
	    [DESK_BY_IT] = 57,
	    [DESK_BY_LONG_ORG] = 57,
	};
	return shares[path];
}
