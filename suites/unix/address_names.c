/* SPDX-License-Identifier: MIT */
/* What getsockname(), getpeername(), accept() and recvfrom() tell about names. */
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "suites/unix/unix_help.h"

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

static const struct type_row connected_types[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * A socket without a name has an address of two bytes.
 *
 * The address then holds the family and nothing else: the length says that there
 * is no path, and `sun_path` must not be looked at, it may hold anything. Both ends
 * of a socketpair() are such sockets and stay so; a client need not have a name
 * to be connected. Programs that print `sun_path` for every peer print rubbish.
 *
 * Try it: `ss -xp`; most lines show `*` where a name would stand.
 */
CASE(an_unnamed_socket_has_a_short_address,
     .claim = "getsockname() and getpeername() give length sizeof(sa_family_t) for an unnamed "
	      "socket",
     .level = LINUX, .spec = "unix(7), Address format: unnamed",
     .tags = "unix getsockname getpeername", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	struct address own = address_empty(), peer = address_empty();

	memset(&own.un, '?', sizeof(own.un));
	EXPECT_OK(getsockname(p.client, &own.any, &own.length));
	EXPECT_EQ(own.length, sizeof(sa_family_t));
	EXPECT_EQ(own.any.sa_family, AF_UNIX);
	/* Nothing was written behind the length. */
	EXPECT_EQ(own.un.sun_path[0], '?');

	EXPECT_OK(getpeername(p.client, &peer.any, &peer.length));
	EXPECT_EQ(peer.length, sizeof(sa_family_t));
}

struct name_row {
	struct variant variant;
	const char *name;
	size_t length; /* of what stands in sun_path */
};

static const struct name_row names[] = {
	{{"path", NULL}, "/tmp/server", sizeof("/tmp/server")},
	{{"relative_path", NULL}, "server", sizeof("server")},
	{{"abstract", NULL}, "@server", sizeof("@server") - 1},
};

/*
 * The name of a listener is the name of all its connections.
 *
 * accept() makes a new socket, and that socket's own name is the name its client
 * asked for. A path is reported with its NUL, an abstract name without one:
 * `length - offsetof(struct sockaddr_un, sun_path)` bytes belong to the name, in
 * both cases.
 */
CASE(an_accepted_socket_has_the_listeners_name,
     .claim = "The accepted socket's own name and the client's peer name are the listener's name",
     .level = LINUX, .spec = "unix(7), Address format; POSIX.1-2024 getsockname()",
     .tags = "unix getsockname getpeername accept", .VARIANTS(names))
{
	const struct name_row *row = VARIANT(struct name_row);
	struct address own = address_empty(), peer = address_empty();
	struct pair p;

	SETUP(unix_join(SOCK_STREAM, row->name, &p));
	EXPECT_OK(getsockname(p.server, &own.any, &own.length));
	EXPECT_EQ(own.length - offsetof(struct sockaddr_un, sun_path), row->length);
	EXPECT_TRUE(address_equal(&own, &p.server_address));

	EXPECT_OK(getpeername(p.client, &peer.any, &peer.length));
	EXPECT_TRUE(address_equal(&peer, &p.server_address));
}

/*
 * accept() tells the client's name, if it has one.
 *
 * Most clients have none, and the address then is two bytes long. One that was
 * bound before connect() is told by accept() and by getpeername() alike. Unlike an
 * IP address it proves little: whoever may write in the directory may have bound
 * that path. Ask `SO_PEERCRED` for the user.
 */
CASE(accept_tells_the_clients_name,
     .claim = "accept() gives the path of a bound client, and an address of two bytes for another",
     .level = LINUX, .spec = "unix(7), Address format; POSIX.1-2024 accept()",
     .tags = "unix accept getpeername", .VARIANTS(connected_types))
{
	int type = VARIANT(struct type_row)->type, server;
	struct address name = address_unix("/tmp/server");
	struct address client_name = address_unix("/tmp/client");
	struct address told = address_empty(), peer = address_empty(), nobody = address_empty();
	int listener = SETUP(unix_listener(type, "/tmp/server"));

	SETUP(connect(SETUP(unix_bound(type, "/tmp/client")), ADDRESS(name)));
	server = REQUIRE_OK(accept(listener, &told.any, &told.length));
	EXPECT_TRUE(address_equal(&told, &client_name));
	EXPECT_OK(getpeername(server, &peer.any, &peer.length));
	EXPECT_TRUE(address_equal(&peer, &client_name));

	SETUP(connect(SETUP(socket(AF_UNIX, type, 0)), ADDRESS(name)));
	REQUIRE_OK(accept(listener, &nobody.any, &nobody.length));
	EXPECT_EQ(nobody.length, sizeof(sa_family_t));
}

/*
 * recvfrom() tells who sent a datagram.
 *
 * The sender's name travels with each datagram, as it was when it was sent: even
 * after the sender has gone the receiver learns it. A sender without a name leaves
 * the length at 0, not at 2: here Linux tells "no address" and not "an address
 * without a name".
 */
CASE(recvfrom_tells_the_senders_name,
     .claim = "recvfrom() gives the sender's path, even when it has gone, and length 0 for an "
	      "unnamed one",
     .level = ABI, .spec = "unix(7), Address format; POSIX.1-2024 recvfrom()",
     .tags = "unix dgram recvfrom")
{
	struct address name = address_unix("/tmp/server");
	struct address sender_name = address_unix("/tmp/client");
	struct address from = address_empty(), nobody = address_empty();
	int server = SETUP(unix_bound(SOCK_DGRAM, "/tmp/server"));
	int named = SETUP(unix_bound(SOCK_DGRAM, "/tmp/client"));
	int unnamed = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));
	char byte;

	SETUP(sendto(named, "n", 1, 0, ADDRESS(name)));
	SETUP(close(named));
	SETUP(unlink("/tmp/client"));
	EXPECT_EQ(recvfrom(server, &byte, 1, 0, &from.any, &from.length), 1);
	EXPECT_TRUE(address_equal(&from, &sender_name));

	SETUP(sendto(unnamed, "u", 1, 0, ADDRESS(name)));
	EXPECT_EQ(recvfrom(server, &byte, 1, 0, &nobody.any, &nobody.length), 1);
	EXPECT_EQ(nobody.length, 0);
}

