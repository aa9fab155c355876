/* SPDX-License-Identifier: MIT */
/* Rarer options of IPv6 sockets: another family, a preferred source, anycast, router alert. */
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip6.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/capability.h>

#include "suites/inet/ip_control.h"
#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/* linux/in6.h, which cannot be included beside netinet/in.h everywhere. */
enum {
	ALERT_ISOLATE = 30, /* IPV6_ROUTER_ALERT_ISOLATE */
	XFRM_POLICY = 35,
	IPSEC_POLICY = 34,
	ADDRESS_PREFERENCES = 72, /* IPV6_ADDR_PREFERENCES */
	MINIMUM_HOPS = 73,	  /* IPV6_MINHOPCOUNT */
	ORIGINAL_DESTINATION = 74,
	PREFER_TMP = 0x1,
	PREFER_PUBLIC = 0x2,
	PREFER_PUBTMP_DEFAULT = 0x100,
	PREFER_COA = 0x4,
	PREFER_HOME = 0x400,
	PREFER_CGA = 0x8,
	PREFER_NONCGA = 0x800,
	PORT = 9000,
};

/*
 * Back to IPv4.
 *
 * A server for both protocols that hands a connection to a program that knows IPv4 only can turn
 * the socket into an IPv4 one, if its peer is a mapped address: afterwards addresses are
 * sockaddr_in, and options of IPv6 are unknown to it. The connection goes on.
 */
CASE(address_form,
     .claim =
	     "IPV6_ADDRFORM makes an IPv4 socket of a connection with a mapped peer, and fails for "
	     "an unconnected one and for a real IPv6 peer",
     .level = LINUX, .spec = "ipv6(7) IPV6_ADDRFORM; RFC 3493 3.7", .needs = "ipv6",
     .tags = "tcp mapped errno")
{
	struct address to, mapped = address_of("::ffff:127.0.0.1", 0), peer = address_empty();
	int listener = tcp_listener(AF_INET, &to), fd = SETUP(socket(AF_INET6, SOCK_STREAM, 0));
	struct pair six = tcp_pair(AF_INET6);
	int server;
	char data[4];

	SETUP(set_int(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0));
	mapped.v6.sin6_port = to.v4.sin_port;
	EXPECT_ERR(set_int(fd, IPPROTO_IPV6, IPV6_ADDRFORM, AF_INET), ENOTCONN);
	EXPECT_ERR(set_int(six.client, IPPROTO_IPV6, IPV6_ADDRFORM, AF_INET), EADDRNOTAVAIL);
	SETUP(connect(fd, ADDRESS(mapped)));
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_INET6);
	EXPECT_ERR(set_int(fd, IPPROTO_IPV6, IPV6_ADDRFORM, AF_UNIX), EINVAL);

	EXPECT_OK(set_int(fd, IPPROTO_IPV6, IPV6_ADDRFORM, AF_INET));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_INET);
	EXPECT_OK(getpeername(fd, &peer.any, &peer.length));
	EXPECT_EQ(peer.length, sizeof(peer.v4));
	EXPECT_TRUE(address_equal(&peer, &to));
	EXPECT_ERR(set_int(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 5), ENOPROTOOPT);
	EXPECT_OK(set_int(fd, IPPROTO_IP, IP_TTL, 5));
	EXPECT_EQ(send(fd, "ab", 2, 0), 2);
	EXPECT_EQ(recv(server, data, sizeof(data), 0), 2);
}

struct preference_row {
	struct variant variant;
	int flags, expected, kept;
};

static const struct preference_row preferences[] = {
	{{"temporary", NULL}, PREFER_TMP, 0, PREFER_TMP},
	{{"public", NULL}, PREFER_PUBLIC, 0, PREFER_PUBLIC},
	{{"default", NULL}, PREFER_PUBTMP_DEFAULT, 0, PREFER_PUBTMP_DEFAULT},
	{{"care_of", NULL}, PREFER_COA, 0, PREFER_COA},
	{{"temporary_and_public", NULL}, PREFER_TMP | PREFER_PUBLIC, EINVAL, 0},
	{{"home_and_care_of", NULL}, PREFER_HOME | PREFER_COA, EINVAL, 0},
	{{"cga_and_not", NULL}, PREFER_CGA | PREFER_NONCGA, EINVAL, 0},
	{{"unknown", NULL}, 0x4000, 0, 0},
};

