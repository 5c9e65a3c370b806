/*
 * crf.c - loading, scoring and confidence of linear-chain models.
 *
 * Steps are looked at by what can be: any label that ends something may be
 * followed by any that begins something, and inside a span only its own type
 * goes on.
 *
 * Confidence comes from the forward and backward sums in float, in a fixed
 * order, scaled at each token.
 */
#include "model/crf.h"

#include <string.h>
#if defined(__SSE2__) && !defined(DESK_PORTABLE)
#include <emmintrin.h>
#endif

#include "core/error.h"
#include "model/arith.h"

enum { BATCH = 64, HEAD = 16 };

static bool
ends(uint32_t label)
{
	return !label || label % 4 == 3 || label % 4 == 0;
}

static bool
begins(uint32_t label)
{
	return !label || label % 4 == 1 || label % 4 == 0;
}

bool
desk_crf_may_follow(uint32_t labels, uint32_t from, uint32_t to)
{
	if (from == labels)
		return to == labels ? false : begins(to);
	if (to == labels)
		return ends(from);
	if (ends(from) || begins(to))
		return ends(from) && begins(to);
	return (from - 1) / 4 == (to - 1) / 4;
}

/* The names of the types: each ends in NUL. */
static bool
load_names(struct desk_crf *crf, struct desk_slice names)
{
	const char *at = names.data, *end = names.data + names.len;
	crf->types = 0;
	while (at < end) {
		const char *nul = memchr(at, 0, (size_t)(end - at));
		if (!nul || nul == at || crf->types == DESK_CRF_TYPES)
			return false;
		crf->names[crf->types++] = at;
		at = nul + 1;
	}
	return crf->types;
}

/* Steps to labels side by side; there is none to what no label stands for. */
static void
set_go(struct desk_crf *crf)
{
	for (uint32_t from = 0; from <= crf->labels; from++)
		for (uint32_t k = 0; k < crf->width; k++)
			crf->go[from][k] =
			    k + 1 < crf->labels && desk_crf_may_follow(
						       crf->labels, from, k + 1)
				? crf->steps[from][k + 1]
				: INT16_MIN;
}

static void
set_odds(struct desk_crf *crf)
{
	uint32_t side = crf->labels + 1;
	for (uint32_t from = 0; from < side; from++)
		for (uint32_t to = 0; to < side; to++)
			crf->odds[from][to] =
			    desk_crf_may_follow(crf->labels, from, to)
				? desk_expf(
				      (float)crf->steps[from][to] * crf->unit)
				: 0;
}

int
desk_crf_load(struct desk_crf *crf, const struct desk_modelfile *file,
    struct desk_error *error)
{
	struct desk_slice names = desk_modelfile_find(file, "crf.types");
	struct desk_slice steps = desk_modelfile_find(file, "crf.steps");
	struct desk_slice rows = desk_modelfile_find(file, "crf.weights");
	if (!names.data || !steps.data || !rows.data)
		return desk_fail(
		    error, DESK_EDATA, "model has no labels and weights");
	int rc = desk_table_load(&crf->weights, rows, error);
	if (rc)
		return rc;
	if (!load_names(crf, names))
		goto damaged;
	crf->labels = 1 + 4 * crf->types;
	crf->width = (4 * crf->types + 7) / 8 * 8;
	size_t side = crf->labels + 1;
	if (crf->weights.stride != 4 * crf->types ||
	    steps.len != HEAD + side * side * sizeof(int16_t))
		goto damaged;
	memcpy(&crf->unit, steps.data, sizeof crf->unit);
	if (!(crf->unit > 1e-6f && crf->unit < 1))
		goto damaged;
	for (size_t from = 0; from < side; from++)
		memcpy(crf->steps[from],
		    steps.data + HEAD + from * side * sizeof(int16_t),
		    side * sizeof(int16_t));
	for (uint32_t from = 0; from < side; from++)
		for (uint32_t to = 0; to < side; to++)
			if (!desk_crf_may_follow(crf->labels, from, to))
				crf->steps[from][to] = DESK_CRF_NEVER;
	set_go(crf);
	set_odds(crf);
	return 0;
damaged:
	return desk_fail(error, DESK_EDATA, "model is damaged");
}

