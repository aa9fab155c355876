/* SPDX-License-Identifier: MIT */
/* How a UDP socket learns that something went wrong: at once, later, or never. */
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/errqueue.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

struct error_row {
	struct variant variant;
	int family;
	unsigned int type, code;   /* of the ICMP message "port unreachable" */
	int level, option, origin; /* of the error queue */
};

static const struct error_row error_families[] = {
	{{"v4", NULL},
	 AF_INET,
	 ICMP_DEST_UNREACH,
	 ICMP_PORT_UNREACH,
	 IPPROTO_IP,
	 IP_RECVERR,
	 SO_EE_ORIGIN_ICMP},
	{{"v6", "ipv6"},
	 AF_INET6,
	 ICMP6_DST_UNREACH,
	 ICMP6_DST_UNREACH_NOPORT,
	 IPPROTO_IPV6,
	 IPV6_RECVERR,
	 SO_EE_ORIGIN_ICMP6},
};

/* An address of loopback on which no socket is: one has been there and is closed. */
static struct address closed_port(int family)
{
	struct address where;
	int fd = bound_socket(family, SOCK_DGRAM, &where);

	SETUP(close(fd));
	return where;
}

/*
 * "Connection refused", without a connection.
 *
 * A datagram to a port without a socket is answered by the other host's kernel with
 * ICMP "port unreachable", which quotes the beginning of the datagram. From the
 * quotation the sender's kernel finds the socket, and keeps the error for its next
 * call, whatever that is: here a recv() that would otherwise wait for ever.
 * It is reported once; then the socket is as good as before.
 *
 * Try it: `nc -u 127.0.0.1 9`, type a line, then a second one.
 */
CASE(refused_by_icmp,
     .claim = "after a port unreachable the next call on a connected socket fails: ECONNREFUSED",
     .level = RFC, .spec = "RFC 1122 4.1.3.3; RFC 792; RFC 4443 3.1; udp(7) ERRORS",
     .tags = "udp icmp errno", .VARIANTS(error_families))
{
	const struct error_row *row = VARIANT(struct error_row);
	struct address nobody = closed_port(row->family);
	int fd = SETUP(socket(row->family, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("a");
	const struct packet *error;
	char data[8];

	SETUP(connect(fd, ADDRESS(nobody)));
	EXPECT_EQ(send(fd, "x", 1, 0), 1);

	error = wire_next_icmp(wire, row->family, row->type, row->code);
	REQUIRE_TRUE(error != NULL);
	REQUIRE_TRUE(packet_find_quoted(error, PACKET_UDP) != NULL);
	EXPECT_EQ(packet_find_quoted(error, PACKET_UDP)->udp.destination_port,
		  address_port(&nobody));

	EXPECT_ERR(recv(fd, data, sizeof(data), 0), ECONNREFUSED);
	EXPECT_ERR(recv(fd, data, sizeof(data), MSG_DONTWAIT), EAGAIN);
}

/*
 * The pending error makes the next send() fail, too.
 *
 * The error belongs to the *first* datagram, but send() returned long before the ICMP
 * message came. So the second send() reports it, and its own datagram is not sent:
 * a program that gives up on the first failure of send() has lost two messages.
 * Sending the same again is then possible.
 */
CASE(refusal_fails_the_next_send,
     .claim = "a pending ECONNREFUSED is reported by the next send(), whose datagram is not sent",
     .level = LINUX, .spec = "udp(7) Error handling; RFC 1122 4.1.3.3", .tags = "udp icmp errno",
     .VARIANTS(error_families))
{
	int family = VARIANT(struct error_row)->family;
	struct address nobody = closed_port(family);
	int fd = SETUP(socket(family, SOCK_DGRAM, 0)), server;
	char data[8];

	SETUP(connect(fd, ADDRESS(nobody)));
	EXPECT_EQ(send(fd, "first", 5, 0), 5);
	REQUIRE_TRUE(wait_for(fd, POLLERR, SOON_MS) & POLLERR);

	/* Now there is someone; the error is about the time before. */
	server = SETUP(socket(family, SOCK_DGRAM, 0));
	SETUP(bind(server, ADDRESS(nobody)));
	EXPECT_ERR(send(fd, "second", 6, 0), ECONNREFUSED);
	EXPECT_EQ(send(fd, "3rd", 3, 0), 3);
	EXPECT_EQ(recv(server, data, sizeof(data), 0), 3);
	EXPECT_MEMEQ(data, "3rd", 3);
}

/*
 * `SO_ERROR` asks for the error without another call failing.
 *
 * poll() reports `POLLERR` for a socket with a pending error, even if it was not asked
 * for it. getsockopt() of `SO_ERROR` says which one, and clears it: a second question is
 * answered with 0, and poll() is quiet again.
 */
CASE(so_error_takes_the_refusal,
     .claim = "SO_ERROR returns the pending ECONNREFUSED once and clears it", .level = POSIX,
     .spec = "POSIX.1-2024 2.10.16 SO_ERROR; socket(7)", .tags = "udp icmp errno",
     .VARIANTS(error_families))
{
	int family = VARIANT(struct error_row)->family;
	struct address nobody = closed_port(family);
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));
	char data[8];

	SETUP(connect(fd, ADDRESS(nobody)));
	SETUP(send(fd, "x", 1, 0));
	EXPECT_TRUE(wait_for(fd, POLLIN, SOON_MS) & POLLERR);

	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), ECONNREFUSED);
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), 0);
	EXPECT_ERR(recv(fd, data, sizeof(data), MSG_DONTWAIT), EAGAIN);
}

