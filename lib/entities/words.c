/*
 * words.c - segments of text as words with evidence.
 *
 * Reading a segment costs one pass for the tokens and one per line for the
 * marks of place: whether a word begins a sentence, whether its line is a
 * headline.  Looking up is a second step, since the pass that counts words
 * does not need it.
 */
#include "entities/words.h"

#include <string.h>

#include "core/error.h"
#include "core/lexicon.h"
#include "core/unicode.h"

#include "acronyms.inc"
#include "calendar.inc"
#include "function_words.inc"
#include "given_names.inc"
#include "misc_words.inc"
#include "nationalities.inc"
#include "org_words.inc"
#include "organisations.inc"
#include "person_names.inc"
#include "place_words.inc"
#include "places.inc"
#include "titles.inc"

enum { KEY_MAX = 64, PHRASE_TOKENS = 9 };

_Static_assert(
    TRIGGER_AFTER_ARTICLE == CALENDAR_AFTER_ARTICLE &&
	TRIGGER_ARTICLE == CALENDAR_ARTICLE &&
	TRIGGER_CURRENCY == CALENDAR_CURRENCY &&
	TRIGGER_EARLY == CALENDAR_EARLY && TRIGGER_HOUR == CALENDAR_HOUR &&
	TRIGGER_MONTH == CALENDAR_MONTH && TRIGGER_NUMBER == CALENDAR_NUMBER &&
	TRIGGER_RELATIVE == CALENDAR_RELATIVE &&
	TRIGGER_SAME == CALENDAR_SAME && TRIGGER_SEASON == CALENDAR_SEASON &&
	TRIGGER_TODAY == CALENDAR_TODAY && TRIGGER_WEEKDAY == CALENDAR_WEEKDAY,
    "triggers are the classes of calendar.tsv");

/* How classes of a list become bits of a word. */
struct mapping {
	uint32_t class, bits;
};

static const struct mapping place_bits[] = {
    {PLACES_CITY | PLACES_COUNTRY | PLACES_REGION | PLACES_KNOWN, WORD_PLACE},
    {0, 0}};
static const struct mapping nation_bits[] = {
    {NATIONALITIES_NATIONALITY, WORD_NATION}, {NATIONALITIES_GROUP, WORD_GROUP},
    {NATIONALITIES_LANGUAGE, WORD_LANGUAGE}, {0, 0}};
static const struct mapping person_bits[] = {
    {PERSON_NAMES_FIRST, WORD_FIRST}, {PERSON_NAMES_LAST, WORD_LAST}, {0, 0}};
static const struct mapping given_bits[] = {
    {GIVEN_NAMES_GIVEN, WORD_GIVEN}, {GIVEN_NAMES_FAMILY, WORD_FAMILY}, {0, 0}};
static const struct mapping org_bits[] = {{ORG_WORDS_HEAD, WORD_ORG_HEAD},
    {ORG_WORDS_SUFFIX, WORD_ORG_SUFFIX}, {0, 0}};
static const struct mapping place_word_bits[] = {
    {PLACE_WORDS_HEAD, WORD_PLACE_HEAD}, {PLACE_WORDS_LEAD, WORD_PLACE_LEAD},
    {PLACE_WORDS_DIRECTION, WORD_DIRECTION}, {PLACE_WORDS_AREA, WORD_AREA},
    {0, 0}};
static const struct mapping misc_bits[] = {
    {MISC_WORDS_HEAD, WORD_MISC_HEAD}, {0, 0}};
static const struct mapping title_bits[] = {
    {TITLES_TITLE, WORD_TITLE}, {TITLES_ROLE, WORD_ROLE}, {0, 0}};
