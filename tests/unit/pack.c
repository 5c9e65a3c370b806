/*
 * Packs: what is put into rows is found there, by key or by number; a file of
 * any other form is refused.
 */
#include "model/pack.h"

#include <stdlib.h>

#include "tap.h"

static const struct desk_pack_form forms[] = {
    {"words", 3, 0}, {"kinds", 5, 4}, {"more", 640, 0}, {"last", 2, 7}};

enum { FORMS = 4, KEYS = 5000 };

static void
put(struct desk_packer *p, size_t pack, uint32_t key, size_t offset,
    const char *bytes)
{
	struct desk_slice s = {bytes, strlen(bytes)};
	if (desk_packer_put(p, pack, key, offset, s, NULL))
		abort();
}

static int
load(const struct desk_buffer *bytes, const struct desk_pack_form *as,
    size_t count, struct desk_table *packs)
{
	struct desk_modelfile file;
	struct desk_error error;
	if (desk_modelfile_use(
		&file, (struct desk_slice){bytes->data, bytes->len}, &error))
		abort();
	int rc = desk_packs_load(packs, as, count, &file, &error);
	desk_modelfile_close(&file);
	return rc;
}

static void
is_row(const unsigned char *row, const char *want, const char *what)
{
	is_str((const char *)row, strlen(want), want, what);
}

static void
check_rows(const struct desk_buffer *bytes)
{
	struct desk_table packs[FORMS];
	size_t lost = 0;
	is_int(load(bytes, forms, FORMS, packs), 0, "packs are read");
	for (uint32_t k = 0; k < KEYS; k++) {
		const unsigned char *row = desk_pack_find(&packs[0], k * 7 + 1);
		lost += row[0] != 'a' + k % 26 || row[1] || row[2] != 'z';
	}
	is_int(lost, 0, "each key has its row, what was not put being 0");
	ok(desk_pack_find(&packs[0], 3) == desk_pack_nothing,
	    "a key that is not there says nothing");
	is_row(desk_pack_find(&packs[2], 9) + 635, "the e", "a long row");
	is_row(desk_pack_at(&packs[1], 3), "five!", "a row by its number");
	is_row(desk_pack_at(&packs[3], 6), "hi", "the last one");
	is_int(desk_pack_at(&packs[1], 0)[0], 0, "a row of zeros");
}

static void
check_refused(const struct desk_buffer *bytes)
{
	static const struct desk_pack_form longer[] = {{"words", 4, 0}},
					   other[] = {{"word", 3, 0}},
					   more[] = {{"kinds", 5, 9}},
					   fewer[] = {{"kinds", 5, 4}};
	struct desk_table packs[FORMS];
	is_int(load(bytes, longer, 1, packs), DESK_EDATA, "rows of no length");
	is_int(load(bytes, other, 1, packs), DESK_EDATA, "no such section");
	is_int(load(bytes, more, 1, packs), DESK_EDATA, "too few rows");
	is_int(load(bytes, fewer, 1, packs), DESK_EDATA, "too many rows");
}

int
main(void)
{
	struct desk_packer *p = desk_packer_new(forms, FORMS);
	struct desk_buffer bytes = {0}, again = {0};
	struct desk_error error;
	if (!p)
		abort();
	for (uint32_t k = 0; k < KEYS; k++) {
		char letter[] = {(char)('a' + k % 26), 0};
		put(p, 0, k * 7 + 1, 0, letter);
	}
	for (uint32_t k = 0; k < KEYS; k++)
		put(p, 0, k * 7 + 1, 2, "z");
	put(p, 1, 3, 0, "five!");
	put(p, 2, 9, 635, "the e");
	put(p, 3, 6, 0, "hi");
	struct desk_slice two = {"no", 2};
	is_int(desk_packer_put(p, 1, 4, 0, two, &error), DESK_EUSAGE,
	    "no row of that number");
	is_int(desk_packer_put(p, 0, 8, 2, two, &error), DESK_EUSAGE,
	    "nothing is put behind a row");
	is_int(desk_packer_put(p, 0, 0, 0, two, &error), DESK_EUSAGE,
	    "0 is no key");
	is_int(desk_packer_write(p, &bytes, &error), 0, "packs are written");
	is_int(desk_packer_write(p, &again, &error), 0, "and again");
	ok(bytes.len == again.len && !memcmp(bytes.data, again.data, bytes.len),
	    "the same bytes");
	check_rows(&bytes);
	check_refused(&bytes);
	desk_buffer_release(&bytes);
	desk_buffer_release(&again);
	desk_packer_free(p);
	return done();
}
