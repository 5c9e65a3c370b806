/*
 * pick.c - the verdicts on a page's blocks, and the guards around them.
 *
 * 1. Scores, from one model or a mix of two.
 * 2. Vetoes: second copies; of an article, readers' comments and what is
 *    hidden, unless they are most of what would be kept (then the word or the
 *    style means something else); paragraphs that the rules of decide.c know
 *    for bylines, credits, contact lines and the like; rows of tables where
 *    none are wanted.
 * 3. The cut: sums of words and of expected words by score give the F1 that is
 *    to be expected of every threshold.
 * 4. Guards: an article of less than a few lines lets the cut be lowered; a
 *    page of no more than that has nothing around its content; the longest
 *    block of prose stays where what is kept is shorter than it.
 */
#include "boilerplate/pick.h"

#include <string.h>

#include "boilerplate/blocks.h"
#include "boilerplate/decide.h"
#include "boilerplate/tells.h"
#include "core/error.h"

enum {
	ONE = 1 << 16,
	NOT_NEWS = ONE * 3 / 10, /* the other model alone is asked up to
				      here, that of news pages */
	NEWS = ONE * 6 / 10,	 /* from here on */
	ARTICLE = ONE / 2,	 /* decided as an article */
	REFUSED = ONE * 3 / 10,	 /* less is none, where one is asked for */
	STEP = 16,		 /* of scores, in the table of cuts */
	HALF = 512,		 /* steps to each side of 0 */
	SURE = 256,		 /* a block of an article needs that much */
	FOCUS = 1024,		 /* what --precision and --recall add */
	COMMENT_FAR = 6,	 /* levels */
	COMMENT_BIT = 6,	 /* of DESK_KIND_COMMENT */
	COMMENT_FLAG = 6,	 /* of DESK_NODE_COMMENT in a view's flags */
	HIDDEN_FLAG = 0,	 /* of DESK_NODE_HIDDEN there */
	HIDDEN_MOST = 700,	 /* of 1000 words kept: scripts show it later */
	COMMENT_MOST = 600,	 /* of 1000 words kept: it is no comment area */
	FURNITURE_MOST = 500,	 /* of 1000 words kept: it is about such */
	EVEN_MOST = 900,	 /* of 1000 of the best F1 promised */
	LITTLE = 30,		 /* words: hardly an article */
	LEAST = 25 /* words of an article, where one is asked for */
};

_Static_assert(DESK_KIND_COMMENT == 1 << COMMENT_BIT, "kinds have moved");

/* 65536 / (1 + exp(-x)) for x = 0, 1/4, ... 8. */
static const uint16_t logistic[33] = {32768, 36843, 40793, 44511, 47911, 50941,
    53581, 55834, 57724, 59287, 60565, 61598, 62428, 63090, 63615, 64030, 64357,
    64614, 64816, 64974, 65097, 65194, 65269, 65328, 65374, 65410, 65438, 65459,
    65476, 65489, 65500, 65508, 65514};

/* The probability of log odds in 1/1024, of 65536. */
static uint32_t
odds(int32_t score)
{
	uint32_t x = score < 0 ? 0u - (uint32_t)score : (uint32_t)score;
	uint32_t at = x >> 8, rest = x & 255, q = logistic[32];
	if (at < 32)
		q = logistic[at] +
		    (logistic[at + 1] - logistic[at]) * rest / 256u;
	return score < 0 ? ONE - q : q;
}

struct picking {
	const struct desk_view *view;
	const struct desk_page_models *models;
	const struct desk_boilerplate_options *options;
	struct desk_pick *picks;
	size_t count;
	uint32_t article; /* of 65536 */
};

uint32_t
desk_page_is_article(
    const struct desk_view *view, const struct desk_page_models *models)
{
	const struct desk_meta_hints *hints = &view->measures.hints;
	if (models->type)
		return odds(desk_trees_score(models->type, view->page_row));
	return hints->article ||
		       !(hints->product || hints->forum || hints->listing)
		   ? ONE
		   : 0;
}

static uint32_t
words_of(const struct picking *p, size_t i)
{
	return p->view->measures.of[i].words;
}

