/* SPDX-License-Identifier: MIT */
/* The fields of LLC, MPLS, GRE, AppleTalk and DECnet as tshark names them. */
#include "harness/selftest/packet/tshark.h"

#include <string.h>

static const struct tshark_field fields[] = {
	{"llc.dsap", "LLC", "DSAP", NUMBER},
	{"llc.dsap.ig", "LLC", "I/G: group", NUMBER},
	{"llc.ssap", "LLC", "SSAP", NUMBER},
	{"llc.ssap.cr", "LLC", "C/R: response", NUMBER},
	{"llc.control.n_s", "LLC", "N(S)", NUMBER},
	{"llc.control.n_r", "LLC", "N(R)", NUMBER},
	{"llc.control.p", "LLC", "P/F", NUMBER},
	{"llc.control.f", "LLC", "P/F", NUMBER},
	{"llc.control.s_ftype", "LLC", "S", NUMBER},
	{"llc.control.u_modifier_cmd", "LLC", "M", NUMBER},
	{"llc.control.u_modifier_resp", "LLC", "M", NUMBER},
	{"basicxid.llc.xid.format", "LLC", "XID format identifier", NUMBER},
	{"basicxid.llc.xid.types", "LLC", "LLC types", NUMBER},
	{"basicxid.llc.xid.wsize", "LLC", "Receive window size", NUMBER},
	{"llc.oui", "SNAP", "OUI", NUMBER},
	{"llc.type", "SNAP", "Protocol ID", NUMBER},
	{"llc.pid", "SNAP", "Protocol ID", NUMBER},
	{"llc.cisco_pid", "SNAP", "Protocol ID", NUMBER},
	{"llc.apple_atalk_pid", "SNAP", "Protocol ID", NUMBER},
	{"mpls.label", "MPLS", "Label", NUMBER},
	{"mpls.exp", "MPLS", "TC", NUMBER},
	{"mpls.bottom", "MPLS", "S: bottom of stack", NUMBER},
	{"mpls.ttl", "MPLS", "TTL", NUMBER},
	{"gre.flags_and_version", "GRE", "Flags and Version", NUMBER},
	{"gre.flags.checksum", "GRE", "C: Checksum Present", NUMBER},
	{"gre.flags.routing", "GRE", "R: Routing Present", NUMBER},
	{"gre.flags.key", "GRE", "K: Key Present", NUMBER},
	{"gre.flags.sequence_number", "GRE", "S: Sequence Number Present", NUMBER},
	{"gre.flags.strict_source_route", "GRE", "s: Strict Source Route", NUMBER},
	{"gre.flags.recursion_control", "GRE", "Recur", NUMBER},
	{"gre.flags.ack", "GRE", "A: Acknowledgment Number Present", NUMBER},
	{"gre.flags.version", "GRE", "Ver", NUMBER},
	{"gre.proto", "GRE", "Protocol Type", NUMBER},
	{"gre.checksum", "GRE", "Checksum", NUMBER},
	{"gre.checksum.status", "GRE", "Checksum", CHECKSUM},
	{"gre.offset", "GRE", "Offset", NUMBER},
	{"gre.key", "GRE", "Key", NUMBER},
	{"gre.key.payload_length", "GRE", "Payload Length", NUMBER},
	{"gre.key.call_id", "GRE", "Call ID", NUMBER},
	{"gre.sequence_number", "GRE", "Sequence Number", NUMBER},
	{"gre.ack_number", "GRE", "Acknowledgment Number", NUMBER},
	{"gre.routing.address_family", "GRE", "Address Family", NUMBER},
	{"gre.routing.sre_offset", "GRE", "SRE Offset", NUMBER},
	{"gre.routing.src_length", "GRE", "SRE Length", NUMBER},
	{"llap.dst", "LLAP", "Destination node ID", NUMBER},
	{"llap.src", "LLAP", "Source node ID", NUMBER},
	{"llap.type", "LLAP", "LLAP type", NUMBER},
	{"ddp.hopcount", "DDP", "Hop count", NUMBER},
	{"ddp.len", "DDP", "Datagram length", NUMBER},
	{"ddp.checksum", "DDP", "Checksum", NUMBER},
	{"ddp.dst.net", "DDP", "Destination network", NUMBER},
	{"ddp.src.net", "DDP", "Source network", NUMBER},
	{"ddp.dst.node", "DDP", "Destination node ID", NUMBER},
	{"ddp.src.node", "DDP", "Source node ID", NUMBER},
	{"ddp.dst_socket", "DDP", "Destination socket", NUMBER},
	{"ddp.src_socket", "DDP", "Source socket", NUMBER},
	{"ddp.type", "DDP", "DDP type", NUMBER},
	{"aarp.hard.type", "AARP", "Hardware type", NUMBER},
	{"aarp.proto.type", "AARP", "Protocol type", NUMBER},
	{"aarp.hard.size", "AARP", "Hardware address length", NUMBER},
	{"aarp.proto.size", "AARP", "Protocol address length", NUMBER},
	{"aarp.opcode", "AARP", "Function", NUMBER},
	{"aarp.src.hw_mac", "AARP", "Source hardware address", TEXT},
	{"aarp.dst.hw_mac", "AARP", "Destination hardware address", TEXT},
	{"dec_dna.flags", "DECnet", "Flags", NUMBER},
	{"dec_dna.flags.control", "DECnet", "Control", NUMBER},
	{"dec_dna.flags.RQR", "DECnet", "RQR: return to sender request", NUMBER},
	{"dec_dna.flags.RTS", "DECnet", "RTS: return to sender", NUMBER},
	{"dec_dna.flags.intra_eth", "DECnet", "I/E: intra-Ethernet", NUMBER},
	{"dec_dna.flags.discard", "DECnet", "V: version", NUMBER},
	{"dec_dna.rt.msg_type", "DECnet", "Type", NUMBER},
	{"dec_dna.dst.address", "DECnet", "D-ID", TEXT},
	{"dec_dna.src.addr", "DECnet", "S-ID", TEXT},
	{"dec_dna.visit_cnt", "DECnet", "VISIT-CT", NUMBER},
	{"dec_dna.dst_node", "DECnet", "DSTNODE", NUMBER},
	{"dec_dna.src_node", "DECnet", "SRCNODE", NUMBER},
	{"dec_dna.vst_node", "DECnet", "VISITS", NUMBER},
	{"dec_dna.ctl.tiinfo", "DECnet", "TIINFO", NUMBER},
	{"dec_dna.ctl.blk_size", "DECnet", "BLKSIZE", NUMBER},
	{"dec_dna.ctl.timer", "DECnet", "TIMER", NUMBER},
	{"dec_dna.ctl.checksum", "DECnet", "CHECKSUM", NUMBER},
	{"dec_dna.ctl.checksum.status", "DECnet", "CHECKSUM", CHECKSUM},
	{"dec_dna.ctl.id", "DECnet", "ID", TEXT},
	{"dec_dna.ctl.iinfo.node_type", "DECnet", "NTYPE", NUMBER},
	{"dec_dna.ctl.iinfo.vrf", "DECnet", "verification required", NUMBER},
	{"dec_dna.ctl.iinfo.rej", "DECnet", "rejected", NUMBER},
	{"dec_dna.ctl.iinfo.verf", "DECnet", "verification failed", NUMBER},
	{"dec_dna.ctl.iinfo.mta", "DECnet", "no multicast traffic accepted", NUMBER},
	{"dec_dna.ctl.iinfo.blkreq", "DECnet", "blocking requested", NUMBER},
	{"dec_dna.ctl.prio", "DECnet", "PRIORITY", NUMBER},
	{"dec_dna.ctl_neighbor", "DECnet", "NEIGHBOR", TEXT},
};

