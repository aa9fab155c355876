/* SPDX-License-Identifier: MIT */
/* The flow label: a number that keeps the packets of a flow together. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_control.h"
#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/* linux/in6.h, which cannot be included beside netinet/in.h everywhere. */
enum {
	FLOWINFO = 11,	    /* IPV6_FLOWINFO */
	FLOWLABEL_MGR = 32, /* IPV6_FLOWLABEL_MGR */
	FLOWINFO_SEND = 33, /* IPV6_FLOWINFO_SEND */
	FL_A_GET = 0,
	FL_A_PUT = 1,
	FL_A_RENEW = 2,
	FL_F_CREATE = 1,
	FL_F_EXCL = 2,
	FL_F_REFLECT = 4,
	FL_F_REMOTE = 8,
	FL_S_NONE = 0,
	FL_S_EXCL = 1,
	FL_S_PROCESS = 2,
	FL_S_USER = 3,
	FL_S_ANY = 255,
};

/* struct in6_flowlabel_req */
struct label_request {
	struct in6_addr destination;
	uint32_t label; /* network byte order */
	uint8_t action, share;
	uint16_t flags, expires, linger;
	uint32_t padding;
};

enum { LABEL = 0x12345 };

static int manage(int fd, uint32_t label, int action, int share, int flags)
{
	struct label_request r = {.destination = in6addr_loopback,
				  .label = htonl(label),
				  .action = (uint8_t)action,
				  .share = (uint8_t)share,
				  .flags = (uint16_t)flags};

	return setsockopt(fd, IPPROTO_IPV6, FLOWLABEL_MGR, &r, sizeof(r));
}

/* A UDP socket without automatic labels that sends what sin6_flowinfo says. */
static int label_socket(void)
{
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));

	SETUP(set_int(fd, IPPROTO_IPV6, IPV6_AUTOFLOWLABEL, 0));
	SETUP(set_int(fd, IPPROTO_IPV6, FLOWINFO_SEND, 1));
	return fd;
}

/*
 * A label without a meaning.
 *
 * Routers that spread packets over several ways must keep those of one flow together. Instead of
 * looking for ports behind the extension headers they take the 20 bits of the flow label. Linux
 * computes one for each flow, unless `IPV6_AUTOFLOWLABEL` is off: then it is 0.
 */
CASE(automatic_label,
     .claim = "with IPV6_AUTOFLOWLABEL all packets of a flow have one label, without it 0",
     .level = LINUX,
     .spec = "RFC 6437 2, 3; Documentation/networking/ip-sysctl.rst auto_flowlabels",
     .needs = "ipv6", .sysctls = "net.ipv6.auto_flowlabels=1", .tags = "udp flow wire")
{
	struct pair p = udp_pair(AF_INET6);
	struct wire *wire = wire_open("a");
	uint16_t port = address_port(&p.server_address);
	const struct packet *packet;
	uint32_t first;

	EXPECT_EQ(get_int(p.client, IPPROTO_IPV6, IPV6_AUTOFLOWLABEL), 1);
	SETUP(send(p.client, "1", 1, 0));
	packet = wire_next_udp(wire, port);
	REQUIRE_TRUE(packet != NULL);
	first = packet_ipv6(packet)->flow_label;
	EXPECT_NE(first, 0);
	SETUP(send(p.client, "2", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port),
		      FIELD("IPv6", "Flow Label", first));
	EXPECT_OK(set_int(p.client, IPPROTO_IPV6, IPV6_AUTOFLOWLABEL, 0));
	SETUP(send(p.client, "3", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port), FIELD("IPv6", "Flow Label", 0));
}

/*
 * A label of one's own, and what the receiver sees.
 *
 * A program leases a label from the kernel, says with `IPV6_FLOWINFO_SEND` that it chooses, and
 * writes it into the address that it sends to. `IPV6_FLOWINFO` gives the receiver the first word
 * of the header, traffic class included, as it was on the wire.
 */
