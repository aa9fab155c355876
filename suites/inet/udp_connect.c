/* SPDX-License-Identifier: MIT */
/* What connect() means for a protocol without connections. */
#include <netinet/in.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/*
 * connect() sends nothing.
 *
 * UDP has no handshake: connect() only notes the peer's address in the socket, looks
 * up a route, and thereby fixes the local address and port. So it succeeds at once
 * even though nobody is there, and the wire stays silent. This is also the usual
 * trick to ask the kernel which source address it would use towards a destination.
 *
 * Try it: `python3 -c "import socket as s; u=s.socket(2,2); u.connect(('192.0.2.1',9));
 * print(u.getsockname())"` shows your own address, and `tcpdump` shows nothing.
 */
CASE(connect_is_local,
     .claim = "connect() succeeds though nobody is there, sends nothing, and fixes the own address",
     .level = LINUX, .spec = "connect(2); udp(7); ip(7)", .tags = "udp connect",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address nobody, local = address_empty();
	int gone = bound_socket(family, SOCK_DGRAM, &nobody);
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));
	struct address loopback = address_loopback(family, 0);
	struct wire *wire;
	const struct packet *first;

	SETUP(close(gone));
	wire = wire_open("a");
	EXPECT_OK(connect(fd, ADDRESS(nobody)));
	EXPECT_OK(getsockname(fd, &local.any, &local.length));
	EXPECT_NE(address_port(&local), 0);
	/* Apart from the port it is the loopback address. */
	loopback = address_loopback(family, address_port(&local));
	EXPECT_TRUE(address_equal(&local, &loopback));

	/* The first packet on the wire is the one of the first send(). */
	SETUP(send(fd, "x", 1, 0));
	first = wire_next(wire, SOON_MS);
	REQUIRE_TRUE(first != NULL && packet_udp(first) != NULL);
	EXPECT_EQ(packet_udp(first)->source_port, address_port(&local));
	EXPECT_EQ(packet_udp(first)->payload_length, 1);
}

/*
 * A connected socket hears only its peer.
 *
 * An unconnected UDP socket takes datagrams from anyone who knows its port. After
 * connect() the kernel compares the sender of each datagram with the peer, address
 * *and* port, and a stranger's finds no socket. That spares a client the check that
 * an answer really comes from the server it asked, and makes blind forgery harder.
 */
CASE(connect_filters_senders,
     .claim = "a connected UDP socket receives its peer's datagrams and no stranger's",
     .level = POSIX, .spec = "POSIX.1-2024 connect() DESCRIPTION; udp(7)", .tags = "udp connect",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = udp_pair(family);
	struct address where;
	int stranger = bound_socket(family, SOCK_DGRAM, &where);
	int open_to_all = bound_socket(family, SOCK_DGRAM, &where);
	char data[16];

	EXPECT_EQ(sendto(stranger, "stranger", 8, 0, ADDRESS(p.server_address)), 8);
	SETUP(send(p.client, "peer", 4, 0));
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 4);
	EXPECT_MEMEQ(data, "peer", 4);
	EXPECT_ERR(recv(p.server, data, sizeof(data), MSG_DONTWAIT), EAGAIN);

	/* The stranger is well able to send: to a socket without a peer. */
	SETUP(sendto(stranger, "stranger", 8, 0, ADDRESS(where)));
	EXPECT_EQ(recv(open_to_all, data, sizeof(data), 0), 8);
}

/*
 * Where to? `EDESTADDRREQ`.
 *
 * send() and write() have no argument for an address. On a socket that has no peer
 * the kernel can only ask back: Destination address required. The same call works
 * as soon as connect() has named a peer, and sendto() works at any time.
 */
