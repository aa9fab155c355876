/* SPDX-License-Identifier: MIT */
/* Several addresses of one end: an association uses them in turn when one does not work. */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/packet/packet_help.h"
#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

struct way_row {
	struct variant variant;
	int family;
	/* Of topology ways: the addresses of host a, and of host b, by their link. */
	const char *a[2], *b[2];
};

static const struct way_row ways[] = {
	{{"v4", NULL}, AF_INET, {"192.0.2.1", "192.0.2.129"}, {"192.0.2.2", "192.0.2.130"}},
	{{"v6", "ipv6"},
	 AF_INET6,
	 {"2001:db8:0:1::1", "2001:db8:0:2::1"},
	 {"2001:db8:0:1::2", "2001:db8:0:2::2"}},
};

/* Addresses one behind the other, as the options take them. */
struct packed {
	size_t size;
	char bytes[4 * sizeof(struct sockaddr_in6)];
};

static void pack(struct packed *packed, const char *text, uint16_t port)
{
	struct address address = address_of(text, port);

	memcpy(packed->bytes + packed->size, &address.any, address.length);
	packed->size += address.length;
}

/* What sctp_bindx() does, for one address. Returns as setsockopt(). */
static int bindx(int fd, int option, const char *text, uint16_t port)
{
	struct packed packed = {0};

	pack(&packed, text, port);
	return setsockopt(fd, IPPROTO_SCTP, option, packed.bytes, (socklen_t)packed.size);
}

struct addresses {
	sctp_assoc_t id;
	uint32_t count;
	char bytes[8 * sizeof(struct sockaddr_in6)];
};

/* What sctp_getladdrs() and sctp_getpaddrs() do. */
static struct addresses addresses_of(int fd, int option, sctp_assoc_t id)
{
	struct addresses got = {.id = id};
	socklen_t length = sizeof(got);

	EXPECT_OK(getsockopt(fd, IPPROTO_SCTP, option, &got, &length));
	return got;
}

static bool has_address(const struct addresses *list, const char *text)
{
	struct address wanted = address_of(text, 0);
	size_t offset = 0;

	for (uint32_t i = 0; i < list->count && i < 8; i++) {
		struct address one = address_empty();

		memcpy(&one.any.sa_family, list->bytes + offset, sizeof(one.any.sa_family));
		one.length = one.any.sa_family == AF_INET ? sizeof(one.v4) : sizeof(one.v6);
		memcpy(&one.any, list->bytes + offset, one.length);
		offset += one.length;
		if (one.any.sa_family == AF_INET)
			one.v4.sin_port = 0;
		else
			one.v6.sin6_port = 0;
		if (address_equal(&one, &wanted))
			return true;
	}
	return false;
}

/* A listener on both of b's addresses and a client on both of a's; not connected. */
static struct pair both_ways(const struct way_row *row)
{
	struct address b = address_of(row->b[0], SCTP_PORT), a = address_of(row->a[0], SCTP_PORT);
	struct pair p = {.server = -1, .server_address = b};

	p.listener = SETUP(host_socket("b", row->family, SOCK_STREAM, IPPROTO_SCTP));
	p.client = SETUP(host_socket("a", row->family, SOCK_STREAM, IPPROTO_SCTP));
	SETUP(bind(p.listener, ADDRESS(b)));
	SETUP(bindx(p.listener, SCTP_SOCKOPT_BINDX_ADD, row->b[1], SCTP_PORT));
	SETUP(bind(p.client, ADDRESS(a)));
	SETUP(bindx(p.client, SCTP_SOCKOPT_BINDX_ADD, row->a[1], SCTP_PORT));
	SETUP(listen(p.listener, 5));
	return p;
}

/* What SCTP_GET_PEER_ADDR_INFO says of one address of the peer. */
static struct sctp_paddrinfo peer_of(int fd, const char *text)
{
	struct address address = address_of(text, SCTP_PORT);
	struct sctp_paddrinfo info = {.spinfo_assoc_id = 0};
	socklen_t length = sizeof(info);

	memcpy(&info.spinfo_address, &address.any, address.length);
	EXPECT_OK(getsockopt(fd, IPPROTO_SCTP, SCTP_GET_PEER_ADDR_INFO, &info, &length));
	return info;
}

/* The next SCTP_PEER_ADDR_CHANGE of this address; ends the case when none comes. */
static struct sctp_paddr_change changed(int fd, const char *text)
{
	struct address address = address_of(text, SCTP_PORT);
	struct sctp_paddr_change change;
	struct sctp_received got;

