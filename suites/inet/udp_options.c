/* SPDX-License-Identifier: MIT */
/* What a UDP socket hands over in bulk, leaves to the kernel, or covers only in part. */
#include <linux/types.h>
#include <linux/udp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/capture/expect_packet.h"

#include "harness/case.h"

#ifndef UDP_GRO
#define UDP_GRO 104
#endif
/* udplite(7): no header exports them. */
enum { SEND_COVERAGE = 10, RECEIVE_COVERAGE = 11 };

struct encap_row {
	struct variant variant;
	const char *text;
	int length;
	bool delivered;
};

static const struct encap_row encapsulated[] = {
	{{"ike", NULL}, "\0\0\0\0IKE", 7, true},
	{{"esp", NULL}, "\0\0\1\1\0\0\0\1body", 12, false},
	{{"keepalive", NULL}, "\xff", 1, false},
};

/*
 * IPsec and its negotiation on one port.
 *
 * A NAT box knows ports, and ESP has none, so ESP goes in UDP (port 4500). `UDP_ENCAP` with
 * `UDP_ENCAP_ESPINUDP` has the kernel take what is ESP, which begins with a number that is
 * not zero, and the single byte 255 that keeps the NAT's entry alive. What begins with four
 * zeros is key exchange (IKE): the program gets it. Without the option it gets everything.
 */
CASE(esp_in_udp,
     .claim = "With UDP_ENCAP_ESPINUDP recv() gives datagrams that begin with four zeros, not ESP "
	      "and keepalives",
     .level = RFC, .spec = "RFC 3948 2.1, 2.2, 2.3; udp(7) UDP_ENCAP", .tags = "udp ipsec",
     .VARIANTS(encapsulated))
{
	const struct encap_row *row = VARIANT(struct encap_row);
	struct pair p = udp_pair(AF_INET);
	const char *end = "\0\0\0\0end";
	char text[16];

	EXPECT_EQ(send(p.client, row->text, row->length, 0), row->length);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), row->length);

	if (set_int(p.server, IPPROTO_UDP, UDP_ENCAP, UDP_ENCAP_ESPINUDP) != 0)
		SKIP("xfrm", "setsockopt(UDP_ENCAP_ESPINUDP) failed: this kernel has no IPsec");
	EXPECT_EQ(get_int(p.server, IPPROTO_UDP, UDP_ENCAP), UDP_ENCAP_ESPINUDP);
	SETUP(send(p.client, row->text, row->length, 0));
	SETUP(send(p.client, end, 7, 0));
	if (row->delivered) {
		EXPECT_EQ(recv(p.server, text, sizeof(text), 0), row->length);
		EXPECT_MEMEQ(text, row->text, row->length);
	}
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 7);
	EXPECT_MEMEQ(text, end, 7);
	EXPECT_ERR(recv(p.server, text, sizeof(text), MSG_DONTWAIT), EAGAIN);
}

struct kind_row {
	struct variant variant;
	int kind;
	int error; /* 0: depends on the kernel */
};

static const struct kind_row kinds[] = {
	{{"gtp0", NULL}, 4, ENOPROTOOPT},  {{"gtp1u", NULL}, 5, ENOPROTOOPT},
	{{"rxrpc", NULL}, 6, ENOPROTOOPT}, {{"unknown", NULL}, 99, ENOPROTOOPT},
	{{"non_ike", NULL}, 1, 0},	   {{"l2tp", NULL}, 3, 0},
};

/*
 * Other kinds are the kernel's own.
 *
 * Tunnels such as GTP use the same hook from inside the kernel, which a program cannot set:
 * `ENOPROTOOPT`, as for a number that nobody knows. L2TP's may be set. The draft's older ESP
 * form (NON_IKE) was removed in 6.11.
 */
