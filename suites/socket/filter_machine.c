/* SPDX-License-Identifier: MIT */
/* What a socket filter can look at, and how its verdict is taken; programs of the newer machine. */
#include <linux/bpf.h>
#include <linux/filter.h>
#include <net/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness/case.h"

enum { UDP_HEADER = 8 };

static int attach(int fd, struct sock_filter *code, unsigned short length)
{
	struct sock_fprog program = {length, code};

	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program));
}

enum { MARK = 0x1234 };

static uint32_t index_of_lo(void)
{
	return if_nametoindex("lo");
}

struct load_row {
	struct variant variant;
	uint16_t width;
	uint32_t offset, expected;
	uint32_t (*compute)(void); /* or: what is expected */
};

static const struct load_row loads[] = {
	{{"protocol", NULL}, BPF_H, SKF_AD_OFF + SKF_AD_PROTOCOL, ETH_P_IP, NULL},
	{{"pkttype", NULL}, BPF_B, SKF_AD_OFF + SKF_AD_PKTTYPE, PACKET_HOST, NULL},
	{{"ifindex", NULL}, BPF_W, SKF_AD_OFF + SKF_AD_IFINDEX, 0, index_of_lo},
	{{"mark", NULL}, BPF_W, SKF_AD_OFF + SKF_AD_MARK, MARK, NULL},
	{{"hatype", NULL}, BPF_W, SKF_AD_OFF + SKF_AD_HATYPE, ARPHRD_LOOPBACK, NULL},
	{{"network_header", NULL}, BPF_B, SKF_NET_OFF + 9, IPPROTO_UDP, NULL},
	{{"ethernet_header", NULL}, BPF_H, SKF_LL_OFF + 12, ETH_P_IP, NULL},
	{{"length", NULL}, BPF_W | BPF_LEN, 0, UDP_HEADER + 5, NULL},
	{{"data", NULL}, BPF_W, UDP_HEADER, 0x68656c6c, NULL},
};

/*
 * A filter sees more than its packet.
 *
 * Loads from offsets far below 0 are questions to the kernel: by which interface did it come, what
 * protocol, what mark? And from two others on lie the headers in front, which the socket itself
 * never gets. Numbers of several bytes are read in network byte order. Here the filter
 * takes a datagram if the answer is the expected one; then, with one more expected, none.
 */
CASE(sees_more_than_its_packet,
     .claim = "a classic BPF program reads headers and what the kernel knows about the packet",
     .level = LINUX, .spec = "Documentation/networking/filter.rst (BPF extensions)",
     .tags = "option udp bpf", .VARIANTS(loads))
{
	const struct load_row *row = VARIANT(struct load_row);
	uint32_t expected = row->compute ? row->compute() : row->expected;
	uint16_t mode = (row->width & BPF_LEN) == BPF_LEN ? 0 : BPF_ABS;
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | row->width | mode, row->offset),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, expected, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 0xffff),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct pair p = udp_pair(AF_INET);
	char buffer[16] = "";

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_MARK, MARK));
	EXPECT_OK(attach(p.server, code, 4));
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 5);
	EXPECT_STREQ(buffer, "hello");

	code[1].k = expected + 1;
	EXPECT_OK(attach(p.server, code, 4));
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_DETACH_FILTER, 0));
	EXPECT_EQ(send(p.client, "after", 5, 0), 5);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 5);
	EXPECT_STREQ(buffer, "after");
}

struct verdict_row {
	struct variant variant;
	uint32_t verdict;
	int received; /* -1: nothing comes */
};

static const struct verdict_row verdicts[] = {
	{{"nothing", NULL}, 0, -1},
	{{"less_than_header", NULL}, 1, 0},
	{{"header", NULL}, UDP_HEADER, 0},
	{{"one_byte", NULL}, UDP_HEADER + 1, 1},
	{{"all_but_one", NULL}, UDP_HEADER + 4, 4},
	{{"exactly", NULL}, UDP_HEADER + 5, 5},
	{{"more_than_there_is", NULL}, 0xffffffff, 5},
};

/*
 * The verdict is a length, counted from the header that the program sees.
 *
 * 0 throws the packet away; a number keeps so many bytes; more than there are keeps all. The
 * kernel cuts a datagram never below its UDP header: with a verdict of 1 an empty one arrives.
 */
