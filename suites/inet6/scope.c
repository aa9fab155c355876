/* SPDX-License-Identifier: MIT */
/* Link-local addresses mean something only together with a link. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"
#include "suites/inet6/hosts.h"

#include "harness/case.h"

enum { PORT = 9000 };

enum use { BIND, CONNECT };

struct scope_row {
	struct variant variant;
	enum use use;
};

static const struct scope_row uses[] = {
	{{"bind", NULL}, BIND},
	{{"connect", NULL}, CONNECT},
};

static int use_address(int fd, enum use use, struct address *a)
{
	return use == BIND ? bind(fd, ADDRESS(*a)) : connect(fd, ADDRESS(*a));
}

/*
 * fe80:: of which link?
 *
 * Every interface has an address in fe80::/64, and the same address may exist on each link.
 * So the address alone names nobody: `sin6_scope_id` must say the interface (its index).
 * Without it bind() and connect() fail with `EINVAL`. In text the scope follows a percent
 * sign: fe80::1%eth0.
 *
 * Try it: `ping fe80::1` and `ping fe80::1%eth0`.
 */
CASE(link_local_needs_a_scope,
     .claim = "a link-local address without a scope id fails with EINVAL, with one it works",
     .level = LINUX, .spec = "RFC 4007 6, 11; RFC 3493 3.3; ipv6(7) sin6_scope_id", .needs = "ipv6",
     .topology = "pair", .tags = "udp scope errno", .VARIANTS(uses))
{
	enum use use = VARIANT(struct scope_row)->use;
	struct address scoped = link_local_address("eth0", PORT), bare = scoped;
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));

	bare.v6.sin6_scope_id = 0;
	EXPECT_ERR(use_address(fd, use, &bare), EINVAL);
	EXPECT_OK(use_address(fd, use, &scoped));
}

/*
 * A guess that may be wrong.
 *
 * RFC 4007 lets a host have a default link for addresses without a scope, or refuse
 * them. Linux refuses in connect(), but not in sendto(): there the first route to
 * fe80::/64 decides. On a host with one interface that seems to work, and on a host
 * with two it works by chance.
 */
CASE(sendto_without_a_scope,
     .claim = "what sendto() makes of a link-local address without a scope id is recorded",
     .level = OBSERVED, .spec = "RFC 4007 6 (default zone); ipv6(7) says nothing", .needs = "ipv6",
     .topology = "pair", .tags = "udp scope errno")
{
	struct address scoped = link_local_address("eth0", PORT), bare = scoped;
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	ssize_t result;

	bare.v6.sin6_scope_id = 0;
	result = sendto(fd, "x", 1, 0, ADDRESS(bare));
	OBSERVE("sendto() without a scope id", "%s", result == 1 ? "sent" : strerror(errno));
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(scoped)), 1);
}

/*
 * A socket tied to a link.
 *
 * Once a socket is bound to an interface, by `SO_BINDTODEVICE` or by a link-local
 * address of its own, its link is known and the destination needs no scope id. A
 * different scope id contradicts, and fails with `EINVAL`.
 */
CASE(scope_from_the_socket,
     .claim = "a socket bound to an interface connects to a link-local address without a scope id",
     .level = ABI, .spec = "socket(7) SO_BINDTODEVICE; RFC 4007 6", .needs = "ipv6",
     .topology = "pair", .tags = "udp scope")
{
	struct address bare = link_local_address("eth0", PORT), other;
	int receiver = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	char data[8];

	SETUP(bind(receiver, ADDRESS(bare)));
	bare.v6.sin6_scope_id = 0;
	other = bare;
	other.v6.sin6_scope_id = if_nametoindex("lo");
	EXPECT_ERR(connect(fd, ADDRESS(bare)), EINVAL);

	SETUP(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "eth0", 4));
	EXPECT_ERR(connect(fd, ADDRESS(other)), EINVAL);
	EXPECT_OK(connect(fd, ADDRESS(bare)));
	EXPECT_EQ(send(fd, "x", 1, 0), 1);
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 1);
}

/*
 * The sender's scope comes with the datagram.
 *
 * recvfrom() fills in the scope id for a link-local sender: the interface that the
 * datagram came in by. The address can therefore be used for the answer as it is. For a
 * global address the scope id is 0, because there is nothing to tell apart.
 */
CASE(received_scope_id,
     .claim = "recvfrom() gives a link-local sender with the receiving interface as scope id",
     .level = RFC, .spec = "RFC 3493 3.3; RFC 4007 6; ipv6(7)", .needs = "ipv6", .topology = "pair",
     .tags = "udp scope")
{
	struct address any = address_any(AF_INET6, PORT), to;
	struct address global = address_of("2001:db8::2", PORT);
	struct address from = address_empty();
	int receiver = SETUP(host_socket("b", AF_INET6, SOCK_DGRAM, 0));
	int sender = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	unsigned int index;
	char data[8];

	SETUP(bind(receiver, ADDRESS(any)));
	SETUP(host_enter("b"));
	index = if_nametoindex("eth0");
	to = link_local_address("eth0", PORT);
	SETUP(host_enter("a"));
	/* The same host, by the number that its link has on a. */
	to.v6.sin6_scope_id = if_nametoindex("eth0");

	SETUP(sendto(sender, "local", 5, 0, ADDRESS(to)));
	EXPECT_EQ(recvfrom(receiver, data, sizeof(data), 0, &from.any, &from.length), 5);
	EXPECT_TRUE(IN6_IS_ADDR_LINKLOCAL(&from.v6.sin6_addr));
	EXPECT_EQ(from.v6.sin6_scope_id, index);
	EXPECT_EQ(sendto(receiver, "reply", 5, 0, ADDRESS(from)), 5);
	EXPECT_EQ(recv(sender, data, sizeof(data), 0), 5);

	SETUP(sendto(sender, "global", 6, 0, ADDRESS(global)));
	from = address_empty();
	EXPECT_EQ(recvfrom(receiver, data, sizeof(data), 0, &from.any, &from.length), 6);
	EXPECT_EQ(from.v6.sin6_scope_id, 0);
}