	do {
		got = sctp_notified(fd, SCTP_PEER_ADDR_CHANGE);
		memcpy(&change, got.data, sizeof(change));
	} while (memcmp(&change.spc_aaddr, &address.any, address.length) != 0);
	return change;
}

/*
 * One end, two addresses.
 *
 * bind() gives an endpoint one address, sctp_bindx() more, all with one port. The handshake tells
 * the peer of all of them.
 */
CASE(addresses_are_told,
     .claim = "addresses added by SCTP_SOCKOPT_BINDX_ADD stand in INIT and INIT ACK, and both ends "
	      "list "
	      "them by SCTP_GET_LOCAL_ADDRS and SCTP_GET_PEER_ADDRS",
     .level = RFC, .spec = "RFC 6458 9.1, 9.3, 9.5; RFC 9260 5.1.2", .topology = "ways",
     .needs = "sctp packet", .tags = "sctp SCTP_SOCKOPT_BINDX_ADD multihoming wire",
     .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	int parameter =
		row->family == AF_INET ? PACKET_SCTP_IPV4_ADDRESS : PACKET_SCTP_IPV6_ADDRESS;
	struct pair p = both_ways(row);
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	struct addresses list;

	sctp_join(&p);
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_INIT, NULL);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_TRUE(sctp_has_parameter(packet, parameter));
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_INIT_ACK, NULL);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_TRUE(sctp_has_parameter(packet, parameter));
	list = addresses_of(p.client, SCTP_GET_PEER_ADDRS, 0);
	EXPECT_EQ(list.count, 2);
	EXPECT_TRUE(has_address(&list, row->b[0]));
	EXPECT_TRUE(has_address(&list, row->b[1]));
	list = addresses_of(p.client, SCTP_GET_LOCAL_ADDRS, 0);
	EXPECT_EQ(list.count, 2);
	EXPECT_TRUE(has_address(&list, row->a[0]));
	EXPECT_TRUE(has_address(&list, row->a[1]));
	list = addresses_of(p.server, SCTP_GET_PEER_ADDRS, 0);
	EXPECT_EQ(list.count, 2);
	EXPECT_TRUE(has_address(&list, row->a[1]));
}

/* An address that is removed before the association begins is not told. */
CASE(address_removed,
     .claim = "SCTP_SOCKOPT_BINDX_REM takes an address away; the last one stays (EBUSY)",
     .level = RFC, .spec = "RFC 6458 9.1; sctp_bindx_rem() in net/sctp/socket.c",
     .topology = "ways", .needs = "sctp", .tags = "sctp SCTP_SOCKOPT_BINDX_REM multihoming errno",
     .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	struct pair p = both_ways(row);
	struct addresses list;

	EXPECT_OK(bindx(p.listener, SCTP_SOCKOPT_BINDX_REM, row->b[1], SCTP_PORT));
	EXPECT_ERR(bindx(p.listener, SCTP_SOCKOPT_BINDX_REM, row->b[0], SCTP_PORT), EBUSY);
	sctp_join(&p);
	list = addresses_of(p.client, SCTP_GET_PEER_ADDRS, 0);
	EXPECT_EQ(list.count, 1);
	EXPECT_TRUE(has_address(&list, row->b[0]));
	list = addresses_of(p.server, SCTP_GET_LOCAL_ADDRS, 0);
	EXPECT_EQ(list.count, 1);
}

/* Which addresses an endpoint may have: this host's, with its one port. */
CASE(address_refused,
     .claim = "SCTP_SOCKOPT_BINDX_ADD fails with EADDRNOTAVAIL for another host's address and with "
	      "EINVAL "
	      "for another port",
     .level = RFC, .spec = "RFC 6458 9.1; sctp_do_bind() in net/sctp/socket.c", .topology = "ways",
     .needs = "sctp", .tags = "sctp SCTP_SOCKOPT_BINDX_ADD multihoming errno", .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	struct address a = address_of(row->a[0], SCTP_PORT);
	int fd = SETUP(socket(row->family, SOCK_STREAM, IPPROTO_SCTP));

	SETUP(bind(fd, ADDRESS(a)));
	EXPECT_ERR(bindx(fd, SCTP_SOCKOPT_BINDX_ADD, row->b[1], SCTP_PORT), EADDRNOTAVAIL);
	EXPECT_ERR(bindx(fd, SCTP_SOCKOPT_BINDX_ADD, row->a[1], SCTP_PORT + 1), EINVAL);
	EXPECT_OK(bindx(fd, SCTP_SOCKOPT_BINDX_ADD, row->a[1], SCTP_PORT));
	EXPECT_ERR(bindx(fd, SCTP_SOCKOPT_BINDX_ADD, row->a[1], SCTP_PORT), EADDRINUSE, EINVAL);
}

