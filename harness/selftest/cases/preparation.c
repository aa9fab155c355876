/* SPDX-License-Identifier: MIT */
/* A setup step that fails, in every place that a case has: the verdict is error each time. */
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "harness/case.h"

static int fail_setup(void *context)
{
	(void)context;
	SETUP(close(-1));
	return 0;
}

static void *fail_setup_in_thread(void *context)
{
	SETUP(close(-1));
	return context;
}

/* The plain one. */
CASE(at_once, .claim = "a failed setup is an error", .level = ABI, .spec = "none")
{
	SETUP(close(-1));
	EXPECT_EQ(1, 1);
}

/* The rest of the case goes on and all its checks hold. */
CASE(in_a_child, .claim = "a child's failed setup is an error", .level = ABI, .spec = "none")
{
	EXPECT_EQ(wait_child(start_child(fail_setup, NULL)), W_EXITCODE(1, 0));
}

static int start_grandchild(void *context)
{
	wait_child(start_child(fail_setup, context));
	return 0;
}

/* A child's child. */
CASE(in_a_grandchild, .claim = "a grandchild's failed setup is an error", .level = ABI,
     .spec = "none")
{
	EXPECT_EQ(wait_child(start_child(start_grandchild, NULL)), 0);
}

static void run_thread(void)
{
	pthread_t thread;

	EXPECT_EQ(pthread_create(&thread, NULL, fail_setup_in_thread, NULL), 0);
	EXPECT_EQ(pthread_join(thread, NULL), 0);
}

/* The thread ends, the case does not. */
CASE(in_a_thread, .claim = "a thread's failed setup is an error", .level = ABI, .spec = "none")
{
	run_thread();
}

static int run_thread_in_child(void *context)
{
	(void)context;
	run_thread();
	return 0;
}

/* Both at once: the child ends with its thread. */
CASE(in_a_child_s_thread, .claim = "a failed setup in a child's thread is an error", .level = ABI,
     .spec = "none")
{
	EXPECT_EQ(wait_child(start_child(run_thread_in_child, NULL)), W_EXITCODE(1, 0));
}

/* A failed check before it is not the verdict: the case was not prepared. */
CASE(after_a_failure, .claim = "a failed setup after a failed check is an error", .level = ABI,
     .spec = "none")
{
	EXPECT_EQ(1, 2);
	SETUP(close(-1));
}

/* Nor one after it, in another process. */
CASE(before_a_failure, .claim = "a failed setup before a failed check is an error", .level = ABI,
     .spec = "none")
{
	wait_child(start_child(fail_setup, NULL));
	EXPECT_EQ(1, 2);
}

/* A skip does not hide it. */
CASE(before_a_skip, .claim = "a failed setup before a skip is an error", .level = ABI,
     .spec = "none")
{
	wait_child(start_child(fail_setup, NULL));
	SKIP("moon phase", "the moon is waning");
}

/* A crash does not hide it. */
CASE(before_a_crash, .claim = "a failed setup before a crash is an error", .level = ABI,
     .spec = "none")
{
	wait_child(start_child(fail_setup, NULL));
	abort();
}

/* Leaving early does not hide it. */
CASE(before_leaving, .claim = "a failed setup before leaving is an error", .level = ABI,
     .spec = "none")
{
	EXPECT_EQ(1, 1);
	wait_child(start_child(fail_setup, NULL));
	_exit(0);
}

/* The deadline does not hide it. */
CASE(before_a_hang, .claim = "a failed setup before a hang is an error", .level = ABI,
     .spec = "none", .timeout_ms = 300)
{
	struct pair p = unix_pair(SOCK_STREAM);
	char byte;

	wait_child(start_child(fail_setup, NULL));
	recv(p.client, &byte, 1, 0);
}

static int crash_after_setup(void *context)
{
	wait_child(start_child(fail_setup, context));
	abort();
}

/* A case that expects a child to crash may be wrong about why. */
CASE(in_a_child_that_crashes, .claim = "a child's crash does not hide its failed setup",
     .level = ABI, .spec = "none")
{
	int status = wait_child(start_child(crash_after_setup, NULL));

	EXPECT_TRUE(WIFSIGNALED(status));
}

/* More failed checks than are kept do not hide it. */
CASE(beyond_the_limit, .claim = "a failed setup beyond the limit of checks is an error",
     .level = ABI, .spec = "none")
{
	for (int i = 0; i < 3000; i++)
		EXPECT_EQ(i, i);
	SETUP(close(-1));
}
