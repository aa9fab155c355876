/* SPDX-License-Identifier: MIT */
/* TCP_INFO: what the kernel knows about a connection, field by field. */
#include <linux/filter.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

/* What every host must take (RFC 9293 3.7.1), and the shortest timeout there is (ip-route(8)). */
enum { SIZE_FOR_ALL = 536, RTO_MIN_MS = 200 };

static struct tcp_info info_of(int fd)
{
	struct tcp_info info;
	socklen_t size = sizeof(info);

	memset(&info, 0, sizeof(info));
	SETUP(getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size));
	return info;
}

/* Waits until everything is acknowledged, and gives what the kernel knows then. */
static struct tcp_info after_the_ack(int fd)
{
	int64_t start = clock_ms();
	struct tcp_info info;

	while ((info = info_of(fd)).tcpi_unacked != 0 && clock_ms() - start < SOON_MS)
		sleep_ms(2);
	return info;
}

struct size_row {
	struct variant variant;
	const char *server; /* its address */
	const char *timestamps;
	unsigned int announced, mss;
};

/* 1500 less 20 or 40 for IP, less 20 for TCP; and less 12 for the timestamps in each segment. */
static const struct size_row sizes[] = {
	{{"v4", NULL}, "192.0.2.2", "1", 1460, 1448},
	{{"v4_no_timestamps", NULL}, "192.0.2.2", "0", 1460, 1460},
	{{"v6", "ipv6"}, "2001:db8::2", "1", 1440, 1428},
	{{"v6_no_timestamps", "ipv6"}, "2001:db8::2", "0", 1440, 1440},
};

/*
 * How large is a segment?
 *
 * It starts with the largest packet that the way can carry (`tcpi_pmtu`), as far as the
 * sender knows: at first the MTU of its own link. Less the headers of IP and TCP that is the
 * MSS that the SYN announces; options do not count there (RFC 6691). What a segment really
 * holds (`tcpi_snd_mss`) is less by the options that each one carries: the timestamps take 12
 * bytes. Linux takes them off `tcpi_advmss` as well, once both ends agreed on timestamps, so
 * that it is no longer the number in the SYN.
 *
 * Try it: `ss -ti` shows `mss:`, `pmtu:` and `advmss:` of each connection.
 */
CASE(sizes_of_the_link,
     .claim = "On a link with an MTU of 1500 the SYN announces 1500 less the headers; tcpi_snd_mss "
	      "and tcpi_advmss are less by 12 when timestamps are in use",
     .level = ABI,
     .spec = "RFC 9293 3.7.1 (MUST-15, MUST-16, MUST-67); RFC 6691; RFC 7323 3.2; "
	     "net/ipv4/tcp_input.c tcp_rcv_synsent_state_process() (advmss)",
     .topology = "pair", .sysctls = "net.ipv4.tcp_mtu_probing=0", .tags = "tcp mss TCP_INFO",
     .VARIANTS(sizes))
{
	const struct size_row *row = VARIANT(struct size_row);
	struct wire *wire = wire_open("a");
	struct tcp_info client, server;
	struct pair p;

	SETUP(sandbox_sysctl("net.ipv4.tcp_timestamps", row->timestamps));
	p = tcp_pair_between("a", "b", row->server, 8000);
	EXPECT_PACKET(wire, WHICH("TCP", "SYN", 1), FIELD("TCP", "ACK", 0),
		      FIELD("TCP", "Maximum Segment Size", row->announced));
	client = info_of(p.client);
	EXPECT_EQ(client.tcpi_pmtu, 1500);
	EXPECT_EQ(client.tcpi_advmss, row->mss);
	EXPECT_EQ(client.tcpi_snd_mss, row->mss);

	server = info_of(p.server);
	EXPECT_EQ(server.tcpi_pmtu, 1500);
	EXPECT_EQ(server.tcpi_advmss, row->mss);
	EXPECT_EQ(server.tcpi_snd_mss, row->mss);
	EXPECT_EQ(get_int(p.client, IPPROTO_TCP, TCP_MAXSEG), row->mss);
}

/*
 * The receiver guesses how large the sender's segments are.
 *
 * Nobody tells it: the announced MSS is only the most that may come. The guess
 * (`tcpi_rcv_mss`) is the largest segment seen so far, and decides how often an ACK is sent:
 * one for every two full segments (RFC 5681 4.2). Before the first data it is 536, the size
 * that every host must take.
 */
