/* SPDX-License-Identifier: MIT */
/* The third argument of socket(): protocols of IP that are there, may be there, and are none. */
#include <netinet/in.h>
#include <netinet/ip.h>
#include <poll.h>
#include <sys/socket.h>

#include "suites/families/kinds.h"

#include "harness/case.h"
#include "harness/names/bluetooth.h"

/* <linux/in.h>, where an older <netinet/in.h> has not got them. */
#ifndef IPPROTO_BEETPH
#define IPPROTO_BEETPH 94
#endif
#ifndef IPPROTO_L2TP
#define IPPROTO_L2TP 115
#endif
#ifndef IPPROTO_ETHERNET
#define IPPROTO_ETHERNET 143
#endif
#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif
#define ABOVE_ALL_PROTOCOLS 0x1000
#define CAN_PROTOCOLS	    8 /* CAN_NPROTO of <linux/can.h> */

struct number_row {
	struct variant variant;
	int protocol;
};

static const struct number_row numbers[] = {
	{{"IPPROTO_IGMP", NULL}, IPPROTO_IGMP},
	{{"IPPROTO_IPIP", NULL}, IPPROTO_IPIP},
	{{"IPPROTO_TCP", NULL}, IPPROTO_TCP},
	{{"IPPROTO_EGP", NULL}, IPPROTO_EGP},
	{{"IPPROTO_PUP", NULL}, IPPROTO_PUP},
	{{"IPPROTO_UDP", NULL}, IPPROTO_UDP},
	{{"IPPROTO_IDP", NULL}, IPPROTO_IDP},
	{{"IPPROTO_TP", NULL}, IPPROTO_TP},
	{{"IPPROTO_DCCP", NULL}, IPPROTO_DCCP},
	{{"IPPROTO_IPV6", NULL}, IPPROTO_IPV6},
	{{"IPPROTO_ROUTING", NULL}, IPPROTO_ROUTING},
	{{"IPPROTO_FRAGMENT", NULL}, IPPROTO_FRAGMENT},
	{{"IPPROTO_RSVP", NULL}, IPPROTO_RSVP},
	{{"IPPROTO_GRE", NULL}, IPPROTO_GRE},
	{{"IPPROTO_ESP", NULL}, IPPROTO_ESP},
	{{"IPPROTO_AH", NULL}, IPPROTO_AH},
	{{"IPPROTO_ICMPV6", NULL}, IPPROTO_ICMPV6},
	{{"IPPROTO_NONE", NULL}, IPPROTO_NONE},
	{{"IPPROTO_DSTOPTS", NULL}, IPPROTO_DSTOPTS},
	{{"IPPROTO_MTP", NULL}, IPPROTO_MTP},
	{{"IPPROTO_BEETPH", NULL}, IPPROTO_BEETPH},
	{{"IPPROTO_ENCAP", NULL}, IPPROTO_ENCAP},
	{{"IPPROTO_PIM", NULL}, IPPROTO_PIM},
	{{"IPPROTO_COMP", NULL}, IPPROTO_COMP},
	{{"IPPROTO_L2TP", NULL}, IPPROTO_L2TP},
	{{"IPPROTO_SCTP", NULL}, IPPROTO_SCTP},
	{{"IPPROTO_MH", NULL}, IPPROTO_MH},
	{{"IPPROTO_UDPLITE", NULL}, IPPROTO_UDPLITE},
	{{"IPPROTO_MPLS", NULL}, IPPROTO_MPLS},
	{{"IPPROTO_ETHERNET", NULL}, IPPROTO_ETHERNET},
};

/*
 * A raw socket is made for a number, not for a protocol that the kernel knows.
 *
 * The IPv4 header has one byte for the protocol. A raw socket writes its third argument there
 * and receives the packets that carry it; the kernel need not have the protocol. So SCTP,
 * OSPF or a protocol of one's own can be written as an ordinary program. Where the kernel
 * has the protocol too (TCP, UDP), both get the packet.
 *
 * Try it: `sudo python3 -c "import socket as s; r = s.socket(2, 3, 92); r.sendto(b'x',
 * ('127.0.0.1', 0)); print(r.recv(99))"`.
 */
