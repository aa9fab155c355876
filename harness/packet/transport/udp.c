/* SPDX-License-Identifier: MIT */
/* UDP, RFC 768. */
#include "harness/packet/transport/internal.h"

/*
 *     0                               16                            32
 *    +-------------------------------+-------------------------------+
 *  0 | Source Port                   | Destination Port              |
 *    +-------------------------------+-------------------------------+
 *  4 | Length                        | Checksum                      |
 *    +-------------------------------+-------------------------------+
 *
 * RFC 768. Length counts header and data. A Checksum of 0 says that there is none. In an IPv6
 * jumbogram Length is 0 and the IP header tells (RFC 2675 4).
 */
void packet_decode_udp(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_UDP);
	const struct packet_layer *ip = d->ip < PACKET_LAYERS_MAX ? &d->p->layer[d->ip] : NULL;
	struct packet_udp *udp;
	const uint8_t *h;
	uint32_t length;

	if (l == NULL)
		return;
	udp = &l->udp;
	h = packet_take(d, 8);
	udp->source_port = packet_be16(h);
	udp->destination_port = packet_be16(h + 2);
	udp->length = packet_be16(h + 4);
	udp->checksum = packet_be16(h + 6);
	udp->payload_length = 0;
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	if (l->header_captured < 6)
		return;
	length = udp->length;
	if (length == 0 && ip != NULL && ip->kind == PACKET_IPV6 &&
	    ip->ipv6.jumbo_payload_length != 0)
		length = d->end - l->offset;
	if (length < 8) {
		packet_contradiction(d, "Length is %1, less than the 8 bytes of the header", length,
				     0, l->offset + 4, 2);
		l->cut = true;
		packet_give_up(d);
		return;
	}
	packet_narrow(d, length, "Length is %1, the IP packet has only %2 bytes", l->offset + 4, 2);
	udp->payload_length = length - 8;
	if (l->header_captured < 8)
		return;
	packet_advance(d);
	packet_next_udp_port(d, udp->source_port, udp->destination_port);
}

static void show_layer_udp(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_udp *udp = &l->udp;

	packet_show_number(v, "Source Port", l->offset, 2, udp->source_port, NULL);
	packet_show_number(v, "Destination Port", l->offset + 2, 2, udp->destination_port, NULL);
	packet_show_number(v, "Length", l->offset + 4, 2, udp->length, NULL);
	packet_show_checksum(v, "Checksum", l->offset + 6, udp->checksum);
}

static void line_layer_udp(struct packet_out *out, const struct packet *p,
			   const struct packet_layer *l)
{
	(void)p;
	packet_put(out, "UDP");
	if (l->header_captured < 8) {
		packet_put(out, " header cut");
		return;
	}
	packet_put_length(out, l->udp.payload_length);
}

/* 0 says that there is none, so a sum of 0 is sent as all ones (RFC 768). */
static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	const struct packet_sum sum = {.field = 6,
				       .length = l->length,
				       .pseudo_protocol = 17,
				       .pseudo_length = l->length,
				       .never_zero = true};
	enum packet_checksum state;

	/* the datagram has a length of its own, whatever that of the IP packet says */
	if (l->first_fragment || l->cut)
		return PACKET_CHECKSUM_UNKNOWN;
	state = packet_verify_sum(p, l, &sum, expected);
	if (state != PACKET_CHECKSUM_UNKNOWN && l->udp.checksum == 0)
		return PACKET_CHECKSUM_ABSENT;
	return packet_is_offloaded(p, l) ? PACKET_CHECKSUM_UNKNOWN : state;
}

const struct packet_protocol packet_protocol_udp = {
	.name = "UDP",
	.show = show_layer_udp,
	.line = line_layer_udp,
	.verify = verify,
};
