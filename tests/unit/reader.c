/* The reader: how an input is cut into documents, whole or in single bytes. */
#include "io/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/memory.h"
#include "tap.h"

static struct desk_error why;
static struct desk_buffer log_of; /* what the last run came to */

static void
note(const struct desk_frame *f)
{
	char head[120];
	snprintf(head, sizeof head, "%c%u.%u@%llu%s%s%s%s[", "?tjhw"[f->form],
	    f -> number, f -> part, (unsigned long long)f -> line,
	    f -> last ? "" : "+", f->cut ? "cut" : "", f->over ? "over" : "",
	    f->error ? "!" : "");
	desk_buffer_string(&log_of, head);
	if (f->error)
		desk_buffer_string(&log_of, f->why);
	else
		desk_buffer_append(&log_of, f->bytes.data, f->bytes.len);
	desk_buffer_string(&log_of, "]");
}

/* Notes what comes of standard input.  Where `more` is not NULL it is called
 * each time when the reader has no bytes.  Of a stream's frame all but its last
 * `keep` bytes are consumed. */
static void
note_all(const struct desk_reader_options *options, size_t keep,
    void (*more)(void *), void *context)
{
	struct desk_reader *r = desk_reader_new(options);
	struct desk_frame f;
	int event;
	log_of.len = 0;
	if (desk_reader_open(r, "-", &why))
		abort();
	while ((event = desk_reader_next(r, &f, &why)) >= 0) {
		if (event == DESK_EVENT_END)
			break;
		if (event == DESK_EVENT_IDLE) {
			if (more)
				more(context);
			desk_reader_wait(r);
			continue;
		}
		note(&f);
		if (!f.last && !f.cut)
			desk_reader_consume(
			    r, f.bytes.len > keep ? f.bytes.len - keep : 0);
	}
	if (event < 0) {
		desk_buffer_string(&log_of, "!");
		desk_buffer_string(&log_of, why.text);
	}
	desk_reader_free(r);
}

/* A pipe whose end is standard input. */
static int
make_pipe(void)
{
	int ends[2];
	if (pipe(ends) || dup2(ends[0], 0) < 0)
		abort();
	close(ends[0]);
	return ends[1];
}

/* Another process writes, so many bytes at a time. */
static void
feed(const struct desk_reader_options *options, const char *s, size_t n,
    size_t step)
{
	int to = make_pipe();
	pid_t child = fork();
	if (!child) {
		for (size_t at = 0; at < n; at += step)
			if (write(to, s + at, n - at < step ? n - at : step) <
			    0)
				_exit(1);
		_exit(0);
	}
	close(to);
	note_all(options, 0, NULL, NULL);
	waitpid(child, NULL, 0);
}

/* Bytes come one at a time, each when all before it have been read. */
struct drip {
	const char *at, *end;
	int to;
};

static void
drip(void *context)
{
	struct drip *d = context;
	if (d->at < d->end && write(d->to, d->at++, 1) == 1)
		return;
	if (d->to >= 0)
		close(d->to);
	d->to = -1;
}

static void
drip_in(const struct desk_reader_options *options, const char *s, size_t n,
    size_t keep)
{
	struct drip d = {s, s + n, make_pipe()};
	note_all(options, keep, drip, &d);
	drip(&d);
}

/* The same frames come of it at once and in single bytes. */
static void
check_bytes(struct desk_reader_options options, const char *s, size_t n,
    const char *want, const char *what)
{
	static const size_t steps[] = {60000, 1, 2, 3, 7};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		feed(&options, s, n, steps[i]);
		is_str(log_of.data ? log_of.data : "", log_of.len, want, what);
	}
}

static void
check(struct desk_reader_options options, const char *s, const char *want,
    const char *what)
{
	check_bytes(options, s, strlen(s), want, what);
}

static const struct desk_reader_options plain;