struct connectx_row {
	struct variant variant;
	const struct way_row *way;
	int option;
};

static const struct connectx_row connectxs[] = {
	{{"v4", NULL}, &ways[0], SCTP_SOCKOPT_CONNECTX},
	{{"v6", "ipv6"}, &ways[1], SCTP_SOCKOPT_CONNECTX},
	{{"three_v4", NULL}, &ways[0], SCTP_SOCKOPT_CONNECTX3},
	{{"three_v6", "ipv6"}, &ways[1], SCTP_SOCKOPT_CONNECTX3},
	{{"old_v4", NULL}, &ways[0], SCTP_SOCKOPT_CONNECTX_OLD},
};

/*
 * Knowing two ways beforehand.
 *
 * connect() takes one address, and if just that does not answer, there is no association whose
 * further addresses could be used. sctp_connectx() takes several. It has been three socket options
 * in turn: one that gives no identifier, one that gives it as its result, and one that gives it by
 * the value.
 */
CASE(connect_to_several,
     .claim = "SCTP_SOCKOPT_CONNECTX, ..._CONNECTX3 and ..._CONNECTX_OLD connect to a peer of "
	      "several "
	      "addresses; the first two give the association's identifier",
     .level = RFC, .spec = "RFC 6458 9.9; net/sctp/socket.c", .topology = "ways", .needs = "sctp",
     .tags = "sctp SCTP_SOCKOPT_CONNECTX multihoming", .VARIANTS(connectxs))
{
	const struct connectx_row *row = VARIANT(struct connectx_row);
	struct pair p = both_ways(row->way);
	struct packed to = {0};
	struct addresses list;
	int result, id = 0;

	pack(&to, row->way->b[0], SCTP_PORT);
	pack(&to, row->way->b[1], SCTP_PORT);
	if (row->option == SCTP_SOCKOPT_CONNECTX3) {
		struct sctp_getaddrs_old arg = {.addr_num = (int)to.size,
						.addrs = (void *)to.bytes};
		socklen_t length = sizeof(arg);

		result = EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, row->option, &arg, &length));
		id = arg.assoc_id;
	} else {
		result = EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, row->option, to.bytes,
					      (socklen_t)to.size));
		id = result;
	}
	if (row->option == SCTP_SOCKOPT_CONNECTX_OLD)
		EXPECT_EQ(result, 0);
	else
		EXPECT_EQ(id, sctp_status_of(p.client, 0).sstat_assoc_id);
	list = addresses_of(p.client, SCTP_GET_PEER_ADDRS, 0);
	EXPECT_EQ(list.count, 2);
	p.server = EXPECT_OK(accept(p.listener, NULL, NULL));
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_SCTP_TEXT(p.server, "x");
}

/*
 * The first address that works.
 *
 * Nobody has the address that is named first; the INIT goes there, and then to the next.
 */
CASE(connect_by_the_second,
     .claim = "when the first address of SCTP_SOCKOPT_CONNECTX does not answer, INIT goes to the "
	      "second, and "
	      "the association comes up there",
     .level = RFC, .spec = "RFC 6458 9.9; RFC 9260 5.1, 6.4.1", .topology = "ways",
     .needs = "sctp packet", .sysctls = SCTP_FAST,
     .tags = "sctp SCTP_SOCKOPT_CONNECTX multihoming wire", .waits = true, .timeout_ms = 20000,
     .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	struct pair p = both_ways(row);
	struct packed to = {0};

	SETUP(host_enter("b"));
	SETUP(set_link_up("eth0", 0));
	SETUP(host_enter("a"));
	pack(&to, row->b[0], SCTP_PORT);
	pack(&to, row->b[1], SCTP_PORT);
	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_SOCKOPT_CONNECTX, to.bytes,
			     (socklen_t)to.size));
	p.server = EXPECT_OK(accept(p.listener, NULL, NULL));
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_SCTP_TEXT(p.server, "x");
}

