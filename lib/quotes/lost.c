/*
 * lost.c - the edges of speech whose marks scraping lost.
 *
 * Behind a comma (or ? or !) words of saying with their subject show that
 * speech is over: ", Brook said", ", said the mayor", ", he added".
 */
#include "quotes/lost.h"

#include "core/lexicon.h"
#include "core/unicode.h"
#include "quotes/words.h"

enum { SUBJECT_WORDS = 4, WORD_BYTES = 32 };

struct word {
	uint32_t classes[3];
	bool capital;
	uint32_t end;
};

/* Reads the word at text[at, to), over one blank. */
static bool
read_word(struct desk_slice text, uint32_t at, uint32_t to, struct word *w)
{
	char folded[WORD_BYTES];
	if (at < to && text.data[at] == ' ')
		at++;
	uint32_t end = at;
	while (end < to && end - at < WORD_BYTES - 1 &&
	       ((unsigned char)text.data[end] >= 0x80 ||
		   desk_class((unsigned char)text.data[end]) & DESK_WORD ||
		   text.data[end] == '.' || text.data[end] == '-'))
		end++;
	w->end = end;
	while (end > at && text.data[end - 1] == '.')
		end--;
	size_t n = desk_fold(text.data + at, end - at, folded, sizeof folded);
	if (end == at || !n)
		return false;
	desk_word_find(folded, n, desk_lexicon_hash(folded, n), w->classes);
	w->capital = text.data[at] >= 'A' && text.data[at] <= 'Z';
	return true;
}

static bool
says(const struct word *w)
{
	return !w->capital && w->classes[1] & DESK_C_SAY &&
	       !(w->classes[1] & (DESK_C_BASE | DESK_C_ING | DESK_C_NOUN));
}

bool
desk_lost_saying(struct desk_slice text, uint32_t at, uint32_t to)
{
	struct word w;
	bool name = false;
	for (int n = 0; n <= SUBJECT_WORDS; n++, at = w.end) {
		if (!read_word(text, at, to, &w))
			return false;
		if (says(&w) && n)
			return name;
		if (says(&w))
			return read_word(text, w.end, to, &w) &&
			       (w.capital ||
				   w.classes[0] & (DESK_W_DET | DESK_W_TITLE));
		bool pronoun = w.classes[0] & (DESK_W_HE | DESK_W_SHE) && !n;
		bool small =
		    w.classes[0] & (DESK_W_DET | DESK_W_ADV) ||
		    (name && !w.capital && w.classes[2] & ~DESK_LEX_PREFIX);
		/* "I" tells it within the marks */
		if ((!w.capital && !pronoun && !small) ||
		    w.classes[0] & DESK_W_ME)
			return false;
		name |= w.capital || pronoun || w.classes[0] & DESK_W_DET;
	}
	return false;
}

static bool
lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Whether a capital letter at a place is glued to a word in small letters: "our
 * historyBrook". */
static bool
glued(struct desk_slice text, uint32_t from, uint32_t at)
{
	if (text.data[at] < 'A' || text.data[at] > 'Z')
		return false;
	uint32_t i = at;
	while (i > from && lower(text.data[i - 1]))
		i--;
	return i + 1 < at && (i == from || text.data[i - 1] == ' ');
}

uint32_t
desk_lost_end(struct desk_slice text, uint32_t from, uint32_t to)
{
	for (uint32_t at = from; at + 1 < to; at++) {
		char c = text.data[at], next = text.data[at + 1];
		bool stop = c == ',' || c == '?' || c == '!';
		if (at > from + 1 && stop &&
		    (next == ' ' || lower(next) ||
			(next >= 'A' && next <= 'Z')) &&
		    desk_lost_saying(text, at + 1 + (next == ' '), to))
			return at + 1;
		if (glued(text, from, at) && desk_lost_saying(text, at, to))
			return at;
	}
	return 0;
}

uint32_t
desk_lost_start(struct desk_slice text, uint32_t from, uint32_t to)
{
	for (uint32_t at = from + 4; at + 2 < to; at++) {
		char c = text.data[at];
		if ((c == '.' || c == '?' || c == '!') &&
		    text.data[at + 1] == ' ' && text.data[at + 2] >= 'A' &&
		    text.data[at + 2] <= 'Z' && text.data[at - 2] != '.' &&
		    text.data[at - 2] != ' ' && text.data[at - 3] != ' ')
			return at + 2;
	}
	return 0;
}
