/*
 * crf_step.c - one step of training, on one sequence.
 *
 * The forward and backward sums give how likely each label is at each token
 * and each step between two tokens; the difference from the known labels is
 * the slope.  Sums are kept near 1 by a factor at each token.  All additions
 * are in a fixed order, four labels side by side.
 */
#include <string.h>

#include "core/error.h"
#include "model/arith.h"
#include "model/crf_data.h"

/* Slopes this small teach nothing that is worth the time. */
static const float least_slope = 0.001f;

/* Where sums of squared slopes begin, so that first steps are no leaps. */
static const float first_square = 0.01f;

enum { N = DESK_CRF_LABELS + 1, F = DESK_CRF_FOURS };

/* Room for the sequence at hand; scores become weights, then slopes. */
struct desk_crf_work {
	desk_four *scores, *forward, *backward;
	float *scale;
	size_t room;
	desk_four step[N][F]; /* e to the step's weight, by label left */
	float first[F * 4], last[F * 4];
	desk_four expected[N][F];
};

static const desk_four nothing = {0, 0, 0, 0};

static desk_four
all(float x)
{
	return (desk_four){x, x, x, x};
}

static float
total(const desk_four *v, uint32_t fours)
{
	desk_four sum = nothing;
	for (uint32_t k = 0; k < fours; k++)
		sum += v[k];
	return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static int
make_room(struct desk_crf_trainer *t, size_t count, struct desk_error *error)
{
	if (!t->work) {
		t->work = desk_arena_alloc(&t->arena, sizeof *t->work);
		if (!t->work)
			return desk_fail_memory(error);
		memset(t->work, 0, sizeof *t->work);
	}
	struct desk_crf_work *w = t->work;
	if (count <= w->room)
		return 0;
	w->room = count + count / 2;
	size_t size = w->room * t->fours * sizeof(desk_four);
	w->scores = desk_arena_alloc(&t->arena, size);
	w->forward = desk_arena_alloc(&t->arena, size);
	w->backward = desk_arena_alloc(&t->arena, size);
	w->scale = desk_arena_alloc(&t->arena, w->room * sizeof(float));
	if (!w->scores || !w->forward || !w->backward || !w->scale) {
		w->room = 0;
		return desk_fail_memory(error);
	}
	return 0;
}

/* Puts e to the score of each label that can be into a vector; the largest is
 * 1.  The result is what was taken off. */
static float
exponentiate(desk_four *v, uint32_t labels, uint32_t fours)
{
	float flat[F * 4], top;
	memcpy(flat, v, fours * sizeof *v);
	top = flat[0];
	for (uint32_t k = 1; k < labels; k++)
		top = flat[k] > top ? flat[k] : top;
	for (uint32_t k = 0; k < labels; k++) {
		float x = flat[k] - top;
		flat[k] = desk_expf(x < -30.0f ? -30.0f : x);
	}
	memcpy(v, flat, fours * sizeof *v);
	return top;
}

/* Which features of a sequence are left out in an epoch. */
struct dropout {
	uint64_t seed;
	uint64_t below; /* left out where the dice show less, of 2^32 */
	float weight;	/* of the others, which stand for all */
};

static struct dropout
dropout_of(const struct desk_crf_trainer *t, const struct desk_crf_sequence *s)
{
	float part = t->options.dropout;
	uint64_t sequence = (uint64_t)(s - t->sequences);
	return (struct dropout){
	    .seed = desk_crf_dice(t->options.seed + t->epoch, sequence),
	    .below = (uint64_t)(part * 4294967296.0f),
	    .weight = 1 / (1 - part)};
}

static bool
left_out(const struct dropout *d, uint32_t feature)
{
	return d->below && desk_crf_dice(d->seed, feature) >> 32 < d->below;
}

static void
score(struct desk_crf_trainer *t, const struct desk_crf_sequence *s,
    const struct dropout *d)
{
	uint32_t fours = t->fours;
	for (uint32_t i = 0; i < s->count; i++) {
		desk_four *to = t->work->scores + (size_t)i * fours;
		for (uint32_t k = 0; k < fours; k++)
			to[k] = nothing;
		for (uint32_t f = s->starts[i]; f < s->starts[i + 1]; f++) {
			if (left_out(d, f))
				continue;
			const desk_four *row =
			    desk_crf_weights(t, s->features[f]);
			for (uint32_t k = 0; k < fours; k++)
				to[k] += row[k];
		}
		for (uint32_t k = 0; k < fours; k++)
			to[k] *= all(d->weight);
	}
}

/* The weights of steps as factors; 0 for those that cannot be. */
static void
prepare_steps(struct desk_crf_trainer *t)
{
	struct desk_crf_work *w = t->work;
	uint32_t n = t->labels;
	for (uint32_t from = 0; from <= n; from++) {
		float row[F * 4] = {0};
		for (uint32_t to = 0; to < n; to++)
			if (desk_crf_may_follow(n, from, to))
				row[to] = desk_expf(t->steps[from][to]);
		memcpy(w->step[from], row, sizeof row);
	}
	for (uint32_t k = 0; k < n; k++) {
		w->first[k] = w->step[n][k / 4][k % 4];
		w->last[k] = desk_crf_may_follow(n, k, n)
				 ? desk_expf(t->steps[k][n])
				 : 0;
	}
	memset(w->expected, 0, sizeof w->expected);
}

/* Forward sums; the result is the logarithm of the sum over all ways. */
static double
go_forward(struct desk_crf_trainer *t, size_t count)
{
	struct desk_crf_work *w = t->work;
	uint32_t fours = t->fours;
	double log_sum = 0;
	for (size_t i = 0; i < count; i++) {
		desk_four *to = w->forward + i * fours;
		const desk_four *weight = w->scores + i * fours;
		if (i) {
			float before[F * 4];
			memcpy(before, to - fours, fours * sizeof *to);
			for (uint32_t k = 0; k < fours; k++)
				to[k] = nothing;
			for (uint32_t from = 0; from < t->labels; from++)
				for (uint32_t k = 0; k < fours; k++)
					to[k] += all(before[from]) *
						 w->step[from][k];
		} else {
			memcpy(to, w->first, fours * sizeof *to);
		}
		for (uint32_t k = 0; k < fours; k++)
			to[k] *= weight[k];
		float sum = total(to, fours);
		w->scale[i] = sum;
		log_sum += (double)desk_logf(sum);
		for (uint32_t k = 0; k < fours; k++)
			to[k] *= all(1 / sum);
	}
	desk_four ended[F];
	memcpy(ended, w->last, sizeof ended);
	for (uint32_t k = 0; k < fours; k++)
		ended[k] *= w->forward[(count - 1) * fours + k];
	float sum = total(ended, fours);
	/* The last factor makes backward sums those of whole ways. */
	for (uint32_t k = 0; k < t->labels; k++)
		w->last[k] /= sum;
	return log_sum + (double)desk_logf(sum);
}

/* Backward sums, and the steps that are expected. */
static void
go_back(struct desk_crf_trainer *t, size_t count)
{
	struct desk_crf_work *w = t->work;
	uint32_t fours = t->fours;
	desk_four *to = w->backward + (count - 1) * fours;
	memcpy(to, w->last, fours * sizeof *to);
	for (size_t i = count - 1; i-- > 0;) {
		desk_four next[F], *forward = w->forward + i * fours;
		float flat[F * 4] = {0}, here[F * 4];
		memcpy(here, forward, fours * sizeof *forward);
		for (uint32_t k = 0; k < fours; k++)
			next[k] = w->scores[(i + 1) * fours + k] *
				  w->backward[(i + 1) * fours + k] *
				  all(1 / w->scale[i + 1]);
		for (uint32_t from = 0; from < t->labels; from++) {
			desk_four way[F];
			for (uint32_t k = 0; k < fours; k++) {
				way[k] = w->step[from][k] * next[k];
				w->expected[from][k] +=
				    all(here[from]) * way[k];
			}
			flat[from] = total(way, fours);
		}
		memcpy(w->backward + i * fours, flat, fours * sizeof *to);
	}
}

/* One weight, by its slope. */
static void
learn(float *weight, float *square, float slope, float rate)
{
	*square += slope * slope;
	*weight -= rate * slope * desk_rsqrtf(*square + first_square);
}

static void
learn_steps(struct desk_crf_trainer *t, const struct desk_crf_sequence *s)
{
	struct desk_crf_work *w = t->work;
	uint32_t n = t->labels, fours = t->fours;
	static const struct zero {
		float slope[N][N];
	} zero;
	struct zero z = zero;
	for (uint32_t from = 0; from < n; from++)
		for (uint32_t to = 0; to < n; to++)
			z.slope[from][to] = w->expected[from][to / 4][to % 4];
	for (uint32_t k = 0; k < n; k++) {
		z.slope[n][k] =
		    w->forward[k / 4][k % 4] * w->backward[k / 4][k % 4];
		z.slope[k][n] =
		    w->forward[(size_t)(s->count - 1) * fours + k / 4][k % 4] *
		    w->last[k];
	}
	uint32_t from = n;
	for (uint32_t i = 0; i < s->count; i++) {
		z.slope[from][s->labels[i]] -= 1;
		from = s->labels[i];
	}
	z.slope[from][n] -= 1;
	for (from = 0; from <= n; from++)
		for (uint32_t to = 0; to <= n; to++)
			if (z.slope[from][to] != 0)
				learn(&t->steps[from][to],
				    &t->step_squares[from][to],
				    z.slope[from][to], t->options.rate);
}

/* One over the square root, four at a time: as desk_rsqrtf(). */
static desk_four
rsqrt(desk_four x)
{
	typedef uint32_t whole __attribute__((vector_size(16)));
	whole magic = {0x5F3759DF, 0x5F3759DF, 0x5F3759DF, 0x5F3759DF};
	whole bits = magic - ((whole)x >> 1);
	desk_four y = (desk_four)bits, half = all(0.5f) * x;
	y = y * (all(1.5f) - half * y * y);
	return y * (all(1.5f) - half * y * y);
}

static void
learn_features(struct desk_crf_trainer *t, const struct desk_crf_sequence *s,
    const struct dropout *d)
{
	struct desk_crf_work *w = t->work;
	uint32_t fours = t->fours;
	desk_four rate = all(t->options.rate);
	for (uint32_t i = 0; i < s->count; i++) {
		desk_four slope[F];
		float most = 0;
		for (uint32_t k = 0; k < fours; k++)
			slope[k] = w->forward[(size_t)i * fours + k] *
				   w->backward[(size_t)i * fours + k];
		slope[s->labels[i] / 4][s->labels[i] % 4] -= 1;
		for (uint32_t k = 0; k < t->labels; k++) {
			float size = slope[k / 4][k % 4];
			size = size < 0 ? -size : size;
			most = size > most ? size : most;
		}
		if (most < least_slope)
			continue;
		for (uint32_t k = 0; k < fours; k++)
			slope[k] *= all(d->weight);
		for (uint32_t f = s->starts[i]; f < s->starts[i + 1]; f++) {
			if (left_out(d, f))
				continue;
			desk_four *row = desk_crf_weights(t, s->features[f]);
			for (uint32_t k = 0; k < fours; k++) {
				row[fours + k] += slope[k] * slope[k];
				row[k] -=
				    rate * slope[k] *
				    rsqrt(row[fours + k] + all(first_square));
			}
		}
	}
}

int
desk_crf_step(struct desk_crf_trainer *t, const struct desk_crf_sequence *s,
    double *loss, struct desk_error *error)
{
	int rc = make_room(t, s->count, error);
	if (rc || !s->count)
		return rc;
	struct desk_crf_work *w = t->work;
	struct dropout d = dropout_of(t, s);
	score(t, s, &d);
	double known = 0, taken = 0;
	uint32_t from = t->labels;
	for (uint32_t i = 0; i < s->count; i++) {
		uint32_t label = s->labels[i];
		desk_four *scores = w->scores + (size_t)i * t->fours;
		known += (double)scores[label / 4][label % 4] +
			 (double)t->steps[from][label];
		taken += (double)exponentiate(scores, t->labels, t->fours);
		from = label;
	}
	known += (double)t->steps[from][t->labels];
	prepare_steps(t);
	*loss += go_forward(t, s->count) + taken - known;
	go_back(t, s->count);
	learn_steps(t, s);
	learn_features(t, s, &d);
	return 0;
}
