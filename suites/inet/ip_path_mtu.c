/* SPDX-License-Identifier: MIT */
/* IP_MTU_DISCOVER and IPV6_MTU_DISCOVER when the path is narrower than the link. */
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
/* Needs struct timespec. */
#include <linux/errqueue.h>

#include "suites/inet/ip_control.h"
#include "suites/inet/ip_wire.h"

#include "harness/case.h"

enum { PORT = 9000, PATH = 1300, BETWEEN = 1400, TOO_LARGE = 2000 };

/* What is seen of a datagram on the sender's link. */
enum sent { REFUSED, WHOLE, IN_FRAGMENTS };

struct mode_row {
	struct variant variant;
	int family, mode;
	enum sent between;   /* a datagram larger than the path's MTU */
	bool dont_fragment;  /* the bit, when it is whole */
	bool arrives;	     /* ... at its destination */
	enum sent too_large; /* one larger than the link's MTU */
};

static const struct mode_row modes[] = {
	{{"v4_dont", NULL}, AF_INET, IP_PMTUDISC_DONT, IN_FRAGMENTS, 0, true, IN_FRAGMENTS},
	{{"v4_want", NULL}, AF_INET, IP_PMTUDISC_WANT, IN_FRAGMENTS, 0, true, IN_FRAGMENTS},
	{{"v4_do", NULL}, AF_INET, IP_PMTUDISC_DO, REFUSED, 0, false, REFUSED},
	{{"v4_probe", NULL}, AF_INET, IP_PMTUDISC_PROBE, WHOLE, 1, false, REFUSED},
	{{"v4_interface", NULL}, AF_INET, IP_PMTUDISC_INTERFACE, WHOLE, 0, true, REFUSED},
	{{"v4_omit", NULL}, AF_INET, IP_PMTUDISC_OMIT, WHOLE, 0, true, IN_FRAGMENTS},
	{{"v6_dont", "ipv6"}, AF_INET6, IPV6_PMTUDISC_DONT, IN_FRAGMENTS, 0, true, IN_FRAGMENTS},
	{{"v6_want", "ipv6"}, AF_INET6, IPV6_PMTUDISC_WANT, IN_FRAGMENTS, 0, true, IN_FRAGMENTS},
	{{"v6_do", "ipv6"}, AF_INET6, IPV6_PMTUDISC_DO, REFUSED, 0, false, REFUSED},
	{{"v6_probe", "ipv6"}, AF_INET6, IPV6_PMTUDISC_PROBE, WHOLE, 0, false, REFUSED},
	{{"v6_interface", "ipv6"}, AF_INET6, IPV6_PMTUDISC_INTERFACE, WHOLE, 0, false, REFUSED},
	{{"v6_omit", "ipv6"}, AF_INET6, IPV6_PMTUDISC_OMIT, WHOLE, 0, false, IN_FRAGMENTS},
};

struct path {
	int level, discover, mtu;
	int receiver;
	struct address to;
};

/* A path whose second link is narrower, and a host that has already been told so. */
static struct path narrow_path(int family)
{
	bool v4 = family == AF_INET;
	struct path p = {.level = v4 ? IPPROTO_IP : IPPROTO_IPV6,
			 .discover = v4 ? IP_MTU_DISCOVER : IPV6_MTU_DISCOVER,
			 .mtu = v4 ? IP_MTU : IPV6_MTU,
			 .receiver = SETUP(host_socket("b", family, SOCK_DGRAM, 0)),
			 .to = address_of(v4 ? "192.0.2.129" : "2001:db8:0:2::1", PORT)};
	int learner = SETUP(socket(family, SOCK_DGRAM, 0));
	static const char data[BETWEEN];

	SETUP(host_set_mtu("router", "eth1", PATH));
	SETUP(bind(p.receiver, ADDRESS(p.to)));
	SETUP(connect(learner, ADDRESS(p.to)));
	SETUP(set_int(learner, p.level, p.discover, v4 ? IP_PMTUDISC_DO : IPV6_PMTUDISC_DO));
	EXPECT_EQ(send(learner, data, sizeof(data), 0), sizeof(data));
	REQUIRE_TRUE((wait_for(learner, 0, SOON_MS) & POLLERR) != 0);
	EXPECT_EQ(get_int(learner, p.level, p.mtu), PATH);
	SETUP(close(learner));
	return p;
}

