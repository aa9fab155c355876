/* SPDX-License-Identifier: MIT */
/* Options that decide which way packets take, and what they are marked with. */
#include <linux/capability.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "harness/capture/expect_packet.h"
#include "suites/socket/option_numbers.h"
#include "suites/socket/option_privilege.h"

#include "harness/case.h"

/*
 * `SO_DONTROUTE`: only to neighbours.
 *
 * The kernel then looks for a network that the host is itself connected to and ignores every
 * route that goes through a router. Host b is reached through the router, so there is no
 * way: `ENETUNREACH`, without a packet. The router's own address is on the link and works.
 * Routing daemons use this to talk to neighbours while the routing table is wrong.
 */
CASE(dontroute,
     .claim = "with SO_DONTROUTE, what lies behind a router is ENETUNREACH, and a neighbour is "
	      "reached",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.16 SO_DONTROUTE; socket(7)", .topology = "routed",
     .tags = "option route udp")
{
	struct address behind = address_of("192.0.2.129", 5000);
	struct address router = address_of("192.0.2.126", 5000);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int at_b = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	int at_router = SETUP(host_socket("router", AF_INET, SOCK_DGRAM, 0));

	SETUP(bind(at_b, ADDRESS(behind)));
	SETUP(bind(at_router, ADDRESS(router)));
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_DONTROUTE, 1));
	EXPECT_ERR(sendto(fd, "x", 1, 0, ADDRESS(behind)), ENETUNREACH);
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(router)), 1);
	EXPECT_EQ(wait_for(at_router, POLLIN, SOON_MS), POLLIN);

	/* Without the option the router forwards. */
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_DONTROUTE, 0));
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(behind)), 1);
	EXPECT_EQ(wait_for(at_b, POLLIN, SOON_MS), POLLIN);
}

static int bound_to_device(const char *device, uint16_t port)
{
	struct address any = address_any(AF_INET, port);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, device, (socklen_t)strlen(device)));
	SETUP(bind(fd, ADDRESS(any)));
	return fd;
}

/*
 * `SO_BINDTODEVICE` ties a socket to one interface.
 *
 * It then receives only what came in there, whatever the address. Two sockets may hold the
 * same port when they are bound to different devices, because no packet is for both: a DHCP
 * server runs like this, one socket an interface. Binding to an address instead would not
 * do: Linux accepts a packet for any of its addresses on any interface.
 *
 * Try it: `ping -I eth0 192.0.2.2`.
 */
CASE(bindtodevice,
     .claim = "a socket with SO_BINDTODEVICE receives only what comes in by that interface",
     .level = LINUX, .spec = "socket(7) SO_BINDTODEVICE", .topology = "pair",
     .tags = "option udp bind")
{
	struct address outer = address_of("192.0.2.1", 5000);
	struct address inner = address_loopback(AF_INET, 5000);
	int at_eth0 = bound_to_device("eth0", 5000), at_lo = bound_to_device("lo", 5000);
	int sender = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int neighbour = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	char buffer[8];

	SETUP(sendto(neighbour, "from b", 6, 0, ADDRESS(outer)));
	EXPECT_EQ(wait_for(at_eth0, POLLIN, SOON_MS), POLLIN);
	EXPECT_ERR(recv(at_lo, buffer, sizeof(buffer), MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(recv(at_eth0, buffer, sizeof(buffer), 0), 6);

	SETUP(sendto(sender, "own", 3, 0, ADDRESS(inner)));
	EXPECT_EQ(wait_for(at_lo, POLLIN, SOON_MS), POLLIN);
	EXPECT_ERR(recv(at_eth0, buffer, sizeof(buffer), MSG_DONTWAIT), EAGAIN);
}

/*
 * The device is given by name, and must exist.
 *
 * The name is looked up when the option is set, `ENODEV` if there is none; the socket then
 * keeps the interface's number, so a later renaming does not matter. getsockopt() gives the
 * name back, and an empty name ends the binding.
 */
CASE(bindtodevice_by_name,
     .claim = "SO_BINDTODEVICE fails with ENODEV for an unknown name, and an empty one ends the "
	      "binding",
     .level = LINUX, .spec = "socket(7) SO_BINDTODEVICE", .tags = "option errno")
{
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	char name[IFNAMSIZ] = "";
	socklen_t size = sizeof(name);

	EXPECT_ERR(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "none0", 6), ENODEV);
	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3));
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, &size));
	EXPECT_STREQ(name, "lo");
	EXPECT_EQ(size, 3);

	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "", 0));
	size = sizeof(name);
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, &size));
	EXPECT_EQ(size, 0);
}

/*
 * An ordinary program may choose a device once, but not leave it.
 *
 * Since Linux 5.7 a socket without a device can be bound to one without `CAP_NET_RAW`: that
 * only narrows what it can do. Changing or ending the binding needs the capability, so that
 * a service which hands out sockets bound to a VRF or a tunnel can rely on where they lead.
 */
