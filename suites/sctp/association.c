/* SPDX-License-Identifier: MIT */
/* How an association begins and ends, seen from both programs and on the wire. */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

/*
 * Four packets make an association.
 *
 * TCP remembers who sent a SYN, and so can be filled with connections that nobody wants. A server
 * of SCTP keeps nothing after an INIT: what it would have to know goes to the client as a signed
 * cookie, and only who echoes it (and so owns the address it claims) gets an association. The
 * client may put its first data beside the cookie.
 */
CASE(four_way_handshake,
     .claim = "connect() sends INIT, INIT ACK answers with a cookie, COOKIE ECHO returns it, and "
	      "COOKIE ACK ends the handshake; ports and tags are each other's",
     .level = RFC, .spec = "RFC 9260 5.1; RFC 6458 4.1.5", .needs = "sctp packet",
     .tags = "sctp connect wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = sctp_pair(family);
	struct packet_sctp_chunk init, ack, chunk;
	const struct packet *packet;
	uint16_t client = address_port(&p.client_address), server = address_port(&p.server_address);

	packet = EXPECT_CHUNK(wire, PACKET_SCTP_INIT, &init);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_sctp(packet)->source_port, client);
	EXPECT_EQ(packet_sctp(packet)->destination_port, server);
	EXPECT_EQ(packet_sctp(packet)->verification_tag, 0);
	EXPECT_NE(init.initiate_tag, 0);
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_INIT_ACK, &ack);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_sctp(packet)->source_port, server);
	EXPECT_EQ(packet_sctp(packet)->verification_tag, init.initiate_tag);
	EXPECT_TRUE(sctp_has_parameter(packet, PACKET_SCTP_STATE_COOKIE));
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_COOKIE_ECHO, &chunk);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_sctp(packet)->verification_tag, ack.initiate_tag);
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_COOKIE_ACK, &chunk);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_sctp(packet)->verification_tag, init.initiate_tag);
}

/*
 * The first data travels with the cookie.
 *
 * A handshake of four packets seems to cost a round trip more than TCP's of three. It does not: who
 * sends at once has its data put into the third packet, behind the cookie.
 */
CASE(data_beside_the_cookie,
     .claim = "a message sent on a one-to-many socket without an association starts one, and goes "
	      "in the packet with the COOKIE ECHO",
     .level = RFC, .spec = "RFC 9260 5.1 C (MAY bundle DATA); RFC 6458 3.1.3",
     .needs = "sctp packet", .tags = "sctp sendto wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address where, other;
	int server = sctp_many(family, &where), client = sctp_many(family, &other);
	struct wire *wire = wire_open("a");
	const struct packet *packet;

	EXPECT_EQ(sendto(client, "hello", 5, 0, ADDRESS(where)), 5);
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_COOKIE_ECHO, NULL);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_sctp(packet)->data_bytes, 5);
	EXPECT_SCTP_TEXT(server, "hello");
}

/*
 * Goodbye in three packets.
 *
 * close() lets what was sent arrive, then says SHUTDOWN. Both ends know afterwards that the other
 * has everything, and no state like TCP's TIME_WAIT stays behind.
 */
CASE(graceful_end,
     .claim = "close() delivers what was sent, then exchanges SHUTDOWN, SHUTDOWN ACK and SHUTDOWN "
	      "COMPLETE; the peer reads the data, then the end",
     .level = RFC, .spec = "RFC 9260 9.2; RFC 6458 4.1.4", .needs = "sctp packet",
     .tags = "sctp close wire", .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	struct wire *wire = wire_open("a");
	char byte;

	EXPECT_EQ(send(p.client, "last", 4, 0), 4);
	EXPECT_OK(close(p.client));
	EXPECT_CHUNK(wire, PACKET_SCTP_DATA, NULL);
	EXPECT_CHUNK(wire, PACKET_SCTP_SHUTDOWN, NULL);
	EXPECT_CHUNK(wire, PACKET_SCTP_SHUTDOWN_ACK, NULL);
	EXPECT_CHUNK(wire, PACKET_SCTP_SHUTDOWN_COMPLETE, NULL);
	EXPECT_SCTP_TEXT(p.server, "last");
	EXPECT_EQ(recv(p.server, &byte, 1, 0), 0);
}

