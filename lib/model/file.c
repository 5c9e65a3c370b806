/*
 * file.c - mapping, checking and making model files.
 *
 * The checksum reads eight bytes at a time in four lanes, so that a file of
 * some megabytes is checked in about a millisecond.  It guards against
 * accidents, not against malice: readers of sections trust no number in them.
 */
#include "model/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"

enum { CHECKED_FROM = 32, TABLE = 40, ENTRY = 32, ORDER = 0x01020304 };

static const char magic[8] = {'c', 'o', 'p', 'y', 'd', 'e', 's', 'k'};

static uint32_t
get32(const unsigned char *p)
{
	uint32_t n;
	memcpy(&n, p, sizeof n);
	return n;
}

static uint64_t
get64(const unsigned char *p)
{
	uint64_t n;
	memcpy(&n, p, sizeof n);
	return n;
}

static uint64_t
mixed(uint64_t h, uint64_t word)
{
	h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return h ^ h >> 29;
}

static uint64_t
checksum(const unsigned char *p, size_t len)
{
	uint64_t lane[4] = {1, 2, 3, 4}, last[4] = {0, 0, 0, 0};
	size_t whole = len / 32 * 32;
	for (size_t at = 0; at < whole; at += 32)
		for (size_t k = 0; k < 4; k++)
			lane[k] = mixed(lane[k], get64(p + at + 8 * k));
	memcpy(last, p + whole, len - whole);
	uint64_t sum = len;
	for (size_t k = 0; k < 4; k++)
		sum = mixed(sum, mixed(lane[k], last[k]));
	return sum;
}

/* Whether the table of sections fits the file. */
static bool
sections_fit(const struct desk_modelfile *file)
{
	uint32_t count = get32(file->data + CHECKED_FROM);
	if (count > DESK_MODELFILE_SECTIONS ||
	    file->len < TABLE + (size_t)count * ENTRY)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		const unsigned char *entry = file->data + TABLE + i * ENTRY;
		uint64_t offset = get64(entry + 16), len = get64(entry + 24);
		if (entry[DESK_MODELFILE_NAME - 1] ||
		    offset % DESK_MODELFILE_ALIGN || offset > file->len ||
		    len > file->len - offset)
			return false;
	}
	return true;
}

int
desk_modelfile_use(struct desk_modelfile *file, struct desk_slice bytes,
    struct desk_error *error)
{
	const unsigned char *p = (const unsigned char *)bytes.data;
	if ((uintptr_t)p % sizeof(uint64_t))
		return desk_fail(error, DESK_EUSAGE, "model is not aligned");
	if (bytes.len < sizeof magic || memcmp(p, magic, sizeof magic))
		return desk_fail(error, DESK_EDATA, "not a model file");
	if (bytes.len < TABLE)
		return desk_fail(error, DESK_EDATA, "model is cut short");
	if (get32(p + 8) != ORDER)
		return desk_fail(
		    error, DESK_EDATA, "model is of another byte order");
	if (get32(p + 12) != DESK_MODELFILE_VERSION)
		return desk_fail(error, DESK_EDATA,
		    "model has form %u, this program reads form %u",
		    (unsigned)get32(p + 12), DESK_MODELFILE_VERSION);
	uint64_t len = get64(p + 16);
	if (len > bytes.len)
		return desk_fail(error, DESK_EDATA,
		    "model is cut short: %llu of %llu bytes are there",
		    (unsigned long long)bytes.len, (unsigned long long)len);
	if (len < bytes.len ||
	    get64(p + 24) != checksum(p + CHECKED_FROM, len - CHECKED_FROM))
		return desk_fail(error, DESK_EDATA, "model is damaged");
	*file = (struct desk_modelfile){p, bytes.len, false};
	if (!sections_fit(file)) {
		*file = (struct desk_modelfile){0};
		return desk_fail(error, DESK_EDATA, "model is damaged");
	}
	return 0;
}

