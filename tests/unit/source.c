/* Sources: files and pipes, packed and not, converted and not. */
#include "io/source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "core/memory.h"
#include "tap.h"

static char dir[] = "/tmp/desk-source-XXXXXX", path[64];
static struct desk_error why;
static struct desk_buffer got; /* what was read last */
static struct desk_buffer big; /* 200,000 bytes that do not pack to nothing */

static void
put_file(const char *data, size_t len)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(data, 1, len, f) != len || fclose(f))
		ok(false, "a file for the test can be written");
}

/* Reads the file, up to room bytes at a time. */
static int
get_file(const char *encoding, size_t room)
{
	struct desk_source *source;
	size_t n;
	memset(&why, 0, sizeof why);
	got.len = 0;
	int code = desk_source_open(&source, path, encoding, &why);
	if (code)
		return code;
	do {
		char *to = desk_buffer_reserve(&got, room);
		code = desk_source_read(source, to, room, &n, &why);
		got.len += n;
	} while (!code && n);
	/* The end, or a failure, is told again and again. */
	char c;
	if (desk_source_read(source, &c, 1, &n, NULL) != code || n)
		code = 1;
	desk_source_close(source);
	return code;
}

static bool
got_is(const char *want, size_t len)
{
	return got.len == len && (!len || !memcmp(got.data, want, len));
}

static int
convert(const char *encoding, const char *data, size_t len, size_t room)
{
	put_file(data, len);
	return get_file(encoding, room);
}

static void
gzip(struct desk_buffer *to, const char *data, size_t len)
{
	z_stream z;
	memset(&z, 0, sizeof z);
	size_t room = len + len / 100 + 100;
	char *out = desk_buffer_reserve(to, room);
	deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	z.next_in = (Bytef *)(uintptr_t)data;
	z.avail_in = (uInt)len;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)room;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		ok(false, "deflate packs");
	to->len += room - z.avail_out;
	deflateEnd(&z);
}

static void
zstd(struct desk_buffer *to, const char *data, size_t len)
{
	size_t room = ZSTD_compressBound(len);
	char *out = desk_buffer_reserve(to, room);
	size_t n = ZSTD_compress(out, room, data, len, 3);
	if (ZSTD_isError(n))
		ok(false, "zstd packs");
	else
		to->len += n;
}

static void
opening(void)
{
	struct desk_source *source;
	is_int(desk_source_open(&source, "/nonexistent/x", NULL, &why),
	    DESK_EIO, "a missing file");
	is_str(why.text, strlen(why.text),
	    "cannot open: No such file or directory", "with its reason");
	ok(!source, "leaves no source");
	is_int(desk_source_open(&source, dir, NULL, &why), DESK_EIO,
	    "a directory");
	is_str(why.text, strlen(why.text), "cannot read: Is a directory",
	    "with its reason");
	put_file("x", 1);
	is_int(desk_source_open(&source, path, "KLINGON-8", &why), DESK_EUSAGE,
	    "an unknown encoding");
	is_str(why.text, strlen(why.text), "unknown encoding 'KLINGON-8'",
	    "is named");
	is_int(desk_source_open(&source, path, "", NULL), DESK_EUSAGE,
	    "the locale's encoding is not asked for");
	desk_source_close(NULL);
	ok(true, "closing none is fine");
}

