/* SPDX-License-Identifier: MIT */
/* Addresses of AppleTalk: network, node and port, and who may have them. */
#include <endian.h>
#include <unistd.h>

#include "suites/appletalk/appletalk_help.h"

#include "harness/case.h"

static struct sockaddr_at name_of(int fd)
{
	struct sockaddr_at name = {.sat_family = AF_UNSPEC};
	socklen_t length = sizeof(name);

	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.sat_family, AF_APPLETALK);
	return name;
}

/*
 * A node takes its number from its interface.
 *
 * The network number (16 bits) says on which cable a node is, the node number (8 bits) which
 * of it there, and the port (8 bits) which program on it. Zeros are filled in: network and
 * node from the first interface that has an address, the port with the first free one from
 * 128 on.
 */
CASE(zeros_are_filled_in,
     .claim = "bind() to network 0 and port 0 gives the interface's address and a free port from "
	      "128 to 253",
     .level = LINUX, .spec = "ddp(7), Address format; Inside AppleTalk, chapter 4",
     .topology = "machine", .needs = "appletalk", .tags = "appletalk bind")
{
	const struct sockaddr_at any =
		appletalk_address(ATADDR_ANYNET, ATADDR_ANYNODE, ATADDR_ANYPORT);
	struct sockaddr_at first, second;
	int a, b;

	appletalk_on_loopback();
	a = SETUP(socket(AF_APPLETALK, SOCK_DGRAM, 0));
	b = SETUP(socket(AF_APPLETALK, SOCK_DGRAM, 0));
	EXPECT_OK(bind(a, APPLETALK(any)));
	first = name_of(a);
	EXPECT_EQ(be16toh(first.sat_addr.s_net), NETWORK);
	EXPECT_EQ(first.sat_addr.s_node, NODE);
	EXPECT_BETWEEN(first.sat_port, ATPORT_RESERVED, ATPORT_LAST - 1);
	EXPECT_OK(bind(b, APPLETALK(any)));
	second = name_of(b);
	EXPECT_BETWEEN(second.sat_port, ATPORT_RESERVED, ATPORT_LAST - 1);
	EXPECT_NE(second.sat_port, first.sat_port);
}

/* A port has one owner on a node, as everywhere. */
CASE(port_in_use, .claim = "bind() to a port of another socket fails with EADDRINUSE",
     .level = LINUX, .spec = "ddp(7) EADDRINUSE", .topology = "machine", .needs = "appletalk",
     .tags = "appletalk bind errno")
{
	const struct sockaddr_at taken = appletalk_address(NETWORK, NODE, PORT);
	int owner, other;

	appletalk_on_loopback();
	owner = appletalk_bound(SOCK_DGRAM, PORT);
	other = SETUP(socket(AF_APPLETALK, SOCK_DGRAM, 0));
	EXPECT_ERR(bind(other, APPLETALK(taken)), EADDRINUSE);
	SETUP(close(owner));
	EXPECT_OK(bind(other, APPLETALK(taken)));
	EXPECT_EQ(name_of(other).sat_port, PORT);
}

struct wrong_row {
	struct variant variant;
	uint16_t network;
	uint8_t node;
	sa_family_t family;
	socklen_t shorter;
	int error;
};

static const struct wrong_row wrongs[] = {
	{{"other_network", NULL}, NETWORK + 1, NODE, AF_APPLETALK, 0, EADDRNOTAVAIL},
	{{"other_node", NULL}, NETWORK, NODE + 1, AF_APPLETALK, 0, EADDRNOTAVAIL},
	{{"other_family", NULL}, NETWORK, NODE, AF_INET, 0, EAFNOSUPPORT},
	{{"short", NULL}, NETWORK, NODE, AF_APPLETALK, 1, EINVAL},
};

/*
 * An address has to be one's own, whole, and of the family.
 *
 * The length is that of struct sockaddr_at, with its eight bytes of zeros: one less is not
 * an address.
 */
CASE(wrong_addresses,
     .claim = "bind() fails with EADDRNOTAVAIL for an address that no interface has, "
	      "EAFNOSUPPORT for another family, EINVAL for another length",
     .level = LINUX, .spec = "ddp(7) EADDRNOTAVAIL, EINVAL; linux/net/appletalk/ddp.c",
     .topology = "machine", .needs = "appletalk", .tags = "appletalk bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_at address = appletalk_address(row->network, row->node, PORT);
	const struct sockaddr_at good = appletalk_address(NETWORK, NODE, PORT);
	int fd;

	appletalk_on_loopback();
	fd = SETUP(socket(AF_APPLETALK, SOCK_DGRAM, 0));
	address.sat_family = row->family;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&address, sizeof(address) - row->shorter),
		   row->error);
	EXPECT_OK(bind(fd, APPLETALK(good)));
}

/* An address is for life. */
CASE(bound_once, .claim = "bind() of a socket that has an address fails with EINVAL",
     .level = LINUX, .spec = "bind(2) EINVAL; ddp(7) EINVAL", .topology = "machine",
     .needs = "appletalk", .tags = "appletalk bind errno")
{
	const struct sockaddr_at other = appletalk_address(NETWORK, NODE, PORT + 1);
	int fd;

	appletalk_on_loopback();
	fd = appletalk_bound(SOCK_DGRAM, PORT);
	EXPECT_ERR(bind(fd, APPLETALK(other)), EINVAL);
	EXPECT_OK(bind(SETUP(socket(AF_APPLETALK, SOCK_DGRAM, 0)), APPLETALK(other)));
}
