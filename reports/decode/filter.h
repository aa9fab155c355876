/* SPDX-License-Identifier: MIT */
/* Filter expressions of pcap-filter(7), compiled by libpcap to classic BPF programs. */
#ifndef ATLAS_DECODE_FILTER_H
#define ATLAS_DECODE_FILTER_H

#include <pcap/pcap.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a packet may have at most, as in other tools: larger ones are cut. */
enum { FILTER_SNAP_LENGTH = 262144 };

/*
 * Compiles an expression for packets of a link type. False with libpcap's reason in `error`;
 * what it makes is freed with pcap_freecode().
 */
bool filter_compile(struct bpf_program *program, const char *expression, uint32_t link_type,
		    char *error, size_t size);

/* Whether the program selects a packet. */
bool filter_selects(const struct bpf_program *program, const uint8_t *bytes, uint32_t captured,
		    uint32_t original);

/* The arguments of a command from `first` on, joined by spaces; NULL without memory or any. */
char *filter_join(int argc, char **argv, int first);

#endif