static void
score_blocks(struct picking *p)
{
	int16_t row[DESK_FEATURES];
	const struct desk_page_models *m = p->models;
	int64_t part = ((int64_t)p->article - NOT_NEWS) * ONE;
	part /= NEWS - NOT_NEWS;
	if (!m->other || part > ONE)
		part = ONE;
	if (part < 0)
		part = 0;
	for (size_t i = 0; i < p->count; i++) {
		int64_t news = 0, other = 0;
		desk_view_row(p->view, i, row);
		row[DESK_F_SET] = DESK_SET_NEWS;
		if (part)
			news = desk_trees_score(m->news, row);
		row[DESK_F_SET] = DESK_SET_OTHER;
		if (part < ONE)
			other = desk_trees_score(m->other, row);
		p->picks[i].score =
		    (int32_t)((news * part + other * (ONE - part)) / ONE);
	}
}

static bool
in_comments(const struct desk_view *view, size_t i)
{
	const struct desk_node_view *v =
	    &view->nodes[view->page->blocks[i].node];
	return v->kinds[COMMENT_BIT] < COMMENT_FAR ||
	       v->flags[COMMENT_FLAG] < COMMENT_FAR;
}

static void
veto(struct desk_pick *pick, const char *reason)
{
	if (!pick->reason)
		pick->reason = reason;
}

static bool
in_hidden(const struct desk_view *view, size_t i)
{
	return view->nodes[view->page->blocks[i].node].flags[HIDDEN_FLAG] <
	       DESK_VIEW_FAR;
}

const char *
desk_pick_furniture(
    const struct desk_page_block *block, const struct desk_text_block *words)
{
	if (block->kind != DESK_PARAGRAPH)
		return NULL;
	enum desk_reason reason = desk_block_reason(words);
	switch (reason) {
	case DESK_REASON_CREDIT:
	case DESK_REASON_BYLINE:
	case DESK_REASON_BIO:
	case DESK_REASON_CONTACT:
	case DESK_REASON_PROMPT:
		break;
	case DESK_REASON_CRUMB:
		if (words->cues & DESK_TELL_LINE_CRUMB)
			break;
		return NULL;
	case DESK_REASON_LINK:
		if (!(words->cues & DESK_TELL_IN_CONTACT) &&
		    !(words->flags & DESK_BLOCK_MAIL))
			return NULL;
		reason = DESK_REASON_CONTACT;
		break;
	default:
		return NULL;
	}
	return desk_reason_word(reason);
}

static const char *
furniture(const struct desk_view *view, size_t i)
{
	struct desk_text_block words;
	desk_measure_text(&view->measures.of[i], &words);
	return desk_pick_furniture(&view->page->blocks[i], &words);
}

static bool
is_furniture(const struct desk_view *view, size_t i)
{
	return furniture(view, i) != NULL;
}

/* Vetoes all blocks of a sort, unless they are too much of what would be kept:
 * then the sort is not what it seems.  Without a reason the rules tell it. */
static void
veto_sort(struct picking *p, bool (*of)(const struct desk_view *, size_t),
    uint64_t most, const char *reason)
{
	uint64_t kept = 0, sort = 0;
	for (size_t i = 0; i < p->count; i++) {
		if (p->picks[i].score <= 0 || p->picks[i].reason)
			continue;
		kept += words_of(p, i);
		sort += of(p->view, i) ? words_of(p, i) : 0;
	}
	if (sort * 1000 > kept * most)
		return;
	for (size_t i = 0; i < p->count; i++)
		if (of(p->view, i))
			veto(&p->picks[i],
			    reason ? reason : furniture(p->view, i));
}

static void
veto_blocks(struct picking *p)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct desk_page_block *b = &p->view->page->blocks[i];
		if (b->flags & DESK_PAGE_COPY)
			veto(&p->picks[i], "repeat");
		else if (b->kind == DESK_ROW && p->options->no_tables)
			veto(&p->picks[i], "table");
	}
	if (p->article < ARTICLE)
		return;
	if (!p->options->comments)
		veto_sort(p, in_comments, COMMENT_MOST, "comment");
	veto_sort(p, in_hidden, HIDDEN_MOST, "hidden");
	if (p->options->focus != DESK_RECALL &&
	    p->view->words[p->count] >= LITTLE)
		veto_sort(p, is_furniture, FURNITURE_MOST, NULL);
}

