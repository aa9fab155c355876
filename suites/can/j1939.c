/* SPDX-License-Identifier: MIT */
/* SAE J1939: nodes with addresses, groups of parameters, priorities. */
#include <linux/capability.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/can/j1939_help.h"

#include "harness/case.h"

#define J1939_DOC "Documentation/networking/j1939.rst"

/* Priority, group, destination (in groups of the first kind) and source make the identifier. */
#define J1939_ID(priority, pgn, da, sa)                                                            \
	(CAN_EFF_FLAG | ((canid_t)(priority) << 26) | ((canid_t)(pgn) << 8) |                      \
	 ((canid_t)(da) << 8) | (canid_t)(sa))

/*
 * Addresses for lorries and tractors.
 *
 * J1939 gives the 29 bits of the identifier a meaning: a priority, the number of a group of
 * parameters (PGN), who sent it, and, for groups of the first kind (PDU1), for whom it is. So
 * there can be sockets with addresses: `bind()` says which is one's own, `sendto()` to whom
 * and what about, `recvfrom()` from whom.
 */
CASE(to_one,
     .claim = "a message to an address is received there and nowhere else, and its identifier is "
	      "made "
	      "of priority, group, destination and source",
     .level = LINUX, .spec = J1939_DOC " PGN, Addressing", .topology = "can", .needs = "can_j1939",
     .tags = "can j1939")
{
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x40), from;
	int sender = j1939_socket(0x20), receiver = j1939_socket(0x40), other = j1939_socket(0x60);
	int raw = can_raw(VCAN0);

	EXPECT_EQ(sendto(sender, "for you", 7, 0, CAN_ADDRESS(to)), 7);
	EXPECT_FRAME(raw, J1939_ID(6, PGN_TO_ONE, 0x40, 0x20), "for you");
	from = EXPECT_MESSAGE(receiver, "for you");
	EXPECT_EQ(from.can_ifindex, VCAN0);
	EXPECT_EQ(from.can_addr.j1939.addr, 0x20);
	EXPECT_EQ(from.can_addr.j1939.pgn, PGN_TO_ONE);
	EXPECT_EQ(from.can_addr.j1939.name, J1939_NO_NAME);

	/* The answer; the first that the third gets is for it. */
	EXPECT_EQ(sendto(receiver, "thanks", 6, 0, CAN_ADDRESS(from)), 6);
	EXPECT_MESSAGE(sender, "thanks");
	to.can_addr.j1939.addr = 0x60;
	EXPECT_EQ(sendto(sender, "yours", 5, 0, CAN_ADDRESS(to)), 5);
	EXPECT_MESSAGE(other, "yours");
}

/*
 * To everybody.
 *
 * The address 0xff (`J1939_NO_ADDR`) is everybody. As with UDP a program has to say that it
 * means to: `SO_BROADCAST`. Groups of the second kind (PDU2) have no room for a destination
 * and are always for everybody.
 */
CASE(to_all,
     .claim = "a message to J1939_NO_ADDR reaches every node, and needs SO_BROADCAST (else EACCES)",
     .level = LINUX, .spec = J1939_DOC " SO_BROADCAST", .topology = "can", .needs = "can_j1939",
     .tags = "can j1939 errno")
{
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ALL, J1939_NO_ADDR);
	int sender = j1939_socket(0x20), one = j1939_socket(0x40), two = j1939_socket(0x60);
	int raw = can_raw(VCAN0);

	EXPECT_OK(set_int(sender, SOL_SOCKET, SO_BROADCAST, 0));
	EXPECT_OK(set_int(one, SOL_SOCKET, SO_BROADCAST, 1));
	EXPECT_OK(set_int(two, SOL_SOCKET, SO_BROADCAST, 1));
	EXPECT_ERR(sendto(sender, "all", 3, 0, CAN_ADDRESS(to)), EACCES);
	EXPECT_ERR(connect(sender, CAN_ADDRESS(to)), EACCES);
	EXPECT_OK(set_int(sender, SOL_SOCKET, SO_BROADCAST, 1));
	EXPECT_EQ(sendto(sender, "all", 3, 0, CAN_ADDRESS(to)), 3);
	EXPECT_FRAME(raw, J1939_ID(6, PGN_TO_ALL, 0, 0x20), "all");
	EXPECT_MESSAGE(one, "all");
	EXPECT_MESSAGE(two, "all");
}

