/* SPDX-License-Identifier: MIT */
/*
 * What decoding costs, in one thread: decoders FILE [STEP]. Prints a name and thousands of packets
 *a second for each step, the best of three:
 *
 *	bare      libpcap reads the file; Ethernet, IP and ports are looked at, nothing is kept
 *	decode    libpcap reads, packet_decode() to structs, checksums not looked at
 *	checksums the same with all checksums verified
 *	text      and with packet_line()
 *	object    and with packet_json()
 */
#include "harness/packet/packet.h"

#include <pcap/pcap.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static volatile uint64_t sink;

/* The least that a program which wants the addresses and ports of a packet does. */
static void bare(const struct pcap_pkthdr *h, const u_char *b, uint32_t link_type)
{
	uint32_t at = 14;
	uint64_t sum = 0;

	(void)link_type;
	if (h->caplen < 54)
		return;
	if (b[12] == 0x08 && b[13] == 0x00) {
		for (int i = 26; i < 34; i++)
			sum += b[i];
		at += (b[14] & 15u) * 4;
	} else if (b[12] == 0x86 && b[13] == 0xdd) {
		for (int i = 22; i < 54; i++)
			sum += b[i];
		at += 40;
	}
	if (at + 4 <= h->caplen)
		sum += (uint64_t)b[at] << 24 | (uint64_t)b[at + 1] << 16 |
		       (uint64_t)b[at + 2] << 8 | b[at + 3];
	sink += sum;
}

static struct packet p;
static char text[1 << 20];

static void decode(const struct pcap_pkthdr *h, const u_char *b, uint32_t link_type)
{
	sink += (uint64_t)packet_decode(&p, b, h->caplen, h->len, link_type, 0);
}

static void checksums(const struct pcap_pkthdr *h, const u_char *b, uint32_t link_type)
{
	sink += (uint64_t)packet_decode(&p, b, h->caplen, h->len, link_type,
					PACKET_VERIFY_CHECKSUMS);
}

static void line(const struct pcap_pkthdr *h, const u_char *b, uint32_t link_type)
{
	checksums(h, b, link_type);
	sink += packet_line(&p, text, sizeof(text));
}

static void json(const struct pcap_pkthdr *h, const u_char *b, uint32_t link_type)
{
	checksums(h, b, link_type);
	sink += packet_json(&p, 0, text, sizeof(text));
}

static const struct step {
	const char *name;
	void (*packet)(const struct pcap_pkthdr *h, const u_char *b, uint32_t link_type);
} steps[] = {
	{"bare", bare}, {"decode", decode}, {"checksums", checksums},
	{"text", line}, {"object", json},
};

/* Packets a second of one pass, or 0 for a file that cannot be read. */
static double pass(const char *file, const struct step *step)
{
	char error[PCAP_ERRBUF_SIZE];
	pcap_t *capture = pcap_open_offline(file, error);
	struct pcap_pkthdr *header;
	const u_char *bytes;
	uint64_t packets = 0;
	uint32_t link_type;
	double start;

	if (capture == NULL) {
		fprintf(stderr, "%s\n", error);
		return 0;
	}
	link_type = (uint32_t)pcap_datalink(capture);
	start = now();
	while (pcap_next_ex(capture, &header, &bytes) == 1) {
		step->packet(header, bytes, link_type);
		packets++;
	}
	pcap_close(capture);
	return (double)packets / (now() - start);
}

int main(int argc, char **argv)
{
	double best[sizeof(steps) / sizeof(steps[0])] = {0};

	if (argc < 2 || argc > 3) {
		fputs("usage: decoders FILE [STEP]\n", stderr);
		return 2;
	}
	/* Taken in turns, so that a change of the machine's mood meets all. */
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
			double rate;

			if (argc == 3 && strcmp(argv[2], steps[i].name) != 0)
				continue;
			rate = pass(argv[1], &steps[i]);
			if (rate == 0)
				return 2;
			if (rate > best[i])
				best[i] = rate;
		}
	}
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (best[i] > 0)
			printf("%s %.1f\n", steps[i].name, best[i] / 1000);
	return 0;
}
