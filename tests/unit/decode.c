/*
 * Decoding of pages: which encoding is chosen, what the text is, and that the
 * place of every character in the source is known.
 */
#include "html/decode.h"

#include <iconv.h>
#include <stdlib.h>

#include "core/slice.h"
#include "core/utf8.h"
#include "tap.h"

static struct desk_arena arena;

static struct desk_decoded
decode(const char *page, size_t len, const char *encoding)
{
	struct desk_decoded d;
	struct desk_error error = {0};
	if (desk_decode(desk_slice(page, len), encoding, &arena, &d, &error)) {
		printf("# %s\n", error.text);
		d = (struct desk_decoded){.encoding = "error"};
	}
	return d;
}

static void
is_decoded(const char *page, size_t len, const char *said, const char *encoding,
    const char *text, const char *what)
{
	struct desk_decoded d = decode(page, len, said);
	is_str(d.encoding, strlen(d.encoding), encoding, what);
	is_str(d.text.data, d.text.len, text, what);
}

#define IS(page, said, encoding, text, what)                                   \
	is_decoded(page, sizeof(page) - 1, said, encoding, text, what)

static void
test_choice(void)
{
	IS("caf\xC3\xA9", NULL, "UTF-8", "café", "valid UTF-8");
	IS("\xEF\xBB\xBFx", "windows-1251", "UTF-8", "x", "mark before caller");
	IS("\xFE\xFF\0x\0y", NULL, "UTF-16BE", "xy", "UTF-16BE by mark");
	IS("\xFF\xFEx\0y\0", NULL, "UTF-16LE", "xy", "UTF-16LE by mark");
	IS("<\0p\0>\0\x44\x04x\0", NULL, "UTF-16LE", "<p>фx", "UTF-16 by NULs");
	IS("\0<\0p\0>\x04\x44\0x", NULL, "UTF-16BE", "<p>фx", "other order");
	ok(decode("<p>\0a", 5, NULL).text.len == 5, "a NUL is no UTF-16");
	IS("caf\xE9 \x93ok\x94", NULL, "windows-1252", "café “ok”", "no word");
	IS("caf\xC3\xA9", "latin1", "windows-1252", "cafÃ©", "caller's word");
	IS("\xEF", "text/html; charset=windows-1251", "windows-1251", "п",
	    "caller's Content-Type");
	IS("\x80", "CP437", "CP437", "Ç", "a name that iconv knows");
	IS("<meta charset=koi8-r>\xC1\xC2", NULL, "KOI8-R",
	    "<meta charset=koi8-r>аб", "declared");
	IS("<?xml version='1.0' encoding='windows-1251'?>\xE0", NULL,
	    "windows-1251", "<?xml version='1.0' encoding='windows-1251'?>а",
	    "declared by XML");
	IS("<meta charset=utf-16>\xE9.", NULL, "windows-1252",
	    "<meta charset=utf-16>é.", "a declared UTF-16 is none");
	IS("<meta charset=hz-gb-2312>\xE9", NULL, "windows-1252",
	    "<meta charset=hz-gb-2312>é", "what must not be read");
	IS("\xE9", "iso-2022-kr", "windows-1252", "é", "nor by the caller");
	IS("\x80\xFF", "x-user-defined", "x-user-defined",
	    "\xEF\x9E\x80\xEF\x9F\xBF", "user-defined");
	is_int(desk_decode(desk_slice("x", 1), "no-such", &arena,
		   &(struct desk_decoded){0}, NULL),
	    DESK_EUSAGE, "an unknown encoding is refused");
	is_int(desk_decode(desk_slice("x", 1), "UTF-7", &arena,
		   &(struct desk_decoded){0}, NULL),
	    DESK_EUSAGE, "one that shifts, too");
	is_int(desk_decode(desk_slice("x", 1), "", &arena,
		   &(struct desk_decoded){0}, NULL),
	    DESK_EUSAGE, "and the empty name");
	ok(decode("", 0, NULL).text.len == 0, "nothing");
}

