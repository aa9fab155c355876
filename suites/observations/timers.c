/* SPDX-License-Identifier: MIT */
/* How finely the kernel keeps a time that a program asks for. */
#include <sys/socket.h>
#include <sys/time.h>

#include "harness/case.h"

struct timeout_row {
	struct variant variant;
	int milliseconds;
};

static const struct timeout_row timeouts[] = {
	{{"1ms", NULL}, 1},
	{{"15ms", NULL}, 15},
	{{"101ms", NULL}, 101},
};

/*
 * A clock that ticks.
 *
 * Linux counts such times in ticks (jiffies), of which a second has 100, 250 or 1000, as the
 * kernel was built: 1 ms becomes 10, 4 or 1. It rounds up, since a call must not give up too
 * soon. What getsockopt() reads back tells the tick.
 */
CASE(rounding_of_a_timeout, .claim = "recv() waits at least as long as SO_RCVTIMEO says",
     .level = OBSERVED, .spec = "POSIX.1-2024 2.10.16 SO_RCVTIMEO", .waits = true,
     .tags = "timeout", .VARIANTS(timeouts))
{
	const struct timeout_row *row = VARIANT(struct timeout_row);
	struct timeval asked = {.tv_usec = row->milliseconds * 1000}, kept = {0};
	socklen_t size = sizeof(kept);
	struct pair p = udp_pair(AF_INET);
	int64_t start;
	char c;

	EXPECT_OK(setsockopt(p.client, SOL_SOCKET, SO_RCVTIMEO, &asked, sizeof(asked)));
	EXPECT_OK(getsockopt(p.client, SOL_SOCKET, SO_RCVTIMEO, &kept, &size));
	EXPECT_GE(kept.tv_sec * 1000000 + kept.tv_usec, asked.tv_usec);
	start = clock_ms();
	EXPECT_ERR(recv(p.client, &c, 1, 0), EAGAIN);
	/* clock_ms() cuts fractions off. */
	EXPECT_GE(clock_ms() - start + 1, row->milliseconds);
	OBSERVE("SO_RCVTIMEO in us", "%lld",
		(long long)kept.tv_sec * 1000000 + (long long)kept.tv_usec);
}
