/* SPDX-License-Identifier: MIT */
/* One datagram for everyone on the link. */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

struct broadcast_row {
	struct variant variant;
	const char *to;
};

static const struct broadcast_row addresses[] = {
	{{"subnet", NULL}, "192.0.2.255"},
	{{"limited", NULL}, "255.255.255.255"},
};

/*
 * Broadcasting must be asked for.
 *
 * A broadcast disturbs every host of the link, and a mistyped address is enough to send
 * one. So a socket may not do it until the program has set `SO_BROADCAST`: before,
 * sendto() fails with `EACCES`. There are two such addresses, that of the subnet (all
 * bits of the host part set) and the limited one, 255.255.255.255, which no router
 * forwards. Both leave in a frame to ff:ff:ff:ff:ff:ff. IPv6 has no broadcast at all.
 *
 * Try it: `ping 192.168.1.255` and `ping -b 192.168.1.255` in such a network.
 */
CASE(broadcast_needs_permission,
     .claim = "sending to a broadcast address fails with EACCES unless SO_BROADCAST is set",
     .level = LINUX, .spec = "ip(7) ERRORS EACCES; socket(7) SO_BROADCAST; RFC 919",
     .topology = "pair", .tags = "udp broadcast errno", .VARIANTS(addresses))
{
	struct address to = address_of(VARIANT(struct broadcast_row)->to, 9000);
	struct address any = address_any(AF_INET, 9000), from = address_of("192.0.2.1", 0);
	int receiver = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	int sender = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	static const unsigned char everyone[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	char data[8];

	SETUP(bind(receiver, ADDRESS(any)));
	/* The limited broadcast names no network; the source address says which link is meant. */
	SETUP(bind(sender, ADDRESS(from)));
	EXPECT_ERR(sendto(sender, "all", 3, 0, ADDRESS(to)), EACCES);
	EXPECT_ERR(connect(sender, ADDRESS(to)), EACCES);

	SETUP(set_int(sender, SOL_SOCKET, SO_BROADCAST, 1));
	EXPECT_EQ(sendto(sender, "all", 3, 0, ADDRESS(to)), 3);
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 3);
	packet = wire_next_udp(wire, 9000);
	REQUIRE_TRUE(packet != NULL && packet_ethernet(packet) != NULL);
	EXPECT_MEMEQ(packet_ethernet(packet)->destination, everyone, 6);
	EXPECT_OK(connect(sender, ADDRESS(to)));
}

/*
 * A socket bound to one address hears no broadcast.
 *
 * bind() to an address means: only what is sent *to* that address. A broadcast is sent
 * to another one. So a server that is to answer broadcasts (DHCP, discovery) binds to
 * INADDR_ANY, or to the broadcast address itself.
 */
CASE(broadcast_misses_a_specific_address,
     .claim = "a socket bound to the host's address gets no broadcast, one bound to all does",
     .level = LINUX, .spec = "ip(7) Address format; socket(7) SO_BROADCAST", .topology = "pair",
     .tags = "udp broadcast bind", .VARIANTS(addresses))
{
	struct address to = address_of(VARIANT(struct broadcast_row)->to, 9000);
	struct address any = address_any(AF_INET, 9000), own = address_of("192.0.2.2", 9000);
	struct address from = address_of("192.0.2.1", 0);
	int general = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	int specific = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	int sender = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	char data[8];

	SETUP(set_int(general, SOL_SOCKET, SO_REUSEADDR, 1));
	SETUP(set_int(specific, SOL_SOCKET, SO_REUSEADDR, 1));
	SETUP(bind(general, ADDRESS(any)));
	SETUP(bind(specific, ADDRESS(own)));
	SETUP(bind(sender, ADDRESS(from)));
	SETUP(set_int(sender, SOL_SOCKET, SO_BROADCAST, 1));

	SETUP(sendto(sender, "all", 3, 0, ADDRESS(to)));
	EXPECT_EQ(recv(general, data, sizeof(data), 0), 3);

	/* What the other one hears first is this. */
	SETUP(sendto(sender, "you", 3, 0, ADDRESS(own)));
	EXPECT_EQ(recv(specific, data, sizeof(data), 0), 3);
	EXPECT_MEMEQ(data, "you", 3);
}

/*
 * On one host all get a copy.
 *
 * A unicast datagram goes to one socket, even if several share the port. A broadcast is
 * for everyone, and so each socket bound to the port gets a copy of its own. That is
 * what `SO_REUSEADDR` on UDP sockets was made for.
 */
CASE(broadcast_reaches_every_socket,
     .claim = "every socket bound to the port gets its own copy of a broadcast datagram",
     .level = LINUX, .spec = "ip(7); socket(7) SO_REUSEADDR; RFC 1122 4.1.3.4", .topology = "pair",
     .tags = "udp broadcast")
{
	struct address any = address_any(AF_INET, 9000), to = address_of("192.0.2.255", 9000);
	int sender = SETUP(socket(AF_INET, SOCK_DGRAM, 0)), receivers[3];
	char data[8];

	for (int i = 0; i < 3; i++) {
		receivers[i] = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
		SETUP(set_int(receivers[i], SOL_SOCKET, SO_REUSEADDR, 1));
		SETUP(bind(receivers[i], ADDRESS(any)));
	}
	SETUP(set_int(sender, SOL_SOCKET, SO_BROADCAST, 1));
	SETUP(sendto(sender, "all", 3, 0, ADDRESS(to)));
	for (int i = 0; i < 3; i++)
		EXPECT_EQ(recv(receivers[i], data, sizeof(data), 0), 3);
}
