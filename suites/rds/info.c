/* SPDX-License-Identifier: MIT */
/* What RDS tells of itself: sockets, messages, connections, counts. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/rds/rds_help.h"

#include "harness/case.h"

enum { PORT = 4030 };

/*
 * Lists by getsockopt().
 *
 * Instead of a file in /proc, options of SOL_RDS give lists. getsockopt() returns the size of
 * one entry, and the length that it stores is that of all. Where the room is too small it fails
 * with ENOSPC and stores what it would take.
 *
 * Try it: `rds-info`.
 */
CASE(sockets,
     .claim = "RDS_INFO_SOCKETS lists the bound sockets; with too little room it fails with ENOSPC "
	      "and says how much it takes",
     .level = LINUX, .spec = "linux/rds.h struct rds_info_socket; net/rds/info.c", .needs = "rds",
     .exclusive = "rds", .tags = "rds option errno")
{
	static struct rds_info_socket sockets[64];
	struct address to = address_loopback(AF_INET, PORT + 1);
	int fd = rds_bound("127.0.0.1", PORT), count, found = 0;
	socklen_t length = 1;

	SETUP(connect(fd, ADDRESS(to)));
	EXPECT_ERR(getsockopt(fd, SOL_RDS, RDS_INFO_SOCKETS, sockets, &length), ENOSPC);
	EXPECT_GE(length, sizeof(sockets[0]));
	EXPECT_EQ(length % sizeof(sockets[0]), 0);
	count = rds_info(fd, RDS_INFO_SOCKETS, sockets, sizeof(sockets), sizeof(sockets[0]));
	EXPECT_GE(count, 1);
	for (int i = 0; i < count; i++) {
		if (sockets[i].bound_port != htons(PORT))
			continue;
		found++;
		EXPECT_EQ(sockets[i].bound_addr, htonl(INADDR_LOOPBACK));
		EXPECT_EQ(sockets[i].connected_addr, htonl(INADDR_LOOPBACK));
		EXPECT_EQ(sockets[i].connected_port, htons(PORT + 1));
		EXPECT_GT(sockets[i].sndbuf, 0);
		EXPECT_NE(sockets[i].inum, 0);
	}
	EXPECT_EQ(found, 1);
}

/* A message that waits to be read. */
CASE(waiting_messages,
     .claim = "RDS_INFO_RECV_MESSAGES lists the messages that wait to be received", .level = LINUX,
     .spec = "linux/rds.h struct rds_info_message; net/rds/af_rds.c", .needs = "rds",
     .exclusive = "rds", .tags = "rds option")
{
	static struct rds_info_message messages[64];
	struct address to = address_loopback(AF_INET, PORT + 1);
	int fd = rds_bound("127.0.0.1", PORT), peer = rds_bound("127.0.0.1", PORT + 1);
	int before = rds_info(fd, RDS_INFO_RECV_MESSAGES, messages, sizeof(messages),
			      sizeof(messages[0]));
	char text[5];

	EXPECT_EQ(before, 0);
	SETUP(sendto(fd, "hello", 5, 0, ADDRESS(to)));
	/* poll() may tell of congestion; this waits for the message, and leaves it. */
	EXPECT_EQ(recv(peer, text, sizeof(text), MSG_PEEK), 5);
	EXPECT_EQ(rds_info(fd, RDS_INFO_RECV_MESSAGES, messages, sizeof(messages),
			   sizeof(messages[0])),
		  1);
	EXPECT_EQ(messages[0].len, 5);
	EXPECT_EQ(messages[0].laddr, htonl(INADDR_LOOPBACK));
	/* Seen from the receiver. */
	EXPECT_EQ(messages[0].lport, htons(PORT + 1));
	EXPECT_EQ(messages[0].fport, htons(PORT));
	EXPECT_EQ(rds_receive(peer).size, 5);
	EXPECT_EQ(rds_info(fd, RDS_INFO_RECV_MESSAGES, messages, sizeof(messages),
			   sizeof(messages[0])),
		  0);
}

/* The number behind a name in the list of counters; -1 when it is not there. */
static int64_t counter(int fd, const char *name)
{
	static struct rds_info_counter counters[256];
	int count =
		rds_info(fd, RDS_INFO_COUNTERS, counters, sizeof(counters), sizeof(counters[0]));

	for (int i = 0; i < count; i++) {
		if (strncmp((const char *)counters[i].name, name, sizeof(counters[i].name)) == 0)
			return (int64_t)counters[i].value;
	}
	return -1;
}

