/*
 * The words of lib/data/meta_words.tsv, by which dates and bylines are read:
 * a bit for each class, in the order in which the list's compiler numbers
 * them; meta_words.c checks that it does.
 */
#ifndef DESK_PAGE_META_WORDS_H
#define DESK_PAGE_META_WORDS_H

#include "copydesk.h"

enum desk_meta_class {
	DESK_META_AM = 1 << 0,
	DESK_META_AND = 1 << 1,	   /* joins names */
	DESK_META_BY = 1 << 2,	   /* begins a byline */
	DESK_META_CREW = 1 << 3,   /* ends the name of those who write */
	DESK_META_DAY = 1 << 4,	   /* after a day's number */
	DESK_META_JUNK = 1 << 5,   /* no name, alone or in one */
	DESK_META_LABEL = 1 << 6,  /* "written", "author": before "by" or : */
	DESK_META_MONTH1 = 1 << 7, /* January, and so on to December */
	DESK_META_MONTH = 1 << 19, /* after a month's number */
	DESK_META_OF = 1 << 20,	   /* inside a date */
	DESK_META_PARTICLE = 1 << 21, /* small words of names */
	DESK_META_PATH = 1 << 22,     /* part of the address of an author */
	DESK_META_PM = 1 << 23,
	DESK_META_PUBLISHED = 1 << 24,
	DESK_META_ROLE = 1 << 25, /* staff, editor: ends names */
	DESK_META_TEAM = 1 << 26, /* a name that is no person's */
	DESK_META_UPDATED = 1 << 27,
	DESK_META_UTC = 1 << 28,
	DESK_META_YEAR = 1 << 29, /* after a year's number */

	DESK_META_MONTHS = 0xFFF << 7
};

/* The classes of a word in any case; 0 where it is not listed. */
uint32_t desk_meta_word(struct desk_slice word);

#endif