#if defined(__SSE2__) && !defined(DESK_PORTABLE)

static void
add_row(const unsigned char *row, uint32_t width, int16_t *scores)
{
	for (uint32_t k = 0; k < width; k += 8) {
		__m128i *to = (__m128i *)(void *)(scores + k);
		__m128i v =
		    _mm_loadl_epi64((const __m128i *)(const void *)(row + k));
		v = _mm_unpacklo_epi8(_mm_setzero_si128(), v);
		v = _mm_srai_epi16(v, 8);
		_mm_storeu_si128(to, _mm_adds_epi16(_mm_loadu_si128(to), v));
	}
}

void
desk_crf_sum(const struct desk_crf *crf, const int16_t *from, int16_t *scores)
{
	for (uint32_t k = 0; k < crf->width; k += 8) {
		__m128i *to = (__m128i *)(void *)(scores + k);
		const __m128i *p = (const __m128i *)(const void *)(from + k);
		_mm_storeu_si128(to,
		    _mm_adds_epi16(_mm_loadu_si128(to), _mm_loadu_si128(p)));
	}
}

#else

static int16_t
sum(int32_t a, int32_t b)
{
	a += b;
	return (int16_t)(a > INT16_MAX	 ? INT16_MAX
			 : a < INT16_MIN ? INT16_MIN
					 : a);
}

static void
add_row(const unsigned char *row, uint32_t width, int16_t *scores)
{
	for (uint32_t k = 0; k < width; k++)
		scores[k] = sum(scores[k], (int8_t)row[k]);
}

void
desk_crf_sum(const struct desk_crf *crf, const int16_t *from, int16_t *scores)
{
	for (uint32_t k = 0; k < crf->width; k++)
		scores[k] = sum(scores[k], from[k]);
}

#endif

/* Look-ups wait for memory: those of a batch are asked for together. */
static size_t
find_rows(const struct desk_crf *crf, const uint32_t *features, size_t count,
    const unsigned char **rows)
{
	size_t found = 0;
	for (size_t i = 0; i < count; i++) {
		rows[found] = desk_table_find(&crf->weights, features[i]);
		if (!rows[found])
			continue;
		__builtin_prefetch(rows[found]);
		found++;
	}
	return found;
}

void
desk_crf_add(const struct desk_crf *crf, const uint32_t *features, size_t count,
    int16_t *scores)
{
	const unsigned char *rows[BATCH];
	while (count) {
		size_t n = count < BATCH ? count : BATCH;
		for (size_t i = 0; i < n; i++)
			desk_table_ask(&crf->weights, features[i]);
		size_t found = find_rows(crf, features, n, rows);
		for (size_t i = 0; i < found; i++)
			add_row(rows[i], crf->width, scores);
		features += n;
		count -= n;
	}
}

void
desk_crf_add_block(const struct desk_crf *crf,
    const struct desk_crf_block *block, int16_t *scores)
{
	const unsigned char *rows[DESK_CRF_BLOCK];
	size_t found[DESK_CRF_BLOCK_TOKENS + 1] = {0};
	const uint32_t *f = block->features;
	for (size_t t = 0, at = 0; t < block->tokens; t++) {
		found[t + 1] =
		    found[t] + find_rows(crf, f + at, block->ends[t] - at,
				   rows + found[t]);
		at = block->ends[t];
	}
	for (size_t t = 0; t < block->tokens; t++, scores += crf->width)
		for (size_t i = found[t]; i < found[t + 1]; i++)
			add_row(rows[i], crf->width, scores);
}

bool
desk_crf_next(
    const uint8_t *labels, size_t count, size_t *at, struct desk_crf_span *span)
{
	size_t i = *at;
	while (i < count && !labels[i])
		i++;
	*at = i;
	if (i == count)
		return false;
	uint32_t type = (labels[i] - 1u) / 4;
	span->from = (uint32_t)i;
	span->type = type;
	while (i < count && labels[i] && (labels[i] - 1u) / 4 == type) {
		bool over = ends(labels[i]);
		i++;
		if (over)
			break;
	}
	*at = i;
	span->to = (uint32_t)i;
	return true;
}

/* Confidence. */

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
