/* SPDX-License-Identifier: MIT */
/*
 * HCI commands and events, Core specification Vol 4 Part E 5.4.1 and 5.4.4. Their parameters are in
 * the tables of commands.c and events.c.
 */
#include "harness/packet/bluetooth/internal.h"

enum {
	COMMAND_COMPLETE = 0x0e,
	COMMAND_STATUS = 0x0f,
	LE_META = 0x3e,
	LE_ADVERTISING_REPORT = 0x02,
	LE_EXTENDED_ADVERTISING_REPORT = 0x0d,
};

/* The table's entry of an event: that of the subevent, if it has one. */
static const struct hci_event *event_of(const struct packet_hci *hci)
{
	if (hci->type != PACKET_H4_EVENT)
		return NULL;
	if (hci->event_code == LE_META)
		return packet_hci_subevent(hci->subevent_code);
	return packet_hci_event(hci->event_code);
}

/* Where the parameters that the table describes start. */
static uint32_t described_offset(const struct packet_hci *hci)
{
	return hci->parameters_offset + (hci->event_code == LE_META);
}

static void check_length(struct decoder *d, uint32_t least, bool open, const char *text)
{
	const struct packet_hci *hci = &d->layer->hci;
	uint32_t length = hci->parameter_total_length;

	if (length < least || (length > least && !open))
		packet_contradiction(d, text, length, least, hci->parameters_offset - 1, 1);
}

static void decode_command(struct decoder *d)
{
	const struct hci_command *command = packet_hci_command(d->layer->hci.opcode);
	uint32_t size;
	bool open;

	if (command == NULL || command->parameters == NULL)
		return;
	size = packet_bluetooth_size(command->parameters, &open);
	check_length(d, size, open,
		     "Parameter_Total_Length is %1, the command has %2 bytes of parameters");
}

/* A command that failed may leave out what stands behind its Status (4.5). */
static void decode_command_complete(struct decoder *d, const uint8_t *parameters, uint32_t there)
{
	struct packet_hci *hci = &d->layer->hci;
	const struct hci_command *command;
	uint32_t size;
	bool open;

	if (there < 3)
		return;
	hci->opcode = packet_le16(parameters + 1);
	command = packet_hci_command(hci->opcode);
	if (command == NULL || there < 4)
		return;
	hci->has_status = true;
	hci->status = parameters[3];
	if (hci->status != 0 || command->returns == NULL)
		return;
	size = packet_bluetooth_size(command->returns, &open);
	check_length(d, 4 + size, true,
		     "Parameter_Total_Length is %1, with what the command returns it takes %2");
}

static void check_records(struct decoder *d)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_hci_record record;
	uint32_t done = 0;

	while (packet_hci_record_next(&walk, &record))
		done++;
	if (walk.fault == 0 && walk.next < walk.end)
		packet_contradiction(d, "%1 items are announced, they leave %2 bytes over",
				     d->layer->hci.records, walk.end - walk.next,
				     d->layer->hci.records_offset - 1, 1);
	if (walk.fault == PACKET_MALFORMED)
		packet_contradiction(d, "%1 items are announced, there is room for %2",
				     d->layer->hci.records, done, d->layer->hci.records_offset - 1,
				     1);
}

static void decode_event(struct decoder *d)
{
	struct packet_layer *l = d->layer;
	struct packet_hci *hci = &l->hci;
	uint32_t there = l->offset + l->header_captured - hci->parameters_offset;
	const uint8_t *parameters = d->bytes + hci->parameters_offset;
	const struct hci_event *event;
	uint32_t before = 0, size;
	bool open;

	if (hci->event_code == LE_META) {
		check_length(d, 1, true, "Parameter_Total_Length is %1, the subevent takes %2");
		if (there < 1)
			return;
		hci->subevent_code = parameters[0];
		before = 1;
	}
	event = event_of(hci);
	if (event == NULL || event->parameters == NULL)
		return;
	size = packet_bluetooth_size(event->parameters, &open);
	check_length(d, before + size, true,
		     "Parameter_Total_Length is %1, the event has at least %2 bytes of parameters");
	if ((event->parameters[0].how == BLUETOOTH_STATUS ||
	     event->parameters[0].how == BLUETOOTH_PENDING) &&
	    there > before) {
		hci->has_status = true;
		hci->status = parameters[before];
	}
	if (hci->event_code == COMMAND_COMPLETE)
		decode_command_complete(d, parameters, there);
	if (hci->event_code == COMMAND_STATUS && there >= 4)
		hci->opcode = packet_le16(parameters + 2);
	if (event->record != NULL && there > before) {
		hci->records = parameters[before];
		hci->records_offset = hci->parameters_offset + before + 1;
		check_records(d);
	}
}