CASE(size_that_was_seen,
     .claim = "tcpi_rcv_mss is 536 before any data, and the sender's tcpi_snd_mss after full "
	      "segments",
     .level = ABI,
     .spec = "net/ipv4/tcp_input.c tcp_initialize_rcv_mss(), tcp_measure_rcv_mss(); RFC 5681 4.2",
     .topology = "pair", .sysctls = "net.ipv4.tcp_mtu_probing=0", .tags = "tcp mss TCP_INFO",
     .VARIANTS(sizes))
{
	const struct size_row *row = VARIANT(struct size_row);
	enum { SEGMENTS = 4 };
	static char bytes[SEGMENTS * 1460];
	size_t size = SEGMENTS * (size_t)row->mss;
	struct pair p;

	SETUP(sandbox_sysctl("net.ipv4.tcp_timestamps", row->timestamps));
	p = tcp_pair_between("a", "b", row->server, 8000);
	EXPECT_EQ(info_of(p.server).tcpi_rcv_mss, SIZE_FOR_ALL);
	SETUP(send(p.client, bytes, size, 0));
	EXPECT_EQ(read_exactly(p.server, bytes, size), size);
	EXPECT_EQ(info_of(p.server).tcpi_rcv_mss, row->mss);
	EXPECT_EQ(info_of(p.client).tcpi_rcv_mss, SIZE_FOR_ALL);
}

struct options_row {
	struct variant variant;
	const char *timestamps, *sack, *window_scaling, *ecn;
	unsigned int expected;
};

static const struct options_row options[] = {
	{{"all", NULL},
	 "1",
	 "1",
	 "1",
	 "1",
	 TCPI_OPT_TIMESTAMPS | TCPI_OPT_SACK | TCPI_OPT_WSCALE | TCPI_OPT_ECN},
	{{"timestamps", NULL}, "1", "0", "0", "0", TCPI_OPT_TIMESTAMPS},
	{{"sack", NULL}, "0", "1", "0", "0", TCPI_OPT_SACK},
	{{"window_scaling", NULL}, "0", "0", "1", "0", TCPI_OPT_WSCALE},
	{{"ecn", NULL}, "0", "0", "0", "1", TCPI_OPT_ECN},
	{{"none", NULL}, "0", "0", "0", "0", 0},
};

/*
 * Which extensions does this connection have?
 *
 * Each must be offered in the SYN and accepted in the SYN-ACK, and cannot be added later. A
 * middlebox that removes an option from the SYN makes a connection slow for its whole life,
 * and nothing in the stream tells; `tcpi_options` of both ends does.
 *
 * Try it: `ss -ti` shows `ts sack ecn wscale:7,7`.
 */
CASE(extensions_agreed,
     .claim = "tcpi_options of both ends has exactly the extensions that sysctls allow",
     .level = LINUX,
     .spec = "tcp(7) TCP_INFO, tcp_timestamps, tcp_sack, tcp_window_scaling, tcp_ecn; RFC 7323; "
	     "RFC 2018; RFC 3168 6.1.1",
     .tags = "tcp handshake TCP_INFO", .VARIANTS(options))
{
	const struct options_row *row = VARIANT(struct options_row);
	const unsigned int all =
		TCPI_OPT_TIMESTAMPS | TCPI_OPT_SACK | TCPI_OPT_WSCALE | TCPI_OPT_ECN;
	struct pair p;

	SETUP(sandbox_sysctl("net.ipv4.tcp_timestamps", row->timestamps));
	SETUP(sandbox_sysctl("net.ipv4.tcp_sack", row->sack));
	SETUP(sandbox_sysctl("net.ipv4.tcp_window_scaling", row->window_scaling));
	SETUP(sandbox_sysctl("net.ipv4.tcp_ecn", row->ecn));
	p = tcp_pair(AF_INET);
	EXPECT_EQ(info_of(p.client).tcpi_options & all, row->expected);
	EXPECT_EQ(info_of(p.server).tcpi_options & all, row->expected);
}

/*
 * How many segments are on their way?
 *
 * `tcpi_unacked` counts the segments that were sent and not yet acknowledged. Here the peer
 * hears nothing, so that each send() adds one. They count as long as the sender has to keep
 * them: until the ACK for the first copy that arrives. `SIOCOUTQ` tells the same in bytes.
 * Should this machine stall for so long that the first is sent again, the step is repeated.
 */
