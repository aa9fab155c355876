/* SPDX-License-Identifier: MIT */
/* connect(): finding the socket behind a name, and why that can fail. */
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suites/unix/unix_help.h"

#include "harness/case.h"

/* ------------------------------------------------------ faults, and how they are mended */

static const char path[] = "/tmp/server";

static int nothing(void)
{
	return 0;
}

static int serve(void)
{
	return unix_listener(SOCK_STREAM, path);
}

static int server_that_died(void)
{
	return close(serve());
}

static int replace_and_serve(void)
{
	return unlink(path) == 0 ? serve() : -1;
}

static int regular_file(void)
{
	return close(creat(path, 0666));
}

static int only_bound = -1;

static int bind_only(void)
{
	return only_bound = unix_bound(SOCK_STREAM, path);
}

static int listen_at_last(void)
{
	return listen(only_bound, 8);
}

static int serve_without_permission(void)
{
	return serve() >= 0 ? chmod(path, 0555) : -1;
}

static int permit(void)
{
	return chmod(path, 0755);
}

static int serve_abstract(void)
{
	return unix_listener(SOCK_STREAM, "@server");
}

struct fault_row {
	struct variant variant;
	const char *name;
	int (*fault)(void);
	int (*repair)(void);
	int error;
};

static const struct fault_row faults[] = {
	{{"ENOENT", NULL}, path, nothing, serve, ENOENT},
	{{"ENOTDIR", NULL}, "/tmp/server/", serve, replace_and_serve, ENOTDIR},
	{{"ECONNREFUSED_server_died", NULL}, path, server_that_died, replace_and_serve, ECONNREFUSED},
	{{"ECONNREFUSED_not_listening", NULL}, path, bind_only, listen_at_last, ECONNREFUSED},
	{{"ECONNREFUSED_regular_file", NULL}, path, regular_file, replace_and_serve, ECONNREFUSED},
	{{"ECONNREFUSED_abstract", NULL}, "@server", nothing, serve_abstract, ECONNREFUSED},
	{{"EACCES", NULL}, path, serve_without_permission, permit, EACCES},
};

/*
 * Each way not to find a server has its own error.
 *
 * `ENOENT`: nothing is at the path, the server never started or cleaned up.
 * `ECONNREFUSED`: a file is there and nobody behind it; the server died, or has
 * not called listen() yet, or the file is not a socket at all. An abstract name
 * that nobody has gives the same, there is no file that could be missing.
 *
 * `EACCES`: connecting needs write permission on the socket's file. That is how
 * a service is kept for the members of a group. POSIX leaves it open whether
 * these permissions count; Linux promises that they do. Root passes over them, so
 * the case gives up `CAP_DAC_OVERRIDE`.
 *
 * Try it: `nc -U /tmp/nothing`, `nc -U /etc/hostname`.
 */
CASE(connect_tells_why_it_found_nobody,
     .claim = "connect() fails with the error of what is missing, and succeeds once it is there",
     .level = LINUX, .spec = "connect(2) ERRORS; unix(7) ERRORS; POSIX.1-2024 connect() ERRORS",
     .tags = "unix connect errno", .VARIANTS(faults))
{
	const struct fault_row *row = VARIANT(struct fault_row);
	struct address name = address_unix(row->name), mended = address_unix(path);
	int client = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));

	SETUP(sandbox_drop_capability(CAP_DAC_OVERRIDE));
	SETUP(row->fault());
	EXPECT_ERR(connect(client, ADDRESS(name)), row->error);

	SETUP(row->repair());
	if (row->error != ENOTDIR)
		mended = name;
	EXPECT_OK(connect(client, ADDRESS(mended)));
}
