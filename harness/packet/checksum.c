/* SPDX-License-Identifier: MIT */
/*
 * The Internet checksum, RFC 1071: the one's complement of the one's complement sum of all 16-bit
 * words. A sum over data that includes the right checksum gives all ones, so its complement is 0.
 */
#include "harness/packet/internal.h"

#include <string.h>

/* Two sums at a time; compilers make them of what the machine has, SIMD or not. */
typedef uint64_t pair __attribute__((vector_size(16)));

/*
 * One's complement addition does not care for byte order (RFC 1071 2, B): words are added as they
 * lie in memory, and the folded sum is put into network order once. Words of 4 bytes in sums of
 * 8 bytes need no carry: there is room for 2^32 of them.
 */
uint64_t packet_checksum_add(uint64_t sum, const uint8_t *bytes, size_t length)
{
	const pair low = {UINT32_MAX, UINT32_MAX};
	pair a = {0, 0}, b = {0, 0};
	uint8_t in_order[2];
	uint64_t total, word;
	uint32_t half;
	uint16_t folded;

	for (; length >= 32; bytes += 32, length -= 32) {
		pair words[2];

		memcpy(words, bytes, sizeof(words));
		a += (words[0] & low) + (words[0] >> 32);
		b += (words[1] & low) + (words[1] >> 32);
	}
	a += b;
	total = a[0] + a[1];
	for (; length >= 8; bytes += 8, length -= 8) {
		memcpy(&word, bytes, 8);
		total += (word & UINT32_MAX) + (word >> 32);
	}
	if (length & 4) {
		memcpy(&half, bytes, 4);
		total += half;
		bytes += 4;
	}
	if (length & 2) {
		memcpy(&folded, bytes, 2);
		total += folded;
		bytes += 2;
	}
	if (length & 1) {
		in_order[0] = bytes[0];
		in_order[1] = 0;
		memcpy(&folded, in_order, 2);
		total += folded;
	}
	total = (total & UINT32_MAX) + (total >> 32);
	total = (total & 0xffff) + (total >> 16);
	total = (total & 0xffff) + (total >> 16);
	folded = (uint16_t)((total & 0xffff) + (total >> 16));
	memcpy(in_order, &folded, 2);
	return sum + packet_be16(in_order);
}

