/* SPDX-License-Identifier: MIT */
/* Options that change, or tell, the fields of the IPv6 header. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/*
 * The hop limit: a Time to Live with an honest name.
 *
 * Routers never measured time, they counted, and IPv6 calls the field by what it is. By
 * default it is that of the interface, `net.ipv6.conf.*.hop_limit`, which routers may
 * announce. `IPV6_UNICAST_HOPS` sets it for a socket; -1 goes back to the default.
 */
CASE(hop_limit_on_the_wire,
     .claim = "IPV6_UNICAST_HOPS sets the hop limit, and -1 restores the default", .level = RFC,
     .spec = "RFC 3493 5.1; ipv6(7) IPV6_UNICAST_HOPS", .needs = "ipv6", .tags = "ip hops")
{
	static const int set[] = {5, 255, -1}, sent[] = {5, 255, 77};
	struct pair p = udp_pair(AF_INET6);
	struct wire *wire = wire_open("a");

	SETUP(sandbox_sysctl("net.ipv6.conf.lo.hop_limit", "77"));
	for (int i = 0; i < 3; i++) {
		EXPECT_OK(set_int(p.client, IPPROTO_IPV6, IPV6_UNICAST_HOPS, set[i]));
		SETUP(send(p.client, "x", 1, 0));
		EXPECT_PACKET(wire,
			      WHICH("UDP", "Destination Port", address_port(&p.server_address)),
			      FIELD("IPv6", "Hop Limit", sent[i]));
	}
}

struct value_row {
	struct variant variant;
	int option, value, expected;
};

static const struct value_row ranges[] = {
	{{"hops_minus_two", NULL}, IPV6_UNICAST_HOPS, -2, EINVAL},
	{{"hops_256", NULL}, IPV6_UNICAST_HOPS, 256, EINVAL},
	{{"hops_255", NULL}, IPV6_UNICAST_HOPS, 255, 0},
	{{"multicast_hops_256", NULL}, IPV6_MULTICAST_HOPS, 256, EINVAL},
	{{"multicast_hops_0", NULL}, IPV6_MULTICAST_HOPS, 0, 0},
	{{"tclass_256", NULL}, IPV6_TCLASS, 256, EINVAL},
	{{"tclass_minus_two", NULL}, IPV6_TCLASS, -2, EINVAL},
	{{"tclass_255", NULL}, IPV6_TCLASS, 255, 0},
};

/*
 * The specification as a table.
 *
 * RFC 3493 and RFC 3542 say for each of these options what an int may be: -1 for the
 * kernel's default, 0 to 255 for the value, and an error for anything else. Such
 * complete sentences make a programmer's life easy, and a case's too.
 */
CASE(ranges_of_options,
     .claim = "hops and traffic class take -1 to 255 and refuse other values with EINVAL",
     .level = RFC, .spec = "RFC 3493 5.1, 5.2; RFC 3542 6.5", .needs = "ipv6",
     .tags = "ip hops tclass errno", .VARIANTS(ranges))
{
	const struct value_row *row = VARIANT(struct value_row);
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));

	EXPECT_OK(set_int(fd, IPPROTO_IPV6, row->option, 7));
	EXPECT_ERRNO(set_int(fd, IPPROTO_IPV6, row->option, row->value) == 0 ? 0 : errno,
		     row->expected);
	/* A refusal changes nothing. */
	EXPECT_EQ(get_int(fd, IPPROTO_IPV6, row->option), row->expected == 0 ? row->value : 7);
	EXPECT_OK(set_int(fd, IPPROTO_IPV6, row->option, -1));
}

/*
 * The traffic class.
 *
 * It has the place and the meaning of IPv4's Type of Service: six bits of DSCP, two of ECN.
 * `IP_TOS` does nothing for IPv6 packets; a program for both protocols sets both options.
 */
