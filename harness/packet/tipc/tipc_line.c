/* SPDX-License-Identifier: MIT */
/* TIPC in a line, and the names of its numbers: net/tipc/msg.h and linux/tipc.h of Linux. */
#include "harness/packet/tipc/internal.h"

const char *packet_name_tipc_user(uint8_t user)
{
	static const char *const names[] = {
		"low importance",
		"medium importance",
		"high importance",
		"critical importance",
		NULL,
		"broadcast protocol",
		"bundler",
		"link protocol",
		"connection manager",
		"group protocol",
		"tunnel protocol",
		"name distributor",
		"fragmenter",
		"link configuration",
		"crypto",
		NULL,
	};

	return names[user & 15];
}

#define TYPES 8

const char *packet_name_tipc_type(const struct packet_tipc *t)
{
	static const char *const payload[TYPES] = {
		"CONN_MSG",	  "MCAST_MSG",	   "NAMED_MSG",	    "DIRECT_MSG",
		"GRP_MEMBER_EVT", "GRP_BCAST_MSG", "GRP_MCAST_MSG", "GRP_UCAST_MSG"};
	static const char *const link[TYPES] = {"STATE_MSG", "RESET_MSG", "ACTIVATE_MSG"};
	static const char *const broadcast[TYPES] = {"STATE_MSG"};
	static const char *const connection[TYPES] = {"CONN_PROBE", "CONN_PROBE_REPLY", "CONN_ACK"};
	static const char *const group[TYPES] = {"GRP_JOIN_MSG",    "GRP_LEAVE_MSG",
						 "GRP_ADV_MSG",	    "GRP_ACK_MSG",
						 "GRP_RECLAIM_MSG", "GRP_REMIT_MSG"};
	static const char *const tunnel[TYPES] = {"SYNCH_MSG", "FAILOVER_MSG"};
	static const char *const names[TYPES] = {"PUBLICATION", "WITHDRAWAL"};
	static const char *const fragment[TYPES] = {"FIRST_FRAGMENT", "FRAGMENT", "LAST_FRAGMENT"};
	static const char *const discovery[TYPES] = {"DSC_REQ_MSG", "DSC_RESP_MSG", "DSC_TRIAL_MSG",
						     "DSC_TRIAL_FAIL_MSG"};
	static const char *const crypto[TYPES] = {"KEY_DISTR_MSG"};
	static const char *const *const types[16] = {
		payload,    payload, payload, payload, NULL,	 broadcast, NULL,   link,
		connection, group,   tunnel,  names,   fragment, discovery, crypto, NULL,
	};

	return types[t->user & 15] != NULL ? types[t->user & 15][t->type & 7] : NULL;
}

/* linux/tipc.h. */
const char *packet_name_tipc_error(uint8_t code)
{
	static const char *const names[] = {"TIPC_OK",		 "TIPC_ERR_NO_NAME",
					    "TIPC_ERR_NO_PORT",	 "TIPC_ERR_NO_NODE",
					    "TIPC_ERR_OVERLOAD", "TIPC_CONN_SHUTDOWN"};

	return code < sizeof(names) / sizeof(names[0]) ? names[code] : NULL;
}

void packet_put_tipc_node(struct packet_out *out, uint32_t node)
{
	packet_put_number(out, node >> 24);
	packet_put_char(out, '.');
	packet_put_number(out, node >> 12 & 0xfff);
	packet_put_char(out, '.');
	packet_put_number(out, node & 0xfff);
}

static void line_ends(struct packet_out *out, const struct packet_tipc *t)
{
	const uint32_t *w = t->words;

	packet_put_char(out, ' ');
	packet_put_tipc_node(out, t->header_size == 24 ? w[3] : w[6]);
	packet_put_char(out, ':');
	packet_put_number(out, w[4]);
	packet_put(out, " > ");
	if (packet_tipc_is_payload(t) && t->header_size >= 40 &&
	    (t->type == PACKET_TIPC_NAMED_MSG || t->type == PACKET_TIPC_MCAST_MSG)) {
		packet_put_char(out, '{');
		packet_put_number(out, w[8]);
		packet_put(out, ", ");
		packet_put_number(out, w[9]);
		if (t->type == PACKET_TIPC_MCAST_MSG) {
			packet_put_char(out, '-');
			packet_put_number(out, w[10]);
		}
		packet_put_char(out, '}');
		return;
	}
	if (t->header_size > 24) {
		packet_put_tipc_node(out, w[7]);
		packet_put_char(out, ':');
	}
	packet_put_number(out, w[5]);
}

static void line_header(struct packet_out *out, const struct packet_tipc *t)
{
	const char *user = packet_name_tipc_user(t->user), *type = packet_name_tipc_type(t);

	if (user != NULL) {
		packet_put(out, user);
	} else {
		packet_put(out, "user ");
		packet_put_number(out, t->user);
	}
	if (type != NULL) {
		packet_put_char(out, ' ');
		packet_put(out, type);
	} else if (t->user != PACKET_TIPC_MSG_BUNDLER) {
		packet_put(out, " type ");
		packet_put_number(out, t->type);
	}
	if (packet_tipc_is_payload(t) || t->user == PACKET_TIPC_CONN_MANAGER ||
	    t->user == PACKET_TIPC_GROUP_PROTOCOL) {
		line_ends(out, t);
		if (t->error_code != 0)
			packet_put_pair(out, "error", t->error_code);
		if (t->syn)
			packet_put(out, " syn");
	} else {
		packet_put(out, " from ");
		packet_put_tipc_node(out, t->previous_node);
	}
	if (t->user != PACKET_TIPC_LINK_CONFIG && t->user != PACKET_TIPC_BCAST_PROTOCOL) {
		packet_put_pair(out, "seq", t->link_sequence);
		packet_put_pair(out, "ack", t->link_acknowledge);
	}
	packet_put_length(out, t->message_size - t->header_size);
}

void packet_line_tipc(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_tipc *t = &l->tipc;
	struct packet_walk walk = packet_walk(p, l);
	struct packet_tipc_bundled b;
	uint32_t header = t->encrypted || l->header_length <= 4 ? l->header_length : t->header_size;
	unsigned int count = 0;

	packet_put(out, "TIPC");
	if (l->header_captured < header || header <= 4) {
		packet_put(out, l->header_captured < header ? " header cut" : " header?");
		return;
	}
	if (t->encrypted) {
		packet_put(out, " encrypted ");
		packet_put(out, packet_name_tipc_user(t->user) != NULL
					? packet_name_tipc_user(t->user)
					: "user ?");
		packet_put_pair(out, "seq", t->encrypted_sequence);
		packet_put_length(out, l->length - l->header_length);
		return;
	}
	packet_put_char(out, ' ');
	line_header(out, t);
	/* a line need not go on for ever */
	while (count++ < 8 && packet_tipc_bundled_next(&walk, &b)) {
		packet_put(out, " [");
		if (b.ok && b.captured >= b.header.header_size)
			line_header(out, &b.header);
		else
			packet_put_char(out, '?');
		packet_put_char(out, ']');
	}
}
