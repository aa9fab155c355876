/* SPDX-License-Identifier: MIT */
/* A socket of AF_XDP with its memory and its four rings (Documentation/networking/af_xdp.rst). */
#ifndef SUITES_XDP_XDP_HELP_H
#define SUITES_XDP_XDP_HELP_H

#include <linux/if_xdp.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

enum {
	XDP_CHUNK = 2048, /* one frame each; the least that the kernel takes */
	XDP_CHUNKS = 16,
	XDP_RING = 8, /* entries of each ring */
};

/* A ring of entries between the kernel and the program: who writes moves `producer`. */
struct xdp_ring {
	uint32_t *producer, *consumer, *flags;
	void *entries;
};

struct xdp_socket {
	int fd;
	uint8_t *memory; /* the UMEM: XDP_CHUNKS chunks */
	size_t size;
	struct xdp_ring rx, tx, fill, completion;
};

/* Memory for a UMEM, at the beginning of a page. Ends the case when there is none. */
uint8_t *xdp_memory(size_t size);

/*
 * Registers memory. Returns what setsockopt() does, but ends the case as skipped when the user
 * may not lock so much memory (ENOBUFS).
 */
#define xdp_register(fd, request) (CALLS_HERE, xdp_register_here(fd, request))
int xdp_register_here(int fd, const struct xdp_umem_reg *request);

/* A socket of the current host with memory and mapped rings, not bound. */
#define xdp_make() (CALLS_HERE, xdp_make_at(EXPECT_SETUP_AT("xdp_make()")))
struct xdp_socket xdp_make_at(struct expect_at at);

/* bind() to queue 0 of an interface. Returns as bind(). */
#define xdp_bind(fd, interface, flags) (CALLS_HERE, xdp_bind_here(fd, interface, flags))
int xdp_bind_here(int fd, int interface, unsigned int flags);

/* Puts a frame of the UMEM into the ring of frames to send. */
void xdp_put_tx(const struct xdp_socket *s, uint64_t offset, uint32_t length);
/* Gives a chunk to the kernel, to receive into. */
void xdp_put_fill(const struct xdp_socket *s, uint64_t offset);
/* Takes an entry; false when there is none. */
bool xdp_take_completion(const struct xdp_socket *s, uint64_t *offset);
bool xdp_take_rx(const struct xdp_socket *s, struct xdp_desc *frame);

/*
 * Loads a program that gives each frame of queue 0 to the socket, and attaches it to an interface
 * of the current host. Ends the case as skipped where bpf(2) is not allowed.
 */
void xdp_redirect_to(int fd, int interface);

#endif
