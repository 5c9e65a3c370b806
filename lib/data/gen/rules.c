/*
 * rules NAME < NAME.rules > NAME.inc - compiles a list of rules.
 *
 * A rule is a line: a label, a TAB, the classes of words and signs that may
 * begin a match (TRIGGER_CLASS for each, with blanks between; "relative" marks
 * a rule that can be left out), a TAB, a PCRE2 pattern.  A line "DEFINE TAB
 * name TAB pattern" names a part, used in later patterns as {name}.
 *
 * The result is `static const struct desk_rule_set NAME` (entities/rules.h):
 * labels and patterns lie in one pool, so that nothing needs relocation.
 *
 * Run by the build only, so it may give up at the first fault.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"

enum { MAX_PARTS = 64, MAX_RULES = 64, MAX_PATTERN = 1 << 16 };

static struct part {
	char *name, *pattern;
} parts[MAX_PARTS];

static struct rule {
	size_t label, pattern;
	char *triggers;
} rules[MAX_RULES];

static size_t part_count, rule_count, pool_size;
static char *pool;

/* Appends a string with its NUL to the pool; returns where it lies. */
static size_t
keep(const char *s)
{
	size_t len = strlen(s) + 1, at = pool_size;
	pool = must(realloc(pool, pool_size + len));
	memcpy(pool + at, s, len);
	pool_size += len;
	return at;
}

static const char *
find_part(const char *name, size_t len)
{
	for (size_t i = 0; i < part_count; i++)
		if (strlen(parts[i].name) == len &&
		    !memcmp(parts[i].name, name, len))
			return parts[i].pattern;
	die("an unknown {part}");
	return NULL;
}

/* The pattern with its {parts} filled in.  {2,3} is left alone. */
static char *
expand(const char *pattern)
{
	static char out[MAX_PATTERN];
	size_t n = 0;
	while (*pattern) {
		const char *put = pattern, *close = strchr(pattern, '}');
		size_t len = 1;
		if (*pattern == '{' && close && islower(pattern[1])) {
			put = find_part(
			    pattern + 1, (size_t)(close - pattern - 1));
			len = strlen(put);
			pattern = close;
		}
		if (n + len >= sizeof out)
			die("pattern too long");
		memcpy(out + n, put, len);
		n += len;
		pattern++;
	}
	out[n] = '\0';
	return must(strdup(out));
}

static void
read_line(char *line)
{
	char *second = strchr(line, '\t');
	char *third = second ? strchr(second + 1, '\t') : NULL;
	if (!third)
		die("not three fields with a TAB between");
	*second++ = *third++ = '\0';
	char *pattern = expand(third);
	if (!strcmp(line, "DEFINE")) {
		if (part_count == MAX_PARTS)
			die("too many parts");
		parts[part_count].name = must(strdup(second));
		parts[part_count++].pattern = pattern;
		return;
	}
	if (rule_count == MAX_RULES)
		die("too many rules");
	struct rule *rule = &rules[rule_count++];
	rule->label = keep(line);
	rule->pattern = keep(pattern);
	rule->triggers = must(strdup(second));
	free(pattern);
}

static void
print_rule(struct rule *rule)
{
	printf("{%zu, %zu, 0", rule->label, rule->pattern);
	for (char *c = strtok(rule->triggers, " "); c; c = strtok(NULL, " ")) {
		printf(" | TRIGGER_");
		for (; *c; c++)
			putchar(*c == '-' ? '_' : toupper((unsigned char)*c));
	}
	printf("},\n");
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: rules NAME < NAME.rules\n");
		return 2;
	}
	list_name = argv[1];
	list_kind = "rules";
	read_list(read_line);
	if (!rule_count)
		die("no rules");
	printf("/* Made from lib/data/%s.rules by lib/data/gen/rules.c. */\n",
	    list_name);
	printf("static const char %s_pool[%zu] = {", list_name, pool_size);
	for (size_t i = 0; i < pool_size; i++)
		printf("%s%d,", i % 20 ? "" : "\n", (signed char)pool[i]);
	printf("\n};\nstatic const struct desk_rule %s_rules[%zu] = {\n",
	    list_name, rule_count);
	for (size_t i = 0; i < rule_count; i++)
		print_rule(&rules[i]);
	printf("};\nstatic const struct desk_rule_set %s = {\n"
	       "\t%s_rules, %zuu, %s_pool};\n",
	    list_name, list_name, rule_count, list_name);
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