/*
 * An unconnected socket is not told.
 *
 * The same ICMP message arrives, but this socket may have written to a thousand
 * addresses, and an errno alone would not say which of them failed. So Linux tells only
 * connected sockets, and those that ask with `IP_RECVERR`. RFC 1122 asks for more; the
 * BSD interface has no place for it.
 */
CASE(unconnected_socket_is_not_told,
     .claim = "a port unreachable is not reported to an unconnected UDP socket", .level = LINUX,
     .spec = "udp(7) Error handling", .tags = "udp icmp errno", .VARIANTS(error_families))
{
	const struct error_row *row = VARIANT(struct error_row);
	struct address nobody = closed_port(row->family);
	int unconnected = SETUP(socket(row->family, SOCK_DGRAM, 0));
	int connected = SETUP(socket(row->family, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("a");
	char data[8];

	EXPECT_EQ(sendto(unconnected, "x", 1, 0, ADDRESS(nobody)), 1);
	EXPECT_TRUE(wire_next_icmp(wire, row->family, row->type, row->code) != NULL);

	/* Once a later message has reached this socket, the earlier one has been dealt with. */
	SETUP(connect(connected, ADDRESS(nobody)));
	SETUP(send(connected, "x", 1, 0));
	EXPECT_ERR(recv(connected, data, sizeof(data), 0), ECONNREFUSED);

	EXPECT_ERRNO(get_int(unconnected, SOL_SOCKET, SO_ERROR), 0);
	EXPECT_ERR(recv(unconnected, data, sizeof(data), MSG_DONTWAIT), EAGAIN);
}

/*
 * The error queue tells all.
 *
 * With `IP_RECVERR` (`IPV6_RECVERR`) each error is queued with its particulars, for
 * connected and unconnected sockets alike. recvmsg() with `MSG_ERRQUEUE` returns the data
 * that could not be delivered, the address it was sent to, and in a control message
 * who reported what: errno, origin, ICMP type and code, and the reporter's address.
 * traceroute and QUIC's path MTU discovery live on this.
 */
CASE(error_queue,
     .claim = "MSG_ERRQUEUE returns the refused datagram, its destination, and ICMP type and code",
     .level = LINUX, .spec = "ip(7) IP_RECVERR; ipv6(7) IPV6_RECVERR; recv(2) MSG_ERRQUEUE",
     .tags = "udp icmp msg_flags", .VARIANTS(error_families))
{
	const struct error_row *row = VARIANT(struct error_row);
	struct address nobody = closed_port(row->family), to = address_empty();
	int fd = SETUP(socket(row->family, SOCK_DGRAM, 0));
	char data[16];
	union {
		struct cmsghdr align;
		char bytes[256];
	} control;
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_name = &to.any,
				 .msg_namelen = to.length,
				 .msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control)};
	struct sock_extended_err what;
	struct cmsghdr *header;

	EXPECT_OK(set_int(fd, row->level, row->option, 1));
	SETUP(sendto(fd, "lost", 4, 0, ADDRESS(nobody)));
	REQUIRE_TRUE(wait_for(fd, POLLERR, SOON_MS) & POLLERR);

	EXPECT_EQ(recvmsg(fd, &message, MSG_ERRQUEUE), 4);
	EXPECT_MEMEQ(data, "lost", 4);
	EXPECT_EQ(message.msg_flags & MSG_ERRQUEUE, MSG_ERRQUEUE);
	EXPECT_TRUE(address_equal(&to, &nobody));
	EXPECT_EQ(message.msg_namelen, nobody.length);
	header = CMSG_FIRSTHDR(&message);
	REQUIRE_TRUE(header != NULL);
	EXPECT_EQ(header->cmsg_level, row->level);
	EXPECT_EQ(header->cmsg_type, row->option);
	memcpy(&what, CMSG_DATA(header), sizeof(what));
	EXPECT_ERRNO((int)what.ee_errno, ECONNREFUSED);
	EXPECT_EQ(what.ee_origin, row->origin);
	EXPECT_EQ(what.ee_type, row->type);
	EXPECT_EQ(what.ee_code, row->code);

	/* An empty error queue never blocks. */
	EXPECT_ERR(recvmsg(fd, &message, MSG_ERRQUEUE), EAGAIN);
}