static size_t
step_of(int32_t score)
{
	int32_t step = score / STEP + HALF - (score % STEP < 0);
	return step < 0 ? 0 : step >= 2 * HALF ? 2 * HALF - 1 : (size_t)step;
}

/* Words by score, and those of them that are to be expected content. */
struct promise {
	uint64_t words[2 * HALF], good[2 * HALF];
	uint64_t all; /* expected */
};

static void
sum_promise(const struct picking *p, struct promise *s)
{
	memset(s, 0, sizeof *s);
	for (size_t i = 0; i < p->count; i++) {
		const struct desk_pick *pick = &p->picks[i];
		if (pick->reason)
			continue;
		size_t step = step_of(pick->score);
		s->words[step] += words_of(p, i);
		s->good[step] += (uint64_t)words_of(p, i) * odds(pick->score);
		s->all += (uint64_t)words_of(p, i) * odds(pick->score);
	}
	s->all >>= 16;
}

/* The threshold that promises the best F1 in words; somewhat better than even
 * odds, where even odds promise nearly as much and the page is an article. */
static int32_t
best_cut(const struct promise *s, bool article)
{
	uint64_t kept = 0, hits = 0, best = 0, even = 0;
	size_t cut = HALF;
	for (size_t step = 2 * HALF; step-- > 0;) {
		kept += s->words[step];
		hits += s->good[step];
		uint64_t f1 = kept ? hits * 2 / (kept + s->all) : 0;
		if (step == HALF)
			even = f1;
		if (f1 > best) {
			best = f1;
			cut = step;
		}
	}
	if (article && even * 1000 >= best * EVEN_MOST)
		cut = HALF + SURE / STEP;
	return ((int32_t)cut - HALF) * STEP;
}

/* Keeps all at or over a threshold; returns their words. */
static uint64_t
keep_over(struct picking *p, int32_t threshold)
{
	uint64_t kept = 0;
	for (size_t i = 0; i < p->count; i++) {
		struct desk_pick *pick = &p->picks[i];
		pick->keep = !pick->reason && pick->score >= threshold;
		kept += pick->keep ? words_of(p, i) : 0;
	}
	return kept;
}

/* Where what is kept is less than the longest block of prose: that one, and
 * what stands in its element and has the same tag and class. */
static void
keep_longest(struct picking *p, uint64_t kept)
{
	const struct desk_view *view = p->view;
	size_t best = p->count;
	for (size_t i = 0; i < p->count; i++)
		if (view->measures.of[i].prose && !p->picks[i].reason &&
		    words_of(p, i) > kept &&
		    (best == p->count || words_of(p, i) > words_of(p, best)))
			best = i;
	if (best == p->count)
		return;
	const struct desk_page_node *nodes = view->page->nodes;
	uint32_t path = nodes[view->page->blocks[best].node].path;
	uint32_t box = nodes[view->page->blocks[best].node].parent;
	for (size_t i = nodes[box].first; i < nodes[box].last; i++) {
		uint32_t node = view->page->blocks[i].node;
		if (!p->picks[i].reason && nodes[node].path == path &&
		    view->measures.of[i].prose)
			p->picks[i].keep = true;
	}
}

const char *
desk_pick_reason(const struct desk_page_block *b, bool prose)
{
	switch (b->kind) {
	case DESK_HEADING:
		return "heading";
	case DESK_ITEM:
		return "list";
	case DESK_QUOTATION:
		return "quote";
	case DESK_ROW:
		return "table";
	case DESK_PREFORMATTED:
		return "code";
	case DESK_CAPTION:
		return "caption";
	default:
		return prose ? "prose" : "short";
	}
}

