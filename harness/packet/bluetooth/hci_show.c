/* SPDX-License-Identifier: MIT */
/* The fields of HCI commands and events, and their line; what they are is in hci.c. */
#include "harness/packet/bluetooth/internal.h"

static void show_records(struct packet_view *v, const struct packet_layer *l,
			 const struct hci_event *event)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_hci_record r;
	const char *name = l->hci.event_code == HCI_LE_META ? "Report"
			   : l->hci.event_code == 0x13	    ? "Handle"
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
		if (r.data_offset != 0 && l->hci.subevent_code == HCI_LE_ADVERTISING_REPORT) {
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
	const struct hci_event *event = packet_hci_event_of(hci),
			       *outer = packet_hci_event(hci->event_code);
	uint32_t at = hci->parameters_offset, end = at + hci->parameter_total_length;
	const struct hci_command *command = packet_hci_command(hci->opcode);

	packet_show_hex(v, "Event_Code", l->offset + hci->h4, 1, hci->event_code,
			outer != NULL ? outer->name : NULL);
	packet_show_number(v, "Parameter_Total_Length", l->offset + hci->h4 + 1, 1,
			   hci->parameter_total_length, NULL);
	if (at == 0)
		return;
	if (hci->event_code == HCI_LE_META && hci->parameter_total_length > 0) {
		packet_show_hex(v, "Subevent_Code", at, 1, hci->subevent_code,
				event != NULL ? event->name : NULL);
		at = packet_hci_described(hci);
	}
	if (event == NULL || event->parameters == NULL) {
		packet_show_bluetooth(v, NULL, at, end, "Parameters");
	} else if (hci->event_code == HCI_COMMAND_COMPLETE && end - at > 3) {
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

void packet_show_hci(struct packet_view *v, const struct packet_layer *l)
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
	const struct hci_event *event = packet_hci_event_of(hci);

	packet_put(out, "HCI event ");
	if (event != NULL) {
		packet_put(out, event->name);
	} else {
		packet_put(out, "0x");
		packet_put_hex(out, hci->event_code, 2);
		if (hci->event_code == HCI_LE_META)
			packet_put_pair(out, "subevent", hci->subevent_code);
	}
	if (hci->event_code == HCI_COMMAND_COMPLETE || hci->event_code == HCI_COMMAND_STATUS)
		put_opcode(out, hci->opcode);
	if (hci->event_code == HCI_COMMAND_STATUS && hci->has_status && hci->status == 0)
		packet_put(out, ": pending");
	else if (hci->has_status)
		put_status(out, hci->status);
	if (hci->records_offset != 0)
		packet_put_pair(out, "items", hci->records);
}

void packet_line_hci(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
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
