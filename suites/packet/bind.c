/* SPDX-License-Identifier: MIT */
/* bind() of packet sockets: which interface, and which type of frames. */
#include <arpa/inet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/packet/packet_help.h"

#include "harness/case.h"

/*
 * Protocol 0: nothing yet.
 *
 * From socket(AF_PACKET, type, htons(ETH_P_ALL)) to bind() to an interface, frames of all
 * interfaces come in, and stay in the queue after bind(). A socket made with protocol 0 is
 * not yet attached anywhere; bind() with a protocol then does both at once.
 */
CASE(protocol_zero,
     .claim = "a packet socket with protocol 0 receives nothing before bind() names a protocol",
     .level = LINUX, .spec = "packet(7)", .topology = "pair", .needs = "packet",
     .tags = "packet bind")
{
	int fd = packet_socket("b", SOCK_DGRAM, 0, 0),
	    early = packet_socket("b", SOCK_DGRAM, 0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, 0, 0);
	struct sockaddr_ll on_eth0 = link_address(B_ETH0, EXPERIMENT, NULL);
	char got[16];

	EXPECT_EQ(send_text(sender, mac_b, "first"), ETH_HLEN + 5);
	EXPECT_EQ(packet_receive(early, got, sizeof(got), NULL), 5);
	EXPECT_OK(bind(fd, LINK(on_eth0)));
	EXPECT_EQ(send_text(sender, mac_b, "second"), ETH_HLEN + 6);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), NULL), 6);
	EXPECT_MEMEQ(got, "second", 6);
}

/*
 * To one interface, to another, to all.
 *
 * Unlike other sockets a packet socket may be bound again, as often as one likes. Index 0
 * means all interfaces; a frame's address always says by which one it came.
 */
CASE(to_an_interface,
     .claim = "a bound packet socket receives from its interface only, one bound to index 0 from "
	      "all, and it can be bound again",
     .level = LINUX, .spec = "packet(7)", .topology = "ways", .needs = "packet",
     .tags = "packet bind")
{
	enum { B_ETH1 = 21, A_ETH1 = 11 };
	int fd = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_DGRAM, 0, 0);
	struct sockaddr_ll by_eth0 = link_address(A_ETH0, EXPERIMENT, mac_everybody);
	struct sockaddr_ll by_eth1 = link_address(A_ETH1, EXPERIMENT, mac_everybody);
	struct sockaddr_ll on = link_address(B_ETH1, EXPERIMENT, NULL), from;
	char got[16];

	EXPECT_EQ(sendto(sender, "1", 1, 0, LINK(by_eth1)), 1);
	EXPECT_EQ(sendto(sender, "0", 1, 0, LINK(by_eth0)), 1);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), &from), 1);
	EXPECT_EQ(got[0], '0');
	EXPECT_EQ(from.sll_ifindex, B_ETH0);

	EXPECT_OK(bind(fd, LINK(on)));
	EXPECT_EQ(sendto(sender, "0", 1, 0, LINK(by_eth0)), 1);
	EXPECT_EQ(sendto(sender, "1", 1, 0, LINK(by_eth1)), 1);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), &from), 1);
	EXPECT_EQ(got[0], '1');
	EXPECT_EQ(from.sll_ifindex, B_ETH1);

	on.sll_ifindex = 0;
	EXPECT_OK(bind(fd, LINK(on)));
	EXPECT_EQ(sendto(sender, "0", 1, 0, LINK(by_eth0)), 1);
	EXPECT_EQ(sendto(sender, "1", 1, 0, LINK(by_eth1)), 1);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), &from), 1);
	EXPECT_EQ(from.sll_ifindex, B_ETH0);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), &from), 1);
	EXPECT_EQ(from.sll_ifindex, B_ETH1);
}

/*
 * To another type.
 *
 * bind() replaces the protocol that socket() was given; protocol 0 keeps it.
 */
CASE(to_a_protocol,
     .claim = "bind() replaces the type of frames that are received; with protocol 0 it stays",
     .level = LINUX, .spec = "packet(7); net/packet/af_packet.c packet_do_bind()",
     .topology = "pair", .needs = "packet", .tags = "packet bind")
{
	int fd = packet_socket("b", SOCK_DGRAM, B_ETH0, ETH_P_802_EX1);
	int sender = packet_socket("a", SOCK_DGRAM, A_ETH0, 0);
	struct sockaddr_ll one = link_address(A_ETH0, ETH_P_802_EX1, mac_b);
	struct sockaddr_ll other = link_address(A_ETH0, ETH_P_PAUSE, mac_b), from;
	struct sockaddr_ll on = link_address(B_ETH0, ETH_P_PAUSE, NULL);
	char got[16];

	EXPECT_EQ(sendto(sender, "other", 5, 0, LINK(other)), 5);
	EXPECT_EQ(sendto(sender, "one", 3, 0, LINK(one)), 3);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), &from), 3);
	EXPECT_EQ(ntohs(from.sll_protocol), ETH_P_802_EX1);

	EXPECT_OK(bind(fd, LINK(on)));
	on.sll_protocol = 0;
	EXPECT_OK(bind(fd, LINK(on)));
	EXPECT_EQ(sendto(sender, "one", 3, 0, LINK(one)), 3);
	EXPECT_EQ(sendto(sender, "other", 5, 0, LINK(other)), 5);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), &from), 5);
	EXPECT_EQ(ntohs(from.sll_protocol), ETH_P_PAUSE);
}