CASE(tclass_on_the_wire,
     .claim = "IPV6_TCLASS sets the traffic class of what is sent, IP_TOS does not", .level = RFC,
     .spec = "RFC 3542 6.5; RFC 2474 3; ipv6(7)", .needs = "ipv6", .tags = "ip tclass")
{
	struct pair p = udp_pair(AF_INET6);
	struct wire *wire = wire_open("a");
	uint16_t port = address_port(&p.server_address);

	SETUP(set_int(p.client, IPPROTO_IP, IP_TOS, IPTOS_CLASS_CS1));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port),
		      FIELD("IPv6", "Traffic Class", 0));

	EXPECT_OK(set_int(p.client, IPPROTO_IPV6, IPV6_TCLASS, 46 << 2 | 1));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port), FIELD("IPv6", "DSCP", 46),
		      FIELD("IPv6", "ECN", 1));
}

/* One datagram's control message of this type at level IPPROTO_IPV6. */
static bool receive_control(int fd, int type, void *value, size_t size)
{
	char data[16];
	union {
		struct cmsghdr align;
		char bytes[512];
	} control;
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control)};

	if (recvmsg(fd, &message, 0) < 0)
		return false;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
		if (c->cmsg_level != IPPROTO_IPV6 || c->cmsg_type != type ||
		    c->cmsg_len < CMSG_LEN(size))
			continue;
		memcpy(value, CMSG_DATA(c), size);
		return true;
	}
	return false;
}

struct receive_row {
	struct variant variant;
	int set, option, type, value;
};

static const struct receive_row received[] = {
	{{"hop_limit", NULL}, IPV6_UNICAST_HOPS, IPV6_RECVHOPLIMIT, IPV6_HOPLIMIT, 200},
	{{"traffic_class", NULL}, IPV6_TCLASS, IPV6_RECVTCLASS, IPV6_TCLASS, IPTOS_ECN_CE},
};

/*
 * Asking for fields of the header.
 *
 * For each field that can be received RFC 3542 has two names: an option that turns it
 * on (IPV6_RECV...) and the type of the control message. Both values are ints, unlike
 * the TOS of IPv4. Neighbor Discovery itself depends on it: a hop limit other than 255
 * means that the packet has passed a router, and is not trusted.
 */
CASE(received_fields,
     .claim = "IPV6_RECVHOPLIMIT and IPV6_RECVTCLASS give the received packet's fields as ints",
     .level = RFC, .spec = "RFC 3542 6.3, 6.5; ipv6(7)", .needs = "ipv6",
     .tags = "udp cmsg hops tclass", .VARIANTS(received))
{
	const struct receive_row *row = VARIANT(struct receive_row);
	struct pair p = udp_pair(AF_INET6);
	int value = -1;

	SETUP(set_int(p.client, IPPROTO_IPV6, row->set, row->value));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_TRUE(!receive_control(p.server, row->type, &value, sizeof(value)));

	EXPECT_OK(set_int(p.server, IPPROTO_IPV6, row->option, 1));
	SETUP(send(p.client, "x", 1, 0));
	REQUIRE_TRUE(receive_control(p.server, row->type, &value, sizeof(value)));
	EXPECT_EQ(value, row->value);
}

/*
 * Destination and interface of a datagram.
 *
 * `IPV6_RECVPKTINFO` gives a server that is bound to `::` the address the client wrote
 * to and the interface it came in by. For IPv6 it is needed more often than for IPv4,
 * because an interface has several addresses by design.
 */
CASE(received_pktinfo,
     .claim = "IPV6_RECVPKTINFO gives the datagram's destination address and interface",
     .level = RFC, .spec = "RFC 3542 6.1, 6.2; ipv6(7) IPV6_RECVPKTINFO", .needs = "ipv6",
     .tags = "udp cmsg pktinfo")
{
	struct address any = address_any(AF_INET6, 9000), to = address_loopback(AF_INET6, 9000);
	int server = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	int client = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	struct in6_pktinfo info;

	SETUP(bind(server, ADDRESS(any)));
	SETUP(sendto(client, "x", 1, 0, ADDRESS(to)));
	EXPECT_TRUE(!receive_control(server, IPV6_PKTINFO, &info, sizeof(info)));

	EXPECT_OK(set_int(server, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1));
	SETUP(sendto(client, "x", 1, 0, ADDRESS(to)));
	REQUIRE_TRUE(receive_control(server, IPV6_PKTINFO, &info, sizeof(info)));
	EXPECT_MEMEQ(&info.ipi6_addr, &in6addr_loopback, 16);
	EXPECT_EQ(info.ipi6_ifindex, if_nametoindex("lo"));
}