/*
 *     0               8                               24              32
 *    +---------------+-------------------------------+---------------+
 *    | H4: 1         | Opcode (OCF 10, OGF 6 bits)   | Parameter_    |
 *    |               |                               | Total_Length  |   command
 *    +---------------+---------------+---------------+---------------+
 *    | H4: 4         | Event_Code    | Parameter_    | Event_        |   event
 *    |               |               | Total_Length  | Parameters    |
 *    +---------------+---------------+---------------+---------------+
 *
 * The first byte is that of the UART transport H4 (Vol 4 Part A 2), by which the receiver of a
 * stream knows what comes and so where its length stands. It belongs to the layer it announces.
 * Monitor packets have none: their opcode says the same.
 */
static void decode_typed(struct decoder *d, uint8_t type, bool h4)
{
	struct packet_layer *l = packet_open(d, PACKET_HCI);
	bool command = type == PACKET_H4_COMMAND, known = command || type == PACKET_H4_EVENT;
	struct packet_hci *hci;
	uint32_t base = h4;
	const uint8_t *h;

	if (l == NULL)
		return;
	hci = &l->hci;
	*hci = (struct packet_hci){.type = type, .h4 = h4};
	h = packet_take(d, base + (known ? 2 + command : 0)) + base;
	if (command) {
		hci->opcode = packet_le16(h);
		hci->parameter_total_length = h[2];
	} else if (known) {
		hci->event_code = h[0];
		hci->parameter_total_length = h[1];
	}
	if (l->header_captured < l->header_length)
		return;
	if (!known) {
		packet_advance(d);
		d->next = packet_decode_data;
		return;
	}
	hci->parameters_offset = l->offset + l->header_length;
	packet_narrow(d, l->header_length + hci->parameter_total_length,
		      "Parameter_Total_Length makes it %1 bytes, only %2 are there",
		      hci->parameters_offset - 1, 1);
	packet_extend(d, l->header_length + hci->parameter_total_length);
	if (command)
		decode_command(d);
	else
		decode_event(d);
}

void packet_decode_hci(struct decoder *d)
{
	uint8_t type;

	if (!packet_is_h4(d)) {
		decode_typed(d,
			     d->layer->hci_monitor.opcode == PACKET_HCI_MONITOR_COMMAND
				     ? PACKET_H4_COMMAND
				     : PACKET_H4_EVENT,
			     false);
		return;
	}
	type = d->at < d->readable ? d->bytes[d->at] : 0;
	switch (type) {
	case PACKET_H4_ACL:
		packet_decode_hci_acl(d);
		break;
	case PACKET_H4_SCO:
		packet_decode_hci_sco(d);
		break;
	case PACKET_H4_ISO:
		packet_decode_hci_iso(d);
		break;
	default:
		decode_typed(d, type, true);
		break;
	}
}

/* What a whole record says; `b` are its first bytes. */
static void fill_record(const struct packet_hci *hci, const uint8_t *b, struct packet_hci_record *r)
{
	bool extended = hci->subevent_code == LE_EXTENDED_ADVERTISING_REPORT;

	if (hci->event_code == 0x13) {
		r->connection_handle = packet_le16(b) & 0x0fff;
		r->completed_packets = packet_le16(b + 2);
		return;
	}
	r->has_address = true;
	if (hci->event_code != LE_META) {
		bool rssi = hci->event_code == 0x22;

		packet_bd_addr(r->address, b);
		b += rssi ? 8 : 9;
		r->class_of_device = (uint32_t)b[2] << 16 | packet_le16(b);
		r->has_rssi = rssi;
		if (rssi)
			r->rssi = (int8_t)b[5];
		return;
	}
	r->event_type = extended ? packet_le16(b) : b[0];
	b += extended;
	r->address_type = b[1];
	packet_bd_addr(r->address, b + 2);
	r->data_offset = r->offset + (extended ? 24 : 9);
	r->data_length = extended ? b[22] : b[8];
	r->has_rssi = true;
	r->rssi = (int8_t)(extended ? b[12] : b[9 + r->data_length]);
}

