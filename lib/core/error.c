/*
 * error.c - failing with a message.
 *
 * A message may quote the input, which may be hostile: it is made one line of
 * valid UTF-8 without control characters, fit for a terminal and for JSON.
 */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"

static void
make_plain(char *s)
{
	for (size_t left = strlen(s); left;) {
		size_t good = desk_utf8_valid(s, left);
		for (size_t i = 0; i < good; i++) {
			unsigned char c = (unsigned char)s[i];
			if (c < ' ' || c == 0x7F)
				s[i] = '?';
			/* U+0080 to U+009F: some terminals obey them. */
			if (c == 0xC2 && (unsigned char)s[i + 1] < 0xA0)
				s[i] = s[i + 1] = '?';
		}
		s += good;
		left -= good;
		if (left) {
			*s++ = '?';
			left--;
		}
	}
}

int
desk_fail(struct desk_error *error, int code, const char *format, ...)
{
	if (error) {
		va_list args;
		va_start(args, format);
		vsnprintf(error->text, sizeof error->text, format, args);
		va_end(args);
		make_plain(error->text);
		error->code = code;
	}
	return code;
}

int
desk_fail_memory(struct desk_error *error)
{
	return desk_fail(error, DESK_ENOMEM, "out of memory");
}

const char *
desk_version(void)
{
	return DESK_VERSION;
}
