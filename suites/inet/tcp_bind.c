/* SPDX-License-Identifier: MIT */
/* bind() and who owns a TCP port. */
#include <sys/socket.h>

#include "harness/case.h"

struct family_row {
	struct variant variant;
	int family;
};

static const struct family_row families[] = {
	{{"v4", NULL}, AF_INET},
	{{"v6", "ipv6"}, AF_INET6},
};

/*
 * A port that is being listened on is taken.
 *
 * TCP identifies a connection by both ends' addresses, so a second connection on
 * the port is fine; a second owner of the port is not: the kernel could not tell
 * whose an arriving SYN is. Hence `EADDRINUSE`, at bind() and not at listen().
 * `SO_REUSEADDR` does not change that while the first socket listens; it only
 * forgives connections in TIME_WAIT.
 *
 * Try it: `python3 -m http.server 8080` twice.
 */
CASE(bind_to_a_port_in_use,
     .claim = "bind() fails with EADDRINUSE while another socket listens on the port",
     .level = POSIX, .spec = "POSIX.1-2024 bind(); RFC 9293 3.9.1; ip(7)",
     .tags = "tcp bind", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address taken;
	int first = tcp_listener(family, &taken);
	int second = SETUP(socket(family, SOCK_STREAM, 0));

	SETUP(set_int(second, SOL_SOCKET, SO_REUSEADDR, 1));
	EXPECT_ERR(bind(second, ADDRESS(taken)), EADDRINUSE);

	/* The same call succeeds once nobody owns the port. */
	SETUP(close(first));
	EXPECT_OK(bind(second, ADDRESS(taken)));
}
