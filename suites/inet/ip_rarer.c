/* SPDX-License-Identifier: MIT */
/* Rarer options of IP sockets: ports, interfaces, foreign addresses, and options of the header. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include <time.h>
/* After the types that they need. */
#include <linux/capability.h>
#include <linux/errqueue.h>

#include "harness/packet/packet.h"
#include "suites/inet/ip_control.h"
#include "suites/inet6/hosts.h"

#include "harness/case.h"

/* linux/in.h and linux/in6.h, which older headers and other C libraries lack. */
enum {
	NO_PORT = 24,	 /* IP_BIND_ADDRESS_NO_PORT */
	NODEFRAG = 22,	 /* IP_NODEFRAG */
	CHECKSUM = 23,	 /* IP_CHECKSUM */
	RFC4884 = 26,	 /* IP_RECVERR_RFC4884 */
	RFC4884_V6 = 31, /* IPV6_RECVERR_RFC4884 */
	PORT_RANGE = 51, /* IP_LOCAL_PORT_RANGE */
	PROTOCOL = 52,	 /* IP_PROTOCOL */
	UNICAST_V4 = 50, /* IP_UNICAST_IF */
	UNICAST_V6 = 76, /* IPV6_UNICAST_IF */
	TRANSPARENT_V6 = 75,
	HEADER_V6 = 36, /* IPV6_HDRINCL */
	PORT = 9000,
	QUOTED = 128, /* bytes: RFC 4884 4 */
};

/*
 * An address now, a port later.
 *
 * bind() with port 0 reserves a port at once, although the port may be shared by connections to
 * different destinations. `IP_BIND_ADDRESS_NO_PORT` leaves the choice to connect(), so that a
 * client with many connections from one address does not run out of ports.
 */
CASE(port_at_connect,
     .claim = "with IP_BIND_ADDRESS_NO_PORT bind() to port 0 keeps the port 0 until connect()",
     .level = LINUX, .spec = "ip(7) IP_BIND_ADDRESS_NO_PORT", .tags = "tcp bind port")
{
	struct address to, from = address_of("127.0.0.2", 0), name = address_empty();
	int listener = tcp_listener(AF_INET, &to);
	int early = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int late = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	EXPECT_GE(listener, 0);
	EXPECT_OK(bind(early, ADDRESS(from)));
	EXPECT_OK(getsockname(early, &name.any, &name.length));
	EXPECT_NE(address_port(&name), 0);

	EXPECT_OK(set_int(late, IPPROTO_IP, NO_PORT, 1));
	EXPECT_EQ(get_int(late, IPPROTO_IP, NO_PORT), 1);
	EXPECT_OK(bind(late, ADDRESS(from)));
	name = address_empty();
	EXPECT_OK(getsockname(late, &name.any, &name.length));
	EXPECT_TRUE(address_equal(&name, &from));
	EXPECT_OK(connect(late, ADDRESS(to)));
	name = address_empty();
	EXPECT_OK(getsockname(late, &name.any, &name.length));
	EXPECT_EQ(name.v4.sin_addr.s_addr, from.v4.sin_addr.s_addr);
	EXPECT_NE(address_port(&name), 0);
}

/*
 * These ports and no others.
 *
 * Where many hosts share one address, each has its own part of the ports. `IP_LOCAL_PORT_RANGE`
 * narrows what bind() to port 0 chooses from: lowest in the low half, highest in the
 * high one. When all are taken, it fails.
 */
