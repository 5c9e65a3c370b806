/*
 * crew.c - threads that work on documents, results in the order of the input.
 *
 * The thread that reads also writes.  It gathers frames in a batch (many small
 * records, or one large document), hands the batch to the crew and goes on
 * until the ring of batches is full; then it waits for the oldest one and
 * hands its outcomes on.  So order needs no sorting, memory is bounded by the
 * ring, and what is written does not depend on the number of threads.
 */
#include <pthread.h>
#include <string.h>

#include "cli/internal.h"
#include "cli/sandbox.h"
#include "core/error.h"

enum { BATCH_BYTES = 256 << 10, BATCH_FRAMES = 256 };

/* Changed under the lock only. */
enum state { EMPTY, READY, RUNNING, DONE };

struct item {
	const char *input;
	struct desk_frame frame;
	size_t start;	/* of its bytes in the batch */
	size_t out_end; /* of its output in the batch's */
	struct desk_outcome outcome;
};

struct batch {
	enum state state;
	struct item items[BATCH_FRAMES];
	size_t count;
	struct desk_buffer bytes, out;
};

struct desk_crew {
	desk_done *done;
	void *context;
	pthread_mutex_t lock;
	pthread_cond_t work, finished;
	bool quit;
	struct batch *ring;
	size_t ring_size;
	size_t oldest, newest; /* batches in flight; newest is to be filled */
	size_t in_flight;
	bool filling;
	size_t next; /* the batch to be worked on next */
	struct member *members;
	size_t member_count, started;
};

struct member {
	struct desk_crew *crew;
	struct desk_worker worker;
	pthread_t thread;
};

/* A buffer that nothing was put in has no data to count from. */
static const char *
place(const struct desk_buffer *b, size_t at)
{
	return b->data ? b->data + at : "";
}

static void
work_on(struct desk_worker *worker, struct batch *batch)
{
	for (size_t i = 0; i < batch->count; i++) {
		struct item *item = &batch->items[i];
		size_t consumed;
		item->frame.bytes.data = place(&batch->bytes, item->start);
		desk_worker_do(worker, item->input, &item->frame, &batch->out,
		    &consumed, &item->outcome);
		item->out_end = batch->out.len;
	}
}

static void *
thread_main(void *argument)
{
	struct member *member = argument;
	struct desk_crew *crew = member->crew;
	/* Only the thread that reads opens inputs. */
	desk_sandbox_seal();
	pthread_mutex_lock(&crew->lock);
	for (;;) {
		struct batch *batch = &crew->ring[crew->next];
		if (batch->state == READY) {
			batch->state = RUNNING;
			crew->next = (crew->next + 1) % crew->ring_size;
			pthread_mutex_unlock(&crew->lock);
			work_on(&member->worker, batch);
			pthread_mutex_lock(&crew->lock);
			batch->state = DONE;
			pthread_cond_signal(&crew->finished);
		} else if (crew->quit) {
			break;
		} else {
			pthread_cond_wait(&crew->work, &crew->lock);
		}
	}
	pthread_mutex_unlock(&crew->lock);
	return NULL;
}

static int
start_members(struct desk_crew *crew, const struct desk_tool *tool, void *own,
    const struct desk_settings *settings, struct desk_error *error)
{
	for (size_t i = 0; i < crew->member_count; i++) {
		struct member *member = &crew->members[i];
		member->crew = crew;
		int err = desk_worker_init(
		    &member->worker, tool, own, settings, error);
		int why = err ? 0
			      : pthread_create(
				    &member->thread, NULL, thread_main, member);
		if (why)
			err = desk_fail(error, DESK_EIO,
			    "cannot start a thread: %s", strerror(why));
		if (err) {
			desk_worker_release(&member->worker);
			return err;
		}
		crew->started++;
	}
	return 0;
}

