/*
 * crf_train.c - the trainer: takes sequences, goes through them in epochs, and
 * writes the model.
 *
 * In the model a weight is a byte.  What one feature says of all labels alike
 * changes nothing, so its row is shifted to give O nothing, and rows that say
 * little are left out.
 */
#include "model/crf_train.h"

#include <string.h>

#include "core/error.h"
#include "model/crf_data.h"

enum { PROGRESS = 1024, WEIGHT_MAX = 127, STEP_MAX = 29999 };

static const float widest_unit = 0.05f; /* what a byte's 1 is at most */

static bool
copy_names(struct desk_crf_trainer *t, const char *const *types, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t size = strlen(types[i]) + 1;
		t->names[i] = desk_arena_alloc(&t->arena, size);
		if (!t->names[i])
			return false;
		memcpy(t->names[i], types[i], size);
	}
	t->types = (uint32_t)count;
	t->labels = 1 + 4 * t->types;
	t->fours = (t->labels + 3) / 4;
	return true;
}

static bool
same_types(const struct desk_crf *start, const char *const *types, size_t count)
{
	if (start->types != count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(start->names[i], types[i]))
			return false;
	return true;
}

struct desk_crf_trainer *
desk_crf_trainer_new(const char *const *types, size_t count,
    const struct desk_crf_options *options, struct desk_error *error)
{
	if (!count || count > DESK_CRF_TYPES) {
		desk_fail(error, DESK_EUSAGE, "%s labels (%d are allowed)",
		    count ? "too many" : "no", DESK_CRF_TYPES);
		return NULL;
	}
	if (options->start && !same_types(options->start, types, count)) {
		desk_fail(error, DESK_EUSAGE,
		    "labels are not those of the model to go on from");
		return NULL;
	}
	struct desk_crf_trainer *t = desk_calloc(1, sizeof *t);
	if (!t || !copy_names(t, types, count)) {
		desk_crf_trainer_free(t);
		desk_fail_memory(error);
		return NULL;
	}
	t->options = *options;
	struct desk_crf_options *o = &t->options;
	o->epochs = o->epochs ? o->epochs : 5;
	o->average = o->average ? o->average : (o->epochs + 1) / 2;
	o->runs = o->runs ? o->runs : 1;
	o->least = o->least ? o->least : 2;
	o->rate = o->rate > 0 ? o->rate : 0.02f;
	o->prune = o->prune > 0 ? o->prune : 0.05f;
	return t;
}

void
desk_crf_trainer_free(struct desk_crf_trainer *t)
{
	if (!t)
		return;
	desk_free(t->index.keys);
	desk_free(t->index.values);
	desk_free(t->keys);
	desk_free(t->weights);
	desk_free(t->sums);
	desk_free(t->order);
	desk_arena_release(&t->arena);
	desk_free(t->sequences);
	desk_free(t->features);
	desk_free(t->starts);
	desk_free(t->given);
	desk_free(t);
}

/* Makes an array of the heap hold one item more, or several. */
static bool
reserve(void **items, size_t count, size_t more, size_t *room, size_t size)
{
	if (count + more <= *room)
		return true;
	size_t wanted = (count + more) * 2 + 256;
	char *fresh = desk_calloc(wanted, size);
	if (!fresh)
		return false;
	if (count)
		memcpy(fresh, *items, count * size);
	desk_free(*items);
	*items = fresh;
	*room = wanted;
	return true;
}

int
desk_crf_trainer_token(struct desk_crf_trainer *t, const uint32_t *features,
    size_t count, unsigned label, struct desk_error *error)
{
	if (label >= t->labels || count > UINT32_MAX / 4)
		return desk_fail(error, DESK_EUSAGE, "no such label");
	if (!reserve((void **)&t->features, t->feature_count, count,
		&t->feature_room, sizeof *t->features) ||
	    !reserve((void **)&t->starts, t->start_count, 2, &t->start_room,
		sizeof *t->starts) ||
	    !reserve((void **)&t->given, t->given_count, 1, &t->given_room, 1))
		return desk_fail_memory(error);
	if (count)
		memcpy(t->features + t->feature_count, features,
		    count * sizeof *features);
	t->starts[t->start_count++] = (uint32_t)t->feature_count;
	t->feature_count += count;
	t->given[t->given_count++] = (uint8_t)label;
	return 0;
}

