/* Who was mentioned last, for pronouns. */
#ifndef DESK_QUOTES_RECENT_H
#define DESK_QUOTES_RECENT_H

#include "quotes/speakers.h"

/* Takes note of a mention of a name of the table. */
void desk_recent_add(struct desk_speakers *k, int32_t name, uint32_t at,
    bool subject, bool person);

/* Which of several with one surname is meant by a lone one, that the table
 * takes for `name`: whose whole name stood before, if that one's did not; whose
 * whole name began a clause last, in the paragraph from byte `from` on; or the
 * same name. */
int32_t desk_recent_bearer(const struct desk_speakers *k,
    struct desk_slice text, int32_t name, uint32_t from);

/* The person that fits a pronoun best, or a role that nobody is given; or
 * DESK_NO_NAME, as below. */
int32_t desk_recent_person(
    const struct desk_speakers *k, uint32_t at, unsigned gender);

/* The organisation that was the subject last, for "it" (no noun) and "the
 * company"; one whose name has the noun in it, for "the court". */
int32_t desk_recent_org(
    const struct desk_speakers *k, uint32_t at, struct desk_slice noun);

/* The only person that was subject in the sentences just before. */
int32_t desk_recent_subject(const struct desk_speakers *k, uint32_t at);

#endif
