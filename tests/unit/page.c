/* page.c - a page as blocks: what is cut where, what is text, what it costs. */
#include "tap.h"

#include <stdlib.h>

#include "boilerplate/features.h"
#include "page/page.h"
#include "boilerplate/pick.h"

static struct desk_arena arena;
static struct desk_page page;

static int
read_page(const char *html, size_t len)
{
	struct desk_page_source source = {.html = {html, len}};
	struct desk_error error = {0};
	desk_arena_clear(&arena);
	return desk_page_read(&page, &source, &arena, &error);
}

/* The blocks of a page, a bar between. */
static const char *
blocks_of(const char *html)
{
	static char out[4096];
	size_t len = 0;
	out[0] = '\0';
	if (read_page(html, strlen(html)))
		return "failed";
	for (size_t i = 0; i < page.block_count; i++) {
		const struct desk_page_block *b = &page.blocks[i];
		len += (size_t)snprintf(out + len, sizeof out - len, "%s%.*s",
		    i ? "|" : "", (int)(b->end - b->start),
		    page.text.data + b->start);
	}
	return out;
}

static void
is_blocks(const char *html, const char *want, const char *what)
{
	const char *got = blocks_of(html);
	is_str(got, strlen(got), want, what);
}

static void
test_text(void)
{
	is_blocks("<p> a \n\t b </p>c", "a b|c", "white space is collapsed");
	is_blocks("<p>a&amp;b &lt;i&gt; &#8212;", "a&b <i> \xE2\x80\x94",
	    "references are undone");
	is_blocks("a<b>b</b><i> c</i>", "ab c", "inline elements cut nothing");
	is_blocks("<p>\xC2\xA0</p><p>10\xC2\xA0km</p>", "10\xC2\xA0km",
	    "no-break spaces are kept inside, and are no block");
	is_blocks("<pre>\n  a\n b </pre>", "  a\n b", "pre keeps its lines");
	is_blocks("<pre>a<br>b</pre>", "a\nb", "br in pre is a line end");
	is_blocks("a<script>b</script><style>c</style>d"
		  "<textarea>e</textarea>",
	    "ad", "scripts are no text");
	is_blocks("<!-- a --><title>b</title><p>c", "c", "nor are titles");
	is_blocks("x-y <my-tag>a</my-tag>b", "x-y|a|b",
	    "elements with a hyphen are blocks");
}

static void
test_tags(void)
{
	is_blocks("<p>a<p>b<ul><li>c<li>d</ul>e", "a|b|c|d|e", "implied ends");
	is_blocks("<dl><dt>a<dd>b<dt>c</dl>", "a|b|c", "of definitions");
	is_blocks("<div>a</span>b</section>c</div>d", "ab|c|d",
	    "end tags of nothing");
	is_blocks("<b>a<p>b</b>c</p>d", "a|bc|d", "crossed ones");
	is_blocks("<select><option>a<option>b</select>c", "c", "choices");
	is_blocks("<svg><title>a</title><text>b</text></svg>c", "c", "svg");
	is_blocks("<svg><path>b<p>c", "c", "svg that html breaks out of");
	is_blocks("<div><video>a</div>b", "b", "video that is not closed");
	is_blocks("<object>a<p>b", "a|b", "an object up to the page's end");
	is_blocks("<noscript>a</noscript>", "a",
	    "noscript, where there is nothing else");
	is_blocks("<template>a</template><div>"
		  "<template shadowrootmode=open>b</template></div>",
	    "b", "a template only with a shadow root");
	read_page("<h2>a</h3><p>b", 15);
	is_int(page.blocks[0].kind, DESK_HEADING, "a heading");
	is_int(page.blocks[0].level, 2, "its level");
	is_int(page.blocks[1].kind, DESK_PARAGRAPH,
	    "ends with any heading's end tag");
}

static void
test_lines(void)
{
	is_blocks("a<br>b<br><br>c", "a|b|c", "br cuts");
	ok(page.blocks[1].flags & DESK_PAGE_BR, "one br is noted");
	ok(!(page.blocks[2].flags & DESK_PAGE_BR), "two are another block");
	is_blocks("<p>a<br></p><p>b", "a|b", "br before the end");
	ok(!(page.blocks[1].flags & DESK_PAGE_BR), "is no line break");
}

