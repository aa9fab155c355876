/* SPDX-License-Identifier: MIT */
/*
 * Reads memory of this process that may not be there. A case may pass any
 * pointer to a call (that is how EFAULT is shown), and the recorder must say what
 * it points to, or that it points nowhere, without crashing.
 */
#ifndef SOCKATLAS_CALLS_MEMORY_H
#define SOCKATLAS_CALLS_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies `length` bytes of `from` to `to`. False, with `to` undefined, when not all can be read. */
bool memory_read(void *to, const void *from, size_t length);

/* Copies as many of the first `length` bytes as can be read. Returns how many. */
size_t memory_read_some(void *to, const void *from, size_t length);

/*
 * Copies a C string, its NUL included, of at most `size` bytes. Returns its
 * length; `size` when no NUL was found in as many; (size_t)-1 when it cannot be read.
 */
size_t memory_read_string(char *to, const char *from, size_t size);

/* Element `index` of an array of elements of `size` bytes that may not be there. */
static inline const void *memory_element(const void *array, size_t index, size_t size)
{
	/* Not `array + index`: C does not define that for a pointer to nothing. */
	return (const void *)((uintptr_t)array + index * size);
}

/* Ways of reading, in the order in which they are tried; the first that works here is used. */
enum memory_way {
	MEMORY_UNTRIED,
	MEMORY_PROBE,	   /* ask the kernel whether a page can be read, then copy */
	MEMORY_PROCESS_VM, /* let the kernel copy: process_vm_readv() on this process */
	MEMORY_PIPE,	   /* let the kernel copy: write to a pipe, read from it */
	MEMORY_NEVER,	   /* nothing works: only the stack is read */
};

/* The way in use. Setting another one is for tests; returns whether it works here. */
enum memory_way memory_way(void);
bool memory_set_way(enum memory_way way);

#endif
