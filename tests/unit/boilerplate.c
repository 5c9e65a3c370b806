/* The boilerplate filter: what is kept, why, and what moves along. */
#include <stdlib.h>

#include "copydesk.h"
#include "doc/doc.h"

#include "tap.h"

#define PROSE_1                                                                \
	"The harbour master closed all four piers on Sunday after waves had "  \
	"broken through the outer wall of the port."
#define PROSE_2                                                                \
	"Engineers will look at the wall on Tuesday, and the port may open "   \
	"again by the end of the week, she said."
#define PROSE_3                                                                \
	"About forty boats lay behind the wall when it gave way, and their "   \
	"crews were brought ashore during the night."

static const struct desk_boilerplate_options marking = {.mark = true};

static struct desk_doc *
run(const char *text, size_t len,
    const struct desk_boilerplate_options *options)
{
	struct desk_doc *doc = desk_doc_new();
	if (!doc || desk_doc_set_text(doc, text, len, NULL) ||
	    desk_boilerplate_annotate(doc, options, NULL))
		abort();
	return doc;
}

/* What comes out of a text. */
static void
gives(const char *text, const char *want, const char *what)
{
	struct desk_doc *doc = run(text, strlen(text), NULL);
	struct desk_slice got = desk_doc_text(doc);
	is_str(got.data, got.len, want, what);
	desk_doc_free(doc);
}

/* The reason for one line among paragraphs of prose: before, between, after. */
static void
reason_is(const char *line, const char *want)
{
	char text[1200];
	int len = snprintf(text, sizeof text, "%s\n%s\n%s\n%s\n", PROSE_1,
	    PROSE_2, line, PROSE_3);
	struct desk_doc *doc = run(text, (size_t)len, &marking);
	size_t count;
	const struct desk_block *blocks = desk_doc_blocks(doc, &count);
	if (ok(count == 4, "four lines are four blocks"))
		is_str(blocks[2].reason, strlen(blocks[2].reason), want, line);
	desk_doc_free(doc);
}

static void
test_reasons(void)
{
	reason_is("What comes next", "heading");
	reason_is("It will hold, he added.", "prose");
	reason_is("\"It has to,\" the mayor said.", "quote");
	reason_is("Not yet.", "short");
	reason_is("Advertisement", "crumb");
	reason_is("* * *", "rule");
	reason_is(
	    "Cranes on the pier (Jo Lamb/Bay Agency via REUTERS)", "caption");
	reason_is("Photo: Jo Lamb", "caption");
	reason_is("(AFP)", "credit");
	reason_is("(Ada Stone reporter, Ben Hill reporter)", "credit");
	reason_is("Additional reporting by Ada Stone", "credit");
	reason_is("By Ada Stone", "byline");
	reason_is("4 May 2021 10:15", "date");
	reason_is("Source: Valley Post", "source");
	reason_is("1/ https://port.example/wall", "link");
	reason_is("Read more: The wall that nobody wanted", "link");
	reason_is("Related stories", "end");
	reason_is("Leave a reply", "end");
	reason_is("Please enter your name here", "prompt");
	reason_is("You can contact us or sign up to our newsletter", "contact");
	reason_is("Copyright 2021 Port Media. All rights reserved.", "legal");
	reason_is(
	    "Sam Piper is a freelance writer based in Kettle Bay.", "bio");
	reason_is("(She was the editor of the paper when the wall was built "
		  "and she did not like it then.)",
	    "prose");
	reason_is("By the end of the week it was over.", "prose");
}

