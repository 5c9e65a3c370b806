/*
 * memory.c - heap, arenas and byte buffers.
 *
 * An arena is a list of chunks, each twice as large as the one before up to a
 * limit, filled from the front.  Clearing keeps the largest chunk, so a worker
 * that goes from document to document soon allocates nothing.
 */
#include "core/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_MIN = 16 << 10, CHUNK_MAX = 1 << 20 };

struct desk_chunk {
	struct desk_chunk *next;
	size_t used, room;
	alignas(max_align_t) char data[];
};

void *
desk_calloc(size_t count, size_t size)
{
	return calloc(count ? count : 1, size ? size : 1);
}

void
desk_free(void *p)
{
	free(p);
}

void *
desk_memory_take(size_t size, void *unused)
{
	(void)unused;
	return desk_calloc(1, size);
}

void
desk_memory_give(void *p, void *unused)
{
	(void)unused;
	desk_free(p);
}

static size_t
aligned(size_t size)
{
	size_t unit = alignof(max_align_t);
	return (size + unit - 1) / unit * unit;
}

void *
desk_arena_alloc(struct desk_arena *arena, size_t size)
{
	struct desk_chunk *chunk = arena->chunk;
	if (size > SIZE_MAX / 4)
		return NULL;
	size = aligned(size ? size : 1);
	if (!chunk || chunk->room - chunk->used < size) {
		size_t room = chunk ? chunk->room * 2 : CHUNK_MIN;
		if (room > CHUNK_MAX)
			room = CHUNK_MAX;
		if (room < size)
			room = size;
		struct desk_chunk *fresh = malloc(sizeof *fresh + room);
		if (!fresh)
			return NULL;
		fresh->next = chunk;
		fresh->used = 0;
		fresh->room = room;
		arena->chunk = chunk = fresh;
	}
	arena->last = chunk->data + chunk->used;
	chunk->used += size;
	return arena->last;
}

void *
desk_arena_grow(
    struct desk_arena *arena, void *old, size_t old_size, size_t new_size)
{
	struct desk_chunk *chunk = arena->chunk;
	if (old && (char *)old == arena->last && new_size < SIZE_MAX / 4) {
		size_t at = (size_t)((char *)old - chunk->data);
		if (aligned(new_size) <= chunk->room - at) {
			chunk->used = at + aligned(new_size);
			return old;
		}
	}
	void *fresh = desk_arena_alloc(arena, new_size);
	if (fresh && old)
		memcpy(fresh, old, old_size < new_size ? old_size : new_size);
	return fresh;
}

bool
desk_arena_reserve_(
    struct desk_arena *arena, void **items, size_t *room, size_t item_size)
{
	size_t more = *room ? *room * 2 : 16;
	if (more > SIZE_MAX / 8 / item_size)
		return false;
	void *fresh = desk_arena_grow(
	    arena, *room ? *items : NULL, *room * item_size, more * item_size);
	if (!fresh)
		return false;
	*items = fresh;
	*room = more;
	return true;
}

void
desk_arena_clear(struct desk_arena *arena)
{
	struct desk_chunk *largest = arena->chunk;
	if (!largest)
		return;
	for (struct desk_chunk *c = arena->chunk, *next; c; c = next) {
		next = c->next;
		if (c->room > largest->room) {
			free(largest);
			largest = c;
		} else if (c != largest) {
			free(c);
		}
	}
	largest->next = NULL;
	largest->used = 0;
	arena->chunk = largest;
	arena->last = NULL;
}

void
desk_arena_release(struct desk_arena *arena)
{
	desk_arena_clear(arena);
	free(arena->chunk);
	arena->chunk = NULL;
}

char *
desk_buffer_reserve(struct desk_buffer *b, size_t len)
{
	if (b->failed)
		return NULL;
	if (!b->data || b->room - b->len < len) {
		size_t room = b->room ? b->room : 256;
		while (room - b->len < len && room < SIZE_MAX / 4)
			room += room / 2;
		char *fresh =
		    room - b->len < len ? NULL : realloc(b->data, room);
		if (!fresh) {
			b->failed = true;
			return NULL;
		}
		b->data = fresh;
		b->room = room;
	}
	return b->data + b->len;
}

void
desk_buffer_append(struct desk_buffer *b, const void *data, size_t len)
{
	char *to = desk_buffer_reserve(b, len);
	if (to && len) {
		memcpy(to, data, len);
		b->len += len;
	}
}

void
desk_buffer_byte(struct desk_buffer *b, char c)
{
	desk_buffer_append(b, &c, 1);
}

void
desk_buffer_string(struct desk_buffer *b, const char *s)
{
	desk_buffer_append(b, s, strlen(s));
}

void
desk_buffer_number(struct desk_buffer *b, unsigned long long n)
{
	char digits[24];
	size_t at = sizeof digits;
	do
		digits[--at] = (char)('0' + n % 10);
	while (n /= 10);
	desk_buffer_append(b, digits + at, sizeof digits - at);
}

void
desk_buffer_release(struct desk_buffer *b)
{
	free(b->data);
	memset(b, 0, sizeof *b);
}
