/* SPDX-License-Identifier: MIT */
/* Which addresses are one's own. */
#include <netinet/in.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

#ifndef IPV6_FREEBIND
#define IPV6_FREEBIND 78 /* linux/in6.h */
#endif

struct address_row {
	struct variant variant;
	const char *foreign; /* an address that no interface of the sandbox has */
	int level, freebind;
	const char *nonlocal; /* the sysctl */
};

static const struct address_row own_addresses[] = {
	{{"v4", NULL}, "192.0.2.77", IPPROTO_IP, IP_FREEBIND, "net.ipv4.ip_nonlocal_bind"},
	{{"v6", "ipv6"}, "2001:db8::77", IPPROTO_IPV6, IPV6_FREEBIND, "net.ipv6.ip_nonlocal_bind"},
};

/*
 * One binds to one's own address.
 *
 * bind() takes an address that an interface of this host has (or "any"). Another
 * host's address fails with `EADDRNOTAVAIL`, because answers sent there would never
 * come back. It is the usual failure of a service that starts before its interface has
 * got an address, which is what `IP_FREEBIND` is for.
 */
CASE(foreign_address,
     .claim = "bind() to an address that no interface has fails with EADDRNOTAVAIL", .level = POSIX,
     .spec = "POSIX.1-2024 bind() EADDRNOTAVAIL; ip(7)", .tags = "ip bind errno",
     .VARIANTS(own_addresses))
{
	struct address foreign = address_of(VARIANT(struct address_row)->foreign, 9000);
	int family = foreign.any.sa_family;
	struct address own = address_loopback(family, 9000);
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));

	EXPECT_ERR(bind(fd, ADDRESS(foreign)), EADDRNOTAVAIL);
	EXPECT_OK(bind(fd, ADDRESS(own)));
}

/*
 * Binding to an address that is still to come.
 *
 * `IP_FREEBIND` lets one socket bind to an address the host does not have (yet): a
 * service can start before its network does. Once the address is there, nothing more has
 * to be done. It needs no privilege.
 */
CASE(freebind, .claim = "with IP_FREEBIND bind() takes an address that no interface has",
     .level = LINUX, .spec = "ip(7) IP_FREEBIND; ipv6(7)", .tags = "ip bind",
     .VARIANTS(own_addresses))
{
	const struct address_row *row = VARIANT(struct address_row);
	struct address foreign = address_of(row->foreign, 9000), local = address_empty();
	int fd = SETUP(socket(foreign.any.sa_family, SOCK_DGRAM, 0));

	EXPECT_ERR(bind(fd, ADDRESS(foreign)), EADDRNOTAVAIL);
	EXPECT_OK(set_int(fd, row->level, row->freebind, 1));
	EXPECT_OK(bind(fd, ADDRESS(foreign)));
	EXPECT_OK(getsockname(fd, &local.any, &local.length));
	EXPECT_TRUE(address_equal(&local, &foreign));
}

/*
 * The same for a whole host.
 *
 * `net.ipv4.ip_nonlocal_bind` (and its IPv6 twin) is `IP_FREEBIND` for all sockets of the
 * network namespace. Clusters use it, in which an address moves from host to host and the
 * services run on both.
 */
CASE(nonlocal_bind_sysctl,
     .claim = "ip_nonlocal_bind=1 lets every socket bind to an address that no interface has",
     .level = LINUX, .spec = "ip(7) ip_nonlocal_bind; Documentation/networking/ip-sysctl.rst",
     .tags = "ip bind sysctl", .VARIANTS(own_addresses))
{
	const struct address_row *row = VARIANT(struct address_row);
	struct address foreign = address_of(row->foreign, 9000);
	int fd = SETUP(socket(foreign.any.sa_family, SOCK_DGRAM, 0));

	SETUP(sandbox_sysctl(row->nonlocal, "0"));
	EXPECT_ERR(bind(fd, ADDRESS(foreign)), EADDRNOTAVAIL);
	SETUP(sandbox_sysctl(row->nonlocal, "1"));
	EXPECT_OK(bind(fd, ADDRESS(foreign)));
}

/*
 * 127.0.0.1 is one of sixteen million.
 *
 * All of 127.0.0.0/8 is this host, without further configuration: bind() takes any of
 * them, and a datagram to it comes back. Test programs use them to be several hosts at
 * once. IPv6 has a single loopback address, ::1.
 *
 * Try it: `ping -c 1 127.1.2.3`, and `ping -c 1 ::2`.
 */
CASE(whole_loopback_network,
     .claim = "every address of 127.0.0.0/8 is local: it can be bound to and reached", .level = RFC,
     .spec = "RFC 1122 3.2.1.3 (g); RFC 6890 2.2.2", .tags = "ip loopback")
{
	struct address one = address_of("127.1.2.3", 9000);
	struct address two = address_of("127.255.255.254", 9001);
	struct address from = address_empty();
	int receiver = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int sender = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	char data[8];

	EXPECT_OK(bind(receiver, ADDRESS(one)));
	EXPECT_OK(bind(sender, ADDRESS(two)));
	EXPECT_EQ(sendto(sender, "x", 1, 0, ADDRESS(one)), 1);
	EXPECT_EQ(recvfrom(receiver, data, sizeof(data), 0, &from.any, &from.length), 1);
	EXPECT_TRUE(address_equal(&from, &two));
}

/*
 * Sending to "any" sends to oneself.
 *
 * 0.0.0.0 and :: stand for "all my addresses" in bind() and must not appear as a
 * destination on the wire. Linux takes them in sendto() for this very host: what leaves
 * is addressed to loopback. Programs rely on it that connect to the address they have
 * bound to; others than Linux refuse.
 */
CASE(sending_to_any,
     .claim = "sendto() the unspecified address arrives at this host's loopback address",
     .level = ABI, .spec = "RFC 1122 3.2.1.3 (a) forbids it on the wire only; RFC 4291 2.5.2",
     .tags = "ip loopback", .VARIANTS(own_addresses))
{
	struct address to = address_of(VARIANT(struct address_row)->foreign, 0), where;
	int family = to.any.sa_family;
	int receiver = bound_socket(family, SOCK_DGRAM, &where);
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));
	struct address peer = address_empty();
	struct address any = address_any(family, address_port(&where));
	char data[8];

	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(any)), 1);
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 1);

	/* connect() shows what became of the address. */
	EXPECT_OK(connect(fd, ADDRESS(any)));
	EXPECT_OK(getpeername(fd, &peer.any, &peer.length));
	EXPECT_TRUE(address_equal(&peer, &where));
}
