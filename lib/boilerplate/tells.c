/* tells.c - the compiled word list of the boilerplate filter. */
#include "boilerplate/tells.h"

#include "core/lexicon.h"

#include "boilerplate.inc"

#define SAME(name)                                                             \
	_Static_assert(DESK_TELL_##name == BOILERPLATE_##name,                 \
	    "enum desk_tell is out of step with boilerplate.tsv")

SAME(AGENCY);
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
SAME(ROLE);
SAME(STOP);

uint32_t
desk_tell_find(const char *phrase, size_t len)
{
	return desk_lexicon_find(&boilerplate, phrase, len);
}