/*
 * Event_Type 8, Address_Type 8, Address 48, Data_Length 8, Data, RSSI 8; in the extended report
 * everything but the data has a fixed place, 24 bytes.
 */
bool packet_hci_record_next(struct packet_walk *walk, struct packet_hci_record *out)
{
	const struct packet_hci *hci = &walk->layer->hci;
	uint32_t left = walk->end - walk->next, size, need;
	bool extended, open;
	const struct hci_event *event;
	const uint8_t *b;

	if (walk->left == 0 || walk->layer->kind != PACKET_HCI || hci->records_offset == 0)
		return false;
	event = event_of(hci);
	if (event == NULL || event->record == NULL)
		return false;
	extended =
		hci->event_code == LE_META && hci->subevent_code == LE_EXTENDED_ADVERTISING_REPORT;
	size = packet_bluetooth_size(event->record, &open);
	need = size + (hci->event_code == LE_META && !extended);
	if (need <= left && size <= walk->captured - walk->next && hci->event_code == LE_META)
		need += walk->packet->bytes[walk->next + size - 1];
	if (need > left) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (need > walk->captured - walk->next) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	b = walk->packet->bytes + walk->next;
	*out = (struct packet_hci_record){.offset = walk->next, .length = need};
	fill_record(hci, b, out);
	walk->next += need;
	walk->left--;
	return true;
}

static void walk_hci(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->hci.records_offset;
	walk->left = l->hci.records;
}

static void show_records(struct packet_view *v, const struct packet_layer *l,
			 const struct hci_event *event)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_hci_record r;
	const char *name = l->hci.event_code == LE_META ? "Report"
			   : l->hci.event_code == 0x13	? "Handle"
							: "Response";

	while (packet_hci_record_next(&walk, &r)) {
		packet_show_text(v, name, r.offset, r.length, "");
		packet_show_in(v);
		if (r.data_offset == 0) {
			packet_show_bluetooth(v, event->record, r.offset, r.offset + r.length, "");
		} else {
			packet_show_bluetooth(v, event->record, r.offset, r.data_offset, "");
			packet_show_bytes(v, "Data", r.data_offset, r.data_length);
		}
		if (r.data_offset != 0 && l->hci.subevent_code == LE_ADVERTISING_REPORT) {
			static const struct bluetooth_field rssi[] = {
				{"RSSI", 1, BLUETOOTH_SIGNED, NULL}, {0}};

			packet_show_bluetooth(v, rssi, r.data_offset + r.data_length,
					      r.offset + r.length, "");
		}
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
	if (walk.fault == 0 && walk.next < walk.end)
		packet_show_bytes(v, "Further parameters", walk.next, walk.end - walk.next);
}

static void show_event(struct packet_view *v, const struct packet_layer *l)
{
	static const struct bluetooth_field status[] = {{"Status", 1, BLUETOOTH_STATUS, NULL}, {0}};
	const struct packet_hci *hci = &l->hci;
	const struct hci_event *event = event_of(hci), *outer = packet_hci_event(hci->event_code);
	uint32_t at = hci->parameters_offset, end = at + hci->parameter_total_length;
	const struct hci_command *command = packet_hci_command(hci->opcode);

	packet_show_hex(v, "Event_Code", l->offset + hci->h4, 1, hci->event_code,
			outer != NULL ? outer->name : NULL);
	packet_show_number(v, "Parameter_Total_Length", l->offset + hci->h4 + 1, 1,
			   hci->parameter_total_length, NULL);
	if (at == 0)
		return;
	if (hci->event_code == LE_META && hci->parameter_total_length > 0) {
		packet_show_hex(v, "Subevent_Code", at, 1, hci->subevent_code,
				event != NULL ? event->name : NULL);
		at = described_offset(hci);
	}
	if (event == NULL || event->parameters == NULL) {
		packet_show_bluetooth(v, NULL, at, end, "Parameters");
	} else if (hci->event_code == COMMAND_COMPLETE && end - at > 3) {
		packet_show_bluetooth(v, event->parameters, at, at + 3, "");
		if (hci->has_status) {
			packet_show_bluetooth(v, status, at + 3, at + 4, "");
			packet_show_bluetooth(v, command->returns, at + 4, end,
					      "Return_Parameters");
		} else {
			packet_show_bluetooth(v, NULL, at + 3, end, "Return_Parameters");
		}
	} else if (hci->records_offset != 0) {
		packet_show_bluetooth(v, event->parameters, at, at + 1, "");
		show_records(v, l, event);
	} else {
		packet_show_bluetooth(v, event->parameters, at, end, "Further parameters");
	}
}

