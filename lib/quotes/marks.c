/*
 * marks.c - the scanner of quotation marks.
 *
 * First all characters that may be marks are listed, each with its family and
 * the side that its form or its neighbours give it.  Then each mark that opens
 * looks for the one that closes it.  The search ends at the next mark of the
 * family that opens, so that each mark is looked at a few times only, whatever
 * the text.
 */
#include "quotes/marks.h"

#include <string.h>
#if defined(__SSE2__) && !defined(DESK_PORTABLE)
#include <emmintrin.h>
#endif

#include "core/error.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "quotes/lost.h"
#include "quotes/sides.h"

enum { LINES_MAX = 32 }; /* of one sentence each, that single marks go over */

struct desk_mark {
	uint32_t pos, line;
	uint32_t begin; /* of the line */
	uint8_t len, family, side;
	bool even; /* of a straight mark: their number on the line */
	bool low;  /* U+201E, which U+201C closes */
};

static int
add(struct desk_marks *m, struct desk_mark mark, struct desk_arena *arena,
    struct desk_error *error)
{
	if (!DESK_RESERVE(arena, m->marks, m->mark_count, m->mark_room))
		return desk_fail_memory(error);
	m->marks[m->mark_count++] = mark;
	return 0;
}

/* Two of ` or ' are one double mark. */
static bool
ticks(struct desk_slice text, struct desk_span span, size_t at, char c)
{
	return at + 1 < span.end && text.data[at] == c &&
	       text.data[at + 1] == c;
}

/* Two curly single marks, ‘‘ or ’’, are one double mark. */
static bool
twin(struct desk_slice text, struct desk_span span, size_t at, uint32_t c)
{
	return (c == 0x2018 || c == 0x2019) && at + 6 <= span.end &&
	       !memcmp(text.data + at, text.data + at + 3, 3);
}

/* Tells of each line whether its straight marks can pair off. */
static void
count_straight(struct desk_marks *m)
{
	for (size_t i = 0; i < m->mark_count;) {
		size_t n = 0, j = i;
		for (;
		     j < m->mark_count && m->marks[j].line == m->marks[i].line;
		     j++)
			n += m->marks[j].family == MARK_STRAIGHT;
		for (; i < j; i++)
			m->marks[i].even = n % 2 == 0;
	}
}

static bool
is_double(const struct desk_mark *mark)
{
	return mark->family < MARK_SINGLE;
}

/* Whether the marks at i and i + 1 are one that was doubled. */
static bool
doubled(const struct desk_marks *m, size_t i, unsigned side)
{
	if (i + 1 >= m->mark_count)
		return false;
	const struct desk_mark *a = &m->marks[i], *b = a + 1;
	return is_double(a) && a->family == b->family &&
	       a->pos + a->len == b->pos && a->side & side;
}

/* Marks that are doubled on both sides of a stretch, ““so””, are one each. */
static void
merge_doubled(struct desk_marks *m)
{
	size_t kept = 0;
	for (size_t i = 0; i < m->mark_count; i++) {
		bool both = doubled(m, i, MARK_OPEN) &&
			    doubled(m, i + 2, MARK_CLOSE) &&
			    m->marks[i].family == m->marks[i + 2].family &&
			    m->marks[i].line == m->marks[i + 2].line;
		for (int n = both ? 2 : 1; n > 0; n--) {
			struct desk_mark *mark = &m->marks[kept++];
			*mark = m->marks[i];
			if (!both)
				break;
			mark->len = (uint8_t)(2 * mark->len);
			i += n == 2 ? 2 : 1;
		}
	}
	m->mark_count = kept;
}

/* Bytes that a mark, or a line's end, may begin with. */
static const bool first_bytes[256] = {['"'] = true,
    ['\''] = true,
    ['`'] = true,
    ['\n'] = true,
    [0xC2] = true,
    [0xE2] = true,
    [0xE3] = true,
    [0xEF] = true};

/* The next byte that a mark or a line's end may begin with; some others beyond
 * ASCII, too. */
