/* SPDX-License-Identifier: MIT */
/*
 * Mixed traffic for the decoders' benchmark: traffic MEGABYTES > FILE.
 *
 * A pcap file of Ethernet frames, the same on every machine. Nine of ten packets are a simple mix
 * of the Internet: frames of 66, 594 and 1518 bytes in parts of 7 : 4 : 1; of ten flows four are
 * TCP over IPv4 with timestamps, two TCP over IPv6, two UDP over IPv4, one UDP over IPv6, one ICMP
 * echoes; 64 flows at a time, each of 1 to 31 packets, between 256 hosts on either side, with
 * addresses of the ranges set aside for benchmarks (RFC 2544, RFC 5180). Every tenth packet is one
 * of the whole golden packets, in turn, so that each protocol has its share.
 */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t state = 1;

static uint32_t next_random(void)
{
	state = state * 1664525 + 1013904223;
	return state >> 8;
}

static void put_word(uint32_t word, int bytes)
{
	for (int i = 0; i < bytes; i++)
		putchar((int)(word >> 8 * i & 0xff));
}

static size_t written;

static void put_packet(const struct blob *b)
{
	static uint32_t microseconds;

	microseconds += 7;
	put_word(microseconds / 1000000, 4);
	put_word(microseconds % 1000000, 4);
	put_word((uint32_t)b->length, 4);
	put_word((uint32_t)b->length, 4);
	fwrite(b->bytes, 1, b->length, stdout);
	written += 16 + b->length;
}

enum flow_kind { TCP4, TCP6, UDP4, UDP6, ECHO, KINDS };

struct flow {
	enum flow_kind kind;
	unsigned int left; /* packets */
	uint16_t port;
	uint32_t sequence, acknowledgment;
	uint8_t addresses[32]; /* source and destination, as in the header */
};

static const size_t sizes[] = {66, 594, 1518};

/* A frame of each kind and size, from the builders of the golden packets. */
static struct blob templates[KINDS][3];

static bool is_ipv6(enum flow_kind kind)
{
	return kind == TCP6 || kind == UDP6;
}

static bool is_tcp(enum flow_kind kind)
{
	return kind == TCP4 || kind == TCP6;
}

static struct blob template_of(enum flow_kind kind, size_t size)
{
	size_t headers = (is_ipv6(kind) ? 54u : 34u) + (is_tcp(kind) ? 32 : 8);
	struct blob payload = fill('x', size > headers ? size - headers : 0), inner;
	int protocol = is_tcp(kind) ? 6 : kind == ECHO ? 1 : 17;

	if (is_tcp(kind))
		inner = tcp(.ipv6 = is_ipv6(kind), .payload = payload,
			    .options = "01 01 08 0a 01020304 05060708", .destination = 443,
			    .flags = payload.length > 0 ? 0x18 : 0x10);
	else if (kind == ECHO)
		inner = icmp(8, 0, join(hex("00010002"), payload));
	else
		inner = udp(.ipv6 = is_ipv6(kind), .payload = payload, .destination = 4433);
	if (is_ipv6(kind))
		return ethernet(0x86dd, ipv6(.payload = inner, .next_header = protocol));
	return ethernet(0x0800, ipv4(.payload = inner, .protocol = protocol));
}

static void begin(struct flow *f)
{
	static const enum flow_kind kinds[10] = {TCP4, TCP4, TCP4, TCP4, TCP6,
						 TCP6, UDP4, UDP4, UDP6, ECHO};

	f->kind = kinds[next_random() % 10];
	f->left = 1 + next_random() % 31;
	f->port = (uint16_t)(1024 + next_random() % 64000);
	f->sequence = next_random();
	f->acknowledgment = next_random();
	memset(f->addresses, 0, sizeof(f->addresses));
	if (is_ipv6(f->kind)) {
		memcpy(f->addresses, "\x20\x01\x00\x02", 4);
		memcpy(f->addresses + 16, "\x20\x01\x00\x02\x00\x00\x00\x01", 8);
		f->addresses[15] = (uint8_t)next_random();
		f->addresses[31] = (uint8_t)next_random();
	} else {
		memcpy(f->addresses, "\xc6\x12", 2);
		memcpy(f->addresses + 4, "\xc6\x13", 2);
		f->addresses[3] = (uint8_t)next_random();
		f->addresses[7] = (uint8_t)next_random();
	}
}

