/*
 * The cues of lib/data/boilerplate.tsv: a bit for each of its classes, and sets
 * of them by the place where they count.
 */
#ifndef DESK_BOILERPLATE_TELLS_H
#define DESK_BOILERPLATE_TELLS_H

#include <stddef.h>
#include <stdint.h>

/* In the order of the class names, as the list's compiler numbers them;
 * tells.c checks that it does. */
enum desk_tell {
	DESK_TELL_AGENCY = 1 << 0,	 /* who sells news and pictures */
	DESK_TELL_IN_BIO = 1 << 1,	 /* about an author */
	DESK_TELL_IN_CONTACT = 1 << 2,	 /* follow, write, sign up */
	DESK_TELL_IN_CREDIT = 1 << 3,	 /* of a picture */
	DESK_TELL_IN_LEGAL = 1 << 4,	 /* rights, cookies */
	DESK_TELL_IN_PROMPT = 1 << 5,	 /* of forms and comments */
	DESK_TELL_LEAD_BYLINE = 1 << 6,	 /* by whom, of when */
	DESK_TELL_LEAD_CREDIT = 1 << 7,	 /* of a picture */
	DESK_TELL_LEAD_END = 1 << 8,	 /* filed under, more from */
	DESK_TELL_LEAD_LINK = 1 << 9,	 /* read more, watch */
	DESK_TELL_LEAD_ROLE = 1 << 10,	 /* reporting by */
	DESK_TELL_LEAD_SOURCE = 1 << 11, /* source, via */
	DESK_TELL_LINE_CRUMB = 1 << 12,	 /* menus and buttons */
	DESK_TELL_LINE_END = 1 << 13,	 /* related stories, share this */
	DESK_TELL_LINE_STOP = 1 << 14,	 /* comments, sources */
	DESK_TELL_ROLE = 1 << 15,	 /* reporter, editor */
	DESK_TELL_STOP = 1 << 16,	 /* very frequent words */

	DESK_TELL_IN = DESK_TELL_IN_BIO | DESK_TELL_IN_CONTACT |
		       DESK_TELL_IN_CREDIT | DESK_TELL_IN_LEGAL |
		       DESK_TELL_IN_PROMPT,
	DESK_TELL_LEAD = DESK_TELL_LEAD_BYLINE | DESK_TELL_LEAD_CREDIT |
			 DESK_TELL_LEAD_END | DESK_TELL_LEAD_LINK |
			 DESK_TELL_LEAD_ROLE | DESK_TELL_LEAD_SOURCE,
	DESK_TELL_LINE =
	    DESK_TELL_LINE_CRUMB | DESK_TELL_LINE_END | DESK_TELL_LINE_STOP,
	DESK_TELL_SELLER = DESK_TELL_AGENCY | DESK_TELL_ROLE,
	DESK_TELL_PICTURE = DESK_TELL_IN_CREDIT | DESK_TELL_LEAD_CREDIT
};

/* The classes of a phrase in lower case, and DESK_LEX_PREFIX where longer
 * phrases begin with it; 0 where it is not listed. */
uint32_t desk_tell_find(const char *phrase, size_t len);

#endif
