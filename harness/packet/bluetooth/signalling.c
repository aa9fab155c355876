/* SPDX-License-Identifier: MIT */
/*
 * Commands of the signalling channels of L2CAP: Core specification Vol 3 Part A 4.
 *
 *     0               8               16                             32
 *    +---------------+---------------+--------------------------------+
 *  0 | Code          | Identifier    | Length (of the data)           |
 *    +---------------+---------------+--------------------------------+
 *  4 | Data                                                           |
 *    +----------------------------------------------------------------+
 *
 * Little-endian. Channel 1 takes as many of them in a frame as fit, channel 5 (LE) just one.
 */
#include "harness/packet/bluetooth/internal.h"

/* What the reason of a reject and the type of an information bring with them (4.1, 4.11). */
static uint16_t rejected_data(uint16_t reason)
{
	return reason == 1 ? 2 : reason == 2 ? 4 : 0;
}

static uint16_t information_data(uint16_t type)
{
	return type == 1 ? 2 : type == 2 ? 4 : type == 3 ? 8 : 0;
}

/* The members of a command whose data has a length that the code may have. */
static bool fill_command(struct packet_l2cap_command *c, const uint8_t *b)
{
	switch (c->code) {
	case PACKET_L2CAP_COMMAND_REJECT:
		c->result = packet_le16(b);
		if (c->result > 2)
			return true;
		if (c->result == 2 && c->length == 6) {
			c->source_cid = packet_le16(b + 2);
			c->destination_cid = packet_le16(b + 4);
		}
		return c->length == 2 + rejected_data(c->result);
	case PACKET_L2CAP_CONNECTION_REQUEST:
	case PACKET_L2CAP_CREATE_CHANNEL_REQUEST:
		c->psm = packet_le16(b);
		c->source_cid = packet_le16(b + 2);
		break;
	case PACKET_L2CAP_CONNECTION_RESPONSE:
	case PACKET_L2CAP_CREATE_CHANNEL_RESPONSE:
		c->result = packet_le16(b + 4);
		c->destination_cid = packet_le16(b);
		c->source_cid = packet_le16(b + 2);
		break;
	case PACKET_L2CAP_DISCONNECTION_REQUEST:
	case PACKET_L2CAP_DISCONNECTION_RESPONSE:
		c->destination_cid = packet_le16(b);
		c->source_cid = packet_le16(b + 2);
		break;
	case PACKET_L2CAP_CONFIGURATION_REQUEST:
		c->destination_cid = packet_le16(b);
		c->options_offset = c->data_offset + 4;
		c->options_length = c->length - 4u;
		break;
	case PACKET_L2CAP_CONFIGURATION_RESPONSE:
		c->source_cid = packet_le16(b);
		c->result = packet_le16(b + 4);
		c->options_offset = c->data_offset + 6;
		c->options_length = c->length - 6u;
		break;
	case PACKET_L2CAP_INFORMATION_RESPONSE:
		c->result = packet_le16(b + 2);
		return c->result != 0 || packet_le16(b) > 3 || packet_le16(b) == 0 ||
		       c->length == 4 + information_data(packet_le16(b));
	case PACKET_L2CAP_MOVE_CHANNEL_RESPONSE:
	case PACKET_L2CAP_MOVE_CHANNEL_CONFIRMATION_REQUEST:
		c->result = packet_le16(b + 2);
		break;
	case PACKET_L2CAP_CONNECTION_PARAMETER_UPDATE_RESPONSE:
	case PACKET_L2CAP_CREDIT_BASED_RECONFIGURE_RESPONSE:
		c->result = packet_le16(b);
		break;
	case PACKET_L2CAP_LE_CREDIT_BASED_CONNECTION_REQUEST:
		c->psm = packet_le16(b);
		c->source_cid = packet_le16(b + 2);
		c->mtu = packet_le16(b + 4);
		c->mps = packet_le16(b + 6);
		c->credits = packet_le16(b + 8);
		break;
	case PACKET_L2CAP_LE_CREDIT_BASED_CONNECTION_RESPONSE:
		c->destination_cid = packet_le16(b);
		c->mtu = packet_le16(b + 2);
		c->mps = packet_le16(b + 4);
		c->credits = packet_le16(b + 6);
		c->result = packet_le16(b + 8);
		break;
	case PACKET_L2CAP_FLOW_CONTROL_CREDIT:
		c->source_cid = packet_le16(b);
		c->credits = packet_le16(b + 2);
		break;
	case PACKET_L2CAP_CREDIT_BASED_CONNECTION_REQUEST:
		c->psm = packet_le16(b);
		c->mtu = packet_le16(b + 2);
		c->mps = packet_le16(b + 4);
		c->credits = packet_le16(b + 6);
		c->cids_offset = c->data_offset + 8;
		break;
	case PACKET_L2CAP_CREDIT_BASED_CONNECTION_RESPONSE:
		c->mtu = packet_le16(b);
		c->mps = packet_le16(b + 2);
		c->credits = packet_le16(b + 4);
		c->result = packet_le16(b + 6);
		c->cids_offset = c->data_offset + 8;
		break;
	case PACKET_L2CAP_CREDIT_BASED_RECONFIGURE_REQUEST:
		c->mtu = packet_le16(b);
		c->mps = packet_le16(b + 2);
		c->cids_offset = c->data_offset + 4;
		break;
	default:
		break;
	}
	if (c->cids_offset != 0) {
		uint32_t list = c->data_offset + c->length - c->cids_offset;

		c->cids = (uint8_t)(list / 2);
		return list % 2 == 0;
	}
	return true;
}