static void
forms(void)
{
	check(plain, "", "", "nothing is no document");
	check(plain, "{\"a\":1}\n", "j1.0@1[{\"a\":1}]", "a brace and a quote");
	check(plain, " \n{ }", "j1.0@2[{ }]", "an empty object");
	check(plain, "{x}", "t1.0@1[{x}]", "a brace alone is text");
	check(plain, "  \n", "t1.0@1[  \n]", "blanks alone are text");
	check(plain, "[1]", "t1.0@1[[1]]", "a list is text");
	check((struct desk_reader_options){.from = DESK_FROM_TEXT}, "{\"a\":1}",
	    "t1.0@1[{\"a\":1}]", "text that is asked for");
	check((struct desk_reader_options){.from = DESK_FROM_JSONL}, "no\n",
	    "j1.0@1[no]", "JSON Lines that are asked for");
}

static void
records(void)
{
	check(plain, "{\"a\":1}\n\n \t\n{\"b\":2}\r\n{\"c\":3}",
	    "j1.0@1[{\"a\":1}]j2.0@4[{\"b\":2}]j3.0@5[{\"c\":3}]",
	    "a record a line, blank lines are none");
	check(plain, "\xEF\xBB\xBF{\"a\":1}\n", "j1.0@1[{\"a\":1}]",
	    "the byte order mark is dropped");
	struct desk_reader_options null = {.null = true};
	check_bytes(null, "{\"a\":1}\0{\"b\":\n2}\0", 17,
	    "j1.0@1[{\"a\":1}]j2.0@2[{\"b\":\n2}]", "records end in NUL");
}

static void
documents(void)
{
	check(plain, "a\n\f\nb", "t1.0@1[a\n]t2.0@3[b]", "a form feed's line");
	check(plain, "a\n\f\n", "t1.0@1[a\n]", "no document after the last");
	check(plain, "\f\na\n", "t1.0@1[]t2.0@2[a\n]", "an empty document");
	check(plain, "\f\n\f\n", "t1.0@1[]t2.0@2[]", "two empty documents");
	check(plain, "a\n\f", "t1.0@1[a\n]", "a form feed is the last byte");
	check(plain, "a\f\n\f b\n", "t1.0@1[a\f\n\f b\n]",
	    "a form feed in a line is text");
	check(plain, "a\n\f\r\nb\r\n", "t1.0@1[a\n]t2.0@3[b\n]",
	    "lines end in CR LF");
	struct desk_reader_options null = {.null = true};
	check_bytes(null, "a\n\f\n\0\0b", 7, "t1.0@1[a\n\f\n]t2.0@2[]t3.0@3[b]",
	    "with NUL a form feed is text, and nothing a document");
}

static void
cleaning(void)
{
	struct desk_reader_options skip = {.invalid = DESK_INVALID_SKIP};
	struct desk_reader_options fail = {.invalid = DESK_INVALID_ERROR};
	check(
	    plain, "a\rb\r\r\nc\r", "t1.0@1[a\rb\r\nc\r]", "a CR alone stays");
	check(plain, "\xEF\xBB\xBFx\xEF\xBB\xBF", "t1.0@1[x\xEF\xBB\xBF]",
	    "only the first byte order mark is dropped");
	check(plain, "\xEF\xBB", "t1.0@1[\xEF\xBF\xBD]", "half a mark");
	check(plain, "a\xFF\xE2\x80z\xF0\x9F\x98",
	    "t1.0@1[a\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD]",
	    "a bad sequence is one U+FFFD");
	check(plain, "\xE2\x80\xA6\xF0\x9F\x98\x80",
	    "t1.0@1[\xE2\x80\xA6\xF0\x9F\x98\x80]", "good ones stay");
	check(skip, "a\xFF\xE2\x80z\xF0", "t1.0@1[az]", "or is left out");
	check(skip, "\xFF", "", "nothing is left");
	check(fail, "a\n\f\nb\xFF\n\f\nc",
	    "t1.0@1[a\n]t2.0@3![bad UTF-8]"
	    "t3.0@5[c]",
	    "or makes an error of its document");
	check(fail, "{\"a\":1}\n{\"\xFF\":1}\n{\"b\":2}\n",
	    "j1.0@1[{\"a\":1}]j2.0@2![bad UTF-8]j3.0@3[{\"b\":2}]",
	    "or of its record");
}