struct desk_crew *
desk_crew_new(const struct desk_tool *tool, void *own,
    const struct desk_settings *settings, desk_done *done, void *context,
    struct desk_error *error)
{
	struct desk_crew *crew = desk_calloc(1, sizeof *crew);
	if (!crew) {
		desk_fail_memory(error);
		return NULL;
	}
	crew->done = done;
	crew->context = context;
	crew->member_count = settings->jobs;
	crew->ring_size = settings->jobs * 2 + 1;
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->work, NULL);
	pthread_cond_init(&crew->finished, NULL);
	crew->ring = desk_calloc(crew->ring_size, sizeof *crew->ring);
	crew->members = desk_calloc(crew->member_count, sizeof *crew->members);
	int err = crew->ring && crew->members
		      ? start_members(crew, tool, own, settings, error)
		      : desk_fail_memory(error);
	if (!err)
		return crew;
	desk_crew_free(crew);
	return NULL;
}

/* Hands on what the oldest batch in flight came to. */
static int
finish_oldest(struct desk_crew *crew)
{
	struct batch *batch = &crew->ring[crew->oldest];
	int stop = 0;
	pthread_mutex_lock(&crew->lock);
	while (batch->state != DONE)
		pthread_cond_wait(&crew->finished, &crew->lock);
	batch->state = EMPTY;
	pthread_mutex_unlock(&crew->lock);
	for (size_t i = 0, at = 0; i < batch->count && !stop; i++) {
		const struct item *item = &batch->items[i];
		struct desk_slice out = {
		    place(&batch->out, at), item->out_end - at};
		at = item->out_end;
		stop = crew->done(crew->context, item->input, &item->frame, out,
		    &item->outcome);
	}
	batch->count = batch->bytes.len = batch->out.len = 0;
	crew->oldest = (crew->oldest + 1) % crew->ring_size;
	crew->in_flight--;
	return stop;
}

/* Lets the crew work on the batch that was being filled. */
static void
dispatch(struct desk_crew *crew)
{
	if (!crew->filling)
		return;
	pthread_mutex_lock(&crew->lock);
	crew->ring[crew->newest].state = READY;
	pthread_cond_signal(&crew->work);
	pthread_mutex_unlock(&crew->lock);
	crew->newest = (crew->newest + 1) % crew->ring_size;
	crew->in_flight++;
	crew->filling = false;
}

int
desk_crew_add(struct desk_crew *crew, const char *input,
    const struct desk_frame *frame, struct desk_error *error)
{
	struct batch *batch = &crew->ring[crew->newest];
	if (crew->in_flight == crew->ring_size && finish_oldest(crew))
		return 1;
	crew->filling = true;
	struct item *item = &batch->items[batch->count++];
	memset(item, 0, sizeof *item);
	item->input = input;
	item->frame = *frame;
	item->start = batch->bytes.len;
	desk_buffer_append(&batch->bytes, frame->bytes.data, frame->bytes.len);
	if (batch->bytes.failed) {
		batch->bytes.failed = false;
		batch->count--;
		return desk_fail_memory(error);
	}
	if (batch->bytes.len >= BATCH_BYTES || batch->count == BATCH_FRAMES)
		dispatch(crew);
	return 0;
}

int
desk_crew_drain(struct desk_crew *crew)
{
	int stop = 0;
	dispatch(crew);
	while (!stop && crew->in_flight)
		stop = finish_oldest(crew);
	return stop;
}

void
desk_crew_free(struct desk_crew *crew)
{
	if (!crew)
		return;
	pthread_mutex_lock(&crew->lock);
	crew->quit = true;
	pthread_cond_broadcast(&crew->work);
	pthread_mutex_unlock(&crew->lock);
	for (size_t i = 0; i < crew->started; i++) {
		pthread_join(crew->members[i].thread, NULL);
		desk_worker_release(&crew->members[i].worker);
	}
	for (size_t i = 0; crew->ring && i < crew->ring_size; i++) {
		desk_buffer_release(&crew->ring[i].bytes);
		desk_buffer_release(&crew->ring[i].out);
	}
	pthread_mutex_destroy(&crew->lock);
	pthread_cond_destroy(&crew->work);
	pthread_cond_destroy(&crew->finished);
	desk_free(crew->ring);
	desk_free(crew->members);
	desk_free(crew);
}
