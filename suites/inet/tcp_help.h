/* SPDX-License-Identifier: MIT */
/*
 * What the TCP suites need beyond the kit: losing packets on purpose, looking for
 * one end's segments on the wire, and the state of a connection that no descriptor
 * belongs to any more. The calls are recorded at the case's line.
 */
#ifndef SOCKATLAS_SUITES_INET_TCP_HELP_H
#define SOCKATLAS_SUITES_INET_TCP_HELP_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/calls/site.h"
#include "harness/capture/expect_packet.h"
#include "harness/kit.h"

/*
 * From now on every segment that arrives for this socket is lost: a socket filter
 * (socket(7), SO_ATTACH_FILTER) takes none, and TCP never sees them. On a listener it
 * is the SYNs that are lost. hear_again() ends it. Both return what setsockopt() does.
 */
#define go_deaf(fd)    (CALLS_HERE, go_deaf_here(fd))
#define hear_again(fd) (CALLS_HERE, hear_again_here(fd))
int go_deaf_here(int fd);
int hear_again_here(int fd);

/*
 * Ends the segmentation offload of an interface of the current host, so that the wire
 * shows the segments as TCP cuts them, not a burst of them as one. Returns what ioctl() does.
 */
#define plain_segments(interface) (CALLS_HERE, plain_segments_here(interface))
int plain_segments_here(const char *interface);

/* A TCP socket that does not block. Its connect() to loopback is under way on return. */
#define nonblocking_socket(family) (CALLS_HERE, nonblocking_socket_here(family))
int nonblocking_socket_here(int family);

/* The next segment from `port` whose control bits, looked at through `mask`, are `bits`. */
const struct packet *wire_next_from(struct wire *wire, uint16_t port, unsigned int bits,
				    unsigned int mask);
/* The next segment from `port` that carries data. Both wait SOON_MS; NULL when none came. */
const struct packet *wire_next_data(struct wire *wire, uint16_t port);

/*
 * The state (TCP_TIME_WAIT, ...) that /proc/net/tcp or tcp6 (proc(5)) shows for the connection
 * between these ports of the current host; 0 when it has none.
 */
int tcp_table_state(int family, uint16_t local_port, uint16_t remote_port);
/* Waits until it is `state`. False when SOON_MS passed. */
bool wait_for_table_state(int family, uint16_t local_port, uint16_t remote_port, int state);

#endif
