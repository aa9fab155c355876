/* SPDX-License-Identifier: MIT */
/* Puts golden packets together, see golden.h. Knows nothing of the decoder. */
#include "harness/selftest/packet/golden.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SOURCE4	     "c0 00 02 01"
#define DESTINATION4 "c0 00 02 02"
#define SOURCE6	     "20010db8 00000000 00000000 00000001"
#define DESTINATION6 "20010db8 00000000 00000000 00000002"

static void put8(struct blob *b, unsigned int value)
{
	if (b->length >= sizeof(b->bytes)) {
		fprintf(stderr, "golden packet: longer than %d bytes\n", GOLDEN_BYTES_MAX);
		abort();
	}
	b->bytes[b->length++] = (uint8_t)value;
}

static void put16(struct blob *b, unsigned int value)
{
	put8(b, value >> 8);
	put8(b, value & 0xff);
}

static void put32(struct blob *b, uint32_t value)
{
	put16(b, value >> 16);
	put16(b, value & 0xffff);
}

static void put_blob(struct blob *b, const struct blob *more)
{
	for (size_t i = 0; i < more->length; i++)
		put8(b, more->bytes[i]);
}

struct blob hex(const char *digits)
{
	struct blob b = {.length = 0};
	unsigned int value = 0, have = 0;

	for (const char *s = digits != NULL ? digits : ""; *s != '\0'; s++) {
		if (!isxdigit((unsigned char)*s))
			continue;
		value = value << 4 |
			(unsigned int)(isdigit((unsigned char)*s)
					       ? *s - '0'
					       : tolower((unsigned char)*s) - 'a' + 10);
		if (++have == 2) {
			put8(&b, value & 0xff);
			have = 0;
		}
	}
	return b;
}

struct blob text(const char *string)
{
	struct blob b = {.length = 0};

	for (; *string != '\0'; string++)
		put8(&b, (unsigned char)*string);
	return b;
}

struct blob fill(uint8_t byte, size_t count)
{
	struct blob b = {.length = 0};

	while (count-- > 0)
		put8(&b, byte);
	return b;
}

struct blob join(struct blob first, struct blob second)
{
	put_blob(&first, &second);
	return first;
}

struct blob poke(struct blob blob, size_t offset, const char *bytes)
{
	struct blob with = hex(bytes);

	for (size_t i = 0; i < with.length && offset + i < blob.length; i++)
		blob.bytes[offset + i] = with.bytes[i];
	return blob;
}

/* RFC 1071 as its section 4.1 has it: words of 16 bits, one after another. */
static unsigned int checksum(const struct blob *b)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < b->length; i += 2)
		sum += (unsigned int)b->bytes[i] << 8 | (i + 1 < b->length ? b->bytes[i + 1] : 0u);
	while (sum > 0xffff)
		sum = (sum >> 16) + (sum & 0xffff);
	return ~sum & 0xffff;
}

static void set16(struct blob *b, size_t offset, unsigned int value)
{
	b->bytes[offset] = (uint8_t)(value >> 8);
	b->bytes[offset + 1] = (uint8_t)(value & 0xff);
}

/* A member of the parts: 0 says what is right, ZERO is 0. */
static unsigned int chosen(int member, unsigned int right)
{
	if (member == 0)
		return right;
	return member == ZERO ? 0 : (unsigned int)member;
}

struct blob ethernet(unsigned int type, struct blob payload)
{
	struct blob b = hex("02:00:00:00:00:02 02:00:00:00:00:01");

	put16(&b, type);
	put_blob(&b, &payload);
	return b;
}

static struct blob padded_options(const char *options)
{
	struct blob b = hex(options);

	while (b.length % 4 != 0)
		put8(&b, 0);
	return b;
}

struct blob ipv4_of(struct ipv4_parts parts)
{
	struct blob b = {.length = 0}, options = padded_options(parts.options);
	struct blob source = hex(parts.source ? parts.source : SOURCE4);
	struct blob destination = hex(parts.destination ? parts.destination : DESTINATION4);
	size_t header = 20 + options.length;

	put8(&b, chosen(parts.version, 4) << 4 | chosen(parts.ihl, (unsigned int)header / 4));
	put8(&b, chosen(parts.tos, 0));
	put16(&b, chosen(parts.total_length, (unsigned int)(header + parts.payload.length)));
	put16(&b, chosen(parts.id, 1));
	put16(&b, chosen(parts.flags_and_offset, 0x4000));
	put8(&b, chosen(parts.ttl, 64));
	put8(&b, chosen(parts.protocol, 17));
	put16(&b, 0);
	put_blob(&b, &source);
	put_blob(&b, &destination);
	put_blob(&b, &options);
	set16(&b, 10, chosen(parts.checksum, checksum(&b)));
	put_blob(&b, &parts.payload);
	return b;
}

struct blob ipv6_of(struct ipv6_parts parts)
{
	struct blob b = {.length = 0};
	struct blob source = hex(parts.source ? parts.source : SOURCE6);
	struct blob destination = hex(parts.destination ? parts.destination : DESTINATION6);

