/*
 * unpack.c - the bytes of a source, unpacked.
 *
 * What they are is told by their first bytes: gzip (RFC 1952), zstd (RFC 8878)
 * or neither.  Behind damage the next gzip member or zstd frame can be looked
 * for, since an archive of many is worth reading on.
 */
#include <string.h>
#include <zstd_errors.h>

#include "core/error.h"
#include "io/stages.h"

enum { MAGIC = 4 };

/* Fails where the raw bytes not yet unpacked begin. */
static int
damaged(struct desk_source *source, int code, const char *why)
{
	source->failure.offset =
	    source->taken - (source->raw.len - source->raw.at);
	return desk_fail(&source->failure, code, "%s", why);
}

/* Appends to the raw bytes not yet used. */
static int
take_raw(struct desk_source *source)
{
	struct desk_stage *raw = &source->raw;
	size_t got;
	raw->len -= raw->at;
	memmove(raw->data, raw->data + raw->at, raw->len);
	raw->at = 0;
	int code = desk_source_take(
	    source, raw->data + raw->len, DESK_SOURCE_BLOCK - raw->len, &got);
	raw->len += got;
	return code;
}

/* What the first bytes are: DESK_PACKING_UNKNOWN where more are needed to tell.
 * A zstd file may begin with a frame to be skipped, of any of 16 numbers. */
static enum desk_packing
packing_of(const char *s, size_t len, bool end)
{
	static const struct {
		unsigned char magic[4], mask, len;
		enum desk_packing packing;
	} forms[] = {
	    {{0x1F, 0x8B, 0, 0}, 0xFF, 2, DESK_PACKING_GZIP},
	    {{0x28, 0xB5, 0x2F, 0xFD}, 0xFF, 4, DESK_PACKING_ZSTD},
	    {{0x50, 0x2A, 0x4D, 0x18}, 0xF0, 4, DESK_PACKING_ZSTD},
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
			return DESK_PACKING_UNKNOWN;
	}
	return DESK_PACKING_NONE;
}

