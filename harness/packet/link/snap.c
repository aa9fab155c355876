/* SPDX-License-Identifier: MIT */
/* SNAP, IEEE 802 9.5 and RFC 1042: what LLC addresses were too few for. */
#include "harness/packet/internal.h"

#include <string.h>

/*
 *     0               8               16              24              32              40
 *    +---------------+---------------+---------------+---------------+---------------+
 *  0 | OUI                                           | Protocol ID                   |
 *    +---------------+---------------+---------------+---------------+---------------+
 *
 * IEEE 802 9.5. The OUI is whose numbers the Protocol ID is of; those of OUI 0 are EtherTypes
 * (RFC 1042), and so are those of 00-00-F8, behind which bridges hide types that a peer would
 * translate back wrongly (IEEE 802.1H). AppleTalk's datagrams have Apple's OUI, its AARP has 0.
 */
void packet_decode_snap(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_SNAP);
	struct packet_snap *snap;
	const uint8_t *h;
	uint32_t oui;

	if (l == NULL)
		return;
	snap = &l->snap;
	h = packet_take(d, 5);
	memcpy(snap->oui, h, 3);
	snap->protocol_id = packet_be16(h + 3);
	if (l->header_captured < 5)
		return;
	packet_advance(d);
	oui = packet_be32(h) >> 8;
	if (oui == 0x000000 || oui == 0x0000f8)
		packet_next_ethertype(d, snap->protocol_id);
	else if (oui == 0x080007 && snap->protocol_id == 0x809b)
		d->next = packet_decode_ddp;
	else
		d->next = packet_decode_data;
}

static const char *oui_name(const uint8_t oui[3])
{
	switch ((uint32_t)oui[0] << 16 | (uint32_t)oui[1] << 8 | oui[2]) {
	case 0x000000:
		return "EtherType";
	case 0x00000c:
		return "Cisco";
	case 0x0000f8:
		return "802.1H";
	case 0x0080c2:
		return "802.1";
	case 0x00805f:
		return "Hewlett-Packard";
	case 0x080007:
		return "Apple";
	default:
		return NULL;
	}
}

/* Of those that follow no EtherType only the best known. */
static const char *protocol_id_name(const struct packet_snap *snap)
{
	uint32_t oui = (uint32_t)snap->oui[0] << 16 | (uint32_t)snap->oui[1] << 8 | snap->oui[2];

	if (oui == 0x000000 || oui == 0x0000f8 || oui == 0x080007)
		return packet_name_ethertype(snap->protocol_id);
	if (oui != 0x00000c)
		return NULL;
	switch (snap->protocol_id) {
	case 0x010b:
		return "PVST+";
	case 0x0111:
		return "UDLD";
	case 0x2000:
		return "CDP";
	case 0x2003:
		return "VTP";
	case 0x2004:
		return "DTP";
	default:
		return NULL;
	}
}

static void show_snap(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_snap *snap = &l->snap;
	uint32_t oui = (uint32_t)snap->oui[0] << 16 | (uint32_t)snap->oui[1] << 8 | snap->oui[2];

	packet_show_hex(v, "OUI", l->offset, 3, oui, oui_name(snap->oui));
	packet_show_hex(v, "Protocol ID", l->offset + 3, 2, snap->protocol_id,
			protocol_id_name(snap));
}

static void line_snap(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_snap *snap = &l->snap;
	const char *name = oui_name(snap->oui);

	packet_put(out, "SNAP");
	if (l->header_captured < 5) {
		packet_put(out, " header cut");
		return;
	}
	if (packet_header_behind(p, l))
		return;
	packet_put(out, " OUI ");
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "0x");
		packet_put_hex_bytes(out, snap->oui, 3);
	}
	packet_put(out, " protocol 0x");
	packet_put_hex(out, snap->protocol_id, 4);
	name = protocol_id_name(snap);
	if (name != NULL) {
		packet_put_char(out, ' ');
		packet_put(out, name);
	}
	packet_put_length(out, packet_data_behind(p, l));
}

const struct packet_protocol packet_protocol_snap = {
	.name = "SNAP",
	.show = show_snap,
	.line = line_snap,
};
