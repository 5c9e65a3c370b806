/*
 * decide.c - the rules that tell the article's blocks from the others.
 *
 * 1. Each block gets a score from its own words: prose is positive, the longer
 *    the more; short lines are a little negative; what a rule knows for
 *    boilerplate is dropped with a reason and a weight against it.
 * 2. The article is the stretch of blocks with the greatest sum of scores.  A
 *    line after which nothing of an article follows weighs so much that what
 *    stands behind it joins only where it outweighs all before it.
 * 3. Inside, runs of short lines between prose are headings, lists or scraps.
 *
 * Running on its own output changes nothing, by these invariants:
 * - step 1 looks at a block's own words, at equal blocks, and at dropped ones
 *   before it; none of these is met among kept blocks;
 * - what is dropped inside the stretch has a score of 0 or less (or is a copy,
 *   after which the stretch is looked for again), so that no beginning of what
 *   is left sums up to less than 0, and the best stretch is all of it;
 * - what step 3 leaves of a run, it leaves alone when it meets it again.
 */
#include "boilerplate/decide.h"

#include "boilerplate/tells.h"

/* Weights and bounds, by search on half of the development pages, then rounded
 * to where both halves do well.  Costs and scores count in words. */
enum {
	CAP = 80,	    /* words of a block that count */
	BASE = 2,	    /* of them, those that every block must have */
	NONFINAL = 20,	    /* words that make prose without a final stop */
	NONFINAL_SHARE = 4, /* such prose counts in tenths */
	CUT_OFF = 1,	    /* score of a teaser that ends in dots */
	SHORT_COST = 4,	    /* a short line that no rule knows */
	CRUMB_COST = 6,
	LINK_COST = 1,
	CAPTION_COST = 4,
	REPEAT_COST = 8,
	PHRASE_COST = 25, /* contact lines, forms, rights, authors */
	BYLINE_COST = 40, /* what is before a byline is hardly the article */
	END_COST = 14,
	SOURCE_COST = 100,
	STOP_COST = 600,
	RUN_COST = 120,	   /* of all scraps between two blocks of prose */
	DENSITY = 10,	   /* one phrase for so many words is what a block
			    * is about */
	ENOUGH = 25,	   /* sum of an article */
	TURNS = 4,	   /* of speakers make a transcript */
	RUN_MAX = 4,	   /* short lines that may stand together, */
	RUN_WORDS = 3,	   /* unless they have so many words on average */
	HEADING_WORDS = 40 /* of the longest line without a final stop */
};

static const char *const words[] = {
    [DESK_REASON_NONE] = "none",
    [DESK_REASON_PROSE] = "prose",
    [DESK_REASON_QUOTE] = "quote",
    [DESK_REASON_SHORT] = "short",
    [DESK_REASON_HEADING] = "heading",
    [DESK_REASON_LIST] = "list",
    [DESK_REASON_ONLY] = "only",
    [DESK_REASON_HEAD] = "head",
    [DESK_REASON_TAIL] = "tail",
    [DESK_REASON_CRUMB] = "crumb",
    [DESK_REASON_RULE] = "rule",
    [DESK_REASON_REPEAT] = "repeat",
    [DESK_REASON_CAPTION] = "caption",
    [DESK_REASON_CREDIT] = "credit",
    [DESK_REASON_SOURCE] = "source",
    [DESK_REASON_END] = "end",
    [DESK_REASON_LINK] = "link",
    [DESK_REASON_BYLINE] = "byline",
    [DESK_REASON_DATE] = "date",
    [DESK_REASON_BIO] = "bio",
    [DESK_REASON_CONTACT] = "contact",
    [DESK_REASON_LEGAL] = "legal",
    [DESK_REASON_PROMPT] = "prompt",
};

const char *
desk_reason_word(enum desk_reason reason)
{
	return words[reason];
}

static bool
has(const struct desk_text_block *b, uint32_t cues)
{
	return (b->cues & cues) != 0;
}

static bool
is(const struct desk_text_block *b, unsigned flags)
{
	return (b->flags & flags) != 0;
}

/* Names, titles and figures only: hardly a word in lower case. */
static bool
names_only(const struct desk_text_block *b, unsigned spare)
{
	return b->capitals + b->numbers + spare >= b->words;
}

