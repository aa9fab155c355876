/* SPDX-License-Identifier: MIT */
/* Limits that a program sets for one connection: tries, waiting, windows and unsent bytes. */
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

enum { SYN = PACKET_TCP_SYN, ACK = PACKET_TCP_ACK, JIFFY_MS = 10 };

struct tries_row {
	struct variant variant;
	int family;
	int tries;
};

static const struct tries_row tries[] = {
	{{"one_v4", NULL}, AF_INET, 1},
	{{"one_v6", "ipv6"}, AF_INET6, 1},

};

/*
 * How often to knock.
 *
 * By default a SYN that nobody answers is repeated six times, which takes minutes. `TCP_SYNCNT`
 * sets the number of repetitions for one socket: with 1 there are two SYNs and the answer,
 * `ETIMEDOUT`, comes after the second has been waited for too: 1 + 2 seconds.
 *
 * Since Linux 6.5 the first SYNs are a second apart (tcp_syn_linear_timeouts), while the end is
 * still counted in the time that doubling would take: more SYNs leave than tcp(7) says. The
 * case turns that off, where it exists.
 */
CASE(syn_count,
     .claim =
	     "With TCP_SYNCNT n connect() fails with ETIMEDOUT after 1 + n SYNs of the same number",
     .level = LINUX, .spec = "tcp(7) TCP_SYNCNT; RFC 6298 2.1, 5; POSIX.1-2024 connect() ETIMEDOUT",
     .sysctls = "net.ipv4.tcp_syn_retries=6", .tags = "tcp connect timeout wire", .waits = true,
     .timeout_ms = 15000, .VARIANTS(tries))
{
	const struct tries_row *row = VARIANT(struct tries_row);
	struct wire *wire = wire_open("a");
	struct address at;
	int listener = tcp_listener(row->family, &at);
	int client = SETUP(socket(row->family, SOCK_STREAM, 0));
	const struct packet *syn;
	int64_t started = clock_ms();
	uint32_t x = 0;

	if (sandbox_sysctl("net.ipv4.tcp_syn_linear_timeouts", "0") != 0)
		EXPECT_ERRNO(errno, ENOENT);
	SETUP(go_deaf(listener));
	EXPECT_OK(set_int(client, IPPROTO_TCP, TCP_SYNCNT, row->tries));
	EXPECT_EQ(get_int(client, IPPROTO_TCP, TCP_SYNCNT), row->tries);
	EXPECT_ERR(connect(client, ADDRESS(at)), ETIMEDOUT);
	EXPECT_GE(clock_ms() - started, ((2 << row->tries) - 1) * 1000 - JIFFY_MS);
	for (int i = 0; i <= row->tries; i++) {
		REQUIRE_TRUE((syn = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
		if (i == 0)
			x = packet_tcp(syn)->sequence_number;
		EXPECT_EQ(packet_tcp(syn)->sequence_number, x);
	}
	EXPECT_TRUE(wire_is_silent(wire, 100));

	SETUP(hear_again(listener));
	EXPECT_OK(connect(client, ADDRESS(at)));
}

struct refused_row {
	struct variant variant;
	int option;
	int value, good;
};

static const struct refused_row refused[] = {
	{{"syncnt_0", NULL}, TCP_SYNCNT, 0, 1},
	{{"syncnt_128", NULL}, TCP_SYNCNT, 128, 127},
	{{"keepidle_0", NULL}, TCP_KEEPIDLE, 0, 1},
	{{"keepidle_32768", NULL}, TCP_KEEPIDLE, 32768, 32767},
	{{"keepintvl_0", NULL}, TCP_KEEPINTVL, 0, 1},
	{{"keepintvl_32768", NULL}, TCP_KEEPINTVL, 32768, 32767},
	{{"keepcnt_0", NULL}, TCP_KEEPCNT, 0, 1},
	{{"keepcnt_128", NULL}, TCP_KEEPCNT, 128, 127},
	{{"user_timeout_negative", NULL}, TCP_USER_TIMEOUT, -1, 5000},
	{{"maxseg_too_small", NULL}, TCP_MAXSEG, 1, 536},
	{{"maxseg_too_large", NULL}, TCP_MAXSEG, 40000, 32767},
	{{"repair_2", NULL}, TCP_REPAIR, 2, 0},
	{{"timeouts_thin_2", NULL}, TCP_THIN_LINEAR_TIMEOUTS, 2, 1},
	{{"dupack_thin_2", NULL}, TCP_THIN_DUPACK, 2, 1},
	{{"save_syn_3", NULL}, TCP_SAVE_SYN, 3, 1},
	{{"inq_2", NULL}, TCP_INQ, 2, 1},
};

/*
 * The kernel's idea of a reasonable number.
 *
 * What cannot work is refused at once with `EINVAL`, and the option keeps its value: no
 * repetition at all, more than fit the counter, a segment without room. The nearest
 * good value shows where the border is.
 */
CASE(out_of_range, .claim = "A TCP option outside its range fails with EINVAL and keeps its value",
     .level = LINUX,
     .spec = "tcp(7) ERRORS EINVAL; include/net/tcp.h MAX_TCP_*; Linux net/ipv4/tcp.c",
     .tags = "tcp option errors", .VARIANTS(refused))
{
	const struct refused_row *row = VARIANT(struct refused_row);
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int before = get_int(fd, IPPROTO_TCP, row->option);

	EXPECT_ERR(set_int(fd, IPPROTO_TCP, row->option, row->value), EINVAL);
	EXPECT_EQ(get_int(fd, IPPROTO_TCP, row->option), before);
	EXPECT_OK(set_int(fd, IPPROTO_TCP, row->option, row->good));
	/* One of them does nothing any more, see tcp_acknowledging. */
	EXPECT_EQ(get_int(fd, IPPROTO_TCP, row->option),
		  row->option == TCP_THIN_DUPACK ? 0 : row->good);
}

struct orphan_row {
	struct variant variant;
	int family;
	int seconds; /* TCP_LINGER2 */
	int state;   /* after more than a second */
};

static const struct orphan_row orphans[] = {
	{{"one_v4", NULL}, AF_INET, 1, 0},
	{{"one_v6", "ipv6"}, AF_INET6, 1, 0},
	{{"default_v4", NULL}, AF_INET, 0, TCP_FIN_WAIT2},
	{{"at_once_v4", NULL}, AF_INET, -1, 0},
};

/*
 * How long the dead may wait for a farewell.
 *
 * A closed socket whose peer has acknowledged the FIN and does not close its own side is in
 * FIN-WAIT-2, for which RFC 9293 has no limit. Nobody can read any more, so Linux ends it
 * after `tcp_fin_timeout`, 60 seconds, and `TCP_LINGER2` changes that for one socket: a
 * negative value ends it at once, with a RST. Else the peer learns of it when it sends next.
 */
CASE(orphan_in_fin_wait_2,
     .claim = "TCP_LINGER2 limits how long a closed socket stays in FIN-WAIT-2", .level = LINUX,
     .spec = "tcp(7) TCP_LINGER2, tcp_fin_timeout; RFC 9293 3.6",
     .sysctls = "net.ipv4.tcp_fin_timeout=60", .tags = "tcp close timeout", .waits = true,
     .VARIANTS(orphans))
{
	const struct orphan_row *row = VARIANT(struct orphan_row);
	struct pair p = tcp_pair(row->family);
	uint16_t client = address_port(&p.client_address), server = address_port(&p.server_address);
	int64_t started = clock_ms();

	EXPECT_OK(set_int(p.client, IPPROTO_TCP, TCP_LINGER2, row->seconds));
	EXPECT_EQ(get_int(p.client, IPPROTO_TCP, TCP_LINGER2),
		  row->seconds == 0 ? 60 : row->seconds);
	SETUP(shutdown(p.client, SHUT_WR));
	REQUIRE_TRUE(wait_for_tcp_state(p.client, TCP_FIN_WAIT2));
	SETUP(close(p.client));
	if (row->seconds > 0) {
		EXPECT_EQ(tcp_table_state(row->family, client, server), TCP_FIN_WAIT2);
		EXPECT_TRUE(wait_for_table_state(row->family, client, server, 0));
		EXPECT_GE(clock_ms() - started, row->seconds * 1000 - JIFFY_MS);
	} else {
		if (row->state != 0)
			sleep_ms(1200);
		EXPECT_EQ(tcp_table_state(row->family, client, server), row->state);
	}
	/* The peer's own side is open still, unless a RST came. */
	if (row->seconds < 0)
		EXPECT_TRUE(wait_for_tcp_state(p.server, TCP_CLOSE));
	else
		EXPECT_EQ(tcp_state(p.server), TCP_CLOSE_WAIT);
}

/*
 * A window that never opens wide.
 *
 * `TCP_WINDOW_CLAMP` bounds the window that this side offers, whatever its buffer could
 * hold: never more than that many bytes are on their way to it. It is for receivers that
 * must not be flooded. Less than half of the smallest receive buffer is not accepted as a
 * bound and becomes that.
 */
CASE(window_clamp,
     .claim = "After TCP_WINDOW_CLAMP no segment of the socket offers a larger window",
     .level = LINUX, .spec = "tcp(7) TCP_WINDOW_CLAMP; RFC 9293 3.8.6",
     .sysctls = "net.ipv4.tcp_window_scaling=0", .tags = "tcp window wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct address at;
	int clamped = SETUP(socket(family, SOCK_STREAM, 0));
	int plain = SETUP(socket(family, SOCK_STREAM, 0));
	const struct packet *syn;
	enum { CLAMP = 5000 };

	tcp_listener(family, &at);

	EXPECT_OK(set_int(clamped, IPPROTO_TCP, TCP_WINDOW_CLAMP, CLAMP));
	EXPECT_EQ(get_int(clamped, IPPROTO_TCP, TCP_WINDOW_CLAMP), CLAMP);
	SETUP(connect(clamped, ADDRESS(at)));
	REQUIRE_TRUE((syn = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_BETWEEN(packet_tcp(syn)->window, 1, CLAMP);
	REQUIRE_TRUE((syn = wire_next_from(wire, packet_tcp(syn)->source_port, ACK, ACK | SYN)) !=
		     NULL);
	EXPECT_BETWEEN(packet_tcp(syn)->window, 1, CLAMP);

	/* Without the option the same socket offers more. */
	SETUP(connect(plain, ADDRESS(at)));
	REQUIRE_TRUE((syn = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_GT(packet_tcp(syn)->window, CLAMP);
}

/*
 * Do not hand over what cannot leave yet.
 *
 * A large send buffer fills with bytes that wait for the peer's window, and a program that
 * then has something more urgent (another HTTP/2 stream) comes too late. With
 * `TCP_NOTSENT_LOWAT` poll() says `POLLOUT` only while fewer bytes than that wait unsent;
 * what was sent and not acknowledged does not count. Here the server does not read, so that
 * the unsent bytes stay.
 */
CASE(notsent_low_water,
     .claim = "With TCP_NOTSENT_LOWAT a socket with more unsent bytes than that has no POLLOUT, "
	      "and has it when they were sent",
     .level = LINUX,
     .spec = "tcp(7) TCP_NOTSENT_LOWAT; Documentation/networking/ip-sysctl.rst tcp_notsent_lowat",
     .sysctls = "net.ipv4.tcp_notsent_lowat=4294967295", .tags = "tcp poll send",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	static char bytes[8192];
	struct address at;
	int listener = bound_socket(family, SOCK_STREAM, &at), server;
	int fd = SETUP(nonblocking_socket(family));
	enum { LOW = 1000 };
	ssize_t filled = 0;

	SETUP(set_int(listener, SOL_SOCKET, SO_RCVBUF, 4096));
	SETUP(listen(listener, 1));
	SETUP(set_int(fd, SOL_SOCKET, SO_SNDBUF, 1 << 20));
	EXPECT_ERR(connect(fd, ADDRESS(at)), EINPROGRESS);
	server = SETUP(accept(listener, NULL, NULL));
	REQUIRE_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);

	/* Into the closed window, while there is room for more. */
	for (int i = 0; i < 8; i++)
		filled += SETUP(send(fd, bytes, sizeof(bytes), 0));
	EXPECT_EQ(wait_for(fd, POLLOUT, 0), POLLOUT);
	EXPECT_OK(set_int(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, LOW));
	EXPECT_EQ(get_int(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT), LOW);
	EXPECT_EQ(wait_for(fd, POLLOUT, 0), 0);
	for (ssize_t got = 0; got < filled;) {
		ssize_t count = read_exactly(server, bytes, sizeof(bytes));

		REQUIRE_TRUE(count > 0);
		got += count;
	}
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
}
