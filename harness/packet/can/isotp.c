/* SPDX-License-Identifier: MIT */
/*
 * ISO-TP, the transport protocol of ISO 15765-2:2016. Nothing in a frame says that it is one, nor
 * how it is addressed: this is normal addressing, where the payload starts with the N_PCI.
 */
#include "harness/packet/can/internal.h"

/* A single frame: the message is behind the length, what follows it is padding. */
static void decode_single(struct decoder *d, uint32_t can_dl)
{
	struct packet_layer *l = d->layer;
	struct packet_isotp *isotp = &l->isotp;
	uint32_t pci = 1, field = l->offset;
	const uint8_t *h;

	if (can_dl <= 8 && isotp->length == 0) {
		packet_contradiction(d, "SF_DL is 0, a single frame has a message", 0, 0, field, 1);
		packet_give_up(d);
		return;
	}
	if (can_dl > 8 && isotp->length != 0) {
		packet_contradiction(d, "SF_DL is %1, in a frame of %2 bytes it is in the next one",
				     isotp->length, can_dl, field, 1);
		packet_give_up(d);
		return;
	}
	if (can_dl > 8) {
		isotp->escape = true;
		h = packet_take(d, 2);
		isotp->length = h[1];
		pci = 2;
		field++;
		if (l->header_captured < 2)
			return;
		/* less fits a frame of 8 bytes; 7 does not if it has an address in front */
		if (isotp->length < 7) {
			packet_contradiction(d, "SF_DL is %1, which needs no field of its own",
					     isotp->length, 0, field, 1);
			packet_give_up(d);
			return;
		}
	}
	packet_narrow(d, pci + isotp->length,
		      "SF_DL asks for %1 bytes with the N_PCI, there are %2", field, 1);
	packet_advance(d);
	d->next = packet_decode_data;
}

/* A first frame is full and its message goes on in consecutive frames. */
static void decode_first(struct decoder *d, uint32_t can_dl)
{
	struct packet_layer *l = d->layer;
	struct packet_isotp *isotp = &l->isotp;
	const uint8_t *h = packet_take(d, 2);
	/* a message that a single frame has room for is sent in one */
	uint32_t least = can_dl > 8 ? can_dl - 1 : 8;

	isotp->length = packet_be16(h) & 0xfff;
	if (l->header_captured < 2)
		return;
	if (isotp->length == 0) {
		isotp->escape = true;
		h = packet_take(d, 6);
		isotp->length = packet_be32(h + 2);
		least = 4096;
		if (l->header_captured < 6)
			return;
	}
	if (can_dl < 8)
		packet_contradiction(d, "a first frame of %1 bytes, it has 8 at least", can_dl, 0,
				     l->offset, 1);
	else if (isotp->length < least)
		packet_contradiction(d, "FF_DL is %1, this form starts at %2", isotp->length, least,
				     l->offset + (isotp->escape ? 2u : 0u), isotp->escape ? 4 : 2);
	d->first_fragment = true;
	packet_advance(d);
	d->next = packet_decode_data;
}

/*
 *         0               1               2
 *    +-------+-------+---------------+---------------+
 *    | 0     | SF_DL | data                                   single frame
 *    | 0     | 0     | SF_DL         | data                   in CAN FD frames of more than 8
 *    +-------+-------+---------------+---------------+
 *    | 1     | FF_DL (12 bits)       | data                   first frame
 *    | 1     | 0                     | FF_DL (32), data       of messages from 4096 bytes on
 *    +-------+-------+---------------+---------------+
 *    | 2     | SN    | data                                   consecutive frame
 *    +-------+-------+---------------+---------------+
 *    | 3     | FS    | BS            | STmin         |        flow control
 *    +-------+-------+---------------+---------------+
 *
 * As linux/net/can/isotp.c has it. The type is in the high nibble of the first byte.
 */
void packet_decode_isotp(struct decoder *d)
{
	uint32_t can_dl = d->layer->can.payload_length;
	struct packet_layer *l = packet_open(d, PACKET_ISOTP);
	struct packet_isotp *isotp;
	const uint8_t *h;

	if (l == NULL)
		return;
	isotp = &l->isotp;
	*isotp = (struct packet_isotp){0};
	h = packet_take(d, 1);
	isotp->type = h[0] >> 4;
	if (l->header_captured < 1)
		return;
	switch (isotp->type) {
	case PACKET_ISOTP_SINGLE:
		isotp->length = h[0] & 15;
		decode_single(d, can_dl);
		return;
	case PACKET_ISOTP_FIRST:
		decode_first(d, can_dl);
		return;
	case PACKET_ISOTP_CONSECUTIVE:
		/* of the last one some may be padding: only the first frame knows */
		isotp->sequence_number = h[0] & 15;
		packet_advance(d);
		d->next = packet_decode_data;
		return;
	case PACKET_ISOTP_FLOW_CONTROL:
		h = packet_take(d, 3);
		isotp->flow_status = h[0] & 15;
		isotp->block_size = h[1];
		isotp->st_min = h[2];
		if (l->header_captured == 3 && can_dl > 3)
			packet_narrow(d, 3, "", l->offset, 3);
		return;
	default:
		packet_give_up(d);
		return;
	}
}

