/*
 * crf_confide.c - how likely spans of a sequence are.
 *
 * Confidence comes from the forward and backward sums in float, in a fixed
 * order, scaled at each token.  The four labels of a type, B, I, E, S, lie side
 * by side and are worked on together; the compiler makes vectors of them, or
 * the same sums one by one.  Steps that cannot be have odds of 0 and are
 * left out where none of four can be.
 */
#include "model/crf.h"

#include <string.h>

#include "core/error.h"
#include "model/arith.h"

typedef float four __attribute__((vector_size(16)));
typedef int32_t four_int __attribute__((vector_size(16)));

enum { B, I, E, S, FOUR };

/* What is known of a token: a four for each type, then one for O alone. */
struct sums {
	const struct desk_crf *crf;
	size_t count, row; /* fours of a row */
	/* The sums over all ways to and from each token, each row adding up to
	 * 1 with what it was divided by. */
	four *weight, *forward, *backward;
	float *scale;
	four *to; /* odds of steps to each label, by where they come from */
};

static four
all(float x)
{
	return (four){x, x, x, x};
}

static four
take(const float *from)
{
	four x;
	memcpy(&x, from, sizeof x);
	return x;
}

static float
value_of(const struct sums *s, const four *row, uint32_t label)
{
	return label ? row[(label - 1) / FOUR][(label - 1) % FOUR]
		     : row[s->row - 1][0];
}

static bool
make_room(struct sums *s, struct desk_arena *arena)
{
	s->row = s->crf->types + 1;
	if (s->count > SIZE_MAX / 16 / s->row / sizeof(four))
		return false;
	size_t size = s->count * s->row * sizeof(four);
	s->weight = desk_arena_alloc(arena, size);
	s->forward = desk_arena_alloc(arena, size);
	s->backward = desk_arena_alloc(arena, size);
	s->scale = desk_arena_alloc(arena, s->count * sizeof(float));
	s->to = desk_arena_alloc(arena, s->crf->labels * s->row * sizeof(four));
	return s->weight && s->forward && s->backward && s->scale && s->to;
}

static void
turn_odds(struct sums *s)
{
	const struct desk_crf *crf = s->crf;
	for (uint32_t to = 0; to < crf->labels; to++) {
		four *row = s->to + to * s->row;
		for (uint32_t t = 0; t < crf->types; t++)
			row[t] = (four){crf->odds[1 + FOUR * t + B][to],
			    crf->odds[1 + FOUR * t + I][to],
			    crf->odds[1 + FOUR * t + E][to],
			    crf->odds[1 + FOUR * t + S][to]};
		row[crf->types] = all(crf->odds[0][to]);
	}
}

/* desk_expf() of four numbers from -30 to 0. */
static four
exp_of(four x)
{
	four n = x * all(1.44269504f);
	four_int whole = __builtin_convertvector(n - all(0.5f), four_int);
	n = __builtin_convertvector(whole, four);
	four r = (x - n * all(0.693359375f)) + n * all(2.12194440e-4f);
	four p = all(1.9875691e-4f);
	p = p * r + all(1.3981999e-3f);
	p = p * r + all(8.3334519e-3f);
	p = p * r + all(4.1665795e-2f);
	p = p * r + all(1.6666665e-1f);
	p = p * r + all(0.5f);
	p = p * r * r + r + all(1.0f);
	return p * (four)((whole + 127) << 23);
}

/* What a token says of its labels, next to the best of them. */
static void
weigh(const struct sums *s, const int16_t *score, four *to)
{
	const struct desk_crf *crf = s->crf;
	const four least = all(-30);
	int top = 0;
	for (uint32_t k = 0; k + 1 < crf->labels; k++)
		top = score[k] > top ? score[k] : top;
	for (uint32_t t = 0; t <= crf->types; t++, score += FOUR) {
		four_int own = {0};
		if (t < crf->types)
			own =
			    (four_int){score[B], score[I], score[E], score[S]};
		four x =
		    __builtin_convertvector(own - top, four) * all(crf->unit);
		four_int low = x < least;
		x = (four)(((four_int)x & ~low) | ((four_int)least & low));
		to[t] = exp_of(x);
	}
}

/* A row of sums over all labels that may come before; x is that token's row. */
static void
sum_before(const struct sums *s, const four *x, four *to)
{
	const struct desk_crf *crf = s->crf;
	uint32_t types = crf->types;
	four o = all(x[types][0]), e[DESK_CRF_TYPES], single[DESK_CRF_TYPES];
	float outside = o[0] * crf->odds[0][0];
	for (uint32_t from = 0; from < types; from++) {
		uint32_t b = 1 + FOUR * from;
		e[from] = all(x[from][E]);
		single[from] = all(x[from][S]);
		outside += x[from][E] * crf->odds[b + E][0];
		outside += x[from][S] * crf->odds[b + S][0];
	}
	to[types] = all(outside);
	for (uint32_t t = 0; t < types; t++) {
		uint32_t b = 1 + FOUR * t;
		four sum = o * take(&crf->odds[0][b]);
		for (uint32_t from = 0; from < types; from++) {
			const float(*odds)[DESK_CRF_LABELS + 1] =
			    crf->odds + 1 + FOUR * from;
			sum += e[from] * take(&odds[E][b]);
			sum += single[from] * take(&odds[S][b]);
		}
		sum += all(x[t][B]) * take(&crf->odds[b][b]);
		sum += all(x[t][I]) * take(&crf->odds[b + I][b]);
		to[t] = sum;
	}
}

