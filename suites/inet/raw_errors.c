/* SPDX-License-Identifier: MIT */
/* What a raw socket says when it cannot send, and when an ICMP message is about it. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "harness/packet/packet.h"

#include "harness/case.h"

enum {
	EXPERIMENT = 253, /* RFC 3692: a protocol number for experiments */
	MTU = 1500,	  /* of the link: fixtures/topologies/pair.batch */
};

/*
 * To everybody, if you mean it.
 *
 * A datagram to the broadcast address disturbs every host of the network, and a mistyped
 * address should not do that. So a socket that may has to be told: without `SO_BROADCAST` it is
 * `EACCES`, although a raw socket's owner has all privilege. The address is looked at with each
 * packet: permission that is taken back after connect() is missed by the next send().
 */
CASE(broadcast_without_leave,
     .claim =
	     "send() and sendto() of a raw socket to a broadcast address need SO_BROADCAST: EACCES",
     .level = LINUX, .spec = "raw(7) ERRORS EACCES; socket(7) SO_BROADCAST", .topology = "pair",
     .needs = "raw", .tags = "raw broadcast errno")
{
	struct address everybody = address_of("192.0.2.255", 0), other = address_of("192.0.2.2", 0);
	int fd = host_socket("a", AF_INET, SOCK_RAW, EXPERIMENT);
	int receiver = host_socket("b", AF_INET, SOCK_RAW, EXPERIMENT);
	char packet[100];

	EXPECT_ERR(sendto(fd, "x", 1, 0, ADDRESS(everybody)), EACCES);
	EXPECT_EQ(sendto(fd, "y", 1, 0, ADDRESS(other)), 1);
	REQUIRE_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(receiver, packet, sizeof(packet), 0), 20 + 1);
	EXPECT_EQ(packet[20], 'y');

	EXPECT_ERR(connect(fd, ADDRESS(everybody)), EACCES);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_BROADCAST, 1));
	EXPECT_OK(connect(fd, ADDRESS(everybody)));
	EXPECT_EQ(send(fd, "z", 1, 0), 1);
	REQUIRE_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(receiver, packet, sizeof(packet), 0), 20 + 1);
	EXPECT_EQ(packet[20], 'z');

	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_BROADCAST, 0));
	EXPECT_ERR(send(fd, "x", 1, 0), EACCES);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_BROADCAST, 1));
	EXPECT_EQ(send(fd, "z", 1, 0), 1);
}

/*
 * With a header of one's own nobody cuts the packet up.
 *
 * What a raw socket sends is fragmented like any datagram: 64 KiB are the limit, that of the
 * length field in the IP header. With `IP_HDRINCL` the program has written the header, and the
 * kernel would have to write others for the fragments; it does not, and the limit is the MTU of
 * the link. Nothing is sent of a packet that is one byte longer.
 */
CASE(own_header_and_the_mtu,
     .claim = "with IP_HDRINCL a packet longer than the MTU is EMSGSIZE, without it one longer "
	      "than 65535 bytes",
     .level = LINUX, .spec = "raw(7) ERRORS EMSGSIZE; ip(7)", .topology = "pair", .needs = "raw",
     .tags = "raw hdrincl mtu errno")
{
	static char bytes[70000];
	struct address to = address_of("192.0.2.2", 0);
	struct iphdr header = {.version = 4,
			       .ihl = 5,
			       .ttl = 1,
			       .protocol = EXPERIMENT,
			       .daddr = to.v4.sin_addr.s_addr};
	int plain = host_socket("a", AF_INET, SOCK_RAW, EXPERIMENT);
	int own = host_socket("a", AF_INET, SOCK_RAW, IPPROTO_RAW);
	int receiver = host_socket("b", AF_INET, SOCK_RAW, EXPERIMENT);

	memcpy(bytes, &header, sizeof(header));
	EXPECT_ERR(sendto(own, bytes, MTU + 1, 0, ADDRESS(to)), EMSGSIZE);
	EXPECT_EQ(sendto(own, bytes, MTU, 0, ADDRESS(to)), MTU);
	REQUIRE_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(receiver, bytes, sizeof(bytes), 0), MTU);

	EXPECT_EQ(sendto(plain, bytes, MTU + 1, 0, ADDRESS(to)), MTU + 1);
	REQUIRE_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(receiver, bytes, sizeof(bytes), 0), 20 + MTU + 1);
	EXPECT_ERR(sendto(plain, bytes, 65536, 0, ADDRESS(to)), EMSGSIZE);
}

