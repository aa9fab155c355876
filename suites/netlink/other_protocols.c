/* SPDX-License-Identifier: MIT */
/* Protocols of netlink beside routing: IPsec, the packet filter, audit, and more. */
#include <arpa/inet.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/xfrm.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/names/names.h"
#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/* The socket, or skips the case. */
static int open_if_there(int protocol, const char *name)
{
	int fd = socket(AF_NETLINK, SOCK_RAW, protocol);

	if (fd < 0 && errno == EPROTONOSUPPORT)
		SKIP(name, "socket(AF_NETLINK, SOCK_RAW, %s): EPROTONOSUPPORT", name);
	SETUP(fd);
	SETUP(close(fd));
	return netlink_open(protocol);
}

static void count_entry(const struct nlmsghdr *h, void *context)
{
	(void)h;
	++*(int *)context;
}

/* A policy of IPsec: what leaves for this address is blocked. */
static struct netlink_request block(uint16_t type, const struct in_addr *to)
{
	struct xfrm_selector selector = {
		.daddr.a4 = to->s_addr, .family = AF_INET, .prefixlen_d = 32};
	struct xfrm_lifetime_cfg forever = {XFRM_INF, XFRM_INF, XFRM_INF, XFRM_INF, 0, 0, 0, 0};
	struct xfrm_userpolicy_info policy = {.sel = selector,
					      .lft = forever,
					      .dir = XFRM_POLICY_OUT,
					      .action = XFRM_POLICY_BLOCK};
	struct xfrm_userpolicy_id id = {.sel = selector, .dir = XFRM_POLICY_OUT};

	if (type == XFRM_MSG_NEWPOLICY)
		return REQUEST(type, 0, policy);
	return REQUEST(type, 0, id);
}

/*
 * IPsec.
 *
 * `NETLINK_XFRM` holds two tables: associations (keys) and policies, which say what must be
 * encrypted, what may go as it is, and what not at all. A blocking policy needs no key: sending
 * fails with `EPERM`.
 *
 * Try it: `ip xfrm policy`.
 */
CASE(xfrm_policy,
     .claim = "an outgoing policy of NETLINK_XFRM that blocks makes sending fail with EPERM",
     .level = LINUX,
     .spec = "netlink(7) NETLINK_XFRM; ip-xfrm(8) policy action block; RFC 4301 4.4.1 DISCARD",
     .topology = "pair", .tags = "netlink xfrm errno")
{
	int fd = open_if_there(NETLINK_XFRM, "NETLINK_XFRM"),
	    udp = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct address to = address_of("192.0.2.2", 9);
	struct netlink_request add = block(XFRM_MSG_NEWPOLICY, &to.v4.sin_addr);
	struct netlink_request again = block(XFRM_MSG_NEWPOLICY, &to.v4.sin_addr);
	struct netlink_request del = block(XFRM_MSG_DELPOLICY, &to.v4.sin_addr);
	struct netlink_request gone = block(XFRM_MSG_DELPOLICY, &to.v4.sin_addr);
	struct netlink_request list = netlink_request_of(XFRM_MSG_GETPOLICY, NLM_F_DUMP, NULL, 0);
	int count = 0;

	EXPECT_EQ(sendto(udp, "x", 1, 0, ADDRESS(to)), 1);
	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	EXPECT_ERRNO(netlink_do(fd, &again), EEXIST);
	EXPECT_EQ(netlink_dump(fd, &list, count_entry, &count), 1);
	EXPECT_ERR(sendto(udp, "x", 1, 0, ADDRESS(to)), EPERM);
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	EXPECT_EQ(sendto(udp, "x", 1, 0, ADDRESS(to)), 1);
	EXPECT_ERRNO(netlink_do(fd, &gone), ENOENT);
}

/* Keys are secret: even to look at the tables takes privilege. */
CASE(xfrm_privilege,
     .claim = "without CAP_NET_ADMIN, lists of NETLINK_XFRM are answered with EPERM", .level = ABI,
     .spec = "net/xfrm/xfrm_user.c xfrm_user_rcv_msg(); capabilities(7)",
     .tags = "netlink xfrm privilege errno")
{
	int fd = open_if_there(NETLINK_XFRM, "NETLINK_XFRM"), count = 0;
	struct netlink_request list = netlink_request_of(XFRM_MSG_GETPOLICY, NLM_F_DUMP, NULL, 0);
	struct netlink_request refused =
		netlink_request_of(XFRM_MSG_GETPOLICY, NLM_F_DUMP, NULL, 0);

	EXPECT_EQ(netlink_dump(fd, &list, count_entry, &count), 0);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	fd = netlink_open(NETLINK_XFRM);
	EXPECT_ERRNO(netlink_error(fd, &refused), EPERM);
}

