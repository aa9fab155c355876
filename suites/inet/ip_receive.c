/* SPDX-License-Identifier: MIT */
/* What the receiver of a datagram can learn of its IP header. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

enum { CONTROL_SIZE = 512 };

/* One datagram with its control messages. */
struct received {
	char data[16];
	_Alignas(struct cmsghdr) char control[CONTROL_SIZE];
	struct iovec part;
	struct msghdr message;
};

static ssize_t receive(int fd, struct received *r)
{
	r->part = (struct iovec){r->data, sizeof(r->data)};
	r->message = (struct msghdr){.msg_iov = &r->part,
				     .msg_iovlen = 1,
				     .msg_control = r->control,
				     .msg_controllen = sizeof(r->control)};
	return recvmsg(fd, &r->message, 0);
}

/* Copies the control message of this type. False when there is none, or one too short. */
static bool find_control(struct received *r, int type, void *value, size_t size)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&r->message); c; c = CMSG_NXTHDR(&r->message, c)) {
		if (c->cmsg_level != IPPROTO_IP || c->cmsg_type != type)
			continue;
		if (c->cmsg_len < CMSG_LEN(size))
			return false;
		memcpy(value, CMSG_DATA(c), size);
		return true;
	}
	return false;
}

/*
 * Which of my addresses did they write to?
 *
 * recvfrom() names the sender only. A UDP server bound to all addresses must answer from
 * the address that was asked, or the client's filter drops the answer. `IP_PKTINFO` gives
 * each datagram the destination address from its header and the interface it came in by.
 * A second address, `ipi_spec_dst`, is the one to answer from: the same, unless the datagram
 * went to a broadcast address or a group.
 *
 * Try it: `dig @127.0.0.2 localhost` against a server on 0.0.0.0 and look at the source.
 */
CASE(pktinfo_tells_the_destination,
     .claim = "IP_PKTINFO gives the destination address and the interface of each datagram",
     .level = LINUX, .spec = "ip(7) IP_PKTINFO", .tags = "ip udp cmsg pktinfo")
{
	struct address any = address_any(AF_INET, 9000);
	struct address one = address_of("127.0.0.1", 9000), two = address_of("127.0.0.2", 9000);
	int server = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int client = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct received r;
	struct in_pktinfo info;

	SETUP(bind(server, ADDRESS(any)));
	SETUP(sendto(client, "1", 1, 0, ADDRESS(one)));
	SETUP(receive(server, &r));
	EXPECT_TRUE(!find_control(&r, IP_PKTINFO, &info, sizeof(info)));

	EXPECT_OK(set_int(server, IPPROTO_IP, IP_PKTINFO, 1));
	SETUP(sendto(client, "1", 1, 0, ADDRESS(one)));
	SETUP(sendto(client, "2", 1, 0, ADDRESS(two)));
	SETUP(receive(server, &r));
	REQUIRE_TRUE(find_control(&r, IP_PKTINFO, &info, sizeof(info)));
	EXPECT_EQ(info.ipi_addr.s_addr, one.v4.sin_addr.s_addr);
	EXPECT_EQ(info.ipi_spec_dst.s_addr, one.v4.sin_addr.s_addr);
	SETUP(receive(server, &r));
	REQUIRE_TRUE(find_control(&r, IP_PKTINFO, &info, sizeof(info)));
	EXPECT_EQ(info.ipi_addr.s_addr, two.v4.sin_addr.s_addr);
	EXPECT_EQ(info.ipi_spec_dst.s_addr, two.v4.sin_addr.s_addr);
	EXPECT_EQ(info.ipi_ifindex, if_nametoindex("lo"));
}

/*
 * The address to answer from is not always the one that was written to.
 *
 * A broadcast address is nobody's: no answer can come from it. For such a datagram `ipi_addr`
 * is the destination in its header, and `ipi_spec_dst` the host's own address on that link.
 */
