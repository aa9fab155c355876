/* SPDX-License-Identifier: MIT */
/* The fields of TIPC as tshark names them. */
#include "harness/selftest/packet/tshark.h"

#include <string.h>

static const struct tshark_field fields[] = {
	{"tipc.ver", "TIPC", "Version", NUMBER},
	{"tipc.usr", "TIPC", "User", NUMBER},
	{"tipc.hdr_size", "TIPC", "Header size", NUMBER},
	{"tipc.non_sequenced", "TIPC", "Non-sequenced", NUMBER},
	{"tipc.destdrop", "TIPC", "Destination Droppable", NUMBER},
	{"tipc.srcdrop", "TIPC", "Source Droppable", NUMBER},
	{"tipc.syn", "TIPC", "SYN", NUMBER},
	{"tipc.msg_size", "TIPC", "Message size", NUMBER},
	{"tipc.data_type", "TIPC", "Message type", NUMBER},
	{"tipcv2.link_msg_type", "TIPC", "Message type", NUMBER},
	{"tipcv2.connmgr_msg_type", "TIPC", "Message type", NUMBER},
	{"tipcv2.naming_msg_type", "TIPC", "Message type", NUMBER},
	{"tipcv2.fragmenter_msg_type", "TIPC", "Message type", NUMBER},
	{"tipcv2.errorcode", "TIPC", "Error code", NUMBER},
	{"tipcv2.rer_cnt", "TIPC", "Reroute Counter", NUMBER},
	{"tipcv2.lookup_scope", "TIPC", "Lookup Scope", NUMBER},
	{"tipcv2.broadcast_ack_no", "TIPC", "Broadcast Acknowledge Number", NUMBER},
	{"tipcv2.link_level_ack_no", "TIPC", "Link Level Acknowledge Number", NUMBER},
	{"tipcv2.link_level_seq_no", "TIPC", "Link Level Sequence Number", NUMBER},
	{"tipcv2.prev_node", "TIPC", "Previous Node", TEXT},
	{"tipc.org_port", "TIPC", "Originating port", NUMBER},
	{"tipc.dst_port", "TIPC", "Destination port", NUMBER},
	{"tipcv2.orig_node", "TIPC", "Originating Node", TEXT},
	{"tipcv2.dest_node", "TIPC", "Destination Node", TEXT},
	{"tipcv2.port_name_type", "TIPC", "Port name type", NUMBER},
	{"tipcv2.port_name_instance", "TIPC", "Port name instance", NUMBER},
	{"tipcv2.multicast_lower", "TIPC", "Multicast lower bound", NUMBER},
	{"tipcv2.multicast_upper", "TIPC", "Multicast upper bound", NUMBER},
	{"tipcv2.seq_gap", "TIPC", "Sequence Gap", NUMBER},
	{"tipcv2.next_sent_packet", "TIPC", "Next Sent Packet", NUMBER},
	{"tipcv2.session_no", "TIPC", "Session Number", NUMBER},
	{"tipcv2.link_prio", "TIPC", "Link Priority", NUMBER},
	{"tipcv2.network_plane", "TIPC", "Network Plane", NUMBER},
	{"tipcv2.probe", "TIPC", "Probe", NUMBER},
	{"tipcv2.link_tolerance", "TIPC", "Link Tolerance", NUMBER},
	{"tipcv2.bearer_instance", "TIPC", "Bearer Instance", TEXT},
	{"tipcv2.destination_domain", "TIPC", "Destination Domain", TEXT},
	{"tipcv2.network_id", "TIPC", "Network Identity", NUMBER},
	{"tipcv2.node_sig", "TIPC", "Node signature", NUMBER},
	{"tipcv2.fragment_number", "TIPC", "Fragment Number", NUMBER},
	{"tipcv2.fragment_msg_number", "TIPC", "Fragment Message Number", NUMBER},
	{"tipcv2.msg_count", "TIPC", "Message Count", NUMBER},
	{"tipcv2.redundant_link", "TIPC", "Redundant Link", NUMBER},
	{"tipcv2.conn_mgr_msg_ack", "TIPC", "Number of Messages Acknowledged", NUMBER},
	{"tipc.name_dist_lower", "TIPC", "Lower", NUMBER},
	{"tipc.name_dist_upper", "TIPC", "Upper", NUMBER},
};

#define PAYLOAD	   0x000f
#define USER(user) (1u << PACKET_TIPC_##user)

/* tshark shows these of some users only, and names the same field differently in each. */
static const struct {
	const char *tshark;
	unsigned int users;
} owners[] = {
	{"tipc.destdrop", PAYLOAD},
	{"tipc.srcdrop", PAYLOAD},
	{"tipc.syn", PAYLOAD},
	{"tipc.data_type", PAYLOAD},
	{"tipcv2.link_msg_type", USER(LINK_PROTOCOL)},
	{"tipcv2.connmgr_msg_type", USER(CONN_MANAGER)},
	{"tipcv2.naming_msg_type", USER(NAME_DISTRIBUTOR)},
	{"tipcv2.fragmenter_msg_type", USER(MSG_FRAGMENTER)},
	{"tipcv2.errorcode", PAYLOAD},
	{"tipc.org_port", PAYLOAD},
	{"tipc.dst_port", PAYLOAD},
	{"tipcv2.port_name_type", PAYLOAD},
};

static bool only_ours(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_tipc *t = packet_tipc(p);

	/* a tunnel's message is data to it, crypto it does not know */
	if (t == NULL || t->user >= PACKET_TIPC_MSG_CRYPTO ||
	    t->user == PACKET_TIPC_TUNNEL_PROTOCOL)
		return true;
	for (size_t i = 0; i < sizeof(owners) / sizeof(owners[0]); i++) {
		if (strcmp(f->tshark, owners[i].tshark) == 0)
			return (owners[i].users >> t->user & 1) == 0;
	}
	return false;
}

static bool known_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_tipc *t = packet_tipc(p);

	if (t == NULL)
		return false;
	/* it takes the encrypted message's header for an ordinary one */
	if (t->encrypted)
		return true;
	/* of a multicast it calls the network's identity the destination port */
	if (t->user <= 3 && t->type == PACKET_TIPC_MCAST_MSG)
		return strcmp(f->tshark, "tipc.dst_port") == 0 ||
		       strcmp(f->tshark, "tipcv2.network_id") == 0;
	/* a header of 44 bytes and more is a multicast's to it; it knows no groups */
	if (t->user <= 3 && t->header_size >= 44)
		return strncmp(f->tshark, "tipcv2.multicast", 16) == 0 ||
		       strcmp(f->tshark, "tipcv2.port_name_instance") == 0;
	/* it does not know that an activation has the peer's session in word 1, and a name */
	if (t->user == PACKET_TIPC_LINK_PROTOCOL && t->type == 2)
		return strcmp(f->tshark, "tipcv2.broadcast_ack_no") == 0 ||
		       strcmp(f->tshark, "tipcv2.seq_gap") == 0 ||
		       strcmp(f->tshark, "tipcv2.bearer_instance") == 0;
	/* what Linux sends in word 2 of the broadcast protocol is the gap */
	if (t->user == PACKET_TIPC_BCAST_PROTOCOL)
		return strncmp(f->tshark, "tipcv2.link_level_", 18) == 0;
	return false;
}

static const uint32_t link_types[] = {1, 0};

TSHARK_TABLE(tipc) = {
	.link_types = link_types,
	.fields = fields,
	.count = sizeof(fields) / sizeof(fields[0]),
	.options = "-o tipc.defragment:FALSE",
	.known_difference = known_difference,
	.only_ours = only_ours,
};
