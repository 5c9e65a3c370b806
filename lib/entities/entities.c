/*
 * entities.c - the tagger: lists, patterns and the document's own evidence.
 *
 * Three passes over the text, segment by segment: count the words, let every
 * candidate vote on what its name is, decide.  The text is tokenized anew in
 * each pass, unless it is one segment; so memory is bounded by the segment and
 * the table of facts.
 *
 * Spans never overlap.  The user's own names win over all else.  Between a
 * name and a date or amount the longer span wins, and the latter in a tie.
 */
#include "entities/tagger.h"

#include <string.h>

#include "core/error.h"
#include "doc/doc.h"
#include "doc/layout.h"
#include "entities/gazetteer.h"
#include "entities/names.h"
#include "entities/rules.h"

#include "evidence.inc"

struct desk_tagger {
	struct desk_rules *rules;
	struct desk_gazetteer *gazetteer;
	const struct desk_weights *weights;
};

static const char *const label_names[LABELS] = {
    NULL, "PER", "ORG", "LOC", "MISC"};

/* One document being tagged. */
struct work {
	const struct desk_tagger *tagger;
	struct desk_arena scratch;
	struct desk_segment segment;
	struct desk_context context;
	pcre2_match_data *matches;
	desk_name_seen *seen; /* who gets the candidates, with what */
	void *to;
	struct desk_arena *arena; /* of the document: the result */
	struct desk_ent *ents;
	size_t count, room;
};

struct desk_tagger *
desk_tagger_new(
    const struct desk_entities_options *options, struct desk_error *error)
{
	static const struct desk_entities_options defaults;
	struct desk_tagger *tagger = desk_calloc(1, sizeof *tagger);
	if (!tagger) {
		desk_fail_memory(error);
		return NULL;
	}
	if (!options)
		options = &defaults;
	tagger->weights = &evidence;
	tagger->rules = desk_rules_new(!options->no_relative_dates, error);
	bool good = tagger->rules;
	if (good && options->gazetteer.len) {
		tagger->gazetteer =
		    desk_gazetteer_new(options->gazetteer, error);
		good = tagger->gazetteer;
	}
	if (good)
		return tagger;
	desk_tagger_free(tagger);
	return NULL;
}

void
desk_tagger_free(struct desk_tagger *tagger)
{
	if (!tagger)
		return;
	desk_rules_free(tagger->rules);
	desk_gazetteer_free(tagger->gazetteer);
	desk_free(tagger);
}

static struct desk_name_reader
names_of(const struct work *w)
{
	return (struct desk_name_reader){.segment = &w->segment,
	    .context = &w->context,
	    .weights = w->tagger->weights};
}

/* A span that may become an entity; label NULL: none. */
struct span {
	uint32_t start, end;
	const char *label;
};

static int
put(struct work *w, struct span span, struct desk_error *error)
{
	if (!DESK_RESERVE(w->arena, w->ents, w->count, w->room))
		return desk_fail_memory(error);
	w->ents[w->count++] =
	    (struct desk_ent){span.start, span.end, span.label, 0};
	return 0;
}

/* The next name of a segment that has a label; label NULL at the end. */
static struct span
next_name(struct desk_name_reader *reader)
{
	struct desk_name name;
	while (desk_name_next(reader, true, &name)) {
		const struct desk_token *t = reader->segment->tokens;
		if (name.label)
			return (struct span){t[name.from].start,
			    t[name.to - 1].end, label_names[name.label]};
	}
	return (struct span){UINT32_MAX, UINT32_MAX, NULL};
}

/* The span that rules or the gazetteer see at token i. */
static struct span
span_at(struct work *w, size_t i, bool *own)
{
	const struct desk_segment *seg = &w->segment;
	struct span span = {seg->tokens[i].start, 0, NULL};
	*own = false;
	if (w->tagger->gazetteer)
		span.label = desk_gazetteer_match(
		    w->tagger->gazetteer, seg, i, &span.end);
	if (span.label)
		*own = true;
	else if (seg->words[i].triggers)
		span.label = desk_rules_match(
		    w->tagger->rules, w->matches, seg, i, &span.end);
	return span;
}

