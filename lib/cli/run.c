/*
 * run.c - a command's life: inputs one after the other, documents through the
 * filter, results to the writer.
 *
 * Exit status 0: all done; 1: some input could not be processed or held
 * nothing; 2: wrong usage, nothing could be done, or the output failed.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/internal.h"
#include "cli/sandbox.h"
#include "core/error.h"
#include "io/conll.h"
#include "io/view.h"

enum { FEED = 8 }; /* records that make a feed, of which some have a text */

struct run {
	const struct desk_tool *tool;
	void *own;
	struct desk_settings settings;
	struct desk_reader *reader;
	struct desk_writer *writer;
	struct desk_worker worker; /* of this thread */
	struct desk_crew *crew;	   /* NULL: no others */
	struct desk_buffer out;
	struct desk_view view;	  /* the page, where documents are on one */
	struct desk_buffer page;  /* of it, what is not from a document */
	struct desk_tally *tally; /* NULL: documents are written */
	bool dead;	    /* the output failed: nothing more can be done */
	bool stopped;	    /* by --on-error=stop */
	bool failed;	    /* some input was not processed */
	bool wrote;	    /* a document is in the output */
	bool inside;	    /* and the end of the last one is to come */
	bool filled;	    /* which has some output already */
	bool lost;	    /* the rest of this input: a stream that failed */
	const char *blamed; /* the file for which nothing could begin */
	uint64_t opened, begun; /* inputs, documents */
	const char *feed;	/* the input of which these were taken: */
	uint64_t records, textless;
	struct desk_progress progress;
};

/* -- output -------------------------------------------------------------- */

static int
output_failed(struct run *run, const struct desk_error *error)
{
	if (!run->dead)
		desk_cli_say(run->tool, run->settings.output, 0, error->text);
	run->dead = true;
	return 1;
}

static int
put(struct run *run, const char *data, size_t len)
{
	struct desk_error error;
	if (len && desk_writer_put(run->writer, data, len, &error))
		return output_failed(run, &error);
	return 0;
}

static int
flush(struct run *run)
{
	struct desk_error error;
	if (!run->dead && desk_writer_flush(run->writer, &error))
		return output_failed(run, &error);
	return 0;
}

/* Whether columns begin with the line that begins a document. */
static bool
begins(struct desk_slice out)
{
	size_t n = sizeof DESK_CONLL_DOCSTART - 1;
	return out.len >= n && !memcmp(out.data, DESK_CONLL_DOCSTART, n);
}

static int
put_page(struct run *run)
{
	struct desk_error error;
	if (!run->page.failed)
		return put(run, run->page.data, run->page.len);
	desk_fail_memory(&error);
	return output_failed(run, &error);
}

/* A document as an article of the page; with --null each has a page. */
static int
put_article(
    struct run *run, const struct desk_frame *frame, struct desk_slice out)
{
	bool whole = run->settings.null && frame->last;
	run->page.len = 0;
	desk_view_before(&run->view, frame, &out, &run->page);
	if (put_page(run) || put(run, out.data, out.len))
		return 1;
	run->page.len = 0;
	desk_view_behind(&run->view, frame, &run->page);
	if (whole)
		desk_view_end(&run->view, &run->page);
	return put_page(run) || (whole && put(run, "", 1));
}

/* Writes what stands for a document or a part of one, with what separates
 * documents.  With --null each has an answer, be it an empty one. */
static int
put_document(struct run *run, const struct desk_frame *frame,
    struct desk_slice out, const struct desk_outcome *outcome)
{
	if (run->settings.to == DESK_FORM_HTML)
		return put_article(run, frame, out);
	bool json = run->settings.to == DESK_FORM_JSONL;
	bool null = run->settings.null && (frame->last || (json && out.len));
	const char *between = "";
	if (!run->inside && run->wrote && !run->settings.null)
		between = "\f\n";
	if (run->inside && run->filled && outcome->apart && out.len)
		between = "\n";
	if (run->settings.to == DESK_FORM_CONLL && *between == '\f')
		between = begins(out) ? "" : DESK_CONLL_BEGIN "\n";
	else if (run->settings.to != DESK_FORM_TEXT &&
		 (run->settings.to != DESK_FORM_BRAT || *between != '\f'))
		between = "";
	run->filled = (run->filled && run->inside) || out.len;
	run->inside = !frame->last;
	run->wrote = true;
	if (null && json && out.len)
		out.len--;
	return put(run, between, strlen(between)) ||
	       put(run, out.data, out.len) || (null && put(run, "", 1));
}

