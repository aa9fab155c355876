/* SPDX-License-Identifier: MIT */
/* NETLINK_SOCK_DIAG: Unix, netlink and packet sockets (sock_diag(7)). */
#include <linux/if_ether.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <linux/rtnetlink.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

static uint32_t inode_of(int fd)
{
	struct stat status;

	SETUP(fstat(fd, &status));
	return (uint32_t)status.st_ino;
}

/* RTM-like request about one Unix socket, by its inode. */
static struct netlink_request about_unix(uint32_t inode, unsigned int show)
{
	struct unix_diag_req header = {
		.sdiag_family = AF_UNIX,
		.udiag_states = UINT32_MAX,
		.udiag_ino = inode,
		.udiag_show = show,
		.udiag_cookie = {UINT32_MAX, UINT32_MAX},
	};

	return REQUEST(SOCK_DIAG_BY_FAMILY, inode == 0 ? NLM_F_DUMP : 0, header);
}

/*
 * Unix sockets.
 *
 * They are named by the number of their inode. `udiag_show` asks for more: the name, the peer's
 * inode, the connections that wait, the length of the queues. So one finds who is at the other end
 * of a socketpair().
 *
 * Try it: `ss -xp`.
 */
CASE(unix_sockets,
     .claim = "a Unix socket is found by its inode, with its name, its peer and its queue",
     .level = LINUX, .spec = "sock_diag(7) UNIX domain sockets", .needs = "unix_diag",
     .tags = "netlink diag unix")
{
	struct address name = address_unix("@diag");
	struct pair p = unix_pair(SOCK_STREAM);
	int listener = SETUP(socket(AF_UNIX, SOCK_STREAM, 0)),
	    client = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
	int fd = netlink_open(NETLINK_SOCK_DIAG);
	struct netlink_request r;
	struct netlink_answer answer;
	const struct unix_diag_msg *m;
	const struct unix_diag_rqlen *queue;
	const struct nlmsghdr *h;
	const char *text;

	SETUP(bind(listener, ADDRESS(name)));
	SETUP(listen(listener, 7));
	SETUP(connect(client, ADDRESS(name)));
	r = about_unix(inode_of(listener), UDIAG_SHOW_NAME | UDIAG_SHOW_RQLEN | UDIAG_SHOW_ICONS);
	h = netlink_get(fd, &r, &answer);
	REQUIRE_TRUE(h != NULL);
	m = NLMSG_DATA(h);
	EXPECT_EQ(m->udiag_family, AF_UNIX);
	EXPECT_EQ(m->udiag_type, SOCK_STREAM);
	EXPECT_EQ(m->udiag_state, TCP_LISTEN);
	EXPECT_EQ(m->udiag_ino, inode_of(listener));
	/* The name is what follows the family in the address: no NUL behind it. */
	text = attribute_data(ATTRIBUTE(h, struct unix_diag_msg, UNIX_DIAG_NAME), 5);
	REQUIRE_TRUE(text != NULL);
	EXPECT_MEMEQ(text, "\0diag", 5);
	queue = attribute_data(ATTRIBUTE(h, struct unix_diag_msg, UNIX_DIAG_RQLEN), sizeof(*queue));
	REQUIRE_TRUE(queue != NULL);
	EXPECT_EQ(queue->udiag_rqueue, 1);
	EXPECT_EQ(queue->udiag_wqueue, 7);
	EXPECT_EQ(attribute_u32(ATTRIBUTE(h, struct unix_diag_msg, UNIX_DIAG_ICONS)),
		  inode_of(client));

	r = about_unix(inode_of(p.client), UDIAG_SHOW_PEER);
	h = netlink_get(fd, &r, &answer);
	REQUIRE_TRUE(h != NULL);
	m = NLMSG_DATA(h);
	EXPECT_EQ(m->udiag_state, TCP_ESTABLISHED);
	EXPECT_EQ(attribute_u32(ATTRIBUTE(h, struct unix_diag_msg, UNIX_DIAG_PEER)),
		  inode_of(p.server));
	EXPECT_TRUE(ATTRIBUTE(h, struct unix_diag_msg, UNIX_DIAG_RQLEN) == NULL);
}

static void count_entry(const struct nlmsghdr *h, void *context)
{
	(void)h;
	++*(int *)context;
}

/* All of them, or one that is not there. */
CASE(unix_list,
     .claim = "the list of Unix sockets has all of the namespace; one that is not there gives "
	      "ENOENT",
     .level = LINUX, .spec = "sock_diag(7) UNIX domain sockets", .needs = "unix_diag",
     .tags = "netlink diag unix errno")
{
	struct netlink_request before = about_unix(0, 0), after = about_unix(0, 0), gone;
	int fd = netlink_open(NETLINK_SOCK_DIAG), count = 0,
	    first = netlink_dump(fd, &before, count_entry, &count);
	struct pair p = unix_pair(SOCK_DGRAM);
	uint32_t inode = inode_of(p.client);
	struct netlink_answer answer;

	EXPECT_GE(first, 0);
	EXPECT_EQ(netlink_dump(fd, &after, count_entry, &count), first + 2);
	gone = about_unix(inode, 0);
	EXPECT_TRUE(netlink_get(fd, &gone, &answer) != NULL);
	SETUP(close(p.client));
	gone = about_unix(inode, 0);
	EXPECT_ERRNO(netlink_error(fd, &gone), ENOENT);
}

