/*
 * Metadata of pages: which of a page's own words about itself are taken, and
 * how names and dates are put right.  All pages here are made up.
 */
#include "page/meta.h"

#include <stdlib.h>

#include "page/dates.h"
#include "core/slice.h"
#include "tap.h"

static struct desk_arena arena;

static struct desk_meta
read_page(const char *html, size_t len, const char *url)
{
	struct desk_page page;
	struct desk_meta meta = {0};
	struct desk_page_source source = {.html = {html, len}};
	struct desk_error error = {0};
	if (desk_page_read(&page, &source, &arena, &error) ||
	    desk_meta_choose(&page, NULL,
		desk_slice(url, url ? strlen(url) : 0), &arena, &meta, &error))
		printf("# %s\n", error.text);
	return meta;
}

static struct desk_meta
meta_of(const char *html)
{
	return read_page(html, strlen(html), NULL);
}

static void
is_slice(struct desk_slice got, const char *want, const char *what)
{
	if (want)
		is_str(got.data, got.len, want, what);
	else if (!ok(!got.data, what))
		printf("# got '%.*s'\n", (int)got.len, got.data);
}

#define PROSE                                                                  \
	"<p>The council met on a rainy evening and spoke at length about "     \
	"the bridge, the school and the price of bread, as it does every "     \
	"year, and went home without having decided anything that would "      \
	"change the town for better or worse, said those who were there.</p>"

static void
test_dates(void)
{
	static const char *const cases[][2] = {
	    {"2023-03-21", "2023-03-21"},
	    {"2023-03-21T10:05:07.123+0200", "2023-03-21T10:05:07+02:00"},
	    {"2023-03-21 10:05 UTC", "2023-03-21T10:05Z"},
	    {"20230321", "2023-03-21"},
	    {"1679393107", "2023-03-21T10:05:07Z"},
	    {"951782400000", ""}, /* no day of ours: twelve figures */
	    {"March 21, 2023", "2023-03-21"},
	    {"Published: Mar. 21st, 2023 at 3:15 p.m.", "2023-03-21T15:15"},
	    {"Tue, 21 Mar 2023 10:05:07 GMT", "2023-03-21T10:05:07Z"},
	    {"Tue Mar 21 10:05:07 EST 2023", "2023-03-21T10:05:07"},
	    {"2023 Mar 21;15(1)", "2023-03-21"},
	    {"21.03.2023", "2023-03-21"},
	    {"21. März 2023, 18:30 Uhr", "2023-03-21T18:30"},
	    {"le 1er août 2023", "2023-08-01"},
	    {"21 de marzo de 2023", "2023-03-21"},
	    {"21 marca 2023", "2023-03-21"},
	    {"21 марта 2023 г.", "2023-03-21"},
	    {"2023年3月21日", "2023-03-21"},
	    {"03/21/2023", "2023-03-21"},
	    {"21/03/2023", "2023-03-21"},
	    {"3/4/2023", "2023-03-04"},
	    {"31/31/2023", ""},
	    {"February 29, 2023", ""},
	    {"29 February 2024", "2024-02-29"},
	    {"in March 2023", ""},
	    {"call 555-2023", ""},
	    {"1.2.3", ""},
	    {"", ""},
	};
	char out[DESK_DATE_BYTES];
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *text = cases[i][0];
		size_t len =
		    desk_meta_date(desk_slice(text, strlen(text)), out);
		is_str(out, len, cases[i][1], *text ? text : "no text");
	}
	struct desk_date date;
	ok(desk_date_find(
	       desk_slice("3/4/2023", 8), DESK_DATE_DAY_FIRST, &date) &&
		date.month == 4,
	    "days first where slashes are not American");
}

static void
is_title(const char *html, const char *want, const char *what)
{
	is_slice(meta_of(html).title, want, what);
}

static void
test_title(void)
{
	is_title("<title>Bridge closed &amp; shut | The Daily Ferry</title>"
		 "<meta property=og:site_name content='The Daily Ferry'>",
	    "Bridge closed & shut", "the site's name is cut");
	is_title("<title>The Daily Ferry - Bridge closed</title>"
		 "<link rel=canonical href=https://www.dailyferry.example/1>",
	    "Bridge closed", "by its host, and at the front");
	is_title("<title>Bridge - and then what?</title>",
	    "Bridge - and then what?", "but not a part of the title");
	is_title("<title>Bridge closed</title><meta property=og:title "
		 "content='Bridge over the Old River closed'><h1>News</h1>"
		 "<h1>Bridge over the <i>Old River</i> closed today</h1>",
	    "Bridge over the Old River closed today",
	    "the heading that is like the head's");
	is_title("<title>Bridge closed</title><h1>Blog</h1>" PROSE,
	    "Bridge closed", "no heading that is not");
	is_title("<h1>Bridge closed</h1>" PROSE, "Bridge closed", "only an h1");
	is_title("<script type=application/ld+json>{\"@type\":\"NewsArticle\","
		 "\"headline\":\"Bridge &amp; \\u0022tunnel\\u0022\"}</script>",
	    "Bridge & \"tunnel\"", "JSON-LD alone");
	is_title("<p>text</p>", NULL, "none");
}

