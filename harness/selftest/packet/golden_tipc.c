/* SPDX-License-Identifier: MIT */
/* Golden packets: TIPC over Ethernet and UDP. */
#include "harness/selftest/packet/golden.h"

enum { NON_SEQUENCED = 8, DESTINATION_DROPPABLE = 4, SOURCE_DROPPABLE = 2, SYN = 1 };

static struct blob word(uint32_t value)
{
	struct blob b = fill(0, 4);

	for (int i = 0; i < 4; i++)
		b.bytes[i] = (uint8_t)(value >> (24 - 8 * i) & 0xff);
	return b;
}

/* `header` and `size` in bytes, as they are to stand in the first word. */
static struct blob sized(unsigned int user, unsigned int flags, size_t header, size_t size,
			 struct blob rest)
{
	return join(word(2u << 29 | user << 25 | (uint32_t)(header / 4) << 21 | flags << 17 |
			 (uint32_t)size),
		    rest);
}

/* Words from the second one on, then what follows the header. */
static struct blob message(unsigned int user, unsigned int flags, const char *words,
			   struct blob content)
{
	struct blob rest = hex(words);
	size_t header = 4 + rest.length;

	return sized(user, flags, header, header + content.length, join(rest, content));
}

static struct blob frame(struct blob b)
{
	return ethernet(0x88ca, b);
}

/* Words 1 to 3: type and what is beside it, link acknowledge and sequence, previous node 1.1.1. */
#define START(first) first " 0007 0009 01001001 "
#define PORTS	     "000003e8 000007d0 "
#define NODES	     "01001001 01001002 "
#define CONNECTED    START("00000005") PORTS
#define NAMED	     START("40080005") PORTS NODES "000049c8 00000011"

