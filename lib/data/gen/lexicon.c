/*
 * lexicon NAME < NAME.tsv > NAME.inc - compiles a word list (core/lexicon.h).
 *
 * Run by the build only, so it may give up at the first fault: a list that is
 * malformed stops the build with a line number.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lexicon.h"
#include "list.h"

struct entry {
	char *word;
	uint32_t classes;
	unsigned line;
	bool inner; /* longer phrases count not only where a text begins */
};

static struct entry *entries;
static size_t count, room;
static char *class_names[31];
static size_t class_count;

static void
add(const char *word, uint32_t classes, bool inner)
{
	if (count == room) {
		room = room ? room * 2 : 1024;
		entries = must(realloc(entries, room * sizeof *entries));
	}
	entries[count].word = must(strdup(word));
	entries[count].classes = classes;
	entries[count].inner = inner;
	entries[count++].line = line_number;
}

static uint32_t
class_bit(const char *name)
{
	for (size_t i = 0; i < class_count; i++)
		if (!strcmp(class_names[i], name))
			return UINT32_C(1) << i;
	if (class_count == sizeof class_names / sizeof *class_names)
		die("more than 31 classes");
	class_names[class_count++] = must(strdup(name));
	return UINT32_C(1) << (class_count - 1);
}

static void
read_line(char *line)
{
	char *classes = strchr(line, '\t');
	if (!classes || classes == line)
		die("no TAB between entry and classes");
	*classes++ = '\0';
	uint32_t bits = 0;
	bool inner = false;
	for (char *c = strtok(classes, " "); c; c = strtok(NULL, " ")) {
		bits |= class_bit(c);
		inner |= strncmp(c, "lead-", 5) && strncmp(c, "line-", 5);
	}
	if (!bits)
		die("an entry without a class");
	add(line, bits, false);
	for (char *space = line; (space = strchr(space, ' ')); space++) {
		*space = '\0';
		add(line, DESK_LEX_PREFIX, inner);
		*space = ' ';
	}
}

/* Class bits in the order of the names, whatever order they came in. */
static void
sort_classes(void)
{
	uint32_t to[31];
	for (size_t i = 0; i < class_count; i++) {
		to[i] = 0;
		for (size_t j = 0; j < class_count; j++)
			to[i] += strcmp(class_names[j], class_names[i]) < 0;
	}
	for (size_t e = 0; e < count; e++) {
		uint32_t bits = entries[e].classes & DESK_LEX_PREFIX;
		for (size_t i = 0; i < class_count; i++)
			if (entries[e].classes >> i & 1)
				bits |= UINT32_C(1) << to[i];
		entries[e].classes = bits;
	}
	char *sorted[31];
	for (size_t i = 0; i < class_count; i++)
		sorted[to[i]] = class_names[i];
	memcpy(class_names, sorted, class_count * sizeof *sorted);
}

static int
by_word(const void *a, const void *b)
{
	return strcmp(
	    ((const struct entry *)a)->word, ((const struct entry *)b)->word);
}

static void
merge_equal(void)
{
	qsort(entries, count, sizeof *entries, by_word);
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		if (n && !strcmp(entries[n - 1].word, entries[i].word)) {
			uint32_t both =
			    entries[n - 1].classes & entries[i].classes;
			if (both && both != DESK_LEX_PREFIX) {
				line_number = entries[i].line;
				die("an entry that is listed twice");
			}
			entries[n - 1].classes |= entries[i].classes;
			entries[n - 1].inner |= entries[i].inner;
			free(entries[i].word);
		} else {
			entries[n++] = entries[i];
		}
	}
	count = n;
}

static void
print_numbers(const char *what, const uint32_t *numbers, size_t n)
{
	printf("static const uint32_t %s_%s[%zu] = {", list_name, what, n);
	for (size_t i = 0; i < n; i++)
		printf("%s%u,", i % 12 ? "" : "\n", numbers[i]);
	printf("\n};\n");
}

static void
print_pool(size_t size)
{
	printf("static const char %s_pool[%zu] = {", list_name, size + 1);
	size_t column = 0;
	for (size_t i = 0; i < count; i++)
		for (const char *c = entries[i].word; *c; c++)
			printf("%s%d,", column++ % 20 ? "" : "\n",
			    (signed char)*c);
	printf("0\n};\n");
}

