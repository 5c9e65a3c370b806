/* sequence.c - a document's way through a sequence model. */
#include "entities/sequence.h"

#include <string.h>

#include "core/error.h"

int
desk_sequencer_load(struct desk_sequencer *s, struct desk_modelfile *file,
    struct desk_error *error)
{
	s->file = *file;
	*file = (struct desk_modelfile){0};
	int rc = desk_crf_load(&s->crf, &s->file, error);
	if (!rc)
		rc = desk_knowledge_load(&s->knowledge, &s->file, error);
	if (rc)
		desk_modelfile_close(&s->file);
	return rc;
}

void
desk_sequencer_release(struct desk_sequencer *s)
{
	desk_modelfile_close(&s->file);
}

int
desk_sequencer_score(const struct desk_sequencer *sequencer,
    struct desk_describer *d, size_t from, size_t end, struct desk_arena *arena,
    int16_t **scores, struct desk_error *error)
{
	size_t count = end - from, width = sequencer->crf.width;
	*scores = desk_arena_alloc(arena, count * width * sizeof **scores);
	if (!*scores)
		return desk_fail_memory(error);
	desk_describe_score(d, from, end, *scores);
	return 0;
}

/* The next tokens [*from, result) of a sequence that hang together: labels do
 * not over a shut gate. */
static size_t
stretch(const uint8_t *gates, size_t count, size_t *from)
{
	while (*from < count && !gates[*from])
		++*from;
	size_t to = *from;
	while (to < count && gates[to])
		to++;
	return to;
}

int
desk_sequencer_decode(const struct desk_sequencer *sequencer,
    const struct desk_describer *d, size_t from, size_t end,
    const int16_t *scores, const uint64_t *allowed, struct desk_arena *arena,
    uint8_t *labels, struct desk_error *error)
{
	const struct desk_crf *crf = &sequencer->crf;
	const uint8_t *gates = d->gates + from;
	size_t count = end - from;
	int rc = 0;
	memset(labels, 0, count);
	for (size_t i = 0, to; (to = stretch(gates, count, &i)) > i && !rc;
	     i = to)
		rc = desk_crf_decode(crf, scores + i * crf->width, to - i,
		    allowed ? allowed + i : NULL, arena, labels + i, error);
	return rc;
}

int
desk_sequencer_confide(const struct desk_sequencer *sequencer,
    const struct desk_describer *d, size_t from, size_t end,
    const int16_t *scores, const struct desk_crf_span *spans, size_t span_count,
    struct desk_arena *arena, float *confidence, struct desk_error *error)
{
	const struct desk_crf *crf = &sequencer->crf;
	const uint8_t *gates = d->gates + from;
	size_t count = end - from, k = 0;
	int rc = 0;
	for (size_t i = 0, to; (to = stretch(gates, count, &i)) > i && !rc;
	     i = to) {
		size_t first = k;
		while (k < span_count && spans[k].to <= to)
			k++;
		rc = desk_crf_confide(crf, scores + i * crf->width, to - i, i,
		    spans + first, k - first, arena, confidence + first, error);
	}
	return rc;
}

struct tagging {
	const struct desk_sequencer *sequencer;
	struct desk_doc *doc;
	struct desk_arena arena; /* for one sequence */
	struct desk_ent *ents;
	size_t count, room;
};

static int
tag(void *to, struct desk_describer *d, size_t from, size_t end,
    struct desk_error *error)
{
	struct tagging *t = to;
	const struct desk_crf *crf = &t->sequencer->crf;
	size_t count = end - from, at = 0;
	int16_t *scores;
	desk_arena_clear(&t->arena);
	uint8_t *labels = desk_arena_alloc(&t->arena, count);
	if (!labels)
		return desk_fail_memory(error);
	int rc = desk_sequencer_score(
	    t->sequencer, d, from, end, &t->arena, &scores, error);
	if (!rc)
		rc = desk_sequencer_decode(t->sequencer, d, from, end, scores,
		    NULL, &t->arena, labels, error);
	struct desk_crf_span span;
	while (!rc && desk_crf_next(labels, count, &at, &span)) {
		const struct desk_token *tokens = d->segment.tokens + from;
		if (!DESK_RESERVE(&t->doc->arena, t->ents, t->count, t->room))
			return desk_fail_memory(error);
		t->ents[t->count++] = (struct desk_ent){tokens[span.from].start,
		    tokens[span.to - 1].end, crf->names[span.type], 0};
	}
	return rc;
}

int
desk_sequencer_tag(const struct desk_sequencer *sequencer,
    struct desk_describer *work, struct desk_doc *doc, struct desk_ent **ents,
    size_t *count, struct desk_error *error)
{
	struct tagging t = {.sequencer = sequencer, .doc = doc};
	int rc = desk_describe(work, &sequencer->knowledge, &sequencer->crf,
	    doc->text, tag, &t, error);
	desk_arena_release(&t.arena);
	*ents = t.ents;
	*count = t.count;
	return rc;
}
