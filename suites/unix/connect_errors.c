/* SPDX-License-Identifier: MIT */
/* connect(): finding the socket behind a name, and why that can fail. */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/names/names.h"
#include "suites/unix/unix_help.h"

#include "harness/case.h"

/* ------------------------------------------------------ faults, and how they are mended */

static int nothing(const char *name)
{
	return name != NULL ? 0 : -1;
}

static int serve(const char *name)
{
	return unix_listener(SOCK_STREAM, name);
}

static int server_that_died(const char *name)
{
	return close(serve(name));
}

static int replace_and_serve(const char *name)
{
	return unlink(name) == 0 ? serve(name) : -1;
}

static int regular_file(const char *name)
{
	return close(creat(name, 0666));
}

static int file_for_directory(const char *name)
{
	(void)name;
	return regular_file("/tmp/dir");
}

static int directory_and_serve(const char *name)
{
	return unlink("/tmp/dir") == 0 && mkdir("/tmp/dir", 0755) == 0 ? serve(name) : -1;
}

static int bound;

static int only_bind(const char *name)
{
	return bound = unix_bound(SOCK_STREAM, name);
}

static int listen_at_last(const char *name)
{
	(void)name;
	return listen(bound, 8);
}

static int serve_without_permission(const char *name)
{
	return serve(name) >= 0 ? chmod(name, 0555) : -1;
}

static int permit(const char *name)
{
	return chmod(name, 0755);
}

struct fault_row {
	struct variant variant;
	const char *name;
	int (*fault)(const char *name);
	int (*repair)(const char *name);
	int error;
};

static const struct fault_row faults[] = {
	{{"ENOENT", NULL}, "/tmp/s", nothing, serve, ENOENT},
	{{"ENOTDIR", NULL}, "/tmp/dir/s", file_for_directory, directory_and_serve, ENOTDIR},
	{{"ECONNREFUSED_died", NULL}, "/tmp/s", server_that_died, replace_and_serve, ECONNREFUSED},
	{{"ECONNREFUSED_not_listening", NULL}, "/tmp/s", only_bind, listen_at_last, ECONNREFUSED},
	{{"ECONNREFUSED_file", NULL}, "/tmp/s", regular_file, replace_and_serve, ECONNREFUSED},
	{{"ECONNREFUSED_abstract", NULL}, "@s", nothing, serve, ECONNREFUSED},
	{{"EACCES", NULL}, "/tmp/s", serve_without_permission, permit, EACCES},
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
	struct address name = address_unix(row->name);
	int client = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));

	SETUP(sandbox_drop_capability(CAP_DAC_OVERRIDE));
	SETUP(row->fault(row->name));
	EXPECT_ERR(connect(client, ADDRESS(name)), row->error);

	SETUP(row->repair(row->name));
	EXPECT_OK(connect(client, ADDRESS(name)));
}

/* ------------------------------------------------------------------ the wrong type */

struct types_row {
	struct variant variant;
	int client, server;
};

static const struct types_row mismatches[] = {
	{{"stream_to_dgram", NULL}, SOCK_STREAM, SOCK_DGRAM},
	{{"stream_to_seqpacket", NULL}, SOCK_STREAM, SOCK_SEQPACKET},
	{{"dgram_to_stream", NULL}, SOCK_DGRAM, SOCK_STREAM},
	{{"dgram_to_seqpacket", NULL}, SOCK_DGRAM, SOCK_SEQPACKET},
	{{"seqpacket_to_stream", NULL}, SOCK_SEQPACKET, SOCK_STREAM},
	{{"seqpacket_to_dgram", NULL}, SOCK_SEQPACKET, SOCK_DGRAM},
};

/*
 * Both ends must be of one type.
 *
 * TCP and UDP have port numbers of their own, so that a stream socket never meets
 * a datagram socket. Paths are shared by all types, and so they can meet: then it
 * is `EPROTOTYPE`, in words "wrong type for this socket".
 *
 * Try it: `nc -U /dev/log`, where a syslog daemon reads datagrams.
 */
CASE(both_ends_have_one_type,
     .claim = "connect() to a socket of another type fails with EPROTOTYPE, to one of the own "
	      "type it works",
     .level = POSIX, .spec = "POSIX.1-2024 connect() ERRORS; unix(7) ERRORS",
     .tags = "unix connect errno", .VARIANTS(mismatches))
{
	const struct types_row *row = VARIANT(struct types_row);
	struct address name = address_unix("/tmp/server");
	int server = SETUP(unix_bound(row->server, "/tmp/server"));
	int client = SETUP(socket(AF_UNIX, row->client, 0));
	int like_server = SETUP(socket(AF_UNIX, row->server, 0));

	if (row->server != SOCK_DGRAM)
		SETUP(listen(server, 8));
	EXPECT_ERR(connect(client, ADDRESS(name)), EPROTOTYPE);
	EXPECT_OK(connect(like_server, ADDRESS(name)));
}

/* ------------------------------------------------------------------- the wrong state */

static const struct types_row connected_types[] = {
	{{"stream", NULL}, SOCK_STREAM, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET, SOCK_SEQPACKET},
};

