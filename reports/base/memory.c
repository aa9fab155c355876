/* SPDX-License-Identifier: MIT */
#include "reports/base/memory.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	alignas(max_align_t) char bytes[];
};

enum { BLOCK_BYTES = 64 * 1024 };

static _Noreturn void no_memory(void)
{
	fputs("atlas: out of memory\n", stderr);
	exit(2);
}

void *memory_get(size_t count, size_t size)
{
	void *p = calloc(count != 0 ? count : 1, size != 0 ? size : 1);

	if (p == NULL)
		no_memory();
	return p;
}

void *memory_grow(void *old, size_t *capacity, size_t need, size_t size)
{
	size_t wanted = *capacity;
	char *grown;

	if (need <= *capacity && old != NULL)
		return old;
	if (need > SIZE_MAX / 4 / size)
		no_memory();
	while (wanted < need || wanted == 0)
		wanted = wanted < 8 ? 8 : wanted + wanted / 2;
	grown = realloc(old, wanted * size);
	if (grown == NULL)
		no_memory();
	memset(grown + *capacity * size, 0, (wanted - *capacity) * size);
	*capacity = wanted;
	return grown;
}

void *arena_get(struct arena *arena, size_t count, size_t size)
{
	size_t bytes, step = alignof(max_align_t);
	struct arena_block *b = arena->first;
	void *p;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 4)
		no_memory();
	bytes = (bytes + step - 1) / step * step;
	if (b == NULL || b->size - b->used < bytes) {
		size_t room = bytes > BLOCK_BYTES / 4 ? bytes : BLOCK_BYTES;

		b = memory_get(1, sizeof(*b) + room);
		b->size = room;
		/* A block made for one large object goes behind the one being filled. */
		if (arena->first != NULL && room != BLOCK_BYTES) {
			b->next = arena->first->next;
			arena->first->next = b;
		} else {
			b->next = arena->first;
			arena->first = b;
		}
	}
	p = b->bytes + b->used;
	b->used += bytes;
	return p;
}

char *arena_string(struct arena *arena, const char *bytes, size_t length)
{
	char *s = arena_get(arena, length + 1, 1);

	if (length != 0)
		memcpy(s, bytes, length);
	return s;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text = NULL, *kept;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0)
		no_memory();
	kept = arena_string(arena, text, (size_t)length);
	free(text);
	return kept;
}

void arena_free(struct arena *arena)
{
	struct arena_block *b = arena->first;

	while (b != NULL) {
		struct arena_block *next = b->next;

		free(b);
		b = next;
	}
	arena->first = NULL;
}
