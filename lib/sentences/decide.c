/*
 * decide.c - does a sentence end at this mark?
 *
 * A candidate is a mark that may end a sentence.  First its tail is read:
 * the run of marks, the closing quotes and brackets that belong to them, notes
 * like "[3]", debris like a lone stop.  Then the word before it and the one
 * after it decide, by the classes that the lists give them.
 */
#include "sentences/decide.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "sentences/marker.h"
#include "sentences/tail.h"

enum { SAID_WORDS = 4, FRONT_MAX = 40 };

/* Bytes to stop at: ASCII marks, line ends, and the lead bytes of others. */
static const bool stops[256] = {['\n'] = true,
    ['.'] = true,
    ['!'] = true,
    ['?'] = true,
    [')'] = true,
    [0xD6] = true,
    [0xD8] = true,
    [0xDB] = true,
    [0xDC] = true,
    [0xDF] = true,
    [0xE0] = true,
    [0xE1] = true,
    [0xE2] = true,
    [0xE3] = true,
    [0xEA] = true,
    [0xEF] = true};

/* Quotes and dashes share their lead byte with the ellipsis. */
static bool
stops_here(const char *s, size_t len)
{
	unsigned char c = (unsigned char)s[0];
	if (c < 0x80)
		return true;
	size_t size = c >= 0xE0 ? 3 : 2;
	if (size > len)
		return false;
	if (c == 0xE2 && (unsigned char)s[1] == 0x80 &&
	    (unsigned char)s[2] < 0xA0)
		return false;
	return desk_mark_find(s, size) & (DESK_MARK_END | DESK_MARK_BULLET);
}

/* How many bytes from at on are surely no stops: sixteen are looked at
 * together where the machine can; a stop of several bytes has its high bit. */
static size_t
plain_bytes(const char *text, size_t len)
{
	size_t n = 0;
#ifdef __SSE2__
	const __m128i stop = _mm_set1_epi8('.'), shout = _mm_set1_epi8('!'),
		      ask = _mm_set1_epi8('?'), close = _mm_set1_epi8(')'),
		      line = _mm_set1_epi8('\n');
	for (; len - n >= 16; n += 16) {
		__m128i b = _mm_loadu_si128((const void *)(text + n));
		__m128i found =
		    _mm_or_si128(_mm_or_si128(b, _mm_cmpeq_epi8(b, stop)),
			_mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(b, shout),
					 _mm_cmpeq_epi8(b, ask)),
			    _mm_or_si128(_mm_cmpeq_epi8(b, close),
				_mm_cmpeq_epi8(b, line))));
		unsigned mask = (unsigned)_mm_movemask_epi8(found);
		if (mask)
			return n + (size_t)__builtin_ctz(mask);
	}
#endif
	while (n < len && !stops[(unsigned char)text[n]])
		n++;
	return n;
}

size_t
desk_candidate(const char *text, size_t len, size_t at)
{
	for (;;) {
		at += plain_bytes(text + at, len - at);
		if (at < len && !stops[(unsigned char)text[at]]) {
			at++;
			continue;
		}
		if (at == len || stops_here(text + at, len - at))
			return at;
		at++;
	}
}

/* A word like iPhone opens a sentence as well as a capital does. */
static bool
is_capital(struct desk_window *w, const struct desk_sequel *q)
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

static uint32_t
sequel_word(struct desk_window *w, const struct desk_sequel *q)
{
	struct desk_token word;
	desk_token_at(w, q->word, &word);
	return word.len ? desk_word_find(word.folded, word.len) : 0;
}

