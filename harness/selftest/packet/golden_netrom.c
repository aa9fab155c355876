/* SPDX-License-Identifier: MIT */
/* Golden packets: NET/ROM and ROSE, over AX.25. */
#include "harness/selftest/packet/golden_radio.h"

/* An I frame with a network header, the five bytes of the transport header, and more. */
static struct blob netrom(const char *transport, struct blob rest)
{
	return ax25_frame("00 cf", join(join(call("NODE1", 0x60), call("NODE2", 0x65)),
					join(join(hex("10"), hex(transport)), rest)));
}

static struct blob node(const char *destination, const char *mnemonic, const char *neighbour,
			const char *quality)
{
	return join(join(call(destination, 0x60), text(mnemonic)),
		    join(call(neighbour, 0x62), hex(quality)));
}

#define NODES(list) ax25_frame("03 cf", join(join(hex("ff"), text("ALPHA ")), list))

GOLDEN(netrom)
{
	g->link_type = 3;
	golden_add(g, "connect request: window 4",
		   netrom("01 02 00 00 01",
			  join(hex("04"), join(call("N0USR", 0x60), call("NODE1", 0x62)))));
	golden_add(g, "connect request of a BPQ node: timeout 60 s",
		   netrom("01 02 00 00 01",
			  join(hex("04"),
			       join(join(call("N0USR", 0x60), call("NODE1", 0x62)), hex("3c00")))));
	golden_add(g, "connect request without a node",
		   netrom("01 02 00 00 01", join(hex("04"), call("N0USR", 0x60))));
	golden_add(g, "connect acknowledge", netrom("01 02 03 04 02", hex("04")));
	golden_add(g, "connect acknowledge of a BPQ node", netrom("01 02 03 04 02", hex("04 10")));
	golden_add(g, "connect refused: choke", netrom("01 02 00 00 82", hex("00")));
	golden_add(g, "connect acknowledge without a window", netrom("01 02 03 04 02", hex("")));
	golden_add(g, "disconnect request", netrom("01 02 00 00 03", hex("")));
	golden_add(g, "disconnect acknowledge", netrom("01 02 00 00 04", hex("")));
	golden_add(g, "information, more follows", netrom("01 02 05 06 25", text("hello")));
	golden_add(g, "information without any", netrom("01 02 ff 00 05", hex("")));
	golden_add(g, "information, choke and NAK", netrom("01 02 05 06 c5", text("x")));
	golden_add(g, "information acknowledge", netrom("01 02 00 07 06", hex("")));
	golden_add(g, "information acknowledge, NAK", netrom("01 02 00 07 46", hex("")));
	golden_add(g, "reset", netrom("00 00 01 02 07", hex("00")));
	golden_add(g, "protocol extension: IPv4",
		   netrom("0c 0c 00 00 00", ipv4(.payload = udp(.payload = text("hi")))));
	golden_add(g, "protocol extension nobody knows", netrom("01 01 00 00 00", hex("1234")));
	golden_add(g, "opcode 15", netrom("01 02 00 00 0f", hex("")));
	golden_add(g, "no transport header",
		   ax25_frame("00 cf",
			      join(join(call("NODE1", 0x60), call("NODE2", 0x65)), hex("10"))));
	golden_add(g, "routes: two nodes",
		   NODES(join(node("NODE2", "BETA  ", "NODE2", "c0"),
			      node("NODE3", "#CHI3 ", "NODE2", "80"))));
	golden_add(g, "routes: the 11 nodes that fit into a frame",
		   NODES(join(join(join(node("NODE1", "A1    ", "NODE2", "01"),
					node("NODE2", "A2    ", "NODE2", "02")),
				   join(node("NODE3", "A3    ", "NODE2", "03"),
					node("NODE4", "A4    ", "NODE2", "04"))),
			      join(join(join(node("NODE5", "A5    ", "NODE2", "05"),
					     node("NODE6", "A6    ", "NODE2", "06")),
					join(node("NODE7", "A7    ", "NODE2", "07"),
					     node("NODE8", "A8    ", "NODE2", "08"))),
				   join(join(node("NODE9", "A9    ", "NODE2", "09"),
					     node("NODEA", "A10   ", "NODE2", "0a")),
					node("NODEB", "A11   ", "NODE2", "ff"))))));
	golden_add(g, "routes: no nodes", NODES(hex("")));
	golden_add(g, "routes: a node of 20 bytes",
		   NODES(join(call("NODE2", 0x60), join(text("BETA  "), call("NODE2", 0x62)))));
	golden_add(g, "routes: a byte behind the last node",
		   NODES(join(node("NODE2", "BETA  ", "NODE2", "c0"), hex("00"))));
	golden_add(g, "routes: no mnemonic", ax25_frame("03 cf", hex("ff 41")));
	golden_add(g, "0xff in an I frame: not of routes", ax25_frame("00 cf", hex("ff 4142")));
	golden_add_cut(g, "cut in a node", NODES(node("NODE2", "BETA  ", "NODE2", "c0")), 30);
}

