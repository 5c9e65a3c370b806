/*
 * A paragraph as the sequence models see it: every token, also those inside
 * quotation marks, with a class, a sentence and its place among the marks.
 */
#ifndef DESK_QUOTES_PASSAGE_H
#define DESK_QUOTES_PASSAGE_H

#include "quotes/words.h"

/* What a token is in short. */
enum desk_cell_kind {
	K_NONE, /* outside the paragraph */
	K_LOWER,
	K_ED,
	K_ING,
	K_LY,
	K_CAP,
	K_UPPER,
	K_NUMBER,
	K_COMMA,
	K_STOP,
	K_ASK,
	K_COLON,
	K_SEMI,
	K_DASH,
	K_HYPHEN,
	K_OPEN,
	K_CLOSE,
	K_PAREN,
	K_SIGN,
	K_SAY,
	K_SAY_BASE,
	K_SAY_ING,
	K_CUE,
	K_NOUN,
	K_SOURCE,
	K_HE,
	K_IT,
	K_THEY,
	K_ME,
	K_PRON,
	K_POSS,
	K_OWN,
	K_ROLE,
	K_ORG,
	K_TITLE,
	K_THAT,
	K_WH,
	K_SUB,
	K_CONJ,
	K_TO,
	K_OF,
	K_PREP,
	K_DET,
	K_AUX,
	K_NEG,
	K_ADV,
	K_TIME,
	K_ANON,
	K_VERB,
	K_KINDS
};

/* What the passes made of a cell. */
enum { DESK_SAID_FIRST = 1, DESK_SAID_BY = 2, DESK_SAID = 4 };

struct desk_cell {
	uint32_t start, end;
	uint32_t hash; /* of the word in lower case, figures alike */
	uint32_t tail; /* of its last three letters */
	uint32_t sentence;
	uint32_t region; /* 1 + its number, of what is inside the marks */
	uint16_t commas, verbs, turns; /* up to here, in all */
	uint16_t cands, sources;       /* of what the first pass found */
	uint16_t left, right;	       /* tokens to the next cue, 0: none */
	uint16_t cue;		       /* DESK_C_* */
	uint8_t kind, shape, spaced;
	uint8_t said;	/* DESK_SAID_* */
	uint16_t owner; /* 1 + number of the finding it belongs to */
};

/* What stands round a stretch in marks. */
struct desk_frame_of {
	uint32_t first, last; /* cells, last exclusive */
	uint32_t before, after;
	uint8_t length;
};

enum { DESK_PASSAGE_PAD = 4 };

struct desk_passage {
	const struct desk_paragraph *p;
	struct desk_cell *cells; /* some outside are on both sides */
	size_t count;
	struct desk_cell *own;
	size_t room;
	struct desk_frame_of *frames; /* of the paragraph's regions */
	size_t frame_count, frame_room;
	uint32_t sentences;
	bool hints; /* it may have a quotation: a cue, or marks */
};

/* Makes the passage of a paragraph that was read.  Its arrays lie in the arena
 * and are used again.  DESK_ENOMEM. */
int desk_passage_read(struct desk_passage *g, const struct desk_paragraph *p,
    struct desk_arena *arena, struct desk_error *error);

static inline bool
desk_cell_word(const struct desk_cell *c)
{
	return c->shape != DESK_SHAPE_SIGN;
}

static inline bool
desk_cell_capital(const struct desk_cell *c)
{
	return c->shape == DESK_SHAPE_CAP || c->shape == DESK_SHAPE_UPPER;
}

/* Whether nothing but signs is in cells [a, b). */
static inline bool
desk_cells_signs(const struct desk_passage *g, uint32_t a, uint32_t b)
{
	for (; a < b; a++)
		if (desk_cell_word(&g->cells[a]))
			return false;
	return true;
}

#endif
