/* SPDX-License-Identifier: MIT */
/* On which bus a socket is, and what becomes of it when the bus goes. */
#include <net/if.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "suites/can/can_help.h"

#include "harness/case.h"

/* CAN_REQUIRED_SIZE(struct sockaddr_can, can_ifindex) of the kernel. */
enum { SHORTEST = offsetof(struct sockaddr_can, can_ifindex) + sizeof(int) };

/*
 * Listening to every bus.
 *
 * Interface 0 is all CAN buses of the host at once. `recvfrom()` then says on which one a
 * frame came, and `sendto()` on which one to send; `write()` would not know.
 */
CASE(every_bus,
     .claim = "a socket that is bound to interface 0 hears every bus, and recvfrom() says which; "
	      "write() on it fails with ENXIO, sendto() works",
     .level = LINUX, .spec = "Documentation/networking/can.rst How to use SocketCAN",
     .topology = "can", .needs = "can_raw", .tags = "can bind errno")
{
	static const struct {
		int ifindex;
		canid_t id;
	} buses[] = {{VCAN0, 0x123}, {VCAN1, 0x124}};
	struct can_frame frame = can_frame_of(0x200, "to");
	int every = can_raw(0);

	for (size_t i = 0; i < 2; i++) {
		struct sockaddr_can from, to = can_address(buses[i].ifindex);
		int on = can_raw(buses[i].ifindex);
		socklen_t length = sizeof(from);
		struct can_frame got;

		memset(&from, 0xa5, sizeof(from));
		can_put(on, buses[i].id, "from");
		EXPECT_EQ(wait_for(every, POLLIN, SOON_MS), POLLIN);
		EXPECT_EQ(recvfrom(every, WHOLE(got), 0, (struct sockaddr *)&from, &length),
			  CAN_MTU);
		EXPECT_EQ(got.can_id, buses[i].id);
		EXPECT_EQ(length, SHORTEST);
		EXPECT_EQ(from.can_family, AF_CAN);
		EXPECT_EQ(from.can_ifindex, buses[i].ifindex);

		EXPECT_ERR(write(every, WHOLE(frame)), ENXIO);
		EXPECT_EQ(sendto(every, WHOLE(frame), 0, CAN_ADDRESS(to)), CAN_MTU);
		EXPECT_FRAME(on, 0x200, "to");
	}
}

/* A socket that is not bound belongs to no bus, and hears nothing. */
CASE(not_bound,
     .claim = "write() on a socket that is not bound fails with ENXIO; sendto() works, and nothing "
	      "is "
	      "received",
     .level = LINUX, .spec = "Documentation/networking/can.rst How to use SocketCAN",
     .topology = "can", .needs = "can_raw", .tags = "can bind errno")
{
	int fd = SETUP(socket(AF_CAN, SOCK_RAW, CAN_RAW)), on = can_raw(VCAN0);
	struct sockaddr_can bus = can_address(VCAN0);
	struct can_frame frame = can_frame_of(0x123, "free");

	EXPECT_ERR(write(fd, WHOLE(frame)), ENXIO);
	EXPECT_EQ(sendto(fd, WHOLE(frame), 0, CAN_ADDRESS(bus)), CAN_MTU);
	EXPECT_FRAME(on, 0x123, "free");
	can_put(on, 0x124, "unheard");
	EXPECT_OK(bind(fd, CAN_ADDRESS(bus)));
	can_put(on, 0x125, "heard");
	EXPECT_FRAME(fd, 0x125, "heard");
}

/* sendto() names the bus, whatever the socket is bound to. */
CASE(another_bus,
     .claim = "sendto() sends on the bus that it names, also from a socket bound to another",
     .level = OBSERVED, .spec = "net/can/raw.c raw_sendmsg()", .topology = "can",
     .needs = "can_raw", .tags = "can bind")
{
	int fd = can_raw(VCAN0), here = can_raw(VCAN0), there = can_raw(VCAN1);
	struct sockaddr_can other = can_address(VCAN1);
	struct can_frame frame = can_frame_of(0x123, "there");

	EXPECT_EQ(sendto(fd, WHOLE(frame), 0, CAN_ADDRESS(other)), CAN_MTU);
	EXPECT_FRAME(there, 0x123, "there");
	can_put(fd, 0x124, "here");
	EXPECT_FRAME(here, 0x124, "here");
}

