/* Small helpers on slices of bytes. */
#ifndef DESK_CORE_SLICE_H
#define DESK_CORE_SLICE_H

#include <stdbool.h>
#include <stdint.h>
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

/* Whether it is one of some strings. */
static inline bool
desk_slice_any(struct desk_slice a, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (desk_slice_is(a, list[i]))
			return true;
	return false;
}

/* Takes the next item off a list with commas between, blanks round it left out;
 * false where there is none.  An empty list has one item, which is empty. */
static inline bool
desk_slice_item(struct desk_slice *list, struct desk_slice *item)
{
	if (!list->data)
		return false;
	const char *s = list->data, *end = s + list->len;
	const char *comma = list->len ? memchr(s, ',', list->len) : NULL;
	*list = comma ? desk_slice(comma + 1, (size_t)(end - comma - 1))
		      : desk_slice(NULL, 0);
	end = comma ? comma : end;
	while (s < end && *s == ' ')
		s++;
	while (s < end && end[-1] == ' ')
		end--;
	*item = desk_slice(s, (size_t)(end - s));
	return true;
}

/* A hash over all bytes, eight at a time. */
static inline uint64_t
desk_slice_hash(struct desk_slice a)
{
	const uint64_t k = UINT64_C(0x9E3779B97F4A7C15);
	const char *s = a.data;
	size_t len = a.len;
	uint64_t h = (len + 1) * k, v;
	for (; len >= 8; s += 8, len -= 8) {
		memcpy(&v, s, 8);
		h = (h ^ v) * k;
		h ^= h >> 29;
	}
	v = 0;
	if (len)
		memcpy(&v, s, len);
	h = (h ^ v) * k;
	return h ^ h >> 32;
}

#endif
