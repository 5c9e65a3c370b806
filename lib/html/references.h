/*
 * Character references: &amp; &#8217; &#x2019; and the 2231 named ones.
 */
#ifndef DESK_HTML_REFERENCES_H
#define DESK_HTML_REFERENCES_H

#include <stdbool.h>
#include <stddef.h>

/* The most bytes that one reference stands for. */
enum { DESK_REFERENCE_TEXT = 8 };

/* The reference whose '&' is at p, after the standard (13.2.5.72 and on; an
 * attribute has a rule of its own): writes its text in UTF-8 to out, *len
 * bytes (DESK_REFERENCE_TEXT at most), and returns how long the reference is; 0
 * where there is none.  The text is at most three times as long as the
 * reference. */
size_t desk_reference(
    const char *p, const char *end, bool attribute, char *out, size_t *len);

#endif