CASE(raw_socket_of_any_number,
     .claim = "a raw socket sends with its protocol number in the header and receives that number",
     .level = LINUX, .spec = "raw(7); RFC 791 3.1 Protocol; IANA protocol numbers", .needs = "raw",
     .tags = "raw protocol", .VARIANTS(numbers))
{
	int protocol = VARIANT(struct number_row)->protocol;
	int fd = SETUP(socket(AF_INET, SOCK_RAW, protocol));
	int other = SETUP(socket(AF_INET, SOCK_RAW, 253)); /* RFC 3692: for experiments */
	struct address to = address_loopback(AF_INET, 0), from = address_empty();
	struct {
		struct iphdr ip;
		char data[64];
	} packet = {0};

	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PROTOCOL), protocol);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_RAW);
	EXPECT_EQ(sendto(fd, "an atlas", 8, 0, ADDRESS(to)), 8);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	REQUIRE_EQ(recvfrom(fd, &packet, sizeof(packet), MSG_DONTWAIT, &from.any, &from.length),
		   sizeof(packet.ip) + 8);
	EXPECT_EQ(packet.ip.protocol, protocol);
	EXPECT_MEMEQ(packet.data, "an atlas", 8);
	EXPECT_EQ(from.length, sizeof(from.v4));
	EXPECT_EQ(from.v4.sin_family, AF_INET);
	EXPECT_EQ(from.v4.sin_port, 0);
	EXPECT_EQ(from.v4.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
	EXPECT_ERR(recv(other, &packet, sizeof(packet), MSG_DONTWAIT), EAGAIN);
}

/*
 * `IPPROTO_RAW` is for sending only.
 *
 * It does not mean "all protocols": such a socket writes the IP header itself, and what
 * arrives for other protocols never reaches it. To see everything one needs a packet
 * socket. The number is 255, reserved, and nothing else sends it.
 */
CASE(ipproto_raw_does_not_receive,
     .claim = "a raw socket of IPPROTO_RAW receives no packets of other protocols", .level = LINUX,
     .spec = "raw(7): An IPPROTO_RAW socket is send only", .needs = "raw", .tags = "raw protocol")
{
	int raw = SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_RAW));
	int udp = SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_UDP));
	struct address where;
	int receiver = bound_socket(AF_INET, SOCK_DGRAM, &where);
	struct iphdr ip = {.version = 4, .ihl = 5, .ttl = 1, .protocol = IPPROTO_UDP};
	char bytes[64];

	/* Sending works, with one's own header. */
	ip.daddr = htonl(INADDR_LOOPBACK);
	EXPECT_EQ(sendto(raw, &ip, sizeof(ip), 0, ADDRESS(where)), sizeof(ip));
	EXPECT_EQ(sendto(receiver, "x", 1, 0, ADDRESS(where)), 1);
	EXPECT_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);

	EXPECT_EQ(recv(udp, bytes, sizeof(bytes), MSG_DONTWAIT), 20);
	EXPECT_EQ(recv(udp, bytes, sizeof(bytes), MSG_DONTWAIT), 20 + 8 + 1);
	EXPECT_ERR(recv(raw, bytes, sizeof(bytes), MSG_DONTWAIT), EAGAIN);
}

static const struct family_row internet[] = {
	{{"v4", NULL}, AF_INET},
	{{"v6", "ipv6"}, AF_INET6},
};

/*
 * The number must be one that could be.
 *
 * Below 0 and from `IPPROTO_MAX` on a protocol is nonsense whatever the type: `EINVAL`.
 * `IPPROTO_MAX` was 256, as one byte has it, until Multipath TCP took 262, a number that is
 * never sent, so that no byte's worth of protocols could be in its way: a program that
 * compares with the constant of its header compares with the past. A number in range that no
 * stream or datagram protocol has is `EPROTONOSUPPORT`.
 */
CASE(protocol_out_of_range,
     .claim = "socket() fails with EINVAL for a protocol below 0 or from IPPROTO_MAX on, "
	      "EPROTONOSUPPORT for one that the type has not",
     .level = ABI,
     .spec = "inet_create(), inet6_create() of linux/net; IPPROTO_MAX of <linux/in.h>",
     .tags = "socket protocol errno", .VARIANTS(internet))
{
	static const int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM};
	static const int wrong[] = {IPPROTO_IGMP, IPPROTO_EGP, IPPROTO_PUP, IPPROTO_GRE,
				    IPPROTO_PIM,  IPPROTO_ESP, IPPROTO_AH,  IPPROTO_RAW};
	int family = VARIANT(struct family_row)->family;

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		EXPECT_ERR(socket(family, types[i], -1), EINVAL);
		EXPECT_ERR(socket(family, types[i], ABOVE_ALL_PROTOCOLS), EINVAL);
	}
	EXPECT_ERR(socket(family, SOCK_STREAM, 263), EINVAL);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		EXPECT_ERR(socket(family, SOCK_STREAM, wrong[i]), EPROTONOSUPPORT);
		EXPECT_ERR(socket(family, SOCK_DGRAM, wrong[i]), EPROTONOSUPPORT);
	}
	EXPECT_OK(socket(family, SOCK_STREAM, IPPROTO_TCP));
	EXPECT_OK(socket(family, SOCK_DGRAM, IPPROTO_UDP));
}

struct optional_row {
	struct variant variant;
	int type, protocol;
	int absent; /* the error of a kernel without */
	int other;  /* the protocol that stands for 0 with this type, or -1 */
};

