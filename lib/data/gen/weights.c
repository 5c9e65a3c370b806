/*
 * weights NAME < NAME.weights > NAME.inc - compiles the weights of evidence.
 *
 * A line is a kind of evidence, a TAB, and five whole numbers from -127 to 127
 * with blanks between: what it says of each label (lib/entities/names.h).  The
 * result is `static const struct desk_weights NAME`, and where DESK_KIND_NAMES
 * is defined `NAME_kinds`, the kinds as they are called here.
 *
 * The compiler checks the kinds against the enum: one that the enum does not
 * have is an unknown constant, and their number must be that of the enum.
 * Since none may come twice, none can be missing then.
 *
 * Run by the build only, so it may give up at the first fault.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"

enum { LABELS = 5, MAX_KINDS = 255, MAX_NAME = 48 };

static struct kind {
	char name[MAX_NAME];
	int weights[LABELS];
} kinds[MAX_KINDS];

static size_t count;

static void
read_line(char *line)
{
	char *at = strchr(line, '\t');
	if (!at || at == line || at - line >= MAX_NAME)
		die("no kind of evidence with a TAB behind it");
	*at++ = '\0';
	if (strspn(line, "abcdefghijklmnopqrstuvwxyz_") != strlen(line))
		die("a kind not in small letters and '_'");
	if (count == MAX_KINDS)
		die("too many kinds");
	struct kind *kind = &kinds[count];
	memcpy(kind->name, line, strlen(line) + 1);
	for (size_t i = 0; i < count; i++)
		if (!strcmp(kinds[i].name, kind->name))
			die("a kind that is listed twice");
	for (size_t i = 0; i < LABELS; i++) {
		char *end;
		long weight = strtol(at, &end, 10);
		if (end == at || weight < -127 || weight > 127)
			die("not five whole numbers from -127 to 127");
		kind->weights[i] = (int)weight;
		at = end;
	}
	if (*at)
		die("something behind the fifth number");
	count++;
}

static void
print_member(const char *name)
{
	printf("\t[E_");
	for (; *name; name++)
		putchar(toupper((unsigned char)*name));
	printf("] = ");
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: weights NAME < NAME.weights\n");
		return 2;
	}
	list_name = argv[1];
	list_kind = "weights";
	read_list(read_line);
	printf("/* Made from lib/data/%s.weights by lib/data/gen/weights.c. "
	       "*/\n_Static_assert(E_COUNT == %zu,\n\t\"each kind of evidence "
	       "has a line in %s.weights\");\n"
	       "static const struct desk_weights %s = {{\n",
	    list_name, count, list_name, list_name);
	for (size_t i = 0; i < count; i++) {
		print_member(kinds[i].name);
		for (size_t k = 0; k < LABELS; k++)
			printf("%s%d", k ? ", " : "{", kinds[i].weights[k]);
		printf("},\n");
	}
	printf("}};\n#ifdef DESK_KIND_NAMES\n"
	       "static const char *const %s_kinds[E_COUNT] = {\n",
	    list_name);
	for (size_t i = 0; i < count; i++) {
		print_member(kinds[i].name);
		printf("\"%s\",\n", kinds[i].name);
	}
	printf("};\n#endif\n");
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