CASE(verdict,
     .claim =
	     "the verdict of a filter is how many bytes, UDP header included, remain of a datagram",
     .level = LINUX, .spec = "Documentation/networking/filter.rst", .tags = "option udp bpf",
     .VARIANTS(verdicts))
{
	const struct verdict_row *row = VARIANT(struct verdict_row);
	struct sock_filter code[] = {BPF_STMT(BPF_RET | BPF_K, row->verdict)};
	struct pair p = udp_pair(AF_INET);
	char buffer[16] = "";

	EXPECT_OK(attach(p.server, code, 1));
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	if (row->received >= 0) {
		EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
		EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), row->received);
		EXPECT_MEMEQ(buffer, "hello", row->received);
	}
	EXPECT_ERR(recv(p.server, buffer, sizeof(buffer), MSG_DONTWAIT), EAGAIN);
}

/*
 * The program can be read back, by a tool that saves a process.
 *
 * The length goes in and out as a number of instructions, of 8 bytes each. 0 only asks how many
 * there are; too little room is `EINVAL`. Without a filter there are none.
 */
CASE(read_back,
     .claim = "SO_GET_FILTER gives the classic program as it was attached, counted in instructions",
     .level = ABI, .spec = "Linux 3.8, commit a8fc92778080; net/core/filter.c (sk_get_filter)",
     .tags = "option bpf errno")
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, UDP_HEADER),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 'a', 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 0xffff),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct sock_filter got[8];
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	socklen_t count = 8;

	memset(got, 0xff, sizeof(got));
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_GET_FILTER, got, &count));
	EXPECT_EQ(count, 0);
	EXPECT_OK(attach(fd, code, 4));
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_GET_FILTER, NULL, &count));
	EXPECT_EQ(count, 4);
	count = 3;
	EXPECT_ERR(getsockopt(fd, SOL_SOCKET, SO_GET_FILTER, got, &count), EINVAL);
	count = 8;
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_GET_FILTER, got, &count));
	EXPECT_EQ(count, 4);
	EXPECT_MEMEQ(got, code, sizeof(code));
	/* Which ancillary loads there are: those below this one. */
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BPF_EXTENSIONS), SKF_AD_MAX);
}

/*
 * Nothing to detach.
 */
CASE(nothing_attached,
     .claim = "SO_DETACH_FILTER and SO_DETACH_REUSEPORT_BPF fail with ENOENT when nothing is "
	      "attached",
     .level = LINUX, .spec = "socket(7) SO_DETACH_FILTER; SO_DETACH_REUSEPORT_BPF of 5.3",
     .needs = "reuseport", .tags = "option bpf errno")
{
	struct sock_filter all[] = {BPF_STMT(BPF_RET | BPF_K, 0xffff)};
	struct sock_filter none[] = {BPF_STMT(BPF_RET | BPF_K, 0)};
	struct sock_fprog first = {1, none};
	struct address where = address_loopback(AF_INET, 0);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_DETACH_FILTER, 0), ENOENT);
	EXPECT_OK(attach(fd, all, 1));
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_DETACH_FILTER, 0));
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_DETACH_FILTER, 0), ENOENT);

	SETUP(set_int(fd, SOL_SOCKET, SO_REUSEPORT, 1));
	SETUP(bind(fd, ADDRESS(where)));
	if (set_int(fd, SOL_SOCKET, SO_DETACH_REUSEPORT_BPF, 0) != 0 && errno == ENOPROTOOPT)
		SKIP("SO_DETACH_REUSEPORT_BPF", "ENOPROTOOPT: Linux before 5.3");
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_DETACH_REUSEPORT_BPF, 0), ENOENT);
	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &first, sizeof(first)));
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_DETACH_REUSEPORT_BPF, 0));
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_DETACH_REUSEPORT_BPF, 0), ENOENT);
}

/* A socket filter of the newer machine that returns a number. Ends the case when not allowed. */
static int load_program(int verdict)
{
	struct bpf_insn code[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = verdict},
		{.code = BPF_JMP | BPF_EXIT},
	};
	union bpf_attr attributes;
	int fd;

	memset(&attributes, 0, sizeof(attributes));
	attributes.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attributes.insn_cnt = 2;
	attributes.insns = (uintptr_t)code;
	attributes.license = (uintptr_t) "GPL";
	fd = (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attributes, sizeof(attributes));
	if (fd < 0)
		SKIP("bpf(2)", "BPF_PROG_LOAD: error %d", errno);
	return fd;
}