static const struct {
	const char *about;
	unsigned int user, flags;
	const char *words, *content;
} rows[] = {
	{"connected, the shortest header of 24 bytes", 0, 0, CONNECTED, "68656c6c6f"},
	{"connected, without data", 1, 0, CONNECTED, ""},
	{"connected, of high importance, header of 32 bytes", 2, 0, CONNECTED NODES, "68"},
	{"to a name, of critical importance", 3, DESTINATION_DROPPABLE, NAMED, "68656c6c6f"},
	{"to a name, the first of a connection", 0, SYN, NAMED, "68656c6c6f"},
	{"directly to a port", 0, SOURCE_DROPPABLE, START("60000005") PORTS NODES, "68656c6c6f"},
	{"to all of a range of names", 0, NON_SEQUENCED,
	 START("20000005") "000003e8 00001234 " NODES "000049c8 00000000 000000ff", "68656c6c6f"},
	{"sent back: there is no such name", 0, 0,
	 START("42080005") PORTS NODES "000049c8 00000011", "68656c6c6f"},
	{"sent back: the connection was shut down", 0, 0, START("0a000005") PORTS, ""},
	{"rerouted twice", 0, 0, START("40480005") PORTS NODES "000049c8 00000011", ""},
	{"to a group: an event of a member", 0, 0,
	 START("80000005") PORTS NODES "000049c8 00000011 00000001", "000003e8"},
	{"to a group: broadcast", 0, 0, START("a0000005") PORTS NODES "000049c8 00000011 00070001",
	 "68"},
	{"to a group: multicast", 0, 0, START("c0000005") PORTS NODES "000049c8 00000011 00070000",
	 "68"},
	{"to a group: unicast", 0, 0, START("e0000005") PORTS NODES "000049c8 00000011 00070000",
	 "68"},
	{"the longest header, of 60 bytes", 0, 0,
	 NAMED " 0000000a 0000000b 0000000c 0000000d 0000000e", "68"},
	{"broadcast: state", 5, NON_SEQUENCED,
	 "00000005 0007 0009 01001001 00030000 00001234 " NODES "00000000 00070000", ""},
	{"link: state, a probe", 7, NON_SEQUENCED | DESTINATION_DROPPABLE,
	 START("00020005") "0003 0004 abcd 40a1 " NODES "00000005 00000bb8", ""},
	{"link: state with Gap ACK blocks and a domain record", 7, NON_SEQUENCED,
	 START("00020005") "0003 0004 abcd 00a2 " NODES "00000000 00000000",
	 "000c 01 01 0005 0002 0009 0000 0010 0001 0001 0001 0000000000000000"},
	{"link: reset", 7, NON_SEQUENCED,
	 START("20000005") "0003 0004 abcd 10a0 " NODES "00000000 01770bb8",
	 "65746830000000000000000000000000"},
	{"link: activate", 7, NON_SEQUENCED,
	 START("40011234") "0003 0004 abcd 20a0 " NODES "00000000 01770bb8",
	 "65746830000000000000000000000000"},
	{"connection: probe", 8, 0, START("00000005") PORTS NODES "00000000 00000000", ""},
	{"connection: probe reply", 8, 0, START("20000005") PORTS NODES "00000000 00000000", ""},
	{"connection: acknowledgment", 8, 0, START("40000005") PORTS NODES "00000000 0004 0010",
	 ""},
	{"group: join", 9, 0, START("00000005") PORTS NODES "000049c8 0004 0010", ""},
	{"group: leave", 9, 0, START("20000005") PORTS NODES "000049c8 0004 0000", ""},
	{"group: advertisement", 9, 0, START("40000005") PORTS NODES "000049c8 0000 0010", ""},
	{"group: acknowledgment", 9, 0, START("60000005") PORTS NODES "000049c8 0004 0000", ""},
	{"group: reclaim", 9, 0, START("80000005") PORTS NODES "000049c8 0000 0000", ""},
	{"group: remit", 9, 0, START("a0000005") PORTS NODES "000049c8 0002 0000", ""},
	{"names: publication of two", 11, 0,
	 START("14000005") "00000008 00004000 " NODES "00000000 00000000",
	 "000049c8 00000011 00000011 000003e8 0000abcd "
	 "000049c8 00000064 000000c8 000003e9 0000abce"},
	{"names: withdrawal", 11, 0,
	 START("20000005") "00000009 00000000 " NODES "00000000 00000000",
	 "000049c8 00000011 00000011 000003e8 0000abcd"},
	{"names: a publication of 12 bytes", 11, 0,
	 START("00000005") "00000008 00000000 " NODES "00000000 00000000",
	 "000049c8 00000011 00000011"},
	{"the middle of a message in fragments", 12, 0,
	 START("20000005") "0002 0009 00000000 " NODES "00000000 00000000", "68656c6c6f"},
	{"the last fragment", 12, 0,
	 START("40000005") "0003 0009 00000000 " NODES "00000000 00000001", "68656c6c6f"},
	{"discovery: request over Ethernet", 13, NON_SEQUENCED,
	 "0fff1234 01001000 01001001 00001267 00000001 020000000001 0000 00000000 00000000 "
	 "00000000 00000000 00000000 deadbeef 00000000",
	 "000102030405060708090a0b0c0d0e0f"},
	{"discovery: response over UDP", 13, NON_SEQUENCED,
	 "2fff1234 01001000 01001001 00001267 00000003 0800 17e6 c0000201 00000000 00000000 "
	 "00000000 00000000 00000000 deadbeef 00000000",
	 "000102030405060708090a0b0c0d0e0f"},
	{"discovery: trial over UDP and IPv6", 13, NON_SEQUENCED,
	 "4fff1234 01001000 01001001 00001267 00000003 86dd 17e6 20010db8 00000000 00000000 "
	 "00000001 00000000 00000000 deadbeef 01001001",
	 "000102030405060708090a0b0c0d0e0f"},
	{"discovery: trial failed, over an unknown medium", 13, NON_SEQUENCED,
	 "6fff1234 01001000 01001001 00001267 00000009 00000000 00000000 00000000 00000000 "
	 "00000000 00000000 00000000 deadbeef 01001002",
	 "000102030405060708090a0b0c0d0e0f"},
	{"discovery of an old version, header of 40 bytes", 13, NON_SEQUENCED,
	 "00001234 01001000 01001001 00001267 00000001 020000000001 0000 00000000 00000000", ""},
	{"keys are handed out", 14, 0,
	 START("00000005") "00000000 00000000 " NODES "00000000 00000000", "67636d28616573290000"},
	{"an unknown user", 15, 0, START("00000005") PORTS NODES "00000000 00000000", "68"},
	{"an unknown type of the link protocol", 7, 0,
	 START("e0000005") "0003 0004 abcd 00a0 " NODES "00000000 00000000", ""},
};

GOLDEN(tipc)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		golden_add(g, rows[i].about,
			   frame(message(rows[i].user, rows[i].flags, rows[i].words,
					 hex(rows[i].content))));
	golden_add(g, "padded to the least frame",
		   join(frame(message(0, 0, CONNECTED, text("hello"))), fill(0, 17)));
	golden_add(g, "over UDP, port 6118",
		   ethernet(0x0800, ipv4(.payload = udp(.source = 6118, .destination = 6118,
							.payload = message(0, 0, CONNECTED,
									   text("hello"))))));
}

#define BUNDLE(count)  START("00000005") "00000000 00000000 " NODES "00000000 " count " 0000"
#define TUNNEL(type)   START(type) "00000000 00000200 " NODES "00000000 00010000"
#define FRAGMENT(type) START(type) "0001 0009 00000000 " NODES "00000000 00000000"