/*
 * Which of my addresses?
 *
 * A host has several IPv6 addresses; a program may prefer temporary ones (that are not the
 * same tomorrow), or the one of its home network. Two wishes that contradict are `EINVAL`; a
 * wish that the system does not know is passed over.
 */
CASE(source_preferences,
     .claim =
	     "IPV6_ADDR_PREFERENCES keeps a wish, refuses two that contradict with EINVAL, and the "
	     "old one stays",
     .level = RFC, .spec = "RFC 5014 3, 4, 5; Linux include/net/ipv6.h", .needs = "ipv6",
     .tags = "option errno", .VARIANTS(preferences))
{
	const struct preference_row *row = VARIANT(struct preference_row);
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	int before = get_int(fd, IPPROTO_IPV6, ADDRESS_PREFERENCES), after;

	EXPECT_ERRNO(set_int(fd, IPPROTO_IPV6, ADDRESS_PREFERENCES, row->flags) == 0 ? 0 : errno,
		     row->expected);
	after = get_int(fd, IPPROTO_IPV6, ADDRESS_PREFERENCES);
	if (row->kept != 0)
		EXPECT_EQ(after & (row->kept | (PREFER_TMP | PREFER_PUBLIC)),
			  row->kept & PREFER_COA ? PREFER_COA : row->kept);
	else
		EXPECT_EQ(after, before);
}

/*
 * An address that several hosts have.
 *
 * Packets to an anycast address go to the nearest host that has it. On Linux a host takes it with
 * `IPV6_JOIN_ANYCAST`, as it would join a group, and needs `CAP_NET_ADMIN`, because it could
 * take its neighbours' addresses. Neighbours ask for its link address as for any other, but the
 * host answers some time within `proxy_delay`, so that not all who have it answer at once.
 */
CASE(anycast,
     .claim = "datagrams to an anycast address arrive between IPV6_JOIN_ANYCAST and "
	      "IPV6_LEAVE_ANYCAST, which need CAP_NET_ADMIN to join",
     .level = ABI, .spec = "RFC 4291 2.6; RFC 4861 7.2.7; Linux net/ipv6/anycast.c",
     .needs = "ipv6", .topology = "pair", .tags = "udp anycast errno")
{
	struct address any = address_any(AF_INET6, PORT), to = address_of("2001:db8::aa", PORT);
	struct address own = address_of("2001:db8::2", PORT);
	struct ipv6_mreq m = {.ipv6mr_multiaddr = to.v6.sin6_addr, .ipv6mr_interface = 20};
	struct ipv6_mreq wrong = {.ipv6mr_multiaddr = own.v6.sin6_addr, .ipv6mr_interface = 20};
	struct ipv6_mreq group = {.ipv6mr_interface = 20};
	int receiver = SETUP(host_socket("b", AF_INET6, SOCK_DGRAM, 0));
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	char data[8];

	/* Until 6.0 the answer is lost when any interface of the machine goes down as it waits. */
	SETUP(host_enter("b"));
	SETUP(sandbox_sysctl("net.ipv6.neigh.eth0.proxy_delay", "0") == 0 || errno == ENOENT ? 0
											     : -1);
	SETUP(host_enter("a"));
	group.ipv6mr_multiaddr.s6_addr[0] = 0xff;
	SETUP(bind(receiver, ADDRESS(any)));
	EXPECT_ERR(setsockopt(receiver, IPPROTO_IPV6, IPV6_JOIN_ANYCAST, &wrong, sizeof(m)),
		   EINVAL);
	EXPECT_ERR(setsockopt(receiver, IPPROTO_IPV6, IPV6_JOIN_ANYCAST, &group, sizeof(m)),
		   EINVAL);
	EXPECT_ERR(setsockopt(receiver, IPPROTO_IPV6, IPV6_LEAVE_ANYCAST, &m, sizeof(m)), ENOENT);
	EXPECT_OK(setsockopt(receiver, IPPROTO_IPV6, IPV6_JOIN_ANYCAST, &m, sizeof(m)));
	SETUP(sendto(fd, "any", 3, 0, ADDRESS(to)));
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 3);

	EXPECT_OK(setsockopt(receiver, IPPROTO_IPV6, IPV6_LEAVE_ANYCAST, &m, sizeof(m)));
	SETUP(sendto(fd, "any", 3, 0, ADDRESS(to)));
	SETUP(sendto(fd, "o", 1, 0, ADDRESS(own)));
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 1);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(setsockopt(receiver, IPPROTO_IPV6, IPV6_JOIN_ANYCAST, &m, sizeof(m)), EPERM);
}

