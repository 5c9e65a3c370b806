/*
 * The search for what may end a sentence.
 */
#ifndef DESK_SENTENCES_SCAN_H
#define DESK_SENTENCES_SCAN_H

#include <stddef.h>

/* The next byte at or after a place that may end a sentence, a line end
 * included, or len.  What is before the place is looked at as well. */
size_t desk_candidate(const char *text, size_t len, size_t at);

#endif
