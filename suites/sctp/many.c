/* SPDX-License-Identifier: MIT */
/* One-to-many style: one socket, many associations, each with a number. */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

/*
 * A socket like UDP's, with associations behind it.
 *
 * A server of this style never accepts: messages of all clients come out of one socket, with the
 * address of the sender, and an answer to that address goes into its association.
 */
CASE(messages_without_accept,
     .claim = "a one-to-many socket that listens receives from clients without accept(), tells who "
	      "sent, and answers by address",
     .level = RFC, .spec = "RFC 6458 3.1, 3.2", .needs = "sctp", .tags = "sctp sendto recvfrom",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address where, first_name, second_name;
	int server = sctp_many(family, &where);
	int first = sctp_many(family, &first_name), second = sctp_many(family, &second_name);
	struct sctp_received got;

	EXPECT_EQ(sendto(first, "from one", 8, 0, ADDRESS(where)), 8);
	got = sctp_receive(server);
	EXPECT_EQ(got.size, 8);
	EXPECT_MEMEQ(got.data, "from one", 8);
	EXPECT_TRUE(address_equal(&got.from, &first_name));
	EXPECT_EQ(sendto(second, "from two", 8, 0, ADDRESS(where)), 8);
	got = sctp_receive(server);
	EXPECT_MEMEQ(got.data, "from two", 8);
	EXPECT_TRUE(address_equal(&got.from, &second_name));
	EXPECT_EQ(sendto(server, "to two", 6, 0, ADDRESS(second_name)), 6);
	EXPECT_EQ(sendto(server, "to one", 6, 0, ADDRESS(first_name)), 6);
	EXPECT_SCTP_TEXT(first, "to one");
	EXPECT_SCTP_TEXT(second, "to two");
	EXPECT_ERR(accept(server, NULL, NULL), EOPNOTSUPP);
}

/*
 * A message must say where to.
 *
 * Even after connect() a one-to-many socket may have other associations, so that Linux wants an
 * address or a number with each message. On a one-to-one socket the connection says it.
 */
CASE(send_needs_a_destination,
     .claim = "send() on a connected one-to-many socket fails with EPIPE; with an address, or the "
	      "number of the association, it works, as it does on a one-to-one socket",
     .level = LINUX, .spec = "RFC 6458 3.1.3, 9.9; sctp_sendmsg() in net/sctp/socket.c",
     .needs = "sctp", .tags = "sctp send errno", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct sctp_many m = sctp_many_pair(family);
	struct pair p = sctp_pair(family);

	EXPECT_ERR(send(m.client, "x", 1, MSG_NOSIGNAL), EPIPE);
	EXPECT_EQ(sendto(m.client, "by address", 10, 0, ADDRESS(m.server_address)), 10);
	EXPECT_SCTP_TEXT(m.server, "by address");
	EXPECT_EQ(sctp_send(m.client, NULL, "by number", 9, .snd_assoc_id = m.client_id), 9);
	EXPECT_SCTP_TEXT(m.server, "by number");
	EXPECT_ERR(sctp_send(m.client, NULL, "x", 1, .snd_assoc_id = m.client_id + 1000), EPIPE);
	EXPECT_EQ(send(p.client, "plain", 5, 0), 5);
	EXPECT_SCTP_TEXT(p.server, "plain");
}

/*
 * Who does not listen takes no associations.
 *
 * A socket of this style can start associations from the beginning, but others only reach it after
 * listen().
 */
CASE(listen_is_needed,
     .claim = "connect() to a one-to-many socket that does not listen fails with ECONNREFUSED",
     .level = RFC, .spec = "RFC 6458 3.1.2, 3.1.3", .needs = "sctp", .tags = "sctp listen errno",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address where = address_loopback(family, 0);
	int server = SETUP(socket(family, SOCK_SEQPACKET, IPPROTO_SCTP));
	int client = SETUP(socket(family, SOCK_SEQPACKET, IPPROTO_SCTP));

	SETUP(bind(server, ADDRESS(where)));
	SETUP(getsockname(server, &where.any, &where.length));
	EXPECT_ERR(connect(client, ADDRESS(where)), ECONNREFUSED);
	SETUP(listen(server, 1));
	EXPECT_OK(connect(client, ADDRESS(where)));
	EXPECT_ERR(connect(client, ADDRESS(where)), EISCONN);
}

