/* SPDX-License-Identifier: MIT */
/* The AF_PACKET socket that both the capture and a case's wire look through. */
#ifndef SOCKATLAS_CAPTURE_SOCKET_H
#define SOCKATLAS_CAPTURE_SOCKET_H

#include <stdbool.h>
#include <stdint.h>

enum { CAPTURE_SNAP_LENGTH = 2048 }; /* bytes kept of a packet */

/*
 * Opens a non-blocking socket on all links of the host that the process is on.
 * It sees what leaves and, with `arriving`, what arrives on links other than
 * loopback. Returns the descriptor, or -1 with errno.
 */
int capture_socket(bool arriving);

/* The LINKTYPE_ value for a device of this ARPHRD_ type; SOCK_RAW gives its own header. */
uint32_t capture_link_type(unsigned short hardware);

#endif
