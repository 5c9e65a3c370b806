/*
 * The words of a paragraph, as the rules for quotations read them.
 *
 * A paragraph becomes a row of items: words and signs with their classes, and
 * each stretch inside quotation marks as one item.  Sentences are runs of
 * items.
 */
#ifndef DESK_QUOTES_WORDS_H
#define DESK_QUOTES_WORDS_H

#include "core/slice.h"
#include "doc/tokens.h"
#include "quotes/marks.h"

/* Classes of words in quote_words.tsv, cues.tsv and roles.tsv; words.c checks
 * that the tables agree. */
enum {
	DESK_W_ADV = 1 << 0,
	DESK_W_ANON = 1 << 1,
	DESK_W_AUX = 1 << 2,
	DESK_W_CONJ = 1 << 3,
	DESK_W_DAT = 1 << 4,
	DESK_W_DET = 1 << 5,
	DESK_W_FEMALE = 1 << 6,
	DESK_W_FOLK = 1 << 7,
	DESK_W_HE = 1 << 8,
	DESK_W_IT = 1 << 9,
	DESK_W_LETTERS = 1 << 10,
	DESK_W_MALE = 1 << 11,
	DESK_W_ME = 1 << 12,
	DESK_W_NAMING = 1 << 13,
	DESK_W_NEG = 1 << 14,
	DESK_W_POSS = 1 << 15,
	DESK_W_POSS_DET = 1 << 16,
	DESK_W_PREP = 1 << 17,
	DESK_W_PRON = 1 << 18,
	DESK_W_REL = 1 << 19,
	DESK_W_SHE = 1 << 20,
	DESK_W_SUB = 1 << 21,
	DESK_W_SUFFIX = 1 << 22,
	DESK_W_THAT = 1 << 23,
	DESK_W_THEY = 1 << 24,
	DESK_W_TIME = 1 << 25,
	DESK_W_TITLE = 1 << 26,
	DESK_W_TURN = 1 << 27,
	DESK_W_VERB = 1 << 28,
	DESK_W_WH = 1 << 29,
	DESK_W_WORK = 1 << 30
};

/* Words that join or begin clauses, or say what is done: none stands before the
 * noun of its phrase. */
enum {
	DESK_W_CLAUSE = DESK_W_AUX | DESK_W_CONJ | DESK_W_PREP | DESK_W_REL |
			DESK_W_SUB | DESK_W_VERB | DESK_W_WH
};

enum {
	DESK_C_ACC = 1 << 0,
	DESK_C_ASK = 1 << 1,
	DESK_C_BARE = 1 << 2,
	DESK_C_BASE = 1 << 3,
	DESK_C_INF = 1 << 4,
	DESK_C_ING = 1 << 5,
	DESK_C_LABEL = 1 << 6,
	DESK_C_NOUN = 1 << 7,
	DESK_C_OBJ = 1 << 8,
	DESK_C_OF = 1 << 9,
	DESK_C_PRES = 1 << 10,
	DESK_C_PUT = 1 << 11,
	DESK_C_QUOTED = 1 << 12,
	DESK_C_SAY = 1 << 13,
	DESK_C_THAT = 1 << 14
};

enum {
	DESK_R_HEAD = 1 << 0,
	DESK_R_NATION = 1 << 1,
	DESK_R_ORG = 1 << 2,
	DESK_R_ROLE = 1 << 3,
	DESK_R_PART = 1 << 4,
	DESK_R_VAGUE = 1 << 5
};

enum { DESK_NO_ENT = -1 };

struct desk_item {
	uint32_t start, end; /* of a stretch: with its marks */
	uint32_t word;	     /* DESK_W_* */
	uint32_t region;     /* 1 + its number, 0 for a word */
	int32_t ent;	     /* number of the entity that it is in */
	uint16_t cue;	     /* DESK_C_* */
	uint8_t cue_len;     /* items of the cue that begins here */
	uint8_t role;	     /* DESK_R_* */
	uint8_t shape, spaced;
	bool line;   /* the first of a line */
	bool person; /* of an entity PER */
	bool name;   /* a word of a proper name, as far as can be told */
	char sign;   /* of a sign in ASCII, or '-' for a dash, "." for "…" */
};

struct desk_names;
struct desk_forms;

struct desk_paragraph {
	struct desk_arena *arena; /* of the arrays; NULL: the document's */
	const struct desk_names *names; /* known so far, or NULL */
	struct desk_forms *forms;	/* of words met before, or NULL */
	struct desk_slice text;
	struct desk_span span;
	bool lines; /* of several lines */
	struct desk_marks marks;
	struct desk_token *tokens;
	size_t token_count, token_room;
	struct desk_item *items;
	size_t item_count, item_room;
};

/* Reads the paragraph at span: marks, words, classes, entities.  *ent is the
 * number of the first entity that may lie in it, and moves on.  DESK_ENOMEM. */
int desk_paragraph_read(struct desk_paragraph *p, struct desk_doc *doc,
    struct desk_span span, size_t *ent, struct desk_error *error);

/* The end of the sentence that begins at item i. */
size_t desk_sentence_end(const struct desk_paragraph *p, size_t i);

/* Whether the blank before item i was lost: "in their historyPutin said". */
bool desk_item_glued(const struct desk_paragraph *p, size_t i);

/* The classes of a word that is no item: DESK_R_* and DESK_W_*. */
uint8_t desk_role_classes(const char *s, size_t len);
uint32_t desk_word_classes(const char *s, size_t len);

/* All classes of a word in lower case whose desk_lexicon_hash() is known:
 * DESK_W_*, DESK_C_*, DESK_R_*, each with DESK_LEX_PREFIX. */
void desk_word_find(
    const char *word, size_t len, uint32_t hash, uint32_t classes[3]);

/* Sets the bits that the lowest so many bits of the hashes of all listed words
 * tell. */
void desk_words_listed(uint64_t *set, unsigned bits);

/* Whether a word is of something written or said: "letter", "tweet". */
bool desk_word_is_text(const char *s, size_t len);

/* Whether it is of one that speaks for nobody: "report". */
bool desk_word_is_study(const char *s, size_t len);

/* The text of an item. */
static inline struct desk_slice
desk_item_text(const struct desk_paragraph *p, size_t i)
{
	return desk_slice(p->text.data + p->items[i].start,
	    p->items[i].end - p->items[i].start);
}

static inline bool
desk_is(const struct desk_item *i, uint32_t word)
{
	return i->word & word;
}

/* Whether an item is a word, as it stands. */
static inline bool
desk_item_is(const struct desk_paragraph *p, size_t i, const char *word)
{
	return desk_slice_is(desk_item_text(p, i), word);
}

#endif
