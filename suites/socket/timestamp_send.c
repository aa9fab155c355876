/* SPDX-License-Identifier: MIT */
/* When a packet left: stamps in the error queue of its sender. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/socket/stamps.h"

#include "harness/case.h"

struct point_row {
	struct variant variant;
	int flag;
	unsigned int kind;
};

static const struct point_row points[] = {
	{{"software", NULL}, SOF_TIMESTAMPING_TX_SOFTWARE, SCM_TSTAMP_SND},
	{{"sched", NULL}, SOF_TIMESTAMPING_TX_SCHED, SCM_TSTAMP_SCHED},
};

/*
 * The sender's stamps come back by the error queue.
 *
 * send() returns before the packet has left, so the time of leaving cannot be its result. It
 * is reported later as a message that recvmsg() finds with `MSG_ERRQUEUE`, beside real
 * errors; `ENOMSG` and `SO_EE_ORIGIN_TIMESTAMPING` say that it is none. One stamp can be
 * taken where the packet enters the queue of its interface (`TX_SCHED`) and one where the
 * driver gets it (`TX_SOFTWARE`): the difference is the time spent waiting for the others.
 * With the message comes a copy of the packet, headers and all.
 */
CASE(point_on_the_way,
     .claim = "the error queue gives the time at which a packet passed the wanted point, and the "
	      "packet",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.1, 2.1.1, 2.1.1.1",
     .tags = "option udp control timestamp errqueue", .VARIANTS(points))
{
	const struct point_row *row = VARIANT(struct point_row);
	struct pair p = udp_pair(AF_INET);
	struct sent_stamp stamp;
	int64_t before, after;
	struct received r;

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING,
			  row->flag | SOF_TIMESTAMPING_SOFTWARE));
	before = realtime_ns();
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	EXPECT_EQ(wait_for(p.client, POLLIN, SOON_MS), POLLERR);
	after = realtime_ns();
	REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
	EXPECT_EQ(r.message.msg_flags, MSG_ERRQUEUE);
	EXPECT_EQ(control_count(&r), 2);
	EXPECT_EQ(stamp.error.ee_errno, ENOMSG);
	EXPECT_EQ(stamp.error.ee_info, row->kind);
	EXPECT_EQ(stamp.error.ee_data, 0);
	EXPECT_EQ(stamp.error.ee_code, 0);
	EXPECT_EQ(stamp.error.ee_type, 0);
	EXPECT_BETWEEN(timespec_ns(&stamp.times.ts[0]), before, after);
	EXPECT_EQ(timespec_ns(&stamp.times.ts[2]), 0);
	/* Ethernet, IPv4 and UDP headers, as loopback has them. */
	EXPECT_EQ(stamp.length, 14 + 20 + 8 + 5);
	EXPECT_MEMEQ(r.data + 14 + 20 + 8, "hello", 5);

	/* One packet, one stamp; the socket has no error, and goes on as before. */
	EXPECT_ERR(receive_all(p.client, &r, MSG_ERRQUEUE), EAGAIN);
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_ERROR), 0);
	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING, 0));
	EXPECT_EQ(send(p.client, "quiet", 5, 0), 5);
	EXPECT_EQ(receive_all(p.server, &r, 0), 5);
	EXPECT_EQ(receive_all(p.server, &r, 0), 5);
	EXPECT_MEMEQ(r.data, "quiet", 5);
	EXPECT_ERR(receive_all(p.client, &r, MSG_ERRQUEUE), EAGAIN);
}

/*
 * All points of one packet, in their order.
 *
 * With both bits there are two messages for each packet, and the second time is not before
 * the first. `OPT_TSONLY` leaves out the copy of the packet: the message then has no data at all,
 * and costs no memory of the socket's for it.
 */
CASE(both_points,
     .claim = "with TX_SCHED and TX_SOFTWARE a packet has two stamps in order, with OPT_TSONLY "
	      "without data",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.1, 1.3.4",
     .tags = "option udp control timestamp errqueue", .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	struct sent_stamp queued, sent;
	struct received r;

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING,
			  SOF_TIMESTAMPING_TX_SCHED | SOF_TIMESTAMPING_TX_SOFTWARE |
				  SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_OPT_TSONLY));
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	REQUIRE_TRUE(receive_stamp(p.client, &r, &queued));
	EXPECT_EQ(queued.error.ee_info, SCM_TSTAMP_SCHED);
	EXPECT_EQ(queued.length, 0);
	EXPECT_EQ(queued.error.ee_type, 0);
	REQUIRE_TRUE(receive_stamp(p.client, &r, &sent));
	EXPECT_EQ(sent.error.ee_info, SCM_TSTAMP_SND);
	EXPECT_EQ(sent.length, 0);
	EXPECT_GT(timespec_ns(&queued.times.ts[0]), 0);
	EXPECT_GE(timespec_ns(&sent.times.ts[0]), timespec_ns(&queued.times.ts[0]));
	EXPECT_ERR(receive_all(p.client, &r, MSG_ERRQUEUE), EAGAIN);
}

