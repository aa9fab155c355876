/* SPDX-License-Identifier: MIT */
/* SO_TXTIME with a queue that keeps to it: packets that leave at their time, and those that miss
 * it.
 */
#include <linux/net_tstamp.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
/* Needs struct timespec. */
#include <linux/errqueue.h>

#include "suites/netlink/netlink_help.h"
#include "suites/socket/control.h"

#include "harness/case.h"

enum { A_ETH0 = 10, PORT = 9000, MILLISECOND = 1000000 };

#ifndef SO_EE_ORIGIN_TXTIME
#define SO_EE_ORIGIN_TXTIME		6
#define SO_EE_CODE_TXTIME_INVALID_PARAM 1
#define SO_EE_CODE_TXTIME_MISSED	2
#endif

/* The queue "etf clockid CLOCK_TAI delta NS": packets are handed to the card `ns` before their
 * time. */
static void keep_time(int ns)
{
	struct tc_etf_qopt options = {.delta = ns, .clockid = CLOCK_TAI};
	struct tcmsg where = {.tcm_ifindex = A_ETH0, .tcm_parent = TC_H_ROOT};
	int fd = netlink_open(NETLINK_ROUTE);
	struct netlink_request r = REQUEST(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_REPLACE, where);
	size_t nest;

	request_add_text(&r, TCA_KIND, "etf");
	nest = request_nest(&r, TCA_OPTIONS);
	request_add(&r, TCA_ETF_PARMS, &options, sizeof(options));
	request_end(&r, nest);
	REQUIRE_EQ(netlink_do(fd, &r), 0);
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_TAI, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

struct time_row {
	struct variant variant;
	int delta_ms; /* of the queue */
	int ahead_ms; /* of now, to leave at */
	int error, code;
};

static const struct time_row time_rows[] = {
	{{"in_time", NULL}, 60, 120, 0, 0},
	{{"in_the_past", NULL}, 60, -1000, EINVAL, SO_EE_CODE_TXTIME_INVALID_PARAM},
	/* A queue that hands out a packet at its very time is always a little late. */
	{{"missed", NULL}, 0, 400, ECANCELED, SO_EE_CODE_TXTIME_MISSED},
};

/*
 * At six o'clock sharp, or not at all.
 *
 * With `SO_TXTIME` a program says of each packet when it shall leave. A queue of kind "etf"
 * (earliest time first) keeps it until shortly before; the packet for the machine that cuts steel
 * then leaves in its slot, whatever else happens on the host. One whose time is over is worth
 * nothing and is dropped. Who set `SOF_TXTIME_REPORT_ERRORS` finds it in the error queue: never
 * could be sent (`EINVAL`), or came too late (`ECANCELED`), with the time it had.
 */
CASE(departure,
     .claim = "etf holds a packet until its SCM_TXTIME; one whose time is over is dropped, and "
	      "reported with origin TXTIME",
     .level = LINUX, .spec = "tc-etf(8); Linux 4.19, commits 25db26a91364, 4b15c7075352",
     .topology = "pair", .needs = "etf", .tags = "option udp control queue errno", .waits = true,
     .VARIANTS(time_rows))
{
	const struct time_row *row = VARIANT(struct time_row);
	struct sock_txtime option = {.clockid = CLOCK_TAI, .flags = SOF_TXTIME_REPORT_ERRORS};
	struct address to = address_of("192.0.2.2", PORT);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int receiver = host_socket("b", AF_INET, SOCK_DGRAM, 0);
	struct {
		struct sock_extended_err error;
		struct sockaddr_in offender;
	} entry;
	struct received r;
	uint64_t departure;
	char byte;

	SETUP(bind(receiver, ADDRESS(to)));
	SETUP(sendto(fd, "a", 1, 0, ADDRESS(to)));
	REQUIRE_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
	SETUP(recv(receiver, &byte, 1, 0));

	keep_time(row->delta_ms * MILLISECOND);
	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_TXTIME, &option, sizeof(option)));
	departure = (uint64_t)(now_ns() + row->ahead_ms * INT64_C(1000000));
	EXPECT_EQ(send_control(fd, &to, "b", SCM_TXTIME, &departure, sizeof(departure)), 1);
	if (row->error == 0) {
		REQUIRE_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
		EXPECT_GE(now_ns(), (int64_t)departure - row->delta_ms * INT64_C(1000000));
		EXPECT_EQ(recv(receiver, &byte, 1, 0), 1);
		EXPECT_ERR(receive_all(fd, &r, MSG_ERRQUEUE | MSG_DONTWAIT), EAGAIN);
		return;
	}
	EXPECT_OK(receive_error(fd, &r));
	REQUIRE_TRUE(control_find(&r, SOL_IP, IP_RECVERR, &entry, sizeof(entry)));
	EXPECT_ERRNO((int)entry.error.ee_errno, row->error);
	EXPECT_EQ(entry.error.ee_origin, SO_EE_ORIGIN_TXTIME);
	EXPECT_EQ(entry.error.ee_code, row->code);
	EXPECT_EQ((uint64_t)entry.error.ee_data << 32 | entry.error.ee_info, departure);
	EXPECT_ERR(recv(receiver, &byte, 1, MSG_DONTWAIT), EAGAIN);
}
