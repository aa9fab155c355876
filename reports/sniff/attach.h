/* SPDX-License-Identifier: MIT */
/* Filter programs of libpcap, run by the kernel: SO_ATTACH_FILTER of socket(7). */
#ifndef ATLAS_SNIFF_ATTACH_H
#define ATLAS_SNIFF_ATTACH_H

#include <pcap/pcap.h>
#include <stdbool.h>

#include "harness/capture/frame.h"

/*
 * Attaches a program; what the socket had already received is taken out of its queue, as it has
 * not been filtered. False when this program cannot run there.
 */
bool attach_filter(int fd, const struct bpf_program *program);

/*
 * Rewrites a program for packets with a cooked header to one for the packets that the kernel has,
 * which are without: the header's fields become the extensions of
 * Documentation/networking/filter.rst. False when it looks at what is no such field.
 */
bool attach_uncook(struct bpf_program *program, enum frame_header header);

#endif
