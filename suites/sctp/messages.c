/* SPDX-License-Identifier: MIT */
/* Messages and their borders, on the wire in chunks. */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

/*
 * A message is a message.
 *
 * TCP carries bytes and forgets in which pieces they were written. SCTP keeps the borders: two
 * messages are read as two, and MSG_EOR says that one is complete.
 */
CASE(borders_are_kept, .claim = "each recvmsg() gives one message, whole, with MSG_EOR",
     .level = RFC, .spec = "RFC 6458 4.1.8 (MSG_EOR), 5.2; RFC 9260 1.5.5", .needs = "sctp",
     .tags = "sctp MSG_EOR", .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	struct sctp_received got;

	EXPECT_EQ(send(p.client, "one", 3, 0), 3);
	EXPECT_EQ(send(p.client, "three", 5, 0), 5);
	got = sctp_receive(p.server);
	EXPECT_EQ(got.size, 3);
	EXPECT_MEMEQ(got.data, "one", 3);
	EXPECT_EQ(got.flags, MSG_EOR);
	got = sctp_receive(p.server);
	EXPECT_EQ(got.size, 5);
	EXPECT_MEMEQ(got.data, "three", 5);
	EXPECT_EQ(got.flags, MSG_EOR);
}

/*
 * Too small a buffer loses nothing.
 *
 * UDP cuts what does not fit. Here the rest stays for the next call, and the missing MSG_EOR says
 * that there is one.
 */
CASE(rest_of_a_message,
     .claim = "what does not fit is given by the next recvmsg(); only the last part has MSG_EOR",
     .level = RFC, .spec = "RFC 6458 4.1.8 (MSG_EOR)", .needs = "sctp", .tags = "sctp MSG_EOR",
     .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	struct sctp_received got;

	EXPECT_EQ(send(p.client, "message", 7, 0), 7);
	EXPECT_EQ(send(p.client, "next", 4, 0), 4);
	got = sctp_receive_into(p.server, 5);
	EXPECT_EQ(got.size, 5);
	EXPECT_EQ(got.flags & (MSG_EOR | MSG_TRUNC), 0);
	EXPECT_MEMEQ(got.data, "messa", 5);
	got = sctp_receive_into(p.server, 5);
	EXPECT_EQ(got.size, 2);
	EXPECT_EQ(got.flags & MSG_EOR, MSG_EOR);
	EXPECT_MEMEQ(got.data, "ge", 2);
	EXPECT_SCTP_TEXT(p.server, "next");
}

/* MSG_PEEK shows a message and leaves it where it is. */
CASE(peek, .claim = "MSG_PEEK gives the message and leaves it to be read", .level = POSIX,
     .spec = "POSIX.1-2024 recv() MSG_PEEK; RFC 6458 4.1.8", .needs = "sctp",
     .tags = "sctp MSG_PEEK", .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	char text[8];

	SETUP(send(p.client, "look", 4, 0));
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, text, sizeof(text), MSG_PEEK), 4);
	EXPECT_SCTP_TEXT(p.server, "look");
	EXPECT_ERR(recv(p.server, text, sizeof(text), MSG_DONTWAIT), EAGAIN);
}

/*
 * There is no empty message.
 *
 * A DATA chunk without data is an error (RFC 9260 3.3.1), so that there is nothing that send() of 0
 * bytes could put on the wire.
 */
CASE(no_empty_message, .claim = "send() of 0 bytes fails with EINVAL, of 1 byte it succeeds",
     .level = LINUX, .spec = "RFC 9260 3.3.1, 3.3.10.9; sctp_sendmsg() in net/sctp/socket.c",
     .needs = "sctp", .tags = "sctp send errno", .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);

	EXPECT_ERR(send(p.client, "", 0, MSG_NOSIGNAL), EINVAL);
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_SCTP_TEXT(p.server, "x");
}

struct maxseg_row {
	struct variant variant;
	int family;
	bool as_int; /* RFC 6458 has a structure; before there was an int, which Linux takes too */
};

static const struct maxseg_row maxsegs[] = {
	{{"v4", NULL}, AF_INET, false},
	{{"v6", NULL}, AF_INET6, false},
	{{"int_v4", NULL}, AF_INET, true},
};

/*
 * A long message goes in pieces.
 *
 * Each DATA chunk says by two bits whether it begins or ends a message, and the numbers of the
 * chunks (TSN) follow one another. SCTP_MAXSEG limits how much data one chunk has.
 */
