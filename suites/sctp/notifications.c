/* SPDX-License-Identifier: MIT */
/* What the kernel tells about an association, between the messages. */
#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

/*
 * Up and down again.
 *
 * A program that asked for it reads, in the same queue as the messages, that an association has
 * come up, with its number of streams, that the peer wants no more, and that all is done.
 * MSG_NOTIFICATION tells such a thing from a message.
 */
CASE(life_of_an_association,
     .claim = "SCTP_ASSOC_CHANGE tells SCTP_COMM_UP with the streams and, after "
	      "SCTP_SHUTDOWN_EVENT, "
	      "SCTP_SHUTDOWN_COMP; each comes with MSG_NOTIFICATION",
     .level = RFC, .spec = "RFC 6458 6.1.1, 6.1.5, 6.2.2", .needs = "sctp",
     .tags = "sctp SCTP_EVENT SCTP_ASSOC_CHANGE SCTP_SHUTDOWN_EVENT", .VARIANTS(families))
{
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);
	struct sctp_initmsg init = {.sinit_num_ostreams = 4, .sinit_max_instreams = 6};
	struct sctp_event event = {.se_type = SCTP_ASSOC_CHANGE};
	const struct sctp_assoc_change *change;
	const struct sctp_shutdown_event *end;
	socklen_t length = sizeof(event);
	struct sctp_received got;

	SETUP(setsockopt(p.client, IPPROTO_SCTP, SCTP_INITMSG, &init, sizeof(init)));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_EVENT, &event, &length));
	EXPECT_EQ(event.se_on, 0);
	EXPECT_OK(sctp_subscribe(p.client, SCTP_ASSOC_CHANGE));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_EVENT, &event, &length));
	EXPECT_EQ(event.se_on, 1);
	EXPECT_OK(sctp_subscribe(p.client, SCTP_SHUTDOWN_EVENT));
	sctp_join(&p);
	got = sctp_receive(p.client);
	REQUIRE_EQ(got.size, sizeof(*change));
	EXPECT_EQ(got.flags, MSG_NOTIFICATION | MSG_EOR);
	change = SCTP_NOTE(got, sctp_assoc_change);
	EXPECT_EQ(change->sac_type, SCTP_ASSOC_CHANGE);
	EXPECT_EQ(change->sac_flags, 0);
	EXPECT_EQ(change->sac_length, sizeof(*change));
	EXPECT_EQ(change->sac_state, SCTP_COMM_UP);
	EXPECT_EQ(change->sac_error, 0);
	EXPECT_EQ(change->sac_outbound_streams, 4);
	EXPECT_EQ(change->sac_inbound_streams, 6);
	EXPECT_EQ(change->sac_assoc_id, sctp_status_of(p.client, 0).sstat_assoc_id);

	SETUP(close(p.server));
	got = sctp_receive(p.client);
	REQUIRE_EQ(got.size, sizeof(*end));
	EXPECT_EQ(got.flags & MSG_NOTIFICATION, MSG_NOTIFICATION);
	end = SCTP_NOTE(got, sctp_shutdown_event);
	EXPECT_EQ(end->sse_type, SCTP_SHUTDOWN_EVENT);
	EXPECT_EQ(end->sse_length, sizeof(*end));
	EXPECT_EQ(end->sse_flags, 0);
	EXPECT_NE(end->sse_assoc_id, 0);
	got = sctp_receive(p.client);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_state, SCTP_SHUTDOWN_COMP);
	got = sctp_receive(p.client);
	EXPECT_EQ(got.size, 0);
}

/*
 * All asked for at once.
 *
 * The older option has a byte for each kind. Its structure has grown over the years; of a
 * short one, the later kinds stay as they are.
 */
