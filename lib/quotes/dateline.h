/* The place and agency that a report opens with. */
#ifndef DESK_QUOTES_DATELINE_H
#define DESK_QUOTES_DATELINE_H

#include "quotes/link.h"

/* The first item of [s, e) behind a dateline: "OSLO (Agency) - ", "KUWAIT:";
 * or s. */
size_t desk_dateline(const struct desk_paragraph *p, size_t s, size_t e);

/* A dateline is neither said nor says anything: what begins in one begins
 * behind it.  False where that was all. */
bool desk_dateline_skip(const struct desk_paragraph *p, struct desk_speech *s);

#endif