struct netlink_found {
	uint32_t port;
	int protocol, type, count;
	uint32_t groups;
};

static void find_netlink(const struct nlmsghdr *h, void *context)
{
	const struct netlink_diag_msg *m = NLMSG_DATA(h);
	struct netlink_found *found = context;

	EXPECT_EQ(m->ndiag_family, AF_NETLINK);
	if (m->ndiag_portid != found->port || m->ndiag_protocol != found->protocol)
		return;
	found->count++;
	EXPECT_EQ(m->ndiag_type, found->type);
	found->groups = attribute_u32(ATTRIBUTE(h, struct netlink_diag_msg, NETLINK_DIAG_GROUPS));
}

/*
 * Netlink itself.
 *
 * Netlink sockets are listed by protocol, or all of them. The kernel's own are among them, with
 * port id 0.
 *
 * Try it: `ss -f netlink`, `cat /proc/net/netlink`.
 */
CASE(netlink_sockets,
     .claim = "the list of netlink sockets has ours with its groups, and the kernel's with port id "
	      "0",
     .level = LINUX, .spec = "sock_diag(7); linux/netlink_diag.h", .needs = "netlink_diag",
     .tags = "netlink diag")
{
	struct netlink_diag_req header = {.sdiag_family = AF_NETLINK,
					  .sdiag_protocol = NDIAG_PROTO_ALL,
					  .ndiag_show = NDIAG_SHOW_GROUPS};
	struct netlink_request r = REQUEST(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, header), again;
	int fd = netlink_open(NETLINK_SOCK_DIAG), listener = netlink_listener(RTNLGRP_LINK);
	struct netlink_found ours = {
		.port = netlink_port(listener), .protocol = NETLINK_ROUTE, .type = SOCK_RAW};
	struct netlink_found kernel = {.port = 0, .protocol = NETLINK_ROUTE, .type = SOCK_DGRAM};

	EXPECT_GE(netlink_dump(fd, &r, find_netlink, &ours), 3);
	/* Linux 6 lists members of groups twice: among all, and among the members. */
	EXPECT_BETWEEN(ours.count, 1, 2);
	OBSERVE("times that a member is listed", "%d", ours.count);
	EXPECT_EQ(ours.groups, RTMGRP_LINK);
	header.sdiag_protocol = NETLINK_ROUTE;
	again = REQUEST(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, header);
	EXPECT_BETWEEN(netlink_dump(fd, &again, find_netlink, &kernel), 2, 3);
	EXPECT_EQ(kernel.count, 1);
	EXPECT_EQ(kernel.groups, 0);
}

static void find_packet(const struct nlmsghdr *h, void *context)
{
	const struct packet_diag_msg *m = NLMSG_DATA(h);
	const struct packet_diag_info *info = attribute_data(
		ATTRIBUTE(h, struct packet_diag_msg, PACKET_DIAG_INFO), sizeof(*info));

	if (m->pdiag_ino != *(const uint32_t *)context)
		return;
	*(uint32_t *)context = 0;
	EXPECT_EQ(m->pdiag_family, AF_PACKET);
	EXPECT_EQ(m->pdiag_type, SOCK_DGRAM);
	EXPECT_EQ(m->pdiag_num, ETH_P_ARP);
	REQUIRE_TRUE(info != NULL);
	EXPECT_EQ(info->pdi_index, 0);
}

/* Who is listening to the packets of others? Packet sockets are on a list, too. */
CASE(packet_sockets, .claim = "the list of packet sockets has ours, with its type and protocol",
     .level = LINUX, .spec = "sock_diag(7); linux/packet_diag.h", .needs = "packet_diag packet",
     .tags = "netlink diag packet")
{
	struct packet_diag_req header = {.sdiag_family = AF_PACKET, .pdiag_show = PACKET_SHOW_INFO};
	struct netlink_request r = REQUEST(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, header);
	int fd = netlink_open(NETLINK_SOCK_DIAG), count;
	int packet = SETUP(socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_ARP)));
	uint32_t inode = inode_of(packet);

	count = netlink_dump(fd, &r, find_packet, &inode);
	EXPECT_GE(count, 1);
	EXPECT_EQ(inode, 0);
}

struct wrong_row {
	struct variant variant;
	uint16_t type;
	size_t size;
	int error;
};

static const struct wrong_row wrong[] = {
	{{"unknown_type", NULL}, 99, 24, EINVAL},
	{{"empty", NULL}, SOCK_DIAG_BY_FAMILY, 0, EINVAL},
	{{"short_request", NULL}, SOCK_DIAG_BY_FAMILY, 4, EINVAL},
};

/* Requests that cannot be understood. */
CASE(wrong_requests,
     .claim = "requests that are too short, or of an unknown type, are answered with EINVAL",
     .level = ABI,
     .spec = "net/core/sock_diag.c sock_diag_rcv_msg(); net/unix/diag.c; sock_diag(7)",
     .needs = "unix_diag", .tags = "netlink diag errno", .VARIANTS(wrong))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	char header[24] = {AF_UNIX};
	struct netlink_request r = netlink_request_of(row->type, NLM_F_DUMP, header, row->size);
	struct netlink_request good = about_unix(0, 0);
	int fd = netlink_open(NETLINK_SOCK_DIAG), count = 0;

	EXPECT_ERRNO(netlink_error(fd, &r), row->error);
	EXPECT_GE(netlink_dump(fd, &good, count_entry, &count), 0);
}
