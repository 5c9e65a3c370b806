/*
 * The bytes of a page as UTF-8.
 *
 * What a page is written in is told, in this order, by its byte order mark; by
 * the caller (--encoding, a Content-Type header); by its bytes where they are
 * valid UTF-8; by its own declaration (meta in the first KB, after the
 * standard's prescan, or else later in its head; an XML declaration); else it
 * is windows-1252.  Names are those of the WHATWG Encoding standard.  UTF-8
 * and ASCII pages are not copied unless something in them must be put right.
 */
#ifndef DESK_HTML_DECODE_H
#define DESK_HTML_DECODE_H

#include <stdbool.h>

#include "copydesk.h"
#include "core/memory.h"

struct desk_decoded {
	struct desk_slice text; /* valid UTF-8, no BOM; of the page or arena */
	const char *encoding;	/* the standard's name, "UTF-8", "Shift_JIS" */
	bool replaced;		/* bytes became U+FFFD */

	/* Private: how places in the text are led back to the source. */
	struct desk_slice source;
	const struct desk_decoded_mark *marks;
	size_t mark_count;
	bool same; /* text is a part of the source */
};

/* encoding: what the caller knows (a name or label), or NULL.  The page must
 * stay; what is made lies in the arena.  DESK_EUSAGE (encoding is not known),
 * DESK_ENOMEM, DESK_ELIMIT (over DESK_TEXT_MAX). */
int desk_decode(struct desk_slice page, const char *encoding,
    struct desk_arena *arena, struct desk_decoded *decoded,
    struct desk_error *error);

/* The byte of the source where the character at a byte of the text begins.
 * Quick for places asked in rising order and near each other; never slower
 * than some thousand bytes decoded again. */
uint64_t desk_decoded_source(const struct desk_decoded *decoded, size_t at);

/* What the first KB declares (meta charset, http-equiv, after the standard's
 * prescan), or NULL. */
const char *desk_decode_declared(struct desk_slice page);

#endif
