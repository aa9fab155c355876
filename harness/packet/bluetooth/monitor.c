/* SPDX-License-Identifier: MIT */
/*
 * What capture files have in front of HCI packets: the direction (link type 201) or the header of
 * the Linux monitor (254), include/net/bluetooth/hci_mon.h and net/bluetooth/hci_sock.c.
 */
#include "harness/packet/bluetooth/internal.h"

#include <string.h>

/*
 *     0                                                              32
 *    +----------------------------------------------------------------+
 *  0 | Direction (big-endian)                                         |
 *    +----------------------------------------------------------------+
 *
 * LINKTYPE_BLUETOOTH_HCI_H4_WITH_PHDR. libpcap, which writes it, sets the lowest bit in what the
 * host received.
 */
void packet_decode_hci_phdr(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_HCI_PHDR);
	const uint8_t *h;

	if (l == NULL)
		return;
	h = packet_take(d, 4);
	l->hci_phdr.direction = packet_be32(h);
	if (l->header_captured < 4)
		return;
	packet_advance(d);
	d->next = packet_decode_hci;
}

static void show_hci_phdr(struct packet_view *v, const struct packet_layer *l)
{
	packet_show_number(v, "Direction", l->offset, 4, l->hci_phdr.direction,
			   l->hci_phdr.direction & 1 ? "received" : "sent");
}

static void line_hci_phdr(struct packet_out *out, const struct packet *p,
			  const struct packet_layer *l)
{
	(void)p;
	if (l->header_captured < 4)
		packet_put(out, "direction cut");
	else
		packet_put(out, l->hci_phdr.direction & 1 ? "received" : "sent");
}

const struct packet_protocol packet_protocol_hci_phdr = {
	.name = "HCI direction",
	.show = show_hci_phdr,
	.line = line_hci_phdr,
};

static const char *const opcodes[] = {
	"New Index",
	"Deleted Index",
	"Command",
	"Event",
	"ACL TX",
	"ACL RX",
	"SCO TX",
	"SCO RX",
	"Open Index",
	"Close Index",
	"Index Information",
	"Vendor Diagnostics",
	"System Note",
	"User Logging",
	"Control Open",
	"Control Close",
	"Control Command",
	"Control Event",
	"ISO TX",
	"ISO RX",
};

static const char *opcode_name(uint16_t opcode)
{
	return opcode < sizeof(opcodes) / sizeof(opcodes[0]) ? opcodes[opcode] : NULL;
}