CASE(port_range,
     .claim = "with IP_LOCAL_PORT_RANGE bind() to port 0 takes a port of the range, and fails with "
	      "EADDRINUSE when all are taken",
     .level = LINUX, .spec = "ip(7) IP_LOCAL_PORT_RANGE",
     .sysctls = "net.ipv4.ip_local_port_range=40000\t50000", .tags = "bind port errno")
{
	struct address any = address_loopback(AF_INET, 0), name;
	int ports = 0, fd = -1, range;

	for (int i = 0; i < 3; i++) {
		fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));
		range = (int)(45001u << 16 | 45000u);
		if (set_int(fd, IPPROTO_IP, PORT_RANGE, range) != 0 && errno == ENOPROTOOPT)
			SKIP("IP_LOCAL_PORT_RANGE",
			     "this kernel has none: Linux has since 6.3, and longterm 6.1");
		EXPECT_EQ(get_int(fd, IPPROTO_IP, PORT_RANGE), range);
		if (i == 2)
			break;
		EXPECT_OK(bind(fd, ADDRESS(any)));
		name = address_empty();
		SETUP(getsockname(fd, &name.any, &name.length));
		EXPECT_BETWEEN(address_port(&name), 45000, 45001);
		ports += address_port(&name);
	}
	EXPECT_EQ(ports, 45000 + 45001);
	EXPECT_ERR(bind(fd, ADDRESS(any)), EADDRINUSE);
	/* The lowest may not be above the highest; 0 is no limit. */
	EXPECT_ERR(set_int(fd, IPPROTO_IP, PORT_RANGE, (int)(45000u << 16 | 45001u)), EINVAL);
	EXPECT_OK(set_int(fd, IPPROTO_IP, PORT_RANGE, 0));
	EXPECT_OK(bind(fd, ADDRESS(any)));
}

/*
 * Only from near.
 *
 * No router can make a TTL larger. A server that demands 255 accepts neighbours only, as routers
 * do of each other's sessions of BGP; a packet from farther away is dropped without an answer.
 */
