/*
 * stop.c - the full stop: the word before it and the one after it decide, by
 * the classes that the lists give them.
 */
#include "sentences/stop.h"

#include <string.h>

#include "sentences/marker.h"

enum { SAID_WORDS = 4, FRONT_MAX = 40, PIECES_MAX = 4, PIECE_MAX = 3 };

bool
desk_is_capital(struct desk_window *w, const struct desk_sequel *q)
{
	if (q->class & DESK_UPPER)
		return true;
	if (!(q->class & DESK_LOWER))
		return false;
	struct desk_token word;
	desk_token_at(w, q->word, &word);
	for (size_t i = word.start; i < word.end && i < word.start + 5; i++)
		if ((unsigned char)(w->text[i] - 'A') < 26)
			return true;
	return false;
}

uint32_t
desk_sequel_word(struct desk_window *w, const struct desk_sequel *q)
{
	struct desk_token word;
	desk_token_at(w, q->word, &word);
	return desk_word_of(w, &word);
}

bool
desk_is_careless(const struct desk_window *w, const struct desk_sequel *q)
{
	return w->language->habits & DESK_HABIT_CARELESS && q->word < w->len &&
	       (unsigned char)w->text[q->word] < 0xCE;
}

bool
desk_is_address(struct desk_window *w, const struct desk_sequel *q)
{
	struct desk_token word;
	size_t size;
	desk_token_at(w, q->word, &word);
	uint32_t next = desk_peek(w, word.end, &size);
	return (next == ':' && word.len > 3 &&
		   !memcmp(word.folded, "http", 4)) ||
	       (next == '.' && word.len == 3 && !memcmp(word.folded, "www", 3));
}

/* A small word that stands for a person. */
static bool
is_pronoun(const struct desk_token *t)
{
	return (t->len == 2 && !memcmp(t->folded, "he", 2)) ||
	       (t->len == 3 && !memcmp(t->folded, "she", 3)) ||
	       (t->len == 4 && !memcmp(t->folded, "they", 4));
}

/* Up to three names or one pronoun, then a verb. */
bool
desk_is_said(struct desk_window *w, size_t at)
{
	for (int i = 0; i < SAID_WORDS; i++) {
		struct desk_token word;
		desk_token_at(w, at, &word);
		if (!word.len)
			return false;
		uint32_t class = desk_word_of(w, &word);
		bool pronoun = !i && !word.capital && is_pronoun(&word);
		if (!i && !word.capital && class & DESK_WORD_SAID) {
			/* "thought Ann" */
			struct desk_gap gap = desk_gap_at(w, word.end);
			return !gap.over && gap.to > word.end &&
			       desk_sign_at(w, gap.to).class & DESK_UPPER;
		}
		if (i && !word.capital)
			return (class & DESK_WORD_SAID) != 0;
		if (!pronoun &&
		    (!word.capital ||
			(class & DESK_WORD_STARTER &&
			    (word.len > 1 || word.folded[0] != 'i'))))
			return false;
		struct desk_gap gap = desk_gap_at(w, word.end);
		if (gap.over || gap.to == word.end)
			return false;
		at = gap.to;
	}
	return false;
}

/* Whether the sentence so far is a time or a place in front of its subject. */
static bool
is_front(struct desk_window *w, size_t at)
{
	struct desk_token word;
	if (at - w->start > FRONT_MAX)
		return false;
	desk_token_at(w, w->start, &word);
	return desk_word_of(w, &word) & DESK_WORD_FRONT;
}

static bool
is_roman(const struct desk_token *t)
{
	for (size_t i = 0; i < t->len; i++)
		if (!strchr("ivxlc", t->folded[i]))
			return false;
	return t->capital && t->len > 0;
}

/* Whether what follows a "No." or "Fig." is its number. */
static bool
is_number(struct desk_window *w, const struct desk_sequel *q)
{
	if (q->class & DESK_DIGIT || q->bracket)
		return true;
	struct desk_token word;
	desk_token_at(w, q->word, &word);
	return is_roman(&word) || (word.capital && word.count == 1) ||
	       (word.len && !word.letters);
}

/* "her Ph.D. Sam was": a capital, then a word in lower case. */
static bool
opens_plainly(struct desk_window *w, const struct desk_sequel *q)
{
	struct desk_token word;
	desk_token_at(w, q->word, &word);
	struct desk_gap gap = desk_gap_at(w, word.end);
	if (word.count < 2 || gap.over || gap.to == word.end)
		return false;
	desk_token_at(w, gap.to, &word);
	return word.letters && word.len > 2 && !word.capital;
}

/* Does a sentence end after an abbreviation of these classes?  All of its
 * classes have to agree. */
