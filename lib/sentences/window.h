/*
 * The window: what the splitter sees of the text around a candidate.
 *
 * More text may come, so each look ahead that reaches the end of what is there
 * leaves a note (hungry), and so does one that would have to know whether a
 * line end is a blank (layout).  A decision with a note is void and made again
 * when more is known: it cannot depend on how the text was cut.  All looks are
 * of bounded length but for white space, whose end is remembered.
 */
#ifndef DESK_SENTENCES_WINDOW_H
#define DESK_SENTENCES_WINDOW_H

#include "core/unicode.h"
#include "sentences/language.h"
#include "sentences/words.h"

/* Longest run of marks, token, and look for the name of a host, in bytes. */
enum { DESK_RUN_MAX = 256, DESK_TOKEN_MAX = 40, DESK_HOST_MAX = 64 };

/* What peek gives at the end of the text. */
#define DESK_PEEK_END UINT32_MAX

/* White space: where it ends, how many line ends it has (2: a blank line).
 * over: no text of the same paragraph or line comes after it. */
struct desk_gap {
	size_t to;
	unsigned lines;
	bool over;
};

/* What is open at a place of the sentence being read: square brackets, those
 * of East Asia, and «. */
struct desk_nest {
	size_t at, opened; /* where the outermost bracket was */
	unsigned brackets, quotes;
};

struct desk_window {
	const char *text;
	size_t len;
	bool final;
	enum desk_wrap wrap; /* DESK_WRAP_AUTO: not known yet */
	bool flows;	     /* a line may go on though it is a paragraph */
	size_t start;	     /* of the sentence being read */
	const struct desk_own *own;
	const struct desk_language *language;
	const uint32_t *ends; /* see desk_english_ends() */
	bool hungry, layout;
	struct desk_nest nest;

	/* The last white space that ended with the text. */
	size_t gap_at;
	struct desk_gap gap;
};

/* A word in front of a candidate or behind it, in lower case. */
struct desk_token {
	size_t start, end;
	char folded[DESK_TOKEN_MAX + 8];
	size_t len;    /* of folded; 0: none, or too long */
	size_t count;  /* of its code points */
	bool capital;  /* begins with one */
	bool shout;    /* all of it is capitals */
	bool digits;   /* nothing else */
	bool letters;  /* nothing else */
	bool dotted;   /* stops inside */
	bool acronym;  /* single letters with stops between */
	bool numbered; /* a number before it, "6 in", "7am" */
};

/* Its classes of enum desk_mark (mark) and of enum desk_class (class). */
struct desk_sign {
	uint32_t c;
	size_t size;
	uint32_t mark;
	unsigned class;
};

/* The slow halves of the functions below: the end, and what is not ASCII. */
uint32_t desk_peek_far(struct desk_window *w, size_t at, size_t *size);
struct desk_sign desk_sign_far(struct desk_window *w, size_t at);
struct desk_sign desk_sign_back(const struct desk_window *w, size_t at);

static inline struct desk_sign
desk_sign_ascii(unsigned char c)
{
	return (struct desk_sign){
	    c, 1, desk_ascii_marks[c], desk_ascii_classes[c]};
}

/* The classes of a code point, without a call for ASCII. */
static inline unsigned
desk_class_of(uint32_t c)
{
	return c < 0x80 ? desk_ascii_classes[c] : desk_class(c);
}

/* The code point at a place. */
static inline uint32_t
desk_peek(struct desk_window *w, size_t at, size_t *size)
{
	if (at >= w->len || w->text[at] & 0x80)
		return desk_peek_far(w, at, size);
	*size = 1;
	return (unsigned char)w->text[at];
}

static inline struct desk_sign
desk_sign_at(struct desk_window *w, size_t at)
{
	if (at >= w->len || w->text[at] & 0x80)
		return desk_sign_far(w, at);
	return desk_sign_ascii((unsigned char)w->text[at]);
}

/* The one before a place, of the same sentence. */
static inline struct desk_sign
desk_sign_before(const struct desk_window *w, size_t at)
{
	if (at <= w->start || w->text[at - 1] & 0x80)
		return desk_sign_back(w, at);
	return desk_sign_ascii((unsigned char)w->text[at - 1]);
}

/* The white space at a place.  Where lines are paragraphs it ends with its line
 * end, but for a line that shows that it goes on in the next one: it ends in a
 * blank and the next one begins in lower case; or it ends in a comma or a
 * particle of Japanese and the next one begins in that script; or nothing but
 * marks that close or end is at the start of the next one. */
struct desk_gap desk_gap_at(struct desk_window *w, size_t at);

/* Whether a mark that closes or ends, and has nothing to close or end if a line
 * begins there, stands alone at a place. */
bool desk_lone_mark(struct desk_window *w, size_t at);

/* The token that ends at a place, not before the sentence's start. */
void desk_token_before(
    const struct desk_window *w, size_t end, struct desk_token *token);

/* What the lists know of it: classes of enum desk_abbreviation, and of enum
 * desk_word_class. */
uint32_t desk_abbreviation_of(
    const struct desk_window *w, const struct desk_token *token);
uint32_t desk_word_of(
    const struct desk_window *w, const struct desk_token *token);

/* Whether a word of ASCII letters, of which the first may be a capital, is in
 * the lists in a way that matters before a stop, or else before another mark.
 */
bool desk_find_word(
    const struct desk_window *w, const char *word, size_t len, bool stop);

/* What is open before a place, of the sentence being read.  Each place is
 * looked at once. */
const struct desk_nest *desk_nest_at(struct desk_window *w, size_t at);

/* Whether a colon or semicolon ends sentences in the script before it. */
bool desk_script_mark(const struct desk_window *w, size_t at);

/* The letters and digits at a place. */
void desk_token_at(
    struct desk_window *w, size_t start, struct desk_token *token);

/* Whether the sentence holds an odd number of a mark before a place, as far as
 * a bounded look back tells. */
bool desk_odd_marks(const struct desk_window *w, size_t at, char mark);

/* Whether the text without blanks around a place is the name of a host, a
 * file or a mailbox. */
bool desk_in_host(struct desk_window *w, size_t at);

#endif
