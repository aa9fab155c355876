/* SPDX-License-Identifier: MIT */
/* SO_ATTACH_FILTER: a program in the kernel that decides what a socket receives. */
#include <linux/filter.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

/* For UDP the program sees the datagram from its header on: 8 bytes, then the data. */
enum { UDP_HEADER = 8 };

#define PROGRAM(code)                                                                              \
	{                                                                                          \
		.len = sizeof(code) / sizeof((code)[0]), .filter = (code)                          \
	}

static int attach(int fd, const struct sock_fprog *program)
{
	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, program, sizeof(*program));
}

/* Accepts what starts with an "a". */
static struct sock_filter starts_with_a[] = {
	BPF_STMT(BPF_LD | BPF_B | BPF_ABS, UDP_HEADER),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 'a', 0, 1),
	BPF_STMT(BPF_RET | BPF_K, 0xffff),
	BPF_STMT(BPF_RET | BPF_K, 0),
};

/* Keeps the header and 4 bytes of data. */
static struct sock_filter first_four[] = {
	BPF_STMT(BPF_RET | BPF_K, UDP_HEADER + 4),
};

/*
 * A socket filter runs on each packet before it is put into the queue.
 *
 * It is a small program for the machine of classic BPF: load a byte, compare, return how
 * much to keep; 0 is nothing. What it refuses costs the receiver neither a wake nor room in
 * the buffer, and the sender learns nothing. `tcpdump` is built on it; any socket may use
 * it, without privilege, since it only narrows what the socket gets.
 *
 * Try it: `tcpdump -d udp port 53` prints such a program.
 */
CASE(filter_by_content,
     .claim = "a socket with a filter receives only the datagrams that the program accepts",
     .level = LINUX,
     .spec = "socket(7) SO_ATTACH_FILTER, SO_DETACH_FILTER; Documentation/networking/filter.rst",
     .tags = "option udp bpf")
{
	struct pair p = udp_pair(AF_INET);
	struct sock_fprog program = PROGRAM(starts_with_a);
	char buffer[16];

	EXPECT_OK(attach(p.server, &program));
	EXPECT_EQ(send(p.client, "beta", 4, 0), 4);
	EXPECT_EQ(send(p.client, "alpha", 5, 0), 5);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 5);
	EXPECT_MEMEQ(buffer, "alpha", 5);

	/* Without it everything comes through. */
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_DETACH_FILTER, 0));
	EXPECT_EQ(send(p.client, "beta", 4, 0), 4);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 4);
}

/*
 * The number that a filter returns is how many bytes of the packet are kept.
 *
 * That is the snapshot length of capture tools: for a statistic of headers, the data need
 * not be copied. For UDP it really shortens the datagram, and recv() has no means to tell.
 */
CASE(filter_cuts,
     .claim = "a filter that returns a number shortens the datagram to that many bytes",
     .level = LINUX, .spec = "Documentation/networking/filter.rst; bpf(4)",
     .tags = "option udp bpf")
{
	struct pair p = udp_pair(AF_INET);
	struct sock_fprog program = PROGRAM(first_four);
	char buffer[16];

	EXPECT_OK(attach(p.server, &program));
	EXPECT_EQ(send(p.client, "abcdefgh", 8, 0), 8);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 4);
	EXPECT_MEMEQ(buffer, "abcd", 4);
}

/* No return at the end. */
static struct sock_filter runs_off[] = {
	BPF_STMT(BPF_LD | BPF_B | BPF_ABS, UDP_HEADER),
};

/* A jump behind the end. */
static struct sock_filter jumps_out[] = {
	BPF_JUMP(BPF_JMP | BPF_JA, 100, 0, 0),
	BPF_STMT(BPF_RET | BPF_K, 0),
};

/* An instruction that the machine does not have. */
static struct sock_filter unknown_code[] = {
	BPF_STMT(0xffff, 0),
	BPF_STMT(BPF_RET | BPF_K, 0),
};

struct program_row {
	struct variant variant;
	struct sock_fprog program;
};

