/*
 * sandbox.c - gives up rights by Landlock.
 *
 * There are two sets of rules, since inputs are opened one after the other, and
 * by name: a file that is replaced or comes late is read as without a sandbox.
 * So writing goes at the start and reading with the last input.  Landlock fails
 * a call with EACCES and never ends a process, so what the C library tries for
 * its own ends may fail, and it goes on.  Two things are opened late and must
 * not: the model of names that a text turns out to need, and the converters of
 * iconv(3).  Where the latter are is not known for sure: then reading stays.
 */
#define _GNU_SOURCE
#include "cli/sandbox.h"

#if defined(__linux__) && defined(__has_include) && !defined(DESK_NO_SANDBOX)
#if __has_include(<linux/landlock.h>)
#define HAVE_LANDLOCK
#endif
#endif

#ifdef HAVE_LANDLOCK

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/cli.h"

/* struct landlock_ruleset_attr of Linux 6.12: of the kernel's headers that we
 * are built with, it may have less.  Older kernels take it, too, where what
 * they do not know is 0. */
struct rights {
	uint64_t files, net, scope;
};

static const char *kept; /* what is opened when a text needs it */
static int seal = -1;	 /* the rules by which reading is given up */

static const uint64_t reading =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/* All rights that a kernel knows and we do.  By the version of its interface,
 * files have 13 rights, then refer, truncate and ioctl of devices. */
static struct rights
known(long version)
{
	unsigned files = 13;
	files += version >= 2;
	files += version >= 3;
	files += version >= 5;
	return (struct rights){
	    .files = (UINT64_C(1) << files) - 1,
	    .net = version >= 4 ? 3 : 0,   /* bind and connect TCP */
	    .scope = version >= 6 ? 3 : 0, /* abstract sockets, signals */
	};
}

static long
interface_version(void)
{
	return syscall(__NR_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
}

/* A set that denies these rights; below 0: none could be had. */
static int
make_rules(const struct rights *denied)
{
	return (int)syscall(
	    __NR_landlock_create_ruleset, denied, sizeof *denied, 0);
}

/* Leaves some rights to a file, or to a directory and what lies below. */
static bool
allow(int rules, const char *path, uint64_t rights)
{
	int fd = openat(AT_FDCWD, path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return false;
	struct landlock_path_beneath_attr rule = {
	    .allowed_access = rights, .parent_fd = fd};
	bool done = !syscall(__NR_landlock_add_rule, rules,
	    LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(fd);
	return done;
}

/* The same in the directory that a file is in. */
static bool
allow_beside(int rules, const char *file, uint64_t rights)
{
	struct desk_model_path at;
	int len = snprintf(at.text, sizeof at.text, "%s", file);
	if (len < 0 || (size_t)len >= sizeof at.text)
		return false;
	char *slash = strrchr(at.text, '/');
	if (slash)
		slash[slash == at.text] = '\0';
	return allow(rules, slash ? at.text : ".", rights);
}

static bool
restrict_thread(int rules)
{
	return !syscall(__NR_landlock_restrict_self, rules, 0);
}

#ifdef __GLIBC__

/* The C library itself, among all that is loaded. */
static int
find_libc(struct dl_phdr_info *info, size_t size, void *found)
{
	(void)size;
	const char *slash =
	    info->dlpi_name ? strrchr(info->dlpi_name, '/') : NULL;
	if (!slash || strncmp(slash, "/libc.so.", 9))
		return 0;
	*(const char **)found = info->dlpi_name;
	return 1;
}

/* Converters are files in a directory beside the C library, unless the user
 * has others. */
static bool
allow_converters(int rules)
{
	char directory[4096];
	const char *libc = NULL;
	dl_iterate_phdr(find_libc, &libc);
	if (!libc || getenv("GCONV_PATH"))
		return false;
	int len = snprintf(directory, sizeof directory, "%.*s/gconv",
	    (int)(strrchr(libc, '/') - libc), libc);
	return len > 0 && (size_t)len < sizeof directory &&
	       allow(rules, directory, reading);
}

#else

/* Other C libraries have them built in. */
static bool
allow_converters(int rules)
{
	(void)rules;
	return true;
}

#endif

/* A file may be a link out of its directory, and be replaced there.  Where it
 * is not, there is nothing to leave. */
static bool
allow_kept(int rules)
{
	uint64_t file = LANDLOCK_ACCESS_FS_READ_FILE;
	return !kept || ((allow_beside(rules, kept, file) || errno == ENOENT) &&
			    (allow(rules, kept, file) || errno == ENOENT));
}

/* The set for later.  It must not stand where a standard stream is closed. */
static void
prepare_seal(void)
{
	int rules = make_rules(&(struct rights){.files = reading});
	if (rules < 0)
		return;
	if (allow_kept(rules) && allow_converters(rules)) {
		seal = rules > STDERR_FILENO
			   ? rules
			   : fcntl(rules, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	}
	if (seal != rules)
		close(rules);
}

void
desk_sandbox_keep(const char *file)
{
	kept = file;
}

void
desk_sandbox_enter(const char *temporary)
{
	long version = interface_version();
	if (version < 1)
		return;
	struct rights denied = known(version);
	denied.files &= ~reading;
	int rules = make_rules(&denied);
	if (rules < 0)
		return;
	bool entered =
	    (!temporary || allow_beside(rules, temporary,
			       LANDLOCK_ACCESS_FS_MAKE_REG |
				   LANDLOCK_ACCESS_FS_REMOVE_FILE)) &&
	    !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && restrict_thread(rules);
	close(rules);
	if (entered)
		prepare_seal();
}

void
desk_sandbox_seal(void)
{
	if (seal >= 0)
		restrict_thread(seal);
}

#else

void
desk_sandbox_keep(const char *file)
{
	(void)file;
}

void
desk_sandbox_enter(const char *temporary)
{
	(void)temporary;
}

void
desk_sandbox_seal(void)
{
}

#endif
