/*
 * Word lists of the splitter: abbreviations, ours and the user's, the words
 * around them, and punctuation beyond ASCII.
 */
#ifndef DESK_SENTENCES_WORDS_H
#define DESK_SENTENCES_WORDS_H

#include "copydesk.h"
#include "core/memory.h"

/* What is known of an abbreviation; see lib/data/abbreviations.tsv. */
enum desk_abbreviation {
	DESK_ABBR_TITLE = 1,
	DESK_ABBR_MONTH = 2,
	DESK_ABBR_NUMBER = 4,
	DESK_ABBR_COMPANY = 8,
	DESK_ABBR_NAME = 16, /* suffixes, streets, places; the user's own */
	DESK_ABBR_TIME = 32,
	DESK_ABBR_ERA = 64,
	DESK_ABBR_UNIT = 128,
	DESK_ABBR_NEVER = 256,
	DESK_ABBR_ENDING = 512,
	DESK_ABBR_WORD = 1024,
	DESK_ABBR_CAP = 2048,
	DESK_ABBR_DEGREE = 4096,
	DESK_ABBR_ALL = 0xFFFF
};

/* See lib/data/sentence_words.tsv. */
enum desk_word_class {
	DESK_WORD_STARTER = 1 << 16,
	DESK_WORD_FRONT = 2 << 16,
	DESK_WORD_SAID = 4 << 16,
	DESK_WORD_CONT = 8 << 16,
	DESK_WORD_WHEN = 16 << 16,
	DESK_WORD_ZONE = 32 << 16,
	DESK_WORD_HOST = 64 << 16,
	DESK_WORD_BARE = 128 << 16,
	DESK_WORD_BANG = 256 << 16,
	DESK_WORD_ALL = 0x7FFF << 16
};

/* See lib/data/sentence_marks.tsv.  STOP is the full stop, HALF a mark that
 * closes only if no letter follows. */
enum desk_mark {
	DESK_MARK_STOP = 1,
	DESK_MARK_MARK = 2,
	DESK_MARK_DOTS = 4,
	DESK_MARK_WIDE = 8,
	DESK_MARK_SCRIPT = 16,
	DESK_MARK_END = 31, /* any that ends a sentence */
	DESK_MARK_CLOSE = 32,
	DESK_MARK_HALF = 64,
	DESK_MARK_OPEN = 128,
	DESK_MARK_QUOTE = 256,
	DESK_MARK_BULLET = 512,
	DESK_MARK_DASH = 1024,
	DESK_MARK_JOIN = 2048, /* what follows goes on the sentence */
	DESK_MARK_SIGN = 4096  /* may stand before a sentence's first word */
};

/* The user's own abbreviations, folded and sorted. */
struct desk_own {
	struct desk_slice *items;
	size_t count;
};

/* Reads a list, one a line, '#' comments; a stop at the end is left out.  The
 * items live in the arena.  DESK_EDATA for an entry with blanks inside or one
 * that is too long, DESK_ENOMEM. */
int desk_own_read(struct desk_own *own, struct desk_slice list,
    struct desk_arena *arena, struct desk_error *error);

bool desk_own_has(const struct desk_own *own, const char *word, size_t len);

/* Classes of a word in lower case in the English lists; 0 where it is not
 * there. */
uint32_t desk_english_abbreviation(const char *word, size_t len);
uint32_t desk_english_word(const char *word, size_t len);

/* For each first and last letter the lengths of the abbreviations, as bits:
 * most words are in no list, and this tells it without a look. */
enum { DESK_ENDS = 26 * 26 };
void desk_english_ends(uint32_t ends[DESK_ENDS]);

/* Classes of the character at s, size bytes of UTF-8; of ASCII, a table. */
uint32_t desk_mark_find(const char *s, size_t size);
extern const uint16_t desk_ascii_marks[128];

#endif
