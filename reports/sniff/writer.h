/* SPDX-License-Identifier: MIT */
/* Writing a capture file: pcap with nanoseconds (draft-ietf-opsawg-pcap). */
#ifndef ATLAS_SNIFF_WRITER_H
#define ATLAS_SNIFF_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "reports/sniff/tap.h"

/* Starts a file anew. Returns its descriptor, or -1 with errno. */
int writer_open(const char *path, uint32_t link_type);

/* Adds a packet, in one write: whoever reads along never sees half of one. */
bool writer_add(int fd, const struct tap_packet *packet);

#endif