static void
plain(void)
{
	static const size_t rooms[] = {1, 7, 65536, 1 << 20};
	is_int(convert(NULL, "", 0, 10), 0, "an empty file");
	is_int(got.len, 0, "gives nothing");
	put_file(big.data, big.len);
	for (size_t i = 0; i < 4; i++) {
		is_int(get_file(NULL, rooms[i]), 0, "a file is read");
		ok(got_is(big.data, big.len), "byte for byte");
	}
	is_int(convert("utf-8", "\xFF\xC3", 2, 8), 0, "UTF-8 by name");
	ok(got_is("\xFF\xC3", 2), "is handed on unchecked");
	/* What begins like an archive and is none. */
	static const char *const heads[] = {"\x1F", "\x1Fx", "(", "(a", "(\xB5",
	    "(\xB5/", "(\xB5/x and more", "P", "P*", "P*M", "P*Mx", "[*M\x19"};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		is_int(convert(NULL, heads[i], strlen(heads[i]), 1), 0,
		    "the head of an archive alone");
		ok(got_is(heads[i], strlen(heads[i])), "is text");
	}
	struct desk_source *source;
	char bytes[10];
	size_t n;
	put_file("0123456789", 10);
	desk_source_open(&source, path, NULL, NULL);
	is_int(desk_source_size(source), 10, "the size of a file is known");
	is_int(desk_source_taken(source), 0, "nothing is taken at first");
	ok(desk_source_ready(source), "a file is ready");
	is_int(desk_source_read(source, bytes, 0, &n, NULL), 0,
	    "reading into no room");
	is_int(n, 0, "gives nothing");
	desk_source_read(source, bytes, 10, &n, NULL);
	is_int(desk_source_taken(source), 10, "what is read is taken");
	desk_source_close(source);
}

typedef void packer(struct desk_buffer *to, const char *data, size_t len);

/* The promises that both kinds of archive keep. */
static void
archives(packer *pack, const char *early, const char *spoilt, size_t magic)
{
	struct desk_buffer file = {0};
	pack(&file, "one ", 4);
	pack(&file, "", 0);
	pack(&file, "two", 3);
	is_int(convert(NULL, file.data, file.len, 1), 0, "several in a row");
	ok(got_is("one two", 7), "are one text");
	bool all = true, kept = true;
	file.len = 0;
	pack(&file, "some words, some words", 22);
	for (size_t cut = magic; cut < file.len; cut++) {
		all = all && convert(NULL, file.data, cut, 100) == DESK_EDATA &&
		      !strcmp(why.text, early) && why.offset == cut;
		kept = kept && got.len <= 22 &&
		       !strncmp("some words, some words", got.data, got.len);
	}
	ok(all, "one cut off anywhere is told, and where");
	ok(kept, "what came before the cut is given");
	size_t first = file.len;
	desk_buffer_string(&file, "no archive");
	is_int(convert(NULL, file.data, file.len, 100), DESK_EDATA,
	    "something else behind it");
	is_str(why.text, strlen(why.text), spoilt, "is damage");
	ok(got_is("some words, some words", 22), "what came before is given");
	ok(why.offset >= first && why.offset <= file.len, "its place is told");
	is_int(convert("UTF-16LE", file.data, file.len, 100), DESK_EDATA,
	    "also where it is converted");
	is_int(got.len, 33, "what came before is given, too");
	/* Lengths about the size of the buffers inside. */
	static const size_t lens[] = {65535, 65536, 65537, 131072, 200000};
	for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
		file.len = 0;
		pack(&file, big.data, lens[i]);
		pack(&file, big.data, 10);
		is_int(
		    convert(NULL, file.data, file.len, 65536), 0, "a long one");
		ok(got.len == lens[i] + 10 &&
			!memcmp(got.data, big.data, lens[i]) &&
			!memcmp(got.data + lens[i], big.data, 10),
		    "comes out whole");
	}
	desk_buffer_release(&file);
}

