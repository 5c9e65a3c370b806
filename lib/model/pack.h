/*
 * Packs: what several features say, in one row.
 *
 * Features that look at the same thing (a word, wherever it stands beside a
 * token; the kinds of a pair of words) are a pack.  A row holds the weights of
 * all its features one after the other, for one model or for two that look at
 * the same, so that one look-up finds them all.  Rows of a pack are found by
 * key in a table, or where there are few by number.  What a row's parts are is
 * the user's to say: see lib/quotes/packs.h.
 *
 * Packs are a model file: a section for each that is found by key, and one,
 * "rows", for the others, one after the other.
 */
#ifndef DESK_MODEL_PACK_H
#define DESK_MODEL_PACK_H

#include "model/file.h"
#include "model/table.h"

struct desk_pack_form {
	const char *name;
	uint32_t stride; /* bytes of a row, DESK_TABLE_STRIDE at most */
	uint32_t rows;	 /* how many there are; 0: they are found by key */
};

/* What a key that is not there says: nothing. */
extern const unsigned char
    desk_pack_nothing[DESK_TABLE_STRIDE + DESK_TABLE_PAD];

/* Takes packs of these forms from a file, checked: of those found by number
 * only the rows and the stride are set.  DESK_EDATA. */
int desk_packs_load(struct desk_table *packs,
    const struct desk_pack_form *forms, size_t count,
    const struct desk_modelfile *file, struct desk_error *error);

static inline const unsigned char *
desk_pack_at(const struct desk_table *pack, size_t number)
{
	return pack->rows + number * pack->stride;
}

static inline const unsigned char *
desk_pack_find(const struct desk_table *pack, uint32_t key)
{
	const unsigned char *row = desk_table_find(pack, key);
	return row ? row : desk_pack_nothing;
}

/* Makes packs. */
struct desk_packer;

/* NULL where memory ran out.  The forms must stay as long. */
struct desk_packer *desk_packer_new(
    const struct desk_pack_form *forms, size_t count);
void desk_packer_free(struct desk_packer *p);

/* Writes bytes into the row of a key, or of a number, from an offset on. */
int desk_packer_put(struct desk_packer *p, size_t pack, uint32_t key,
    size_t offset, struct desk_slice bytes, struct desk_error *error);

/* Appends the file to an empty buffer. */
int desk_packer_write(const struct desk_packer *p, struct desk_buffer *out,
    struct desk_error *error);

#endif