CASE(segments_under_way,
     .claim = "tcpi_unacked is the number of segments sent and not acknowledged, and 0 again after "
	      "the ACK",
     .level = LINUX, .spec = "tcp(7) TCP_INFO; RFC 9293 3.3.1 (SND.UNA, SND.NXT)",
     .tags = "tcp TCP_INFO", .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	unsigned int unacked[4];
	struct pair p;
	char text[3];
	int64_t start;

	do {
		p = tcp_pair(family);
		SETUP(set_int(p.client, IPPROTO_TCP, TCP_NODELAY, 1));
		SETUP(go_deaf(p.server));
		start = clock_ms();
		unacked[0] = info_of(p.client).tcpi_unacked;
		for (int i = 1; i <= 3; i++) {
			SETUP(send(p.client, "x", 1, 0));
			unacked[i] = info_of(p.client).tcpi_unacked;
		}
	} while (clock_ms() - start >= RTO_MIN_MS);
	for (unsigned int i = 0; i <= 3; i++)
		EXPECT_EQ(unacked[i], i);

	SETUP(hear_again(p.server));
	EXPECT_EQ(read_exactly(p.server, text, 3), 3);
	EXPECT_EQ(after_the_ack(p.client).tcpi_unacked, 0);
}

/* Waits for a retransmission, and gives what the kernel knows then. */
static struct tcp_info after_a_retransmission(int fd)
{
	int64_t start = clock_ms();
	struct tcp_info info;

	do {
		sleep_ms(5);
		info = info_of(fd);
	} while (info.tcpi_total_retrans == 0 && clock_ms() - start < SOON_MS);
	return info;
}

/*
 * Taken for lost, and sent again.
 *
 * When the timer runs out, the segment counts as lost (`tcpi_lost`) and its copy as one on
 * the way (`tcpi_retrans`); both until an ACK covers it. `tcpi_total_retrans` alone never
 * goes back. And the timer itself has doubled: with `tcpi_backoff` doublings so far the
 * timeout is the old one shifted by as many bits.
 *
 * Try it: `ss -ti` shows `backoff:`, `lost:`, and `retrans:` with both numbers.
 */
CASE(lost_and_sent_again,
     .claim = "After the retransmission timeout tcpi_lost and tcpi_retrans are 1, tcpi_rto is "
	      "doubled "
	      "for each tcpi_backoff, and after the ACK they are as before",
     .level = RFC, .spec = "RFC 6298 5.4, 5.5; RFC 9293 3.8.1; tcp(7) TCP_INFO",
     .sysctls = "net.ipv4.tcp_early_retrans=0", .tags = "tcp retransmission TCP_INFO",
     .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct tcp_info before, info;
	struct pair p;
	int64_t start;
	char byte = 0;

	do {
		p = tcp_pair(family);
		SETUP(go_deaf(p.server));
		start = clock_ms();
		SETUP(send(p.client, "x", 1, 0));
		before = info_of(p.client);
	} while (clock_ms() - start >= RTO_MIN_MS);
	EXPECT_EQ(before.tcpi_unacked, 1);
	EXPECT_EQ(before.tcpi_lost, 0);
	EXPECT_EQ(before.tcpi_retrans, 0);
	EXPECT_EQ(before.tcpi_total_retrans, 0);

	info = after_a_retransmission(p.client);
	EXPECT_EQ(info.tcpi_unacked, 1);
	EXPECT_EQ(info.tcpi_lost, 1);
	EXPECT_EQ(info.tcpi_retrans, 1);
	EXPECT_GE(info.tcpi_backoff, 1);
	EXPECT_EQ(info.tcpi_backoff, info.tcpi_total_retrans);
	EXPECT_EQ(info.tcpi_rto, (uint64_t)before.tcpi_rto << info.tcpi_backoff);

	SETUP(hear_again(p.server));
	EXPECT_EQ(read_exactly(p.server, &byte, 1), 1);
	EXPECT_EQ(byte, 'x');
	info = after_the_ack(p.client);
	EXPECT_EQ(info.tcpi_unacked, 0);
	EXPECT_EQ(info.tcpi_lost, 0);
	EXPECT_EQ(info.tcpi_retrans, 0);
	EXPECT_EQ(info.tcpi_backoff, 0);
	EXPECT_GE(info.tcpi_total_retrans, 1);
}

