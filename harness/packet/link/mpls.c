/* SPDX-License-Identifier: MIT */
/* MPLS: a layer a label. RFC 3032, RFC 5462; what is behind the last label RFC 4928. */
#include "harness/packet/internal.h"

enum {
	IPV4_EXPLICIT_NULL = 0,
	ROUTER_ALERT = 1,
	IPV6_EXPLICIT_NULL = 2,
	ENTROPY_LABEL_INDICATOR = 7,
	EXTENSION = 15,
};

/* IANA "Special-Purpose MPLS Label Values". */
static const char *label_name(uint32_t label)
{
	static const char *const names[16] = {
		[IPV4_EXPLICIT_NULL] = "IPv4 Explicit NULL",
		[ROUTER_ALERT] = "Router Alert",
		[IPV6_EXPLICIT_NULL] = "IPv6 Explicit NULL",
		[3] = "Implicit NULL",
		[ENTROPY_LABEL_INDICATOR] = "Entropy Label Indicator",
		[13] = "GAL",
		[14] = "OAM Alert",
		[EXTENSION] = "Extension",
	};

	return label < 16 ? names[label] : NULL;
}

/* These say something about the label below them (RFC 3032 2.1, RFC 6790 4.2, RFC 7274 3.1). */
static bool never_last(uint32_t label)
{
	return label == ROUTER_ALERT || label == ENTROPY_LABEL_INDICATOR || label == EXTENSION;
}

/*
 * Nothing in the stack says what it carries: whoever set the labels up knows. Only two labels do;
 * otherwise the first half byte is taken for IP's version, which other payloads avoid by starting
 * with 0 or 1, a pseudowire's control word (RFC 4928 3, RFC 4385).
 */
static packet_decoder payload(const struct decoder *d, uint32_t label)
{
	uint8_t version = d->at < d->readable ? d->bytes[d->at] >> 4 : 0;

	if (label == IPV4_EXPLICIT_NULL || version == 4)
		return packet_decode_ipv4;
	if (label == IPV6_EXPLICIT_NULL || version == 6)
		return packet_decode_ipv6;
	return packet_decode_data;
}

/*
 *     0                                       20    23  24            32
 *    +---------------------------------------+-----+---+---------------+
 *  0 | Label                                 | TC  | S | TTL           |
 *    +---------------------------------------+-----+---+---------------+
 *
 * RFC 3032 2.1; TC is RFC 5462's name for the EXP bits.
 */
void packet_decode_mpls(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_MPLS);
	struct packet_mpls *mpls;
	const uint8_t *h;

	if (l == NULL)
		return;
	mpls = &l->mpls;
	h = packet_take(d, 4);
	mpls->label = packet_be32(h) >> 12;
	mpls->traffic_class = h[2] >> 1 & 7;
	mpls->bottom_of_stack = (h[2] & 1) != 0;
	mpls->time_to_live = h[3];
	if (l->header_captured < 4)
		return;
	packet_advance(d);
	if (!mpls->bottom_of_stack) {
		d->next = packet_decode_mpls;
		return;
	}
	if (never_last(mpls->label))
		packet_contradiction(d,
				     "label %1 is at the bottom of the stack, where it may not be",
				     mpls->label, 0, l->offset, 4);
	d->next = payload(d, mpls->label);
}

static void show_mpls(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_mpls *mpls = &l->mpls;

	packet_show_bits(v, "Label", l->offset, 4, 0xfffff000, mpls->label,
			 label_name(mpls->label));
	packet_show_bits(v, "TC", l->offset + 2, 1, 0x0e, mpls->traffic_class, NULL);
	packet_show_flag(v, "S: bottom of stack", l->offset + 2, 1, 0x01, mpls->bottom_of_stack);
	packet_show_number(v, "TTL", l->offset + 3, 1, mpls->time_to_live, NULL);
}

static void line_mpls(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_mpls *mpls = &l->mpls;
	const char *name = label_name(mpls->label);
	uint32_t data = packet_data_behind(p, l);

	packet_put(out, "MPLS ");
	if (l->header_captured < 4) {
		packet_put(out, "header cut");
		return;
	}
	packet_put_number(out, mpls->label);
	if (name != NULL) {
		packet_put(out, " (");
		packet_put(out, name);
		packet_put_char(out, ')');
	}
	if (mpls->traffic_class != 0)
		packet_put_pair(out, "tc", mpls->traffic_class);
	packet_put_pair(out, "ttl", mpls->time_to_live);
	if (data > 0 || (mpls->bottom_of_stack && !packet_header_behind(p, l)))
		packet_put_length(out, data);
}

const struct packet_protocol packet_protocol_mpls = {
	.name = "MPLS",
	.show = show_mpls,
	.line = line_mpls,
};
