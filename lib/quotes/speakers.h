/* From the mention of a speaker to a name. */
#ifndef DESK_QUOTES_SPEAKERS_H
#define DESK_QUOTES_SPEAKERS_H

#include "core/slice.h"
#include "quotes/cues.h"
#include "quotes/names.h"

enum { DESK_RECENT = 32 };

/* A person or organisation that was mentioned, newest last. */
struct desk_mention {
	uint32_t at; /* byte offset */
	uint32_t sentence, paragraph;
	int32_t name;
	bool subject, person;
	bool speaks;	 /* a verb of saying follows */
	bool opens;	 /* what a clause is about */
	bool owns;	 /* "Hill's success" begins it */
	bool asked;	 /* "asked Hill" */
	bool introduced; /* the same, for the first time */
	bool topic;	 /* "as for Hill, he" */
};

/* Somebody without a name who spoke last: "a resident said". */
struct desk_stranger {
	uint32_t at, sentence; /* 0: nobody */
};

struct desk_speakers {
	struct desk_names names;
	struct desk_mention recent[DESK_RECENT]; /* a ring */
	uint32_t mentioned;			 /* in all */
	uint32_t sentence, paragraph;		 /* numbers of the current */
	int32_t last; /* the speaker of the quotation before, or DESK_NO_NAME */
	struct desk_span said; /* what the speaker that is asked for says */
	struct desk_span told; /* what the one before said */
	struct desk_stranger stranger;
};

/* How a mention came to its name. */
enum desk_path {
	DESK_BY_NOTHING,
	DESK_BY_FULL_NAME, /* two words or more, as they stand */
	DESK_BY_LONGER,	   /* a longer form of two words or more */
	DESK_BY_SURNAME,   /* the full name of one word */
	DESK_BY_WORD,	   /* one word, which the text never says in full */
	DESK_BY_ORG,	   /* of no person, as it stands */
	DESK_BY_LONG_ORG,  /* the same, with small words in it */
	DESK_BY_APPOSITION,
	DESK_BY_ROLE,	/* who is given the role elsewhere */
	DESK_BY_LATEST, /* a role: whoever was spoken of last */
	DESK_BY_PRONOUN,
	DESK_BY_DOUBTFUL, /* a pronoun, one of unknown gender */
	DESK_BY_IT,
	DESK_BY_OWNER,	/* "her letter", "Brook's lawyer" */
	DESK_BY_AUTHOR, /* "the letter by Brook" */
	DESK_BY_TURN,	/* of a transcript */
	DESK_BY_SOURCE, /* the source nearest to speech without a cue */
	DESK_BY_SPEECH, /* the speaker of the quotation before */
	DESK_PATHS
};

/* Who a mention is. */
struct desk_who {
	struct desk_slice name; /* data == NULL: nobody is named */
	const char *label;
	int32_t number; /* in the table, or DESK_NO_NAME */
	enum desk_path path;
};

/* How often, of 100, a path leads to the right name. */
unsigned desk_path_share(enum desk_path path);

/* Takes note of the mentions in the items from s up to e, a sentence. */
void desk_speakers_note(struct desk_speakers *k, const struct desk_doc *doc,
    const struct desk_paragraph *p, size_t s, size_t e);

/* Resolves the mention in the items of range. */
struct desk_who desk_speakers_resolve(struct desk_speakers *k,
    const struct desk_doc *doc, const struct desk_paragraph *p,
    struct desk_range range);

/* The same of a name as text. */
struct desk_who desk_speakers_named(struct desk_speakers *k,
    const struct desk_doc *doc, struct desk_slice text);

/* The text of an entity of the document. */
static inline struct desk_slice
desk_ent_text(const struct desk_doc *doc, int32_t ent)
{
	const struct desk_ent *e = &doc->ents[ent];
	return desk_slice(doc->text.data + e->start, e->end - e->start);
}

/* The label of the entity that an item is of; "" where it is of none. */
static inline const char *
desk_item_label(const struct desk_doc *doc, const struct desk_item *i)
{
	return i->ent == DESK_NO_ENT ? "" : doc->ents[i->ent].label;
}

#endif
