/* report.c - what goes to standard error. */
#include <stdio.h>
#include <string.h>

#include "cli/internal.h"

void
desk_cli_say(const struct desk_tool *tool, const char *input, uint64_t line,
    const char *text)
{
	if (input && !strcmp(input, "-"))
		input = "<stdin>";
	if (input && line)
		fprintf(stderr, "%s: %s:%llu: %s\n", tool->name, input,
		    (unsigned long long)line, text);
	else if (input)
		fprintf(stderr, "%s: %s: %s\n", tool->name, input, text);
	else
		fprintf(stderr, "%s: %s\n", tool->name, text);
}