CASE(fragments,
     .claim = "SCTP_MAXSEG limits the data of a chunk: a longer message goes in chunks with B, "
	      "none, and "
	      "E, with one Stream Sequence Number, and is read as one",
     .level = RFC, .spec = "RFC 6458 8.1.16; RFC 9260 6.9, 3.3.1", .needs = "sctp packet",
     .tags = "sctp SCTP_MAXSEG wire", .VARIANTS(maxsegs))
{
	const struct maxseg_row *row = VARIANT(struct maxseg_row);
	struct pair p = sctp_pair(row->family);
	static const char big[1500] = "begins";
	struct sctp_received got;
	struct packet_sctp_chunk part[3];
	struct wire *wire;

	if (row->as_int)
		EXPECT_OK(set_int(p.client, IPPROTO_SCTP, SCTP_MAXSEG, 600));
	else
		EXPECT_OK(sctp_set_value(p.client, SCTP_MAXSEG, 600));
	EXPECT_EQ(sctp_get_value(p.client, SCTP_MAXSEG), 600);
	EXPECT_EQ(get_int(p.client, IPPROTO_SCTP, SCTP_MAXSEG), 600);
	wire = wire_open("a");
	EXPECT_EQ(send(p.client, big, sizeof(big), 0), sizeof(big));
	REQUIRE_TRUE(sctp_next_chunks(wire, PACKET_SCTP_DATA, part, 3) == 3);
	EXPECT_BETWEEN(part[0].value_length, 580, 600);
	EXPECT_EQ(part[0].value_length + part[1].value_length + part[2].value_length, sizeof(big));
	EXPECT_EQ(part[0].flags & 3, PACKET_SCTP_DATA_BEGINNING);
	EXPECT_EQ(part[1].flags & 3, 0);
	EXPECT_EQ(part[2].flags & 3, PACKET_SCTP_DATA_END);
	for (uint32_t i = 1; i < 3; i++) {
		EXPECT_EQ(part[i].tsn, part[0].tsn + i);
		EXPECT_EQ(part[i].stream_sequence, part[0].stream_sequence);
	}
	got = sctp_receive(p.server);
	EXPECT_EQ(got.size, sizeof(big));
	EXPECT_MEMEQ(got.data, big, sizeof(big));
	EXPECT_EQ(got.flags, MSG_EOR);
}

/*
 * Rather not at all than in pieces.
 *
 * Someone whose messages must fit into one packet says so, and learns of those that do not.
 */
CASE(not_in_pieces,
     .claim = "with SCTP_DISABLE_FRAGMENTS send() of more than a chunk takes fails with EMSGSIZE",
     .level = RFC, .spec = "RFC 6458 8.1.11", .needs = "sctp",
     .tags = "sctp SCTP_DISABLE_FRAGMENTS errno", .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	static const char big[601];

	SETUP(sctp_set_value(p.client, SCTP_MAXSEG, 600));
	EXPECT_EQ(get_int(p.client, IPPROTO_SCTP, SCTP_DISABLE_FRAGMENTS), 0);
	EXPECT_EQ(send(p.client, big, sizeof(big), 0), sizeof(big));
	EXPECT_OK(set_int(p.client, IPPROTO_SCTP, SCTP_DISABLE_FRAGMENTS, 1));
	EXPECT_EQ(get_int(p.client, IPPROTO_SCTP, SCTP_DISABLE_FRAGMENTS), 1);
	EXPECT_ERR(send(p.client, big, sizeof(big), MSG_NOSIGNAL), EMSGSIZE);
	EXPECT_EQ(send(p.client, big, 500, 0), 500);
	EXPECT_EQ(sctp_receive(p.server).size, sizeof(big));
	EXPECT_EQ(sctp_receive(p.server).size, 500);
}

/*
 * Reading what is not complete yet.
 *
 * A message may be longer than the receiver wants to keep. From SCTP_PARTIAL_DELIVERY_POINT bytes
 * on its beginning is given to the program before its end has come; MSG_EOR is missing until then.
 */
CASE(partial_delivery,
     .claim = "a message longer than SCTP_PARTIAL_DELIVERY_POINT is given in parts, MSG_EOR on the "
	      "last "
	      "one",
     .level = RFC, .spec = "RFC 6458 8.1.21", .needs = "sctp",
     .tags = "sctp SCTP_PARTIAL_DELIVERY_POINT MSG_EOR", .VARIANTS(families))
{
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);
	static const char big[3500];
	struct sctp_received got;
	ssize_t all;

	EXPECT_OK(set_int(p.listener, IPPROTO_SCTP, SCTP_PARTIAL_DELIVERY_POINT, 1200));
	EXPECT_EQ(get_int(p.listener, IPPROTO_SCTP, SCTP_PARTIAL_DELIVERY_POINT), 1200);
	sctp_join(&p);
	SETUP(sctp_set_value(p.client, SCTP_MAXSEG, 500));
	EXPECT_EQ(send(p.client, big, sizeof(big), 0), sizeof(big));
	got = sctp_receive(p.server);
	EXPECT_BETWEEN(got.size, 1200, (ssize_t)sizeof(big) - 1);
	EXPECT_EQ(got.flags & MSG_EOR, 0);
	for (all = got.size; got.size > 0 && (got.flags & MSG_EOR) == 0; all += got.size)
		got = sctp_receive(p.server);
	EXPECT_EQ(all, sizeof(big));
	EXPECT_EQ(got.flags & MSG_EOR, MSG_EOR);
}

