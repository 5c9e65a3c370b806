/*
 * Features: what the sequence model sees of each token of a text.
 *
 * A document is read segment by segment, most in one, each twice: first every
 * capitalised word leaves what stands round it in the facts of the segment,
 * then the tokens of each sequence (a line, or a paragraph of hard-wrapped
 * text) are described.  Nothing is kept between documents.
 */
#ifndef DESK_ENTITIES_FEATURES_H
#define DESK_ENTITIES_FEATURES_H

#include "entities/context.h"
#include "entities/knowledge.h"
#include "model/crf.h"

enum { DESK_FEATURES_MAX = 512, DESK_BAG = 7 }; /* of one token */
enum { DESK_LINE = 64 };			/* of the cache, in bytes */

/* What is known of a form of a word for itself: one line of the cache. */
struct desk_lexeme {
	_Alignas(DESK_LINE) uint64_t exact; /* hash */
	uint64_t lower;			    /* the same, digits being alike */
	struct desk_word_lists lists;	    /* ours */
	uint16_t clusters[3];
	uint16_t listed; /* of the model's lists, as a whole name or the first
			    word of one */
	uint16_t scored; /* a bit for each role whose scores are there */
	uint16_t uses;	 /* how often it came of late */
	int16_t alone;	 /* the best of its scores for itself, once there */
	uint8_t brief;	 /* the shape in short */
	uint8_t known;	 /* 1: clusters; 2: of the lower form, too */
};

/* The same, seldom asked for: hashes. */
struct desk_affixes {
	uint32_t shape; /* in full */
	uint8_t prefix_count, suffix_count;
	uint32_t prefix[5], suffix[5];
};

/* Where a word stands, seen from the token that is described. */
enum desk_role {
	ROLE_HERE,
	ROLE_BEFORE,
	ROLE_AFTER,
	ROLE_SECOND_BEFORE,
	ROLE_SECOND_AFTER,
	ROLE_LEFT, /* the nearest in lower case */
	ROLE_RIGHT,
	ROLES,
	/* content words near the run of capitalised words of the token */
	ROLE_BAG_BEFORE = 8, /* scores of a form lie in whole lines */
	ROLE_BAG_BEHIND,
	ROLES_SCORED
};

/* Sums of scores by a key, each in the one place that the key has. */
struct desk_memo {
	uint64_t *keys; /* UINT64_MAX: none is there */
	int16_t *scores;
	size_t mask, width;
};

/* What is known beside forms of words, as long as the model is the same: which
 * features it may have, and what some frequent ones add up to. */
struct desk_shortcuts {
	uint8_t *screen; /* a bit for each feature that may be there */
	unsigned shift;	 /* from a feature to its bit */
	struct desk_memo shapes, looks, clusters;
};

/* Forms of words, kept from document to document as long as the model is the
 * same: what they are, and the scores that they give in each role. */
struct desk_lexemes {
	const struct desk_knowledge *knowledge;
	const struct desk_crf *crf; /* NULL: no scores are kept */
	struct desk_arena arena;
	uint32_t *slots; /* 1 + number, 0: free */
	size_t mask, count, room;
	struct desk_lexeme *items; /* number 0 is the outside of a sequence */
	struct desk_affixes *affixes;
	int16_t *scores; /* of each form in each role */
	struct desk_shortcuts shortcuts;
};

/* One occurrence of a capitalised word: what stands round it. */
struct desk_mention {
	uint32_t at;   /* offset in the text */
	uint32_t next; /* the next one of this word, 0: none */
	uint32_t before, after, left, right; /* words, as hashes */
	uint32_t bag[DESK_BAG]; /* content words near its run, 0: none */
	uint8_t before_shape, after_shape;
	uint8_t place, length; /* in its run of capitalised words */
};

/* Mentions lie in pieces, so that they grow without a copy. */
enum { DESK_PIECE_MENTIONS = 1 << 10, DESK_PIECES = 1 << 7 };

/* Work on one document. */
struct desk_describer {
	const struct desk_knowledge *knowledge;
	struct desk_slice text;
	struct desk_arena arena;
	struct desk_segment segment;
	struct desk_context context;
	uint32_t *first; /* mention of each fact, 0: none */
	struct desk_mention *mentions[DESK_PIECES]; /* see desk_mention_of() */
	size_t mention_count;
	struct desk_lexemes lexemes;
	size_t room;	  /* of what follows, in tokens */
	uint32_t *listed; /* kinds of the listed name round a token, and */
	uint8_t *places;  /* its place there */
	uint8_t *gates;	  /* enum desk_gate */
};

/* Tokens [from, to) of the segment make a sequence. */
typedef int desk_sequence_seen(void *to, struct desk_describer *describer,
    size_t from, size_t end, struct desk_error *error);

/* Reads a text and hands out its sequences in order.  The describer is of
 * zeros, or was used before; desk_describer_release() frees it.  crf is NULL
 * where features are wanted, not scores. */
int desk_describe(struct desk_describer *describer,
    const struct desk_knowledge *knowledge, const struct desk_crf *crf,
    struct desk_slice text, desk_sequence_seen *seen, void *to,
    struct desk_error *error);
