/* SPDX-License-Identifier: MIT */
/* Cases that show nothing, or skip though they could run: they must not look like a success. */
#include <pthread.h>
#include <sys/socket.h>

#include "harness/case.h"

static void call_something(void)
{
	SETUP(close(SETUP(socket(AF_UNIX, SOCK_STREAM, 0))));
}

/* A check of this program's own arithmetic says nothing about a socket. */
CASE(calls_nothing, .claim = "a case without a call is an error", .level = ABI, .spec = "none")
{
	EXPECT_EQ(1, 1);
}

/* The same with an observation. */
CASE(observes_only, .claim = "a case without a call is an error", .level = ABI, .spec = "none")
{
	OBSERVE("one", "1");
}

/* Preparation alone is no check. */
CASE(checks_nothing, .claim = "a case without a check is an error", .level = ABI, .spec = "none")
{
	call_something();
}

/* A case that only computes says so. */
CASE(computes, .claim = "a case may only compute", .level = ABI, .spec = "none", .computes = true)
{
	EXPECT_EQ(1, 1);
}

/* It must check something all the same. */
CASE(computes_nothing, .claim = "a case without a check is an error", .level = ABI, .spec = "none",
     .computes = true)
{
}

/* A declaration that is false. */
CASE(computes_with_a_call, .claim = "a case that says it only computes makes no call", .level = ABI,
     .spec = "none", .computes = true)
{
	call_something();
	EXPECT_EQ(1, 1);
}

/* An observation is enough, and so is a child's or a thread's call. */
CASE(observes, .claim = "an observation is content", .level = ABI, .spec = "none")
{
	call_something();
	OBSERVE("one", "1");
}

static int call_in_child(void *context)
{
	(void)context;
	call_something();
	return 0;
}

static void *call_in_thread(void *context)
{
	call_something();
	return context;
}

/* Whoever of the case makes the call. */
CASE(calls_in_a_child, .claim = "a child's call counts", .level = ABI, .spec = "none")
{
	EXPECT_EQ(wait_child(start_child(call_in_child, NULL)), 0);
}

/* The same for a thread. */
CASE(calls_in_a_thread, .claim = "a thread's call counts", .level = ABI, .spec = "none")
{
	pthread_t thread;

	EXPECT_EQ(pthread_create(&thread, NULL, call_in_thread, NULL), 0);
	EXPECT_EQ(pthread_join(thread, NULL), 0);
}

/* A failed check is a fail, with a call or without. */
CASE(fails_without_a_call, .claim = "one is two", .level = ABI, .spec = "none")
{
	EXPECT_EQ(1, 2);
}

/* The need is the name of a probe, which finds that it is met. */
CASE(skips_though_met, .claim = "a skip whose need is met fails", .level = ABI, .spec = "none")
{
	SKIP("reuseport", "no option of that name");
}

/* No probe knows this need. */
CASE(skips, .claim = "a skip needs no call", .level = ABI, .spec = "none")
{
	SKIP("moon phase", "the moon is waning");
}

/* What failed before is not forgiven. */
CASE(skips_after_a_failure, .claim = "a failure outlives a skip", .level = ABI, .spec = "none")
{
	EXPECT_EQ(1, 2);
	SKIP("moon phase", "the moon is waning");
}

/* A skip stays one when the record is too full for its reason. */
CASE(skips_when_full, .claim = "a skip is kept without room", .level = ABI, .spec = "none")
{
	int fd = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));
	char text[1000];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = 'x';
	for (int i = 0; i < 4000; i++)
		send(fd, text, sizeof(text), 0);
	EXPECT_EQ(1, 1);
	SKIP("moon phase", "the moon is waning");
}
