/* SPDX-License-Identifier: MIT */
/*
 * HCI commands and events, Core specification Vol 4 Part E 5.4.1 and 5.4.4. Their parameters are in
 * the tables of commands.c and events.c.
 */
#include "harness/packet/bluetooth/internal.h"

const struct hci_event *packet_hci_event_of(const struct packet_hci *hci)
{
	if (hci->type != PACKET_H4_EVENT)
		return NULL;
	if (hci->event_code == HCI_LE_META)
		return packet_hci_subevent(hci->subevent_code);
	return packet_hci_event(hci->event_code);
}

uint32_t packet_hci_described(const struct packet_hci *hci)
{
	return hci->parameters_offset + (hci->event_code == HCI_LE_META);
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

	if (hci->event_code == HCI_LE_META) {
		check_length(d, 1, true, "Parameter_Total_Length is %1, the subevent takes %2");
		if (there < 1)
			return;
		hci->subevent_code = parameters[0];
		before = 1;
	}
	event = packet_hci_event_of(hci);
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
	if (hci->event_code == HCI_COMMAND_COMPLETE)
		decode_command_complete(d, parameters, there);
	if (hci->event_code == HCI_COMMAND_STATUS && there >= 4)
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
	bool extended = hci->subevent_code == HCI_LE_EXTENDED_ADVERTISING_REPORT;

	if (hci->event_code == 0x13) {
		r->connection_handle = packet_le16(b) & 0x0fff;
		r->completed_packets = packet_le16(b + 2);
		return;
	}
	r->has_address = true;
	if (hci->event_code != HCI_LE_META) {
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
	event = packet_hci_event_of(hci);
	if (event == NULL || event->record == NULL)
		return false;
	extended = hci->event_code == HCI_LE_META &&
		   hci->subevent_code == HCI_LE_EXTENDED_ADVERTISING_REPORT;
	size = packet_bluetooth_size(event->record, &open);
	need = size + (hci->event_code == HCI_LE_META && !extended);
	if (need <= left && size <= walk->captured - walk->next && hci->event_code == HCI_LE_META)
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

const struct packet_protocol packet_protocol_hci = {
	.name = "HCI",
	.show = packet_show_hci,
	.line = packet_line_hci,
	.walk = walk_hci,
};
