/*
 * Languages: what the splitter knows of each, and which one a text is in.
 *
 * A language has a list of abbreviations and of words that open sentences
 * (lib/data/sentence_XX.tsv; English has abbreviations.tsv and
 * sentence_words.tsv), and a few habits.  A word that the language's list does
 * not have is looked up in the list that fits its script.
 */
#ifndef DESK_SENTENCES_LANGUAGE_H
#define DESK_SENTENCES_LANGUAGE_H

#include "copydesk.h"
#include "core/lexicon.h"

enum desk_habit {
	/* Careless writers forget capitals so often that a stop before a word
	 * in lower case may end a sentence. */
	DESK_HABIT_CARELESS = 1,
	/* "12." is "12th". */
	DESK_HABIT_ORDINAL = 2,
	/* A colon ends what stands above or before a sentence, unless it leads
	 * to what somebody says. */
	DESK_HABIT_COLON = 4
};

struct desk_language {
	char code[4];
	unsigned habits;
	const struct desk_lexicon *words; /* NULL: the English ones */
};

/* The language of a tag like "de" or "pt-BR".  One that we know nothing of is
 * a language without words and habits; NULL: that is no tag. */
const struct desk_language *desk_language_find(const char *tag, size_t len);

extern const struct desk_language desk_english;

/* Classes of a word in lower case, of enum desk_abbreviation and enum
 * desk_word_class together, as a language of its script has them. */
uint32_t desk_language_word(
    const struct desk_language *language, const char *word, size_t len);

enum { DESK_LANGUAGES = 21 };

/* What is known of the language of a text.  Of zeros: nothing.  Depends on
 * what was read alone, not on the parts that it came in. */
struct desk_guess {
	uint16_t counts[DESK_LANGUAGES];
	uint32_t seen; /* bytes */
	bool sure;
};

/* Reads on.  The text must end where a word does. */
void desk_guess_read(struct desk_guess *guess, const char *text, size_t len);

/* The best guess so far; English where there is none. */
const struct desk_language *desk_guess_best(const struct desk_guess *guess);

#endif
