/* SPDX-License-Identifier: MIT */
/* Structs, walks and names of AH, UDP-Lite, DCCP, DNS, DHCP and Routing headers. */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden.h"
#include "harness/selftest/selftest.h"

#include <string.h>

static int decode(struct packet *p, const struct blob *b)
{
	return packet_decode(p, b->bytes, b->length, b->length, PACKET_LINK_RAW,
			     PACKET_VERIFY_CHECKSUMS);
}

/* AH is an extension header: what is behind it belongs to the same IP packet. */
SELFTEST(packet_behind_ah_is_the_same_ip_packet)
{
	struct blob b =
		ipv6(.next_header = 51, .payload = join(hex("11 04 0000 00001001 00000001"
							    "a1a2a3a4 a5a6a7a8 a9aaabac"),
							udp(.ipv6 = true, .payload = text("hi"))));
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_ah(&p));
	CU_ASSERT_EQUAL(packet_ah(&p)->spi, 0x1001);
	CU_ASSERT_EQUAL(packet_ah(&p)->icv_length, 12);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_find(&p, PACKET_UDP));
	CU_ASSERT_EQUAL(packet_find(&p, PACKET_UDP)->ip, 0);
	CU_ASSERT_EQUAL(packet_find(&p, PACKET_UDP)->checksum, PACKET_CHECKSUM_GOOD);
}

SELFTEST(packet_udplite_checksum_is_of_what_is_covered)
{
	struct blob b = with_checksum(hex("9c40 7530 0008 0000 68656c6c6f"), 6, 8, 136, false);
	struct packet p;

	b = ipv4(.protocol = 136, .payload = b);
	decode(&p, &b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_udplite(&p));
	CU_ASSERT_EQUAL(packet_udplite(&p)->covered, 8);
	CU_ASSERT_EQUAL(packet_udplite(&p)->payload_length, 5);
	b.bytes[b.length - 1] ^= 1;
	decode(&p, &b);
	CU_ASSERT_EQUAL(packet_find(&p, PACKET_UDPLITE)->checksum, PACKET_CHECKSUM_GOOD);
	b.bytes[20] ^= 1;
	decode(&p, &b);
	CU_ASSERT_EQUAL(packet_find(&p, PACKET_UDPLITE)->checksum, PACKET_CHECKSUM_BAD);
}

SELFTEST(packet_dccp_options_are_walked)
{
	struct blob b =
		ipv4(.protocol = 33,
		     .payload = hex("9c40 7530 09 00 0000 07 00 000000000001 "
				    "0000 000000000002 01 20 05 01 03 02 25 03 05 00 00 00"));
	static const uint8_t types[] = {1, 32, 37, 0, 0, 0};
	struct packet_dccp_option o;
	struct packet_walk walk;
	struct packet p;
	size_t n = 0;

	CU_ASSERT_EQUAL(decode(&p, &b), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_dccp(&p));
	CU_ASSERT_EQUAL(packet_dccp(&p)->type, PACKET_DCCP_ACK);
	CU_ASSERT_EQUAL(packet_dccp(&p)->acknowledgement_number, 2);
	walk = packet_walk(&p, packet_find(&p, PACKET_DCCP));
	while (packet_dccp_option_next(&walk, &o)) {
		CU_ASSERT_FATAL(n < sizeof(types));
		CU_ASSERT_EQUAL(o.type, types[n++]);
		if (o.type == PACKET_DCCP_OPTION_CHANGE_L) {
			CU_ASSERT_EQUAL(o.feature, 1);
			CU_ASSERT_EQUAL(o.data_length, 2);
		} else if (o.type == PACKET_DCCP_OPTION_NDP_COUNT) {
			CU_ASSERT_EQUAL(o.number, 5);
		}
	}
	CU_ASSERT_EQUAL(n, sizeof(types));
}

static struct blob dns(const char *message)
{
	return ipv4(.payload = udp(.source = 53, .payload = hex(message)));
}