static void
print_tables(void)
{
	uint32_t slot_count = 2;
	while (slot_count < count * 2)
		slot_count *= 2;
	uint32_t *slots = must(calloc(slot_count, sizeof *slots));
	uint32_t *starts = must(calloc(count + 1, sizeof *starts));
	uint32_t *classes = must(calloc(count + 1, sizeof *classes));
	uint32_t longest = 0;
	for (size_t i = 0; i < count; i++) {
		uint32_t len = (uint32_t)strlen(entries[i].word);
		uint32_t at = desk_lexicon_hash(entries[i].word, len);
		while (slots[at & (slot_count - 1)])
			at++;
		slots[at & (slot_count - 1)] = (uint32_t)i + 1;
		starts[i + 1] = starts[i] + len;
		classes[i] = entries[i].classes;
		longest = len > longest ? len : longest;
	}
	print_numbers("slots", slots, slot_count);
	print_numbers("starts", starts, count + 1);
	print_numbers("classes", classes, count ? count : 1);
	print_pool(starts[count]);
	printf("static const struct desk_lexicon %s = {\n\t%s_slots, %uu, "
	       "%s_starts,\n\t%s_classes, %s_pool, %u};\n",
	    list_name, list_name, slot_count - 1, list_name, list_name,
	    list_name, longest);
	free(slots);
	free(starts);
	free(classes);
}

/* The tables of DESK_LEX_SHORTS: single short words, and bits for pairs of
 * words and for long ones. */
static void
print_shorts(void)
{
	enum { BITS = 13, PAIR_BITS = 15 };
	static struct desk_lexicon_short shorts[1 << BITS];
	static uint64_t pairs[1 << (PAIR_BITS - 6)];
	size_t used = 0;
	if (class_count > 30)
		return;
	for (size_t i = 0; i < count; i++) {
		const char *word = entries[i].word, *space = strchr(word, ' ');
		size_t len = space ? (size_t)(space - word) : strlen(word);
		uint64_t head = desk_lexicon_head(word, len);
		uint64_t at = desk_lexicon_mix(head);
		if (space) {
			const char *next = space + 1;
			at ^= desk_lexicon_head(next, strcspn(next, " "));
			at = desk_lexicon_mix(at) >> (64 - PAIR_BITS);
			pairs[at / 64] |= UINT64_C(1) << at % 64;
		} else if (len > 8) {
			at = desk_lexicon_mix(at ^ len) >> (64 - PAIR_BITS);
			pairs[at / 64] |= UINT64_C(1) << at % 64;
		} else {
			if (++used > sizeof shorts / sizeof *shorts / 4 * 3)
				return;
			for (at >>= 64 - BITS; shorts[at].head;)
				at = (at + 1) % (1 << BITS);
			shorts[at].head = head;
			shorts[at].classes =
			    entries[i].classes |
			    (entries[i].inner ? DESK_LEX_INNER : 0);
		}
	}
	printf("#ifdef DESK_LEX_SHORTS\nstatic const struct "
	       "desk_lexicon_short %s_shorts[%d] = {\n",
	    list_name, 1 << BITS);
	for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++)
		printf("{UINT64_C(%llu),%uu},%s",
		    (unsigned long long)shorts[i].head, shorts[i].classes,
		    i % 4 == 3 ? "\n" : "");
	printf("};\nstatic const uint64_t %s_pairs[%d] = {\n", list_name,
	    1 << (PAIR_BITS - 6));
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		printf("UINT64_C(%llu),%s", (unsigned long long)pairs[i],
		    i % 4 == 3 ? "\n" : "");
	printf("};\nenum { %s_SHORT_BITS = %d, %s_PAIR_BITS = %d };\n#endif\n",
	    list_name, BITS, list_name, PAIR_BITS);
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: lexicon NAME < NAME.tsv\n");
		return 2;
	}
	list_name = argv[1];
	list_kind = "tsv";
	read_list(read_line);
	sort_classes();
	merge_equal();
	printf("/* Made from lib/data/%s.tsv by lib/data/gen/lexicon.c. */\n",
	    list_name);
	for (size_t i = 0; i < class_count; i++) {
		printf("#define ");
		for (const char *c = list_name; *c; c++)
			putchar(*c == '-' ? '_' : *c & ~(*c >= 'a' ? 32 : 0));
		putchar('_');
		for (const char *c = class_names[i]; *c; c++)
			putchar(*c == '-' ? '_' : *c & ~(*c >= 'a' ? 32 : 0));
		printf(" UINT32_C(%u)\n", 1u << i);
	}
	print_tables();
	print_shorts();
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