static void
gzip_only(void)
{
	struct desk_buffer file = {0};
	archives(gzip, "gzip data ends too early", "damaged gzip data", 2);
	gzip(&file, "text", 4);
	memset(desk_buffer_reserve(&file, 100000), 0, 100000);
	file.len += 100000;
	is_int(convert(NULL, file.data, file.len, 100), 0,
	    "zeros behind the last member");
	ok(got_is("text", 4), "are padding");
	gzip(&file, "more", 4);
	is_int(convert(NULL, file.data, file.len, 100), DESK_EDATA,
	    "a member behind them is not looked for");
	file.len = 0;
	gzip(&file, "text", 4);
	file.data[file.len - 8] ^= 1;
	is_int(convert(NULL, file.data, file.len, 100), DESK_EDATA,
	    "a wrong checksum");
	is_str(why.text, strlen(why.text), "damaged gzip data", "is damage");
	is_str(got.data, got.len, "text", "behind what was given");
	is_int(convert("ISO-8859-1", file.data, file.len, 100), DESK_EDATA,
	    "also where it is converted");
	is_str(got.data, got.len, "text", "what came with the damage is given");
	desk_buffer_release(&file);
}

/* The begin of a frame as zstd 0.6 wrote them. */
static const char of_old[] = "\x26\xB5\x2F\xFD\0\0\0\x01\x04\x58\x3E"
			     "\xFF\xFF\xFF\xFF\xFF\xFF";

static void
zstd_only(void)
{
	static const char skip[] = "\x5F\x2A\x4D\x18\x03\0\0\0xyz";
	struct desk_buffer file = {0};
	archives(zstd, "zstd data ends too early", "damaged zstd data", 4);
	desk_buffer_append(&file, skip, 11);
	zstd(&file, "text", 4);
	desk_buffer_append(&file, skip, 11);
	is_int(
	    convert(NULL, file.data, file.len, 100), 0, "frames to be skipped");
	ok(got_is("text", 4), "are skipped at both ends");
	/* What zstd 0.6 wrote is refused, however the bytes come. */
	desk_buffer_append(&file, of_old, sizeof of_old - 1);
	is_int(convert(NULL, file.data, file.len, 100), DESK_EDATA,
	    "a frame of a zstd of old");
	is_str(got.data, got.len, "text", "what stands before it is given");
	/* A frame header that asks for 2^31 bytes of window. */
	is_int(convert(NULL, "\x28\xB5\x2F\xFD\x00\xA8\x01\x00\x00", 9, 100),
	    DESK_ELIMIT, "a window over the limit");
	is_str(why.text, strlen(why.text), "zstd window too large", "is told");
	desk_buffer_release(&file);
}

#define CONVERT(encoding, from, to, what)                                      \
	do {                                                                   \
		is_int(                                                        \
		    convert(encoding, from, sizeof from - 1, 100), 0, what);   \
		is_str(got.data, got.len, to, "... in UTF-8");                 \
		convert(encoding, from, sizeof from - 1, 1);                   \
		is_str(got.data, got.len, to, "... byte by byte");             \
	} while (0)

#define BAD "\xEF\xBF\xBD"

