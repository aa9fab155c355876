/* SPDX-License-Identifier: MIT */
/*
 * No link type and no protocol without golden packets: each link type that is known has a capture,
 * each kind of layer is in a packet, has a contradiction found in it, and is in a packet that is
 * cut. What is missing is printed.
 */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden.h"
#include "harness/selftest/selftest.h"

#include <stdio.h>

struct exception {
	uint32_t number;
	const char *reason;
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Link types that are others under a second number. */
static const struct exception no_capture[] = {
	{PACKET_LINK_RAW_DLT, "no file has it: libpcap's name for 101"},
};

/* Kinds without a field that could contradict another; a header can always be too short. */
static const struct exception never_malformed[] = {
	{PACKET_DATA, "has no fields"},
	{PACKET_TRAILER, "is what a contradiction leaves over"},
	{PACKET_HCI_PHDR, "any 4 bytes; tshark refuses files with a packet that has fewer"},
};

/* Kinds that are not what they are without their end. */
static const struct exception never_cut[] = {
	{PACKET_RFCOMM, "is known by its last byte, the check sequence"},
};

static bool is_excepted(const struct exception *exceptions, size_t count, uint32_t number)
{
	for (size_t i = 0; i < count; i++) {
		if (exceptions[i].number == number)
			return true;
	}
	return false;
}

struct seen {
	unsigned int present, malformed, truncated; /* packets */
};

/* Counts the golden packets that a kind is in, is malformed in, and is cut in. */
static void count_kinds(struct seen *seen)
{
	for (size_t c = 0; c < golden_capture_count(); c++) {
		const struct golden *g = golden_make(golden_captures[c]);

		for (size_t i = 0; i < g->count; i++) {
			const struct golden_packet *golden = &g->packet[i];
			struct packet p;

			packet_decode(&p, golden->blob.bytes, golden->captured, golden->blob.length,
				      g->link_type, g->flags);
			for (unsigned int k = 0; k < p.layers; k++) {
				seen[p.layer[k].kind].present++;
				seen[p.layer[k].kind].truncated += p.outcome == PACKET_TRUNCATED;
			}
			if (p.outcome == PACKET_MALFORMED && p.layers > 0)
				seen[p.layer[p.problem.layer].kind].malformed++;
		}
	}
}

SELFTEST(packet_link_types_have_golden_packets)
{
	unsigned int missing = 0;

	for (uint32_t type = 0; type <= UINT16_MAX; type++) {
		bool found = is_excepted(no_capture, COUNT(no_capture), type);

		if (!packet_link_type_known(type))
			continue;
		for (size_t c = 0; c < golden_capture_count() && !found; c++) {
			const struct golden *g = golden_make(golden_captures[c]);

			found = g->link_type == type && g->count > 0;
		}
		if (found)
			continue;
		printf("     no golden packet of link type %u\n", (unsigned int)type);
		missing++;
	}
	CU_ASSERT_EQUAL(missing, 0);
}

SELFTEST(packet_kinds_have_golden_packets)
{
	struct seen seen[PACKET_KINDS] = {{0}};
	unsigned int missing = 0;

	count_kinds(seen);
	for (unsigned int kind = 0; kind < PACKET_KINDS; kind++) {
		const char *name = packet_kind_name((enum packet_kind)kind);

		if (seen[kind].present == 0) {
			printf("     %s: in no golden packet\n", name);
			missing++;
			continue;
		}
		if (seen[kind].malformed == 0 &&
		    !is_excepted(never_malformed, COUNT(never_malformed), kind)) {
			printf("     %s: malformed in no golden packet\n", name);
			missing++;
		}
		if (seen[kind].truncated == 0 && !is_excepted(never_cut, COUNT(never_cut), kind)) {
			printf("     %s: in no golden packet that is cut\n", name);
			missing++;
		}
	}
	CU_ASSERT_EQUAL(missing, 0);
}

/* An exception that is none any more has to go. */
SELFTEST(packet_exceptions_are_needed)
{
	struct seen seen[PACKET_KINDS] = {{0}};

	count_kinds(seen);
	for (size_t i = 0; i < COUNT(never_malformed); i++)
		CU_ASSERT_EQUAL(seen[never_malformed[i].number].malformed, 0);
	for (size_t i = 0; i < COUNT(no_capture); i++)
		CU_ASSERT(packet_link_type_known(no_capture[i].number));
}
