/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer target: the packet decoders. An input is a byte that selects the link type, a byte of
 * flags (the upper half: which ways of printing are tried, so that one run costs little), a byte
 * that says how much longer the packet was than its capture, and the captured bytes; seeds.c makes
 * such inputs of the golden packets.
 */
#include "harness/fuzz/packet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/selftest/packet/holds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t captured;
	const char *fault;
	uint8_t *bytes;

	if (size < FUZZ_PACKET_HEADER)
		return -1;
	captured = size - FUZZ_PACKET_HEADER;
	/* a block of just its size, so that the sanitizer sees a byte too many */
	bytes = malloc(captured + (captured == 0));
	if (bytes == NULL)
		return -1;
	memcpy(bytes, data + FUZZ_PACKET_HEADER, captured);
	fault = packet_fault_of(bytes, captured, captured + data[2],
				fuzz_link_types[data[0] % FUZZ_LINK_TYPES], data[1] & 0xe,
				data[1] >> 4);
	free(bytes);
	if (fault != NULL) {
		fprintf(stderr, "%s\n", fault);
		abort();
	}
	return 0;
}
