/* SPDX-License-Identifier: MIT */
/* Cases in the machine's own network: one at a time, and each finds what the first did. */
#include <net/if.h>
#include <sys/socket.h>

#include "harness/case.h"

static const struct variant times[] = {{"one", NULL}, {"two", NULL}, {"three", NULL}};

CASE(has_a_link, .claim = "the link was made, and is not left by the case before", .level = ABI,
     .spec = "none", .topology = "machine_link", .VARIANTS(times))
{
	EXPECT_TRUE(if_nametoindex("eth-a") != 0);
	EXPECT_OK(close(SETUP(socket(AF_INET, SOCK_DGRAM, 0))));
	sleep_ms(20);
}

CASE(has_none, .claim = "a link of another case is not here", .level = ABI, .spec = "none",
     .topology = "machine", .VARIANTS(times))
{
	EXPECT_EQ(if_nametoindex("eth-a"), 0);
}
