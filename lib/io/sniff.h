/* The form of an input, told by its first bytes. */
#ifndef DESK_IO_SNIFF_H
#define DESK_IO_SNIFF_H

#include "io/reader.h"

/* Text where nothing else is seen; DESK_FROM_AUTO: more bytes are needed to
 * tell, which is never so at the end.  Pages and archives are looked for where
 * that is asked. */
enum desk_from desk_sniff(struct desk_slice first, bool end, bool pages);

#endif