/*
 * What a socket is bound to.
 *
 * getsockname() tells the interface with its kind and hardware address, so that a program
 * can learn the address it will send from. The rest of the structure has a meaning for
 * received frames only.
 */
CASE(own_name,
     .claim = "getsockname() gives family, protocol, interface, kind of link and hardware address",
     .level = LINUX, .spec = "packet(7); net/packet/af_packet.c packet_getname()",
     .topology = "pair", .needs = "packet", .tags = "packet bind getsockname")
{
	int fd = packet_socket("b", SOCK_RAW, 0, EXPERIMENT);
	struct sockaddr_ll on = link_address(B_ETH0, ETH_P_ARP, NULL), name;
	socklen_t length = sizeof(name);

	memset(&name, 0xa5, sizeof(name));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, offsetof(struct sockaddr_ll, sll_addr));
	EXPECT_EQ(name.sll_family, AF_PACKET);
	EXPECT_EQ(ntohs(name.sll_protocol), EXPERIMENT);
	EXPECT_EQ(name.sll_ifindex, 0);
	EXPECT_EQ(name.sll_hatype, 0);
	EXPECT_EQ(name.sll_halen, 0);

	SETUP(bind(fd, LINK(on)));
	memset(&name, 0xa5, sizeof(name));
	length = sizeof(name);
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, offsetof(struct sockaddr_ll, sll_addr) + ETH_ALEN);
	EXPECT_EQ(name.sll_family, AF_PACKET);
	EXPECT_EQ(ntohs(name.sll_protocol), ETH_P_ARP);
	EXPECT_EQ(name.sll_ifindex, B_ETH0);
	EXPECT_EQ(name.sll_hatype, ARPHRD_ETHER);
	EXPECT_EQ(name.sll_halen, ETH_ALEN);
	EXPECT_MEMEQ(name.sll_addr, mac_b, ETH_ALEN);
}

struct wrong_row {
	struct variant variant;
	int family, interface;
	socklen_t length;
	int error;
};

static const struct wrong_row wrongs[] = {
	{{"unknown_interface", NULL}, AF_PACKET, 77, sizeof(struct sockaddr_ll), ENODEV},
	{{"negative_interface", NULL}, AF_PACKET, -1, sizeof(struct sockaddr_ll), ENODEV},
	{{"other_family", NULL}, AF_INET, 1, sizeof(struct sockaddr_ll), EINVAL},
	{{"too_short", NULL}, AF_PACKET, 1, sizeof(struct sockaddr_ll) - 1, EINVAL},
};

/* The old name is checked as others are: family, length, and whether there is such a link. */
CASE(errors,
     .claim = "bind() to an interface that is not there fails with ENODEV, a wrong family "
	      "or length with EINVAL",
     .level = LINUX, .spec = "packet(7) ERRORS; net/packet/af_packet.c packet_bind()",
     .needs = "packet", .tags = "packet bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_ll right = link_address(1, EXPERIMENT, NULL), wrong = right;
	int fd = SETUP(socket(AF_PACKET, SOCK_RAW, 0));

	wrong.sll_family = (unsigned short)row->family;
	wrong.sll_ifindex = row->interface;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, row->length), row->error);
	EXPECT_OK(bind(fd, LINK(right)));
}

/*
 * The link goes down.
 *
 * A capture that waits would wait for ever once its interface is switched off. So the
 * socket gets an error, once: poll() says POLLERR, and the next receive fails with
 * `ENETDOWN`. After that it waits again, and receives when the link is back.
 *
 * Try it: `tcpdump -i eth0` and `ip link set eth0 down` in another window.
 */
CASE(link_goes_down,
     .claim = "when its interface goes down a bound packet socket has POLLERR and ENETDOWN, once",
     .level = LINUX, .spec = "packet(7) ERRORS; net/packet/af_packet.c packet_notifier()",
     .topology = "pair", .needs = "packet", .tags = "packet bind errno poll")
{
	int asked = packet_socket("a", SOCK_DGRAM, A_ETH0, EXPERIMENT);
	int read_from = packet_socket("a", SOCK_DGRAM, A_ETH0, EXPERIMENT);
	int all = packet_socket("a", SOCK_DGRAM, 0, EXPERIMENT);
	struct sockaddr_ll down = link_address(A_ETH0, EXPERIMENT, NULL);
	int late = SETUP(socket(AF_PACKET, SOCK_DGRAM, 0));
	char got[8];

	EXPECT_EQ(wait_for(asked, POLLIN, 0), 0);
	SETUP(set_link_up("eth0", 0));
	EXPECT_EQ(wait_for(asked, POLLIN, SOON_MS), POLLERR);
	EXPECT_ERRNO(get_int(asked, SOL_SOCKET, SO_ERROR), ENETDOWN);
	EXPECT_EQ(wait_for(asked, POLLIN, 0), 0);

	EXPECT_ERR(recv(read_from, got, sizeof(got), 0), ENETDOWN);
	EXPECT_ERR(recv(read_from, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	/* All interfaces never go down. */
	EXPECT_EQ(wait_for(all, POLLIN, 0), 0);

	/* Bound while it is down: the same. */
	EXPECT_OK(bind(late, LINK(down)));
	EXPECT_EQ(wait_for(late, POLLIN, SOON_MS), POLLERR);
	EXPECT_ERRNO(get_int(late, SOL_SOCKET, SO_ERROR), ENETDOWN);

	SETUP(set_link_up("eth0", 1));
	EXPECT_EQ(send_text(asked, mac_b, "up"), ETH_HLEN + 2);
}