void desk_describer_release(struct desk_describer *describer);

/* features.c: the features of token i of the sequence [from, to); the result is
 * their number, at most DESK_FEATURES_MAX. */
size_t desk_describe_token(const struct desk_describer *describer, size_t from,
    size_t to, size_t i, uint32_t *features);

/* The parts that they are made of. */
struct desk_feature_list {
	uint32_t *features;
	size_t count;
};

/* The lexemes round a token, in their roles; UINT32_MAX: there is none. */
void desk_roles_find(const struct desk_describer *describer, size_t from,
    size_t to, size_t i, uint32_t roles[ROLES]);

/* What a word says in a role: at most 64. */
void desk_put_word(struct desk_feature_list *list, enum desk_role role,
    const struct desk_lexemes *lexemes, uint32_t number);

/* What hangs on how a token itself looks: its shape, whether its clusters are
 * known, the place in its line, and what is said of it elsewhere
 * (desk_mentions_seen()). */
struct desk_looks {
	uint8_t brief, known, line, seen;
};
struct desk_looks desk_looks_of(
    const struct desk_describer *describer, size_t i);
void desk_put_looks(
    struct desk_feature_list *list, const struct desk_looks *looks);

/* What the shapes of three words in a row say of the first, the second or the
 * third. */
void desk_put_shapes(
    struct desk_feature_list *list, unsigned of, const uint8_t briefs[3]);

/* What a word's cluster says with that of the word before or behind it. */
void desk_put_cluster(
    struct desk_feature_list *list, bool behind, unsigned other, unsigned own);

/* What two words say together, and all that is not a word in a role. */
void desk_put_rest(struct desk_feature_list *list,
    const struct desk_describer *describer, size_t from, size_t to, size_t i,
    const uint32_t roles[ROLES]);

/* Whether the model is asked about a token. */
enum desk_gate {
	GATE_SHUT,   /* no: it is outside of names */
	GATE_BESIDE, /* no, but about its neighbour */
	GATE_OPEN
};

/* score.c: sets the gates of a sequence, and what the features of each token
 * add up to: crf->width scores, DESK_CRF_NEVER where the gate is not open. */
void desk_describe_score(
    struct desk_describer *describer, size_t from, size_t to, int16_t *scores);
/* Makes the shortcuts; false without memory. */
bool desk_shortcuts_make(struct desk_shortcuts *shortcuts,
    const struct desk_crf *crf, struct desk_arena *arena);

/* gates.c: opens the gates of what may be in a name, and of what stands beside
 * it; the best score of each form for itself is known. */
void desk_gates_set(struct desk_describer *describer, size_t from, size_t to);
/* Whether a token is written as names are, and how likely it looks to be in
 * one, where that is the best score of its form for itself. */
enum desk_mark {
	MARK_NONE,
	MARK_START, /* a capital where any word may have one */
	MARK_SURE
};
enum desk_mark desk_gates_mark(const struct desk_segment *segment, size_t i);
int desk_gates_look(enum desk_mark mark, int alone, float unit);

/* mentions.c: notes the capitalised words of the segment. */
int desk_mentions_note(
    struct desk_describer *describer, struct desk_error *error);
/* How the document has the word of a token, as a number below 64; what that
 * says, and what the other occurrences of a capitalised one say. */
uint8_t desk_mentions_seen(const struct desk_describer *describer, size_t i);
void desk_put_seen(struct desk_feature_list *list, uint8_t seen);
void desk_put_mentions(struct desk_feature_list *list,
    const struct desk_describer *describer, size_t i);
/* The capitalised run that a token belongs to, within [from, to). */
void desk_run_of(const struct desk_segment *segment, size_t from, size_t to,
    size_t i, size_t *first, size_t *last);
/* Tokens of content words near a run, in lower case: up to four behind it,
 * then up to three before it, *behind of them behind. */
size_t desk_run_bag(const struct desk_segment *segment, size_t from, size_t to,
    size_t first, size_t last, size_t bag[DESK_BAG], size_t *behind);
/* Those near the run that a token belongs to; none where it is in none. */
size_t desk_bag_of(const struct desk_segment *segment, size_t from, size_t to,
    size_t i, size_t bag[DESK_BAG], size_t *behind);

/* lexemes.c: finds the forms of a segment's words, and with them their keys;
 * false without memory. */
bool desk_lexemes_number(
    struct desk_lexemes *lexemes, struct desk_segment *segment);
/* Empties the table where it has grown large or is of another model. */
bool desk_lexemes_renew(struct desk_lexemes *lexemes,
    const struct desk_knowledge *knowledge, const struct desk_crf *crf);

static inline struct desk_mention *
desk_mention_of(const struct desk_describer *describer, uint32_t number)
{
	return &describer->mentions[number / DESK_PIECE_MENTIONS]
				   [number % DESK_PIECE_MENTIONS];
}

static inline uint32_t
desk_feature(unsigned template, uint64_t value)
{
	uint64_t h = value + template * UINT64_C(0xD6E8FEB86659FD93);
	return desk_table_key(h ^ h >> 32);
}

#endif
