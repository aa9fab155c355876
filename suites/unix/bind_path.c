/* SPDX-License-Identifier: MIT */
/* bind() to a path: the name is a file, and files have rules of their own. */
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suites/unix/unix_help.h"

#ifndef SIOCUNIXFILE
#define SIOCUNIXFILE 0x89e0 /* <linux/un.h>: SIOCPROTOPRIVATE + 0 */
#endif

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row types[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"dgram", NULL}, SOCK_DGRAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * To bind to a path is to make a file.
 *
 * The file's type is "socket"; it has an inode, an owner and permissions, and
 * `ls -l` marks it with an `s`. It holds no data: it is only the place where others
 * find the socket. Like any new file it gets all permissions that the umask does
 * not take away, so a server that wants to be private sets its umask first: a
 * chmod() afterwards leaves a moment in which everybody can connect.
 *
 * Try it: `umask 077; nc -lU /tmp/private & ls -l /tmp/private`
 */
CASE(bind_makes_a_socket_file,
     .claim = "bind() makes a file of type socket, with the permissions that the umask leaves",
     .level = LINUX,
     .spec = "unix(7), Pathname socket ownership and permissions; POSIX.1-2024 bind()",
     .tags = "unix bind", .VARIANTS(types))
{
	struct address name = address_unix("/tmp/socket");
	int fd = SETUP(socket(AF_UNIX, VARIANT(struct type_row)->type, 0));
	struct stat file;

	umask(027);
	EXPECT_ERR(stat("/tmp/socket", &file), ENOENT);
	EXPECT_OK(bind(fd, ADDRESS(name)));

	REQUIRE_OK(stat("/tmp/socket", &file));
	EXPECT_TRUE(S_ISSOCK(file.st_mode));
	EXPECT_EQ(file.st_mode & 0777, 0777 & ~027);
	EXPECT_EQ(file.st_uid, geteuid());
}

/* ------------------------------------------------------------ a path that exists */

static int bind_and_close(void)
{
	return close(unix_bound(SOCK_STREAM, "/tmp/taken"));
}

static int bind_and_listen(void)
{
	return unix_listener(SOCK_STREAM, "/tmp/taken");
}

static int make_a_file(void)
{
	return close(creat("/tmp/taken", 0644));
}

static int make_a_dangling_link(void)
{
	return symlink("/tmp/nothing", "/tmp/taken");
}

struct taken_row {
	struct variant variant;
	int (*take)(void);
	int reuse_address;
};

static const struct taken_row takers[] = {
	{{"listening", NULL}, bind_and_listen, 0},
	{{"listening_reuseaddr", NULL}, bind_and_listen, 1},
	{{"nobody_listens", NULL}, bind_and_close, 0},
	{{"regular_file", NULL}, make_a_file, 0},
	{{"dangling_symlink", NULL}, make_a_dangling_link, 0},
};

/*
 * An existing path is in use, whether or not anybody listens.
 *
 * A TCP port is free again when its socket is closed. A path is not: bind() wants
 * to make a file, and never replaces one, be it a socket that was left behind by a
 * server that died, a file with other contents, or a symbolic link that leads
 * nowhere (following it would let others choose where the socket appears).
 *
 * `SO_REUSEADDR` means nothing here. That is why servers call unlink() before
 * bind(), or bind in a directory of their own and rename() the socket into place.
 *
 * Try it: `nc -lU /tmp/s`, stop it with `kill -9`, and start it again.
 */
CASE(an_existing_path_is_in_use,
     .claim = "bind() to a path that exists fails with EADDRINUSE until the path is unlinked",
     .level = POSIX, .spec = "POSIX.1-2024 bind() DESCRIPTION and ERRORS; unix(7) NOTES",
     .tags = "unix bind", .VARIANTS(takers))
{
	const struct taken_row *row = VARIANT(struct taken_row);
	struct address name = address_unix("/tmp/taken");
	int fd = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));

	SETUP(row->take());
	SETUP(set_int(fd, SOL_SOCKET, SO_REUSEADDR, row->reuse_address));
	EXPECT_ERR(bind(fd, ADDRESS(name)), EADDRINUSE);

	SETUP(unlink("/tmp/taken"));
	EXPECT_OK(bind(fd, ADDRESS(name)));
}

/* --------------------------------------------------- a path that leads to no place */

static int no_directory(void)
{
	return 0;
}

static int make_directory(void)
{
	return mkdir("/tmp/dir", 0755);
}

static int file_for_directory(void)
{
	return close(creat("/tmp/dir", 0644));
}

static int link_to_itself(void)
{
	return symlink("/tmp/dir", "/tmp/dir");
}

static int directory_for_link(void)
{
	return unlink("/tmp/dir") == 0 ? make_directory() : -1;
}

static int read_only_mount(void)
{
	return make_directory() == 0 ? mount("none", "/tmp/dir", "tmpfs", MS_RDONLY, NULL) : -1;
}

static int unmount(void)
{
	return umount("/tmp/dir");
}

static int directory_without_write(void)
{
	return mkdir("/tmp/dir", 0555);
}

