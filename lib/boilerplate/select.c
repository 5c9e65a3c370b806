/*
 * select.c - rounds of rules and trees.
 *
 * A round judges the blocks that are left: the rules of decide.c find the
 * stretch of the article and what is known for boilerplate, and trees weigh
 * that with what stands around.  Blocks that are dropped change what the others
 * stand among, so rounds go on until one drops nothing, or so little (less than
 * one block of SPARE) that it is let be.  What comes out is then what goes in
 * again next time, and all rounds together read at most SPARE times what the
 * first does.
 *
 * A text in which the rules find no article is not for the trees.
 */
#include "boilerplate/select.h"

#include <string.h>

#include "boilerplate/lines.h"
#include "core/error.h"
#include "model/trees.h"

#include "lines.inc"

enum {
	SPARE = 64,
	DISTRUST = 4,	 /* trees must leave one word in so many */
	KNOWN = 3584,	 /* log odds against what a rule has a word for */
	COPIED = 7680,	 /* against a second copy */
	SENTENCE = 1024, /* for a sentence behind the article's words */
	SHORT_WORDS = 3, /* of which it has so many */
	LONG_WORDS = 30,
	FEW = 16,	 /* lines */
	COPY_WORDS = 25, /* of a paragraph that is there twice by mistake */
	CAPTION_WORDS = 4
};

_Static_assert(
    LINES_FEATURES == DESK_LINE_FEATURES + 1, "lines.trees is out of date");

/* Why a block goes, where no rule has a word for it. */
static enum desk_reason
place_reason(
    const struct desk_text_block *b, size_t at, const struct desk_stretch *in)
{
	if (b->reason >= DESK_REASON_HEAD)
		return (enum desk_reason)b->reason;
	if (at < in->start)
		return DESK_REASON_HEAD;
	return at >= in->end ? DESK_REASON_TAIL : DESK_REASON_CRUMB;
}

static enum desk_reason
keep_reason(const struct desk_text_block *b)
{
	if (b->reason != DESK_REASON_NONE && b->reason < DESK_REASON_HEAD)
		return (enum desk_reason)b->reason;
	if (b->flags & DESK_BLOCK_QUOTED)
		return DESK_REASON_QUOTE;
	if (b->score > 0)
		return DESK_REASON_PROSE;
	return b->flags & DESK_BLOCK_FINAL ? DESK_REASON_SHORT
					   : DESK_REASON_HEADING;
}

/* Whether trees that leave so much of the stretch's prose are to be trusted:
 * an article is not thrown away as a whole. */
static bool
trusted(const struct desk_text_block *live, const struct desk_stretch *in)
{
	uint64_t all = 0, kept = 0;
	for (size_t i = in->start; i < in->end; i++) {
		if (live[i].verdict != DESK_VERDICT_KEEP)
			continue;
		all += live[i].words;
		kept += live[i].choice == DESK_VERDICT_KEEP ? live[i].words : 0;
	}
	return kept * DISTRUST >= all;
}

/* Trees see few scraps between paragraphs, and short ones weigh little there;
 * the rules know them better.  Texts of a few lines they have not seen at all.
 */
static int32_t
against(const struct desk_text_block *b, size_t count)
{
	if (b->verdict != DESK_VERDICT_DROP)
		return 0;
	if (b->reason != DESK_REASON_REPEAT)
		return b->reason >= DESK_REASON_CRUMB || count < FEW ? KNOWN
								     : 0;
	if (count < FEW || b->words >= COPY_WORDS)
		return COPIED;
	return b->score <= 0 && b->words >= CAPTION_WORDS ? KNOWN : 0;
}

/* A sentence right behind the article's words is likely one of them; trees have
 * seen more that are not, as those weigh more than they are missed. */
static int32_t
in_favour(const struct desk_text_block *live, size_t i)
{
	const struct desk_text_block *b = &live[i], *before = b - 1;
	return i && b->flags & DESK_BLOCK_FINAL && b->words >= SHORT_WORDS &&
		       b->words <= LONG_WORDS &&
		       b->reason <= DESK_REASON_CRUMB &&
		       before->choice == DESK_VERDICT_KEEP &&
		       before->flags & (DESK_BLOCK_FINAL | DESK_BLOCK_QUOTED)
		   ? SENTENCE
		   : 0;
}