static void
test_damage(void)
{
	IS("<meta charset=utf-8>\xC3\xA9\xC3\xA9 \xE9.", NULL, "UTF-8",
	    "<meta charset=utf-8>éé \xEF\xBF\xBD.", "one bad byte, declared");
	IS("éééééééé \x93.", NULL, "UTF-8", "éééééééé \xEF\xBF\xBD.",
	    "one bad byte, many good");
	IS("<meta charset=big5>éééééééééééééééé\xFF", NULL, "UTF-8",
	    "<meta charset=big5>éééééééééééééééé\xEF\xBF\xBD",
	    "against what is declared");
	IS("<meta charset=utf-8>caf\xE9.", NULL, "windows-1252",
	    "<meta charset=utf-8>café.", "declared, but never so");
	IS("caf\xC3\xA9 na\xC3", NULL, "UTF-8", "café na\xEF\xBF\xBD",
	    "cut off in a character");
	ok(decode("\xC3\xA9\xFF", 3, "utf-8").replaced, "told that it is");
	ok(!decode("\xC3\xA9", 2, "utf-8").replaced, "or is not");
	IS("\x82\x41\x82\xA0", "sjis", "Shift_JIS",
	    "\xEF\xBF\xBD"
	    "Aあ",
	    "an ASCII byte is no part of a bad one");
	IS("\x82", "sjis", "Shift_JIS", "\xEF\xBF\xBD", "cut off");
	IS("\x81\x30\x81<", "gb18030", "gb18030",
	    "\xEF\xBF\xBD"
	    "0\xEF\xBF\xBD<",
	    "four bytes that are none");
	IS("a\0\0\xD8x\0y\0", "utf-16", "UTF-16LE", "a\xEF\xBF\xBDxy",
	    "half a pair");
	IS("a\0b", "utf-16", "UTF-16LE", "a\xEF\xBF\xBD", "half a unit");
	IS("\xD2", "windows-1253", "windows-1253", "\xEF\xBF\xBD", "a hole");
	IS("\xCE\x81", "windows-1253", "windows-1253", "Ξ\xC2\x81",
	    "a control stands for itself");
	IS("\x1B$B$\"\x1B(Ba\x1B(J\\\x1B(I1\x1B(B.", "iso-2022-jp",
	    "ISO-2022-JP", "あa¥ｱ.", "ISO-2022-JP");
	IS("<meta charset=iso-2022-jp>\x1B$B$\"", NULL, "ISO-2022-JP",
	    "<meta charset=iso-2022-jp>あ", "ISO-2022-JP by its escapes");
	IS("<meta charset=iso-2022-jp>a", NULL, "UTF-8",
	    "<meta charset=iso-2022-jp>a", "and ASCII without");
	IS("\x88\x62x", "big5", "Big5", "Ê̄x", "two code points of one");
}

/* Each character's own bytes, one after the other, are the source. */
static void
check_places(const char *text, const char *label, const char *iconv_name)
{
	enum { TIMES = 200 };
	size_t len = strlen(text), n = 0, size;
	char *source = malloc(len * TIMES * 4), *want = malloc(len * TIMES);
	size_t *places = malloc(len * TIMES * sizeof *places), at = 0;
	iconv_t cd = iconv_open(iconv_name, "UTF-8");
	if (!ok(source && places && want && cd != (iconv_t)-1, label))
		exit(1);
	for (int times = 0; times < TIMES; times++)
		for (const char *s = text; s < text + len; s += size) {
			desk_utf8_decode(s, &size);
			char in[4], *from = in, *to = source + at;
			size_t left = size, room = 8;
			memcpy(in, s, size);
			if (iconv(cd, &from, &left, &to, &room))
				printf("# not in %s\n", iconv_name);
			places[n++] = at;
			at = (size_t)(to - source);
		}
	for (int times = 0; times < TIMES; times++)
		memcpy(want + (size_t)times * len, text, len);
	struct desk_decoded d = decode(source, at, label);
	ok(d.text.len == len * TIMES && !memcmp(d.text.data, want, d.text.len),
	    label);
	size_t wrong = 0, byte = 0;
	for (size_t i = 0; i < n; i++, byte += size) {
		desk_utf8_decode(want + byte, &size);
		for (size_t in = 0; in < size; in++)
			wrong +=
			    desk_decoded_source(&d, byte + in) != places[i];
	}
	is_int(wrong, 0, "every byte of the text leads to its character");
	is_int(desk_decoded_source(&d, d.text.len), at, "the end to the end");
	iconv_close(cd);
	free(source);
	free(want);
	free(places);
}