static bool
is_caption(const struct desk_text_block *b)
{
	if (b->words > 70)
		return false;
	if (is(b, DESK_BLOCK_CREDIT))
		return true;
	if (has(b, DESK_TELL_LEAD_CREDIT) &&
	    (is(b, DESK_BLOCK_LEAD_COLON) ||
		(b->words <= 12 && !is(b, DESK_BLOCK_FINAL))))
		return true;
	return has(b, DESK_TELL_IN_CREDIT) && !is(b, DESK_BLOCK_FINAL);
}

static bool
is_credit(const struct desk_text_block *b)
{
	/* Names and jobs in brackets; a sentence has more small words. */
	if (is(b, DESK_BLOCK_BRACKETED) && b->words <= 40 && b->sellers &&
	    (b->stops * 3 <= b->words || has(b, DESK_TELL_LEAD_ROLE)))
		return true;
	if (b->words <= 3 && b->sellers && names_only(b, 0))
		return true;
	return has(b, DESK_TELL_LEAD_ROLE) && b->words <= 40 &&
	       !is(b, DESK_BLOCK_EVENT) &&
	       (b->sellers || is(b, DESK_BLOCK_LEAD_COLON));
}

static bool
is_link(const struct desk_text_block *b)
{
	if (is(b, DESK_BLOCK_URL) && b->words <= 40 && b->stops <= 3)
		return true;
	/* A headline elsewhere, in capitals; sub-headings are shorter. */
	if (is(b, DESK_BLOCK_UPPER) && b->words >= 7 && b->words <= 30)
		return true;
	if (!has(b, DESK_TELL_LEAD_LINK))
		return false;
	if (is(b, DESK_BLOCK_LEAD_COLON) && b->words <= 30)
		return true;
	return b->words <= 25 && b->words > 1 && !is(b, DESK_BLOCK_FINAL);
}

static bool
is_date(const struct desk_text_block *b)
{
	return b->numbers && b->words <= 12 && !b->stops &&
	       !is(b, DESK_BLOCK_FINAL) && b->numbers * 2 >= b->words &&
	       names_only(b, 2);
}

static bool
is_byline(const struct desk_text_block *b)
{
	if (!has(b, DESK_TELL_LEAD_BYLINE) || b->words > 20 || b->words < 2)
		return false;
	if (is(b, DESK_BLOCK_LEAD_COLON))
		return true;
	return b->capitals + b->numbers > 1 && names_only(b, 3) &&
	       !is(b, DESK_BLOCK_FINAL);
}

static bool
is_end(const struct desk_text_block *b)
{
	return has(b, DESK_TELL_LEAD_END) && b->words <= 25 &&
	       (is(b, DESK_BLOCK_LEAD_COLON) || !is(b, DESK_BLOCK_FINAL));
}

static bool
is_source(const struct desk_text_block *b)
{
	return has(b, DESK_TELL_LEAD_SOURCE) && b->words <= 15 &&
	       is(b, DESK_BLOCK_LEAD_COLON);
}

/* Phrases of contact lines, forms and rights, thick enough to be what the
 * block is about. */
static enum desk_reason
phrased(const struct desk_text_block *b)
{
	if (!(b->cues & DESK_TELL_IN) && !is(b, DESK_BLOCK_MAIL))
		return DESK_REASON_NONE;
	unsigned hits = b->hits + 2u * is(b, DESK_BLOCK_MAIL);
	if (hits * DENSITY < b->words)
		return DESK_REASON_NONE;
	bool event = is(b, DESK_BLOCK_EVENT);
	if (has(b, DESK_TELL_IN_PROMPT) && !event)
		return DESK_REASON_PROMPT;
	if (has(b, DESK_TELL_IN_LEGAL))
		return DESK_REASON_LEGAL;
	if ((has(b, DESK_TELL_IN_CONTACT) && !event) || is(b, DESK_BLOCK_MAIL))
		return DESK_REASON_CONTACT;
	return has(b, DESK_TELL_IN_BIO) ? DESK_REASON_BIO : DESK_REASON_NONE;
}

/* What a block's own words tell against it. */
enum desk_reason
desk_block_reason(const struct desk_text_block *b)
{
	if (!b->words)
		return DESK_REASON_RULE;
	if (has(b, DESK_TELL_LINE_STOP | DESK_TELL_LINE_END) || is_end(b))
		return DESK_REASON_END;
	if (has(b, DESK_TELL_LINE_CRUMB))
		return DESK_REASON_CRUMB;
	if (is_source(b))
		return DESK_REASON_SOURCE;
	if (is_credit(b))
		return DESK_REASON_CREDIT;
	if (is_caption(b))
		return DESK_REASON_CAPTION;
	if (is_byline(b))
		return DESK_REASON_BYLINE;
	if (is_link(b))
		return DESK_REASON_LINK;
	enum desk_reason reason = phrased(b);
	if (reason != DESK_REASON_NONE)
		return reason;
	if (is_date(b))
		return DESK_REASON_DATE;
	if (is(b, DESK_BLOCK_BARS) && b->words <= 12 &&
	    !is(b, DESK_BLOCK_FINAL | DESK_BLOCK_QUOTED | DESK_BLOCK_ITEM))
		return DESK_REASON_CRUMB;
	return DESK_REASON_NONE;
}

