/* packs.c - the forms of the packs; see packs.h. */
#include "quotes/packs.h"

#define P(name, rows, first, second)                                           \
	{#name, DESK_PACK_STRIDE(first, second), rows},

const struct desk_pack_form desk_quote_packs[DESK_PACKS] = {
    DESK_QUOTE_PACKS(P)};