#define CALLSIGNS                                                                                  \
	"00 0f"                                                                                    \
	"c9 0f 1c 470011 0a 2080123456 4e30424242"                                                 \
	"cb 11 20 470011 0a 2080654321 4e304141412d31"

GOLDEN(rose)
{
	g->link_type = 3;
	golden_add(g, "call request: two addresses, two callsigns",
		   ax25_frame("00 01",
			      join(hex("1001 0b aa 2080123456 2080654321 26"), hex(CALLSIGNS))));
	golden_add(
		g, "call request: national facilities, a random number and repeaters",
		ax25_frame("00 01", join(join(join(hex("1001 0b aa 2080123456 2080654321 4f 00 00"
						       "7f 1234 ef 0e"),
						   join(call("RELAY", 0xe2), call("RELAY", 0x64))),
					      join(join(hex("eb 07"), call("RELAY", 0xe2)),
						   join(hex("e9 07"), call("RELAY", 0x64)))),
					 hex("3f 01" CALLSIGNS))));
	golden_add(g, "call request: where a call failed, an unknown family",
		   ax25_frame("00 01",
			      join(join(hex("1001 0b aa 2080123456 2080654321 19 00 00 ed 07"),
					call("RELAY", 0x62)),
				   hex("ee 06 0a 2080123456 00 55 01 02 c9 00"))));
	golden_add(g, "call request: facilities with lengths that cannot be",
		   ax25_frame("00 01", hex("1001 0b aa 2080123456 2080654321 11 00 00 ef 01 00"
					   "ed 02 0000 ee 01 00 00 0f c9 01 00")));
	golden_add(g, "call request: a callsign too long for its list",
		   ax25_frame("00 01",
			      join(hex("1001 0b aa 2080123456 2080654321 16"), hex(CALLSIGNS))));
	golden_add(g, "call accepted", ax25_frame("00 01", hex("1001 0f 00 00")));
	golden_add(g, "clear request: ship absent", ax25_frame("00 01", hex("1001 13 39 00")));
	golden_add(g, "clear confirmation", ax25_frame("00 01", hex("1001 17")));
	golden_add(g, "data: Q, D, M", ax25_frame("00 01", join(hex("d001 52"), text("hello"))));
	golden_add(g, "RR", ax25_frame("00 01", hex("1001 61")));
	golden_add(g, "RNR", ax25_frame("00 01", hex("1001 e5")));
	golden_add(g, "reset request", ax25_frame("00 01", hex("1001 1b 00 00")));
	golden_add(g, "reset confirmation", ax25_frame("00 01", hex("1001 1f")));
	golden_add(g, "restart request", ax25_frame("00 01", hex("1000 fb 00 00")));
	golden_add(g, "restart confirmation", ax25_frame("00 01", hex("1000 ff")));
	golden_add(g, "no modulus", ax25_frame("00 01", hex("0001 0b 00 00")));
	golden_add(g, "two bytes", ax25_frame("00 01", hex("1001")));
	golden_add_cut(g, "cut in a callsign",
		       ax25_frame("00 01",
				  join(hex("1001 0b aa 2080123456 2080654321 26"), hex(CALLSIGNS))),
		       45);
}

WALK_INSIDE(PACKET_NETROM)
{
	struct packet_netrom_node item;
	bool inside = true;

	while (packet_netrom_node_next(walk, &item))
		inside &= item.offset + 21 <= p->captured;
	return inside;
}