/* The next datagram on the sender's link, by its first fragment. */
static void expect_on_link(struct wire *wire, int family, bool fragments, bool dont_fragment)
{
	if (family == AF_INET)
		EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", PORT),
			      FIELD("IPv4", "More Fragments", fragments),
			      FIELD("IPv4", "Fragment Offset", 0),
			      FIELD("IPv4", "Don't Fragment", dont_fragment));
	else if (fragments)
		EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", PORT),
			      FIELD("Fragment", "More fragments", 1),
			      FIELD("Fragment", "Fragment Offset", 0));
	else
		EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", PORT), NO_LAYER("Fragment"));
}

/*
 * Six answers to one question.
 *
 * The host knows by now that the path takes 1300 bytes, although its own link takes 1500. A
 * datagram between the two is cut here (DONT, WANT), refused (DO), or sent as if nothing were
 * known: PROBE says "do not fragment" and so finds out what the path takes today; INTERFACE
 * and OMIT let routers cut it, which those of IPv4 do and those of IPv6 never may (RFC 8200
 * 4.5). INTERFACE and OMIT do not trust the router's message, because anybody can
 * send one: name servers use them. They differ for what exceeds the link itself: `EMSGSIZE`, or
 * fragments.
 */
CASE(modes_after_too_big,
     .claim = "the mode decides whether a datagram larger than the path's MTU is refused, cut by "
	      "the host or sent whole, and with which bit",
     .level = LINUX,
     .spec = "ip(7) IP_MTU_DISCOVER; ipv6(7) IPV6_MTU_DISCOVER; Linux include/uapi/linux/in.h on "
	     "IP_PMTUDISC_INTERFACE and OMIT; RFC 1191 3; RFC 8201 4; RFC 8200 4.5, 5",
     .topology = "routed", .tags = "udp mtu errno wire", .VARIANTS(modes))
{
	const struct mode_row *row = VARIANT(struct mode_row);
	struct path p = narrow_path(row->family);
	int fd = SETUP(socket(row->family, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("a");
	static char data[TOO_LARGE];

	EXPECT_OK(set_int(fd, p.level, p.discover, row->mode));
	EXPECT_EQ(get_int(fd, p.level, p.discover), row->mode);
	EXPECT_EQ(sendto(fd, data, 100, 0, ADDRESS(p.to)), 100);
	EXPECT_EQ(recv(p.receiver, data, sizeof(data), 0), 100);
	/* Not the small one. */
	EXPECT_PACKET(wire, WHICH("UDP", "Length", 108));

	if (row->between == REFUSED) {
		EXPECT_ERR(sendto(fd, data, BETWEEN, 0, ADDRESS(p.to)), EMSGSIZE);
	} else {
		EXPECT_EQ(sendto(fd, data, BETWEEN, 0, ADDRESS(p.to)), BETWEEN);
		expect_on_link(wire, row->family, row->between == IN_FRAGMENTS, row->dont_fragment);
	}
	if (row->too_large == REFUSED) {
		EXPECT_ERR(sendto(fd, data, TOO_LARGE, 0, ADDRESS(p.to)), EMSGSIZE);
	} else {
		EXPECT_EQ(sendto(fd, data, TOO_LARGE, 0, ADDRESS(p.to)), TOO_LARGE);
		expect_on_link(wire, row->family, true, false);
	}
	/* What was whole and may not be cut on the way is lost; what was sent behind it shows that.
	 */
	EXPECT_EQ(sendto(fd, data, 100, 0, ADDRESS(p.to)), 100);
	if (row->arrives)
		EXPECT_EQ(recv(p.receiver, data, sizeof(data), 0), BETWEEN);
	if (row->arrives && row->too_large == IN_FRAGMENTS)
		EXPECT_EQ(recv(p.receiver, data, sizeof(data), 0), TOO_LARGE);
	EXPECT_EQ(recv(p.receiver, data, sizeof(data), 0), 100);
}

struct fragment_row {
	struct variant variant;
	int family, level, option, type;
};

static const struct fragment_row fragment_rows[] = {
	{{"v4", NULL}, AF_INET, IPPROTO_IP, IP_RECVFRAGSIZE, IP_RECVFRAGSIZE},
	{{"v6", "ipv6"}, AF_INET6, IPPROTO_IPV6, IPV6_RECVFRAGSIZE, IPV6_RECVFRAGSIZE},
};

/*
 * It came in pieces.
 *
 * A receiver gets a datagram whole and cannot tell that it was fragmented.
 * `IP_RECVFRAGSIZE` gives it the size of the largest fragment, header included, so that a
 * program can tell its peer to send smaller ones. What was not fragmented has no such message.
 */
CASE(received_fragment_size,
     .claim = "IP_RECVFRAGSIZE gives the size of the largest fragment of a datagram that was "
	      "fragmented, and nothing for others",
     .level = LINUX,
     .spec = "Linux include/uapi/linux/in.h, net/ipv4/ip_sockglue.c ip_cmsg_recv_fragsize(), "
	     "net/ipv6/datagram.c; RFC 791 3.2; RFC 8200 4.5",
     .topology = "routed", .tags = "udp cmsg mtu", .VARIANTS(fragment_rows))
{
	const struct fragment_row *row = VARIANT(struct fragment_row);
	bool v4 = row->family == AF_INET;
	struct path p = narrow_path(row->family);
	int fd = SETUP(socket(row->family, SOCK_DGRAM, 0)), size = 0;
	static struct received r;
	static const char data[BETWEEN];

	SETUP(set_int(fd, p.level, p.discover, v4 ? IP_PMTUDISC_WANT : IPV6_PMTUDISC_WANT));
	SETUP(sendto(fd, data, sizeof(data), 0, ADDRESS(p.to)));
	EXPECT_EQ(ip_receive_controls(p.receiver, &r, 0), sizeof(data));
	EXPECT_EQ(ip_control_count(&r), 0);

	EXPECT_OK(set_int(p.receiver, row->level, row->option, 1));
	EXPECT_EQ(get_int(p.receiver, row->level, row->option), 1);
	SETUP(sendto(fd, data, sizeof(data), 0, ADDRESS(p.to)));
	EXPECT_EQ(ip_receive_controls(p.receiver, &r, 0), sizeof(data));
	EXPECT_EQ(ip_control_length(&r, row->level, row->type), sizeof(size));
	REQUIRE_TRUE(ip_control_value(&r, row->level, row->type, &size, sizeof(size)));
	/* Data in fragments is a multiple of 8: behind a header of 20 or 40 + 8 bytes. */
	EXPECT_EQ(size, v4 ? 20 + (PATH - 20) / 8 * 8 : 48 + (PATH - 48) / 8 * 8);

	SETUP(sendto(fd, data, 100, 0, ADDRESS(p.to)));
	EXPECT_EQ(ip_receive_controls(p.receiver, &r, 0), 100);
	EXPECT_EQ(ip_control_count(&r), 0);
}

/*
 * IPv6 asks in a form of its own.
 *
 * `IPV6_PATHMTU` gives the path's MTU of a connected socket together with the destination;
 * `IPV6_RECVPATHMTU` delivers the same when it changes, or when a datagram was too large. It comes
 * as a message without data: recvmsg() returns 0.
 */
CASE(received_path_mtu,
     .claim = "IPV6_PATHMTU gives the path's MTU, and IPV6_RECVPATHMTU a message of 0 bytes with "
	      "it for a datagram that may not be fragmented",
     .level = RFC, .spec = "RFC 3542 11.2, 11.3, 11.4; ipv6(7)", .needs = "ipv6",
     .topology = "routed", .tags = "udp cmsg mtu errno")
{
	struct path p = narrow_path(AF_INET6);
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	struct ip6_mtuinfo info;
	socklen_t length = sizeof(info);
	static struct received r;
	static const char data[BETWEEN];

	EXPECT_ERR(getsockopt(fd, IPPROTO_IPV6, IPV6_PATHMTU, &info, &length), ENOTCONN);
	SETUP(connect(fd, ADDRESS(p.to)));
	memset(&info, 0, sizeof(info));
	EXPECT_OK(getsockopt(fd, IPPROTO_IPV6, IPV6_PATHMTU, &info, &length));
	EXPECT_EQ(length, sizeof(info));
	EXPECT_EQ(info.ip6m_mtu, PATH);

	/* Without IPV6_DONTFRAG it is cut, with it refused; the message only on request. */
	EXPECT_EQ(send(fd, data, sizeof(data), 0), sizeof(data));
	EXPECT_EQ(ip_receive_controls(p.receiver, &r, 0), sizeof(data));
	EXPECT_OK(set_int(fd, IPPROTO_IPV6, IPV6_DONTFRAG, 1));
	EXPECT_ERR(send(fd, data, sizeof(data), 0), EMSGSIZE);
	EXPECT_ERR(recv(fd, r.data, sizeof(r.data), MSG_DONTWAIT), EAGAIN);
	EXPECT_OK(set_int(fd, IPPROTO_IPV6, IPV6_RECVPATHMTU, 1));
	/* The error stays, and the message tells the size. */
	EXPECT_ERR(send(fd, data, sizeof(data), 0), EMSGSIZE);
	EXPECT_EQ(ip_receive_controls(fd, &r, 0), 0);
	EXPECT_EQ(ip_control_length(&r, IPPROTO_IPV6, IPV6_PATHMTU), sizeof(info));
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IPV6, IPV6_PATHMTU, &info, sizeof(info)));
	EXPECT_EQ(info.ip6m_mtu, PATH);
	EXPECT_MEMEQ(&info.ip6m_addr.sin6_addr, &p.to.v6.sin6_addr, 16);
	EXPECT_OK(set_int(fd, IPPROTO_IPV6, IPV6_DONTFRAG, 0));
	EXPECT_EQ(send(fd, data, sizeof(data), 0), sizeof(data));
}

