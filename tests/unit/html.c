/*
 * The tokens of HTML: cases of our own, and that the work grows with the page
 * and no faster (counted in tests/unit/html_portable.c).  The public suite is
 * in tests/unit/html_suite.c.
 */
#include "html/tokenizer.h"

#include <stdlib.h>

#include "core/slice.h"
#include "html_print.h"
#include "tap.h"

struct own {
	const char *page, *want;
};

static void
check(const struct own *cases, size_t count, bool foreign)
{
	for (size_t i = 0; i < count; i++) {
		struct desk_html html = {.foreign = foreign};
		const char *page = cases[i].page;
		ok(read_page(&html, desk_slice(page, strlen(page)), true),
		    "tokens lie in the page, in order");
		is_str(shown.data ? shown.data : "", shown.len, cases[i].want,
		    page);
	}
}

#define CHECK(cases, foreign)                                                  \
	check(cases, sizeof(cases) / sizeof *(cases), foreign)

static void
markup(void)
{
	static const struct own cases[] = {
	    {"", ""},
	    {"a < b <3 <", "T[a < b <3 <]"},
	    {"a</", "T[a</]"},
	    {"a</>b", "T[ab]"},
	    {"</ x>b", "C[ x]T[b]"},
	    {"<?php echo?>", "C[?php echo?]"},
	    {"<P CLASS=a Class='b'>x</P a=b/>", "S[p]{[class]=[a]}T[x]E[p]"},
	    {"<a b=\"1\"c='2'd=3/e>", "S[a]{[b]=[1][c]=[2][d]=[3/e]}"},
	    {"<a =b= ==c / d / >", "S[a]{[=b]=[==c][d]=[]}"},
	    {"<a b = >c", "S[a]{[b]=[]}T[c]"},
	    {"<br/><br / ><a b=c/>", "S[br]{}/S[br]{}S[a]{[b]=[c/]}"},
	    {"<a\rb\nc\fd\te>", "S[a]{[b]=[][c]=[][d]=[][e]=[]}"},
	    {"<a\"b'<c>d", "S[a\"b'<c]{}T[d]"},
	    {"x<a b='>' c", "T[x]"},
	    {"x<a b='c>d", "T[x]"},
	    {"x</a", "T[x]"},
	    {"a\r\nb\rc\n", "T[a\nb\nc\n]"},
	};
	static const char nul[] = "a\0b<c\0 d\0=\0 e='\0'>\0<!--\0-->";
	CHECK(cases, false);
	struct desk_html html = {.foreign = false};
	read_page(&html, desk_slice(nul, sizeof nul - 1), true);
	is_str(shown.data, shown.len,
	    "T[ab]S[c\xEF\xBF\xBD]{[d\xEF\xBF\xBD]=[\xEF\xBF\xBD]"
	    "[e]=[\xEF\xBF\xBD]}C[\xEF\xBF\xBD]",
	    "NUL is left out in text and U+FFFD elsewhere");
}

static void
comments(void)
{
	static const struct own cases[] = {
	    {"<!-->a<!--->b", "C[]T[a]C[]T[b]"},
	    {"<!---->a<!----!>b", "C[]T[a]C[]T[b]"},
	    {"<!--a--!>b", "C[a]T[b]"},
	    {"<!--a--->b", "C[a-]T[b]"},
	    {"<!--a--!-->b", "C[a--!]T[b]"},
	    {"<!--a<!--b-->c", "C[a<!--b]T[c]"},
	    {"<!-->-->", "C[]T[-->]"},
	    {"<!-- > -> --x> -->y", "C[ > -> --x> ]T[y]"},
	    {"<!--a", "C[a]"},
	    {"<!--a-", "C[a]"},
	    {"<!--a--", "C[a]"},
	    {"<!--a---", "C[a-]"},
	    {"<!--a--!", "C[a]"},
	    {"<!---", "C[]"},
	    {"<!-a>b", "C[-a]T[b]"},
	    {"<!a>b", "C[a]T[b]"},
	    {"<!>b", "C[]T[b]"},
	    {"<!", "C[]"},
	    {"<![CDATA[a]]>b", "C[[CDATA[a\\]\\]]T[b]"},
	};
	CHECK(cases, false);
}

static void
doctypes(void)
{
	static const struct own cases[] = {
	    {"<!DOCTYPE HTML>", "D[html]--"},
	    {"<!doctypehtml>", "D[html]--"},
	    {"<!doctype>", "D---q"},
	    {"<!doctype html", "D[html]--q"},
	    {"<!doctype html x>", "D[html]--q"},
	    {"<!doctype html public \"a\" 'b' c>", "D[html][a][b]"},
	    {"<!doctype html public\"a\"'b'>", "D[html][a][b]"},
	    {"<!doctype html public \"\">", "D[html][]-"},
	    {"<!doctype html public \"a>b", "D[html][a]-qT[b]"},
	    {"<!doctype html public>", "D[html]--q"},
	    {"<!doctype html public 'a' b>", "D[html][a]-q"},
	    {"<!doctype html system 'a'>", "D[html]-[a]"},
	    {"<!doctype html system 'a' b", "D[html]-[a]"},
	    {"<!doctype html system 'a' ", "D[html]-[a]q"},
	    {"<!doctype html system a>", "D[html]--q"},
	};
	CHECK(cases, false);
}