/* Messages in messages, and first words that lie. */
GOLDEN(tipc_nested)
{
	struct blob hello = message(0, 0, CONNECTED, text("hello"));
	struct blob name = message(0, 0, NAMED, text("name"));
	struct blob padded = join(hello, fill(0, 3));

	golden_add(g, "a bundle of two, the first one padded",
		   frame(message(6, 0, BUNDLE("0002"), join(padded, name))));
	golden_add(g, "a bundle of two with a count of three",
		   frame(message(6, 0, BUNDLE("0003"), join(padded, name))));
	golden_add(g, "a bundle whose second message is too long for it",
		   frame(message(6, 0, BUNDLE("0002"),
				 join(padded, sized(0, 0, 24, 30, hex(CONNECTED))))));
	golden_add(g, "a bundle whose message has a header of 20 bytes",
		   frame(message(6, 0, BUNDLE("0001"), sized(0, 0, 20, 24, hex(CONNECTED)))));
	golden_add(g, "a bundle whose message has version 1",
		   frame(message(6, 0, BUNDLE("0001"), poke(hello, 0, "20"))));
	golden_add(g, "a bundle with 4 bytes left over",
		   frame(message(6, 0, BUNDLE("0001"), join(padded, fill(0, 4)))));
	golden_add(g, "an empty bundle", frame(message(6, 0, BUNDLE("0000"), fill(0, 0))));
	golden_add(g, "a tunnel: synchronisation",
		   frame(message(10, 0, TUNNEL("00000005"), hello)));
	golden_add(g, "a tunnel: failover", frame(message(10, 0, TUNNEL("20000005"), name)));
	golden_add(g, "a tunnel without a message",
		   frame(message(10, 0, TUNNEL("00000005"), fill(0, 0))));
	golden_add(g, "a tunnel whose message is longer than it",
		   frame(message(10, 0, TUNNEL("00000005"), sized(0, 0, 24, 60, hex(CONNECTED)))));
	golden_add(g, "the first fragment has the header of the whole message",
		   frame(message(12, 0, FRAGMENT("00000005"),
				 sized(0, 0, 24, 9000, join(hex(CONNECTED), text("start"))))));
	golden_add(g, "Version 1", frame(poke(hello, 0, "20")));
	golden_add(g, "encrypted",
		   frame(hex("e081 0000 0000000000000005 01001001 "
			     "00112233445566778899aabbccddeeff 00112233")));
	golden_add(g, "encrypted discovery",
		   frame(hex("fb4e 0000 0000000000000006 000102030405060708090a0b0c0d0e0f "
			     "00112233445566778899aabbccddeeff")));
	golden_add(g, "Header size 0", frame(sized(0, 0, 0, 24, hex(CONNECTED))));
	golden_add(g, "Header size 20", frame(sized(0, 0, 20, 24, hex(CONNECTED))));
	golden_add(g, "Header size larger than Message size",
		   frame(sized(0, 0, 32, 24, hex(CONNECTED NODES))));
	golden_add(g, "Message size 0", frame(sized(0, 0, 24, 0, hex(CONNECTED))));
	golden_add(g, "Message size one too large", frame(sized(0, 0, 24, 25, hex(CONNECTED))));
	golden_add(g, "Message size 131071, the most there is room for",
		   frame(sized(0, 0, 24, 131071, hex(CONNECTED))));
	golden_add(g, "to a name in a header of 24 bytes",
		   frame(message(0, 0, START("40080005") PORTS, text("hello"))));
	golden_add(g, "link protocol in a header of 32 bytes",
		   frame(message(7, 0, CONNECTED NODES, text("hello"))));
	golden_add(g, "no bytes at all", frame(fill(0, 0)));
	golden_add(g, "20 bytes of a header",
		   frame(sized(0, 0, 24, 24, hex(START("00000005") "000003e8"))));
	golden_add_cut(g, "cut in the first word", frame(hello), 16);
	golden_add_cut(g, "cut in the header", frame(name), 40);
	golden_add_cut(g, "cut in the data", frame(hello), 40);
	golden_add_cut(g, "cut in the second message of a bundle",
		       frame(message(6, 0, BUNDLE("0002"), join(padded, name))), 100);
}

WALK_INSIDE(PACKET_TIPC)
{
	struct packet_walk again = *walk;
	struct packet_tipc_publication item;
	struct packet_tipc_bundled b;
	bool inside = true;

	while (packet_tipc_publication_next(&again, &item))
		inside &= item.offset + 20 <= p->captured;
	while (packet_tipc_bundled_next(walk, &b))
		inside &= b.captured <= p->captured && b.offset <= p->captured - b.captured;
	return inside && again.next <= again.end;
}
