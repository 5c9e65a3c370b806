/*
 * crf_confide.c - how likely spans of a sequence are.
 *
 * Confidence comes from the forward and backward sums in float, in a fixed
 * order, scaled at each token.  Steps are looked at by what can be.
 */
#include "model/crf.h"

#include <string.h>

#include "core/error.h"
#include "model/arith.h"

/* The sums over all ways to and from each token, each row adding up to 1 with
 * what it was divided by. */
struct sums {
	const struct desk_crf *crf;
	size_t count;
	float *weight; /* of each label at each token */
	float *forward, *backward, *scale;
};

static bool
make_room(struct sums *s, struct desk_arena *arena)
{
	size_t n = s->crf->labels;
	if (s->count > SIZE_MAX / 16 / n)
		return false;
	size_t size = s->count * n * sizeof(float);
	s->weight = desk_arena_alloc(arena, size);
	s->forward = desk_arena_alloc(arena, size);
	s->backward = desk_arena_alloc(arena, size);
	s->scale = desk_arena_alloc(arena, s->count * sizeof(float));
	return s->weight && s->forward && s->backward && s->scale;
}

static void
weigh(struct sums *s, const int16_t *scores)
{
	uint32_t n = s->crf->labels;
	for (size_t i = 0; i < s->count; i++) {
		const int16_t *score = scores + i * s->crf->width;
		int top = 0;
		for (uint32_t k = 1; k < n; k++)
			top = score[k - 1] > top ? score[k - 1] : top;
		for (uint32_t k = 0; k < n; k++) {
			int own = k ? score[k - 1] : 0;
			float x = (float)(own - top) * s->crf->unit;
			s->weight[i * n + k] = desk_expf(x < -30 ? -30 : x);
		}
	}
}

/* A row of sums over all labels that may come before, or behind; x is that
 * token's row.  As in decoding, steps are looked at by what can be. */
static void
sum_before(const struct desk_crf *crf, const float *x, float *to)
{
	uint32_t n = crf->labels;
	for (uint32_t k = 0; k < n; k += k % 4 == 1 ? 3 : 1) {
		float sum = x[0] * crf->odds[0][k];
		for (uint32_t from = 3; from < n; from += from % 4 == 3 ? 1 : 3)
			sum += x[from] * crf->odds[from][k];
		to[k] = sum;
	}
	for (uint32_t b = 1; b < n; b += 4)
		for (uint32_t k = b + 1; k < b + 3; k++)
			to[k] = x[b] * crf->odds[b][k] +
				x[b + 1] * crf->odds[b + 1][k];
}

static void
sum_behind(const struct desk_crf *crf, const float *x, float *to)
{
	uint32_t n = crf->labels;
	for (uint32_t k = 0; k < n; k += !k || k % 4 == 0 ? 3 : 1) {
		float sum = 0;
		for (uint32_t next = 0; next < n; next += next % 4 == 1 ? 3 : 1)
			sum += crf->odds[k][next] * x[next];
		to[k] = sum;
	}
	for (uint32_t b = 1; b < n; b += 4)
		for (uint32_t k = b; k < b + 2; k++)
			to[k] = crf->odds[k][b + 1] * x[b + 1] +
				crf->odds[k][b + 2] * x[b + 2];
}

static void
go_forward(struct sums *s)
{
	uint32_t n = s->crf->labels;
	for (size_t i = 0; i < s->count; i++) {
		float *to = s->forward + i * n, total = 0;
		if (i)
			sum_before(s->crf, to - n, to);
		else
			memcpy(to, s->crf->odds[n], n * sizeof *to);
		for (uint32_t k = 0; k < n; k++) {
			to[k] *= s->weight[i * n + k];
			total += to[k];
		}
		s->scale[i] = total;
		for (uint32_t k = 0; k < n; k++)
			to[k] /= total;
	}
}

static void
go_back(struct sums *s)
{
	uint32_t n = s->crf->labels;
	float next[DESK_CRF_LABELS];
	for (uint32_t k = 0; k < n; k++)
		s->backward[(s->count - 1) * n + k] = s->crf->odds[k][n];
	for (size_t i = s->count - 1; i-- > 0;) {
		const float *after = s->backward + (i + 1) * n;
		for (uint32_t k = 0; k < n; k++)
			next[k] = s->weight[(i + 1) * n + k] * after[k] /
				  s->scale[i + 1];
		sum_behind(s->crf, next, s->backward + i * n);
	}
}

static float
confidence_of(
    const struct sums *s, float whole, const struct desk_crf_span *span)
{
	uint32_t n = s->crf->labels;
	bool single = span->to - span->from == 1;
	uint32_t label = desk_crf_label(
		     span->type, single ? CRF_SINGLE : CRF_BEGIN),
		 last = label;
	float p = s->forward[span->from * n + label];
	for (uint32_t i = span->from + 1; i < span->to; i++) {
		uint32_t to = desk_crf_label(
		    span->type, i + 1 < span->to ? CRF_INSIDE : CRF_END);
		p *= s->crf->odds[last][to] * s->weight[i * n + to] /
		     s->scale[i];
		last = to;
	}
	p *= s->backward[(span->to - 1) * n + last] / whole;
	return p <= 1 ? p : 1; /* also where weights made no number of it */
}

int
desk_crf_confide(const struct desk_crf *crf, const int16_t *scores,
    size_t count, const struct desk_crf_span *spans, size_t span_count,
    struct desk_arena *arena, float *confidence, struct desk_error *error)
{
	struct sums s = {.crf = crf, .count = count};
	if (!span_count)
		return 0;
	if (!make_room(&s, arena))
		return desk_fail_memory(error);
	weigh(&s, scores);
	go_forward(&s);
	go_back(&s);
	float whole = 0;
	for (uint32_t k = 0; k < crf->labels; k++)
		whole += s.forward[(count - 1) * crf->labels + k] *
			 crf->odds[k][crf->labels];
	for (size_t i = 0; i < span_count; i++)
		confidence[i] = confidence_of(&s, whole, &spans[i]);
	return 0;
}