static int
cost_of(const struct desk_text_block *b)
{
	switch (b->reason) {
	case DESK_REASON_END:
		return has(b, DESK_TELL_LINE_STOP) ? STOP_COST : END_COST;
	case DESK_REASON_SOURCE:
		return SOURCE_COST;
	case DESK_REASON_CREDIT:
		return is(b, DESK_BLOCK_BRACKETED) ? END_COST : CRUMB_COST;
	case DESK_REASON_BYLINE:
	case DESK_REASON_DATE:
		return BYLINE_COST;
	case DESK_REASON_LINK:
		return LINK_COST;
	case DESK_REASON_CAPTION:
		return CAPTION_COST;
	case DESK_REASON_REPEAT:
		return REPEAT_COST;
	case DESK_REASON_LEGAL:
	case DESK_REASON_PROMPT:
	case DESK_REASON_CONTACT:
	case DESK_REASON_BIO:
		return PHRASE_COST;
	default:
		return CRUMB_COST;
	}
}

static int
score_of(const struct desk_text_block *b)
{
	int n = b->words < CAP ? b->words : CAP;
	if (is(b, DESK_BLOCK_FINAL)) {
		if (n >= 8)
			return n > BASE ? n - BASE : 1;
		return n >= 5 || is(b, DESK_BLOCK_QUOTED | DESK_BLOCK_EVENT);
	}
	if (is(b, DESK_BLOCK_ELLIPSIS) && b->words >= 8)
		return CUT_OFF;
	if (b->words >= NONFINAL && b->stops * 8 >= b->words)
		return n * NONFINAL_SHARE / 10 + 1;
	return is(b, DESK_BLOCK_COLON) ? 0 : -SHORT_COST;
}

static void
drop(struct desk_text_block *b, enum desk_reason reason)
{
	b->verdict = DESK_VERDICT_DROP;
	b->reason = (uint8_t)reason;
}

/* Whether turns of a transcript are among the blocks: lines of speech, however
 * short, are then of its text. */
static bool
is_transcript(const struct desk_text_block *blocks, size_t count)
{
	size_t turns = 0;
	for (size_t i = 0; i < count; i++)
		turns += is(&blocks[i], DESK_BLOCK_TURN) &&
			 is(&blocks[i], DESK_BLOCK_FINAL);
	return turns >= TURNS;
}

/* Step 1. */
static void
score_all(struct desk_text_block *blocks, size_t count)
{
	bool listing = false, speech = is_transcript(blocks, count);
	for (size_t i = 0; i < count; i++) {
		struct desk_text_block *b = &blocks[i];
		enum desk_reason reason = desk_block_reason(b);
		b->score = (int16_t)score_of(b);
		if (speech && !b->score && is(b, DESK_BLOCK_TURN))
			b->score = 1;
		b->verdict = DESK_VERDICT_OPEN;
		if (reason == DESK_REASON_NONE && b->score < 0) {
			if (blocks[b->first].copies > 1)
				reason = DESK_REASON_REPEAT;
			else if (listing)
				reason = DESK_REASON_LINK;
		}
		if (reason == DESK_REASON_NONE) {
			listing = listing && b->score <= 0;
			continue;
		}
		drop(b, reason);
		b->score = (int16_t)-cost_of(b);
		listing |= reason == DESK_REASON_END;
	}
}

/* Step 2: the stretch of greatest sum; of equal ones the longest from where a
 * sum was last below 0.  It begins and ends with a block of positive score. */
static struct desk_stretch
best_stretch(const struct desk_text_block *blocks, size_t start, size_t end)
{
	struct desk_stretch best = {start, start, 0, false};
	int64_t sum = 0;
	int run = 0; /* what scraps since the last prose have cost */
	size_t from = start;
	for (size_t i = start; i < end; i++) {
		const struct desk_text_block *b = &blocks[i];
		int score = b->score;
		if (b->verdict == DESK_VERDICT_DROP && score > 0)
			continue;
		if (!sum)
			from = i;
		if (score > 0) {
			run = 0;
		} else if (score > -STOP_COST) {
			if (run - score > RUN_COST)
				score = run - RUN_COST;
			run -= score;
		}
		sum += score;
		if (sum < 0)
			sum = 0;
		else if (b->score > 0 && sum >= best.sum)
			best = (struct desk_stretch){from, i + 1, sum, false};
	}
	return best;
}