CASE(minimum_ttl,
     .claim = "a TCP listener with IP_MINTTL does not answer packets with a smaller TTL",
     .level = LINUX, .spec = "ip(7) IP_MINTTL; RFC 5082 3", .waits = true, .tags = "tcp ttl errno")
{
	struct address to;
	int listener = tcp_listener(AF_INET, &to);
	int far = SETUP(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	int near = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	EXPECT_OK(set_int(listener, IPPROTO_IP, IP_MINTTL, 255));
	EXPECT_ERR(set_int(listener, IPPROTO_IP, IP_MINTTL, 256), EINVAL);
	EXPECT_EQ(get_int(listener, IPPROTO_IP, IP_MINTTL), 255);
	SETUP(set_int(far, IPPROTO_IP, IP_TTL, 254));
	SETUP(set_int(near, IPPROTO_IP, IP_TTL, 255));
	EXPECT_ERR(connect(far, ADDRESS(to)), EINPROGRESS);
	EXPECT_EQ(wait_for(far, POLLOUT, 200), 0);
	EXPECT_OK(connect(near, ADDRESS(to)));
}

struct interface_row {
	struct variant variant;
	int family, level, option, ask, type;
};

static const struct interface_row interfaces[] = {
	{{"v4", NULL}, AF_INET, IPPROTO_IP, UNICAST_V4, IP_PKTINFO, IP_PKTINFO},
	{{"v6", "ipv6"}, AF_INET6, IPPROTO_IPV6, UNICAST_V6, IPV6_RECVPKTINFO, IPV6_PKTINFO},
};

/*
 * This way out.
 *
 * `IP_UNICAST_IF` names the interface that a socket sends by, as `IP_MULTICAST_IF` does for
 * groups: its number, in network byte order. Unlike `SO_BINDTODEVICE` it does not decide what the
 * socket receives.
 */
CASE(unicast_interface,
     .claim = "IP_UNICAST_IF and IPV6_UNICAST_IF choose the interface that datagrams leave by",
     .level = ABI, .spec = "Linux net/ipv4/ip_sockglue.c, net/ipv6/ipv6_sockglue.c",
     .topology = "ways", .tags = "udp cmsg interface errno", .VARIANTS(interfaces))
{
	const struct interface_row *row = VARIANT(struct interface_row);
	bool v4 = row->family == AF_INET;
	struct address any = address_any(row->family, PORT), to;
	int receiver = SETUP(host_socket("b", row->family, SOCK_DGRAM, 0));
	int fd = SETUP(socket(row->family, SOCK_DGRAM, 0));
	static struct received r;
	struct in_pktinfo four;
	struct in6_pktinfo six;

	SETUP(bind(receiver, ADDRESS(any)));
	SETUP(set_int(receiver, row->level, row->ask, 1));
	if (v4) {
		/* The routes lead to it by eth0. */
		to = address_of("198.51.100.1", PORT);
		SETUP(sendto(fd, "0", 1, 0, ADDRESS(to)));
		EXPECT_EQ(ip_receive_controls(receiver, &r, 0), 1);
		REQUIRE_TRUE(ip_control_value(&r, row->level, row->type, &four, sizeof(four)));
		EXPECT_EQ(four.ipi_ifindex, 20);
	} else {
		SETUP(host_enter("b"));
		to = link_local_address("eth1", PORT);
		SETUP(host_enter("a"));
		to.v6.sin6_scope_id = 0;
	}
	EXPECT_ERR(set_int(fd, row->level, row->option, (int)htonl(999)), EADDRNOTAVAIL);
	EXPECT_OK(set_int(fd, row->level, row->option, (int)htonl(11)));
	EXPECT_EQ(ntohl((uint32_t)get_int(fd, row->level, row->option)), 11);
	EXPECT_EQ(sendto(fd, "11", 2, 0, ADDRESS(to)), 2);
	EXPECT_EQ(ip_receive_controls(receiver, &r, 0), 2);
	if (v4) {
		REQUIRE_TRUE(ip_control_value(&r, row->level, row->type, &four, sizeof(four)));
		EXPECT_EQ(four.ipi_ifindex, 21);
	} else {
		REQUIRE_TRUE(ip_control_value(&r, row->level, row->type, &six, sizeof(six)));
		EXPECT_EQ(six.ipi6_ifindex, 21);
	}
}

struct transparent_row {
	struct variant variant;
	int level, option;
	const char *foreign;
};

static const struct transparent_row transparent[] = {
	{{"v4", NULL}, IPPROTO_IP, IP_TRANSPARENT, "192.0.2.77"},
	{{"v6", "ipv6"}, IPPROTO_IPV6, TRANSPARENT_V6, "2001:db8::77"},
};

/*
 * In somebody else's name.
 *
 * A transparent proxy answers for hosts whose packets pass it. With `IP_TRANSPARENT` it binds to
 * addresses that are not its own, as with `IP_FREEBIND`, and may send from them. That is
 * forgery anywhere else, so that it takes a privilege.
 */
CASE(transparent_bind,
     .claim = "with IP_TRANSPARENT bind() takes a foreign address; without CAP_NET_ADMIN and "
	      "CAP_NET_RAW setting it is EPERM",
     .level = LINUX, .spec = "ip(7) IP_TRANSPARENT; capabilities(7)",
     .tags = "bind privilege errno", .VARIANTS(transparent))
{
	const struct transparent_row *row = VARIANT(struct transparent_row);
	struct address foreign = address_of(row->foreign, PORT), name = address_empty();
	int fd = SETUP(socket(foreign.any.sa_family, SOCK_DGRAM, 0));
	int other = SETUP(socket(foreign.any.sa_family, SOCK_DGRAM, 0));

	EXPECT_ERR(bind(fd, ADDRESS(foreign)), EADDRNOTAVAIL);
	EXPECT_OK(set_int(fd, row->level, row->option, 1));
	EXPECT_EQ(get_int(fd, row->level, row->option), 1);
	EXPECT_OK(bind(fd, ADDRESS(foreign)));
	EXPECT_OK(getsockname(fd, &name.any, &name.length));
	EXPECT_TRUE(address_equal(&name, &foreign));
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(set_int(other, row->level, row->option, 1), EPERM);
}

/*
 * What stood behind the header.
 *
 * `IP_RECVOPTS` gives the receiver the IP options of each datagram as they came;
 * `IP_RECVRETOPTS` gives them made ready for the answer: what records or leads the way stays,
 * what concerned this packet only does not.
 */
CASE(received_options,
     .claim = "IP_RECVOPTS gives the options of a datagram as they came, IP_RECVRETOPTS those for "
	      "an answer",
     .level = LINUX, .spec = "ip(7) IP_RECVOPTS, IP_RECVRETOPTS; RFC 1122 3.2.1.8; RFC 2113 2.1",
     .tags = "udp cmsg options")
{
	static const unsigned char alert[4] = {IPOPT_RA, 4, 0, 0};
	static const unsigned char route[12] = {IPOPT_RR, 11, 4, [11] = IPOPT_END};
	struct pair p = udp_pair(AF_INET);
	unsigned char got[12] = {0};
	static struct received r;

	SETUP(setsockopt(p.client, IPPROTO_IP, IP_OPTIONS, alert, sizeof(alert)));
	SETUP(send(p.client, "1", 1, 0));
	EXPECT_EQ(ip_receive_controls(p.server, &r, 0), 1);
	EXPECT_EQ(ip_control_count(&r), 0);

	EXPECT_OK(set_int(p.server, IPPROTO_IP, IP_RECVOPTS, 1));
	SETUP(send(p.client, "2", 1, 0));
	EXPECT_EQ(ip_receive_controls(p.server, &r, 0), 1);
	EXPECT_EQ(ip_control_count(&r), 1);
	EXPECT_EQ(ip_control_length(&r, IPPROTO_IP, IP_RECVOPTS), sizeof(alert));
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IP, IP_RECVOPTS, got, sizeof(alert)));
	EXPECT_MEMEQ(got, alert, sizeof(alert));

	EXPECT_OK(set_int(p.server, IPPROTO_IP, IP_RECVOPTS, 0));
	EXPECT_OK(set_int(p.server, IPPROTO_IP, IP_RECVRETOPTS, 1));
	SETUP(setsockopt(p.client, IPPROTO_IP, IP_OPTIONS, route, sizeof(route)));
	SETUP(send(p.client, "3", 1, 0));
	EXPECT_EQ(ip_receive_controls(p.server, &r, 0), 1);
	EXPECT_EQ(ip_control_count(&r), 1);
	EXPECT_EQ(ip_control_length(&r, IPPROTO_IP, IP_RETOPTS), sizeof(route));
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IP, IP_RETOPTS, got, sizeof(got)));
	EXPECT_EQ(got[0], IPOPT_RR);
	EXPECT_EQ(got[1], 11);
}

