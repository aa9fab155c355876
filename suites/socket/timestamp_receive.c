/* SPDX-License-Identifier: MIT */
/* When a packet arrived: SO_TIMESTAMP, SO_TIMESTAMPNS and SO_TIMESTAMPING at the receiver. */
#include <linux/sockios.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/socket/stamps.h"

#include "harness/case.h"

/* The same moment, as each control message tells it; in nanoseconds. */
static bool read_timeval(struct received *r, int type, int64_t *ns)
{
	struct timeval t;

	if (!control_find(r, SOL_SOCKET, type, &t, sizeof(t)))
		return false;
	*ns = (int64_t)t.tv_sec * 1000000000 + (int64_t)t.tv_usec * 1000;
	return t.tv_usec >= 0 && t.tv_usec < 1000000;
}

static bool read_timespec(struct received *r, int type, int64_t *ns)
{
	struct timespec t;

	if (!control_find(r, SOL_SOCKET, type, &t, sizeof(t)))
		return false;
	*ns = timespec_ns(&t);
	return t.tv_nsec >= 0 && t.tv_nsec < 1000000000;
}

/* Both halves of 64 bits, whatever time_t is on this machine. */
static bool read_new(struct received *r, int type, int64_t unit, int64_t *ns)
{
	int64_t t[2];

	if (!control_find(r, SOL_SOCKET, type, t, sizeof(t)))
		return false;
	*ns = t[0] * 1000000000 + t[1] * unit;
	return true;
}

static bool read_new_timeval(struct received *r, int type, int64_t *ns)
{
	return read_new(r, type, 1000, ns);
}

static bool read_new_timespec(struct received *r, int type, int64_t *ns)
{
	return read_new(r, type, 1, ns);
}

/* ts[0] is the software's; ts[1] is no longer used and ts[2] a network card's. */
static bool read_timespecs(struct received *r, int type, int64_t *ns)
{
	struct scm_timestamping t;

	if (!control_find(r, SOL_SOCKET, type, &t, sizeof(t)))
		return false;
	*ns = timespec_ns(&t.ts[0]);
	return timespec_ns(&t.ts[1]) == 0 && timespec_ns(&t.ts[2]) == 0;
}

static bool read_new_timespecs(struct received *r, int type, int64_t *ns)
{
	int64_t t[6];

	if (!control_find(r, SOL_SOCKET, type, t, sizeof(t)))
		return false;
	*ns = t[0] * 1000000000 + t[1];
	return (t[2] | t[3] | t[4] | t[5]) == 0;
}

struct form_row {
	struct variant variant;
	int option, value;
	bool (*take)(struct received *r, int type, int64_t *ns);
	int64_t grain; /* nanoseconds that the form cannot tell apart */
};

enum { SOFTWARE = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE };

static const struct form_row forms[] = {
	{{"timestamp", NULL}, SO_TIMESTAMP, 1, read_timeval, 1000},
	{{"timestampns", NULL}, SO_TIMESTAMPNS, 1, read_timespec, 1},
	{{"timestamping", NULL}, SO_TIMESTAMPING, SOFTWARE, read_timespecs, 1},
	{{"timestamp_new", NULL}, SO_TIMESTAMP_NEW, 1, read_new_timeval, 1000},
	{{"timestampns_new", NULL}, SO_TIMESTAMPNS_NEW, 1, read_new_timespec, 1},
	{{"timestamping_new", NULL}, SO_TIMESTAMPING_NEW, SOFTWARE, read_new_timespecs, 1},
};

/* Ends the case when this kernel is too old for the option. */
static void need_option(int fd, int option)
{
	if (set_int(fd, SOL_SOCKET, option, 0) != 0)
		SKIP("option", "setsockopt(%d) gives error %d", option, errno);
}

/*
 * Six ways to ask the same question: when did this packet come?
 *
 * Microseconds, nanoseconds, or three stamps at once; each in the form that a program's own
 * `time_t` has, and, since Linux 5.1, in a form whose numbers have 64 bits on every machine
 * (`_NEW`), so that programs of 32 bits live beyond 2038. The stamp is taken where the
 * packet enters the kernel: however late a program reads, the time does not change. Here it
 * reads 20 ms late, twice, and the stamps are no later than the arrival.
 */
