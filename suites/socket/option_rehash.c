/* SPDX-License-Identifier: MIT */
/* Another way through the network: SO_TXREHASH and SO_CNX_ADVICE. */
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/capture/wire.h"
#include "suites/socket/option_numbers.h"

#include "harness/case.h"

struct advice_row {
	struct variant variant;
	int rehash, advice;
	bool changes;
};

static const struct advice_row advices[] = {
	{{"advice", "ipv6"}, 1, 1, true},
	{{"rehash_off", "ipv6"}, 0, 1, false},
	{{"no_advice", "ipv6"}, 1, 0, false},
	{{"unknown_advice", "ipv6"}, 1, 2, false},
};

static bool is_data(const struct packet *packet, const void *context)
{
	const uint16_t *port = context;
	const struct packet_tcp *tcp = packet_tcp(packet);

	return tcp != NULL && tcp->destination_port == *port && tcp->payload_length > 0;
}

/* Sends a byte and gives the flow label of the segment that carried it. */
static uint32_t label_of_a_byte(struct wire *wire, const struct pair *p)
{
	uint16_t port = address_port(&p->server_address);
	const struct packet *data;
	char byte;

	SETUP(send(p->client, "x", 1, 0));
	data = wire_next_wanted(wire, is_data, &port, SOON_MS);
	REQUIRE_TRUE(data != NULL);
	SETUP(read_exactly(p->server, &byte, 1));
	REQUIRE_TRUE(packet_ipv6(data) != NULL);
	return packet_ipv6(data)->flow_label;
}

/*
 * `SO_CNX_ADVICE`: "this way does not work".
 *
 * Large networks have many ways to the same place. Switches choose one by a hash of addresses,
 * ports and, in IPv6, the flow label, so that a connection keeps its way and its order. When a
 * program finds that its connection hangs, it can tell the kernel, which picks another label,
 * and so probably another way; other numbers than 1 are no advice. `SO_TXREHASH` 0 forbids that:
 * the label then stays for good, for networks in which a connection must not wander.
 */
CASE(another_label,
     .claim = "SO_CNX_ADVICE 1 gives a connection another flow label, unless SO_TXREHASH is 0",
     .since = "5.18", .level = ABI,
     .spec = "Linux 4.6, commit a87cb3e48ee8; Linux 5.18, commit 26859240e4ee; RFC 6438 3",
     .tags = "option tcp wire", .sysctls = "net.ipv6.auto_flowlabels=1", .VARIANTS(advices))
{
	const struct advice_row *row = VARIANT(struct advice_row);
	struct wire *wire = wire_open("a");
	uint32_t first, second, third;
	struct pair p;

	if (sandbox_sysctl("net.core.txrehash", "1") != 0)
		SKIP("sysctl", "net.core.txrehash: error %d", errno);
	p = tcp_pair(AF_INET6);

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TXREHASH, row->rehash));
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_TXREHASH), row->rehash);
	first = label_of_a_byte(wire, &p);
	EXPECT_NE(first, 0);
	EXPECT_EQ(label_of_a_byte(wire, &p), first);
	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_CNX_ADVICE, row->advice));
	second = label_of_a_byte(wire, &p);
	if (second == first && row->changes) {
		/* One in a million: the new label may happen to be the old one. */
		EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_CNX_ADVICE, row->advice));
		second = label_of_a_byte(wire, &p);
	}
	EXPECT_EQ(second != first, row->changes);
	third = label_of_a_byte(wire, &p);
	EXPECT_EQ(third, second);
}

struct default_row {
	struct variant variant;
	const char *value;
	int expected;
};

static const struct default_row defaults[] = {
	{{"off", NULL}, "0", 0},
	{{"on", NULL}, "1", 1},
};

/*
 * The administrator's choice is where a new socket starts.
 *
 * `net.core.txrehash` belongs to the network namespace. A socket can say otherwise; -1 gives
 * the choice back.
 */
CASE(default_of_the_host,
     .claim = "a TCP socket starts with net.core.txrehash, and SO_TXREHASH -1 takes it again",
     .since = "5.18", .level = LINUX,
     .spec = "Documentation/admin-guide/sysctl/net.rst txrehash; Linux 5.18",
     .tags = "option tcp sysctl", .VARIANTS(defaults))
{
	const struct default_row *row = VARIANT(struct default_row);
	int fd, other = !row->expected;

	if (sandbox_sysctl("net.core.txrehash", row->value) != 0)
		SKIP("sysctl", "net.core.txrehash: error %d", errno);
	fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TXREHASH), row->expected);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_TXREHASH, other));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TXREHASH), other);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_TXREHASH, -1));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TXREHASH), row->expected);

	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_TXREHASH, 2), EINVAL);
}

/*
 * Only a connection can be led another way.
 *
 * Older kernels took the setting from any socket, and it did nothing.
 */
CASE(only_tcp_rehashes, .claim = "SO_TXREHASH fails with EOPNOTSUPP on a socket that is not TCP",
     .since = "6.16", .level = ABI,
     .spec = "net/core/sock.c sk_setsockopt() SO_TXREHASH; Linux 6.16, commit ae4f2f59e1f9",
     .tags = "option tcp udp errno")
{
	int datagram = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(set_int(SETUP(socket(AF_INET, SOCK_STREAM, 0)), SOL_SOCKET, SO_TXREHASH, 1));
	EXPECT_ERR(set_int(datagram, SOL_SOCKET, SO_TXREHASH, 1), EOPNOTSUPP);
}