/* One message of the packet filter. */
static struct netlink_request filter(int subsystem, int message, unsigned int flags,
				     uint16_t resource)
{
	struct nfgenmsg header = {.nfgen_family = AF_INET, .res_id = htons(resource)};

	return REQUEST((uint16_t)(subsystem << 8 | message), flags, header);
}

/*
 * The packet filter.
 *
 * The type of a message of `NETLINK_NETFILTER` is two numbers: the subsystem (connection tracking,
 * nf_tables, queues) and what is to be done. Changes to the rules come in batches, which are done
 * whole or not at all: no packet ever meets half of a new set of rules.
 *
 * Try it: `nft list tables`.
 */
CASE(netfilter_table,
     .claim = "a batch of NETLINK_NETFILTER makes a table, which is on the list afterwards",
     .level = LINUX, .spec = "netlink(7) NETLINK_NETFILTER; linux/netfilter/nfnetlink.h; nft(8)",
     .tags = "netlink netfilter")
{
	int fd = open_if_there(NETLINK_NETFILTER, "NETLINK_NETFILTER"), count = 0, before;
	struct netlink_request list = filter(NFNL_SUBSYS_NFTABLES, NFT_MSG_GETTABLE, NLM_F_DUMP, 0);
	struct netlink_request part[3] = {
		filter(0, NFNL_MSG_BATCH_BEGIN, 0, NFNL_SUBSYS_NFTABLES),
		filter(NFNL_SUBSYS_NFTABLES, NFT_MSG_NEWTABLE, NLM_F_CREATE | NLM_F_ACK, 0),
		filter(0, NFNL_MSG_BATCH_END, 0, NFNL_SUBSYS_NFTABLES),
	};
	struct netlink_answer answer;
	char batch[512];
	size_t used = 0;

	before = netlink_dump(fd, &list, count_entry, &count);
	if (before < 0 && errno == EINVAL)
		SKIP("nf_tables", "list of tables: EINVAL");
	SETUP(before);
	EXPECT_EQ(before, 0);
	request_add_text(&part[1], NFTA_TABLE_NAME, "seven");
	for (int i = 0; i < 3; i++) {
		memcpy(batch + used, &part[i], part[i].header.nlmsg_len);
		used += NLMSG_ALIGN(part[i].header.nlmsg_len);
	}
	EXPECT_EQ(send(fd, batch, used, 0), used);
	REQUIRE_TRUE(netlink_receive(fd, &answer) > 0);
	EXPECT_EQ(answer_first(&answer)->nlmsg_type, NLMSG_ERROR);
	EXPECT_EQ(answer_first(&answer)->nlmsg_seq, part[1].header.nlmsg_seq);
	if (((const struct nlmsgerr *)NLMSG_DATA(answer_first(&answer)))->error == -EOPNOTSUPP)
		SKIP("nf_tables", "a table of this family: EOPNOTSUPP");
	EXPECT_EQ(((const struct nlmsgerr *)NLMSG_DATA(answer_first(&answer)))->error, 0);
	list.header.nlmsg_seq++;
	EXPECT_EQ(netlink_dump(fd, &list, count_entry, &count), 1);
}

struct filter_row {
	struct variant variant;
	int subsystem;
	bool privileged;
	int error;
};

static const struct filter_row filter_errors[] = {
	{{"unknown_subsystem", NULL}, 99, true, EINVAL},
	{{"no_privilege", NULL}, NFNL_SUBSYS_NFTABLES, false, EPERM},
};

/* Subsystems that are not there, and users who may not look. */
CASE(netfilter_errors,
     .claim = "NETLINK_NETFILTER answers an unknown subsystem with EINVAL, and users without "
	      "CAP_NET_ADMIN with EPERM",
     .level = ABI, .spec = "net/netfilter/nfnetlink.c nfnetlink_rcv_msg(); capabilities(7)",
     .tags = "netlink netfilter privilege errno", .VARIANTS(filter_errors))
{
	const struct filter_row *row = VARIANT(struct filter_row);
	int fd = open_if_there(NETLINK_NETFILTER, "NETLINK_NETFILTER"), count = 0, tables;
	struct netlink_request good = filter(NFNL_SUBSYS_NFTABLES, NFT_MSG_GETTABLE, NLM_F_DUMP, 0);
	struct netlink_request r = filter(row->subsystem, NFT_MSG_GETTABLE, NLM_F_DUMP, 0);

	tables = netlink_dump(fd, &good, count_entry, &count);
	if (tables < 0 && errno == EINVAL)
		SKIP("nf_tables", "list of tables: EINVAL");
	SETUP(tables);
	if (!row->privileged)
		SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	fd = netlink_open(NETLINK_NETFILTER);
	EXPECT_ERRNO(netlink_error(fd, &r), row->error);
}

