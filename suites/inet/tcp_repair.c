/* SPDX-License-Identifier: MIT */
/* TCP_REPAIR: taking a connection apart and putting it together again, without the peer. */
#include <linux/capability.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

/* include/uapi/linux/tcp.h; the C library has no names for them. */
enum {
	REPAIR_OFF = 0,
	REPAIR_ON = 1,
	REPAIR_OFF_NO_PROBE = -1,
	NO_QUEUE = 0,
	RECEIVE_QUEUE = 1,
	SEND_QUEUE = 2,
};

/* struct tcp_repair_opt, which not every C library has. */
struct repair_option {
	uint32_t code, value;
};

/*
 * Repair is for those who may administer the network.
 *
 * A program that may set sequence numbers can take over or forge a connection, so the kernel
 * asks for CAP_NET_ADMIN in the namespace of the socket's network and says `EPERM` without.
 * Nothing else in TCP's options needs a privilege to be read.
 */
CASE(needs_privilege, .claim = "TCP_REPAIR without CAP_NET_ADMIN fails with EPERM", .level = LINUX,
     .spec = "tcp(7); Linux tcp_can_repair_sock(); capabilities(7) CAP_NET_ADMIN",
     .tags = "tcp repair privilege", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	int fd = SETUP(socket(family, SOCK_STREAM, 0));

	EXPECT_OK(set_int(fd, IPPROTO_TCP, TCP_REPAIR, REPAIR_ON));
	EXPECT_OK(set_int(fd, IPPROTO_TCP, TCP_REPAIR, REPAIR_OFF));
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(set_int(fd, IPPROTO_TCP, TCP_REPAIR, REPAIR_ON), EPERM);
	EXPECT_EQ(get_int(fd, IPPROTO_TCP, TCP_REPAIR), 0);
}

struct silence_row {
	struct variant variant;
	int family;
	int off;
	bool probe; /* leaving repair with this value sends one */
};

static const struct silence_row silences[] = {
	{{"off_v4", NULL}, AF_INET, REPAIR_OFF, true},
	{{"off_v6", "ipv6"}, AF_INET6, REPAIR_OFF, true},
	{{"off_no_probe_v4", NULL}, AF_INET, REPAIR_OFF_NO_PROBE, false},
	{{"off_no_probe_v6", "ipv6"}, AF_INET6, REPAIR_OFF_NO_PROBE, false},
};

/*
 * What ends in repair ends in silence.
 *
 * In repair mode nothing that the program does to the socket reaches the peer: close() sends
 * neither FIN nor RST, and the peer believes the connection to be alive. That is the moment
 * at which a container is moved. Leaving repair by `TCP_REPAIR_OFF` sends a window probe, so
 * that a moved connection learns what it missed; `TCP_REPAIR_OFF_NO_WP` (since 4.19) does not.
 */
CASE(leaving_repair,
     .claim = "TCP_REPAIR_OFF sends a window probe, TCP_REPAIR_OFF_NO_WP sends nothing",
     .level = LINUX,
     .spec = "include/uapi/linux/tcp.h TCP_REPAIR_OFF_NO_WP; Linux tcp_send_window_probe()",
     .tags = "tcp repair wire", .waits = true, .VARIANTS(silences))
{
	const struct silence_row *row = VARIANT(struct silence_row);
	struct pair p = tcp_pair(row->family);
	uint16_t client = address_port(&p.client_address);
	struct wire *wire = wire_open("a");
	const struct packet *probe;

	EXPECT_OK(set_int(p.client, IPPROTO_TCP, TCP_REPAIR, REPAIR_ON));
	EXPECT_EQ(get_int(p.client, IPPROTO_TCP, TCP_REPAIR), 1);
	EXPECT_OK(set_int(p.client, IPPROTO_TCP, TCP_REPAIR, row->off));
	EXPECT_EQ(get_int(p.client, IPPROTO_TCP, TCP_REPAIR), 0);
	if (row->probe) {
		REQUIRE_TRUE((probe = wire_next_from(wire, client, 0, 0)) != NULL);
		EXPECT_EQ(packet_tcp(probe)->flags, PACKET_TCP_ACK);
		EXPECT_EQ(packet_tcp(probe)->payload_length, 0);
	} else {
		EXPECT_TRUE(wire_is_silent(wire, 100));
	}
	EXPECT_EQ(tcp_state(p.client), TCP_ESTABLISHED);
}

/*
 * Gone without a word.
 *
 * close() of a socket in repair sends nothing at all. The peer's connection stays
 * established, until it sends and hears that nobody is there.
 */
