/* SPDX-License-Identifier: MIT */
/*
 * Group records of IGMPv3 and MLDv2 reports; an address (A) has 4 or 16 bytes.
 *
 *     0               8               16                            32
 *    +---------------+---------------+-------------------------------+
 *  0 | Record Type   | Aux Data Len  | Number of Sources (N)         |
 *    +---------------+---------------+-------------------------------+
 *  4 | Multicast Address (A bytes)                                   |
 *    +---------------------------------------------------------------+
 *    | Source Addresses (N times A bytes)                            |
 *    +---------------------------------------------------------------+
 *    | Auxiliary Data (Aux Data Len times 4 bytes)                   |
 *    +---------------------------------------------------------------+
 *
 * RFC 9776 4.2.3, RFC 3810 5.2.
 */
#include "harness/packet/ip/internal.h"

bool packet_group_record_next(struct packet_walk *walk, struct packet_group_record *out)
{
	uint32_t size = walk->layer->kind == PACKET_ICMPV6 ? 16 : 4, left = walk->end - walk->next;
	const uint8_t *b;
	uint32_t there;

	if (walk->left == 0)
		return false;
	if (walk->next >= walk->end || left < 4 + size) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	there = walk->captured > walk->next ? walk->captured - walk->next : 0;
	if (there < 4) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	b = walk->packet->bytes + walk->next;
	out->record_type = b[0];
	out->aux_data_len = b[1];
	out->number_of_sources = packet_be16(b + 2);
	out->offset = walk->next;
	out->multicast_address_offset = walk->next + 4;
	out->sources_offset = walk->next + 4 + size;
	out->address_length = (uint8_t)size;
	out->length = 4 + size + size * out->number_of_sources + 4u * out->aux_data_len;
	if (out->length > left) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (out->length > there) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	walk->next += out->length;
	walk->left--;
	return true;
}

void packet_decode_group_records(struct decoder *d)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_group_record record;
	uint32_t records = walk.left;

	while (packet_group_record_next(&walk, &record))
		;
	if (walk.fault != PACKET_MALFORMED || d->bound != PACKET_BOUND_LENGTH)
		return;
	if (walk.next >= walk.end)
		packet_contradiction(d, "there are to be %1 records, the message ends after %2",
				     records, records - walk.left, d->layer->offset + 6, 2);
	else
		packet_contradiction(d, "a record does not fit into the %1 bytes left",
				     walk.end - walk.next, 0, walk.next, 4);
}

static const char *record_type_name(uint8_t type)
{
	static const char *const names[] = {
		NULL,
		"MODE_IS_INCLUDE",
		"MODE_IS_EXCLUDE",
		"CHANGE_TO_INCLUDE_MODE",
		"CHANGE_TO_EXCLUDE_MODE",
		"ALLOW_NEW_SOURCES",
		"BLOCK_OLD_SOURCES",
	};

	return type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL;
}

static void show_address(struct packet_view *v, const char *name, uint32_t offset, uint8_t length)
{
	if (length == 16)
		packet_show_ipv6(v, name, offset);
	else
		packet_show_ipv4(v, name, offset);
}

void packet_show_group_records(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_group_record r;

	while (packet_group_record_next(&walk, &r)) {
		uint32_t at = r.sources_offset;

		packet_show_text(v, "Group Record", r.offset, r.length, "");
		packet_show_in(v);
		packet_show_number(v, "Record Type", r.offset, 1, r.record_type,
				   record_type_name(r.record_type));
		packet_show_number(v, "Aux Data Len", r.offset + 1, 1, r.aux_data_len, NULL);
		packet_show_number(v, "Number of Sources", r.offset + 2, 2, r.number_of_sources,
				   NULL);
		show_address(v, "Multicast Address", r.multicast_address_offset, r.address_length);
		for (unsigned int i = 0; i < r.number_of_sources; i++, at += r.address_length)
			show_address(v, "Source Address", at, r.address_length);
		packet_show_bytes(v, "Auxiliary Data", at, 4u * r.aux_data_len);
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}