static void
test_place(void)
{
	gives("Ports Daily\nStorm closes piers\n" PROSE_1 "\n" PROSE_2
	      "\nKettle Bay News",
	    PROSE_1 "\n\n" PROSE_2, "what stands around the prose goes");
	gives(PROSE_1 "\n" PROSE_2 "\n" PROSE_1, PROSE_1 "\n\n" PROSE_2,
	    "a paragraph said twice is kept once");
	gives(PROSE_1 "\nBoats at the pier\nBoats at the pier\n" PROSE_2,
	    PROSE_1 "\n\n" PROSE_2, "a short line said twice is a caption");
	gives(PROSE_1 "\n" PROSE_2 "\nSources\n" PROSE_3,
	    PROSE_1 "\n\n" PROSE_2, "another story behind the end goes");
	gives(PROSE_3 "\nSources\n" PROSE_1 "\n" PROSE_2,
	    PROSE_1 "\n\n" PROSE_2, "the longest run of prose stays");
	gives(PROSE_1
	    "\nRelated stories\nA hole in the ice\nWhy owls sleep\n" PROSE_2
	    "\n" PROSE_3,
	    PROSE_1 "\n\n" PROSE_2 "\n\n" PROSE_3,
	    "headlines of other stories go, the article goes on");
}

static void
test_little(void)
{
	gives("Two men were held.\n", "Two men were held.",
	    "one sentence comes out");
	gives("Hello", "Hello", "one word comes out");
	gives("Low tide\nand the gulls\nLow tide\n",
	    "Low tide\n\nand the gulls\n\nLow tide", "a poem stays whole");
	gives("Share this\nThe pier is closed.\n", "The pier is closed.",
	    "a sentence after a crumb comes out");
	gives("", "", "nothing gives nothing");
	gives("\n \n\t\r\n", "", "blank lines give nothing");
	gives("Home\nNews\nSign in\n", "", "crumbs alone give nothing");
	gives("  " PROSE_1 " \r\n\r\n\xC2\xA0" PROSE_2 "\t\n",
	    PROSE_1 "\n\n" PROSE_2, "white space at both ends goes");
	size_t count;
	struct desk_doc *doc = run("Home\n", 5, NULL);
	desk_doc_blocks(doc, &count);
	ok((desk_doc_layers(doc) & DESK_BLOCKS) && !count,
	    "without an article the layer is there and empty");
	desk_doc_free(doc);
	doc = run("a\0b c.", 6, NULL);
	is_int(desk_doc_text(doc).len, 6, "a NUL byte is kept");
	desk_doc_free(doc);
}

/* A line between paragraphs comes out as said; NULL: as it went in. */
static void
repairs(const char *line, const char *want)
{
	char text[1200], full[1200];
	int len = snprintf(text, sizeof text, "%s\n%s\n%s\n%s\n", PROSE_1,
	    PROSE_2, line, PROSE_3);
	snprintf(full, sizeof full, "%s\n\n%s\n\n%s\n\n%s", PROSE_1, PROSE_2,
	    want ? want : line, PROSE_3);
	struct desk_doc *doc = run(text, (size_t)len, NULL);
	struct desk_slice got = desk_doc_text(doc);
	is_str(got.data, got.len, full, line);
	size_t count;
	const struct desk_block *b = desk_doc_blocks(doc, &count);
	if (ok(count == 4, "it is one block"))
		ok(b[2].src_end - b[2].src_start == b[2].end - b[2].start &&
			!memcmp(text + b[2].src_start, got.data + b[2].start,
			    b[2].end - b[2].start),
		    "whose source is what was kept of it");
	desk_doc_free(doc);
}

#define GULLS                                                                  \
	"Gulls had warned of the storm for days, said Ada Stone, who feeds "   \
	"them on the pier."