/* A connected socket needs no address to send. */
CASE(connected,
     .claim = "connect() gives the destination and the group for write(), and getpeername() and "
	      "getsockname() tell them",
     .level = LINUX, .spec = J1939_DOC " How to Use J1939", .topology = "can", .needs = "can_j1939",
     .tags = "can j1939")
{
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x40), name, peer;
	int sender = j1939_socket(0x20), receiver = j1939_socket(0x40);
	socklen_t length = sizeof(name);

	memset(&name, 0xa5, sizeof(name));
	memset(&peer, 0xa5, sizeof(peer));
	EXPECT_ERR(getpeername(sender, (struct sockaddr *)&peer, &length), EADDRNOTAVAIL);
	EXPECT_OK(connect(sender, CAN_ADDRESS(to)));
	EXPECT_EQ(write(sender, "no name", 7), 7);
	EXPECT_MESSAGE(receiver, "no name");
	length = sizeof(peer);
	EXPECT_OK(getpeername(sender, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(peer.can_family, AF_CAN);
	EXPECT_EQ(peer.can_ifindex, VCAN0);
	EXPECT_EQ(peer.can_addr.j1939.addr, 0x40);
	EXPECT_EQ(peer.can_addr.j1939.pgn, PGN_TO_ONE);
	EXPECT_EQ(peer.can_addr.j1939.name, J1939_NO_NAME);
	length = sizeof(name);
	EXPECT_OK(getsockname(sender, (struct sockaddr *)&name, &length));
	EXPECT_EQ(name.can_family, AF_CAN);
	EXPECT_EQ(name.can_ifindex, VCAN0);
	EXPECT_EQ(name.can_addr.j1939.addr, 0x20);
	EXPECT_EQ(name.can_addr.j1939.name, J1939_NO_NAME);
}

struct wrong_row {
	struct variant variant;
	int family, ifindex;
	uint32_t pgn;
	socklen_t length;
	int error;
};

enum {
	WHOLE_LENGTH = sizeof(struct sockaddr_can),
	TOO_SHORT = offsetof(struct sockaddr_can, can_addr.j1939.addr),
};

static const struct wrong_row wrongs[] = {
	{{"too_short", NULL}, AF_CAN, VCAN0, J1939_NO_PGN, TOO_SHORT, EINVAL},
	{{"other_family", NULL}, AF_INET, VCAN0, J1939_NO_PGN, WHOLE_LENGTH, EINVAL},
	{{"no_interface", NULL}, AF_CAN, 0, J1939_NO_PGN, WHOLE_LENGTH, ENODEV},
	{{"unknown_interface", NULL}, AF_CAN, NO_SUCH, J1939_NO_PGN, WHOLE_LENGTH, ENODEV},
	{{"no_bus", NULL}, AF_CAN, 1, J1939_NO_PGN, WHOLE_LENGTH, ENODEV},
	/* a destination in the number of a group that has its own place for it */
	{{"unclean_group", NULL}, AF_CAN, VCAN0, PGN_TO_ONE | 0x40, WHOLE_LENGTH, EINVAL},
};

/* J1939 is always on one bus: there is no "all interfaces". */
CASE(wrong_addresses,
     .claim = "bind() tells what is wrong: no J1939 address, no interface, no CAN bus, a group "
	      "with a "
	      "destination in it",
     .level = OBSERVED, .spec = "net/can/j1939/socket.c j1939_sk_sanity_check()", .topology = "can",
     .needs = "can_j1939", .tags = "can j1939 bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_can wrong = j1939_address(row->ifindex, J1939_NO_NAME, row->pgn, 0x20);
	struct sockaddr_can right = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x20);
	int fd = SETUP(socket(AF_CAN, SOCK_DGRAM, CAN_J1939));

	wrong.can_family = (sa_family_t)row->family;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, row->length), row->error);
	EXPECT_OK(bind(fd, CAN_ADDRESS(right)));
}