/* Of one field of ours tshark has several, each for some of the frames. */
static bool only_ours(const struct tshark_field *f, const struct packet *p)
{
	static const char *const names[] = {
		"llc.control.p", /* of commands */
		"llc.control.f", /* of responses */
		"llc.control.u_modifier_cmd",
		"llc.control.u_modifier_resp",
		"llc.type", /* of OUI 0 */
		"llc.pid",  /* of OUIs that it does not know */
		"llc.cisco_pid",
		"llc.apple_atalk_pid",
		"dec_dna.flags.intra_eth", /* of the long format */
		"dec_dna.flags.discard",
		"dec_dna.ctl.iinfo.node_type", /* of the hellos, not of TIINFO */
		"dec_dna.ctl.iinfo.vrf",
		"dec_dna.ctl.iinfo.blkreq",
		"ddp.type", /* of the extended header */
	};

	(void)p;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(f->tshark, names[i]) == 0)
			return true;
	}
	return false;
}

static bool known_decnet(const char *field, const struct packet_decnet *n)
{
	bool routing = n->message == PACKET_DECNET_LEVEL_1_ROUTING ||
		       n->message == PACKET_DECNET_LEVEL_2_ROUTING;

	/* it decodes messages of later versions as those of this one */
	if (n->message == PACKET_DECNET_UNKNOWN)
		return true;
	/* in long data these are its names for NSP's link addresses */
	if (strcmp(field, "dec_dna.dst_node") == 0 || strcmp(field, "dec_dna.src_node") == 0)
		return n->message == PACKET_DECNET_LONG;
	/* it takes the two reserved bits above the 6 of the count for part of it */
	if (strcmp(field, "dec_dna.vst_node") == 0)
		return n->message == PACKET_DECNET_SHORT;
	/* it gives TIINFO two bytes, so that what follows is read a byte too far on */
	if (strcmp(field, "dec_dna.ctl.blk_size") == 0 || strcmp(field, "dec_dna.ctl.timer") == 0)
		return n->message == PACKET_DECNET_INITIALIZATION;
	/* its name for IINFO too */
	if (strcmp(field, "dec_dna.ctl.tiinfo") == 0)
		return n->message == PACKET_DECNET_ROUTER_HELLO ||
		       n->message == PACKET_DECNET_ENDNODE_HELLO;
	/* it expects segments of one node each, and at least one */
	if (strncmp(field, "dec_dna.ctl.checksum", 20) == 0)
		return routing && n->list_length != 6 && n->list_length != 12;
	return false;
}

/* Where tshark has another idea of the specification, or shows something else than the field. */
static bool known_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_llc *llc = packet_llc(p);
	const struct packet_aarp *aarp = packet_aarp(p);

	/* it looks for SNAP in TEST frames, whose information is what the sender likes */
	if (strcmp(f->tshark, "llc.oui") == 0)
		return llc != NULL && llc->format == PACKET_LLC_U &&
		       llc->modifier == PACKET_LLC_TEST;
	/* it names hardware addresses of other lengths otherwise */
	if (strcmp(f->tshark, "aarp.src.hw_mac") == 0 || strcmp(f->tshark, "aarp.dst.hw_mac") == 0)
		return aarp != NULL && aarp->hardware_length != 6;
	return packet_decnet(p) != NULL && known_decnet(f->tshark, packet_decnet(p));
}

static const uint32_t link_types[] = {1, 113, 114, 0};

TSHARK_TABLE(link) = {
	.link_types = link_types,
	.fields = fields,
	.count = sizeof(fields) / sizeof(fields[0]),
	.known_difference = known_difference,
	.only_ours = only_ours,
};
