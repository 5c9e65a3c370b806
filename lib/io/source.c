/*
 * source.c - the bytes of one input: read, unpacked, converted.
 *
 * A source is a line of up to three stations: the descriptor, unpacking
 * (zlib, zstd), conversion (iconv), with a buffer behind each.  step() moves
 * bytes by one station and reads from the descriptor at most once, and only
 * where nothing else can move: so desk_source_ready() can tell exactly whether
 * a read would wait, by taking the steps that do not.  A plain source has no
 * stations and reads straight into the caller's memory, once its first bytes
 * have shown that it is no archive.
 */
#include "io/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/memory.h"
#include "core/utf8.h"
#include "io/stages.h"

/* How many bytes one character of an encoding has at least: 2 for UTF-16, 4
 * for UTF-32, else 1.  After a bad one this many are skipped, or all that
 * follows would be read out of step.  Asked of iconv: what a second letter
 * adds to the first and the byte order mark. */
static size_t
unit_of(const char *encoding)
{
	iconv_t back = iconv_open(encoding, "UTF-8");
	if (back == (iconv_t)-1)
		return 1;
	char letter[] = "A", bytes[16];
	size_t lens[2];
	for (int i = 0; i < 2; i++) {
		char *in = letter, *out = bytes + (i ? lens[0] : 0);
		size_t in_left = 1, room = (size_t)(bytes + sizeof bytes - out);
		iconv(back, &in, &in_left, &out, &room);
		lens[i] = (size_t)(out - bytes);
	}
	iconv_close(back);
	size_t unit = lens[1] - lens[0];
	return unit == 2 || unit == 4 ? unit : 1;
}

static int
open_converter(
    struct desk_source *source, const char *encoding, struct desk_error *error)
{
	if (!encoding || !strcasecmp(encoding, "UTF-8") ||
	    !strcasecmp(encoding, "UTF8"))
		return 0;
	/* To iconv the empty name is that of the locale. */
	source->converter =
	    *encoding ? iconv_open("UTF-8", encoding) : (iconv_t)-1;
	if (source->converter == (iconv_t)-1) {
		if (*encoding && errno == ENOMEM)
			return desk_fail_memory(error);
		return desk_fail(
		    error, DESK_EUSAGE, "unknown encoding '%s'", encoding);
	}
	source->converting = source->starved = true;
	source->unit = unit_of(encoding);
	return 0;
}

int
desk_source_convert(struct desk_source *source, const char *encoding,
    const char *bytes, size_t n, struct desk_error *error)
{
	int code = open_converter(source, encoding, error);
	/* What is not to be converted is given as it is. */
	struct desk_stage *to =
	    source->converting ? &source->text : &source->out;
	if (code)
		return code;
	memcpy(to->data, bytes, n);
	to->at = 0;
	to->len = n;
	source->starved = false;
	source->end = false;
	return 0;
}

