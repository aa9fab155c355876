/* SPDX-License-Identifier: MIT */
/* Expectations about packets, some of which fail on purpose: what do they say? */
#include <netinet/in.h>
#include <sys/socket.h>

#include "harness/capture/expect_packet.h"

#include "harness/case.h"

enum { PORT = 9000, OTHER_PORT = 9001 };

/* Sends a datagram of one byte with a Time to Live to two ports that nobody listens on. */
static struct wire *send_two(void)
{
	struct wire *wire = wire_open("a");
	struct address first = address_loopback(AF_INET, PORT);
	struct address second = address_loopback(AF_INET, OTHER_PORT);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	SETUP(set_int(fd, IPPROTO_IP, IP_TTL, 7));
	SETUP(sendto(fd, "x", 1, 0, ADDRESS(first)));
	SETUP(sendto(fd, "y", 1, 0, ADDRESS(second)));
	return wire;
}

/* Everything is as expected, in the second datagram. */
CASE(holds, .claim = "a datagram is found by its fields", .level = ABI, .spec = "none")
{
	struct wire *wire = send_two();
	const struct packet *packet = REQUIRE_PACKET(
		wire, WHICH("UDP", "Destination Port", OTHER_PORT),
		FIELD("IPv4", "Time to Live", 7), FIELD_TEXT("IPv4", "Source Address", "127.0.0.1"),
		LAYER("UDP"), NO_LAYER("ICMP"), NO_FIELD("IPv4", "Options"));

	EXPECT_EQ(packet_udp(packet)->payload_length, 1);
}

/* Without WHICH() packets that have only a part are passed over. */
CASE(passes_over, .claim = "the packet with all fields is found", .level = ABI, .spec = "none")
{
	struct wire *wire = send_two();

	EXPECT_PACKET(wire, FIELD("IPv4", "Time to Live", 7),
		      FIELD("UDP", "Destination Port", OTHER_PORT));
}

/* The fields that differ are named, with both values. */
CASE(differs, .claim = "the datagram has other fields", .level = ABI, .spec = "none")
{
	struct wire *wire = send_two();

	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", PORT), LAYER("TCP"),
		      FIELD("IPv4", "Time to Live", 5),
		      FIELD_TEXT("IPv4", "Source Address", "192.0.2.1"));
	/* The wire goes on behind it. */
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", OTHER_PORT));
}

/* A fatal one ends the case. */
CASE(ends, .claim = "the datagram has other fields", .level = ABI, .spec = "none")
{
	struct wire *wire = send_two();

	REQUIRE_PACKET(wire, WHICH("UDP", "Destination Port", PORT), NO_LAYER("IPv4"));
	EXPECT_TRUE(true);
}

/* The deadline passes: the nearest of those that came is shown. */
CASE(never_comes, .claim = "a datagram goes to another port", .level = ABI, .spec = "none",
     .waits = true)
{
	struct wire *wire = send_two();

	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", 9002),
		      WHICH("IPv4", "Time to Live", 7), FIELD("UDP", "Length", 9));
}

/* Nothing is there to show. */
CASE(silent, .claim = "a datagram goes out of itself", .level = ABI, .spec = "none", .waits = true)
{
	struct wire *wire = wire_open("a");

	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", PORT));
}
