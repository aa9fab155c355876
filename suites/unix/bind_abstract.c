/* SPDX-License-Identifier: MIT */
/* Abstract names: a namespace of their own, without files. */
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
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

/*
 * An abstract name leaves no file.
 *
 * The first byte of `sun_path` is NUL, which no path can begin with; the bytes
 * after it are the name. The kernel keeps it in a table, not in a file system:
 * nothing to clean up, nothing to chmod(). Anybody in the same network namespace
 * may connect, whatever the umask was; a server has to ask who they are
 * (`SO_PEERCRED`).
 *
 * Try it: `ss -xl`; names that begin with `@` are abstract.
 */
CASE(an_abstract_name_is_no_file,
     .claim = "An abstract name appears in no directory, and can be connected to whatever the "
	      "umask was",
     .level = LINUX, .spec = "unix(7), Abstract sockets", .tags = "unix bind abstract")
{
	struct address name = address_unix("@shop");
	int client = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
	struct stat file;

	umask(0777);
	SETUP(unix_listener(SOCK_STREAM, "@shop"));
	EXPECT_ERR(stat("shop", &file), ENOENT);
	EXPECT_ERR(stat("@shop", &file), ENOENT);
	EXPECT_OK(connect(client, ADDRESS(name)));
}

/*
 * The length is part of an abstract name.
 *
 * A path ends at its first NUL. An abstract name ends where the address ends: all
 * bytes within the length count, NULs too. A program that binds with the length of
 * the text and one that connects with `sizeof(struct sockaddr_un)`, zeros at the
 * end, mean two different names and never meet. It is the most frequent mistake
 * with abstract names.
 *
 * Try it: `ss -xl` shows such zeros as a row of `@`.
 */
CASE(the_length_is_part_of_the_name,
     .claim = "Names that differ only in NUL bytes at their end are different names",
     .level = LINUX, .spec = "unix(7), Address format: abstract", .tags = "unix bind abstract",
     .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address name = address_unix("@shop"), longer = name;
	int first = SETUP(socket(AF_UNIX, type, 0));
	int second = SETUP(socket(AF_UNIX, type, 0));

	longer.length += 1;
	SETUP(bind(first, ADDRESS(name)));
	EXPECT_ERR(bind(second, ADDRESS(name)), EADDRINUSE);
	EXPECT_OK(bind(second, ADDRESS(longer)));
}

/*
 * An abstract name lives as long as its socket.
 *
 * The socket is the open file description, not the descriptor: after dup() one
 * close() changes nothing. With the last one the name is gone. A server that dies,
 * however it dies, leaves nothing behind that the next would have to unlink().
 */
CASE(an_abstract_name_vanishes_with_its_socket,
     .claim = "The name is in use until the last descriptor of its socket is closed, and free then",
     .level = LINUX, .spec = "unix(7), Abstract sockets", .tags = "unix bind abstract",
     .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address name = address_unix("@shop");
	int first = SETUP(unix_bound(type, "@shop"));
	int second = SETUP(socket(AF_UNIX, type, 0));
	int copy = SETUP(dup(first));

	SETUP(close(first));
	EXPECT_ERR(bind(second, ADDRESS(name)), EADDRINUSE);
	SETUP(close(copy));
	EXPECT_OK(bind(second, ADDRESS(name)));
}

/*
 * A connection does not hold the name.
 *
 * The accepted socket reports the listener's name as its own, but does not own it:
 * when the listener is closed, the name is free while its connections go on. TCP
 * is stricter: there the accepted connections keep the port, and a new listener
 * needs `SO_REUSEADDR`.
 */
CASE(a_connection_does_not_hold_the_name,
     .claim = "When the listener is closed its abstract name is free, while its connections go on",
     .level = ABI, .spec = "unix(7), Abstract sockets", .tags = "unix bind abstract")
{
	struct address told = address_empty();
	struct pair p;
	char byte;

	SETUP(unix_join(SOCK_STREAM, "@shop", &p));
	SETUP(close(p.listener));
	EXPECT_OK(unix_listener(SOCK_STREAM, "@shop"));

	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_EQ(recv(p.server, &byte, 1, 0), 1);
	EXPECT_OK(getsockname(p.server, &told.any, &told.length));
	EXPECT_TRUE(address_equal(&told, &p.server_address));
}

/* ------------------------------------------------------------- network namespaces */

/*
 * Abstract names belong to a network namespace.
 *
 * Two containers with networks of their own can both have a server `@shop` and
 * will not see each other's. A container that shares the host's network shares its
 * abstract names too, and with them every service on the host that trusts whoever
 * can reach it: a way out of a container more than once.
 */
CASE(an_abstract_name_stays_in_its_network,
     .claim = "An abstract name can be connected to only from the network namespace it was bound "
	      "in",
     .level = LINUX, .spec = "network_namespaces(7); unix(7), Abstract sockets", .topology = "pair",
     .tags = "unix abstract namespace", .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address name = address_unix("@shop");
	int server = SETUP(unix_bound(type, "@shop"));
	int here = SETUP(socket(AF_UNIX, type, 0)), there;

	if (type != SOCK_DGRAM)
		SETUP(listen(server, 8));
	SETUP(host_enter("b"));
	there = SETUP(socket(AF_UNIX, type, 0));
	EXPECT_ERR(connect(there, ADDRESS(name)), ECONNREFUSED);
	/* The name is even free there. */
	EXPECT_OK(unix_bound(type, "@shop"));

	SETUP(host_enter("a"));
	EXPECT_OK(connect(here, ADDRESS(name)));
}

