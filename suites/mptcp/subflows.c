/* SPDX-License-Identifier: MIT */
/* More ways: a second address of one end, found by the kernel's path manager. */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/mptcp/mptcp_help.h"
#include "suites/packet/packet_help.h"

#include "harness/case.h"

enum { ENDPOINT = 5 /* an address id */ };

struct list {
	struct mptcp_subflow_data head;
	struct mptcp_subflow_addrs each[4];
};

/* The addresses of the subflows of a connection; a failed expectation leaves zeros. */
static struct list subflows_of(int fd)
{
	struct list list = {.head = {.size_subflow_data = sizeof(list.head),
				     .size_user = sizeof(struct mptcp_subflow_addrs)}};
	socklen_t length = sizeof(list);

	EXPECT_OK(getsockopt(fd, SOL_MPTCP, MPTCP_SUBFLOW_ADDRS, &list, &length));
	return list;
}

/* Whether a subflow has these addresses; a port of 0 stands for any. */
static bool has_subflow(const struct list *list, const char *local, const char *remote)
{
	struct address here = address_of(local, 0), there = address_of(remote, 0);

	for (unsigned int i = 0; i < list->head.num_subflows && i < 4; i++) {
		if (list->each[i].sin_local.sin_addr.s_addr == here.v4.sin_addr.s_addr &&
		    list->each[i].sin_remote.sin_addr.s_addr == there.v4.sin_addr.s_addr)
			return true;
	}
	return false;
}

/*
 * The client has a second address.
 *
 * The kernel knows which of its addresses it may use besides: they are given to the path
 * manager (`ip mptcp endpoint`). With the flag `subflow` a client opens a further TCP
 * connection from there. Its SYN has `MP_JOIN` with a token that says which connection it
 * belongs to; the server's program notices nothing, its bytes come by both ways.
 *
 * Try it: `ip mptcp endpoint add 192.0.2.129 subflow`; `ip mptcp monitor`.
 */
CASE(client_joins,
     .claim = "an endpoint with MPTCP_PM_ADDR_FLAG_SUBFLOW makes a client open a second subflow "
	      "from that address, with MP_JOIN, its id and the server's token",
     .level = LINUX,
     .spec = "RFC 8684 3.2; Documentation/networking/mptcp.rst In-kernel path manager",
     .topology = "ways", .needs = "mptcp", .sysctls = MPTCP_SYSCTLS,
     .tags = "mptcp subflow wire netlink")
{
	struct wire *wire = wire_open("b");
	const struct packet *packet;
	struct pair p;
	struct list list;

	mptcp_limits("a", 0, 1);
	mptcp_limits("b", 0, 1);
	mptcp_endpoint("192.0.2.129", ENDPOINT, MPTCP_PM_ADDR_FLAG_SUBFLOW);
	p = mptcp_pair_between_hosts();

	packet = wire_next_mptcp(wire, MP_JOIN);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_tcp(packet)->flags & (PACKET_TCP_SYN | PACKET_TCP_ACK), PACKET_TCP_SYN);
	EXPECT_EQ(packet_tcp(packet)->destination_port, MPTCP_PORT);
	EXPECT_TRUE(wait_for_subflows(p.client, 1));
	EXPECT_TRUE(wait_for_subflows(p.server, 1));
	list = subflows_of(p.client);
	EXPECT_EQ(list.head.num_subflows, 2);
	EXPECT_TRUE(has_subflow(&list, "192.0.2.1", "192.0.2.2"));
	EXPECT_TRUE(has_subflow(&list, "192.0.2.129", "192.0.2.2"));
	list = subflows_of(p.server);
	EXPECT_EQ(list.head.num_subflows, 2);
	EXPECT_TRUE(has_subflow(&list, "192.0.2.2", "192.0.2.129"));
	EXPECT_EQ(mptcp_info_of(p.client).mptcpi_subflows_max, 1);
	EXPECT_EQ(mptcp_info_of(p.client).mptcpi_local_addr_used, 1);
}

struct join_row {
	struct variant variant;
	uint32_t flags;
	unsigned int backup;
};

static const struct join_row joins[] = {
	{{"regular", NULL}, MPTCP_PM_ADDR_FLAG_SUBFLOW, 0},
	{{"backup", NULL}, MPTCP_PM_ADDR_FLAG_SUBFLOW | MPTCP_PM_ADDR_FLAG_BACKUP, 1},
};

/*
 * A way for bad times.
 *
 * The radio link costs money; it shall be ready and carry nothing as long as there is another.
 * The SYN that joins says so in one bit.
 */