static void
is_author(const char *html, const char *want, const char *what)
{
	is_slice(meta_of(html).author, want, what);
}

static void
by(const char *line, const char *want)
{
	char html[1200];
	snprintf(html, sizeof html,
	    "<title>Bridge closed again</title><h1>Bridge closed again</h1>"
	    "<p class=byline>%s</p>" PROSE,
	    line);
	is_author(html, want, line);
}

static void
test_author(void)
{
	by("By Jane Doe, Staff Writer | Reuters", "Jane Doe");
	by("By Jane Doe and John Roe", "Jane Doe, John Roe");
	by("Written by: JANE DOE", "JANE DOE");
	by("By Jane Doe March 3, 2023", "Jane Doe");
	by("Jane Doe, MD", "Jane Doe");
	by("Von Jürgen Müller", "Jürgen Müller");
	by("By Ludwig van der Berg", "Ludwig van der Berg");
	by("Published March 3, 2023 by Jane Doe", "Jane Doe");
	by("By <a href='/author/jane/'>Jane Doe</a>", "Jane Doe");
	by("ByJane Doe", "Jane Doe");
	by("By admin", NULL);
	by("March 3, 2023", NULL);
	by("Share this on Facebook", NULL);
#define META(value) "<meta name=author content='" value "'>"
	is_author(META("Jane Doe"), "Jane Doe", "meta");
	is_author(META("https://social.example/jane"), NULL, "no address");
	is_author(META("@janedoe"), NULL, "no handle");
	is_author(META("admin"), NULL, "no admin");
	is_author(META("The Daily Ferry") "<meta property=og:site_name "
					  "content='The Daily Ferry'>",
	    NULL, "no site");
	is_author("<meta name=citation_author content='Doe, Jane'>"
		  "<meta name=citation_author content='Roe, John'>",
	    "Jane Doe, John Roe", "several, turned");
	is_author("<meta name=twitter:label1 content='Written by'>"
		  "<meta name=twitter:data1 content='Jane Doe'>",
	    "Jane Doe", "a label that says so");
	is_author("<meta name=twitter:label1 content='Reading time'>"
		  "<meta name=twitter:data1 content='Five Minutes'>",
	    NULL, "no other label");
}

#define JSON(text) "<script type='application/ld+json'>" text "</script>"

static void
test_json(void)
{
	is_author(JSON("{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"x\"},"
		       "{\"@type\":[\"Thing\",\"Article\"],\"author\":"
		       "{\"@id\":\"#j\"}},{\"@type\":\"Person\",\"@id\":\"#j\""
		       ",\"name\":\"Jane Doe\"}]}"),
	    "Jane Doe", "an author by reference");
	is_author(JSON("[{\"@type\":\"NewsArticle\",\"author\":[\"Jane Doe\","
		       "{\"name\":\"John Roe\"}]}]"),
	    "Jane Doe, John Roe", "a list of authors");
	is_author(JSON("<!--//<![CDATA[\n{\"@type\":\"Article\",\"author\":"
		       "{\"name\":\"Jane Doe\"}}\n//]]>-->"),
	    "Jane Doe", "with comments and CDATA around");
	is_author(JSON("{\"@type\":\"Article\",\"description\":\"two\nlines\\x"
		       "\",\"author\":{\"name\":\"Jane Doe\",},};"),
	    "Jane Doe", "mended");
	is_author(JSON("{\"@type\":")
		      JSON("{\"@type\":\"Article\",\"author\":\"Jane Doe\"}"),
	    "Jane Doe", "the one behind a broken one");
	struct desk_meta meta =
	    meta_of(JSON("{\"@type\":\"https://schema.org/NewsArticle\","
			 "\"datePublished\":\"2023-03-21T08:00:00Z\","
			 "\"dateModified\":\"2024-01-01\"}"));
	is_slice(meta.date, "2023-03-21T08:00:00Z", "published, not modified");
	char deep[4000];
	memset(deep, '[', sizeof deep);
	memcpy(deep, "<script type=application/ld+json>", 33);
	ok(!read_page(deep, sizeof deep, NULL).author.data, "nested deeply");
}

