/* SPDX-License-Identifier: MIT */
/* Structs, walks and checksums of SCTP, TIPC and RDS. */
#include "harness/packet/sctp/internal.h"
#include "harness/selftest/packet/golden_sctp.h"
#include "harness/selftest/selftest.h"

#include <string.h>

static int decode(struct packet *p, const struct blob *b, uint32_t link_type, unsigned int flags)
{
	return packet_decode(p, b->bytes, b->length, b->length, link_type, flags);
}

/* The values that RFC 3720 B.4 gives for iSCSI, which has the same CRC. */
SELFTEST(packet_crc32c)
{
	struct blob zeros = fill(0, 32), ones = fill(0xff, 32), rising = fill(0, 32);
	const uint8_t *digits = (const uint8_t *)"123456789";
	uint32_t crc;

	for (size_t i = 0; i < 32; i++)
		rising.bytes[i] = (uint8_t)i;
	CU_ASSERT_EQUAL(~packet_crc32c_add(UINT32_MAX, zeros.bytes, 32), 0x8a9136aa);
	CU_ASSERT_EQUAL(~packet_crc32c_add(UINT32_MAX, ones.bytes, 32), 0x62a8ab43);
	CU_ASSERT_EQUAL(~packet_crc32c_add(UINT32_MAX, rising.bytes, 32), 0x46dd794e);
	CU_ASSERT_EQUAL(~packet_crc32c_add(UINT32_MAX, digits, 9), 0xe3069283);
	/* in any pieces it is the same */
	for (size_t i = 0; i <= 32; i++) {
		crc = packet_crc32c_add(UINT32_MAX, rising.bytes, i);
		CU_ASSERT_EQUAL(~packet_crc32c_add(crc, rising.bytes + i, 32 - i), 0x46dd794e);
	}
}

SELFTEST(packet_sctp_chunks_are_walked)
{
	struct blob b = sctp(
		TAG, join(chunk(11, 0, hex("")),
			  join(chunk(3, 0, hex("000003e8 0000ffff 0001 0001 0002 0003 000003e7")),
			       chunk(0, 3, hex("000003e9 0001 0002 0000002e 68656c6c6f")))));
	const struct packet_sctp *header;
	struct packet_sctp_chunk c;
	struct packet_walk walk;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_RAW, PACKET_VERIFY_CHECKSUMS), PACKET_COMPLETE);
	header = packet_sctp(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(header);
	CU_ASSERT_EQUAL(header->source_port, 40000);
	CU_ASSERT_EQUAL(header->verification_tag, TAG);
	CU_ASSERT_EQUAL(header->chunks, 3);
	CU_ASSERT_EQUAL(header->first_chunk, PACKET_SCTP_COOKIE_ACK);
	CU_ASSERT_EQUAL(header->data_bytes, 5);
	CU_ASSERT_EQUAL(packet_find(&p, PACKET_SCTP)->checksum, PACKET_CHECKSUM_GOOD);
	walk = packet_walk(&p, packet_find(&p, PACKET_SCTP));
	CU_ASSERT_FATAL(packet_sctp_chunk_next(&walk, &c));
	CU_ASSERT(c.type == PACKET_SCTP_COOKIE_ACK && c.ok && c.length == 4);
	CU_ASSERT_FATAL(packet_sctp_chunk_next(&walk, &c));
	CU_ASSERT(c.type == PACKET_SCTP_SACK && c.tsn == 1000 && c.a_rwnd == 65535);
	CU_ASSERT(c.gap_ack_blocks == 1 && c.duplicate_tsns == 1 && c.value_length == 8);
	CU_ASSERT_FATAL(packet_sctp_chunk_next(&walk, &c));
	CU_ASSERT(c.type == PACKET_SCTP_DATA && c.tsn == 1001 && c.stream_identifier == 1);
	CU_ASSERT(c.stream_sequence == 2 && c.payload_protocol == 46 && c.padding == 3);
	CU_ASSERT(memcmp(p.bytes + c.value_offset, "hello", c.value_length) == 0);
	CU_ASSERT(!packet_sctp_chunk_next(&walk, &c));
	CU_ASSERT_EQUAL(walk.fault, 0);
}

