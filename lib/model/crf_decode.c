/*
 * crf_decode.c - the likeliest labels of a sequence.
 *
 * Viterbi's algorithm (1967) in 16 bits, a register of labels at a time: the
 * best score of each label is kept relative to the best of all, and what falls
 * out of range is out of question.  No way back is written down; it is found
 * again from the scores, which takes one label a token.
 */
#include "core/error.h"
#include "model/crf.h"
#include "model/lanes.h"

enum { DEAD = INT16_MIN };

/* Rows of scores: labels from 1 on, then a register for O alone. */
struct lattice {
	const struct desk_crf *crf;
	size_t stride;
	int16_t *rows;
	uint64_t allowed;		       /* what open stands for */
	int16_t open[DESK_CRF_LABELS + LANES]; /* all bits, or none */
};

/* The next label that may end a span, behind O. */
static uint32_t
next_end(uint32_t label)
{
	return label % 4 == 3 ? label + 1 : label + 3;
}

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

/*
 * The same for few labels, which stay in registers.  Only what ends a span
 * looks at all other labels; its begin and inside look at their own type, so
 * that those of all types are done at once.
 */
enum { NARROW = 2, NARROW_TYPES = NARROW * LANES / 4 };

struct narrow {
	lanes from_o[NARROW], from_b[NARROW], from_i[NARROW];
	lanes from_e[NARROW_TYPES][NARROW], from_s[NARROW_TYPES][NARROW];
	lanes to_o[NARROW], o_to_o;
};

static void
narrow_set(struct narrow *n, const struct desk_crf *crf)
{
	for (uint32_t r = 0; r < crf->width / LANES; r++) {
		int16_t b[LANES], i[LANES], o[LANES];
		n->from_o[r] = take(crf->go[0] + r * LANES);
		for (uint32_t k = 0; k < LANES; k++) {
			uint32_t to = r * LANES + k, first = to / 4 * 4 + 1;
			bool there = to + 1 < crf->labels;
			b[k] = there ? crf->go[first][to] : DEAD;
			i[k] = there ? crf->go[first + 1][to] : DEAD;
			o[k] =
			    there && k % 4 > 1 ? crf->steps[to + 1][0] : DEAD;
		}
		n->from_b[r] = take(b);
		n->from_i[r] = take(i);
		n->to_o[r] = take(o);
		for (uint32_t t = 0; t < crf->types; t++) {
			n->from_e[t][r] = take(crf->go[4 * t + 3] + r * LANES);
			n->from_s[t][r] = take(crf->go[4 * t + 4] + r * LANES);
		}
	}
	n->o_to_o = all(crf->steps[0][0]);
}

static inline lanes
best_of(lanes best, lanes before, lanes step)
{
	return larger(best, plus(before, step));
}

/* All tokens behind the first; registers and types are known when this is
 * compiled. */
static inline __attribute__((always_inline)) void
go_on(const struct lattice *l, const int16_t *scores, size_t count,
    const uint64_t *allowed, const uint32_t regs, const uint32_t types)
{
	struct narrow n;
	lanes at[NARROW], x[NARROW], o = all(l->rows[regs * LANES]);
	uint64_t labels = (UINT64_C(1) << 4 * types) - 1;
	narrow_set(&n, l->crf);
	for (uint32_t r = 0; r < regs; r++)
		at[r] = take(l->rows + r * LANES);
	for (size_t i = 1; i < count; i++) {
		int16_t *row = l->rows + i * l->stride;
		uint64_t open = allowed ? allowed[i] : UINT64_MAX;
		lanes end = plus(at[0], n.to_o[0]), top = all(DEAD);
		for (uint32_t r = 1; r < regs; r++)
			end = best_of(end, at[r], n.to_o[r]);
		for (uint32_t r = 0; r < regs; r++) {
			x[r] = plus(o, n.from_o[r]);
			x[r] = best_of(x[r], FOURS(at[r], 0), n.from_b[r]);
			x[r] = best_of(x[r], FOURS(at[r], 1), n.from_i[r]);
			for (uint32_t t = 0; t < types; t++) {
				lanes e = FOURS(at[t / 2], 2);
				lanes s = FOURS(at[t / 2], 3);
				x[r] = best_of(
				    x[r], half(e, t % 2), n.from_e[t][r]);
				x[r] = best_of(
				    x[r], half(s, t % 2), n.from_s[t][r]);
			}
			x[r] =
			    plus(x[r], take(scores + (i * regs + r) * LANES));
			x[r] = only(x[r],
			    chosen((open & labels << 1) >> (1 + r * LANES) &
				   0xFF));
			top = larger(top, x[r]);
		}
		o = larger(plus(o, n.o_to_o), peak(end));
		o = open & 1 ? o : all(DEAD);
		top = peak(larger(top, o));
		for (uint32_t r = 0; r < regs; r++) {
			at[r] = minus(x[r], top);
			give(row + r * LANES, at[r]);
		}
		o = minus(o, top);
		give(row + regs * LANES, o);
	}
}

static void
go_on_wide(struct lattice *l, const int16_t *scores, size_t count,
    const uint64_t *allowed)
{
	for (size_t i = 1; i < count; i++) {
		if (allowed && allowed[i] != l->allowed)
			allow(l, allowed[i]);
		step(l, l->rows + i * l->stride, scores + i * l->crf->width);
	}
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
	switch (crf->types) {
	case 2:
		go_on(&l, scores, count, allowed, 1, 2);
		break;
	case 3:
		go_on(&l, scores, count, allowed, 2, 3);
		break;
	case 4:
		go_on(&l, scores, count, allowed, 2, 4);
		break;
	default:
		go_on_wide(&l, scores, count, allowed);
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
