/* SPDX-License-Identifier: MIT */
/* Addresses that come and go while an association lives (RFC 5061). */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

/* Without a signature anybody could take an association over; the sandbox may do without. */
#define DYNAMIC "net.sctp.addip_enable=1 net.sctp.addip_noauth_enable=1 " SCTP_FAST

struct way_row {
	struct variant variant;
	int family;
	const char *a[2], *b[2]; /* of topology ways */
};

static const struct way_row ways[] = {
	{{"v4", NULL}, AF_INET, {"192.0.2.1", "192.0.2.129"}, {"192.0.2.2", "192.0.2.130"}},
	{{"v6", "ipv6"},
	 AF_INET6,
	 {"2001:db8:0:1::1", "2001:db8:0:2::1"},
	 {"2001:db8:0:1::2", "2001:db8:0:2::2"}},
};

/* Both ends on their first address only. */
static struct pair one_way(const struct way_row *row)
{
	struct address b = address_of(row->b[0], SCTP_PORT), a = address_of(row->a[0], SCTP_PORT);
	struct pair p = {.server = -1, .server_address = b};

	p.listener = SETUP(host_socket("b", row->family, SOCK_STREAM, IPPROTO_SCTP));
	p.client = SETUP(host_socket("a", row->family, SOCK_STREAM, IPPROTO_SCTP));
	SETUP(bind(p.listener, ADDRESS(b)));
	SETUP(bind(p.client, ADDRESS(a)));
	SETUP(listen(p.listener, 5));
	SETUP(sctp_subscribe(p.client, SCTP_PEER_ADDR_CHANGE));
	return p;
}

static int change(int fd, int option, const char *text)
{
	struct address address = address_of(text, SCTP_PORT);

	return setsockopt(fd, IPPROTO_SCTP, option, &address.any, address.length);
}

/* Waits for this change of this address of the peer. */
static void expect_change(int fd, const char *text, int state)
{
	struct address address = address_of(text, SCTP_PORT);
	struct sctp_paddr_change told;
	struct sctp_received got;

	do {
		got = sctp_notified(fd, SCTP_PEER_ADDR_CHANGE);
		memcpy(&told, got.data, sizeof(told));
	} while (memcmp(&told.spc_aaddr, &address.any, address.length) != 0 ||
		 told.spc_state != state);
	EXPECT_EQ(told.spc_state, state);
	EXPECT_NE(told.spc_assoc_id, 0);
}

/*
 * A telephone enters the WLAN.
 *
 * sctp_bindx() on a connected socket changes the addresses of its association: ASCONF tells the
 * peer, which answers, and may use the new address from then on. When the other network is gone,
 * its address is removed in the same way.
 */
CASE(added_and_removed,
     .claim = "SCTP_SOCKOPT_BINDX_ADD and ..._REM on a connected socket send ASCONF with the "
	      "address; the peer is told "
	      "SCTP_ADDR_ADDED, SCTP_ADDR_REMOVED",
     .level = RFC, .spec = "RFC 5061 4.1.1, 4.2.1, 4.2.2; RFC 6458 6.1.2, 9.1", .topology = "ways",
     .needs = "sctp packet", .sysctls = DYNAMIC,
     .tags = "sctp SCTP_SOCKOPT_BINDX_ADD SCTP_SOCKOPT_BINDX_REM SCTP_PEER_ADDR_CHANGE wire",
     .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	const char *kind = row->family == AF_INET ? "IPv4 Address" : "IPv6 Address";
	struct pair p = one_way(row);
	struct wire *wire;

	sctp_join(&p);
	wire = wire_open("a");
	EXPECT_OK(change(p.server, SCTP_SOCKOPT_BINDX_ADD, row->b[1]));
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_ASCONF),
		      FIELD_TEXT("SCTP", kind, row->b[0]));
	expect_change(p.client, row->b[1], SCTP_ADDR_ADDED);
	expect_change(p.client, row->b[1], SCTP_ADDR_CONFIRMED);
	EXPECT_OK(change(p.server, SCTP_SOCKOPT_BINDX_REM, row->b[0]));
	expect_change(p.client, row->b[0], SCTP_ADDR_REMOVED);
	EXPECT_EQ(send(p.client, "goes on", 7, 0), 7);
	EXPECT_SCTP_TEXT(p.server, "goes on");
}

/*
 * Better send there.
 *
 * An end knows best which of its addresses is good. It asks the peer to make that its primary one.
 */
CASE(peer_primary,
     .claim = "SCTP_SET_PEER_PRIMARY_ADDR asks by ASCONF; the peer is told SCTP_ADDR_MADE_PRIM and "
	      "sends there",
     .level = RFC, .spec = "RFC 5061 4.2.4; RFC 6458 8.3.1", .topology = "ways",
     .needs = "sctp packet", .sysctls = DYNAMIC,
     .tags = "sctp SCTP_SET_PEER_PRIMARY_ADDR wire errno", .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	const char *ip = row->family == AF_INET ? "IPv4" : "IPv6";
	struct address second = address_of(row->b[1], SCTP_PORT),
		       other = address_of(row->a[1], SCTP_PORT);
	struct sctp_setpeerprim prim = {.sspp_assoc_id = 0}, wrong = {.sspp_assoc_id = 0};
	struct pair p = one_way(row);
	struct wire *wire;

	SETUP(change(p.listener, SCTP_SOCKOPT_BINDX_ADD, row->b[1]));
	sctp_join(&p);
	expect_change(p.client, row->b[1], SCTP_ADDR_CONFIRMED);
	memcpy(&wrong.sspp_addr, &other.any, other.length);
	memcpy(&prim.sspp_addr, &second.any, second.length);
	EXPECT_ERR(setsockopt(p.server, IPPROTO_SCTP, SCTP_SET_PEER_PRIMARY_ADDR, &wrong,
			      sizeof(wrong)),
		   EADDRNOTAVAIL);
	wire = wire_open("a");
	EXPECT_OK(setsockopt(p.server, IPPROTO_SCTP, SCTP_SET_PEER_PRIMARY_ADDR, &prim,
			     sizeof(prim)));
	expect_change(p.client, row->b[1], SCTP_ADDR_MADE_PRIM);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_DATA),
		      FIELD_TEXT(ip, "Destination Address", row->b[1]));
	EXPECT_SCTP_TEXT(p.server, "x");
}