static const struct mapping no_bits[] = {{0, 0}};
static const struct mapping function_bits[] = {
    {FUNCTION_WORDS_FUNCTION, WORD_FUNCTION},
    {FUNCTION_WORDS_CONNECTOR, WORD_CONNECTOR},
    {FUNCTION_WORDS_PARTICLE, WORD_PARTICLE},
    {FUNCTION_WORDS_PLACE_CUE, WORD_PLACE_CUE}, {FUNCTION_WORDS_SAY, WORD_SAY},
    {FUNCTION_WORDS_AUX, WORD_AUX}, {FUNCTION_WORDS_GLUE, WORD_GLUE}, {0, 0}};

/* The lists, those of small words first, and which of their classes make
 * listed names; of two names of the same length the one found first counts. */
static const struct list {
	const struct desk_lexicon *lexicon;
	const struct mapping *bits;
	struct {
		uint32_t class;
		enum desk_phrase phrase;
	} kinds[4];
} lists[] = {
    {&function_words, function_bits, {{0, PHRASE_NONE}}},
    {&places, place_bits,
	{{PLACES_COUNTRY, PHRASE_COUNTRY}, {PLACES_CITY, PHRASE_CITY},
	    {PLACES_REGION, PHRASE_REGION}, {PLACES_KNOWN, PHRASE_PLACE}}},
    {&nationalities, nation_bits, {{NATIONALITIES_NATIONALITY, PHRASE_NATION}}},
    {&organisations, no_bits, {{ORGANISATIONS_KNOWN, PHRASE_ORG}}},
    {&misc_words, misc_bits, {{MISC_WORDS_KNOWN, PHRASE_MISC}}},
    {&titles, title_bits, {{TITLES_TITLE, PHRASE_TITLE}}},
    {&org_words, org_bits, {{ORG_WORDS_HEAD, PHRASE_ORG_WORD}}},
    {&place_words, place_word_bits, {{0, PHRASE_NONE}}},
    {&person_names, person_bits, {{0, PHRASE_NONE}}},
    {&given_names, given_bits, {{0, PHRASE_NONE}}},
};

enum { LIST_FUNCTION, LIST_TITLES = 5, LISTS = sizeof lists / sizeof *lists };

/* Folds a word and drops its stops; curled apostrophes become straight.  Long
 * words are nothing that a list has: their length is 0. */
static size_t
fold(const char *s, size_t len, char *out)
{
	char lower[KEY_MAX];
	size_t n = 0;
	if (len > KEY_MAX - 8)
		return 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c >= 0x80)
			goto wide;
		out[n] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
		n += c != '.';
	}
	return n;
wide:
	len = desk_fold(s, len, lower, sizeof lower);
	n = 0;
	for (size_t i = 0; i < len; i++) {
		if (lower[i] == '.')
			continue;
		bool curled = lower[i] == '\xE2' && i + 2 < len &&
			      lower[i + 1] == '\x80' && lower[i + 2] == '\x99';
		out[n++] = lower[i];
		if (curled) {
			out[n - 1] = '\'';
			i += 2;
		}
	}
	return n;
}

static uint64_t
hash(const char *s, size_t len)
{
	uint64_t h = UINT64_C(0xCBF29CE484222325);
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001B3);
	return h ^ h >> 29;
}

uint64_t
desk_word_key(const char *s, size_t len)
{
	char folded[KEY_MAX];
	size_t n = fold(s, len, folded);
	return n ? hash(folded, n) : hash(s, len < 256 ? len : 256);
}

/* The bits that an entry of a list has. */
static uint32_t
bits_of(const struct list *list, uint32_t classes)
{
	uint32_t bits = 0;
	for (const struct mapping *m = list->bits; classes && m->class; m++)
		if (classes & m->class)
			bits |= m->bits;
	return bits;
}

uint32_t
desk_word_bits(const char *s, size_t len)
{
	char folded[KEY_MAX] = "";
	uint32_t bits = 0;
	size_t n = fold(s, len, folded);
	uint32_t place = desk_lexicon_hash(folded, n);
	for (size_t i = 0; n && i < LISTS; i++)
		bits |= bits_of(&lists[i],
		    desk_lexicon_find_at(lists[i].lexicon, place, folded, n));
	if (n && desk_lexicon_find_at(&calendar, place, folded, n) &
		     (CALENDAR_MONTH | CALENDAR_WEEKDAY))
		bits |= WORD_CALENDAR;
	return bits;
}

