/* SPDX-License-Identifier: MIT */
/* Timers, limits, addresses and ports of SCTP, by what the options do. */
#include <fcntl.h>
#include <netinet/ip.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

/*
 * How long until it is sent again.
 *
 * SCTP begins with some seconds and learns how long an answer takes; the time never leaves the
 * bounds that are set for it, for an association or for those to come.
 */
CASE(retransmission_time,
     .claim = "SCTP_RTOINFO sets the first, least and greatest time after which a lost chunk is "
	      "sent again; a least "
	      "above the greatest is EINVAL",
     .level = RFC, .spec = "RFC 6458 8.1.1; RFC 9260 6.3", .needs = "sctp packet",
     .tags = "sctp SCTP_RTOINFO wire errno", .waits = true, .timeout_ms = 20000,
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct sctp_rtoinfo rto = {.srto_initial = 200, .srto_max = 250, .srto_min = 150},
			    read = {0};
	struct sctp_rtoinfo wrong = {.srto_min = 500, .srto_max = 100};
	struct pair p = sctp_ends(family);
	socklen_t length = sizeof(read);
	struct wire *wire = wire_open("a");
	int64_t began;

	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_RTOINFO, &rto, sizeof(rto)));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_RTOINFO, &read, &length));
	EXPECT_EQ(length, sizeof(read));
	EXPECT_EQ(read.srto_initial, 200);
	EXPECT_EQ(read.srto_max, 250);
	EXPECT_EQ(read.srto_min, 150);
	EXPECT_ERR(setsockopt(p.client, IPPROTO_SCTP, SCTP_RTOINFO, &wrong, sizeof(wrong)), EINVAL);
	sctp_join(&p);
	sctp_lose(p.server, family, PACKET_SCTP_DATA);
	began = clock_ms();
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_CHUNK(wire, PACKET_SCTP_DATA, NULL);
	EXPECT_CHUNK(wire, PACKET_SCTP_DATA, NULL);
	EXPECT_BETWEEN(clock_ms() - began, 140, 1500);
}

/*
 * When to give up.
 *
 * So many failures in a row, on all addresses together, and the association is lost.
 * sasoc_cookie_life is how long a cookie is good.
 */
CASE(association_gives_up,
     .claim = "after more than sasoc_asocmaxrxt of SCTP_ASSOCINFO failures the association ends: "
	      "send() fails, "
	      "recv() with ETIMEDOUT",
     .level = RFC, .spec = "RFC 6458 8.1.2; RFC 9260 8.1", .needs = "sctp", .sysctls = SCTP_FAST,
     .tags = "sctp SCTP_ASSOCINFO errno", .waits = true, .timeout_ms = 20000, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct sctp_assocparams params = {.sasoc_asocmaxrxt = 2, .sasoc_cookie_life = 5000},
				read = {0};
	struct pair p = sctp_pair(family);
	socklen_t length = sizeof(read);
	char byte;

	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_ASSOCINFO, &params, sizeof(params)));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_ASSOCINFO, &read, &length));
	EXPECT_EQ(read.sasoc_asocmaxrxt, 2);
	EXPECT_EQ(read.sasoc_cookie_life, 5000);
	EXPECT_EQ(read.sasoc_number_peer_destinations, 1);
	EXPECT_GT(read.sasoc_peer_rwnd, 1000);
	EXPECT_GT(read.sasoc_local_rwnd, 1000);
	sctp_lose(p.server, family, PACKET_SCTP_DATA);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_NE(wait_for(p.client, POLLIN, SOON_MS), 0);
	EXPECT_ERR(recv(p.client, &byte, 1, 0), ETIMEDOUT);
	EXPECT_ERR(send(p.client, "x", 1, MSG_NOSIGNAL), EPIPE);
}

struct ecn_row {
	struct variant variant;
	int family;
	uint32_t on;
};

static const struct ecn_row ecns[] = {
	{{"on_v4", NULL}, AF_INET, 1},
	{{"on_v6", NULL}, AF_INET6, 1},
	{{"off_v4", NULL}, AF_INET, 0},
};

