/*
 * grow_bins.c - values to bins.
 *
 * A feature of few values has a bin for each.  One of many has bins of about
 * the same weight: a value that outweighs a bin gets one of its own, and the
 * others share what is left.  A cut lies halfway between the values at both
 * its sides.  Bins are bytes, sixteen features of a row side by side, so that
 * a histogram of one block of features stays in the nearest cache.
 */
#include "model/grow_parts.h"

#include <pthread.h>
#include <string.h>

#include "core/error.h"

enum { VALUES = 65536, THREADS_MAX = 64 };

/* Threads. */

struct share {
	desk_grow_work *work;
	void *context;
	size_t first, step, count;
	pthread_t thread;
	bool started;
};

static void *
work_off(void *p)
{
	struct share *share = p;
	for (size_t i = share->first; i < share->count; i += share->step)
		share->work(share->context, i);
	return NULL;
}

void
desk_grow_share(
    desk_grow_work *work, void *context, size_t count, unsigned threads)
{
	struct share shares[THREADS_MAX];
	if (threads > THREADS_MAX)
		threads = THREADS_MAX;
	if (threads > count)
		threads = (unsigned)count;
	for (unsigned i = 0; i < threads; i++) {
		shares[i] = (struct share){.work = work,
		    .context = context,
		    .first = i,
		    .step = threads,
		    .count = count};
		shares[i].started = i > 0 && !pthread_create(&shares[i].thread,
						 NULL, work_off, &shares[i]);
	}
	/* What got no thread is done here. */
	for (unsigned i = 0; i < threads; i++)
		if (!shares[i].started)
			work_off(&shares[i]);
	for (unsigned i = 0; i < threads; i++)
		if (shares[i].started)
			pthread_join(shares[i].thread, NULL);
}

/* Cuts. */

/* A whole number between two values, or the lower of two neighbours. */
static int16_t
between(int a, int b)
{
	return (int16_t)((a + b + 2 * VALUES) / 2 - VALUES);
}

/* What is known of a feature's values: their weights, by value, and those that
 * there are, in order. */
struct values {
	double weights[VALUES];
	int32_t list[VALUES];
	size_t count;
	uint8_t bins[VALUES];
};

/* Counts them; column holds the values of all rows. */
static void
weigh(struct values *v, const int16_t *column, const float *weights,
    const uint32_t *rows, size_t row_count)
{
	memset(v->weights, 0, sizeof v->weights);
	for (size_t i = 0; i < row_count; i++)
		v->weights[column[i] - INT16_MIN] += weights[rows[i]];
	v->count = 0;
	for (int32_t k = 0; k < VALUES; k++)
		if (v->weights[k] > 0)
			v->list[v->count++] = k + INT16_MIN;
}

/* Cuts after the value at i; returns the number of bins so far. */
static uint16_t
cut(const struct values *v, size_t i, int16_t *cuts, uint16_t bins)
{
	cuts[bins] =
	    i + 1 < v->count ? between(v->list[i], v->list[i + 1]) : INT16_MAX;
	return (uint16_t)(bins + 1);
}

static uint16_t
make_cuts(const struct values *v, unsigned most, int16_t *cuts)
{
	uint16_t bins = 0;
	if (v->count <= most) {
		for (size_t i = 0; i < v->count; i++)
			bins = cut(v, i, cuts, bins);
		return bins;
	}
	double total = 0, rest, open = 0;
	unsigned left = most;
	for (size_t i = 0; i < v->count; i++)
		total += v->weights[v->list[i] - INT16_MIN];
	double large = total / most;
	rest = total;
	for (size_t i = 0; i < v->count; i++) {
		double weight = v->weights[v->list[i] - INT16_MIN];
		if (weight >= large) {
			rest -= weight;
			left--;
		}
	}
	double share = left ? rest / left : total;
	for (size_t i = 0; i + 1 < v->count && bins + 1u < most; i++) {
		double weight = v->weights[v->list[i] - INT16_MIN];
		double next = v->weights[v->list[i + 1] - INT16_MIN];
		open += weight;
		if (weight < large && open < share &&
		    (next < large || open < share / 2))
			continue;
		bins = cut(v, i, cuts, bins);
		open = 0;
	}
	return cut(v, v->count - 1, cuts, bins);
}

