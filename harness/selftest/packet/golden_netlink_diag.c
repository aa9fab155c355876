/* SPDX-License-Identifier: MIT */
/* Golden packets: NETLINK_SOCK_DIAG. */
#include "harness/selftest/packet/netlink.h"

#define SELF4 "c0000201 000000000000000000000000"
#define PEER4 "c0000202 000000000000000000000000"
#define ANY   "00000000 000000000000000000000000"
#define SELF6 "20010db8000000000000000000000001"
#define PEER6 "20010db8000000000000000000000002"
/* SOCK_DIAG_BY_FAMILY */
#define ASK(...)    datagram(4, 20, 0x301, all(__VA_ARGS__))
#define ANSWER(...) datagram(4, 20, 0x002, all(__VA_ARGS__))

/* struct inet_diag_sockid */
static struct blob sockid(unsigned int sport, unsigned int dport, const char *src, const char *dst,
			  unsigned int cookie)
{
	return pack("HHxxwww", sport, dport, src, dst, 0, cookie, cookie);
}

/* struct inet_diag_msg: state, timer, retransmissions, and what follows the socket */
static struct blob inet(unsigned int family, unsigned int state, unsigned int timer, struct blob id)
{
	return all(pack("bbbb", family, state, timer, 0), id,
		   pack("wwwww", timer != 0 ? 200 : 0, 0, 128, 1000, 4711));
}

GOLDEN(netlink_diag)
{
	struct blob listening = inet(2, 10, 0, sockid(80, 0, SELF4, ANY, 1));

	g->link_type = 253;
	netlink_order(false);
	golden_add(g, "which TCP sockets listen?",
		   ASK(pack("bbbbw", 2, 6, 0xff, 0, 1 << 10), sockid(0, 0, ANY, ANY, -1)));
	golden_add(g, "with a filter, SCTP, all states",
		   ASK(pack("bbbbw", 10, 6, 0, 0, 0x1ffe), sockid(0, 443, ANY, PEER6, 0),
		       attribute(1, hex("02080c00 00000000")), attribute(3, pack("w", 132))));
	golden_add(g, "a listening socket", ANSWER(listening));
	golden_add(g, "an established one of IPv6, with a timer",
		   ANSWER(inet(10, 1, 1, sockid(40000, 443, SELF6, PEER6, 2))));
	golden_add(g, "all attributes that are numbers",
		   ANSWER(listening, attribute(5, hex("10")), attribute(6, hex("20")),
			  attribute(8, hex("03")), attribute(10, hex("84")),
			  attribute(11, hex("01")), attribute(15, pack("w", 0xab)),
			  attribute(17, pack("w", 0x10001)),
			  attribute(21, pack("q", (uint64_t)1))));
	golden_add(g, "memory, congestion control, options",
		   ANSWER(listening, attribute(1, pack("wwww", 1, 2, 3, 4)),
			  attribute(7, pack("wwwwwwwww", 1, 2, 3, 4, 5, 6, 7, 8, 9)),
			  attribute(4, pack("s", "cubic")), attribute(22, hex("0102")),
			  attribute(19, attribute(1, pack("s", "tls"))), attribute(14, hex(""))));
	golden_add(g, "SKMEMINFO of an older kernel, and a longer one",
		   ANSWER(listening, attribute(7, pack("wwww", 1, 2, 3, 4)),
			  attribute(1, pack("wwwww", 1, 2, 3, 4, 5))));
	golden_add(g, "structs as bytes: tcp_info and others",
		   ANSWER(listening, attribute(2, fill(1, 40)), attribute(3, fill(0, 16)),
			  attribute(9, fill(0, 16)), attribute(16, fill(0, 20)),
			  attribute(12, hex("0200")), attribute(13, hex("0200")),
			  attribute(18, hex("00")), attribute(0x8014, hex(""))));
	golden_add(g, "an attribute nobody knows", ANSWER(listening, attribute(99, hex("01"))));
	golden_add(g, "SOCK_DESTROY",
		   datagram(4, 21, 5,
			    all(pack("bbbbw", 2, 6, 0, 0, 0x1ffe),
				sockid(80, 40000, SELF4, PEER4, 5))));
	golden_add(g, "TCPDIAG_GETSOCK, the older request: its bytes",
		   datagram(4, 18, 0x301, hex("02000000")));
	golden_add(g, "an answer shorter than struct inet_diag_msg", ANSWER(hex("020a0000")));
	golden_add(g, "a request shorter than its struct", ASK(hex("02060000")));
	golden_add(g, "a family nobody knows", ASK(hex("63000000")));
	golden_add(g, "a request without a byte", datagram(4, 20, 0x301, hex("")));
}

GOLDEN(netlink_diag_local)
{
	struct blob stream = pack("bbbbwww", 1, 1, 1, 0, 4711, 1, 2);

	g->link_type = 253;
	netlink_order(false);
	golden_add(g, "AF_UNIX: all that there is about them?",
		   ASK(pack("bbhwwwww", 1, 0, 0, -1, 0, 0x7f, -1, -1)));
	golden_add(g, "a path, and its file",
		   ANSWER(stream, attribute(0, pack("s", "/run/x")),
			  attribute(1, pack("ww", 99, 0x801))));
	golden_add(g, "an abstract name, a peer, queues",
		   ANSWER(stream, attribute(0, hex("006162")), attribute(2, pack("w", 4712)),
			  attribute(4, pack("ww", 1, 128)), attribute(6, hex("02")),
			  attribute(7, pack("w", 1000))));
	golden_add(g, "connections that wait, memory",
		   ANSWER(stream, attribute(3, pack("ww", 0, 4713)),
			  attribute(5, pack("wwwwwwwww", 1, 2, 3, 4, 5, 6, 7, 8, 9))));
	golden_add(g, "connections that wait: 6 bytes",
		   ANSWER(stream, attribute(3, hex("010000000200"))));
	golden_add(g, "AF_PACKET?", ASK(pack("bbhwwww", 17, 0, 0, 0, 0x3f, -1, -1)));
	golden_add(g, "a socket of ETH_P_ALL",
		   ANSWER(pack("bbhwww", 17, 3, 3, 4714, 1, 2),
			  attribute(0, pack("wwwwww", 2, 2, 0, 0, 0, 3)),
			  attribute(5, pack("w", 0)), attribute(1, hex("")),
			  attribute(4, pack("w", 7))));
	golden_add(g, "AF_NETLINK, every family?",
		   ASK(pack("bbhwwww", 16, 255, 0, 0, 0x0b, -1, -1)));
	golden_add(g, "a socket of NETLINK_ROUTE with groups",
		   ANSWER(pack("bbbbwwwwww", 16, 3, 0, 0, 100, 0, 0, 4715, 1, 2),
			  attribute(1, pack("w", 0x11)), attribute(4, pack("w", 2))));
	golden_add(g, "a number of 2 bytes where 4 are wanted",
		   ANSWER(stream, attribute(2, hex("0102"))));
	golden_add_cut(g, "cut in an attribute", ANSWER(stream, attribute(0, pack("s", "/run/x"))),
		       54);
}