static void
record_failure(struct run *run, const char *input,
    const struct desk_frame *frame, const struct desk_outcome *outcome)
{
	bool placed = frame->form == DESK_FROM_JSONL ||
		      frame->form == DESK_FROM_WARC || frame->line > 1 ||
		      frame->form == DESK_FROM_CONLL;
	uint64_t line = frame->line;
	if (!run->settings.null)
		line += outcome->line;
	run->progress.errors++;
	run->failed = true;
	/* No other document will fare better; what is done is written. */
	if (outcome->code == DESK_EUSAGE) {
		flush(run);
		run->dead = true;
	}
	if (!run->settings.quiet || run->dead)
		desk_cli_say(
		    run->tool, input, placed ? line : 0, outcome->error.text);
	if (run->settings.on_error == DESK_ON_ERROR_STOP)
		run->stopped = true;
}

/* Behind an input of records: they passed as they are, but that can hardly be
 * what was wanted where none of them has a text. */
static void
end_feed(struct run *run)
{
	char text[120];
	bool all = run->records >= FEED && run->textless == run->records;
	snprintf(text, sizeof text,
	    "no record has a text%s: jq -c '.text = .content' makes one of "
	    "another member",
	    run->tool->pages ? " or html" : "");
	if (all && !run->settings.quiet)
		desk_cli_say(run->tool, run->feed, 0, text);
	run->records = run->textless = 0;
}

static void
count_record(struct run *run, const char *input, bool textless)
{
	if (run->feed != input)
		end_feed(run);
	run->feed = input;
	run->records++;
	run->textless += textless;
}

/* Takes what a frame came to; the crew calls it in the order of the input. */
static int
take(void *context, const char *input, const struct desk_frame *frame,
    struct desk_slice out, const struct desk_outcome *outcome)
{
	struct run *run = context;
	uint64_t document = run->progress.documents;
	run->progress.items += outcome->items;
	run->progress.documents += frame->last;
	run->progress.empty += outcome->empty;
	if (frame->form == DESK_FROM_JSONL)
		count_record(run, input, outcome->textless);
	if (outcome->code)
		record_failure(run, input, frame, outcome);
	if (run->dead)
		return 1;
	if (run->tally) {
		struct desk_error error;
		if (desk_tally_add(run->tally, out, document, &error))
			return output_failed(run, &error);
		return run->stopped;
	}
	bool ends = frame->last && (run->inside || run->settings.null);
	if ((outcome->written || ends) &&
	    put_document(run, frame, out, outcome))
		return 1;
	if ((run->settings.line_buffered || run->settings.null) && flush(run))
		return 1;
	return run->stopped;
}

/* -- input --------------------------------------------------------------- */

/* The form of the output follows the first document where it was not said. */
static int
choose_form(struct run *run, const char *input, const struct desk_frame *frame)
{
	const char *first = run->tool->forms[0];
	struct desk_error error;
	if (run->settings.to_known)
		return 0;
	run->settings.to_known = true;
	run->settings.to = DESK_FORM_JSONL;
	bool text =
	    frame->form == DESK_FROM_TEXT || frame->form == DESK_FROM_HTML;
	if (frame->form == DESK_FROM_CONLL)
		run->settings.to = DESK_FORM_CONLL;
	for (int i = 0; text && i < DESK_FORM_COUNT; i++)
		if (!strcmp(desk_forms[i].name, first))
			run->settings.to = (enum desk_form_id)i;
	if (!desk_cli_check_form(&run->settings, &error))
		return 0;
	desk_cli_say(run->tool, input, 0, error.text);
	run->dead = true;
	return 1;
}

static int
put_header(struct run *run)
{
	const char *header = run->tally ? "label\tname\tmentions\tdocuments\n"
					: desk_tsv_header(run->tool->makes,
					      run->settings.show.scores);
	if (run->wrote || !run->settings.header ||
	    run->settings.to != DESK_FORM_TSV)
		return 0;
	run->settings.header = false;
	return put(run, header, strlen(header));
}

/* Whether a document is written at one go. */
static bool
whole_documents(const struct desk_settings *settings)
{
	return settings->to == DESK_FORM_JSONL ||
	       settings->to == DESK_FORM_HTML;
}