/* Changing buses: bind() again leaves the one for the other. */
CASE(again,
     .claim =
	     "bind() can be called again and moves the socket to the other bus; getsockname() says "
	     "where it is",
     .level = OBSERVED, .spec = "net/can/raw.c raw_bind()", .topology = "can", .needs = "can_raw",
     .tags = "can bind")
{
	static const int places[] = {VCAN0, VCAN1, 0};
	int one = can_raw(VCAN0), two = can_raw(VCAN1), fd = can_raw(VCAN0);
	struct sockaddr_can bus = can_address(VCAN1), name;
	socklen_t length;

	EXPECT_OK(bind(fd, CAN_ADDRESS(bus)));
	can_put(one, 0x123, "left");
	can_put(two, 0x124, "moved");
	EXPECT_FRAME(fd, 0x124, "moved");
	for (size_t i = 0; i < 3; i++) {
		bus = can_address(places[i]);
		EXPECT_OK(bind(fd, CAN_ADDRESS(bus)));
		memset(&name, 0xa5, sizeof(name));
		length = sizeof(name);
		EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
		EXPECT_EQ(length, SHORTEST);
		EXPECT_EQ(name.can_family, AF_CAN);
		EXPECT_EQ(name.can_ifindex, places[i]);
	}
}

struct wrong_row {
	struct variant variant;
	int family, ifindex;
	socklen_t length;
	int bind_error, send_error;
};

static const struct wrong_row wrongs[] = {
	{{"no_interface", NULL}, AF_CAN, NO_SUCH, SHORTEST, ENODEV, ENXIO},
	{{"no_bus", NULL}, AF_CAN, 1, SHORTEST, ENODEV, EPERM},
	{{"too_short", NULL}, AF_CAN, VCAN0, SHORTEST - 1, EINVAL, EINVAL},
	{{"other_family", NULL}, AF_INET, VCAN0, SHORTEST, EINVAL, EINVAL},
};

/*
 * What is no bus.
 *
 * The loopback interface (1) has an index, but no CAN. The address may be as short as the
 * fields that CAN_RAW uses.
 */
CASE(wrong_addresses,
     .claim = "bind() and sendto() tell what is wrong with an address: nothing there, no CAN bus, "
	      "too "
	      "short, of another family",
     .level = OBSERVED, .spec = "net/can/raw.c raw_bind(), raw_sendmsg(); af_can.c can_send()",
     .topology = "can", .needs = "can_raw", .tags = "can bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_can wrong = can_address(row->ifindex), right = can_address(VCAN0);
	int fd = SETUP(socket(AF_CAN, SOCK_RAW, CAN_RAW)), on = can_raw(VCAN0);
	struct can_frame frame = can_frame_of(0x123, "right");

	wrong.can_family = (sa_family_t)row->family;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, row->length), row->bind_error);
	EXPECT_ERR(sendto(fd, WHOLE(frame), 0, (struct sockaddr *)&wrong, row->length),
		   row->send_error);
	EXPECT_OK(bind(fd, (struct sockaddr *)&right, SHORTEST));
	EXPECT_EQ(sendto(fd, WHOLE(frame), 0, (struct sockaddr *)&right, SHORTEST), CAN_MTU);
	EXPECT_FRAME(on, 0x123, "right");
}

/*
 * The bus goes off.
 *
 * When the interface goes down (a cable pulled, `ip link set vcan0 down`) each socket on it
 * learns that by an error, also one that waits in poll(). The socket stays where it is, and
 * works again when the bus does.
 */
