/* SPDX-License-Identifier: MIT */
/* Authentication Header, RFC 4302: it vouches for a packet and hides nothing of it. */
#include "harness/packet/ip/internal.h"

/*
 *     0               8               16                            32
 *    +---------------+---------------+-------------------------------+
 *  0 | Next Header   | Payload Len   | RESERVED                      |
 *    +---------------+---------------+-------------------------------+
 *  4 | Security Parameters Index (SPI)                               |
 *    +---------------------------------------------------------------+
 *  8 | Sequence Number                                               |
 *    +---------------------------------------------------------------+
 * 12 | Integrity Check Value (as long as the SPI's algorithm makes)  |
 *    +---------------------------------------------------------------+
 *
 * RFC 4302 2. Payload Len counts units of 4 bytes minus 2, though AH is an extension header of
 * IPv6, where the others count units of 8 minus 1; there the length still has to be a multiple of
 * 8 (2.2). The ICV covers fields of the IP header and needs a key: it is not verified here.
 */
void packet_decode_ah(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_AH);
	bool ipv6 = d->ip < PACKET_LAYERS_MAX && d->p->layer[d->ip].kind == PACKET_IPV6;
	struct packet_ah *ah;
	const uint8_t *h;
	uint32_t length;

	if (l == NULL)
		return;
	ah = &l->ah;
	h = packet_take(d, 12);
	ah->next_header = h[0];
	ah->payload_len = h[1];
	ah->reserved = packet_be16(h + 2);
	ah->spi = packet_be32(h + 4);
	ah->sequence_number = packet_be32(h + 8);
	ah->icv_length = 0;
	if (l->header_captured < 2)
		return;
	length = (ah->payload_len + 2u) * 4;
	if (length < 12) {
		packet_contradiction(d, "Payload Len is %1: a header of %2 bytes, less than 12",
				     ah->payload_len, length, l->offset + 1, 1);
		packet_give_up(d);
		return;
	}
	if (ipv6 && length % 8 != 0)
		packet_contradiction(
			d,
			"Payload Len is %1: a header of %2 bytes, in IPv6 it has to be "
			"a multiple of 8",
			ah->payload_len, length, l->offset + 1, 1);
	ah->icv_length = (uint16_t)(length - 12);
	if (length > d->end - l->offset && d->bound == PACKET_BOUND_LENGTH)
		packet_contradiction(d, "Payload Len makes a header of %1 bytes, only %2 are left",
				     length, d->end - l->offset, l->offset + 1, 1);
	if (!packet_extend(d, length))
		return;
	packet_advance(d);
	packet_next_ip_protocol(d, ah->next_header);
}

static void show_ah(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_ah *ah = &l->ah;
	uint32_t at = l->offset;

	packet_show_number(v, "Next Header", at, 1, ah->next_header,
			   packet_name_ip_protocol(ah->next_header));
	packet_show_number(v, "Payload Len", at + 1, 1, ah->payload_len, NULL);
	packet_show_number(v, "RESERVED", at + 2, 2, ah->reserved, NULL);
	packet_show_hex(v, "Security Parameters Index", at + 4, 4, ah->spi, NULL);
	packet_show_number(v, "Sequence Number", at + 8, 4, ah->sequence_number, NULL);
	packet_show_bytes(v, "Integrity Check Value", at + 12, ah->icv_length);
}

static void line_ah(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	packet_put(out, "AH");
	if (l->header_captured < 12) {
		packet_put(out, " header cut");
		return;
	}
	packet_put(out, " spi=0x");
	packet_put_hex(out, l->ah.spi, 8);
	packet_put_pair(out, "seq", l->ah.sequence_number);
	packet_put_pair(out, "icv", l->ah.icv_length);
	if (l->header_captured == l->header_length)
		packet_line_unknown_protocol(out, p, l, l->ah.next_header);
}

const struct packet_protocol packet_protocol_ah = {
	.name = "AH",
	.show = show_ah,
	.line = line_ah,
};
