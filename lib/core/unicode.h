/*
 * Classes of code points, as the filters need them.  Tables come from
 * libutf8proc; ASCII has a table of its own.
 */
#ifndef DESK_CORE_UNICODE_H
#define DESK_CORE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum desk_class {
	DESK_SPACE = 1,	 /* Unicode White_Space */
	DESK_UPPER = 2,	 /* upper- and titlecase letters */
	DESK_LOWER = 4,	 /* lowercase letters */
	DESK_LETTER = 8, /* letters of any kind, and marks that join them */
	DESK_DIGIT = 16, /* decimal digits of any script */
	DESK_PUNCT = 32, /* punctuation and symbols */
	DESK_WORD = DESK_LETTER | DESK_DIGIT
};

/* The classes of ASCII, as desk_class() has them. */
extern const uint8_t desk_ascii_classes[128];

/* The classes of a code point, as a set of bits. */
unsigned desk_class(uint32_t c);

/* Simple lower case. */
uint32_t desk_lower(uint32_t c);

/* Writes the lower case of valid UTF-8 to out, which has room for max bytes;
 * returns its length, or 0 where it does not fit. */
size_t desk_fold(const char *s, size_t len, char *out, size_t max);

/* s without the white space at both ends. */
void desk_trim(const char *s, size_t *start, size_t *end);

#endif