/* A block of features: what each thread needs. */
struct binning {
	struct desk_grow_bins *bins;
	const struct desk_rows *rows;
	unsigned most;
	bool *failed; /* of each block */
};

static void
bin_column(const struct binning *b, size_t feature, const int16_t *column,
    struct values *v)
{
	struct desk_grow_bins *bins = b->bins;
	int16_t *cuts = bins->cuts + feature * GROW_BINS;
	uint8_t *cells = bins->cells +
			 feature / GROW_BLOCK * bins->row_count * GROW_BLOCK +
			 feature % GROW_BLOCK;
	weigh(v, column, b->rows->weights, bins->rows, bins->row_count);
	uint16_t count = make_cuts(v, b->most, cuts), bin = 0;
	for (int32_t k = INT16_MIN; k <= INT16_MAX; k++) {
		while (bin + 1u < count && k > cuts[bin])
			bin++;
		v->bins[k - INT16_MIN] = (uint8_t)bin;
	}
	for (size_t i = 0; i < bins->row_count; i++)
		cells[i * GROW_BLOCK] = v->bins[column[i] - INT16_MIN];
	bins->counts[feature] = count;
}

/* Turns the block's values on their side first: rows are far apart. */
static void
bin_block(void *context, size_t block)
{
	struct binning *b = context;
	size_t n = b->bins->row_count, all = b->rows->feature_count;
	size_t first = block * GROW_BLOCK;
	size_t width = all - first < GROW_BLOCK ? all - first : GROW_BLOCK;
	int16_t *columns = desk_calloc(n * width, sizeof *columns);
	struct values *v = desk_calloc(1, sizeof *v);
	b->failed[block] = !columns || !v;
	if (!b->failed[block]) {
		for (size_t i = 0; i < n; i++) {
			const int16_t *from =
			    b->rows->features + b->bins->rows[i] * all + first;
			for (size_t k = 0; k < width; k++)
				columns[k * n + i] = from[k];
		}
		for (size_t k = 0; k < width; k++)
			bin_column(b, first + k, columns + k * n, v);
	}
	desk_free(columns);
	desk_free(v);
}

int
desk_grow_bins_make(struct desk_grow_bins *bins, const struct desk_rows *rows,
    unsigned most, unsigned threads, struct desk_error *error)
{
	size_t features = rows->feature_count;
	size_t blocks = (features + GROW_BLOCK - 1) / GROW_BLOCK;
	bool failed = false;
	*bins = (struct desk_grow_bins){
	    .feature_count = features, .block_count = blocks};
	bins->rows = desk_calloc(rows->count, sizeof *bins->rows);
	if (!bins->rows)
		return desk_fail_memory(error);
	for (size_t i = 0; i < rows->count; i++)
		if (rows->weights[i] > 0)
			bins->rows[bins->row_count++] = (uint32_t)i;
	struct binning b = {bins, rows, most, desk_calloc(blocks, 1)};
	bins->cells = desk_calloc(bins->row_count, blocks * GROW_BLOCK);
	bins->cuts = desk_calloc(features, GROW_BINS * sizeof *bins->cuts);
	bins->counts = desk_calloc(features, sizeof *bins->counts);
	if (!bins->cells || !bins->cuts || !bins->counts || !b.failed)
		failed = true;
	else
		desk_grow_share(bin_block, &b, blocks, threads);
	for (size_t i = 0; i < blocks && !failed; i++)
		failed = b.failed[i];
	desk_free(b.failed);
	if (!failed)
		return 0;
	desk_grow_bins_release(bins);
	return desk_fail_memory(error);
}

void
desk_grow_bins_release(struct desk_grow_bins *bins)
{
	desk_free(bins->rows);
	desk_free(bins->cells);
	desk_free(bins->cuts);
	desk_free(bins->counts);
	*bins = (struct desk_grow_bins){0};
}
