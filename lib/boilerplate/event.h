/*
 * What a block's form tells of it, beyond its words.
 *
 * Sentences that tell what happened, items of lists, turns of a transcript.  A
 * form asks, and a line below an article invites: their verbs are commands,
 * and they speak to the reader.  "Apple declined to comment." has the words of
 * a form, too, but a verb in the past, and speaks to nobody.
 */
#ifndef DESK_BOILERPLATE_EVENT_H
#define DESK_BOILERPLATE_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a sentence tells of something past, and neither asks anything of the
 * reader nor speaks of the page it stands on.  fold: its words in lower case,
 * single blanks between; at: where each begins in it, and one more. */
bool desk_event_told(const char *fold, const uint16_t *at, size_t count);

/* Whether a text begins with a bullet, and has no other sign of its kind. */
bool desk_event_item(const char *s, size_t len);

/* Whether it is a turn of a transcript: "JO LAMB: Half?" */
bool desk_event_turn(const char *s, size_t len);

#endif