/*
 * `SO_ATTACH_BPF`: a program that bpf(2) loaded.
 *
 * It is named by a descriptor, checked once when it was loaded, and may be attached to many
 * sockets; it can count in maps and call helpers. The verdict means the same. It lives as long
 * as anybody holds it: the descriptor may be closed after attaching.
 */
CASE(loaded_program,
     .claim = "SO_ATTACH_BPF filters with a program of bpf(2), which stays after its descriptor is "
	      "closed",
     .level = LINUX, .spec = "socket(7) SO_ATTACH_BPF; bpf(2) BPF_PROG_TYPE_SOCKET_FILTER",
     .tags = "option udp bpf errno")
{
	int drop = load_program(0), cut = load_program(UDP_HEADER + 2);
	struct pair p = udp_pair(AF_INET);
	char buffer[16];

	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_ATTACH_BPF, drop));
	SETUP(close(drop));
	EXPECT_EQ(send(p.client, "dropped", 7, 0), 7);
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_ATTACH_BPF, cut));
	EXPECT_EQ(send(p.client, "cut", 3, 0), 3);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 2);
	EXPECT_MEMEQ(buffer, "cu", 2);
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_DETACH_BPF, 0));
	EXPECT_EQ(send(p.client, "whole", 5, 0), 5);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 5);

	EXPECT_ERR(set_int(p.server, SOL_SOCKET, SO_ATTACH_BPF, p.client), EINVAL);
	EXPECT_ERR(set_int(p.server, SOL_SOCKET, SO_ATTACH_BPF, -1), EBADF);
}

struct chosen_row {
	struct variant variant;
	int chosen;
};

static const struct chosen_row choices[] = {
	{{"first", "reuseport"}, 0},
	{{"second", "reuseport"}, 1},
};

/*
 * A loaded program chooses among sockets that share a port.
 *
 * `SO_ATTACH_REUSEPORT_EBPF` is for the whole group, and so is taking it off: then the kernel
 * chooses by its hash again, and both get some.
 */
CASE(loaded_program_chooses,
     .claim = "SO_ATTACH_REUSEPORT_EBPF sends each datagram to the socket that the program names",
     .level = LINUX, .spec = "socket(7) SO_ATTACH_REUSEPORT_EBPF; SO_DETACH_REUSEPORT_BPF of 5.3",
     .tags = "option udp bpf", .VARIANTS(choices))
{
	int chosen = VARIANT(struct chosen_row)->chosen, program = load_program(chosen);
	struct address where = address_loopback(AF_INET, 0);
	int members[2], counts[2] = {0, 0};
	char byte;

	for (int i = 0; i < 2; i++) {
		members[i] = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
		SETUP(set_int(members[i], SOL_SOCKET, SO_REUSEPORT, 1));
		SETUP(bind(members[i], ADDRESS(where)));
		SETUP(getsockname(members[i], &where.any, &where.length));
	}
	EXPECT_OK(set_int(members[0], SOL_SOCKET, SO_ATTACH_REUSEPORT_EBPF, program));
	for (int i = 0; i < 48; i++)
		SETUP(sendto(SETUP(socket(AF_INET, SOCK_DGRAM, 0)), "x", 1, 0, ADDRESS(where)));
	for (int i = 0; i < 2; i++) {
		while (recv(members[i], &byte, 1, MSG_DONTWAIT) == 1)
			counts[i]++;
	}
	EXPECT_EQ(counts[chosen], 48);
	EXPECT_EQ(counts[1 - chosen], 0);

	EXPECT_OK(set_int(members[1], SOL_SOCKET, SO_DETACH_REUSEPORT_BPF, 0));
	for (int i = 0; i < 48; i++)
		SETUP(sendto(SETUP(socket(AF_INET, SOCK_DGRAM, 0)), "x", 1, 0, ADDRESS(where)));
	for (int i = 0; i < 2; i++) {
		/* All at one of two: a chance of 1 to 2^47. */
		EXPECT_EQ(recv(members[i], &byte, 1, MSG_DONTWAIT), 1);
	}
}