static void poke_number(uint8_t *at, uint32_t number, int bytes)
{
	while (bytes-- > 0) {
		at[bytes] = (uint8_t)number;
		number >>= 8;
	}
}

/* The template with the flow's own numbers, and checksums to match. */
static void put_frame(struct flow *f, unsigned int size)
{
	struct blob *b = &templates[f->kind][size];
	bool v6 = is_ipv6(f->kind);
	uint8_t *ip = b->bytes + 14, *l4 = ip + (v6 ? 40 : 20);
	uint8_t *field = l4 + (is_tcp(f->kind) ? 16 : f->kind == ECHO ? 2 : 6);
	size_t length = (size_t)(b->bytes + b->length - l4), addresses = v6 ? 32 : 8;
	uint64_t sum = 0;

	memcpy(ip + (v6 ? 8 : 12), f->addresses, addresses);
	if (f->kind != ECHO) {
		poke_number(l4, f->port, 2);
		sum = packet_checksum_add(length + (is_tcp(f->kind) ? 6 : 17), f->addresses,
					  addresses);
	}
	if (is_tcp(f->kind)) {
		poke_number(l4 + 4, f->sequence, 4);
		poke_number(l4 + 8, f->acknowledgment, 4);
		f->sequence += (uint32_t)length - 32;
	}
	poke_number(field, 0, 2);
	poke_number(field, packet_checksum_finish(packet_checksum_add(sum, l4, length)), 2);
	if (!v6) {
		poke_number(ip + 10, 0, 2);
		poke_number(ip + 10, packet_checksum_finish(packet_checksum_add(0, ip, 20)), 2);
	}
	f->left--;
	put_packet(b);
}

/* Whole Ethernet packets in which nothing is wrong. */
static size_t collect_golden(struct blob *out, size_t size)
{
	size_t count = 0;

	for (size_t c = 0; c < golden_capture_count(); c++) {
		const struct golden *g = golden_make(golden_captures[c]);

		for (size_t i = 0; i < g->count && count < size; i++) {
			const struct blob *b = &g->packet[i].blob;
			struct packet p;

			if (g->link_type == PACKET_LINK_ETHERNET &&
			    g->packet[i].captured == b->length &&
			    packet_decode(&p, b->bytes, b->length, b->length, g->link_type, 0) ==
				    PACKET_COMPLETE)
				out[count++] = *b;
		}
	}
	return count;
}

int main(int argc, char **argv)
{
	static const unsigned int mix[12] = {0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2};
	enum { GOLDENS = 4096 };
	size_t megabytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 0, goldens;
	static struct flow flows[64];
	struct blob *golden;

	if (megabytes == 0) {
		fputs("usage: traffic MEGABYTES > FILE\n", stderr);
		return 2;
	}
	golden = calloc(GOLDENS, sizeof(*golden));
	if (golden == NULL) {
		perror("traffic");
		return 2;
	}
	goldens = collect_golden(golden, GOLDENS);
	for (int kind = 0; kind < KINDS; kind++)
		for (size_t size = 0; size < 3; size++)
			templates[kind][size] = template_of((enum flow_kind)kind, sizes[size]);
	put_word(0xa1b2c3d4, 4);
	put_word(2 | 4 << 16, 4);
	put_word(0, 4);
	put_word(0, 4);
	put_word(262144, 4);
	put_word(PACKET_LINK_ETHERNET, 4);
	for (size_t i = 0; written < megabytes * 1000000; i++) {
		struct flow *f = &flows[next_random() % 64];

		if (i % 10 == 9) {
			put_packet(&golden[i / 10 % goldens]);
			continue;
		}
		if (f->left == 0)
			begin(f);
		put_frame(f, mix[next_random() % 12]);
	}
	free(golden);
	return fflush(stdout) == 0 ? 0 : 2;
}
