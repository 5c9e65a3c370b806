/*
 * The form of a word: what is known of it wherever it stands.
 *
 * Words are few and come again and again, so forms that were looked up are
 * kept, from document to document.  A form is told from another by all its
 * bytes: what is kept changes nothing but the time.
 */
#ifndef DESK_QUOTES_FORMS_H
#define DESK_QUOTES_FORMS_H

#include <string.h>

#include "core/memory.h"
#include "core/slice.h"
#include "doc/tokens.h"

enum { DESK_FORM_BYTES = 16, DESK_FORM_BITS = 12, DESK_FORM_LONG = 0xFF };

struct desk_form {
	uint64_t key[2];
	uint16_t size;	 /* its bytes and its shape; 0: nothing is kept here */
	uint8_t cue_len; /* 0: no cue, 1: one by itself, DESK_FORM_LONG: it may
			    begin a longer one, or be one */
	uint8_t role;	 /* DESK_R_* */
	uint32_t word;	 /* DESK_W_* */
	uint16_t cue;	 /* DESK_C_* */
	char sign;	 /* as in struct desk_item */
	/* as the models see it */
	uint8_t kind, first_kind; /* enum desk_cell_kind; of the first word */
	uint16_t cell_cue;	  /* DESK_C_* */
	uint32_t hash;		  /* of the word in lower case, figures alike */
	uint32_t tail;		  /* of its last three letters */
};

struct desk_forms {
	struct desk_form kept[1 << DESK_FORM_BITS];
};

/* NULL where memory ran out. */
struct desk_forms *desk_forms_new(struct desk_arena *arena);

/* Looks up the word, number or sign at s. */
void desk_form_read(
    struct desk_form *f, const char *s, size_t len, uint8_t shape);

/* All bytes of a word of DESK_FORM_BYTES or less; some are there twice. */
static inline void
desk_form_key(const char *s, size_t len, uint64_t key[2])
{
	key[1] = 0;
	if (len >= 8) {
		memcpy(&key[0], s, 8);
		memcpy(&key[1], s + len - 8, 8);
	} else if (len >= 4) {
		uint32_t a, b;
		memcpy(&a, s, 4);
		memcpy(&b, s + len - 4, 4);
		key[0] = (uint64_t)a << 32 | b;
	} else {
		key[0] = (uint64_t)(unsigned char)s[0] << 16 |
			 (uint64_t)(unsigned char)s[len / 2] << 8 |
			 (unsigned char)s[len - 1];
	}
}

/* The form of len bytes (not 0) at s; it stands until the next is asked for.
 * forms may be NULL; own is for what is not kept. */
static inline const struct desk_form *
desk_form_of(struct desk_forms *forms, struct desk_form *own, const char *s,
    size_t len, uint8_t shape)
{
	uint64_t key[2];
	if (!forms || len > DESK_FORM_BYTES) {
		desk_form_read(own, s, len, shape);
		return own;
	}
	desk_form_key(s, len, key);
	uint16_t size = (uint16_t)(len << 8 | shape);
	uint64_t mixed = (key[0] ^ key[1] * UINT64_C(0xD6E8FEB86659FD93) ^
			     (uint64_t)size << 32) *
			 UINT64_C(0x9E3779B97F4A7C15);
	struct desk_form *f = &forms->kept[mixed >> (64 - DESK_FORM_BITS)];
	if (f->size != size || f->key[0] != key[0] || f->key[1] != key[1]) {
		desk_form_read(f, s, len, shape);
		f->size = size;
		f->key[0] = key[0];
		f->key[1] = key[1];
	}
	return f;
}

#endif
