/* SPDX-License-Identifier: MIT */
/* The fields of links, IP, ICMP, TCP and UDP as tshark names them. */
#include "harness/selftest/packet/tshark.h"

#include <string.h>

static const struct tshark_field fields[] = {
	{"eth.dst", "Ethernet", "Destination", TEXT},
	{"eth.src", "Ethernet", "Source", TEXT},
	{"vlan.priority", "VLAN", "Priority Code Point", NUMBER},
	{"vlan.dei", "VLAN", "Drop Eligible Indicator", NUMBER},
	{"vlan.id", "VLAN", "VLAN Identifier", NUMBER},
	{"arp.hw.type", "ARP", "Hardware type", NUMBER},
	{"arp.proto.type", "ARP", "Protocol type", NUMBER},
	{"arp.hw.size", "ARP", "Hardware length", NUMBER},
	{"arp.proto.size", "ARP", "Protocol length", NUMBER},
	{"arp.opcode", "ARP", "Opcode", NUMBER},
	{"arp.src.hw_mac", "ARP", "Sender hardware address", TEXT},
	{"arp.src.proto_ipv4", "ARP", "Sender protocol address", TEXT},
	{"arp.dst.hw_mac", "ARP", "Target hardware address", TEXT},
	{"arp.dst.proto_ipv4", "ARP", "Target protocol address", TEXT},
	{"ip.hdr_len", "IPv4", "IHL", WORDS},
	{"ip.dsfield.dscp", "IPv4", "DSCP", NUMBER},
	{"ip.dsfield.ecn", "IPv4", "ECN", NUMBER},
	{"ip.len", "IPv4", "Total Length", NUMBER},
	{"ip.id", "IPv4", "Identification", NUMBER},
	{"ip.flags.rb", "IPv4", "Reserved flag", NUMBER},
	{"ip.flags.df", "IPv4", "Don't Fragment", NUMBER},
	{"ip.flags.mf", "IPv4", "More Fragments", NUMBER},
	{"ip.frag_offset", "IPv4", "Fragment Offset", EIGHTS},
	{"ip.ttl", "IPv4", "Time to Live", NUMBER},
	{"ip.proto", "IPv4", "Protocol", NUMBER},
	{"ip.checksum.status", "IPv4", "Header Checksum", CHECKSUM},
	{"ip.src", "IPv4", "Source Address", TEXT},
	{"ip.dst", "IPv4", "Destination Address", TEXT},
	{"ipv6.version", "IPv6", "Version", NUMBER},
	{"ipv6.tclass", "IPv6", "Traffic Class", NUMBER},
	{"ipv6.flow", "IPv6", "Flow Label", NUMBER},
	{"ipv6.plen", "IPv6", "Payload Length", NUMBER},
	{"ipv6.nxt", "IPv6", "Next Header", NUMBER},
	{"ipv6.hlim", "IPv6", "Hop Limit", NUMBER},
	{"ipv6.src", "IPv6", "Source Address", TEXT},
	{"ipv6.dst", "IPv6", "Destination Address", TEXT},
	{"ipv6.hopopts.len", "Hop-by-Hop Options", "Hdr Ext Len", NUMBER},
	{"ipv6.routing.type", "Routing", "Routing Type", NUMBER},
	{"ipv6.routing.segleft", "Routing", "Segments Left", NUMBER},
	{"ipv6.fraghdr.offset", "Fragment", "Fragment Offset", EIGHTS},
	{"ipv6.fraghdr.more", "Fragment", "More fragments", NUMBER},
	{"ipv6.fraghdr.ident", "Fragment", "Identification", NUMBER},
	{"icmp.type", "ICMP", "Type", NUMBER},
	{"icmp.code", "ICMP", "Code", NUMBER},
	{"icmp.checksum.status", "ICMP", "Checksum", CHECKSUM},
	{"icmp.ident", "ICMP", "Identifier", NUMBER},
	{"icmp.mtu", "ICMP", "Next-Hop MTU", NUMBER},
	{"icmp.redir_gw", "ICMP", "Gateway Internet Address", TEXT},
	{"icmp.pointer", "ICMP", "Pointer", NUMBER},
	{"icmpv6.type", "ICMPv6", "Type", NUMBER},
	{"icmpv6.code", "ICMPv6", "Code", NUMBER},
	{"icmpv6.checksum.status", "ICMPv6", "Checksum", CHECKSUM},
	{"icmpv6.mtu", "ICMPv6", "MTU", NUMBER},
	{"icmpv6.nd.ns.target_address", "ICMPv6", "Target Address", TEXT},
	{"icmpv6.nd.na.target_address", "ICMPv6", "Target Address", TEXT},
	{"icmpv6.nd.ra.cur_hop_limit", "ICMPv6", "Cur Hop Limit", NUMBER},
	{"icmpv6.nd.ra.router_lifetime", "ICMPv6", "Router Lifetime", NUMBER},
	{"icmpv6.nd.ra.reachable_time", "ICMPv6", "Reachable Time", NUMBER},
	{"icmpv6.opt.prefix.valid_lifetime", "ICMPv6", "Valid Lifetime", NUMBER},
	{"icmpv6.mld.multicast_address", "ICMPv6", "Multicast Address", TEXT},
	{"icmpv6.mldr.nb_mcast_records", "ICMPv6", "Nr of Mcast Address Records", NUMBER},
	{"igmp.type", "IGMP", "Type", NUMBER},
	{"igmp.maddr", "IGMP", "Group Address", TEXT},
	{"igmp.checksum.status", "IGMP", "Checksum", CHECKSUM},
	{"igmp.num_grp_recs", "IGMP", "Number of Group Records", NUMBER},
	{"tcp.srcport", "TCP", "Source Port", NUMBER},
	{"tcp.dstport", "TCP", "Destination Port", NUMBER},
	{"tcp.seq_raw", "TCP", "Sequence Number", NUMBER},
	{"tcp.ack_raw", "TCP", "Acknowledgment Number", NUMBER},
	{"tcp.hdr_len", "TCP", "Data Offset", WORDS},
	{"tcp.window_size_value", "TCP", "Window", NUMBER},
	{"tcp.checksum.status", "TCP", "Checksum", CHECKSUM},
	{"tcp.urgent_pointer", "TCP", "Urgent Pointer", NUMBER},
	{"tcp.flags.syn", "TCP", "SYN", NUMBER},
	{"tcp.flags.fin", "TCP", "FIN", NUMBER},
	{"tcp.flags.reset", "TCP", "RST", NUMBER},
	{"tcp.flags.ack", "TCP", "ACK", NUMBER},
	{"tcp.flags.push", "TCP", "PSH", NUMBER},
	{"tcp.flags.urg", "TCP", "URG", NUMBER},
	{"tcp.options.mss_val", "TCP", "Maximum Segment Size", NUMBER},
	{"tcp.options.wscale.shift", "TCP", "shift.cnt", NUMBER},
	{"tcp.options.sack_le", "TCP", "Left Edge", NUMBER},
	{"tcp.options.sack_re", "TCP", "Right Edge", NUMBER},
	{"tcp.options.timestamp.tsval", "TCP", "TSval", NUMBER},
	{"tcp.options.timestamp.tsecr", "TCP", "TSecr", NUMBER},
	{"tcp.options.mptcp.subtype", "TCP", "Subtype", NUMBER},
	{"udp.srcport", "UDP", "Source Port", NUMBER},
	{"udp.dstport", "UDP", "Destination Port", NUMBER},
	{"udp.length", "UDP", "Length", NUMBER},
	{"udp.checksum.status", "UDP", "Checksum", CHECKSUM},
};