static void
raw(void)
{
	static const struct own cases[] = {
	    {"<title>a<b>&amp;</x></titlex></TITLE >c",
		"S[title]{}T[a<b>&</x></titlex>]E[title]T[c]"},
	    {"<title></title>", "S[title]{}E[title]"},
	    {"<style>a<b>&amp;</style>c", "S[style]{}T[a<b>&amp;]E[style]T[c]"},
	    {"<style/>a</style\n>", "S[style]{}/T[a]E[style]"},
	    {"<style>a</style", "S[style]{}T[a</style]"},
	    {"<style>a</style ", "S[style]{}T[a]"},
	    {"<plaintext>a</plaintext>", "S[plaintext]{}T[a</plaintext>]"},
	    {"<script>a<b'</script>c", "S[script]{}T[a<b']E[script]T[c]"},
	    {"<script><!--<script>a</script>b--></script>c",
		"S[script]{}T[<!--<script>a</script>b-->]E[script]T[c]"},
	    {"<script><!--<script>a</script>b</script>c",
		"S[script]{}T[<!--<script>a</script>b]E[script]T[c]"},
	    {"<script><!--a</script>c", "S[script]{}T[<!--a]E[script]T[c]"},
	    {"<script><!--><script></script>c",
		"S[script]{}T[<!--><script>]E[script]T[c]"},
	    {"<script><!--<scriptx></script>c",
		"S[script]{}T[<!--<scriptx>]E[script]T[c]"},
	    {"<script><!--<script>--></script>c",
		"S[script]{}T[<!--<script>-->]E[script]T[c]"},
	    {"<svg><title>a<b>", "S[svg]{}S[title]{}T[a<b>]"},
	};
	static const struct own foreign[] = {
	    {"<title>a<b>", "S[title]{}T[a]S[b]{}"},
	    {"a<![CDATA[<b>&amp;]]]>c", "T[a<b>&amp;\\]c]"},
	    {"<![CDATA[]]>", ""},
	    {"<![CDATA[a]]", "T[a\\]\\]]"},
	    {"<![cdata[a]]>", "C[[cdata[a\\]\\]]"},
	};
	CHECK(cases, false);
	CHECK(foreign, true);
	struct desk_html html = {.mode = DESK_HTML_CDATA};
	read_page(&html, desk_slice(">]]>", 4), true);
	is_str(shown.data, shown.len, "T[>]", "a section may be set by hand");
}

static void
references(void)
{
	static const struct own cases[] = {
	    {"&amp;&AMP&ampx&aMp;", "T[&&&x&aMp;]"},
	    {"&notit;&notin;&not", "T[\xC2\xACit;\xE2\x88\x89\xC2\xAC]"},
	    {"&&amp;&;& &x;", "T[&&&;& &x;]"},
	    {"&#65&#x42;&#X43x", "T[ABCx]"},
	    {"&#&#x&#xg;&#;", "T[&#&#x&#xg;&#;]"},
	    {"&#0;&#xD800;&#1114112;&#99999999999999999999;",
		"T[\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD]"},
	    {"&#4294967361;", "T[\xEF\xBF\xBD]"},
	    {"&#146;&#x97;&#129;", "T[\xE2\x80\x99\xE2\x80\x94\xC2\x81]"},
	    {"&#13;\r", "T[\r\n]"},
	    {"&nvlt;&fjlig;", "T[<\xE2\x83\x92"
			      "fj]"},
	    {"&CounterClockwiseContourIntegral;", "T[\xE2\x88\xB3]"},
	    {"<a b='&amp;&amp&ampx&amp=&copy c&#65x&notit;'>",
		"S[a]{[b]=[&&&ampx&amp=\xC2\xA9 cAx&notit;]}"},
	    {"<a b=&lt;>", "S[a]{[b]=[<]}"},
	};
	CHECK(cases, false);
	char out[32];
	size_t len = desk_html_value(desk_slice("&copyright", 5), out);
	is_str(out, len, "\xC2\xA9", "a value ends where it ends");
	len = desk_html_text(desk_slice("&#123", 4), DESK_HTML_DATA, out);
	is_str(out, len, "\f", "and so does a text");
	len = desk_html_text(desk_slice("\r\n", 1), DESK_HTML_CDATA, out);
	is_str(out, len, "\n", "a CR alone");
	is_int(desk_html_text(desk_slice(NULL, 0), DESK_HTML_DATA, out), 0,
	    "nothing is nothing");
}