int
desk_modelfile_open(
    struct desk_modelfile *file, const char *path, struct desk_error *error)
{
	struct stat st;
	int fd;
	do
		fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return desk_fail(
		    error, DESK_EIO, "cannot open: %s", strerror(errno));
	const char *why = NULL;
	void *map = MAP_FAILED;
	if (fstat(fd, &st))
		why = strerror(errno);
	else if (!S_ISREG(st.st_mode))
		why = "not a regular file";
	else if (st.st_size > 0 && (uintmax_t)st.st_size <= SIZE_MAX) {
		map = mmap(
		    NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		why = map == MAP_FAILED ? strerror(errno) : NULL;
	}
	close(fd);
	if (why)
		return desk_fail(error, DESK_EIO, "cannot open: %s", why);
	if (map == MAP_FAILED)
		return desk_fail(error, DESK_EDATA, "not a model file");
	int rc = desk_modelfile_use(
	    file, (struct desk_slice){map, (size_t)st.st_size}, error);
	if (rc)
		munmap(map, (size_t)st.st_size);
	else
		file->mapped = true;
	return rc;
}

void
desk_modelfile_close(struct desk_modelfile *file)
{
	union {
		const unsigned char *data;
		void *map;
	} whole = {file->data};
	if (file->mapped)
		munmap(whole.map, file->len);
	*file = (struct desk_modelfile){0};
}

struct desk_slice
desk_modelfile_find(const struct desk_modelfile *file, const char *name)
{
	struct desk_slice none = {NULL, 0};
	if (!file->data)
		return none;
	uint32_t count = get32(file->data + CHECKED_FROM);
	for (uint32_t i = 0; i < count; i++) {
		const unsigned char *entry = file->data + TABLE + i * ENTRY;
		if (!strcmp((const char *)entry, name))
			return (struct desk_slice){
			    (const char *)file->data + get64(entry + 16),
			    (size_t)get64(entry + 24)};
	}
	return none;
}

static size_t
rounded(size_t n)
{
	size_t unit = DESK_MODELFILE_ALIGN;
	return (n + unit - 1) / unit * unit;
}

/* Appends zeros up to a length. */
static void
pad(struct desk_buffer *out, size_t len)
{
	while (out->len < len && !out->failed)
		desk_buffer_byte(out, 0);
}

static void
put32(struct desk_buffer *out, uint32_t n)
{
	desk_buffer_append(out, &n, sizeof n);
}

static void
put64(struct desk_buffer *out, uint64_t n)
{
	desk_buffer_append(out, &n, sizeof n);
}

int
desk_modelfile_build(const struct desk_modelfile_section *sections,
    size_t count, struct desk_buffer *out, struct desk_error *error)
{
	if (count > DESK_MODELFILE_SECTIONS)
		return desk_fail(error, DESK_ELIMIT, "too many sections");
	desk_buffer_append(out, magic, sizeof magic);
	put32(out, ORDER);
	put32(out, DESK_MODELFILE_VERSION);
	put64(out, 0);
	put64(out, 0);
	put32(out, (uint32_t)count);
	put32(out, 0);
	size_t at = rounded(TABLE + count * ENTRY);
	for (size_t i = 0; i < count; i++) {
		char name[DESK_MODELFILE_NAME] = {0};
		size_t len = strlen(sections[i].name);
		memcpy(name, sections[i].name,
		    len < sizeof name ? len : sizeof name - 1);
		desk_buffer_append(out, name, sizeof name);
		put64(out, at);
		put64(out, sections[i].content.len);
		at = rounded(at + sections[i].content.len);
	}
	for (size_t i = 0; i < count; i++) {
		pad(out, rounded(out->len));
		desk_buffer_append(
		    out, sections[i].content.data, sections[i].content.len);
	}
	if (out->failed)
		return desk_fail_memory(error);
	uint64_t len = out->len;
	memcpy(out->data + 16, &len, sizeof len);
	uint64_t sum = checksum(
	    (unsigned char *)out->data + CHECKED_FROM, out->len - CHECKED_FROM);
	memcpy(out->data + 24, &sum, sizeof sum);
	return 0;
}