/* Loses each segment whose data begin with an "a"; for TCP a filter sees the TCP header first. */
static struct sock_filter not_a[] = {
	BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 12), /* the upper half: the header's 32-bit words */
	BPF_STMT(BPF_ALU | BPF_RSH | BPF_K, 2),
	BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0x3c),
	BPF_STMT(BPF_MISC | BPF_TAX, 0),
	BPF_STMT(BPF_LD | BPF_B | BPF_IND, 0),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 'a', 1, 0),
	BPF_STMT(BPF_RET | BPF_K, 0xffff),
	BPF_STMT(BPF_RET | BPF_K, 0),
};

/*
 * Segments that arrived behind a gap.
 *
 * The ACK number cannot say that the second segment came and the first did not. A selective
 * acknowledgement (SACK) does, and then `tcpi_sacked` counts the segment; it stays in
 * `tcpi_unacked` too, since a receiver may still throw away what it has not acknowledged for
 * good (RFC 2018 8).
 */
CASE(arrived_behind_a_gap,
     .claim = "tcpi_sacked counts the segments that arrived behind a lost one, until the gap is "
	      "filled",
     .level = LINUX, .spec = "tcp(7) TCP_INFO; RFC 2018 4, 8",
     .sysctls = "net.ipv4.tcp_sack=1 net.ipv4.tcp_early_retrans=0", .tags = "tcp sack TCP_INFO",
     .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct sock_fprog program = {sizeof(not_a) / sizeof(not_a[0]), not_a};
	struct tcp_info before, info;
	struct pair p;
	int64_t start;
	char text[2];

	do {
		p = tcp_pair(family);
		SETUP(set_int(p.client, IPPROTO_TCP, TCP_NODELAY, 1));
		SETUP(setsockopt(p.server, SOL_SOCKET, SO_ATTACH_FILTER, &program,
				 sizeof(program)));
		start = clock_ms();
		SETUP(send(p.client, "a", 1, 0));
		before = info_of(p.client);
		SETUP(send(p.client, "b", 1, 0));
	} while (clock_ms() - start >= RTO_MIN_MS);
	EXPECT_EQ(before.tcpi_unacked, 1);
	EXPECT_EQ(before.tcpi_sacked, 0);
	while ((info = info_of(p.client)).tcpi_sacked == 0 && clock_ms() - start < SOON_MS)
		sleep_ms(5);
	EXPECT_EQ(info.tcpi_sacked, 1);
	EXPECT_EQ(info.tcpi_unacked, 2);

	SETUP(hear_again(p.server));
	EXPECT_EQ(read_exactly(p.server, text, 2), 2);
	EXPECT_MEMEQ(text, "ab", 2);
	info = after_the_ack(p.client);
	EXPECT_EQ(info.tcpi_sacked, 0);
	EXPECT_EQ(info.tcpi_unacked, 0);
}

/*
 * How long to wait for an ACK?
 *
 * Until something was measured it is one second (RFC 6298). Then it follows the measured
 * round trip time; RFC 6298 wants at least a second still, and Linux has a lower bound of
 * 200 ms instead. Should this machine stall for that first second, the step is repeated:
 * the SYN is then sent again, and the timeout may have doubled.
 */
CASE(timeout_before_and_after,
     .claim = "tcpi_rto is one second while the SYN is unanswered, and 200 ms or more once "
	      "connected",
     .level = RFC, .spec = "RFC 6298 2.1; tcp(7) TCP_INFO; ip-route(8) rto_min",
     .tags = "tcp TCP_INFO", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	enum { FIRST_MS = 1000 };
	struct address at;
	int listener = tcp_listener(family, &at), fd;
	struct tcp_info info;
	int64_t start;

	EXPECT_EQ(info_of(listener).tcpi_state, TCP_LISTEN);
	SETUP(go_deaf(listener));
	do {
		fd = SETUP(nonblocking_socket(family));
		EXPECT_EQ(info_of(fd).tcpi_state, TCP_CLOSE);
		start = clock_ms();
		EXPECT_ERR(connect(fd, ADDRESS(at)), EINPROGRESS);
		info = info_of(fd);
	} while (clock_ms() - start >= FIRST_MS);
	EXPECT_EQ(info.tcpi_state, TCP_SYN_SENT);
	EXPECT_EQ(info.tcpi_rto, 1000 * FIRST_MS);

	SETUP(hear_again(listener));
	fd = SETUP(socket(family, SOCK_STREAM, 0));
	SETUP(connect(fd, ADDRESS(at)));
	info = info_of(fd);
	EXPECT_EQ(info.tcpi_state, TCP_ESTABLISHED);
	EXPECT_GE(info.tcpi_rto, 1000 * RTO_MIN_MS);
}
