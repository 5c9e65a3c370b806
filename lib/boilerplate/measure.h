/* What the blocks of a page are by their own words, before any container. */
#ifndef DESK_BOILERPLATE_MEASURE_H
#define DESK_BOILERPLATE_MEASURE_H

#include "boilerplate/blocks.h"
#include "page/meta.h"
#include "page/page.h"

/* Words of a page's head that blocks are compared with. */
enum desk_shared {
	DESK_SHARED_TITLE,
	DESK_SHARED_DESCRIPTION,
	DESK_SHARED_AUTHOR,
	DESK_SHARED_COUNT
};

/* Counts stop at 65535. */
struct desk_page_measure {
	uint32_t first_word;	  /* of its words in the view's hashes */
	uint32_t cues, flags;	  /* as blocks.h has them */
	uint32_t same;		  /* the first block of the same words */
	uint32_t letters, digits; /* characters */
	uint16_t words, stops, capitals, numbers, hits, sellers;
	uint16_t upper;	       /* words of capital letters only */
	uint16_t commas, ends; /* and sentence ends inside and at the end */
	uint16_t longest;      /* word, in bytes */
	uint16_t prices, years, clocks, questions, marks; /* marks: quotation */
	uint16_t copies; /* blocks of the same words, set on the first */
	uint16_t shared[DESK_SHARED_COUNT]; /* words */
	uint16_t body; /* of 1000 of its word trigrams in JSON-LD's articleBody;
			  1001: there is none */
	bool prose;
};

struct desk_measures {
	struct desk_page_measure *of;
	uint32_t *words; /* hashes of all words of all blocks */
	size_t word_count;
	struct desk_meta_hints hints;
	size_t body_words; /* of hints.body */
	uint16_t head_words[DESK_SHARED_COUNT];
};

int desk_page_measure(const struct desk_page *page, struct desk_arena *arena,
    struct desk_measures *measures, struct desk_error *error);

/* A measured block as one of a plain text, by which the rules judge it. */
void desk_measure_text(
    const struct desk_page_measure *measure, struct desk_text_block *block);

/* Marks blocks that say again, as a whole, what other blocks say in parts. */
int desk_page_find_copies(struct desk_page *page,
    const struct desk_measures *measures, struct desk_arena *arena,
    struct desk_error *error);

#endif
