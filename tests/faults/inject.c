/*
 * inject.c - preloaded into a command: makes its n-th allocation, read or
 * write fail, or all reads and writes short.
 *
 * FAULT_KIND is memory, read, write, system (files that open, are looked at,
 * mapped and renamed, and threads that start), or short; FAULT_AT is n, from 1.
 * When the call has failed there is something in the file FAULT_DONE, so that
 * the caller knows when n is beyond the last call; it is opened before the
 * command gives up the right to.  Only calls by way of the dynamic linker are
 * seen, so messages on standard error, written inside the C library, still
 * come.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The C library's own, behind the names replaced here. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static long left;
static int done = -1;
static enum { NONE, MEMORY, READ, WRITE, SYSTEM, SHORT } kind;

__attribute__((constructor)) static void
start(void)
{
	const char *word = getenv("FAULT_KIND"), *at = getenv("FAULT_AT"),
		   *path = getenv("FAULT_DONE");
	left = at ? atol(at) : 0;
	if (path)
		done = (int)syscall(SYS_openat, AT_FDCWD, path,
		    O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	if (word)
		kind = !strcmp(word, "memory")	 ? MEMORY
		       : !strcmp(word, "read")	 ? READ
		       : !strcmp(word, "write")	 ? WRITE
		       : !strcmp(word, "system") ? SYSTEM
						 : SHORT;
}

/* What runs when the command has ended is not its own: libgcov's, say. */
static void
stop(void)
{
	kind = NONE;
}

/* Whether this call is the one. */
static bool
fails(unsigned which)
{
	static int first;
	if (kind == which && !__atomic_exchange_n(&first, 1, __ATOMIC_SEQ_CST))
		atexit(stop);
	if (kind != which || __atomic_sub_fetch(&left, 1, __ATOMIC_SEQ_CST))
		return false;
	syscall(SYS_write, done, "failed\n", 7);
	errno = which == MEMORY	  ? ENOMEM
		: which == READ	  ? EIO
		: which == SYSTEM ? ENFILE
				  : ENOSPC;
	return true;
}

void *
malloc(size_t size)
{
	return fails(MEMORY) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return fails(MEMORY) ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
	return fails(MEMORY) ? NULL : __libc_realloc(old, size);
}

/* Short: every third call is interrupted, the others do a little. */
static bool
shorten(size_t *size)
{
	static long calls;
	if (kind != SHORT)
		return false;
	if (*size > 5)
		*size = 5;
	errno = EINTR;
	return __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) % 3 == 0;
}

ssize_t
read(int fd, void *to, size_t size)
{
	if (fails(READ) || shorten(&size))
		return -1;
	return syscall(SYS_read, fd, to, size);
}

ssize_t
write(int fd, const void *from, size_t size)
{
	if (fails(WRITE) || shorten(&size))
		return -1;
	return syscall(SYS_write, fd, from, size);
}

int
fsync(int fd)
{
	if (fails(WRITE))
		return -1;
	return (int)syscall(SYS_fsync, fd);
}

int
close(int fd)
{
	int done = (int)syscall(SYS_close, fd);
	return kind == WRITE && fd == STDOUT_FILENO && fails(WRITE) ? -1 : done;
}

/* The C library's own of these. */
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int
open64(const char *path, int flags, ...)
{
	va_list rest;
	va_start(rest, flags);
	mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
	va_end(rest);
	return fails(SYSTEM) ? -1 : REAL(open64)(path, flags, mode);
}

int
fstat64(int fd, struct stat64 *st)
{
	return fails(SYSTEM) ? -1 : REAL(fstat64)(fd, st);
}

void *
mmap64(void *at, size_t size, int access, int flags, int fd, off64_t from)
{
	return fails(SYSTEM) ? MAP_FAILED
			     : REAL(mmap64)(at, size, access, flags, fd, from);
}

int
rename(const char *from, const char *to)
{
	return fails(SYSTEM) ? -1 : REAL(rename)(from, to);
}

int
pthread_create(pthread_t *thread, const pthread_attr_t *how,
    void *(*run)(void *), void *argument)
{
	return fails(SYSTEM) ? EAGAIN
			     : REAL(pthread_create)(thread, how, run, argument);
}
