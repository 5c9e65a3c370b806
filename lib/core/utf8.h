/*
 * UTF-8: checking, repairing, decoding, counting.
 *
 * This is the one place that knows how bytes and code points relate.  After a
 * text is in a document it is valid, so decoding there need not check.
 */
#ifndef DESK_CORE_UTF8_H
#define DESK_CORE_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "core/memory.h"

/* U+FFFD, which stands for what could not be read. */
#define DESK_REPLACEMENT "\xEF\xBF\xBD"

/* Length of the longest prefix that is valid UTF-8 (no surrogates, no
 * overlong forms, nothing above U+10FFFF). */
size_t desk_utf8_valid(const char *s, size_t len);

/* Length in bytes of the bad sequence at s (at least 1), by the practice of
 * Unicode 15, section 3.9: a maximal prefix of a valid sequence is one. */
size_t desk_utf8_bad(const char *s, size_t len);

/* How many bytes at the end of s may be the head of a sequence that goes on
 * after it (0 to 3). */
size_t desk_utf8_tail(const char *s, size_t len);

/* The code point at s, of valid UTF-8; *size gets its length. */
uint32_t desk_utf8_decode(const char *s, size_t *size);

/* The code point before end, which is after start; *size as above. */
uint32_t desk_utf8_before(const char *start, const char *end, size_t *size);

/* Writes a code point to s, which has room for 4 bytes; returns its length.
 * What is no scalar value is written as U+FFFD. */
size_t desk_utf8_encode(uint32_t c, char *s);

/* The number of code points. */
size_t desk_utf8_count(const char *s, size_t len);

/* The bytes of the first n code points, or len where there are fewer. */
size_t desk_utf8_advance(const char *s, size_t len, size_t n);

bool desk_ascii(const char *s, size_t len);

/* Appends s with each bad sequence as U+FFFD. */
void desk_utf8_repair(struct desk_buffer *to, const char *s, size_t len);

#endif
