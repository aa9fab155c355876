/* SPDX-License-Identifier: MIT */
/* Filters of packet sockets: what a program can ask besides the bytes of the frame. */
#include <arpa/inet.h>
#include <linux/filter.h>
#include <net/if_arp.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>

#include "suites/packet/packet_help.h"

#include "harness/case.h"

enum { TCI = 0x2007, MARK = 77 };

struct load_row {
	struct variant variant;
	int size;	     /* BPF_W, BPF_H, BPF_B */
	unsigned int offset; /* what is loaded */
	unsigned int value;  /* what it is for the frame of the case */
};

#define ANCILLARY(what) (unsigned int)(SKF_AD_OFF + (what))

static const struct load_row loads[] = {
	{{"protocol", NULL}, BPF_W, ANCILLARY(SKF_AD_PROTOCOL), EXPERIMENT},
	{{"packet_type", NULL}, BPF_W, ANCILLARY(SKF_AD_PKTTYPE), PACKET_OTHERHOST},
	{{"interface", NULL}, BPF_W, ANCILLARY(SKF_AD_IFINDEX), B_ETH0},
	{{"hardware_type", NULL}, BPF_W, ANCILLARY(SKF_AD_HATYPE), ARPHRD_ETHER},
	{{"vlan_tag", NULL}, BPF_W, ANCILLARY(SKF_AD_VLAN_TAG), TCI},
	{{"vlan_tag_present", NULL}, BPF_W, ANCILLARY(SKF_AD_VLAN_TAG_PRESENT), 1},
	{{"vlan_type", NULL}, BPF_W, ANCILLARY(SKF_AD_VLAN_TPID), ETH_P_8021Q},
	{{"mark", NULL}, BPF_W, ANCILLARY(SKF_AD_MARK), 0},
	{{"queue", NULL}, BPF_W, ANCILLARY(SKF_AD_QUEUE), 0},
	{{"link_header", NULL}, BPF_H, (unsigned int)SKF_LL_OFF + 12, EXPERIMENT},
	{{"network_header", NULL}, BPF_B, (unsigned int)SKF_NET_OFF, 'f'},
	{{"data", NULL}, BPF_B, 0, 'f'},
};

/*
 * Questions that no byte of the frame answers.
 *
 * A program of classic BPF loads bytes at an offset. Offsets far beyond any frame mean
 * something else: by which interface it came, whether it was for this host, its tag. With
 * `SKF_LL_OFF` the link header can be read though a cooked socket does not receive it.
 *
 * Try it: `tcpdump -d -i any inbound`, `tcpdump -d vlan 7`.
 */
