/* SPDX-License-Identifier: MIT */
/* SOL_MPTCP: what a program can learn of a connection and its subflows. */
#include <arpa/inet.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "suites/mptcp/mptcp_help.h"

#include "harness/case.h"

/*
 * Two kinds of numbers.
 *
 * Each subflow counts bytes as TCP does; above them the connection counts its own, in 64
 * bits, so that what went different ways can be put in order. `MPTCP_INFO` shows those:
 * what one end has written is what the other expects next, and what was acknowledged
 * catches up with what was written.
 *
 * Try it: `ss -Mi`.
 */
CASE(connection,
     .claim = "MPTCP_INFO gives the state of the connection: the sender's write_seq grows by what "
	      "it sends, and is the receiver's rcv_nxt",
     .level = LINUX, .spec = "Documentation/networking/mptcp.rst Socket options; RFC 8684 2.2, 3.3",
     .needs = "mptcp", .sysctls = "net.mptcp.enabled=1", .tags = "mptcp option",
     .VARIANTS(families))
{
	struct pair p =
		mptcp_pair(VARIANT(struct family_row)->family, IPPROTO_MPTCP, IPPROTO_MPTCP);
	struct mptcp_info before, client, server;
	const struct timespec moment = {0, 2000000};
	char text[5];

	/* The first data bring both to the same state. */
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	EXPECT_EQ(read_exactly(p.server, text, 5), 5);
	before = mptcp_info_of(p.client);
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	EXPECT_EQ(read_exactly(p.server, text, 5), 5);
	client = mptcp_info_of(p.client);
	for (int64_t end = clock_ms() + SOON_MS;
	     client.mptcpi_snd_una != client.mptcpi_write_seq && clock_ms() < end;) {
		nanosleep(&moment, NULL);
		client = mptcp_info_of(p.client);
	}
	server = mptcp_info_of(p.server);
	EXPECT_EQ(client.mptcpi_write_seq, before.mptcpi_write_seq + 5);
	EXPECT_EQ(client.mptcpi_snd_una, client.mptcpi_write_seq);
	EXPECT_EQ(server.mptcpi_rcv_nxt, client.mptcpi_write_seq);
	EXPECT_EQ(client.mptcpi_subflows, 0); /* besides the first */
	EXPECT_EQ(server.mptcpi_subflows, 0);
	EXPECT_EQ(client.mptcpi_flags & MPTCP_INFO_FLAG_FALLBACK, 0);
	EXPECT_EQ(client.mptcpi_flags & MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED,
		  MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED);
	EXPECT_EQ(client.mptcpi_csum_enabled, 0);
	/* Each end is known by a token of its own: RFC 8684 3.2. */
	EXPECT_NE(client.mptcpi_token, server.mptcpi_token);
	EXPECT_EQ(client.mptcpi_token, before.mptcpi_token);
}

/* The option is as long as the program knows it. */
CASE(short_info, .claim = "MPTCP_INFO with a short buffer fills what fits and says how much",
     .level = LINUX, .spec = "Documentation/networking/mptcp.rst; net/mptcp/sockopt.c",
     .needs = "mptcp", .sysctls = "net.mptcp.enabled=1", .tags = "mptcp option")
{
	struct pair p = mptcp_pair(AF_INET, IPPROTO_MPTCP, IPPROTO_MPTCP);
	uint8_t info[16], whole[sizeof(struct mptcp_info)];
	socklen_t length = offsetof(struct mptcp_info, mptcpi_write_seq);

	memset(info, 0xa5, sizeof(info));
	EXPECT_OK(getsockopt(p.client, SOL_MPTCP, MPTCP_INFO, info, &length));
	EXPECT_EQ(length, offsetof(struct mptcp_info, mptcpi_write_seq));
	length = sizeof(whole);
	EXPECT_OK(getsockopt(p.client, SOL_MPTCP, MPTCP_INFO, whole, &length));
	EXPECT_EQ(length, sizeof(whole));
	EXPECT_MEMEQ(info, whole, sizeof(info));
	EXPECT_ERR(setsockopt(p.client, SOL_MPTCP, MPTCP_INFO, info, sizeof(info)), EOPNOTSUPP,
		   ENOPROTOOPT);
}

