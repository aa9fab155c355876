/* SPDX-License-Identifier: MIT */
/* See golden_sctp.h. Knows nothing of the decoder. */
#include "harness/selftest/packet/golden_sctp.h"

/* CRC32c bit by bit, as RFC 9260 appendix A defines it. */
static uint32_t crc32c(const struct blob *b)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < b->length; i++) {
		crc ^= b->bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
	}
	return ~crc;
}

static struct blob numbers(unsigned int first, unsigned int second)
{
	struct blob b = fill(0, 4);

	b.bytes[0] = (uint8_t)(first >> 8);
	b.bytes[1] = (uint8_t)(first & 0xff);
	b.bytes[2] = (uint8_t)(second >> 8);
	b.bytes[3] = (uint8_t)(second & 0xff);
	return b;
}

static struct blob filled_up(struct blob b)
{
	return join(b, fill(0, (4 - b.length % 4) % 4));
}

struct blob chunk_of_length(unsigned int type, unsigned int length, struct blob value)
{
	return join(numbers(type << 8, length), value);
}

struct blob chunk(unsigned int type, unsigned int flags, struct blob value)
{
	return filled_up(join(numbers(type << 8 | flags, (unsigned int)(4 + value.length)), value));
}

struct blob item_of_length(unsigned int type, unsigned int length, struct blob value)
{
	return join(numbers(type, length), value);
}

struct blob item(unsigned int type, struct blob value)
{
	return filled_up(item_of_length(type, (unsigned int)(4 + value.length), value));
}

struct blob sctp_bytes(uint32_t tag, struct blob chunks)
{
	struct blob b = join(numbers(40000, 30000), numbers(tag >> 16, tag & 0xffff));
	uint32_t crc;

	b = join(join(b, fill(0, 4)), chunks);
	crc = crc32c(&b);
	for (int i = 0; i < 4; i++)
		b.bytes[8 + i] = (uint8_t)(crc >> 8 * i & 0xff);
	return b;
}

struct blob sctp(uint32_t tag, struct blob chunks)
{
	return ipv4(.protocol = 132, .payload = sctp_bytes(tag, chunks));
}
