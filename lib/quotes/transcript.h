/* Transcripts: lines that name who speaks, "NAME: what was said". */
#ifndef DESK_QUOTES_TRANSCRIPT_H
#define DESK_QUOTES_TRANSCRIPT_H

#include "quotes/cues.h"

/* Whether the text has lines of a transcript: three or more, of two speakers
 * or more, one of whom speaks again. */
bool desk_transcript(struct desk_slice text);

struct desk_turn {
	struct desk_span speaker, cue, said;
};

/* A line as one turn of a transcript: false where it is none.  Marks round the
 * line are left out. */
bool desk_transcript_turn(
    struct desk_slice text, struct desk_span line, struct desk_turn *turn);

#endif