/*
 * A list whose parts grow.
 *
 * Options about subflows return an array. At its head the program writes how long it thinks
 * an element is, the kernel how long it really is and how many there are: so an old program
 * runs on a new kernel, and the other way about.
 */
CASE(tcp_of_each_subflow,
     .claim = "MPTCP_TCPINFO gives a struct tcp_info for each subflow behind struct "
	      "mptcp_subflow_data",
     .level = LINUX, .spec = "Documentation/networking/mptcp.rst; linux/mptcp.h", .needs = "mptcp",
     .sysctls = "net.mptcp.enabled=1", .tags = "mptcp option")
{
	struct pair p = mptcp_pair(AF_INET, IPPROTO_MPTCP, IPPROTO_MPTCP);
	struct {
		struct mptcp_subflow_data head;
		struct tcp_info each[2];
	} list = {.head = {.size_subflow_data = sizeof(list.head),
			   .size_user = sizeof(struct tcp_info)}};
	socklen_t length = sizeof(list);
	char text[100] = {0};

	EXPECT_EQ(send(p.client, text, sizeof(text), 0), sizeof(text));
	EXPECT_EQ(read_exactly(p.server, text, sizeof(text)), sizeof(text));
	EXPECT_OK(getsockopt(p.server, SOL_MPTCP, MPTCP_TCPINFO, &list, &length));
	EXPECT_EQ(list.head.num_subflows, 1);
	EXPECT_EQ(list.head.size_user, sizeof(struct tcp_info));
	EXPECT_GE(list.head.size_kernel, sizeof(struct tcp_info));
	EXPECT_EQ(length, sizeof(list.head) + sizeof(struct tcp_info));
	EXPECT_EQ(list.each[0].tcpi_state, TCP_ESTABLISHED);
	EXPECT_EQ(list.each[1].tcpi_state, 0);

	list.head = (struct mptcp_subflow_data){.size_subflow_data = 4,
						.size_user = sizeof(struct tcp_info)};
	length = sizeof(list);
	EXPECT_ERR(getsockopt(p.server, SOL_MPTCP, MPTCP_TCPINFO, &list, &length), EINVAL);
	list.head = (struct mptcp_subflow_data){.size_subflow_data = sizeof(list.head),
						.num_subflows = 1,
						.size_user = sizeof(struct tcp_info)};
	EXPECT_ERR(getsockopt(p.server, SOL_MPTCP, MPTCP_TCPINFO, &list, &length), EINVAL);
	length = sizeof(list.head) - 1;
	EXPECT_ERR(getsockopt(p.server, SOL_MPTCP, MPTCP_TCPINFO, &list, &length), EINVAL);
}

/* Which ways it takes: the addresses of each subflow. */
CASE(addresses_of_each_subflow,
     .claim = "MPTCP_SUBFLOW_ADDRS gives local and remote address of each subflow", .level = LINUX,
     .spec = "Documentation/networking/mptcp.rst; linux/mptcp.h", .needs = "mptcp",
     .sysctls = "net.mptcp.enabled=1", .tags = "mptcp option", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = mptcp_pair(family, IPPROTO_MPTCP, IPPROTO_MPTCP);
	struct {
		struct mptcp_subflow_data head;
		struct mptcp_subflow_addrs each[2];
	} list = {.head = {.size_subflow_data = sizeof(list.head),
			   .size_user = sizeof(struct mptcp_subflow_addrs)}};
	socklen_t length = sizeof(list);
	struct address local = address_empty(), remote = address_empty();

	EXPECT_OK(getsockopt(p.client, SOL_MPTCP, MPTCP_SUBFLOW_ADDRS, &list, &length));
	EXPECT_EQ(list.head.num_subflows, 1);
	EXPECT_EQ(list.head.size_kernel, sizeof(struct mptcp_subflow_addrs));
	EXPECT_EQ(length, sizeof(list.head) + sizeof(struct mptcp_subflow_addrs));
	EXPECT_EQ(list.each[0].sa_family, family);
	memcpy(&local.storage, &list.each[0].ss_local, sizeof(local.storage));
	memcpy(&remote.storage, &list.each[0].ss_remote, sizeof(remote.storage));
	EXPECT_TRUE(address_equal(&local, &p.client_address));
	EXPECT_TRUE(address_equal(&remote, &p.server_address));
}

