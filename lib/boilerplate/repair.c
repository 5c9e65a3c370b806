/*
 * repair.c - trimming what a scraper glued to a paragraph.
 *
 * A front part goes only where a paragraph follows it: it begins as a sentence
 * does and has the length of one.  A hind part goes only behind the end of a
 * sentence.  Each cut makes the block shorter and is made on its bytes alone,
 * so cutting until nothing is found comes to an end, and to the same one again.
 */
#include "boilerplate/repair.h"

#include <string.h>

#include "page/dates.h"
#include "boilerplate/tells.h"
#include "core/lexicon.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"

enum {
	PHRASE_WORDS = 5,
	FOLD_MAX = 64,
	LOOK = 200,	  /* bytes from an end that a part may have */
	NAMES_MAX = 60,	  /* bytes of names between a label and a date */
	PROSE_WORDS = 8,  /* that must follow a front part */
	TWICE_MAX = 1000, /* bytes of a block that may be said twice */
	LINK_WORDS = 25,
	PARTS_MAX = 4,
	SENTENCE_MIN = 8 /* bytes; less is the number of an item */
};

/* The block while it is trimmed. */
struct trim {
	const char *s;
	size_t start, end;
};

static uint32_t
at(const struct trim *t, size_t i, size_t *size)
{
	*size = 0;
	return i < t->end ? desk_utf8_decode(t->s + i, size) : 0;
}

/* The longest phrase at i that has one of the classes: its end, or i.  Words of
 * it have single blanks between; *words gets their number. */
static size_t
phrase(const struct trim *t, size_t i, uint32_t classes, size_t *words)
{
	char fold[FOLD_MAX];
	size_t len = 0, found = i, size, n = 0, begin = i;
	*words = 0;
	while (n < PHRASE_WORDS) {
		size_t from = begin;
		for (;; begin += size) {
			uint32_t c = at(t, begin, &size);
			if (!size || !(desk_class(c) & DESK_WORD))
				break;
			if (len + 5 > FOLD_MAX)
				return found;
			len += desk_utf8_encode(desk_lower(c), fold + len);
		}
		if (begin == from)
			return found;
		n++;
		uint32_t holds = desk_tell_find(fold, len);
		if (holds & classes) {
			found = begin;
			*words = n;
		}
		if (!(holds & DESK_LEX_PREFIX) || begin >= t->end ||
		    t->s[begin] != ' ')
			return found;
		fold[len++] = ' ';
		begin++;
	}
	return found;
}

static bool
between(uint32_t c)
{
	return c == '|' || c == ':' || c == '-' || c == ',' || c == '/' ||
	       c == '>' || c == 0xB7 || c == 0xBB || c == 0x203A ||
	       c == 0x2022 || c == 0x2013 || c == 0x2014 || c == 0xFF5C ||
	       c == 0xFF1A;
}

/* Past blanks and the signs that stand between a label and what it labels. */
static size_t
skip_signs(const struct trim *t, size_t i)
{
	size_t size;
	for (uint32_t c; (c = at(t, i, &size), size); i += size)
		if (!between(c) && !(desk_class(c) & DESK_SPACE))
			break;
	return i;
}

static bool
opening(uint32_t c)
{
	return c == '"' || c == '\'' || c == '(' || c == 0x201C ||
	       c == 0x2018 || c == 0x201E || c == 0xAB;
}

static bool
is_final(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002;
}

static bool
closing(uint32_t c)
{
	return c == '"' || c == '\'' || c == ')' || c == 0x201D ||
	       c == 0x2019 || c == 0xBB;
}

/* The stop that ends what is before i, marks behind it or not; NULL where there
 * is none, or hardly anything before it. */
static const char *
stop_before(const struct trim *t, size_t i, uint32_t *stop)
{
	size_t size;
	const char *s = t->s + t->start, *end = t->s + i;
	while (end > s && end[-1] == ' ')
		end--;
	while (end > s &&
	       (*stop = desk_utf8_before(s, end, &size), closing(*stop)))
		end -= size;
	if (end - s < SENTENCE_MIN || !is_final(*stop))
		return NULL;
	return end - size;
}

/* Whether a sentence ends before i; a point after a short word or a capital may
 * be an abbreviation's. */
static bool
ends_before(const struct trim *t, size_t i)
{
	uint32_t c;
	size_t size;
	const char *s = t->s + t->start, *end = stop_before(t, i, &c);
	if (!end || c != '.')
		return end != NULL;
	for (int letters = 0; letters < 3; letters++) {
		if (end == s)
			return false;
		c = desk_utf8_before(s, end, &size);
		if (closing(c) || (desk_class(c) & DESK_DIGIT))
			return true;
		if (!(desk_class(c) & DESK_LETTER) ||
		    (desk_class(c) & DESK_UPPER))
			return false;
		end -= size;
	}
	return true;
}