/*
 * There is no half of an association.
 *
 * With TCP, shutdown(SHUT_WR) closes one direction and the other goes on for as long as it likes.
 * SHUTDOWN of SCTP ends both: the peer can finish what it has already sent and no more, so that a
 * program which answers after it has seen the end finds nobody there.
 */
CASE(no_half_close,
     .claim = "shutdown(SHUT_WR) of a one-to-one socket ends the association: the peer reads the "
	      "end "
	      "and its send() fails with EPIPE",
     .level = RFC, .spec = "RFC 9260 1.2, 9.2 (no half-open state); RFC 6458 4.1.7",
     .needs = "sctp", .tags = "sctp shutdown errno", .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	char byte;

	EXPECT_EQ(send(p.server, "before", 6, 0), 6);
	EXPECT_SCTP_TEXT(p.client, "before");
	EXPECT_OK(shutdown(p.client, SHUT_WR));
	EXPECT_NE(wait_for(p.server, POLLIN, SOON_MS), 0);
	EXPECT_EQ(recv(p.server, &byte, 1, 0), 0);
	EXPECT_ERR(send(p.server, "after", 5, MSG_NOSIGNAL), EPIPE);
	EXPECT_ERR(send(p.client, "after", 5, MSG_NOSIGNAL), EPIPE, ESHUTDOWN);
}

struct abort_row {
	struct variant variant;
	int family;
	bool unread; /* what makes close() abort: a message that nobody read, or SO_LINGER */
};

static const struct abort_row aborts[] = {
	{{"linger_v4", NULL}, AF_INET, false},
	{{"linger_v6", NULL}, AF_INET6, false},
	{{"unread_v4", NULL}, AF_INET, true},
	{{"unread_v6", NULL}, AF_INET6, true},
};

/*
 * Hanging up.
 *
 * ABORT ends an association at once, whatever was under way. It is what close() does when the
 * program asks for it by SO_LINGER with a time of 0, and what Linux does when there are messages
 * that the program never read: the peer shall not think that they were received.
 */
CASE(aborted_by_close,
     .claim = "close() with SO_LINGER of 0 s, or with unread messages, sends ABORT with the cause "
	      "'user-initiated'; the peer's recv() fails with ECONNRESET",
     .level = LINUX, .spec = "RFC 6458 8.1.4; RFC 9260 9.1; sctp_close() in net/sctp/socket.c",
     .needs = "sctp packet", .tags = "sctp close abort wire errno", .VARIANTS(aborts))
{
	const struct abort_row *row = VARIANT(struct abort_row);
	const struct linger none = {.l_onoff = 1, .l_linger = 0};
	struct pair p = sctp_pair(row->family);
	struct wire *wire = wire_open("a");
	char byte;

	if (row->unread) {
		SETUP(send(p.server, "unread", 6, 0));
		SETUP(wait_for(p.client, POLLIN, SOON_MS));
	} else {
		EXPECT_OK(setsockopt(p.client, SOL_SOCKET, SO_LINGER, &none, sizeof(none)));
	}
	EXPECT_OK(close(p.client));
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_ABORT),
		      FIELD("SCTP", "Cause Code", PACKET_SCTP_USER_ABORT),
		      FIELD("SCTP", "Source Port Number", address_port(&p.client_address)),
		      NO_FIELD("SCTP", "TSN"));
	EXPECT_NE(wait_for(p.server, POLLIN, SOON_MS), 0);
	EXPECT_ERR(recv(p.server, &byte, 1, 0), ECONNRESET);
}

/*
 * Nobody listens.
 *
 * The machine answers an INIT for which there is no socket with ABORT, to the tag that the INIT
 * announced: only who sent it (or can read it) could make connect() fail.
 */