struct local_row {
	struct variant variant;
	int family, level, receive, type;
};

static const struct local_row locals[] = {
	{{"v4", NULL}, AF_INET, IPPROTO_IP, IP_RECVERR, IP_RECVERR},
	{{"v6", "ipv6"}, AF_INET6, IPPROTO_IPV6, IPV6_RECVERR, IPV6_RECVERR},
};

/*
 * Errors that this host has with itself.
 *
 * A datagram that may not be cut up and does not fit the link is refused by the sender's own
 * kernel: `EMSGSIZE`. A socket that keeps errors gets an entry in its queue as well, with the MTU
 * that would have fitted, and the origin says that no router and no peer is behind it:
 * `SO_EE_ORIGIN_LOCAL`. There was no packet, so there is no offender's address either.
 */
CASE(refused_by_the_own_host,
     .claim = "a datagram larger than the MTU that may not be cut puts EMSGSIZE with origin LOCAL "
	      "and the MTU into the error queue",
     .level = LINUX, .spec = "ip(7) IP_RECVERR, SO_EE_ORIGIN_LOCAL, IP_PMTUDISC_DO; ipv6(7)",
     .topology = "pair", .tags = "udp mtu errno", .VARIANTS(locals))
{
	const struct local_row *row = VARIANT(struct local_row);
	bool v4 = row->family == AF_INET;
	struct address to = address_of(v4 ? "192.0.2.2" : "2001:db8::2", PORT);
	int fd = SETUP(socket(row->family, SOCK_DGRAM, 0));
	static const char data[TOO_LARGE];
	struct sock_extended_err error = {0};
	struct received r;

	SETUP(set_int(fd, row->level, v4 ? IP_MTU_DISCOVER : IPV6_MTU_DISCOVER,
		      v4 ? IP_PMTUDISC_DO : IPV6_PMTUDISC_DO));
	EXPECT_ERR(sendto(fd, data, sizeof(data), 0, ADDRESS(to)), EMSGSIZE);
	EXPECT_ERR(ip_receive_controls(fd, &r, MSG_ERRQUEUE | MSG_DONTWAIT), EAGAIN);

	EXPECT_OK(set_int(fd, row->level, row->receive, 1));
	EXPECT_ERR(sendto(fd, data, sizeof(data), 0, ADDRESS(to)), EMSGSIZE);
	EXPECT_OK(ip_receive_controls(fd, &r, MSG_ERRQUEUE | MSG_DONTWAIT));
	REQUIRE_TRUE(ip_control_value(&r, row->level, row->type, &error, sizeof(error)));
	EXPECT_ERRNO((int)error.ee_errno, EMSGSIZE);
	EXPECT_EQ(error.ee_origin, SO_EE_ORIGIN_LOCAL);
	EXPECT_EQ(error.ee_type, 0);
	EXPECT_EQ(error.ee_code, 0);
	EXPECT_EQ(error.ee_info, 1500);
	EXPECT_EQ(error.ee_data, 0);
	EXPECT_ERR(ip_receive_controls(fd, &r, MSG_ERRQUEUE | MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(sendto(fd, data, 1000, 0, ADDRESS(to)), 1000);
}