static size_t
next_first(const char *s, size_t at, size_t end)
{
#if defined(__SSE2__) && !defined(DESK_PORTABLE)
	for (; end - at >= 16; at += 16) {
		__m128i v = _mm_loadu_si128((const void *)(s + at));
		__m128i a = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
		__m128i b = _mm_cmpeq_epi8(v, _mm_set1_epi8('\''));
		__m128i c = _mm_cmpeq_epi8(v, _mm_set1_epi8('`'));
		__m128i d = _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'));
		__m128i all = _mm_or_si128(
		    v, _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d)));
		unsigned bits = (unsigned)_mm_movemask_epi8(all);
		if (bits)
			return at + (size_t)__builtin_ctz(bits);
	}
#endif
	while (at < end && !first_bytes[(unsigned char)s[at]])
		at++;
	return at;
}

static int
list_marks(struct desk_marks *m, struct desk_slice text, struct desk_span span,
    struct desk_arena *arena, struct desk_error *error)
{
	uint32_t line = 0, begin = span.start;
	for (size_t at = span.start; at < span.end;) {
		if (!first_bytes[(unsigned char)text.data[at]]) {
			at = next_first(text.data, at + 1, span.end);
			continue;
		}
		size_t n;
		enum desk_side side = MARK_EITHER;
		uint32_t c = desk_utf8_decode(text.data + at, &n);
		int family = desk_mark_kind(c, &side);
		unsigned sides = side;
		line += c == '\n';
		begin = c == '\n' ? (uint32_t)at + 1 : begin;
		if (ticks(text, span, at, '`') || ticks(text, span, at, '\'')) {
			family = MARK_TICKS;
			sides = c == '`'
				    ? MARK_OPEN
				    : desk_straight_side(text, span, at, 2);
			n = 2;
		} else if (!m->apart && twin(text, span, at, c)) {
			family = MARK_CURLY;
			n = 6;
			sides = desk_curly_side(text, span, at, n, side);
		} else if (c == '`') {
			family = MARK_SINGLE;
			sides = desk_single_side(text, span, at, n, MARK_OPEN);
		} else if (family == MARK_SINGLE) {
			sides = desk_single_side(text, span, at, n, side);
		} else if (family == MARK_STRAIGHT) {
			sides = desk_straight_side(text, span, at, n);
		} else if (family == MARK_CURLY && c != 0x201E) {
			sides = desk_curly_side(text, span, at, n, side);
		}
		if (family != MARK_NONE && sides &&
		    add(m,
			(struct desk_mark){.pos = (uint32_t)at,
			    .line = line,
			    .begin = begin,
			    .len = (uint8_t)n,
			    .family = (uint8_t)family,
			    .side = (uint8_t)sides,
			    .low = c == 0x201E},
			arena, error))
			return DESK_ENOMEM;
		at += n;
	}
	count_straight(m);
	merge_doubled(m);
	return 0;
}

/* The next mark of the family after i in its line, or the count. */
static size_t
next_of(const struct desk_marks *m, size_t i, unsigned family, uint32_t line)
{
	for (i++; i < m->mark_count && m->marks[i].line == line; i++)
		if (m->marks[i].family == family)
			return i;
	return m->mark_count;
}

/* Whether the opening mark at j, inside a stretch, is of a nested pair: two
 * closing marks follow it before any opens. */
static bool
nested(const struct desk_marks *m, size_t j, size_t *inner)
{
	const struct desk_mark *o = &m->marks[j];
	size_t a = next_of(m, j, o->family, o->line);
	if (a == m->mark_count || m->marks[a].side != MARK_CLOSE)
		return false;
	size_t b = next_of(m, a, o->family, o->line);
	*inner = a;
	return b < m->mark_count && m->marks[b].side == MARK_CLOSE;
}

/* Whether the mark at j opens a straight pair in its line, which ends at
 * *last. */
static bool
inner_pair(const struct desk_marks *m, size_t j, size_t *last)
{
	const struct desk_mark *o = &m->marks[j];
	if (o->family != MARK_STRAIGHT || o->side != MARK_OPEN)
		return false;
	size_t next = next_of(m, j, MARK_STRAIGHT, o->line);
	if (next == m->mark_count || m->marks[next].side != MARK_CLOSE)
		return false;
	*last = next;
	return true;
}

/* The mark that closes the double mark at i, or the count.  *clash tells that
 * another one opened first in the same line. */
