/* SPDX-License-Identifier: MIT */
/* The name of a Unix socket is a path, with everything that can be wrong with a path. */
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "harness/case.h"

static int by_bind(int fd, const struct address *to)
{
	return bind(fd, ADDRESS(*to));
}

static int by_connect(int fd, const struct address *to)
{
	return connect(fd, ADDRESS(*to));
}

static int by_sendto(int fd, const struct address *to)
{
	return (int)sendto(fd, "x", 1, 0, ADDRESS(*to));
}

static int by_sendmsg(int fd, const struct address *to)
{
	struct iovec part = {"x", 1};
	struct msghdr message = {.msg_name = (void *)&to->any,
				 .msg_namelen = to->length,
				 .msg_iov = &part,
				 .msg_iovlen = 1};

	return (int)sendmsg(fd, &message, 0);
}

struct path_row {
	struct variant variant;
	int (*call)(int fd, const struct address *to);
	const char *path; /* in the directory that make_paths() fills */
	int error;
};

static const struct path_row paths[] = {
	{{"bind_ELOOP", NULL}, by_bind, "round/name", ELOOP},
	{{"bind_ENAMETOOLONG", NULL}, by_bind, "long/name", ENAMETOOLONG},
	{{"bind_ENOENT", NULL}, by_bind, "missing/name", ENOENT},
	{{"bind_ENOTDIR", NULL}, by_bind, "there/name", ENOTDIR},
	{{"connect_ELOOP", NULL}, by_connect, "round", ELOOP},
	{{"connect_ENAMETOOLONG", NULL}, by_connect, "long", ENAMETOOLONG},
	{{"connect_ENOENT", NULL}, by_connect, "missing", ENOENT},
	{{"connect_ENOTDIR", NULL}, by_connect, "there/name", ENOTDIR},
	{{"sendto_ELOOP", NULL}, by_sendto, "round", ELOOP},
	{{"sendto_ENAMETOOLONG", NULL}, by_sendto, "long", ENAMETOOLONG},
	{{"sendto_ENOENT", NULL}, by_sendto, "missing", ENOENT},
	{{"sendto_ENOTDIR", NULL}, by_sendto, "there/name", ENOTDIR},
	{{"sendmsg_ELOOP", NULL}, by_sendmsg, "round", ELOOP},
	{{"sendmsg_ENAMETOOLONG", NULL}, by_sendmsg, "long", ENAMETOOLONG},
	{{"sendmsg_ENOENT", NULL}, by_sendmsg, "missing", ENOENT},
	{{"sendmsg_ENOTDIR", NULL}, by_sendmsg, "there/name", ENOTDIR},
};

/*
 * A symbolic link that leads to itself, one to a name that no file system takes, and a
 * socket's name, "there", all in a directory of the case's own.
 */
static int make_paths(void)
{
	char much[301];
	struct address there = address_unix("there");
	int fd = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));

	SETUP(mkdir("/tmp/paths", 0700));
	SETUP(chdir("/tmp/paths"));
	memset(much, 'n', sizeof(much) - 1);
	much[sizeof(much) - 1] = 0;
	SETUP(symlink("round", "round"));
	SETUP(symlink(much, "long"));
	SETUP(bind(fd, ADDRESS(there)));
	return fd;
}

/*
 * The kernel walks to a socket as to any file.
 *
 * bind() makes a file, so it needs the directories before the name; connect() and sending find
 * one, so they need all of the path. On the way a link can lead in a circle (`ELOOP`), a part
 * can be missing (`ENOENT`) or be no directory (`ENOTDIR`), and a name can be longer than the
 * 255 bytes that a file system takes (`ENAMETOOLONG`). The address itself is too short for
 * the last, with 108 bytes for the whole path; a symbolic link has room for more.
 */
CASE(errors_of_paths,
     .claim = "a call that takes a Unix path fails with the error that open() would give for it",
     .level = POSIX,
     .spec = "POSIX.1-2024 bind(), connect(), sendto(), sendmsg() ERRORS; path_resolution(7)",
     .tags = "errno unix path", .VARIANTS(paths))
{
	const struct path_row *row = VARIANT(struct path_row);
	struct address wrong = address_unix(row->path), there = address_unix("there");
	struct address fresh = address_unix("fresh");
	int receiver = make_paths(), fd = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));
	bool sends = row->call == by_sendto || row->call == by_sendmsg;
	char byte;

	EXPECT_ERR(row->call(fd, &wrong), row->error);
	EXPECT_EQ(row->call(fd, row->call == by_bind ? &fresh : &there), sends ? 1 : 0);
	if (sends)
		EXPECT_EQ(recv(receiver, &byte, 1, MSG_DONTWAIT), 1);
}
