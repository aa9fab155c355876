/* SPDX-License-Identifier: MIT */
/* What the address of a received frame says: sockaddr_ll. */
#include <arpa/inet.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/packet/packet_help.h"

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	const uint8_t *to;
	int type;
};

static const struct kind_row kinds[] = {
	{{"host", NULL}, mac_b, PACKET_HOST},
	{{"broadcast", NULL}, mac_everybody, PACKET_BROADCAST},
	{{"multicast", NULL}, mac_group, PACKET_MULTICAST},
	{{"otherhost", NULL}, mac_stranger, PACKET_OTHERHOST},
};

/*
 * Was it for me?
 *
 * The card compares a frame's destination with its own address, and `sll_pkttype` keeps
 * the result. Frames for somebody else (`PACKET_OTHERHOST`) reach packet sockets only;
 * whether they arrive at all depends on the link. `sll_addr` is the sender.
 */
CASE(received,
     .claim = "sockaddr_ll of a received frame has its protocol, interface, kind of link, sender, "
	      "and to whom it was sent",
     .level = LINUX, .spec = "packet(7) Address types", .topology = "pair", .needs = "packet",
     .tags = "packet address", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);
	int receiver = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct sockaddr_ll from;
	socklen_t length = sizeof(from);
	uint8_t got[100];

	memset(&from, 0xa5, sizeof(from));
	EXPECT_EQ(send_text(sender, row->to, "to whom?"), ETH_HLEN + 8);
	EXPECT_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvfrom(receiver, got, sizeof(got), 0, (struct sockaddr *)&from, &length),
		  ETH_HLEN + 8);
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.sll_family, AF_PACKET);
	EXPECT_EQ(ntohs(from.sll_protocol), EXPERIMENT);
	EXPECT_EQ(from.sll_ifindex, B_ETH0);
	EXPECT_EQ(from.sll_hatype, ARPHRD_ETHER);
	EXPECT_EQ(from.sll_pkttype, row->type);
	EXPECT_EQ(from.sll_halen, ETH_ALEN);
	EXPECT_MEMEQ(from.sll_addr, mac_a, ETH_ALEN);
}

/*
 * What this host sends itself.
 *
 * A capture has to show both directions, so sockets for all protocols (`ETH_P_ALL`) get a
 * copy of each frame that goes out, marked `PACKET_OUTGOING`. A socket for one type of
 * frames does not get any.
 */
CASE(outgoing,
     .claim = "a socket for ETH_P_ALL also gets the frames that this host sends, as "
	      "PACKET_OUTGOING; a socket for one protocol does not",
     .level = LINUX, .spec = "packet(7) PACKET_OUTGOING, ETH_P_ALL", .topology = "pair",
     .needs = "packet", .tags = "packet address")
{
	int all = packet_socket("a", SOCK_RAW, A_ETH0, ETH_P_ALL);
	int one = packet_socket("a", SOCK_RAW, A_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, 0, 0), other = packet_socket("b", SOCK_RAW, 0, 0);
	struct frame back = frame_of(mac_a, mac_b, EXPERIMENT, "back", 4);
	struct sockaddr_ll from, by = link_address(B_ETH0, EXPERIMENT, NULL);
	uint8_t got[1600];

	EXPECT_EQ(send_text(sender, mac_b, "out"), ETH_HLEN + 3);
	do
		REQUIRE_TRUE(packet_receive(all, got, sizeof(got), &from) > 0);
	while (ntohs(from.sll_protocol) != EXPERIMENT);
	EXPECT_EQ(from.sll_pkttype, PACKET_OUTGOING);
	EXPECT_EQ(from.sll_ifindex, A_ETH0);
	EXPECT_MEMEQ(got + ETH_HLEN, "out", 3);

	/* The first that the other gets is the one from b. */
	EXPECT_EQ(sendto(other, FRAME(back), 0, LINK(by)), ETH_HLEN + 4);
	EXPECT_EQ(packet_receive(one, got, sizeof(got), &from), ETH_HLEN + 4);
	EXPECT_EQ(from.sll_pkttype, PACKET_HOST);
	EXPECT_MEMEQ(from.sll_addr, mac_b, ETH_ALEN);
}

