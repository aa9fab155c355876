/* SPDX-License-Identifier: MIT */
/* PACKET_FANOUT: several sockets share the frames of an interface. */
#include <arpa/inet.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "suites/packet/packet_help.h"

#include "harness/case.h"

enum { GROUP = 7, MEMBERS = 2 };

/* "PACKET_FANOUT: the group in the low half, mode and flags in the high half": packet(7). */
static int fanout(unsigned int mode, unsigned int flags)
{
	return (int)(GROUP | (mode | flags) << 16);
}

/* MEMBERS sockets of host b in one group. */
static void make_members(int *fds, unsigned int protocol, int value)
{
	for (int i = 0; i < MEMBERS; i++) {
		fds[i] = packet_socket("b", SOCK_DGRAM, B_ETH0, protocol);
		EXPECT_OK(set_int(fds[i], SOL_PACKET, PACKET_FANOUT, value));
	}
}

/* Reads what is there. Returns how many frames. */
static int drain(int fd)
{
	char got[64];
	int count = 0;

	while (recv(fd, got, sizeof(got), MSG_DONTWAIT) >= 0)
		count++;
	return count;
}

/* Sends `count` frames and waits until a socket that gets all of them has the last. */
static void send_many(int count)
{
	int all = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	char got[8];

	for (int i = 0; i < count; i++)
		EXPECT_EQ(send_text(sender, mac_b, "share"), ETH_HLEN + 5);
	for (int i = 0; i < count; i++)
		REQUIRE_TRUE(packet_receive(all, got, sizeof(got), NULL) == 5);
	close(all);
	close(sender);
}

struct mode_row {
	struct variant variant;
	unsigned int mode;
	int low, high; /* of 32 frames, how many go to the first member */
};

static const struct mode_row modes[] = {
	{{"in_turn", NULL}, PACKET_FANOUT_LB, 16, 16},
	{{"by_processor", NULL}, PACKET_FANOUT_CPU, 0, 32},
	{{"until_full", NULL}, PACKET_FANOUT_ROLLOVER, 32, 32},
	{{"by_chance", NULL}, PACKET_FANOUT_RND, 1, 31},
	{{"by_queue", NULL}, PACKET_FANOUT_QM, 0, 32},
	{{"by_flow", NULL}, PACKET_FANOUT_HASH, 0, 32},
};

/*
 * Sharing the work.
 *
 * One process cannot read a fast link. The sockets of a fanout group get each frame once:
 * one of them does. The mode says which: in turn, by the processor or the queue of the card
 * that handled the frame, by chance, by the flow that it belongs to, or the first until it
 * is full. A frame of a kind that has no flow, one processor and one queue always choose
 * the same member.
 *
 * Try it: Suricata's `af-packet: cluster-type: cluster_flow`.
 */
CASE(one_of_them_gets_it,
     .claim = "each frame goes to one member of a fanout group, as the mode says", .level = LINUX,
     .spec = "packet(7) PACKET_FANOUT", .topology = "pair", .needs = "packet",
     .tags = "packet fanout", .VARIANTS(modes))
{
	enum { COUNT = 32 };
	const struct mode_row *row = VARIANT(struct mode_row);
	int fds[MEMBERS], first, second;

	make_members(fds, EXPERIMENT, fanout(row->mode, 0));
	EXPECT_EQ(get_int(fds[0], SOL_PACKET, PACKET_FANOUT), fanout(row->mode, 0));
	send_many(COUNT);
	first = drain(fds[0]);
	second = drain(fds[1]);
	EXPECT_EQ(first + second, COUNT);
	EXPECT_BETWEEN(first, row->low, row->high);
	/* Modes that may choose either choose the same one each time. */
	if (row->low == 0)
		EXPECT_TRUE(first == 0 || second == 0);

	/* A member that leaves leaves its share to the others. */
	close(fds[0]);
	send_many(COUNT);
	EXPECT_EQ(drain(fds[1]), COUNT);
}

/*
 * A flow stays together.
 *
 * What understands connections must see all packets of one. `PACKET_FANOUT_HASH` takes
 * addresses and ports, of both directions alike, so that each flow has one member, and many
 * flows have all.
 */
