/*
 * Dates in text and in attributes, in the words of a dozen languages.
 *
 * Known are the ISO forms, figures with points, slashes or hyphens, day, month
 * name and year in either order, and those of East Asia, each with a time of
 * day behind it or none.
 */
#ifndef DESK_PAGE_DATES_H
#define DESK_PAGE_DATES_H

#include "copydesk.h"

struct desk_date {
	unsigned year, month, day;
	int hour, minute, second; /* -1: not known */
	char zone[8];		  /* "Z", "+02:00", or empty */
	size_t start, end;	  /* where it stands in the text */
};

enum { DESK_DATE_BYTES = 32, DESK_DATE_TEXT = 400 };

enum desk_date_flag {
	DESK_DATE_DAY_FIRST = 1, /* 3/4/2023 is in April */
	DESK_DATE_SHORT_YEAR = 2 /* 3/4/23 is a date, too */
};

/* The first date in the first DESK_DATE_TEXT bytes. */
bool desk_date_find(
    struct desk_slice text, unsigned flags, struct desk_date *date);

/* As ISO 8601, with the time where one is known; out has DESK_DATE_BYTES. */
size_t desk_date_write(const struct desk_date *date, char *out);

#endif
