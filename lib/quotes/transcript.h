/* Transcripts: lines that name who speaks, "NAME: what was said". */
#ifndef DESK_QUOTES_TRANSCRIPT_H
#define DESK_QUOTES_TRANSCRIPT_H

#include "quotes/cues.h"

/* Whether the text has lines of a transcript: three or more, of two speakers
 * or more, one of whom speaks again. */
bool desk_transcript(struct desk_slice text);

/* The paragraph as one turn of a transcript: false where it is none. */
bool desk_transcript_turn(
    const struct desk_paragraph *p, struct desk_claim *claim);

#endif