/* Routers may mark packets in place of dropping them, if both ends understand the mark. */
CASE(congestion_notification,
     .claim = "SCTP_ECN_SUPPORTED puts the ECN Capable parameter into INIT, or leaves it out",
     .level = LINUX, .spec = "RFC 9260 Appendix A; net/sctp/socket.c (Linux 5.4)",
     .needs = "sctp packet", .tags = "sctp SCTP_ECN_SUPPORTED wire", .VARIANTS(ecns))
{
	const struct ecn_row *row = VARIANT(struct ecn_row);
	struct pair p = sctp_ends(row->family);
	struct wire *wire = wire_open("a");
	const struct packet *packet;

	EXPECT_EQ(sctp_get_value(p.client, SCTP_ECN_SUPPORTED), 1);
	EXPECT_OK(sctp_set_value(p.client, SCTP_ECN_SUPPORTED, row->on));
	EXPECT_EQ(sctp_get_value(p.client, SCTP_ECN_SUPPORTED), row->on);
	sctp_join(&p);
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_INIT, NULL);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(sctp_has_parameter(packet, PACKET_SCTP_ECN_CAPABLE), row->on != 0);
}

/*
 * An IPv4 peer of an IPv6 socket.
 *
 * Its address is shown as ::ffff:127.0.0.1, as with TCP; or, by SCTP_I_WANT_MAPPED_V4_ADDR of 0, as
 * what it is: an address of AF_INET from a socket of AF_INET6.
 */
CASE(mapped_addresses,
     .claim = "an IPv6 socket gives an IPv4 peer's address as mapped, and as AF_INET when "
	      "SCTP_I_WANT_MAPPED_V4_ADDR is 0",
     .level = RFC, .spec = "RFC 6458 8.1.15", .needs = "sctp ipv6",
     .tags = "sctp SCTP_I_WANT_MAPPED_V4_ADDR")
{
	struct address any = address_any(AF_INET6, SCTP_PORT),
		       to = address_of("127.0.0.1", SCTP_PORT);
	struct address name;
	int server = SETUP(socket(AF_INET6, SOCK_SEQPACKET, IPPROTO_SCTP));
	int client = sctp_many(AF_INET, &name);
	struct sctp_received got;

	SETUP(bind(server, ADDRESS(any)));
	SETUP(listen(server, 5));
	EXPECT_EQ(get_int(server, IPPROTO_SCTP, SCTP_I_WANT_MAPPED_V4_ADDR), 1);
	SETUP(sendto(client, "x", 1, 0, ADDRESS(to)));
	got = sctp_receive(server);
	EXPECT_EQ(got.from.any.sa_family, AF_INET6);
	EXPECT_TRUE(IN6_IS_ADDR_V4MAPPED(&got.from.v6.sin6_addr));
	EXPECT_OK(set_int(server, IPPROTO_SCTP, SCTP_I_WANT_MAPPED_V4_ADDR, 0));
	EXPECT_EQ(get_int(server, IPPROTO_SCTP, SCTP_I_WANT_MAPPED_V4_ADDR), 0);
	SETUP(sendto(client, "y", 1, 0, ADDRESS(to)));
	got = sctp_receive(server);
	EXPECT_EQ(got.from.any.sa_family, AF_INET);
	EXPECT_TRUE(address_equal(&got.from, &name));
}

/*
 * One port, several sockets.
 *
 * As with TCP, a port has one owner, unless all say beforehand that they share.
 */
CASE(shared_port,
     .claim = "two one-to-one sockets bind to one address and port when both have SCTP_REUSE_PORT; "
	      "otherwise "
	      "EADDRINUSE, and after bind() it cannot be set",
     .level = RFC, .spec = "RFC 6458 8.1.27", .needs = "sctp", .tags = "sctp SCTP_REUSE_PORT errno",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	int first = SETUP(socket(family, SOCK_STREAM, IPPROTO_SCTP));
	int second = SETUP(socket(family, SOCK_STREAM, IPPROTO_SCTP));
	int many = SETUP(socket(family, SOCK_SEQPACKET, IPPROTO_SCTP));
	struct address where = address_loopback(family, SCTP_PORT);

	EXPECT_EQ(get_int(first, IPPROTO_SCTP, SCTP_REUSE_PORT), 0);
	EXPECT_OK(set_int(first, IPPROTO_SCTP, SCTP_REUSE_PORT, 1));
	EXPECT_EQ(get_int(first, IPPROTO_SCTP, SCTP_REUSE_PORT), 1);
	EXPECT_ERR(set_int(many, IPPROTO_SCTP, SCTP_REUSE_PORT, 1), EOPNOTSUPP);
	SETUP(bind(first, ADDRESS(where)));
	EXPECT_ERR(bind(second, ADDRESS(where)), EADDRINUSE);
	EXPECT_OK(set_int(second, IPPROTO_SCTP, SCTP_REUSE_PORT, 1));
	EXPECT_OK(bind(second, ADDRESS(where)));
	EXPECT_ERR(set_int(first, IPPROTO_SCTP, SCTP_REUSE_PORT, 0), EFAULT, EINVAL);
}

