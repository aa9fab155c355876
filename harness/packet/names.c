/* SPDX-License-Identifier: MIT */
/* Numbers that several protocols share, and their names. */
#include "harness/packet/internal.h"

/* IANA "IEEE 802 Numbers". */
const char *packet_name_ethertype(uint16_t type)
{
	switch (type) {
	case 0x0800:
		return "IPv4";
	case 0x0805:
		return "X.25";
	case 0x0806:
		return "ARP";
	case 0x22f0:
		return "AVTP";
	case 0x6000:
		return "LAPB over Ethernet";
	case 0x6003:
		return "DECnet";
	case 0x6558:
		return "Transparent Ethernet Bridging";
	case 0x8035:
		return "RARP";
	case 0x809b:
		return "AppleTalk";
	case 0x80f3:
		return "AARP";
	case 0x8100:
		return "802.1Q";
	case 0x86dd:
		return "IPv6";
	case 0x8808:
		return "Ethernet flow control";
	case 0x880b:
		return "PPP";
	case 0x8847:
		return "MPLS";
	case 0x8848:
		return "MPLS multicast";
	case 0x8863:
		return "PPPoE Discovery";
	case 0x8864:
		return "PPPoE Session";
	case 0x888e:
		return "802.1X";
	case 0x88a8:
		return "802.1ad";
	case 0x88ca:
		return "TIPC";
	case 0x88cc:
		return "LLDP";
	case 0x88e5:
		return "MACsec";
	case 0x88f7:
		return "PTP";
	case 0x9100:
		return "802.1Q stacked";
	default:
		return NULL;
	}
}

/* IANA "Assigned Internet Protocol Numbers". */
const char *packet_name_ip_protocol(uint8_t protocol)
{
	switch (protocol) {
	case 0:
		return "Hop-by-Hop Options";
	case 1:
		return "ICMP";
	case 2:
		return "IGMP";
	case 4:
		return "IPv4";
	case 6:
		return "TCP";
	case 17:
		return "UDP";
	case 33:
		return "DCCP";
	case 41:
		return "IPv6";
	case 43:
		return "Routing";
	case 44:
		return "Fragment";
	case 46:
		return "RSVP";
	case 47:
		return "GRE";
	case 50:
		return "ESP";
	case 51:
		return "AH";
	case 58:
		return "ICMPv6";
	case 59:
		return "No Next Header";
	case 60:
		return "Destination Options";
	case 89:
		return "OSPF";
	case 103:
		return "PIM";
	case 112:
		return "VRRP";
	case 132:
		return "SCTP";
	case 135:
		return "Mobility Header";
	case 136:
		return "UDP-Lite";
	case 139:
		return "HIP";
	case 140:
		return "Shim6";
	case 143:
		return "Ethernet";
	case 253:
	case 254:
		return "experimentation and testing";
	case 255:
		return "reserved";
	default:
		return NULL;
	}
}

/* IANA "ARP Parameters", hardware types, and those of Linux's if_arp.h. */
const char *packet_name_arphrd(uint16_t type)
{
	switch (type) {
	case 1:
		return "Ethernet";
	case 6:
		return "IEEE 802";
	case 24:
		return "IEEE 1394";
	case 32:
		return "InfiniBand";
	case 280:
		return "CAN";
	case 512:
		return "PPP";
	case 768:
		return "IPv4 tunnel";
	case 769:
		return "IPv6 tunnel";
	case 772:
		return "loopback";
	case 776:
		return "IPv6-in-IPv4 tunnel";
	case 778:
		return "GRE";
	case 824:
		return "netlink";
	case 65534:
		return "none";
	default:
		return NULL;
	}
}

/* RFC 2474 4.2.2, RFC 2597, RFC 3246, RFC 5865, RFC 8622. */
const char *packet_name_dscp(uint8_t dscp)
{
	static const char *const names[64] = {
		[0] = "CS0",   [1] = "LE",    [8] = "CS1",   [10] = "AF11", [12] = "AF12",
		[14] = "AF13", [16] = "CS2",  [18] = "AF21", [20] = "AF22", [22] = "AF23",
		[24] = "CS3",  [26] = "AF31", [28] = "AF32", [30] = "AF33", [32] = "CS4",
		[34] = "AF41", [36] = "AF42", [38] = "AF43", [40] = "CS5",  [44] = "VOICE-ADMIT",
		[46] = "EF",   [48] = "CS6",  [56] = "CS7",
	};

	return dscp < 64 ? names[dscp] : NULL;
}

/* RFC 3168 5. */
const char *packet_name_ecn(uint8_t ecn)
{
	static const char *const names[4] = {"Not-ECT", "ECT(1)", "ECT(0)", "CE"};

	return ecn < 4 ? names[ecn] : NULL;
}
