/* SPDX-License-Identifier: MIT */
/* Types of frames, ETH_P_*: which socket gets which. */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/packet/packet_help.h"

#include "harness/case.h"

struct protocol_row {
	struct variant variant;
	unsigned int protocol;
	const char *gets; /* first letters of the texts that it gets, in order */
};

static const struct protocol_row protocols[] = {
	{{"ip", NULL}, ETH_P_IP, "4"},	   {{"ipv6", NULL}, ETH_P_IPV6, "6"},
	{{"arp", NULL}, ETH_P_ARP, "a"},   {{"experiment", NULL}, ETH_P_802_EX1, "x"},
	{{"llc", NULL}, ETH_P_802_2, "l"}, {{"all", NULL}, ETH_P_ALL, "46axl"},
};

/*
 * Frames have a type.
 *
 * Two bytes of an Ethernet header say what the data are: 0x0800 is IPv4. A packet socket
 * asks for one of them, or with `ETH_P_ALL` for all. Below 1536 the number is the length,
 * as in the first Ethernet of IEEE, and LLC follows: the kernel calls that `ETH_P_802_2`.
 * The protocol is given in network byte order; without htons() one waits for 0x0008.
 *
 * Try it: `tcpdump ether proto 0x88b5`.
 */
CASE(one_or_all, .claim = "a packet socket receives frames of its protocol, and of ETH_P_ALL all",
     .level = LINUX, .spec = "packet(7); IEEE 802.3 3.2.6 Length/Type", .topology = "pair",
     .needs = "packet", .tags = "packet protocol", .VARIANTS(protocols))
{
	static const struct {
		unsigned int type;
		const char *text;
	} frames[] = {
		{ETH_P_IP, "4"},      {ETH_P_IPV6, "6"}, {ETH_P_ARP, "a"},
		{ETH_P_802_EX1, "x"}, {3, "l??"},
	};
	const struct protocol_row *row = VARIANT(struct protocol_row);
	int fd = packet_socket("b", SOCK_DGRAM, B_ETH0, row->protocol);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	const char *gets = row->gets;
	struct sockaddr_ll from;
	char got[1600];

	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		struct frame frame = frame_of(mac_stranger, mac_stranger, frames[i].type,
					      frames[i].text, strlen(frames[i].text));

		EXPECT_EQ(send(sender, FRAME(frame), 0), frame.size);
	}
	/* The hosts' own traffic, of IPv6, has other senders. */
	for (ssize_t size = 0; *gets != '\0';) {
		size = packet_receive(fd, got, sizeof(got), &from);
		REQUIRE_TRUE(size > 0);
		if (memcmp(from.sll_addr, mac_stranger, ETH_ALEN) != 0)
			continue;
		EXPECT_EQ(got[0], *gets++);
		if (row->protocol != ETH_P_ALL)
			EXPECT_EQ(ntohs(from.sll_protocol), row->protocol);
	}
}

/*
 * All that have a number on the link, but for tags of VLANs, which the kernel takes off. Those in
 * #ifdef are newer than some headers.
 */