/*
 * The end that never comes.
 *
 * The program has half of a message in its hands when the peer hangs up. It must be told that the
 * rest will not follow.
 */
CASE(partial_delivery_aborted,
     .claim = "when the association ends inside a message that is delivered in parts, the "
	      "notification "
	      "SCTP_PARTIAL_DELIVERY_EVENT says SCTP_PARTIAL_DELIVERY_ABORTED",
     .level = RFC, .spec = "RFC 6458 6.1.7", .needs = "sctp",
     .tags = "sctp SCTP_PARTIAL_DELIVERY_EVENT", .VARIANTS(families))
{
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);
	const struct linger none = {.l_onoff = 1, .l_linger = 0};
	static const char big[60000];
	struct sctp_received got;

	/* The window is far smaller than the message. */
	SETUP(set_int(p.listener, SOL_SOCKET, SO_RCVBUF, 4096));
	SETUP(set_int(p.listener, IPPROTO_SCTP, SCTP_PARTIAL_DELIVERY_POINT, 500));
	SETUP(sctp_subscribe(p.listener, SCTP_PARTIAL_DELIVERY_EVENT));
	sctp_join(&p);
	SETUP(sctp_set_value(p.client, SCTP_MAXSEG, 500));
	SETUP(send(p.client, big, sizeof(big), 0));
	got = sctp_receive_into(p.server, 100);
	EXPECT_EQ(got.size, 100);
	EXPECT_EQ(got.flags & MSG_EOR, 0);
	SETUP(setsockopt(p.client, SOL_SOCKET, SO_LINGER, &none, sizeof(none)));
	SETUP(close(p.client));
	got = sctp_notified(p.server, SCTP_PARTIAL_DELIVERY_EVENT);
	EXPECT_EQ(got.size, sizeof(struct sctp_pdapi_event));
	EXPECT_EQ(SCTP_NOTE(got, sctp_pdapi_event)->pdapi_length, sizeof(struct sctp_pdapi_event));
	EXPECT_EQ(SCTP_NOTE(got, sctp_pdapi_event)->pdapi_indication,
		  SCTP_PARTIAL_DELIVERY_ABORTED);
	EXPECT_NE(SCTP_NOTE(got, sctp_pdapi_event)->pdapi_assoc_id, 0);
}

/*
 * Two small messages, one packet or two.
 *
 * While data is under way that is not acknowledged, little messages wait to be sent together:
 * Nagle's algorithm, as in TCP. SCTP_NODELAY sends each at once.
 */
CASE(small_messages_at_once,
     .claim = "a small message waits while another is not acknowledged, unless SCTP_NODELAY is set",
     .level = RFC, .spec = "RFC 6458 8.1.5; RFC 9260 6.1 (Nagle)", .needs = "sctp packet",
     .tags = "sctp SCTP_NODELAY wire", .waits = true, .timeout_ms = 20000, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;

	for (int nodelay = 0; nodelay < 2; nodelay++) {
		struct pair p = sctp_pair(family);
		struct packet_sctp_chunk chunk;
		struct wire *wire;

		EXPECT_EQ(get_int(p.client, IPPROTO_SCTP, SCTP_NODELAY), 0);
		EXPECT_OK(set_int(p.client, IPPROTO_SCTP, SCTP_NODELAY, nodelay));
		EXPECT_EQ(get_int(p.client, IPPROTO_SCTP, SCTP_NODELAY), nodelay);
		/* Without an acknowledgement there is data under way for a second. */
		sctp_lose(p.client, family, PACKET_SCTP_SACK);
		SETUP(send(p.client, "first", 5, 0));
		EXPECT_SCTP_TEXT(p.server, "first");
		wire = wire_open("a");
		SETUP(send(p.client, "second", 6, 0));
		if (nodelay) {
			EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &chunk);
			EXPECT_EQ(chunk.value_length, 6);
			EXPECT_SCTP_TEXT(p.server, "second");
		} else {
			EXPECT_EQ(wait_for(p.server, POLLIN, 100), 0);
		}
		SETUP(close(p.client));
		SETUP(close(p.server));
		SETUP(close(p.listener));
	}
}

