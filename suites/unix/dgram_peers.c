/* SPDX-License-Identifier: MIT */
/* Datagram sockets: destinations, peers, and how much may be on its way. */
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

static int nobody(void)
{
	return 0;
}

static int receive(void)
{
	return unix_bound(SOCK_DGRAM, "/tmp/d");
}

static int receiver_that_died(void)
{
	return close(receive());
}

static int stream_server(void)
{
	return unix_listener(SOCK_STREAM, "/tmp/d");
}

static int replace_and_receive(void)
{
	return unlink("/tmp/d") == 0 ? receive() : -1;
}

static int receive_without_permission(void)
{
	return receive() >= 0 ? chmod("/tmp/d", 0555) : -1;
}

static int permit(void)
{
	return chmod("/tmp/d", 0755);
}

struct fault_row {
	struct variant variant;
	int (*fault)(void);
	int (*repair)(void);
	int error;
};

static const struct fault_row faults[] = {
	{{"ENOENT", NULL}, nobody, receive, ENOENT},
	{{"ECONNREFUSED", NULL}, receiver_that_died, replace_and_receive, ECONNREFUSED},
	{{"EPROTOTYPE", NULL}, stream_server, replace_and_receive, EPROTOTYPE},
	{{"EACCES", NULL}, receive_without_permission, permit, EACCES},
};

/*
 * A datagram finds its receiver, or the sender learns why not.
 *
 * Every sendto() looks up the path anew, so every sendto() can fail as connect()
 * does. On a network such a datagram would be lost in silence, or be followed by an
 * ICMP message later; here the sender knows before the call returns.
 *
 * Try it: `logger hello` while no syslog daemon runs.
 */
CASE(sendto_tells_why_it_found_nobody,
     .claim = "sendto() fails with the error of what is missing, and succeeds once it is there",
     .level = LINUX, .spec = "unix(7) ERRORS; POSIX.1-2024 sendto() ERRORS for AF_UNIX",
     .tags = "unix dgram sendto errno", .VARIANTS(faults))
{
	const struct fault_row *row = VARIANT(struct fault_row);
	struct address name = address_unix("/tmp/d");
	int sender = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));

	SETUP(sandbox_drop_capability(CAP_DAC_OVERRIDE));
	SETUP(row->fault());
	EXPECT_ERR(sendto(sender, "x", 1, 0, ADDRESS(name)), row->error);

	SETUP(row->repair());
	EXPECT_EQ(sendto(sender, "x", 1, 0, ADDRESS(name)), 1);
}

/*
 * A datagram needs a destination.
 *
 * send() has none of its own: it takes the peer that connect() noted. Without one
 * Linux answers `ENOTCONN`; POSIX would have `EDESTADDRREQ`, which Linux's UDP
 * gives. A portable program accepts both.
 */
CASE(a_datagram_needs_a_destination,
     .claim = "send() without a peer fails with ENOTCONN; sendto(), and send() after connect(), "
	      "work",
     .level = LINUX, .spec = "unix(7) ERRORS: ENOTCONN", .tags = "unix dgram send errno")
{
	struct address name = address_unix("/tmp/receiver");
	int sender = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));

	SETUP(unix_bound(SOCK_DGRAM, "/tmp/receiver"));
	EXPECT_ERR(send(sender, "x", 1, 0), ENOTCONN);
	EXPECT_EQ(sendto(sender, "x", 1, 0, ADDRESS(name)), 1);
	SETUP(connect(sender, ADDRESS(name)));
	EXPECT_EQ(send(sender, "x", 1, 0), 1);
}

/*
 * A peer can be changed, and given up.
 *
 * connect() on a datagram socket only notes a destination, so it may be called
 * again. An address of family `AF_UNSPEC` takes the note away. None of this is
 * seen by the peers: no message goes out.
 */