/* A copy in the arena. */
static void *
kept(struct desk_arena *arena, const void *data, size_t size)
{
	void *copy = desk_arena_alloc(arena, size);
	if (copy && size)
		memcpy(copy, data, size);
	return copy;
}

int
desk_crf_trainer_end(struct desk_crf_trainer *t, struct desk_error *error)
{
	if (!t->given_count)
		return 0;
	if (!reserve((void **)&t->sequences, t->sequence_count, 1,
		&t->sequence_room, sizeof *t->sequences))
		return desk_fail_memory(error);
	t->starts[t->start_count++] = (uint32_t)t->feature_count;
	struct desk_crf_sequence s = {.count = (uint32_t)t->given_count};
	s.features =
	    kept(&t->arena, t->features, t->feature_count * sizeof *s.features);
	s.starts =
	    kept(&t->arena, t->starts, t->start_count * sizeof *s.starts);
	s.labels = kept(&t->arena, t->given, t->given_count);
	if (!s.features || !s.starts || !s.labels)
		return desk_fail_memory(error);
	t->sequences[t->sequence_count++] = s;
	t->tokens += t->given_count;
	t->feature_count = t->start_count = t->given_count = 0;
	return 0;
}

/* Weights as the model to go on from has them. */
static void
begin_from(struct desk_crf_trainer *t, const struct desk_crf *start)
{
	for (uint32_t f = 0; f < t->feature_total; f++) {
		const unsigned char *row =
		    desk_table_find(&start->weights, t->keys[f]);
		desk_four *to = desk_crf_weights(t, f);
		for (uint32_t k = 1; row && k < t->labels; k++)
			to[k / 4][k % 4] =
			    (float)(int8_t)row[k - 1] * start->unit;
	}
	for (uint32_t from = 0; from <= t->labels; from++)
		for (uint32_t to = 0; to <= t->labels; to++)
			if (desk_crf_may_follow(t->labels, from, to))
				t->steps[from][to] =
				    (float)start->steps[from][to] * start->unit;
}

static int
make_ready(struct desk_crf_trainer *t, struct desk_error *error)
{
	if (!t->sequence_count)
		return desk_fail(error, DESK_EDATA, "nothing to learn from");
	int rc = desk_crf_number(t, error);
	if (rc)
		return rc;
	size_t fours = (size_t)t->feature_total * t->fours;
	t->weights = desk_calloc(fours * 2, sizeof *t->weights);
	t->sums = desk_calloc(fours, sizeof *t->sums);
	t->order = desk_calloc(t->sequence_count, sizeof *t->order);
	if (!t->weights || !t->sums || !t->order)
		return desk_fail_memory(error);
	for (size_t i = 0; i < t->sequence_count; i++)
		t->order[i] = (uint32_t)i;
	if (t->options.start)
		begin_from(t, t->options.start);
	t->ready = true;
	return 0;
}

/* Another order of the sequences (R. Durstenfeld's shuffle). */
static void
shuffle(struct desk_crf_trainer *t)
{
	uint64_t state = t->options.seed + (uint64_t)t->epoch;
	for (size_t i = t->sequence_count, n = 0; i > 1; i--) {
		size_t k = (size_t)(desk_crf_dice(state, ++n) % i);
		uint32_t other = t->order[k];
		t->order[k] = t->order[i - 1];
		t->order[i - 1] = other;
	}
}

