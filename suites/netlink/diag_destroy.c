/* SPDX-License-Identifier: MIT */
/* SOCK_DESTROY: an administrator closes the sockets of others. */
#include <arpa/inet.h>
#include <linux/capability.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

static struct netlink_request destroy(const struct pair *p)
{
	struct inet_diag_req_v2 header = {
		.sdiag_family = AF_INET,
		.sdiag_protocol = IPPROTO_TCP,
		.id = {.idiag_sport = p->client_address.v4.sin_port,
		       .idiag_dport = p->server_address.v4.sin_port,
		       .idiag_src = {p->client_address.v4.sin_addr.s_addr},
		       .idiag_dst = {p->server_address.v4.sin_addr.s_addr},
		       .idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE}},
	};

	return REQUEST(SOCK_DESTROY, 0, header);
}

/*
 * From outside.
 *
 * When a telephone changes from one network to another, connections of programs that do not know
 * would hang until they time out. `SOCK_DESTROY` ends them: the program's next call fails with
 * `ECONNABORTED`, and the other end gets a reset.
 *
 * Try it: `ss -K dst 192.0.2.1`.
 */
CASE(connection,
     .claim = "SOCK_DESTROY ends a connection: ECONNABORTED on this side, ECONNRESET on the other",
     .level = LINUX, .spec = "linux/sock_diag.h SOCK_DESTROY; ss(8) -K", .needs = "sock_destroy",
     .tags = "netlink diag tcp errno")
{
	struct pair p = tcp_pair(AF_INET);
	struct netlink_request r = destroy(&p), again = destroy(&p);
	int fd = netlink_open(NETLINK_SOCK_DIAG);
	char data[4];

	EXPECT_ERR(recv(p.client, data, sizeof(data), MSG_DONTWAIT), EAGAIN);
	EXPECT_ERRNO(netlink_do(fd, &r), 0);
	EXPECT_ERR(recv(p.client, data, sizeof(data), MSG_DONTWAIT), ECONNABORTED);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN | POLLERR | POLLHUP);
	EXPECT_ERR(recv(p.server, data, sizeof(data), MSG_DONTWAIT), ECONNRESET);
	EXPECT_ERRNO(netlink_do(fd, &again), ENOENT);
}

/* The owner of a socket may not do that without CAP_NET_ADMIN, nor may anybody else. */
CASE(needs_privilege,
     .claim = "without CAP_NET_ADMIN, SOCK_DESTROY is answered with EPERM, and the connection goes "
	      "on",
     .level = ABI,
     .spec = "net/core/sock_diag.c sock_diag_destroy(); capabilities(7) CAP_NET_ADMIN",
     .needs = "sock_destroy", .tags = "netlink diag tcp privilege errno")
{
	struct pair p = tcp_pair(AF_INET), other = tcp_pair(AF_INET);
	struct netlink_request r = destroy(&p), allowed = destroy(&other);
	int fd = netlink_open(NETLINK_SOCK_DIAG);
	char data[4];

	EXPECT_ERRNO(netlink_do(fd, &allowed), 0);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERRNO(netlink_do(fd, &r), EPERM);
	EXPECT_EQ(send(p.client, "on", 2, 0), 2);
	EXPECT_EQ(read_exactly(p.server, data, 2), 2);
}