/*
 * An address must show that it is the peer's.
 *
 * Anybody can write addresses into an INIT. Until a HEARTBEAT to a further address is answered with
 * the secret that was in it, no data goes there: the address is unconfirmed.
 */
CASE(addresses_are_confirmed,
     .claim = "a further address of the peer is SCTP_UNCONFIRMED until a HEARTBEAT is answered, "
	      "then "
	      "SCTP_ACTIVE, which SCTP_PEER_ADDR_CHANGE tells as SCTP_ADDR_CONFIRMED",
     .level = RFC, .spec = "RFC 9260 5.4; RFC 6458 8.2.2, 6.1.2", .topology = "ways",
     .needs = "sctp packet", .sysctls = SCTP_FAST,
     .tags = "sctp SCTP_GET_PEER_ADDR_INFO SCTP_PEER_ADDR_CHANGE multihoming wire", .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	struct pair p = both_ways(row);
	struct sctp_paddr_change change;
	struct sctp_paddrinfo info;
	struct wire *wire = wire_open("a");

	SETUP(sctp_subscribe(p.client, SCTP_PEER_ADDR_CHANGE));
	sctp_lose(p.client, row->family, PACKET_SCTP_HEARTBEAT_ACK);
	sctp_join(&p);
	EXPECT_CHUNK(wire, PACKET_SCTP_HEARTBEAT, NULL);
	info = peer_of(p.client, row->b[1]);
	EXPECT_EQ(info.spinfo_state, SCTP_UNCONFIRMED);
	EXPECT_EQ(peer_of(p.client, row->b[0]).spinfo_state, SCTP_ACTIVE);
	sctp_lose_nothing(p.client);
	change = changed(p.client, row->b[1]);
	EXPECT_EQ(change.spc_type, SCTP_PEER_ADDR_CHANGE);
	EXPECT_EQ(change.spc_length, sizeof(change));
	EXPECT_EQ(change.spc_state, SCTP_ADDR_CONFIRMED);
	EXPECT_EQ(change.spc_error, SCTP_HEARTBEAT_SUCCESS);
	EXPECT_NE(change.spc_assoc_id, 0);
	info = peer_of(p.client, row->b[1]);
	EXPECT_EQ(info.spinfo_state, SCTP_ACTIVE);
	EXPECT_EQ(info.spinfo_assoc_id, sctp_status_of(p.client, 0).sstat_assoc_id);
	EXPECT_GT(info.spinfo_cwnd, 0);
	EXPECT_BETWEEN(info.spinfo_rto, 20, 60);
	EXPECT_EQ(info.spinfo_mtu, 1500);
}

/* Connects both ways, and waits until both of b's addresses are confirmed. */
static struct pair confirmed(const struct way_row *row)
{
	struct pair p = both_ways(row);

	SETUP(sctp_subscribe(p.client, SCTP_PEER_ADDR_CHANGE));
	sctp_join(&p);
	EXPECT_EQ(changed(p.client, row->b[1]).spc_state, SCTP_ADDR_CONFIRMED);
	return p;
}

/*
 * Which of them.
 *
 * One address of the peer is the primary one: data goes there unless something is wrong with it. A
 * program that knows better sets another.
 */
CASE(primary_address, .claim = "data goes to the address that SCTP_PRIMARY_ADDR names",
     .level = RFC, .spec = "RFC 6458 8.1.9; RFC 9260 6.4", .topology = "ways",
     .needs = "sctp packet", .sysctls = SCTP_FAST,
     .tags = "sctp SCTP_PRIMARY_ADDR multihoming wire", .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	const char *ip = row->family == AF_INET ? "IPv4" : "IPv6";
	struct pair p = confirmed(row);
	struct sctp_prim prim = {.ssp_assoc_id = 0}, read = {.ssp_assoc_id = 0};
	struct address second = address_of(row->b[1], SCTP_PORT);
	struct address nobody = address_of(row->a[1], SCTP_PORT);
	struct wire *wire = wire_open("a");
	socklen_t length = sizeof(read);

	SETUP(send(p.client, "first", 5, 0));
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_DATA),
		      FIELD_TEXT(ip, "Destination Address", row->b[0]));
	EXPECT_SCTP_TEXT(p.server, "first");
	memcpy(&prim.ssp_addr, &second.any, second.length);
	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_PRIMARY_ADDR, &prim, sizeof(prim)));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_PRIMARY_ADDR, &read, &length));
	EXPECT_MEMEQ(&read.ssp_addr, &second.any, second.length);
	SETUP(send(p.client, "second", 6, 0));
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_DATA),
		      FIELD_TEXT(ip, "Destination Address", row->b[1]));
	EXPECT_SCTP_TEXT(p.server, "second");
	memcpy(&prim.ssp_addr, &nobody.any, nobody.length);
	EXPECT_ERR(setsockopt(p.client, IPPROTO_SCTP, SCTP_PRIMARY_ADDR, &prim, sizeof(prim)),
		   EINVAL);
}