static int own_name(int listener, int client, struct address *told)
{
	(void)client;
	return getsockname(listener, &told->any, &told->length);
}

static int peers_name(int listener, int client, struct address *told)
{
	(void)listener;
	return getpeername(client, &told->any, &told->length);
}

static int clients_name(int listener, int client, struct address *told)
{
	(void)client;
	return accept(listener, &told->any, &told->length);
}

struct cut_row {
	struct variant variant;
	int (*tell)(int listener, int client, struct address *told);
	const char *name;
};

static const struct cut_row cuts[] = {
	{{"getsockname", NULL}, own_name, "/tmp/server"},
	{{"getpeername", NULL}, peers_name, "/tmp/server"},
	{{"accept", NULL}, clients_name, "/tmp/visitor"},
};

/* Connects a socket that was bound to the path, and leaves the path to the next one. */
static int visit(const struct address *server)
{
	int fd = SETUP(unix_bound(SOCK_STREAM, "/tmp/visitor"));

	SETUP(connect(fd, ADDRESS(*server)));
	SETUP(unlink("/tmp/visitor"));
	return fd;
}

/*
 * A buffer that is too small gets the beginning, and the length that was needed.
 *
 * The third argument goes in as the room and comes out as the length of the
 * address, not of what was copied. If it came out larger than it went in, the
 * address was cut, and there is no NUL at the end of `sun_path`. The rule is the
 * same for every call that tells an address.
 */
CASE(a_name_is_cut_to_its_buffer,
     .claim = "getsockname(), getpeername() and accept() fill only the room that they are given, "
	      "and return the whole length",
     .level = POSIX,
     .spec = "POSIX.1-2024 getsockname(), getpeername(), accept(); unix(7), Pathname sockets",
     .tags = "unix getsockname getpeername accept", .VARIANTS(cuts))
{
	const struct cut_row *row = VARIANT(struct cut_row);
	struct address server = address_unix("/tmp/server"), told = address_empty();
	struct address name = address_unix(row->name);
	int listener = SETUP(unix_listener(SOCK_STREAM, "/tmp/server")), client;
	const socklen_t room = offsetof(struct sockaddr_un, sun_path) + 4;

	client = visit(&server);
	visit(&server);
	memset(&told.un, '?', sizeof(told.un));
	told.length = room;
	EXPECT_OK(row->tell(listener, client, &told));
	EXPECT_EQ(told.length, name.length);
	EXPECT_EQ(told.any.sa_family, AF_UNIX);
	EXPECT_MEMEQ(told.un.sun_path, "/tmp????", 8);

	/* With the room that it asked for all of it comes. */
	EXPECT_OK(row->tell(listener, client, &told));
	EXPECT_TRUE(address_equal(&told, &name));
}

/*
 * A socket that is not connected has no peer.
 *
 * getpeername() is therefore the usual way to ask whether a connection stands, or
 * whether a descriptor that was inherited, from inetd or systemd, is a listener or
 * a connection: a listener has no peer either.
 */
CASE(an_unconnected_socket_has_no_peer,
     .claim = "getpeername() fails with ENOTCONN before connect(), and succeeds after",
     .level = POSIX, .spec = "POSIX.1-2024 getpeername() ERRORS", .tags = "unix getpeername errno",
     .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address name = address_unix("/tmp/server"), peer = address_empty();
	int server = SETUP(unix_bound(type, "/tmp/server"));
	int client = SETUP(socket(AF_UNIX, type, 0));

	EXPECT_ERR(getpeername(client, &peer.any, &peer.length), ENOTCONN);
	EXPECT_ERR(getpeername(server, &peer.any, &peer.length), ENOTCONN);
	if (type != SOCK_DGRAM)
		SETUP(listen(server, 8));
	SETUP(connect(client, ADDRESS(name)));
	EXPECT_OK(getpeername(client, &peer.any, &peer.length));
	EXPECT_TRUE(address_equal(&peer, &name));
}