static void
is_date(const char *html, const char *want, const char *what)
{
	is_slice(meta_of(html).date, want, what);
}

static void
test_date(void)
{
#define HEAD "<h1>Bridge closed again</h1>"
	is_date("<meta property=article:modified_time content=2024-01-01>"
		"<meta property=article:published_time content=2023-03-21>",
	    "2023-03-21", "published, not modified");
	is_date("<meta property=article:modified_time content=2024-01-01>",
	    "2024-01-01", "modified, where nothing else is known");
	is_date(HEAD "<time datetime=2023-03-21>yesterday</time>" PROSE,
	    "2023-03-21", "a time element");
	is_date(HEAD "<time>March 21, 2023</time>" PROSE, "2023-03-21",
	    "or its text");
	is_date(HEAD "<p>Updated: May 2, 2024</p><p>Published: March 21, "
		     "2023</p>" PROSE,
	    "2023-03-21", "the line that says published");
	is_date(HEAD "<div>Updated:</div><div>May 2, 2024</div>"
		     "<div>21 March 2023</div>" PROSE,
	    "2023-03-21", "a label on a line of its own");
	is_date(HEAD PROSE PROSE PROSE PROSE PROSE
	    "<div class=comments><p>May 2, 2024</p></div>",
	    NULL, "no date of a comment");
	is_date(HEAD "<link rel=canonical "
		     "href=https://ferry.example/2023/03/21/bridge>" PROSE,
	    "2023-03-21", "the address");
	is_date("<html lang=de>" HEAD "<p>4/3/2023</p>" PROSE, "2023-03-04",
	    "days first");
	is_date("<html lang=en>" HEAD "<p>4/3/2023</p>" PROSE, "2023-04-03",
	    "months first");
	is_date(HEAD PROSE, NULL, "none");
}

static void
test_rest(void)
{
	struct desk_meta meta =
	    meta_of("<html lang=en-GB><link rel='x canonical' "
		    "href='https://a.example/b?c=1&amp;d=2'>"
		    "<meta property=og:site_name content=' A  site&#33; '>");
	is_slice(meta.lang, "en-GB", "language");
	is_slice(meta.url, "https://a.example/b?c=1&d=2", "address");
	is_slice(meta.site, "A site!", "site");
	meta = meta_of("<html lang='{{ lang }}'><meta property=og:locale "
		       "content=pt_BR><link rel=canonical href=/b>");
	is_slice(meta.lang, "pt-BR", "a language that is one");
	is_slice(meta.url, NULL, "no relative address");
	const char *url = "https://known.example/x";
	meta = read_page("<p>x", 4, url);
	is_slice(meta.url, url, "the address that the caller knows");
	/* Bounded, whatever is said. */
	size_t len = 1 << 20;
	char *page = malloc(len);
	if (!page)
		exit(1);
	memset(page, 'x', len);
	memcpy(page, "<title>", 7);
	memcpy(page + len / 2, "</title><meta name=author content='", 35);
	meta = read_page(page, len, NULL);
	ok(meta.title.len > 100 && meta.title.len < 1000, "a long title");
	free(page);
}

static void
test_hints(void)
{
	struct desk_page page;
	struct desk_meta_hints hints;
	const char *html =
	    "<meta property=og:type content=product><title>A &lt; B</title>"
	    "<meta name=description content=short>" JSON(
		"{\"@type\":\"Article\",\"headline\":\"H\",\"articleBody\":"
		"\"One.\\nTwo.\",\"author\":\"Jane Doe\"}");
	struct desk_page_source source = {.html = {html, strlen(html)}};
	if (desk_page_read(&page, &source, &arena, NULL))
		exit(1);
	desk_meta_hint(page.notes, &hints);
	is_slice(hints.title, "A < B", "title");
	is_slice(hints.headline, "H", "headline");
	is_slice(hints.body, "One. Two.", "body");
	is_slice(hints.author, "Jane Doe", "author");
	is_slice(hints.description, "short", "description");
	ok(hints.article && hints.product && !hints.forum && !hints.listing,
	    "types");
}

int
main(void)
{
	test_dates();
	test_title();
	test_author();
	test_json();
	test_date();
	test_rest();
	test_hints();
	desk_arena_release(&arena);
	return done();
}
