/* SPDX-License-Identifier: MIT */
/* The three-way handshake as the wire shows it, and what the SYNs negotiate. */
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

enum { SYN = PACKET_TCP_SYN, ACK = PACKET_TCP_ACK, RST = PACKET_TCP_RST, FIN = PACKET_TCP_FIN };

/*
 * A connection begins with three segments.
 *
 * Each side picks a random initial sequence number and has to hear that the other got
 * it: SYN (mine is x), SYN-ACK (I got x, mine is y), ACK (I got y). The SYN counts as one
 * byte of the stream, which is why x + 1 and y + 1 are acknowledged. No segment carries
 * data yet; connect() returns when the second one has arrived.
 *
 * Try it: `tcpdump -ni lo 'tcp[tcpflags] & tcp-syn != 0'`.
 */
CASE(three_segments,
     .claim = "A connection is opened by SYN, SYN-ACK and ACK, each acknowledging the other's "
	      "sequence number plus one",
     .level = RFC, .spec = "RFC 9293 3.5, figure 6", .tags = "tcp handshake wire",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family);
	uint16_t client = address_port(&p.client_address), server = address_port(&p.server_address);
	const struct packet *packet;
	uint32_t x, y;

	REQUIRE_TRUE((packet = wire_next_from(wire, client, SYN, SYN | ACK | RST | FIN)) != NULL);
	x = packet_tcp(packet)->sequence_number;
	EXPECT_EQ(packet_tcp(packet)->destination_port, server);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 0);

	REQUIRE_TRUE((packet = wire_next_tcp(wire, 0, 0)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->source_port, server);
	EXPECT_EQ(packet_tcp(packet)->flags & (SYN | ACK | RST | FIN), SYN | ACK);
	EXPECT_EQ(packet_tcp(packet)->acknowledgment_number, (uint32_t)(x + 1));
	y = packet_tcp(packet)->sequence_number;

	REQUIRE_TRUE((packet = wire_next_tcp(wire, 0, 0)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->source_port, client);
	EXPECT_EQ(packet_tcp(packet)->flags & (SYN | ACK | RST | FIN), ACK);
	EXPECT_EQ(packet_tcp(packet)->sequence_number, (uint32_t)(x + 1));
	EXPECT_EQ(packet_tcp(packet)->acknowledgment_number, (uint32_t)(y + 1));
	EXPECT_EQ(packet_tcp(packet)->payload_length, 0);
}

struct extension_row {
	struct variant variant;
	int family;
	const char *sysctl;
	unsigned int option;
};

static const struct extension_row extensions[] = {
	{{"sack_v4", NULL}, AF_INET, "net.ipv4.tcp_sack", PACKET_TCP_HAS_SACK_PERMITTED},
	{{"sack_v6", "ipv6"}, AF_INET6, "net.ipv4.tcp_sack", PACKET_TCP_HAS_SACK_PERMITTED},
	{{"timestamps_v4", NULL}, AF_INET, "net.ipv4.tcp_timestamps", PACKET_TCP_HAS_TIMESTAMPS},
	{{"timestamps_v6", "ipv6"}, AF_INET6, "net.ipv4.tcp_timestamps", PACKET_TCP_HAS_TIMESTAMPS},
	{{"scaling_v4", NULL}, AF_INET, "net.ipv4.tcp_window_scaling", PACKET_TCP_HAS_WINDOW_SCALE},
	{{"scaling_v6", "ipv6"},
	 AF_INET6,
	 "net.ipv4.tcp_window_scaling",
	 PACKET_TCP_HAS_WINDOW_SCALE},
};

/*
 * The SYN is the only place to ask for an extension.
 *
 * TCP's header had no room for what it lacked in 1981, so every extension is an option
 * that the SYN offers: selective acknowledgments (RFC 2018), timestamps and windows above
 * 64 KiB (RFC 7323). Each has a sysctl, whose names say ipv4 but which hold for IPv6 as
 * well. A connection that began without an extension lives without it until it ends.
 *
 * Try it: `sysctl net.ipv4.tcp_sack=0`, and look for `sackOK` in tcpdump's line of a SYN.
 */
CASE(extensions_offered,
     .claim = "A SYN offers SACK, timestamps or window scaling exactly while its sysctl is on",
     .level = LINUX,
     .spec = "tcp(7) tcp_sack, tcp_timestamps, tcp_window_scaling; RFC 2018 2; RFC 7323 2.2, 3.2",
     .tags = "tcp handshake options wire", .VARIANTS(extensions))
{
	const struct extension_row *row = VARIANT(struct extension_row);
	struct wire *wire = wire_open("a");
	const struct packet *syn;

	SETUP(sandbox_sysctl(row->sysctl, "1"));
	tcp_pair(row->family);
	REQUIRE_TRUE((syn = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(syn)->has & row->option, row->option);

	SETUP(sandbox_sysctl(row->sysctl, "0"));
	tcp_pair(row->family);
	REQUIRE_TRUE((syn = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(syn)->has & row->option, 0);
}

struct answer_row {
	struct variant variant;
	const char *sysctl;
	unsigned int option;
};

static const struct answer_row answers[] = {
	{{"sack", NULL}, "net.ipv4.tcp_sack", PACKET_TCP_HAS_SACK_PERMITTED},
	{{"timestamps", NULL}, "net.ipv4.tcp_timestamps", PACKET_TCP_HAS_TIMESTAMPS},
	{{"scaling", NULL}, "net.ipv4.tcp_window_scaling", PACKET_TCP_HAS_WINDOW_SCALE},
};

/*
 * Nobody is given an extension that he did not ask for.
 *
 * The server has everything turned on, the client lacks one extension. Its SYN-ACK may
 * confirm only what the SYN offered: an old client would not know what to do with the
 * rest. That is why TCP could be extended for forty years without breaking anybody.
 * Once the client offers it too, the answer carries it.
 */
CASE(extensions_answered, .claim = "A SYN-ACK carries an extension only if the SYN offered it",
     .level = RFC, .spec = "RFC 7323 2.2, 3.2; RFC 2018 2; RFC 9293 3.1", .topology = "pair",
     .sysctls = "net.ipv4.tcp_sack=1 net.ipv4.tcp_timestamps=1 net.ipv4.tcp_window_scaling=1",
     .tags = "tcp handshake options wire", .VARIANTS(answers))
{
	const struct answer_row *row = VARIANT(struct answer_row);
	struct wire *wire = wire_open("b");
	const struct packet *answer;

	/* Host a, the client, changes its mind; host b does not. */
	SETUP(sandbox_sysctl(row->sysctl, "0"));
	tcp_pair_between("a", "b", "192.0.2.2", 80);
	REQUIRE_TRUE((answer = wire_next_tcp(wire, SYN | ACK, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(answer)->has & row->option, 0);

	SETUP(sandbox_sysctl(row->sysctl, "1"));
	tcp_pair_between("a", "b", "192.0.2.2", 81);
	REQUIRE_TRUE((answer = wire_next_tcp(wire, SYN | ACK, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(answer)->has & row->option, row->option);
}

struct mss_row {
	struct variant variant;
	const char *server;
	int headers; /* of IP and TCP, without options */
};

static const struct mss_row sizes[] = {
	{{"v4", NULL}, "192.0.2.2", 20 + 20},
	{{"v6", "ipv6"}, "2001:db8::2", 40 + 20},
};

/*
 * The maximum segment size is what fits into a packet of the link.
 *
 * Both SYNs say how large a segment their sender can take: the link's MTU, 1500 on
 * Ethernet, less the fixed headers of IP and TCP. IPv6's header is 20 bytes larger, hence
 * 1440 instead of 1460. Options are not counted (RFC 6691): the sender of a segment takes
 * them off by itself. It is no negotiation: each direction has its own limit.
 *
 * Try it: `ip link set eth0 mtu 1400`, and look for `mss` in tcpdump's line of a SYN.
 */
CASE(mss_of_the_link,
     .claim = "SYN and SYN-ACK announce an MSS of the MTU less the fixed IP and TCP headers",
     .level = RFC, .spec = "RFC 9293 3.7.1; RFC 6691 2", .topology = "pair",
     .sysctls = "net.ipv4.tcp_mtu_probing=0", .tags = "tcp handshake options wire mss",
     .VARIANTS(sizes))
{
	const struct mss_row *row = VARIANT(struct mss_row);
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	enum { ETHERNET_MTU = 1500 };

	tcp_pair_between("a", "b", row->server, 80);
	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_TRUE((packet_tcp(packet)->has & PACKET_TCP_HAS_MSS) != 0);
	EXPECT_EQ(packet_tcp(packet)->maximum_segment_size, ETHERNET_MTU - row->headers);
	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN | ACK, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->maximum_segment_size, ETHERNET_MTU - row->headers);
}

/*
 * A port without a listener answers with RST.
 *
 * There is no state to keep and nobody to ask, so the kernel builds the refusal from the
 * SYN alone: it acknowledges the SYN, so that the client knows that the answer is meant
 * for this attempt, and its own sequence number is 0. connect() turns it into
 * `ECONNREFUSED`. Compare a firewall that drops the SYN: there connect() takes minutes.
 *
 * Try it: `nc -v 127.0.0.1 9`.
 */
CASE(refused,
     .claim = "connect() to a port without a listener is answered by RST and fails with "
	      "ECONNREFUSED",
     .level = POSIX, .spec = "POSIX.1-2024 connect() ERRORS ECONNREFUSED; RFC 9293 3.10.7.1",
     .tags = "tcp handshake connect wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	struct address at;
	/* Bound, so that nobody else gets the port, but not listening. */
	int bound = bound_socket(family, SOCK_STREAM, &at);
	int first = SETUP(socket(family, SOCK_STREAM, 0));
	int second = SETUP(socket(family, SOCK_STREAM, 0));
	uint32_t x;

	EXPECT_ERR(connect(first, ADDRESS(at)), ECONNREFUSED);
	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	x = packet_tcp(packet)->sequence_number;
	REQUIRE_TRUE((packet = wire_next_from(wire, address_port(&at), RST, RST)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->flags & (SYN | ACK), ACK);
	EXPECT_EQ(packet_tcp(packet)->sequence_number, 0);
	EXPECT_EQ(packet_tcp(packet)->acknowledgment_number, (uint32_t)(x + 1));

	SETUP(listen(bound, 1));
	EXPECT_OK(connect(second, ADDRESS(at)));
}

/*
 * A lost SYN is sent again, a second later.
 *
 * Before the first answer nobody knows how far away the peer is, so RFC 6298 starts the
 * retransmission timer at one second: shorter would flood a distant peer, longer would
 * make a lost packet hurt. That is the famous second that a page sometimes takes longer.
 * The copy has the same sequence number, so that the server cannot take it for another
 * connection. Here the listener loses the first SYN and hears the second.
 */
CASE(syn_again,
     .claim = "A SYN without answer is sent again with the same sequence number after a second, "
	      "and that one can succeed",
     .level = RFC, .spec = "RFC 6298 2.1; RFC 9293 3.8.1",
     .tags = "tcp handshake wire retransmission", .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	const struct packet *syn;
	struct address at;
	int listener = tcp_listener(family, &at);
	int client = SETUP(nonblocking_socket(family));
	int64_t started = clock_ms();
	uint32_t x;

	SETUP(go_deaf(listener));
	EXPECT_ERR(connect(client, ADDRESS(at)), EINPROGRESS);
	REQUIRE_TRUE((syn = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	x = packet_tcp(syn)->sequence_number;
	EXPECT_EQ(tcp_state(client), TCP_SYN_SENT);

	SETUP(hear_again(listener));
	REQUIRE_TRUE((syn = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(syn)->sequence_number, x);
	/* Timers tick in jiffies of up to 10 ms: one of them may be lost to rounding. */
	EXPECT_GE(clock_ms() - started, 1000 - 10);
	EXPECT_EQ(wait_for(client, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERRNO(get_int(client, SOL_SOCKET, SO_ERROR), 0);
}

/*
 * Two callers can meet in the middle.
 *
 * If both sides send a SYN before they hear the other's, nobody listens and a connection
 * comes about all the same: a socket in SYN-SENT that gets a SYN answers with a SYN-ACK.
 * It is one connection, not two. NAT hole punching makes use of it; firewalls that think
 * in clients and servers are surprised by it.
 *
 * Here `left` loses what comes until its SYN is on its way, the RST that refuses it
 * included; then `right` calls, and its SYN meets a caller.
 */
CASE(simultaneous_open,
     .claim = "Two sockets that connect() to each other, with SYNs that cross, are one "
	      "connection without any listener",
     .level = RFC, .spec = "RFC 9293 3.5, figure 7 (MUST-10), 3.10.7.3",
     .tags = "tcp handshake wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct address left_at, right_at;
	int left = bound_socket(family, SOCK_STREAM, &left_at);
	int right = bound_socket(family, SOCK_STREAM, &right_at);
	const struct packet *packet;
	char text[5];

	SETUP(fcntl(left, F_SETFL, O_NONBLOCK));
	SETUP(go_deaf(left));
	EXPECT_ERR(connect(left, ADDRESS(right_at)), EINPROGRESS);
	/* The SYN was refused; the deaf socket does not know. */
	REQUIRE_TRUE(wire_next_from(wire, address_port(&right_at), RST, RST) != NULL);
	EXPECT_EQ(tcp_state(left), TCP_SYN_SENT);
	SETUP(hear_again(left));

	REQUIRE_OK(connect(right, ADDRESS(left_at)));
	/* The SYN is answered by a caller, not by a listener. */
	REQUIRE_TRUE(wire_next_from(wire, address_port(&right_at), SYN, SYN | ACK) != NULL);
	REQUIRE_TRUE((packet = wire_next_from(wire, address_port(&left_at), SYN, SYN)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->flags & ACK, ACK);

	EXPECT_EQ(wait_for(left, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_EQ(tcp_state(left), TCP_ESTABLISHED);
	EXPECT_OK(send(left, "hello", 5, 0));
	EXPECT_EQ(read_exactly(right, text, 5), 5);
	EXPECT_MEMEQ(text, "hello", 5);
}

/*
 * A socket can be connected to itself.
 *
 * If a socket connects to the address that it is bound to, its SYN finds a caller: the
 * socket itself. That is simultaneous open with one party, and what is sent comes back.
 * It happens by accident: a client that retries connect() to a dead local server in the
 * ephemeral range is given that very port one day, "succeeds", and reads its own words.
 *
 * Try it: `while ! nc 127.0.0.1 40000; do :; done`, with 40000 in the ephemeral range.
 */
CASE(connected_to_itself,
     .claim = "A socket that connects to its own address is connected to itself and receives "
	      "what it sends",
     .level = RFC, .spec = "RFC 9293 3.5 (MUST-10), 3.10.7.3", .tags = "tcp handshake connect",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address own, peer = address_empty();
	int fd = bound_socket(family, SOCK_STREAM, &own);
	char text[5];

	REQUIRE_OK(connect(fd, ADDRESS(own)));
	SETUP(getpeername(fd, &peer.any, &peer.length));
	EXPECT_TRUE(address_equal(&own, &peer));
	EXPECT_OK(send(fd, "hello", 5, 0));
	EXPECT_EQ(read_exactly(fd, text, 5), 5);
	EXPECT_MEMEQ(text, "hello", 5);
}
