/*
 * worker.c - one document's way through a filter: read, annotate, write.
 *
 * A record that cannot be read costs only itself.  One without a text passes
 * through as it is, and so does one that has the filter's layer already.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/internal.h"
#include "core/error.h"
#include "io/layers.h"

static bool
use_color(const struct desk_settings *settings)
{
	const char *no_color = getenv("NO_COLOR");
	if (settings->color != DESK_COLOR_AUTO)
		return settings->color == DESK_COLOR_ALWAYS;
	return !settings->output && desk_cli_terminal(STDOUT_FILENO) &&
	       !(no_color && *no_color);
}

int
desk_worker_init(struct desk_worker *worker, const struct desk_tool *tool,
    void *own, const struct desk_settings *settings, struct desk_error *error)
{
	*worker = (struct desk_worker){
	    .tool = tool, .own = own, .settings = settings};
	worker->io.makes = tool->makes;
	worker->io.bytes = settings->bytes;
	worker->io.color = use_color(settings);
	worker->io.mark = settings->show.mark || settings->show.steps;
	worker->io.meta = settings->show.meta;
	worker->io.links = settings->show.links;
	worker->io.drop_html = settings->show.drop_html;
	worker->io.scores = settings->show.scores;
	worker->io.max_page = settings->reader.max_document;
	worker->record.doc = desk_doc_new();
	if (!worker->record.doc)
		return desk_fail_memory(error);
	if (tool->worker_new) {
		worker->engine = tool->worker_new(own, error);
		if (!worker->engine)
			return error->code;
	}
	return 0;
}

int
desk_worker_renew(struct desk_worker *worker, struct desk_error *error)
{
	if (!worker->inside || !worker->engine)
		return 0;
	worker->inside = false;
	worker->tool->worker_free(worker->engine);
	worker->engine = worker->tool->worker_new(worker->own, error);
	return worker->engine ? 0 : error->code;
}

void
desk_worker_release(struct desk_worker *worker)
{
	if (worker->engine)
		worker->tool->worker_free(worker->engine);
	desk_doc_free(worker->record.doc);
}

static int
read_frame(struct desk_worker *w, struct desk_error *error)
{
	struct desk_record *record = &w->record;
	const struct desk_frame *frame = &record->frame;
	record->came = 0;
	record->member_count = 0;
	record->line = 0;
	record->has_text = record->rewritten = false;
	record->filtered = record->over = record->told = false;
	record->url = record->captured = (struct desk_slice){NULL, 0};
	if (!frame->part)
		record->paragraph = record->paragraphs = 0;
	if (frame->error) {
		desk_doc_clear(record->doc);
		return desk_fail(error, frame->error, "%s", frame->why);
	}
	w->io.needs = w->tool->needs;
	if (w->io.to != DESK_FORM_JSONL)
		w->io.needs |= DESK_SENTS | DESK_ENTS | w->tool->makes;
	if (w->io.to == DESK_FORM_HTML)
		w->io.needs |= DESK_BLOCKS | DESK_QUOTES;
	if (w->tool->filter)
		w->io.needs |= w->tool->makes;
	return desk_forms[desk_form_of(frame->form)].read(
	    record, &w->io, error);
}

/* An encoding that is not known is a mistake of the user, but where a server
 * told it the page is read as if it had not. */
static int
add_layer(struct desk_worker *w, bool final, size_t *consumed,
    struct desk_error *error)
{
	struct desk_doc *doc = w->record.doc;
	int err =
	    w->tool->annotate(w->own, w->engine, doc, final, consumed, error);
	if (err != DESK_EUSAGE || !w->record.told)
		return err;
	doc->page.encoding = NULL;
	return w->tool->annotate(
	    w->own, w->engine, doc, final, consumed, error);
}

static int
annotate(struct desk_worker *w, size_t *consumed, struct desk_error *error)
{
	struct desk_record *record = &w->record;
	const struct desk_frame *frame = &record->frame;
	int err = 0;
	if (!record->has_text)
		return 0;
	record->doc->unscored =
	    w->io.to != DESK_FORM_JSONL && !w->settings->show.sure;
	if (!(record->came & w->tool->makes)) {
		struct desk_slice text = record->doc->text;
		err = add_layer(w, frame->last || frame->cut, consumed, error);
		record->rewritten = record->doc->page.html.data ||
				    record->doc->text.data != text.data ||
				    record->doc->text.len != text.len;
	}
	if (!err && w->tool->filter)
		err = w->tool->filter(
		    w->own, record->doc, &record->filtered, error);
	return err;
}

/* What has to be said of a document that was written. */
static int
judge(struct desk_worker *w, struct desk_outcome *outcome)
{
	const struct desk_record *record = &w->record;
	const struct desk_frame *frame = &record->frame;
	enum desk_on_empty on_empty = w->settings->show.on_empty;
	outcome->empty = record->rewritten && !record->doc->text.len &&
			 frame->last && !frame->part;
	/* Many pages of a crawl have no content, and nobody can help it. */
	if (on_empty == DESK_ON_EMPTY_AUTO)
		on_empty = frame->form == DESK_FROM_WARC ? DESK_ON_EMPTY_OK
							 : DESK_ON_EMPTY_ERROR;
	if (outcome->empty && on_empty == DESK_ON_EMPTY_ERROR)
		return desk_fail(&outcome->error, DESK_EDATA, "%s",
		    record->doc->page.html.data ? w->settings->show.empty
						: "no article found");
	if (record->over)
		return desk_fail(&outcome->error, DESK_ELIMIT,
		    "page over --max-document, cut");
	return 0;
}

void
desk_worker_do(struct desk_worker *w, const char *input,
    const struct desk_frame *frame, struct desk_buffer *out, size_t *consumed,
    struct desk_outcome *outcome)
{
	struct desk_record *record = &w->record;
	size_t before = out->len;
	memset(outcome, 0, sizeof *outcome);
	record->frame = *frame;
	record->input = input;
	w->io.to = w->settings->to;
	*consumed = frame->bytes.len;
	w->inside = !frame->last && !frame->cut;
	int err = read_frame(w, &outcome->error);
	err = err ? err : annotate(w, consumed, &outcome->error);
	outcome->line = record->line;
	if (!err) {
		if (w->settings->show.count)
			desk_names_write(record, out);
		else
			desk_forms[w->io.to].write(record, &w->io, out);
		outcome->written = true;
		outcome->apart = record->rewritten;
		/* One that failed before had no chance to have a text. */
		outcome->textless = frame->form == DESK_FROM_JSONL &&
				    !record->has_text &&
				    !desk_layers_member(record, "error");
		outcome->items = desk_doc_count(record->doc, w->tool->makes);
		err = judge(w, outcome);
	} else if (w->settings->on_error == DESK_ON_ERROR_RECORD &&
		   w->io.to == DESK_FORM_JSONL) {
		desk_jsonl_error(record, outcome->error.text, out);
		outcome->written = true;
	}
	if (frame->cut && record->doc->sent_count)
		record->paragraphs +=
		    record->doc->sents[record->doc->sent_count - 1].paragraph;
	if (out->failed) {
		out->failed = false;
		out->len = before;
		outcome->written = false;
		err = desk_fail_memory(&outcome->error);
	}
	outcome->code = err;
}