/* Decides a segment: names and the other spans, both in order, are merged. */
static int
decide(struct work *w, struct desk_error *error)
{
	struct desk_name_reader reader = names_of(w);
	struct span name = next_name(&reader), held = {0, 0, NULL};
	uint32_t done = 0; /* end of what is decided */
	int rc = 0;
	for (size_t i = 0; i < w->segment.count && !rc; i++) {
		uint32_t start = w->segment.tokens[i].start;
		if (start < done)
			continue;
		bool own;
		struct span span = span_at(w, i, &own);
		while (name.start < start || name.start < done)
			name = next_name(&reader);
		/* A name that has begun before a span of its own length or
		 * longer gives way; so it is held until it is past. */
		if (name.start == start &&
		    (!span.label || (!own && name.end - name.start >
						 span.end - span.start))) {
			held = name;
			size_t k = i + 1;
			for (; k < w->segment.count &&
			       w->segment.tokens[k].start < name.end;
			     k++) {
				struct span inner = span_at(w, k, &own);
				if (inner.label &&
				    (own || inner.end - inner.start >=
						held.end - held.start)) {
					held.label = NULL;
					break;
				}
			}
			if (!held.label) {
				name = next_name(&reader);
				continue;
			}
			span = held;
		}
		if (!span.label)
			continue;
		rc = put(w, span, error);
		done = span.end;
	}
	return rc;
}

static void
vote(struct work *w)
{
	struct desk_name_reader reader = names_of(w);
	struct desk_name name;
	while (desk_name_next(&reader, false, &name))
		desk_name_vote(&w->context, &w->segment, &name);
}

/* What decide() would choose names from, to whom it may concern. */
static void
show(struct work *w)
{
	struct desk_name_reader reader = names_of(w);
	struct desk_name name;
	while (desk_name_next(&reader, true, &name))
		w->seen(w->to, &w->segment, &name);
}

enum pass { PASS_COUNT, PASS_VOTE, PASS_DECIDE };

/* One pass over all segments; only segment is kept when the text fits. */
static int
run_pass(struct work *w, enum pass pass, struct desk_error *error)
{
	struct desk_segment *seg = &w->segment;
	size_t len = seg->text.len;
	for (size_t at = 0; at < len; at = seg->end) {
		bool there =
		    pass > PASS_COUNT && !at && seg->end == len && !seg->start;
		int rc = there ? 0 : desk_segment_read(seg, at, error);
		if (rc)
			return rc;
		if (pass == PASS_COUNT) {
			desk_context_count(&w->context, seg);
			continue;
		}
		if (!seg->looked_up) {
			desk_segment_look_up(seg);
			desk_context_unglue(&w->context, seg);
		}
		if (pass == PASS_VOTE)
			vote(w);
		else if (w->seen)
			show(w);
		else if ((rc = decide(w, error)))
			return rc;
	}
	return 0;
}

/* All passes over a document; w holds what is to become of its names. */
static int
run(struct work *w, const struct desk_tagger *tagger, struct desk_doc *doc,
    struct desk_error *error)
{
	w->tagger = tagger;
	w->arena = &doc->arena;
	w->segment.text = doc->text;
	w->segment.arena = &w->scratch;
	w->segment.wrapped = desk_layout_wrapped(doc->text);
	w->matches = desk_rules_scratch(tagger->rules);
	int rc = w->matches ? desk_context_init(&w->context, &w->scratch,
				  doc->text.len, error)
			    : desk_fail_memory(error);
	for (enum pass pass = PASS_COUNT; !rc && pass <= PASS_DECIDE; pass++)
		rc = run_pass(w, pass, error);
	if (w->matches)
		pcre2_match_data_free(w->matches);
	desk_arena_release(&w->scratch);
	return rc;
}

int
desk_tagger_annotate(const struct desk_tagger *tagger, struct desk_doc *doc,
    struct desk_error *error)
{
	struct work w = {0};
	int rc = run(&w, tagger, doc, error);
	if (!rc)
		desk_doc_set_ents(doc, w.ents, w.count);
	return rc;
}

void
desk_tagger_weigh_by(
    struct desk_tagger *tagger, const struct desk_weights *weights)
{
	tagger->weights = weights;
}

int
desk_tagger_show(const struct desk_tagger *tagger, struct desk_doc *doc,
    desk_name_seen *seen, void *to, struct desk_error *error)
{
	struct work w = {.seen = seen, .to = to};
	return run(&w, tagger, doc, error);
}