#ifndef MPTCP_FULL_INFO
#define MPTCP_FULL_INFO 4
#endif

/* struct mptcp_subflow_info and mptcp_full_info of linux/mptcp.h, since Linux 6.5. */
struct subflow_info {
	uint32_t id;
	struct mptcp_subflow_addrs addresses;
};

struct full_info {
	uint32_t size_tcpinfo_kernel, size_tcpinfo_user;
	uint32_t size_sfinfo_kernel, size_sfinfo_user;
	uint32_t num_subflows, size_arrays_user;
	_Alignas(8) uint64_t subflow_info, tcp_info;
	struct mptcp_info mptcp_info;
};

/*
 * All of it at once.
 *
 * What is read by three calls may belong to three moments. `MPTCP_FULL_INFO` reads the
 * connection and its subflows under one lock, into arrays that the program names.
 */
CASE(everything_at_once,
     .claim = "MPTCP_FULL_INFO gives the connection, and TCP state and addresses of its subflows, "
	      "with one call",
     .since = "6.5", .level = LINUX,
     .spec = "linux/mptcp.h struct mptcp_full_info; net/mptcp/sockopt.c; Linux 6.5, commit "
	     "492432074e4f",
     .needs = "mptcp", .sysctls = "net.mptcp.enabled=1", .tags = "mptcp option")
{
	struct pair p = mptcp_pair(AF_INET, IPPROTO_MPTCP, IPPROTO_MPTCP);
	struct subflow_info subflows[2] = {{.id = 77}};
	struct tcp_info tcp[2] = {{.tcpi_state = 77}};
	struct full_info full = {.size_tcpinfo_user = sizeof(tcp[0]),
				 .size_sfinfo_user = sizeof(subflows[0]),
				 .size_arrays_user = 2,
				 .subflow_info = (uintptr_t)subflows,
				 .tcp_info = (uintptr_t)tcp};
	struct address local = address_empty(), remote = address_empty();
	socklen_t length = sizeof(full);

	if (getsockopt(p.client, SOL_MPTCP, MPTCP_FULL_INFO, &full, &length) != 0 &&
	    (errno == EOPNOTSUPP || errno == ENOPROTOOPT))
		SKIP("MPTCP_FULL_INFO", "getsockopt(SOL_MPTCP, MPTCP_FULL_INFO): errno %d", errno);
	EXPECT_EQ(full.num_subflows, 1);
	EXPECT_GE(full.size_tcpinfo_kernel, sizeof(tcp[0]));
	EXPECT_EQ(full.size_tcpinfo_user, sizeof(tcp[0]));
	EXPECT_EQ(full.size_sfinfo_kernel, sizeof(subflows[0]));
	EXPECT_EQ(tcp[0].tcpi_state, TCP_ESTABLISHED);
	EXPECT_EQ(full.mptcp_info.mptcpi_token, mptcp_info_of(p.client).mptcpi_token);
	memcpy(&local.storage, &subflows[0].addresses.ss_local, sizeof(local.storage));
	memcpy(&remote.storage, &subflows[0].addresses.ss_remote, sizeof(remote.storage));
	EXPECT_TRUE(address_equal(&local, &p.client_address));
	EXPECT_TRUE(address_equal(&remote, &p.server_address));

	/* What the kernel is to set has to be 0 before. */
	length = sizeof(full);
	EXPECT_ERR(getsockopt(p.client, SOL_MPTCP, MPTCP_FULL_INFO, &full, &length), EINVAL);
}
