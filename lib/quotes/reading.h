/* A sentence being read for its claims; shared by cues.c and content.c. */
#ifndef DESK_QUOTES_READING_H
#define DESK_QUOTES_READING_H

#include "quotes/cues.h"

enum { DESK_NEAR = 15, DESK_FAR = 25 };

/* The sentence. */
struct reading {
	const struct desk_paragraph *p;
	struct desk_claims *claims;
	size_t s, e;
	size_t free;		   /* items before it are claimed */
	struct desk_range subject; /* of the last claim in the sentence */
	struct desk_arena *arena;
	bool failed;
};

/* A cue and what was found out about it. */
struct cue {
	size_t at, end;	  /* its items */
	unsigned classes; /* DESK_C_* */
	struct desk_range speaker;
	size_t from; /* where the group of subject and cue begins */
	size_t to;   /* and where it ends */
	bool inverted;
};

static inline const struct desk_item *
item(const struct reading *r, size_t i)
{
	return &r->p->items[i];
}

static inline bool
sign(const struct reading *r, size_t i, char c)
{
	return i >= r->s && i < r->e && !item(r, i)->region &&
	       item(r, i)->shape == DESK_SHAPE_SIGN && item(r, i)->sign == c;
}

static inline bool
quoted(const struct reading *r, size_t i)
{
	return i >= r->s && i < r->e && item(r, i)->region;
}

static inline bool
full_stop(const struct reading *r, size_t i)
{
	return i >= r->e || sign(r, i, '.') || sign(r, i, '!') ||
	       sign(r, i, '?') || sign(r, i, ';');
}

/* Whether item i is the lower-case word s of len letters. */
bool desk_reading_is(
    const struct reading *r, size_t i, const char *s, size_t len);

/* The last sign inside a stretch. */
char desk_inner_sign(const struct reading *r, size_t i);

/* Whether a sign ends speech. */
static inline bool
stops(char c)
{
	return c == '.' || c == ',' || c == '!' || c == '?' || c == '\xA6' ||
	       c == '\x94';
}

/* Whether a stretch begins like a sentence. */
bool desk_capital_inside(const struct reading *r, size_t i);

/* Whether a stretch is a title or a term by what stands before it: "on ABC's
 * “This Week”". */
bool desk_titled(const struct reading *r, size_t q);

/* Stretches in a row from i on that belong to one turn of speech. */
size_t desk_stretch_end(const struct reading *r, size_t i);

/* A fresh claim with the cue, or NULL where memory ran out. */
struct desk_claim *desk_claim_add(struct reading *r, const struct cue *c);

/* Adds items [a, b) to a claim, which may be NULL. */
void desk_claim_part(struct desk_claim *c, size_t a, size_t b);

/* Where content that begins at item i ends. */
size_t desk_content_end(const struct reading *r, size_t i);

/* Content behind the cue. */
bool desk_content_after(struct reading *r, struct cue *c);

/* Content before the subject: "CONTENT, X said." */
bool desk_content_before(struct reading *r, struct cue *c);

/* "According to X, CONTENT" and "CONTENT, according to X". */
bool desk_content_source(struct reading *r, struct cue *c);

#endif
