/* SPDX-License-Identifier: MIT */
/* Marks and priorities of single packets, given by the sender and seen by the receiver. */
#include <linux/capability.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/capture/expect_packet.h"
#include "suites/socket/control.h"

#include "harness/case.h"

struct label_row {
	struct variant variant;
	int option,
		receive; /* the sender's, the receiver's; the control message has the former's */
	int family;
};

static const struct label_row labels[] = {
	{{"mark4", NULL, .since = "5.19"}, SO_MARK, SO_RCVMARK, AF_INET},
	{{"mark6", "ipv6", .since = "5.19"}, SO_MARK, SO_RCVMARK, AF_INET6},
	{{"priority4", NULL, .since = "6.14"}, SO_PRIORITY, SO_RCVPRIORITY, AF_INET},
	{{"priority6", "ipv6", .since = "6.14"}, SO_PRIORITY, SO_RCVPRIORITY, AF_INET6},
};

/* Turns the receiver's option on. Ends the case when this kernel does not have it. */
static void receive_labels(int fd, const struct label_row *row)
{
	if (set_int(fd, SOL_SOCKET, row->receive, 1) != 0)
		SKIP(row->receive == SO_RCVMARK ? "SO_RCVMARK" : "SO_RCVPRIORITY",
		     "setsockopt() gives error %d: Linux before %s", errno,
		     row->receive == SO_RCVMARK ? "5.19" : "6.14");
	EXPECT_EQ(get_int(fd, SOL_SOCKET, row->receive), 1);
}

/* The label of the next datagram; -1 when it has none. */
static long long next_label(int fd, const struct label_row *row)
{
	struct received r;
	uint32_t value = 0;

	SETUP(receive_all(fd, &r, 0));
	EXPECT_LE(control_count(&r), 1);
	return control_find(&r, SOL_SOCKET, row->option, &value, sizeof(value)) ? (long long)value
										: -1;
}

/*
 * What a packet filter wrote on a packet, a program can read.
 *
 * The mark and the priority belong to the packet inside this host: filters (`nft meta mark
 * set`) and the sender's socket write them, they are not on the wire. With `SO_RCVMARK` (Linux
 * 5.19) and `SO_RCVPRIORITY` (6.14) they come beside the data. Over loopback the packet that
 * arrives is the one that was sent, so the receiver sees what the sender's socket gave it.
 */
CASE(received_label,
     .claim = "SO_RCVMARK and SO_RCVPRIORITY give the mark and the priority of each datagram",
     .level = ABI, .spec = "Linux 5.19, commit 6fd1d51cfa25; Linux 6.14, commit e45469e594b2",
     .tags = "option udp control", .VARIANTS(labels))
{
	const struct label_row *row = VARIANT(struct label_row);
	struct pair p = udp_pair(row->family);

	EXPECT_OK(set_int(p.client, SOL_SOCKET, row->option, 5));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(next_label(p.server, row), -1);

	receive_labels(p.server, row);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(next_label(p.server, row), 5);
	EXPECT_OK(set_int(p.client, SOL_SOCKET, row->option, 0));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(next_label(p.server, row), 0);

	EXPECT_OK(set_int(p.server, SOL_SOCKET, row->receive, 0));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(next_label(p.server, row), -1);
}

/*
 * A label for one packet.
 *
 * In a control message of sendmsg() it holds for that datagram only; the socket's own label
 * is as it was. A proxy passes on in this way what it got with `SO_RCVMARK`.
 */
CASE(label_of_one_packet,
     .claim =
	     "sendmsg() with SO_MARK or SO_PRIORITY as a control message labels that datagram only",
     .level = ABI, .spec = "Linux, net/core/sock.c (__sock_cmsg_send)",
     .tags = "option udp control", .VARIANTS(labels))
{
	const struct label_row *row = VARIANT(struct label_row);
	struct pair p = udp_pair(row->family);
	uint32_t six = 6;

	EXPECT_OK(set_int(p.client, SOL_SOCKET, row->option, 5));
	receive_labels(p.server, row);
	EXPECT_EQ(send_control(p.client, NULL, "x", row->option, &six, sizeof(six)), 1);
	EXPECT_EQ(next_label(p.server, row), 6);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(next_label(p.server, row), 5);
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, row->option), 5);
}

struct refused_row {
	struct variant variant;
	uint32_t value;
	size_t size;
	int option, error;
};

static const struct refused_row refusals[] = {
	{{"mark", NULL}, 7, 4, SO_MARK, EPERM},
	{{"priority", NULL}, 7, 4, SO_PRIORITY, EPERM},
	{{"short_mark", NULL}, 7, 2, SO_MARK, EINVAL},
	{{"short_priority", NULL}, 6, 2, SO_PRIORITY, EINVAL},
};

/*
 * The privilege is asked for with every message.
 *
 * A label leads around rules, so the control message needs what the option needs: any mark,
 * and a priority above 6, the capability to administer the network. It is a number of 4 bytes.
 * A refused message is not sent.
 */
CASE(label_refused,
     .claim = "a label in a control message is EPERM without privilege and EINVAL if not 4 bytes",
     .level = ABI,
     .spec = "Linux, net/core/sock.c (__sock_cmsg_send); socket(7) SO_MARK, SO_PRIORITY",
     .tags = "option udp control privilege errno", .VARIANTS(refusals))
{
	const struct refused_row *row = VARIANT(struct refused_row);
	struct pair p = udp_pair(AF_INET);
	struct received r;

	if (send_control(p.client, NULL, "control", row->option, &row->value, 4) != 7)
		SKIP("control message", "sendmsg() gives error %d", errno);
	EXPECT_EQ(receive_all(p.server, &r, 0), 7);
	if (row->error == EPERM) {
		SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
		SETUP(sandbox_drop_capability(CAP_NET_RAW));
	}
	EXPECT_ERR(send_control(p.client, NULL, "refused", row->option, &row->value, row->size),
		   row->error);
	EXPECT_EQ(send(p.client, "after", 5, 0), 5);
	EXPECT_EQ(receive_all(p.server, &r, 0), 5);
	EXPECT_ERR(receive_all(p.server, &r, MSG_DONTWAIT), EAGAIN);
}

/*
 * May anybody read marks?
 *
 * They may tell how the administrator routes other people's packets. When the option was new
 * it needed the privilege to set marks; later kernels were seen to give it to everybody. A
 * program should be ready for both: a refused option is off, an accepted one works.
 */
CASE(rcvmark_without_privilege,
     .claim = "without privilege SO_RCVMARK is either refused with EPERM and off, or works",
     .since = "5.19", .level = OBSERVED, .spec = "Linux 5.19, commit 6fd1d51cfa25; capabilities(7)",
     .tags = "option privilege control")
{
	struct pair p = udp_pair(AF_INET);
	bool allowed;

	receive_labels(p.server, &labels[0]);
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_RCVMARK, 0));
	SETUP(set_int(p.client, SOL_SOCKET, SO_MARK, 5));
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	allowed = set_int(p.server, SOL_SOCKET, SO_RCVMARK, 1) == 0;
	OBSERVE("without privilege", "%s", allowed ? "accepted" : "refused");
	if (!allowed)
		EXPECT_ERRNO(errno, EPERM);
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_RCVMARK), allowed);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(next_label(p.server, &labels[0]), allowed ? 5 : -1);
}
