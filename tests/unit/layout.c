/* layout.c - lines, paragraphs, and telling wrapped text from other. */
#include "tap.h"

#include "doc/layout.h"

#define TEXT(s) ((struct desk_slice){s, sizeof s - 1})

static const char wrapped[] =
    "The council met on a cold evening in the old town hall, and it\n"
    "was plain from the start that nobody had come to listen. Those\n"
    "who spoke did so at length, while the others looked out of the\n"
    "windows at the snow, which had begun to fall again. It was late\n"
    "when they left.\n\n"
    "Nothing had been decided, and nothing would be, until the next\n"
    "spring came and with it another council.\n";

static const char lines[] =
    "The council met on a cold evening in the old town hall.\n"
    "Nobody had come to listen.\n"
    "Those who spoke did so at length.\n"
    "The others looked out of the windows.\n"
    "It was late when they left.\n";

static const char poem[] = "Down where the river bends and turns\n"
			   "A lamp is lit, a candle burns\n"
			   "And those who pass it in the night\n"
			   "Are thankful for the little light\n";

static const char list[] = "bread\nmilk from the farm\ntwo pounds of flour\n"
			   "salt\nthe good butter that she likes\napples\n";

static void
test_wrapped(void)
{
	ok(desk_layout_wrapped(TEXT(wrapped)), "wrapped text");
	ok(!desk_layout_wrapped(TEXT(lines)), "a sentence a line");
	ok(!desk_layout_wrapped(TEXT(poem)), "a poem");
	ok(!desk_layout_wrapped(TEXT(list)), "a list");
	ok(!desk_layout_wrapped(TEXT("")), "no text");
	ok(!desk_layout_wrapped(TEXT("One line of text that has no end")),
	    "one line");
}

/* What is told does not depend on how the text came. */
static void
test_parts(void)
{
	size_t len = sizeof wrapped - 1, bad = 0;
	struct desk_layout whole = {0};
	desk_layout_read(&whole, TEXT(wrapped), true);
	for (size_t cut = 0; cut <= len; cut++) {
		struct desk_layout parts = {0};
		desk_layout_read(
		    &parts, (struct desk_slice){wrapped, cut}, false);
		bad += parts.wrap != DESK_WRAP_AUTO;
		desk_layout_read(&parts,
		    (struct desk_slice){wrapped + cut, len - cut}, true);
		bad += parts.wrap != whole.wrap || parts.limit != whole.limit;
	}
	is_int(bad, 0, "cuts do not matter");
	is_int(whole.limit, 63, "the width is that of the longest line");
	ok(!whole.tight, "blank lines part the paragraphs");
}

static void
test_early(void)
{
	static char text[DESK_LAYOUT_SAMPLE];
	struct desk_layout layout = {0};
	memset(text, 'x', sizeof text);
	desk_layout_read(&layout, (struct desk_slice){text, 1000}, false);
	is_int(layout.wrap, DESK_WRAP_AUTO, "one long word tells nothing");
	for (size_t i = 5; i < sizeof text; i += 6)
		text[i] = ' ';
	memset(&layout, 0, sizeof layout);
	desk_layout_read(&layout, (struct desk_slice){text, 120}, false);
	is_int(layout.wrap, DESK_WRAP_AUTO, "nor do 120 columns");
	desk_layout_read(&layout, (struct desk_slice){text, 10}, false);
	is_int(layout.wrap, DESK_WRAP_NO, "a longer line is not wrapped");
	memset(text, '\n', sizeof text);
	memset(&layout, 0, sizeof layout);
	desk_layout_read(
	    &layout, (struct desk_slice){text, sizeof text - 1}, false);
	is_int(layout.wrap, DESK_WRAP_AUTO, "short of the sample: not known");
	desk_layout_read(&layout, (struct desk_slice){text, 1}, false);
	is_int(layout.wrap, DESK_WRAP_NO, "with all of it: known");
}

static void
test_walk(void)
{
	struct desk_slice text = TEXT(" a b \r\n\n\xC2\xA0\n c\nd");
	struct desk_span s;
	size_t at = 0;
	ok(desk_line_next(text, &at, &s) && s.start == 1 && s.end == 4,
	    "a line is trimmed");
	ok(desk_line_next(text, &at, &s) && s.start == s.end, "a blank one");
	ok(desk_line_next(text, &at, &s) && s.start == s.end,
	    "one of white space");
	at = 0;
	ok(desk_paragraph_next(text, false, &at, &s) && s.end == 4,
	    "a line is a paragraph");
	ok(desk_paragraph_next(text, false, &at, &s) && s.start == 12 &&
		s.end == 13,
	    "blank ones are skipped");
	ok(desk_paragraph_next(text, false, &at, &s) && s.start == 14,
	    "the next line is the next paragraph");
	ok(!desk_paragraph_next(text, false, &at, &s), "then the text ends");
	at = 5;
	ok(desk_paragraph_next(text, true, &at, &s) && s.start == 12 &&
		s.end == 15,
	    "wrapped lines are one paragraph");
}

static void
test_numbers(void)
{
	/* a / b / c d / e */
	struct desk_slice text = TEXT("A.\nB.\nC. D.\nE.\n\nF.");
	struct desk_sent s[] = {{0, 2, 0}, {3, 5, 0}, {6, 8, 0}, {9, 11, 0},
	    {12, 14, 0}, {16, 18, 0}};
	static const uint32_t want[] = {1, 1, 2, 2, 3, 4};
	size_t bad = 0;
	desk_number_paragraphs(text, s, 6);
	for (size_t i = 0; i < 6; i++)
		bad += s[i].paragraph != want[i];
	is_int(bad, 0, "a line of two sentences makes lines paragraphs");
}

int
main(void)
{
	test_wrapped();
	test_parts();
	test_early();
	test_walk();
	test_numbers();
	return done();
}
