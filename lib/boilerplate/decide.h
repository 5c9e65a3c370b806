/* Which blocks are the article's. */
#ifndef DESK_BOILERPLATE_DECIDE_H
#define DESK_BOILERPLATE_DECIDE_H

#include "boilerplate/blocks.h"

/* Why a block is kept or dropped; the words are desk_reason_word's. */
enum desk_reason {
	DESK_REASON_NONE,
	/* kept */
	DESK_REASON_PROSE,
	DESK_REASON_QUOTE,
	DESK_REASON_SHORT,
	DESK_REASON_HEADING,
	DESK_REASON_LIST,
	DESK_REASON_ONLY,
	/* dropped */
	DESK_REASON_HEAD,
	DESK_REASON_TAIL,
	DESK_REASON_CRUMB,
	DESK_REASON_RULE,
	DESK_REASON_REPEAT,
	DESK_REASON_CAPTION,
	DESK_REASON_CREDIT,
	DESK_REASON_SOURCE,
	DESK_REASON_END,
	DESK_REASON_LINK,
	DESK_REASON_BYLINE,
	DESK_REASON_DATE,
	DESK_REASON_BIO,
	DESK_REASON_CONTACT,
	DESK_REASON_LEGAL,
	DESK_REASON_PROMPT
};

/* Blocks from start to before end; sum of their scores; no article where it is
 * too small. */
struct desk_stretch {
	size_t start, end;
	int64_t sum;
	bool article;
};

const char *desk_reason_word(enum desk_reason reason);

/* What a block's own words tell against it; DESK_REASON_NONE: nothing. */
enum desk_reason desk_block_reason(const struct desk_text_block *block);

/* Sets verdict and reason of every block.  Blocks have been cut and matched.
 * Deciding again over the kept blocks alone, cut from a text that is made of
 * them, keeps them all. */
void desk_blocks_decide(
    struct desk_text_block *blocks, size_t count, struct desk_stretch *stretch);

#endif