/*
 * Counting and listing.
 *
 * SCTP_GET_ASSOC_NUMBER tells how many associations a socket has, SCTP_GET_ASSOC_ID_LIST which.
 */
CASE(associations_are_counted,
     .claim = "SCTP_GET_ASSOC_NUMBER and SCTP_GET_ASSOC_ID_LIST follow the associations of a "
	      "one-to-many socket as they come",
     .level = RFC, .spec = "RFC 6458 8.2.5, 8.2.6", .needs = "sctp",
     .tags = "sctp SCTP_GET_ASSOC_NUMBER SCTP_GET_ASSOC_ID_LIST", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct sctp_many m = sctp_many_pair(family);
	struct address name;
	int more = sctp_many(family, &name);
	struct {
		uint32_t count;
		sctp_assoc_t id[4];
	} list = {.count = 4};
	uint32_t number = 99;
	socklen_t length = sizeof(number);

	EXPECT_OK(getsockopt(m.server, IPPROTO_SCTP, SCTP_GET_ASSOC_NUMBER, &number, &length));
	EXPECT_EQ(number, 1);
	SETUP(sendto(more, "second", 6, 0, ADDRESS(m.server_address)));
	EXPECT_EQ(
		SCTP_NOTE(sctp_notified(m.server, SCTP_ASSOC_CHANGE), sctp_assoc_change)->sac_state,
		SCTP_COMM_UP);
	EXPECT_OK(getsockopt(m.server, IPPROTO_SCTP, SCTP_GET_ASSOC_NUMBER, &number, &length));
	EXPECT_EQ(number, 2);
	EXPECT_EQ(length, sizeof(number));
	length = sizeof(list);
	EXPECT_OK(getsockopt(m.server, IPPROTO_SCTP, SCTP_GET_ASSOC_ID_LIST, &list, &length));
	EXPECT_EQ(length, 3 * sizeof(uint32_t));
	EXPECT_EQ(list.count, 2);
	EXPECT_TRUE(list.id[0] == m.server_id || list.id[1] == m.server_id);
	EXPECT_NE(list.id[0], list.id[1]);
	/* Room for one only. */
	length = 2 * sizeof(uint32_t);
	EXPECT_ERR(getsockopt(m.server, IPPROTO_SCTP, SCTP_GET_ASSOC_ID_LIST, &list, &length),
		   EINVAL);
}

struct peel_row {
	struct variant variant;
	int family, flags; /* -1: SCTP_SOCKOPT_PEELOFF, which has none */
};

static const struct peel_row peels[] = {
	{{"v4", NULL}, AF_INET, -1},
	{{"v6", NULL}, AF_INET6, -1},
	{{"flags_v4", NULL}, AF_INET, SOCK_CLOEXEC | SOCK_NONBLOCK},
	{{"flags_v6", NULL}, AF_INET6, SOCK_CLOEXEC | SOCK_NONBLOCK},
	{{"no_flags_v4", NULL}, AF_INET, 0},
};

/* What sctp_peeloff() and sctp_peeloff_flags() do. Returns the new descriptor, or -1 with errno. */
static int peel_off(int fd, sctp_assoc_t id, int flags)
{
	sctp_peeloff_flags_arg_t arg = {.p_arg = {.associd = id, .sd = -1}};
	socklen_t length = flags < 0 ? sizeof(arg.p_arg) : sizeof(arg);

	arg.flags = flags < 0 ? 0 : (unsigned int)flags;
	if (getsockopt(fd, IPPROTO_SCTP,
		       flags < 0 ? SCTP_SOCKOPT_PEELOFF : SCTP_SOCKOPT_PEELOFF_FLAGS, &arg,
		       &length) < 0)
		return -1;
	return arg.p_arg.sd;
}

/*
 * One association gets a socket of its own.
 *
 * A long conversation can be taken out of the common socket: a process of its own may have it, and
 * its messages no longer stand in the queue with all the others.
 */