static const struct program_row programs[] = {
	{{"no_return", NULL}, PROGRAM(runs_off)},
	{{"jump_out", NULL}, PROGRAM(jumps_out)},
	{{"unknown_instruction", NULL}, PROGRAM(unknown_code)},
	{{"empty", NULL}, {.len = 0, .filter = first_four}},
};

/*
 * The kernel checks a program before it runs it.
 *
 * The code of an ordinary user runs with the kernel's rights, so it must be certain to end
 * and to stay within bounds. Classic BPF jumps only forward, and every path must end in a
 * return. What cannot be proven so is refused with `EINVAL`, and the socket keeps the filter
 * it had.
 */
CASE(filter_is_checked,
     .claim = "a filter program that could run out of its end is refused with EINVAL",
     .level = LINUX, .spec = "Documentation/networking/filter.rst; socket(7) SO_ATTACH_FILTER",
     .tags = "option bpf errno", .VARIANTS(programs))
{
	const struct program_row *row = VARIANT(struct program_row);
	struct sock_fprog good = PROGRAM(first_four);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_ERR(attach(fd, &row->program), EINVAL);
	EXPECT_OK(attach(fd, &good));
}

/*
 * `SO_LOCK_FILTER` throws the key away.
 *
 * A privileged process opens a socket, attaches a filter, and gives the descriptor to one
 * that is not trusted. Were the filter removable, it would protect nothing. After the lock
 * neither changing, removing nor unlocking works: `EPERM`, for the privileged process as
 * well.
 */
CASE(filter_locked,
     .claim = "after SO_LOCK_FILTER the filter cannot be changed, removed or unlocked: EPERM",
     .level = LINUX, .spec = "socket(7) SO_LOCK_FILTER", .tags = "option udp bpf privilege")
{
	struct pair p = udp_pair(AF_INET);
	struct sock_fprog strict = PROGRAM(starts_with_a), other = PROGRAM(first_four);
	char buffer[16];

	SETUP(attach(p.server, &other));
	EXPECT_OK(attach(p.server, &strict));
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_LOCK_FILTER, 1));
	EXPECT_ERR(attach(p.server, &other), EPERM);
	EXPECT_ERR(set_int(p.server, SOL_SOCKET, SO_DETACH_FILTER, 0), EPERM);
	EXPECT_ERR(set_int(p.server, SOL_SOCKET, SO_LOCK_FILTER, 0), EPERM);

	/* The filter is still at work. */
	SETUP(send(p.client, "beta", 4, 0));
	SETUP(send(p.client, "alpha", 5, 0));
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 5);
}

enum { LONGEST = 4096 }; /* BPF_MAXINSNS of <linux/bpf_common.h> */

/*
 * A program costs memory, and a socket has not much for such things.
 *
 * What options make the kernel keep (filters, group memberships, control messages on their way)
 * is charged to the socket, up to `net.core.optmem_max` bytes. A filter may have 4096
 * instructions, and the kernel's own form of it is several times as long: there is no room for
 * it, and the call fails with `ENOMEM`. The filter that the socket had before stays.
 */
CASE(filter_without_room,
     .claim = "a filter that needs more than net.core.optmem_max is refused with ENOMEM",
     .level = LINUX, .spec = "socket(7) optmem_max; net/core/filter.c, __sk_attach_prog()",
     .tags = "filter bpf option errno limits")
{
	static struct sock_filter code[LONGEST];
	struct sock_fprog longest = {LONGEST, code}, before = PROGRAM(first_four);
	struct pair p = udp_pair(AF_INET);
	char text[16];

	for (int i = 0; i < LONGEST - 1; i++)
		code[i] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, UDP_HEADER);
	code[LONGEST - 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0xffff);
	EXPECT_OK(attach(p.server, &before));
	EXPECT_ERR(attach(p.server, &longest), ENOMEM);
	EXPECT_EQ(send(p.client, "abcdefgh", 8, 0), 8);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 4);

	/* A shorter one of the same kind is taken, and takes the place of the other. */
	code[9] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0xffff);
	longest.len = 10;
	EXPECT_OK(attach(p.server, &longest));
	EXPECT_EQ(send(p.client, "abcdefgh", 8, 0), 8);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 8);
}
