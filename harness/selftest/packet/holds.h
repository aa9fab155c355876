/* SPDX-License-Identifier: MIT */
/* What must hold for any bytes; asked by the tests of robustness and by the fuzzer. */
#ifndef SOCKATLAS_SELFTEST_PACKET_HOLDS_H
#define SOCKATLAS_SELFTEST_PACKET_HOLDS_H

#include <stddef.h>
#include <stdint.h>

/* Which ways of printing are tried. */
enum {
	HOLDS_LINE = 1,
	HOLDS_TEXT = 2,
	HOLDS_JSON = 4,
	HOLDS_ALL = 7,
};

/*
 * Decodes the bytes, walks all lists, visits all fields and prints in the ways asked for. NULL when
 * all of it holds together: whatever is shown lies inside the bytes, layers are in order, a
 * complete packet has a layer for every byte, every text ends. Otherwise what does not. Not for
 * several threads.
 */
const char *packet_fault_of(const uint8_t *bytes, size_t captured, size_t original,
			    uint32_t link_type, unsigned int flags, unsigned int ways);

#endif