/* Inside the stretch, blocks that were said before in it; true where there was
 * one.  copies of 0 marks a block whose first copy in the stretch was seen. */
static bool
drop_copies(struct desk_text_block *blocks, struct desk_stretch in)
{
	bool any = false;
	for (size_t i = in.start; i < in.end; i++) {
		struct desk_text_block *b = &blocks[i];
		struct desk_text_block *first = &blocks[b->first];
		if (b->verdict == DESK_VERDICT_DROP)
			continue;
		if (!first->copies) {
			drop(b, DESK_REASON_REPEAT);
			any = true;
		}
		first->copies = 0;
	}
	return any;
}

static bool
fits_run(const struct desk_text_block *b)
{
	return b->words <= HEADING_WORDS || is(b, DESK_BLOCK_COLON);
}

/* Step 3 for one run of blocks without positive score. */
static void
decide_run(struct desk_text_block *blocks, size_t start, size_t end)
{
	size_t left = 0, sum = 0, last = end;
	for (size_t i = start; i < end; i++) {
		struct desk_text_block *b = &blocks[i];
		if (b->verdict == DESK_VERDICT_DROP)
			continue;
		if (!fits_run(b)) {
			drop(b, DESK_REASON_CRUMB);
			continue;
		}
		left++;
		sum += b->words;
		last = i;
	}
	bool all = left <= RUN_MAX || sum >= left * RUN_WORDS;
	for (size_t i = start; i < end; i++) {
		struct desk_text_block *b = &blocks[i];
		if (b->verdict == DESK_VERDICT_DROP)
			continue;
		if (!all && i != last) {
			drop(b, DESK_REASON_CRUMB);
			continue;
		}
		b->verdict = DESK_VERDICT_KEEP;
		b->reason = is(b, DESK_BLOCK_FINAL) ? DESK_REASON_SHORT
			    : i == last		    ? DESK_REASON_HEADING
						    : DESK_REASON_LIST;
	}
}

static void
decide_inside(struct desk_text_block *blocks, struct desk_stretch in)
{
	size_t run = in.start;
	for (size_t i = in.start; i < in.end; i++) {
		struct desk_text_block *b = &blocks[i];
		if (b->verdict == DESK_VERDICT_DROP || b->score <= 0)
			continue;
		decide_run(blocks, run, i);
		run = i + 1;
		b->verdict = DESK_VERDICT_KEEP;
		b->reason = is(b, DESK_BLOCK_QUOTED) ? DESK_REASON_QUOTE
						     : DESK_REASON_PROSE;
	}
	decide_run(blocks, run, in.end);
}

/* Nothing looks like an article: what is not known for boilerplate stays. */
static void
keep_all(struct desk_text_block *blocks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct desk_text_block *b = &blocks[i];
		if (b->verdict == DESK_VERDICT_DROP &&
		    b->reason != DESK_REASON_REPEAT)
			continue;
		b->verdict = DESK_VERDICT_KEEP;
		b->reason = DESK_REASON_ONLY;
	}
}

void
desk_blocks_decide(
    struct desk_text_block *blocks, size_t count, struct desk_stretch *stretch)
{
	score_all(blocks, count);
	struct desk_stretch in = best_stretch(blocks, 0, count);
	if (in.sum < ENOUGH) {
		/* Without what was dropped there may be enough, and then the
		 * next run would find it. */
		for (size_t i = 0; i < count; i++)
			if (blocks[i].verdict == DESK_VERDICT_DROP)
				blocks[i].score = 0;
		in = best_stretch(blocks, 0, count);
	}
	if (in.sum < ENOUGH) {
		keep_all(blocks, count);
		*stretch = in;
		return;
	}
	if (drop_copies(blocks, in))
		in = best_stretch(blocks, in.start, in.end);
	for (size_t i = 0; i < count; i++)
		if (blocks[i].verdict == DESK_VERDICT_OPEN &&
		    (i < in.start || i >= in.end))
			drop(&blocks[i],
			    i < in.start ? DESK_REASON_HEAD : DESK_REASON_TAIL);
	decide_inside(blocks, in);
	in.article = true;
	*stretch = in;
}
