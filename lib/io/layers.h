/* Layers in records of JSON Lines: their names, and how they are read. */
#ifndef DESK_IO_LAYERS_H
#define DESK_IO_LAYERS_H

#include "io/form.h"

enum { DESK_LAYER_COUNT = 4 };

struct desk_layer_name {
	const char *name;
	enum desk_layer bit;
};

/* In the order in which new layers are written. */
extern const struct desk_layer_name desk_layer_names[DESK_LAYER_COUNT];

/* The last member of a name, as other readers take it; NULL: none, or null. */
const struct desk_json_member *desk_layers_member(
    const struct desk_record *record, const char *name);

/* Notes which layers came with a record and reads those that are needed into
 * its document, in the order of the text.  DESK_EDATA for offsets that do not
 * fit the text, or what is no layer. */
int desk_layers_read(struct desk_record *record,
    const struct desk_io_options *options, struct desk_error *error);

#endif