/* One frame through the filter, in this thread or by the crew. */
static int
handle(struct run *run, const char *input, const struct desk_frame *frame)
{
	struct desk_outcome outcome;
	size_t consumed;
	if (choose_form(run, input, frame) || put_header(run))
		return 1;
	bool streamed = run->tool->streams && frame->form == DESK_FROM_TEXT &&
			!whole_documents(&run->settings);
	if (run->crew && !streamed) {
		int err =
		    desk_crew_add(run->crew, input, frame, &outcome.error);
		if (err < 0)
			return output_failed(run, &outcome.error);
		return err;
	}
	if (run->crew && desk_crew_drain(run->crew))
		return 1;
	run->out.len = 0;
	desk_worker_do(
	    &run->worker, input, frame, &run->out, &consumed, &outcome);
	if (!frame->last && !frame->cut)
		desk_reader_consume(run->reader, consumed);
	struct desk_frame taken = *frame;
	run->lost = outcome.code && run->worker.inside;
	taken.last |= run->lost;
	return take(run, input, &taken,
	    (struct desk_slice){run->out.data, run->out.len}, &outcome);
}

static void
input_failed(struct run *run, const char *input, const struct desk_error *error)
{
	run->failed = true;
	run->progress.errors++;
	desk_cli_say(run->tool, input, 0, error->text);
	if (run->settings.on_error == DESK_ON_ERROR_STOP)
		run->stopped = true;
}

/* Whether text need not be held whole.  It must where bad UTF-8 is an error of
 * its whole document, and where that is one record. */
static bool
in_parts(const struct run *run)
{
	const struct desk_settings *s = &run->settings;
	return s->reader.invalid != DESK_INVALID_ERROR &&
	       !(s->to_known && whole_documents(s));
}

/* Before the first frame of an input: text that is most likely a mistake. */
static void
warn(struct run *run, const char *input)
{
	if (desk_reader_page(run->reader) && !run->settings.quiet)
		desk_cli_say(run->tool, input, 0,
		    "looks like a web page: run strip-boilerplate first");
}

/* All frames of an open input; non-zero: no other is to be read. */
static int
read_frames(struct run *run, const char *input)
{
	struct desk_frame frame;
	struct desk_error error;
	for (bool first = true;;) {
		int event = desk_reader_next(run->reader, &frame, &error);
		if (event == DESK_EVENT_END)
			return 0;
		if (event == DESK_EVENT_FRAME) {
			if (first)
				warn(run, input);
			first = false;
			frame.document = run->begun + 1;
			run->begun += frame.last;
			int stop = handle(run, input, &frame);
			desk_cli_progress_show(&run->progress, run->tool,
			    desk_reader_taken(run->reader),
			    desk_reader_size(run->reader));
			run->begun += run->lost && !frame.last;
			if (stop || run->lost)
				return stop;
			continue;
		}
		if (run->crew && desk_crew_drain(run->crew))
			return 1;
		if (event != DESK_EVENT_IDLE) {
			run->inside = false;
			input_failed(run, input, &error);
			run->dead |= event == DESK_EUSAGE;
			return run->dead;
		}
		if (flush(run))
			return 1;
		desk_reader_wait(run->reader);
	}
}

/* All of one input; non-zero: no other is to be read. */
static int
read_input(struct run *run, const char *input, bool last)
{
	struct desk_error error;
	run->lost = false;
	bool parts = in_parts(run);
	desk_reader_stream(run->reader, run->tool->streams && parts);
	desk_reader_part(run->reader, parts ? run->tool->part : 0);
	int err = desk_worker_renew(&run->worker, &error);
	err = err ? err : desk_reader_open(run->reader, input, &error);
	if (err) {
		if (run->crew && desk_crew_drain(run->crew))
			return 1;
		input_failed(run, input, &error);
		return run->stopped || err == DESK_EUSAGE;
	}
	if (last)
		desk_sandbox_seal();
	run->opened++;
	int stop = read_frames(run, input);
	run->progress.bytes += desk_reader_taken(run->reader);
	return stop || run->stopped;
}

/* -- start and end ------------------------------------------------------- */

