/* SPDX-License-Identifier: MIT */
/* Extension headers: sent for a socket or for one datagram, and handed to the receiver. */
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip6.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/capability.h>

#include "suites/inet/ip_control.h"
#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/* RFC 4727 3.6: an option for experiments, to be passed over by who does not know it. */
enum { EXPERIMENT = 0x1e };

struct header_row {
	struct variant variant;
	int option, receive, old; /* to send, to ask for, and RFC 2292's name for both */
	int number;
	const char *layer;
};

static const struct header_row headers[] = {
	{{"hop_by_hop", NULL},
	 IPV6_HOPOPTS,
	 IPV6_RECVHOPOPTS,
	 IPV6_2292HOPOPTS,
	 IPPROTO_HOPOPTS,
	 "Hop-by-Hop Options"},
	{{"destination", NULL},
	 IPV6_DSTOPTS,
	 IPV6_RECVDSTOPTS,
	 IPV6_2292DSTOPTS,
	 IPPROTO_DSTOPTS,
	 "Destination Options"},
};

/* Next Header is the kernel's; 0 more words of 8; one option of 4 bytes. */
static const unsigned char header[8] = {0, 0, EXPERIMENT, 4, 1, 2, 3, 4};
/* What arrives: with UDP as the next header. */
static const unsigned char arrived[8] = {IPPROTO_UDP, 0, EXPERIMENT, 4, 1, 2, 3, 4};

/*
 * In every packet.
 *
 * An option given to setsockopt() is "sticky": each datagram of the socket has the header, until
 * it is set to nothing. getsockopt() gives back what was set. The receiver does not see it,
 * unless it asks.
 */
CASE(sticky_header,
     .claim = "a header set for a socket is in each of its packets until it is removed, and "
	      "getsockopt() gives it back",
     .level = RFC, .spec = "RFC 3542 7, 8, 9; RFC 8200 4.3, 4.6", .needs = "ipv6",
     .tags = "udp extension wire", .VARIANTS(headers))
{
	const struct header_row *row = VARIANT(struct header_row);
	struct pair p = udp_pair(AF_INET6);
	struct wire *wire = wire_open("a");
	uint16_t port = address_port(&p.server_address);
	unsigned char got[16];
	socklen_t length = sizeof(got);

	EXPECT_OK(setsockopt(p.client, IPPROTO_IPV6, row->option, header, sizeof(header)));
	EXPECT_OK(getsockopt(p.client, IPPROTO_IPV6, row->option, got, &length));
	EXPECT_EQ(length, sizeof(header));
	EXPECT_MEMEQ(got + 2, header + 2, 6);
	for (int i = 0; i < 2; i++) {
		SETUP(send(p.client, "x", 1, 0));
		EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port),
			      FIELD("IPv6", "Next Header", row->number),
			      FIELD(row->layer, "Next Header", IPPROTO_UDP),
			      FIELD(row->layer, "Option Type", EXPERIMENT),
			      FIELD(row->layer, "Opt Data Len", 4));
	}
	EXPECT_OK(setsockopt(p.client, IPPROTO_IPV6, row->option, NULL, 0));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port),
		      FIELD("IPv6", "Next Header", IPPROTO_UDP), NO_LAYER(row->layer));
	length = sizeof(got);
	EXPECT_OK(getsockopt(p.client, IPPROTO_IPV6, row->option, got, &length));
	EXPECT_EQ(length, 0);
}

/*
 * In this packet, and to this receiver.
 *
 * The same header as a control message of sendmsg() is for one datagram. A receiver that asked
 * with `IPV6_RECVHOPOPTS` or `IPV6_RECVDSTOPTS` gets it as a control message of the same type,
 * from its Next Header on.
 */