/*
 * A connection is made once.
 *
 * A datagram socket may change its peer as often as it likes: its "connection" is
 * a note in the sender. A stream socket has a partner who counts on it, and a
 * second connect() finds `EISCONN`, even to the same address. To talk to somebody
 * else takes another socket.
 */
CASE(a_connection_is_made_once, .claim = "connect() fails with EISCONN on a connected socket",
     .level = POSIX, .spec = "POSIX.1-2024 connect() ERRORS; unix(7) ERRORS",
     .tags = "unix connect errno", .VARIANTS(connected_types))
{
	int type = VARIANT(struct types_row)->client;
	struct pair p;

	SETUP(unix_join(type, "/tmp/server", &p));
	EXPECT_ERR(connect(p.client, ADDRESS(p.server_address)), EISCONN);
	EXPECT_OK(connect(SETUP(socket(AF_UNIX, type, 0)), ADDRESS(p.server_address)));
	/* The first connection was not harmed. */
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
}

/*
 * A connection has one destination.
 *
 * sendto() with an address on a connection is a contradiction. The manual allows
 * two answers: the address is ignored and the data goes to the peer, or the call
 * fails with `EISCONN`. What may never happen is that it goes where the address
 * says. Linux refuses for streams and ignores for sequenced packets.
 */
CASE(a_connection_has_one_destination,
     .claim = "sendto() to another address fails with EISCONN or reaches the peer, never the other",
     .level = LINUX, .spec = "sendto(2) DESCRIPTION; POSIX.1-2024 sendto()",
     .tags = "unix sendto errno", .VARIANTS(connected_types))
{
	int type = VARIANT(struct types_row)->client;
	struct address elsewhere = address_unix("/tmp/elsewhere");
	int other = SETUP(unix_listener(type, "/tmp/elsewhere"));
	struct pair p;
	ssize_t sent;
	char byte;

	SETUP(unix_join(type, "/tmp/server", &p));
	errno = 0;
	sent = sendto(p.client, "x", 1, 0, ADDRESS(elsewhere));
	EXPECT_TRUE(sent == 1 || (sent == -1 && errno == EISCONN));
	OBSERVE("sendto() on a connection", "%s", sent == 1 ? "reaches the peer" : "fails");
	EXPECT_EQ(recv(p.server, &byte, 1, MSG_DONTWAIT), sent);
	EXPECT_EQ(wait_for(other, POLLIN, 0), 0);

	/* Without an address it is sent. */
	EXPECT_EQ(send(p.client, "y", 1, 0), 1);
	EXPECT_EQ(recv(p.server, &byte, 1, MSG_DONTWAIT), 1);
}

/*
 * A listener cannot become a client.
 *
 * listen() decides a socket's fate: it waits for others, and has no peer of its
 * own. POSIX wants `EOPNOTSUPP` when it tries to connect; Linux's AF_UNIX answers
 * `EINVAL`. This case asks only that it fails, and writes down how.
 */
CASE(a_listener_cannot_connect, .claim = "connect() fails on a socket that listens",
     .level = OBSERVED, .spec = "POSIX.1-2024 connect() ERRORS: EOPNOTSUPP",
     .tags = "unix connect errno", .VARIANTS(connected_types))
{
	int type = VARIANT(struct types_row)->client;
	struct address name = address_unix("/tmp/server");
	int listener = SETUP(unix_listener(type, "/tmp/other"));

	SETUP(unix_listener(type, "/tmp/server"));
	errno = 0;
	EXPECT_EQ(connect(listener, ADDRESS(name)), -1);
	OBSERVE("errno", "%s", names_errno(errno));
	EXPECT_OK(connect(SETUP(socket(AF_UNIX, type, 0)), ADDRESS(name)));
}

/*
 * Connecting does not need accept().
 *
 * connect() returns as soon as the connection stands in the listener's queue; the
 * server may be busy elsewhere. What the client writes meanwhile waits too, and
 * when the server closes its listener without having accepted, the client finds
 * out by `ECONNRESET`. "Connected" means "queued", not "welcome".
 */
CASE(a_connection_that_was_never_accepted,
     .claim = "Data sent before accept() arrives; a listener closed without accept() resets the "
	      "connection",
     .level = LINUX, .spec = "unix(7) ERRORS: ECONNRESET; listen(2)", .tags = "unix connect listen",
     .VARIANTS(connected_types))
{
	int type = VARIANT(struct types_row)->client;
	struct address name = address_unix("/tmp/server");
	int listener = SETUP(unix_listener(type, "/tmp/server"));
	int first = SETUP(socket(AF_UNIX, type, 0)), second = SETUP(socket(AF_UNIX, type, 0));
	char text[8] = "";

	EXPECT_OK(connect(first, ADDRESS(name)));
	EXPECT_OK(connect(second, ADDRESS(name)));
	EXPECT_EQ(send(first, "early", 5, 0), 5);
	EXPECT_EQ(recv(REQUIRE_OK(accept(listener, NULL, NULL)), text, sizeof(text), 0), 5);
	EXPECT_STREQ(text, "early");

	SETUP(close(listener));
	EXPECT_ERR(recv(second, text, sizeof(text), 0), ECONNRESET);
}
