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
 * file would have, or mode and (where that is allowed) owner of the file it
 * will replace; that file must be writable.  Where path exists and is no
 * regular file (/dev/full, a fifo) it is written to directly; a symbolic link
 * is followed.  DESK_EIO ("cannot open: ..."), DESK_ENOMEM. */
int desk_writer_open(
    struct desk_writer **writer, const char *path, struct desk_error *error);

/* Writes, or keeps for later.  DESK_EIO ("cannot write: ...") may tell of bytes
 * put before; after one, every later call but abort says the same. */
int desk_writer_put(struct desk_writer *writer, const char *data, size_t len,
    struct desk_error *error);

/* Writes out what is buffered; cheap where nothing is. */
int desk_writer_flush(struct desk_writer *writer, struct desk_error *error);

/* Flushes, syncs and closes under check, renames; frees the writer whatever
 * happened.  Standard output is flushed and closed. */
int desk_writer_commit(struct desk_writer *writer, struct desk_error *error);

/* Gives up: removes the temporary file and frees the writer (NULL is fine). */
void desk_writer_abort(struct desk_writer *writer);

/* The name of the temporary file while there is one, else NULL: for a handler
 * of signals, which must not leave it behind. */
const char *desk_writer_temporary(const struct desk_writer *writer);

/* Bytes put so far, written out or not. */
uint64_t desk_writer_written(const struct desk_writer *writer);

#endif
