/* What the rules found, as speech, and the edges of what is said. */
#ifndef DESK_QUOTES_CLAIMS_H
#define DESK_QUOTES_CLAIMS_H

#include "quotes/cues.h"
#include "quotes/link.h"

/* A claim as speech; whole: its sentence is all of the paragraph. */
struct desk_speech desk_claim_speech(
    const struct desk_paragraph *p, const struct desk_claim *claim, bool whole);

/* The bytes of some items. */
struct desk_span desk_item_span(
    const struct desk_paragraph *p, struct desk_range r);

/* A part, with the bracket right behind it that closes one in it. */
struct desk_span desk_part_closed(
    struct desk_slice text, struct desk_span part);

/* Whether an item is a sign at the end of a clause that is no part of it. */
bool desk_item_closing(const struct desk_item *item);

#endif
