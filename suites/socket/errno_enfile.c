/* SPDX-License-Identifier: MIT */
/* How many files the whole system may have open. */
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/socket/errno_sockets.h"

#include "harness/case.h"

static int make_socket(int listener)
{
	(void)listener;
	return socket(AF_INET, SOCK_STREAM, 0);
}

static int make_unix_socket(int listener)
{
	(void)listener;
	return socket(AF_UNIX, SOCK_STREAM, 0);
}

static int make_ends(int listener)
{
	int ends[2];

	(void)listener;
	return socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
}

static int take_connection(int listener)
{
	return accept(listener, NULL, NULL);
}

static int take_connection_with_flags(int listener)
{
	return accept4(listener, NULL, NULL, SOCK_CLOEXEC);
}

struct making_row {
	struct variant variant;
	int (*make)(int listener);
};

static const struct making_row makings[] = {
	{{"socket", NULL}, make_socket},
	{{"unix", NULL}, make_unix_socket},
	{{"socketpair", NULL}, make_ends},
	{{"accept", NULL}, take_connection},
	{{"accept4", NULL}, take_connection_with_flags},
};

struct attempt {
	const struct making_row *row;
	int listener;
};

/* In a child: as somebody who is not above the limit. */
static int refused(void *context)
{
	const struct attempt *a = context;

	SETUP(sandbox_drop_capability(CAP_SYS_ADMIN));
	EXPECT_ERR(a->row->make(a->listener), ENFILE);
	return 0;
}

static int taken(void *context)
{
	const struct attempt *a = context;

	SETUP(sandbox_drop_capability(CAP_SYS_ADMIN));
	EXPECT_OK(a->row->make(a->listener));
	return 0;
}

/*
 * The limit that nobody wants to meet.
 *
 * Two limits say how many files may be open: of a process (`EMFILE`, see families_descriptor)
 * and of the system (`ENFILE`, `fs.file-max`). The first is the program's own affair, which
 * forgot to close something. At the second everything on the machine stops that opens files,
 * but for processes with `CAP_SYS_ADMIN`, so that an administrator can still log in. accept()
 * says it without having taken a connection: it waits, and a later call gets it.
 *
 * No namespace has a limit of its own. Hence this runs on a machine alone that is there for it,
 * whose limit it sets to half of what is open, and back. (Unix sockets are refused to everybody
 * when there are more than twice the limit: at 0 the cases that run beside this one could make
 * none.)
 */
CASE(system_limit,
     .claim = "above fs.file-max, socket(), socketpair() and accept() fail with ENFILE",
     .level = POSIX,
     .spec = "POSIX.1-2024 socket(), socketpair(), accept() ENFILE; proc_sys_fs(5) file-max",
     .topology = "machine", .tags = "errno limits", .VARIANTS(makings))
{
	struct attempt a = {VARIANT(struct making_row), waiting_listener()};
	char before[64], open[64], half[32];

	SETUP(sandbox_sysctl_read("fs.file-max", before, sizeof(before)));
	SETUP(sandbox_sysctl_read("fs.file-nr", open, sizeof(open)));
	snprintf(half, sizeof(half), "%lu", strtoul(open, NULL, 10) / 2);
	SETUP(sandbox_sysctl("fs.file-max", half));
	EXPECT_EQ(wait_child(start_child(refused, &a)), 0);
	SETUP(sandbox_sysctl("fs.file-max", before));
	EXPECT_EQ(wait_child(start_child(taken, &a)), 0);
}