/* Without an address of one's own there is nothing to send from. */
CASE(not_bound,
     .claim = "before bind() sendto() fails with EBADFD and connect() with EINVAL; with no address "
	      "of "
	      "its own a socket only listens (EBADFD)",
     .level = OBSERVED, .spec = "net/can/j1939/socket.c j1939_sk_sendmsg()", .topology = "can",
     .needs = "can_j1939", .tags = "can j1939 bind errno")
{
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x40);
	struct sockaddr_can elsewhere = j1939_address(VCAN1, J1939_NO_NAME, PGN_TO_ONE, 0x40);
	struct sockaddr_can own = j1939_address(VCAN0, J1939_NO_NAME, J1939_NO_PGN, J1939_NO_ADDR);
	int fd = SETUP(socket(AF_CAN, SOCK_DGRAM, CAN_J1939)), receiver = j1939_socket(0x40);

	EXPECT_ERR(sendto(fd, "x", 1, 0, CAN_ADDRESS(to)), EBADFD);
	EXPECT_ERR(connect(fd, CAN_ADDRESS(to)), EINVAL);
	EXPECT_OK(bind(fd, CAN_ADDRESS(own)));
	EXPECT_ERR(sendto(fd, "x", 1, 0, CAN_ADDRESS(to)), EBADFD);
	own.can_addr.j1939.addr = 0x20;
	EXPECT_OK(bind(fd, CAN_ADDRESS(own)));
	EXPECT_ERR(sendto(fd, "x", 1, 0, CAN_ADDRESS(elsewhere)), EBADFD);
	EXPECT_EQ(sendto(fd, "x", 1, 0, CAN_ADDRESS(to)), 1);
	EXPECT_MESSAGE(receiver, "x");
}

struct priority_row {
	struct variant variant;
	int priority;
};

static const struct priority_row priorities[] = {
	{{"lowest", NULL}, 7}, {{"usual", NULL}, 3}, {{"highest", NULL}, 0}};

/*
 * Who goes first.
 *
 * When two nodes begin at once the lower identifier wins, and its upper three bits are the
 * priority. The lower the number the more urgent, and 0 and 1 are for those who may.
 */
CASE(priority,
     .claim = "SO_J1939_SEND_PRIO is the priority in the identifier, which the receiver gets as "
	      "SCM_J1939_PRIO",
     .level = LINUX, .spec = J1939_DOC " SO_J1939_SEND_PRIO, SCM_J1939_PRIO", .topology = "can",
     .needs = "can_j1939", .tags = "can j1939 option", .VARIANTS(priorities))
{
	int priority = VARIANT(struct priority_row)->priority;
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x40);
	int sender = j1939_socket(0x20), receiver = j1939_socket(0x40), raw = can_raw(VCAN0);
	char control[200], data[8];
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	int seen = -1, destination = -1;

	EXPECT_EQ(get_int(sender, SOL_CAN_J1939, SO_J1939_SEND_PRIO), 6);
	EXPECT_OK(set_int(sender, SOL_CAN_J1939, SO_J1939_SEND_PRIO, priority));
	EXPECT_EQ(get_int(sender, SOL_CAN_J1939, SO_J1939_SEND_PRIO), priority);
	EXPECT_EQ(sendto(sender, "urgent", 6, 0, CAN_ADDRESS(to)), 6);
	EXPECT_FRAME(raw, J1939_ID(priority, PGN_TO_ONE, 0x40, 0x20), "urgent");
	EXPECT_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(receiver, &message, 0), 6);
	for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head != NULL;
	     head = CMSG_NXTHDR(&message, head)) {
		EXPECT_EQ(head->cmsg_level, SOL_CAN_J1939);
		if (head->cmsg_type == SCM_J1939_PRIO)
			seen = *CMSG_DATA(head);
		if (head->cmsg_type == SCM_J1939_DEST_ADDR)
			destination = *CMSG_DATA(head);
	}
	EXPECT_EQ(seen, priority);
	EXPECT_EQ(destination, 0x40);
}

