/* SPDX-License-Identifier: MIT */
/* Options of a connection that has several subflows, or none of its own. */
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/mptcp/mptcp_help.h"

#include "harness/case.h"

enum { ENDPOINT = 5, TOS = IPTOS_LOWDELAY };

struct when_row {
	struct variant variant;
	bool before; /* connect() */
};

static const struct when_row whens[] = {
	{{"before_connect", NULL}, true},
	{{"after_connect", NULL}, false},
};

/*
 * For all ways, the later ones too.
 *
 * A program sets an option once. The kernel passes it on to each subflow, those that exist
 * and those that are added.
 */
CASE(passed_to_subflows,
     .claim = "IP_TOS set on a Multipath TCP socket is in the packets of each subflow, those made "
	      "later included",
     .level = LINUX,
     .spec = "Documentation/networking/mptcp.rst Socket options; net/mptcp/sockopt.c",
     .topology = "ways", .needs = "mptcp", .sysctls = MPTCP_SYSCTLS,
     .tags = "mptcp option subflow wire", .VARIANTS(whens))
{
	struct wire *wire;
	struct pair p = {.server_address = address_of("192.0.2.2", MPTCP_PORT)};
	struct address any = address_any(AF_INET, MPTCP_PORT);
	bool before = VARIANT(struct when_row)->before;
	char text[4];

	mptcp_limits("a", 0, 1);
	mptcp_limits("b", 0, 1);
	p.listener = SETUP(host_socket("b", AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
	p.client = SETUP(socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
	SETUP(bind(p.listener, ADDRESS(any)));
	SETUP(listen(p.listener, 1));
	if (before)
		EXPECT_OK(set_int(p.client, IPPROTO_IP, IP_TOS, TOS));
	SETUP(connect(p.client, ADDRESS(p.server_address)));
	p.server = SETUP(accept(p.listener, NULL, NULL));
	SETUP(send(p.client, "c", 1, 0));
	SETUP(read_exactly(p.server, text, 1));
	SETUP(send(p.server, "s", 1, 0));
	SETUP(read_exactly(p.client, text, 1));
	if (!before)
		EXPECT_OK(set_int(p.client, IPPROTO_IP, IP_TOS, TOS));
	EXPECT_EQ(get_int(p.client, IPPROTO_IP, IP_TOS), TOS);

	wire = wire_open("b");
	mptcp_endpoint("192.0.2.129", ENDPOINT, MPTCP_PM_ADDR_FLAG_SUBFLOW);
	EXPECT_PACKET(wire, WHICH("TCP", "SYN", 1),
		      WHICH_TEXT("IPv4", "Source Address", "192.0.2.129"),
		      FIELD("IPv4", "DSCP", TOS >> 2));
	EXPECT_EQ(send(p.client, "data", 4, 0), 4);
	EXPECT_EQ(read_exactly(p.server, text, 4), 4);
	EXPECT_PACKET(wire, WHICH("TCP", "Data-Level Length", 4), FIELD("IPv4", "DSCP", TOS >> 2));
}

struct kept_row {
	struct variant variant;
	int level, option, value;
};

static const struct kept_row kept[] = {
	{{"keepalive", NULL}, SOL_SOCKET, SO_KEEPALIVE, 1},
	{{"priority", NULL}, SOL_SOCKET, SO_PRIORITY, 4},
	{{"mark", NULL}, SOL_SOCKET, SO_MARK, 77},
	{{"nodelay", NULL}, IPPROTO_TCP, TCP_NODELAY, 1},
	{{"cork", NULL}, IPPROTO_TCP, TCP_CORK, 1},
	{{"keepidle", NULL}, IPPROTO_TCP, TCP_KEEPIDLE, 77},
	{{"notsent_lowat", NULL, .since = "6.9"}, IPPROTO_TCP, TCP_NOTSENT_LOWAT, 7700},
};

/* What a stream can be asked reads back as it was set, before a connection and in it. */
CASE(reads_back,
     .claim = "options of a stream can be set on a Multipath TCP socket before connect() and after "
	      "it, and read back",
     .level = LINUX, .spec = "net/mptcp/sockopt.c mptcp_supported_sockopt()", .needs = "mptcp",
     .sysctls = "net.mptcp.enabled=1", .tags = "mptcp option", .VARIANTS(kept))
{
	const struct kept_row *row = VARIANT(struct kept_row);
	struct pair p = mptcp_pair(AF_INET, IPPROTO_MPTCP, IPPROTO_MPTCP);
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP)), value = 0;
	socklen_t length = sizeof(value);

	EXPECT_OK(set_int(fd, row->level, row->option, row->value));
	EXPECT_OK(set_int(p.client, row->level, row->option, row->value));
	if (getsockopt(p.client, row->level, row->option, &value, &length) != 0 &&
	    errno == EOPNOTSUPP)
		SKIP("getsockopt() of MPTCP", "this kernel sets the option but does not read it");
	EXPECT_EQ(value, row->value);
	EXPECT_EQ(length, sizeof(value));
	EXPECT_EQ(get_int(fd, row->level, row->option), row->value);
}

struct refused_row {
	struct variant variant;
	int level, option;
};

static const struct refused_row refused[] = {
	{{"repair", NULL}, IPPROTO_TCP, TCP_REPAIR},
	{{"queue_seq", NULL}, IPPROTO_TCP, TCP_QUEUE_SEQ},
	{{"repair_queue", NULL}, IPPROTO_TCP, TCP_REPAIR_QUEUE},
	{{"md5sig", NULL}, IPPROTO_TCP, TCP_MD5SIG},
	{{"ulp", NULL}, IPPROTO_TCP, TCP_ULP},
};

/*
 * What makes no sense with several ways.
 *
 * Options that reach into one TCP connection - its sequence numbers, its key, another
 * protocol put upon it - have no meaning for a bundle of them. They are refused, and a
 * program that needs them asks for TCP.
 */
CASE(refused_options,
     .claim = "options that reach into one TCP connection fail with ENOPROTOOPT on a Multipath TCP "
	      "socket, and not on one of TCP",
     .level = OBSERVED, .spec = "net/mptcp/sockopt.c mptcp_supported_sockopt()", .needs = "mptcp",
     .sysctls = "net.mptcp.enabled=1", .tags = "mptcp option errno", .VARIANTS(refused))
{
	const struct refused_row *row = VARIANT(struct refused_row);
	int multi = SETUP(socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
	int tcp = SETUP(socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));

	/* TCP knows the option: it takes this value, or looks at it and refuses. */
	if (set_int(tcp, row->level, row->option, 0) != 0 && errno == ENOPROTOOPT)
		SKIP(row->variant.name, "TCP does not have the option either");
	EXPECT_ERR(set_int(multi, row->level, row->option, 0), ENOPROTOOPT);
}

/*
 * The congestion control.
 *
 * Each subflow has its own; the name is set for all of them.
 */
CASE(congestion_control,
     .claim =
	     "TCP_CONGESTION set on a Multipath TCP socket is read back; an unknown name is ENOENT",
     .level = LINUX, .spec = "tcp(7) TCP_CONGESTION; net/mptcp/sockopt.c", .needs = "mptcp",
     .sysctls = "net.mptcp.enabled=1", .tags = "mptcp option")
{
	struct pair p = mptcp_pair(AF_INET, IPPROTO_MPTCP, IPPROTO_MPTCP);
	char name[16] = "";
	socklen_t length = sizeof(name);

	EXPECT_OK(setsockopt(p.client, IPPROTO_TCP, TCP_CONGESTION, "reno", 4));
	EXPECT_OK(getsockopt(p.client, IPPROTO_TCP, TCP_CONGESTION, name, &length));
	EXPECT_STREQ(name, "reno");
	EXPECT_ERR(setsockopt(p.client, IPPROTO_TCP, TCP_CONGESTION, "none such", 9), ENOENT);
}