static int
open_file(
    struct desk_source *source, const char *path, struct desk_error *error)
{
	struct stat st;
	if (strcmp(path, "-"))
		source->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	else
		source->fd = STDIN_FILENO;
	if (source->fd < 0)
		return desk_fail(
		    error, DESK_EIO, "cannot open: %s", strerror(errno));
	if (fstat(source->fd, &st))
		return desk_fail(
		    error, DESK_EIO, "cannot read: %s", strerror(errno));
	if (S_ISDIR(st.st_mode))
		return desk_fail(
		    error, DESK_EIO, "cannot read: %s", strerror(EISDIR));
	source->regular = S_ISREG(st.st_mode);
	if (source->regular) {
		source->size = (uint64_t)st.st_size;
		/* Only a hint: without it reading is slower, not wrong. */
		posix_fadvise(source->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	}
	return 0;
}

int
desk_source_open(struct desk_source **source, const char *path,
    const char *encoding, struct desk_error *error)
{
	*source = NULL;
	struct desk_source *s = desk_calloc(1, sizeof *s);
	if (!s)
		return desk_fail_memory(error);
	s->fd = -1;
	int code = open_converter(s, encoding, error);
	if (!code)
		code = open_file(s, path, error);
	if (code) {
		desk_source_close(s);
		return code;
	}
	*source = s;
	return 0;
}

void
desk_source_close(struct desk_source *source)
{
	if (!source)
		return;
	if (source->packing == DESK_PACKING_GZIP)
		inflateEnd(&source->gzip);
	ZSTD_freeDStream(source->zstd);
	if (source->converting)
		iconv_close(source->converter);
	/* Nothing was written, so closing has nothing to tell. */
	if (source->fd > STDIN_FILENO)
		close(source->fd);
	desk_free(source);
}

int
desk_source_take(struct desk_source *source, char *to, size_t room, size_t *got)
{
	*got = 0;
	while (!source->raw_end) {
		ssize_t n = read(source->fd, to, room);
		if (n >= 0) {
			source->raw_end = !n;
			source->taken += (uint64_t)n;
			*got = (size_t)n;
			return 0;
		}
		if (errno == EAGAIN || errno == EWOULDBLOCK) {
			struct pollfd wait = {source->fd, POLLIN, 0};
			poll(&wait, 1, -1);
		} else if (errno != EINTR) {
			source->failure.offset = source->taken;
			return desk_fail(&source->failure, DESK_EIO,
			    "cannot read: %s", strerror(errno));
		}
	}
	return 0;
}

static void
replacement(struct desk_stage *out)
{
	memcpy(out->data + out->len, DESK_REPLACEMENT, 3);
	out->len += 3;
}

/* Converts what there is.  out is empty before; a little room is kept at its
 * end for the sign of what cannot be converted. */
static void
convert(struct desk_source *source)
{
	struct desk_stage *text = &source->text, *out = &source->out;
	do {
		char *in = text->data + text->at, *to = out->data + out->len;
		size_t left = text->len - text->at,
		       room = DESK_SOURCE_BLOCK - 8 - out->len;
		size_t result =
		    iconv(source->converter, &in, &left, &to, &room);
		int why = result == (size_t)-1 ? errno : 0;
		text->at = text->len - left;
		out->len = (size_t)(to - out->data);
		if (why == E2BIG)
			return;
		if ((why == EINVAL && left < DESK_SOURCE_BLOCK) || !left) {
			source->starved = true;
			return;
		}
		/* A sequence that stands for nothing. */
		replacement(out);
		text->at += left < source->unit ? left : source->unit;
	} while (out->len < DESK_SOURCE_BLOCK - 8);
}

/* At the end of the input: what is left is no whole character.  Then iconv
 * gives what it kept back, as it does where a letter may go on. */
static void
convert_end(struct desk_source *source)
{
	struct desk_stage *text = &source->text, *out = &source->out;
	char *to = out->data + out->len;
	size_t room = DESK_SOURCE_BLOCK - 8;
	iconv(source->converter, NULL, NULL, &to, &room);
	out->len = (size_t)(to - out->data);
	if (text->at < text->len)
		replacement(out);
	text->at = text->len;
	source->end = true;
}

/* One step of a source that has stations; out is empty before. */
static int
step(struct desk_source *source)
{
	struct desk_stage *text = &source->text, *out = &source->out;
	size_t got;
	int code;
	out->at = out->len = 0;
	if (!source->converting) {
		code = desk_source_unpack(
		    source, out->data, DESK_SOURCE_BLOCK, &out->len);
		source->end = source->unpacked;
		return code;
	}
	if (!source->starved) {
		convert(source);
		return 0;
	}
	if (source->unpacked) {
		convert_end(source);
		return 0;
	}
	text->len -= text->at;
	memmove(text->data, text->data + text->at, text->len);
	text->at = 0;
	code = desk_source_unpack(source, text->data + text->len,
	    DESK_SOURCE_BLOCK - text->len, &got);
	text->len += got;
	source->starved = !got;
	return code;
}

/* Whether no more steps are to be taken now: there is something to give, or
 * there will never be.  What came before a failure is converted first. */
static bool
settled(const struct desk_source *source)
{
	if (source->out.at < source->out.len || source->end)
		return true;
	return source->failure.code &&
	       !(source->converting && !source->starved);
}

int
desk_source_read(struct desk_source *source, char *to, size_t room, size_t *got,
    struct desk_error *error)
{
	struct desk_stage *out = &source->out;
	*got = 0;
	if (!room)
		return 0;
	while (!settled(source)) {
		if (source->packing == DESK_PACKING_NONE &&
		    !source->converting) {
			desk_source_unpack(source, to, room, got);
			source->end = source->unpacked;
			if (*got)
				return 0;
		} else {
			step(source);
		}
	}
	if (out->at < out->len) {
		*got = out->len - out->at;
		if (*got > room)
			*got = room;
		memcpy(to, out->data + out->at, *got);
		out->at += *got;
		return 0;
	}
	if (source->failure.code && error)
		*error = source->failure;
	return source->failure.code;
}

static bool
readable(const struct desk_source *source)
{
	struct pollfd now = {source->fd, POLLIN, 0};
	return source->regular || poll(&now, 1, 0) > 0;
}

/* Whether the next step reads from the descriptor. */
static bool
step_reads(const struct desk_source *source)
{
	if (source->converting && (!source->starved || source->unpacked))
		return false;
	return desk_source_unpack_reads(source);
}

bool
desk_source_ready(struct desk_source *source)
{
	if (source->regular)
		return true;
	while (!settled(source)) {
		bool plain =
		    source->packing == DESK_PACKING_NONE && !source->converting;
		if (step_reads(source) && !readable(source))
			return false;
		if (plain)
			return true;
		step(source);
	}
	return true;
}

uint64_t
desk_source_taken(const struct desk_source *source)
{
	return source->taken;
}

uint64_t
desk_source_size(const struct desk_source *source)
{
	return source->size;
}
