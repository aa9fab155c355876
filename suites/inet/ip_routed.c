/* SPDX-License-Identifier: MIT */
/* What routers send back: time exceeded, too big, no route. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/errqueue.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

struct routed_row {
	struct variant variant;
	int family, level;
	const char *destination, *router, *unknown;
	int hops, errors;	  /* options: hop limit, error queue */
	int discover, mtu, never; /* path MTU discovery, its result, never fragment */
	unsigned int exceeded, no_route_type, no_route_code, too_big_type, too_big_code;
};

static const struct routed_row routes[] = {
	{{"v4", NULL},
	 AF_INET,
	 IPPROTO_IP,
	 "192.0.2.129",
	 "192.0.2.126",
	 "198.51.100.1",
	 IP_TTL,
	 IP_RECVERR,
	 IP_MTU_DISCOVER,
	 IP_MTU,
	 IP_PMTUDISC_DO,
	 ICMP_TIME_EXCEEDED,
	 ICMP_DEST_UNREACH,
	 ICMP_NET_UNREACH,
	 ICMP_DEST_UNREACH,
	 ICMP_FRAG_NEEDED},
	{{"v6", "ipv6"},
	 AF_INET6,
	 IPPROTO_IPV6,
	 "2001:db8:0:2::1",
	 "2001:db8:0:1::ffff",
	 "2001:db8:9::1",
	 IPV6_UNICAST_HOPS,
	 IPV6_RECVERR,
	 IPV6_MTU_DISCOVER,
	 IPV6_MTU,
	 IPV6_PMTUDISC_DO,
	 ICMP6_TIME_EXCEEDED,
	 ICMP6_DST_UNREACH,
	 ICMP6_DST_UNREACH_NOROUTE,
	 ICMP6_PACKET_TOO_BIG,
	 0},
};

/* Who reported the first error of the queue: its address; AF_UNSPEC when there is none. */
static struct address offender(int fd, int level, int type)
{
	union {
		struct cmsghdr align;
		char bytes[256];
	} control;
	struct address who = address_empty();
	struct msghdr message = {.msg_control = control.bytes, .msg_controllen = sizeof(control)};
	size_t behind = CMSG_LEN(sizeof(struct sock_extended_err));

	if (recvmsg(fd, &message, MSG_ERRQUEUE) < 0)
		return who;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
		if (c->cmsg_level == level && c->cmsg_type == type && c->cmsg_len > behind)
			memcpy(&who.storage, (char *)c + behind, c->cmsg_len - behind);
	}
	return who;
}

/*
 * How traceroute works.
 *
 * A packet that starts with a hop limit of 1 dies at the first router, which reports "time
 * exceeded" and so gives away its address. With 2 the packet would reach the second
 * router, and so on; here it is already the destination. The error is EHOSTUNREACH; it
 * says nothing against the destination, which is why only sockets that ask (`IP_RECVERR`)
 * are told.
 *
 * Try it: `traceroute -n` and `tcpdump -ni any icmp` beside it.
 */
CASE(time_exceeded_names_the_router,
     .claim = "a packet with hop limit 1 is answered by the router with time exceeded; 2 arrives",
     .level = RFC, .spec = "RFC 1812 5.3.1; RFC 4443 3.3; ip(7) IP_RECVERR; ipv6(7)",
     .topology = "routed", .tags = "udp ttl icmp", .VARIANTS(routes))
{
	const struct routed_row *row = VARIANT(struct routed_row);
	struct address to = address_of(row->destination, 9000);
	struct address router = address_of(row->router, 0), who;
	int receiver = SETUP(host_socket("b", row->family, SOCK_DGRAM, 0));
	int fd = SETUP(socket(row->family, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	char data[8];

	SETUP(bind(receiver, ADDRESS(to)));
	SETUP(set_int(fd, row->level, row->errors, 1));
	SETUP(set_int(fd, row->level, row->hops, 1));
	SETUP(connect(fd, ADDRESS(to)));
	EXPECT_EQ(send(fd, "1", 1, 0), 1);

	packet = wire_next_icmp(wire, row->family, row->exceeded, 0);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_TRUE(packet_find_quoted(packet, PACKET_UDP) != NULL);
	EXPECT_TRUE(wait_for(fd, 0, SOON_MS) & POLLERR);
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), EHOSTUNREACH);
	who = offender(fd, row->level, row->errors);
	EXPECT_STREQ(address_text(&who), address_text(&router));

	SETUP(set_int(fd, row->level, row->hops, 2));
	EXPECT_EQ(send(fd, "2", 1, 0), 1);
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 1);
	EXPECT_MEMEQ(data, "2", 1);
}

