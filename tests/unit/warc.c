/* Records of WARC files: headers, HTTP messages, bodies. */
#include "io/warc.h"

#include <stdlib.h>
#include <zlib.h>

#include "core/slice.h"
#include "tap.h"

static struct desk_slice
str(const char *s)
{
	return desk_slice(s, strlen(s));
}

#define HEAD                                                                   \
	"WARC/1.1\r\nWARC-Type: response\r\n"                                  \
	"warc-record-id:<urn:uuid:1>\r\nX-Other: \r\n more of it: 7\r\n"       \
	"WARC-Target-URI: <http://a.org/>\r\nWARC-Date:\t2024-01-02T03:04Z\n"  \
	"Content-Type: application/http; msgtype=response\r\n"                 \
	"Content-Length: 12\r\n\r\n"

static void
heads(void)
{
	struct desk_warc_head head;
	char *tight = malloc(sizeof HEAD - 1);
	memcpy(tight, HEAD, sizeof HEAD - 1);
	is_int(desk_warc_head(str(HEAD "content"), false, &head),
	    sizeof HEAD - 1, "a header ends at its empty line");
	ok(head.type == DESK_WARC_RESPONSE && head.http && !head.text &&
		head.length == 12,
	    "its fields are read, in any case and order");
	is_str(head.id.data, head.id.len, "urn:uuid:1", "an id");
	is_str(head.url.data, head.url.len, "http://a.org/", "an address");
	is_str(head.date.data, head.date.len, "2024-01-02T03:04Z", "a date");
	bool more = true, none = true;
	for (size_t n = 1; n < sizeof HEAD - 1; n++) {
		more &= !desk_warc_head(desk_slice(tight, n), false, &head);
		none &= desk_warc_head(desk_slice(tight, n), true, &head) < 0;
	}
	ok(more, "any part of one asks for more");
	ok(none, "and is damage where there is none");
	free(tight);
	is_int(desk_warc_head(str("WARC/2.0\r\n"), false, &head), DESK_EDATA,
	    "another version");
	is_int(desk_warc_head(str("WARC/1.x\r\n"), false, &head), DESK_EDATA,
	    "or none");
	is_int(desk_warc_head(str("<html>"), false, &head), DESK_EDATA,
	    "or something else");
	is_int(desk_warc_head(str("WARC/1.0\r\n\r\n"), false, &head),
	    DESK_EDATA, "no length");
	is_int(desk_warc_head(str("WARC/1.0\r\nA: b\r\n" HEAD), false, &head),
	    DESK_EDATA, "a header in a header");
	static const char *const lengths[] = {
	    "", "x", "-1", "1x", "99999999999999999999", "1 2"};
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		char s[100];
		snprintf(s, sizeof s, "WARC/1.0\r\nContent-Length: %s\r\n\r\n",
		    lengths[i]);
		is_int(desk_warc_head(str(s), false, &head), DESK_EDATA,
		    "a length that is none");
	}
	size_t big = DESK_WARC_HEAD + 100;
	char *s = malloc(big);
	memset(s, 'a', big);
	memcpy(s, "WARC/1.0\r\n", 10);
	is_int(desk_warc_head(desk_slice(s, big), false, &head), DESK_EDATA,
	    "a header without end is none");
	free(s);
}

static void
finding(void)
{
	is_int(desk_warc_find(str("WARC/1.0\r\n"), true), 0, "at once");
	is_int(desk_warc_find(str("WARC/1.0\r\n"), false), 10,
	    "not where no line begins");
	is_int(desk_warc_find(str("x\nWARC/1.0 \nWARC/1.0\n"), false), 12,
	    "a line of its own");
	is_int(desk_warc_find(str("x\nWARC/1.0"), false), 10, "a whole one");
	is_int(desk_warc_find(str("<p>WARC/1.0\r\nWARC-Type"), true), 3,
	    "behind what was cut off");
	is_int(desk_warc_find(str("<p>WARC/1.0\r\nWARC:"), true), 18,
	    "only if it looks like one");
	is_int(desk_warc_find(str(""), true), 0, "nothing");
}