static bool only_ours(const struct tshark_field *f, const struct packet *p)
{
	static const char *const names[] = {
		"icmpv6.mtu",
		"icmpv6.nd.ns.target_address",
		"icmpv6.nd.na.target_address",
		"icmpv6.mld.multicast_address",
		"igmp.maddr",
		"igmp.checksum.status",
	};

	(void)p;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(f->tshark, names[i]) == 0)
			return true;
	}
	return false;
}

static unsigned int count_of(const struct packet *p, enum packet_kind kind)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < p->layers; i++)
		count += p->layer[i].kind == kind;
	return count;
}

/* Where tshark has another idea of the specification, or shows something else than the field. */
static bool known_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_igmp *group = packet_igmp(p);
	const struct packet_arp *arp = packet_arp(p);
	const struct packet_ethernet *ethernet = packet_ethernet(p);
	const struct packet_ipv4 *ip = packet_ipv4(p);

	/* of two tags it shows the inner one, and one of 802.1ad has fields of another name */
	if (strncmp(f->tshark, "vlan.", 5) == 0)
		return count_of(p, PACKET_VLAN) > 1 ||
		       (ethernet != NULL && ethernet->type_or_length == 0x88a8);
	/* it names the addresses otherwise when they are not those of Ethernet and IPv4 */
	if (strncmp(f->tshark, "arp.src", 7) == 0 || strncmp(f->tshark, "arp.dst", 7) == 0)
		return arp != NULL && !arp->ethernet_ipv4;
	/* it goes on with Hop-by-Hop Options behind IPv4 */
	if (strncmp(f->tshark, "ipv6.hopopts", 12) == 0)
		return ip != NULL && ip->protocol == 0;
	/* it fills in a length of 0 from the frame */
	if (strcmp(f->tshark, "ip.len") == 0)
		return ip != NULL && ip->total_length == 0;
	/* it shows the end of a source route for the destination in the header */
	if (strcmp(f->tshark, "ip.dst") == 0)
		return ip != NULL && ip->options_length > 0;
	/* it verifies what a quote has of a segment, as if that were all */
	if (strcmp(f->tshark, "tcp.checksum.status") == 0)
		return packet_find_quoted(p, PACKET_TCP) != NULL;
	/* it takes the address of the first record for the group's */
	if (strcmp(f->tshark, "igmp.maddr") == 0)
		return group != NULL && group->type == 0x22;
	/* it sums 8 bytes of a query that has neither 8 nor 12 */
	if (strcmp(f->tshark, "igmp.checksum.status") == 0)
		return group != NULL && p->outcome == PACKET_MALFORMED;
	/* its UDP and UDP-Lite share the names of fields */
	if (strncmp(f->tshark, "udp.", 4) == 0 && packet_find(p, PACKET_UDPLITE) != NULL)
		return true;
	/* it takes a home address of 8 bytes for one */
	if (strcmp(f->tshark, "udp.checksum.status") == 0)
		return p->outcome == PACKET_MALFORMED && packet_ipv6(p) != NULL;
	return false;
}

static const uint32_t link_types[] = {1, 101, 113, 276, 0};

TSHARK_TABLE(ip) = {
	.link_types = link_types,
	.fields = fields,
	.count = sizeof(fields) / sizeof(fields[0]),
	.known_difference = known_difference,
	.only_ours = only_ours,
};
