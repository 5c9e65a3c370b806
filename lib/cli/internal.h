/* What the files of lib/cli know of each other. */
#ifndef DESK_CLI_INTERNAL_H
#define DESK_CLI_INTERNAL_H

#include <time.h>

#include "cli/cli.h"
#include "io/form.h"
#include "io/reader.h"
#include "io/tally.h"
#include "io/writer.h"

enum desk_on_error {
	DESK_ON_ERROR_SKIP,
	DESK_ON_ERROR_STOP,
	DESK_ON_ERROR_RECORD
};

/* The shared options, as given. */
struct desk_settings {
	const char *output;
	bool to_known; /* --to was given, or the first input has told it */
	enum desk_form_id to;
	unsigned jobs;
	bool line_buffered, null, header, bytes, quiet, verbose, no_sandbox;
	enum { DESK_COLOR_AUTO, DESK_COLOR_ALWAYS, DESK_COLOR_NEVER } color;
	enum desk_on_error on_error;
	struct desk_output show;
	struct desk_reader_options reader;
	char **files;
	int file_count;
};

enum { DESK_PARSED, DESK_DONE, DESK_MISUSED };

/* Whether what is asked for can be written in the form chosen; DESK_EUSAGE. */
int desk_cli_check_form(
    const struct desk_settings *settings, struct desk_error *error);

/* Reads the command line; --help and --version are answered at once. */
int desk_cli_parse(const struct desk_tool *tool, void *own,
    struct desk_settings *settings, int argc, char **argv);

/* What one document came to. */
struct desk_outcome {
	int code;      /* 0, or why it is not whole */
	uint64_t line; /* of the frame, from 0, where that is */
	bool written;  /* something stands for it in the output */
	bool empty;    /* nothing was found in it */
	bool apart;    /* a blank line belongs before a part's output */
	bool textless; /* a record that passed for want of a text */
	size_t items;  /* of the layer that the filter adds */
	struct desk_error error;
};

/* A thread's own: a document, the engine's working state. */
struct desk_worker {
	const struct desk_tool *tool;
	void *own, *engine;
	const struct desk_settings *settings;
	struct desk_io_options io;
	struct desk_record record;
	bool inside; /* a stream's document, whose rest is to come */
};

int desk_worker_init(struct desk_worker *worker, const struct desk_tool *tool,
    void *own, const struct desk_settings *settings, struct desk_error *error);
void desk_worker_release(struct desk_worker *worker);

/* Before another document than the one expected: makes the engine forget the
 * rest of a stream that will not come. */
int desk_worker_renew(struct desk_worker *worker, struct desk_error *error);

/* Reads, annotates and writes one frame; appends to out.  *consumed as in
 * desk_splitter_annotate(). */
void desk_worker_do(struct desk_worker *worker, const char *input,
    const struct desk_frame *frame, struct desk_buffer *out, size_t *consumed,
    struct desk_outcome *outcome);

/* Threads.  Frames go in, and outcomes come out in the same order by the
 * function `done`, in the thread that calls add and drain; it returns non-zero
 * to stop everything. */
typedef int desk_done(void *context, const char *input,
    const struct desk_frame *frame, struct desk_slice out,
    const struct desk_outcome *outcome);

struct desk_crew;

/* NULL where a thread or its worker could not be had; error tells. */
struct desk_crew *desk_crew_new(const struct desk_tool *tool, void *own,
    const struct desk_settings *settings, desk_done *done, void *context,
    struct desk_error *error);

/* Hands over a copy of the frame; the input's name must stay. */
int desk_crew_add(struct desk_crew *crew, const char *input,
    const struct desk_frame *frame, struct desk_error *error);

/* Waits until all that was added is done. */
int desk_crew_drain(struct desk_crew *crew);

void desk_crew_free(struct desk_crew *crew);

/* Whether a descriptor is a terminal that obeys escapes: TERM names one, and
 * no dumb one. */
bool desk_cli_terminal(int fd);

/* A progress line on a terminal, once the run is a second old, and what is said
 * at the end; the run counts. */
struct desk_progress {
	bool on;
	struct timespec begin, shown;
	uint64_t documents, items, empty, errors, bytes;
};

void desk_cli_progress_begin(struct desk_progress *progress, bool wanted);

/* taken of size bytes (0: not known) of the current input are read. */
void desk_cli_progress_show(struct desk_progress *progress,
    const struct desk_tool *tool, uint64_t taken, uint64_t size);

void desk_cli_progress_end(const struct desk_progress *progress,
    const struct desk_tool *tool, bool totals);

/* Blocks or lets through the signals that end a command; threads that are
 * started while they are blocked never see them. */
void desk_cli_hold_signals(bool hold);

/* The file that these signals must not leave behind, or NULL: call it while
 * they are held.  Those that are ignored (nohup) stay so. */
void desk_cli_unlink_on_signal(const char *name);

/* Diagnostics: `prog: FILE:LINE: text`.  input NULL: none; line 0: none. */
void desk_cli_say(const struct desk_tool *tool, const char *input,
    uint64_t line, const char *text);

#endif
