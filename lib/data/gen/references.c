/*
 * references NAME < NAME.tsv > NAME.inc - compiles the character references.
 *
 * A line is a name, a TAB, one or two code points in hexadecimal, and, where
 * the reference counts without its semicolon too, a TAB and "bare".  The result
 * is `static const struct reference_table NAME` (html/references.c): a pool of
 * each name with its text in UTF-8 behind it, laid out for hashing.
 *
 * Run by the build only, so it may give up at the first fault.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lexicon.h"
#include "list.h"

enum { MAX_ENTRIES = 4000, SLOTS = 4096, MAX_POOL = 65535 };

static char pool[MAX_POOL];
static size_t pool_len, count;
static unsigned starts[MAX_ENTRIES + 1], lengths[MAX_ENTRIES];
static unsigned slots[SLOTS];

static void
put(unsigned byte)
{
	if (pool_len == MAX_POOL)
		die("too many names");
	pool[pool_len++] = (char)byte;
}

static void
put_utf8(unsigned long c)
{
	if (!c || c > 0x10FFFF)
		die("no code point");
	if (c < 0x80) {
		put((unsigned)c);
		return;
	}
	int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
	put((unsigned)(0xF0F0E0C0 >> (more - 1) * 8 & 0xFF) |
	    (unsigned)(c >> 6 * more));
	while (more--)
		put(0x80 | (unsigned)(c >> 6 * more & 0x3F));
}

static void
read_line(char *line)
{
	char *points = strchr(line, '\t');
	if (!points || points == line || points - line > 31)
		die("no name of 1 to 31 bytes with a TAB behind it");
	*points++ = '\0';
	size_t len = (size_t)(points - 1 - line);
	char *bare = strchr(points, '\t');
	if (bare && strcmp(bare, "\tbare"))
		die("a third field other than \"bare\"");
	if (bare)
		*bare = '\0';
	if (bare && len > 6)
		die("a bare name of more than 6 bytes (html/references.c)");
	if (count == MAX_ENTRIES)
		die("too many entries");
	uint32_t at = desk_lexicon_hash(line, len);
	while (slots[at % SLOTS])
		at++;
	slots[at % SLOTS] = (unsigned)count + 1;
	lengths[count] = (unsigned)len | (bare ? 0x80 : 0);
	for (size_t i = 0; i < len; i++)
		put((unsigned char)line[i]);
	for (char *end; *points; points = end) {
		put_utf8(strtoul(points, &end, 16));
		if (end == points || (*end && *end != ' '))
			die("a code point malformed");
	}
	starts[++count] = (unsigned)pool_len;
}

static void
print_numbers(
    const char *type, const char *what, const unsigned *numbers, size_t n)
{
	printf("static const %s %s_%s[%zu] = {", type, list_name, what, n);
	for (size_t i = 0; i < n; i++)
		printf("%s%u,", i % 16 ? "" : "\n", numbers[i]);
	printf("\n};\n");
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: references NAME < NAME.tsv\n");
		return 2;
	}
	list_name = argv[1];
	list_kind = "tsv";
	read_list(read_line);
	if (!count)
		die("no references");
	printf("/* Made from lib/data/%s.tsv by lib/data/gen/references.c. "
	       "*/\n",
	    list_name);
	print_numbers("uint16_t", "slots", slots, SLOTS);
	print_numbers("uint16_t", "starts", starts, count + 1);
	print_numbers("uint8_t", "lengths", lengths, count);
	printf("static const char %s_pool[%zu] = {", list_name, pool_len);
	for (size_t i = 0; i < pool_len; i++)
		printf("%s%d,", i % 20 ? "" : "\n", (signed char)pool[i]);
	printf("\n};\nstatic const struct reference_table %s = {\n\t%s_slots, "
	       "%s_starts, %s_lengths, %s_pool, %d};\n",
	    list_name, list_name, list_name, list_name, list_name, SLOTS - 1);
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
