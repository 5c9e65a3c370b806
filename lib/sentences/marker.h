/*
 * List markers: "1.", "a)", "•" in front of an item.
 */
#ifndef DESK_SENTENCES_MARKER_H
#define DESK_SENTENCES_MARKER_H

#include "sentences/window.h"

/* Whether the token that ends at a stop opens the sentence as its marker. */
bool desk_is_marker(struct desk_window *w, size_t start, size_t end);

/* Whether the sentence opened with a marker, and the mark at a place belongs to
 * the next one of the same kind: *end gets where the sentence then ends. */
bool desk_opens_item(struct desk_window *w, size_t at, size_t *end);

/* Whether an item of a list begins at a place: "a.", "b)", "(c)". */
bool desk_opens_list(struct desk_window *w, size_t at);

#endif
