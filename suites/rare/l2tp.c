/* SPDX-License-Identifier: MIT */
/* Sessions of PPP in a tunnel over UDP: L2TP, as a provider or a VPN has them. */
#include <arpa/inet.h>
#include <net/ethernet.h>
#include <net/if.h>
/* After the types that they need. */
#include <linux/if_pppox.h>
#include <linux/ppp-ioctl.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/case.h"

#ifndef SOL_PPPOL2TP
#define SOL_PPPOL2TP 273 /* linux/include/linux/socket.h */
#endif

enum {
	TUNNEL_A = 1, /* how each end calls the tunnel and the session */
	TUNNEL_B = 2,
	SESSION_A = 10,
	SESSION_B = 20,
	OTHER_SESSION = 11,
	BEYOND_16_BITS = 0x10000, /* L2TPv3 has numbers of 32 bits */
	PORT = 1701,
	HOLD_MS = 1500,
	SHORTEST = 14, /* L2TP_HDR_SIZE_MAX of linux/net/l2tp/l2tp_core.c */
};

/* Of the header of a data message (RFC 2661 3.1). */
enum { HEADER = 6, HEADER_NUMBERED = 10, BIT_CONTROL = 0x80, BIT_NUMBERED = 0x08, VERSION = 2 };

/* The name of a session, in the form for a version and a family: each is a structure of its own. */
struct session_name {
	socklen_t length;
	union {
		struct sockaddr any;
		struct sockaddr_pppol2tp v2;
		struct sockaddr_pppol2tpin6 v2_in6;
		struct sockaddr_pppol2tpv3 v3;
		struct sockaddr_pppol2tpv3in6 v3_in6;
	};
};

struct numbers {
	uint32_t tunnel, session, peer_tunnel, peer_session;
};

#define FILL(name, member, family, udp, n)                                                         \
	do {                                                                                       \
		(name).length = sizeof((name).member);                                             \
		(name).member.sa_family = AF_PPPOX;                                                \
		(name).member.sa_protocol = PX_PROTO_OL2TP;                                        \
		(name).member.pppol2tp.fd = (udp);                                                 \
		(name).member.pppol2tp.s_tunnel =                                                  \
			(__typeof__((name).member.pppol2tp.s_tunnel))(n).tunnel;                   \
		(name).member.pppol2tp.s_session =                                                 \
			(__typeof__((name).member.pppol2tp.s_session))(n).session;                 \
		(name).member.pppol2tp.d_tunnel =                                                  \
			(__typeof__((name).member.pppol2tp.d_tunnel))(n).peer_tunnel;              \
		(name).member.pppol2tp.d_session =                                                 \
			(__typeof__((name).member.pppol2tp.d_session))(n).peer_session;            \
	} while (0)

static struct session_name named(int version, int family, int udp, struct numbers n)
{
	struct session_name name;

	memset(&name, 0, sizeof(name));
	if (version == 2 && family == AF_INET)
		FILL(name, v2, family, udp, n);
	else if (version == 2)
		FILL(name, v2_in6, family, udp, n);
	else if (family == AF_INET)
		FILL(name, v3, family, udp, n);
	else
		FILL(name, v3_in6, family, udp, n);
	return name;
}

static const struct numbers numbers_a = {TUNNEL_A, SESSION_A, TUNNEL_B, SESSION_B};
static const struct numbers numbers_b = {TUNNEL_B, SESSION_B, TUNNEL_A, SESSION_A};

static int session_socket(const char *host)
{
	return SETUP(host_socket(host, AF_PPPOX, SOCK_STREAM, PX_PROTO_OL2TP));
}

/* The UDP socket becomes one end of the tunnel: a session of number 0 stands for it. */
static int tunnel(const char *host, int version, int family, int udp, struct numbers n)
{
	struct session_name name;
	int fd = session_socket(host);

	n.session = n.peer_session = 0;
	name = named(version, family, udp, n);
	SETUP(connect(fd, &name.any, name.length));
	return fd;
}

static int session(const char *host, int version, int family, int udp, struct numbers n)
{
	struct session_name name = named(version, family, udp, n);
	int fd = session_socket(host);

	SETUP(connect(fd, &name.any, name.length));
	return fd;
}

