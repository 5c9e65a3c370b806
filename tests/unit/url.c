/* Addresses made absolute; the cases of RFC 3986, section 5.4, among others. */
#include "html/url.h"

#include <string.h>

#include "core/slice.h"
#include "tap.h"

static void
leads(const char *base, const char *reference, const char *want)
{
	struct desk_arena arena = {0};
	struct desk_slice got = desk_url_resolve(desk_slice(base, strlen(base)),
	    desk_slice(reference, strlen(reference)), &arena);
	is_str(got.data, got.len, want, reference);
	desk_arena_release(&arena);
}

int
main(void)
{
	static const char *const pairs[][2] = {{"g:h", "g:h"},
	    {"g", "http://a/b/c/g"}, {"./g", "http://a/b/c/g"},
	    {"g/", "http://a/b/c/g/"}, {"/g", "http://a/g"},
	    {"//g", "http://g"}, {"?y", "http://a/b/c/d;p?y"},
	    {"g?y", "http://a/b/c/g?y"}, {"#s", "http://a/b/c/d;p?q#s"},
	    {"g#s", "http://a/b/c/g#s"}, {"g?y#s", "http://a/b/c/g?y#s"},
	    {"", "http://a/b/c/d;p?q"}, {".", "http://a/b/c/"},
	    {"./", "http://a/b/c/"}, {"..", "http://a/b/"},
	    {"../", "http://a/b/"}, {"../g", "http://a/b/g"},
	    {"../..", "http://a/"}, {"../../g", "http://a/g"},
	    {"../../../g", "http://a/g"}, {"/./g", "http://a/g"},
	    {"/../g", "http://a/g"}, {"g.", "http://a/b/c/g."},
	    {"..g", "http://a/b/c/..g"}, {"./../g", "http://a/b/g"},
	    {"g/./h", "http://a/b/c/g/h"}, {"g/../h", "http://a/b/c/h"},
	    {"g?y/../x", "http://a/b/c/g?y/../x"},
	    {"g#s/../x", "http://a/b/c/g#s/../x"}, {" g\n", "http://a/b/c/g"},
	    {"mailto:x@y", "mailto:x@y"}};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		leads("http://a/b/c/d;p?q", pairs[i][0], pairs[i][1]);
	leads("https://example.org", "news/1.html",
	    "https://example.org/news/1.html");
	leads("", "news/1.html", "news/1.html");
	leads("not an address", "/x", "/x");
	return done();
}
