/*
 * Tokens: words, numbers and signs of a text, for entities and quotations.
 *
 * Nothing is lost: every character belongs to a token or to white space.
 */
#ifndef DESK_DOC_TOKENS_H
#define DESK_DOC_TOKENS_H

#include "core/memory.h"
#include "doc/doc.h"

enum desk_shape {
	DESK_SHAPE_LOWER,  /* begins with a lower-case (or caseless) letter */
	DESK_SHAPE_CAP,	   /* Capitalised, also McName */
	DESK_SHAPE_UPPER,  /* ALL CAPITALS, two or more */
	DESK_SHAPE_NUMBER, /* begins with a digit */
	DESK_SHAPE_SIGN	   /* punctuation, symbols, anything else */
};

struct desk_token {
	uint32_t start, end;
	uint8_t shape;	/* enum desk_shape */
	uint8_t spaced; /* white space, or the start of the text, before it */
};

/* Appends the tokens of text[start, end) to an arena array.  Clitics ('s, n't)
 * are tokens of their own; an abbreviation keeps its stop ("U.S.", "Mr.").
 * Words glued together by a lost blank are cut where a lower-case letter meets
 * a capital one and the whole is no known name of that form. */
int desk_tokenize(struct desk_slice text, size_t start, size_t end,
    struct desk_arena *arena, struct desk_token **tokens, size_t *count,
    size_t *room, struct desk_error *error);

#endif