/*
 * The audit log belongs to the machine.
 *
 * Containers must not turn off what watches them: only the first namespaces may configure the audit
 * system. In a PID namespace of one's own it is `EPERM`, in a user namespace of one's own nobody
 * seems to be there (`ECONNREFUSED`).
 */
CASE(audit_is_the_machine_s,
     .claim = "AUDIT_GET from a namespace of its own is answered with EPERM or ECONNREFUSED",
     .level = ABI, .spec = "kernel/audit.c audit_netlink_ok(); netlink(7) NETLINK_AUDIT",
     .tags = "netlink audit privilege errno")
{
	int fd = open_if_there(NETLINK_AUDIT, "NETLINK_AUDIT"), error;
	struct netlink_request r = netlink_request_of(AUDIT_GET, NLM_F_ACK, NULL, 0);

	error = netlink_error(fd, &r);
	OBSERVE("AUDIT_GET", "%s", names_errno(error));
	EXPECT_TRUE(error == EPERM || error == ECONNREFUSED);
}

/* As the kernel has it, net/ip_fib.h; a structure of its own and no attributes. */
struct fib_result {
	uint32_t address, mark;
	uint8_t tos, scope, table_in, table, prefix, nexthop, type, result_scope;
	int32_t error;
};

struct lookup_row {
	struct variant variant;
	const char *address;
	uint8_t table, type, prefix;
	bool found;
};

static const struct lookup_row lookups[] = {
	{{"local", NULL}, "127.0.0.1", RT_TABLE_LOCAL, RTN_LOCAL, 32, true},
	{{"local_network", NULL}, "127.1.2.3", RT_TABLE_LOCAL, RTN_LOCAL, 8, true},
	{{"none", NULL}, "198.51.100.1", RT_TABLE_LOCAL, 0, 0, false},
};

/*
 * What would this table say?
 *
 * `NETLINK_FIB_LOOKUP` asks one routing table, without the rules that choose between them, and
 * without attributes: question and answer are one structure.
 */
CASE(fib_lookup,
     .claim = "NETLINK_FIB_LOOKUP gives the type and prefix of the route that a table has for an "
	      "address",
     .level = ABI,
     .spec = "net/ipv4/fib_frontend.c nl_fib_lookup(); net/ip_fib.h struct fib_result_nl; "
	     "netlink(7) NETLINK_FIB_LOOKUP",
     .tags = "netlink route", .VARIANTS(lookups))
{
	const struct lookup_row *row = VARIANT(struct lookup_row);
	struct address a = address_of(row->address, 0);
	struct fib_result question = {.address = a.v4.sin_addr.s_addr,
				      .table_in = row->table,
				      .scope = RT_SCOPE_UNIVERSE};
	struct netlink_request r = REQUEST(0, 0, question);
	int fd = open_if_there(NETLINK_FIB_LOOKUP, "NETLINK_FIB_LOOKUP");
	const struct fib_result *result;
	struct netlink_answer answer;

	SETUP(netlink_send(fd, &r));
	REQUIRE_TRUE(netlink_receive(fd, &answer) >= (ssize_t)NLMSG_LENGTH(sizeof(*result)));
	EXPECT_EQ(answer_first(&answer)->nlmsg_seq, r.header.nlmsg_seq);
	result = NLMSG_DATA(answer_first(&answer));
	EXPECT_EQ(result->address, question.address);
	if (!row->found) {
		EXPECT_NE(result->error, 0);
		return;
	}
	EXPECT_EQ(result->error, 0);
	EXPECT_EQ(result->type, row->type);
	EXPECT_EQ(result->prefix, row->prefix);
	EXPECT_EQ(result->table, row->table);
}

/*
 * Only in the first network namespace.
 *
 * The connector, which tells of processes that start and end, lives there only. A socket can be
 * made anywhere, but in a namespace of one's own there is nobody to send to.
 */
CASE(connector,
     .claim = "in a network namespace of its own, NETLINK_CONNECTOR has nobody to send to: "
	      "ECONNREFUSED",
     .level = ABI, .spec = "drivers/connector/connector.c cn_init(); netlink(7) NETLINK_CONNECTOR",
     .needs = "netlink", .tags = "netlink errno")
{
	int fd = open_if_there(NETLINK_CONNECTOR, "NETLINK_CONNECTOR");
	struct netlink_request r = netlink_request_of(NLMSG_DONE, 0, NULL, 0);

	EXPECT_ERR(netlink_send(fd, &r), ECONNREFUSED);
	/* Routing is in each namespace. */
	EXPECT_EQ(netlink_send(netlink_open(NETLINK_ROUTE), &r), NLMSG_HDRLEN);
}