static bool
abbreviation_ends(struct desk_window *w, const struct desk_ending *e,
    uint32_t classes, const struct desk_sequel *q)
{
	uint32_t word = desk_sequel_word(w, q);
	if (!desk_is_capital(w, q))
		return classes & DESK_ABBR_ENDING &&
		       !(classes & DESK_ABBR_NUMBER) &&
		       (q->class & DESK_DIGIT ||
			   (word & DESK_WORD_BARE && desk_is_careless(w, q)));
	if (classes & (DESK_ABBR_TITLE | DESK_ABBR_NEVER))
		return false;
	bool starter = (word & DESK_WORD_STARTER) != 0;
	if (q->bracket || (q->dash && !starter))
		return false;
	if (classes & DESK_ABBR_NUMBER)
		return !is_number(w, q) && starter;
	if (classes & DESK_ABBR_DEGREE)
		return starter || q->quote || opens_plainly(w, q);
	if (classes & DESK_ABBR_NAME)
		return starter || q->quote;
	if (classes & DESK_ABBR_COMPANY)
		return !(word & DESK_WORD_CONT) && (starter || !e->bracket);
	if (classes & DESK_ABBR_MONTH)
		return !(word & DESK_WORD_WHEN);
	if (classes & (DESK_ABBR_TIME | DESK_ABBR_ERA))
		return starter || !(word & (DESK_WORD_WHEN | DESK_WORD_ZONE) ||
				      is_front(w, e->at));
	return true;
}

/* A single letter before a stop: an initial, or "and I." */
static bool
initial_ends(struct desk_window *w, const struct desk_token *t,
    const struct desk_sequel *q)
{
	if (!desk_is_capital(w, q))
		return false;
	struct desk_token next;
	size_t size;
	desk_token_at(w, q->word, &next);
	if (next.count == 1 && desk_peek(w, next.end, &size) == '.')
		return false;
	if (desk_word_of(w, &next) & DESK_WORD_STARTER)
		return true;
	if (!t->capital)
		return !w->language->words && t->len == 1 &&
		       desk_sign_before(w, t->start).c != '(';
	if (t->folded[0] != 'i' || t->len > 1 || w->language->words || q->quote)
		return false;
	struct desk_token before;
	struct desk_sign space = desk_sign_before(w, t->start);
	if (!(space.class & DESK_SPACE))
		return false;
	desk_token_before(w, t->start - space.size, &before);
	return before.len && !before.capital;
}

uint32_t
desk_classes_of(const struct desk_window *w, const struct desk_token *t)
{
	if (!t->len || t->digits)
		return 0;
	uint32_t classes = desk_abbreviation_of(w, t);
	if (classes & DESK_ABBR_CAP && !t->capital)
		return 0;
	classes &= ~(uint32_t)DESK_ABBR_CAP;
	/* "went NE.", "DC." */
	if (classes == DESK_ABBR_NAME && t->shout && t->count > 1 &&
	    !w->language->words && !w->own->count)
		return 0;
	if (!t->numbered)
		classes &= ~(uint32_t)DESK_ABBR_UNIT;
	else if (classes & DESK_ABBR_UNIT)
		classes &=
		    w->language->words
			? DESK_ABBR_UNIT | DESK_ABBR_NAME | DESK_ABBR_ENDING
			: DESK_ABBR_UNIT;
	if (!classes && t->acronym)
		return DESK_ABBR_NAME;
	return classes;
}

/* Whether a single letter, a stop and a blank are before a place. */
static bool
follows_letter(const struct desk_window *w, size_t at)
{
	if (at < w->start + 3 || w->text[at - 1] != ' ' ||
	    w->text[at - 2] != '.')
		return false;
	struct desk_sign letter = desk_sign_before(w, at - 2);
	return letter.class & DESK_LETTER &&
	       !(desk_sign_before(w, at - 2 - letter.size).class & DESK_WORD);
}

/* "z. B.", "s. r. o.", "U. S.": the classes of the abbreviation whose pieces
 * stand apart, the token being its last one. */
static uint32_t
spaced_classes(const struct desk_window *w, const struct desk_token *last)
{
	struct desk_token all = *last;
	char folded[2 * DESK_TOKEN_MAX];
	uint32_t classes = 0;
	for (int i = 1; i < PIECES_MAX && all.len < DESK_TOKEN_MAX / 2; i++) {
		struct desk_token piece;
		if (!follows_letter(w, all.start))
			break;
		desk_token_before(w, all.start - 2, &piece);
		if (!piece.letters || piece.count > 1)
			break;
		memcpy(folded, piece.folded, piece.len);
		folded[piece.len] = '.';
		memcpy(folded + piece.len + 1, all.folded, all.len);
		all.len += piece.len + 1;
		memcpy(all.folded, folded, all.len);
		all.start = piece.start;
		uint32_t found = desk_abbreviation_of(w, &all);
		classes = found ? found : classes;
	}
	return classes & ~(uint32_t)DESK_ABBR_CAP;
}