CASE(a_peer_can_be_changed_and_given_up,
     .claim = "connect() again changes where send() goes, connect() to AF_UNSPEC dissolves the "
	      "association",
     .level = POSIX, .spec = "POSIX.1-2024 connect() DESCRIPTION; connect(2)",
     .tags = "unix dgram connect")
{
	struct address one = address_unix("/tmp/one"), two = address_unix("/tmp/two"), peer;
	struct address none = {.length = sizeof(sa_family_t), .any.sa_family = AF_UNSPEC};
	int first = SETUP(unix_bound(SOCK_DGRAM, "/tmp/one"));
	int second = SETUP(unix_bound(SOCK_DGRAM, "/tmp/two"));
	int sender = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));
	char byte;

	SETUP(connect(sender, ADDRESS(one)));
	SETUP(send(sender, "1", 1, 0));
	EXPECT_OK(connect(sender, ADDRESS(two)));
	SETUP(send(sender, "2", 1, 0));
	EXPECT_EQ(recv(first, &byte, 1, MSG_DONTWAIT), 1);
	EXPECT_EQ(byte, '1');
	EXPECT_EQ(recv(second, &byte, 1, MSG_DONTWAIT), 1);
	EXPECT_EQ(byte, '2');

	EXPECT_OK(connect(sender, ADDRESS(none)));
	peer = address_empty();
	EXPECT_ERR(getpeername(sender, &peer.any, &peer.length), ENOTCONN);
}

/*
 * A connected datagram socket hears its peer alone.
 *
 * connect() is a filter too: messages from others do not get in. For UDP they are
 * dropped in silence; AF_UNIX can tell the sender, and Linux does. A client that
 * connects its socket need not check who answered. When the association is
 * dissolved the stranger is heard.
 */
CASE(a_connected_socket_hears_its_peer_alone,
     .claim = "A connected datagram socket receives from its peer and from nobody else",
     .level = POSIX, .spec = "POSIX.1-2024 connect() DESCRIPTION", .tags = "unix dgram connect")
{
	struct address peer_name = address_unix("/tmp/peer"), name = address_unix("/tmp/receiver");
	struct address none = {.length = sizeof(sa_family_t), .any.sa_family = AF_UNSPEC};
	int peer = SETUP(unix_bound(SOCK_DGRAM, "/tmp/peer"));
	int receiver = SETUP(unix_bound(SOCK_DGRAM, "/tmp/receiver"));
	int stranger = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));
	char byte = 0;

	SETUP(connect(receiver, ADDRESS(peer_name)));
	errno = 0;
	OBSERVE("a stranger's sendto()", "%s",
		sendto(stranger, "s", 1, 0, ADDRESS(name)) == 1 ? "succeeds" : names_errno(errno));
	EXPECT_EQ(sendto(peer, "p", 1, 0, ADDRESS(name)), 1);
	EXPECT_EQ(recv(receiver, &byte, 1, MSG_DONTWAIT), 1);
	EXPECT_EQ(byte, 'p');
	EXPECT_ERR(recv(receiver, &byte, 1, MSG_DONTWAIT), EAGAIN, EWOULDBLOCK);

	SETUP(connect(receiver, ADDRESS(none)));
	EXPECT_EQ(sendto(stranger, "s", 1, 0, ADDRESS(name)), 1);
	EXPECT_EQ(recv(receiver, &byte, 1, MSG_DONTWAIT), 1);
	EXPECT_EQ(byte, 's');
}

/*
 * Who is not heard is told so.
 *
 * The sender's datagram is refused in sendto() itself, because on one machine the kernel
 * sees both ends: `EPERM`, which names no permission here, but that the receiver has chosen
 * another peer. It is why a second instance of a client cannot write into the conversation
 * of the first.
 */
