/* SPDX-License-Identifier: MIT */
/* A golden capture against its expected decoding. */
#include "suites/golden/golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/packet/packet.h"

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

/* A whole packet that lost its end to the capture is never complete, wherever the cut is. */
static void expect_cuts_noticed(const uint8_t *bytes, uint32_t captured, uint32_t link_type,
				unsigned int flags)
{
	unsigned int unnoticed = 0;

	for (uint32_t cut = 0; cut < captured; cut++) {
		struct packet packet;

		packet_decode(&packet, bytes, cut, captured, link_type, flags);
		unnoticed += packet.outcome == PACKET_COMPLETE;
	}
	EXPECT_EQ(unnoticed, 0u);
}

void golden_expect(const struct golden_row *row)
{
	const char *record = row->capture + 24, *expected = row->expected;
	uint32_t link_type = word(row->capture, 5);
	unsigned int flags = (unsigned int)strtoul(between(expected, "\"flags\": ", ","), NULL, 10);
	size_t size = (size_t)1 << 20;
	char *decoded = malloc(size), line[2048];

	REQUIRE_TRUE(decoded != NULL);
	while (record < row->capture_end) {
		const uint8_t *bytes = (const uint8_t *)record + 16;
		uint32_t captured = word(record, 2), original = word(record, 3);
		struct packet packet;

		packet_decode(&packet, bytes, captured, original, link_type, flags);
		packet_json(&packet, PACKET_JSON_PRETTY, decoded, size);
		expected = strstr(expected, "\n\"line\": ");
		REQUIRE_TRUE(expected != NULL);
		expected += 1;
		snprintf(line, sizeof(line), "%s",
			 between(decoded, "\"line\": \"", "\", \"outcome\""));
		EXPECT_STREQ(line, between(expected, "\"line\": \"", "\", \"outcome\""));
		/* Every field with its bytes; the decoded object opens with a brace of its own. */
		EXPECT_TRUE(strncmp(decoded + 1, expected, strlen(decoded + 1)) == 0);
		if (captured == original)
			expect_cuts_noticed(bytes, captured, link_type, flags);
		record += 16 + captured;
	}
	free(decoded);
}