static void
test_repair(void)
{
	repairs("date 2021-05-04 " GULLS, GULLS);
	repairs("Published: 4 May 2021 10:15 " GULLS, GULLS);
	repairs("By Jo Lamb | May 4, 2021 " GULLS, GULLS);
	repairs("2021-05-04 10:15 GMT " GULLS, GULLS);
	repairs("Share Tweet Email " GULLS, GULLS);
	repairs("ADVERTISEMENT " GULLS, GULLS);
	repairs("Home \xC2\xBB World \xC2\xBB Ports \xC2\xBB " GULLS, GULLS);
	repairs("(Photo: Jo Lamb/Bay Pictures) " GULLS, GULLS);
	repairs(GULLS " (Photo: Jo Lamb)", GULLS);
	repairs(GULLS " Read more: The wall that nobody wanted", GULLS);
	repairs(GULLS " Share this article", GULLS);
	repairs(GULLS " " GULLS, GULLS);
	repairs("Share Tweet date 2021-05-04 " GULLS " Tweet", GULLS);
	repairs("May 4, 2021 was the day on which the gulls left the pier for "
		"good.",
	    NULL);
	repairs("By 2021-05-04 the wall had a hole that was as wide as a door "
		"and as deep.",
	    NULL);
	repairs("Advertisement spending in the port fell by a tenth after the "
		"wall had gone.",
	    NULL);
	repairs("Share prices of the Port Company fell by a tenth after the "
		"wall had gone.",
	    NULL);
	repairs("She asked them to read more about the wall (and its holes).",
	    NULL);
	repairs("In the U.S. Facebook has many friends of the port and of its "
		"wall, and in the U.S. Facebook",
	    NULL);
}

static void
test_focus(void)
{
	const char *text = "Kettle Bay News\nStorm closes piers\n" PROSE_1
			   "\n" PROSE_2 "\n" PROSE_3 "\n";
	static const enum desk_focus focuses[] = {
	    DESK_PRECISION, DESK_BALANCED, DESK_RECALL};
	int32_t odds[3];
	for (int i = 0; i < 3; i++) {
		struct desk_boilerplate_options options = {
		    .mark = true, .focus = focuses[i]};
		struct desk_doc *doc = run(text, strlen(text), &options);
		size_t count;
		odds[i] = desk_doc_blocks(doc, &count)[0].score;
		desk_doc_free(doc);
	}
	ok(odds[0] < odds[1] && odds[1] < odds[2],
	    "precision asks more of a line than recall does");
}

static void
test_wrap(void)
{
	static const struct desk_boilerplate_options yes = {
	    .wrap = DESK_WRAP_YES};
	const char *text = "The port was closed on Sunday\nafter the wall "
			   "had broken in the night.\n\nIt opens again.\n";
	struct desk_doc *doc = run(text, strlen(text), &yes);
	struct desk_slice got = desk_doc_text(doc);
	is_str(got.data, got.len,
	    "The port was closed on Sunday\nafter the wall had broken in the "
	    "night.\n\nIt opens again.",
	    "lines of a wrapped paragraph stay together");
	desk_doc_free(doc);
}

static void
test_layers(void)
{
	const char *text = "Home\n" PROSE_1 "\nShare this\n" PROSE_2 "\n";
	uint32_t one = 5, two = (uint32_t)(one + strlen(PROSE_1) + 12);
	struct desk_sent sents[] = {{0, 4, 1}, {one, one + 11, 2},
	    {one, two + 9, 2}, {two, two + 9, 4}};
	struct desk_ent ents[] = {{1, 3, "PER", 0}, {two, two + 9, "ORG", 0}};
	struct desk_span parts[] = {{two + 1, two + 4}};
	struct desk_quote quotes[] = {{.start = two,
	    .end = two + 9,
	    .parts = parts,
	    .part_count = 1,
	    .cue = {0, 4},
	    .speaker = {one, one + 3}}};
	struct desk_doc *doc = desk_doc_new();
	if (!doc || desk_doc_set_text(doc, text, strlen(text), NULL))
		abort();
	desk_doc_set_sents(doc, sents, 4);
	desk_doc_set_ents(doc, ents, 2);
	desk_doc_set_quotes(doc, quotes, 1);
	is_int(desk_boilerplate_annotate(doc, NULL, NULL), 0, "it is done");
	uint32_t moved = (uint32_t)strlen(PROSE_1) + 2;
	size_t n;
	const struct desk_sent *s = desk_doc_sents(doc, &n);
	if (ok(n == 2, "sentences outside or across blocks are dropped")) {
		is_int(s[0].start, 0, "the first one moved to the front");
		is_int(s[1].start, moved, "the second one follows its block");
		is_int(s[1].end, moved + 9, "and keeps its length");
		is_int(s[1].paragraph, 2, "paragraphs are counted anew");
	}
	const struct desk_ent *e = desk_doc_ents(doc, &n);
	ok(n == 1 && e[0].start == moved, "entities move along");
	const struct desk_quote *q = desk_doc_quotes(doc, &n);
	if (ok(n == 1, "a quotation in a kept block is kept")) {
		is_int(q->parts[0].start, moved + 1, "with its parts");
		is_int(q->cue.end, 0, "without the cue that was dropped");
		is_int(q->speaker.end, 3, "and with its speaker");
	}
	const struct desk_block *b = desk_doc_blocks(doc, &n);
	if (ok(n == 2, "only kept blocks are in the layer")) {
		is_int(b[1].start, moved, "a block has its new place");
		is_int(b[1].src_start, two, "and its old one");
		ok(b[1].keep, "and is kept");
	}
	desk_doc_free(doc);
}