uint16_t packet_checksum_finish(uint64_t sum)
{
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

/* The end of a source route that is not at its end yet (RFC 791 3.1), or else the destination. */
static const uint8_t *final_destination4(const struct packet *p, const struct packet_layer *ip)
{
	struct packet_walk walk;
	struct packet_ipv4_option o;

	if (ip->ipv4.options_length == 0)
		return ip->ipv4.destination;
	walk = packet_walk(p, ip);
	while (packet_ipv4_option_next(&walk, &o)) {
		if ((o.type == PACKET_IPV4_OPTION_LOOSE_SOURCE_ROUTE ||
		     o.type == PACKET_IPV4_OPTION_STRICT_SOURCE_ROUTE) &&
		    o.ok && o.pointer < o.length && o.data_length >= 4)
			return p->bytes + o.data_offset + o.data_length - 4;
	}
	return ip->ipv4.destination;
}

/*
 * The address the packet is going to in the end: the last one of a Routing header that still has
 * segments left (RFC 8200 8.1). NULL when it cannot be told. One that has to be put together is in
 * `made`.
 */
static const uint8_t *final_destination(const struct packet *p, const struct packet_layer *ip,
					const struct packet_layer *upper, uint8_t made[16])
{
	for (const struct packet_layer *l = ip + 1; l < upper; l++) {
		uint32_t entry;

		if (l->kind != PACKET_ROUTING || l->routing.segments_left == 0)
			continue;
		if (l->routing.compressed > 0)
			return packet_rpl_address(p, l, l->routing.compressed - 1u, made) ? made
											  : NULL;
		if (l->routing.addresses == 0 || l->cut)
			return NULL;
		/* a Segment Routing header lists the segments backwards (RFC 8754 2) */
		entry = l->routing.routing_type == 4 ? 0 : l->routing.addresses - 1u;
		return p->bytes + l->routing.addresses_offset + (size_t)16 * entry;
	}
	return ip->ipv6.destination;
}

/* Where the packet came from: what a Home Address option says, if it has one (RFC 6275 11.3.1). */
static const uint8_t *true_source(const struct packet *p, const struct packet_layer *ip,
				  const struct packet_layer *upper)
{
	for (const struct packet_layer *l = ip + 1; l < upper; l++) {
		struct packet_walk walk;
		struct packet_ipv6_option option;

		if (l->kind != PACKET_DESTINATION)
			continue;
		walk = packet_walk(p, l);
		while (packet_ipv6_option_next(&walk, &option)) {
			if (option.type == PACKET_IPV6_OPTION_HOME_ADDRESS && option.ok)
				return p->bytes + option.data_offset;
		}
	}
	return ip->ipv6.source;
}

/*
 * The pseudo-header of TCP, UDP (RFC 9293 3.1, RFC 768) and all others, and of IPv6 (RFC 8200
 * 8.1). False when an address in it cannot be told.
 */
static bool pseudo_header(const struct packet *p, const struct packet_layer *l,
			  const struct packet_sum *s, uint64_t *sum)
{
	const struct packet_layer *ip;
	const uint8_t *destination;
	uint8_t made[16];

	if (l->ip >= PACKET_LAYERS_MAX)
		return false;
	ip = &p->layer[l->ip];
	*sum = s->pseudo_protocol + (uint64_t)s->pseudo_length;
	if (ip->kind == PACKET_IPV4) {
		*sum = packet_checksum_add(*sum, ip->ipv4.source, 4);
		*sum = packet_checksum_add(*sum, final_destination4(p, ip), 4);
		return true;
	}
	destination = final_destination(p, ip, l, made);
	if (destination == NULL)
		return false;
	*sum = packet_checksum_add(*sum, true_source(p, ip, l), 16);
	*sum = packet_checksum_add(*sum, destination, 16);
	return true;
}

bool packet_is_whole(const struct packet *p, const struct packet_layer *l)
{
	return !l->first_fragment && l->ip < PACKET_LAYERS_MAX && !p->layer[l->ip].cut;
}

enum packet_checksum packet_verify_sum(const struct packet *p, const struct packet_layer *l,
				       const struct packet_sum *s, uint32_t *expected)
{
	const uint8_t *bytes = p->bytes + l->offset;
	uint64_t sum = 0;
	uint16_t have, want;

	if (s->length < s->field + 2 || l->header_captured < s->field + 2 ||
	    l->offset > p->captured || s->length > p->captured - l->offset)
		return PACKET_CHECKSUM_UNKNOWN;
	if (s->pseudo_protocol != 0 && !pseudo_header(p, l, s, &sum))
		return PACKET_CHECKSUM_UNKNOWN;
	have = packet_be16(bytes + s->field);
	/* all of it, and the field taken out again: subtracting is adding the complement */
	sum = packet_checksum_add(sum, bytes, s->length);
	sum = sum == have ? 0 : sum + (uint16_t)~have;
	want = packet_checksum_finish(sum);
	if (s->never_zero && want == 0)
		want = 0xffff;
	if (expected != NULL)
		*expected = want;
	/* 0 and 0xffff are the same number in one's complement */
	if (have == want || (have == 0xffff && want == 0) || (have == 0 && want == 0xffff))
		return PACKET_CHECKSUM_GOOD;
	return PACKET_CHECKSUM_BAD;
}

enum packet_checksum packet_verify(const struct packet *p, unsigned int layer, uint32_t *expected)
{
	const struct packet_protocol *protocol;

	if (layer >= p->layers)
		return PACKET_CHECKSUM_NONE;
	protocol = packet_protocols[p->layer[layer].kind];
	if (protocol->verify == NULL)
		return PACKET_CHECKSUM_NONE;
	return protocol->verify(p, &p->layer[layer], expected);
}
