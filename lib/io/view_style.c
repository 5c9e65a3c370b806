/* view_style.c - lib/data/view.css as the build has it: a string for a line. */
#include "io/view_style.h"

#include <stddef.h>

const char *const desk_view_style[] = {
#include "view.inc"
    NULL};
