/* SPDX-License-Identifier: MIT */
/* Ethernet II, RFC 894; 802.3 is told apart, and has LLC behind it; VLAN tags. */
#include "harness/packet/internal.h"

#include <string.h>

void packet_next_ethertype(struct decoder *d, uint16_t type)
{
	switch (type) {
	case 0x0800:
		d->next = packet_decode_ipv4;
		break;
	case 0x0805:
		d->next = packet_decode_x25;
		break;
	case 0x0806:
	case 0x8035:
		d->next = packet_decode_arp;
		break;
	case 0x86dd:
		d->next = packet_decode_ipv6;
		break;
	case 0x8100:
	case 0x88a8:
	case 0x9100:
		d->next = packet_decode_vlan;
		break;
	case 0x6000:
		d->next = packet_decode_lapbether;
		break;
	case 0x6003:
		d->next = packet_decode_decnet;
		break;
	case 0x809b:
		d->next = packet_decode_ddp;
		break;
	case 0x80f3:
		d->next = packet_decode_aarp;
		break;
	case 0x8847:
	case 0x8848:
		d->next = packet_decode_mpls;
		break;
	case 0x88ca:
		d->next = packet_decode_tipc;
		break;
	default:
		d->next = packet_decode_data;
		break;
	}
}

/*
 * What an 802.3 frame carries: LLC, but NetWare once sent its packets without. Their first two
 * bytes, a checksum that is not used, are all ones, which no LLC header has: the global address
 * cannot send. A cut behind the first byte leaves that open.
 */
static packet_decoder behind_length(const struct decoder *d, uint16_t length)
{
	bool first = d->at < d->readable && d->bytes[d->at] == 0xff;
	bool second = d->at + 1 >= d->readable || d->bytes[d->at + 1] == 0xff;

	return length == 0 || (first && second) ? packet_decode_data : packet_decode_llc;
}

/*
 * The field behind the addresses is a length up to 1500 and a type from 1536 (IEEE 802.3 3.2.6).
 * `at` is where it stands.
 */
static bool type_or_length(struct decoder *d, uint16_t value, uint32_t at)
{
	struct packet_layer *l = d->layer;

	packet_advance(d);
	if (l->header_captured < l->header_length)
		return false;
	if (value >= 1536) {
		packet_next_ethertype(d, value);
		return false;
	}
	d->next = packet_decode_data;
	if (value > 1500) {
		packet_contradiction(d,
				     "Type or Length is %1: neither a length (up to 1500) nor "
				     "a type (from 1536)",
				     value, 0, at, 2);
		return false;
	}
	packet_narrow(d, l->header_length + value,
		      "Length announces %1 bytes with the header, only %2 are there", at, 2);
	d->next = behind_length(d, value);
	return true;
}

/*
 *        0       1       2       3       4       5
 *    +-------+-------+-------+-------+-------+-------+
 *  0 | Destination                                   |
 *    +-------+-------+-------+-------+-------+-------+
 *  6 | Source                                        |
 *    +-------+-------+-------+-------+-------+-------+
 * 12 | Type or Length|
 *    +-------+-------+
 *
 * RFC 894; IEEE 802.3 3.1.1. The frame check sequence is not captured.
 */
void packet_decode_ethernet(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_ETHERNET);
	struct packet_ethernet *e;
	const uint8_t *h;

	if (l == NULL)
		return;
	e = &l->ethernet;
	h = packet_take(d, 14);
	memcpy(e->destination, h, 6);
	memcpy(e->source, h + 6, 6);
	e->type_or_length = packet_be16(h + 12);
	e->is_802_3 = type_or_length(d, e->type_or_length, l->offset + 12);
}

/*
 * The tag stands where the type stood, and is followed by a type of its own. As the type 0x8100
 * was read with the header in front, this header is the two bytes of the tag and the next type:
 *
 *     0   1   2   3   4           8                              16
 *    +-----------+---+-------------------------------------------+
 *  0 | PCP       |DEI| VID                                       |
 *    +-----------+---+-------------------------------------------+
 *  2 | Type or Length                                            |
 *    +-----------------------------------------------------------+
 *
 * IEEE 802.1Q 9.6.
 */
