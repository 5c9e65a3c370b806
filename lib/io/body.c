/*
 * body.c - the body of an HTTP response as the browser saw it.
 *
 * Many archives hold bodies whose chunks or packing were undone when they were
 * written, under headers that still speak of them: so both are undone only
 * where the bytes look like it.
 */
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>
#include <zstd.h>

#include "core/error.h"
#include "core/jsonbytes.h"
#include "core/slice.h"
#include "io/sniff.h"
#include "io/warc.h"

enum { STEP = 64 << 10, SIZE_DIGITS = 15 };

/* The size line of a chunk: its length with the line's end, or 0 where there
 * is none. */
static size_t
chunk_size(struct desk_slice s, size_t *size)
{
	size_t i = 0;
	*size = 0;
	while (i < s.len && i < SIZE_DIGITS && desk_json_hex(s.data[i]) < 16)
		*size = *size << 4 | desk_json_hex(s.data[i++]);
	if (!i || i == s.len ||
	    (s.data[i] != '\r' && s.data[i] != '\n' && s.data[i] != ';' &&
		s.data[i] != ' '))
		return 0;
	const char *lf = memchr(s.data + i, '\n', s.len - i);
	return lf ? (size_t)(lf - s.data) + 1 : 0;
}

/* The chunks of a body as one. */
static int
join_chunks(struct desk_slice body, struct desk_arena *arena,
    struct desk_slice *joined, struct desk_error *error)
{
	size_t size, line = chunk_size(body, &size), len = 0;
	*joined = body;
	if (!line)
		return 0;
	char *to = desk_arena_alloc(arena, body.len);
	if (!to)
		return desk_fail_memory(error);
	while (line && size) {
		body = desk_slice(body.data + line, body.len - line);
		if (size > body.len)
			size = body.len;
		memcpy(to + len, body.data, size);
		len += size;
		body = desk_slice(body.data + size, body.len - size);
		while (body.len && (*body.data == '\r' || *body.data == '\n'))
			body = desk_slice(body.data + 1, body.len - 1);
		line = chunk_size(body, &size);
	}
	*joined = desk_slice(to, len);
	return 0;
}

/* Where unpacked bytes go: an array in the arena that grows up to a limit. */
struct unpacked {
	struct desk_arena *arena;
	char *data;
	size_t len, room, limit;
	bool over;
};

/* Room for more, at most one byte over the limit; NULL: memory ran out. */
static char *
reserve(struct unpacked *u, size_t *room)
{
	if (u->room - u->len < STEP) {
		size_t more = u->room ? u->room * 2 : 4 * (size_t)STEP;
		char *fresh = desk_arena_grow(u->arena, u->data, u->room, more);
		if (!fresh)
			return NULL;
		u->data = fresh;
		u->room = more;
	}
	*room = u->room - u->len;
	if (*room > u->limit + 1 - u->len)
		*room = u->limit + 1 - u->len;
	return u->data + u->len;
}

/* window: zlib's windowBits, which also tell the header that is looked for. */
static int
unpack_zlib(struct unpacked *u, struct desk_slice in, int window)
{
	z_stream z = {0};
	if (inflateInit2(&z, window) != Z_OK)
		return DESK_ENOMEM;
	z.next_in = (Bytef *)(uintptr_t)in.data;
	z.avail_in = (uInt)in.len;
	int code = Z_OK;
	while (code == Z_OK && u->len <= u->limit) {
		size_t room;
		z.next_out = (Bytef *)reserve(u, &room);
		if (!z.next_out) {
			code = Z_MEM_ERROR;
			break;
		}
		z.avail_out = (uInt)room;
		code = inflate(&z, Z_NO_FLUSH);
		u->len += room - z.avail_out;
	}
	inflateEnd(&z);
	return code == Z_MEM_ERROR ? DESK_ENOMEM : 0;
}

static int
unpack_zstd(struct unpacked *u, struct desk_slice body)
{
	ZSTD_DStream *stream = ZSTD_createDStream();
	ZSTD_inBuffer in = {body.data, body.len, 0};
	size_t left = 1;
	if (!stream)
		return DESK_ENOMEM;
	while (left && !ZSTD_isError(left) && u->len <= u->limit) {
		ZSTD_outBuffer out = {NULL, 0, 0};
		out.dst = reserve(u, &out.size);
		if (!out.dst) {
			ZSTD_freeDStream(stream);
			return DESK_ENOMEM;
		}
		size_t before = in.pos;
		left = ZSTD_decompressStream(stream, &out, &in);
		u->len += out.pos;
		if (in.pos == before && !out.pos)
			break;
	}
	ZSTD_freeDStream(stream);
	return 0;
}

static bool
is(struct desk_slice s, const char *word)
{
	return s.len == strlen(word) && !strncasecmp(s.data, word, s.len);
}

static int
unpack(struct unpacked *u, struct desk_slice coding, struct desk_slice *body,
    struct desk_error *error)
{
	const char *s = body->data;
	bool zlib = is(coding, "deflate"), zstd = is(coding, "zstd");
	bool gzip = is(coding, "gzip") || is(coding, "x-gzip");
	int code = 0;
	if (!zlib && !zstd && !gzip &&
	    desk_sniff(*body, true, true) == DESK_FROM_HTML)
		return 0;
	if (!zlib && !zstd && !gzip)
		return desk_fail(error, DESK_EDATA,
		    "cannot unpack content-encoding '%.*s'",
		    (int)(coding.len < 40 ? coding.len : 40), coding.data);
	/* Its bytes tell what it is, and whether it still is. */
	if (body->len >= 2 && !memcmp(s, "\x1F\x8B", 2))
		code = unpack_zlib(u, *body, 15 + 16);
	else if (body->len >= 4 && !memcmp(s, "\x28\xB5\x2F\xFD", 4))
		code = unpack_zstd(u, *body);
	else if (zlib && body->len >= 2 && (s[0] & 15) == Z_DEFLATED &&
		 !(((unsigned char)s[0] << 8 | (unsigned char)s[1]) % 31))
		code = unpack_zlib(u, *body, 15);
	else if (zlib && body->len && *s != '<')
		code = unpack_zlib(u, *body, -15);
	else
		return 0;
	*body = desk_slice(u->data ? u->data : "", u->len);
	return code ? desk_fail_memory(error) : 0;
}

int
desk_http_body(const struct desk_http_head *head, struct desk_slice body,
    size_t limit, struct desk_arena *arena, struct desk_slice *page, bool *over,
    struct desk_error *error)
{
	struct unpacked u = {.arena = arena, .limit = limit};
	int code = 0;
	*page = body;
	if (head->chunked)
		code = join_chunks(body, arena, page, error);
	if (!code && head->coding.data)
		code = unpack(&u, head->coding, page, error);
	*over = page->len > limit;
	if (*over)
		page->len = limit;
	return code;
}
