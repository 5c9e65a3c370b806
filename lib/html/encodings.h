/*
 * The encodings of the web: labels, names and how each is read.
 *
 * Labels and names are those of the WHATWG Encoding standard (facts of
 * https://encoding.spec.whatwg.org).  Bytes that iconv does not know, or knows
 * otherwise than the standard, are put right by a list of their own.
 */
#ifndef DESK_HTML_ENCODINGS_H
#define DESK_HTML_ENCODINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "copydesk.h"

enum desk_encoding_kind {
	DESK_ENCODING_UTF8,
	DESK_ENCODING_UTF16LE,
	DESK_ENCODING_UTF16BE,
	DESK_ENCODING_SINGLE, /* a byte is a character, the low half ASCII */
	DESK_ENCODING_MULTI,  /* several bytes may be; the low half ASCII */
	DESK_ENCODING_JIS7,   /* ISO-2022-JP: shifted by escapes */
	DESK_ENCODING_USER,   /* bytes of the high half are U+F780 and on */
	DESK_ENCODING_NONE,   /* "replacement": none that should be read */
	DESK_ENCODING_OTHER   /* only iconv knows it */
};

struct desk_encoding {
	const char *name;  /* the standard's */
	const char *iconv; /* NULL where we need none */
	enum desk_encoding_kind kind;
};

extern const struct desk_encoding desk_encoding_utf8, desk_encoding_utf16le,
    desk_encoding_utf16be, desk_encoding_windows1252;

/* The standard's index of windows-1252 for 0x80 to 0x9F; bytes that it gives no
 * character are themselves. */
extern const uint16_t desk_windows_1252[32];

/* The encoding of a label in any case, white space around it: NULL where the
 * standard has no such label. */
const struct desk_encoding *desk_encoding_find(struct desk_slice label);

/* The encoding that an XML declaration or a meta element declares within the
 * first limit bytes, found as the standard's prescan does: NULL where there is
 * none. */
const struct desk_encoding *desk_encoding_declared(
    struct desk_slice page, size_t limit);

/* The label after "charset=" in the value of a Content-Type; data NULL where
 * there is none. */
struct desk_slice desk_encoding_charset(struct desk_slice value);

/* What the standard has for a byte of a SINGLE encoding other than iconv does;
 * 0 where they agree. */
uint32_t desk_encoding_patch(const struct desk_encoding *e, unsigned char c);

#endif
