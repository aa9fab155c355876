/* SPDX-License-Identifier: MIT */
/* Linux cooked captures: what stands for the link header on the device "any". */
#include "harness/packet/internal.h"

#include <string.h>

enum {
	ARPHRD_NETLINK = 824,
};

static const char *packet_type_name(uint16_t type)
{
	/* linux/if_packet.h; the last two are of netlink */
	static const char *const names[] = {
		"to us",      "broadcast", "multicast",	    "for another host",
		"sent by us", "loopback",  "to user space", "to the kernel"};

	return type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL;
}

enum {
	PROTOCOL_802_2 = 4, /* ETH_P_802_2: a length stood there, and LLC follows */
	PROTOCOL_CAN = 0x0c,
	PROTOCOL_CANXL = 0x0e,
	ARPHRD_GRE = 778, /* its protocols have numbers of their own below 1536, as netlink's */
};

/* Protocols of linux/if_ether.h: CAN, CAN FD, CAN XL. */
static bool is_can(const struct packet_sll *sll)
{
	return sll->protocol >= PROTOCOL_CAN && sll->protocol <= PROTOCOL_CANXL &&
	       sll->arphrd_type != ARPHRD_NETLINK && sll->arphrd_type != ARPHRD_GRE;
}

/* NETLINK_*, a number of linux/if_ether.h or an EtherType */
static const char *protocol_name(const struct packet_sll *sll)
{
	static const char *const can[] = {"CAN", "CAN FD", "CAN XL"};

	if (sll->arphrd_type == ARPHRD_NETLINK)
		return packet_name_netlink(sll->protocol);
	return is_can(sll) ? can[sll->protocol - PROTOCOL_CAN]
			   : packet_name_ethertype(sll->protocol);
}

/* The protocol is an EtherType, unless the hardware has none (netlink, ...). */
static void next(struct decoder *d, const struct packet_sll *sll)
{
	packet_advance(d);
	if (d->layer->header_captured < d->layer->header_length)
		return;
	if (sll->arphrd_type == ARPHRD_NETLINK)
		d->next = packet_decode_netlink;
	else if (is_can(sll))
		d->next = packet_decode_can;
	else if (sll->protocol >= 1536)
		packet_next_ethertype(d, sll->protocol);
	else if (sll->protocol == PROTOCOL_802_2)
		d->next = packet_decode_llc;
	else
		d->next = packet_decode_data;
}

/*
 *        0       1       2       3       4       5       6       7
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 *  0 | Packet type   | ARPHRD type   | Address length| Address       |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 *  8 | Address (8 bytes in all)                      | Protocol      |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 *
 * LINKTYPE_LINUX_SLL of the pcap formats. LINKTYPE_NETLINK has the same header, where the ARPHRD
 * type is that of netlink and the protocol NETLINK_*.
 */
void packet_decode_sll(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_SLL);
	struct packet_sll *sll;
	const uint8_t *h;

	if (l == NULL)
		return;
	sll = &l->sll;
	h = packet_take(d, 16);
	sll->packet_type = packet_be16(h);
	sll->arphrd_type = packet_be16(h + 2);
	sll->address_length = packet_be16(h + 4);
	memcpy(sll->address, h + 6, 8);
	sll->protocol = packet_be16(h + 14);
	sll->interface_index = 0;
	if (d->p->link_type == PACKET_LINK_NETLINK && l->header_captured >= 4 &&
	    sll->arphrd_type != ARPHRD_NETLINK)
		packet_contradiction(d, "ARPHRD type is %1, in captures of netlink it is 824",
				     sll->arphrd_type, 0, l->offset + 2, 2);
	next(d, sll);
}

/*
 *        0       1       2       3       4       5       6       7
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 *  0 | Protocol      | Reserved      | Interface index               |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 *  8 | ARPHRD type   | Type  |Length | Address                       |
 *    +-------+-------+-------+-------+-------+-------+-------+-------+
 * 16 | Address (8 bytes in all)      |
 *    +-------+-------+-------+-------+
 *
 * LINKTYPE_LINUX_SLL2 of the pcap formats.
 */
void packet_decode_sll2(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_SLL2);
	struct packet_sll *sll;
	const uint8_t *h;

	if (l == NULL)
		return;
	sll = &l->sll;
	h = packet_take(d, 20);
	sll->protocol = packet_be16(h);
	sll->interface_index = packet_be32(h + 4);
	sll->arphrd_type = packet_be16(h + 8);
	sll->packet_type = h[10];
	sll->address_length = h[11];
	memcpy(sll->address, h + 12, 8);
	next(d, sll);
}

static void show_address(struct packet_view *v, const struct packet_sll *sll, uint32_t offset)
{
	if (sll->address_length == 6)
		packet_show_mac(v, "Address", offset);
	else
		packet_show_bytes(v, "Address", offset,
				  sll->address_length < 8 ? sll->address_length : 8);
}

static void show_layer_sll(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_sll *sll = &l->sll;

	packet_show_number(v, "Packet type", l->offset, 2, sll->packet_type,
			   packet_type_name(sll->packet_type));
	packet_show_number(v, "ARPHRD type", l->offset + 2, 2, sll->arphrd_type,
			   packet_name_arphrd(sll->arphrd_type));
	packet_show_number(v, "Address length", l->offset + 4, 2, sll->address_length, NULL);
	show_address(v, sll, l->offset + 6);
	packet_show_hex(v, "Protocol", l->offset + 14, 2, sll->protocol, protocol_name(sll));
}

static void show_layer_sll2(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_sll *sll = &l->sll;

	packet_show_hex(v, "Protocol", l->offset, 2, sll->protocol, protocol_name(sll));
	packet_show_number(v, "Interface index", l->offset + 4, 4, sll->interface_index, NULL);
	packet_show_number(v, "ARPHRD type", l->offset + 8, 2, sll->arphrd_type,
			   packet_name_arphrd(sll->arphrd_type));
	packet_show_number(v, "Packet type", l->offset + 10, 1, sll->packet_type,
			   packet_type_name(sll->packet_type));
	packet_show_number(v, "Address length", l->offset + 11, 1, sll->address_length, NULL);
	show_address(v, sll, l->offset + 12);
}

static void line_layer_sll(struct packet_out *out, const struct packet *p,
			   const struct packet_layer *l)
{
	const struct packet_sll *sll = &l->sll;
	const char *type = packet_type_name(sll->packet_type);

	if (l->header_captured < l->header_length) {
		packet_put(out, "Linux cooked header cut");
		return;
	}
	if (l->kind == PACKET_SLL2) {
		packet_put(out, "interface ");
		packet_put_number(out, sll->interface_index);
		packet_put_char(out, ' ');
	}
	packet_put(out, "(");
	packet_put(out, type != NULL ? type : "packet type ?");
	packet_put_char(out, ')');
	if (packet_header_behind(p, l))
		return;
	packet_put(out, " protocol 0x");
	packet_put_hex(out, sll->protocol, 4);
	if (packet_data_behind(p, l) > 0)
		packet_put_length(out, packet_data_behind(p, l));
}

static void line_layer_sll2(struct packet_out *out, const struct packet *p,
			    const struct packet_layer *l)
{
	line_layer_sll(out, p, l);
}

const struct packet_protocol packet_protocol_sll = {
	.name = "Linux cooked",
	.show = show_layer_sll,
	.line = line_layer_sll,
};

const struct packet_protocol packet_protocol_sll2 = {
	.name = "Linux cooked v2",
	.show = show_layer_sll2,
	.line = line_layer_sll2,
};
