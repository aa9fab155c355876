/* SPDX-License-Identifier: MIT */
/*
 * The main fields of every golden packet as tshark reads them. One run of tshark a link type;
 * skipped when tshark is not there. Where a packet is broken on purpose the two may stop at
 * different places, so a field has to agree only if both have it; in a whole packet both must have
 * it.
 */
#include "harness/packet/packet.h"
#include "harness/selftest/packet_golden.h"
#include "harness/selftest/selftest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What tshark shows of a field, in terms of ours. */
enum how {
	NUMBER,
	WORDS,	  /* tshark counts bytes, our field words of 4 */
	EIGHTS,	  /* tshark counts units of 8, we bytes */
	TEXT,	  /* the same text */
	CHECKSUM, /* 1 good, 0 bad, others: cannot be told */
};

static const struct field {
	const char *tshark;
	const char *protocol;
	const char *name;
	enum how how;
} fields[] = {
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
#define FIELDS (sizeof(fields) / sizeof(fields[0]))

/*
 * What tshark shows only of one kind of message, while we have the name in several, or of messages
 * whose type it does not know.
 */
static bool only_ours(const struct field *f)
{
	static const char *const names[] = {
		"icmpv6.mtu",
		"icmpv6.nd.ns.target_address",
		"icmpv6.nd.na.target_address",
		"icmpv6.mld.multicast_address",
		"igmp.maddr",
		"igmp.checksum.status",
	};

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
static bool known_difference(const struct field *f, const struct packet *p)
{
	const struct packet_igmp *group = packet_igmp(p);
	const struct packet_arp *arp = packet_arp(p);
	const struct packet_ipv4 *ip = packet_ipv4(p);

	/* of 802.1ad it shows the inner tag */
	if (strncmp(f->tshark, "vlan.", 5) == 0)
		return count_of(p, PACKET_VLAN) > 1;
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
	/* it takes a home address of 8 bytes for one */
	if (strcmp(f->tshark, "udp.checksum.status") == 0)
		return p->outcome == PACKET_MALFORMED && packet_ipv6(p) != NULL;
	return false;
}

struct ours {
	const struct packet *p;
	const struct field *field;
	bool found, elsewhere, has_number;
	uint64_t number;
	char value[600];
};

static int find_ours(void *context, const struct packet_field *f)
{
	struct ours *o = context;
	const char *name = o->field->name;
	const struct packet_layer *l = &o->p->layer[f->layer];

	/* a field of the protocol, not an option that is named like its value */
	if (strcmp(f->protocol, o->field->protocol) != 0 || strcmp(f->name, name) != 0 ||
	    f->value[0] == '\0')
		return 0;
	o->found = true;
	o->elsewhere = l->quoted || l->cut || l->first_fragment;
	o->has_number = f->has_number;
	o->number = f->number;
	snprintf(o->value, sizeof(o->value), "%s", f->value);
	return 1;
}

static bool agrees(const struct ours *o, const char *theirs)
{
	uint64_t number = strtoull(theirs, NULL, 0);

	switch (o->field->how) {
	case NUMBER:
		return o->has_number && o->number == number;
	case WORDS:
		return o->has_number && o->number * 4 == number;
	case EIGHTS:
		return o->has_number && o->number == number * 8;
	case TEXT:
		return strcmp(o->value, theirs) == 0;
	case CHECKSUM:
		if (strcmp(theirs, "1") == 0)
			return strstr(o->value, "(good") != NULL;
		if (strcmp(theirs, "0") == 0)
			return strstr(o->value, "(bad") != NULL;
		return strstr(o->value, "(good") == NULL || strcmp(theirs, "2") == 0;
	}
	return false;
}

/* One line of tshark: a value a field, with tabs between. Returns how many fields disagree. */
static unsigned int compare(const struct golden_packet *golden, uint32_t link_type, char *line,
			    const char *capture)
{
	unsigned int different = 0;
	struct packet p;

	packet_decode(&p, golden->blob.bytes, golden->captured, golden->blob.length, link_type, 0);
	line[strcspn(line, "\n")] = '\0';
	for (size_t i = 0; i < FIELDS; i++) {
		struct ours o = {.p = &p, .field = &fields[i]};
		char *theirs = strsep(&line, "\t");

		packet_visit(&p, find_ours, &o);
		if (theirs == NULL)
			theirs = "";
		if (known_difference(&fields[i], &p))
			continue;
		if (theirs[0] == '\0' &&
		    (!o.found || o.elsewhere || p.outcome != PACKET_COMPLETE ||
		     only_ours(&fields[i]) || p.problem.text != NULL || p.too_deep))
			continue;
		if (theirs[0] != '\0' && !o.found && p.outcome != PACKET_COMPLETE)
			continue;
		if (theirs[0] != '\0' && o.found && agrees(&o, theirs))
			continue;
		printf("     %s, %s: %s: tshark has %s, we have %s\n", capture, golden->about,
		       fields[i].tshark, theirs, o.found ? o.value : "nothing");
		different++;
	}
	return different;
}

/* All packets of one link type as one capture; returns how many. */
static size_t write_all(FILE *f, uint32_t link_type)
{
	const uint32_t header[] = {0xa1b2c3d4, 2 | 4 << 16, 0, 0, 262144, link_type};
	size_t count = 0;

	fwrite(header, sizeof(header), 1, f);
	for (size_t c = 0; c < golden_capture_count; c++) {
		const struct golden *g = golden_make(&golden_captures[c]);

		for (size_t i = 0; i < g->count && g->link_type == link_type; i++) {
			const struct golden_packet *p = &g->packet[i];
			const uint32_t record[] = {(uint32_t)count++, 0, (uint32_t)p->captured,
						   (uint32_t)p->blob.length};

			fwrite(record, sizeof(record), 1, f);
			fwrite(p->blob.bytes, 1, p->captured, f);
		}
	}
	return count;
}

static FILE *run_tshark(const char *capture)
{
	static char command[8192];
	int n = snprintf(command, sizeof(command),
			 "tshark -n -r %s -o ip.defragment:FALSE -o ipv6.defragment:FALSE "
			 "-o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE "
			 "-o udp.check_checksum:TRUE -o tcp.relative_sequence_numbers:FALSE "
			 "-T fields -E occurrence=f",
			 capture);

	for (size_t i = 0; i < FIELDS; i++)
		n += snprintf(command + n, sizeof(command) - (size_t)n, " -e %s", fields[i].tshark);
	snprintf(command + n, sizeof(command) - (size_t)n, " 2>/dev/null");
	return popen(command, "r");
}

/* False when tshark refuses. */
static bool compare_link_type(uint32_t link_type)
{
	char path[] = "/tmp/sockatlas-tshark-XXXXXX", *line = NULL;
	int fd = mkstemp(path);
	FILE *f = fd >= 0 ? fdopen(fd, "wb") : NULL;
	size_t count, size = 0, lines = 0;
	unsigned int different = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	count = write_all(f, link_type);
	fclose(f);
	f = run_tshark(path);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	for (size_t c = 0; c < golden_capture_count; c++) {
		const struct golden *g = golden_make(&golden_captures[c]);

		for (size_t i = 0; i < g->count && g->link_type == link_type; i++) {
			if (getline(&line, &size, f) < 0)
				break;
			lines++;
			different +=
				compare(&g->packet[i], link_type, line, golden_captures[c].name);
		}
	}
	free(line);
	pclose(f);
	unlink(path);
	/* a version that does not know one of the fields says nothing at all */
	if (lines == 0)
		return false;
	CU_ASSERT_EQUAL(lines, count);
	CU_ASSERT_EQUAL(different, 0);
	return true;
}

SELFTEST(packet_fields_as_tshark_reads_them)
{
	static const uint32_t link_types[] = {1, 101, 113, 276};

	if (system("tshark --version >/dev/null 2>&1") != 0)
		SELFTEST_SKIP("tshark is not installed");
	for (size_t i = 0; i < sizeof(link_types) / sizeof(link_types[0]); i++)
		if (!compare_link_type(link_types[i]))
			SELFTEST_SKIP("this tshark does not know all fields; 4.0 does");
}