CASE(older_way_of_asking,
     .claim = "SCTP_EVENTS asks for the kinds that its structure sets; of a short structure the "
	      "rest stays as it was",
     .level = LINUX, .spec = "RFC 6458 6.2.1; SCTP_EVENTS in net/sctp/socket.c", .needs = "sctp",
     .tags = "sctp SCTP_EVENTS", .VARIANTS(families))
{
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);
	struct sctp_event_subscribe events = {.sctp_association_event = 1}, read;
	socklen_t length = sizeof(read);
	struct sctp_received got;

	EXPECT_OK(sctp_subscribe(p.client, SCTP_SENDER_DRY_EVENT));
	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_EVENTS, &events, 2));
	memset(&read, 9, sizeof(read));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_EVENTS, &read, &length));
	EXPECT_EQ(read.sctp_association_event, 1);
	EXPECT_EQ(read.sctp_data_io_event, 0);
	EXPECT_EQ(read.sctp_sender_dry_event, 1);
	sctp_join(&p);
	got = sctp_receive(p.client);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_state, SCTP_COMM_UP);
	EXPECT_ERR(setsockopt(p.client, IPPROTO_SCTP, SCTP_EVENTS, &events, sizeof(events) + 40),
		   EINVAL);
}

/* What is no kind of notification cannot be asked for. */
CASE(no_such_notification, .claim = "SCTP_EVENT with a type that is none fails with EINVAL",
     .level = RFC, .spec = "RFC 6458 6.2.2", .needs = "sctp", .tags = "sctp SCTP_EVENT errno",
     .VARIANTS(families))
{
	int fd = SETUP(socket(VARIANT(struct family_row)->family, SOCK_STREAM, IPPROTO_SCTP));

	EXPECT_ERR(sctp_subscribe(fd, SCTP_SN_TYPE_BASE - 1), EINVAL);
	EXPECT_ERR(sctp_subscribe(fd, SCTP_SN_TYPE_MAX + 100), EINVAL);
	EXPECT_OK(sctp_subscribe(fd, SCTP_ASSOC_CHANGE));
}

/*
 * It cannot be started.
 *
 * A message to where nobody listens starts an association that never comes to be. sendto() cannot
 * know that yet; the notification tells, and so does a second one with the message that was never
 * sent.
 */
CASE(cannot_start,
     .claim = "a message to a port without a listener gives SCTP_CANT_STR_ASSOC, and comes back "
	      "with "
	      "SCTP_DATA_UNSENT in a SCTP_SEND_FAILED_EVENT",
     .level = RFC, .spec = "RFC 6458 6.1.1, 6.1.11", .needs = "sctp",
     .tags = "sctp SCTP_ASSOC_CHANGE SCTP_SEND_FAILED_EVENT", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address where, nobody;
	int client = sctp_many(family, &where), gone = sctp_many(family, &nobody);
	const struct sctp_send_failed_event *failed;
	struct sctp_received got;

	SETUP(close(gone));
	EXPECT_OK(sctp_subscribe(client, SCTP_ASSOC_CHANGE));
	EXPECT_OK(sctp_subscribe(client, SCTP_SEND_FAILED_EVENT));
	EXPECT_EQ(sctp_send(client, &nobody, "never sent", 10, .snd_sid = 2, .snd_ppid = htonl(3),
			    .snd_context = 4),
		  10);
	got = sctp_notified(client, SCTP_ASSOC_CHANGE);
	EXPECT_EQ(SCTP_NOTE(got, sctp_assoc_change)->sac_state, SCTP_CANT_STR_ASSOC);
	got = sctp_notified(client, SCTP_SEND_FAILED_EVENT);
	failed = SCTP_NOTE(got, sctp_send_failed_event);
	EXPECT_EQ(failed->ssf_flags, SCTP_DATA_UNSENT);
	EXPECT_EQ(failed->ssf_length, got.size);
	EXPECT_EQ(failed->ssfe_info.snd_sid, 2);
	EXPECT_EQ(ntohl(failed->ssfe_info.snd_ppid), 3);
	EXPECT_EQ(failed->ssfe_info.snd_context, 4);
	EXPECT_EQ(got.size, sizeof(*failed) + 10);
	EXPECT_MEMEQ(failed->ssf_data, "never sent", 10);
}

struct failed_row {
	struct variant variant;
	int family, type;
};

static const struct failed_row faileds[] = {
	{{"v4", NULL}, AF_INET, SCTP_SEND_FAILED_EVENT},
	{{"v6", NULL}, AF_INET6, SCTP_SEND_FAILED_EVENT},
	{{"older_v4", NULL}, AF_INET, SCTP_SEND_FAILED},
	{{"older_v6", NULL}, AF_INET6, SCTP_SEND_FAILED},
};

/*
 * Sent, and perhaps received.
 *
 * What was not acknowledged when the association ended comes back. Whether the peer got it nobody
 * knows: SCTP_DATA_SENT says that it was on the wire at least.
 */
