/*
 * crf_decode.c - the likeliest labels of a sequence.
 *
 * Viterbi's algorithm (1967) in 16 bits, a register of labels at a time: the
 * best score of each label is kept relative to the best of all, and what falls
 * out of range is out of question.  No way back is written down; it is found
 * again from the scores, which takes one label a token.
 */
#include <string.h>
#if defined(__SSE2__) && !defined(DESK_PORTABLE)
#include <emmintrin.h>
#endif

#include "core/error.h"
#include "model/crf.h"

enum { LANES = 8, DEAD = INT16_MIN };

/* Rows of scores: labels from 1 on, then a register for O alone. */
struct lattice {
	const struct desk_crf *crf;
	size_t stride;
	int16_t *rows;
	uint64_t allowed;		       /* what open stands for */
	int16_t open[DESK_CRF_LABELS + LANES]; /* all bits, or none */
};

static int32_t
clip(int32_t x)
{
	return x < DEAD ? DEAD : x > INT16_MAX ? INT16_MAX : x;
}

/* The next label that may end a span, behind O. */
static uint32_t
next_end(uint32_t label)
{
	return label % 4 == 3 ? label + 1 : label + 3;
}

#if defined(__SSE2__) && !defined(DESK_PORTABLE)

typedef __m128i lanes;

static inline lanes
take(const int16_t *from)
{
	return _mm_loadu_si128((const __m128i *)(const void *)from);
}

static inline void
give(int16_t *to, lanes x)
{
	_mm_storeu_si128((__m128i *)(void *)to, x);
}

static inline lanes
all(int16_t x)
{
	return _mm_set1_epi16(x);
}

static inline lanes
plus(lanes a, lanes b)
{
	return _mm_adds_epi16(a, b);
}

static inline lanes
minus(lanes a, lanes b)
{
	return _mm_subs_epi16(a, b);
}

static inline lanes
larger(lanes a, lanes b)
{
	return _mm_max_epi16(a, b);
}

static inline lanes
only(lanes a, lanes open)
{
	return _mm_or_si128(
	    _mm_and_si128(a, open), _mm_andnot_si128(open, all(DEAD)));
}

static inline int16_t
largest(lanes a)
{
	a = larger(a, _mm_srli_si128(a, 8));
	a = larger(a, _mm_srli_si128(a, 4));
	a = larger(a, _mm_srli_si128(a, 2));
	return (int16_t)_mm_cvtsi128_si32(a);
}

#else

typedef struct {
	int16_t x[LANES];
} lanes;

#define EACH(expression)                                                       \
	lanes r;                                                               \
	for (int k = 0; k < LANES; k++)                                        \
		r.x[k] = (int16_t)(expression);                                \
	return r

static inline lanes
take(const int16_t *from)
{
	EACH(from[k]);
}

static inline void
give(int16_t *to, lanes a)
{
	memcpy(to, a.x, sizeof a.x);
}

static inline lanes
all(int16_t x)
{
	EACH(x);
}

static inline lanes
plus(lanes a, lanes b)
{
	EACH(clip(a.x[k] + b.x[k]));
}

static inline lanes
minus(lanes a, lanes b)
{
	EACH(clip(a.x[k] - b.x[k]));
}

static inline lanes
larger(lanes a, lanes b)
{
	EACH(a.x[k] > b.x[k] ? a.x[k] : b.x[k]);
}

static inline lanes
only(lanes a, lanes open)
{
	EACH(open.x[k] ? a.x[k] : DEAD);
}

static inline int16_t
largest(lanes a)
{
	int16_t top = a.x[0];
	for (int k = 1; k < LANES; k++)
		top = a.x[k] > top ? a.x[k] : top;
	return top;
}

#endif

static void
allow(struct lattice *l, uint64_t allowed)
{
	const struct desk_crf *crf = l->crf;
	l->allowed = allowed;
	for (uint32_t k = 0; k < crf->width; k++)
		l->open[k] =
		    k + 1 < crf->labels && (allowed >> (k + 1) & 1) ? -1 : 0;
}

