/* SPDX-License-Identifier: MIT */
/*
 * Options of L2CAP's Configuration Request and Response: Core specification Vol 3 Part A 5.
 *
 *     0   1           8               16
 *    +---+-----------+---------------+------------------
 *    | H | Type      | Length        | data
 *    +---+-----------+---------------+------------------
 *
 * H marks a hint: who does not know the option passes over it. Length counts the data alone.
 */
#include "harness/packet/bluetooth/parameters.h"

static const char *const services[] = {"no traffic", "best effort", "guaranteed", NULL};
static const char *const modes[] = {
	"basic", "retransmission", "flow control", "enhanced retransmission", "streaming", NULL};
static const char *const fcs_types[] = {"none", "16-bit", NULL};

FIELDS(mtu) = {NUMBER("MTU", 2), END};
FIELDS(flush) = {NUMBER("Flush Timeout", 2), END};
FIELDS(qos) = {{"Flags", 1, BLUETOOTH_HEX, NULL},
	       {"Service Type", 1, BLUETOOTH_NAMED, services},
	       NUMBER("Token Rate", 4),
	       NUMBER("Token Bucket Size", 4),
	       NUMBER("Peak Bandwidth", 4),
	       {"Latency", 4, BLUETOOTH_MICROSECONDS, NULL},
	       {"Delay Variation", 4, BLUETOOTH_MICROSECONDS, NULL},
	       END};
FIELDS(retransmission) = {{"Mode", 1, BLUETOOTH_NAMED, modes},
			  NUMBER("TxWindow size", 1),
			  NUMBER("MaxTransmit", 1),
			  NUMBER("Retransmission timeout", 2),
			  NUMBER("Monitor timeout", 2),
			  NUMBER("Maximum PDU size (MPS)", 2),
			  END};
FIELDS(fcs) = {{"FCS Type", 1, BLUETOOTH_NAMED, fcs_types}, END};
FIELDS(flow) = {NUMBER("Identifier", 1),
		{"Service Type", 1, BLUETOOTH_NAMED, services},
		NUMBER("Maximum SDU Size", 2),
		{"SDU Inter-arrival Time", 4, BLUETOOTH_MICROSECONDS, NULL},
		{"Access Latency", 4, BLUETOOTH_MICROSECONDS, NULL},
		{"Flush Timeout", 4, BLUETOOTH_MICROSECONDS, NULL},
		END};
FIELDS(window) = {NUMBER("Max Window Size", 2), END};

struct description {
	const char *name;
	uint8_t length;
	const struct bluetooth_field *fields;
};

/* Number 1 is the first. */
static const struct description descriptions[] = {
	{"Maximum Transmission Unit", 2, mtu},
	{"Flush Timeout", 2, flush},
	{"Quality of Service", 22, qos},
	{"Retransmission and Flow Control", 9, retransmission},
	{"Frame Check Sequence", 1, fcs},
	{"Extended Flow Specification", 16, flow},
	{"Extended Window Size", 2, window},
};

static const struct description *description_of(uint8_t type)
{
	if (type == 0 || type > sizeof(descriptions) / sizeof(descriptions[0]))
		return NULL;
	return &descriptions[type - 1];
}

struct packet_walk packet_l2cap_options(const struct packet_walk *commands,
					const struct packet_l2cap_command *command)
{
	struct packet_walk walk = *commands;

	walk.fault = 0;
	walk.next = command->options_offset;
	walk.end = command->options_offset + command->options_length;
	if (walk.captured > walk.end)
		walk.captured = walk.end;
	return walk;
}

bool packet_l2cap_option_next(struct packet_walk *walk, struct packet_l2cap_option *out)
{
	const struct description *description;
	uint32_t left = walk->end - walk->next;
	const uint8_t *b;

	if (walk->next >= walk->end)
		return false;
	if (left < 2) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (walk->captured < walk->next + 2) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	b = walk->packet->bytes + walk->next;
	*out = (struct packet_l2cap_option){.type = b[0] & 0x7f,
					    .hint = (b[0] & 0x80) != 0,
					    .length = b[1],
					    .ok = true,
					    .offset = walk->next,
					    .data_offset = walk->next + 2};
	if (out->length > left - 2) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (out->length > walk->captured - walk->next - 2) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	description = description_of(out->type);
	if (description != NULL) {
		out->ok = out->length == description->length;
		if (out->ok && out->length == 2)
			out->value = packet_le16(b + 2);
		else if (out->ok && out->type != PACKET_L2CAP_OPTION_QOS &&
			 out->type != PACKET_L2CAP_OPTION_EXTENDED_FLOW)
			out->value = b[2];
	}
	walk->next += 2u + out->length;
	return true;
}

void packet_show_l2cap_options(struct packet_view *v, const struct packet_walk *commands,
			       const struct packet_l2cap_command *command)
{
	struct packet_walk walk = packet_l2cap_options(commands, command);
	struct packet_l2cap_option o;

	while (packet_l2cap_option_next(&walk, &o)) {
		const struct description *description = description_of(o.type);

		packet_show_text(v, description != NULL ? description->name : "Unknown option",
				 o.offset, 2u + o.length, "");
		packet_show_in(v);
		packet_show_flag(v, "Hint", o.offset, 1, 0x80, o.hint);
		packet_show_bits(v, "Option Type", o.offset, 1, 0x7f, o.type, NULL);
		packet_show_number(v, "Option Length", o.offset + 1, 1, o.length, NULL);
		packet_show_bluetooth(v, description != NULL && o.ok ? description->fields : NULL,
				      o.data_offset, o.data_offset + o.length, "Data");
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}