/*
 * Through boxes that know only UDP.
 *
 * Many a box between networks drops what is neither TCP nor UDP. SCTP can travel inside UDP: the
 * packets are as ever, with a UDP header in front. The port of the other end's UDP has to be known.
 */
CASE(inside_udp,
     .claim = "with SCTP_REMOTE_UDP_ENCAPS_PORT the packets of an association go inside UDP "
	      "datagrams to that port",
     .level = RFC, .spec = "RFC 6951 4, 6.1; net/sctp (Linux 5.11)",
     .needs = "sctp packet sctp_encapsulation", .sysctls = "net.sctp.udp_port=9899",
     .tags = "sctp SCTP_REMOTE_UDP_ENCAPS_PORT wire", .VARIANTS(families))
{
	/* struct sctp_udpencaps, which older headers lack. */
	struct {
		sctp_assoc_t id;
		struct sockaddr_storage address;
		uint16_t port;
	} set = {.port = htons(9899)}, read = {0};
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);
	socklen_t length = sizeof(read);
	struct wire *wire = wire_open("a");

	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_REMOTE_UDP_ENCAPS_PORT, &read, &length));
	EXPECT_EQ(read.port, 0);
	EXPECT_OK(
		setsockopt(p.client, IPPROTO_SCTP, SCTP_REMOTE_UDP_ENCAPS_PORT, &set, sizeof(set)));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_REMOTE_UDP_ENCAPS_PORT, &read, &length));
	EXPECT_EQ(ntohs(read.port), 9899);
	sctp_join(&p);
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_INIT),
		      FIELD("UDP", "Destination Port", 9899), FIELD("UDP", "Source Port", 9899));
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_INIT_ACK), LAYER("UDP"));
	EXPECT_EQ(send(p.client, "inside", 6, 0), 6);
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_DATA),
		      FIELD("UDP", "Destination Port", 9899));
	EXPECT_SCTP_TEXT(p.server, "inside");
}

/*
 * How much at once.
 *
 * A burst of packets overruns small buffers on the way. SCTP_MAX_BURST bounds how many go out at a
 * time, however large the window.
 */
CASE(burst,
     .claim = "SCTP_MAX_BURST has the default of 4 packets and is kept for the socket and its "
	      "associations",
     .level = RFC, .spec = "RFC 6458 8.1.24; RFC 9260 6.1 D", .needs = "sctp",
     .tags = "sctp SCTP_MAX_BURST", .VARIANTS(families))
{
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);

	EXPECT_EQ(sctp_get_value(p.client, SCTP_MAX_BURST), 4);
	EXPECT_OK(sctp_set_value(p.client, SCTP_MAX_BURST, 2));
	sctp_join(&p);
	EXPECT_EQ(sctp_get_value(p.client, SCTP_MAX_BURST), 2);
	EXPECT_EQ(sctp_get_value(p.server, SCTP_MAX_BURST), 4);
}

/*
 * Counters.
 *
 * What went in and out of an association, in chunks, ordered and not, and how often something had
 * to be sent again.
 */
CASE(statistics,
     .claim = "SCTP_GET_ASSOC_STATS counts data chunks in and out, ordered and unordered, and "
	      "control chunks",
     .level = LINUX, .spec = "SCTP_GET_ASSOC_STATS in include/uapi/linux/sctp.h (Linux 3.8)",
     .needs = "sctp", .tags = "sctp SCTP_GET_ASSOC_STATS", .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	struct sctp_assoc_stats here, there;

	SETUP(set_int(p.client, IPPROTO_SCTP, SCTP_NODELAY, 1));
	SETUP(send(p.client, "one", 3, 0));
	SETUP(send(p.client, "two", 3, 0));
	SETUP(sctp_send(p.client, NULL, "three", 5, .snd_flags = SCTP_UNORDERED));
	EXPECT_SCTP_TEXT(p.server, "one");
	EXPECT_SCTP_TEXT(p.server, "two");
	EXPECT_SCTP_TEXT(p.server, "three");
	here = sctp_stats_of(p.client);
	there = sctp_stats_of(p.server);
	EXPECT_EQ(here.sas_oodchunks, 2);
	EXPECT_EQ(here.sas_ouodchunks, 1);
	EXPECT_EQ(here.sas_iodchunks, 0);
	EXPECT_EQ(here.sas_rtxchunks, 0);
	EXPECT_EQ(there.sas_iodchunks, 2);
	EXPECT_EQ(there.sas_iuodchunks, 1);
	EXPECT_EQ(there.sas_oodchunks, 0);
	EXPECT_EQ(there.sas_idupchunks, 0);
	/* At the least: COOKIE ECHO and three of data. */
	EXPECT_GE(here.sas_opackets, 4);
	EXPECT_GE(there.sas_ipackets, 3);
	EXPECT_GE(here.sas_octrlchunks, 1);
}

