/*
 * probe.c - preloaded into a command: tries what a sandbox should forbid.
 *
 * PROBE_AT names a call: read, write, or iconv_open.  Before each such call of
 * the command a line goes to the file PROBE_LOG: whether a file could be opened
 * for reading ("look"), one be made ("make") or run ("run"), a TCP connection
 * asked for ("connect"); "-" stands for what could not.  PROBE_FAIL is n: the
 * n-th call by which the sandbox is made fails, and the file PROBE_LOG appears.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const char *at;
static int log_file = -1;
static long left;

__attribute__((constructor)) static void
start(void)
{
	const char *path = getenv("PROBE_LOG"), *fail = getenv("PROBE_FAIL");
	at = getenv("PROBE_AT");
	left = fail ? atol(fail) : 0;
	if (path)
		log_file =
		    open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

static bool
opens(const char *path, int flags)
{
	long fd = syscall(SYS_openat, AT_FDCWD, path, flags, 0666);
	if (fd >= 0)
		syscall(SYS_close, fd);
	return fd >= 0;
}

/* The file may be run and is no program, so the kernel opens it and gives it
 * up, or does not open it. */
static bool
runs(void)
{
	char *const none[] = {NULL};
	return execve("probe.run", none, none) && errno == ENOEXEC;
}

/* Port 1 of this machine: refused, or not even asked for. */
static bool
connects(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(1)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	bool asked =
	    !connect(fd, (struct sockaddr *)&to, sizeof to) || errno != EACCES;
	syscall(SYS_close, fd);
	return asked;
}

static void
probe(const char *call)
{
	char line[80];
	if (log_file < 0 || !at || strcmp(at, call))
		return;
	int old = errno;
	int len = snprintf(line, sizeof line, "%s %s %s %s\n",
	    opens("probe.run", O_RDONLY) ? "look" : "-",
	    opens("probe.made", O_WRONLY | O_CREAT) ? "make" : "-",
	    runs() ? "run" : "-", connects() ? "connect" : "-");
	syscall(SYS_write, log_file, line, len);
	errno = old;
}

/* -- what makes a sandbox ------------------------------------------------ */

/* Whether this call is the one.  Files are not yet kept from being made. */
static bool
fails(void)
{
	if (__atomic_sub_fetch(&left, 1, __ATOMIC_SEQ_CST))
		return false;
	syscall(SYS_write, log_file, "failed\n", 7);
	errno = EPERM;
	return true;
}

long
syscall(long number, ...)
{
	va_list rest;
	va_start(rest, number);
	long a = va_arg(rest, long), b = va_arg(rest, long),
	     c = va_arg(rest, long), d = va_arg(rest, long);
	va_end(rest);
	if (number >= 444 && number <= 446 && fails())
		return -1;
	return REAL(syscall)(number, a, b, c, d);
}

int
prctl(int option, ...)
{
	return fails() ? -1 : REAL(prctl)(option, 1, 0, 0, 0);
}

int
openat64(int fd, const char *path, int flags, ...)
{
	return fails() ? -1 : REAL(openat64)(fd, path, flags);
}

/* -- where it is looked at ----------------------------------------------- */

ssize_t
read(int fd, void *to, size_t size)
{
	probe("read");
	return syscall(SYS_read, fd, to, size);
}

ssize_t
write(int fd, const void *from, size_t size)
{
	probe("write");
	return syscall(SYS_write, fd, from, size);
}

iconv_t
iconv_open(const char *to, const char *from)
{
	probe("iconv_open");
	return REAL(iconv_open)(to, from);
}
