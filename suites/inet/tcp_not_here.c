/* SPDX-License-Identifier: MIT */
/* Options that are no more, that need a module, or that not every algorithm answers. */
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

#ifndef TCP_COOKIE_TRANSACTIONS
#define TCP_COOKIE_TRANSACTIONS 15
#endif
#ifndef TCP_CC_INFO
#define TCP_CC_INFO 26
#endif
#ifndef TCP_ULP
#define TCP_ULP 31
#endif
#ifndef TCP_TX_DELAY
#define TCP_TX_DELAY 37
#endif

/*
 * A number that is not used again.
 *
 * TCP cookie transactions (RFC 6013) were an experiment that Linux had from 2.6.33 to 3.9. The C
 * library's header still has the name, so that a program compiles; the kernel says
 * `ENOPROTOOPT`, as for an option that never was.
 */
CASE(cookie_transactions,
     .claim = "TCP_COOKIE_TRANSACTIONS fails with ENOPROTOOPT for reading and writing",
     .level = ABI,
     .spec = "include/uapi/linux/tcp.h (15 unused since Linux 3.10); RFC 6013; tcp(7) ERRORS "
	     "ENOPROTOOPT",
     .tags = "tcp option errors", .VARIANTS(families))
{
	int fd = SETUP(socket(VARIANT(struct family_row)->family, SOCK_STREAM, 0));
	char value[32] = "";
	socklen_t size = sizeof(value);

	EXPECT_ERR(setsockopt(fd, IPPROTO_TCP, TCP_COOKIE_TRANSACTIONS, value, sizeof(value)),
		   ENOPROTOOPT);
	EXPECT_ERR(getsockopt(fd, IPPROTO_TCP, TCP_COOKIE_TRANSACTIONS, value, &size), ENOPROTOOPT);
	EXPECT_OK(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)));
	EXPECT_EQ(get_int(fd, IPPROTO_TCP, TCP_NODELAY), 1);
}

struct algorithm_row {
	struct variant variant;
	const char *name;
	socklen_t size; /* of what it has to say */
};

static const struct algorithm_row algorithms[] = {
	{{"reno", NULL}, "reno", 0},
	{{"bbr", NULL}, "bbr", 20},
};

/*
 * What an algorithm knows of the path.
 *
 * Some algorithms measure: BBR estimates the bandwidth and the shortest round trip, and gives
 * them as a structure of its own (linux/inet_diag.h). Reno only counts losses and has nothing
 * to say: success, with a length of 0. Nothing can be set: `ENOPROTOOPT`.
 */
CASE(algorithm_information,
     .claim = "TCP_CC_INFO gives the algorithm's own structure, or a length of 0 where it has none",
     .level = ABI,
     .spec = "include/uapi/linux/tcp.h TCP_CC_INFO; include/uapi/linux/inet_diag.h tcp_bbr_info",
     .tags = "tcp congestion", .VARIANTS(algorithms))
{
	const struct algorithm_row *row = VARIANT(struct algorithm_row);
	struct pair p = tcp_pair(AF_INET);
	uint32_t words[16] = {0};
	socklen_t size = sizeof(words);
	char byte;

	if (setsockopt(p.client, IPPROTO_TCP, TCP_CONGESTION, row->name,
		       (socklen_t)strlen(row->name)) != 0)
		SKIP("congestion", "this kernel has no %s", row->name);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(read_exactly(p.server, &byte, 1), 1);
	EXPECT_OK(getsockopt(p.client, IPPROTO_TCP, TCP_CC_INFO, words, &size));
	EXPECT_EQ(size, row->size);
	if (row->size > 0) {
		/* tcp_bbr_info: bandwidth in two words, round trip, and the gains of both. */
		EXPECT_GT(words[3], 0);
		EXPECT_GT(words[4], 0);
	} else {
		EXPECT_EQ(words[0], 0);
	}
	EXPECT_ERR(setsockopt(p.client, IPPROTO_TCP, TCP_CC_INFO, words, sizeof(words)),
		   ENOPROTOOPT);
}

/*
 * A layer above TCP, in the kernel.
 *
 * `TCP_ULP` puts a protocol of the kernel on top of a connection: "tls", for encryption by
 * sendfile() and the network card. A name that the kernel does not know is `ENOENT`, and the
 * connection works on as it is. Where there is TLS, it wants a connection (`ENOTCONN`), and
 * once: a second name is `EEXIST`.
 */
CASE(upper_layer,
     .claim = "An unknown TCP_ULP fails with ENOENT and leaves the connection as it is",
     .level = LINUX, .spec = "Documentation/networking/tls.rst; Linux tcp_set_ulp()",
     .tags = "tcp ulp", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	int fd = SETUP(socket(family, SOCK_STREAM, 0));
	char name[16] = "", byte;
	socklen_t size = sizeof(name);

	EXPECT_ERR(setsockopt(p.client, IPPROTO_TCP, TCP_ULP, "no-such-one", 11), ENOENT);
	EXPECT_OK(getsockopt(p.client, IPPROTO_TCP, TCP_ULP, name, &size));
	EXPECT_EQ(size, 0);
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_EQ(read_exactly(p.server, &byte, 1), 1);

	if (setsockopt(p.client, IPPROTO_TCP, TCP_ULP, "tls", 3) == 0) {
		size = sizeof(name);
		EXPECT_OK(getsockopt(p.client, IPPROTO_TCP, TCP_ULP, name, &size));
		EXPECT_STREQ(name, "tls");
		EXPECT_ERR(setsockopt(p.client, IPPROTO_TCP, TCP_ULP, "tls", 3), EEXIST);
		EXPECT_ERR(setsockopt(fd, IPPROTO_TCP, TCP_ULP, "tls", 3), ENOTCONN);
	} else {
		EXPECT_ERRNO(errno, ENOENT);
	}
}

/*
 * A longer line, for trying out.
 *
 * `TCP_TX_DELAY` tells the packet scheduler to hold each segment of the socket back for some
 * microseconds: a test shows what a program feels like over a distance. The scheduler must be
 * one that knows departure times (fq); others send at once, and nobody is told. The measured
 * time is therefore an observation.
 */
CASE(transmit_delay,
     .claim = "TCP_TX_DELAY keeps its value, starts with 0, and the stream arrives whole",
     .level = ABI, .spec = "include/uapi/linux/tcp.h TCP_TX_DELAY; Linux 5.3", .tags = "tcp option",
     .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	int64_t started;
	char text[5];

	EXPECT_EQ(get_int(p.client, IPPROTO_TCP, TCP_TX_DELAY), 0);
	EXPECT_OK(set_int(p.client, IPPROTO_TCP, TCP_TX_DELAY, 20000));
	EXPECT_EQ(get_int(p.client, IPPROTO_TCP, TCP_TX_DELAY), 20000);
	started = clock_ms();
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	EXPECT_EQ(read_exactly(p.server, text, 5), 5);
	EXPECT_MEMEQ(text, "hello", 5);
	OBSERVE("with a delay of 20 ms it arrived", "%s",
		clock_ms() - started >= 20 - 10 ? "later" : "at once");
}
