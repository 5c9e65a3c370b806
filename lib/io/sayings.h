/* Quotations as text. */
#ifndef DESK_IO_SAYINGS_H
#define DESK_IO_SAYINGS_H

#include "io/form.h"

void desk_sayings_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out);

#endif