static void
encodings(void)
{
	CONVERT("ISO-8859-1", "caf\xE9", "caf\xC3\xA9", "Latin-1");
	CONVERT("UTF-16",
	    "\xFF\xFE"
	    "a\0\xAC\x20",
	    "a\xE2\x82\xAC", "UTF-16 with its mark");
	CONVERT("UTF-16LE", "a\0\x3D\xD8\x00\xDE", "a\xF0\x9F\x98\x80",
	    "a pair of surrogates");
	CONVERT("UTF-16LE",
	    "a\0\x3D\xD8"
	    "b\0c\0",
	    "a" BAD "bc", "a lone surrogate does not put the rest out of step");
	CONVERT("UTF-32BE", "\0\0\0a\0\x11\0\0\0\0\0b", "a" BAD "b",
	    "nor does a number that is no character");
	CONVERT("UTF-16LE", "a\0b", "a" BAD, "half a character at the end");
	CONVERT("SHIFT_JIS", "\x93\xFA\x96\x7B", "\xE6\x97\xA5\xE6\x9C\xAC",
	    "two bytes a character");
	CONVERT("SHIFT_JIS", "\x93\xFA\x96", "\xE6\x97\xA5" BAD,
	    "one of them at the end");
	CONVERT("ASCII", "a\xE9\xE8z", "a" BAD BAD "z", "what ASCII has not");
	/* A vowel point may follow: kept back until the end. */
	CONVERT("CP1255", "\xE0", "\xD7\x90", "what iconv keeps back");
	CONVERT("ISO-8859-1", "", "", "nothing");
	/* Longer than the buffers, two bytes for one, shifted by one. */
	for (size_t shift = 0; shift < 2; shift++) {
		struct desk_buffer in = {0};
		for (size_t i = 0; i < 150000 - shift; i++)
			desk_buffer_byte(&in, i % 3 ? 'a' : '\xE9');
		convert("ISO-8859-1", in.data, in.len, 4096);
		size_t n = 0;
		bool same = true;
		for (size_t i = 0; i < in.len && same; i++) {
			const char *want = i % 3 ? "a" : "\xC3\xA9";
			same = got.len - n >= strlen(want) &&
			       !memcmp(got.data + n, want, strlen(want));
			n += strlen(want);
		}
		ok(same && n == got.len, "a long text is converted");
		desk_buffer_release(&in);
	}
	struct desk_buffer packed = {0};
	gzip(&packed, "caf\xE9", 4);
	is_int(convert("ISO-8859-1", packed.data, packed.len, 100), 0,
	    "packed and of another encoding");
	is_str(got.data, got.len, "caf\xC3\xA9", "is unpacked, then converted");
	desk_buffer_release(&packed);
}

static int feed = -1;

/* A source whose bytes are written to feed. */
static struct desk_source *
pipe_source(const char *encoding)
{
	struct desk_source *source;
	int ends[2];
	if (pipe(ends) || dup2(ends[0], 0) < 0 || close(ends[0]) ||
	    desk_source_open(&source, "-", encoding, NULL)) {
		ok(false, "a pipe for the test can be made");
		exit(1);
	}
	feed = ends[1];
	return source;
}

/* Feeds data in pieces and reads after each one for as long as the source says
 * that it is ready.  A wrong word of it ends the test by the alarm.  The result
 * tells why it was read no further. */
static int
drip(const char *encoding, const char *data, size_t len, size_t piece)
{
	struct desk_source *source = pipe_source(encoding);
	char bytes[100];
	size_t n;
	int code = 0;
	got.len = 0;
	for (size_t i = 0; i < len && !code; i += piece) {
		if (write(feed, data + i, piece) != (ssize_t)piece)
			ok(false, "a pipe can be fed");
		while (!code && desk_source_ready(source)) {
			code = desk_source_read(
			    source, bytes, sizeof bytes, &n, NULL);
			desk_buffer_append(&got, bytes, n);
		}
	}
	desk_source_close(source);
	close(feed);
	return code;
}

/* A pipe that stops anywhere gives all that a file which ends there gives:
 * shown with few bytes that unpack to more than the buffers hold, from where
 * they can be told to be packed. */
static void
stopping(packer *pack, const char *what)
{
	static char same[200000];
	struct desk_buffer packed = {0};
	bool all = true;
	memset(same, 's', sizeof same);
	pack(&packed, same, sizeof same);
	for (size_t len = 4; len <= packed.len; len++) {
		put_file(packed.data, len);
		get_file(NULL, 65536);
		size_t want = got.len;
		drip(NULL, packed.data, len, len);
		all = all && got.len == want;
	}
	ok(all, what);
	ok(got_is(same, sizeof same), "... and in the end the whole");
	desk_buffer_release(&packed);
}