/* Adds what the token says, leaves out what is not allowed, and makes all
 * relative to the best. */
static void
settle(const struct lattice *l, int16_t *row, const int16_t *scores, int32_t o)
{
	uint32_t width = l->crf->width;
	lanes top = all(DEAD);
	for (uint32_t k = 0; k < width; k += LANES) {
		lanes x = plus(take(row + k), take(scores + k));
		x = only(x, take(l->open + k));
		top = larger(top, x);
		give(row + k, x);
	}
	int16_t best = largest(top);
	row[width] = (int16_t)(l->allowed & 1 ? clip(o) : DEAD);
	best = row[width] > best ? row[width] : best;
	for (uint32_t k = 0; k <= width; k += LANES)
		give(row + k, minus(take(row + k), all(best)));
}

static void
begin(const struct lattice *l, const int16_t *scores)
{
	const struct desk_crf *crf = l->crf;
	for (uint32_t k = 0; k < crf->width; k += LANES)
		give(l->rows + k, take(crf->go[crf->labels] + k));
	settle(l, l->rows, scores, crf->steps[crf->labels][0]);
}

static void
step(const struct lattice *l, int16_t *row, const int16_t *scores)
{
	const struct desk_crf *crf = l->crf;
	const int16_t *before = row - l->stride;
	uint32_t n = crf->labels, width = crf->width;
	int32_t o = before[width] + crf->steps[0][0];
	for (uint32_t from = 3; from < n; from = next_end(from)) {
		int32_t score = before[from - 1] + crf->steps[from][0];
		o = score > o ? score : o;
	}
	for (uint32_t k = 0; k < width; k += LANES) {
		lanes best = plus(all(before[width]), take(crf->go[0] + k));
		for (uint32_t from = 1; from < n; from++)
			best = larger(best, plus(all(before[from - 1]),
						take(crf->go[from] + k)));
		give(row + k, best);
	}
	settle(l, row, scores, o);
}

/* Which label before leads to one with the best score: O where it is as good
 * as another, else the first. */
static uint32_t
way_back(const struct lattice *l, const int16_t *before, uint32_t to)
{
	const struct desk_crf *crf = l->crf;
	if (to && (to % 4 == 2 || to % 4 == 3)) {
		uint32_t b = to - (to - 1) % 4;
		return before[b - 1] + crf->steps[b][to] >=
			       before[b] + crf->steps[b + 1][to]
			   ? b
			   : b + 1;
	}
	uint32_t best = 0;
	int32_t most = before[crf->width] + crf->steps[0][to];
	for (uint32_t from = 3; from < crf->labels; from = next_end(from)) {
		int32_t score = before[from - 1] + crf->steps[from][to];
		if (score > most) {
			most = score;
			best = from;
		}
	}
	return best;
}

int
desk_crf_decode(const struct desk_crf *crf, const int16_t *scores, size_t count,
    const uint64_t *allowed, struct desk_arena *arena, uint8_t *labels,
    struct desk_error *error)
{
	struct lattice l = {.crf = crf, .stride = crf->width + LANES};
	if (!count)
		return 0;
	if (count < SIZE_MAX / 4 / l.stride)
		l.rows =
		    desk_arena_alloc(arena, count * l.stride * sizeof *l.rows);
	if (!l.rows)
		return desk_fail_memory(error);
	allow(&l, allowed ? allowed[0] : UINT64_MAX);
	begin(&l, scores);
	for (size_t i = 1; i < count; i++) {
		if (allowed && allowed[i] != l.allowed)
			allow(&l, allowed[i]);
		step(&l, l.rows + i * l.stride, scores + i * crf->width);
	}
	/* the end of the sequence is as good as O to end before */
	const int16_t *row = l.rows + (count - 1) * l.stride;
	uint32_t last = way_back(&l, row, crf->labels);
	for (size_t i = count; i-- > 0;) {
		labels[i] = (uint8_t)last;
		if (i)
			last = way_back(&l, row -= l.stride, last);
	}
	return 0;
}
