/* What targets that read standard input share. */
#ifndef DESK_FUZZ_FEED_H
#define DESK_FUZZ_FEED_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

static inline void
need(bool good)
{
	if (!good)
		abort();
}

/* Makes the bytes standard input. */
static inline void
serve(const uint8_t *data, size_t size)
{
	int ends[2];
	need(!pipe(ends) && dup2(ends[0], STDIN_FILENO) >= 0);
	need(write(ends[1], data, size) == (ssize_t)size);
	close(ends[0]);
	close(ends[1]);
}

#endif
