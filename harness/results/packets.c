/* SPDX-License-Identifier: MIT */
/*
 * Captures as classic pcap files (draft-ietf-opsawg-pcap, with nanoseconds), in
 * base64. Times count from the start of the case's own code, as those of its calls.
 */
#include "harness/results/packets.h"

#include <string.h>

/* Calls `each` for every packet of one link, with its index in that link's capture. */
static void each_packet(const struct outcome *o, uint16_t link,
			void (*each)(const struct packet_record *, const uint8_t *, uint32_t,
				     void *),
			void *context)
{
	uint32_t at = 0, index = 0;

	while (at + sizeof(struct packet_record) <= o->capture_used) {
		struct packet_record record;

		memcpy(&record, o->capture + at, sizeof(record));
		at += sizeof(record);
		if (record.captured > OUTCOME_CAPTURE_BYTES - at)
			return;
		if (record.link == link)
			each(&record, o->capture + at, index++, context);
		at = (at + record.captured + 7) & ~7u;
	}
}

static void write_pending(const struct packet_record *record, const uint8_t *bytes, uint32_t index,
			  void *context)
{
	(void)bytes;
	if (record->checksum_pending)
		json_put_integer(context, NULL, index);
}

static void write_record(const struct packet_record *record, const uint8_t *bytes, uint32_t index,
			 void *context)
{
	const uint32_t header[4] = {
		(uint32_t)(record->time_ns / 1000000000u),
		(uint32_t)(record->time_ns % 1000000000u),
		record->captured,
		record->original,
	};

	(void)index;
	json_base64_add(context, header, sizeof(header));
	json_base64_add(context, bytes, record->captured);
}

static void write_pcap(struct json *j, const struct outcome *o, uint16_t link)
{
	const struct {
		uint32_t magic;
		uint16_t major, minor;
		uint32_t reserved[2], snap_length, link_type;
	} header = {0xa1b23c4d, 2, 4, {0, 0}, 65535, o->links[link].link_type};
	struct json_base64 base64;

	json_base64_open(&base64, j, "pcap");
	json_base64_add(&base64, &header, sizeof(header));
	each_packet(o, link, write_record, &base64);
	json_base64_close(&base64);
}

void results_packets(struct json *j, const struct outcome *o)
{
	json_open(j, "packets", '[');
	for (uint32_t i = 0; i < o->links_used && i < OUTCOME_MAX_LINKS; i++) {
		const struct link_record *link = &o->links[i];

		json_open(j, NULL, '{');
		json_put_string(j, "host", link->host);
		json_put_string(j, "link", link->link);
		json_put_integer(j, "linktype", link->link_type);
		json_put_integer(j, "kept", link->kept);
		json_put_integer(j, "left_out", link->left_out);
		json_open(j, "checksum_pending", '[');
		each_packet(o, (uint16_t)i, write_pending, j);
		json_close(j, ']');
		write_pcap(j, o, (uint16_t)i);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_put_integer(j, "packets_dropped", o->capture_drops);
}