/*
 * This one message elsewhere.
 *
 * With SCTP_ADDR_OVER the address of a message is not only the name of the association but where
 * this message shall go.
 */
CASE(address_of_a_message,
     .claim = "with SCTP_ADDR_OVER a message goes to the address in msg_name and not to the "
	      "primary one; "
	      "without an address it is EINVAL",
     .level = RFC, .spec = "RFC 6458 5.3.2 SCTP_ADDR_OVER", .topology = "ways",
     .needs = "sctp packet", .sysctls = SCTP_FAST,
     .tags = "sctp SCTP_ADDR_OVER multihoming wire errno", .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	const char *ip = row->family == AF_INET ? "IPv4" : "IPv6";
	struct address second = address_of(row->b[1], SCTP_PORT);
	struct pair p = confirmed(row);
	struct wire *wire = wire_open("a");

	EXPECT_EQ(send(p.client, "not over", 8, 0), 8);
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_DATA),
		      FIELD_TEXT(ip, "Destination Address", row->b[0]));
	EXPECT_SCTP_TEXT(p.server, "not over");
	EXPECT_EQ(sctp_send(p.client, &second, "over", 4, .snd_flags = SCTP_ADDR_OVER), 4);
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_DATA),
		      FIELD_TEXT(ip, "Destination Address", row->b[1]));
	EXPECT_SCTP_TEXT(p.server, "over");
	EXPECT_ERR(sctp_send(p.client, NULL, "x", 1, .snd_flags = SCTP_ADDR_OVER), EINVAL);
}

/*
 * A link breaks.
 *
 * What was sent there is sent again on the other link after its time has run out. When that
 * happened too often, the address is given up, and the program told; it needs to do nothing.
 */
CASE(failover,
     .claim = "when the primary address stops answering, data arrives by the other one, and after "
	      "spp_pathmaxrxt failures SCTP_PEER_ADDR_CHANGE tells SCTP_ADDR_UNREACHABLE",
     .level = RFC, .spec = "RFC 9260 8.2, 6.4.1; RFC 6458 8.1.12, 6.1.2", .topology = "ways",
     .needs = "sctp", .sysctls = SCTP_FAST, .waits = true, .timeout_ms = 20000,
     .tags = "sctp SCTP_PEER_ADDR_PARAMS SCTP_PEER_ADDR_CHANGE multihoming", .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	struct pair p = confirmed(row);
	struct sctp_paddrparams params = {.spp_pathmaxrxt = 2}, read = {.spp_pathmaxrxt = 0};
	struct sctp_paddr_change change;
	socklen_t length = sizeof(read);

	EXPECT_OK(
		setsockopt(p.client, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, &params, sizeof(params)));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, &read, &length));
	EXPECT_EQ(read.spp_pathmaxrxt, 2);
	SETUP(host_enter("b"));
	SETUP(set_link_up("eth0", 0));
	SETUP(host_enter("a"));
	EXPECT_EQ(send(p.client, "survives", 8, 0), 8);
	EXPECT_SCTP_TEXT(p.server, "survives");
	/* Heartbeats go on to where nobody answers, and fail. */
	for (int i = 0; i < 6; i++)
		SETUP(send(p.client, "more", 4, 0));
	change = changed(p.client, row->b[0]);
	EXPECT_EQ(change.spc_state, SCTP_ADDR_UNREACHABLE);
	EXPECT_EQ(change.spc_error, SCTP_FAILED_THRESHOLD);
	EXPECT_EQ(peer_of(p.client, row->b[0]).spinfo_state, SCTP_INACTIVE);
	EXPECT_EQ(peer_of(p.client, row->b[1]).spinfo_state, SCTP_ACTIVE);
	EXPECT_GE(sctp_stats_of(p.client).sas_rtxchunks, 1);
}
