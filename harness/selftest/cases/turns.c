/* SPDX-License-Identifier: MIT */
/* Cases that take turns, each long enough for two of them to be seen at once. */
#include <sys/socket.h>

#include "harness/case.h"

enum { TURN_MS = 60 };

static void take_a_while(void)
{
	EXPECT_OK(close(EXPECT_OK(socket(AF_UNIX, SOCK_STREAM, 0))));
	sleep_ms(TURN_MS);
}

static const struct variant times[] = {{"one", NULL}, {"two", NULL}, {"three", NULL}};

CASE(waiting, .claim = "one of them runs at a time", .level = ABI, .spec = "none",
     .exclusive = "selftest", .waits = true, .VARIANTS(times))
{
	take_a_while();
}

CASE(working, .claim = "one of them runs at a time", .level = ABI, .spec = "none",
     .exclusive = "selftest", .VARIANTS(times))
{
	take_a_while();
}

CASE(apart, .claim = "a turn of another name is another one", .level = ABI, .spec = "none",
     .exclusive = "selftest of its own", .waits = true, .VARIANTS(times))
{
	take_a_while();
}
