/*
 * list.h - what the table compilers share: reading a list of lib/data line by
 * line, and giving up at the first fault, which stops the build.
 */
#ifndef DESK_DATA_GEN_LIST_H
#define DESK_DATA_GEN_LIST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The list's NAME, what its file ends in, and the line being read. */
static const char *list_name, *list_kind;
static unsigned line_number;

static inline void
die(const char *why)
{
	fprintf(
	    stderr, "%s.%s:%u: %s\n", list_name, list_kind, line_number, why);
	exit(1);
}

static inline void *
must(void *p)
{
	if (!p)
		die("out of memory");
	return p;
}

/* Hands every line that is not empty and no comment to the function, without
 * its end. */
static inline void
read_list(void (*read_line)(char *line))
{
	static char line[4096];
	while (fgets(line, sizeof line, stdin)) {
		line_number++;
		size_t len = strlen(line);
		if (!len || line[len - 1] != '\n')
			die("line too long or without end");
		line[len - 1] = '\0';
		if (*line && *line != '#')
			read_line(line);
	}
}

#endif
