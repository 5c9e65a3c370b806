/*
 * From what the passes found to speech: spans with their marks settled, and
 * marked speech that no cue claims.
 */
#ifndef DESK_QUOTES_LINK_H
#define DESK_QUOTES_LINK_H

#include "quotes/cues.h"
#include "quotes/passes.h"

/* Something said, in bytes. */
struct desk_speech {
	struct desk_span parts[DESK_FINDING_PARTS];
	size_t part_count; /* 0: what is said comes in the next paragraph */
	struct desk_span cue, speaker; /* start == end: none */
	struct desk_range who;	       /* items of the speaker's head */
	enum desk_quote_kind kind;
	bool alone;  /* marked speech that no cue governs */
	bool opens;  /* it begins the paragraph */
	uint32_t at; /* where it is met: its cue or its beginning */
};

struct desk_speeches {
	struct desk_speech *list;
	size_t count, room;
	struct desk_claims claims; /* of the rules */
};

/* Appends the speech of the paragraph that was read, in the order of `at`.
 * DESK_ENOMEM. */
int desk_link(struct desk_speeches *to, struct desk_passes *x,
    struct desk_arena *arena, struct desk_error *error);

/* The items that a span touches. */
struct desk_range desk_items_of(
    const struct desk_paragraph *p, struct desk_span span);

#endif
