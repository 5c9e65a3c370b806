/*
 * tokens.c - cuts a text into words, numbers and signs.
 *
 * One pass from left to right.  What begins with a letter is a word, with a
 * digit a number; all else that is not white space is a sign of one character.
 * Hyphens and slashes are signs, so the parts of "China-Russia" are words.
 * An apostrophe belongs to a word when a letter follows, and begins a token of
 * its own in a clitic.  A stop belongs to initials, to listed abbreviations
 * and to names of sites; addresses are one token each.
 *
 * Every look ahead is bounded (LOOK bytes), so the time is linear.
 */
#include "doc/tokens.h"

#if defined(__SSE2__) && !defined(DESK_PORTABLE)
#include <emmintrin.h>
#endif

#include "core/error.h"
#include "core/lexicon.h"
#include "core/unicode.h"
#include "core/utf8.h"

#include "token_words.inc"

enum { LOOK = 64 };

/* A place in the text being read. */
struct cursor {
	const char *s;
	size_t at, end; /* at: where the next token or white space begins */
};

struct sink {
	struct desk_arena *arena;
	struct desk_token *tokens;
	size_t count, room;
	bool spaced, failed;
};

/* Classes of the character at a place, 0 at the end. */
static unsigned
class_at(const struct cursor *c, size_t at, size_t *size)
{
	*size = 0;
	if (at >= c->end)
		return 0;
	unsigned char byte = (unsigned char)c->s[at];
	*size = 1;
	if (byte < 0x80) {
		if ((byte | 0x20u) - 'a' < 26u)
			return DESK_LETTER |
			       (byte & 0x20 ? DESK_LOWER : DESK_UPPER);
		return desk_class(byte);
	}
	return desk_class(desk_utf8_decode(c->s + at, size));
}

/* The length of an apostrophe, straight or curled, or 0. */
static size_t
apostrophe(const struct cursor *c, size_t at)
{
	if (at < c->end && c->s[at] == '\'')
		return 1;
	if (at + 3 <= c->end && c->s[at] == '\xE2' && c->s[at + 1] == '\x80' &&
	    c->s[at + 2] == '\x99')
		return 3;
	return 0;
}

static inline void
add(struct sink *sink, size_t start, size_t end, enum desk_shape shape)
{
	if (sink->failed ||
	    !DESK_RESERVE(sink->arena, sink->tokens, sink->count, sink->room)) {
		sink->failed = true;
		return;
	}
	sink->tokens[sink->count++] = (struct desk_token){(uint32_t)start,
	    (uint32_t)end, (uint8_t)shape, (uint8_t)sink->spaced};
	sink->spaced = false;
}

static uint32_t
known(const struct cursor *c, size_t start, size_t end)
{
	char word[LOOK];
	size_t len = end - start > LOOK - 8
			 ? 0
			 : desk_fold(c->s + start, end - start, word, LOOK);
	return len ? desk_lexicon_find(&token_words, word, len) : 0;
}

static bool
is_letter(const struct cursor *c, size_t at)
{
	size_t size;
	return class_at(c, at, &size) & DESK_LETTER;
}

/* Whether an apostrophe at a place begins a clitic: 's, 'll, ...; *end gets
 * the clitic's end. */
static bool
clitic(const struct cursor *c, size_t at, size_t mark, size_t *end)
{
	static const char forms[][3] = {"s", "d", "m", "re", "ve", "ll"};
	size_t letters = at + mark;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		size_t n = forms[i][1] ? 2 : 1;
		if (letters + n > c->end ||
		    (c->s[letters] | 0x20) != forms[i][0] ||
		    (n == 2 && (c->s[letters + 1] | 0x20) != forms[i][1]))
			continue;
		/* Only behind these is the start of a character. */
		if (!is_letter(c, letters + n)) {
			*end = letters + n;
			return true;
		}
	}
	return false;
}

/* Where the letters that begin at a place end, at most LOOK bytes on. */
static size_t
letters_end(const struct cursor *c, size_t at)
{
	size_t size, start = at;
	while (at - start < LOOK && class_at(c, at, &size) & DESK_WORD)
		at += size;
	return at;
}

/* Whether two words were glued together at a capital letter inside one. */
static bool
glued(const struct cursor *c, size_t start, size_t at)
{
	size_t size;
	size_t second = at;
	(void)class_at(c, at, &size);
	second += size;
	if (!(class_at(c, second, &size) & DESK_LOWER))
		return false; /* one letter, or capitals: SpaceX, OpenAI */
	if (desk_utf8_count(c->s + start, at - start) < 3)
		return false; /* McName, iPhone */
	if (at - start > LOOK)
		return true;
	if (known(c, start, at) & TOKEN_WORDS_HEAD)
		return false;
	size_t end = letters_end(c, at);
	return !(known(c, start, end) & TOKEN_WORDS_JOINED);
}

