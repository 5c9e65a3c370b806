/*
 * A user's regular expression (the first line of the input) against speakers
 * and text (the rest): it is refused with one line of valid text, or it
 * matches, does not, or says that it takes too many steps; the same each time,
 * and never for long.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/utf8.h"
#include "doc/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
need(bool good)
{
	if (!good)
		abort();
}

static void
check_error(const struct desk_error *error)
{
	size_t len = strlen(error->text);
	need(len && !memchr(error->text, '\n', len));
	need(desk_utf8_valid(error->text, len) == len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *lf = size ? memchr(data, '\n', size) : NULL;
	size_t len = lf ? (size_t)(lf - data) : size;
	struct desk_slice expression = {(const char *)data, len};
	struct desk_error error = {0};
	if (size > 1 << 14)
		return 0;
	struct desk_pattern *pattern = desk_pattern_new(expression, &error);
	if (!pattern) {
		need(error.code == DESK_EUSAGE);
		check_error(&error);
		return 0;
	}
	struct desk_buffer text = {0};
	desk_utf8_repair(
	    &text, (const char *)data + len + !!lf, size - len - !!lf);
	need(!text.failed);
	struct desk_slice s = {text.data ? text.data : "", text.len};
	int first = desk_pattern_match(pattern, s, &error);
	need(first == 0 || first == 1 || first == DESK_ELIMIT);
	if (first < 0)
		check_error(&error);
	need(desk_pattern_match(pattern, s, NULL) == first);
	desk_buffer_release(&text);
	desk_pattern_free(pattern);
	return 0;
}
