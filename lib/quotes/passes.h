/*
 * The two passes of the sequence models over a paragraph.
 *
 * The first marks cues, sources and contents; its cues are candidates.  The
 * second reads the words round each candidate again and marks what is said
 * there and by whom, or nothing.  So it links them, too.
 */
#ifndef DESK_QUOTES_PASSES_H
#define DESK_QUOTES_PASSES_H

#include "model/crf.h"
#include "quotes/scores.h"

enum desk_first_type { FIRST_SOURCE, FIRST_CUE, FIRST_CONTENT, FIRST_TYPES };
enum desk_second_type { SECOND_SOURCE, SECOND_CONTENT, SECOND_TYPES };

enum { DESK_WINDOW_SENTENCES = 2, DESK_WINDOW = 250, DESK_FINDING_PARTS = 8 };

extern const char *const desk_first_names[FIRST_TYPES];
extern const char *const desk_second_names[SECOND_TYPES];
extern const char *const desk_marked_names[1];
extern const char *const desk_joined_names[1];

/* Models; of zeros: none. */
struct desk_quote_models {
	struct desk_crf first, second;
	struct desk_crf marked; /* is a stretch in marks speech? */
	struct desk_crf joined; /* does it go on with the one before? */
	struct desk_crf wide;	/* what is attributed in any way */
	struct desk_table packs[DESK_PACKS]; /* of the two passes */
};

/* Cells [a, b). */
struct desk_cells {
	uint32_t a, b;
};

/* What was found at a cue. */
struct desk_finding {
	struct desk_cells cue, source; /* a == b: none */
	struct desk_cells parts[DESK_FINDING_PARTS];
	size_t part_count;
};

struct desk_passes {
	const struct desk_quote_models *models;
	bool open; /* the paragraph before ended inside marks */
	struct desk_passage passage;
	struct desk_crf_span *marked; /* by the first pass */
	size_t marked_count, marked_room;
	struct desk_finding *found;
	size_t found_count, found_room;
	int16_t *own;	    /* scores of cells by themselves, where known */
	uint8_t *own_known; /* of the second pass */
	struct desk_sight *sights;
	size_t spent;		 /* cells that the second pass has read */
	struct desk_arena work;	 /* for one paragraph */
	struct desk_arena trial; /* for one cue */
	struct desk_arena lasts; /* arrays */
};

/* Reads a paragraph: marked and found are set.  DESK_ENOMEM. */
int desk_passes_read(struct desk_passes *x, const struct desk_paragraph *p,
    struct desk_error *error);
/* Whether a stretch in marks is likely speech, however short: by itself, or
 * where it is known to be part of a clause that tells what somebody says. */
bool desk_passes_marked(
    const struct desk_passes *x, size_t frame, bool in_clause);
/* Whether it is likely one speech with the stretch before it; whether it is
 * surely not. */
bool desk_passes_joined(const struct desk_passes *x, size_t frame);
bool desk_passes_apart(const struct desk_passes *x, size_t frame);

/* Adds a finding. */
int desk_passes_add(struct desk_passes *x, const struct desk_finding *f,
    struct desk_error *error);
void desk_passes_release(struct desk_passes *x);

/* The first pass alone; the second for the cues that it marked. */
int desk_passes_first(struct desk_passes *x, struct desk_error *error);
int desk_passes_second(struct desk_passes *x, struct desk_error *error);

/* Makes spans of a type likelier to begin, as logarithms of odds. */
void desk_passes_raise(const struct desk_crf *crf, int16_t *scores,
    size_t count, unsigned type, float by);

/* Counts the cues and sources of the first pass in the passage. */
void desk_passes_count(struct desk_passes *x);

/* The cells round a cue that the second pass reads, at most so many to each
 * side. */
struct desk_cells desk_window(
    const struct desk_passage *g, struct desk_cells cue, uint32_t reach);

#endif
