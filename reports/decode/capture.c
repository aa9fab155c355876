/* SPDX-License-Identifier: MIT */
/* Capture files: the usual ones by savefile.c, all others by way of libpcap. */
#include "reports/decode/capture.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>

#include "reports/decode/filter.h"
#include "reports/decode/savefile.h"

enum { READ_BYTES = 64 * 1024 };

struct capture {
	struct savefile *savefile; /* NULL: libpcap reads */
	const char *name;	   /* of the savefile, for libpcap to go on with it */
	char reason[PCAP_ERRBUF_SIZE];
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
	c->name = name;
	if (strcmp(name, "-") != 0)
		c->savefile = savefile_open(name);
	if (c->savefile != NULL)
		return c;
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
	return capture->savefile != NULL ? savefile_linktype(capture->savefile)
					 : (uint32_t)pcap_datalink(capture->pcap);
}

bool capture_filter(struct capture *capture, const char *expression, uint32_t link_type,
		    char *error, size_t size)
{
	capture->filtered = filter_compile(&capture->program, expression, link_type, error, size);
	return capture->filtered;
}

/* libpcap goes on where the savefile met something odd. False when it cannot. */
static bool hand_over(struct capture *c)
{
	struct pcap_pkthdr *header;
	const u_char *bytes;

	savefile_close(c->savefile);
	c->savefile = NULL;
	open_file(c, c->name, c->reason);
	if (c->pcap == NULL)
		return false;
	for (uint64_t i = 0; i < c->number; i++) {
		if (pcap_next_ex(c->pcap, &header, &bytes) != 1)
			return false;
	}
	return true;
}

static int next_of_pcap(struct capture *c, struct pcap_packet *r)
{
	struct pcap_pkthdr *header;
	const u_char *bytes;
	int got = c->pcap != NULL ? pcap_next_ex(c->pcap, &header, &bytes) : PCAP_ERROR;

	if (got != 1)
		return got == PCAP_ERROR ? -1 : 0;
	r->time_ns = (uint64_t)header->ts.tv_sec * 1000000000 + (uint64_t)header->ts.tv_usec * 1000;
	r->captured = header->caplen;
	r->original = header->len;
	r->bytes = bytes;
	return 1;
}

static int next_record(struct capture *c, struct pcap_packet *r)
{
	if (c->savefile != NULL) {
		switch (savefile_next(c->savefile, r)) {
		case SAVEFILE_RECORD:
			return 1;
		case SAVEFILE_END:
			return 0;
		case SAVEFILE_ODD:
			if (!hand_over(c))
				return -1;
			break;
		}
	}
	return next_of_pcap(c, r);
}

int capture_next(struct capture *capture, struct capture_packet *packet)
{
	struct pcap_packet r;
	int got;

	while ((got = next_record(capture, &r)) == 1) {
		int64_t time_us;

		time_us = (int64_t)(r.time_ns / 1000);
		if (capture->number++ == 0)
			capture->first_us = time_us;
		if (capture->filtered &&
		    !filter_selects(&capture->program, r.bytes, r.captured, r.original))
			continue;
		packet->number = capture->number;
		packet->time_us = time_us - capture->first_us;
		packet->captured = r.captured;
		packet->original = r.original;
		packet->bytes = r.bytes;
		return 1;
	}
	return got;
}

void capture_fault(const struct capture *capture, char *error, size_t size)
{
	snprintf(error, size, "after packet %llu: %s", (unsigned long long)capture->number,
		 capture->pcap != NULL ? pcap_geterr(capture->pcap) : capture->reason);
}

void capture_close(struct capture *capture)
{
	if (capture->filtered)
		pcap_freecode(&capture->program);
	if (capture->savefile != NULL)
		savefile_close(capture->savefile);
	close_file(capture);
}
