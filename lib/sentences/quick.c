/*
 * quick.c - the decision about candidates that look alike.
 *
 * Most sentences end in a word of ASCII letters that is in no list, a mark, and
 * a line end or a blank and a capital.  These are told from a few bytes and a
 * table, without a token; whatever is not clear at once goes the long way
 * (decide.c), of which the same would come.
 */
#include "sentences/quick.h"

#include "sentences/scan.h"

/* How far the look ahead goes; where no list marker ends any more. */
enum { LOOK = 6, MARKER_MAX = 32 };

static inline bool
is_small(char c)
{
	return (unsigned char)(c - 'a') < 26;
}

static inline bool
is_big(char c)
{
	return (unsigned char)(c - 'A') < 26;
}

static inline bool
is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

/* Whether what is before a word is surely none of its letters and no stop:
 * other ASCII, or a quotation mark or dash beyond it. */
static inline bool
parts_words(const struct desk_window *w, size_t at)
{
	const char *s = w->text + at;
	if (at == w->start || s[-1] == ' ')
		return true;
	unsigned char c = (unsigned char)s[-1];
	if (c < 0x80)
		return c != '.' && !(desk_ascii_classes[c] & DESK_WORD);
	return at >= w->start + 3 && c >= 0x90 && c < 0xA0 &&
	       (unsigned char)s[-2] == 0x80 && (unsigned char)s[-3] == 0xE2;
}

/* The length of the word before a mark, if it is one of ASCII letters, not less
 * than two, of which but the first may be a capital; else 0. */
static inline size_t
word_before(const struct desk_window *w, size_t at)
{
	const char *s = w->text;
	size_t start = at - desk_small_letters(s, w->start, at);
	if (start > w->start && is_big(s[start - 1]))
		start--;
	size_t len = at - start;
	/* The number of a list item, with nothing but signs before it. */
	bool marker = at - w->start < MARKER_MAX && len < 5 &&
		      (s[start] == 'i' || s[start] == 'v' || s[start] == 'x');
	/* A piece of a spaced abbreviation. */
	bool piece = len < 4 && start > w->start + 1 && s[start - 2] == '.';
	return len < 2 || marker || piece || !parts_words(w, start) ? 0 : len;
}

/* Whether a number of four digits with a blank before it is before a mark. */
static inline bool
is_year(const struct desk_window *w, size_t at)
{
	const char *s = w->text + at;
	return at >= w->start + 5 && is_digit(s[-1]) && is_digit(s[-2]) &&
	       is_digit(s[-3]) && is_digit(s[-4]) && s[-5] == ' ';
}

/* Whether a word before a stop, or else another mark, is in the lists. */
static inline bool
is_listed(const struct desk_window *w, const char *word, size_t len, bool stop)
{
	unsigned first = ((unsigned)word[0] | 0x20) - 'a';
	unsigned last = (unsigned)word[len - 1] - 'a';
	bool rare = stop && !w->language->words && !w->own->count &&
		    !(w->ends[first * 26 + last] >> len & 1);
	return !rare && desk_find_word(w, word, len, stop);
}

/* Whether what is before a bracket can be the marker of a list item. */
static bool
follows_marker(const struct desk_window *w, size_t at)
{
	size_t n = 0, max = at - w->start;
	while (n < max && n < 4 && is_digit(w->text[at - n - 1]))
		n++;
	n += !n && max && is_small(w->text[at - 1]);
	return n == max || (n && n < 4 && w->text[at - n - 1] == ' ');
}

/* The length of a quotation mark or bracket right behind a mark, if it can only
 * be a closing one before white space; 0: something else. */
static inline size_t
closer_size(const char *s)
{
	if (*s == '"' || *s == ')')
		return 1;
	if ((unsigned char)s[0] == 0xE2 && (unsigned char)s[1] == 0x80 &&
	    ((unsigned char)s[2] == 0x99 || (unsigned char)s[2] == 0x9D))
		return 3;
	return 0;
}

/* The mark, what closes behind it, and a line end or a blank and a capital. */
static inline bool
decide_mark(const struct desk_window *w, size_t at, struct desk_decision *d)
{
	const char *s = w->text;
	bool stop = s[at] == '.';
	size_t closer = closer_size(s + at + 1), end = at + 1 + closer;
	d->end = end;
	if (s[end] == '\n') {
		d->rule = DESK_RULE_LINE;
		d->alone = true;
		if (s[end + 1] == '\n' && (unsigned char)s[at - 1] < 0x80 &&
		    desk_ascii_classes[(unsigned char)s[at - 1]] & DESK_WORD)
			return true;
	} else if (s[end] == ' ' && is_big(s[end + 1])) {
		d->rule = stop ? DESK_RULE_STOP : DESK_RULE_MARK;
		d->alone = false;
		if (stop && is_year(w, at))
			return true;
	} else {
		return false;
	}
	if (closer && (!stop || d->alone))
		return false;
	size_t len = word_before(w, at);
	if (!len)
		return false;
	return (!stop && d->alone) || !is_listed(w, s + at - len, len, stop);
}

bool
desk_decide_quickly(
    const struct desk_window *w, size_t at, struct desk_decision *d)
{
	const char *s = w->text;
	if (w->len - at < LOOK || at == w->start)
		return false;
	d->rule = DESK_RULE_INSIDE;
	d->end = at + 1;
	d->alone = false;
	switch (s[at]) {
	case ')':
		return !follows_marker(w, at);
	case '.':
		if (is_small(s[at + 1]) ||
		    (is_digit(s[at + 1]) && is_digit(s[at - 1])))
			return true;
		return decide_mark(w, at, d);
	case '!':
	case '?':
		return decide_mark(w, at, d);
	default:
		return false;
	}
}