CASE(join_option,
     .claim = "the MP_JOIN of a subflow has the token of the server, the id of the address and the "
	      "B flag for a backup",
     .level = RFC, .spec = "RFC 8684 3.2 (B)", .topology = "ways", .needs = "mptcp",
     .sysctls = MPTCP_SYSCTLS, .tags = "mptcp subflow wire", .VARIANTS(joins))
{
	const struct join_row *row = VARIANT(struct join_row);
	struct wire *wire = wire_open("b");
	struct pair p;

	mptcp_limits("a", 0, 1);
	mptcp_limits("b", 0, 1);
	mptcp_endpoint("192.0.2.129", ENDPOINT, row->flags);
	p = mptcp_pair_between_hosts();
	EXPECT_PACKET(wire, WHICH("TCP", "SYN", 1),
		      WHICH_TEXT("IPv4", "Source Address", "192.0.2.129"),
		      FIELD("TCP", "Subtype", 1), FIELD("TCP", "Address ID", ENDPOINT),
		      FIELD("TCP", "B: backup", row->backup),
		      FIELD("TCP", "Receiver's Token", mptcp_info_of(p.server).mptcpi_token));
	EXPECT_TRUE(wait_for_subflows(p.server, 1));
}

struct announce_row {
	struct variant variant;
	unsigned int accepted; /* the client's limit */
};

static const struct announce_row announces[] = {
	{{"accepted", NULL}, 1},
	{{"not_accepted", NULL}, 0},
};

/*
 * The server has a second address.
 *
 * A server cannot open connections to a client behind a firewall, so it announces the
 * address: `ADD_ADDR`, with an id and a code that only the other end could have computed.
 * The client may follow, if its limit for announced addresses allows.
 *
 * Try it: `ip mptcp endpoint add 192.0.2.130 signal`, `ip mptcp limits set add_addr_accepted 1`.
 */
CASE(server_announces,
     .claim = "an endpoint with MPTCP_PM_ADDR_FLAG_SIGNAL is announced by ADD_ADDR; a client whose "
	      "limit allows opens a subflow to it, another does not",
     .level = LINUX, .spec = "RFC 8684 3.4.1; Documentation/networking/mptcp.rst",
     .topology = "ways", .needs = "mptcp", .sysctls = MPTCP_SYSCTLS,
     .tags = "mptcp subflow wire netlink", .VARIANTS(announces))
{
	const struct announce_row *row = VARIANT(struct announce_row);
	struct wire *wire = wire_open("a");
	struct list list;
	struct pair p;

	mptcp_limits("a", row->accepted, 1);
	mptcp_limits("b", 0, 1);
	SETUP(host_enter("b"));
	mptcp_endpoint("192.0.2.130", ENDPOINT, MPTCP_PM_ADDR_FLAG_SIGNAL);
	SETUP(host_enter("a"));
	p = mptcp_pair_between_hosts();
	EXPECT_PACKET(wire, WHICH("TCP", "Address ID", ENDPOINT), WHICH("TCP", "E: echo", 0),
		      FIELD("TCP", "Subtype", 3), FIELD_TEXT("TCP", "Address", "192.0.2.130"),
		      FIELD_TEXT("IPv4", "Source Address", "192.0.2.2"));
	/* Received in any case, and so confirmed. */
	EXPECT_PACKET(wire, WHICH("TCP", "Address ID", ENDPOINT), WHICH("TCP", "E: echo", 1),
		      FIELD_TEXT("IPv4", "Source Address", "192.0.2.1"));
	EXPECT_EQ(mptcp_info_of(p.server).mptcpi_add_addr_signal, 1);
	EXPECT_EQ(mptcp_info_of(p.client).mptcpi_add_addr_accepted_max, row->accepted);
	if (row->accepted == 1) {
		EXPECT_TRUE(wait_for_subflows(p.client, 1));
		list = subflows_of(p.client);
		EXPECT_EQ(list.head.num_subflows, 2);
		EXPECT_TRUE(has_subflow(&list, "192.0.2.129", "192.0.2.130"));
		EXPECT_EQ(mptcp_info_of(p.client).mptcpi_add_addr_accepted, 1);
	} else {
		list = subflows_of(p.client);
		EXPECT_EQ(list.head.num_subflows, 1);
		EXPECT_EQ(mptcp_info_of(p.client).mptcpi_add_addr_accepted, 0);
		EXPECT_EQ(mptcp_info_of(p.client).mptcpi_subflows, 0);
	}
}

/*
 * The address goes away.
 *
 * The telephone leaves the WLAN: `REMOVE_ADDR` tells the other end to close what used that
 * address. The connection goes on by what is left.
 */