static const char *type_name(uint8_t type)
{
	static const char *const names[] = {"single frame", "first frame", "consecutive frame",
					    "flow control"};

	return type < sizeof(names) / sizeof(names[0]) ? names[type] : "reserved";
}

/* The flow status of a flow control frame. */
static const char *flow_status_name(uint8_t status)
{
	static const char *const names[] = {"continue to send", "wait", "overflow"};

	return status < sizeof(names) / sizeof(names[0]) ? names[status] : "reserved";
}

/* STmin: milliseconds up to 127, tenths of one from 0xf1 to 0xf9, the rest is reserved. */
static void put_st_min(struct packet_out *out, uint8_t st_min)
{
	if (st_min <= 0x7f) {
		packet_put_number(out, st_min);
		packet_put(out, " ms");
	} else if (st_min >= 0xf1 && st_min <= 0xf9) {
		packet_put_number(out, UINT64_C(100) * (st_min & 15));
		packet_put(out, " us");
	} else {
		packet_put(out, "reserved");
	}
}

static void show_flow_control(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_isotp *isotp = &l->isotp;
	struct packet_out *out;

	packet_show_bits(v, "FS", l->offset, 1, 0x0f, isotp->flow_status,
			 flow_status_name(isotp->flow_status));
	packet_show_number(v, "BS", l->offset + 1, 1, isotp->block_size,
			   isotp->block_size == 0 ? "all at once" : NULL);
	out = packet_value(v);
	packet_put(out, "0x");
	packet_put_hex(out, isotp->st_min, 2);
	packet_put(out, " (");
	put_st_min(out, isotp->st_min);
	packet_put_char(out, ')');
	v->field.has_number = true;
	v->field.number = isotp->st_min;
	packet_show(v, "STmin", l->offset + 2, 1);
}

static void show_layer_isotp(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_isotp *isotp = &l->isotp;
	uint32_t at = l->offset;

	packet_show_bits(v, "N_PCItype", at, 1, 0xf0, isotp->type, type_name(isotp->type));
	switch (isotp->type) {
	case PACKET_ISOTP_SINGLE:
		if (!isotp->escape) {
			packet_show_bits(v, "SF_DL", at, 1, 0x0f, isotp->length, NULL);
			break;
		}
		packet_show_bits(v, "Escape", at, 1, 0x0f, 0, NULL);
		packet_show_number(v, "SF_DL", at + 1, 1, isotp->length, NULL);
		break;
	case PACKET_ISOTP_FIRST:
		if (!isotp->escape) {
			packet_show_bits(v, "FF_DL", at, 2, 0x0fff, isotp->length, NULL);
			break;
		}
		packet_show_bits(v, "Escape", at, 2, 0x0fff, 0, NULL);
		packet_show_number(v, "FF_DL", at + 2, 4, isotp->length, NULL);
		break;
	case PACKET_ISOTP_CONSECUTIVE:
		packet_show_bits(v, "SN", at, 1, 0x0f, isotp->sequence_number, NULL);
		break;
	case PACKET_ISOTP_FLOW_CONTROL:
		show_flow_control(v, l);
		break;
	default:
		break;
	}
}

static void line_layer_isotp(struct packet_out *out, const struct packet *p,
			     const struct packet_layer *l)
{
	const struct packet_isotp *isotp = &l->isotp;

	(void)p;
	packet_put(out, "ISO-TP ");
	if (l->header_captured < l->header_length) {
		packet_put(out, "header cut");
		return;
	}
	packet_put(out, type_name(isotp->type));
	switch (isotp->type) {
	case PACKET_ISOTP_SINGLE:
		packet_put_length(out, isotp->length);
		break;
	case PACKET_ISOTP_FIRST:
		packet_put(out, " of ");
		packet_put_number(out, isotp->length);
		packet_put(out, " bytes");
		break;
	case PACKET_ISOTP_CONSECUTIVE:
		packet_put_pair(out, "sn", isotp->sequence_number);
		break;
	case PACKET_ISOTP_FLOW_CONTROL:
		packet_put(out, ": ");
		packet_put(out, flow_status_name(isotp->flow_status));
		packet_put_pair(out, "bs", isotp->block_size);
		packet_put(out, " stmin ");
		put_st_min(out, isotp->st_min);
		break;
	default:
		packet_put_pair(out, "type", isotp->type);
		break;
	}
}

const struct packet_protocol packet_protocol_isotp = {
	.name = "ISO-TP",
	.show = show_layer_isotp,
	.line = line_layer_isotp,
};