/*
 * Only from near.
 *
 * Each router takes one from the hop limit. A server that demands at least 255 of the packets of a
 * connection accepts neighbours only: who is behind a router cannot make it larger again.
 */
CASE(minimum_hop_count,
     .claim = "a TCP listener with IPV6_MINHOPCOUNT does not answer packets of a smaller hop limit",
     .level = LINUX, .spec = "RFC 5082 3; Linux net/ipv6/tcp_ipv6.c", .needs = "ipv6",
     .waits = true, .tags = "tcp hops errno")
{
	struct address to;
	int listener = tcp_listener(AF_INET6, &to);
	int far = SETUP(socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0));
	int near = SETUP(socket(AF_INET6, SOCK_STREAM, 0));

	EXPECT_OK(set_int(listener, IPPROTO_IPV6, MINIMUM_HOPS, 255));
	EXPECT_ERR(set_int(listener, IPPROTO_IPV6, MINIMUM_HOPS, 256), EINVAL);
	EXPECT_EQ(get_int(listener, IPPROTO_IPV6, MINIMUM_HOPS), 255);
	SETUP(set_int(far, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 254));
	SETUP(set_int(near, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 255));
	EXPECT_ERR(connect(far, ADDRESS(to)), EINPROGRESS);
	EXPECT_EQ(wait_for(far, POLLOUT, 200), 0);
	EXPECT_OK(connect(near, ADDRESS(to)));
}

/*
 * The address and port that the packet had.
 */
CASE(original_destination,
     .claim = "IPV6_RECVORIGDSTADDR gives destination address and port as a sockaddr_in6",
     .level = ABI, .spec = "Linux include/uapi/linux/in6.h, net/ipv6/datagram.c", .needs = "ipv6",
     .tags = "udp cmsg")
{
	struct address any = address_any(AF_INET6, PORT), to = address_loopback(AF_INET6, PORT);
	int server = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	struct address original = address_empty();
	static struct received r;

	SETUP(bind(server, ADDRESS(any)));
	SETUP(sendto(fd, "1", 1, 0, ADDRESS(to)));
	EXPECT_EQ(ip_receive_controls(server, &r, 0), 1);
	EXPECT_EQ(ip_control_count(&r), 0);
	EXPECT_OK(set_int(server, IPPROTO_IPV6, ORIGINAL_DESTINATION, 1));
	SETUP(sendto(fd, "2", 1, 0, ADDRESS(to)));
	EXPECT_EQ(ip_receive_controls(server, &r, 0), 1);
	EXPECT_EQ(ip_control_length(&r, IPPROTO_IPV6, ORIGINAL_DESTINATION), sizeof(original.v6));
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IPV6, ORIGINAL_DESTINATION, &original.v6,
				      sizeof(original.v6)));
	original.length = sizeof(original.v6);
	EXPECT_TRUE(address_equal(&original, &to));
}

/*
 * A packet that a router shall look at.
 *
 * The hop-by-hop option Router Alert is for programs on routers. A raw socket of protocol RAW gets,
 * with `IPV6_ROUTER_ALERT`, the packets with that value that are only to be forwarded, from
 * the IPv6 header on; they do not go on. With another value they pass.
 */
