/* The writer: files that appear whole, standard output, failures. */
#include "io/writer.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/memory.h"
#include "tap.h"

static char dir[] = "/tmp/desk-writer-XXXXXX";
static struct desk_error why;
static struct desk_writer *writer;

/* How many files the directory holds. */
static int
files(void)
{
	int n = -2; /* . and .. */
	DIR *d = opendir(".");
	while (d && readdir(d))
		n++;
	closedir(d);
	return n;
}

static void
holds(const char *path, const char *want, const char *what)
{
	char bytes[100];
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
	is_str(f ? bytes : NULL, n, want, what);
	if (f)
		fclose(f);
}

static void
make(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");
	if (!f || fputs(text, f) < 0 || fclose(f))
		ok(false, "a file for the test can be written");
}

/* Writes a text to a path, up to the commit. */
static int
put(const char *path, const char *text)
{
	memset(&why, 0, sizeof why);
	int code = desk_writer_open(&writer, path, &why);
	if (!code)
		code = desk_writer_put(writer, text, strlen(text), &why);
	return code;
}

static unsigned
mode(const char *path)
{
	struct stat st;
	return stat(path, &st) ? 0 : st.st_mode & 0777;
}

static void
new_file(void)
{
	umask(027);
	is_int(put("new", "text"), 0, "a new file");
	is_int(desk_writer_written(writer), 4, "what is put is counted");
	is_int(desk_writer_flush(writer, &why), 0, "can be flushed");
	ok(access("new", F_OK), "and is not there before the commit");
	is_int(files(), 1, "only one beside it");
	is_int(desk_writer_commit(writer, &why), 0, "the commit");
	holds("new", "text", "makes it appear");
	is_int(files(), 1, "and the other go");
	is_int(mode("new"), 0640, "with the mode that umask leaves");
	is_int(put("none", "text"), 0, "another one");
	desk_writer_abort(writer);
	is_int(files(), 1, "leaves nothing when given up");
	desk_writer_abort(NULL);
	unlink("new");
	umask(022);
}

static void
old_file(void)
{
	make("old", "before");
	chmod("old", 0604);
	is_int(put("old", "after"), 0, "a file that is there");
	holds("old", "before", "stays before the commit");
	desk_writer_abort(writer);
	holds("old", "before", "and when given up");
	put("old", "after");
	is_int(desk_writer_commit(writer, &why), 0, "the commit");
	holds("old", "after", "replaces it");
	is_int(mode("old"), 0604, "its mode stays");
	is_int(files(), 1, "and nothing is left beside it");
	if (geteuid()) {
		chmod("old", 0444);
		is_int(put("old", "x"), DESK_EIO, "one that is read-only");
		is_str(why.text, strlen(why.text),
		    "cannot open: Permission denied", "is not replaced");
	}
	unlink("old");
}

static void
links(void)
{
	struct stat st;
	mkdir("sub", 0777);
	make("sub/file", "before");
	ok(!symlink("sub/one", "link") && !symlink("file", "sub/one"),
	    "a link to a link in another directory");
	put("link", "after");
	is_int(desk_writer_commit(writer, &why), 0, "is written to");
	holds("sub/file", "after", "where it leads");
	ok(!lstat("link", &st) && S_ISLNK(st.st_mode), "and stays a link");
	unlink("sub/file");
	put("link", "again");
	is_int(desk_writer_commit(writer, &why), 0, "one that leads nowhere");
	holds("sub/file", "again", "makes the file that it names");
	unlink("link");
	ok(!symlink("link", "link"), "a link to itself");
	is_int(put("link", "x"), DESK_EIO, "is an error");
	unlink("link");
	unlink("sub/one");
	unlink("sub/file");
	rmdir("sub");
	is_int(files(), 0, "nothing is left");
}

