/*
 * data.c - where the models are.
 *
 * The directory that COPYDESK_DATA names; without it the one beside the
 * program's own (../share/copydesk), so that a tree that was moved still works;
 * and where that is not there, the one that the program was built for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/error.h"

#ifndef DESK_DATA_DIR
#define DESK_DATA_DIR "/usr/local/share/copydesk"
#endif

/* The directory beside the program's; false where it is not known. */
static bool
beside(char *dir, size_t size)
{
	ssize_t len = readlink("/proc/self/exe", dir, size);
	if (len <= 0 || (size_t)len >= size)
		return false;
	dir[len] = '\0';
	for (int up = 0; up < 2; up++) {
		char *slash = strrchr(dir, '/');
		if (!slash)
			return false;
		*slash = '\0';
	}
	static const char rest[] = "/share/copydesk";
	size_t used = strlen(dir);
	if (used + sizeof rest > size)
		return false;
	memcpy(dir + used, rest, sizeof rest);
	return !access(dir, X_OK);
}

int
desk_cli_model(
    const char *name, struct desk_model_path *path, struct desk_error *error)
{
	const char *dir = getenv("COPYDESK_DATA");
	char own[sizeof path->text];
	int len;
	if (name && strpbrk(name, "/."))
		len = snprintf(path->text, sizeof path->text, "%s", name);
	else
		len = snprintf(path->text, sizeof path->text, "%s/%s.model",
		    dir && *dir		      ? dir
		    : beside(own, sizeof own) ? own
					      : DESK_DATA_DIR,
		    name && *name ? name : "en");
	if (len < 0 || (size_t)len >= sizeof path->text)
		return desk_fail(error, DESK_EUSAGE, "model: name is too long");
	return 0;
}
