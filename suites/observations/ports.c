/* SPDX-License-Identifier: MIT */
/* Which port the kernel takes when the program leaves it the choice. */
#include <stdio.h>
#include <sys/socket.h>

#include "harness/case.h"

enum { SOCKETS = 16 };

struct chooser_row {
	struct variant variant;
	bool connects;
};

static const struct chooser_row choosers[] = {
	{{"bind", NULL}, false},
	{{"connect", NULL}, true},
};

/*
 * Even and odd.
 *
 * A port from the kernel lies in `ip_local_port_range`; which one is left open. Linux starts at
 * a random one, and lets bind() and connect() look in halves of the range first, the even
 * numbers and the odd, so that a busy server's outgoing connections do not use up what others
 * bind to (net/ipv4/inet_hashtables.c).
 */
CASE(parity_of_ports, .claim = "a port that the kernel chooses is in net.ipv4.ip_local_port_range",
     .level = OBSERVED, .spec = "ip(7) ip_local_port_range", .tags = "port bind connect",
     .VARIANTS(choosers))
{
	bool connects = VARIANT(struct chooser_row)->connects;
	struct address server, mine, any = address_loopback(AF_INET, 0);
	int low = 0, high = 0, odd = 0;
	socklen_t size;
	char range[64];

	SETUP(sandbox_sysctl_read("net.ipv4.ip_local_port_range", range, sizeof(range)));
	REQUIRE_TRUE(sscanf(range, "%d %d", &low, &high) == 2);
	SETUP(listen(tcp_listener(AF_INET, &server), SOCKETS));
	for (int i = 0; i < SOCKETS; i++) {
		int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));

		if (connects)
			SETUP(connect(fd, ADDRESS(server)));
		else
			SETUP(bind(fd, ADDRESS(any)));
		mine = address_empty();
		size = mine.length;
		SETUP(getsockname(fd, &mine.any, &size));
		EXPECT_BETWEEN(address_port(&mine), low, high);
		odd += address_port(&mine) % 2;
	}
	OBSERVE("ports", "%s", odd == 0 ? "even" : odd == SOCKETS ? "odd" : "even and odd");
}