/*
 * Loopback shows everything twice.
 *
 * What is sent on `lo` goes out and comes in again, and a capture sees both. The link has
 * a kind of its own, and all its addresses are zero.
 */
CASE(loopback,
     .claim = "a frame on lo is seen as PACKET_OUTGOING and as PACKET_HOST, with ARPHRD_LOOPBACK",
     .level = OBSERVED, .spec = "packet(7); drivers/net/loopback.c", .needs = "packet",
     .tags = "packet address loopback")
{
	static const uint8_t zeros[ETH_ALEN];
	static const int kind[] = {PACKET_OUTGOING, PACKET_HOST};
	int fd = packet_socket("a", SOCK_RAW, 1, ETH_P_ALL);
	struct address to = address_loopback(AF_INET, 9);
	int udp = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct sockaddr_ll from;
	uint8_t got[100];

	SETUP(sendto(udp, "x", 1, 0, ADDRESS(to)));
	for (size_t i = 0; i < 2; i++) {
		/* 20 bytes of IPv4, 8 of UDP */
		EXPECT_EQ(packet_receive(fd, got, sizeof(got), &from), ETH_HLEN + 29);
		EXPECT_EQ(from.sll_pkttype, kind[i]);
		EXPECT_EQ(from.sll_hatype, ARPHRD_LOOPBACK);
		EXPECT_EQ(ntohs(from.sll_protocol), ETH_P_IP);
		EXPECT_EQ(from.sll_ifindex, 1);
		EXPECT_EQ(from.sll_halen, ETH_ALEN);
		EXPECT_MEMEQ(from.sll_addr, zeros, ETH_ALEN);
	}
}

/*
 * A kind that no program sees.
 *
 * A host in a multicast group gets its own datagrams back, inside the kernel; that copy is
 * marked `PACKET_LOOPBACK`, and packet sockets pass over it: on the link there was one
 * frame.
 */
CASE(own_multicast,
     .claim = "the copy of a multicast datagram for the sender's own group (PACKET_LOOPBACK) is "
	      "not given to packet sockets",
     .level = OBSERVED, .spec = "packet(7); net/packet/af_packet.c packet_rcv()",
     .topology = "pair", .needs = "packet", .tags = "packet address multicast")
{
	int fd = packet_socket("a", SOCK_DGRAM, A_ETH0, ETH_P_ALL);
	int sender = packet_socket("a", SOCK_DGRAM, 0, 0);
	struct address group = address_of("233.252.0.1", 9000), any = address_any(AF_INET, 9000);
	struct ip_mreqn join = {.imr_multiaddr = group.v4.sin_addr, .imr_ifindex = A_ETH0};
	struct sockaddr_ll from, marker = link_address(A_ETH0, EXPERIMENT, mac_b);
	int udp = SETUP(socket(AF_INET, SOCK_DGRAM, 0)), seen = 0;
	uint8_t got[1600];

	SETUP(bind(udp, ADDRESS(any)));
	SETUP(setsockopt(udp, IPPROTO_IP, IP_ADD_MEMBERSHIP, &join, sizeof(join)));
	SETUP(setsockopt(udp, IPPROTO_IP, IP_MULTICAST_IF, &join, sizeof(join)));
	SETUP(sendto(udp, "me too", 6, 0, ADDRESS(group)));
	EXPECT_EQ(wait_for(udp, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(udp, got, sizeof(got), 0), 6);

	SETUP(sendto(sender, "end", 3, 0, LINK(marker)));
	for (;;) {
		ssize_t size = packet_receive(fd, got, sizeof(got), &from);

		REQUIRE_TRUE(size > 0);
		EXPECT_NE(from.sll_pkttype, PACKET_LOOPBACK);
		if (ntohs(from.sll_protocol) == EXPERIMENT)
			break;
		/* IPv4 with UDP; the reports of IGMP come by this way as well. */
		if (ntohs(from.sll_protocol) == ETH_P_IP && size == 34 && got[9] == IPPROTO_UDP) {
			EXPECT_EQ(from.sll_pkttype, PACKET_OUTGOING);
			seen++;
		}
	}
	EXPECT_EQ(seen, 1);
}

/*
 * No room for the address.
 *
 * As with every family a shorter buffer is filled as far as it goes, and the length that
 * would have been needed comes back.
 */
CASE(short_address,
     .claim = "recvfrom() with a short address fills what fits and returns the whole length",
     .level = POSIX, .spec = "POSIX.1-2024 recvfrom()", .needs = "packet", .tags = "packet address")
{
	int fd = packet_socket("a", SOCK_DGRAM, 1, EXPERIMENT);
	struct sockaddr_ll lo = link_address(1, EXPERIMENT, NULL), from;
	socklen_t length = offsetof(struct sockaddr_ll, sll_ifindex);
	char got[8];

	memset(&from, 0xa5, sizeof(from));
	SETUP(sendto(fd, "x", 1, 0, LINK(lo)));
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvfrom(fd, got, sizeof(got), 0, (struct sockaddr *)&from, &length), 1);
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.sll_family, AF_PACKET);
	EXPECT_EQ(ntohs(from.sll_protocol), EXPERIMENT);
	EXPECT_EQ(from.sll_ifindex, (int)0xa5a5a5a5);
}

