/* Findings that are no speech. */
#ifndef DESK_QUOTES_UNSAID_H
#define DESK_QUOTES_UNSAID_H

#include "quotes/link.h"

/* Whether nothing is said: in no words of saying, in words that mean a deed or
 * a thing ("continued to study", "a gale warning is in place"), or by a word
 * that stands for a thing ("which includes a call for"). */
bool desk_unsaid(const struct desk_paragraph *p, const struct desk_speech *s);

#endif