CASE(ancillary_loads,
     .claim = "a socket filter can load what is known of a frame: SKF_AD_..., SKF_LL_OFF, "
	      "SKF_NET_OFF",
     .level = LINUX, .spec = "Documentation/networking/filter.rst BPF engine and instruction set",
     .topology = "pair", .needs = "packet", .tags = "packet bpf vlan", .VARIANTS(loads))
{
	const struct load_row *row = VARIANT(struct load_row);
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ANCILLARY(SKF_AD_PROTOCOL)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, EXPERIMENT, 0, 3),
		BPF_STMT((unsigned short)(BPF_LD | row->size | BPF_ABS), row->offset),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, row->value, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 0xffff),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct sock_fprog program = {sizeof(code) / sizeof(code[0]), code};
	static const uint8_t tagged[] = {
		TCI >> 8, TCI & 0xff, EXPERIMENT >> 8, EXPERIMENT & 0xff, 'f', 'r', 'a'};
	struct frame frame = frame_of(mac_stranger, mac_a, ETH_P_8021Q, tagged, sizeof(tagged));
	int yes = packet_socket("b", SOCK_DGRAM, 0, 0), no = packet_socket("b", SOCK_DGRAM, 0, 0);
	int all = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct sockaddr_ll everything = link_address(B_ETH0, ETH_P_ALL, NULL);
	char got[64];

	EXPECT_OK(setsockopt(yes, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)));
	code[3].k++;
	EXPECT_OK(setsockopt(no, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)));
	/* Sockets for one type of frames come after the tag is gone. */
	SETUP(bind(yes, LINK(everything)));
	SETUP(bind(no, LINK(everything)));
	EXPECT_EQ(send(sender, FRAME(frame), 0), frame.size);
	EXPECT_EQ(packet_receive(all, got, sizeof(got), NULL), 3);
	EXPECT_EQ(packet_receive(yes, got, sizeof(got), NULL), 3);
	EXPECT_MEMEQ(got, "fra", 3);
	EXPECT_ERR(recv(no, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/*
 * Which processor?
 *
 * `SKF_AD_CPU` is the processor that handles the frame: programs that share the work among
 * sockets ask for it. `SKF_AD_RANDOM` is a number by chance, to take one frame in so many.
 */
CASE(processor_and_chance,
     .claim = "SKF_AD_CPU loads the processor that handles the frame, SKF_AD_RANDOM a number",
     .level = LINUX, .spec = "Documentation/networking/filter.rst", .needs = "packet",
     .tags = "packet bpf")
{
	struct sock_filter on[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ANCILLARY(SKF_AD_CPU)),
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, 1),
		BPF_STMT(BPF_RET | BPF_A, 0),
	};
	/* A byte of the number decides how much is kept: with 32 frames not all are the same. */
	struct sock_filter chance[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ANCILLARY(SKF_AD_RANDOM)),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xff),
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, 1),
		BPF_STMT(BPF_RET | BPF_A, 0),
	};
	struct sock_fprog by_processor = {3, on}, by_chance = {4, chance};
	int fd = packet_socket("a", SOCK_DGRAM, 1, EXPERIMENT);
	struct sockaddr_ll lo = link_address(1, EXPERIMENT, NULL);
	static char data[2000];
	ssize_t first = 0, size;
	int differ = 0;

	/* The process is on one processor, and what it sends to itself as well. */
	EXPECT_OK(
		setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &by_processor, sizeof(by_processor)));
	SETUP(sendto(fd, data, sizeof(data), 0, LINK(lo)));
	EXPECT_EQ(packet_receive(fd, data, sizeof(data), NULL), sched_getcpu() + 1);

	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &by_chance, sizeof(by_chance)));
	for (int i = 0; i < 32; i++) {
		SETUP(sendto(fd, data, sizeof(data), 0, LINK(lo)));
		size = packet_receive(fd, data, sizeof(data), NULL);
		EXPECT_BETWEEN(size, 1, 256);
		if (i == 0)
			first = size;
		differ += size != first;
	}
	EXPECT_GT(differ, 0);
}

/*
 * A filter stands before the queue.
 *
 * On a busy link a capture is only possible if most is thrown away early: what the filter
 * refuses is neither copied nor counted. The number that it returns is the length that is
 * kept, `tcpdump -s`.
 */
CASE(snap_length,
     .claim = "a filter's result cuts the frame, MSG_TRUNC gives the length that was kept, "
	      "and what it refuses is not counted",
     .level = LINUX, .spec = "Documentation/networking/filter.rst; packet(7) MSG_TRUNC",
     .needs = "packet", .tags = "packet bpf statistics")
{
	struct sock_filter five[] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 'y', 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 5),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct sock_fprog program = {4, five};
	int fd = packet_socket("a", SOCK_DGRAM, 1, EXPERIMENT);
	struct sockaddr_ll lo = link_address(1, EXPERIMENT, NULL);
	struct tpacket_stats stats;
	socklen_t length = sizeof(stats);
	char got[16];

	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)));
	SETUP(sendto(fd, "no, thanks", 10, 0, LINK(lo)));
	SETUP(sendto(fd, "yes please", 10, 0, LINK(lo)));
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), NULL), 5);
	EXPECT_MEMEQ(got, "yes p", 5);
	EXPECT_OK(getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, &length));
	EXPECT_EQ(stats.tp_packets, 1);
	EXPECT_EQ(stats.tp_drops, 0);

	/* The length before the cut is that of PACKET_AUXDATA; MSG_TRUNC knows what is kept. */
	SETUP(sendto(fd, "yes please", 10, 0, LINK(lo)));
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(fd, got, 2, MSG_TRUNC), 5);
	EXPECT_MEMEQ(got, "ye", 2);
}