CASE(received_header,
     .claim = "a header sent as a control message is in one packet, and comes to a receiver that "
	      "asked for it as it was on the wire",
     .level = RFC, .spec = "RFC 3542 8, 9; RFC 8200 4.2", .needs = "ipv6",
     .tags = "udp cmsg extension wire", .VARIANTS(headers))
{
	const struct header_row *row = VARIANT(struct header_row);
	struct pair p = udp_pair(AF_INET6);
	static struct received r;
	unsigned char got[8] = {0};

	EXPECT_EQ(ip_send_control(p.client, NULL, "1", 1, IPPROTO_IPV6, row->option, header, 8), 1);
	EXPECT_EQ(ip_receive_controls(p.server, &r, 0), 1);
	EXPECT_EQ(ip_control_count(&r), 0);

	EXPECT_OK(set_int(p.server, IPPROTO_IPV6, row->receive, 1));
	EXPECT_EQ(get_int(p.server, IPPROTO_IPV6, row->receive), 1);
	EXPECT_EQ(ip_send_control(p.client, NULL, "2", 1, IPPROTO_IPV6, row->option, header, 8), 1);
	EXPECT_EQ(ip_receive_controls(p.server, &r, 0), 1);
	EXPECT_EQ(ip_control_count(&r), 1);
	EXPECT_EQ(ip_control_length(&r, IPPROTO_IPV6, row->option), 8);
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IPV6, row->option, got, 8));
	EXPECT_MEMEQ(got, arrived, 8);

	/* The next datagram has none. */
	SETUP(send(p.client, "3", 1, 0));
	EXPECT_EQ(ip_receive_controls(p.server, &r, 0), 1);
	EXPECT_EQ(ip_control_count(&r), 0);
}

/*
 * The same in the words of 1998.
 *
 * RFC 2292 had one name for asking and for the message. RFC 3542 gave the names new meanings;
 * Linux kept the old numbers as `IPV6_2292...` for programs that were compiled before.
 */
CASE(received_header_of_rfc_2292,
     .claim = "IPV6_2292HOPOPTS and IPV6_2292DSTOPTS ask for messages of their own type",
     .level = RFC, .spec = "RFC 2292 5, 6, 7; RFC 3542 13", .needs = "ipv6",
     .tags = "udp cmsg extension", .VARIANTS(headers))
{
	const struct header_row *row = VARIANT(struct header_row);
	struct pair p = udp_pair(AF_INET6);
	static struct received r;
	unsigned char got[8] = {0};

	EXPECT_OK(set_int(p.server, IPPROTO_IPV6, row->old, 1));
	EXPECT_EQ(get_int(p.server, IPPROTO_IPV6, row->old), 1);
	EXPECT_EQ(ip_send_control(p.client, NULL, "x", 1, IPPROTO_IPV6, row->option, header, 8), 1);
	EXPECT_EQ(ip_receive_controls(p.server, &r, 0), 1);
	EXPECT_EQ(ip_control_count(&r), 1);
	EXPECT_EQ(ip_control_length(&r, IPPROTO_IPV6, row->old), 8);
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IPV6, row->old, got, 8));
	EXPECT_MEMEQ(got, arrived, 8);
}

/*
 * ... for the two that everybody used.
 */
CASE(received_fields_of_rfc_2292,
     .claim = "IPV6_2292PKTINFO and IPV6_2292HOPLIMIT ask for messages of their own type",
     .level = RFC, .spec = "RFC 2292 5.1, 5.3; RFC 3542 13", .needs = "ipv6", .tags = "udp cmsg")
{
	struct pair p = udp_pair(AF_INET6);
	static struct received r;
	struct in6_pktinfo info;
	int hops = 0;

	SETUP(set_int(p.client, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 99));
	EXPECT_OK(set_int(p.server, IPPROTO_IPV6, IPV6_2292PKTINFO, 1));
	EXPECT_OK(set_int(p.server, IPPROTO_IPV6, IPV6_2292HOPLIMIT, 1));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(ip_receive_controls(p.server, &r, 0), 1);
	EXPECT_EQ(ip_control_count(&r), 2);
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IPV6, IPV6_2292PKTINFO, &info, sizeof(info)));
	EXPECT_MEMEQ(&info.ipi6_addr, &in6addr_loopback, 16);
	EXPECT_EQ(info.ipi6_ifindex, if_nametoindex("lo"));
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IPV6, IPV6_2292HOPLIMIT, &hops, sizeof(hops)));
	EXPECT_EQ(hops, 99);
}

/*
 * Not for everybody.
 *
 * Routers look at each packet with hop-by-hop options in slow code, and some stumble over any
 * header they do not expect. So Linux asks for `CAP_NET_RAW` (RFC 3542 leaves that to the system).
 */
