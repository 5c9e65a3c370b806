/*
 * layout.c - telling hard-wrapped text from lines that are paragraphs.
 *
 * Text that was wrapped at a width shows it: nearly every line is so long that
 * the first word of the next one would not have fitted, few of its line ends
 * follow the end of a sentence, and what follows goes on in lower case.  Of
 * each pair of lines only the columns needed are counted, so a text may come
 * in parts of any size, and nothing of it is kept.
 */
#include "doc/layout.h"

#include <string.h>

#include "core/unicode.h"
#include "core/utf8.h"

enum {
	WIDTH_MIN = 30,	  /* narrower columns are lists and poems */
	WIDTH_MAX = 110,  /* wider ones are not wrapped by anybody */
	WIDTH_ALONE = 50, /* at least, where one pair of lines is all */
	ODD_MIN = 32,	  /* pairs that prove lines, if 3/4 of all are such */
	SURE_MIN = 6	  /* wrapped pairs that do among many short lines */
};

/* Columns that a loose hand leaves free at the end of a line. */
static uint32_t
slack(uint32_t width)
{
	return width / 8;
}

static uint32_t
need_of(const struct desk_layout *l)
{
	uint32_t need = l->before.length + 1 + l->line.word;
	return need <= DESK_LAYOUT_LONG ? need : DESK_LAYOUT_LONG + 1;
}

/* How many counts are above a number of columns. */
static uint32_t
above(const uint16_t *counts, uint32_t columns)
{
	uint32_t sum = 0;
	for (uint32_t i = columns + 1; i < DESK_LAYOUT_LONG + 2; i++)
		sum += counts[i];
	return sum;
}

static bool
looks_wrapped(const struct desk_layout *l)
{
	uint32_t width = l->widest;
	if (width < WIDTH_MIN || width > WIDTH_MAX || !l->lower)
		return false;
	if (l->lower < 2 && (width < WIDTH_ALONE || l->blanks))
		return false;
	uint32_t full = above(l->lower_need, width - slack(width));
	/* A talk has many short lines: then none may speak against it. */
	bool sure = full >= SURE_MIN && full * 100 >= l->lower * 95 &&
		    full * 32 >= l->pairs;
	return full * 100 >= l->lower * 85 && (full * 6 >= l->pairs || sure);
}

/* Where the sample ends, so does the doubt. */
static void
conclude(struct desk_layout *l)
{
	l->wrap = looks_wrapped(l) ? DESK_WRAP_YES : DESK_WRAP_NO;
	if (l->wrap != DESK_WRAP_YES)
		return;
	uint32_t width = l->widest;
	uint32_t full = above(l->lower_need, width);
	l->limit = full * 100 >= l->lower * 97 ? width : width * 5 / 8;
	l->tight = above(l->ended_need, 0) - above(l->ended_need, l->limit) >
		   l->blanks;
}

/* The line before and this one, both whole, without a blank one between. */
static void
count_pair(struct desk_layout *l)
{
	uint32_t need = need_of(l);
	bool full = need + slack(l->widest) > l->widest;
	l->pairs++;
	if (l->before.ended) {
		l->ended_need[need]++;
	} else if (l->line.first == DESK_LOWER) {
		l->lower_need[need]++;
		l->lower++;
	}
	l->odd += l->before.ended || !full;
	if (l->odd >= ODD_MIN && l->odd * 4 >= l->pairs * 3 &&
	    l->lower * 32 < l->pairs)
		l->wrap = DESK_WRAP_NO;
}

static void
end_line(struct desk_layout *l)
{
	if (l->line.length) {
		if (l->line.spaced && l->line.length > l->widest)
			l->widest = l->line.length;
		if (l->before.length)
			count_pair(l);
	} else if (l->before.length) {
		l->blanks++;
	}
	l->before = l->line;
	memset(&l->line, 0, sizeof l->line);
}

/* Terminators, and the marks that may follow one at the end of a line. */
static bool
is_terminator(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 ||
	       c == 0xFF01 || c == 0xFF1F || c == 0x061F || c == 0x0964;
}

