/* words.c - look-up in the word lists; the user's own are a sorted array. */
#include "sentences/words.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/lexicon.h"
#include "core/slice.h"
#include "core/unicode.h"

#include "abbreviations.inc"
#include "sentence_marks.inc"
#include "sentence_words.inc"

/* What a bit of a generated table is here. */
struct bit {
	uint32_t from, to;
};

static const struct bit abbreviation_bits[] = {
    {ABBREVIATIONS_TITLE, DESK_ABBR_TITLE},
    {ABBREVIATIONS_MONTH, DESK_ABBR_MONTH},
    {ABBREVIATIONS_NUMBER, DESK_ABBR_NUMBER},
    {ABBREVIATIONS_COMPANY, DESK_ABBR_COMPANY},
    {ABBREVIATIONS_SUFFIX, DESK_ABBR_NAME},
    {ABBREVIATIONS_STREET, DESK_ABBR_NAME},
    {ABBREVIATIONS_PLACE, DESK_ABBR_NAME}, {ABBREVIATIONS_TIME, DESK_ABBR_TIME},
    {ABBREVIATIONS_ERA, DESK_ABBR_ERA}, {ABBREVIATIONS_UNIT, DESK_ABBR_UNIT},
    {ABBREVIATIONS_NEVER, DESK_ABBR_NEVER},
    {ABBREVIATIONS_ENDING, DESK_ABBR_ENDING},
    {ABBREVIATIONS_WORD, DESK_ABBR_WORD}, {ABBREVIATIONS_CAP, DESK_ABBR_CAP},
    {ABBREVIATIONS_DEGREE, DESK_ABBR_DEGREE}, {0, 0}};

static const struct bit word_bits[] = {
    {SENTENCE_WORDS_STARTER, DESK_WORD_STARTER},
    {SENTENCE_WORDS_FRONT, DESK_WORD_FRONT},
    {SENTENCE_WORDS_SAID, DESK_WORD_SAID},
    {SENTENCE_WORDS_CONT, DESK_WORD_CONT},
    {SENTENCE_WORDS_WHEN, DESK_WORD_WHEN},
    {SENTENCE_WORDS_ZONE, DESK_WORD_ZONE},
    {SENTENCE_WORDS_HOST, DESK_WORD_HOST},
    {SENTENCE_WORDS_BARE, DESK_WORD_BARE},
    {SENTENCE_WORDS_BANG, DESK_WORD_BANG}, {0, 0}};

static const struct bit mark_bits[] = {{SENTENCE_MARKS_MARK, DESK_MARK_MARK},
    {SENTENCE_MARKS_DOTS, DESK_MARK_DOTS},
    {SENTENCE_MARKS_WIDE, DESK_MARK_WIDE},
    {SENTENCE_MARKS_SCRIPT, DESK_MARK_SCRIPT},
    {SENTENCE_MARKS_CLOSE, DESK_MARK_CLOSE},
    {SENTENCE_MARKS_HALF, DESK_MARK_HALF},
    {SENTENCE_MARKS_OPEN, DESK_MARK_OPEN},
    {SENTENCE_MARKS_QUOTE, DESK_MARK_QUOTE},
    {SENTENCE_MARKS_BULLET, DESK_MARK_BULLET},
    {SENTENCE_MARKS_DASH, DESK_MARK_DASH}, {0, 0}};

const uint16_t desk_ascii_marks[128] = {['.'] = DESK_MARK_STOP,
    ['!'] = DESK_MARK_MARK,
    ['?'] = DESK_MARK_MARK,
    ['"'] = DESK_MARK_CLOSE | DESK_MARK_HALF | DESK_MARK_QUOTE,
    ['\''] = DESK_MARK_CLOSE | DESK_MARK_HALF | DESK_MARK_QUOTE,
    ['`'] = DESK_MARK_OPEN | DESK_MARK_QUOTE,
    [')'] = DESK_MARK_CLOSE,
    [']'] = DESK_MARK_CLOSE,
    ['}'] = DESK_MARK_CLOSE,
    ['('] = DESK_MARK_OPEN,
    ['['] = DESK_MARK_OPEN,
    ['{'] = DESK_MARK_OPEN,
    ['<'] = DESK_MARK_SIGN,
    ['*'] = DESK_MARK_SIGN,
    ['_'] = DESK_MARK_SIGN,
    ['#'] = DESK_MARK_SIGN,
    ['$'] = DESK_MARK_SIGN,
    ['~'] = DESK_MARK_SIGN,
    ['-'] = DESK_MARK_DASH,
    [','] = DESK_MARK_JOIN,
    [';'] = DESK_MARK_JOIN,
    [':'] = DESK_MARK_JOIN,
    ['&'] = DESK_MARK_JOIN,
    ['='] = DESK_MARK_JOIN,
    ['/'] = DESK_MARK_JOIN,
    ['%'] = DESK_MARK_JOIN};