/*
 * Memory that is not the program's.
 *
 * The kernel copies the data and the address out of the program's memory. When it may not read
 * there, it says `EFAULT` and sends nothing.
 */
CASE(memory_of_nobody, .claim = "a raw socket given data or an address of no memory says EFAULT",
     .level = LINUX, .spec = "raw(7) ERRORS EFAULT", .needs = "raw", .tags = "raw errno")
{
	struct address to = address_loopback(AF_INET, 0);
	int fd = SETUP(socket(AF_INET, SOCK_RAW, EXPERIMENT));
	void *page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	REQUIRE_TRUE(page != MAP_FAILED);
	EXPECT_ERR(sendto(fd, page, 8, 0, ADDRESS(to)), EFAULT);
	EXPECT_ERR(sendto(fd, "x", 1, 0, page, to.length), EFAULT);
	SETUP(mprotect(page, 4096, PROT_READ | PROT_WRITE));
	memcpy(page, &to.v4, sizeof(to.v4));
	EXPECT_EQ(sendto(fd, page, 8, 0, ADDRESS(to)), 8);
	EXPECT_EQ(sendto(fd, "x", 1, 0, page, to.length), 1);
}

/* "There is something wrong with your packet": RFC 792, page 8. */
struct complaint {
	struct {
		uint8_t type, code;
		uint16_t checksum;
		uint8_t pointer, unused[3];
	} icmp;
	struct iphdr quoted;
	char data[8];
};

/*
 * A complaint about the header.
 *
 * A host that cannot make sense of an IP header says so with ICMP Parameter Problem, and quotes
 * what it got. That is final, unlike "unreachable", which may pass: a connected raw socket,
 * whose packet is quoted, gets `EPROTO` on its next call. Somebody else's raw socket, connected
 * elsewhere, does not. Here the other host complains, about a packet that was in order.
 */
CASE(parameter_problem,
     .claim = "ICMP Parameter Problem gives EPROTO, once, to the raw socket whose packet it quotes",
     .level = LINUX, .spec = "raw(7) ERRORS EPROTO; RFC 792; RFC 1122 3.2.2.5", .topology = "pair",
     .needs = "raw", .tags = "raw icmp errno")
{
	struct address a = address_of("192.0.2.1", 0), b = address_of("192.0.2.2", 0);
	struct address elsewhere = address_of("192.0.2.3", 0);
	int fd = host_socket("a", AF_INET, SOCK_RAW, EXPERIMENT);
	int other = host_socket("a", AF_INET, SOCK_RAW, EXPERIMENT);
	int complaining = host_socket("b", AF_INET, SOCK_RAW, IPPROTO_ICMP);
	struct complaint c = {.icmp = {.type = ICMP_PARAMETERPROB, .pointer = 1},
			      .quoted = {.version = 4,
					 .ihl = 5,
					 .ttl = 64,
					 .tot_len = htons(28),
					 .protocol = EXPERIMENT,
					 .saddr = a.v4.sin_addr.s_addr,
					 .daddr = b.v4.sin_addr.s_addr}};
	char packet[100];

	SETUP(connect(fd, ADDRESS(b)));
	SETUP(connect(other, ADDRESS(elsewhere)));
	c.icmp.checksum = htons(
		packet_checksum_finish(packet_checksum_add(0, (const uint8_t *)&c, sizeof(c))));
	EXPECT_EQ(sendto(complaining, &c, sizeof(c), 0, ADDRESS(a)), sizeof(c));

	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLERR, POLLERR);
	EXPECT_ERR(recv(fd, packet, sizeof(packet), MSG_DONTWAIT), EPROTO);
	EXPECT_ERR(recv(fd, packet, sizeof(packet), MSG_DONTWAIT), EAGAIN);
	EXPECT_ERRNO(get_int(other, SOL_SOCKET, SO_ERROR), 0);
}