/*
 * Control messages of a stream.
 *
 * A TCP socket has no datagrams to which a control message could belong. getsockopt() with
 * `IP_PKTOPTIONS` gives those of the connection instead, in the same form.
 */
CASE(packet_options,
     .claim = "IP_PKTOPTIONS gives a TCP socket the IP_PKTINFO of its connection, and is "
	      "ENOPROTOOPT for a datagram socket",
     .level = ABI, .spec = "ip(7) IP_PKTOPTIONS; Linux net/ipv4/ip_sockglue.c",
     .tags = "tcp cmsg pktinfo errno")
{
	struct pair p = tcp_pair(AF_INET);
	struct received r = {.message = {.msg_iovlen = 0}};
	struct in_pktinfo info = {0};
	socklen_t length = sizeof(r.control);
	int datagram = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_ERR(getsockopt(datagram, IPPROTO_IP, IP_PKTOPTIONS, r.control, &length),
		   ENOPROTOOPT);
	EXPECT_OK(getsockopt(p.server, IPPROTO_IP, IP_PKTOPTIONS, r.control, &length));
	EXPECT_EQ(length, 0);
	SETUP(set_int(p.server, IPPROTO_IP, IP_PKTINFO, 1));
	length = sizeof(r.control);
	EXPECT_OK(getsockopt(p.server, IPPROTO_IP, IP_PKTOPTIONS, r.control, &length));
	EXPECT_EQ(length, CMSG_SPACE(sizeof(info)));
	r.message.msg_control = r.control;
	r.message.msg_controllen = length;
	REQUIRE_TRUE(CMSG_FIRSTHDR(&r.message) != NULL);
	EXPECT_EQ(CMSG_FIRSTHDR(&r.message)->cmsg_len, CMSG_LEN(sizeof(info)));
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IP, IP_PKTINFO, &info, sizeof(info)));
	EXPECT_EQ(ntohl(info.ipi_addr.s_addr), INADDR_LOOPBACK);
}

struct switch_row {
	struct variant variant;
	int family, type, level, option;
	int wrong_type; /* of a socket that has no such option, or 0 */
};

static const struct switch_row switches[] = {
	{{"checksum", NULL}, AF_INET, SOCK_DGRAM, IPPROTO_IP, CHECKSUM, 0},
	{{"security", NULL}, AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_PASSSEC, 0},
	{{"rfc4884_v4", NULL}, AF_INET, SOCK_DGRAM, IPPROTO_IP, RFC4884, 0},
	{{"rfc4884_v6", "ipv6"}, AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, RFC4884_V6, 0},
	{{"nodefrag", "raw"}, AF_INET, SOCK_RAW, IPPROTO_IP, NODEFRAG, SOCK_DGRAM},
	{{"own_header_v6", "ipv6 raw"}, AF_INET6, SOCK_RAW, IPPROTO_IPV6, HEADER_V6, SOCK_DGRAM},
};

