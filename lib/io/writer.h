/*
 * The writer: the one place that writes results.
 *
 * Bytes gather in a buffer of 64 KiB.  A writer to a file writes to a temporary
 * file beside it, which takes its name at the commit and not before.
 */
#ifndef DESK_IO_WRITER_H
#define DESK_IO_WRITER_H

#include "copydesk.h"

struct desk_writer;

/* path NULL: standard output.  The temporary file gets the mode that a new
 * file would have, or that of the file it will replace; where path exists and
 * is no regular file (/dev/full, a fifo) it is written to directly; a symbolic
 * link is followed.  DESK_EIO, DESK_ENOMEM. */
int desk_writer_open(struct desk_writer **writer, const char *path,
    struct desk_error *error);

int desk_writer_put(struct desk_writer *writer, const char *data, size_t len,
    struct desk_error *error);

/* Writes out what is buffered; cheap where nothing is. */
int desk_writer_flush(struct desk_writer *writer, struct desk_error *error);

/* Flushes, syncs and closes under check, renames; frees the writer whatever
 * happened.  Standard output is flushed and closed. */
int desk_writer_commit(struct desk_writer *writer, struct desk_error *error);

/* Gives up: removes the temporary file and frees the writer (NULL is fine). */
void desk_writer_abort(struct desk_writer *writer);

uint64_t desk_writer_written(const struct desk_writer *writer);

#endif