CASE(goes_down,
     .claim = "when the interface goes down its sockets get ENETDOWN once, and sending fails with "
	      "ENETDOWN until it is up again",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst How to use SocketCAN; net/can/raw.c raw_notify()",
     .topology = "can", .needs = "can_raw", .tags = "can bind errno")
{
	int fd = can_raw(VCAN0), other = can_raw(VCAN0), elsewhere = can_raw(VCAN1);
	struct can_frame frame = can_frame_of(0x123, "again"), got;

	SETUP(can_link("vcan0", false));
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLERR, POLLERR);
	EXPECT_ERR(read(fd, WHOLE(got)), ENETDOWN);
	EXPECT_ERR(recv(fd, WHOLE(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_ERR(write(fd, WHOLE(frame)), ENETDOWN);
	EXPECT_ERRNO(get_int(other, SOL_SOCKET, SO_ERROR), ENETDOWN);
	EXPECT_ERRNO(get_int(other, SOL_SOCKET, SO_ERROR), 0);
	EXPECT_ERRNO(get_int(elsewhere, SOL_SOCKET, SO_ERROR), 0);

	SETUP(can_link("vcan0", true));
	EXPECT_EQ(write(fd, WHOLE(frame)), CAN_MTU);
	EXPECT_FRAME(other, 0x123, "again");
}

/* A socket may be bound to a bus that is down: it learns of that at once. */
CASE(is_down,
     .claim = "bind() to an interface that is down succeeds and leaves ENETDOWN as the socket's "
	      "error; when it comes up the socket works",
     .level = OBSERVED, .spec = "net/can/raw.c raw_bind()", .topology = "can", .needs = "can_raw",
     .tags = "can bind errno")
{
	struct sockaddr_can bus = can_address(VCAN0);
	int fd = SETUP(socket(AF_CAN, SOCK_RAW, CAN_RAW)), other;

	SETUP(can_link("vcan0", false));
	EXPECT_OK(bind(fd, CAN_ADDRESS(bus)));
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), ENETDOWN);
	SETUP(can_link("vcan0", true));
	other = can_raw(VCAN0);
	can_put(other, 0x123, "up");
	EXPECT_FRAME(fd, 0x123, "up");
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), 0);
}

/* Takes an interface away: RTM_DELLINK of rtnetlink(7). */
static int remove_interface(int ifindex)
{
	struct {
		struct nlmsghdr head;
		struct ifinfomsg link;
	} request = {{sizeof(request), RTM_DELLINK, NLM_F_REQUEST | NLM_F_ACK, 1, 0},
		     {.ifi_index = ifindex}};
	struct {
		struct nlmsghdr head;
		struct nlmsgerr error;
		char quoted[64];
	} reply;
	int fd = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));

	SETUP(send(fd, &request, sizeof(request), 0));
	SETUP(recv(fd, &reply, sizeof(reply), 0));
	errno = -reply.error.error;
	return reply.error.error == 0 ? 0 : -1;
}

/*
 * The bus is gone.
 *
 * An adapter on USB is pulled out: its interface is no more. The sockets on it hear of it,
 * and are bound to nothing afterwards.
 */
CASE(goes_away,
     .claim = "when the interface is removed its sockets get ENODEV, are no longer bound, and can "
	      "be "
	      "bound to another",
     .level = OBSERVED, .spec = "net/can/raw.c raw_notify() NETDEV_UNREGISTER", .topology = "can",
     .needs = "can_raw", .tags = "can bind errno")
{
	struct can_frame frame = can_frame_of(0x123, "gone");
	struct sockaddr_can name, bus = can_address(VCAN1);
	int fd = can_raw(VCAN0), other = can_raw(VCAN1);
	socklen_t length = sizeof(name);

	SETUP(remove_interface(VCAN0));
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLERR, POLLERR);
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), ENODEV);
	memset(&name, 0xa5, sizeof(name));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(name.can_ifindex, 0);
	EXPECT_ERR(write(fd, WHOLE(frame)), ENXIO);
	EXPECT_OK(bind(fd, CAN_ADDRESS(bus)));
	EXPECT_EQ(write(fd, WHOLE(frame)), CAN_MTU);
	EXPECT_FRAME(other, 0x123, "gone");
}

/*
 * From host to host.
 *
 * A virtual tunnel (vxcan) joins the buses of two hosts, as a cable would: what is sent at one
 * end is received at the other.
 */
CASE(between_hosts,
     .claim =
	     "a frame that a sends on its end of the bus is received by b, and the other way round",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst The Virtual CAN Driver; drivers/net/can/vxcan.c",
     .topology = "canpair", .needs = "can_raw", .tags = "can")
{
	struct sockaddr_can bus = can_address(B_CAN0);
	int a = can_raw(A_CAN0), b = SETUP(host_socket("b", AF_CAN, SOCK_RAW, CAN_RAW));
	int also = can_raw(A_CAN0);

	SETUP(bind(b, CAN_ADDRESS(bus)));
	can_put(a, 0x123, "to b");
	EXPECT_FRAME(b, 0x123, "to b");
	EXPECT_FRAME(also, 0x123, "to b");
	can_put(b, CAN_EFF_FLAG | 0x124, "to a");
	EXPECT_FRAME(a, CAN_EFF_FLAG | 0x124, "to a");
}
