/*
 * Knowledge that a model brings along: classes of words, and lists of names.
 *
 * Both are tables in the model file, made by the trainer from lists as people
 * edit them: of words with up to three numbers of clusters ("word", TAB, "c64",
 * ...), and of names in columns, of which the first is the name.
 */
#ifndef DESK_ENTITIES_KNOWLEDGE_H
#define DESK_ENTITIES_KNOWLEDGE_H

#include "entities/words.h"
#include "model/file.h"
#include "model/table.h"

/* What a name in a list may be, as bits of a row's 16. */
enum desk_listed {
	LISTED_CITY = 1 << 0, /* over 300,000 people */
	LISTED_TOWN = 1 << 1,
	LISTED_COUNTRY = 1 << 2,
	LISTED_CAPITAL = 1 << 3,
	LISTED_REGION = 1 << 4, /* a part of a country, or several */
	LISTED_LANGUAGE = 1 << 5,
	LISTED_FIRST = 1 << 6,
	LISTED_LAST = 1 << 7,	/* among the thousand most frequent */
	LISTED_FAMILY = 1 << 8, /* a rarer one */
	LISTED_ORG = 1 << 9,
	LISTED_PER = 1 << 10,
	LISTED_LOC = 1 << 11,
	LISTED_MISC = 1 << 12,
	LISTED_MORE = 1 << 15 /* longer names begin so */
};
enum { LISTED_KINDS = 13 };

struct desk_knowledge {
	struct desk_table clusters, names;
	bool has_clusters, has_names;
	/* How likely a token must look to be in a name, or its neighbours, for
	 * the model to be asked about it (gates.c); INT16_MIN: it always is. */
	int16_t least;
};

/* Finds the sections of a model, where it has them. */
int desk_knowledge_load(struct desk_knowledge *knowledge,
    const struct desk_modelfile *file, struct desk_error *error);

/* The cluster numbers of a word, each with its kind in mind: 64, 256 and 1024
 * of them; false where none are known. */
bool desk_knowledge_clusters(const struct desk_knowledge *knowledge,
    const char *word, size_t len, uint16_t clusters[3]);

/* Whether a word is known just as it is. */
bool desk_knowledge_has(
    const struct desk_knowledge *knowledge, const char *word, size_t len);

/* Asks for what will be read of a word, as it is and in lower case, so that it
 * need not be waited for. */
void desk_knowledge_ask(const struct desk_knowledge *knowledge,
    struct desk_slice word, struct desk_slice lower);
/* The same for a name of which this is the chain. */
void desk_knowledge_ask_name(
    const struct desk_knowledge *knowledge, uint64_t chain);

/* The kinds of a single word, with LISTED_MORE where longer names begin so. */
uint16_t desk_knowledge_first(
    const struct desk_knowledge *knowledge, uint64_t key);

/* The longest listed name that begins at a token, of which the kinds are known,
 * and ends before to: its kinds and, in *end, the token behind it; 0 where
 * there is none. */
uint32_t desk_knowledge_name(const struct desk_knowledge *knowledge,
    const struct desk_segment *segment, size_t from, size_t to, uint32_t first,
    size_t *end);

/* The kinds of a single word. */
uint32_t desk_knowledge_word(
    const struct desk_knowledge *knowledge, uint64_t key);

/* Making the tables: lists are added, then written as a table. */
struct desk_lister {
	struct desk_arena arena; /* for tokens of a name */
	uint32_t *keys;
	unsigned char *rows;
	size_t count, room, row_room;
};

int desk_lister_clusters(struct desk_lister *lister, struct desk_slice list,
    struct desk_error *error);
/* A list of names; its file's name tells what they are. */
int desk_lister_names(struct desk_lister *lister, const char *path,
    struct desk_slice list, struct desk_error *error);
int desk_lister_write(struct desk_lister *lister, uint32_t stride,
    struct desk_buffer *out, struct desk_error *error);
void desk_lister_release(struct desk_lister *lister);

#endif
