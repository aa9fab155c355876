/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer target: the reader of capture files. What it reads is what libpcap reads of the same
 * bytes: the same packets, and an end or a fault at the same place.
 */
#include <pcap/pcap.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "reports/decode/capture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void differ(const char *what, uint64_t number)
{
	fprintf(stderr, "%s, packet %llu\n", what, (unsigned long long)number);
	abort();
}

static void compare(struct capture *ours, pcap_t *theirs)
{
	struct pcap_pkthdr *header;
	struct capture_packet p;
	const u_char *bytes;
	uint64_t number = 0;
	int got;

	if (capture_linktype(ours) != (uint32_t)pcap_datalink(theirs))
		differ("another link type", 0);
	do {
		int other = pcap_next_ex(theirs, &header, &bytes);

		got = capture_next(ours, &p);
		number++;
		if ((got == 1) != (other == 1) || (got < 0) != (other == PCAP_ERROR))
			differ("another end", number);
		if (got == 1 &&
		    (p.number != number || p.captured != header->caplen ||
		     p.original != header->len || memcmp(p.bytes, bytes, p.captured) != 0))
			differ("another packet", number);
	} while (got == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	char path[64], error[1024], reason[PCAP_ERRBUF_SIZE];
	struct capture *ours;
	pcap_t *theirs;
	FILE *in;

	if (fd < 0)
		fd = memfd_create("capture", 0);
	if (size == 0 || fd < 0 || ftruncate(fd, (off_t)size) != 0 ||
	    pwrite(fd, data, size, 0) != (ssize_t)size)
		return -1;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	in = fmemopen((void *)(uintptr_t)data, size, "r");
	if (in == NULL)
		return -1;
	ours = capture_open(path, error, sizeof(error));
	theirs = pcap_fopen_offline(in, reason);
	if ((ours == NULL) != (theirs == NULL))
		differ("only one opens it", 0);
	if (ours != NULL) {
		compare(ours, theirs);
		capture_close(ours);
		pcap_close(theirs);
	} else {
		fclose(in);
	}
	return 0;
}