/* "Jane asked" after a closing quote: up to three names, then a verb. */
static bool
is_said(struct desk_window *w, size_t at)
{
	for (int i = 0; i < SAID_WORDS; i++) {
		struct desk_token word;
		desk_token_at(w, at, &word);
		if (!word.len)
			return false;
		uint32_t class = desk_word_find(word.folded, word.len);
		if (i && !word.capital)
			return (class & DESK_WORD_SAID) != 0;
		if (!word.capital ||
		    (class & DESK_WORD_STARTER &&
			(word.len > 1 || word.folded[0] != 'i')))
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
	return word.len &&
	       desk_word_find(word.folded, word.len) & DESK_WORD_FRONT;
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
	return is_roman(&word) || (word.capital && word.len == 1) ||
	       (word.len && !word.letters);
}

/* Does a sentence end after an abbreviation of these classes?  All of its
 * classes have to agree. */
static bool
abbreviation_ends(struct desk_window *w, const struct desk_ending *e,
    uint32_t classes, const struct desk_sequel *q)
{
	bool capital = is_capital(w, q);
	if (!capital)
		return classes & DESK_ABBR_ENDING && q->class & DESK_DIGIT;
	if (classes & (DESK_ABBR_TITLE | DESK_ABBR_NEVER))
		return false;
	uint32_t word = sequel_word(w, q);
	bool starter = (word & DESK_WORD_STARTER) != 0;
	if (q->bracket || (q->dash && !starter))
		return false;
	if (classes & DESK_ABBR_NUMBER)
		return !is_number(w, q) && starter;
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
	if (!is_capital(w, q))
		return false;
	struct desk_token next;
	size_t size;
	desk_token_at(w, q->word, &next);
	if (next.len == 1 && desk_peek(w, next.end, &size) == '.')
		return false;
	if (sequel_word(w, q) & DESK_WORD_STARTER)
		return true;
	if (!t->capital)
		return true;
	if (t->folded[0] != 'i' || q->quote)
		return false;
	struct desk_token before;
	struct desk_sign space = desk_sign_before(w, t->start);
	if (!(space.class & DESK_SPACE))
		return false;
	desk_token_before(w, t->start - space.size, &before);
	return before.len && !before.capital;
}

/* The classes of the token before a stop, as it is written there. */
static uint32_t
classes_of(const struct desk_window *w, const struct desk_token *t)
{
	if (!t->len || t->digits)
		return 0;
	uint32_t classes = desk_abbreviation_find(w->own, t->folded, t->len);
	if (classes & DESK_ABBR_CAP && !t->capital)
		return 0;
	if (classes & DESK_ABBR_UNIT && !t->numbered)
		classes &= ~(uint32_t)DESK_ABBR_UNIT;
	if (!classes && t->acronym)
		return DESK_ABBR_NAME;
	return classes & ~(uint32_t)DESK_ABBR_CAP;
}

/* A word before a stop that ended the line may be read as it stands. */
static bool
is_plain(
    const struct desk_ending *e, const struct desk_token *t, uint32_t classes)
{
	if (e->quote || e->bracket)
		return false;
	if (!(e->marks & (DESK_MARK_STOP | DESK_MARK_DOTS)))
		return true;
	return desk_is_stop(e) && !e->spaced && t->len != 1 && !t->acronym &&
	       (!classes || classes & DESK_ABBR_WORD);
}

/* A full stop and white space, then more of the line. */
static enum desk_rule
decide_stop(struct desk_window *w, const struct desk_ending *e,
    const struct desk_token *t, uint32_t classes, const struct desk_sequel *q)
{
	if (classes & DESK_ABBR_WORD && !is_number(w, q))
		classes = 0;
	if (classes)
		return abbreviation_ends(w, e, classes, q)
			   ? DESK_RULE_OPENER
			   : DESK_RULE_ABBREVIATION;
	if (t->letters && t->len == 1)
		return initial_ends(w, t, q) ? DESK_RULE_OPENER
					     : DESK_RULE_INITIAL;
	if (q->class & DESK_LOWER && !is_capital(w, q)) {
		if (e->quote || e->bracket || (q->sign && !q->bracket))
			return DESK_RULE_LOWER;
		/* Careless writers forget the capital, but a short word or a
		 * name may be an abbreviation that no list has. */
		bool known = desk_word_find(t->folded, t->len) != 0;
		bool number = t->digits && t->len > 2;
		if (!number && !known &&
		    (t->capital || t->len < 4 || !t->letters))
			return DESK_RULE_SHORT;
	}
	return DESK_RULE_STOP;
}

/* ! or ? and white space. */
static enum desk_rule
decide_mark(struct desk_window *w, const struct desk_ending *e,
    const struct desk_token *t, const struct desk_sequel *q)
{
	if (is_capital(w, q)) {
		if (e->quote && !q->sign && is_said(w, q->word))
			return DESK_RULE_SAID;
		return DESK_RULE_STOP;
	}
	/* "Yahoo! in": a name; "huh? in": who knows. */
	if (q->class & DESK_LOWER &&
	    (e->quote || e->bracket || t->capital || q->dash))
		return DESK_RULE_LOWER;
	return DESK_RULE_STOP;
}

static enum desk_rule
decide_dots(struct desk_window *w, const struct desk_ending *e,
    const struct desk_sequel *q)
{
	if (!is_capital(w, q))
		return DESK_RULE_LOWER;
	struct desk_token word;
	desk_token_at(w, q->word, &word);
	/* "and so . . . I did": no sign of a new sentence. */
	if (word.len == 1 && word.folded[0] == 'i' && e->spaced)
		return DESK_RULE_LOWER;
	return DESK_RULE_STOP;
}

/* The number of a note right behind a stop, ".10 This": its end, or 0. */
static size_t
note_number(struct desk_window *w, const struct desk_ending *e,
    const struct desk_token *t)
{
	size_t at = e->end, size;
	bool word = t->letters && t->len > 2 && !t->capital;
	if (!word && !(desk_sign_before(w, e->at).mark & DESK_MARK_CLOSE))
		return 0;
	while (at - e->end < 4 && desk_peek(w, at, &size) - '0' < 10u)
		at++;
	if (at == e->end || at - e->end > 3)
		return 0;
	struct desk_gap gap = desk_gap_at(w, at);
	if (gap.over || gap.to == at ||
	    !(desk_sign_at(w, gap.to).class & DESK_UPPER))
		return 0;
	return at;
}

/* No white space: a lost blank, or something else altogether. */
static struct desk_decision
decide_glued(struct desk_window *w, struct desk_ending *e,
    const struct desk_token *t, uint32_t classes)
{
	struct desk_decision d = {DESK_RULE_INSIDE, e->end, false};
	struct desk_sign next = desk_sign_at(w, e->end);
	if (e->marks & (DESK_MARK_WIDE | DESK_MARK_SCRIPT)) {
		if (!e->quote || !(next.class & DESK_WORD))
			d.rule = DESK_RULE_SCRIPT;
		return d;
	}
	size_t end;
	if (e->marks == DESK_MARK_STOP && !classes &&
	    (end = note_number(w, e, t)))
		return (struct desk_decision){DESK_RULE_NOTE, end, false};
	if (e->dots > 1 || e->marks & DESK_MARK_DOTS || classes)
		return d;
	if (!e->quote && !e->bracket &&
	    !(desk_sign_before(w, e->at).class & DESK_LOWER))
		return d;
	if (!(e->quote || e->bracket) && (t->dotted || t->len < 2))
		return d;
	/* A straight quote goes to the side that it makes even. */
	size_t word = e->end;
	if (next.c == '"') {
		word++;
		if (desk_odd_marks(w, e->end, '"'))
			d.end = word;
	} else if (next.mark & DESK_MARK_OPEN) {
		word += next.size;
	}
	struct desk_token after;
	struct desk_sign first = desk_sign_at(w, word);
	struct desk_sign second = desk_sign_at(w, word + first.size);
	if (!(first.class & DESK_UPPER) || !(second.class & DESK_LOWER))
		return d;
	desk_token_at(w, word, &after);
	if (word == e->end && (!after.letters || desk_in_host(w, e->at)))
		return d;
	struct desk_sign behind = desk_sign_at(w, after.end);
	/* A path, a call, or a name that goes on in lower case. */
	if (word == e->end &&
	    (behind.c == '.' || behind.c == '/' || behind.c == '(' ||
		behind.c == '_') &&
	    desk_sign_at(w, after.end + 1).class & (DESK_LOWER | DESK_DIGIT))
		return d;
	if (word == e->end &&
	    desk_word_find(after.folded, after.len) & DESK_WORD_HOST)
		return d;
	d.rule = DESK_RULE_GLUED;
	return d;
}

/* Whether there is a letter or digit in the sentence before a place. */
static bool
has_word(struct desk_window *w, size_t at)
{
	size_t size;
	if (at - w->start > 64)
		return true;
	for (size_t i = w->start; i < at; i += size)
		if (desk_class(desk_peek(w, i, &size)) & DESK_WORD)
			return true;
	return false;
}

/* White space comes after the candidate, and more of the line behind it. */
static struct desk_decision
decide_spaced(struct desk_window *w, struct desk_ending *e,
    const struct desk_token *token, uint32_t classes)
{
	size_t had = e->end, number;
	desk_read_tails(w, e);
	struct desk_decision d = {DESK_RULE_LINE, e->end, true};
	if (e->end > had && desk_gap_at(w, e->end).over)
		return d;
	struct desk_sequel q = desk_read_sequel(w, e->end);
	if (q.gap.over)
		return d;
	if (q.class & DESK_DIGIT && !classes && !q.sign &&
	    (number = desk_lone_number(w, q.word))) {
		d.end = number;
		d.alone = desk_gap_at(w, number).over;
		d.rule = DESK_RULE_NOTE;
		return d;
	}
	d.alone = false;
	if (q.join)
		d.rule = DESK_RULE_JOINED;
	else if (e->marks & (DESK_MARK_WIDE | DESK_MARK_SCRIPT))
		d.rule = DESK_RULE_SCRIPT;
	else if (e->marks & DESK_MARK_MARK)
		d.rule = decide_mark(w, e, token, &q);
	else if (desk_is_stop(e))
		d.rule = decide_stop(w, e, token, classes, &q);
	else
		d.rule = decide_dots(w, e, &q);
	return d;
}

static struct desk_decision
decide_end(struct desk_window *w, size_t at)
{
	struct desk_ending e = {.at = at, .end = at};
	desk_read_run(w, &e);
	struct desk_decision d = {DESK_RULE_RUN, e.end, false};
	if (e.endless)
		return d;
	d.rule = DESK_RULE_WORDLESS;
	if (!has_word(w, at))
		return d;
	struct desk_sign before = desk_sign_before(w, at);
	if ((before.c == '(' || before.c == '[') && e.bracket) {
		d.rule = DESK_RULE_BRACKETED;
		return d;
	}
	size_t size, word = at;
	bool inside = desk_peek(w, e.end, &size) - 'a' < 26u;
	if (inside && !(e.marks & (DESK_MARK_WIDE | DESK_MARK_SCRIPT))) {
		d.rule = DESK_RULE_INSIDE;
		return d;
	}
	/* Tokenised text has a blank before its stops. */
	if (before.c == ' ')
		word--;
	struct desk_token token;
	uint32_t classes = 0;
	desk_token_before(w, word, &token);
	bool stop = desk_is_stop(&e);
	if (stop)
		classes = classes_of(w, &token);
	struct desk_gap gap = desk_gap_at(w, e.end);
	if (gap.over || (gap.lines && is_plain(&e, &token, classes))) {
		w->hungry = w->layout = false;
		return (struct desk_decision){DESK_RULE_LINE, e.end, true};
	}
	if (gap.to == e.end)
		return decide_glued(w, &e, &token, classes);
	if (stop && !e.quote && word == at &&
	    desk_is_marker(w, token.start, token.end)) {
		d.rule = DESK_RULE_MARKER;
		return d;
	}
	return decide_spaced(w, &e, &token, classes);
}

struct desk_decision
desk_decide(struct desk_window *w, size_t at)
{
	w->hungry = w->layout = false;
	struct desk_decision d = {DESK_RULE_INSIDE, at, false};
	struct desk_sign s = desk_sign_at(w, at);
	if (desk_opens_item(w, at, &d.end))
		d.rule = DESK_RULE_ITEM;
	else if (s.mark & DESK_MARK_END && !w->hungry)
		d = decide_end(w, at);
	else
		d.end = at + s.size;
	if (w->layout)
		d.rule = DESK_RULE_LAYOUT;
	if (w->hungry)
		d.rule = DESK_RULE_HUNGRY;
	return d;
}
