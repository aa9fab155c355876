/* SPDX-License-Identifier: MIT */
/* CAN XL frames (ISO 11898-1:2024) as SocketCAN has them. */
#include "harness/packet/can/internal.h"

/* CiA 611-1. */
static const char *sdu_type_name(uint8_t type)
{
	static const char *const names[] = {
		"reserved",
		"content-based addressing",
		"reserved",
		"CAN CC or CAN FD",
		"IEEE 802.3 MAC frame",
		"IEEE 802.3 MAC frame, extended",
		"CAN CC",
		"CAN FD",
		"CiA 611-2 Multi-PDU",
		"AUTOSAR Multi-PDU",
		"CiA 613-2 CANsec key agreement",
	};

	if (type == 0xff)
		return "reserved";
	return type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL;
}

/* Bits of the first field that are neither Priority ID nor VCID. */
#define RESERVED 0xff00f800u

/*
 * In a cooked capture all fields are in the byte order of the machine that captured. The reserved
 * bits tell it, and if they do not, the length: it has to be that of the frame. What is left is
 * taken for little-endian, as nearly all machines are.
 */
static bool is_little_endian(const struct decoder *d, const uint8_t *h)
{
	uint32_t length = d->end - d->at;
	bool little = (packet_le32(h) & RESERVED) == 0, big = (packet_be32(h) & RESERVED) == 0;

	if (little != big)
		return little;
	if (d->layer->header_captured >= 8 && packet_le16(h + 6) + 12u != length)
		return packet_be16(h + 6) + 12u != length;
	return true;
}

/*
 *        0       1       2       3       4       5       6       7
 *    +-------+-------+----+----------+-------+-------+---------------+
 *  0 | 0     | VCID  | 0  | Priority | Flags | SDU   | Payload       |
 *    |       |       |    | ID (11)  |       | type  | Length        |
 *    +-------+-------+----+----------+-------+-------+---------------+
 *  8 | Acceptance field              | Payload
 *    +-------------------------------+---------
 *
 * LINKTYPE_CAN_SOCKETCAN of the pcap formats, struct canxl_frame of linux/can.h. Priority ID and
 * VCID are big-endian, as the identifier of other CAN frames; Payload Length and Acceptance field
 * are little-endian. In cooked captures all of them are as the kernel has them.
 */
void packet_decode_canxl(struct decoder *d)
{
	bool cooked = d->layer != NULL;
	struct packet_layer *l = packet_open(d, PACKET_CANXL);
	struct packet_canxl *xl;
	const uint8_t *h;
	bool little;

	if (l == NULL)
		return;
	xl = &l->canxl;
	h = packet_take(d, 12);
	little = cooked && is_little_endian(d, h);
	xl->priority_and_vcid = little ? packet_le32(h) : packet_be32(h);
	xl->priority = xl->priority_and_vcid & 0x7ff;
	xl->vcid = xl->priority_and_vcid >> 16 & 0xff;
	xl->flags = h[4];
	xl->sdu_type = h[5];
	xl->payload_length = cooked && !little ? packet_be16(h + 6) : packet_le16(h + 6);
	xl->acceptance_field = cooked && !little ? packet_be32(h + 8) : packet_le32(h + 8);
	if (l->header_captured < 12)
		return;
	if (!(xl->flags & PACKET_CANXL_XLF)) {
		packet_contradiction(d, "the flag XLF of CAN XL is not set", 0, 0, l->offset + 4,
				     1);
	} else if (xl->payload_length == 0 || xl->payload_length > 2048) {
		packet_contradiction(d, "Payload Length is %1, CAN XL has 1 to 2048 bytes",
				     xl->payload_length, 0, l->offset + 6, 2);
	} else {
		packet_narrow(d, 12u + xl->payload_length,
			      "Payload Length asks for %1 bytes in all, the frame has %2",
			      l->offset + 6, 2);
		packet_advance(d);
		d->next = packet_decode_data;
		return;
	}
	packet_give_up(d);
}

static void show_layer_canxl(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_canxl *xl = &l->canxl;
	uint32_t at = l->offset;

	packet_show_hex(v, "Priority ID and VCID", at, 4, xl->priority_and_vcid, NULL);
	packet_show_in(v);
	packet_show_bits(v, "VCID", at, 4, 0x00ff0000, xl->vcid, NULL);
	packet_show_bits(v, "Priority ID", at, 4, 0x000007ff, xl->priority, NULL);
	packet_show_out(v);
	packet_show_hex(v, "Flags", at + 4, 1, xl->flags, NULL);
	packet_show_in(v);
	packet_show_flag(v, "XLF: CAN XL frame", at + 4, 1, PACKET_CANXL_XLF,
			 (xl->flags & PACKET_CANXL_XLF) != 0);
	packet_show_flag(v, "RRS: remote request substitution", at + 4, 1, PACKET_CANXL_RRS,
			 (xl->flags & PACKET_CANXL_RRS) != 0);
	packet_show_flag(v, "SEC: simple extended content", at + 4, 1, PACKET_CANXL_SEC,
			 (xl->flags & PACKET_CANXL_SEC) != 0);
	packet_show_out(v);
	packet_show_hex(v, "SDU type", at + 5, 1, xl->sdu_type, sdu_type_name(xl->sdu_type));
	packet_show_number(v, "Payload Length", at + 6, 2, xl->payload_length, NULL);
	packet_show_hex(v, "Acceptance field", at + 8, 4, xl->acceptance_field, NULL);
}

static void line_layer_canxl(struct packet_out *out, const struct packet *p,
			     const struct packet_layer *l)
{
	const struct packet_canxl *xl = &l->canxl;
	const char *name = sdu_type_name(xl->sdu_type);

	(void)p;
	packet_put(out, "CAN XL ");
	if (l->header_captured < 12) {
		packet_put(out, "header cut");
		return;
	}
	packet_put(out, "0x");
	packet_put_hex(out, xl->priority, 3);
	if (xl->vcid != 0)
		packet_put_pair(out, "vcid", xl->vcid);
	packet_put(out, " af=0x");
	packet_put_hex(out, xl->acceptance_field, 8);
	if (xl->flags & PACKET_CANXL_SEC)
		packet_put(out, " sec");
	if (xl->flags & PACKET_CANXL_RRS)
		packet_put(out, " rrs");
	packet_put(out, " sdt 0x");
	packet_put_hex(out, xl->sdu_type, 2);
	if (name != NULL) {
		packet_put(out, " (");
		packet_put(out, name);
		packet_put_char(out, ')');
	}
	packet_put_length(out, xl->payload_length);
}

const struct packet_protocol packet_protocol_canxl = {
	.name = "CAN XL",
	.show = show_layer_canxl,
	.line = line_layer_canxl,
};
