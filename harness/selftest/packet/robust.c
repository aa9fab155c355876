/* SPDX-License-Identifier: MIT */
/*
 * What must hold for any bytes: the decoder survives them, and whatever it shows lies inside them.
 * Tried with every golden packet cut at every byte, and with every byte of it changed in turn. Each
 * is decoded from a block of just its size, so that the address sanitizer sees a byte too many.
 */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden.h"
#include "harness/selftest/packet/holds.h"
#include "harness/selftest/selftest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* False with a line about what does not hold. */
static bool holds(const uint8_t *bytes, size_t captured, size_t original, const struct golden *g,
		  const char *about)
{
	const char *fault =
		packet_fault_of(bytes, captured, original, g->link_type, g->flags, HOLDS_ALL);
	char line[1024];
	struct packet p;

	if (fault == NULL)
		return true;
	packet_decode(&p, bytes, captured, original, g->link_type, g->flags);
	packet_line(&p, line, sizeof(line));
	printf("     %s, %zu of %zu bytes: %s: %s\n", about, captured, original, fault, line);
	return false;
}

SELFTEST(packet_cut_at_every_byte)
{
	unsigned int failures = 0;

	for (size_t c = 0; c < golden_capture_count(); c++) {
		const struct golden *g = golden_make(golden_captures[c]);

		for (size_t i = 0; i < g->count; i++) {
			const struct golden_packet *golden = &g->packet[i];

			for (size_t n = 0; n <= golden->blob.length; n++) {
				uint8_t *bytes = golden_copy(golden->blob.bytes, n);

				/* cut by the capture, and a packet that was that short */
				failures += !holds(bytes, n, golden->blob.length, g, golden->about);
				failures += !holds(bytes, n, n, g, golden->about);
				free(bytes);
				/* long payloads say nothing new */
				if (n > 300 && n + 300 < golden->blob.length)
					n += 97;
			}
		}
	}
	CU_ASSERT_EQUAL(failures, 0);
}

/* Every byte of every golden packet, with a few values that lengths and types are sensitive to. */
SELFTEST(packet_with_every_byte_changed)
{
	static const uint8_t changes[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
	unsigned int failures = 0;

	for (size_t c = 0; c < golden_capture_count(); c++) {
		const struct golden *g = golden_make(golden_captures[c]);

		for (size_t i = 0; i < g->count; i++) {
			const struct golden_packet *golden = &g->packet[i];
			size_t n = golden->captured;
			uint8_t *bytes = golden_copy(golden->blob.bytes, n);

			for (size_t at = 0; at < n && at < 250; at++) {
				uint8_t kept = bytes[at];

				for (size_t k = 0; k < sizeof(changes) + 8; k++) {
					bytes[at] =
						k < sizeof(changes)
							? changes[k]
							: (uint8_t)(kept ^
								    1u << (k - sizeof(changes)));
					failures += !holds(bytes, n, golden->blob.length, g,
							   golden->about);
				}
				bytes[at] = kept;
			}
			free(bytes);
		}
	}
	CU_ASSERT_EQUAL(failures, 0);
}

/* Bytes without any plan, behind each link type; the same ones every time. */
SELFTEST(packet_of_random_bytes)
{
	static const uint32_t link_types[] = {1,   3,	101, 113, 114, 187, 201, 202, 207,
					      227, 228, 229, 253, 254, 271, 276, 147};
	static const size_t kinds = sizeof(link_types) / sizeof(link_types[0]);
	static struct golden g;
	uint32_t state = 1;
	unsigned int failures = 0;

	for (int round = 0; round < 60000; round++) {
		size_t n = (size_t)round % 120;
		uint8_t random[120] = {0}, *bytes;

		for (size_t i = 0; i < n; i++) {
			state = state * 1664525 + 1013904223;
			random[i] = (uint8_t)(state >> 24);
		}
		/* an IP header that gets past the first check, most of the time */
		if (n > 40 && round % 4 != 0)
			random[0] = round % 8 < 4 ? 0x45 : 0x60;
		g.link_type = link_types[(size_t)round % kinds];
		g.flags = round / (int)kinds % 2 != 0 ? PACKET_CAN_ISOTP : PACKET_CAN_J1939;
		bytes = golden_copy(random, n);
		failures += !holds(bytes, n, n + (size_t)(round % 3), &g, "random bytes");
		free(bytes);
	}
	CU_ASSERT_EQUAL(failures, 0);
}
