/* SPDX-License-Identifier: MIT */
/* Which sockets of AF_NETLINK there are. */
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "harness/names/names.h"
#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

struct protocol_row {
	struct variant variant;
	int protocol;
};

/* Since Linux 2.6.14 at the latest, and part of every kernel with networking. */
static const struct protocol_row always[] = {
	{{"route", "netlink"}, NETLINK_ROUTE},
	{{"usersock", "netlink"}, NETLINK_USERSOCK},
	{{"generic", "genetlink"}, NETLINK_GENERIC},
	{{"kobject_uevent", "uevent"}, NETLINK_KOBJECT_UEVENT},
};

/*
 * A socket to talk with the kernel.
 *
 * Netlink is how programs configure the kernel and hear from it: `ip`, `ss`, udev and
 * network managers are built on it. It has the form of a network: sockets, addresses,
 * datagrams, multicast; but both ends are on this machine, and one is the kernel. The
 * protocol says which part of it: `NETLINK_ROUTE` for interfaces, addresses and routes.
 *
 * Try it: `strace -e trace=network ip link`.
 */
CASE(open_and_ask_what_it_is,
     .claim = "a netlink socket says its family, type and protocol in SO_DOMAIN, SO_TYPE, "
	      "SO_PROTOCOL",
     .level = LINUX, .spec = "netlink(7); socket(7) SO_DOMAIN, SO_TYPE, SO_PROTOCOL",
     .tags = "netlink", .VARIANTS(always))
{
	int protocol = VARIANT(struct protocol_row)->protocol;
	int fd = REQUIRE_OK(socket(AF_NETLINK, SOCK_RAW, protocol));

	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_NETLINK);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_RAW);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PROTOCOL), protocol);
}

/* All others of netlink(7) and linux/netlink.h. */
static const struct protocol_row perhaps[] = {
	{{"unused", NULL}, NETLINK_UNUSED},
	{{"firewall", NULL}, NETLINK_FIREWALL},
	{{"sock_diag", NULL}, NETLINK_SOCK_DIAG},
	{{"nflog", NULL}, NETLINK_NFLOG},
	{{"xfrm", NULL}, NETLINK_XFRM},
	{{"selinux", NULL}, NETLINK_SELINUX},
	{{"iscsi", NULL}, NETLINK_ISCSI},
	{{"audit", NULL}, NETLINK_AUDIT},
	{{"fib_lookup", NULL}, NETLINK_FIB_LOOKUP},
	{{"connector", NULL}, NETLINK_CONNECTOR},
	{{"netfilter", NULL}, NETLINK_NETFILTER},
	{{"ip6_fw", NULL}, 13},
	{{"dnrtmsg", NULL}, 14},
	{{"scsitransport", NULL}, NETLINK_SCSITRANSPORT},
	{{"ecryptfs", NULL}, NETLINK_ECRYPTFS},
	{{"rdma", NULL}, NETLINK_RDMA},
	{{"crypto", NULL}, NETLINK_CRYPTO},
	{{"smc", NULL}, 22},
};

/*
 * Most protocols are there when the part of the kernel is that they talk to.
 *
 * IPsec has one, the audit system, SELinux, iSCSI, RDMA. Where nobody in the kernel
 * listens, socket() fails at once, with `EPROTONOSUPPORT`: a program learns what is missing
 * before it sends anything. Some numbers belonged to things that are gone, such as
 * `NETLINK_FIREWALL` and DECnet's.
 *
 * Try it: `cat /proc/net/netlink` lists the sockets of each; those of port 0 are the kernel's.
 */
CASE(there_or_not_supported,
     .claim = "socket() gives a netlink socket of a protocol, or fails with EPROTONOSUPPORT",
     .level = LINUX, .spec = "netlink(7) netlink_family; socket(2) EPROTONOSUPPORT",
     .tags = "netlink", .VARIANTS(perhaps))
{
	int protocol = VARIANT(struct protocol_row)->protocol, error;
	int fd = socket(AF_NETLINK, SOCK_RAW, protocol);

	error = fd < 0 ? errno : 0;
	OBSERVE("socket", "%s", error == 0 ? "there" : "not there");
	if (error == 0)
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PROTOCOL), protocol);
	else
		EXPECT_ERRNO(error, EPROTONOSUPPORT);
	EXPECT_OK(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
}

/* There is room for 32 protocols (MAX_LINKS), of which 23 to 31 are not given to anybody. */
static const struct protocol_row never[] = {
	{{"negative", NULL}, -1},
	{{"not_given", NULL}, 31},
	{{"first_beyond", NULL}, MAX_LINKS},
	{{"far_beyond", NULL}, 1000},
};

