/* SPDX-License-Identifier: MIT */
/* PACKET_FANOUT: who may not join. */
#include <linux/filter.h>
#include <sys/socket.h>

#include "suites/packet/packet_help.h"

#include "harness/case.h"

enum { GROUP = 7 };

static int fanout(unsigned int mode, unsigned int flags)
{
	return (int)(GROUP | (mode | flags) << 16);
}

struct join_row {
	struct variant variant;
	unsigned int mode, flags;
	int interface;
	unsigned int protocol;
};

static const struct join_row joins[] = {
	{{"other_mode", NULL}, PACKET_FANOUT_HASH, 0, B_ETH0, EXPERIMENT},
	{{"other_flags", NULL}, PACKET_FANOUT_LB, PACKET_FANOUT_FLAG_DEFRAG, B_ETH0, EXPERIMENT},
	{{"other_interface", NULL}, PACKET_FANOUT_LB, 0, 1, EXPERIMENT},
	{{"other_protocol", NULL}, PACKET_FANOUT_LB, 0, B_ETH0, ETH_P_ALL},
	{{"unknown_mode", NULL}, 77, 0, B_ETH0, EXPERIMENT},
};

/*
 * A group is of one kind.
 *
 * The first member decides about mode, flags, interface and protocol; who differs cannot
 * share the same frames.
 */
CASE(joining,
     .claim = "joining a fanout group fails with EINVAL when mode, flags, interface or protocol "
	      "differ from the group's",
     .level = LINUX, .spec = "packet(7) PACKET_FANOUT; net/packet/af_packet.c fanout_add()",
     .topology = "pair", .needs = "packet", .tags = "packet fanout errno", .VARIANTS(joins))
{
	const struct join_row *row = VARIANT(struct join_row);
	int first = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int wrong = packet_socket("b", SOCK_DGRAM, row->interface, row->protocol);
	int right = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);

	EXPECT_OK(set_int(first, SOL_PACKET, PACKET_FANOUT, fanout(PACKET_FANOUT_LB, 0)));
	EXPECT_ERR(set_int(wrong, SOL_PACKET, PACKET_FANOUT, fanout(row->mode, row->flags)),
		   EINVAL);
	EXPECT_OK(set_int(right, SOL_PACKET, PACKET_FANOUT, fanout(PACKET_FANOUT_LB, 0)));
}

/*
 * In a group once, and bound before.
 *
 * A socket that receives nothing yet has no frames to share, and one that is in a group
 * stays in it, bound as it is.
 */
CASE(once,
     .claim =
	     "PACKET_FANOUT fails with EINVAL on a socket that does not receive, and with EALREADY "
	     "on a member; a member cannot be bound again: EINVAL",
     .level = LINUX, .spec = "packet(7) PACKET_FANOUT; net/packet/af_packet.c fanout_add()",
     .topology = "pair", .needs = "packet", .tags = "packet fanout errno bind")
{
	int fd = packet_socket("b", SOCK_DGRAM, 0, 0);
	int outside = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	struct sockaddr_ll on = link_address(B_ETH0, EXPERIMENT, NULL);
	struct sockaddr_ll all = link_address(0, EXPERIMENT, NULL);

	EXPECT_ERR(set_int(fd, SOL_PACKET, PACKET_FANOUT, fanout(PACKET_FANOUT_LB, 0)), EINVAL);
	SETUP(bind(fd, LINK(on)));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_FANOUT), 0);
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_FANOUT, fanout(PACKET_FANOUT_LB, 0)));
	EXPECT_ERR(set_int(fd, SOL_PACKET, PACKET_FANOUT, fanout(PACKET_FANOUT_LB, 0)), EALREADY);
	EXPECT_ERR(bind(fd, LINK(all)), EINVAL);
	EXPECT_OK(bind(outside, LINK(all)));
}

/* What belongs to a mode is refused in others. */
CASE(of_another_mode,
     .claim =
	     "PACKET_FANOUT_DATA and PACKET_ROLLOVER_STATS fail with EINVAL unless the group has a "
	     "program, or rollover",
     .level = LINUX, .spec = "packet(7) PACKET_FANOUT_DATA; net/packet/af_packet.c",
     .topology = "pair", .needs = "packet", .tags = "packet fanout errno")
{
	struct sock_filter constant[] = {BPF_STMT(BPF_RET | BPF_K, 0)};
	struct sock_fprog program = {1, constant};
	struct tpacket_rollover_stats stats;
	socklen_t length = sizeof(stats);
	int plain = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int with = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);

	EXPECT_ERR(setsockopt(plain, SOL_PACKET, PACKET_FANOUT_DATA, &program, sizeof(program)),
		   EINVAL);
	SETUP(set_int(plain, SOL_PACKET, PACKET_FANOUT, fanout(PACKET_FANOUT_LB, 0)));
	EXPECT_ERR(setsockopt(plain, SOL_PACKET, PACKET_FANOUT_DATA, &program, sizeof(program)),
		   EINVAL);
	EXPECT_ERR(getsockopt(plain, SOL_PACKET, PACKET_ROLLOVER_STATS, &stats, &length), EINVAL);

	SETUP(set_int(with, SOL_PACKET, PACKET_FANOUT,
		      (GROUP + 1) | (PACKET_FANOUT_CBPF | PACKET_FANOUT_FLAG_ROLLOVER) << 16));
	EXPECT_OK(setsockopt(with, SOL_PACKET, PACKET_FANOUT_DATA, &program, sizeof(program)));
	EXPECT_OK(getsockopt(with, SOL_PACKET, PACKET_ROLLOVER_STATS, &stats, &length));
}