static void show_command(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_hci *hci = &l->hci;
	const struct hci_command *command = packet_hci_command(hci->opcode);
	uint32_t at = l->offset + hci->h4;

	packet_show_hex(v, "Opcode", at, 2, hci->opcode, packet_name_hci_opcode(hci->opcode));
	packet_show_in(v);
	packet_show_bits(v, "OGF", at, 2, 0xfc00, hci->opcode >> 10, NULL);
	packet_show_bits(v, "OCF", at, 2, 0x03ff, hci->opcode & 0x03ff, NULL);
	packet_show_out(v);
	packet_show_number(v, "Parameter_Total_Length", at + 2, 1, hci->parameter_total_length,
			   NULL);
	if (hci->parameters_offset == 0)
		return;
	packet_show_bluetooth(v, command != NULL ? command->parameters : NULL,
			      hci->parameters_offset,
			      hci->parameters_offset + hci->parameter_total_length, "Parameters");
}

static void show_hci(struct packet_view *v, const struct packet_layer *l)
{
	if (l->hci.h4)
		packet_show_h4(v, l, l->hci.type);
	if (l->hci.type == PACKET_H4_COMMAND)
		show_command(v, l);
	else if (l->hci.type == PACKET_H4_EVENT)
		show_event(v, l);
}

static void put_opcode(struct packet_out *out, uint16_t opcode)
{
	const char *name = packet_name_hci_opcode(opcode);

	packet_put_char(out, ' ');
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "0x");
		packet_put_hex(out, opcode, 4);
	}
}

static void put_status(struct packet_out *out, uint8_t status)
{
	const char *name = packet_name_bluetooth_error(status);

	packet_put(out, ": ");
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "status 0x");
		packet_put_hex(out, status, 2);
	}
}

static void line_event(struct packet_out *out, const struct packet_hci *hci)
{
	const struct hci_event *event = event_of(hci);

	packet_put(out, "HCI event ");
	if (event != NULL) {
		packet_put(out, event->name);
	} else {
		packet_put(out, "0x");
		packet_put_hex(out, hci->event_code, 2);
		if (hci->event_code == LE_META)
			packet_put_pair(out, "subevent", hci->subevent_code);
	}
	if (hci->event_code == COMMAND_COMPLETE || hci->event_code == COMMAND_STATUS)
		put_opcode(out, hci->opcode);
	if (hci->event_code == COMMAND_STATUS && hci->has_status && hci->status == 0)
		packet_put(out, ": pending");
	else if (hci->has_status)
		put_status(out, hci->status);
	if (hci->records_offset != 0)
		packet_put_pair(out, "items", hci->records);
}

static void line_hci(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_hci *hci = &l->hci;

	if (hci->type != PACKET_H4_COMMAND && hci->type != PACKET_H4_EVENT &&
	    l->header_captured > 0) {
		packet_put(out, "H4 packet type 0x");
		packet_put_hex(out, hci->type, 2);
		packet_put_length(out, packet_data_behind(p, l));
		return;
	}
	if (hci->parameters_offset == 0) {
		packet_put(out, "HCI header cut");
		return;
	}
	if (hci->type == PACKET_H4_COMMAND) {
		packet_put(out, "HCI command");
		put_opcode(out, hci->opcode);
	} else {
		line_event(out, hci);
	}
	packet_put_length(out, hci->parameter_total_length);
}

const struct packet_protocol packet_protocol_hci = {
	.name = "HCI",
	.show = show_hci,
	.line = line_hci,
	.walk = walk_hci,
};