static void
test_places(void)
{
	const char *japanese = "<p>東京（ｱｲｳ）は日本の首都。 OK\n";
	check_places(japanese, "shift_jis", "CP932");
	check_places(japanese, "euc-jp", "EUC-JP-MS");
	check_places("<p>北京 is 中国的首都，𠀀€é。\n", "gb18030", "GB18030");
	check_places("<p>臺北 is 首都。\n", "big5", "BIG5-HKSCS");
	check_places("<p>서울은 수도 is.\n", "euc-kr", "UHC");
	check_places(
	    "<p>Москва — столица «РФ» №1.\n", "windows-1251", "CP1251");
	check_places("<p>café “ok” €\n", "iso-8859-1", "CP1252");
	check_places("<p>𝄞 é 東 x\n", "utf-16le", "UTF-16LE");
	check_places("<p>𝄞 é 東 x\n", "utf-16be", "UTF-16BE");
	check_places("<p>𝄞 é 東 x\n", "utf-8", "UTF-8");
	struct desk_decoded d = decode("\xEF\xBB\xBF"
				       "ab",
	    5, NULL);
	is_int(desk_decoded_source(&d, 1), 4, "the mark is counted");
	d = decode("\xEF\xBB\xBF"
		   "\xFF\xFF"
		   "b",
	    6, NULL);
	is_int(desk_decoded_source(&d, 3), 4, "also where bytes are bad");
	d = decode("\x1B$B$\"$$\x1B(Bx", 11, "iso-2022-jp");
	is_int(desk_decoded_source(&d, 3), 5, "escapes are no characters");
	is_int(desk_decoded_source(&d, 6), 10, "nor after them");
}

static void
is_declared(const char *page, const char *want, const char *what)
{
	const char *got = desk_decode_declared(desk_slice(page, strlen(page)));
	if (want)
		is_str(got, got ? strlen(got) : 0, want, what);
	else
		ok(!got, what);
}

static void
test_declared(void)
{
	is_declared("<meta charset=\" Shift-JIS \">", "Shift_JIS", "charset");
	is_declared("<META/CHARSET='us-ascii'>", "windows-1252", "no blank");
	is_declared("<meta http-equiv=content-type content='a; charset = l2'>",
	    "ISO-8859-2", "http-equiv");
	is_declared("<meta content='a; charset=l2'>", NULL, "content alone");
	is_declared("<!-- <meta charset=l2> -->", NULL, "in a comment");
	is_declared("<!--><meta charset=l2>", "ISO-8859-2", "short comment");
	is_declared("<a title='<meta charset=l2>'>", NULL, "in an attribute");
	is_declared("<meta charset=l2", NULL, "cut off");
	is_declared("<metal charset=l2>", NULL, "another element");
	is_declared("<meta charset=nothing><meta charset=l3>", "ISO-8859-3",
	    "an unknown one is passed by");
	char late[3000] = "<meta name=x content='";
	memset(late + 22, 'x', 2000);
	strcpy(late + 2022, "'><meta charset=l2>\xE8");
	is_declared(late, NULL, "after the first KB");
	struct desk_decoded d = decode(late, strlen(late), NULL);
	is_str(d.encoding, strlen(d.encoding), "ISO-8859-2",
	    "but in the head it counts");
}

/* The cases of html5lib: #data, lines, #encoding, a name. */
static void
run_suite(const char *path)
{
	static char data[1 << 17];
	FILE *f = fopen(path, "rb");
	if (!f) {
		ok(true, "html5lib encoding suite # SKIP not there");
		return;
	}
	size_t len = fread(data, 1, sizeof data - 1, f), count = 0, wrong = 0;
	fclose(f);
	data[len] = '\0';
	for (char *at = data; (at = strstr(at, "#data\n"));) {
		char *page = at + 6, *end = strstr(page, "\n#encoding\n");
		if (!end)
			break;
		char *name = end + 11;
		at = name + strcspn(name, "\n");
		struct desk_slice want = {name, (size_t)(at - name)};
		/* With bytes that no UTF-8 has, the declared one counts. */
		char *copy = malloc((size_t)(end - page) + 5);
		if (!copy)
			exit(1);
		memcpy(copy, page, (size_t)(end - page));
		memcpy(copy + (end - page), "\n\xE9\n\xE9\n", 5);
		const char *got = desk_decode_declared(
		    desk_slice(page, (size_t)(end - page)));
		if (!got || (unsigned char)*page == 0xEF)
			got = decode(copy, (size_t)(end - page) + 5, NULL)
				  .encoding;
		free(copy);
		bool same = strlen(got) == want.len;
		for (size_t i = 0; same && i < want.len; i++)
			same = (got[i] | 0x20) == (want.data[i] | 0x20);
		if (!same)
			printf("# %.*s\n# got %s, want %.*s\n",
			    (int)(end - page), page, got, (int)want.len,
			    want.data);
		count++;
		wrong += !same;
	}
	printf("# %s: %zu cases\n", path, count);
	ok(count > 0, path);
	is_int(wrong, 0, path);
}

int
main(void)
{
	test_choice();
	test_damage();
	test_places();
	test_declared();
#define SUITE "../shared/eval/conformance/html5lib/encoding/"
	run_suite(SUITE "tests1.dat");
	run_suite(SUITE "tests2.dat");
	run_suite(SUITE "test-yahoo-jp.dat");
	desk_arena_release(&arena);
	return done();
}