static void
tags(void)
{
	for (unsigned i = 1; i < DESK_TAG_COUNT; i++) {
		const char *name = desk_tags[i].name;
		char upper[16], longer[16];
		size_t len = strlen(name);
		for (size_t j = 0; j < len; j++)
			upper[j] =
			    (char)(name[j] >= 'a' ? name[j] & ~0x20 : name[j]);
		memcpy(longer, name, len);
		longer[len] = 'x';
		is_int(desk_tag_find(name, len), i, name);
		is_int(desk_tag_find(upper, len), i, "... in capitals");
		is_int(desk_tag_find(longer, len + 1), DESK_TAG_OTHER,
		    "... with an x");
		ok(desk_tag_find(name, len - 1) != i, "... cut off");
		ok(i == 1 || strcmp(desk_tags[i - 1].name, name) < 0,
		    "... in order");
	}
	is_int(desk_tag_find("h\x11", 2), DESK_TAG_OTHER, "h and a control");
	is_int(desk_tag_find("\0", 1), DESK_TAG_OTHER, "NUL");
	is_int(desk_tag_find("i\0\0\0\0\0i", 7), DESK_TAG_OTHER, "NULs");
	is_int(desk_tag_find("x-y", 3), DESK_TAG_OTHER, "a name with '-'");
}

/* What the tree builder relies on. */
static void
flags(void)
{
	static const struct {
		enum desk_tag tag;
		unsigned flags;
	} some[] = {
	    {DESK_TAG_OTHER, 0},
	    {DESK_TAG_B, 0},
	    {DESK_TAG_SPAN, 0},
	    {DESK_TAG_BR, DESK_TAG_VOID},
	    {DESK_TAG_HR, DESK_TAG_BLOCK | DESK_TAG_VOID | DESK_TAG_CLOSES_P},
	    {DESK_TAG_P, DESK_TAG_BLOCK | DESK_TAG_CLOSES_P},
	    {DESK_TAG_TD, DESK_TAG_BLOCK},
	    {DESK_TAG_H6,
		DESK_TAG_BLOCK | DESK_TAG_HEADING | DESK_TAG_CLOSES_P},
	    {DESK_TAG_META, DESK_TAG_VOID | DESK_TAG_HEAD},
	    {DESK_TAG_SCRIPT, DESK_TAG_HIDDEN | DESK_TAG_RAW | DESK_TAG_HEAD},
	    {DESK_TAG_SELECT, DESK_TAG_HIDDEN},
	    {DESK_TAG_SVG, DESK_TAG_HIDDEN | DESK_TAG_FOREIGN},
	    {DESK_TAG_MATH, DESK_TAG_FOREIGN},
	};
	for (size_t i = 0; i < sizeof some / sizeof *some; i++)
		is_int(desk_tags[some[i].tag].flags, some[i].flags,
		    desk_tags[some[i].tag].name);
	for (unsigned i = 0; i < DESK_TAG_COUNT; i++)
		ok(!(desk_tags[i].flags & DESK_TAG_VOID) ||
			!(desk_tags[i].flags &
			    (DESK_TAG_RAW | DESK_TAG_HIDDEN)),
		    "nothing is in a void element");
}

static void
attributes(void)
{
	static const char many[] = "<p a=1 HREF = \"x\" b>";
	static struct desk_html_token t;
	struct desk_html html;
	desk_html_open(&html, desk_slice(many, sizeof many - 1));
	desk_html_next(&html, &t);
	const struct desk_html_attribute *a = desk_html_find(&t, "href", 4);
	ok(a, "an attribute is found in any case");
	if (a)
		is_str(a->value.data, a->value.len, "x", "... its value");
	ok(!desk_html_find(&t, "hre", 3), "one that is not there is not");

	struct desk_buffer page = {0};
	desk_buffer_string(&page, "<p");
	for (unsigned i = 0; i < 20000; i++) {
		desk_buffer_string(&page, " a");
		desk_buffer_number(&page, i);
	}
	desk_buffer_string(&page, "/>x");
	desk_html_open(&html, desk_slice(page.data, page.len));
	desk_html_next(&html, &t);
	is_int(t.attribute_count, DESK_HTML_ATTRIBUTES,
	    "of 20,000 attributes the first are listed");
	ok(t.closed && desk_html_next(&html, &t) && t.text.len == 1,
	    "and the rest is read over");
	desk_buffer_release(&page);
}

