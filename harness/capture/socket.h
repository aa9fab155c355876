/* SPDX-License-Identifier: MIT */
/* The AF_PACKET socket that both the capture and a case's wire look through. */
#ifndef SOCKATLAS_CAPTURE_SOCKET_H
#define SOCKATLAS_CAPTURE_SOCKET_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "harness/capture/message.h"

enum { CAPTURE_SNAP_LENGTH = 2048 }; /* bytes taken of a packet */

/*
 * Opens a non-blocking socket on all links of the host that the process is on.
 * It sees what leaves and, with `arriving`, what arrives on links other than
 * loopback. Returns the descriptor, or -1 with errno.
 * Where the filter, the times or the auxiliary data are not known (ENOPROTOOPT), as in gVisor and
 * under qemu-user, the socket goes without: capture_wants() filters, the time is that of
 * reading, and a VLAN tag or a pending checksum is not told.
 */
int capture_socket(bool arriving);

struct capture_frame {
	struct link_frame frame; /* as a capture file has it */
	uint32_t link_type;
	struct frame_from from;
	struct timespec at;
};

/* Whether the socket that was opened with `arriving` is to see this message, filter or not. */
bool capture_wants(const struct msghdr *message, bool arriving);

/*
 * Completes what the socket received: `captured` bytes at `bytes`, in front of which there are
 * FRAME_ROOM. It may have grown by a header and a VLAN tag, as much as FRAME_ROOM.
 */
void capture_complete(struct capture_frame *out, struct msghdr *message, uint8_t *bytes,
		      uint32_t captured);

#endif
