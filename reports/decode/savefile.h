/* SPDX-License-Identifier: MIT */
/*
 * The usual capture file, read fast: a regular file in the classic pcap format of either byte
 * order, with microseconds or nanoseconds, of a link type that the decoders know.
 * Anything out of the ordinary is left to libpcap, which knows the history of the format: files
 * that are not opened here, and records at which reading stops.
 */
#ifndef ATLAS_DECODE_SAVEFILE_H
#define ATLAS_DECODE_SAVEFILE_H

#include <stdint.h>

#include "reports/results/pcap.h"

struct savefile;

/* What reading the next record came to. */
enum savefile_result {
	SAVEFILE_RECORD,
	SAVEFILE_END,
	SAVEFILE_ODD, /* the record is cut off or has odd lengths: let libpcap tell */
};

/* Opens a file, or returns NULL if libpcap has to. */
struct savefile *savefile_open(const char *name);

/* The link type as libpcap has it after opening a file (DLT_*). */
uint32_t savefile_linktype(const struct savefile *file);

/* The next packet, whose bytes are valid until the next call. */
enum savefile_result savefile_next(struct savefile *file, struct pcap_packet *packet);

void savefile_close(struct savefile *file);

#endif
