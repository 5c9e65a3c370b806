/*
 * The model file: named sections in one file that is mapped, not parsed.
 *
 *	8   "copydesk"
 *	4   the number 0x01020304 in the byte order of the file
 *	4   version of the form
 *	8   length of the file
 *	8   checksum of all that follows
 *	4   number of sections, 4 zero bytes
 *	32  for each section: name (16, zeros behind it), offset, length
 *	    the sections, each at a multiple of 64
 *
 * Whoever reads a section checks what is in it once, when it loads it.
 */
#ifndef DESK_MODEL_FILE_H
#define DESK_MODEL_FILE_H

#include "copydesk.h"
#include "core/memory.h"

enum {
	DESK_MODELFILE_VERSION = 1,
	DESK_MODELFILE_ALIGN = 64,
	DESK_MODELFILE_NAME = 16,
	DESK_MODELFILE_SECTIONS = 64
};

/* Of zeros: none. */
struct desk_modelfile {
	const unsigned char *data;
	size_t len;
	bool mapped;
};

struct desk_modelfile_section {
	const char *name; /* at most 15 bytes */
	struct desk_slice content;
};

/* Maps a file and checks it.  DESK_EIO (cannot open), DESK_EDATA (no model, of
 * another version or byte order, cut short, damaged).  The text of the error
 * has no file name in it. */
int desk_modelfile_open(
    struct desk_modelfile *file, const char *path, struct desk_error *error);

/* The same of bytes in memory, which stay the caller's and must be aligned for
 * 8-byte numbers (DESK_EUSAGE). */
int desk_modelfile_use(struct desk_modelfile *file, struct desk_slice bytes,
    struct desk_error *error);

void desk_modelfile_close(struct desk_modelfile *file);

/* A section: aligned to 64 bytes of the file; data NULL where there is none. */
struct desk_slice desk_modelfile_find(
    const struct desk_modelfile *file, const char *name);

/* Appends a whole file to an empty buffer. */
int desk_modelfile_build(const struct desk_modelfile_section *sections,
    size_t count, struct desk_buffer *out, struct desk_error *error);

#endif
