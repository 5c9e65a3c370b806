/*
 * The text that a page keeps in its JSON-LD.
 *
 * A page that scripts make, or one that shows the beginning only, may have its
 * whole article as articleBody there.  Where what is kept of the page is far
 * shorter, that text takes its place, as blocks behind those of the page.
 */
#ifndef DESK_BOILERPLATE_BODY_H
#define DESK_BOILERPLATE_BODY_H

#include "boilerplate/pick.h"

/* Appends the blocks and their verdicts where they are due; *picks then is a
 * new array.  What was kept is then dropped.  DESK_ENOMEM, DESK_ELIMIT. */
int desk_body_add(struct desk_page *page, const struct desk_view *view,
    struct desk_pick **picks, struct desk_arena *arena,
    struct desk_error *error);

#endif