static void
test_tables(void)
{
	is_blocks("<table><tr><td>a<td>b<tr><th>c</th><td><td>d</table>",
	    "a\tb|c\t\td", "rows of data");
	is_int(page.blocks[1].kind, DESK_ROW, "are rows");
	is_blocks("<table><tr><td><p>a<p>b<td>c</table>", "a|b|c",
	    "cells of blocks are not");
	is_blocks("<td>a<td>b", "a|b", "cells of no table");
	read_page("<table><tr><td>a<td><td><a href=u>b</a> c</table>", 50);
	is_int(page.style_count, 1, "a link in a row");
	is_int(page.styles[0].start, 3, "has moved with it");
	is_int(page.styles[0].end, 4, "as a whole");
}

static void
test_styles(void)
{
	static const char html[] =
	    "<p>a <a href='u?a&amp;b'>b <b>c</b></a> d<p><i>e<p>f</i>";
	read_page(html, sizeof html - 1);
	is_int(page.style_count, 3, "link, strong, emphasis");
	is_int(page.styles[0].kind, DESK_STYLE_LINK, "the link is the outer");
	is_str(page.styles[0].href.data, page.styles[0].href.len, "u?a&b",
	    "its address");
	is_int(page.styles[0].start, 2, "from its text");
	is_int(page.styles[0].end, 5, "to its end");
	is_int(page.styles[1].kind, DESK_STYLE_STRONG, "strong in it");
	is_int(page.blocks[0].link_bytes, 2,
	    "bytes of links are counted, blanks left out");
	is_int(page.blocks[0].src_start, 3, "where the text is in the source");
}

static void
test_lists(void)
{
	static const char html[] = "<ol><li><p>a<p>b<ul><li>c</ul></ol>d";
	read_page(html, sizeof html - 1);
	is_int(page.block_count, 4, "items and what follows");
	is_int(page.blocks[0].kind, DESK_ITEM, "an item");
	ok(page.blocks[0].ordered, "of a numbered list");
	ok(page.blocks[1].flags & DESK_PAGE_GOES_ON, "its second paragraph");
	is_int(page.blocks[2].level, 2, "a list in it");
	ok(!page.blocks[2].ordered, "of another kind");
	is_int(page.blocks[3].level, 0, "and none");
}

static void
test_words(void)
{
	uint32_t kinds =
	    desk_page_kinds((struct desk_slice){"articleBody top-nav", 19});
	ok(kinds & DESK_KIND_ARTICLE, "words are cut at capitals");
	ok(kinds & DESK_KIND_NAV, "and at signs");
	kinds = desk_page_kinds((struct desk_slice){"commentlist", 11});
	ok(kinds & DESK_KIND_COMMENT, "a word of two");
	is_int(desk_page_kinds((struct desk_slice){"xq-7", 4}), 0, "none");
	read_page("<div class=comments><p>a<p hidden>b", 35);
	ok(page.nodes[page.nodes[page.blocks[0].node].parent].kinds &
		DESK_KIND_COMMENT,
	    "classes are on the element");
	ok(page.nodes[page.blocks[1].node].flags & DESK_NODE_HIDDEN,
	    "hidden is known");
}

/* Every prefix of a page is a page, and nodes nest. */
static void
test_cut(void)
{
	static const char html[] =
	    "<!DOCTYPE html><html><head><title>t</title><script>a<b</script>"
	    "<body class='x y'><div id=m><h1>H</h1><p>a <a href='u'>b</a>"
	    "<table><tr><td>c<td>d</table><svg><g></svg><ul><li>e</ul>&amp;"
	    "<!-- c --><pre>\nf\n</pre></div>";
	size_t bad = 0;
	for (size_t len = 0; len < sizeof html; len++) {
		char *copy = malloc(len + 1);
		memcpy(copy, html, len);
		bad += read_page(copy, len) != 0;
		for (size_t i = 1; i < page.node_count; i++) {
			const struct desk_page_node *n = &page.nodes[i];
			const struct desk_page_node *p = &page.nodes[n->parent];
			bad += n->parent >= i || n->first < p->first ||
			       n->last > p->last || n->first >= n->last;
		}
		for (size_t i = 0; i < page.block_count; i++) {
			const struct desk_page_block *b = &page.blocks[i];
			bad += b->start >= b->end || b->src_end > len ||
			       b->src_start >= b->src_end ||
			       b->node >= page.node_count;
		}
		free(copy);
	}
	is_int(bad, 0, "a page cut anywhere");
}

