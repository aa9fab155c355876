/* SPDX-License-Identifier: MIT */
/* The form of the packet fuzzer's inputs. */
#ifndef SOCKATLAS_FUZZ_PACKET_H
#define SOCKATLAS_FUZZ_PACKET_H

#include <stdint.h>

enum {
	FUZZ_PACKET_HEADER = 3,
	FUZZ_LINK_TYPES = 16,
};

/* What the first byte selects, modulo their number: kept inputs depend on the order. */
static const uint32_t fuzz_link_types[FUZZ_LINK_TYPES] = {
	1, 101, 113, 276, 253, 227, 187, 201, 254, 271, 3, 202, 207, 114, 228, 229,
};

#endif
