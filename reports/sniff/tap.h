/* SPDX-License-Identifier: MIT */
/* Where atlas sniff gets its packets: a raw socket (raw(7)) or an AF_PACKET one (packet(7)). */
#ifndef ATLAS_SNIFF_TAP_H
#define ATLAS_SNIFF_TAP_H

#include <pcap/pcap.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "harness/capture/frame.h"

struct tap {
	int fd;
	bool raw; /* a raw socket */
	uint32_t link_type;
	enum frame_header header;
	bool filtered; /* the kernel does not do it: `program` says what is wanted */
	struct bpf_program program;
	uint8_t *buffer;
	uint32_t overflowed; /* SO_RXQ_OVFL, a total */
};

struct tap_packet {
	struct timespec at;
	const uint8_t *bytes; /* valid until the next call */
	uint32_t captured, original;
	unsigned int flags; /* PACKET_CHECKSUM_OFFLOADED or 0, for packet_decode() */
};

/*
 * Opens a raw IPv4 socket for IPPROTO_TCP, _UDP or _ICMP, or looks at a network interface ("any":
 * at all of them). `filter` is an expression of pcap-filter(7) or NULL. False with a line in
 * `error`.
 */
bool tap_open_raw(struct tap *tap, int protocol, const char *filter, char *error, size_t size);
bool tap_open_interface(struct tap *tap, const char *name, const char *filter, char *error,
			size_t size);

enum tap_got {
	TAP_PACKET,
	TAP_UNWANTED, /* one that is not to be shown */
	TAP_NOTHING,  /* none is there now */
	TAP_FAILED,   /* with errno */
};

/* Takes the next packet, if there is one; enum tap_got. Does not wait. */
int tap_next(struct tap *tap, struct tap_packet *packet);

/* How many packets the kernel had no room for. */
uint64_t tap_dropped(struct tap *tap);

void tap_close(struct tap *tap);

#endif