bool packet_l2cap_command_next(struct packet_walk *walk, struct packet_l2cap_command *out)
{
	uint32_t left = walk->end - walk->next;
	const struct l2cap_description *description;
	const uint8_t *b;

	if (walk->next >= walk->end)
		return false;
	if (left < 4) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (walk->captured < walk->next + 4) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	b = walk->packet->bytes + walk->next;
	*out = (struct packet_l2cap_command){.code = b[0],
					     .identifier = b[1],
					     .length = packet_le16(b + 2),
					     .ok = true,
					     .offset = walk->next,
					     .data_offset = walk->next + 4};
	if (out->length > left - 4) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (out->length > walk->captured - walk->next - 4) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	description = packet_l2cap_description(out->code);
	if (description != NULL)
		out->ok = out->length >= description->least && out->length <= description->most &&
			  fill_command(out, b + 4);
	walk->next += 4u + out->length;
	return true;
}

void packet_walk_l2cap_commands(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->l2cap.signalling ? l->offset + 4 : 0;
}

static void check_options(struct decoder *d, const struct packet_walk *commands,
			  const struct packet_l2cap_command *command)
{
	struct packet_walk walk = packet_l2cap_options(commands, command);
	struct packet_l2cap_option option;

	while (packet_l2cap_option_next(&walk, &option)) {
		if (!option.ok)
			packet_contradiction(d, "option %1 cannot be %2 bytes long", option.type,
					     option.length, option.offset + 1, 1);
	}
	if (walk.fault != PACKET_MALFORMED)
		return;
	if (walk.end - walk.next < 2)
		packet_contradiction(d, "the list of options ends in the middle of one", 0, 0,
				     walk.next, 1);
	else
		packet_contradiction(d, "an option has %1 bytes, its command has %2 for them",
				     d->bytes[walk.next + 1], walk.end - walk.next - 2,
				     walk.next + 1, 1);
}

/* The end of the list is that of the PDU, whether all of it is in this ACL packet or not. */
void packet_decode_l2cap_commands(struct decoder *d)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_l2cap_command command;
	unsigned int count = 0;

	while (packet_l2cap_command_next(&walk, &command)) {
		if (!command.ok)
			packet_contradiction(d, "a command with code %1 cannot have Length %2",
					     command.code, command.length, command.offset + 2, 2);
		if (++count == 2 && d->layer->l2cap.channel_id == 5)
			packet_contradiction(d,
					     "a second command: the LE channel has one in a frame",
					     0, 0, command.offset, 1);
		if (command.options_length > 0)
			check_options(d, &walk, &command);
	}
	if (walk.fault != PACKET_MALFORMED)
		return;
	if (walk.end - walk.next < 4)
		packet_contradiction(d, "%1 bytes are left, less than the header of a command",
				     walk.end - walk.next, 0, walk.next, 1);
	else
		packet_contradiction(d, "Length of a command is %1, the frame has %2 bytes for it",
				     packet_le16(d->bytes + walk.next + 2),
				     walk.end - walk.next - 4, walk.next + 2, 2);
}

