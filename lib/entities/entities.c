/*
 * entities.c - the tagger: a model of names, the user's own, dates and amounts.
 *
 * A tagger is read-only but for a pool of workplaces.  A thread takes one for
 * each document and gives it back, so that there are as many as threads tag at
 * once, and what is known of frequent words stays from document to document.
 */
#include <pthread.h>
#include <string.h>

#include "copydesk.h"
#include "core/error.h"
#include "core/slice.h"
#include "doc/doc.h"
#include "entities/agree.h"
#include "entities/settle.h"

/* The installed models, where the caller names none. */
#ifndef DESK_DATA_DIR
#define DESK_DATA_DIR "/usr/local/share/copydesk"
#endif

enum { LONG = 1 << 20 }; /* a text of more bytes */

/* What one thread needs. */
struct workplace {
	struct workplace *next;
	struct desk_describer describer;
	struct desk_arena work, found;
	struct desk_matcher *matcher;
};

struct pool {
	pthread_mutex_t lock;
	struct workplace *idle;
};

struct desk_tagger {
	struct desk_sequencer sequencer;
	struct desk_rules *rules;
	struct desk_gazetteer *gazetteer;
	bool scores, plain;
	struct pool *pool;
};

/* -- workplaces ---------------------------------------------------------- */

static struct pool *
pool_new(void)
{
	struct pool *pool = desk_calloc(1, sizeof *pool);
	if (pool && pthread_mutex_init(&pool->lock, NULL)) {
		desk_free(pool);
		return NULL;
	}
	return pool;
}

static void
leave(struct workplace *place)
{
	desk_describer_release(&place->describer);
	desk_arena_release(&place->work);
	desk_arena_release(&place->found);
	desk_matcher_free(place->matcher);
	desk_free(place);
}

static void
pool_free(struct pool *pool)
{
	if (!pool)
		return;
	while (pool->idle) {
		struct workplace *place = pool->idle;
		pool->idle = place->next;
		leave(place);
	}
	pthread_mutex_destroy(&pool->lock);
	desk_free(pool);
}

/* A workplace for the calling thread; NULL without memory. */
static struct workplace *
take(const struct desk_tagger *tagger)
{
	struct pool *pool = tagger->pool;
	pthread_mutex_lock(&pool->lock);
	struct workplace *place = pool->idle;
	if (place)
		pool->idle = place->next;
	pthread_mutex_unlock(&pool->lock);
	if (place)
		return place;
	place = desk_calloc(1, sizeof *place);
	if (!place)
		return NULL;
	place->matcher = desk_matcher_new(tagger->rules);
	if (place->matcher)
		return place;
	leave(place);
	return NULL;
}

/* What a long document needed is not kept for those behind it. */
static void
give_back(const struct desk_tagger *tagger, struct workplace *place, size_t len)
{
	struct pool *pool = tagger->pool;
	if (len > LONG) {
		desk_describer_release(&place->describer);
		desk_arena_release(&place->work);
		desk_arena_release(&place->found);
	}
	pthread_mutex_lock(&pool->lock);
	place->next = pool->idle;
	pool->idle = place;
	pthread_mutex_unlock(&pool->lock);
}

/* -- the tagger ---------------------------------------------------------- */

static int
load_model(
    struct desk_tagger *tagger, const char *path, struct desk_error *error)
{
	struct desk_modelfile file = {0};
	struct desk_error why = {0};
	if (!path)
		path = DESK_DATA_DIR "/en.model";
	int rc = desk_modelfile_open(&file, path, &why);
	if (!rc)
		rc = desk_sequencer_load(&tagger->sequencer, &file, &why);
	return rc ? desk_fail(error, rc, "%.120s: %.100s", path, why.text) : 0;
}

static int
fill(struct desk_tagger *tagger, const struct desk_entities_options *options,
    struct desk_error *error)
{
	tagger->scores = options->scores;
	tagger->plain = options->plain;
	tagger->pool = pool_new();
	if (!tagger->pool)
		return desk_fail_memory(error);
	tagger->rules = desk_rules_new(!options->no_relative_dates, error);
	if (!tagger->rules)
		return DESK_ENOMEM;
	if (options->gazetteer.len) {
		tagger->gazetteer =
		    desk_gazetteer_new(options->gazetteer, error);
		if (!tagger->gazetteer)
			return DESK_EDATA;
	}
	int rc = load_model(tagger, options->model, error);
	if (tagger->plain)
		tagger->sequencer.knowledge.least = INT16_MIN;
	return rc;
}

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
	if (!fill(tagger, options ? options : &defaults, error))
		return tagger;
	desk_tagger_free(tagger);
	return NULL;
}