CASE(send_needs_a_destination,
     .claim = "send() on an unconnected UDP socket fails with EDESTADDRREQ", .level = POSIX,
     .spec = "POSIX.1-2024 send() EDESTADDRREQ; udp(7)", .tags = "udp errno", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address where;
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));

	bound_socket(family, SOCK_DGRAM, &where);
	EXPECT_ERR(send(fd, "x", 1, 0), EDESTADDRREQ);
	EXPECT_ERR(write(fd, "x", 1), EDESTADDRREQ);

	SETUP(connect(fd, ADDRESS(where)));
	EXPECT_EQ(send(fd, "x", 1, 0), 1);
	EXPECT_EQ(write(fd, "x", 1), 1);
}

/*
 * sendto() with an address on a connected socket.
 *
 * POSIX leaves two ways open: send to the given address for this once, or refuse with
 * EISCONN. Linux sends; the BSDs refuse. The peer noted by connect() stays, for the
 * next send() and for what may be received: an answer of the other party will not
 * get through the filter. A portable program does not mix the two styles.
 */
CASE(sendto_overrides_the_peer,
     .claim = "sendto() with an address on a connected UDP socket goes there; the peer stays",
     .level = LINUX, .spec = "POSIX.1-2024 sendto() DESCRIPTION (allows either); udp(7)",
     .tags = "udp connect", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = udp_pair(family);
	struct address elsewhere, peer = address_empty();
	int other = bound_socket(family, SOCK_DGRAM, &elsewhere);
	char data[16];

	EXPECT_EQ(sendto(p.client, "other", 5, 0, ADDRESS(elsewhere)), 5);
	EXPECT_EQ(recv(other, data, sizeof(data), 0), 5);

	EXPECT_OK(getpeername(p.client, &peer.any, &peer.length));
	EXPECT_TRUE(address_equal(&peer, &p.server_address));
	EXPECT_EQ(send(p.client, "peer", 4, 0), 4);
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 4);
}

/*
 * A datagram socket may be connected again.
 *
 * A second connect() on a TCP socket fails with EISCONN, because there is a
 * connection to lose. On a UDP socket it only replaces a note: from then on the
 * socket sends to and hears the new peer, while its own port remains.
 */
CASE(connect_again_changes_the_peer,
     .claim = "a second connect() replaces the peer of a UDP socket and keeps its port",
     .level = POSIX, .spec = "POSIX.1-2024 connect() DESCRIPTION; connect(2) NOTES",
     .tags = "udp connect", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = udp_pair(family);
	struct address next, local = address_empty();
	int second = bound_socket(family, SOCK_DGRAM, &next);
	char data[16];

	EXPECT_OK(connect(p.client, ADDRESS(next)));
	EXPECT_OK(getsockname(p.client, &local.any, &local.length));
	EXPECT_TRUE(address_equal(&local, &p.client_address));

	/* The old peer's datagram is dropped, the new one's arrives. */
	SETUP(send(p.server, "old", 3, 0));
	SETUP(sendto(second, "new", 3, 0, ADDRESS(p.client_address)));
	EXPECT_EQ(recv(p.client, data, sizeof(data), 0), 3);
	EXPECT_MEMEQ(data, "new", 3);
}

/*
 * `AF_UNSPEC` dissolves the association.
 *
 * To forget the peer, a program connects to "no address": one whose family is
 * `AF_UNSPEC`. The socket is then as open as before: getpeername() has nobody to
 * name (`ENOTCONN`), send() wants an address again, and anyone may write to it.
 * The port that bind() was asked for is still the socket's own.
 */
