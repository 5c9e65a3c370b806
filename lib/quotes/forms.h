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

enum {
	DESK_FORM_BYTES = 16,
	DESK_FORM_BITS = 12,
	DESK_LISTED_BITS = 16,
	DESK_FORM_LONG = 0xFF,
	DESK_FORM_AHEAD = 8
};

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
	/* bits for the hashes of all words that are in a list */
	uint64_t listed[1 << (DESK_LISTED_BITS - 6)];
	struct desk_form kept[1 << DESK_FORM_BITS];
};

/* NULL where memory ran out. */
struct desk_forms *desk_forms_new(struct desk_arena *arena);

/* Looks up the word, number or sign at s.  forms may be NULL. */
void desk_form_read(const struct desk_forms *forms, struct desk_form *f,
    const char *s, size_t len, uint8_t shape);

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

/* Where a form is kept, if it is. */
static inline struct desk_form *
desk_form_place(struct desk_forms *forms, const char *s, size_t len,
    uint16_t size, uint64_t key[2])
{
	desk_form_key(s, len, key);
	uint64_t mixed = (key[0] ^ key[1] * UINT64_C(0xD6E8FEB86659FD93) ^
			     (uint64_t)size << 32) *
			 UINT64_C(0x9E3779B97F4A7C15);
	return &forms->kept[mixed >> (64 - DESK_FORM_BITS)];
}

/* The form of len bytes (not 0) at s; it stands until the next is asked for.
 * forms may be NULL; own is for what is not kept. */
static inline const struct desk_form *
desk_form_of(struct desk_forms *forms, struct desk_form *own, const char *s,
    size_t len, uint8_t shape)
{
	uint64_t key[2];
	if (!forms || len > DESK_FORM_BYTES) {
		desk_form_read(forms, own, s, len, shape);
		return own;
	}
	uint16_t size = (uint16_t)(len << 8 | shape);
	struct desk_form *f = desk_form_place(forms, s, len, size, key);
	if (f->size != size || f->key[0] != key[0] || f->key[1] != key[1]) {
		desk_form_read(forms, f, s, len, shape);
		f->size = size;
		f->key[0] = key[0];
		f->key[1] = key[1];
	}
	return f;
}

/* The form of token i will be asked for soon: forms are seldom in the cache
 * nearest to the processor. */
static inline void
desk_form_soon(struct desk_forms *forms, struct desk_slice text,
    const struct desk_token *tokens, size_t i, size_t count)
{
#ifdef __GNUC__
	uint64_t key[2];
	size_t len = i < count ? tokens[i].end - tokens[i].start : 0;
	if (!forms || !len || len > DESK_FORM_BYTES)
		return;
	const char *f =
	    (const char *)desk_form_place(forms, text.data + tokens[i].start,
		len, (uint16_t)(len << 8 | tokens[i].shape), key);
	__builtin_prefetch(f);
	__builtin_prefetch(f + sizeof(struct desk_form) - 1);
#else
	(void)forms, (void)text, (void)tokens, (void)i, (void)count;
#endif
}

#endif