void
desk_tagger_free(struct desk_tagger *tagger)
{
	if (!tagger)
		return;
	pool_free(tagger->pool); /* before the rules that it came from */
	desk_sequencer_release(&tagger->sequencer);
	desk_rules_free(tagger->rules);
	desk_gazetteer_free(tagger->gazetteer);
	desk_free(tagger);
}

/* Gives a document what was found, as one array of its own. */
static int
keep(struct desk_doc *doc, const struct desk_settler *settler,
    struct desk_error *error)
{
	size_t at = 0;
	struct desk_ent *ents = NULL;
	if (settler->count)
		ents = desk_arena_alloc(
		    &doc->arena, settler->count * sizeof *ents);
	if (settler->count && !ents)
		return desk_fail_memory(error);
	for (const struct desk_piece *p = settler->first; p; p = p->next) {
		memcpy(ents + at, p->ents, p->count * sizeof *ents);
		at += p->count;
	}
	desk_doc_set_ents(doc, ents, at);
	return 0;
}

/* -- labels -------------------------------------------------------------- */

/* The label number i that model or rules have; NULL behind the last. */
static const char *
label_at(const struct desk_tagger *tagger, uint32_t i)
{
	const struct desk_crf *crf = &tagger->sequencer.crf;
	if (i < crf->types)
		return crf->names[i];
	return desk_rules_label(tagger->rules, i - crf->types);
}

/* Those that are known, each once, with commas between. */
static void
list_labels(const struct desk_tagger *tagger, char *to, size_t size)
{
	size_t n = 0;
	const char *label;
	*to = '\0';
	for (uint32_t i = 0; (label = label_at(tagger, i)); i++) {
		bool before = false;
		for (uint32_t k = 0; k < i; k++)
			before |= !strcmp(label_at(tagger, k), label);
		size_t len = strlen(label);
		if (before || n + len + 3 > size)
			continue;
		memcpy(to + n, n ? ", " : "", n ? 3 : 1);
		n += n ? 2 : 0;
		memcpy(to + n, label, len + 1);
		n += len;
	}
}

int
desk_tagger_check_labels(const struct desk_tagger *tagger,
    struct desk_slice labels, struct desk_error *error)
{
	struct desk_slice item;
	while (desk_slice_item(&labels, &item)) {
		const char *label;
		uint32_t i = 0;
		while ((label = label_at(tagger, i)) &&
		       !desk_slice_is(item, label))
			i++;
		if (label || (tagger->gazetteer &&
				 desk_gazetteer_has(tagger->gazetteer, item)))
			continue;
		char known[140];
		list_labels(tagger, known, sizeof known);
		return desk_fail(error, DESK_EUSAGE,
		    "--labels: unknown label '%.*s', not one of %s%s",
		    (int)(item.len < 32 ? item.len : 32), item.data, known,
		    tagger->gazetteer ? " or the gazetteer's" : "");
	}
	return 0;
}

int
desk_tagger_annotate(const struct desk_tagger *tagger, struct desk_doc *doc,
    struct desk_error *error)
{
	struct workplace *place = take(tagger);
	if (!place)
		return desk_fail_memory(error);
	struct desk_settler settler = {.sequencer = &tagger->sequencer,
	    .gazetteer = tagger->gazetteer,
	    .matcher = place->matcher,
	    .scores = tagger->scores && !doc->unscored,
	    .plain = tagger->plain,
	    .work = place->work,
	    .found = place->found};
	desk_arena_clear(&settler.found);
	int rc = desk_describe(&place->describer, &tagger->sequencer.knowledge,
	    &tagger->sequencer.crf, doc->text, desk_settle, &settler, error);
	if (!rc && !tagger->plain)
		rc = desk_agree(&settler, doc->text, error);
	if (!rc)
		rc = keep(doc, &settler, error);
	place->work = settler.work;
	place->found = settler.found;
	give_back(tagger, place, doc->text.len);
	return rc;
}