static const struct optional_row optional[] = {
	{{"SCTP_stream", NULL}, SOCK_STREAM, IPPROTO_SCTP, EPROTONOSUPPORT, IPPROTO_TCP},
	{{"SCTP_seqpacket", NULL}, SOCK_SEQPACKET, IPPROTO_SCTP, ESOCKTNOSUPPORT, -1},
	{{"DCCP", NULL}, SOCK_DCCP, IPPROTO_DCCP, ESOCKTNOSUPPORT, -1},
	{{"UDPLITE", NULL}, SOCK_DGRAM, IPPROTO_UDPLITE, EPROTONOSUPPORT, IPPROTO_UDP},
	{{"L2TP", NULL}, SOCK_DGRAM, IPPROTO_L2TP, EPROTONOSUPPORT, IPPROTO_UDP},
	{{"MPTCP", NULL}, SOCK_STREAM, IPPROTO_MPTCP, EPROTONOSUPPORT, IPPROTO_TCP},
};

/*
 * Some transport protocols of IP are optional, and the error depends on what else is there.
 *
 * `SOCK_STREAM` has TCP, so without SCTP the stream of SCTP is an unknown protocol of a known
 * type: `EPROTONOSUPPORT`. Nothing but SCTP has `SOCK_SEQPACKET` in this family and nothing
 * but DCCP has `SOCK_DCCP`, so without them the type itself is unknown: `ESOCKTNOSUPPORT`,
 * also with protocol 0. DCCP went with Linux 6.16, UDP-Lite with 7.1. A kernel that
 * knows MPTCP may have it turned off (net.mptcp.enabled): `ENOPROTOOPT`.
 */
CASE(optional_protocols,
     .claim = "socket() makes a socket of an optional protocol, or fails with EPROTONOSUPPORT if "
	      "the type has others, ESOCKTNOSUPPORT if it has none",
     .level = LINUX, .spec = "socket(2) EPROTONOSUPPORT; sctp(7); udplite(7); dccp.rst",
     .tags = "socket protocol errno", .VARIANTS(optional))
{
	const struct optional_row *row = VARIANT(struct optional_row);
	int fd = socket(AF_INET, row->type, row->protocol), error = fd < 0 ? errno : 0;
	int plain = socket(AF_INET, row->type, 0), plain_error = plain < 0 ? errno : 0;

	OBSERVE("this kernel", "%s", fd >= 0 ? "has it" : "refuses it");
	if (error == 0) {
		REQUIRE_TRUE(fd >= 0);
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PROTOCOL), row->protocol);
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), row->type);
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_INET);
	} else if (row->protocol != IPPROTO_MPTCP || error != ENOPROTOOPT) {
		EXPECT_ERRNO(error, row->absent);
	}
	if (row->other >= 0) {
		REQUIRE_TRUE(plain >= 0);
		EXPECT_EQ(get_int(plain, SOL_SOCKET, SO_PROTOCOL), row->other);
	} else {
		EXPECT_ERRNO(plain_error, error);
	}
}

struct guest_row {
	struct variant variant;
	int family, type, first, end; /* protocols from first to before end */
};

static const struct guest_row guests[] = {
	{{"bluetooth", NULL}, AF_BLUETOOTH, SOCK_RAW, BTPROTO_L2CAP, BTPROTO_ISO + 1},
	{{"can", NULL}, AF_CAN, SOCK_DGRAM, 1, CAN_PROTOCOLS},
};

/*
 * Protocols of another family are numbers from the beginning again.
 *
 * 1 is ICMP for `AF_INET`, HCI for `AF_BLUETOOTH`, `CAN_RAW` for `AF_CAN`. Without the
 * family there is nobody to tell them apart, and each gives the family's error. With it,
 * each is a socket of that protocol, or an error about protocol, type or privilege, and
 * never again about the family.
 */
CASE(protocols_of_other_families,
     .claim = "a family's protocols all give EAFNOSUPPORT, or none does", .level = LINUX,
     .spec = "socket(2) EAFNOSUPPORT; linux/Documentation/networking/can.rst", .tags = "protocol",
     .VARIANTS(guests))
{
	const struct guest_row *row = VARIANT(struct guest_row);
	int probe = socket(row->family, SOCK_RAW, row->first);
	bool absent = probe < 0 && errno == EAFNOSUPPORT;

	for (int protocol = row->first; protocol < row->end; protocol++) {
		int fd;

		if (absent) {
			EXPECT_ERR(socket(row->family, row->type, protocol), EAFNOSUPPORT);
			continue;
		}
		fd = socket(row->family, row->type, protocol);
		if (fd < 0)
			EXPECT_NE(errno, EAFNOSUPPORT);
		else
			EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), row->family);
	}
	EXPECT_OK(socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP));
}