static uint32_t
translate(const struct bit *bits, uint32_t classes)
{
	uint32_t to = 0;
	for (; classes && bits->from; bits++)
		if (classes & bits->from)
			to |= bits->to;
	return to;
}

static int
compare(struct desk_slice a, struct desk_slice b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.data, b.data, len) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int
by_text(const void *a, const void *b)
{
	return compare(
	    *(const struct desk_slice *)a, *(const struct desk_slice *)b);
}

/* One entry without the white space around it. */
static int
fold_entry(struct desk_slice *item, struct desk_slice entry, size_t number,
    struct desk_arena *arena, struct desk_error *error)
{
	char folded[128];
	for (size_t i = 0; i < entry.len; i++)
		if (entry.data[i] == ' ' || entry.data[i] == '\t')
			return desk_fail(error, DESK_EDATA,
			    "line %zu: more than one word", number);
	size_t len = desk_fold(entry.data, entry.len, folded, sizeof folded);
	while (len && folded[len - 1] == '.')
		len--;
	if (!len)
		return desk_fail(error, DESK_EDATA,
		    "line %zu: no word, or one too long", number);
	char *copy = desk_arena_alloc(arena, len);
	if (!copy)
		return desk_fail_memory(error);
	*item = desk_slice(memcpy(copy, folded, len), len);
	return 0;
}

int
desk_own_read(struct desk_own *own, struct desk_slice list,
    struct desk_arena *arena, struct desk_error *error)
{
	size_t room = 0, number = 0;
	struct desk_slice *items = NULL;
	for (size_t at = 0; at < list.len; at++) {
		const char *line = list.data + at;
		const char *lf = memchr(line, '\n', list.len - at);
		size_t start = 0;
		size_t end = lf ? (size_t)(lf - line) : list.len - at;
		at += end;
		number++;
		desk_trim(line, &start, &end);
		if (start == end || line[start] == '#')
			continue;
		struct desk_slice item;
		int code =
		    fold_entry(&item, desk_slice(line + start, end - start),
			number, arena, error);
		if (code)
			return code;
		if (!DESK_RESERVE(arena, items, own->count, room))
			return desk_fail_memory(error);
		items[own->count++] = item;
	}
	if (own->count)
		qsort(items, own->count, sizeof *items, by_text);
	own->items = items;
	return 0;
}

bool
desk_own_has(const struct desk_own *own, const char *word, size_t len)
{
	size_t low = 0, high = own->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare(own->items[middle], desk_slice(word, len));
		if (!order)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

uint32_t
desk_english_abbreviation(const char *word, size_t len)
{
	return translate(
	    abbreviation_bits, desk_lexicon_find(&abbreviations, word, len));
}

void
desk_english_ends(uint32_t ends[DESK_ENDS])
{
	for (uint32_t slot = 0; slot <= abbreviations.mask; slot++) {
		uint32_t entry = abbreviations.slots[slot];
		if (!entry)
			continue;
		uint32_t start = abbreviations.starts[entry - 1];
		uint32_t end = abbreviations.starts[entry];
		unsigned first = (unsigned)abbreviations.pool[start] - 'a';
		unsigned last = (unsigned)abbreviations.pool[end - 1] - 'a';
		if (first < 26 && last < 26 && end - start < 32)
			ends[first * 26 + last] |= UINT32_C(1) << (end - start);
	}
}

uint32_t
desk_english_word(const char *word, size_t len)
{
	return translate(
	    word_bits, desk_lexicon_find(&sentence_words, word, len));
}

uint32_t
desk_mark_find(const char *s, size_t size)
{
	if (size == 1)
		return desk_ascii_marks[*s & 0x7F];
	return translate(
	    mark_bits, desk_lexicon_find(&sentence_marks, s, size));
}
