/* SPDX-License-Identifier: MIT */
/* Interfaces and routes of AppleTalk, and what two nodes say to each other. */
#include <endian.h>
#include <linux/capability.h>
#include <net/route.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "suites/appletalk/appletalk_help.h"

#include "harness/capture/expect_packet.h"

#include "harness/case.h"

/*
 * An interface gets an address, and can be asked for it.
 *
 * There is no tool of AppleTalk in iproute2: netatalk's atalkd makes these requests.
 */
CASE(address_of_an_interface,
     .claim = "SIOCSIFADDR gives an interface an address that SIOCGIFADDR tells, SIOCGIFBRDADDR "
	      "with node 255, and SIOCDIFADDR takes it away",
     .level = ABI, .spec = "linux/net/appletalk/ddp.c, atif_ioctl(); netdevice(7)",
     .topology = "machine", .needs = "appletalk", .tags = "appletalk ioctl")
{
	struct ifreq set = appletalk_request("lo", NETWORK, NODE, NETWORK, NETWORK);
	struct ifreq get = appletalk_request("lo", 0, 0, 0, 0);
	struct sockaddr_at address;
	int fd = SETUP(socket(AF_APPLETALK, SOCK_DGRAM, 0));

	SETUP(ioctl(fd, SIOCDIFADDR, &set));
	EXPECT_ERR(ioctl(fd, SIOCGIFADDR, &get), EADDRNOTAVAIL);
	EXPECT_OK(ioctl(fd, SIOCSIFADDR, &set));
	EXPECT_OK(ioctl(fd, SIOCGIFADDR, &get));
	memcpy(&address, &get.ifr_addr, sizeof(address));
	EXPECT_EQ(address.sat_family, AF_APPLETALK);
	EXPECT_EQ(be16toh(address.sat_addr.s_net), NETWORK);
	EXPECT_EQ(address.sat_addr.s_node, NODE);
	EXPECT_OK(ioctl(fd, SIOCGIFBRDADDR, &get));
	memcpy(&address, &get.ifr_addr, sizeof(address));
	EXPECT_EQ(be16toh(address.sat_addr.s_net), NETWORK);
	EXPECT_EQ(address.sat_addr.s_node, ATADDR_BCAST);
	EXPECT_OK(ioctl(fd, SIOCDIFADDR, &set));
	EXPECT_ERR(ioctl(fd, SIOCGIFADDR, &get), EADDRNOTAVAIL);
}

struct request_row {
	struct variant variant;
	const char *interface;
	uint8_t node;
	sa_family_t family;
	int error;
};

static const struct request_row requests[] = {
	{{"no_interface", NULL}, "none0", NODE, AF_APPLETALK, ENODEV},
	{{"other_family", NULL}, "lo", NODE, AF_INET, EINVAL},
	{{"all_nodes", NULL}, "lo", ATADDR_BCAST, AF_APPLETALK, EINVAL},
	{{"reserved_node", NULL}, "lo", 254, AF_APPLETALK, EINVAL},
};

/* Nodes 254 and 255 are nobody's: the first is reserved, the second means all. */
CASE(wrong_requests,
     .claim = "SIOCSIFADDR fails with ENODEV without such an interface, EINVAL for another family "
	      "and for nodes 254 and 255",
     .level = LINUX, .spec = "ddp(7) ENODEV, EINVAL; Inside AppleTalk, chapter 4",
     .topology = "machine", .needs = "appletalk", .tags = "appletalk ioctl errno",
     .VARIANTS(requests))
{
	const struct request_row *row = VARIANT(struct request_row);
	struct ifreq wrong =
		appletalk_request(row->interface, NETWORK, row->node, NETWORK, NETWORK);
	struct ifreq good = appletalk_request("lo", NETWORK, NODE, NETWORK, NETWORK);
	int fd = SETUP(socket(AF_APPLETALK, SOCK_DGRAM, 0));

	wrong.ifr_addr.sa_family = row->family;
	EXPECT_ERR(ioctl(fd, SIOCSIFADDR, &wrong), row->error);
	EXPECT_OK(ioctl(fd, SIOCSIFADDR, &good));
	EXPECT_OK(ioctl(fd, SIOCDIFADDR, &good));
}

