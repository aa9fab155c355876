/* SPDX-License-Identifier: MIT */
/* What the golden JSON files do not reach: structs, walks, flags, texts in any buffer. */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden.h"
#include "harness/selftest/selftest.h"

#include <arpa/inet.h>
#include <string.h>

static int decode(struct packet *p, const struct blob *b, unsigned int flags)
{
	return packet_decode(p, b->bytes, b->length, b->length, PACKET_LINK_ETHERNET, flags);
}

SELFTEST(packet_structs_hold_the_fields)
{
	struct blob b = frame_tcp4(0x012, "02 04 05b4 04 02 08 0a 0000000100000002 01 03 03 07");
	const struct packet_ipv4 *ip;
	const struct packet_tcp *tcp;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, 0), PACKET_COMPLETE);
	CU_ASSERT_EQUAL(p.layers, 3);
	CU_ASSERT_PTR_NULL(packet_udp(&p));
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_ethernet(&p));
	CU_ASSERT_EQUAL(packet_ethernet(&p)->type_or_length, 0x0800);
	ip = packet_ipv4(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(ip);
	CU_ASSERT_EQUAL(ip->ihl, 5);
	CU_ASSERT_EQUAL(ip->time_to_live, 64);
	CU_ASSERT(ip->dont_fragment && !ip->more_fragments);
	CU_ASSERT(memcmp(ip->destination, "\xc0\x00\x02\x02", 4) == 0);
	tcp = packet_tcp(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(tcp);
	if (tcp == NULL)
		return;
	CU_ASSERT_EQUAL(tcp->flags, PACKET_TCP_SYN | PACKET_TCP_ACK);
	CU_ASSERT_EQUAL(tcp->has, PACKET_TCP_HAS_MSS | PACKET_TCP_HAS_SACK_PERMITTED |
					  PACKET_TCP_HAS_TIMESTAMPS | PACKET_TCP_HAS_WINDOW_SCALE);
	CU_ASSERT_EQUAL(tcp->maximum_segment_size, 1460);
	CU_ASSERT_EQUAL(tcp->window_scale, 7);
	CU_ASSERT_EQUAL(tcp->timestamp_value, 1);
	CU_ASSERT_EQUAL(tcp->timestamp_echo_reply, 2);
	CU_ASSERT_EQUAL(tcp->acknowledgment_number, 2000);
	CU_ASSERT_EQUAL(tcp->payload_length, 0);
}

SELFTEST(packet_options_are_walked)
{
	struct blob b = frame_tcp4(0x002, "02 04 05b4 01 03 03 07 1e 04 01 81");
	static const uint8_t kinds[] = {2, 1, 3, 30};
	struct packet_tcp_option option;
	struct packet_walk walk;
	struct packet p;
	size_t n = 0;

	decode(&p, &b, 0);
	walk = packet_walk(&p, packet_find(&p, PACKET_TCP));
	while (packet_tcp_option_next(&walk, &option)) {
		CU_ASSERT_FATAL(n < sizeof(kinds));
		CU_ASSERT_EQUAL(option.kind, kinds[n++]);
		CU_ASSERT(option.ok);
	}
	CU_ASSERT_EQUAL(n, sizeof(kinds));
	CU_ASSERT_EQUAL(walk.fault, 0);
	/* a layer without a list has an empty one */
	walk = packet_walk(&p, packet_find(&p, PACKET_ETHERNET));
	CU_ASSERT(!packet_tcp_option_next(&walk, &option));
}

SELFTEST(packet_quoted_layers_are_apart)
{
	struct blob quoted = ipv4(.protocol = 6, .payload = tcp(.flags = 0x002));
	struct blob b = ethernet(
		0x0800, ipv4(.protocol = 1, .payload = icmp(3, 3, join(hex("00000000"), quoted))));
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_VERIFY_CHECKSUMS), PACKET_COMPLETE);
	CU_ASSERT_PTR_NULL(packet_tcp(&p));
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_find_quoted(&p, PACKET_TCP));
	CU_ASSERT_EQUAL(packet_find_quoted(&p, PACKET_TCP)->tcp.destination_port, 30000);
	CU_ASSERT_EQUAL(packet_find_quoted(&p, PACKET_TCP)->checksum, PACKET_CHECKSUM_GOOD);
	CU_ASSERT_EQUAL(packet_icmp(&p)->quote_length, 40);
}

SELFTEST(packet_payload_is_what_is_behind_the_headers)
{
	struct blob b = frame_udp4(NULL, "hello");
	const uint8_t *payload;
	size_t length;
	struct packet p;

	decode(&p, &b, 0);
	payload = packet_payload(&p, &length);
	CU_ASSERT_EQUAL(length, 5);
	CU_ASSERT(payload != NULL && memcmp(payload, "hello", 5) == 0);
	b = frame_tcp4(0x002, NULL);
	decode(&p, &b, 0);
	CU_ASSERT_PTR_NULL(packet_payload(&p, &length));
	CU_ASSERT_EQUAL(length, 0);
}

