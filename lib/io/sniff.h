/* The form of an input, told by its first bytes. */
#ifndef DESK_IO_SNIFF_H
#define DESK_IO_SNIFF_H

#include "io/reader.h"

/* Text where nothing else is seen; DESK_FROM_AUTO: more bytes are needed to
 * tell, which is never so at the end.  Pages and archives are looked for where
 * that is asked. */
enum desk_from desk_sniff(struct desk_slice first, bool end, bool pages);

/* Whether these may be half a byte order mark, and no more. */
bool desk_sniff_short(struct desk_slice first);

/* The encoding that a byte order mark of UTF-16 tells, or NULL. */
const char *desk_sniff_utf16(struct desk_slice first);

/* What can be read in no form: one line that says what it looks like, or NULL.
 * null: a record may go over several lines.  *more is set where more bytes are
 * needed to tell. */
const char *desk_sniff_other(
    struct desk_slice first, bool end, bool null, bool *more);

/* Whether what is taken for text is a whole web page. */
bool desk_sniff_page(struct desk_slice first, bool end, bool *more);

#endif