CASE(disconnect_with_af_unspec,
     .claim = "connect() with AF_UNSPEC removes the peer of a UDP socket", .level = POSIX,
     .spec = "POSIX.1-2024 connect() DESCRIPTION; connect(2)", .tags = "udp connect",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address peer = address_empty(), nobody = {.length = sizeof(struct sockaddr)};
	struct address own = address_loopback(family, 9000), where;
	int friend = bound_socket(family, SOCK_DGRAM, &where);
	int stranger = bound_socket(family, SOCK_DGRAM, &peer);
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));
	char data[16];

	SETUP(bind(fd, ADDRESS(own)));
	SETUP(connect(fd, ADDRESS(where)));
	SETUP(connect(friend, ADDRESS(own)));
	EXPECT_OK(getpeername(fd, &peer.any, &peer.length));

	nobody.any.sa_family = AF_UNSPEC;
	EXPECT_OK(connect(fd, ADDRESS(nobody)));
	EXPECT_ERR(getpeername(fd, &peer.any, &peer.length), ENOTCONN);
	EXPECT_ERR(send(fd, "x", 1, 0), EDESTADDRREQ);
	SETUP(sendto(stranger, "hello", 5, 0, ADDRESS(own)));
	EXPECT_EQ(recv(fd, data, sizeof(data), 0), 5);
}

/*
 * A port nobody asked for goes with the peer.
 *
 * When connect() had to give the socket a port, because the program had not called
 * bind(), that port belongs to the association. Linux takes it back when the
 * association is dissolved: getsockname() shows port 0, and the next send will use
 * some other port. Those who want to keep theirs must bind() to it by number.
 */
CASE(disconnect_gives_the_port_back,
     .claim = "connect() with AF_UNSPEC takes back a port that connect() had chosen", .level = ABI,
     .spec = "connect(2) says only that the association is dissolved", .tags = "udp connect",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address server, local = address_empty();
	struct address nobody = {.length = sizeof(struct sockaddr)};
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));

	bound_socket(family, SOCK_DGRAM, &server);
	SETUP(connect(fd, ADDRESS(server)));
	EXPECT_OK(getsockname(fd, &local.any, &local.length));
	EXPECT_NE(address_port(&local), 0);

	nobody.any.sa_family = AF_UNSPEC;
	EXPECT_OK(connect(fd, ADDRESS(nobody)));
	EXPECT_OK(getsockname(fd, &local.any, &local.length));
	EXPECT_EQ(address_port(&local), 0);
}

/*
 * recvfrom() names the sender, of the packet and not of the socket.
 *
 * A UDP server has one socket for all its clients; the address that recvfrom() fills
 * in is all it has to tell them apart and to answer. It is the source address and
 * port of that datagram. The length argument is both: room before, size after; a
 * short buffer cuts the address but the true length is still reported.
 */
CASE(recvfrom_names_the_sender,
     .claim = "recvfrom() gives each datagram's source address, and its true length if cut",
     .level = POSIX, .spec = "POSIX.1-2024 recvfrom()", .tags = "udp address", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address server_address, one_address, two_address, from = address_empty();
	int server = bound_socket(family, SOCK_DGRAM, &server_address);
	int one = bound_socket(family, SOCK_DGRAM, &one_address);
	int two = bound_socket(family, SOCK_DGRAM, &two_address);
	char data[16];

	SETUP(sendto(one, "1", 1, 0, ADDRESS(server_address)));
	SETUP(sendto(two, "2", 1, 0, ADDRESS(server_address)));
	SETUP(sendto(two, "3", 1, 0, ADDRESS(server_address)));

	EXPECT_EQ(recvfrom(server, data, sizeof(data), 0, &from.any, &from.length), 1);
	EXPECT_TRUE(address_equal(&from, &one_address));
	from = address_empty();
	EXPECT_EQ(recvfrom(server, data, sizeof(data), 0, &from.any, &from.length), 1);
	EXPECT_TRUE(address_equal(&from, &two_address));

	/* Room for the family alone. */
	from = address_empty();
	from.length = sizeof(from.any.sa_family);
	EXPECT_EQ(recvfrom(server, data, sizeof(data), 0, &from.any, &from.length), 1);
	EXPECT_EQ(from.any.sa_family, family);
	EXPECT_EQ(address_port(&from), 0);
	EXPECT_EQ(from.length, one_address.length);
}