CASE(sent_in_vain,
     .claim = "a message that was sent and not acknowledged when the peer aborted comes back with "
	      "SCTP_DATA_SENT, its data and its context",
     .level = RFC, .spec = "RFC 6458 6.1.4, 6.1.11", .needs = "sctp",
     .tags = "sctp SCTP_SEND_FAILED SCTP_SEND_FAILED_EVENT", .VARIANTS(faileds))
{
	const struct failed_row *row = VARIANT(struct failed_row);
	struct pair p = sctp_pair(row->family);
	const struct linger none = {.l_onoff = 1, .l_linger = 0};
	const struct sctp_send_failed_event *failed;
	const struct sctp_send_failed *older;
	struct sctp_received got;

	EXPECT_OK(sctp_subscribe(p.client, row->type));
	sctp_lose(p.server, row->family, PACKET_SCTP_DATA);
	SETUP(sctp_send(p.client, NULL, "in vain", 7, .snd_sid = 5, .snd_context = 77));
	SETUP(setsockopt(p.server, SOL_SOCKET, SO_LINGER, &none, sizeof(none)));
	SETUP(close(p.server));
	got = sctp_notified(p.client, row->type);
	failed = SCTP_NOTE(got, sctp_send_failed_event);
	older = SCTP_NOTE(got, sctp_send_failed);
	EXPECT_EQ(failed->ssf_flags, SCTP_DATA_SENT);
	EXPECT_EQ(failed->ssf_length, got.size);
	/* The cause of the ABORT, in network byte order. */
	OBSERVE("ssf_error", "%u", failed->ssf_error);
	if (row->type == SCTP_SEND_FAILED) {
		EXPECT_EQ(older->ssf_info.sinfo_stream, 5);
		EXPECT_EQ(older->ssf_info.sinfo_context, 77);
		EXPECT_NE(older->ssf_assoc_id, 0);
		EXPECT_MEMEQ(older->ssf_data, "in vain", 7);
	} else {
		EXPECT_EQ(failed->ssfe_info.snd_sid, 5);
		EXPECT_EQ(failed->ssfe_info.snd_context, 77);
		EXPECT_NE(failed->ssf_assoc_id, 0);
		EXPECT_MEMEQ(failed->ssf_data, "in vain", 7);
	}
}

/*
 * Everything has arrived.
 *
 * A sender that wants to change a key, say, waits until nothing is under way. The notification
 * comes when the last chunk is acknowledged, or at once for who asks while there is none.
 */
CASE(nothing_under_way,
     .claim = "SCTP_SENDER_DRY_EVENT comes when all data is acknowledged, and at once when it is "
	      "asked for "
	      "while nothing is under way",
     .level = RFC, .spec = "RFC 6458 6.1.9", .needs = "sctp", .sysctls = SCTP_SLOW,
     .tags = "sctp SCTP_SENDER_DRY_EVENT", .waits = true, .timeout_ms = 20000, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = sctp_pair(family);
	const struct sctp_sender_dry_event *dry;
	struct sctp_received got;

	EXPECT_OK(sctp_subscribe(p.client, SCTP_SENDER_DRY_EVENT));
	got = sctp_receive(p.client);
	EXPECT_EQ(got.flags & MSG_NOTIFICATION, MSG_NOTIFICATION);
	EXPECT_EQ(got.size, sizeof(*dry));
	dry = SCTP_NOTE(got, sctp_sender_dry_event);
	EXPECT_EQ(dry->sender_dry_type, SCTP_SENDER_DRY_EVENT);
	EXPECT_EQ(dry->sender_dry_length, sizeof(*dry));
	EXPECT_EQ(dry->sender_dry_assoc_id, sctp_status_of(p.client, 0).sstat_assoc_id);
	sctp_lose(p.server, family, PACKET_SCTP_DATA);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(wait_for(p.client, POLLIN, 100), 0);
	EXPECT_EQ(sctp_status_of(p.client, 0).sstat_unackdata, 1);
	sctp_lose_nothing(p.server);
	sctp_notified(p.client, SCTP_SENDER_DRY_EVENT);
	EXPECT_EQ(sctp_status_of(p.client, 0).sstat_unackdata, 0);
}