/* The token after i in a name: hyphens without blanks are stepped over. */
static size_t
next_part(const struct desk_segment *seg, size_t i)
{
	i++;
	if (desk_token_is(seg, i, '-') && !seg->tokens[i].spaced &&
	    i + 1 < seg->count && !seg->tokens[i + 1].spaced)
		i++;
	return i;
}

/* Notes a listed name of n tokens at a word, if it is the longest yet. */
static void
note_phrase(
    struct desk_word *word, const struct list *list, uint32_t classes, size_t n)
{
	for (size_t k = 0; k < 4; k++)
		if (classes & list->kinds[k].class && n > word->phrase_len) {
			word->phrase = (uint8_t)list->kinds[k].phrase;
			word->phrase_len = (uint8_t)n;
		}
}

/* Goes on with entries of a list of which token i is the first word. */
static void
match_phrase(struct desk_segment *seg, size_t i, const char *first, size_t len,
    const struct list *list)
{
	char key[KEY_MAX * 2], part[KEY_MAX];
	uint32_t classes = DESK_LEX_PREFIX;
	size_t at = i;
	memcpy(key, first, len);
	while (classes & DESK_LEX_PREFIX) {
		at = next_part(seg, at);
		if (at >= seg->count || at - i >= PHRASE_TOKENS ||
		    seg->words[at].bits & WORD_BREAK ||
		    seg->tokens[at].shape == DESK_SHAPE_SIGN)
			return;
		const struct desk_token *t = &seg->tokens[at];
		size_t more =
		    fold(seg->text.data + t->start, t->end - t->start, part);
		if (!more || len + 1 + more > sizeof key)
			return;
		key[len++] = ' ';
		memcpy(key + len, part, more);
		len += more;
		classes = desk_lexicon_find(list->lexicon, key, len);
		note_phrase(&seg->words[i], list, classes, at - i + 1);
	}
}

/* Short forms in capitals are looked up as they are, without stops. */
static enum desk_phrase
acronym_of(const char *s, size_t len)
{
	char key[KEY_MAX];
	size_t n = 0;
	for (size_t k = 0; k < len && n < sizeof key; k++)
		if (s[k] != '.')
			key[n++] = s[k];
	uint32_t class = desk_lexicon_find(&acronyms, key, n);
	return class & ACRONYMS_ORG	? PHRASE_ACRONYM_ORG
	       : class & ACRONYMS_PLACE ? PHRASE_ACRONYM_PLACE
	       : class & ACRONYMS_MISC	? PHRASE_ACRONYM_MISC
	       : class & ACRONYMS_NONE	? PHRASE_ACRONYM_NONE
					: PHRASE_NONE;
}

/* The phrase that a word is for itself, by one list. */
static enum desk_phrase
phrase_of(const struct list *list, uint32_t classes)
{
	for (size_t k = 0; k < 4; k++)
		if (classes & list->kinds[k].class && list->kinds[k].phrase)
			return list->kinds[k].phrase;
	return PHRASE_NONE;
}

/* What may begin with a number goes by how many digits it begins with. */
static uint16_t
number_triggers(const char *s, size_t len)
{
	size_t n = 0;
	while (n < len && s[n] >= '0' && s[n] <= '9')
		n++;
	return n == 4  ? TRIGGER_DIGIT | TRIGGER_FOUR
	       : n < 3 ? TRIGGER_DIGIT | TRIGGER_SHORT
		       : TRIGGER_DIGIT;
}

