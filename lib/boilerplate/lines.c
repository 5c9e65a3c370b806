/*
 * lines.c - rows of features.
 *
 * Sums over all lines before each one make every window two look-ups.  Numbers
 * that have no bound are cut off; shares are in thousandths.  What is not
 * there (a neighbour before the first line) is -1.
 */
#include "boilerplate/lines.h"

#include <string.h>

#include "boilerplate/tells.h"
#include "core/error.h"

enum {
	TOPIC_SLOTS = 1 << 14,
	FAR = 50, /* lines; farther is all the same */
	SURE_SCORE = 25,
	SURE_AROUND = 10,
	PROSE_MOST = 2000,
	LINES_MOST = 200,
	MOST = 30000
};

/* Of the lines before one. */
struct desk_line {
	uint32_t prose;	 /* words of those with a positive score */
	uint32_t words;	 /* of all */
	uint32_t shorts; /* lines of few words without a stop */
	uint32_t proses; /* lines with a positive score */
	uint32_t drops;	 /* that a rule knows */
	uint32_t ends;	 /* after which nothing of an article follows */
	uint32_t persons, times, hits; /* words and phrases of these classes */
	uint32_t end;		       /* the last one of ends before */
	uint32_t last, next; /* nearest line of prose, itself left out */
};

static int16_t
cut(int64_t n)
{
	return (int16_t)(n > MOST ? MOST : n < -MOST ? -MOST : n);
}

static int16_t
most(int64_t n, int64_t max)
{
	return (int16_t)(n > max ? max : n);
}

static int16_t
near(int64_t lines)
{
	return (int16_t)(lines > FAR ? FAR : lines < -FAR ? -FAR : lines);
}

static int16_t
share(uint64_t part, uint64_t whole)
{
	return whole ? cut((int64_t)(part * 1000 / whole)) : -1;
}

static bool
is(const struct desk_text_block *b, unsigned flags)
{
	return (b->flags & flags) != 0;
}

static bool
is_short(const struct desk_text_block *b)
{
	return b->words < 12 && !is(b, DESK_BLOCK_FINAL);
}

int
desk_lines_prepare(struct desk_lines *l, const struct desk_text_block *blocks,
    size_t count, const struct desk_stretch *stretch, const uint16_t *topics,
    struct desk_arena *arena, struct desk_error *error)
{
	l->blocks = blocks;
	l->count = count;
	l->stretch = *stretch;
	l->topics = topics;
	l->lines = desk_arena_alloc(arena, (count + 1) * sizeof *l->lines);
	l->told = desk_arena_alloc(arena, TOPIC_SLOTS * sizeof *l->told);
	if (!l->lines || !l->told)
		return desk_fail_memory(error);
	memset(l->told, 0, TOPIC_SLOTS * sizeof *l->told);
	struct desk_line sum = {.last = UINT32_MAX, .end = UINT32_MAX};
	for (size_t i = 0; i < count; i++) {
		const struct desk_text_block *b = &blocks[i];
		l->lines[i] = sum;
		bool prose = b->score > 0;
		sum.words += b->words;
		sum.prose += prose ? b->words : 0;
		sum.proses += prose;
		sum.shorts += is_short(b);
		sum.drops += b->reason >= DESK_REASON_CRUMB;
		sum.ends += b->reason == DESK_REASON_END;
		sum.persons += b->persons;
		sum.times += b->times;
		sum.hits += b->hits;
		if (prose)
			sum.last = (uint32_t)i;
		if (b->reason == DESK_REASON_END)
			sum.end = (uint32_t)i;
		if (!prose || i < stretch->start || i >= stretch->end)
			continue;
		for (size_t k = 0; k < b->topics; k++)
			l->told[topics[b->topic_at + k] % TOPIC_SLOTS]++;
	}
	l->lines[count] = sum;
	uint32_t next = UINT32_MAX;
	for (size_t i = count; i-- > 0;) {
		l->lines[i].next = next;
		if (blocks[i].score > 0)
			next = (uint32_t)i;
	}
	return 0;
}

