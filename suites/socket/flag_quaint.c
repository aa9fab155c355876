/* SPDX-License-Identifier: MIT */
/* Flags of send() that few know: one for the link, one that sends nothing, some without a meaning.
 */
#include <arpa/inet.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/tcp_help.h"
#include "suites/netlink/netlink_help.h"
#include "suites/packet/packet_help.h"

#include "harness/case.h"

/*
 * How long ago host a was last sure that b is at its hardware address, in milliseconds; the
 * kernel counts in hundredths of a second (USER_HZ).
 */
static int sure_since(int netlink, const struct address *b)
{
	struct ndmsg header = {.ndm_family = (uint8_t)b->any.sa_family, .ndm_ifindex = A_ETH0};
	struct netlink_request r = REQUEST(RTM_GETNEIGH, 0, header);
	struct netlink_answer answer;
	const struct nda_cacheinfo *cache;
	const struct nlmsghdr *h;

	if (b->any.sa_family == AF_INET)
		request_add(&r, NDA_DST, &b->v4.sin_addr, sizeof(b->v4.sin_addr));
	else
		request_add(&r, NDA_DST, &b->v6.sin6_addr, sizeof(b->v6.sin6_addr));
	REQUIRE_TRUE((h = netlink_get(netlink, &r, &answer)) != NULL);
	cache = attribute_data(ATTRIBUTE(h, struct ndmsg, NDA_CACHEINFO), sizeof(*cache));
	REQUIRE_TRUE(cache != NULL);
	return (int)cache->ndm_confirmed * 10;
}

static const struct family_row both_families[] = {
	{{"v4", NULL}, AF_INET},
	{{"v6", "ipv6"}, AF_INET6},
};

/*
 * "I have just heard from there."
 *
 * Before a host sends to a neighbour it must know the neighbour's hardware address, and from
 * time to time it has to ask again: the neighbour may be gone. TCP spares the link that
 * question: an ACK that comes in is proof that the way there works. The kernel cannot see that of
 * UDP, but the program can, when an answer to its request came; `MSG_CONFIRM` with the next
 * request tells. Without the flag the entry grows old; with it, it is fresh again.
 *
 * Try it: `ip -s neigh`: used/confirmed/updated, in seconds.
 */
CASE(confirm,
     .claim =
	     "sending with MSG_CONFIRM makes the neighbour's entry fresh, sending without does not",
     .level = LINUX, .spec = "send(2) MSG_CONFIRM; arp(7); RFC 1122 2.3.2.1; RFC 4861 7.3.1",
     .topology = "pair", .needs = "neighbour_get", .tags = "flag udp neighbour", .waits = true,
     .VARIANTS(both_families))
{
	bool v6 = VARIANT(struct family_row)->family == AF_INET6;
	struct address b = address_of(v6 ? "2001:db8::2" : "192.0.2.2", 9000);
	int fd = SETUP(socket(b.any.sa_family, SOCK_DGRAM, 0)),
	    netlink = netlink_open(NETLINK_ROUTE);
	int receiver = host_socket("b", b.any.sa_family, SOCK_DGRAM, 0);
	enum { OLD = 300, MUCH_LESS = 150 };

	SETUP(bind(receiver, ADDRESS(b)));
	SETUP(sendto(fd, "a", 1, 0, ADDRESS(b)));
	REQUIRE_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
	sleep_ms(OLD + 20);
	EXPECT_GE(sure_since(netlink, &b), OLD);
	EXPECT_EQ(sendto(fd, "b", 1, 0, ADDRESS(b)), 1);
	EXPECT_GE(sure_since(netlink, &b), OLD);
	EXPECT_EQ(sendto(fd, "c", 1, MSG_CONFIRM, ADDRESS(b)), 1);
	EXPECT_LE(sure_since(netlink, &b), MUCH_LESS);
	/* All three arrived. */
	for (char expected = 'a'; expected <= 'c'; expected++) {
		char got = 0;

		REQUIRE_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
		EXPECT_EQ(recv(receiver, &got, 1, 0), 1);
		EXPECT_EQ(got, expected);
	}
}

/*
 * A send() that does not send.
 *
 * The C library calls the bit `MSG_PROXY`, "supply or ask second address", and no Linux has ever
 * done that. The kernel calls the same bit MSG_PROBE: go all the way to the route and back, as if
 * to send, and leave the packet out. The caller is told that its bytes went; nobody gets them.
 * With `MSG_CONFIRM` it was meant as a way to say "the neighbour is there" without a packet.
 */
CASE(proxy, .claim = "a datagram sent with MSG_PROXY is counted as sent, and never arrives",
     .level = ABI, .spec = "include/linux/socket.h MSG_PROBE; net/ipv4/ip_output.c, ip_make_skb()",
     .tags = "flag udp", .VARIANTS(both_families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	char text[8];

	EXPECT_EQ(send(p.client, "no", 2, MSG_PROXY), 2);
	EXPECT_EQ(send(p.client, "yes", 3, 0), 3);
	REQUIRE_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 3);
	EXPECT_MEMEQ(text, "yes", 3);
	EXPECT_ERR(recv(p.server, text, sizeof(text), MSG_DONTWAIT), EAGAIN);
}

struct flag_row {
	struct variant variant;
	int flag;
};

#ifndef MSG_BATCH
#define MSG_BATCH 0x40000 /* include/linux/socket.h */
#endif

static const struct flag_row without_meaning[] = {
	{{"fin", NULL}, MSG_FIN},
	{{"syn", NULL}, MSG_SYN},
	{{"rst", NULL}, MSG_RST},
	{{"batch", NULL}, MSG_BATCH},
};

/*
 * Flags with great names.
 *
 * `MSG_FIN`, `MSG_SYN` and `MSG_RST` stand in the header since Linux 2.0, and look as if one could
 * end, begin or break a connection with send(). The kernel never looked at them. `MSG_BATCH` is
 * what sendmmsg() says to the protocol with all messages but the last, and no message of a
 * program's own is held back by it. Unknown flags are not refused, which is why a new one can
 * never be probed for: so it is here, the bytes go out in a segment like any other.
 */
CASE(without_a_meaning,
     .claim = "send() with MSG_FIN, MSG_SYN, MSG_RST or MSG_BATCH sends the bytes, in a segment "
	      "without FIN, SYN or RST",
     .level = ABI, .spec = "include/linux/socket.h; net/ipv4/tcp.c, tcp_sendmsg_locked()",
     .tags = "flag tcp wire", .VARIANTS(without_meaning))
{
	int flag = VARIANT(struct flag_row)->flag;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(AF_INET);
	const struct packet *packet;
	char text[8];

	EXPECT_EQ(send(p.client, "hello", 5, flag), 5);
	REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&p.client_address))) != NULL);
	EXPECT_EQ(packet_tcp(packet)->flags & (PACKET_TCP_FIN | PACKET_TCP_SYN | PACKET_TCP_RST),
		  0);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 5);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 5);
	EXPECT_MEMEQ(text, "hello", 5);
	/* The connection goes on, in both directions. */
	EXPECT_EQ(send(p.server, "x", 1, flag), 1);
	EXPECT_EQ(recv(p.client, text, sizeof(text), 0), 1);
	EXPECT_EQ(tcp_state(p.client), TCP_ESTABLISHED);
}