static void
add_up(struct desk_crf_trainer *t)
{
	for (uint32_t f = 0; f < t->feature_total; f++)
		for (uint32_t k = 0; k < t->fours; k++)
			t->sums[(size_t)f * t->fours + k] +=
			    desk_crf_weights(t, f)[k];
	for (uint32_t from = 0; from <= t->labels; from++)
		for (uint32_t to = 0; to <= t->labels; to++)
			t->step_sums[from][to] += t->steps[from][to];
	t->summed++;
}

static unsigned
last_epoch(const struct desk_crf_trainer *t)
{
	return t->options.epochs * t->options.runs;
}

/* Forgets what was learned, but for the sums. */
static void
begin_again(struct desk_crf_trainer *t)
{
	size_t fours = (size_t)t->feature_total * t->fours * 2;
	memset(t->weights, 0, fours * sizeof *t->weights);
	memset(t->steps, 0, sizeof t->steps);
	memset(t->step_squares, 0, sizeof t->step_squares);
	if (t->options.start)
		begin_from(t, t->options.start);
}

int
desk_crf_trainer_epoch(struct desk_crf_trainer *t, struct desk_crf_epoch *epoch,
    struct desk_error *error)
{
	int rc = t->ready ? 0 : make_ready(t, error);
	if (rc || t->epoch == last_epoch(t))
		return rc;
	double loss = 0;
	shuffle(t);
	for (size_t i = 0; i < t->sequence_count; i++) {
		rc = desk_crf_step(t, &t->sequences[t->order[i]], &loss, error);
		if (rc)
			return rc;
		if (t->options.progress && i % PROGRESS == 0)
			t->options.progress(t->options.context, t->epoch + 1, i,
			    t->sequence_count);
	}
	t->epoch++;
	unsigned own = (t->epoch - 1) % t->options.epochs + 1;
	if (own + t->options.average > t->options.epochs)
		add_up(t);
	if (own == t->options.epochs && t->epoch < last_epoch(t))
		begin_again(t);
	epoch->number = t->epoch;
	epoch->loss = loss / (double)t->tokens;
	return 1;
}

size_t
desk_crf_trainer_tokens(const struct desk_crf_trainer *t)
{
	return t->tokens;
}

/* Writing. */

/* The weights of a feature, less what it says of O; the result is half of the
 * width of their range. */
static float
row_of(const struct desk_crf_trainer *t, uint32_t f, float *row)
{
	desk_four own[DESK_CRF_FOURS];
	float low = 0, high = 0, part = 1;
	memcpy(own, desk_crf_weights(t, f), t->fours * sizeof *own);
	if (t->summed) {
		memcpy(own, t->sums + (size_t)f * t->fours,
		    t->fours * sizeof *own);
		part = 1 / (float)t->summed;
	}
	for (uint32_t k = 1; k < t->labels; k++) {
		row[k - 1] = (own[k / 4][k % 4] - own[0][0]) * part;
		low = row[k - 1] < low ? row[k - 1] : low;
		high = row[k - 1] > high ? row[k - 1] : high;
	}
	return (high - low) / 2;
}

static int
rounded(float x, int most)
{
	if (x >= (float)most)
		return most;
	if (x <= (float)-most)
		return -most;
	return (int)(x < 0 ? x - 0.5f : x + 0.5f);
}

/* What a byte's 1 is: so small that the largest weight fits, or at most
 * widest_unit. */
static float
unit_of(const struct desk_crf_trainer *t)
{
	float row[DESK_CRF_LABELS], most = 0.5f;
	for (uint32_t f = 0; f < t->feature_total; f++) {
		row_of(t, f, row);
		for (uint32_t k = 0; k + 1 < t->labels; k++) {
			float size = row[k] < 0 ? -row[k] : row[k];
			most = size > most ? size : most;
		}
	}
	float unit = most / WEIGHT_MAX;
	return unit < widest_unit ? unit : widest_unit;
}

