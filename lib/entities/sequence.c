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
		rc = desk_crf_decode(
		    crf, scores, count, NULL, &t->arena, labels, error);
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
