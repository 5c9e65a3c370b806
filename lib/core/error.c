/* error.c - failing with a message. */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>

int
desk_fail(struct desk_error *error, int code, const char *format, ...)
{
	if (error) {
		va_list args;
		va_start(args, format);
		vsnprintf(error->text, sizeof error->text, format, args);
		va_end(args);
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
