/*
 * Counting names: those of a document, joined, and the sum over all documents.
 *
 * A document's names are rows, "label TAB name TAB mentions", each name once.
 * Rows of one document after the other are added to a tally, which sorts them
 * in the end.
 */
#ifndef DESK_IO_TALLY_H
#define DESK_IO_TALLY_H

#include "io/form.h"

/* A name that is longer, in bytes, is not counted. */
enum { DESK_NAME_MAX = 256 };

/* A name: its first mention among the document's entities, and how often it
 * stands there, those counted for it included. */
struct desk_name {
	const char *label;
	struct desk_slice text;
	size_t first;
	uint64_t mentions;
};

/* The names of a document, each once, by label and name, in its arena; a name
 * that counts for another is not listed.  false: memory ran out. */
bool desk_names_list(
    struct desk_record *record, struct desk_name **list, size_t *count);

/* Appends the rows of a document.  A person who is named by one word counts for
 * the fuller name in the document that begins or ends with it; where there are
 * several for the one with most mentions, the longest, the first. */
void desk_names_write(struct desk_record *record, struct desk_buffer *out);

/* What is kept of all documents: once there are more than so many names, or
 * bytes of names, those with fewest mentions are forgotten. */
struct desk_tally_limits {
	size_t names, bytes; /* 0: half a million, 64 MB */
};

struct desk_tally;

/* NULL where memory ran out. */
struct desk_tally *desk_tally_new(const struct desk_tally_limits *limits);
void desk_tally_free(struct desk_tally *tally);

/* Adds the rows of a document, or of a part of one, which has the same number
 * as the part before.  DESK_ENOMEM. */
int desk_tally_add(struct desk_tally *tally, struct desk_slice rows,
    uint64_t document, struct desk_error *error);

/* Once all are added: sorts them by mentions, most first, then by name. */
int desk_tally_finish(struct desk_tally *tally, struct desk_error *error);

/* Then row number i, "label TAB name TAB mentions TAB documents": false where
 * there is none. */
bool desk_tally_row(
    const struct desk_tally *tally, size_t i, struct desk_buffer *out);

/* The mentions that were forgotten. */
uint64_t desk_tally_lost(const struct desk_tally *tally);

#endif
