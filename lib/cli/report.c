/* report.c - what goes to standard error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/internal.h"

/* A file's name comes from who made the file: what would be obeyed by a
 * terminal, or make two lines of one, is shown as '?', as ls(1) does. */
static void
plain_name(const char *name, char *to, size_t size)
{
	bool second = false; /* of two bytes from U+0080 to U+009F */
	size_t n = 0;
	for (; *name && n + 1 < size; name++) {
		unsigned char c = (unsigned char)*name;
		bool first = c == 0xC2 && (name[1] & 0xE0) == 0x80;
		bool bad = c < ' ' || c == 0x7F || first || second;
		to[n++] = (char)(bad ? '?' : c);
		second = first;
	}
	to[n] = '\0';
}

void
desk_cli_say(const struct desk_tool *tool, const char *input, uint64_t line,
    const char *text)
{
	char name[4096];
	if (input)
		plain_name(
		    strcmp(input, "-") ? input : "<stdin>", name, sizeof name);
	if (input && line)
		fprintf(stderr, "%s: %s:%llu: %s\n", tool->name, name,
		    (unsigned long long)line, text);
	else if (input)
		fprintf(stderr, "%s: %s: %s\n", tool->name, name, text);
	else
		fprintf(stderr, "%s: %s\n", tool->name, text);
}

static double
seconds_since(const struct timespec *then)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - then->tv_sec) +
	       (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

bool
desk_cli_terminal(int fd)
{
	const char *term = getenv("TERM");
	return isatty(fd) && term && *term && strcmp(term, "dumb") != 0;
}

void
desk_cli_progress_begin(struct desk_progress *p, bool wanted)
{
	clock_gettime(CLOCK_MONOTONIC, &p->begin);
	p->on = wanted && desk_cli_terminal(STDERR_FILENO) &&
		!isatty(STDOUT_FILENO);
}

void
desk_cli_progress_show(struct desk_progress *p, const struct desk_tool *tool,
    uint64_t taken, uint64_t size)
{
	if (!p->on || seconds_since(&p->begin) < 1 ||
	    seconds_since(&p->shown) < 0.25)
		return;
	clock_gettime(CLOCK_MONOTONIC, &p->shown);
	fprintf(stderr, "\r%s: %llu MB, %llu documents", tool->name,
	    (unsigned long long)((p->bytes + taken) >> 20),
	    (unsigned long long)p->documents);
	if (size)
		fprintf(stderr, ", %u %% of this file",
		    (unsigned)(taken * 100 / size));
	fputs("\033[K", stderr);
}

void
desk_cli_progress_end(
    const struct desk_progress *p, const struct desk_tool *tool, bool totals)
{
	static const char *const names[] = {[DESK_BLOCKS] = "blocks",
	    [DESK_SENTS] = "sentences",
	    [DESK_ENTS] = "entities",
	    [DESK_QUOTES] = "quotations"};
	if (p->on)
		fputs("\r\033[K", stderr);
	if (!totals)
		return;
	fprintf(stderr, "%s: %llu documents, ", tool->name,
	    (unsigned long long)p->documents);
	if (p->empty)
		fprintf(stderr, "%llu empty, ", (unsigned long long)p->empty);
	fprintf(stderr, "%llu %s, %llu errors, %.1f MB in %.2f s\n",
	    (unsigned long long)p->items, names[tool->makes],
	    (unsigned long long)p->errors, (double)p->bytes / 1e6,
	    seconds_since(&p->begin));
}
