/*
 * Blocks of a text and what can be told of each from its own words.
 *
 * A block is a line, or a paragraph of hard-wrapped lines.  Its features do not
 * depend on any other block, nor on the blank lines around it, so a text that
 * is made of some of the blocks gives the same features for them again.
 */
#ifndef DESK_BOILERPLATE_BLOCKS_H
#define DESK_BOILERPLATE_BLOCKS_H

#include "core/memory.h"
#include "doc/doc.h"

enum desk_block_flag {
	DESK_BLOCK_FINAL = 1,	      /* ends as a sentence does */
	DESK_BLOCK_ELLIPSIS = 2,      /* ends in dots: cut off, or a pause */
	DESK_BLOCK_COLON = 4,	      /* ends in a colon */
	DESK_BLOCK_QUOTED = 8,	      /* begins with a quotation mark */
	DESK_BLOCK_BRACKETED = 16,    /* stands in brackets as a whole */
	DESK_BLOCK_CREDIT = 32,	      /* ends in a picture credit in brackets */
	DESK_BLOCK_URL = 64,	      /* holds a web address */
	DESK_BLOCK_MAIL = 128,	      /* holds a mail address */
	DESK_BLOCK_LOWER = 256,	      /* begins with a lower-case letter */
	DESK_BLOCK_BARS = 512,	      /* bars, bullets or guillemets between */
	DESK_BLOCK_LEAD_COLON = 1024, /* a colon or dash after its first cue */
	DESK_BLOCK_UPPER = 2048,      /* capital letters and no others */
	/* No features of the trees: */
	DESK_BLOCK_EVENT = 4096, /* tells what happened, in words of a form */
	DESK_BLOCK_ITEM = 8192,	 /* begins with a bullet, and has no other */
	DESK_BLOCK_TURN = 16384	 /* a speaker's name, a colon, speech */
};

/* What decide.c says of a block. */
enum desk_verdict {
	DESK_VERDICT_OPEN, /* not decided */
	DESK_VERDICT_KEEP,
	DESK_VERDICT_DROP
};

/* Counts stop at 65535; a long block is judged by its first words and its
 * end. */
struct desk_text_block {
	uint32_t start, end;
	uint32_t cues;	 /* classes of lib/data/boilerplate.tsv that hold */
	uint32_t first;	 /* the first block of the same words */
	uint16_t copies; /* blocks of the same words, itself included; set on
			  * the first of them */
	uint16_t words, stops, capitals, numbers;
	uint16_t hits;	  /* in- phrases */
	uint16_t sellers; /* names of agencies and jobs of reporters */
	uint16_t persons, says, times; /* words of these classes */
	uint16_t commas, inner_stops, quotes, digits;
	uint16_t topics;   /* content words, in the list of all of them */
	uint32_t topic_at; /* where its own begin there */
	uint32_t number;   /* of the block in the text */
	uint32_t same;	   /* first, as it was in the whole text */
	uint32_t flags;	   /* enum desk_block_flag */
	uint8_t choice;	   /* the trees' verdict, while a round lasts */
	int32_t odds;	   /* what the trees say for it */
	int16_t score;	   /* how much it speaks for prose (decide.c) */
	uint8_t verdict;   /* enum desk_verdict */
	uint8_t reason;	   /* enum desk_reason (decide.h) */
};

/* Fills in the features of one block of zeros but for start and end, which is
 * not empty; the text is valid UTF-8. */
void desk_block_measure(const char *s, struct desk_text_block *b);

/* Cuts the text and fills in the features; the array is in the arena, as are
 * hashes of all content words.  first and copies are set by
 * desk_blocks_match(). */
int desk_blocks_cut(struct desk_slice text, bool wrapped,
    struct desk_arena *arena, struct desk_text_block **blocks, size_t *count,
    uint16_t **topics, struct desk_error *error);

/* Finds the blocks that are equal byte for byte. */
int desk_blocks_match(struct desk_slice text, struct desk_text_block *blocks,
    size_t count, struct desk_arena *arena, struct desk_error *error);

#endif
