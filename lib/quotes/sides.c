/* sides.c - what a character is as a quotation mark, alone and by its
 * neighbours. */
#include "quotes/sides.h"

#include <string.h>

#include "core/unicode.h"
#include "core/utf8.h"
#include "quotes/lost.h"

int
desk_mark_kind(uint32_t c, enum desk_side *side)
{
	static const struct {
		uint32_t c;
		uint8_t family, side;
	} kinds[] = {
	    {'"', MARK_STRAIGHT, MARK_EITHER},
	    {'\'', MARK_SINGLE, MARK_EITHER},
	    {0xAB, MARK_ANGLE, MARK_OPEN},
	    {0xBB, MARK_ANGLE, MARK_CLOSE},
	    {0x2018, MARK_SINGLE, MARK_OPEN},
	    {0x2019, MARK_SINGLE, MARK_CLOSE},
	    {0x201C, MARK_CURLY, MARK_OPEN},
	    {0x201D, MARK_CURLY, MARK_CLOSE},
	    {0x201E, MARK_CURLY, MARK_OPEN},
	    {0x201F, MARK_CURLY, MARK_OPEN},
	    {0x2039, MARK_ANGLE_THIN, MARK_OPEN},
	    {0x203A, MARK_ANGLE_THIN, MARK_CLOSE},
	    {0x300C, MARK_CORNER, MARK_OPEN},
	    {0x300D, MARK_CORNER, MARK_CLOSE},
	    {0x300E, MARK_CORNER, MARK_OPEN},
	    {0x300F, MARK_CORNER, MARK_CLOSE},
	    {0xFF02, MARK_STRAIGHT, MARK_EITHER},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].c == c) {
			*side = kinds[i].side;
			return kinds[i].family;
		}
	return MARK_NONE;
}

/* The classes of the characters beside text[at, at + len) in its line. */
static void
beside(struct desk_slice text, struct desk_span span, size_t at, size_t len,
    uint32_t *before, uint32_t *after)
{
	size_t n;
	*before = *after = '\n';
	if (at > span.start)
		*before = desk_utf8_before(
		    text.data + span.start, text.data + at, &n);
	if (at + len < span.end)
		*after = desk_utf8_decode(text.data + at + len, &n);
}

static bool
opens_after(uint32_t c)
{
	return desk_class(c) & DESK_SPACE || c == '(' || c == '[' || c == '{' ||
	       c == '/' || (c >= 0x2010 && c <= 0x2015) || c == '-' ||
	       c == 0x201C || c == 0x2018 || c == '"' || c == '\'';
}

bool
desk_elision(const char *s, size_t len)
{
	static const char *const words[] = {"em", "til", "tis", "twas", "cause",
	    "n", "bout", "round", "cuz", "nuff", "s", "t", "ll", "re", "ve",
	    "d", "m"};
	size_t n = 0;
	while (n < len && n < 8 && ((s[n] | 32) >= 'a' && (s[n] | 32) <= 'z'))
		n++;
	if (!n)
		return len && s[0] >= '0' && s[0] <= '9';
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == n) {
			size_t same = 0;
			while (same < n && (s[same] | 32) == words[i][same])
				same++;
			if (same == n)
				return true;
		}
	return false;
}

unsigned
desk_single_side(struct desk_slice text, struct desk_span span, size_t at,
    size_t len, unsigned side)
{
	uint32_t before, after;
	beside(text, span, at, len, &before, &after);
	bool word_before = desk_class(before) & DESK_WORD;
	bool word_after = desk_class(after) & DESK_WORD;
	if (word_before && word_after)
		return 0;
	if (!word_before && opens_after(before) &&
	    !(desk_class(after) & DESK_SPACE) && side & MARK_OPEN)
		return desk_elision(text.data + at + len, span.end - at - len)
			   ? 0
			   : MARK_OPEN;
	if (side & MARK_CLOSE && !(desk_class(before) & DESK_SPACE) &&
	    !word_after)
		return MARK_CLOSE;
	return 0;
}

unsigned
desk_straight_side(
    struct desk_slice text, struct desk_span span, size_t at, size_t len)
{
	uint32_t before, after;
	beside(text, span, at, len, &before, &after);
	if (desk_class(before) & DESK_DIGIT && at >= span.start + 2) {
		/* 6'2" and 5′10": feet stand before it */
		size_t i = at;
		while (i > span.start && text.data[i - 1] >= '0' &&
		       text.data[i - 1] <= '9')
			i--;
		if (i > span.start && at - i <= 2 &&
		    (text.data[i - 1] == '\'' ||
			(unsigned char)text.data[i - 1] == 0xB2))
			return 0;
	}
	bool left = opens_after(before),
	     right = !(desk_class(after) & DESK_WORD) && after != '$' &&
		     after != '(' && after != '[';
	if (left && !(desk_class(after) & DESK_SPACE))
		return MARK_OPEN;
	if (!left && right)
		return MARK_CLOSE;
	return MARK_EITHER;
}

/* "“We go, ”he said": a closing mark on the wrong side of a blank. */
static bool
misplaced(struct desk_slice text, struct desk_span span, size_t at, size_t len)
{
	char stop = at > span.start + 1 ? text.data[at - 2] : ' ';
	return text.data[at - 1] == ' ' &&
	       (stop == ',' || stop == '.' || stop == '!' || stop == '?') &&
	       desk_lost_saying(text, (uint32_t)(at + len), span.end);
}

unsigned
desk_curly_side(struct desk_slice text, struct desk_span span, size_t at,
    size_t len, unsigned side)
{
	uint32_t before, after;
	beside(text, span, at, len, &before, &after);
	bool left = opens_after(before), space = desk_class(after) & DESK_SPACE;
	bool stop = after == '.' || after == ',' || after == ';' ||
		    after == ')' || after == '\n';
	if (side == MARK_CLOSE && left && desk_class(after) & DESK_WORD)
		return misplaced(text, span, at, len) ? MARK_CLOSE : MARK_OPEN;
	if (side == MARK_OPEN && !left && (space || stop))
		return MARK_CLOSE;
	return side;
}