void
desk_word_look_up(const char *s, size_t len, enum desk_shape shape,
    struct desk_word_lists *to)
{
	char folded[KEY_MAX] = "";
	size_t n = fold(s, len, folded);
	bool cap = shape != DESK_SHAPE_LOWER;
	*to = (struct desk_word_lists){0};
	if (shape < DESK_SHAPE_NUMBER)
		to->key = n ? hash(folded, n) : hash(s, len < 256 ? len : 256);
	if (!n)
		return;
	uint32_t place = desk_lexicon_hash(folded, n);
	uint32_t day = desk_lexicon_find_at(&calendar, place, folded, n);
	if (shape == DESK_SHAPE_LOWER)
		day &= ~(uint32_t)CALENDAR_CURRENCY;
	to->triggers = (uint16_t)(day & (TRIGGER_DIGIT - 1));
	if (shape == DESK_SHAPE_NUMBER)
		to->triggers |= number_triggers(s, len);
	if (shape >= DESK_SHAPE_NUMBER)
		return;
	/* R92 million: a currency and a number in one. */
	if (cap && folded[n - 1] - '0' + 0u < 10u)
		to->triggers |= TRIGGER_CURRENCY;
	if (cap && day & (CALENDAR_MONTH | CALENDAR_WEEKDAY))
		to->bits |= WORD_CALENDAR;
	for (size_t k = 0; k < LISTS; k++) {
		if (!cap && k != LIST_FUNCTION && k != LIST_TITLES)
			continue;
		uint32_t classes =
		    desk_lexicon_find_at(lists[k].lexicon, place, folded, n);
		to->bits |= bits_of(&lists[k], classes);
		if (!to->phrase)
			to->phrase = (uint8_t)phrase_of(&lists[k], classes);
		to->longer |=
		    (uint16_t)((classes & DESK_LEX_PREFIX ? 1u : 0) << k);
	}
	if (shape == DESK_SHAPE_UPPER)
		to->acronym = (uint8_t)acronym_of(s, len);
}

/* The listed name that begins with a word. */
static void
note_names(struct desk_segment *seg, size_t i, uint32_t longer)
{
	const struct desk_token *t = &seg->tokens[i];
	char folded[KEY_MAX];
	size_t len = fold(seg->text.data + t->start, t->end - t->start, folded);
	for (; longer; longer &= longer - 1)
		match_phrase(seg, i, folded, len,
		    &lists[(unsigned)__builtin_ctz(longer)]);
}

void
desk_segment_note(
    struct desk_segment *seg, size_t i, const struct desk_word_lists *of)
{
	struct desk_word *word = &seg->words[i];
	word->bits |= of->bits;
	word->triggers = of->triggers;
	word->phrase = of->phrase;
	word->phrase_len = of->phrase != 0;
	if (of->longer)
		note_names(seg, i, of->longer);
	if (of->acronym && word->bits & WORD_UPPER && word->phrase_len < 2) {
		word->phrase = of->acronym;
		word->phrase_len = 1;
	}
	if (i && !(word->triggers & TRIGGER_AFTER_ARTICLE))
		word[-1].triggers &= (uint16_t)~TRIGGER_ARTICLE;
	word->triggers &= (uint16_t)~TRIGGER_AFTER_ARTICLE;
}

/* Where the segment ends: behind its last line end, or else its last blank, or
 * at the limit (not inside a character). */
static size_t
segment_end(struct desk_slice text, size_t start)
{
	if (text.len - start <= DESK_SEGMENT_MAX)
		return text.len;
	size_t limit = start + DESK_SEGMENT_MAX;
	for (size_t at = limit; at > start; at--)
		if (text.data[at - 1] == '\n')
			return at;
	for (size_t at = limit; at > start; at--)
		if (text.data[at - 1] == ' ')
			return at;
	while (((unsigned char)text.data[limit] & 0xC0) == 0x80)
		limit--;
	return limit;
}

/* What a sign means for the word behind it: 1 a sentence may begin, -1 it goes
 * on, 0 nothing. */
