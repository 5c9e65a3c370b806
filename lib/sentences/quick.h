/*
 * The quick way through the decision, for the candidates that look alike.
 */
#ifndef DESK_SENTENCES_QUICK_H
#define DESK_SENTENCES_QUICK_H

#include "sentences/decide.h"

/* Decides as desk_decide() would; false: it has to. */
bool desk_decide_quickly(
    const struct desk_window *w, size_t at, struct desk_decision *d);

#endif
