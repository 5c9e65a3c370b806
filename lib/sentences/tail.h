/*
 * The tail of a candidate, and what comes after it.
 *
 * The tail is all that belongs to the sentence before if it ends here: the run
 * of marks, closing quotes and brackets, notes like "[3]", and debris such as
 * a lone stop.
 */
#ifndef DESK_SENTENCES_TAIL_H
#define DESK_SENTENCES_TAIL_H

#include "sentences/window.h"

/* A candidate and its tail. */
struct desk_ending {
	size_t at;	     /* the first mark */
	size_t end;	     /* behind the tail */
	uint32_t marks;	     /* DESK_MARK_STOP ... seen in it */
	size_t dots;	     /* full stops */
	bool quote, bracket; /* closing ones in the tail */
	size_t shut;	     /* behind the first closing bracket, or 0 */
	bool spaced;	     /* blanks between the stops */
	bool endless;	     /* the run is longer than we look */
};

/* What stands after a candidate and the white space behind it. */
struct desk_sequel {
	struct desk_gap gap;
	size_t word;	/* the first letter or digit */
	unsigned class; /* of it; 0: a sign */
	bool quote, bracket, dash, sign, join;
	bool inverted; /* ¿ or ¡ */
};

/* Reads on from e->at == e->end over what follows without a blank. */
void desk_read_run(struct desk_window *w, struct desk_ending *e);

/* Then over lone marks and notes behind blanks. */
void desk_read_tails(struct desk_window *w, struct desk_ending *e);

struct desk_sequel desk_read_sequel(struct desk_window *w, size_t at);

/* "minds. 4 The": a note's number, with a sentence or nothing behind it; its
 * end, or 0. */
size_t desk_lone_number(struct desk_window *w, size_t at);

/* One full stop; another one behind a blank is debris. */
bool desk_is_stop(const struct desk_ending *e);

#endif