/* Counts of the whole machine, by name. */
CASE(counters, .claim = "RDS_INFO_COUNTERS counts messages that were queued and delivered",
     .level = LINUX, .spec = "linux/rds.h struct rds_info_counter; net/rds/stats.c", .needs = "rds",
     .exclusive = "rds", .tags = "rds option")
{
	struct address to = address_loopback(AF_INET, PORT + 1);
	int fd = rds_bound("127.0.0.1", PORT), peer = rds_bound("127.0.0.1", PORT + 1);
	int64_t sent = counter(fd, "send_queued"), received = counter(fd, "recv_delivered");

	EXPECT_GE(sent, 0);
	EXPECT_GE(received, 0);
	SETUP(sendto(fd, "hello", 5, 0, ADDRESS(to)));
	EXPECT_EQ(rds_receive(peer).size, 5);
	EXPECT_EQ(counter(fd, "send_queued"), sent + 1);
	EXPECT_EQ(counter(fd, "recv_delivered"), received + 1);
}

struct list_row {
	struct variant variant;
	int option;
	size_t size;
};

static const struct list_row lists[] = {
	{{"connections", NULL}, RDS_INFO_CONNECTIONS, sizeof(struct rds_info_connection)},
	{{"send_messages", NULL}, RDS_INFO_SEND_MESSAGES, sizeof(struct rds_info_message)},
	{{"retrans_messages", NULL}, RDS_INFO_RETRANS_MESSAGES, sizeof(struct rds_info_message)},
};

/* The connection of this host with itself among `count` of them, or zeros. */
static struct rds_info_connection own_connection(const char *entries, int count)
{
	struct rds_info_connection each, none = {0};

	for (int i = 0; i < count; i++) {
		memcpy(&each, entries + (size_t)i * sizeof(each), sizeof(each));
		if (each.laddr == htonl(INADDR_LOOPBACK) && each.faddr == each.laddr)
			return each;
	}
	return none;
}

/*
 * Lists that have the connection of the messages before, or nothing. They know no network
 * namespaces: what other hosts have, or had a moment ago, is listed too.
 */
CASE(lists_of_connections, .claim = "lists of connections and of what they hold can be read",
     .level = LINUX, .spec = "linux/rds.h; net/rds/connection.c", .needs = "rds",
     .exclusive = "rds", .tags = "rds option", .VARIANTS(lists))
{
	const struct list_row *row = VARIANT(struct list_row);
	static char entries[32768];
	struct address to = address_loopback(AF_INET, PORT + 1);
	int fd = rds_bound("127.0.0.1", PORT), peer = rds_bound("127.0.0.1", PORT + 1), count;
	struct rds_info_connection own;

	SETUP(sendto(fd, "hello", 5, 0, ADDRESS(to)));
	EXPECT_EQ(rds_receive(peer).size, 5);
	count = rds_info(fd, row->option, entries, sizeof(entries), row->size);
	if (row->option != RDS_INFO_CONNECTIONS) {
		EXPECT_EQ(count, 0);
		return;
	}
	EXPECT_GE(count, 1);
	own = own_connection(entries, count);
	EXPECT_EQ(own.laddr, htonl(INADDR_LOOPBACK));
	EXPECT_STREQ((const char *)own.transport, "loopback");
	EXPECT_EQ(own.flags & RDS_INFO_CONNECTION_FLAG_CONNECTED,
		  RDS_INFO_CONNECTION_FLAG_CONNECTED);
}

static const struct list_row absent[] = {
	{{"unknown", NULL}, 10002, 0},
	{{"after_the_last", NULL}, RDS_INFO_LAST + 1, 0},
};

/* Numbers that are no list. */
CASE(no_list, .claim = "a number without a list fails with ENOPROTOOPT", .level = OBSERVED,
     .spec = "net/rds/info.c rds_info_getsockopt()", .needs = "rds", .exclusive = "rds",
     .tags = "rds option errno", .VARIANTS(absent))
{
	static char entries[32768];
	int fd = rds_bound("127.0.0.1", PORT);
	socklen_t length = sizeof(entries);

	EXPECT_ERR(getsockopt(fd, SOL_RDS, VARIANT(struct list_row)->option, entries, &length),
		   ENOPROTOOPT);
	EXPECT_GE(rds_info(fd, RDS_INFO_SOCKETS, entries, sizeof(entries),
			   sizeof(struct rds_info_socket)),
		  1);
}
