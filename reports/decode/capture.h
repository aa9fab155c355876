/* SPDX-License-Identifier: MIT */
/*
 * A capture file, packet by packet: pcap or pcapng, from a file or standard input, through an
 * optional filter. Memory does not grow with the file.
 */
#ifndef ATLAS_DECODE_CAPTURE_H
#define ATLAS_DECODE_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct capture;

struct capture_packet {
	uint64_t number; /* in the file, from 1; packets that the filter leaves out count */
	int64_t time_us; /* since the file's first packet; negative if it is not in order */
	uint32_t captured, original; /* bytes in the file, bytes on the wire */
	const uint8_t *bytes;	     /* valid until the next call */
};

/* Opens a file; "-" is standard input. NULL with a line that names the file in `error`. */
struct capture *capture_open(const char *name, char *error, size_t size);

/* The link type of its packets (LINKTYPE_*, as libpcap has it after opening a file). */
uint32_t capture_linktype(const struct capture *capture);

/*
 * From now on only the packets that a pcap-filter(7) expression selects, compiled for packets of
 * this link type. False with libpcap's reason in `error`.
 */
bool capture_filter(struct capture *capture, const char *expression, uint32_t link_type,
		    char *error, size_t size);

/* 1 and a packet, 0 at the end, -1 when the file is broken: capture_fault() says how. */
int capture_next(struct capture *capture, struct capture_packet *packet);

/* Why capture_next() returned -1, with how many packets came before. */
void capture_fault(const struct capture *capture, char *error, size_t size);

void capture_close(struct capture *capture);

#endif