/*
 * No route, no datagram.
 *
 * Before a datagram can be built the kernel needs a route: for the outgoing
 * interface, the next hop and the source address. In a network that has nothing but
 * loopback there is none to any other address, and sendto() and connect() say so at
 * once with `ENETUNREACH`. No packet is made, and no ICMP is involved.
 *
 * Try it: `unshare -rn sh -c 'ip link set lo up; nc -u 192.0.2.1 9'`.
 */
CASE(no_route,
     .claim = "sendto() and connect() to an address without a route fail with ENETUNREACH",
     .level = POSIX, .spec = "POSIX.1-2024 connect() and sendto() ENETUNREACH; connect(2)",
     .tags = "udp route errno", .VARIANTS(error_families))
{
	int family = VARIANT(struct error_row)->family;
	struct address far = address_of(family == AF_INET ? "192.0.2.1" : "2001:db8::1", 9);
	struct address near = address_loopback(family, 9);
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));

	EXPECT_ERR(sendto(fd, "x", 1, 0, ADDRESS(far)), ENETUNREACH);
	EXPECT_ERR(connect(fd, ADDRESS(far)), ENETUNREACH);

	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(near)), 1);
	EXPECT_OK(connect(fd, ADDRESS(near)));
}

/*
 * Nobody can be at port 0.
 *
 * RFC 768 uses source port 0 for "no answer wanted", and bind() uses it for "any free
 * port"; as a destination it means nothing. Linux refuses to send there. In connect()
 * it lets port 0 pass, for programs that only want to know their source address.
 */
CASE(port_0_is_no_destination, .claim = "sendto() to port 0 fails with EINVAL", .level = ABI,
     .spec = "RFC 768 gives destination port 0 no meaning; not documented by Linux",
     .tags = "udp errno", .VARIANTS(error_families))
{
	int family = VARIANT(struct error_row)->family;
	struct address to;
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));
	struct address zero = address_loopback(family, 0);

	bound_socket(family, SOCK_DGRAM, &to);
	EXPECT_ERR(sendto(fd, "x", 1, 0, ADDRESS(zero)), EINVAL);
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(to)), 1);
	EXPECT_OK(connect(fd, ADDRESS(zero)));
}

/*
 * An address cut short is no address.
 *
 * The length that comes with a socket address is checked before a byte of it is
 * used: what is shorter than the family's structure fails with `EINVAL`. The frequent
 * cause is `sizeof` of a pointer, or the length of sockaddr_in with an IPv6 address.
 */
CASE(short_address,
     .claim = "sendto() and connect() with an address one byte too short fail with EINVAL",
     .level = LINUX, .spec = "POSIX.1-2024 connect() EINVAL; send(2); udp(7)",
     .tags = "udp errno address", .VARIANTS(error_families))
{
	int family = VARIANT(struct error_row)->family;
	struct address to;
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));
	/* RFC 2133's sockaddr_in6 was 24 bytes, without a scope id, and is still taken. */
	size_t least =
		family == AF_INET ? sizeof(to.v4) : offsetof(struct sockaddr_in6, sin6_scope_id);
	socklen_t cut = (socklen_t)least - 1;

	bound_socket(family, SOCK_DGRAM, &to);
	EXPECT_ERR(sendto(fd, "x", 1, 0, &to.any, cut), EINVAL);
	EXPECT_ERR(connect(fd, &to.any, cut), EINVAL);

	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(to)), 1);
	EXPECT_OK(connect(fd, ADDRESS(to)));
}
