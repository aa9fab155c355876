/* SPDX-License-Identifier: MIT */
/* IGMP: version 1 RFC 1112 appendix I, 2 RFC 2236, 3 RFC 9776. Records are in group.c. */
#include "harness/packet/ip/internal.h"

#include <string.h>

enum {
	MEMBERSHIP_QUERY = 0x11,
	REPORT_V1 = 0x12,
	REPORT_V2 = 0x16,
	LEAVE_GROUP = 0x17,
	REPORT_V3 = 0x22,
};

static const char *type_name(const struct packet_igmp *igmp)
{
	switch (igmp->type) {
	case MEMBERSHIP_QUERY:
		return "membership query";
	case REPORT_V1:
	case REPORT_V2:
	case REPORT_V3:
		return "membership report";
	case LEAVE_GROUP:
		return "leave group";
	default:
		return NULL;
	}
}

/* A query says its version by its length, and version 1 by a Max Resp Code of 0 (RFC 9776 7.1). */
static void decode_query(struct decoder *d)
{
	struct packet_layer *l = d->layer;
	struct packet_igmp *igmp = &l->igmp;
	const uint8_t *h;

	igmp->version = igmp->max_resp_code == 0 ? 1 : 2;
	if (l->length < 12) {
		if (l->length > 8 && d->bound == PACKET_BOUND_LENGTH)
			packet_contradiction(d,
					     "a query of %1 bytes: versions 1 and 2 have 8, "
					     "version 3 at least 12",
					     l->length, 0, l->offset, 0);
		return;
	}
	igmp->version = 3;
	h = packet_take(d, 12);
	igmp->suppress_router_processing = (h[8] & 8) != 0;
	igmp->robustness_variable = h[8] & 7;
	igmp->querier_query_interval_code = h[9];
	igmp->number_of_sources = packet_be16(h + 10);
	if (l->header_captured < 12)
		return;
	igmp->list_offset = l->offset + 12;
	if (12u + 4u * igmp->number_of_sources > l->length && d->bound == PACKET_BOUND_LENGTH)
		packet_contradiction(d, "Number of Sources is %1, there is room for %2",
				     igmp->number_of_sources, (l->length - 12) / 4, l->offset + 10,
				     2);
	packet_extend(d, 12u + 4u * igmp->number_of_sources);
}

/*
 *     0               8               16                            32
 *    +---------------+---------------+-------------------------------+
 *  0 | Type          | Max Resp Code | Checksum                      |
 *    +---------------+---------------+-------------------------------+
 *  4 | Group Address      (version 3 report: Reserved 16,            |
 *    |                     Number of Group Records 16)               |
 *    +-------+-+-----+---------------+-------------------------------+
 *  8 | Resv  |S| QRV | QQIC          | Number of Sources (N)         |   version 3 query
 *    +-------+-+-----+---------------+-------------------------------+
 * 12 | Source Addresses (N of 4 bytes)                               |
 *    +---------------------------------------------------------------+
 *
 * RFC 9776 4.1 and 4.2, RFC 2236 2.
 */
void packet_decode_igmp(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_IGMP);
	struct packet_igmp *igmp;
	const uint8_t *h;

	if (l == NULL)
		return;
	igmp = &l->igmp;
	*igmp = (struct packet_igmp){0};
	h = packet_take(d, 8);
	igmp->type = h[0];
	igmp->max_resp_code = h[1];
	igmp->checksum = packet_be16(h + 2);
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	if (igmp->type != REPORT_V3)
		memcpy(igmp->group_address, h + 4, 4);
	else
		igmp->number_of_records = packet_be16(h + 6);
	if (l->header_captured < 8)
		return;
	switch (igmp->type) {
	case MEMBERSHIP_QUERY:
		decode_query(d);
		break;
	case REPORT_V1:
		igmp->version = 1;
		break;
	case REPORT_V2:
	case LEAVE_GROUP:
		igmp->version = 2;
		break;
	case REPORT_V3:
		igmp->version = 3;
		igmp->list_offset = l->offset + 8;
		packet_extend(d, l->length);
		packet_decode_group_records(d);
		return;
	default:
		break;
	}
	if (l->header_captured < l->header_length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

static void show_layer_igmp(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_igmp *igmp = &l->igmp;
	uint32_t at = l->offset;

	packet_show_hex(v, "Type", at, 1, igmp->type, type_name(igmp));
	packet_show_number(v, "Max Resp Code", at + 1, 1, igmp->max_resp_code, NULL);
	packet_show_checksum(v, "Checksum", at + 2, igmp->checksum);
	if (igmp->type == REPORT_V3) {
		packet_show_number(v, "Number of Group Records", at + 6, 2, igmp->number_of_records,
				   NULL);
		packet_show_group_records(v, l);
		return;
	}
	packet_show_ipv4(v, "Group Address", at + 4);
	if (igmp->type != MEMBERSHIP_QUERY || igmp->version != 3)
		return;
	packet_show_flag(v, "S: suppress router-side processing", at + 8, 1, 0x08,
			 igmp->suppress_router_processing);
	packet_show_bits(v, "QRV", at + 8, 1, 0x07, igmp->robustness_variable, NULL);
	packet_show_number(v, "QQIC", at + 9, 1, igmp->querier_query_interval_code, NULL);
	packet_show_number(v, "Number of Sources", at + 10, 2, igmp->number_of_sources, NULL);
	for (uint32_t i = 0; i < igmp->number_of_sources && at + 16 + 4 * i <= v->limit; i++)
		packet_show_ipv4(v, "Source Address", at + 12 + 4 * i);
}

static void line_layer_igmp(struct packet_out *out, const struct packet *p,
			    const struct packet_layer *l)
{
	const struct packet_igmp *igmp = &l->igmp;
	const char *name = type_name(igmp);

	(void)p;
	packet_put(out, "IGMP");
	if (igmp->version != 0) {
		packet_put_char(out, 'v');
		packet_put_number(out, igmp->version);
	}
	packet_put_char(out, ' ');
	if (l->header_captured < 8) {
		packet_put(out, "header cut");
		return;
	}
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "type 0x");
		packet_put_hex(out, igmp->type, 2);
	}
	if (igmp->type == REPORT_V3) {
		packet_put_pair(out, "records", igmp->number_of_records);
		return;
	}
	packet_put_char(out, ' ');
	packet_put_ipv4(out, igmp->group_address);
	if (igmp->number_of_sources > 0)
		packet_put_pair(out, "sources", igmp->number_of_sources);
}

static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	const struct packet_sum sum = {.field = 2, .length = l->length};

	if (!packet_is_whole(p, l))
		return PACKET_CHECKSUM_UNKNOWN;
	return packet_verify_sum(p, l, &sum, expected);
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->igmp.list_offset;
	walk->left = l->igmp.number_of_records;
}

const struct packet_protocol packet_protocol_igmp = {
	.name = "IGMP",
	.show = show_layer_igmp,
	.line = line_layer_igmp,
	.verify = verify,
	.walk = walk,
};
