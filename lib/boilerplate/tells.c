/* tells.c - the compiled word list of the boilerplate filter. */
#include "boilerplate/tells.h"

#include "core/lexicon.h"

#define DESK_LEX_SHORTS
#include "boilerplate.inc"

#define SAME(name)                                                             \
	_Static_assert(DESK_TELL_##name == BOILERPLATE_##name,                 \
	    "enum desk_tell is out of step with boilerplate.tsv")

SAME(AGENCY);
SAME(GLUE);
SAME(IN_BIO);
SAME(IN_CONTACT);
SAME(IN_CREDIT);
SAME(IN_LEGAL);
SAME(IN_PROMPT);
SAME(LEAD_BYLINE);
SAME(LEAD_CREDIT);
SAME(LEAD_END);
SAME(LEAD_LINK);
SAME(LEAD_ROLE);
SAME(LEAD_SOURCE);
SAME(LINE_CRUMB);
SAME(LINE_END);
SAME(LINE_STOP);
SAME(PAST);
SAME(PERSON);
SAME(RELATIVE);
SAME(REQUEST);
SAME(ROLE);
SAME(SAY);
SAME(STOP);
SAME(TIME);

const struct desk_tell_tables desk_tell_tables = {.shorts = boilerplate_shorts,
    .pairs = boilerplate_pairs,
    .short_shift = 64 - boilerplate_SHORT_BITS,
    .short_mask = (1 << boilerplate_SHORT_BITS) - 1,
    .pair_shift = 64 - boilerplate_PAIR_BITS};

uint32_t
desk_tell_find(const char *phrase, size_t len)
{
	return desk_lexicon_find(&boilerplate, phrase, len);
}