/*
 * A path is found from every network.
 *
 * Paths belong to the mount namespace. Two processes that see the same directory
 * meet at a socket in it, whatever networks they are in; nothing of it goes over a
 * link. A directory that is mounted into a container, with a socket in it, is a
 * door between the two: `/var/run/docker.sock` is the famous one.
 */
CASE(a_path_is_found_from_every_network,
     .claim = "A socket bound to a path can be connected to from another network namespace",
     .level = LINUX, .spec = "network_namespaces(7); mount_namespaces(7)", .topology = "pair",
     .tags = "unix namespace", .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address name = address_unix("/tmp/door");
	int server = SETUP(unix_bound(type, "/tmp/door")), there;
	char byte;

	if (type != SOCK_DGRAM)
		SETUP(listen(server, 8));
	SETUP(host_enter("b"));
	there = SETUP(socket(AF_UNIX, type, 0));
	EXPECT_OK(connect(there, ADDRESS(name)));
	EXPECT_EQ(send(there, "x", 1, 0), 1);

	if (type != SOCK_DGRAM)
		server = SETUP(accept(server, NULL, NULL));
	EXPECT_EQ(recv(server, &byte, 1, 0), 1);
}

/* ----------------------------------------------------------------------- autobind */

/*
 * bind() with nothing but the family lets the kernel choose a name.
 *
 * It is what port 0 is for TCP. The name is abstract: a NUL and five hexadecimal
 * digits, a million names in all. A datagram client needs one if it wants an
 * answer: the server sends to the name that recvfrom() told it.
 *
 * Try it: `ss -xa | grep -E '@[0-9a-f]{5} '`
 */
CASE(the_kernel_chooses_a_name,
     .claim = "bind() of sizeof(sa_family_t) bytes gives a NUL and five hexadecimal digits, "
	      "unlike others",
     .level = LINUX, .spec = "unix(7), Autobind feature", .tags = "unix bind abstract autobind",
     .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address nothing = {.length = sizeof(sa_family_t), .any.sa_family = AF_UNIX};
	struct address one = address_empty(), two = address_empty();
	int first = SETUP(socket(AF_UNIX, type, 0)), second = SETUP(socket(AF_UNIX, type, 0));

	REQUIRE_OK(bind(first, ADDRESS(nothing)));
	REQUIRE_OK(bind(second, ADDRESS(nothing)));
	SETUP(getsockname(first, &one.any, &one.length));
	SETUP(getsockname(second, &two.any, &two.length));

	EXPECT_EQ(one.length, sizeof(sa_family_t) + 1 + 5);
	EXPECT_EQ(one.un.sun_path[0], '\0');
	EXPECT_EQ(strspn(one.un.sun_path + 1, "0123456789abcdef"), 5);
	EXPECT_TRUE(!address_equal(&one, &two));

	/* It is a name like any other: taken. */
	EXPECT_ERR(bind(SETUP(socket(AF_UNIX, type, 0)), ADDRESS(one)), EADDRINUSE);
}

/*
 * An autobound client can be answered.
 *
 * A datagram carries its sender's name, not a connection. An unnamed socket can
 * send, but nobody can answer it. One bind() without a name mends that.
 */
CASE(an_autobound_client_is_answered,
     .claim = "A datagram from an autobound socket can be answered to the name that recvfrom() "
	      "gives",
     .level = LINUX, .spec = "unix(7), Autobind feature", .tags = "unix dgram autobind")
{
	struct address nothing = {.length = sizeof(sa_family_t), .any.sa_family = AF_UNIX};
	struct address server_name = address_unix("/tmp/server"), from = address_empty();
	int server = SETUP(unix_bound(SOCK_DGRAM, "/tmp/server"));
	int client = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));
	char text[8] = "";

	SETUP(bind(client, ADDRESS(nothing)));
	EXPECT_EQ(sendto(client, "ping", 4, 0, ADDRESS(server_name)), 4);
	EXPECT_EQ(recvfrom(server, text, sizeof(text), 0, &from.any, &from.length), 4);
	EXPECT_EQ(sendto(server, "pong", 4, 0, ADDRESS(from)), 4);
	EXPECT_EQ(recv(client, text, sizeof(text), 0), 4);
	EXPECT_STREQ(text, "pong");
}

/*
 * Who asks for credentials gets a name.
 *
 * With `SO_PASSCRED` set, connect() first binds an unnamed socket to a name of the
 * kernel's choice. The option looks as if it were only about receiving; that it
 * also changes what the peer sees as sender surprises people who compare
 * recvfrom()'s address with an empty one.
 */
CASE(passcred_binds,
     .claim = "connect() gives a socket with SO_PASSCRED an abstract name, and none to one without",
     .level = LINUX, .spec = "unix(7), Autobind feature; SO_PASSCRED",
     .tags = "unix autobind SO_PASSCRED", .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address name = address_unix("/tmp/server");
	struct address with = address_empty(), without = address_empty();
	int server = SETUP(unix_bound(type, "/tmp/server"));
	int asking = SETUP(socket(AF_UNIX, type, 0)), plain = SETUP(socket(AF_UNIX, type, 0));

	if (type != SOCK_DGRAM)
		SETUP(listen(server, 8));
	SETUP(set_int(asking, SOL_SOCKET, SO_PASSCRED, 1));
	SETUP(connect(asking, ADDRESS(name)));
	SETUP(connect(plain, ADDRESS(name)));
	EXPECT_OK(getsockname(asking, &with.any, &with.length));
	EXPECT_OK(getsockname(plain, &without.any, &without.length));
	EXPECT_EQ(with.length, sizeof(sa_family_t) + 1 + 5);
	EXPECT_EQ(without.length, sizeof(sa_family_t));
}
