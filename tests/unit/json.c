/* The JSON scanner, the walker, strings and numbers. */
#include "core/json.h"

#include <stdlib.h>

#include "core/slice.h"
#include "core/utf8.h"
#include "tap.h"

static struct desk_arena arena;
static struct desk_json_member *members;
static size_t count;
static enum desk_json_kind kind;
static struct desk_error why;

/* Scans a copy that ends where its block does, so that the sanitizer sees a
 * read beyond the end; members then point into freed memory. */
static int
scan_tight(const char *s, size_t len)
{
	char *copy = malloc(len ? len : 1);
	if (!copy)
		return DESK_ENOMEM;
	memcpy(copy, s, len);
	desk_arena_clear(&arena);
	memset(&why, 0, sizeof why);
	int code = desk_json_scan(
	    desk_slice(copy, len), &arena, &members, &count, &kind, &why);
	free(copy);
	return code;
}

static int
scan(const char *s)
{
	desk_arena_clear(&arena);
	memset(&why, 0, sizeof why);
	return desk_json_scan(
	    desk_slice(s, strlen(s)), &arena, &members, &count, &kind, &why);
}

static void
messages(void)
{
	static const struct {
		const char *text, *message;
		unsigned offset;
	} cases[] = {
	    {"", "empty record", 0},
	    {" \t\r\n", "empty record", 0},
	    {"{\"a\" 1}", "expected ':'", 5},
	    {"{\"a\"", "expected ':'", 4},
	    {"{\"a\":\"\\x\"}", "bad escape", 6},
	    {"\"ab\\u12G4\"", "bad escape", 3},
	    {"\"ab\\u12", "ends inside a string", 7},
	    {"\"ab\\", "ends inside a string", 4},
	    {"\"a\nb\"", "control character in string", 2},
	    {"{\"a\tb\":1}", "control character in string", 3},
	    {"[1, 01]", "number malformed", 4},
	    {"-", "number malformed", 0},
	    {"{} x", "text after the value", 3},
	    {"1 2", "text after the value", 2},
	    {"\"abc", "ends inside a string", 4},
	    {"[1", "ends inside an array", 2},
	    {"[[1]", "ends inside an array", 4},
	    {"{\"a\":[1]", "ends inside an object", 8},
	    {"{\"a\":", "ends inside an object", 5},
	    {"{", "ends inside an object", 1},
	    {"[1 2]", "expected ',' or ']'", 3},
	    {"{\"a\":1]", "expected ',' or '}'", 6},
	    {"[1}", "expected ',' or ']'", 2},
	    {"[1,]", "expected a value", 3},
	    {"[,1]", "expected a value", 1},
	    {"]", "expected a value", 0},
	    {"{\"a\":}", "expected a value", 5},
	    {"nul", "expected a value", 0},
	    {"True", "expected a value", 0},
	    {"{\"a\":1,}", "expected a key in quotes", 7},
	    {"{a:1}", "expected a key in quotes", 1},
	    {"\xC2\xA0{}", "expected a value", 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int code = scan(cases[i].text);
		is_int(code, DESK_EDATA, cases[i].text);
		is_int(why.code, DESK_EDATA, "... the code is in the error");
		is_str(why.text, strlen(why.text), cases[i].message,
		    "... with its message");
		is_int(why.offset, cases[i].offset, "... and its place");
	}
	ok(desk_json_scan(desk_slice(NULL, 0), &arena, &members, &count, &kind,
	       NULL) == DESK_EDATA,
	    "no text and no error to fill is fine");
}

static void
numbers_as_text(void)
{
	static const char *const good[] = {"0", "-0", "1", "-1", "10", "0.5",
	    "1.50", "-0.0", "1e5", "1E+5", "1e-05", "12.5e7", "1e999"};
	static const char *const bad[] = {"+1", "01", "-01", "1.", ".5", "1e",
	    "1e+", "1.e1", "0x10", "1_0", "--1", "1.2.3", "1e5.5", "Infinity",
	    "NaN", "-Infinity", "1a", "0e", "1-1", "\xEF\xBC\x91"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		is_int(scan(good[i]), 0, good[i]);
		is_int(kind, DESK_JSON_NUMBER, "... is a number");
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		is_int(scan(bad[i]), DESK_EDATA, bad[i]);
}

static void
listing(void)
{
	const char *text = " { \"id\" : \"a\\n1\" ,\"n\":-1.10,\"a\":[1,{\"x\":"
			   "[]}] , \"o\":{\"k\":{}}, \"\":null,\"id\":true,"
			   "\"f\" : false} ";
	static const struct {
		const char *key, *value;
		enum desk_json_kind kind;
	} want[] = {
	    {"id", "\"a\\n1\"", DESK_JSON_STRING},
	    {"n", "-1.10", DESK_JSON_NUMBER},
	    {"a", "[1,{\"x\":[]}]", DESK_JSON_ARRAY},
	    {"o", "{\"k\":{}}", DESK_JSON_OBJECT},
	    {"", "null", DESK_JSON_NULL},
	    {"id", "true", DESK_JSON_TRUE},
	    {"f", "false", DESK_JSON_FALSE},
	};
	is_int(scan(text), 0, "a record is accepted");
	is_int(kind, DESK_JSON_OBJECT, "it is an object");
	is_int(count, 7, "all members are listed, equal keys too");
	struct desk_json walk =
	    desk_json_open(desk_slice(text + 1, strlen(text) - 2));
	for (size_t i = 0; i < count; i++) {
		struct desk_json_member m;
		is_str(members[i].key.data, members[i].key.len, want[i].key,
		    "key");
		is_str(members[i].value.data, members[i].value.len,
		    want[i].value, "value as it stands");
		is_int(members[i].kind, want[i].kind, "kind");
		ok(desk_json_next(&walk, &m) &&
			desk_slice_equal(m.key, members[i].key) &&
			desk_slice_equal(m.value, members[i].value) &&
			m.kind == members[i].kind,
		    "the walker finds the same member");
	}
	struct desk_json_member none;
	ok(!desk_json_next(&walk, &none), "the walker ends there");
	ok(!desk_json_next(&walk, &none), "and stays there");
	is_int(scan("[{\"a\":1},2]"), 0, "an array is accepted");
	is_int(kind, DESK_JSON_ARRAY, "as such");
	is_int(count, 0, "without members");
	is_int(scan("{}"), 0, "an empty object");
	is_int(count, 0, "has no members");
	is_int(scan(" \"x\" "), 0, "a lone string is accepted");
	is_int(kind, DESK_JSON_STRING, "as such");
}

static void
walking(void)
{
	const char *text = "[ \"a:b\" , [\"]\",\"\\\"]\"], {\"}\":1} ,-2e3,"
			   "null, \"c\" ]";
	static const char *const want[] = {"\"a:b\"", "[\"]\",\"\\\"]\"]",
	    "{\"}\":1}", "-2e3", "null", "\"c\""};
	struct desk_json walk = desk_json_open(desk_slice(text, strlen(text)));
	struct desk_json_member m;
	is_int(scan(text), 0, "an array of everything");
	for (size_t i = 0; i < 6; i++) {
		ok(desk_json_next(&walk, &m), "has another element");
		ok(!m.key.data, "without a key");
		is_str(m.value.data, m.value.len, want[i], "as it stands");
	}
	ok(!desk_json_next(&walk, &m), "and then no more");
	walk = desk_json_open(desk_slice("[ \n]", 4));
	ok(!desk_json_next(&walk, &m), "an empty array has no element");
}

/* Every special byte at every place of strings of every length up to several
 * steps: the wide path, its border and its tail. */
static void
every_place(void)
{
	static const unsigned char bytes[] = {
	    '"', '\\', 0, 1, 0x1F, 0x20, 0x21, 0x5B, 0x7F, 0x80, 0x9F, 0xFF};
	bool good = true, placed = true;
	for (size_t len = 1; len < 80; len++) {
		for (size_t at = 0; at < len; at++) {
			for (size_t b = 0; b < sizeof bytes; b++) {
				char s[96];
				memset(s, 'a', sizeof s);
				s[0] = s[len + 1] = '"';
				s[at + 1] = (char)bytes[b];
				int code = scan_tight(s, len + 2);
				bool plain = bytes[b] >= 0x20 && b > 1;
				size_t place = at + 1 + !b;
				if (b == 1 && at + 1 == len)
					place = len + 2;
				good = good && !code == plain;
				placed =
				    placed && (plain || why.offset == place);
			}
		}
	}
	ok(good, "what ends or spoils a string is seen at every place");
	ok(placed, "and the place is told");
}

static void
depth(void)
{
	size_t n = DESK_JSON_DEPTH;
	char *s = malloc(2 * n + 16), *p = s;
	if (!s)
		return;
	memset(s, '[', n);
	memset(s + n, ']', n);
	is_int(scan_tight(s, 2 * n), 0, "nested to the limit");
	memset(s + n + 1, ']', n + 1);
	s[n] = '[';
	is_int(scan_tight(s, 2 * n + 2), DESK_ELIMIT, "nested beyond it");
	is_int(why.offset, n, "the place of the bracket too many");
	free(s);
	/* A pattern of kinds that does not repeat with the stack's words. */
	enum { LEVELS = 1000 };
	char closing[LEVELS];
	p = s = malloc(LEVELS * 8);
	if (!s)
		return;
	for (size_t i = 0; i < LEVELS; i++) {
		bool object = i * i % 7 < 3;
		memcpy(p, object ? "{\"a\":" : "[", object ? 5 : 1);
		p += object ? 5 : 1;
		closing[LEVELS - 1 - i] = object ? '}' : ']';
	}
	*p++ = '1';
	memcpy(p, closing, LEVELS);
	is_int(scan_tight(s, (size_t)(p - s) + LEVELS), 0,
	    "arrays and objects in each other");
	bool all = true;
	for (size_t i = 0; i < LEVELS; i++) {
		p[i] ^= '}' ^ ']';
		all = all && scan_tight(s, (size_t)(p - s) + LEVELS) &&
		      why.offset == (size_t)(p - s) + i;
		p[i] ^= '}' ^ ']';
	}
	ok(all, "one wrong closing bracket is found at any level");
	free(s);
}

static bool
key_is(const char *key, const char *name)
{
	return desk_json_key_is(desk_slice(key, strlen(key)), name);
}

static void
keys(void)
{
	ok(key_is("text", "text"), "a key is its name");
	ok(!key_is("text", "tex") && !key_is("tex", "text"), "a part is not");
	ok(!key_is("Text", "text"), "case counts");
	ok(key_is("t\\u0065xt", "text"), "escapes are undone");
	ok(key_is("\\u00e9\\ud83d\\ude00", "\xC3\xA9\xF0\x9F\x98\x80"),
	    "also beyond ASCII");
	ok(!key_is("text\\u0000", "text"), "a NUL is a character");
	ok(!key_is("t\\u0065x", "text"), "a part with escapes is not");
	ok(key_is("", ""), "the empty key");
	ok(!desk_json_key_is(desk_slice(NULL, 0), ""), "an element has none");
}

static void
whole_numbers(void)
{
	static const struct {
		const char *text;
		bool good;
		uint64_t n;
	} cases[] = {
	    {"0", true, 0},
	    {"-0", true, 0},
	    {"-0.00e7", true, 0},
	    {"0e99999999999999999999", true, 0},
	    {"7", true, 7},
	    {"1e2", true, 100},
	    {"100.0", true, 100},
	    {"1.5e1", true, 15},
	    {"0.015E+3", true, 15},
	    {"1500e-2", true, 15},
	    {"1000000000000000000000000e-24", true, 1},
	    {"0.0000000000000000000000001e25", true, 1},
	    {"18446744073709551615", true, UINT64_MAX},
	    {"18446744073709551615.000", true, UINT64_MAX},
	    {"1844674407370955161500e-2", true, UINT64_MAX},
	    {"18446744073709551616", false, 0},
	    {"18446744073709551620", false, 0},
	    {"1e20", false, 0},
	    {"1e99999999999999999999", false, 0},
	    {"1e-99999999999999999999", false, 0},
	    {"0.5", false, 0},
	    {"15e-1", false, 0},
	    {"100.01", false, 0},
	    {"-1", false, 0},
	    {"-1e-400", false, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *s = cases[i].text;
		uint64_t n = 99;
		bool good = desk_json_number(desk_slice(s, strlen(s)), &n);
		ok(good == cases[i].good && (!good || n == cases[i].n), s);
	}
}

static void
strings(void)
{
	static const struct {
		const char *value, *text;
	} cases[] = {
	    {"\"\"", ""},
	    {"\"plain\"", "plain"},
	    {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
	    {"\"a\\u00e9b\"", "a\xC3\xA9"
			      "b"},
	    {"\"\\u20AC\\u20ac\"", "\xE2\x82\xAC\xE2\x82\xAC"},
	    {"\"\\ud83d\\ude00!\"", "\xF0\x9F\x98\x80!"},
	    {"\"\\uDBFF\\uDFFF\"", "\xF4\x8F\xBF\xBF"},
	    {"\"\\ud83d\"", DESK_REPLACEMENT},
	    {"\"\\ude00x\"", DESK_REPLACEMENT "x"},
	    {"\"\\ude00\\ud83d\"", DESK_REPLACEMENT DESK_REPLACEMENT},
	    {"\"\\ud83d\\n\"", DESK_REPLACEMENT "\n"},
	    {"\"\\ud83d\\ud83d\\ude00\"", DESK_REPLACEMENT "\xF0\x9F\x98\x80"},
	    {"\"\\ud83du\"", DESK_REPLACEMENT "u"},
	};
	char out[64];
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *s = cases[i].value;
		size_t n = desk_json_unescape(desk_slice(s, strlen(s)), out);
		is_str(out, n, cases[i].text, s);
		is_int(desk_json_escaped(desk_slice(s, strlen(s))),
		    !!strchr(s, '\\'), "... and whether it has escapes");
	}
	size_t n = desk_json_unescape(desk_slice("\"\\u0000\"", 8), out);
	ok(n == 1 && !*out, "a NUL comes out as one byte");
}

static void
quoting(void)
{
	static const char in[] = "\"\\/\b\f\n\r\t\x01\x0B\x1F\x7F\0"
				 "\xE2\x80\xA8";
	struct desk_buffer to = {0};
	desk_json_quote(&to, desk_slice(in, sizeof in - 1));
	is_str(to.data, to.len,
	    "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u000b\\u001f\x7F\\u0000"
	    "\xE2\x80\xA8\"",
	    "the shortest escapes, and no others than asked for");
	to.len = 0;
	desk_json_quote(&to, desk_slice(NULL, 0));
	is_str(to.data, to.len, "\"\"", "nothing is an empty string");
	/* All code points, at shifting places. */
	struct desk_buffer text = {0};
	for (uint32_t c = 0; c < 0x110000; c += c < 0x3000 ? 1 : 61) {
		char bytes[4];
		desk_buffer_append(&text, bytes, desk_utf8_encode(c, bytes));
		if (c % 29 == 0)
			desk_buffer_byte(&text, 'x');
	}
	to.len = 0;
	desk_json_quote(&to, desk_slice(text.data, text.len));
	is_int(scan_tight(to.data, to.len), 0, "what was quoted is JSON");
	char *back = malloc(to.len);
	size_t n = desk_json_unescape(desk_slice(to.data, to.len), back);
	ok(n == text.len && !memcmp(back, text.data, n),
	    "and means the same text again");
	free(back);
	desk_buffer_release(&text);
	desk_buffer_release(&to);
}

int
main(void)
{
	messages();
	numbers_as_text();
	listing();
	walking();
	every_place();
	depth();
	keys();
	whole_numbers();
	strings();
	quoting();
	desk_arena_release(&arena);
	return done();
}