/*
 * Switches whose effect takes more than a socket.
 *
 * A checksum of the network card, a label of a security module, an extended ICMP message, a
 * firewall that reassembles: without these the switches can only be seen to exist, and to be
 * refused by sockets that they are not for.
 */
CASE(switches_exist,
     .claim = "the switch is off, can be turned on and off, and only by the kind of socket it is "
	      "for",
     .level = ABI,
     .spec = "ip(7) IP_NODEFRAG; Linux net/ipv4/ip_sockglue.c, net/ipv6/ipv6_sockglue.c; RFC 4884",
     .tags = "option errno", .VARIANTS(switches))
{
	const struct switch_row *row = VARIANT(struct switch_row);
	int fd = SETUP(socket(row->family, row->type, row->type == SOCK_RAW ? IPPROTO_UDP : 0));

	if (set_int(fd, row->level, row->option, 0) != 0 && errno == ENOPROTOOPT)
		SKIP("option", "this kernel has no such option");
	EXPECT_EQ(get_int(fd, row->level, row->option), 0);
	EXPECT_OK(set_int(fd, row->level, row->option, 1));
	EXPECT_EQ(get_int(fd, row->level, row->option), 1);
	EXPECT_OK(set_int(fd, row->level, row->option, 0));
	EXPECT_EQ(get_int(fd, row->level, row->option), 0);
	if (row->wrong_type != 0) {
		int other = SETUP(socket(row->family, row->wrong_type, 0));

		EXPECT_ERR(set_int(other, row->level, row->option, 1), ENOPROTOOPT);
	}
}

/*
 * Which protocol is it?
 */
CASE(protocol_of_a_raw_socket,
     .claim = "IP_PROTOCOL tells a raw socket's protocol, and cannot be set", .level = ABI,
     .spec = "Linux net/ipv4/ip_sockglue.c, since 6.4; in longterm kernels of 6.1 too",
     .needs = "raw", .tags = "raw option errno")
{
	int fd = SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)), value = -1;
	socklen_t length = sizeof(value);

	if (getsockopt(fd, IPPROTO_IP, PROTOCOL, &value, &length) != 0 && errno == ENOPROTOOPT)
		SKIP("IP_PROTOCOL", "this kernel has no such option");
	EXPECT_EQ(value, IPPROTO_ICMP);
	EXPECT_ERR(set_int(fd, IPPROTO_IP, PROTOCOL, IPPROTO_UDP), ENOPROTOOPT);
	EXPECT_OK(set_int(fd, IPPROTO_IP, IP_TTL, 9));
}

struct policy_row {
	struct variant variant;
	int option;
};

static const struct policy_row policies[] = {
	{{"xfrm", NULL}, IP_XFRM_POLICY},
	{{"ipsec", NULL}, IP_IPSEC_POLICY},
};

/*
 * What may leave unencrypted is not for everybody to say.
 */
CASE(policy_needs_privilege,
     .claim = "IP_XFRM_POLICY and IP_IPSEC_POLICY fail with EPERM without CAP_NET_ADMIN",
     .level = ABI, .spec = "Linux net/ipv4/ip_sockglue.c; capabilities(7)",
     .tags = "option privilege errno", .VARIANTS(policies))
{
	int option = VARIANT(struct policy_row)->option, fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	static const char policy[4];

	/* With the right it is the value that is wrong, or IPsec that is not there. */
	EXPECT_ERR(setsockopt(fd, IPPROTO_IP, option, policy, sizeof(policy)), EINVAL, EOPNOTSUPP,
		   ENOPROTOOPT);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(setsockopt(fd, IPPROTO_IP, option, policy, sizeof(policy)), EPERM);
}

/* ICMP Destination Unreachable with an extension (RFC 4884 4.1, 7): what was sent, then more. */
struct extended_unreachable {
	struct {
		uint8_t type, code;
		uint16_t checksum;
		uint8_t unused, length; /* of what is quoted, in words of 4 bytes */
		uint16_t more;
	} icmp;
	struct {
		uint8_t version, tos;
		uint16_t length, id, offset;
		uint8_t ttl, protocol;
		uint16_t checksum;
		uint32_t source, destination;
		uint16_t source_port, destination_port, datagram, sum;
		char padding[QUOTED - 28];
	} quoted;
	struct {
		uint8_t version, reserved;
		uint16_t checksum;
		uint16_t length;
		uint8_t class, kind;
		char object[4];
	} extension;
};

