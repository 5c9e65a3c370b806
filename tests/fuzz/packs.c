/*
 * Packs of any bytes: refused with one error, or every key and number has a row
 * that can be read to its end.  Input is cut into the sections of a model, each
 * led by its length in two bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "model/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct desk_pack_form forms[] = {
    {"words", 3, 0}, {"kinds", 5, 4}, {"more", 640, 0}, {"last", 2, 7}};

enum { FORMS = 4 };

static void
need(bool good)
{
	if (!good)
		abort();
}

/* Reads a row as scoring does: a little more than there is. */
static unsigned
sum(const unsigned char *row, const struct desk_pack_form *form)
{
	unsigned n = 0;
	for (uint32_t i = 0; i < form->stride + DESK_TABLE_PAD; i++)
		n += row[i];
	return n;
}

static void
look_up(const struct desk_modelfile *file)
{
	struct desk_table packs[FORMS];
	struct desk_error error = {0};
	unsigned n = 0;
	if (desk_packs_load(packs, forms, FORMS, file, &error)) {
		need(error.code == DESK_EDATA && error.text[0]);
		return;
	}
	for (size_t k = 0; k < FORMS; k++) {
		for (uint32_t i = 0; i < forms[k].rows; i++)
			n += sum(desk_pack_at(&packs[k], i), &forms[k]);
		if (forms[k].rows)
			continue;
		for (uint32_t i = 0; i < 64; i++)
			n += sum(desk_pack_find(&packs[k], i << 26 | (i + 1)),
			    &forms[k]);
		size_t places = (size_t)packs[k].groups * DESK_TABLE_GROUP;
		for (size_t i = 0; i < places; i++)
			if (packs[k].keys[i])
				n += sum(
				    desk_pack_find(&packs[k], packs[k].keys[i]),
				    &forms[k]);
	}
	need(n < UINT32_MAX);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {"rows", "words", "more"};
	struct desk_modelfile_section sections[3];
	struct desk_modelfile file = {0};
	struct desk_buffer built = {0};
	size_t count = 0;
	while (count < 3 && size > 1) {
		size_t len = data[0] | (size_t)data[1] << 8;
		data += 2;
		size -= 2;
		len = len < size ? len : size;
		sections[count].name = names[count];
		sections[count++].content =
		    (struct desk_slice){(const char *)data, len};
		data += len;
		size -= len;
	}
	need(!desk_modelfile_build(sections, count, &built, NULL));
	struct desk_slice bytes = {built.data, built.len};
	need(!desk_modelfile_use(&file, bytes, NULL));
	look_up(&file);
	desk_buffer_release(&built);
	return 0;
}