/*
 * The router has no route.
 *
 * This host sends everything unknown to its default router; only there does it turn out
 * that the network does not exist. So send() succeeds, and the error comes by ICMP
 * "no route", as ENETUNREACH: the same errno that a host without a default route gives
 * at once and without any packet.
 */
CASE(router_without_a_route,
     .claim = "the router's ICMP no route makes the socket report ENETUNREACH", .level = LINUX,
     .spec = "RFC 1812 5.2.7.1; RFC 4443 3.1; ip(7) IP_RECVERR; ipv6(7)", .topology = "routed",
     .tags = "udp route icmp errno", .VARIANTS(routes))
{
	const struct routed_row *row = VARIANT(struct routed_row);
	struct address nowhere = address_of(row->unknown, 9000);
	struct address to = address_of(row->destination, 9000);
	int receiver = SETUP(host_socket("b", row->family, SOCK_DGRAM, 0));
	int fd = SETUP(socket(row->family, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("a");
	char data[8];

	SETUP(bind(receiver, ADDRESS(to)));
	SETUP(set_int(fd, row->level, row->errors, 1));
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(nowhere)), 1);
	EXPECT_TRUE(wire_next_icmp(wire, row->family, row->no_route_type, row->no_route_code) !=
		    NULL);
	EXPECT_ERR(recv(fd, data, sizeof(data), 0), ENETUNREACH);

	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(to)), 1);
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 1);
}

/* Sets an interface's MTU in bytes, as `ip link set mtu` does. */
static int set_mtu(const char *interface, int mtu)
{
	struct ifreq request = {.ifr_mtu = mtu};
	int fd = socket(AF_INET, SOCK_DGRAM, 0), result;

	strncpy(request.ifr_name, interface, sizeof(request.ifr_name) - 1);
	result = ioctl(fd, SIOCSIFMTU, &request);
	close(fd);
	return result;
}

/*
 * The size that fits the whole way.
 *
 * The first link takes 1500 bytes, the second 1300. With "do not fragment" the router
 * can only discard the packet and report the size that would have fit. The host
 * remembers it for this destination: the next send() of that size fails at once with
 * `EMSGSIZE`, and `IP_MTU` (`IPV6_MTU`) says what fits. Where ICMP is filtered, this
 * breaks: a "black hole".
 *
 * Try it: `ping -M do -s 1472` and larger sizes; `ip route get` shows the `mtu` learnt.
 */
CASE(path_mtu_discovery,
     .claim = "after a router's too big, IP_MTU is the path's and a larger send() gives EMSGSIZE",
     .level = LINUX, .spec = "RFC 1191; RFC 8201; ip(7) IP_MTU_DISCOVER, IP_MTU; ipv6(7)",
     .topology = "routed", .tags = "udp mtu icmp", .VARIANTS(routes))
{
	const struct routed_row *row = VARIANT(struct routed_row);
	struct address to = address_of(row->destination, 9000);
	int receiver = SETUP(host_socket("b", row->family, SOCK_DGRAM, 0));
	int fd = SETUP(socket(row->family, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	char data[1400] = "";

	SETUP(host_enter("router"));
	SETUP(set_mtu("eth1", 1300));
	SETUP(host_enter("a"));
	SETUP(bind(receiver, ADDRESS(to)));
	SETUP(connect(fd, ADDRESS(to)));
	EXPECT_OK(set_int(fd, row->level, row->discover, row->never));
	EXPECT_EQ(get_int(fd, row->level, row->mtu), 1500);

	EXPECT_EQ(send(fd, data, sizeof(data), 0), sizeof(data));
	packet = wire_next_icmp(wire, row->family, row->too_big_type, row->too_big_code);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(row->family == AF_INET ? packet_icmp(packet)->next_hop_mtu
					 : packet_icmpv6(packet)->mtu,
		  1300);
	/* The ICMP message is on the wire; now wait until the host has taken note of it. */
	REQUIRE_TRUE(wait_for(fd, 0, SOON_MS) & POLLERR);
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), EMSGSIZE);
	EXPECT_EQ(get_int(fd, row->level, row->mtu), 1300);

	EXPECT_ERR(send(fd, data, sizeof(data), 0), EMSGSIZE);
	EXPECT_EQ(send(fd, data, 1200, 0), 1200);
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 1200);
}

