/* load.c - files that options name, read whole. */
#include <stdint.h>

#include "cli/cli.h"
#include "core/error.h"
#include "core/memory.h"
#include "io/source.h"

int
desk_cli_load(
    const char *path, struct desk_slice *content, struct desk_error *error)
{
	struct desk_source *source;
	struct desk_buffer all = {0};
	struct desk_error why;
	size_t got = 1;
	int err = desk_source_open(&source, path, NULL, &why);
	while (!err && got) {
		char *to = desk_buffer_reserve(&all, 64 << 10);
		err = to ? desk_source_read(source, to, 64 << 10, &got, &why)
			 : desk_fail_memory(&why);
		all.len += err ? 0 : got;
	}
	desk_source_close(source);
	if (err) {
		desk_buffer_release(&all);
		return desk_fail(error, err, "%.80s: %.140s", path, why.text);
	}
	*content = (struct desk_slice){all.data, all.len};
	return 0;
}

void
desk_cli_unload(struct desk_slice *content)
{
	desk_free((void *)(uintptr_t)content->data);
	*content = (struct desk_slice){NULL, 0};
}
