/* Failing with a message. */
#ifndef DESK_CORE_ERROR_H
#define DESK_CORE_ERROR_H

#include "copydesk.h"

/* Fills error (which may be NULL) and returns code. */
int desk_fail(struct desk_error *error, int code, const char *format, ...)
    DESK_PRINTF(3, 4);

/* The same for memory that ran out. */
int desk_fail_memory(struct desk_error *error);

#endif
