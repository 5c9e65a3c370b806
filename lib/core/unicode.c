/* unicode.c - classes and case of code points, from libutf8proc. */
#include "core/unicode.h"

#include <utf8proc.h>

#include "core/utf8.h"

#define S DESK_SPACE
#define U (DESK_UPPER | DESK_LETTER)
#define L (DESK_LOWER | DESK_LETTER)
#define D DESK_DIGIT
#define P DESK_PUNCT

const uint8_t desk_ascii_classes[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, S, S, S, S, S, 0, 0, /* 00 */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 10 */
    S, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, /* 20 */
    D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P, /* 30 */
    P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* 40 */
    U, U, U, U, U, U, U, U, U, U, U, P, P, P, P, P, /* 50 */
    P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* 60 */
    L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, 0  /* 70 */
};

#undef S
#undef U
#undef L
#undef D
#undef P

unsigned
desk_class(uint32_t c)
{
	if (c < 0x80)
		return desk_ascii_classes[c];
	if (c == 0x85)
		return DESK_SPACE;
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LT:
		return DESK_UPPER | DESK_LETTER;
	case UTF8PROC_CATEGORY_LL:
		return DESK_LOWER | DESK_LETTER;
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
		return DESK_LETTER;
	case UTF8PROC_CATEGORY_ND:
		return DESK_DIGIT;
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return DESK_SPACE;
	case UTF8PROC_CATEGORY_PC:
	case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PS:
	case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO:
	case UTF8PROC_CATEGORY_SM:
	case UTF8PROC_CATEGORY_SC:
	case UTF8PROC_CATEGORY_SK:
	case UTF8PROC_CATEGORY_SO:
		return DESK_PUNCT;
	default:
		return 0;
	}
}

uint32_t
desk_lower(uint32_t c)
{
	if (c < 0x80)
		return c - 'A' < 26u ? c | 0x20 : c;
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

size_t
desk_fold(const char *s, size_t len, char *out, size_t max)
{
	size_t n = 0, i = 0;
	for (; i < len && i < max && !(s[i] & 0x80); i++)
		out[n++] = (char)desk_lower((unsigned char)s[i]);
	for (size_t size; i < len; i += size) {
		if (max - n < 4)
			return 0;
		n += desk_utf8_encode(
		    desk_lower(desk_utf8_decode(s + i, &size)), out + n);
	}
	return n;
}

void
desk_trim(const char *s, size_t *start, size_t *end)
{
	size_t size;
	while (*start < *end &&
	       desk_class(desk_utf8_decode(s + *start, &size)) & DESK_SPACE)
		*start += size;
	while (*start < *end &&
	       desk_class(desk_utf8_before(s + *start, s + *end, &size)) &
		   DESK_SPACE)
		*end -= size;
}