/* The shape of a word, from how many of its letters are small ones. */
static enum desk_shape
shape_of(bool first_upper, size_t lower, size_t letters)
{
	if (!first_upper)
		return DESK_SHAPE_LOWER;
	return lower || letters < 2 ? DESK_SHAPE_CAP : DESK_SHAPE_UPPER;
}

/* An initial or a chain of them, "J." or "U.S.", that begins at a place: its
 * end, or 0. */
static size_t
initials(const struct cursor *c, size_t at, bool upper, size_t *count)
{
	size_t size, start = at;
	for (*count = 0; is_letter(c, at); ++*count) {
		(void)class_at(c, at, &size);
		if (is_letter(c, at + size))
			break; /* a longer word */
		at += size;
		if (at >= c->end || c->s[at] != '.') {
			++*count;
			break;
		}
		at++;
	}
	if (*count > 1)
		return at;
	/* A single one is an initial when a capitalised word follows. */
	if (!*count || !upper || c->s[start] == 'I' || at == start ||
	    c->s[at - 1] != '.')
		return 0;
	size_t next = at + (at < c->end && c->s[at] == ' ');
	return class_at(c, next, &size) & DESK_UPPER ? at : 0;
}

/* The end of the name of a site whose first part ends at a stop, or 0. */
static size_t
site(const struct cursor *c, size_t dot)
{
	size_t at = dot;
	for (int parts = 0; parts < 4 && at < c->end && c->s[at] == '.';
	     parts++) {
		size_t end = letters_end(c, at + 1);
		if (known(c, at + 1, end) & TOKEN_WORDS_TLD &&
		    (end >= c->end || c->s[end] != '.' ||
			!is_letter(c, end + 1)))
			return end;
		at = end;
	}
	return 0;
}

/* The end of an address that goes on at a place up to white space. */
static size_t
address(const struct cursor *c, size_t at)
{
	size_t size, last = at;
	for (; at < c->end; at += size) {
		unsigned class = class_at(c, at, &size);
		if (class & DESK_SPACE || c->s[at] == '<' || c->s[at] == '>' ||
		    c->s[at] == '"')
			break;
		if (class & DESK_WORD || c->s[at] == '/')
			last = at + size;
	}
	return last;
}

/* What a word of plain letters takes with it: an address, a stop. */
static size_t
word_tail(const struct cursor *c, size_t start, size_t end)
{
	if (end >= c->end)
		return end;
	if (c->s[end] == ':' && c->end - end > 3 && c->s[end + 1] == '/' &&
	    c->s[end + 2] == '/')
		return address(c, end + 3);
	if (c->s[end] == '@' && is_letter(c, end + 1))
		return address(c, end + 1);
	if (c->s[end] != '.')
		return end;
	if (is_letter(c, end + 1)) {
		if (end - start == 3 && c->s[start] == 'w' &&
		    c->s[start + 1] == 'w' && c->s[start + 2] == 'w')
			return address(c, end + 1);
		size_t last = site(c, end);
		return last ? last : end;
	}
	/* "Sat." is one, "he sat." is none. */
	size_t size;
	uint32_t wanted = class_at(c, start, &size) & DESK_UPPER
			      ? TOKEN_WORDS_ABBREVIATION
			      : TOKEN_WORDS_LOWER;
	return known(c, start, end) & wanted ? end + 1 : end;
}

/* The end of the plain word at a place, and its shape; a clitic that follows
 * begins at the end. */
static size_t
word_end(const struct cursor *c, enum desk_shape *shape)
{
	size_t at = c->at, size, end, lower = 0, letters = 0;
	bool first_upper = false, was_lower = false;
	for (;; at += size) {
		unsigned class = class_at(c, at, &size);
		if (!(class & DESK_WORD)) {
			size_t mark = apostrophe(c, at);
			if (!mark || !is_letter(c, at + mark) ||
			    clitic(c, at, mark, &end))
				break;
			if (was_lower && c->s[at - 1] == 'n' &&
			    (c->s[at + mark] | 0x20) == 't' &&
			    !is_letter(c, at + mark + 1)) {
				at -= at - 1 > c->at;
				break;
			}
			size = mark;
			was_lower = false;
			continue;
		}
		if (class & DESK_UPPER) {
			if (was_lower && glued(c, c->at, at))
				break;
			first_upper |= at == c->at;
		}
		was_lower = class & DESK_LOWER;
		lower += was_lower;
		letters++;
	}
	*shape = shape_of(first_upper, lower, letters);
	return at;
}

/* Digits with signs between them, and letters right behind: 2,500.50, 14th. */
static size_t
number_end(const struct cursor *c)
{
	size_t at = c->at, size, next;
	for (;; at += size) {
		unsigned class = class_at(c, at, &size);
		if (class & DESK_DIGIT)
			continue;
		if (size != 1 ||
		    (c->s[at] != '.' && c->s[at] != ',' && c->s[at] != ':'))
			break;
		if (!(class_at(c, at + 1, &next) & DESK_DIGIT))
			break;
	}
	bool lower = false;
	for (;; at += size) {
		unsigned class = class_at(c, at, &size);
		if (!(class & DESK_WORD))
			break;
		/* A word was glued behind: 3898Email. */
		if (class & DESK_UPPER &&
		    (lower || class_at(c, at + size, &next) & DESK_LOWER))
			break;
		lower = class & DESK_LOWER;
	}
	return at;
}