CASE(peeled_off,
     .claim = "SCTP_SOCKOPT_PEELOFF and ..._FLAGS move an association, with what it has to read, "
	      "to a "
	      "new socket; the old one has it no more",
     .level = RFC, .spec = "RFC 6458 9.2; SCTP_SOCKOPT_PEELOFF_FLAGS of Linux 4.13",
     .needs = "sctp", .tags = "sctp SCTP_SOCKOPT_PEELOFF", .VARIANTS(peels))
{
	const struct peel_row *row = VARIANT(struct peel_row);
	struct sctp_many m = sctp_many_pair(row->family);
	int wanted = row->flags < 0 ? 0 : row->flags, own;
	char byte;

	SETUP(sendto(m.client, "waiting", 7, 0, ADDRESS(m.server_address)));
	SETUP(wait_for(m.server, POLLIN, SOON_MS));
	own = EXPECT_OK(peel_off(m.server, m.server_id, row->flags));
	EXPECT_SCTP_TEXT(own, "waiting");
	EXPECT_EQ((fcntl(own, F_GETFD) & FD_CLOEXEC) != 0, (wanted & SOCK_CLOEXEC) != 0);
	EXPECT_EQ((fcntl(own, F_GETFL) & O_NONBLOCK) != 0, (wanted & SOCK_NONBLOCK) != 0);
	EXPECT_EQ(sendto(m.client, "more", 4, 0, ADDRESS(m.server_address)), 4);
	EXPECT_SCTP_TEXT(own, "more");
	EXPECT_ERR(recv(m.server, &byte, 1, MSG_DONTWAIT), EAGAIN);
	/* It needs no address any more; the old socket cannot reach the peer with one. */
	EXPECT_EQ(send(own, "answer", 6, 0), 6);
	EXPECT_SCTP_TEXT(m.client, "answer");
	EXPECT_ERR(sendto(m.server, "x", 1, 0, ADDRESS(m.client_address)), EADDRNOTAVAIL);
	EXPECT_ERR(peel_off(m.server, m.server_id, row->flags), EINVAL);
}

/* A one-to-one socket has one association only, and nothing to be taken off. */
CASE(peel_off_of_one_to_one,
     .claim = "SCTP_SOCKOPT_PEELOFF of a one-to-one socket fails with EINVAL", .level = LINUX,
     .spec = "RFC 6458 9.2; sctp_do_peeloff() in net/sctp/socket.c", .needs = "sctp",
     .tags = "sctp SCTP_SOCKOPT_PEELOFF errno", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = sctp_pair(family);
	struct sctp_many m = sctp_many_pair(family);

	EXPECT_ERR(peel_off(p.client, sctp_status_of(p.client, 0).sstat_assoc_id, -1), EINVAL);
	EXPECT_OK(peel_off(m.client, m.client_id, -1));
}

/*
 * Ending one of many.
 *
 * close() would end all associations of the socket. SCTP_EOF with an empty message ends one, in
 * good order.
 */
CASE(end_of_one,
     .claim = "an empty message with SCTP_EOF ends one association by SHUTDOWN and leaves the "
	      "others; "
	      "with data, or on a one-to-one socket, it is EINVAL",
     .level = RFC, .spec = "RFC 6458 5.3.2 SCTP_EOF, 3.1.4", .needs = "sctp packet",
     .tags = "sctp SCTP_EOF wire errno", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct sctp_many m = sctp_many_pair(family);
	struct pair p = sctp_pair(family);
	struct address name;
	int other = sctp_many(family, &name);
	struct sctp_received got;
	struct wire *wire;

	SETUP(sendto(other, "other", 5, 0, ADDRESS(m.server_address)));
	sctp_notified(m.server, SCTP_ASSOC_CHANGE);
	EXPECT_SCTP_TEXT(m.server, "other");
	EXPECT_ERR(sctp_send(m.server, NULL, "x", 1, .snd_flags = SCTP_EOF,
			     .snd_assoc_id = m.server_id),
		   EINVAL);
	EXPECT_ERR(sctp_send(p.server, NULL, "", 0, .snd_flags = SCTP_EOF), EINVAL);
	wire = wire_open("a");
	EXPECT_OK(sctp_send(m.server, NULL, "", 0, .snd_flags = SCTP_EOF,
			    .snd_assoc_id = m.server_id));
	EXPECT_CHUNK(wire, PACKET_SCTP_SHUTDOWN, NULL);
	got = sctp_notified(m.client, SCTP_ASSOC_CHANGE);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_state, SCTP_SHUTDOWN_COMP);
	got = sctp_notified(m.server, SCTP_ASSOC_CHANGE);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_state, SCTP_SHUTDOWN_COMP);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_assoc_id, m.server_id);
	EXPECT_EQ(sendto(m.server, "still", 5, 0, ADDRESS(name)), 5);
	EXPECT_SCTP_TEXT(other, "still");
}