static void
responses(void)
{
	struct desk_http_head head;
	static const char good[] = "HTTP/1.1 200 OK\r\n"
				   "content-type: text/HTML ; x=1; "
				   "Charset=\"utf-8\"\r\n"
				   "Transfer-Encoding: gzip, chunked\r\n"
				   "Content-Encoding: gzip\r\n\r\n<p>";
	is_int(desk_http_head(str(good), false, &head), sizeof good - 4,
	    "a response");
	ok(head.status == 200 && head.html && head.chunked, "is read");
	is_str(head.charset.data, head.charset.len, "utf-8", "its charset");
	is_str(head.coding.data, head.coding.len, "gzip", "its packing");
	desk_http_head(str("HTTP/2 404\r\nContent-Type: application/xhtml+xml"
			   "\n\n"),
	    false, &head);
	ok(head.status == 404 && head.html && !head.chunked &&
		!head.charset.data && !head.coding.data,
	    "another");
	desk_http_head(
	    str("HTTP/1.0 200 OK\r\nContent-Type: text/htmlx\r\n\r\n"), false,
	    &head);
	ok(!head.html, "no page");
	is_int(desk_http_head(str("HTT"), false, &head), 0, "more is needed");
	is_int(desk_http_head(str("HTTP/1.1 200 OK\r\n"), true, &head),
	    DESK_EDATA, "which is not there");
	is_int(desk_http_head(str("GET / HTTP/1.1\r\n\r\n"), false, &head),
	    DESK_EDATA, "a request");
	is_int(desk_http_head(str("HTTP/1.1 OK\r\n\r\n"), false, &head),
	    DESK_EDATA, "no status");
	is_int(desk_http_head(str("HTTP/1.1 20\r\n\r\n"), false, &head),
	    DESK_EDATA, "half a status");
}

static struct desk_arena arena;

static void
body(const char *coding, bool chunked, const char *s, size_t n, size_t limit,
    const char *want, const char *what)
{
	struct desk_http_head head = {.chunked = chunked};
	struct desk_error error;
	struct desk_slice page;
	bool over;
	char *tight = malloc(n ? n : 1);
	if (coding)
		head.coding = str(coding);
	memcpy(tight, s, n);
	int code = desk_http_body(
	    &head, desk_slice(tight, n), limit, &arena, &page, &over, &error);
	if (code)
		is_str(error.text, strlen(error.text), want, what);
	else
		is_str(page.data, page.len, want, what);
	if (!code && limit == strlen(want))
		ok(over, "and it is said that it was longer");
	free(tight);
}

static void
chunks(const char *s, const char *want, const char *what)
{
	body(NULL, true, s, strlen(s), 1000, want, what);
}

/* A text packed by zlib in the way that a window size stands for. */
static size_t
packed(const char *s, int window, char *to, size_t room)
{
	z_stream z = {0};
	if (deflateInit2(&z, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY))
		abort();
	char copy[100];
	snprintf(copy, sizeof copy, "%s", s);
	z.next_in = (Bytef *)copy;
	z.avail_in = (uInt)strlen(copy);
	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)room;
	deflate(&z, Z_FINISH);
	deflateEnd(&z);
	return z.total_out;
}

static void
bodies(void)
{
	char s[200];
	size_t n;
	body(NULL, false, "<p>x", 4, 1000, "<p>x", "a body as it is");
	body(NULL, false, "<p>x", 4, 3, "<p>", "or as much as is allowed");
	body(NULL, false, "", 0, 1000, "", "or nothing");
	chunks("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", "abcde", "chunks");
	chunks("A \r\n0123456789\r\n0\r\n", "0123456789", "a size, a blank");
	chunks("3\r\nabc\r\n9\r\nde", "abcde", "the last one cut off");
	chunks("3\r\nabc\r\nzz\r\nde", "abc", "or damaged");
	chunks("<p>no chunks", "<p>no chunks", "undone already");
	chunks("ffffffffffffffffffff\r\nabc", "ffffffffffffffffffff\r\nabc",
	    "no size");
	chunks("7fffffffffffff0\r\nabc", "abc", "a size that cannot be");
	n = packed("<p>packed text", 15 + 16, s, sizeof s);
	body("gzip", false, s, n, 1000, "<p>packed text", "gzip");
	body("X-GZip", false, s, n - 9, 1000, "<p>packed text", "cut off");
	body("gzip", false, s, n, 5, "<p>pa", "longer than is allowed");
	body("gzip", false, "<p>plain", 8, 1000, "<p>plain", "undone already");
	body("gzip", false, s, 2, 1000, "", "nearly nothing");
	n = packed("<p>packed text", 15, s, sizeof s);
	body("deflate", false, s, n, 1000, "<p>packed text", "deflate");
	n = packed("<p>packed text", -15, s, sizeof s);
	body("deflate", false, s, n, 1000, "<p>packed text", "without header");
	body("br", false, "\x0b\x02", 2, 1000,
	    "cannot unpack content-encoding 'br'", "a packing not known");
	body("br", false, " <!doctype html>", 16, 1000, " <!doctype html>",
	    "that was undone already");
}

int
main(void)
{
	heads();
	finding();
	responses();
	bodies();
	desk_arena_release(&arena);
	return done();
}
