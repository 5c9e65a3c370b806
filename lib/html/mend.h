/*
 * Text that went through wrong hands before: UTF-8 that was read as
 * windows-1252 ("â€œ" for “, "Ã©" for é), and character references that nobody
 * resolved ("&quot;", "&amp;#8217;").
 *
 * Only what nobody writes is mended: three or two characters that stand for the
 * bytes of one in U+2000-U+213F or U+00A0-U+00FF, where a quotation mark or a
 * dash is not likelier behind the first; and references that end in a
 * semicolon, but not those for &, < and >, as text with marks has them
 * (copydesk(7)).
 */
#ifndef DESK_HTML_MEND_H
#define DESK_HTML_MEND_H

#include "copydesk.h"
#include "core/memory.h"

/* From here on so many bytes fewer stand before than in the source. */
struct desk_mend_mark {
	uint32_t at, gone;
};

struct desk_mended {
	struct desk_slice text; /* the source, where nothing was to be mended */
	struct desk_mend_mark *marks;
	size_t count, room;
};

/* Whether nothing in a text is damaged. */
bool desk_mend_whole(struct desk_slice text);

/* Mends UTF-8 in place; the result is its new length.  Mending it again would
 * change nothing. */
size_t desk_mend(char *text, size_t len);

/* Mends a text, which stays; what is made lies in the arena.  DESK_ENOMEM. */
int desk_mend_copy(struct desk_slice text, struct desk_arena *arena,
    struct desk_mended *mended, struct desk_error *error);

/* The byte of the source for one of the text, asked in rising order: *next is
 * 0 to begin with. */
size_t desk_mended_source(
    const struct desk_mended *mended, size_t at, size_t *next);

#endif
