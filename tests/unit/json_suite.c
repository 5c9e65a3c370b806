/*
 * The public conformance suite: y_* must be accepted, n_* refused, i_* may be
 * either but must not crash.  One file is one record.  The scanner takes bytes
 * over 0x7F as they are; that the suite's bad UTF-8 changes no verdict is part
 * of what is shown: each file is scanned raw and repaired, as by the reader.
 */
#include <dirent.h>
#include <stdlib.h>

#include "core/memory.h"
#include "core/slice.h"
#include "core/utf8.h"
#include "core/json.h"
#include "tap.h"

#define SUITE "../shared/eval/conformance/json/test_parsing"

static struct desk_arena arena;

static bool
accepts(const char *s, size_t len)
{
	struct desk_json_member *members;
	size_t count;
	enum desk_json_kind kind;
	desk_arena_clear(&arena);
	return !desk_json_scan(
	    desk_slice(s, len), &arena, &members, &count, &kind, NULL);
}

static bool
load(const char *name, struct desk_buffer *b)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s", SUITE, name);
	FILE *f = fopen(path, "rb");
	size_t n;
	if (!f)
		return false;
	b->len = 0;
	do {
		char *to = desk_buffer_reserve(b, 4096);
		n = to ? fread(to, 1, 4096, f) : 0;
		b->len += n;
	} while (n);
	return !fclose(f);
}

static void
check(const char *name)
{
	struct desk_buffer text = {0}, fixed = {0};
	if (!load(name, &text)) {
		ok(false, name);
		return;
	}
	desk_utf8_repair(&fixed, text.data, text.len);
	bool raw = accepts(text.data, text.len);
	bool repaired = accepts(fixed.data, fixed.len);
	/* What is left open must at least not hang on the repair. */
	if (*name == 'y')
		ok(raw && repaired, name);
	else if (*name == 'n')
		ok(!raw && !repaired, name);
	else
		ok(raw == repaired, name);
	desk_buffer_release(&text);
	desk_buffer_release(&fixed);
}

int
main(void)
{
	struct dirent **files;
	int n = scandir(SUITE, &files, NULL, alphasort);
	unsigned seen = 0;
	if (n < 0) {
		ok(true, "JSON suite # SKIP no ../shared");
		return done();
	}
	for (int i = 0; i < n; i++) {
		if (strstr(files[i]->d_name, ".json")) {
			check(files[i]->d_name);
			seen++;
		}
		free(files[i]);
	}
	free(files);
	ok(seen > 300, "the suite is whole");
	desk_arena_release(&arena);
	return done();
}
