/*
 * A source's inside: its stations, for source.c, which reads the descriptor,
 * converts and hands out, and unpack.c, which unpacks.
 */
#ifndef DESK_IO_STAGES_H
#define DESK_IO_STAGES_H

#include <iconv.h>
#include <zlib.h>
#include <zstd.h>

#include "io/source.h"

enum { DESK_SOURCE_BLOCK = 64 << 10 };

enum desk_packing {
	DESK_PACKING_UNKNOWN,
	DESK_PACKING_NONE,
	DESK_PACKING_GZIP,
	DESK_PACKING_ZSTD
};

struct desk_stage {
	size_t at, len;
	char data[DESK_SOURCE_BLOCK];
};

struct desk_source {
	int fd;
	bool regular;
	bool raw_end; /* the descriptor is at its end */
	bool end;     /* and all of it has been unpacked and converted */
	uint64_t taken, size;
	struct desk_error failure; /* given once what came before is */

	enum desk_packing packing;
	z_stream gzip;
	ZSTD_DStream *zstd;
	bool inside;   /* of a gzip member or zstd frame */
	bool seeking;  /* the next one, after damage */
	size_t hint;   /* how many bytes zstd asks for */
	bool padding;  /* behind the last member: zeros only */
	bool more;     /* the unpacker may have output without input */
	bool unpacked; /* all of it */

	iconv_t converter;
	bool converting;
	bool starved; /* the converter needs more than it has */
	size_t unit;  /* bytes to skip where something is not convertible */

	struct desk_stage raw, text, out;
};

/* Reads from the descriptor; *got is 0 at its end. */
int desk_source_take(
    struct desk_source *source, char *to, size_t room, size_t *got);

/* Gives unpacked bytes, or none yet: then the next call may.  At the end,
 * unpacked is set.  Reads from the descriptor at most once. */
int desk_source_unpack(
    struct desk_source *source, char *to, size_t room, size_t *got);

/* Whether that would read from the descriptor. */
bool desk_source_unpack_reads(const struct desk_source *source);

#endif
