/* SPDX-License-Identifier: MIT */
/* Frames of classical CAN and CAN FD as SocketCAN has them. Error messages are in can_error.c. */
#include "harness/packet/can/internal.h"

#define EFF_FLAG 0x80000000u
#define RTR_FLAG 0x40000000u
#define ERR_FLAG 0x20000000u
#define EFF_MASK 0x1fffffffu
#define SFF_MASK 0x7ffu

/* Protocols of the cooked header, linux/if_ether.h. */
enum {
	ETH_P_CANFD = 0x000d,
	ETH_P_CANXL = 0x000e,
};

/* Bytes of payload that a data length code stands for: the table of the DLC in ISO 11898-1. */
static const uint8_t dlc_length[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64};

static uint8_t dlc_of(uint8_t length)
{
	uint8_t dlc = 0;

	while (dlc < 15 && dlc_length[dlc] < length)
		dlc++;
	return dlc;
}

/* The protocol of a cooked header in front; 0 in LINKTYPE_CAN_SOCKETCAN, which has none. */
static uint16_t cooked_protocol(const struct packet_layer *outer)
{
	return outer != NULL ? outer->sll.protocol : 0;
}

/* No reader of the field could have meant an identifier of more bits than the frame has. */
static bool plausible(uint32_t id)
{
	return id & EFF_FLAG ? !(id & ERR_FLAG) : (id & EFF_MASK) <= SFF_MASK;
}

/*
 * In a cooked capture the field is in the byte order of the machine that captured, and nothing
 * says which that was. Where both orders make sense it was little-endian, as nearly all are.
 */
static bool is_little_endian(const uint8_t *h)
{
	return plausible(packet_le32(h)) || !plausible(packet_be32(h));
}

/*
 * The flag of CAN XL stands where the others have their length, which never is that large. Of a
 * frame that is cut before it, the size on the wire is left: 72 bytes are the longest of CAN FD.
 */
static bool is_xl(const struct decoder *d, const struct packet_layer *outer)
{
	if (outer != NULL)
		return cooked_protocol(outer) == ETH_P_CANXL;
	if (d->at + 4 < d->readable)
		return (d->bytes[d->at + 4] & PACKET_CANXL_XLF) != 0;
	return d->end - d->at > 72;
}

static bool is_fd(const struct decoder *d, const struct packet_layer *outer, uint8_t fd_flags)
{
	if (outer != NULL)
		return cooked_protocol(outer) == ETH_P_CANFD;
	return (fd_flags & PACKET_CAN_FDF) != 0 || d->end - d->layer->offset == 72;
}

static void decode_id(struct packet_can *can, uint32_t id)
{
	can->id_and_flags = id;
	can->extended = (id & EFF_FLAG) != 0;
	can->remote = (id & RTR_FLAG) != 0;
	can->error = (id & ERR_FLAG) != 0;
	can->identifier = id & EFF_MASK;
}

/* Whether the fields in front of the payload go together; notes what does not. */
static bool is_sound(struct decoder *d, const struct packet_can *can)
{
	uint32_t at = d->layer->offset;
	uint32_t most = can->fd ? 64 : 8;

	if (!can->extended && !can->error && can->identifier > SFF_MASK)
		packet_contradiction(d, "Identifier is %1, more than a standard one's 11 bits",
				     can->identifier, 0, at, 4);
	else if (can->fd && can->error)
		packet_contradiction(d, "an error message in a CAN FD frame", 0, 0, at, 4);
	else if (can->fd && can->remote)
		packet_contradiction(d, "CAN FD has no remote transmission requests", 0, 0, at, 4);
	else if (can->payload_length > most)
		packet_contradiction(d, "Payload Length is %1, more than the frame's %2 bytes",
				     can->payload_length, most, at + 4, 1);
	else if (can->error && can->payload_length != 8)
		packet_contradiction(d, "Payload Length is %1, an error message has 8",
				     can->payload_length, 0, at + 4, 1);
	else
		return true;
	return false;
}

static void next(struct decoder *d, const struct packet_can *can)
{
	packet_advance(d);
	/* an empty payload has no protocol but that of the identifier */
	if (d->p->flags & PACKET_CAN_ISOTP && !can->remote && can->payload_length > 0)
		d->next = packet_decode_isotp;
	else if (packet_is_j1939(d->p, can))
		d->next = packet_decode_j1939;
	else
		d->next = packet_decode_data;
}

/*
 *        0       1       2       3       4       5       6       7
 *    +-+-+-+-----------------------+-------+-------+-------+-------+
 *  0 |E|R|E| Identifier (29 bits,  |Payload| FD    | Reser-| len8_ |
 *    |F|T|R| or the low 11)        |Length | flags | ved   | dlc   |
 *    |F|R|R|                       |       |       |       |       |
 *    +-+-+-+-----------------------+-------+-------+-------+-------+
 *  8 | Payload, and padding up to 8 or 64 bytes
 *    +---------------------------
 *
 * LINKTYPE_CAN_SOCKETCAN of the pcap formats: struct can_frame and canfd_frame of linux/can.h
 * with the first field big-endian; padding may be left out. In cooked captures they are as the
 * kernel has them. A CAN FD frame has the flag FDF (0x04) or all of its 72 bytes; a cooked header
 * says what it is, and reserved bytes of a CAN frame are not to be taken for flags then.
 */
