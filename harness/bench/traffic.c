/* SPDX-License-Identifier: MIT */
/*
 * Mixed traffic for the decoders' benchmark: traffic MEGABYTES > FILE.
 *
 * A pcap file of Ethernet frames, the same on every machine. Nine of ten packets are a simple mix
 * of the Internet: frames of 7 : 4 : 1 parts of 66, 594 and 1518 bytes; of ten four are TCP over
 * IPv4 with timestamps, two TCP over IPv6, two UDP over IPv4, one UDP over IPv6, one an ICMP echo;
 * some hundred flows. Every tenth packet is one of the whole golden packets, in turn, so that each
 * protocol has its share.
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

static struct blob frame_of(size_t size, unsigned int kind)
{
	static const char *const stamps = "01 01 08 0a 01020304 05060708";
	int port = 1024 + (int)(next_random() % 100);
	bool v6 = kind == 4 || kind == 5 || kind == 8;
	size_t headers = v6 ? 54 : 34;
	struct blob payload, inner;

	if (kind < 6)
		headers += 32;
	else
		headers += 8;
	payload = fill('x', size > headers ? size - headers : 0);
	if (kind < 6)
		inner = tcp(.ipv6 = v6, .payload = payload, .options = stamps, .source = port,
			    .destination = 443, .flags = payload.length > 0 ? 0x18 : 0x10,
			    .sequence = next_random(), .acknowledgment = next_random());
	else if (kind < 9)
		inner = udp(.ipv6 = v6, .payload = payload, .source = port, .destination = 4433);
	else
		inner = icmp(8, 0, join(hex("00010002"), payload));
	if (v6)
		return ethernet(0x86dd, ipv6(.payload = inner, .next_header = kind < 6 ? 6 : 17));
	return ethernet(0x0800, ipv4(.payload = inner, .protocol = kind < 6   ? 6
								   : kind < 9 ? 17
									      : 1));
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
	static const size_t sizes[12] = {66, 66, 66, 66, 66, 66, 66, 594, 594, 594, 594, 1518};
	enum { GOLDENS = 4096, FRAMES = 3000 };
	size_t megabytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 0, goldens;
	struct blob *golden = calloc(GOLDENS, sizeof(*golden));
	struct blob *frames = calloc(FRAMES, sizeof(*frames));

	if (megabytes == 0 || golden == NULL || frames == NULL) {
		fputs("usage: traffic MEGABYTES > FILE\n", stderr);
		return 2;
	}
	goldens = collect_golden(golden, GOLDENS);
	for (size_t i = 0; i < FRAMES; i++)
		frames[i] = frame_of(sizes[next_random() % 12], next_random() % 10);
	put_word(0xa1b2c3d4, 4);
	put_word(2 | 4 << 16, 4);
	put_word(0, 4);
	put_word(0, 4);
	put_word(262144, 4);
	put_word(PACKET_LINK_ETHERNET, 4);
	for (size_t i = 0; written < megabytes * 1000000; i++)
		put_packet(i % 10 == 9 ? &golden[i / 10 % goldens] : &frames[i % FRAMES]);
	free(golden);
	free(frames);
	return fflush(stdout) == 0 ? 0 : 2;
}