static size_t
close_double(const struct desk_marks *m, size_t i, bool *clash)
{
	const struct desk_mark *o = &m->marks[i];
	size_t other = m->mark_count;
	*clash = false;
	for (size_t j = i + 1; j < m->mark_count; j++) {
		const struct desk_mark *c = &m->marks[j];
		if (!is_double(c))
			continue;
		bool same = c->family == o->family;
		bool below = c->line != o->line;
		if (below && other < m->mark_count)
			return other;
		if (same && o->family == MARK_STRAIGHT) {
			if (!below && (o->even || c->side != MARK_OPEN))
				return j;
			*clash = !below;
			return below && c->side == MARK_CLOSE ? j : other;
		}
		if (same && (c->side & MARK_CLOSE || (o->low && !c->low)))
			return j;
		if (same) {
			if (!below && nested(m, j, &j))
				continue;
			*clash = !below;
			return other;
		}
		if (below)
			return c->side == MARK_CLOSE ? j : other;
		/* “the "contacts" of a lawyer: a pair inside */
		if (other == m->mark_count && !below && inner_pair(m, j, &j))
			continue;
		/* a straight mark that opens after one that closed: curly
		 * and straight ones are mixed */
		if (other < m->mark_count && c->side == MARK_OPEN &&
		    m->marks[other].family == MARK_STRAIGHT)
			return other;
		if (other == m->mark_count && c->side != MARK_OPEN)
			other = j;
	}
	return other;
}

/* The end of the line at a place. */
static uint32_t
line_end(struct desk_slice text, struct desk_span span, uint32_t at)
{
	const char *nl = memchr(text.data + at, '\n', span.end - at);
	return nl ? (uint32_t)(nl - text.data) : span.end;
}

static bool
is_stop(char c)
{
	return c == '.' || c == ',' || c == '!' || c == '?';
}

/* Whether a sentence ends with the line of a place. */
static bool
sentence_ends(struct desk_slice text, struct desk_span span, uint32_t at)
{
	uint32_t end = line_end(text, span, at);
	while (end > at && text.data[end - 1] == ' ')
		end--;
	return is_stop(text.data[end - 1]) && text.data[end - 1] != ',';
}

/* The mark that closes the single mark at i, or the count: the first after a
 * stop or comma, else the first, before another one opens; in lines below, as
 * long as each is a sentence, only one after a stop.  *alone tells that none is
 * after a stop, and none opens in the line. */
static size_t
close_single(const struct desk_marks *m, struct desk_slice text,
    struct desk_span span, size_t i, bool *alone)
{
	const struct desk_mark *o = &m->marks[i];
	size_t first = m->mark_count;
	*alone = false;
	for (size_t j = i + 1; j < m->mark_count; j++) {
		const struct desk_mark *c = &m->marks[j];
		if (c->line != m->marks[j - 1].line &&
		    (first < m->mark_count || c->line > o->line + LINES_MAX ||
			!sentence_ends(text, span, m->marks[j - 1].pos)))
			break;
		if (c->family != o->family)
			continue;
		if (c->side == MARK_OPEN) {
			*alone = c->line != o->line;
			return first;
		}
		if (is_stop(text.data[c->pos - 1]))
			return j;
		if (first == m->mark_count && c->line == o->line)
			first = j;
	}
	*alone = true;
	return first;
}

static int
add_region(struct desk_marks *m, struct desk_slice text, struct desk_region r,
    struct desk_arena *arena, struct desk_error *error)
{
	size_t start = r.in_start, end = r.in_end;
	desk_trim(text.data, &start, &end);
	r.in_start = (uint32_t)start;
	r.in_end = (uint32_t)end;
	if (start >= end)
		return 0;
	if (!DESK_RESERVE(arena, m->regions, m->region_count, m->region_room))
		return desk_fail_memory(error);
	m->regions[m->region_count++] = r;
	return 0;
}

/* Whether a single mark is at a place, before a word. */
static bool
single_opens(struct desk_slice text, size_t at)
{
	enum desk_side side;
	size_t n, next;
	uint32_t c = desk_utf8_decode(text.data + at, &n);
	return desk_mark_kind(c, &side) == MARK_SINGLE && at + n < text.len &&
	       desk_class(desk_utf8_decode(text.data + at + n, &next)) &
		   DESK_WORD &&
	       !desk_elision(text.data + at + n, text.len - at - n);
}

/* Whether a single mark opens speech that goes on in the next paragraph: a
 * sentence begins behind it, one ends with the line, and the paragraph below
 * opens with such a mark again. */
