/* Model files: what is put in comes out; what is damaged is told, wherever the
 * damage is. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/memory.h"
#include "model/file.h"
#include "model/table.h"
#include "tap.h"

static struct desk_buffer whole;

/* Bytes aligned as a map is. */
static struct desk_slice
aligned(size_t len)
{
	char *copy = desk_calloc(len + 1, 1);
	memcpy(copy, whole.data, len);
	return (struct desk_slice){copy, len};
}

static void
drop(struct desk_slice bytes)
{
	free((void *)(uintptr_t)bytes.data);
}

/* Whether bytes are refused with this at the start of the message. */
static bool
refused(struct desk_slice bytes, const char *why)
{
	struct desk_modelfile file = {0};
	struct desk_error error = {0};
	int rc = desk_modelfile_use(&file, bytes, &error);
	bool good = rc == DESK_EDATA && !file.data &&
		    !strncmp(error.text, why, strlen(why));
	if (!good)
		printf("# %d %s\n", rc, error.text);
	return good;
}

static void
sections_come_out(void)
{
	struct desk_modelfile file = {0};
	struct desk_slice bytes = aligned(whole.len), found;
	is_int(
	    desk_modelfile_use(&file, bytes, NULL), 0, "a whole file is taken");
	found = desk_modelfile_find(&file, "words");
	is_str(found.data, found.len, "one two three", "a section comes out");
	ok((uintptr_t)(found.data - bytes.data) % DESK_MODELFILE_ALIGN == 0,
	    "it is aligned");
	found = desk_modelfile_find(&file, "empty");
	ok(found.data && !found.len, "an empty section is there");
	ok(!desk_modelfile_find(&file, "other").data, "another is not");
	desk_modelfile_close(&file);
	ok(!desk_modelfile_find(&file, "words").data, "nor any once closed");
	drop(bytes);
}

static void
damage_is_told(void)
{
	size_t cut = 0, bad = 0;
	for (size_t len = 0; len < whole.len; len++) {
		struct desk_slice bytes = aligned(len);
		cut += refused(
		    bytes, len < 8 ? "not a model file" : "model is cut short");
		drop(bytes);
	}
	is_int(cut, whole.len, "a file cut anywhere is refused");
	for (size_t at = 8; at < whole.len; at++) {
		struct desk_slice bytes = aligned(whole.len);
		((char *)(uintptr_t)bytes.data)[at] ^= 0x40;
		bad += refused(bytes, "model ");
		drop(bytes);
	}
	is_int(bad, whole.len - 8, "a byte changed anywhere is noticed");
	struct desk_slice bytes = aligned(whole.len);
	((char *)(uintptr_t)bytes.data)[12] = 9;
	ok(refused(bytes, "model has form 9, this program reads form 1"),
	    "another version is named");
	((char *)(uintptr_t)bytes.data)[0] = 'C';
	ok(refused(bytes, "not a model file"), "another magic is no model");
	drop(bytes);
	bytes = aligned(whole.len + 1);
	bytes.len--;
	bytes.data++;
	is_int(desk_modelfile_use(&(struct desk_modelfile){0}, bytes, NULL),
	    DESK_EUSAGE, "bytes that are not aligned are a misuse");
	bytes.data--;
	drop(bytes);
}

static void
files_are_mapped(void)
{
	char name[] = "/tmp/copydesk-model-XXXXXX";
	struct desk_modelfile file = {0};
	struct desk_error error;
	int fd = mkstemp(name);
	ok(fd >= 0 && write(fd, whole.data, whole.len) == (ssize_t)whole.len,
	    "a file is written");
	is_int(desk_modelfile_open(&file, name, NULL), 0, "it is opened");
	ok(desk_modelfile_find(&file, "words").len == 13, "and read");
	desk_modelfile_close(&file);
	ok(!ftruncate(fd, 100) &&
		desk_modelfile_open(&file, name, &error) == DESK_EDATA,
	    "once cut, it is refused");
	ok(!ftruncate(fd, 0) &&
		desk_modelfile_open(&file, name, &error) == DESK_EDATA,
	    "so is an empty file");
	close(fd);
	unlink(name);
	is_int(desk_modelfile_open(&file, name, &error), DESK_EIO,
	    "a file that is not there cannot be opened");
	is_str(error.text, strlen(error.text),
	    "cannot open: No such file or directory", "and why is told");
	is_int(desk_modelfile_open(&file, "/tmp", &error), DESK_EIO,
	    "nor can a directory");
}

static void
tables_hold_their_keys(void)
{
	enum { COUNT = 5000 };
	static uint32_t keys[COUNT];
	static unsigned char rows[COUNT * 3];
	struct desk_buffer out = {0};
	struct desk_table table;
	for (uint32_t i = 0; i < COUNT; i++) {
		/* A third of the keys want the same group. */
		keys[i] = i % 3 ? desk_table_key(i) : i + 1;
		rows[i * 3] = (unsigned char)i;
		rows[i * 3 + 2] = (unsigned char)(i >> 8);
	}
	desk_table_build(keys, rows, COUNT, 3, &out, NULL);
	struct desk_slice section = {out.data, out.len};
	is_int(desk_table_load(&table, section, NULL), 0, "a table is taken");
	size_t right = 0, absent = 0;
	for (uint32_t i = 0; i < COUNT; i++) {
		const unsigned char *row = desk_table_find(&table, keys[i]);
		right += row && row[0] == (unsigned char)i &&
			 row[2] == (unsigned char)(i >> 8);
		absent += !desk_table_find(
		    &table, desk_table_key(i + UINT64_C(1) * 1000000));
	}
	is_int(right, COUNT, "each key has its row");
	is_int(absent, COUNT, "others have none");
	section.len--;
	is_int(desk_table_load(&table, section, NULL), DESK_EDATA,
	    "a table that is cut is refused");
	section.len++;
	memset(out.data + 64, 1, (size_t)table.groups * 64);
	is_int(desk_table_load(&table, section, NULL), DESK_EDATA,
	    "and one without an empty place");
	desk_buffer_release(&out);
	desk_table_build(NULL, NULL, 0, 3, &out, NULL);
	section = (struct desk_slice){out.data, out.len};
	ok(!desk_table_load(&table, section, NULL) &&
		!desk_table_find(&table, 7),
	    "an empty table finds nothing");
	desk_buffer_release(&out);
}

int
main(void)
{
	static const struct desk_modelfile_section sections[] = {
	    {"words", {"one two three", 13}}, {"empty", {"", 0}},
	    {"numbers", {"\1\2\3", 3}}};
	is_int(desk_modelfile_build(sections, 3, &whole, NULL), 0,
	    "a file is made");
	sections_come_out();
	damage_is_told();
	files_are_mapped();
	tables_hold_their_keys();
	desk_buffer_release(&whole);
	return done();
}
