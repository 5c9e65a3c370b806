/*
 * The search for what may end a sentence.
 */
#ifndef DESK_SENTENCES_SCAN_H
#define DESK_SENTENCES_SCAN_H

#include <stddef.h>
#include <stdint.h>

enum { DESK_SCAN_BLOCK = 64 };

/* What is known of one block of the text: a bit for each byte that may be a
 * candidate.  Of zeros: nothing.  Void where the text moves. */
struct desk_scan {
	size_t base;
	uint64_t bits;
	size_t len; /* of the block; 0: none was looked at */
};

/* The next byte at or after a place that may end a sentence, a line end
 * included, or len.  What is before the place is looked at as well. */
size_t desk_candidate(
    struct desk_scan *scan, const char *text, size_t len, size_t at);

/* How many letters of a to z are right before a place, sixteen at most, none
 * of them before start. */
size_t desk_small_letters(const char *text, size_t start, size_t at);

#endif