static void
test_mark(void)
{
	const char *text = "Home\n\n" PROSE_1 "\n";
	struct desk_doc *doc = run(text, strlen(text), &marking);
	struct desk_slice got = desk_doc_text(doc);
	is_str(got.data, got.len, text, "marking leaves the text alone");
	size_t n;
	const struct desk_block *b = desk_doc_blocks(doc, &n);
	if (ok(n == 2, "marking shows every block that is not blank")) {
		ok(!b[0].keep && b[1].keep, "with its verdict");
		is_int(b[1].start, 6, "in its place");
		is_int(b[1].src_start, 6, "which is the source's");
	}
	desk_doc_free(doc);
}

#define UNSTOPPED                                                              \
	"a line that goes on and on without any stop although it has more "    \
	"than twenty words in it and so looks like prose"

/* Lines that a random text is put together from. */
static const char *const lines[] = {PROSE_1, PROSE_2, PROSE_3, "Home", "",
    "Share this", "Comments", "Not so.", "What next", "By Ada Stone",
    "A pier (Jo Lamb/AFP)", "(AFP)", "Read more: a wall", "* * *",
    "It was the third storm of the year, and the worst so...",
    "Source: Valley Post", "Home Local Sport Weather and other things", "“No,”",
    "Two boats sank.", "1/ https://port.example/", "He listed them:", UNSTOPPED,
    "Share Tweet " PROSE_2, "date 2021-05-04 " PROSE_3,
    PROSE_1 " Read more: a wall",
    "Get the best stories of the week in your inbox every Friday.",
    "Ann, 12 May 2021 at 10:15 am", "Reply", "I think so too, you know.",
    "Two boats sank. Two boats sank."};

static void
test_fixed_point(void)
{
	unsigned seed = 1, bad = 0;
	for (int round = 0; round < 3000; round++) {
		char text[16384];
		size_t len = 0;
		for (unsigned n = 1 + round % 60; n; n--) {
			seed = seed * 1664525u + 1013904223u;
			const char *line =
			    lines[(seed >> 16) %
				  (sizeof lines / sizeof *lines)];
			len += (size_t)snprintf(
			    text + len, sizeof text - len, "%s\n", line);
		}
		struct desk_doc *first = run(text, len, NULL);
		struct desk_slice a = desk_doc_text(first);
		struct desk_doc *second = run(a.data, a.len, NULL);
		struct desk_slice b = desk_doc_text(second);
		bad += a.len != b.len || memcmp(a.data, b.data, a.len) != 0;
		desk_doc_free(first);
		desk_doc_free(second);
	}
	is_int(bad, 0, "running on its own output changes nothing");
}

int
main(void)
{
	test_reasons();
	test_place();
	test_little();
	test_repair();
	test_focus();
	test_wrap();
	test_layers();
	test_mark();
	test_fixed_point();
	return done();
}