static void
limits(void)
{
	struct desk_reader_options small = {.max_document = 16};
	check(small, "{\"a\":1}\n{\"long\":\"0123456789\"}\n{\"b\":2}\n",
	    "j1.0@1[{\"a\":1}]j2.0@2![record over --max-document]"
	    "j3.0@3[{\"b\":2}]",
	    "a record over the limit is an error, the next is fine");
	check(small, "{\"long\":\"0123456789 and no end",
	    "j1.0@1![record over --max-document]", "one without an end");
	check(small, "01234\n\n789abcdefghi\n",
	    "t1.0@1+cut[01234\n\n]t1.1@3[789abcdefghi\n]",
	    "a text is cut after a blank line in its first half");
	check(small, "01234 67\n9abcd\n\n ghi\n",
	    "t1.0@1+cut[01234 67\n9abcd\n\n]t1.1@4[ ghi\n]",
	    "or in its second");
	check(small, "0\n\n3456\n 9ab defghijk",
	    "t1.0@1+cut[0\n\n3456\n]t1.1@4[ 9ab defghijk]",
	    "or after a line, but parts do not get small");
	check(small, "01234 789ab\n defghi",
	    "t1.0@1+cut[01234 ]t1.1@1[789ab\n defghi]", "or after a blank");
	check(small, "0123456789abcdefghi",
	    "t1.0@1+cut[01234567]t1.1@1[89abcdefghi]", "or anywhere");
	check(small, "0123456\xE6\x9D\xB1 z 456789",
	    "t1.0@1+cut[0123456]t1.1@1[\xE6\x9D\xB1 z 456789]",
	    "but not inside a character");
	check(small, "01234 789abcdefghi\n\f\nb",
	    "t1.0@1+cut[01234 ]t1.1@1[789abcdefghi\n]t2.0@3[b]",
	    "the next document begins with part 0");
	check(small, "0123456789abcde\n\f\nb",
	    "t1.0@1[0123456789abcde\n]t2.0@3[b]", "just the limit is one part");
}

/* Parts add up to the document, and say where they begin. */
static void
bases(void)
{
	struct desk_reader_options small = {.max_document = 2048};
	struct desk_reader *r = desk_reader_new(&small);
	struct desk_buffer in = {0}, out = {0};
	struct desk_frame f;
	uint64_t bytes = 0, points = 0;
	char name[] = "/tmp/desk-reader-XXXXXX";
	int fd = mkstemp(name), event, right = 1;
	for (int i = 0; i < 4000; i++)
		desk_buffer_string(
		    &in, i % 7 ? "\xC3\xA4x" : " \xE2\x80\xA6\n");
	ok(fd >= 0 && write(fd, in.data, in.len) == (ssize_t)in.len &&
		!desk_reader_open(r, name, &why),
	    "a file is opened");
	while ((event = desk_reader_next(r, &f, &why)) == DESK_EVENT_FRAME) {
		right &= f.base_bytes == bytes && f.base_codepoints == points;
		right &= f.bytes.len <= 2048;
		desk_buffer_append(&out, f.bytes.data, f.bytes.len);
		bytes += f.bytes.len;
		for (size_t i = 0; i < f.bytes.len; i++)
			points += (f.bytes.data[i] & 0xC0) != 0x80;
	}
	is_int(event, DESK_EVENT_END, "a file never makes wait");
	ok(right, "parts know how much came before, and keep to the limit");
	ok(out.len == in.len && !memcmp(out.data, in.data, in.len),
	    "the parts are the document");
	is_int(desk_reader_taken(r), in.len, "all of it was read");
	is_int(desk_reader_size(r), in.len, "its size is known");
	close(fd);
	unlink(name);
	desk_reader_free(r);
	desk_buffer_release(&in);
	desk_buffer_release(&out);
}