/*
 * Numbers that are no protocol.
 *
 * There are at most 32. A number outside of that, and one that nobody has, are refused in
 * the same way.
 */
CASE(no_such_protocol,
     .claim = "socket() fails with EPROTONOSUPPORT for a number that is no netlink protocol",
     .level = LINUX, .spec = "socket(2) EPROTONOSUPPORT; linux/netlink.h MAX_LINKS",
     .tags = "netlink errno", .VARIANTS(never))
{
	EXPECT_ERR(socket(AF_NETLINK, SOCK_RAW, VARIANT(struct protocol_row)->protocol),
		   EPROTONOSUPPORT);
	EXPECT_OK(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
}

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row datagrams[] = {
	{{"raw", NULL}, SOCK_RAW},
	{{"dgram", NULL}, SOCK_DGRAM},
};

/*
 * `SOCK_RAW` and `SOCK_DGRAM` are the same thing here.
 *
 * For IP the one has a header that the other has not. A netlink message has its header in
 * both, and the protocol makes no difference between them; only `SO_TYPE` remembers which
 * was asked for.
 */
CASE(raw_or_dgram,
     .claim = "SOCK_RAW and SOCK_DGRAM netlink sockets take and give the same messages",
     .level = LINUX, .spec = "netlink(7) (SOCK_RAW and SOCK_DGRAM)", .needs = "netlink",
     .tags = "netlink", .VARIANTS(datagrams))
{
	int type = VARIANT(struct type_row)->type;
	int fd = REQUIRE_OK(socket(AF_NETLINK, type, NETLINK_ROUTE));
	struct timeval patience = {SOON_MS / 1000, 0};
	struct netlink_request noop = netlink_request_of(NLMSG_NOOP, 0, NULL, 0);

	SETUP(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), type);
	EXPECT_ERRNO(netlink_do(fd, &noop), 0);
}

static const struct type_row refused_types[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
	{{"rdm", NULL}, SOCK_RDM},
};

/* There are messages only: no stream of bytes, and no connection that could break. */
CASE(no_other_type, .claim = "socket(AF_NETLINK) of another type fails with ESOCKTNOSUPPORT",
     .level = ABI, .spec = "net/netlink/af_netlink.c netlink_create(); netlink(7)",
     .needs = "netlink", .tags = "netlink errno", .VARIANTS(refused_types))
{
	EXPECT_ERR(socket(AF_NETLINK, VARIANT(struct type_row)->type, NETLINK_ROUTE),
		   ESOCKTNOSUPPORT);
	EXPECT_OK(socket(AF_NETLINK, SOCK_DGRAM, NETLINK_ROUTE));
}

/*
 * Calls that have no meaning here.
 *
 * Nobody can be waited for, since there are no connections; no half of one can be shut; and
 * a pair of sockets that know only each other would never reach the kernel. `EOPNOTSUPP`,
 * from each of them.
 */
CASE(no_connections,
     .claim = "listen(), accept(), shutdown() and socketpair() fail with EOPNOTSUPP",
     .level = LINUX, .spec = "listen(2), accept(2), socketpair(2) EOPNOTSUPP", .needs = "netlink",
     .tags = "netlink errno")
{
	int fd = REQUIRE_OK(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)), pair[2];

	EXPECT_ERR(listen(fd, 1), EOPNOTSUPP);
	EXPECT_ERR(accept(fd, NULL, NULL), EOPNOTSUPP);
	EXPECT_ERR(shutdown(fd, SHUT_RD), EOPNOTSUPP);
	EXPECT_ERR(socketpair(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, pair), EOPNOTSUPP);
}

/*
 * The older door to IPsec.
 *
 * `AF_KEY` (RFC 2367) is a family of its own, from before netlink; Linux keeps it beside
 * `NETLINK_XFRM`, in kernels that are built with it. Without it the family is unknown.
 */
CASE(key_sockets, .claim = "socket(AF_KEY) gives a socket, or fails with EAFNOSUPPORT",
     .level = OBSERVED, .spec = "RFC 2367 1.3; socket(2) EAFNOSUPPORT", .tags = "key")
{
	enum { PF_KEY_VERSION_2 = 2 };
	int fd = socket(AF_KEY, SOCK_RAW, PF_KEY_VERSION_2);
	int error = fd < 0 ? errno : 0;

	OBSERVE("socket(AF_KEY)", "%s", error == 0 ? "there" : names_errno(error));
	if (error == 0)
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_KEY);
	else
		EXPECT_ERRNO(error, EAFNOSUPPORT);
}
