/* values.c - what options of more than one command take: numbers, lists of
 * words, regular expressions. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/error.h"
#include "core/slice.h"

int
desk_cli_number(const char *value, const char *option, size_t max,
    size_t *number, struct desk_error *error)
{
	char *end;
	errno = 0;
	unsigned long n = strtoul(value, &end, 10);
	if (errno || *end || *value < '0' || *value > '9' || n > max)
		return desk_fail(error, DESK_EUSAGE,
		    "--%s: not a number from 0 to %zu: '%.80s'", option, max,
		    value);
	*number = n;
	return 0;
}

int
desk_cli_choose_some(const char *value, const char *const *words,
    const char *option, unsigned *bits, struct desk_error *error)
{
	char word[24];
	struct desk_slice list = desk_slice(value, strlen(value)), item;
	while (desk_slice_item(&list, &item)) {
		snprintf(word, sizeof word, "%.*s", (int)item.len, item.data);
		int n = desk_cli_choose(word, words, option, error);
		if (n < 0)
			return DESK_EUSAGE;
		*bits |= 1u << n;
	}
	return 0;
}

int
desk_cli_no(
    const char *value, const char *option, bool *no, struct desk_error *error)
{
	static const char *const words[] = {"yes", "no", NULL};
	int n = desk_cli_choose(value, words, option, error);
	*no = n == 1;
	return n < 0 ? DESK_EUSAGE : 0;
}

int
desk_cli_list(const char *value, const char *option, struct desk_slice *list,
    struct desk_error *error)
{
	struct desk_slice rest = desk_slice(value, strlen(value)), item;
	*list = rest;
	while (desk_slice_item(&rest, &item))
		if (!item.len)
			return desk_fail(error, DESK_EUSAGE,
			    "--%s: an item is missing: '%.80s'", option, value);
	return 0;
}

int
desk_cli_pattern(const char *value, const char *option,
    struct desk_pattern **pattern, struct desk_error *error)
{
	struct desk_error why;
	desk_pattern_free(*pattern);
	*pattern =
	    desk_pattern_new((struct desk_slice){value, strlen(value)}, &why);
	return *pattern ? 0
			: desk_fail(error, why.code, "--%s: %.200s", option,
			      why.text);
}