/* What the kernel says about the adapter or a socket: see the diagram below. */
static void decode_own(struct decoder *d, struct packet_hci_monitor *m)
{
	static const uint8_t sizes[] = {
		[PACKET_HCI_MONITOR_NEW_INDEX] = 20,
		[PACKET_HCI_MONITOR_INDEX_INFORMATION] = 12,
		[PACKET_HCI_MONITOR_SYSTEM_NOTE] = 4,
		[PACKET_HCI_MONITOR_USER_LOGGING] = 6,
		[PACKET_HCI_MONITOR_CONTROL_OPEN] = 18,
		[PACKET_HCI_MONITOR_CONTROL_CLOSE] = 8,
		[PACKET_HCI_MONITOR_CONTROL_COMMAND] = 10,
		[PACKET_HCI_MONITOR_CONTROL_EVENT] = 10,
	};
	struct packet_layer *l = d->layer;
	const uint8_t *h = packet_take(d, sizes[m->opcode]);
	uint32_t text = 0;

	switch (m->opcode) {
	case PACKET_HCI_MONITOR_NEW_INDEX:
		m->type = h[4];
		m->bus = h[5];
		packet_bd_addr(m->bd_addr, h + 6);
		memcpy(m->name, h + 12, 8);
		break;
	case PACKET_HCI_MONITOR_INDEX_INFORMATION:
		packet_bd_addr(m->bd_addr, h + 4);
		m->manufacturer = packet_le16(h + 10);
		break;
	case PACKET_HCI_MONITOR_SYSTEM_NOTE:
		text = d->end - (l->offset + 4);
		break;
	case PACKET_HCI_MONITOR_USER_LOGGING:
		m->priority = h[4];
		m->ident_length = h[5];
		if (l->header_captured == 6)
			text = d->end - (l->offset + 6);
		if (m->ident_length > text && l->header_captured == 6)
			packet_contradiction(d, "Ident_Length is %1, only %2 bytes follow",
					     m->ident_length, text, l->offset + 5, 1);
		break;
	case PACKET_HCI_MONITOR_CONTROL_OPEN:
		m->cookie = packet_le32(h + 4);
		m->format = packet_le16(h + 8);
		m->version = h[10];
		m->revision = packet_le16(h + 11);
		m->flags = packet_le32(h + 13);
		m->command_length = h[17];
		if (l->header_captured == 18)
			text = m->command_length;
		if (text > d->end - (l->offset + 18))
			packet_contradiction(d, "Command_Length is %1, only %2 bytes follow", text,
					     d->end - (l->offset + 18), l->offset + 17, 1);
		break;
	case PACKET_HCI_MONITOR_CONTROL_CLOSE:
		m->cookie = packet_le32(h + 4);
		break;
	default:
		m->cookie = packet_le32(h + 4);
		m->code = packet_le16(h + 8);
		break;
	}
	if (text > 0) {
		m->text_offset = l->offset + l->header_length;
		packet_extend(d, l->header_length + text);
	}
	if (l->header_captured < l->header_length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

/*
 *     0                               16                             32
 *    +-------------------------------+--------------------------------+
 *  0 | Adapter ID (big-endian)       | Opcode (big-endian)            |
 *    +-------------------------------+--------------------------------+
 *  4 | by Opcode, little-endian:                                      |
 *    |   Command, Event, ACL, SCO, ISO: the HCI packet, without the   |
 *    |     type byte of H4                                            |
 *    |   New Index: Type 8, Bus 8, BD_ADDR 48, Name 64                |
 *    |   Index Information: BD_ADDR 48, Manufacturer 16               |
 *    |   System Note: text                                            |
 *    |   User Logging: Priority 8, Ident_Length 8, Ident, text        |
 *    |   Control Open: Cookie 32, Format 16, Version 8, Revision 16,  |
 *    |     Flags 32, Command_Length 8, Command                        |
 *    |   Control Close: Cookie 32                                     |
 *    |   Control Command, Control Event: Cookie 32, Code 16, data     |
 *    +----------------------------------------------------------------+
 *
 * LINKTYPE_BLUETOOTH_LINUX_MONITOR: libpcap makes the first 4 bytes of the monitor's own header.
 */
void packet_decode_hci_monitor(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_HCI_MONITOR);
	struct packet_hci_monitor *m;
	const uint8_t *h;

	if (l == NULL)
		return;
	m = &l->hci_monitor;
	*m = (struct packet_hci_monitor){0};
	h = packet_take(d, 4);
	m->adapter_id = packet_be16(h);
	m->opcode = packet_be16(h + 2);
	if (l->header_captured < 4)
		return;
	packet_advance(d);
	switch (m->opcode) {
	case PACKET_HCI_MONITOR_COMMAND:
	case PACKET_HCI_MONITOR_EVENT:
		d->next = packet_decode_hci;
		break;
	case PACKET_HCI_MONITOR_ACL_TX:
	case PACKET_HCI_MONITOR_ACL_RX:
		d->next = packet_decode_hci_acl;
		break;
	case PACKET_HCI_MONITOR_SCO_TX:
	case PACKET_HCI_MONITOR_SCO_RX:
		d->next = packet_decode_hci_sco;
		break;
	case PACKET_HCI_MONITOR_ISO_TX:
	case PACKET_HCI_MONITOR_ISO_RX:
		d->next = packet_decode_hci_iso;
		break;
	case PACKET_HCI_MONITOR_NEW_INDEX:
	case PACKET_HCI_MONITOR_INDEX_INFORMATION:
	case PACKET_HCI_MONITOR_SYSTEM_NOTE:
	case PACKET_HCI_MONITOR_USER_LOGGING:
	case PACKET_HCI_MONITOR_CONTROL_OPEN:
	case PACKET_HCI_MONITOR_CONTROL_CLOSE:
	case PACKET_HCI_MONITOR_CONTROL_COMMAND:
	case PACKET_HCI_MONITOR_CONTROL_EVENT:
		d->at = l->offset;
		decode_own(d, m);
		break;
	default:
		d->next = packet_decode_data;
		break;
	}
}

/* include/net/bluetooth/hci.h, HCI_VIRTUAL and those that follow. */
static const char *const buses[] = {"virtual", "USB", "PC card", "UART",   "RS-232", "PCI", "SDIO",
				    "SPI",     "I2C", "SMD",	 "virtio", "IPC",    NULL};

static const char *const formats[] = {"raw", "user", "control", NULL};

static const struct bluetooth_field new_index[] = {
	{"Type", 1, BLUETOOTH_NAMED, (const char *const[]){"primary", "AMP", NULL}},
	{"Bus", 1, BLUETOOTH_NAMED, buses},
	{"BD_ADDR", 6, BLUETOOTH_ADDRESS, NULL},
	{"Name", 8, BLUETOOTH_TEXT, NULL},
	{0},
};

static const struct bluetooth_field index_information[] = {
	{"BD_ADDR", 6, BLUETOOTH_ADDRESS, NULL},
	{"Manufacturer", 2, BLUETOOTH_NUMBER, NULL},
	{0},
};

static const struct bluetooth_field control_open[] = {
	{"Cookie", 4, BLUETOOTH_NUMBER, NULL},	{"Format", 2, BLUETOOTH_NAMED, formats},
	{"Version", 1, BLUETOOTH_NUMBER, NULL}, {"Revision", 2, BLUETOOTH_NUMBER, NULL},
	{"Flags", 4, BLUETOOTH_HEX, NULL},	{"Command_Length", 1, BLUETOOTH_NUMBER, NULL},
	{"Command", 0, BLUETOOTH_TEXT, NULL},	{0},
};

static const struct bluetooth_field control_close[] = {
	{"Cookie", 4, BLUETOOTH_NUMBER, NULL},
	{0},
};

static const struct bluetooth_field control_command[] = {
	{"Cookie", 4, BLUETOOTH_NUMBER, NULL},
	{"Command code", 2, BLUETOOTH_HEX, NULL},
	{0},
};

static const struct bluetooth_field control_event[] = {
	{"Cookie", 4, BLUETOOTH_NUMBER, NULL},
	{"Event code", 2, BLUETOOTH_HEX, NULL},
	{0},
};

static const struct bluetooth_field system_note[] = {
	{"Text", 0, BLUETOOTH_TEXT, NULL},
	{0},
};

static const char *priority_name(uint8_t priority)
{
	static const char *const names[] = {"emergency", "alert",  "critical",	  "error",
					    "warning",	 "notice", "information", "debug"};

	return priority < 8 ? names[priority] : NULL;
}

static void show_logging(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_hci_monitor *m = &l->hci_monitor;
	uint32_t text = l->offset + 6u + m->ident_length, end = l->offset + l->header_length;

	packet_show_number(v, "Priority", l->offset + 4, 1, m->priority,
			   priority_name(m->priority));
	packet_show_number(v, "Ident_Length", l->offset + 5, 1, m->ident_length, NULL);
	if (text > end)
		text = end;
	packet_show_bluetooth_text(v, "Ident", l->offset + 6, text - (l->offset + 6));
	packet_show_bluetooth_text(v, "Text", text, end - text);
}

static void show_hci_monitor(struct packet_view *v, const struct packet_layer *l)
{
	static const struct bluetooth_field *const fields[] = {
		[PACKET_HCI_MONITOR_NEW_INDEX] = new_index,
		[PACKET_HCI_MONITOR_INDEX_INFORMATION] = index_information,
		[PACKET_HCI_MONITOR_SYSTEM_NOTE] = system_note,
		[PACKET_HCI_MONITOR_CONTROL_OPEN] = control_open,
		[PACKET_HCI_MONITOR_CONTROL_CLOSE] = control_close,
		[PACKET_HCI_MONITOR_CONTROL_COMMAND] = control_command,
		[PACKET_HCI_MONITOR_CONTROL_EVENT] = control_event,
	};
	const struct packet_hci_monitor *m = &l->hci_monitor;

	packet_show_number(v, "Adapter ID", l->offset, 2, m->adapter_id,
			   m->adapter_id == 0xffff ? "none" : NULL);
	packet_show_number(v, "Opcode", l->offset + 2, 2, m->opcode, opcode_name(m->opcode));
	if (m->opcode == PACKET_HCI_MONITOR_USER_LOGGING)
		show_logging(v, l);
	else if (m->opcode < sizeof(fields) / sizeof(fields[0]) && fields[m->opcode] != NULL)
		packet_show_bluetooth(v, fields[m->opcode], l->offset + 4,
				      l->offset + l->header_length, "Data");
}

static void line_text(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	uint32_t at = l->hci_monitor.text_offset, end = l->offset + l->header_captured;

	if (l->hci_monitor.opcode == PACKET_HCI_MONITOR_USER_LOGGING)
		at += l->hci_monitor.ident_length;
	if (l->hci_monitor.text_offset == 0 || at >= end)
		return;
	packet_put(out, " \"");
	packet_put_bluetooth_text(out, p->bytes + at, end - at);
	packet_put_char(out, '"');
}

/* Whether an HCI packet follows, which says itself what it is. */
static bool has_packet(uint16_t opcode)
{
	return (opcode >= PACKET_HCI_MONITOR_COMMAND && opcode <= PACKET_HCI_MONITOR_SCO_RX) ||
	       opcode == PACKET_HCI_MONITOR_ISO_TX || opcode == PACKET_HCI_MONITOR_ISO_RX;
}

static void line_hci_monitor(struct packet_out *out, const struct packet *p,
			     const struct packet_layer *l)
{
	const struct packet_hci_monitor *m = &l->hci_monitor;
	const char *name = opcode_name(m->opcode);

	if (l->header_captured < 4) {
		packet_put(out, "monitor header cut");
		return;
	}
	packet_put(out, "hci");
	if (m->adapter_id != 0xffff)
		packet_put_number(out, m->adapter_id);
	if (has_packet(m->opcode)) {
		if (m->opcode >= PACKET_HCI_MONITOR_ACL_TX)
			packet_put(out, m->opcode % 2 == 0 ? " sent" : " received");
		return;
	}
	packet_put_char(out, ' ');
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "opcode ");
		packet_put_number(out, m->opcode);
	}
	if (m->opcode == PACKET_HCI_MONITOR_NEW_INDEX ||
	    m->opcode == PACKET_HCI_MONITOR_INDEX_INFORMATION) {
		packet_put_char(out, ' ');
		packet_put_mac(out, m->bd_addr);
	}
	if (m->opcode >= PACKET_HCI_MONITOR_CONTROL_OPEN &&
	    m->opcode <= PACKET_HCI_MONITOR_CONTROL_EVENT)
		packet_put_pair(out, "cookie", m->cookie);
	if (m->opcode == PACKET_HCI_MONITOR_CONTROL_COMMAND ||
	    m->opcode == PACKET_HCI_MONITOR_CONTROL_EVENT)
		packet_put_pair(out, "code", m->code);
	line_text(out, p, l);
	if (packet_data_behind(p, l) > 0)
		packet_put_length(out, packet_data_behind(p, l));
}

const struct packet_protocol packet_protocol_hci_monitor = {
	.name = "HCI monitor",
	.show = show_hci_monitor,
	.line = line_hci_monitor,
};
