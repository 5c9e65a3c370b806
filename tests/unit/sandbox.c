/* The sandbox: what can still be done when rights were given up, and what not.
 * Each case is a process of its own; its checks come back by a pipe. */
#define _GNU_SOURCE
#include "cli/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

static char dir[] = "/tmp/desk-sandbox-XXXXXX";
static int before; /* a file that was opened for both */
static long version;

/* What a call that should succeed, or fail, came to. */
static int
result(bool done)
{
	return done ? 0 : errno;
}

static int
opens(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);
	int code = result(fd >= 0);
	close(fd);
	return code;
}

static int
lists(const char *path)
{
	DIR *d = opendir(path);
	int code = result(d);
	if (d)
		closedir(d);
	return code;
}

static int
converts(const char *encoding)
{
	iconv_t converter = iconv_open("UTF-8", encoding);
	int code = result(converter != (iconv_t)-1);
	if (!code)
		iconv_close(converter);
	return code;
}

static int
connects(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(1)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int code = result(!connect(fd, (struct sockaddr *)&to, sizeof to));
	close(fd);
	return code;
}

/* -- the cases ----------------------------------------------------------- */

static void
no_sandbox(void)
{
	desk_sandbox_seal();
	is_int(opens("read", O_RDONLY), 0, "without rules, files open");
	is_int(opens("new", O_WRONLY | O_CREAT), 0, "and are made");
}

static void
entered(void)
{
	char byte;
	desk_sandbox_enter(NULL);
	is_int(opens("read", O_RDONLY), 0, "a file opens for reading");
	is_int(lists("."), 0, "a directory, too");
	is_int(opens("read", O_WRONLY), EACCES, "but no file for writing");
	is_int(opens("new", O_WRONLY | O_CREAT), EACCES, "none is made");
	is_int(opens("/dev/null", O_WRONLY), EACCES, "no device opens");
	is_int(result(!mkdir("dir", 0700)), EACCES, "no directory is made");
	is_int(result(!unlink("read")), EACCES, "no file removed");
	is_int(result(!rename("read", "new")), EACCES, "none renamed");
	is_int(result(!link("read", "new")), EACCES, "none linked");
	is_int(result(!symlink("read", "new")), EACCES, "no link made");
	execl("/bin/true", "true", (char *)NULL);
	is_int(errno, EACCES, "no program started");
	if (version >= 3)
		is_int(result(!truncate("read", 0)), EACCES, "no file cut off");
	if (version >= 4)
		is_int(connects(), EACCES, "no connection asked for");
	if (version >= 6)
		is_int(result(!kill(getppid(), 0)), EPERM,
		    "no other process gets a signal");
	is_int(result(write(before, "b", 1) == 1), 0,
	    "a file that was open can be written");
	is_int(result(pread(before, &byte, 1, 0) == 1), 0, "and read");
	is_int(result(!raise(0)), 0, "and signals of its own arrive");
	is_int(opens("none", O_RDONLY), ENOENT, "what is missing is missing");
}

static void
sealed(void)
{
	char byte;
	desk_sandbox_enter(NULL);
	desk_sandbox_seal();
	is_int(opens("read", O_RDONLY), EACCES, "sealed, no file opens");
	is_int(lists("."), EACCES, "nor a directory");
	is_int(opens("read", O_WRONLY), EACCES, "nor for writing");
	is_int(opens("none", O_RDONLY), ENOENT, "what is missing is missing");
	is_int(result(pread(before, &byte, 1, 0) == 1), 0,
	    "a file that was open can be read");
	is_int(result(write(before, "b", 1) == 1), 0, "and written");
	is_int(converts("SHIFT_JIS"), 0, "converters are found");
	is_int(converts("ISO-2022-KR"), 0, "and those behind others");
}

static void *
thread_sealed(void *ready)
{
	desk_sandbox_seal();
	is_int(opens("read", O_RDONLY), EACCES, "a thread can be sealed");
	is_int(opens("new", O_WRONLY | O_CREAT), EACCES,
	    "and has given up what the one before had");
	return ready;
}

static void
threads(void)
{
	pthread_t thread;
	desk_sandbox_enter(NULL);
	if (!pthread_create(&thread, NULL, thread_sealed, NULL))
		pthread_join(thread, NULL);
	is_int(opens("read", O_RDONLY), 0, "while another is not");
	desk_sandbox_seal();
	is_int(opens("read", O_RDONLY), EACCES, "until it is");
}

