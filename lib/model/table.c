/* table.c - tables of a model; see table.h for how they lie. */
#include "model/table.h"

#include <string.h>
#include "core/error.h"

enum { HEADER = 64, FULLEST = 14 /* of the 16 places, on average */ };

int
desk_table_load(struct desk_table *table, struct desk_slice section,
    struct desk_error *error)
{
	uint32_t head[4];
	if (!section.data || section.len < HEADER)
		goto damaged;
	memcpy(head, section.data, sizeof head);
	uint64_t places = (uint64_t)head[0] * DESK_TABLE_GROUP;
	if (!head[0] || !head[1] || head[1] > DESK_TABLE_STRIDE ||
	    places >> 31 ||
	    section.len !=
		HEADER + places * (sizeof(uint32_t) + head[1]) + DESK_TABLE_PAD)
		goto damaged;
	table->groups = head[0];
	table->stride = head[1];
	table->keys = (const uint32_t *)(const void *)(section.data + HEADER);
	table->rows = (const unsigned char *)(table->keys + places);
	/* A search ends at an empty place. */
	for (uint64_t i = 0; i < places; i++)
		if (!table->keys[i])
			return 0;
damaged:
	return desk_fail(error, DESK_EDATA, "model is damaged");
}

/* Puts a row into its place. */
static void
insert(const struct desk_table *to, uint32_t *keys, unsigned char *rows,
    uint32_t key, const unsigned char *row)
{
	size_t places = (size_t)to->groups * DESK_TABLE_GROUP;
	size_t at =
	    (size_t)desk_table_group(key, to->groups) * DESK_TABLE_GROUP;
	while (keys[at] && keys[at] != key)
		at = at + 1 < places ? at + 1 : 0;
	if (keys[at])
		return;
	keys[at] = key;
	memcpy(rows + at * to->stride, row, to->stride);
}

int
desk_table_build(const uint32_t *keys, const unsigned char *rows,
    uint32_t count, uint32_t stride, struct desk_buffer *out,
    struct desk_error *error)
{
	uint32_t groups = count / FULLEST + 1, head[4] = {groups, stride, 0, 0};
	size_t places = (size_t)groups * DESK_TABLE_GROUP;
	size_t len = HEADER + places * (sizeof *keys + stride) + DESK_TABLE_PAD;
	char *to = desk_buffer_reserve(out, len);
	if (!to)
		return desk_fail_memory(error);
	memset(to, 0, len);
	memcpy(to, head, sizeof head);
	struct desk_table table = {.groups = groups, .stride = stride};
	uint32_t *key_to = (uint32_t *)(void *)(to + HEADER);
	unsigned char *row_to = (unsigned char *)(key_to + places);
	for (uint32_t i = 0; i < count; i++)
		if (keys[i])
			insert(&table, key_to, row_to, keys[i],
			    rows + (size_t)i * stride);
	out->len += len;
	return 0;
}