struct version_row {
	struct variant variant;
	int version, family;
	const char *host_a, *host_b;
	uint32_t more; /* added to all numbers */
};

static const struct version_row versions[] = {
	{{"v2", NULL}, 2, AF_INET, "192.0.2.1", "192.0.2.2", 0},
	{{"v2_in6", "ipv6"}, 2, AF_INET6, "2001:db8::1", "2001:db8::2", 0},
	{{"v3", NULL}, 3, AF_INET, "192.0.2.1", "192.0.2.2", BEYOND_16_BITS},
	{{"v3_in6", "ipv6"}, 3, AF_INET6, "2001:db8::1", "2001:db8::2", BEYOND_16_BITS},
};

/*
 * A telephone line through the Internet.
 *
 * PPP was made for a line between two modems. L2TP is that line: a tunnel between two hosts,
 * here a pair of UDP sockets, and sessions in it, which each end calls by a number of its own.
 * Usually the kernel's PPP is attached to the session's socket; here nothing is, and what one
 * end sends the other reads.
 */
CASE(l2tp_exchange,
     .claim = "two sockets that are connected to the two ends of a tunnel and to each other's "
	      "number of the session exchange frames of PPP",
     .level = RFC, .spec = "RFC 2661 1.2, 5.3; RFC 3931; linux/Documentation/networking/l2tp.rst",
     .topology = "pair", .needs = "l2tp", .tags = "l2tp send receive", .VARIANTS(versions))
{
	const struct version_row *row = VARIANT(struct version_row);
	struct address at_a = address_of(row->host_a, PORT), at_b = address_of(row->host_b, PORT);
	int udp_a = SETUP(host_socket("a", row->family, SOCK_DGRAM, 0));
	int udp_b = SETUP(host_socket("b", row->family, SOCK_DGRAM, 0));
	struct numbers a = {TUNNEL_A + row->more, SESSION_A + row->more, TUNNEL_B + row->more,
			    SESSION_B + row->more};
	struct numbers b = {a.peer_tunnel, a.peer_session, a.tunnel, a.session};
	int one, other;
	char got[16];

	SETUP(bind(udp_a, ADDRESS(at_a)));
	SETUP(bind(udp_b, ADDRESS(at_b)));
	SETUP(connect(udp_a, ADDRESS(at_b)));
	SETUP(connect(udp_b, ADDRESS(at_a)));
	tunnel("a", row->version, row->family, udp_a, a);
	tunnel("b", row->version, row->family, udp_b, b);
	one = session("a", row->version, row->family, udp_a, a);
	other = session("b", row->version, row->family, udp_b, b);
	EXPECT_EQ(send(one, "\x80\x57hello", 7, 0), 7);
	EXPECT_EQ(wait_for(other, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(other, got, sizeof(got), MSG_DONTWAIT), 7);
	EXPECT_MEMEQ(got, "\x80\x57hello", 7);
	EXPECT_EQ(send(other, "\x80\x57goodbye", 9, 0), 9);
	EXPECT_EQ(wait_for(one, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(one, got, sizeof(got), MSG_DONTWAIT), 9);
	EXPECT_MEMEQ(got, "\x80\x57goodbye", 9);
}

/* One end as the kernel has it, and a peer that speaks L2TP by hand. */
struct by_hand {
	int tunnel, session, udp, peer;
};

static struct by_hand by_hand(void)
{
	struct pair udp = udp_pair(AF_INET);
	struct by_hand ends = {.udp = udp.client, .peer = udp.server};

	ends.tunnel = tunnel("a", 2, AF_INET, udp.client, numbers_a);
	ends.session = session("a", 2, AF_INET, udp.client, numbers_a);
	return ends;
}

/* A data message to the session, numbered when `number` is not negative. */
static void peer_sends(int peer, int number, const char *text)
{
	uint8_t message[64] = {number < 0 ? 0 : BIT_NUMBERED, VERSION, 0, TUNNEL_A, 0, SESSION_A};
	size_t size = HEADER, length = strlen(text);

	if (number >= 0) {
		message[HEADER + 1] = (uint8_t)number;
		size = HEADER_NUMBERED;
	}
	memcpy(message + size, text, length);
	EXPECT_EQ(send(peer, message, size + length, 0), size + length);
}

static void expect_message(int fd, const char *text)
{
	char got[64] = "";
	ssize_t length = (ssize_t)strlen(text);

	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(fd, got, sizeof(got), MSG_DONTWAIT), length);
	EXPECT_MEMEQ(got, text, length);
}

/* What the peer receives: a header with these bits and numbers, FF 03, and the text. */
static void peer_expects(int peer, int number, const char *text)
{
	uint8_t got[64] = {0};
	size_t size = number < 0 ? HEADER : HEADER_NUMBERED, length = strlen(text);
	const uint8_t header[HEADER_NUMBERED] = {
		number < 0 ? 0 : BIT_NUMBERED,	 VERSION, 0, TUNNEL_B, 0, SESSION_B, 0,
		number < 0 ? 0 : (uint8_t)number};

	EXPECT_EQ(wait_for(peer, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(peer, got, sizeof(got), MSG_DONTWAIT), size + 2 + length);
	EXPECT_MEMEQ(got, header, size);
	EXPECT_MEMEQ(got + size, "\xff\x03", 2);
	EXPECT_MEMEQ(got + size + 2, text, length);
}

/*
 * On the wire: the receiver's numbers, and then PPP.
 *
 * PPP begins each frame with the bytes FF 03, which say nothing on a line with one station;
 * the kernel puts them before what is sent, and takes them off again.
 */
CASE(l2tp_header,
     .claim = "a datagram has flags and version, the receiver's numbers of tunnel and session, and "
	      "FF 03; what comes without FF 03 is taken as well",
     .level = RFC, .spec = "RFC 2661 3.1; RFC 1661 2", .needs = "l2tp", .tags = "l2tp send receive")
{
	struct by_hand ends = by_hand();

	EXPECT_EQ(send(ends.session, "hello", 5, 0), 5);
	peer_expects(ends.peer, -1, "hello");
	peer_sends(ends.peer, -1, "\xff\x03yes, sir");
	expect_message(ends.session, "yes, sir");
	peer_sends(ends.peer, -1, "without address");
	expect_message(ends.session, "without address");
}

/*
 * What is not for a session goes to the program.
 *
 * The kernel carries data; to set up and end sessions is the work of a daemon. It reads the
 * UDP socket of the tunnel as if nothing were: messages with the T bit arrive there, and those of
 * sessions that the kernel does not know.
 */
CASE(l2tp_control,
     .claim = "messages with the T bit and those of an unknown session arrive at the UDP socket of "
	      "the tunnel, others at the session's",
     .level = LINUX, .spec = "RFC 2661 3.1; linux/Documentation/networking/l2tp.rst",
     .needs = "l2tp", .tags = "l2tp receive")
{
	static const uint8_t control[] = {
		BIT_CONTROL | 0x48, VERSION, 0, 12, 0, TUNNEL_A, 0, 0, 0, 0, 0, 0};
	static const uint8_t unknown[] = {0,   VERSION, 0,   TUNNEL_A, 0,  OTHER_SESSION,
					  'h', 'e',	'l', 'l',      'o'};
	struct by_hand ends = by_hand();
	uint8_t got[32] = {0};

	EXPECT_EQ(send(ends.peer, control, sizeof(control), 0), sizeof(control));
	EXPECT_EQ(wait_for(ends.udp, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(ends.udp, got, sizeof(got), MSG_DONTWAIT), sizeof(control));
	EXPECT_MEMEQ(got, control, sizeof(control));
	EXPECT_EQ(send(ends.peer, unknown, sizeof(unknown), 0), sizeof(unknown));
	EXPECT_EQ(wait_for(ends.udp, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(ends.udp, got, sizeof(got), MSG_DONTWAIT), sizeof(unknown));
	peer_sends(ends.peer, -1, "some data");
	expect_message(ends.session, "some data");
	EXPECT_ERR(recv(ends.udp, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/*
 * Too short for the kernel.
 *
 * The longest header of a data message that the kernel reads has 14 bytes, and so it wants
 * 14 bytes before it looks at any; a shorter datagram is the daemon's, although a PPP frame
 * with compressed fields can be as short (RFC 1661 6.5, 6.6).
 */
CASE(l2tp_short,
     .claim =
	     "a data message shorter than 14 bytes arrives at the UDP socket of the tunnel, one of "
	     "14 at the session's",
     .level = OBSERVED, .spec = "linux/net/l2tp/l2tp_core.c, l2tp_udp_recv_core(); RFC 2661 3.1",
     .needs = "l2tp", .tags = "l2tp receive")
{
	struct by_hand ends = by_hand();
	char got[16];

	peer_sends(ends.peer, -1, "7 bytes");
	EXPECT_EQ(wait_for(ends.udp, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(ends.udp, got, sizeof(got), MSG_DONTWAIT), SHORTEST - 1);
	EXPECT_ERR(recv(ends.session, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	peer_sends(ends.peer, -1, "8 bytes.");
	expect_message(ends.session, "8 bytes.");
	EXPECT_ERR(recv(ends.udp, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/* Datagrams overtake each other; numbers tell. */
CASE(l2tp_sendseq,
     .claim = "with PPPOL2TP_SO_SENDSEQ messages have the S bit and a number that counts up from 0",
     .level = RFC, .spec = "RFC 2661 3.1, 5.4; linux/if_pppol2tp.h", .needs = "l2tp",
     .tags = "l2tp options send")
{
	struct by_hand ends = by_hand();

	EXPECT_EQ(get_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_SENDSEQ), 0);
	EXPECT_EQ(send(ends.session, "plain", 5, 0), 5);
	peer_expects(ends.peer, -1, "plain");
	EXPECT_OK(set_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_SENDSEQ, 1));
	EXPECT_EQ(get_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_SENDSEQ), 1);
	for (int number = 0; number < 2; number++) {
		EXPECT_EQ(send(ends.session, "numbered", 8, 0), 8);
		peer_expects(ends.peer, number, "numbered");
	}
	EXPECT_OK(set_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_SENDSEQ, 0));
	EXPECT_EQ(send(ends.session, "plain", 5, 0), 5);
	peer_expects(ends.peer, -1, "plain");
}

/* Numbers may be required, and what has none is then lost and counted. */
CASE(l2tp_recvseq,
     .claim = "with PPPOL2TP_SO_RECVSEQ a message without a number is discarded, and "
	      "PPPIOCGL2TPSTATS counts it",
     .level = LINUX, .spec = "linux/if_pppol2tp.h; RFC 2661 5.4", .needs = "l2tp",
     .tags = "l2tp options ioctl receive")
{
	struct by_hand ends = by_hand();
	struct pppol2tp_ioc_stats count;
	char got[8];

	peer_sends(ends.peer, -1, "it is taken");
	expect_message(ends.session, "it is taken");
	EXPECT_EQ(get_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_RECVSEQ), 0);
	EXPECT_OK(set_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_RECVSEQ, 1));
	EXPECT_EQ(get_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_RECVSEQ), 1);
	peer_sends(ends.peer, -1, "discarded");
	peer_sends(ends.peer, 0, "numbered");
	expect_message(ends.session, "numbered");
	EXPECT_ERR(recv(ends.session, got, sizeof(got), MSG_DONTWAIT), EAGAIN);

	memset(&count, 0xa5, sizeof(count));
	EXPECT_OK(ioctl(ends.session, PPPIOCGL2TPSTATS, &count));
	EXPECT_EQ(count.tunnel_id, TUNNEL_A);
	EXPECT_EQ(count.session_id, SESSION_A);
	EXPECT_EQ(count.rx_packets, 2);
	EXPECT_EQ(count.rx_seq_discards, 1);
	EXPECT_EQ(count.tx_packets, 0);
	EXPECT_EQ(send(ends.session, "hello", 5, 0), 5);
	EXPECT_OK(ioctl(ends.session, PPPIOCGL2TPSTATS, &count));
	EXPECT_EQ(count.tx_packets, 1);
}

/*
 * Whether there are numbers is for the server to say.
 *
 * Of the two ends the network server (LNS) decides, and the access concentrator (LAC) follows:
 * it sends numbers from the first message with a number on, and none after one without.
 */
CASE(l2tp_lnsmode,
     .claim = "a message with a number turns PPPOL2TP_SO_SENDSEQ on and one without turns it off, "
	      "but not with PPPOL2TP_SO_LNSMODE",
     .level = RFC, .spec = "RFC 2661 5.4; linux/if_pppol2tp.h", .needs = "l2tp",
     .tags = "l2tp options send receive")
{
	struct by_hand ends = by_hand();

	EXPECT_EQ(get_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_LNSMODE), 0);
	peer_sends(ends.peer, 0, "numbers, please");
	expect_message(ends.session, "numbers, please");
	EXPECT_EQ(get_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_SENDSEQ), 1);
	EXPECT_EQ(send(ends.session, "hello", 5, 0), 5);
	peer_expects(ends.peer, 0, "hello");
	peer_sends(ends.peer, -1, "no longer");
	expect_message(ends.session, "no longer");
	EXPECT_EQ(send(ends.session, "hello", 5, 0), 5);
	peer_expects(ends.peer, -1, "hello");

	EXPECT_OK(set_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_LNSMODE, 1));
	EXPECT_EQ(get_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_LNSMODE), 1);
	peer_sends(ends.peer, 1, "numbers, please");
	expect_message(ends.session, "numbers, please");
	EXPECT_EQ(get_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_SENDSEQ), 0);
	EXPECT_EQ(send(ends.session, "hello", 5, 0), 5);
	peer_expects(ends.peer, -1, "hello");
}

/* Put into order again, if one is ready to wait for the one that is late. */
CASE(l2tp_reorder,
     .claim =
	     "with PPPOL2TP_SO_REORDERTO a message that overtook another waits for it; without, it "
	     "is lost",
     .level = LINUX, .spec = "linux/if_pppol2tp.h; RFC 2661 5.4", .needs = "l2tp",
     .tags = "l2tp options receive")
{
	struct by_hand ends = by_hand();
	char got[8];

	EXPECT_EQ(get_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_REORDERTO), 0);
	/* The first number is whatever it is. */
	peer_sends(ends.peer, 0, "first");
	expect_message(ends.session, "first");
	peer_sends(ends.peer, 2, "early");
	peer_sends(ends.peer, 1, "late");
	expect_message(ends.session, "late");
	EXPECT_ERR(recv(ends.session, got, sizeof(got), MSG_DONTWAIT), EAGAIN);

	EXPECT_OK(set_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_REORDERTO, HOLD_MS));
	EXPECT_BETWEEN(get_int(ends.session, SOL_PPPOL2TP, PPPOL2TP_SO_REORDERTO), HOLD_MS,
		       HOLD_MS + 10);
	peer_sends(ends.peer, 3, "early");
	EXPECT_ERR(recv(ends.session, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	peer_sends(ends.peer, 2, "late");
	expect_message(ends.session, "late");
	expect_message(ends.session, "early");
}

/* The name is all numbers of the session. */
CASE(l2tp_name,
     .claim = "getsockname() gives the numbers of tunnel and session of both ends and the peer's "
	      "address; before connect() it fails with ENOTCONN",
     .level = LINUX, .spec = "linux/Documentation/networking/l2tp.rst; linux/net/l2tp/l2tp_ppp.c",
     .needs = "l2tp", .tags = "l2tp name errno")
{
	struct by_hand ends = by_hand();
	struct address peer = address_empty();
	struct session_name got = {.length = sizeof(got.v2)};
	const struct sockaddr_pppol2tp *name = &got.v2;
	int fd = session_socket("a");

	EXPECT_ERR(getsockname(fd, &got.any, &got.length), ENOTCONN);
	memset(&got, 0xa5, sizeof(got));
	got.length = sizeof(got.v2);
	EXPECT_OK(getsockname(ends.session, &got.any, &got.length));
	EXPECT_EQ(got.length, sizeof(got.v2));
	EXPECT_EQ(name->sa_family, AF_PPPOX);
	EXPECT_EQ(name->sa_protocol, PX_PROTO_OL2TP);
	EXPECT_EQ(name->pppol2tp.s_tunnel, TUNNEL_A);
	EXPECT_EQ(name->pppol2tp.d_tunnel, TUNNEL_B);
	EXPECT_EQ(name->pppol2tp.s_session, SESSION_A);
	EXPECT_EQ(name->pppol2tp.d_session, SESSION_B);
	SETUP(getsockname(ends.peer, &peer.any, &peer.length));
	EXPECT_EQ(name->pppol2tp.addr.sin_family, AF_INET);
	EXPECT_EQ(name->pppol2tp.addr.sin_port, peer.v4.sin_port);
	EXPECT_EQ(name->pppol2tp.addr.sin_addr.s_addr, peer.v4.sin_addr.s_addr);
}

/* A session needs its tunnel, a tunnel its UDP socket, and each number is given once. */
CASE(l2tp_connect_errors,
     .claim = "connect() fails with ENOENT without the tunnel, EINVAL for tunnel 0 or another "
	      "length, EBADF without a descriptor, EBUSY twice, EEXIST for a session that is taken",
     .level = ABI, .spec = "linux/net/l2tp/l2tp_ppp.c, pppol2tp_connect()", .needs = "l2tp",
     .tags = "l2tp connect errno")
{
	struct by_hand ends = by_hand();
	struct numbers n = numbers_a;
	struct session_name name;
	int fd = session_socket("a");

	name = named(2, AF_INET, ends.udp, numbers_b);
	EXPECT_ERR(connect(fd, &name.any, name.length), ENOENT);
	n.tunnel = 0;
	name = named(2, AF_INET, ends.udp, n);
	EXPECT_ERR(connect(fd, &name.any, name.length), EINVAL);
	n = (struct numbers){TUNNEL_B, 0, TUNNEL_A, 0};
	name = named(2, AF_INET, -1, n);
	EXPECT_ERR(connect(fd, &name.any, name.length), EBADF);
	name = named(2, AF_INET, ends.udp, numbers_a);
	EXPECT_ERR(connect(ends.session, &name.any, name.length), EBUSY);
	EXPECT_ERR(connect(fd, &name.any, name.length), EEXIST);
	n = numbers_a;
	n.session = OTHER_SESSION;
	name = named(2, AF_INET, ends.udp, n);
	EXPECT_ERR(connect(fd, &name.any, name.length - 1), EINVAL);
	EXPECT_OK(connect(fd, &name.any, name.length));
}

/* Options are of a session; a tunnel and a socket without either have none. */
CASE(l2tp_option_errors,
     .claim = "options and send() fail with ENOTCONN before connect(); another level or a value "
	      "that is not 0 or 1 with EINVAL; on a tunnel and for an unknown option ENOPROTOOPT",
     .level = ABI, .spec = "linux/net/l2tp/l2tp_ppp.c, pppol2tp_setsockopt()", .needs = "l2tp",
     .tags = "l2tp options errno")
{
	static const int switches[] = {PPPOL2TP_SO_RECVSEQ, PPPOL2TP_SO_SENDSEQ,
				       PPPOL2TP_SO_LNSMODE};
	struct by_hand ends = by_hand();
	const int unknown = PPPOL2TP_SO_REORDERTO + 1;
	int fd = session_socket("a"), value;
	socklen_t length = sizeof(value);

	EXPECT_ERR(send(fd, "\x80\x57", 2, 0), ENOTCONN);
	EXPECT_ERR(set_int(fd, SOL_PPPOL2TP, PPPOL2TP_SO_SENDSEQ, 1), ENOTCONN);
	EXPECT_ERR(getsockopt(fd, SOL_PPPOL2TP, PPPOL2TP_SO_SENDSEQ, &value, &length), ENOTCONN);
	EXPECT_ERR(set_int(ends.session, SOL_PPPOL2TP + 1, PPPOL2TP_SO_SENDSEQ, 1), EINVAL);
	EXPECT_ERR(set_int(ends.session, SOL_PPPOL2TP, unknown, 1), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(ends.session, SOL_PPPOL2TP, unknown, &value, &length), ENOPROTOOPT);
	for (int i = 0; i < 3; i++) {
		EXPECT_ERR(set_int(ends.session, SOL_PPPOL2TP, switches[i], 2), EINVAL);
		EXPECT_ERR(set_int(ends.tunnel, SOL_PPPOL2TP, switches[i], 1), ENOPROTOOPT);
		EXPECT_OK(set_int(ends.session, SOL_PPPOL2TP, switches[i], 1));
	}
	EXPECT_EQ(send(ends.session, "\x80\x57", 2, 0), 2);
}