CASE(router_alert,
     .claim = "a raw socket with IPV6_ROUTER_ALERT on a router gets forwarded packets with the "
	      "option of this value, which do not go on",
     .level = LINUX, .spec = "RFC 2711 2.1; ipv6(7) IPV6_ROUTER_ALERT", .topology = "routed",
     .needs = "ipv6 raw", .tags = "raw extension errno")
{
	/* Router Alert, value 0 (MLD); PadN. */
	static const unsigned char header[8] = {0, 0, 5, 2, 0, 0, IP6OPT_PADN, 0};
	struct address to = address_of("2001:db8:0:2::1", PORT);
	int receiver = SETUP(host_socket("b", AF_INET6, SOCK_DGRAM, 0));
	int router = SETUP(host_socket("router", AF_INET6, SOCK_RAW, IPPROTO_RAW));
	int other = SETUP(host_socket("router", AF_INET6, SOCK_RAW, IPPROTO_UDP));
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	char data[100];

	SETUP(bind(receiver, ADDRESS(to)));
	SETUP(setsockopt(fd, IPPROTO_IPV6, IPV6_HOPOPTS, header, sizeof(header)));
	EXPECT_ERR(set_int(other, IPPROTO_IPV6, IPV6_ROUTER_ALERT, 0), ENOPROTOOPT);
	EXPECT_OK(set_int(router, IPPROTO_IPV6, IPV6_ROUTER_ALERT, 1));
	SETUP(sendto(fd, "1", 1, 0, ADDRESS(to)));
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 1);
	EXPECT_ERR(recv(router, data, sizeof(data), MSG_DONTWAIT), EAGAIN);

	EXPECT_OK(set_int(router, IPPROTO_IPV6, IPV6_ROUTER_ALERT, -1));
	EXPECT_OK(set_int(router, IPPROTO_IPV6, IPV6_ROUTER_ALERT, 0));
	/* Only packets of this network namespace: here it makes no difference. */
	EXPECT_OK(set_int(router, IPPROTO_IPV6, ALERT_ISOLATE, 1));
	EXPECT_EQ(get_int(router, IPPROTO_IPV6, ALERT_ISOLATE), 1);
	SETUP(sendto(fd, "2", 1, 0, ADDRESS(to)));
	REQUIRE_TRUE((wait_for(router, POLLIN, SOON_MS) & POLLIN) != 0);
	EXPECT_EQ(recv(router, data, sizeof(data), 0), 40 + 8 + 8 + 1);
	EXPECT_EQ(data[40 + 8 + 8], '2');
	EXPECT_ERR(recv(receiver, data, sizeof(data), MSG_DONTWAIT), EAGAIN);
}

struct absent_row {
	struct variant variant;
	int option, expected;
};

static const struct absent_row absent[] = {
	{{"next_hop", NULL}, IPV6_NEXTHOP, ENOPROTOOPT},
	{{"authentication_header", NULL}, IPV6_AUTHHDR, ENOPROTOOPT},
};

/*
 * In the header, not in the kernel.
 *
 * RFC 3542 lets a sender name the next hop; the headers have the name, but Linux
 * knows no such option. What is not known is `ENOPROTOOPT`.
 */
CASE(names_without_an_option, .claim = "IPV6_NEXTHOP and IPV6_AUTHHDR are not there: ENOPROTOOPT",
     .level = OBSERVED,
     .spec = "RFC 3542 6.4 has IPV6_NEXTHOP; ipv6(7) IPV6_AUTHHDR; Linux net/ipv6/ipv6_sockglue.c",
     .needs = "ipv6", .tags = "option errno", .VARIANTS(absent))
{
	const struct absent_row *row = VARIANT(struct absent_row);
	struct address hop = address_loopback(AF_INET6, 0);
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));

	EXPECT_ERR(setsockopt(fd, IPPROTO_IPV6, row->option, ADDRESS(hop)), row->expected);
	EXPECT_OK(set_int(fd, IPPROTO_IPV6, IPV6_TCLASS, 1));
}

static const struct absent_row policies[] = {
	{{"xfrm", NULL}, XFRM_POLICY, EPERM},
	{{"ipsec", NULL}, IPSEC_POLICY, EPERM},
};

/*
 * What may leave unencrypted.
 *
 * IPsec's rules are the system's; a socket may have its own. Who may set one can make
 * packets bypass the system's rules, so that it takes `CAP_NET_ADMIN`.
 */
CASE(policy_needs_privilege,
     .claim = "IPV6_XFRM_POLICY and IPV6_IPSEC_POLICY fail with EPERM without CAP_NET_ADMIN",
     .level = ABI, .spec = "Linux net/ipv6/ipv6_sockglue.c; capabilities(7)", .needs = "ipv6",
     .tags = "option privilege errno", .VARIANTS(policies))
{
	const struct absent_row *row = VARIANT(struct absent_row);
	static const char policy[4];
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));

	/* With the right it is the value that is wrong, or IPsec that is not there. */
	EXPECT_ERR(setsockopt(fd, IPPROTO_IPV6, row->option, policy, sizeof(policy)), EINVAL,
		   EOPNOTSUPP, ENOPROTOOPT);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(setsockopt(fd, IPPROTO_IPV6, row->option, policy, sizeof(policy)),
		   row->expected);
}