/* The urgent priorities need a privilege, and there are only eight. */
CASE(priority_errors,
     .claim =
	     "SO_J1939_SEND_PRIO below 2 fails with EPERM without CAP_NET_ADMIN, above 7 with EDOM",
     .level = LINUX, .spec = J1939_DOC " SO_J1939_SEND_PRIO", .topology = "can",
     .needs = "can_j1939", .tags = "can j1939 option privilege errno")
{
	int fd = j1939_socket(0x20);

	EXPECT_ERR(set_int(fd, SOL_CAN_J1939, SO_J1939_SEND_PRIO, 8), EDOM);
	EXPECT_ERR(set_int(fd, SOL_CAN_J1939, SO_J1939_SEND_PRIO, -1), EDOM);
	EXPECT_OK(set_int(fd, SOL_CAN_J1939, SO_J1939_SEND_PRIO, 1));
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(set_int(fd, SOL_CAN_J1939, SO_J1939_SEND_PRIO, 0), EPERM);
	EXPECT_EQ(get_int(fd, SOL_CAN_J1939, SO_J1939_SEND_PRIO), 1);
	EXPECT_OK(set_int(fd, SOL_CAN_J1939, SO_J1939_SEND_PRIO, 2));
}

/* Listening to what is for others. */
CASE(promiscuous, .claim = "with SO_J1939_PROMISC a socket gets the messages for every address",
     .level = LINUX, .spec = J1939_DOC " SO_J1939_PROMISC", .topology = "can", .needs = "can_j1939",
     .tags = "can j1939 option")
{
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x40), from;
	struct sockaddr_can to_spy = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x60);
	int sender = j1939_socket(0x20), receiver = j1939_socket(0x40), spy = j1939_socket(0x60);

	EXPECT_EQ(get_int(spy, SOL_CAN_J1939, SO_J1939_PROMISC), 0);
	EXPECT_EQ(sendto(sender, "secret", 6, 0, CAN_ADDRESS(to)), 6);
	EXPECT_MESSAGE(receiver, "secret");
	/* Messages go in order: with this one the other is done with. */
	EXPECT_EQ(sendto(sender, "for it", 6, 0, CAN_ADDRESS(to_spy)), 6);
	EXPECT_MESSAGE(spy, "for it");
	EXPECT_OK(set_int(spy, SOL_CAN_J1939, SO_J1939_PROMISC, 1));
	EXPECT_EQ(get_int(spy, SOL_CAN_J1939, SO_J1939_PROMISC), 1);
	EXPECT_EQ(sendto(sender, "open", 4, 0, CAN_ADDRESS(to)), 4);
	from = EXPECT_MESSAGE(spy, "open");
	EXPECT_EQ(from.can_addr.j1939.addr, 0x20);
	EXPECT_MESSAGE(receiver, "open");
}

struct filter_row {
	struct variant variant;
	struct j1939_filter filters[2];
	unsigned int count;
};

/* What 0x20 sends in PGN_OTHER must pass, what 0x60 sends in PGN_TO_ALL must not. */
static const struct filter_row filters[] = {
	{{"group", NULL}, {{.pgn = PGN_OTHER, .pgn_mask = J1939_PGN_MAX}}, 1},
	{{"source", NULL}, {{.addr = 0x20, .addr_mask = 0xff}}, 1},
	{{"part_of_an_address", NULL}, {{.addr = 0x20, .addr_mask = 0xf0}}, 1},
	{{"both", NULL},
	 {{.pgn = PGN_OTHER, .pgn_mask = J1939_PGN_MAX, .addr = 0x20, .addr_mask = 0xff}},
	 1},
	{{"one_of_two", NULL},
	 {{.addr = 0x99, .addr_mask = 0xff}, {.pgn = PGN_OTHER, .pgn_mask = J1939_PGN_MAX}},
	 2},
};

