/* SPDX-License-Identifier: MIT */
/*
 * The kernel knows what can be read, so it is asked. rt_sigprocmask() with an
 * operation that does not exist copies the signal set in before it looks at the
 * operation: EFAULT says that the set cannot be read, EINVAL that it can, and
 * nothing else happens. That is one cheap system call a page (0.1 microseconds,
 * against 0.7 for process_vm_readv()), and needs no descriptor.
 *
 * An emulator may look at the operation first. So each way of reading is tried on
 * a page that cannot be read and on one that can before it is trusted.
 *
 * Between the question and the copy another thread could take the page away. A
 * case that unmaps the arguments of a call that another thread is making is not
 * supported.
 */
#include "harness/calls/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
	STRING_STEP = 64,
	/* More than this below the top of the main stack may be something else. */
	STACK_BYTES = 1 << 20,
};

static uintptr_t page_mask; /* of the offset in a page */
static uintptr_t stack_top; /* the kernel's random bytes, above the main thread's first frame */
static int way_in_use; /* enum memory_way; the same for all threads, so that a race does no harm */

#if defined(__GNUC__) && !defined(__clang__)
#define NO_SANITIZE __attribute__((no_sanitize("address", "undefined")))
#else
#define NO_SANITIZE __attribute__((no_sanitize("address", "undefined", "memory")))
#endif

/*
 * memcpy() without the sanitizers' checks: a case may say that an object is longer
 * than it is, and the kernel would read what follows it all the same.
 */
static NO_SANITIZE void copy(void *to, const void *from, size_t length)
{
	char *t = to;
	const char *f = from;

	while (length >= sizeof(uint64_t)) {
		uint64_t word;

		__builtin_memcpy(&word, f, sizeof(word));
		__builtin_memcpy(t, &word, sizeof(word));
		/* Keeps the compiler from making this loop a call of memcpy() again. */
		__asm__ volatile("" ::: "memory");
		t += sizeof(word);
		f += sizeof(word);
		length -= sizeof(word);
	}
	while (length-- > 0) {
		*t++ = *f++;
		__asm__ volatile("" ::: "memory");
	}
}

/* The part of the main thread's stack above this frame is certainly there. */
static NO_SANITIZE bool on_stack(uintptr_t at, size_t length)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	return at >= here && stack_top > here && stack_top - here < STACK_BYTES && at < stack_top &&
	       length <= stack_top - at;
}

static bool page_can_be_read(uintptr_t at)
{
	/* Some kernels want the address aligned. */
	return syscall(SYS_rt_sigprocmask, -1, at & ~(uintptr_t)15, NULL, _NSIG / 8) == -1 &&
	       errno == EINVAL;
}

static size_t read_by_process_vm(void *to, const void *from, size_t length)
{
	/* Not process_vm_readv(): a sanitizer would look at it. */
	struct iovec local = {.iov_base = to, .iov_len = length};
	struct iovec remote = {.iov_base = (void *)(uintptr_t)from, .iov_len = length};
	long got = syscall(SYS_process_vm_readv, getpid(), &local, 1L, &remote, 1L, 0L);

	return got > 0 ? (size_t)got : 0;
}

/* A pipe for each piece: slow, but no descriptor stays open in the case's table. */
static size_t read_by_pipe(void *to, const void *from, size_t length)
{
	int ends[2];
	long got;

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
		return 0;
	got = syscall(SYS_write, ends[1], from, length);
	if (got > 0)
		got = syscall(SYS_read, ends[0], to, (size_t)got);
	syscall(SYS_close, ends[0]);
	syscall(SYS_close, ends[1]);
	return got > 0 ? (size_t)got : 0;
}

/* One piece that lies in one page: all of it or nothing. */
static bool read_piece(enum memory_way way, void *to, const void *from, size_t length)
{
	switch (way) {
	case MEMORY_PROBE:
		if (!page_can_be_read((uintptr_t)from))
			return false;
		copy(to, from, length);
		return true;
	case MEMORY_PROCESS_VM:
		return read_by_process_vm(to, from, length) == length;
	case MEMORY_PIPE:
		return read_by_pipe(to, from, length) == length;
	default:
		return false;
	}
}

/*
 * Whether `way` tells a page that can be read from one that cannot: one that has been written
 * to, as User-Mode Linux does not look at the protection of such a page.
 */
static bool works(enum memory_way way)
{
	static const char readable[4] = "yes";
	void *page = mmap(NULL, page_mask + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);
	char got[sizeof(readable)] = "";
	bool good;

	if (page == MAP_FAILED)
		return false;
	*(volatile char *)page = 1;
	good = mprotect(page, page_mask + 1, PROT_NONE) == 0;
	/* The probe's own copy must not be made here: it would crash where the probe lies. */
	if (way == MEMORY_PROBE)
		good = good && !page_can_be_read((uintptr_t)page);
	else
		good = good && !read_piece(way, got, page, sizeof(got));
	good = good && read_piece(way, got, readable, sizeof(got)) && strcmp(got, readable) == 0;
	munmap(page, page_mask + 1);
	return good;
}

static enum memory_way choose(void)
{
	enum memory_way way;

	page_mask = (uintptr_t)sysconf(_SC_PAGESIZE) - 1;
	stack_top = (uintptr_t)getauxval(AT_RANDOM);
	for (way = MEMORY_PROBE; way < MEMORY_NEVER; way++) {
		if (works(way))
			break;
	}
	return way;
}

enum memory_way memory_way(void)
{
	int way = __atomic_load_n(&way_in_use, __ATOMIC_ACQUIRE);

	if (way == MEMORY_UNTRIED) {
		way = (int)choose();
		__atomic_store_n(&way_in_use, way, __ATOMIC_RELEASE);
	}
	return (enum memory_way)way;
}

bool memory_set_way(enum memory_way way)
{
	(void)memory_way();
	if (way != MEMORY_UNTRIED && way != MEMORY_NEVER && !works(way))
		return false;
	__atomic_store_n(&way_in_use, (int)way, __ATOMIC_RELEASE);
	return true;
}

size_t memory_read_some(void *to, const void *from, size_t length)
{
	enum memory_way way = memory_way();
	uintptr_t at = (uintptr_t)from;
	size_t done = 0;

	if (length > UINTPTR_MAX - at)
		length = UINTPTR_MAX - at;
	if (on_stack(at, length)) {
		copy(to, from, length);
		return length;
	}
	while (done < length) {
		size_t piece = page_mask + 1 - ((at + done) & page_mask);

		if (piece > length - done)
			piece = length - done;
		if (!read_piece(way, (char *)to + done, memory_element(from, done, 1), piece))
			break;
		done += piece;
	}
	return done;
}

bool memory_read(void *to, const void *from, size_t length)
{
	return memory_read_some(to, from, length) == length;
}

size_t memory_read_string(char *to, const char *from, size_t size)
{
	size_t have = 0;

	while (have < size) {
		size_t step = size - have < STRING_STEP ? size - have : STRING_STEP;
		size_t got = memory_read_some(to + have, memory_element(from, have, 1), step);
		const char *nul = memchr(to + have, '\0', got);

		if (nul != NULL)
			return (size_t)(nul - to);
		have += got;
		if (got < step)
			return (size_t)-1;
	}
	return size;
}