/*
 * Only what comes in.
 *
 * A program that answers frames would answer its own. `PACKET_IGNORE_OUTGOING` leaves out
 * the copies of what this host sends.
 */
CASE(ignore_outgoing,
     .claim = "with PACKET_IGNORE_OUTGOING a socket for ETH_P_ALL gets no frames that this host "
	      "sends; values but 0 and 1 are EINVAL",
     .level = LINUX, .spec = "packet(7); linux/if_packet.h PACKET_IGNORE_OUTGOING",
     .topology = "pair", .needs = "packet", .tags = "packet option")
{
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, ETH_P_ALL);
	int sender = packet_socket("a", SOCK_RAW, 0, 0), other = packet_socket("b", SOCK_RAW, 0, 0);
	struct frame back = frame_of(mac_a, mac_b, EXPERIMENT, "in", 2);
	struct sockaddr_ll from, by = link_address(B_ETH0, EXPERIMENT, NULL);
	uint8_t got[1600];

	need_packet_option(PACKET_IGNORE_OUTGOING);
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING), 0);
	EXPECT_ERR(set_int(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 2), EINVAL);
	EXPECT_ERR(set_int(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, -1), EINVAL);
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING), 1);
	/* What was queued before that stays. */
	while (recv(fd, got, sizeof(got), MSG_DONTWAIT) > 0)
		;
	EXPECT_EQ(send_text(sender, mac_b, "out"), ETH_HLEN + 3);
	SETUP(sendto(other, FRAME(back), 0, LINK(by)));
	do {
		REQUIRE_TRUE(packet_receive(fd, got, sizeof(got), &from) > 0);
		EXPECT_NE(from.sll_pkttype, PACKET_OUTGOING);
	} while (ntohs(from.sll_protocol) != EXPERIMENT);
	EXPECT_MEMEQ(got + ETH_HLEN, "in", 2);

	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 0));
	EXPECT_EQ(send_text(sender, mac_b, "out"), ETH_HLEN + 3);
	do
		REQUIRE_TRUE(packet_receive(fd, got, sizeof(got), &from) > 0);
	while (ntohs(from.sll_protocol) != EXPERIMENT);
	EXPECT_EQ(from.sll_pkttype, PACKET_OUTGOING);
}

/* A name that the header has and no kernel ever did: what leaves is received in any case. */
CASE(recv_output, .claim = "PACKET_RECV_OUTPUT is not implemented: ENOPROTOOPT", .level = OBSERVED,
     .spec = "linux/if_packet.h; net/packet/af_packet.c packet_setsockopt()", .needs = "packet",
     .tags = "packet option errno")
{
	int fd = packet_socket("a", SOCK_RAW, 1, EXPERIMENT), value = 0;
	socklen_t length = sizeof(value);

	EXPECT_ERR(set_int(fd, SOL_PACKET, PACKET_RECV_OUTPUT, 1), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(fd, SOL_PACKET, PACKET_RECV_OUTPUT, &value, &length), ENOPROTOOPT);
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_AUXDATA, 1));
	EXPECT_OK(getsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &value, &length));
	EXPECT_EQ(value, 1);
}