CASE(pktinfo_of_a_broadcast,
     .claim = "for a broadcast, ipi_addr is the broadcast address and ipi_spec_dst the receiver's "
	      "own",
     .level = LINUX, .spec = "ip(7) IP_PKTINFO", .topology = "pair",
     .tags = "ip udp cmsg pktinfo broadcast")
{
	struct address any = address_any(AF_INET, 9000), own = address_of("192.0.2.1", 9000);
	struct address everybody = address_of("192.0.2.255", 9000);
	int server = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int neighbour = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	struct in_pktinfo info;
	struct received r;

	SETUP(bind(server, ADDRESS(any)));
	EXPECT_OK(set_int(server, IPPROTO_IP, IP_PKTINFO, 1));
	SETUP(set_int(neighbour, SOL_SOCKET, SO_BROADCAST, 1));
	SETUP(sendto(neighbour, "b", 1, 0, ADDRESS(everybody)));
	SETUP(receive(server, &r));
	REQUIRE_TRUE(find_control(&r, IP_PKTINFO, &info, sizeof(info)));
	EXPECT_EQ(info.ipi_addr.s_addr, everybody.v4.sin_addr.s_addr);
	EXPECT_EQ(info.ipi_spec_dst.s_addr, own.v4.sin_addr.s_addr);
	EXPECT_EQ(info.ipi_ifindex, if_nametoindex("eth0"));

	SETUP(sendto(neighbour, "u", 1, 0, ADDRESS(own)));
	SETUP(receive(server, &r));
	REQUIRE_TRUE(find_control(&r, IP_PKTINFO, &info, sizeof(info)));
	EXPECT_EQ(info.ipi_addr.s_addr, own.v4.sin_addr.s_addr);
	EXPECT_EQ(info.ipi_spec_dst.s_addr, own.v4.sin_addr.s_addr);
}

/*
 * ... and answer from that one.
 *
 * The same control message given to sendmsg() chooses the source address of one datagram
 * (`ipi_spec_dst`), and, if it is not 0, the interface. So a server can hand back what
 * it received and answers with the address that was asked.
 */
CASE(pktinfo_chooses_the_source,
     .claim = "sendmsg() with IP_PKTINFO sends from the address in ipi_spec_dst", .level = LINUX,
     .spec = "ip(7) IP_PKTINFO", .tags = "ip udp cmsg pktinfo")
{
	struct address where, from = address_empty();
	int receiver = bound_socket(AF_INET, SOCK_DGRAM, &where);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct in_pktinfo info = {.ipi_spec_dst = {htonl(0x7f000005)}};
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(info))];
	} control = {.header = {.cmsg_level = IPPROTO_IP,
				.cmsg_type = IP_PKTINFO,
				.cmsg_len = CMSG_LEN(sizeof(info))}};
	struct iovec part = {(char *)"x", 1};
	struct msghdr message = {.msg_name = &where.any,
				 .msg_namelen = where.length,
				 .msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control)};
	char data[8];

	memcpy(CMSG_DATA(&control.header), &info, sizeof(info));
	EXPECT_EQ(sendmsg(fd, &message, 0), 1);
	EXPECT_EQ(recvfrom(receiver, data, sizeof(data), 0, &from.any, &from.length), 1);
	EXPECT_EQ(ntohl(from.v4.sin_addr.s_addr), 0x7f000005);

	/* The next one has the usual source again. */
	SETUP(sendto(fd, "x", 1, 0, ADDRESS(where)));
	from = address_empty();
	EXPECT_EQ(recvfrom(receiver, data, sizeof(data), 0, &from.any, &from.length), 1);
	EXPECT_EQ(ntohl(from.v4.sin_addr.s_addr), INADDR_LOOPBACK);
}

/*
 * How many routers were on the way?
 *
 * The receiver sees the TTL that is left with `IP_RECVTTL`, in a control message named
 * `IP_TTL`. If the sender is known to start at 255, a value of 255 proves that it is on
 * the same link: no router can make the number larger (RFC 5082).
 */
CASE(received_ttl,
     .claim = "IP_RECVTTL gives the TTL of each received datagram in an IP_TTL control message",
     .level = LINUX, .spec = "ip(7) IP_RECVTTL; RFC 5082", .tags = "ip udp cmsg ttl")
{
	struct pair p = udp_pair(AF_INET);
	struct received r;
	int ttl = 0;

	SETUP(set_int(p.client, IPPROTO_IP, IP_TTL, 200));
	SETUP(send(p.client, "x", 1, 0));
	SETUP(receive(p.server, &r));
	EXPECT_TRUE(!find_control(&r, IP_TTL, &ttl, sizeof(ttl)));
	EXPECT_EQ(r.message.msg_controllen, 0);

	EXPECT_OK(set_int(p.server, IPPROTO_IP, IP_RECVTTL, 1));
	SETUP(send(p.client, "x", 1, 0));
	SETUP(receive(p.server, &r));
	REQUIRE_TRUE(find_control(&r, IP_TTL, &ttl, sizeof(ttl)));
	/* The control buffer had more room: the length says how much of it is filled. */
	EXPECT_EQ(r.message.msg_controllen, CMSG_SPACE(sizeof(ttl)));
	EXPECT_EQ(ttl, 200);
}