CASE(address_removed,
     .claim = "removing an endpoint sends REMOVE_ADDR and closes its subflow; the connection goes "
	      "on",
     .level = LINUX, .spec = "RFC 8684 3.4.2; Documentation/networking/mptcp.rst",
     .topology = "ways", .needs = "mptcp", .sysctls = MPTCP_SYSCTLS,
     .tags = "mptcp subflow wire netlink")
{
	struct wire *wire = wire_open("b");
	const struct packet *packet;
	struct list list;
	struct pair p;
	char text[4];

	mptcp_limits("a", 0, 1);
	mptcp_limits("b", 0, 1);
	mptcp_endpoint("192.0.2.129", ENDPOINT, MPTCP_PM_ADDR_FLAG_SUBFLOW);
	p = mptcp_pair_between_hosts();
	REQUIRE_TRUE(wait_for_subflows(p.client, 1));
	REQUIRE_TRUE(wait_for_subflows(p.server, 1));

	mptcp_endpoint_gone("192.0.2.129", ENDPOINT);
	packet = wire_next_mptcp(wire, MP_REMOVE_ADDR);
	EXPECT_TRUE(packet != NULL);
	EXPECT_TRUE(wait_for_subflows(p.client, 0));
	EXPECT_TRUE(wait_for_subflows(p.server, 0));
	list = subflows_of(p.client);
	EXPECT_EQ(list.head.num_subflows, 1);
	EXPECT_TRUE(has_subflow(&list, "192.0.2.1", "192.0.2.2"));
	EXPECT_EQ(send(p.client, "goes", 4, 0), 4);
	EXPECT_EQ(read_exactly(p.server, text, 4), 4);
	EXPECT_MEMEQ(text, "goes", 4);
}

/*
 * A way becomes dear.
 *
 * What was a regular way can become one for bad times, and the other end should send by it
 * no more: `MP_PRIO` says so while the connection goes on.
 *
 * Try it: `ip mptcp endpoint change id 5 backup`.
 */
CASE(priority_changes,
     .claim = "changing an endpoint to MPTCP_PM_ADDR_FLAG_BACKUP sends MP_PRIO with the B flag on "
	      "its "
	      "subflow",
     .level = LINUX, .spec = "RFC 8684 3.3.8; Documentation/networking/mptcp.rst",
     .topology = "ways", .needs = "mptcp", .sysctls = MPTCP_SYSCTLS,
     .tags = "mptcp subflow wire netlink")
{
	struct wire *wire;
	const struct packet *packet;
	struct pair p;

	mptcp_limits("a", 0, 1);
	mptcp_limits("b", 0, 1);
	mptcp_endpoint("192.0.2.129", ENDPOINT, MPTCP_PM_ADDR_FLAG_SUBFLOW);
	p = mptcp_pair_between_hosts();
	REQUIRE_TRUE(wait_for_subflows(p.client, 1));
	REQUIRE_TRUE(wait_for_subflows(p.server, 1));
	wire = wire_open("b");
	mptcp_endpoint_flags("192.0.2.129", ENDPOINT, MPTCP_PM_ADDR_FLAG_BACKUP);
	packet = REQUIRE_PACKET(wire, WHICH("TCP", "B: backup", 1),
				FIELD_TEXT("IPv4", "Source Address", "192.0.2.129"));
	EXPECT_EQ(packet_tcp(packet)->mptcp_subtypes & MP_PRIO, MP_PRIO);
}

/*
 * A way breaks.
 *
 * What was sent on the first link is sent again on the other one after some time, in order, and
 * neither program sees an error: that is what it was invented for.
 */
CASE(survives_its_first_subflow,
     .claim = "a connection goes on by its second subflow when the link of the first is cut",
     .level = RFC, .spec = "RFC 8684 1, 3.3.6", .topology = "ways", .needs = "mptcp",
     .sysctls = MPTCP_SYSCTLS, .tags = "mptcp subflow", .waits = true, .timeout_ms = 15000)
{
	static const char big[20000];
	struct pair p;
	char back[sizeof(big)];

	mptcp_limits("a", 1, 1);
	mptcp_limits("b", 0, 1);
	SETUP(host_enter("b"));
	mptcp_endpoint("192.0.2.130", ENDPOINT, MPTCP_PM_ADDR_FLAG_SIGNAL);
	SETUP(host_enter("a"));
	p = mptcp_pair_between_hosts();
	REQUIRE_TRUE(wait_for_subflows(p.client, 1));
	REQUIRE_TRUE(wait_for_subflows(p.server, 1));

	SETUP(set_link_up("eth0", 0));
	EXPECT_EQ(send(p.client, big, sizeof(big), 0), sizeof(big));
	EXPECT_EQ(read_exactly(p.server, back, sizeof(back)), sizeof(back));
	EXPECT_MEMEQ(back, big, sizeof(big));
}