CASE(every_form,
     .claim = "the option's control message, alone, has the time at which each packet arrived",
     .level = LINUX,
     .spec = "Documentation/networking/timestamping.rst 1.1, 1.2, 1.3, 2.1; socket(7) "
	     "SO_TIMESTAMP, SO_TIMESTAMPNS",
     .tags = "option udp control timestamp", .waits = true, .VARIANTS(forms))
{
	const struct form_row *row = VARIANT(struct form_row);
	struct pair p = udp_pair(AF_INET);
	int64_t before, between, after, first = 0, second = 0;
	struct received r;

	need_option(p.server, row->option);
	stamping_started();
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	EXPECT_EQ(control_count(&r), 0);

	EXPECT_OK(set_int(p.server, SOL_SOCKET, row->option, row->value));
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, row->option), row->value);
	before = realtime_ns();
	SETUP(send(p.client, "one", 3, 0));
	between = realtime_ns();
	SETUP(send(p.client, "three", 5, 0));
	after = realtime_ns();
	sleep_ms(20);

	EXPECT_EQ(receive_all(p.server, &r, 0), 3);
	EXPECT_EQ(control_count(&r), 1);
	EXPECT_TRUE(row->take(&r, row->option, &first));
	EXPECT_BETWEEN(first, before - row->grain, between);
	EXPECT_EQ(receive_all(p.server, &r, 0), 5);
	EXPECT_EQ(control_count(&r), 1);
	EXPECT_TRUE(row->take(&r, row->option, &second));
	EXPECT_BETWEEN(second, between - row->grain, after);
	EXPECT_EQ(r.message.msg_flags, 0);
	EXPECT_EQ(r.message.msg_controllen, CMSG_SPACE(row->value == SOFTWARE ? 48 : 16));

	/* 0 ends it. */
	EXPECT_OK(set_int(p.server, SOL_SOCKET, row->option, 0));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	EXPECT_EQ(control_count(&r), 0);
}

struct pair_row {
	struct variant variant;
	int first, second;
};

static const struct pair_row replacements[] = {
	{{"ns_after_us", NULL}, SO_TIMESTAMP, SO_TIMESTAMPNS},
	{{"us_after_ns", NULL}, SO_TIMESTAMPNS, SO_TIMESTAMP},
	{{"new_after_old", NULL}, SO_TIMESTAMP, SO_TIMESTAMP_NEW},
	{{"old_after_new", NULL}, SO_TIMESTAMPNS_NEW, SO_TIMESTAMPNS},
};

/*
 * Microseconds and nanoseconds, old and new: a socket has one of these at a time.
 *
 * They are modes of one thing. The option that was set last decides which control message
 * comes, and the others read back as 0. `SO_TIMESTAMPING` is apart from them and may be on
 * beside any; then there are two messages.
 */
CASE(the_last_form_counts,
     .claim = "of SO_TIMESTAMP, SO_TIMESTAMPNS and their _NEW forms only the one set last is on",
     .level = LINUX, .spec = "socket(7) SO_TIMESTAMP, SO_TIMESTAMPNS (mutually exclusive)",
     .tags = "option udp control timestamp", .VARIANTS(replacements))
{
	const struct pair_row *row = VARIANT(struct pair_row);
	struct pair p = udp_pair(AF_INET);
	struct received r;

	need_option(p.server, SO_TIMESTAMP_NEW);
	stamping_started();
	EXPECT_OK(set_int(p.server, SOL_SOCKET, row->first, 1));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	EXPECT_EQ(control_count(&r), 1);
	EXPECT_TRUE(control_has(&r, SOL_SOCKET, row->first));

	EXPECT_OK(set_int(p.server, SOL_SOCKET, row->second, 1));
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, row->first), 0);
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, row->second), 1);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	EXPECT_EQ(control_count(&r), 1);
	EXPECT_TRUE(control_has(&r, SOL_SOCKET, row->second));

	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_TIMESTAMPING, SOFTWARE));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	EXPECT_EQ(control_count(&r), 2);
	EXPECT_TRUE(control_has(&r, SOL_SOCKET, SCM_TIMESTAMPING));
}

struct report_row {
	struct variant variant;
	int flags;
	bool stamped;
};

static const struct report_row reports[] = {
	{{"generate_only", NULL}, SOF_TIMESTAMPING_RX_SOFTWARE, false},
	{{"report_only", NULL}, SOF_TIMESTAMPING_SOFTWARE, true},
	{{"report_filtered", NULL, .since = "6.12"},
	 SOF_TIMESTAMPING_SOFTWARE | STAMP_OPT_RX_FILTER,
	 false},
	{{"both_filtered", NULL, .since = "6.12"}, SOFTWARE | STAMP_OPT_RX_FILTER, true},
	{{"hardware_report", NULL},
	 SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_RAW_HARDWARE,
	 false},
	{{"both", NULL}, SOFTWARE, true},
};

/*
 * Some bits of `SO_TIMESTAMPING` have stamps made, others have them handed out.
 *
 * `RX_SOFTWARE` makes the kernel stamp packets, `SOFTWARE` puts the stamp into a control message,
 * `RAW_HARDWARE` one of the network card. Packets are stamped before anybody knows whose they
 * are, so once one socket asks, all packets are: a socket with `SOFTWARE` alone gets stamps
 * only as long as another one, here or elsewhere on the machine, wants them. That surprised
 * programs, and since Linux 6.12 `OPT_RX_FILTER` hides stamps that the socket did not ask
 * for.
 */