/*
 * Was there congestion?
 *
 * A router that is about to drop packets sets both ECN bits instead, if the sender has
 * declared itself capable. A UDP program (QUIC does it) reads the bits with `IP_RECVTOS`
 * and tells the sender. The control message is one byte, not an int like that of the TTL.
 */
CASE(received_tos, .claim = "IP_RECVTOS gives the TOS byte of each received datagram, in one byte",
     .level = LINUX, .spec = "ip(7) IP_RECVTOS; RFC 3168 5; RFC 9000 13.4",
     .tags = "ip udp cmsg tos")
{
	struct pair p = udp_pair(AF_INET);
	struct received r;
	unsigned char tos = 0;

	SETUP(set_int(p.client, IPPROTO_IP, IP_TOS, IPTOS_ECN_CE));
	SETUP(send(p.client, "x", 1, 0));
	SETUP(receive(p.server, &r));
	EXPECT_TRUE(!find_control(&r, IP_TOS, &tos, sizeof(tos)));

	EXPECT_OK(set_int(p.server, IPPROTO_IP, IP_RECVTOS, 1));
	SETUP(send(p.client, "x", 1, 0));
	SETUP(receive(p.server, &r));
	REQUIRE_TRUE(find_control(&r, IP_TOS, &tos, sizeof(tos)));
	EXPECT_EQ(tos, IPTOS_ECN_CE);
}

/*
 * The address as the packet had it.
 *
 * `IP_RECVORIGDSTADDR` delivers the destination as a whole socket address, port
 * included. Transparent proxies need it: they receive datagrams that were never meant
 * for them and have to know for whom. Without a proxy it is simply one's own address.
 */
CASE(original_destination,
     .claim = "IP_RECVORIGDSTADDR gives destination address and port as a sockaddr_in",
     .level = LINUX, .spec = "ip(7) IP_RECVORIGDSTADDR", .tags = "ip udp cmsg")
{
	struct address any = address_any(AF_INET, 9000), to = address_of("127.0.0.9", 9000);
	struct address original = address_empty();
	int server = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int client = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct received r;

	SETUP(bind(server, ADDRESS(any)));
	EXPECT_OK(set_int(server, IPPROTO_IP, IP_RECVORIGDSTADDR, 1));
	SETUP(sendto(client, "x", 1, 0, ADDRESS(to)));
	SETUP(receive(server, &r));
	REQUIRE_TRUE(find_control(&r, IP_ORIGDSTADDR, &original.v4, sizeof(original.v4)));
	EXPECT_TRUE(address_equal(&original, &to));
}

/*
 * No room for the control messages.
 *
 * What does not fit into the buffer for ancillary data is cut, just as data would be,
 * and recvmsg() succeeds: `MSG_CTRUNC` is the only sign. A program that does not look
 * at it takes the lack of a message for an answer.
 */
CASE(control_buffer_too_small,
     .claim = "MSG_CTRUNC is set when the control messages do not fit, and the data still arrives",
     .level = POSIX, .spec = "POSIX.1-2024 recvmsg() MSG_CTRUNC; recv(2)",
     .tags = "udp cmsg msg_flags")
{
	struct pair p = udp_pair(AF_INET);
	char data[8];
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(struct in_pktinfo))];
	} control;
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = 8};

	SETUP(set_int(p.server, IPPROTO_IP, IP_PKTINFO, 1));
	SETUP(send(p.client, "abc", 3, 0));
	SETUP(send(p.client, "abc", 3, 0));
	EXPECT_EQ(recvmsg(p.server, &message, 0), 3);
	EXPECT_EQ(message.msg_flags & MSG_CTRUNC, MSG_CTRUNC);

	message.msg_controllen = sizeof(control);
	EXPECT_EQ(recvmsg(p.server, &message, 0), 3);
	EXPECT_EQ(message.msg_flags & MSG_CTRUNC, 0);
	EXPECT_EQ(message.msg_controllen, CMSG_SPACE(sizeof(struct in_pktinfo)));
}