CASE(close_is_silent,
     .claim = "close() in repair mode sends nothing, and the peer stays in ESTABLISHED",
     .level = LINUX, .spec = "tcp(7); Linux __tcp_close(); CRIU, TCP connection",
     .tags = "tcp repair close wire", .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family), plain = tcp_pair(family);
	struct wire *wire = wire_open("a");
	char byte;

	SETUP(set_int(p.client, IPPROTO_TCP, TCP_REPAIR, REPAIR_ON));
	EXPECT_OK(close(p.client));
	EXPECT_TRUE(wire_is_silent(wire, 100));
	EXPECT_EQ(tcp_state(p.server), TCP_ESTABLISHED);
	EXPECT_ERR(recv(p.server, &byte, 1, MSG_DONTWAIT), EAGAIN);

	SETUP(close(plain.client));
	EXPECT_EQ(recv(plain.server, &byte, 1, 0), 0);
}

/* What a connection is, as far as TCP can be asked. */
struct parts {
	int send_sequence, receive_sequence;
	struct tcp_repair_window window;
	int clock;
};

static int queue_sequence(int fd, int queue)
{
	SETUP(set_int(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, queue));
	return get_int(fd, IPPROTO_TCP, TCP_QUEUE_SEQ);
}

/*
 * A connection is put together again.
 *
 * The client is taken apart: its sequence numbers, its window and what the SYNs negotiated
 * are read, and the socket closed in silence. A new socket, in repair mode, is given the
 * same address, the numbers, the options and the window; its connect() sends no SYN, for the
 * connection is there at once. Out of repair it goes on where the old one was, and the
 * server has not noticed. So a container moves to another machine (CRIU).
 */
CASE(connection_restored,
     .claim = "A socket with the address, sequence numbers, options and window of a closed one "
	      "takes "
	      "over its connection without a SYN",
     .level = LINUX,
     .spec = "include/uapi/linux/tcp.h TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ, TCP_REPAIR_OPTIONS, "
	     "TCP_REPAIR_WINDOW, TCP_TIMESTAMP; CRIU, TCP connection",
     .sysctls = "net.ipv4.tcp_timestamps=1 net.ipv4.tcp_sack=1 net.ipv4.tcp_window_scaling=1",
     .tags = "tcp repair wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	struct parts old;
	struct tcp_info info;
	socklen_t size = sizeof(old.window), info_size = sizeof(info);
	struct wire *wire;
	const struct packet *data;
	char text[5];
	int fd;

	SETUP(send(p.client, "old", 3, 0));
	EXPECT_EQ(read_exactly(p.server, text, 3), 3);
	SETUP(getsockopt(p.client, IPPROTO_TCP, TCP_INFO, &info, &info_size));
	SETUP(set_int(p.client, IPPROTO_TCP, TCP_REPAIR, REPAIR_ON));
	EXPECT_OK(getsockopt(p.client, IPPROTO_TCP, TCP_REPAIR_WINDOW, &old.window, &size));
	EXPECT_EQ(size, sizeof(old.window));
	EXPECT_GT(old.window.snd_wnd, 0);
	EXPECT_GE(old.window.max_window, old.window.snd_wnd);
	EXPECT_GT(old.window.rcv_wnd, 0);
	old.send_sequence = queue_sequence(p.client, SEND_QUEUE);
	old.receive_sequence = queue_sequence(p.client, RECEIVE_QUEUE);
	EXPECT_EQ(old.window.snd_wl1, (uint32_t)old.receive_sequence);
	old.clock = get_int(p.client, IPPROTO_TCP, TCP_TIMESTAMP);
	/* The clock of the timestamps starts anywhere (RFC 7323 5.4), but hardly ever at 0. */
	EXPECT_NE(old.clock, 0);
	SETUP(close(p.client));
	wire = wire_open("a");

	fd = SETUP(socket(family, SOCK_STREAM, 0));
	SETUP(set_int(fd, SOL_SOCKET, SO_REUSEADDR, 1));
	SETUP(set_int(fd, IPPROTO_TCP, TCP_REPAIR, REPAIR_ON));
	SETUP(bind(fd, ADDRESS(p.client_address)));
	SETUP(set_int(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, SEND_QUEUE));
	EXPECT_OK(set_int(fd, IPPROTO_TCP, TCP_QUEUE_SEQ, old.send_sequence));
	SETUP(set_int(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, RECEIVE_QUEUE));
	EXPECT_OK(set_int(fd, IPPROTO_TCP, TCP_QUEUE_SEQ, old.receive_sequence));
	EXPECT_OK(connect(fd, ADDRESS(p.server_address)));
	EXPECT_EQ(tcp_state(fd), TCP_ESTABLISHED);
	{
		const struct repair_option options[] = {
			{TCPOPT_MAXSEG, info.tcpi_advmss},
			{TCPOPT_WINDOW,
			 info.tcpi_snd_wscale | (uint32_t)info.tcpi_rcv_wscale << 16},
			{TCPOPT_SACK_PERMITTED, 0},
			{TCPOPT_TIMESTAMP, 0},
		};
		EXPECT_OK(
			setsockopt(fd, IPPROTO_TCP, TCP_REPAIR_OPTIONS, options, sizeof(options)));
	}
	EXPECT_OK(setsockopt(fd, IPPROTO_TCP, TCP_REPAIR_WINDOW, &old.window, sizeof(old.window)));
	EXPECT_OK(set_int(fd, IPPROTO_TCP, TCP_TIMESTAMP, old.clock));
	EXPECT_BETWEEN((uint32_t)get_int(fd, IPPROTO_TCP, TCP_TIMESTAMP) - (uint32_t)old.clock, 0,
		       SOON_MS);
	/* A sequence number is not to be changed any more. */
	EXPECT_ERR(set_int(fd, IPPROTO_TCP, TCP_QUEUE_SEQ, old.send_sequence), EPERM);
	EXPECT_OK(set_int(fd, IPPROTO_TCP, TCP_REPAIR, REPAIR_OFF_NO_PROBE));

	EXPECT_EQ(send(fd, "hello", 5, 0), 5);
	EXPECT_EQ(read_exactly(p.server, text, 5), 5);
	EXPECT_MEMEQ(text, "hello", 5);
	/* The first segment that the new socket sends is the data: no handshake. */
	REQUIRE_TRUE((data = wire_next_from(wire, address_port(&p.client_address), 0, 0)) != NULL);
	EXPECT_EQ(packet_tcp(data)->flags & PACKET_TCP_SYN, 0);
	EXPECT_EQ(packet_tcp(data)->payload_length, 5);
	EXPECT_EQ(packet_tcp(data)->sequence_number, (uint32_t)old.send_sequence);
	/* The peer sees one clock, that of the old socket. */
	EXPECT_BETWEEN(packet_tcp(data)->timestamp_value - (uint32_t)old.clock, 0, SOON_MS);
	/* In words of 4 bytes: 20, and 12 of the timestamps (RFC 7323 appendix A). */
	EXPECT_EQ(packet_tcp(data)->data_offset, 8);
	EXPECT_EQ(send(p.server, "there", 5, 0), 5);
	EXPECT_EQ(read_exactly(fd, text, 5), 5);
	EXPECT_MEMEQ(text, "there", 5);
}

