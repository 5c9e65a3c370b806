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
#include <iconv.h>
#include <poll.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "core/error.h"
#include "core/memory.h"
#include "core/utf8.h"

enum { BLOCK = 64 << 10 };

enum packing { UNDECIDED, PLAIN, GZIP, ZSTD };

struct stage {
	size_t at, len;
	char data[BLOCK];
};

struct desk_source {
	int fd;
	bool regular;
	bool raw_end; /* the descriptor is at its end */
	bool end;     /* and all of it has been unpacked and converted */
	uint64_t taken, size;
	struct desk_error failure; /* given once what came before is */

	enum packing packing;
	z_stream gzip;
	ZSTD_DStream *zstd;
	bool inside;   /* of a gzip member or zstd frame */
	size_t hint;   /* how many bytes zstd asks for */
	bool padding;  /* behind the last member: zeros only */
	bool more;     /* the unpacker may have output without input */
	bool unpacked; /* all of it */

	iconv_t converter;
	bool converting;
	bool starved; /* the converter needs more than it has */
	size_t unit;  /* bytes to skip where something is not convertible */

	struct stage raw, text, out;
};

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
	if (source->packing == GZIP)
		inflateEnd(&source->gzip);
	ZSTD_freeDStream(source->zstd);
	if (source->converting)
		iconv_close(source->converter);
	/* Nothing was written, so closing has nothing to tell. */
	if (source->fd > STDIN_FILENO)
		close(source->fd);
	desk_free(source);
}

/* Fails where the raw bytes not yet unpacked begin. */
static int
damaged(struct desk_source *source, int code, const char *why)
{
	source->failure.offset =
	    source->taken - (source->raw.len - source->raw.at);
	return desk_fail(&source->failure, code, "%s", why);
}

/* Reads from the descriptor; *got is 0 at its end. */
static int
take(struct desk_source *source, char *to, size_t room, size_t *got)
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

/* Appends to the raw bytes, or begins again where all have been used. */
static int
take_raw(struct desk_source *source)
{
	struct stage *raw = &source->raw;
	size_t got;
	if (raw->at == raw->len)
		raw->at = raw->len = 0;
	int code = take(source, raw->data + raw->len, BLOCK - raw->len, &got);
	raw->len += got;
	return code;
}

/* What the first bytes are: UNDECIDED where more are needed to tell.  A zstd
 * file may begin with a frame to be skipped, of any of 16 numbers. */
static enum packing
packing_of(const char *s, size_t len, bool end)
{
	static const struct {
		unsigned char magic[4], mask, len;
		enum packing packing;
	} forms[] = {
	    {{0x1F, 0x8B, 0, 0}, 0xFF, 2, GZIP},
	    {{0x28, 0xB5, 0x2F, 0xFD}, 0xFF, 4, ZSTD},
	    {{0x50, 0x2A, 0x4D, 0x18}, 0xF0, 4, ZSTD},
	};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		size_t n = 0;
		while (n < forms[i].len && n < len &&
		       ((unsigned char)s[n] & (n ? 0xFF : forms[i].mask)) ==
			   forms[i].magic[n])
			n++;
		if (n == forms[i].len)
			return forms[i].packing;
		if (n == len && !end)
			return UNDECIDED;
	}
	return PLAIN;
}

/* Reads first bytes until they tell what they are. */
static int
decide(struct desk_source *source)
{
	int code = take_raw(source);
	if (code)
		return code;
	enum packing packing =
	    packing_of(source->raw.data, source->raw.len, source->raw_end);
	if (packing == GZIP) {
		/* 15 bits of window, + 16: gzip's header and trailer. */
		if (inflateInit2(&source->gzip, 15 + 16) != Z_OK)
			return desk_fail_memory(&source->failure);
	} else if (packing == ZSTD) {
		source->zstd = ZSTD_createDStream();
		if (!source->zstd)
			return desk_fail_memory(&source->failure);
	}
	source->packing = packing;
	return 0;
}

static int
unpack_plain(struct desk_source *source, char *to, size_t room, size_t *got)
{
	struct stage *raw = &source->raw;
	size_t n = raw->len - raw->at;
	if (!n) {
		int code = take(source, to, room, got);
		source->unpacked = source->raw_end;
		return code;
	}
	if (n > room)
		n = room;
	memcpy(to, raw->data + raw->at, n);
	raw->at += n;
	*got = n;
	return 0;
}

/* Between gzip members: another one, zeros up to the end, or the end. */
static int
gzip_next(struct desk_source *source)
{
	struct stage *raw = &source->raw;
	if (raw->at == raw->len) {
		source->unpacked = source->raw_end;
		return 0;
	}
	if (source->padding || !raw->data[raw->at]) {
		source->padding = true;
		while (raw->at < raw->len && !raw->data[raw->at])
			raw->at++;
		return raw->at < raw->len
			   ? damaged(source, DESK_EDATA, "damaged gzip data")
			   : 0;
	}
	if (source->gzip.total_in && inflateReset(&source->gzip) != Z_OK)
		return damaged(source, DESK_EDATA, "damaged gzip data");
	source->inside = true;
	return 0;
}

