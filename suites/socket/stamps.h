/* SPDX-License-Identifier: MIT */
/* Timestamps of packets, received and sent (Documentation/networking/timestamping.rst). */
#ifndef SOCKATLAS_SUITES_SOCKET_STAMPS_H
#define SOCKATLAS_SUITES_SOCKET_STAMPS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/time.h>
#include <time.h>

#include <linux/errqueue.h>
#include <linux/net_tstamp.h>

#include "suites/socket/control.h"

/* Bits of include/uapi/linux/net_tstamp.h that are newer than many headers. */
enum {
	STAMP_OPT_ID_TCP = 1 << 16,
	STAMP_OPT_RX_FILTER = 1 << 17,
};

/* CLOCK_REALTIME in nanoseconds. */
int64_t realtime_ns(void);
int64_t timespec_ns(const struct timespec *t);

/*
 * Makes the kernel stamp every packet that arrives, and waits until it does: it starts with
 * some delay after the first socket of the machine has asked for it. The socket is left
 * open; the stamping lasts as long as it. An error of the setup when none came in SOON_MS.
 */
#define stamping_started() (CALLS_HERE, stamping_started_at(EXPECT_SETUP_AT("stamping_started()")))
void stamping_started_at(struct expect_at at);

/* What the error queue says of a packet that was sent. */
struct sent_stamp {
	struct scm_timestamping times;
	struct sock_extended_err error; /* ee_info: SCM_TSTAMP_SND ...; ee_data: the number */
	ssize_t length;			/* of the data that came with it */
};

/*
 * (fd, received, stamp): takes the next stamp from the error queue, waiting SOON_MS for it. False
 * when nothing came, or no stamp.
 */
#define receive_stamp(...) (CALLS_HERE, receive_stamp_here(__VA_ARGS__))
bool receive_stamp_here(int fd, struct received *r, struct sent_stamp *stamp);

#endif