/* Whether a paragraph goes on at i: a capital letter, enough words, an end. */
static bool
prose_at(const struct trim *t, size_t i)
{
	size_t size, words = 1;
	uint32_t c = at(t, i, &size);
	while (size && opening(c)) {
		i += size;
		c = at(t, i, &size);
	}
	if (!size || !(desk_class(c) & DESK_LETTER) ||
	    (desk_class(c) & DESK_LOWER))
		return false;
	for (; i < t->end && words < 2 * PROSE_WORDS; i++)
		words += t->s[i] == ' ';
	return words >= 2 * PROSE_WORDS ||
	       (words >= PROSE_WORDS && ends_before(t, t->end));
}

/* Names and signs only from i to end: "Jo Lamb |". */
static bool
names_between(const struct trim *t, size_t i, size_t end)
{
	if (end - i > NAMES_MAX)
		return false;
	bool word = false;
	for (size_t size; i < end; i += size) {
		uint32_t c = at(t, i, &size);
		unsigned class = desk_class(c);
		if ((class & DESK_LOWER) && !word)
			return false;
		word = class & DESK_WORD;
		if (is_final(c) || opening(c))
			return false;
	}
	return true;
}

static bool
figures_only(const char *s, size_t start, size_t end)
{
	for (size_t i = start; i < end && i < start + 8; i++)
		if (desk_class((unsigned char)s[i] & 0x7Fu) & DESK_LETTER)
			return false;
	return true;
}

/* "Published: 4 May 2021 10:15", "By Jo Lamb 2021-05-04", "2021-05-04 10:15".
 */
static size_t
front_date(const struct trim *t)
{
	size_t words, size, from = t->start;
	struct desk_date date;
	size_t label = phrase(t, from, DESK_TELL_LEAD_BYLINE, &words);
	unsigned first = desk_class(at(t, from, &size));
	if (label == from && !(first & DESK_DIGIT))
		return from;
	struct desk_slice rest = desk_slice(t->s + label, t->end - label);
	if (rest.len > LOOK)
		rest.len = desk_utf8_advance(rest.data, LOOK, LOOK / 4);
	if (!desk_date_find(rest, 0, &date))
		return from;
	size_t start = label + date.start, end = label + date.end;
	/* Without a label it takes a time of day: a chronicle has dates. */
	if (label == from
		? date.start || date.hour < 0 || !figures_only(t->s, start, end)
		: !names_between(t, label, start))
		return from;
	/* A zone or a part of the day behind it. */
	size_t next = skip_signs(t, end), zone;
	zone = phrase(t, next, DESK_TELL_TIME, &words);
	if (zone > next && zone - next <= 4)
		next = skip_signs(t, zone);
	return next;
}

/* "Share Tweet Email", "ADVERTISEMENT", "Story continues below". */
static size_t
front_glue(const struct trim *t)
{
	size_t i = t->start, all = 0, words;
	for (size_t end; (end = phrase(t, i, DESK_TELL_GLUE, &words)) > i;) {
		bool loud = end - i > 4;
		for (size_t k = i; k < end; k++)
			loud &= !(t->s[k] & 0x80) &&
				(unsigned)(t->s[k] - 'a') >= 26;
		all += words + loud;
		i = skip_signs(t, end);
	}
	return all > 1 ? i : t->start;
}

/* "Home » World » Asia » The mayor ...": a path that begins with a crumb. */
static size_t
front_path(const struct trim *t)
{
	size_t words, i = t->start, last = i, blanks = 0;
	size_t crumb = phrase(t, i, DESK_TELL_LINE_CRUMB, &words);
	if (crumb == i || crumb + 3 >= t->end || t->s[crumb] != ' ')
		return i;
	size_t high = t->end - i > LOOK ? i + LOOK : t->end;
	for (size_t k = crumb, size; k < high; k += size) {
		uint32_t c = at(t, k, &size);
		bool sign = c == '>' || c == 0xBB || c == 0x203A ||
			    (c == '/' && t->s[k - 1] == ' ');
		if (is_final(c) || (k == crumb + 1 && !sign))
			break;
		blanks += c == ' ';
		if (sign && blanks > 5)
			break;
		if (sign) {
			last = skip_signs(t, k + size);
			blanks = 0;
		}
	}
	return last;
}

/* "(Photo: Jo Lamb/AFP) The mayor ..." */
static size_t
front_credit(const struct trim *t)
{
	size_t words, i = t->start;
	if (t->s[i] != '(' && t->s[i] != '[')
		return i;
	size_t len = t->end - i > LOOK ? LOOK : t->end - i;
	const char *close = memchr(t->s + i, t->s[i] == '(' ? ')' : ']', len);
	if (!close || phrase(t, i + 1, DESK_TELL_PICTURE, &words) == i + 1)
		return i;
	return skip_signs(t, (size_t)(close - t->s) + 1);
}

