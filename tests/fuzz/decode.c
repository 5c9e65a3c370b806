/*
 * decode.c - any bytes as a page, by its own word or by a caller's, which the
 * first byte picks.
 *
 * Shown for each input: the text is valid UTF-8; the place of a character
 * never goes back, lies in the source and is not that of the one before; a
 * page that is UTF-8 is a part of the source.
 */
#include "html/decode.h"

#include <stdlib.h>
#include <string.h>

#include "core/slice.h"
#include "core/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
check(struct desk_slice page, const char *encoding)
{
	struct desk_arena arena = {0};
	struct desk_decoded d;
	must(!desk_decode(page, encoding, &arena, &d, NULL));
	must(desk_utf8_valid(d.text.data, d.text.len) == d.text.len);
	must(!d.same || !d.text.len ||
	     (d.text.data >= page.data &&
		 d.text.data + d.text.len == page.data + page.len));
	uint64_t last = 0;
	for (size_t at = 0, step; at < d.text.len; at += step) {
		uint64_t place = desk_decoded_source(&d, at);
		must(place < page.len && (!at || place > last));
		desk_utf8_decode(d.text.data + at, &step);
		must(desk_decoded_source(&d, at + step - 1) == place);
		last = place;
	}
	must(desk_decoded_source(&d, d.text.len) == page.len);
	desk_arena_release(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const encodings[] = {NULL, "utf-8", "utf-16be",
	    "windows-1251", "windows-1258", "shift_jis", "euc-jp",
	    "iso-2022-jp", "gb18030", "big5", "euc-kr", "x-user-defined",
	    "UTF-32LE", "IBM1047"};
	if (!size || size > 1 << 16)
		return 0;
	check((struct desk_slice){(const char *)data + 1, size - 1},
	    encodings[data[0] % (sizeof encodings / sizeof *encodings)]);
	return 0;
}
