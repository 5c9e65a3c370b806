/*
 * Names: candidates among capitalised words, and the evidence for what each
 * of them is.
 */
#ifndef DESK_ENTITIES_NAMES_H
#define DESK_ENTITIES_NAMES_H

#include "entities/context.h"

/* Kinds of evidence, each there or not. */
enum desk_evidence {
	E_BIAS,
	/* form */
	E_ONE_WORD,
	E_TWO_WORDS,
	E_THREE_WORDS,
	E_MORE_WORDS,
	E_CAPITALS_SHORT,
	E_CAPITALS_LONG,
	E_INNER_CAPITAL,
	E_DIGIT,
	E_INITIAL,
	E_PARTICLE,
	E_HYPHEN,
	E_OF,
	E_AND,
	E_ISM,
	E_IAN,
	E_PLACE_ENDING,
	E_PERSON_ENDING,
	E_PLURAL,
	/* where it stands */
	E_SHOUT,
	E_HEADLINE,
	E_START,
	E_LINE_START,
	/* lists */
	E_FIRST_OF_MORE,
	E_FIRST_ALONE,
	E_LAST_OF_MORE,
	E_LAST_ALONE,
	E_GIVEN_OF_MORE,
	E_GIVEN_ALONE,
	E_FAMILY_OF_MORE,
	E_FAMILY_ALONE,
	E_FIRST_AND_LAST,
	E_CITY,
	E_COUNTRY,
	E_REGION,
	E_PLACE,
	E_PLACE_BEGINS,
	E_PLACE_ENDS,
	E_NATION,
	E_NATION_BEGINS,
	E_GROUP,
	E_LANGUAGE,
	E_ORG,
	E_ORG_INSIDE,
	E_ORG_HEAD_ENDS,
	E_ORG_HEAD_INSIDE,
	E_ORG_SUFFIX,
	E_PLACE_HEAD_ENDS,
	E_PLACE_LEAD,
	E_DIRECTION,
	E_MISC,
	E_MISC_HEAD_ENDS,
	E_MISC_HEAD_INSIDE,
	E_ACRONYM_ORG,
	E_ACRONYM_PLACE,
	E_ACRONYM_MISC,
	E_ACRONYM_NONE,
	E_TITLE_ENDS,
	E_HEAD_ALONE,
	E_LISTED_MORE,
	E_UNKNOWN,
	/* neighbours */
	E_AFTER_TITLE,
	E_AFTER_ROLE,
	E_AFTER_PLACE_CUE,
	E_AFTER_THE,
	E_AFTER_ARTICLE,
	E_AFTER_OF,
	E_AFTER_BY,
	E_AFTER_AND,
	E_AFTER_COMMA,
	E_AFTER_PLACE,
	E_AFTER_NATION,
	E_AFTER_PREFIX,
	E_AFTER_QUOTE,
	E_BEFORE_SAY,
	E_BEFORE_AUX,
	E_BEFORE_POSSESSIVE,
	E_BEFORE_HYPHEN,
	E_BEFORE_ROLE,
	E_BEFORE_LOWER,
	E_BEFORE_COMMA_THE,
	E_BEFORE_AGE,
	E_BEFORE_ACRONYM,
	E_BEFORE_AND,
	E_IN_BRACKETS,
	E_BEFORE_NUMBER,
	/* the rest of the document */
	E_LOWER_SEEN,
	E_LOWER_MORE,
	E_START_ONLY,
	E_MID_SEEN,
	E_PART_OF_PERSON,
	E_VOTED_PER,
	E_VOTED_ORG,
	E_VOTED_LOC,
	E_VOTED_MISC,
	E_COUNT
};

/* What each kind of evidence says of a candidate, for each label, in sixteenths
 * of a natural logarithm (lib/data/evidence.weights). */
struct desk_weights {
	int8_t of[E_COUNT][LABELS];
};

/* A name that may be: tokens [from, to) of a segment. */
struct desk_name {
	size_t from, to;
	bool titled;   /* a title stood before, cut off */
	bool of_place; /* a place or nationality was cut off before */
	uint64_t key;  /* of the whole, folded */
	bool evidence[E_COUNT];
	int score[LABELS];
	enum desk_label label;
};

/* Walks through a segment; at: the token to go on from; run: the end of the
 * run of capitalised words that is being cut up, kept between calls. */
struct desk_name_reader {
	const struct desk_segment *segment;
	const struct desk_context *context;
	const struct desk_weights *weights;
	size_t at, run;
	bool titled;
	enum desk_label before; /* what was cut off right before, or NONE */
};

/* The next candidate, scored; false at the end.  Without settled, the votes of
 * the document are left out. */
bool desk_name_next(
    struct desk_name_reader *reader, bool settled, struct desk_name *name);

/* Adds a candidate to what the document says. */
void desk_name_vote(struct desk_context *context,
    const struct desk_segment *segment, const struct desk_name *name);

/* evidence.c: gathers the evidence of a candidate and weighs it. */
void desk_name_weigh(const struct desk_name_reader *reader, bool settled,
    struct desk_name *name);

/* The key of tokens as a name. */
uint64_t desk_name_key(
    const struct desk_segment *segment, size_t from, size_t to);

#endif
