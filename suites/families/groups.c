/* SPDX-License-Identifier: MIT */
/* IPv4 addresses with a name: the groups of the local network, and the dummy address. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "harness/case.h"

#ifndef INADDR_ALLSNOOPERS_GROUP
#define INADDR_ALLSNOOPERS_GROUP 0xe000006aU /* 224.0.0.106, RFC 4286 */
#endif
#ifndef INADDR_DUMMY
#define INADDR_DUMMY 0xc0000008U /* 192.0.0.8, RFC 7600 */
#endif

enum { PORT = 9000 };

struct group_row {
	struct variant variant;
	in_addr_t group; /* in host byte order */
	const char *text;
};

static const struct group_row groups[] = {
	{{"INADDR_UNSPEC_GROUP", NULL}, INADDR_UNSPEC_GROUP, "224.0.0.0"},
	{{"INADDR_ALLHOSTS_GROUP", NULL}, INADDR_ALLHOSTS_GROUP, "224.0.0.1"},
	{{"INADDR_ALLRTRS_GROUP", NULL}, INADDR_ALLRTRS_GROUP, "224.0.0.2"},
	{{"INADDR_ALLSNOOPERS_GROUP", NULL}, INADDR_ALLSNOOPERS_GROUP, "224.0.0.106"},
	{{"INADDR_MAX_LOCAL_GROUP", NULL}, INADDR_MAX_LOCAL_GROUP, "224.0.0.255"},
};

/* The destination address that IP_PKTINFO tells of the datagram; INADDR_NONE without. */
static in_addr_t receive_destination(int fd)
{
	char byte, control[CMSG_SPACE(sizeof(struct in_pktinfo))];
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	struct cmsghdr *c;
	struct in_pktinfo info;

	if (!EXPECT_EQ(recvmsg(fd, &message, MSG_DONTWAIT), 1))
		return INADDR_NONE;
	c = CMSG_FIRSTHDR(&message);
	if (c == NULL || c->cmsg_level != IPPROTO_IP || c->cmsg_type != IP_PKTINFO)
		return INADDR_NONE;
	memcpy(&info, CMSG_DATA(c), sizeof(info));
	EXPECT_EQ(byte, '2');
	EXPECT_EQ(info.ipi_ifindex, if_nametoindex("lo"));
	return ntohl(info.ipi_addr.s_addr);
}

/*
 * 224.0.0.0 to 224.0.0.255 stay on the link.
 *
 * The first 256 groups are for the protocols of one network: 224.0.0.1 is every host, 224.0.0.2
 * every router, 224.0.0.106 every device that watches memberships. Routers never pass them on,
 * whatever the time to live. The constants are in host byte order, as all of `INADDR_*`: they
 * need htonl(). 224.0.0.0 is reserved and nobody's group, but nothing stops a program from
 * joining it.
 *
 * A socket that has switched `IP_MULTICAST_ALL` off receives only the groups that it joined
 * itself; the case sends before the join, after it, and after leaving.
 *
 * Try it: `ip maddr show`: every interface is a member of 224.0.0.1.
 */
CASE(local_groups,
     .claim = "a group of 224.0.0.0/24 can be joined, and its datagrams come while one is member",
     .level = RFC, .spec = "RFC 5771 4; RFC 1112 4; ip(7) IP_ADD_MEMBERSHIP, IP_MULTICAST_ALL",
     .tags = "udp multicast address", .VARIANTS(groups))
{
	const struct group_row *row = VARIANT(struct group_row);
	struct address any = address_any(AF_INET, PORT), group = address_of(row->text, PORT);
	struct ip_mreqn m = {.imr_multiaddr.s_addr = htonl(row->group),
			     .imr_ifindex = (int)if_nametoindex("lo")};
	int receiver = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int sender = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	char byte;

	EXPECT_EQ(group.v4.sin_addr.s_addr, htonl(row->group));
	SETUP(bind(receiver, ADDRESS(any)));
	SETUP(set_int(receiver, IPPROTO_IP, IP_MULTICAST_ALL, 0));
	SETUP(set_int(receiver, IPPROTO_IP, IP_PKTINFO, 1));
	SETUP(setsockopt(sender, IPPROTO_IP, IP_MULTICAST_IF, &m, sizeof(m)));

	EXPECT_EQ(sendto(sender, "1", 1, 0, ADDRESS(group)), 1);
	EXPECT_ERR(recv(receiver, &byte, 1, MSG_DONTWAIT), EAGAIN);

	EXPECT_OK(setsockopt(receiver, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof(m)));
	EXPECT_EQ(sendto(sender, "2", 1, 0, ADDRESS(group)), 1);
	EXPECT_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(receive_destination(receiver), row->group);

	EXPECT_OK(setsockopt(receiver, IPPROTO_IP, IP_DROP_MEMBERSHIP, &m, sizeof(m)));
	EXPECT_EQ(sendto(sender, "3", 1, 0, ADDRESS(group)), 1);
	EXPECT_ERR(recv(receiver, &byte, 1, MSG_DONTWAIT), EAGAIN);
}

/*
 * 192.0.0.8 is for hosts that have no address.
 *
 * A router that has only IPv6 addresses may still carry IPv4 packets, and when it has to
 * report an error about one it needs a source address: the dummy, which everybody may use
 * and nobody has. For sockets it is an address like any other: of no interface
 * (`EADDRNOTAVAIL`), unless the administrator gives it to one.
 */
CASE(dummy_address,
     .claim = "INADDR_DUMMY is 192.0.0.8, which belongs to no interface until it is given one",
     .level = RFC, .spec = "RFC 7600 4.8; RFC 6890; bind(2) EADDRNOTAVAIL", .tags = "address bind")
{
	struct address dummy = address_of("192.0.0.8", PORT), name = address_empty();
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_EQ(ntohl(dummy.v4.sin_addr.s_addr), INADDR_DUMMY);
	EXPECT_ERR(bind(fd, ADDRESS(dummy)), EADDRNOTAVAIL);
	SETUP(sandbox_sysctl("net.ipv4.ip_nonlocal_bind", "1"));
	EXPECT_OK(bind(fd, ADDRESS(dummy)));
	EXPECT_OK(getsockname(fd, &name.any, &name.length));
	EXPECT_EQ(name.length, sizeof(name.v4));
	EXPECT_TRUE(address_equal(&name, &dummy));
}