static bool
goes_on(
    const struct desk_mark *o, struct desk_slice text, struct desk_span span)
{
	size_t n, end = line_end(text, span, o->pos), below = end;
	uint32_t first = desk_utf8_decode(text.data + o->pos + o->len, &n);
	while (end > o->pos && (unsigned char)text.data[end - 1] <= ' ')
		end--;
	while (below < text.len && (unsigned char)text.data[below] <= ' ')
		below++;
	return desk_class(first) & DESK_UPPER && is_stop(text.data[end - 1]) &&
	       text.data[end - 1] != ',' && below < text.len &&
	       single_opens(text, below);
}

/* A closing mark without one that opens, behind a stop or comma: speech from
 * the line's start; or where marks came before on the line, from the next
 * sentence on that begins at *from or later, which is where they end or where
 * the last search did.  *start gets it. */
static bool
lost_open(const struct desk_marks *m, struct desk_slice text, size_t i,
    uint32_t *from, uint32_t *start)
{
	const struct desk_mark *c = &m->marks[i];
	if (!is_double(c) || c->side != MARK_CLOSE || !c->pos ||
	    !is_stop(text.data[c->pos - 1]))
		return false;
	*start = c->begin;
	if (*from > *start) {
		*start = desk_lost_start(text, *from, c->pos);
		if (!*start && *from + 8 < c->pos)
			*from = c->pos - 8;
		return *start > 0;
	}
	return !i || m->marks[i - 1].line != c->line;
}

/* Whether words of saying tell where speech ends that lost its last mark. */
static bool
told_end(const struct desk_marks *m, struct desk_slice text,
    struct desk_span span, size_t i, struct desk_region *r)
{
	const struct desk_mark *o = &m->marks[i];
	if (r->single || !(o->side & MARK_OPEN))
		return false;
	uint32_t to = line_end(text, span, o->pos);
	if (i + 1 < m->mark_count && m->marks[i + 1].pos < to)
		to = m->marks[i + 1].pos;
	r->in_end = r->end = desk_lost_end(text, r->in_start, to);
	r->told = r->end > 0;
	return r->told;
}

/* The stretch that begins at the mark *i, or ends there where the mark that
 * opens was lost; *i becomes the last mark in it. */
static bool
read_region(const struct desk_marks *m, struct desk_slice text,
    struct desk_span span, size_t *i, uint32_t *from, struct desk_region *r)
{
	const struct desk_mark *o = &m->marks[*i];
	bool clash = false;
	*r = (struct desk_region){.start = o->pos,
	    .in_start = o->pos + o->len,
	    .opened = true,
	    .closed = true,
	    .single = !is_double(o)};
	if (lost_open(m, text, *i, from, &r->start)) {
		r->in_start = r->start;
		r->in_end = o->pos;
		r->end = o->pos + o->len;
		r->opened = false;
		return true;
	}
	if (!(o->side & MARK_OPEN))
		return false;
	bool alone = false;
	size_t c = r->single ? close_single(m, text, span, *i, &alone)
			     : close_double(m, *i, &clash);
	bool on = alone && goes_on(o, text, span);
	if (c < m->mark_count && !on) {
		r->in_end = m->marks[c].pos;
		r->end = r->in_end + m->marks[c].len;
		*i = c;
		return true;
	}
	if (told_end(m, text, span, *i, r))
		return true;
	if ((r->single && !on) || clash || o->side != MARK_OPEN)
		return false;
	r->end = r->in_end = line_end(text, span, o->pos);
	r->closed = false;
	while (*i + 1 < m->mark_count && m->marks[*i + 1].pos < r->end)
		++*i;
	return true;
}

int
desk_marks_scan(struct desk_marks *m, struct desk_slice text,
    struct desk_span span, struct desk_arena *arena, struct desk_error *error)
{
	uint32_t from = 0;
	m->mark_count = m->region_count = 0;
	if (list_marks(m, text, span, arena, error))
		return DESK_ENOMEM;
	for (size_t i = 0; i < m->mark_count; i++) {
		struct desk_region r;
		if (!read_region(m, text, span, &i, &from, &r))
			continue;
		from = r.end;
		if (add_region(m, text, r, arena, error))
			return DESK_ENOMEM;
	}
	return 0;
}
