/*
 * crf_index.c - numbers the features of the sequences to be learned from.
 *
 * Features come as hashes.  Those seen often enough get numbers in the order in
 * which they are first seen; the others are taken out of the sequences.
 */
#include <string.h>

#include "core/error.h"
#include "model/crf_data.h"

enum { INDEX_MIN = 1 << 12 };

static size_t
place(const struct desk_crf_index *index, uint32_t key)
{
	size_t at = (size_t)(key * UINT32_C(0x9E3779B1)) >> 3;
	while (index->keys[at & index->mask] &&
	       index->keys[at & index->mask] != key)
		at++;
	return at & index->mask;
}

static void
release(struct desk_crf_index *index)
{
	desk_free(index->keys);
	desk_free(index->values);
	*index = (struct desk_crf_index){0};
}

/* Makes a larger index of the same. */
static bool
grow(struct desk_crf_index *index)
{
	size_t size = index->keys ? (index->mask + 1) * 2 : INDEX_MIN;
	struct desk_crf_index more = {desk_calloc(size, sizeof *more.keys),
	    desk_calloc(size, sizeof *more.values), size - 1, index->count};
	if (!more.keys || !more.values) {
		release(&more);
		return false;
	}
	for (size_t i = 0; index->keys && i <= index->mask; i++)
		if (index->keys[i]) {
			size_t at = place(&more, index->keys[i]);
			more.keys[at] = index->keys[i];
			more.values[at] = index->values[i];
		}
	release(index);
	*index = more;
	return true;
}

static bool
count(struct desk_crf_index *index, uint32_t key)
{
	if (!index->keys || index->count * 3 > index->mask * 2)
		if (!grow(index))
			return false;
	size_t at = place(index, key);
	index->count += !index->keys[at];
	index->keys[at] = key;
	index->values[at] += index->values[at] < UINT32_MAX / 2;
	return true;
}

uint32_t
desk_crf_number_of(const struct desk_crf_index *index, uint32_t key)
{
	size_t at = place(index, key);
	return index->keys[at] ? index->values[at] : UINT32_MAX;
}

/* Replaces the hashes of a sequence by numbers, which are given out here. */
static void
renumber(struct desk_crf_trainer *t, struct desk_crf_sequence *sequence,
    uint8_t *numbered)
{
	uint32_t kept = 0, from = 0;
	for (uint32_t i = 0; i < sequence->count; i++) {
		for (; from < sequence->starts[i + 1]; from++) {
			size_t at = place(&t->index, sequence->features[from]);
			if (t->index.values[at] < t->options.least &&
			    !numbered[at])
				continue;
			if (!numbered[at]) {
				numbered[at] = 1;
				t->index.values[at] = t->feature_total++;
			}
			sequence->features[kept++] = t->index.values[at];
		}
		sequence->starts[i + 1] = kept;
	}
}

int
desk_crf_number(struct desk_crf_trainer *t, struct desk_error *error)
{
	for (size_t i = 0; i < t->sequence_count; i++) {
		const struct desk_crf_sequence *s = &t->sequences[i];
		for (uint32_t k = 0; k < s->starts[s->count]; k++)
			if (!count(&t->index, s->features[k]))
				return desk_fail_memory(error);
	}
	if (!t->index.keys && !grow(&t->index))
		return desk_fail_memory(error);
	size_t size = t->index.mask + 1;
	uint8_t *numbered = desk_calloc(size, 1);
	if (!numbered)
		return desk_fail_memory(error);
	for (size_t i = 0; i < t->sequence_count; i++)
		renumber(t, &t->sequences[i], numbered);
	t->keys = desk_calloc(t->feature_total, sizeof *t->keys);
	for (size_t i = 0; t->keys && i < size; i++) {
		if (numbered[i])
			t->keys[t->index.values[i]] = t->index.keys[i];
		else
			t->index.values[i] = UINT32_MAX;
	}
	desk_free(numbered);
	return t->keys ? 0 : desk_fail_memory(error);
}