/*
 * Which packet was it? `OPT_ID` numbers them.
 *
 * Messages in the error queue may be late or missing (its memory is limited). With `OPT_ID`
 * every datagram that is sent has a number, from 0 on, and its stamp says it in `ee_data`.
 * Setting the option anew on a socket without it starts again at 0.
 */
CASE(numbers_of_datagrams,
     .claim = "with OPT_ID the stamps of datagrams are numbered from 0, and from 0 again when set "
	      "anew",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.4 (OPT_ID)",
     .tags = "option udp control timestamp errqueue", .VARIANTS(families))
{
	int flags = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE |
		    SOF_TIMESTAMPING_OPT_TSONLY;
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	struct sent_stamp stamp;
	struct received r;

	for (int round = 0; round < 2; round++) {
		EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING,
				  flags | SOF_TIMESTAMPING_OPT_ID));
		for (unsigned int i = 0; i < 3; i++) {
			EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
			REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
			EXPECT_EQ(stamp.error.ee_data, i);
		}
		EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING, flags));
		EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
		REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
		EXPECT_EQ(stamp.error.ee_data, 0);
	}
}

/*
 * One packet of many.
 *
 * To stamp all packets is dear, so sendmsg() takes the wish in a control message, for its own
 * packet only. The socket's option says just that stamps are to be reported.
 */
CASE(single_packet,
     .claim = "sendmsg() with SO_TIMESTAMPING as a control message has only its own packet stamped",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.5, 1.4",
     .tags = "option udp control timestamp errqueue", .VARIANTS(points))
{
	const struct point_row *row = VARIANT(struct point_row);
	struct pair p = udp_pair(AF_INET);
	uint32_t wanted = (uint32_t)row->flag;
	struct sent_stamp stamp;
	struct received r;

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING,
			  SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_OPT_ID |
				  SOF_TIMESTAMPING_OPT_TSONLY));
	EXPECT_EQ(send(p.client, "first", 5, 0), 5);
	EXPECT_EQ(send_control(p.client, NULL, "second", SO_TIMESTAMPING, &wanted, sizeof(wanted)),
		  6);
	EXPECT_EQ(send(p.client, "third", 5, 0), 5);
	REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
	EXPECT_EQ(stamp.error.ee_info, row->kind);
	/* Datagrams are counted when they are stamped: without the wish, they have no number. */
	OBSERVE("the number of the second datagram", "%u", stamp.error.ee_data);
	EXPECT_LE(stamp.error.ee_data, 1);
	EXPECT_ERR(receive_all(p.client, &r, MSG_ERRQUEUE), EAGAIN);
}

/*
 * A number of the program's own.
 *
 * Two threads that send on one socket cannot know which number either gets. Since Linux 6.13
 * `SCM_TS_OPT_ID` gives a datagram the number that its stamp will say. The kernel's own counter
 * stays behind it, and `OPT_ID` must be on.
 */
CASE(own_number,
     .claim = "SCM_TS_OPT_ID sets the number in the stamp of one datagram, and without OPT_ID is "
	      "EINVAL",
     .since = "6.13", .level = LINUX,
     .spec = "Documentation/networking/timestamping.rst 1.3.4 (SCM_TS_OPT_ID)",
     .tags = "option udp control timestamp errqueue errno", .VARIANTS(families))
{
	int flags = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE |
		    SOF_TIMESTAMPING_OPT_TSONLY;
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	uint32_t number = 4711;
	struct sent_stamp stamp;
	struct received r;

	SETUP(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING, flags | SOF_TIMESTAMPING_OPT_ID));
	if (send_control(p.client, NULL, "own", SCM_TS_OPT_ID, &number, sizeof(number)) != 3)
		SKIP("SCM_TS_OPT_ID", "sendmsg() gives error %d: Linux before 6.13", errno);
	REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
	EXPECT_EQ(stamp.error.ee_data, 4711);
	EXPECT_EQ(send(p.client, "counted", 7, 0), 7);
	REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
	EXPECT_EQ(stamp.error.ee_data, 0);

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING, flags));
	EXPECT_ERR(send_control(p.client, NULL, "own", SCM_TS_OPT_ID, &number, sizeof(number)),
		   EINVAL);
}

