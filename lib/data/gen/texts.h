/*
 * texts.h - plain texts whose lines are labelled, for programs that learn from
 * them: from JSON Lines, or made of the pages of a corpus.
 *
 * A text is there in full, cropped to the surroundings of its article, thinned
 * out, and clean.
 */
#ifndef DESK_DATA_GEN_TEXTS_H
#define DESK_DATA_GEN_TEXTS_H

#include "corpus.h"

enum variant { FULL, CROP, THIN, CLEAN, VARIANTS };

/* In the order that the trees are told them. */
enum text_set { SET_AEB, SET_READABILITY, SET_WCXB, SET_TRAF, SETS };

extern const char *const variant_names[VARIANTS], *const set_names[SETS];

struct text {
	struct desk_slice id;
	struct desk_slice *lines;
	uint8_t *labels; /* enum corpus_label */
	uint32_t *words;
	size_t count;
	unsigned set, fold;
	enum variant variant;
};

extern struct texts {
	struct text *of;
	size_t count, room;
	struct desk_arena arena;
} texts;

/* Adds the texts of a file: id, set, variant (full or crop), lines of text and
 * keep.  Each is of a page of the corpus, which tells its fold. */
void texts_read(const struct corpus *corpus, const char *path);

/* Makes texts of the pages of those sets that are not in files. */
void texts_read_pages(const struct corpus *corpus);

#endif