struct fragment_row {
	struct variant variant;
	int discover;
	bool dont_fragment;
	int expected; /* of a datagram larger than the link's MTU */
};

static const struct fragment_row fragmenting[] = {
	{{"dont", NULL}, IP_PMTUDISC_DONT, false, 0},
	{{"do", NULL}, IP_PMTUDISC_DO, true, EMSGSIZE},
	{{"want", NULL}, IP_PMTUDISC_WANT, true, 0},
	{{"probe", NULL}, IP_PMTUDISC_PROBE, true, EMSGSIZE},
};

/*
 * May it be fragmented?
 *
 * `IP_MTU_DISCOVER` decides two things: whether packets carry the "don't fragment" bit,
 * and what happens to a datagram that is larger than the link's MTU. DONT: no bit, and
 * fragments. DO and PROBE: the bit, and `EMSGSIZE`. WANT, the default: the bit as long as
 * the datagram fits, and otherwise the host itself fragments.
 */
CASE(who_may_fragment,
     .claim = "IP_MTU_DISCOVER sets the DF bit and decides between fragments and EMSGSIZE",
     .level = LINUX, .spec = "ip(7) IP_MTU_DISCOVER", .topology = "routed", .tags = "udp mtu",
     .VARIANTS(fragmenting))
{
	const struct fragment_row *row = VARIANT(struct fragment_row);
	struct address to = address_of("192.0.2.129", 9000);
	int receiver = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	static char data[3000];

	SETUP(bind(receiver, ADDRESS(to)));
	EXPECT_OK(set_int(fd, IPPROTO_IP, IP_MTU_DISCOVER, row->discover));
	EXPECT_EQ(sendto(fd, data, 100, 0, ADDRESS(to)), 100);
	packet = wire_next_udp(wire, 9000);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_ipv4(packet)->dont_fragment, row->dont_fragment);
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 100);

	EXPECT_ERRNO(sendto(fd, data, sizeof(data), 0, ADDRESS(to)) < 0 ? errno : 0, row->expected);
	if (row->expected == 0)
		EXPECT_EQ(recv(receiver, data, sizeof(data), 0), sizeof(data));
}

/*
 * The neighbour does not answer.
 *
 * On a link the next hop's hardware address is asked for with ARP, or with Neighbor
 * Solicitations. If nobody answers, the host itself concludes that the destination
 * cannot be reached: EHOSTUNREACH, an ICMP error without any ICMP on the wire. It normally
 * takes three seconds; here the kernel is told to ask once and to wait 20 ms.
 */
CASE(neighbour_does_not_answer,
     .claim = "unanswered ARP or neighbour solicitations end in EHOSTUNREACH", .level = LINUX,
     .spec = "RFC 1122 2.3.2.2, 3.3.2; RFC 4861 7.2.2; arp(7); ip(7) IP_RECVERR",
     .topology = "routed", .waits = true, .tags = "udp arp errno", .VARIANTS(routes))
{
	const struct routed_row *row = VARIANT(struct routed_row);
	bool v4 = row->family == AF_INET;
	struct address to = address_of(v4 ? "192.0.2.77" : "2001:db8:0:1::77", 9000);
	struct address router = address_of(row->router, 9000);
	int fd = SETUP(socket(row->family, SOCK_DGRAM, 0));
	struct wire *wire;
	char data[8];

	SETUP(set_int(fd, row->level, row->errors, 1));
	/* A neighbour that is there answers, by what its closed port makes of the datagram. */
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(router)), 1);
	EXPECT_ERR(recv(fd, data, sizeof(data), 0), ECONNREFUSED);

	wire = wire_open("a");
	SETUP(sandbox_sysctl(v4 ? "net.ipv4.neigh.eth0.mcast_solicit"
				: "net.ipv6.neigh.eth0.mcast_solicit",
			     "1"));
	SETUP(sandbox_sysctl(v4 ? "net.ipv4.neigh.eth0.retrans_time_ms"
				: "net.ipv6.neigh.eth0.retrans_time_ms",
			     "20"));
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(to)), 1);
	EXPECT_TRUE(v4 ? wire_next_kind(wire, PACKET_ARP) != NULL
		       : wire_next_icmp(wire, AF_INET6, ND_NEIGHBOR_SOLICIT, 0) != NULL);
	EXPECT_ERR(recv(fd, data, sizeof(data), 0), EHOSTUNREACH);
}