static bool
is_closer(uint32_t c)
{
	return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D ||
	       c == 0x2019 || c == 0xBB || c == 0x300D;
}

static void
read_character(struct desk_layout *l, uint32_t c)
{
	struct desk_layout_line *line = &l->line;
	unsigned class = desk_class(c);
	line->columns++;
	if (class & DESK_SPACE) {
		line->word_over |= line->length != 0;
		return;
	}
	line->wide |= c >= 0x80;
	line->spaced |= line->word_over;
	if (!line->word_over)
		line->word++;
	if (is_terminator(c))
		line->ended = true;
	else if (!is_closer(c))
		line->ended = false;
	if (!line->first && class & DESK_WORD)
		line->first = class & DESK_UPPER    ? DESK_UPPER
			      : class & DESK_LETTER ? DESK_LOWER
						    : DESK_DIGIT;
	line->length = line->columns;
	if (line->length > DESK_LAYOUT_LONG && (line->spaced || line->wide))
		l->wrap = DESK_WRAP_NO;
}

void
desk_layout_read(struct desk_layout *l, struct desk_slice text, bool final)
{
	for (size_t at = 0, size; at < text.len && !l->wrap; at += size) {
		uint32_t c = desk_utf8_decode(text.data + at, &size);
		l->seen += (uint32_t)size;
		if (c == '\n')
			end_line(l);
		else
			read_character(l, c);
		if (!l->wrap && l->seen >= DESK_LAYOUT_SAMPLE)
			conclude(l);
	}
	if (final && !l->wrap) {
		end_line(l);
		if (!l->wrap)
			conclude(l);
	}
}

bool
desk_layout_wrapped(struct desk_slice text)
{
	struct desk_layout layout = {0};
	desk_layout_read(&layout, text, true);
	return layout.wrap == DESK_WRAP_YES;
}

bool
desk_line_next(struct desk_slice text, size_t *at, struct desk_span *line)
{
	if (*at >= text.len)
		return false;
	size_t start = *at;
	const char *lf = memchr(text.data + start, '\n', text.len - start);
	size_t end = lf ? (size_t)(lf - text.data) : text.len;
	*at = lf ? end + 1 : end;
	desk_trim(text.data, &start, &end);
	*line = (struct desk_span){(uint32_t)start, (uint32_t)end};
	return true;
}

bool
desk_paragraph_next(struct desk_slice text, bool wrapped, size_t *at,
    struct desk_span *paragraph)
{
	struct desk_span line;
	do {
		if (!desk_line_next(text, at, &line))
			return false;
	} while (line.start == line.end);
	*paragraph = line;
	size_t next = *at;
	while (wrapped && desk_line_next(text, &next, &line) &&
	       line.start < line.end) {
		paragraph->end = line.end;
		*at = next;
	}
	return true;
}

/* The line ends between two places: none, one, or 2 for a blank line. */
static unsigned
line_ends(struct desk_slice text, size_t start, size_t end)
{
	unsigned most = 0, run = 0;
	for (size_t at = start, size; at < end; at += size) {
		uint32_t c = desk_utf8_decode(text.data + at, &size);
		if (c == '\n')
			run++;
		else if (!(desk_class(c) & DESK_SPACE))
			run = 0;
		most = run > most ? run : most;
	}
	return most < 2 ? most : 2;
}

void
desk_number_paragraphs(
    struct desk_slice text, struct desk_sent *sents, size_t count)
{
	bool wrapped = desk_layout_wrapped(text), lines = false, joined = false;
	uint32_t number = 1;
	for (size_t i = 0; i < count; i++) {
		unsigned ends = 2;
		if (i)
			ends =
			    line_ends(text, sents[i - 1].end, sents[i].start);
		if (i && ends == 2)
			number++;
		if (i && ends == 1 && lines && !wrapped)
			number++;
		/* A second sentence in a line proves that lines are paragraphs,
		 * for the first one of this line too. */
		if (i && ends == 0 && !wrapped && !lines) {
			lines = true;
			if (joined)
				sents[i - 1].paragraph = ++number;
		}
		joined = ends == 1;
		sents[i].paragraph = number;
	}
}