static char *
repeated(const char *what, size_t times, const char *end, size_t *len)
{
	size_t n = strlen(what), m = strlen(end);
	char *s = malloc(n * times + m + 1);
	for (size_t i = 0; i < times; i++)
		memcpy(s + i * n, what, n);
	memcpy(s + n * times, end, m + 1);
	*len = n * times + m;
	return s;
}

static void
test_hostile(void)
{
	static const struct {
		const char *what, *end;
		size_t times, blocks;
	} pages[] = {{"<div>", "<p>a<p>b", 100000, 2},
	    {"<b>", "<p>a<p>b</b>c", 50000, 2},
	    {"<table><tr><td>", "a", 50000, 1},
	    {"<x-a><x-b></x-a>", "a", 20000, 1},
	    {"<b><div></b>", "a", 20000, 1},
	    {"<svg><noscript><select>", "a", 5000, 0},
	    {"<p><i>a", "", 20000, 20000}, {"<p>a<div>", "", 200000, 131072}};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		size_t len;
		char *s =
		    repeated(pages[i].what, pages[i].times, pages[i].end, &len);
		is_int(read_page(s, len), 0, pages[i].what);
		if (pages[i].blocks)
			is_int(page.block_count, pages[i].blocks,
			    "all its text is there");
		free(s);
	}
}

/* A row of more cells than there may be blocks: blocks do not overlap. */
static void
test_wide(void)
{
	size_t len, bad = 0;
	char *cells = repeated("<td>x", 140000, "", &len);
	char *s = malloc(len + 11);
	memcpy(s, "<table><tr>", 11);
	memcpy(s + 11, cells, len - 11);
	is_int(read_page(s, len), 0, "a very wide row");
	for (size_t i = 1; i < page.block_count; i++)
		bad += page.blocks[i].start <= page.blocks[i - 1].end - 1;
	is_int(bad, 0, "its blocks do not overlap");
	free(cells);
	free(s);
}

static void
test_features(void)
{
	static const char html[] =
	    "<h1>A title of some words</h1><div class=article-body>"
	    "<p>This is a paragraph of the page, and it has more than ten "
	    "words in it.</p></div><div class=comments><p>Good <a href=x>one"
	    "</a></p></div>";
	struct desk_error error = {0};
	int16_t *rows;
	size_t count, number;
	read_page(html, sizeof html - 1);
	is_int(desk_page_features(&page, &arena, &rows, &count, &error), 0,
	    "features of a page");
	is_int(count, DESK_FEATURES, "as many as there are");
	const int16_t *prose = rows + count, *comment = rows + 2 * count;
	is_int(prose[DESK_F_END], 3, "prose ends with a stop");
	is_int(prose[DESK_F_PROSE_BEFORE], 999, "and is the first");
	is_int(prose[DESK_F_HEADLINE], 1, "after the headline");
	is_int(comment[DESK_F_IN_KIND + 6], 2, "the comment stands in one");
	ok(comment[DESK_F_LINK] > 300, "and has a link");
	const char *name = desk_feature_name(DESK_F_IN_KIND + 6, &number);
	is_str(name, strlen(name), "IN_KIND", "features have names");
	is_int(number, 6, "and numbers");
}

static void
test_copies(void)
{
	char html[8192];
	size_t len = 0, copies = 0;
	struct desk_error error = {0};
	int16_t *rows;
	size_t count;
	for (int i = 0; i < 8; i++)
		len += (size_t)snprintf(html + len, sizeof html - len,
		    "<p>Number %d of these paragraphs tells how on day %d the "
		    "old mill %d went round and ground %d sacks.",
		    i, i * 7, i * i, i + 100);
	len += (size_t)snprintf(html + len, sizeof html - len, "<div hidden>");
	for (int i = 0; i < 8; i++)
		len += (size_t)snprintf(html + len, sizeof html - len,
		    "Number %d of these paragraphs tells how on day %d the "
		    "old mill %d went round and ground %d sacks. ",
		    i, i * 7, i * i, i + 100);
	read_page(html, len);
	is_int(desk_page_features(&page, &arena, &rows, &count, &error), 0,
	    "a page with a second copy");
	for (size_t i = 0; i < page.block_count; i++)
		copies += (page.blocks[i].flags & DESK_PAGE_COPY) != 0;
	is_int(copies, 1, "one block says it all again");
	ok(page.blocks[8].flags & DESK_PAGE_COPY, "the last");
}

