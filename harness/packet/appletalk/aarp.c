/* SPDX-License-Identifier: MIT */
/* AARP, AppleTalk's address resolution: Inside AppleTalk (second edition), chapter 2. */
#include "harness/packet/internal.h"

#include <string.h>

enum {
	REQUEST = 1,
	RESPONSE = 2,
	PROBE = 3,
	PROTOCOL_APPLETALK = 0x809b,
};

static const char *function_name(uint16_t function)
{
	static const char *const names[] = {NULL, "request", "response", "probe"};

	return function < sizeof(names) / sizeof(names[0]) ? names[function] : NULL;
}

/*
 *        0               1               2               3
 *    +---------------+---------------+---------------+---------------+
 *  0 | Hardware type                 | Protocol type                 |
 *    +---------------+---------------+---------------+---------------+
 *  4 | Hardware len. | Protocol len. | Function                      |
 *    +---------------+---------------+---------------+---------------+
 *  8 | Source hardware address (6 bytes of Ethernet)                 |
 *    | Source AppleTalk address (4: 0, network 16, node)             |
 *    | Destination hardware address                                  |
 *    | Destination AppleTalk address                                 |
 *    +---------------------------------------------------------------+
 */
void packet_decode_aarp(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_AARP);
	struct packet_aarp *aarp;
	const uint8_t *h;
	uint32_t length;

	if (l == NULL)
		return;
	aarp = &l->aarp;
	*aarp = (struct packet_aarp){0};
	h = packet_take(d, 8);
	aarp->hardware_type = packet_be16(h);
	aarp->protocol_type = packet_be16(h + 2);
	aarp->hardware_length = h[4];
	aarp->protocol_length = h[5];
	aarp->function = packet_be16(h + 6);
	if (l->header_captured < 6)
		return;
	if (aarp->hardware_type == 1 && aarp->hardware_length != 6)
		packet_contradiction(d,
				     "Hardware address length is %1, an Ethernet address has 6 "
				     "bytes",
				     aarp->hardware_length, 0, l->offset + 4, 1);
	else if (aarp->protocol_type == PROTOCOL_APPLETALK && aarp->protocol_length != 4)
		packet_contradiction(d,
				     "Protocol address length is %1, an AppleTalk address has 4 "
				     "bytes",
				     aarp->protocol_length, 0, l->offset + 5, 1);
	length = 8 + 2u * aarp->hardware_length + 2u * aarp->protocol_length;
	packet_narrow(d, length, "the address lengths announce %1 bytes, only %2 are there",
		      l->offset + 4, 2);
	if (aarp->hardware_length == 6 && aarp->protocol_length == 4) {
		h = packet_take(d, 28);
		aarp->ethernet_appletalk = true;
		memcpy(aarp->source_hardware, h + 8, 6);
		aarp->source_network = packet_be16(h + 15);
		aarp->source_node = h[17];
		memcpy(aarp->destination_hardware, h + 18, 6);
		aarp->destination_network = packet_be16(h + 25);
		aarp->destination_node = h[27];
		return;
	}
	packet_extend(d, length);
}

static void put_address(struct packet_out *out, uint16_t network, uint8_t node)
{
	packet_put_number(out, network);
	packet_put_char(out, '.');
	packet_put_number(out, node);
}

static void show_hardware(struct packet_view *v, const char *name, uint32_t at, uint8_t length)
{
	if (length == 6)
		packet_show_mac(v, name, at);
	else
		packet_show_bytes(v, name, at, length);
}

static void show_protocol(struct packet_view *v, const char *name, uint32_t at, uint8_t length)
{
	const uint8_t *b = v->p->bytes + at;

	if (length != 4 || at + 4 > v->limit) {
		packet_show_bytes(v, name, at, length);
		return;
	}
	put_address(packet_value(v), packet_be16(b + 1), b[3]);
	packet_show(v, name, at, 4);
	packet_show_in(v);
	packet_show_number(v, "Network", at + 1, 2, packet_be16(b + 1), NULL);
	packet_show_number(v, "Node ID", at + 3, 1, b[3], NULL);
	packet_show_out(v);
}

static void show_aarp(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_aarp *aarp = &l->aarp;
	uint32_t at = l->offset + 8;

	packet_show_number(v, "Hardware type", l->offset, 2, aarp->hardware_type,
			   packet_name_arphrd(aarp->hardware_type));
	packet_show_hex(v, "Protocol type", l->offset + 2, 2, aarp->protocol_type,
			packet_name_ethertype(aarp->protocol_type));
	packet_show_number(v, "Hardware address length", l->offset + 4, 1, aarp->hardware_length,
			   NULL);
	packet_show_number(v, "Protocol address length", l->offset + 5, 1, aarp->protocol_length,
			   NULL);
	packet_show_number(v, "Function", l->offset + 6, 2, aarp->function,
			   function_name(aarp->function));
	show_hardware(v, "Source hardware address", at, aarp->hardware_length);
	at += aarp->hardware_length;
	show_protocol(v, "Source AppleTalk address", at, aarp->protocol_length);
	at += aarp->protocol_length;
	show_hardware(v, "Destination hardware address", at, aarp->hardware_length);
	at += aarp->hardware_length;
	show_protocol(v, "Destination AppleTalk address", at, aarp->protocol_length);
}

static void line_aarp(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_aarp *aarp = &l->aarp;
	const char *name = function_name(aarp->function);

	(void)p;
	packet_put(out, "AARP ");
	if (l->header_captured < 8) {
		packet_put(out, "header cut");
		return;
	}
	if (!aarp->ethernet_appletalk || l->header_captured < 28 || name == NULL) {
		packet_put(out, name != NULL ? name : "function ");
		if (name == NULL)
			packet_put_number(out, aarp->function);
		return;
	}
	switch (aarp->function) {
	case REQUEST:
		packet_put(out, "who has ");
		put_address(out, aarp->destination_network, aarp->destination_node);
		packet_put(out, "? tell ");
		break;
	case PROBE:
		packet_put(out, "probe ");
		put_address(out, aarp->destination_network, aarp->destination_node);
		packet_put(out, " by ");
		packet_put_mac(out, aarp->source_hardware);
		return;
	default:
		break;
	}
	put_address(out, aarp->source_network, aarp->source_node);
	packet_put(out, aarp->function == RESPONSE ? " is at " : " at ");
	packet_put_mac(out, aarp->source_hardware);
}

const struct packet_protocol packet_protocol_aarp = {
	.name = "AARP",
	.show = show_aarp,
	.line = line_aarp,
};