static void
live(void)
{
	alarm(10);
	struct desk_source *source = pipe_source(NULL);
	char bytes[10];
	size_t n;
	ok(!desk_source_ready(source), "an empty pipe is not ready");
	is_int(desk_source_size(source), 0, "nor is its size known");
	ok(write(feed, "a", 1) == 1, "a byte comes");
	ok(desk_source_ready(source), "a byte that begins no archive is ready");
	desk_source_read(source, bytes, 10, &n, NULL);
	is_int(n, 1, "and is given without waiting for more");
	ok(!desk_source_ready(source), "then there is none");
	close(feed);
	ok(desk_source_ready(source), "the end is ready");
	is_int(desk_source_read(source, bytes, 10, &n, NULL), 0, "it is read");
	is_int(n, 0, "as nothing");
	desk_source_close(source);

	drip(NULL, "(a) plain text", 14, 1);
	ok(got_is("(a) plain text", 14), "plain bytes arrive as they come");
	struct desk_buffer packed = {0};
	gzip(&packed, "first", 5);
	gzip(&packed, "second", 6);
	drip(NULL, packed.data, packed.len, 1);
	ok(got_is("firstsecond", 11), "so do those of gzip");
	packed.len = 0;
	zstd(&packed, "first", 5);
	zstd(&packed, "second", 6);
	drip(NULL, packed.data, packed.len, 1);
	ok(got_is("firstsecond", 11), "and of zstd");
	/* A last block of 48 bytes, not packed, in a frame that tells of 88:
	 * the damage shows behind it. */
	static const char wrong_size[] =
	    "\x28\xB5\x2F\xFD\x24\x58\x81\x01\0"
	    "a block of forty-eight bytes, which is the last";
	is_int(convert(NULL, wrong_size, sizeof wrong_size, 100), DESK_EDATA,
	    "a frame that is longer than it says");
	is_int(got.len, 47, "is given but for the last byte");
	is_int(drip(NULL, wrong_size, sizeof wrong_size, 1), DESK_EDATA,
	    "byte by byte, too");
	is_int(got.len, 47, "no more and no less");
	desk_buffer_append(&packed, of_old, sizeof of_old - 1);
	is_int(drip(NULL, packed.data, packed.len, 1), DESK_EDATA,
	    "damage behind it is told byte by byte, too");
	ok(got_is("firstsecond", 11), "and what stands before it given");
	drip("UTF-16LE",
	    "a\0\x3D\xD8\x00\xDE"
	    "b\0",
	    8, 1);
	ok(got_is("a\xF0\x9F\x98\x80"
		  "b",
	       6),
	    "and converted ones");
	packed.len = 0;
	gzip(&packed, "a\0b\0", 4);
	drip("UTF-16LE", packed.data, packed.len, 1);
	ok(got_is("ab", 2), "and what is packed and converted");
	desk_buffer_release(&packed);
}

/* Standard input that does not block, from a writer that is slow. */
static void
slow(void)
{
	struct desk_source *source = pipe_source(NULL);
	fcntl(0, F_SETFL, O_NONBLOCK);
	pid_t child = fork();
	if (!child) {
		struct timespec nap = {0, 20000000};
		for (int i = 0; i < 3; i++) {
			nanosleep(&nap, NULL);
			if (write(feed, "word", 4) != 4)
				_exit(1);
		}
		_exit(0);
	}
	close(feed);
	char bytes[10];
	size_t n;
	got.len = 0;
	do {
		is_int(desk_source_read(source, bytes, 10, &n, &why), 0,
		    "a read waits");
		desk_buffer_append(&got, bytes, n);
	} while (n);
	ok(got_is("wordwordword", 12), "until all is there");
	desk_source_close(source);
	waitpid(child, NULL, 0);
}

int
main(void)
{
	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof path, "%s/file", dir);
	uint32_t x = 1;
	for (size_t i = 0; i < 200000; i++) {
		x = x * 1664525 + 1013904223;
		desk_buffer_byte(&big, (char)('A' + (x >> 24) % 50));
	}
	opening();
	plain();
	gzip_only();
	zstd_only();
	encodings();
	live();
	stopping(gzip, "a gzip pipe that stops gives what came");
	stopping(zstd, "so does one of zstd");
	slow();
	desk_buffer_release(&big);
	desk_buffer_release(&got);
	unlink(path);
	rmdir(dir);
	return done();
}
