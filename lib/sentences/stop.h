/*
 * The full stop: an end, or part of an abbreviation, an initial, a number.
 */
#ifndef DESK_SENTENCES_STOP_H
#define DESK_SENTENCES_STOP_H

#include "sentences/decide.h"
#include "sentences/tail.h"

/* Whether what follows begins as a sentence does; a word like iPhone opens one
 * as well as a capital. */
bool desk_is_capital(struct desk_window *w, const struct desk_sequel *q);

/* Classes of its first word, of enum desk_word_class. */
uint32_t desk_sequel_word(struct desk_window *w, const struct desk_sequel *q);

/* Whether a sentence in lower case may begin there, as far as the language
 * goes; and whether an address of the web does. */
bool desk_is_careless(const struct desk_window *w, const struct desk_sequel *q);
bool desk_is_address(struct desk_window *w, const struct desk_sequel *q);

/* "Jane asked", "he yelled" at a place. */
bool desk_is_said(struct desk_window *w, size_t at);

/* The classes of the token before a stop, as it is written there. */
uint32_t desk_classes_of(
    const struct desk_window *w, const struct desk_token *t);

/* A full stop and white space, then more of the line. */
enum desk_rule desk_decide_stop(struct desk_window *w,
    const struct desk_ending *e, const struct desk_token *t, uint32_t classes,
    const struct desk_sequel *q);

#endif