static enum packet_checksum udp_checksum(const struct blob *b, size_t captured, unsigned int flags)
{
	struct packet p;

	packet_decode(&p, b->bytes, captured, b->length, PACKET_LINK_ETHERNET, flags);
	return (enum packet_checksum)packet_find(&p, PACKET_UDP)->checksum;
}

SELFTEST(packet_checksums_are_verified_when_asked)
{
	struct blob b = frame_udp4(NULL, "hello"), bad = poke(b, 40, "1234"),
		    none = poke(b, 40, "0000");
	unsigned int verify = PACKET_VERIFY_CHECKSUMS;
	uint32_t expected = 0;
	struct packet p;

	CU_ASSERT_EQUAL(udp_checksum(&b, b.length, 0), PACKET_CHECKSUM_UNVERIFIED);
	CU_ASSERT_EQUAL(udp_checksum(&b, b.length, verify), PACKET_CHECKSUM_GOOD);
	CU_ASSERT_EQUAL(udp_checksum(&bad, b.length, verify), PACKET_CHECKSUM_BAD);
	CU_ASSERT_EQUAL(udp_checksum(&none, b.length, verify), PACKET_CHECKSUM_ABSENT);
	CU_ASSERT_EQUAL(udp_checksum(&b, b.length - 1, verify), PACKET_CHECKSUM_UNKNOWN);
	CU_ASSERT_EQUAL(udp_checksum(&bad, b.length, verify | PACKET_CHECKSUM_OFFLOADED),
			PACKET_CHECKSUM_UNKNOWN);
	decode(&p, &bad, 0);
	CU_ASSERT_EQUAL(packet_verify(&p, 2, &expected), PACKET_CHECKSUM_BAD);
	CU_ASSERT_EQUAL(expected, (uint32_t)b.bytes[40] << 8 | b.bytes[41]);
	CU_ASSERT_EQUAL(packet_verify(&p, 0, NULL), PACKET_CHECKSUM_NONE);
	CU_ASSERT_EQUAL(packet_verify(&p, 99, NULL), PACKET_CHECKSUM_NONE);
	/* RFC 1071 3: the example there */
	CU_ASSERT_EQUAL(packet_checksum_finish(packet_checksum_add(
				0, (const uint8_t *)"\x00\x01\xf2\x03\xf4\xf5\xf6\xf7", 8)),
			(uint16_t)~0xddf2u);
}

/* Large sends that the device is to cut have no room for their length in the IP header. */
SELFTEST(packet_total_length_may_be_left_to_the_device)
{
	struct blob b = ethernet(0x0800, ipv4(.protocol = 6, .total_length = ZERO,
					      .payload = tcp(.payload = text("data"))));
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, 0), PACKET_MALFORMED);
	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_CHECKSUM_OFFLOADED), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_tcp(&p));
	CU_ASSERT_EQUAL(packet_tcp(&p)->payload_length, 4);
}

SELFTEST(packet_jumbogram)
{
	static uint8_t bytes[40 + 70000];
	size_t length = sizeof(bytes);
	struct blob head =
		ipv6(.next_header = ZERO, .payload_length = ZERO,
		     .payload = join(hex("11 00 c204 00011170"), hex("9c40 7530 0000 0000")));
	struct packet p;

	memcpy(bytes, head.bytes, head.length);
	CU_ASSERT_EQUAL(packet_decode(&p, bytes, length, length, PACKET_LINK_IPV6, 0),
			PACKET_COMPLETE);
	CU_ASSERT_EQUAL(packet_ipv6(&p)->jumbo_payload_length, 70000);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_udp(&p));
	CU_ASSERT_EQUAL(packet_udp(&p)->payload_length, 70000 - 16);
}

SELFTEST(packet_of_no_bytes)
{
	char line[100];
	struct packet p;

	CU_ASSERT_EQUAL(packet_decode(&p, (const uint8_t *)"", 0, 0, 147, 0), PACKET_COMPLETE);
	CU_ASSERT_EQUAL(p.layers, 0);
	CU_ASSERT_EQUAL(packet_line(&p, line, sizeof(line)), 0);
	CU_ASSERT_EQUAL(packet_decode(&p, (const uint8_t *)"", 0, 60, 1, 0), PACKET_TRUNCATED);
	CU_ASSERT_EQUAL(packet_decode(&p, (const uint8_t *)"", 0, 0, 1, 0), PACKET_MALFORMED);
	CU_ASSERT(!packet_link_type_known(147));
	CU_ASSERT(packet_link_type_known(276));
}

typedef size_t (*printer)(const struct packet *p, char *buffer, size_t size);

static size_t json(const struct packet *p, char *buffer, size_t size)
{
	return packet_json(p, 0, buffer, size);
}

