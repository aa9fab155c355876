/* SPDX-License-Identifier: MIT */
/* SO_BINDTODEVICE and SO_BINDTOIFINDEX: which link a socket's packets go over. */
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/capture/expect_packet.h"
#include "suites/socket/control.h"

#include "harness/case.h"

static int by_name(int fd, const char *device)
{
	return setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, device, (socklen_t)strlen(device));
}

static int by_index(int fd, const char *device)
{
	return set_int(fd, SOL_SOCKET, SO_BINDTOIFINDEX, (int)if_nametoindex(device));
}

struct binding_row {
	struct variant variant;
	int (*bind_to)(int fd, const char *device);
};

static const struct binding_row bindings[] = {
	{{"name", NULL}, by_name},
	{{"index", NULL}, by_index},
};

static void need_ifindex(int fd)
{
	if (set_int(fd, SOL_SOCKET, SO_BINDTOIFINDEX, 0) != 0)
		SKIP("SO_BINDTOIFINDEX", "setsockopt() gives error %d: Linux before 5.1", errno);
}

/*
 * A socket that is bound to a link sends by it and hears nothing else.
 *
 * Host b has two links, and an address on each. The datagram to the far address of the first
 * link leaves by the first; a socket bound to the other link has no route to it there, and so
 * asks on that link who has the address: nothing arrives. In the other direction the
 * receiver that is bound to one link gets what came in there and no more. Name and index are
 * two ways to say it; the index survives renaming, and needs no look-up.
 */
CASE(sends_by_its_link,
     .claim = "a socket bound to an interface reaches only what is reached by it", .level = LINUX,
     .spec = "socket(7) SO_BINDTODEVICE; Linux 5.1, commit f5dd3d0c9638", .topology = "ways",
     .tags = "option udp route wire", .VARIANTS(bindings))
{
	const struct binding_row *row = VARIANT(struct binding_row);
	struct address first = address_of("192.0.2.2", 9000),
		       second = address_of("192.0.2.130", 9000);
	struct wire *wire = wire_open("b");
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	need_ifindex(fd);
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(first)), 1);
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", 9000),
		      FIELD_TEXT("Ethernet", "Destination", "02:00:00:00:00:02"));
	EXPECT_OK(row->bind_to(fd, "eth1"));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BINDTOIFINDEX), 11);
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(second)), 1);
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", 9000),
		      FIELD_TEXT("Ethernet", "Destination", "02:00:00:00:00:12"),
		      FIELD_TEXT("IPv4", "Source Address", "192.0.2.129"));

	/* Bound to the first link, it looks for the second's neighbour there. */
	EXPECT_OK(row->bind_to(fd, "eth0"));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BINDTOIFINDEX), 10);
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(second)), 1);
	EXPECT_PACKET(wire, WHICH_TEXT("ARP", "Target protocol address", "192.0.2.130"),
		      FIELD_TEXT("Ethernet", "Source", "02:00:00:00:00:01"));
}

/*
 * Two receivers on one port, one for each link.
 */
CASE(hears_its_link,
     .claim = "of two sockets bound to a port and one interface each, each gets what comes in by "
	      "its",
     .level = LINUX, .spec = "socket(7) SO_BINDTODEVICE; Linux 5.1, commit f5dd3d0c9638",
     .topology = "ways", .tags = "option udp bind", .VARIANTS(bindings))
{
	const struct binding_row *row = VARIANT(struct binding_row);
	struct address any = address_any(AF_INET, 9000);
	struct address first = address_of("192.0.2.1", 9000),
		       second = address_of("192.0.2.129", 9000);
	int at_eth0 = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int at_eth1 = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int neighbour = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	struct received r;

	need_ifindex(at_eth0);
	EXPECT_OK(row->bind_to(at_eth0, "eth0"));
	EXPECT_OK(bind(at_eth0, ADDRESS(any)));
	/* Without a device of its own the second one would want the port on all of them. */
	EXPECT_ERR(bind(at_eth1, ADDRESS(any)), EADDRINUSE);
	EXPECT_OK(row->bind_to(at_eth1, "eth1"));
	EXPECT_OK(bind(at_eth1, ADDRESS(any)));

	SETUP(sendto(neighbour, "first", 5, 0, ADDRESS(first)));
	SETUP(sendto(neighbour, "second", 6, 0, ADDRESS(second)));
	EXPECT_EQ(wait_for(at_eth0, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(wait_for(at_eth1, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(receive_all(at_eth0, &r, 0), 5);
	EXPECT_MEMEQ(r.data, "first", 5);
	EXPECT_EQ(receive_all(at_eth1, &r, 0), 6);
	EXPECT_MEMEQ(r.data, "second", 6);
	EXPECT_ERR(receive_all(at_eth0, &r, MSG_DONTWAIT), EAGAIN);
	EXPECT_ERR(receive_all(at_eth1, &r, MSG_DONTWAIT), EAGAIN);
}

/*
 * An index is not looked up.
 *
 * A name must exist when it is set; a number is taken as it is, so that it may be set before
 * its interface is there. Until then there is no way out: sending is `ENODEV`. A negative one
 * is `EINVAL`, and 0 ends the binding. Both options are views of one setting.
 */
CASE(index_without_interface,
     .claim = "SO_BINDTOIFINDEX takes an index that no interface has, and sending then fails with "
	      "ENODEV",
     .level = ABI, .spec = "Linux 5.1, commit f5dd3d0c9638", .tags = "option udp errno")
{
	struct address where;
	int receiver = bound_socket(AF_INET, SOCK_DGRAM, &where);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0)), lo = (int)if_nametoindex("lo");
	char name[IFNAMSIZ] = "";
	socklen_t size = sizeof(name);
	struct received r;

	need_ifindex(fd);
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_BINDTOIFINDEX, -1), EINVAL);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BINDTOIFINDEX), 0);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_BINDTOIFINDEX, 99999));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BINDTOIFINDEX), 99999);
	EXPECT_ERR(sendto(fd, "x", 1, 0, ADDRESS(where)), ENODEV);
	EXPECT_ERR(getsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, &size), ENODEV);

	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_BINDTOIFINDEX, lo));
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, &size));
	EXPECT_STREQ(name, "lo");
	EXPECT_EQ(size, 3);
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(where)), 1);
	EXPECT_EQ(receive_all(receiver, &r, 0), 1);

	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_BINDTOIFINDEX, 0));
	size = sizeof(name);
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, &size));
	EXPECT_EQ(size, 0);
}