CASE(own_label,
     .claim = "a leased label in sin6_flowinfo is on the wire with IPV6_FLOWINFO_SEND and comes to "
	      "a receiver that set IPV6_FLOWINFO",
     .level = LINUX,
     .spec = "RFC 3493 3.3; RFC 6437 3; ipv6(7) sin6_flowinfo; Linux "
	     "net/ipv6/ip6_flowlabel.c",
     .needs = "ipv6", .tags = "udp cmsg flow wire")
{
	struct address to;
	int receiver = bound_socket(AF_INET6, SOCK_DGRAM, &to), fd = label_socket();
	struct wire *wire = wire_open("a");
	static struct received r;
	uint32_t info = 0;

	EXPECT_OK(manage(fd, LABEL, FL_A_GET, FL_S_EXCL, FL_F_CREATE));
	to.v6.sin6_flowinfo = htonl(LABEL);
	EXPECT_EQ(sendto(fd, "1", 1, 0, ADDRESS(to)), 1);
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", address_port(&to)),
		      FIELD("IPv6", "Flow Label", LABEL));
	EXPECT_EQ(ip_receive_controls(receiver, &r, 0), 1);
	EXPECT_EQ(ip_control_count(&r), 0);

	EXPECT_OK(set_int(receiver, IPPROTO_IPV6, FLOWINFO, 1));
	EXPECT_EQ(sendto(fd, "2", 1, 0, ADDRESS(to)), 1);
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", address_port(&to)));
	EXPECT_EQ(ip_receive_controls(receiver, &r, 0), 1);
	EXPECT_EQ(ip_control_length(&r, IPPROTO_IPV6, FLOWINFO), sizeof(info));
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IPV6, FLOWINFO, &info, sizeof(info)));
	EXPECT_EQ(ntohl(info), LABEL);

	/* Without FLOWINFO_SEND the field of the address is not looked at. */
	EXPECT_OK(set_int(fd, IPPROTO_IPV6, FLOWINFO_SEND, 0));
	EXPECT_EQ(sendto(fd, "3", 1, 0, ADDRESS(to)), 1);
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", address_port(&to)),
		      FIELD("IPv6", "Flow Label", 0));
}

struct share_row {
	struct variant variant;
	int share;
	int lease;  /* errno of the first lease */
	int second; /* ... of another socket of this process that asks for the same */
	int use;    /* ... of its sendto() with the label, not having it */
};

static const struct share_row shares[] = {
	{{"none", NULL}, FL_S_NONE, EINVAL, EINVAL, 0},
	{{"exclusive", NULL}, FL_S_EXCL, 0, EPERM, EINVAL},
	{{"process", NULL}, FL_S_PROCESS, 0, 0, EINVAL},
	{{"user", NULL}, FL_S_USER, 0, 0, EINVAL},
	{{"any", NULL}, FL_S_ANY, 0, 0, 0},
};

/*
 * Who else may have it?
 *
 * A label is leased for one socket, for this process, for this user, or for anybody. One that is
 * not for anybody cannot be used without having it: sendto() fails with `EINVAL`.
 */
CASE(shared_label,
     .claim = "the share of a label decides whether another socket may lease it and whether one "
	      "that did not may use it",
     .level = ABI,
     .spec = "Linux net/ipv6/ip6_flowlabel.c ipv6_flowlabel_opt(), "
	     "__fl6_sock_lookup()",
     .needs = "ipv6", .tags = "udp flow errno", .VARIANTS(shares))
{
	const struct share_row *row = VARIANT(struct share_row);
	struct address to;
	int receiver = bound_socket(AF_INET6, SOCK_DGRAM, &to), fd = label_socket();
	int other = label_socket();
	char data[4];

	to.v6.sin6_flowinfo = htonl(LABEL);
	EXPECT_ERRNO(manage(fd, LABEL, FL_A_GET, row->share, FL_F_CREATE) == 0 ? 0 : errno,
		     row->lease);
	EXPECT_ERRNO(sendto(other, "1", 1, 0, ADDRESS(to)) == 1 ? 0 : errno, row->use);
	if (row->use == 0)
		EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 1);
	EXPECT_ERRNO(manage(other, LABEL, FL_A_GET, row->share, FL_F_CREATE) == 0 ? 0 : errno,
		     row->second);
	if (row->second == 0) {
		EXPECT_EQ(sendto(other, "22", 2, 0, ADDRESS(to)), 2);
		EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 2);
	}
	if (row->lease == 0) {
		EXPECT_EQ(sendto(fd, "333", 3, 0, ADDRESS(to)), 3);
		EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 3);
	}
}

/*
 * Getting, renewing, giving back.
 */
