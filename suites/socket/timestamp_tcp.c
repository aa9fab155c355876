/* SPDX-License-Identifier: MIT */
/* Stamps of what TCP sends: of bytes, not of packets. */
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/socket/stamps.h"

#include "harness/case.h"

enum {
	ALL_POINTS =
		SOF_TIMESTAMPING_TX_SCHED | SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_TX_ACK,
	TERSE = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_OPT_TSONLY,
};

/*
 * The three moments of a byte: queued, sent, acknowledged.
 *
 * TCP cuts and joins what is sent as it likes, so a stamp belongs to a byte: the last one of a
 * send(). Its number is the offset in the stream since `OPT_ID` was set. `TX_ACK` adds the
 * moment at which the other end's kernel has confirmed all up to that byte, which is how a
 * program measures the delay of the network without the other program's help.
 */
CASE(three_moments,
     .claim =
	     "TX_SCHED, TX_SOFTWARE and TX_ACK each stamp the last byte of a send(), in that order",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.1, 1.3.4, 1.4",
     .tags = "option tcp control timestamp errqueue", .VARIANTS(families))
{
	static const unsigned int order[] = {SCM_TSTAMP_SCHED, SCM_TSTAMP_SND, SCM_TSTAMP_ACK};
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	int64_t last = realtime_ns();
	struct sent_stamp stamp;
	struct received r;
	char buffer[16];

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING,
			  ALL_POINTS | TERSE | SOF_TIMESTAMPING_OPT_ID));
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	for (int i = 0; i < 3; i++) {
		REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
		EXPECT_EQ(stamp.length, 0);
		EXPECT_EQ(stamp.error.ee_errno, ENOMSG);
		EXPECT_EQ(stamp.error.ee_info, order[i]);
		EXPECT_EQ(stamp.error.ee_data, 4);
		EXPECT_GE(timespec_ns(&stamp.times.ts[0]), last);
		last = timespec_ns(&stamp.times.ts[0]);
	}
	EXPECT_LE(last, realtime_ns());

	/* The offsets go on. */
	SETUP(read_exactly(p.server, buffer, 5));
	EXPECT_EQ(send(p.client, "three", 3, 0), 3);
	REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
	EXPECT_EQ(stamp.error.ee_data, 7);
}

/*
 * An acknowledgement is stamped only when there is one.
 *
 * Here the other end is deaf: a filter throws away what arrives for it. The data has left, so
 * there is the stamp of that, and no other. When it hears again and TCP has repeated the
 * data, the third stamp comes.
 */
CASE(no_ack_no_stamp,
     .claim =
	     "the TX_ACK stamp comes when the peer has acknowledged the data, not when it was sent",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.1 (TX_ACK)",
     .tags = "option tcp control timestamp errqueue", .waits = true)
{
	struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog deaf = {1, &nothing};
	struct pair p = tcp_pair(AF_INET);
	struct sent_stamp stamp;
	struct received r;
	int64_t heard;

	SETUP(setsockopt(p.server, SOL_SOCKET, SO_ATTACH_FILTER, &deaf, sizeof(deaf)));
	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING, SOF_TIMESTAMPING_TX_ACK | TERSE));
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	sleep_ms(20);
	EXPECT_ERR(receive_all(p.client, &r, MSG_ERRQUEUE | MSG_DONTWAIT), EAGAIN);
	heard = realtime_ns();
	SETUP(set_int(p.server, SOL_SOCKET, SO_DETACH_FILTER, 0));
	REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
	EXPECT_EQ(stamp.error.ee_info, SCM_TSTAMP_ACK);
	EXPECT_GE(timespec_ns(&stamp.times.ts[0]), heard);
}

struct start_row {
	struct variant variant;
	int flag;
	unsigned int number;
};

static const struct start_row starts[] = {
	{{"acknowledged", NULL}, 0, 7},
	{{"written", NULL, .since = "6.2"}, STAMP_OPT_ID_TCP, 2},
};

/*
 * From which byte does `OPT_ID` count?
 *
 * Plain `OPT_ID` starts at the first byte that is not acknowledged yet: with data under way
 * a program cannot know which that is. `OPT_ID_TCP` (Linux 6.2) starts at the next byte that
 * will be written. Here five bytes are under way to a deaf peer when the option is set, and
 * then three are sent: the last of them is number 7 by the one count, 2 by the other.
 */