CASE(bindtodevice_without_privilege,
     .claim = "without CAP_NET_RAW a socket can be bound to a device, and a bound one fails with "
	      "EPERM",
     .level = ABI, .spec = "Linux 5.7, commit c427bfec18f2; socket(7) SO_BINDTODEVICE",
     .tags = "option privilege")
{
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	/* With the capability it may be bound and released again. */
	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3));
	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "", 0));

	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3));
	EXPECT_ERR(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "", 0), EPERM);
}

struct priority_row {
	struct variant variant;
	int priority;
};

static const struct priority_row priorities[] = {
	{{"seven", NULL}, 7},
	{{"negative", NULL}, -1},
};

/*
 * `SO_PRIORITY` orders packets in the host's own queues.
 *
 * A queueing discipline (`tc qdisc`) may serve higher priorities first, and a VLAN interface
 * can write the number into its tag. 0 to 6 are anybody's; above that stands the kernel's
 * own traffic, and a program needs `CAP_NET_ADMIN`. A refused value changes nothing.
 */
CASE(priority_without_privilege,
     .claim = "without CAP_NET_ADMIN, SO_PRIORITY takes 0 to 6 and refuses the rest with EPERM",
     .level = LINUX, .spec = "socket(7) SO_PRIORITY", .tags = "option privilege",
     .VARIANTS(priorities))
{
	int priority = VARIANT(struct priority_row)->priority;
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	/* With the capability it can be set. */
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_PRIORITY, priority));
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_PRIORITY, 3));

	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_PRIORITY, priority), EPERM);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PRIORITY), 3);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_PRIORITY, 6));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PRIORITY), 6);
}

/*
 * The priority goes with the packet, as far as this host.
 *
 * It is not in the packet but beside it, and so is lost on the way to another machine. Over
 * loopback the receiver sees it: with `SO_RCVPRIORITY` each datagram brings a control message
 * that holds the sender's `SO_PRIORITY`.
 */
CASE(priority_of_a_datagram,
     .claim = "over loopback, SO_RCVPRIORITY gives the SO_PRIORITY of the datagram's sender",
     .since = "6.14", .level = LINUX,
     .spec = "socket(7) SO_PRIORITY; net/socket.c sock_recv_priority()", .tags = "option udp cmsg",
     .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	union {
		struct cmsghdr align;
		char bytes[64];
	} control;
	char byte;
	struct iovec part = {&byte, 1};
	uint32_t priority;

	if (set_int(p.server, SOL_SOCKET, SO_RCVPRIORITY, 1) != 0 && errno == ENOPROTOOPT)
		SKIP("SO_RCVPRIORITY", "this kernel does not have it (Linux 6.14)");
	for (uint32_t sent = 0; sent <= 6; sent += 2) {
		struct msghdr message = {.msg_iov = &part,
					 .msg_iovlen = 1,
					 .msg_control = control.bytes,
					 .msg_controllen = sizeof(control)};
		struct cmsghdr *header;

		EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_PRIORITY, (int)sent));
		EXPECT_EQ(send(p.client, "x", 1, 0), 1);
		EXPECT_EQ(recvmsg(p.server, &message, 0), 1);
		header = CMSG_FIRSTHDR(&message);
		REQUIRE_TRUE(header != NULL);
		EXPECT_EQ(header->cmsg_level, SOL_SOCKET);
		EXPECT_EQ(header->cmsg_type, SO_PRIORITY);
		EXPECT_EQ(header->cmsg_len, CMSG_LEN(sizeof(priority)));
		memcpy(&priority, CMSG_DATA(header), sizeof(priority));
		EXPECT_EQ(priority, sent);
	}
}

/*
 * `SO_MARK` writes a number on every packet, seen only inside this host.
 *
 * It is not on the wire. Routing rules (`ip rule add fwmark`), filters and queues look at
 * it. With `net.ipv4.tcp_fwmark_accept` a listener gives each connection the mark that its
 * SYN carried; over loopback that makes the client's mark visible at the server.
 *
 * Try it: `ip rule add fwmark 7 table 100`.
 */
CASE(mark,
     .claim = "packets carry SO_MARK: with tcp_fwmark_accept the accepted socket has the client's "
	      "mark",
     .level = LINUX, .spec = "socket(7) SO_MARK; ip-sysctl tcp_fwmark_accept", .tags = "option tcp",
     .sysctls = "net.ipv4.tcp_fwmark_accept=1")
{
	struct address where;
	int listener = tcp_listener(AF_INET, &where);
	int marked = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int plain = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	EXPECT_OK(set_int(marked, SOL_SOCKET, SO_MARK, 7));
	SETUP(connect(marked, ADDRESS(where)));
	EXPECT_EQ(get_int(SETUP(accept(listener, NULL, NULL)), SOL_SOCKET, SO_MARK), 7);
	SETUP(connect(plain, ADDRESS(where)));
	EXPECT_EQ(get_int(SETUP(accept(listener, NULL, NULL)), SOL_SOCKET, SO_MARK), 0);
}

