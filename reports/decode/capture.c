/* SPDX-License-Identifier: MIT */
/* Capture files by way of libpcap. */
#include "reports/decode/capture.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>

#include "reports/decode/filter.h"

enum { READ_BYTES = 64 * 1024 };

struct capture {
	pcap_t *pcap;
	FILE *file;
	struct bpf_program program;
	bool filtered;
	uint64_t number;  /* of packets read so far */
	int64_t first_us; /* when the file's first packet was captured */
	char buffer[READ_BYTES];
};

/*
 * libpcap reads with fread(3): here in larger pieces than by default, and without the lock that
 * would be taken twice a packet.
 */
static void open_file(struct capture *c, const char *name, char *reason)
{
	c->file = strcmp(name, "-") == 0 ? stdin : fopen(name, "re");
	if (c->file == NULL) {
		snprintf(reason, PCAP_ERRBUF_SIZE, "%s", strerror(errno));
		return;
	}
	setvbuf(c->file, c->buffer, _IOFBF, sizeof(c->buffer));
	__fsetlocking(c->file, FSETLOCKING_BYCALLER);
	c->pcap = pcap_fopen_offline(c->file, reason);
}

static void close_file(struct capture *c)
{
	/* libpcap closes the file with the capture, unless it is standard input. */
	if (c->pcap != NULL)
		pcap_close(c->pcap);
	if (c->file != NULL && (c->pcap == NULL || c->file == stdin))
		fclose(c->file);
	free(c);
}

struct capture *capture_open(const char *name, char *error, size_t size)
{
	char reason[PCAP_ERRBUF_SIZE] = "";
	struct capture *c = calloc(1, sizeof(*c));

	if (c == NULL) {
		snprintf(error, size, "%s: out of memory", name);
		return NULL;
	}
	open_file(c, name, reason);
	if (c->pcap != NULL)
		return c;
	/* libpcap names the file in some messages and not in others. */
	if (strncmp(reason, name, strlen(name)) == 0)
		snprintf(error, size, "%s", reason);
	else
		snprintf(error, size, "%s: %s", name, reason);
	close_file(c);
	return NULL;
}

uint32_t capture_linktype(const struct capture *capture)
{
	return (uint32_t)pcap_datalink(capture->pcap);
}

bool capture_filter(struct capture *capture, const char *expression, uint32_t link_type,
		    char *error, size_t size)
{
	capture->filtered = filter_compile(&capture->program, expression, link_type, error, size);
	return capture->filtered;
}

int capture_next(struct capture *capture, struct capture_packet *packet)
{
	struct pcap_pkthdr *header;
	const u_char *bytes;
	int got;

	while ((got = pcap_next_ex(capture->pcap, &header, &bytes)) == 1) {
		int64_t time_us = (int64_t)header->ts.tv_sec * 1000000 + header->ts.tv_usec;

		if (capture->number++ == 0)
			capture->first_us = time_us;
		if (capture->filtered &&
		    !filter_selects(&capture->program, bytes, header->caplen, header->len))
			continue;
		packet->number = capture->number;
		packet->time_us = time_us - capture->first_us;
		packet->captured = header->caplen;
		packet->original = header->len;
		packet->bytes = bytes;
		return 1;
	}
	return got == PCAP_ERROR ? -1 : 0;
}

void capture_fault(const struct capture *capture, char *error, size_t size)
{
	snprintf(error, size, "after packet %llu: %s", (unsigned long long)capture->number,
		 pcap_geterr(capture->pcap));
}

void capture_close(struct capture *capture)
{
	if (capture->filtered)
		pcap_freecode(&capture->program);
	close_file(capture);
}
