/* Marked stretches of which no cue was found. */
#ifndef DESK_QUOTES_ALONE_H
#define DESK_QUOTES_ALONE_H

#include "quotes/cues.h"

/* Whether it is a remark in brackets: "(Applause.)" */
bool desk_alone_aside(struct desk_slice text, struct desk_span span);

/* Whether it is a scrap or a title, not a sentence: a few words without a stop,
 * in lower case, or with a capital after a preposition or article, or any
 * between an article and a noun. */
bool desk_alone_scrap(const struct desk_paragraph *p, struct desk_span span);

/* Whether only some words of one clause stand between two places. */
bool desk_alone_near(struct desk_slice text, uint32_t from, uint32_t to);

/* The subject of the sentence from item s on that a colon before the stretch at
 * byte `start` ends: "The mayor had one answer: “...”"; or an empty range. */
struct desk_range desk_alone_announcer(
    const struct desk_paragraph *p, size_t s, uint32_t start);

/* The person that the sentence of items [s, e) is about, or an empty range:
 * "Hill had hoped for more. “...”", "Hill released a statement:". */
struct desk_range desk_alone_before(
    const struct desk_paragraph *p, size_t s, size_t e);

/* Who speaks by a cue that has no subject of its own: of "saying" the subject
 * of the sentence from item s on, else the name behind the cue; or an empty
 * range. */
struct desk_range desk_alone_subject(
    const struct desk_paragraph *p, size_t s, struct desk_span cue);

#endif