/* The same of those that may come behind. */
static void
sum_behind(const struct sums *s, const four *x, four *to)
{
	uint32_t types = s->crf->types;
	four o = all(x[types][0]), b[DESK_CRF_TYPES], single[DESK_CRF_TYPES];
	for (uint32_t next = 0; next < types; next++) {
		b[next] = all(x[next][B]);
		single[next] = all(x[next][S]);
	}
	for (uint32_t t = 0; t <= types; t++) {
		const four *odds = s->to + t;
		four sum = odds[0] * o;
		for (uint32_t next = 0; next < types; next++) {
			const four *at = odds + (1 + FOUR * next) * s->row;
			sum += at[B * s->row] * b[next];
			sum += at[S * s->row] * single[next];
		}
		if (t < types) {
			odds += (1 + FOUR * t) * s->row;
			sum += odds[I * s->row] * all(x[t][I]);
			sum += odds[E * s->row] * all(x[t][E]);
		}
		to[t] = sum;
	}
}

static void
go_forward(struct sums *s, const int16_t *scores)
{
	const struct desk_crf *crf = s->crf;
	uint32_t types = crf->types;
	for (size_t i = 0; i < s->count; i++) {
		four *to = s->forward + i * s->row;
		four *weight = s->weight + i * s->row;
		weigh(s, scores + i * crf->width, weight);
		if (i)
			sum_before(s, to - s->row, to);
		for (uint32_t t = 0; !i && t < types; t++)
			to[t] = take(&crf->odds[crf->labels][1 + FOUR * t]);
		if (!i)
			to[types] = all(crf->odds[crf->labels][0]);
		float total = to[types][0] * weight[types][0];
		for (uint32_t t = 0; t < types; t++) {
			to[t] *= weight[t];
			total = total + to[t][B] + to[t][I];
			total = total + to[t][E] + to[t][S];
		}
		to[types] *= weight[types];
		s->scale[i] = total;
		for (uint32_t t = 0; t <= types; t++)
			to[t] /= all(total);
	}
}

static void
go_back(struct sums *s)
{
	const struct desk_crf *crf = s->crf;
	four next[DESK_CRF_TYPES + 1];
	four *last = s->backward + (s->count - 1) * s->row;
	for (uint32_t k = 1; k < crf->labels; k++)
		last[(k - 1) / FOUR][(k - 1) % FOUR] =
		    crf->odds[k][crf->labels];
	last[crf->types] = all(crf->odds[0][crf->labels]);
	for (size_t i = s->count - 1; i-- > 0;) {
		const four *after = s->backward + (i + 1) * s->row;
		const four *weight = s->weight + (i + 1) * s->row;
		for (uint32_t t = 0; t <= crf->types; t++)
			next[t] = weight[t] * after[t] / all(s->scale[i + 1]);
		sum_behind(s, next, s->backward + i * s->row);
	}
}

static float
confidence_of(const struct sums *s, float whole, size_t first,
    const struct desk_crf_span *span)
{
	size_t from = span->from - first, end = span->to - first;
	bool single = end - from == 1;
	uint32_t label = desk_crf_label(
		     span->type, single ? CRF_SINGLE : CRF_BEGIN),
		 last = label;
	float p = value_of(s, s->forward + from * s->row, label);
	for (size_t i = from + 1; i < end; i++) {
		uint32_t to = desk_crf_label(
		    span->type, i + 1 < end ? CRF_INSIDE : CRF_END);
		p *= s->crf->odds[last][to] *
		     value_of(s, s->weight + i * s->row, to) / s->scale[i];
		last = to;
	}
	p *= value_of(s, s->backward + (end - 1) * s->row, last) / whole;
	return p <= 1 ? p : 1; /* also where weights made no number of it */
}

int
desk_crf_confide(const struct desk_crf *crf, const int16_t *scores,
    size_t count, size_t first, const struct desk_crf_span *spans,
    size_t span_count, struct desk_arena *arena, float *confidence,
    struct desk_error *error)
{
	struct sums s = {.crf = crf, .count = count};
	if (!span_count)
		return 0;
	if (!make_room(&s, arena))
		return desk_fail_memory(error);
	turn_odds(&s);
	go_forward(&s, scores);
	go_back(&s);
	float whole = 0;
	for (uint32_t k = 0; k < crf->labels; k++)
		whole += value_of(&s, s.forward + (count - 1) * s.row, k) *
			 crf->odds[k][crf->labels];
	for (size_t i = 0; i < span_count; i++)
		confidence[i] = confidence_of(&s, whole, first, &spans[i]);
	return 0;
}
