/* SPDX-License-Identifier: MIT */
/* Frames without a connection: what beacons and position reports are sent with. */
#include <poll.h>
#include <unistd.h>

#include "suites/ax25/radio.h"

#include "harness/capture/expect_packet.h"

#include "harness/case.h"

enum { PID_TEXT = 0xf0, MTU = 236 /* of mkiss */ };

/*
 * UI: unnumbered information.
 *
 * Sent once, to whoever hears it. A raw socket of the receiver's callsign gets all frames of
 * its protocol, with the byte that says which one in front.
 */
CASE(unnumbered,
     .claim = "sendto() on a SOCK_DGRAM socket sends an unnumbered information (UI) frame, which a "
	      "SOCK_RAW socket of the called station receives behind its protocol byte",
     .level = ABI, .spec = "AX.25 2.2, 4.3.3.6; linux/net/ax25/ax25_in.c", .topology = "machine",
     .needs = "ax25_kiss", .tags = "ax25 send receive wire")
{
	const struct sockaddr_ax25 to = ax25_station(STATION_B);
	struct wire *wire;
	char got[32];
	int client, raw;

	radio_on();
	wire = wire_open("a");
	client = ax25_bound(SOCK_DGRAM, STATION_A);
	raw = SETUP(socket(AF_AX25, SOCK_RAW, PID_TEXT));
	SETUP(bind(raw, AX25(to)));
	EXPECT_EQ(sendto(client, "hello", 5, 0, AX25(to)), 5);
	EXPECT_PACKET(wire, WHICH("AX.25", "M", 0), FIELD("AX.25", "PID", PID_TEXT));
	EXPECT_EQ(wait_for(raw, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(raw, got, sizeof(got), 0), 6);
	EXPECT_MEMEQ(got, "\xf0hello", 6);
}

/* A datagram is at most one frame: the interface's MTU. */
CASE(size, .claim = "a message above the interface's MTU fails with EMSGSIZE", .level = ABI,
     .spec = "linux/net/ax25/af_ax25.c, ax25_sendmsg()", .topology = "machine",
     .needs = "ax25_kiss", .tags = "ax25 send errno")
{
	const struct sockaddr_ax25 to = ax25_station(STATION_B);
	char data[MTU + 1] = {0};
	int fd;

	radio_on();
	fd = ax25_bound(SOCK_DGRAM, STATION_A);
	EXPECT_ERR(sendto(fd, data, sizeof(data), 0, AX25(to)), EMSGSIZE);
	EXPECT_EQ(sendto(fd, data, MTU, 0, AX25(to)), MTU);
}

/* Before bind() there is no station to send from; without a peer nobody to send to. */
CASE(unbound,
     .claim = "sendto() fails with EADDRNOTAVAIL before bind(); send() with ENOTCONN before "
	      "connect()",
     .level = ABI, .spec = "linux/net/ax25/af_ax25.c, ax25_sendmsg()", .topology = "machine",
     .needs = "ax25_kiss", .tags = "ax25 send errno")
{
	const struct sockaddr_ax25 to = ax25_station(STATION_B), self = ax25_station(STATION_A);
	int fd;

	radio_on();
	fd = SETUP(socket(AF_AX25, SOCK_DGRAM, 0));
	EXPECT_ERR(sendto(fd, "x", 1, 0, AX25(to)), EADDRNOTAVAIL);
	EXPECT_OK(bind(fd, AX25(self)));
	EXPECT_ERR(send(fd, "x", 1, 0), ENOTCONN);
	EXPECT_OK(connect(fd, AX25(to)));
	EXPECT_EQ(send(fd, "x", 1, 0), 1);
}