static void
streams(void)
{
	struct desk_reader_options options = {.stream = true};
	drip_in(&options, "ab", 2, 0);
	is_str(log_of.data, log_of.len, "t1.0@1+[a]t1.1@1+[b]t1.2@1[]",
	    "a stream hands out what there is");
	drip_in(&options, "abc", 3, 1);
	is_str(log_of.data, log_of.len,
	    "t1.0@1+[a]t1.0@1+[ab]t1.1@1+[bc]t1.2@1[c]",
	    "what was not consumed comes again in front");
	drip_in(&options, "ab\n\f\nc\n", 7, 9);
	is_str(log_of.data, log_of.len,
	    "t1.0@1+[a]t1.0@1+[ab]t1.0@1+[ab\n]t1.0@1[ab\n]"
	    "t2.0@3+[c]t2.0@3+[c\n]t2.0@3[c\n]",
	    "a form feed that may be a border is held back");
	drip_in(&options, "{\"a\":1}\n{\"b\"", 12, 0);
	is_str(log_of.data, log_of.len, "j1.0@1[{\"a\":1}]j2.0@2[{\"b\"]",
	    "records come whole");
	options.max_document = 4;
	drip_in(&options, "abcdefghij", 10, 9);
	is_str(log_of.data, log_of.len,
	    "t1.0@1+[a]t1.0@1+[ab]t1.0@1+[abc]t1.0@1+[abcd]t1.0@1+cut[abcd]"
	    "t1.1@1+[e]t1.1@1+[ef]t1.1@1+[efg]t1.1@1+[efgh]t1.1@1+cut[efgh]"
	    "t1.2@1+[i]t1.2@1+[ij]t1.2@1[ij]",
	    "what is not consumed is cut at the limit");
}

/* What the first bytes are told to be. */
static void
sniffed(const char *s, size_t n, char form, const char *what)
{
	struct desk_reader_options pages = {.pages = true};
	static const size_t steps[] = {60000, 1};
	for (size_t i = 0; i < 2; i++) {
		feed(&pages, s, n, steps[i]);
		ok(log_of.len && *log_of.data == form, what);
	}
}

#define SNIFF(s, form) sniffed(s, sizeof(s) - 1, form, #s)

static void
pages_told(void)
{
	SNIFF("<!DOCTYPE html>", 'h');
	SNIFF("\xEF\xBB\xBF \r\n\t<hTmL lang=x>", 'h');
	SNIFF("<!-- > a <b --> <!-- --><head/>", 'h');
	SNIFF("<!-- no end", 'h');
	SNIFF("<?xml version='1.0'?>\n<!-- x --><html>", 'h');
	SNIFF("<?xml version='1.0'?><!DOCTYPE html>", 'h');
	SNIFF("<body>", 'h');
	SNIFF("<meta charset=x>", 'h');
	SNIFF("<script src=x>", 'h');
	SNIFF("<TITLE>x", 'h');
	SNIFF("<div\nid=x>", 'h');
	SNIFF("<p>", 'h');
	SNIFF("\xFF\xFE<\0p\0>\0", 'h');
	SNIFF("\xFE\xFF\0<\0h\0t\0m\0l\0>", 'h');
	SNIFF("\0<\0p\0>", 'h');
	SNIFF("<\0p\0>\0", 'h');
	SNIFF("<?xml version='1.0'?><rss><title>", 't');
	SNIFF("<?xml version='1.0'?><div>", 't');
	SNIFF("<PER>Xi</PER> came", 't');
	SNIFF("<ORG>Body</ORG>", 't');
	SNIFF("<pa>", 't');
	SNIFF("<p", 't');
	SNIFF("<", 't');
	SNIFF("a <p>", 't');
	SNIFF("< p>", 't');
	SNIFF("\xC3\xA4 <p>", 't');
	SNIFF("\xEF", 't');
	SNIFF(" {\"html\":\"<p>\"}", 'j');
	SNIFF("{\"a\"", 'j');
	SNIFF("WARC/x", 't');
	SNIFF("WARC", 't');
	check(plain, "<p>x", "t1.0@1[<p>x]", "text where no pages are read");
	sniffed("\xEF\xBB\xBF\xEF\xBB\xBFx", 7, 't', "two marks");
	is_str(log_of.data, log_of.len, "t1.0@1[\xEF\xBB\xBFx]",
	    "the second one stays");
	struct desk_reader_options latin = {
	    .pages = true, .encoding = "ISO-8859-1"};
	check(latin, "caf\xE9", "t1.0@1[caf\xC3\xA9]",
	    "text is converted though it was looked at before");
	check(latin, "<p>caf\xE9", "h1.0@1[<p>caf\xE9]", "a page is not");
}

