/* Addresses: what a reference on a page leads to (RFC 3986, section 5). */
#ifndef DESK_HTML_URL_H
#define DESK_HTML_URL_H

#include "copydesk.h"
#include "core/memory.h"

/* The reference as an absolute address, seen from the page at base; the
 * reference itself where it is one already or base is none.  White space
 * around it is left out; one whose data is NULL is the page itself.  What is
 * made lies in the arena; data == NULL where memory ran out. */
struct desk_slice desk_url_resolve(struct desk_slice base,
    struct desk_slice reference, struct desk_arena *arena);

#endif