CASE(nobody_listens,
     .claim = "connect() to a port where no socket listens fails with ECONNREFUSED, by an ABORT "
	      "with "
	      "the tag of the INIT",
     .level = RFC, .spec = "RFC 9260 5.1 (ABORT), 8.5.1 B; RFC 6458 4.1.5", .needs = "sctp packet",
     .tags = "sctp connect errno wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address where = address_loopback(family, 0);
	int owner = SETUP(socket(family, SOCK_STREAM, IPPROTO_SCTP));
	int client = SETUP(socket(family, SOCK_STREAM, IPPROTO_SCTP));
	struct packet_sctp_chunk init;
	struct wire *wire;
	const struct packet *packet;

	SETUP(bind(owner, ADDRESS(where)));
	SETUP(getsockname(owner, &where.any, &where.length));
	wire = wire_open("a");
	EXPECT_ERR(connect(client, ADDRESS(where)), ECONNREFUSED);
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_INIT, &init) != NULL);
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_ABORT, NULL);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_sctp(packet)->verification_tag, init.initiate_tag);

	/* The same socket connects once somebody listens. */
	SETUP(listen(owner, 1));
	EXPECT_OK(connect(client, ADDRESS(where)));
}

/*
 * Connecting without waiting.
 *
 * As with TCP: a non-blocking connect() says EINPROGRESS, a second one meanwhile EALREADY, and one
 * on a connected socket EISCONN. Writable means: there is an outcome, in SO_ERROR.
 */
CASE(connect_without_waiting,
     .claim = "a non-blocking connect() fails with EINPROGRESS, then EALREADY until the handshake "
	      "is "
	      "done, then EISCONN",
     .level = RFC, .spec = "RFC 6458 4.1.5; POSIX.1-2024 connect()", .needs = "sctp",
     .sysctls = SCTP_FAST, .tags = "sctp connect errno", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = sctp_ends(family);

	SETUP(fcntl(p.client, F_SETFL, O_NONBLOCK));
	sctp_lose(p.listener, family, PACKET_SCTP_INIT);
	EXPECT_ERR(connect(p.client, ADDRESS(p.server_address)), EINPROGRESS);
	EXPECT_ERR(connect(p.client, ADDRESS(p.server_address)), EALREADY);
	EXPECT_EQ(wait_for(p.client, POLLOUT, 0), 0);
	sctp_lose_nothing(p.listener);
	EXPECT_EQ(wait_for(p.client, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERRNO(get_int(p.client, SOL_SOCKET, SO_ERROR), 0);
	EXPECT_ERR(connect(p.client, ADDRESS(p.server_address)), EISCONN);
}

/*
 * An INIT that nobody answers.
 *
 * It is sent again, with growing pauses, as often as `sinit_max_attempts` says, and the pauses grow
 * no longer than `sinit_max_init_timeo` milliseconds. Then connect() gives up.
 */
CASE(attempts,
     .claim = "SCTP_INITMSG limits how often INIT is sent again; then connect() fails with "
	      "ETIMEDOUT",
     .level = RFC, .spec = "RFC 6458 5.3.1, 8.1.3; RFC 9260 5.1.4", .needs = "sctp packet",
     .sysctls = SCTP_FAST, .tags = "sctp connect errno wire SCTP_INITMSG", .waits = true,
     .timeout_ms = 20000, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct sctp_initmsg init = {.sinit_max_attempts = 2, .sinit_max_init_timeo = 50};
	struct pair p = sctp_ends(family);
	struct wire *wire = wire_open("a");
	int64_t began;

	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_INITMSG, &init, sizeof(init)));
	sctp_lose(p.listener, family, PACKET_SCTP_INIT);
	began = clock_ms();
	EXPECT_ERR(connect(p.client, ADDRESS(p.server_address)), ETIMEDOUT);
	/* 30 ms, then twice at most 50. */
	EXPECT_BETWEEN(clock_ms() - began, 80, 1000);
	for (int i = 0; i < 3; i++)
		EXPECT_CHUNK(wire, PACKET_SCTP_INIT, NULL);
	EXPECT_TRUE(sctp_no_chunk(wire, PACKET_SCTP_INIT, 150));
}

struct state_row {
	struct variant variant;
	int state, family;
};