CASE(encap_kinds,
     .claim = "UDP_ENCAP with a kind of the kernel's own fails with ENOPROTOOPT and 0 is accepted",
     .level = ABI, .spec = "include/uapi/linux/udp.h UDP_ENCAP_*; Linux udp_lib_setsockopt()",
     .tags = "udp option errors", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(set_int(fd, IPPROTO_UDP, UDP_ENCAP, 0));
	if (row->error != 0) {
		EXPECT_ERR(set_int(fd, IPPROTO_UDP, UDP_ENCAP, row->kind), row->error);
		EXPECT_EQ(get_int(fd, IPPROTO_UDP, UDP_ENCAP), 0);
	} else if (set_int(fd, IPPROTO_UDP, UDP_ENCAP, row->kind) != 0) {
		EXPECT_ERRNO(errno, ENOPROTOOPT);
		EXPECT_EQ(get_int(fd, IPPROTO_UDP, UDP_ENCAP), 0);
	} else {
		EXPECT_EQ(get_int(fd, IPPROTO_UDP, UDP_ENCAP), row->kind);
	}
}

struct coalesced {
	char text[32];
	ssize_t length;
	int segment; /* of the UDP_GRO control message, 0 without */
	int messages;
	size_t control_length;
};

static struct coalesced receive(int fd)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr alignment;
	} control;
	struct coalesced r = {.segment = 0};
	struct iovec part = {r.text, sizeof(r.text)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = &control,
				 .msg_controllen = sizeof(control)};

	r.length = SETUP(recvmsg(fd, &message, 0));
	EXPECT_EQ(message.msg_flags, 0);
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
		r.messages++;
		EXPECT_EQ(c->cmsg_level, IPPROTO_UDP);
		EXPECT_EQ(c->cmsg_type, UDP_GRO);
		EXPECT_EQ(c->cmsg_len, CMSG_LEN(sizeof(int)));
		memcpy(&r.segment, CMSG_DATA(c), sizeof(r.segment));
	}
	r.control_length = message.msg_controllen;
	return r;
}

/*
 * The way in, in bulk.
 *
 * `UDP_SEGMENT` hands many datagrams to the kernel as one buffer; `UDP_GRO` takes them out like
 * that: one recvmsg() gives several datagrams of the same sender end to end, and a control
 * message says where to cut. Only the last may be shorter. HTTP/3 servers live on this.
 */
CASE(gro,
     .claim = "With UDP_GRO the segments of one send() arrive together, with their size as UDP_GRO "
	      "control message",
     .since = "5.11", .level = LINUX,
     .spec = "udp(7) UDP_GRO, UDP_SEGMENT; Linux 5.0; over the loopback since 5.11, commit "
	     "2e4ef10f5850",
     .tags = "udp offload cmsg", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = udp_pair(family);
	struct coalesced got;

	SETUP(set_int(p.client, IPPROTO_UDP, UDP_SEGMENT, 4));
	SETUP(send(p.client, "aaaabbbbcc", 10, 0));
	got = receive(p.server);
	EXPECT_EQ(got.length, 4);
	EXPECT_EQ(got.messages, 0);
	EXPECT_EQ(got.control_length, 0);
	EXPECT_EQ(receive(p.server).length, 4);
	EXPECT_EQ(receive(p.server).length, 2);

	EXPECT_OK(set_int(p.server, IPPROTO_UDP, UDP_GRO, 1));
	EXPECT_EQ(get_int(p.server, IPPROTO_UDP, UDP_GRO), 1);
	SETUP(send(p.client, "aaaabbbbcc", 10, 0));
	got = receive(p.server);
	EXPECT_EQ(got.length, 10);
	EXPECT_MEMEQ(got.text, "aaaabbbbcc", 10);
	EXPECT_EQ(got.messages, 1);
	EXPECT_EQ(got.segment, 4);
}

struct segment_row {
	struct variant variant;
	int size;
	int good;
};

static const struct segment_row segments[] = {
	{{"negative", NULL}, -1, 0},
	{{"above_16_bits", NULL}, 65536, 65535},
};

/*
 * A segment's size fits 16 bits, as a datagram's length does.
 */
CASE(segment_sizes, .claim = "UDP_SEGMENT outside 0 to 65535 fails with EINVAL and keeps its value",
     .level = LINUX, .spec = "udp(7) UDP_SEGMENT; Linux udp_lib_setsockopt()",
     .tags = "udp offload errors", .VARIANTS(segments))
{
	const struct segment_row *row = VARIANT(struct segment_row);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	SETUP(set_int(fd, IPPROTO_UDP, UDP_SEGMENT, 1000));
	EXPECT_ERR(set_int(fd, IPPROTO_UDP, UDP_SEGMENT, row->size), EINVAL);
	EXPECT_EQ(get_int(fd, IPPROTO_UDP, UDP_SEGMENT), 1000);
	EXPECT_OK(set_int(fd, IPPROTO_UDP, UDP_SEGMENT, row->good));
	EXPECT_EQ(get_int(fd, IPPROTO_UDP, UDP_SEGMENT), row->good);
}