SELFTEST(packet_sctp_parameters_are_walked)
{
	struct blob b = sctp(TAG, chunk(193, 0,
					hex("00000001 0005 0008 c0000201 "
					    "c001 0010 00000002 0005 0008 c0000203")));
	struct packet_sctp_parameter item;
	struct packet_sctp_chunk c;
	struct packet_walk walk, list, inner;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_RAW, 0), PACKET_COMPLETE);
	walk = packet_walk(&p, packet_find(&p, PACKET_SCTP));
	CU_ASSERT_FATAL(packet_sctp_chunk_next(&walk, &c));
	CU_ASSERT(c.list == PACKET_SCTP_PARAMETERS && c.sequence_number == 1);
	list = packet_sctp_chunk_list(&walk, &c);
	CU_ASSERT_FATAL(packet_sctp_parameter_next(&list, &item));
	CU_ASSERT(item.type == PACKET_SCTP_IPV4_ADDRESS && item.list == PACKET_SCTP_NO_LIST);
	inner = packet_sctp_inner_list(&list, &item);
	CU_ASSERT(!packet_sctp_parameter_next(&inner, &item));
	CU_ASSERT_FATAL(packet_sctp_parameter_next(&list, &item));
	CU_ASSERT(item.type == PACKET_SCTP_ADD_IP_ADDRESS && item.list == PACKET_SCTP_PARAMETERS);
	inner = packet_sctp_inner_list(&list, &item);
	CU_ASSERT_FATAL(packet_sctp_parameter_next(&inner, &item));
	CU_ASSERT(memcmp(p.bytes + item.value_offset, "\xc0\x00\x02\x03", 4) == 0);
	CU_ASSERT(!packet_sctp_parameter_next(&inner, &item));
	CU_ASSERT(!packet_sctp_parameter_next(&list, &item));
}

static enum packet_checksum sctp_checksum(const struct blob *b, size_t captured, unsigned int flags)
{
	struct packet p;

	packet_decode(&p, b->bytes, captured, b->length, PACKET_LINK_RAW, flags);
	return packet_verify(&p, 1, NULL);
}

SELFTEST(packet_sctp_checksums)
{
	struct blob b = sctp(TAG, chunk(11, 0, hex(""))), bad = poke(b, 28, "0bad0bad"),
		    none = poke(b, 28, "00000000");
	struct blob cookie = poke(sctp(TAG, chunk(10, 0, hex("00"))), 28, "00000000");
	uint32_t expected = 0;
	struct packet p;

	CU_ASSERT_EQUAL(sctp_checksum(&b, b.length, 0), PACKET_CHECKSUM_GOOD);
	CU_ASSERT_EQUAL(sctp_checksum(&bad, b.length, 0), PACKET_CHECKSUM_BAD);
	CU_ASSERT_EQUAL(sctp_checksum(&none, b.length, 0), PACKET_CHECKSUM_ABSENT);
	CU_ASSERT_EQUAL(sctp_checksum(&cookie, cookie.length, 0), PACKET_CHECKSUM_BAD);
	CU_ASSERT_EQUAL(sctp_checksum(&b, b.length - 1, 0), PACKET_CHECKSUM_UNKNOWN);
	CU_ASSERT_EQUAL(sctp_checksum(&none, b.length, PACKET_CHECKSUM_OFFLOADED),
			PACKET_CHECKSUM_UNKNOWN);
	decode(&p, &bad, PACKET_LINK_RAW, 0);
	packet_verify(&p, 1, &expected);
	CU_ASSERT_EQUAL(expected, packet_be32(b.bytes + 28));
}

/* A packet of as many chunks as fit, and lists in lists as deep as they go. */
SELFTEST(packet_sctp_lists_are_bounded)
{
	struct blob chunks = fill(0, 0), deep = hex("0005 0008 c0000201");
	char line[2000];
	struct packet p;

	for (int i = 0; i < 900; i++)
		chunks = join(chunks, chunk(11, 0, hex("")));
	chunks = sctp(TAG, chunks);
	CU_ASSERT_EQUAL(decode(&p, &chunks, PACKET_LINK_RAW, 0), PACKET_COMPLETE);
	CU_ASSERT_EQUAL(packet_sctp(&p)->chunks, 900);
	CU_ASSERT(packet_line(&p, line, sizeof(line)) < 400);
	for (int i = 0; i < 200; i++)
		deep = item(0xc001, join(hex("00000001"), deep));
	deep = sctp(TAG, chunk(193, 0, join(hex("00000001"), deep)));
	CU_ASSERT_EQUAL(decode(&p, &deep, PACKET_LINK_RAW, 0), PACKET_COMPLETE);
	CU_ASSERT(packet_text(&p, NULL, 0) < 10000);
}