struct extension_row {
	struct variant variant;
	uint16_t damage; /* of the extension's checksum */
};

static const struct extension_row extensions[] = {
	{{"good", "raw"}, 0},
	{{"damaged", "raw"}, 0x55},
};

static uint16_t sum_of(const void *bytes, size_t length)
{
	return htons(packet_checksum_finish(packet_checksum_add(0, bytes, length)));
}

/*
 * What a router adds to its complaint.
 *
 * An ICMP error quotes the packet that it is about, and since RFC 4884 something may follow: the
 * interface, the MPLS labels, which traceroute shows. With `IP_RECVERR_RFC4884` an entry of the
 * error queue says where in the data this begins. Nothing but a checksum protects it; when that
 * is wrong, the entry is marked `SO_EE_RFC4884_FLAG_INVALID`, and the program had better not look.
 *
 * The other host complains here, by a raw socket, about a datagram that it has received.
 *
 * Try it: `traceroute -e`.
 */
CASE(extended_error,
     .claim = "with IP_RECVERR_RFC4884 an entry of the error queue says where an ICMP extension "
	      "begins, and whether its checksum is wrong",
     .level = RFC, .spec = "RFC 4884 4.1, 7; Linux 5.9, commits eba75c587e81, 01370434df85",
     .topology = "pair", .tags = "udp icmp option", .VARIANTS(extensions))
{
	const struct extension_row *row = VARIANT(struct extension_row);
	struct address a = address_of("192.0.2.1", 0), b = address_of("192.0.2.2", PORT);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int router = SETUP(host_socket("b", AF_INET, SOCK_RAW, IPPROTO_ICMP));
	struct extended_unreachable e = {
		.icmp = {.type = 3, .code = 1, .length = QUOTED / 4},
		.quoted = {.version = 0x45,
			   .length = htons(28),
			   .ttl = 64,
			   .protocol = IPPROTO_UDP,
			   .source = a.v4.sin_addr.s_addr,
			   .destination = b.v4.sin_addr.s_addr,
			   .destination_port = htons(PORT),
			   .datagram = htons(8)},
		.extension = {.version = 2 << 4, .length = htons(8), .class = 1, .kind = 1},
	};
	struct sock_extended_err error = {0};
	/* struct sock_ee_data_rfc4884, in ee_data; older headers have neither it nor the flag. */
	struct {
		uint16_t offset;
		uint8_t flags, reserved;
	} where;
	enum { INVALID = 1 /* SO_EE_RFC4884_FLAG_INVALID */ };
	struct received r;

	SETUP(connect(fd, ADDRESS(b)));
	a = address_empty();
	SETUP(getsockname(fd, &a.any, &a.length));
	SETUP(set_int(fd, IPPROTO_IP, IP_RECVERR, 1));
	if (set_int(fd, IPPROTO_IP, RFC4884, 1) != 0 && errno == ENOPROTOOPT)
		SKIP("option", "this kernel has no such option");
	e.quoted.source_port = a.v4.sin_port;
	e.extension.checksum = sum_of(&e.extension, sizeof(e.extension));
	e.extension.checksum ^= row->damage;
	e.icmp.checksum = sum_of(&e, sizeof(e));
	a.v4.sin_port = 0;
	EXPECT_EQ(sendto(router, &e, sizeof(e), 0, ADDRESS(a)), sizeof(e));

	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLERR, POLLERR);
	EXPECT_GT(ip_receive_controls(fd, &r, MSG_ERRQUEUE), 0);
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IP, IP_RECVERR, &error, sizeof(error)));
	EXPECT_EQ(error.ee_origin, SO_EE_ORIGIN_ICMP);
	EXPECT_ERRNO((int)error.ee_errno, EHOSTUNREACH);
	memcpy(&where, &error.ee_data, sizeof(where));
	EXPECT_EQ(where.offset, QUOTED - 28);
	EXPECT_EQ(where.flags, row->damage != 0 ? INVALID : 0);
	EXPECT_MEMEQ(r.data + where.offset, &e.extension, sizeof(e.extension));
}
