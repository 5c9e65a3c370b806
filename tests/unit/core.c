/* Memory, buffers, UTF-8, classes of characters, word lists, errors. */
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/error.h"
#include "core/lexicon.h"
#include "core/memory.h"
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "tap.h"

/* Asked by the sanitizer: more memory than there is is no fault of a test
 * that wants to see it refused. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void
arenas(void)
{
	enum { N = 2000 };
	static unsigned char *items[N];
	struct desk_arena arena = {0};
	bool apart = true, aligned = true;
	for (size_t round = 0; round < 3; round++) {
		for (size_t i = 0; i < N; i++) {
			size_t size = i * i % 1500;
			items[i] = desk_arena_alloc(&arena, size);
			aligned =
			    aligned &&
			    (uintptr_t)items[i] % alignof(max_align_t) == 0;
			memset(items[i], (int)(i % 251), size);
		}
		for (size_t i = 0; i < N; i++)
			for (size_t k = 0; k < i * i % 1500; k++)
				apart = apart && items[i][k] == i % 251;
		desk_arena_clear(&arena);
	}
	ok(apart, "allocations do not overlap");
	ok(aligned, "and are aligned for any type");
	ok(!desk_arena_alloc(&arena, SIZE_MAX), "no size overflows");
	ok(!desk_arena_alloc(&arena, SIZE_MAX / 2), "nor is there such memory");
	char *big = desk_arena_alloc(&arena, 5 << 20);
	ok(big, "an allocation larger than a chunk");
	memset(big, 'x', 5 << 20);
	desk_arena_clear(&arena);
	ok(desk_arena_alloc(&arena, 5 << 20) == big,
	    "a clear keeps the chunk for the next document");
	desk_arena_release(&arena);
	ok(!arena.chunk, "a release keeps nothing");
	desk_arena_clear(&arena);
	ok(!desk_calloc(SIZE_MAX / 2, 3), "a product does not overflow");
}

static void
growing(void)
{
	struct desk_arena arena = {0};
	char *a = desk_arena_alloc(&arena, 10);
	memcpy(a, "123456789", 10);
	ok(desk_arena_grow(&arena, a, 10, 1000) == a,
	    "the newest allocation grows in place");
	char *other = desk_arena_alloc(&arena, 1);
	*other = 'o';
	char *b = desk_arena_grow(&arena, a, 1000, 3000);
	ok(b != a && !memcmp(b, "123456789", 10), "an older one by a copy");
	ok(*other == 'o', "which leaves its neighbour alone");
	ok(!desk_arena_grow(&arena, b, 3000, SIZE_MAX), "not without end");
	ok(!memcmp(b, "123456789", 10), "a failure leaves it as it was");
	uint32_t *items = NULL;
	size_t count = 0, room = 0;
	bool all = true;
	for (uint32_t i = 0; i < 100000; i++) {
		if (i % 1000 == 0)
			desk_arena_alloc(&arena, 100);
		if (!DESK_RESERVE(&arena, items, count, room))
			break;
		items[count++] = i;
	}
	for (uint32_t i = 0; i < count; i++)
		all = all && items[i] == i;
	ok(all && count == 100000, "an array grows item by item");
	desk_arena_release(&arena);
}

static void
buffers(void)
{
	struct desk_buffer b = {0};
	desk_buffer_append(&b, "", 0);
	is_int(b.len, 0, "nothing appended is nothing");
	desk_buffer_string(&b, "n=");
	desk_buffer_number(&b, 0);
	desk_buffer_byte(&b, ',');
	desk_buffer_number(&b, UINT64_MAX);
	is_str(b.data, b.len, "n=0,18446744073709551615", "appends in a row");
	for (int i = 0; i < 100000; i++)
		desk_buffer_byte(&b, 'x');
	is_int(b.len, 100024, "it grows");
	ok(!desk_buffer_reserve(&b, SIZE_MAX / 2) && b.failed,
	    "there is not room for everything");
	desk_buffer_string(&b, "more");
	is_int(b.len, 100024, "after a failure nothing is appended");
	ok(!memcmp(b.data, "n=0,", 4), "and what was there stays");
	desk_buffer_release(&b);
	ok(!b.data && !b.failed, "released it is empty and good again");
}

/* A reference that is slow and plain: the table of well-formed sequences. */
static const struct {
	unsigned char low, high, low2, high2, len;
} forms[] = {
    {0x00, 0x7F, 0, 0, 1},
    {0xC2, 0xDF, 0x80, 0xBF, 2},
    {0xE0, 0xE0, 0xA0, 0xBF, 3},
    {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3},
    {0xEE, 0xEF, 0x80, 0xBF, 3},
    {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4},
    {0xF4, 0xF4, 0x80, 0x8F, 4},
};

/* Bytes at s that begin a sequence of a form; *whole: all of one. */
static size_t
naive_sequence(const unsigned char *s, size_t len, bool *whole)
{
	*whole = false;
	for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
		if (!len || s[0] < forms[f].low || s[0] > forms[f].high)
			continue;
		size_t n = 1;
		while (n < len && n < forms[f].len &&
		       s[n] >= (n == 1 ? forms[f].low2 : 0x80) &&
		       s[n] <= (n == 1 ? forms[f].high2 : 0xBF))
			n++;
		*whole = n == forms[f].len;
		return n;
	}
	return 0;
}