void packet_decode_vlan(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_VLAN);
	struct packet_vlan *vlan;
	const uint8_t *h;

	if (l == NULL)
		return;
	vlan = &l->vlan;
	h = packet_take(d, 4);
	vlan->tag_protocol_id = packet_be16(d->bytes + l->offset - 2);
	vlan->priority = h[0] >> 5;
	vlan->drop_eligible = (h[0] & 0x10) != 0;
	vlan->vlan_id = packet_be16(h) & 0xfff;
	vlan->type_or_length = packet_be16(h + 2);
	vlan->is_802_3 = type_or_length(d, vlan->type_or_length, l->offset + 2);
}

static void show_type(struct packet_view *v, uint32_t offset, uint16_t value, bool is_802_3)
{
	if (is_802_3)
		packet_show_number(v, "Length", offset, 2, value, NULL);
	else
		packet_show_hex(v, "Type", offset, 2, value, packet_name_ethertype(value));
}

static void show_layer_ethernet(struct packet_view *v, const struct packet_layer *l)
{
	packet_show_mac(v, "Destination", l->offset);
	packet_show_mac(v, "Source", l->offset + 6);
	show_type(v, l->offset + 12, l->ethernet.type_or_length, l->ethernet.is_802_3);
}

static void show_layer_vlan(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_vlan *vlan = &l->vlan;

	packet_show_bits(v, "Priority Code Point", l->offset, 1, 0xe0, vlan->priority, NULL);
	packet_show_flag(v, "Drop Eligible Indicator", l->offset, 1, 0x10, vlan->drop_eligible);
	packet_show_bits(v, "VLAN Identifier", l->offset, 2, 0x0fff, vlan->vlan_id, NULL);
	show_type(v, l->offset + 2, vlan->type_or_length, vlan->is_802_3);
}

static void line_type(struct packet_out *out, const struct packet *p, const struct packet_layer *l,
		      uint16_t value, bool is_802_3)
{
	const char *name = packet_name_ethertype(value);

	packet_put(out, is_802_3 ? " length " : " type ");
	if (is_802_3) {
		packet_put_number(out, value);
	} else {
		packet_put(out, "0x");
		packet_put_hex(out, value, 4);
		if (name != NULL) {
			packet_put_char(out, ' ');
			packet_put(out, name);
		}
	}
	if (packet_data_behind(p, l) > 0)
		packet_put_length(out, packet_data_behind(p, l));
}

static void line_layer_ethernet(struct packet_out *out, const struct packet *p,
				const struct packet_layer *l)
{
	const struct packet_ethernet *e = &l->ethernet;

	/* what comes next has words of its own: the frame around it is not worth any */
	if (packet_header_behind(p, l))
		return;
	if (l->header_captured < 14) {
		packet_put(out, "Ethernet header cut");
		return;
	}
	packet_put(out, e->is_802_3 ? "802.3 " : "Ethernet ");
	packet_put_mac(out, e->source);
	packet_put(out, " > ");
	packet_put_mac(out, e->destination);
	line_type(out, p, l, e->type_or_length, e->is_802_3);
}

static void line_layer_vlan(struct packet_out *out, const struct packet *p,
			    const struct packet_layer *l)
{
	const struct packet_vlan *vlan = &l->vlan;

	packet_put(out, "VLAN ");
	if (l->header_captured < 4) {
		packet_put(out, "header cut");
		return;
	}
	packet_put_number(out, vlan->vlan_id);
	if (vlan->priority != 0)
		packet_put_pair(out, "priority", vlan->priority);
	if (!packet_header_behind(p, l))
		line_type(out, p, l, vlan->type_or_length, vlan->is_802_3);
}

const struct packet_protocol packet_protocol_ethernet = {
	.name = "Ethernet",
	.show = show_layer_ethernet,
	.line = line_layer_ethernet,
};

const struct packet_protocol packet_protocol_vlan = {
	.name = "VLAN",
	.show = show_layer_vlan,
	.line = line_layer_vlan,
};