static void
places(void)
{
	static const char page[] = "ab<p>c&amp;</p ><!--x-->\r<title>t";
	static const struct {
		unsigned kind, start, end, mode;
		bool plain;
	} all[] = {
	    {DESK_HTML_TEXT, 0, 2, DESK_HTML_DATA, true},
	    {DESK_HTML_OPEN, 2, 5, DESK_HTML_DATA, false},
	    {DESK_HTML_TEXT, 5, 11, DESK_HTML_DATA, false},
	    {DESK_HTML_CLOSE, 11, 16, DESK_HTML_DATA, false},
	    {DESK_HTML_COMMENT, 16, 24, DESK_HTML_RAWTEXT, false},
	    {DESK_HTML_TEXT, 24, 25, DESK_HTML_DATA, false},
	    {DESK_HTML_OPEN, 25, 32, DESK_HTML_DATA, false},
	    {DESK_HTML_TEXT, 32, 33, DESK_HTML_RCDATA, true},
	    {DESK_HTML_NOTHING, 33, 33, DESK_HTML_DATA, false},
	};
	static struct desk_html_token t;
	struct desk_html html;
	desk_html_open(&html, desk_slice(page, sizeof page - 1));
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		desk_html_next(&html, &t);
		is_int(t.kind, all[i].kind, "kinds in order");
		is_int(t.start, all[i].start, "... where one starts");
		is_int(t.end, all[i].end, "... where it ends");
		is_int(t.mode, all[i].mode, "... how it is read");
		is_int(t.plain, all[i].plain, "... whether it is plain");
	}
}

#ifdef DESK_HTML_WORK

/* What it costs to read head, n times the middle, tail. */
static uint64_t
work(const char *head, const char *middle, const char *tail, size_t n)
{
	struct desk_buffer page = {0};
	struct desk_html html = {.foreign = false};
	desk_buffer_string(&page, head);
	for (size_t i = 0; i < n; i++)
		desk_buffer_string(&page, middle);
	desk_buffer_string(&page, tail);
	desk_html_work = 0;
	read_page(&html, desk_slice(page.data, page.len), true);
	uint64_t cost = desk_html_work;
	ok(2 * cost >= page.len && cost <= 80 * page.len,
	    "each byte is looked at, and a bounded number of times");
	desk_buffer_release(&page);
	return cost;
}

static void
linear(void)
{
	static const struct {
		const char *head, *middle, *tail, *what;
	} pages[] = {
	    {"", "word ", "", "text"},
	    {"", "<", "", "many '<'"},
	    {"", "</", "", "many '</'"},
	    {"", "<!", "", "many '<!'"},
	    {"", "<!--", "", "comments never closed"},
	    {"<!--", "->", "", "a comment with '->'"},
	    {"<!--", "--!", "", "a comment with '--!'"},
	    {"", "<!--x-->", "", "comments"},
	    {"", "&", "", "many '&'"},
	    {"", "&a", "", "many '&a'"},
	    {"", "&not", "", "many bare references"},
	    {"&", "a", ";", "a long reference"},
	    {"", "&#", "", "many '&#'"},
	    {"&#", "1", "", "a long number"},
	    {"<a b='", "&am", "'>", "a value with '&'"},
	    {"<a b='", "x", "", "a quote never closed"},
	    {"", "<a b='", "", "many of them"},
	    {"", "<a b=\"", "", "with other quotes"},
	    {"<a", " b", ">", "one attribute many times"},
	    {"<a", " b=c", "", "in a tag never closed"},
	    {"<a", " b b1 b2 b3 b4 b5 b6 b7 b8 b9 c c1 c2 c3 c4 c5 c6 c7 c8",
		">", "twenty of them"},
	    {"<a ", "/", ">", "many '/'"},
	    {"<a b", " ", "=c>", "many blanks"},
	    {"<a b", "=", ">", "many '='"},
	    {"", "<b ", "", "tags never closed"},
	    {"<script>", "</script", "", "a script never closed"},
	    {"<script>", "<!--", "", "with escapes in it"},
	    {"<script>", "<!--<script", "", "and scripts"},
	    {"<script>", "<!--<script>-->", "", "closed ones"},
	    {"<script><!--", "->", "", "with '->'"},
	    {"<title>", "</titl", "", "a title never closed"},
	    {"<title>", "&</titl", "", "with '&'"},
	    {"<style>", "<", "", "a style sheet with '<'"},
	    {"", "<style></style>", "", "style sheets"},
	    {"", "<script></script ", "", "end tags never closed"},
	    {"", "<!doctype html public '", "", "doctypes never closed"},
	};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		uint64_t once =
		    work(pages[i].head, pages[i].middle, pages[i].tail, 20000);
		uint64_t twice =
		    work(pages[i].head, pages[i].middle, pages[i].tail, 40000);
		ok(twice * 10 <= once * 21, pages[i].what);
	}
}

#else

static void
linear(void)
{
}

#endif

int
main(void)
{
	markup();
	comments();
	doctypes();
	raw();
	references();
	tags();
	flags();
	attributes();
	places();
	linear();
	release_lines();
	return done();
}
