/* SPDX-License-Identifier: MIT */
/* How many connections wait behind a listener. */
#include <poll.h>
#include <sys/socket.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

enum { MOST = 12, SILENCE_MS = 150 };

struct backlog_row {
	struct variant variant;
	int backlog;
};

static const struct backlog_row backlogs[] = {
	{{"0", NULL}, 0},
	{{"1", NULL}, 1},
	{{"4", NULL}, 4},
	{{"negative", NULL}, -1},
};

/*
 * The number that listen() takes is a hint.
 *
 * POSIX leaves open what a backlog of 0 or less means, and lets a system take more or fewer
 * than asked. Linux lets one more wait than the number says, and takes a negative one for the
 * largest there is; BSD multiplied it by 3/2. Counted are connections that are made while
 * nobody calls accept(), up to 12.
 */
CASE(connections_that_wait, .claim = "at least as many connections are made as the backlog says",
     .level = OBSERVED, .spec = "POSIX.1-2024 listen()", .waits = true, .tags = "listen backlog",
     .VARIANTS(backlogs))
{
	const struct backlog_row *row = VARIANT(struct backlog_row);
	struct address server;
	int count = 0, listener = tcp_listener(AF_INET, &server);

	EXPECT_OK(listen(listener, row->backlog));
	while (count < MOST) {
		int fd = nonblocking_socket(AF_INET);

		connect(fd, ADDRESS(server));
		if (wait_for(fd, POLLOUT, SILENCE_MS) != POLLOUT)
			break;
		count++;
	}
	EXPECT_GE(count, row->backlog);
	OBSERVE("connections", "%s%d", count == MOST ? "at least " : "", count);
}
