/*
 * writer.c - results, to standard output or to a file that appears whole.
 *
 * A file is written under another name beside it, PATH.XXXXXX, and renamed at
 * the commit.  The temporary file is made with open(2) and not mkstemp(3), so
 * that the system itself applies umask and default ACLs to its mode: the mask
 * cannot be asked for without changing it for all threads.  The first failure
 * stays: a writer that could not write says so again at every later call.
 */
#include "io/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/error.h"
#include "core/memory.h"

enum { BLOCK = 64 << 10, TRIES = 100, LINKS = 40 };

struct desk_writer {
	int fd;
	int failed; /* errno of the first failure */
	char *path; /* of the file to be, links followed; NULL: direct */
	char *temp; /* its temporary name while there is such a file */
	uint64_t written;
	size_t used;
	char buffer[BLOCK];
};

static int
fail_write(struct desk_writer *writer, struct desk_error *error)
{
	return desk_fail(
	    error, DESK_EIO, "cannot write: %s", strerror(writer->failed));
}

static int
fail_open(struct desk_error *error)
{
	return desk_fail(error, DESK_EIO, "cannot open: %s", strerror(errno));
}

/* The two strings as one, on the heap; NULL where memory ran out. */
static char *
join(const char *a, size_t a_len, const char *b)
{
	size_t b_len = strlen(b);
	char *s = desk_calloc(a_len + b_len + 1, 1);
	if (s) {
		memcpy(s, a, a_len);
		memcpy(s + a_len, b, b_len);
	}
	return s;
}

/* The file that a path leads to, symbolic links followed; it need not exist.
 * NULL with errno. */
static char *
follow(const char *path)
{
	char *at = join(path, strlen(path), "");
	for (int i = 0; at && i < LINKS; i++) {
		char link[PATH_MAX];
		ssize_t n = readlink(at, link, sizeof link - 1);
		if (n < 0)
			return at; /* no link, or nothing there */
		link[n] = '\0';
		/* A link counts from the directory it is in. */
		char *slash = strrchr(at, '/');
		size_t keep =
		    *link != '/' && slash ? (size_t)(slash - at) + 1 : 0;
		char *next = join(at, keep, link);
		desk_free(at);
		at = next;
	}
	errno = at ? ELOOP : ENOMEM;
	desk_free(at);
	return NULL;
}

/* Letters for the name of a temporary file: others than those tried before,
 * and most likely others than another process tries.  Safety does not hang on
 * them: the file is made with O_EXCL. */
static void
random_name(char *to, unsigned attempt)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345";
	struct timespec now = {0, 0};
	clock_gettime(CLOCK_REALTIME, &now);
	uint64_t x = (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 30 ^
		     (uint64_t)getpid() << 12 ^ attempt;
	x *= UINT64_C(0x9E3779B97F4A7C15);
	for (size_t i = 0; i < 6; i++)
		to[i] = letters[x >> (59 - 5 * i) & 31];
}

static int
make_temporary(struct desk_writer *writer, struct desk_error *error)
{
	size_t len = strlen(writer->path);
	writer->temp = join(writer->path, len, ".XXXXXX");
	if (!writer->temp)
		return desk_fail_memory(error);
	for (unsigned i = 0; i < TRIES && writer->fd < 0; i++) {
		random_name(writer->temp + len + 1, i);
		writer->fd = open(writer->temp,
		    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
		if (writer->fd < 0 && errno != EEXIST && errno != EINTR)
			break;
	}
	if (writer->fd >= 0)
		return 0;
	int code = fail_open(error);
	desk_free(writer->temp);
	writer->temp = NULL;
	return code;
}

/* The new file gets mode and owner of the one it replaces.  Only root may give
 * files away: where it stays ours, the group, which may be another one, gets
 * no more than all others do. */
static int
take_over(struct desk_writer *writer, const struct stat *old,
    struct desk_error *error)
{
	struct stat mine;
	if (fstat(writer->fd, &mine))
		return fail_open(error);
	mode_t mode = old->st_mode & 0777;
	bool same = mine.st_uid == old->st_uid && mine.st_gid == old->st_gid;
	if (!same && fchown(writer->fd, old->st_uid, old->st_gid))
		mode = (mode & 0707) | (mode & 07) << 3;
	if (fchmod(writer->fd, mode))
		return fail_open(error);
	return 0;
}

static int
open_path(
    struct desk_writer *writer, const char *path, struct desk_error *error)
{
	struct stat old;
	bool exists = !stat(path, &old);
	if (!exists && (errno != ENOENT || !*path))
		return fail_open(error);
	if (exists && !S_ISREG(old.st_mode)) {
		writer->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return writer->fd < 0 ? fail_open(error) : 0;
	}
	/* Renaming would replace a file that may not be written. */
	if (exists && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS))
		return fail_open(error);
	writer->path = follow(path);
	if (!writer->path)
		return errno == ENOMEM ? desk_fail_memory(error)
				       : fail_open(error);
	int code = make_temporary(writer, error);
	if (!code && exists)
		code = take_over(writer, &old, error);
	return code;
}

