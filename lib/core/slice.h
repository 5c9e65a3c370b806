/* Small helpers on slices of bytes. */
#ifndef DESK_CORE_SLICE_H
#define DESK_CORE_SLICE_H

#include <stdbool.h>
#include <string.h>

#include "copydesk.h"

static inline struct desk_slice
desk_slice(const char *data, size_t len)
{
	return (struct desk_slice){data, len};
}

static inline bool
desk_slice_equal(struct desk_slice a, struct desk_slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.data, b.data, a.len));
}

/* Against a string that ends in NUL. */
static inline bool
desk_slice_is(struct desk_slice a, const char *s)
{
	return desk_slice_equal(a, desk_slice(s, strlen(s)));
}

#endif