CASE(generated_and_reported,
     .claim =
	     "a received packet's stamp is reported with SOFTWARE if made for any socket, and with "
	     "OPT_RX_FILTER only if made for this one",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.1, 1.3.2, 1.3.3",
     .tags = "option udp control timestamp", .VARIANTS(reports))
{
	const struct report_row *row = VARIANT(struct report_row);
	struct pair p = udp_pair(AF_INET);
	struct received r;

	stamping_started();
	if ((row->flags & STAMP_OPT_RX_FILTER) != 0)
		need_option(p.server, SO_RCVPRIORITY); /* of Linux 6.14: not older than the bit */
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_TIMESTAMPING, row->flags));
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_TIMESTAMPING), row->flags);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	EXPECT_EQ(control_count(&r), row->stamped);
	EXPECT_EQ(control_has(&r, SOL_SOCKET, SCM_TIMESTAMPING), row->stamped);

	/* The usual two, for comparison. */
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_TIMESTAMPING, SOFTWARE));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_all(p.server, &r, 0), 1);
	EXPECT_TRUE(control_has(&r, SOL_SOCKET, SCM_TIMESTAMPING));
}

/*
 * A stream has stamps too, but of what?
 *
 * recv() on TCP may return bytes of several segments and has one stamp for them: that of the
 * last one. So a program that wants to time messages reads one at a time. Data that is only
 * looked at with `MSG_PEEK` has its stamp as well.
 */
CASE(tcp_data,
     .claim =
	     "with SO_TIMESTAMPING, recvmsg() on TCP gives the arrival of the last byte it returns",
     .level = LINUX, .spec = "Documentation/networking/timestamping.rst 1.3.1, 2.1",
     .tags = "option tcp control timestamp", .waits = true, .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	struct scm_timestamping first = {0}, last = {0};
	int64_t before, between, after;
	struct received r;

	stamping_started();
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_TIMESTAMPING, SOFTWARE));
	before = realtime_ns();
	SETUP(send(p.client, "ab", 2, 0));
	SETUP(wait_for(p.server, POLLIN, SOON_MS));
	between = realtime_ns();
	EXPECT_EQ(receive_all(p.server, &r, MSG_PEEK), 2);
	REQUIRE_TRUE(control_find(&r, SOL_SOCKET, SCM_TIMESTAMPING, &first, sizeof(first)));
	EXPECT_BETWEEN(timespec_ns(&first.ts[0]), before, between);

	sleep_ms(10);
	between = realtime_ns();
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_RCVLOWAT, 5));
	SETUP(send(p.client, "cde", 3, 0));
	SETUP(wait_for(p.server, POLLIN, SOON_MS));
	after = realtime_ns();
	EXPECT_EQ(receive_all(p.server, &r, 0), 5);
	EXPECT_MEMEQ(r.data, "abcde", 5);
	REQUIRE_TRUE(control_find(&r, SOL_SOCKET, SCM_TIMESTAMPING, &last, sizeof(last)));
	EXPECT_BETWEEN(timespec_ns(&last.ts[0]), between, after);
}

/*
 * `SIOCGSTAMPNS` gives the last packet's stamp in nanoseconds.
 *
 * It is for programs whose library hides recvmsg(). The stamp belongs to the packet that was
 * read last from the socket, and asking again gives the same.
 */
CASE(siocgstampns,
     .claim = "ioctl(SIOCGSTAMPNS) fails with ENOENT before the first packet, then gives the last "
	      "one's time",
     .level = LINUX, .spec = "socket(7) SIOCGSTAMP; Documentation/networking/timestamping.rst 3",
     .tags = "ioctl udp timestamp", .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	struct timespec arrived = {0, 0}, again = {0, 0};
	int64_t before, after;
	char byte;

	stamping_started();
	EXPECT_ERR(ioctl(p.server, SIOCGSTAMPNS, &arrived), ENOENT);
	SETUP(send(p.client, "x", 1, 0));
	SETUP(recv(p.server, &byte, 1, 0));
	before = realtime_ns();
	SETUP(send(p.client, "x", 1, 0));
	after = realtime_ns();
	SETUP(recv(p.server, &byte, 1, 0));
	EXPECT_EQ(ioctl(p.server, SIOCGSTAMPNS, &arrived), 0);
	EXPECT_BETWEEN(timespec_ns(&arrived), before, after);
	EXPECT_EQ(ioctl(p.server, SIOCGSTAMPNS, &again), 0);
	EXPECT_EQ(timespec_ns(&again), timespec_ns(&arrived));
}