/*
 * Hanging up, with a reason.
 *
 * The data of a message with SCTP_ABORT is not delivered as one: it goes as the reason into the
 * ABORT chunk, which ends the association at once.
 */
CASE(abort_with_a_reason,
     .claim = "a message with SCTP_ABORT ends the association by an ABORT whose cause carries the "
	      "data; the peer is told SCTP_COMM_LOST with that cause",
     .level = RFC, .spec = "RFC 6458 5.3.2 SCTP_ABORT, 6.1.1; RFC 9260 3.3.10.12",
     .needs = "sctp packet", .tags = "sctp SCTP_ABORT wire", .VARIANTS(families))
{
	struct sctp_many m = sctp_many_pair(VARIANT(struct family_row)->family);
	struct wire *wire = wire_open("a");
	struct sctp_received got;

	EXPECT_OK(sctp_send(m.client, NULL, "enough", 6, .snd_flags = SCTP_ABORT,
			    .snd_assoc_id = m.client_id));
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_ABORT),
		      FIELD("SCTP", "Cause Code", PACKET_SCTP_USER_ABORT),
		      FIELD("SCTP", "Cause Length", 4 + 6));
	got = sctp_notified(m.server, SCTP_ASSOC_CHANGE);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_state, SCTP_COMM_LOST);
	EXPECT_EQ(ntohs(SCTP_NOTE(got, sctp_assoc_change)->sac_error), PACKET_SCTP_USER_ABORT);
	/*
	 * RFC 6458 6.1.1 wants the complete ABORT chunk behind the fixed part; Linux gives what
	 * stands in it, without the header of 4 bytes.
	 */
	EXPECT_GE(got.size, sizeof(struct sctp_assoc_change) + 4 + 6);
	EXPECT_MEMEQ(got.data + got.size - 6, "enough", 6);
	OBSERVE("bytes of sac_info", "%zd", got.size - (ssize_t)sizeof(struct sctp_assoc_change));
	got = sctp_notified(m.client, SCTP_ASSOC_CHANGE);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_state, SCTP_COMM_LOST);
}

/*
 * To everybody.
 *
 * With SCTP_SENDALL a message goes into each association that the socket has: a copy for each peer.
 */
CASE(sent_to_all,
     .claim = "a message with SCTP_SENDALL goes into every association of a one-to-many socket",
     .level = RFC, .spec = "RFC 6458 5.3.2 SCTP_SENDALL", .needs = "sctp",
     .tags = "sctp SCTP_SENDALL", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct sctp_many m = sctp_many_pair(family);
	struct address name;
	int other = sctp_many(family, &name);

	SETUP(sendto(other, "other", 5, 0, ADDRESS(m.server_address)));
	sctp_notified(m.server, SCTP_ASSOC_CHANGE);
	EXPECT_OK(sctp_send(m.server, NULL, "to all", 6, .snd_flags = SCTP_SENDALL));
	EXPECT_SCTP_TEXT(m.client, "to all");
	EXPECT_SCTP_TEXT(other, "to all");
}

/*
 * An association that nobody uses.
 *
 * A one-to-many server cannot know which of its peers has just vanished from its interest. With
 * SCTP_AUTOCLOSE the kernel ends those on which no message came or went for so many seconds.
 */