struct control_row {
	struct variant variant;
	int type, value;
	unsigned int (*field)(const struct packet *packet);
};

static const struct control_row controls[] = {
	{{"hop_limit", NULL}, IPV6_HOPLIMIT, 9, packet_hops},
	{{"traffic_class", NULL}, IPV6_TCLASS, IPTOS_CLASS_CS3, packet_class},
};

/*
 * For one datagram only.
 *
 * What can be received as a control message can be sent as one, and counts for that
 * datagram. Note the name: the option is `IPV6_UNICAST_HOPS`, the control message
 * `IPV6_HOPLIMIT`.
 */
CASE(control_message_for_one_datagram,
     .claim = "IPV6_HOPLIMIT and IPV6_TCLASS as control messages change one datagram only",
     .level = RFC, .spec = "RFC 3542 6.3, 6.5; cmsg(3)", .needs = "ipv6",
     .tags = "udp cmsg hops tclass", .VARIANTS(controls))
{
	const struct control_row *row = VARIANT(struct control_row);
	struct pair p = udp_pair(AF_INET6);
	struct wire *wire = wire_open("a");
	uint16_t port = address_port(&p.server_address);
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.header = {.cmsg_level = IPPROTO_IPV6,
				.cmsg_type = row->type,
				.cmsg_len = CMSG_LEN(sizeof(int))}};
	struct iovec part = {(char *)"x", 1};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control)};
	const struct packet *packet;

	memcpy(CMSG_DATA(&control.header), &row->value, sizeof(int));
	EXPECT_EQ(sendmsg(p.client, &message, 0), 1);
	packet = wire_next_udp(wire, port);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(row->field(packet), row->value);

	SETUP(send(p.client, "x", 1, 0));
	packet = wire_next_udp(wire, port);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_NE(row->field(packet), row->value);
}

/*
 * Extension headers.
 *
 * IPv6 has no options in its header; they stand in headers of their own, chained by
 * Next Header. A Destination Options header is for the receiver alone and passes
 * routers unseen. Set as a sticky option it goes into every packet of the socket; an
 * empty value removes it.
 */
CASE(destination_options,
     .claim = "IPV6_DSTOPTS puts a Destination Options header between IPv6 and UDP, until removed",
     .level = RFC, .spec = "RFC 3542 4, 9; RFC 8200 4.1, 4.6", .needs = "ipv6",
     .tags = "udp extension")
{
	/* Next Header is filled in by the kernel; 0 more words of 8; one PadN option of 6 bytes. */
	static const unsigned char header[8] = {0, 0, IP6OPT_PADN, 4};
	struct pair p = udp_pair(AF_INET6);
	struct wire *wire = wire_open("a");
	uint16_t port = address_port(&p.server_address);
	const struct packet *packet;
	const struct packet_layer *options;
	char data[8];

	EXPECT_OK(setsockopt(p.client, IPPROTO_IPV6, IPV6_DSTOPTS, header, sizeof(header)));
	SETUP(send(p.client, "x", 1, 0));
	packet = wire_next_udp(wire, port);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_ipv6(packet)->next_header, IPPROTO_DSTOPTS);
	options = packet_find(packet, PACKET_DESTINATION);
	REQUIRE_TRUE(options != NULL);
	EXPECT_EQ(options->options.next_header, IPPROTO_UDP);
	EXPECT_EQ(options->header_length, 8);
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 1);

	EXPECT_OK(setsockopt(p.client, IPPROTO_IPV6, IPV6_DSTOPTS, NULL, 0));
	SETUP(send(p.client, "x", 1, 0));
	packet = wire_next_udp(wire, port);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_ipv6(packet)->next_header, IPPROTO_UDP);
}
