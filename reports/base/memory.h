/* SPDX-License-Identifier: MIT */
/*
 * Memory for the atlas. A report that cannot get memory has nothing better to do
 * than to say so and end with status 2, so none of these functions returns NULL.
 */
#ifndef ATLAS_MEMORY_H
#define ATLAS_MEMORY_H

#include <stddef.h>

/* `count` objects of `size` bytes, zeroed; the caller frees them. */
void *memory_get(size_t count, size_t size) __attribute__((returns_nonnull));

/*
 * Makes room for at least `need` objects of `size` bytes in the array `old` of
 * `*capacity` objects; what is added is zeroed. Returns the array, which may have moved.
 */
void *memory_grow(void *old, size_t *capacity, size_t need, size_t size)
	__attribute__((returns_nonnull));

/* A pool whose objects are all freed at once. Start with {0}. */
struct arena {
	struct arena_block *first;
};

/* `size` zeroed bytes, aligned for any object, that live as long as the arena. */
void *arena_get(struct arena *arena, size_t count, size_t size) __attribute__((returns_nonnull));

/* A copy of `length` bytes and a NUL. */
char *arena_string(struct arena *arena, const char *bytes, size_t length)
	__attribute__((returns_nonnull));

/* The same for a format. */
char *arena_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3), returns_nonnull));

void arena_free(struct arena *arena);

#endif