static void
refused(void)
{
	static const struct {
		const char *path, *message;
	} cases[] = {
	    {"none/file", "cannot open: No such file or directory"},
	    {"", "cannot open: No such file or directory"},
	    {".", "cannot open: Is a directory"},
	    {"none/", "cannot open: No such file or directory"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		is_int(put(cases[i].path, "x"), DESK_EIO, cases[i].path);
		ok(!writer, "... gives no writer");
		is_str(why.text, strlen(why.text), cases[i].message,
		    "... and says why");
	}
	is_int(files(), 0, "and nothing is left");
}

static void
full(void)
{
	static char block[100000];
	const char *message = "cannot write: No space left on device";
	if (access("/dev/full", W_OK)) {
		ok(true, "a full disk # SKIP no /dev/full");
		return;
	}
	is_int(put("/dev/full", "text"), 0, "a full disk");
	is_int(desk_writer_commit(writer, &why), DESK_EIO, "is told at last");
	is_str(why.text, strlen(why.text), message, "with its reason");
	put("/dev/full", "text");
	is_int(desk_writer_put(writer, block, sizeof block, &why), DESK_EIO,
	    "or before");
	is_int(desk_writer_put(writer, "x", 1, NULL), DESK_EIO, "again");
	is_int(desk_writer_flush(writer, NULL), DESK_EIO, "and again");
	memset(&why, 0, sizeof why);
	is_int(desk_writer_commit(writer, &why), DESK_EIO, "up to the end");
	is_str(why.text, strlen(why.text), message, "with the first reason");
	/* A file that may not grow so far. */
	struct rlimit limit, small;
	getrlimit(RLIMIT_FSIZE, &limit);
	small = limit;
	small.rlim_cur = 70000;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	make("old", "before");
	is_int(put("old", "text"), 0, "a disk that fills");
	is_int(desk_writer_put(writer, block, sizeof block, &why), 0,
	    "holds what is buffered");
	is_int(desk_writer_commit(writer, &why), DESK_EIO, "then no more");
	is_str(why.text, strlen(why.text), "cannot write: File too large",
	    "with its reason");
	setrlimit(RLIMIT_FSIZE, &limit);
	holds("old", "before", "and the old file is as it was");
	is_int(files(), 1, "with nothing beside it");
	unlink("old");
}

/* Puts of all kinds of lengths give their bytes in order. */
static void
lengths(void)
{
	static const size_t lens[] = {0, 1, 65535, 65536, 65537, 3, 131072,
	    200000, 65533, 3, 1, 65536, 700};
	struct desk_buffer want = {0};
	is_int(put("file", ""), 0, "a file");
	for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
		size_t start = want.len;
		char *to = desk_buffer_reserve(&want, lens[i] + 1);
		for (size_t k = 0; k < lens[i]; k++)
			to[k] = (char)((start + k) * 31 >> 3);
		want.len += lens[i];
		if (desk_writer_put(writer, to, lens[i], &why))
			ok(false, "a put works");
	}
	is_int(desk_writer_written(writer), want.len, "is as long as its puts");
	is_int(desk_writer_commit(writer, &why), 0, "is whole");
	char *back = malloc(want.len + 1);
	FILE *f = fopen("file", "rb");
	ok(f && fread(back, 1, want.len + 1, f) == want.len &&
		!memcmp(back, want.data, want.len),
	    "and holds their bytes");
	if (f)
		fclose(f);
	free(back);
	desk_buffer_release(&want);
	unlink("file");
}

/* Writes len letters to standard output, as a program of its own: 0 where all
 * went well, 1 where the writer said that it did not, 2 for another text. */
static int
program(size_t len, const char *message)
{
	static char letters[1000000];
	memset(letters, 'x', sizeof letters);
	if (desk_writer_open(&writer, NULL, &why))
		return 3;
	int code = desk_writer_put(writer, letters, len, &why);
	if (desk_writer_commit(writer, &why))
		code = DESK_EIO;
	if (!code)
		return fcntl(1, F_GETFD) < 0 ? 0 : 4;
	return strcmp(why.text, message) ? 2 : 1;
}

/* Runs it with fd (-1: nothing) as its standard output. */
static pid_t
run(int fd, size_t len, const char *message)
{
	fflush(stdout);
	pid_t child = fork();
	if (!child) {
		if (fd < 0)
			close(1);
		else
			dup2(fd, 1);
		_exit(program(len, message));
	}
	return child;
}

static int
result(pid_t child)
{
	int status = -1;
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
standard_output(void)
{
	int fd = open("/dev/full", O_WRONLY);
	if (fd >= 0)
		is_int(
		    result(run(fd, 4, "cannot write: No space left on device")),
		    1, "standard output on a full disk is told");
	close(fd);
	is_int(result(run(-1, 4, "cannot write: Bad file descriptor")), 1,
	    "a closed standard output is told");
	is_int(result(run(-1, 0, "")), 0, "but not where there was nothing");
	/* A pipe that does not block, and a reader that is slow. */
	int ends[2];
	if (pipe(ends))
		return;
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	pid_t child = run(ends[1], 1000000, "");
	close(ends[1]);
	static char bytes[30000];
	struct timespec nap = {0, 1000000};
	size_t total = 0;
	ssize_t n;
	while ((n = read(ends[0], bytes, sizeof bytes)) > 0) {
		total += (size_t)n;
		nanosleep(&nap, NULL);
	}
	close(ends[0]);
	is_int(result(child), 0, "a pipe that does not block is waited for");
	is_int(total, 1000000, "and gets all");
}

static void
fifo(void)
{
	char bytes[10];
	ok(!mkfifo("fifo", 0600), "a fifo");
	int fd = open("fifo", O_RDWR);
	is_int(put("fifo", "text"), 0, "is written to");
	is_int(desk_writer_flush(writer, &why), 0, "at once");
	is_int(read(fd, bytes, sizeof bytes), 4, "not replaced");
	is_int(desk_writer_commit(writer, &why), 0, "up to the commit");
	is_int(files(), 1, "with nothing beside it");
	close(fd);
	unlink("fifo");
}

int
main(void)
{
	if (!mkdtemp(dir) || chdir(dir))
		return 1;
	new_file();
	old_file();
	links();
	refused();
	full();
	lengths();
	standard_output();
	fifo();
	rmdir(dir);
	return done();
}