/* Whether any of the front parts may begin as the block does; most blocks are
 * done with after one word. */
static bool
may_begin(const struct trim *t)
{
	const uint32_t classes =
	    DESK_TELL_LEAD_BYLINE | DESK_TELL_GLUE | DESK_TELL_LINE_CRUMB;
	size_t words;
	unsigned char c = (unsigned char)t->s[t->start];
	if (c == '(' || c == '[' || (unsigned)(c - '0') < 10)
		return true;
	return phrase(t, t->start, classes, &words) > t->start;
}

static bool
trim_front(struct trim *t)
{
	static size_t (*const parts[])(const struct trim *) = {
	    front_date, front_glue, front_path, front_credit};
	struct trim rest = *t;
	if (!may_begin(t))
		return false;
	for (size_t i = 0, found = 0; i < sizeof parts / sizeof *parts; i++) {
		size_t next = parts[i](&rest);
		if (next == rest.start)
			continue;
		rest.start = next;
		if (prose_at(t, next)) {
			t->start = next;
			return true;
		}
		if (next >= t->end || ++found == PARTS_MAX)
			return false;
		i = SIZE_MAX; /* and from the first kind of part again */
	}
	return false;
}

/* Cuts before i. */
static bool
cut_at(struct trim *t, size_t i)
{
	size_t start = t->start;
	t->end = i;
	desk_trim(t->s, &start, &t->end);
	return true;
}

/* "... he said. (Photo: Jo Lamb)", "... he said. (With inputs from agencies)"
 */
static bool
trim_credit(struct trim *t)
{
	size_t words, i = t->end - 1;
	if (t->s[i] != ')' && t->s[i] != ']')
		return false;
	char open = t->s[i] == ')' ? '(' : '[';
	size_t low = t->end - t->start > LOOK ? t->end - LOOK : t->start;
	while (i > low && t->s[i] != open)
		i--;
	uint32_t stop;
	if (i <= low || t->s[i - 1] != ' ' || !stop_before(t, i, &stop))
		return false;
	uint32_t classes = DESK_TELL_PICTURE | DESK_TELL_LEAD_ROLE;
	if (phrase(t, i + 1, classes, &words) == i + 1)
		return false;
	return cut_at(t, i);
}

/* Whether a link to another story, or a button, goes from i to the end. */
static bool
link_at(const struct trim *t, size_t i)
{
	size_t words, size, blanks = 0;
	size_t end = phrase(t, i, DESK_TELL_LEAD_LINK, &words);
	if (end > i) {
		uint32_t c = at(t, end, &size);
		if (size && (c == ':' || c == '|') && !ends_before(t, t->end)) {
			for (size_t k = end; k < t->end; k++)
				blanks += t->s[k] == ' ';
			return blanks <= LINK_WORDS;
		}
		if (words > 1 && skip_signs(t, end) == t->end)
			return true;
	}
	end = phrase(t, i, DESK_TELL_GLUE, &words);
	while (end > i) {
		i = skip_signs(t, end);
		if (i == t->end)
			return true;
		end = phrase(t, i, DESK_TELL_GLUE, &words);
	}
	return false;
}

/* "... he said. Read more: The wall that nobody wanted" */
static bool
trim_link(struct trim *t)
{
	size_t low = t->end - t->start > LOOK ? t->end - LOOK : t->start;
	if (ends_before(t, t->end))
		return false;
	for (size_t i = t->end; i-- > low + 1;) {
		unsigned char c = (unsigned char)t->s[i];
		if (t->s[i - 1] == ' ' &&
		    (c >= 0x80 || (unsigned)(c - 'A') < 26) &&
		    (c & 0xC0) != 0x80 && ends_before(t, i) && link_at(t, i))
			return cut_at(t, i);
	}
	return false;
}

/* A block that says all it says twice. */
static bool
trim_copy(struct trim *t)
{
	size_t len = t->end - t->start, half = len / 2;
	if (len > TWICE_MAX || len < 24 || len % 2 == 0)
		return false;
	const char *s = t->s + t->start;
	if (s[half] != ' ' || memcmp(s, s + half + 1, half))
		return false;
	return cut_at(t, t->start + half);
}

void
desk_repair(struct desk_slice text, struct desk_span *block)
{
	struct trim t = {text.data, block->start, block->end};
	while (
	    trim_front(&t) || trim_credit(&t) || trim_link(&t) || trim_copy(&t))
		continue;
	block->start = (uint32_t)t.start;
	block->end = (uint32_t)t.end;
}
