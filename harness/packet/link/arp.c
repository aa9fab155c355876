/* SPDX-License-Identifier: MIT */
/* ARP, RFC 826, and RARP, RFC 903. */
#include "harness/packet/internal.h"

#include <string.h>

static const char *opcode_name(uint16_t opcode)
{
	static const char *const names[] = {
		NULL,		"request",     "reply",
		"RARP request", "RARP reply",  "DRARP request",
		"DRARP reply",	"DRARP error", "InARP request",
		"InARP reply",
	};

	return opcode < sizeof(names) / sizeof(names[0]) ? names[opcode] : NULL;
}

/*
 *        0               1               2               3
 *    +---------------+---------------+---------------+---------------+
 *  0 | Hardware type                 | Protocol type                 |
 *    +---------------+---------------+---------------+---------------+
 *  4 | Hardware len. | Protocol len. | Opcode                        |
 *    +---------------+---------------+---------------+---------------+
 *  8 | Sender hardware address (Hardware length bytes)               |
 *    | Sender protocol address (Protocol length bytes)               |
 *    | Target hardware address                                       |
 *    | Target protocol address                                       |
 *    +---------------------------------------------------------------+
 *
 * RFC 826 "Packet format".
 */
void packet_decode_arp(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_ARP);
	struct packet_arp *arp;
	const uint8_t *h;
	uint32_t length;

	if (l == NULL)
		return;
	arp = &l->arp;
	h = packet_take(d, 8);
	arp->hardware_type = packet_be16(h);
	arp->protocol_type = packet_be16(h + 2);
	arp->hardware_length = h[4];
	arp->protocol_length = h[5];
	arp->opcode = packet_be16(h + 6);
	arp->ethernet_ipv4 = false;
	if (l->header_captured < 6)
		return;
	if (arp->hardware_type == 1 && arp->hardware_length != 6)
		packet_contradiction(d, "Hardware length is %1, an Ethernet address has 6 bytes",
				     arp->hardware_length, 0, l->offset + 4, 1);
	else if (arp->protocol_type == 0x0800 && arp->protocol_length != 4)
		packet_contradiction(d, "Protocol length is %1, an IPv4 address has 4 bytes",
				     arp->protocol_length, 0, l->offset + 5, 1);
	length = 8 + 2u * arp->hardware_length + 2u * arp->protocol_length;
	packet_narrow(d, length, "the address lengths announce %1 bytes, only %2 are there",
		      l->offset + 4, 2);
	if (arp->hardware_length == 6 && arp->protocol_length == 4) {
		h = packet_take(d, 28);
		arp->ethernet_ipv4 = true;
		memcpy(arp->sender_hardware, h + 8, 6);
		memcpy(arp->sender_protocol, h + 14, 4);
		memcpy(arp->target_hardware, h + 18, 6);
		memcpy(arp->target_protocol, h + 24, 4);
		return;
	}
	packet_extend(d, length);
}

static void show_address(struct packet_view *v, const char *name, uint32_t *at, uint8_t length,
			 bool mac, bool ipv4)
{
	if (mac && length == 6)
		packet_show_mac(v, name, *at);
	else if (ipv4 && length == 4)
		packet_show_ipv4(v, name, *at);
	else
		packet_show_bytes(v, name, *at, length);
	*at += length;
}

static void show_layer_arp(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_arp *arp = &l->arp;
	uint32_t at = l->offset + 8;
	bool ipv4 = arp->protocol_type == 0x0800;

	packet_show_number(v, "Hardware type", l->offset, 2, arp->hardware_type,
			   packet_name_arphrd(arp->hardware_type));
	packet_show_hex(v, "Protocol type", l->offset + 2, 2, arp->protocol_type,
			packet_name_ethertype(arp->protocol_type));
	packet_show_number(v, "Hardware length", l->offset + 4, 1, arp->hardware_length, NULL);
	packet_show_number(v, "Protocol length", l->offset + 5, 1, arp->protocol_length, NULL);
	packet_show_number(v, "Opcode", l->offset + 6, 2, arp->opcode, opcode_name(arp->opcode));
	show_address(v, "Sender hardware address", &at, arp->hardware_length, true, false);
	show_address(v, "Sender protocol address", &at, arp->protocol_length, false, ipv4);
	show_address(v, "Target hardware address", &at, arp->hardware_length, true, false);
	show_address(v, "Target protocol address", &at, arp->protocol_length, false, ipv4);
}

static void line_layer_arp(struct packet_out *out, const struct packet *p,
			   const struct packet_layer *l)
{
	const struct packet_arp *arp = &l->arp;
	const char *name = opcode_name(arp->opcode);

	(void)p;
	packet_put(out, arp->opcode == 3 || arp->opcode == 4 ? "RARP " : "ARP ");
	if (!arp->ethernet_ipv4 || l->header_captured < 28 || arp->opcode < 1 || arp->opcode > 4) {
		packet_put(out, name != NULL ? name : "opcode ");
		if (name == NULL)
			packet_put_number(out, arp->opcode);
		return;
	}
	switch (arp->opcode) {
	case 1:
		packet_put(out, "who has ");
		packet_put_ipv4(out, arp->target_protocol);
		packet_put(out, "? tell ");
		packet_put_ipv4(out, arp->sender_protocol);
		packet_put(out, " at ");
		packet_put_mac(out, arp->sender_hardware);
		break;
	case 2:
		packet_put_ipv4(out, arp->sender_protocol);
		packet_put(out, " is at ");
		packet_put_mac(out, arp->sender_hardware);
		break;
	case 3:
		packet_put(out, "what is the address of ");
		packet_put_mac(out, arp->target_hardware);
		packet_put(out, "? tell ");
		packet_put_mac(out, arp->sender_hardware);
		break;
	default:
		packet_put_mac(out, arp->target_hardware);
		packet_put(out, " has ");
		packet_put_ipv4(out, arp->target_protocol);
		break;
	}
}

const struct packet_protocol packet_protocol_arp = {
	.name = "ARP",
	.show = show_layer_arp,
	.line = line_layer_arp,
};
