/* SPDX-License-Identifier: MIT */
/* Waiting for the packets that the cases about UDP, ICMP and IP want to see on a link. */
#ifndef SUITES_INET_IP_WIRE_H
#define SUITES_INET_IP_WIRE_H

#include <stdint.h>

#include "harness/calls/site.h"
#include "harness/capture/expect_packet.h"

/*
 * The next UDP datagram to `port` (host byte order); quotations in ICMP errors do not
 * count. Waits SOON_MS; NULL when none came. Valid until the next call for this wire.
 */
const struct packet *wire_next_udp(struct wire *wire, uint16_t port);

/* The next ICMP (AF_INET) or ICMPv6 (AF_INET6) message of this type and code, likewise. */
const struct packet *wire_next_icmp(struct wire *wire, int family, unsigned int type,
				    unsigned int code);

/* The next packet that has a layer of this kind, likewise. */
const struct packet *wire_next_kind(struct wire *wire, enum packet_kind kind);

/* Time to Live or Hop Limit, and Type of Service or Traffic Class, of the outermost IP header. */
unsigned int packet_hops(const struct packet *packet);
unsigned int packet_class(const struct packet *packet);

/*
 * Ends the segmentation offload of UDP of an interface of the current host, so that each datagram
 * is seen by itself. Returns -1 when ioctl() does.
 */
#define plain_datagrams(interface) (CALLS_HERE, plain_datagrams_here(interface))
int plain_datagrams_here(const char *interface);

#endif
