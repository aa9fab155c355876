/* SPDX-License-Identifier: MIT */
/*
 * Every packet on the links of a sandbox, written into the current outcome.
 *
 * One AF_PACKET socket (packet(7)) a host sees all its links. Each packet is taken
 * where it leaves (PACKET_OUTGOING), so that it is seen once on each link that it
 * crosses. The sockets queue; nothing runs beside the case until capture_drain().
 */
#ifndef SOCKATLAS_CAPTURE_H
#define SOCKATLAS_CAPTURE_H

/* Starts to capture on the host that the process is on. Returns 0, or -1 with errno. */
int capture_start(const char *host);

/* Moves what was queued into the current outcome. */
void capture_drain(void);

/* The last step: drains, and adds up what the kernel had to drop. */
void capture_finish(void);

#endif
