/* SPDX-License-Identifier: MIT */
/*
 * The least of io_uring(7) that a case needs: one request at a time, by raw system calls. Its
 * work is not recorded as calls; the wrapped calls beside it show the effect.
 */
#ifndef SOCKATLAS_SUITES_SOCKET_RING_H
#define SOCKATLAS_SUITES_SOCKET_RING_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/io_uring.h>

struct ring {
	int fd;
	uint32_t *submit_tail, *submit_mask, *submit_array;
	uint32_t *done_head, *done_tail, *done_mask;
	struct io_uring_sqe *requests;
	struct io_uring_cqe *completions;
};

/* Opens one. Ends the case as skipped when this kernel has none, or does not give it to us. */
struct ring ring_open(void);

/* Hands over `count` requests, in order. Returns how many the kernel took, -1 with errno. */
int ring_submit(struct ring *r, const struct io_uring_sqe *requests, unsigned int count);

/* The next completion, waiting SOON_MS for it. False when none came. */
bool ring_completion(struct ring *r, struct io_uring_cqe *done);

/* Whether a completion is there already. */
bool ring_is_done(const struct ring *r);

/* Submits one request and waits for it. Returns its result: -errno for a failure. */
int ring_do(struct ring *r, struct io_uring_sqe request);

#endif