/* "am 12. Juni", "XII. Pluku": a number that counts, or a date goes on. */
static bool
is_ordinal(struct desk_window *w, const struct desk_token *t,
    const struct desk_sequel *q)
{
	if (!(w->language->habits & DESK_HABIT_ORDINAL))
		return false;
	bool roman = t->shout && t->count > 1 && is_roman(t);
	bool number = t->digits && t->len < 3 && t->start > w->start &&
		      desk_sign_before(w, t->start).class & DESK_SPACE;
	if (!number && !roman)
		return false;
	if (q->class & DESK_DIGIT)
		return number;
	return q->dash || (desk_is_capital(w, q) && !q->quote &&
			      !(desk_sequel_word(w, q) & DESK_WORD_STARTER));
}

/* Words are cut short behind a consonant: a long one that ends in a vowel, or
 * in the sigma that ends Greek words, is no abbreviation. */
static bool
is_whole(const struct desk_window *w, const struct desk_token *t)
{
	static const uint16_t vowels[] = {'a', 'e', 'i', 'o', 'u', 0xE0, 0xE1,
	    0xE4, 0xE8, 0xE9, 0xEC, 0xED, 0xF2, 0xF3, 0xF6, 0xF9, 0xFA, 0xFC,
	    0x3AC, 0x3AD, 0x3AE, 0x3AF, 0x3B1, 0x3B5, 0x3B7, 0x3B9, 0x3BF,
	    0x3C2, 0x3C5, 0x3C9, 0x3CC, 0x3CD, 0x3CE, 0x430, 0x435, 0x438,
	    0x43E, 0x443, 0x44B, 0x44D, 0x44E, 0x44F, 0x456, 0x457};
	if (t->capital || !t->letters || t->count < 5)
		return false;
	uint32_t last = desk_sign_before(w, t->end).c;
	for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
		if (vowels[i] == last)
			return true;
	return false;
}

/* A stop before a word in lower case. */
static enum desk_rule
decide_lower(struct desk_window *w, const struct desk_ending *e,
    const struct desk_token *t, const struct desk_sequel *q)
{
	if (desk_is_address(w, q))
		return DESK_RULE_STOP;
	if (!desk_is_careless(w, q))
		return q->inverted || (is_whole(w, t) && !e->quote &&
					  !e->bracket && !q->sign)
			   ? DESK_RULE_STOP
			   : DESK_RULE_LOWER;
	uint32_t next = desk_sequel_word(w, q);
	bool bare = (next & DESK_WORD_BARE) != 0 && !q->sign;
	if (e->quote && bare && !desk_is_said(w, q->word))
		return DESK_RULE_STOP;
	if (e->quote || (e->bracket && !bare) || (q->sign && !q->bracket))
		return DESK_RULE_LOWER;
	/* A short word or a name may be an abbreviation that no list has. */
	bool known = desk_word_of(w, t) != 0 || (!t->len && e->at > w->start);
	bool number = t->digits && t->len > 2;
	if (!number && !known && !bare &&
	    (t->capital || t->len < 4 || !t->letters))
		return DESK_RULE_SHORT;
	return DESK_RULE_STOP;
}

enum desk_rule
desk_decide_stop(struct desk_window *w, const struct desk_ending *e,
    const struct desk_token *t, uint32_t classes, const struct desk_sequel *q)
{
	if (classes & DESK_ABBR_WORD && !is_number(w, q))
		classes = 0;
	if (t->count <= PIECE_MAX && t->letters) {
		uint32_t spaced = spaced_classes(w, t);
		classes = spaced ? spaced : classes;
	}
	if (desk_opens_list(w, q->gap.to))
		return DESK_RULE_ITEM;
	if (classes)
		return abbreviation_ends(w, e, classes, q)
			   ? DESK_RULE_OPENER
			   : DESK_RULE_ABBREVIATION;
	if (t->letters && t->count == 1)
		return initial_ends(w, t, q) ? DESK_RULE_OPENER
					     : DESK_RULE_INITIAL;
	if (is_ordinal(w, t, q))
		return DESK_RULE_ORDINAL;
	if (q->class & DESK_LOWER && !desk_is_capital(w, q))
		return decide_lower(w, e, t, q);
	if (q->class & DESK_DIGIT && desk_nest_at(w, e->end)->brackets)
		return DESK_RULE_BRACKETED;
	return DESK_RULE_STOP;
}