/* As snprintf(): the whole length is returned, and never more than the size written. */
SELFTEST(packet_texts_fit_into_any_buffer)
{
	static const printer printers[] = {packet_line, packet_text, json, packet_problem_text};
	struct blob b = frame_tcp4(0x002, "02 05 05b4 1e 04 01 81");
	char whole[16384], part[16384];
	struct packet p;

	decode(&p, &b, 0);
	for (size_t i = 0; i < sizeof(printers) / sizeof(printers[0]); i++) {
		size_t length = printers[i](&p, whole, sizeof(whole));

		CU_ASSERT_FATAL(length < sizeof(whole));
		CU_ASSERT_EQUAL(strlen(whole), length);
		CU_ASSERT_EQUAL(printers[i](&p, NULL, 0), length);
		for (size_t size = 1; size <= length + 2; size++) {
			memset(part, '#', sizeof(part));
			CU_ASSERT_EQUAL(printers[i](&p, part, size), length);
			CU_ASSERT(strlen(part) == (size - 1 < length ? size - 1 : length));
			CU_ASSERT(strncmp(part, whole, strlen(part)) == 0);
			CU_ASSERT_EQUAL(part[size], '#');
		}
	}
}

SELFTEST(packet_lines)
{
	struct blob b = frame_tcp4(0x002, "02 04 05b4");
	char line[300];
	struct packet p;

	decode(&p, &b, 0);
	packet_line(&p, line, sizeof(line));
	CU_ASSERT_STRING_EQUAL(line, "IPv4 192.0.2.1:40000 > 192.0.2.2:30000 TCP SYN seq=1000 "
				     "win=65535 options [mss 1460] len 0");
	b = poke(b, 24, "0000");
	decode(&p, &b, PACKET_VERIFY_CHECKSUMS);
	packet_line(&p, line, sizeof(line));
	CU_ASSERT_STRING_EQUAL(line,
			       "IPv4 192.0.2.1:40000 > 192.0.2.2:30000 (bad checksum) TCP SYN "
			       "seq=1000 win=65535 options [mss 1460] len 0");
}

SELFTEST(packet_fields_are_found_by_name)
{
	struct blob b = frame_tcp4(0x002, "02 04 05b4");
	uint64_t number = 0;
	struct packet p;

	decode(&p, &b, 0);
	CU_ASSERT(packet_field_number(&p, "TCP", "Window", &number));
	CU_ASSERT_EQUAL(number, 65535);
	CU_ASSERT(packet_field_number(&p, "IPv4", "Time to Live", &number));
	CU_ASSERT_EQUAL(number, 64);
	CU_ASSERT(packet_field_number(&p, "TCP", "Maximum Segment Size", &number));
	CU_ASSERT_EQUAL(number, 1460);
	CU_ASSERT(!packet_field_number(&p, "UDP", "Length", &number));
	CU_ASSERT(!packet_field_number(&p, "IPv4", "Source Address", &number));
}

static int stop_at_third(void *context, const struct packet_field *field)
{
	unsigned int *count = context;

	(void)field;
	return ++*count == 3 ? 42 : 0;
}

SELFTEST(packet_visit_ends_when_told)
{
	struct blob b = frame_udp4(NULL, "hello");
	unsigned int count = 0;
	struct packet p;

	decode(&p, &b, 0);
	CU_ASSERT_EQUAL(packet_visit(&p, stop_at_third, &count), 42);
	CU_ASSERT_EQUAL(count, 3);
}

/* The addresses as inet_ntop() writes them, which follows RFC 5952 for these. */
SELFTEST(packet_ipv6_addresses_as_text)
{
	static const char *const addresses[] = {
		"::",
		"::1",
		"1::",
		"fe80::1",
		"2001:db8::1:0:0:1",
		"2001:db8:0:1:1:1:1:1",
		"1:2:3:4:5:6:7:8",
		"1:0:0:4::8",
		"::ffff:192.0.2.1",
		"0:1::",
		"1:2:3:4:5:6:7:0",
		"::2:3:4:5:6:7:8",
		"ff02::1:ff00:1",
	};
	struct packet p;

	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		struct blob b = ipv6(.next_header = 200, .payload = text("data"));
		char expected[INET6_ADDRSTRLEN], line[200];
		size_t length;

		inet_pton(AF_INET6, addresses[i], b.bytes + 8);
		inet_ntop(AF_INET6, b.bytes + 8, expected, sizeof(expected));
		packet_decode(&p, b.bytes, b.length, b.length, PACKET_LINK_RAW, 0);
		packet_line(&p, line, sizeof(line));
		length = strlen(expected);
		if (strncmp(line, "IPv6 ", 5) != 0 || strncmp(line + 5, expected, length) != 0 ||
		    strncmp(line + 5 + length, " > 2001:db8::2 ", 15) != 0)
			CU_FAIL(addresses[i]);
	}
}