/* One round over the blocks that are left: how many of them it drops. */
static int
judge(struct desk_text_block *live, size_t count, const uint16_t *topics,
    const struct desk_line_judge *by, size_t *drops, struct desk_arena *arena,
    struct desk_error *error)
{
	struct desk_stretch in;
	struct desk_lines known;
	int16_t row[DESK_LINE_FEATURES + 1];
	*drops = 0;
	desk_blocks_decide(live, count, &in);
	if (in.article) {
		int code = desk_lines_prepare(
		    &known, live, count, &in, topics, arena, error);
		if (code)
			return code;
	}
	for (size_t i = 0; i < count; i++) {
		struct desk_text_block *b = &live[i];
		if (in.article && !desk_lines_sure(&known, i)) {
			desk_lines_row(&known, i, row);
			row[DESK_LINE_FEATURES] = 0;
			b->odds = desk_trees_score(by->trees, row) + by->bias -
				  against(b, count) + in_favour(live, i);
			b->choice =
			    b->odds > 0 ? DESK_VERDICT_KEEP : DESK_VERDICT_DROP;
		} else {
			b->odds = 0;
			b->choice = b->verdict;
		}
	}
	if (in.article && !trusted(live, &in))
		for (size_t i = 0; i < count; i++)
			live[i].choice = live[i].verdict;
	for (size_t i = 0; i < count; i++) {
		struct desk_text_block *b = &live[i];
		b->reason = (uint8_t)(b->choice == DESK_VERDICT_KEEP
					  ? keep_reason(b)
					  : place_reason(b, i, &in));
		b->verdict = b->choice;
		*drops += b->choice == DESK_VERDICT_DROP;
	}
	return 0;
}

/* Takes what was dropped out of live, and finds the first copies anew; firsts
 * has room for a number for each block of the text. */
static size_t
leave_out(struct desk_text_block *live, size_t count, uint32_t *firsts)
{
	size_t left = 0;
	for (size_t i = 0; i < count; i++) {
		firsts[live[i].same] = UINT32_MAX;
		if (live[i].verdict == DESK_VERDICT_KEEP)
			live[left++] = live[i];
	}
	for (size_t i = 0; i < left; i++) {
		struct desk_text_block *b = &live[i];
		if (firsts[b->same] == UINT32_MAX)
			firsts[b->same] = (uint32_t)i;
		b->first = firsts[b->same];
		b->copies = 0;
		if (live[b->first].copies < UINT16_MAX)
			live[b->first].copies++;
	}
	return left;
}

static void
take(struct desk_text_block *blocks, const struct desk_text_block *live,
    size_t count, bool all)
{
	for (size_t i = 0; i < count; i++) {
		struct desk_text_block *b = &blocks[live[i].number];
		b->verdict = all ? DESK_VERDICT_KEEP : live[i].verdict;
		b->odds = live[i].odds;
		b->reason = all && live[i].verdict != DESK_VERDICT_KEEP
				? DESK_REASON_SHORT
				: live[i].reason;
	}
}

int
desk_blocks_select(struct desk_text_block *blocks, size_t count,
    const uint16_t *topics, const struct desk_line_judge *by,
    struct desk_arena *arena, struct desk_error *error)
{
	struct desk_line_judge with = *by;
	if (!count)
		return 0;
	if (!with.trees)
		with.trees = &lines;
	struct desk_text_block *live =
	    desk_arena_alloc(arena, count * sizeof *live);
	uint32_t *firsts = desk_arena_alloc(arena, count * sizeof *firsts);
	if (!live || !firsts)
		return desk_fail_memory(error);
	memcpy(live, blocks, count * sizeof *live);
	for (size_t left = count;;) {
		size_t drops;
		int code =
		    judge(live, left, topics, &with, &drops, arena, error);
		if (code)
			return code;
		bool done = drops * SPARE < left;
		take(blocks, live, left, done);
		if (done)
			return 0;
		left = leave_out(live, left, firsts);
		if (!left)
			return 0;
	}
}