SELFTEST(packet_tipc_struct_and_walks)
{
	/* a bundle of one named message, a publication */
	struct blob name = hex("45 50 0024 40080005 00070009 01001001 000003e8 000007d0 01001001 "
			       "01001002 000049c8 00000011");
	struct blob bundle = hex("4d 40 0050 00000005 0007000a 01001001 00000000 00000000 01001001 "
				 "01001002 00000000 00010000");
	struct packet_tipc_bundled b;
	struct packet_walk walk;
	const struct packet_tipc *t;
	struct packet p;

	name = poke(name, 0, "41400028");
	bundle = ethernet(0x88ca, join(bundle, name));
	CU_ASSERT_EQUAL(decode(&p, &bundle, PACKET_LINK_ETHERNET, 0), PACKET_COMPLETE);
	t = packet_tipc(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	if (t == NULL)
		return;
	CU_ASSERT(t->version == 2 && t->user == PACKET_TIPC_MSG_BUNDLER && t->header_size == 40);
	CU_ASSERT(t->message_size == 80 && t->link_sequence == 10 && t->link_acknowledge == 7);
	walk = packet_walk(&p, packet_find(&p, PACKET_TIPC));
	CU_ASSERT_FATAL(packet_tipc_bundled_next(&walk, &b));
	CU_ASSERT(b.ok && b.header.type == PACKET_TIPC_NAMED_MSG && b.header.words[8] == 18888);
	CU_ASSERT(!packet_tipc_bundled_next(&walk, &b));
	CU_ASSERT_EQUAL(walk.fault, 0);
}

static struct blob rds_segment(const char *header)
{
	return ipv4(.protocol = 6,
		    .payload = tcp(.destination = 16385, .flags = 0x018, .payload = hex(header)));
}

/* What does not look like a header is the middle of a message. */
SELFTEST(packet_rds_headers_are_told_from_data)
{
#define REST " 00000000 00000000 00000000 00000000"
	static const struct {
		const char *header;
		bool rds;
	} rows[] = {
		{"0000000000000007 0000000000000005 00000000 0fa0 1388 00 00 00000000 dccb" REST,
		 true},
		{"0000000000000007 0000000000000005 00000000 0fa0 1388 00 00 00000000 0000" REST,
		 true},
		{"0000000000000007 0000000000000005 00000000 0fa0 1388 00 00 00000000 dccc" REST,
		 false},
		{"0000000000000000 0000000000000005 00000000 0fa0 1388 00 00 00000000 0000" REST,
		 false},
		{"0001000000000007 0000000000000005 00000000 0fa0 1388 00 00 00000000 0000" REST,
		 false},
		{"0000000000000007 0000000000000005 00100001 0fa0 1388 00 00 00000000 0000" REST,
		 false},
		{"0000000000000007 0000000000000005 00000000 0000 0000 00 00 00000000 0000" REST,
		 false},
		{"0000000000000007 0000000000000005 00000000 0fa0 1388 40 00 00000000 0000" REST,
		 false},
		{"0000000000000007 0000000000000005 00000000 0fa0 1388 00 00 00010000 0000" REST,
		 false},
	};
	struct packet p;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct blob b = rds_segment(rows[i].header);

		CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_RAW, PACKET_VERIFY_CHECKSUMS),
				PACKET_COMPLETE);
		CU_ASSERT_EQUAL(packet_rds(&p) != NULL, rows[i].rds);
		if (packet_rds(&p) == NULL)
			continue;
		CU_ASSERT_EQUAL(packet_rds(&p)->sequence, 7);
		CU_ASSERT_EQUAL(packet_rds(&p)->source_port, 4000);
		CU_ASSERT_EQUAL(packet_find(&p, PACKET_RDS)->checksum,
				i == 0 ? PACKET_CHECKSUM_GOOD : PACKET_CHECKSUM_ABSENT);
	}
}