struct way_row {
	struct variant variant;
	int flag;
	bool told;
};

static const struct way_row ways[] = {
	{{"with", NULL}, SOF_TIMESTAMPING_OPT_CMSG, true},
	{{"without", NULL}, 0, false},
};

/*
 * By which interface did it leave?
 *
 * With `OPT_CMSG` the message in the error queue has what a received packet would have, too:
 * here `IP_PKTINFO` names the interface by which the datagram left. On a machine with several
 * links that is how the stamps of one are told from those of the other.
 */
CASE(interface_of_a_stamp,
     .claim = "with OPT_CMSG and IP_PKTINFO a stamp comes with the interface that the packet left "
	      "by",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.4 (OPT_CMSG)",
     .topology = "pair", .tags = "option udp control timestamp errqueue pktinfo", .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	struct address to = address_of("192.0.2.2", 9000);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct in_pktinfo info = {.ipi_ifindex = 0};
	struct sent_stamp stamp;
	struct received r;

	EXPECT_OK(set_int(fd, IPPROTO_IP, IP_PKTINFO, 1));
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_TIMESTAMPING,
			  SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE | row->flag));
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(to)), 1);
	REQUIRE_TRUE(receive_stamp(fd, &r, &stamp));
	EXPECT_EQ(stamp.length, 14 + 20 + 8 + 1);
	EXPECT_EQ(control_has(&r, IPPROTO_IP, IP_PKTINFO), row->told);
	if (row->told) {
		EXPECT_TRUE(control_find(&r, IPPROTO_IP, IP_PKTINFO, &info, sizeof(info)));
		EXPECT_EQ(info.ipi_ifindex, if_nametoindex("eth0"));
		/* The addresses of the packet: where from and where to. */
		EXPECT_EQ(info.ipi_spec_dst.s_addr, inet_addr("192.0.2.1"));
		EXPECT_EQ(info.ipi_addr.s_addr, to.v4.sin_addr.s_addr);
	}
}

struct select_row {
	struct variant variant;
	int option;
	short events;
};

static const struct select_row selects[] = {
	{{"off", NULL}, 0, POLLERR},
	{{"on", NULL}, 1, POLLERR | POLLPRI},
};

/*
 * A stamp is no error: `SO_SELECT_ERR_QUEUE`.
 *
 * What lies in the error queue makes poll() say `POLLERR`, and select() calls a socket with that
 * readable and writable, which it is not. With the option there is `POLLPRI` as well, select()'s
 * third set: a program can wait for stamps by that, and tell them from data.
 */
CASE(select_err_queue,
     .claim = "with SO_SELECT_ERR_QUEUE a message in the error queue is POLLPRI beside POLLERR",
     .level = LINUX, .spec = "socket(7) SO_SELECT_ERR_QUEUE; select(2)",
     .tags = "option udp timestamp errqueue poll", .VARIANTS(selects))
{
	const struct select_row *row = VARIANT(struct select_row);
	struct pair p = udp_pair(AF_INET);
	struct pollfd entry = {.fd = p.client, .events = POLLIN | POLLPRI};
	struct timeval at_once = {0, 0};
	struct sent_stamp stamp;
	struct received r;
	fd_set exceptions;

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_SELECT_ERR_QUEUE, row->option));
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_SELECT_ERR_QUEUE), row->option);
	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING,
			  SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE |
				  SOF_TIMESTAMPING_OPT_TSONLY));
	EXPECT_EQ(poll(&entry, 1, 0), 0);
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_EQ(poll(&entry, 1, SOON_MS), 1);
	EXPECT_EQ(entry.revents, row->events);
	FD_ZERO(&exceptions);
	FD_SET(p.client, &exceptions);
	EXPECT_EQ(select(p.client + 1, NULL, NULL, &exceptions, &at_once), row->option);
	EXPECT_EQ(FD_ISSET(p.client, &exceptions) != 0, row->option);

	/* Taken out, it is over. */
	REQUIRE_TRUE(receive_stamp(p.client, &r, &stamp));
	EXPECT_EQ(poll(&entry, 1, 0), 0);
}