static void
write_steps(
    const struct desk_crf_trainer *t, float unit, struct desk_buffer *out)
{
	char head[16] = {0};
	memcpy(head, &unit, sizeof unit);
	desk_buffer_append(out, head, sizeof head);
	for (uint32_t from = 0; from <= t->labels; from++)
		for (uint32_t to = 0; to <= t->labels; to++) {
			float x = t->summed ? t->step_sums[from][to] /
						  (float)t->summed
					    : t->steps[from][to];
			int16_t n = (int16_t)rounded(x / unit, STEP_MAX);
			desk_buffer_append(out, &n, sizeof n);
		}
}

/* Rows of the model to go on from whose features were not seen. */
static uint32_t
keep_old(const struct desk_crf_trainer *t, float unit, uint32_t *keys,
    unsigned char *rows, uint32_t count)
{
	const struct desk_table *old = &t->options.start->weights;
	size_t places = (size_t)old->groups * DESK_TABLE_GROUP;
	for (size_t i = 0; i < places; i++) {
		if (!old->keys[i] ||
		    desk_crf_number_of(&t->index, old->keys[i]) != UINT32_MAX)
			continue;
		keys[count] = old->keys[i];
		for (uint32_t k = 0; k < old->stride; k++) {
			float x = (float)(int8_t)old->rows[i * old->stride + k];
			rows[(size_t)count * old->stride + k] =
			    (unsigned char)rounded(
				x * t->options.start->unit / unit, WEIGHT_MAX);
		}
		count++;
	}
	return count;
}

static int
write_rows(const struct desk_crf_trainer *t, float unit,
    struct desk_crf_sections *to, struct desk_error *error)
{
	const struct desk_crf *start = t->options.start;
	uint32_t stride = t->labels - 1, count = 0;
	size_t room =
	    t->feature_total +
	    (start ? (size_t)start->weights.groups * DESK_TABLE_GROUP : 0);
	uint32_t *keys = desk_calloc(room, sizeof *keys);
	unsigned char *rows = desk_calloc(room, stride);
	int rc = keys && rows ? 0 : desk_fail_memory(error);
	for (uint32_t f = 0; !rc && f < t->feature_total; f++) {
		float row[DESK_CRF_LABELS];
		if (row_of(t, f, row) < t->options.prune)
			continue;
		keys[count] = t->keys[f];
		for (uint32_t k = 0; k < stride; k++)
			rows[(size_t)count * stride + k] =
			    (unsigned char)rounded(row[k] / unit, WEIGHT_MAX);
		count++;
	}
	if (!rc && start)
		count = keep_old(t, unit, keys, rows, count);
	if (!rc)
		rc = desk_table_build(
		    keys, rows, count, stride, &to->content[2], error);
	to->rows = count;
	desk_free(keys);
	desk_free(rows);
	return rc;
}

int
desk_crf_trainer_write(const struct desk_crf_trainer *t,
    struct desk_crf_sections *to, struct desk_error *error)
{
	static const char *const names[] = {
	    "crf.types", "crf.steps", "crf.weights"};
	memset(to, 0, sizeof *to);
	float unit = unit_of(t);
	for (uint32_t i = 0; i < t->types; i++)
		desk_buffer_append(
		    &to->content[0], t->names[i], strlen(t->names[i]) + 1);
	write_steps(t, unit, &to->content[1]);
	int rc = write_rows(t, unit, to, error);
	for (int i = 0; i < 3; i++) {
		const struct desk_buffer *b = &to->content[i];
		to->sections[i].name = names[i];
		to->sections[i].content = (struct desk_slice){b->data, b->len};
		if (b->failed && !rc)
			rc = desk_fail_memory(error);
	}
	if (rc)
		desk_crf_sections_release(to);
	return rc;
}

void
desk_crf_sections_release(struct desk_crf_sections *sections)
{
	for (int i = 0; i < 3; i++)
		desk_buffer_release(&sections->content[i]);
	memset(sections, 0, sizeof *sections);
}