CASE(start_of_the_count,
     .claim = "OPT_ID counts from the first unacknowledged byte, with OPT_ID_TCP from the next "
	      "written",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.4 (OPT_ID_TCP)",
     .tags = "option tcp control timestamp errqueue", .VARIANTS(starts))
{
	const struct start_row *row = VARIANT(struct start_row);
	struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog deaf = {1, &nothing};
	struct pair p = tcp_pair(AF_INET);
	struct sent_stamp stamp;
	struct received r;

	SETUP(set_int(p.client, IPPROTO_TCP, TCP_NODELAY, 1));
	SETUP(setsockopt(p.server, SOL_SOCKET, SO_ATTACH_FILTER, &deaf, sizeof(deaf)));
	SETUP(send(p.client, "under", 5, 0));
	if (set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING,
		    SOF_TIMESTAMPING_TX_SCHED | TERSE | SOF_TIMESTAMPING_OPT_ID | row->flag) != 0 &&
	    row->flag != 0)
		SKIP("SOF_TIMESTAMPING_OPT_ID_TCP", "setsockopt() gives error %d", errno);
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_TIMESTAMPING),
		  SOF_TIMESTAMPING_TX_SCHED | TERSE | SOF_TIMESTAMPING_OPT_ID | row->flag);
	EXPECT_EQ(send(p.client, "way", 3, 0), 3);
	REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
	EXPECT_EQ(stamp.error.ee_info, SCM_TSTAMP_SCHED);
	EXPECT_EQ(stamp.error.ee_data, row->number);
}

/* The value of 8 bytes of this attribute (netlink(7)); 0 when there is none. */
static uint64_t attribute(const char *bytes, size_t length, uint16_t wanted)
{
	for (size_t at = 0; at + 4 <= length;) {
		uint16_t head[2]; /* length and type */
		uint64_t value;

		memcpy(head, bytes + at, sizeof(head));
		if (head[0] < 4 || head[0] > length - at)
			break;
		if (head[1] == wanted && head[0] == 4 + sizeof(value)) {
			memcpy(&value, bytes + at + 4, sizeof(value));
			return value;
		}
		at += (head[0] + 3u) & ~3u;
	}
	return 0;
}

enum {
	/* include/uapi/linux/tcp.h, which clashes with the C library's header */
	NLA_BYTES_SENT = 18,
	NLA_BYTES_RETRANS = 19,
};

struct stats_row {
	struct variant variant;
	int flag;
	bool told;
};

static const struct stats_row statistics[] = {
	{{"with", NULL}, SOF_TIMESTAMPING_OPT_STATS, true},
	{{"without", NULL}, 0, false},
};

/*
 * Why was it slow? `OPT_STATS` sends the connection's counters along.
 *
 * They are those of `TCP_INFO`, taken at the moment of the stamp: one that asks with
 * getsockopt() comes too late. They are netlink attributes, each with a length and a type.
 */
CASE(counters_with_the_stamp,
     .claim = "with OPT_STATS the stamp comes with counters: the bytes sent are those that were "
	      "sent",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.4 (OPT_STATS)",
     .tags = "option tcp control timestamp errqueue", .VARIANTS(statistics))
{
	const struct stats_row *row = VARIANT(struct stats_row);
	struct pair p = tcp_pair(AF_INET);
	struct sent_stamp stamp;
	struct received r;
	bool told = false;

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING,
			  SOF_TIMESTAMPING_TX_ACK | TERSE | row->flag));
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
	EXPECT_EQ(stamp.error.ee_info, SCM_TSTAMP_ACK);
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&r.message); c; c = CMSG_NXTHDR(&r.message, c)) {
		const char *bytes = (const char *)CMSG_DATA(c);
		size_t length = c->cmsg_len - CMSG_LEN(0);

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPING_OPT_STATS)
			continue;
		told = true;
		EXPECT_EQ(attribute(bytes, length, NLA_BYTES_SENT) -
				  attribute(bytes, length, NLA_BYTES_RETRANS),
			  5);
	}
	EXPECT_EQ(told, row->told);
}
