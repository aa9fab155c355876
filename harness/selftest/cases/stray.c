/* SPDX-License-Identifier: MIT */
/* Cases that misbehave on purpose: what must the runner make of them? */
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <CUnit/CUnit.h>

#include "harness/case.h"

/* A case that holds. */
CASE(passes, .claim = "one is one", .level = ABI, .spec = "none", .tags = "good", .computes = true)
{
	EXPECT_EQ(1, 1);
}

/* The second check is the one that fails; the third is still made. */
CASE(fails, .claim = "one is two", .level = ABI, .spec = "none")
{
	EXPECT_EQ(1, 1);
	EXPECT_EQ(1, 2);
	EXPECT_STREQ("<b>&\"", "plain");
}

/* The errno that was observed is not the one that was expected. */
CASE(fails_with_an_errno, .claim = "an unknown option is EBADF", .level = ABI, .spec = "none")
{
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_ERR(set_int(fd, SOL_SOCKET, 9999, 0), EBADF);
}

/* A fatal check ends the case: nothing after it runs. */
CASE(fails_at_once, .claim = "nothing follows a fatal check", .level = ABI, .spec = "none")
{
	REQUIRE_TRUE(false);
	puts("not reached");
}

/* CUnit's own assertions count too. */
CASE(fails_by_cunit, .claim = "CUnit's assertions are kept", .level = ABI, .spec = "none")
{
	EXPECT_EQ(1, 1);
	CU_ASSERT(1 == 2);
}

/* The sanitizer of undefined behaviour would end the case in its own way. */
__attribute__((no_sanitize("undefined"))) static void write_nowhere(void)
{
	volatile int *nowhere = NULL;

	/* cppcheck-suppress nullPointer */
	*nowhere = 1; /* NOLINT */
}

/* What was seen before a crash is kept. */
CASE(crashes, .claim = "a crash is reported with what came before", .level = ABI, .spec = "none")
{
	EXPECT_EQ(1, 1);
	SETUP(socket(AF_INET, SOCK_STREAM, 0));
	write_nowhere();
}

/* abort() in a process that is process 1 would not be SIGABRT. */
CASE(aborts, .claim = "abort() is SIGABRT", .level = ABI, .spec = "none")
{
	EXPECT_EQ(1, 1);
	abort();
}

/* SIGPIPE has its default action in a case. */
CASE(dies_of_sigpipe, .claim = "SIGPIPE kills", .level = ABI, .spec = "none")
{
	struct pair p = unix_pair(SOCK_STREAM);

	EXPECT_EQ(1, 1);
	SETUP(close(p.server));
	send(p.client, "x", 1, 0);
}

/* _exit() in the middle is not a pass. */
CASE(leaves, .claim = "leaving in the middle is noticed", .level = ABI, .spec = "none")
{
	EXPECT_EQ(1, 1);
	_exit(0);
}

/* The call that hangs is named. */
CASE(hangs, .claim = "a hanging call is named", .level = ABI, .spec = "none", .timeout_ms = 300)
{
	struct pair p = unix_pair(SOCK_STREAM);
	char byte;

	EXPECT_EQ(1, 1);
	recv(p.client, &byte, 1, 0);
}

/* Signals do not save a case from its deadline. */
CASE(hangs_deaf, .claim = "ignored signals do not help", .level = ABI, .spec = "none",
     .timeout_ms = 300)
{
	for (int i = 1; i < 32; i++)
		signal(i, SIG_IGN);
	for (;;)
		pause();
}

static int wait_for_ever(void *context)
{
	(void)context;
	setsid();
	for (;;)
		pause();
	return 0;
}

/* Children that a case leaves behind end with it, in whatever session they are. */
CASE(leaves_children, .claim = "children do not outlive their case", .level = ABI, .spec = "none",
     .computes = true)
{
	for (int i = 0; i < 5; i++)
		start_child(wait_for_ever, NULL);
	EXPECT_EQ(1, 1);
}

/* A failed preparation is an error, not a verdict on the claim. */
CASE(setup_fails, .claim = "a failed setup is an error", .level = ABI, .spec = "none")
{
	SETUP(close(-1));
	EXPECT_EQ(1, 1);
}

/* A case that checks nothing has shown nothing. */
CASE(checks_nothing, .claim = "a case without a check is an error", .level = ABI, .spec = "none")
{
	SETUP(close(SETUP(socket(AF_INET, SOCK_STREAM, 0))));
}

/* A case may find at run time that it has no ground to stand on. */
CASE(skips, .claim = "a skip has a reason", .level = ABI, .spec = "none")
{
	SKIP("moon phase", "the moon is %s", "waning");
}

static int fail_in_child(void *context)
{
	(void)context;
	REQUIRE_EQ(1, 2);
	return 0;
}

/* A child's failed check fails the case, and does not run the rest of it twice. */
CASE(fails_in_a_child, .claim = "a child's failure counts", .level = ABI, .spec = "none")
{
	pid_t child = start_child(fail_in_child, NULL);

	EXPECT_EQ(wait_child(child) >> 8, 1);
	OBSERVE("processes that ran on", "1");
}

static void *fail_in_thread(void *context)
{
	REQUIRE_EQ(1, 3);
	return context;
}

/* The same for a thread. */
CASE(fails_in_a_thread, .claim = "a thread's failure counts", .level = ABI, .spec = "none")
{
	pthread_t thread;

	pthread_create(&thread, NULL, fail_in_thread, NULL);
	pthread_join(thread, NULL);
	EXPECT_EQ(1, 1);
}