SELFTEST(packet_dns_records_are_walked)
{
	struct blob b = dns("1234 8180 0001 0001 0000 0000 03 777777 02 6578 00 0001 0001 "
			    "c00c 0001 0001 0000012c 0004 c6336407");
	const uint8_t *payload;
	struct packet_dns_record r;
	struct packet_walk walk;
	struct packet p;
	char name[32];
	size_t length;

	CU_ASSERT_EQUAL(decode(&p, &b), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_dns(&p));
	CU_ASSERT(packet_dns(&p)->response);
	CU_ASSERT_EQUAL(packet_dns(&p)->id, 0x1234);
	walk = packet_walk(&p, packet_find(&p, PACKET_DNS));
	CU_ASSERT_FATAL(packet_dns_record_next(&walk, &r));
	CU_ASSERT_EQUAL(r.section, PACKET_DNS_QUESTION);
	CU_ASSERT_EQUAL(packet_dns_name(&p, walk.layer, r.offset, name, sizeof(name)), 6);
	CU_ASSERT_STRING_EQUAL(name, "www.ex");
	CU_ASSERT_FATAL(packet_dns_record_next(&walk, &r));
	CU_ASSERT_EQUAL(r.section, PACKET_DNS_ANSWER);
	CU_ASSERT_EQUAL(r.ttl, 300);
	CU_ASSERT_EQUAL(r.name_length, 2);
	CU_ASSERT(memcmp(p.bytes + r.rdata_offset, "\xc6\x33\x64\x07", 4) == 0);
	/* as snprintf(), in a buffer that is too small */
	CU_ASSERT_EQUAL(packet_dns_name(&p, walk.layer, r.offset, name, 4), 6);
	CU_ASSERT_STRING_EQUAL(name, "www");
	CU_ASSERT(!packet_dns_record_next(&walk, &r));
	CU_ASSERT_EQUAL(walk.fault, 0);
	/* for an application it is payload all the same */
	payload = packet_payload(&p, &length);
	CU_ASSERT(payload == p.bytes + 28 && length == 40);
}

/* Every pointer goes back by one name: the work for all of them is bounded. */
SELFTEST(packet_dns_pointers_in_a_chain)
{
	/* 3000 questions for A in IN: of "a", then of a pointer to the one before */
	static const uint8_t header[6] = {0x12, 0x34, 0x01, 0x00, 0x0b, 0xb8};
	static const uint8_t question[7] = {1, 'a', 0, 0, 1, 0, 1};
	static const uint8_t type_and_class[4] = {0, 1, 0, 1};
	static uint8_t bytes[28 + 12 + 3000 * 6];
	struct blob head =
		ipv4(.payload = udp(.source = 53, .length = 18020, .payload = fill(0, 0)),
		     .total_length = 18040);
	size_t at = 40;
	struct packet p;

	memcpy(bytes, head.bytes, 28);
	memcpy(bytes + 28, header, sizeof(header));
	memcpy(bytes + at, question, sizeof(question));
	for (at += 7; at + 6 <= sizeof(bytes); at += 6) {
		size_t back = at == 47 ? 12 : at - 28 - 6;

		bytes[at] = (uint8_t)(0xc0 | back >> 8);
		bytes[at + 1] = (uint8_t)back;
		memcpy(bytes + at + 2, type_and_class, sizeof(type_and_class));
	}
	CU_ASSERT_EQUAL(packet_decode(&p, bytes, sizeof(bytes), sizeof(bytes), PACKET_LINK_RAW, 0),
			PACKET_MALFORMED);
	CU_ASSERT_PTR_NOT_NULL(packet_dns(&p));
	CU_ASSERT(p.problem.text != NULL && strstr(p.problem.text, "pointers") != NULL);
}

SELFTEST(packet_dhcp_options_are_walked)
{
	struct blob b = join(hex("02 01 06 00 3903f326 0000 8000"), fill(0, 32));
	static const uint8_t codes[] = {53, 52, 255, 67, 255, 12, 255};
	struct packet_dhcp_option o;
	struct packet_walk walk;
	struct packet p;
	size_t n = 0;

	b = join(b, join(join(hex("0c 03 616263 ff"), fill(0, 58)),
			 join(hex("43 01 61 ff"), fill(0, 124))));
	b = join(b, hex("63825363 35 01 02 34 01 03 ff"));
	b = ipv4(.payload = udp(.source = 67, .destination = 68, .payload = b));
	CU_ASSERT_EQUAL(decode(&p, &b), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_dhcp(&p));
	CU_ASSERT_EQUAL(packet_dhcp(&p)->message_type, PACKET_DHCP_OFFER);
	walk = packet_walk(&p, packet_find(&p, PACKET_DHCP));
	while (packet_dhcp_option_next(&walk, &o)) {
		CU_ASSERT_FATAL(n < sizeof(codes));
		CU_ASSERT_EQUAL(o.code, codes[n++]);
	}
	CU_ASSERT_EQUAL(n, sizeof(codes));
}

SELFTEST(packet_rpl_addresses_are_whole)
{
	struct blob b = ipv6(.next_header = 43,
			     .payload = hex("3b 01 03 02 ee 40 0000 0001 0003 00000000"));
	uint8_t address[16];
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b), PACKET_COMPLETE);
	CU_ASSERT_EQUAL(p.layer[1].routing.compressed, 2);
	CU_ASSERT_FATAL(packet_rpl_address(&p, &p.layer[1], 1, address));
	CU_ASSERT(memcmp(address, "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x03", 16) == 0);
	CU_ASSERT(!packet_rpl_address(&p, &p.layer[1], 2, address));
}
