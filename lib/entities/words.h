/*
 * Words: the tokens of a stretch of text with what the lists know of each.
 *
 * A document is read in segments, each for itself: of bounded length, cut at
 * line ends where there are any, so that a long text needs no more memory than
 * a short one.
 */
#ifndef DESK_ENTITIES_WORDS_H
#define DESK_ENTITIES_WORDS_H

#include "copydesk.h"
#include "doc/tokens.h"

enum { DESK_SEGMENT_MAX = 256 << 10 }; /* in bytes */

/* What is known of a word, as bits.  The first six come from the text. */
enum desk_word_bit {
	WORD_CAP = 1 << 0,	/* begins with a capital letter */
	WORD_UPPER = 1 << 1,	/* all capitals, where the line is not */
	WORD_START = 1 << 2,	/* may be capitalised for its place only */
	WORD_HEADLINE = 1 << 3, /* in a line that capitalises all its words */
	WORD_SHOUT = 1 << 4,	/* in a line all in capitals */
	WORD_BREAK = 1 << 5,	/* a line begins with it */
	WORD_AREA = 1 << 6,	/* "island": "of" and its name may follow */
	WORD_NATION = 1 << 7,
	WORD_GROUP = 1 << 8,
	WORD_LANGUAGE = 1 << 9,
	WORD_PLACE = 1 << 10,
	WORD_FIRST = 1 << 11,
	WORD_LAST = 1 << 12,
	WORD_GIVEN = 1 << 13,
	WORD_FAMILY = 1 << 14,
	WORD_ORG_HEAD = 1 << 15,
	WORD_ORG_SUFFIX = 1 << 16,
	WORD_PLACE_HEAD = 1 << 17,
	WORD_PLACE_LEAD = 1 << 18,
	WORD_DIRECTION = 1 << 19,
	WORD_MISC_HEAD = 1 << 20,
	WORD_TITLE = 1 << 21,
	WORD_ROLE = 1 << 22,
	WORD_FUNCTION = 1 << 23,
	WORD_CONNECTOR = 1 << 24,
	WORD_PARTICLE = 1 << 25,
	WORD_PLACE_CUE = 1 << 26,
	WORD_SAY = 1 << 27,
	WORD_AUX = 1 << 28,
	WORD_CALENDAR = 1 << 29, /* a month or a day of the week */
	WORD_GLUE = 1 << 30
};

#define WORD_PERSON (WORD_FIRST | WORD_LAST | WORD_GIVEN | WORD_FAMILY)
#define WORD_KNOWN                                                             \
	(WORD_PERSON | WORD_PLACE | WORD_NATION | WORD_GROUP | WORD_LANGUAGE)

/* What a listed name of one or several words is. */
enum desk_phrase {
	PHRASE_NONE,
	PHRASE_CITY,
	PHRASE_COUNTRY,
	PHRASE_REGION,
	PHRASE_PLACE,
	PHRASE_NATION,
	PHRASE_ORG,
	PHRASE_ORG_WORD, /* words that end the name of an organisation */
	PHRASE_MISC,
	PHRASE_TITLE,
	PHRASE_ACRONYM_ORG,
	PHRASE_ACRONYM_PLACE,
	PHRASE_ACRONYM_MISC,
	PHRASE_ACRONYM_NONE
};

/* What may begin a date or an amount: classes of calendar.tsv, and more. */
enum desk_trigger {
	TRIGGER_AFTER_ARTICLE = 1 << 0, /* no trigger: lets an article be one */
	TRIGGER_ARTICLE = 1 << 1,
	TRIGGER_CURRENCY = 1 << 2,
	TRIGGER_EARLY = 1 << 3,
	TRIGGER_HOUR = 1 << 4,
	TRIGGER_MONTH = 1 << 5,
	TRIGGER_NUMBER = 1 << 6,
	TRIGGER_RELATIVE = 1 << 7,
	TRIGGER_SAME = 1 << 8,
	TRIGGER_SEASON = 1 << 9,
	TRIGGER_TODAY = 1 << 10,
	TRIGGER_WEEKDAY = 1 << 11,
	TRIGGER_DIGIT = 1 << 12, /* a number; one of one or two digits, */
	TRIGGER_SHORT = 1 << 13,
	TRIGGER_FOUR = 1 << 14,
	TRIGGER_OPTIONAL = 1 << 15 /* of a rule: it can be left out */
};

struct desk_word {
	uint64_t key; /* hash of the word, folded and without stops */
	uint32_t bits;
	uint32_t form; /* number of its lexeme (features.h) */
	uint16_t triggers;
	uint8_t phrase;	    /* the longest listed name that begins here */
	uint8_t phrase_len; /* in tokens */
};

struct desk_segment {
	struct desk_slice text; /* of the whole document */
	size_t start, end;
	struct desk_token *tokens;
	struct desk_word *words;
	size_t count, token_room, word_room;
	struct desk_arena *arena;
	bool wrapped; /* lines end where the width did: blank ones count */
};

/* What the lists say of a word by itself: it depends on its bytes and its
 * shape alone. */
struct desk_word_lists {
	uint64_t key; /* 0: no word */
	uint32_t bits;
	uint16_t triggers;
	uint16_t longer; /* lists in which longer names begin so, as bits */
	uint8_t phrase;
	uint8_t acronym; /* the phrase that it is in capitals, or 0 */
};

/* Makes the segment that begins at start: tokens, and the bits that come from
 * the text.  text, arena and wrapped are set; arrays are used again. */
int desk_segment_read(
    struct desk_segment *segment, size_t start, struct desk_error *error);

/* What the lists know of a word, which desk_segment_note() adds to a token of
 * this form; to the tokens of a segment in order. */
void desk_word_look_up(const char *s, size_t len, enum desk_shape shape,
    struct desk_word_lists *lists);
void desk_segment_note(struct desk_segment *segment, size_t i,
    const struct desk_word_lists *lists);

/* The key and the list bits of a word alone. */
uint64_t desk_word_key(const char *s, size_t len);
uint32_t desk_word_bits(const char *s, size_t len);

/* Whether a token is this one-byte sign. */
static inline bool
desk_token_is(const struct desk_segment *segment, size_t i, char sign)
{
	return i < segment->count &&
	       segment->tokens[i].end - segment->tokens[i].start == 1 &&
	       segment->text.data[segment->tokens[i].start] == sign;
}

#endif
