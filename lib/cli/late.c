/*
 * late.c - a tagger that is opened when the first document needs it.
 *
 * Its model takes longer to open than a short document takes to be read, and
 * documents that come with their entities never ask for it.
 */
#include <pthread.h>

#include "cli/cli.h"
#include "cli/sandbox.h"
#include "core/error.h"
#include "core/memory.h"

struct desk_late {
	struct desk_model_path model;
	pthread_mutex_t lock;
	struct desk_tagger *tagger; /* NULL: not yet */
};

static int
open_tagger(struct desk_late *late, struct desk_error *error)
{
	const struct desk_entities_options options = {
	    .model = late->model.text};
	pthread_mutex_lock(&late->lock);
	if (!late->tagger)
		late->tagger = desk_tagger_new(&options, error);
	bool open = late->tagger;
	pthread_mutex_unlock(&late->lock);
	return open ? 0 : error->code;
}

struct desk_late *
desk_cli_late(const char *model, struct desk_error *error)
{
	struct desk_late *late = desk_calloc(1, sizeof *late);
	if (!late || pthread_mutex_init(&late->lock, NULL)) {
		desk_fail_memory(error);
		desk_free(late);
		return NULL;
	}
	if (!desk_cli_model(model, &late->model, error) &&
	    (!model || !open_tagger(late, error))) {
		if (!model)
			desk_sandbox_keep(late->model.text);
		return late;
	}
	desk_cli_late_free(late);
	return NULL;
}

void
desk_cli_late_free(struct desk_late *late)
{
	if (!late)
		return;
	desk_tagger_free(late->tagger);
	pthread_mutex_destroy(&late->lock);
	desk_free(late);
}

int
desk_cli_late_tag(
    struct desk_late *late, struct desk_doc *doc, struct desk_error *error)
{
	int err = open_tagger(late, error);
	/* No other document will fare better. */
	if (err)
		return error->code = DESK_EUSAGE;
	return desk_tagger_annotate(late->tagger, doc, error);
}
