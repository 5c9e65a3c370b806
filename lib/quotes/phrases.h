/* Noun phrases: who a clause's subject is, in items of a paragraph. */
#ifndef DESK_QUOTES_PHRASES_H
#define DESK_QUOTES_PHRASES_H

#include "quotes/cues.h"

/* The noun phrase that begins the range, after adverbs and without what hangs
 * on it; empty where none does. */
struct desk_range desk_phrase_first(
    const struct desk_paragraph *p, struct desk_range within);

/* The subject of the verb at item c, in the items from lo on.  *from gets where
 * the subject with all that belongs to it begins. */
struct desk_range desk_phrase_before(
    const struct desk_paragraph *p, size_t lo, size_t c, size_t *from);

/* The subject behind an inverted verb that ends at item i, up to hi; *to gets
 * where it ends with its appositions. */
struct desk_range desk_phrase_after(
    const struct desk_paragraph *p, size_t i, size_t hi, size_t *to);

/* The start of a coordinated phrase ("the senator and candidate") that ends
 * before item i and stands right behind marked speech; i where it is none. */
size_t desk_phrase_reach(const struct desk_paragraph *p, size_t lo, size_t i);

/* Whether the range holds a finite verb, as far as can be told. */
bool desk_phrase_verb(const struct desk_paragraph *p, struct desk_range r);

#endif
