/* SPDX-License-Identifier: MIT */
/*
 * What a case itself sees of the packets on a host's links, decoded: for claims
 * about what goes over the wire.
 *
 *     struct wire *wire = wire_open("a");
 *     ... calls ...
 *     const struct packet *syn = wire_next_tcp(wire, PACKET_TCP_SYN, PACKET_TCP_SYN |
 * PACKET_TCP_ACK); REQUIRE_TRUE(syn != NULL); EXPECT_EQ(packet_tcp(syn)->window, ...);
 *
 * On loopback each packet is seen once, as it is sent; on other links those that
 * leave and those that arrive. These sockets are not the case's: their calls are
 * not recorded.
 */
#ifndef SOCKATLAS_WIRE_H
#define SOCKATLAS_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/packet/packet.h"

struct wire;

/* Starts to look at a host ("a", ...; topology lo has only "a"). Ends the case when it cannot. */
struct wire *wire_open(const char *host);

/*
 * The next packet, in order; waits up to `milliseconds` for it. NULL when none came.
 * Valid until the next call for the same wire.
 */
const struct packet *wire_next(struct wire *wire, int milliseconds);

/* The next one for which `wanted` is true; others are passed over. */
const struct packet *wire_next_wanted(struct wire *wire,
				      bool (*wanted)(const struct packet *packet,
						     const void *context),
				      const void *context, int milliseconds);

/*
 * The next TCP segment whose control bits, looked at through `mask`, are `bits`:
 * (wire, PACKET_TCP_SYN, PACKET_TCP_SYN | PACKET_TCP_ACK) is a SYN that is no SYN-ACK.
 * Waits SOON_MS.
 */
const struct packet *wire_next_tcp(struct wire *wire, unsigned int bits, unsigned int mask);

/*
 * When the packet that it gave last passed the link, in milliseconds since 1970: by the kernel's
 * stamp, so that it does not matter how late the program came to read it.
 */
int64_t wire_passed_ms(const struct wire *wire);

/* Whether no further packet comes within `milliseconds`. A case that asks says .waits. */
bool wire_is_silent(struct wire *wire, int milliseconds);

#endif
