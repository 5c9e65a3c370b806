/*
 * corpus.h - what programs that learn from web pages share: the pages of a
 * corpus, their words, which of their blocks are gold, and the writing of
 * trees.
 *
 * A corpus is a folder with pages.jsonl: id, set, lang, url, html (the page's
 * gzipped file) and either gold, the text that is wanted, or with and without,
 * pieces of text that are and are not.
 *
 * These programs are run by `make models` only, so they give up at the first
 * fault.
 */
#ifndef DESK_DATA_GEN_CORPUS_H
#define DESK_DATA_GEN_CORPUS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/memory.h"
#include "copydesk.h"
#include "model/trees.h"

enum { CORPUS_FOLDS = 5 };

struct corpus_page {
	const char *path; /* of its file */
	struct desk_slice id, set, lang, url;
	struct desk_slice gold; /* data NULL: it has pieces */
	struct desk_slice *with, *without;
	size_t with_count, without_count;
	unsigned fold; /* pages of one site are in one; from 0 */
};

struct corpus {
	struct desk_arena arena; /* holds all of it */
	struct corpus_page *pages;
	size_t count, room;
};

/* Adds the pages of a folder. */
void corpus_read(struct corpus *corpus, const char *folder);

/* The bytes of a file, unpacked where it is gzipped; they stay until the next
 * call of this or of corpus_html(). */
struct desk_slice corpus_file(const char *path);

/* The bytes of a page, unpacked. */
struct desk_slice corpus_html(const struct corpus_page *page);

/* The words of a text, as Python's \w+ finds them, each as a hash; fold: in
 * lower case.  They are appended. */
struct corpus_words {
	uint64_t *hashes;
	uint32_t *starts; /* where each begins in its text */
	size_t count, room;
};

void corpus_words(
    struct corpus_words *words, struct desk_slice text, bool fold);

/* What a block is, from align.c. */
enum corpus_label { LABEL_NO, LABEL_YES, LABEL_UNKNOWN };

/* Labels the blocks of a page, which are texts in their order, and counts their
 * words. */
void corpus_label(const struct corpus_page *page,
    const struct desk_slice *blocks, size_t count, uint8_t *labels,
    uint32_t *words);

/* Scores of one page, from measure.c: those of score_html.py. */
struct corpus_score {
	double precision, recall; /* of runs of four words; -1: none at all */
	double words;		  /* F1 of words in any order */
	bool exact, empty;
	size_t hits, misses, faults, rejects; /* of pieces */
};

void corpus_measure(const struct corpus_page *page, struct desk_slice text,
    struct corpus_score *score);

/* Writes a model as a .trees file has it, without comment.  One feature may
 * have a value that is known: it is no longer asked for.  known is its number,
 * or feature_count. */
void corpus_print_trees(
    const struct desk_trees *trees, unsigned known, int16_t value, FILE *to);

/* For all of these programs. */
_Noreturn void corpus_die(const char *where, const char *why);

/* Room for more items in an array that lives as long as the program. */
void *corpus_room(void *items, size_t need, size_t *room, size_t size);

#endif
