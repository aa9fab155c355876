/* SPDX-License-Identifier: MIT */
/* UDP-Lite, RFC 3828: UDP whose checksum need not be over all of the data. */
#include "harness/packet/transport/internal.h"

/*
 *     0                               16                            32
 *    +-------------------------------+-------------------------------+
 *  0 | Source Port                   | Destination Port              |
 *    +-------------------------------+-------------------------------+
 *  4 | Checksum Coverage             | Checksum                      |
 *    +-------------------------------+-------------------------------+
 *
 * RFC 3828 3.1. Where UDP has its Length, UDP-Lite says how many bytes the Checksum is over: 0 for
 * all, or at least these 8. A Checksum of 0 is illegal, there is always one.
 */
void packet_decode_udplite(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_UDPLITE);
	struct packet_udplite *u;
	const uint8_t *h;

	if (l == NULL)
		return;
	u = &l->udplite;
	h = packet_take(d, 8);
	u->source_port = packet_be16(h);
	u->destination_port = packet_be16(h + 2);
	u->checksum_coverage = packet_be16(h + 4);
	u->checksum = packet_be16(h + 6);
	u->covered = 0;
	u->payload_length = l->length > 8 ? l->length - 8 : 0;
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	if (l->header_captured < 8)
		return;
	if (u->checksum_coverage == 0)
		u->covered = l->length;
	else if (u->checksum_coverage < 8)
		packet_contradiction(d,
				     "Checksum Coverage is %1, less than the 8 bytes of the header",
				     u->checksum_coverage, 0, l->offset + 4, 2);
	else if (u->checksum_coverage <= l->length)
		u->covered = u->checksum_coverage;
	else if (d->bound == PACKET_BOUND_LENGTH)
		packet_contradiction(d, "Checksum Coverage is %1, the packet has only %2 bytes",
				     u->checksum_coverage, l->length, l->offset + 4, 2);
	if (u->checksum == 0 && !packet_is_offloaded(d->p, l))
		packet_contradiction(d, "Checksum is 0, which no packet may have", 0, 0,
				     l->offset + 6, 2);
	packet_advance(d);
	d->next = packet_decode_data;
}

static void show_udplite(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_udplite *u = &l->udplite;

	packet_show_number(v, "Source Port", l->offset, 2, u->source_port, NULL);
	packet_show_number(v, "Destination Port", l->offset + 2, 2, u->destination_port, NULL);
	packet_show_number(v, "Checksum Coverage", l->offset + 4, 2, u->checksum_coverage,
			   u->checksum_coverage == 0   ? "the whole packet"
			   : u->checksum_coverage == 8 ? "the header alone"
						       : NULL);
	packet_show_checksum(v, "Checksum", l->offset + 6, u->checksum);
}

static void line_udplite(struct packet_out *out, const struct packet *p,
			 const struct packet_layer *l)
{
	(void)p;
	packet_put(out, "UDP-Lite");
	if (l->header_captured < 8) {
		packet_put(out, " header cut");
		return;
	}
	packet_put_pair(out, "cov", l->udplite.checksum_coverage);
	packet_put_length(out, l->udplite.payload_length);
}

bool packet_has_its_length(const struct packet *p, const struct packet_layer *l)
{
	const struct packet_layer *ip;

	if (l->first_fragment || l->ip >= PACKET_LAYERS_MAX)
		return false;
	ip = &p->layer[l->ip];
	return l->offset + l->length == ip->offset + ip->length;
}

/* The length in the pseudo-header is that of the packet, not of what is covered (RFC 3828 3.1). */
static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	const struct packet_sum sum = {.field = 6,
				       .length = l->udplite.covered,
				       .pseudo_protocol = 136,
				       .pseudo_length = l->length,
				       .never_zero = true};
	enum packet_checksum state;

	if (!packet_has_its_length(p, l) || packet_is_offloaded(p, l))
		return PACKET_CHECKSUM_UNKNOWN;
	state = packet_verify_sum(p, l, &sum, expected);
	return state == PACKET_CHECKSUM_GOOD && l->udplite.checksum == 0 ? PACKET_CHECKSUM_BAD
									 : state;
}

const struct packet_protocol packet_protocol_udplite = {
	.name = "UDP-Lite",
	.show = show_udplite,
	.line = line_udplite,
	.verify = verify,
};