static void
pages(void)
{
	struct desk_reader_options html = {.from = DESK_FROM_HTML};
	struct desk_reader_options null = {
	    .from = DESK_FROM_HTML, .null = true, .max_document = 4};
	check(html, "", "", "nothing is no page");
	check(html, "\xEF\xBB\xBFx\r\n\f\n\xFFy",
	    "h1.0@1[\xEF\xBB\xBFx\r\n\f\n\xFFy]", "a page's bytes stay");
	feed(&html, "a\0b", 3, 1);
	ok(log_of.len == 11 && !memcmp(log_of.data, "h1.0@1[a\0b]", 11),
	    "NUL, too, and what is behind it");
	check_bytes(null, "ab\0\0abcd\0abcde\0abcdef\0g", 23,
	    "h1.0@1[ab]h2.0@2[]h3.0@3[abcd]h4.0@4over[abcd]"
	    "h5.0@5over[abcd]h6.0@6[g]",
	    "pages end in NUL where that is asked, and are cut at the limit");
	html.max_document = 3;
	check(html, "abcdefghij", "h1.0@1over[abc]", "the rest is left out");
}

#define RESPONSE(length, body)                                                 \
	"WARC/1.0\nWARC-Type: response\nContent-Type: application/http\n"      \
	"Content-Length: " length                                              \
	"\n\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n" body
#define OTHER(length, body)                                                    \
	"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: " length            \
	"\r\n\r\n" body

/* Only what came out of the archive: forms, places and ends of records. */
static void
records_of(const char *s, size_t limit, const char *want, const char *what)
{
	static const size_t steps[] = {60000, 1, 2, 3, 7};
	struct desk_reader_options options = {
	    .from = DESK_FROM_WARC, .max_document = limit};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct desk_buffer seen = {0};
		feed(&options, s, strlen(s), steps[i]);
		/* w1.0@1[WARC/1.0 ... body] is noted as @1[body]. */
		desk_buffer_byte(&log_of, '\0');
		for (char *at = log_of.data; (at = strchr(at, '@'));) {
			char *open = strchr(at, '['), *end = strchr(open, ']');
			char *body = strstr(open, "html\n\n");
			desk_buffer_append(&seen, at, (size_t)(open + 1 - at));
			if (!body || body > end)
				body = open + 1;
			else
				body += 6;
			desk_buffer_append(
			    &seen, body, (size_t)(end + 1 - body));
			at = end;
		}
		is_str(seen.data ? seen.data : "", seen.len, want, what);
		desk_buffer_release(&seen);
	}
}