static const uint16_t on_the_link[] = {
	ETH_P_TSN,
#ifdef ETH_P_ERSPAN2
	ETH_P_ERSPAN2,
#endif
	ETH_P_IP,	 ETH_P_X25,	ETH_P_ARP,	ETH_P_BPQ,	ETH_P_IEEEPUP,
	ETH_P_IEEEPUPAT, ETH_P_BATMAN,	ETH_P_DEC,	ETH_P_DNA_DL,	ETH_P_DNA_RC,
	ETH_P_DNA_RT,	 ETH_P_LAT,	ETH_P_DIAG,	ETH_P_CUST,	ETH_P_SCA,
	ETH_P_TEB,	 ETH_P_RARP,	ETH_P_ATALK,	ETH_P_AARP,	ETH_P_ERSPAN,
	ETH_P_IPX,	 ETH_P_IPV6,	ETH_P_PAUSE,	ETH_P_SLOW,	ETH_P_WCCP,
	ETH_P_MPLS_UC,	 ETH_P_MPLS_MC, ETH_P_ATMMPOA,	ETH_P_PPP_DISC, ETH_P_PPP_SES,
	ETH_P_LINK_CTL,	 ETH_P_ATMFATE, ETH_P_PAE,
#ifdef ETH_P_PROFINET
	ETH_P_PROFINET,
#endif
#ifdef ETH_P_REALTEK
	ETH_P_REALTEK,
#endif
	ETH_P_AOE,
#ifdef ETH_P_ETHERCAT
	ETH_P_ETHERCAT,
#endif
	ETH_P_802_EX1,
#ifdef ETH_P_PREAUTH
	ETH_P_PREAUTH,
#endif
	ETH_P_TIPC,
#ifdef ETH_P_LLDP
	ETH_P_LLDP,
#endif
#ifdef ETH_P_MRP
	ETH_P_MRP,
#endif
	ETH_P_MACSEC,	 ETH_P_8021AH,	ETH_P_MVRP,	ETH_P_1588,
#ifdef ETH_P_NCSI
	ETH_P_NCSI,
#endif
	ETH_P_PRP,
#ifdef ETH_P_CFM
	ETH_P_CFM,
#endif
	ETH_P_FCOE,	 ETH_P_IBOE,	ETH_P_TDLS,	ETH_P_FIP,
#ifdef ETH_P_80221
	ETH_P_80221,
#endif
	ETH_P_HSR,	 ETH_P_NSH,	ETH_P_LOOPBACK, ETH_P_QINQ1,	ETH_P_QINQ2,
	ETH_P_QINQ3,	 ETH_P_EDSA,
#ifdef ETH_P_DSA_8021Q
	ETH_P_DSA_8021Q,
#endif
#ifdef ETH_P_DSA_A5PSW
	ETH_P_DSA_A5PSW,
#endif
#ifdef ETH_P_IFE
	ETH_P_IFE,
#endif
	ETH_P_AF_IUCV,
};

/*
 * Every type that has a name.
 *
 * Whether the kernel knows the protocol does not matter: a packet socket can be the whole
 * implementation of one, as programs for PPPoE discovery, LLDP and EAPOL show.
 */
CASE(each_type, .claim = "a packet socket bound to a type of frames receives a frame of that type",
     .level = LINUX, .spec = "packet(7); linux/if_ether.h; IANA IEEE 802 Numbers",
     .topology = "pair", .needs = "packet", .tags = "packet protocol")
{
	int sender = packet_socket("a", SOCK_DGRAM, 0, 0);
	struct sockaddr_ll from;
	char got[1600];

	for (size_t i = 0; i < sizeof(on_the_link) / sizeof(on_the_link[0]); i++) {
		struct sockaddr_ll to = link_address(A_ETH0, on_the_link[i], mac_stranger);
		int fd = packet_socket("b", SOCK_DGRAM, B_ETH0, on_the_link[i]);

		EXPECT_EQ(sendto(sender, "typed", 5, 0, LINK(to)), 5);
		do
			REQUIRE_TRUE(packet_receive(fd, got, sizeof(got), &from) > 0);
		while (from.sll_pkttype != PACKET_OTHERHOST);
		EXPECT_MEMEQ(got, "typed", 5);
		EXPECT_EQ(ntohs(from.sll_protocol), on_the_link[i]);
		close(fd);
	}
}