/* Whoever may change what IP uses may change this, too. */
CASE(privilege,
     .claim = "SIOCSIFADDR, SIOCDIFADDR and SIOCADDRT fail with EPERM without CAP_NET_ADMIN",
     .level = LINUX, .spec = "ddp(7) EPERM; capabilities(7) CAP_NET_ADMIN", .topology = "machine",
     .needs = "appletalk", .tags = "appletalk ioctl privilege errno")
{
	struct ifreq request = appletalk_request("lo", NETWORK, NODE, NETWORK, NETWORK);
	struct rtentry route = {.rt_flags = RTF_UP | RTF_HOST, .rt_dev = "lo"};
	const struct sockaddr_at to = appletalk_address(NETWORK, NODE + 1, 0);
	int fd = SETUP(socket(AF_APPLETALK, SOCK_DGRAM, 0));

	memcpy(&route.rt_dst, &to, sizeof(to));
	memcpy(&route.rt_gateway, &to, sizeof(to));
	EXPECT_OK(ioctl(fd, SIOCSIFADDR, &request));
	EXPECT_OK(ioctl(fd, SIOCADDRT, &route));
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(ioctl(fd, SIOCADDRT, &route), EPERM);
	EXPECT_ERR(ioctl(fd, SIOCDIFADDR, &request), EPERM);
	EXPECT_ERR(ioctl(fd, SIOCSIFADDR, &request), EPERM);
}

/* A route that is not there cannot be taken away, and one that is can be, once. */
CASE(routes,
     .claim = "SIOCDELRT removes a route that SIOCADDRT made; without one it fails with ENOENT",
     .level = ABI, .spec = "linux/net/appletalk/ddp.c, atrtr_ioctl()", .topology = "machine",
     .needs = "appletalk", .tags = "appletalk ioctl errno")
{
	const struct sockaddr_at to = appletalk_address(NETWORK + 7, NODE, PORT);
	struct rtentry route = {.rt_flags = RTF_UP | RTF_HOST, .rt_dev = "lo"};
	int fd;

	appletalk_on_loopback();
	fd = appletalk_bound(SOCK_DGRAM, PORT);
	memcpy(&route.rt_dst, &to, sizeof(to));
	memcpy(&route.rt_gateway, &to, sizeof(to));
	EXPECT_ERR(ioctl(fd, SIOCDELRT, &route), ENOENT);
	EXPECT_ERR(sendto(fd, "\x04", 1, 0, APPLETALK(to)), ENETUNREACH);
	EXPECT_OK(ioctl(fd, SIOCADDRT, &route));
	EXPECT_EQ(sendto(fd, "\x04", 1, 0, APPLETALK(to)), 1);
	EXPECT_OK(ioctl(fd, SIOCDELRT, &route));
	EXPECT_ERR(sendto(fd, "\x04", 1, 0, APPLETALK(to)), ENETUNREACH);
}

/*
 * On Ethernet a node asks whose an address is: AARP.
 *
 * Before it takes an address a node asks several times whether somebody has it (a probe),
 * which is why this takes a second. Before it sends it asks for the hardware address of the
 * receiver, as ARP does for IP. The datagram itself goes in a frame of 802.3 with a header of
 * SNAP: AppleTalk never had an EtherType of its own on the wire in phase 2.
 */
CASE(on_the_wire,
     .claim = "an address is probed for with AARP; a datagram to a neighbour is preceded by a "
	      "request for its hardware address, and has networks, nodes and ports in its header",
     .level = LINUX, .spec = "Inside AppleTalk, chapters 2 to 4; ddp(7)",
     .topology = "machine_link", .needs = "appletalk", .tags = "appletalk wire", .waits = true,
     .timeout_ms = 10000)
{
	struct ifreq request = appletalk_request("eth-a", NETWORK, NODE, NETWORK, NETWORK);
	const struct sockaddr_at self = appletalk_address(NETWORK, NODE, PORT);
	const struct sockaddr_at other = appletalk_address(NETWORK, 9, PORT + 1);
	struct wire *wire = wire_open("a");
	int fd = SETUP(socket(AF_APPLETALK, SOCK_DGRAM, 0));

	EXPECT_OK(ioctl(fd, SIOCSIFADDR, &request));
	EXPECT_PACKET(wire, WHICH_LAYER("AARP"), FIELD("AARP", "Function", 3));
	EXPECT_OK(bind(fd, APPLETALK(self)));
	EXPECT_EQ(sendto(fd, "\x04hi", 3, 0, APPLETALK(other)), 3);
	EXPECT_PACKET(wire, WHICH_LAYER("AARP"), WHICH("AARP", "Function", 1));
	SETUP(ioctl(fd, SIOCDIFADDR, &request));
}