static int directory_without_search(void)
{
	return mkdir("/tmp/dir", 0666);
}

static int allow_all(void)
{
	return chmod("/tmp/dir", 0777);
}

struct fault_row {
	struct variant variant;
	int (*fault)(void);
	int (*repair)(void);
	int error;
};

static const struct fault_row path_faults[] = {
	{{"ENOENT", NULL}, no_directory, make_directory, ENOENT},
	{{"ENOTDIR", NULL}, file_for_directory, directory_for_link, ENOTDIR},
	{{"ELOOP", NULL}, link_to_itself, directory_for_link, ELOOP},
	{{"EROFS", NULL}, read_only_mount, unmount, EROFS},
	{{"EACCES_write", NULL}, directory_without_write, allow_all, EACCES},
	{{"EACCES_search", NULL}, directory_without_search, allow_all, EACCES},
};

/*
 * bind() fails as creating a file at that path fails.
 *
 * The kernel walks the path like open(O_CREAT) does: every directory on the way
 * must exist, be a directory, not lead in circles and allow searching; the last
 * one must be writable, by its permissions and by its mount. So the directory is
 * what protects a name: whoever may write there may take it.
 *
 * Root passes over permissions by `CAP_DAC_OVERRIDE`; the case gives it up to see
 * what an ordinary user sees.
 *
 * Try it: `nc -lU /nowhere/socket`, `nc -lU /etc/hostname/socket`.
 */
CASE(bind_fails_like_creating_a_file,
     .claim = "bind() to a path fails with the error of the path, and succeeds once it is mended",
     .level = POSIX, .spec = "POSIX.1-2024 bind() ERRORS for AF_UNIX; path_resolution(7)",
     .tags = "unix bind errno", .VARIANTS(path_faults))
{
	const struct fault_row *row = VARIANT(struct fault_row);
	struct address name = address_unix("/tmp/dir/socket");
	int fd = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));

	SETUP(sandbox_drop_capability(CAP_DAC_OVERRIDE));
	SETUP(sandbox_drop_capability(CAP_DAC_READ_SEARCH));
	SETUP(row->fault());
	EXPECT_ERR(bind(fd, ADDRESS(name)), row->error);

	SETUP(row->repair());
	EXPECT_OK(bind(fd, ADDRESS(name)));
}

/*
 * A socket is named once.
 *
 * Others may already be on their way to the first name, so a second bind() is
 * refused with `EINVAL`, even if the first name has been unlinked since. A server
 * that wants two names opens two sockets and waits for both, or makes the second
 * name a hard link to the first.
 */
CASE(a_socket_is_bound_once, .claim = "A second bind() of the same socket fails with EINVAL",
     .level = POSIX, .spec = "POSIX.1-2024 bind() ERRORS", .tags = "unix bind errno",
     .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address second = address_unix("/tmp/second");
	int named = SETUP(unix_bound(type, "/tmp/first"));
	int fresh = SETUP(socket(AF_UNIX, type, 0));

	EXPECT_ERR(bind(named, ADDRESS(second)), EINVAL);

	/* Nothing was made by the failed call: the name is free for another socket. */
	EXPECT_OK(bind(fresh, ADDRESS(second)));
}

/* ------------------------------------------------------------- the address itself */

struct length_row {
	struct variant variant;
	sa_family_t family;
	size_t length;
};

static const struct length_row bad_addresses[] = {
	{{"shorter_than_the_family", NULL}, AF_UNIX, sizeof(sa_family_t) - 1},
	{{"longer_than_sockaddr_un", NULL}, AF_UNIX, sizeof(struct sockaddr_un) + 1},
	{{"family_of_another", NULL}, AF_INET, sizeof(struct sockaddr_un)},
};

/*
 * An address is what its length says.
 *
 * The kernel copies as many bytes as the third argument tells. Fewer than the
 * family's two cannot be an address, more than a `struct sockaddr_un` neither;
 * then it looks whether the family is the socket's. Linux answers `EINVAL` to all
 * three. For the wrong family POSIX names `EAFNOSUPPORT`, which Linux's IPv4
 * sockets do return: a program that cares should accept both.
 */
CASE(an_address_of_the_wrong_form,
     .claim = "bind() fails with EINVAL when the address has an impossible length or another "
	      "family",
     .level = LINUX, .spec = "unix(7) ERRORS; bind(2) ERRORS", .tags = "unix bind errno",
     .VARIANTS(bad_addresses))
{
	const struct length_row *row = VARIANT(struct length_row);
	struct address name = address_unix("/tmp/socket");
	int fd = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));

	name.un.sun_family = row->family;
	EXPECT_ERR(bind(fd, &name.any, (socklen_t)row->length), EINVAL);

	name.un.sun_family = AF_UNIX;
	EXPECT_OK(bind(fd, &name.any, sizeof(struct sockaddr_un)));
}

/*
 * A path may fill `sun_path` to its last byte.
 *
 * There are 108 bytes, and Linux takes 108 characters without a NUL at the end: it
 * adds one itself. What getsockname() then returns is one byte longer than the
 * structure, so a program that passes only `sizeof(struct sockaddr_un)` gets a path
 * without an end and must not hand it to strlen(). The returned length tells.
 *
 * Try it: bind a name of 108 characters and print `sun_path` with `%s`.
 */