	put32(&b, chosen(parts.version, 6) << 28 | chosen(parts.traffic_class, 0) << 20 |
			  chosen(parts.flow_label, 0));
	put16(&b, chosen(parts.payload_length, (unsigned int)parts.payload.length));
	put8(&b, chosen(parts.next_header, 17));
	put8(&b, chosen(parts.hop_limit, 64));
	put_blob(&b, &source);
	put_blob(&b, &destination);
	put_blob(&b, &parts.payload);
	return b;
}

/* The checksum with the pseudo-header of the IP version, over what is in `b`. */
static unsigned int transport_checksum(const struct blob *b, bool ipv6, unsigned int protocol,
				       const char *from, const char *to)
{
	struct blob sum = hex(from ? from : ipv6 ? SOURCE6 : SOURCE4);
	struct blob destination = hex(to ? to : ipv6 ? DESTINATION6 : DESTINATION4);

	put_blob(&sum, &destination);
	put32(&sum, protocol);
	put32(&sum, (uint32_t)b->length);
	put_blob(&sum, b);
	return checksum(&sum);
}

struct blob with_checksum(struct blob b, size_t field, size_t covered, int protocol, bool ipv6)
{
	struct blob sum = hex(ipv6 ? SOURCE6 DESTINATION6 : SOURCE4 DESTINATION4);
	unsigned int value;

	set16(&b, field, 0);
	put32(&sum, (uint32_t)protocol);
	put32(&sum, (uint32_t)b.length);
	for (size_t i = 0; i < covered && i < b.length; i++)
		put8(&sum, b.bytes[i]);
	value = checksum(&sum);
	set16(&b, field, value != 0 ? value : 0xffff);
	return b;
}

struct blob udp_of(struct udp_parts parts)
{
	struct blob b = {.length = 0};
	unsigned int sum;

	put16(&b, chosen(parts.source, 40000));
	put16(&b, chosen(parts.destination, 30000));
	put16(&b, chosen(parts.length, 8 + (unsigned int)parts.payload.length));
	put16(&b, 0);
	put_blob(&b, &parts.payload);
	sum = transport_checksum(&b, parts.ipv6, 17, parts.from, parts.to);
	set16(&b, 6, chosen(parts.checksum, sum != 0 ? sum : 0xffff));
	return b;
}

struct blob tcp_of(struct tcp_parts parts)
{
	struct blob b = {.length = 0}, options = padded_options(parts.options);

	put16(&b, chosen(parts.source, 40000));
	put16(&b, chosen(parts.destination, 30000));
	put32(&b, parts.sequence != 0 ? parts.sequence : 1000);
	put32(&b, parts.acknowledgment);
	put16(&b, chosen(parts.data_offset, 5 + (unsigned int)options.length / 4) << 12 |
			  chosen(parts.flags, 0x002));
	put16(&b, chosen(parts.window, 65535));
	put16(&b, 0);
	put16(&b, chosen(parts.urgent, 0));
	put_blob(&b, &options);
	put_blob(&b, &parts.payload);
	set16(&b, 16,
	      chosen(parts.checksum, transport_checksum(&b, parts.ipv6, 6, parts.from, parts.to)));
	return b;
}

struct blob icmp(int type, int code, struct blob rest)
{
	struct blob b = {.length = 0};

	put8(&b, (unsigned int)type);
	put8(&b, (unsigned int)code);
	put16(&b, 0);
	put_blob(&b, &rest);
	set16(&b, 2, checksum(&b));
	return b;
}

struct blob igmp(int type, int code, struct blob rest)
{
	return icmp(type, code, rest);
}

struct blob icmpv6(int type, int code, struct blob rest, const char *source,
		   const char *destination)
{
	struct blob b = {.length = 0};

	put8(&b, (unsigned int)type);
	put8(&b, (unsigned int)code);
	put16(&b, 0);
	put_blob(&b, &rest);
	set16(&b, 2, transport_checksum(&b, true, 58, source, destination));
	return b;
}

struct blob frame_udp4(const char *ip_options, const char *payload)
{
	return ethernet(0x0800,
			ipv4(.options = ip_options, .payload = udp(.payload = text(payload))));
}

struct blob frame_tcp4(int flags, const char *options)
{
	return ethernet(0x0800, ipv4(.protocol = 6,
				     .payload = tcp(.flags = flags, .options = options,
						    .acknowledgment = flags & 0x10 ? 2000 : 0)));
}

void golden_add_cut(struct golden *g, const char *about, struct blob packet, size_t captured)
{
	if (g->count >= GOLDEN_PACKETS_MAX) {
		fprintf(stderr, "golden packet: more than %d in one capture\n", GOLDEN_PACKETS_MAX);
		abort();
	}
	g->packet[g->count].about = about;
	g->packet[g->count].blob = packet;
	g->packet[g->count].captured = captured;
	g->count++;
}

void golden_add(struct golden *g, const char *about, struct blob packet)
{
	golden_add_cut(g, about, packet, packet.length);
}

uint8_t *golden_copy(const uint8_t *bytes, size_t length)
{
	uint8_t *copy = malloc(length > 0 ? length : 1);

	if (copy == NULL)
		abort();
	memcpy(copy, bytes, length);
	return copy;
}

const struct golden *golden_make(const struct golden_capture *capture)
{
	static struct golden g;

	g.link_type = 1;
	g.flags = 0;
	g.count = 0;
	capture->make(&g);
	return &g;
}