bool
desk_lines_sure(const struct desk_lines *l, size_t at)
{
	const struct desk_text_block *b = &l->blocks[at];
	const struct desk_stretch *in = &l->stretch;
	if (b->score < SURE_SCORE || b->verdict != DESK_VERDICT_KEEP ||
	    b->hits || at < in->start + 2 || at + 2 >= in->end ||
	    l->blocks[at - 1].score <= 0 || l->blocks[at + 1].score <= 0)
		return false;
	size_t low = at > SURE_AROUND ? at - SURE_AROUND : 0;
	size_t high =
	    l->count - at > SURE_AROUND ? at + 1 + SURE_AROUND : l->count;
	return l->lines[high].drops == l->lines[low].drops;
}

static int16_t *
own_row(const struct desk_text_block *b, int16_t *to)
{
	uint32_t bytes = b->end - b->start;
	*to++ = cut(b->words);
	*to++ = cut(bytes);
	*to++ = b->words ? cut(bytes * 10 / b->words) : -1;
	*to++ = share(b->stops, b->words);
	*to++ = share(b->capitals, b->words);
	*to++ = share(b->numbers, b->words);
	*to++ = share(b->digits, bytes);
	*to++ = share(b->persons, b->words);
	*to++ = cut(b->says);
	*to++ = cut(b->times);
	*to++ = share(b->times, b->words);
	*to++ = cut(b->commas);
	*to++ = share(b->commas, b->words);
	*to++ = cut(b->inner_stops);
	*to++ = cut(b->quotes);
	*to++ = cut(b->hits);
	*to++ = cut(b->sellers);
	*to++ = cut(b->score);
	*to++ = cut(b->reason);
	*to++ = cut(b->verdict);
	*to++ = cut(b->topics);
	for (unsigned flag = 1; flag <= DESK_BLOCK_UPPER; flag <<= 1)
		*to++ = is(b, flag);
	static const uint32_t cues[] = {DESK_TELL_IN_BIO, DESK_TELL_IN_CONTACT,
	    DESK_TELL_IN_CREDIT, DESK_TELL_IN_LEGAL, DESK_TELL_IN_PROMPT,
	    DESK_TELL_LEAD_BYLINE, DESK_TELL_LEAD_CREDIT, DESK_TELL_LEAD_END,
	    DESK_TELL_LEAD_LINK, DESK_TELL_LEAD_ROLE, DESK_TELL_LEAD_SOURCE,
	    DESK_TELL_LINE_CRUMB, DESK_TELL_LINE_END | DESK_TELL_LINE_STOP};
	for (size_t i = 0; i < sizeof cues / sizeof *cues; i++)
		*to++ = (b->cues & cues[i]) != 0;
	return to;
}

static int16_t *
near_row(const struct desk_lines *l, size_t at, int16_t *to)
{
	for (size_t k = 1; k <= DESK_LINE_SIDE; k++)
		for (int side = 0; side < 2; side++) {
			if (side ? at + k >= l->count : at < k) {
				for (int i = 0; i < DESK_LINE_NEAR; i++)
					*to++ = -1;
				continue;
			}
			const struct desk_text_block *b =
			    &l->blocks[side ? at + k : at - k];
			*to++ = cut(b->words);
			*to++ = share(b->stops, b->words);
			*to++ = share(b->capitals, b->words);
			*to++ = cut(b->score);
			*to++ = cut(b->reason);
			*to++ = is(b, DESK_BLOCK_FINAL) |
				2 * is(b, DESK_BLOCK_COLON);
			*to++ = cut(b->times);
			*to++ = is(b,
			    DESK_BLOCK_URL | DESK_BLOCK_MAIL | DESK_BLOCK_BARS);
		}
	return to;
}

/* The share of its content words that the stretch tells elsewhere. */
static int16_t
topic_share(const struct desk_lines *l, size_t at)
{
	const struct desk_text_block *b = &l->blocks[at];
	const uint16_t *t = l->topics + b->topic_at;
	uint32_t own =
	    b->score > 0 && at >= l->stretch.start && at < l->stretch.end;
	size_t told = 0;
	for (size_t k = 0; own && k < b->topics; k++)
		l->told[t[k] % TOPIC_SLOTS]--;
	for (size_t k = 0; k < b->topics; k++)
		told += l->told[t[k] % TOPIC_SLOTS] > 0;
	for (size_t k = 0; own && k < b->topics; k++)
		l->told[t[k] % TOPIC_SLOTS]++;
	return share(told, b->topics);
}