int
desk_writer_open(
    struct desk_writer **writer, const char *path, struct desk_error *error)
{
	*writer = NULL;
	struct desk_writer *w = desk_calloc(1, sizeof *w);
	if (!w)
		return desk_fail_memory(error);
	w->fd = path ? -1 : STDOUT_FILENO;
	int code = path ? open_path(w, path, error) : 0;
	if (code) {
		desk_writer_abort(w);
		return code;
	}
	*writer = w;
	return 0;
}

static int
write_all(struct desk_writer *writer, const char *data, size_t len,
    struct desk_error *error)
{
	while (len && !writer->failed) {
		ssize_t n = write(writer->fd, data, len);
		if (n > 0) {
			data += n;
			len -= (size_t)n;
		} else if (!n) {
			writer->failed = EIO; /* and not for ever */
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			struct pollfd wait = {writer->fd, POLLOUT, 0};
			poll(&wait, 1, -1);
		} else if (errno != EINTR) {
			writer->failed = errno;
		}
	}
	return writer->failed ? fail_write(writer, error) : 0;
}

int
desk_writer_flush(struct desk_writer *writer, struct desk_error *error)
{
	size_t used = writer->used;
	writer->used = 0;
	return write_all(writer, writer->buffer, used, error);
}

int
desk_writer_put(struct desk_writer *writer, const char *data, size_t len,
    struct desk_error *error)
{
	writer->written += len;
	if (len > BLOCK - writer->used) {
		/* Whole blocks, however the puts fall. */
		size_t fill = BLOCK - writer->used;
		memcpy(writer->buffer + writer->used, data, fill);
		writer->used = BLOCK;
		data += fill;
		len -= fill;
		size_t direct = len - len % BLOCK;
		int code = desk_writer_flush(writer, error);
		if (!code)
			code = write_all(writer, data, direct, error);
		if (code)
			return code;
		data += direct;
		len -= direct;
	}
	if (len)
		memcpy(writer->buffer + writer->used, data, len);
	writer->used += len;
	return writer->failed ? fail_write(writer, error) : 0;
}

/* Makes sure that the bytes are on the disk before the name is.  Some file
 * systems cannot; then there is nothing to wait for. */
static int
sync_file(struct desk_writer *writer)
{
	while (fsync(writer->fd)) {
		if (errno == EINVAL || errno == ENOTSUP || errno == ENOSYS)
			return 0;
		if (errno != EINTR)
			return -1;
	}
	return 0;
}

/* Closing may tell of an earlier write that failed (NFS).  A standard output
 * that was closed from the start is no fault where nothing was to be said. */
static int
close_file(struct desk_writer *writer)
{
	int fd = writer->fd;
	writer->fd = -1;
	if (!close(fd) || errno == EINTR)
		return 0;
	return errno == EBADF && !writer->written ? 0 : -1;
}

int
desk_writer_commit(struct desk_writer *writer, struct desk_error *error)
{
	int code = desk_writer_flush(writer, error);
	if (!code && writer->temp && sync_file(writer)) {
		writer->failed = errno;
		code = fail_write(writer, error);
	}
	if (close_file(writer) && !code) {
		writer->failed = errno;
		code = fail_write(writer, error);
	}
	if (!code && writer->temp) {
		if (rename(writer->temp, writer->path)) {
			writer->failed = errno;
			code = fail_write(writer, error);
		} else {
			desk_free(writer->temp);
			writer->temp = NULL;
		}
	}
	desk_writer_abort(writer);
	return code;
}

void
desk_writer_abort(struct desk_writer *writer)
{
	if (!writer)
		return;
	if (writer->temp)
		unlink(writer->temp);
	if (writer->fd > STDERR_FILENO)
		close(writer->fd);
	desk_free(writer->temp);
	desk_free(writer->path);
	desk_free(writer);
}

const char *
desk_writer_temporary(const struct desk_writer *writer)
{
	return writer->temp;
}

uint64_t
desk_writer_written(const struct desk_writer *writer)
{
	return writer->written;
}