CASE(flows_stay_together,
     .claim = "with PACKET_FANOUT_HASH all datagrams of a flow go to the same member, different "
	      "flows to different members",
     .level = LINUX, .spec = "packet(7) PACKET_FANOUT_HASH", .topology = "pair", .needs = "packet",
     .tags = "packet fanout udp")
{
	enum { FLOWS = 40, EACH = 3 };
	int fds[MEMBERS], server = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	int total[MEMBERS] = {0};
	struct address at = address_of("192.0.2.2", 9000);

	SETUP(bind(server, ADDRESS(at)));
	make_members(fds, ETH_P_IP, fanout(PACKET_FANOUT_HASH, 0));
	for (int i = 0; i < FLOWS; i++) {
		int client = SETUP(socket(AF_INET, SOCK_DGRAM, 0)), got[MEMBERS];
		char byte;

		for (int n = 0; n < EACH; n++) {
			SETUP(sendto(client, "f", 1, 0, ADDRESS(at)));
			/* On one processor nothing runs between IP and the packet sockets. */
			REQUIRE_TRUE(wait_for(server, POLLIN, SOON_MS) == POLLIN);
			SETUP(recv(server, &byte, 1, 0));
		}
		for (int m = 0; m < MEMBERS; m++)
			total[m] += got[m] = drain(fds[m]);
		EXPECT_EQ(got[0] + got[1], EACH);
		EXPECT_TRUE(got[0] == 0 || got[1] == 0);
		close(client);
	}
	/* That all of them go one way happens once in 2^39 times. */
	EXPECT_GT(total[0], 0);
	EXPECT_GT(total[1], 0);
}

/*
 * A program decides.
 *
 * With `PACKET_FANOUT_CBPF` the number that a filter program returns chooses the member,
 * modulo their number. It is attached to the group by `PACKET_FANOUT_DATA`, from any
 * member, and can be replaced while frames come in.
 */
CASE(a_program_decides,
     .claim = "PACKET_FANOUT_DATA sets the program whose result is the member that gets the frame",
     .level = LINUX, .spec = "packet(7) PACKET_FANOUT_CBPF, PACKET_FANOUT_DATA", .topology = "pair",
     .needs = "packet", .tags = "packet fanout bpf")
{
	struct sock_filter constant[] = {BPF_STMT(BPF_RET | BPF_K, 1)};
	struct sock_fprog program = {1, constant};
	int fds[MEMBERS];

	make_members(fds, EXPERIMENT, fanout(PACKET_FANOUT_CBPF, 0));
	EXPECT_OK(setsockopt(fds[0], SOL_PACKET, PACKET_FANOUT_DATA, &program, sizeof(program)));
	send_many(5);
	EXPECT_EQ(drain(fds[0]), 0);
	EXPECT_EQ(drain(fds[1]), 5);

	constant[0].k = 4; /* modulo 2 */
	EXPECT_OK(setsockopt(fds[1], SOL_PACKET, PACKET_FANOUT_DATA, &program, sizeof(program)));
	send_many(5);
	EXPECT_EQ(drain(fds[0]), 5);
	EXPECT_EQ(drain(fds[1]), 0);
	EXPECT_ERR(setsockopt(fds[1], SOL_PACKET, PACKET_FANOUT_DATA, &program, 1), EINVAL);
}

/*
 * A program of the newer kind.
 *
 * `PACKET_FANOUT_EBPF` takes the descriptor of a program that bpf(2) has loaded, which can
 * keep state and look into tables; without privilege over the machine there is none.
 */
CASE(a_loaded_program_decides,
     .claim = "with PACKET_FANOUT_EBPF the result of the program whose descriptor "
	      "PACKET_FANOUT_DATA "
	      "gets chooses the member; a descriptor of something else is EINVAL",
     .level = LINUX, .spec = "packet(7) PACKET_FANOUT_EBPF, PACKET_FANOUT_DATA; bpf(2)",
     .topology = "pair", .needs = "packet", .tags = "packet fanout bpf")
{
	/* return 1; */
	struct bpf_insn code[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .imm = 1},
		{.code = BPF_JMP | BPF_EXIT},
	};
	union bpf_attr load = {.prog_type = BPF_PROG_TYPE_SOCKET_FILTER,
			       .insn_cnt = 2,
			       .insns = (uintptr_t)code,
			       .license = (uintptr_t) "GPL"};
	int fds[MEMBERS], program = (int)syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof(load));

	if (program < 0)
		SKIP("bpf", "BPF_PROG_LOAD of a socket filter: errno %d", errno);
	make_members(fds, EXPERIMENT, fanout(PACKET_FANOUT_EBPF, 0));
	EXPECT_ERR(set_int(fds[0], SOL_PACKET, PACKET_FANOUT_DATA, fds[0]), EINVAL);
	EXPECT_OK(set_int(fds[0], SOL_PACKET, PACKET_FANOUT_DATA, program));
	send_many(5);
	EXPECT_EQ(drain(fds[0]), 0);
	EXPECT_EQ(drain(fds[1]), 5);
}

