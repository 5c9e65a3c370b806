/*
 * Lexicons: word lists that the build turns into tables.
 *
 * lib/data/NAME.tsv holds one entry a line: the entry, a TAB, its classes with
 * blanks between.  Entries are matched byte for byte (by convention lists are
 * in lower case and looked up folded).  An entry may be several words with
 * single spaces between: its first words are then known as DESK_LEX_PREFIX,
 * so that a reader of words knows whether to go on.
 *
 * lib/data/gen/lexicon.c compiles NAME.tsv to build/gen/NAME.inc, which
 * defines `static const struct desk_lexicon NAME` and for each class a
 * constant NAME_CLASS (upper case, '-' as '_'), one bit each, in sorted order
 * of the class names; at most 31 classes.
 */
#ifndef DESK_CORE_LEXICON_H
#define DESK_CORE_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#define DESK_LEX_PREFIX UINT32_C(0x80000000)
#define DESK_LEX_INNER UINT32_C(0x40000000)

struct desk_lexicon {
	const uint32_t *slots;	/* 1 + number of an entry, 0: free */
	uint32_t mask;		/* number of slots - 1 */
	const uint32_t *starts; /* of entries in the pool, one more than them */
	const uint32_t *classes; /* of entries */
	const char *pool;
	uint32_t longest; /* of the entries, in bytes */
};

/* The classes of an entry, or 0 for one that is not listed. */
uint32_t desk_lexicon_find(
    const struct desk_lexicon *lexicon, const char *s, size_t len);

/* The same for an entry whose hash is known: one hash serves many lists. */
uint32_t desk_lexicon_find_at(const struct desk_lexicon *lexicon, uint32_t hash,
    const char *s, size_t len);

/* The hash that tables are laid out by (FNV-1a, 32 bits, mixed at the end). */
uint32_t desk_lexicon_hash(const char *s, size_t len);

/*
 * For lists that nearly all words of a text are looked up in, NAME.inc has two
 * more tables where DESK_LEX_SHORTS is defined before it is included:
 * NAME_shorts, all single words of at most eight bytes with their classes, by
 * open addressing with linear probing, and NAME_pairs, bits for the first two
 * words of all entries that have two, and for longer single words and their
 * lengths: where theirs is not set, there is none such.  In NAME_shorts
 * DESK_LEX_INNER stands with the prefixes of entries that may count anywhere:
 * not all of their classes are called lead-... or line-...  For lists of 30
 * classes at most.
 */
struct desk_lexicon_short {
	uint64_t head; /* 0: free */
	uint32_t classes;
};

/* The first eight bytes of a word, fewer where it has fewer, the first one
 * lowest. */
static inline uint64_t
desk_lexicon_head(const char *s, size_t len)
{
	uint64_t head = 0;
	for (size_t i = 0; i < len && i < 8; i++)
		head |= (uint64_t)(unsigned char)s[i] << 8 * i;
	return head;
}

/* Spreads a head; the high bits are the good ones. */
static inline uint64_t
desk_lexicon_mix(uint64_t head)
{
	return head * UINT64_C(0x9E3779B97F4A7C15);
}

#endif