/*
 * A number that is not for programs.
 *
 * sendmsg() to several addresses starts an association as sctp_connectx() does. By this number the
 * kernel tells a security module which of the two it is; as an option there is nothing behind it.
 */
CASE(number_of_the_kernel,
     .claim = "setsockopt() of SCTP_SENDMSG_CONNECT fails with ENOPROTOOPT, of "
	      "SCTP_SOCKOPT_CONNECTX_OLD with the same "
	      "value it connects",
     .level = LINUX, .spec = "Documentation/security/SCTP.rst security_sctp_bind_connect()",
     .needs = "sctp", .tags = "sctp SCTP_SENDMSG_CONNECT errno", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address where, name;
	int server = sctp_many(family, &where), client = sctp_many(family, &name);

	EXPECT_ERR(setsockopt(client, IPPROTO_SCTP, SCTP_SENDMSG_CONNECT, &where.any, where.length),
		   ENOPROTOOPT);
	EXPECT_OK(setsockopt(client, IPPROTO_SCTP, SCTP_SOCKOPT_CONNECTX_OLD, &where.any,
			     where.length));
	EXPECT_EQ(sctp_send(client, &where, "x", 1, .snd_sid = 0), 1);
	EXPECT_SCTP_TEXT(server, "x");
}

struct unconnected_row {
	struct variant variant;
	int option;
	socklen_t length;
	int expected;
};

static const struct unconnected_row unconnecteds[] = {
	{{"SCTP_STATUS", NULL}, SCTP_STATUS, sizeof(struct sctp_status), EINVAL},
	{{"SCTP_GET_ASSOC_STATS", NULL},
	 SCTP_GET_ASSOC_STATS,
	 sizeof(struct sctp_assoc_stats),
	 EINVAL},
	{{"SCTP_PR_ASSOC_STATUS", NULL},
	 SCTP_PR_ASSOC_STATUS,
	 sizeof(struct sctp_prstatus),
	 EINVAL},
	{{"SCTP_PEER_AUTH_CHUNKS", NULL}, SCTP_PEER_AUTH_CHUNKS, 64, EINVAL},
};

/* What tells of an association needs one. */
CASE(without_an_association, .claim = "options about an association fail on a socket without one",
     .level = RFC, .spec = "RFC 6458 8.2", .needs = "sctp", .sysctls = "net.sctp.auth_enable=1",
     .tags = "sctp errno", .VARIANTS(unconnecteds))
{
	const struct unconnected_row *row = VARIANT(struct unconnected_row);
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP));
	struct pair p = sctp_pair(AF_INET);
	socklen_t length = row->length;
	struct sctp_prstatus status = {.sprstat_policy = SCTP_PR_SCTP_TTL};
	char value[512] = {0};

	memcpy(value, &status, row->option == SCTP_PR_ASSOC_STATUS ? sizeof(status) : 0);
	EXPECT_ERR(getsockopt(fd, IPPROTO_SCTP, row->option, value, &length), row->expected);
	length = row->length;
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, row->option, value, &length));
}

/* Sending and receiving without a connection. */
CASE(not_connected,
     .claim = "a one-to-one socket that is not connected: send() fails with EPIPE, recv() and "
	      "getpeername() with "
	      "ENOTCONN; on a listening one accept() gives EAGAIN when nobody came",
     .level = RFC, .spec = "RFC 6458 4.1; net/sctp/socket.c", .needs = "sctp", .tags = "sctp errno",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = sctp_ends(family);
	struct address name = address_empty();
	char byte;

	EXPECT_ERR(send(p.client, "x", 1, MSG_NOSIGNAL), EPIPE);
	EXPECT_ERR(recv(p.listener, &byte, 1, MSG_DONTWAIT), ENOTCONN);
	/* One that may still be connected waits. */
	EXPECT_ERR(recv(p.client, &byte, 1, MSG_DONTWAIT), EAGAIN);
	EXPECT_ERR(getpeername(p.client, &name.any, &name.length), ENOTCONN);
	SETUP(fcntl(p.listener, F_SETFL, O_NONBLOCK));
	EXPECT_ERR(accept(p.listener, NULL, NULL), EAGAIN);
	sctp_join(&p);
	EXPECT_OK(getpeername(p.client, &name.any, &name.length));
	EXPECT_TRUE(address_equal(&name, &p.server_address));
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_SCTP_TEXT(p.server, "x");
}
