/* SPDX-License-Identifier: MIT */
/* TCP_CONGESTION: which algorithm decides how fast a connection may send. */
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

enum { NAME_MAX_LENGTH = 16 }; /* TCP_CA_NAME_MAX of the kernel */

/* The name of a socket's algorithm. */
static const char *algorithm(int fd)
{
	static char name[NAME_MAX_LENGTH + 1];
	socklen_t size = NAME_MAX_LENGTH;

	memset(name, 0, sizeof(name));
	SETUP(getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name, &size));
	return name;
}

/* Some algorithm of this kernel that is not reno; ends the case when there is none. */
static void another_algorithm(char *name)
{
	char available[256] = "";

	SETUP(sandbox_sysctl_read("net.ipv4.tcp_available_congestion_control", available,
				  sizeof(available)));
	for (char *save = NULL, *word = strtok_r(available, " ", &save); word != NULL;
	     word = strtok_r(NULL, " ", &save)) {
		if (strcmp(word, "reno") != 0) {
			snprintf(name, NAME_MAX_LENGTH, "%s", word);
			return;
		}
	}
	SKIP("congestion", "reno is the only congestion control of this kernel");
}

/*
 * Each connection has its own algorithm.
 *
 * Congestion control is the sender's affair alone: nothing of it is on the wire, and two
 * ends may use different ones. A new socket gets the default of its network namespace,
 * `tcp_congestion_control`; a change of that concerns later sockets only. A name that the
 * kernel does not know is refused with `ENOENT`, and the socket keeps what it has.
 *
 * Try it: `sysctl net.ipv4.tcp_available_congestion_control`, and `ss -ti`.
 */
CASE(default_and_unknown,
     .claim = "A socket begins with the namespace's algorithm, and an unknown name is refused "
	      "with ENOENT and changes nothing",
     .level = LINUX, .spec = "tcp(7) TCP_CONGESTION, tcp_congestion_control",
     .sysctls = "net.ipv4.tcp_congestion_control=reno", .tags = "tcp congestion",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);

	EXPECT_STREQ(algorithm(p.client), "reno");
	EXPECT_STREQ(algorithm(p.server), "reno");
	EXPECT_ERR(setsockopt(p.client, IPPROTO_TCP, TCP_CONGESTION, "no-such-one", 11), ENOENT);
	EXPECT_STREQ(algorithm(p.client), "reno");
	EXPECT_OK(setsockopt(p.client, IPPROTO_TCP, TCP_CONGESTION, "reno", 4));
}

/*
 * A listener hands its choice down.
 *
 * A server chooses once, on the listening socket, and every accepted connection begins
 * with it, from the first segment on. The client's end keeps its own. Changing the
 * algorithm of a connection that is under way is possible too, and takes effect at once;
 * the data go on.
 */
CASE(inherited_from_the_listener,
     .claim = "A socket from accept() has the listener's congestion control, while the client's "
	      "and the default stay",
     .level = LINUX, .spec = "tcp(7) TCP_CONGESTION",
     .sysctls = "net.ipv4.tcp_congestion_control=reno", .tags = "tcp congestion accept",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	char other[NAME_MAX_LENGTH] = "", byte;
	struct address at;
	int listener = tcp_listener(family, &at), server, later;
	int client = SETUP(socket(family, SOCK_STREAM, 0));

	another_algorithm(other);
	EXPECT_OK(
		setsockopt(listener, IPPROTO_TCP, TCP_CONGESTION, other, (socklen_t)strlen(other)));
	SETUP(connect(client, ADDRESS(at)));
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_STREQ(algorithm(server), other);
	EXPECT_STREQ(algorithm(client), "reno");
	later = SETUP(socket(family, SOCK_STREAM, 0));
	EXPECT_STREQ(algorithm(later), "reno");

	EXPECT_OK(setsockopt(server, IPPROTO_TCP, TCP_CONGESTION, "reno", 4));
	EXPECT_EQ(send(server, "x", 1, 0), 1);
	EXPECT_EQ(read_exactly(client, &byte, 1), 1);
}