CASE(lease_of_a_label,
     .claim = "a label that nobody made is ENOENT, one that is there EEXIST with EXCL, one "
	      "that the socket has not is ESRCH to renew or put",
     .level = ABI, .spec = "Linux net/ipv6/ip6_flowlabel.c ipv6_flowlabel_opt()", .needs = "ipv6",
     .tags = "flow errno")
{
	int fd = label_socket();

	EXPECT_ERR(manage(fd, LABEL, FL_A_GET, FL_S_EXCL, 0), ENOENT);
	EXPECT_ERR(manage(fd, LABEL, FL_A_RENEW, FL_S_EXCL, 0), ESRCH);
	EXPECT_ERR(manage(fd, LABEL, FL_A_PUT, FL_S_EXCL, 0), ESRCH);
	EXPECT_ERR(manage(fd, LABEL, 9, FL_S_EXCL, 0), EINVAL);
	EXPECT_ERR(manage(fd, LABEL | 0x100000, FL_A_GET, FL_S_EXCL, FL_F_CREATE), EINVAL);
	EXPECT_OK(manage(fd, LABEL, FL_A_GET, FL_S_EXCL, FL_F_CREATE | FL_F_EXCL));
	EXPECT_ERR(manage(fd, LABEL, FL_A_GET, FL_S_EXCL, FL_F_CREATE | FL_F_EXCL), EEXIST);
	EXPECT_OK(manage(fd, LABEL, FL_A_RENEW, FL_S_EXCL, 0));
	EXPECT_OK(manage(fd, LABEL, FL_A_PUT, FL_S_EXCL, 0));
	EXPECT_ERR(manage(fd, LABEL, FL_A_PUT, FL_S_EXCL, 0), ESRCH);
}

/*
 * The label of the other side.
 *
 * With `IPV6_FL_F_REFLECT` a server's connections send back the label that their client chose,
 * so that the network treats both directions alike; getsockopt() with `IPV6_FL_F_REMOTE`
 * tells it. It is for TCP only.
 */
CASE(reflected_label,
     .claim = "IPV6_FL_F_REFLECT on a listener makes its connections answer with the client's "
	      "label, "
	      "which IPV6_FL_F_REMOTE tells",
     .level = ABI, .spec = "Linux net/ipv6/ip6_flowlabel.c; RFC 6437 3", .needs = "ipv6",
     .sysctls = "net.ipv6.auto_flowlabels=1 net.ipv6.flowlabel_consistency=1",
     .tags = "tcp flow wire errno")
{
	struct address to;
	int listener = tcp_listener(AF_INET6, &to),
	    datagram = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	int fd = SETUP(socket(AF_INET6, SOCK_STREAM, 0)), server;
	struct wire *wire = wire_open("a");
	struct label_request r = {.flags = FL_F_REMOTE};
	socklen_t length = sizeof(r);
	uint16_t port = address_port(&to);

	/* A label that the kernel did not lease breaks the consistency that the sysctl asks for. */
	EXPECT_ERR(manage(listener, 0, FL_A_GET, FL_S_ANY, FL_F_REFLECT), EPERM);
	SETUP(sandbox_sysctl("net.ipv6.flowlabel_consistency", "0"));
	EXPECT_ERR(manage(datagram, 0, FL_A_GET, FL_S_ANY, FL_F_REFLECT), ENOPROTOOPT);
	EXPECT_OK(manage(listener, 0, FL_A_GET, FL_S_ANY, FL_F_REFLECT));
	SETUP(set_int(fd, IPPROTO_IPV6, IPV6_AUTOFLOWLABEL, 0));
	SETUP(set_int(fd, IPPROTO_IPV6, FLOWINFO_SEND, 1));
	SETUP(manage(fd, LABEL, FL_A_GET, FL_S_EXCL, FL_F_CREATE));
	to.v6.sin6_flowinfo = htonl(LABEL);
	SETUP(connect(fd, ADDRESS(to)));
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_PACKET(wire, WHICH("TCP", "Destination Port", port),
		      FIELD("IPv6", "Flow Label", LABEL));
	EXPECT_EQ(send(server, "x", 1, 0), 1);
	EXPECT_PACKET(wire, WHICH("TCP", "Source Port", port), WHICH("IPv6", "Payload Length", 33),
		      FIELD("IPv6", "Flow Label", LABEL));
	EXPECT_OK(getsockopt(server, IPPROTO_IPV6, FLOWLABEL_MGR, &r, &length));
	EXPECT_EQ(length, sizeof(r));
	EXPECT_EQ(ntohl(r.label), LABEL);
}