/* Reads first bytes until they tell what they are. */
static int
decide(struct desk_source *source)
{
	int code = take_raw(source);
	if (code)
		return code;
	enum desk_packing packing =
	    packing_of(source->raw.data, source->raw.len, source->raw_end);
	if (packing == DESK_PACKING_GZIP) {
		/* 15 bits of window, + 16: gzip's header and trailer. */
		if (inflateInit2(&source->gzip, 15 + 16) != Z_OK)
			return desk_fail_memory(&source->failure);
	} else if (packing == DESK_PACKING_ZSTD) {
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
	struct desk_stage *raw = &source->raw;
	size_t n = raw->len - raw->at;
	if (!n) {
		int code = desk_source_take(source, to, room, got);
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
	struct desk_stage *raw = &source->raw;
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
	struct desk_stage *raw = &source->raw;
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
 * block and the next header together, but for the last block alone; of that
 * one, where it is not packed, the last byte may be lost, and no more.  What
 * it still holds is taken first. */
static size_t
zstd_wants(const struct desk_source *source)
{
	enum { FRAME_HEADER = 6, BLOCK_HEADER = 3 };
	size_t n = source->raw.len - source->raw.at, wanted = FRAME_HEADER;
	if (source->more)
		return 0;
	if (source->inside)
		wanted = source->hint > BLOCK_HEADER
			     ? source->hint - BLOCK_HEADER
			     : 1;
	return n < wanted ? n : wanted;
}

/* What a zstd frame begins with, as packing_of() knows it: the formats of old,
 * which libzstd may know, too, are read by none but those who can tell them by
 * what they happen to get in one piece. */
static bool
begins_frame(const struct desk_stage *raw)
{
	size_t n = raw->len - raw->at;
	return n < MAGIC ||
	       packing_of(raw->data + raw->at, n, true) == DESK_PACKING_ZSTD;
}

/* What to make of an error of zstd, which took so many bytes.  A frame whose
 * header is bad may be given back whole: it is not to be found again. */
static int
zstd_failed(struct desk_source *source, size_t code, size_t took)
{
	switch (ZSTD_getErrorCode(code)) {
	case ZSTD_error_memory_allocation:
		return desk_fail_memory(&source->failure);
	case ZSTD_error_frameParameter_windowTooLarge:
		return damaged(source, DESK_ELIMIT, "zstd window too large");
	default:
		damaged(source, DESK_EDATA, "damaged zstd data");
		source->raw.at += !took && source->raw.at < source->raw.len;
		return source->failure.code;
	}
}

static int
unpack_zstd(struct desk_source *source, char *to, size_t room, size_t *got)
{
	struct desk_stage *raw = &source->raw;
	ZSTD_inBuffer in = {raw->data + raw->at, zstd_wants(source), 0};
	ZSTD_outBuffer out = {to, room, 0};
	if (!source->inside && !in.size) {
		source->unpacked = source->raw_end;
		return 0;
	}
	if (!source->inside && !begins_frame(raw))
		return damaged(source, DESK_EDATA, "damaged zstd data");
	size_t code = ZSTD_decompressStream(source->zstd, &out, &in);
	raw->at += in.pos;
	*got = out.pos;
	source->inside = code;
	source->hint = code;
	source->more = source->inside && out.pos == out.size;
	if (ZSTD_isError(code))
		return zstd_failed(source, code, in.pos);
	if (source->inside && !*got && raw->at == raw->len && source->raw_end)
		return damaged(source, DESK_EDATA, "zstd data ends too early");
	return 0;
}

/* Whether a gzip member or zstd frame seems to begin here, with room to see. */
static bool
begins_packed(enum desk_packing packing, const char *s)
{
	if (packing == DESK_PACKING_GZIP)
		return !memcmp(s, "\x1F\x8B\x08", 3) && !(s[3] & 0xE0);
	return !memcmp(s, "\x28\xB5\x2F\xFD", 4);
}

/* Passes over bytes up to the next member or frame. */
static int
seek_packed(struct desk_source *source)
{
	struct desk_stage *raw = &source->raw;
	char first = source->packing == DESK_PACKING_GZIP ? '\x1F' : '\x28';
	bool looked = raw->len - raw->at >= MAGIC;
	while (raw->len - raw->at >= MAGIC) {
		const char *s = raw->data + raw->at;
		const char *p =
		    memchr(s, first, raw->len - raw->at - MAGIC + 1);
		raw->at = p ? (size_t)(p - raw->data) : raw->len - MAGIC + 1;
		if (p && begins_packed(source->packing, p)) {
			source->seeking = false;
			return 0;
		}
		raw->at += p != NULL;
	}
	if (source->raw_end) {
		raw->at = raw->len;
		source->unpacked = true;
		return 0;
	}
	if (looked)
		return 0; /* the next step reads */
	return take_raw(source);
}

bool
desk_source_resume(struct desk_source *source)
{
	bool rest = !source->raw_end || source->raw.at < source->raw.len;
	if (source->failure.code != DESK_EDATA || !rest)
		return false;
	if (source->packing == DESK_PACKING_ZSTD &&
	    ZSTD_isError(ZSTD_initDStream(source->zstd)))
		return false;
	memset(&source->failure, 0, sizeof source->failure);
	source->inside = source->more = source->padding = false;
	source->seeking = true;
	return true;
}

/* Whether an unpacker can do nothing before the descriptor has been read: to
 * tell what begins here takes more bytes than to go on. */
static bool
needs_raw(const struct desk_source *source)
{
	bool begins = source->seeking ||
		      (source->packing == DESK_PACKING_ZSTD && !source->inside);
	return !source->raw_end && !source->more &&
	       source->raw.len - source->raw.at < (begins ? MAGIC : 1);
}

int
desk_source_unpack(
    struct desk_source *source, char *to, size_t room, size_t *got)
{
	*got = 0;
	if (source->packing == DESK_PACKING_UNKNOWN)
		return decide(source);
	if (source->packing == DESK_PACKING_NONE)
		return unpack_plain(source, to, room, got);
	if (source->seeking)
		return seek_packed(source);
	int code = needs_raw(source) ? take_raw(source) : 0;
	if (code || needs_raw(source))
		return code;
	if (source->packing == DESK_PACKING_GZIP)
		return unpack_gzip(source, to, room, got);
	return unpack_zstd(source, to, room, got);
}

bool
desk_source_unpack_reads(const struct desk_source *source)
{
	return source->packing == DESK_PACKING_UNKNOWN || needs_raw(source);
}