/*
 * A mark chooses the route.
 *
 * Routing looks at the destination only, unless a rule says otherwise. `ip rule add fwmark 7
 * table 7` sends packets with this mark to a routing table of their own. So one program can
 * use another way than all others, as the tunnel of a VPN must, whose own packets may not
 * go into the tunnel. Here the frame's Ethernet address tells the link that it went over.
 *
 * Try it: `ip rule`, `ip route show table 7`, `ip route get 198.51.100.1 mark 7`.
 */
CASE(mark_chooses_the_route,
     .claim = "a datagram of a socket with SO_MARK takes the route of the rule for that mark",
     .level = LINUX, .spec = "socket(7) SO_MARK; ip-rule(8) fwmark", .topology = "ways",
     .tags = "option route wire")
{
	struct address to = address_of("198.51.100.1", 9000);
	struct wire *wire = wire_open("b");
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	SETUP(sendto(fd, "x", 1, 0, ADDRESS(to)));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", 9000),
		      FIELD_TEXT("Ethernet", "Destination", "02:00:00:00:00:02"));

	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_MARK, 7));
	SETUP(sendto(fd, "x", 1, 0, ADDRESS(to)));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", 9000),
		      FIELD_TEXT("Ethernet", "Destination", "02:00:00:00:00:12"));

	/* No rule knows this one. */
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_MARK, 8));
	SETUP(sendto(fd, "x", 1, 0, ADDRESS(to)));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", 9000),
		      FIELD_TEXT("Ethernet", "Destination", "02:00:00:00:00:02"));
}

/*
 * A mark can lead around the administrator's rules, so it takes privilege to set one.
 *
 * `CAP_NET_ADMIN` of the user namespace that owns the network, or since Linux 5.17
 * `CAP_NET_RAW`.
 */
CASE(mark_without_privilege,
     .claim = "SO_MARK fails with EPERM without CAP_NET_ADMIN and CAP_NET_RAW", .level = LINUX,
     .spec = "socket(7) SO_MARK; capabilities(7)", .tags = "option privilege")
{
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_MARK, 7));
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_MARK, 8), EPERM);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_MARK), 7);
}

/*
 * `SO_DEBUG` is for the administrator.
 *
 * Once it made the protocol record what it does. Today it has nearly no effect, but who may
 * turn it on is still checked: without `CAP_NET_ADMIN` it is `EACCES`, not the `EPERM` of
 * other options. Turning it off is free.
 */
CASE(debug_without_privilege,
     .claim = "SO_DEBUG fails with EACCES without CAP_NET_ADMIN, and may be turned off by anybody",
     .level = LINUX, .spec = "socket(7) SO_DEBUG", .tags = "option privilege")
{
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	/* An effective user id of 0 is not enough on its own: the capability is what counts. */
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_DEBUG, 1), EACCES);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DEBUG), 0);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_DEBUG, 0));
}

/*
 * With the capability, `SO_DEBUG` is a flag like others, and each socket has its own.
 *
 * The capability must be one of the first user namespace, as for all that concerns the
 * machine.
 */
CASE(debug, .claim = "with CAP_NET_ADMIN, SO_DEBUG can be turned on", .level = POSIX,
     .spec = "POSIX.1-2024 2.10.16 SO_DEBUG; socket(7)", .tags = "option privilege")
{
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	need_first_user_namespace();
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_DEBUG, 1));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DEBUG), 1);
	EXPECT_EQ(get_int(SETUP(socket(AF_INET, SOCK_STREAM, 0)), SOL_SOCKET, SO_DEBUG), 0);
}

/*
 * A listener passes `SO_DEBUG` on.
 *
 * accept() makes a socket that has most of the listener's options, so that a server sets them
 * once. POSIX leaves open which; this one, like `SO_KEEPALIVE` and `SO_LINGER`, has been
 * inherited since 4.4BSD.
 */
CASE(debug_is_inherited,
     .claim = "a connection that is accepted by a listener with SO_DEBUG has SO_DEBUG",
     .level = ABI, .spec = "net/core/sock.c sk_clone_lock(); socket(7) SO_DEBUG",
     .tags = "option privilege tcp")
{
	struct address where;
	int listener, client = SETUP(socket(AF_INET, SOCK_STREAM, 0)), server;

	need_first_user_namespace();
	listener = tcp_listener(AF_INET, &where);
	EXPECT_OK(set_int(listener, SOL_SOCKET, SO_DEBUG, 1));
	SETUP(connect(client, ADDRESS(where)));
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_EQ(get_int(server, SOL_SOCKET, SO_DEBUG), 1);
	EXPECT_EQ(get_int(client, SOL_SOCKET, SO_DEBUG), 0);

	/* A listener without it has none to pass on. */
	listener = tcp_listener(AF_INET, &where);
	client = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	SETUP(connect(client, ADDRESS(where)));
	EXPECT_EQ(get_int(SETUP(accept(listener, NULL, NULL)), SOL_SOCKET, SO_DEBUG), 0);
}
