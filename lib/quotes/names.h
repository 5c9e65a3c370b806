/*
 * The names of a document: which forms there are, who bears which role.
 *
 * Filled from the entities before quotations are looked for, so that a surname
 * finds the full name that stands later in the text.
 */
#ifndef DESK_QUOTES_NAMES_H
#define DESK_QUOTES_NAMES_H

#include "doc/doc.h"

struct desk_forms;

enum { DESK_NO_NAME = -1, DESK_BEARERS = 8 };

enum desk_gender { DESK_GENDER_UNKNOWN, DESK_GENDER_MALE, DESK_GENDER_FEMALE };

struct desk_name {
	struct desk_slice text; /* without titles */
	uint32_t next;		/* 1 + number of another with this last word */
	uint32_t count;
	uint32_t seen;	       /* where it was last met, by desk_names_see() */
	uint32_t plain;	       /* 1 + number of the form without what is
				* glued to it, 0: nothing is */
	uint16_t key, key_len; /* the word that it is filed under */
	uint8_t words, gender;
	uint32_t told;	/* 1 + where it last stood whole, as a subject */
	uint32_t whole; /* 1 + where it last stood whole */
	uint8_t called; /* the gender of a pronoun that stood for it */
	bool person;
	bool loose; /* a word follows that cannot stand behind a name */
};

/* A person's role: "Russian" "president" of a name. */
struct desk_role {
	struct desk_slice role, modifier;
	uint32_t name;
};

struct desk_names {
	const char *body; /* the text behind its first line, a headline */
	struct desk_name *list;
	size_t count, room;
	struct desk_role *roles;
	size_t role_count, role_room;
	struct desk_forms *forms; /* of words met before, or NULL */
	uint32_t searches;	  /* of the text, for fuller forms */
	uint32_t *heads; /* 1 + number of the newest by its last word */
	struct desk_arena *arena; /* of the arrays, which are used again */
};

/* Collects the names of the document's entities, in the place of those of the
 * document before.  names->arena was set.  DESK_ENOMEM. */
int desk_names_collect(
    struct desk_names *names, struct desk_doc *doc, struct desk_error *error);

/* The number of the fullest form of a person's or other name, or DESK_NO_NAME.
 * Titles before the name are allowed and tell the gender. */
int32_t desk_names_find(
    const struct desk_names *names, struct desk_slice text, bool person);

/* Gives each person's name that is a form of only one other its plain form. */
void desk_names_join(struct desk_names *names);

/* The only paper of more words that ends in one, "the Times"; the only
 * organisation that has a word for one in its name, "the Ministry"; or
 * DESK_NO_NAME. */
int32_t desk_names_paper(
    const struct desk_names *names, struct desk_slice word);

/* The persons of two words or more with a name's surname: how many. */
size_t desk_names_bearers(const struct desk_names *names, int32_t name,
    int32_t bearers[DESK_BEARERS]);

/* Takes up a name that is no entity: somebody speaks by it.  Its number or
 * DESK_NO_NAME. */
int32_t desk_names_learn(struct desk_names *names, struct desk_slice text);

/* The number of a fuller form of a one-word name that stands in the text but is
 * no entity; or its own. */
int32_t desk_names_fuller(
    struct desk_names *names, struct desk_slice text, int32_t name);

/* The words that the text puts an acronym in brackets behind; or no data. */
struct desk_slice desk_acronym_words(
    struct desk_slice text, struct desk_slice acronym);

/* The only organisation whose capital letters spell an acronym, or
 * DESK_NO_NAME. */
int32_t desk_names_spelt(
    const struct desk_names *names, struct desk_slice acronym);

/* A person's name without titles and possessive. */
struct desk_slice desk_names_plain(
    const struct desk_names *names, struct desk_slice text);

/* The classes of a word beside or in a name: DESK_W_*, and DESK_R_*. */
uint32_t desk_names_classes_of(
    const struct desk_names *names, struct desk_slice s);
uint8_t desk_names_roles_of(
    const struct desk_names *names, struct desk_slice s);

/* How many letters two words begin with alike, capital or not. */
size_t desk_names_common(struct desk_slice a, struct desk_slice b);

/* Whether they are the same word, capital or not. */
bool desk_names_same(struct desk_slice a, struct desk_slice b);

/* Whether it begins like a proper name. */
static inline bool
desk_names_proper(struct desk_slice s)
{
	return s.len && s.data[0] >= 'A' && s.data[0] <= 'Z';
}

/* Whom the document gives a role to, e.g. "leader" with "Russian" (or without
 * data), or DESK_NO_NAME.  Where nobody has it with that modifier, `likely`
 * (or DESK_NO_NAME) is taken if he has the role with none. */
int32_t desk_names_role(const struct desk_names *names, struct desk_slice role,
    struct desk_slice modifier, int32_t likely);

/* Whether the document gives a name a role, but with other modifiers that are
 * proper names: the Omani commander is not the Danish one. */
bool desk_names_bears_other(const struct desk_names *names, int32_t name,
    struct desk_slice role, struct desk_slice modifier);

#endif