static size_t
naive_valid(const unsigned char *s, size_t len)
{
	size_t i = 0;
	bool whole;
	while (i < len) {
		size_t n = naive_sequence(s + i, len - i, &whole);
		if (!whole)
			break;
		i += n;
	}
	return i;
}

static size_t
naive_tail(const unsigned char *s, size_t len)
{
	bool whole;
	for (size_t n = 3; n > 0; n--)
		if (n <= len && naive_sequence(s + len - n, n, &whole) == n &&
		    !whole)
			return n;
	return 0;
}

static size_t
naive_repair(const unsigned char *s, size_t len, char *to)
{
	size_t n = 0, i = 0;
	bool whole;
	while (i < len) {
		size_t size = naive_sequence(s + i, len - i, &whole);
		memcpy(to + n, whole ? (const char *)s + i : DESK_REPLACEMENT,
		    whole ? size : 3);
		n += whole ? size : 3;
		i += size ? size : 1;
	}
	return n;
}

/* All sequences of up to 4 bytes from both sides of every border. */
static void
utf8_borders(void)
{
	static const unsigned char bytes[] = {0x00, 0x41, 0x7F, 0x80, 0x8F,
	    0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
	    0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
	enum { N = sizeof bytes };
	bool valid = true, bad = true, tail = true, repair = true;
	struct desk_buffer fixed = {0};
	for (size_t len = 1, all = N; len <= 4; len++, all *= N) {
		for (size_t i = 0; i < all; i++) {
			unsigned char u[4];
			for (size_t k = 0, rest = i; k < len; k++, rest /= N)
				u[k] = bytes[rest % N];
			const char *s = (const char *)u;
			char want[12];
			bool whole;
			size_t good = naive_valid(u, len);
			size_t n = naive_repair(u, len, want);
			valid = valid && desk_utf8_valid(s, len) == good;
			tail = tail &&
			       desk_utf8_tail(s, len) == naive_tail(u, len);
			if (good < len) {
				size_t size = naive_sequence(
				    u + good, len - good, &whole);
				bad = bad &&
				      desk_utf8_bad(s + good, len - good) ==
					  (size ? size : 1);
			}
			fixed.len = 0;
			desk_utf8_repair(&fixed, s, len);
			repair = repair && fixed.len == n &&
				 !memcmp(fixed.data, want, n);
		}
	}
	ok(valid, "what is valid, at all borders");
	ok(bad, "how long a bad sequence is");
	ok(tail, "what may go on behind the end");
	ok(repair, "one U+FFFD for each bad sequence");
	desk_buffer_release(&fixed);
}

static void
utf8_codepoints(void)
{
	bool same = true, back = true, good = true;
	for (uint32_t c = 0; c < 0x110000; c++) {
		char s[5] = {'x'};
		size_t size, n = desk_utf8_encode(c, s + 1);
		uint32_t want = c >= 0xD800 && c < 0xE000 ? 0xFFFD : c;
		same =
		    same && desk_utf8_decode(s + 1, &size) == want && size == n;
		back = back && desk_utf8_before(s, s + 1 + n, &size) == want &&
		       size == n;
		good = good && desk_utf8_valid(s, n + 1) == n + 1;
	}
	ok(same, "every code point comes back");
	ok(back, "also from its end");
	ok(good, "and is valid");
	char s[4];
	is_str(s, desk_utf8_encode(0x110000, s), DESK_REPLACEMENT,
	    "what is none becomes U+FFFD");
}

/* Long texts, so that words of bytes and their borders are met. */
static void
utf8_long(void)
{
	struct desk_buffer text = {0};
	static const char *const parts[] = {"plain words, ", "\xC3\xA9",
	    "\xE2\x82\xAC\xE2\x82\xAC", "\xF0\x9F\x98\x80", "0123456789abcdef"};
	uint32_t x = 7;
	for (int i = 0; i < 60; i++) {
		x = x * 1664525 + 1013904223;
		desk_buffer_string(&text, parts[(x >> 24) % 5]);
	}
	bool count = true, advance = true, found = true, ascii = true;
	for (size_t from = 0; from < 20; from++) {
		const char *s = text.data + from;
		size_t n = 0;
		if ((*s & 0xC0) == 0x80)
			continue;
		for (size_t i = 0; from + i < text.len; i++) {
			if ((s[i] & 0xC0) == 0x80)
				continue;
			count = count && desk_utf8_count(s, i) == n;
			advance = advance &&
				  desk_utf8_advance(s, text.len - from, n) == i;
			n++;
		}
		advance = advance && desk_utf8_advance(s, text.len - from,
					 n + 5) == text.len - from;
	}
	ok(count, "code points are counted");
	ok(advance, "and gone over");
	for (size_t i = 0; i < text.len; i++) {
		char was = text.data[i];
		text.data[i] = (char)0xFF;
		size_t want =
		    naive_valid((const unsigned char *)text.data, text.len);
		found = found && desk_utf8_valid(text.data, text.len) == want &&
			want <= i;
		text.data[i] = was;
	}
	ok(found, "a bad byte is found at every place");
	memset(text.data, 'a', text.len);
	ok(desk_ascii(text.data, text.len) && desk_ascii("", 0), "ASCII");
	for (size_t i = 0; i < text.len; i++) {
		text.data[i] = (char)0x80;
		ascii = ascii && !desk_ascii(text.data, text.len);
		text.data[i] = 'a';
	}
	ok(ascii, "and one byte that is not");
	desk_buffer_release(&text);
}

static void
classes(void)
{
	static const struct {
		uint32_t c;
		unsigned want;
	} cases[] = {
	    {'a', DESK_LOWER | DESK_LETTER},
	    {'Z', DESK_UPPER | DESK_LETTER},
	    {'7', DESK_DIGIT},
	    {' ', DESK_SPACE},
	    {'\r', DESK_SPACE},
	    {'-', DESK_PUNCT},
	    {0, 0},
	    {0x7F, 0},
	    {0x85, DESK_SPACE},
	    {0xA0, DESK_SPACE},
	    {0xE9, DESK_LOWER | DESK_LETTER},
	    {0x3A9, DESK_UPPER | DESK_LETTER},
	    {0x1C5, DESK_UPPER | DESK_LETTER},
	    {0x2019, DESK_PUNCT},
	    {0x20AC, DESK_PUNCT},
	    {0x2028, DESK_SPACE},
	    {0x3000, DESK_SPACE},
	    {0x4E2D, DESK_LETTER},
	    {0x664, DESK_DIGIT},
	    {0x301, DESK_LETTER},
	    {0x200B, 0},
	    {0x10FFFF, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char what[32];
		snprintf(
		    what, sizeof what, "class of U+%04X", (unsigned)cases[i].c);
		is_int(desk_class(cases[i].c), cases[i].want, what);
	}
	char out[16];
	size_t n = desk_fold("\xC3\x89T\xCE\xA9", 5, out, sizeof out);
	is_str(out, n, "\xC3\xA9t\xCF\x89", "lower case");
	is_int(desk_fold("abcdefgh", 8, out, 7), 0, "what does not fit");
	size_t start = 0, end = 9;
	desk_trim("\xC2\xA0 a b\xE2\x80\x83", &start, &end);
	is_int(start, 3, "white space before");
	is_int(end, 6, "and behind");
	start = 0, end = 4;
	desk_trim(" \t\n ", &start, &end);
	ok(start == end, "nothing but white space leaves nothing");
}

static void
lexicons(void)
{
	static const uint32_t bits[] = {1, DESK_LEX_PREFIX, 2, 3};
	static const char *const words[] = {"cafe", "ice", "ice cream", "tea"};
	/* Laid out as lib/data/gen/lexicon.c does. */
	static const char whole[] = "cafeiceice creamtea";
	static const uint32_t at[] = {0, 4, 7, 16, 19};
	uint32_t slots[8] = {0};
	for (uint32_t i = 0; i < 4; i++) {
		uint32_t slot = desk_lexicon_hash(words[i], strlen(words[i]));
		while (slots[slot & 7])
			slot++;
		slots[slot & 7] = i + 1;
	}
	struct desk_lexicon lexicon = {slots, 7, at, bits, whole, 9};
	bool all = true;
	for (size_t i = 0; i < 4; i++)
		all = all && desk_lexicon_find(&lexicon, words[i],
				 strlen(words[i])) == bits[i];
	ok(all, "every entry is found with its classes");
	ok(!desk_lexicon_find(&lexicon, "caf", 3), "a part is not");
	ok(!desk_lexicon_find(&lexicon, "ice creams", 10), "nor more");
	ok(!desk_lexicon_find(&lexicon, "", 0), "nor nothing");
	ok(!desk_lexicon_find(&lexicon, "teacafe", 7), "nor what was not put");
}

static void
errors(void)
{
	struct desk_error error;
	char longest[1000];
	memset(longest, 'x', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	is_int(desk_fail(&error, DESK_EDATA, "bad %d", 7), DESK_EDATA,
	    "a failure hands its code on");
	is_int(error.code, DESK_EDATA, "and leaves it");
	is_str(error.text, strlen(error.text), "bad 7", "with its message");
	desk_fail(&error, DESK_EIO, "%s", longest);
	is_int(strlen(error.text), sizeof error.text - 1, "cut where too long");
	is_int(desk_fail_memory(NULL), DESK_ENOMEM, "also with nowhere to");
	ok(desk_slice_is(desk_slice("abc", 2), "ab"), "slices are compared");
	ok(!desk_slice_is(desk_slice("abc", 3), "ab"), "by length");
	ok(desk_slice_equal(desk_slice(NULL, 0), desk_slice("x", 0)),
	    "empty ones are equal");
}

int
main(void)
{
	arenas();
	growing();
	buffers();
	utf8_borders();
	utf8_codepoints();
	utf8_long();
	classes();
	lexicons();
	errors();
	return done();
}