/* What most likely spoke against a block: the trees do not say. */
static const char *
dropped_reason(const struct desk_view *view, size_t i)
{
	const struct desk_page_block *b = &view->page->blocks[i];
	const struct desk_page_measure *m = &view->measures.of[i];
	const struct desk_node_view *v = &view->nodes[b->node];
	static const struct {
		uint32_t cues;
		const char *reason;
	} cues[] = {{DESK_TELL_LEAD_BYLINE, "byline"},
	    {DESK_TELL_PICTURE, "credit"}, {DESK_TELL_LEAD_ROLE, "credit"},
	    {DESK_TELL_LEAD_LINK, "link"},
	    {DESK_TELL_LEAD_END | DESK_TELL_LINE_END | DESK_TELL_LINE_STOP,
		"end"},
	    {DESK_TELL_LEAD_SOURCE, "source"}, {DESK_TELL_IN_PROMPT, "prompt"},
	    {DESK_TELL_IN_CONTACT, "contact"}, {DESK_TELL_IN_LEGAL, "legal"},
	    {DESK_TELL_IN_BIO, "bio"}, {DESK_TELL_LINE_CRUMB, "crumb"}};
	if (b->kind == DESK_CAPTION)
		return "caption";
	for (size_t k = 0; k < sizeof cues / sizeof *cues; k++)
		if (m->words < 60 && (m->cues & cues[k].cues))
			return cues[k].reason;
	if (m->same != i)
		return "repeat";
	if ((uint64_t)b->link_bytes * 2 > b->end - b->start)
		return "link";
	if (v->flags[0] < DESK_VIEW_FAR)
		return "hidden";
	if (i < view->headline && view->headline < view->page->block_count)
		return "head";
	if (view->last_prose < i)
		return "tail";
	return m->prose ? "other" : "crumb";
}

/* Whether what is kept is an article: some prose, and of the page as its kind
 * has it. */
static bool
is_article(const struct picking *p)
{
	uint64_t kept = 0;
	for (size_t i = 0; i < p->count; i++)
		if (p->picks[i].keep && p->view->measures.of[i].prose)
			kept += words_of(p, i);
	return kept >= LEAST && p->article >= REFUSED;
}

static void
say_reasons(struct picking *p, bool refused, bool *empty)
{
	*empty = true;
	for (size_t i = 0; i < p->count; i++) {
		struct desk_pick *pick = &p->picks[i];
		if (refused && pick->keep) {
			pick->keep = false;
			pick->reason = "no-article";
		}
		if (pick->keep) {
			pick->reason =
			    desk_pick_reason(&p->view->page->blocks[i],
				p->view->measures.of[i].prose);
			*empty = false;
		} else if (!pick->reason) {
			pick->reason = dropped_reason(p->view, i);
		}
	}
}

int
desk_page_pick(const struct desk_view *view,
    const struct desk_page_models *models,
    const struct desk_boilerplate_options *options, struct desk_arena *arena,
    struct desk_pick **picks, bool *empty, struct desk_error *error)
{
	struct picking p = {.view = view,
	    .models = models,
	    .options = options,
	    .count = view->page->block_count};
	p.picks = desk_arena_alloc(arena, (p.count + 1) * sizeof *p.picks);
	if (!p.picks)
		return desk_fail_memory(error);
	memset(p.picks, 0, (p.count + 1) * sizeof *p.picks);
	*picks = p.picks;
	p.article = desk_page_is_article(view, models);
	score_blocks(&p);
	veto_blocks(&p);
	int32_t focus = options->focus == DESK_PRECISION ? FOCUS
			: options->focus == DESK_RECALL	 ? -FOCUS
							 : 0;
	struct promise promise;
	sum_promise(&p, &promise);
	uint64_t kept =
	    keep_over(&p, focus + best_cut(&promise, p.article >= ARTICLE));
	if (kept < LITTLE)
		kept = keep_over(&p, focus + best_cut(&promise, false));
	if (kept < LITTLE && !options->focus && view->words[p.count] < LITTLE)
		kept = keep_over(&p, INT32_MIN);
	keep_longest(&p, kept);
	say_reasons(
	    &p, options->type == DESK_TYPE_ARTICLE && !is_article(&p), empty);
	return 0;
}