static int
unpack_gzip(struct desk_source *source, char *to, size_t room, size_t *got)
{
	struct stage *raw = &source->raw;
	z_stream *z = &source->gzip;
	if (!source->inside)
		return gzip_next(source);
	z->next_in = (Bytef *)raw->data + raw->at;
	z->avail_in = (uInt)(raw->len - raw->at);
	z->next_out = (Bytef *)to;
	z->avail_out = (uInt)room;
	int code = inflate(z, Z_NO_FLUSH);
	raw->at = raw->len - z->avail_in;
	*got = room - z->avail_out;
	source->inside = code != Z_STREAM_END;
	source->more = source->inside && !z->avail_out;
	if (code == Z_MEM_ERROR)
		return desk_fail_memory(&source->failure);
	/* Z_BUF_ERROR: nothing to do without more input. */
	if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
		return damaged(source, DESK_EDATA, "damaged gzip data");
	if (source->inside && !*got && raw->at == raw->len && source->raw_end)
		return damaged(source, DESK_EDATA, "gzip data ends too early");
	return 0;
}

/* How many bytes to give to zstd: a block, or the header of one, but not both.
 * What one call makes is lost where the same call meets damage; so the blocks
 * before a damaged one are given, however the bytes came.  zstd asks for a
 * block and the next header together.  What it still holds is taken first. */
static size_t
zstd_wants(const struct desk_source *source)
{
	enum { FRAME_HEADER = 6, BLOCK_HEADER = 3 };
	size_t n = source->raw.len - source->raw.at;
	size_t wanted = source->inside ? source->hint : FRAME_HEADER;
	if (source->more)
		return 0;
	if (source->inside && wanted > BLOCK_HEADER)
		wanted -= BLOCK_HEADER;
	return n < wanted ? n : wanted;
}

static int
unpack_zstd(struct desk_source *source, char *to, size_t room, size_t *got)
{
	struct stage *raw = &source->raw;
	ZSTD_inBuffer in = {raw->data + raw->at, zstd_wants(source), 0};
	ZSTD_outBuffer out = {to, room, 0};
	if (!source->inside && !in.size) {
		source->unpacked = source->raw_end;
		return 0;
	}
	size_t code = ZSTD_decompressStream(source->zstd, &out, &in);
	raw->at += in.pos;
	*got = out.pos;
	source->inside = code;
	source->hint = code;
	source->more = source->inside && out.pos == out.size;
	if (ZSTD_isError(code)) {
		switch (ZSTD_getErrorCode(code)) {
		case ZSTD_error_memory_allocation:
			return desk_fail_memory(&source->failure);
		case ZSTD_error_frameParameter_windowTooLarge:
			return damaged(
			    source, DESK_ELIMIT, "zstd window too large");
		default:
			return damaged(source, DESK_EDATA, "damaged zstd data");
		}
	}
	if (source->inside && !*got && raw->at == raw->len && source->raw_end)
		return damaged(source, DESK_EDATA, "zstd data ends too early");
	return 0;
}

/* Whether an unpacker can do nothing before the descriptor has been read. */
static bool
needs_raw(const struct desk_source *source)
{
	return source->raw.at == source->raw.len && !source->more &&
	       !source->raw_end;
}

/* Gives unpacked bytes, or none yet: then the next call may.  At the end,
 * unpacked is set. */
static int
unpack(struct desk_source *source, char *to, size_t room, size_t *got)
{
	*got = 0;
	if (source->packing == UNDECIDED)
		return decide(source);
	if (source->packing == PLAIN)
		return unpack_plain(source, to, room, got);
	int code = needs_raw(source) ? take_raw(source) : 0;
	if (code)
		return code;
	if (source->packing == GZIP)
		return unpack_gzip(source, to, room, got);
	return unpack_zstd(source, to, room, got);
}

static void
replacement(struct stage *out)
{
	memcpy(out->data + out->len, DESK_REPLACEMENT, 3);
	out->len += 3;
}

/* Converts what there is.  out is empty before; a little room is kept at its
 * end for the sign of what cannot be converted. */
static void
convert(struct desk_source *source)
{
	struct stage *text = &source->text, *out = &source->out;
	do {
		char *in = text->data + text->at, *to = out->data + out->len;
		size_t left = text->len - text->at, room = BLOCK - 8 - out->len;
		size_t result =
		    iconv(source->converter, &in, &left, &to, &room);
		int why = result == (size_t)-1 ? errno : 0;
		text->at = text->len - left;
		out->len = (size_t)(to - out->data);
		if (why == E2BIG)
			return;
		if ((why == EINVAL && left < BLOCK) || !left) {
			source->starved = true;
			return;
		}
		/* A sequence that stands for nothing. */
		replacement(out);
		text->at += left < source->unit ? left : source->unit;
	} while (out->len < BLOCK - 8);
}

/* At the end of the input: what is left is no whole character.  Then iconv
 * gives what it kept back, as it does where a letter may go on. */
static void
convert_end(struct desk_source *source)
{
	struct stage *text = &source->text, *out = &source->out;
	char *to = out->data + out->len;
	size_t room = BLOCK - 8;
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
	struct stage *text = &source->text, *out = &source->out;
	size_t got;
	int code;
	out->at = out->len = 0;
	if (!source->converting) {
		code = unpack(source, out->data, BLOCK, &out->len);
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
	code = unpack(source, text->data + text->len, BLOCK - text->len, &got);
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
	struct stage *out = &source->out;
	*got = 0;
	if (!room)
		return 0;
	while (!settled(source)) {
		if (source->packing == PLAIN && !source->converting) {
			unpack_plain(source, to, room, got);
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
	return source->packing == UNDECIDED || needs_raw(source);
}

bool
desk_source_ready(struct desk_source *source)
{
	if (source->regular)
		return true;
	while (!settled(source)) {
		bool plain = source->packing == PLAIN && !source->converting;
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