/*
 * When one is full.
 *
 * Any mode can go over to the next member instead of dropping a frame, with
 * `PACKET_FANOUT_FLAG_ROLLOVER`. `PACKET_ROLLOVER_STATS` counts for each member how often
 * it was chosen and the frame went elsewhere.
 */
CASE(next_when_full,
     .claim = "with PACKET_FANOUT_FLAG_ROLLOVER frames for a full member go to the next one, and "
	      "PACKET_ROLLOVER_STATS counts them",
     .level = LINUX, .spec = "packet(7) PACKET_FANOUT_FLAG_ROLLOVER; linux/if_packet.h",
     .topology = "pair", .needs = "packet", .tags = "packet fanout statistics")
{
	enum { COUNT = 40 };
	struct sock_filter first[] = {BPF_STMT(BPF_RET | BPF_K, 0)};
	struct sock_fprog program = {1, first};
	struct tpacket_rollover_stats stats = {77, 77, 77};
	socklen_t length = sizeof(stats);
	int fds[MEMBERS], kept;

	make_members(fds, EXPERIMENT, fanout(PACKET_FANOUT_CBPF, PACKET_FANOUT_FLAG_ROLLOVER));
	EXPECT_EQ(get_int(fds[1], SOL_PACKET, PACKET_FANOUT),
		  fanout(PACKET_FANOUT_CBPF, PACKET_FANOUT_FLAG_ROLLOVER));
	SETUP(setsockopt(fds[0], SOL_PACKET, PACKET_FANOUT_DATA, &program, sizeof(program)));
	SETUP(set_int(fds[0], SOL_SOCKET, SO_RCVBUF, 4096));
	send_many(COUNT);
	kept = drain(fds[0]);
	EXPECT_BETWEEN(kept, 1, COUNT - 1);
	EXPECT_EQ(drain(fds[1]), COUNT - kept);
	EXPECT_OK(getsockopt(fds[0], SOL_PACKET, PACKET_ROLLOVER_STATS, &stats, &length));
	EXPECT_EQ(length, sizeof(stats));
	EXPECT_EQ(stats.tp_all, COUNT - kept);
	EXPECT_EQ(stats.tp_failed, 0);
	EXPECT_OK(getsockopt(fds[1], SOL_PACKET, PACKET_ROLLOVER_STATS, &stats, &length));
	EXPECT_EQ(stats.tp_all, 0);
}

/*
 * Fragments first become datagrams.
 *
 * Only the first fragment of a datagram has its ports, so the others would go to another
 * member. With `PACKET_FANOUT_FLAG_DEFRAG` the kernel puts datagrams of IPv4 together before
 * it chooses.
 */
