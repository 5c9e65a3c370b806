/*
 * Sources: the bytes of one input, unpacked and converted.
 *
 * Only a source reads descriptors.  gzip (also several members one after the
 * other) and zstd (also several frames) are told by their magic numbers and
 * unpacked; --encoding is converted to UTF-8 by iconv.
 */
#ifndef DESK_IO_SOURCE_H
#define DESK_IO_SOURCE_H

#include "copydesk.h"

struct desk_source;

/* Opens a file; "-" is standard input.  encoding is an iconv name; NULL or
 * "UTF-8" for UTF-8, which is handed on unchecked.  DESK_EIO (cannot open, a
 * directory), DESK_EUSAGE (unknown encoding), DESK_ENOMEM.  The error text has
 * no file name in it: "cannot open: No such file or directory". */
int desk_source_open(struct desk_source **source, const char *path,
    const char *encoding, struct desk_error *error);

/* Reads up to room bytes; *got is 0 only at the end.  Waits for the first byte
 * but not for more.  DESK_EIO, DESK_EDATA (damaged or cut-off archive; what
 * was unpacked before it has been given).  With an encoding, what cannot be
 * converted becomes U+FFFD. */
int desk_source_read(struct desk_source *source, char *to, size_t room,
    size_t *got, struct desk_error *error);

/* From now on what is read is converted, as if it had been opened so; first
 * what was read before, n bytes, at most 64 KiB, and all of it.  DESK_EUSAGE
 * (unknown encoding), DESK_ENOMEM. */
int desk_source_convert(struct desk_source *source, const char *encoding,
    const char *bytes, size_t n, struct desk_error *error);

/* After a read has failed with DESK_EDATA: whether reading may go on, at the
 * next gzip member or zstd frame, if one is found. */
bool desk_source_resume(struct desk_source *source);

/* Whether the next read would not wait (a file's never does).  Exact also for
 * archives and encodings: what is readable is taken and unpacked here, up to
 * the first byte that can be given. */
bool desk_source_ready(struct desk_source *source);

/* Raw bytes read so far, and the size of a regular file (0: not known). */
uint64_t desk_source_taken(const struct desk_source *source);
uint64_t desk_source_size(const struct desk_source *source);

void desk_source_close(struct desk_source *source);

#endif
