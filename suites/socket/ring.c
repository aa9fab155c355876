/* SPDX-License-Identifier: MIT */
#include "suites/socket/ring.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "harness/kit.h"

enum { ENTRIES = 8, NO_COMPLETION = -100000 };

static void *map(const struct ring *r, size_t size, uint64_t offset)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, r->fd,
			    (off_t)offset);

	if (memory == MAP_FAILED)
		SKIP("io_uring", "mmap() of the ring: %s", strerror(errno));
	return memory;
}

struct ring ring_open(void)
{
	struct io_uring_params p = {.flags = 0};
	struct ring r = {.fd = (int)syscall(__NR_io_uring_setup, ENTRIES, &p)};
	char *submit, *done;

	if (r.fd < 0)
		SKIP("io_uring", "io_uring_setup: %s", strerror(errno));
	submit = map(&r, p.sq_off.array + p.sq_entries * sizeof(uint32_t), IORING_OFF_SQ_RING);
	done = map(&r, p.cq_off.cqes + p.cq_entries * sizeof(struct io_uring_cqe),
		   IORING_OFF_CQ_RING);
	r.requests = map(&r, p.sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
	r.submit_tail = (uint32_t *)(void *)(submit + p.sq_off.tail);
	r.submit_mask = (uint32_t *)(void *)(submit + p.sq_off.ring_mask);
	r.submit_array = (uint32_t *)(void *)(submit + p.sq_off.array);
	r.done_head = (uint32_t *)(void *)(done + p.cq_off.head);
	r.done_tail = (uint32_t *)(void *)(done + p.cq_off.tail);
	r.done_mask = (uint32_t *)(void *)(done + p.cq_off.ring_mask);
	r.completions = (struct io_uring_cqe *)(void *)(done + p.cq_off.cqes);
	return r;
}

int ring_submit(struct ring *r, const struct io_uring_sqe *requests, unsigned int count)
{
	uint32_t tail = *r->submit_tail;

	for (unsigned int i = 0; i < count; i++, tail++) {
		r->requests[tail & *r->submit_mask] = requests[i];
		r->submit_array[tail & *r->submit_mask] = tail & *r->submit_mask;
	}
	__atomic_store_n(r->submit_tail, tail, __ATOMIC_RELEASE);
	return (int)syscall(__NR_io_uring_enter, r->fd, count, 0, 0, NULL, 0);
}

bool ring_is_done(const struct ring *r)
{
	return __atomic_load_n(r->done_tail, __ATOMIC_ACQUIRE) != *r->done_head;
}

bool ring_completion(struct ring *r, struct io_uring_cqe *done)
{
	int64_t deadline = clock_ms() + SOON_MS;

	while (!ring_is_done(r)) {
		if (clock_ms() >= deadline)
			return false;
		/* Entering the kernel lets it finish what waits for this thread. */
		syscall(__NR_io_uring_enter, r->fd, 0, 0, IORING_ENTER_GETEVENTS, NULL, 0);
		nanosleep(&(struct timespec){0, 200000}, NULL);
	}
	*done = r->completions[*r->done_head & *r->done_mask];
	__atomic_store_n(r->done_head, *r->done_head + 1, __ATOMIC_RELEASE);
	return true;
}

int ring_do(struct ring *r, struct io_uring_sqe request)
{
	struct io_uring_cqe done;

	if (ring_submit(r, &request, 1) != 1 || !ring_completion(r, &done))
		return NO_COMPLETION;
	return done.res;
}