static void
output(void)
{
	int fd = open("out/new.tmp", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	desk_sandbox_enter("out/new.tmp");
	desk_sandbox_seal();
	is_int(result(write(fd, "b", 1) == 1), 0, "the output is written");
	is_int(result(!rename("out/new.tmp", "out/new")), 0, "and renamed");
	is_int(result(!rename("out/new", "out/old")), 0, "over another");
	is_int(result(!unlink("out/old")), 0, "and removed");
	is_int(opens("out/b", O_WRONLY | O_CREAT), EACCES,
	    "but no other is written there");
	is_int(result(!unlink("read")), EACCES, "or removed elsewhere");
	is_int(result(!rename("out/b", "b")), EACCES, "or brought out");
}

static void
output_here(void)
{
	opens("new.tmp", O_WRONLY | O_CREAT);
	desk_sandbox_enter("new.tmp");
	is_int(result(!rename("new.tmp", "new")), 0, "a name without a slash");
}

static void
output_lost(void)
{
	desk_sandbox_enter("none/new.tmp");
	is_int(opens("new", O_WRONLY | O_CREAT), 0,
	    "where the output's directory is not seen, nothing is given up");
}

static void
kept(void)
{
	desk_sandbox_keep("out/late");
	desk_sandbox_enter(NULL);
	desk_sandbox_seal();
	is_int(opens("out/old", O_RDONLY), 0, "what is kept opens late");
	is_int(opens("out/old", O_WRONLY), EACCES, "for reading alone");
	is_int(opens("read", O_RDONLY), EACCES, "and nothing else does");
}

static void
kept_missing(void)
{
	desk_sandbox_keep("none/late");
	desk_sandbox_enter(NULL);
	desk_sandbox_seal();
	is_int(opens("none/late", O_RDONLY), ENOENT, "or is missing as it was");
	is_int(opens("read", O_RDONLY), EACCES, "and nothing else opens");
}

static void
own_converters(void)
{
	setenv("GCONV_PATH", "/nowhere", 1);
	desk_sandbox_enter(NULL);
	desk_sandbox_seal();
	is_int(opens("read", O_RDONLY), 0,
	    "with converters of one's own, reading stays");
	is_int(opens("read", O_WRONLY), EACCES, "and writing does not");
}

/* Runs a case in a child; the files are there again before each. */
static void
apart(void (*run)(void))
{
	int ends[2], counts[2] = {0, 1};
	unlink("new");
	opens("read", O_WRONLY | O_CREAT);
	opens("out/old", O_WRONLY | O_CREAT);
	opens("out/b", O_WRONLY | O_CREAT);
	fflush(stdout);
	pid_t child = pipe(ends) ? -1 : fork();
	if (!child) {
		run();
		fflush(stdout);
		counts[0] = tap_run;
		counts[1] = tap_failed;
		_exit(write(ends[1], counts, sizeof counts) < 0);
	}
	close(ends[1]);
	if (read(ends[0], counts, sizeof counts) == sizeof counts) {
		tap_run = counts[0];
		tap_failed = counts[1];
	} else {
		ok(false, "a case came to its end");
	}
	close(ends[0]);
	waitpid(child, NULL, 0);
}

static void
clear(void)
{
	unlink("out/old");
	unlink("out/b");
	rmdir("out");
	unlink("before");
	unlink("read");
	unlink("new");
	if (!chdir("/"))
		rmdir(dir);
}

static void
cases(void)
{
	apart(no_sandbox);
	apart(entered);
	apart(sealed);
	apart(threads);
	apart(output);
	apart(output_here);
	apart(output_lost);
	apart(kept);
	apart(kept_missing);
	apart(own_converters);
}

int
main(void)
{
	const char *why = NULL;
#ifdef DESK_NO_SANDBOX
	why = "this build has no sandbox";
#elif !defined(SYS_landlock_create_ruleset)
	why = "the C library's headers know no Landlock";
#else
	version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
	if (version < 1)
		why = "the kernel has no Landlock, or does not let us";
#endif
	if (why) {
		printf("1..1\nok 1 - rights are given up # skip %s\n", why);
		return 0;
	}
	if (!mkdtemp(dir) || chdir(dir) || mkdir("out", 0700))
		return 1;
	before = open("before", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (write(before, "a", 1) != 1)
		return 1;
	cases();
	clear();
	return done();
}