CASE(a_path_of_108_bytes,
     .claim = "A path of 108 bytes without NUL can be bound, and getsockname() reports 109",
     .level = LINUX, .spec = "unix(7) BUGS", .tags = "unix bind getsockname")
{
	struct sockaddr_un full = {.sun_family = AF_UNIX};
	struct address reported = address_empty();
	int fd = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
	struct stat file;
	char path[sizeof(full.sun_path) + 1] = "/tmp/";

	memset(path + 5, 'n', sizeof(full.sun_path) - 5);
	memcpy(full.sun_path, path, sizeof(full.sun_path));
	EXPECT_OK(bind(fd, (struct sockaddr *)&full, sizeof(full)));

	EXPECT_OK(stat(path, &file));
	EXPECT_OK(getsockname(fd, &reported.any, &reported.length));
	EXPECT_EQ(reported.length, sizeof(full) + 1);
	EXPECT_STREQ(reported.un.sun_path, path);
}

/*
 * From the socket to its file.
 *
 * getsockname() tells bytes, which may lead to another file by now, or to none. `SIOCUNIXFILE`
 * opens the file that bind() made, wherever it has gone since: a descriptor that is good for
 * fstat() and the like (`O_PATH`). A socket that is not bound to a path has none. The checkpoint
 * tool CRIU is why it exists, and it needs `CAP_NET_ADMIN`.
 */
CASE(file_of_a_socket,
     .claim = "SIOCUNIXFILE opens the file that bind() made, also after rename(); ENOENT without "
	      "one",
     .level = ABI, .spec = "Linux 4.9, commit ba94f3088b79; net/unix/af_unix.c, unix_open_file()",
     .tags = "unix bind ioctl errno")
{
	struct address name = address_unix("/tmp/before");
	int fd = SETUP(socket(AF_UNIX, SOCK_STREAM, 0)), file;
	struct stat made, opened;

	EXPECT_ERR(ioctl(fd, SIOCUNIXFILE), EINVAL, ENOENT);
	SETUP(bind(fd, ADDRESS(name)));
	SETUP(stat("/tmp/before", &made));
	SETUP(rename("/tmp/before", "/tmp/after"));
	file = REQUIRE_OK(ioctl(fd, SIOCUNIXFILE));
	SETUP(fstat(file, &opened));
	EXPECT_EQ(opened.st_ino, made.st_ino);
	EXPECT_TRUE(S_ISSOCK(opened.st_mode));
	EXPECT_EQ(fcntl(file, F_GETFL) & O_PATH, O_PATH);

	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(ioctl(fd, SIOCUNIXFILE), EPERM);
}

/* ---------------------------------------------------------- a name and its socket */

/*
 * unlink() takes the name, not the socket.
 *
 * As with a file that is open, the socket lives on as long as a descriptor refers
 * to it: connections go on, and only newcomers find nothing at the path. The path
 * is free at once, for a new server, while the old one still serves its last
 * clients: this is how servers are replaced without a gap.
 */
CASE(unlink_takes_the_name_only,
     .claim = "After unlink() of its path a connection goes on, and another socket can take the "
	      "path",
     .level = LINUX, .spec = "unix(7) NOTES", .tags = "unix bind")
{
	struct pair old;
	int newcomer = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
	char byte;

	SETUP(unix_join(SOCK_STREAM, "/tmp/server", &old));
	SETUP(unlink("/tmp/server"));
	EXPECT_ERR(connect(newcomer, ADDRESS(old.server_address)), ENOENT);
	EXPECT_EQ(send(old.client, "x", 1, 0), 1);
	EXPECT_EQ(recv(old.server, &byte, 1, 0), 1);

	EXPECT_OK(unix_listener(SOCK_STREAM, "/tmp/server"));
	EXPECT_OK(connect(newcomer, ADDRESS(old.server_address)));
}

/*
 * A socket keeps the name that it was given.
 *
 * rename() moves the file, and connect() to the new path reaches the socket,
 * because the way goes from the path to the inode and from there to the socket.
 * But getsockname() tells the bytes that were passed to bind(): the socket does
 * not know where its file is now. A name that was relative stays relative to a
 * directory that nobody remembers.
 */
CASE(a_renamed_socket_is_found,
     .claim = "connect() finds a renamed socket at its new path, getsockname() tells the old one",
     .level = ABI, .spec = "unix(7), Pathname sockets; rename(2)", .tags = "unix bind getsockname")
{
	struct address new_name = address_unix("/tmp/new"), told = address_empty();
	int server = SETUP(unix_listener(SOCK_STREAM, "/tmp/old"));
	int client = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));

	EXPECT_ERR(connect(client, ADDRESS(new_name)), ENOENT);
	SETUP(rename("/tmp/old", "/tmp/new"));
	EXPECT_OK(connect(client, ADDRESS(new_name)));
	EXPECT_OK(getsockname(server, &told.any, &told.length));
	EXPECT_STREQ(told.un.sun_path, "/tmp/old");
}