CASE(fragments_put_together,
     .claim = "with PACKET_FANOUT_FLAG_DEFRAG a member gets the whole datagram, without it the "
	      "fragments",
     .level = LINUX, .spec = "packet(7) PACKET_FANOUT_FLAG_DEFRAG", .topology = "pair",
     .needs = "packet", .tags = "packet fanout udp fragment")
{
	enum { DATA = 2000 };
	int with = packet_socket("b", SOCK_DGRAM, B_ETH0, ETH_P_IP);
	int without = packet_socket("b", SOCK_DGRAM, B_ETH0, ETH_P_IP);
	int udp = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct address to = address_of("192.0.2.2", 9000);
	static char data[DATA], got[4000];
	ssize_t first, second;

	EXPECT_OK(set_int(with, SOL_PACKET, PACKET_FANOUT,
			  fanout(PACKET_FANOUT_HASH, PACKET_FANOUT_FLAG_DEFRAG)));
	SETUP(sendto(udp, data, sizeof(data), 0, ADDRESS(to)));
	EXPECT_EQ(packet_receive(with, got, sizeof(got), NULL), 20 + 8 + DATA);
	first = packet_receive(without, got, sizeof(got), NULL);
	second = packet_receive(without, got, sizeof(got), NULL);
	/* 1480 bytes and the rest, each with an IPv4 header. */
	EXPECT_EQ(first, 1500);
	EXPECT_EQ(second, 20 + 8 + DATA - 1480);
	EXPECT_ERR(recv(with, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/*
 * A number that nobody has.
 *
 * Two programs that choose the same number by chance would take each other's frames. With
 * `PACKET_FANOUT_FLAG_UNIQUEID` the kernel chooses one; the first member reads it, and the
 * others join with it.
 */
CASE(unique_number,
     .claim = "with PACKET_FANOUT_FLAG_UNIQUEID the kernel chooses a number for the group that no "
	      "other has",
     .level = LINUX, .spec = "packet(7) PACKET_FANOUT_FLAG_UNIQUEID", .topology = "pair",
     .needs = "packet", .tags = "packet fanout")
{
	const int unique = (PACKET_FANOUT_LB | PACKET_FANOUT_FLAG_UNIQUEID) << 16;
	int one = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int other = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int joins = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int wrong = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int number, second;

	/* The number has to be 0. */
	EXPECT_ERR(set_int(wrong, SOL_PACKET, PACKET_FANOUT, unique | GROUP), EINVAL);
	EXPECT_OK(set_int(one, SOL_PACKET, PACKET_FANOUT, unique));
	EXPECT_OK(set_int(other, SOL_PACKET, PACKET_FANOUT, unique));
	number = get_int(one, SOL_PACKET, PACKET_FANOUT);
	second = get_int(other, SOL_PACKET, PACKET_FANOUT);
	EXPECT_EQ(number >> 16, PACKET_FANOUT_LB);
	EXPECT_NE(number & 0xffff, second & 0xffff);
	EXPECT_OK(set_int(joins, SOL_PACKET, PACKET_FANOUT, number));

	/* Two share, the third has all to itself. */
	send_many(10);
	EXPECT_EQ(drain(one), 5);
	EXPECT_EQ(drain(joins), 5);
	EXPECT_EQ(drain(other), 10);
}

#ifdef PACKET_FANOUT_FLAG_IGNORE_OUTGOING
/* As PACKET_IGNORE_OUTGOING does for a socket, for a group. */
CASE(group_ignores_outgoing,
     .claim = "members of a group with PACKET_FANOUT_FLAG_IGNORE_OUTGOING get no frames that this "
	      "host sends",
     .level = LINUX, .spec = "linux/if_packet.h; net/packet/af_packet.c fanout_add()",
     .topology = "pair", .needs = "packet", .tags = "packet fanout")
{
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, ETH_P_ALL);
	int sender = packet_socket("a", SOCK_RAW, 0, 0), other = packet_socket("b", SOCK_RAW, 0, 0);
	struct frame back = frame_of(mac_a, mac_b, EXPERIMENT, "in", 2);
	struct sockaddr_ll from, by = link_address(B_ETH0, EXPERIMENT, NULL);
	uint8_t got[1600];

	need_packet_option(PACKET_IGNORE_OUTGOING);
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_FANOUT,
			  fanout(PACKET_FANOUT_LB, PACKET_FANOUT_FLAG_IGNORE_OUTGOING)));
	while (recv(fd, got, sizeof(got), MSG_DONTWAIT) > 0)
		;
	EXPECT_EQ(send_text(sender, mac_b, "out"), ETH_HLEN + 3);
	SETUP(sendto(other, FRAME(back), 0, LINK(by)));
	do {
		REQUIRE_TRUE(packet_receive(fd, got, sizeof(got), &from) > 0);
		EXPECT_NE(from.sll_pkttype, PACKET_OUTGOING);
	} while (ntohs(from.sll_protocol) != EXPERIMENT);
	EXPECT_MEMEQ(got + ETH_HLEN, "in", 2);
}
#endif