CASE(closed_when_idle,
     .claim =
	     "SCTP_AUTOCLOSE ends an association that was idle for that many seconds; a one-to-one "
	     "socket does not have it (EOPNOTSUPP)",
     .level = RFC, .spec = "RFC 6458 8.1.8", .needs = "sctp", .tags = "sctp SCTP_AUTOCLOSE errno",
     .waits = true, .timeout_ms = 20000, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family, fd;
	struct address where, name;
	int server = sctp_many(family, &where), client = sctp_many(family, &name);
	struct sctp_received got;
	int64_t began;

	fd = SETUP(socket(family, SOCK_STREAM, IPPROTO_SCTP));
	EXPECT_ERR(set_int(fd, IPPROTO_SCTP, SCTP_AUTOCLOSE, 1), EOPNOTSUPP);
	EXPECT_EQ(get_int(server, IPPROTO_SCTP, SCTP_AUTOCLOSE), 0);
	EXPECT_OK(set_int(server, IPPROTO_SCTP, SCTP_AUTOCLOSE, 1));
	EXPECT_EQ(get_int(server, IPPROTO_SCTP, SCTP_AUTOCLOSE), 1);
	SETUP(sctp_subscribe(client, SCTP_ASSOC_CHANGE));
	began = clock_ms();
	SETUP(sendto(client, "hello", 5, 0, ADDRESS(where)));
	got = sctp_notified(client, SCTP_ASSOC_CHANGE);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_state, SCTP_COMM_UP);
	EXPECT_EQ(wait_for(client, POLLIN, 3000), POLLIN);
	EXPECT_GE(clock_ms() - began, 900);
	got = sctp_notified(client, SCTP_ASSOC_CHANGE);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_state, SCTP_SHUTDOWN_COMP);
}

/*
 * Streams for one association.
 *
 * The message that starts an association can say what SCTP_INITMSG says for all of a socket's: how
 * many streams it wants.
 */
CASE(init_beside_the_first_message,
     .claim = "a control message SCTP_INIT with the first message sets the streams of the "
	      "association "
	      "that it starts, as the INIT chunk shows",
     .level = RFC, .spec = "RFC 6458 5.3.1", .needs = "sctp packet", .tags = "sctp SCTP_INIT wire",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct sctp_initmsg init = {.sinit_num_ostreams = 3, .sinit_max_instreams = 7};
	struct address where, name;
	int server = sctp_many(family, &where), client = sctp_many(family, &name);
	struct packet_sctp_chunk chunk;
	struct wire *wire = wire_open("a");

	EXPECT_EQ(sctp_send_with(client, &where, "hello", 5, SCTP_INIT, &init, sizeof(init)), 5);
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_INIT, &chunk) != NULL);
	EXPECT_EQ(chunk.outbound_streams, 3);
	EXPECT_EQ(chunk.inbound_streams, 7);
	EXPECT_SCTP_TEXT(server, "hello");
}

/*
 * A peer that starts again.
 *
 * A machine crashes, comes back and connects from the same port. Its peer still has the old
 * association; the new INIT shows what happened. Nothing is refused: the association restarts, and
 * the program is told, because the other end has forgotten everything.
 */
CASE(peer_restarts,
     .claim = "an association begun anew from the addresses and ports of one that still exists "
	      "gives "
	      "SCTP_RESTART on the same identifier",
     .level = RFC, .spec = "RFC 9260 5.2.2, 5.2.4 A; RFC 6458 6.1.1 SCTP_RESTART", .needs = "sctp",
     .waits = true, .timeout_ms = 20000, .tags = "sctp SCTP_ASSOC_CHANGE SCTP_RESTART",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	const struct linger none = {.l_onoff = 1, .l_linger = 0};
	struct sctp_many m = sctp_many_pair(family);
	struct sctp_received got;
	int again;

	/* The old one goes without a word that arrives. */
	sctp_lose(m.server, family, PACKET_SCTP_ABORT);
	SETUP(setsockopt(m.client, SOL_SOCKET, SO_LINGER, &none, sizeof(none)));
	SETUP(close(m.client));
	sctp_lost(m.server);
	again = SETUP(socket(family, SOCK_SEQPACKET, IPPROTO_SCTP));
	SETUP(bind(again, ADDRESS(m.client_address)));
	EXPECT_EQ(sendto(again, "new", 3, 0, ADDRESS(m.server_address)), 3);
	got = sctp_notified(m.server, SCTP_ASSOC_CHANGE);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_state, SCTP_RESTART);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_assoc_id, m.server_id);
	EXPECT_SCTP_TEXT(m.server, "new");
}