/*
 * Only what one asks for.
 *
 * A filter looks at the sender's name, the group and the sender's address, each with a mask.
 * Of several one is enough.
 */
CASE(filter,
     .claim = "SO_J1939_FILTER lets through what agrees with one of its filters in sender, group "
	      "and "
	      "name",
     .level = LINUX, .spec = J1939_DOC " SO_J1939_FILTER", .topology = "can", .needs = "can_j1939",
     .tags = "can j1939 filter", .VARIANTS(filters))
{
	const struct filter_row *row = VARIANT(struct filter_row);
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ALL, J1939_NO_ADDR);
	int wanted = j1939_socket(0x20), other = j1939_socket(0x60), receiver = j1939_socket(0x40);

	EXPECT_OK(setsockopt(receiver, SOL_CAN_J1939, SO_J1939_FILTER, row->filters,
			     (socklen_t)(row->count * sizeof(row->filters[0]))));
	EXPECT_EQ(sendto(other, "stopped", 7, 0, CAN_ADDRESS(to)), 7);
	to.can_addr.j1939.pgn = PGN_OTHER;
	EXPECT_EQ(sendto(wanted, "passes", 6, 0, CAN_ADDRESS(to)), 6);
	EXPECT_MESSAGE(receiver, "passes");

	/* No filter is no hindrance. */
	EXPECT_OK(setsockopt(receiver, SOL_CAN_J1939, SO_J1939_FILTER, NULL, 0));
	to.can_addr.j1939.pgn = PGN_TO_ALL;
	EXPECT_EQ(sendto(other, "all", 3, 0, CAN_ADDRESS(to)), 3);
	EXPECT_MESSAGE(receiver, "all");
}

/* The wrong list. */
CASE(filter_errors,
     .claim = "a list that is no whole number of filters, or of more than 512, fails with EINVAL; "
	      "there is no reading it (ENOPROTOOPT)",
     .level = OBSERVED, .spec = "net/can/j1939/socket.c j1939_sk_setsockopt()", .topology = "can",
     .needs = "can_j1939", .tags = "can j1939 filter errno")
{
	static struct j1939_filter many[J1939_FILTER_MAX + 1];
	int fd = j1939_socket(0x20);
	socklen_t length = sizeof(many[0]);

	EXPECT_ERR(setsockopt(fd, SOL_CAN_J1939, SO_J1939_FILTER, many, sizeof(many[0]) - 1),
		   EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_CAN_J1939, SO_J1939_FILTER, many, sizeof(many)), EINVAL);
	EXPECT_OK(setsockopt(fd, SOL_CAN_J1939, SO_J1939_FILTER, many,
			     J1939_FILTER_MAX * sizeof(many[0])));
	EXPECT_ERR(getsockopt(fd, SOL_CAN_J1939, SO_J1939_FILTER, many, &length), ENOPROTOOPT);
	EXPECT_ERR(set_int(fd, SOL_CAN_J1939, 77, 1), ENOPROTOOPT);
}

/* The group in bind() is one too: a socket for one kind of message. */
CASE(bound_group,
     .claim = "a group in the address of bind() is the only one that the socket receives",
     .level = LINUX, .spec = J1939_DOC " How to Use J1939", .topology = "can", .needs = "can_j1939",
     .tags = "can j1939 bind")
{
	struct sockaddr_can own = j1939_address(VCAN0, J1939_NO_NAME, PGN_OTHER, 0x40), from;
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ALL, J1939_NO_ADDR);
	int sender = j1939_socket(0x20), receiver = j1939_socket(0x40);

	EXPECT_OK(bind(receiver, CAN_ADDRESS(own)));
	EXPECT_EQ(sendto(sender, "other", 5, 0, CAN_ADDRESS(to)), 5);
	to.can_addr.j1939.pgn = PGN_OTHER;
	EXPECT_EQ(sendto(sender, "bound", 5, 0, CAN_ADDRESS(to)), 5);
	from = EXPECT_MESSAGE(receiver, "bound");
	EXPECT_EQ(from.can_addr.j1939.pgn, PGN_OTHER);
}
