/* SPDX-License-Identifier: MIT */
/* The golden packets of fixtures/packets/, decoded on the machine under test. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/embed.h"
#include "harness/packet/packet.h"

#include "harness/case.h"

#define GOLDEN(name)                                                                               \
	EMBED(name##_pcap, "fixtures/packets/" #name ".pcap");                                     \
	EMBED(name##_json, "fixtures/packets/" #name ".json")

GOLDEN(ethernet);
GOLDEN(sll);
GOLDEN(sll2);
GOLDEN(raw_ip);
GOLDEN(arp);
GOLDEN(ipv4);
GOLDEN(ipv4_options);
GOLDEN(icmp);
GOLDEN(igmp);
GOLDEN(ipv6);
GOLDEN(ipv6_extension);
GOLDEN(icmpv6);
GOLDEN(nd);
GOLDEN(mld);
GOLDEN(udp);
GOLDEN(tcp);
GOLDEN(tcp_options);
GOLDEN(mptcp);

struct golden_row {
	struct variant variant;
	const char *capture, *capture_end;
	const char *expected;
};

#define ROW(name)                                                                                  \
	{                                                                                          \
		{#name, NULL}, name##_pcap, name##_pcap_end, name##_json                           \
	}

static const struct golden_row golden[] = {
	ROW(ethernet),
	ROW(sll),
	ROW(sll2),
	ROW(raw_ip),
	ROW(arp),
	ROW(ipv4),
	ROW(ipv4_options),
	ROW(icmp),
	ROW(igmp),
	ROW(ipv6),
	ROW(ipv6_extension),
	ROW(icmpv6),
	ROW(nd),
	ROW(mld),
	ROW(udp),
	ROW(tcp),
	ROW(tcp_options),
	ROW(mptcp),
};

/* Number `index` of a capture's 32-bit words, all little-endian in these files. */
static uint32_t word(const char *at, size_t index)
{
	const unsigned char *p = (const unsigned char *)at + 4 * index;

	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The text between `before` and `after` in what follows `from`; "" when it is not there. */
static const char *between(const char *from, const char *before, const char *after)
{
	static char text[2048];
	const char *start = strstr(from, before), *end;
	size_t length;

	text[0] = '\0';
	if (start == NULL || (end = strstr(start += strlen(before), after)) == NULL)
		return text;
	length =
		(size_t)(end - start) < sizeof(text) - 1 ? (size_t)(end - start) : sizeof(text) - 1;
	memcpy(text, start, length);
	text[length] = '\0';
	return text;
}

/*
 * A packet is the same bytes everywhere, and so is what they mean.
 *
 * Network byte order is big-endian, bit fields have no order that C would promise, and a header
 * need not be aligned: a decoder that casts a pointer to a struct is right on the machine it was
 * written on and wrong on another. Each golden capture holds well-formed packets, every option,
 * and packets whose length fields lie or that were cut; beside it stands what they mean, checked
 * against the specification by hand and against other decoders.
 *
 * Try it: `atlas decode --format tree fixtures/packets/tcp_options.pcap`.
 */
CASE(golden_packets, .claim = "every golden packet decodes to what its specification says",
     .level = RFC,
     .spec = "RFC 791, 792, 826, 1071, 2236, 2710, 3810, 4443, 4861, 768, 8200, 8684, 9293, 9776",
     .tags = "decoding", .VARIANTS(golden))
{
	const struct golden_row *row = VARIANT(struct golden_row);
	const char *record = row->capture + 24, *expected = row->expected;
	size_t size = (size_t)1 << 20;
	char *decoded = malloc(size), line[2048];

	REQUIRE_TRUE(decoded != NULL);
	while (record < row->capture_end) {
		uint32_t captured = word(record, 2), original = word(record, 3);
		struct packet packet;

		packet_decode(&packet, (const uint8_t *)record + 16, captured, original,
			      word(row->capture, 5), 0);
		packet_json(&packet, PACKET_JSON_PRETTY, decoded, size);
		expected = strstr(expected, "\n\"line\": ");
		REQUIRE_TRUE(expected != NULL);
		expected += 1;
		snprintf(line, sizeof(line), "%s",
			 between(decoded, "\"line\": \"", "\", \"outcome\""));
		EXPECT_STREQ(line, between(expected, "\"line\": \"", "\", \"outcome\""));
		/* Every field with its bytes; the decoded object opens with a brace of its own. */
		EXPECT_TRUE(strncmp(decoded + 1, expected, strlen(decoded + 1)) == 0);
		record += 16 + captured;
	}
	free(decoded);
}