static int
start(struct run *run, struct desk_error *error)
{
	struct desk_settings *s = &run->settings;
	if (s->line_buffered && run->tool->line_buffered)
		run->tool->line_buffered(run->own);
	int err = run->tool->open ? run->tool->open(run->own, error) : 0;
	if (err)
		return err;
	if (s->show.count) {
		run->tally = desk_tally_new(&(struct desk_tally_limits){0, 0});
		if (!run->tally)
			return desk_fail_memory(error);
	}
	s->reader.stream = run->tool->streams;
	run->reader = desk_reader_new(&s->reader);
	if (!run->reader)
		return desk_fail_memory(error);
	err = desk_worker_init(&run->worker, run->tool, run->own, s, error);
	if (err)
		return err;
	err = desk_writer_open(&run->writer, s->output, error);
	run->blamed = err && err != DESK_ENOMEM ? s->output : NULL;
	if (err)
		return err;
	const char *temporary = desk_writer_temporary(run->writer);
	if (temporary)
		desk_cli_unlink_on_signal(temporary);
	if (!s->no_sandbox)
		desk_sandbox_enter(temporary);
	if (s->jobs > 1) {
		run->crew =
		    desk_crew_new(run->tool, run->own, s, take, run, error);
		err = run->crew ? 0 : error->code;
	}
	return err;
}

/* The names of all documents, if that is what was asked for. */
static void
put_names(struct run *run)
{
	struct desk_error error;
	if (!run->tally || run->dead)
		return;
	if (desk_tally_finish(run->tally, &error)) {
		output_failed(run, &error);
		return;
	}
	run->out.len = 0;
	for (size_t i = 0; desk_tally_row(run->tally, i, &run->out) &&
			   !put(run, run->out.data, run->out.len);
	     i++)
		run->out.len = 0;
	if (run->out.failed) {
		desk_fail_memory(&error);
		output_failed(run, &error);
	}
	uint64_t lost = desk_tally_lost(run->tally);
	if (!lost)
		return;
	desk_fail(&error, DESK_ELIMIT,
	    "--count: too many names, %llu mentions of rare ones left out",
	    (unsigned long long)lost);
	desk_cli_say(run->tool, NULL, 0, error.text);
	run->failed = true;
}

/* The end of the page, of all documents. */
static void
put_end(struct run *run)
{
	const struct desk_settings *s = &run->settings;
	if (s->to_known && s->to == DESK_FORM_HTML && !s->null && !run->dead) {
		run->page.len = 0;
		desk_view_end(&run->view, &run->page);
		put_page(run);
	}
}

static int
finish(struct run *run)
{
	struct desk_error error;
	if (run->crew && !run->dead && !run->stopped)
		desk_crew_drain(run->crew);
	desk_crew_free(run->crew);
	if (!run->dead && !run->stopped)
		end_feed(run);
	bool nothing = run->failed && !run->opened;
	put_names(run);
	if (!nothing)
		put_end(run);
	desk_tally_free(run->tally);
	desk_cli_progress_end(&run->progress, run->tool, run->settings.verbose);
	bool half = run->stopped && run->settings.output;
	desk_cli_hold_signals(true);
	if (run->dead || nothing || half)
		desk_writer_abort(run->writer);
	else if (desk_writer_commit(run->writer, &error))
		output_failed(run, &error);
	desk_cli_unlink_on_signal(NULL);
	desk_cli_hold_signals(false);
	desk_worker_release(&run->worker);
	desk_reader_free(run->reader);
	desk_buffer_release(&run->out);
	desk_buffer_release(&run->page);
	desk_view_release(&run->view);
	if (run->tool->close)
		run->tool->close(run->own);
	return run->dead || nothing ? 2 : run->failed;
}

/* Else glibc keeps large blocks for reuse once some have been freed, and a
 * long file takes a third more memory than its documents need. */
static void
give_back_memory(void)
{
#ifdef M_MMAP_THRESHOLD
	mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
}

int
desk_cli_main(
    const struct desk_tool *tool, void *settings, int argc, char **argv)
{
	struct run run = {.tool = tool, .own = settings};
	run.view.makes = tool->makes;
	struct desk_error error = {0};
	give_back_memory();
	signal(SIGPIPE, SIG_DFL);
	switch (desk_cli_parse(tool, settings, &run.settings, argc, argv)) {
	case DESK_DONE:
		return 0;
	case DESK_MISUSED:
		return 2;
	}
	desk_cli_progress_begin(&run.progress, !run.settings.quiet);
	desk_cli_hold_signals(true);
	int err = start(&run, &error);
	desk_cli_hold_signals(false);
	if (err) {
		desk_cli_say(tool, run.blamed, 0, error.text);
		run.dead = true;
		finish(&run);
		return 2;
	}
	int count = run.settings.file_count;
	for (int i = 0; i < count; i++)
		if (read_input(&run, run.settings.files[i], i + 1 == count))
			break;
	return finish(&run);
}