static int
sign_effect(const struct desk_segment *seg, size_t i)
{
	const struct desk_token *t = &seg->tokens[i];
	const char *s = seg->text.data + t->start;
	size_t len = t->end - t->start;
	if (len == 1) {
		if (strchr(".!?:", *s))
			return 1;
		if (*s == '"' && t->spaced)
			return 1;
		return strchr(",;(", *s) ? -1 : 0;
	}
	if (len == 3 && s[0] == '\xE2' && s[1] == '\x80')
		return s[2] == '\x9C' || s[2] == '\x98' || s[2] == '\xA6' ||
		       s[2] == '\xA2';
	return 0;
}

/* Marks a line, tokens [from, to): headline, shouting, sentence starts. */
static void
mark_line(struct desk_segment *seg, size_t from, size_t to)
{
	size_t lowers = 0, caps = 0, uppers = 0;
	bool start = true;
	for (size_t i = from; i < to; i++) {
		const struct desk_token *t = &seg->tokens[i];
		uint8_t shape = t->shape;
		if (shape == DESK_SHAPE_SIGN) {
			int effect = sign_effect(seg, i);
			start = effect ? effect > 0 : start;
			continue;
		}
		if (shape == DESK_SHAPE_NUMBER)
			continue;
		bool cap = shape != DESK_SHAPE_LOWER;
		seg->words[i].bits =
		    (cap ? WORD_CAP : 0) |
		    (shape == DESK_SHAPE_UPPER ? WORD_UPPER : 0) |
		    (start ? WORD_START : 0);
		start = false;
		size_t len = t->end - t->start;
		caps += cap && len > 3;
		uppers += shape == DESK_SHAPE_UPPER && len > 3;
		lowers += !cap && len > 4; /* shorter ones stay so anywhere */
	}
	if (from < to)
		seg->words[from].bits |= WORD_BREAK;
	uint32_t add = 0, drop = 0;
	if (caps >= 4 && !lowers && !desk_token_is(seg, to - 1, '.'))
		add = WORD_HEADLINE;
	if (uppers >= 2 && uppers * 10 >= (caps + lowers) * 8) {
		add = WORD_HEADLINE | WORD_SHOUT;
		drop = WORD_UPPER;
	}
	for (size_t i = from; add && i < to; i++)
		seg->words[i].bits = (seg->words[i].bits | add) & ~drop;
}

/* Whether a line ends in the white space between two tokens, and what is
 * behind it does not go on with it. */
static bool
line_over(const struct desk_segment *seg, size_t start, size_t end)
{
	const char *s = seg->text.data;
	const char *lf = memchr(s + start, '\n', end - start);
	if (!lf || !seg->wrapped)
		return lf;
	lf++;
	return memchr(lf, '\n', (size_t)(s + end - lf));
}

int
desk_segment_read(
    struct desk_segment *seg, size_t start, struct desk_error *error)
{
	struct desk_slice text = seg->text;
	seg->start = start;
	seg->end = segment_end(text, start);
	seg->count = 0;
	int rc = desk_tokenize(text, start, seg->end, seg->arena, &seg->tokens,
	    &seg->count, &seg->token_room, error);
	if (rc)
		return rc;
	if (seg->word_room < seg->count) {
		seg->word_room = seg->count + seg->count / 2;
		seg->words = desk_arena_alloc(
		    seg->arena, seg->word_room * sizeof *seg->words);
		if (!seg->words)
			return desk_fail_memory(error);
	}
	size_t line = 0, at = start;
	for (size_t i = 0; i < seg->count; i++) {
		const struct desk_token *t = &seg->tokens[i];
		seg->words[i] = (struct desk_word){0};
		if (t->spaced && line_over(seg, at, t->start)) {
			mark_line(seg, line, i);
			line = i;
		}
		at = t->end;
	}
	mark_line(seg, line, seg->count);
	return 0;
}