static void show_command_data(struct packet_view *v, const struct packet_walk *walk,
			      const struct l2cap_description *description,
			      const struct packet_l2cap_command *c)
{
	static const struct bluetooth_field mtu[] = {{"MTU", 2, BLUETOOTH_NUMBER, NULL}, {0}};
	static const struct bluetooth_field features[] = {
		{"Extended feature mask", 4, BLUETOOTH_HEX, NULL}, {0}};
	static const struct bluetooth_field channels[] = {
		{"Fixed channels", 8, BLUETOOTH_HEX, NULL}, {0}};
	static const struct bluetooth_field *const information[] = {NULL, mtu, features, channels};
	static const struct bluetooth_field signalling_mtu[] = {
		{"Actual MTU", 2, BLUETOOTH_NUMBER, NULL}, {0}};
	static const struct bluetooth_field cids[] = {{"Source CID", 2, BLUETOOTH_HEX, NULL},
						      {"Destination CID", 2, BLUETOOTH_HEX, NULL},
						      {0}};
	static const struct bluetooth_field *const rejected[] = {NULL, signalling_mtu, cids};
	const struct bluetooth_field *more = NULL;
	uint32_t fixed, at = c->data_offset, end = at + c->length;
	bool open;

	fixed = packet_bluetooth_size(description->fields, &open);
	if (c->code == PACKET_L2CAP_CONFIGURATION_REQUEST ||
	    c->code == PACKET_L2CAP_CONFIGURATION_RESPONSE) {
		packet_show_bluetooth(v, description->fields, at, at + 4, "");
		packet_show_in(v);
		packet_show_flag(v, "Continuation", at + 2, 2, 1, (v->p->bytes[at + 2] & 1) != 0);
		packet_show_out(v);
		packet_show_bluetooth(v, description->fields + 2, at + 4, at + fixed, "");
		packet_show_l2cap_options(v, walk, c);
		return;
	}
	packet_show_bluetooth(v, description->fields, at, at + fixed, "");
	at += fixed;
	if (c->code == PACKET_L2CAP_INFORMATION_RESPONSE && c->result == 0) {
		uint16_t type = packet_le16(v->p->bytes + c->data_offset);

		more = type < 4 ? information[type] : NULL;
	}
	if (c->code == PACKET_L2CAP_COMMAND_REJECT && c->result < 3)
		more = rejected[c->result];
	for (unsigned int i = 0; i < c->cids; i++, at += 2)
		packet_show_hex(v, description->channels, at, 2, packet_le16(v->p->bytes + at),
				NULL);
	packet_show_bluetooth(v, more, at, end, "Data");
}

void packet_show_l2cap_commands(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_l2cap_command c;

	while (packet_l2cap_command_next(&walk, &c)) {
		const struct l2cap_description *description = packet_l2cap_description(c.code);

		packet_show_text(v, "Command", c.offset, 4u + c.length,
				 description == NULL ? "unknown" : description->name);
		packet_show_in(v);
		packet_show_hex(v, "Code", c.offset, 1, c.code,
				description != NULL ? description->name : NULL);
		packet_show_number(v, "Identifier", c.offset + 1, 1, c.identifier, NULL);
		packet_show_number(v, "Command Length", c.offset + 2, 2, c.length, NULL);
		if (description != NULL && c.ok)
			show_command_data(v, &walk, description, &c);
		else
			packet_show_bytes(v, "Data", c.data_offset, c.length);
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}

static void put_cid(struct packet_out *out, const char *name, uint16_t cid)
{
	if (cid == 0)
		return;
	packet_put(out, name);
	packet_put_hex(out, cid, 4);
}

static void line_command(struct packet_out *out, const struct packet_l2cap_command *c)
{
	const struct l2cap_description *description = packet_l2cap_description(c->code);

	packet_put_char(out, ' ');
	if (description != NULL) {
		packet_put(out, description->name);
	} else {
		packet_put(out, "code 0x");
		packet_put_hex(out, c->code, 2);
	}
	packet_put_pair(out, "id", c->identifier);
	if (!c->ok) {
		packet_put_char(out, '?');
		return;
	}
	if (c->psm != 0) {
		const char *name = packet_name_psm(c->psm);

		put_cid(out, " psm=0x", c->psm);
		if (name != NULL) {
			packet_put(out, " (");
			packet_put(out, name);
			packet_put_char(out, ')');
		}
	}
	put_cid(out, " dcid=0x", c->destination_cid);
	put_cid(out, c->code == PACKET_L2CAP_FLOW_CONTROL_CREDIT ? " cid=0x" : " scid=0x",
		c->source_cid);
	if (c->result != 0)
		packet_put_pair(out, c->code == PACKET_L2CAP_COMMAND_REJECT ? "reason" : "result",
				c->result);
	if (c->mtu != 0)
		packet_put_pair(out, "mtu", c->mtu);
	if (c->credits != 0)
		packet_put_pair(out, "credits", c->credits);
}

void packet_line_l2cap_commands(struct packet_out *out, const struct packet *p,
				const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(p, l);
	struct packet_l2cap_command command;
	const char *separator = "";

	while (packet_l2cap_command_next(&walk, &command)) {
		packet_put(out, separator);
		separator = ",";
		line_command(out, &command);
	}
	if (walk.fault != 0) {
		packet_put(out, separator);
		packet_put(out, " ...");
	}
}
