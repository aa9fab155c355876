/* SPDX-License-Identifier: MIT */
/*
 * CRC32c, the checksum of SCTP: RFC 9260 appendix A. Reflected, polynomial 0x82f63b78.
 *
 * Eight bytes a step, with a table for each: table[k][byte] is what the byte adds when k bytes
 * follow it. A CRC is linear, so an entry is the sum (exclusive or) of those of its bits, and the
 * 64 bits of a step are one sequence: each value is the one before it, shifted once more. That
 * sequence stands here; the compiler makes the tables of it.
 */
#include "harness/packet/sctp/internal.h"

#include <stddef.h>

/* What a bit adds, from the byte's highest bit to its lowest, with k bytes to follow. */
#define BASIS0                                                                                     \
	0x82f63b78, 0x417b1dbc, 0x20bd8ede, 0x105ec76f, 0x8ad958cf, 0xc79a971f, 0xe13b70f7,        \
		0xf26b8303
#define BASIS1                                                                                     \
	0xfbc3faf9, 0xff17c604, 0x7f8be302, 0x3fc5f181, 0x9d14c3b8, 0x4e8a61dc, 0x274530ee,        \
		0x13a29877
#define BASIS2                                                                                     \
	0x8b277743, 0xc76580d9, 0xe144fb14, 0x70a27d8a, 0x38513ec5, 0x9edea41a, 0x4f6f520d,        \
		0xa541927e
#define BASIS3                                                                                     \
	0x52a0c93f, 0xaba65fe7, 0xd725148b, 0xe964b13d, 0xf64463e6, 0x7b2231f3, 0xbf672381,        \
		0xdd45aab8
#define BASIS4                                                                                     \
	0x6ea2d55c, 0x37516aae, 0x1ba8b557, 0x8f2261d3, 0xc5670b91, 0xe045beb0, 0x7022df58,        \
		0x38116fac
#define BASIS5                                                                                     \
	0x1c08b7d6, 0x0e045beb, 0x85f4168d, 0xc00c303e, 0x6006181f, 0xb2f53777, 0xdb8ca0c3,        \
		0xef306b19
#define BASIS6                                                                                     \
	0xf56e0ef4, 0x7ab7077a, 0x3d5b83bd, 0x9c5bfaa6, 0x4e2dfd53, 0xa5e0c5d1, 0xd0065990,        \
		0x68032cc8
#define BASIS7                                                                                     \
	0x34019664, 0x1a00cb32, 0x0d006599, 0x847609b4, 0x423b04da, 0x211d826d, 0x9278fa4e,        \
		0x493c7d27

#define BIT(n, bit, value) ((n) & (bit) ? UINT32_C(value) : UINT32_C(0))
#define ENTRY_OF(n, a, b, c, d, e, f, g, h)                                                        \
	(BIT(n, 0x80, a) ^ BIT(n, 0x40, b) ^ BIT(n, 0x20, c) ^ BIT(n, 0x10, d) ^ BIT(n, 8, e) ^    \
	 BIT(n, 4, f) ^ BIT(n, 2, g) ^ BIT(n, 1, h))
#define ENTRY(n, ...) ENTRY_OF(n, __VA_ARGS__)
#define FOUR(n, ...)                                                                               \
	ENTRY(n, __VA_ARGS__), ENTRY((n) + 1, __VA_ARGS__), ENTRY((n) + 2, __VA_ARGS__),           \
		ENTRY((n) + 3, __VA_ARGS__)
#define SIXTEEN(n, ...)                                                                            \
	FOUR(n, __VA_ARGS__), FOUR((n) + 4, __VA_ARGS__), FOUR((n) + 8, __VA_ARGS__),              \
		FOUR((n) + 12, __VA_ARGS__)
#define SIXTY_FOUR(n, ...)                                                                         \
	SIXTEEN(n, __VA_ARGS__), SIXTEEN((n) + 16, __VA_ARGS__), SIXTEEN((n) + 32, __VA_ARGS__),   \
		SIXTEEN((n) + 48, __VA_ARGS__)
#define TABLE(...)                                                                                 \
	{                                                                                          \
		SIXTY_FOUR(0, __VA_ARGS__), SIXTY_FOUR(64, __VA_ARGS__),                           \
			SIXTY_FOUR(128, __VA_ARGS__), SIXTY_FOUR(192, __VA_ARGS__)                 \
	}

static const uint32_t table[8][256] = {
	TABLE(BASIS0), TABLE(BASIS1), TABLE(BASIS2), TABLE(BASIS3),
	TABLE(BASIS4), TABLE(BASIS5), TABLE(BASIS6), TABLE(BASIS7),
};

uint32_t packet_crc32c_add(uint32_t crc, const uint8_t *bytes, size_t length)
{
	while (length >= 8) {
		uint32_t first = crc ^ packet_le32(bytes), second = packet_le32(bytes + 4);

		crc = table[7][first & 0xff] ^ table[6][first >> 8 & 0xff] ^
		      table[5][first >> 16 & 0xff] ^ table[4][first >> 24] ^
		      table[3][second & 0xff] ^ table[2][second >> 8 & 0xff] ^
		      table[1][second >> 16 & 0xff] ^ table[0][second >> 24];
		bytes += 8;
		length -= 8;
	}
	while (length-- > 0)
		crc = crc >> 8 ^ table[0][(crc ^ *bytes++) & 0xff];
	return crc;
}
