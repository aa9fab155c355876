/* SPDX-License-Identifier: MIT */
/* What the cases about packet sockets share: frames, link addresses, sockets on a host. */
#ifndef SUITES_PACKET_PACKET_HELP_H
#define SUITES_PACKET_PACKET_HELP_H

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/types.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

/*
 * The cases send frames of a type that the kernel itself has no use for (ETH_P_802_EX1, "local
 * experiments", IEEE 802), so that nothing answers them and nobody else sends them.
 */
enum {
	EXPERIMENT = ETH_P_802_EX1,
	A_ETH0 = 10, /* interface indexes: see fixtures/topologies/pair.batch */
	B_ETH0 = 20,
};

/* The addresses of the hosts' eth0, one that nobody has, everybody's, and a group's. */
extern const uint8_t mac_a[ETH_ALEN], mac_b[ETH_ALEN], mac_stranger[ETH_ALEN];
extern const uint8_t mac_everybody[ETH_ALEN], mac_group[ETH_ALEN];

/* A frame of Ethernet: header and data. sendto(fd, FRAME(f), 0, ...) */
struct frame {
	size_t size;
	union {
		struct ethhdr header;
		uint8_t bytes[4096];
	};
};
#define FRAME(frame) (frame).bytes, (frame).size

/* A frame of this type (host byte order) with `size` bytes of data; the rest is zero. */
struct frame frame_of(const uint8_t *to, const uint8_t *from, unsigned int type, const void *data,
		      size_t size);

/* An address to bind or send to; `type` in host byte order, `to` may be NULL. */
struct sockaddr_ll link_address(int interface, unsigned int type, const uint8_t *to);
#define LINK(address) (const struct sockaddr *)&(address), sizeof(address)

/*
 * A packet socket on a host, bound to an interface (0: to all) and a type of frames (host
 * byte order). A failure is an error of the setup.
 *
 * The process is kept on one processor from then on: frames that it sends over a veth or
 * loopback link, and those that follow them, then arrive in the order of sending.
 */
#define packet_socket(host, type, interface, protocol)                                             \
	(CALLS_HERE, packet_socket_at(EXPECT_SETUP_AT("packet_socket(" #host ", " #type ")"),      \
				      host, type, interface, protocol))
int packet_socket_at(struct expect_at at, const char *host, int type, int interface,
		     unsigned int protocol);

/* Keeps the process on the processor that it runs on. */
void stay_on_one_processor(void);

/* recvfrom() after waiting SOON_MS at most; -1 when nothing came. `from` may be NULL. */
#define packet_receive(fd, buffer, size, from)                                                     \
	(CALLS_HERE, packet_receive_here(fd, buffer, size, from))
ssize_t packet_receive_here(int fd, void *buffer, size_t size, struct sockaddr_ll *from);

/* Sends a frame of type EXPERIMENT from a's eth0 to `to`, with this text. Returns as sendto(). */
#define send_text(fd, to, text) (CALLS_HERE, send_text_here(fd, to, text))
ssize_t send_text_here(int fd, const uint8_t *to, const char *text);

/* Ends the case as skipped when this kernel does not know an option of SOL_PACKET. */
#define need_packet_option(option) (CALLS_HERE, need_packet_option_here(option, #option))
void need_packet_option_here(int option, const char *name);

/* Sets or clears IFF_UP of an interface of the current host. Returns -1 when ioctl() does. */
#define set_link_up(interface, up) (CALLS_HERE, set_link_up_here(interface, up))
int set_link_up_here(const char *interface, int up);

#endif