static void
archives(void)
{
	records_of("", 0, "", "nothing");
	records_of(RESPONSE("44", "<p>") "\r\n\r\n" OTHER(
		       "3", "abc") "\r\n\r\n" RESPONSE("44", "<q>") "\r\n\r\n",
	    0, "@1[<p>]@3[<q>]", "pages are handed out, others are not");
	records_of(RESPONSE("44", "<p>") "\n\n" RESPONSE("44", "<q>")
		       RESPONSE("44", "<r>"),
	    0, "@1[<p>]@2[<q>]@3[<r>]", "ends of records are odd or missing");
	records_of(RESPONSE("41", "") "\r\n\r\n", 0, "@1[]", "an empty page");
	records_of("x\ny\nWARC/1.\n" RESPONSE("44", "<p>"), 0,
	    "@0![bytes that belong to no record]@1[<p>]", "stray bytes");
	records_of(RESPONSE("43", "<p>") "\r\n\r\n" RESPONSE("44", "<q>"), 0,
	    "@1![record of another length than it says]@2[<q>]", "too short");
	records_of(RESPONSE("99", "<p>") "\r\n\r\n" RESPONSE("44", "<q>"), 0,
	    "@1![record of another length than it says]@2[<q>]", "too long");
	records_of(RESPONSE("9999", "<p>") "\r\n\r\n" RESPONSE("44", "<q>"), 0,
	    "@1![record ends too early]@2[<q>]", "beyond the end");
	records_of("WARC/1.0\nWARC-Type: response\n\n" RESPONSE("44", "<q>"), 0,
	    "@1![damaged record header]@2[<q>]", "no length");
	records_of(RESPONSE("44", "<"), 0, "@1![record ends too early]",
	    "cut off in its content");
	records_of("WARC/1.0\nWARC-Ty", 0, "@1![damaged record header]",
	    "or in its header");
	records_of(
	    RESPONSE("53", "0123456789ab") "\r\n\r\n" RESPONSE("44", "<q>"), 50,
	    "@1over[012345678]@2[<q>]", "over the limit");
	records_of(RESPONSE("99999999", "0123456789ab\r\n\r\n")
		       RESPONSE("44", "<q>") "\r\n\r\n",
	    50,
	    "@1over[012345678]@1![record of another length than it says]"
	    "@2[<q>]",
	    "a length that hides another record");
	records_of(OTHER("18446744073709551615", "ab\r\n\r\n")
		       RESPONSE("44", "<q>") "\r\n\r\n",
	    50, "@1![record of another length than it says]@2[<q>]",
	    "of a record that nobody wants");
	records_of(OTHER("99", "ab"), 50, "@1![record ends too early]",
	    "such a record cut off");
}

static void
failures(void)
{
	/* gzip of two records, cut off in the second. */
	static const char packed[] =
	    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x00\x0c\x00\xf3\xff"
	    "{\"a\":1}\n{\"b\"";
	struct desk_reader *r = desk_reader_new(&plain);
	struct desk_frame f;
	check_bytes(plain, packed, sizeof packed - 1,
	    "j1.0@1[{\"a\":1}]!gzip data ends too early",
	    "what was read in the middle of is no record");
	is_int(desk_reader_open(r, "/nonexistent/file", &why), DESK_EIO,
	    "a file that is not there");
	is_str(why.text, strlen(why.text),
	    "cannot open: No such file or directory", "is said so");
	is_int(desk_reader_open(r, "/", &why), DESK_EIO, "a directory");
	is_int(desk_reader_open(r, "/dev/null", &why), 0, "then another");
	is_int(desk_reader_next(r, &f, &why), DESK_EVENT_END, "is read");
	is_int(desk_reader_next(r, &f, &why), DESK_EVENT_END, "to its end");
	desk_reader_free(r);
	desk_reader_free(NULL);
}

int
main(void)
{
	forms();
	records();
	documents();
	cleaning();
	limits();
	bases();
	streams();
	pages_told();
	pages();
	archives();
	failures();
	desk_buffer_release(&log_of);
	return done();
}