/* A model that takes what ends as a sentence does, and another that takes
 * nothing for sure. */
static const struct desk_tree_node ends_nodes[] = {
    {DESK_F_END, 2, 1, 0}, {0, INT16_MAX, 1, -2048}, {0, INT16_MAX, 2, 2048}};
static const uint16_t ends_roots[] = {0};
static const uint8_t ends_depths[] = {1};
static const struct desk_trees ends = {.feature_count = DESK_FEATURES,
    .tree_count = 1,
    .node_count = 3,
    .roots = ends_roots,
    .depths = ends_depths,
    .nodes = ends_nodes};

/* And three that say the same of all. */
static const struct desk_trees doubt = {.base = -1024};
static const struct desk_trees yes = {.base = 8192};
static const struct desk_trees no = {.base = -8192};

/* The verdicts on a page as letters: K kept, - not. */
static const char *
picks_of(const char *html, const struct desk_page_models *models,
    const struct desk_boilerplate_options *options, bool *empty)
{
	static char out[64];
	struct desk_error error = {0};
	struct desk_view *view;
	struct desk_pick *picks;
	read_page(html, strlen(html));
	if (desk_page_view(&page, &arena, &view, &error) ||
	    desk_page_pick(
		view, models, options, &arena, &picks, empty, &error))
		return "failed";
	for (size_t i = 0; i < page.block_count; i++) {
		out[i] = picks[i].keep ? 'K' : '-';
		if (!picks[i].reason)
			return "no reason";
	}
	out[page.block_count] = '\0';
	return out;
}

#define PROSE                                                                  \
	"<p>It was a long day for all who had come to see the mill go round, " \
	"and the wind did not rise before the evening of it, when most of "    \
	"them had gone home to their own towns again."

static void
is_picks(const char *html, const struct desk_page_models *models,
    const struct desk_boilerplate_options *options, const char *want,
    const char *what)
{
	bool empty;
	const char *got = picks_of(html, models, options, &empty);
	is_str(got, strlen(got), want, what);
	ok(empty == !strchr(want, 'K'), "empty or not");
}

static void
test_pick(void)
{
	struct desk_page_models news = {&ends, &doubt, &yes};
	struct desk_page_models other = {&ends, &doubt, &no};
	struct desk_boilerplate_options none = {0}, comments = {0}, type = {0};
	comments.comments = true;
	type.type = DESK_TYPE_ARTICLE;
	static const char html[] =
	    "<ul><li>a<li>b</ul><div>" PROSE PROSE "</div>"
	    "<div class=comments><p>I have been there, too.</div>";
	is_picks(html, &news, &none, "--KK-", "prose, no comments");
	is_picks(html, &news, &comments, "--KKK", "and comments");
	is_picks(html, &news, &type, "--KK-", "an article");
	is_picks(html, &other, &type, "-----", "no article");
	is_picks(html, &other, &none, "KKKKK", "doubt keeps what there is");
	is_picks("<div class=comments>" PROSE "</div>", &news, &none, "K",
	    "a class word alone does not empty a page");
	is_picks("<p>Home<p>About", &news, &none, "KK",
	    "nor does a page of few words");
	is_picks("<div hidden><p>It is hidden.</div>" PROSE, &news, &none, "-K",
	    "hidden text is left out");
	is_picks("<div hidden>" PROSE "</div>", &news, &none, "K",
	    "unless scripts will show it");
	is_picks("", &news, &none, "", "an empty page");
}

int
main(void)
{
	test_text();
	test_tags();
	test_lines();
	test_tables();
	test_styles();
	test_lists();
	test_words();
	test_cut();
	test_hostile();
	test_wide();
	test_features();
	test_copies();
	test_pick();
	desk_arena_release(&arena);
	return done();
}
