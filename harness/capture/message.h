/* SPDX-License-Identifier: MIT */
/* What an AF_PACKET socket says beside a packet: packet(7). */
#ifndef SOCKATLAS_CAPTURE_MESSAGE_H
#define SOCKATLAS_CAPTURE_MESSAGE_H

#include <sys/socket.h>
#include <time.h>

#include "harness/capture/frame.h"

/*
 * Reads the sockaddr_ll and the control messages (PACKET_AUXDATA, SO_TIMESTAMPNS or
 * SO_TIMESTAMP) of a received
 * message; from->address points into it. *at is left alone when there is no time.
 */
void frame_from_message(struct frame_from *from, struct msghdr *message, struct timespec *at);

#endif