/* Lines next to it that look alike: as many words, give or take a third, and
 * an end of the same kind. */
static int16_t
alike(const struct desk_lines *l, size_t at)
{
	const struct desk_text_block *b = &l->blocks[at];
	int n = 0;
	for (int step = -1; step <= 1; step += 2)
		for (size_t i = at + (size_t)step; i < l->count && n < 40;
		     i += (size_t)step) {
			const struct desk_text_block *o = &l->blocks[i];
			int less = b->words < o->words ? b->words : o->words;
			int more = b->words < o->words ? o->words : b->words;
			if (more - less > 1 + more / 3 ||
			    is(b, DESK_BLOCK_FINAL) != is(o, DESK_BLOCK_FINAL))
				break;
			n++;
		}
	return cut(n);
}

static int16_t *
window_row(const struct desk_lines *l, size_t at, int16_t *to)
{
	static const size_t sizes[] = {3, 10, 30};
	for (size_t i = 0; i < 3; i++) {
		size_t low = at > sizes[i] ? at - sizes[i] : 0;
		size_t high =
		    l->count - at > sizes[i] ? at + 1 + sizes[i] : l->count;
		const struct desk_line *a = &l->lines[low];
		const struct desk_line *m = &l->lines[at];
		const struct desk_line *n = m + 1;
		const struct desk_line *z = &l->lines[high];
		*to++ = cut(m->prose - a->prose);
		*to++ = cut(z->prose - n->prose);
		*to++ = share(
		    m->shorts - a->shorts + z->shorts - n->shorts, high - low);
		*to++ = cut(m->drops - a->drops);
		*to++ = cut(z->drops - n->drops);
		*to++ = share(z->persons - a->persons, z->words - a->words);
		*to++ = share(z->times - a->times, z->words - a->words);
		*to++ = cut(z->hits - a->hits);
		*to++ =
		    z->proses > a->proses
			? cut((z->prose - a->prose) / (z->proses - a->proses))
			: -1;
	}
	return to;
}

static int16_t *
place_row(const struct desk_lines *l, size_t at, int16_t *to)
{
	const struct desk_text_block *b = &l->blocks[at];
	const struct desk_line *m = &l->lines[at], *all = &l->lines[l->count];
	const struct desk_stretch *in = &l->stretch;
	to = window_row(l, at, to);
	*to++ = m->last == UINT32_MAX ? FAR : near(at - m->last);
	*to++ = m->last == UINT32_MAX ? -1 : cut(l->blocks[m->last].words);
	*to++ = m->next == UINT32_MAX ? FAR : near(m->next - at);
	*to++ = m->next == UINT32_MAX ? -1 : cut(l->blocks[m->next].words);
	*to++ = near((int64_t)at - (int64_t)in->start);
	*to++ = near((int64_t)in->end - 1 - (int64_t)at);
	*to++ = most(in->sum, PROSE_MOST);
	*to++ = share(m->prose, all->prose);
	*to++ = most(all->prose, PROSE_MOST);
	*to++ = most(l->count, LINES_MOST);
	*to++ = share(all->proses, l->count);
	*to++ = cut(m->ends);
	*to++ = cut(all->ends - m->ends);
	*to++ = m->end == UINT32_MAX ? FAR : near(at - m->end);
	*to++ = m->end == UINT32_MAX
		    ? -1
		    : most(m->prose - l->lines[m->end].prose, PROSE_MOST);
	*to++ = cut(l->blocks[b->first].copies);
	*to++ = b->first < at ? cut(at - b->first) : -1;
	*to++ = topic_share(l, at);
	*to++ = alike(l, at);
	*to++ = all->proses
		    ? cut(b->words * 100 * all->proses / (all->prose + 1))
		    : -1;
	return to;
}

void
desk_lines_row(
    const struct desk_lines *l, size_t at, int16_t row[DESK_LINE_FEATURES])
{
	int16_t *to = own_row(&l->blocks[at], row);
	to = place_row(l, at, to);
	near_row(l, at, to);
}