/* Numbers that only Linux gives, to frames of other links. */
static const uint16_t of_linux[] = {
	ETH_P_LOOP,    ETH_P_PUP,      ETH_P_PUPAT,	 ETH_P_AX25,	  ETH_P_SNAP,
	ETH_P_DDCMP,   ETH_P_WAN_PPP,  ETH_P_PPP_MP,	 ETH_P_LOCALTALK, ETH_P_CAN,
#ifdef ETH_P_CANFD
	ETH_P_CANFD,
#endif
#ifdef ETH_P_CANXL
	ETH_P_CANXL,
#endif
	ETH_P_PPPTALK, ETH_P_TR_802_2, ETH_P_MOBITEX,	 ETH_P_CONTROL,	  ETH_P_IRDA,
	ETH_P_ECONET,  ETH_P_HDLC,     ETH_P_ARCNET,
#ifdef ETH_P_DSA
	ETH_P_DSA,
#endif
	ETH_P_TRAILER, ETH_P_PHONET,   ETH_P_IEEE802154, ETH_P_CAIF,	  ETH_P_XDSA,
#ifdef ETH_P_MAP
	ETH_P_MAP,
#endif
#ifdef ETH_P_MCTP
	ETH_P_MCTP,
#endif
};

/*
 * Numbers that no Ethernet frame has.
 *
 * Links other than Ethernet have no types. So that their frames can be told apart, Linux
 * gives them numbers below 1536, where on Ethernet a length would stand. A frame that has
 * such a number in its header is one of LLC, whatever it says.
 */
CASE(numbers_of_linux,
     .claim = "a frame of Ethernet with a number below 1536 in its header has the protocol "
	      "ETH_P_802_2, not that number",
     .level = LINUX, .spec = "linux/if_ether.h; IEEE 802.3 3.2.6 Length/Type", .topology = "pair",
     .needs = "packet", .tags = "packet protocol")
{
	int llc = packet_socket("b", SOCK_DGRAM, B_ETH0, ETH_P_802_2);
	int sender = packet_socket("a", SOCK_DGRAM, 0, 0);
	struct sockaddr_ll from;
	char got[64];

	for (size_t i = 0; i < sizeof(of_linux) / sizeof(of_linux[0]); i++) {
		struct sockaddr_ll to = link_address(A_ETH0, of_linux[i], mac_b);
		int fd = packet_socket("b", SOCK_DGRAM, B_ETH0, of_linux[i]);

		EXPECT_EQ(sendto(sender, "length", 6, 0, LINK(to)), 6);
		EXPECT_EQ(packet_receive(llc, got, sizeof(got), &from), 6);
		EXPECT_EQ(ntohs(from.sll_protocol), ETH_P_802_2);
		EXPECT_ERR(recv(fd, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
		close(fd);
	}
}

struct length_row {
	struct variant variant;
	unsigned int protocol;
	const char *data;
	unsigned int received; /* its protocol */
};

static const struct length_row lengths[] = {
	{{"llc", NULL}, ETH_P_802_2, "\xaa\xaa\x03", ETH_P_802_2},
	{{"novell", NULL}, ETH_P_802_3, "\xff\xff\x00", ETH_P_802_3},
};

/*
 * A length instead of a type.
 *
 * Sent as `ETH_P_802_2` or `ETH_P_802_3` a frame gets its length into the header. Data that
 * start with two bytes 0xff are not LLC: Novell's NetWare put IPX there directly, and the
 * kernel keeps them apart as `ETH_P_802_3`.
 */
CASE(with_a_length,
     .claim = "SOCK_DGRAM with ETH_P_802_2 or ETH_P_802_3 writes the length of the data into the "
	      "header",
     .level = OBSERVED, .spec = "net/ethernet/eth.c eth_header(), eth_type_trans()",
     .topology = "pair", .needs = "packet", .tags = "packet protocol", .VARIANTS(lengths))
{
	const struct length_row *row = VARIANT(struct length_row);
	int fd = packet_socket("b", SOCK_RAW, B_ETH0, row->received);
	int sender = packet_socket("a", SOCK_DGRAM, 0, 0);
	struct sockaddr_ll to = link_address(A_ETH0, row->protocol, mac_b), from;
	struct frame wanted = frame_of(mac_b, mac_a, 3, row->data, 3);
	uint8_t got[64];

	EXPECT_EQ(sendto(sender, row->data, 3, 0, LINK(to)), 3);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), &from), ETH_HLEN + 3);
	EXPECT_MEMEQ(got, wanted.bytes, wanted.size);
	EXPECT_EQ(ntohs(from.sll_protocol), row->received);
}