/*
 * The queues can be read and filled.
 *
 * What was received and not yet read, and what was sent and not yet acknowledged, belongs to
 * the connection too. In repair mode `TCP_REPAIR_QUEUE` says which of the queues is meant:
 * recv() with MSG_PEEK looks at it, and send() puts bytes into it that never were on the
 * wire. With `TCP_NO_QUEUE` neither works (`EINVAL`), and nothing can be taken out (`EPERM`).
 */
CASE(queues,
     .claim = "In repair mode send() with TCP_RECV_QUEUE is received by the socket itself, and "
	      "MSG_PEEK with TCP_SEND_QUEUE shows what is unacknowledged",
     .level = LINUX,
     .spec = "include/uapi/linux/tcp.h TCP_REPAIR_QUEUE; Linux tcp_send_rcvq(), tcp_peek_sndq()",
     .tags = "tcp repair", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	char text[8];

	SETUP(go_deaf(p.server));
	SETUP(send(p.client, "waiting", 7, 0));
	SETUP(set_int(p.client, IPPROTO_TCP, TCP_REPAIR, REPAIR_ON));
	EXPECT_EQ(get_int(p.client, IPPROTO_TCP, TCP_REPAIR_QUEUE), NO_QUEUE);
	EXPECT_ERR(recv(p.client, text, sizeof(text), MSG_PEEK), EINVAL);
	EXPECT_ERR(send(p.client, "x", 1, 0), EINVAL);
	EXPECT_ERR(set_int(p.client, IPPROTO_TCP, TCP_REPAIR_QUEUE, 3), EINVAL);

	EXPECT_OK(set_int(p.client, IPPROTO_TCP, TCP_REPAIR_QUEUE, SEND_QUEUE));
	EXPECT_EQ(get_int(p.client, IPPROTO_TCP, TCP_REPAIR_QUEUE), SEND_QUEUE);
	EXPECT_EQ(recv(p.client, text, sizeof(text), MSG_PEEK), 7);
	EXPECT_MEMEQ(text, "waiting", 7);
	EXPECT_ERR(recv(p.client, text, sizeof(text), 0), EPERM);

	EXPECT_OK(set_int(p.client, IPPROTO_TCP, TCP_REPAIR_QUEUE, RECEIVE_QUEUE));
	EXPECT_EQ(get_int(p.client, IPPROTO_TCP, TCP_REPAIR_QUEUE), RECEIVE_QUEUE);
	EXPECT_EQ(send(p.client, "given", 5, 0), 5);
	EXPECT_OK(set_int(p.client, IPPROTO_TCP, TCP_REPAIR_QUEUE, NO_QUEUE));
	EXPECT_OK(set_int(p.client, IPPROTO_TCP, TCP_REPAIR, REPAIR_OFF_NO_PROBE));
	EXPECT_EQ(recv(p.client, text, sizeof(text), 0), 5);
	EXPECT_MEMEQ(text, "given", 5);
}