static const struct state_row states[] = {
	{{"cookie_wait_v4", NULL}, SCTP_COOKIE_WAIT, AF_INET},
	{{"cookie_wait_v6", NULL}, SCTP_COOKIE_WAIT, AF_INET6},
	{{"cookie_echoed_v4", NULL}, SCTP_COOKIE_ECHOED, AF_INET},
	{{"cookie_echoed_v6", NULL}, SCTP_COOKIE_ECHOED, AF_INET6},
	{{"shutdown_pending_v4", NULL}, SCTP_SHUTDOWN_PENDING, AF_INET},
	{{"shutdown_pending_v6", NULL}, SCTP_SHUTDOWN_PENDING, AF_INET6},
	{{"shutdown_sent_v4", NULL}, SCTP_SHUTDOWN_SENT, AF_INET},
	{{"shutdown_sent_v6", NULL}, SCTP_SHUTDOWN_SENT, AF_INET6},
	{{"shutdown_received_v4", NULL}, SCTP_SHUTDOWN_RECEIVED, AF_INET},
	{{"shutdown_received_v6", NULL}, SCTP_SHUTDOWN_RECEIVED, AF_INET6},
	{{"shutdown_ack_sent_v4", NULL}, SCTP_SHUTDOWN_ACK_SENT, AF_INET},
	{{"shutdown_ack_sent_v6", NULL}, SCTP_SHUTDOWN_ACK_SENT, AF_INET6},
};

/* Starts an association that gets no further than losing `type` lets it. Returns its identifier. */
static sctp_assoc_t started(int fd, int family, int type)
{
	struct address where;
	int server = sctp_many(family, &where);
	struct sctp_getaddrs_old to = {.addr_num = (int)where.length, .addrs = &where.any};
	socklen_t length = sizeof(to);

	SETUP(fcntl(fd, F_SETFL, O_NONBLOCK));
	sctp_lose(server, family, type);
	EXPECT_ERR(getsockopt(fd, IPPROTO_SCTP, SCTP_SOCKOPT_CONNECTX3, &to, &length), EINPROGRESS);
	return to.assoc_id;
}

/*
 * Halfway.
 *
 * An association is set up and taken down in steps, and each is a state that SCTP_STATUS shows. On
 * a good network they pass in microseconds; here the packet that would end each state is lost.
 */
CASE(states_on_the_way,
     .claim = "SCTP_STATUS shows the state in which an association waits for the packet that was "
	      "lost",
     .level = RFC, .spec = "RFC 9260 4; RFC 6458 8.2.1", .needs = "sctp",
     .tags = "sctp SCTP_STATUS", .VARIANTS(states))
{
	const struct state_row *row = VARIANT(struct state_row);
	struct sctp_status status;
	struct sctp_many m;
	sctp_assoc_t id;
	int fd;

	if (row->state == SCTP_COOKIE_WAIT || row->state == SCTP_COOKIE_ECHOED) {
		fd = SETUP(socket(row->family, SOCK_SEQPACKET, IPPROTO_SCTP));
		id = started(fd, row->family,
			     row->state == SCTP_COOKIE_WAIT ? PACKET_SCTP_INIT
							    : PACKET_SCTP_COOKIE_ECHO);
		EXPECT_TRUE(sctp_wait_for_state(fd, id, row->state));
		return;
	}
	m = sctp_many_pair(row->family);
	fd = m.client;
	id = m.client_id;
	status = sctp_status_of(fd, id);
	EXPECT_EQ(status.sstat_state, SCTP_ESTABLISHED);
	EXPECT_EQ(status.sstat_assoc_id, id);
	switch (row->state) {
	case SCTP_SHUTDOWN_PENDING:
		sctp_lose(m.server, row->family, PACKET_SCTP_DATA);
		SETUP(sendto(fd, "lost", 4, 0, ADDRESS(m.server_address)));
		break;
	case SCTP_SHUTDOWN_SENT:
		sctp_lose(m.server, row->family, PACKET_SCTP_SHUTDOWN);
		break;
	case SCTP_SHUTDOWN_RECEIVED:
		sctp_lose(m.client, row->family, PACKET_SCTP_DATA);
		SETUP(sendto(m.server, "lost", 4, 0, ADDRESS(m.client_address)));
		break;
	default:
		sctp_lose(m.client, row->family, PACKET_SCTP_SHUTDOWN_ACK);
		break;
	}
	SETUP(sctp_send(m.client, NULL, "", 0, .snd_flags = SCTP_EOF, .snd_assoc_id = m.client_id));
	if (row->state == SCTP_SHUTDOWN_RECEIVED || row->state == SCTP_SHUTDOWN_ACK_SENT) {
		fd = m.server;
		id = m.server_id;
	}
	EXPECT_TRUE(sctp_wait_for_state(fd, id, row->state));
}
