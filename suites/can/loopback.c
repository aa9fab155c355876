/* SPDX-License-Identifier: MIT */
/* Hearing one's neighbours on the same host, and oneself. */
#include <poll.h>
#include <time.h>
/* After the types that it needs. */
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/can/can_help.h"

#include "harness/case.h"

/* Reads one frame and gives the flags with which recvmsg() marked it. */
#define read_marked(fd, frame) (CALLS_HERE, read_marked_here(fd, frame))
static int read_marked_here(int fd, struct can_frame *frame)
{
	struct iovec part = {frame, sizeof(*frame)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	memset(frame, 0xa5, sizeof(*frame));
	EXPECT_EQ(wait_for_here(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(fd, &message, MSG_DONTWAIT), CAN_MTU);
	return message.msg_flags;
}

/*
 * Programs of one host are on one bus.
 *
 * A controller does not receive what it sends, so the kernel gives a copy of each frame to the
 * other sockets of the host: two programs see each other as if each had a controller of its
 * own. `CAN_RAW_LOOPBACK` off leaves that out, frame by frame, as the sender wants it.
 */
CASE(neighbours,
     .claim = "with CAN_RAW_LOOPBACK off, the sockets of the same host do not get what is sent",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst Local Loopback of Sent Frames; RAW Socket Option "
	     "CAN_RAW_LOOPBACK",
     .topology = "can", .needs = "can_raw", .tags = "can loopback")
{
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);

	EXPECT_EQ(get_int(writer, SOL_CAN_RAW, CAN_RAW_LOOPBACK), 1);
	can_put(writer, 0x123, "heard");
	EXPECT_FRAME(reader, 0x123, "heard");
	EXPECT_OK(set_int(writer, SOL_CAN_RAW, CAN_RAW_LOOPBACK, 0));
	EXPECT_EQ(get_int(writer, SOL_CAN_RAW, CAN_RAW_LOOPBACK), 0);
	can_put(writer, 0x124, "unheard");
	EXPECT_OK(set_int(writer, SOL_CAN_RAW, CAN_RAW_LOOPBACK, 1));
	can_put(writer, 0x125, "again");
	EXPECT_FRAME(reader, 0x125, "again");
}

/* The host at the other end of the cable gets the frame in any case. */
CASE(only_the_others,
     .claim = "with CAN_RAW_LOOPBACK off, a frame still reaches the other hosts on the bus",
     .level = LINUX, .spec = "Documentation/networking/can.rst RAW Socket Option CAN_RAW_LOOPBACK",
     .topology = "canpair", .needs = "can_raw", .tags = "can loopback")
{
	struct sockaddr_can bus = can_address(B_CAN0);
	int writer = can_raw(A_CAN0), neighbour = can_raw(A_CAN0);
	int far = SETUP(host_socket("b", AF_CAN, SOCK_RAW, CAN_RAW));

	SETUP(bind(far, CAN_ADDRESS(bus)));
	EXPECT_OK(set_int(writer, SOL_CAN_RAW, CAN_RAW_LOOPBACK, 0));
	can_put(writer, 0x123, "far");
	EXPECT_FRAME(far, 0x123, "far");
	EXPECT_OK(set_int(writer, SOL_CAN_RAW, CAN_RAW_LOOPBACK, 1));
	can_put(writer, 0x124, "both");
	EXPECT_FRAME(far, 0x124, "both");
	EXPECT_FRAME(neighbour, 0x124, "both");
}

/*
 * Hearing oneself.
 *
 * A program may want its own frames back: as the proof that they were sent, and to see them in
 * order among the others. `CAN_RAW_RECV_OWN_MSGS` gives it that. `recvmsg()` tells the three
 * apart: `MSG_DONTROUTE` is on frames that came from this host, `MSG_CONFIRM` on those of this
 * very socket, and nothing on those that came over the bus.
 */
CASE(oneself,
     .claim = "with CAN_RAW_RECV_OWN_MSGS a socket gets its own frames, marked MSG_CONFIRM and "
	      "MSG_DONTROUTE; a neighbour's are marked MSG_DONTROUTE",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst CAN_RAW_RECV_OWN_MSGS; Returned "
	     "Message Flags",
     .topology = "can", .needs = "can_raw", .tags = "can loopback")
{
	enum { MARKS = MSG_DONTROUTE | MSG_CONFIRM };
	int fd = can_raw(VCAN0), neighbour = can_raw(VCAN0);
	struct can_frame got;

	EXPECT_EQ(get_int(fd, SOL_CAN_RAW, CAN_RAW_RECV_OWN_MSGS), 0);
	can_put(fd, 0x123, "off");
	EXPECT_OK(set_int(fd, SOL_CAN_RAW, CAN_RAW_RECV_OWN_MSGS, 1));
	EXPECT_EQ(get_int(fd, SOL_CAN_RAW, CAN_RAW_RECV_OWN_MSGS), 1);
	can_put(fd, 0x124, "mine");
	can_put(neighbour, 0x125, "yours");
	EXPECT_EQ(read_marked(fd, &got) & MARKS, MSG_DONTROUTE | MSG_CONFIRM);
	EXPECT_EQ(got.can_id, 0x124);
	EXPECT_EQ(read_marked(fd, &got) & MARKS, MSG_DONTROUTE);
	EXPECT_EQ(got.can_id, 0x125);
	EXPECT_EQ(read_marked(neighbour, &got) & MARKS, MSG_DONTROUTE);
	EXPECT_EQ(got.can_id, 0x123);
}

/* What came over the cable has no mark. */
CASE(from_far, .claim = "a frame from another host has neither MSG_DONTROUTE nor MSG_CONFIRM",
     .level = LINUX, .spec = "Documentation/networking/can.rst Returned Message Flags",
     .topology = "canpair", .needs = "can_raw", .tags = "can loopback")
{
	struct sockaddr_can bus = can_address(B_CAN0);
	int near = can_raw(A_CAN0), far = SETUP(host_socket("b", AF_CAN, SOCK_RAW, CAN_RAW));
	struct can_frame got;

	SETUP(bind(far, CAN_ADDRESS(bus)));
	can_put(far, 0x123, "far");
	EXPECT_EQ(read_marked(near, &got) & (MSG_DONTROUTE | MSG_CONFIRM), 0);
	EXPECT_EQ(got.can_id, 0x123);
}

/* One's own frames come back only where there is a loop: without it the option gives nothing. */
CASE(no_loop, .claim = "with CAN_RAW_LOOPBACK off, CAN_RAW_RECV_OWN_MSGS brings nothing back",
     .level = LINUX, .spec = "Documentation/networking/can.rst CAN_RAW_RECV_OWN_MSGS",
     .topology = "can", .needs = "can_raw", .tags = "can loopback")
{
	int fd = can_raw(VCAN0);

	EXPECT_OK(set_int(fd, SOL_CAN_RAW, CAN_RAW_RECV_OWN_MSGS, 1));
	EXPECT_OK(set_int(fd, SOL_CAN_RAW, CAN_RAW_LOOPBACK, 0));
	can_put(fd, 0x123, "off");
	EXPECT_OK(set_int(fd, SOL_CAN_RAW, CAN_RAW_LOOPBACK, 1));
	can_put(fd, 0x124, "on");
	EXPECT_FRAME(fd, 0x124, "on");
}

/*
 * Has it left?
 *
 * Asked with SO_TIMESTAMPING, the kernel reports in the socket's error queue when a frame was
 * handed to the driver. The report is that of other sockets (struct sock_extended_err), in a
 * control message of this protocol: `SCM_CAN_RAW_ERRQUEUE`.
 */
CASE(reported,
     .claim = "with SO_TIMESTAMPING the error queue has a report of each frame that was sent, as "
	      "SCM_CAN_RAW_ERRQUEUE",
     .level = OBSERVED, .spec = "net/can/raw.c raw_recvmsg() MSG_ERRQUEUE; <linux/can/raw.h>",
     .topology = "can", .needs = "can_raw", .tags = "can timestamp")
{
	int fd = can_raw(VCAN0);
	struct sock_extended_err report = {.ee_errno = 0};
	char control[500];
	struct msghdr message = {.msg_control = control, .msg_controllen = sizeof(control)};
	struct cmsghdr *head;

	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_TIMESTAMPING,
			  SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_TX_SCHED |
				  SOF_TIMESTAMPING_OPT_TSONLY));
	EXPECT_ERR(recvmsg(fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT), EAGAIN);
	can_put(fd, 0x123, "sent");
	EXPECT_EQ(wait_for(fd, POLLERR, SOON_MS) & POLLERR, POLLERR);
	message.msg_controllen = sizeof(control);
	EXPECT_OK(recvmsg(fd, &message, MSG_ERRQUEUE));
	for (head = CMSG_FIRSTHDR(&message); head != NULL; head = CMSG_NXTHDR(&message, head)) {
		if (head->cmsg_level == SOL_CAN_RAW && head->cmsg_type == SCM_CAN_RAW_ERRQUEUE)
			memcpy(&report, CMSG_DATA(head), sizeof(report));
	}
	EXPECT_ERRNO((int)report.ee_errno, ENOMSG);
	EXPECT_EQ(report.ee_origin, SO_EE_ORIGIN_TIMESTAMPING);
	EXPECT_EQ(report.ee_info, SCM_TSTAMP_SCHED);
}