CASE(a_stranger_is_told,
     .claim = "sendto() to a datagram socket that is connected to another one fails with EPERM",
     .level = ABI, .spec = "net/unix/af_unix.c unix_dgram_sendmsg(), unix_may_send()",
     .tags = "unix dgram connect errno")
{
	struct address peer_name = address_unix("/tmp/peer"), name = address_unix("/tmp/receiver");
	struct address none = {.length = sizeof(sa_family_t), .any.sa_family = AF_UNSPEC};
	int stranger = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0)), receiver;
	char byte = 0;

	SETUP(unix_bound(SOCK_DGRAM, "/tmp/peer"));
	receiver = SETUP(unix_bound(SOCK_DGRAM, "/tmp/receiver"));
	SETUP(connect(receiver, ADDRESS(peer_name)));
	EXPECT_ERR(sendto(stranger, "s", 1, 0, ADDRESS(name)), EPERM);
	EXPECT_ERR(recv(receiver, &byte, 1, MSG_DONTWAIT), EAGAIN);

	/* Whoever is connected to nobody hears everybody. */
	SETUP(connect(receiver, ADDRESS(none)));
	EXPECT_EQ(sendto(stranger, "s", 1, 0, ADDRESS(name)), 1);
	EXPECT_EQ(recv(receiver, &byte, 1, MSG_DONTWAIT), 1);
	EXPECT_EQ(byte, 's');
}

/*
 * An address in sendto() wins over the peer, once.
 *
 * POSIX lets a connected datagram socket either do that or refuse with `EISCONN`;
 * Linux does it. The association stays: the next send() goes to the peer again.
 */
CASE(an_address_wins_over_the_peer,
     .claim = "sendto() on a connected datagram socket goes to the address, or fails with EISCONN",
     .level = POSIX, .spec = "POSIX.1-2024 sendto() DESCRIPTION",
     .tags = "unix dgram sendto connect")
{
	struct address peer_name = address_unix("/tmp/peer");
	struct address other_name = address_unix("/tmp/other");
	int peer = SETUP(unix_bound(SOCK_DGRAM, "/tmp/peer"));
	int other = SETUP(unix_bound(SOCK_DGRAM, "/tmp/other"));
	int sender = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));
	ssize_t sent;
	char byte;

	SETUP(connect(sender, ADDRESS(peer_name)));
	errno = 0;
	sent = sendto(sender, "o", 1, 0, ADDRESS(other_name));
	EXPECT_TRUE(sent == 1 || (sent == -1 && errno == EISCONN));
	EXPECT_EQ(recv(other, &byte, 1, MSG_DONTWAIT), sent);
	EXPECT_ERR(recv(peer, &byte, 1, MSG_DONTWAIT), EAGAIN, EWOULDBLOCK);

	EXPECT_EQ(send(sender, "p", 1, 0), 1);
	EXPECT_EQ(recv(peer, &byte, 1, MSG_DONTWAIT), 1);
}

/*
 * A peer that has gone is forgotten.
 *
 * The first send() after the peer's close fails with `ECONNREFUSED`, and with that
 * the association is gone: the next fails with `ENOTCONN`. A new socket at the same
 * path is not found by itself: connect() went to the socket, not to the path. That
 * is why syslog() connects again when the daemon has been restarted.
 */
CASE(a_peer_that_has_gone_is_forgotten,
     .claim = "send() to a closed peer fails with ECONNREFUSED, then with ENOTCONN until "
	      "connect() is called again",
     .level = ABI, .spec = "unix(7) ERRORS", .tags = "unix dgram connect errno")
{
	struct address name = address_unix("/tmp/peer");
	int peer = SETUP(unix_bound(SOCK_DGRAM, "/tmp/peer"));
	int sender = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));

	SETUP(connect(sender, ADDRESS(name)));
	EXPECT_EQ(send(sender, "x", 1, 0), 1);
	SETUP(close(peer));
	SETUP(unlink("/tmp/peer"));
	SETUP(unix_bound(SOCK_DGRAM, "/tmp/peer"));

	EXPECT_ERR(send(sender, "x", 1, 0), ECONNREFUSED);
	EXPECT_ERR(send(sender, "x", 1, 0), ENOTCONN);
	EXPECT_OK(connect(sender, ADDRESS(name)));
	EXPECT_EQ(send(sender, "x", 1, 0), 1);
}
