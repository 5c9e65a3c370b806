/*
 * Memory: the heap, arenas and growable byte buffers.
 *
 * Nothing else in the library calls malloc.  An arena hands out memory that
 * goes all at once; a buffer is one growing run of bytes.
 */
#ifndef DESK_CORE_MEMORY_H
#define DESK_CORE_MEMORY_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* count * size bytes, zeroed; NULL where memory ran out or the product does
 * not fit.  Freed by desk_free(). */
void *desk_calloc(size_t count, size_t size);
void desk_free(void *p);

/* The same for libraries that ask where their memory comes from. */
void *desk_memory_take(size_t size, void *unused);
void desk_memory_give(void *p, void *unused);

/* An arena of zeros is empty and ready.  Copies of one must not be used. */
struct desk_arena {
	struct desk_chunk *chunk; /* the one being filled; older ones behind */
	char *last;		  /* the newest allocation, may grow in place */
};

/* Aligned for any type; not zeroed; NULL where memory ran out. */
void *desk_arena_alloc(struct desk_arena *arena, size_t size);

/* Makes the array at old (old_size bytes, from this arena, or NULL) hold
 * new_size bytes: in place where it was the newest allocation, else by a
 * copy.  NULL where memory ran out; old is then as it was. */
void *desk_arena_grow(
    struct desk_arena *arena, void *old, size_t old_size, size_t new_size);

/* Gives back what was allocated; keeps the largest chunk for reuse. */
void desk_arena_clear(struct desk_arena *arena);

/* Gives back everything. */
void desk_arena_release(struct desk_arena *arena);

/*
 * Room for one more item in an arena array, as an expression: true where there
 * is.  items is a pointer, count and room are size_t lvalues:
 *
 *	if (!DESK_RESERVE(arena, items, count, room))
 *		return desk_fail_memory(error);
 *	items[count++] = item;
 */
#define DESK_RESERVE(arena, items, count, room)                                \
	((count) < (room) || desk_arena_reserve_((arena), (void **)&(items),   \
				 &(room), sizeof *(items)))

bool desk_arena_reserve_(
    struct desk_arena *arena, void **items, size_t *room, size_t item_size);

/*
 * A buffer of zeros is empty.  A failed append leaves what was there, sets
 * failed and makes all later appends do nothing, so that a run of appends is
 * checked once.
 */
struct desk_buffer {
	char *data;
	size_t len, room;
	bool failed;
};

void desk_buffer_append(struct desk_buffer *b, const void *data, size_t len);
void desk_buffer_byte(struct desk_buffer *b, char c);
void desk_buffer_string(struct desk_buffer *b, const char *s);
void desk_buffer_number(struct desk_buffer *b, unsigned long long n);

/* Room for len more bytes at data + len, or NULL; the caller adds to len what
 * it wrote there. */
char *desk_buffer_reserve(struct desk_buffer *b, size_t len);

void desk_buffer_release(struct desk_buffer *b);

#endif
