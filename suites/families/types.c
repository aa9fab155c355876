/* SPDX-License-Identifier: MIT */
/* The second argument of socket(): which types a family has. */
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/families/kinds.h"

#include "harness/case.h"

struct types_row {
	struct variant variant;
	int family;
	int types[4]; /* the family has these and no others; 0 ends */
};

static const struct types_row has[] = {
	{{"AF_UNIX", NULL}, AF_UNIX, {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET}},
	{{"AF_NETLINK", "netlink"}, AF_NETLINK, {SOCK_DGRAM, SOCK_RAW}},
	{{"AF_PACKET", "packet"}, AF_PACKET, {SOCK_DGRAM, SOCK_RAW, SOCK_PACKET}},
};

static bool listed(const int types[4], int type)
{
	for (int i = 0; i < 4; i++)
		if (types[i] == type)
			return true;
	return false;
}

/*
 * The type says how data behave, and a family has those that it can keep the promise of.
 *
 * A stream in order, separate messages, messages in order: AF_UNIX has all three, because in
 * one machine nothing is lost. Netlink and packet sockets have messages only. `SOCK_RDM`,
 * messages that arrive but in any order, is rare (TIPC), `SOCK_DCCP` was DCCP's alone. A
 * type that exists but not here is `ESOCKTNOSUPPORT`, which POSIX does not know: there it
 * is `EPROTOTYPE`. `SOCK_RAW` of AF_UNIX is BSD's, and becomes `SOCK_DGRAM`.
 */
CASE(types_of_a_family,
     .claim = "socket() makes the types that a family has and fails with ESOCKTNOSUPPORT for all "
	      "others",
     .level = LINUX, .spec = "unix(7); netlink(7); packet(7); socket(2)",
     .tags = "socket type errno", .VARIANTS(has))
{
	const struct types_row *row = VARIANT(struct types_row);

	for (int i = 0; i < EVERY_TYPE; i++) {
		int type = every_type[i], fd;

		if (!listed(row->types, type)) {
			EXPECT_ERR(socket(row->family, type, 0), ESOCKTNOSUPPORT);
			continue;
		}
		fd = REQUIRE_OK(socket(row->family, type, 0));
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), row->family);
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE),
			  row->family == AF_UNIX && type == SOCK_RAW ? SOCK_DGRAM : type);
	}
}

static const struct family_row internet[] = {
	{{"v4", NULL}, AF_INET},
	{{"v6", "ipv6"}, AF_INET6},
};

/*
 * IP has no reliable messages.
 *
 * `SOCK_RDM` is in the list of types since BSD, and no protocol of IP was ever written for
 * it: `ESOCKTNOSUPPORT` on every Linux, with any protocol. Whoever needs messages in order
 * over IP marks them in TCP's stream, or uses SCTP's `SOCK_SEQPACKET`.
 */
CASE(ip_has_no_reliable_messages,
     .claim = "socket(SOCK_RDM) of an IP family fails with ESOCKTNOSUPPORT for any protocol",
     .level = LINUX, .spec = "socket(2); POSIX.1-2024 2.10.6 does not list SOCK_RDM",
     .tags = "socket type errno", .VARIANTS(internet))
{
	static const int protocols[] = {0, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_SCTP};
	int family = VARIANT(struct family_row)->family;

	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		EXPECT_ERR(socket(family, SOCK_RDM, protocols[i]), ESOCKTNOSUPPORT);
	EXPECT_OK(socket(family, SOCK_DGRAM, 0));
}

struct old_packet {
	unsigned short family;
	char device[14];
	unsigned short protocol;
};

/*
 * `SOCK_PACKET` is how one saw packets before there was AF_PACKET.
 *
 * Until Linux 2.2 frames were read with `socket(AF_INET, SOCK_PACKET, protocol)`. The kernel
 * still turns that into a socket of AF_PACKET, and getsockopt(`SO_DOMAIN`) says so. What is
 * special is the address: `struct sockaddr_pkt` has the *name* of the device where later
 * `struct sockaddr_ll` has its index. A datagram over loopback shows it: the frame arrives
 * with its Ethernet header, from the device "lo".
 */
CASE(sock_packet_is_af_packet,
     .claim = "socket(AF_INET, SOCK_PACKET) makes an AF_PACKET socket whose addresses name the "
	      "device",
     .level = LINUX, .spec = "packet(7) NOTES, SOCK_PACKET; socket(2)", .needs = "packet",
     .tags = "packet type history")
{
	int fd = SETUP(socket(AF_INET, SOCK_PACKET, htons(ETH_P_IP)));
	struct address where, from = address_empty();
	struct old_packet name = {0};
	int udp = bound_socket(AF_INET, SOCK_DGRAM, &where);
	unsigned char frame[128] = {0};

	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_PACKET);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_PACKET);
	EXPECT_EQ(sendto(udp, "atlas", 5, 0, ADDRESS(where)), 5);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvfrom(fd, frame, sizeof(frame), MSG_DONTWAIT, &from.any, &from.length),
		  14 + 20 + 8 + 5);
	EXPECT_MEMEQ(frame + 14 + 20 + 8, "atlas", 5);
	EXPECT_EQ(from.length, sizeof(name));
	memcpy(&name, &from.storage, sizeof(name));
	EXPECT_STREQ(name.device, "lo");
	EXPECT_EQ(ntohs(name.protocol), ETH_P_IP);
}
