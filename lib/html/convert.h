/*
 * Bytes of an encoding as UTF-8, with the place of every character.
 *
 * The source is cut into blocks of 512 bytes.  A mark for each tells where in
 * the text its first character stands and, in one bit a byte, at which bytes a
 * code point of the text begins: counting code points from a mark leads from a
 * place in the text to its byte in the source and nothing is decoded again.
 */
#ifndef DESK_HTML_CONVERT_H
#define DESK_HTML_CONVERT_H

#include "html/decode.h"
#include "html/encodings.h"

enum { DESK_MARK_BYTES = 512, DESK_MARK_WORDS = DESK_MARK_BYTES / 64 };

struct desk_decoded_mark {
	uint64_t begins[DESK_MARK_WORDS];
	uint32_t text; /* of the first code point that begins here or later */
};

/* Decodes decoded->source from its byte at on; fills text, marks, replaced.
 * DESK_EUSAGE where iconv does not know the encoding, DESK_ENOMEM,
 * DESK_ELIMIT. */
int desk_convert(struct desk_decoded *decoded, size_t at,
    const struct desk_encoding *encoding, struct desk_arena *arena,
    struct desk_error *error);

#endif
