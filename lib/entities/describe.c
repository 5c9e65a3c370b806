/* describe.c - reads a document for its sequences of tokens. */
#include <string.h>

#include "core/error.h"
#include "doc/layout.h"
#include "entities/features.h"
#include "entities/glue.h"
#include "entities/lists.h"

/* Where the sequence that begins at a token ends. */
static size_t
sequence_end(const struct desk_segment *seg, size_t from)
{
	size_t to = from + 1;
	while (to < seg->count && !(seg->words[to].bits & WORD_BREAK))
		to++;
	return to;
}

/* Marks the listed names of a sequence, the longest first from the left. */
static void
mark_names(struct desk_describer *d, size_t from, size_t to)
{
	enum { AHEAD = 4 };
	const struct desk_word *words = d->segment.words;
	const struct desk_lexeme *items = d->lexemes.items;
	for (size_t i = from, end; i < to; i = end) {
		uint32_t first = items[words[i].form].listed;
		if (i + AHEAD + 1 < to &&
		    items[words[i + AHEAD].form].listed & LISTED_MORE)
			desk_knowledge_ask_name(d->knowledge,
			    desk_name_chain(
				desk_name_chain(0, words[i + AHEAD].key),
				words[i + AHEAD + 1].key));
		uint32_t kinds = first ? desk_knowledge_name(d->knowledge,
					     &d->segment, i, to, first, &end)
				       : 0;
		if (!kinds) {
			d->listed[i] = 0;
			end = i + 1;
			continue;
		}
		bool lower = d->segment.tokens[i].shape == DESK_SHAPE_LOWER;
		for (size_t k = i; k < end; k++) {
			unsigned place = end - i == 1  ? 0
					 : k == i      ? 1
					 : k + 1 < end ? 2
						       : 3;
			d->listed[k] = kinds;
			d->places[k] = (uint8_t)(place + 4 * lower);
		}
	}
}

static int
make_room(struct desk_describer *d, struct desk_error *error)
{
	size_t count = d->segment.count;
	if (count <= d->room)
		return 0;
	d->room = count + count / 2;
	d->listed = desk_arena_alloc(&d->arena, d->room * sizeof *d->listed);
	d->places = desk_arena_alloc(&d->arena, d->room * sizeof *d->places);
	d->gates = desk_arena_alloc(&d->arena, d->room * sizeof *d->gates);
	if (d->listed && d->places && d->gates)
		return 0;
	d->room = 0;
	return desk_fail_memory(error);
}

/* Hands out the sequences of the segment. */
static int
hand_out(struct desk_describer *d, desk_sequence_seen *seen, void *to,
    struct desk_error *error)
{
	struct desk_segment *seg = &d->segment;
	int rc = make_room(d, error);
	if (rc)
		return rc;
	for (size_t i = 0; i < seg->count; i++)
		desk_segment_note(
		    seg, i, &d->lexemes.items[seg->words[i].form].lists);
	for (size_t from = 0, end; !rc && from < seg->count; from = end) {
		end = sequence_end(seg, from);
		mark_names(d, from, end);
		rc = seen(to, d, from, end, error);
	}
	return rc;
}

/* Room for a segment; nothing is known from those before it. */
static int
start(struct desk_describer *d, size_t at, struct desk_error *error)
{
	size_t left = d->text.len - at;
	desk_arena_clear(&d->arena);
	*d = (struct desk_describer){.knowledge = d->knowledge,
	    .text = d->text,
	    .arena = d->arena,
	    .lexemes = d->lexemes,
	    .segment = {.text = d->text, .wrapped = d->segment.wrapped}};
	d->segment.arena = &d->arena;
	int rc = desk_context_init(&d->context, &d->arena,
	    left < DESK_SEGMENT_MAX ? left : DESK_SEGMENT_MAX, error);
	if (rc)
		return rc;
	size_t size = (d->context.mask + 1) * sizeof *d->first;
	d->first = desk_arena_alloc(&d->arena, size);
	if (!d->first)
		return desk_fail_memory(error);
	memset(d->first, 0, size);
	return 0;
}

static int
read_segment(struct desk_describer *d, size_t at, struct desk_error *error)
{
	struct desk_lexemes *l = &d->lexemes;
	int rc = desk_segment_read(&d->segment, at, error);
	if (!rc && (!desk_lexemes_renew(l, d->knowledge, l->crf) ||
		       !desk_lexemes_number(l, &d->segment)))
		rc = desk_fail_memory(error);
	return rc;
}

/* Cuts words that lost the blank between them. */
static int
cut(struct desk_describer *d, struct desk_error *error)
{
	size_t count = d->segment.count;
	int rc = desk_glue_cut(
	    &d->segment, &d->context, d->knowledge, d->lexemes.items, error);
	if (!rc && d->segment.count > count &&
	    !desk_lexemes_number(&d->lexemes, &d->segment))
		rc = desk_fail_memory(error);
	return rc;
}

int
desk_describe(struct desk_describer *d, const struct desk_knowledge *knowledge,
    const struct desk_crf *crf, struct desk_slice text,
    desk_sequence_seen *seen, void *to, struct desk_error *error)
{
	struct desk_segment *seg = &d->segment;
	d->knowledge = knowledge;
	d->text = text;
	seg->wrapped = desk_layout_wrapped(text);
	int rc = desk_lexemes_renew(&d->lexemes, knowledge, crf)
		     ? 0
		     : desk_fail_memory(error);
	for (size_t at = 0; !rc && at < text.len; at = seg->end) {
		rc = start(d, at, error);
		if (!rc)
			rc = read_segment(d, at, error);
		if (rc)
			break;
		desk_context_count(&d->context, seg);
		rc = desk_mentions_note(d, error);
		if (!rc)
			rc = cut(d, error);
		if (!rc)
			rc = hand_out(d, seen, to, error);
	}
	return rc;
}

void
desk_describer_release(struct desk_describer *d)
{
	desk_arena_release(&d->arena);
	desk_arena_release(&d->lexemes.arena);
	*d = (struct desk_describer){0};
}
