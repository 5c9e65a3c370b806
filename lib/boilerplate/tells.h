/*
 * The cues of lib/data/boilerplate.tsv: a bit for each of its classes, and sets
 * of them by the place where they count.
 */
#ifndef DESK_BOILERPLATE_TELLS_H
#define DESK_BOILERPLATE_TELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/lexicon.h"

/* In the order of the class names, as the list's compiler numbers them;
 * tells.c checks that it does. */
enum desk_tell {
	DESK_TELL_AGENCY = 1 << 0,	 /* who sells news and pictures */
	DESK_TELL_GLUE = 1 << 1,	 /* sticks to sentences */
	DESK_TELL_IN_BIO = 1 << 2,	 /* about an author */
	DESK_TELL_IN_CONTACT = 1 << 3,	 /* follow, write, sign up */
	DESK_TELL_IN_CREDIT = 1 << 4,	 /* of a picture */
	DESK_TELL_IN_LEGAL = 1 << 5,	 /* rights, cookies */
	DESK_TELL_IN_PROMPT = 1 << 6,	 /* of forms and comments */
	DESK_TELL_LEAD_BYLINE = 1 << 7,	 /* by whom, of when */
	DESK_TELL_LEAD_CREDIT = 1 << 8,	 /* of a picture */
	DESK_TELL_LEAD_END = 1 << 9,	 /* filed under, more from */
	DESK_TELL_LEAD_LINK = 1 << 10,	 /* read more, watch */
	DESK_TELL_LEAD_ROLE = 1 << 11,	 /* reporting by */
	DESK_TELL_LEAD_SOURCE = 1 << 12, /* source, via */
	DESK_TELL_LINE_CRUMB = 1 << 13,	 /* menus and buttons */
	DESK_TELL_LINE_END = 1 << 14,	 /* related stories, share this */
	DESK_TELL_LINE_STOP = 1 << 15,	 /* comments, sources */
	DESK_TELL_PAST = 1 << 16,	 /* verbs in the past */
	DESK_TELL_PERSON = 1 << 17,	 /* the writer, the reader */
	DESK_TELL_RELATIVE = 1 << 18,	 /* a past form behind it is no verb */
	DESK_TELL_REQUEST = 1 << 19,	 /* asks the reader; the page itself */
	DESK_TELL_ROLE = 1 << 20,	 /* reporter, editor */
	DESK_TELL_SAY = 1 << 21,	 /* verbs of speech */
	DESK_TELL_STOP = 1 << 22,	 /* very frequent words */
	DESK_TELL_TIME = 1 << 23,	 /* words of dates */

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

/* Tables for looking up all words of a text (core/lexicon.h). */
extern const struct desk_tell_tables {
	const struct desk_lexicon_short *shorts;
	const uint64_t *pairs;
	unsigned short_shift, short_mask, pair_shift;
} desk_tell_tables;

/* The classes of a phrase in lower case, and DESK_LEX_PREFIX where longer
 * phrases begin with it; 0 where it is not listed. */
uint32_t desk_tell_find(const char *phrase, size_t len);

/* The same for a single word of at most eight bytes, known by its head; also
 * DESK_LEX_INNER. */
static inline uint32_t
desk_tell_short(uint64_t head)
{
	const struct desk_tell_tables *t = &desk_tell_tables;
	uint32_t at = (uint32_t)(desk_lexicon_mix(head) >> t->short_shift);
	while (t->shorts[at].head && t->shorts[at].head != head)
		at = (at + 1) & t->short_mask;
	return t->shorts[at].classes;
}

/* Whether a listed phrase may begin with two words of these heads; or be a word
 * of more than eight bytes of a head and, as second, a length. */
static inline bool
desk_tell_pair(uint64_t first, uint64_t second)
{
	const struct desk_tell_tables *t = &desk_tell_tables;
	uint64_t at =
	    desk_lexicon_mix(desk_lexicon_mix(first) ^ second) >> t->pair_shift;
	return t->pairs[at / 64] >> at % 64 & 1;
}

#endif