struct sack_row {
	struct variant variant;
	int family;
	bool association; /* set for the association, by its number */
};

static const struct sack_row sacks[] = {
	{{"v4", NULL}, AF_INET, false},
	{{"v6", NULL}, AF_INET6, false},
	{{"association_v4", NULL}, AF_INET, true},
};

/*
 * When to acknowledge.
 *
 * A SACK for every second packet, or after 200 ms, saves packets; who waits for a single answer
 * wants it sooner. SCTP_DELAYED_SACK sets how many milliseconds and how many packets; 1 packet is
 * at once.
 */
CASE(delayed_acknowledgement,
     .claim = "a single message is acknowledged after SCTP_DELAYED_SACK's sack_delay; with a "
	      "sack_freq "
	      "of 1, at once",
     .level = RFC, .spec = "RFC 6458 8.1.19; RFC 9260 6.2", .needs = "sctp packet",
     .tags = "sctp SCTP_DELAYED_SACK wire", .waits = true, .timeout_ms = 20000, .VARIANTS(sacks))
{
	const struct sack_row *row = VARIANT(struct sack_row);
	struct pair p = sctp_pair(row->family);
	struct sctp_sack_info sack = {.sack_delay = 300, .sack_freq = 2};
	socklen_t length = sizeof(sack);
	struct wire *wire = wire_open("a");
	int64_t began;

	if (row->association)
		sack.sack_assoc_id = sctp_status_of(p.server, 0).sstat_assoc_id;
	EXPECT_OK(setsockopt(p.server, IPPROTO_SCTP, SCTP_DELAYED_SACK, &sack, sizeof(sack)));
	memset(&sack, 0, sizeof(sack));
	EXPECT_OK(getsockopt(p.server, IPPROTO_SCTP, SCTP_DELAYED_SACK, &sack, &length));
	EXPECT_EQ(sack.sack_delay, 300);
	EXPECT_EQ(sack.sack_freq, 2);
	/* The first SACK of an association is not delayed. */
	SETUP(send(p.client, "first", 5, 0));
	EXPECT_CHUNK(wire, PACKET_SCTP_SACK, NULL);
	began = clock_ms();
	SETUP(send(p.client, "second", 6, 0));
	EXPECT_CHUNK(wire, PACKET_SCTP_SACK, NULL);
	EXPECT_BETWEEN(clock_ms() - began, 250, 1500);

	sack = (struct sctp_sack_info){.sack_delay = 500, .sack_freq = 1};
	EXPECT_OK(setsockopt(p.server, IPPROTO_SCTP, SCTP_DELAYED_SACK, &sack, sizeof(sack)));
	SETUP(send(p.client, "third", 5, 0));
	EXPECT_CHUNK(wire, PACKET_SCTP_DATA, NULL);
	EXPECT_TRUE(sctp_acknowledged_at_once(wire, p.client));
	sack = (struct sctp_sack_info){.sack_delay = 501, .sack_freq = 2};
	EXPECT_ERR(setsockopt(p.server, IPPROTO_SCTP, SCTP_DELAYED_SACK, &sack, sizeof(sack)),
		   EINVAL);
}

/* A sender that waits for it asks for a SACK at once, by a bit in the chunk. */
CASE(acknowledge_at_once,
     .claim = "SCTP_SACK_IMMEDIATELY sets the I bit of the message's chunk, and the peer "
	      "acknowledges at "
	      "once",
     .level = RFC, .spec = "RFC 7053 4, 7; RFC 9260 3.3.1 (I)", .needs = "sctp packet",
     .tags = "sctp SCTP_SACK_IMMEDIATELY wire", .waits = true, .timeout_ms = 20000,
     .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	struct sctp_sack_info sack = {.sack_delay = 500, .sack_freq = 100};
	struct wire *wire = wire_open("a");
	struct packet_sctp_chunk chunk;

	SETUP(setsockopt(p.server, IPPROTO_SCTP, SCTP_DELAYED_SACK, &sack, sizeof(sack)));
	SETUP(send(p.client, "first", 5, 0));
	EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &chunk);
	EXPECT_EQ(chunk.flags & PACKET_SCTP_DATA_IMMEDIATE, 0);
	EXPECT_CHUNK(wire, PACKET_SCTP_SACK, NULL);
	EXPECT_EQ(sctp_send(p.client, NULL, "second", 6, .snd_flags = SCTP_SACK_IMMEDIATELY), 6);
	EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &chunk);
	EXPECT_EQ(chunk.flags & PACKET_SCTP_DATA_IMMEDIATE, PACKET_SCTP_DATA_IMMEDIATE);
	EXPECT_TRUE(sctp_acknowledged_at_once(wire, p.client));
}