/* "n't" at a place, as word_end() leaves it. */
static size_t
negation_end(const struct cursor *c)
{
	if (c->s[c->at] != 'n')
		return 0;
	size_t mark = apostrophe(c, c->at + 1), t = c->at + 1 + mark;
	if (!mark || t >= c->end || (c->s[t] | 0x20) != 't' ||
	    is_letter(c, t + 1))
		return 0;
	return t + 1;
}

static void
read_word(struct cursor *c, struct sink *sink, bool upper)
{
	enum desk_shape shape = upper ? DESK_SHAPE_UPPER : DESK_SHAPE_LOWER;
	size_t count, end = negation_end(c);
	if (!end && (end = initials(c, c->at, upper, &count))) {
		if (upper && count < 2)
			shape = DESK_SHAPE_CAP;
		if (end < c->end && c->s[end] == '@')
			end = word_tail(c, c->at, end);
	} else if (!end) {
		end = word_tail(c, c->at, word_end(c, &shape));
	}
	add(sink, c->at, end, shape);
	c->at = end;
}

static inline bool
small(char c)
{
	return (unsigned char)(c - 'a') < 26;
}

static inline bool
capital(char c)
{
	return (unsigned char)(c - 'A') < 26;
}

/* Behind the small letters at s. */
static inline const char *
pass_small(const char *s, const char *end)
{
#if defined(__SSE2__) && !defined(DESK_PORTABLE)
	if (end - s >= 16) {
		__m128i v = _mm_sub_epi8(
		    _mm_loadu_si128((const void *)s), _mm_set1_epi8('a'));
		__m128i is =
		    _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(25)), v);
		unsigned bits = ~(unsigned)_mm_movemask_epi8(is) & 0xFFFF;
		if (bits)
			return s + __builtin_ctz(bits);
		s += 16;
	}
#endif
	while (s < end && small(*s))
		s++;
	return s;
}

/* Most words are ASCII letters, all small or all capital behind the first, and
 * nothing belongs to them that stands behind: takes the word at the cursor if
 * it is such. */
static inline bool
read_plain(struct cursor *c, struct sink *sink)
{
	const char *start = c->s + c->at, *end = c->s + c->end;
	const char *s = pass_small(start + 1, end);
	enum desk_shape shape =
	    small(*start) ? DESK_SHAPE_LOWER : DESK_SHAPE_CAP;
	if (shape == DESK_SHAPE_CAP && s == start + 1 && s < end &&
	    capital(*s)) {
		shape = DESK_SHAPE_UPPER;
		while (s < end && capital(*s))
			s++;
	}
	size_t at = (size_t)(s - c->s);
	if (s < end && (*s & 0x80 || *s == '\'' ||
			   desk_ascii_classes[(unsigned char)*s] & DESK_WORD))
		return false;
	if (s < end && (*s == '.' || *s == ':' || *s == '@')) {
		if (s == start + 1)
			return false;
		at = word_tail(c, c->at, at);
	}
	add(sink, c->at, at, shape);
	c->at = at;
	return true;
}

int
desk_tokenize(struct desk_slice text, size_t start, size_t end,
    struct desk_arena *arena, struct desk_token **tokens, size_t *count,
    size_t *room, struct desk_error *error)
{
	struct cursor c = {text.data, start, end};
	struct sink sink = {arena, *tokens, *count, *room, true, false};
	while (c.at < c.end && !sink.failed) {
		size_t size, last, mark;
		char byte = c.s[c.at];
		if (byte == ' ') {
			sink.spaced = true;
			c.at++;
			continue;
		}
		if ((small(byte) || capital(byte)) && read_plain(&c, &sink))
			continue;
		unsigned class = class_at(&c, c.at, &size);
		if (class & DESK_SPACE) {
			sink.spaced = true;
			c.at += size;
		} else if (class & DESK_LETTER) {
			read_word(&c, &sink, class & DESK_UPPER);
		} else if (class & DESK_DIGIT) {
			last = number_end(&c);
			add(&sink, c.at, last, DESK_SHAPE_NUMBER);
			c.at = last;
		} else if (!sink.spaced && (mark = apostrophe(&c, c.at)) &&
			   clitic(&c, c.at, mark, &last)) {
			add(&sink, c.at, last, DESK_SHAPE_LOWER);
			c.at = last;
		} else {
			add(&sink, c.at, c.at + size, DESK_SHAPE_SIGN);
			c.at += size;
		}
	}
	*tokens = sink.tokens;
	*count = sink.count;
	*room = sink.room;
	return sink.failed ? desk_fail_memory(error) : 0;
}