/* Output is kept, cut, and never blocks a case. */
CASE(talks, .claim = "much output does not block", .level = ABI, .spec = "none", .computes = true)
{
	for (int i = 0; i < 20000; i++)
		puts("<script>alert(1)</script>");
	EXPECT_EQ(1, 1);
}

/* More calls than there is room for are counted. */
CASE(calls_much, .claim = "calls beyond the limit are counted", .level = ABI, .spec = "none")
{
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	for (int i = 0; i < 10000; i++)
		get_int(fd, SOL_SOCKET, SO_TYPE);
	EXPECT_EQ(1, 1);
}

/* More packets than there is room for are counted. */
CASE(sends_much, .claim = "packets beyond the limit are counted", .level = ABI, .spec = "none")
{
	struct pair p = udp_pair(AF_INET);
	char data[1400] = "";

	for (int i = 0; i < 400; i++) {
		send(p.client, data, sizeof(data), 0);
		recv(p.server, data, sizeof(data), 0);
	}
	EXPECT_EQ(1, 1);
}

struct row {
	struct variant variant;
	int number;
};

static const struct row rows[] = {{{"one", NULL}, 1}, {{"two", NULL}, 2}, {{"three", NULL}, 3}};

/* Each row is a run of its own. */
CASE(has_variants, .claim = "the number is below three", .level = ABI, .spec = "none",
     .tags = "rows", .VARIANTS(rows), .computes = true)
{
	EXPECT_LT(VARIANT(struct row)->number, 3);
}

/* Hosts of the topology reach each other. */
CASE(on_a_pair, .claim = "b is reached from a", .level = ABI, .spec = "none", .topology = "pair")
{
	struct pair p = tcp_pair_between("a", "b", "192.0.2.2", 80);
	struct pair p6 = tcp_pair_between("a", "b", "2001:db8::2", 80);

	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_EQ(send(p6.client, "x", 1, 0), 1);
}

/* Through the router. */
CASE(on_routed, .claim = "b is reached from a", .level = ABI, .spec = "none", .topology = "routed")
{
	struct pair p = tcp_pair_between("a", "b", "192.0.2.129", 80);
	struct pair p6 = tcp_pair_between("a", "b", "2001:db8:0:2::1", 80);

	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_EQ(send(p6.client, "x", 1, 0), 1);
}

/* Over the switch. */
CASE(on_lan, .claim = "c is reached from b", .level = ABI, .spec = "none", .topology = "lan")
{
	struct pair p = tcp_pair_between("b", "c", "192.0.2.3", 80);
	struct pair p6 = tcp_pair_between("b", "c", "2001:db8::3", 80);

	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_EQ(send(p6.client, "x", 1, 0), 1);
}

/* Files of the sandbox are its own. */
CASE(writes_files, .claim = "files stay inside", .level = ABI, .spec = "none", .computes = true)
{
	FILE *file = fopen("/tmp/sockatlas-stray", "w");
	char name[64] = "";

	REQUIRE_TRUE(file != NULL);
	fclose(file);
	SETUP(sandbox_file("/etc/hosts", "192.0.2.77 elsewhere\n"));
	file = fopen("/etc/hosts", "r");
	REQUIRE_TRUE(file != NULL && fgets(name, sizeof(name), file) != NULL);
	EXPECT_STREQ(name, "192.0.2.77 elsewhere\n");
}

/* Settings of the sandbox are its own. */
CASE(sets_sysctls, .claim = "a sysctl is set on every host", .level = ABI, .spec = "none",
     .topology = "pair", .sysctls = "net.ipv4.ip_default_ttl=77 net.ipv4.tcp_rmem=4096,65536,99999")
{
	char text[64];

	EXPECT_EQ(get_int(SETUP(socket(AF_INET, SOCK_DGRAM, 0)), IPPROTO_IP, IP_TTL), 77);
	EXPECT_EQ(sandbox_sysctl_integer("net.ipv4.ip_default_ttl"), 77);
	SETUP(host_enter("b"));
	EXPECT_EQ(sandbox_sysctl_integer("net.ipv4.ip_default_ttl"), 77);
	SETUP(sandbox_sysctl_read("net.ipv4.tcp_rmem", text, sizeof(text)));
	EXPECT_STREQ(text, "4096\t65536\t99999");
}

/* A descriptor number cannot be taken for granted, but a limit can be set. */
CASE(lowers_limits, .claim = "limits and capabilities can be given up", .level = ABI,
     .spec = "none")
{
	SETUP(sandbox_limit(7 /* RLIMIT_NOFILE */, 0));
	EXPECT_ERR(socket(AF_INET, SOCK_STREAM, 0), EMFILE);
	SETUP(sandbox_limit(7, 100));
	SETUP(sandbox_drop_capability(13 /* CAP_NET_RAW */));
	EXPECT_ERR(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), EPERM);
}

/* Nothing to do: what a case costs by itself. */
CASE(empty_on_lo, .claim = "an empty case passes", .level = ABI, .spec = "none", .tags = "bench",
     .computes = true)
{
	EXPECT_TRUE(true);
}

/* Nothing to do, with a link. */
CASE(empty_on_pair, .claim = "an empty case passes", .level = ABI, .spec = "none", .tags = "bench",
     .topology = "pair", .computes = true)
{
	EXPECT_TRUE(true);
}
