/*
 * crf.c - loading and scoring of linear-chain models.
 *
 * Any label that ends something may be followed by any that begins something,
 * and inside a span only its own type goes on.
 */
#include "model/crf.h"

#include <string.h>

#include "core/error.h"
#include "model/arith.h"
#include "model/lanes.h"

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

static void
add_row(const unsigned char *row, uint32_t width, int16_t *scores)
{
	for (uint32_t k = 0; k < width; k += LANES)
		give(scores + k, plus(take(scores + k), widen(row + k)));
}

void
desk_crf_sum(const struct desk_crf *crf, const int16_t *from, int16_t *scores)
{
	for (uint32_t k = 0; k < crf->width; k += LANES)
		give(scores + k, plus(take(scores + k), take(from + k)));
}

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