/*
 * Not any number of datagrams at once.
 *
 * One send() is cut into at most 64 datagrams (128 since 6.9): 200 are refused, nothing of
 * them is sent, and 64 go.
 */
CASE(too_many_segments,
     .claim = "A send() of more segments than UDP_MAX_SEGMENTS fails with EINVAL and sends nothing",
     .level = LINUX, .spec = "udp(7) UDP_SEGMENT; Linux UDP_MAX_SEGMENTS",
     .tags = "udp offload errors", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = udp_pair(family);
	static char bytes[200];
	char got[2];

	SETUP(set_int(p.client, IPPROTO_UDP, UDP_SEGMENT, 1));
	EXPECT_ERR(send(p.client, bytes, 200, 0), EINVAL);
	EXPECT_EQ(send(p.client, bytes, 64, 0), 64);
	for (int i = 0; i < 64; i++)
		EXPECT_EQ(recv(p.server, got, sizeof(got), MSG_DONTWAIT), 1);
	EXPECT_ERR(recv(p.server, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

struct lite_row {
	struct variant variant;
	int family;
};

static const struct lite_row lite[] = {
	{{"v4", "udplite"}, AF_INET},
	{{"v6", "udplite ipv6"}, AF_INET6},
};

/*
 * Who asks for more than is covered.
 *
 * The sender's `UDPLITE_SEND_CSCOV` says how many bytes, with the header's 8, the checksum
 * covers; that number is in the header. The receiver's `UDPLITE_RECV_CSCOV` is the least that
 * it accepts: datagrams that cover less are dropped. So one side says what may be damaged
 * and the other what it can bear.
 */
CASE(udplite_coverage,
     .claim = "UDPLITE_SEND_CSCOV is the header's checksum coverage, and less than the receiver's "
	      "UDPLITE_RECV_CSCOV is dropped",
     .level = RFC, .spec = "RFC 3828 3.1; udplite(7) UDPLITE_SEND_CSCOV, UDPLITE_RECV_CSCOV",
     .tags = "udplite wire", .VARIANTS(lite))
{
	int family = VARIANT(struct lite_row)->family;
	struct wire *wire = wire_open("a");
	struct address at = address_loopback(family, 9000);
	int receiver = SETUP(socket(family, SOCK_DGRAM, IPPROTO_UDPLITE));
	int sender = SETUP(socket(family, SOCK_DGRAM, IPPROTO_UDPLITE));
	char text[32];

	SETUP(bind(receiver, ADDRESS(at)));
	EXPECT_OK(set_int(receiver, IPPROTO_UDPLITE, RECEIVE_COVERAGE, 16));
	EXPECT_EQ(get_int(receiver, IPPROTO_UDPLITE, RECEIVE_COVERAGE), 16);
	EXPECT_OK(set_int(sender, IPPROTO_UDPLITE, SEND_COVERAGE, 12));
	EXPECT_EQ(get_int(sender, IPPROTO_UDPLITE, SEND_COVERAGE), 12);
	EXPECT_EQ(sendto(sender, "too little covered", 18, 0, ADDRESS(at)), 18);
	EXPECT_PACKET(wire, WHICH_LAYER("UDP-Lite"), FIELD("UDP-Lite", "Checksum Coverage", 12));

	SETUP(set_int(sender, IPPROTO_UDPLITE, SEND_COVERAGE, 16));
	EXPECT_EQ(sendto(sender, "enough is covered", 17, 0, ADDRESS(at)), 17);
	EXPECT_PACKET(wire, WHICH_LAYER("UDP-Lite"), FIELD("UDP-Lite", "Checksum Coverage", 16));
	EXPECT_EQ(recv(receiver, text, sizeof(text), 0), 17);
	EXPECT_MEMEQ(text, "enough is covered", 17);
	EXPECT_ERR(recv(receiver, text, sizeof(text), MSG_DONTWAIT), EAGAIN);
}