CASE(header_needs_privilege,
     .claim = "setting hop-by-hop or destination options is EPERM without CAP_NET_RAW",
     .level = LINUX, .spec = "RFC 3542 8, 9 (may be privileged); capabilities(7); ipv6(7)",
     .needs = "ipv6", .tags = "extension privilege errno", .VARIANTS(headers))
{
	const struct header_row *row = VARIANT(struct header_row);
	struct pair p = udp_pair(AF_INET6);

	EXPECT_OK(setsockopt(p.client, IPPROTO_IPV6, row->option, header, sizeof(header)));
	EXPECT_EQ(ip_send_control(p.client, NULL, "x", 1, IPPROTO_IPV6, row->option, header, 8), 1);
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(setsockopt(p.client, IPPROTO_IPV6, row->option, header, sizeof(header)), EPERM);
	EXPECT_ERR(ip_send_control(p.client, NULL, "x", 1, IPPROTO_IPV6, row->option, header, 8),
		   EPERM);
}

struct length_row {
	struct variant variant;
	unsigned char words; /* Hdr Ext Len */
	socklen_t length;
	int expected;
};

static const struct length_row lengths[] = {
	{{"right", NULL}, 0, 8, 0},
	{{"longer_than_the_value", NULL}, 1, 8, EINVAL},
	{{"no_multiple_of_8", NULL}, 0, 7, EINVAL},
};

/*
 * A header says its own length.
 */
CASE(header_length, .claim = "a header whose length is not that of the value is EINVAL",
     .level = RFC, .spec = "RFC 8200 4.6; RFC 3542 10.1", .needs = "ipv6",
     .tags = "extension errno", .VARIANTS(lengths))
{
	const struct length_row *row = VARIANT(struct length_row);
	unsigned char value[16] = {0, row->words, IP6OPT_PADN, 4};
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));

	EXPECT_ERRNO(setsockopt(fd, IPPROTO_IPV6, IPV6_DSTOPTS, value, row->length) == 0 ? 0
											 : errno,
		     row->expected);
	if (row->expected == 0) {
		unsigned char got[sizeof(value)] = {0};
		socklen_t length = sizeof(got);

		EXPECT_OK(getsockopt(fd, IPPROTO_IPV6, IPV6_DSTOPTS, got, &length));
		EXPECT_EQ(length, row->length);
		/* The first byte, Next Header, is filled in when a packet is sent. */
		EXPECT_MEMEQ(got + 1, value + 1, row->length - 1);
	}
	value[1] = 0;
	EXPECT_OK(setsockopt(fd, IPPROTO_IPV6, IPV6_DSTOPTS, value, 8));
}

/*
 * The route that may no longer be given.
 *
 * A routing header of type 0 let a sender list the stations of a packet, and so make it go back and
 * forth between two of them a hundred times. RFC 5095 ended it; Linux refuses to send one.
 * A destination options header "before the routing header" (`IPV6_RTHDRDSTOPTS`) may be set,
 * and waits for a routing header: without one it is not sent.
 */
CASE(routing_header_type_0,
     .claim = "IPV6_RTHDR of type 0 is EINVAL, and IPV6_RTHDRDSTOPTS is not sent without "
	      "a routing header",
     .level = RFC, .spec = "RFC 5095 3; RFC 3542 7, 9", .needs = "ipv6",
     .tags = "extension errno wire")
{
	/* Next Header; 2 words of 8; type; one segment left; reserved; ::1. */
	static const unsigned char route[24] = {0, 2, IPV6_RTHDR_TYPE_0, 1, [23] = 1};
	struct pair p = udp_pair(AF_INET6);
	struct wire *wire = wire_open("a");
	uint16_t port = address_port(&p.server_address);
	unsigned char got[16];
	socklen_t length = sizeof(got);

	EXPECT_ERR(setsockopt(p.client, IPPROTO_IPV6, IPV6_RTHDR, route, sizeof(route)), EINVAL);
	EXPECT_OK(setsockopt(p.client, IPPROTO_IPV6, IPV6_RTHDRDSTOPTS, header, sizeof(header)));
	EXPECT_OK(getsockopt(p.client, IPPROTO_IPV6, IPV6_RTHDRDSTOPTS, got, &length));
	EXPECT_MEMEQ(got + 1, header + 1, sizeof(header) - 1);
	EXPECT_EQ(length, sizeof(header));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port), NO_LAYER("Routing"),
		      NO_LAYER("Destination Options"));
	/* The other place for them needs none. */
	EXPECT_OK(setsockopt(p.client, IPPROTO_IPV6, IPV6_DSTOPTS, header, sizeof(header)));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port), LAYER("Destination Options"));
}
