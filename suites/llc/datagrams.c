/* SPDX-License-Identifier: MIT */
/* Frames without a connection: LLC type 1. */
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "suites/llc/llc_help.h"

#include "harness/capture/expect_packet.h"

#include "harness/case.h"

enum { UI = 0x03, XID = 0xaf, TEST = 0xe3 }; /* control bytes, IEEE 802.2 5.4.1 */

/*
 * A datagram is a frame of 802.3 with the two SAPs and the control byte UI.
 *
 * Where Ethernet II has a type, 802.3 has the length of what follows: three bytes of LLC and
 * the data.
 */
CASE(exchange,
     .claim = "a datagram arrives whole, with the sender's hardware address and SAP, in an "
	      "unnumbered information (UI) frame",
     .level = ABI, .spec = "IEEE 802.2, 5.4.1.1.1; linux/net/llc/af_llc.c",
     .topology = "machine_link", .needs = "llc", .tags = "llc send receive wire")
{
	const struct sockaddr_llc to = llc_address(ETH_B, SAP_B), self = llc_address(ETH_A, SAP_A);
	struct sockaddr_llc from = {.sllc_family = AF_UNSPEC};
	socklen_t length = sizeof(from);
	struct wire *wire = wire_open("a");
	char got[16];
	int a = llc_bound(SOCK_DGRAM, ETH_A, SAP_A), b = llc_bound(SOCK_DGRAM, ETH_B, SAP_B);

	EXPECT_EQ(sendto(a, "hello", 5, 0, LLC(to)), 5);
	EXPECT_PACKET(wire, WHICH("LLC", "DSAP", SAP_B), FIELD("LLC", "SSAP", SAP_A),
		      FIELD("LLC", "Control", UI));
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvfrom(b, got, sizeof(got), 0, (struct sockaddr *)&from, &length), 5);
	EXPECT_MEMEQ(got, "hello", 5);
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.sllc_family, AF_LLC);
	EXPECT_EQ(from.sllc_sap, SAP_A);
	EXPECT_MEMEQ(from.sllc_mac, self.sllc_mac, sizeof(self.sllc_mac));
	EXPECT_EQ(sendto(b, "yes", 3, 0, LLC(from)), 3);
	EXPECT_EQ(wait_for(a, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(a, got, sizeof(got), 0), 3);
	EXPECT_MEMEQ(got, "yes", 3);
	EXPECT_ERR(recv(a, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/* Somebody else's SAP: the frame is on the wire, and nobody gets it. */
CASE(other_sap, .claim = "a datagram to a SAP without a socket reaches no other socket",
     .level = ABI, .spec = "IEEE 802.2, 3.3.1; linux/net/llc/llc_input.c",
     .topology = "machine_link", .needs = "llc", .tags = "llc send receive")
{
	const struct sockaddr_llc nobody = llc_address(ETH_B, SAP_C),
				  to = llc_address(ETH_B, SAP_B);
	char got[16];
	int a = llc_bound(SOCK_DGRAM, ETH_A, SAP_A), b = llc_bound(SOCK_DGRAM, ETH_B, SAP_B);

	EXPECT_EQ(sendto(a, "nobody", 6, 0, LLC(nobody)), 6);
	EXPECT_EQ(sendto(a, "b", 1, 0, LLC(to)), 1);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(b, got, sizeof(got), 0), 1);
	EXPECT_MEMEQ(got, "b", 1);
}

struct station_row {
	struct variant variant;
	bool test;
	int control;
};

static const struct station_row stations[] = {
	{{"test", NULL}, true, TEST},
	{{"xid", NULL}, false, XID},
};

/*
 * Every station answers TEST and XID.
 *
 * TEST is the ping of LLC: the station sends back what it got. XID asks what it can do. Both
 * are sent by a member of the address; the kernel answers without a program.
 */
CASE(station_commands,
     .claim = "sllc_test and sllc_xid send the commands TEST and XID, which the other station "
	      "answers by itself",
     .level = RFC, .spec = "IEEE 802.2, 5.4.1.1.2 and 5.4.1.1.3", .topology = "machine_link",
     .needs = "llc", .tags = "llc wire", .VARIANTS(stations))
{
	const struct station_row *row = VARIANT(struct station_row);
	struct sockaddr_llc to = llc_address(ETH_B, SAP_B);
	struct wire *wire = wire_open("a");
	int a = llc_bound(SOCK_STREAM, ETH_A, SAP_A);

	llc_bound(SOCK_DGRAM, ETH_B, SAP_B);
	to.sllc_test = row->test;
	to.sllc_xid = !row->test;
	EXPECT_EQ(sendto(a, "are you there", 13, 0, LLC(to)), 13);
	/* The poll bit of the command and the final bit of the response are not compared. */
	EXPECT_PACKET(wire, WHICH("LLC", "DSAP", SAP_B), WHICH("LLC", "C/R: response", 0),
		      FIELD("LLC", "M", (row->control & 0xec) >> 2));
	EXPECT_PACKET(wire, WHICH("LLC", "DSAP", SAP_A), WHICH("LLC", "C/R: response", 1),
		      FIELD("LLC", "M", (row->control & 0xec) >> 2));
}

/* Which interface a frame came by, and to which address: LLC_OPT_PKTINFO. */
CASE(packet_information,
     .claim =
	     "with LLC_OPT_PKTINFO each message comes with its interface, hardware address and SAP",
     .level = ABI, .spec = "<linux/llc.h> struct llc_pktinfo; linux/net/llc/af_llc.c",
     .topology = "machine_link", .needs = "llc", .tags = "llc receive cmsg")
{
	const struct sockaddr_llc to = llc_address(ETH_B, SAP_B);
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct llc_pktinfo))];
	char got[16];
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	struct llc_pktinfo info = {0};
	int a = llc_bound(SOCK_DGRAM, ETH_A, SAP_A), b = llc_bound(SOCK_DGRAM, ETH_B, SAP_B);

	EXPECT_EQ(sendto(a, "1", 1, 0, LLC(to)), 1);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(b, &message, 0), 1);
	EXPECT_TRUE(CMSG_FIRSTHDR(&message) == NULL);
	EXPECT_OK(set_int(b, SOL_LLC, LLC_OPT_PKTINFO, 1));
	EXPECT_EQ(get_int(b, SOL_LLC, LLC_OPT_PKTINFO), 1);
	EXPECT_EQ(sendto(a, "2", 1, 0, LLC(to)), 1);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS), POLLIN);
	message.msg_controllen = sizeof(control);
	EXPECT_EQ(recvmsg(b, &message, 0), 1);
	REQUIRE_TRUE(CMSG_FIRSTHDR(&message) != NULL);
	EXPECT_EQ(CMSG_FIRSTHDR(&message)->cmsg_level, SOL_LLC);
	EXPECT_EQ(CMSG_FIRSTHDR(&message)->cmsg_type, LLC_OPT_PKTINFO);
	memcpy(&info, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(info));
	EXPECT_EQ(info.lpi_ifindex, if_nametoindex("eth-b"));
	EXPECT_EQ(info.lpi_sap, SAP_B);
	EXPECT_MEMEQ(info.lpi_mac, to.sllc_mac, sizeof(info.lpi_mac));
}
