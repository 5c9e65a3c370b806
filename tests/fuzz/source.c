/*
 * source.c - any bytes as a file and as a pipe.
 *
 * The first byte chooses the encoding, the rest is the input.  Shown: however
 * it comes and however it is read, the bytes and the result are the same; no
 * read waits that was said to be ready (the pipe has a writer that is silent).
 */
#include "io/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is packed may unpack to much more; a pipe holds no more than this. */
enum { OUT_MAX = 1 << 20, IN_MAX = 60000 };

static const char *const encodings[] = {NULL, "UTF-16", "UTF-16LE", "SHIFT_JIS",
    "ISO-2022-JP", "UTF-7", "CP1255", "UTF-32BE"};
static char path[] = "/tmp/desk-fuzz-XXXXXX";

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
tidy(void)
{
	unlink(path);
}

static int
file_of(const uint8_t *data, size_t size)
{
	static int fd = -1;
	if (fd < 0) {
		fd = mkstemp(path);
		must(fd >= 0 && !atexit(tidy));
	}
	must(!ftruncate(fd, 0));
	must(pwrite(fd, data, size, 0) == (ssize_t)size);
	return fd;
}

static int
drain(struct desk_source *source, size_t room, bool while_ready,
    struct desk_buffer *to)
{
	size_t got;
	int code;
	do {
		if (while_ready && !desk_source_ready(source))
			return 0;
		char *at = desk_buffer_reserve(to, room);
		must(at);
		code = desk_source_read(source, at, room, &got, NULL);
		must(got <= room && (!code || !got));
		to->len += got;
	} while (got && to->len < OUT_MAX);
	return code;
}

/* In two halves, with all read between that can be. */
static int
by_pipe(const uint8_t *data, size_t size, const char *encoding,
    struct desk_buffer *to)
{
	struct desk_source *source;
	int ends[2], code;
	size_t half = size / 2;
	must(!pipe(ends) && dup2(ends[0], 0) == 0 && !close(ends[0]));
	must(!desk_source_open(&source, "-", encoding, NULL));
	must(write(ends[1], data, half) == (ssize_t)half);
	code = drain(source, 100, true, to);
	must(
	    write(ends[1], data + half, size - half) == (ssize_t)(size - half));
	if (!code)
		code = drain(source, 3, true, to);
	close(ends[1]);
	if (!code && to->len < OUT_MAX)
		code = drain(source, 1, false, to);
	desk_source_close(source);
	return code;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size || size > IN_MAX)
		return 0;
	const char *encoding = encodings[*data++ % 8];
	struct desk_source *source;
	struct desk_buffer whole = {0}, pieces = {0};
	file_of(data, --size);
	must(!desk_source_open(&source, path, encoding, NULL));
	int code = drain(source, 65536, false, &whole);
	must(whole.len >= OUT_MAX || desk_source_taken(source) <= size);
	desk_source_close(source);
	int again = by_pipe(data, size, encoding, &pieces);
	if (whole.len < OUT_MAX) {
		must(again == code && whole.len == pieces.len);
		must(!whole.len || !memcmp(whole.data, pieces.data, whole.len));
	}
	desk_buffer_release(&whole);
	desk_buffer_release(&pieces);
	return 0;
}