void packet_decode_can(struct decoder *d)
{
	const struct packet_layer *outer = d->layer;
	struct packet_layer *l;
	struct packet_can *can;
	const uint8_t *h;

	if (is_xl(d, outer)) {
		packet_decode_canxl(d);
		return;
	}
	l = packet_open(d, PACKET_CAN);
	if (l == NULL)
		return;
	can = &l->can;
	*can = (struct packet_can){0};
	h = packet_take(d, 8);
	can->little_endian = outer != NULL && is_little_endian(h);
	decode_id(can, can->little_endian ? packet_le32(h) : packet_be32(h));
	can->payload_length = h[4];
	can->fd = is_fd(d, outer, h[5]);
	can->fd_flags = can->fd ? h[5] : 0;
	can->len8_dlc = can->fd ? 0 : h[7];
	can->dlc = dlc_of(can->payload_length);
	if (can->payload_length == 8 && can->len8_dlc > 8 && can->len8_dlc < 16)
		can->dlc = can->len8_dlc;
	if (l->header_captured < 8)
		return;
	if (!is_sound(d, can)) {
		packet_give_up(d);
		return;
	}
	packet_narrow(d, 8u + (can->remote ? 0u : can->payload_length),
		      "Payload Length asks for %1 bytes in all, the frame has %2", l->offset + 4,
		      1);
	if (can->error)
		packet_decode_can_error(d);
	else
		next(d, can);
}

/* As candump writes it: 3 digits for a standard identifier, 8 for an extended one. */
static void put_id(struct packet_out *out, const struct packet_can *can)
{
	packet_put(out, "0x");
	packet_put_hex(out, can->identifier, can->extended ? 8 : 3);
}

static void show_id(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_can *can = &l->can;
	uint32_t at = l->offset;
	struct packet_out *out;

	packet_show_hex(v, "CAN ID and flags", at, 4, can->id_and_flags,
			can->little_endian ? "little-endian" : NULL);
	packet_show_in(v);
	packet_show_flag(v, "EFF: extended frame format", at, 4, EFF_FLAG, can->extended);
	packet_show_flag(v, "RTR: remote transmission request", at, 4, RTR_FLAG, can->remote);
	packet_show_flag(v, "ERR: error message", at, 4, ERR_FLAG, can->error);
	if (can->error) {
		packet_show_can_error_classes(v, l);
	} else {
		out = packet_value(v);
		put_id(out, can);
		v->field.has_number = true;
		v->field.number = can->identifier;
		v->field.mask = can->extended ? EFF_MASK : SFF_MASK;
		packet_show(v, "Identifier", at, 4);
	}
	if (packet_is_j1939(v->p, can))
		packet_show_j1939_id(v, l);
	packet_show_out(v);
}

static void show_payload_length(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_can *can = &l->can;
	struct packet_out *out = packet_value(v);

	packet_put_number(out, can->payload_length);
	if (can->remote && l->header_captured >= 8) {
		packet_put(out, " (asked for)");
	} else if (can->fd && can->payload_length <= 64 && can->payload_length > 8) {
		packet_put(out, " (DLC ");
		packet_put_number(out, can->dlc);
		if (dlc_length[can->dlc] != can->payload_length) {
			packet_put(out, ", which is ");
			packet_put_number(out, dlc_length[can->dlc]);
			packet_put(out, " bytes on the bus");
		}
		packet_put_char(out, ')');
	}
	v->field.has_number = true;
	v->field.number = can->payload_length;
	packet_show(v, "Payload Length", l->offset + 4, 1);
}

static void show_layer_can(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_can *can = &l->can;
	uint32_t at = l->offset;

	show_id(v, l);
	show_payload_length(v, l);
	if (can->fd) {
		packet_show_hex(v, "FD flags", at + 5, 1, can->fd_flags, NULL);
		packet_show_in(v);
		packet_show_flag(v, "BRS: bit rate switch", at + 5, 1, PACKET_CAN_BRS,
				 (can->fd_flags & PACKET_CAN_BRS) != 0);
		packet_show_flag(v, "ESI: error state indicator", at + 5, 1, PACKET_CAN_ESI,
				 (can->fd_flags & PACKET_CAN_ESI) != 0);
		packet_show_flag(v, "FDF: CAN FD frame", at + 5, 1, PACKET_CAN_FDF,
				 (can->fd_flags & PACKET_CAN_FDF) != 0);
		packet_show_out(v);
		packet_show_bytes(v, "Reserved", at + 6, 2);
		return;
	}
	packet_show_bytes(v, "Reserved", at + 5, 2);
	packet_show_number(v, "len8_dlc", at + 7, 1, can->len8_dlc,
			   can->len8_dlc == 0	       ? NULL
			   : can->dlc == can->len8_dlc ? "DLC of the 8 bytes"
						       : "ignored");
	if (can->error)
		packet_show_can_error(v, l);
}

static void line_layer_can(struct packet_out *out, const struct packet *p,
			   const struct packet_layer *l)
{
	const struct packet_can *can = &l->can;

	packet_put(out, can->fd ? "CAN FD " : "CAN ");
	if (l->header_captured < 8) {
		packet_put(out, "header cut");
		return;
	}
	if (can->error) {
		packet_line_can_error(out, p, l);
		return;
	}
	put_id(out, can);
	if (can->fd_flags & PACKET_CAN_BRS)
		packet_put(out, " brs");
	if (can->fd_flags & PACKET_CAN_ESI)
		packet_put(out, " esi");
	if (can->remote)
		packet_put(out, " remote request");
	if (can->len8_dlc != 0 && can->dlc == can->len8_dlc)
		packet_put_pair(out, "dlc", can->dlc);
	packet_put_length(out, can->payload_length);
}

const struct packet_protocol packet_protocol_can = {
	.name = "CAN",
	.show = show_layer_can,
	.line = line_layer_can,
};