/*
 * What the layer above wants to say in the handshake.
 *
 * A program can put a number of 32 bits into its INIT or INIT ACK: a protocol on top of SCTP (RDMA,
 * say) tells so that it will be spoken. The peer's program is told.
 */
CASE(adaptation_layer,
     .claim = "SCTP_ADAPTATION_LAYER puts its number into INIT; the peer's program reads it from "
	      "SCTP_ADAPTATION_INDICATION",
     .level = RFC, .spec = "RFC 5061 4.2.6; RFC 6458 8.1.10, 6.1.6", .needs = "sctp packet",
     .tags = "sctp SCTP_ADAPTATION_LAYER SCTP_ADAPTATION_INDICATION wire", .VARIANTS(families))
{
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);
	struct sctp_setadaptation layer = {.ssb_adaptation_ind = 0x12345678}, read = {0};
	const struct sctp_adaptation_event *told;
	socklen_t length = sizeof(read);
	struct wire *wire = wire_open("a");
	struct sctp_received got;

	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_ADAPTATION_LAYER, &layer, sizeof(layer)));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_ADAPTATION_LAYER, &read, &length));
	EXPECT_EQ(read.ssb_adaptation_ind, 0x12345678);
	SETUP(sctp_subscribe(p.listener, SCTP_ADAPTATION_INDICATION));
	sctp_join(&p);
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_INIT),
		      FIELD("SCTP", "Adaptation Code Point", 0x12345678));
	got = sctp_notified(p.server, SCTP_ADAPTATION_INDICATION);
	told = SCTP_NOTE(got, sctp_adaptation_event);
	EXPECT_EQ(got.size, sizeof(*told));
	EXPECT_EQ(told->sai_length, sizeof(*told));
	EXPECT_EQ(told->sai_adaptation_ind, 0x12345678);
	EXPECT_NE(told->sai_assoc_id, 0);
}

struct only_row {
	struct variant variant;
	int family;
	sctp_assoc_t id;   /* of the request */
	bool first, later; /* which association of a one-to-many socket tells */
};

static const struct only_row onlys[] = {
	{{"future_v4", NULL}, AF_INET, SCTP_FUTURE_ASSOC, false, true},
	{{"current_v4", NULL}, AF_INET, SCTP_CURRENT_ASSOC, true, false},
	{{"all_v4", NULL}, AF_INET, SCTP_ALL_ASSOC, true, true},
	{{"all_v6", NULL}, AF_INET6, SCTP_ALL_ASSOC, true, true},
};

/*
 * For which associations.
 *
 * An option of a one-to-many socket is for one association, by number; for those that are there
 * now; for those that will come; or for both.
 */
CASE(special_numbers,
     .claim = "SCTP_FUTURE_ASSOC, SCTP_CURRENT_ASSOC and SCTP_ALL_ASSOC ask for notifications of "
	      "the "
	      "associations that will come, that are there, and both",
     .level = RFC, .spec = "RFC 6458 7.1", .needs = "sctp", .waits = true, .timeout_ms = 20000,
     .tags = "sctp SCTP_FUTURE_ASSOC SCTP_CURRENT_ASSOC SCTP_ALL_ASSOC", .VARIANTS(onlys))
{
	const struct only_row *row = VARIANT(struct only_row);
	struct address where, name;
	int server = sctp_many(row->family, &where), first = sctp_many(row->family, &name),
	    later = sctp_many(row->family, &name);
	struct sctp_event event = {
		.se_assoc_id = row->id, .se_type = SCTP_SHUTDOWN_EVENT, .se_on = 1};

	SETUP(sendto(first, "first", 5, 0, ADDRESS(where)));
	EXPECT_SCTP_TEXT(server, "first");
	EXPECT_OK(setsockopt(server, IPPROTO_SCTP, SCTP_EVENT, &event, sizeof(event)));
	SETUP(sendto(later, "later", 5, 0, ADDRESS(where)));
	EXPECT_SCTP_TEXT(server, "later");
	SETUP(close(first));
	if (row->first)
		sctp_notified(server, SCTP_SHUTDOWN_EVENT);
	else
		EXPECT_EQ(wait_for(server, POLLIN, 100), 0);
	SETUP(close(later));
	if (row->later)
		sctp_notified(server, SCTP_SHUTDOWN_EVENT);
	else
		EXPECT_EQ(wait_for(server, POLLIN, 100), 0);
}