struct support_row {
	struct variant variant;
	const struct way_row *way;
	uint32_t on;
};

static const struct support_row supports[] = {
	{{"on_v4", NULL}, &ways[0], 1},
	{{"on_v6", "ipv6"}, &ways[1], 1},
	{{"off_v4", NULL}, &ways[0], 0},
};

/* Only who said so in the handshake is sent such chunks. */
CASE(support_of_changes,
     .claim = "SCTP_ASCONF_SUPPORTED says in the handshake whether ASCONF is understood; without "
	      "it an association "
	      "keeps the addresses it has",
     .level = RFC, .spec = "RFC 5061 4.2.7; net/sctp/socket.c (Linux 5.4)", .topology = "ways",
     .needs = "sctp packet", .sysctls = DYNAMIC, .tags = "sctp SCTP_ASCONF_SUPPORTED wire",
     .waits = true, .timeout_ms = 20000, .VARIANTS(supports))
{
	const struct support_row *row = VARIANT(struct support_row);
	struct pair p = one_way(row->way);
	struct wire *wire;

	EXPECT_EQ(sctp_get_value(p.client, SCTP_ASCONF_SUPPORTED), 1);
	EXPECT_OK(sctp_set_value(p.client, SCTP_ASCONF_SUPPORTED, row->on));
	EXPECT_EQ(sctp_get_value(p.client, SCTP_ASCONF_SUPPORTED), row->on);
	sctp_join(&p);
	wire = wire_open("a");
	EXPECT_OK(change(p.server, SCTP_SOCKOPT_BINDX_ADD, row->way->b[1]));
	if (row->on)
		EXPECT_CHUNK(wire, PACKET_SCTP_ASCONF, NULL);
	else
		EXPECT_EQ(wait_for(p.client, POLLIN, 200), 0);
}

/*
 * By itself.
 *
 * An endpoint on all addresses (bind() to INADDR_ANY) with SCTP_AUTO_ASCONF tells its peers of
 * addresses that the machine gets or loses, without its program doing anything.
 */
CASE(automatic_changes,
     .claim = "SCTP_AUTO_ASCONF takes an endpoint that is bound to all addresses, EINVAL otherwise",
     .level = RFC, .spec = "RFC 6458 8.1.23", .topology = "ways", .needs = "sctp",
     .sysctls = DYNAMIC, .tags = "sctp SCTP_AUTO_ASCONF errno", .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	struct address any = address_any(row->family, SCTP_PORT),
		       one = address_of(row->a[0], SCTP_PORT + 1);
	int everywhere = SETUP(socket(row->family, SOCK_STREAM, IPPROTO_SCTP));
	int somewhere = SETUP(socket(row->family, SOCK_STREAM, IPPROTO_SCTP));

	SETUP(bind(everywhere, ADDRESS(any)));
	SETUP(bind(somewhere, ADDRESS(one)));
	EXPECT_EQ(get_int(everywhere, IPPROTO_SCTP, SCTP_AUTO_ASCONF), 0);
	EXPECT_ERR(set_int(somewhere, IPPROTO_SCTP, SCTP_AUTO_ASCONF, 1), EINVAL);
	EXPECT_OK(set_int(everywhere, IPPROTO_SCTP, SCTP_AUTO_ASCONF, 1));
	EXPECT_EQ(get_int(everywhere, IPPROTO_SCTP, SCTP_AUTO_ASCONF), 1);
}

/*
 * More addresses beside the first message.
 *
 * The message that starts an association can name further addresses of the peer, each in a control
 * message; the port is that of msg_name.
 */
CASE(named_beside_a_message,
     .claim = "SCTP_DSTADDRV4 and SCTP_DSTADDRV6 name further addresses of the peer for the "
	      "association that the message "
	      "starts",
     .level = RFC, .spec = "RFC 6458 5.3.9, 5.3.10", .topology = "ways", .needs = "sctp",
     .sysctls = SCTP_FAST, .tags = "sctp SCTP_DSTADDRV4 SCTP_DSTADDRV6", .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	struct address any = address_any(row->family, SCTP_PORT),
		       first = address_of(row->b[0], SCTP_PORT),
		       second = address_of(row->b[1], SCTP_PORT);
	int server = SETUP(host_socket("b", row->family, SOCK_SEQPACKET, IPPROTO_SCTP));
	int client = SETUP(host_socket("a", row->family, SOCK_SEQPACKET, IPPROTO_SCTP));
	ssize_t sent;

	SETUP(bind(server, ADDRESS(any)));
	SETUP(listen(server, 5));
	if (row->family == AF_INET)
		sent = sctp_send_with(client, &first, "x", 1, SCTP_DSTADDRV4, &second.v4.sin_addr,
				      sizeof(second.v4.sin_addr));
	else
		sent = sctp_send_with(client, &first, "x", 1, SCTP_DSTADDRV6, &second.v6.sin6_addr,
				      sizeof(second.v6.sin6_addr));
	EXPECT_EQ(sent, 1);
	EXPECT_SCTP_TEXT(server, "x");
}
